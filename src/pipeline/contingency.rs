//! What contingency there is, against what the odds say it takes.

use crate::result::{Contingency, ContingencyNeed, Document};
use serde::Deserialize;

/// What is read of an answer of `risk`.
#[derive(Deserialize)]
struct Odds {
    production: String,
    as_of: jiff::civil::Date,
    currency: String,
    draws: u32,
    confidence: f64,
    cost: OddsOfCost,
}

#[derive(Deserialize)]
struct OddsOfCost {
    planned: i64,
    contingency: i64,
}

/// Puts the need of contingency into a result, from the JSON of `risk` of the same show and day.
///
/// The need is the amount that the final cost stays below with the confidence of the odds, less the final cost of this
/// result: odds of another plan of the show are told by their amount, not by their distance.
///
/// # Errors
/// In words, when it is no answer of `risk`, or one about something else.
pub fn set_against_odds(document: &mut Document, odds: &[u8]) -> Result<(), String> {
    let odds: Odds = serde_json::from_slice(odds)
        .map_err(|error| format!("it is not what `shotplan risk --format json` prints: {error}"))?;
    let info = &document.production;
    if (&odds.production, odds.as_of, &odds.currency) != (&info.name, info.as_of, &info.currency) {
        return Err(format!(
            "the odds are of {}, as of {} in {}; this is {}, as of {} in {}",
            odds.production, odds.as_of, odds.currency, info.name, info.as_of, info.currency
        ));
    }
    let Some(desk) = &mut document.desk else {
        return Err("the result was saved by an older program: plan the show again".to_owned());
    };
    let efc = document.cost.total.efc;
    let safe = odds.cost.planned.saturating_add(odds.cost.contingency);
    let need = safe.saturating_sub(efc).max(0);
    let known = desk.contingency.get_or_insert_with(Contingency::default);
    known.need = Some(ContingencyNeed {
        confidence: odds.confidence,
        draws: odds.draws,
        final_cost: safe,
        need,
        spare: known.left.saturating_sub(need),
        beyond_budget: document.headline.budget.map(|budget| safe.saturating_sub(budget)),
    });
    Ok(())
}
