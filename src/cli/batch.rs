//! `batch`: many shows planned side by side.

use super::arguments::{BatchCall, Format, ItemList};
use super::issues::{self, Detail};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::batch::list::{self, Defaults};
use crate::batch::{self, Batch, Error, Follow, Item, Keep, Options};
use crate::result::{BatchSummary, ItemStatus};
use crate::solve::Watch;
use crate::{report, write};
use std::io::Write;
use std::sync::Mutex;
use std::time::Duration;

/// Plans the items of a list.
///
/// # Errors
/// When the list is wrong, or results cannot be written.
pub fn batch(call: &BatchCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let items = match items(&call.list, call.format, terminal)? {
        Ok(items) => items,
        Err(exit) => return Ok(exit),
    };
    write::may_hold(&call.output, [batch::RESULTS, batch::TABLE])?;
    interrupt::listen();
    let all = Batch {
        items: &items,
        expected: None,
        folder: &call.output,
        keep: keep(&call.list),
        threads: call.list.search.threads,
    };
    let told = Told::new("planning", call.format);
    let ran = batch::run(&all, &told);
    told.line.end();
    let ran = ran?;
    let summary = batch::results(&all, &ran)?;
    if call.format == Format::Text {
        let text = report::batch(&summary, terminal.width);
        let text = format!("{}\nWritten to {}", text.trim_end(), call.output.display());
        let told = terminal.say(text);
        terminal.unless_closed(told, Exit::Done)?;
    }
    if summary.done < summary.items {
        let missing = summary.items - summary.done;
        terminal.note(format!(
            "stopped: {missing} of {} items are not done; the same call goes on with them",
            summary.items
        ));
        return Ok(Exit::Interrupted);
    }
    Ok(exit(&summary))
}

/// The items of a list; or what is wrong with it is told.
///
/// # Errors
/// When the output cannot be written.
pub fn items(
    list: &ItemList,
    format: Format,
    terminal: &mut Terminal,
) -> Result<Result<Vec<Item>, Exit>, Failure> {
    let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1);
    let defaults = Defaults {
        options: Options {
            mode: list.search.mode.map(Into::into),
            seed: list.search.seed,
            steps: list.search.steps,
            milliseconds: list.search.time_limit.map(milliseconds),
        },
        run_seed: list.run_seed,
        scenarios: list.scenarios.clone(),
    };
    match list::items(&list.items, &defaults) {
        Ok(items) => Ok(Ok(items)),
        Err(Error::List(flaws)) => {
            match format {
                Format::Json => terminal.json(&issues::rows(&flaws))?,
                Format::Text => {
                    let text = issues::text(&flaws, Detail::All, terminal.look_of_notes());
                    terminal.note(text.trim_end_matches('\n'));
                }
            }
            terminal.note(format!("nothing was planned: {}", issues::tally(&flaws)));
            Ok(Err(Exit::Found))
        }
        Err(error) => Err(error.into()),
    }
}

/// What is to be kept of each item.
pub fn keep(list: &ItemList) -> Keep {
    if list.rows_only { Keep::Rows } else { Keep::All }
}

/// The exit code of a batch is that of its worst item, in the order of [`ItemStatus`].
pub fn exit(summary: &BatchSummary) -> Exit {
    match summary.worst() {
        None | Some(ItemStatus::Planned) => Exit::Done,
        Some(ItemStatus::Clash) => Exit::Clash,
        Some(ItemStatus::NoPlan) => Exit::NoPlan,
        Some(ItemStatus::Flawed | ItemStatus::Failed) => Exit::Found,
        Some(ItemStatus::Unreadable) => Exit::BadCall,
    }
}

/// Tells how a batch goes on: rows on stdout where JSON is wanted, the count on stderr.
pub struct Told {
    /// Says where the batch stands.
    pub line: Line,
    stage: &'static str,
    /// `None` when rows are not wanted, or nobody reads them any more.
    rows: Mutex<Option<std::io::Stdout>>,
}

impl Told {
    /// Tells of a stage of the work.
    pub fn new(stage: &'static str, format: Format) -> Told {
        let rows = (format == Format::Json).then(std::io::stdout);
        Told { line: Line::start(), stage, rows: Mutex::new(rows) }
    }
}

impl Follow for Told {
    fn counted(&self, done: usize, all: usize) {
        self.line.count(self.stage, done, all);
    }

    fn row(&self, line: &[u8]) {
        let Ok(mut rows) = self.rows.lock() else { return };
        if let Some(out) = rows.as_mut()
            && out.write_all(line).and_then(|()| out.flush()).is_err()
        {
            // The rows are kept in their file: that nobody reads along changes nothing.
            *rows = None;
        }
    }

    fn stop(&self) -> bool {
        self.line.stop()
    }
}
