//! When the plan has things approved: what client payments and acceptances wait for.

use super::ledger::Desk;
use crate::model::{
    CalendarId, Entity, Id, MilestoneId, Plan, Production, ShotId, ShowId, Slot, TaskId,
};
use jiff::Span;
use jiff::civil::Date;

/// Approval of a shot, asset or task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Approval {
    /// Nothing of it is open any more.
    Done,
    /// On this day by the plan, reviews included.
    On(Date),
    /// Some of its work has no place.
    Never,
}

/// The day on which each task is approved by the plan.
pub(super) struct Approvals<'a> {
    production: &'a Production,
    tasks: Vec<Approval>,
}

impl<'a> Approvals<'a> {
    pub(super) fn of(desk: &Desk<'a>) -> Approvals<'a> {
        let production = desk.production;
        let ends = ends(production, desk.plan);
        let slots_per_day = desk.timeline.slots_per_day();
        let tasks = production.tasks.enumerate().map(|(id, task)| {
            if !production.is_open(id) {
                return Approval::Done;
            }
            let Some(end) = ends[id.index()] else { return Approval::Never };
            let calendar = production.shows[production.show_of(task.entity)].calendar;
            let review = task.review.div_ceil(slots_per_day);
            Approval::On(later(production, calendar, desk.timeline.finish_date(end), review))
        });
        Approvals { production, tasks: tasks.collect() }
    }

    /// Of one task.
    pub(super) fn task(&self, task: TaskId) -> Approval {
        self.tasks.get(task.index()).copied().unwrap_or(Approval::Done)
    }

    /// Of everything in `contents`.
    fn all(&self, contents: &[Entity]) -> Approval {
        let inside = |task: &crate::model::Task| {
            contents.iter().any(|outer| self.production.contains(*outer, task.entity))
        };
        let tasks = self.production.tasks.enumerate().filter(|(_, task)| inside(task));
        tasks.map(|(id, _)| self.task(id)).max().unwrap_or(Approval::Done)
    }

    /// Of a milestone.
    pub(super) fn milestone(&self, milestone: MilestoneId) -> Approval {
        self.all(&self.production.milestones[milestone].contents)
    }

    /// Of all shots and assets of a show.
    pub(super) fn show(&self, show: ShowId) -> Approval {
        self.all(&[Entity::Show(show)])
    }

    /// The moment from which `share` basis points of the shots of a show that are not omitted are
    /// approved.
    pub(super) fn share_of_shots(&self, show: ShowId, share: i64) -> Approval {
        let mut shots: Vec<Option<Approval>> = vec![None; self.production.shots.len()];
        for (id, task) in self.production.tasks.enumerate() {
            let Entity::Shot(shot) = task.entity else { continue };
            if !self.production.is_omitted(task.entity) {
                let place = &mut shots[shot.index()];
                *place = (*place).max(Some(self.task(id)));
            }
        }
        let of_show =
            |shot: usize| self.production.show_of(Entity::Shot(ShotId::new(shot))) == show;
        let mut known: Vec<Approval> = shots
            .into_iter()
            .enumerate()
            .filter(|(shot, _)| of_show(*shot))
            .filter_map(|(_, approval)| approval)
            .collect();
        known.sort_unstable();
        let needed = (known.len() as i64 * share.clamp(0, 10_000) + 9_999) / 10_000;
        match usize::try_from(needed - 1) {
            Ok(last) => known.get(last).copied().unwrap_or(Approval::Done),
            Err(_) => Approval::Done,
        }
    }
}

/// Where each task ends; none without a place.
fn ends(production: &Production, plan: &Plan) -> Vec<Option<Slot>> {
    let mut ends: Vec<Option<Slot>> = vec![None; production.tasks.len()];
    for row in &plan.assignments {
        let end = &mut ends[row.task.index()];
        *end = (*end).max(Some(row.end()));
    }
    for &(task, slot) in &plan.instants {
        ends[task.index()] = Some(slot);
    }
    ends
}

/// So many working days of a calendar after a day.
pub(super) fn later(production: &Production, calendar: CalendarId, from: Date, days: u32) -> Date {
    let calendar = &production.calendars[calendar];
    let mut day = from;
    let mut left = days.min(3_660);
    // A calendar may have no working day at all.
    for _ in 0..10_000 {
        if left == 0 {
            break;
        }
        day = day.saturating_add(Span::new().days(1));
        left -= u32::from(calendar.is_worked(day));
    }
    day
}
