//! Time-table reasoning: what must be running at a time leaves less for the others.
//!
//! A task that starts at 4 at the latest and ends at 6 at the earliest runs during 4 and 5 whatever
//! happens. The sum of such parts is a profile over time, kept up to date with every change of a
//! bound and taken back with it. Where the profile leaves too little for a task, the task moves past
//! that time, one step at a time, and each step has a reason of its own: the tasks that run at that
//! one time (a pointwise explanation).
//!
//! A task takes the room of its shape: the least of its modes until one is picked. A mode that would
//! overdraw the profile where the task runs in any case is closed.
//!
//! Up to four resources share a word of the profile, sixteen bits each, so that one comparison tests
//! all of them.
//!
//! Source: Schutt, Feydy, Stuckey, Wallace (2011), "Explaining the cumulative propagator".

use super::domains::{Clash, Domains, Entry, Lit, Reason};
use super::shapes::Shapes;

/// Resources that share a word of the profile.
#[derive(Debug)]
struct Word {
    /// What each shape takes, packed.
    uses: Vec<u64>,
    /// What is taken at each time, packed.
    taken: Vec<u64>,
    /// Added to a sum, it sets the top bit of each resource that is overdrawn.
    spare: u64,
    top: u64,
    /// Times changed since the last look.
    changed: (i32, i32),
}

#[derive(Debug)]
pub(super) struct Timetable {
    tasks: usize,
    /// The shape of each task as the profile has it.
    shape: Vec<u32>,
    capacities: Vec<i32>,
    words: Vec<Word>,
    /// Bits a resource has in a word.
    bits: u32,
    /// Bounds of the starts as the profile has them.
    low: Vec<i32>,
    high: Vec<i32>,
    /// The first time of the profile.
    origin: i32,
    /// Tasks whose bounds changed since the last look.
    moved: Vec<bool>,
    any_moved: bool,
    /// A literal that never holds.
    never: Lit,
    /// Times looked at.
    pub work: u64,
    candidates: Vec<(usize, u32, u32)>,
}

impl Timetable {
    pub fn new(domains: &Domains, shapes: &Shapes, capacities: &[i32], never: Lit) -> Self {
        let tasks = shapes.least_durations().len();
        let resources = capacities.len();
        let bits = if capacities.iter().all(|&capacity| capacity < 0x7fff) { 16 } else { 64 };
        let lanes = 64 / bits as usize;
        let origin = (0..tasks as u32).map(|task| domains.low(task)).min().unwrap_or(0);
        let longest = |task: u32| {
            let modes = shapes.modes(task).map(|shape| shapes.durations[shape]);
            modes.max().unwrap_or(shapes.durations[task as usize])
        };
        let end = (0..tasks as u32).map(|task| domains.high(task) + longest(task)).max();
        let length = (end.unwrap_or(origin) - origin).max(0) as usize;
        let mut words = Vec::new();
        for first in (0..resources).step_by(lanes) {
            let group = first..(first + lanes).min(resources);
            let pack = |value: &dyn Fn(usize) -> u64| -> u64 {
                group.clone().map(|r| value(r) << ((r - first) as u32 * bits)).sum()
            };
            let largest = (1_u64 << (bits - 1)) - 1;
            words.push(Word {
                uses: (0..shapes.durations.len())
                    .map(|shape| pack(&|r| shapes.uses[shape * resources + r] as u64))
                    .collect(),
                taken: vec![0; length],
                spare: pack(&|r| largest - capacities[r] as u64),
                top: pack(&|_| 1 << (bits - 1)),
                changed: (i32::MAX, i32::MIN),
            });
        }
        let mut timetable = Self {
            tasks,
            shape: (0..tasks as u32).collect(),
            capacities: capacities.to_vec(),
            words,
            bits,
            low: (0..tasks as u32).map(|task| domains.low(task)).collect(),
            high: (0..tasks as u32).map(|task| domains.high(task)).collect(),
            origin,
            moved: vec![true; tasks],
            any_moved: true,
            never,
            work: 0,
            candidates: Vec::new(),
        };
        for (task, &duration) in shapes.least_durations().iter().enumerate() {
            let (from, to) = (timetable.high[task], timetable.low[task] + duration);
            timetable.add(task, from, to);
        }
        timetable
    }

    /// Whether the profile is overdrawn before anything is chosen.
    pub fn overdrawn(&self) -> bool {
        self.words.iter().any(|w| w.taken.iter().any(|&cell| (cell + w.spare) & w.top != 0))
    }

    fn add(&mut self, shape: usize, from: i32, to: i32) -> Option<(usize, i32)> {
        if from >= to {
            return None;
        }
        let mut overdrawn = None;
        let span = (from - self.origin) as usize..(to - self.origin) as usize;
        for (number, word) in self.words.iter_mut().enumerate() {
            let uses = word.uses[shape];
            if uses == 0 {
                continue;
            }
            word.changed = (word.changed.0.min(from), word.changed.1.max(to));
            let mut over = 0;
            for cell in &mut word.taken[span.clone()] {
                *cell += uses;
                over |= *cell + word.spare;
            }
            self.work += span.len() as u64;
            if over & word.top != 0 && overdrawn.is_none() {
                let bad = |&at: &i32| {
                    (word.taken[(at - self.origin) as usize] + word.spare) & word.top != 0
                };
                overdrawn = (from..to).find(bad).map(|at| (number, at));
            }
        }
        overdrawn
    }

    fn remove(&mut self, shape: usize, from: i32, to: i32) {
        if from >= to {
            return;
        }
        let span = (from - self.origin) as usize..(to - self.origin) as usize;
        for word in &mut self.words {
            let uses = word.uses[shape];
            if uses != 0 {
                word.taken[span.clone()].iter_mut().for_each(|cell| *cell -= uses);
            }
        }
    }

    /// Takes a change of a bound into the profile.
    pub fn absorb(&mut self, shapes: &Shapes, entry: &Entry) -> Result<(), Clash> {
        let task = entry.half as usize / 2;
        let overdrawn = if task < self.tasks {
            let shape = self.shape[task] as usize;
            let duration = shapes.durations[shape];
            self.moved[task] = true;
            let (from, to) = if entry.half.is_multiple_of(2) {
                self.low[task] = entry.new;
                (self.high[task].max(entry.old + duration), entry.new + duration)
            } else {
                self.high[task] = -entry.new;
                (-entry.new, (-entry.old).min(self.low[task] + duration))
            };
            self.add(shape, from, to)
        } else {
            let Some((task, shape)) = picked(shapes, entry) else { return Ok(()) };
            self.moved[task] = true;
            self.reshape(shapes, task, shape)
        };
        self.any_moved = true;
        match overdrawn {
            None => Ok(()),
            Some((word, at)) => {
                let resource = self.overdrawn_resource(word, at, 0);
                Err(Clash { lit: self.never, reason: Reason::Peak { resource, at } })
            }
        }
    }

    /// Takes a change back out of the profile.
    pub fn release(&mut self, shapes: &Shapes, entry: &Entry) {
        let task = entry.half as usize / 2;
        if task >= self.tasks {
            if let Some((task, _)) = picked(shapes, entry) {
                self.reshape(shapes, task, task);
            }
            return;
        }
        let shape = self.shape[task] as usize;
        let duration = shapes.durations[shape];
        if entry.half.is_multiple_of(2) {
            self.low[task] = entry.old;
            self.remove(shape, self.high[task].max(entry.old + duration), entry.new + duration);
        } else {
            self.high[task] = -entry.old;
            self.remove(shape, -entry.new, (-entry.old).min(self.low[task] + duration));
        }
    }

    /// Gives a task another shape.
    fn reshape(&mut self, shapes: &Shapes, task: usize, shape: usize) -> Option<(usize, i32)> {
        let (from, low) = (self.high[task], self.low[task]);
        let old = std::mem::replace(&mut self.shape[task], shape as u32) as usize;
        self.remove(old, from, low + shapes.durations[old]);
        self.add(shape, from, low + shapes.durations[shape])
    }

    /// The shape of a task as the profile has it.
    pub fn shape(&self, task: u32) -> usize {
        self.shape[task as usize] as usize
    }

    fn overdrawn_resource(&self, word: usize, at: i32, uses: u64) -> u32 {
        let group = &self.words[word];
        let sum = group.taken[(at - self.origin) as usize] + uses + group.spare;
        let lane = (sum & group.top).trailing_zeros() / self.bits;
        word as u32 * (64 / self.bits) + lane
    }

    /// Moves every task off the times at which it does not fit.
    pub fn propagate(&mut self, domains: &mut Domains, shapes: &Shapes) -> Result<(), Clash> {
        let nothing = (i32::MAX, i32::MIN);
        if !self.any_moved && self.words.iter().all(|word| word.changed == nothing) {
            return Ok(());
        }
        for number in 0..self.words.len() {
            let changed = std::mem::replace(&mut self.words[number].changed, nothing);
            for task in 0..self.tasks {
                let var = task as u32;
                let (low, high) = (domains.low(var), domains.high(var));
                let moved = self.moved[task];
                let shape = self.shape[task] as usize;
                if shape == task && !shapes.modes(var).is_empty() {
                    self.close(
                        domains,
                        shapes,
                        number,
                        var,
                        if moved { None } else { Some(changed) },
                    )?;
                }
                if low == high || self.words[number].uses[shape] == 0 {
                    continue;
                }
                let duration = shapes.durations[shape];
                if moved || (low < changed.1 && changed.0 < low + duration) {
                    self.push_up(domains, number, var, (shape, duration))?;
                }
                if moved || (high < changed.1 && changed.0 < high + duration) {
                    self.push_down(domains, number, var, (shape, duration))?;
                }
            }
        }
        self.moved.fill(false);
        self.any_moved = false;
        Ok(())
    }

    /// Closes modes that would overdraw the profile where the task runs in any case; only times in
    /// `changed` are looked at where that is given.
    fn close(
        &mut self,
        domains: &mut Domains,
        shapes: &Shapes,
        number: usize,
        var: u32,
        changed: Option<(i32, i32)>,
    ) -> Result<(), Clash> {
        let (low, high) = (domains.low(var), domains.high(var));
        let (first, last) = changed.unwrap_or((i32::MIN, i32::MAX));
        for shape in shapes.modes(var) {
            let (from, to) = (high.max(first), (low + shapes.durations[shape]).min(last));
            let Some(pick) = shapes.picked(shape) else { continue };
            if from >= to || domains.is_true(pick) || domains.is_false(pick) {
                continue;
            }
            let word = &self.words[number];
            // The profile holds what all modes take up to here already.
            let own = (low + shapes.durations[var as usize]).clamp(from, to);
            let cells = |from: i32, to: i32| {
                &word.taken[(from - self.origin) as usize..(to - self.origin) as usize]
            };
            let more = word.uses[shape] + word.spare;
            let less = more - word.uses[var as usize];
            self.work += (to - from) as u64;
            let full = |least: u64| move |&cell: &u64| (cell + least) & word.top != 0;
            let early = cells(from, own).iter().position(full(less)).map(|at| (from, at, less));
            let found = early
                .or_else(|| cells(own, to).iter().position(full(more)).map(|at| (own, at, more)));
            if let Some((start, at, least)) = found {
                let at = start + at as i32;
                let resource = self.overdrawn_resource(number, at, least - word.spare);
                domains.set(pick.negated(), Reason::Peak { resource, at })?;
            }
        }
        Ok(())
    }

    /// Nothing is left to be looked at: the profile is back where it was at rest.
    pub fn rest(&mut self) {
        self.moved.fill(false);
        self.any_moved = false;
        self.words.iter_mut().for_each(|word| word.changed = (i32::MAX, i32::MIN));
    }

    fn push_up(
        &mut self,
        domains: &mut Domains,
        number: usize,
        var: u32,
        (shape, duration): (usize, i32),
    ) -> Result<(), Clash> {
        let high = domains.high(var);
        let mut low = domains.low(var);
        loop {
            let word = &self.words[number];
            let uses = word.uses[shape];
            let least = uses + word.spare;
            let (from, to) = (low - self.origin, (low + duration).min(high) - self.origin);
            if from >= to {
                return Ok(());
            }
            self.work += (to - from) as u64;
            let full = word.taken[from as usize..to as usize]
                .iter()
                .rposition(|&cell| (cell + least) & word.top != 0);
            let Some(full) = full else { return Ok(()) };
            let at = from + full as i32 + self.origin;
            let resource = self.overdrawn_resource(number, at, uses);
            low = at + 1;
            domains.set(Lit::at_least(var, low), Reason::Peak { resource, at })?;
        }
    }

    fn push_down(
        &mut self,
        domains: &mut Domains,
        number: usize,
        var: u32,
        (shape, duration): (usize, i32),
    ) -> Result<(), Clash> {
        let low = domains.low(var);
        let mut high = domains.high(var);
        loop {
            let word = &self.words[number];
            let uses = word.uses[shape];
            let least = uses + word.spare;
            let from = high.max(low + duration) - self.origin;
            let to = high + duration - self.origin;
            if from >= to {
                return Ok(());
            }
            self.work += (to - from) as u64;
            let full = word.taken[from as usize..to as usize]
                .iter()
                .position(|&cell| (cell + least) & word.top != 0);
            let Some(full) = full else { return Ok(()) };
            let at = from + full as i32 + self.origin;
            let resource = self.overdrawn_resource(number, at, uses);
            high = at - duration;
            domains.set(Lit::at_most(var, high), Reason::Peak { resource, at })?;
        }
    }

    /// Why `lit` follows from what ran at `at` before entry `before` of the trail.
    pub fn explain(
        &mut self,
        domains: &Domains,
        shapes: &Shapes,
        (resource, at): (u32, i32),
        lit: Lit,
        before: usize,
        out: &mut Vec<Lit>,
    ) {
        self.work += shapes.all_modes();
        let resources = self.capacities.len();
        let resource = resource as usize;
        let uses = |shape: usize| i64::from(shapes.uses[shape * resources + resource]);
        let begun = |task: u32| Lit::at_most(task, at);
        let going = |task: u32, shape: usize| Lit::at_least(task, at + 1 - shapes.durations[shape]);
        let mut own = u32::MAX;
        let mut excess = -i64::from(self.capacities[resource]) - 1;
        if let Some((task, shape)) = shapes.meant(lit) {
            // The task would run then in this mode.
            own = task;
            excess += uses(shape);
            out.extend([begun(task), going(task, shape)]);
        } else if lit != self.never {
            own = lit.half / 2;
            let shape = shapes.shape_at(domains, own, before);
            excess += uses(shape);
            out.extend(shapes.picked(shape));
            // Every start from here to the new bound would cover that time.
            let is_up = lit.half.is_multiple_of(2);
            out.push(if is_up { going(own, shape) } else { begun(own) });
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        // Bounds only grow: what is not so now was not so before.
        let may_run = |&task: &u32| task != own && domains.is_true(begun(task));
        for task in (0..self.tasks as u32).filter(may_run) {
            let shape = shapes.shape_at(domains, task, before);
            if uses(shape) == 0 {
                continue;
            }
            let (begun, going) = (begun(task), going(task, shape));
            if !domains.is_true(going)
                || domains.bound_at(begun.half, before) < begun.value
                || domains.bound_at(going.half, before) < going.value
            {
                continue;
            }
            excess += uses(shape);
            let place = |lit| domains.entry_of(lit, before).map_or(0, |entry| entry + 1);
            let picked = shapes.picked(shape).map_or(0, place);
            candidates.push((place(begun).max(place(going)).max(picked), shape as u32, task));
        }
        debug_assert!(
            excess >= 0,
            "an explanation by resource {resource} at {at} that explains nothing"
        );
        // What is not needed goes, the newest first.
        candidates.sort_unstable_by_key(|&(place, _, task)| std::cmp::Reverse((place, task)));
        for &(_, shape, task) in &candidates {
            let shape = shape as usize;
            if uses(shape) <= excess {
                excess -= uses(shape);
                continue;
            }
            out.extend([begun(task), going(task, shape)]);
            out.extend(shapes.picked(shape));
        }
        self.candidates = candidates;
    }

    /// What is taken of a resource from the profile's first time up to each time, summed.
    pub fn sums(&self, resource: usize, out: &mut Vec<i64>) {
        let lanes = (64 / self.bits) as usize;
        let word = &self.words[resource / lanes];
        let shift = (resource % lanes) as u32 * self.bits;
        let mask = if self.bits == 64 { u64::MAX } else { (1 << self.bits) - 1 };
        out.clear();
        out.push(0);
        let mut sum = 0;
        for &cell in &word.taken {
            sum += (cell >> shift & mask) as i64;
            out.push(sum);
        }
    }

    pub fn origin(&self) -> i32 {
        self.origin
    }
}

/// The task and the mode that an entry of the trail picks.
fn picked(shapes: &Shapes, entry: &Entry) -> Option<(usize, usize)> {
    let lit = Lit { half: entry.half, value: entry.new };
    let (task, shape) = shapes.meant(lit)?;
    entry.half.is_multiple_of(2).then_some((task as usize, shape))
}
