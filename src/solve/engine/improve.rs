//! Improvement: simulated annealing over the order of shots and tasks.
//!
//! Each step makes a few neighbours of the present order, decodes them side by side, and keeps the
//! best of them if it is better, or now and then if it is a little worse. Neighbours are drawn from
//! a counter-based random stream (seed, step, place in the batch), and the batch has the same size
//! whatever the number of threads, so that a run counted in steps gives the same plan on any
//! machine.

use super::decode::{Decoder, Schedule, Taste, Urgency};
use super::evaluate::Evaluator;
use super::priorities::STEPS;
use crate::formulate::{NONE, Problem};
use crate::model::{Cents, Objective};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

/// Neighbours tried at once, on any number of threads.
const BATCH: usize = 4;

/// An order of tasks and the taste with which artists are chosen.
#[derive(Clone, Debug)]
pub struct Order {
    /// Key of each task.
    pub keys: Vec<i64>,
    /// What decides the choice of artist.
    pub taste: Taste,
}

/// The best order found and what it is worth.
#[derive(Clone, Debug)]
pub struct Incumbent {
    /// The order.
    pub order: Order,
    /// Its schedule.
    pub schedule: Schedule,
    /// Its objective.
    pub objective: Objective,
    /// Its value in the mode of the problem.
    pub value: Cents,
}

/// One worker: the buffers to decode and judge an order.
#[derive(Clone, Debug)]
pub struct Worker {
    decoder: Decoder,
    evaluator: Evaluator,
    order: Order,
    objective: Objective,
    value: Cents,
}

impl Worker {
    /// A worker for a problem.
    pub fn new(problem: &Problem, order: &Order) -> Worker {
        Worker {
            decoder: Decoder::new(problem),
            evaluator: Evaluator::default(),
            order: order.clone(),
            objective: Objective::default(),
            value: Cents(i64::MAX),
        }
    }

    /// Decodes and judges an order.
    pub fn run(&mut self, problem: &Problem, urgency: &Urgency) {
        self.decoder.decode(problem, &self.order.keys, urgency, self.order.taste);
        self.objective = self.evaluator.evaluate(problem, &self.decoder.schedule);
        self.value = self.objective.total(problem.mode);
    }

    /// Decodes and judges `order`, and gives what it is worth.
    pub fn try_order(&mut self, problem: &Problem, urgency: &Urgency, order: &Order) -> Cents {
        self.order.keys.clone_from(&order.keys);
        self.order.taste = order.taste;
        self.run(problem, urgency);
        self.value
    }

    /// The schedule made last.
    pub fn schedule(&self) -> &Schedule {
        &self.decoder.schedule
    }

    /// What was tried last, as an incumbent.
    pub fn incumbent(&self) -> Incumbent {
        Incumbent {
            order: self.order.clone(),
            schedule: self.decoder.schedule.clone(),
            objective: self.objective,
            value: self.value,
        }
    }
}

/// The neighbourhoods' view of a problem: which tasks move together.
#[derive(Clone, Debug)]
pub struct Neighbourhood {
    by_entity: Vec<Vec<u32>>,
    by_sequence: Vec<Vec<u32>>,
    open: Vec<u32>,
}

impl Neighbourhood {
    /// Groups the tasks that are still to be placed.
    pub fn new(problem: &Problem) -> Neighbourhood {
        let mut by_entity = vec![Vec::new(); problem.entities.len()];
        let sequences = problem.jobs.iter().map(|job| job.sequence).filter(|&s| s != NONE).max();
        let mut by_sequence = vec![Vec::new(); sequences.map_or(0, |last| last as usize + 1)];
        let mut open = Vec::new();
        for (task, job) in problem.jobs.iter().enumerate() {
            if job.crew == NONE {
                continue;
            }
            open.push(task as u32);
            by_entity[job.entity as usize].push(task as u32);
            if job.sequence != NONE {
                by_sequence[job.sequence as usize].push(task as u32);
            }
        }
        by_entity.retain(|tasks| !tasks.is_empty());
        by_sequence.retain(|tasks| !tasks.is_empty());
        Neighbourhood { by_entity, by_sequence, open }
    }

    /// Whether there is anything to order.
    pub fn is_empty(&self) -> bool {
        self.open.len() < 2
    }

    /// Moves some tasks of `order` to another place; further where `heat` (0 to 1) is high.
    fn disturb(&self, problem: &Problem, order: &mut Order, random: &mut Pcg64Mcg, heat: f64) {
        let reach = (f64::from(problem.slots_per_day) * (1.0 + 19.0 * heat)) as i64 * STEPS;
        let pick = |list: &[Vec<u32>], random: &mut Pcg64Mcg| random.random_range(0..list.len());
        match random.random_range(0..100) {
            0..45 => {
                let shift = random.random_range(-reach..=reach);
                for &task in &self.by_entity[pick(&self.by_entity, random)] {
                    order.keys[task as usize] += shift;
                }
            }
            45..85 => {
                for _ in 0..random.random_range(1..=4) {
                    let task = self.open[random.random_range(0..self.open.len())];
                    order.keys[task as usize] += random.random_range(-reach..=reach);
                }
            }
            85..90 if !self.by_sequence.is_empty() => {
                let shift = random.random_range(-reach..=reach) / 2;
                for &task in &self.by_sequence[pick(&self.by_sequence, random)] {
                    order.keys[task as usize] += shift;
                }
            }
            90..95 => {
                let (one, other) = (pick(&self.by_entity, random), pick(&self.by_entity, random));
                let mean = |tasks: &[u32], keys: &[i64]| {
                    tasks.iter().map(|&t| keys[t as usize]).sum::<i64>() / tasks.len() as i64
                };
                let (one, other) = (&self.by_entity[one], &self.by_entity[other]);
                let apart = mean(other, &order.keys) - mean(one, &order.keys);
                for &task in one {
                    order.keys[task as usize] += apart;
                }
                for &task in other {
                    order.keys[task as usize] -= apart;
                }
            }
            _ => {
                let taste = &mut order.taste;
                match random.random_range(0..4) {
                    0 => taste.margin = (taste.margin + random.random_range(-6..=6)).clamp(-8, 80),
                    1 => {
                        taste.urgency =
                            (taste.urgency * random.random_range(60..=160) / 100).clamp(5, 2_000)
                    }
                    2 => {
                        taste.haste =
                            (taste.haste * random.random_range(60..=160) / 100).clamp(10, 50_000)
                    }
                    _ => {
                        taste.thrift = (taste.thrift + random.random_range(-25..=25)).clamp(0, 300)
                    }
                }
            }
        }
    }
}

/// What the caller decides between steps.
pub trait Control {
    /// Share of the work limit that is used up (0 to 1), or `None` to stop.
    fn used(&mut self, steps: u64, best: Cents) -> Option<f64>;
}

/// Improves `best` until the control says stop or `enough` (a lower bound) is reached. Gives the
/// steps done and the improvements (step, value).
pub fn improve(
    problem: &Problem,
    urgency: &Urgency,
    best: &mut Incumbent,
    seed: u64,
    enough: Cents,
    control: &mut dyn Control,
) -> (u64, Vec<(u64, Cents)>) {
    let neighbourhood = Neighbourhood::new(problem);
    let mut history = Vec::new();
    if neighbourhood.is_empty() {
        return (0, history);
    }
    let mut workers: Vec<Worker> = (0..BATCH).map(|_| Worker::new(problem, &best.order)).collect();
    let (mut present, mut present_value) = (best.order.clone(), best.value);
    let mut steps = 0;
    while best.value > enough {
        let Some(used) = control.used(steps, best.value) else { break };
        let heat = (1.0 - used).clamp(0.0, 1.0);
        workers.par_iter_mut().enumerate().for_each(|(place, worker)| {
            let mut random = stream(seed, steps + place as u64);
            worker.order.keys.clone_from(&present.keys);
            worker.order.taste = present.taste;
            neighbourhood.disturb(problem, &mut worker.order, &mut random, heat * heat);
            worker.run(problem, urgency);
        });
        let Some(chosen) = (0..BATCH).min_by_key(|&place| (workers[place].value, place)) else {
            break;
        };
        let value = workers[chosen].value;
        // A thousandth of the objective at first, a fiftieth of that at last.
        let temperature = best.value.0 as f64 * 0.001 * (0.02 + 0.98 * heat);
        let worse = (value.0 - present_value.0) as f64;
        let luck: f64 = stream(seed ^ 0x5eed, steps).random();
        if worse <= 0.0 || luck < (-worse / temperature.max(1.0)).exp() {
            present.keys.clone_from(&workers[chosen].order.keys);
            present.taste = workers[chosen].order.taste;
            present_value = value;
            if value < best.value {
                *best = workers[chosen].incumbent();
                history.push((steps + BATCH as u64, value));
            }
        } else if present_value.0 as f64 > best.value.0 as f64 * 1.02 {
            present = best.order.clone();
            present_value = best.value;
        }
        steps += BATCH as u64;
    }
    (steps, history)
}

/// The random stream of one step.
fn stream(seed: u64, step: u64) -> Pcg64Mcg {
    // SplitMix64 spreads neighbouring counters over the whole state.
    let mut state = seed.wrapping_add(step.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    Pcg64Mcg::seed_from_u64(state ^ (state >> 31))
}
