//! Trying an order of tasks: decode it, judge it, keep it if it is the best.

use super::decode::Decoder;
use super::evaluate::Evaluator;
use super::place::{Taste, Urgency};
use super::schedule::Schedule;
use crate::formulate::Problem;
use crate::model::{Cents, Objective};

/// An order of tasks and the taste with which artists are chosen.
#[derive(Clone, Debug)]
pub struct Order {
    /// Key of each task.
    pub keys: Vec<i64>,
    /// What decides the choice of artist.
    pub taste: Taste,
}

/// The best schedule found and what it is worth.
#[derive(Clone, Debug)]
pub struct Incumbent {
    /// The schedule.
    pub schedule: Schedule,
    /// Its objective.
    pub objective: Objective,
    /// Its value in the mode of the problem.
    pub value: Cents,
}

/// One in so many parts of the price of broken dates and of work without a place that a promise counts.
const TO_MEND: i64 = 50;

impl Incumbent {
    /// What it would be worth if broken dates and work without a place could be put right for a
    /// fiftieth of what they cost: steps that aim at them mostly can.
    pub fn promise(&self, problem: &Problem) -> Cents {
        self.promise_at(problem, 1_000)
    }

    /// The same where so many thousandths count of what passes save later.
    pub fn promise_at(&self, problem: &Problem, thousandths: i64) -> Cents {
        let objective = self.saved_later(thousandths);
        let objective = Objective {
            broken_rules: Cents(self.objective.broken_rules.0 / TO_MEND),
            unscheduled: Cents(self.objective.unscheduled.0 / TO_MEND),
            ..objective
        };
        objective.total(&problem.multipliers)
    }

    /// What it is worth where so many thousandths count of what passes save later.
    pub fn value_at(&self, problem: &Problem, thousandths: i64) -> Cents {
        self.saved_later(thousandths).total(&problem.multipliers)
    }

    /// Passes of a whole plan save pay, overtime, artists on a sequence and changes of sequence, but nothing is
    /// sooner for them.
    fn saved_later(&self, thousandths: i64) -> Objective {
        let part =
            |cost: Cents| Cents((i128::from(cost.0) * i128::from(thousandths) / 1_000) as i64);
        Objective {
            labour: part(self.objective.labour),
            overtime_aversion: part(self.objective.overtime_aversion),
            continuity: part(self.objective.continuity),
            switches: part(self.objective.switches),
            ..self.objective
        }
    }
}

/// The buffers to decode and judge an order.
#[derive(Clone, Debug)]
pub struct Trial {
    decoder: Decoder,
    evaluator: Evaluator,
    objective: Objective,
    value: Cents,
}

impl Trial {
    /// Buffers for a problem.
    pub fn new(problem: &Problem) -> Trial {
        Trial {
            decoder: Decoder::new(problem),
            evaluator: Evaluator::default(),
            objective: Objective::default(),
            value: Cents(i64::MAX),
        }
    }

    /// Decodes and judges `order`, and gives what it is worth; `None` if it was stopped half-way.
    pub fn run(
        &mut self,
        problem: &Problem,
        urgency: &Urgency,
        order: &Order,
        stop: &dyn Fn() -> bool,
    ) -> Option<Cents> {
        if !self.decoder.decode(problem, &order.keys, urgency, order.taste, stop) {
            return None;
        }
        self.objective = self.evaluator.evaluate(problem, &self.decoder.board.schedule);
        self.value = self.objective.total(&problem.multipliers);
        Some(self.value)
    }

    /// The schedule made last.
    pub fn schedule(&self) -> &Schedule {
        &self.decoder.board.schedule
    }

    /// What was tried last, as an incumbent.
    pub fn incumbent(&self) -> Incumbent {
        Incumbent {
            schedule: self.schedule().clone(),
            objective: self.objective,
            value: self.value,
        }
    }
}
