//! `compare`: from a show and a file of scenarios to the same measures of each.

use super::aim::{Aim, mark_dominated};
use super::dates::{Earliest, Finishes};
use super::levers::{Asked, QuestionError, ask, bill, heading};
use super::scenario_diff::{self, Side};
use super::scenario_odds::OddsAsked;
use super::{Answered, Request};
use crate::compare::{Beginning, Future, Options, Tried, Trouble, side_by_side};
use crate::model::*;
use crate::read;
use crate::result::{
    CashLow, ChurnRow, CompareAnswer, EditRow, Measures, PeakCrew, PointValue, ScenarioAccount,
    ScenarioMilestone, ScenarioRow, ScenarioState, ValueRow,
};
use crate::scenario::{Applied, Scenario};
use crate::solve::Watch;
use crate::verify;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Values of an edit that are shown; the number of all is told.
const EXAMPLES: usize = 5;

/// How a question about many scenarios ended.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub enum Compared<T> {
    /// The answer, and what is to be warned of.
    Answer(T, Vec<Issue>),
    /// The scenarios are wrong: everything that is.
    Scenarios(Vec<Issue>),
    /// There is no plan to start from; never an answer.
    Show(Answered<Infallible>),
}

impl Compared<Infallible> {
    /// The same for any other answer.
    fn of<T>(self) -> Compared<T> {
        match self {
            Compared::Answer(never, _) => match never {},
            Compared::Scenarios(issues) => Compared::Scenarios(issues),
            Compared::Show(answered) => Compared::Show(answered),
        }
    }
}

/// What is asked about the scenarios of a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Comparison<'a> {
    /// What to rank them for: "cheapest that meets NAME by DATE" and the like.
    pub aim: Option<&'a str>,
    /// Draws of each scenario, where the aim asks for odds.
    pub draws: u32,
    /// The uncertainty of these; none = usual in the trade.
    pub uncertainty: Option<&'a Path>,
    /// Two of them whose differences are told; "as it is" is the production without edits.
    pub diff: Option<(&'a str, &'a str)>,
}

/// Somebody who watches many runs.
pub trait Runs: Sync {
    /// Somebody who watches the run of one scenario on one thread.
    fn watch<'a>(&'a self, thread: usize, name: &'a str) -> Box<dyn Watch + 'a>;
    /// Hears that so many of all are done.
    fn done(&self, done: usize, all: usize);
    /// Whether no further scenario should be begun.
    fn stop(&self) -> bool;
}

/// Nobody watches.
impl Runs for () {
    fn watch<'a>(&'a self, _: usize, _: &'a str) -> Box<dyn Watch + 'a> {
        Box::new(())
    }
    fn done(&self, _: usize, _: usize) {}
    fn stop(&self) -> bool {
        false
    }
}

/// A show and its scenarios, read and checked: everything that is needed to plan them, one by one or
/// together, here or elsewhere.
#[derive(Debug)]
pub struct Ready {
    /// The production as it is.
    pub production: Production,
    /// The scenarios of the file, sweeps written out.
    pub scenarios: Vec<Scenario>,
    /// Warnings about the scenarios.
    pub warnings: Vec<Issue>,
    /// How each is planned.
    pub options: Options,
}

/// Reads and checks a show and a file of scenarios; or says what is wrong with them.
///
/// # Errors
/// When the files cannot be read at all.
pub fn ready(
    show: &Path,
    file: &Path,
    request: &Request,
) -> Result<Result<Ready, Compared<Infallible>>, read::Error> {
    let bytes = std::fs::read(file)
        .map_err(|source| read::Error::Unreadable { path: file.to_owned(), source })?;
    let Asked { production, options } = match ask(show, request, 1)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(Err(Compared::Show(answer))),
    };
    let (scenarios, issues) = read::scenarios(&file.display().to_string(), &bytes, &production);
    if super::has_errors(&issues) {
        return Ok(Err(Compared::Scenarios(issues)));
    }
    Ok(Ok(Ready { production, scenarios, warnings: issues, options }))
}

/// Plans one scenario from the plan that all start from, and measures it. The same scenario and options
/// give the same row, whatever others there are; with a limit of steps, on any machine.
pub fn scenario_row(
    beginning: &Beginning,
    scenario: &Scenario,
    options: &Options,
    watch: &dyn Watch,
) -> ScenarioRow {
    row_of(beginning, scenario, beginning.future(scenario, options, watch)).0
}

/// The row of a scenario, with its plan where there is one.
pub(super) fn row_of(
    beginning: &Beginning,
    scenario: &Scenario,
    future: Result<Future, Trouble>,
) -> (ScenarioRow, Option<Future>) {
    let mut row = ScenarioRow {
        name: scenario.name.clone(),
        description: scenario.description.clone(),
        point: scenario
            .point
            .iter()
            .map(|(param, value)| PointValue { param: param.clone(), value: value.clone() })
            .collect(),
        edits: edits(beginning, scenario),
        state: ScenarioState::Planned,
        problems: Vec::new(),
        measures: None,
        dominated_by: None,
        meets_aim: None,
        rank: None,
    };
    match future {
        Ok(future) => {
            row.measures = Some(measures(beginning, &future));
            return (row, Some(future));
        }
        Err(Trouble::Stopped) => row.state = ScenarioState::Stopped,
        Err(Trouble::Refused(refused)) => {
            row.state = ScenarioState::Failed;
            let shown = refused.violations.iter().take(EXAMPLES);
            row.problems = shown.map(|violation| violation.to_string()).collect();
        }
        Err(Trouble::Unreconciled(faults)) => {
            row.state = ScenarioState::Failed;
            row.problems = faults;
        }
    }
    (row, None)
}

/// The row of a scenario that was not begun.
fn stopped(beginning: &Beginning, scenario: &Scenario) -> ScenarioRow {
    row_of(beginning, scenario, Err(Trouble::Stopped)).0
}

fn edits(beginning: &Beginning, scenario: &Scenario) -> Vec<EditRow> {
    let applied = Applied::new(&beginning.production, Some(&beginning.plan), scenario);
    let told = applied.differences();
    let rows = scenario.edits.iter().zip(told);
    rows.map(|(edit, values)| EditRow {
        op: edit.op.to_owned(),
        text: edit.text.clone(),
        values: values.len() as u32,
        examples: values
            .into_iter()
            .take(EXAMPLES)
            .map(|row| ValueRow {
                object: row.object,
                field: row.field.to_owned(),
                before: row.before,
                after: row.after,
            })
            .collect(),
    })
    .collect()
}

fn measures(beginning: &Beginning, future: &Future) -> Measures {
    let tried = &future.tried;
    let production = &tried.production;
    let solved = &tried.solved;
    let forecast = &tried.forecast;
    let timeline = production.timeline();
    let finishes = Finishes::of(production, &solved.plan);
    let mut earliest = Earliest::default();
    for (id, slot) in production.milestones.ids().zip(&solved.earliest.milestones) {
        earliest.milestones.extend(slot.map(|slot| (id, timeline.finish_date(slot))));
    }
    let late = |slack: Option<i64>, unplaced: u32, due: Date| match slack {
        Some(slack) => (-slack).max(0) as u32,
        None if unplaced > 0 => {
            let days = crate::model::days_between(due, timeline.last());
            // Five working days in seven.
            (days.max(0) * 5 / 7) as u32
        }
        None => 0,
    };
    let milestones: Vec<ScenarioMilestone> = finishes
        .milestones(&earliest, |_| Vec::new())
        .into_iter()
        .map(|row| ScenarioMilestone {
            days_late: late(row.slack_days, row.unplaced, row.due),
            id: row.id,
            show: row.show,
            due: row.due,
            planned: row.planned,
            done: row.done,
            hard: row.hard,
            earliest_possible: row.earliest_possible,
        })
        .collect();
    let (_, items) = finishes.late(&earliest);
    let is_late = |row: &&ScenarioMilestone| row.days_late > 0;
    let verdict = verify::plan(production, &solved.plan);
    let broken = verdict.broken.iter().map(|row| row.rule.clone());
    let objective = solved.objective.total(production.settings.mode);
    let accounts = forecast.report.iter().filter(|row| row.efc() != Cents::ZERO || row.budgeted);
    let account = |row: &crate::forecast::ReportRow| {
        let about = row.account.map(|id| &production.accounts[id]);
        ScenarioAccount {
            account: about.map_or(String::new(), |about| about.code.clone()),
            description: about.map_or(String::new(), |about| about.name.clone()),
            revenue: row.revenue,
            budget: row.current_budget().0,
            efc: row.efc().0,
        }
    };
    let money_in = forecast.report.iter().filter(|row| row.revenue).map(|row| row.efc());
    Measures {
        finish: finishes.finish(),
        milestones_late: milestones.iter().filter(is_late).count() as u32,
        milestone_days_late: milestones.iter().map(|row| u64::from(row.days_late)).sum(),
        items_late: items.len() as u32,
        item_days_late: items.iter().map(|row| u64::from(row.days_late)).sum(),
        unplaced: solved.plan.unplaced.iter().filter(|row| row.1 != Unplaced::OnHold).count()
            as u32,
        broken_rules: broken.collect(),
        final_cost: (beginning.base.efc() + future.bill.total()).0,
        cost: bill(&future.bill),
        revenue: money_in.sum::<Cents>().0,
        budget: forecast.total.current_budget().0,
        accounts: accounts.map(account).collect(),
        cash_low: forecast
            .cash
            .lowest
            .and_then(|at| forecast.cash.weeks.get(at))
            .map(|week| CashLow { week: week.week, balance: week.balance.0 }),
        peak_crew: peak_crew(tried),
        overtime_minutes: solved.plan.overtime.iter().map(|row| i64::from(row.minutes)).sum(),
        churn: churn(&beginning.base, tried),
        objective: objective.0,
        lower_bound: solved.lower_bound.0,
        bound_from: solved.bound_from.to_owned(),
        gap: match objective.0 {
            value if value > 0 => {
                Cents(value - solved.lower_bound.0).times(10_000, value).0.clamp(0, 10_000)
            }
            _ => 0,
        },
        steps: solved.steps,
        odds: None,
        milestones,
    }
}

/// Most artists with work in one week.
fn peak_crew(tried: &Tried) -> PeakCrew {
    let timeline = tried.production.timeline();
    let mut weeks: Vec<BTreeSet<PersonId>> = vec![BTreeSet::new(); timeline.weeks() as usize];
    for part in &tried.solved.plan.assignments {
        let Worker::Person(person) = part.worker else { continue };
        let first = timeline.week(timeline.day_of_start(part.start()));
        let last = timeline.week(timeline.day_of_end(part.end()));
        for week in first..=last {
            if let Some(week) = weeks.get_mut(week as usize) {
                week.insert(person);
            }
        }
    }
    let most = weeks.iter().map(BTreeSet::len).max().unwrap_or(0);
    let week = weeks.iter().position(|week| week.len() == most && most > 0);
    PeakCrew { artists: most as u32, week: week.map(|week| timeline.monday(week as u32)) }
}

/// Where a task is in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub start: Slot,
    pub end: Slot,
    pub workers: BTreeSet<Worker>,
}

/// Where the tasks of a plan are.
pub(super) fn places(production: &Production, plan: &Plan) -> Keyed<TaskId, Option<Place>> {
    let mut places: Keyed<TaskId, Option<Place>> = Keyed::filled(None, production.tasks.len());
    for part in &plan.assignments {
        let (start, end) = (part.start(), part.end());
        let place =
            places[part.task].get_or_insert_with(|| Place { start, end, workers: BTreeSet::new() });
        place.start = place.start.min(start);
        place.end = place.end.max(end);
        place.workers.insert(part.worker);
    }
    places
}

fn churn(base: &Tried, tried: &Tried) -> ChurnRow {
    let before = places(&base.production, &base.solved.plan);
    let after = places(&tried.production, &tried.solved.plan);
    let (old, new) = (base.production.timeline(), tried.production.timeline());
    let mut churn = ChurnRow::default();
    for (id, after) in after.enumerate() {
        match (before.get(id).and_then(Option::as_ref), after) {
            (Some(was), Some(is)) => {
                churn.tasks += 1;
                churn.moved += u32::from(old.start_date(was.start) != new.start_date(is.start));
                churn.people_changed += u32::from(was.workers != is.workers);
            }
            (Some(_), None) => churn.gone += 1,
            (None, Some(_)) => churn.added += 1,
            (None, None) => {}
        }
    }
    churn
}

/// The name of the production without edits.
pub(super) const AS_IT_IS: &str = "as it is";

/// Plans all scenarios of a file side by side on `request.threads` threads, each on one of them.
///
/// # Errors
/// When the files cannot be read at all, or the question means nothing for the show.
pub fn compare(
    show: &Path,
    file: &Path,
    asked: &Comparison<'_>,
    request: &Request,
    runs: &dyn Runs,
) -> Result<Compared<CompareAnswer>, QuestionError> {
    let ready = match ready(show, file, request)? {
        Ok(ready) => ready,
        Err(compared) => return Ok(compared.of()),
    };
    let aim = asked.aim.map(|text| Aim::new(text, &ready.production));
    let aim = aim.transpose().map_err(QuestionError::Call)?;
    for name in asked.diff.into_iter().flat_map(|(a, b)| [a, b]) {
        let names = ready.scenarios.iter().map(|row| row.name.as_str()).chain([AS_IT_IS]);
        if !names.clone().any(|known| known == name) {
            let near = read::nearest(name, names)
                .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return Err(QuestionError::Call(format!("there is no scenario `{name}`{near}")));
        }
    }
    let odds = match aim.as_ref().and_then(|aim| aim.confidence) {
        None => None,
        Some(confidence) => {
            match OddsAsked::new(&ready.production, confidence, asked.draws, asked.uncertainty)? {
                Ok(odds) => Some(odds),
                Err(issues) => return Ok(Compared::Scenarios(issues)),
            }
        }
    };
    let Some(found) = planned(&ready, asked.diff, odds.as_ref(), runs) else {
        return Ok(Compared::Show(Answered::NoPlan(super::Outcome::Stopped)));
    };
    let Planned { beginning, mut base, mut rows, kept } = match found {
        Ok(found) => found,
        Err(trouble) => return Ok(Compared::Show(super::levers::no_plan(trouble))),
    };
    let mut all: Vec<&mut ScenarioRow> = std::iter::once(&mut base).chain(&mut rows).collect();
    mark_dominated(&mut all);
    if let Some(aim) = &aim {
        aim.rank(&mut all);
    }
    let diff = asked.diff.and_then(|(a, b)| {
        let side = |name: &str| {
            let row = rows.iter().find(|row| row.name == name);
            let row = if name == AS_IT_IS { Some(&base) } else { row };
            let future = kept.iter().find(|(known, _)| known == name);
            Some(Side { row: row?, tried: &future?.1.tried })
        };
        Some(scenario_diff::diff(&side(a)?, &side(b)?))
    });
    let is_stopped = |row: &&ScenarioRow| row.state == ScenarioState::Stopped;
    let answer = CompareAnswer {
        heading: heading(&ready.production, ready.options.mode),
        aim: aim.map(|aim| aim.text),
        first_objective: beginning.objective.0,
        stopped: rows.iter().filter(is_stopped).count() as u32,
        base,
        scenarios: rows,
        diff,
    };
    Ok(Compared::Answer(answer, ready.warnings))
}

/// Scenarios that were planned.
pub(super) struct Planned {
    pub beginning: Beginning,
    pub base: ScenarioRow,
    /// In the order of the scenarios.
    pub rows: Vec<ScenarioRow>,
    /// Plans that were asked for, by name.
    pub kept: Vec<(String, Future)>,
}

/// Plans scenarios side by side, and keeps the plans of the two that are named. `None` when somebody
/// stopped it before there was a plan to start from.
pub(super) fn planned(
    ready: &Ready,
    keep: Option<(&str, &str)>,
    odds: Option<&OddsAsked>,
    runs: &dyn Runs,
) -> Option<Result<Planned, Trouble>> {
    let Ready { production, scenarios, options, .. } = ready;
    runs.done(0, scenarios.len());
    let beginning = Beginning::new(production, options, runs.watch(0, AS_IT_IS).as_ref());
    let beginning = match beginning {
        Ok(beginning) => beginning,
        Err(Trouble::Stopped) => return None,
        Err(trouble) => return Some(Err(trouble)),
    };
    let is_kept = |name: &str| keep.is_some_and(|(a, b)| name == a || name == b);
    let nothing = Scenario { name: AS_IT_IS.to_owned(), ..Scenario::default() };
    let base = beginning.future(&nothing, options, &());
    let (mut base, future) = row_of(&beginning, &nothing, base);
    let drawn = |row: &mut ScenarioRow, future: Option<&Future>, watch: &dyn Watch| {
        if let (Some(measures), Some(future), Some(odds)) = (&mut row.measures, future, odds) {
            let beside = measures.final_cost - future.tried.efc().0;
            measures.odds = odds.of(&future.tried, beside, watch);
        }
    };
    drawn(&mut base, future.as_ref(), &());
    let mut kept = Vec::new();
    kept.extend(future.filter(|_| is_kept(AS_IT_IS)).map(|future| (AS_IT_IS.to_owned(), future)));
    let done = AtomicUsize::new(0);
    let each = |number: usize, thread: usize| {
        let scenario = &scenarios[number];
        let watch = runs.watch(thread, &scenario.name);
        let future = beginning.future(scenario, options, watch.as_ref());
        let (mut row, future) = row_of(&beginning, scenario, future);
        drawn(&mut row, future.as_ref(), watch.as_ref());
        runs.done(done.fetch_add(1, Ordering::Relaxed) + 1, scenarios.len());
        (row, future.filter(|_| is_kept(&scenario.name)))
    };
    let found = side_by_side(scenarios.len(), options.threads, &|| runs.stop(), &each);
    let mut rows = Vec::with_capacity(scenarios.len());
    for (found, scenario) in found.into_iter().zip(scenarios) {
        let (row, future) = found.unwrap_or_else(|| (stopped(&beginning, scenario), None));
        kept.extend(future.map(|future| (row.name.clone(), future)));
        rows.push(row);
    }
    Some(Ok(Planned { beginning, base, rows, kept }))
}
