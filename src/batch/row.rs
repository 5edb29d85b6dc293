//! One item planned: its row, and the document where there is a plan.

use super::Item;
use super::item::program;
use crate::model::{Issue, Severity};
use crate::pipeline::{self, Checked, Outcome, Planned};
use crate::read;
use crate::result::{Document, ItemIssue, ItemRow, ItemStatus};
use crate::solve::Watch;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Errors of an item that its row names.
const MOST_ISSUES: usize = 20;

/// What came of an item.
pub(super) struct Done {
    pub row: ItemRow,
    pub document: Option<Document>,
}

/// Plans an item on one thread. `None` when it was stopped before it was done: what it had found by
/// then is not what the item stands for.
pub(super) fn plan(item: &Item, watch: &dyn Watch) -> Option<Done> {
    // One item's fault is not the end of the others.
    let planned =
        catch_unwind(AssertUnwindSafe(|| pipeline::plan(&item.path, &item.request(), watch)));
    let row = empty(item);
    let done = |row| Some(Done { row, document: None });
    let outcome = match planned {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => return done(unreadable(item, &error)),
        Err(_) => {
            let message = "the program met a fault of its own; please report it with the show";
            return done(failed(row, message.to_owned()));
        }
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
    let wrong = checked.issues.iter().filter(|issue| issue.severity == Severity::Error);
    ItemRow {
        status: ItemStatus::Flawed,
        errors,
        warnings,
        issues: wrong.take(MOST_ISSUES).map(|wrong| issue(item, wrong)).collect(),
        item_hash: item.hash(&checked.input_hash),
        input_hash: checked.input_hash.clone(),
        ..row
    }
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
    let Planned { document, issues, clash, .. } = planned;
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
