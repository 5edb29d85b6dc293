//! The back ends behind one call. Each gives values and prices, or says why not.

use super::simplex::{End, Simplex};
use super::{Backend, Point, Refusal, Settings, Stop, TOLD_TO_STOP, dual};
use crate::formulate::program::{Column, Program, Sense};
use clarabel::solver::{DefaultSolution, DefaultSolver, IPSolver, SolverStatus};
use good_lp::{
    Constraint, Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable,
    WithTimeLimit, constraint, variable, variables,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;

/// Asks a back end. A panic inside it is a refusal like any other: a solver's bug must not take the
/// plan with it.
pub(super) fn ask(
    backend: Backend,
    program: &Program,
    settings: &Settings,
    stop: Option<Stop<'_>>,
) -> Result<Point, Refusal> {
    guarded(|| match backend {
        Backend::Bounds => read_off(program),
        Backend::Clarabel => ask_clarabel(program, settings, stop),
        Backend::Simplex => ask_simplex(program, settings, stop),
        Backend::Microlp => ask_microlp(program, settings),
        Backend::Highs => ask_highs(program, settings),
    })
}

/// A panic becomes a refusal.
pub(super) fn guarded(ask: impl FnOnce() -> Result<Point, Refusal>) -> Result<Point, Refusal> {
    let answer = catch_unwind(AssertUnwindSafe(ask));
    answer.unwrap_or_else(|_| Err(Refusal::because("stopped with an internal error")))
}

/// Without rows each column goes to its cheaper bound.
fn read_off(program: &Program) -> Result<Point, Refusal> {
    if program.rows() > 0 {
        return Err(Refusal::because("the program has rows"));
    }
    let mut columns = Vec::with_capacity(program.columns());
    for column in program.column_ids() {
        let (lower, upper) = program.bounds(column);
        let cost = program.cost(column);
        let value = match cost {
            cost if cost > 0.0 => lower,
            cost if cost < 0.0 => upper,
            _ => 0.0_f64.clamp(lower, upper),
        };
        if value.is_infinite() {
            return Err(Refusal::Unbounded);
        }
        columns.push(value);
    }
    Ok(Point::new(columns, Vec::new()))
}

/// A program in good_lp's words.
///
/// Fixed columns are put in as numbers: two opposite bounds leave an interior point no room. Costs
/// are scaled to about one, and so are rows of much larger or smaller numbers; rows without limit or
/// entries are left out, and so are upper bounds that a row says anyway.
struct Translation {
    variables: ProblemVariables,
    objective: Expression,
    constraints: Vec<Constraint>,
    /// The variable of each column that is not fixed.
    of_column: Vec<Option<Variable>>,
    /// Where each row went, and what it was divided by.
    of_row: Vec<Option<(usize, f64)>>,
    /// Cost in the program for a cost of one here.
    scale: f64,
    /// Bounds of variables, which a back end may write as rows before all others.
    bounds: usize,
}

fn translate(program: &Program) -> Result<Translation, Refusal> {
    let scale = usual_size(program.column_ids().map(|column| program.cost(column)));
    let is_implied = implied_uppers(program);
    let mut variables = variables!();
    let mut objective = Expression::with_capacity(program.columns());
    let mut of_column = Vec::with_capacity(program.columns());
    let mut bounds = 0;
    for column in program.column_ids() {
        let (lower, upper) = program.bounds(column);
        if lower == upper {
            of_column.push(None);
            continue;
        }
        let mut definition = variable();
        if lower.is_finite() {
            definition = definition.min(lower);
            bounds += 1;
        }
        if upper.is_finite() && !is_implied[column.index()] {
            definition = definition.max(upper);
            bounds += 1;
        }
        if program.is_integer(column) {
            definition = definition.integer();
        }
        let new = variables.add(definition);
        if program.cost(column) != 0.0 {
            objective.add_mul(program.cost(column) / scale, new);
        }
        of_column.push(Some(new));
    }
    let mut constraints = Vec::with_capacity(program.rows());
    let mut of_row = Vec::with_capacity(program.rows());
    for row in program.row_ids() {
        let (sense, mut rhs) = program.side(row);
        if rhs.is_infinite() {
            of_row.push(None);
            continue;
        }
        let entries = program.row_entries(row);
        let size = match usual_size(entries.iter().map(|(_, factor)| *factor)) {
            usual if (USUAL.recip()..=USUAL).contains(&usual) => 1.0,
            size => size,
        };
        let mut expression = Expression::with_capacity(entries.len());
        let (mut free, mut largest) = (0, rhs.abs());
        for (column, factor) in entries {
            match of_column[column.index()] {
                Some(variable) => {
                    expression.add_mul(*factor / size, variable);
                    free += 1;
                }
                None => {
                    let fixed = factor * program.bounds(*column).0;
                    rhs -= fixed;
                    largest = largest.max(fixed.abs());
                }
            }
        }
        if free == 0 {
            let slack = match sense {
                Sense::AtMost => rhs,
                Sense::AtLeast => -rhs,
                Sense::Equal => -rhs.abs(),
            };
            if slack < -1e-9 * (1.0 + largest) {
                return Err(Refusal::Infeasible { ray: Vec::new() });
            }
            of_row.push(None);
            continue;
        }
        of_row.push(Some((constraints.len(), size)));
        rhs /= size;
        constraints.push(match sense {
            Sense::AtMost => constraint::leq(expression, rhs),
            Sense::AtLeast => constraint::geq(expression, rhs),
            Sense::Equal => constraint::eq(expression, rhs),
        });
    }
    Ok(Translation { variables, objective, constraints, of_column, of_row, scale, bounds })
}

/// About the geometric mean of the sizes of the numbers that are not 0, as a power of two: scaling by
/// it is exact. Scaling costs by their largest instead would leave the small ones below a solver's
/// tolerances: a hard milestone costs a million times as much a day as a shot.
fn usual_size(numbers: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0_i64, 0_i64);
    for number in numbers.filter(|number| number.is_normal()) {
        sum += i64::from((number.to_bits() >> 52) as u16 & 0x7ff) - 1_023;
        count += 1;
    }
    if count > 0 { 2.0_f64.powi((sum / count) as i32) } else { 1.0 }
}

/// Rows whose numbers are about as large as this, or as small as one by it, stay as they are.
const USUAL: f64 = 64.0;

/// Whether the upper bound of each column follows from a row and the bounds of the others there.
///
/// Half of the bounds of a program about work do (no week holds more of it than there is), and an
/// interior point carries each as a row of its own.
fn implied_uppers(program: &Program) -> Vec<bool> {
    let mut implied = vec![false; program.columns()];
    let mut needed = vec![false; program.columns()];
    for row in program.row_ids() {
        let (sense, rhs) = program.side(row);
        let entries = program.row_entries(row);
        for sign in [1.0, -1.0] {
            let is_limit = match sense {
                Sense::AtMost => sign > 0.0,
                Sense::AtLeast => sign < 0.0,
                Sense::Equal => true,
            };
            if !is_limit || rhs.is_infinite() {
                continue;
            }
            // The least that all entries together can be, and whether it stands on bounds that are said.
            let least = |(column, factor): &(Column, f64)| {
                let (lower, upper) = program.bounds(*column);
                sign * factor * if sign * factor > 0.0 { lower } else { upper }
            };
            let others = |(column, factor): &&(Column, f64)| {
                sign * factor < 0.0 && program.bounds(*column).0 < program.bounds(*column).1
            };
            let sum: f64 = entries.iter().map(least).sum();
            let stands = entries.iter().filter(others).all(|(column, _)| !implied[column.index()]);
            if !sum.is_finite() || !stands {
                continue;
            }
            let mut is_used = false;
            for (column, factor) in entries.iter().filter(|(_, factor)| sign * factor > 0.0) {
                let at = column.index();
                let (lower, upper) = program.bounds(*column);
                let most = lower + (sign * rhs - sum) / (sign * factor);
                let is_free = !needed[at] && !program.is_integer(*column);
                if is_free && lower < upper && upper.is_finite() && most <= upper {
                    implied[at] = true;
                    is_used = true;
                }
            }
            if is_used {
                entries.iter().filter(others).for_each(|(column, _)| needed[column.index()] = true);
            }
        }
    }
    implied
}

fn values(
    program: &Program,
    of_column: &[Option<Variable>],
    value: impl Fn(Variable) -> f64,
) -> Vec<f64> {
    program
        .column_ids()
        .zip(of_column)
        .map(|(column, variable)| variable.map_or(program.bounds(column).0, &value))
        .collect()
}

fn prices(of_row: &[Option<(usize, f64)>], scale: f64, price: impl Fn(usize) -> f64) -> Vec<f64> {
    let of_row = of_row.iter();
    of_row.map(|place| place.map_or(0.0, |(at, size)| scale * price(at) / size)).collect()
}

fn refusal(error: ResolutionError) -> Refusal {
    match error {
        ResolutionError::Infeasible => Refusal::Infeasible { ray: Vec::new() },
        ResolutionError::Unbounded => Refusal::Unbounded,
        other => Refusal::because(other.to_string()),
    }
}

/// All columns fixed: nothing to ask.
fn fixed_point(program: &Program, translation: &Translation) -> Option<Point> {
    translation.variables.is_empty().then(|| {
        let columns = program.column_ids().map(|column| program.bounds(column).0).collect();
        Point::new(columns, vec![0.0; program.rows()])
    })
}

fn ask_clarabel(
    program: &Program,
    settings: &Settings,
    stop: Option<Stop<'_>>,
) -> Result<Point, Refusal> {
    if program.has_integers() {
        return Err(Refusal::because("takes no whole numbers"));
    }
    let translation = translate(program)?;
    if let Some(point) = fixed_point(program, &translation) {
        return Ok(point);
    }
    let Translation { variables, objective, constraints, of_column, of_row, scale, bounds } =
        translation;
    let mut model = variables.minimise(objective).using(good_lp::clarabel);
    model.settings().max_iter(settings.iterations).max_threads(1).time_limit(settings.seconds);
    // Sharper than asked for: what the dual misses is multiplied by the bounds when the gap is judged.
    model.settings().tol_feas(1e-9).tol_gap_abs(1e-9).tol_gap_rel(1e-9);
    for constraint in constraints {
        model.add_constraint(constraint);
    }
    let mut solver = model.try_into_solver().map_err(refusal)?;
    let solution = match stop {
        Some(stop) => solved_unless(solver, stop)?,
        None => {
            solver.solve();
            solver.solution
        }
    };
    let status = solution.status;
    match status {
        SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible => {
            return Err(Refusal::Infeasible { ray: Vec::new() });
        }
        // These come with a direction instead of a point.
        SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => {
            return Err(Refusal::Unbounded);
        }
        _ => {}
    }
    let mut values = solution.x.iter();
    let columns = program.column_ids().zip(&of_column).map(|(column, variable)| match variable {
        Some(_) => values.next().copied().unwrap_or(f64::NAN),
        None => program.bounds(column).0,
    });
    let columns = columns.collect();
    // Clarabel writes each row as a sum with a slack of at least 0, those of lower limits with the other sign.
    let senses = program.row_ids().zip(&of_row).filter(|(_, place)| place.is_some());
    let senses: Vec<Sense> = senses.map(|(row, _)| program.side(row).0).collect();
    let duals = prices(&of_row, scale, |place| {
        let dual = solution.z.get(bounds + place).copied().unwrap_or(0.0);
        if senses[place] == Sense::AtLeast { dual } else { -dual }
    });
    // Whether a point that Clarabel itself calls nearly solved is good enough is judged by us.
    match status {
        SolverStatus::Solved | SolverStatus::AlmostSolved => Ok(Point::new(columns, duals)),
        SolverStatus::CallbackTerminated => {
            Err(Refusal::GaveUp { reason: TOLD_TO_STOP.to_owned(), duals })
        }
        _ => Err(Refusal::GaveUp { reason: format!("stopped as {status:?}"), duals }),
    }
}

/// Runs an interior point whose iterations ask `stop`. What it asks may borrow nothing, so it runs on a thread of its
/// own and asks this one.
fn solved_unless(
    mut solver: DefaultSolver<f64>,
    stop: Stop<'_>,
) -> Result<DefaultSolution<f64>, Refusal> {
    let (ask, asked) = mpsc::channel();
    let (answer, answers) = mpsc::channel();
    let answers = Mutex::new(answers);
    solver.set_termination_callback(move |_: &_| {
        let answered = || answers.lock().is_ok_and(|answers| answers.recv().unwrap_or(true));
        ask.send(()).is_err() || answered()
    });
    thread::scope(|scope| {
        let run = scope.spawn(move || {
            solver.solve();
            solver.solution
        });
        // Until the solver is gone, and what it asks with.
        while asked.recv().is_ok() && answer.send(stop()).is_ok() {}
        run.join().map_err(|_| Refusal::because("stopped with an internal error"))
    })
}

/// Pivots for each iteration that an interior point may have: both take about as long.
const PIVOTS: u64 = 250;
/// Pivots a second, about, so that a limit of time is one of steps.
const PIVOTS_A_SECOND: f64 = 2_000.0;

fn ask_simplex(
    program: &Program,
    settings: &Settings,
    stop: Option<Stop<'_>>,
) -> Result<Point, Refusal> {
    if program.has_integers() {
        return Err(Refusal::because("takes no whole numbers"));
    }
    let in_time = (settings.seconds * PIVOTS_A_SECOND) as u64;
    let steps = in_time.min(u64::from(settings.iterations) * PIVOTS);
    go_on(Simplex::new(program), steps, stop.unwrap_or(&|| false))
}

/// Lets the simplex method go on from where it stands.
pub(super) fn go_on(mut simplex: Simplex, steps: u64, stop: Stop<'_>) -> Result<Point, Refusal> {
    let reason = match simplex.run(steps, stop) {
        End::Optimal => {
            let basis = Some(Box::new(simplex.basis()));
            return Ok(Point { columns: simplex.columns(), duals: simplex.prices(), basis });
        }
        End::Infeasible => return Err(Refusal::Infeasible { ray: simplex.ray() }),
        End::Unbounded => return Err(Refusal::Unbounded),
        End::Limit => format!("stopped after {} steps", simplex.steps()),
        End::Stuck => "found no pivot that is large enough".to_owned(),
    };
    Err(Refusal::because(reason))
}

fn ask_microlp(program: &Program, settings: &Settings) -> Result<Point, Refusal> {
    let size = program.columns() + program.rows();
    if size > settings.microlp_size {
        let limit = settings.microlp_size;
        return Err(Refusal::because(format!("{size} rows and columns are more than {limit}")));
    }
    let columns = microlp_values(program)?;
    if program.has_integers() {
        return Ok(Point::new(columns, Vec::new()));
    }
    // microlp keeps its prices to itself: they are the values of the dual program.
    let mut duals = match microlp_values(&dual::dual(program)) {
        Ok(values) => values,
        Err(Refusal::GaveUp { reason, .. }) => {
            return Err(Refusal::because(format!("gives no prices: {reason}")));
        }
        Err(_) => return Err(Refusal::because("gives values but finds no prices for them")),
    };
    duals.truncate(program.rows());
    Ok(Point::new(columns, duals))
}

/// microlp 0.6 cycles without end on some programs with many equal optima and counts no iterations.
/// This clock only ever turns such a run into a refusal; it never changes an answer.
const MICROLP_SECONDS: f64 = 2.0;

fn microlp_values(program: &Program) -> Result<Vec<f64>, Refusal> {
    let translation = translate(program)?;
    if let Some(point) = fixed_point(program, &translation) {
        return Ok(point.columns);
    }
    let Translation { variables, objective, constraints, of_column, .. } = translation;
    let mut model = variables.minimise(objective).using(good_lp::microlp);
    model = model.with_time_limit(MICROLP_SECONDS);
    for constraint in constraints {
        model.add_constraint(constraint);
    }
    let solution = model.solve().map_err(refusal)?;
    if !matches!(solution.status(), good_lp::SolutionStatus::Optimal) {
        return Err(Refusal::because("stopped before the optimum was proven"));
    }
    Ok(values(program, &of_column, |variable| solution.value(variable)))
}

#[cfg(not(feature = "highs"))]
fn ask_highs(_: &Program, _: &Settings) -> Result<Point, Refusal> {
    Err(Refusal::because("not built in (feature `highs`)"))
}

/// HiGHS fixes its number of threads for each of our threads at the first solve, and a later model
/// that asks for another number fails: so every model asks for one. Its time limit is wall time, so
/// iterations are limited instead.
#[cfg(feature = "highs")]
fn ask_highs(program: &Program, settings: &Settings) -> Result<Point, Refusal> {
    use good_lp::solvers::highs::HighsSolverType;
    use good_lp::{DualValues, SolutionWithDual};
    /// From about here on interior point beats simplex on programs of our shape.
    const SIMPLEX_COLUMNS: usize = 10_000;
    let translation = translate(program)?;
    if let Some(point) = fixed_point(program, &translation) {
        return Ok(point);
    }
    let Translation { variables, objective, constraints, of_column, of_row, scale, .. } =
        translation;
    let large = variables.len() > SIMPLEX_COLUMNS && !program.has_integers();
    let kind = if large { HighsSolverType::Ipm } else { HighsSolverType::Choose };
    let iterations = i32::try_from(settings.iterations).unwrap_or(i32::MAX);
    let mut model = variables
        .minimise(objective)
        .using(good_lp::highs)
        .set_threads(1)
        .set_solver(kind)
        .set_option("ipm_iteration_limit", iterations)
        .set_option("simplex_iteration_limit", iterations.saturating_mul(10_000))
        .set_option("mip_max_nodes", iterations.saturating_mul(1_000))
        .set_option("mip_rel_gap", 0.0)
        .set_option("time_limit", settings.seconds);
    let references: Vec<_> =
        constraints.into_iter().map(|constraint| model.add_constraint(constraint)).collect();
    let mut solution = model.solve().map_err(refusal)?;
    if !matches!(solution.status(), good_lp::SolutionStatus::Optimal)
        && !(program.has_integers()
            && matches!(solution.status(), good_lp::SolutionStatus::GapLimit))
    {
        return Err(Refusal::because("stopped at its iteration limit"));
    }
    let columns = values(program, &of_column, |variable| solution.value(variable));
    if program.has_integers() {
        return Ok(Point::new(columns, Vec::new()));
    }
    let dual = solution.compute_dual();
    let duals = prices(&of_row, scale, |place| dual.dual(references[place].clone()));
    Ok(Point::new(columns, duals))
}
