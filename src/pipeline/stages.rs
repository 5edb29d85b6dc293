//! What each stage of a run gets of its limit of time.
//!
//! *A feature of 13,000 tasks in ten seconds: 0.25 s for reading, 0.3 s for the check of the plan and its cost, 0.8 s
//! for its pages; 8.6 s are left for the plan. Conflicts are looked into until a second
//! after what the pages leave, as an answer without any is worth less than one that comes a little late.*

use crate::solve::Limit;
use std::time::{Duration, Instant};

/// What it takes to verify a plan and to forecast its cost, by task.
const FORECAST_OF_A_TASK: Duration = Duration::from_micros(25);
/// What it takes to put a result together, its pages and its files, by task.
const PAGES_OF_A_TASK: Duration = Duration::from_micros(65);

/// So much by task; where time is short, an eighth of the limit.
fn within(limit: Duration, of_a_task: Duration, tasks: usize) -> Duration {
    let of_all = of_a_task.saturating_mul(u32::try_from(tasks).unwrap_or(u32::MAX));
    of_all.min(limit / 8)
}

/// The limit of planning after so much of the run: what is left without what is still to come, and a quarter at least.
pub(super) fn time_to_plan(limit: Limit, gone: Duration, tasks: usize) -> Limit {
    match limit {
        Limit::Steps(_) => limit,
        Limit::Time(limit) => {
            let forecast = within(limit, FORECAST_OF_A_TASK, tasks);
            let pages = within(limit, PAGES_OF_A_TASK, tasks);
            Limit::Time(limit.saturating_sub(gone + forecast + pages).max(limit / 4))
        }
    }
}

/// When conflicts are no longer looked into, in a run that began at a moment: a tenth of the limit later than its pages
/// leave, so that the worst one is.
pub(super) fn until_conflicts_end(began: Instant, limit: Limit, tasks: usize) -> Option<Instant> {
    match limit {
        Limit::Steps(_) => None,
        Limit::Time(limit) => {
            let left = limit.saturating_sub(within(limit, PAGES_OF_A_TASK, tasks));
            began.checked_add(left.saturating_add(limit / 10))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_plan_gets_what_reading_checking_and_pages_leave() {
        let plan = |limit: Duration, gone, tasks| time_to_plan(Limit::Time(limit), gone, tasks);
        let millis = |millis| Limit::Time(Duration::from_millis(millis));
        assert_eq!(plan(10 * SECOND, SECOND / 4, 10_000), millis(10_000 - 250 - 250 - 650));
        // A studio in little time: an eighth of it for each.
        assert_eq!(plan(8 * SECOND, SECOND, 1_000_000), millis(5_000));
        // Reading took all of it.
        assert_eq!(plan(8 * SECOND, 9 * SECOND, 10_000), millis(2_000));
        assert_eq!(time_to_plan(Limit::Steps(7), SECOND, 10_000), Limit::Steps(7));
    }

    #[test]
    fn conflicts_end_a_little_later_than_pages_leave() {
        let began = Instant::now();
        let end = until_conflicts_end(began, Limit::Time(10 * SECOND), 10_000);
        assert_eq!(end, Some(began + Duration::from_millis(10_000 - 650 + 1_000)));
        assert_eq!(until_conflicts_end(began, Limit::Steps(7), 10_000), None);
    }
}
