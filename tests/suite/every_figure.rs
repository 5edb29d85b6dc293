//! Every number of every report of the desk, as its JSON has it, opens to lines that add to it; or it is told here
//! that it is no sum. A report, a list or a column that is new has to be told here too.

use crate::support::desk::Desk;
use predicates::str::contains;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shotplan::pipeline::{self, Answered, Bid, By, Request, opened};
use shotplan::result::{BidRow, CashEvent, Document, Incentive, Opened, PartRow, VendorShow};
use shotplan::solve::Limit;
use shotplan::write;
use std::collections::BTreeMap;

/// A list of an answer.
struct List {
    /// Where its rows stand: "cash.weeks[]"; empty = the answer itself.
    place: &'static str,
    /// How the rows are asked for, in their order.
    asked: fn(&Value, &[&Value]) -> Vec<String>,
    /// Numbers that open, with the columns that they open under. A column with a colon names its row too.
    opens: &'static [(&'static str, &'static str)],
    /// Numbers that are no sums: days, counts, shares, what is read from one line of a file.
    plain: &'static [&'static str],
}

/// An answer with its lists.
type Report = (&'static str, Vec<List>);

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

fn named(fields: &'static str) -> impl Fn(&[&Value]) -> Vec<String> {
    move |rows| rows.iter().map(|row| text(row, fields)).collect()
}

fn rows_of<T: DeserializeOwned>(list: &[&Value]) -> Vec<T> {
    let row = |row: &&Value| serde_json::from_value((*row).clone()).expect("a row of the answer");
    list.iter().map(row).collect()
}

const COST: &[(&str, &str)] = &[
    ("original_budget", "original_budget"),
    ("approved_changes", "approved_changes"),
    ("current_budget", "current_budget"),
    ("actual", "actual"),
    ("accrued", "accrued"),
    ("committed", "committed"),
    ("etc", "etc"),
    ("efc", "efc"),
    ("variance", "variance"),
    ("efc_last_period", "efc_last_period"),
    ("movement", "movement"),
];

const CHANGE: &[(&str, &str)] = &[("amount", "price"), ("spent", "spent"), ("to_go", "to_go")];

const LADDER: List = List {
    place: "ladder[]",
    asked: |_, rows| named("decided")(rows),
    opens: &[
        ("spent", "spent"),
        ("owed", "owed"),
        ("people", "people"),
        ("vendors", "vendors"),
        ("avoidable", "avoidable"),
    ],
    plain: &[],
};

const CONTINGENCY: List = List {
    place: "contingency",
    asked: |_, rows| rows.iter().map(|_| "contingency".to_owned()).collect(),
    opens: &[("set_aside", "set_aside"), ("drawn", "drawn"), ("left", "left")],
    plain: &["draws[].amount", "draws[].left"],
};

fn itself(plain: &'static [&'static str], opens: &'static [(&'static str, &'static str)]) -> List {
    List { place: "", asked: |_, _| vec![String::new()], opens, plain }
}

fn cost_report() -> Report {
    let lists = vec![
        itself(&["currency_decimals"], &[]),
        List {
            place: "rows[]",
            asked: |_, rows| PartRow::asked(&rows_of::<PartRow>(rows)),
            opens: COST,
            plain: &[],
        },
        List { place: "total", asked: |_, _| vec!["total".to_owned()], opens: COST, plain: &[] },
        CONTINGENCY,
    ];
    ("cost-report", lists)
}

fn cash() -> Report {
    let lists = vec![
        itself(&["currency_decimals"], &[]),
        List {
            place: "cash",
            asked: |whole, _| vec![text(&whole["cash"], "lowest_week")],
            opens: &[
                ("lowest", "balance"),
                ("to_pay", "ahead:to_pay"),
                ("to_come", "ahead:to_come"),
                ("late_client_lowest", "client late:balance"),
            ],
            plain: &["opening"],
        },
        List {
            place: "cash.weeks[]",
            asked: |_, rows| named("week")(rows),
            opens: &[
                ("payroll", "payroll"),
                ("fringe", "fringe"),
                ("vendors", "vendors"),
                ("other", "other"),
                ("paid", "paid"),
                ("receipts", "receipts"),
                ("incentives", "incentives"),
                ("net", "net"),
                ("balance", "balance"),
            ],
            plain: &[],
        },
        List {
            place: "cash.events[]",
            asked: |_, rows| CashEvent::asked(&rows_of(rows)),
            opens: &[("amount", "amount")],
            plain: &[],
        },
    ];
    ("cash", lists)
}

fn vendors() -> Report {
    let lists = vec![
        itself(&["currency_decimals", "day_minutes"], &[]),
        List {
            place: "vendors[]",
            asked: |_, rows| {
                let all: Vec<VendorShow> = rows_of(rows);
                all.iter().map(|row| row.asked(&all)).collect()
            },
            opens: &[
                ("contracted", "contracted"),
                ("changes", "changes"),
                ("pending", "pending"),
                ("unapproved", "unapproved"),
                ("to_date", "to_date"),
                ("open", "open"),
                ("projected", "projected"),
                ("exposure", "exposure"),
                ("efc", "efc"),
                ("at_risk", "at_risk"),
                ("supervision", "supervision"),
                ("paid", "paid"),
                ("to_pay", "to_pay"),
            ],
            plain: &["shares[]"],
        },
        List {
            place: "vendors[].packages[]",
            asked: |whole, _| {
                let rows: Vec<&Value> =
                    whole["vendors"].as_array().expect("a list").iter().collect();
                let all: Vec<VendorShow> = rows_of(&rows);
                let of = |row: &VendorShow| -> Vec<String> {
                    let name = |package: &shotplan::result::Package| {
                        let sequence = package.sequence.as_deref().unwrap_or("assets");
                        format!("{} {sequence} {}", row.asked(&all), package.department)
                    };
                    row.packages.iter().map(name).collect()
                };
                all.iter().flat_map(of).collect()
            },
            opens: &[("minutes", "work")],
            plain: &["tasks"],
        },
        List {
            place: "changes[]",
            asked: |_, rows| named("id")(rows),
            opens: &[("amount", "price"), ("spent", "spent"), ("to_go", "to_go"), ("adds", "adds")],
            plain: &["age", "days", "tasks", "begun"],
        },
        List {
            place: "payments[]",
            asked: |_, rows| CashEvent::asked(&rows_of(rows)),
            opens: &[("amount", "amount")],
            plain: &[],
        },
        LADDER,
    ];
    ("vendors", lists)
}

fn margin() -> Report {
    let lists = vec![
        itself(&["currency_decimals"], &[]),
        List {
            place: "margin",
            asked: |_, _| vec![String::new()],
            opens: &[
                ("award", "award:amount"),
                ("approved", "approved:amount"),
                ("pending", "pending:amount"),
                ("draft", "draft:amount"),
                ("revenue", "revenue:amount"),
                ("gross", "gross:amount"),
                ("incentives", "incentives:amount"),
                ("net", "net:amount"),
                ("margin", "margin:amount"),
                ("vendors_pending", "vendors_pending:amount"),
                ("with_pending", "with_pending:amount"),
                ("unapproved_spent", "unapproved_spent:amount"),
                ("unapproved_to_go", "unapproved_to_go:amount"),
            ],
            plain: &["awards[][]"],
        },
        List {
            place: "changes[]",
            asked: |_, rows| named("id")(rows),
            opens: CHANGE,
            // Changes with the client change no order: they add nothing to one.
            plain: &["age", "days", "tasks", "begun", "adds"],
        },
        List {
            place: "incentives[]",
            asked: |_, rows| rows_of::<Incentive>(rows).iter().map(Incentive::asked).collect(),
            opens: &[
                ("eligible", "eligible"),
                ("base", "base"),
                ("credit", "credit"),
                ("after_tax", "after_tax"),
                ("studio", "studio"),
                ("expected", "expected"),
            ],
            plain: &["rate", "steps[].share", "steps[].amount"],
        },
    ];
    ("margin", lists)
}

fn earned_value() -> Report {
    let lists = vec![
        itself(&["currency_decimals"], &[]),
        List {
            place: "earned",
            asked: |_, _| vec!["total".to_owned()],
            opens: &[
                ("budget", "budget"),
                ("planned", "planned"),
                ("earned", "earned"),
                ("spent", "spent"),
                ("cost_variance", "cost_variance"),
                ("schedule_variance", "schedule_variance"),
            ],
            plain: &[
                "cost_index",
                "schedule_index",
                "earned_schedule",
                "actual_time",
                "time_index",
                "to_complete_index",
                // From the least to the most of the estimates below.
                "spread",
            ],
        },
        List {
            place: "earned.estimates",
            asked: |_, _| vec!["total".to_owned()],
            opens: &[
                ("as_budgeted", "as_budgeted"),
                ("as_so_far", "as_so_far"),
                ("as_so_far_in_cost_and_time", "as_so_far_in_cost_and_time"),
                ("by_the_plan", "by_the_plan"),
            ],
            plain: &[],
        },
        List {
            place: "earned.weeks[]",
            asked: |_, rows| {
                rows.iter().map(|row| row[0].as_str().expect("a day").to_owned()).collect()
            },
            opens: &[("[]", "planned")],
            plain: &[],
        },
        List {
            place: "earned.departments[]",
            asked: |_, rows| named("department")(rows),
            opens: &[
                ("budget", "budget"),
                ("planned", "planned"),
                ("earned", "earned"),
                ("spent", "spent"),
            ],
            plain: &[],
        },
    ];
    ("earned-value", lists)
}

fn bids() -> Report {
    let lists = vec![
        itself(&["currency_decimals", "day_minutes"], &[]),
        List {
            place: "bids[]",
            asked: |_, rows| rows_of::<BidRow>(rows).iter().map(BidRow::asked).collect(),
            opens: &[("bid_minutes", "bid"), ("logged_minutes", "logged")],
            plain: &["tasks", "quartiles[]"],
        },
    ];
    ("bids", lists)
}

fn weekly() -> Report {
    let lists = vec![
        List {
            place: "",
            asked: |whole, _| vec![text(whole, "lowest_week")],
            opens: &[
                ("budget", "total:current_budget"),
                ("to_date", "total:to_date"),
                ("efc", "total:efc"),
                ("variance", "total:variance"),
                ("movement", "total:movement"),
                ("unapproved_spent", "unapproved_spent:amount"),
                ("vendors_unapproved", "vendors:unapproved"),
                ("margin", "margin:amount"),
                ("lowest", "balance"),
            ],
            plain: &[
                "currency_decimals",
                "milestones",
                "milestones_late",
                "cost_index",
                "time_index",
                "dates[].slack_days",
                "dates[].open_items",
                // Of a plan that was tried and thrown away.
                "conflicts[].days",
                "conflicts[].cost",
                "departments[].booked",
                "departments[].asked",
            ],
        },
        List {
            place: "weeks[]",
            asked: |_, rows| named("week")(rows),
            opens: &[("paid", "paid"), ("received", "received")],
            plain: &[
                "starts",
                "ends",
                "finals",
                "due",
                "artists",
                "overtime_hours",
                "day_off_hours",
            ],
        },
        List {
            place: "over[]",
            asked: |_, rows| named("account")(rows),
            opens: &[("efc", "efc"), ("variance", "variance")],
            plain: &[],
        },
        CONTINGENCY,
    ];
    ("weekly", lists)
}

fn budget() -> Report {
    const EFFECT: &[(&str, &str)] = &[("efc", "efc"), ("incentives", "incentives")];
    let lists = vec![
        itself(&["currency_decimals", "tries"], &[("called_off", "called off:amount")]),
        List {
            place: "caps[]",
            asked: |_, rows| named("cap")(rows),
            opens: &[
                ("planned", "planned"),
                ("avoidable", "avoidable"),
                ("after", "after"),
                ("with_all_work", "with_all_work"),
                ("missing", "missing"),
            ],
            plain: &["amount", "days_for_a_week", "days_for_a_week_more", "days_for_a_week_less"],
        },
        List {
            place: "without",
            asked: |_, _| vec!["without caps".to_owned()],
            opens: EFFECT,
            plain: &["unplaced", "milestones_late", "days_late", "penalties"],
        },
        List {
            place: "with",
            asked: |_, _| vec!["with caps".to_owned()],
            opens: EFFECT,
            plain: &["unplaced", "milestones_late", "days_late", "penalties"],
        },
        LADDER,
    ];
    ("budget", lists)
}

fn bid() -> Report {
    let lists = vec![
        itself(
            &["currency_decimals", "overhead", "margin", "day_minutes"],
            &[
                ("floor", "total:floor"),
                ("price", "total:price"),
                ("efc_before", "final cost:before"),
                ("efc_after", "final cost:after"),
            ],
        ),
        List {
            place: "shots[]",
            asked: |_, rows| named("id")(rows),
            opens: &[("minutes", "work"), ("cost", "cost"), ("floor", "floor"), ("price", "price")],
            plain: &["pattern"],
        },
        List {
            place: "departments[]",
            asked: |_, rows| named("id")(rows),
            opens: &[("minutes", "work"), ("cost", "cost")],
            plain: &[],
        },
    ];
    ("bid", lists)
}

fn crew() -> Report {
    let plain = itself(
        &[
            // In artists, which are minutes behind a figure: see `of_crew`.
            "departments[].demand[]",
            "departments[].firm[]",
            "departments[].weighed[]",
            "departments[].capacity[]",
            "departments[].booked[]",
            "departments[].gap[]",
            // Of all weeks so far, as far as it is above nothing.
            "departments[].backlog[]",
            // The most on a day, means and shares.
            "pools[].most[]",
            "pools[].there[]",
            "pools[].load[]",
            "pools[].beyond[]",
            "prospects[].probability",
            // Who is told by name, and for how long.
            "hires[].artists",
            "moves[].free_days",
            "moves[].level",
            "releases[].days",
            "extensions[].short",
            "options[].short",
            "bookings[].people",
            "bookings[].days",
            "bookings[].expected_days",
        ],
        &[],
    );
    ("crew", vec![plain])
}

/// Numbers of a value by their place, with "[]" for any row of a list.
fn numbers(value: &Value, place: &str, found: &mut BTreeMap<String, usize>) {
    match value {
        Value::Number(_) => *found.entry(place.to_owned()).or_default() += 1,
        Value::Array(rows) => {
            rows.iter().for_each(|row| numbers(row, &format!("{place}[]"), found));
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let dot = if place.is_empty() { "" } else { "." };
                numbers(field, &format!("{place}{dot}{name}"), found);
            }
        }
        _ => {}
    }
}

/// The rows at a place, in their order.
fn at<'v>(whole: &'v Value, place: &str) -> Vec<&'v Value> {
    let mut rows = vec![whole];
    for step in place.split('.').filter(|step| !step.is_empty()) {
        let (name, is_list) = (step.trim_end_matches("[]"), step.ends_with("[]"));
        rows = rows
            .into_iter()
            .flat_map(|row| match (&row[name], is_list) {
                (Value::Array(list), true) => list.iter().collect(),
                (Value::Null, _) => Vec::new(),
                (value, _) => vec![value],
            })
            .collect();
    }
    rows
}

/// The number of a row under a name: "[]" is that of a pair.
fn field(row: &Value, name: &str) -> Option<i64> {
    if name == "[]" { row[1].as_i64() } else { row[name].as_i64() }
}

/// Every number of an answer opens to lines that add to it, or is known to be no sum; gives how many do that are not 0.
fn opens(whole: &Value, opened: &Opened, (name, lists): &Report) -> usize {
    let mut found = BTreeMap::new();
    numbers(whole, "", &mut found);
    for place in found.keys() {
        let inside = |list: &&List| {
            let rest = place.strip_prefix(list.place)?;
            Some(rest.strip_prefix('.').unwrap_or(rest))
        };
        let is_told = lists.iter().any(|list| {
            inside(&list).is_some_and(|rest| {
                list.plain.contains(&rest) || list.opens.iter().any(|(field, _)| *field == rest)
            })
        });
        assert!(is_told, "{name}: nobody says how `{place}` opens, or that it is no sum");
    }
    let mut figures = 0;
    for list in lists {
        let rows = at(whole, list.place);
        let asked = (list.asked)(whole, &rows);
        for (row, id) in rows.into_iter().zip(asked) {
            for (from, column) in list.opens {
                let Some(value) = field(row, from) else { continue };
                let asked = match column.contains(':') {
                    true => (*column).to_owned(),
                    false => format!("{id}:{column}"),
                };
                let is_turned = (*name, list.place, row["kind"].as_str())
                    == ("cash", "cash.events[]", Some("vendor"));
                let value = if is_turned { -value } else { value };
                let why = match opened::why(opened, &asked) {
                    Ok(why) => why,
                    // What is nothing need not be there.
                    Err(_) if value == 0 => continue,
                    Err(why) => panic!("{name}, {} {from}: {why}", list.place),
                };
                assert_eq!(why.figure, value, "{name} {asked}");
                let sum: i64 = why.lines.iter().map(|line| line.adds(why.unit)).sum();
                assert_eq!(sum, value, "{name} {asked} is not the sum of its lines");
                figures += usize::from(value != 0);
            }
        }
    }
    figures
}

fn json(answer: Option<impl serde::Serialize>) -> Value {
    serde_json::to_value(answer.expect("an answer")).expect("answers are JSON")
}

/// All answers that are read off a result.
fn of_document(document: &Document) -> usize {
    let mut figures = 0;
    for by in
        [By::Account, By::Department, By::Sequence, By::Shot, By::Vendor, By::Person, By::Show]
    {
        // In bands people stand together, and what is told of one is not told of all.
        if by == By::Person && !document.with_rates {
            continue;
        }
        let report = json(pipeline::cost_report(document, by));
        let opened = opened::cost_report(document, by).expect("its figures");
        figures += opens(&report, &opened, &cost_report());
    }
    let figures_of = |opened: Option<Opened>| opened.expect("its figures");
    figures
        + opens(&json(pipeline::cash(document)), &figures_of(opened::cash(document)), &cash())
        + opens(
            &json(pipeline::vendors(document)),
            &figures_of(opened::vendors(document)),
            &vendors(),
        )
        + opens(&json(pipeline::margin(document)), &figures_of(opened::margin(document)), &margin())
        + opens(
            &json(pipeline::earned_value(document)),
            &figures_of(opened::earned_value(document)),
            &earned_value(),
        )
        + opens(&json(pipeline::bids(document)), &figures_of(opened::bids(document)), &bids())
        + opens(
            &json(Some(pipeline::weekly(document))),
            &figures_of(opened::weekly(document)),
            &weekly(),
        )
}

fn request() -> Request {
    Request { mode: None, seed: None, threads: 1, limit: Limit::Steps(0) }
}

/// The answers that plan: caps, a bid, the crew.
fn of_questions(desk: &Desk, show: &str, caps: &[String]) -> usize {
    let path = desk.path().join(show);
    let answered = pipeline::budget(&path, caps, &request(), &()).expect("the show is read");
    let Answered::Answer(capped) = answered else { panic!("no plan under caps") };
    let mut figures = opens(&json(Some(&capped)), &capped.opened, &budget());
    desk.write("new.csv", "shot,class\nnew1,B\nnew2,C\n");
    let shots = desk.path().join("new.csv");
    let answered = pipeline::bid(&path, &shots, 1_250, 1_000, &request(), &());
    match answered.expect("show and list are read") {
        Bid::Show(Answered::Answer(answer)) => {
            figures += opens(&json(Some(&answer)), &answer.opened, &bid());
        }
        _ => panic!("no bid"),
    }
    figures + of_crew(&path)
}

/// The crew is told in full-time artists, and opens in minutes: they are the same.
fn of_crew(path: &std::path::Path) -> usize {
    let answered = pipeline::crew(path, &request(), &()).expect("the show is read");
    let Answered::Answer(plan) = answered else { panic!("no plan of the crew") };
    let mut figures = opens(&json(Some(&plan)), &plan.opened, &crew());
    for (week, monday) in plan.weeks.iter().enumerate() {
        // Minutes that count as one artist: the same for all departments of a week.
        let mut artist: Option<f64> = None;
        for row in &plan.departments {
            for (column, list) in [
                ("demand", &row.demand),
                ("firm", &row.firm),
                ("weighed", &row.weighed),
                ("capacity", &row.capacity),
                ("booked", &row.booked),
                ("gap", &row.gap),
            ] {
                let heads = list[week];
                let asked = format!("{} {monday}:{column}", row.id);
                let why = match opened::why(&plan.opened, &asked) {
                    Ok(why) => why,
                    Err(_) if heads == 0.0 => continue,
                    Err(why) => panic!("{why}"),
                };
                let sum: i64 = why.lines.iter().map(|line| line.minutes).sum();
                assert_eq!(sum, why.figure, "{asked} is not the sum of its lines");
                if column == "gap" {
                    let part = |column: &str| {
                        let asked = format!("{} {monday}:{column}", row.id);
                        opened::why(&plan.opened, &asked).expect("a figure").figure
                    };
                    assert_eq!(why.figure, part("demand") - part("capacity"), "{asked}");
                }
                if heads.abs() >= 5.0 && column != "gap" {
                    let own = why.figure as f64 / heads;
                    let known = *artist.get_or_insert(own);
                    assert!((own - known).abs() <= 0.03 * known, "{asked}: {own} and {known}");
                }
                figures += usize::from(why.figure != 0);
            }
        }
    }
    figures
}

fn saved(desk: &Desk) -> Document {
    write::read_result(&desk.bytes("out/result.json")).expect("our own result")
}

/// The answers of a show that is there; of a result with the pay of single people and without.
fn of_show(desk: &Desk, show: &str) -> usize {
    desk.run(&["plan", show, "-o", "out", "--steps", "0", "--with-rates"]);
    let mut document = saved(desk);
    let with = of_document(&document);
    pipeline::without_pay(&mut document);
    let without = of_document(&document);
    assert!(without > 0 && without <= with, "{with} figures with pay, {without} without");
    with
}

#[test]
fn every_number_of_made_up_shows_opens() {
    let shows: [&[&str]; 3] = [
        &["--archetype", "commercial", "--seed", "5", "--as-of", "45%", "--pools"],
        &["--archetype", "episodic", "--seed", "6", "--as-of", "50%"],
        &["--archetype", "studio", "--seed", "2", "--as-of", "35%"],
    ];
    for (at, show) in shows.into_iter().enumerate() {
        let is_large = show.contains(&"studio");
        if is_large && std::env::var_os("SHOTPLAN_SLOW").is_none() {
            continue;
        }
        let desk = Desk::empty();
        desk.run(&[&["generate", "-o", "s"], show].concat()).code(0);
        let figures = of_show(&desk, "s");
        assert!(figures > 400, "{at}: only {figures} figures");
    }
}

#[test]
fn every_number_of_a_show_with_each_kind_of_line_opens() {
    let desk = crate::opened::each_kind();
    let figures = of_show(&desk, "show");
    assert!(figures > 300, "only {figures} figures");
    let caps = ["total=20000".to_owned(), "ANI=100".to_owned(), "2027-03=4000".to_owned()];
    let figures = of_questions(&desk, "show", &caps);
    assert!(figures > 60, "only {figures} figures");
}

#[test]
fn every_number_of_caps_bids_and_crew_of_a_made_up_show_opens() {
    let desk = Desk::empty();
    let call =
        ["generate", "-o", "s", "--archetype", "commercial", "--seed", "7", "--as-of", "40%"];
    desk.run(&call).code(0);
    let caps = ["total=250000".to_owned(), "CMP=30000".to_owned()];
    let figures = of_questions(&desk, "s", &caps);
    assert!(figures > 200, "only {figures} figures");
}

/// Why a period differs from an earlier one: before, now, movement and each driver of each account.
#[test]
fn every_number_of_a_movement_opens() {
    let desk = Desk::empty();
    let documents = ["30%", "45%"].map(|day| {
        let make = ["generate", "--archetype", "commercial", "--seed", "2", "--pools", "-o", "s"];
        desk.run(&[&make[..], &["--as-of", day]].concat()).code(0);
        desk.run(&["plan", "s", "-o", "out", "--steps", "0", "--with-rates"]);
        std::fs::remove_dir_all(desk.path().join("s")).expect("the show goes");
        saved(&desk)
    });
    let [before, after] = documents.each_ref().map(|document| {
        pipeline::snapshot(document, &document.production.as_of.to_string()).expect("a snapshot")
    });
    let movement = pipeline::movement(&before, &after).expect("a movement");
    let opened = opened::closed(&documents[1], &after, Some((&before, &movement)));
    const FIGURES: &[(&str, &str)] = &[
        ("before", "before"),
        ("after", "after"),
        ("movement", "movement"),
        ("booked", "booked"),
        ("time", "time"),
        ("rates", "rates"),
        ("overtime", "overtime"),
        ("idle", "beside_tasks"),
        ("orders", "orders"),
        ("vendors", "vendors"),
        ("technology", "technology"),
    ];
    let lists = vec![
        itself(&["currency_decimals"], &[]),
        List {
            place: "rows[]",
            asked: |_, rows| {
                rows.iter().map(|row| format!("moved {}", text(row, "account"))).collect()
            },
            opens: FIGURES,
            plain: &[],
        },
        List {
            place: "total",
            asked: |_, _| vec!["moved total".to_owned()],
            opens: FIGURES,
            plain: &[],
        },
    ];
    let figures = opens(&json(Some(&movement)), &opened.expect("its figures"), &("close", lists));
    assert!(figures > 60, "only {figures} figures");
}

/// Each command that answers with a page has a list above, or is told here to have no figures of the desk.
#[test]
fn no_report_is_forgotten() {
    const OPENS: [&str; 10] = [
        "bid",
        "bids",
        "budget",
        "cash",
        "cost-report",
        "crew",
        "earned-value",
        "margin",
        "vendors",
        "weekly",
    ];
    // Differences of plans that were tried, odds, prices: none is a sum of lines of one plan. `close` is the cost report.
    const OTHERS: [&str; 12] = [
        "close",
        "compare",
        "conflicts",
        "crew-for",
        "crunch",
        "date-for",
        "learn",
        "outsource",
        "prices",
        "risk",
        "sweep",
        "tradeoff",
    ];
    for (name, told) in commands() {
        let name = &*name;
        let (has_page, opens) = (told.contains("--page <FILE>"), told.contains("--why <"));
        assert_eq!(opens, OPENS.contains(&name), "{name}: is it told here how it opens?");
        assert!(!has_page || opens || OTHERS.contains(&name), "{name} is told nowhere");
    }
}

/// Commands with what they say about themselves.
fn commands() -> Vec<(String, String)> {
    let desk = Desk::empty();
    let help = |call: &[&str]| {
        String::from_utf8_lossy(&desk.run(call).code(0).get_output().stdout).into_owned()
    };
    let whole = help(&["--help"]);
    let (_, commands) = whole.split_once("Commands:").expect("a list of commands");
    let (commands, _) = commands.split_once("Options").expect("its end");
    let names = commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let told = names.filter(|name| *name != "help");
    let told: Vec<_> = told.map(|name| (name.to_owned(), help(&[name, "--help"]))).collect();
    assert!(told.len() > 25, "{} commands", told.len());
    told
}

/// Where a table is asked for and the show is flawed, there is no table, and the faults stand beside it.
#[test]
fn faults_never_stand_in_a_table() {
    let desk = Desk::with(
        "show",
        "
        --- tasks.csv
        shot,department,days,assigned
        s1,ANI,2,Nobody
        ",
    );
    desk.write("shots.csv", "shot,class\nnew1,B\n");
    let mut asked = 0;
    for (name, told) in commands() {
        if !told.contains("- csv:") {
            continue;
        }
        let more: &[&str] = match &*name {
            "bid" => &["shots.csv"],
            "close" => &["-o", "closed.json"],
            "sweep" => &["--set", "bid_overrun 0..10%/10"],
            _ => &[],
        };
        let call = [&[&*name, "show"], more, &["--steps", "0", "--format", "csv"]].concat();
        let found = desk.run(&call).code(1);
        found.stdout("").stderr(contains("error[V02]"));
        asked += 1;
    }
    assert!(asked >= 11, "{asked} commands have tables");
}
