//! Answers to linear programs: takes a [`Program`], gives an [`Answer`] that was checked here.
//!
//! The only room that names a back end. A back end's word is never enough: rows and bounds, dual
//! signs and the gap between primal and dual value are recomputed from the program, and a back end
//! that fails the test is passed over for the next one. Builds no program, knows no trade.
//!
//! Prices follow one convention: the dual of a row is what the optimal value grows by when its
//! right-hand side grows by one. So a row `≤` never has a positive dual, a row `≥` never a negative
//! one.

mod again;
mod back_ends;
mod dual;
mod judge;
mod simplex;
mod witness;

use crate::formulate::program::{Program, RowKind, Sense};
pub use again::{
    carried_prices, solve_from, solve_from_unless, solve_like, solve_like_unless, with_basis,
};
use judge::Verdict;
pub use simplex::{Basis, Standing};
use std::fmt;

/// Whether to stop; asked again and again, always on the thread that wants the answer.
pub type Stop<'a> = &'a dyn Fn() -> bool;

/// A program that answers linear programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Backend {
    /// Nothing to decide: a program without rows is read off its bounds.
    Bounds,
    /// Interior point, pure Rust; continuous programs only.
    Clarabel,
    /// The dual simplex method of this room, which can begin at a basis; continuous programs only.
    Simplex,
    /// Simplex with branch and bound, pure Rust; small programs.
    Microlp,
    /// Simplex, interior point and branch and bound in C++; only with the feature `highs`.
    Highs,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Backend::Bounds => "bounds",
            Backend::Clarabel => "clarabel",
            Backend::Simplex => "simplex",
            Backend::Microlp => "microlp",
            Backend::Highs => "highs",
        })
    }
}

/// How to solve.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Back ends for continuous programs, the preferred one first.
    pub continuous: Vec<Backend>,
    /// Back ends for programs with whole numbers.
    pub integer: Vec<Backend>,
    /// Most iterations of a back end that counts them.
    pub iterations: u32,
    /// Most seconds of a back end that watches the clock; infinite by default, since with a limit the
    /// answer depends on the machine.
    pub seconds: f64,
    /// Largest residual and gap that are accepted, relative.
    pub tolerance: f64,
    /// A gap of no more than this is accepted too, in the unit of the objective: where the value is
    /// near 0, a relative gap asks for more than the numbers can give.
    pub negligible: f64,
    /// Most rows and columns together that microlp is asked about: beyond, it tends to stall.
    pub microlp_size: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let highs = cfg!(feature = "highs");
        let with = |first: &[Backend], last: &[Backend]| {
            let mut order = first.to_vec();
            if highs {
                order.push(Backend::Highs);
            }
            order.extend_from_slice(last);
            order
        };
        Settings {
            continuous: with(&[Backend::Simplex, Backend::Clarabel], &[Backend::Microlp]),
            integer: with(&[], &[Backend::Microlp]),
            iterations: 200,
            seconds: f64::INFINITY,
            tolerance: 1e-6,
            negligible: 0.0,
            microlp_size: 6_000,
        }
    }
}

impl Settings {
    /// The same back ends, the interior point before all others: its prices lie in the middle of all that are as good.
    pub fn middle_first(&self) -> Settings {
        let mut settings = self.clone();
        settings.continuous.sort_by_key(|backend| *backend != Backend::Clarabel);
        settings
    }

    /// Only this back end.
    pub fn only(backend: Backend) -> Settings {
        Settings { continuous: vec![backend], integer: vec![backend], ..Settings::default() }
    }
}

/// What is known about a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// `columns` is optimal within the tolerance, by a check of primal, dual and gap. With whole
    /// numbers the back end's word stands for the optimality (rows and whole values are checked).
    Optimal,
    /// No values fit: the least sum of violations was computed and is above 0.
    Infeasible,
    /// The value has no lower end: values that fit and a direction that improves forever were found.
    Unbounded,
    /// No back end gave an answer that passed.
    Undecided,
}

/// The answer to a program and how far it can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What is known.
    pub status: Status,
    /// The optimal value, offset included; not a number unless optimal.
    pub value: f64,
    /// A value for each column; empty unless optimal.
    pub columns: Vec<f64>,
    /// A price for each row; empty unless optimal. With whole numbers, those of the relaxation. Where nothing
    /// fits and a sum of rows shows it: how often to take each row (Farkas 1902).
    pub duals: Vec<f64>,
    /// Where the columns and rows of an optimal answer stand, if it is a vertex: from there a program that is like
    /// this one is solved in a few steps.
    pub basis: Option<Box<Basis>>,
    /// Which back end gave the accepted answer; `None` when undecided.
    pub backend: Option<Backend>,
    /// Largest violation of a row or bound, relative to the size of its terms.
    pub primal_residual: f64,
    /// Largest reduced cost of the wrong sign at an infinite bound, relative to the size of its terms.
    pub dual_residual: f64,
    /// Distance of primal and dual value, relative to the larger of the two and what is certain.
    pub duality_gap: f64,
    /// Back ends that were passed over, and why.
    pub tried: Vec<(Backend, String)>,
    bound: f64,
}

impl Answer {
    /// A value that the program cannot go below, certified by the dual prices.
    ///
    /// For prices `y` of the right sign and reduced costs `d = c − Aᵀy`, every `x` that fits has
    /// `c·x ≥ b·y + Σ min(dⱼ·lowerⱼ, dⱼ·upperⱼ)`, however inexact `y` is (Neumaier and Shcherbina,
    /// *Safe bounds in linear and mixed-integer linear programming*, 2004). A margin for the rounding
    /// of each product and sum of the formula is taken off. Negative infinity when no prices are
    /// known or a column without an upper (or lower) bound has a reduced cost of the wrong sign: give
    /// every column both bounds.
    ///
    /// ```
    /// use shotplan::formulate::program::{Program, Sense};
    /// use shotplan::solve::linear::{Settings, solve};
    /// let mut program = Program::new();
    /// let comp = program.column(0.0, 9.0, 2.0);
    /// program.row(Sense::AtLeast, 3.0, [(comp, 1.0)]);
    /// let answer = solve(&program, &Settings::default());
    /// assert!(answer.safe_bound() <= 6.0 && answer.safe_bound() > 5.999);
    /// ```
    pub fn safe_bound(&self) -> f64 {
        self.bound
    }

    /// Whether the program was solved to optimality.
    pub fn is_optimal(&self) -> bool {
        self.status == Status::Optimal
    }

    /// The prices of all rows, by kind.
    pub fn prices<'a>(&'a self, program: &'a Program) -> impl Iterator<Item = (RowKind, f64)> + 'a {
        program.row_ids().zip(&self.duals).map(|(row, price)| (program.row_kind(row), *price))
    }

    fn undecided(tried: Vec<(Backend, String)>) -> Answer {
        Answer {
            status: Status::Undecided,
            value: f64::NAN,
            columns: Vec::new(),
            duals: Vec::new(),
            basis: None,
            backend: None,
            primal_residual: f64::INFINITY,
            dual_residual: f64::INFINITY,
            duality_gap: f64::INFINITY,
            tried,
            bound: f64::NEG_INFINITY,
        }
    }

    fn proven(status: Status, backend: Backend, tried: Vec<(Backend, String)>) -> Answer {
        let bound = if status == Status::Infeasible { f64::INFINITY } else { f64::NEG_INFINITY };
        Answer { status, backend: Some(backend), bound, ..Answer::undecided(tried) }
    }

    /// Rows taken so often show that nothing fits.
    fn infeasible(ray: Vec<f64>, backend: Backend, tried: Vec<(Backend, String)>) -> Answer {
        Answer { duals: ray, ..Answer::proven(Status::Infeasible, backend, tried) }
    }

    fn accepted(point: Point, verdict: Verdict, backend: Backend) -> Answer {
        Answer {
            status: Status::Optimal,
            value: verdict.value,
            columns: point.columns,
            duals: point.duals,
            basis: point.basis,
            backend: Some(backend),
            primal_residual: verdict.primal_residual,
            dual_residual: verdict.dual_residual,
            duality_gap: verdict.duality_gap,
            tried: Vec::new(),
            bound: verdict.safe_bound,
        }
    }
}

/// Values and prices as a back end gave them.
struct Point {
    columns: Vec<f64>,
    duals: Vec<f64>,
    basis: Option<Box<Basis>>,
}

impl Point {
    fn new(columns: Vec<f64>, duals: Vec<f64>) -> Point {
        Point { columns, duals, basis: None }
    }
}

/// Why a back end gave nothing that was told to stop.
const TOLD_TO_STOP: &str = "was told to stop";

/// Why a back end has no optimal point.
enum Refusal {
    /// It says nothing fits, and may have a sum of rows that shows it.
    Infeasible { ray: Vec<f64> },
    /// It says the value has no end.
    Unbounded,
    /// It gives up, with prices that may still prove a bound.
    GaveUp { reason: String, duals: Vec<f64> },
}

impl Refusal {
    fn because(reason: impl Into<String>) -> Refusal {
        Refusal::GaveUp { reason: reason.into(), duals: Vec::new() }
    }
}

/// Solves a program.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::{Settings, Status, solve};
/// // Three days of work, at most two by the artist (500 a day), the rest by a vendor (800 a day).
/// let mut program = Program::new();
/// let artist = program.column(0.0, 9.0, 500.0);
/// let vendor = program.column(0.0, 9.0, 800.0);
/// let work = program.row(Sense::AtLeast, 3.0, [(artist, 1.0), (vendor, 1.0)]);
/// let crew = program.row(Sense::AtMost, 2.0, [(artist, 1.0)]);
/// let answer = solve(&program, &Settings::default());
/// assert_eq!(answer.status, Status::Optimal);
/// assert!((answer.value - 1_800.0).abs() < 1e-3);
/// assert!((answer.duals[work.index()] - 800.0).abs() < 1e-3); // one more day of work
/// assert!((answer.duals[crew.index()] + 300.0).abs() < 1e-3); // one more day of the artist
/// ```
pub fn solve(program: &Program, settings: &Settings) -> Answer {
    solve_within(program, settings, None)
}

/// [`solve`], unless `stop` says so: it is asked before each back end and in each of its iterations. A program that
/// was stopped is [`Status::Undecided`]; prices found until then may prove a bound all the same.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::{Settings, Status, solve_unless};
/// let mut program = Program::new();
/// let comp = program.column(0.0, 9.0, 2.0);
/// program.row(Sense::AtLeast, 3.0, [(comp, 1.0)]);
/// let answer = |is_stopped: bool| solve_unless(&program, &Settings::default(), &|| is_stopped);
/// assert_eq!(answer(false).status, Status::Optimal);
/// assert_eq!(answer(true).status, Status::Undecided);
/// assert_eq!(answer(true).tried[0].1, "was told to stop");
/// ```
pub fn solve_unless(program: &Program, settings: &Settings, stop: Stop<'_>) -> Answer {
    solve_within(program, settings, Some(stop))
}

fn solve_within(program: &Program, settings: &Settings, stop: Option<Stop<'_>>) -> Answer {
    match flaw(program) {
        Some(Flaw::NoValue) => {
            return Answer::proven(Status::Infeasible, Backend::Bounds, Vec::new());
        }
        Some(Flaw::NotANumber) => {
            let why = "a number of the program is not finite".to_owned();
            return Answer::undecided(vec![(Backend::Bounds, why)]);
        }
        None => {}
    }
    if program.has_integers() {
        solve_integer(program, settings, stop)
    } else {
        solve_continuous(program, settings, true, stop)
    }
}

/// A value that a program cannot go below, certified by prices that come from elsewhere, such as those of a
/// similar program; see [`Answer::safe_bound`]. Wrong prices make it low, never false.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// use shotplan::solve::linear::bound_at;
/// let mut program = Program::new();
/// let comp = program.column(0.0, 9.0, 2.0);
/// program.row(Sense::AtLeast, 3.0, [(comp, 1.0)]);
/// assert!((bound_at(&program, &[2.0]) - 6.0).abs() < 1e-9); // the price of the row
/// assert!((bound_at(&program, &[1.5]) - 4.5).abs() < 1e-9);
/// assert!(bound_at(&program, &[3.0]) < 0.1); // too high: 9 of the column pay for it
/// ```
pub fn bound_at(program: &Program, prices: &[f64]) -> f64 {
    judge::safe_bound(program, prices)
}

enum Flaw {
    NoValue,
    NotANumber,
}

fn flaw(program: &Program) -> Option<Flaw> {
    let mut crossed = false;
    for column in program.column_ids() {
        let (lower, upper) = program.bounds(column);
        if lower.is_nan() || upper.is_nan() || !program.cost(column).is_finite() {
            return Some(Flaw::NotANumber);
        }
        crossed |= lower > upper || lower == f64::INFINITY || upper == f64::NEG_INFINITY;
    }
    for row in program.row_ids() {
        let (_, rhs) = program.side(row);
        let finite = program.row_entries(row).iter().all(|(_, factor)| factor.is_finite());
        if rhs.is_nan() || !finite {
            return Some(Flaw::NotANumber);
        }
        let (sense, rhs) = program.side(row);
        crossed |= match sense {
            Sense::AtMost => rhs == f64::NEG_INFINITY,
            Sense::AtLeast => rhs == f64::INFINITY,
            Sense::Equal => rhs.is_infinite(),
        };
    }
    if !program.offset().is_finite() {
        return Some(Flaw::NotANumber);
    }
    crossed.then_some(Flaw::NoValue)
}

/// Solves a program without whole numbers. With `witnesses`, a back end's word that nothing fits or
/// that the value has no end is put to the test; the tests themselves ask without.
fn solve_continuous(
    program: &Program,
    settings: &Settings,
    witnesses: bool,
    stop: Option<Stop<'_>>,
) -> Answer {
    let mut order = settings.continuous.as_slice();
    if program.rows() == 0 {
        order = &[Backend::Bounds];
    }
    let mut tried: Vec<(Backend, String)> = Vec::new();
    let mut bound = f64::NEG_INFINITY;
    for &backend in order {
        if stop.is_some_and(|stop| stop()) {
            tried.push((backend, TOLD_TO_STOP.to_owned()));
            break;
        }
        let reason = match back_ends::ask(backend, program, settings, stop) {
            Ok(mut point) => {
                judge::tidy(program, &mut point);
                let verdict = judge::judge(program, &point);
                bound = bound.max(verdict.safe_bound);
                match verdict.complaint(settings) {
                    None => {
                        let mut answer = Answer::accepted(point, verdict, backend);
                        answer.tried = tried;
                        answer.bound = bound;
                        return answer;
                    }
                    Some(complaint) => complaint,
                }
            }
            Err(Refusal::GaveUp { reason, duals }) => {
                bound = bound.max(judge::safe_bound(program, &duals));
                reason
            }
            Err(Refusal::Infeasible { ray }) if judge::shows_infeasible(program, &ray) => {
                return Answer::infeasible(ray, backend, tried);
            }
            // One word for both is common ("infeasible or unbounded"), so both are put to the test.
            Err(Refusal::Infeasible { .. } | Refusal::Unbounded) if witnesses => {
                if witness::is_infeasible(program, settings, stop) {
                    return Answer::proven(Status::Infeasible, backend, tried);
                }
                if witness::is_unbounded(program, settings, stop) {
                    return Answer::proven(Status::Unbounded, backend, tried);
                }
                "says that nothing fits or the value has no end, which could not be shown"
                    .to_owned()
            }
            Err(Refusal::Infeasible { .. }) => "says that nothing fits".to_owned(),
            Err(Refusal::Unbounded) => "says that the value has no end".to_owned(),
        };
        tried.push((backend, reason));
    }
    Answer { bound, ..Answer::undecided(tried) }
}

/// Solves a program with whole numbers: first its relaxation, for prices and a certified bound.
fn solve_integer(program: &Program, settings: &Settings, stop: Option<Stop<'_>>) -> Answer {
    let relaxed = solve_continuous(&program.relaxed(), settings, true, stop);
    if relaxed.status == Status::Infeasible {
        return relaxed;
    }
    let mut tried = relaxed.tried;
    for &backend in &settings.integer {
        if stop.is_some_and(|stop| stop()) {
            tried.push((backend, TOLD_TO_STOP.to_owned()));
            break;
        }
        let reason = match back_ends::ask(backend, program, settings, stop) {
            Ok(mut point) => {
                judge::round_integers(program, &mut point);
                point.duals = relaxed.duals.clone();
                let mut verdict = judge::judge(program, &point);
                verdict.safe_bound = verdict.safe_bound.max(relaxed.bound);
                if verdict.primal_residual <= settings.tolerance {
                    let mut answer = Answer::accepted(point, verdict, backend);
                    answer.dual_residual = relaxed.dual_residual;
                    answer.tried = tried;
                    return answer;
                }
                format!("breaks a row or bound by {:.1e}", verdict.primal_residual)
            }
            Err(Refusal::Infeasible { .. }) => "says that no whole numbers fit".to_owned(),
            Err(Refusal::Unbounded) => "says that the value has no end".to_owned(),
            Err(Refusal::GaveUp { reason, .. }) => reason,
        };
        tried.push((backend, reason));
    }
    Answer { bound: relaxed.bound, ..Answer::undecided(tried) }
}
