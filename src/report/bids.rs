//! Finished work against its bids, for a terminal.

use super::levers::{table, title};
use super::summary::{paragraph, printable};
use crate::result::{BidRow, BidsAnswer};

/// Bids against actuals in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn bids(answer: &BidsAnswer, width: usize) -> String {
    let width = width.max(60);
    let mut out = String::new();
    title(&mut out, &answer.heading, "bid against actual", width);
    if answer.bids.is_empty() {
        paragraph(&mut out, "", NONE, width);
        return out;
    }
    let day = answer.day_minutes.max(1) as f64;
    let cells = answer.bids.iter().map(|row| {
        vec![
            printable(&row.department),
            printable(row.class.as_deref().unwrap_or("–")),
            row.level.clone().unwrap_or_else(|| "–".to_owned()),
            row.tasks.to_string(),
            format!("{:.1}", row.bid_minutes as f64 / day),
            format!("{:.1}", row.logged_minutes as f64 / day),
            ratio(row).map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}")),
            format!("{:.2} – {:.2}", row.quartiles[0], row.quartiles[2]),
        ]
    });
    let names =
        ["Department", "Class", "Level", "Tasks", "Bid days", "Actual", "Ratio", "Half are in"];
    table(&mut out, &names, &[3, 4, 5, 6, 7], cells, width);
    out.push('\n');
    paragraph(&mut out, "", HOW, width);
    out
}

/// Where nothing can be compared.
pub(super) const NONE: &str =
    "No finished task has a bid and logged time: there is nothing to compare yet.";
/// How to read the table.
pub(super) const HOW: &str = "Finished tasks with a bid and logged time. Above 1, or 100 %, took longer than bid; half of the tasks lie \
                              between the two ratios at the end. `learn` makes odds of them.";

/// Logged ÷ bid of all of them.
pub(super) fn ratio(row: &BidRow) -> Option<f64> {
    (row.bid_minutes > 0).then(|| row.logged_minutes as f64 / row.bid_minutes as f64)
}
