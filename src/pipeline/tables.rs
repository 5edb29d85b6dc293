//! The parts of a result that only rename what the production and the plan say.

use crate::model::{
    Day, Entity, Issue, Keyed, PersonId, Plan, Production, TaskId, Timeline, Worker,
};
use crate::read::words::{self, word_of};
use crate::result::{
    AssignmentRow, DepartmentInfo, EntityInfo, OvertimeRow, PersonInfo, ProductionInfo, Reason,
    ShowInfo, TaskRow, Warning,
};
use std::collections::BTreeSet;

use super::dates::Finishes;
use super::pay::pay_band;

/// Whose plan it is, and the tables that its rows refer to.
pub fn production(production: &Production, timeline: &Timeline) -> ProductionInfo {
    let settings = &production.settings;
    ProductionInfo {
        name: settings.name.clone(),
        as_of: settings.as_of,
        currency: settings.currency.code().to_owned(),
        currency_decimals: settings.currency.decimals(),
        mode: settings.mode.word().to_owned(),
        first_day: timeline.first(),
        last_day: timeline.last(),
        slots_per_day: timeline.slots_per_day(),
        day_minutes: production.bid_day_minutes(),
        days_off: days_off(production, timeline),
        shows: production
            .shows
            .iter()
            .map(|show| ShowInfo { id: show.code.clone(), name: show.name.clone() })
            .collect(),
        departments: departments(production),
        people: people(production),
        entities: entities(production),
    }
}

fn days_off(production: &Production, timeline: &Timeline) -> Vec<jiff::civil::Date> {
    let Some(site) = production.sites.iter().next() else { return Vec::new() };
    let calendar = &production.calendars[site.calendar];
    (0..timeline.days())
        .map(|day| timeline.date(Day(day)))
        .filter(|&date| !calendar.is_worked(date) || site.holidays.binary_search(&date).is_ok())
        .collect()
}

fn departments(production: &Production) -> Vec<DepartmentInfo> {
    let mut rows: Vec<_> = production.departments.iter().collect();
    rows.sort_by_key(|department| department.order);
    rows.into_iter()
        .map(|row| DepartmentInfo { id: row.code.clone(), name: row.name.clone() })
        .collect()
}

fn people(production: &Production) -> Vec<PersonInfo> {
    let row = |(id, person): (_, &crate::model::Person)| PersonInfo {
        id: person.code.clone(),
        name: person.name.clone(),
        department: production.home_department(id).map(|d| production.departments[d].code.clone()),
        site: production.sites[person.site].code.clone(),
        placeholder: person.placeholder,
        band: Some(pay_band(production.day_cost(id, day_of_band(production, person)).0)),
    };
    production.people.enumerate().map(row).collect()
}

/// Bands of what a day of people costs, by id.
pub fn pay_bands(production: &Production) -> std::collections::BTreeMap<String, [i64; 2]> {
    let band = |(id, person): (PersonId, &crate::model::Person)| {
        let day = production.day_cost(id, day_of_band(production, person));
        (person.code.clone(), pay_band(day.0))
    };
    production.people.enumerate().map(band).collect()
}

/// The day whose pay says the band: that of the plan, or the first one of a contract still to begin.
fn day_of_band(production: &Production, person: &crate::model::Person) -> jiff::civil::Date {
    let as_of = production.settings.as_of;
    let open = person.contracts.iter().filter(|row| row.end.is_none_or(|end| as_of <= end));
    open.map(|row| row.start.max(as_of)).min().unwrap_or(as_of)
}

fn entities(production: &Production) -> Vec<EntityInfo> {
    let used: BTreeSet<Entity> = production.tasks.iter().map(|task| task.entity).collect();
    let row = |entity: Entity| EntityInfo {
        id: production.code_of(entity).to_owned(),
        kind: entity.kind().to_owned(),
        sequence: match entity {
            Entity::Shot(shot) => {
                Some(production.sequences[production.shots[shot].sequence].code.clone())
            }
            _ => None,
        },
        show: production.shows[production.show_of(entity)].code.clone(),
        class: production.class_of(entity).map(|class| word_of(words::CLASSES, class).to_owned()),
        due: production.due_of(entity),
    };
    used.into_iter().map(row).collect()
}

/// All tasks that are not done, in the order of the input.
pub fn tasks(
    production: &Production,
    finishes: &Finishes,
    plan: &Plan,
    reasons: &Keyed<TaskId, Option<Reason>>,
) -> Vec<TaskRow> {
    let mut instants = plan.instants.iter().peekable();
    let row = |(id, task): (TaskId, &crate::model::Task)| {
        while instants.next_if(|(other, _)| *other < id).is_some() {}
        let instant = instants.next_if(|(other, _)| *other == id);
        let days = finishes.days_of(id);
        TaskRow {
            id: task.code.clone(),
            entity: production.code_of(task.entity).to_owned(),
            entity_kind: task.entity.kind().to_owned(),
            department: production.departments[task.department].code.clone(),
            status: task.status.word().to_owned(),
            work_minutes: production.work_left(id),
            start: days.map(|(start, _)| start),
            end: days.map(|(_, end)| end),
            due: task.due.or_else(|| production.due_of(task.entity)),
            instant_slot: instant.map(|(_, slot)| slot.0),
            reason: reasons.get(id).cloned().flatten().unwrap_or_else(|| Reason {
                code: "choice".to_owned(),
                text: String::new(),
                task: None,
            }),
        }
    };
    production.tasks.enumerate().filter(|(id, _)| production.is_open(*id)).map(row).collect()
}

/// Who works when on which task. `spent` gives, for each assignment of the plan in order, minutes
/// without overtime, minutes of overtime, and the cost without overtime pay.
pub fn assignments(
    production: &Production,
    timeline: &Timeline,
    plan: &Plan,
    spent: impl Iterator<Item = (i64, i64, i64)>,
) -> Vec<AssignmentRow> {
    let row = |(row, (effort, overtime, cost)): (&crate::model::Assignment, _)| {
        let (artist, vendor) = match row.worker {
            Worker::Person(person) => (Some(production.people[person].code.clone()), None),
            Worker::Vendor(vendor) => (None, Some(production.vendors[vendor].code.clone())),
        };
        AssignmentRow {
            task: production.tasks[row.task].code.clone(),
            part: row.part,
            artist,
            vendor,
            start: timeline.start_date(row.start()),
            end: timeline.finish_date(row.end()),
            segments: row.segments.iter().map(|run| [run.start.0, run.end.0]).collect(),
            effort_minutes: effort,
            overtime_minutes: overtime,
            cost: Some(cost),
        }
    };
    plan.assignments.iter().zip(spent).map(row).collect()
}

/// Overtime by person and day; `pay` gives the pay of each entry of the plan in order.
pub fn overtime(
    production: &Production,
    timeline: &Timeline,
    plan: &Plan,
    pay: impl Iterator<Item = i64>,
) -> Vec<OvertimeRow> {
    let row = |(row, cost): (&crate::model::Overtime, i64)| OvertimeRow {
        artist: production.people[row.person].code.clone(),
        date: timeline.date(row.day),
        minutes: row.minutes,
        work_minutes: Some(row.worth).filter(|&worth| worth != row.minutes),
        cost: Some(cost),
        day_off: {
            let site = &production.sites[production.people[row.person].site];
            site.day_off(&production.calendars[site.calendar], timeline.date(row.day)).is_some()
        },
    };
    plan.overtime.iter().zip(pay).map(row).collect()
}

/// The issues that did not stop the plan.
pub fn warnings(issues: &[Issue]) -> Vec<Warning> {
    let row = |issue: &Issue| Warning {
        code: issue.code.clone(),
        object: issue.object.clone(),
        message: issue.message.clone(),
        help: issue.help.clone(),
        file: issue.file.clone(),
        line: issue.line,
    };
    issues.iter().map(row).collect()
}
