//! `report`: page and tables again from a saved result, without planning.

use super::arguments::{Format, ReportCall};
use super::desk::{saved, tell_pay};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::{pipeline, report, write};
use std::path::Path;

/// Makes the files of a result again.
///
/// # Errors
/// When the result cannot be read, or the files cannot be written.
pub fn report(call: &ReportCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let mut document = saved(&call.result)?;
    tell_pay(&mut document, &call.result, &call.pay)?;
    let output = match (&call.output, call.result.parent()) {
        (Some(output), _) => output.as_path(),
        (None, Some(parent)) if !parent.as_os_str().is_empty() => parent,
        (None, _) => Path::new("."),
    };
    let files = write::files(&document, &pipeline::opened::reports(&document));
    write::into_folder(output, &files)?;
    let told = match call.format {
        Format::Text => {
            let summary = report::summary(&document, terminal.width);
            terminal.say(format!("{}\nWritten to {}", summary.trim_end(), output.display()))
        }
        Format::Json => terminal.json(&serde_json::json!({
            "output": output,
            "files": files.iter().map(|file| file.name).collect::<Vec<_>>(),
            "headline": document.headline,
            "certificate": document.certificate,
        })),
    };
    terminal.unless_closed(told, Exit::Done)
}
