//! What is due when, and what being late costs: shots, assets and tasks of their own, and milestones.

use super::problem::Entities;
use super::{CountingCalendar, Job, JobKind, NONE, Problem};
use crate::model::*;

/// A day that something is measured against, which may lie before the timeline.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    /// The day; [`NONE`] when it lies before the timeline.
    pub day: u32,
    /// Working days between it and the timeline, when it lies before.
    pub before: u32,
}

impl Deadline {
    /// Working days after it, up to and including `day`.
    #[inline]
    pub fn days_late(&self, calendar: &CountingCalendar, day: u32) -> u32 {
        self.before + calendar.days_after(self.day, day)
    }

    fn new(timeline: &Timeline, calendar: &Calendar, date: jiff::civil::Date) -> Deadline {
        if date >= timeline.first() {
            return Deadline { day: timeline.day(date).0, before: 0 };
        }
        let between = date.series(jiff::Span::new().days(1)).skip(1);
        let before = between
            .take_while(|&day| day < timeline.first())
            .filter(|&day| calendar.is_worked(day))
            .count();
        Deadline { day: NONE, before: before as u32 }
    }
}

/// A thing with a due date of its own: costs for each working day late.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// The entity, or [`NONE`] when it is a single task.
    pub entity: u32,
    /// The task, or [`NONE`].
    pub task: u32,
    /// When it is due.
    pub due: Deadline,
    /// Priority factor.
    pub factor: i64,
    /// Counting calendar.
    pub calendar: u32,
}

/// A milestone.
#[derive(Clone, Debug)]
pub struct Target {
    /// When it is due.
    pub due: Deadline,
    /// Counting calendar.
    pub calendar: u32,
    /// Whether missing it breaks a rule.
    pub hard: bool,
    /// Penalty per day.
    pub penalty: i64,
    /// Rate per day in basis points of the value.
    pub rate: i64,
    /// Entities whose lateness is charged here, with their value.
    pub items: Vec<(u32, i64)>,
    /// All entities with open tasks in it.
    pub entities: Vec<u32>,
}

/// Due dates of shots and assets with open tasks, and of tasks whose shot or asset has none.
pub(super) fn dues(
    production: &Production,
    timeline: &Timeline,
    jobs: &[Job],
    entities: &mut Entities,
) -> Vec<Due> {
    let mut dues = Vec::new();
    let mut open = vec![false; entities.list.len()];
    for job in jobs.iter().filter(|job| job.kind != JobKind::Done) {
        open[job.entity as usize] = true;
    }
    for (index, &entity) in entities.list.iter().enumerate() {
        let due = production.due_of(entity);
        let factor = match entity {
            Entity::Shot(shot) => production.shots[shot].priority.factor(),
            Entity::Asset(asset) => production.assets[asset].priority.factor(),
            Entity::Sequence(_) | Entity::Show(_) => 1,
        };
        if let Some(date) = due.filter(|_| open[index]) {
            dues.push(Due {
                entity: index as u32,
                task: NONE,
                due: deadline(production, timeline, entity, date),
                factor,
                calendar: production.show_of(entity).index() as u32,
            });
        }
    }
    for (id, task) in production.tasks.enumerate() {
        let job = &jobs[id.index()];
        if let Some(date) = task.due
            && job.kind != JobKind::Done
            && production.due_of(task.entity).is_none()
        {
            dues.push(Due {
                entity: NONE,
                task: id.index() as u32,
                due: deadline(production, timeline, task.entity, date),
                factor: production.priority_of(id).factor(),
                calendar: job.calendar,
            });
        }
    }
    dues
}

/// The date as a deadline in the calendar of the show of `entity`.
pub(super) fn deadline(
    production: &Production,
    timeline: &Timeline,
    entity: Entity,
    date: jiff::civil::Date,
) -> Deadline {
    let calendar = &production.calendars[production.shows[production.show_of(entity)].calendar];
    Deadline::new(timeline, calendar, date)
}

/// The milestones. What has a due date of its own that is no later is charged there, not here.
pub(super) fn targets(
    production: &Production,
    problem: &Problem,
    entities: &Entities,
) -> Vec<Target> {
    let mut bids = vec![0_i64; entities.list.len()];
    let mut open = vec![false; entities.list.len()];
    for (task, job) in production.tasks.iter().zip(&problem.jobs) {
        if task.status != Status::Omit && !production.is_omitted(task.entity) {
            bids[job.entity as usize] += task.bid;
        }
        open[job.entity as usize] |= job.kind != JobKind::Done;
    }
    production
        .milestones
        .iter()
        .map(|milestone| {
            let mut inside: Vec<u32> = Vec::new();
            for &content in &milestone.contents {
                match content {
                    Entity::Shot(_) | Entity::Asset(_) => {
                        inside.extend(entities.index.get(&content));
                    }
                    Entity::Sequence(_) | Entity::Show(_) => inside.extend(
                        (0..entities.list.len() as u32)
                            .filter(|&e| production.contains(content, entities.list[e as usize])),
                    ),
                }
            }
            inside.sort_unstable();
            inside.dedup();
            inside.retain(|&entity| open[entity as usize]);
            let items = inside
                .iter()
                .filter_map(|&index| {
                    let entity = entities.list[index as usize];
                    let award = match entity {
                        Entity::Shot(shot) => production.shots[shot].award,
                        Entity::Asset(_) | Entity::Sequence(_) | Entity::Show(_) => None,
                    };
                    let by_milestone =
                        production.due_of(entity).is_none_or(|due| due > milestone.date);
                    by_milestone.then(|| {
                        let value = award.map_or_else(
                            || {
                                let bid = i128::from(bids[index as usize]);
                                round_half_even(
                                    bid * i128::from(problem.artist_day),
                                    i128::from(problem.bid_day.max(1)),
                                )
                            },
                            |award| award.0,
                        );
                        (index, value)
                    })
                })
                .collect();
            Target {
                due: deadline(
                    production,
                    &problem.timeline,
                    Entity::Show(milestone.show),
                    milestone.date,
                ),
                calendar: milestone.show.index() as u32,
                hard: milestone.hard,
                penalty: milestone.penalty_per_day.map_or(0, |penalty| penalty.0),
                rate: milestone.kind.lateness_rate(),
                items,
                entities: inside,
            }
        })
        .collect()
}
