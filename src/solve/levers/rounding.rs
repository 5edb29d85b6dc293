//! Rounding: one decision after the other, up or down, whichever is better; incentives by their steps.

use super::Rounding;
use super::units::Unit;
use crate::formulate::program::{Column, Program};
use crate::solve::linear::Answer;

/// What counts as whole.
const WHOLE: f64 = 1e-4;
/// Programs solved until the steps of incentives are those of the money that is spent.
const MOST_SETTLED: u32 = 3;

impl Rounding<'_> {
    /// Rounds with the steps of incentives that pay with parts of heads, and with none of those that
    /// purchases would have to reach; then each step is looked at again. The better answer counts.
    pub(super) fn round_by_steps(
        &mut self,
        fixed: &mut Program,
        answer: Answer,
        least: f64,
    ) -> Answer {
        if self.built.granted.iter().all(|row| !row.is_free()) {
            return self.round(fixed, answer, least);
        }
        // Rounding narrows bounds of the program as it goes.
        let whole = self.built.program.clone();
        let mut none = fixed.clone();
        let free = self.built.granted.iter().filter(|row| row.is_free());
        for &column in free.flat_map(|row| &row.reached) {
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
    pub(super) fn steps(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
        let free = |at: &usize| self.built.granted[*at].is_free();
        for at in (0..self.built.granted.len()).filter(free).collect::<Vec<usize>>() {
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

    /// A program in which as much may be spent below a step of an incentive as is below it: what is cut off there
    /// keeps solvers from rounding to the wrong side of the step.
    pub(super) fn up_to_the_steps(&self, program: &Program) -> Program {
        let mut program = program.clone();
        for &(row, room) in self.built.granted.iter().flat_map(|row| &row.below) {
            program.add_room(row, room);
        }
        program
    }

    /// Decides about incentives what the money that is spent decides, so that what they give is what is given for
    /// it.
    pub(super) fn settle(&mut self, fixed: &mut Program, mut answer: Answer) -> Answer {
        if self.built.granted.iter().all(|row| row.decisions.is_empty() && row.reached.is_empty()) {
            return answer;
        }
        for _ in 0..MOST_SETTLED {
            let incentives = &self.question.incentives;
            let decided = incentives.decided(&self.built.granted, &answer.columns);
            let value = |column: Column| answer.columns[column.index()];
            if decided.iter().all(|&(column, is)| (value(column) - is).abs() <= 1e-5) {
                break;
            }
            let mut tried = self.up_to_the_steps(fixed);
            decided.iter().for_each(|&(column, is)| tried.set_bounds(column, is, is));
            let found = self.solve(&tried);
            if !found.is_optimal() {
                break;
            }
            decided.iter().for_each(|&(column, is)| fixed.set_bounds(column, is, is));
            answer = found;
        }
        answer
    }

    /// One decision after the other, up or down, whichever is better.
    /// `least` is the least work left over with parts of heads.
    pub(super) fn round(&mut self, fixed: &mut Program, mut answer: Answer, least: f64) -> Answer {
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

    /// What one opening of a department takes is no room any more for its other ones.
    pub(super) fn take_desks(
        &mut self,
        fixed: &mut Program,
        open: &[Unit],
        unit: Unit,
        path: &[f64],
    ) {
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
}
