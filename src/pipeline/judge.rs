//! Any plan of a show, judged: one of ours, or one made by hand.

use super::{Checked, check, has_errors};
use crate::model::{Cents, Issue, Mode, Multipliers, Plan, Production};
use crate::read;
use crate::result::Document;
use crate::verify::{self, BrokenRule, Verdict};
use crate::write;
use std::path::Path;

/// How judging a plan ended.
#[derive(Debug)]
pub enum Judged {
    /// The show has errors, or rows of the plan cannot be understood: nothing was judged.
    Flawed(Vec<Issue>),
    /// A verdict.
    Verdict(Box<Judgement>),
}

/// A verdict with what it is about.
#[derive(Debug)]
pub struct Judgement {
    /// The show, in the mode of the plan.
    pub production: Production,
    /// The plan.
    pub plan: Plan,
    /// The verdict.
    pub verdict: Verdict,
    /// Where the certificate of a saved result says something else than the judge.
    pub differences: Vec<String>,
    /// The show's files are not those that the saved result was made from.
    pub input_changed: bool,
    /// Warnings about the show and the plan.
    pub issues: Vec<Issue>,
}

impl Judgement {
    /// Whether the plan breaks no rule and its certificate tells the truth.
    pub fn is_valid(&self) -> bool {
        self.verdict.is_valid() && self.differences.is_empty()
    }
    /// The value of the plan in its mode; the lower the better.
    pub fn objective(&self) -> Cents {
        self.verdict.objective.total(&self.production.settings.multipliers())
    }
    /// An amount in words.
    pub fn money(&self, amount: Cents) -> String {
        let currency = self.production.settings.currency;
        format!("{} {currency}", write::money(amount.0, currency.decimals()))
    }
    /// What a missed hard date is about, in the user's words.
    pub fn object_of(&self, broken: &BrokenRule) -> String {
        let show = &self.production;
        match (broken.task, broken.milestone) {
            (Some(task), _) => format!("task {}", show.tasks[task].code),
            (None, Some(milestone)) => format!("milestone {}", show.milestones[milestone].code),
            (None, None) => "the show".to_owned(),
        }
    }
}

/// Reads a show and a plan of it (`plan.csv` or `result.json`) and judges the plan.
///
/// # Errors
/// When one of the files cannot be read at all.
pub fn judge(show: &Path, file: &Path) -> Result<Judged, read::Error> {
    let Checked { production, mut issues, input_hash, .. } = check(show)?;
    let Some(mut production) = production.filter(|_| !has_errors(&issues)) else {
        return Ok(Judged::Flawed(issues));
    };
    let saved = saved_result(file);
    if let Some(mode) = saved.as_ref().and_then(mode_of) {
        production.settings.mode = mode;
    }
    let since = saved.as_ref().and_then(|saved| saved.since.as_ref());
    production.earlier = since.map(|since| super::replan::noted(&production, since));
    let (plan, found) = read::plan(file, &production)?;
    let flawed = has_errors(&found);
    issues.extend(found);
    if flawed {
        return Ok(Judged::Flawed(issues));
    }
    let verdict = verify::plan(&production, &plan);
    let input_changed =
        saved.as_ref().is_some_and(|saved| saved.certificate.input_hash != input_hash);
    let differences = match &saved {
        Some(saved) if !input_changed => {
            differences(saved, &verdict, &production.settings.multipliers())
        }
        _ => Vec::new(),
    };
    let judgement = Judgement { production, plan, verdict, differences, input_changed, issues };
    Ok(Judged::Verdict(Box::new(judgement)))
}

/// The document of a saved result; tables have none.
pub(super) fn saved_result(file: &Path) -> Option<Document> {
    let is_named = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    // What cannot be read here is reported by the reader of plans, with its place.
    let bytes = read::piped::bytes(file).ok()?;
    let is_json = is_named || (read::piped::is_piped(file) && read::piped::is_json(&bytes));
    if is_json { write::read_result(&bytes).ok() } else { None }
}

/// The mode that a saved result was planned in.
pub(super) fn mode_of(saved: &Document) -> Option<Mode> {
    Mode::ALL.into_iter().find(|mode| mode.word() == saved.production.mode)
}

/// A certificate is a claim: every figure of it is compared with the judge's own.
fn differences(saved: &Document, verdict: &Verdict, multipliers: &Multipliers) -> Vec<String> {
    let certificate = &saved.certificate;
    let value = verdict.objective.total(multipliers);
    let mut found = Vec::new();
    if certificate.objective != value.0 {
        found.push(format!(
            "the certificate says an objective of {}, the judge says {}",
            certificate.objective, value.0
        ));
    }
    for (name, amount) in verdict.objective.components() {
        if let Some(said) = certificate.components.get(name).filter(|said| **said != amount.0) {
            found.push(format!("the certificate says {name} {said}, the judge says {}", amount.0));
        }
    }
    found
}
