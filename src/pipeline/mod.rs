//! The whole way from files to a result: reads like the picture in the crate's front page.
//!
//! Takes a path and a [`Request`], gives an [`Outcome`]. Prints nothing and writes nothing: the
//! command line does the one, [`write`](crate::write) the other. Holds no trade logic of its own
//! beyond comparing dates with what was promised.

mod aim;
mod bid;
mod budget;
mod close;
mod conflicts;
mod contingency;
mod cost_report;
mod crew;
mod crew_for;
mod crunch;
mod date_for;
mod dates;
mod desk;
mod desk_answers;
mod document;
mod engagements;
mod import;
mod instance;
mod judge;
mod levers;
mod measures;
mod money;
mod movable;
pub mod opened;
mod outsource;
mod pay;
mod planning;
mod prices;
mod replan;
mod risk;
mod scenario_diff;
mod scenario_odds;
mod scenarios;
mod stages;
mod sweep;
mod tables;
mod tradeoff;
mod until;
mod versions;
mod weekly;
mod words;

pub use bid::{Bid, bid};
pub use budget::budget;
pub use close::{closed_books, movement, snapshot};
pub use conflicts::{conflicts, in_words as conflicts_in_words};
pub use contingency::set_against_odds;
pub use cost_report::{By, cost_report, planned};
pub use crew::crew;
pub use crew_for::crew_for;
pub use crunch::crunch;
pub use date_for::date_for;
pub use desk_answers::{bids, cash, earned_value, margin, vendors};
pub use import::{Import, ImportError, import_actuals};
pub use instance::{InstanceError, SolvedInstance, instance};
pub use judge::{Judged, Judgement, judge};
pub use levers::QuestionError;
pub use outsource::outsource;
pub use pay::{pay_band, without_pay, without_pay_of};
pub use prices::prices;
pub use replan::Keep;
pub use risk::{LearnEnd, RiskEnd, RiskQuestion, learn, risk};
pub use scenarios::{Compared, Comparison, Ready, Runs, compare, ready, scenario_row};
pub use sweep::sweep;
pub use tradeoff::{Sureness, tradeoff};
pub use versions::against;
pub use weekly::weekly;

use crate::model::{Cents, Issue, Mode, Production, Severity};
use crate::read::{self, Reading};
use crate::result::Document;
use crate::solve::{self, Limit, Watch};
use crate::verify::{self, Refused};
use crate::{check, explain, forecast};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::Instant;

/// How to plan. What is `None` is taken from the show.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// What to favour.
    pub mode: Option<Mode>,
    /// Seed of the search.
    pub seed: Option<u64>,
    /// Threads; 0 = all cores.
    pub threads: usize,
    /// How far to search.
    pub limit: Limit,
}

/// How planning ended.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub enum Outcome {
    /// The input has errors: nothing was planned.
    Flawed(Checked),
    /// Stopped before there was a plan.
    Stopped,
    /// Nothing of the open work found a place; why, in a sentence for each cause.
    NoPlan(Vec<String>),
    /// The independent check refused the plan: a fault of this program.
    Refused(Refused),
    /// Plan and money do not say the same: a fault of this program.
    Unreconciled(Vec<String>),
    /// A plan.
    Planned(Box<Planned>),
}

/// A plan with all that is said about it.
#[derive(Debug)]
pub struct Planned {
    /// The result.
    pub document: Document,
    /// Warnings about the data.
    pub issues: Vec<Issue>,
    /// Hard rules could not all hold and were relaxed.
    pub clash: bool,
    /// The search was interrupted.
    pub interrupted: bool,
}

/// A show that was read and checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The production, where one could be made of the files.
    pub production: Option<Production>,
    /// Everything found, in the order of reading, then checking.
    pub issues: Vec<Issue>,
    /// Hash of the input.
    pub input_hash: String,
    /// Rows read.
    pub rows: usize,
}

impl Checked {
    /// Whether something must be mended before a plan can be made.
    pub fn has_errors(&self) -> bool {
        self.production.is_none() || has_errors(&self.issues)
    }
    /// Values that stood in no file and were assumed: field and how often.
    pub fn assumed(&self) -> BTreeMap<String, u32> {
        self.production.as_ref().map_or_else(BTreeMap::new, |show| show.assumed.clone())
    }
}

fn has_errors(issues: &[Issue]) -> bool {
    issues.iter().any(|issue| issue.severity == Severity::Error)
}

/// The schema of a saved result.
pub fn result_schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}

/// The schema of an uncertainty file.
pub fn uncertainty_schema() -> schemars::Schema {
    read::uncertainty_schema()
}

/// The schema of a show in one JSON file.
pub fn show_schema() -> schemars::Schema {
    read::schema()
}

/// The schema of a file of scenarios.
pub fn scenario_schema() -> schemars::Schema {
    read::scenario_schema()
}

/// Reads a show and finds everything that is wrong with it.
///
/// # Errors
/// When the files cannot be read at all.
pub fn check(show: &Path) -> Result<Checked, read::Error> {
    let Reading { production, mut issues, input_hash, rows } = read::load(show)?;
    if let Some(production) = &production {
        let found = check::production(production);
        let told = Told::of(&issues);
        issues.extend(found.into_iter().filter(|issue| !told.covers(issue)));
    }
    Ok(Checked { production, issues, input_hash, rows })
}

/// What reading has said already: a cell that could not be read is told once, not again for the
/// default that stands in for it.
struct Told {
    cells: HashSet<(String, u32, u32)>,
    objects: HashSet<(String, u32, String)>,
    headers: HashSet<String>,
}

impl Told {
    fn of(issues: &[Issue]) -> Told {
        let errors = || issues.iter().filter(|issue| issue.severity == Severity::Error);
        let place = |issue: &Issue| Some((issue.file.clone()?, issue.line?));
        Told {
            cells: errors()
                .filter_map(|issue| place(issue).zip(issue.column))
                .map(|((file, line), column)| (file, line, column))
                .collect(),
            objects: errors()
                .filter_map(|issue| Some((place(issue)?, issue.object.clone())))
                .map(|((file, line), object)| (file, line, object))
                .collect(),
            headers: errors()
                .filter(|issue| ["R05", "R06", "R14"].contains(&issue.code.as_str()))
                .filter_map(|issue| issue.file.clone())
                .collect(),
        }
    }

    fn covers(&self, issue: &Issue) -> bool {
        let (Some(file), Some(line)) = (issue.file.clone(), issue.line) else { return false };
        let cell = issue.column.map(|column| (file.clone(), line, column));
        cell.is_some_and(|cell| self.cells.contains(&cell))
            || self.objects.contains(&(file.clone(), line, issue.object.clone()))
            || (issue.code == "V16" && self.headers.contains(&file))
    }
}

/// Reads, checks, plans, verifies, forecasts and explains a show.
///
/// # Errors
/// When the files cannot be read at all.
pub fn plan(show: &Path, request: &Request, watch: &dyn Watch) -> Result<Outcome, read::Error> {
    plan_again(show, None, request, watch)
}

/// The same, keeping to an earlier result where that costs nothing that matters more.
///
/// # Errors
/// When the files cannot be read at all.
pub fn plan_again(
    show: &Path,
    keep: Option<Keep<'_>>,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Outcome, read::Error> {
    let made = match make_from(show, keep, request, watch)? {
        Ok(made) => made,
        Err(outcome) => return Ok(outcome),
    };
    let mut document = put_together(&made, watch);
    document.since = keep.map(|keep| replan::since(&made.production, &keep, &document));
    let clash = !made.verdict.broken.is_empty();
    let interrupted = made.solved.interrupted || watch.stop();
    let issues = made.checked.issues;
    Ok(Outcome::Planned(Box::new(Planned { document, issues, clash, interrupted })))
}

/// The document of a run.
fn put_together(made: &Made, watch: &dyn Watch) -> Document {
    // Who does not want to wait for a better plan does not want to wait for ways out either.
    let is_over =
        || watch.stop() || made.conflicts_until.is_some_and(|until| Instant::now() > until);
    let most = planning::most_conflicts(&made.production);
    let effort = explain::Effort { most, threads: made.threads, is_over: &is_over };
    let explained = planning::explain(&made.production, &made.solved, effort);
    document::put_together(&document::Parts {
        production: &made.production,
        issues: &made.checked.issues,
        input_hash: &made.checked.input_hash,
        seed: made.seed,
        seconds: made.seconds,
        solved: &made.solved,
        verdict: &made.verdict,
        forecast: &made.forecast,
        explained: &explained,
    })
}

/// How a question about a show ended.
#[derive(Debug)]
pub enum Answered<T> {
    /// The answer.
    Answer(T),
    /// The input has errors.
    Flawed(Checked),
    /// There is no plan to answer from; never a planned one.
    NoPlan(Outcome),
    /// No back end solved the linear program; what each of them says.
    Undecided(Vec<String>),
}

/// A verified plan with its forecast.
struct Made {
    production: Production,
    /// When its conflicts are no longer looked into; `None` = all of them are.
    conflicts_until: Option<Instant>,
    threads: usize,
    checked: Checked,
    seed: u64,
    seconds: Option<f64>,
    solved: solve::Solved,
    verdict: verify::Verdict,
    forecast: forecast::Forecast,
}

/// Reads, checks, plans, verifies and forecasts a show; or says how that ended otherwise.
fn make(
    show: &Path,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Result<Made, Outcome>, read::Error> {
    make_from(show, None, request, watch)
}

/// The same from an earlier result on.
fn make_from(
    show: &Path,
    keep: Option<Keep<'_>>,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Result<Made, Outcome>, read::Error> {
    let started = Instant::now();
    let mut checked = check(show)?;
    if has_errors(&checked.issues) {
        return Ok(Err(Outcome::Flawed(checked)));
    }
    let Some(mut production) = checked.production.take() else {
        return Ok(Err(Outcome::Flawed(checked)));
    };
    let tasks = production.tasks.len();
    let conflicts_until = stages::until_conflicts_end(started, request.limit, tasks);
    if watch.stop() {
        return Ok(Err(Outcome::Stopped));
    }
    let request = &Request {
        limit: stages::time_to_plan(request.limit, started.elapsed(), tasks),
        ..*request
    };
    let options = planning::options(&mut production, request);
    let started = Instant::now();
    let solved = match &keep {
        Some(keep) => {
            production.earlier = Some(replan::earlier(&production, keep));
            let plan = replan::on_timeline(&production, keep.document);
            let value = Cents(keep.document.certificate.objective);
            let before = solve::Before { plan: &plan, value, anew: options.limit, staffing: None };
            solve::plan_from(&production, before, &options, watch)
        }
        None => planning::solve(&production, &options, watch),
    };
    let seconds = match request.limit {
        Limit::Time(_) => Some(started.elapsed().as_secs_f64()),
        Limit::Steps(_) => None,
    };
    if solved.interrupted && solved.plan.assignments.is_empty() && solved.plan.instants.is_empty() {
        return Ok(Err(Outcome::Stopped));
    }
    if let Some(causes) = planning::nothing_placed(&production, &solved.plan) {
        return Ok(Err(Outcome::NoPlan(causes)));
    }
    let verdict = match verify::plan(&production, &solved.plan).or_refuse() {
        Ok(verdict) => verdict,
        Err(refused) => return Ok(Err(Outcome::Refused(refused))),
    };
    let forecast = forecast::of(&production, &solved.plan);
    if let Err(faults) = forecast::reconcile(&forecast, &production, &solved.plan) {
        return Ok(Err(Outcome::Unreconciled(faults)));
    }
    let seed = options.seed;
    let threads = request.threads;
    Ok(Ok(Made {
        production,
        conflicts_until,
        threads,
        checked,
        seed,
        seconds,
        solved,
        verdict,
        forecast,
    }))
}
