//! Licences and desks in the weekly program: what is held in a period is there, or is paid for.
//!
//! Of a group of tasks the least that any of them needs counts, held for the least time in which the
//! fastest artist could do the work: no plan holds less. A farm is left out of the relaxation: how
//! much of a task renders in a period depends on the hours of its artist, not on the work alone. The
//! estimate has it, with what a group renders on average for a bid day of its work.

use super::Kind;
use super::build::Builder;
use super::crews::after_rounding;
use super::grid::Period;
use crate::formulate::calls::Call;
use crate::formulate::program::{Column, ColumnKind, Row, RowKind, Sense};
use crate::model::{Day, DepartmentId, Pool, PoolId, PoolKind, Production};

/// What is held of a pool in a period.
#[derive(Clone, Debug)]
pub(super) struct PoolRow {
    pub pool: PoolId,
    pub at: usize,
    pub row: Row,
    /// What is had beyond the capacity, where that is possible.
    pub overflow: Option<Column>,
}

impl Builder<'_> {
    /// In units × working days, of a farm in core-hours: what is held in a period is no more than there is in it.
    pub(super) fn pools(&mut self, kind: Kind) {
        for (id, pool) in self.production.pools.enumerate() {
            let held = self.held(id, pool, kind);
            if held.iter().all(|(_, units)| *units <= 0.0) {
                continue;
            }
            for (at, period) in self.periods.iter().enumerate() {
                let (mut entries, mut most) = (Vec::new(), 0.0);
                for &(group, units) in held.iter().filter(|(_, units)| *units > 0.0) {
                    let output = match pool.kind {
                        PoolKind::Farm => 1.0,
                        _ => self.output(self.groups[group].pool.department, period, kind),
                    };
                    if output > 0.0 {
                        most += self.groups[group].work * units / output;
                        let work = self.work_in(at, std::iter::once(group));
                        entries.extend(
                            work.into_iter().map(|(column, sign)| (column, sign * units / output)),
                        );
                    }
                }
                if entries.is_empty() {
                    continue;
                }
                let week = period.week;
                let overflow = (!pool.hard).then(|| {
                    let price = pool.overflow_price.unwrap_or_default().0 as f64 / 1_000.0;
                    let price = after_rounding(price, price) * self.share(11);
                    let kind = ColumnKind::Overflow { pool: id, week };
                    self.begun.program.column_of(kind, 0.0, most, price)
                });
                entries.extend(overflow.map(|column| (column, -1.0)));
                let row = self.begun.program.row_of(
                    RowKind::PoolFits { pool: id, week },
                    Sense::AtMost,
                    self.there(pool, period),
                    entries,
                );
                self.begun.pool_rows.push(PoolRow { pool: id, at, row, overflow });
            }
        }
    }

    /// Units that each group holds at least (of an estimate: on average) while an artist is on it; of a farm
    /// core-hours for a bid day.
    fn held(&self, id: PoolId, pool: &Pool, kind: Kind) -> Vec<(usize, f64)> {
        let counted = match pool.kind {
            PoolKind::Farm => kind == Kind::Estimate,
            PoolKind::Licence => true,
            // Whoever shares a day between shows sits at one desk for two tasks.
            PoolKind::Desk => {
                let lanes = self.production.people.iter().map(|person| &person.bookings);
                lanes
                    .into_iter()
                    .all(|bookings| bookings.windows(2).all(|pair| pair[0].show == pair[1].show))
            }
        };
        if !counted {
            return Vec::new();
        }
        let groups = self
            .groups
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.vendor && all_at_site(self.production, pool, row.pool));
        groups
            .map(|(group, row)| {
                let needs = row.tasks.iter().map(|&task| {
                    (self.production.pool_need(task, id) as f64, self.facts.work[task])
                });
                let units = match kind {
                    Kind::Bound => needs.map(|(need, _)| need).fold(f64::INFINITY, f64::min),
                    Kind::Estimate if pool.kind == PoolKind::Farm => {
                        let minutes: f64 = needs.map(|(need, _)| need).sum();
                        minutes / pool.kind.unit() as f64 / row.work.max(1e-9)
                    }
                    Kind::Estimate => {
                        needs.map(|(need, work)| need * work).sum::<f64>() / row.work.max(1e-9)
                    }
                };
                (group, if units.is_finite() { units } else { 0.0 })
            })
            .collect()
    }

    /// Most work that one artist of a department does on a day of a period; of an estimate, usual work.
    fn output(&self, department: DepartmentId, period: &Period, kind: Kind) -> f64 {
        match kind {
            Kind::Bound => self.pace.most_daily(department, period.first, period.end),
            Kind::Estimate => self.production.settings.productive.max(1) as f64 / 1e3,
        }
    }

    /// Units there are on the days of a period on which anybody works, added up.
    fn there(&self, pool: &Pool, period: &Period) -> f64 {
        let as_of = self.production.settings.as_of;
        let days = (period.first..period.end).filter(|&day| {
            let departments = self.production.departments.ids();
            self.timeline.date(Day(day)) >= as_of
                && departments.into_iter().any(|id| self.pace.most_daily(id, day, day + 1) > 0.0)
        });
        let there = |day| pool.capacity_on(self.timeline.date(Day(day))) as f64;
        days.map(there).sum::<f64>() / pool.kind.unit() as f64
    }
}

/// Whether everybody who could do such work is where a pool counts.
fn all_at_site(production: &Production, pool: &Pool, call: Call) -> bool {
    let Some(site) = pool.site else { return true };
    if call.site.is_some() {
        return call.site == Some(site);
    }
    let department = call.department;
    let works_for =
        |row: &&crate::model::Person| row.skills.iter().any(|skill| skill.department == department);
    production.people.iter().filter(works_for).all(|row| row.site == site)
}
