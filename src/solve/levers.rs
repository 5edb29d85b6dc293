//! The cheapest time to buy: the lever program solved, its heads and orders made whole.
//!
//! First the program with parts of heads, whose value no whole answer beats. Small programs are then
//! solved with whole numbers; larger ones are rounded one decision at a time: each opening, ending and
//! vendor is tried rounded up and rounded down with the others still free, and keeps the better of
//! the two. The distance to the first value is stated. Every answer has passed the checks of
//! [`linear`].

mod asking;
mod buying;

pub use asking::Asking;
pub use buying::{Bought, Extension, Hire, Order};

use super::linear::{self, Answer, Backend, Settings};
use crate::formulate::levers::{Levers, Opening, Question, Spend, levers};
use crate::formulate::program::{Column, LeverRow, Program, Row, RowKind, Sense};

/// Rows and columns together up to which whole numbers are left to a back end.
const SMALL: usize = 240;
/// Tries to do with less, after rounding.
const MOST_IMPROVEMENTS: u32 = 16;
/// What counts as whole.
const WHOLE: f64 = 1e-4;

/// How much of each thing to buy.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    /// What it costs, in minor units.
    pub cost: f64,
    /// No mix of whole heads and orders costs less.
    pub bound: f64,
    /// Bid days that no mix can do in time, by work.
    pub left_over: Vec<f64>,
    /// Heads of each opening, from its earliest week on.
    pub heads: Vec<Vec<u32>>,
    /// People of each ending who go on, from its first week on.
    pub prolonged: Vec<Vec<u32>>,
    /// Bid days sent out, by offer and entry of what it takes.
    pub sent: Vec<Vec<f64>>,
    /// All spending columns with what is spent on them.
    pub spent: Vec<(Spend, f64)>,
    /// What one unit more of each cap would save, in minor units; with heads as they are.
    pub caps: Vec<f64>,
    /// The back end that answered.
    pub backend: Backend,
    /// Columns and rows.
    pub size: (usize, usize),
    /// Programs solved.
    pub solves: u32,
    /// The whole numbers are proven best.
    pub exact: bool,
}

impl Mix {
    /// Work that cannot be done in time, in bid days.
    pub fn missing(&self) -> f64 {
        self.left_over.iter().sum()
    }
    /// How far the cost is from the bound, as a share of the cost.
    pub fn gap(&self) -> f64 {
        if self.cost > 0.0 { ((self.cost - self.bound) / self.cost).max(0.0) } else { 0.0 }
    }
}

/// The cheapest mix for a question. Work that no mix can do in time is left over, as little as can be.
///
/// # Errors
/// The answer that no back end could give, with why.
pub fn cheapest(question: &Question, settings: &Settings) -> Result<Mix, Answer> {
    Rounding::new(question, settings).run()
}

/// Whether all work can be done in time with parts of heads: if not, nothing whole can do it either.
pub fn is_possible(question: &Question, settings: &Settings) -> bool {
    let mut rounding = Rounding::new(question, settings);
    rounding.least_left_over().is_some_and(|left| left <= rounding.negligible())
}

/// What a little more or less money under a cap does, in bid days that are done in time, for each unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// The dual of the cap.
    pub dual: f64,
    /// With so much more, solved again.
    pub more: f64,
    /// With so much less, solved again; not known where there is no more to take away.
    pub less: Option<f64>,
}

/// What each cap of a question is worth, the others as they are: the dual of its row where as little work
/// as can be is left over, and both sides of it by solving again with `step` more and less.
pub fn worth_of_caps(question: &Question, step: f64, settings: &Settings) -> Vec<Worth> {
    let least = |question: &Question| {
        let mut rounding = Rounding::new(question, settings);
        let answer = rounding.left_over_answer();
        answer.is_optimal().then(|| {
            let duals: Vec<f64> =
                rounding.built.caps.iter().map(|row| answer.duals[row.index()]).collect();
            (answer.value, duals)
        })
    };
    let Some((value, duals)) = least(question) else { return Vec::new() };
    let changed = |cap: usize, by: f64| {
        let mut question = question.clone();
        question.caps[cap].amount += by;
        least(&question).map(|(changed, _)| (value - changed) / by)
    };
    (0..question.caps.len())
        .map(|cap| Worth {
            dual: (-duals[cap]).max(0.0),
            more: changed(cap, step).unwrap_or(0.0).max(0.0),
            less: (question.caps[cap].amount >= step)
                .then(|| changed(cap, -step))
                .flatten()
                .map(|worth| worth.max(0.0)),
        })
        .collect()
}

struct Rounding<'a> {
    question: &'a Question,
    built: Levers,
    settings: &'a Settings,
    /// The row that limits what is left over, where not all can be done.
    limit: Option<Row>,
    solves: u32,
}

/// Something that is bought in whole numbers.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Opening(usize),
    Ending(usize),
    Offer(usize),
}

impl<'a> Rounding<'a> {
    fn new(question: &'a Question, settings: &'a Settings) -> Rounding<'a> {
        Rounding { question, built: levers(question), settings, limit: None, solves: 0 }
    }

    fn run(&mut self) -> Result<Mix, Answer> {
        let has_integers = self.built.program.has_integers();
        let mut relaxed = self.built.all_done();
        let mut answer = self.solve(&relaxed);
        if !answer.is_optimal() {
            let Some(left) = self.least_left_over() else { return Err(answer) };
            relaxed = self.with_left_over(left);
            answer = self.solve(&relaxed);
        }
        if !answer.is_optimal() {
            return Err(answer);
        }
        let bound = answer.safe_bound();
        let mut exact = None;
        if relaxed.columns() + relaxed.rows() <= SMALL && has_integers {
            let mut whole = relaxed.clone();
            self.whole_columns().for_each(|column| whole.make_integer(column));
            let found = self.solve(&whole);
            if found.is_optimal() {
                exact = Some(found);
            }
        }
        let (mut fixed, is_exact) = (relaxed, exact.is_some());
        if let Some(exact) = exact {
            for column in self.whole_columns().collect::<Vec<_>>() {
                let value = exact.columns[column.index()].round();
                fixed.set_bounds(column, value, value);
            }
            answer = self.solve(&fixed);
        } else {
            answer = self.round(&mut fixed, answer);
        }
        if !answer.is_optimal() {
            return Err(answer);
        }
        Ok(self.mix(&answer, bound, is_exact))
    }

    fn solve(&mut self, program: &Program) -> Answer {
        self.solves += 1;
        linear::solve(program, self.settings)
    }

    fn whole_columns(&self) -> impl Iterator<Item = Column> + '_ {
        let lists = self.built.starts.iter().chain(&self.built.heads).chain(&self.built.prolonged);
        lists.flatten().copied().chain(self.built.ordered.iter().flatten().copied())
    }

    /// Work that is so little that it is rounding, in bid days.
    fn negligible(&self) -> f64 {
        let all: f64 = self.question.work.iter().map(|work| work.days).sum();
        1e-6 * (1.0 + all)
    }

    /// The program without whole numbers and with at most so much work left over.
    fn with_left_over(&mut self, left: f64) -> Program {
        if left <= self.negligible() {
            return self.built.all_done();
        }
        let mut relaxed = self.built.program.relaxed();
        let most = self.most_left(left);
        self.limit = Some(self.limit_row(&mut relaxed, most));
        relaxed
    }

    /// The least work that is left over whatever is bought.
    fn least_left_over(&mut self) -> Option<f64> {
        let answer = self.left_over_answer();
        answer.is_optimal().then_some(answer.value.max(0.0))
    }

    fn left_over_answer(&mut self) -> Answer {
        let mut program = self.built.program.relaxed();
        for column in program.column_ids() {
            program.set_cost(column, 0.0);
        }
        for &column in &self.built.left_over {
            program.set_cost(column, 1.0);
        }
        self.solve(&program)
    }

    /// One decision after the other, up or down, whichever leaves the lower value.
    fn round(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
        let openings = (0..self.question.openings.len()).map(Unit::Opening);
        let endings = (0..self.question.endings.len()).map(Unit::Ending);
        let offers = (0..self.question.offers.len()).map(Unit::Offer);
        let mut open: Vec<Unit> = offers.chain(endings).chain(openings).collect();
        while !open.is_empty() {
            // What is whole already stays so. What is least whole is decided first.
            let mut next: Option<(usize, f64)> = None;
            let mut at = 0;
            while at < open.len() {
                let parts = self.parts(open[at], &answer);
                if parts <= WHOLE {
                    let path = self.rounded(open[at], &answer, f64::round);
                    self.fix(fixed, open[at], &path);
                    self.take_desks(fixed, &open, open[at], &path);
                    open.remove(at);
                    continue;
                }
                if next.is_none_or(|(_, most)| parts > most) {
                    next = Some((at, parts));
                }
                at += 1;
            }
            let Some((at, _)) = next else { break };
            let unit = open.remove(at);
            let mut best: Option<(Program, Answer, Vec<f64>)> = None;
            let up = self.rounded(unit, &answer, |part| (part - WHOLE).ceil());
            let down = self.rounded(unit, &answer, |part| (part + WHOLE).floor());
            for path in if up == down { vec![up] } else { vec![up, down] } {
                let mut tried = fixed.clone();
                self.fix(&mut tried, unit, &path);
                let found = self.solve(&tried);
                let is_better = found.is_optimal()
                    && best.as_ref().is_none_or(|(_, known, _)| found.value < known.value);
                if is_better {
                    best = Some((tried, found, path));
                }
            }
            match best {
                Some((tried, found, path)) => {
                    (*fixed, answer) = (tried, found);
                    self.take_desks(fixed, &open, unit, &path);
                }
                // With whole numbers a little more may have to be left over than with parts.
                None => {
                    let up = self.rounded(unit, &answer, |part| (part - WHOLE).ceil());
                    self.fix(fixed, unit, &up);
                    self.take_desks(fixed, &open, unit, &up);
                    answer = self.leave_over(fixed);
                    if !answer.is_optimal() {
                        return answer;
                    }
                }
            }
        }
        let last = self.solve(fixed);
        let last = if last.is_optimal() { last } else { self.leave_over(fixed) };
        if last.is_optimal() { self.improve(fixed, last) } else { last }
    }

    /// What one opening of a department takes is no room any more for its other ones.
    fn take_desks(&mut self, fixed: &mut Program, open: &[Unit], unit: Unit, path: &[f64]) {
        let Unit::Opening(taken) = unit else { return };
        let row = &self.question.openings[taken];
        for other in open {
            let Unit::Opening(at) = *other else { continue };
            let opening = &self.question.openings[at];
            if at == taken || opening.department != row.department {
                continue;
            }
            for (after, &column) in self.built.heads[at].iter().enumerate() {
                let week = opening.earliest + after as u32;
                let free = self.question.free(row.department, week);
                let place = week.checked_sub(row.earliest).map(|place| path.get(place as usize));
                let taken = place.flatten().copied().unwrap_or(0.0);
                if taken > 0.0 && free < u32::MAX {
                    let (lower, upper) = self.built.program.bounds(column);
                    let upper = upper.min((f64::from(free) - taken).max(0.0));
                    self.built.program.set_bounds(column, lower, upper);
                    fixed.set_bounds(column, lower, upper);
                }
            }
        }
    }

    /// One head or order less wherever that is cheaper: what each was rounded for may be there already.
    fn improve(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
        let openings = (0..self.question.openings.len()).map(Unit::Opening);
        let endings = (0..self.question.endings.len()).map(Unit::Ending);
        let offers = (0..self.question.offers.len()).map(Unit::Offer);
        let mut tries = 0;
        for unit in openings.chain(endings).chain(offers) {
            while self.columns(unit).iter().any(|at| answer.columns[at.index()] > 0.5) {
                if tries == MOST_IMPROVEMENTS {
                    return answer;
                }
                tries += 1;
                let less = self.rounded(unit, &answer, |heads| (heads.round() - 1.0).max(0.0));
                let mut tried = fixed.clone();
                self.fix(&mut tried, unit, &less);
                let found = self.solve(&tried);
                if !found.is_optimal() || found.value >= answer.value - 1e-6 * answer.value.abs() {
                    break;
                }
                (*fixed, answer) = (tried, found);
            }
        }
        answer
    }

    /// Leaves over what has to be, with the whole numbers decided so far: as little as can be.
    fn leave_over(&mut self, fixed: &mut Program) -> Answer {
        let all: f64 = self.question.work.iter().map(|work| work.days).sum();
        for (column, work) in self.built.left_over.iter().zip(&self.question.work) {
            fixed.set_bounds(*column, 0.0, work.days);
        }
        match self.limit {
            Some(limit) => fixed.add_room(limit, all - fixed.side(limit).1),
            None => self.limit = Some(self.limit_row(fixed, all)),
        }
        let mut least = fixed.clone();
        for column in least.column_ids() {
            least.set_cost(column, 0.0);
        }
        for &column in &self.built.left_over {
            least.set_cost(column, 1.0);
        }
        let least = self.solve(&least);
        if !least.is_optimal() {
            return least;
        }
        if let Some(limit) = self.limit {
            let most = self.most_left(least.value.max(0.0));
            fixed.add_room(limit, most - fixed.side(limit).1);
        }
        self.solve(fixed)
    }

    fn limit_row(&self, program: &mut Program, most: f64) -> Row {
        let entries: Vec<_> = self.built.left_over.iter().map(|&column| (column, 1.0)).collect();
        program.row_of(RowKind::Lever(LeverRow::LeftOver), Sense::AtMost, most, entries)
    }

    /// A hair more than the least, which is known to some digits only.
    fn most_left(&self, least: f64) -> f64 {
        least * (1.0 + 1e-5) + 10.0 * self.negligible()
    }

    fn columns(&self, unit: Unit) -> Vec<Column> {
        match unit {
            Unit::Opening(at) => self.built.heads[at].clone(),
            Unit::Ending(at) => self.built.prolonged[at].clone(),
            Unit::Offer(at) => self.built.ordered[at].into_iter().collect(),
        }
    }

    /// Sum of what is missing to whole numbers.
    fn parts(&self, unit: Unit, answer: &Answer) -> f64 {
        let columns = self.columns(unit);
        let value = |column: &Column| answer.columns[column.index()];
        columns.iter().map(value).map(|value| (value - value.round()).abs()).fold(0.0, f64::max)
    }

    fn rounded(&self, unit: Unit, answer: &Answer, rule: impl Fn(f64) -> f64) -> Vec<f64> {
        let columns = self.columns(unit);
        let path: Vec<f64> = columns
            .iter()
            .map(|column| {
                let most = self.built.program.bounds(*column).1;
                rule(answer.columns[column.index()]).clamp(0.0, most)
            })
            .collect();
        match unit {
            Unit::Opening(at) => self.stay(&self.question.openings[at], &columns, path),
            Unit::Ending(_) | Unit::Offer(_) => path,
        }
    }

    /// Who begins stays for the least number of weeks; where the department has no room for that, or
    /// the weeks end before, nobody begins.
    fn stay(&self, opening: &Opening, columns: &[Column], mut path: Vec<f64>) -> Vec<f64> {
        let least = opening.least_weeks as usize;
        let most = |at: usize| self.built.program.bounds(columns[at]).1;
        for at in 0..path.len() {
            let before = if at > 0 { path[at - 1] } else { 0.0 };
            let begun = path[at] - before;
            if begun <= 0.0 {
                continue;
            }
            let end = (at + least).min(path.len());
            let room = (at..end).map(most).fold(f64::INFINITY, f64::min);
            let fits = at + least <= path.len().max(at + 1);
            let level = if fits { path[at].min(room) } else { before };
            path[at] = level.max(before.min(path[at]));
            let level = path[at];
            for later in &mut path[at..end] {
                *later = later.max(level);
            }
        }
        path
    }

    fn fix(&self, program: &mut Program, unit: Unit, path: &[f64]) {
        for (column, &value) in self.columns(unit).into_iter().zip(path) {
            program.set_bounds(column, value, value);
        }
        if let Unit::Opening(at) = unit {
            let mut before = 0.0;
            for (&start, &value) in self.built.starts[at].iter().zip(path) {
                let begun = (value - before).max(0.0);
                program.set_bounds(start, begun, begun);
                before = value;
            }
        }
    }

    fn mix(&self, answer: &Answer, bound: f64, exact: bool) -> Mix {
        let value = |column: &Column| answer.columns[column.index()].max(0.0);
        let whole = |columns: &Vec<Column>| -> Vec<u32> {
            columns.iter().map(|column| value(column).round() as u32).collect()
        };
        Mix {
            cost: answer.value,
            bound: bound.max(0.0).min(answer.value.max(0.0)),
            left_over: self.built.left_over.iter().map(value).collect(),
            heads: self.built.heads.iter().map(whole).collect(),
            prolonged: self.built.prolonged.iter().map(whole).collect(),
            sent: self.built.sent.iter().map(|row| row.iter().map(value).collect()).collect(),
            spent: self
                .built
                .spends
                .iter()
                .map(|spend| (*spend, value(&spend.column) * spend.unit))
                .collect(),
            caps: self
                .built
                .caps
                .iter()
                .map(|row| -answer.duals.get(row.index()).copied().unwrap_or(0.0))
                .collect(),
            backend: answer.backend.unwrap_or(Backend::Bounds),
            size: (self.built.program.columns(), self.built.program.rows()),
            solves: self.solves,
            exact,
        }
    }
}
