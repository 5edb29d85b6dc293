//! Proofs by lazy clause generation: takes tasks, lags and resources as flat numbers, gives a better
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
mod domains;
mod energy;
mod lags;
mod orders;
mod restarts;
mod search;
#[cfg(test)]
mod tests;
mod timetable;

pub use search::{Finding, Prover};

/// A scheduling question on flat numbers. Times are whole and may be negative.
///
/// ```
/// use shotplan::solve::proof::{Finding, Prover, Question};
/// // Two tasks of 2 and 3 share one desk; task 2 is the end of both.
/// let question = Question {
///     durations: &[2, 3, 0],
///     uses: &[1, 1, 0],
///     capacities: &[1],
///     lags: &[(0, 2, 2), (1, 2, 3)],
///     earliest: &[0, 0, 0],
///     latest: &[9, 9, 9],
///     goal: 2,
/// };
/// let mut prover = Prover::new(&question).expect("within limits");
/// let Finding::Better(starts) = prover.run(1_000_000, &mut || false) else { panic!() };
/// assert_eq!(starts[2], 5);
/// assert_eq!(prover.run(1_000_000, &mut || false), Finding::Closed);
/// assert_eq!(prover.lower_bound(), 5);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Duration of each task, 0 or more.
    pub durations: &'a [i32],
    /// What each task takes of each resource while it runs: task by task, 0 or more.
    pub uses: &'a [i32],
    /// What there is of each resource at any time, 0 or more. Less at some times = a further
    /// task whose start is fixed.
    pub capacities: &'a [i32],
    /// `(a, b, lag)`: the start of b is at least that of a plus the lag, which may be negative.
    pub lags: &'a [(u32, u32, i32)],
    /// Earliest start of each task.
    pub earliest: &'a [i32],
    /// Latest start of each task.
    pub latest: &'a [i32],
    /// The task whose start is to be as early as can be. Its latest start is the first target.
    pub goal: u32,
}
