//! What is in use of each pool, slot by slot (of a farm day by day), kept up to date part by part.

use super::schedule::Part;
use crate::formulate::{
    PoolNeed, PoolSpec, Pools, Problem, WorkingTime, days_of_run, part_of, rendered,
};
use crate::model::{Id, PoolKind};

/// What is in use of the pools of a problem, and what is beyond them costs.
#[derive(Clone, Debug, Default)]
pub struct PoolUse {
    /// By pool: units in use at each place.
    used: Vec<Vec<i64>>,
    /// By pool, for desks: parts that somebody with several lanes works on, by person and slot.
    parts: Vec<Vec<u8>>,
    /// What all overflow costs.
    cost: i64,
}

impl PoolUse {
    /// Nothing in use.
    pub fn new(problem: &Problem) -> PoolUse {
        let days = problem.timeline.days() as usize;
        let specs = problem.pools.specs.iter();
        let shared = problem.pools.shared_people as usize * problem.slots as usize;
        PoolUse {
            used: specs.clone().map(|spec| vec![0; days * spec.per_day as usize]).collect(),
            parts: specs
                .map(|spec| vec![0; if spec.kind == PoolKind::Desk { shared } else { 0 }])
                .collect(),
            cost: 0,
        }
    }

    /// Takes everything out of use.
    pub fn clear(&mut self) {
        self.used.iter_mut().for_each(|used| used.fill(0));
        self.parts.iter_mut().for_each(|parts| parts.fill(0));
        self.cost = 0;
    }

    /// What all that is beyond the pools costs.
    pub fn cost(&self) -> i64 {
        self.cost
    }

    /// Takes what a part of a task needs into use.
    pub fn take(&mut self, problem: &Problem, task: u32, part: &Part) {
        self.change(problem, task, part, 1);
    }

    /// Gives back what a part of a task needs.
    pub fn give_back(&mut self, problem: &Problem, task: u32, part: &Part) {
        self.change(problem, task, part, -1);
    }

    fn change(&mut self, problem: &Problem, task: u32, part: &Part, sign: i64) {
        let lane = &problem.lanes[part.lane as usize];
        let time = &problem.times[lane.time as usize];
        let person = lane.person.index() as u32;
        for (spec, need) in problem.pools.at(task, lane.site) {
            let used = &mut self.used[need.pool as usize];
            let seen = seen_by(&problem.pools, spec, person);
            let parts = &mut self.parts[need.pool as usize];
            let mut change = 0;
            each_day(spec, need, time, part, |day, first, places, units| {
                let before = excess(spec, used, day);
                for place in first..first + places {
                    let at = day * spec.per_day + place;
                    if let Some(number) = seen {
                        let own = &mut parts[(number * problem.slots + at) as usize];
                        let held = *own;
                        *own = (i64::from(held) + sign) as u8;
                        if held.max(*own) > 1 {
                            continue;
                        }
                    }
                    used[at as usize] += sign * units;
                }
                change += spec.overflow_cost(excess(spec, used, day)) - spec.overflow_cost(before);
            });
            if !spec.hard {
                self.cost += change;
            }
        }
    }

    /// What a part would cost beyond the pools.
    pub fn cost_of(&self, problem: &Problem, task: u32, part: &Part) -> i64 {
        let lane = &problem.lanes[part.lane as usize];
        let time = &problem.times[lane.time as usize];
        let mut cost = 0;
        for (spec, need) in problem.pools.at(task, lane.site).filter(|(spec, _)| !spec.hard) {
            let used = &self.used[need.pool as usize];
            each_day(spec, need, time, part, |day, first, places, units| {
                let before = excess(spec, used, day);
                let mut after = before;
                for place in first..first + places {
                    let at = (day * spec.per_day + place) as usize;
                    after = after.max(used[at] + units - spec.capacity[day as usize]);
                }
                cost += spec.overflow_cost(after) - spec.overflow_cost(before);
            });
        }
        cost
    }

    /// Where a part has no room: the boundary before which it need not be tried again. Soft pools
    /// count as well if `within` says so.
    pub fn full_until(
        &self,
        problem: &Problem,
        task: u32,
        part: &Part,
        within: bool,
    ) -> Option<u32> {
        let lane = &problem.lanes[part.lane as usize];
        let time = &problem.times[lane.time as usize];
        let person = lane.person.index() as u32;
        let mut until = None;
        for (spec, need) in
            problem.pools.at(task, lane.site).filter(|(spec, _)| within || spec.hard)
        {
            let used = &self.used[need.pool as usize];
            let seen = seen_by(&problem.pools, spec, person);
            let parts = &self.parts[need.pool as usize];
            each_day(spec, need, time, part, |day, first, places, units| {
                let capacity = spec.capacity[day as usize];
                for place in first..first + places {
                    let at = day * spec.per_day + place;
                    let holds = seen
                        .is_some_and(|number| parts[(number * problem.slots + at) as usize] > 0);
                    if holds || used[at as usize] + units <= capacity {
                        continue;
                    }
                    let again = match spec.kind {
                        PoolKind::Licence | PoolKind::Desk => at + 1,
                        // Begun later on its first day, it renders less on that day.
                        PoolKind::Farm => (day * problem.slots_per_day).max(part.start + 1),
                    };
                    until = until.max(Some(again));
                }
            });
        }
        until
    }

    /// Whether the pools have room for several parts side by side; each alone fits.
    pub fn room_together<'a>(
        &mut self,
        problem: &Problem,
        task: u32,
        parts: impl Iterator<Item = &'a Part> + Clone,
    ) -> bool {
        if problem.pools.of(task).is_empty() {
            return true;
        }
        let mut taken = 0;
        let mut has_room = true;
        for part in parts.clone() {
            if self.full_until(problem, task, part, false).is_some() {
                has_room = false;
                break;
            }
            self.take(problem, task, part);
            taken += 1;
        }
        for part in parts.take(taken) {
            self.give_back(problem, task, part);
        }
        has_room
    }

    /// The first pool that is full at the place of a part, as a number; `None` where there is room.
    pub fn first_full(&self, problem: &Problem, task: u32, part: &Part) -> Option<u32> {
        let lane = &problem.lanes[part.lane as usize];
        let time = &problem.times[lane.time as usize];
        let mut full = None;
        for (spec, need) in problem.pools.at(task, lane.site).filter(|(spec, _)| spec.hard) {
            let used = &self.used[need.pool as usize];
            each_day(spec, need, time, part, |day, first, places, units| {
                let places = (first..first + places).map(|place| day * spec.per_day + place);
                let is_full = |at: u32| used[at as usize] + units > spec.capacity[day as usize];
                if full.is_none() && places.into_iter().any(is_full) {
                    full = Some(need.pool);
                }
            });
        }
        full
    }
}

/// The number under which somebody's desks are counted once, where they may have two tasks at a time.
#[inline]
fn seen_by(pools: &Pools, spec: &PoolSpec, person: u32) -> Option<u32> {
    if spec.kind == PoolKind::Desk { pools.shared(person) } else { None }
}

/// The most by which a pool is overdrawn on a day; 0 or less where it is not.
#[inline]
fn excess(spec: &PoolSpec, used: &[i64], day: u32) -> i64 {
    let first = (day * spec.per_day) as usize;
    let most = used[first..first + spec.per_day as usize].iter().copied().max().unwrap_or(0);
    most - spec.capacity[day as usize]
}

/// Calls `visit` with each day of a part, its places in the day, and the units it uses at each.
#[inline]
fn each_day(
    spec: &PoolSpec,
    need: PoolNeed,
    time: &WorkingTime,
    part: &Part,
    mut visit: impl FnMut(u32, u32, u32, i64),
) {
    if spec.kind != PoolKind::Farm {
        days_of_run(time, part.from, part.to, |day, first, slots| {
            visit(day, first, slots, need.units);
        });
        return;
    }
    let units = part_of(need.units, part.parts);
    let all = part.to - part.from;
    let mut done = 0;
    days_of_run(time, part.from, part.to, |day, _, slots| {
        let before = rendered(units, done, all);
        done += slots;
        visit(day, 0, 1, rendered(units, done, all) - before);
    });
}
