//! The dual of a program, as a program: its values are the prices that a back end keeps to itself.

use crate::formulate::program::{Column, Program, Sense};

/// The dual of a continuous program, negated so that it minimises too; the first columns are the
/// prices of the rows.
///
/// For `min c·x` with rows `a·x ≤, ≥, = b` and bounds `l ≤ x ≤ u`: maximise `b·y + l·p − u·q` with
/// `Aᵀy + p − q = c`, `p, q ≥ 0` (only where the bound is finite) and the sign of `y` by the sense of
/// the row.
pub(super) fn dual(program: &Program) -> Program {
    let mut dual = Program::new();
    let mut transposed: Vec<Vec<(Column, f64)>> = vec![Vec::new(); program.columns()];
    for row in program.row_ids() {
        let (sense, rhs) = program.side(row);
        // Rows that limit nothing have no price; microlp also trips over a free column without rows.
        let idle = rhs.is_infinite() || program.row_entries(row).is_empty();
        let (lower, upper) = match sense {
            _ if idle => (0.0, 0.0),
            Sense::AtMost => (f64::NEG_INFINITY, 0.0),
            Sense::AtLeast => (0.0, f64::INFINITY),
            Sense::Equal => (f64::NEG_INFINITY, f64::INFINITY),
        };
        let cost = if idle { 0.0 } else { -rhs };
        let price = dual.column(lower, upper, cost);
        for (column, factor) in program.row_entries(row) {
            transposed[column.index()].push((price, *factor));
        }
    }
    for (column, mut entries) in program.column_ids().zip(transposed) {
        let (lower, upper) = program.bounds(column);
        if lower.is_finite() {
            entries.push((dual.column(0.0, f64::INFINITY, -lower), 1.0));
        }
        if upper.is_finite() {
            entries.push((dual.column(0.0, f64::INFINITY, upper), -1.0));
        }
        dual.row(Sense::Equal, program.cost(column), entries);
    }
    dual
}
