//! Work that no mix can do in time: what a day of it costs, and the least of it.

use super::{DEAREST, Rounding};
use crate::formulate::levers::Question;
use crate::formulate::program::Program;
use crate::solve::linear::Answer;

/// What a bid day that is left over costs at first: four times what the dearest way to have one done
/// costs, so that none is left over to save money.
pub(super) fn price_of_a_day(question: &Question) -> f64 {
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
        let time = row.leaves.iter().map(|leave| most(&leave.time)).sum::<f64>();
        (output > 0.0).then(|| time / output)
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
pub(super) fn most_left(least: f64, negligible: f64) -> f64 {
    least * (1.0 + 1e-5) + 10.0 * negligible
}

impl Rounding<'_> {
    /// The program with parts of heads and the least work left over, solved.
    ///
    /// Work that is left over has a price, so that something always fits and a solver has room on all
    /// sides; where that price was too low to leave over as little as can be, it is raised.
    pub(super) fn relaxed(&mut self) -> Result<(Program, Answer), Box<Answer>> {
        let mut least: Option<f64> = None;
        loop {
            let program = self.priced(self.price);
            // With steps of incentives as they are, so that no answer is left out.
            let answer = self.solve(&self.up_to_the_steps(&program));
            if !answer.is_optimal() {
                return Err(Box::new(answer));
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
    pub(super) fn priced(&self, price: f64) -> Program {
        let mut program = self.built.program.relaxed();
        for &column in &self.built.left_over {
            program.set_cost(column, price);
        }
        program
    }

    /// Work that is so little that it is rounding, in bid days.
    pub(super) fn negligible(&self) -> f64 {
        let all: f64 = self.question.work.iter().map(|work| work.days).sum();
        1e-5 * (1.0 + all)
    }

    /// Bid days that an answer leaves over.
    pub(super) fn left(&self, answer: &Answer) -> f64 {
        self.built.left_over.iter().map(|at| answer.columns[at.index()].max(0.0)).sum()
    }

    /// The least work that is left over whatever is bought.
    pub(super) fn least_left_over(&mut self) -> Option<f64> {
        let answer = self.left_over_answer();
        answer.is_optimal().then_some(answer.value.max(0.0))
    }

    pub(super) fn left_over_answer(&mut self) -> Answer {
        let mut program = self.built.program.relaxed();
        for column in program.column_ids() {
            program.set_cost(column, 0.0);
        }
        for &column in &self.built.left_over {
            program.set_cost(column, 1.0);
        }
        self.solve(&program)
    }
}
