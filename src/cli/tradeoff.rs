//! `tradeoff`: cost against date.

use super::answer::answer;
use super::arguments::TradeoffCall;
use super::plan::request_within;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline::{self, Answered, QuestionError, Sureness};
use std::time::Duration;

/// Without `--time-limit` and `--steps`: the curve of a series is told in less than five seconds.
const USUAL_LIMIT: Duration = Duration::from_secs(4);

/// Finds plans from cheap and late to dear and early, and prints them.
///
/// # Errors
/// When files cannot be read, or the show has no such milestone.
pub fn tradeoff(call: &TradeoffCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request_within(&call.search, USUAL_LIMIT);
    let sure = call.confidence.map(|confidence| Sureness {
        confidence: i64::from(confidence) * 100,
        draws: call.draws,
        uncertainty: call.uncertainty.as_deref(),
    });
    answer(
        |line| {
            let name = call.milestone.as_deref();
            let made = pipeline::tradeoff(&call.show, name, call.plans, sure, &search, line);
            let mut answered = made?;
            if let (Answered::Answer(answer), false) = (&mut answered, call.pay.with_rates) {
                for point in &mut answer.points {
                    pipeline::without_pay_of(&mut point.purchases);
                }
            }
            Ok::<_, QuestionError>(answered)
        },
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
