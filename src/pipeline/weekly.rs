//! `weekly`: from a result to the page that a show producer gets each week.

use crate::result::*;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Milestones that are due within so many weeks are named, besides the late ones.
const SOON: i64 = 6;
/// Weeks that the load of departments is looked at, and that of work.
const LOAD: usize = 4;
const WORK: i64 = 2;
/// Rows of each list.
const ROWS: usize = 8;
const FULLEST: usize = 5;

/// What a show producer has to know in the week of the plan.
pub fn weekly(document: &Document) -> WeeklyReport {
    let info = &document.production;
    let head = &document.headline;
    let desk = document.desk.as_ref();
    let total = &document.cost.total;
    let has_budget = head.budget.is_some();
    WeeklyReport {
        heading: Heading {
            production: info.name.clone(),
            as_of: info.as_of,
            currency: info.currency.clone(),
            currency_decimals: info.currency_decimals,
            mode: info.mode.clone(),
            cut_short: false,
        },
        delivers: head.delivers,
        finish: head.finish,
        milestones: head.milestones,
        milestones_late: head.milestones_late,
        dates: dates(document),
        weeks: (0..WORK).map(|week| work(document, monday(info.as_of, week))).collect(),
        departments: loads(document),
        budget: head.budget,
        to_date: total.actual + total.accrued,
        efc: head.efc,
        variance: head.variance,
        movement: total.movement,
        over: if has_budget { over(document) } else { Vec::new() },
        contingency: desk.and_then(|desk| desk.contingency.clone()),
        unapproved_spent: desk.map_or(0, |desk| desk.margin.unapproved_spent),
        vendors_unapproved: desk.map_or(0, |desk| {
            desk.vendors.iter().fold(0, |sum, row| i64::saturating_add(sum, row.unapproved))
        }),
        cost_index: desk.and_then(|desk| desk.earned.as_ref()?.cost_index),
        time_index: desk.and_then(|desk| desk.earned.as_ref()?.time_index),
        margin: desk.map(|desk| &desk.margin).filter(|row| row.revenue != 0).map(|row| row.margin),
        lowest_week: desk.and_then(|desk| desk.cash.lowest_week),
        lowest: desk.filter(|desk| desk.cash.lowest_week.is_some()).map(|desk| desk.cash.lowest),
        conflicts: document.conflicts.iter().take(FULLEST).map(conflict).collect(),
    }
}

/// The Monday so many weeks after that of a day.
fn monday(day: Date, weeks: i64) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_add((7 * weeks - since).days())
}

fn dates(document: &Document) -> Vec<WeeklyDate> {
    let until = document.production.as_of.saturating_add((7 * SOON).days());
    let is_late = |row: &MilestoneRow| row.slack_days.is_none_or(|days| days < 0);
    let mut rows: Vec<&MilestoneRow> = document
        .milestones
        .iter()
        .filter(|row| !row.done && (row.due <= until || is_late(row)))
        .collect();
    rows.sort_by_key(|row| (row.due, row.id.clone()));
    let row = |row: &&MilestoneRow| WeeklyDate {
        name: row.name.clone(),
        due: row.due,
        planned: row.planned,
        slack_days: row.slack_days,
        open_items: row.open_items,
    };
    rows.iter().take(ROWS).map(row).collect()
}

fn work(document: &Document, monday: Date) -> WeeklyWork {
    let sunday = monday.saturating_add(6.days());
    let is_in = |day: Date| monday <= day && day <= sunday;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let tasks = &document.tasks;
    // The last day of each shot and asset that has work left.
    let mut last: BTreeMap<&str, Option<Date>> = BTreeMap::new();
    for task in tasks {
        let end = last.entry(&task.entity).or_insert(task.end);
        *end = (*end).zip(task.end).map(|(a, b)| a.max(b));
    }
    let slots =
        |row: &AssignmentRow| row.start <= sunday && monday <= row.end && row.effort_minutes > 0;
    let artists: BTreeSet<&str> = document
        .assignments
        .iter()
        .filter(|row| slots(row))
        .filter_map(|row| row.artist.as_deref())
        .collect();
    let overtime = || document.overtime.iter().filter(|row| is_in(row.date));
    let extra: u64 = overtime().map(|row| u64::from(row.minutes)).sum();
    let off: u64 = overtime().filter(|row| row.day_off).map(|row| u64::from(row.minutes)).sum();
    let cash = document
        .desk
        .as_ref()
        .and_then(|desk| desk.cash.weeks.iter().find(|row| row.week == monday));
    WeeklyWork {
        week: monday,
        starts: number(tasks.iter().filter(|task| task.start.is_some_and(is_in)).count()),
        ends: number(tasks.iter().filter(|task| task.end.is_some_and(is_in)).count()),
        finals: number(last.values().filter(|end| end.is_some_and(is_in)).count()),
        due: number(
            document.production.entities.iter().filter(|row| row.due.is_some_and(is_in)).count(),
        ),
        artists: number(artists.len()),
        overtime_hours: (extra as f64 / 6.0).round() / 10.0,
        day_off_hours: (off as f64 / 6.0).round() / 10.0,
        paid: cash.map_or(0, |row| row.paid),
        received: cash.map_or(0, |row| row.receipts + row.incentives),
    }
}

fn loads(document: &Document) -> Vec<WeeklyLoad> {
    let from = monday(document.production.as_of, 0);
    let crew = &document.crew;
    let first = crew.weeks.iter().position(|week| *week >= from).unwrap_or(crew.weeks.len());
    let sum = |list: &[i64]| -> i64 { list.iter().skip(first).take(LOAD).sum() };
    let share = |part: i64, whole: i64| match whole {
        0 if part > 0 => 10_000,
        0 => 0,
        _ => i64::try_from(i128::from(part) * 10_000 / i128::from(whole)).unwrap_or(i64::MAX),
    };
    let names = &document.production.departments;
    let name = |id: &str| names.iter().find(|row| row.id == id).map(|row| row.name.clone());
    let mut rows: Vec<WeeklyLoad> = crew
        .departments
        .iter()
        .filter(|row| sum(&row.demand) > 0 || sum(&row.booked) > 0)
        .map(|row| WeeklyLoad {
            department: name(&row.department).unwrap_or_else(|| row.department.clone()),
            booked: share(sum(&row.booked), sum(&row.capacity)),
            asked: share(sum(&row.demand), sum(&row.capacity)),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.booked, row.asked)));
    rows.truncate(FULLEST);
    rows
}

fn over(document: &Document) -> Vec<WeeklyAccount> {
    let mut rows: Vec<&CostRow> =
        document.cost.report.iter().filter(|row| row.variance < 0).collect();
    if let Some(desk) = &document.desk {
        rows.retain(|row| !desk.revenue_accounts.contains(&row.account));
    }
    rows.sort_by_key(|row| (row.variance, row.account.clone()));
    let row = |row: &&CostRow| WeeklyAccount {
        account: row.account.clone(),
        description: row.description.clone(),
        efc: row.efc,
        variance: row.variance,
    };
    rows.iter().take(FULLEST).map(row).collect()
}

fn conflict(conflict: &Conflict) -> WeeklyConflict {
    let way = conflict.ways_out.iter().min_by_key(|way| (way.cost, way.days));
    WeeklyConflict {
        text: conflict.text.clone(),
        way_out: way.map(|way| way.text.clone()),
        days: way.map(|way| way.days),
        cost: way.map(|way| way.cost),
    }
}
