//! Change orders of vendors: what they do to orders, payments, dates and exposure, worked out by hand.

use crate::support;
use crate::support::desk::Desk;
use jiff::civil::{Date, date};
use shotplan::forecast::{self, CashKind, Forecast};
use shotplan::model::*;
use shotplan::verify;

/// Kite does the roto of two shots, five working days each (class B). 4,000 are ordered, 1,500 of it invoiced.
const SHOW: &str = "
    --- show.toml
    [settings]
    as_of = 2027-02-01
    horizon_end = 2027-06-30
    currency = \"GBP\"
    review = \"0d\"
    [[shows]]
    id = \"SPOT\"
    award = \"20000\"
    --- vendors.csv
    id,departments,day_price,lead_days,payments,terms_days,late_probability
    kite,ROTO,200,5,25% order; 50% delivery; 25% acceptance,14,20%
    --- tasks.csv
    id,shot,department,days,vendor,status
    r1,010,ROTO,4,kite,ready
    r2,020,ROTO,3,kite,wip
    c1,010,CMP,1,,ready
    --- dependencies.csv
    from,to
    r1,c1
    --- people.csv
    name,department
    Ann,CMP
    --- actuals.csv
    date,account,amount,vendor
    2027-01-20,30-01,1500,kite
    --- commitments.csv
    id,account,show,vendor,amount,drawn,expected
    PO-1,30-01,SPOT,kite,4000,1500,2027-03-01
    --- change_orders.csv
    id,state,amount,tasks,date,vendor,order,days
";

const APPROVED: &str = "V-1,approved,800,r1,2027-01-25,kite,,2\n";
const SENT: &str = "V-2,sent,500,r2,2027-01-11,,PO-1,3\n";
const ABSORBED: &str = "V-3,absorbed,250,r1,2027-01-29,kite,PO-1,1\n";

fn of(changes: &str) -> (Production, Plan, Forecast) {
    let production = support::show(&format!("{SHOW}{changes}"));
    let plan = support::planning::planned(&production, 0).plan;
    let forecast = forecast::of(&production, &plan);
    assert_eq!(forecast::reconcile(&forecast, &production, &plan), Ok(()));
    (production, plan, forecast)
}

fn ends(production: &Production, plan: &Plan, task: &str) -> Date {
    let timeline = production.timeline();
    let part = plan.assignments.iter().find(|row| production.tasks[row.task].code == task);
    timeline.finish_date(part.expect("it is placed").end())
}

fn pounds(amount: Cents) -> i64 {
    assert_eq!(amount.0 % 100, 0);
    amount.0 / 100
}

/// Payments to the vendor: day and pounds.
fn paid(forecast: &Forecast) -> Vec<(Date, i64)> {
    let events = forecast.cash.events.iter().filter(|event| event.kind == CashKind::Vendor);
    events.map(|event| (event.date, pounds(event.amount))).collect()
}

#[test]
fn what_is_approved_raises_the_order_its_payments_and_its_time() {
    let (before, plan, forecast) = of("");
    assert_eq!(ends(&before, &plan, "r1"), date(2027, 2, 5));
    assert_eq!(ends(&before, &plan, "c1"), date(2027, 2, 9));
    // 1,000 with the order and 500 of the 2,000 on delivery are invoiced.
    let on = |month, day, sum| (date(2027, month, day), sum);
    assert_eq!(paid(&forecast), [on(2, 3, 1_500), on(2, 19, 1_500), on(2, 19, 1_000)]);

    let (after, plan, forecast) = of(&[APPROVED, SENT, ABSORBED].concat());
    // Two days and one day more; what is only sent moves nothing. Comp waits for it.
    assert_eq!(ends(&after, &plan, "r1"), date(2027, 2, 10));
    assert_eq!(ends(&after, &plan, "r2"), date(2027, 2, 5));
    assert_eq!(ends(&after, &plan, "c1"), date(2027, 2, 12));
    // 4,800 in all: 1,200, 2,400 and 1,200, of which 1,500 are invoiced; due two weeks after Wednesday 10.
    assert_eq!(paid(&forecast), [on(2, 3, 1_500), on(2, 24, 2_100), on(2, 24, 1_200)]);
    assert_eq!(pounds(forecast.total.committed), 3_300);
    let [row] = &forecast.vendors[..] else { panic!("one vendor") };
    let told = [row.contracted, row.changes, row.to_date, row.open, row.projected];
    assert_eq!(told.map(pounds), [4_800, 800, 1_500, 3_300, 0]);
    // 500 may come; the work on them has begun. Only what is ordered can be late.
    assert_eq!([row.pending, row.unapproved, row.exposure()].map(pounds), [500, 500, 3_800]);
    assert_eq!([row.final_cost(), row.at_risk].map(pounds), [4_800, 660]);
    // The client pays for none of it.
    let margin = &forecast.margin;
    let told = [margin.approved, margin.pending, margin.vendors_pending, margin.revenue()];
    assert_eq!(told.map(pounds), [0, 0, 500, 20_000]);
    assert_eq!(margin.with_pending(), margin.margin() - Cents(50_000));
    assert_eq!(margin.unapproved_spent + margin.unapproved_to_go, Cents::ZERO);
    let receipts = forecast.cash.events.iter().filter(|event| event.kind == CashKind::Receipt);
    assert_eq!(pounds(receipts.map(|event| event.amount).sum()), 20_000);
}

#[test]
fn the_judge_knows_the_days_of_a_change() {
    let (mut production, plan, _) = of(APPROVED);
    assert_eq!(verify::plan(&production, &plan).violations, []);
    production.change_orders[0].days = 3;
    let found = verify::plan(&production, &plan).violations;
    let [violation] = &found[..] else { panic!("one is wrong: {found:?}") };
    assert!(violation.message.contains("kite takes 8"), "{}", violation.message);
    // What is refused takes no time, and nobody is faster than a day.
    production.change_orders[0].state = ChangeState::Rejected;
    assert_eq!(verify::plan(&production, &plan).violations.len(), 1);
    production.change_orders[0] = ChangeOrder {
        days: -99,
        state: ChangeState::Approved,
        ..production.change_orders[0].clone()
    };
    let task = production.change_orders[0].tasks[0];
    assert_eq!(production.vendor_days()[task], 1);
    let again = support::planning::planned(&production, 0).plan;
    assert_eq!(ends(&production, &again, "r1"), date(2027, 2, 1));
}

/// Seven bid days at 200 are 1,400; an order of 400 covers a part of the 800 of the first task. A change of 1,000
/// for the second, which the plan has at 600 already, adds 400.
#[test]
fn pending_changes_add_what_the_plan_has_not_yet() {
    let text = SHOW
        .replace("PO-1,30-01,SPOT,kite,4000,1500", "PO-1,30-01,SPOT,kite,400,0")
        .replace("    2027-01-20,30-01,1500,kite\n", "");
    let production =
        support::show(&format!("{text}V-1,priced,1000,r2,,,PO-1,\nV-2,draft,99,r1,,,PO-1,\n"));
    let plan = support::planning::planned(&production, 0).plan;
    let forecast = forecast::of(&production, &plan);
    let [row] = &forecast.vendors[..] else { panic!("one vendor") };
    assert_eq!([row.open, row.projected, row.pending].map(pounds), [400, 1_000, 400]);
    assert_eq!(pounds(row.exposure()), 1_800);
    assert_eq!(forecast.changes[0].to_go, Cents(60_000));
}

/// 600 of an order of 4,000 are delivered and in no books: accrued, paid after the vendor's terms, and no longer
/// committed.
#[test]
fn what_an_order_accrues_is_neither_committed_nor_counted_twice() {
    let text = SHOW
        .replace("amount,drawn,expected", "amount,drawn,accrued,expected")
        .replace("4000,1500,", "4000,1500,600,");
    let production = support::show(&text);
    let plan = support::planning::planned(&production, 0).plan;
    let forecast = forecast::of(&production, &plan);
    assert_eq!(forecast::reconcile(&forecast, &production, &plan), Ok(()));
    let total = &forecast.total;
    assert_eq!([total.actual, total.accrued, total.committed].map(pounds), [1_500, 600, 1_900]);
    let on = |month, day, sum| (date(2027, month, day), sum);
    let expected = [on(2, 3, 1_500), on(2, 15, 600), on(2, 19, 900), on(2, 19, 1_000)];
    assert_eq!(paid(&forecast), expected);
    let week = forecast.weeks.iter().find(|row| row.week == date(2027, 2, 1)).expect("a week");
    assert_eq!([week.amounts.actual, week.amounts.commitments].map(pounds), [600, 0]);
    assert_eq!(pounds(forecast.ladder.rungs[0].owed), 1_900);
    // The same in the books too: that would be twice.
    let books = text
        .replace("account,amount,vendor\n", "account,amount,vendor,state\n")
        .replace("1500,kite\n", "1500,kite,posted\n    2027-01-29,30-01,600,kite,accrued\n");
    let production = support::show(&books);
    let issues = shotplan::check::production(&production);
    let twice = issues.iter().find(|issue| issue.code == "V26").expect("a warning");
    assert!(twice.message.contains("600.00 GBP is accrued of it"), "{}", twice.message);
}

#[test]
fn changes_that_fit_no_order_are_refused_with_their_row() {
    let two = SHOW.replace(
        "kite,4000,1500,2027-03-01\n",
        "kite,4000,1500,2027-03-01\n    PO-2,30-01,SPOT,,100,0,\n",
    );
    let cases = [
        (SHOW, "V-1,approved,800,r1,,kote,,", "V02", "kote"),
        (SHOW, "V-1,approved,800,r1,,,PO-7,", "V02", "PO-7"),
        (SHOW, "V-1,approved,800,r1,,,,2", "R09", "it is with the client"),
        (SHOW, "V-1,approved,800,,,kite,,2", "R09", "no task is named"),
        (SHOW, "V-1,approved,CAD 800,r1,,kite,,", "R09", "the amount is in CAD"),
        (&two, "V-1,approved,800,r1,,kite,PO-2,", "R09", "it names no vendor"),
        (SHOW, "V-1,approved,-4000.01,r1,,kite,,", "V04", "it is worth 4000.00 GBP"),
    ];
    for (show, row, code, words) in cases {
        let reading = support::read(&format!("{show}{row}\n"));
        let mut issues = reading.issues.clone();
        issues.extend(reading.production.iter().flat_map(shotplan::check::production));
        let found = issues.iter().find(|issue| issue.code == code);
        let found = found.unwrap_or_else(|| panic!("{row}: {}", support::listed(&reading)));
        assert!(found.message.contains(words), "{row}: {}", found.message);
        assert_eq!(found.line, Some(2), "{row}");
    }
    let none = SHOW.replace("    PO-1,30-01,SPOT,kite,4000,1500,2027-03-01\n", "");
    let reading = support::read(&format!("{none}{APPROVED}"));
    assert!(
        support::listed(&reading).contains("kite has no order"),
        "{}",
        support::listed(&reading)
    );
}

#[test]
fn vendors_tells_them_in_text_csv_json_and_workbook() {
    let desk = Desk::with("show", &format!("{SHOW}{APPROVED}{SENT}"));
    let call = ["vendors", "show", "--steps", "0"];
    let told = desk.run(&call).code(0);
    let text = String::from_utf8(told.get_output().stdout.clone()).expect("text");
    for words in ["V-2", "sent", "+3", "1 of 1", "£500 that are not agreed", "£4,800"] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let told = desk.run(&[&call[..], &["--format", "csv"]].concat()).code(0);
    told.stdout(predicates::str::contains("kite,kite,SPOT,4800.00,800.00,1500.00"));
    let told = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    assert_eq!(told["changes"][0]["adds"], 0);
    assert_eq!(told["changes"][1]["adds"], 50_000);
    assert_eq!(told["changes"][1]["age"], 21);
    desk.run(&["weekly", "show", "--steps", "0"]).code(0).stdout(predicates::str::contains(
        "Changes   Vendors have begun changes of £500 that are not agreed.",
    ));
    let told = desk.run(&["check", "show"]);
    told.stdout(predicates::str::contains("kite began 1 of its tasks: r2; 500.00 GBP"));
}

/// The client has approved 900 and is asked for 400 more; the vendor asks for 500 more.
#[test]
fn the_margin_with_what_is_approved_pending_and_begun() {
    let changes = "CO-1,approved,900,c1,2027-01-20,,,\nCO-2,sent,400,c1,2027-01-25,,,\n\
                   CO-3,draft,70,,,,,\n";
    let desk = Desk::with("show", &format!("{SHOW}{changes}{SENT}"));
    let call = ["margin", "show", "--steps", "0"];
    let told = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let of = |name: &str| told["margin"][name].as_i64().expect("an amount");
    assert_eq!(
        ["award", "approved", "pending", "draft"].map(of),
        [2_000_000, 90_000, 40_000, 7_000]
    );
    assert_eq!(of("revenue"), 2_090_000);
    assert_eq!(of("net"), of("gross") - of("incentives"));
    assert_eq!(of("margin"), of("revenue") - of("net"));
    assert_eq!(of("with_pending"), of("margin") + 40_000 - 50_000);
    // A task that an approved change pays for is approved, whatever else names it.
    assert_eq!(of("unapproved_spent") + of("unapproved_to_go"), 0);
    let ids: Vec<&str> = told["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|row| row["id"].as_str())
        .collect();
    assert_eq!(ids, ["CO-1", "CO-2", "CO-3"]);
    let text = desk.run(&call).code(0);
    text.stdout(predicates::str::contains("Pending changes of vendors' orders"));
    let csv = desk.run(&[&call[..], &["--format", "csv"]].concat()).code(0);
    csv.stdout(predicates::str::contains(
        "change_order,CO-2,SPOT,sent,2027-01-25,400.00,1,0,0.00,",
    ));
}
