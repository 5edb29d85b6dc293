//! Conflict analysis: from a contradiction to a clause that would have prevented it.
//!
//! The contradiction is a set of literals that hold together and must not. The newest of them is
//! replaced by its reason until only one literal of the newest level is left (the first unique
//! implication point); the opposite of the set is the new clause.
//!
//! Bound literals save work: of "x >= 3" and "x >= 7" only the second is kept, since the first
//! follows from it, and a reason is asked for what is needed and not for all that was deduced.
//! Literals that follow from the rest of the set are dropped at the end.
//!
//! Sources: Marques-Silva, Sakallah (1999), "GRASP"; Sörensson, Biere (2009), "Minimizing learned clauses".

use super::domains::{Clash, Domains, Lit, NONE, Reason};

const NOTHING: i32 = i32::MIN;
/// How deep reasons of reasons are looked into, and how many, to drop a literal.
const DEPTH: u32 = 8;
const ASKED: u32 = 30;

/// Where the search goes on after a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lesson {
    /// The contradiction needs no choice: there is nothing to be found.
    Refuted,
    /// Go back to `level`; the clause's first literal then follows. `spread` = levels it spans.
    Clause { level: u32, spread: u32 },
}

#[derive(Debug, Default)]
pub(super) struct Analysis {
    /// What is needed of each half; `NOTHING` = nothing.
    need: Vec<i32>,
    /// The entry that gave it.
    place: Vec<u32>,
    /// Halves with a need.
    halves: Vec<u32>,
    reason: Vec<Lit>,
    /// The clause learned last: the literal that follows first, then one of the level to go back to.
    pub clause: Vec<Lit>,
    /// Literals met on the way, for their activity.
    pub met: Vec<Lit>,
    /// Clauses met on the way.
    pub met_clauses: Vec<u32>,
    seen_levels: Vec<u32>,
}

impl Analysis {
    pub fn new(halves: usize) -> Self {
        Self { need: vec![NOTHING; halves], place: vec![NONE; halves], ..Self::default() }
    }

    /// Needs a literal that holds before entry `at`; says whether its half was not needed as late as
    /// `from` before and is now.
    fn require(&mut self, domains: &Domains, lit: Lit, at: usize, from: usize) -> bool {
        let half = lit.half as usize;
        if domains.is_root(lit) || self.need[half] >= lit.value {
            return false;
        }
        let Some(place) = domains.entry_of(lit, at) else { return false };
        let had = self.need[half] != NOTHING;
        if !had {
            self.halves.push(lit.half);
        }
        let was_new = had && self.place[half] as usize >= from;
        self.need[half] = lit.value;
        self.place[half] = place as u32;
        self.met.push(lit);
        place >= from && !was_new
    }

    /// Learns from a contradiction. `explain(lit, reason, at, out)` gives literals that held before
    /// entry `at` and from which `lit` follows.
    pub fn learn(
        &mut self,
        domains: &Domains,
        clash: Clash,
        mut explain: impl FnMut(Lit, Reason, usize, &mut Vec<Lit>),
    ) -> Lesson {
        self.met.clear();
        self.met_clauses.clear();
        self.clause.clear();
        let end = domains.trail.len();
        let mut reason = std::mem::take(&mut self.reason);
        reason.clear();
        explain(clash.lit, clash.reason, end, &mut reason);
        reason.push(clash.lit.negated());
        if let Reason::Clause(clause) = clash.reason {
            self.met_clauses.push(clause);
        }
        for &lit in &reason {
            self.require(domains, lit, end, end);
        }
        let entries = |analysis: &Self| -> Vec<u32> {
            analysis.halves.iter().map(|&half| analysis.place[half as usize]).collect()
        };
        let newest = entries(self).into_iter().max();
        let level = newest.map_or(0, |newest| domains.trail[newest as usize].level);
        let (Some(newest), true) = (newest, level > 0) else {
            self.reason = reason;
            return Lesson::Refuted;
        };
        let from = domains.level_start(level);
        let mut open = entries(self).iter().filter(|&&place| place as usize >= from).count();
        let mut at = newest as usize;
        let point = loop {
            let entry = domains.trail[at];
            let half = entry.half as usize;
            if self.need[half] == NOTHING || self.place[half] as usize != at {
                at -= 1;
                continue;
            }
            let lit = Lit { half: entry.half, value: self.need[half] };
            if open == 1 {
                break lit;
            }
            self.need[half] = NOTHING;
            self.halves.retain(|&other| other != entry.half);
            open -= 1;
            reason.clear();
            explain(lit, entry.reason, at, &mut reason);
            if let Reason::Clause(clause) = entry.reason {
                self.met_clauses.push(clause);
            }
            for &lit in &reason {
                open += usize::from(self.require(domains, lit, at, from));
            }
            at -= 1;
        };
        self.drop_implied(domains, point.half, &mut reason, &mut explain);
        self.reason = reason;
        self.finish(domains, point)
    }

    /// Drops literals that follow from the others, newest first.
    fn drop_implied(
        &mut self,
        domains: &Domains,
        point: u32,
        reason: &mut Vec<Lit>,
        explain: &mut impl FnMut(Lit, Reason, usize, &mut Vec<Lit>),
    ) {
        self.halves.sort_unstable_by_key(|&half| std::cmp::Reverse(self.place[half as usize]));
        for place in 0..self.halves.len() {
            let half = self.halves[place];
            let at = self.place[half as usize] as usize;
            let entry = domains.trail[at];
            if half == point || entry.reason == Reason::Choice {
                continue;
            }
            let lit = Lit { half, value: self.need[half as usize] };
            reason.clear();
            // What is needed of the literal's own half may not speak for it.
            self.need[half as usize] = NOTHING;
            let mut asked = 0;
            if !self.follows(domains, (lit, at), DEPTH, &mut asked, reason, explain) {
                self.need[half as usize] = lit.value;
            }
        }
    }

    /// Whether the literal that entry `at` made true follows from what is needed, by its reason or by
    /// the reasons of its reasons.
    fn follows(
        &self,
        domains: &Domains,
        (lit, at): (Lit, usize),
        depth: u32,
        asked: &mut u32,
        stack: &mut Vec<Lit>,
        explain: &mut impl FnMut(Lit, Reason, usize, &mut Vec<Lit>),
    ) -> bool {
        let reason = domains.trail[at].reason;
        if reason == Reason::Choice || *asked > ASKED {
            return false;
        }
        *asked += 1;
        let from = stack.len();
        explain(lit, reason, at, stack);
        let missing = |lit: Lit| !domains.is_root(lit) && self.need[lit.half as usize] < lit.value;
        let mut kept = from;
        for place in from..stack.len() {
            if missing(stack[place]) {
                stack[kept] = stack[place];
                kept += 1;
            }
        }
        stack.truncate(kept);
        let mut all = kept == from || depth > 0;
        for place in from..kept {
            if !all {
                break;
            }
            let other = stack[place];
            all = domains.entry_of(other, at).is_some_and(|entry| {
                self.follows(domains, (other, entry), depth - 1, asked, stack, explain)
            });
        }
        stack.truncate(from);
        all
    }

    fn finish(&mut self, domains: &Domains, point: Lit) -> Lesson {
        self.clause.push(point.negated());
        self.seen_levels.clear();
        let (mut level, mut second) = (0, 0);
        for &half in &self.halves {
            let need = self.need[half as usize];
            if need == NOTHING {
                continue;
            }
            let own = domains.trail[self.place[half as usize] as usize].level;
            self.seen_levels.push(own);
            self.need[half as usize] = NOTHING;
            if half == point.half {
                continue;
            }
            self.clause.push(Lit { half, value: need }.negated());
            if own > level {
                level = own;
                second = self.clause.len() - 1;
            }
        }
        self.halves.clear();
        if self.clause.len() > 1 {
            self.clause.swap(1, second);
        }
        self.seen_levels.sort_unstable();
        self.seen_levels.dedup();
        Lesson::Clause { level, spread: self.seen_levels.len() as u32 }
    }
}
