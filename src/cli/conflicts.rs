//! `conflicts`: which hard rules clash, and what would help.

use super::arguments::{ConflictsCall, Format};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered};
use crate::report;

/// Plans the show and prints its conflicts.
///
/// # Errors
/// When files cannot be read.
pub fn conflicts(call: &ConflictsCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let answered = pipeline::conflicts(&call.show, &request(&call.search), &line);
    line.end();
    let list = match answered? {
        Answered::Answer(list) => list,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let exit = if list.conflicts.is_empty() { Exit::Done } else { Exit::Clash };
    let told = match call.format {
        Format::Text => terminal.say(report::conflicts(&list, terminal.width)),
        Format::Json => terminal.json(&list),
    };
    terminal.unless_closed(told, exit)
}
