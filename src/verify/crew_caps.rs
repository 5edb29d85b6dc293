//! Rule 14: no department has more people at work on a day than its crew curve allows.

use super::case::{Case, each_day};
use super::verdict::{Rule, Violation};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    let departments = &case.production.departments;
    let is_capped = |id| departments.get(id).is_some_and(|row| row.curve.cap.is_some());
    // Who works where on which day, each once.
    let mut at_work = Vec::new();
    for (part, person) in case.worked_parts() {
        let department = case.production.tasks[part.task].department;
        let (true, Some(lane)) = (is_capped(department), case.lane(part)) else { continue };
        each_day(part.segments, case.clock.per_day, |day, _| {
            if lane.full().share[day as usize] > 0 {
                at_work.push((department, day, person));
            }
        });
    }
    at_work.sort_unstable();
    at_work.dedup();
    for crew in at_work.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let (department, day, _) = crew[0];
        let (row, date) = (&departments[department], case.clock.date(day));
        let Some(cap) = row.curve.cap_on(date) else { continue };
        if crew.len() as u64 > u64::from(cap) {
            found.push(Violation {
                rule: Rule::CrewCaps,
                task: None,
                person: None,
                object: format!("department {}", row.code),
                message: format!("{} people work on {date}; at most {cap} may", crew.len()),
            });
        }
    }
}
