//! Component 11: what is had beyond the pools.

use crate::model::{Cents, PoolKind};
use crate::verify::case::Case;
use crate::verify::pools::most_in_use;

pub(super) fn cost(case: &Case<'_>) -> Cents {
    let mut cost = Cents::ZERO;
    for (id, pool) in case.production.pools.enumerate().filter(|(_, pool)| !pool.hard) {
        let Some(price) = pool.overflow_price else { continue };
        let parts = if pool.kind == PoolKind::Farm { 60 } else { 1 };
        for (day, used) in most_in_use(case, id) {
            let beyond = (used - pool.capacity_on(case.clock.date(day))).max(0);
            cost += price.of(beyond, parts);
        }
    }
    cost
}
