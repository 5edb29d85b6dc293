//! A question about a show, from the call to the answer on the terminal.

use super::arguments::Format;
use super::plan::{flawed, refused, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::Answered;
use serde::Serialize;

/// Asks while a line says where the search stands, and prints the answer, or why there is none.
/// `text` makes the answer readable on a terminal of so many columns, `exit` says how to end.
///
/// # Errors
/// What `ask` could not do, or when the output cannot be written.
pub fn answer<T: Serialize, E>(
    ask: impl FnOnce(&Line) -> Result<Answered<T>, E>,
    format: Format,
    text: impl FnOnce(&T, usize) -> String,
    exit: impl FnOnce(&T) -> Exit,
    terminal: &mut Terminal,
) -> Result<Exit, Failure>
where
    Failure: From<E>,
{
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let answered = ask(&line);
    line.end();
    let answer = match answered? {
        Answered::Answer(answer) => answer,
        Answered::Flawed(checked) => return flawed(&checked, format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let exit = exit(&answer);
    let told = match format {
        Format::Text => terminal.say(text(&answer, terminal.width)),
        Format::Json => terminal.json(&answer),
    };
    terminal.unless_closed(told, exit)
}
