//! The cheapest way to make a date: the weekly program buys and moves, the detailed plan tries.
//!
//! The program sees departments and weeks, so that its purchases may be a little short. Each try plans
//! in detail with the milestone hard at its date. Where the plan is late, the program is asked again
//! and may count on less: on less room for each task, then on less of the time of those for whom late
//! work waits; where it is in time, on something in between, so that no more is bought than it takes.
//! Sharing the long tasks of late chains between two artists is tried before anything is bought, and on
//! top of it where the date is still missed.

use super::crowding::Pace;
use super::incentives::grants;
use super::limits::{self, HiringLimit};
use super::splitting;
use super::tried::unless_stopped;
use super::trimming::{movable, next_to, with_other_weeks};
use super::{Bill, Goal, Options, Tried, Trouble};
use crate::formulate::levers::Question;
use crate::model::*;
use crate::scenario::{Change, apply};
use crate::solve::Watch;
use crate::solve::levers::{Asking, Bought, Mix, cheapest_from, is_possible};
use crate::solve::linear::{Basis, Settings};
use jiff::civil::Date;

/// Detailed plans before the best so far is told.
const MOST_TRIES: usize = 10;
/// Weekly programs before that.
const MOST_QUESTIONS: usize = 32;
/// Of them, those that no back end answers.
const MOST_UNANSWERED: u32 = 3;
/// The time of crowded people that is counted on shrinks by this at each step.
const SLOWER: f64 = 0.95;
/// Steps in which the room of chains is shared.
const SHARES: i64 = 4;
/// Tries in which more work is shared.
const MOST_SPLITS: usize = 3;
/// Tries of mixes next to the best.
const MOST_TRIMS: usize = 3;
/// The same where a plan takes no time to speak of.
const MOST_TRIMS_OF_A_QUICK_PLAN: usize = 24;
/// Tasks up to which it takes none.
const QUICK: usize = 200;

/// Bid days without a place, by department.
pub type Short = Vec<(DepartmentId, f64)>;

/// One try.
#[derive(Clone, Debug)]
pub struct Round {
    /// The date that the weekly program was asked for.
    pub asked: Date,
    /// How far the room of each chain of work was shared among its tasks, 0 to 1.
    pub shared: f64,
    /// Departments whose people's time was not counted on in full, with the share that was.
    pub pace: Vec<(DepartmentId, f64)>,
    /// What it buys.
    pub bought: Bought,
    /// What that costs in the weekly program, in minor units.
    pub cost: f64,
    /// No whole purchases cost less there.
    pub bound: f64,
    /// How far the cost may be from the bound: see [`Mix::gap`].
    pub gap: f64,
    /// Bid days that it cannot do in time.
    pub missing: f64,
    /// Last day of the work in the detailed plan; `None` when some of it has no place.
    pub planned: Option<Date>,
    /// Cost of the detailed plan beyond the plan without purchases.
    pub bill: Bill,
    /// It differs by one decision from an earlier try, and was not asked for.
    pub trimmed: bool,
}

impl Round {
    /// The earlier the nearer, then the cheaper.
    fn nearness(&self) -> (Date, Cents) {
        (self.planned.unwrap_or(Date::MAX), self.bill.total())
    }
}

/// What it takes to make a date.
#[derive(Clone, Debug)]
pub struct CrewFor {
    /// The date.
    pub by: Date,
    /// When the work ends without purchases; `None` when some of it has no place.
    pub base: Option<Date>,
    /// What the production costs without purchases.
    pub base_efc: Cents,
    /// The date that nothing can beat, whoever is hired on the terms there are, with tasks shared no further.
    pub earliest: Option<Date>,
    /// All tries, in order.
    pub rounds: Vec<Round>,
    /// The cheapest try that makes the date.
    pub best: Option<usize>,
    /// Where none does: the earliest of those that end before the plan without purchases.
    pub nearest: Option<usize>,
    /// Bid days by department that the weekly program cannot place at its most demanding, with all that
    /// can be bought.
    pub short: Short,
    /// Where no try makes the date: pools of which the weekly program has no more, with the first and the last
    /// day of it.
    pub full: Vec<(PoolId, Date, Date)>,
    /// Where no try makes the date and hiring stops at a limit: what comes of a higher one.
    pub raised: Option<Raised>,
}

/// A try with more people than may be hired.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// The limits that the weekly program ran into, all raised together.
    pub limits: Vec<HiringLimit>,
    /// Bid days without time in the weekly program, with the limits and without.
    pub missing: (f64, f64),
    /// Last day of the work in the detailed plan; `None` when some of it has no place.
    pub planned: Option<Date>,
    /// Cost of the detailed plan beyond the plan without purchases.
    pub bill: Bill,
}

/// The cheapest mix of hires, moves, longer contracts, overtime and vendors found that makes the date.
///
/// # Errors
/// When a plan does not pass the independent check, or the search was stopped before the first try. Stopped later, it
/// gives what was found until then.
pub fn crew_for(
    production: &Production,
    milestone: MilestoneId,
    by: Date,
    options: &Options,
    watch: &dyn Watch,
) -> Result<CrewFor, Trouble> {
    let goal = Goal::of(production, milestone);
    let base = Tried::unproven(production.clone(), options, watch)?;
    let asking =
        Asking::new(production, options.mode, &base.solved.plan).with_incentives(grants(&base));
    let mut found = CrewFor {
        by,
        base: base.finish(&goal),
        base_efc: base.efc(),
        earliest: asking.earliest(&goal.wanted),
        rounds: Vec::new(),
        best: None,
        nearest: None,
        short: Vec::new(),
        full: Vec::new(),
        raised: None,
    };
    if !goal.is_open() || found.base.is_some_and(|finish| finish <= by) {
        return Ok(found);
    }
    let search = Search { production, goal: &goal, asking, base: &base, options, watch };
    // With the people there are, if the date comes before all else.
    let mut pace = Pace::full(production);
    let (planned, bill, tried) = search.with(&Bought::default(), by)?;
    pace.learn(&tried, &goal, by);
    found.rounds.push(Round {
        asked: by,
        shared: 0.0,
        pace: Vec::new(),
        bought: Bought::default(),
        cost: 0.0,
        bound: 0.0,
        gap: 0.0,
        missing: 0.0,
        planned,
        bill,
        trimmed: false,
    });
    if planned.is_some_and(|finish| finish <= by) {
        found.best = Some(0);
        return Ok(found);
    }
    let mixed = search.mix(&mut found, &mut pace, &tried);
    if unless_stopped(mixed)?.is_none() && found.best.is_none() {
        search.find_nearest(&mut found);
    }
    Ok(found)
}

/// What the weekly program is asked for, and what it may count on.
#[derive(PartialEq)]
struct Terms {
    asked: Date,
    shared: f64,
    pace: Pace,
}

/// What is bought, from which mix, and the bid days by department that nobody can do in time.
type Buying = (Bought, Mix, Vec<(DepartmentId, f64)>);

/// The earliest of the tries that bought something, with its plan.
type Nearest = Option<(usize, Tried)>;

struct Search<'a> {
    production: &'a Production,
    goal: &'a Goal,
    asking: Asking<'a>,
    base: &'a Tried,
    options: &'a Options,
    watch: &'a dyn Watch,
}

impl Search<'_> {
    fn settings(&self) -> Settings {
        settings(self.production)
    }

    /// Shares long tasks, and buys what makes the date. `tried` is the plan of the first try.
    fn mix(&self, found: &mut CrewFor, pace: &mut Pace, tried: &Tried) -> Result<(), Trouble> {
        let by = found.by;
        self.split(found, 0, tried)?;
        if found.best.is_some() {
            return Ok(());
        }
        let is_possible = found.earliest.is_some_and(|earliest| earliest <= by);
        let mut nearest = None;
        if is_possible {
            self.tighten(found, pace, &mut nearest)?;
        }
        if let Some(best) = found.best {
            return self.trim(found, best);
        }
        self.earliest_that_can(found, pace, &mut nearest)?;
        self.split_nearest(found, nearest.as_ref())?;
        // What ends no earlier than the plan as it is is no way to anything.
        let base = found.base.unwrap_or(Date::MAX);
        let ends = |at: &usize| found.rounds[*at].planned.is_some_and(|finish| finish < base);
        found.nearest = found.nearest.filter(ends);
        if found.best.is_none() && is_possible && !self.watch.stop() {
            found.raised =
                self.beyond_the_limits(by, pace.slower(SLOWER.powi(2 * SHARES as i32)))?;
        }
        Ok(())
    }

    /// Lets the program count on less and less until the plan makes the date; then on more again.
    ///
    /// First the room of each chain of work is shared among its tasks, then less of the time of those is
    /// counted on for whom late work waits, and less again.
    fn tighten(
        &self,
        found: &mut CrewFor,
        pace: &mut Pace,
        nearest: &mut Nearest,
    ) -> Result<(), Trouble> {
        let by = found.by;
        // Steps that were too little, and enough.
        let (mut short, mut enough) = (-1_i64, i64::MAX);
        let (mut step, mut stride, mut unanswered) = (0, 0, 0);
        // From question to question little changes, so that each program goes on from where the last one stood.
        let mut basis = None;
        let mut last: Option<Terms> = None;
        for _ in 0..MOST_QUESTIONS {
            if found.rounds.len() >= MOST_TRIES || self.watch.stop() {
                break;
            }
            let terms = Terms {
                asked: by,
                shared: step.min(SHARES) as f64 / SHARES as f64,
                pace: match step - SHARES {
                    ..=0 => Pace::full(self.production),
                    more if more <= SHARES => pace.part(more as f64 / SHARES as f64),
                    more => pace.slower(SLOWER.powi((more - SHARES) as i32)),
                },
            };
            if last.as_ref() == Some(&terms) {
                break; // nothing is left to count on less
            }
            let answer = self.buy(&terms, &mut basis)?;
            let terms = last.insert(terms);
            let Some((bought, mix, missing)) = answer else {
                // No back end could answer this one; the next may be easier.
                unanswered += 1;
                if enough != i64::MAX || unanswered == MOST_UNANSWERED {
                    break;
                }
                step += 1;
                continue;
            };
            if step <= SHARES {
                found.short = missing;
                found.full = self.full(&mix, by, terms.shared);
            }
            let known = found.rounds.iter().position(|round| round.bought.is_like(&bought));
            let is_in_time = if known.is_some() {
                false
            } else {
                let (round, tried) = self.plan(terms, bought, &mix, by)?;
                let in_time = round.planned.is_some_and(|finish| finish <= by);
                if !in_time && enough == i64::MAX {
                    pace.learn(&tried, self.goal, by);
                }
                add(found, round, tried, nearest);
                in_time
            };
            if is_in_time {
                self.keep(found, found.rounds.len() - 1);
                enough = step;
            } else {
                short = step;
            }
            step = match enough {
                // Further each time: a date near the edge is many steps away, and on the way back from
                // enough half of them are left out at once.
                i64::MAX => {
                    stride += 1;
                    step + stride
                }
                _ => short + (enough - short) / 2,
            };
            if step <= short || step >= enough {
                break;
            }
        }
        Ok(())
    }

    /// Shares more and more of the long tasks of late chains, on top of what a try bought, until the date
    /// is made or sharing brings nothing. `tried` is the plan of that try.
    fn split(&self, found: &mut CrewFor, from: usize, tried: &Tried) -> Result<(), Trouble> {
        let mut bought = found.rounds[from].bought.clone();
        let mut best = found.rounds[from].planned;
        let mut last = splitting::worth_sharing(tried, self.goal, found.by);
        for _ in 0..MOST_SPLITS {
            if last.is_empty() || self.watch.stop() {
                break;
            }
            bought.splits.extend(last);
            bought.splits.sort_unstable();
            bought.splits.dedup();
            let (planned, bill, tried) = self.with(&bought, found.by)?;
            let start = found.rounds[from].clone();
            found.rounds.push(Round { bought: bought.clone(), planned, bill, ..start });
            if planned.is_some_and(|finish| finish <= found.by) {
                self.keep(found, found.rounds.len() - 1);
                break;
            }
            let is_earlier = match (planned, best) {
                (Some(finish), Some(known)) => finish < known,
                (finish, None) => finish.is_some(),
                (None, Some(_)) => false,
            };
            if !is_earlier {
                break;
            }
            best = planned;
            last = splitting::worth_sharing(&tried, self.goal, found.by);
        }
        Ok(())
    }

    /// The same on top of the earliest of all tries, if that bought something.
    fn split_nearest(
        &self,
        found: &mut CrewFor,
        nearest: Option<&(usize, Tried)>,
    ) -> Result<(), Trouble> {
        if let Some((at, tried)) = nearest.filter(|(at, _)| found.nearest == Some(*at)) {
            self.split(found, *at, tried)?;
            self.find_nearest(found);
        }
        Ok(())
    }

    /// The earliest of all tries, of equal ones the cheapest.
    fn find_nearest(&self, found: &mut CrewFor) {
        found.nearest = (0..found.rounds.len())
            .filter(|at| found.rounds[*at].planned.is_some())
            .min_by_key(|at| found.rounds[*at].nearness());
    }

    fn keep(&self, found: &mut CrewFor, at: usize) {
        let total = |at: usize| found.rounds[at].bill.total();
        if found.best.is_none_or(|best| total(at) < total(best)) {
            found.best = Some(at);
        }
    }

    /// The cheapest mix; `None` if no back end has it.
    fn cheapest(
        &self,
        question: &Question,
        basis: &mut Option<Box<Basis>>,
    ) -> Result<Option<Mix>, Trouble> {
        let stop = || self.watch.stop();
        match cheapest_from(question, basis, &self.settings(), &stop) {
            Ok(mix) => Ok(Some(mix)),
            Err(_) if stop() => Err(Trouble::Stopped),
            Err(_) => Ok(None),
        }
    }

    /// What the weekly program buys. `basis` is where the last one stood.
    fn buy(
        &self,
        terms: &Terms,
        basis: &mut Option<Box<Basis>>,
    ) -> Result<Option<Buying>, Trouble> {
        let (asked, shared) = (terms.asked, terms.shared);
        let mut question = self.asking.question(&self.goal.wanted, asked, shared);
        terms.pace.apply(&mut question);
        let Some(mix) = self.cheapest(&question, basis)? else { return Ok(None) };
        let bought = Bought::of(&self.asking, &question, &mix, &self.goal.wanted, (asked, shared));
        let mut short: Vec<(DepartmentId, f64)> = Vec::new();
        for (work, left) in question.work.iter().zip(&mix.left_over) {
            match short.iter_mut().find(|row| row.0 == work.department) {
                Some(row) => row.1 += left,
                None => short.push((work.department, *left)),
            }
        }
        short.retain(|row| row.1 >= 0.05);
        Ok(Some((bought, mix, short)))
    }

    /// Pools that a mix for a date uses to the last while work is left over.
    fn full(&self, mix: &Mix, by: Date, shared: f64) -> Vec<(PoolId, Date, Date)> {
        if mix.full.is_empty() {
            return Vec::new();
        }
        let question = self.asking.question(&self.goal.wanted, by, shared);
        let timeline = self.asking.timeline();
        let rows = mix.full.iter().filter_map(|&(pool, first, last)| {
            let pool = question.shared_pools().nth(pool as usize)?.0?;
            let run = |at: u32| question.buckets.get(at as usize);
            let last = timeline.monday(run(last)?.end).yesterday().ok()?.min(timeline.last());
            Some((pool, timeline.monday(run(first)?.start), last))
        });
        rows.collect()
    }

    /// Plans in detail with what was bought and the milestone hard at a date.
    fn plan(
        &self,
        terms: &Terms,
        bought: Bought,
        mix: &Mix,
        date: Date,
    ) -> Result<(Round, Tried), Trouble> {
        let (planned, bill, tried) = self.with(&bought, date)?;
        let round = Round {
            asked: terms.asked,
            shared: terms.shared,
            pace: terms.pace.rows(),
            bought,
            cost: mix.cost,
            bound: mix.bound,
            gap: mix.gap(),
            missing: mix.missing(),
            planned,
            bill,
            trimmed: false,
        };
        Ok((round, tried))
    }

    fn with(&self, bought: &Bought, date: Date) -> Result<(Option<Date>, Bill, Tried), Trouble> {
        let mut changes = purchases(self.production, bought);
        let milestone = self.goal.milestone;
        changes.push(Change::MoveDate { milestone, date, hard: true });
        let tried = Tried::unproven(apply(self.production, &changes), self.options, self.watch)?;
        let bill = Bill::of(self.base, &tried, bought, Date::MAX);
        Ok((tried.finish(self.goal), bill, tried))
    }

    /// Leaves out purchases that the plan does without, and looks at other mixes one decision away, as long as that
    /// is cheaper.
    fn trim(&self, found: &mut CrewFor, best: usize) -> Result<(), Trouble> {
        let start = found.rounds[best].clone();
        let most = match self.production.tasks.len() {
            ..=QUICK => MOST_TRIMS_OF_A_QUICK_PLAN,
            _ => MOST_TRIMS,
        };
        let movable = movable(&self.asking, &self.goal.wanted, start.asked, start.shared);
        for _ in 0..most {
            let Some(best) = found.best.filter(|_| !self.watch.stop()) else { break };
            let kept = &found.rounds[best];
            // What missed the date and costs less may make it in other weeks.
            let missed = found.rounds.iter().filter(|row| row.bill.total() < kept.bill.total());
            let missed =
                missed.flat_map(|row| with_other_weeks(self.production, &row.bought, &movable));
            let is_new = |other: &Bought| found.rounds.iter().all(|row| !row.bought.is_like(other));
            let mut others =
                next_to(self.production, &kept.bought, &movable).into_iter().chain(missed);
            let Some(bought) = others.find(is_new) else { break };
            let (planned, bill, _) = self.with(&bought, found.by)?;
            found.rounds.push(Round { bought, planned, bill, trimmed: true, ..start.clone() });
            if planned.is_some_and(|finish| finish <= found.by) {
                self.keep(found, found.rounds.len() - 1);
            }
        }
        Ok(())
    }

    /// One try at the most demanding terms with more people than may be hired, where the weekly program
    /// hires all who may be.
    fn beyond_the_limits(&self, by: Date, pace: Pace) -> Result<Option<Raised>, Trouble> {
        let shared = 1.0;
        let mut question = self.asking.question(&self.goal.wanted, by, shared);
        pace.apply(&mut question);
        let Some(mix) = self.cheapest(&question, &mut None)? else { return Ok(None) };
        let limits = limits::reached(self.production, &question, &mix);
        if limits.is_empty() {
            return Ok(None);
        }
        limits::raise(&mut question, &limits);
        let Some(more) = self.cheapest(&question, &mut None)? else { return Ok(None) };
        let wanted = &self.goal.wanted;
        let bought = Bought::of(&self.asking, &question, &more, wanted, (by, shared));
        let raised = limits::raised(self.production, &limits);
        let mut changes = purchases(&raised, &bought);
        changes.push(Change::MoveDate { milestone: self.goal.milestone, date: by, hard: true });
        let tried = Tried::unproven(apply(&raised, &changes), self.options, self.watch)?;
        Ok(Some(Raised {
            missing: (mix.missing(), more.missing()),
            planned: tried.finish(self.goal),
            bill: Bill::of(self.base, &tried, &bought, Date::MAX),
            limits,
        }))
    }

    /// The earliest date that the weekly program can buy, and what the plan makes of it.
    fn earliest_that_can(
        &self,
        found: &mut CrewFor,
        pace: &Pace,
        nearest: &mut Nearest,
    ) -> Result<(), Trouble> {
        let horizon = self.production.timeline().last();
        let start = found.earliest.unwrap_or(found.by).max(found.by).min(horizon);
        let end = found.base.unwrap_or(horizon).max(start);
        let days = self.goal.days_between(self.production, start, end);
        let possible = |ahead: i64| {
            let date = self.goal.shifted(self.production, start, ahead);
            let mut question = self.asking.question(&self.goal.wanted, date, 0.0);
            pace.apply(&mut question);
            is_possible(&question, &self.settings(), &|| self.watch.stop())
        };
        let (mut low, mut high) = (0, days);
        while low < high && !self.watch.stop() {
            let middle = low + (high - low) / 2;
            if possible(middle) { high = middle } else { low = middle + 1 }
        }
        let date = self.goal.shifted(self.production, start, low).min(horizon);
        let mut basis = None;
        for shared in [0.5, 1.0] {
            let terms = Terms { asked: date, shared, pace: pace.clone() };
            if let Some((bought, mix, _)) = self.buy(&terms, &mut basis)?
                && found
                    .rounds
                    .iter()
                    .all(|row| !(row.asked == date && row.bought.is_like(&bought)))
            {
                let (round, tried) = self.plan(&terms, bought, &mix, date)?;
                add(found, round, tried, nearest);
            }
        }
        self.find_nearest(found);
        Ok(())
    }
}

/// Adds a try, and keeps its plan if none that bought something is nearer.
fn add(found: &mut CrewFor, round: Round, tried: Tried, nearest: &mut Nearest) {
    let known = nearest.as_ref().map(|(at, _)| found.rounds[*at].nearness());
    let is_nearest = known.is_none_or(|known| round.nearness() < known);
    if is_nearest && round.planned.is_some() && !round.bought.is_empty() {
        *nearest = Some((found.rounds.len(), tried));
    }
    found.rounds.push(round);
}

/// How weekly programs are solved: to a thousandth of an artist-day.
pub(super) fn settings(production: &Production) -> Settings {
    let negligible = production.mean_day_cost().0.max(1) as f64 * 1e-3;
    Settings { negligible, ..Settings::default() }
}

/// Purchases as changes of the production that they were found for.
pub fn purchases(production: &Production, bought: &Bought) -> Vec<Change> {
    let hires = bought.hires.iter().map(|row| Change::HireOn {
        terms: Box::new(row.terms(production)),
        heads: row.heads,
        from: row.from,
        to: Some(row.to),
    });
    let moves = bought.moves.iter().filter_map(|row| {
        let terms = Box::new(production.moves.get(row.terms as usize)?.clone());
        Some(Change::Move { person: row.person, terms, from: row.from, to: Some(row.to) })
    });
    let extensions =
        bought.extensions.iter().map(|row| Change::Extend { person: row.person, to: row.to });
    let orders = bought
        .orders
        .iter()
        .map(|row| Change::Outsource { vendor: row.vendor, tasks: row.tasks.clone() });
    let shared = (!bought.splits.is_empty())
        .then(|| Change::Split { tasks: bought.splits.clone(), parts: 2 });
    // Contracts go on before people move: they may go on elsewhere.
    let people = hires.chain(extensions).chain(moves);
    people.chain(orders).chain(shared).collect()
}
