//! `budget`: a plan under caps.

use super::arguments::{BudgetCall, Format};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered};
use crate::report;

/// Plans under budget caps and prints what becomes of them. A broken cap ends with code 3.
///
/// # Errors
/// When files cannot be read, or a cap means nothing.
pub fn budget(call: &BudgetCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let answered = pipeline::budget(&call.show, &call.caps, &request(&call.search), &line);
    line.end();
    let answer = match answered? {
        Answered::Answer(answer) => answer,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let told = match call.format {
        Format::Text => terminal.say(report::budget(&answer, terminal.width)),
        Format::Json => terminal.json(&answer),
    };
    terminal.unless_closed(told, if answer.holds { Exit::Done } else { Exit::Clash })
}
