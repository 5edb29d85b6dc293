//! The commitments ladder, for a terminal.

use super::cost_report::{keep_whole, lines, right, table};
use super::summary::paragraph;
use crate::result::{Heading, Rung};
use comfy_table::Cell;

/// Rungs that are shown; JSON and CSV have them all.
const MOST: usize = 12;

/// What stopping on a day would save, day by day.
pub(super) fn ladder(out: &mut String, heading: &Heading, rungs: &[Rung], width: usize) {
    if rungs.is_empty() {
        return;
    }
    out.push('\n');
    let text =
        "What stopping on a day would save (notice, minimum terms and cancellation counted):";
    paragraph(out, "", text, width);
    let mut grid = table(width);
    grid.set_header(["Decided", "Spent by then", "Owed", "People saved", "Vendors saved", "Saved"]);
    for rung in rungs.iter().take(MOST) {
        let amounts = [rung.spent, rung.owed, rung.people, rung.vendors, rung.avoidable];
        let mut cells = vec![Cell::new(rung.decided)];
        cells.extend(amounts.map(|value| right(heading.money(value))));
        grid.add_row(cells);
    }
    keep_whole(&mut grid, 0..6);
    lines(out, &grid);
    if rungs.len() > MOST {
        let text = format!("and {} more days (--format json has them all)", rungs.len() - MOST);
        paragraph(out, "", &text, width);
    }
}
