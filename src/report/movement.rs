//! Why the final cost moved, for a terminal.

use super::cost_report::{keep_whole, lines, right, table};
use super::summary::{paragraph, printable};
use super::words::{day, money_in};
use crate::result::{Movement, MovementRow};
use comfy_table::Cell;

pub(super) type Column = (&'static str, fn(&MovementRow) -> i64);

static DRIVERS: [Column; 8] = [
    ("Booked", |row| row.booked),
    ("Time", |row| row.time),
    ("Rates", |row| row.rates),
    ("Overtime", |row| row.overtime),
    ("Beside tasks", |row| row.idle),
    ("Orders", |row| row.orders),
    ("Vendors", |row| row.vendors),
    ("Technology", |row| row.technology),
];

/// The movement in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn movement(movement: &Movement, width: usize) -> String {
    let width = width.max(60);
    let money = |amount: i64| money_in(amount, &movement.currency, movement.currency_decimals);
    let mut out = String::new();
    let title = format!(
        "{} · movement from {} ({}) to {} ({})",
        printable(&movement.production),
        printable(&movement.from.0),
        day(movement.from.1),
        printable(&movement.to.0),
        day(movement.to.1)
    );
    paragraph(&mut out, "", &title, width);
    out.push('\n');
    let total = &movement.total;
    let text = format!(
        "The final cost was {} and is {}: {} {}.",
        money(total.before),
        money(total.after),
        money(total.movement.saturating_abs()),
        if total.movement > 0 { "more" } else { "less" }
    );
    paragraph(&mut out, "", &text, width);
    let columns = drivers(movement);
    if columns.is_empty() {
        return out;
    }
    out.push('\n');
    let mut grid = table(width);
    let mut header = vec!["Account", "Movement"];
    header.extend(columns.iter().map(|(name, _)| *name));
    let count = header.len();
    grid.set_header(header);
    for row in movement.rows.iter().chain([total]) {
        let mut cells = vec![Cell::new(printable(&row.account)), right(money(row.movement))];
        cells.extend(columns.iter().map(|(_, value)| right(money(value(row)))));
        grid.add_row(cells);
    }
    keep_whole(&mut grid, 1..count);
    lines(&mut out, &grid);
    out.push('\n');
    paragraph(&mut out, "", HOW, width);
    out
}

/// How drivers are meant.
pub(super) const HOW: &str = "Booked: what the books grew by, less what had been planned for the weeks \
     that are over. Time: more or less artist time ahead, at the rates of then. Rates: the same time at other \
     rates or by other people.";

/// The drivers that moved anything.
pub(super) fn drivers(movement: &Movement) -> Vec<&'static Column> {
    let has = |(_, value): &&Column| movement.rows.iter().any(|row| value(row) != 0);
    DRIVERS.iter().filter(has).collect()
}
