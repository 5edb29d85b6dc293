//! An uncertainty after something was done about it.

use crate::model::{Change, Id, Mitigation, Uncertainty};

/// What a mitigation makes of an uncertainty: the changed uncertainty, and how it scales work by department
/// (`None` = all): multiplied, and its spread raised to a power.
pub fn mitigated(
    uncertainty: &Uncertainty,
    mitigation: &Mitigation,
) -> (Uncertainty, Vec<(Option<u32>, f64, f64)>) {
    let mut changed = uncertainty.clone();
    let mut tuned = Vec::new();
    match &mitigation.change {
        Change::Event { event, probability, days, work, money } => {
            if let Some(row) = changed.events.get_mut(*event) {
                row.probability = probability.unwrap_or(row.probability);
                row.work = work.unwrap_or(row.work);
                row.days = days.clone().unwrap_or_else(|| row.days.clone());
                row.money = money.clone().unwrap_or_else(|| row.money.clone());
            }
        }
        Change::Work { departments, median, spread } if departments.is_empty() => {
            tuned.push((None, *median, *spread));
        }
        Change::Work { departments, median, spread } => {
            let rows = departments.iter().map(|id| (Some(id.index() as u32), *median, *spread));
            tuned.extend(rows);
        }
    }
    (changed, tuned)
}
