//! One question over a range, for a terminal.

use super::compare::{last_open, note, told};
use super::levers::{table, title};
use super::summary::{paragraph, printable};
use super::words::count;
use crate::result::{BreakRow, SweepAnswer};

/// Rows that are printed; JSON and CSV have all.
const MOST_ROWS: usize = 60;

/// Where something changes, in a sentence.
pub(super) fn breaking(row: &BreakRow) -> String {
    let (last, first) = (printable(&row.last), printable(&row.first));
    let what = printable(&row.what);
    let steady = if row.steady { "" } else { ", and not for all values from there on" };
    match row.held {
        true => format!("{what}: holds up to {last}, broken from {first} on{steady}"),
        false => format!("{what}: missed up to {last}, holds from {first} on{steady}"),
    }
}

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn sweep(answer: &SweepAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    title(&mut out, heading, &printable(&answer.questions.join(" × ")), width);
    for row in &answer.breaks {
        paragraph(&mut out, "", &breaking(row), width);
    }
    if answer.breaks.is_empty() && answer.questions.len() == 1 {
        let text = "Nothing breaks or begins to hold in this range: every milestone that is late is late \
            at all values, and the others at none.";
        paragraph(&mut out, "", text, width);
    }
    out.push('\n');
    let milestone = last_open(answer.base.measures.as_ref());
    let done = milestone.map_or("Done".to_owned(), |(_, id)| printable(id));
    let params: Vec<String> = match answer.rows.first() {
        Some(row) => row.point.iter().map(|point| printable(&point.param)).collect(),
        None => Vec::new(),
    };
    let mut names: Vec<&str> = params.iter().map(String::as_str).collect();
    let fixed = ["Dates late", "Items late", "Costs more", "Final cost", "Overtime", "Peak", ""];
    names.push(&done);
    names.extend(fixed);
    let first = params.len() + 1;
    let right: Vec<usize> = (0..params.len()).chain(first..first + 6).collect();
    let cells = answer.rows.iter().take(MOST_ROWS).map(|row| {
        let mut cells: Vec<String> = row.point.iter().map(|p| printable(&p.value)).collect();
        let Some(of) = &row.measures else {
            cells.resize(params.len() + 7, String::new());
            cells.push(printable(&note(row)));
            return cells;
        };
        let [date, dates, items, cost, overtime, peak] = told(of, milestone, heading);
        let whole = heading.money(of.final_cost);
        cells.extend([date, dates, items, cost, whole, overtime, peak, printable(&note(row))]);
        cells
    });
    table(&mut out, &names, &right, cells, width);
    if answer.rows.len() > MOST_ROWS {
        let more = answer.rows.len() - MOST_ROWS;
        let text = format!("and {more} more (--format json or csv has all)");
        paragraph(&mut out, "", &text, width);
    }
    out.push('\n');
    let text = "Each value was planned from the same plan on and checked. Late: how many, and working days \
        altogether. Costs are beyond the plan as it is, with pay that no task uses.";
    paragraph(&mut out, "", text, width);
    if answer.stopped > 0 {
        let text =
            format!("{} not planned: the run was stopped.", count(answer.stopped.into(), "value"));
        paragraph(&mut out, "", &text, width);
    }
    out
}
