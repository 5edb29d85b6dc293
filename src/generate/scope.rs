//! Changes of scope up to the day of the plan: shots cut, shots added, shots bid again, and the
//! change orders that go with them.

use super::draft::Draft;
use super::draws::{Draws, Topic};
use super::money;
use crate::model::*;
use std::collections::BTreeMap;

/// Shares of a show's shots that are omitted and bid again by its end.
const OMITTED_BY_THE_END: f64 = 0.08;
const REBID_BY_THE_END: f64 = 0.20;

/// Changes the scope and writes the change orders.
pub(super) fn change(draft: &mut Draft) {
    let elapsed = f64::from(draft.recipe.as_of_percent.min(100)) / 100.0;
    let shots = draft.production.shots.len() as f64;
    let omitted = omit(draft, (OMITTED_BY_THE_END * elapsed * shots).round() as usize);
    let rebid = bid_again(draft, REBID_BY_THE_END * elapsed);
    let mut tasks_of = Keyed::<ShotId, Vec<TaskId>>::filled(Vec::new(), shots as usize);
    for (id, task) in draft.production.tasks.enumerate() {
        if let Entity::Shot(shot) = task.entity {
            tasks_of[shot].push(id);
        }
    }
    let added: Vec<ShotId> =
        draft.added.iter().copied().filter(|shot| !omitted.contains(shot)).collect();
    for (kind, shots) in
        [(Kind::Added, &added), (Kind::BidAgain, &rebid), (Kind::Omitted, &omitted)]
    {
        let mut by_sequence: BTreeMap<SequenceId, Vec<TaskId>> = BTreeMap::new();
        for &shot in shots {
            let sequence = draft.production.shots[shot].sequence;
            by_sequence.entry(sequence).or_default().extend(&tasks_of[shot]);
        }
        for (sequence, tasks) in by_sequence {
            order(draft, kind, sequence, tasks);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Added,
    BidAgain,
    Omitted,
}

fn omit(draft: &mut Draft, count: usize) -> Vec<ShotId> {
    let mut draws = Draws::new(draft.recipe.seed, Topic::Scope, 0);
    let mut open: Vec<ShotId> = (draft.production.shots.enumerate())
        .filter(|(id, row)| row.status != Some(Status::Delivered) && !draft.anchors.contains(id))
        .map(|(id, _)| id)
        .collect();
    let mut omitted = Vec::new();
    while omitted.len() < count && !open.is_empty() {
        let shot = open.swap_remove(draws.below(open.len()));
        draft.production.shots[shot].status = Some(Status::Omit);
        omitted.push(shot);
    }
    omitted.sort_unstable();
    for task in draft.production.tasks.iter_mut() {
        if let Entity::Shot(shot) = task.entity
            && omitted.binary_search(&shot).is_ok()
        {
            task.status = Status::Omit;
            task.assigned.clear();
            task.remaining = None;
        }
    }
    for asset in draft.production.assets.iter_mut() {
        asset.used_by.retain(|shot| omitted.binary_search(shot).is_err());
    }
    omitted
}

/// Bids shots again whose work has not begun.
fn bid_again(draft: &mut Draft, share: f64) -> Vec<ShotId> {
    let mut again = Vec::new();
    let mut factors = BTreeMap::new();
    for (id, row) in draft.production.shots.enumerate() {
        let mut draws = Draws::new(draft.recipe.seed, Topic::Scope, (1 << 40) | id.index() as u64);
        let is_untouched = matches!(row.status, Some(Status::NotReady | Status::Ready));
        if draws.chance(share) && is_untouched && draft.added.binary_search(&id).is_err() {
            again.push(id);
            factors.insert(id, draws.between(0.9, 1.3));
        }
    }
    for task in draft.production.tasks.iter_mut() {
        if let Entity::Shot(shot) = task.entity
            && task.vendor.is_none()
            && let Some(factor) = factors.get(&shot)
        {
            task.estimate = ((task.bid as f64 * factor / 60.0).round() as i64).max(1) * 60;
        }
    }
    again
}

fn order(draft: &mut Draft, kind: Kind, sequence: SequenceId, tasks: Vec<TaskId>) {
    let number = draft.production.change_orders.len() as u64 + 1;
    let mut draws = Draws::new(draft.recipe.seed, Topic::Scope, (2 << 40) | number);
    let production = &mut draft.production;
    let minutes: i64 = tasks
        .iter()
        .map(|&task| match kind {
            Kind::Added => production.tasks[task].bid,
            Kind::BidAgain => production.tasks[task].estimate - production.tasks[task].bid,
            Kind::Omitted => -production.tasks[task].bid,
        })
        .sum();
    let price = money::bid_day_price(production);
    let amount = price.times(minutes, super::days::DAY_MINUTES);
    let has_begun = tasks.iter().any(|&task| {
        let row = &production.tasks[task];
        row.logged > 0
            || row.status.is_open()
            || (row.status.is_done() && row.status != Status::Omit)
    });
    let state = match draws.unit() {
        _ if kind == Kind::Omitted => ChangeState::Approved,
        // Nobody works on what is not signed: begun work is signed, or the studio pays for it.
        draw if has_begun && draw < 0.8 => ChangeState::Approved,
        _ if has_begun => ChangeState::Absorbed,
        draw if draw < 0.60 => ChangeState::Approved,
        draw if draw < 0.68 => ChangeState::Draft,
        draw if draw < 0.76 => ChangeState::Priced,
        draw if draw < 0.85 => ChangeState::Sent,
        _ => ChangeState::Absorbed,
    };
    let as_of = production.settings.as_of;
    production.change_orders.push(ChangeOrder {
        code: format!("CO-{number:03}"),
        show: production.sequences[sequence].show,
        state,
        amount,
        order: None,
        days: 0,
        tasks,
        date: Some(super::days::plus(as_of, -draws.whole(1, 40)).max(super::days::FIRST_DAY)),
        source: Source::default(),
    });
}
