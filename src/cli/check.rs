//! `check`: everything that is wrong with a show, all at once.

use super::arguments::{CheckCall, Format};
use super::terminal::Terminal;
use super::{Exit, Failure, issues};
use crate::pipeline;

/// Lists the issues of a show. Warnings alone are no reason to fail.
///
/// # Errors
/// When the files cannot be read at all.
pub fn check(call: &CheckCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let checked = pipeline::check(&call.show)?;
    let exit = if checked.has_errors() { Exit::Found } else { Exit::Done };
    let told = match call.format {
        Format::Json => terminal.json(&issues::report(&checked)),
        Format::Text => {
            let mut text = issues::text(&checked.issues, terminal.colour, terminal.width);
            text.push_str(&issues::tally(&checked.issues));
            let assumed: u32 = checked.assumed().values().sum();
            if assumed > 0 {
                let fields: Vec<String> = checked
                    .assumed()
                    .iter()
                    .map(|(field, count)| format!("{field} {count}×"))
                    .collect();
                text.push_str(&format!(
                    "\n{assumed} values stand in no file and were assumed: {}",
                    fields.join(", ")
                ));
            }
            terminal.say(text)
        }
    };
    terminal.unless_closed(told, exit)
}
