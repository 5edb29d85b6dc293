//! Programs that differ a little from one that was solved.
//!
//! Where a change touches nothing that counts, the old answer is the answer of the changed program too: its
//! values fit, and its prices prove that nothing is better. Looking costs one pass over the entries; only what
//! fails is solved.

use super::{Answer, Point, Settings, judge, solve};
use crate::formulate::program::{ColumnKind, Program, RowKind};
use std::collections::HashMap;
use std::hash::Hash;

/// Solves a program like `before`, whose `answer` is known. Columns and rows are told by their kinds, of one
/// kind by their order; what is new begins at its bound nearest to 0, without a price.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::{Settings, solve, solve_like};
/// let mut program = Program::new();
/// let comp = program.column(0.0, 9.0, 2.0);
/// program.row(Sense::AtLeast, 3.0, [(comp, 1.0)]);
/// let room = program.row(Sense::AtMost, 5.0, [(comp, 1.0)]);
/// let answer = solve(&program, &Settings::default());
/// let mut changed = program.clone();
/// changed.add_room(room, -1.0); // nobody needs it
/// let again = solve_like(&changed, (&program, &answer), &Settings::default());
/// assert!(again.is_optimal() && again.columns == answer.columns);
/// changed.add_room(room, -2.0); // 2 of 3 do not fit
/// assert!(!solve_like(&changed, (&program, &answer), &Settings::default()).is_optimal());
/// ```
pub fn solve_like(program: &Program, before: (&Program, &Answer), settings: &Settings) -> Answer {
    still_holds(program, before, settings).unwrap_or_else(|| solve(program, settings))
}

fn still_holds(
    program: &Program,
    (before, answer): (&Program, &Answer),
    settings: &Settings,
) -> Option<Answer> {
    let backend = answer.backend.filter(|_| answer.is_optimal() && !program.has_integers())?;
    let mut point = Point {
        columns: carried_columns(program, before, &answer.columns),
        duals: carried_prices(program, before.row_kinds().zip(answer.duals.iter().copied())),
    };
    judge::tidy(program, &mut point);
    let verdict = judge::judge(program, &point);
    verdict.complaint(settings).is_none().then(|| Answer::accepted(point, verdict, backend))
}

/// Prices for the rows of a program from those of another: of rows of one kind the first has that of the first,
/// and so on; what the other has not costs nothing.
pub fn carried_prices(program: &Program, prices: impl Iterator<Item = (RowKind, f64)>) -> Vec<f64> {
    let carried = carried(program.row_kinds(), prices);
    carried.into_iter().map(|price| price.unwrap_or(0.0)).collect()
}

fn carried_columns(program: &Program, before: &Program, values: &[f64]) -> Vec<f64> {
    let kinds = |program: &Program| -> Vec<ColumnKind> {
        program.column_ids().map(|column| program.column_kind(column)).collect()
    };
    let known = kinds(before).into_iter().zip(values.iter().copied());
    let carried = carried(kinds(program).into_iter(), known);
    let at_bound = |(column, value): (_, Option<f64>)| {
        let (lower, upper) = program.bounds(column);
        value.unwrap_or(0.0_f64.max(lower).min(upper))
    };
    program.column_ids().zip(carried).map(at_bound).collect()
}

/// The number of the same kind and order for each kind.
fn carried<K: Copy + Eq + Hash>(
    kinds: impl Iterator<Item = K>,
    known: impl Iterator<Item = (K, f64)>,
) -> Vec<Option<f64>> {
    let mut of: HashMap<(K, u32), f64> = HashMap::with_capacity(known.size_hint().0);
    let mut seen: HashMap<K, u32> = HashMap::new();
    for (kind, number) in known {
        let place = seen.entry(kind).or_insert(0);
        of.insert((kind, *place), number);
        *place += 1;
    }
    seen.clear();
    let number = |kind| {
        let place = seen.entry(kind).or_insert(0);
        *place += 1;
        of.get(&(kind, *place - 1)).copied()
    };
    kinds.map(number).collect()
}
