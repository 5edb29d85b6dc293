//! The commitments ladder on a page.

use super::day_cell;
use crate::report::answer_page::{Kind, Table};
use crate::result::Rung;

/// How to read it.
pub(super) const LEAD: &str = "What stopping on a day would save of all cost to go; notice, minimum terms and \
                               cancellation are counted.";

/// What stopping on a day would save, day by day.
pub(super) fn ladder(rungs: &[Rung]) -> Table {
    let mut table = Table::new(&[
        ("Decided on", Kind::Day),
        ("Spent by then", Kind::Money),
        ("Owed", Kind::Money),
        ("People saved", Kind::Money),
        ("Vendors saved", Kind::Money),
        ("Saved", Kind::Money),
    ])
    .opening(&["", "spent", "owed", "people", "vendors", "avoidable"]);
    for row in rungs {
        table.row(vec![
            day_cell(row.decided),
            row.spent.into(),
            row.owed.into(),
            row.people.into(),
            row.vendors.into(),
            row.avoidable.into(),
        ]);
        table.asked(row.decided.to_string());
    }
    table
}
