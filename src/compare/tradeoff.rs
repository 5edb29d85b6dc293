//! Cost against date: a handful of plans, none of which another beats in both.
//!
//! Each date that is asked for is bought by the weekly program and planned in detail with the milestone
//! hard at that date; what counts is when that plan ends and what it costs. Dates are asked for where
//! the curve is least known, two at a time: half-way between the two neighbours that lie farthest apart. A plan that
//! another beats counts as that one there, since nobody would take it. The first two are the plan as it is and, without
//! purchases too, that with the earliest date there is.

use super::beside::{left, share};
use super::crew_for::{purchases, settings};
use super::futures::side_by_side;
use super::in_turn::in_turn;
use super::incentives::grants;
use super::tried::unless_stopped;
use super::{Bill, Goal, Options, Tried, Trouble};
use crate::model::*;
use crate::scenario::{Change, apply};
use crate::solve::Watch;
use crate::solve::levers::{Asking, Bought, cheapest_from};
use jiff::civil::Date;
use std::time::Instant;

/// How far the room of each chain of work is shared among its tasks; see [`Asking::windows`]. In the
/// middle of the way purchases come nearest to what the detailed plan needs.
const SHARED: f64 = 0.5;
/// Plans that are made at the same time.
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
    let as_it_is = end.map(|finish| Point {
        asked: None,
        finish,
        bought: Bought::default(),
        bill: Bill::default(),
        gap: None,
        sure: look(&base, Cents::ZERO),
    });
    let Some(first) = first else {
        found.points = as_it_is.into_iter().collect();
        return Ok(found);
    };
    found.tries += usize::from(hurried.is_some());
    let hurried = hurried.and_then(|tried| point(&tried, first, Bought::default(), None));
    let last = end.unwrap_or(production.timeline().last());
    let make = |&date: &Date| -> Result<Made, Trouble> {
        let begun = Instant::now();
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
        let tried = Tried::unproven(apply(production, &made), &left(&beside, begun), watch)?;
        Ok(Made::Plan(point(&tried, date, bought, Some(mix.gap())).map(Box::new)))
    };
    // With purchases the first date once more, and then dates between it and the plan as it is.
    let most = most.max(3) - found.tries;
    let choose = |dates: &[Date], made: &[Result<Made, Trouble>]| {
        let is_plan = |made: &&Result<Made, Trouble>| matches!(made, Ok(Made::Plan(_)));
        let tries = dates.len() - made.iter().filter(|made| !is_plan(made)).count();
        if tries >= most || made.iter().any(Result::is_err) {
            return None;
        }
        if dates.is_empty() {
            return Some(first);
        }
        let known = dates.iter().zip(made).map(|(&date, made)| match made {
            Ok(Made::Plan(point)) => (date, point.as_deref()),
            Ok(Made::Known) => (date, hurried.as_ref()),
            _ => (date, None),
        });
        let unbought = made.is_empty().then_some((first, hurried.as_ref()));
        let known = known.chain(unbought).chain([(last, as_it_is.as_ref())]);
        let begun = dates.get(made.len()).filter(|&&date| date != first);
        widest(production, &goal, &known.collect::<Vec<_>>(), begun.copied())
    };
    let made = in_turn(options.threads, &|| watch.stop(), choose, make);
    let mut all: Vec<Point> = as_it_is.iter().chain(&hurried).cloned().collect();
    for made in made {
        if let Some(Made::Plan(point)) = unless_stopped(made)? {
            found.tries += 1;
            all.extend(point.map(|point| *point));
        }
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

/// The date half-way between the two neighbours that differ most, in days times money. A date costs what the cheapest
/// plan does that is no later than its own; one whose plan has only been begun, the mean of its neighbours.
fn widest(
    production: &Production,
    goal: &Goal,
    known: &[(Date, Option<&Point>)],
    begun: Option<Date>,
) -> Option<Date> {
    let points = || known.iter().filter_map(|row| row.1);
    let cost = |own: &Point| {
        let no_later = points().filter(|point| point.finish <= own.finish);
        no_later.map(|point| point.bill.total()).min().map_or(0.0, |cost| cost.0 as f64)
    };
    let mut rows: Vec<(Date, f64)> =
        known.iter().map(|&(date, point)| (date, point.map_or(0.0, cost))).collect();
    rows.sort_by_key(|row| row.0);
    if let Some(date) = begun {
        let place = rows.partition_point(|row| row.0 < date).clamp(1, rows.len() - 1);
        rows.insert(place, (date, (rows[place - 1].1 + rows[place].1) / 2.0));
    }
    let mut widest: Option<(f64, Date)> = None;
    for pair in rows.windows(2) {
        let days = goal.days_between(production, pair[0].0, pair[1].0);
        if days < 2 {
            continue;
        }
        let area = days as f64 * (1.0 + (pair[0].1 - pair[1].1).abs());
        if widest.is_none_or(|(most, _)| area > most) {
            widest = Some((area, goal.shifted(production, pair[0].0, days / 2)));
        }
    }
    widest.map(|(_, date)| date)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Archetype, Recipe, Tightness};
    use jiff::civil::date;

    #[test]
    fn what_another_plan_beats_is_no_reason_to_ask_near_it() {
        let recipe = Recipe {
            archetype: Archetype::Commercial,
            seed: 1,
            tightness: Tightness::Tight,
            as_of_percent: 0,
            dirt: false,
        };
        let production = crate::generate::production(&recipe);
        let milestone = production.milestones.ids().next().expect("a delivery");
        let goal = Goal::of(&production, milestone);
        let point = |finish: Date, cost: i64| Point {
            asked: None,
            finish,
            bought: Bought::default(),
            bill: Bill { unused: Cents(cost), ..Bill::default() },
            gap: None,
            sure: None,
        };
        // Asked for the 8th it was ready on the 24th at 90, asked for the 15th on the 22nd at 10.
        let (early, beaten) = (point(date(2027, 3, 19), 100), point(date(2027, 3, 24), 90));
        let (late, last) = (point(date(2027, 3, 22), 10), point(date(2027, 3, 31), 0));
        let mut known = [
            (date(2027, 3, 1), Some(&early)),
            (date(2027, 3, 8), Some(&beaten)),
            (date(2027, 3, 15), Some(&late)),
            (date(2027, 3, 31), Some(&last)),
        ];
        let asked = widest(&production, &goal, &known, None).expect("a date");
        assert!(asked < date(2027, 3, 8), "{asked}");
        // Were nothing better there, its cost would lie between.
        let alone = point(date(2027, 3, 20), 90);
        known[1].1 = Some(&alone);
        let asked = widest(&production, &goal, &known, None).expect("a date");
        assert!(date(2027, 3, 8) < asked && asked < date(2027, 3, 15), "{asked}");
        // While that is asked, its halves are as far apart as half of it.
        let next = widest(&production, &goal, &known, Some(asked)).expect("a date");
        assert!(next != asked, "{next}");
    }
}
