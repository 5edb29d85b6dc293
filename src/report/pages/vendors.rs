//! What is with vendors, and what could still be saved.

use super::ladder::{LEAD, ladder};
use super::{day_cell, number, page as empty};
use crate::report::answer_page::*;
use crate::report::vendors::is_open;
use crate::result::{CashEvent, VendorsAnswer};

/// Vendors, changes of their orders, their packages and payments, and the commitments ladder.
pub fn page(answer: &VendorsAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, "Vendors and commitments");
    let sum = |value: fn(&crate::result::VendorShow) -> i64| -> i64 {
        answer.vendors.iter().fold(0, |sum, row| i64::saturating_add(sum, value(row)))
    };
    if answer.vendors.is_empty() {
        page.lead.push("No vendor has orders or work.".to_owned());
    } else {
        let lines = vec![
            format!("{} in open orders", heading.money(sum(|row| row.open))),
            format!("{} to be awarded", heading.money(sum(|row| row.projected))),
            format!("{} that pending changes would add", heading.money(sum(|row| row.pending))),
        ];
        page.tile("Exposure", heading.money(sum(|row| row.exposure)), Tone::Plain, lines);
        page.tile_asked("total:exposure");
        let lines = vec![format!("{} of it so far", heading.money(sum(|row| row.to_date)))];
        page.tile("Final cost", heading.money(sum(|row| row.efc)), Tone::Plain, lines);
        page.tile_asked("total:efc");
        let unapproved = sum(|row| row.unapproved);
        if unapproved != 0 {
            let lines = vec!["it may be invoiced all the same".to_owned()];
            page.tile("Begun, not agreed", heading.money(unapproved), Tone::Bad, lines);
            page.tile_asked("total:unapproved");
        }
    }
    if let Some(rung) = answer.ladder.first() {
        let lines = vec!["if all were stopped on the day of the plan".to_owned()];
        page.tile("Could still be saved", heading.money(rung.avoidable), Tone::Plain, lines);
        page.tile_asked(format!("{}:avoidable", rung.decided));
    }
    let mut vendors = Table::new(&[
        ("Vendor", Kind::Text),
        ("Show", Kind::Text),
        ("Contracted", Kind::Money),
        ("Approved changes", Kind::Money),
        ("To date", Kind::Money),
        ("Open", Kind::Money),
        ("To award", Kind::Money),
        ("Pending", Kind::Money),
        ("Exposure", Kind::Money),
        ("Final cost", Kind::Money),
        ("At risk", Kind::Money),
        ("Paid", Kind::Money),
        ("Still to pay", Kind::Money),
    ])
    .opening(&[
        "",
        "",
        "contracted",
        "changes",
        "to_date",
        "open",
        "projected",
        "pending",
        "exposure",
        "efc",
        "at_risk",
        "paid",
        "to_pay",
    ]);
    for row in &answer.vendors {
        vendors.row(vec![
            row.name.clone().into(),
            row.show.clone().into(),
            row.contracted.into(),
            row.changes.into(),
            row.to_date.into(),
            row.open.into(),
            row.projected.into(),
            row.pending.into(),
            row.exposure.into(),
            row.efc.into(),
            row.at_risk.into(),
            row.paid.into(),
            row.to_pay.into(),
        ]);
        vendors.asked(row.asked(&answer.vendors));
    }
    let lead = "Exposure is what may still have to be paid: open orders, work to be awarded, and what pending changes \
                would add. At risk: orders and work × the vendor's chance of a late delivery.";
    page.section("Vendors", lead, vec![Block::Table(vendors)]);
    let mut changes = Table::new(&[
        ("Change", Kind::Text),
        ("Vendor", Kind::Text),
        ("Order", Kind::Text),
        ("State", Kind::Text),
        ("Since", Kind::Day),
        ("Price", Kind::Money),
        ("Adds", Kind::Money),
        ("Days later", Kind::Number),
        ("Tasks", Kind::Number),
        ("Begun", Kind::Number),
    ])
    .opening(&["", "", "", "", "", "price", "adds"]);
    for row in &answer.changes {
        let tone = match (is_open(row), row.begun) {
            (true, 1..) => Tone::Bad,
            (true, 0) => Tone::Fair,
            (false, _) => Tone::Plain,
        };
        let cells = vec![
            row.id.clone().into(),
            row.vendor.clone().into(),
            row.order.clone().into(),
            row.state.clone().into(),
            day_cell(row.date),
            row.amount.into(),
            row.adds.into(),
            row.days.into(),
            row.tasks.into(),
            row.begun.into(),
        ];
        changes.toned(cells, tone);
        changes.asked(row.id.clone());
    }
    page.section("Change orders", "", vec![Block::Table(changes)]);
    let mut packages = Table::new(&[
        ("Package", Kind::Text),
        ("Vendor", Kind::Text),
        ("Tasks", Kind::Number),
        ("Bid days", Kind::Number),
        ("Start", Kind::Day),
        ("Delivery", Kind::Day),
        ("Accepted", Kind::Day),
    ])
    .opening(&["", "", "", "work"]);
    let day = answer.day_minutes.max(1) as f64;
    let mut rows: Vec<_> = answer
        .vendors
        .iter()
        .flat_map(|row| row.packages.iter().map(move |package| (row, package)))
        .collect();
    rows.sort_by_key(|(_, package)| package.delivery);
    for (vendor, package) in rows {
        let sequence = package.sequence.as_deref().unwrap_or("assets");
        packages.row(vec![
            format!("{sequence} {}", package.department).into(),
            vendor.name.clone().into(),
            package.tasks.into(),
            number(Some((package.minutes as f64 / day * 10.0).round() / 10.0)),
            day_cell(package.start),
            day_cell(package.delivery),
            day_cell(package.acceptance),
        ]);
        let of = vendor.asked(&answer.vendors);
        packages.asked(format!("{of} {sequence} {}", package.department));
    }
    let mut payments = Table::new(&[
        ("Payment", Kind::Day),
        ("Vendor", Kind::Text),
        ("For", Kind::Text),
        ("Invoiced", Kind::Day),
        ("Amount", Kind::Money),
    ])
    .titled("Payments to come")
    .opening(&["", "", "", "", "amount"]);
    let asked = CashEvent::asked(&answer.payments);
    for (row, asked) in
        answer.payments.iter().zip(asked).filter(|(row, _)| row.date >= heading.as_of)
    {
        payments.row(vec![
            day_cell(row.date),
            row.vendor.clone().into(),
            row.tied_to.clone().into(),
            day_cell(row.invoiced),
            row.amount.into(),
        ]);
        payments.asked(asked);
    }
    page.section("Packages", "", vec![Block::Table(packages), Block::Table(payments)]);
    let saved = Block::Table(ladder(&answer.ladder));
    page.section("What could still be saved", LEAD, vec![saved]);
    page
}
