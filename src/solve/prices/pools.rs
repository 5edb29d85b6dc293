//! What one more licence, desk or core of the farm is worth, by pool and period.

use super::artists::is_price;
use super::{Again, first_found};
use crate::formulate::program::Row;
use crate::formulate::staffing::Period;
use crate::model::*;

/// Core-hours of a core in a day.
const CORE: f64 = 24.0;

/// What one unit of a pool in one period is worth to the weekly plan: a licence, a desk, or a core of a farm for
/// all hours of the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoolPrice {
    /// The pool.
    pub pool: PoolId,
    /// When.
    pub period: Period,
    /// Weeks of five working days in the period.
    pub weeks: f64,
    /// The dual, in minor units for a unit and week.
    pub dual: f64,
    /// What one more saves, in minor units a week.
    pub one_more: f64,
    /// What one less costs, in minor units a week; `None` where there is less than one.
    pub one_less: Option<f64>,
}

struct Asked {
    row: Row,
    pool: PoolId,
    period: Period,
    worked: f64,
    /// Of the row, what one unit is on a day.
    unit: f64,
    dual: f64,
}

/// The dearest licences, desks and cores.
pub(super) fn of_pools(again: &Again, most: usize) -> Vec<PoolPrice> {
    let program = &again.weekly.program;
    let mut asked: Vec<Asked> = again
        .weekly
        .pool_rows()
        .map(|(row, pool, period)| {
            let is_farm = again.production.pools[pool].kind == PoolKind::Farm;
            let unit = if is_farm { CORE } else { 1.0 };
            let worked = f64::from(again.worked_days(period));
            let dual = -again.answer.duals[row.index()] * unit;
            Asked { row, pool, period, worked, unit, dual }
        })
        .filter(|asked| asked.worked > 0.0 && asked.dual * 5.0 > again.least)
        .collect();
    let worth = |asked: &Asked| asked.dual * asked.worked;
    let place = |asked: &Asked| (asked.pool, asked.period.first);
    asked.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(place(a).cmp(&place(b))));
    let (found, _) = first_found(again, &asked, most, |asked| {
        let weeks = asked.worked / 5.0;
        let saved =
            |days: f64| again.saved(|program| program.add_room(asked.row, days * asked.unit));
        let price = PoolPrice {
            pool: asked.pool,
            period: asked.period,
            weeks,
            dual: asked.dual * 5.0,
            one_more: (saved(asked.worked)? / weeks).max(0.0),
            one_less: match program.side(asked.row).1 >= asked.worked * asked.unit * (1.0 - 1e-9) {
                true => Some((-saved(-asked.worked)? / weeks).max(0.0)),
                false => None,
            },
        };
        is_price(price.one_more, price.one_less, again.least).then_some(price)
    });
    found
}
