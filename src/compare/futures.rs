//! Many scenarios of one production: each a plan of its own, from the same plan on.
//!
//! First the production as it is is planned at length. Then every scenario, the one without edits among
//! them, goes on from that plan: so all have had the same search behind them, and what is different
//! between two of them comes from their edits. Each is planned on one thread, several side by side;
//! no plan is kept beyond its measures. The one without edits is made by who needs it first, and others
//! wait for it only when they have their own plan to set beside it.

use super::budget::within;
use super::{Bill, Budgeted, Options, Tried, Trouble};
use crate::model::*;
use crate::scenario::{Change, Scenario, apply};
use crate::solve::{Before, Limit, Solved, Staffed, Watch};
use jiff::civil::Date;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The plan that all start from is searched for so much longer than theirs.
const FIRST: u32 = 4;

/// What all scenarios start from.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The production as it is.
    pub production: Production,
    /// Its plan.
    pub plan: Plan,
    /// Value of that plan.
    pub objective: Cents,
    /// What the staffing program said of it: its prices serve for the bounds of scenarios.
    pub staffing: Option<Staffed>,
    options: Options,
    base: OnceLock<Result<Tried, Trouble>>,
}

/// A scenario with its plan.
#[derive(Clone, Debug)]
pub struct Future {
    /// The plan with its cost.
    pub tried: Tried,
    /// What it costs beyond the base.
    pub bill: Bill,
    /// What its hard budgets took; none where it has no such budget, or no plan broke one.
    pub budgeted: Option<Budgeted>,
    /// What becomes of it without each of its shows that may not happen.
    pub without: Vec<Without>,
}

/// A scenario without a show that may not happen.
#[derive(Clone, Debug)]
pub struct Without {
    /// The show.
    pub show: ShowId,
    /// The plan without it.
    pub tried: Tried,
}

impl Beginning {
    /// Plans the production as it is. `options` are those of each scenario; the first plan gets more, and
    /// all their threads.
    ///
    /// # Errors
    /// When a plan does not pass the independent check, or the search was stopped before the first.
    pub fn new(
        production: &Production,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Beginning, Trouble> {
        let limit = match options.limit {
            Limit::Steps(steps) => Limit::Steps(steps.saturating_mul(FIRST.into())),
            Limit::Time(time) => Limit::Time(time.saturating_mul(FIRST)),
        };
        let first = Tried::new(production.clone(), &Options { limit, ..*options }, watch)?;
        let Solved { plan, objective, staffing, .. } = first.solved;
        let production = first.production;
        let objective = objective.total(&production.settings.multipliers());
        let base = OnceLock::new();
        Ok(Beginning { production, plan, objective, staffing, options: *options, base })
    }

    /// The production as it is, searched on as every scenario is. The first who asks has it made, for all
    /// others; `watch` is that of the first.
    ///
    /// # Errors
    /// When the plan does not pass the independent check, or the search was stopped.
    pub fn base(&self, watch: &dyn Watch) -> Result<&Tried, Trouble> {
        let made = || {
            let options = Options { threads: 1, ..self.options };
            self.planned(self.production.clone(), &options, watch)
        };
        self.base.get_or_init(made).as_ref().map_err(Trouble::clone)
    }

    /// One scenario: its production, planned from the plan that all start from, judged and costed. The same
    /// scenario gives the same result whatever others there are.
    ///
    /// # Errors
    /// When the plan does not pass the independent check, or the search was stopped.
    pub fn future(
        &self,
        scenario: &Scenario,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Future, Trouble> {
        let changes = scenario.changes();
        if changes.is_empty() {
            let options = Options { threads: 1, ..*options };
            let base = self.base(watch)?;
            let without = self.without(&base.production, &options, watch)?;
            let (tried, bill) = (base.clone(), Bill::default());
            return Ok(Future { tried, bill, budgeted: None, without });
        }
        let mut production = self.production.clone();
        production.settings.mode = options.mode;
        let mut changed = scenario.applied_to(&production, Some(&self.plan));
        if changed.settings.mode == Mode::KeepPlan {
            let freeze = EarlierPlan::USUAL_FREEZE;
            changed.earlier = Some(EarlierPlan::of(&self.production, &self.plan, freeze));
        }
        // What a scenario favours stands above what the call does.
        let options = Options { mode: changed.settings.mode, threads: 1, ..*options };
        let plan = |changed| self.planned(changed, &options, watch);
        let mut tried = plan(changed)?;
        let caps = tried.production.settings.hard_budgets.clone();
        let mut budgeted = None;
        if !caps.is_empty() {
            let found = within(&tried, &caps, options.mode, &plan, watch)?;
            // Work is never left out to save.
            tried = found.whole.tried.clone();
            budgeted = Some(found);
        }
        let done = last_day(&tried);
        let bill = Bill::of_changes(self.base(watch)?, &tried, &changes, done);
        let without = self.without(&tried.production, &options, watch)?;
        Ok(Future { tried, bill, budgeted, without })
    }

    fn planned(
        &self,
        changed: Production,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Tried, Trouble> {
        let before = Before {
            plan: &self.plan,
            value: self.objective,
            anew: anew(options.limit),
            staffing: self.staffing.as_ref(),
        };
        let tried = Tried::again(changed, before, options, watch)?;
        if tried.solved.interrupted { Err(Trouble::Stopped) } else { Ok(tried) }
    }

    /// Plans a production without each show that may not happen, one at a time.
    fn without(
        &self,
        production: &Production,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Vec<Without>, Trouble> {
        let prospects = production.shows.enumerate().filter(|(_, row)| row.probability < 10_000);
        let dropped = prospects.map(|(show, _)| {
            let changed = apply(production, &[Change::DropShow { show }]);
            Ok(Without { show, tried: self.planned(changed, options, watch)? })
        });
        dropped.collect()
    }
}

/// The limit of a search that cannot go on from the first plan: as many steps as that one had, and those
/// of its own. Time is what the call gives, no more.
fn anew(limit: Limit) -> Limit {
    match limit {
        Limit::Steps(steps) => Limit::Steps(steps.saturating_mul(u64::from(FIRST) + 1)),
        time => time,
    }
}

/// The last day of all work; who has no last day of their own leaves then.
fn last_day(tried: &Tried) -> Date {
    let plan = &tried.solved.plan;
    let parts = plan.assignments.iter().map(Assignment::end);
    let last = parts.chain(plan.instants.iter().map(|row| row.1)).max();
    let timeline = tried.production.timeline();
    last.map_or(timeline.last(), |last| timeline.finish_date(last))
}

/// Does `each` for the numbers below `count` on so many threads (0 = all cores), and gives what came of each
/// in the order of the numbers; `None` where `stop` said so before it was begun. `each` hears on which
/// thread it runs.
///
/// Threads of their own rather than those of rayon: a search waits for threads of its own, and a worker
/// of rayon that waits begins the next scenario on top of this one.
pub fn side_by_side<T: Send>(
    count: usize,
    threads: usize,
    stop: &(dyn Fn() -> bool + Sync),
    each: &(dyn Fn(usize, usize) -> T + Sync),
) -> Vec<Option<T>> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if threads == 0 { cores() } else { threads };
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<Option<T>>> = Mutex::new((0..count).map(|_| None).collect());
    std::thread::scope(|scope| {
        for thread in 0..threads.min(count) {
            let (next, found) = (&next, &found);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count || stop() {
                        break;
                    }
                    let result = each(number, thread);
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    found[number] = Some(result);
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}
