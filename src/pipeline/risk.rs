//! `risk` and `learn`: from files to odds, and from finished work to an uncertainty.

use super::levers::{QuestionError, heading, milestone, no_plan};
use super::{Answered, Outcome, Request, check, has_errors, judge, planning};
use crate::compare::Trouble;
use crate::model::*;
use crate::read::words::{self, word_of};
use crate::result::*;
use crate::risk::{self, Driver, Finished, Learned, Odds, Policy, Quantiles};
use crate::solve::Watch;
use crate::{forecast, read, verify};
use std::path::{Path, PathBuf};

/// What `risk` is asked.
#[derive(Clone, Debug)]
pub struct RiskQuestion {
    /// The uncertainty; none = usual in the trade.
    pub uncertainty: Option<PathBuf>,
    /// A saved result or a table of a plan; none = the show is planned.
    pub plan: Option<PathBuf>,
    /// Milestone, sequence or shot that drivers are about; none = the last final delivery.
    pub milestone: Option<String>,
    /// Draws at most.
    pub draws: u32,
    /// Who does the work when dates move.
    pub policy: Policy,
    /// Level of contingency and headlines.
    pub confidence: f64,
    /// Stop when all is known within so much.
    pub precision: Option<f64>,
}

/// How it ended.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub enum RiskEnd {
    /// The uncertainty or the plan cannot be understood: everything that is wrong with it.
    File(Vec<Issue>),
    /// The plan breaks rules of the show.
    BrokenPlan(Vec<String>),
    /// As any other question.
    Show(Answered<RiskAnswer>),
}

/// The date by which what has no milestone of its own is promised: the last due date in it, else the end of
/// its show, else the last day that can be planned.
fn promise(production: &mut Production, id: MilestoneId) {
    let row = &production.milestones[id];
    let inside = |entity: Entity| row.contents.iter().any(|&own| production.contains(own, entity));
    let shots = production.shots.enumerate().filter(|(shot, _)| inside(Entity::Shot(*shot)));
    let assets = production.assets.enumerate().filter(|(asset, _)| inside(Entity::Asset(*asset)));
    let dues = shots.filter_map(|(_, shot)| shot.due);
    let due = dues.chain(assets.filter_map(|(_, asset)| asset.due)).max();
    let due = due.or(production.shows[row.show].end);
    production.milestones[id].date = due.unwrap_or(production.settings.horizon_end);
}

fn bytes(path: &Path) -> Result<Vec<u8>, read::Error> {
    std::fs::read(path).map_err(|source| read::Error::Unreadable { path: path.to_owned(), source })
}

/// Reads and checks a show and its uncertainty, plans it or takes a plan, and draws.
///
/// # Errors
/// When files cannot be read, or the show has no such milestone.
pub fn risk(
    show: &Path,
    question: &RiskQuestion,
    request: &Request,
    watch: &dyn Watch,
) -> Result<RiskEnd, QuestionError> {
    let mut checked = check(show)?;
    let mut production = match checked.production.take() {
        Some(production) if !has_errors(&checked.issues) => production,
        _ => return Ok(RiskEnd::Show(Answered::Flawed(checked))),
    };
    // Before any planning: what is wrong with the file is told at once.
    let uncertainty = match &question.uncertainty {
        None => Uncertainty::usual(&production),
        Some(file) => {
            let name = file.display().to_string();
            match read::uncertainty(&name, &bytes(file)?, &production) {
                (Some(found), _) => found,
                (None, issues) => return Ok(RiskEnd::File(issues)),
            }
        }
    };
    // A saved plan is judged in the mode it was made in.
    let saved = question.plan.as_deref().and_then(judge::saved_result);
    let of_plan = saved.as_ref().and_then(judge::mode_of);
    let request = &Request { mode: of_plan.or(request.mode), ..*request };
    let options = planning::options(&mut production, request);
    let known = production.milestones.len();
    let target = milestone(&mut production, question.milestone.as_deref())?;
    if target.index() >= known {
        promise(&mut production, target);
    }
    let plan = match &question.plan {
        None => {
            let solved = planning::solve(&production, &options, watch);
            if solved.interrupted && solved.plan.assignments.is_empty() {
                return Ok(RiskEnd::Show(Answered::NoPlan(Outcome::Stopped)));
            }
            if let Some(causes) = planning::nothing_placed(&production, &solved.plan) {
                return Ok(RiskEnd::Show(Answered::NoPlan(Outcome::NoPlan(causes))));
            }
            if let Err(refused) = verify::plan(&production, &solved.plan).or_refuse() {
                return Ok(RiskEnd::Show(no_plan(Trouble::Refused(refused))));
            }
            solved.plan
        }
        Some(file) => {
            let (plan, issues) = read::plan(file, &production)?;
            if has_errors(&issues) {
                return Ok(RiskEnd::File(issues));
            }
            let verdict = verify::plan(&production, &plan);
            if !verdict.is_valid() {
                let told = verdict.violations.iter().map(|row| row.to_string());
                return Ok(RiskEnd::BrokenPlan(told.collect()));
            }
            plan
        }
    };
    let forecast = forecast::of(&production, &plan);
    if let Err(faults) = forecast::reconcile(&forecast, &production, &plan) {
        return Ok(RiskEnd::Show(no_plan(Trouble::Unreconciled(faults))));
    }
    let how = risk::Options {
        draws: question.draws,
        seed: options.seed,
        threads: options.threads,
        policy: question.policy,
        confidence: question.confidence,
        precision: question.precision,
        mode: options.mode,
        target,
    };
    let Some(odds) = risk::odds(&production, &plan, &forecast, &uncertainty, &how, watch) else {
        return Ok(RiskEnd::Show(Answered::NoPlan(Outcome::Stopped)));
    };
    let answer = answer(&production, &uncertainty, &odds, &how);
    Ok(RiskEnd::Show(Answered::Answer(answer)))
}

fn probability(share: risk::Share) -> Probability {
    Probability { value: six(share.value), error: six(share.error) }
}

/// Figures are read, not added: six places, which survive being written and read.
fn six(value: f64) -> f64 {
    if value.is_finite() { (value * 1e6).round() / 1e6 } else { 0.0 }
}

fn money_levels(spread: &Quantiles) -> Vec<MoneyLevel> {
    let level = |&(level, amount, error): &(f64, i64, f64)| MoneyLevel { level, amount, error };
    spread.levels.iter().map(level).collect()
}

fn answer(
    production: &Production,
    uncertainty: &Uncertainty,
    odds: &Odds,
    how: &risk::Options,
) -> RiskAnswer {
    let milestone = |row: &risk::MilestoneOdds| {
        let own = &production.milestones[row.milestone];
        let levels = row.levels.iter();
        RiskMilestone {
            id: own.code.clone(),
            name: own.name.clone(),
            due: own.date,
            planned: row.planned,
            on_time: probability(row.on_time),
            levels: levels.map(|&(level, date, error)| DateLevel { level, date, error }).collect(),
            contingency_days: row.contingency,
            curve: row
                .by_day
                .iter()
                .map(|&(date, share)| DayShare { date, share: six(share) })
                .collect(),
        }
    };
    let cost = &odds.cost;
    let driver = |row: &risk::CauseOdds| {
        let Driver { share, error, swing } = row.days;
        RiskDriver {
            name: row.name.clone(),
            days_share: six(share),
            days_error: six(error),
            days_swing: six(swing),
            money_share: six(row.money.share),
            money_error: six(row.money.error),
            money_swing: row.money.swing.round(),
        }
    };
    let task = |row: &risk::TaskRisk| {
        let own = &production.tasks[row.task];
        RiskTask {
            task: own.code.clone(),
            department: production.departments[own.department].code.clone(),
            criticality: six(row.criticality),
            cruciality: six(row.cruciality),
            sensitivity: six(row.sensitivity),
        }
    };
    let mitigation = |row: &risk::MitigationOdds| RiskMitigation {
        name: row.name.clone(),
        price: row.price,
        on_time_before: probability(row.on_time.0),
        on_time_after: probability(row.on_time.1),
        date_before: row.date.map(|dates| dates.0),
        date_after: row.date.map(|dates| dates.1),
        days: six(row.days.0),
        days_error: six(row.days.1),
        mean_cost_before: row.mean_cost.0.round(),
        mean_cost_after: row.mean_cost.1.round(),
        cost_before: row.cost.0,
        cost_after: row.cost.1,
    };
    RiskAnswer {
        heading: heading(production, how.mode),
        draws: odds.draws as u32,
        draws_asked: how.draws,
        seed: how.seed,
        policy: match how.policy {
            Policy::FixedOrder => "fixed-order",
            Policy::Replan => "replan",
        }
        .to_owned(),
        confidence: how.confidence,
        target: production.milestones[how.target].code.clone(),
        milestones: odds.milestones.iter().map(milestone).collect(),
        all_on_time: probability(odds.all_on_time),
        all_on_time_on_budget: probability(odds.all),
        cost: RiskCost {
            planned: cost.planned,
            mean: cost.spread.mean.round(),
            mean_error: cost.spread.mean_error.round(),
            sd: cost.spread.sd.round(),
            levels: money_levels(&cost.spread),
            budget: cost.budget.map(|(budget, _)| budget),
            on_budget: cost.budget.map(|(_, share)| probability(share)),
            contingency: cost.contingency,
            beyond_budget: cost
                .budget
                .map(|(budget, _)| cost.spread.at(how.confidence).saturating_sub(budget)),
            curve: cost
                .curve
                .iter()
                .map(|&(amount, share)| MoneyShare { amount, share: six(share) })
                .collect(),
        },
        lowest_cash: RiskCash { planned: cost.planned_lowest, levels: money_levels(&cost.lowest) },
        drivers: odds.causes.iter().map(driver).collect(),
        tasks: odds.tasks.iter().map(task).collect(),
        departments: odds
            .departments
            .iter()
            .map(|row| RiskDepartment {
                department: production.departments[row.department].code.clone(),
                criticality: six(row.criticality),
                highest: six(row.highest),
            })
            .collect(),
        mitigations: odds.mitigations.iter().map(mitigation).collect(),
        finals: odds
            .fan
            .iter()
            .map(|row| RiskWeek {
                week: row.week,
                planned: row.planned,
                p10: row.finals[0],
                p50: row.finals[1],
                p90: row.finals[2],
            })
            .collect(),
        assumed: uncertainty.assumed.clone(),
        draws_beyond: odds.beyond as u32,
        moved: odds.moved.iter().map(|&task| production.tasks[task].code.clone()).collect(),
        interrupted: odds.interrupted,
    }
}

/// How learning ended.
#[derive(Debug)]
pub enum LearnEnd {
    /// The history cannot be understood: everything that is wrong with it.
    Flawed(Vec<Issue>),
    /// What was learned.
    Learned(Box<LearnedAnswer>),
}

/// Learns from a table (CSV, or a sheet of a workbook) or from the finished tasks of a show.
///
/// # Errors
/// When the files cannot be read at all.
pub fn learn(history: &Path, sheet: Option<&str>) -> Result<LearnEnd, QuestionError> {
    let ending = history.extension().map(|ending| ending.to_ascii_lowercase());
    let is_table = history.is_file() && ending.as_ref().is_some_and(|ending| ending != "json");
    let tasks: Vec<Finished> = if is_table {
        let mut content = bytes(history)?;
        if ending.is_some_and(|ending| ending == "xlsx") {
            let found = read::sheet(&content, sheet).map_err(QuestionError::Call)?;
            content = found.text.into_bytes();
        }
        let (rows, issues) = read::history(&history.display().to_string(), &content);
        if !issues.is_empty() {
            return Ok(LearnEnd::Flawed(issues));
        }
        let finished = |row: read::HistoryRow| Finished {
            department: row.department,
            class: row.class,
            seniority: row.seniority,
            bid: row.bid,
            actual: row.actual,
        };
        rows.into_iter().map(finished).collect()
    } else {
        let checked = check(history)?;
        let production = match checked.production {
            Some(production) if !has_errors(&checked.issues) => production,
            _ => return Ok(LearnEnd::Flawed(checked.issues)),
        };
        risk::finished_of(&production)
    };
    if tasks.is_empty() {
        let message = "no task is finished with a bid and logged time".to_owned();
        return Err(QuestionError::Call(message));
    }
    let learned = risk::learn(&tasks);
    Ok(LearnEnd::Learned(Box::new(learned_answer(&tasks, &learned))))
}

fn learned_answer(tasks: &[Finished], learned: &Learned) -> LearnedAnswer {
    let row = |row: &risk::LearnedRow| SpreadRow {
        department: row.department.clone().filter(|code| !code.is_empty()),
        class: row.class.map(|own| word_of(words::CLASSES, own).to_owned()),
        level: row.seniority.map(|own| word_of(words::SENIORITIES, own).to_owned()),
        tasks: row.tasks as u32,
        raw_median: six(row.raw_median),
        median: six(row.median),
        raw_sigma: row.raw_sigma.map(six),
        sigma: six(row.sigma),
    };
    let mut rows: Vec<SpreadRow> = learned.rows.iter().map(row).collect();
    // A table without departments has one group, not two of the same.
    if learned.rows.iter().skip(1).any(|row| row.department.as_deref() == Some("")) {
        let unnamed = |at: usize| learned.rows[at].department.as_deref() == Some("");
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            !unnamed(at - 1)
        });
    }
    let coverage = learned.coverage;
    LearnedAnswer {
        tasks: tasks.len() as u32,
        rows,
        held_out: coverage.tasks as u32,
        inside_80: six(coverage.inside_80),
        inside_50: six(coverage.inside_50),
        below_p80: six(coverage.below_p80),
    }
}
