//! Tests of what a back end says when it gives no values: that nothing fits, or that the value has
//! no end. Both are turned into programs that always have an optimum, whose answers are judged as
//! any other.

use super::{Settings, Stop, solve_continuous};
use crate::formulate::program::{Program, Sense};

/// The least sum of violations of the rows, each relative to the size of its right-hand side.
fn elastic(program: &Program) -> Program {
    let mut elastic = Program::new();
    let columns: Vec<_> = program
        .column_ids()
        .map(|column| {
            let (lower, upper) = program.bounds(column);
            elastic.column(lower, upper, 0.0)
        })
        .collect();
    for row in program.row_ids() {
        let (sense, rhs) = program.side(row);
        if rhs.is_infinite() {
            continue;
        }
        let entries = program.row_entries(row);
        let largest = entries.iter().map(|(_, factor)| factor.abs()).fold(1.0, f64::max);
        let scale = largest.max(rhs.abs());
        let mut entries: Vec<_> =
            entries.iter().map(|(column, factor)| (columns[column.index()], *factor)).collect();
        if sense != Sense::AtMost {
            entries.push((elastic.column(0.0, f64::INFINITY, 1.0), scale));
        }
        if sense != Sense::AtLeast {
            entries.push((elastic.column(0.0, f64::INFINITY, 1.0), -scale));
        }
        elastic.row(sense, rhs, entries);
    }
    elastic
}

/// The most that one step of a direction that never leaves the program can gain: columns move only
/// towards infinite bounds, by at most one.
fn ray(program: &Program) -> Program {
    let mut ray = Program::new();
    let size = program.column_ids().map(|c| program.cost(c).abs()).fold(0.0, f64::max).max(1e-300);
    let columns: Vec<_> = program
        .column_ids()
        .map(|column| {
            let (lower, upper) = program.bounds(column);
            let down = if lower.is_infinite() { -1.0 } else { 0.0 };
            let up = if upper.is_infinite() { 1.0 } else { 0.0 };
            ray.column(down, up, program.cost(column) / size)
        })
        .collect();
    for row in program.row_ids() {
        let (sense, rhs) = program.side(row);
        if rhs.is_finite() {
            let entries = program.row_entries(row).iter();
            ray.row(sense, 0.0, entries.map(|(column, factor)| (columns[column.index()], *factor)));
        }
    }
    ray
}

fn least_violation(program: &Program, settings: &Settings, stop: Option<Stop<'_>>) -> Option<f64> {
    let answer = solve_continuous(&elastic(program), settings, false, stop);
    answer.is_optimal().then_some(answer.value)
}

/// Whether the violations of the rows cannot all be 0.
pub(super) fn is_infeasible(
    program: &Program,
    settings: &Settings,
    stop: Option<Stop<'_>>,
) -> bool {
    least_violation(program, settings, stop)
        .is_some_and(|violation| violation > 10.0 * settings.tolerance)
}

/// Whether something fits and improves forever.
pub(super) fn is_unbounded(program: &Program, settings: &Settings, stop: Option<Stop<'_>>) -> bool {
    let fits = least_violation(program, settings, stop)
        .is_some_and(|violation| violation <= settings.tolerance);
    if !fits {
        return false;
    }
    let gain = solve_continuous(&ray(program), settings, false, stop);
    gain.is_optimal() && gain.value < -10.0 * settings.tolerance
}
