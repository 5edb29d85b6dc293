//! Judges an answer from the program alone: residuals, gap, and a bound that holds anyway.

use super::{Point, Settings};
use crate::formulate::program::{Program, Sense};

/// What a point is worth.
pub(super) struct Verdict {
    pub value: f64,
    pub primal_residual: f64,
    pub dual_residual: f64,
    pub duality_gap: f64,
    /// Not relative.
    pub distance: f64,
    pub safe_bound: f64,
}

impl Verdict {
    /// What keeps the point from being optimal.
    pub fn complaint(&self, settings: &Settings) -> Option<String> {
        // Written so that a value that is not a number is a complaint.
        let fine = |residual: f64| residual <= settings.tolerance;
        let is_closed = fine(self.duality_gap) || self.distance <= settings.negligible;
        if !fine(self.primal_residual) {
            Some(format!("breaks a row or bound by {:.1e}", self.primal_residual))
        } else if !fine(self.dual_residual) {
            Some(format!("breaks the sign of a reduced cost by {:.1e}", self.dual_residual))
        } else if !is_closed {
            Some(format!("leaves a gap of {:.1e} between primal and dual", self.duality_gap))
        } else {
            None
        }
    }
}

/// Puts values back on the bounds and prices on the signs that interior points miss by a hair. What
/// they miss by more shows up as a residual or a gap afterwards.
pub(super) fn tidy(program: &Program, point: &mut Point) {
    for (column, value) in program.column_ids().zip(&mut point.columns) {
        let (lower, upper) = program.bounds(column);
        if value.is_finite() {
            *value = value.clamp(lower, upper);
        }
    }
    clip_signs(program, &mut point.duals);
}

fn clip_signs(program: &Program, duals: &mut [f64]) {
    for (row, price) in program.row_ids().zip(duals) {
        match program.side(row).0 {
            Sense::AtMost => *price = price.min(0.0),
            Sense::AtLeast => *price = price.max(0.0),
            Sense::Equal => {}
        }
    }
}

/// Makes whole the columns that should be, where they nearly are.
pub(super) fn round_integers(program: &Program, point: &mut Point) {
    for (column, value) in program.column_ids().zip(&mut point.columns) {
        if program.is_integer(column) && (*value - value.round()).abs() < 1e-5 {
            *value = value.round();
        }
        let (lower, upper) = program.bounds(column);
        if (lower - *value).max(*value - upper) < 1e-9 {
            *value = value.clamp(lower, upper);
        }
    }
}

/// Judges values and prices.
pub(super) fn judge(program: &Program, point: &Point) -> Verdict {
    if point.columns.len() != program.columns() {
        return Verdict {
            value: f64::NAN,
            primal_residual: f64::INFINITY,
            dual_residual: f64::INFINITY,
            duality_gap: f64::INFINITY,
            distance: f64::INFINITY,
            safe_bound: f64::NEG_INFINITY,
        };
    }
    let value = program.value(&point.columns);
    let (dual_value, dual_residual) = dual_value(program, &point.duals);
    let scale = 1.0 + value.abs().max(dual_value.abs()).max(program.offset().abs());
    Verdict {
        value,
        primal_residual: primal_residual(program, &point.columns),
        dual_residual,
        duality_gap: (value - dual_value).abs() / scale,
        distance: (value - dual_value).abs(),
        safe_bound: safe_bound(program, &point.duals),
    }
}

/// Largest violation of a row, a bound, or a whole number, relative to the largest term in it.
fn primal_residual(program: &Program, values: &[f64]) -> f64 {
    let mut worst = 0.0_f64;
    let mut see = |violation: f64, scale: f64| {
        // `max` would swallow a value that is not a number.
        worst = if violation.is_nan() { f64::INFINITY } else { worst.max(violation / scale) };
    };
    for (column, &value) in program.column_ids().zip(values) {
        let (lower, upper) = program.bounds(column);
        see((lower - value).max(value - upper), 1.0 + value.abs());
        if program.is_integer(column) {
            see((value - value.round()).abs(), 1.0);
        }
        if !value.is_finite() {
            see(f64::NAN, 1.0);
        }
    }
    for row in program.row_ids() {
        let (sense, rhs) = program.side(row);
        if rhs.is_infinite() {
            continue; // no limit: the other direction was refused before
        }
        let largest = program
            .row_entries(row)
            .iter()
            .map(|(column, factor)| (factor * values[column.index()]).abs())
            .fold(0.0, f64::max);
        let above = program.activity(row, values) - rhs;
        let violation = match sense {
            Sense::AtMost => above,
            Sense::AtLeast => -above,
            Sense::Equal => above.abs(),
        };
        see(violation, 1.0 + rhs.abs() + largest);
    }
    worst
}

/// Reduced cost of each column with the sum of the sizes of its terms and their number.
fn reduced_costs(program: &Program, duals: &[f64]) -> Vec<(f64, f64, u32)> {
    let mut reduced: Vec<(f64, f64, u32)> = program
        .column_ids()
        .map(|column| (program.cost(column), program.cost(column).abs(), 1))
        .collect();
    for (row, price) in program.row_ids().zip(duals) {
        if *price == 0.0 {
            continue;
        }
        for (column, factor) in program.row_entries(row) {
            let (cost, size, terms) = &mut reduced[column.index()];
            *cost -= factor * price;
            *size += (factor * price).abs();
            *terms += 1;
        }
    }
    reduced
}

/// The value of the dual at `duals` and the largest relative reduced cost that no bound answers.
fn dual_value(program: &Program, duals: &[f64]) -> (f64, f64) {
    if duals.len() != program.rows() {
        return (f64::NEG_INFINITY, f64::INFINITY);
    }
    let mut value = program.offset();
    for (row, price) in program.row_ids().zip(duals) {
        if *price != 0.0 {
            value += price * program.side(row).1;
        }
    }
    let mut residual = 0.0_f64;
    for (column, (cost, size, _)) in program.column_ids().zip(reduced_costs(program, duals)) {
        let (lower, upper) = program.bounds(column);
        let bound = if cost > 0.0 { lower } else { upper };
        if bound.is_finite() {
            value += cost * bound;
        } else if cost != 0.0 {
            residual = residual.max(cost.abs() / (1.0 + size));
        }
    }
    (value, if value.is_nan() { f64::INFINITY } else { residual })
}

/// Whether rows taken so often add up to something that no values within the bounds fit: without costs, what the
/// sum bounds from below is 0, and cannot be more.
pub(super) fn shows_infeasible(program: &Program, ray: &[f64]) -> bool {
    let mut without_costs = program.clone();
    without_costs.add_offset(-program.offset());
    for column in program.column_ids() {
        without_costs.set_cost(column, 0.0);
    }
    safe_bound(&without_costs, ray) > 0.0
}

/// See [`Answer::safe_bound`](super::Answer::safe_bound).
///
/// Rounding: a sum of `k` products computed one after the other is off by at most about
/// `k × 2⁻⁵³ ×` (sum of their sizes); twice that, and two terms more, are taken off everywhere.
pub(super) fn safe_bound(program: &Program, duals: &[f64]) -> f64 {
    const UNIT: f64 = f64::EPSILON; // twice the rounding unit
    if duals.len() != program.rows() || duals.iter().any(|price| !price.is_finite()) {
        return f64::NEG_INFINITY;
    }
    let mut prices = duals.to_vec();
    clip_signs(program, &mut prices);
    let (mut value, mut size, mut margin) = (program.offset(), program.offset().abs(), 0.0);
    let mut add = |term: f64| {
        value += term;
        size += term.abs();
    };
    for (row, price) in program.row_ids().zip(&prices) {
        if *price != 0.0 {
            add(price * program.side(row).1);
        }
    }
    for (column, (cost, terms_size, terms)) in
        program.column_ids().zip(reduced_costs(program, &prices))
    {
        let (lower, upper) = program.bounds(column);
        let error = UNIT * f64::from(terms + 2) * terms_size;
        // The true reduced cost lies in `cost ± error`; an infinite bound needs its sign for sure.
        if lower.is_infinite() && cost + error > 0.0 || upper.is_infinite() && cost - error < 0.0 {
            if cost == 0.0 && terms_size == 0.0 {
                continue; // nothing depends on the column
            }
            return f64::NEG_INFINITY;
        }
        let term = if cost > 0.0 { cost * lower } else { cost * upper };
        if term.is_finite() {
            add(term);
        }
        let finite = |bound: f64| if bound.is_finite() { bound.abs() } else { 0.0 };
        margin += error * finite(lower).max(finite(upper));
    }
    let terms = (program.rows() + program.columns() + 3) as f64;
    let bound = value - 2.0 * margin - UNIT * terms * size;
    if bound.is_nan() { f64::NEG_INFINITY } else { bound }
}
