//! A question that has had its time ends with what was found until then, however many plans it might still try.

use super::Request;
use crate::solve::{Limit, Progress, Watch};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// A question is over after so many times its limit: its plans share the limit as if there were few of them, since an
/// answer with three tries more is worth some time.
const TIMES: u32 = 3;

/// Watches for somebody, and stops when the time of the whole question is over; never before there is a first plan.
pub(super) struct Until<'a> {
    watch: &'a dyn Watch,
    end: Option<Instant>,
    has_plan: AtomicBool,
}

impl<'a> Until<'a> {
    /// From now on for three times the limit of the request, if that is one of time.
    pub(super) fn new(request: &Request, watch: &'a dyn Watch) -> Until<'a> {
        let end = match request.limit {
            Limit::Time(limit) => Instant::now().checked_add(limit.saturating_mul(TIMES)),
            Limit::Steps(_) => None,
        };
        Until { watch, end, has_plan: AtomicBool::new(false) }
    }
}

impl Watch for Until<'_> {
    fn progress(&self, progress: Progress) {
        if progress.best.is_some() {
            self.has_plan.store(true, Ordering::Relaxed);
        }
        self.watch.progress(progress);
    }

    fn stop(&self) -> bool {
        let is_over = || self.end.is_some_and(|end| Instant::now() >= end);
        self.watch.stop() || self.has_plan.load(Ordering::Relaxed) && is_over()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cents;
    use crate::solve::Phase;
    use std::time::Duration;

    #[test]
    fn nothing_is_stopped_before_there_is_a_plan() {
        let request = |limit| Request { mode: None, seed: None, threads: 1, limit };
        let stand =
            |best| Progress { phase: Phase::FirstPlans, steps: 0, used: 0.0, best, bound: None };
        let over = Until::new(&request(Limit::Time(Duration::ZERO)), &());
        over.progress(stand(None));
        assert!(!over.stop());
        over.progress(stand(Some(Cents(1))));
        assert!(over.stop());
        let counted = Until::new(&request(Limit::Steps(0)), &());
        counted.progress(stand(Some(Cents(1))));
        assert!(!counted.stop());
    }
}
