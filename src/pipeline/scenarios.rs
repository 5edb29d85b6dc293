//! `compare`: from a show and a file of scenarios to the same measures of each.

use super::aim::{Aim, mark_dominated};
use super::levers::{Asked, QuestionError, ask, heading};
use super::measures::measures;
use super::scenario_diff::{self, Side};
use super::scenario_odds::OddsAsked;
use super::{Answered, Request};
use crate::check;
use crate::compare::{Beginning, Future, Options, Trouble, side_by_side};
use crate::model::*;
use crate::read;
use crate::result::{CompareAnswer, EditRow, PointValue, ScenarioRow, ScenarioState, ValueRow};
use crate::scenario::{Applied, Scenario};
use crate::solve::Watch;
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

/// Reads and checks a show and a file of scenarios, which may name risks of an uncertainty; or says what is wrong
/// with them.
///
/// # Errors
/// When the files cannot be read at all.
pub fn ready(
    show: &Path,
    file: &Path,
    uncertainty: Option<&Path>,
    request: &Request,
) -> Result<Result<Ready, Compared<Infallible>>, read::Error> {
    let bytes = std::fs::read(file)
        .map_err(|source| read::Error::Unreadable { path: file.to_owned(), source })?;
    let Asked { production, options } = match ask(show, request, 1)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(Err(Compared::Show(answer))),
    };
    let risks = match uncertainty {
        None => None,
        Some(file) => match uncertain(&production, file)? {
            Ok(found) => Some(found),
            Err(issues) => return Ok(Err(Compared::Scenarios(issues))),
        },
    };
    let name = file.display().to_string();
    let (scenarios, mut issues) = read::scenarios_with(&name, &bytes, &production, risks.as_ref());
    if !super::has_errors(&issues) {
        issues.extend(new_troubles(&production, &scenarios, Some(&name), options.threads));
    }
    if super::has_errors(&issues) {
        return Ok(Err(Compared::Scenarios(issues)));
    }
    Ok(Ok(Ready { production, scenarios, warnings: issues, options }))
}

fn uncertain(
    production: &Production,
    file: &Path,
) -> Result<Result<Uncertainty, Vec<Issue>>, read::Error> {
    let bytes = std::fs::read(file)
        .map_err(|source| read::Error::Unreadable { path: file.to_owned(), source })?;
    let (found, issues) = read::uncertainty(&file.display().to_string(), &bytes, production);
    Ok(found.ok_or(issues))
}

/// What the rules for data say of the production of each scenario and do not say of the one without edits: an
/// issue for each scenario and rule, at the line of the scenario.
pub(super) fn new_troubles(
    production: &Production,
    scenarios: &[Scenario],
    file: Option<&str>,
    threads: usize,
) -> Vec<Issue> {
    // What is said of a thing already may be said with other numbers.
    let key = |issue: &Issue| (issue.code.clone(), issue.severity, issue.object.clone());
    let known: BTreeSet<_> = check::production(production).iter().map(key).collect();
    let of_each = |number: usize, _: usize| {
        let scenario = &scenarios[number];
        let mut new = check::production(&scenario.applied_to(production, None));
        new.retain(|issue| !known.contains(&key(issue)));
        new.sort_by(|a, b| (&a.code, a.severity).cmp(&(&b.code, b.severity)));
        new
    };
    let new = side_by_side(scenarios.len(), threads, &|| false, &of_each);
    let mut found = Vec::new();
    for (scenario, new) in scenarios.iter().zip(new.into_iter().flatten()) {
        for of_rule in new.chunk_by(|a, b| (&a.code, a.severity) == (&b.code, b.severity)) {
            let first = &of_rule[0];
            let more = match of_rule.len() {
                1 => String::new(),
                count => format!(" (and {} like it)", count - 1),
            };
            found.push(Issue {
                object: format!("scenario {}", scenario.name),
                message: format!("makes {}: {}{more}", first.object, first.message),
                file: file.map(str::to_owned),
                line: scenario.line,
                column: scenario.line.map(|_| 1),
                ..first.clone()
            });
        }
    }
    found
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
    let beside_base = future.and_then(|future| Ok((future, beginning.base(&())?)));
    match beside_base {
        Ok((future, base)) => {
            row.measures = Some(measures(base, &future));
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
    let ready = match ready(show, file, asked.uncertainty, request)? {
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
    let done = AtomicUsize::new(0);
    // Number 0 is the production as it is: no other can be measured before it is there.
    let each = |number: usize, thread: usize| {
        let scenario = number.checked_sub(1).map_or(&nothing, |number| &scenarios[number]);
        let watch = runs.watch(thread, &scenario.name);
        let future = beginning.future(scenario, options, watch.as_ref());
        let (mut row, future) = row_of(&beginning, scenario, future);
        if let (Some(measures), Some(future), Some(odds)) = (&mut row.measures, &future, odds) {
            let beside = measures.final_cost - future.tried.efc().0;
            measures.odds = odds.of(&future.tried, beside, watch.as_ref());
        }
        if number > 0 {
            runs.done(done.fetch_add(1, Ordering::Relaxed) + 1, scenarios.len());
        }
        (row, future.filter(|_| is_kept(&scenario.name)))
    };
    let found = side_by_side(scenarios.len() + 1, options.threads, &|| runs.stop(), &each);
    if let Err(trouble) = beginning.base(runs.watch(0, AS_IT_IS).as_ref()) {
        return match trouble {
            Trouble::Stopped => None,
            trouble => Some(Err(trouble)),
        };
    }
    let mut kept = Vec::new();
    let all = std::iter::once(&nothing).chain(scenarios);
    let mut rows = all.zip(found).map(|(scenario, found)| {
        let (row, future) = found.unwrap_or_else(|| (stopped(&beginning, scenario), None));
        kept.extend(future.map(|future| (row.name.clone(), future)));
        row
    });
    let base = rows.next()?;
    let rows = rows.collect();
    Some(Ok(Planned { beginning, base, rows, kept }))
}
