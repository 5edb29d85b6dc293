//! What the commands about money share: a result to read the figures off.

use super::arguments::{Format, Pay, Search};
use super::plan::{refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt, plan};
use crate::pipeline::{self, Answered};
use crate::read::piped;
use crate::result::{Document, FORMAT};
use crate::write;
use std::path::Path;

/// The document of a saved result.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn saved(path: &Path) -> Result<Document, Failure> {
    let unreadable = |why: String| Failure::File { path: path.to_owned(), why };
    let bytes = piped::bytes(path).map_err(|error| unreadable(error.to_string()))?;
    write::read_result(&bytes).map_err(unreadable)
}

/// The result at `path`, or that of the show there, which is planned first; else how that ended.
///
/// # Errors
/// When files cannot be read.
pub fn document(
    path: &Path,
    search: &Search,
    format: Format,
    terminal: &mut Terminal,
) -> Result<Result<Document, Exit>, Failure> {
    if is_result(path) {
        return saved(path).map(Ok);
    }
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let answered = pipeline::planned(path, &request(search), &line);
    line.end();
    match answered? {
        Answered::Answer(document) => Ok(Ok(document)),
        Answered::Flawed(checked) => plan::flawed(&checked, format, terminal).map(Err),
        Answered::NoPlan(outcome) => refused(outcome, format, terminal).map(Err),
        Answered::Undecided(why) => Ok(Err(undecided(&why, terminal))),
    }
}

/// A show may be one JSON file too: a result says what it is.
fn is_result(path: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        format: String,
    }
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    (is_json || piped::is_piped(path))
        && piped::bytes(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok())
            .is_some_and(|head| head.format == FORMAT)
}

/// Takes the pay of single people out of a result, unless it is asked for.
///
/// # Errors
/// When it is asked for and the result was saved without it.
pub fn tell_pay(document: &mut Document, path: &Path, pay: &Pay) -> Result<(), Failure> {
    match (pay.with_rates, document.with_rates) {
        (false, _) => pipeline::without_pay(document),
        (true, true) => {}
        (true, false) => {
            let why = "it was saved without the pay of single people; plan the show again with \
                       --with-rates"
                .to_owned();
            return Err(Failure::File { path: path.to_owned(), why });
        }
    }
    Ok(())
}

/// Sets the contingency of a result against the odds in a file, where one is named.
///
/// # Errors
/// When it cannot be read, or is about something else.
pub fn set_against_odds(document: &mut Document, odds: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = odds else { return Ok(()) };
    let unreadable = |why: String| Failure::File { path: path.to_owned(), why };
    let bytes = piped::bytes(path).map_err(|error| unreadable(error.to_string()))?;
    pipeline::set_against_odds(document, &bytes).map_err(unreadable)
}

/// A result of an older program has no figures for the desk.
pub fn too_old(path: &Path) -> Failure {
    let why =
        "it was saved by an older program, without what its figures are made of; plan the show \
               again"
            .to_owned();
    Failure::File { path: path.to_owned(), why }
}

/// Writes the workbook of a result.
///
/// # Errors
/// When the result has no figures for it, or it cannot be written.
pub fn workbook(document: &Document, input: &Path, file: &Path) -> Result<(), Failure> {
    let bytes =
        write::workbook(document, &pipeline::weekly(document)).ok_or_else(|| too_old(input))?;
    write::single(file, &bytes.map_err(|why| unwritten(file, &why))?)?;
    Ok(())
}

/// A workbook that cannot hold what it should.
pub fn unwritten(file: &Path, why: &str) -> Failure {
    Failure::Call(format!("`{}` cannot be written as a workbook: {why}", file.display()))
}
