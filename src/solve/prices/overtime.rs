//! What an hour of overtime more is worth: of artists who do all they may already.

use super::artists::is_price;
use super::{Again, first_found};
use crate::formulate::program::{Column, ColumnKind, Row, RowKind};
use crate::formulate::staffing::Period;
use crate::model::*;
use std::collections::BTreeMap;

/// What one hour above the cap on overtime is worth to the weekly plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OvertimePrice {
    /// A department of the artists: the first they can work for.
    pub department: DepartmentId,
    /// When.
    pub period: Period,
    /// The dual, in minor units; the pay of the hour is taken off.
    pub dual: f64,
    /// What an hour more saves beyond its pay, in minor units.
    pub one_more: f64,
    /// What an hour less costs, in minor units.
    pub one_less: Option<f64>,
}

struct Asked {
    column: Column,
    /// The limit of the week, where periods are shorter.
    of_week: Option<Row>,
    department: DepartmentId,
    period: Period,
    dual: f64,
}

/// The dearest hours of overtime.
pub(super) fn of_hours(again: &Again, most: usize) -> Vec<OvertimePrice> {
    let program = &again.weekly.program;
    let hour = 60.0 / again.production.bid_day_minutes().max(1) as f64;
    let output = again.artist_days(hour);
    // What is saved by a unit of each column beyond its cost.
    let mut worth: Vec<f64> = program.column_ids().map(|column| -program.cost(column)).collect();
    let mut of_week: BTreeMap<(u32, u32), Row> = BTreeMap::new();
    for row in program.row_ids() {
        let dual = again.answer.duals[row.index()];
        for &(column, factor) in program.row_entries(row) {
            worth[column.index()] += factor * dual;
        }
        if let RowKind::OvertimeFits { crew, week } = program.row_kind(row) {
            of_week.insert((crew, week), row);
        }
    }
    let mut dearest: BTreeMap<(DepartmentId, u32), Asked> = BTreeMap::new();
    for (column, department, period) in again.weekly.overtime_columns() {
        let ColumnKind::Overtime { crew, week } = program.column_kind(column) else { continue };
        let of_week = of_week.get(&(crew, week)).copied();
        let limit = of_week.map_or(0.0, |row| -again.answer.duals[row.index()]);
        let dual = (worth[column.index()].max(0.0) + limit) * output;
        let best =
            dearest.get(&(department, period.first)).map_or(again.least / 40.0, |row| row.dual);
        if dual > best {
            let asked = Asked { column, of_week, department, period, dual };
            dearest.insert((department, period.first), asked);
        }
    }
    let mut asked: Vec<Asked> = dearest.into_values().collect();
    asked.sort_by(|a, b| b.dual.total_cmp(&a.dual));
    let (found, _) = first_found(again, &asked, most, |asked| {
        let saved = |amount: f64| {
            again.saved(|program| {
                program.add_to_upper(asked.column, amount);
                if let Some(row) = asked.of_week {
                    program.add_room(row, amount);
                }
            })
        };
        let price = OvertimePrice {
            department: asked.department,
            period: asked.period,
            dual: asked.dual,
            one_more: saved(output)?.max(0.0),
            one_less: match program.bounds(asked.column).1 >= output {
                true => Some((-saved(-output)?).max(0.0)),
                false => None,
            },
        };
        is_price(price.one_more, price.one_less, again.least / 40.0).then_some(price)
    });
    found
}
