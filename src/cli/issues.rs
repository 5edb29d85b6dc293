//! Issues in two forms: words with the line they stand in, and JSON.

use super::source_lines::SourceLines;
use crate::model::{Issue, Severity};
use crate::pipeline::Checked;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use std::collections::BTreeMap;

/// Issues of one code that are shown in words; JSON has them all.
pub const SHOWN: usize = 5;

/// An issue for programs.
#[derive(Debug, Serialize)]
pub struct IssueRow<'a> {
    code: &'a str,
    severity: &'static str,
    object: &'a str,
    message: &'a str,
    help: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    path: Option<&'a str>,
    value: Option<&'a str>,
}

/// All issues for programs, in their order.
pub fn rows(issues: &[Issue]) -> Vec<IssueRow<'_>> {
    fn row(issue: &Issue) -> IssueRow<'_> {
        IssueRow {
            code: &issue.code,
            severity: word(issue.severity),
            object: &issue.object,
            message: &issue.message,
            help: &issue.help,
            file: issue.file.as_deref(),
            line: issue.line,
            column: issue.column,
            path: issue.field.as_deref(),
            value: issue.value.as_deref(),
        }
    }
    issues.iter().map(row).collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// What `check --format json` prints.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    errors: usize,
    warnings: usize,
    rows: usize,
    issues: Vec<IssueRow<'a>>,
    assumed: BTreeMap<String, u32>,
}

/// A checked show for programs.
pub fn report(checked: &Checked) -> Report<'_> {
    let (errors, warnings) = count(&checked.issues);
    Report {
        errors,
        warnings,
        rows: checked.rows,
        issues: rows(&checked.issues),
        assumed: checked.assumed(),
    }
}

/// Errors and warnings among `issues`.
pub fn count(issues: &[Issue]) -> (usize, usize) {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
    (errors, issues.len() - errors)
}

/// "2 errors, 1 warning".
pub fn tally(issues: &[Issue]) -> String {
    let (errors, warnings) = count(issues);
    let some = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    format!("{}, {}", some(errors, "error"), some(warnings, "warning"))
}

/// The issues in words: errors first, by code, a few of each with the line they stand in.
pub fn text(issues: &[Issue], colour: bool, width: usize) -> String {
    let mut by_code = BTreeMap::<(Severity, &str), Vec<&Issue>>::new();
    for issue in issues {
        by_code.entry((issue.severity, &issue.code)).or_default().push(issue);
    }
    let shown = || by_code.values().flat_map(|group| group.iter().take(SHOWN));
    let lines =
        SourceLines::read(shown().filter_map(|issue| Some((issue.file.as_deref()?, issue.line?))));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut text = String::new();
    for ((severity, code), group) in &by_code {
        for issue in group.iter().take(SHOWN) {
            text.push_str(&one(issue, &lines, &renderer));
            text.push_str("\n\n");
        }
        if group.len() > SHOWN {
            let more = group.len() - SHOWN;
            let what = word(*severity);
            text.push_str(&format!(
                "{what}[{code}]: and {more} more of this kind (--format json lists all)\n\n"
            ));
        }
    }
    text
}

fn one(issue: &Issue, lines: &SourceLines, renderer: &Renderer) -> String {
    let level = match issue.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = match issue.object.as_str() {
        "" => issue.message.clone(),
        object => format!("{object}: {}", issue.message),
    };
    let mut group = Group::with_title(level.primary_title(title).id(issue.code.as_str()));
    if let Some(file) = &issue.file {
        let span = issue
            .line
            .and_then(|line| lines.span(file, line, issue.column, issue.value.as_deref()));
        group = match (issue.line, span) {
            (Some(line), Some((text, span))) => {
                let mark = AnnotationKind::Primary.span(span).label(issue.field.as_deref());
                group.element(
                    Snippet::source(text).path(file).line_start(line as usize).annotation(mark),
                )
            }
            (line, _) => {
                let mut origin = annotate_snippets::Origin::path(file.as_str());
                if let Some(line) = line {
                    origin = origin.line(line as usize);
                }
                group.element(origin)
            }
        };
    }
    if !issue.help.is_empty() {
        group = group.element(Level::HELP.message(issue.help.as_str()));
    }
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(number: usize) -> Issue {
        Issue::error("V02", format!("task {number}"), "the department `CMPP` is not defined")
            .field("department")
            .value("CMPP")
            .help("write `CMP`")
    }

    #[test]
    fn many_of_a_kind_are_counted_not_shown() {
        let issues: Vec<Issue> = (0..42).map(broken).collect();
        let text = text(&issues, false, 100);
        assert_eq!(text.matches("CMPP").count(), SHOWN);
        assert!(text.contains("error[V02]: and 37 more"), "{text}");
        assert_eq!(rows(&issues).len(), 42);
        assert_eq!(tally(&issues), "42 errors, 0 warnings");
    }

    #[test]
    fn an_issue_shows_its_line_and_marks_the_cell() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("tasks.csv");
        std::fs::write(&path, "task,department,days\n010_cmp,CMPP,3\n").unwrap();
        let mut issue = broken(1);
        issue.file = Some(path.to_str().unwrap().to_owned());
        issue.line = Some(2);
        issue.column = Some(2);
        let text = text(&[issue], false, 100);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "error[V02]: task 1: the department `CMPP` is not defined");
        assert!(lines[1].ends_with("tasks.csv:2:9"), "{text}");
        assert!(text.contains("2 | 010_cmp,CMPP,3"), "{text}");
        assert!(text.contains("^^^^ department"), "{text}");
        assert!(text.contains("= help: write `CMP`"), "{text}");
    }
}
