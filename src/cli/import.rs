//! `import-actuals`: bookings from somebody else's table into a show.

use super::arguments::{Format, ImportCall};
use super::issues::{self, Detail};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::{pipeline, write};

/// Adds the bookings of a table to a show, or says everything that is wrong with them.
///
/// # Errors
/// When show or table cannot be read, or the show cannot be written.
pub fn import_actuals(call: &ImportCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let import =
        pipeline::import_actuals(&call.show, &call.table, call.sheet.as_deref(), call.again)
            .map_err(|error| Failure::Call(error.to_string()))?;
    let exit = if import.bytes.is_some() { Exit::Done } else { Exit::Found };
    if let (Some(bytes), false) = (&import.bytes, call.dry_run) {
        write::single(&import.file, bytes)?;
    }
    let told = match call.format {
        Format::Json => terminal.json(&serde_json::json!({
            "file": import.file,
            "rows": import.rows,
            "written": import.bytes.is_some() && !call.dry_run,
            "errors_of_the_show": import.show_errors,
            "issues": issues::rows(&import.issues),
        })),
        Format::Text => {
            let mut text = issues::text(&import.issues, Detail::All, terminal.look());
            if import.show_errors > 0 {
                let errors = if import.show_errors == 1 { "error" } else { "errors" };
                text.push_str(&format!(
                    "nothing was imported: the show itself has {} {errors}; see shotplan check",
                    import.show_errors
                ));
            } else if import.bytes.is_none() {
                text.push_str(&format!("nothing was imported: {}", issues::tally(&import.issues)));
            } else {
                let would = if call.dry_run { "would be added" } else { "added" };
                let rows = if import.rows == 1 { "booking" } else { "bookings" };
                text.push_str(&format!(
                    "{} {rows} {would} to {}",
                    import.rows,
                    import.file.display()
                ));
            }
            terminal.say(text)
        }
    };
    terminal.unless_closed(told, exit)
}
