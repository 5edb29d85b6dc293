//! The staffing program answered: a certified bound on every plan.

use super::bounds::{Heads, TimePrice, changes, fewest_slots};
use super::linear::{self, Backend, Settings, Stop};
use crate::formulate::program::RowKind;
use crate::formulate::staffing::{Kind, Known, Staffing, most_columns, staffing_within};
use crate::formulate::{NONE, Problem, WaitKind};
use crate::model::*;

/// What the staffing program says.
#[derive(Clone, Debug)]
pub struct Staffed {
    /// No plan has a lower value.
    pub bound: Cents,
    /// The back end that answered the bound; `None` when none was accepted.
    pub backend: Option<Backend>,
    /// Columns of the bound's program.
    pub columns: usize,
    /// Rows of the bound's program.
    pub rows: usize,
    /// Its optimal value; not a number when it was not solved.
    pub value: f64,
    /// Largest violation of a row, relative.
    pub primal_residual: f64,
    /// Relative distance of primal and dual value.
    pub duality_gap: f64,
    /// The prices of the rows, in their order; empty when it was not solved.
    pub prices: Vec<(RowKind, f64)>,
    /// Whether the bound is one at the prices of another program, and this one was not solved.
    pub inherited: bool,
    /// What a minute of work is worth, by department and period.
    pub time_prices: Vec<TimePrice>,
    /// Columns of work that it was allowed.
    most_columns: usize,
    /// Most shots or assets that it does not tell apart.
    batch: usize,
}

/// What is asked of a staffing program.
#[derive(Clone, Copy)]
pub struct StaffingQuestion<'a> {
    /// Whose plans are to be bounded.
    pub production: &'a Production,
    /// The same, compiled.
    pub problem: &'a Problem,
    /// What is known of each task alone.
    pub heads: &'a Heads,
    /// The mode of the plans.
    pub mode: Mode,
    /// Seconds for solving it, at most.
    pub seconds: f64,
    /// Whether to stop before.
    pub stop: Stop<'a>,
}

/// Share of another program's bound, in hundredths, that its prices must prove here to be enough.
const ENOUGH: i64 = 98;

/// The staffing bound of a production much like one whose program was solved. Any prices of the right sign
/// prove a bound (weak duality), so those of the other program are tried on this one's rows of the same kind;
/// only where they prove less than 98 % of what they proved there is this one solved too. Where that bound was
/// less than a twentieth of what is known here without a program, none is built: `None`.
pub fn staffed_like(
    question: &StaffingQuestion<'_>,
    other: &Staffed,
    known_bound: Cents,
) -> Option<Staffed> {
    if other.bound.0.saturating_mul(20) < known_bound.0 {
        return None;
    }
    let built = question.built(other.most_columns);
    let prices = linear::carried_prices(&built.program, other.prices.iter().copied());
    let bound = built.bound(linear::bound_at(&built.program, &prices));
    if bound.0 < other.bound.0 / 100 * ENOUGH || other.prices.is_empty() {
        return Some(question.solved(&built, other.most_columns));
    }
    Some(Staffed {
        bound,
        columns: built.program.columns(),
        rows: built.program.rows(),
        batch: built.batch,
        inherited: true,
        ..other.clone()
    })
}

/// Solves the staffing program as a bound.
pub fn staffed(question: &StaffingQuestion<'_>) -> Staffed {
    question.answered(most_columns(Kind::Bound))
}

/// Times as many columns of work for a second look.
const FINER: usize = 3;
/// Rows and columns together of a program that is looked at a second time.
const MOST_REFINED: usize = 20_000;

/// The same of a production whose program was solved, with shots and weeks told apart three times as finely; `None`
/// where they are told apart already, or where that would take long (what is large gains nothing by it: what holds
/// all its shots up is the crew of a department as a whole).
pub fn staffed_finer(question: &StaffingQuestion<'_>, coarse: &Staffed) -> Option<Staffed> {
    if coarse.batch <= 1 || coarse.columns + coarse.rows > MOST_REFINED {
        return None;
    }
    Some(question.answered(coarse.most_columns * FINER))
}

impl StaffingQuestion<'_> {
    /// The program with at most so many columns of work.
    fn built(&self, most_columns: usize) -> Staffing {
        let timeline = self.production.timeline();
        let lanes = availability::lanes(self.production, &timeline);
        let known = known(self.problem, self.heads);
        let kind = (self.mode, Kind::Bound);
        staffing_within(self.production, &timeline, &lanes, &known, kind, most_columns)
    }

    fn answered(&self, most_columns: usize) -> Staffed {
        self.solved(&self.built(most_columns), most_columns)
    }

    fn solved(&self, bound: &Staffing, most_columns: usize) -> Staffed {
        let settings = Settings { seconds: self.seconds, ..accuracy(self.production) };
        let answer = linear::solve_unless(&bound.program, &settings, self.stop);
        Staffed {
            bound: bound.bound(answer.safe_bound()),
            backend: answer.backend.filter(|_| answer.is_optimal()),
            columns: bound.program.columns(),
            rows: bound.program.rows(),
            value: answer.value,
            primal_residual: answer.primal_residual,
            duality_gap: answer.duality_gap,
            prices: answer.prices(&bound.program).collect(),
            inherited: false,
            most_columns,
            batch: bound.batch,
            time_prices: if answer.is_optimal() {
                let mut weeks = bound.crew_weeks(&answer.columns, &answer.duals);
                // Of several prices of a department's work for a show the one of most work counts.
                weeks.sort_by(|a, b| a.used.total_cmp(&b.used));
                let bid_day = self.production.bid_day_minutes();
                weeks.iter().map(|week| TimePrice::of(week, bid_day)).collect()
            } else {
                Vec::new()
            },
        }
    }
}

/// The bounds that a staffing program gives: its own, that at its prices of time, and each with changes of sequence.
pub(super) fn add_bounds(
    problem: &Problem,
    heads: &Heads,
    staffed: &Staffed,
    priced: impl Fn(&[TimePrice]) -> Cents,
    found: &mut Vec<(&'static str, Cents)>,
) {
    // A fiftieth of the price of work without a place is enough for a change each.
    let with_changes = |bound: Cents| {
        let most = Cents((bound.0 / 50).saturating_mul(49));
        most + changes(problem, heads, 200)
    };
    let mut add =
        |name: &'static str, value: Cents| match found.iter_mut().find(|row| row.0 == name) {
            Some(row) => row.1 = row.1.max(value),
            None => found.push((name, value)),
        };
    add("staffing program", staffed.bound);
    add("staffing program and changes", with_changes(staffed.bound));
    // Prices of 0 say what the critical path says.
    if staffed.time_prices.iter().any(|row| row.price > 0.0) {
        let priced = priced(&staffed.time_prices);
        add("time at its price", priced);
        add("time at its price and changes", with_changes(priced));
    }
}

/// How well weekly plans are solved: to a ten-thousandth of an artist-day, or to a millionth of the value.
pub(super) fn accuracy(production: &Production) -> Settings {
    let negligible = production.mean_day_cost().0.max(1) as f64 * 1e-4;
    Settings { negligible, ..Settings::default() }
}

/// Heads, ends and tails of all tasks.
pub fn known(problem: &Problem, heads: &Heads) -> Known {
    let at = |&slot: &u32| Slot(if slot == NONE { 0 } else { slot });
    Known {
        heads: heads.start.iter().map(at).collect(),
        ends: heads.end.iter().map(at).collect(),
        tails: tails(problem).into_iter().collect(),
    }
}

/// Shortest time from the end of each task to the finish of the shot or asset it is part of, in slots
/// of days on which anybody works.
///
/// Along the waits inside the shot or asset: lags and vendors count in slots that their calendar
/// works, artists in slots they work themselves, with all the overtime a day can have.
fn tails(problem: &Problem) -> Vec<u32> {
    let mut tails = vec![0_u32; problem.jobs.len()];
    let day = problem.slots_per_day;
    // Handing over to another time zone can put a boundary earlier by so much.
    let back =
        (10 * day + 1..=11 * day).map(|end| end - problem.handed_at_best(end)).max().unwrap_or(0);
    for &task in problem.order.iter().rev() {
        let index = task as usize;
        let mut tail = 0;
        for wait in problem.followers(task) {
            let to = wait.to as usize;
            if problem.jobs[to].entity != problem.jobs[index].entity || wait.lag < 0 {
                continue;
            }
            let after = match wait.kind {
                WaitKind::StartAfterEnd => fewest_slots(problem, to) + tails[to],
                WaitKind::EndAfterEnd => tails[to],
                WaitKind::StartAfterStart
                | WaitKind::EndAfterStart
                | WaitKind::StartAfterPublish(_) => continue,
            };
            tail = tail.max((after + wait.lag as u32).saturating_sub(back));
        }
        tails[index] = tail;
    }
    tails
}
