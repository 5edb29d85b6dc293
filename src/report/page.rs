//! One self-contained page: the committed bundle of `web/` with what it shows inside it.

use super::{Answer, AnswerPage};
use crate::result::{Cash, Document, Opened, Reports, Views};
use serde::Serialize;

// Built by `npm run build` in `web/` and committed, so that cargo needs no Node; CI builds it again
// and compares.
const SHELL: &str = include_str!("../../web/page.html");
const STYLE: &str = include_str!("../../web/dist/page.css");
const SCRIPT: &str = include_str!("../../web/dist/page.js");

/// The page `index.html` of a result: opens from disk, offline, and loads nothing.
///
/// What it shows stands in the page as JSON in a script element that no browser runs. Every `<` in it
/// is written as `\u003c`, so that a shot named `</script>` stays a name.
pub fn page(document: &Document, reports: &Reports) -> String {
    let shown = Shown { reports: Pages::of(reports), document: &without_lines(document) };
    fill(&document.production.name, &shown)
}

/// What the bundle is given: the result, and its reports about money as on pages of their own.
#[derive(Serialize)]
struct Shown<'a> {
    reports: Pages,
    #[serde(flatten)]
    document: &'a Document,
}

#[derive(Serialize)]
struct Pages {
    /// Sorted by account, department, sequence and so on.
    cost: Vec<(String, AnswerPage)>,
    cash: Option<AnswerPage>,
}

impl Pages {
    fn of(reports: &Reports) -> Pages {
        let cost = reports.cost.iter();
        let cost = cost.map(|(report, opened)| (report.by.clone(), page_of(report, opened)));
        Pages {
            cost: cost.collect(),
            cash: reports.cash.as_ref().map(|(answer, opened)| page_of(answer, opened)),
        }
    }
}

fn page_of(answer: &impl Answer, opened: &Option<Opened>) -> AnswerPage {
    let mut page = answer.page();
    if let Some(opened) = opened {
        page.open(opened);
    }
    page
}

/// The document without what the reports tell, and what only the pages of other answers open.
fn without_lines(document: &Document) -> Document {
    let mut shown = document.clone();
    if let Some(desk) = &mut shown.desk {
        desk.postings.clear();
        desk.views = Views::default();
        desk.cash = Cash::default();
        desk.ladder_lines.clear();
        for row in &mut desk.incentives {
            row.of.clear();
            row.of_parts.clear();
        }
        desk.bids.iter_mut().for_each(|row| row.of.clear());
        let earned = desk.earned.iter_mut().flat_map(|earned| &mut earned.departments);
        earned.for_each(|row| row.tasks.clear());
    }
    shown
}

/// The shell of a page with its title and what it shows.
pub(super) fn fill(title: &str, content: &impl Serialize) -> String {
    let result = serde_json::to_string(content)
        .expect("what pages show has only text keys, and numbers that JSON can hold")
        .replace('<', "\\u003c");
    let title = escaped(title);
    let mut page = String::with_capacity(SHELL.len() + STYLE.len() + SCRIPT.len() + result.len());
    let mut rest = SHELL;
    // In the order in which they stand in the shell: what is put in is never searched again.
    for (mark, content) in [
        ("<!--TITLE-->", title.as_str()),
        ("<!--STYLE-->", STYLE),
        ("<!--RESULT-->", result.as_str()),
        ("<!--SCRIPT-->", SCRIPT),
    ] {
        if let Some((before, after)) = rest.split_once(mark) {
            page.push_str(before);
            page.push_str(content);
            rest = after;
        }
    }
    page.push_str(rest);
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
