//! The state of a running show: the reference scheduler is run with what work really takes, and
//! what happened before the day of the plan becomes statuses and time logs.

use super::days::{DAY_MINUTES, SLOTS, date_of, day_of, finish_date};
use super::draft::Draft;
use super::draws::{Draws, Topic, exp};
use super::network::{NEVER, Network, REVIEW};
use super::reference::{self, Beginning, Bench, Schedule};
use crate::model::*;

/// Minutes of a full working day that are logged on tasks; the rest is dailies and meetings.
pub(super) fn productive_day(production: &Production) -> i64 {
    DAY_MINUTES * production.settings.productive / 1_000
}

/// The slot in which the plan begins.
pub(super) fn now(draft: &Draft) -> u32 {
    day_of(draft.production.settings.as_of) * SLOTS
}

/// Median of actual ÷ bid, and the shares of its spread that a whole show, sequence and department
/// have in common.
const MEDIAN_RATIO: f64 = 1.05;
const SHARED: [f64; 3] = [0.10, 0.10, 0.05];

fn sigma(trade: &str) -> f64 {
    match trade {
        "ROTO" | "PREP" | "MM" | "LAY" | "ING" | "QC" => 0.30,
        "MOD" | "TEX" | "CON" | "GRM" | "ENV" => 0.40,
        "ANI" => 0.50,
        "RIG" | "CFX" => 0.55,
        "FX" => 0.60,
        _ => 0.45,
    }
}

/// What each task really takes, in minutes at the bid standard.
pub(super) fn actual_work(draft: &Draft) -> Vec<i64> {
    let production = &draft.production;
    let draw = |kind: u64, index: usize| {
        Draws::new(draft.recipe.seed, Topic::Noise, (kind << 40) | index as u64).normal()
    };
    let [show, sequence, department] = SHARED;
    let own = 1.0 - show - sequence - department;
    production
        .tasks
        .enumerate()
        .map(|(id, task)| {
            let trade = TRADES[draft.trade_of(task.department)].code;
            let in_sequence = match production.sequence_of(task.entity) {
                Some(id) => draw(2, id.index()),
                // Assets have an asset in common instead.
                None => draw(5, task.entity.index()),
            };
            let z = show.sqrt() * draw(1, production.show_of(task.entity).index())
                + sequence.sqrt() * in_sequence
                + department.sqrt() * draw(3, task.department.index())
                + own.sqrt() * draw(4, id.index());
            let ratio = MEDIAN_RATIO * exp(sigma(trade) * z);
            ((task.bid as f64 * ratio / 15.0).round() as i64).max(2) * 15
        })
        .collect()
}

/// Lets the production run until the day of the plan.
pub(super) fn advance(draft: &mut Draft, network: &Network, bench: &Bench) {
    let now = now(draft);
    let work = actual_work(draft);
    let latest = network.latest(draft.horizon_slots());
    let nothing_done = vec![false; work.len()];
    let beginning = Beginning { now: 0, done: &nothing_done, held: &[] };
    let past = reference::run(network, bench, &work, &latest, &beginning);
    log_time(draft, bench, &past, now);
    set_statuses(draft, network, bench, &past, now);
    send_back(draft, network, &past, now);
    set_entity_statuses(draft);
}

fn log_time(draft: &mut Draft, bench: &Bench, past: &Schedule, now: u32) {
    let full_day = productive_day(&draft.production);
    let mut logs = Vec::new();
    for (id, task) in draft.production.tasks.enumerate() {
        let index = id.index();
        let Some(worker) = bench.workers.get(past.worker[index] as usize) else { continue };
        debug_assert!(task.vendor.is_none(), "vendors keep their own time sheets");
        for (day, done) in bench.days_of(past, index, now) {
            let minutes = done * full_day / (10_000 * i64::from(SLOTS));
            if minutes > 0 {
                logs.push(TimeLog {
                    task: id,
                    person: worker.person,
                    date: date_of(day),
                    minutes,
                    source: Source::default(),
                });
            }
        }
    }
    for log in &logs {
        draft.production.tasks[log.task].logged += log.minutes;
    }
    logs.sort_by_key(|log| (log.date, log.person, log.task));
    draft.production.time_logs = logs;
}

fn set_statuses(draft: &mut Draft, network: &Network, bench: &Bench, past: &Schedule, now: u32) {
    let count = draft.production.tasks.len();
    let is_over = |task: usize| past.end[task] != NEVER && past.end[task] + REVIEW <= now;
    let mut waits = vec![false; count];
    for task in (0..count).filter(|&task| !is_over(task)) {
        for edge in network.after(task) {
            waits[edge.to as usize] = true;
        }
    }
    let full_day = productive_day(&draft.production);
    let as_of = draft.production.settings.as_of;
    for (index, &waits) in waits.iter().enumerate() {
        let mut draws = Draws::new(draft.recipe.seed, Topic::Reviews, index as u64);
        let task = &mut draft.production.tasks[TaskId::new(index)];
        let (start, end) = (past.start[index], past.end[index]);
        let worker =
            (past.worker[index] != NEVER).then(|| &bench.workers[past.worker[index] as usize]);
        if start < now {
            task.assigned = worker.iter().map(|worker| worker.person).collect();
            task.start = Some(date_of(start / SLOTS));
        }
        if start < now && end <= now {
            task.end = Some(finish_date(end));
            task.updated = task.end;
            if is_over(index) {
                task.status = Status::Final;
            } else {
                task.status = Status::InternalReview;
                task.remaining = Some(0);
                task.estimate = task.estimate.max(task.logged);
            }
        } else if start < now {
            task.status = Status::Wip;
            task.updated = Some(super::days::plus(as_of, -draws.whole(1, 3)));
            // What is really left, as the artist would say; others only log time.
            let left_slots: i64 = worker.map_or(i64::from(end - now) * 10_000, |worker| {
                (now..end).map(|slot| i64::from(worker.share(slot / SLOTS))).sum()
            });
            let left = left_slots * full_day / (10_000 * i64::from(SLOTS));
            let is_said = draws.chance(0.4) && task.vendor.is_none();
            task.remaining = is_said.then_some(left / 15 * 15);
            // Nearly used up: the bid no longer says anything, so the lead has estimated again.
            if task.logged * 10 >= task.estimate * 9 {
                task.estimate = (task.logged + left).div_euclid(15) * 15 + 15;
            }
        } else if !waits && network.release[index] <= now {
            task.status = Status::Ready;
        } else {
            task.status = Status::NotReady;
        }
    }
}

/// Some of the work that was finished lately, and that nobody builds on yet, is with the client or
/// came back with notes: 12–20 % of the bid each round, more often for harder classes.
fn send_back(draft: &mut Draft, network: &Network, past: &Schedule, now: u32) {
    let as_of = draft.production.settings.as_of;
    for index in 0..draft.production.tasks.len() {
        let id = TaskId::new(index);
        let row = &draft.production.tasks[id];
        let end = past.end[index];
        let is_recent = end != NEVER && end + REVIEW <= now && end + 8 * SLOTS > now;
        let is_used = network.after(index).iter().any(|edge| past.start[edge.to as usize] < now);
        if !is_recent || is_used || row.vendor.is_some() || row.status != Status::Final {
            continue;
        }
        let class = draft.production.class_of(row.entity).unwrap_or(Class::A);
        let mut draws = Draws::new(draft.recipe.seed, Topic::Reviews, (1 << 40) | index as u64);
        let retake = [0.15, 0.22, 0.30, 0.38][class as usize];
        let (draw, round) = (draws.unit(), draws.between(0.12, 0.20));
        let said = super::days::plus(as_of, -draws.whole(1, 3));
        let task = &mut draft.production.tasks[id];
        if draw < retake {
            let notes = ((task.bid as f64 * round / 15.0).round() as i64).max(2) * 15;
            task.status = Status::Retake;
            task.remaining = Some(notes);
            task.estimate = task.estimate.max(task.logged + notes);
            task.updated = Some(said);
        } else if draw < retake + 0.35 {
            task.status = Status::ClientReview;
            task.remaining = Some(0);
            task.estimate = task.estimate.max(task.logged);
        } else if draw < retake + 0.40 {
            task.status = Status::Cbb;
        }
    }
}

/// Shots and assets stand where their tasks stand; a shot of which all is done is delivered.
fn set_entity_statuses(draft: &mut Draft) {
    let production = &mut draft.production;
    let mut shots = Keyed::<ShotId, Tally>::filled(Tally::default(), production.shots.len());
    let mut assets = Keyed::<AssetId, Tally>::filled(Tally::default(), production.assets.len());
    for task in production.tasks.iter() {
        match task.entity {
            Entity::Shot(id) => shots[id].add(task.status),
            Entity::Asset(id) => assets[id].add(task.status),
            Entity::Sequence(_) | Entity::Show(_) => {}
        }
    }
    for (row, tally) in production.shots.iter_mut().zip(&shots) {
        row.status = Some(tally.status(Status::Delivered));
    }
    for (row, tally) in production.assets.iter_mut().zip(&assets) {
        row.status = Some(tally.status(Status::Final));
    }
    for task in production.tasks.iter_mut() {
        if let Entity::Shot(shot) = task.entity
            && production.shots[shot].status == Some(Status::Delivered)
        {
            task.status = Status::Delivered;
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    tasks: u32,
    done: u32,
    begun: u32,
    ready: u32,
}

impl Tally {
    fn add(&mut self, status: Status) {
        self.tasks += 1;
        self.done += u32::from(status.is_done());
        self.begun += u32::from(status.is_done() || status.is_open());
        self.ready += u32::from(status == Status::Ready);
    }
    fn status(&self, done: Status) -> Status {
        match self {
            _ if self.tasks > 0 && self.done == self.tasks => done,
            _ if self.begun > 0 => Status::Wip,
            _ if self.ready > 0 => Status::Ready,
            _ => Status::NotReady,
        }
    }
}
