//! What a closed period is made of: the cost report by account, and the drivers of its movement.

use super::cash::monday;
use super::{Maker, cost_report};
use crate::pipeline::By;
use crate::result::{Document, Movement, MovementRow, Opened, Snapshot, WhyRow};
use jiff::civil::Date;

/// A driver of a movement: how it is asked for, what it is, its amount, and the kinds of cost to go of which it is the
/// change.
type Driver = (&'static str, &'static str, fn(&MovementRow) -> i64, &'static [&'static str]);

const DRIVERS: [Driver; 8] = [
    (
        "booked",
        "booked since, less what had been planned for the weeks that are over",
        |row| row.booked,
        &[],
    ),
    ("time", "more or less artist time ahead, at the rates of then", |row| row.time, &[]),
    ("rates", "the same time at other rates or by other people", |row| row.rates, &["labour"]),
    ("overtime", "overtime pay", |row| row.overtime, &["overtime"]),
    (
        "beside_tasks",
        "paid time beside tasks",
        |row| row.idle,
        &["idle", "team", "guaranteed", "called off"],
    ),
    ("orders", "purchase orders", |row| row.orders, &["commitment"]),
    ("vendors", "work of vendors that is not ordered", |row| row.vendors, &["vendor"]),
    ("technology", "farm, licences and desks", |row| row.technology, &["pool", "overflow"]),
];

/// The figures of a closed period: rows of the cost report, and for each account that moved since an earlier one a row
/// that is asked for as "moved 20-18"; none where the result was saved without what they are made of.
pub fn closed(
    document: &Document,
    closed: &Snapshot,
    since: Option<(&Snapshot, &Movement)>,
) -> Option<Opened> {
    let mut maker = Maker::new("close", document);
    maker.with(cost_report(document, By::Account)?);
    let Some((before, movement)) = since else { return Some(maker.done()) };
    for row in &movement.rows {
        maker.row(&format!("moved {}", row.account), &format!("movement of {}", row.account));
        let drivers = DRIVERS.iter().filter(|(_, _, value, _)| value(row) != 0);
        let drivers = drivers.map(|(_, what, value, _)| WhyRow {
            account: row.account.clone(),
            what: (*what).to_owned(),
            ..WhyRow::new("driver", None, value(row))
        });
        maker.cell("movement", row.movement, drivers.collect());
        for (column, figure, snapshot) in
            [("before", row.before, before), ("after", row.after, closed)]
        {
            let mut lines = vec![spent(snapshot, &row.account, false)];
            lines.extend(to_go(snapshot, &row.account, &|_, _| true, false));
            maker.cell(column, figure, lines);
        }
        for (column, what, value, kinds) in DRIVERS {
            let lines = driver(row, (before, closed), (column, what, kinds));
            maker.cell(column, value(row), lines);
        }
    }
    maker.row("moved total", "movement of all accounts");
    type Value = fn(&MovementRow) -> i64;
    let columns: [(&str, Value); 3] = [
        ("movement", |row| row.movement),
        ("before", |row| row.before),
        ("after", |row| row.after),
    ];
    let drivers = DRIVERS.iter().map(|(column, _, value, _)| (*column, *value));
    for (column, value) in columns.into_iter().chain(drivers) {
        let mut lines: Vec<WhyRow> = movement
            .rows
            .iter()
            .map(|row| WhyRow {
                account: row.account.clone(),
                ..WhyRow::new("account", None, value(row))
            })
            .collect();
        let figure = value(&movement.total);
        let told = lines.iter().filter_map(|line| line.amount).fold(0, i64::saturating_add);
        lines.push(WhyRow {
            what: "accounts that did not move".to_owned(),
            ..WhyRow::new("account", None, figure.saturating_sub(told))
        });
        maker.cell(column, figure, lines);
    }
    Some(maker.done())
}

/// What a driver is the change of: what is there now, less what was there then.
fn driver(
    row: &MovementRow,
    (before, after): (&Snapshot, &Snapshot),
    (column, what, kinds): (&str, &str, &[&str]),
) -> Vec<WhyRow> {
    let this_week = monday(after.as_of);
    let account = &row.account;
    let share = |amount: i64| WhyRow {
        account: account.clone(),
        what: what.to_owned(),
        ..WhyRow::new("share", after.as_of, amount)
    };
    if column == "booked" {
        let over = |_: &str, week: Date| week < this_week;
        let mut lines = vec![spent(after, account, false), spent(before, account, true)];
        lines.extend(to_go(before, account, &over, true));
        return lines;
    }
    if column == "time" {
        return vec![share(row.time)];
    }
    let is_now = |kind: &str, _: Date| kinds.contains(&kind);
    let was_ahead = |kind: &str, week: Date| kinds.contains(&kind) && week >= this_week;
    let mut lines = to_go(after, account, &is_now, false);
    lines.extend(to_go(before, account, &was_ahead, true));
    if column == "rates" {
        let what = "more or less time, which is a driver of its own".to_owned();
        lines.push(WhyRow { what, ..share(row.time.saturating_neg()) });
    }
    lines
}

/// Cost to date of an account.
fn spent(snapshot: &Snapshot, account: &str, is_off: bool) -> WhyRow {
    let row = snapshot.rows.iter().find(|row| row.id == account);
    let amount = row.map_or(0, |row| row.actual.saturating_add(row.accrued));
    WhyRow {
        account: account.to_owned(),
        what: format!("to date in {}", snapshot.period),
        ..WhyRow::new("actual", snapshot.as_of, if is_off { -amount } else { amount })
    }
}

/// Cost to go of an account, by kind and week.
fn to_go(
    snapshot: &Snapshot,
    account: &str,
    is_told: &dyn Fn(&str, Date) -> bool,
    is_off: bool,
) -> Vec<WhyRow> {
    let rows = snapshot.to_go.iter().filter(|row| row.account == account);
    let told = rows.filter(|row| is_told(&row.kind, row.week)).map(|row| WhyRow {
        account: account.to_owned(),
        what: format!("to go in {}", snapshot.period),
        minutes: row.minutes,
        ..WhyRow::new(&row.kind, row.week, if is_off { -row.amount } else { row.amount })
    });
    told.collect()
}
