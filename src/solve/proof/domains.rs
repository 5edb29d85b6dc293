//! Integer domains as bound literals, and the trail of what was deduced from what.
//!
//! A whole number x has two halves: x itself (half `2x`) and -x (half `2x + 1`). Each half only ever
//! grows while one goes deeper into the search, so that "x >= 5" and "x <= 7" are the same kind of
//! thing: half 2x has reached 5, half 2x + 1 has reached -7. A domain is its two bounds; holes are not
//! kept.
//!
//! Every change is an entry of the trail with its reason. Reasons are worked out only when a conflict
//! asks for them, and only as strongly as it asks.
//!
//! Source: Ohrimenko, Stuckey, Codish (2009), "Propagation via lazy clause generation".

/// "Half `half` has reached `value`".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Lit {
    pub half: u32,
    pub value: i32,
}

impl Lit {
    /// x >= value.
    pub fn at_least(var: u32, value: i32) -> Self {
        Self { half: 2 * var, value }
    }

    /// x <= value.
    pub fn at_most(var: u32, value: i32) -> Self {
        Self { half: 2 * var + 1, value: -value }
    }

    /// The opposite: not (x >= v) is x <= v - 1.
    pub fn negated(self) -> Self {
        Self { half: self.half ^ 1, value: 1 - self.value }
    }
}

/// Why an entry of the trail holds; who recorded it can explain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// The search chose it.
    Choice,
    /// All other literals of this clause are false.
    Clause(u32),
    /// Half `from` has reached the value less `lag`.
    Lag { from: u32, lag: i32 },
    /// The lag of an order in force.
    Order(u32),
    /// The lag of an order that cannot hold.
    Barred(u32),
    /// The tasks that must be running at `at` leave too little of `resource`.
    Peak { resource: u32, at: i32 },
    /// The work that must be done within a recorded window leaves too little.
    Window(u32),
    /// What the others add at least leaves too little of this sum.
    Sum(u32),
    /// What is taken of a stock by `at` cannot be there.
    Stock { stock: u32, at: i32 },
}

/// A change of one half.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub half: u32,
    pub new: i32,
    pub old: i32,
    /// The entry that changed this half before; `NONE` = none since the root.
    pub prev: u32,
    pub level: u32,
    pub reason: Reason,
}

pub(super) const NONE: u32 = u32::MAX;

/// A literal that was to become true and is false; its reason and its opposite contradict each
/// other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clash {
    pub lit: Lit,
    pub reason: Reason,
}

/// Bounds of all variables, and how they came about.
#[derive(Debug, Default)]
pub(super) struct Domains {
    /// What each half has reached now.
    pub bound: Vec<i32>,
    /// What each half had reached before any choice.
    pub root: Vec<i32>,
    /// The entry that last changed each half.
    last: Vec<u32>,
    pub trail: Vec<Entry>,
    /// Length of the trail at each choice.
    levels: Vec<u32>,
}

impl Domains {
    /// Adds a variable from `low` to `high`.
    pub fn add(&mut self, low: i32, high: i32) -> u32 {
        let var = (self.bound.len() / 2) as u32;
        self.bound.extend([low, -high]);
        self.root.extend([low, -high]);
        self.last.extend([NONE, NONE]);
        var
    }

    pub fn low(&self, var: u32) -> i32 {
        self.bound[2 * var as usize]
    }

    pub fn high(&self, var: u32) -> i32 {
        -self.bound[2 * var as usize + 1]
    }

    pub fn is_true(&self, lit: Lit) -> bool {
        self.bound[lit.half as usize] >= lit.value
    }

    pub fn is_false(&self, lit: Lit) -> bool {
        self.bound[lit.half as usize ^ 1] > -lit.value
    }

    /// Whether a literal holds whatever is chosen.
    pub fn is_root(&self, lit: Lit) -> bool {
        self.root[lit.half as usize] >= lit.value
    }

    pub fn level(&self) -> u32 {
        self.levels.len() as u32
    }

    /// Makes a literal true, or says that it cannot be.
    pub fn set(&mut self, lit: Lit, reason: Reason) -> Result<(), Clash> {
        let half = lit.half as usize;
        let old = self.bound[half];
        if old >= lit.value {
            return Ok(());
        }
        if self.is_false(lit) {
            return Err(Clash { lit, reason });
        }
        self.trail.push(Entry {
            half: lit.half,
            new: lit.value,
            old,
            prev: self.last[half],
            level: self.levels.len() as u32,
            reason,
        });
        self.last[half] = self.trail.len() as u32 - 1;
        self.bound[half] = lit.value;
        Ok(())
    }

    /// Starts a new level; what is set next is its choice.
    pub fn choose(&mut self) {
        self.levels.push(self.trail.len() as u32);
    }

    /// Where a level began on the trail.
    pub fn level_start(&self, level: u32) -> usize {
        if level == 0 { 0 } else { self.levels[level as usize - 1] as usize }
    }

    /// Takes back the newest entry.
    fn pop(&mut self) {
        if let Some(entry) = self.trail.pop() {
            self.bound[entry.half as usize] = entry.old;
            self.last[entry.half as usize] = entry.prev;
        }
    }

    /// Takes back everything above a level.
    pub fn back_to(&mut self, level: u32) {
        if level >= self.level() {
            return;
        }
        let length = self.levels[level as usize] as usize;
        while self.trail.len() > length {
            self.pop();
        }
        self.levels.truncate(level as usize);
    }

    /// Makes what holds now the root; only without any choice open.
    pub fn settle(&mut self) {
        debug_assert_eq!(self.level(), 0);
        for entry in self.trail.drain(..) {
            self.last[entry.half as usize] = NONE;
        }
        self.root.copy_from_slice(&self.bound);
    }

    /// What a half had reached before entry `at` of the trail.
    pub fn bound_at(&self, half: u32, at: usize) -> i32 {
        let mut entry = self.last[half as usize];
        while entry != NONE && entry as usize >= at {
            entry = self.trail[entry as usize].prev;
        }
        if entry == NONE { self.root[half as usize] } else { self.trail[entry as usize].new }
    }

    /// The entry that made a true literal true, looking before entry `at`; `None` if the root did.
    pub fn entry_of(&self, lit: Lit, at: usize) -> Option<usize> {
        if self.is_root(lit) {
            return None;
        }
        let mut entry = self.last[lit.half as usize];
        while entry != NONE && entry as usize >= at {
            entry = self.trail[entry as usize].prev;
        }
        let mut found = None;
        while entry != NONE && self.trail[entry as usize].new >= lit.value {
            found = Some(entry as usize);
            entry = self.trail[entry as usize].prev;
        }
        debug_assert!(found.is_some(), "{lit:?} is not true before {at}");
        found
    }
}
