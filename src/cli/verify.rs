//! `verify`: a verdict on any plan, also one made by hand.

use super::arguments::{Format, VerifyCall};
use super::issues::{self, Detail};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline::{self, Judged, Judgement};
use crate::verify::Rule;
use serde::Serialize;
use std::collections::BTreeMap;

/// Violations of one rule that are shown in words; JSON has them all.
const SHOWN: usize = 10;

/// Judges a plan.
///
/// # Errors
/// When the show or the plan cannot be read at all.
pub fn verify(call: &VerifyCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match pipeline::judge(&call.show, &call.plan)? {
        Judged::Flawed(found) => {
            let told = match call.format {
                Format::Json => terminal.json(&serde_json::json!({
                    "valid": null,
                    "issues": issues::rows(&found),
                })),
                Format::Text => {
                    let mut text = issues::text(&found, Detail::Errors, terminal.look());
                    text.push_str(&format!("not judged: {}", issues::tally(&found)));
                    terminal.say(text)
                }
            };
            terminal.unless_closed(told, Exit::Found)
        }
        Judged::Verdict(judgement) => {
            let exit = match (judgement.is_valid(), judgement.verdict.broken.is_empty()) {
                (false, _) => Exit::Found,
                (true, true) => Exit::Done,
                (true, false) => Exit::Clash,
            };
            let told = match call.format {
                Format::Json => terminal.json(&Told::of(&judgement)),
                Format::Text => {
                    let found = issues::text(&judgement.issues, Detail::Errors, terminal.look());
                    terminal.say(found + &words(&judgement))
                }
            };
            terminal.unless_closed(told, exit)
        }
    }
}

/// What `verify --format json` prints.
#[derive(Serialize)]
struct Told<'a> {
    valid: bool,
    violations: Vec<ViolationRow<'a>>,
    broken_rules: Vec<BrokenRow<'a>>,
    differences: &'a [String],
    input_changed: bool,
    mode: &'static str,
    objective: i64,
    components: BTreeMap<&'static str, i64>,
    issues: Vec<issues::IssueRow<'a>>,
}

#[derive(Serialize)]
struct ViolationRow<'a> {
    rule: u32,
    name: &'static str,
    object: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct BrokenRow<'a> {
    object: String,
    rule: &'a str,
    days: i64,
    price: i64,
}

impl<'a> Told<'a> {
    fn of(judgement: &'a Judgement) -> Told<'a> {
        let verdict = &judgement.verdict;
        Told {
            valid: judgement.is_valid(),
            violations: verdict
                .violations
                .iter()
                .map(|violation| ViolationRow {
                    rule: violation.rule.number(),
                    name: violation.rule.name(),
                    object: &violation.object,
                    message: &violation.message,
                })
                .collect(),
            broken_rules: verdict
                .broken
                .iter()
                .map(|broken| BrokenRow {
                    object: judgement.object_of(broken),
                    rule: &broken.rule,
                    days: broken.days,
                    price: broken.price.0,
                })
                .collect(),
            differences: &judgement.differences,
            input_changed: judgement.input_changed,
            mode: judgement.production.settings.mode.word(),
            objective: judgement.objective().0,
            components: verdict.objective.components().map(|(name, value)| (name, value.0)).into(),
            issues: issues::rows(&judgement.issues),
        }
    }
}

fn words(judgement: &Judgement) -> String {
    let verdict = &judgement.verdict;
    let mut text = String::new();
    if judgement.input_changed {
        text.push_str(
            "note: the files of the show have changed since this result was made; it is judged by \
             what they say now\n",
        );
    }
    for rule in Rule::ALL {
        let found = || verdict.violations.iter().filter(move |violation| violation.rule == rule);
        for violation in found().take(SHOWN) {
            text.push_str(&format!(
                "violation of rule {} ({}): {}: {}\n",
                rule.number(),
                rule.name(),
                violation.object,
                violation.message
            ));
        }
        let more = found().count().saturating_sub(SHOWN);
        if more > 0 {
            text.push_str(&format!("violation of rule {}: and {more} more\n", rule.number()));
        }
    }
    for difference in &judgement.differences {
        text.push_str(&format!("violation: {difference}\n"));
    }
    for broken in &verdict.broken {
        let object = judgement.object_of(broken);
        let days = match broken.days {
            1 => "1 working day".to_owned(),
            days => format!("{days} working days"),
        };
        text.push_str(&format!("relaxed: {object}: {}, missed by {days}\n", broken.rule));
    }
    let count = verdict.violations.len() + judgement.differences.len();
    text.push_str(&match (count, verdict.broken.len()) {
        (0, 0) => "The plan is valid: it breaks no rule".to_owned(),
        (0, relaxed) => format!("The plan is valid, with {relaxed} hard dates missed"),
        (1, _) => "The plan is not valid: 1 violation".to_owned(),
        (count, _) => format!("The plan is not valid: {count} violations"),
    });
    text.push_str(&format!(
        " ({} assignments, {} tasks without a place, objective {} in mode {}).\n",
        judgement.plan.assignments.len(),
        judgement.plan.unplaced.len(),
        judgement.money(judgement.objective()),
        judgement.production.settings.mode.word(),
    ));
    text
}
