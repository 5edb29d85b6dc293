//! What is bought in whole numbers, and how it is made whole: one opening, ending, order or package.

use super::Rounding;
use crate::formulate::levers::{Opening, Question};
use crate::formulate::program::{Column, Program};
use crate::solve::linear::Answer;

/// Something that is bought in whole numbers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Opening(usize),
    Ending(usize),
    Offer(usize),
    Package(usize, usize),
}

impl<'a> Rounding<'a> {
    pub(super) fn units(&self) -> Vec<Unit> {
        let openings = (0..self.built.heads.len()).map(Unit::Opening);
        let endings = (0..self.question.endings.len()).map(Unit::Ending);
        let offers = (0..self.question.offers.len()).map(Unit::Offer);
        let packages = self.built.packages.iter().enumerate();
        let packages = packages
            .flat_map(|(offer, list)| (0..list.len()).map(move |at| Unit::Package(offer, at)));
        packages.chain(offers).chain(endings).chain(openings).collect()
    }

    pub(super) fn columns(&self, unit: Unit) -> Vec<Column> {
        match unit {
            Unit::Opening(at) => self.built.heads[at].clone(),
            Unit::Ending(at) => self.built.prolonged[at].clone(),
            Unit::Offer(at) => self.built.ordered[at].into_iter().collect(),
            Unit::Package(offer, at) => vec![self.built.packages[offer][at]],
        }
    }

    /// An opening, or where a move leads.
    pub(super) fn stay_of(&self, at: usize) -> &'a Opening {
        let question: &'a Question = self.question;
        let hired = question.openings.len();
        if at < hired { &question.openings[at] } else { &question.moves[at - hired].to }
    }

    /// Sum of what is missing to whole numbers.
    pub(super) fn parts(&self, unit: Unit, answer: &Answer) -> f64 {
        let columns = self.columns(unit);
        let value = |column: &Column| answer.columns[column.index()];
        columns.iter().map(value).map(|value| (value - value.round()).abs()).fold(0.0, f64::max)
    }

    pub(super) fn rounded(
        &self,
        unit: Unit,
        answer: &Answer,
        rule: impl Fn(f64) -> f64,
    ) -> Vec<f64> {
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
    pub(super) fn stay(
        &self,
        opening: &Opening,
        columns: &[Column],
        mut path: Vec<f64>,
    ) -> Vec<f64> {
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

    pub(super) fn fix(&self, program: &mut Program, unit: Unit, path: &[f64]) {
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
}
