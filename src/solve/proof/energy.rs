//! Energy reasoning: more work than room in a window of time.
//!
//! Between `a` and `b` a resource can do capacity x (b - a) of work. Tasks that must lie between them
//! bring all of theirs, others the part that runs there whatever happens. If that is too much, there is no
//! schedule; if a further task would not fit when started as early as it may, it starts later
//! (time-table edge-finding: free parts of the tasks within, plus the profile).
//!
//! Explained by the window alone: for each task, the bounds that force so much of it into the
//! window, loosened as far as the surplus allows.
//!
//! Tiny case: capacity 2, three tasks that take 1 for 4, all between 0 and 5: 12 > 10.
//!
//! Sources: Vilím (2011), "Timetable edge finding filtering algorithm for discrete cumulative
//! resources"; Schutt, Feydy, Stuckey (2013), "Explaining time-table-edge-finding propagation".

use super::domains::{Clash, Domains, Lit, Reason};
use super::shapes::Shapes;
use super::timetable::Timetable;

/// A task as one direction of time sees it.
#[derive(Clone, Copy, Debug)]
struct Block {
    task: u32,
    uses: i64,
    duration: i32,
    /// Earliest start, latest end.
    from: i32,
    to: i32,
    /// The part that runs whatever happens; empty if `fixed.0 >= fixed.1`.
    fixed: (i32, i32),
    /// Work outside that part.
    free: i64,
}

#[derive(Debug)]
pub(super) struct Energy {
    capacities: Vec<i32>,
    /// Tasks that may take of each resource.
    users: Vec<Vec<u32>>,
    /// Windows used as reasons: resource, from, to.
    windows: Vec<(u32, i32, i32)>,
    never: Lit,
    blocks: Vec<Block>,
    by_end: Vec<u32>,
    sums: Vec<i64>,
    shares: Vec<(usize, u32, i32)>,
    /// Pairs of task and end looked at.
    pub work: u64,
}

impl Energy {
    pub fn new(shapes: &Shapes, capacities: &[i32], never: Lit) -> Self {
        let resources = capacities.len();
        let tasks = shapes.least_durations().len() as u32;
        let takes = |shape: usize, r: usize| {
            shapes.uses[shape * resources + r] > 0 && shapes.durations[shape] > 0
        };
        let may = |task: &u32, r: usize| {
            takes(*task as usize, r) || shapes.modes(*task).any(|shape| takes(shape, r))
        };
        let users = |r: usize| (0..tasks).filter(|task| may(task, r)).collect();
        Self {
            capacities: capacities.to_vec(),
            users: (0..resources).map(users).collect(),
            windows: Vec::new(),
            never,
            blocks: Vec::new(),
            by_end: Vec::new(),
            sums: Vec::new(),
            shares: Vec::new(),
            work: 0,
        }
    }

    /// Forgets the recorded windows; only at the root.
    pub fn settle(&mut self) {
        self.windows.clear();
    }

    /// Looks at all windows of all resources, in both directions of time. The profile must be up to
    /// date.
    pub fn propagate(
        &mut self,
        domains: &mut Domains,
        shapes: &Shapes,
        table: &Timetable,
    ) -> Result<(), Clash> {
        let length = domains.trail.len();
        for resource in 0..self.capacities.len() {
            table.sums(resource, &mut self.sums);
            self.sweep(domains, (shapes, table), resource, false)?;
            if domains.trail.len() == length {
                self.sweep(domains, (shapes, table), resource, true)?;
            }
            if domains.trail.len() > length {
                // The profile has to take this in first.
                return Ok(());
            }
        }
        Ok(())
    }

    fn sweep(
        &mut self,
        domains: &mut Domains,
        (shapes, table): (&Shapes, &Timetable),
        resource: usize,
        backwards: bool,
    ) -> Result<(), Clash> {
        let resources = self.capacities.len();
        let origin = table.origin();
        let capacity = i64::from(self.capacities[resource]);
        self.blocks.clear();
        for &task in &self.users[resource] {
            let (low, high) = (domains.low(task), domains.high(task));
            if low == high {
                continue;
            }
            let shape = table.shape(task);
            let duration = shapes.durations[shape];
            let uses = i64::from(shapes.uses[shape * resources + resource]);
            if uses == 0 {
                continue;
            }
            let fixed = (low + duration - high).max(0);
            let (from, to, part) = if backwards {
                (-(high + duration), -low, (-(low + duration), -high))
            } else {
                (low, high + duration, (high, low + duration))
            };
            let free = uses * i64::from(duration - fixed);
            self.blocks.push(Block { task, uses, duration, from, to, fixed: part, free });
        }
        self.blocks.sort_unstable_by_key(|block| (std::cmp::Reverse(block.from), block.task));
        self.by_end.clear();
        self.by_end.extend(0..self.blocks.len() as u32);
        self.by_end.sort_unstable_by_key(|&at| std::cmp::Reverse(self.blocks[at as usize].to));
        let sum = |a: i32, b: i32| -> i64 {
            let at = |time: i32| self.sums[(time - origin) as usize];
            if backwards { at(-a) - at(-b) } else { at(b) - at(a) }
        };
        let mut last_end = i32::MAX;
        let mut found: Option<(Lit, (u32, i32, i32))> = None;
        'ends: for &at in &self.by_end {
            let end = self.blocks[at as usize].to;
            if end == last_end {
                continue;
            }
            last_end = end;
            let mut within = 0_i64;
            // The task that would bring most if started as early as it may.
            let mut most = 0_i64;
            let mut pushed: Option<&Block> = None;
            self.work += self.blocks.len() as u64;
            for (place, block) in self.blocks.iter().enumerate() {
                if block.from >= end {
                    continue;
                }
                if block.to <= end {
                    within += block.free;
                } else {
                    let early = block.duration.min(end - block.from);
                    let fixed = (end.min(block.fixed.1) - block.fixed.0).max(0);
                    let more = block.uses * i64::from(early - fixed);
                    if more > most {
                        most = more;
                        pushed = Some(block);
                    }
                }
                // Only once all that start here are in.
                if self.blocks.get(place + 1).is_some_and(|next| next.from == block.from) {
                    continue;
                }
                let begin = block.from;
                let room = capacity * i64::from(end - begin) - within - sum(begin, end);
                if room >= most {
                    continue;
                }
                let window = if backwards { (-end, -begin) } else { (begin, end) };
                let window = (resource as u32, window.0, window.1);
                if room < 0 {
                    found = Some((self.never, window));
                    break 'ends;
                }
                let Some(task) = pushed else { continue };
                let fixed = i64::from((end.min(task.fixed.1) - task.fixed.0).max(0));
                let fits = ((room + task.uses * fixed) / task.uses) as i32;
                let start = end - fits;
                let lit = if backwards {
                    Lit::at_most(task.task, -(start + task.duration))
                } else {
                    Lit::at_least(task.task, start)
                };
                if !domains.is_true(lit) {
                    found = Some((lit, window));
                    break 'ends;
                }
            }
        }
        if let Some((lit, window)) = found {
            self.windows.push(window);
            domains.set(lit, Reason::Window(self.windows.len() as u32 - 1))?;
        }
        Ok(())
    }

    /// Why `lit` follows from the work in a recorded window, by bounds before entry `before`.
    pub fn explain(
        &mut self,
        domains: &Domains,
        shapes: &Shapes,
        window: u32,
        lit: Lit,
        before: usize,
        out: &mut Vec<Lit>,
    ) {
        self.work += shapes.all_modes();
        let (resource, begin, end) = self.windows[window as usize];
        let resources = self.capacities.len();
        let uses = |shape: usize| i64::from(shapes.uses[shape * resources + resource as usize]);
        let length = end - begin;
        let mut surplus = -i64::from(self.capacities[resource as usize]) * i64::from(length) - 1;
        let mut own = u32::MAX;
        if lit != self.never {
            own = lit.half / 2;
            let shape = shapes.shape_at(domains, own, before);
            let duration = shapes.durations[shape];
            out.extend(shapes.picked(shape));
            let bound = domains.bound_at(lit.half, before);
            // So much of it lies within, wherever it starts before the new bound.
            let part = if lit.half.is_multiple_of(2) {
                let part = (end - lit.value + 1).min(bound + duration - begin);
                let part = part.min(duration).min(length);
                out.push(Lit::at_least(own, begin + part - duration));
                part
            } else {
                let part = (1 - lit.value + duration - begin).min(end + bound);
                let part = part.min(duration).min(length);
                out.push(Lit::at_most(own, end - part));
                part
            };
            surplus += uses(shape) * i64::from(part);
        }
        let mut shares = std::mem::take(&mut self.shares);
        shares.clear();
        for &task in &self.users[resource as usize] {
            if task == own {
                continue;
            }
            let shape = shapes.shape_at(domains, task, before);
            if uses(shape) == 0 {
                continue;
            }
            let duration = shapes.durations[shape];
            let within = |low: i32, high: i32| {
                duration.min(length).min(low + duration - begin).min(end - high)
            };
            // Bounds only grow: what lies outside now lay outside before.
            if within(domains.low(task), domains.high(task)) <= 0 {
                continue;
            }
            let low = domains.bound_at(2 * task, before);
            let part = within(low, -domains.bound_at(2 * task + 1, before));
            if part <= 0 {
                continue;
            }
            surplus += uses(shape) * i64::from(part);
            let place = |lit| domains.entry_of(lit, before).map_or(0, |entry| entry + 1);
            let (after, by) = force(task, duration, part, begin, end);
            let picked = shapes.picked(shape).map_or(0, place);
            shares.push((place(after).max(place(by)).max(picked), task, part));
        }
        debug_assert!(surplus >= 0, "a window that explains nothing");
        shares.sort_unstable_by(|a, b| b.cmp(a));
        for &(_, task, part) in &shares {
            let shape = shapes.shape_at(domains, task, before);
            let uses = uses(shape);
            let less = (surplus / uses).min(i64::from(part)) as i32;
            surplus -= uses * i64::from(less);
            if less < part {
                let (after, by) = force(task, shapes.durations[shape], part - less, begin, end);
                out.extend([after, by]);
                out.extend(shapes.picked(shape));
            }
        }
        self.shares = shares;
    }
}

/// The bounds that force `part` of a task between `begin` and `end`.
fn force(task: u32, duration: i32, part: i32, begin: i32, end: i32) -> (Lit, Lit) {
    (Lit::at_least(task, begin + part - duration), Lit::at_most(task, end - part))
}
