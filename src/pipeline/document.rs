//! All parts of a run put together into the document that is saved.

use super::dates::Finishes;
use super::planning::Explained;
use super::{desk, money, tables};
use crate::forecast::Forecast;
use crate::model::{Cents, Issue, Objective, Production};
use crate::result::{Certificate, Document, FORMAT, Headline, LateRow, MilestoneRow, VERSION};
use crate::solve::Solved;
use crate::verify::Verdict;

/// What a run has found out.
pub struct Parts<'a> {
    pub production: &'a Production,
    pub issues: &'a [Issue],
    pub input_hash: &'a str,
    pub seed: u64,
    pub seconds: Option<f64>,
    pub solved: &'a Solved,
    pub verdict: &'a Verdict,
    pub forecast: &'a Forecast,
    pub explained: &'a Explained,
}

/// The document of a run.
pub fn put_together(parts: &Parts) -> Document {
    let Parts { production, solved, forecast, explained, .. } = *parts;
    let plan = &solved.plan;
    let timeline = production.timeline();
    let finishes = Finishes::of(production, plan);
    let milestones = finishes.milestones(&explained.earliest, |last| explained.chain(last));
    let (deliverables, late) = finishes.late(&explained.earliest);
    let spent = forecast.assignments.iter();
    let spent = spent.map(|spent| (spent.minutes, spent.overtime_minutes, spent.cost.0));
    let pay = forecast.overtime.iter().map(|pay| pay.0);
    Document {
        format: FORMAT.to_owned(),
        version: VERSION,
        headline: headline(parts, &finishes, &milestones, deliverables, &late),
        production: tables::production(production, &timeline),
        milestones,
        late,
        tasks: tables::tasks(production, &finishes, plan, &explained.reasons),
        assignments: tables::assignments(production, &timeline, plan, spent),
        overtime: tables::overtime(production, &timeline, plan, pay),
        crew: money::crew(production, forecast),
        cost: money::cost(production, forecast),
        desk: Some(desk::desk(production, forecast)),
        since: None,
        conflicts: explained.conflicts.clone(),
        warnings: tables::warnings(parts.issues),
        assumed: production.assumed.clone(),
        certificate: certificate(parts),
        with_rates: true,
    }
}

fn headline(
    parts: &Parts,
    finishes: &Finishes,
    milestones: &[MilestoneRow],
    deliverables: u32,
    late: &[LateRow],
) -> Headline {
    let milestone_is_late = |row: &&MilestoneRow| match row.slack_days {
        Some(slack) => slack < 0,
        None => !row.done,
    };
    let milestones_late = milestones.iter().filter(milestone_is_late).count() as u32;
    let unplaced = parts.solved.plan.unplaced.len() as u32;
    let slack = milestones.iter().filter_map(|row| row.slack_days).min().unwrap_or(0);
    let worst_milestone = u32::try_from(-slack).unwrap_or(0);
    let worst_thing = late.first().map_or(0, |row| row.days_late);
    let budget = money::budget(parts.forecast);
    Headline {
        delivers: milestones_late == 0 && late.is_empty() && unplaced == 0,
        finish: finishes.finish(),
        milestones: milestones.len() as u32,
        milestones_late,
        deliverables,
        deliverables_late: late.len() as u32,
        worst_late_days: worst_milestone.max(worst_thing),
        unplaced,
        efc: parts.forecast.total.efc().0,
        budget: budget.map(|(budget, _)| budget.0),
        variance: budget.map(|(_, variance)| variance.0),
        planned_minutes: parts.forecast.planned_minutes(),
    }
}

fn certificate(parts: &Parts) -> Certificate {
    let solved = parts.solved;
    let multipliers = parts.production.settings.multipliers();
    // The objective is the one the independent check worked out, not the planner's own.
    let objective = parts.verdict.objective.total(&multipliers);
    let bound = solved.lower_bound;
    let names = Objective::default().components().map(|(name, _)| name.to_owned());
    Certificate {
        status: if bound >= objective { "optimal" } else { "feasible" }.to_owned(),
        objective: objective.0,
        components: parts
            .verdict
            .objective
            .components()
            .map(|(name, amount)| (name.to_owned(), amount.0))
            .into(),
        multipliers: names.into_iter().zip(multipliers).collect(),
        lower_bound: bound.0,
        bound_from: solved.bound_from.to_owned(),
        gap: gap(objective, bound),
        bounds: solved.bounds.iter().map(|(name, value)| ((*name).to_owned(), value.0)).collect(),
        improvement: solved
            .improvement
            .iter()
            .map(|(steps, value)| [i64::try_from(*steps).unwrap_or(i64::MAX), value.0])
            .collect(),
        seed: parts.seed,
        steps: solved.steps,
        seconds: parts.seconds,
        input_hash: parts.input_hash.to_owned(),
        program: format!("shotplan {}", env!("CARGO_PKG_VERSION")),
        linear_program: parts.explained.linear_program.clone(),
        violations: parts.verdict.violations.len() as u32,
        interrupted: solved.interrupted,
    }
}

/// How far the objective may be above the best possible, in basis points of it.
fn gap(objective: Cents, bound: Cents) -> Option<i64> {
    let above = (objective - bound).0.max(0);
    (objective > Cents::ZERO)
        .then(|| crate::model::round_half_even(i128::from(above) * 10_000, i128::from(objective.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_is_a_share_of_the_objective() {
        assert_eq!(gap(Cents(1_000), Cents(900)), Some(1_000)); // 10 %
        assert_eq!(gap(Cents(1_000), Cents(1_000)), Some(0)); // proven
        assert_eq!(gap(Cents(0), Cents(0)), None);
    }
}
