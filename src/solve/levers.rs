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
mod left_over;
mod repair;
mod rounding;
mod units;
mod worth;

pub use asking::Asking;
pub use buying::{Bought, Extension, Hire, Moved, Order, Rent};
pub use worth::{Worth, worth_of_caps};

use super::linear::{self, Answer, Backend, Basis, Settings, Stop};
use crate::formulate::levers::{Levers, Move, Question, Spend, levers};
use crate::formulate::program::{Column, Program};

/// Rows and columns together up to which whole numbers are left to a back end.
const SMALL: usize = 240;
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
pub fn cheapest(question: &Question, settings: &Settings) -> Result<Mix, Box<Answer>> {
    Rounding::new(question, settings, &|| false).run()
}

/// The same from where a question much like this one was answered: `last` is where the program with parts of
/// heads stood there, and is here afterwards. Of another size it is passed over. Once `stop` says so no program is
/// solved any more: a mix that is whole by then is given as it is.
///
/// # Errors
/// As [`cheapest`]; also where it was stopped before heads and orders were whole.
pub fn cheapest_from(
    question: &Question,
    last: &mut Option<Box<Basis>>,
    settings: &Settings,
    stop: Stop<'_>,
) -> Result<Mix, Box<Answer>> {
    let mut rounding = Rounding::new(question, settings, stop);
    rounding.basis = last.take();
    let mix = rounding.run();
    *last = rounding.relaxed_basis;
    mix
}

/// Whether all work can be done in time with parts of heads: if not, nothing whole can do it either. Not where it
/// was stopped before that was known.
pub fn is_possible(question: &Question, settings: &Settings, stop: Stop<'_>) -> bool {
    let mut rounding = Rounding::new(question, settings, stop);
    rounding.least_left_over().is_some_and(|left| left <= rounding.negligible())
}

/// What a question costs at least, with parts of heads: of a [bound](Asking::bound) what any plan in time costs.
/// Before incentives, in minor units; 0 where no back end has an answer.
pub fn least_cost(question: &Question, settings: &Settings) -> f64 {
    let mut rounding = Rounding::new(question, settings, &|| false);
    // A plan leaves nothing over, so that any price on that will do.
    let program = rounding.priced(rounding.price);
    let answer = rounding.solve(&program);
    if answer.is_optimal() { answer.safe_bound().max(0.0) } else { 0.0 }
}

struct Rounding<'a> {
    question: &'a Question,
    built: Levers,
    settings: Settings,
    stop: Stop<'a>,
    /// Where the last answer stood: the next program differs in a few bounds.
    basis: Option<Box<Basis>>,
    /// Where the program with parts of heads stood.
    relaxed_basis: Option<Box<Basis>>,
    /// Price of a bid day that is left over.
    price: f64,
    solves: u32,
}

impl<'a> Rounding<'a> {
    fn new(question: &'a Question, settings: &Settings, stop: Stop<'a>) -> Rounding<'a> {
        let price = left_over::price_of_a_day(question);
        Rounding {
            question,
            built: levers(question),
            settings: settings.clone(),
            stop,
            basis: None,
            relaxed_basis: None,
            price,
            solves: 0,
        }
    }

    fn run(&mut self) -> Result<Mix, Box<Answer>> {
        let relaxed = self.relaxed()?;
        let (mut program, mut answer) = relaxed;
        self.relaxed_basis.clone_from(&answer.basis);
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
            return Err(Box::new(answer));
        }
        answer = self.settle(&mut program, answer);
        answer = self.without_needless_moves(&mut program, answer);
        Ok(self.mix(&answer, penalised, is_exact))
    }

    fn solve(&mut self, program: &Program) -> Answer {
        self.solves += 1;
        let answer = match &self.basis {
            Some(basis) => linear::solve_from_unless(program, basis, &self.settings, self.stop),
            None => linear::solve_unless(program, &self.settings, self.stop),
        };
        if answer.basis.is_some() {
            self.basis.clone_from(&answer.basis);
        }
        answer
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
            .chain(self.built.granted.iter().flat_map(|row| row.decisions.iter().map(|row| row.0)))
            .collect()
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
