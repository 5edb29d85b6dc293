//! What a budget cap is worth: work that is done in time for a little more money, or less.

use super::Rounding;
use crate::formulate::levers::Question;
use crate::solve::linear::{Basis, Settings, Stop};

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
/// as can be is left over, and both sides of it by solving again with `step` more and less. None where it was stopped.
pub fn worth_of_caps(
    question: &Question,
    step: f64,
    settings: &Settings,
    stop: Stop<'_>,
) -> Vec<Worth> {
    // Other amounts of the same caps: each goes on from where the first answer stood.
    let least = |question: &Question, basis: Option<&Basis>| {
        let mut rounding = Rounding::new(question, settings, stop);
        rounding.basis = basis.cloned().map(Box::new);
        let answer = rounding.left_over_answer();
        answer.is_optimal().then(|| {
            let duals: Vec<f64> =
                rounding.built.caps.iter().map(|row| answer.duals[row.index()]).collect();
            (answer.value, duals, answer.basis)
        })
    };
    let Some((value, duals, basis)) = least(question, None) else { return Vec::new() };
    let changed = |cap: usize, by: f64| {
        let mut question = question.clone();
        question.caps[cap].amount += by;
        least(&question, basis.as_deref()).map(|(changed, ..)| (value - changed) / by)
    };
    let worth = (0..question.caps.len())
        .map(|cap| Worth {
            dual: (-duals[cap]).max(0.0),
            more: changed(cap, step).unwrap_or(0.0).max(0.0),
            less: (question.caps[cap].amount >= step)
                .then(|| changed(cap, -step))
                .flatten()
                .map(|worth| worth.max(0.0)),
        })
        .collect();
    // A program that was not solved any more would be told as worth nothing.
    if stop() { Vec::new() } else { worth }
}
