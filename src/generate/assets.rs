//! Assets: their tasks, their release at the start of the show, and the shots that wait for them.

use super::archetype::ShowParameters;
use super::days::date_of;
use super::draft::{Draft, trade_index};
use super::draws::{Draws, Topic};
use super::shots::ShotTasks;
use crate::model::*;

/// A kind of asset: its name, class, and median days of concept, modelling, texturing, rigging,
/// grooming, look development, character effects setup, environment build, effects setup.
struct Kind {
    name: &'static str,
    short: &'static str,
    class: Class,
    days: [f64; 9],
}

const TRADE_CODES: [&str; 9] = ["CON", "MOD", "TEX", "RIG", "GRM", "LDV", "CFX", "ENV", "FX"];

const KINDS: [Kind; 6] = [
    Kind {
        name: "hero creature",
        short: "creature",
        class: Class::D,
        days: [5.0, 25.0, 15.0, 20.0, 15.0, 12.0, 10.0, 0.0, 0.0],
    },
    Kind {
        name: "character",
        short: "character",
        class: Class::C,
        days: [3.0, 10.0, 7.0, 8.0, 6.0, 5.0, 4.0, 0.0, 0.0],
    },
    Kind {
        name: "vehicle",
        short: "vehicle",
        class: Class::B,
        days: [3.0, 10.0, 6.0, 4.0, 0.0, 4.0, 0.0, 0.0, 0.0],
    },
    Kind {
        name: "prop",
        short: "prop",
        class: Class::A,
        days: [0.0, 3.0, 2.0, 1.5, 0.0, 1.5, 0.0, 0.0, 0.0],
    },
    Kind {
        name: "environment",
        short: "env",
        class: Class::B,
        days: [5.0, 12.0, 8.0, 0.0, 0.0, 6.0, 0.0, 10.0, 0.0],
    },
    Kind {
        name: "FX setup",
        short: "fxsetup",
        class: Class::C,
        days: [0.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.0, 12.0],
    },
];

/// Share of rig → animation links that may start on a proxy rig, and how much may still be ahead.
const PROXY_RIG_LINKS: f64 = 0.3;
const PROXY_RIG_OVERLAP: i64 = 6_000;

/// What shots wait for.
struct Made {
    id: AssetId,
    /// For animation and crowds.
    rig: Vec<TaskId>,
    /// For lighting; for effects where it is an effects setup.
    look: Vec<TaskId>,
    /// For lighting and comp.
    build: Vec<TaskId>,
    /// For cloth and hair.
    setup: Vec<TaskId>,
    is_effect: bool,
}

/// Adds the assets of a show and links them to its shots.
pub(super) fn add(
    draft: &mut Draft,
    show: ShowId,
    of: &ShowParameters,
    shots: &[(ShotId, ShotTasks)],
) {
    let made = add_tasks(draft, show, of);
    link_to_shots(draft, show, &made, shots);
}

fn add_tasks(draft: &mut Draft, show: ShowId, of: &ShowParameters) -> Vec<Made> {
    let (start, end) = draft.span[show.index()];
    let prefix = if of.code.is_empty() { String::new() } else { format!("{}_", of.code) };
    let mut made = Vec::new();
    for (kind, &count) in KINDS.iter().zip(&of.assets) {
        for number in 1..=count {
            let id = draft.production.assets.push(Asset {
                code: format!("{prefix}{}_{number:02}", kind.short),
                show,
                kind: kind.name.to_owned(),
                class: Some(kind.class),
                priority: Priority::Normal,
                used_by: Vec::new(),
                due: None,
                status: None,
                source: Source::default(),
            });
            let mut draws = Draws::new(draft.recipe.seed, Topic::Assets, id.index() as u64);
            let size = draws.lognormal(0.35);
            let release = start + (draws.unit() * 0.12 * f64::from(end - start)) as u32;
            let entity = Entity::Asset(id);
            let [concept, model, texture, rig, groom, look, cloth, build, effect] =
                std::array::from_fn(|index| match kind.days[index] {
                    0.0 => Vec::new(),
                    days => {
                        draft.add_work(entity, trade_index(TRADE_CODES[index]), "", days * size)
                    }
                });
            draft.link(&concept, &model);
            for next in [&texture, &rig, &groom, &build] {
                draft.link(&model, next);
            }
            for before in [&texture, &groom, &effect] {
                draft.link(before, &look);
            }
            draft.link(&rig, &cloth);
            for first in [&concept, &model, &effect] {
                for &task in first {
                    draft.production.tasks[task].earliest = Some(date_of(release));
                }
                if !first.is_empty() {
                    break;
                }
            }
            made.push(Made { id, rig, look, build, setup: cloth, is_effect: !effect.is_empty() });
        }
    }
    made
}

fn link_to_shots(draft: &mut Draft, show: ShowId, made: &[Made], shots: &[(ShotId, ShotTasks)]) {
    if made.is_empty() || shots.is_empty() {
        return;
    }
    let mut draws = Draws::new(draft.recipe.seed, Topic::Links, show.index() as u64);
    // Shots of each sequence are neighbours: the first and last of each.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (index, (shot, _)) in shots.iter().enumerate() {
        let sequence = draft.production.shots[*shot].sequence;
        match runs.last_mut() {
            Some((first, last)) if draft.production.shots[shots[*first].0].sequence == sequence => {
                *last = index;
            }
            _ => runs.push((index, index)),
        }
    }
    let mut uses: Vec<Vec<usize>> = Vec::new();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); made.len()];
    for run in 0..runs.len() {
        let mut chosen: Vec<usize> =
            (0..1 + draws.below(5)).map(|_| draws.below(made.len())).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen.iter().for_each(|&asset| users[asset].push(run));
        uses.push(chosen);
    }
    for (asset, users) in users.iter_mut().enumerate().filter(|(_, users)| users.is_empty()) {
        let run = draws.below(runs.len());
        uses[run].push(asset);
        users.push(run);
    }
    let mut has_successor = vec![false; draft.production.tasks.len()];
    for edge in &draft.production.dependencies {
        has_successor[edge.from.index()] = true;
    }
    for (&(first, last), chosen) in runs.iter().zip(&uses) {
        for (shot, tasks) in &shots[first..=last] {
            let class = draft.production.shots[*shot].class.unwrap_or(Class::A);
            for &index in chosen {
                if class == Class::A || !draws.chance(0.5) {
                    continue;
                }
                let asset = &made[index];
                draft.production.assets[asset.id].used_by.push(*shot);
                let overlap = if draws.chance(PROXY_RIG_LINKS) { PROXY_RIG_OVERLAP } else { 0 };
                let end_users =
                    if tasks.lighting.is_empty() { &tasks.comp } else { &tasks.lighting };
                let look_users = if asset.is_effect { &tasks.effects } else { end_users };
                for (before, after, overlap) in [
                    (&asset.rig, &tasks.animation, overlap),
                    (&asset.rig, &tasks.crowd, 0),
                    (&asset.look, look_users, 0),
                    (&asset.build, end_users, 0),
                    (&asset.setup, &tasks.cloth, 0),
                ] {
                    let from = draft.production.dependencies.len();
                    draft.link(before, after);
                    for edge in &mut draft.production.dependencies[from..] {
                        edge.overlap = overlap;
                        has_successor[edge.from.index()] = true;
                    }
                }
            }
        }
    }
    // Work that nothing waits for would never be missed: it goes to a comp that uses the asset.
    for (asset, users) in made.iter().zip(&users) {
        let ends: Vec<TaskId> = [&asset.rig, &asset.look, &asset.build, &asset.setup]
            .into_iter()
            .flatten()
            .copied()
            .filter(|task| !has_successor[task.index()])
            .collect();
        if ends.is_empty() {
            continue;
        }
        let (first, last) = runs[users[draws.below(users.len())]];
        let (shot, tasks) = &shots[first + draws.below(last - first + 1)];
        draft.link(&ends, &tasks.comp);
        draft.anchors.push(*shot);
        let used_by = &mut draft.production.assets[asset.id].used_by;
        if !used_by.contains(shot) {
            used_by.push(*shot);
        }
    }
    for asset in made {
        draft.production.assets[asset.id].used_by.sort_unstable();
        draft.production.assets[asset.id].used_by.dedup();
    }
}
