//! The search: choose, propagate, learn, start again.
//!
//! From above it looks for any schedule better than the best one known; from below it supposes that
//! the goal is reached at the lower bound and, when that is refuted, raises the bound by one. Both take
//! turns, restart by restart, and share what they learn. The most active cut is decided as the best
//! schedule known has it (solution-guided); without one, or where no conflict has been yet, the task
//! that can start first starts.

mod prepare;

use super::activity::Activity;
use super::analysis::{Analysis, Lesson};
use super::clauses::Clauses;
use super::crews::{Crews, Staffing};
use super::domains::{Clash, Domains, Lit, Reason};
use super::energy::Energy;
use super::lags::Lags;
use super::orders::Orders;
use super::relaxation::Relaxation;
use super::restarts::luby;
use super::shapes::Shapes;
use super::stocks::Stocks;
use super::sums::Sums;
use super::timetable::Timetable;

/// What a stretch of work came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A better schedule. More may follow.
    Better(Schedule),
    /// The goal cannot be reached before this. More may follow.
    Raised(i32),
    /// No schedule is better than the best one known; if none is known, there is none.
    Closed,
    /// The work was done, or the caller wished to stop, before anything was found.
    Paused,
}

/// When each task starts, in which mode, and who does it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Start of each task.
    pub starts: Vec<i32>,
    /// Mode of each task, counted from its first.
    pub modes: Vec<u32>,
    /// The person in each place; may be left out where a schedule is told.
    pub crew: Vec<u32>,
}

/// Conflicts of the shortest run between two restarts.
const RUN: u64 = 100;
/// From below, energy is looked at on every so many levels; from above, only at the top: it costs as
/// much as all else together and shortens proofs from below only.
const LEVELS: u32 = 6;
/// Sums of the relaxation that are kept at the root.
const SUMS: usize = 6;
/// Spread that a lemma about people counts for: among the last to be forgotten.
const LEMMA: u32 = 2;

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
    sums: Sums,
    relaxation: Option<Relaxation>,
    stocks: Stocks,
    crews: Crews,
    /// The lower bound when people were first looked for in vain for too long: since then schedules
    /// may have been passed over, and nothing more is proven.
    doubt: Option<i32>,
    shapes: Shapes,
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
    /// The earliest start of the goal that has not been refuted: a proven lower bound. After
    /// `Closed` it is the goal of the best schedule known.
    pub fn lower_bound(&self) -> i32 {
        match (self.doubt, self.guide.get(self.goal as usize)) {
            (Some(bound), _) => bound,
            (None, Some(&best)) if self.closed => best,
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
            + self.sums.work
            + self.relaxation.as_ref().map_or(0, Relaxation::work)
            + self.stocks.work
            + self.crews.work
    }

    /// Contradictions met so far.
    pub fn conflicts(&self) -> u64 {
        self.conflicts
    }

    /// Tells of a valid schedule found elsewhere; from now on only better ones are looked for.
    pub fn tell(&mut self, schedule: &Schedule) {
        let Schedule { starts, modes, .. } = schedule;
        if starts.len() != self.tasks || modes.len() != self.tasks || self.closed {
            return;
        }
        let reached = starts[self.goal as usize];
        if self.guide.get(self.goal as usize).is_some_and(|&best| best <= reached) {
            return;
        }
        self.guide.clear();
        self.guide.extend_from_slice(starts);
        self.shapes.guide(modes, &mut self.guide);
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

    /// The values of all variables in a schedule.
    #[cfg(test)]
    pub(super) fn values_of(&self, schedule: &Schedule) -> Vec<i32> {
        let mut values = schedule.starts.clone();
        self.shapes.guide(&schedule.modes, &mut values);
        self.orders.guide(&mut values);
        values
    }

    /// Searches until something is found, the work is done, or `stop` says so (asked now and then).
    pub fn run(&mut self, work: u64, stop: &mut dyn FnMut() -> bool) -> Finding {
        let limit = self.work().saturating_add(work);
        let mut look = 0_u32;
        // Once is for good.
        let mut is_stopped = false;
        let mut stop = || {
            is_stopped = is_stopped || stop();
            is_stopped
        };
        let before = self.lower_bound();
        loop {
            if self.closed {
                return if self.doubt.is_none() { Finding::Closed } else { Finding::Paused };
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
            let Some(mut schedule) = self.choose() else { continue };
            match self.crew(&schedule.starts, &mut stop) {
                Staffing::Filled(crew) => {
                    schedule.crew = crew;
                    self.tell(&schedule);
                    return Finding::Better(schedule);
                }
                Staffing::Short(tasks) => self.forbid(&schedule.starts, &tasks),
                Staffing::Unknown(_) if stop() => return Finding::Paused,
                Staffing::Unknown(tasks) => {
                    let bound = self.lower_bound();
                    self.doubt.get_or_insert(bound);
                    self.forbid(&schedule.starts, &tasks);
                }
            }
        }
    }

    /// Takes what holds without any choice as settled, and forgets clauses if there are many.
    fn settle(&mut self) {
        self.domains.settle();
        self.energy.settle();
        self.sums.settle(SUMS);
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
            self.table.release(&self.shapes, &self.domains.trail[self.absorbed]);
        }
        // What is left was at rest when the next choice was made.
        self.table.rest();
        self.domains.back_to(level);
        self.activity.back_to(level + 1);
        self.sums.back_to(level);
        self.seen = length;
    }

    /// Draws all consequences.
    fn propagate(&mut self) -> Result<(), Clash> {
        let mut is_relaxed = false;
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
                self.table.absorb(&self.shapes, &entry)?;
                let is_start = entry.half / 2 < self.tasks as u32;
                self.sums.changed = true;
                self.stocks.changed |= is_start;
            }
            self.sums.propagate(&mut self.domains, &self.shapes)?;
            self.stocks.propagate(&mut self.domains)?;
            self.table.propagate(&mut self.domains, &self.shapes)?;
            if self.seen < self.domains.trail.len() {
                continue;
            }
            let level = self.domains.level();
            if level <= 1 || (self.below && level.is_multiple_of(LEVELS)) {
                self.energy.propagate(&mut self.domains, &self.shapes, &self.table)?;
            }
            if self.seen < self.domains.trail.len() {
                continue;
            }
            let Some(relaxation) = self.relaxation.as_mut().filter(|_| !is_relaxed) else {
                return Ok(());
            };
            is_relaxed = true;
            if !relaxation.is_due(level)
                || !relaxation.look(&self.domains, &self.shapes, &mut self.sums)
            {
                return Ok(());
            }
            let before = self.domains.trail.len();
            let result = self.sums.propagate(&mut self.domains, &self.shapes);
            let is_of_use = result.is_err() || self.domains.trail.len() > before;
            relaxation.heed(is_of_use);
            result?;
            if !is_of_use && level > 1 {
                self.sums.drop_last();
            }
        }
    }

    /// Learns from a contradiction and goes back to where the lesson applies; `false` if it needs no
    /// choice.
    fn learn(&mut self, clash: Clash) -> bool {
        let Self { domains, clauses, orders, table, energy, .. } = self;
        let Self { sums, stocks, shapes, analysis, .. } = self;
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
                    table.explain(domains, shapes, (resource, time), lit, at, out);
                }
                Reason::Window(window) => energy.explain(domains, shapes, window, lit, at, out),
                Reason::Sum(sum) => sums.explain(domains, shapes, sum, lit, at, out),
                Reason::Stock { stock, at: time } => {
                    stocks.explain(domains, (stock, time), lit, at, out);
                }
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

    /// Makes the next choice; gives the schedule if there is none left to make.
    fn choose(&mut self) -> Option<Schedule> {
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
        let is_open = |var: u32| self.domains.low(var) < self.domains.high(var);
        let level = |task: u32| self.shapes.level(task).filter(|&level| is_open(level));
        let open = (0..self.tasks as u32)
            .filter(|&task| is_open(task) || level(task).is_some())
            .min_by_key(|&task| (self.domains.low(task), self.domains.high(task), task));
        let Some(task) = open else {
            let starts = (0..self.tasks as u32).map(|task| self.domains.low(task)).collect();
            let modes = self.shapes.chosen(&self.domains);
            return Some(Schedule { starts, modes, crew: Vec::new() });
        };
        match level(task) {
            // Modes first: as the best schedule known has it, else the shortest.
            Some(level) => {
                let (low, high) = (self.domains.low(level), self.domains.high(level));
                match self.guide.get(level as usize) {
                    Some(&wanted) if wanted > low => {
                        self.suppose(Lit::at_least(level, wanted.min(high)))
                    }
                    _ => self.suppose(Lit::at_most(level, low)),
                }
            }
            None => self.suppose(Lit::at_most(task, self.domains.low(task))),
        }
    }

    /// Looks for people for a complete schedule.
    fn crew(&mut self, starts: &[i32], stop: &mut dyn FnMut() -> bool) -> Staffing {
        match self.crews.is_empty() {
            true => Staffing::Filled(Vec::new()),
            false => {
                let is_patient = self.doubt.is_none();
                self.crews.staff(starts, self.shapes.least_durations(), is_patient, stop)
            }
        }
    }

    /// Learns that tasks cannot all overlap as they do.
    fn forbid(&mut self, starts: &[i32], tasks: &[u32]) {
        let end = |task: u32| starts[task as usize] + self.shapes.durations[task as usize];
        let start = |task: u32| starts[task as usize];
        let mut lemma: Vec<Lit> = Vec::new();
        for (at, &a) in tasks.iter().enumerate() {
            for &b in &tasks[at + 1..] {
                if start(a) >= end(b) || start(b) >= end(a) {
                    continue;
                }
                match (self.orders.order_of(a, b), self.orders.order_of(b, a)) {
                    (Some(first), Some(second)) => lemma.extend([first, second]),
                    _ => {
                        // Both run at this time; one of them has to be away from it.
                        let time = start(a).max(start(b));
                        for task in [a, b] {
                            let lasts = self.shapes.durations[task as usize];
                            lemma.push(Lit::at_least(task, time + 1));
                            lemma.push(Lit::at_most(task, time - lasts));
                        }
                    }
                }
            }
        }
        // Of several literals about one half the weakest says all.
        lemma.sort_unstable();
        lemma.dedup_by_key(|lit| lit.half);
        #[cfg(test)]
        if self.doubt.is_none() {
            self.learned.push((-self.domains.root[2 * self.goal as usize + 1], lemma.clone()));
        }
        lemma.retain(|&lit| !self.domains.is_root(lit.negated()));
        debug_assert!(lemma.iter().all(|&lit| self.domains.is_false(lit)), "a lemma that holds");
        // The two that became false last are watched.
        let end = self.domains.trail.len();
        lemma.sort_by_key(|lit| std::cmp::Reverse(self.domains.entry_of(lit.negated(), end)));
        self.conflicts += 1;
        self.run_left = self.run_left.saturating_sub(1);
        let is_learned = lemma.first().is_some_and(|&lit| {
            let reason = match lemma.len() {
                1 => Reason::Choice,
                _ => Reason::Clause(self.clauses.add(&lemma, LEMMA)),
            };
            self.learn(Clash { lit, reason })
        });
        self.closed |= !is_learned;
    }

    fn suppose(&mut self, lit: Lit) -> Option<Schedule> {
        self.domains.choose();
        let chosen = self.domains.set(lit, Reason::Choice);
        debug_assert!(chosen.is_ok(), "a choice that is not open");
        None
    }
}
