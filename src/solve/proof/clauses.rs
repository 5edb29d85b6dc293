//! The clause database: what was learned, two watched literals a clause.
//!
//! A clause is a set of bound literals of which at least one holds. Two of its literals are watched;
//! only when one of these becomes false is the clause looked at. The watches of a half are kept by the
//! value that wakes them, so that a bound that moves from 3 to 7 wakes those of 4, 5, 6 and 7 and
//! no others.
//!
//! Memory is bounded: when too many clauses were learned, those that took part in few conflicts and
//! span many levels are forgotten, and the rest is rebuilt without what the root has settled.
//!
//! Sources: Moskewicz et al. (2001), "Chaff"; Audemard, Simon (2009), "Predicting learnt clauses quality".

use super::domains::{Clash, Domains, Lit, Reason};

#[derive(Clone, Copy, Debug)]
struct Watch {
    clause: u32,
    /// The value of the half at which the watched literal is false.
    value: i32,
    /// Another literal of the clause; if it holds there is nothing to do.
    other: Lit,
}

#[derive(Clone, Copy, Debug)]
struct Head {
    start: u32,
    length: u32,
    activity: f32,
    /// Levels its literals spanned when it was learned.
    spread: u32,
}

/// Spread of a clause that is never forgotten.
const FIXED: u32 = 0;
/// At most this many slots of watches; wider domains share slots.
const SLOTS: usize = 1 << 21;

#[derive(Debug, Default)]
pub(super) struct Clauses {
    literals: Vec<Lit>,
    heads: Vec<Head>,
    watches: Vec<Vec<Watch>>,
    /// First slot and first value of each half.
    first: Vec<(u32, i32)>,
    shift: u32,
    bump: f32,
    limit: usize,
    /// Watches looked at.
    pub work: u64,
}

impl Clauses {
    pub fn new(domains: &Domains, limit: usize) -> Self {
        let mut clauses = Self { bump: 1.0, limit, ..Self::default() };
        let widths = |shift: u32| -> usize {
            let width = |var: usize| {
                let wide =
                    i64::from(-domains.bound[2 * var + 1]) - i64::from(domains.bound[2 * var]);
                2 * ((wide.max(0) as usize >> shift) + 1)
            };
            (0..domains.bound.len() / 2).map(width).sum()
        };
        while widths(clauses.shift) > SLOTS && clauses.shift < 30 {
            clauses.shift += 1;
        }
        let mut slot = 0_u32;
        for half in 0..domains.bound.len() {
            let wide = -i64::from(domains.bound[half ^ 1]) - i64::from(domains.bound[half]);
            clauses.first.push((slot, domains.bound[half]));
            slot += (wide.max(0) as u32 >> clauses.shift) + 1;
        }
        clauses.watches = vec![Vec::new(); slot as usize];
        clauses
    }

    /// The slot of a literal that becomes true.
    fn slot(&self, lit: Lit) -> usize {
        let (slot, value) = self.first[lit.half as usize];
        slot as usize + ((lit.value - value) as usize >> self.shift)
    }

    pub fn literals(&self, clause: u32) -> &[Lit] {
        let head = self.heads[clause as usize];
        &self.literals[head.start as usize..(head.start + head.length) as usize]
    }

    pub fn is_crowded(&self) -> bool {
        self.heads.len() > self.limit
    }

    /// Adds a clause of the question itself, which is never forgotten.
    pub fn fix(&mut self, literals: &[Lit]) {
        self.add(literals, FIXED);
        self.limit += 1;
    }

    /// Adds a clause of at least two literals, the first two of which are watched.
    pub fn add(&mut self, literals: &[Lit], spread: u32) -> u32 {
        let clause = self.heads.len() as u32;
        let start = self.literals.len() as u32;
        self.literals.extend_from_slice(literals);
        let head = Head { start, length: literals.len() as u32, activity: self.bump, spread };
        self.heads.push(head);
        self.watch(clause);
        clause
    }

    fn watch(&mut self, clause: u32) {
        let start = self.heads[clause as usize].start as usize;
        let (first, second) = (self.literals[start], self.literals[start + 1]);
        for (mine, other) in [(first, second), (second, first)] {
            let wakes = mine.negated();
            let slot = self.slot(wakes);
            self.watches[slot].push(Watch { clause, value: wakes.value, other });
        }
    }

    /// Looks at every clause of which a watched literal became false as `half` went from `old` to
    /// `new`.
    pub fn propagate(
        &mut self,
        domains: &mut Domains,
        half: u32,
        old: i32,
        new: i32,
    ) -> Result<(), Clash> {
        let low = self.slot(Lit { half, value: old + 1 });
        let high = self.slot(Lit { half, value: new });
        for slot in low..=high {
            if self.watches[slot].is_empty() {
                continue;
            }
            let mut list = std::mem::take(&mut self.watches[slot]);
            self.work += list.len() as u64;
            let mut kept = 0;
            let mut result = Ok(());
            let mut at = 0;
            while at < list.len() {
                let watch = list[at];
                at += 1;
                if watch.value > new || domains.is_true(watch.other) {
                    list[kept] = watch;
                    kept += 1;
                    continue;
                }
                let lost = Lit { half, value: watch.value }.negated();
                let head = self.heads[watch.clause as usize];
                let literals =
                    &mut self.literals[head.start as usize..(head.start + head.length) as usize];
                if literals[0] == lost {
                    literals.swap(0, 1);
                }
                let first = literals[0];
                if first != watch.other && domains.is_true(first) {
                    list[kept] = Watch { other: first, ..watch };
                    kept += 1;
                    continue;
                }
                if let Some(free) =
                    (2..literals.len()).find(|&place| !domains.is_false(literals[place]))
                {
                    literals.swap(1, free);
                    let wakes = literals[1].negated();
                    let slot = self.slot(wakes);
                    let moved = Watch { clause: watch.clause, value: wakes.value, other: first };
                    self.watches[slot].push(moved);
                    continue;
                }
                list[kept] = Watch { other: first, ..watch };
                kept += 1;
                result = domains.set(first, Reason::Clause(watch.clause));
                if result.is_err() {
                    break;
                }
            }
            if kept < at {
                list.copy_within(at.., kept);
                list.truncate(kept + list.len() - at);
            }
            // Where slots are shared, a clause may have moved within its own slot.
            let moved = std::mem::replace(&mut self.watches[slot], list);
            self.watches[slot].extend(moved);
            result?;
        }
        Ok(())
    }

    /// Notes that a clause took part in a conflict.
    pub fn bump(&mut self, clause: u32) {
        let head = &mut self.heads[clause as usize];
        head.activity += self.bump;
        if head.activity > 1e20 {
            for head in &mut self.heads {
                head.activity *= 1e-20;
            }
            self.bump *= 1e-20;
        }
    }

    pub fn decay(&mut self) {
        self.bump *= 1.0 / 0.999;
    }

    /// Forgets the weaker half of the clauses and whatever the root has settled. Only at the root,
    /// where no clause is a reason. Clauses that have become units are returned.
    pub fn forget(&mut self, domains: &Domains) -> Vec<Lit> {
        let mut order: Vec<u32> = (0..self.heads.len() as u32).collect();
        let rank = |&clause: &u32| {
            let head = self.heads[clause as usize];
            let class = [FIXED, 2].iter().filter(|&&spread| head.spread > spread).count();
            (class, -head.activity, clause)
        };
        order.sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal));
        let fixed = self.heads.iter().filter(|head| head.spread == FIXED).count();
        order.truncate(fixed + ((order.len() - fixed) / 2).max(1));
        order.sort_unstable();
        let (mut heads, mut literals, mut units) = (Vec::new(), Vec::new(), Vec::new());
        for clause in order {
            let head = self.heads[clause as usize];
            let mine = self.literals(clause);
            if mine.iter().any(|&lit| domains.is_root(lit)) {
                continue;
            }
            let start = literals.len() as u32;
            literals.extend(mine.iter().filter(|&&lit| !domains.is_root(lit.negated())));
            let length = literals.len() as u32 - start;
            if length < 2 {
                units.extend(literals.drain(start as usize..));
                continue;
            }
            heads.push(Head { start, length, ..head });
        }
        self.heads = heads;
        self.literals = literals;
        self.watches.iter_mut().for_each(Vec::clear);
        for clause in 0..self.heads.len() as u32 {
            self.watch(clause);
        }
        self.limit += self.limit / 50;
        units
    }
}
