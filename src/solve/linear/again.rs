//! Programs that differ a little from one that was solved.
//!
//! Where a change touches nothing that counts, the old answer is the answer of the changed program too: its
//! values fit, and its prices prove that nothing is better. Looking costs one pass over the entries; only what
//! fails is solved, from the basis of the old answer on if it has one.

use super::simplex::{Basis, Simplex, Standing};
use super::{Answer, Backend, Point, Settings, Stop};
use super::{back_ends, flaw, judge, solve_within};
use crate::formulate::program::{ColumnKind, Program, RowKind};
use std::collections::HashMap;
use std::hash::Hash;

/// Rows and columns for each step that a known basis may take. Most take a hundredth of them; where much has changed,
/// and the old basis is far from the new one, a fresh start is shorter: it takes about a quarter.
const FROM_A_BASIS: u64 = 8;

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
    solve_like_within(program, before, settings, None)
}

/// [`solve_like`], unless `stop` says so, as [`solve_unless`](super::solve_unless) has it. What is known without solving
/// is told in any case.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::{Settings, Status, solve, solve_like_unless};
/// let mut program = Program::new();
/// let comp = program.column(0.0, 9.0, 2.0);
/// let room = program.row(Sense::AtLeast, 3.0, [(comp, 1.0)]);
/// let answer = solve(&program, &Settings::default());
/// let again = |program: &Program, is_stopped| {
///     let before = (&program.clone(), &answer);
///     solve_like_unless(program, before, &Settings::default(), &|| is_stopped).status
/// };
/// assert_eq!(again(&program, true), Status::Optimal);
/// program.add_room(room, 1.0);
/// assert_eq!((again(&program, false), again(&program, true)), (Status::Optimal, Status::Undecided));
/// ```
pub fn solve_like_unless(
    program: &Program,
    before: (&Program, &Answer),
    settings: &Settings,
    stop: Stop<'_>,
) -> Answer {
    solve_like_within(program, before, settings, Some(stop))
}

fn solve_like_within(
    program: &Program,
    before: (&Program, &Answer),
    settings: &Settings,
    stop: Option<Stop<'_>>,
) -> Answer {
    let known = still_holds(program, before, settings);
    known.unwrap_or_else(|| match &before.1.basis {
        Some(basis) => {
            let basis = carried_basis(program, before.0, basis);
            solve_from_within(program, &basis, settings, stop)
        }
        None => solve_within(program, settings, stop),
    })
}

/// Solves a program from a basis on: that of an answer to a program with the same rows and columns, of which
/// bounds, right-hand sides or costs have changed. What the simplex method gives is judged as any answer; if it
/// does not pass, or takes more steps than an eighth of the rows and columns, the program is solved as if nothing were
/// known.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::{Backend, Settings, solve, solve_from};
/// let mut program = Program::new();
/// let comp = program.column(0.0, 2.0, 2.0);
/// let vendor = program.column(0.0, 9.0, 3.0);
/// let work = program.row(Sense::AtLeast, 1.0, [(comp, 1.0), (vendor, 1.0)]);
/// let answer = solve(&program, &Settings::only(Backend::Simplex));
/// program.add_room(work, 2.0); // three days of work: two in comp, one goes out
/// let again = solve_from(&program, &answer.basis.unwrap(), &Settings::default());
/// assert_eq!((again.value, again.backend), (7.0, Some(Backend::Simplex)));
/// ```
pub fn solve_from(program: &Program, basis: &Basis, settings: &Settings) -> Answer {
    solve_from_within(program, basis, settings, None)
}

/// [`solve_from`], unless `stop` says so, as [`solve_unless`](super::solve_unless) has it.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::{Backend, Settings, Status, solve, solve_from_unless};
/// let mut program = Program::new();
/// let comp = program.column(0.0, 2.0, 2.0);
/// let work = program.row(Sense::AtLeast, 1.0, [(comp, 1.0)]);
/// let answer = solve(&program, &Settings::only(Backend::Simplex));
/// program.add_room(work, 1.0);
/// let basis = answer.basis.unwrap();
/// let again = |is_stopped| {
///     solve_from_unless(&program, &basis, &Settings::default(), &|| is_stopped).status
/// };
/// assert_eq!((again(false), again(true)), (Status::Optimal, Status::Undecided));
/// ```
pub fn solve_from_unless(
    program: &Program,
    basis: &Basis,
    settings: &Settings,
    stop: Stop<'_>,
) -> Answer {
    solve_from_within(program, basis, settings, Some(stop))
}

fn solve_from_within(
    program: &Program,
    basis: &Basis,
    settings: &Settings,
    stop: Option<Stop<'_>>,
) -> Answer {
    let is_alike = basis.standing.len() == program.columns() + program.rows();
    if !is_alike || program.rows() == 0 || program.has_integers() || flaw(program).is_some() {
        return solve_within(program, settings, stop);
    }
    let most = size(program) / FROM_A_BASIS;
    let begin = || Simplex::with_basis(program, basis);
    let told = stop.unwrap_or(&|| false);
    let again = if told() { None } else { settle(program, begin, most, settings, told) };
    again.unwrap_or_else(|| solve_within(program, settings, stop))
}

/// An answer with a basis: a vertex near it is looked for, with the same value. The values and prices stay those
/// of the answer, which an interior point has chosen in the middle of all that are as good. None is looked for any more
/// once `stop` says so.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::{Settings, solve, with_basis};
/// let mut program = Program::new();
/// let comp = program.column(0.0, 9.0, 2.0);
/// program.row(Sense::AtLeast, 3.0, [(comp, 1.0)]);
/// let answer = solve(&program, &Settings::default());
/// let answer = with_basis(&program, answer, &Settings::default(), &|| false);
/// assert!(answer.basis.is_some() && (answer.value - 6.0).abs() < 1e-6);
/// ```
pub fn with_basis(
    program: &Program,
    mut answer: Answer,
    settings: &Settings,
    stop: Stop<'_>,
) -> Answer {
    let is_fit = answer.is_optimal() && !program.has_integers() && program.rows() > 0;
    if is_fit && answer.basis.is_none() {
        let begin = || Simplex::near(program, &answer.columns, &answer.duals);
        let vertex = settle(program, begin, size(program), settings, stop);
        let vertex = vertex.filter(Answer::is_optimal);
        answer.basis = vertex.and_then(|vertex| vertex.basis);
    }
    answer
}

/// Rows and columns.
fn size(program: &Program) -> u64 {
    (program.columns() + program.rows()) as u64
}

/// Goes on to the optimum in at most so many steps, and judges it; `None` if it takes more or does not pass.
fn settle(
    program: &Program,
    begin: impl FnOnce() -> Simplex,
    most: u64,
    settings: &Settings,
    stop: Stop<'_>,
) -> Option<Answer> {
    match back_ends::guarded(|| back_ends::go_on(begin(), most, stop)) {
        Ok(mut point) => {
            judge::tidy(program, &mut point);
            let verdict = judge::judge(program, &point);
            let is_fine = verdict.complaint(settings).is_none();
            is_fine.then(|| Answer::accepted(point, verdict, Backend::Simplex))
        }
        Err(super::Refusal::Infeasible { ray }) if judge::shows_infeasible(program, &ray) => {
            Some(Answer::infeasible(ray, Backend::Simplex, Vec::new()))
        }
        Err(_) => None,
    }
}

/// The basis of a program for another one, whose columns and rows are told by their kinds.
fn carried_basis(program: &Program, before: &Program, basis: &Basis) -> Basis {
    let known = |place: usize| (basis.standing[place], basis.weights[place]);
    let columns = before.column_ids().map(|column| before.column_kind(column));
    let columns = columns.enumerate().map(|(place, kind)| (kind, known(place)));
    let rows = before.row_kinds().enumerate();
    let rows = rows.map(|(place, kind)| (kind, known(before.columns() + place)));
    let kinds = program.column_ids().map(|column| program.column_kind(column));
    let columns = carried(kinds, columns).into_iter();
    let rows = carried(program.row_kinds(), rows).into_iter();
    let new_column = (Standing::Lower, 1.0);
    let columns = columns.map(|own| own.unwrap_or(new_column));
    let new_row = (Standing::Basic, 1.0);
    let (standing, weights) = columns.chain(rows.map(|own| own.unwrap_or(new_row))).unzip();
    Basis { standing, weights }
}

fn still_holds(
    program: &Program,
    (before, answer): (&Program, &Answer),
    settings: &Settings,
) -> Option<Answer> {
    let backend = answer.backend.filter(|_| answer.is_optimal() && !program.has_integers())?;
    let mut point = Point::new(
        carried_columns(program, before, &answer.columns),
        carried_prices(program, before.row_kinds().zip(answer.duals.iter().copied())),
    );
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

/// What is known of the same kind and order for each kind.
fn carried<K: Copy + Eq + Hash, V: Copy>(
    kinds: impl Iterator<Item = K>,
    known: impl Iterator<Item = (K, V)>,
) -> Vec<Option<V>> {
    let (kinds, known): (Vec<K>, Vec<(K, V)>) = (kinds.collect(), known.collect());
    // Programs that differ in bounds only have the same kinds in the same places, others in their first ones.
    let same = kinds.iter().zip(&known).take_while(|(kind, own)| **kind == own.0).count();
    let mut values: Vec<Option<V>> = Vec::with_capacity(kinds.len());
    values.extend(known[..same].iter().map(|own| Some(own.1)));
    let (kinds, known) = (&kinds[same..], &known[same..]);
    let mut of: HashMap<(K, u32), V> = HashMap::with_capacity(known.len());
    let mut seen: HashMap<K, u32> = HashMap::new();
    for &(kind, own) in known {
        let place = seen.entry(kind).or_insert(0);
        of.insert((kind, *place), own);
        *place += 1;
    }
    seen.clear();
    let number = |&kind| {
        let place = seen.entry(kind).or_insert(0);
        *place += 1;
        of.get(&(kind, *place - 1)).copied()
    };
    values.extend(kinds.iter().map(number));
    values
}
