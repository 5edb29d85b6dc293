//! The ways out of the program.

use crate::{batch, pipeline, read, write};
use std::io;
use std::path::PathBuf;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Issues or violations were found.
    Found,
    /// A wrong call, or a file that cannot be read or written.
    BadCall,
    /// Hard rules clash; the plan was given with them relaxed.
    Clash,
    /// No plan within the limit.
    NoPlan,
    /// Interrupted; the best plan so far was kept.
    Interrupted,
}

impl Exit {
    /// The code the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Found => 1,
            Exit::BadCall => 2,
            Exit::Clash => 3,
            Exit::NoPlan => 4,
            Exit::Interrupted => 130,
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The show or plan cannot be read.
    #[error(transparent)]
    Read(#[from] read::Error),
    /// The results cannot be written.
    #[error(transparent)]
    Write(#[from] write::Error),
    /// Nobody listens any more, or the terminal is gone.
    #[error("the output cannot be written")]
    Output(#[from] io::Error),
    /// An instance cannot be read.
    #[error(transparent)]
    Instance(#[from] pipeline::InstanceError),
    /// A file cannot be read.
    #[error("`{}` cannot be read: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A batch cannot go on.
    #[error(transparent)]
    Batch(#[from] batch::Error),
    /// The call makes no sense here.
    #[error("{0}")]
    Call(String),
}

impl From<pipeline::QuestionError> for Failure {
    fn from(error: pipeline::QuestionError) -> Failure {
        match error {
            pipeline::QuestionError::Read(error) => Failure::Read(error),
            pipeline::QuestionError::Call(text) => Failure::Call(text),
        }
    }
}

impl Failure {
    /// Whether the reader of the output has gone away: no failure, and nobody to tell.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
