//! V16, V17, V18, V20, V21, V22, V23 and V31: bids, logged time, and what the tracker says.

use super::facts::Facts;
use super::words::{self, count, days, some_of};
use crate::model::{Calendar, Entity, Issue, Keyed, Source, Status, TaskId};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// V16: no bid, or a bid of nothing.
pub(super) fn no_bid(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for (id, task) in p.tasks.enumerate() {
        let omitted = task.status == Status::Omit || p.is_omitted(task.entity);
        if omitted || (task.bid > 0 && !task.bid_assumed) {
            continue;
        }
        let department = &p.departments[task.department].code;
        let message = if task.bid_assumed {
            let assumed = days(task.bid, p.bid_day_minutes());
            format!("no bid; {assumed} are assumed, the usual for {department}")
        } else {
            "its bid is 0".to_owned()
        };
        let issue = Issue::warning("V16", words::task(p, id), message)
            .field("bid")
            .help(format!("ask {department} for a bid"));
        issues.push(facts.at(issue, task.source));
    }
}

/// Fewer bids than this have no median worth comparing with.
const FEW_BIDS: usize = 8;

/// V17: a bid more than three times or less than a third of the median of its department and class
/// in the show.
pub(super) fn odd_bid(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let key = |id: TaskId| {
        let task = &p.tasks[id];
        (p.show_of(task.entity), task.department, p.class_of(task.entity))
    };
    let counts = |id: TaskId| {
        let task = &p.tasks[id];
        task.bid > 0 && !task.bid_assumed && task.status != Status::Omit
    };
    let mut bids: HashMap<_, Vec<i64>> = HashMap::new();
    for id in p.tasks.ids().filter(|id| counts(*id)) {
        bids.entry(key(id)).or_default().push(p.tasks[id].bid);
    }
    for bids in bids.values_mut() {
        bids.sort_unstable();
    }
    for id in p.tasks.ids().filter(|id| counts(*id) && p.is_open(*id)) {
        let Some(bids) = bids.get(&key(id)).filter(|bids| bids.len() >= FEW_BIDS) else { continue };
        let (task, median) = (&p.tasks[id], bids[bids.len() / 2]);
        let side = match task.bid {
            bid if bid > median.saturating_mul(3) => "more than three times",
            bid if bid.saturating_mul(3) < median => "less than a third of",
            _ => continue,
        };
        let day = p.bid_day_minutes();
        let class =
            p.class_of(task.entity).map_or(String::new(), |class| format!(" class {class:?}"));
        let message = format!(
            "bid {}, {side} the median {} of {} bids of {}{class}",
            days(task.bid, day),
            days(median, day),
            bids.len(),
            p.departments[task.department].code
        );
        let issue = Issue::warning("V17", words::task(p, id), message)
            .field("bid")
            .value(days(task.bid, day))
            .help("check the unit (days or hours), the class, and the bid");
        issues.push(facts.at(issue, task.source));
    }
}

/// Longer than this for one artist is named, in days.
const LONG: i64 = 12;

/// V18: much work for one artist.
pub(super) fn long_task(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let day = p.bid_day_minutes();
    for (id, task) in p.tasks.enumerate() {
        let left = p.work_left(id);
        if left <= LONG * day || task.max_parallel > 1 || task.vendor.is_some() {
            continue;
        }
        let parts = left / (LONG * day) + i64::from(left % (LONG * day) > 0);
        let message = format!("{} of work are left for one artist", days(left, day));
        let issue = Issue::warning("V18", words::task(p, id), message)
            .field("max_parallel")
            .value("1")
            .help(format!("split it into {parts} tasks, or set max_parallel to {parts}"));
        issues.push(facts.at(issue, task.source));
    }
}

/// V20: more than 120 % of the estimate logged.
pub(super) fn overspent(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for (id, task) in p.tasks.enumerate() {
        if task.estimate <= 0 || !p.is_open(id) || task.logged * 100 <= task.estimate * 120 {
            continue;
        }
        let day = p.bid_day_minutes();
        let message = format!(
            "{} logged of an estimate of {} ({} %), and it is {}",
            days(task.logged, day),
            days(task.estimate, day),
            task.logged * 100 / task.estimate,
            task.status.word()
        );
        let issue = Issue::warning("V20", words::task(p, id), message)
            .field("logged")
            .value(days(task.logged, day))
            .help("ask what is left and write it as `remaining`, or set the status");
        issues.push(facts.at(issue, task.source));
    }
}

/// In work without a trace for so many working days is stale.
const STALE: u32 = 5;

/// V21: in work, but nobody logged or changed anything for five working days.
///
/// Where a production has neither time logs nor updates there is nothing to judge by.
pub(super) fn stale(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let as_of = p.settings.as_of;
    let mut last: Keyed<TaskId, Option<Date>> = p.tasks.iter().map(|task| task.updated).collect();
    for log in &p.time_logs {
        last[log.task] = last[log.task].max(Some(log.date));
    }
    if last.iter().all(Option::is_none) {
        return;
    }
    for (id, task) in p.tasks.enumerate() {
        if task.status != Status::Wip || !p.is_open(id) {
            continue;
        }
        let calendar = &p.calendars[p.shows[p.show_of(task.entity)].calendar];
        let message = match last[id] {
            Some(day) if worked_between(calendar, day, as_of) < STALE => continue,
            Some(day) => format!("in work, but no time and no update since {day}"),
            None => "in work, but no time and no update at all".to_owned(),
        };
        let issue = Issue::warning("V21", words::task(p, id), message)
            .field("status")
            .value(task.status.word())
            .help("ask whether it is worked on, and set the status or log the time");
        issues.push(facts.at(issue, task.source));
    }
}

/// Working days after `from` and before `to`, counted no further than needed.
fn worked_between(calendar: &Calendar, from: Date, to: Date) -> u32 {
    let (mut day, mut worked) = (from, 0);
    // Two months without a single working day are a closed studio, not a stale task.
    for _ in 0..60 {
        day = day.tomorrow().unwrap_or(to);
        if day >= to || worked >= STALE {
            break;
        }
        worked += u32::from(calendar.is_worked(day));
    }
    worked
}

/// V22: time logged by somebody who was not booked on the show that day.
pub(super) fn unbooked_time(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut unbooked: BTreeMap<_, (usize, i64, Date, Source)> = BTreeMap::new();
    for log in &p.time_logs {
        let show = p.show_of(p.tasks[log.task].entity);
        let bookings = &p.people[log.person].bookings;
        let booked =
            bookings.iter().any(|b| b.show == show && b.from <= log.date && log.date <= b.to);
        if bookings.is_empty() || booked {
            continue; // without bookings a person may work on any show
        }
        let found = unbooked.entry((log.person, show)).or_insert((0, 0, log.date, log.source));
        found.0 += 1;
        found.1 = found.1.saturating_add(log.minutes);
        if (log.date, log.source) < (found.2, found.3) {
            (found.2, found.3) = (log.date, log.source);
        }
    }
    for ((person, show), (logs, minutes, first, source)) in unbooked {
        let show = &p.shows[show].code;
        let day = p.bid_day_minutes();
        let message = format!(
            "{} on {show} without a booking, {} in all, the first on {first}",
            count(logs, "time log"),
            days(minutes, day)
        );
        let issue = Issue::warning("V22", format!("person {}", p.people[person].code), message)
            .field("date")
            .value(first.to_string())
            .help(format!("book the person on {show} for these days, or correct the log"));
        issues.push(facts.at(issue, source));
    }
}

/// V23: omitted, but people are still on it.
pub(super) fn work_on_omitted(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut open: BTreeMap<Entity, Vec<TaskId>> = BTreeMap::new();
    for (id, task) in p.tasks.enumerate() {
        if p.is_omitted(task.entity) && !task.status.is_done() && !task.assigned.is_empty() {
            open.entry(task.entity).or_default().push(id);
        }
    }
    for (entity, tasks) in open {
        let source = match entity {
            Entity::Shot(id) => p.shots[id].source,
            Entity::Asset(id) => p.assets[id].source,
            Entity::Sequence(_) | Entity::Show(_) => continue,
        };
        let message = format!(
            "omitted, but {} still assigned: {}",
            count(tasks.len(), "open task"),
            some_of(tasks.iter().map(|id| &*p.tasks[*id].code))
        );
        let issue = Issue::warning("V23", words::entity(p, entity), message)
            .field("status")
            .value("omit")
            .help("set its tasks to omit and free their people");
        issues.push(facts.at(issue, source));
    }
}

/// V31: bids are in days of the first site; a site with another day length reads them differently.
pub(super) fn day_length(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let Some(first) = p.sites.iter().next() else { return };
    for (id, site) in p.sites.enumerate() {
        let people = p.people.iter().filter(|person| person.site == id).count();
        if site.day_minutes == first.day_minutes || people == 0 {
            continue;
        }
        let hours = |minutes: i64| days(minutes, 60).replace(" d", " h");
        let message = format!(
            "its day is {}, but bids are in days of {} ({}); {} here",
            hours(site.day_minutes),
            hours(first.day_minutes),
            first.code,
            count(people, "artist")
        );
        let issue = Issue::warning("V31", format!("site {}", site.code), message)
            .field("hours_per_day")
            .value(hours(site.day_minutes))
            .help("make sure that the tracker's days were converted, or give bids in hours");
        issues.push(facts.at(issue, site.source));
    }
}
