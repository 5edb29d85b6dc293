//! Finished work to learn from: a table of bids and what the work took, everything wrong with it at once.

use super::titles::{self, Titles};
use super::{encoding, intake::clipped, table, values, words};
use crate::model::*;

/// A row of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRow {
    /// Code of the department; empty where the table has none.
    pub department: String,
    /// Complexity class.
    pub class: Option<Class>,
    /// Experience of the artist.
    pub seniority: Option<Seniority>,
    /// Bid, in the unit of the table.
    pub bid: f64,
    /// What it took, in the same unit.
    pub actual: f64,
}

/// Reads a CSV table with the columns `bid` and `actual`, and where said `department`, `class` and `level`.
/// Other columns are passed over. Rows without both numbers are passed over too; wrong ones are issues.
pub fn history(name: &str, bytes: &[u8]) -> (Vec<HistoryRow>, Vec<Issue>) {
    let (text, _) = encoding::text(bytes);
    let delimiter = table::delimiter(&text);
    let mut rows = table::rows(&text, delimiter);
    let titles = Titles::of(name, &mut rows);
    let mut issues = Vec::new();
    let column = |names: &[&str]| titles.column(names);
    let bid = column(&["bid", "bid days", "bid_days", "estimate", "days", "planned"]);
    let actual = column(&["actual", "actual days", "actual_days", "logged", "took", "spent"]);
    let (Some(bid), Some(actual)) = (bid, actual) else {
        let issue = Issue::error("R06", "history", "the columns `bid` and `actual` are needed")
            .help("write a header such as `department,class,level,bid,actual`");
        return (Vec::new(), vec![titles.at(issue, 1, None)]);
    };
    let department = column(&["department", "dept", "step", "discipline", "task type"]);
    let class = column(&["class", "complexity"]);
    let level = column(&["level", "seniority", "experience"]);
    let comma = delimiter != b',';
    let mut found = Vec::new();
    let mut record = csv::StringRecord::new();
    while rows.read_record(&mut record).unwrap_or(false) {
        let line = table::line(&text, &record);
        let cell = |place: Option<usize>| titles::cell(&record, place);
        let mut wrong = |place: Option<usize>, message: String, help: &str| {
            if issues.len() < 200 {
                issues.push(titles.at(
                    Issue::error("R09", "history", message).help(help),
                    line,
                    place,
                ));
            }
        };
        let (Some(bid_text), Some(actual_text)) = (cell(Some(bid)), cell(Some(actual))) else {
            continue;
        };
        let mut number = |text: &str, place: usize| -> Option<f64> {
            let days = values::decimal(text, comma).ok().map(|own| own.in_units(1_000_000));
            let days = days.map(|own| own as f64 / 1e6).filter(|own| (0.0..=1e6).contains(own));
            if days.is_none() {
                let message = format!("`{}` is no amount of work", clipped(text));
                wrong(Some(place), message, "write a number such as 2.5");
            }
            days
        };
        let (bid_days, actual_days) = (number(bid_text, bid), number(actual_text, actual));
        let class_of = cell(class).map(|text| {
            let known = words::CLASSES.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
            if known.is_none() {
                wrong(class, format!("`{}` is no class", clipped(text)), "write A, B, C or D");
            }
            known.map(|(_, class)| *class)
        });
        let level_of = cell(level).map(|text| {
            let known = words::SENIORITIES.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
            if known.is_none() {
                let message = format!("`{}` is no level", clipped(text));
                wrong(level, message, "write junior, mid, senior or lead");
            }
            known.map(|(_, level)| *level)
        });
        let (Some(bid), Some(actual)) = (bid_days, actual_days) else { continue };
        if bid > 0.0 && actual > 0.0 {
            found.push(HistoryRow {
                department: cell(department).unwrap_or_default().to_owned(),
                class: class_of.flatten(),
                seniority: level_of.flatten(),
                bid,
                actual,
            });
        }
    }
    if found.is_empty() && issues.is_empty() {
        let issue = Issue::error("R02", "history", "there is no finished work in it")
            .help("each row needs a bid and what the work took, both above 0");
        issues.push(titles.at(issue, 1, None));
    }
    (found, issues)
}
