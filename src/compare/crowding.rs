//! Where late work waits for people in a detailed plan, and how much of their time the plan uses.

use super::{Goal, Tried};
use crate::explain::{self, Reason};
use crate::formulate::levers::Question;
use crate::model::*;
use jiff::civil::Date;

/// Less of their time than this is never counted on.
const LEAST: f64 = 0.4;

/// The share of its people's time that can be counted on, by department: a detailed plan uses less than
/// the weekly program thinks, since work comes in tasks and not everybody can do each of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace(Keyed<DepartmentId, f64>);

impl Pace {
    /// All time of everybody.
    pub fn full(production: &Production) -> Pace {
        Pace(Keyed::filled(1.0, production.departments.len()))
    }

    /// Departments whose time is not counted on in full, with the share that is.
    pub fn rows(&self) -> Vec<(DepartmentId, f64)> {
        let rows = self.0.enumerate().map(|(id, share)| (id, *share));
        rows.filter(|(_, share)| *share < 1.0).collect()
    }

    /// No more than what a late plan used where its late work waited for people.
    pub fn learn(&mut self, tried: &Tried, goal: &Goal, by: Date) {
        let crew = &tried.forecast.crew;
        let last = crew.weeks.partition_point(|monday| *monday <= by);
        for (department, since) in crowded(tried, goal, by) {
            let first = crew.weeks.partition_point(|monday| *monday <= since).saturating_sub(1);
            let Some(row) = crew.rows.iter().find(|row| row.department == department) else {
                continue;
            };
            let sum = |of_week: &[i64]| -> i64 {
                of_week.get(first..last.max(first)).unwrap_or(&[]).iter().sum()
            };
            let (used, there) = (sum(&row.booked), sum(&row.capacity));
            let share = if there > 0 { used as f64 / there as f64 } else { 1.0 };
            let known = &mut self.0[department];
            *known = known.min(share.clamp(LEAST, 0.99));
        }
    }

    /// So far on the way from all time to what is known: 0 is all time, 1 what is known.
    pub fn part(&self, way: f64) -> Pace {
        Pace(self.0.iter().map(|known| 1.0 - way * (1.0 - known)).collect())
    }

    /// The same with so much less of what is not counted on in full.
    pub fn slower(&self, share: f64) -> Pace {
        let slower = |known: &f64| if *known < 1.0 { (known * share).max(LEAST) } else { 1.0 };
        Pace(self.0.iter().map(slower).collect())
    }

    /// Takes the time that cannot be counted on out of a question. People who serve several
    /// departments are slowed down as the first of them is.
    pub fn apply(&self, question: &mut Question) {
        for crew in &mut question.crews {
            let Some(&(department, _)) = crew.serves.first() else { continue };
            let share = self.0[department];
            crew.own.iter_mut().for_each(|time| *time *= share);
            crew.freelance.iter_mut().for_each(|(time, _)| *time *= share);
            crew.overtime.iter_mut().flatten().for_each(|(time, _)| *time *= share);
        }
        for row in &mut question.moves {
            let share = self.0[row.to.department];
            row.to.output.iter_mut().for_each(|days| *days *= share);
            for leave in &mut row.leaves {
                let crew = question.crews.get(leave.crew as usize);
                let served = crew.and_then(|crew| crew.serves.first());
                let share = served.map_or(1.0, |row| self.0[row.0]);
                leave.time.iter_mut().for_each(|time| *time *= share);
            }
        }
        // Who comes meets the same tasks: six days of work are nobody's two weeks.
        for row in &mut question.openings {
            let share = self.0[row.department];
            row.output.iter_mut().for_each(|days| *days *= share);
        }
        for row in &mut question.endings {
            let share = self.0[row.department];
            row.output.iter_mut().for_each(|days| *days *= share);
        }
    }
}

/// Departments in which late work of the goal, or what it waits for, waits for people; each with the
/// first day of such a wait. Work for which nobody had time left waits from its earliest start on.
fn crowded(tried: &Tried, goal: &Goal, by: Date) -> Vec<(DepartmentId, Date)> {
    let (production, solved) = (&tried.production, &tried.solved);
    let timeline = production.timeline();
    let by = timeline.end_of(by).0;
    let reasons = explain::reasons(production, solved);
    let mut since: Keyed<DepartmentId, Option<Date>> =
        Keyed::filled(None, production.departments.len());
    let mut wait = |task: TaskId, from: u32| {
        let day = timeline.date(timeline.day_of_start(Slot(from.min(by))));
        let known = &mut since[production.tasks[task].department];
        *known = Some(known.map_or(day, |known| known.min(day)));
    };
    let mut seen: Keyed<TaskId, bool> = Keyed::filled(false, production.tasks.len());
    for (late, _) in goal.wanted.enumerate().filter(|(_, wanted)| **wanted) {
        // What has no place has no end either, and is later than any.
        if solved.schedule.end[late.index()] <= by {
            continue;
        }
        let mut next = Some(late);
        while let Some(task) = next
            && !seen[task]
        {
            seen[task] = true;
            next = match reasons[task] {
                Reason::WaitsForTask(other) | Reason::Unplaced(Unplaced::WaitsFor(other)) => {
                    Some(other)
                }
                Reason::WaitsForArtist(other) => {
                    wait(task, solved.schedule.start[other.index()]);
                    Some(other)
                }
                Reason::Unplaced(Unplaced::NoTimeLeft) => {
                    wait(task, solved.heads.start[task.index()]);
                    None
                }
                _ => None,
            };
        }
    }
    since.enumerate().filter_map(|(id, day)| Some((id, (*day)?))).collect()
}
