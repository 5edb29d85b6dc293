//! The odds of one of many plans: drawn as `risk` draws them.

use crate::compare::Tried;
use crate::model::*;
use crate::read;
use crate::result::{MilestoneChance, ScenarioOdds};
use crate::risk::{self, Policy};
use crate::solve::Watch;
use std::path::Path;

/// Which odds of each scenario are wanted.
#[derive(Clone, Debug)]
pub struct OddsAsked {
    /// With how much confidence, in basis points.
    pub confidence: i64,
    /// Draws of each scenario.
    pub draws: u32,
    /// Name and text of the uncertainty; none = usual in the trade.
    pub uncertainty: Option<(String, Vec<u8>)>,
}

impl OddsAsked {
    /// Reads the uncertainty, where a file is named, and checks it against the production as it is; or gives
    /// everything that is wrong with it.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn new(
        production: &Production,
        confidence: i64,
        draws: u32,
        file: Option<&Path>,
    ) -> Result<Result<OddsAsked, Vec<Issue>>, read::Error> {
        let Some(file) = file else {
            return Ok(Ok(OddsAsked { confidence, draws, uncertainty: None }));
        };
        let bytes = std::fs::read(file)
            .map_err(|source| read::Error::Unreadable { path: file.to_owned(), source })?;
        let name = file.display().to_string();
        match read::uncertainty(&name, &bytes, production) {
            (Some(_), _) => {
                Ok(Ok(OddsAsked { confidence, draws, uncertainty: Some((name, bytes)) }))
            }
            (None, issues) => Ok(Err(issues)),
        }
    }

    /// The odds of a plan that costs so much `beside`; none when there is no milestone, when what the
    /// uncertainty names is gone, or when somebody stops it.
    pub fn of(&self, tried: &Tried, beside: i64, watch: &dyn Watch) -> Option<ScenarioOdds> {
        let production = &tried.production;
        let uncertainty = match &self.uncertainty {
            None => Uncertainty::usual(production),
            // Numbers of tasks and people are those of the scenario: names are looked up again.
            Some((name, bytes)) => read::uncertainty(name, bytes, production).0?,
        };
        let mut uncertainty = uncertainty;
        let accepted = &production.settings.accepted_risks;
        for event in uncertainty.events.iter_mut().filter(|row| accepted.contains(&row.name)) {
            event.probability = 0.0;
        }
        let confidence = self.confidence as f64 / 10_000.0;
        let options = risk::Options {
            draws: self.draws,
            seed: production.settings.seed,
            threads: 1,
            policy: Policy::FixedOrder,
            confidence,
            precision: None,
            mode: production.settings.mode,
            target: production.milestones.ids().last()?,
        };
        let plan = &tried.solved.plan;
        let odds = risk::odds(production, plan, &tried.forecast, &uncertainty, &options, watch)?;
        let share = |share: f64| (share * 10_000.0).round() as i64;
        let milestones = odds.milestones.iter().map(|row| MilestoneChance {
            id: production.milestones[row.milestone].code.clone(),
            on_time: share(row.on_time.value),
            date: row
                .levels
                .iter()
                .find(|level| (level.0 - confidence).abs() < 1e-9)
                .map(|level| level.1),
        });
        Some(ScenarioOdds {
            confidence: self.confidence,
            draws: odds.draws as u32,
            milestones: milestones.collect(),
            all_on_time: share(odds.all_on_time.value),
            // What the draws say of the plan, and what the scenario costs beside it.
            final_cost: odds.cost.spread.at(confidence).saturating_add(beside),
        })
    }
}
