//! Sequences and shots: their turnovers, classes, bids, and the pipeline inside a shot.

use super::archetype::ShowParameters;
use super::days::date_of;
use super::draft::{Draft, trade_index};
use super::draws::{Draws, Topic};
use crate::model::*;

/// The tasks of one shot that other work is linked to.
#[derive(Clone, Debug, Default)]
pub(super) struct ShotTasks {
    /// First animation work (blocking).
    pub animation: Vec<TaskId>,
    pub crowd: Vec<TaskId>,
    pub cloth: Vec<TaskId>,
    pub effects: Vec<TaskId>,
    pub lighting: Vec<TaskId>,
    pub comp: Vec<TaskId>,
}

/// Share of shots that come into a show by its end, and so of those that came in by `as_of`.
const ADDED_BY_THE_END: f64 = 0.15;

/// Adds the sequences and shots of a show with their tasks; returns what can be linked, by shot.
pub(super) fn add(
    draft: &mut Draft,
    show: ShowId,
    of: &ShowParameters,
) -> Vec<(ShotId, ShotTasks)> {
    let seed = draft.recipe.seed;
    let (start, end) = draft.span[show.index()];
    let days = f64::from(end - start);
    let added = ADDED_BY_THE_END * f64::from(draft.recipe.as_of_percent.min(100)) / 100.0;
    let mut lengths = Draws::new(seed, Topic::Sequences, show.index() as u64);
    let mut plan: Vec<i64> = Vec::new();
    let mut left = i64::from(of.shots);
    while left > 0 {
        let (low, high) = of.sequence_length;
        let mut length = lengths.whole(low, high).min(left);
        // A rest too short for a sequence joins the last one.
        if left - length < low / 2 {
            length = left;
        }
        plan.push(length);
        left -= length;
    }
    let prefix = if of.code.is_empty() { String::new() } else { format!("{}_", of.code) };
    let mut shots = Vec::new();
    for (index, &length) in plan.iter().enumerate() {
        let number = (index + 1) * 10;
        let counter = ((show.index() as u64) << 32) | index as u64;
        let mut draws = Draws::new(seed, Topic::Shots, counter);
        let difficulty = draws.lognormal(0.25);
        let along = (0.10 + of.turnover_span * (index as f64 + 0.5) / plan.len() as f64).min(0.62);
        let turnover = start + (along * days).round() as u32;
        let sequence = draft.production.sequences.push(Sequence {
            turnover: Some(date_of(turnover)),
            ..Sequence::new(&format!("{prefix}sq{number:03}"), show)
        });
        let mut next = 0;
        for _ in 0..length {
            // Added shots sit between the tens that the edit was numbered with.
            let is_added = next > 0 && draws.chance(added);
            next += if is_added { 5 } else { 10 - next % 10 };
            let jitter = (draws.unit() * 0.06 * days).round() as u32;
            let class = match draws.weighted(&of.class_mix) {
                0 => Class::A,
                1 => Class::B,
                2 => Class::C,
                _ => Class::D,
            };
            let frames = (draws.lognormal(0.5) * 90.0).clamp(12.0, 900.0).round() as u32;
            let priority = match draws.weighted(&[0.86, 0.10, 0.03, 0.01]) {
                0 => Priority::Normal,
                1 => Priority::High,
                2 => Priority::VeryHigh,
                _ => Priority::Emergency,
            };
            let due = turnover + jitter + (draws.between(0.31, 0.37) * days).round() as u32;
            let factor = difficulty * draws.lognormal(0.2) * of.intensity;
            let shot = draft.production.shots.push(Shot {
                frames: Some(frames),
                class: Some(class),
                priority,
                turnover: Some(date_of(turnover + jitter)),
                due: Some(date_of(super::days::friday(due).min(end - 1))),
                ..Shot::new(&format!("{prefix}{number:03}_{next:04}"), sequence)
            });
            if is_added {
                draft.added.push(shot);
            }
            let tasks = add_tasks(draft, shot, class, factor, of);
            shots.push((shot, tasks));
        }
    }
    shots
}

/// The work of one shot, in pipeline order, each stage after the last one before it that exists.
fn add_tasks(
    draft: &mut Draft,
    shot: ShotId,
    class: Class,
    factor: f64,
    of: &ShowParameters,
) -> ShotTasks {
    let entity = Entity::Shot(shot);
    let mut draws = Draws::new(draft.recipe.seed, Topic::Bids, shot.index() as u64);
    let mut bid = |code: &str| -> Option<(usize, f64)> {
        let trade = trade_index(code);
        let needed = f64::from(TRADES[trade].needed[class as usize]) / 100.0;
        let share = if code == "CMP" { needed } else { needed * of.inclusion };
        // Drawn whether needed or not: a change to one share moves no other bid.
        let (is_needed, noise) = (draws.chance(share), draws.lognormal(0.45));
        let median = f64::from(TRADES[trade].median_days[class as usize]) / 100.0;
        is_needed.then_some((trade, median * factor * noise))
    };
    let [matchmove, roto, prep, layout, animation, cloth, effects, scenery, crowd, lighting, comp] =
        ["MM", "ROTO", "PREP", "LAY", "ANI", "CFX", "FX", "ENV", "CRD", "LGT", "CMP"].map(&mut bid);
    let elements = 1 + u32::from(draws.chance(0.4)) + u32::from(draws.chance(0.15));

    let support = |draft: &mut Draft, code| {
        if of.support { draft.add_work(entity, trade_index(code), "", 0.25) } else { Vec::new() }
    };
    let ingest = support(draft, "ING");
    let mut add = |work: Option<(usize, f64)>, after: &[TaskId]| -> Vec<TaskId> {
        let Some((trade, days)) = work else { return Vec::new() };
        let tasks = draft.add_work(entity, trade, "", days);
        draft.link(after, &tasks);
        tasks
    };
    let matchmove = add(matchmove, &ingest);
    let roto = add(roto, &ingest);
    let prep = add(prep, &ingest);
    let mut camera = if matchmove.is_empty() { ingest } else { matchmove };
    let layout = add(layout, &camera);
    if !layout.is_empty() {
        camera = layout;
    }
    let scenery = add(scenery, &camera);

    let mut stage = camera.clone();
    let mut blocking = Vec::new();
    if let Some((trade, days)) = animation {
        if class >= Class::C {
            blocking = draft.add_work(entity, trade, "_block", days * 0.45);
            let polish = draft.add_work(entity, trade, "_polish", days * 0.55);
            draft.link(&stage, &blocking);
            draft.link(&blocking, &polish);
            stage = polish;
        } else {
            blocking = draft.add_work(entity, trade, "", days);
            draft.link(&stage, &blocking);
            stage = blocking.clone();
        }
    }
    let mut simulated = Vec::new();
    let mut simulate = |draft: &mut Draft, work: Option<(usize, f64)>, suffix: &str| {
        let Some((trade, days)) = work else { return Vec::new() };
        let tasks = draft.add_work(entity, trade, suffix, days);
        draft.link(&stage, &tasks);
        simulated.extend_from_slice(&tasks);
        tasks
    };
    let cloth = simulate(draft, cloth, "");
    let crowd = simulate(draft, crowd, "");
    let mut element_tasks = Vec::new();
    // Each of k elements is smaller than one alone would be: days ÷ k^0.6.
    let share = [1.0, 1.515_716_566_510_398, 1.933_182_044_931_763][elements as usize - 1];
    for element in 1..=elements {
        let work = effects.map(|(trade, days)| (trade, days / share));
        let suffix = if elements == 1 { String::new() } else { element.to_string() };
        element_tasks.extend(simulate(draft, work, &suffix));
    }
    // Lighting takes the animation, the simulations and the camera; comp takes the camera too.
    let performance = if simulated.is_empty() { Vec::new() } else { stage.clone() };
    if !simulated.is_empty() {
        stage = simulated;
    }
    let camera_for = |stage: &[TaskId]| if stage == camera { Vec::new() } else { camera.clone() };
    let mut add = |work: Option<(usize, f64)>, after: &[&[TaskId]]| -> Vec<TaskId> {
        let Some((trade, days)) = work else { return Vec::new() };
        let tasks = draft.add_work(entity, trade, "", days);
        for before in after {
            draft.link(before, &tasks);
        }
        tasks
    };
    let performance = if performance == camera { Vec::new() } else { performance };
    let lit_camera = camera_for(&stage);
    let lighting = add(lighting, &[&stage, &performance, &lit_camera, &scenery]);
    if !lighting.is_empty() {
        stage = lighting.clone();
    }
    let comp_camera = camera_for(&stage);
    let comp = add(comp, &[&stage, &comp_camera, &roto, &prep, &scenery]);
    let check = support(draft, "QC");
    draft.link(&comp, &check);
    ShotTasks { animation: blocking, crowd, cloth, effects: element_tasks, lighting, comp }
}
