//! The odds: draws put together into what a producer asks.

use super::chances::{Cause, Chances, words};
use super::course::Course;
use super::criticality::{DepartmentRisk, TaskRisk, departments, tasks};
use super::figures::{Driver, Quantiles, Share, driver, quantile, share};
use super::mitigate::mitigated;
use super::replay::{Policy, hold_as_planned};
use super::samples::{Samples, Setting};
use super::stream::Stream;
use crate::forecast::{Forecast, Tally};
use crate::model::{Id, MilestoneId, Mode, Plan, Production, Slot, TaskId, Uncertainty};
use crate::solve::{Phase, Progress, Watch};
use jiff::civil::Date;

/// How many draws, and what of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Draws at most.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Threads; 0 = all cores.
    pub threads: usize,
    /// Who does the work when dates move.
    pub policy: Policy,
    /// Level for contingency and headlines, above 0 and below 1.
    pub confidence: f64,
    /// Stop as soon as every probability and every level of cost (as a share of it) is known within so much.
    pub precision: Option<f64>,
    /// Mode of the plan.
    pub mode: Mode,
    /// Milestone whose chain and causes are followed.
    pub target: MilestoneId,
}

/// Odds of a milestone.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneOdds {
    /// Which.
    pub milestone: MilestoneId,
    /// When the plan has it done; none when some of it has no place.
    pub planned: Option<Date>,
    /// Levels: probability, date, and half of its 95 % interval in days. Empty when some of it has no place.
    pub levels: Vec<(f64, Date, f64)>,
    /// On time.
    pub on_time: Share,
    /// Working days from the promised date to the one that holds with the confidence asked for; below 0 =
    /// to spare.
    pub contingency: i64,
    /// How often it is done by each day: day and share of the draws, for the curve.
    pub by_day: Vec<(Date, f64)>,
}

/// Odds of money.
#[derive(Clone, Debug, PartialEq)]
pub struct CostOdds {
    /// What the plan costs.
    pub planned: i64,
    /// Its spread.
    pub spread: Quantiles,
    /// The budget, where there is one, and the odds to stay inside it.
    pub budget: Option<(i64, Share)>,
    /// Money beyond the plan's final cost that holds with the confidence asked for.
    pub contingency: i64,
    /// The lowest cash of the plan, and its spread.
    pub planned_lowest: i64,
    /// See `planned_lowest`.
    pub lowest: Quantiles,
    /// Final cost and share of the draws that stay within it, for the curve.
    pub curve: Vec<(i64, f64)>,
}

/// A cause of spread.
#[derive(Clone, Debug, PartialEq)]
pub struct CauseOdds {
    /// In words.
    pub name: String,
    /// In the end of the target, in days.
    pub days: Driver,
    /// In the final cost, in minor units.
    pub money: Driver,
}

/// What a mitigation does.
#[derive(Clone, Debug, PartialEq)]
pub struct MitigationOdds {
    /// Its name.
    pub name: String,
    /// Its price.
    pub price: i64,
    /// Target on time before and after.
    pub on_time: (Share, Share),
    /// Date that holds with the confidence asked for, before and after.
    pub date: Option<(Date, Date)>,
    /// Mean final cost before, and after with its price.
    pub mean_cost: (f64, f64),
    /// Final cost that holds with the confidence asked for, before, and after with its price.
    pub cost: (i64, i64),
    /// Mean days earlier, and half of its 95 % interval.
    pub days: (f64, f64),
}

/// Shots finished by the end of a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FanWeek {
    /// Monday.
    pub week: Date,
    /// In the plan.
    pub planned: u32,
    /// P10, P50 and P90 over the draws.
    pub finals: [u32; 3],
}

/// All odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Odds {
    /// Draws made.
    pub draws: usize,
    /// By milestone with open work.
    pub milestones: Vec<MilestoneOdds>,
    /// All of them on time.
    pub all_on_time: Share,
    /// All of them on time and the cost inside the budget.
    pub all: Share,
    /// Money.
    pub cost: CostOdds,
    /// Causes, the largest first.
    pub causes: Vec<CauseOdds>,
    /// Tasks, the most critical first; those that never decide are left out.
    pub tasks: Vec<TaskRisk>,
    /// Departments, the most critical first.
    pub departments: Vec<DepartmentRisk>,
    /// Mitigations, in the order of the uncertainty.
    pub mitigations: Vec<MitigationOdds>,
    /// Weeks to the last in which anything is finished.
    pub fan: Vec<FanWeek>,
    /// Draws in which some work found no time before the last day that was looked at.
    pub beyond: usize,
    /// Tasks that a run without spread does not put where the plan has them.
    pub moved: Vec<TaskId>,
    /// It was stopped before the draws were done.
    pub interrupted: bool,
}

/// Draws between two looks at the precision.
const BETWEEN_LOOKS: u32 = 256;
/// Least draws before a precision is believed.
const LEAST_DRAWS: usize = 256;
/// Points of a curve.
const CURVE: usize = 60;

/// The odds of a plan that `verify` accepts. `None` when it was stopped before the first draw.
pub fn odds(
    production: &Production,
    plan: &Plan,
    forecast: &Forecast,
    uncertainty: &Uncertainty,
    options: &Options,
    watch: &dyn Watch,
) -> Option<Odds> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let work = || all(production, plan, forecast, uncertainty, options, watch);
    match pool {
        Ok(pool) => pool.install(work),
        // Without threads of its own it makes do with those there are.
        Err(_) => work(),
    }
}

fn all(
    production: &Production,
    plan: &Plan,
    forecast: &Forecast,
    uncertainty: &Uncertainty,
    options: &Options,
    watch: &dyn Watch,
) -> Option<Odds> {
    let stop = || watch.stop();
    let stream = Stream::new(options.seed, options.draws);
    let mut course = Course::new(production, plan, options.mode);
    let chances = Chances::new(production, &course, uncertainty, &[]);
    let drawn = chances.none(&course, stream);
    hold_as_planned(&mut course, &chances, &drawn);
    let timeline = course.problem.timeline.clone();
    let tally = Tally::new(production, plan, forecast, &timeline, &course.lanes);
    let setting = Setting {
        production,
        course: &course,
        tally: &tally,
        policy: options.policy,
        target: options.target.index(),
        weeks: timeline.weeks() as usize,
    };
    let base = Samples::of_plan(setting, &chances, stream);
    let make = |chances: &Chances, precise: Option<f64>, draws: u32| {
        let mut samples = Samples::default();
        let mut made = 0;
        while made < draws && !stop() {
            let to = (made + BETWEEN_LOOKS).min(draws);
            samples.append(Samples::make(setting, chances, stream, made, to, &stop));
            made = to;
            watch.progress(Progress {
                phase: Phase::Draws,
                steps: samples.draws as u64,
                used: f64::from(made) / f64::from(draws.max(1)),
                best: None,
                bound: None,
            });
            if precise.is_some_and(|within| is_precise(&course, &samples, within, options)) {
                break;
            }
        }
        samples
    };
    let samples = make(&chances, options.precision, options.draws);
    if samples.draws == 0 {
        return None;
    }
    let mut found = gather(production, forecast, &course, &samples, &base, options);
    found.causes = causes(production, uncertainty, &course, &chances, &samples, options);
    for mitigation in &uncertainty.mitigations {
        if stop() {
            break;
        }
        let (changed, tuned) = mitigated(uncertainty, mitigation);
        let other = Chances::new(production, &course, &changed, &tuned);
        let after = make(&other, None, samples.draws as u32);
        if after.draws == samples.draws {
            found.mitigations.push(compared(
                production,
                &course,
                (&samples, &after),
                (&mitigation.name, mitigation.cost.0),
                options,
            ));
        }
    }
    found.interrupted = stop();
    Some(found)
}

/// Whether every figure is known well enough.
fn is_precise(course: &Course, samples: &Samples, within: f64, options: &Options) -> bool {
    if samples.draws < LEAST_DRAWS {
        return false;
    }
    let by_milestone = (0..course.problem.targets.len()).all(|milestone| {
        let count = samples.ends_of(milestone).filter(|&end| is_on_time(course, milestone, end));
        share(count.count(), samples.draws).error <= within
    });
    let mut cost = samples.cost.clone();
    let spread = Quantiles::of(&mut cost, options.confidence);
    by_milestone
        && spread
            .levels
            .iter()
            .all(|&(_, value, error)| error <= within * value.abs().max(1) as f64)
}

fn is_on_time(course: &Course, milestone: usize, end: u32) -> bool {
    let target = &course.problem.targets[milestone];
    let due = target.due.day;
    end != u32::MAX && due != u32::MAX && course.problem.timeline.day_of_end(Slot(end)).0 <= due
}

/// Milestones with something open.
fn open(course: &Course) -> impl Iterator<Item = usize> + '_ {
    let targets = course.problem.targets.iter().enumerate();
    targets.filter(|(_, target)| !target.entities.is_empty()).map(|(at, _)| at)
}

fn gather(
    production: &Production,
    forecast: &Forecast,
    course: &Course,
    samples: &Samples,
    base: &Samples,
    options: &Options,
) -> Odds {
    let budget = forecast.total.budgeted.then(|| forecast.total.current_budget().0);
    let milestones: Vec<MilestoneOdds> = open(course)
        .map(|milestone| milestone_odds(production, course, samples, base, milestone, options))
        .collect();
    let mut on_time = vec![true; samples.draws];
    for milestone in open(course) {
        for (all, end) in on_time.iter_mut().zip(samples.ends_of(milestone)) {
            *all &= is_on_time(course, milestone, end);
        }
    }
    let inside = |cost: i64| budget.is_none_or(|budget| cost <= budget);
    let all = on_time.iter().zip(&samples.cost).filter(|(time, cost)| **time && inside(**cost));
    let all = share(all.count(), samples.draws);
    let all_on_time = share(on_time.iter().filter(|&&time| time).count(), samples.draws);
    let mut cost = samples.cost.clone();
    let spread = Quantiles::of(&mut cost, options.confidence);
    let planned = forecast.total.efc().0;
    let in_budget = cost.partition_point(|&cost| inside(cost));
    let budget = budget.map(|budget| (budget, share(in_budget, samples.draws)));
    let mut lowest = samples.lowest.clone();
    // The level of a low is what it does not fall below: 80 % are no lower than the "P80".
    lowest.iter_mut().for_each(|low| *low = low.saturating_neg());
    let mut low = Quantiles::of(&mut lowest, options.confidence);
    low.levels.iter_mut().for_each(|row| row.1 = row.1.saturating_neg());
    low.mean = -low.mean;
    let curve = (0..=CURVE).map(|step| {
        let place = (step * (cost.len() - 1)) / CURVE;
        (cost[place], (place + 1) as f64 / cost.len() as f64)
    });
    Odds {
        draws: samples.draws,
        milestones,
        all_on_time,
        all,
        cost: CostOdds {
            planned,
            contingency: spread.at(options.confidence) - planned,
            curve: curve.collect(),
            spread,
            budget,
            planned_lowest: base.lowest.first().copied().unwrap_or(0),
            lowest: low,
        },
        causes: Vec::new(),
        tasks: tasks(course, samples, options),
        departments: departments(course, samples),
        mitigations: Vec::new(),
        fan: fan(course, samples, base),
        beyond: samples.beyond,
        moved: course.moved.iter().map(|&task| TaskId::new(task as usize)).collect(),
        interrupted: false,
    }
}

fn day_of(course: &Course, end: i64) -> i64 {
    i64::from(course.problem.timeline.day_of_end(Slot(end as u32)).0)
}

fn milestone_odds(
    production: &Production,
    course: &Course,
    samples: &Samples,
    base: &Samples,
    milestone: usize,
    options: &Options,
) -> MilestoneOdds {
    let timeline = &course.problem.timeline;
    let target = &course.problem.targets[milestone];
    let date = |day: i64| timeline.date(crate::model::Day(day as u32));
    let planned = base.ends_of(milestone).next().filter(|&end| end != u32::MAX);
    let mut days: Vec<i64> = samples
        .ends_of(milestone)
        .filter(|&end| end != u32::MAX)
        .map(|end| day_of(course, i64::from(end)))
        .collect();
    let on_time = samples.ends_of(milestone).filter(|&end| is_on_time(course, milestone, end));
    let on_time = share(on_time.count(), samples.draws);
    let id = MilestoneId::new(milestone);
    if days.len() < samples.draws || days.is_empty() {
        return MilestoneOdds {
            milestone: id,
            planned: None,
            levels: Vec::new(),
            on_time,
            contingency: 0,
            by_day: Vec::new(),
        };
    }
    let spread = Quantiles::of(&mut days, options.confidence);
    let safe = spread.at(options.confidence);
    let calendar = &course.problem.calendars[target.calendar as usize];
    let due = target.due.day;
    let contingency = if due == u32::MAX || safe > i64::from(due) {
        i64::from(target.due.days_late(calendar, safe as u32))
    } else {
        -i64::from(calendar.days_after(safe as u32, due))
    };
    let by_day = (0..=CURVE).map(|step| {
        let place = (step * (days.len() - 1)) / CURVE;
        let end = days.partition_point(|&day| day <= days[place]);
        (date(days[place]), end as f64 / days.len() as f64)
    });
    let mut by_day: Vec<(Date, f64)> = by_day.collect();
    by_day.dedup_by_key(|point| point.0);
    debug_assert!(production.milestones.get(id).is_some());
    MilestoneOdds {
        milestone: id,
        planned: planned.map(|end| timeline.finish_date(Slot(end))),
        levels: spread.levels.iter().map(|row| (row.0, date(row.1), row.2)).collect(),
        on_time,
        contingency,
        by_day,
    }
}

fn fan(course: &Course, samples: &Samples, base: &Samples) -> Vec<FanWeek> {
    let timeline = &course.problem.timeline;
    let weeks = base.finals.len();
    if weeks == 0 {
        return Vec::new();
    }
    let mut rows = Vec::with_capacity(weeks);
    let mut sorted = Vec::with_capacity(samples.draws);
    for week in 0..weeks {
        sorted.clear();
        let own = samples.finals.iter().skip(week).step_by(weeks);
        sorted.extend(own.map(|&count| i64::from(count)));
        sorted.sort_unstable();
        let at = |level: f64| quantile(&sorted, level).0 as u32;
        rows.push(FanWeek {
            week: timeline.monday(week as u32),
            planned: u32::from(base.finals[week]),
            finals: [at(0.1), at(0.5), at(0.9)],
        });
    }
    // Weeks after the last change say nothing.
    while let [.., before, last] = rows.as_slice()
        && before.planned == last.planned
        && before.finals == last.finals
    {
        rows.pop();
    }
    rows
}

fn causes(
    production: &Production,
    uncertainty: &Uncertainty,
    course: &Course,
    chances: &Chances,
    samples: &Samples,
    options: &Options,
) -> Vec<CauseOdds> {
    let target = options.target.index();
    let slots = course.problem.slots;
    let ends: Vec<f64> = samples
        .ends_of(target)
        .map(|end| day_of(course, i64::from(end.min(slots))) as f64)
        .collect();
    let cost: Vec<f64> = samples.cost.iter().map(|&cost| cost as f64).collect();
    let mut rows: Vec<CauseOdds> = chances
        .causes
        .iter()
        .enumerate()
        .map(|(place, cause): (usize, &Cause)| {
            let values = samples.cause(place);
            CauseOdds {
                name: words(production, uncertainty, cause),
                days: driver(&values, &ends),
                money: driver(&values, &cost),
            }
        })
        .filter(|row| row.days.share > 0.0 || row.money.share > 0.0)
        .collect();
    // Independent causes cannot explain more than there is; what chance adds is taken off again.
    let within_one = |sum: f64| if sum > 1.0 { sum } else { 1.0 };
    let days = within_one(rows.iter().map(|row| row.days.share).sum());
    let money = within_one(rows.iter().map(|row| row.money.share).sum());
    for row in &mut rows {
        row.days.share /= days;
        row.money.share /= money;
    }
    rows.sort_by(|a, b| {
        let key = |row: &CauseOdds| row.days.share.max(row.money.share);
        key(b).total_cmp(&key(a)).then_with(|| a.name.cmp(&b.name))
    });
    rows
}

fn compared(
    production: &Production,
    course: &Course,
    (before, after): (&Samples, &Samples),
    (name, price): (&str, i64),
    options: &Options,
) -> MitigationOdds {
    let target = options.target.index();
    let on_time = |samples: &Samples| {
        let count = samples.ends_of(target).filter(|&end| is_on_time(course, target, end));
        share(count.count(), samples.draws)
    };
    let timeline = &course.problem.timeline;
    let days = |samples: &Samples| -> Option<Vec<i64>> {
        let days = samples.ends_of(target);
        days.map(|end| (end != u32::MAX).then(|| day_of(course, i64::from(end)))).collect()
    };
    let level = |mut values: Vec<i64>| {
        values.sort_unstable();
        quantile(&values, options.confidence).0
    };
    let (was, is) = (days(before), days(after));
    let date = |days: Vec<i64>| timeline.date(crate::model::Day(level(days) as u32));
    let earlier: Vec<i64> = match (&was, &is) {
        (Some(was), Some(is)) => was.iter().zip(is).map(|(was, is)| was - is).collect(),
        _ => Vec::new(),
    };
    let mut sorted = earlier;
    let spread = Quantiles::of(&mut sorted, options.confidence);
    let mean = |samples: &Samples| {
        samples.cost.iter().map(|&cost| cost as f64).sum::<f64>() / samples.draws.max(1) as f64
    };
    debug_assert!(!production.tasks.is_empty() || course.order.is_empty());
    MitigationOdds {
        name: name.to_owned(),
        price,
        on_time: (on_time(before), on_time(after)),
        date: was.zip(is).map(|(was, is)| (date(was), date(is))),
        mean_cost: (mean(before), mean(after) + price as f64),
        cost: (level(before.cost.clone()), level(after.cost.clone()).saturating_add(price)),
        days: (spread.mean, spread.mean_error),
    }
}
