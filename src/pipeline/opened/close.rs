//! What a closed period is made of: the cost report by account, and the drivers of its movement.

use super::{Maker, cost_report};
use crate::pipeline::By;
use crate::result::{Document, Movement, MovementRow, Opened, WhyRow};

/// Drivers of a movement.
type Driver = (&'static str, &'static str, fn(&MovementRow) -> i64);

const DRIVERS: [Driver; 8] = [
    ("booked", "booked since, less what had been planned for the weeks that are over", |row| {
        row.booked
    }),
    ("time", "more or less artist time ahead, at the rates of then", |row| row.time),
    ("rates", "the same time at other rates or by other people", |row| row.rates),
    ("overtime", "overtime pay", |row| row.overtime),
    ("beside_tasks", "paid time beside tasks", |row| row.idle),
    ("orders", "purchase orders", |row| row.orders),
    ("vendors", "work of vendors that is not ordered", |row| row.vendors),
    ("technology", "farm, licences and desks", |row| row.technology),
];

/// The figures of a closed period: rows of the cost report, and for each account that moved one that is asked for as
/// "moved 20-18"; none where the result was saved without what they are made of.
pub fn closed(document: &Document, movement: Option<&Movement>) -> Option<Opened> {
    let mut maker = Maker::new("close", document);
    maker.with(cost_report(document, By::Account)?);
    let Some(movement) = movement else { return Some(maker.done()) };
    for row in &movement.rows {
        maker.row(&format!("moved {}", row.account), &format!("movement of {}", row.account));
        let lines = DRIVERS.iter().filter(|(.., value)| value(row) != 0);
        let lines = lines.map(|(_, what, value)| WhyRow {
            account: row.account.clone(),
            what: (*what).to_owned(),
            ..WhyRow::new("driver", None, value(row))
        });
        maker.cell("movement", row.movement, lines.collect());
    }
    maker.row("moved total", "movement of all accounts");
    let columns: [Driver; 3] = [
        ("movement", "", |row| row.movement),
        ("before", "", |row| row.before),
        ("after", "", |row| row.after),
    ];
    for (column, _, value) in columns.iter().chain(&DRIVERS) {
        let lines = movement.rows.iter().filter(|row| value(row) != 0).map(|row| WhyRow {
            account: row.account.clone(),
            ..WhyRow::new("account", None, value(row))
        });
        let lines: Vec<WhyRow> = lines.collect();
        // Accounts that did not move are no part of the list.
        let sum = lines.iter().filter_map(|line| line.amount).fold(0, i64::saturating_add);
        if sum == value(&movement.total) {
            maker.cell(column, sum, lines);
        }
    }
    Some(maker.done())
}
