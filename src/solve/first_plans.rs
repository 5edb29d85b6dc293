//! The plans that a search begins with: orders of work by rule, then orders and prices of time learnt from the
//! plans made so far.

use super::bounds::{self, Heads};
use super::engine::evaluate::Evaluator;
use super::engine::keep::keep;
use super::engine::ledger::Links;
use super::engine::mend::mend;
use super::engine::place::{Taste, Urgency};
use super::engine::pressure;
use super::engine::priorities;
use super::engine::schedule::Schedule;
use super::engine::standing::Setting;
use super::engine::trial::{Incumbent, Order, Trial};
use super::engine::unhurried::unhurry_within;
use super::looks::{COUNTS_TO_TELL, LOOKS, Look, PASSES_TO_TELL, Patience};
use super::planning::Before;
use crate::formulate::Problem;
use crate::model::*;
use rayon::prelude::*;
use std::borrow::Cow;

/// Whether to stop; asked again and again.
pub(super) type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// Most rounds of orders in which what broke dates is taken earlier, and how many may bring nothing.
const HURRIED_ORDERS: usize = 12;
const HURRIED_IN_VAIN: u32 = 3;
/// Most rounds in which time has the price that a plan gave it, how many may bring nothing (fewer where none
/// has brought anything), and minutes of overtime a day that pressed work may ask for.
const PRESSED_ORDERS: usize = 24;
const PRESSED_IN_VAIN: u32 = 8;
const PRESSED_WITHOUT_ANY: u32 = 4;
const PRESSED_OVERTIME: u32 = 96;
/// Most tasks of shows that are also pressed without overtime, and looked at more than once: it may bring less than it
/// costs where hundreds of orders are tried, and larger shows have no time for twice as many.
pub(super) const MOST_PRESSED_TWICE: usize = 5_000;
/// Days by which deliverables with much work for the busiest crew come earlier: in pairs, the second only where the
/// first shows that it helps.
const FEEDING_DAYS: [[i64; 2]; 2] = [[0, 15], [20, 30]];
/// Most steps on what is wrong with the plan that promises most.
const MENDING_STEPS: u64 = 500;
/// Artists asked for a task in these orders: where hundreds could do it, not all have to be.
const ASKED: u32 = 48;

/// An order of work, and the times and prices with which it is to be placed.
type Changed<'a> = (Order, Cow<'a, Urgency>);

/// What the first plans are made from.
pub(super) struct FirstPlans<'a> {
    pub problem: &'a Problem,
    pub lengths: &'a [i32],
    pub urgency: &'a Urgency,
    pub heads: &'a Heads,
}

/// What the trials found so far.
struct Found<'a> {
    /// How it is looked for.
    look: Look,
    /// The least value so far.
    least: Option<Cents>,
    best: Option<(Incumbent, Order)>,
    /// The plan that would be best if what is wrong with it could be put right.
    promising: Option<(Incumbent, Order)>,
    /// Whether anything was late, so that another look may find something else.
    has_pressed: bool,
    /// Hears each better value.
    hear: &'a mut dyn FnMut(Cents),
}

impl Found<'_> {
    /// Takes note of a plan; whether it is better than the best so far, and whether it promises more than any.
    fn add(&mut self, problem: &Problem, incumbent: &Incumbent, order: &Order) -> (bool, bool) {
        let counts = self.look.counts;
        let promise = incumbent.promise_at(problem, counts);
        let value = |incumbent: &Incumbent| incumbent.value_at(problem, counts);
        let known = self.best.as_ref().map(|row| value(&row.0));
        let is_better = known.is_none_or(|known| value(incumbent) < known);
        let promised = self.promising.as_ref().map(|row| row.0.promise_at(problem, counts));
        let promises = promised.is_none_or(|known| promise < known);
        if self.least.is_none_or(|least| incumbent.value < least) {
            self.least = Some(incumbent.value);
            (self.hear)(incumbent.value);
        }
        if is_better {
            self.best = Some((incumbent.clone(), order.clone()));
        }
        if promises {
            self.promising = Some((incumbent.clone(), order.clone()));
        }
        (is_better, promises)
    }
}

impl FirstPlans<'_> {
    /// The best of several rules, then of another taste and of forward-backward passes from there, then of orders
    /// that hurry what is late and press what makes it late, looked for in several ways.
    ///
    /// With no patience at all nothing has a place. `hear` hears each better value.
    pub fn best(&self, patience: Patience<'_>, hear: &mut dyn FnMut(Cents)) -> Incumbent {
        let Patience { stop, enough, .. } = patience;
        let FirstPlans { problem, lengths, urgency, heads } = *self;
        let mut trial = Trial::new(problem);
        let mut found = Found {
            look: LOOKS[0],
            least: None,
            best: None,
            promising: None,
            has_pressed: false,
            hear,
        };
        let rules: [&dyn Fn() -> Vec<i64>; 3] = [
            &|| priorities::by_shot(problem, lengths, urgency),
            &|| priorities::latest_start(problem, lengths, urgency),
            &|| priorities::first_come(problem, &heads.start, urgency),
        ];
        let latest = priorities::latest_start(problem, lengths, urgency);
        let fixed_first = |mut keys: Vec<i64>| {
            priorities::put_fixed_first(problem, &latest, &mut keys);
            keys
        };
        for (place, keys) in rules.into_iter().enumerate() {
            let stop = if place == 0 { stop } else { enough };
            let order = Order { keys: fixed_first(keys()), taste: Taste::BALANCED };
            if self.try_order(&mut trial, order, stop, &mut found).is_none() {
                break;
            }
        }
        let mut is_better = None;
        if let Some((_, order)) = &found.best {
            let saving = Order { taste: Taste::SAVING, ..order.clone() };
            is_better = self.try_order(&mut trial, saving, enough, &mut found);
        }
        for _ in 0..2 {
            let (Some((incumbent, order)), Some(_)) = (&found.best, is_better) else { break };
            let keys = priorities::justified(problem, lengths, urgency, &incumbent.schedule);
            let keys = fixed_first(keys);
            let order = Order { keys, taste: order.taste };
            is_better = self.try_order(&mut trial, order, enough, &mut found);
            if is_better == Some(false) {
                break;
            }
        }
        if is_better.is_some() {
            let mut trials = [trial.clone(), trial];
            self.hurry(&mut trials, enough, &mut found);
            return self.looked_for(&mut trials, patience, &mut found);
        }
        found.best.map_or_else(|| nothing_placed(problem), |(incumbent, _)| incumbent)
    }

    /// What each look finds from the same plans on; of several plans the one that promises most after a pass.
    fn looked_for(
        &self,
        trials: &mut [Trial; 2],
        patience: Patience<'_>,
        found: &mut Found<'_>,
    ) -> Incumbent {
        let Patience { enough, mended, looked, .. } = patience;
        let problem = self.problem;
        let begin = (found.best.clone(), found.promising.clone());
        let mut plans: Vec<Incumbent> = Vec::new();
        for look in LOOKS.into_iter().take(patience.looks.max(1)) {
            if !plans.is_empty() {
                if looked() || !found.has_pressed {
                    break;
                }
                (found.best, found.promising) = begin.clone();
                found.look = look;
            }
            self.press_both_ways(trials, enough, found);
            self.mend(mended, found);
            plans.extend(found.best.as_ref().map(|(incumbent, _)| incumbent.clone()));
        }
        if plans.len() > 1 {
            plans.par_iter_mut().for_each(|plan| {
                unhurry_within(problem, plan, PASSES_TO_TELL, true, &mut || mended());
            });
        }
        let best = plans.into_iter().min_by_key(|plan| plan.value_at(problem, COUNTS_TO_TELL));
        best.unwrap_or_else(|| nothing_placed(problem))
    }

    /// A schedule from a plan of a similar problem: what still has its place keeps it; or, where that is
    /// far from what the plan was worth, its work in its order, if that is better.
    pub fn again(&self, before: Before<'_>, stop: Stop<'_>) -> Incumbent {
        let FirstPlans { problem, lengths, urgency, .. } = *self;
        let latest_start = priorities::latest_start_slots(problem, lengths, urgency);
        let schedule = keep(problem, before.plan, urgency, &latest_start, stop);
        let objective = Evaluator::default().evaluate(problem, &schedule);
        let kept = Incumbent { schedule, objective, value: objective.total(&problem.multipliers) };
        let is_near = kept.value.0 <= before.value.0.saturating_add(before.value.0 / 20);
        if is_near || !problem.earlier.is_empty() {
            return kept;
        }
        let mut keys: Vec<i64> = latest_start.iter().map(|&slot| i64::from(slot)).collect();
        let tasks = keys.len();
        for part in before.plan.assignments.iter().filter(|part| part.task.index() < tasks).rev() {
            keys[part.task.index()] = i64::from(part.start().0);
        }
        let order = Order { keys, taste: Taste::BALANCED };
        let mut trial = Trial::new(problem);
        match trial.run(problem, urgency, &order, stop) {
            Some(value) if value < kept.value => trial.incumbent(),
            _ => kept,
        }
    }

    /// What breaks a date or finds no place is taken earlier next time, by little or by much.
    fn hurry(&self, trials: &mut [Trial; 2], stop: Stop<'_>, found: &mut Found<'_>) {
        let Some((incumbent, order)) = &found.best else { return };
        let from = (incumbent.schedule.clone(), order.clone());
        let problem = self.problem;
        let mut hurried = |schedule: &Schedule, order: &Order| {
            let orders = [1, 2].map(|times| {
                let keys = priorities::hurried(problem, schedule, &order.keys, times);
                let taste = Taste { asked: ASKED, ..order.taste };
                (Order { keys, taste }, Cow::Borrowed(self.urgency))
            });
            (orders[0].0.keys != order.keys).then_some(orders)
        };
        let rounds = (HURRIED_ORDERS, [HURRIED_IN_VAIN; 2]);
        self.in_rounds(trials, rounds, from, &mut hurried, stop, found);
    }

    /// Presses with overtime and, in shows that are not too large, also without any: who may work overtime is not to
    /// begin worse than who may not. Where a hard milestone is missed there is too little time, and without
    /// overtime there is less of it.
    fn press_both_ways(&self, trials: &mut [Trial; 2], stop: Stop<'_>, found: &mut Found<'_>) {
        let begin = found.promising.clone();
        let has_hard = self.problem.targets.iter().any(|target| target.hard);
        let is_broken =
            |(incumbent, _): &(Incumbent, Order)| incumbent.objective.broken_rules > Cents::ZERO;
        let is_missed = has_hard && found.best.as_ref().is_some_and(is_broken);
        self.press(trials, PRESSED_OVERTIME, stop, found);
        let is_used = self.problem.overtime.anybody_may();
        if !is_used || is_missed || self.problem.jobs.len() > MOST_PRESSED_TWICE {
            return;
        }
        let with = std::mem::replace(&mut found.promising, begin);
        self.press(trials, 0, stop, found);
        let counts = found.look.counts;
        let promise = |row: &Option<(Incumbent, Order)>| {
            row.as_ref().map(|(incumbent, _)| incumbent.promise_at(self.problem, counts))
        };
        if promise(&with) <= promise(&found.promising) {
            found.promising = with;
        }
    }

    /// Where a plan is late, time gets the price that it had there: for all work on the way to what is late, not
    /// only for the last of it; once as it is and once twice. So many minutes of overtime a day are taken where they
    /// are worth their pay. The orders begin with one that gives the busiest crew work early, if that helps.
    fn press(&self, trials: &mut [Trial; 2], overtime: u32, stop: Stop<'_>, found: &mut Found<'_>) {
        let Some((incumbent, order)) = &found.promising else { return };
        let (mut schedule, order) = (incumbent.schedule.clone(), order.clone());
        let problem = self.problem;
        let mut prices = pressure::prices(problem, &schedule);
        if prices.iter().all(|&price| price == 0) {
            return;
        }
        found.has_pressed = true;
        let Look { counts, times: price } = found.look;
        let taste = Taste { asked: ASKED, overtime, ..order.taste };
        let mut order = Order { taste, ..order };
        let urgency = pressure::pressed(self.urgency, &schedule, &prices, price);
        let keys = priorities::hurried(problem, &schedule, &order.keys, 1);
        let mut most = None;
        for days in FEEDING_DAYS {
            let orders = days.map(|days| {
                let keys = priorities::feeding_the_busiest(problem, self.lengths, &keys, days);
                (Order { keys, taste }, Cow::Borrowed(&urgency))
            });
            let Some(both) = self.try_both(trials, &orders, stop) else { return };
            for (incumbent, (order, _)) in both.iter().zip(&orders) {
                found.add(problem, incumbent, order);
            }
            let (second, promise, found) = the_more_promising(problem, counts, both, orders);
            if most.is_none_or(|most| promise < most) {
                most = Some(promise);
                (schedule, order) = found;
            }
            if !second {
                break;
            }
        }
        let mut pressed = |schedule: &Schedule, order: &Order| {
            let new = pressure::prices(problem, schedule);
            // Half of what a plan says is forgotten with each plan after it: what was relieved stays so.
            prices.iter_mut().zip(&new).for_each(|(known, new)| *known = (*known + new) / 2);
            let keys = priorities::hurried(problem, schedule, &order.keys, 1);
            let order = Order { keys, taste };
            new.iter().any(|&price| price > 0).then(|| {
                [price, 2 * price].map(|times| {
                    let urgency = pressure::pressed(self.urgency, schedule, &prices, times);
                    (order.clone(), Cow::Owned(urgency))
                })
            })
        };
        let rounds = (PRESSED_ORDERS, [PRESSED_WITHOUT_ANY, PRESSED_IN_VAIN]);
        self.in_rounds(trials, rounds, (schedule, order), &mut pressed, stop, found);
    }

    /// Puts right what is wrong with the plan that promises most, if it would be the best then.
    fn mend(&self, stop: Stop<'_>, found: &mut Found<'_>) {
        let (Some((best, _)), Some((incumbent, order))) = (&found.best, &found.promising) else {
            return;
        };
        let counts = found.look.counts;
        if incumbent.promise_at(self.problem, counts) >= best.value_at(self.problem, counts) {
            return;
        }
        let FirstPlans { problem, lengths, urgency, .. } = *self;
        let links = Links::new(problem);
        let latest_start = &priorities::latest_start_slots(problem, lengths, urgency);
        let setting = Setting { problem, links: &links, urgency, latest_start };
        let mended = mend(setting, &incumbent.schedule, MENDING_STEPS, stop);
        let order = order.clone();
        found.add(problem, &mended, &order);
    }

    /// Tries two orders a round, made from the one of the round before that promises more; where sites have clocks of
    /// their own, the first judges ends as those see them who go on, the second as they are. Ends after `most` rounds,
    /// when so many of them in a row brought nothing (before and after the first that brought something), or when
    /// there is nothing left to `change`.
    fn in_rounds<'u>(
        &self,
        trials: &mut [Trial; 2],
        (most, in_vain): (usize, [u32; 2]),
        (mut schedule, mut order): (Schedule, Order),
        change: &mut dyn FnMut(&Schedule, &Order) -> Option<[Changed<'u>; 2]>,
        stop: Stop<'_>,
        found: &mut Found<'_>,
    ) {
        let (mut brought_nothing, mut has_gained) = (0, false);
        for _ in 0..most {
            let Some(mut orders) = change(&schedule, &order) else { break };
            if !self.problem.one_clock {
                let both = orders.iter_mut().zip([true, false]);
                both.for_each(|((order, _), onward)| order.taste.onward = onward);
            }
            let Some(both) = self.try_both(trials, &orders, stop) else { break };
            brought_nothing += 1;
            for (incumbent, (order, _)) in both.iter().zip(&orders) {
                let (is_better, promises) = found.add(self.problem, incumbent, order);
                if is_better || promises {
                    (brought_nothing, has_gained) = (0, true);
                }
            }
            let counts = found.look.counts;
            (_, _, (schedule, order)) = the_more_promising(self.problem, counts, both, orders);
            if brought_nothing >= in_vain[usize::from(has_gained)] {
                break;
            }
        }
    }

    /// What comes of two orders side by side; nothing if they were stopped.
    fn try_both(
        &self,
        trials: &mut [Trial; 2],
        orders: &[Changed<'_>; 2],
        stop: Stop<'_>,
    ) -> Option<[Incumbent; 2]> {
        let run = |(trial, (order, urgency)): (&mut Trial, &Changed<'_>)| {
            trial.run(self.problem, urgency, order, stop)
        };
        let values: Vec<_> = trials.par_iter_mut().zip(orders).map(run).collect();
        values.iter().all(Option::is_some).then(|| trials.each_ref().map(Trial::incumbent))
    }

    /// Tries an order; whether it is better than the best so far, `None` if it was stopped.
    fn try_order(
        &self,
        trial: &mut Trial,
        order: Order,
        stop: &dyn Fn() -> bool,
        found: &mut Found<'_>,
    ) -> Option<bool> {
        trial.run(self.problem, self.urgency, &order, stop)?;
        let (is_better, _) = found.add(self.problem, &trial.incumbent(), &order);
        Some(is_better)
    }
}

/// Of two plans the one that promises more: whether it is the second, what it promises, the plan and its order.
fn the_more_promising(
    problem: &Problem,
    counts: i64,
    both: [Incumbent; 2],
    orders: [Changed<'_>; 2],
) -> (bool, Cents, (Schedule, Order)) {
    let promises = both.each_ref().map(|incumbent| incumbent.promise_at(problem, counts));
    let second = promises[1] < promises[0];
    let ([first, other], [(its, _), (others, _)]) = (both, orders);
    let chosen = if second { (other.schedule, others) } else { (first.schedule, its) };
    (second, promises[usize::from(second)], chosen)
}

/// Plans by the usual latest times; where the plan leaves out work that few can do, also by times that know
/// when they go. The better one, with its times. The second is stopped as soon as any but the first plan is.
pub(super) fn in_time_for_crews<T>(
    problem: &Problem,
    lengths: &[i32],
    stop: Stop<'_>,
    enough: Stop<'_>,
    plan: &mut dyn FnMut(&Urgency, Stop<'_>) -> (Incumbent, T),
) -> ((Incumbent, T), Urgency) {
    let urgency = priorities::urgency(problem, lengths, false);
    let usual = plan(&urgency, stop);
    if enough() || !priorities::misses_crews(problem, &usual.0.schedule) {
        return (usual, urgency);
    }
    let sooner = priorities::urgency(problem, lengths, true);
    let in_time = plan(&sooner, enough);
    if in_time.0.value < usual.0.value { (in_time, sooner) } else { (usual, urgency) }
}

/// The best of the first plans, with the times it was made by.
pub(super) fn first_plan(problem: &Problem, lengths: &[i32]) -> (Incumbent, Urgency) {
    let heads = bounds::heads(problem);
    let mut plan = |urgency: &Urgency, _: Stop<'_>| {
        let first = FirstPlans { problem, lengths, urgency, heads: &heads };
        let never: Stop<'_> = &|| false;
        let patience =
            Patience { stop: never, enough: never, mended: never, looked: never, looks: 1 };
        (first.best(patience, &mut |_| {}), ())
    };
    let found = in_time_for_crews(problem, lengths, &|| false, &|| false, &mut plan);
    let ((best, ()), urgency) = found;
    (best, urgency)
}

/// The plan of somebody who was stopped before there was one.
fn nothing_placed(problem: &Problem) -> Incumbent {
    let mut schedule = Schedule::new(problem);
    schedule.list_unplaced(problem);
    let objective = Evaluator::default().evaluate(problem, &schedule);
    Incumbent { schedule, objective, value: objective.total(&problem.multipliers) }
}
