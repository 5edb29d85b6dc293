//! Tightness: the crew is made larger or smaller until the reference scheduler is late as wanted.
//!
//! One multiplier of all pools is found by halving an interval. What counts is the share of late shots
//! *from the day of the plan on*, after a past in which work took longer or shorter than bid. Where
//! little is left of the production, only the latest shots are still open: then it is the share that
//! was to be seen earlier, after [`JUDGED`] of the time.

use super::bookings;
use super::crew::{self, Demand};
use super::days::SLOTS;
use super::draft::Draft;
use super::network::{NEVER, Network, REVIEW};
use super::reference::{self, Beginning, Bench, Schedule};
use super::state;
use super::{Archetype, Tightness};

/// The crew that was found, and what the reference scheduler makes of it.
pub(super) struct Crew {
    pub multiplier: f64,
    /// Share of late shots from the day of the plan on.
    pub late_share: f64,
    pub bench: Bench,
    /// The whole production as it was bid, with nothing done.
    pub planned: Schedule,
}

/// Most crews tried.
const TRIES: usize = 14;
/// Share of the time, in hundredths, after which crews are judged where the day of the plan is later.
const JUDGED: u32 = 35;

/// Staffs the production. Where heads come in whole people (or chains of work, not people, make
/// shots late) the crew nearest to the band is taken.
pub(super) fn staff(draft: &mut Draft, network: &Network) -> Crew {
    let demand = Demand::of(draft, network);
    let actual_work = state::actual_work(draft);
    let late_at = |draft: &mut Draft, multiplier: f64| {
        let bench = hire(draft, network, &demand, multiplier);
        late_from_now(draft, network, &bench, &actual_work)
    };
    let (low, high) = draft.recipe.tightness.reference_band();
    let middle = (low + high) / 2.0;
    let distance = |share: f64| (low - share).max(share - high).max(0.0);
    // Beyond some crew nobody would hire more for a few shots that only their chains make late.
    let most = if draft.recipe.archetype == Archetype::Commercial { 1.4 } else { 1.7 };
    let (mut few, mut many) = (0.45, most);
    let mut multiplier = match draft.recipe.tightness {
        Tightness::Relaxed => 1.1,
        Tightness::Tight => 0.9,
        Tightness::Overloaded => 0.7,
    };
    let mut best: Option<(f64, f64)> = None;
    for _ in 0..TRIES {
        let share = late_at(draft, multiplier);
        let is_in_band = distance(share) == 0.0;
        if best.is_none_or(|(crew, least)| {
            distance(share) < distance(least) || (is_in_band && multiplier < crew)
        }) {
            best = Some((multiplier, share));
        }
        // A relaxed show has few late shots, not twice the people: the smallest such crew is sought.
        let is_lean = draft.recipe.tightness != Tightness::Relaxed || many - few < 0.04;
        if is_in_band && is_lean {
            break;
        }
        if share > middle && !is_in_band {
            few = multiplier;
        } else {
            many = multiplier;
        }
        multiplier = (few + many) / 2.0;
    }
    let (multiplier, late_share) = best.unwrap_or((1.0, 0.0));
    let bench = hire(draft, network, &demand, multiplier);
    crew::curves(draft, &demand);
    let planned = as_bid(draft, network, &bench);
    Crew { multiplier, late_share, bench, planned }
}

fn hire(draft: &mut Draft, network: &Network, demand: &Demand, multiplier: f64) -> Bench {
    let seats = crew::seats(draft, demand, multiplier);
    crew::hire(draft, demand, &seats);
    if draft.production.shows.len() > 1 {
        bookings::book_by_demand(draft, demand, &seats);
    } else {
        let free = Bench::of(draft);
        let plan = as_bid(draft, network, &free);
        bookings::book_by_plan(draft, &seats, &free, &plan);
    }
    Bench::of(draft)
}

/// The production from its first day, each task taking what it is bid.
fn as_bid(draft: &Draft, network: &Network, bench: &Bench) -> Schedule {
    let work: Vec<i64> = draft.production.tasks.iter().map(|task| task.bid).collect();
    let nothing_done = vec![false; work.len()];
    let beginning = Beginning { now: 0, done: &nothing_done, held: &[] };
    reference::run(network, bench, &work, &network.latest(draft.horizon_slots()), &beginning)
}

/// Share of late shots from the day of the plan on, when work took what it really takes until then
/// and takes what it is bid (or what is left of it) after.
fn late_from_now(draft: &Draft, network: &Network, bench: &Bench, actual_work: &[i64]) -> f64 {
    let production = &draft.production;
    let now = state::now(draft).min(draft.parameters.weeks() * 5 * SLOTS * JUDGED / 100);
    let latest = network.latest(draft.horizon_slots());
    let mut work: Vec<i64> = production.tasks.iter().map(|task| task.bid).collect();
    let mut done = vec![false; work.len()];
    let mut held = Vec::new();
    if now > 0 {
        let nothing_done = vec![false; work.len()];
        let beginning = Beginning { now: 0, done: &nothing_done, held: &[] };
        let past = reference::run(network, bench, actual_work, &latest, &beginning);
        for task in 0..work.len() {
            let (start, end) = (past.start[task], past.end[task]);
            if start >= now {
                continue;
            }
            done[task] = end != NEVER && end + REVIEW <= now;
            let left = end.saturating_sub(now).min(end - start);
            work[task] = actual_work[task] * i64::from(left) / i64::from((end - start).max(1));
            if left > 0 && past.worker[task] != NEVER {
                held.push((task as u32, past.worker[task]));
            }
        }
    }
    let beginning = Beginning { now, done: &done, held: &held };
    let future = reference::run(network, bench, &work, &latest, &beginning);
    reference::late_share(production, network, &future, &done)
}
