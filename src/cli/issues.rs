//! Issues in two forms: words with the line they stand in, and JSON.

use super::source_lines::SourceLines;
use crate::model::{Issue, Severity};
use crate::pipeline::Checked;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Errors of one code that are shown in words without `--all`; JSON has them all.
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

/// How much is said about warnings. Errors always come last, where a terminal is looked at, a few of
/// each kind with the line they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Warnings in one line for each kind: the command is about something else.
    Errors,
    /// An example of each kind of warning with its line.
    Examples,
    /// Every issue with its line.
    All,
}

/// Where words are printed: with colours or without, and how wide.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Colours are shown.
    pub colour: bool,
    /// Characters in a line.
    pub width: usize,
}

/// The issues in words: warnings by code, then errors by code.
pub fn text(issues: &[Issue], detail: Detail, look: Look) -> String {
    let mut by_code = BTreeMap::<(Reverse<Severity>, &str), Vec<&Issue>>::new();
    for issue in issues {
        by_code.entry((Reverse(issue.severity), &issue.code)).or_default().push(issue);
    }
    let shown = |severity: Severity| match (severity, detail) {
        (_, Detail::All) => usize::MAX,
        (Severity::Error, _) => SHOWN,
        (Severity::Warning, Detail::Examples) => 1,
        (Severity::Warning, Detail::Errors) => 0,
    };
    let lines = SourceLines::read(
        by_code
            .iter()
            .flat_map(|((severity, _), group)| group.iter().take(shown(severity.0)))
            .filter_map(|issue| Some((issue.file.as_deref()?, issue.line?))),
    );
    let renderer =
        if look.colour { Renderer::styled() } else { Renderer::plain() }.term_width(look.width);
    let mut text = String::new();
    let mut brief = false;
    for ((Reverse(severity), code), group) in &by_code {
        let (what, shown) = (word(*severity), shown(*severity));
        if shown == 0 {
            brief = true;
            text.push_str(&line(group));
            continue;
        }
        if std::mem::take(&mut brief) {
            text.push('\n');
        }
        for issue in group.iter().take(shown) {
            text.push_str(&one(issue, &lines, &renderer));
            text.push_str("\n\n");
        }
        if group.len() > shown {
            let more = group.len() - shown;
            text.push_str(&format!(
                "{what}[{code}]: and {more} more of this kind (`shotplan check --all` lists them)\n\n"
            ));
        }
    }
    if brief {
        text.push('\n');
    }
    text
}

/// A kind of warning in one line: the first of it, and how many more there are.
fn line(group: &[&Issue]) -> String {
    let issue = group[0];
    let place = match (&issue.file, issue.line) {
        (Some(file), Some(line)) => format!(" ({file}:{line})"),
        (Some(file), None) => format!(" ({file})"),
        (None, _) => String::new(),
    };
    let more = match group.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more of this kind"),
    };
    format!("{}[{}]: {}{place}{more}\n", word(issue.severity), issue.code, title(issue))
}

fn title(issue: &Issue) -> String {
    match issue.object.as_str() {
        "" => issue.message.clone(),
        object => format!("{object}: {}", issue.message),
    }
}

fn one(issue: &Issue, lines: &SourceLines, renderer: &Renderer) -> String {
    let level = match issue.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(title(issue)).id(issue.code.as_str()));
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

    const PLAIN: Look = Look { colour: false, width: 100 };

    #[test]
    fn many_of_a_kind_are_counted_not_shown() {
        let issues: Vec<Issue> = (0..42).map(broken).collect();
        let told = text(&issues, Detail::Examples, PLAIN);
        assert_eq!(told.matches("CMPP").count(), SHOWN);
        assert!(told.contains("error[V02]: and 37 more"), "{told}");
        assert_eq!(text(&issues, Detail::All, PLAIN).matches("CMPP").count(), 42);
        assert_eq!(rows(&issues).len(), 42);
        assert_eq!(tally(&issues), "42 errors, 0 warnings");
    }

    #[test]
    fn one_error_among_hundreds_of_warnings_comes_last() {
        let mut issues = vec![broken(7)];
        for code in ["V16", "V17", "V18"] {
            issues.extend((0..100).map(|task| Issue::warning(code, format!("task {task}"), "odd")));
        }
        for (detail, lines) in [(Detail::Examples, 16), (Detail::Errors, 8)] {
            let told = text(&issues, detail, PLAIN);
            let error = told.find("error[V02]: task 7").unwrap();
            assert!(told.rfind("warning[").unwrap() < error, "{told}");
            for code in ["V16", "V17", "V18"] {
                assert!(told.contains(&format!("warning[{code}]: task 0: odd")), "{told}");
            }
            assert_eq!(told.matches("99 more of this kind").count(), 3, "{told}");
            assert!(told.lines().count() <= lines, "{told}");
        }
        assert_eq!(text(&issues, Detail::All, PLAIN).matches("warning[").count(), 300);
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
        let text = text(&[issue], Detail::Examples, PLAIN);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "error[V02]: task 1: the department `CMPP` is not defined");
        assert!(lines[1].ends_with("tasks.csv:2:9"), "{text}");
        assert!(text.contains("2 | 010_cmp,CMPP,3"), "{text}");
        assert!(text.contains("^^^^ department"), "{text}");
        assert!(text.contains("= help: write `CMP`"), "{text}");
    }
}
