//! Cost against date: a handful of plans, none of which another beats in both.
//!
//! Each date that is asked for is bought by the weekly program and planned in detail with the milestone
//! hard at that date; what counts is when that plan ends and what it costs. Dates are asked for where
//! the curve is least known, two at a time: half-way between the two neighbours that lie farthest apart. The first two
//! are the plan as it is and, without purchases too, that with the earliest date there is.

use super::beside::share;
use super::crew_for::{purchases, settings};
use super::futures::side_by_side;
use super::incentives::grants;
use super::tried::unless_stopped;
use super::{Bill, Goal, Options, Tried, Trouble};
use crate::model::*;
use crate::scenario::{Change, apply};
use crate::solve::Watch;
use crate::solve::levers::{Asking, Bought, cheapest_from};
use jiff::civil::Date;

/// How far the room of each chain of work is shared among its tasks; see [`Asking::windows`]. In the
/// middle of the way purchases come nearest to what the detailed plan needs.
const SHARED: f64 = 0.5;
/// Dates that are asked for at the same time, on any number of threads.
const AT_ONCE: usize = 2;

/// One plan.
#[derive(Clone, Debug)]
pub struct Point {
    /// The date that was asked for; `None` for the plan as it is.
    pub asked: Option<Date>,
    /// When the work ends.
    pub finish: Date,
    /// What is bought.
    pub bought: Bought,
    /// Cost beyond the plan as it is.
    pub bill: Bill,
    /// How far the weekly program's cost of what is bought may be from the best there, as a share of it; `None`
    /// where it was not asked.
    pub gap: Option<f64>,
    /// What holds with some confidence, where that was asked for.
    pub sure: Option<Sure>,
}

/// What holds of a plan with some confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sure {
    /// The work ends by this day; `None` when some of it has no place.
    pub finish: Option<Date>,
    /// The final cost is at most so much, with what the plan costs beside.
    pub final_cost: Cents,
}

/// Says what holds of a plan that costs so much beside.
pub type Look<'a> = &'a (dyn Fn(&Tried, Cents) -> Option<Sure> + Sync);

/// Plans from the latest and cheapest to the earliest and dearest.
#[derive(Clone, Debug)]
pub struct Tradeoff {
    /// What the production costs as it is.
    pub base_efc: Cents,
    /// The date that nothing can beat, whoever is hired on the terms there are.
    pub earliest: Option<Date>,
    /// The plans, earliest first; each costs less than the one before.
    pub points: Vec<Point>,
    /// Plans that were made.
    pub tries: usize,
    /// Plans left out because another is no later and no dearer.
    pub dominated: usize,
}

/// Cost against the date of a milestone, from at most so many plans. `look` says what holds of each.
///
/// # Errors
/// When a plan does not pass the independent check, or the search was stopped before the first. Stopped later, it gives
/// what was found until then.
pub fn tradeoff(
    production: &Production,
    milestone: MilestoneId,
    most: usize,
    options: &Options,
    look: Look,
    watch: &dyn Watch,
) -> Result<Tradeoff, Trouble> {
    let goal = Goal::of(production, milestone);
    let asking = Asking::unplanned(production, options.mode);
    let earliest = asking.earliest(&goal.wanted);
    let hard = |date| Change::MoveDate { milestone, date, hard: true };
    let beside = share(options, AT_ONCE);
    // The plan as it is and, without purchases too, that with the date before all else.
    let first = earliest.filter(|_| goal.is_open());
    let changed = first.map(|date| apply(production, &[hard(date)]));
    let unbought = [Some(production), changed.as_ref()].into_iter().flatten().collect::<Vec<_>>();
    let how = if changed.is_some() { &beside } else { options };
    let each = |number: usize, _: usize| Tried::unproven(unbought[number].clone(), how, watch);
    let made = side_by_side(unbought.len(), options.threads, &|| watch.stop(), &each);
    let mut made = made.into_iter();
    let base = made.next().flatten().unwrap_or(Err(Trouble::Stopped))?;
    let hurried = made.next().flatten().map_or(Ok(None), unless_stopped)?;

    let asking = asking.beside(&base.solved.plan).with_incentives(grants(&base));
    let mut found =
        Tradeoff { base_efc: base.efc(), earliest, points: Vec::new(), tries: 1, dominated: 0 };
    let end = base.finish(&goal);
    let point = |tried: &Tried, date: Date, bought: Bought, gap: Option<f64>| {
        let bill = Bill::of(&base, tried, &bought, Date::MAX);
        let finish = tried.finish(&goal)?;
        let sure = look(tried, base.efc() + bill.total() - tried.efc());
        Some(Point { asked: Some(date), finish, bought, bill, gap, sure })
    };
    let mut all: Vec<Point> = Vec::new();
    let as_it_is = |finish| Point {
        asked: None,
        finish,
        bought: Bought::default(),
        bill: Bill::default(),
        gap: None,
        sure: look(&base, Cents::ZERO),
    };
    all.extend(end.map(as_it_is));
    let Some(first) = first else {
        found.points = all;
        return Ok(found);
    };
    let last = end.unwrap_or(production.timeline().last());
    // Dates asked for, with the plan that came of each.
    let mut asked: Vec<(Date, Option<usize>)> = vec![(last, (!all.is_empty()).then_some(0))];
    let mut unbought = None;
    if let Some(hurried) = hurried {
        found.tries += 1;
        let point = point(&hurried, first, Bought::default(), None);
        unbought = point.is_some().then_some(all.len());
        all.extend(point);
    }
    let make = |date: Date| -> Result<Made, Trouble> {
        let question = asking.question(&goal.wanted, date, SHARED);
        let settings = settings(production);
        let Ok(mix) = cheapest_from(&question, &mut None, &settings, &|| watch.stop()) else {
            return Ok(Made::NoMix);
        };
        let bought = Bought::of(&asking, &question, &mix, &goal.wanted, (date, SHARED));
        if date == first && bought.is_like(&Bought::default()) {
            return Ok(Made::Known);
        }
        let mut made = purchases(production, &bought);
        made.push(hard(date));
        let tried = Tried::unproven(apply(production, &made), &beside, watch)?;
        Ok(Made::Plan(point(&tried, date, bought, Some(mix.gap())).map(Box::new)))
    };
    // With purchases the same date, and one between it and the plan as it is.
    let most = most.max(3);
    let between = widest(
        production,
        &goal,
        &[(first, unbought), asked[0]],
        &all,
        (AT_ONCE - 1).min(most.saturating_sub(found.tries + 1)),
    );
    let mut wave: Vec<Date> = std::iter::once(first).chain(between).collect();
    while !wave.is_empty() && !watch.stop() {
        let each = |number: usize, _: usize| make(wave[number]);
        let made = side_by_side(wave.len(), options.threads, &|| watch.stop(), &each);
        for (&date, made) in wave.iter().zip(made) {
            let Some(made) = made.map_or(Ok(None), unless_stopped)? else { continue };
            let at = match made {
                Made::NoMix => None,
                Made::Known => unbought,
                Made::Plan(point) => {
                    found.tries += 1;
                    let at = point.is_some().then_some(all.len());
                    all.extend(point.map(|point| *point));
                    at
                }
            };
            asked.push((date, at));
        }
        asked.sort_by_key(|row| row.0);
        let left = most.saturating_sub(found.tries);
        wave = widest(production, &goal, &asked, &all, left.min(AT_ONCE));
    }
    let tried = all.len();
    found.points = undominated(all);
    found.dominated = tried - found.points.len();
    Ok(found)
}

/// What came of a date.
enum Made {
    /// The weekly program could not be solved.
    NoMix,
    /// Nothing is bought: the plan is there.
    Known,
    /// A plan; `None` where some of the work has no place.
    Plan(Option<Box<Point>>),
}

/// Up to `most` dates, each half-way between the two neighbours that differ most, in days times money. A date that
/// is among them already counts as if it had cost the mean of its neighbours.
fn widest(
    production: &Production,
    goal: &Goal,
    asked: &[(Date, Option<usize>)],
    all: &[Point],
    most: usize,
) -> Vec<Date> {
    let cost = |at: Option<usize>| {
        at.and_then(|at| all.get(at)).map_or(0.0, |point| point.bill.total().0 as f64)
    };
    let mut known: Vec<(Date, f64)> = asked.iter().map(|&(date, at)| (date, cost(at))).collect();
    let mut dates = Vec::new();
    while dates.len() < most {
        let mut best: Option<(f64, usize, Date)> = None;
        for (place, pair) in known.windows(2).enumerate() {
            let days = goal.days_between(production, pair[0].0, pair[1].0);
            if days < 2 {
                continue;
            }
            let area = days as f64 * (1.0 + (pair[0].1 - pair[1].1).abs());
            if best.is_none_or(|(most, ..)| area > most) {
                best = Some((area, place + 1, goal.shifted(production, pair[0].0, days / 2)));
            }
        }
        let Some((_, place, date)) = best else { break };
        known.insert(place, (date, (known[place - 1].1 + known[place].1) / 2.0));
        dates.push(date);
    }
    dates
}

/// The earliest first; each later one has to cost less than all before.
fn undominated(mut all: Vec<Point>) -> Vec<Point> {
    let bought = |point: &Point| {
        let Bought { hires, moves, extensions, .. } = &point.bought;
        hires.len() + moves.len() + extensions.len()
    };
    all.sort_by_key(|point| (point.finish, point.bill.total(), bought(point)));
    let mut kept: Vec<Point> = Vec::new();
    for point in all {
        let is_less = kept.last().is_none_or(|before| point.bill.total() < before.bill.total());
        if is_less {
            kept.push(point);
        }
    }
    kept
}
