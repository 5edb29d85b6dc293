//! What cash by week is made of: pay by person and task, invoices, bookings, client payments, incentives.

use super::postings::{About, Line, Lines, Names};
use super::{Maker, keeps_lines, less};
use crate::forecast::LATE_DAYS;
use crate::pipeline::desk_answers::{PaymentKey, payment_key, together};
use crate::result::{
    CashEvent, CashWeek, Desk, Document, Opened, Payday, PostingRow, Unit, WhyRow,
};
use jiff::ToSpan;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// The figures of the cash by week; none where the result was saved without what they are made of.
pub fn cash(document: &Document) -> Option<Opened> {
    let desk = keeps_lines(document)?;
    let names = Names::of(document);
    let what_of = |day: &Payday| -> Cow<str> {
        // With one payday in the week nobody has to be told which.
        let is_only = |other: &Payday| {
            other.kind != day.kind
                || other.date == day.date
                || monday(other.date) != monday(day.date)
        };
        match (&*day.kind, desk.cash.paydays.iter().all(is_only)) {
            ("payroll", true) => "".into(),
            ("payroll", false) => format!("paid {}", day.date).into(),
            (_, true) => "on top of pay".into(),
            (_, false) => format!("on top of pay, paid {}", day.date).into(),
        }
    };
    let words: Vec<Cow<str>> = desk.cash.paydays.iter().map(what_of).collect();
    let mut weeks: BTreeMap<Date, Week> =
        desk.cash.weeks.iter().map(|row| (row.week, Week::default())).collect();
    for (day, what) in desk.cash.paydays.iter().zip(&words) {
        let Some(week) = weeks.get_mut(&monday(day.date)) else { continue };
        let lines = if day.kind == "payroll" { &mut week.payroll } else { &mut week.fringe };
        for &(row, minutes, amount) in &day.lines {
            let Some((posting, about)) = posting(desk, &names, row) else { continue };
            let line = names.line(posting, &about);
            let band = amount.is_none().then(|| names.band(about.person)).flatten();
            lines.add(Line { what: Cow::Borrowed(what), minutes, amount, band, ..line });
        }
    }
    for &row in &desk.cash.on_the_day {
        let Some((posting, about)) = posting(desk, &names, row) else { continue };
        let day = posting.date.unwrap_or(posting.week);
        let Some(week) = weeks.get_mut(&monday(day)) else { continue };
        week.other.add(names.line(posting, &about));
    }
    for event in &desk.cash.events {
        let Some(week) = weeks.get_mut(&monday(event.date)) else { continue };
        let line = of_event(desk, &names, event);
        match &*event.kind {
            "receipt" => week.receipts.push(line),
            "incentive" => week.incentives.push(line),
            _ => week.vendors.push(line),
        }
    }
    let mut maker = Maker::new("cash", document);
    let mut before = desk.cash.opening;
    for (at, (row, (_, week))) in desk.cash.weeks.iter().zip(weeks).enumerate() {
        figures(&mut maker, row, week, (at == 0, before));
        before = row.balance;
    }
    let events: Vec<&CashEvent> = desk.cash.events.iter().collect();
    payments(&mut maker, desk, &names, &events, true);
    ahead(&mut maker, desk, &names, document.production.as_of);
    late_client(&mut maker, desk, document.production.as_of);
    Some(maker.done())
}

/// Lines of a week by kind.
#[derive(Default)]
struct Week<'d> {
    payroll: Lines<'d>,
    fringe: Lines<'d>,
    other: Lines<'d>,
    vendors: Vec<WhyRow>,
    receipts: Vec<WhyRow>,
    incentives: Vec<WhyRow>,
}

fn figures(maker: &mut Maker, row: &CashWeek, week: Week, (is_first, before): (bool, i64)) {
    maker.row(&row.week.to_string(), &row.week.strftime("week of %-d %b %Y").to_string());
    let paid = vec![
        maker.cell("payroll", row.payroll, week.payroll.done()),
        maker.cell("fringe", row.fringe, week.fringe.done()),
        maker.cell("vendors", row.vendors, week.vendors),
        maker.cell("other", row.other, week.other.done()),
    ];
    maker.sum("paid", Unit::Money, row.paid, paid.clone());
    let received = vec![
        maker.cell("receipts", row.receipts, week.receipts),
        maker.cell("incentives", row.incentives, week.incentives),
    ];
    let sum = row.receipts.saturating_add(row.incentives);
    maker.sum("received", Unit::Money, sum, received.clone());
    let net: Vec<_> = received.into_iter().chain(paid.into_iter().map(less)).collect();
    maker.sum("net", Unit::Money, row.net, net.clone());
    let what = if is_first { "at hand before the first week" } else { "end of the week before" };
    let line = WhyRow { what: what.to_owned(), ..WhyRow::new("balance", row.week, before) };
    let lines = if before == 0 { Vec::new() } else { vec![line] };
    let first = maker.run(lines, Unit::Money, before);
    let parts = [first].into_iter().chain(net).collect();
    maker.sum("balance", Unit::Money, row.balance, parts);
    maker.first("net");
}

/// What is still paid and received from the day of the plan on.
fn ahead<'d>(maker: &mut Maker, desk: &'d Desk, names: &Names<'d>, as_of: Date) {
    let cash = &desk.cash;
    let events = |is_out: bool| -> Vec<WhyRow> {
        let rows = cash.events.iter().filter(|row| row.date >= as_of);
        let rows = rows.filter(|row| (row.kind == "vendor") == is_out);
        rows.map(|row| of_event(desk, names, row)).collect()
    };
    let mut pay = [Lines::default(), Lines::default()];
    for day in cash.paydays.iter().filter(|day| day.date >= as_of) {
        let is_pay = day.kind == "payroll";
        let what = if is_pay { "" } else { "on top of pay" };
        for &(row, minutes, amount) in &day.lines {
            let Some((posting, about)) = posting(desk, names, row) else { continue };
            let band = amount.is_none().then(|| names.band(about.person)).flatten();
            let line = names.line(posting, &about);
            let line = Line { what: what.into(), minutes, amount, band, ..line };
            pay[usize::from(!is_pay)].add(line);
        }
    }
    let mut other = Lines::default();
    for &row in &cash.on_the_day {
        let Some((posting, about)) = posting(desk, names, row) else { continue };
        // What is planned has no day here, and lies ahead.
        if posting.date.is_none_or(|day| day >= as_of) {
            other.add(names.line(posting, &about));
        }
    }
    maker.row("ahead", "from the day of the plan on");
    let to_come = maker.cell("to_come", cash.to_come, events(false));
    let vendors = events(true);
    let named: i64 = vendors.iter().map(|line| line.adds(Unit::Money)).sum();
    let named = named.saturating_add(other.total());
    let of_people = cash.to_pay.saturating_sub(named);
    let [payroll, fringe] = pay.map(Lines::done);
    let people = maker.run([payroll, fringe].concat(), Unit::Money, of_people);
    let rest = maker.run([vendors, other.done()].concat(), Unit::Money, named);
    let to_pay = vec![people, rest];
    maker.sum("to_pay", Unit::Money, cash.to_pay, to_pay.clone());
    let left = cash.to_come.saturating_sub(cash.to_pay);
    let parts = [to_come].into_iter().chain(to_pay.into_iter().map(less)).collect();
    maker.sum("left", Unit::Money, left, parts);
}

/// The lowest balance when each client payment to come is late: that of its week as planned, less what has slipped
/// beyond that week.
fn late_client(maker: &mut Maker, desk: &Desk, as_of: Date) {
    let cash = &desk.cash;
    let Some(week) = cash.late_client_week else { return };
    let until = week.saturating_add(6.days());
    let planned = cash.weeks.iter().rev().find(|row| row.week <= week);
    let planned = planned.map_or(cash.opening, |row| row.balance);
    let mut lines = vec![WhyRow {
        what: "end of that week, if all is paid in time".to_owned(),
        ..WhyRow::new("balance", until, planned)
    }];
    let slips = |row: &&CashEvent| {
        let late = row.date.saturating_add(LATE_DAYS.days());
        row.kind == "receipt" && row.date >= as_of && row.date <= until && late > until
    };
    lines.extend(cash.events.iter().filter(slips).map(|row| WhyRow {
        what: format!("{}, not by then", row.tied_to),
        who: row.show.clone().unwrap_or_default(),
        ..WhyRow::new("receipt", row.date, row.amount.saturating_neg())
    }));
    maker.row("client late", "lowest balance if the client pays 30 days late");
    maker.cell("balance", cash.late_client_lowest, lines);
}

/// A row for each payment of a page: of one day for one thing. What is paid is negative where money comes in too.
pub(super) fn payments(
    maker: &mut Maker,
    desk: &Desk,
    names: &Names,
    events: &[&CashEvent],
    is_signed: bool,
) {
    let all: Vec<CashEvent> = events.iter().map(|event| (*event).clone()).collect();
    let rows = together(&all);
    let mut lines: HashMap<PaymentKey, Vec<WhyRow>> = HashMap::new();
    for event in events {
        lines.entry(payment_key(event)).or_default().push(of_event(desk, names, event));
    }
    for (row, id) in rows.iter().zip(CashEvent::asked(&rows)) {
        maker.row(&id, "payment");
        let lines = lines.remove(&payment_key(row)).unwrap_or_default();
        let run = maker.run(lines, Unit::Money, row.amount);
        match is_signed && row.kind == "vendor" {
            true => {
                maker.sum("amount", Unit::Money, row.amount.saturating_neg(), vec![less(run)]);
            }
            false => maker.sum("amount", Unit::Money, row.amount, vec![run]),
        }
    }
}

/// A posting by its row, and what it is about.
pub(super) fn posting<'d>(
    desk: &'d Desk,
    names: &Names<'d>,
    row: u32,
) -> Option<(&'d PostingRow, About<'d>)> {
    let posting = desk.postings.get(row as usize)?;
    Some((posting, names.about(posting)))
}

/// A payment with a name as a line: from the day of its invoice to that of the money.
pub(super) fn of_event(desk: &Desk, names: &Names, event: &CashEvent) -> WhyRow {
    let kind = if event.kind == "vendor" { "payment" } else { &*event.kind };
    let mut line = match event.posting.and_then(|row| posting(desk, names, row)) {
        Some((posting, about)) => names.line(posting, &about).told(),
        None => WhyRow::new(kind, event.date, event.amount),
    };
    line.kind = kind.to_owned();
    line.what = event.tied_to.clone();
    if line.who.is_empty() {
        let who = event.vendor.as_ref().or(event.show.as_ref());
        line.who = who.cloned().unwrap_or_default();
    }
    line.from = Some(event.invoiced);
    line.to = Some(event.date);
    line.minutes = 0;
    // An invoice of a vendor is nobody's pay.
    line.amount = Some(event.amount);
    line.band = None;
    line
}

/// The Monday on or before a day.
pub(super) fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}
