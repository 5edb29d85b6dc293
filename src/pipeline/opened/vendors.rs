//! What is with vendors: orders, change orders, payments, planned work; and the commitments ladder.

use super::cash::{of_event, payments};
use super::postings::{Lines, Names};
use super::{Maker, keeps_lines, ladder};
use crate::pipeline::desk_answers::heading;
use crate::result::{
    CashEvent, ChangeRow, Desk, Document, Opened, OrderRow, Package, Unit, VendorShow, WhyRow,
};
use std::collections::HashMap;

/// The figures of `vendors`; none where the result was saved without what they are made of.
pub fn vendors(document: &Document) -> Option<Opened> {
    let desk = keeps_lines(document)?;
    let names = Names::of(document);
    let mut maker = Maker::new("vendors", document);
    // To date, open and projected of each vendor and show.
    let mut spent: HashMap<(&str, &str), [Lines; 3]> = HashMap::new();
    for posting in desk.postings.iter().filter(|row| !names.is_revenue(&row.account)) {
        let about = names.about(posting);
        if about.vendor.is_empty() {
            continue;
        }
        let column = match &*posting.state {
            "actual" | "accrued" => 0,
            "committed" => 1,
            _ => 2,
        };
        let lines = &mut spent.entry((about.vendor, about.show)).or_default()[column];
        lines.add(names.line(posting, &about));
    }
    for row in &desk.vendors {
        maker.row(&row.asked(&desk.vendors), &row.name);
        let key = (&*row.vendor, row.show.as_deref().unwrap_or_default());
        vendor(&mut maker, document, desk, &names, row, spent.remove(&key).unwrap_or_default());
    }
    total(&mut maker, &desk.vendors);
    for row in &desk.vendors {
        for package in &row.packages {
            packaged(&mut maker, document, &desk.vendors, row, package);
        }
    }
    changes(&mut maker, desk, &names, |row| row.order.is_some());
    let theirs: Vec<&CashEvent> =
        desk.cash.events.iter().filter(|row| row.vendor.is_some()).collect();
    payments(&mut maker, desk, &names, &theirs, false);
    let bands = |person: &str| names.band(person);
    let heading = heading(document);
    maker.with(ladder("vendors", &heading, &desk.ladder, &desk.ladder_lines, &bands));
    Some(maker.done())
}

/// All vendors: a line each.
fn total(maker: &mut Maker, vendors: &[VendorShow]) {
    if vendors.is_empty() {
        return;
    }
    maker.row("total", "all vendors");
    type Value = fn(&VendorShow) -> i64;
    let columns: [(&str, Value); 5] = [
        ("exposure", |row| row.exposure),
        ("efc", |row| row.efc),
        ("to_date", |row| row.to_date),
        ("open", |row| row.open),
        ("unapproved", |row| row.unapproved),
    ];
    for (column, value) in columns {
        let line = |row: &VendorShow| WhyRow {
            what: row.name.clone(),
            who: row.asked(vendors),
            ..WhyRow::new("vendor", None, value(row))
        };
        let figure = vendors.iter().fold(0_i64, |sum, row| sum.saturating_add(value(row)));
        maker.cell(column, figure, vendors.iter().map(line).collect());
    }
}

fn vendor(
    maker: &mut Maker,
    document: &Document,
    desk: &Desk,
    names: &Names,
    row: &VendorShow,
    spent: [Lines; 3],
) {
    let as_of = document.production.as_of;
    let [to_date, open, projected] = spent.map(Lines::done);
    let is_of =
        |order: &OrderRow| order.vendor.as_ref() == Some(&row.vendor) && order.show == row.show;
    let orders: Vec<WhyRow> = desk
        .orders
        .iter()
        .filter(|order| is_of(order) && order.value != 0)
        .map(|order| WhyRow {
            account: order.account.clone(),
            order: Some(order.id.clone()),
            source: order.source.clone(),
            who: row.vendor.clone(),
            ..WhyRow::new("order", order.expected, order.value)
        })
        .collect();
    // A change belongs where the order does that it changes.
    let of_change = |change: &&ChangeRow| {
        let order = change.order.as_ref();
        order.is_some_and(|id| desk.orders.iter().any(|order| order.id == *id && is_of(order)))
    };
    let changes = |value: &dyn Fn(&ChangeRow) -> i64| -> Vec<WhyRow> {
        let rows = desk.changes.iter().filter(of_change);
        rows.filter(|change| value(change) != 0)
            .map(|change| of_change_order(change, value(change)))
            .collect()
    };
    let approved = |change: &ChangeRow| if change.state == "approved" { change.amount } else { 0 };
    let first = maker.run(orders, Unit::Money, row.contracted.saturating_sub(row.changes));
    let second = maker.cell("changes", row.changes, changes(&approved));
    maker.sum("contracted", Unit::Money, row.contracted, vec![first, second]);
    let to_date = maker.cell("to_date", row.to_date, to_date);
    let open = maker.cell("open", row.open, open);
    let projected = maker.cell("projected", row.projected, projected);
    let pending = maker.cell("pending", row.pending, changes(&|change| change.adds));
    maker.sum("exposure", Unit::Money, row.exposure, vec![open, projected, pending]);
    maker.sum("efc", Unit::Money, row.efc, vec![to_date, open, projected]);
    let unapproved = |change: &ChangeRow| {
        let is_agreed = ["approved", "absorbed"].contains(&&*change.state);
        if is_agreed || change.begun == 0 { 0 } else { change.amount.max(0) }
    };
    maker.cell("unapproved", row.unapproved, changes(&unapproved));
    let coming = row.open.saturating_add(row.projected);
    let share = |figure: i64, share: i64, what: &str| {
        let what = format!("{}.{:02} % of open and projected: {what}", share / 100, share % 100);
        let line = WhyRow { what, who: row.vendor.clone(), ..WhyRow::new("share", as_of, figure) };
        if figure == 0 || coming == 0 { Vec::new() } else { vec![line] }
    };
    maker.cell("at_risk", row.at_risk, share(row.at_risk, row.shares[0], "chance of being late"));
    let watched = share(row.supervision, row.shares[1], "supervision");
    maker.cell("supervision", row.supervision, watched);
    let events = |is_past: bool| -> Vec<WhyRow> {
        let theirs = desk.cash.events.iter().filter(|event| {
            event.vendor.as_ref() == Some(&row.vendor)
                && event.show == row.show
                && (event.date < as_of) == is_past
        });
        theirs.map(|event| of_event(desk, names, event)).collect()
    };
    let paid = maker.cell("paid", row.paid, events(true));
    let to_pay = maker.cell("to_pay", row.to_pay, events(false));
    maker.sum("payments", Unit::Money, row.paid.saturating_add(row.to_pay), vec![paid, to_pay]);
    maker.first("efc");
}

/// The tasks of a package, in minutes at the bid standard.
fn packaged(
    maker: &mut Maker,
    document: &Document,
    rows: &[VendorShow],
    row: &VendorShow,
    package: &Package,
) {
    let sequence = package.sequence.as_deref().unwrap_or("assets");
    let id = format!("{} {sequence} {}", row.asked(rows), package.department);
    maker.row(&id, "package");
    let sequence_of: HashMap<(&str, &str), (Option<&str>, &str)> = document
        .production
        .entities
        .iter()
        .map(|row| ((&*row.kind, &*row.id), (row.sequence.as_deref(), &*row.show)))
        .collect();
    let tasks: HashMap<&str, &crate::result::TaskRow> =
        document.tasks.iter().map(|task| (&*task.id, task)).collect();
    let line = |part: &crate::result::AssignmentRow| {
        let task = tasks.get(&*part.task)?;
        let key = (&*task.entity_kind, &*task.entity);
        let (sequence, show) = match task.entity_kind.as_str() {
            "sequence" => (Some(&*task.entity), sequence_of.get(&key).map(|known| known.1)),
            _ => {
                let known = sequence_of.get(&key)?;
                (known.0, Some(known.1))
            }
        };
        let is_here = task.department == package.department
            && sequence == package.sequence.as_deref()
            && (show.is_none() || show == row.show.as_deref());
        is_here.then(|| WhyRow {
            task: task.id.clone(),
            who: row.vendor.clone(),
            to: Some(part.end),
            minutes: task.work_minutes,
            amount: None,
            ..WhyRow::new("task", part.start, 0)
        })
    };
    let theirs =
        document.assignments.iter().filter(|part| part.vendor.as_ref() == Some(&row.vendor));
    let lines: Vec<WhyRow> = theirs.filter_map(line).collect();
    let run = maker.run(lines, Unit::Minutes, package.minutes);
    maker.sum("work", Unit::Minutes, package.minutes, vec![run]);
}

/// A change order as a line.
pub(super) fn of_change_order(change: &ChangeRow, amount: i64) -> WhyRow {
    WhyRow {
        state: change.state.clone(),
        what: change.id.clone(),
        who: change.vendor.clone().unwrap_or_else(|| change.show.clone()),
        order: change.order.clone(),
        ..WhyRow::new("change order", change.date, amount)
    }
}

/// Change orders, each with its price and the cost of its tasks.
pub(super) fn changes(
    maker: &mut Maker,
    desk: &Desk,
    names: &Names,
    is_told: impl Fn(&ChangeRow) -> bool,
) {
    let mut of_task: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, change) in desk.changes.iter().enumerate().filter(|(_, row)| is_told(row)) {
        for task in &change.of {
            of_task.entry(task).or_default().push(at);
        }
    }
    let mut lines: Vec<[Lines; 2]> = desk.changes.iter().map(|_| Default::default()).collect();
    for posting in desk.postings.iter().filter(|row| !names.is_revenue(&row.account)) {
        let about = names.about(posting);
        let Some(rows) = of_task.get(about.task) else { continue };
        let is_spent = ["actual", "accrued"].contains(&&*posting.state);
        for &row in rows {
            lines[row][usize::from(!is_spent)].add(names.line(posting, &about));
        }
    }
    for (change, lines) in desk.changes.iter().zip(lines).filter(|(row, _)| is_told(row)) {
        maker.row(&change.id, "change order");
        let [spent, to_go] = lines.map(Lines::done);
        maker.cell("price", change.amount, vec![of_change_order(change, change.amount)]);
        if change.order.is_some() {
            let line = of_change_order(change, change.adds);
            maker.cell("adds", change.adds, if change.adds == 0 { Vec::new() } else { vec![line] });
        }
        maker.cell("spent", change.spent, spent);
        maker.cell("to_go", change.to_go, to_go);
    }
}
