//! A question about a show, from the call to the answer on the terminal.

use super::arguments::{Format, TableFormat, TableTelling, Telling};
use super::plan::{flawed, refused, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::Answered;
use crate::report::{self, Answer};
use crate::result::Opened;
use crate::{pipeline, write};
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
    match asked(ask, telling.format, terminal)? {
        Ok(answer) => {
            let exit = exit(&answer);
            tell(&answer, &|| None, telling, exit, terminal)
        }
        Err(exit) => Ok(exit),
    }
}

/// Asks while a line says where the search stands; gives the answer, or how it ended without one.
///
/// # Errors
/// What `ask` could not do, or when the output cannot be written.
pub fn asked<T, E>(
    ask: impl FnOnce(&Line) -> Result<Answered<T>, E>,
    format: Format,
    terminal: &mut Terminal,
) -> Result<Result<T, Exit>, Failure>
where
    Failure: From<E>,
{
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let answered = ask(&line);
    line.end();
    match answered? {
        Answered::Answer(answer) => Ok(Ok(answer)),
        Answered::Flawed(checked) => flawed(&checked, format, terminal).map(Err),
        Answered::NoPlan(outcome) => refused(outcome, format, terminal).map(Err),
        Answered::Undecided(why) => Ok(Err(undecided(&why, terminal))),
    }
}

/// Prints what one figure is made of.
///
/// # Errors
/// When there is no such figure, or the output cannot be written.
pub fn tell_why(
    opened: &Opened,
    asked: &str,
    format: TableFormat,
    exit: Exit,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let why = pipeline::opened::why(opened, asked).map_err(Failure::Call)?;
    let told = match format {
        TableFormat::Text => terminal.say(report::why(&why, terminal.width)),
        TableFormat::Json => terminal.json(&why),
        TableFormat::Csv => terminal.bytes(&write::why(&why)),
    };
    terminal.unless_closed(told, ended(exit))
}

/// How a question ends: one that was stopped tells what was found until then, and says so by its code.
fn ended(exit: Exit) -> Exit {
    if interrupt::is_wanted() { Exit::Interrupted } else { exit }
}

/// The page of an answer, with the figures that open.
fn page(answer: &impl Answer, opened: &dyn Fn() -> Option<Opened>) -> String {
    let mut page = answer.page();
    if let Some(opened) = opened() {
        page.open(&opened);
    }
    page.html()
}

/// Prints an answer, and writes its page where one is asked for. `opened` says what its figures are made of.
///
/// # Errors
/// When the output or the page cannot be written.
pub fn tell<T: Serialize + Answer>(
    answer: &T,
    opened: &dyn Fn() -> Option<Opened>,
    telling: &Telling,
    exit: Exit,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    if let Some(file) = &telling.page {
        write::single(file, page(answer, opened).as_bytes())?;
    }
    let told = match telling.format {
        Format::Text => terminal.say(answer.text(terminal.width)),
        Format::Json => terminal.json(answer),
    };
    terminal.unless_closed(told, ended(exit))
}

/// Prints an answer that is a table too, `csv` of it where that is asked for, and writes its page. `opened` says what
/// its figures are made of.
///
/// # Errors
/// When the output or the page cannot be written.
pub fn tell_table<T: Serialize + Answer>(
    answer: &T,
    csv: impl FnOnce(&T) -> Vec<u8>,
    opened: &dyn Fn() -> Option<Opened>,
    telling: &TableTelling,
    exit: Exit,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    if let Some(file) = &telling.page {
        write::single(file, page(answer, opened).as_bytes())?;
    }
    let told = match telling.format {
        TableFormat::Text => terminal.say(answer.text(terminal.width)),
        TableFormat::Json => terminal.json(answer),
        TableFormat::Csv => terminal.bytes(&csv(answer)),
    };
    terminal.unless_closed(told, ended(exit))
}
