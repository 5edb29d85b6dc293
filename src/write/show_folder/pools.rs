//! Shared equipment: farm, licences, desks.

use super::{Table, decimal, list, word};
use crate::model::*;
use crate::read::words;

/// Its table.
pub(super) fn table(production: &Production) -> Table {
    let home = production.settings.currency;
    let price = |price: FinePrice| decimal(price.0, home.decimals() + 3);
    let account = |id| production.accounts.get(id).map_or(String::new(), |row| row.code.clone());
    let rows = production.pools.iter().map(|row| {
        let capacity = row
            .capacity
            .iter()
            .map(|&(from, amount)| format!("{from} {}", units(row.kind, amount)));
        let needs = row.departments.iter().map(|&(id, need)| {
            format!("{}:{}", production.departments[id].code, units(row.kind, need))
        });
        vec![
            row.code.clone(),
            row.name.clone(),
            word(words::POOLS, row.kind),
            row.site.map_or(String::new(), |id| production.sites[id].code.clone()),
            row.show.map_or(String::new(), |id| production.shows[id].code.clone()),
            list(capacity),
            word(words::POOL_LIMITS, row.hard),
            price(row.unit_cost),
            row.overflow_price.map_or(String::new(), price),
            account(row.account),
            account(row.overflow_account),
            list(needs),
        ]
    });
    Table {
        name: "pools",
        columns: &[
            "id",
            "name",
            "kind",
            "site",
            "show",
            "capacity",
            "limit",
            "unit_cost",
            "overflow_price",
            "account",
            "overflow_account",
            "departments",
        ],
        rows: rows.collect(),
    }
}

/// So many units of a pool: core-minutes as core-hours, to the minute.
fn units(kind: PoolKind, units: i64) -> String {
    match kind {
        PoolKind::Farm => decimal(round_half_even(i128::from(units) * 1_000, 60), 3),
        PoolKind::Licence | PoolKind::Desk => units.to_string(),
    }
}

/// So many units of a pool, by its code.
pub(super) fn pool_need(production: &Production, pool: PoolId, need: i64) -> String {
    let row = &production.pools[pool];
    format!("{}:{}", row.code, units(row.kind, need))
}
