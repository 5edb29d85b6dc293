//! Improvement: large-neighbourhood search on a standing schedule.
//!
//! Each step takes a few tasks out and puts them back in another order or with other artists; the
//! change is kept if the schedule is better, or now and then if it is a little worse. Neighbourhoods
//! that bring more for the same work are chosen more often.
//!
//! Several workers go on side by side from the same schedule, each on its own copy, for a few steps;
//! then the best copy takes over what the others found, change by change, where it still fits and
//! still helps, and all copies become equal again. Steps draw from counter-based random streams and
//! the number of workers does not depend on the number of threads, so that a run counted in steps
//! gives the same plan on any machine.
//!
//! Shaw, P. (1998), "Using constraint programming and local search methods to solve vehicle routing
//! problems"; Ropke, S., and Pisinger, D. (2006), "An adaptive large neighborhood search heuristic
//! for the pickup and delivery problem with time windows".

use super::annealing::Heat;
use super::board::Board;
use super::kept_dates::keep_dates;
use super::ledger::Links;
use super::lenient::{pass_leniently, strict_passes};
use super::neighbourhoods::choice::{Scores, Weights};
use super::neighbourhoods::{ALL, Crowd, Pick};
use super::place::{Taste, Urgency};
use super::schedule::Schedule;
use super::standing::{Places, Setting, Standing};
use super::trial::Incumbent;
use super::trouble::Trouble;
use super::unhurried::{unhurry, unhurry_within};
use crate::formulate::{NONE, Problem};
use crate::model::Cents;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

/// Copies that are improved side by side, on any number of threads.
const WORKERS: usize = 4;
/// Steps of each copy before all become equal again.
const STEPS_APART: u64 = 16;
/// Most tasks that a step begins with.
const MOST_TAKEN: usize = 24;

/// Shares of the search after which the best plan is passed through without hurry, the last so that there is time for
/// it where that is the limit; where there are fewer steps a task, only the last.
const UNHURRIED_AFTER: [f64; 3] = [0.33, 0.67, 0.95];
const MANY_STEPS_A_TASK: f64 = 10.0;

/// How many artists are asked for a task in a step.
const ASKED: [u32; 4] = [16, 16, 32, 0];

/// What the caller decides between steps.
pub trait Control {
    /// Share of the work limit that is used up (0 to 1), or `None` to stop.
    fn used(&mut self, steps: u64, best: Cents) -> Option<f64>;
    /// Steps that are left, if they are counted.
    fn steps_left(&self, steps: u64) -> u64;
    /// Whether nothing more is to be done, not even at the end.
    fn is_over(&self) -> bool {
        false
    }
    /// Whether the plan stays near the one it begins with: it is not passed through as a whole.
    fn stays_near(&self) -> bool {
        false
    }
}

/// Improves `best` until the control says stop or `enough` (a lower bound) is reached. Gives the
/// steps done and the improvements (step, value).
pub fn improve(
    problem: &Problem,
    urgency: &Urgency,
    latest_start: &[u32],
    best: &mut Incumbent,
    seed: u64,
    enough: Cents,
    control: &mut dyn Control,
) -> (u64, Vec<(u64, Cents)>) {
    let mut history = Vec::new();
    let crowd = Crowd::new(problem);
    if crowd.open.is_empty() {
        return (0, history);
    }
    let links = Links::new(problem);
    let setting = Setting { problem, links: &links, urgency, latest_start };
    let value = best.value;
    let is_in_depth = control.steps_left(0) > 0;
    let is_free = !control.stays_near();
    let begin = control.used(0, value).unwrap_or(1.0);
    let strict = strict_passes(problem, control);
    let mut stop = || control.used(0, value).is_none();
    if is_free && unhurry_within(problem, best, strict, is_in_depth, &mut stop) {
        history.push((0, best.value));
    }
    let a_pass = (control.used(0, value).unwrap_or(1.0) - begin) / strict as f64;
    let mut standing = Standing::new(problem, &links, Board::of(problem, &best.schedule));
    let mut stop = || control.used(0, best.value).is_none();
    keep_dates(setting, &mut standing, &mut stop);
    if standing.value() < best.value {
        *best = standing.incumbent(problem);
        history.push((0, best.value));
    }
    let mut steps = 0;
    if is_free {
        let before = best.value;
        steps = pass_leniently(problem, best, (seed, a_pass), enough, control, &mut history);
        if best.value < before {
            standing = Standing::new(problem, &links, Board::of(problem, &best.schedule));
        }
    }
    let mut workers: Vec<Worker> = (0..WORKERS).map(|_| Worker::new(standing.clone())).collect();
    drop(standing);
    let mut changed = Changed::new(problem.jobs.len());
    let mut since_best = Changed::new(problem.jobs.len());
    let mut trouble = Trouble::default();
    trouble.refresh(setting, &workers[0].standing);
    let passed = steps;
    let mut used_at_first = None;
    let mut passes = 0;
    let mut guide_of_best = workers[0].standing.ledger.guide();
    while best.value > enough {
        let Some(used) = control.used(steps, best.value) else { break };
        let round = control.steps_left(steps).min(WORKERS as u64 * STEPS_APART);
        if round == 0 {
            break;
        }
        let first = *used_at_first.get_or_insert(used);
        let all_steps = steps_in_all(control.steps_left(steps), steps - passed, (first, used));
        let heat = Heat::after(problem, used, all_steps / crowd.open.len() as f64);
        // Begin and end of each worker's steps: as even as they can be.
        let step_of = |place: usize| steps + round * place as u64 / WORKERS as u64;
        workers.par_iter_mut().enumerate().for_each(|(place, worker)| {
            let own = step_of(place)..step_of(place + 1);
            worker.work(setting, &crowd, &trouble, heat, seed, own);
        });
        steps += round;
        join(setting, heat, &mut workers, &mut changed);
        let leader = &workers[0].standing;
        changed.tasks.iter().for_each(|&task| since_best.add(task));
        if leader.value() < best.value {
            best.value = leader.value();
            guide_of_best = leader.ledger.guide();
            best.objective = leader.ledger.objective();
            for &task in &since_best.tasks {
                copy(&mut best.schedule, &leader.board.schedule, task);
            }
            since_best.clear();
            history.push((steps, best.value));
        } else if heat.is_far(best.value, leader.guided(heat.guide), guide_of_best) {
            workers.par_iter_mut().for_each(|worker| {
                worker.standing.copy_from(setting, &since_best.tasks, &best.schedule);
            });
            since_best.clear();
        }
        let done = (used - first) / (1.0 - first).max(f64::MIN_POSITIVE);
        let due = UNHURRIED_AFTER[passes..].iter().take_while(|&&after| after <= done).count();
        passes += due;
        let is_worth = all_steps >= MANY_STEPS_A_TASK * crowd.open.len() as f64;
        if is_free && due > 0 && (is_worth || passes == UNHURRIED_AFTER.len()) {
            let value = best.value;
            if unhurry(problem, best, true, &mut || control.used(steps, value).is_none()) {
                history.push((steps, best.value));
                let standing = Standing::new(problem, &links, Board::of(problem, &best.schedule));
                workers.iter_mut().for_each(|worker| worker.standing = standing.clone());
                guide_of_best = standing.ledger.guide();
                since_best.clear();
            }
        }
        trouble.refresh(setting, &workers[0].standing);
    }
    best.schedule.list_unplaced(problem);
    if is_free && steps > 0 && unhurry(problem, best, true, &mut || control.is_over()) {
        history.push((steps, best.value));
    }
    (steps, history)
}

/// How many steps there will be: those that are left where they are counted, else as many for the rest of the limit as
/// there were for what is used up of it.
fn steps_in_all(left: u64, steps: u64, (first, used): (f64, f64)) -> f64 {
    match left {
        u64::MAX if used > first => steps as f64 * (1.0 - first) / (used - first),
        u64::MAX => 0.0,
        left => (steps + left) as f64,
    }
}

fn copy(to: &mut Schedule, from: &Schedule, task: u32) {
    match from.is_placed(task) {
        true => {
            to.set(task, from.start[task as usize], from.end[task as usize], from.parts_of(task))
        }
        false => to.unset(task),
    }
}

/// Makes all copies equal: the best one takes over what helps it, the others follow. `changed` hears
/// which tasks moved.
fn join(setting: Setting<'_>, heat: Heat, workers: &mut [Worker], changed: &mut Changed) {
    let best =
        (0..workers.len()).min_by_key(|&place| (workers[place].standing.guided(heat.guide), place));
    workers.swap(0, best.unwrap_or(0));
    changed.clear();
    let Some((leader, others)) = workers.split_first_mut() else { return };
    leader.moves_made().iter().flat_map(Places::tasks).for_each(|task| changed.add(task));
    for other in others.iter() {
        for places in other.moves_made() {
            if let Some(change) = leader.standing.repeat(setting, places) {
                if change.guided(heat.guide) < Cents::ZERO {
                    leader.standing.keep(setting.problem);
                    places.tasks().for_each(|task| changed.add(task));
                } else {
                    leader.standing.undo(setting);
                }
            }
        }
    }
    let from_leader = changed.tasks.len();
    for other in others.iter() {
        other.moves_made().iter().flat_map(Places::tasks).for_each(|task| changed.add(task));
    }
    let schedule = &leader.standing.board.schedule;
    others.par_iter_mut().for_each(|other| {
        other.follow(setting, &changed.tasks, schedule);
    });
    changed.truncate(from_leader);
    let mut scores = Scores::default();
    workers.iter().for_each(|worker| scores.add(&worker.scores));
    workers.iter_mut().for_each(|worker| {
        worker.made = 0;
        worker.weights.learn(&scores);
        worker.scores = Scores::default();
    });
}

/// A set of tasks.
struct Changed {
    is_in: Vec<bool>,
    tasks: Vec<u32>,
}

impl Changed {
    fn new(tasks: usize) -> Changed {
        Changed { is_in: vec![false; tasks], tasks: Vec::new() }
    }
    fn add(&mut self, task: u32) {
        if !std::mem::replace(&mut self.is_in[task as usize], true) {
            self.tasks.push(task);
        }
    }
    fn truncate(&mut self, length: usize) {
        self.tasks.drain(length..).for_each(|task| self.is_in[task as usize] = false);
    }
    fn clear(&mut self) {
        self.truncate(0);
    }
}

/// One copy of the schedule, and what was done to it since all copies were equal.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    pub(super) standing: Standing,
    moves: Vec<Places>,
    made: usize,
    tasks: Vec<u32>,
    weights: Weights,
    scores: Scores,
}

impl Worker {
    pub(super) fn new(standing: Standing) -> Worker {
        Worker {
            standing,
            moves: Vec::new(),
            made: 0,
            tasks: Vec::new(),
            weights: Weights::default(),
            scores: Scores::default(),
        }
    }

    /// Nobody else is to repeat what was done so far.
    pub(super) fn forget_moves(&mut self) {
        self.made = 0;
    }

    fn moves_made(&self) -> &[Places] {
        &self.moves[..self.made]
    }

    /// Steps on this copy alone.
    fn work(
        &mut self,
        setting: Setting<'_>,
        crowd: &Crowd,
        trouble: &Trouble,
        heat: Heat,
        seed: u64,
        steps: std::ops::Range<u64>,
    ) {
        for step in steps {
            let mut random = stream(seed, step);
            let kind = self.weights.choose(&mut random);
            self.step(setting, crowd, trouble, heat, kind, &mut random);
        }
    }

    /// One step with a neighbourhood.
    pub(super) fn step(
        &mut self,
        setting: Setting<'_>,
        crowd: &Crowd,
        trouble: &Trouble,
        heat: Heat,
        kind: usize,
        random: &mut Pcg64Mcg,
    ) {
        let problem = setting.problem;
        // Small steps more often than large ones.
        let size = (MOST_TAKEN as f64).powf(random.random::<f64>()).ceil() as usize;
        self.tasks.clear();
        let mut pick = Pick {
            setting,
            crowd,
            standing: &self.standing,
            trouble,
            random,
            size: size.max(2),
            tasks: &mut self.tasks,
            first: 0,
            alone: 0,
            first_reach: 0,
            besides: 0,
            blinks: None,
        };
        (ALL[kind].pick)(&mut pick);
        let (first, besides, blinks) = (pick.first, pick.besides, pick.blinks);
        let (first_reach, alone) = (pick.first_reach, pick.alone);
        if self.tasks.is_empty() {
            self.scores.work[kind] += 1;
            return;
        }
        let mut taste = taste(problem, random);
        taste.blinks = blinks.unwrap_or(taste.blinks);
        let order: u32 = random.random_range(0..4);
        let reach = i64::from(problem.slots_per_day) * random.random_range(1..=30);
        let luck: u64 = random.random();
        let before = self.standing.placements;
        let latest_start = setting.latest_start;
        let tasks = &self.tasks;
        let mut key = |task: u32, old: u32| {
            let latest = i64::from(latest_start[task as usize]);
            if tasks[..first].contains(&task) {
                let by = match first_reach {
                    0 => 0,
                    reach => random.random_range(-reach..=reach),
                };
                // No latest start or reach is as large as the whole time: who comes first does so in any case.
                let ahead = if tasks[..alone].contains(&task) { 8 } else { 4 };
                return latest + by - i64::from(problem.slots) * ahead;
            }
            let old = if old == NONE { latest } else { i64::from(old) };
            match order {
                0 => old + random.random_range(-reach..=reach),
                1 => latest,
                2 => latest + random.random_range(-reach..=reach),
                _ => (old + latest) / 2 + random.random_range(-reach..=reach),
            }
        };
        let most = 4 * self.tasks.len() + 40 + besides;
        let change = self.standing.rebuild(setting, &self.tasks, &mut key, taste, luck, most);
        self.scores.work[kind] += 1 + self.standing.placements - before;
        let Some(change) = change else { return };
        let change = change.guided(heat.guide);
        if !heat.allows(change, random) {
            self.standing.undo(setting);
            return;
        }
        if self.made == self.moves.len() {
            self.moves.push(Places::default());
        }
        let places = &mut self.moves[self.made];
        places.clear();
        let schedule = &self.standing.board.schedule;
        self.standing.moved().for_each(|task| places.note(schedule, task));
        self.made += usize::from(!places.is_empty());
        self.standing.keep(problem);
        if change < Cents::ZERO {
            self.scores.gain[kind] += (-change.0) as f64 / problem.artist_day.max(1) as f64;
        }
    }

    /// Takes over the places of a schedule for tasks that may be elsewhere here.
    fn follow(&mut self, setting: Setting<'_>, tasks: &[u32], schedule: &Schedule) {
        self.standing.copy_from(setting, tasks, schedule);
    }
}

/// How artists are chosen in one step.
fn taste(problem: &Problem, random: &mut Pcg64Mcg) -> Taste {
    let per_day = problem.slots_per_day as i32;
    Taste {
        margin: random.random_range(0..=3) * per_day,
        urgency: [50, 100, 100, 200][random.random_range(0..4)],
        haste: [20, 100, 500, 1_000][random.random_range(0..4)],
        thrift: [50, 100, 100, 150][random.random_range(0..4)],
        company: [0, 20, 25, 50][random.random_range(0..4)],
        change: [0, 10, 20, 40][random.random_range(0..4)],
        overtime: [0, 0, 0, 60, 96, 120, 240][random.random_range(0..7)],
        blinks: [0, 10, 20, 50][random.random_range(0..4)],
        asked: ASKED[random.random_range(0..ASKED.len())],
        eager: match problem.has_days_off() {
            true => [0, 0, 300, 700][random.random_range(0..4)],
            false => 0,
        },
        onward: !problem.one_clock && random.random_range(0..2) == 0,
    }
}

/// The random stream of one step.
pub(super) fn stream(seed: u64, step: u64) -> Pcg64Mcg {
    // SplitMix64 spreads neighbouring counters over the whole state.
    let mut state = seed.wrapping_add(step.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    Pcg64Mcg::seed_from_u64(state ^ (state >> 31))
}
