//! The forecast in the rows of the result.

use crate::forecast::{self, Forecast, Part, ReportRow};
use crate::model::{Cents, Production};
use crate::result::{Cost, CostRow, CostWeek, Crew, CrewRow, Slice};

/// The money.
pub fn cost(production: &Production, forecast: &Forecast) -> Cost {
    let week = |row: &forecast::CostWeek| CostWeek {
        week: row.week,
        labour: row.amounts.labour.0,
        overtime: row.amounts.overtime.0,
        idle: row.amounts.idle.0,
        commitments: row.amounts.commitments.0,
        technology: row.amounts.technology.0,
        actual: row.amounts.actual.0,
        cumulative: row.cumulative.0,
    };
    Cost {
        report: forecast
            .report
            .iter()
            .filter(|row| !row.is_empty())
            .map(|row| cost_row(production, row))
            .collect(),
        total: cost_row(production, &forecast.total),
        weeks: forecast.weeks.iter().map(week).collect(),
        by_department: slices(&forecast.by_department, |id| {
            (production.departments[id].code.clone(), "department")
        }),
        by_entity: slices(&forecast.by_entity, |entity| {
            (production.code_of(entity).to_owned(), entity.kind())
        }),
    }
}

/// Current budget and variance, if there is a budget at all.
pub fn budget(forecast: &Forecast) -> Option<(Cents, Cents)> {
    let budgeted = forecast.report.iter().any(|row| row.budgeted && !row.revenue);
    budgeted.then(|| (forecast.total.current_budget(), forecast.total.variance()))
}

fn cost_row(production: &Production, row: &ReportRow) -> CostRow {
    let account = row.account.map(|id| &production.accounts[id]);
    CostRow {
        account: account.map_or(String::new(), |account| account.code.clone()),
        description: account.map_or("all but revenue", |account| &account.name).to_owned(),
        original_budget: row.original_budget.0,
        approved_changes: row.approved_changes.0,
        current_budget: row.current_budget().0,
        actual: row.actual.0,
        accrued: row.accrued.0,
        committed: row.committed.0,
        etc: row.etc.0,
        efc: row.efc().0,
        variance: row.variance().0,
        efc_last_period: row.efc_last_period.map(|amount| amount.0),
        movement: row.movement().map(|amount| amount.0),
    }
}

/// Planned labour by what it is for; parts without any are left out.
fn slices<K: Copy>(parts: &[Part<K>], name: impl Fn(K) -> (String, &'static str)) -> Vec<Slice> {
    let slice = |part: &Part<K>| {
        let amount = part.amounts.planned_labour().0;
        let (id, kind) = name(part.key?);
        let is_some = amount != 0 || part.amounts.minutes != 0;
        is_some.then(|| Slice {
            id,
            kind: kind.to_owned(),
            amount,
            minutes: Some(part.amounts.minutes),
        })
    };
    parts.iter().filter_map(slice).collect()
}

/// Demand, capacity and booked time.
pub fn crew(production: &Production, forecast: &Forecast) -> Crew {
    let row = |row: &forecast::CrewRow| CrewRow {
        department: production.departments[row.department].code.clone(),
        demand: row.demand.clone(),
        capacity: row.capacity.clone(),
        booked: row.booked.clone(),
    };
    Crew {
        weeks: forecast.crew.weeks.clone(),
        departments: forecast.crew.rows.iter().map(row).collect(),
    }
}
