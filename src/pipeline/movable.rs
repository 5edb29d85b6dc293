//! Who could be moved to where people are missing, and has time for it.

use super::Made;
use super::levers::days_before;
use crate::model::*;
use crate::result::{Hire, MoveOption};
use jiff::civil::Date;

/// Fewer free days than this nobody is moved for.
const LEAST_DAYS: u32 = 5;

/// For each department that is short of people, who may come on terms of the show's moves and has at least a
/// week without work in that time; those with the most time first.
pub(super) fn options(made: &Made, hires: &[Hire]) -> Vec<MoveOption> {
    let production = &made.production;
    if production.moves.is_empty() {
        return Vec::new();
    }
    let busy = Busy::of(made);
    let mut found = Vec::new();
    for hire in hires {
        let mut departments = production.departments.enumerate();
        let Some((department, _)) = departments.find(|(_, row)| row.code == hire.department) else {
            continue;
        };
        let mut of_hire: Vec<MoveOption> = Vec::new();
        for person in production.people.ids() {
            let rows =
                production.moves.iter().filter(|row| leads_to(production, row, person, department));
            let options = rows.filter_map(|terms| option(production, &busy, person, terms, hire));
            // Of several ways the one with the most time.
            of_hire.extend(
                options.reduce(
                    |one, other| {
                        if other.free_days > one.free_days { other } else { one }
                    },
                ),
            );
        }
        of_hire.sort_by(|a, b| b.free_days.cmp(&a.free_days).then(a.person.cmp(&b.person)));
        found.extend(of_hire);
    }
    found
}

/// Whether terms bring somebody to work of a department that they do not do now.
fn leads_to(
    production: &Production,
    terms: &MoveTerms,
    person: PersonId,
    department: DepartmentId,
) -> bool {
    let is_there = match terms.to {
        Some(to) => to == department,
        // To another site or show with what they do now; a site alone brings nobody more.
        None => terms.show.is_some() && production.home_department(person) == Some(department),
    };
    let has_work = |show: ShowId| {
        let mut tasks = production.tasks.enumerate();
        tasks.any(|(id, task)| {
            task.department == department
                && production.work_left(id) > 0
                && production.show_of(task.entity) == show
        })
    };
    is_there && terms.show.is_none_or(has_work) && production.may_move(person, terms)
}

fn option(
    production: &Production,
    busy: &Busy,
    person: PersonId,
    terms: &MoveTerms,
    hire: &Hire,
) -> Option<MoveOption> {
    let row = &production.people[person];
    let as_of = production.settings.as_of;
    let site = terms.site.unwrap_or(row.site);
    // The first day on which the time from the decision to the first day has passed.
    let days = (0..=days_between(as_of, hire.to).max(0))
        .map(|ahead| as_of.saturating_add(jiff::Span::new().days(ahead)));
    let from = days
        .filter(|day| *day >= hire.from && is_worked(production, site, *day))
        .find(|day| days_before(production, site, terms.lead_days, *day) >= as_of)?;
    let free_days = busy.free_days(production, person, (from, hire.to));
    let skills = production.skills_after(person, terms);
    let home = production.home_department(person);
    let department = terms.to.or(home);
    let level = skills.iter().filter(|skill| Some(skill.department) == department);
    let level = level.map(|skill| skill.level).max()?;
    (free_days >= LEAST_DAYS).then(|| MoveOption {
        person: row.code.clone(),
        department: home.map(|id| production.departments[id].code.clone()),
        place: production.move_words(terms),
        wanted_by: hire.department.clone(),
        from,
        to: hire.to,
        decide_by: days_before(production, site, terms.lead_days, from).max(as_of),
        free_days,
        level: level as f64 / 10.0,
    })
}

fn is_worked(production: &Production, site: SiteId, date: Date) -> bool {
    let Some(site) = production.sites.get(site) else { return false };
    let calendar = &production.calendars[site.calendar];
    calendar.is_worked(date) && site.holidays.binary_search(&date).is_err()
}

/// Days on which people have time, and on which they work.
struct Busy {
    timeline: Timeline,
    /// By person: days with time for tasks, without a task.
    free: Keyed<PersonId, Vec<bool>>,
}

impl Busy {
    fn of(made: &Made) -> Busy {
        let production = &made.production;
        let timeline = production.timeline();
        let days = timeline.days() as usize;
        let mut free = Keyed::filled(vec![false; days], production.people.len());
        // Time on a show is time: who is booked elsewhere and has nothing to do there can be asked.
        for lane in availability::lanes(production, &timeline) {
            for (day, share) in lane.share.iter().enumerate().take(days) {
                free[lane.person][day] |= *share > 0;
            }
        }
        let slots = timeline.slots_per_day();
        for part in &made.solved.plan.assignments {
            let Worker::Person(person) = part.worker else { continue };
            for segment in &part.segments {
                for day in segment.start.0 / slots..segment.end.0.div_ceil(slots) {
                    if let Some(free) = free[person].get_mut(day as usize) {
                        *free = false;
                    }
                }
            }
        }
        Busy { timeline, free }
    }

    fn free_days(
        &self,
        production: &Production,
        person: PersonId,
        (from, to): (Date, Date),
    ) -> u32 {
        let from = from.max(production.settings.as_of);
        let (first, last) = (self.timeline.day(from), self.timeline.day(to));
        let days = first.0..(last.0 + 1).min(self.free[person].len() as u32);
        days.filter(|day| self.free[person][*day as usize]).count() as u32
    }
}
