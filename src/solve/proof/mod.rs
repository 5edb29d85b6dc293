//! Proofs by lazy clause generation: takes tasks, modes, lags and resources as flat numbers, gives a better
//! schedule, a higher lower bound, or the proof that there is neither.
//!
//! Propagators narrow the starts and can say why; every contradiction is turned into a clause that
//! prevents it for good. Knows no names, reads no clock: how much to work and when to stop are
//! handed in, so that a run counted in work gives the same answer everywhere.
//!
//! Source: Schutt, Feydy, Stuckey, Wallace (2011), "Explaining the cumulative propagator".

mod activity;
mod analysis;
mod clauses;
mod crews;
mod domains;
mod energy;
mod lags;
mod orders;
mod relaxation;
mod restarts;
mod search;
mod seating;
mod shapes;
mod shortage;
mod simplex;
mod stocks;
mod sums;
#[cfg(test)]
mod tests;
mod timetable;

pub use search::{Finding, Prover, Schedule};
pub use simplex::{Entries, Simplex};

/// A scheduling question on flat numbers. Times are whole and may be negative.
///
/// ```
/// use shotplan::solve::proof::{Finding, Prover, Question};
/// // Two tasks share one desk, task 2 is the end of both. The first takes 2 and costs 4, or 5 and
/// // costs 1; the second takes 3 and costs 1. There are 4 to spend.
/// let question = Question {
///     first_mode: &[0, 2, 3, 4],
///     durations: &[2, 5, 3, 0],
///     uses: &[1, 1, 1, 0],
///     capacities: &[1],
///     spends: &[4, 1, 1, 0],
///     budgets: &[4],
///     rates: &[],
///     initial: &[],
///     takes: &[],
///     gives: &[],
///     people: 0,
///     first_place: &[],
///     able: &[],
///     lags: &[],
///     waits: &[(0, 2, 0), (1, 2, 0)],
///     earliest: &[0, 0, 0],
///     latest: &[9, 9, 9],
///     goal: 2,
/// };
/// let mut prover = Prover::new(&question).expect("within limits");
/// let mut best = None;
/// loop {
///     match prover.run(1_000_000, &mut || false) {
///         Finding::Better(schedule) => best = Some(schedule),
///         Finding::Raised(_) => {}
///         Finding::Closed => break,
///         Finding::Paused => panic!("so little work is not paused"),
///     }
/// }
/// let best = best.expect("a schedule");
/// assert_eq!((best.starts[2], &best.modes[..]), (8, &[1, 0, 0][..]));
/// assert_eq!(prover.lower_bound(), 8);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// First mode of each task, and the number of modes at the end.
    pub first_mode: &'a [u32],
    /// Duration of each mode, 0 or more, in ascending order within a task.
    pub durations: &'a [i32],
    /// What each mode takes of each resource while it runs: mode by mode, 0 or more.
    pub uses: &'a [i32],
    /// What there is of each resource at any time, 0 or more. Less at some times = a further
    /// task whose start is fixed.
    pub capacities: &'a [i32],
    /// What each mode spends of each budget: mode by mode, 0 or more.
    pub spends: &'a [i64],
    /// What there is of each budget for all tasks together.
    pub budgets: &'a [i64],
    /// What the goal adds to each budget with each unit of its start, 0 or more; empty = nothing. So a cost
    /// can be the goal.
    pub rates: &'a [i64],
    /// First level of each stock. With stocks, every task has one mode.
    pub initial: &'a [i64],
    /// What each task takes of each stock at its start: task by task, 0 or more.
    pub takes: &'a [i64],
    /// What each task gives to each stock at its end: task by task, 0 or more.
    pub gives: &'a [i64],
    /// How many people there are. With people, every task has one mode.
    pub people: usize,
    /// First place of each task, and the number of places at the end; empty if nobody is needed.
    /// Who fills a place of a task is busy while it runs.
    pub first_place: &'a [u32],
    /// Who can fill each place, 64 people in a number: place by place.
    pub able: &'a [u64],
    /// `(a, b, lag)`: the start of b is at least that of a plus the lag, which may be negative.
    pub lags: &'a [(u32, u32, i32)],
    /// The same, counted from the end of a, whatever its mode.
    pub waits: &'a [(u32, u32, i32)],
    /// Earliest start of each task.
    pub earliest: &'a [i32],
    /// Latest start of each task.
    pub latest: &'a [i32],
    /// The task whose start is to be as early as can be. Its latest start is the first target.
    pub goal: u32,
}
