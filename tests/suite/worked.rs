//! The spreadsheet of cases worked by hand, `tests/worked/money.xlsx`: each row has its figures, a formula
//! that anybody can check, and the name of what the program works out from the same figures. Where
//! LibreOffice is installed it calculates every formula anew first.

use crate::oracles::{Studio, account, actual, contract, gbp, order, row};
use crate::support::desk::Desk;
use crate::workbook::{open, recalculated};
use calamine::{Data, DataType, Reader};
use jiff::civil::{Date, date};
use shotplan::forecast::earned_value::{EarnedValue, earned_schedule};
use shotplan::forecast::overtime::{paid_minutes, week_pay};
use shotplan::forecast::{PostingKind, credit};
use shotplan::model::*;
use shotplan::scenario::{self, Change};

/// One row.
#[derive(Debug, PartialEq)]
struct Case {
    what: String,
    kind: String,
    /// a to f; 0 where nothing stands.
    figures: Vec<f64>,
    by_hand: f64,
}

fn cases(bytes: Vec<u8>) -> Vec<Case> {
    let mut book = open(bytes);
    let sheet = book.worksheet_range("Money by hand").expect("the sheet");
    let number = |cell: &Data| cell.as_f64().unwrap_or(0.0);
    let text = |cell: &Data| cell.as_string().unwrap_or_default();
    let read = |row: &[Data]| Case {
        what: text(&row[1]),
        kind: text(&row[2]),
        figures: row[3..9].iter().map(number).collect(),
        by_hand: row[9].as_f64().expect("a value that was calculated"),
    };
    sheet.rows().skip(1).map(read).collect()
}

fn cents(amount: f64) -> Cents {
    Cents((amount * 100.0).round() as i64)
}

fn whole(number: f64) -> i64 {
    number.round() as i64
}

fn basis_points(share: f64) -> i64 {
    whole(share * 10_000.0)
}

/// Money is compared in units, as the sheet has it.
fn units(amount: Cents) -> f64 {
    amount.0 as f64 / 100.0
}

/// The cost of a first assignment of days at these rates, with a change so made to the artist.
fn labour(rates: &[(i64, f64)], slots: u32, change: impl FnOnce(&mut Studio, PersonId)) -> f64 {
    let mut studio = Studio::new();
    let mut terms = contract(RateBasis::Day, 0);
    let day = |after: i64| date(2027, 1, 4).saturating_add(jiff::Span::new().days(after));
    terms.rates = rates.iter().map(|&(after, rate)| (day(after), cents(rate))).collect();
    let artist = studio.artist("ada", vec![terms]);
    studio.work(artist, &[(0, slots)]);
    change(&mut studio, artist);
    units(studio.forecast().assignment_cost(0))
}

/// What is posted of a kind for one artist on these terms, who works so many slots from the Monday and is
/// booked so, with a share of the time for a team.
fn beside(
    kind: PostingKind,
    (slots, lead): (u32, f64),
    terms: Contract,
    bookings: Vec<Booking>,
    leave: i64,
) -> f64 {
    let mut studio = Studio::new();
    let artist = studio.artist("ada", vec![terms]);
    if slots > 0 {
        studio.work(artist, &[(0, slots)]);
    }
    let person = &mut studio.production.people[artist];
    person.lead_share = basis_points(lead);
    person.bookings = bookings;
    if leave > 0 {
        person.leave.push(Leave {
            from: FRIDAY.saturating_sub(jiff::Span::new().days(leave - 1)),
            to: FRIDAY,
            share: 10_000,
            approved: true,
            source: Source::default(),
        });
    }
    units(studio.forecast().sum_of(kind))
}

/// A booking of so many days in a row, so many days after the Monday.
fn booked(after: i64, days: i64, state: BookingState) -> Vec<Booking> {
    let day = |after: i64| MONDAY.saturating_add(jiff::Span::new().days(after));
    let cancelled = (state == BookingState::Cancelled).then_some(MONDAY);
    let probability = state.usual_probability();
    let (from, to, source) = (day(after), day(after + days - 1), Source::default());
    let (show, department, share) = (ShowId::new(0), None, 10_000);
    vec![Booking { show, department, from, to, share, state, probability, cancelled, source }]
}

const MONDAY: Date = date(2027, 1, 4);
const FRIDAY: Date = date(2027, 1, 8);

/// What the program works out.
fn worked(case: &Case) -> f64 {
    let [a, b, c, d, e, f] = case.figures[..] else { panic!("six figures") };
    let law = OvertimePolicy::default();
    let minutes = |hours: f64| whole(hours * 60.0);
    let slots = |days: f64| whole(days * 4.0) as u32;
    // Notice runs to Friday.
    let terms = Contract { min_end: Some(FRIDAY), ..contract(RateBasis::Day, cents(a).0) };
    let guaranteed = |guarantee, days: f64, leave| {
        let terms = Contract { guarantee, ..terms.clone() };
        beside(PostingKind::Guaranteed, (slots(days), 0.0), terms, Vec::new(), leave)
    };
    let of_lead = |kind| {
        let bookings =
            if c > 0.0 { booked(0, whole(c), BookingState::Confirmed) } else { Vec::new() };
        beside(kind, (slots(d), b), terms.clone(), bookings, 0)
    };
    let none = Guarantee::default();
    let by_basis = |basis| {
        let terms = Contract { burden: basis_points(b), ..contract(basis, cents(a).0) };
        units(terms.day_cost(date(2027, 1, 4), minutes(c)))
    };
    let earned =
        EarnedValue { budget: cents(a), planned: cents(b), earned: cents(c), spent: cents(d) };
    match case.kind.as_str() {
        "paid_hours" => {
            let days: Vec<i64> = case.figures.iter().map(|&hours| minutes(hours)).collect();
            paid_minutes(&law, &days) as f64 / 60.0
        }
        "useful_hours" => ProductivityCurve::default().effective(&[minutes(a)])[0] as f64 / 60.0,
        "day_cost_hour" => by_basis(RateBasis::Hour),
        "day_cost_week" => by_basis(RateBasis::Week),
        "day_cost_month" => by_basis(RateBasis::Month),
        "day_cost_year" => by_basis(RateBasis::Year),
        "rise" => {
            let (before, after) = (whole(a), whole(c));
            // All before the weekend of the first week, or over it: slots run through all days.
            let days = before + after + if before + after > 5 { 2 } else { 0 };
            labour(&[(-30, b), (before, d)], days as u32 * 4, |_, _| ())
        }
        "part_day" => labour(&[(-30, a)], whole(c * 4.0) as u32, |studio, artist| {
            studio.production.people[artist].capacity = basis_points(b);
        }),
        "foreign" => labour(&[(-30, a)], 4, |studio, artist| {
            let millionths = whole(b * 1e6);
            studio.production.fx = vec![FxRate { currency: gbp(), millionths, from: None }];
            studio.production.people[artist].contracts[0].currency = gbp();
        }),
        "overtime_pay" => {
            let extra: Vec<i64> = case.figures[..5].iter().map(|&hours| minutes(hours)).collect();
            units(week_pay(&law, &[480 * 10_000; 5], &extra, &[], cents(f), 480))
        }
        "eac_typical" => units(earned.estimate_typical().expect("something was earned")),
        "eac_atypical" => units(earned.estimate_atypical()),
        "eac_both" => units(earned.estimate_both().expect("something was earned")),
        "cost_index" => earned.cost_index().expect("something was spent"),
        "to_complete_index" => earned.to_complete_index().expect("something is left"),
        "earned_schedule" => earned_schedule(&[a, b, c, d].map(cents), cents(e)),
        "incentive" => {
            let rule = IncentiveRule {
                tax: basis_points(c),
                cap_share: basis_points(d),
                minimum: cents(e),
                ..IncentiveRule::new("case", "here", basis_points(b))
            };
            units(credit(&rule, cents(a), cents(f), Cents::ZERO).studio)
        }
        "guaranteed_week" => {
            guaranteed(Guarantee { week_minutes: minutes(c), ..none }, b, whole(d))
        }
        "guaranteed_day" => guaranteed(Guarantee { day_minutes: minutes(c), ..none }, b, 0),
        "minimum_booking" => {
            let terms = Contract { start: MONDAY, ..terms.clone() };
            let guarantee = Guarantee { days: whole(b) as u32, ..none };
            let terms = Contract { guarantee, ..terms };
            beside(PostingKind::Guaranteed, (slots(c), 0.0), terms, Vec::new(), 0)
        }
        "called_off" => {
            let steps = vec![(None, basis_points(d)), (Some(24), basis_points(e))];
            let terms = Contract { cancellation: Cancellation(steps), ..terms.clone() };
            let bookings = booked(whole(b), whole(c), BookingState::Cancelled);
            beside(PostingKind::CalledOff, (0, 0.0), terms, bookings, 0)
        }
        "team_time" | "team_along" => of_lead(PostingKind::Team),
        "lead_idle" => of_lead(PostingKind::Idle),
        "report_efc" | "report_variance" => {
            let mut studio = Studio::new();
            let comp = account(&studio.production, "20-18");
            studio.production.budget.push(BudgetLine {
                account: comp,
                show: None,
                department: None,
                original: cents(a),
                approved_changes: cents(b),
                last_period: None,
                source: Source::default(),
            });
            studio.production.actuals.push(actual(comp, cents(c).0, ActualState::Posted));
            studio.production.actuals.push(actual(comp, cents(d).0, ActualState::Accrued));
            let due = Some(date(2027, 1, 20));
            studio.production.commitments.push(order(comp, cents(e).0, cents(f).0, due));
            let forecast = studio.forecast();
            let line = row(&forecast, &studio.production, "20-18");
            units(if case.kind == "report_efc" { line.efc() } else { line.variance() })
        }
        "averaged_pay" | "averaged_later" => averaged(case),
        "order_committed" | "order_accrued" => of_order(case),
        "dropped_show" => {
            let steps = vec![(None, basis_points(d)), (Some(24), basis_points(e))];
            let mut studio = Studio::new();
            let terms = Contract { cancellation: Cancellation(steps), ..terms.clone() };
            let artist = studio.artist("ada", vec![terms]);
            let bookings = booked(whole(b), whole(c), BookingState::Confirmed);
            studio.production.people[artist].bookings = bookings;
            let drop = Change::DropShow { show: ShowId::new(0) };
            studio.production = scenario::apply(&studio.production, &[drop]);
            units(studio.forecast().sum_of(PostingKind::CalledOff))
        }
        "payroll" | "fringe" => {
            let mut studio = Studio::new();
            let terms =
                Contract { burden: basis_points(b), ..contract(RateBasis::Day, cents(a).0) };
            let artist = studio.artist("ada", vec![terms]);
            studio.work(artist, &[(0, slots(c))]);
            let weeks = studio.forecast().cash.weeks;
            let is_pay = case.kind == "payroll";
            units(weeks.iter().map(|row| if is_pay { row.payroll } else { row.fringe }).sum())
        }
        "incentive_net" => {
            let rule = IncentiveRule {
                eligible: basis_points(b),
                cap: Some(cents(d)),
                ..IncentiveRule::new("case", "here", basis_points(e))
            };
            units(credit(&rule, cents(a), cents(a), cents(c)).credit)
        }
        "vendor_step" => {
            let payments = [(b, "order"), (c, "delivery"), (d, "acceptance"), (e, "retention")]
                .map(|(share, what)| (basis_points(share), what.to_owned()));
            let mut studio = Studio::new();
            let vendor = studio.vendor("roto", payments.to_vec());
            let account = account(&studio.production, "30-01");
            let due = Some(date(2027, 1, 20));
            let order = Commitment { vendor: Some(vendor), ..order(account, cents(a).0, 0, due) };
            studio.production.commitments.push(order);
            let forecast = studio.forecast();
            let step = payments[whole(f) as usize - 1].1.as_str();
            let mut events = forecast.cash.events.iter();
            let event = events.find(|event| event.tied_to == format!("PO: {step}"));
            units(event.expect("the step is paid").amount)
        }
        other => panic!("no such kind: {other}"),
    }
}

/// Overtime on the Mondays of two weeks that are averaged, of which the contract has so many hours: all that it is
/// paid, or what is known on the last day of them only.
fn averaged(case: &Case) -> f64 {
    let [a, b, c, d, e, _] = case.figures[..] else { panic!("six figures") };
    let policy =
        OvertimePolicy { daily: Vec::new(), average_weeks: 2, ..OvertimePolicy::default() };
    let terms = Contract {
        start: date(2026, 12, 21),
        overtime: Some(policy),
        ..contract(RateBasis::Day, cents(e).0)
    };
    let mut studio = Studio::new();
    let artist = studio.artist("ada", vec![terms]);
    for (week, (extra, hours)) in [(a, c), (b, d)].into_iter().enumerate() {
        let friday = FRIDAY.saturating_add(jiff::Span::new().days(7 * week as i64));
        let share = basis_points((40.0 - hours) / 8.0);
        let (from, to, source) = (friday, friday, Source::default());
        if share > 0 {
            let leave = Leave { from, to, share, approved: true, source };
            studio.production.people[artist].leave.push(leave);
        }
        if extra > 0.0 {
            studio.overtime(artist, 7 * week as u32, whole(extra * 60.0) as u32);
        }
    }
    let forecast = studio.forecast();
    if case.kind == "averaged_pay" {
        return units(forecast.sum_of(PostingKind::Overtime));
    }
    let sunday = forecast.ledger.iter().filter(|row| row.date == date(2027, 1, 17));
    units(sunday.map(|row| row.amount).sum())
}

/// What the cost report of the workbook shows of an order, with the switch of accruals.
fn of_order(case: &Case) -> f64 {
    let [amount, drawn, accrued, inside, ..] = case.figures[..] else { panic!("six figures") };
    let show = format!(
        "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        currency = \"GBP\"
        --- tasks.csv
        shot,department,days
        010,CMP,1
        --- people.csv
        name,department
        Ann,CMP
        --- actuals.csv
        date,account,amount
        2027-01-02,30-01,{drawn}
        --- commitments.csv
        id,account,amount,drawn,accrued
        PO,30-01,{amount},{drawn},{accrued}
    "
    );
    let desk = Desk::with("show", &show);
    let switch = if inside > 0.0 { "committed" } else { "apart" };
    let call =
        ["cost-report", "show", "--steps", "0", "--accruals", switch, "--xlsx", "money.xlsx"];
    desk.run(&call).code(0);
    let mut book = open(desk.bytes("money.xlsx"));
    let sheet = book.worksheet_range("Cost report").expect("the sheet");
    let heading = |row: &[Data], name: &str| {
        row.iter().position(|cell| cell.as_string().is_some_and(|text| text.starts_with(name)))
    };
    let name = if case.kind == "order_accrued" { "Accrued" } else { "Committed" };
    let column = sheet.rows().find_map(|row| heading(row, name)).expect("the column");
    let row = sheet.rows().find(|row| row[0].as_string().as_deref() == Some("30-01"));
    row.expect("the account")[column].as_f64().expect("an amount")
}

#[test]
fn the_program_and_the_spreadsheet_agree() {
    let shipped = include_bytes!("../worked/money.xlsx");
    let cases = cases(shipped.to_vec());
    assert!(cases.len() >= 50, "{} cases", cases.len());
    for case in &cases {
        let (ours, theirs) = (worked(case), case.by_hand);
        assert!((ours - theirs).abs() < 5e-6, "{}: {ours}, by hand {theirs}", case.what);
    }
}

#[test]
fn libreoffice_calculates_what_is_shipped() {
    let desk = Desk::empty();
    let shipped = include_bytes!("../worked/money.xlsx");
    std::fs::write(desk.path().join("by_hand.xlsx"), shipped).expect("the file is written");
    let Some(again) = recalculated(&desk, "by_hand.xlsx") else {
        println!("worked::libreoffice_calculates_what_is_shipped: skipped: no LibreOffice here");
        return;
    };
    let (stored, anew) = (cases(shipped.to_vec()), cases(again));
    assert_eq!(stored.len(), anew.len());
    for (stored, anew) in stored.iter().zip(&anew) {
        assert!((stored.by_hand - anew.by_hand).abs() < 1e-9, "{}", stored.what);
    }
}
