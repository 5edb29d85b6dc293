//! What more of something is worth: prices of the weekly plan, each checked by solving again.
//!
//! The dual of a row says what a little more of it is worth, on one side only and often one of many.
//! So each price that is reported comes with the plan's value with one more and with one less: the
//! price holds between the two. Where equal optima have several duals, an interior one may be far
//! from what solving again gives: such a row is passed over, and the next one is asked.

mod artists;
mod milestones;
mod overtime;
mod pools;

pub use artists::{Price, VendorPrice};
pub use milestones::MilestonePrice;
pub use overtime::OvertimePrice;
pub use pools::PoolPrice;

use super::bounds;
use super::linear::{self, Answer, Settings};
use super::planning::{Limit, Phase, Progress, Watch};
use super::staffing::{accuracy, known};
use crate::formulate::Problem;
use crate::formulate::program::Program;
use crate::formulate::staffing::{Kind, Outline, Period, Staffing};
use crate::model::*;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Instant;

/// Prices are looked for among so many times as many rows as are wanted.
const TRIED: usize = 4;

/// Rows and columns together from which on the weekly plan is a vertex. In the middle of all equal answers, as an
/// interior point gives it, more changed programs are answered by it too; but its factors grow faster than the program.
const LARGE: usize = 30_000;

/// The weekly plan and its prices, the dearest first.
#[derive(Clone, Debug)]
pub struct Prices {
    /// Value of the weekly plan, in minor units.
    pub value: f64,
    /// What one more artist is worth.
    pub rows: Vec<Price>,
    /// Specialities that are told apart.
    pub tags: Vec<String>,
    /// What a day of a vendor is worth.
    pub vendors: Vec<VendorPrice>,
    /// What an hour of overtime more is worth.
    pub overtime: Vec<OvertimePrice>,
    /// What a day on a milestone is worth.
    pub milestones: Vec<MilestonePrice>,
    /// What one more licence, desk or core is worth.
    pub pools: Vec<PoolPrice>,
    /// Departments and periods with a dual, also those that were not solved again.
    pub priced: usize,
    /// Most shots or assets whose work the weekly plan does not tell apart.
    pub together: usize,
    /// The back end that answered.
    pub backend: linear::Backend,
    /// Programs that were solved again.
    pub steps: u64,
    /// Whether more would have been without the limit.
    pub is_cut: bool,
}

/// The `most` dearest prices of each kind.
///
/// An artist-week is five working days of a full-time artist at level 1.0. The program is the
/// estimate, with the order of groups: nearer to a plan than the bound.
///
/// # Errors
/// The answer that no back end could give, with why.
pub fn prices(production: &Production, mode: Mode, most: usize) -> Result<Prices, Box<Answer>> {
    prices_within(production, mode, most, None, &())
}

/// The same within a limit: programs that are solved again, shared among the kinds of prices, or time. With steps
/// the answer does not depend on the machine.
///
/// # Errors
/// As [`prices`]; also where it was stopped before the weekly plan was solved.
pub fn prices_within(
    production: &Production,
    mode: Mode,
    most: usize,
    limit: Option<Limit>,
    watch: &dyn Watch,
) -> Result<Prices, Box<Answer>> {
    let until = match limit {
        Some(Limit::Time(time)) => Instant::now().checked_add(time),
        _ => None,
    };
    let steps = match limit {
        Some(Limit::Steps(steps)) => steps,
        _ => u64::MAX,
    };
    let problem = Problem::new(production, mode);
    let heads = bounds::heads(&problem);
    let timeline = production.timeline();
    let lanes = availability::lanes(production, &timeline);
    let known = known(&problem, &heads);
    let settings = accuracy(production);
    let outline = Outline::new(production, &timeline, &lanes, &known, mode, Kind::Estimate);
    let weekly = outline.staffing();
    let is_large = weekly.program.columns() + weekly.program.rows() > LARGE;
    let first = if is_large { settings.clone() } else { settings.middle_first() };
    let stop = || watch.stop();
    let answer = linear::solve_unless(&weekly.program, &first, &stop);
    let Some(backend) = answer.backend.filter(|_| answer.is_optimal()) else {
        return Err(Box::new(answer));
    };
    let answer = linear::with_basis(&weekly.program, answer, &settings, &stop);
    let least = production.mean_day_cost().0.max(1) as f64 / 100.0;
    let again = Again {
        production,
        timeline: &timeline,
        outline: &outline,
        weekly: &weekly,
        answer: &answer,
        settings: &settings,
        least,
        watch,
        until,
        steps,
        allowed: AtomicU64::new(0),
        done: AtomicU64::new(0),
        is_cut: AtomicBool::new(false),
    };
    // Each kind may use an even part of the steps that are left.
    again.allow(5);
    let (rows, priced) = artists::of_artists(&again, most);
    again.allow(4);
    let vendors = artists::of_vendors(&again, most);
    again.allow(3);
    let overtime = overtime::of_hours(&again, most);
    again.allow(2);
    let milestones = milestones::of_days(&again, most);
    again.allow(1);
    let pools = pools::of_pools(&again, most);
    Ok(Prices {
        value: answer.value,
        rows,
        tags: weekly.tags().to_vec(),
        vendors,
        overtime,
        milestones,
        pools,
        priced,
        together: weekly.batch,
        backend,
        steps: again.done.load(Relaxed),
        is_cut: again.is_cut.load(Relaxed),
    })
}

/// The weekly plan, to be solved again with changes.
struct Again<'a> {
    production: &'a Production,
    timeline: &'a Timeline,
    outline: &'a Outline<'a>,
    weekly: &'a Staffing,
    answer: &'a Answer,
    settings: &'a Settings,
    /// Below so much it is rounding, not a price: a hundredth of an artist-day.
    least: f64,
    watch: &'a dyn Watch,
    /// Nothing more is asked after this moment.
    until: Option<Instant>,
    /// Programs that may be solved again in all, until now, and that were.
    steps: u64,
    allowed: AtomicU64,
    done: AtomicU64,
    /// Whether something was left out for the limit.
    is_cut: AtomicBool,
}

impl Again<'_> {
    /// Lets the next of so many kinds of prices have its part of the steps that are left.
    fn allow(&self, kinds: u64) {
        let done = self.done.load(Relaxed);
        self.allowed.store(done + self.steps.saturating_sub(done) / kinds, Relaxed);
    }

    /// Whether there is no time for more.
    fn is_over(&self) -> bool {
        self.watch.stop() || self.until.is_some_and(|until| Instant::now() >= until)
    }

    /// Whether two programs more may be solved; if not, the answer is cut.
    fn may_ask(&self) -> bool {
        let may = self.done.load(Relaxed) + 2 <= self.allowed.load(Relaxed) && !self.is_over();
        self.is_cut.fetch_or(!may, Relaxed);
        may
    }

    /// Two programs more were solved.
    fn asked(&self) {
        self.done.fetch_add(2, Relaxed);
        self.tell();
    }

    /// Says how many programs were solved.
    fn tell(&self) {
        let steps = self.done.load(Relaxed);
        let used =
            if self.steps == u64::MAX { 0.0 } else { steps as f64 / self.steps.max(1) as f64 };
        let phase = Phase::Prices;
        self.watch.progress(Progress { phase, steps, used, best: None, bound: None });
    }

    /// By how much the value falls with a changed program; `None` if it could not be solved, or not in time.
    fn saved(&self, change: impl FnOnce(&mut Program)) -> Option<f64> {
        let mut changed = self.weekly.program.clone();
        change(&mut changed);
        self.saved_by(&changed)
    }

    fn saved_by(&self, changed: &Program) -> Option<f64> {
        let before = (&self.weekly.program, self.answer);
        let stop = || self.is_over();
        let answer = linear::solve_like_unless(changed, before, self.settings, &stop);
        self.is_cut.fetch_or(!answer.is_optimal() && self.is_over(), Relaxed);
        answer.is_optimal().then_some(self.answer.value - answer.value)
    }

    /// Bid days that an artist of level 1.0 does in so many working days.
    fn artist_days(&self, days: f64) -> f64 {
        days * self.production.settings.productive.max(0) as f64 / 1e3
    }

    /// Days of a period that can still be worked, by the first site's calendar.
    fn worked_days(&self, period: Period) -> u32 {
        let production = self.production;
        let Some(site) = production.sites.iter().next() else { return 0 };
        let calendar = &production.calendars[site.calendar];
        let days = (period.first..period.end).map(|day| self.timeline.date(Day(day)));
        let is_worked = |date: &jiff::civil::Date| {
            *date >= production.settings.as_of
                && calendar.is_worked(*date)
                && site.holidays.binary_search(date).is_err()
        };
        days.filter(is_worked).count() as u32
    }
}

/// The first `most` of `asked` that have a price, side by side; and how many were asked and had none. Each takes
/// two programs.
fn first_found<A: Sync, P: Send>(
    again: &Again,
    asked: &[A],
    most: usize,
    price: impl Fn(&A) -> Option<P> + Sync,
) -> (Vec<P>, usize) {
    let (mut found, mut next, mut looked) = (Vec::new(), 0, 0);
    let end = asked.len().min(most.saturating_mul(TRIED));
    while found.len() < most && next < end {
        let left = again.allowed.load(Relaxed).saturating_sub(again.done.load(Relaxed)) / 2;
        let to = (next + most - found.len()).min(end);
        let to = to.min(next.saturating_add(usize::try_from(left).unwrap_or(usize::MAX)));
        if to == next || again.is_over() {
            again.is_cut.store(true, Relaxed);
            break;
        }
        let one = |asked: &A| {
            if again.is_over() {
                again.is_cut.store(true, Relaxed);
                return None;
            }
            let price = price(asked);
            if price.is_none() && again.is_over() {
                return None;
            }
            again.asked();
            Some(price)
        };
        let more: Vec<Option<Option<P>>> = asked[next..to].par_iter().map(one).collect();
        looked += more.iter().flatten().count();
        found.extend(more.into_iter().flatten().flatten());
        next = to;
    }
    let empty = looked - found.len();
    (found, empty)
}
