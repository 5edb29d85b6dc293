//! The staffing program answered: a certified bound, and the weeks in which work should be finished.

use super::bounds::Heads;
use super::linear::{self, Backend, Settings};
use crate::formulate::NONE;
use crate::formulate::staffing::{Kind, staffing};
use crate::model::*;

/// What the staffing program says.
#[derive(Clone, Debug)]
pub struct Staffed {
    /// No plan has a lower value.
    pub bound: Cents,
    /// Week in which each task should be finished, from the start of the timeline.
    pub weeks: Option<Keyed<TaskId, f64>>,
    /// The back end that answered the bound; `None` when none was accepted.
    pub backend: Option<Backend>,
    /// Columns of the bound's program.
    pub columns: usize,
    /// Rows of the bound's program.
    pub rows: usize,
    /// Its optimal value; not a number when it was not solved.
    pub value: f64,
    /// Largest violation of a row, relative.
    pub primal_residual: f64,
    /// Relative distance of primal and dual value.
    pub duality_gap: f64,
}

/// Solves the bound and, if `guided`, the guide.
pub fn staffed(production: &Production, heads: &Heads, mode: Mode, guided: bool) -> Staffed {
    let timeline = production.timeline();
    let lanes = availability::lanes(production, &timeline);
    let starts: Keyed<TaskId, Slot> =
        heads.start.iter().map(|&start| Slot(if start == NONE { 0 } else { start })).collect();
    let tails = Keyed::filled(0, production.tasks.len());
    let program = |kind| staffing(production, &timeline, &lanes, &starts, &tails, mode, kind);
    let settings = Settings::default();
    let ((bound, answer), guide) = rayon::join(
        || {
            let bound = program(Kind::Bound);
            let answer = linear::solve(&bound.program, &settings);
            (bound, answer)
        },
        || {
            guided.then(|| {
                let guide = program(Kind::Guide);
                let answer = linear::solve(&guide.program, &settings);
                answer.is_optimal().then(|| guide.guide(&answer))
            })
        },
    );
    Staffed {
        bound: bound.bound(&answer),
        weeks: guide.flatten(),
        backend: answer.backend.filter(|_| answer.is_optimal()),
        columns: bound.program.columns(),
        rows: bound.program.rows(),
        value: answer.value,
        primal_residual: answer.primal_residual,
        duality_gap: answer.duality_gap,
    }
}
