//! The search: choose, propagate, learn, start again.
//!
//! From above it looks for any schedule better than the best one known; from below it supposes that
//! the goal is reached at the lower bound and, when that is refuted, raises the bound by one. Both take
//! turns, restart by restart, and share what they learn. The most active cut is decided as the best
//! schedule known has it (solution-guided); without one, or where no conflict has been yet, the task
//! that can start first starts.

use super::Question;
use super::activity::Activity;
use super::analysis::{Analysis, Lesson};
use super::clauses::Clauses;
use super::domains::{Clash, Domains, Lit, Reason};
use super::energy::Energy;
use super::lags::Lags;
use super::orders::Orders;
use super::restarts::luby;
use super::timetable::Timetable;

/// What a stretch of work came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A better schedule: the start of each task. More may follow.
    Better(Vec<i32>),
    /// The goal cannot be reached before this. More may follow.
    Raised(i32),
    /// No schedule is better than the best one known; if none is known, there is none.
    Closed,
    /// The work was done, or the caller wished to stop, before anything was found.
    Paused,
}

/// Conflicts of the shortest run between two restarts.
const RUN: u64 = 100;
/// Clauses kept before some are forgotten.
const CLAUSES: usize = 10_000;
/// From below, energy is looked at on every so many levels; from above, only at the top: it costs as
/// much as all else together and shortens proofs from below only.
const LEVELS: u32 = 6;
/// Values of all starts together that a proof is tried for, and times in the profile.
const WIDEST: i64 = 1 << 23;
/// Largest time, duration or capacity.
const LARGEST: i64 = 1 << 26;

/// A proof under way: keeps what it has learned from one stretch of work to the next.
#[derive(Debug)]
pub struct Prover {
    tasks: usize,
    goal: u32,
    domains: Domains,
    clauses: Clauses,
    lags: Lags,
    orders: Orders,
    table: Timetable,
    energy: Energy,
    analysis: Analysis,
    activity: Activity,
    /// Entries of the trail that clauses and lags have seen, and that the profile has.
    seen: usize,
    absorbed: usize,
    /// Starts of the best schedule known, as a guide; empty = none.
    guide: Vec<i32>,
    closed: bool,
    /// Whether the current run supposes the goal at its lower bound.
    below: bool,
    restarts: u64,
    run_left: u64,
    conflicts: u64,
    propagations: u64,
    /// Clauses learned, with the latest goal they are about.
    #[cfg(test)]
    pub(super) learned: Vec<(i32, Vec<Lit>)>,
    /// Explanations given: the latest goal they are about, reason, literal.
    #[cfg(test)]
    pub(super) explained: Vec<(i32, Vec<Lit>, Lit)>,
}

impl Prover {
    /// Prepares a proof. `None` if the numbers are inconsistent in length, negative where they must
    /// not be, or larger than a proof is tried for.
    pub fn new(question: &Question) -> Option<Self> {
        let tasks = question.durations.len();
        let resources = question.capacities.len();
        let small = |value: &i32| i64::from(*value).abs() <= LARGEST;
        let fits = question.uses.len() == tasks * resources
            && question.earliest.len() == tasks
            && question.latest.len() == tasks
            && (question.goal as usize) < tasks
            && question.durations.iter().all(|value| *value >= 0 && small(value))
            && question.uses.iter().all(|value| *value >= 0)
            && question.capacities.iter().all(|value| *value >= 0 && small(value))
            && question.earliest.iter().all(small)
            && question.latest.iter().all(small)
            && question
                .lags
                .iter()
                .all(|(a, b, lag)| (*a as usize) < tasks && (*b as usize) < tasks && small(lag));
        if !fits {
            return None;
        }
        let mut bound = Vec::with_capacity(2 * tasks);
        let mut possible = true;
        for task in 0..tasks {
            let (low, high) = (question.earliest[task], question.latest[task]);
            possible &= low <= high;
            bound.extend([low, -high]);
            let own = &question.uses[task * resources..(task + 1) * resources];
            let overtaxed = own.iter().zip(question.capacities).any(|(uses, all)| uses > all);
            possible &= question.durations[task] == 0 || !overtaxed;
        }
        let itself = |&(a, b, lag): &(u32, u32, i32)| a == b && lag > 0;
        possible &= !question.lags.iter().any(itself);
        let lags = Lags::new(2 * tasks + 2, question.lags);
        possible = possible && lags.settle(&mut bound);
        if !possible {
            bound = bound.chunks_exact(2).flat_map(|pair| [pair[0], -pair[0]]).collect();
        }
        let mut domains = Domains::default();
        for pair in bound.chunks_exact(2) {
            domains.add(pair[0], -pair[1]);
        }
        let never = Lit::at_least(domains.add(0, 0), 1);
        let width: i64 = (0..tasks as u32)
            .map(|task| i64::from(domains.high(task)) - i64::from(domains.low(task)))
            .sum();
        let end = (0..tasks).map(|t| domains.high(t as u32) + question.durations[t]).max()?;
        let begin = (0..tasks as u32).map(|task| domains.low(task)).min()?;
        if width > WIDEST || i64::from(end) - i64::from(begin) > WIDEST {
            return None;
        }
        let uses: Vec<i32> = (0..tasks * resources)
            .map(|at| {
                // A task of no duration takes nothing, whatever it asks for.
                let idle = !possible || question.durations[at / resources] == 0;
                if idle { 0 } else { question.uses[at] }
            })
            .collect();
        let orders = Orders::new(&mut domains, question.durations, &uses, question.capacities);
        let table = Timetable::new(&domains, question.durations, &uses, question.capacities, never);
        Some(Self {
            tasks,
            goal: question.goal,
            clauses: Clauses::new(&domains, CLAUSES),
            lags,
            orders,
            energy: Energy::new(question.durations, &uses, question.capacities, never),
            analysis: Analysis::new(domains.bound.len()),
            activity: Activity::new(&domains),
            seen: 0,
            absorbed: 0,
            guide: Vec::new(),
            closed: !possible || table.overdrawn(),
            below: false,
            restarts: 0,
            run_left: RUN,
            conflicts: 0,
            propagations: 0,
            domains,
            table,
            #[cfg(test)]
            learned: Vec::new(),
            #[cfg(test)]
            explained: Vec::new(),
        })
    }

    /// The earliest start of the goal that has not been refuted: a proven lower bound. After
    /// `Closed` it is the goal of the best schedule known.
    pub fn lower_bound(&self) -> i32 {
        match self.guide.get(self.goal as usize) {
            Some(&best) if self.closed => best,
            _ => self.domains.root[2 * self.goal as usize],
        }
    }

    /// Work done so far, in steps of the inner loops.
    pub fn work(&self) -> u64 {
        self.propagations
            + self.orders.work
            + self.clauses.work
            + self.table.work
            + self.energy.work
    }

    /// Contradictions met so far.
    pub fn conflicts(&self) -> u64 {
        self.conflicts
    }

    /// Tells of a valid schedule found elsewhere; from now on only better ones are looked for.
    pub fn tell(&mut self, starts: &[i32]) {
        if starts.len() != self.tasks || self.closed {
            return;
        }
        let reached = starts[self.goal as usize];
        if self.guide.get(self.goal as usize).is_some_and(|&best| best <= reached) {
            return;
        }
        self.guide = starts.to_vec();
        self.orders.guide(&mut self.guide);
        self.back_to(0);
        let better = Lit::at_most(self.goal, reached - 1);
        self.closed |= self.domains.set(better, Reason::Choice).is_err();
    }

    /// Tells of a lower bound proven elsewhere.
    pub fn tell_bound(&mut self, bound: i32) {
        if self.closed || bound <= self.lower_bound() {
            return;
        }
        self.back_to(0);
        let above = Lit::at_least(self.goal, bound);
        self.closed |= self.domains.set(above, Reason::Choice).is_err();
    }

    /// Adds the orders of a schedule to its starts.
    #[cfg(test)]
    pub(super) fn guide_of(&self, starts: &mut Vec<i32>) {
        self.orders.guide(starts);
    }

    /// Searches until something is found, the work is done, or `stop` says so (asked now and then).
    pub fn run(&mut self, work: u64, stop: &mut dyn FnMut() -> bool) -> Finding {
        let limit = self.work().saturating_add(work);
        let mut look = 0_u32;
        let before = self.lower_bound();
        loop {
            if self.closed {
                return Finding::Closed;
            }
            look = look.wrapping_add(1);
            let over = self.work() >= limit || (look.is_multiple_of(64) && stop());
            match self.propagate() {
                Err(clash) => {
                    self.conflicts += 1;
                    self.run_left = self.run_left.saturating_sub(1);
                    if !self.learn(clash) {
                        self.closed = true;
                    }
                    continue;
                }
                // The next stretch of work goes on from here.
                Ok(()) if over => return Finding::Paused,
                Ok(()) => {}
            }
            if self.domains.level() == 0 {
                self.settle();
                if self.closed {
                    continue;
                }
                let bound = self.lower_bound();
                if bound > before {
                    return Finding::Raised(bound);
                }
            }
            if self.run_left == 0 {
                self.restart();
                continue;
            }
            if let Some(starts) = self.choose() {
                self.tell(&starts);
                return Finding::Better(starts);
            }
        }
    }

    /// Takes what holds without any choice as settled, and forgets clauses if there are many.
    fn settle(&mut self) {
        self.domains.settle();
        self.energy.settle();
        self.seen = 0;
        self.absorbed = 0;
        if self.clauses.is_crowded() {
            for unit in self.clauses.forget(&self.domains) {
                self.closed |= self.domains.set(unit, Reason::Choice).is_err();
            }
        }
    }

    fn restart(&mut self) {
        self.back_to(0);
        self.restarts += 1;
        self.run_left = luby(self.restarts) * RUN;
        self.below = !self.below;
    }

    fn back_to(&mut self, level: u32) {
        if self.domains.level() <= level {
            return;
        }
        let length = self.domains.level_start(level + 1);
        while self.absorbed > length {
            self.absorbed -= 1;
            self.table.release(&self.domains.trail[self.absorbed]);
        }
        // What is left was at rest when the next choice was made.
        self.table.rest();
        self.domains.back_to(level);
        self.activity.back_to(level + 1);
        self.seen = length;
    }

    /// Draws all consequences.
    fn propagate(&mut self) -> Result<(), Clash> {
        loop {
            while self.seen < self.domains.trail.len() {
                let entry = self.domains.trail[self.seen];
                self.seen += 1;
                self.propagations += 1;
                self.lags.propagate(&mut self.domains, entry.half, entry.new)?;
                self.orders.propagate(&mut self.domains, entry.half, entry.new)?;
                self.clauses.propagate(&mut self.domains, entry.half, entry.old, entry.new)?;
            }
            while self.absorbed < self.domains.trail.len() {
                let entry = self.domains.trail[self.absorbed];
                self.absorbed += 1;
                self.table.absorb(&entry)?;
            }
            self.table.propagate(&mut self.domains)?;
            if self.seen < self.domains.trail.len() {
                continue;
            }
            let level = self.domains.level();
            if level <= 1 || (self.below && level.is_multiple_of(LEVELS)) {
                self.energy.propagate(&mut self.domains, &self.table)?;
            }
            if self.seen == self.domains.trail.len() {
                return Ok(());
            }
        }
    }

    /// Learns from a contradiction and goes back to where the lesson applies; `false` if it needs no
    /// choice.
    fn learn(&mut self, clash: Clash) -> bool {
        let Self { domains, clauses, orders, table, energy, analysis, .. } = self;
        #[cfg(test)]
        let below = -domains.root[2 * self.goal as usize + 1];
        let lesson = analysis.learn(domains, clash, |lit, reason, at, out| {
            match reason {
                Reason::Choice => {}
                Reason::Clause(clause) => {
                    let others = clauses.literals(clause).iter().filter(|l| l.half != lit.half);
                    out.extend(others.map(|other| other.negated()));
                }
                Reason::Lag { from, lag } => out.push(Lit { half: from, value: lit.value - lag }),
                Reason::Order(arc) => orders.explain_order(arc, lit, out),
                Reason::Barred(arc) => orders.explain_barred(domains, arc, at, out),
                Reason::Peak { resource, at: time } => {
                    table.explain(domains, (resource, time), lit, at, out);
                }
                Reason::Window(window) => energy.explain(domains, window, lit, at, out),
            }
            #[cfg(test)]
            if reason != Reason::Choice {
                self.explained.push((below, out.clone(), lit));
            }
        });
        let Lesson::Clause { level, spread } = lesson else { return false };
        for &lit in &self.analysis.met {
            self.activity.bump(lit);
        }
        for &clause in &self.analysis.met_clauses {
            self.clauses.bump(clause);
        }
        self.activity.decay();
        self.clauses.decay();
        self.back_to(level);
        #[cfg(test)]
        self.learned.push((below, self.analysis.clause.clone()));
        let first = self.analysis.clause[0];
        let reason = if self.analysis.clause.len() == 1 {
            Reason::Choice
        } else {
            Reason::Clause(self.clauses.add(&self.analysis.clause, spread))
        };
        let set = self.domains.set(first, reason);
        debug_assert!(set.is_ok(), "a lesson that does not follow");
        set.is_ok()
    }

    /// Makes the next choice; gives the starts if there is none left to make.
    fn choose(&mut self) -> Option<Vec<i32>> {
        if self.domains.level() == 0 && self.below {
            let bound = self.domains.low(self.goal);
            if bound < self.domains.high(self.goal) {
                return self.suppose(Lit::at_most(self.goal, bound));
            }
        }
        if let Some(cut) = self.activity.next(&self.domains) {
            let var = cut.half / 2;
            let wanted = match self.guide.get(var as usize) {
                Some(&start) if start >= cut.value => cut,
                _ => cut.negated(),
            };
            return self.suppose(wanted);
        }
        let open = (0..self.tasks as u32)
            .filter(|&task| self.domains.low(task) < self.domains.high(task))
            .min_by_key(|&task| (self.domains.low(task), self.domains.high(task), task));
        match open {
            Some(task) => self.suppose(Lit::at_most(task, self.domains.low(task))),
            None => Some((0..self.tasks as u32).map(|task| self.domains.low(task)).collect()),
        }
    }

    fn suppose(&mut self, lit: Lit) -> Option<Vec<i32>> {
        self.domains.choose();
        let chosen = self.domains.set(lit, Reason::Choice);
        debug_assert!(chosen.is_ok(), "a choice that is not open");
        None
    }
}
