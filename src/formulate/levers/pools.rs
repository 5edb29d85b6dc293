//! Licences, desks and the farm: what work in house uses of them is there, or is rented at its price.
//!
//! An artist on a task holds what the task needs for as long as the work takes at the bid standard; a farm
//! renders as the work goes on. What is beyond a soft pool has its price; of a hard pool there is no more.

use super::seats::is_of_site;
use super::{Builder, Lever, Question, Spend, Work};
use crate::formulate::program::{Column, LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{Day, DepartmentId, Pool, PoolId, PoolKind, Production, Timeline};
use std::ops::Range;

/// What there is of a pool, and what work in house uses of it. Licences and desks are counted for a day,
/// a farm in core-hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The pool.
    pub pool: PoolId,
    /// Work that uses it, and units for a bid day.
    pub uses: Vec<(u32, f64)>,
    /// What there is, by bucket.
    pub there: Vec<f64>,
    /// Price of a unit beyond that, in minor units; `None` = none is to be had.
    pub price: Option<f64>,
}

/// The pools that the work uses.
pub fn pools(
    production: &Production,
    timeline: &Timeline,
    buckets: &[Range<u32>],
    works: &[Work],
) -> Vec<Shared> {
    let bid_day = production.bid_day_minutes().max(1) as f64;
    let productive = production.settings.productive.max(1) as f64 / 1e3;
    let mut list = Vec::new();
    // Licences and desks of a site are held by those who work there: see `seats`.
    for (id, pool) in production.pools.enumerate().filter(|(id, _)| !is_of_site(production, *id)) {
        let uses = works.iter().enumerate().filter_map(|(work, row)| {
            let needs = row.tasks.iter().map(|&task| {
                let need = production.pool_need(task, id).max(0) as f64;
                let days = production.work_left(task) as f64 / bid_day;
                match pool.kind {
                    PoolKind::Farm => need / pool.kind.unit() as f64,
                    PoolKind::Licence | PoolKind::Desk => need * days / productive,
                }
            });
            let units = needs.sum::<f64>() * at_site(production, id, row.department);
            (units > 0.0 && row.days > 0.0).then_some((work as u32, units / row.days))
        });
        let uses: Vec<(u32, f64)> = uses.collect();
        if uses.is_empty() {
            continue;
        }
        let there = there(production, timeline, buckets, pool);
        let price =
            (!pool.hard).then(|| pool.overflow_price.unwrap_or_default().0.max(0) as f64 / 1_000.0);
        list.push(Shared { pool: id, uses, there, price });
    }
    list
}

/// What there is of a pool by bucket, on the working days of its site, else of the first one.
pub(super) fn there(
    production: &Production,
    timeline: &Timeline,
    buckets: &[Range<u32>],
    pool: &Pool,
) -> Vec<f64> {
    let mut there = vec![0.0; buckets.len()];
    let site = pool.site.and_then(|site| production.sites.get(site));
    let Some(site) = site.or_else(|| production.sites.iter().next()) else { return there };
    let calendar = &production.calendars[site.calendar];
    // After the last day that can be planned a week has five days as the last one.
    let last = pool.capacity_on(timeline.last()) as f64 / pool.kind.unit() as f64;
    for (there, run) in there.iter_mut().zip(buckets) {
        for day in run.start * 7..run.end * 7 {
            if day >= timeline.days() {
                *there += if day % 7 < 5 { last } else { 0.0 };
                continue;
            }
            let date = timeline.date(Day(day));
            let is_worked = date >= production.settings.as_of
                && calendar.is_worked(date)
                && site.holidays.binary_search(&date).is_err();
            if is_worked {
                *there += pool.capacity_on(date).max(0) as f64 / pool.kind.unit() as f64;
            }
        }
    }
    there
}

/// Share of a department's people who are where a pool counts.
fn at_site(production: &Production, pool: PoolId, department: DepartmentId) -> f64 {
    let Some(site) = production.pools[pool].site else { return 1.0 };
    let of_department = production
        .people
        .iter()
        .filter(|row| row.skills.iter().any(|skill| skill.department == department));
    let (mut here, mut all) = (0.0, 0.0);
    for person in of_department {
        all += 1.0;
        here += f64::from(u8::from(person.site == site));
    }
    if all > 0.0 { here / all } else { 0.0 }
}

impl Builder<'_> {
    /// Units of a pool rented in a week, at most so many, each at a price.
    pub(super) fn rent(&mut self, pool: u32, week: u32, most: f64, price: f64) -> Column {
        let column = self.column(LeverColumn::Rented { pool, week }, most, price);
        let (lever, week) = (Lever::Pool, Some(week));
        self.spend(Spend { column, unit: price, lever, department: None, show: None, week });
        column
    }

    /// What work in house uses of a pool in a bucket is there, or rented.
    pub(super) fn pools(&mut self) {
        let question: &Question = self.question;
        for (number, row) in question.pools.iter().enumerate() {
            let mut rented = vec![None; question.buckets.len()];
            for (at, bucket) in question.buckets.iter().enumerate() {
                let week = bucket.start;
                let mut entries = Vec::new();
                let mut most = 0.0;
                for &(work, units) in &row.uses {
                    let Some(of_work) = question.work.get(work as usize) else { continue };
                    let columns = self.work_in.get(work as usize);
                    let after = at.checked_sub(of_work.from as usize);
                    let column = after.and_then(|after| columns?.get(after));
                    entries.extend(column.map(|&column| (column, units)));
                    most += if column.is_some() { units * of_work.days } else { 0.0 };
                }
                let there = row.there.get(at).copied().unwrap_or(0.0);
                if most <= there {
                    continue;
                }
                let pool = number as u32;
                if let Some(price) = row.price {
                    let column = self.rent(pool, week, most, price);
                    entries.push((column, -1.0));
                    rented[at] = Some(column);
                }
                let kind = RowKind::Lever(LeverRow::PoolFits { pool, week });
                let of_pool = self.built.program.row_of(kind, Sense::AtMost, there, entries);
                self.built.pools.push((pool, at as u32, of_pool));
            }
            self.built.rented.push(rented);
        }
    }
}
