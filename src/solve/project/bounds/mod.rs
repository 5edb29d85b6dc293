//! Lower bounds on the makespan: takes a project, gives what no schedule can beat.
//!
//! One bound a file. [`quick`] takes those that cost next to nothing, [`raise`] the others.

pub mod choice;
pub mod clique;
pub mod critical_path;
pub mod energy;
pub mod pay;
pub mod pools;
pub mod together;

pub use critical_path::{Loop, Windows};

use crate::formulate::Project;

/// A lower bound and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// No schedule has less.
    pub value: u64,
    /// Name of the bound.
    pub from: &'static str,
}

impl Bound {
    /// Takes a higher bound.
    pub fn raise(&mut self, value: u64, from: &'static str) {
        if value > self.value {
            *self = Bound { value, from };
        }
    }
}

/// The best of the bounds on the makespan that cost next to nothing.
pub fn quick(project: &Project, windows: &Windows) -> Bound {
    let mut bound = Bound { value: windows.makespan(project), from: "critical path" };
    bound.raise(energy::bound(project, windows), "energy");
    bound
}

/// Raises a bound on the makespan by those that look for what they are made of. `is_relaxed`: the
/// relaxation of a proof will say more about modes than the game here. Once `stop` says so, what has been
/// found must do.
pub fn raise(
    bound: &mut Bound,
    project: &Project,
    windows: &Windows,
    seed: u64,
    is_relaxed: bool,
    stop: &dyn Fn() -> bool,
) {
    if project.people.is_empty() {
        bound.raise(clique::bound(project, windows, seed, stop), "clique");
    } else {
        let (pool, clique) = pools::bounds(project, windows, seed, stop);
        bound.raise(pool, "pool of people");
        bound.raise(clique, "clique");
    }
    if !is_relaxed && project.single_modes().is_none() {
        bound.raise(choice::bound(project, windows, bound.value, stop), "choice of modes");
    }
}
