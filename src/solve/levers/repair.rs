//! Looking again at what was rounded: more where work is left over, less where that is better, no move
//! for nothing.

use super::Rounding;
use super::left_over::most_left;
use super::units::Unit;
use crate::formulate::levers::{Levers, Work};
use crate::formulate::program::Program;
use crate::model::ShowId;
use crate::solve::linear::Answer;

/// Tries to do with less, after rounding.
const MOST_IMPROVEMENTS: u32 = 16;
/// Tries with more, where too much is left over after rounding.
const MOST_REPAIRS: u32 = 60;

impl Rounding<'_> {
    /// One head, order or package more, the best of all, as long as more is left over than has to be:
    /// what was decided first may have needed what was rounded down later.
    pub(super) fn repair(&mut self, fixed: &mut Program, mut answer: Answer, least: f64) -> Answer {
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

    /// What could be bought more of; a package also instead of another one of the same vendor.
    pub(super) fn candidates(&self, answer: &Answer) -> Vec<(Unit, Option<Unit>)> {
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
    pub(super) fn one_more(&self, unit: Unit, answer: &Answer) -> Option<Vec<f64>> {
        let left = self.built.left_over.iter().map(|at| answer.columns[at.index()]);
        let works: Vec<&Work> = self
            .question
            .work
            .iter()
            .zip(left)
            .filter(|(_, left)| *left > self.negligible())
            .map(|(work, _)| work)
            .collect();
        let last = |department, shows: Option<&[ShowId]>| {
            let may = |work: &&&Work| {
                let show = work.show.zip(shows);
                work.department == department && show.is_none_or(|(show, own)| own.contains(&show))
            };
            let own = works.iter().filter(may);
            let last = own.map(|work| work.to).max()?;
            self.question.buckets.get(last as usize).map(|bucket| bucket.end)
        };
        let (from, until) = match unit {
            Unit::Opening(at) => {
                let row = self.stay_of(at);
                (row.earliest, last(row.department, self.question.shows_of_stay(at))?)
            }
            Unit::Ending(at) => {
                let row = &self.question.endings[at];
                (row.from, last(row.department, row.shows.as_deref())?)
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

    /// One head or order less wherever that is better: what each was rounded for may be there already.
    pub(super) fn improve(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
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
    pub(super) fn without_needless_moves(
        &mut self,
        fixed: &mut Program,
        mut answer: Answer,
    ) -> Answer {
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
}
