//! When things are finished: tasks, what they are part of, and milestones with their contents.

use crate::model::{Entity, Id, Keyed, MilestoneId, Production, SequenceId, ShowId, TaskId};
use crate::verify::case::{Case, Place};
use crate::verify::verdict::{Finish, Finishes};

/// Finishes by task, by thing, and by milestone.
pub(in crate::verify) struct AllFinishes {
    pub tasks: Keyed<TaskId, Finish>,
    /// Of the tasks that are directly on each thing.
    pub things: Things<Finish>,
    /// All contents of each milestone, each thing once.
    pub contents: Keyed<MilestoneId, Vec<Entity>>,
    pub milestones: Keyed<MilestoneId, Finish>,
}

impl AllFinishes {
    /// The part of it that a verdict tells.
    pub fn told(self, case: &Case<'_>) -> Finishes {
        let parts = case.parts.iter().filter(|part| part.sound);
        let worked = parts.map(|part| part.end()).max();
        Finishes {
            plan: worked.map(|end| case.clock.finish_date(end)),
            tasks: self.tasks,
            shots: self.things.shots.into_iter().collect(),
            assets: self.things.assets.into_iter().collect(),
            milestones: self.milestones,
        }
    }
}

/// One value for each thing that tasks are part of.
pub(in crate::verify) struct Things<T> {
    shots: Vec<T>,
    assets: Vec<T>,
    sequences: Vec<T>,
    shows: Vec<T>,
}

impl<T: Clone> Things<T> {
    pub fn new(production: &Production, value: T) -> Things<T> {
        Things {
            shots: vec![value.clone(); production.shots.len()],
            assets: vec![value.clone(); production.assets.len()],
            sequences: vec![value.clone(); production.sequences.len()],
            shows: vec![value; production.shows.len()],
        }
    }
    pub fn of(&self, thing: Entity) -> &T {
        match thing {
            Entity::Shot(id) => &self.shots[id.index()],
            Entity::Asset(id) => &self.assets[id.index()],
            Entity::Sequence(id) => &self.sequences[id.index()],
            Entity::Show(id) => &self.shows[id.index()],
        }
    }
    pub fn of_mut(&mut self, thing: Entity) -> &mut T {
        match thing {
            Entity::Shot(id) => &mut self.shots[id.index()],
            Entity::Asset(id) => &mut self.assets[id.index()],
            Entity::Sequence(id) => &mut self.sequences[id.index()],
            Entity::Show(id) => &mut self.shows[id.index()],
        }
    }
}

pub(in crate::verify) fn finishes(case: &Case<'_>) -> AllFinishes {
    let production = case.production;
    // The order of `Finish` is: nothing open, a date, unplaced; so the latest is the greatest.
    let tasks: Keyed<TaskId, Finish> = case
        .places
        .iter()
        .map(|place| match *place {
            Place::Done => Finish::NothingOpen,
            Place::Absent | Place::Unplaced => Finish::Unplaced,
            Place::Worked { end, .. } | Place::Instant(end) => {
                Finish::On(case.clock.finish_date(end))
            }
        })
        .collect();
    let mut things = Things::new(production, Finish::NothingOpen);
    for (id, task) in production.tasks.enumerate() {
        let thing = things.of_mut(task.entity);
        *thing = (*thing).max(tasks[id]);
    }
    let contents = contents(production);
    let milestones = contents
        .iter()
        .map(|contents| {
            let finishes = contents.iter().map(|&thing| *things.of(thing));
            finishes.max().unwrap_or(Finish::NothingOpen)
        })
        .collect();
    AllFinishes { tasks, things, contents, milestones }
}

/// What each milestone is about: sequences and shows stand for themselves and all inside them.
fn contents(production: &Production) -> Keyed<MilestoneId, Vec<Entity>> {
    let mut of_sequence: Keyed<SequenceId, Vec<Entity>> =
        production.sequences.ids().map(|id| vec![Entity::Sequence(id)]).collect();
    for (id, shot) in production.shots.enumerate() {
        of_sequence[shot.sequence].push(Entity::Shot(id));
    }
    let mut of_show: Keyed<ShowId, Vec<Entity>> =
        production.shows.ids().map(|id| vec![Entity::Show(id)]).collect();
    for (id, sequence) in production.sequences.enumerate() {
        of_show[sequence.show].extend_from_slice(&of_sequence[id]);
    }
    for (id, asset) in production.assets.enumerate() {
        of_show[asset.show].push(Entity::Asset(id));
    }
    production
        .milestones
        .iter()
        .map(|milestone| {
            let mut things: Vec<Entity> = Vec::new();
            for &content in &milestone.contents {
                match content {
                    Entity::Sequence(id) => things.extend_from_slice(&of_sequence[id]),
                    Entity::Show(id) => things.extend_from_slice(&of_show[id]),
                    Entity::Shot(_) | Entity::Asset(_) => things.push(content),
                }
            }
            things.sort_unstable();
            things.dedup();
            things
        })
        .collect()
}

impl Case<'_> {
    /// The day that counts as the finish, from the first of the timeline: the last one for work
    /// without a place; `None` with nothing open.
    pub(in crate::verify) fn finish_day(&self, finish: Finish) -> Option<i64> {
        match finish {
            Finish::NothingOpen => None,
            Finish::On(date) => Some(self.clock.offset(date)),
            Finish::Unplaced => Some(i64::from(self.clock.days()) - 1),
        }
    }

    /// `late(f, d)`: working days of a show's calendar after `due` up to and including the finish.
    pub(in crate::verify) fn days_late(
        &self,
        show: ShowId,
        finish: Finish,
        due: jiff::civil::Date,
    ) -> i64 {
        let due = self.clock.offset(due);
        self.finish_day(finish).map_or(0, |day| self.show_days(show).between(due, day))
    }
}
