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
//! | terms of hire | `hiring` |
//! | due dates that the chains of work can meet | `dues`, `network` |
//! | people, contracts, leave, holidays, bookings | `crew`, `contracts`, `leave`, `places`, `bookings`, `names` |
//! | as many of them as the tightness asks for | `tightness`, `reference` |
//! | what happened until the day of the plan | `state` |
//! | omits, added shots, change orders | `scope` |
//! | awards, budget, payments | `money` |
//! | cost to date, orders, last week's report | `books` |
//! | milestones, locks, hard dates | `promises` |
//! | things that are wrong, where asked for | `dirt` |
//! | render farm and licences, where asked for | `pools` |
//!
//! Budgets are what the whole show costs when the reference scheduler works it as it was bid, so that
//! a cost report shows what went otherwise. [`Tightness`] is measured with the same scheduler.

mod archetype;
mod assets;
mod bookings;
mod books;
mod contracts;
mod crew;
mod days;
mod dirt;
mod draft;
mod draws;
mod dues;
mod hiring;
mod leave;
mod money;
mod names;
mod network;
mod places;
mod pools;
mod promises;
mod reference;
mod scope;
mod shots;
mod state;
mod tightness;
mod vendors;

pub use pools::add_pools;

use crate::model::*;

/// How large a production is and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Archetype {
    /// 30 shots, 10 weeks, about 20 artists who each do several things.
    Commercial,
    /// 285 shots, 26 weeks, about 110 artists at two sites.
    Episodic,
    /// 1,500 shots, 54 weeks, 350–480 artists at three sites.
    Feature,
    /// Three features and three series over 74 weeks, sharing 1,300–1,800 artists at four sites.
    Studio,
}

/// How scarce people are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tightness {
    /// Hardly a shot is late.
    Relaxed,
    /// Some shots are late.
    Tight,
    /// About half of the shots are late.
    Overloaded,
}

impl Tightness {
    /// Least and most share of late shots that the reference scheduler is to have.
    pub fn reference_band(self) -> (f64, f64) {
        match self {
            Tightness::Relaxed => (0.0, 0.01),
            Tightness::Tight => (0.03, 0.09),
            Tightness::Overloaded => (0.28, 0.45),
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
    /// Share of the open shots that the reference scheduler delivers late from the day of the plan on
    /// (or a day after 35 % of the time, if that is earlier), with the rest of the work as bid.
    pub late_share: f64,
    /// Whether that share is in the band of the tightness asked for. Where chains of work rather
    /// than people decide (a commercial), no crew may reach it; the nearest was taken.
    pub in_band: bool,
    /// The share after change orders, omits and retakes: that of the production as it is given.
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
    let mut network = network::Network::of(&draft);
    dues::agree_again(&mut draft, &mut network);
    let crew = tightness::staff(&mut draft, &network);
    state::advance(&mut draft, &network, &crew.bench);
    scope::change(&mut draft);
    money::fill(&mut draft, &crew);
    let late_share_from_now = promises::add(&mut draft, &network, &crew.bench);
    hiring::add(&mut draft);
    if recipe.dirt {
        dirt::spoil(&mut draft);
    }
    draft.production.settings.seed = recipe.seed;
    let production = draft.production;
    let (low, high) = recipe.tightness.reference_band();
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
