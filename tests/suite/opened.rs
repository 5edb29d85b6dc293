//! Every number of the desk can be opened: the lines behind each figure add to it, whatever the show.

use crate::support::desk::Desk;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use proptest::prelude::*;
use serde_json::Value;
use shotplan::pipeline::{self, By, opened};
use shotplan::result::{Document, Opened};
use shotplan::write;

const WAYS: [By; 7] =
    [By::Account, By::Department, By::Sequence, By::Shot, By::Vendor, By::Person, By::Show];

/// Everything of a result that opens.
fn all(document: &Document) -> Vec<Opened> {
    let mut all: Vec<Opened> =
        WAYS.iter().map(|by| opened::cost_report(document, *by).expect("a cost report")).collect();
    let answers = [
        opened::cash,
        opened::vendors,
        opened::margin,
        opened::earned_value,
        opened::bids,
        opened::weekly,
    ];
    all.extend(answers.iter().map(|answer| answer(document).expect("an answer")));
    all
}

/// Each figure is the sum of its lines; gives how many figures that are not 0 there are, and how many lines.
fn every_figure_is_its_lines(document: &Document) -> Result<(usize, usize), String> {
    let (mut figures, mut lines) = (0, 0);
    for opened in all(document) {
        lines += opened.lines.len();
        for row in &opened.rows {
            for cell in &row.cells {
                let mut sum = 0;
                for part in &cell.parts {
                    let run = &opened.lines[part.from as usize..part.to as usize];
                    let of_run: i64 = run.iter().map(|line| line.adds(cell.unit)).sum();
                    sum += if part.minus { -of_run } else { of_run };
                }
                if sum != cell.figure {
                    return Err(format!(
                        "{} {} {}: {} is not the sum of its lines, {sum}",
                        opened.answer, row.id, cell.column, cell.figure
                    ));
                }
                // Without pay people stand in bands.
                let is_alike = opened.answer != "cost-report by person";
                figures += usize::from(cell.figure != 0 && is_alike);
            }
        }
    }
    Ok((figures, lines))
}

/// The same with and without the pay of single people.
fn holds(document: Document) -> Result<(usize, usize), String> {
    let found = every_figure_is_its_lines(&document)?;
    let mut told = document;
    pipeline::without_pay(&mut told);
    let without = every_figure_is_its_lines(&told)?;
    if found.0 != without.0 {
        return Err(format!("{} figures with pay, {} without", found.0, without.0));
    }
    Ok(found)
}

fn saved(desk: &Desk, folder: &str) -> Document {
    write::read_result(&desk.bytes(&format!("{folder}/result.json"))).expect("our own result")
}

#[test]
fn figures_of_made_up_shows_are_the_sums_of_their_lines() {
    let shows: [&[&str]; 4] = [
        &["--archetype", "commercial", "--seed", "4", "--as-of", "40%"],
        &["--archetype", "commercial", "--seed", "9", "--as-of", "75%", "--pools"],
        &["--archetype", "commercial", "--seed", "11", "--tightness", "overloaded"],
        &["--archetype", "episodic", "--seed", "3", "--as-of", "45%"],
    ];
    for (at, show) in shows.iter().enumerate() {
        let desk = Desk::empty();
        desk.run(&[&["generate", "-o", "s"], *show].concat()).code(0);
        desk.run(&["plan", "s", "-o", "out", "--steps", "0", "--with-rates"]);
        let (figures, lines) = holds(saved(&desk, "out")).unwrap_or_else(|why| panic!("{why}"));
        assert!(figures > 300 && lines > 500, "{at}: {figures} figures, {lines} lines");
    }
}

/// One show with each kind of line: pay with burden, part days, overtime rules, idle time, bookings of people and of
/// vendors, orders with a vendor, without one, in another currency and overdue, payment steps with retention,
/// planned work of vendors, change orders both ways, contingency, incentives, awards, pools.
const EACH_KIND: &str = "
    --- show.toml
    [settings]
    name = \"Each kind\"
    as_of = 2027-02-03
    horizon_end = 2027-06-30
    currency = \"GBP\"
    pay_cycle = \"weekly\"
    pay_lag = 3
    opening_cash = 1234.56
    [[shows]]
    id = \"SPOT\"
    award = \"90000\"
    --- sequences.csv
    id,show
    s,SPOT
    --- shots.csv
    id,sequence,show,class,due
    010,s,SPOT,B,2027-02-26
    020,s,SPOT,C,2027-03-12
    --- tasks.csv
    id,shot,department,days,status,logged,remaining,vendor
    a,010,CMP,3,final,4d,0d,
    b,010,ROTO,4.25,ready,,,roto
    c,020,CMP,6.75,wip,1d,5.5d,
    d,020,ANI,5,ready,,,
    e,020,ROTO,7,ready,,,roto
    --- people.csv
    name,department
    Ann,CMP
    Bo,ANI
    Cy,ANI
    --- vendors.csv
    id,name,departments,takes,day_price,supervision,late_probability,payments,terms_days
    roto,Roto House,ROTO,task,181.37,12%,15%,30% order; 45% delivery; 20% acceptance; 5% retention,21
    --- contracts.csv
    person,kind,start,end,rate,basis,burden,notice_days
    Ann,freelance,2027-01-04,2027-05-28,417.31,day,13.8%,5
    Bo,staff,2026-01-05,,2811.35,week,22%,20
    Cy,fixed,2027-01-04,2027-04-30,61.83,hour,22%,10
    --- budget.csv
    account,show,original,approved_changes,last_period
    20-18,,9000,500,9100.55
    20-12,,4000,0,3999
    30-01,,3000,-250,2500
    70-00,,2000,0,0
    --- contingency.csv
    date,account,amount,reason,from
    2027-01-25,20-18,150.05,retakes,70-00
    2027-04-25,20-18,99,later,70-00
    --- actuals.csv
    date,account,show,amount,currency,state,person,vendor,task
    2027-01-14,20-18,SPOT,640.33,,posted,Ann,,a
    2027-01-15,20-18,SPOT,417.31,,accrued,Ann,,a
    2027-01-18,30-01,SPOT,500,,posted,,roto,
    2027-01-20,30-01,,75.25,CAD,accrued,,,
    2027-01-21,40-01,,88,,posted,,,
    --- commitments.csv
    id,account,show,vendor,amount,drawn,accrued,currency,expected,cancellable_from,cancel_cost
    PO-1,30-01,SPOT,roto,1200,300,100,,2027-02-26,,
    PO-2,30-01,,,600.01,100,,CAD,2027-01-05,2027-02-15,50
    --- change_orders.csv
    id,show,state,amount,tasks,date,vendor,order,days
    CO-1,SPOT,approved,400,d,2027-01-05,,,
    CO-2,SPOT,sent,250,c,2027-01-12,,,
    CO-3,SPOT,draft,99,,,,,
    V-1,SPOT,approved,80,b,2027-01-12,roto,PO-1,
    V-2,SPOT,sent,900,e,2027-01-20,roto,PO-1,2
    --- fx.csv
    currency,rate,from
    CAD,0.583337,
    --- incentives.csv
    id,place,kind,rate,eligible,studio_share,lag_months,certainty
    one,,spend,29.25%,80%,100%,3,90%
    --- bookings.csv
    person,show,from,to,share
    Cy,SPOT,2027-02-01,2027-02-19,100%
    --- pools.csv
    id,name,kind,capacity,limit,unit_cost,overflow_price,departments
    nuke,Nuke,licence,1,soft,18,30,CMP
";

pub fn each_kind() -> Desk {
    let desk = Desk::with("show", EACH_KIND);
    let checked = desk.run(&["check", "show", "--all"]);
    let told = String::from_utf8_lossy(&checked.get_output().stdout).into_owned();
    assert_eq!(checked.get_output().status.code(), Some(0), "{told}");
    desk.run(&["plan", "show", "-o", "out", "--steps", "0", "--with-rates"]);
    desk
}

#[test]
fn figures_of_a_show_with_each_kind_of_line() {
    let desk = each_kind();
    let document = saved(&desk, "out");
    let kinds: std::collections::BTreeSet<String> = all(&document)
        .iter()
        .flat_map(|opened| &opened.lines)
        .map(|line| line.kind.clone())
        .collect();
    for kind in [
        "labour",
        "idle",
        "actual",
        "commitment",
        "vendor",
        "pool",
        "payment",
        "receipt",
        "incentive",
        "balance",
        "award",
        "change order",
        "account",
        "budget",
        "contract",
        "order",
        "task",
        "share",
    ] {
        assert!(kinds.contains(kind), "no line is `{kind}`: {kinds:?}");
    }
    let (figures, _) = holds(document).unwrap_or_else(|why| panic!("{why}"));
    assert!(figures > 200, "{figures}");
}

/// A week of pay worked out by hand: Ann's 417.31 a day with 13.8 % on top, and half of Monday on another task.
#[test]
fn one_figure_by_hand() {
    let show = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-03-31
        currency = \"GBP\"
        productive = \"100%\"
        charge_basis = \"worked\"
        pay_cycle = \"weekly\"
        --- tasks.csv
        id,shot,department,days
        a,010,CMP,0.5
        b,020,CMP,1
        --- people.csv
        name,department
        Ann,CMP
        --- contracts.csv
        person,kind,start,end,rate,basis,burden
        Ann,freelance,2027-01-04,2027-03-26,400,day,25%
        --- dependencies.csv
        from,to,lag
        a,b,
    ";
    let desk = Desk::with("show", show);
    let call = |more: &[&str]| -> Value {
        let first = ["cash", "show", "--steps", "0", "--format", "json", "--with-rates", "--why"];
        desk.json(&[&first[..], more].concat(), 0)
    };
    let told = call(&["2027-01-04:payroll"]);
    let lines: Vec<(&str, &str, i64, i64)> = told["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| {
            let text = |name: &str| line[name].as_str().expect("a text");
            let number = |name: &str| line[name].as_i64().expect("a number");
            (text("task"), text("who"), number("minutes"), number("amount"))
        })
        .collect();
    assert_eq!(lines, [("b", "Ann", 480, 40_000), ("a", "Ann", 240, 20_000)]);
    assert_eq!(told["figure"], 60_000);
    // A quarter on top, three weeks after the Sunday of the pay.
    let told = call(&["2027-01-25:fringe"]);
    let amounts: Vec<i64> = told["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| line["amount"].as_i64().expect("an amount"))
        .collect();
    assert_eq!((amounts, &told["figure"]), (vec![10_000, 5_000], &Value::from(15_000)));
    // What comes in less what goes out: the same lines, taken off.
    let told = call(&["2027-01-04"]);
    assert_eq!((&told["column"], &told["figure"]), (&"net".into(), &Value::from(-60_000)));
    assert_eq!(told["lines"][0]["amount"], -40_000);
}

#[test]
fn what_is_not_there_is_answered_with_what_is() {
    let desk = each_kind();
    for (answer, row) in [
        ("cash", "2027-02-01"),
        ("vendors", "roto"),
        ("margin", "award"),
        ("earned-value", "CMP"),
        ("bids", "CMP B"),
        ("weekly", "20-18"),
        ("cost-report", "20-18"),
    ] {
        let told = desk.run(&[answer, "out/result.json", "--why", "nobody"]).code(2);
        told.stderr(contains("no row `nobody`").and(contains(row)));
    }
    let told = desk.run(&["cash", "out/result.json", "--why", "2027-02-01:pay"]).code(2);
    told.stderr(contains("no column `pay`").and(contains("payroll")));
    let told = desk.run(&["cash", "out/result.json", "--why", ""]).code(2);
    told.stderr(contains("no row ``"));
    let call = ["cash", "out/result.json", "--why", "2027-02-01", "--page", "page.html"];
    desk.run(&call).code(2).stderr(contains("cannot be used with"));
    // A result of an older program has the figures, and not what they are made of.
    let mut old = desk.result("out");
    old["version"] = 3.into();
    desk.write("old.json", &old.to_string());
    desk.run(&["cash", "old.json"]).code(0);
    desk.run(&["cash", "old.json", "--why", "2027-02-01"])
        .code(2)
        .stderr(contains("older program"));
}

/// Each figure of a page is what a terminal tells of it; gives how many there are.
fn opens_alike(desk: &Desk, page: &Value, call: &[&str]) -> usize {
    let figures = page["figures"].as_array().expect("figures that open");
    for figure in figures {
        let asked = figure["asked"].as_str().expect("how it is asked for");
        let told = desk.json(&[call, &["--format", "json", "--why", asked]].concat(), 0);
        let at = if figure["minutes"] == true { 7 } else { 8 };
        let sum: i64 = figure["parts"]
            .as_array()
            .expect("parts")
            .iter()
            .map(|part| {
                let run = &page["runs"][part[0].as_u64().expect("a run") as usize];
                let lines = run["lines"].as_array().expect("lines");
                let of_run: i64 = lines.iter().map(|line| line[at].as_i64().unwrap_or(0)).sum();
                let rest = run["rest"][1].as_i64().unwrap_or(0);
                if part[1] == true { -of_run - rest } else { of_run + rest }
            })
            .sum();
        assert_eq!(told["figure"].as_i64(), Some(sum), "{call:?} {asked}");
    }
    figures.len()
}

#[test]
fn a_page_opens_as_the_terminal_does() {
    let desk = each_kind();
    for answer in ["cash", "vendors", "margin", "earned-value", "bids", "weekly", "cost-report"] {
        desk.run(&[answer, "out/result.json", "--page", "page.html", "--with-rates"]).code(0);
        let page = crate::answers::shown(&desk.read("page.html"));
        let figures = opens_alike(&desk, &page, &[answer, "out/result.json", "--with-rates"]);
        assert!(figures > 0, "{answer}");
    }
    let call = ["crew", "show", "--steps", "0"];
    desk.run(&[&call[..], &["--page", "crew.html"]].concat()).code(0);
    let page = crate::answers::shown(&desk.read("crew.html"));
    assert!(opens_alike(&desk, &page, &call) > 20);
}

/// The page of a plan opens its cost and cash as the pages of answers do.
#[test]
fn the_page_of_a_plan_opens_as_the_terminal_does() {
    let desk = each_kind();
    let page = crate::answers::shown(&desk.read("out/index.html"));
    let ways = page["reports"]["cost"].as_array().expect("cost reports");
    assert_eq!(ways.len(), 6);
    for way in ways {
        let by = way[0].as_str().expect("what it is sorted by");
        let call = ["cost-report", "out/result.json", "--with-rates", "--by", by];
        assert!(opens_alike(&desk, &way[1], &call) > 4, "{by}");
    }
    let call = ["cash", "out/result.json", "--with-rates"];
    assert!(opens_alike(&desk, &page["reports"]["cash"], &call) > 20);
    assert_eq!(page["desk"]["postings"].as_array().map(Vec::len), Some(0));
}

/// A rule with all of its steps, by hand: 29,700 of work in London of which 90 % counts, less 1,000 that the first
/// rule gives, at most 60 % of such cost anywhere and at most 15,000; a higher rate from 20,000 on; a fifth of tax;
/// the studio's share a half, three quarters sure.
#[test]
fn an_incentive_opens_step_by_step() {
    let show = "
        --- show.toml
        [settings]
        as_of = 2027-02-01
        horizon_end = 2027-06-30
        currency = \"GBP\"
        --- tasks.csv
        id,shot,department,days
        a,010,CMP,1
        --- people.csv
        name,department
        Ann,CMP
        --- actuals.csv
        date,account,amount,person
        2026-12-30,20-16,300,Ann
        2027-01-11,20-16,20000,Ann
        2027-01-12,20-16,9700,Ann
        --- incentives.csv
        id,place,kind,rate,tiers,eligible,cap_share,cap,net_of,tax,studio_share,certainty,valid_from,valid_to
        first,,labour,10%,,,,10000,,,,,2027-01-11,2027-01-15
        whole,,labour,20%,20000 30%,90%,60%,15000,first,20%,50%,75%,2027-01-01,2027-01-15
    ";
    let desk = Desk::with("show", show);
    desk.run(&["plan", "show", "-o", "out", "--steps", "0", "--with-rates"]);
    let document = saved(&desk, "out");
    holds(document).unwrap_or_else(|why| panic!("{why}"));
    let told = |asked: &str| -> (i64, Vec<(String, i64)>) {
        let call =
            ["margin", "out/result.json", "--with-rates", "--format", "json", "--why", asked];
        let told = desk.json(&call, 0);
        let line = |line: &Value| {
            let text = if line["what"] == "" { &line["source"] } else { &line["what"] };
            (text.as_str().unwrap_or_default().to_owned(), line["amount"].as_i64().unwrap_or(0))
        };
        let lines = told["lines"].as_array().expect("lines").iter().map(line).collect();
        (told["figure"].as_i64().expect("a figure"), lines)
    };
    let lines = |rows: &[(&str, i64)]| -> Vec<(String, i64)> {
        rows.iter().map(|(what, amount)| ((*what).to_owned(), *amount)).collect()
    };
    let booked = [("actuals.csv:3", 2_000_000), ("actuals.csv:4", 970_000)];
    let (eligible, of) = told("incentive whole:eligible");
    assert_eq!((eligible, of), (2_970_000, lines(&booked)));
    // 90 % are 26,730; less 1,000 are 25,730; of 30,000 and the planned day anywhere 60 % is less than that.
    let (base, of) = told("incentive whole:base");
    assert_eq!(base, 1_500_000);
    let names: Vec<&str> = of.iter().map(|(what, _)| what.as_str()).collect();
    assert!(names.contains(&"90 % of what is eligible counts"), "{names:?}");
    assert!(names.contains(&"less 1,000 that other incentives give"), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("at most 60 % of ")), "{names:?}");
    assert!(names.contains(&"at most 15,000"), "{names:?}");
    let credit = [("30 % of what counts, from 20,000 of eligible cost on", 450_000)];
    assert_eq!(told("incentive whole:credit"), (450_000, lines(&credit)));
    let tax = ("20 % tax on the credit", -90_000);
    assert_eq!(told("incentive whole:after_tax"), (360_000, lines(&[credit[0], tax])));
    let studio = [("50 % of it is the studio's", 180_000)];
    assert_eq!(told("incentive whole:studio"), (180_000, lines(&studio)));
    assert_eq!(told("incentive whole"), (135_000, lines(&[("75 % sure", 135_000)])));
}

/// What a cap counts and what of it could be saved, and the price of new shots: to the penny.
#[test]
fn caps_and_bids_open() {
    let desk = each_kind();
    let cap = ["budget", "show", "--cap", "total=20000;ANI=100;20-18=9000", "--steps", "0"];
    let answer = desk.json(&[&cap[..], &["--format", "json"]].concat(), 3);
    for row in answer["caps"].as_array().expect("caps") {
        let id = row["cap"].as_str().expect("a name");
        for column in ["planned", "avoidable", "after", "missing"] {
            if column == "missing" && row["holds"] == true {
                continue;
            }
            let asked = format!("{id}:{column}");
            let call = [&cap[..], &["--format", "json", "--why", &asked]].concat();
            let told = desk.json(&call, 3);
            assert_eq!(told["figure"], row[column], "{asked}");
            let lines = told["lines"].as_array().expect("lines");
            let sum: i64 = lines.iter().filter_map(|line| line["amount"].as_i64()).sum();
            assert_eq!(told["figure"].as_i64(), Some(sum), "{asked}: {lines:?}");
            let is_told = |line: &&Value| line["band"].is_array() && !line["amount"].is_null();
            assert!(!lines.iter().any(|line| is_told(&line)), "{asked} tells pay");
        }
    }
    desk.run(&[&cap[..], &["--page", "caps.html"]].concat()).code(3);
    let figures = |file: &str| -> usize {
        crate::answers::shown(&desk.read(file))["figures"].as_array().map_or(0, Vec::len)
    };
    assert!(figures("caps.html") > 12);
    desk.write("shots.csv", "shot,class,CMP,ANI\nnew1,B,3,2\nnew2,C,1.5,\n");
    let bid = ["bid", "show", "shots.csv", "--overhead", "12.5%", "--steps", "0"];
    let answer = desk.json(&[&bid[..], &["--format", "json"]].concat(), 0);
    let why = |asked: &str| -> i64 {
        let told = desk.json(&[&bid[..], &["--format", "json", "--why", asked]].concat(), 0);
        let lines = told["lines"].as_array().expect("lines");
        let sum: i64 = lines.iter().filter_map(|line| line["amount"].as_i64()).sum();
        assert_eq!(told["figure"].as_i64(), Some(sum), "{asked}: {lines:?}");
        sum
    };
    for shot in answer["shots"].as_array().expect("shots") {
        let id = shot["id"].as_str().expect("an id");
        for column in ["cost", "floor", "price"] {
            assert_eq!(shot[column].as_i64(), Some(why(&format!("{id}:{column}"))), "{id}");
        }
    }
    for row in answer["departments"].as_array().expect("departments") {
        assert_eq!(row["cost"].as_i64(), Some(why(row["id"].as_str().expect("an id"))));
    }
    assert_eq!(answer["price"].as_i64(), Some(why("total")));
    assert_eq!(answer["floor"].as_i64(), Some(why("total:floor")));
    let change = answer["efc_after"].as_i64().zip(answer["efc_before"].as_i64());
    assert_eq!(change.map(|(after, before)| after - before), Some(why("final cost")));
    desk.run(&[&bid[..], &["--page", "bid.html"]].concat()).code(0);
    assert!(figures("bid.html") > 8);
}

/// The rungs of a plan under a cap open too; contracts without their pay.
#[test]
fn the_commitments_ladder_of_a_capped_plan_opens() {
    let desk = each_kind();
    let call = ["budget", "show", "--cap", "total=1000000", "--steps", "0"];
    let told = desk.json(&[&call[..], &["--format", "json", "--why", "2027-02-03"]].concat(), 0);
    assert_eq!((&told["answer"], &told["column"]), (&"budget".into(), &"avoidable".into()));
    let lines = told["lines"].as_array().expect("lines");
    let sum: i64 = lines.iter().filter_map(|line| line["amount"].as_i64()).sum();
    assert_eq!(told["figure"].as_i64(), Some(sum));
    let contract = lines.iter().find(|line| line["kind"] == "contract").expect("a contract");
    assert!(contract["amount"].is_null() && contract["band"].is_array(), "{contract}");
    desk.run(&[&call[..], &["--why", "1999-01-01"]].concat()).code(2);
    let schema = desk.json(&["schema", "why"], 0);
    let validator = jsonschema::validator_for(&schema).expect("the schema is sound");
    assert!(validator.is_valid(&told) && !validator.is_valid(&Value::Null), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Other days, rates, burdens, orders and cycles of pay: the lines still add to every figure.
    #[test]
    fn figures_of_any_books_are_the_sums_of_their_lines(
        day in 1_u32..28,
        rate in 1_u32..99_999,
        burden in 0_u32..9_999,
        order in 1_u32..999_999,
        drawn in 0_u32..120,
        cycle in prop::sample::select(vec!["weekly", "fortnightly", "monthly"]),
        steps in prop::sample::select(vec![
            "30% order; 45% delivery; 20% acceptance; 5% retention",
            "100% delivery",
            "33% award; 33% a word of their own; 34% acceptance",
        ]),
    ) {
        let share = u64::from(order) * u64::from(drawn) / 100;
        let text = EACH_KIND
            .replace("as_of = 2027-02-03", &format!("as_of = 2027-02-{day:02}"))
            .replace("417.31,day,13.8%", &format!("{}.{:02},day,{}.{:02}%", rate / 100, rate % 100, burden / 100, burden % 100))
            .replace("roto,1200,300,100", &format!("roto,{}.{:02},{},0", order / 100, order % 100, share / 100))
            .replace("pay_cycle = \"weekly\"", &format!("pay_cycle = \"{cycle}\""))
            .replace("30% order; 45% delivery; 20% acceptance; 5% retention", steps);
        let desk = Desk::with("show", &text);
        desk.run(&["plan", "show", "-o", "out", "--steps", "0", "--with-rates"]);
        prop_assert_eq!(holds(saved(&desk, "out")).err(), None);
    }
}
