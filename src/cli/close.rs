//! `close`: freezes the cost report of a period, and says why it differs from an earlier one.

use super::arguments::{CloseCall, TableFormat};
use super::desk::{document, too_old};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::read::piped;
use crate::result::{SNAPSHOT_FORMAT, SNAPSHOT_VERSION, Snapshot};
use crate::{pipeline, report, write};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Writes the snapshot of a show or a result.
///
/// # Errors
/// When files cannot be read or written, or the period is closed already.
pub fn close(call: &CloseCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    if call.output.exists() {
        return Err(Failure::Call(format!(
            "`{}` is there already: a period is closed once; name another file",
            call.output.display()
        )));
    }
    let since = call.since.as_deref().map(snapshot).transpose()?;
    let mut document =
        match document(&call.input, &call.search, call.telling.format.into(), terminal)? {
            Ok(document) => document,
            Err(exit) => return Ok(exit),
        };
    let usual = document.production.as_of.to_string();
    let period = call.period.as_deref().unwrap_or(&usual);
    let closed = pipeline::snapshot(&document, period).ok_or_else(|| too_old(&call.input))?;
    let movement = match &since {
        Some(since) => Some(pipeline::movement(since, &closed).map_err(Failure::Call)?),
        None => None,
    };
    let books = match call.books {
        true => Some(books(call, period, document.production.as_of)?),
        false => None,
    };
    write::single(&call.output, &write::json(&closed))?;
    if let Some((file, bytes)) = &books {
        write::single(file, bytes)?;
    }
    if let Some(file) = &call.telling.page {
        let mut page = report::closed(&closed, movement.as_ref());
        pipeline::without_pay(&mut document);
        if let Some(opened) =
            pipeline::opened::closed(&document, &closed, since.as_ref().zip(movement.as_ref()))
        {
            page.open(&opened);
        }
        write::single(file, page.html().as_bytes())?;
    }
    let told = match (call.telling.format, &movement) {
        (TableFormat::Text, Some(movement)) => {
            let text = report::movement(movement, terminal.width);
            terminal.say(format!("{text}\nClosed in {}", call.output.display()))
        }
        (TableFormat::Text, None) => {
            terminal.say(format!("{period} is closed in {}", call.output.display()))
        }
        (TableFormat::Csv, Some(movement)) => terminal.bytes(&write::movement(movement)),
        (TableFormat::Csv, None) => terminal.bytes(&write::snapshot(&closed)),
        (TableFormat::Json, movement) => terminal.json(&serde_json::json!({
            "output": call.output,
            "period": period,
            "movement": movement,
        })),
    };
    terminal.unless_closed(told, Exit::Done)
}

/// The table of closed periods of a show with this one, and where it goes.
///
/// # Errors
/// When the show is no folder, or the period is closed already.
fn books(call: &CloseCall, period: &str, as_of: Date) -> Result<(PathBuf, Vec<u8>), Failure> {
    if !call.input.is_dir() {
        let why = format!(
            "`{}` is no folder of a show: its books cannot be closed",
            call.input.display()
        );
        return Err(Failure::Call(why));
    }
    let to = call.to.or_else(|| as_of.yesterday().ok()).unwrap_or(as_of);
    let bytes = pipeline::closed_books(&call.input, period, to)?.map_err(Failure::Call)?;
    Ok((call.input.join("closed.csv"), bytes))
}

/// A saved snapshot.
///
/// # Errors
/// When it cannot be read, or is none.
fn snapshot(path: &Path) -> Result<Snapshot, Failure> {
    let unreadable = |why: String| Failure::File { path: path.to_owned(), why };
    let bytes = piped::bytes(path).map_err(|error| unreadable(error.to_string()))?;
    #[derive(serde::Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let head: Head = serde_json::from_slice(&bytes)
        .map_err(|error| unreadable(format!("it is no snapshot of a period: {error}")))?;
    if head.format != SNAPSHOT_FORMAT || head.version > SNAPSHOT_VERSION {
        let why = format!(
            "it is `{}` of version {}, not `{SNAPSHOT_FORMAT}` up to {SNAPSHOT_VERSION}",
            head.format, head.version
        );
        return Err(unreadable(why));
    }
    serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))
}
