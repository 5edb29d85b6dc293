//! `crew-for`: what makes a date.

use super::answer::answer;
use super::arguments::CrewForCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline::{self, Answered, QuestionError};

/// Finds what makes the date and prints it. A date that no plan found makes ends with code 3.
///
/// # Errors
/// When files cannot be read.
pub fn crew_for(call: &CrewForCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| {
            let name = call.milestone.as_deref();
            let mut answered = pipeline::crew_for(&call.show, name, call.by, &search, line)?;
            if let (Answered::Answer(answer), false) = (&mut answered, call.pay.with_rates) {
                pipeline::without_pay_of(&mut answer.purchases);
            }
            Ok::<_, QuestionError>(answered)
        },
        &call.telling,
        |answer| if answer.makes_it { Exit::Done } else { Exit::Clash },
        terminal,
    )
}
