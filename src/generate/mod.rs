//! Synthetic productions: takes a [`Recipe`], gives a whole [`Production`], always the same one.

mod archetype;
mod assets;
mod bookings;
mod contracts;
mod crew;
mod days;
mod draft;
mod draws;
mod dues;
mod leave;
mod names;
mod network;
mod places;
mod reference;
mod shots;
mod tightness;

use crate::model::*;

/// How large a production is and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Archetype {
    /// 30 shots, 10 weeks, 15 artists who each do several things.
    Commercial,
    /// 285 shots, 26 weeks, about 80 artists at two sites.
    Episodic,
    /// 1,500 shots, 54 weeks, about 350 artists at three sites.
    Feature,
    /// Three features and three series over 74 weeks, sharing about 1,200 artists at four sites.
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
    pub crew_multiplier: f64,
    pub late_share: f64,
    pub in_band: bool,
    pub tasks: usize,
    pub shots: usize,
    pub dependencies: usize,
    pub people: usize,
    pub bid_days: i64,
}

/// The production of a recipe.
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
    dues::settle(&mut draft);
    let network = network::Network::of(&draft);
    let crew = tightness::staff(&mut draft, &network);
    let production = draft.production;
    let (low, high) = recipe.tightness.band();
    let report = Report {
        crew_multiplier: crew.multiplier,
        late_share: crew.late_share,
        in_band: (low..=high).contains(&crew.late_share),
        tasks: production.tasks.len(),
        shots: production.shots.len(),
        dependencies: production.dependencies.len(),
        people: production.people.len(),
        bid_days: production.tasks.iter().map(|task| task.bid).sum::<i64>() / 480,
    };
    (production, report)
}
