//! The cheapest time to buy: the lever program solved, its heads and orders made whole.
//!
//! First the program with parts of heads, whose value no whole answer beats. Work that nobody can do in
//! time is left over at a price, so that every program has an answer. Small programs are then
//! solved with whole numbers; larger ones are rounded one decision at a time: each opening, ending and
//! vendor is tried rounded up and rounded down with the others still free, and keeps the better of
//! the two. The distance to the first value is stated. Every answer has passed the checks of
//! [`linear`].

mod asking;
mod buying;

pub use asking::Asking;
pub use buying::{Bought, Extension, Hire, Moved, Order, Rent};

use super::linear::{self, Answer, Backend, Settings};
use crate::formulate::levers::{Levers, Move, Opening, Question, Spend, Work, levers};
use crate::formulate::program::{Column, Program};

/// Rows and columns together up to which whole numbers are left to a back end.
const SMALL: usize = 240;
/// Tries to do with less, after rounding.
const MOST_IMPROVEMENTS: u32 = 16;
/// Tries with more, where too much is left over after rounding.
const MOST_REPAIRS: u32 = 60;
/// What counts as whole.
const WHOLE: f64 = 1e-4;
/// A price of a day that is not raised any more, in minor units.
const DEAREST: f64 = 1e10;

/// How much of each thing to buy.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    /// What it costs less what incentives give for it, in minor units.
    pub cost: f64,
    /// No mix of whole heads and orders costs less.
    pub bound: f64,
    /// Bid days that no mix can do in time, by work.
    pub left_over: Vec<f64>,
    /// Heads of each opening, from its earliest week on.
    pub heads: Vec<Vec<u32>>,
    /// People of each move who are away, from its earliest week on.
    pub moved: Vec<Vec<u32>>,
    /// People of each ending who go on, from its first week on.
    pub prolonged: Vec<Vec<u32>>,
    /// Bid days sent out, by offer and entry of what it takes.
    pub sent: Vec<Vec<f64>>,
    /// Whether each package goes out, by offer; none where any part of the work may.
    pub packages: Vec<Vec<bool>>,
    /// Units rented of each pool, by bucket.
    pub rented: Vec<Vec<f64>>,
    /// Pools of which there is no more than is used, as [`Question::shared_pools`] lists them, and the first and
    /// the last bucket of it: none where all work is done, or more is to be had.
    pub full: Vec<(u32, u32, u32)>,
    /// All spending columns with what is spent on them.
    pub spent: Vec<(Spend, f64)>,
    /// What incentives give for it beyond what they give anyway: taken off the cost already.
    pub incentives: f64,
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
    /// How far the cost is from the bound, as a share of the cost before incentives.
    pub fn gap(&self) -> f64 {
        let gross = self.cost + self.incentives;
        if gross > 0.0 { ((self.cost - self.bound) / gross).max(0.0) } else { 0.0 }
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

/// What a bid day that is left over costs at first: four times what the dearest way to have one done
/// costs, so that none is left over to save money.
fn price_of_a_day(question: &Question) -> f64 {
    let stays = question.stays().filter_map(|row| {
        let stay = row.earliest as usize..(row.earliest + row.least_weeks) as usize;
        let sum = |list: &[f64]| list.get(stay.clone()).map(|weeks| weeks.iter().sum::<f64>());
        let output = sum(&row.output)? * 0.5;
        (output > 0.0).then(|| (sum(&row.pay).unwrap_or(0.0) + row.onboarding) / output)
    });
    let freelance = question.crews.iter().flat_map(|crew| &crew.freelance);
    let overtime = question.crews.iter().flat_map(|crew| crew.overtime.iter().flatten());
    let offers = question.offers.iter().map(|row| row.price * (1.0 + row.supervision));
    let prices = freelance.chain(overtime).map(|(_, price)| *price);
    // Who moves takes time along that may have to be paid.
    let most = |list: &[f64]| list.iter().copied().fold(0.0, f64::max);
    let taken = question.moves.iter().filter_map(|row| {
        let output = most(&row.to.output) * 0.5;
        (output > 0.0).then(|| most(&row.time) / output)
    });
    let taken = taken.fold(1.0, f64::max);
    let dearest = prices.map(|price| price * taken).chain(stays).chain(offers).fold(1.0, f64::max);
    let rents = question.pools.iter().map(|row| {
        let units = row.uses.iter().map(|(_, units)| *units).fold(0.0, f64::max);
        row.price.unwrap_or(0.0) * units
    });
    let seats = question.seats.iter().map(|row| {
        let units = row.needs.iter().map(|need| need.1).fold(0.0, f64::max);
        let days = row.crews.iter().chain(&row.stays).chain(&row.endings).map(|row| row.1);
        row.price.unwrap_or(0.0) * units * days.fold(0.0, f64::max)
    });
    let rents = rents.chain(seats);
    4.0 * (dearest + rents.sum::<f64>()).min(DEAREST)
}

/// A hair more than the least, which is known to some digits only.
fn most_left(least: f64, negligible: f64) -> f64 {
    least * (1.0 + 1e-5) + 10.0 * negligible
}

struct Rounding<'a> {
    question: &'a Question,
    built: Levers,
    settings: &'a Settings,
    /// Price of a bid day that is left over.
    price: f64,
    solves: u32,
}

/// Something that is bought in whole numbers.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Opening(usize),
    Ending(usize),
    Offer(usize),
    Package(usize, usize),
}

impl<'a> Rounding<'a> {
    fn new(question: &'a Question, settings: &'a Settings) -> Rounding<'a> {
        let price = price_of_a_day(question);
        Rounding { question, built: levers(question), settings, price, solves: 0 }
    }

    fn run(&mut self) -> Result<Mix, Answer> {
        let relaxed = self.relaxed()?;
        let (mut program, mut answer) = relaxed;
        let penalised = answer.safe_bound();
        let least = self.left(&answer);
        let mut is_exact = false;
        let is_small = program.columns() + program.rows() <= SMALL;
        let whole = self.whole_columns();
        let exact = (is_small && !whole.is_empty() && !self.settings.integer.is_empty())
            .then(|| self.whole_numbers(&program, &whole))
            .filter(Answer::is_optimal);
        if let Some(exact) = exact {
            for column in whole {
                let value = exact.columns[column.index()].round();
                program.set_bounds(column, value, value);
            }
            answer = self.solve(&program);
            // With more left over than by parts of heads, another answer might leave less.
            is_exact = answer.is_optimal() && self.left(&answer) <= least + self.negligible();
        } else {
            answer = self.round_by_steps(&mut program, answer, least);
        }
        if !answer.is_optimal() {
            return Err(answer);
        }
        answer = self.without_needless_moves(&mut program, answer);
        Ok(self.mix(&answer, penalised, is_exact))
    }

    fn solve(&mut self, program: &Program) -> Answer {
        self.solves += 1;
        linear::solve(program, self.settings)
    }

    /// The program with parts of heads and the least work left over, solved.
    ///
    /// Work that is left over has a price, so that something always fits and a solver has room on all
    /// sides; where that price was too low to leave over as little as can be, it is raised.
    fn relaxed(&mut self) -> Result<(Program, Answer), Answer> {
        let mut least: Option<f64> = None;
        loop {
            let program = self.priced(self.price);
            let answer = self.solve(&program);
            if !answer.is_optimal() {
                return Err(answer);
            }
            let left = self.left(&answer);
            if left <= self.negligible() {
                return Ok((program, answer));
            }
            let least = match least {
                Some(least) => least,
                None => *least.insert(self.least_left_over().unwrap_or(left)),
            };
            if left <= most_left(least, self.negligible()) || self.price >= DEAREST {
                return Ok((program, answer));
            }
            self.price *= 8.0;
        }
    }

    /// The program without whole numbers, with a price on each bid day that is left over.
    fn priced(&self, price: f64) -> Program {
        let mut program = self.built.program.relaxed();
        for &column in &self.built.left_over {
            program.set_cost(column, price);
        }
        program
    }

    /// Whole numbers left to a back end. A day that is left over costs so much more that no saving of
    /// a head is worth it.
    fn whole_numbers(&mut self, program: &Program, whole: &[Column]) -> Answer {
        let mut program = program.clone();
        whole.iter().for_each(|&column| program.make_integer(column));
        for &column in &self.built.left_over {
            program.set_cost(column, 64.0 * self.price);
        }
        self.solve(&program)
    }

    fn whole_columns(&self) -> Vec<Column> {
        let lists = self.built.starts.iter().chain(&self.built.heads).chain(&self.built.prolonged);
        lists
            .chain(&self.built.packages)
            .flatten()
            .copied()
            .chain(self.built.ordered.iter().flatten().copied())
            .chain(self.built.granted.iter().flat_map(|row| row.reached.iter().copied()))
            .collect()
    }

    /// Work that is so little that it is rounding, in bid days.
    fn negligible(&self) -> f64 {
        let all: f64 = self.question.work.iter().map(|work| work.days).sum();
        1e-5 * (1.0 + all)
    }

    /// Bid days that an answer leaves over.
    fn left(&self, answer: &Answer) -> f64 {
        self.built.left_over.iter().map(|at| answer.columns[at.index()].max(0.0)).sum()
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

    /// Whether an answer is better: less work left over, else a lower value.
    fn is_better(&self, answer: &Answer, than: &Answer) -> bool {
        if !answer.is_optimal() || !than.is_optimal() {
            return answer.is_optimal();
        }
        let (left, known) = (self.left(answer), self.left(than));
        if (left - known).abs() > self.negligible() {
            return left < known;
        }
        answer.value < than.value - 1e-6 * than.value.abs()
    }

    /// Rounds with the steps of incentives that pay with parts of heads, and with none of those that
    /// purchases would have to reach; then each step is looked at again. The better answer counts.
    fn round_by_steps(&mut self, fixed: &mut Program, answer: Answer, least: f64) -> Answer {
        if self.built.granted.iter().all(|row| row.reached.is_empty()) {
            return self.round(fixed, answer, least);
        }
        // Rounding narrows bounds of the program as it goes.
        let whole = self.built.program.clone();
        let mut none = fixed.clone();
        for &column in self.built.granted.iter().flat_map(|row| &row.reached) {
            none.set_bounds(column, 0.0, 0.0);
        }
        let mut paying = none.clone();
        let first = self.solve(&paying);
        self.steps(&mut paying, first);
        let mut best: Option<(Program, Answer)> = None;
        for mut start in [paying, none] {
            self.built.program = whole.clone();
            let answer = self.solve(&start);
            if !answer.is_optimal() {
                continue;
            }
            let rounded = self.round(&mut start, answer, least);
            if !rounded.is_optimal() {
                continue; // no whole heads reach just this step
            }
            let settled = self.steps(&mut start, rounded);
            if best.as_ref().is_none_or(|(_, known)| self.is_better(&settled, known)) {
                best = Some((start, settled));
            }
        }
        match best {
            Some((found, answer)) => {
                *fixed = found;
                answer
            }
            None => self.round(fixed, answer, least),
        }
    }

    /// Tries each step of each incentive instead of the one that counts, and keeps what is better.
    fn steps(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
        for at in 0..self.built.granted.len() {
            let reached = self.built.granted[at].reached.clone();
            for step in 0..reached.len() {
                let mut tried = fixed.clone();
                for (other, &column) in reached.iter().enumerate() {
                    let is_it = f64::from(u8::from(other == step));
                    tried.set_bounds(column, is_it, is_it);
                }
                let found = self.solve(&tried);
                if self.is_better(&found, &answer) {
                    (*fixed, answer) = (tried, found);
                }
            }
        }
        answer
    }

    /// One decision after the other, up or down, whichever is better.
    /// `least` is the least work left over with parts of heads.
    fn round(&mut self, fixed: &mut Program, mut answer: Answer, least: f64) -> Answer {
        let mut open = self.units();
        while !open.is_empty() {
            // What is whole already stays so. What is least whole is decided first.
            let mut next: Option<(usize, f64)> = None;
            let mut at = 0;
            while at < open.len() {
                let parts = self.parts(open[at], &answer);
                if parts <= WHOLE {
                    let unit = open.remove(at);
                    let path = self.rounded(unit, &answer, f64::round);
                    self.fix(fixed, unit, &path);
                    self.take_desks(fixed, &open, unit, &path);
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
                if best.as_ref().is_none_or(|(_, known, _)| self.is_better(&found, known)) {
                    best = Some((tried, found, path));
                }
            }
            let Some((tried, found, path)) = best else { break };
            if !found.is_optimal() {
                return found;
            }
            (*fixed, answer) = (tried, found);
            self.take_desks(fixed, &open, unit, &path);
        }
        let last = self.solve(fixed);
        if !last.is_optimal() {
            return last;
        }
        let last = self.repair(fixed, last, least);
        self.improve(fixed, last)
    }

    fn units(&self) -> Vec<Unit> {
        let openings = (0..self.built.heads.len()).map(Unit::Opening);
        let endings = (0..self.question.endings.len()).map(Unit::Ending);
        let offers = (0..self.question.offers.len()).map(Unit::Offer);
        let packages = self.built.packages.iter().enumerate();
        let packages = packages
            .flat_map(|(offer, list)| (0..list.len()).map(move |at| Unit::Package(offer, at)));
        packages.chain(offers).chain(endings).chain(openings).collect()
    }

    /// What one opening of a department takes is no room any more for its other ones.
    fn take_desks(&mut self, fixed: &mut Program, open: &[Unit], unit: Unit, path: &[f64]) {
        let Unit::Opening(taken) = unit else { return };
        let row = self.stay_of(taken);
        for other in open {
            let Unit::Opening(at) = *other else { continue };
            let opening = self.stay_of(at);
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

    /// What could be bought more of; a package also instead of another one of the same vendor.
    fn candidates(&self, answer: &Answer) -> Vec<(Unit, Option<Unit>)> {
        let mut all: Vec<(Unit, Option<Unit>)> =
            self.units().into_iter().map(|unit| (unit, None)).collect();
        for (offer, columns) in self.built.packages.iter().enumerate() {
            let goes = |at: &usize| answer.columns[columns[*at].index()] > 0.5;
            for more in (0..columns.len()).filter(|at| !goes(at)) {
                for less in (0..columns.len()).filter(goes) {
                    all.push((Unit::Package(offer, more), Some(Unit::Package(offer, less))));
                }
            }
        }
        all
    }

    /// One more of what could do work that is left over, until the last week of such work.
    fn one_more(&self, unit: Unit, answer: &Answer) -> Option<Vec<f64>> {
        let left = self.built.left_over.iter().map(|at| answer.columns[at.index()]);
        let works: Vec<&Work> = self
            .question
            .work
            .iter()
            .zip(left)
            .filter(|(_, left)| *left > self.negligible())
            .map(|(work, _)| work)
            .collect();
        let last = |department| {
            let own = works.iter().filter(|work| work.department == department);
            let last = own.map(|work| work.to).max()?;
            self.question.buckets.get(last as usize).map(|bucket| bucket.end)
        };
        let (from, until) = match unit {
            Unit::Opening(at) => {
                let row = self.stay_of(at);
                (row.earliest, last(row.department)?)
            }
            Unit::Ending(at) => {
                let row = &self.question.endings[at];
                (row.from, last(row.department)?)
            }
            Unit::Offer(_) | Unit::Package(..) => (0, 1),
        };
        let columns = self.columns(unit);
        let path: Vec<f64> = columns
            .iter()
            .zip(from..)
            .map(|(column, week)| {
                let heads = answer.columns[column.index()].round();
                let most = self.built.program.bounds(*column).1;
                if week < until { (heads + 1.0).min(most) } else { heads }
            })
            .collect();
        Some(match unit {
            Unit::Opening(at) => self.stay(self.stay_of(at), &columns, path),
            _ => path,
        })
    }

    /// One head, order or package more, the best of all, as long as more is left over than has to be:
    /// what was decided first may have needed what was rounded down later.
    fn repair(&mut self, fixed: &mut Program, mut answer: Answer, least: f64) -> Answer {
        let enough = most_left(least, self.negligible());
        let mut tries = 0;
        while self.left(&answer) > enough && tries < MOST_REPAIRS {
            let mut best: Option<(Program, Answer)> = None;
            for (unit, instead) in self.candidates(&answer) {
                let Some(more) = self.one_more(unit, &answer) else { continue };
                let is_same = self
                    .columns(unit)
                    .iter()
                    .zip(&more)
                    .all(|(column, more)| (answer.columns[column.index()] - more).abs() < 0.5);
                if is_same || tries == MOST_REPAIRS {
                    continue;
                }
                tries += 1;
                let mut tried = fixed.clone();
                self.fix(&mut tried, unit, &more);
                if let Some(other) = instead {
                    self.fix(&mut tried, other, &[0.0]);
                }
                let found = self.solve(&tried);
                let known = best.as_ref().map_or(&answer, |(_, known)| known);
                if self.is_better(&found, known) {
                    best = Some((tried, found));
                }
            }
            let Some((tried, found)) = best else { break };
            (*fixed, answer) = (tried, found);
        }
        answer
    }

    /// One head or order less wherever that is better: what each was rounded for may be there already.
    fn improve(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
        let mut tries = 0;
        for unit in self.units().into_iter().rev() {
            while self.columns(unit).iter().any(|at| answer.columns[at.index()] > 0.5) {
                if tries == MOST_IMPROVEMENTS {
                    return answer;
                }
                tries += 1;
                let less = self.rounded(unit, &answer, |heads| (heads.round() - 1.0).max(0.0));
                let mut tried = fixed.clone();
                self.fix(&mut tried, unit, &less);
                let found = self.solve(&tried);
                if !self.is_better(&found, &answer) {
                    break;
                }
                (*fixed, answer) = (tried, found);
            }
        }
        answer
    }

    /// Moves that cost nothing may be there for nothing: they stay only if it is worse without them all, or
    /// without one.
    fn without_needless_moves(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
        let moves = self.question.openings.len()..self.built.heads.len();
        let is_any = |built: &Levers, at: usize, answer: &Answer| {
            built.heads[at].iter().any(|column| answer.columns[column.index()] > 0.5)
        };
        let made: Vec<usize> = moves.filter(|&at| is_any(&self.built, at, &answer)).collect();
        let none = |levers: &Levers, at: usize| vec![0.0; levers.heads[at].len()];
        let mut without: Vec<Vec<(Unit, Vec<f64>)>> =
            vec![made.iter().map(|&at| (Unit::Opening(at), none(&self.built, at))).collect()];
        for &at in &made {
            let fewer = |heads: f64| (heads.round() - 1.0).max(0.0);
            let unit = Unit::Opening(at);
            without.push(vec![(unit, none(&self.built, at))]);
            without.push(vec![(unit, self.rounded(unit, &answer, fewer))]);
        }
        for changes in without {
            let is_there = |(unit, _): &(Unit, Vec<f64>)| {
                let mut columns = self.columns(*unit).into_iter();
                columns.any(|column| answer.columns[column.index()] > 0.5)
            };
            if !changes.iter().any(is_there) {
                continue;
            }
            let mut tried = fixed.clone();
            changes.iter().for_each(|(unit, path)| self.fix(&mut tried, *unit, path));
            let found = self.solve(&tried);
            if !found.is_optimal() {
                continue;
            }
            // What is left over is compared apart: its price would drown a cent.
            let cost = |answer: &Answer| answer.value - self.price * self.left(answer);
            let left = self.left(&found) - self.left(&answer);
            let more = cost(&found) - cost(&answer);
            if left <= self.negligible() && more <= 0.5 + 1e-6 * cost(&answer).abs() {
                (*fixed, answer) = (tried, found);
            }
        }
        answer
    }

    /// Hard pools that are used to the last while work is left over.
    fn full_pools(&self, answer: &Answer) -> Vec<(u32, u32, u32)> {
        let mut full: Vec<(u32, u32, u32)> = Vec::new();
        if self.left(answer) <= self.negligible() {
            return full;
        }
        for &(pool, bucket, row) in &self.built.pools {
            let program = &self.built.program;
            let side = program.side(row).1;
            let is_hard = self.built.rented[pool as usize][bucket as usize].is_none();
            let used = program.activity(row, &answer.columns);
            if !is_hard || used < side - 1e-3 * (1.0 + side.abs()) {
                continue;
            }
            match full.last_mut() {
                Some(last) if last.0 == pool => last.2 = bucket,
                _ => full.push((pool, bucket, bucket)),
            }
        }
        full
    }

    /// An opening, or where a move leads.
    fn stay_of(&self, at: usize) -> &'a Opening {
        let question: &'a Question = self.question;
        let hired = question.openings.len();
        if at < hired { &question.openings[at] } else { &question.moves[at - hired].to }
    }

    fn columns(&self, unit: Unit) -> Vec<Column> {
        match unit {
            Unit::Opening(at) => self.built.heads[at].clone(),
            Unit::Ending(at) => self.built.prolonged[at].clone(),
            Unit::Offer(at) => self.built.ordered[at].into_iter().collect(),
            Unit::Package(offer, at) => vec![self.built.packages[offer][at]],
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
            Unit::Opening(at) => self.stay(self.stay_of(at), &columns, path),
            Unit::Ending(_) | Unit::Offer(_) | Unit::Package(..) => path,
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

    /// `penalised` is a bound on cost and left-over work at its price.
    fn mix(&self, answer: &Answer, penalised: f64, exact: bool) -> Mix {
        let left_over = self.price * self.left(answer);
        let cost = answer.value - left_over;
        let bound = penalised - left_over;
        let hired = self.question.openings.len();
        // Only what incentives give, or lower pay elsewhere, can make a cost fall below nothing.
        let is_less = |row: &Move| row.to.pay.iter().any(|pay| *pay < 0.0);
        let can_save = !self.built.granted.is_empty() || self.question.moves.iter().any(is_less);
        let floor = if can_save { f64::NEG_INFINITY } else { 0.0 };
        let value = |column: &Column| answer.columns[column.index()].max(0.0);
        let whole = |columns: &Vec<Column>| -> Vec<u32> {
            columns.iter().map(|column| value(column).round() as u32).collect()
        };
        Mix {
            cost,
            bound: bound.max(floor).min(cost.max(floor)),
            left_over: self.built.left_over.iter().map(value).collect(),
            heads: self.built.heads[..hired].iter().map(whole).collect(),
            moved: self.built.heads[hired..].iter().map(whole).collect(),
            prolonged: self.built.prolonged.iter().map(whole).collect(),
            sent: self.built.sent.iter().map(|row| row.iter().map(value).collect()).collect(),
            packages: self
                .built
                .packages
                .iter()
                .map(|row| row.iter().map(|column| value(column) > 0.5).collect())
                .collect(),
            rented: self
                .built
                .rented
                .iter()
                .map(|row| row.iter().map(|column| column.as_ref().map_or(0.0, value)).collect())
                .collect(),
            full: self.full_pools(answer),
            spent: self
                .built
                .spends
                .iter()
                .map(|spend| (*spend, value(&spend.column) * spend.unit))
                .collect(),
            incentives: self
                .built
                .granted
                .iter()
                .flat_map(|row| &row.base)
                .map(|&(column, _, given)| value(&column) * given)
                .sum::<f64>()
                - self.question.incentives.certain(),
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
