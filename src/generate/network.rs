//! The work as a network in slots: durations at the bid standard, releases, dues, and the earliest
//! and latest times without any limit of crew.

use super::days::{DAY_MINUTES, SLOTS, day_of};
use super::draft::Draft;
use crate::model::*;

/// Slots of review between a task and what waits for it.
pub(super) const REVIEW: u32 = 2;
/// A date nobody asked for.
pub(super) const NEVER: u32 = u32::MAX;

/// One task waits for another, seen from the earlier one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub to: u32,
    /// Share of the earlier task, in basis points, that may still be ahead.
    pub overlap: u16,
}

/// The work of a production, task by task.
pub(super) struct Network {
    /// Slots one artist at the bid standard needs, or a vendor's lead.
    pub duration: Vec<u32>,
    /// Lead of the vendor a task is given to; 0 = done in house.
    pub lead: Vec<u32>,
    /// First slot allowed by show, turnover and earliest date.
    pub release: Vec<u32>,
    /// Boundary at the end of the shot's due day; [`NEVER`] for other tasks.
    pub due: Vec<u32>,
    /// First edge of each task, and one more.
    pub first: Vec<u32>,
    pub edges: Vec<Edge>,
    pub waits_for: Vec<u32>,
    /// Tasks, each after all it waits for.
    pub order: Vec<u32>,
    pub show: Vec<u16>,
}

/// Slots that `minutes` at the bid standard take one artist, of whose day `productive` thousandths
/// become work.
pub(super) fn slots_for(minutes: i64, productive: i64) -> u32 {
    let slot = DAY_MINUTES / i64::from(SLOTS) * productive.max(1);
    ((minutes.max(0) * 1_000 + slot - 1) / slot) as u32
}

impl Network {
    /// The network of the production as it is now.
    pub(super) fn of(draft: &Draft) -> Network {
        let production = &draft.production;
        let count = production.tasks.len();
        let mut network = Network {
            duration: vec![0; count],
            lead: vec![0; count],
            release: vec![0; count],
            due: vec![NEVER; count],
            first: vec![0; count + 1],
            edges: vec![Edge { to: 0, overlap: 0 }; production.dependencies.len()],
            waits_for: vec![0; count],
            order: Vec::with_capacity(count),
            show: vec![0; count],
        };
        for (id, task) in production.tasks.enumerate() {
            let index = id.index();
            if let Some(vendor) = task.vendor {
                let class = production.class_of(task.entity).unwrap_or(Class::B);
                network.lead[index] = production.vendors[vendor].lead_days[class as usize] * SLOTS;
            }
            network.duration[index] = match network.lead[index] {
                0 => slots_for(task.bid, production.settings.productive),
                lead => lead,
            };
            let show = production.show_of(task.entity);
            network.show[index] = show.index() as u16;
            let mut release = draft.span[show.index()].0;
            let mut later = |date: Option<jiff::civil::Date>| {
                release = release.max(date.map_or(0, day_of));
            };
            later(task.earliest);
            later(
                production
                    .sequence_of(task.entity)
                    .and_then(|id| production.sequences[id].turnover),
            );
            if let Entity::Shot(shot) = task.entity {
                later(production.shots[shot].turnover);
            }
            network.release[index] = release * SLOTS;
        }
        for edge in &production.dependencies {
            network.first[edge.from.index() + 1] += 1;
            network.waits_for[edge.to.index()] += 1;
        }
        for index in 0..count {
            network.first[index + 1] += network.first[index];
        }
        let mut next = network.first.clone();
        for edge in &production.dependencies {
            let place = &mut next[edge.from.index()];
            network.edges[*place as usize] =
                Edge { to: edge.to.index() as u32, overlap: edge.overlap as u16 };
            *place += 1;
        }
        network.refresh_dues(production);
        network.sort();
        network
    }

    /// The tasks that wait for `task`.
    pub(super) fn after(&self, task: usize) -> &[Edge] {
        &self.edges[self.first[task] as usize..self.first[task + 1] as usize]
    }

    /// Takes the durations anew from changed bids.
    pub(super) fn refresh(&mut self, production: &Production) {
        for (id, task) in production.tasks.enumerate() {
            if self.lead[id.index()] == 0 {
                self.duration[id.index()] = slots_for(task.bid, production.settings.productive);
            }
        }
    }

    /// Takes the due dates anew.
    pub(super) fn refresh_dues(&mut self, production: &Production) {
        for (id, task) in production.tasks.enumerate() {
            if let Entity::Shot(shot) = task.entity {
                let due = production.shots[shot].due;
                self.due[id.index()] = due.map_or(NEVER, |due| (day_of(due) + 1) * SLOTS);
            }
        }
    }

    /// Makes work in house longer, to so many per cent.
    pub(super) fn stretch(&mut self, per_cent: u32) {
        for (duration, &lead) in self.duration.iter_mut().zip(&self.lead) {
            if lead == 0 {
                *duration = (*duration * per_cent).div_ceil(100);
            }
        }
    }

    fn sort(&mut self) {
        let mut left = self.waits_for.clone();
        self.order = (0..left.len() as u32).filter(|&task| left[task as usize] == 0).collect();
        let mut next = 0;
        while next < self.order.len() {
            let task = self.order[next] as usize;
            next += 1;
            for place in self.first[task]..self.first[task + 1] {
                let to = self.edges[place as usize].to;
                left[to as usize] -= 1;
                if left[to as usize] == 0 {
                    self.order.push(to);
                }
            }
        }
    }

    /// Earliest start of each task with crew without limit.
    pub(super) fn earliest(&self) -> Vec<u32> {
        let mut start = self.release.clone();
        for &task in &self.order {
            let task = task as usize;
            let end = start[task] + self.duration[task];
            for edge in self.after(task) {
                let to = edge.to as usize;
                let bound = if edge.overlap == 0 {
                    end + REVIEW
                } else {
                    let done = share_of(self.duration[task], edge.overlap);
                    (start[task] + done).max((end + REVIEW).saturating_sub(self.duration[to]))
                };
                start[to] = start[to].max(bound);
            }
        }
        start
    }

    /// Latest end of each task at which its shot is still on time; `last` where no shot asks.
    pub(super) fn latest(&self, last: u32) -> Vec<u32> {
        let mut end: Vec<u32> = self.due.iter().map(|&due| due.min(last)).collect();
        for &task in self.order.iter().rev() {
            let task = task as usize;
            for edge in self.after(task) {
                let to = edge.to as usize;
                let bound = if edge.overlap == 0 {
                    end[to].saturating_sub(self.duration[to] + REVIEW)
                } else {
                    let ahead = self.duration[task] - share_of(self.duration[task], edge.overlap);
                    (end[to].saturating_sub(self.duration[to]) + ahead)
                        .min(end[to].saturating_sub(REVIEW))
                };
                end[task] = end[task].min(bound);
            }
        }
        end
    }
}

/// Slots of `duration` that must be done before an overlapping task may start.
pub(super) fn share_of(duration: u32, overlap: u16) -> u32 {
    (duration * (10_000 - u32::from(overlap))).div_ceil(10_000)
}
