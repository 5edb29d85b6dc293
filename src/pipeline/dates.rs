//! When everything is finished, and how that compares with what was promised.

use crate::model::{
    CalendarId, Entity, Id, Keyed, Milestone, Plan, Production, Slot, TaskId, Timeline,
    days_between,
};
use crate::read::words::{self, word_of};
use crate::result::{LateRow, MilestoneRow};
use jiff::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// When a plan finishes each task and each thing that tasks are part of.
pub struct Finishes<'a> {
    production: &'a Production,
    timeline: Timeline,
    calendars: Keyed<CalendarId, WorkingDays>,
    /// First and last boundary of each open task that has a place.
    pub tasks: Keyed<TaskId, Option<(Slot, Slot)>>,
    /// The open work of each entity that has any, by the entity itself (not its parts).
    own: BTreeMap<Entity, Open>,
}

/// The open work of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Open tasks.
    pub tasks: u32,
    /// Those without a place.
    pub unplaced: u32,
    /// Where the last one ends, and which it is.
    pub last: Option<(Slot, TaskId)>,
}

impl Open {
    fn add(&mut self, other: Open) {
        self.tasks += other.tasks;
        self.unplaced += other.unplaced;
        self.last = match (self.last, other.last) {
            // Of two that end together the first in the input counts.
            (Some(mine), Some(theirs)) if theirs.0 <= mine.0 => Some(mine),
            (mine, theirs) => theirs.or(mine),
        };
    }
}

impl<'a> Finishes<'a> {
    /// Reads the ends off a plan.
    pub fn of(production: &'a Production, plan: &Plan) -> Finishes<'a> {
        let timeline = production.timeline();
        let mut tasks = Keyed::filled(None::<(Slot, Slot)>, production.tasks.len());
        for row in &plan.assignments {
            let (start, end) = (row.start(), row.end());
            tasks[row.task] = Some(match tasks[row.task] {
                Some((first, last)) => (start.min(first), end.max(last)),
                None => (start, end),
            });
        }
        for &(task, at) in &plan.instants {
            tasks[task] = Some((at, at));
        }
        let mut own = BTreeMap::<Entity, Open>::new();
        for (id, task) in production.tasks.enumerate() {
            if production.is_open(id) {
                own.entry(task.entity).or_default().add(Open {
                    tasks: 1,
                    unplaced: u32::from(tasks[id].is_none()),
                    last: tasks[id].map(|(_, end)| (end, id)),
                });
            }
        }
        let calendars = production
            .calendars
            .iter()
            .map(|calendar| WorkingDays::new(&timeline, |date| calendar.is_worked(date)))
            .collect();
        Finishes { production, timeline, calendars, tasks, own }
    }

    /// First and last day of a task in the plan.
    pub fn days_of(&self, task: TaskId) -> Option<(Date, Date)> {
        let (start, end) = self.tasks[task]?;
        let end_date = self.timeline.finish_date(end);
        // A task that needs nobody happens when what it waits for ends: on that day.
        let start_date = if start == end { end_date } else { self.timeline.start_date(start) };
        Some((start_date, end_date))
    }

    /// Last day of all work.
    pub fn finish(&self) -> Option<Date> {
        self.tasks.iter().flatten().map(|(_, end)| *end).max().map(|e| self.timeline.finish_date(e))
    }

    /// The promised dates in the order of the input. `earliest` and `chain` come from the planner.
    pub fn milestones(
        &self,
        earliest: &Earliest,
        chain: impl Fn(TaskId) -> Vec<TaskId>,
    ) -> Vec<MilestoneRow> {
        let parts = Parts::of(self.production);
        let row = |(id, milestone): (_, &Milestone)| {
            let contents = parts.expand(&milestone.contents);
            let calendar = self.production.shows[milestone.show].calendar;
            let mut whole = Open::default();
            let (mut open_items, mut late_items) = (0, Vec::new());
            for entity in contents {
                let Some(open) = self.own.get(&entity) else { continue };
                whole.add(*open);
                if matches!(entity, Entity::Shot(_) | Entity::Asset(_)) {
                    open_items += 1;
                    if self.days_late(open, calendar, milestone.date) > 0 {
                        late_items.push(self.production.code_of(entity).to_owned());
                    }
                }
            }
            let planned = self.planned(&whole);
            MilestoneRow {
                id: milestone.code.clone(),
                name: milestone.name.clone(),
                show: self.production.shows[milestone.show].code.clone(),
                kind: word_of(words::MILESTONES, milestone.kind).to_owned(),
                hard: milestone.hard,
                due: milestone.date,
                planned,
                done: whole.tasks == 0,
                slack_days: planned
                    .map(|day| self.calendars[calendar].between(day, milestone.date)),
                earliest_possible: earliest.milestones.get(&id).copied(),
                open_items,
                late_items,
                unplaced: whole.unplaced,
                chain: whole.last.filter(|_| whole.unplaced == 0).map_or(
                    Vec::new(),
                    |(_, task)| {
                        chain(task)
                            .into_iter()
                            .map(|id| self.production.tasks[id].code.clone())
                            .collect()
                    },
                ),
            }
        };
        self.production.milestones.enumerate().map(row).collect()
    }

    /// How many things have an open due date of their own, and those planned late, worst first.
    pub fn late(&self, earliest: &Earliest) -> (u32, Vec<LateRow>) {
        let mut due_things = 0;
        let mut late = Vec::new();
        let mut judge = |entity: Entity, kind: &str, code: &str, due: Date, open: &Open, known| {
            due_things += 1;
            let calendar = self.production.shows[self.production.show_of(entity)].calendar;
            let days_late = self.days_late(open, calendar, due);
            if days_late > 0 {
                late.push(LateRow {
                    id: code.to_owned(),
                    kind: kind.to_owned(),
                    due,
                    planned: self.planned(open),
                    days_late,
                    earliest_possible: known,
                    last_task: open.last.map(|(_, task)| self.production.tasks[task].code.clone()),
                });
            }
        };
        for (&entity, open) in &self.own {
            if let Some(due) = self.production.due_of(entity) {
                let known = earliest.entities.get(&entity).copied();
                judge(entity, entity.kind(), self.production.code_of(entity), due, open, known);
            }
        }
        for (id, task) in self.production.tasks.enumerate() {
            if let (Some(due), true) = (task.due, self.production.is_open(id))
                && self.production.due_of(task.entity).is_none()
            {
                let placed = self.tasks[id];
                let open = Open {
                    tasks: 1,
                    unplaced: u32::from(placed.is_none()),
                    last: placed.map(|(_, end)| (end, id)),
                };
                let known = earliest.tasks.get(&id).copied();
                judge(task.entity, "task", &task.code, due, &open, known);
            }
        }
        late.sort_by(|a, b| b.days_late.cmp(&a.days_late).then_with(|| a.id.cmp(&b.id)));
        (due_things, late)
    }

    fn planned(&self, open: &Open) -> Option<Date> {
        let (end, _) = open.last.filter(|_| open.unplaced == 0)?;
        Some(self.timeline.finish_date(end))
    }

    /// Working days after `due` up to the finish; work without a place finishes with the timeline.
    fn days_late(&self, open: &Open, calendar: CalendarId, due: Date) -> u32 {
        if open.tasks == 0 {
            return 0;
        }
        let finish = self.planned(open).unwrap_or(self.timeline.last());
        u32::try_from(self.calendars[calendar].between(due, finish)).unwrap_or(0)
    }
}

/// Dates that no plan with these people can beat, where the planner knows them.
#[derive(Clone, Debug, Default)]
pub struct Earliest {
    /// Of milestones.
    pub milestones: BTreeMap<crate::model::MilestoneId, Date>,
    /// Of shots, assets and other entities.
    pub entities: BTreeMap<Entity, Date>,
    /// Of tasks.
    pub tasks: BTreeMap<TaskId, Date>,
}

/// What sequences and shows consist of.
struct Parts {
    of_sequence: Vec<Vec<Entity>>,
    of_show: Vec<Vec<Entity>>,
}

impl Parts {
    fn of(production: &Production) -> Parts {
        let mut of_sequence = vec![Vec::new(); production.sequences.len()];
        let mut of_show = vec![Vec::new(); production.shows.len()];
        for id in production.sequences.ids() {
            of_show[production.show_of(Entity::Sequence(id)).index()].push(Entity::Sequence(id));
        }
        for (id, shot) in production.shots.enumerate() {
            of_sequence[shot.sequence.index()].push(Entity::Shot(id));
            of_show[production.show_of(Entity::Shot(id)).index()].push(Entity::Shot(id));
        }
        for (id, asset) in production.assets.enumerate() {
            of_show[asset.show.index()].push(Entity::Asset(id));
        }
        Parts { of_sequence, of_show }
    }

    /// Each thing once: sequences and shows stand for themselves and all their parts.
    fn expand(&self, contents: &[Entity]) -> Vec<Entity> {
        let mut all = Vec::with_capacity(contents.len());
        for &entity in contents {
            all.push(entity);
            match entity {
                Entity::Sequence(id) => all.extend(&self.of_sequence[id.index()]),
                Entity::Show(id) => all.extend(&self.of_show[id.index()]),
                Entity::Shot(_) | Entity::Asset(_) => {}
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Days before and after the timeline in which holidays still count. Due dates further away than
/// that are counted in plain weeks.
const DAYS_AROUND: i64 = 400;

/// Working days of one calendar, counted once so that differences are cheap.
struct WorkingDays {
    first: Date,
    /// Worked days before each day from `first` on, and one more for the end.
    before: Vec<i64>,
    worked: [bool; 7],
}

impl WorkingDays {
    fn new(timeline: &Timeline, is_worked: impl Fn(Date) -> bool) -> WorkingDays {
        let first = timeline.first().saturating_sub(Span::new().days(DAYS_AROUND));
        let mut before = vec![0];
        let mut sum = 0;
        for day in 0..i64::from(timeline.days()) + 2 * DAYS_AROUND {
            sum += i64::from(is_worked(first.saturating_add(Span::new().days(day))));
            before.push(sum);
        }
        let monday = timeline.monday(timeline.weeks());
        let worked = std::array::from_fn(|day| {
            is_worked(monday.saturating_add(Span::new().days(day as i64)))
        });
        WorkingDays { first, before, worked }
    }

    /// Working days after `from` up to and including `to`; negative when `to` is earlier.
    fn between(&self, from: Date, to: Date) -> i64 {
        self.until(to) - self.until(from)
    }

    /// Working days from `first` up to and including `date`.
    fn until(&self, date: Date) -> i64 {
        let day = days_between(self.first, date) + 1;
        let last = self.before.len() as i64 - 1;
        match usize::try_from(day) {
            Ok(inside) if day <= last => self.before[inside],
            _ if day < 0 => {
                -self.weeks_of(self.first.saturating_sub(Span::new().days(1)), date, -day)
            }
            _ => {
                let end = self.first.saturating_add(Span::new().days(last - 1));
                self.before[last as usize] + self.weeks_of(date, end, day - last)
            }
        }
    }

    /// Working days of the plain week in the `days` days after `earlier` up to `later`.
    fn weeks_of(&self, later: Date, earlier: Date, days: i64) -> i64 {
        let a_week = self.worked.iter().filter(|worked| **worked).count() as i64;
        let rest = (0..days % 7).filter(|back| {
            let day = later.saturating_sub(Span::new().days(*back));
            day > earlier && self.worked[day.weekday().to_monday_zero_offset() as usize]
        });
        days / 7 * a_week + rest.count() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn working_days_inside_and_outside_the_timeline() {
        let timeline = Timeline::new(date(2027, 1, 4), date(2027, 1, 29), 4);
        let holiday = date(2027, 1, 13);
        let week = crate::model::Calendar::monday_to_friday("week");
        let days = WorkingDays::new(&timeline, |day| week.is_worked(day) && day != holiday);
        // Friday to Monday: one working day; the holiday does not count.
        assert_eq!(days.between(date(2027, 1, 8), date(2027, 1, 11)), 1);
        assert_eq!(days.between(date(2027, 1, 11), date(2027, 1, 8)), -1);
        assert_eq!(days.between(date(2027, 1, 11), date(2027, 1, 15)), 3);
        // Due before the timeline: Wed 30 December to Tue 5 January = Thu, Fri, Mon, Tue.
        assert_eq!(days.between(date(2026, 12, 30), date(2027, 1, 5)), 4);
        assert_eq!(days.between(date(2026, 12, 23), date(2026, 12, 30)), 5);
        // Due after it: Fri 29 January to Tue 9 February = 7 days.
        assert_eq!(days.between(date(2027, 1, 29), date(2027, 2, 9)), 7);
        assert_eq!(days.between(date(2027, 1, 28), date(2027, 2, 9)), 8);
        // Far away in both directions: ten weeks of five days more each.
        let (far, further) = (date(2029, 6, 1), date(2029, 8, 10));
        assert_eq!(days.between(far, further), 50);
        let (far, further) = (date(2025, 1, 3), date(2024, 10, 25));
        assert_eq!(days.between(far, further), -50);
    }
}
