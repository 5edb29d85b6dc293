//! One item planned: its row, and the document where there is a plan.

use super::Item;
use super::beginnings::{Began, Beginnings};
use super::item::program;
use crate::compare;
use crate::model::{Issue, Severity};
use crate::pipeline::{self, Checked, Outcome, Planned, Ready};
use crate::read;
use crate::result::{
    Document, ItemIssue, ItemRow, ItemStatus, ScenarioMilestone, ScenarioRow, ScenarioState,
};
use crate::solve::Watch;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Errors of an item that its row names.
const MOST_ISSUES: usize = 20;

/// What is said of a panic.
const FAULT: &str = "the program met a fault of its own; please report it with the show";

/// What came of an item.
pub(super) struct Done {
    pub row: ItemRow,
    pub document: Option<Document>,
}

/// Plans an item on one thread. `None` when it was stopped before it was done: what it had found by
/// then is not what the item stands for.
pub(super) fn plan(item: &Item, beginnings: &Beginnings, watch: &dyn Watch) -> Option<Done> {
    if let (Some(file), Some(name)) = (&item.scenarios, &item.scenario) {
        return scenario(item, file, name, beginnings, watch);
    }
    // One item's fault is not the end of the others.
    let planned =
        catch_unwind(AssertUnwindSafe(|| pipeline::plan(&item.path, &item.request(), watch)));
    let row = empty(item);
    let done = |row| Some(Done { row, document: None });
    let outcome = match planned {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => return done(unreadable(item, &error)),
        Err(_) => return done(failed(row, FAULT.to_owned())),
    };
    match outcome {
        Outcome::Planned(planned) if planned.interrupted => None,
        Outcome::Planned(planned) => Some(planned_row(item, row, *planned)),
        Outcome::Stopped => None,
        Outcome::Flawed(checked) => done(flawed(item, row, &checked)),
        Outcome::NoPlan(causes) => {
            let message = Some(causes.join("; "));
            done(hashed(item, ItemRow { status: ItemStatus::NoPlan, message, ..row }))
        }
        Outcome::Refused(refused) => {
            let found: Vec<String> =
                refused.violations.iter().take(5).map(ToString::to_string).collect();
            let why = format!("refused by the independent check: {}", found.join("; "));
            done(failed(row, why))
        }
        Outcome::Unreconciled(faults) => {
            done(failed(row, format!("plan and money do not agree: {}", faults.join("; "))))
        }
    }
}

/// The row of an item whose show cannot be read at all.
pub(super) fn unreadable(item: &Item, error: &read::Error) -> ItemRow {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    let message = Some(named(item, &format!("{error}{}", cause.unwrap_or_default())));
    ItemRow { status: ItemStatus::Unreadable, message, ..empty(item) }
}

fn empty(item: &Item) -> ItemRow {
    ItemRow {
        name: item.name.clone(),
        show: item.show.clone(),
        scenario: item.scenario.clone(),
        status: ItemStatus::Failed,
        message: None,
        mode: item.options.mode.map(|mode| mode.word().to_owned()),
        seed: item.options.seed,
        as_of: None,
        delivers: None,
        finish: None,
        milestones: None,
        milestones_late: None,
        deliverables: None,
        deliverables_late: None,
        worst_late_days: None,
        unplaced: None,
        currency: None,
        currency_decimals: None,
        efc: None,
        budget: None,
        variance: None,
        planned_minutes: None,
        objective: None,
        lower_bound: None,
        gap: None,
        steps: None,
        seconds: None,
        conflicts: None,
        errors: 0,
        warnings: 0,
        issues: Vec::new(),
        measures: None,
        input_hash: String::new(),
        item_hash: String::new(),
        program: program().to_owned(),
    }
}

/// A fault of the program leaves no hash: the item is tried again.
fn failed(row: ItemRow, why: String) -> ItemRow {
    ItemRow { status: ItemStatus::Failed, message: Some(why), ..row }
}

/// With the hashes of what was read now.
fn hashed(item: &Item, row: ItemRow) -> ItemRow {
    match item.input_hash() {
        Ok(input_hash) => {
            let item_hash = item.hash(&input_hash);
            ItemRow { input_hash, item_hash, ..row }
        }
        Err(_) => row,
    }
}

fn flawed(item: &Item, row: ItemRow, checked: &Checked) -> ItemRow {
    let (errors, warnings) = count(&checked.issues);
    ItemRow {
        status: ItemStatus::Flawed,
        errors,
        warnings,
        issues: wrong(item, &checked.issues),
        item_hash: item.hash(&checked.input_hash),
        input_hash: checked.input_hash.clone(),
        ..row
    }
}

fn wrong(item: &Item, issues: &[Issue]) -> Vec<ItemIssue> {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
    errors.take(MOST_ISSUES).map(|wrong| issue(item, wrong)).collect()
}

/// One scenario of a show, from the plan that all scenarios of its file start from.
fn scenario(
    item: &Item,
    file: &Path,
    name: &str,
    beginnings: &Beginnings,
    watch: &dyn Watch,
) -> Option<Done> {
    let planned = catch_unwind(AssertUnwindSafe(|| {
        let row = empty(item);
        match &*beginnings.of(item, file, watch)? {
            Began::Ready(ready, beginning) => {
                let wanted = ready.scenarios.iter().find(|scenario| scenario.name == name);
                let Some(scenario) = wanted else {
                    let message = Some(format!("the file of scenarios has no `{name}`"));
                    return Some(ItemRow { status: ItemStatus::Flawed, message, errors: 1, ..row });
                };
                let options = compare::Options { threads: 1, ..ready.options };
                let found = pipeline::scenario_row(beginning, scenario, &options, watch);
                measured(ready, found, row)
            }
            Began::Flawed(issues) => {
                let (errors, warnings) = count(issues);
                let issues = wrong(item, issues);
                Some(ItemRow { status: ItemStatus::Flawed, errors, warnings, issues, ..row })
            }
            Began::NoPlan(why) => {
                Some(ItemRow { status: ItemStatus::NoPlan, message: Some(why.clone()), ..row })
            }
            Began::Unreadable(error) => Some(unreadable(item, error)),
        }
    }));
    let row = match planned {
        // Without a hash it is tried again.
        Ok(Some(row)) if row.status >= ItemStatus::Failed => row,
        Ok(Some(row)) => hashed(item, row),
        Ok(None) => return None,
        Err(_) => failed(empty(item), FAULT.to_owned()),
    };
    Some(Done { row, document: None })
}

/// The row of a planned scenario; `None` when it was stopped.
fn measured(ready: &Ready, found: ScenarioRow, row: ItemRow) -> Option<ItemRow> {
    let Some(measures) = found.measures else {
        let why = found.problems.join("; ");
        return (found.state != ScenarioState::Stopped).then(|| failed(row, why));
    };
    let late = |milestone: &ScenarioMilestone| milestone.days_late;
    let worst = measures.milestones.iter().map(late).max().unwrap_or(0);
    let settings = &ready.production.settings;
    let is_clash = !measures.broken_rules.is_empty();
    let is_late = measures.milestones_late > 0 || measures.items_late > 0;
    let whole = |number: usize| u32::try_from(number).ok();
    // A show without a budget has none to differ from.
    let budget = (measures.budget != 0).then_some(measures.budget);
    Some(ItemRow {
        status: if is_clash { ItemStatus::Clash } else { ItemStatus::Planned },
        mode: Some(ready.options.mode.word().to_owned()),
        seed: Some(ready.options.seed),
        as_of: Some(settings.as_of),
        delivers: Some(!is_late && measures.unplaced == 0),
        finish: measures.finish,
        milestones: whole(measures.milestones.len()),
        milestones_late: Some(measures.milestones_late),
        deliverables_late: Some(measures.items_late),
        worst_late_days: Some(worst),
        unplaced: Some(measures.unplaced),
        currency: Some(settings.currency.code().to_owned()),
        currency_decimals: Some(settings.currency.decimals()),
        efc: Some(measures.final_cost),
        budget,
        variance: budget.map(|budget| budget.saturating_sub(measures.final_cost)),
        objective: Some(measures.objective),
        lower_bound: Some(measures.lower_bound),
        gap: Some(measures.gap),
        steps: Some(measures.steps),
        conflicts: whole(measures.broken_rules.len()),
        measures: Some(measures),
        ..row
    })
}

/// A text with the show as the list names it: where it lies differs between machines.
fn named(item: &Item, text: &str) -> String {
    let path = item.path.display().to_string();
    text.replace(&path, &item.show)
}

fn issue(item: &Item, issue: &Issue) -> ItemIssue {
    ItemIssue {
        code: issue.code.clone(),
        object: named(item, &issue.object),
        message: named(item, &issue.message),
        file: issue.file.as_deref().map(|file| named(item, file)),
        line: issue.line,
    }
}

fn count(issues: &[Issue]) -> (u32, u32) {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
    let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (whole(errors), whole(issues.len() - errors))
}

fn planned_row(item: &Item, row: ItemRow, planned: Planned) -> Done {
    let Planned { mut document, issues, clash, .. } = planned;
    // A batch is for dates and sums.
    pipeline::without_pay(&mut document);
    let (errors, warnings) = count(&issues);
    let (headline, certificate) = (&document.headline, &document.certificate);
    let row = ItemRow {
        status: if clash { ItemStatus::Clash } else { ItemStatus::Planned },
        mode: Some(document.production.mode.clone()),
        seed: Some(certificate.seed),
        as_of: Some(document.production.as_of),
        delivers: Some(headline.delivers),
        finish: headline.finish,
        milestones: Some(headline.milestones),
        milestones_late: Some(headline.milestones_late),
        deliverables: Some(headline.deliverables),
        deliverables_late: Some(headline.deliverables_late),
        worst_late_days: Some(headline.worst_late_days),
        unplaced: Some(headline.unplaced),
        currency: Some(document.production.currency.clone()),
        currency_decimals: Some(document.production.currency_decimals),
        efc: Some(headline.efc),
        budget: headline.budget,
        variance: headline.variance,
        planned_minutes: Some(headline.planned_minutes),
        objective: Some(certificate.objective),
        lower_bound: Some(certificate.lower_bound),
        gap: certificate.gap,
        steps: Some(certificate.steps),
        seconds: certificate.seconds,
        conflicts: u32::try_from(document.conflicts.len()).ok(),
        errors,
        warnings,
        input_hash: certificate.input_hash.clone(),
        item_hash: item.hash(&certificate.input_hash),
        ..row
    };
    Done { row, document: Some(document) }
}
