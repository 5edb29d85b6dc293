//! Lenient passes: what passes of a whole plan save, found further away.
//!
//! The passes of [`unhurried`](super::unhurried) make only changes that save something, and after a few of them no change
//! by itself does. Lenient passes also make changes that cost something: how much is drawn for each, at first three tenths
//! of an artist-day on the mean, at last a tenth of that; a search that begins later begins colder. Nothing is later for
//! them either. Whoever can do a task is asked to take it over, but only some of them to exchange work for it, drawn anew in
//! each pass: more passes find more than thorough ones.
//!
//! Kirkpatrick, S., Gelatt, C., and Vecchi, M. (1983), "Optimization by simulated annealing".
//!
//! *Kim, a freelancer at 400 a day, tracks for two days. Ann could, but lights a shot at that time, which Bo could do as
//! well, for one more change of sequence. No change saves anything by itself. Once Bo has the shot, at the price of
//! that change, Ann takes what Kim does, and 800 are saved.*

use super::evaluate::Evaluator;
use super::improve::{Control, stream};
use super::schedule::Schedule;
use super::trial::Incumbent;
use super::unhurried::{PASSES, pass, unhurry_within};
use crate::formulate::Problem;
use crate::model::Cents;
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// Artist-days that a change may cost at first, on the mean, and the part of it at last.
const HOTTEST: f64 = 0.3;
const COLDEST: f64 = 0.1;

/// Most of a search that is spent on these passes, and the tasks of a show that gets half of that: the fewer tasks there
/// are, the sooner steps find the same, and more.
const MOST_OF_A_SEARCH: f64 = 0.8;
const HALF_AT: f64 = 500.0;

/// Strict passes before many lenient ones, which do sooner what further ones would; and how many are many, and few.
const STRICT_BEFORE_MANY: usize = 1;
const MANY: u64 = 6;
const FEW: f64 = 3.0;

/// Steps that take as long as the part of a pass that is about one task, and what a pass takes of the time of a strict one.
const STEPS_A_TASK: f64 = 0.3;
const OF_A_STRICT_ONE: f64 = 0.6;

/// By how much changes may cost more than they save: a draw for each.
#[derive(Debug)]
pub struct Leniency {
    /// Mean of the draws, in minor units; nothing is drawn at 0.
    heat: f64,
    random: Pcg64Mcg,
}

impl Leniency {
    /// Every change has to save something.
    pub fn none() -> Leniency {
        Leniency::new(0.0, 0, 0)
    }

    /// Draws with a mean of so many minor units, from the stream of a number.
    pub fn new(heat: f64, seed: u64, number: u64) -> Leniency {
        Leniency { heat, random: stream(seed, number) }
    }

    /// Whether every change has to save something.
    pub fn is_none(&self) -> bool {
        self.heat <= 0.0
    }

    /// Whether to ask an artist, where one of so many is enough; all of them where every change has to save something.
    pub fn asks(&mut self, one_of: u32) -> bool {
        self.is_none() || self.random.random_range(0..one_of) == 0
    }

    /// What the next change may cost.
    pub fn draw(&mut self) -> i64 {
        if self.is_none() {
            return 0;
        }
        (-self.heat * (1.0 - self.random.random::<f64>()).ln()) as i64
    }
}

/// The schedule after a pass in which changes may cost more than they save, and whether that is all of it; no deliverable,
/// milestone or date rule is later.
pub fn leniently(
    problem: &Problem,
    schedule: &Schedule,
    leniency: Leniency,
    stop: &mut dyn FnMut() -> bool,
) -> (Schedule, bool) {
    pass(problem, schedule, true, leniency, stop)
}

/// Steps that take as long as a pass.
fn steps_a_pass(problem: &Problem) -> u64 {
    ((problem.jobs.len() as f64 * STEPS_A_TASK).ceil() as u64).max(1)
}

/// The part of a search that these passes get.
fn share(problem: &Problem) -> f64 {
    let tasks = problem.jobs.len() as f64;
    MOST_OF_A_SEARCH * tasks / (tasks + HALF_AT)
}

/// How many fit into a search, where steps are counted.
fn most(problem: &Problem, control: &dyn Control) -> u64 {
    match control.steps_left(0) {
        u64::MAX => u64::MAX,
        left => (left as f64 * share(problem)) as u64 / steps_a_pass(problem),
    }
}

/// How many strict passes a search begins with.
pub(super) fn strict_passes(problem: &Problem, control: &dyn Control) -> usize {
    if most(problem, control) < MANY { PASSES } else { STRICT_BEFORE_MANY }
}

/// Passes from the best plan on, each from the plan of the one before, in the first part of a search, until one is
/// worth no more than `enough`; strict ones where there is no time for a few, of which each takes `a_pass` of it. Gives
/// the steps that would have taken as long; `history` gets the improvements (steps, value).
pub(super) fn pass_leniently(
    problem: &Problem,
    best: &mut Incumbent,
    (seed, a_pass): (u64, f64),
    enough: Cents,
    control: &mut dyn Control,
    history: &mut Vec<(u64, Cents)>,
) -> u64 {
    let (steps_a_pass, share) = (steps_a_pass(problem), share(problem));
    let most = most(problem, control);
    let Some(begin) = control.used(0, best.value) else { return 0 };
    let end = begin + share * (1.0 - begin);
    let a_pass = match control.steps_left(0) {
        u64::MAX => a_pass * OF_A_STRICT_ONE,
        left => (1.0 - begin) * steps_a_pass as f64 / left.max(1) as f64,
    };
    if most == u64::MAX && end - begin < FEW * a_pass {
        let value = best.value;
        let left = PASSES - STRICT_BEFORE_MANY;
        if unhurry_within(problem, best, left, true, &mut || control.used(0, value).is_none()) {
            history.push((0, best.value));
        }
        return 0;
    }
    let mut evaluator = Evaluator::default();
    let mut schedule = best.schedule.clone();
    let mut passes = 0;
    while passes < most && best.value > enough {
        let steps = passes * steps_a_pass;
        let mut used = || control.used(steps, best.value).filter(|used| *used < end);
        let Some(now) = used() else { break };
        // As cold as it is to be after the pass: a single one is as cold as the last of many.
        let done = ((now + a_pass - begin) / (end - begin)).min(1.0);
        let done = begin + (1.0 - begin) * done;
        let heat = HOTTEST * problem.artist_day as f64 * COLDEST.powf(done);
        let leniency = Leniency::new(heat, seed, passes);
        let (next, is_whole) = leniently(problem, &schedule, leniency, &mut || used().is_none());
        passes += 1;
        let objective = evaluator.evaluate(problem, &next);
        let value = objective.total(&problem.multipliers);
        if value < best.value {
            *best = Incumbent { schedule: next.clone(), objective, value };
            history.push((passes * steps_a_pass, value));
        }
        if !is_whole {
            break;
        }
        schedule = next;
    }
    passes * steps_a_pass
}
