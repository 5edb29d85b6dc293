//! Tightness: the crew is made larger or smaller until the reference scheduler is late as wanted.

use super::bookings;
use super::crew::{self, Demand};
use super::draft::Draft;
use super::network::Network;
use super::reference::{self, Beginning, Bench};
use super::{Archetype, Tightness};

/// The crew that was found, and what the reference scheduler makes of it.
pub(super) struct Crew {
    pub multiplier: f64,
    pub late_share: f64,
    pub bench: Bench,
}

/// Most crews tried.
const TRIES: usize = 14;

/// Staffs the production. The multiplier of the crew is found by halving an interval; where heads
/// come in whole people (or chains of work, not people, make shots late) the nearest is taken.
pub(super) fn staff(draft: &mut Draft, network: &Network) -> Crew {
    let demand = Demand::of(draft, network);
    let (low, high) = draft.recipe.tightness.band();
    let middle = (low + high) / 2.0;
    let distance = |share: f64| (low - share).max(share - high).max(0.0);
    // Beyond some crew nobody would hire more for a few shots that only their chains make late.
    let most = if draft.recipe.archetype == Archetype::Commercial { 1.4 } else { 1.7 };
    let (mut few, mut many) = (0.45, most);
    let mut multiplier = match draft.recipe.tightness {
        Tightness::Relaxed => 1.1,
        Tightness::Tight => 0.9,
        Tightness::Overloaded => 0.75,
    };
    let mut best: Option<(f64, f64)> = None;
    for _ in 0..TRIES {
        let share = try_crew(draft, network, &demand, multiplier).late_share;
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
    let multiplier = best.map_or(1.0, |(multiplier, _)| multiplier);
    let crew = try_crew(draft, network, &demand, multiplier);
    crew::curves(draft, &demand);
    crew
}

fn try_crew(draft: &mut Draft, network: &Network, demand: &Demand, multiplier: f64) -> Crew {
    let seats = crew::seats(draft, demand, multiplier);
    crew::hire(draft, demand, &seats);
    bookings::book(draft, demand, &seats);
    let bench = Bench::of(draft);
    let work: Vec<i64> = draft.production.tasks.iter().map(|task| task.bid).collect();
    let latest = network.latest(draft.horizon_slots());
    let nothing_done = vec![false; work.len()];
    let beginning = Beginning { now: 0, done: &nothing_done, held: &[] };
    let schedule = reference::run(network, &bench, &work, &latest, &beginning);
    let late_share = reference::late_share(&draft.production, network, &schedule);
    Crew { multiplier, late_share, bench }
}
