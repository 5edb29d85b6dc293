//! Rule 1: every open task is in the plan exactly once, and causes are true.

use super::case::{Case, Place};
use super::verdict::{Rule, Violation};
use crate::model::{Id, PersonId, Status, TaskId, Unplaced};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    let production = case.production;
    let mut instants = vec![0_u32; production.tasks.len()];
    let mut unplaced = vec![0_u32; production.tasks.len()];
    for (task, _) in &case.plan.instants {
        count(&mut instants, *task);
    }
    for (task, _) in &case.plan.unplaced {
        count(&mut unplaced, *task);
    }
    let crew = Crew::new(case);
    for task in production.tasks.ids() {
        let mut say =
            |message: String| found.push(case.on_task(Rule::Complete, task, None, message));
        let (instants, unplaced) = (instants[task.index()], unplaced[task.index()]);
        let worked = u32::from(!case.parts_of(task).is_empty());
        let times = worked + instants + unplaced;
        if !production.is_open(task) {
            if times > 0 {
                let status = production.tasks[task].status.word();
                say(format!("is in the plan, but nothing of it is left to do (status {status})"));
            }
            continue;
        }
        let left = production.work_left(task);
        match times {
            0 => say("is open, but nowhere in the plan".to_owned()),
            1 => {}
            _ => {
                say(format!("stands {times} times in the plan: as work, as an instant or unplaced"))
            }
        }
        if worked > 0 && left <= 0 {
            say("is worked, but has no work left; it should be an instant".to_owned());
        }
        if instants > 0 && left > 0 {
            say(format!("stands as an instant, but has {left} minutes of work left"));
        }
        let on_hold = production.tasks[task].status == Status::Hold;
        if on_hold && worked + instants > 0 {
            say("is planned, but it is on hold".to_owned());
        }
        if let Some(cause) = case.causes[task]
            && let Some(why_not) = untrue(case, &crew, task, cause)
        {
            say(why_not);
        }
    }
}

fn count(times: &mut [u32], task: TaskId) {
    if let Some(times) = times.get_mut(task.index()) {
        *times = times.saturating_add(1);
    }
}

/// Why the cause is not true; `None` when it is, or when nobody can tell.
fn untrue(case: &Case<'_>, crew: &Crew, task: TaskId, cause: Unplaced) -> Option<String> {
    let on_hold = case.production.tasks[task].status == Status::Hold;
    match cause {
        Unplaced::OnHold if !on_hold => {
            Some("is said to be on hold, but its status is another".to_owned())
        }
        Unplaced::OnHold => None,
        _ if on_hold => Some("is on hold, but is unplaced for another cause".to_owned()),
        Unplaced::NobodyCan | Unplaced::NoTimeLeft if case.production.work_left(task) <= 0 => {
            Some("is unplaced, but needs no work and so always has a place".to_owned())
        }
        Unplaced::NobodyCan => crew.anybody(case, task),
        Unplaced::WaitsFor(other) => {
            let waits = case.waits_for(task).iter().any(|edge| edge.from == other);
            if waits && case.places[other] == Place::Unplaced {
                return None;
            }
            Some(match case.production.tasks.get(other) {
                None => "is said to wait for a task that does not exist".to_owned(),
                Some(row) if waits => {
                    format!("is said to wait for {}, which has a place", row.code)
                }
                Some(row) => format!("is said to wait for {}, but does not", row.code),
            })
        }
        Unplaced::NoTimeLeft => None,
    }
}

/// People by department, so that few are asked.
struct Crew {
    by_department: Vec<Vec<PersonId>>,
}

impl Crew {
    fn new(case: &Case<'_>) -> Crew {
        let mut by_department = vec![Vec::new(); case.production.departments.len()];
        for (person, row) in case.production.people.enumerate() {
            for skill in &row.skills {
                if let Some(people) = by_department.get_mut(skill.department.index())
                    && people.last() != Some(&person)
                {
                    people.push(person);
                }
            }
        }
        Crew { by_department }
    }

    /// Who could do a task that nobody is said to be able to do.
    fn anybody(&self, case: &Case<'_>, task: TaskId) -> Option<String> {
        let row = &case.production.tasks[task];
        if let Some(vendor) = row.vendor {
            let vendor = case.production.vendors.get(vendor).map_or("a vendor", |row| &row.code);
            return Some(format!("is said to be for nobody, but {vendor} does it"));
        }
        let asked = if row.lock.holds_person() && !row.assigned.is_empty() {
            &row.assigned
        } else {
            self.by_department.get(row.department.index())?
        };
        let can = |person: &&PersonId| case.production.level_for(**person, task).is_some();
        let person = asked.iter().find(can)?;
        Some(format!("is said to be for nobody, but {} can do it", case.person(*person)))
    }
}
