//! Due dates that can be kept: no shot is due before its chain of work could end.

use super::days::{SLOTS, date_of, day_of, friday};
use super::draft::{Draft, quarter_days, trade_index};
use super::draws::{Draws, Topic};
use super::network::{Network, slots_for};
use super::state;
use crate::model::*;

/// Rounds in which late shots are made a tenth smaller, and the two that end it.
const ROUNDS: u32 = 14;

/// Time that chains of work are given when dates are promised, in per cent of what they take artists
/// at the bid standard who are never away: one day in eight is leave or a public holiday, and the
/// artist may be a junior.
const ALLOWANCE: u32 = 130;

/// Moves each shot's due date to at least 6–20 days (of a show of 270 days) after the earliest end
/// of its work, on a Friday. A shot that would then end after its show is made smaller.
pub(super) fn settle(draft: &mut Draft) {
    let mut network = Network::of(draft);
    network.stretch(ALLOWANCE);
    // Shrinking a shot leads to new bids; a few rounds settle it, and a last one drops the asset
    // links of a shot that its assets alone make late.
    for round in 0..ROUNDS {
        let late = settle_once(draft, &network, round + 1 == ROUNDS);
        if late.is_empty() {
            return;
        }
        if round + 2 < ROUNDS {
            shrink(draft, &late);
            network.refresh(&draft.production);
            network.stretch(ALLOWANCE);
        } else {
            release_from_assets(draft, &late);
            network = Network::of(draft);
            network.stretch(ALLOWANCE);
        }
    }
}

/// Agrees later dates for the shots whose chain of work cannot keep theirs any more, whatever the crew,
/// because what began before the day of the plan took longer than bid.
pub(super) fn agree_again(draft: &mut Draft, network: &mut Network) {
    let now = state::now(draft);
    if now == 0 {
        return;
    }
    let as_bid = network.duration.clone();
    let starts = network.earliest();
    let productive = draft.production.settings.productive;
    for (task, &minutes) in state::actual_work(draft).iter().enumerate() {
        if network.lead[task] == 0 && starts[task] < now {
            network.duration[task] = slots_for(minutes, productive);
        }
    }
    network.stretch(ALLOWANCE);
    let finish = shots_finish(draft, network);
    network.duration = as_bid;
    for shot in draft.production.shots.ids() {
        let (start, end) = draft.span[draft.production.show_of(Entity::Shot(shot)).index()];
        let due = draft.production.shots[shot].due.map_or(0, day_of);
        let slack = (6.0 * (f64::from(end - start) / 270.0).sqrt()).round() as u32;
        let least = finish[shot].div_ceil(SLOTS) + slack;
        if least > due + 1 {
            draft.production.shots[shot].due = Some(date_of(friday(least - 1).min(end - 1)));
        }
    }
    network.refresh_dues(&draft.production);
}

/// Earliest end of each shot's work with crew without limit.
fn shots_finish(draft: &Draft, network: &Network) -> Keyed<ShotId, u32> {
    let starts = network.earliest();
    let mut finish = Keyed::<ShotId, u32>::filled(0, draft.production.shots.len());
    for (id, task) in draft.production.tasks.enumerate() {
        if let Entity::Shot(shot) = task.entity {
            let end = starts[id.index()] + network.duration[id.index()];
            finish[shot] = finish[shot].max(end);
        }
    }
    finish
}

/// Sets the due dates; returns the shots whose work could not end in the show.
fn settle_once(draft: &mut Draft, network: &Network, accept: bool) -> Vec<ShotId> {
    let finish = shots_finish(draft, network);
    let mut late = Vec::new();
    for shot in draft.production.shots.ids() {
        let show = draft.production.show_of(Entity::Shot(shot));
        let (start, end) = draft.span[show.index()];
        let scale = (f64::from(end - start) / 270.0).sqrt();
        let mut draws = Draws::new(draft.recipe.seed, Topic::Dues, shot.index() as u64);
        let slack = (draws.between(6.0, 20.0) * scale).round() as u32;
        let earliest = finish[shot].div_ceil(SLOTS);
        let wanted = draft.production.shots[shot].due.map_or(0, day_of);
        let due = friday(wanted.max(earliest + slack).saturating_sub(1).max(wanted));
        // The least slack must be left even where the end of the show cuts it.
        if earliest + (6.0 * scale).round() as u32 > end && !accept {
            late.push(shot);
        }
        draft.production.shots[shot].due = Some(date_of(due.min(end - 1)));
    }
    late
}

fn shrink(draft: &mut Draft, shots: &[ShotId]) {
    for (_, task) in each_task(&mut draft.production, shots) {
        let days = task.bid as f64 / super::days::DAY_MINUTES as f64;
        task.bid = quarter_days(days * 0.9);
        task.estimate = task.bid;
    }
}

fn each_task<'a>(
    production: &'a mut Production,
    shots: &'a [ShotId],
) -> impl Iterator<Item = (usize, &'a mut Task)> {
    production.tasks.iter_mut().enumerate().filter(
        |(_, task)| matches!(task.entity, Entity::Shot(shot) if shots.binary_search(&shot).is_ok()),
    )
}

fn release_from_assets(draft: &mut Draft, shots: &[ShotId]) {
    let production = &mut draft.production;
    let tasks = &production.tasks;
    let is_asset = |task: TaskId| matches!(tasks[task].entity, Entity::Asset(_));
    let is_late = |task: TaskId| matches!(tasks[task].entity, Entity::Shot(shot) if shots.binary_search(&shot).is_ok());
    production.dependencies.retain(|edge| !(is_asset(edge.from) && is_late(edge.to)));
    for asset in production.assets.iter_mut() {
        asset.used_by.retain(|shot| shots.binary_search(shot).is_err());
    }
    anchor_again(draft, shots);
}

/// Asset work that nothing waits for any more goes to the comp of the last shot of its show.
fn anchor_again(draft: &mut Draft, late: &[ShotId]) {
    let production = &draft.production;
    let comp = draft.department(trade_index("CMP"));
    let mut last: Vec<Option<(jiff::civil::Date, ShotId)>> = vec![None; production.shows.len()];
    for (shot, row) in production.shots.enumerate() {
        let place = &mut last[production.show_of(Entity::Shot(shot)).index()];
        if let Some(due) = row.due
            && late.binary_search(&shot).is_err()
            && place.is_none_or(|(latest, _)| latest < due)
        {
            *place = Some((due, shot));
        }
    }
    let mut has_successor = vec![false; production.tasks.len()];
    production.dependencies.iter().for_each(|edge| has_successor[edge.from.index()] = true);
    let mut links = Vec::new();
    for (task, row) in production.tasks.enumerate() {
        let (Entity::Asset(asset), false) = (row.entity, has_successor[task.index()]) else {
            continue;
        };
        if let Some((_, shot)) = last[production.assets[asset].show.index()] {
            links.push((task, asset, shot));
        }
    }
    for (task, asset, shot) in links {
        let comps: Vec<TaskId> = (draft.production.tasks.enumerate())
            .filter(|(_, row)| row.entity == Entity::Shot(shot) && row.department == comp)
            .map(|(id, _)| id)
            .collect();
        draft.link(&[task], &comps);
        draft.anchors.push(shot);
        let used_by = &mut draft.production.assets[asset].used_by;
        if let Err(place) = used_by.binary_search(&shot) {
            used_by.insert(place, shot);
        }
    }
}
