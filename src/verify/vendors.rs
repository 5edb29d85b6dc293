//! Rule 8: a vendor does the whole task, in the vendor's time and within its capacity; nobody else's task goes
//! to one.

use super::case::{Case, Part};
use super::verdict::{Rule, Violation};
use crate::model::{Calendar, ChangeOrder, ChangeState, Class, TaskId, VendorId, Worker};
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for (task, row) in case.production.tasks.enumerate() {
        let parts = case.parts_of(task);
        if parts.is_empty() {
            continue;
        }
        let message = match row.vendor {
            Some(vendor) => of_vendor(case, task, vendor),
            None => parts.iter().find_map(|part| match part.worker {
                Worker::Vendor(vendor) => {
                    let vendor = &case.production.vendors[vendor].code;
                    Some(format!("is given to {vendor}, but no vendor was chosen for it"))
                }
                Worker::Person(_) => None,
            }),
        };
        if let Some(message) = message {
            found.push(case.on_task(Rule::Vendors, task, None, message));
        }
    }
    for (vendor, row) in case.production.vendors.enumerate() {
        let Some(most) = row.capacity_days_per_week else { continue };
        let bid_day = i128::from(case.production.bid_day_minutes().max(1));
        for (week, minutes) in by_week(case, vendor) {
            if minutes > i128::from(most.max(0)) * bid_day {
                let date = case.clock.date(week * 7);
                // Rounded up, so that a minute too many can be seen.
                let tenths = (minutes * 10 + bid_day - 1) / bid_day;
                let message = format!(
                    "has {}.{} bid days in the week of {date}; it can do {most}",
                    tenths / 10,
                    tenths % 10
                );
                let object = format!("vendor {}", row.code);
                found.push(Violation {
                    rule: Rule::Vendors,
                    task: None,
                    person: None,
                    object,
                    message,
                });
            }
        }
    }
}

/// The minutes of work that a vendor has in each week.
fn by_week(case: &Case<'_>, vendor: VendorId) -> BTreeMap<u32, i128> {
    let mut weeks: BTreeMap<u32, i128> = BTreeMap::new();
    let its = |part: &&Part<'_>| part.sound && part.worker == Worker::Vendor(vendor);
    for part in case.parts.iter().filter(its) {
        let days = case.show_days(case.show_of(part.task));
        let slots = part.segments.iter().flat_map(|run| run.start.0..run.end.0);
        let weeks_of_slots: Vec<u32> = slots
            .map(|slot| slot / case.clock.per_day)
            .filter(|&day| days.worked.get(day as usize) == Some(&true))
            .map(|day| case.clock.week(day))
            .collect();
        let work = i128::from(case.production.work_left(part.task).max(0));
        let (all, mut gone) = (weeks_of_slots.len() as i128, 0);
        for same in weeks_of_slots.chunk_by(|one, other| one == other) {
            let before = work * gone / all;
            gone += same.len() as i128;
            *weeks.entry(same[0]).or_default() += work * gone / all - before;
        }
    }
    weeks
}

/// The most working days in a week of a calendar.
fn fullest_week(calendar: &Calendar) -> i128 {
    let usual = |date: Date| calendar.workdays[date.weekday().to_monday_zero_offset() as usize];
    let special: BTreeMap<Date, bool> = calendar.exceptions.iter().copied().collect();
    let is_worked = |date: Date| special.get(&date).copied().unwrap_or_else(|| usual(date));
    let of_week = |date: &Date| {
        let place = i64::from(date.weekday().to_monday_zero_offset());
        let days = (0..7).filter_map(|day| {
            date.checked_add(jiff::Span::new().days(day - place)).ok().filter(|day| is_worked(*day))
        });
        days.count()
    };
    let any = calendar.workdays.iter().filter(|worked| **worked).count();
    special.keys().map(of_week).fold(any, usize::max) as i128
}

fn of_vendor(case: &Case<'_>, task: TaskId, vendor: VendorId) -> Option<String> {
    let row = case.production.vendors.get(vendor)?;
    let name = &row.code;
    let [part] = case.parts_of(task) else {
        return Some(format!("is in {} parts; {name} does it whole", case.parts_of(task).len()));
    };
    if part.worker != Worker::Vendor(vendor) {
        return Some(format!("is for {name}, but somebody else does it"));
    }
    if part.number != 0 {
        return Some(format!("has part {} only; {name} does it whole", part.number));
    }
    if !part.sound {
        return None;
    }
    let [run] = part.segments else {
        return Some(format!("is in {} runs; {name} does it in one", part.segments.len()));
    };
    let (start, end, clock) = (run.start.0, run.end.0, &case.clock);
    if let Some(cleared) = row.cleared_from
        && start < clock.start_of(cleared)
    {
        let date = clock.start_date(start);
        return Some(format!("begins on {date}; {name} is cleared from {cleared}"));
    }
    let days = case.show_days(case.show_of(task));
    let is_working = |slot: u32| days.worked.get((slot / clock.per_day) as usize) == Some(&true);
    for (slot, verb) in [(start, "begins"), (end - 1, "ends")] {
        if !is_working(slot) {
            let date = clock.start_date(slot);
            return Some(format!("{verb} on {date}, which is not a working day of the show"));
        }
    }
    let class = case.production.class_of(case.production.tasks[task].entity).unwrap_or(Class::B);
    let agreed = case.production.change_orders.iter().filter(|change| {
        let state = matches!(change.state, ChangeState::Approved | ChangeState::Absorbed);
        state && change.order.is_some()
    });
    let named = |change: &ChangeOrder| change.tasks.iter().filter(|own| **own == task).count();
    let added = agreed.map(|change| i128::from(change.days) * named(change) as i128).sum::<i128>();
    let mut takes = (i128::from(row.lead_days[class as usize].max(1)) + added).max(1);
    let mut reason = "";
    if let Some(most) = row.capacity_days_per_week {
        let production = case.production;
        let show = &production.shows[case.show_of(task)];
        let minutes = i128::from(most.max(0)) * i128::from(production.bid_day_minutes().max(1));
        let work = i128::from(production.work_left(task).max(0));
        let asked = work * fullest_week(&production.calendars[show.calendar]);
        if minutes * takes < asked {
            takes = asked / minutes.max(1) + i128::from(asked % minutes.max(1) > 0);
            reason = ", as its capacity asks for";
        }
    }
    let has = days.slots_before(end, clock.per_day) - days.slots_before(start, clock.per_day);
    if i128::from(has) != takes * i128::from(clock.per_day) {
        let has = clock.days_words(has.max(0) as u128 * 10_000);
        return Some(format!("takes {has} working days; {name} takes {takes}{reason}"));
    }
    None
}
