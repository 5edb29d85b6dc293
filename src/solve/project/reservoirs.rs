//! Schedule generation with reservoirs: a task that takes waits until what it takes is never missed
//! again.
//!
//! The list is gone through again and again: a task for which a reservoir does not yet hold enough, at
//! any time, is left for the next round. An order whose rounds stop before the last task leads
//! nowhere, and tasks without duration that can only happen at one instant together are not found.
//! Backwards in time gives and takes change places, and the reservoir starts from what is
//! left at the end (Neumann and Schwindt, *Project scheduling with inventory constraints*, 2002, for
//! the constraint itself).

use super::generation::Scheme;
use super::network::Side;
use super::profile::Profile;
use super::shape::{Packed, Shape};
use crate::formulate::Reservoir;

/// Renewable resources and reservoirs.
#[derive(Clone, Debug)]
pub struct Stocks<'a, const W: usize> {
    shape: &'a Shape,
    packed: &'a Packed<W>,
    stocks: &'a [Reservoir],
    profile: Profile<W>,
    /// Start and end of each task side by side.
    time: Vec<i32>,
    /// Level of each reservoir after each instant; the last slot stands for all later ones.
    level: Vec<Vec<i64>>,
    is_placed: Vec<bool>,
    slots: usize,
}

impl<'a, const W: usize> Stocks<'a, W> {
    /// Buffers for a project whose tasks all end within `horizon`.
    pub fn new(
        shape: &'a Shape,
        packed: &'a Packed<W>,
        stocks: &'a [Reservoir],
        horizon: usize,
    ) -> Stocks<'a, W> {
        let slots = horizon + 2;
        Stocks {
            shape,
            packed,
            stocks,
            profile: Profile::new(packed.lanes, &packed.capacity, 256),
            time: vec![0; 2 * shape.tasks],
            level: vec![vec![0; slots]; stocks.len()],
            is_placed: vec![false; shape.tasks],
            slots,
        }
    }

    fn run(&mut self, side: &Side, is_forward: bool, modes: &[u32], list: &[u32]) -> Option<u32> {
        self.profile.clear();
        self.is_placed.fill(false);
        for (level, stock) in self.level.iter_mut().zip(self.stocks) {
            let initial = i64::try_from(stock.initial).unwrap_or(i64::MAX / 4);
            let sum =
                |amounts: &[u32]| amounts.iter().map(|&amount| i64::from(amount)).sum::<i64>();
            let first = match is_forward {
                true => initial,
                false => initial + sum(&stock.give) - sum(&stock.take),
            };
            level.fill(first);
        }
        let (mut left, mut last) = (list.len(), 0);
        while left > 0 {
            let before = left;
            for &task in list {
                let task = task as usize;
                let arcs = side.arcs_into(task);
                if self.is_placed[task] || arcs.iter().any(|arc| !self.is_placed[arc.task()]) {
                    continue;
                }
                let release = if is_forward { self.shape.release[task] as i32 } else { 0 };
                let earliest = arcs.iter().fold(release, |earliest, arc| {
                    earliest.max(self.time[arc.from as usize] + arc.lag)
                });
                let Some(end) = self.place(task, modes[task], earliest as usize, is_forward) else {
                    continue;
                };
                last = last.max(end);
                left -= 1;
            }
            if left == before {
                return None;
            }
        }
        Some(last as u32)
    }

    /// Places a task where resources and reservoirs let it; `None` when a reservoir never does.
    fn place(
        &mut self,
        task: usize,
        mode: u32,
        earliest: usize,
        is_forward: bool,
    ) -> Option<usize> {
        let duration = self.shape.duration[mode as usize] as usize;
        let uses = &self.packed.uses[mode as usize];
        let mut start = earliest;
        'search: loop {
            if duration > 0 {
                start = self.profile.first_fit(start, duration, uses);
            }
            if start + duration + 1 >= self.slots {
                return None;
            }
            for (level, stock) in self.level.iter().zip(self.stocks) {
                let (take, give) = Self::flows(stock, task, is_forward);
                if take == 0 {
                    continue;
                }
                // The last instant at which the level would fall below zero.
                let after =
                    level[start + duration..].iter().rposition(|&level| level + give < take);
                let short = match after {
                    Some(at) => Some(start + duration + at),
                    None => {
                        let during = &level[start..start + duration];
                        during.iter().rposition(|&level| level < take).map(|at| start + at)
                    }
                };
                if let Some(at) = short {
                    if at + 1 >= self.slots {
                        return None;
                    }
                    start = at + 1;
                    continue 'search;
                }
            }
            break;
        }
        if duration > 0 {
            self.profile.take(start, duration, uses);
        }
        for (level, stock) in self.level.iter_mut().zip(self.stocks) {
            let (take, give) = Self::flows(stock, task, is_forward);
            if take != 0 {
                level[start..].iter_mut().for_each(|level| *level -= take);
            }
            if give != 0 {
                level[start + duration..].iter_mut().for_each(|level| *level += give);
            }
        }
        self.is_placed[task] = true;
        self.time[2 * task] = start as i32;
        self.time[2 * task + 1] = (start + duration) as i32;
        Some(start + duration)
    }

    /// What a task takes when it starts and gives when it ends, in this direction of time.
    fn flows(stock: &Reservoir, task: usize, is_forward: bool) -> (i64, i64) {
        let (take, give) = (i64::from(stock.take[task]), i64::from(stock.give[task]));
        if is_forward { (take, give) } else { (give, take) }
    }
}

impl<const W: usize> Scheme for Stocks<'_, W> {
    fn shape(&self) -> &Shape {
        self.shape
    }

    fn forward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32> {
        let shape = self.shape;
        self.run(&shape.network.forward, true, modes, list)
    }

    fn backward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32> {
        let shape = self.shape;
        self.run(&shape.network.backward, false, modes, list)
    }

    fn times(&self) -> &[i32] {
        &self.time
    }
}
