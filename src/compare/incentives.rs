//! What counts for incentives whatever is bought.

use super::Tried;
use super::budget::is_avoidable;
use crate::forecast::{Posting, counted};
use crate::formulate::levers::Grant;
use crate::model::*;

/// The incentives of a production that give the studio anything, with what of a plan's cost counts for them
/// and is not decided by the weekly program: all but freelance days and overtime to come.
///
/// Those that are taken off the base of others stay too.
pub(super) fn grants(base: &Tried) -> Vec<Grant> {
    let production = &base.production;
    let pays = |rule: &IncentiveRule| {
        let most = rule.tiers.iter().map(|(_, rate)| *rate).fold(rule.rate, i64::max);
        most > 0 && rule.studio_share > 0 && rule.certainty > 0 && rule.tax < 10_000
    };
    if !production.incentives.iter().any(pays) {
        return Vec::new();
    }
    let is_certain = |row: &&Posting| !is_avoidable(production, row);
    let ledger: Vec<&Posting> = base.forecast.ledger.iter().filter(is_certain).collect();
    let grant = |rule: &IncentiveRule| {
        let (mut certain, mut everywhere) = (Cents::ZERO, Cents::ZERO);
        for row in &ledger {
            let (is_of_kind, is_eligible) = counted(production, rule, row);
            if is_of_kind {
                everywhere += row.amount;
            }
            if is_eligible {
                certain += row.amount;
            }
        }
        let (certain, everywhere) = (certain.0 as f64, everywhere.0 as f64);
        Grant { rule: rule.clone(), certain, everywhere, valid: Vec::new() }
    };
    production.incentives.iter().map(grant).collect()
}
