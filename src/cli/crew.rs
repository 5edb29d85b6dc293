//! `crew`: how many artists each department needs, by week.

use super::arguments::{CrewCall, Format};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered};
use crate::report;

/// Plans the show and prints its crew.
///
/// # Errors
/// When files cannot be read.
pub fn crew(call: &CrewCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let answered = pipeline::crew(&call.show, &request(&call.search), &line);
    line.end();
    let plan = match answered? {
        Answered::Answer(plan) => plan,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let told = match call.format {
        Format::Text => terminal.say(report::crew(&plan, terminal.width)),
        Format::Json => terminal.json(&plan),
    };
    terminal.unless_closed(told, Exit::Done)
}
