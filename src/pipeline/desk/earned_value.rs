//! Earned value.

use crate::forecast::{self, Forecast};
use crate::model::Production;
use crate::result::{Earned, EarnedRow, EarnedTask};
use std::collections::HashMap;

pub fn earned(production: &Production, forecast: &Forecast) -> Option<Earned> {
    let progress = forecast.progress.as_ref()?;
    let value = &progress.value;
    let estimate = |(name, amount): (&str, Option<crate::model::Cents>)| {
        (name.to_owned(), amount.map(|amount| amount.0))
    };
    Some(Earned {
        budget: value.budget.0,
        planned: value.planned.0,
        earned: value.earned.0,
        spent: value.spent.0,
        cost_variance: value.cost_variance().0,
        schedule_variance: value.schedule_variance().0,
        cost_index: value.cost_index().map(millionth),
        schedule_index: value.schedule_index().map(millionth),
        earned_schedule: millionth(progress.earned_schedule),
        actual_time: millionth(progress.actual_time),
        time_index: progress.time_index().map(millionth),
        to_complete_index: value.to_complete_index().map(millionth),
        estimates: progress.estimates().into_iter().map(estimate).collect(),
        spread: progress.spread().0,
        budgeted: progress.budgeted,
        baseline: !production.baseline.is_empty(),
        weeks: progress.weeks.iter().map(|(week, value)| (*week, value.0)).collect(),
        departments: earned_rows(production, progress),
        accounts: progress
            .accounts
            .iter()
            .map(|id| production.accounts[*id].code.clone())
            .collect(),
    })
}

fn earned_rows(production: &Production, progress: &forecast::Progress) -> Vec<EarnedRow> {
    let mut of: HashMap<_, Vec<EarnedTask>> = HashMap::new();
    for row in &progress.tasks {
        let task = &production.tasks[row.task];
        of.entry(Some(task.department)).or_default().push(EarnedTask {
            task: task.code.clone(),
            budget: row.budget.0,
            earned: row.earned.0,
            start: row.span.0,
            end: row.span.1,
        });
    }
    let row = |(department, value): &(Option<_>, forecast::earned_value::EarnedValue)| EarnedRow {
        department: department
            .map_or_else(String::new, |id| production.departments[id].code.clone()),
        budget: value.budget.0,
        planned: value.planned.0,
        earned: value.earned.0,
        spent: value.spent.0,
        tasks: of.remove(department).unwrap_or_default(),
    };
    progress.departments.iter().map(row).collect()
}

/// Indices are read, not added: six places, which survive being written and read.
pub(super) fn millionth(index: f64) -> f64 {
    (index * 1e6).round() / 1e6
}
