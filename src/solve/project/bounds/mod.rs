//! Lower bounds on the makespan: takes a project, gives what no schedule can beat.
//!
//! One bound a file. [`first`] takes the best of all that cost little.

pub mod clique;
pub mod critical_path;
pub mod energy;

pub use critical_path::{Loop, Windows};

use crate::formulate::Project;

/// A lower bound and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// No schedule ends before.
    pub makespan: u64,
    /// Name of the bound.
    pub from: &'static str,
}

impl Bound {
    fn raise(&mut self, makespan: u64, from: &'static str) {
        if makespan > self.makespan {
            *self = Bound { makespan, from };
        }
    }
}

/// The best of the bounds that need no search to speak of.
pub fn first(project: &Project, windows: &Windows, seed: u64) -> Bound {
    let mut bound = Bound { makespan: windows.makespan(project), from: "critical path" };
    bound.raise(energy::bound(project, windows), "energy");
    bound.raise(clique::bound(project, windows, seed), "clique");
    bound
}
