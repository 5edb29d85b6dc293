//! Planning again after a change: what an earlier plan had, and what the new one has otherwise.

use crate::model::*;
use crate::read::Names;
use crate::result::{Document, EarlierRow, MilestoneDifference, Since, TaskDifference};
use crate::scenario::working_days_later;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An earlier result to keep to.
#[derive(Clone, Copy, Debug)]
pub struct Keep<'a> {
    /// The result.
    pub document: &'a Document,
    /// Working days from the day of the plan on in which nothing should change.
    pub freeze_days: u32,
}

/// The places that a result gives its tasks, by the tasks and people of `production`.
pub fn earlier(production: &Production, keep: &Keep<'_>) -> EarlierPlan {
    let names = Names::of(production);
    let mut places: Keyed<TaskId, Option<EarlierPlace>> =
        Keyed::filled(None, production.tasks.len());
    for row in &keep.document.assignments {
        let Some(&task) = names.tasks.get(row.task.as_str()) else { continue };
        let place = places[task]
            .get_or_insert_with(|| EarlierPlace { people: Vec::new(), start: row.start });
        place.start = place.start.min(row.start);
        place.people.extend(row.artist.as_deref().and_then(|code| names.people.get(code)));
    }
    sorted(places, keep.freeze_days)
}

/// The same from what a result that was made so has noted.
pub fn noted(production: &Production, since: &Since) -> EarlierPlan {
    let names = Names::of(production);
    let mut places = Keyed::filled(None, production.tasks.len());
    for row in &since.places {
        let Some(&task) = names.tasks.get(row.task.as_str()) else { continue };
        let people = row.people.iter().filter_map(|code| names.people.get(code.as_str()).copied());
        places[task] = Some(EarlierPlace { people: people.collect(), start: row.start });
    }
    sorted(places, since.freeze_days)
}

fn sorted(mut places: Keyed<TaskId, Option<EarlierPlace>>, freeze_days: u32) -> EarlierPlan {
    places.iter_mut().flatten().for_each(EarlierPlace::sort);
    EarlierPlan { freeze_days, places }
}

/// The plan of a result on the timeline of `production`: what was to happen before its first day is left
/// out, and work that was under way begins anew.
pub fn on_timeline(production: &Production, document: &Document) -> Plan {
    let names = Names::of(production);
    let timeline = production.timeline();
    let per_day = i64::from(timeline.slots_per_day());
    let by = days_between(timeline.first(), document.production.first_day);
    if document.production.slots_per_day != timeline.slots_per_day() {
        return Plan::default();
    }
    let today = i64::from(timeline.start_of(production.settings.as_of).0);
    let at = |slot: u32| i64::from(slot) + by * per_day;
    let held = |slot: i64| Slot(slot.clamp(today, i64::from(timeline.slots())) as u32);
    let mut plan = Plan::default();
    for row in &document.assignments {
        let worker = match (row.artist.as_deref(), row.vendor.as_deref()) {
            (Some(code), _) => names.people.get(code).copied().map(Worker::Person),
            (None, Some(code)) => names.vendors.get(code).copied().map(Worker::Vendor),
            (None, None) => None,
        };
        let task = names.tasks.get(row.task.as_str()).copied();
        let (Some(worker), Some(task)) = (worker, task) else { continue };
        let segments: Vec<Interval> = row
            .segments
            .iter()
            .map(|&[start, end]| Interval { start: held(at(start)), end: held(at(end)) })
            .filter(|run| run.start < run.end)
            .collect();
        if !segments.is_empty() {
            plan.assignments.push(Assignment { task, part: row.part, worker, segments });
        }
    }
    plan.assignments.sort_by_key(|part| (part.task, part.part));
    for row in &document.overtime {
        let Some(&person) = names.people.get(row.artist.as_str()) else { continue };
        if row.date >= production.settings.as_of && timeline.contains(row.date) {
            let day = timeline.day(row.date);
            let (minutes, worth) = (row.minutes, row.work_minutes.unwrap_or(row.minutes));
            plan.overtime.push(Overtime { person, day, minutes, worth });
        }
    }
    plan.overtime.sort_unstable();
    plan.overtime.dedup_by_key(|row| (row.person, row.day));
    plan
}

/// When and by whom a task is worked.
#[derive(Clone, Default, PartialEq)]
struct Placed {
    start: Option<jiff::civil::Date>,
    end: Option<jiff::civil::Date>,
    who: Vec<String>,
}

fn placed(document: &Document) -> BTreeMap<&str, Placed> {
    let mut rows: BTreeMap<&str, Placed> = BTreeMap::new();
    for row in &document.assignments {
        let place = rows.entry(&row.task).or_default();
        place.start = Some(place.start.map_or(row.start, |known| known.min(row.start)));
        place.end = Some(place.end.map_or(row.end, |known| known.max(row.end)));
        place.who.extend(row.artist.iter().chain(&row.vendor).cloned());
    }
    for place in rows.values_mut() {
        place.who.sort_unstable();
        place.who.dedup();
    }
    rows
}

/// What `now`, planned with `production.earlier`, has otherwise than the result that it keeps to.
pub fn since(production: &Production, keep: &Keep<'_>, now: &Document) -> Since {
    let before = keep.document;
    let code = |person: &PersonId| production.people[*person].code.clone();
    let earlier = production.earlier.iter().flat_map(|plan| plan.places.enumerate());
    let places: Vec<EarlierRow> = earlier
        .filter_map(|(task, place)| {
            let place = place.as_ref().filter(|_| production.is_open(task))?;
            Some(EarlierRow {
                task: production.tasks[task].code.clone(),
                people: place.people.iter().map(code).collect(),
                start: place.start,
            })
        })
        .collect();
    let open: HashMap<&str, TaskId> = production
        .tasks
        .enumerate()
        .filter(|(task, _)| production.is_open(*task))
        .map(|(task, row)| (row.code.as_str(), task))
        .collect();
    let as_of = production.settings.as_of;
    let (was, is) = (placed(before), placed(now));
    let mut tasks = Vec::new();
    let (mut moved, mut people_changed, mut frozen_changed) = (0, 0, 0);
    for (name, is) in &is {
        let (Some(was), Some(&task)) = (was.get(name), open.get(name)) else { continue };
        // Work under way goes on today.
        let began = was.start.map(|start| start.max(as_of));
        let later = is.start.map(|start| start.max(as_of)) != began;
        let others = is.who != was.who;
        if !later && !others && is.end == was.end {
            continue;
        }
        moved += u32::from(later);
        people_changed += u32::from(others);
        if let (true, Some(start)) = (later || others, began) {
            let show = production.show_of(production.tasks[task].entity);
            let thaws = working_days_later(production, show, as_of, keep.freeze_days.into());
            frozen_changed += u32::from(start < thaws);
        }
        tasks.push(TaskDifference {
            task: (*name).to_owned(),
            start_a: was.start,
            end_a: was.end,
            who_a: was.who.clone(),
            start_b: is.start,
            end_b: is.end,
            who_b: is.who.clone(),
        });
    }
    let people: BTreeSet<&str> =
        production.people.iter().map(|person| person.code.as_str()).collect();
    let workers: BTreeSet<&str> =
        before.assignments.iter().filter_map(|row| row.artist.as_deref()).collect();
    let planned = |document: &Document| -> BTreeMap<String, Option<jiff::civil::Date>> {
        document.milestones.iter().map(|row| (row.id.clone(), row.planned)).collect()
    };
    let (dates_before, dates) = (planned(before), planned(now));
    let same_currency = before.production.currency == now.production.currency;
    Since {
        as_of: before.production.as_of,
        freeze_days: keep.freeze_days,
        places,
        tasks,
        moved,
        people_changed,
        frozen_changed,
        added: is.keys().filter(|name| !was.contains_key(**name)).count() as u32,
        gone: was.keys().filter(|name| !is.contains_key(**name)).count() as u32,
        people_gone: workers.difference(&people).map(|code| (*code).to_owned()).collect(),
        milestones: dates
            .iter()
            .filter_map(|(id, &b)| Some((id, *dates_before.get(id)?, b)))
            .filter(|(_, a, b)| a != b)
            .map(|(id, a, b)| MilestoneDifference { id: id.clone(), a, b })
            .collect(),
        final_cost_before: same_currency.then_some(before.headline.efc),
        final_cost: now.headline.efc,
    }
}
