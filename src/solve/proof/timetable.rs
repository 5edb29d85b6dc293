//! Time-table reasoning: what must be running at a time leaves less for the others.
//!
//! A task that starts at 4 at the latest and ends at 6 at the earliest runs during 4 and 5 whatever
//! happens. The sum of such parts is a profile over time, kept up to date with every change of a
//! bound and taken back with it. Where the profile leaves too little for a task, the task moves past
//! that time, one step at a time, and each step has a reason of its own: the tasks that run at that
//! one time (a pointwise explanation).
//!
//! Up to four resources share a word of the profile, sixteen bits each, so that one comparison tests
//! all of them.
//!
//! Source: Schutt, Feydy, Stuckey, Wallace (2011), "Explaining the cumulative propagator".

use super::domains::{Clash, Domains, Entry, Lit, Reason};

/// Resources that share a word of the profile.
#[derive(Debug)]
struct Word {
    /// What each task takes, packed.
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
    durations: Vec<i32>,
    /// Task by task.
    uses: Vec<i32>,
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
    candidates: Vec<(usize, u32)>,
}

impl Timetable {
    pub fn new(
        domains: &Domains,
        durations: &[i32],
        uses: &[i32],
        capacities: &[i32],
        never: Lit,
    ) -> Self {
        let tasks = durations.len();
        let resources = capacities.len();
        let bits = if capacities.iter().all(|&capacity| capacity < 0x7fff) { 16 } else { 64 };
        let lanes = 64 / bits as usize;
        let origin = (0..tasks as u32).map(|task| domains.low(task)).min().unwrap_or(0);
        let end = (0..tasks).map(|task| domains.high(task as u32) + durations[task]).max();
        let length = (end.unwrap_or(origin) - origin).max(0) as usize;
        let mut words = Vec::new();
        for first in (0..resources).step_by(lanes) {
            let group = first..(first + lanes).min(resources);
            let pack = |value: &dyn Fn(usize) -> u64| -> u64 {
                group.clone().map(|r| value(r) << ((r - first) as u32 * bits)).sum()
            };
            let largest = (1_u64 << (bits - 1)) - 1;
            words.push(Word {
                uses: (0..tasks).map(|task| pack(&|r| uses[task * resources + r] as u64)).collect(),
                taken: vec![0; length],
                spare: pack(&|r| largest - capacities[r] as u64),
                top: pack(&|_| 1 << (bits - 1)),
                changed: (i32::MAX, i32::MIN),
            });
        }
        let mut timetable = Self {
            durations: durations.to_vec(),
            uses: uses.to_vec(),
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
        for (task, &duration) in durations.iter().enumerate() {
            let (from, to) = (timetable.high[task], timetable.low[task] + duration);
            timetable.add(task, from, to);
        }
        timetable
    }

    /// Whether the profile is overdrawn before anything is chosen.
    pub fn overdrawn(&self) -> bool {
        self.words.iter().any(|w| w.taken.iter().any(|&cell| (cell + w.spare) & w.top != 0))
    }

    fn add(&mut self, task: usize, from: i32, to: i32) -> Option<(usize, i32)> {
        if from >= to {
            return None;
        }
        let mut overdrawn = None;
        let span = (from - self.origin) as usize..(to - self.origin) as usize;
        for (number, word) in self.words.iter_mut().enumerate() {
            let uses = word.uses[task];
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

    fn remove(&mut self, task: usize, from: i32, to: i32) {
        if from >= to {
            return;
        }
        let span = (from - self.origin) as usize..(to - self.origin) as usize;
        for word in &mut self.words {
            let uses = word.uses[task];
            if uses != 0 {
                word.taken[span.clone()].iter_mut().for_each(|cell| *cell -= uses);
            }
        }
    }

    /// Takes a change of a bound into the profile.
    pub fn absorb(&mut self, entry: &Entry) -> Result<(), Clash> {
        let task = entry.half as usize / 2;
        if task >= self.durations.len() {
            return Ok(());
        }
        let duration = self.durations[task];
        self.moved[task] = true;
        self.any_moved = true;
        let (from, to) = if entry.half.is_multiple_of(2) {
            self.low[task] = entry.new;
            (self.high[task].max(entry.old + duration), entry.new + duration)
        } else {
            self.high[task] = -entry.new;
            (-entry.new, (-entry.old).min(self.low[task] + duration))
        };
        match self.add(task, from, to) {
            None => Ok(()),
            Some((word, at)) => {
                let resource = self.overdrawn_resource(word, at, 0);
                Err(Clash { lit: self.never, reason: Reason::Peak { resource, at } })
            }
        }
    }

    /// Takes a change back out of the profile.
    pub fn release(&mut self, entry: &Entry) {
        let task = entry.half as usize / 2;
        if task >= self.durations.len() {
            return;
        }
        let duration = self.durations[task];
        if entry.half.is_multiple_of(2) {
            self.low[task] = entry.old;
            self.remove(task, self.high[task].max(entry.old + duration), entry.new + duration);
        } else {
            self.high[task] = -entry.old;
            self.remove(task, -entry.new, (-entry.old).min(self.low[task] + duration));
        }
    }

    fn overdrawn_resource(&self, word: usize, at: i32, uses: u64) -> u32 {
        let group = &self.words[word];
        let sum = group.taken[(at - self.origin) as usize] + uses + group.spare;
        let lane = (sum & group.top).trailing_zeros() / self.bits;
        word as u32 * (64 / self.bits) + lane
    }

    /// Moves every task off the times at which it does not fit.
    pub fn propagate(&mut self, domains: &mut Domains) -> Result<(), Clash> {
        let nothing = (i32::MAX, i32::MIN);
        if !self.any_moved && self.words.iter().all(|word| word.changed == nothing) {
            return Ok(());
        }
        for number in 0..self.words.len() {
            let changed = std::mem::replace(&mut self.words[number].changed, nothing);
            for task in 0..self.durations.len() {
                let var = task as u32;
                let (low, high) = (domains.low(var), domains.high(var));
                if low == high || self.words[number].uses[task] == 0 {
                    continue;
                }
                let duration = self.durations[task];
                let moved = self.moved[task];
                if moved || (low < changed.1 && changed.0 < low + duration) {
                    self.push_up(domains, number, var)?;
                }
                if moved || (high < changed.1 && changed.0 < high + duration) {
                    self.push_down(domains, number, var)?;
                }
            }
        }
        self.moved.fill(false);
        self.any_moved = false;
        Ok(())
    }

    /// Nothing is left to be looked at: the profile is back where it was at rest.
    pub fn rest(&mut self) {
        self.moved.fill(false);
        self.any_moved = false;
        self.words.iter_mut().for_each(|word| word.changed = (i32::MAX, i32::MIN));
    }

    fn push_up(&mut self, domains: &mut Domains, number: usize, var: u32) -> Result<(), Clash> {
        let duration = self.durations[var as usize];
        let high = domains.high(var);
        let mut low = domains.low(var);
        loop {
            let word = &self.words[number];
            let uses = word.uses[var as usize];
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

    fn push_down(&mut self, domains: &mut Domains, number: usize, var: u32) -> Result<(), Clash> {
        let duration = self.durations[var as usize];
        let low = domains.low(var);
        let mut high = domains.high(var);
        loop {
            let word = &self.words[number];
            let uses = word.uses[var as usize];
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
        (resource, at): (u32, i32),
        lit: Lit,
        before: usize,
        out: &mut Vec<Lit>,
    ) {
        let resources = self.capacities.len();
        let resource = resource as usize;
        let mut own = usize::MAX;
        let mut excess = -i64::from(self.capacities[resource]) - 1;
        if lit != self.never {
            own = lit.half as usize / 2;
            excess += i64::from(self.uses[own * resources + resource]);
            // Every start from here to the new bound would cover that time.
            out.push(if lit.half.is_multiple_of(2) {
                Lit::at_least(lit.half / 2, at + 1 - self.durations[own])
            } else {
                Lit::at_most(lit.half / 2, at)
            });
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        for task in 0..self.durations.len() {
            let uses = self.uses[task * resources + resource];
            if uses == 0 || task == own {
                continue;
            }
            let begun = Lit::at_most(task as u32, at);
            let going = Lit::at_least(task as u32, at + 1 - self.durations[task]);
            if domains.bound_at(begun.half, before) < begun.value
                || domains.bound_at(going.half, before) < going.value
            {
                continue;
            }
            excess += i64::from(uses);
            let place = |lit| domains.entry_of(lit, before).map_or(0, |entry| entry + 1);
            candidates.push((place(begun).max(place(going)), task as u32));
        }
        debug_assert!(
            excess >= 0,
            "an explanation by resource {resource} at {at} that explains nothing"
        );
        // What is not needed goes, the newest first.
        candidates.sort_unstable_by(|a, b| b.cmp(a));
        for &(_, task) in &candidates {
            let uses = i64::from(self.uses[task as usize * resources + resource]);
            if uses <= excess {
                excess -= uses;
                continue;
            }
            out.push(Lit::at_most(task, at));
            out.push(Lit::at_least(task, at + 1 - self.durations[task as usize]));
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
