//! The reference scheduler: how a show would go if everybody always took the most urgent task.
//!
//! Time runs forward from event to event. Whenever an artist is free and work of their pool is
//! ready, the task with the earliest latest start goes to the free artist who ends it first. One
//! artist per task, half a day of review along each dependency. It is simple on purpose: it gives
//! the yardstick of tightness and the state of a running show, no plan to work by. Skills outside a
//! person's pool, time zones and crew caps do not count here.

use super::days::SLOTS;
use super::draft::Draft;
use super::network::{NEVER, Network, REVIEW, share_of};
use crate::model::*;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// An artist's time for one show, or for any.
pub(super) struct Worker {
    pub person: PersonId,
    show: Option<u16>,
    pool: u16,
    /// Level by department, in thousandths; 0 = no skill.
    level: [u16; TRADES.len()],
    max_class: Class,
    /// Share slots (basis points × slots) before each day, and at the end.
    before: Vec<u32>,
}

impl Worker {
    /// Whether the time may go to work of `show`.
    pub(super) fn serves(&self, show: u16) -> bool {
        self.show.is_none_or(|own| own == show)
    }

    /// Share of day `day`, in basis points.
    pub(super) fn share(&self, day: u32) -> u32 {
        let day = day as usize;
        match (self.before.get(day), self.before.get(day + 1)) {
            (Some(before), Some(after)) => (after - before) / SLOTS,
            _ => 0,
        }
    }

    /// Whether there is time on day `day` or after it.
    pub(super) fn stays_until(&self, day: u32) -> bool {
        let before = self.before.get(day as usize);
        before.is_some_and(|before| Some(before) < self.before.last())
    }

    fn done_at(&self, slot: u32) -> u64 {
        let day = slot / SLOTS;
        let before = self.before.get(day as usize).or(self.before.last()).copied().unwrap_or(0);
        u64::from(before) + u64::from(slot % SLOTS) * u64::from(self.share(day))
    }

    /// End of `need` share slots begun at `start`; `None` when there is not so much time left.
    fn end_of(&self, start: u32, need: u64) -> Option<u32> {
        let target = self.done_at(start) + need;
        let next = self.before.partition_point(|&before| u64::from(before) < target);
        if next >= self.before.len() {
            return None;
        }
        let day = next.saturating_sub(1) as u32;
        let rest = target - u64::from(self.before[day as usize]);
        let share = u64::from(self.share(day)).max(1);
        Some((day * SLOTS + rest.div_ceil(share) as u32).max(start))
    }

    /// First slot from `slot` on in which the person is at work.
    fn next_at_work(&self, slot: u32) -> Option<u32> {
        if self.share(slot / SLOTS) > 0 {
            return Some(slot);
        }
        let now = u32::try_from(self.done_at(slot)).unwrap_or(u32::MAX);
        let next = self.before.partition_point(|&before| before <= now);
        (next < self.before.len()).then(|| (next as u32 - 1) * SLOTS)
    }
}

/// Share slots that `minutes` of work take at a level (thousandths).
fn need(minutes: i64, level: u16, productive: i64) -> u64 {
    let done =
        super::days::DAY_MINUTES as u128 * u128::from(level.max(1)) * productive.max(1) as u128;
    let wanted = minutes.max(0) as u128 * 10_000_000_000 * u128::from(SLOTS);
    wanted.div_ceil(done) as u64
}

/// All workers of a production, by the rules of [`availability::lanes`].
pub(super) struct Bench {
    pub workers: Vec<Worker>,
    pools: usize,
    shows: usize,
    department: Vec<u16>,
    pool_of: Vec<u16>,
    class: Vec<Class>,
    productive: i64,
}

impl Bench {
    /// The workers as they are employed and booked now, over the whole time of the production.
    pub(super) fn of(draft: &mut Draft) -> Bench {
        // Lanes are empty before the day of the plan; here the show has not begun.
        let as_of = draft.production.settings.as_of;
        draft.production.settings.as_of = super::days::FIRST_DAY;
        let timeline = draft.production.timeline();
        let lanes = availability::lanes(&draft.production, &timeline);
        draft.production.settings.as_of = as_of;

        let production = &draft.production;
        let pool_of = draft.pool_of();
        let days = draft.horizon_slots() / SLOTS;
        let workers = lanes
            .iter()
            .map(|lane| {
                let person = &production.people[lane.person];
                let mut level = [0_u16; TRADES.len()];
                let home = person.skills.first().map_or(0, |skill| pool_of[skill.department]);
                for skill in person.skills.iter().filter(|s| pool_of[s.department] == home) {
                    level[skill.department.index()] = skill.level as u16;
                }
                let mut before = Vec::with_capacity(days as usize + 1);
                let mut sum = 0;
                before.push(sum);
                for day in 0..days {
                    let calendar_day = (day / 5 * 7 + day % 5) as usize;
                    sum += u32::from(lane.share.get(calendar_day).copied().unwrap_or(0)) * SLOTS;
                    before.push(sum);
                }
                Worker {
                    person: lane.person,
                    show: lane.show.map(|show| show.index() as u16),
                    pool: home,
                    level,
                    max_class: person.skills.first().map_or(Class::D, |skill| skill.max_class),
                    before,
                }
            })
            .collect();
        Bench {
            workers,
            pools: draft.parameters.pools.len(),
            shows: production.shows.len(),
            department: production.tasks.iter().map(|t| t.department.index() as u16).collect(),
            pool_of: production.tasks.iter().map(|t| pool_of[t.department]).collect(),
            class: production
                .tasks
                .iter()
                .map(|task| production.class_of(task.entity).unwrap_or(Class::A))
                .collect(),
            productive: production.settings.productive,
        }
    }
}

impl Bench {
    /// The days before slot `until` on which a task is worked in a schedule, each with its share
    /// slots; none for vendors' work.
    pub(super) fn days_of(
        &self,
        schedule: &Schedule,
        task: usize,
        until: u32,
    ) -> impl Iterator<Item = (u32, i64)> + '_ {
        let worker = self.workers.get(schedule.worker[task] as usize);
        let (start, end) = match worker {
            Some(_) => (schedule.start[task], schedule.end[task].min(until)),
            None => (0, 0),
        };
        (start / SLOTS..end.div_ceil(SLOTS)).filter_map(move |day| {
            let slots = end.min((day + 1) * SLOTS).saturating_sub(start.max(day * SLOTS));
            let done = i64::from(slots) * i64::from(worker?.share(day));
            (done > 0).then_some((day, done))
        })
    }
}

/// Where a schedule begins.
pub(super) struct Beginning<'a> {
    /// Nothing happens before this slot.
    pub now: u32,
    /// Tasks that are over.
    pub done: &'a [bool],
    /// Work in progress and the workers who are on it.
    pub held: &'a [(u32, u32)],
}

/// When each task is worked, and by whom; [`NEVER`] where it found no place. Tasks that are done
/// have no times either.
pub(super) struct Schedule {
    pub start: Vec<u32>,
    pub end: Vec<u32>,
    pub worker: Vec<u32>,
}

const READY: u8 = 0;
const FREE: u8 = 1;
const RETRY: u8 = 2;
/// A pause of so many slots (a week) inside a task is worth waiting for somebody else.
const LONG_PAUSE: u32 = 5 * SLOTS;
/// Tasks of one show looked at for the free artists of a pool at one moment.
const LOOK_AHEAD: usize = 24;

struct Run<'a> {
    network: &'a Network,
    bench: &'a Bench,
    work: &'a [i64],
    done: &'a [bool],
    latest_start: Vec<u32>,
    waits_for: Vec<u32>,
    ready_at: Vec<u32>,
    schedule: Schedule,
    events: BinaryHeap<Reverse<(u32, u8, u32)>>,
    /// By pool × show.
    waiting: Vec<BTreeSet<(u32, u32)>>,
    /// By pool, ascending.
    idle: Vec<Vec<u32>>,
}

/// Works through the network with `work` minutes per task.
pub(super) fn run<'a>(
    network: &'a Network,
    bench: &'a Bench,
    work: &'a [i64],
    latest_end: &[u32],
    beginning: &Beginning<'a>,
) -> Schedule {
    let count = work.len();
    let latest_start =
        (0..count).map(|task| latest_end[task].saturating_sub(network.duration[task])).collect();
    let mut run = Run {
        network,
        bench,
        work,
        done: beginning.done,
        latest_start,
        waits_for: vec![0; count],
        ready_at: network.release.iter().map(|&slot| slot.max(beginning.now)).collect(),
        schedule: Schedule {
            start: vec![NEVER; count],
            end: vec![NEVER; count],
            worker: vec![NEVER; count],
        },
        events: BinaryHeap::with_capacity(count),
        waiting: vec![BTreeSet::new(); bench.pools * bench.shows],
        idle: vec![Vec::new(); bench.pools],
    };
    for task in 0..count {
        if !beginning.done[task] {
            for edge in network.after(task) {
                run.waits_for[edge.to as usize] += 1;
            }
        }
    }
    let mut is_held = vec![false; count];
    let mut busy = vec![false; bench.workers.len()];
    for &(task, worker) in beginning.held {
        let (index, holder) = (task as usize, &bench.workers[worker as usize]);
        let level = holder.level[usize::from(bench.department[index])];
        let start = holder.next_at_work(beginning.now);
        let end = start.and_then(|s| holder.end_of(s, need(work[index], level, bench.productive)));
        if let (Some(start), Some(end)) = (start, end)
            && !busy[worker as usize]
            && level > 0
        {
            (is_held[index], busy[worker as usize]) = (true, true);
            run.place(task, worker, start, end);
        }
    }
    for (task, &is_held) in is_held.iter().enumerate() {
        if run.waits_for[task] == 0 && !beginning.done[task] && !is_held {
            run.events.push(Reverse((run.ready_at[task], READY, task as u32)));
        }
    }
    for (index, worker) in bench.workers.iter().enumerate() {
        if !busy[index]
            && let Some(slot) = worker.next_at_work(beginning.now)
        {
            run.events.push(Reverse((slot, FREE, index as u32)));
        }
    }
    run.all();
    run.schedule
}

impl Run<'_> {
    fn all(&mut self) {
        let mut touched = Vec::new();
        while let Some(&Reverse((now, _, _))) = self.events.peek() {
            touched.clear();
            while let Some(&Reverse((at, kind, id))) = self.events.peek() {
                if at != now {
                    break;
                }
                self.events.pop();
                let pool = match kind {
                    READY => self.is_ready(now, id),
                    FREE => Some(self.is_free(id)),
                    _ => Some(id as usize),
                };
                touched.extend(pool);
            }
            touched.sort_unstable();
            touched.dedup();
            for &pool in &touched {
                self.hand_out(pool, now);
            }
        }
    }

    /// Puts a task on its pool's list; work of vendors, and tasks without work, happen at once.
    fn is_ready(&mut self, now: u32, task: u32) -> Option<usize> {
        let index = task as usize;
        if self.schedule.start[index] != NEVER || self.done[index] {
            return None;
        }
        if self.network.lead[index] > 0 || self.work[index] == 0 {
            let lead = if self.work[index] == 0 { 0 } else { self.network.lead[index] };
            self.finish(task, NEVER, now, now + lead);
            return None;
        }
        let pool = usize::from(self.bench.pool_of[index]);
        let list = pool * self.bench.shows + usize::from(self.network.show[index]);
        self.waiting[list].insert((self.latest_start[index], task));
        Some(pool)
    }

    fn is_free(&mut self, worker: u32) -> usize {
        let pool = usize::from(self.bench.workers[worker as usize].pool);
        let idle = &mut self.idle[pool];
        if let Err(place) = idle.binary_search(&worker) {
            idle.insert(place, worker);
        }
        pool
    }

    fn hand_out(&mut self, pool: usize, now: u32) {
        let shows = self.bench.shows;
        let lists = pool * shows..(pool + 1) * shows;
        loop {
            self.idle[pool]
                .retain(|&worker| self.bench.workers[worker as usize].end_of(now, 1).is_some());
            if self.idle[pool].is_empty() {
                return;
            }
            let mut urgent: Vec<(u32, u32)> = self.waiting[lists.clone()]
                .iter()
                .flat_map(|list| list.iter().take(LOOK_AHEAD).copied())
                .collect();
            urgent.sort_unstable();
            let mut placed = 0;
            let mut paused = false;
            for &(latest_start, task) in &urgent {
                let Some((worker, end)) = self.best(pool, task, now, latest_start, &mut paused)
                else {
                    continue;
                };
                let show = usize::from(self.network.show[task as usize]);
                self.waiting[pool * shows + show].remove(&(latest_start, task));
                self.idle[pool].retain(|&other| other != worker);
                let begin = self.bench.workers[worker as usize].next_at_work(now).unwrap_or(now);
                self.place(task, worker, begin, end);
                placed += 1;
                if self.idle[pool].is_empty() {
                    return;
                }
            }
            let looked_at_all = urgent.len() < LOOK_AHEAD;
            if placed == 0 || looked_at_all {
                if paused {
                    self.events.push(Reverse((now + LONG_PAUSE, RETRY, pool as u32)));
                }
                return;
            }
        }
    }

    /// The free artist who ends the task first, unless a long leave would make it late meanwhile.
    fn best(
        &self,
        pool: usize,
        task: u32,
        now: u32,
        latest_start: u32,
        paused: &mut bool,
    ) -> Option<(u32, u32)> {
        let index = task as usize;
        let department = usize::from(self.bench.department[index]);
        let mut best: Option<(u32, u32)> = None;
        for &id in &self.idle[pool] {
            let worker = &self.bench.workers[id as usize];
            let level = worker.level[department];
            let is_fit = level > 0
                && self.bench.class[index] <= worker.max_class
                && worker.serves(self.network.show[index]);
            if !is_fit {
                continue;
            }
            let need = need(self.work[index], level, self.bench.productive);
            let Some(end) = worker.end_of(now, need) else { continue };
            let share = u64::from(worker.share(now / SLOTS)).clamp(5_000, 10_000);
            let pause = (end - now).saturating_sub(need.div_ceil(share) as u32);
            if pause > LONG_PAUSE && now + pause > latest_start {
                *paused = true;
                continue;
            }
            if best.is_none_or(|(_, earliest)| end < earliest) {
                best = Some((id, end));
            }
        }
        best
    }

    fn place(&mut self, task: u32, worker: u32, start: u32, end: u32) {
        self.events.push(Reverse((end, FREE, worker)));
        // Half-done points of overlapping links are taken along the span: leave inside a task is rare.
        self.finish(task, worker, start, end);
    }

    fn finish(&mut self, task: u32, worker: u32, start: u32, end: u32) {
        let index = task as usize;
        self.schedule.start[index] = start;
        self.schedule.end[index] = end;
        self.schedule.worker[index] = worker;
        let network = self.network;
        for edge in network.after(index) {
            let to = edge.to as usize;
            let ready = if edge.overlap == 0 {
                end + REVIEW
            } else {
                let publish = start + share_of(end - start, edge.overlap);
                publish.max((end + REVIEW).saturating_sub(network.duration[to]))
            };
            self.ready_at[to] = self.ready_at[to].max(ready);
            self.waits_for[to] -= 1;
            if self.waits_for[to] == 0 {
                self.events.push(Reverse((self.ready_at[to], READY, edge.to)));
            }
        }
    }
}

/// Share of the shots that end after their due day, of those with work that is not done; work that
/// found no place is late.
pub(super) fn late_share(
    production: &Production,
    network: &Network,
    schedule: &Schedule,
    done: &[bool],
) -> f64 {
    let mut late = Keyed::<ShotId, Option<bool>>::filled(None, production.shots.len());
    for (id, task) in production.tasks.enumerate() {
        if let Entity::Shot(shot) = task.entity
            && !done[id.index()]
        {
            let is_late = schedule.end[id.index()] > network.due[id.index()];
            late[shot] = Some(late[shot].unwrap_or(false) || is_late);
        }
    }
    let counted = late.iter().flatten().count();
    let late = late.iter().flatten().filter(|&&late| late).count();
    if counted == 0 { 0.0 } else { late as f64 / counted as f64 }
}
