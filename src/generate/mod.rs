//! Synthetic productions: takes a [`Recipe`], gives a whole [`Production`], always the same one.
//!
//! Leaves writing it to files to `write`, and planning it to everybody else. There is no clock and
//! no randomness beyond the seed: each topic has its own stream of draws (`draws`), and what
//! could differ between machines in its last bit is computed here.
//!
//! The flow, one file a step:
//!
//! | step | file |
//! |---|---|
//! | sizes of the archetypes | `archetype` |
//! | sequences, shots, bids, the pipeline in a shot | `shots` |
//! | assets and the shots that wait for them | `assets` |
//! | work given to vendors | `vendors` |
//! | due dates that the chains of work can meet | `dues`, `network` |
//! | people, contracts, leave, holidays, bookings | `crew`, `contracts`, `leave`, `places`, `bookings`, `names` |
//! | as many of them as the tightness asks for | `tightness`, `reference` |
//! | what happened until the day of the plan | `state` |
//! | omits, added shots, change orders | `scope` |
//! | awards, budget, payments, purchase orders, actuals | `money` |
//! | milestones, locks, hard dates | `promises` |
//! | things that are wrong, where asked for | `dirt` |
//!
//! One choice differs from the letter of the usual recipe: budgets and awards price a *bid day* at
//! the mean cost of a paid day divided by the productive share, because a paid day holds only 0.85
//! of a bid day. Else every generated show would be sold below cost.

mod archetype;
mod assets;
mod bookings;
mod contracts;
mod crew;
mod days;
mod dirt;
mod draft;
mod draws;
mod dues;
mod leave;
mod money;
mod names;
mod network;
mod places;
mod promises;
mod reference;
mod scope;
mod shots;
mod state;
mod tightness;
mod vendors;

use crate::model::*;

/// How large a production is and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Archetype {
    /// 30 shots, 10 weeks, about 20 artists who each do several things.
    Commercial,
    /// 285 shots, 26 weeks, about 100 artists at two sites.
    Episodic,
    /// 1,500 shots, 54 weeks, 350–480 artists at three sites.
    Feature,
    /// Three features and three series over 74 weeks, sharing 1,300–1,800 artists at four sites.
    Studio,
}

/// How much of the work the reference scheduler delivers late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tightness {
    /// 0–2 % of shots late.
    Relaxed,
    /// 5–20 % of shots late.
    Tight,
    /// 35–60 % of shots late.
    Overloaded,
}

impl Tightness {
    /// Least and most share of late shots.
    pub fn band(self) -> (f64, f64) {
        match self {
            Tightness::Relaxed => (0.0, 0.02),
            Tightness::Tight => (0.05, 0.20),
            Tightness::Overloaded => (0.35, 0.60),
        }
    }
}

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recipe {
    /// Size and kind.
    pub archetype: Archetype,
    /// Seed of all draws.
    pub seed: u64,
    /// How scarce people are.
    pub tightness: Tightness,
    /// Share of the production's time that is over, in per cent; 0 = before the start.
    pub as_of_percent: u32,
    /// Whether to spoil a little of the data.
    pub dirt: bool,
}

/// What was generated, in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The crew, as a multiple of what the 92nd percentile of weekly demand asks for.
    pub crew_multiplier: f64,
    /// Share of shots that the reference scheduler delivers late from the start, with work as bid.
    pub late_share: f64,
    /// Whether that share is in the band of the tightness asked for. Where chains of work rather
    /// than people decide (a commercial), no crew may reach it; the nearest was taken.
    pub in_band: bool,
    /// Share of the open shots that it delivers late from the day of the plan on.
    pub late_share_from_now: f64,
    /// Shots.
    pub shots: usize,
    /// Tasks.
    pub tasks: usize,
    /// Dependencies.
    pub dependencies: usize,
    /// People.
    pub people: usize,
    /// Sum of all bids, in days.
    pub bid_days: i64,
}

/// The production of a recipe.
///
/// ```
/// use shotplan::generate::{Archetype, Recipe, Tightness, production};
/// let recipe = Recipe {
///     archetype: Archetype::Commercial,
///     seed: 1,
///     tightness: Tightness::Tight,
///     as_of_percent: 0,
///     dirt: false,
/// };
/// let commercial = production(&recipe);
/// assert_eq!(commercial.shots.len(), 30);
/// assert_eq!(commercial, production(&recipe));
/// ```
pub fn production(recipe: &Recipe) -> Production {
    production_with_report(recipe).0
}

/// The production of a recipe, and what it came to.
pub fn production_with_report(recipe: &Recipe) -> (Production, Report) {
    let mut draft = draft::Draft::new(*recipe, archetype::parameters(recipe.archetype));
    draft.add_departments();
    for (id, show) in draft.shows() {
        let shots = shots::add(&mut draft, id, &show);
        assets::add(&mut draft, id, &show, &shots);
    }
    vendors::add(&mut draft);
    dues::settle(&mut draft);
    let network = network::Network::of(&draft);
    let crew = tightness::staff(&mut draft, &network);
    state::advance(&mut draft, &network, &crew.bench);
    scope::change(&mut draft);
    money::fill(&mut draft);
    let late_share_from_now = promises::add(&mut draft, &network, &crew.bench);
    if recipe.dirt {
        dirt::spoil(&mut draft);
    }
    draft.production.settings.seed = recipe.seed;
    let production = draft.production;
    let (low, high) = recipe.tightness.band();
    let report = Report {
        crew_multiplier: crew.multiplier,
        late_share: crew.late_share,
        in_band: (low..=high).contains(&crew.late_share),
        late_share_from_now,
        shots: production.shots.len(),
        tasks: production.tasks.len(),
        dependencies: production.dependencies.len(),
        people: production.people.len(),
        bid_days: production.tasks.iter().map(|task| task.bid).sum::<i64>() / days::DAY_MINUTES,
    };
    (production, report)
}
