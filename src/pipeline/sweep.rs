//! `sweep`: one question over a range, from a call in plain words to its curve and where it breaks.

use super::levers::{Asked, QuestionError, ask, heading, no_plan};
use super::scenarios::{Compared, Planned, Ready, Runs, new_troubles, planned};
use super::{Answered, Outcome, Request, has_errors};
use crate::model::{Issue, Production, Severity};
use crate::read::wire::{OPS, Op, op};
use crate::read::{self, values};
use crate::result::{BreakRow, Measures, ScenarioRow, ScenarioState, SweepAnswer};
use std::path::Path;

/// Plans a show for every combination of the values of some questions, such as `crew CMP 18..30` or
/// `bid_overrun 0..40%/10`, and says at which value a milestone is missed first, or the cost goes over
/// `cap` (else over the budget).
///
/// # Errors
/// When the files cannot be read at all, or the question means nothing for the show.
pub fn sweep(
    show: &Path,
    questions: &[String],
    cap: Option<&str>,
    request: &Request,
    runs: &dyn Runs,
) -> Result<Compared<SweepAnswer>, QuestionError> {
    let mut text = "[[sweep]]\nname = \"sweep\"\n".to_owned();
    for question in questions {
        text.push_str(&axis(question).map_err(QuestionError::Call)?);
    }
    let Asked { production, options } = match ask(show, request, 1)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(Compared::Show(answer)),
    };
    let cap = cap.map(|text| amount(text, &production)).transpose().map_err(QuestionError::Call)?;
    let (scenarios, mut issues) = read::scenarios("--set", text.as_bytes(), &production);
    // The lines of the text made here say nothing to anybody.
    for issue in &mut issues {
        let before = text.lines().take(issue.line.unwrap_or(0) as usize);
        let axes = before.filter(|line| line.starts_with("[[sweep.axis")).count();
        let of = questions.get(axes.saturating_sub(1)).cloned();
        issue.object = of.unwrap_or_default();
        (issue.file, issue.line, issue.column) = (None, None, None);
    }
    issues.dedup();
    if !has_errors(&issues) {
        issues.extend(new_troubles(&production, &scenarios, None, options.threads));
        issues.iter_mut().for_each(|issue| (issue.line, issue.column) = (None, None));
    }
    if has_errors(&issues) {
        return Ok(Compared::Scenarios(issues));
    }
    let mut warnings: Vec<Issue> = issues;
    warnings.retain(|issue| issue.severity == Severity::Warning);
    let ready = Ready { production, scenarios, warnings, options };
    let Some(found) = planned(&ready, None, None, runs) else {
        return Ok(Compared::Show(Answered::NoPlan(Outcome::Stopped)));
    };
    let Planned { base, rows, .. } = match found {
        Ok(found) => found,
        Err(trouble) => return Ok(Compared::Show(no_plan(trouble))),
    };
    let is_stopped = |row: &&ScenarioRow| row.state == ScenarioState::Stopped;
    let answer = SweepAnswer {
        heading: heading(&ready.production, options.mode),
        questions: questions.to_vec(),
        cap,
        breaks: if questions.len() == 1 { breaks(&rows, cap) } else { Vec::new() },
        stopped: rows.iter().filter(is_stopped).count() as u32,
        base,
        rows,
    };
    Ok(Compared::Answer(answer, ready.warnings))
}

fn amount(text: &str, production: &Production) -> Result<i64, String> {
    let home = production.settings.currency;
    match values::money(text, home, false) {
        Ok((amount, currency)) if currency.is_none_or(|currency| currency == home) => Ok(amount.0),
        _ => Err(format!("`{text}` is no amount in {home}; write one such as 1,200,000")),
    }
}

/// A question as an axis of a sweep.
///
/// First the operation (its words may stand apart), then what it is about, then `field=value` for anything
/// else, and one range `FIRST..LAST` or `FIRST..LAST/STEP` or a list `A,B,C`; where a range belongs to
/// another field than the usual one, `field=FIRST..LAST`. `add_artists.CMP=0..12` is understood too.
fn axis(question: &str) -> Result<String, String> {
    const FORM: &str = "write such as \"crew CMP 18..30\" or \"bid_overrun 0..40%/10\"";
    let spaced = match (question.contains(char::is_whitespace), question.split_once('=')) {
        (false, Some((front, range))) if range.contains("..") || range.contains(',') => {
            format!("{} {range}", front.replacen('.', " ", 1))
        }
        _ => question.to_owned(),
    };
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let found = (1..=words.len().min(3)).rev().find_map(|count| {
        let name = words[..count].join("_");
        let name = if name == "crew" { "set_crew" } else { name.as_str() };
        Some((op(name)?, count))
    });
    let Some((op, used)) = found else {
        let first = words.first().copied().unwrap_or_default();
        let near = read::nearest(first, OPS.iter().map(|op| op.name))
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(format!("`{question}` begins with no operation{near}; {FORM}"));
    };
    let (mut fields, mut range) = (Vec::<(String, String)>::new(), None);
    for word in &words[used..] {
        let (field, value) = match word.split_once('=') {
            Some((field, value)) => (Some(field.to_owned()), value),
            None => (None, *word),
        };
        if is_range(value) && (field.is_some() || op.amount != op.subject || is_number(value)) {
            let field = field.unwrap_or_else(|| op.amount.to_owned());
            if range.replace((field, value.to_owned())).is_some() {
                return Err(format!("`{question}` has two ranges; ask with --set once for each"));
            }
        } else {
            fields.push((field.unwrap_or_else(|| op.subject.to_owned()), value.to_owned()));
        }
    }
    let Some((param, range)) = range else {
        return Err(format!("`{question}` has no range; {FORM}"));
    };
    if param.is_empty() || fields.iter().any(|(field, _)| field.is_empty()) {
        return Err(format!("`{}` has nothing that could vary like this; {FORM}", op.name));
    }
    Ok(text(op, &param, &range, &fields))
}

fn is_number(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+')
}

/// `0..12`, `0..40%/10`, `1,2,4`.
fn is_range(value: &str) -> bool {
    value.contains("..") || (value.contains(',') && is_number(value))
}

fn text(op: &Op, param: &str, range: &str, fields: &[(String, String)]) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let values = match range.split_once("..") {
        Some((first, rest)) => {
            let (last, step) = rest.split_once('/').unwrap_or((rest, ""));
            // "0..40%" is a range of shares.
            let sign = if last.ends_with('%') && !first.ends_with('%') { "%" } else { "" };
            let first = quoted(&format!("{first}{sign}"));
            match step {
                "" => format!("from = {first}\nto = {}", quoted(last)),
                step => format!("from = {first}\nto = {}\nstep = {}", quoted(last), quoted(step)),
            }
        }
        None => {
            let list: Vec<String> = range.split(',').map(|value| quoted(value.trim())).collect();
            format!("values = [{}]", list.join(", "))
        }
    };
    let edit: Vec<String> = fields
        .iter()
        .map(|(field, value)| format!(", {} = {}", quoted(field), quoted(value)))
        .collect();
    let edit = format!("edit = {{ op = {}{} }}", quoted(op.name), edit.concat());
    format!("[[sweep.axis]]\nparam = {}\n{values}\n{edit}\n", quoted(param))
}

/// Where milestones and the cost change from one side to the other along the values.
fn breaks(rows: &[ScenarioRow], cap: Option<i64>) -> Vec<BreakRow> {
    let planned: Vec<(&ScenarioRow, &Measures)> =
        rows.iter().filter_map(|row| Some((row, row.measures.as_ref()?))).collect();
    let Some((_, first)) = planned.first() else { return Vec::new() };
    let value = |row: &ScenarioRow| row.point.first().map_or("", |p| p.value.as_str()).to_owned();
    let mut found = Vec::new();
    let mut look = |what: String, holds: &dyn Fn(&Measures) -> Option<bool>| {
        let states: Vec<(String, bool)> =
            planned.iter().filter_map(|(row, of)| Some((value(row), holds(of)?))).collect();
        let Some((_, begins)) = states.first() else { return };
        let at = states.iter().position(|(_, holds)| holds != begins);
        let Some(at) = at else { return };
        // Whether it stays so, or comes and goes.
        let again = states[at..].iter().any(|(_, holds)| holds == begins);
        found.push(BreakRow {
            what,
            held: *begins,
            last: states[at - 1].0.clone(),
            first: states[at].0.clone(),
            steady: !again,
        });
    };
    for row in first.milestones.iter().filter(|row| !row.done) {
        let (show, id) = (&row.show, &row.id);
        look(format!("milestone {id}"), &|of: &Measures| {
            let row = of.milestones.iter().find(|row| row.show == *show && row.id == *id)?;
            Some(row.days_late == 0)
        });
    }
    look("shots and assets on time".to_owned(), &|of| Some(of.items_late == 0));
    look("cost within its cap".to_owned(), &|of| {
        let most = cap.or((of.budget > 0).then_some(of.budget))?;
        Some(of.final_cost <= most)
    });
    found
}

#[cfg(test)]
mod tests {
    use super::axis;

    #[test]
    fn questions_in_plain_words() {
        let said = |question: &str| axis(question).unwrap().lines().collect::<Vec<_>>().join(" ");
        assert_eq!(
            said("crew CMP 18..30"),
            "[[sweep.axis]] param = \"artists\" from = \"18\" to = \"30\" edit = { op = \"set_crew\", \"department\" = \"CMP\" }"
        );
        assert_eq!(
            said("bid overrun 0..40%/10"),
            "[[sweep.axis]] param = \"percent\" from = \"0%\" to = \"40%\" step = \"10\" edit = { op = \"bid_overrun\" }"
        );
        assert_eq!(said("add_artists.CMP=0..12"), said("add_artists CMP 0..12"));
        assert!(said("add_artists CMP 1,2 from=2027-03-01").contains("values = [\"1\", \"2\"]"));
        assert!(said("move_date final date=2027-05-03..2027-06-01").contains("param = \"date\""));
        for wrong in ["", "crew CMP", "grow CMP 1..2", "add_artists CMP 1..2 level=1..2"] {
            assert!(axis(wrong).is_err(), "{wrong}");
        }
    }
}
