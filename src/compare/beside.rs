//! Plans that are made at the same time, each on its part of the threads.

use super::Options;
use crate::solve::Limit;
use std::time::Instant;

/// How each of so many plans is made where as many of them as there are threads are made at the same time. All of
/// them take as long as they would one after the other on all threads, so that each has more time for itself.
///
/// *Three plans of 10 s on two threads are made in two rounds: each on one thread, in 15 s.*
pub(super) fn share(options: &Options, plans: usize) -> Options {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if options.threads == 0 { cores() } else { options.threads };
    let at_once = plans.clamp(1, threads);
    let rounds = plans.div_ceil(at_once).max(1);
    let limit = match options.limit {
        Limit::Time(time) => Limit::Time(time.saturating_mul(plans as u32) / rounds as u32),
        steps => steps,
    };
    Options { threads: threads / at_once, limit, ..*options }
}

/// What is left for a plan of what was given for it and its purchases since `begun`, a quarter at least.
pub(super) fn left(options: &Options, begun: Instant) -> Options {
    let limit = match options.limit {
        Limit::Time(time) => Limit::Time(time.saturating_sub(begun.elapsed()).max(time / 4)),
        steps => steps,
    };
    Options { limit, ..*options }
}
