//! From the file of a published instance to a timetable that an independent check has accepted.

use crate::read::library::{self, Instance};
use crate::read::piped;
use crate::solve::project::{self, Answer, Options};
use crate::verify;
use std::path::{Path, PathBuf};

/// Larger files are no instances.
const MOST_BYTES: u64 = 1 << 28;

/// An instance and what was found.
#[derive(Clone, Debug)]
pub struct SolvedInstance {
    /// The instance.
    pub instance: Instance,
    /// What was found.
    pub answer: Answer,
}

/// Why an instance gives no answer.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// The file cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The file makes no sense.
    #[error("`{}` is no instance: {why}", path.display())]
    Flawed {
        /// The file.
        path: PathBuf,
        /// Where and why.
        why: library::Error,
    },
    /// The independent check refused the timetable: a fault of this program.
    #[error("the timetable found breaks rules (a fault of this program): {}", .0.join("; "))]
    Refused(Vec<String>),
}

/// Reads, solves and checks.
///
/// # Errors
/// When the file cannot be read or makes no sense, or the check refuses what was found.
pub fn instance(
    path: &Path,
    options: &Options,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<SolvedInstance, InstanceError> {
    let unreadable = |source| InstanceError::Unreadable { path: path.to_owned(), source };
    let is_piped = piped::is_piped(path);
    if !is_piped && std::fs::metadata(path).map_err(unreadable)?.len() > MOST_BYTES {
        let source = std::io::Error::other("it is larger than 256 MiB");
        return Err(InstanceError::Unreadable { path: path.to_owned(), source });
    }
    let bytes = piped::bytes(path).map_err(unreadable)?;
    let text = String::from_utf8_lossy(&bytes);
    let instance = library::instance(&text)
        .map_err(|why| InstanceError::Flawed { path: path.to_owned(), why })?;
    let answer = project::solve(&instance.project, options, stop);
    if let Some(best) = &answer.best {
        let found = verify::library::faults(&instance.project, best);
        if !found.is_empty() {
            return Err(InstanceError::Refused(found.into_iter().take(5).collect()));
        }
    }
    Ok(SolvedInstance { instance, answer })
}
