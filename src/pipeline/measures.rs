//! What is measured of every scenario.

use super::dates::{Earliest, Finishes};
use super::levers::bill;
use crate::compare::{Budgeted, Capped, Future, Tried, Without};
use crate::model::*;
use crate::result::{
    CashLow, ChurnRow, HardBudgetRow, Measures, PeakCrew, ProspectRow, ScenarioAccount,
    ScenarioMilestone,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// All of it, beside the plan of the production as it is.
pub(super) fn measures(base: &Tried, future: &Future) -> Measures {
    let tried = &future.tried;
    let budgeted = future.budgeted.as_ref();
    let production = &tried.production;
    let solved = &tried.solved;
    let forecast = &tried.forecast;
    let finishes = Finishes::of(production, &solved.plan);
    let milestones = milestones(tried);
    let (_, items) = finishes.late(&Earliest::default());
    let is_late = |row: &&ScenarioMilestone| row.days_late > 0;
    let broken = tried.verdict.broken.iter().map(|row| row.rule.clone());
    let objective = solved.objective.total(&production.settings.multipliers());
    let accounts = forecast.report.iter().filter(|row| row.efc() != Cents::ZERO || row.budgeted);
    let account = |row: &crate::forecast::ReportRow| {
        let about = row.account.map(|id| &production.accounts[id]);
        ScenarioAccount {
            account: about.map_or(String::new(), |about| about.code.clone()),
            description: about.map_or(String::new(), |about| about.name.clone()),
            revenue: row.revenue,
            budget: row.current_budget().0,
            efc: row.efc().0,
        }
    };
    let money_in = forecast.report.iter().filter(|row| row.revenue).map(|row| row.efc());
    Measures {
        finish: finishes.finish(),
        milestones_late: milestones.iter().filter(is_late).count() as u32,
        milestone_days_late: milestones.iter().map(|row| u64::from(row.days_late)).sum(),
        items_late: items.len() as u32,
        item_days_late: items.iter().map(|row| u64::from(row.days_late)).sum(),
        unplaced: solved.plan.left_out().count() as u32,
        broken_rules: broken.collect(),
        final_cost: (base.efc() + future.bill.total()).0,
        cost: bill(&future.bill),
        revenue: money_in.sum::<Cents>().0,
        budget: forecast.total.current_budget().0,
        accounts: accounts.map(account).collect(),
        cash_low: forecast
            .cash
            .lowest
            .and_then(|at| forecast.cash.weeks.get(at))
            .map(|week| CashLow { week: week.week, balance: week.balance.0 }),
        peak_crew: peak_crew(tried),
        overtime_minutes: solved.plan.overtime.iter().map(|row| i64::from(row.minutes)).sum(),
        churn: churn(base, tried),
        objective: objective.0,
        lower_bound: solved.lower_bound.0,
        bound_from: solved.bound_from.to_owned(),
        gap: match objective.0 {
            value if value > 0 => {
                Cents(value - solved.lower_bound.0).times(10_000, value).0.clamp(0, 10_000)
            }
            _ => 0,
        },
        steps: solved.steps,
        odds: None,
        hard_budgets: budgeted.map_or_else(Vec::new, |found| {
            found.caps.iter().map(|row| hard_budget(production, row)).collect()
        }),
        saved: budgeted.map_or_else(Vec::new, |found| saved(production, found)),
        prospects: future
            .without
            .iter()
            .map(|without| prospect(tried, without, future.bill.total() - future.bill.efc))
            .collect(),
        milestones,
    }
}

/// Dates of the milestones.
fn milestones(tried: &Tried) -> Vec<ScenarioMilestone> {
    let (production, solved) = (&tried.production, &tried.solved);
    let timeline = production.timeline();
    let finishes = Finishes::of(production, &solved.plan);
    let mut earliest = Earliest::default();
    for (id, slot) in production.milestones.ids().zip(&solved.earliest.milestones) {
        earliest.milestones.extend(slot.map(|slot| (id, timeline.finish_date(slot))));
    }
    let late = |slack: Option<i64>, unplaced: u32, due: Date| match slack {
        Some(slack) => (-slack).max(0) as u32,
        None if unplaced > 0 => {
            let days = crate::model::days_between(due, timeline.last());
            // Five working days in seven.
            (days.max(0) * 5 / 7) as u32
        }
        None => 0,
    };
    finishes
        .milestones(&earliest, |_| Vec::new())
        .into_iter()
        .map(|row| ScenarioMilestone {
            days_late: late(row.slack_days, row.unplaced, row.due),
            id: row.id,
            show: row.show,
            due: row.due,
            planned: row.planned,
            done: row.done,
            hard: row.hard,
            earliest_possible: row.earliest_possible,
        })
        .collect()
}

fn hard_budget(production: &Production, row: &Capped) -> HardBudgetRow {
    HardBudgetRow {
        cap: row.cap.name.clone(),
        accounts: row.cap.accounts(production),
        amount: row.cap.amount.0,
        planned: row.planned.0,
        avoidable: row.avoidable.0,
        cost: row.with_all_work.0,
        holds: row.holds(),
        missing: row.missing().0,
    }
}

/// What was done to keep hard budgets, in words.
fn saved(production: &Production, found: &Budgeted) -> Vec<String> {
    let saving = &found.whole;
    let gone = saving
        .releases
        .iter()
        .map(|(person, last)| format!("{} leaves after {last}", production.people[*person].code));
    let calm = saving.no_overtime.iter().map(|department| {
        format!("{} works no overtime", production.departments[*department].code)
    });
    gone.chain(calm).collect()
}

/// A scenario with and without a show that may not happen. `beside` is what it costs beyond its forecast.
fn prospect(with: &Tried, without: &Without, beside: Cents) -> ProspectRow {
    let show = &with.production.shows[without.show];
    let others = |tried: &Tried| -> u64 {
        let rows = milestones(tried).into_iter().filter(|row| row.show != show.code);
        rows.map(|row| u64::from(row.days_late)).sum()
    };
    let (cost, bare) = (with.efc() + beside, without.tried.efc() + beside);
    ProspectRow {
        show: show.code.clone(),
        probability: show.probability,
        final_cost_without: bare.0,
        expected_cost: (bare + (cost - bare).basis_points(show.probability)).0,
        finish_without: Finishes::of(&without.tried.production, &without.tried.solved.plan)
            .finish(),
        days_late_with: others(with),
        days_late_without: others(&without.tried),
    }
}

/// Most artists with work in one week.
fn peak_crew(tried: &Tried) -> PeakCrew {
    let timeline = tried.production.timeline();
    let mut weeks: Vec<BTreeSet<PersonId>> = vec![BTreeSet::new(); timeline.weeks() as usize];
    for part in &tried.solved.plan.assignments {
        let Worker::Person(person) = part.worker else { continue };
        let first = timeline.week(timeline.day_of_start(part.start()));
        let last = timeline.week(timeline.day_of_end(part.end()));
        for week in first..=last {
            if let Some(week) = weeks.get_mut(week as usize) {
                week.insert(person);
            }
        }
    }
    let most = weeks.iter().map(BTreeSet::len).max().unwrap_or(0);
    let week = weeks.iter().position(|week| week.len() == most && most > 0);
    PeakCrew { artists: most as u32, week: week.map(|week| timeline.monday(week as u32)) }
}

/// Where a task is in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub start: Slot,
    pub end: Slot,
    pub workers: BTreeSet<Worker>,
}

/// Where the tasks of a plan are.
pub(super) fn places(production: &Production, plan: &Plan) -> Keyed<TaskId, Option<Place>> {
    let mut places: Keyed<TaskId, Option<Place>> = Keyed::filled(None, production.tasks.len());
    for part in &plan.assignments {
        let (start, end) = (part.start(), part.end());
        let place =
            places[part.task].get_or_insert_with(|| Place { start, end, workers: BTreeSet::new() });
        place.start = place.start.min(start);
        place.end = place.end.max(end);
        place.workers.insert(part.worker);
    }
    places
}

fn churn(base: &Tried, tried: &Tried) -> ChurnRow {
    let before = places(&base.production, &base.solved.plan);
    let after = places(&tried.production, &tried.solved.plan);
    let (old, new) = (base.production.timeline(), tried.production.timeline());
    let mut churn = ChurnRow::default();
    for (id, after) in after.enumerate() {
        match (before.get(id).and_then(Option::as_ref), after) {
            (Some(was), Some(is)) => {
                churn.tasks += 1;
                churn.moved += u32::from(old.start_date(was.start) != new.start_date(is.start));
                churn.people_changed += u32::from(was.workers != is.workers);
            }
            (Some(_), None) => churn.gone += 1,
            (None, Some(_)) => churn.added += 1,
            (None, None) => {}
        }
    }
    churn
}
