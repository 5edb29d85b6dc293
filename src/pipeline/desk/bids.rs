//! Finished work against what was bid for it.

use super::earned_value::millionth;
use crate::forecast::{self, Forecast};
use crate::model::Production;
use crate::read::words::{self, word_of};
use crate::result::BidRow;

pub fn bids(production: &Production, forecast: &Forecast) -> Vec<BidRow> {
    let row = |row: &forecast::BidRow| BidRow {
        department: production.departments[row.department].code.clone(),
        class: row.class.map(|own| word_of(words::CLASSES, own).to_owned()),
        level: row.seniority.map(|own| word_of(words::SENIORITIES, own).to_owned()),
        tasks: row.tasks,
        bid_minutes: row.bid,
        logged_minutes: row.logged,
        quartiles: row.quartiles.map(millionth),
        of: row
            .of
            .iter()
            .map(|id| &production.tasks[*id])
            .map(|task| (task.code.clone(), task.bid, task.logged))
            .collect(),
    };
    forecast.bids.iter().map(row).collect()
}
