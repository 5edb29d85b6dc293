//! `check`: everything that is wrong with a show, all at once.

use super::arguments::{CheckCall, Format};
use super::issues::{self, Detail};
use super::terminal::Terminal;
use super::{Exit, Failure};
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
            let detail = if call.all { Detail::All } else { Detail::Examples };
            let mut text = issues::text(&checked.issues, detail, terminal.look());
            text.push_str(&issues::tally(&checked.issues));
            let assumed: u32 = checked.assumed().values().sum();
            if assumed > 0 {
                let fields: Vec<String> = checked
                    .assumed()
                    .iter()
                    .map(|(field, count)| format!("{field} {count}×"))
                    .collect();
                let values = if assumed == 1 { "value stands" } else { "values stand" };
                text.push_str(&format!(
                    "\n{assumed} {values} in no file and had to be assumed: {}",
                    fields.join(", ")
                ));
            }
            terminal.say(text)
        }
    };
    terminal.unless_closed(told, exit)
}
