//! One self-contained page: the committed bundle of `web/` with what it shows inside it.

use super::{Answer, AnswerPage};
use crate::result::{
    AssignmentRow, Cash, Certificate, Conflict, Cost, Crew, Desk, Document, Headline, LateRow,
    MilestoneRow, Openable, OvertimeRow, ProductionInfo, Reports, Since, TaskRow, Views, Warning,
};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;
use std::io::{self, Write};

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
    let shown = Shown { reports: Pages::of(reports), document: Rest::of(document) };
    fill(&document.production.name, &shown)
}

/// What the bundle is given: the result, and its reports about money as on pages of their own.
#[derive(Serialize)]
struct Shown<'a> {
    reports: Pages<'a>,
    #[serde(flatten)]
    document: Rest<'a>,
}

#[derive(Serialize)]
struct Pages<'a> {
    /// Sorted by account, department, sequence and so on.
    cost: Vec<(&'a str, Box<RawValue>)>,
    cash: Option<Box<RawValue>>,
}

impl<'a> Pages<'a> {
    fn of(reports: &'a Reports) -> Pages<'a> {
        let cost = || {
            let reports = reports.cost.par_iter();
            reports.map(|report| (&*report.answer.by, written(report))).collect()
        };
        let (cash, cost) = rayon::join(|| reports.cash.as_ref().map(written), cost);
        Pages { cost, cash }
    }
}

/// The page of a report, written: the lines behind its figures fill several times as much memory as their text.
#[expect(clippy::expect_used, reason = "no file could say it, and no reader mend it")]
fn written<A: Answer>(report: &Openable<'_, A>) -> Box<RawValue> {
    let mut page: AnswerPage = report.answer.page();
    if let Some(opened) = report.opened() {
        page.open(&opened);
    }
    to_raw_value(&page).expect("invariant: pages have text keys only")
}

/// The document as it is saved, without what the reports tell, and what only the pages of other answers open.
#[derive(Serialize)]
struct Rest<'a> {
    format: &'a str,
    version: u32,
    production: &'a ProductionInfo,
    headline: &'a Headline,
    milestones: &'a [MilestoneRow],
    late: &'a [LateRow],
    tasks: &'a [TaskRow],
    assignments: &'a [AssignmentRow],
    overtime: &'a [OvertimeRow],
    crew: &'a Crew,
    cost: &'a Cost,
    desk: Option<Desk>,
    since: &'a Option<Since>,
    conflicts: &'a [Conflict],
    warnings: &'a [Warning],
    assumed: &'a BTreeMap<String, u32>,
    certificate: &'a Certificate,
    with_rates: bool,
}

impl<'a> Rest<'a> {
    fn of(document: &'a Document) -> Rest<'a> {
        // All by name, so that what a result gains later does not stay away from its page unnoticed.
        let Document {
            format,
            version,
            production,
            headline,
            milestones,
            late,
            tasks,
            assignments,
            overtime,
            crew,
            cost,
            desk,
            since,
            conflicts,
            warnings,
            assumed,
            certificate,
            with_rates,
        } = document;
        Rest {
            format,
            production,
            headline,
            milestones,
            late,
            tasks,
            assignments,
            overtime,
            crew,
            cost,
            since,
            conflicts,
            warnings,
            assumed,
            certificate,
            version: *version,
            desk: desk.as_ref().map(without_lines),
            with_rates: *with_rates,
        }
    }
}

fn without_lines(desk: &Desk) -> Desk {
    let mut earned = desk.earned.clone();
    let departments = earned.iter_mut().flat_map(|earned| &mut earned.departments);
    departments.for_each(|row| row.tasks.clear());
    let mut incentives = desk.incentives.clone();
    for row in &mut incentives {
        row.of.clear();
        row.of_parts.clear();
    }
    let mut bids = desk.bids.clone();
    bids.iter_mut().for_each(|row| row.of.clear());
    Desk {
        revenue_accounts: desk.revenue_accounts.clone(),
        shared_accounts: desk.shared_accounts.clone(),
        budgeted_apart: desk.budgeted_apart.clone(),
        accruals_in_commitments: desk.accruals_in_commitments,
        versions: desk.versions.clone(),
        contingency: desk.contingency.clone(),
        views: Views::default(),
        postings: Vec::new(),
        cash: Cash::default(),
        ladder: desk.ladder.clone(),
        ladder_lines: Vec::new(),
        orders: desk.orders.clone(),
        budget: desk.budget.clone(),
        vendors: desk.vendors.clone(),
        changes: desk.changes.clone(),
        earned,
        margin: desk.margin.clone(),
        prospects: desk.prospects.clone(),
        incentives,
        bids,
    }
}

/// The shell of a page with its title and what it shows.
#[expect(clippy::expect_used, reason = "no file could say it, and no reader mend it")]
pub(super) fn fill(title: &str, content: &impl Serialize) -> String {
    let mut page = Vec::with_capacity(SHELL.len() + STYLE.len() + SCRIPT.len());
    let mut rest = SHELL;
    // In the order in which they stand in the shell: what is put in is never searched again.
    for mark in ["<!--TITLE-->", "<!--STYLE-->", "<!--RESULT-->", "<!--SCRIPT-->"] {
        let Some((before, after)) = rest.split_once(mark) else { continue };
        page.extend_from_slice(before.as_bytes());
        match mark {
            "<!--TITLE-->" => page.extend_from_slice(escaped(title).as_bytes()),
            "<!--STYLE-->" => page.extend_from_slice(STYLE.as_bytes()),
            "<!--RESULT-->" => serde_json::to_writer(WithoutTags(&mut page), content)
                .expect("invariant: pages have text keys only, and memory takes what is written"),
            _ => page.extend_from_slice(SCRIPT.as_bytes()),
        }
        rest = after;
    }
    page.extend_from_slice(rest.as_bytes());
    String::from_utf8(page).expect("invariant: a shell and JSON are text")
}

/// Writes JSON with each `<` as `\u003c`.
struct WithoutTags<'p>(&'p mut Vec<u8>);

impl Write for WithoutTags<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut parts = bytes.split(|byte| *byte == b'<');
        self.0.extend_from_slice(parts.next().unwrap_or_default());
        for part in parts {
            self.0.extend_from_slice(br"\u003c");
            self.0.extend_from_slice(part);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
