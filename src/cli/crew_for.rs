//! `crew-for`: what makes a date.

use super::arguments::{CrewForCall, Format};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered};
use crate::report;

/// Finds what makes the date and prints it. A date that no plan found makes ends with code 3.
///
/// # Errors
/// When files cannot be read.
pub fn crew_for(call: &CrewForCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let name = call.milestone.as_deref();
    let answered = pipeline::crew_for(&call.show, name, call.by, &request(&call.search), &line);
    line.end();
    let answer = match answered? {
        Answered::Answer(answer) => answer,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let told = match call.format {
        Format::Text => terminal.say(report::crew_for(&answer, terminal.width)),
        Format::Json => terminal.json(&answer),
    };
    terminal.unless_closed(told, if answer.makes_it { Exit::Done } else { Exit::Clash })
}
