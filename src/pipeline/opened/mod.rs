//! What the figures of an answer are made of: takes a result, gives the lines behind each cell.
//!
//! One file an answer says which lines belong to which of its figures; a figure that is a sum of others shares their
//! lines. The figure itself is read off the answer and not off the lines, so that a test can hold them together.

mod bid;
mod bids;
mod caps;
mod cash;
mod close;
mod cost_report;
mod crew;
mod earned_value;
mod incentives;
mod ladder;
mod ledger;
mod margin;
mod postings;
mod vendors;
mod weekly;

pub(super) use bid::{BidWork, bid};
pub use bids::bids;
pub(super) use caps::caps;
pub use cash::cash;
pub use close::closed;
pub use cost_report::cost_report;
pub(super) use crew::crew;
pub use earned_value::earned_value;
pub use ladder::ladder;
pub use margin::margin;
pub use vendors::vendors;
pub use weekly::weekly;

use super::cost_report::By;
use crate::result::{
    Document, Heading, Openable, Opened, OpenedCell, OpenedPart, OpenedRow, Reports, Unit, Why,
    WhyRow,
};
use std::sync::{Arc, OnceLock};

/// What figures are called in a message before it becomes a list.
const NAMED: usize = 20;

/// The reports of the page of a plan. By person they stand on a page of their own.
pub fn reports(document: &Document) -> Reports<'_> {
    const WAYS: [By; 6] =
        [By::Account, By::Department, By::Sequence, By::Shot, By::Vendor, By::Show];
    let spent = Arc::new(OnceLock::new());
    let sorted = |by: By| {
        let report =
            super::cost_report::sorted(document, by).filter(|report| !report.rows.is_empty())?;
        let spent = Arc::clone(&spent);
        Some(Openable::new(report, move |report| {
            let spent = spent.get_or_init(|| cost_report::Spent::of(document));
            cost_report::of_report(document, by, report, spent)
        }))
    };
    let moves = |answer: &crate::result::CashAnswer| {
        let mut weeks = answer.cash.weeks.iter();
        weeks.any(|row| row.paid != 0 || row.receipts != 0 || row.incentives != 0)
    };
    Reports {
        cost: WAYS.into_iter().filter_map(sorted).collect(),
        cash: super::cash(document)
            .filter(moves)
            .map(|answer| Openable::new(answer, |_| cash(document))),
    }
}

/// What one figure is made of: a row by its id, or a row and a column, as in "2027-02-15:payroll".
///
/// # Errors
/// In words, with what may be asked, when there is no such row or column.
pub fn why(opened: &Opened, asked: &str) -> Result<Why, String> {
    let (row, column) = place(opened, asked)?;
    let cell = match column {
        Some(column) => row.cells.iter().find(|cell| cell.column == column),
        None => row.cells.first(),
    };
    let cell = cell.ok_or_else(|| match column {
        Some(column) => {
            format!("no column `{column}` of `{}`; it has {}", row.id, columns(row))
        }
        None => format!("`{}` has no figure to open", row.id),
    })?;
    let mut lines: Vec<WhyRow> = Vec::new();
    for part in &cell.parts {
        let run = opened.lines.get(part.from as usize..part.to as usize).unwrap_or_default();
        lines.extend(run.iter().map(|line| {
            let mut line = line.clone();
            match (part.minus, cell.unit) {
                (true, Unit::Money) => line.amount = line.amount.map(i64::saturating_neg),
                (true, Unit::Minutes) => line.minutes = line.minutes.saturating_neg(),
                (false, _) => {}
            }
            line
        }));
    }
    largest_first(&mut lines);
    Ok(Why {
        production: opened.production.clone(),
        currency: opened.currency.clone(),
        currency_decimals: opened.currency_decimals,
        answer: opened.answer.clone(),
        row: row.id.clone(),
        name: row.name.clone(),
        column: cell.column.clone(),
        unit: cell.unit,
        figure: cell.figure,
        lines,
    })
}

/// The row that is asked for, and the column where one is named. A row may have a colon in its id.
fn place<'a>(
    opened: &'a Opened,
    asked: &'a str,
) -> Result<(&'a OpenedRow, Option<&'a str>), String> {
    let row = |id: &str| opened.rows.iter().find(|row| row.id == id);
    let asked = asked.trim();
    if let Some(row) = row(asked) {
        return Ok((row, None));
    }
    let (id, column) = match asked.rsplit_once(':') {
        Some((id, column)) => (id.trim(), Some(column.trim())),
        None => (asked, None),
    };
    if let Some(row) = row(id) {
        return Ok((row, column));
    }
    let known: Vec<&str> =
        opened.rows.iter().map(|row| &*row.id).filter(|id| !id.is_empty()).collect();
    if known.is_empty() {
        return Err(format!("nothing in {} can be opened: it has no figures", opened.answer));
    }
    let rest = match known.len().saturating_sub(NAMED) {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    let names = known[..known.len().min(NAMED)].join(", ");
    let example = opened.rows.iter().find(|row| !row.id.is_empty() && row.cells.len() > 1);
    let example = example.map_or_else(String::new, |row| {
        format!("; a column can follow, as in {}:COLUMN with one of {}", row.id, columns(row))
    });
    Err(format!("no row `{id}` in {}; it has {names}{rest}{example}", opened.answer))
}

/// The columns of a row, for a message.
fn columns(row: &OpenedRow) -> String {
    let names: Vec<&str> = row.cells.iter().map(|cell| &*cell.column).collect();
    names.join(", ")
}

/// The largest first; what is equal stays in order.
fn largest_first(lines: &mut [WhyRow]) {
    lines.sort_by_key(|line| {
        let amount = line.amount.map(i64::unsigned_abs);
        std::cmp::Reverse((amount.is_some(), amount.unwrap_or_default(), line.minutes.abs()))
    });
}

/// Puts the figures of an answer together.
pub(super) struct Maker {
    opened: Opened,
}

impl Maker {
    pub(super) fn new(answer: &str, document: &Document) -> Maker {
        let info = &document.production;
        Maker {
            opened: Opened {
                production: info.name.clone(),
                currency: info.currency.clone(),
                currency_decimals: info.currency_decimals,
                answer: answer.to_owned(),
                ..Opened::default()
            },
        }
    }

    pub(super) fn of(answer: &str, heading: &Heading) -> Maker {
        Maker {
            opened: Opened {
                production: heading.production.clone(),
                currency: heading.currency.clone(),
                currency_decimals: heading.currency_decimals,
                answer: answer.to_owned(),
                ..Opened::default()
            },
        }
    }

    pub(super) fn row(&mut self, id: &str, name: &str) {
        let row = OpenedRow { id: id.to_owned(), name: name.to_owned(), cells: Vec::new() };
        self.opened.rows.push(row);
    }

    /// Adds a run of lines. Where the pay of people is not told it is one line, the rest of `figure`.
    pub(super) fn run(&mut self, mut lines: Vec<WhyRow>, unit: Unit, figure: i64) -> OpenedPart {
        if unit == Unit::Money && lines.iter().any(|line| line.amount.is_none()) {
            let told = lines.iter().filter_map(|line| line.amount);
            let told = told.fold(0, i64::saturating_add);
            let hidden = || lines.iter().filter(|line| line.amount.is_none());
            if figure == 0 && hidden().count() == lines.len() {
                // Nobody knows whose pay there would be in nothing.
                lines.clear();
            } else if figure != told {
                let from = hidden().filter_map(|line| line.from).min();
                let mut line = WhyRow::new("people", from, figure.saturating_sub(told));
                line.to = hidden().filter_map(|line| line.to).max();
                line.what = "people together".to_owned();
                lines.push(line);
            }
        }
        // What adds nothing and takes no time says nothing.
        lines.retain(|line| line.amount != Some(0) || line.minutes != 0);
        largest_first(&mut lines);
        let at = |lines: &[WhyRow]| u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let from = at(&self.opened.lines);
        self.opened.lines.append(&mut lines);
        OpenedPart { from, to: at(&self.opened.lines), minus: false }
    }

    /// Adds a figure of the last row, made of runs.
    pub(super) fn sum(&mut self, column: &str, unit: Unit, figure: i64, parts: Vec<OpenedPart>) {
        let cell = OpenedCell { column: column.to_owned(), unit, figure, parts };
        if let Some(row) = self.opened.rows.last_mut() {
            row.cells.push(cell);
        }
    }

    /// Adds a figure of the last row, made of lines of its own.
    pub(super) fn cell(&mut self, column: &str, figure: i64, lines: Vec<WhyRow>) -> OpenedPart {
        let run = self.run(lines, Unit::Money, figure);
        self.sum(column, Unit::Money, figure, vec![run]);
        run
    }

    /// The runs of a figure of the last row.
    pub(super) fn parts(&self, column: &str) -> Option<Vec<OpenedPart>> {
        let cells = &self.opened.rows.last()?.cells;
        cells.iter().find(|cell| cell.column == column).map(|cell| cell.parts.clone())
    }

    /// Puts the figure of the last row in front that is meant where no column is named.
    pub(super) fn first(&mut self, column: &str) {
        let Some(row) = self.opened.rows.last_mut() else { return };
        if let Some(at) = row.cells.iter().position(|cell| cell.column == column) {
            row.cells[..=at].rotate_right(1);
        }
    }

    /// Adds the figures of another answer.
    pub(super) fn with(&mut self, other: Opened) {
        let by = u32::try_from(self.opened.lines.len()).unwrap_or(u32::MAX);
        self.opened.lines.extend(other.lines);
        self.opened.rows.extend(other.rows.into_iter().map(|mut row| {
            for part in row.cells.iter_mut().flat_map(|cell| &mut cell.parts) {
                part.from = part.from.saturating_add(by);
                part.to = part.to.saturating_add(by);
            }
            row
        }));
    }

    pub(super) fn done(self) -> Opened {
        self.opened
    }
}

/// A run that is taken off.
fn less(part: OpenedPart) -> OpenedPart {
    OpenedPart { minus: !part.minus, ..part }
}

/// The document of a program that kept what figures are made of.
fn keeps_lines(document: &Document) -> Option<&crate::result::Desk> {
    const SINCE: u32 = 4;
    document.desk.as_ref().filter(|_| document.version >= SINCE)
}
