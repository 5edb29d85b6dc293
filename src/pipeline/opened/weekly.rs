//! The money on the show producer's page: rows of the cost report, of cash and of the margin.

use super::{Maker, cash, cost_report, keeps_lines, margin, vendors};
use crate::pipeline::cost_report::By;
use crate::result::{Document, Opened};

/// The figures of `weekly` that are money; none where the result was saved without what they are made of.
pub fn weekly(document: &Document) -> Option<Opened> {
    keeps_lines(document)?;
    let mut maker = Maker::new("weekly", document);
    maker.with(cost_report(document, By::Account)?);
    maker.with(cash(document)?);
    let wanted = ["margin", "unapproved_spent", "unapproved_to_go"];
    let mut left = margin(document)?;
    left.rows.retain(|row| wanted.contains(&&*row.id));
    maker.with(left);
    let mut theirs = vendors(document)?;
    // The total is that of the cost report here.
    for row in theirs.rows.iter_mut().filter(|row| row.id == "total") {
        row.id = "vendors".to_owned();
    }
    theirs.rows.retain(|row| row.cells.iter().any(|cell| cell.column == "unapproved"));
    maker.with(theirs);
    Some(maker.done())
}
