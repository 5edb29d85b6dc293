//! Published scheduling instances: takes the text of a file, gives a
//! [`Project`], or the line where it stops making sense and what was
//! expected there.
//!
//! One file a format. The format is recognised from what a file says, never from its name.

mod imopse;
mod mspsp;
mod patterson;
mod progen_max;
mod projects;
mod psplib;
mod text;

pub use text::Error;

use crate::model::project::Project;
use text::Tokens;

/// Largest instance that is read: tasks, modes and their uses, so that a damaged number cannot ask for
/// all memory.
const MOST_CELLS: usize = 1 << 26;
/// Longest time over which tasks can be spread.
const LONGEST: u64 = 1 << 24;

/// A format of published instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PSPLIB `.sm` and `.mm`, and MMLIB's layout of it.
    Psplib,
    /// Patterson `.rcp`.
    Patterson,
    /// Patterson `.rcp` with reservoirs.
    Reservoirs,
    /// ProGen/max `.sch`.
    ProgenMax,
    /// Several projects over shared resources, `.rcmp`.
    Projects,
    /// Multi-skill in MiniZinc data, `.dzn`.
    Mspsp,
    /// Multi-skill with salaries, `.def`.
    Imopse,
}

impl Format {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Psplib => "PSPLIB",
            Format::Patterson => "Patterson",
            Format::Reservoirs => "Patterson with reservoirs",
            Format::ProgenMax => "ProGen/max",
            Format::Projects => "multi-project",
            Format::Mspsp => "MSPSP",
            Format::Imopse => "iMOPSE",
        }
    }
}

/// An instance that was read.
#[derive(Clone, Debug)]
pub struct Instance {
    /// How it was written.
    pub format: Format,
    /// What it says.
    pub project: Project,
}

/// Reads an instance, whatever its format.
///
/// ```
/// use shotplan::read::library::{Format, instance};
/// // Two tasks of 3 and 2 units between two dummies; one resource with capacity 1.
/// let text = "4 1\n1\n0 0 1 2\n3 1 1 3\n2 1 1 4\n0 0 0\n";
/// let read = instance(text).unwrap();
/// assert_eq!(read.format, Format::Patterson);
/// assert_eq!(read.project.duration, [0, 3, 2, 0]);
/// let cut = instance("4 1\n1\n0 0 1 2\n3 1 1").unwrap_err();
/// assert_eq!(cut.to_string(), "line 4: expected a successor of task 2, found the end of the file");
/// ```
///
/// # Errors
/// When the text is no instance of any of the formats; with the line and what was expected.
pub fn instance(text: &str) -> Result<Instance, Error> {
    let (format, project) = recognised(text)?;
    // Lags that look back lengthen no schedule, but times are counted with them.
    let lags = project.links.iter().map(|link| u64::from(link.lag.unsigned_abs()));
    let longest = lags.fold(project.horizon(), u64::max);
    if longest > LONGEST {
        return Err(Error::whole(
            "durations and lags of at most 16 million in all",
            &longest.to_string(),
        ));
    }
    Ok(Instance { format, project })
}

fn recognised(text: &str) -> Result<(Format, Project), Error> {
    let says = |words: &str| text.lines().any(|line| contains(line, words));
    if says("ResourceID") && says("TaskID") {
        return Ok((Format::Imopse, imopse::read(text)?));
    }
    if says("PRECEDENCE RELATIONS") {
        return Ok((Format::Psplib, psplib::read(text)?));
    }
    if text.contains("nActs") {
        return Ok((Format::Mspsp, mspsp::read(text)?));
    }
    if text.contains('[') {
        return Ok((Format::ProgenMax, progen_max::read(text)?));
    }
    if text.contains(':') {
        return Ok((Format::Projects, projects::read(text)?));
    }
    // Only numbers, and line breaks mean nothing: the header with two numbers or the one with three,
    // whichever explains the file to its end.
    let plain = patterson::read(text, false);
    let stocked = patterson::read(text, true);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    match (plain, stocked, first.split_whitespace().count()) {
        (_, Ok(project), 3) | (Err(_), Ok(project), _) => Ok((Format::Reservoirs, project)),
        (Ok(project), _, _) => Ok((Format::Patterson, project)),
        (Err(_), Err(why), 3) | (Err(why), Err(_), _) => Err(why),
    }
}

/// Whether a line contains words, whatever the case.
fn contains(line: &str, words: &str) -> bool {
    line.to_ascii_uppercase().contains(&words.to_ascii_uppercase())
}

/// Refuses a size that no file of this kind has.
fn bounded(tokens: &Tokens<'_>, what: &str, sizes: &[usize]) -> Result<(), Error> {
    let cells = sizes.iter().try_fold(1usize, |product, &size| product.checked_mul(size.max(1)));
    match cells {
        Some(cells) if cells <= MOST_CELLS => Ok(()),
        _ => Err(tokens.error(&format!("fewer {what}"))),
    }
}
