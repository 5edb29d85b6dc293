//! A question about a show, from the call to the answer on the terminal.

use super::arguments::{Format, TableFormat, TableTelling, Telling};
use super::plan::{flawed, refused, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::Answered;
use crate::report::Answer;
use crate::write;
use serde::Serialize;

/// Asks while a line says where the search stands, and tells the answer, or why there is none. `exit`
/// says how to end.
///
/// # Errors
/// What `ask` could not do, or when the output or the page cannot be written.
pub fn answer<T: Serialize + Answer, E>(
    ask: impl FnOnce(&Line) -> Result<Answered<T>, E>,
    telling: &Telling,
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
        Answered::Flawed(checked) => return flawed(&checked, telling.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, telling.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let exit = exit(&answer);
    tell(&answer, telling, exit, terminal)
}

/// Prints an answer, and writes its page where one is asked for.
///
/// # Errors
/// When the output or the page cannot be written.
pub fn tell<T: Serialize + Answer>(
    answer: &T,
    telling: &Telling,
    exit: Exit,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    if let Some(file) = &telling.page {
        write::single(file, answer.page().html().as_bytes())?;
    }
    let told = match telling.format {
        Format::Text => terminal.say(answer.text(terminal.width)),
        Format::Json => terminal.json(answer),
    };
    terminal.unless_closed(told, exit)
}

/// Prints an answer that is a table too, `csv` of it where that is asked for, and writes its page.
///
/// # Errors
/// When the output or the page cannot be written.
pub fn tell_table<T: Serialize + Answer>(
    answer: &T,
    csv: impl FnOnce(&T) -> Vec<u8>,
    telling: &TableTelling,
    exit: Exit,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    if let Some(file) = &telling.page {
        write::single(file, answer.page().html().as_bytes())?;
    }
    let told = match telling.format {
        TableFormat::Text => terminal.say(answer.text(terminal.width)),
        TableFormat::Json => terminal.json(answer),
        TableFormat::Csv => terminal.bytes(&csv(answer)),
    };
    terminal.unless_closed(told, exit)
}
