//! V06, V07, V30 and V32: who can do the work.

use super::facts::{Facts, Time};
use super::words::{self, count, days, some_of};
use crate::model::{Issue, Keyed, Person, PersonId, PoolKind, Production, Skill, TaskId, Unplaced};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// V06: tasks that nobody can do, departments without people, people without a skill.
pub(super) fn nobody_can(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for person in p.people.iter().filter(|person| person.skills.is_empty()) {
        let message = "has no skill, so no task can be given to them";
        let issue = Issue::warning("V06", format!("person {}", person.code), message)
            .field("skills")
            .help("give them a department or skills");
        issues.push(facts.at(issue, person.source));
    }
    never_enough(facts, issues);
    let Some(time) = &facts.time else { return };
    let mut staffed = Keyed::filled(false, p.departments.len());
    for skill in p.people.iter().flat_map(|person| &person.skills) {
        staffed[skill.department] = true;
    }
    let mut without: BTreeMap<_, Vec<TaskId>> = BTreeMap::new();
    for (id, task) in p.tasks.enumerate() {
        let message = match time.times.never(id) {
            Some(Unplaced::NobodyCan) if !staffed[task.department] => {
                without.entry(task.department).or_default().push(id);
                continue;
            }
            Some(Unplaced::NobodyCan) => format!("nobody can do it: {}", why_nobody(p, id)),
            Some(Unplaced::NoTimeLeft) => no_time(p, time, id),
            _ => continue,
        };
        let issue = Issue::warning("V06", words::task(p, id), message)
            .field("department")
            .value(p.departments[task.department].code.clone())
            .help("add a person or a planned hire who can, give it to a vendor, or change what it asks for");
        issues.push(facts.at(issue, task.source));
    }
    for (department, tasks) in without {
        let row = &p.departments[department];
        let work: i64 = tasks.iter().map(|id| p.work_left(*id)).fold(0, i64::saturating_add);
        let message = format!(
            "has nobody, but {} with {} of work: {}",
            count(tasks.len(), "open task"),
            days(work, p.bid_day_minutes()),
            some_of(tasks.iter().map(|id| &*p.tasks[*id].code))
        );
        let issue = Issue::warning("V06", format!("department {}", row.code), message)
            .field("department")
            .value(row.code.clone())
            .help("add people or planned hires with this department, or a vendor for its tasks");
        let first_use = tasks.first().map_or(row.source, |id| p.tasks[*id].source);
        issues.push(facts.at(issue, if row.source.line > 0 { row.source } else { first_use }));
    }
}

/// Hard pools of which there is never as much as tasks need at once, one issue for each.
fn never_enough(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let horizon = p.settings.horizon_end;
    for (id, pool) in p.pools.enumerate().filter(|(_, pool)| pool.hard) {
        let at_first = pool.capacity_on(p.settings.as_of);
        let later = pool.capacity.iter().filter(|row| row.0 <= horizon && row.0 > p.settings.as_of);
        let most = later.map(|row| row.1).fold(at_first, i64::max);
        // What a farm renders of a task on a day depends on who works on it.
        let is_too_much = |need: i64| {
            need > if pool.kind == PoolKind::Farm && most > 0 { i64::MAX } else { most }
        };
        let could = |task: TaskId| pool.site.is_none() || p.sites.len() == 1 && p.is_open(task);
        let tasks: Vec<TaskId> = p
            .tasks
            .ids()
            .filter(|&task| could(task) && is_too_much(p.pool_need(task, id)))
            .collect();
        let Some(&first) = tasks.first() else { continue };
        let message = format!(
            "{} at once than there ever is ({}): {}",
            count_need(tasks.len()),
            most / pool.kind.unit(),
            some_of(tasks.iter().map(|id| &*p.tasks[*id].code))
        );
        let source = if pool.source.line > 0 { pool.source } else { p.tasks[first].source };
        let issue = Issue::warning("V06", format!("pool {}", pool.code), message)
            .field("capacity")
            .value((most / pool.kind.unit()).to_string())
            .help("raise the capacity, give it an overflow price, or let the tasks need less");
        issues.push(facts.at(issue, source));
    }
}

fn count_need(tasks: usize) -> String {
    if tasks == 1 { "1 task needs more".to_owned() } else { format!("{tasks} tasks need more") }
}

/// How many of the department fail at what.
fn why_nobody(p: &Production, task: TaskId) -> String {
    let row = &p.tasks[task];
    if row.lock.holds_person() && !row.assigned.is_empty() {
        return format!("it is locked to {}", names(p, &row.assigned));
    }
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for (id, person) in p.people.enumerate() {
        if person.skills.iter().any(|skill| skill.department == row.department) {
            let reason =
                why_not(p, id, task).unwrap_or_else(|| "not booked on the show".to_owned());
            *reasons.entry(reason).or_default() += 1;
        }
    }
    let reasons: Vec<String> =
        reasons.into_iter().map(|(reason, people)| format!("{people} {reason}")).collect();
    let department = &p.departments[row.department].code;
    format!("of those in {department}, {}", reasons.join(", "))
}

/// Why a person cannot do a task by skill, level, class or show; `None` if they can.
fn why_not(p: &Production, person: PersonId, task: TaskId) -> Option<String> {
    if p.level_for(person, task).is_some() {
        return None;
    }
    let (who, row): (&Person, _) = (&p.people[person], &p.tasks[task]);
    let department = &p.departments[row.department].code;
    if !who.is_for(p.show_of(row.entity)) {
        return Some("not allowed on the show".to_owned());
    }
    let mut skills: Vec<&Skill> =
        who.skills.iter().filter(|skill| skill.department == row.department).collect();
    if skills.is_empty() {
        return Some(format!("without skill in {department}"));
    }
    skills.retain(|skill| row.tag.is_none() || skill.tag == row.tag);
    if skills.is_empty() {
        return Some(format!("without the speciality {}", row.tag.as_deref().unwrap_or("")));
    }
    let best = skills.iter().map(|skill| skill.level).max().unwrap_or(0);
    if best < row.min_level {
        let (best, least) = (level_text(best), level_text(row.min_level));
        return Some(format!("below the level {least} ({best} at most)"));
    }
    let class = p.class_of(row.entity)?;
    Some(format!("not cleared for class {class:?}"))
}

fn level_text(thousandths: i64) -> String {
    words::days(thousandths, 1_000).replace(" d", "")
}

fn no_time(p: &Production, time: &Time, task: TaskId) -> String {
    let row = &p.tasks[task];
    let end = time.timeline.last();
    if let Some(vendor) = row.vendor {
        let vendor = &p.vendors[vendor].code;
        return format!("the lead time of vendor {vendor} ends after the horizon, {end}");
    }
    let work = days(p.work_left(task), p.bid_day_minutes());
    let able = names(p, time.crew.people(task));
    format!("{work} of work are left, and those who can ({able}) have no time for it before {end}")
}

fn names(p: &Production, people: &[PersonId]) -> String {
    some_of(people.iter().map(|id| &*p.people[*id].code))
}

/// V07: a lock that cannot hold.
pub(super) fn locked_in_vain(facts: &Facts, issues: &mut Vec<Issue>) {
    let (p, Some(time)) = (facts.production, &facts.time) else { return };
    for (id, task) in p.tasks.enumerate() {
        if !task.lock.holds_person() || task.vendor.is_some() || p.work_left(id) <= 0 {
            continue;
        }
        if task.assigned.is_empty() {
            let issue = Issue::error("V07", words::task(p, id), "locked to nobody")
                .field("assigned")
                .help("say who does it, or take the lock off");
            issues.push(facts.at(issue, task.source));
            continue;
        }
        let show = p.show_of(task.entity);
        let dates = task.start.zip(task.end).filter(|_| task.lock.holds_dates());
        let (from, to) = dates.unwrap_or((p.settings.as_of, p.settings.horizon_end));
        let to = to.max(p.settings.as_of);
        let why: Vec<Option<String>> = task
            .assigned
            .iter()
            .map(|&person| {
                why_not(p, person, id).or_else(|| {
                    let idle = !time.works(person, show, from, to);
                    let ends_early = dates.is_some()
                        && !p.people[person].contracts.is_empty()
                        && p.contract_on(person, to).is_none();
                    (idle || ends_early).then(|| absence(p, person, from, to))
                })
            })
            .collect();
        // Some of the people may do the work of all: then the others are only a warning.
        let all = why.iter().all(Option::is_some);
        for (&person, why) in task.assigned.iter().zip(&why) {
            let Some(why) = why else { continue };
            let code = &p.people[person].code;
            let message = format!("locked to {code}, who is {why}");
            let issue = match all {
                true => Issue::error("V07", words::task(p, id), message),
                false => Issue::warning("V07", words::task(p, id), message),
            };
            let issue = issue.field("assigned").value(code.clone());
            let help =
                format!("give it to somebody else, change the dates, or unlock {}", task.code);
            issues.push(facts.at(issue.help(help), task.source));
        }
    }
}

/// Why a person is not there: "away from … to …", "without contract after …" and the like.
fn absence(p: &Production, person: PersonId, from: Date, to: Date) -> String {
    let row = &p.people[person];
    let from = from.max(p.settings.as_of);
    if !row.contracts.is_empty() && p.contract_on(person, to).is_none() {
        let last = row.contracts.iter().filter_map(|c| c.end).filter(|end| *end < to).max();
        return match last {
            Some(last) => format!("without contract after {last}"),
            None => format!("without contract from {from} to {to}"),
        };
    }
    let leave =
        row.leave.iter().find(|leave| leave.approved && leave.from <= to && from <= leave.to);
    if let Some(leave) = leave {
        return format!("on leave from {} to {}", leave.from, leave.to);
    }
    format!("without working time from {from} to {to}")
}

/// V30: everybody assigned is away on all scheduled days. What is locked is V07.
pub(super) fn away_all_days(facts: &Facts, issues: &mut Vec<Issue>) {
    let (p, Some(time)) = (facts.production, &facts.time) else { return };
    for (id, task) in p.tasks.enumerate() {
        if task.lock.holds_person() || task.assigned.is_empty() || p.work_left(id) <= 0 {
            continue;
        }
        let Some((start, end)) = task.start.zip(task.end) else { continue };
        let start = start.max(p.settings.as_of);
        let show = p.show_of(task.entity);
        let calendar = time.network.calendar_of(id);
        let worked = calendar.between(time.timeline.start_of(start), time.timeline.end_of(end)) > 0;
        if end < start || !worked || end > p.settings.horizon_end {
            continue;
        }
        if task.assigned.iter().any(|&person| time.works(person, show, start, end)) {
            continue;
        }
        let (who, first) = (names(p, &task.assigned), task.assigned[0]);
        let why = absence(p, first, start, end);
        let message = format!("scheduled from {start} to {end} for {who}, who is {why}");
        let issue = Issue::warning("V30", words::task(p, id), message)
            .field("assigned")
            .value(who)
            .help("assign somebody who is there, or move the dates");
        issues.push(facts.at(issue, task.source));
    }
}

/// More work than this that only one person can do is named, in days.
const ALONE: i64 = 10;

/// V32: work that only one person can do.
pub(super) fn single_point(facts: &Facts, issues: &mut Vec<Issue>) {
    let (p, Some(time)) = (facts.production, &facts.time) else { return };
    let mut has_time: Keyed<PersonId, bool> = Keyed::filled(false, p.people.len());
    for lane in time.lanes {
        has_time[lane.person] |= lane.share.iter().any(|share| *share > 0);
    }
    let mut alone: BTreeMap<PersonId, (i64, Vec<TaskId>)> = BTreeMap::new();
    for (id, task) in p.tasks.enumerate() {
        if task.lock.holds_person() {
            continue;
        }
        let mut able = time.crew.people(id).iter().filter(|person| has_time[**person]);
        if let (Some(&only), None) = (able.next(), able.next()) {
            let (work, tasks) = alone.entry(only).or_default();
            *work = work.saturating_add(p.work_left(id));
            tasks.push(id);
        }
    }
    for (person, (work, tasks)) in alone {
        if work <= ALONE * p.bid_day_minutes() {
            continue;
        }
        let row = &p.people[person];
        let message = format!(
            "the only one who can do {} of work in {}: {}",
            days(work, p.bid_day_minutes()),
            count(tasks.len(), "task"),
            some_of(tasks.iter().map(|id| &*p.tasks[*id].code))
        );
        let issue = Issue::warning("V32", format!("person {}", row.code), message)
            .field("skills")
            .help("train or book a second person for it, or plan for their absence");
        issues.push(facts.at(issue, row.source));
    }
}
