//! The line producer's desk: every report is the same money, and every figure can be opened.

use crate::support::desk::Desk;
use serde_json::Value;
use shotplan::model::Cents;
use shotplan::pipeline::{self, By};
use shotplan::result::{Document, PartRow};
use shotplan::write;

const ALL: [By; 7] =
    [By::Account, By::Department, By::Sequence, By::Shot, By::Vendor, By::Person, By::Show];

/// A made-up commercial in the middle of its work.
fn document(more: &[&str]) -> Document {
    let desk = Desk::empty();
    let make =
        ["generate", "--archetype", "commercial", "--seed", "4", "--as-of", "40%", "-o", "s"];
    desk.run(&make).code(0);
    desk.run(&[&["plan", "s", "-o", "out", "--steps", "20"], more].concat());
    write::read_result(&desk.bytes("out/result.json")).expect("our own result is read")
}

#[test]
fn every_report_has_the_same_total_and_every_row_can_be_opened() {
    let document = document(&["--with-rates"]);
    every_row_adds_up(&document);
    let mut told = document;
    pipeline::without_pay(&mut told);
    every_row_adds_up(&told);
}

fn every_row_adds_up(document: &Document) {
    let revenue = &document.desk.as_ref().expect("a desk").revenue_accounts;
    for by in ALL {
        let report = pipeline::cost_report(document, by).expect("a report");
        let opened = pipeline::opened::cost_report(document, by).expect("what it is made of");
        let is_cost = |row: &&PartRow| !(by == By::Account && revenue.contains(&row.id));
        let sum = |value: fn(&PartRow) -> i64| -> i64 {
            report.rows.iter().filter(is_cost).map(value).sum()
        };
        let total = &report.total;
        assert_eq!(sum(|row| row.actual), total.actual, "{by:?}");
        assert_eq!(sum(|row| row.accrued), total.accrued, "{by:?}");
        assert_eq!(sum(|row| row.committed), total.committed, "{by:?}");
        assert_eq!(sum(|row| row.etc), total.etc, "{by:?}");
        assert_eq!(sum(|row| row.efc), total.efc, "{by:?}");
        if [By::Account, By::Department, By::Show].contains(&by) {
            let budget = |row: &PartRow| row.current_budget.unwrap_or_default();
            assert_eq!(sum(budget), budget(total), "{by:?}");
        }
        for row in &report.rows {
            assert_eq!(row.efc, row.actual + row.accrued + row.committed + row.etc, "{row:?}");
            assert_eq!(row.variance, row.current_budget.map(|budget| budget - row.efc), "{row:?}");
            let why = pipeline::opened::why(&opened, &row.id).expect("the row is there");
            let sum = |state: &str| -> i64 {
                let asked = format!("{}:{state}", row.id);
                let why = pipeline::opened::why(&opened, &asked).expect("the column is there");
                why.lines.iter().filter_map(|line| line.amount).sum()
            };
            let found = [sum("actual"), sum("accrued"), sum("committed"), sum("etc")];
            let expected = [row.actual, row.accrued, row.committed, row.etc];
            assert_eq!(found, expected, "{by:?} {}", row.id);
            let efc: i64 = why.lines.iter().filter_map(|line| line.amount).sum();
            assert_eq!(efc, row.efc, "{by:?} {}", row.id);
        }
    }
}

/// One artist at 400 a day (eight-hour days, productive 85 %), half the work in each of two shots,
/// an invoice and an order: all of it can be added up on paper.
const BY_HAND: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-31
    currency = \"GBP\"
    productive = \"100%\"
    --- tasks.csv
    shot,department,days
    010_0010,CMP,2
    010_0020,CMP,3
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden,notice_days
    Ann,freelance,2027-01-04,2027-01-29,400,day,0%,2
    --- budget.csv
    account,original,approved_changes
    20-18,1800,150
    30-01,900,0
    --- actuals.csv
    date,account,amount,state
    2026-12-18,20-18,250,posted
    2026-12-22,30-01,100,accrued
    --- commitments.csv
    id,account,amount,drawn
    PO-7,30-01,600,100
";

#[test]
fn a_report_worked_out_by_hand() {
    let desk = Desk::with("show", BY_HAND);
    let told = desk.json(&["cost-report", "show", "--steps", "0", "--format", "json"], 0);
    let row = |id: &str| -> Value {
        let rows = told["rows"].as_array().expect("rows");
        rows.iter().find(|row| row["id"] == id).expect("the account").clone()
    };
    let columns = |row: &Value| {
        ["current_budget", "actual", "accrued", "committed", "etc", "efc", "variance"]
            .map(|name| row[name].as_i64().expect("an amount"))
    };
    // Five days at 400; two days of notice are owed whatever happens.
    let labour = [195_000, 25_000, 0, 80_000, 120_000, 225_000, -30_000];
    assert_eq!(columns(&row("20-18")), labour);
    assert_eq!(columns(&row("30-01")), [90_000, 0, 10_000, 50_000, 0, 60_000, 30_000]);
    assert_eq!(columns(&told["total"]), [285_000, 25_000, 10_000, 130_000, 120_000, 285_000, 0]);

    let shots =
        desk.json(&["cost-report", "show", "--steps", "0", "--by", "shot", "--format", "json"], 0);
    let shots: Vec<(String, i64)> = shots["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["id"].as_str().expect("an id").to_owned(), row["efc"].as_i64().expect("")))
        .collect();
    let expected = [("010_0010", 80_000), ("010_0020", 120_000), ("", 85_000)];
    assert_eq!(shots, expected.map(|(id, amount)| (id.to_owned(), amount)));
}

#[test]
fn a_saved_result_says_the_same_as_its_show() {
    let desk = Desk::with("show", BY_HAND);
    desk.run(&["plan", "show", "-o", "out", "--steps", "0"]).code(0);
    for by in ["account", "department", "person"] {
        for format in ["text", "json", "csv"] {
            let call = |input: &str| {
                let call = ["cost-report", input, "--by", by, "--format", format, "--steps", "0"];
                desk.run(&call).code(0).get_output().stdout.clone()
            };
            assert_eq!(call("show"), call("out/result.json"), "{by} {format}");
        }
    }
    let why = ["cost-report", "out/result.json", "--why", "30-01", "--format", "csv"];
    let told = desk.run(&why).code(0);
    let lines = String::from_utf8(told.get_output().stdout.clone()).expect("text");
    let expected = "\
        kind,state,account,task,what,who,order,source,from,to,hours,amount,day_from,day_below\n\
        commitment,committed,30-01,,,,PO-7,commitments.csv:2,2027-01-04,2027-01-04,0,500.00,,\n\
        actual,accrued,30-01,,,,,actuals.csv:3,2026-12-22,2026-12-22,0,100.00,,\n";
    assert_eq!(lines, expected);
    let unknown = desk.run(&["cost-report", "out/result.json", "--why", "99"]).code(2);
    unknown.stderr(predicates::str::contains("no row `99`"));
}

#[test]
fn results_of_older_programs_are_read_and_lack_the_desk_only() {
    let desk = Desk::with("show", BY_HAND);
    desk.run(&["plan", "show", "-o", "out", "--steps", "0"]).code(0);
    let mut result = desk.result("out");
    result["version"] = 1.into();
    result.as_object_mut().expect("an object").remove("desk");
    desk.write("old.json", &result.to_string());
    desk.run(&["report", "old.json", "-o", "again"]).code(0);
    assert_eq!(desk.bytes("again/cost_report.csv"), desk.bytes("out/cost_report.csv"));
    let told = desk.run(&["cost-report", "old.json"]).code(2);
    told.stderr(predicates::str::contains("older program"));
}

/// Two shots of comp, budget 1,000 shared out 600 : 400 by their bids; the first is with the client.
const HALF_DONE: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-18
    horizon_end = 2027-03-31
    currency = \"GBP\"
    productive = \"100%\"
    charge_basis = \"worked\"
    [[shows]]
    id = \"SPOT\"
    award = \"3000\"
    --- sequences.csv
    id,show
    s,SPOT
    --- shots.csv
    id,sequence,show,class,due
    010,s,SPOT,B,2027-01-17
    020,s,SPOT,B,2027-01-29
    --- tasks.csv
    id,shot,department,days,status,logged,remaining
    a,010,CMP,3,client_review,3d,0d
    b,020,CMP,2,ready,,
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,freelance,2027-01-04,2027-12-31,250,day,0%
    --- budget.csv
    account,original
    20-18,1000
    --- actuals.csv
    date,account,amount,task
    2027-01-14,20-18,640,a
    --- change_orders.csv
    id,show,state,amount,tasks,date
    CO-1,SPOT,approved,400,,2027-01-05
    CO-2,SPOT,sent,250,b,2027-01-12
    CO-3,SPOT,draft,99,,
";

#[test]
fn earned_value_and_margin_worked_out_by_hand() {
    let desk = Desk::with("show", HALF_DONE);
    desk.run(&["plan", "show", "-o", "out", "--steps", "0"]);
    let result = desk.result("out");
    let earned = &result["desk"]["earned"];
    let amount = |name: &str| earned[name].as_i64().expect("an amount");
    // 600 × 0.8 for client review; planned: all of the first, and nothing of the second before its time.
    assert_eq!([amount("budget"), amount("earned"), amount("spent")], [100_000, 48_000, 64_000]);
    assert_eq!(amount("planned"), 60_000);
    assert_eq!([amount("cost_variance"), amount("schedule_variance")], [-16_000, -12_000]);
    assert_eq!(earned["cost_index"].as_f64(), Some(0.75));
    assert_eq!(earned["schedule_index"].as_f64(), Some(0.8));
    let estimate = |name: &str| earned["estimates"][name].as_i64().expect("an estimate");
    assert_eq!(estimate("as_so_far"), 133_333); // 1,000 ÷ 0.75
    assert_eq!(estimate("as_budgeted"), 116_000); // 640 + 520
    assert_eq!(estimate("as_so_far_in_cost_and_time"), 150_667); // 640 + 520 ÷ 0.6
    assert_eq!(estimate("by_the_plan"), 114_000); // 640 and two days at 250
    assert_eq!(amount("spread"), 150_667 - 114_000);

    let margin = &result["desk"]["margin"];
    let amount = |name: &str| margin[name].as_i64().expect("an amount");
    assert_eq!([amount("revenue"), amount("gross"), amount("net")], [340_000, 114_000, 114_000]);
    assert_eq!(
        [amount("margin"), amount("pending"), amount("with_pending")],
        [226_000, 25_000, 251_000]
    );
    assert_eq!([amount("draft"), amount("unapproved_spent")], [9_900, 0]);
    assert_eq!(amount("unapproved_to_go"), 50_000);
}

/// Nothing has to be done yet, and nothing is: the show is in time, and no index says 49.
#[test]
fn before_anything_is_planned_there_is_no_index_of_time() {
    let forecast = |due: &str| {
        let show = format!(
            "
            --- show.toml
            [settings]
            as_of = 2027-02-01
            horizon_end = 2027-12-31
            --- tasks.csv
            shot,department,days,due
            010_1,CMP,5,{due}
            --- people.csv
            name,department
            Ann,CMP
        "
        );
        let production = crate::support::show(&show);
        let plan = crate::support::planning::planned(&production, 0).plan;
        shotplan::forecast::of(&production, &plan).progress.expect("there is work")
    };
    let late = forecast("2027-03-31");
    assert_eq!((late.value.planned, late.value.earned), (Cents::ZERO, Cents::ZERO));
    assert_eq!(late.time_index(), None);
    // Due on Friday, five working days for it, seven of the calendar: three of them are over.
    let due = forecast("2027-02-05");
    assert_eq!(due.time_index(), Some(0.0));
}

/// As agreed, `a` took two weeks from the 11th and `b` the week after: on the 18th eight of the fourteen days of `a` are
/// over, so 600 × 8 ÷ 14 was planned, and the 480 earned are those of the 22nd.
#[test]
fn planned_value_follows_the_baseline_where_there_is_one() {
    let baseline = "
    --- baseline.csv
    task,part,artist,start,end,note
    a,0,Ann,2027-01-11,2027-01-15,
    a,0,Ann,2027-01-18,2027-01-24,
    b,0,Ann,2027-01-25,2027-01-31,
    ,,Ann,2027-01-12,2027-01-12,
";
    let desk = Desk::with("show", &format!("{HALF_DONE}{baseline}"));
    desk.run(&["plan", "show", "-o", "out", "--steps", "0"]);
    let earned = &desk.result("out")["desk"]["earned"];
    let amount = |name: &str| earned[name].as_i64().expect("an amount");
    assert_eq!([amount("planned"), amount("earned")], [34_286, 48_000]);
    assert_eq!(amount("schedule_variance"), 48_000 - 34_286);
    // 300 by the end of the first week, 600 by that of the second: 1.6 weeks.
    let weeks = earned["earned_schedule"].as_f64().expect("weeks");
    assert!((weeks - 1.6).abs() < 1e-9, "{weeks}");
    let wrong = baseline.replace("2027-01-25,2027-01-31", "2027-01-25,2027-01-21");
    let desk = Desk::with("show", &format!("{HALF_DONE}{wrong}"));
    let told = desk.run(&["check", "show", "--all"]).code(1);
    told.stdout(predicates::str::contains("before it starts on 2027-01-25"));
}

/// Four people whose rates stand out, each on more than a day of work; Ann is paid in the books too.
const RATES: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-31
    currency = \"GBP\"
    productive = \"100%\"
    [[milestones]]
    id = \"final\"
    date = 2027-01-22
    --- tasks.csv
    shot,department,days
    010_0010,CMP,2.5
    010_0020,CMP,3.25
    010_0030,CMP,1.75
    010_0010,ANI,2.25
    --- people.csv
    name,department
    Ann,CMP
    Bo,CMP
    Cy,CMP
    Dee,ANI
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,freelance,2027-01-04,2027-01-29,417.31,day,0%
    Bo,freelance,2027-01-04,2027-01-29,433.57,day,0%
    Cy,staff,2026-01-04,,63.19,hour,0%
    Dee,fixed,2026-01-04,2027-01-29,2811.35,week,0%
    --- actuals.csv
    date,account,amount,person
    2026-12-18,20-18,417.31,Ann
    2026-12-19,20-18,417.31,Ann
";

/// As they stand in the files, in whole and in minor units, and what a day costs by them.
const FIGURES: [&str; 17] = [
    "417.31", "41731", "433.57", "43357", "63.19", "6319", "505.52", "50552", "2811.35", "281135",
    "562.27", "56227", "£417", "£434", "£506", "£2811", "£562",
];

#[test]
fn the_pay_of_single_people_is_told_only_where_it_is_asked_for() {
    let desk = Desk::with("show", RATES);
    let mut outputs: Vec<(String, String)> = Vec::new();
    desk.run(&["plan", "show", "-o", "out", "--steps", "0", "--xlsx", "out/money.xlsx"]).code(0);
    for file in desk.files("out") {
        if file != "money.xlsx" {
            outputs.push((file.clone(), desk.read(&format!("out/{file}"))));
        }
    }
    // A workbook's cells, by the sheet.
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook(desk.path().join("out/money.xlsx")).expect("a workbook");
    for (name, cells) in calamine::Reader::worksheets(&mut book) {
        let rows = cells.rows().map(|row| format!("{row:?}")).collect::<Vec<_>>().join("\n");
        outputs.push((format!("sheet {name}"), rows));
    }
    let mut say = |call: &[&str]| {
        let told = desk.run(call);
        let bytes = told.get_output().stdout.clone();
        outputs.push((call.join(" "), String::from_utf8(bytes).expect("text")));
    };
    for format in ["text", "json", "csv"] {
        for input in ["show", "out/result.json"] {
            let call = |more: &[&'static str]| {
                let first = ["cost-report", input, "--steps", "0", "--format", format];
                first.iter().chain(more).map(|word| (*word).to_owned()).collect::<Vec<_>>()
            };
            for more in [
                &["--by", "person"][..],
                &["--by", "shot"],
                &["--why", "20-18"],
                &["--by", "department", "--why", "CMP"],
                &["--by", "shot", "--why", "010_0010"],
            ] {
                let call = call(more);
                say(&call.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }
        for answer in ["cash", "vendors", "margin", "earned-value", "bids"] {
            say(&[answer, "show", "--steps", "0", "--format", format]);
        }
        for (answer, figure) in [
            ("cash", "2027-01-25:payroll"),
            ("cash", "2027-01-25"),
            ("cash", "2027-01-25:balance"),
            ("vendors", "2027-01-04"),
            ("vendors", "2027-01-11:owed"),
            ("margin", "gross"),
            ("margin", "margin"),
            ("earned-value", "CMP:spent"),
            ("cost-report", "total"),
            ("cost-report", "20-18:etc"),
        ] {
            for input in ["show", "out/result.json"] {
                say(&[answer, input, "--steps", "0", "--why", figure, "--format", format]);
            }
        }
    }
    for format in ["text", "json"] {
        for command in ["check", "crew", "prices", "weekly", "conflicts", "tradeoff"] {
            let mut call = vec![command, "show", "--format", format];
            if command != "check" {
                call.extend(["--steps", "0"]);
            }
            say(&call);
        }
        say(&["crew-for", "show", "--by", "2027-01-06", "--steps", "0", "--format", format]);
        for figure in ["2027-01-04", "2027-01-11:owed"] {
            let call = ["budget", "show", "--cap", "total=1000000", "--why", figure];
            say(&[&call[..], &["--steps", "0", "--format", format]].concat());
        }
        say(&["close", "show", "-o", format, "--steps", "0", "--format", format]);
    }
    outputs.push(("snapshot".to_owned(), desk.read("json")));
    let answers =
        ["cost-report", "cash", "vendors", "margin", "earned-value", "bids", "weekly", "budget"];
    for answer in answers {
        let cap: &[&str] = if answer == "budget" { &["--cap", "total=1000000"] } else { &[] };
        desk.run(&[&[answer, "show", "--steps", "0", "--page", "page.html"], cap].concat());
        let page = crate::answers::shown(&desk.read("page.html")).to_string();
        outputs.push((format!("page of {answer}"), page));
    }
    assert!(outputs.len() > 50);
    for (name, text) in &outputs {
        let plain = text.replace(',', "");
        for figure in FIGURES {
            for (at, _) in plain.match_indices(figure) {
                let sign = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
                let alone = !sign(plain[..at].chars().next_back())
                    && !plain[at + figure.len()..].starts_with(|c: char| c.is_ascii_digit());
                let near = |from: usize| plain[from..].lines().next().unwrap_or_default();
                let from = plain[..at].rfind('\n').map_or(0, |end| end + 1);
                assert!(!alone, "{name} tells {figure}: {}", near(from));
            }
        }
    }
    // Bands are told, and who worked how long.
    let text = |call: &str| &outputs.iter().find(|(name, _)| name == call).expect("said").1;
    let why = text("cost-report show --steps 0 --format text --why 20-18");
    for word in ["(400–500 a day)", "together", "Ann", "Bo", "--with-rates"] {
        assert!(why.contains(word), "{word} is not in {why}");
    }
    assert!(text("cost-report show --steps 0 --format csv --by person").contains("400–600"));
    // Asked for, they are there; a result that was saved without them cannot give them.
    let told = desk.run(&["cost-report", "show", "--steps", "0", "--why", "20-18", "--with-rates"]);
    told.code(0).stdout(predicates::str::contains("£1,356")); // 26 hours of Ann
    let none = desk.run(&["cost-report", "out/result.json", "--by", "person", "--with-rates"]);
    none.code(2).stderr(predicates::str::contains("--with-rates"));
    desk.run(&["plan", "show", "-o", "full", "--steps", "0", "--with-rates"]).code(0);
    let call = ["cost-report", "full/result.json", "--by", "person", "--format", "csv"];
    let told = desk.run(&[&call[..], &["--with-rates"]].concat()).code(0);
    told.stdout(predicates::str::contains("\nAnn,"));
    // The sums are the same, told or not.
    assert_eq!(desk.bytes("full/cost_report.csv"), desk.bytes("out/cost_report.csv"));
}

/// Every report of the desk in every form: words, CSV with rows, JSON, a page; and the sheets of the workbook.
#[test]
fn every_report_has_every_form() {
    let desk = Desk::empty();
    desk.run(&[
        "generate",
        "-o",
        "s",
        "--archetype",
        "commercial",
        "--seed",
        "4",
        "--as-of",
        "40%",
    ])
    .code(0);
    desk.run(&["plan", "s", "-o", "out", "--steps", "0"]);
    desk.write("shots.csv", "shot,class\nnew1,B\n");
    let saved = "out/result.json";
    let reports: &[&[&str]] = &[
        &["cost-report", saved],
        &["cost-report", saved, "--by", "department"],
        &["cost-report", saved, "--by", "sequence"],
        &["cost-report", saved, "--by", "shot"],
        &["cost-report", saved, "--by", "vendor"],
        &["cost-report", saved, "--by", "person"],
        &["cost-report", saved, "--by", "show"],
        &["cash", saved],
        &["cash", saved, "--table", "payments"],
        &["vendors", saved],
        &["vendors", saved, "--table", "changes"],
        &["vendors", saved, "--table", "packages"],
        &["vendors", saved, "--table", "payments"],
        &["vendors", saved, "--table", "ladder"],
        &["margin", saved],
        &["earned-value", saved],
        &["bids", saved],
        &["weekly", saved],
        &["crew", "s", "--steps", "0"],
        &["budget", "s", "--cap", "total=1", "--steps", "0"],
        &["bid", "s", "shots.csv", "--steps", "0"],
    ];
    for call in reports {
        let ends = if call[0] == "budget" { 3 } else { 0 };
        let said = |more: &[&str]| -> String {
            let done = desk.run(&[call, more].concat()).code(ends);
            String::from_utf8_lossy(&done.get_output().stdout).into_owned()
        };
        assert!(said(&["--page", "page.html"]).lines().count() > 3, "{call:?}");
        let page = crate::answers::shown(&desk.read("page.html"));
        assert!(page["sections"].as_array().is_some_and(|parts| !parts.is_empty()), "{call:?}");
        let json = said(&["--format", "json"]);
        assert!(json.starts_with('{'), "{call:?}: {json}");
        let csv = said(&["--format", "csv"]);
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let width = rows.headers().expect("headers").len();
        let rows: Vec<csv::StringRecord> =
            rows.records().collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}"));
        assert!(width > 3, "{call:?}: {csv}");
        // The show has no vendors; the ladder is about people too.
        let is_of_vendors = call[0] == "vendors" && !call.contains(&"ladder");
        assert!(!rows.is_empty() || is_of_vendors, "{call:?}: {csv}");
    }
}

/// The week in CSV has the figures of the week in JSON.
#[test]
fn the_week_is_the_same_in_csv() {
    let desk = Desk::empty();
    desk.run(&[
        "generate",
        "-o",
        "s",
        "--archetype",
        "commercial",
        "--seed",
        "4",
        "--as-of",
        "40%",
    ])
    .code(0);
    desk.run(&["plan", "s", "-o", "out", "--steps", "0"]);
    let json = desk.json(&["weekly", "out/result.json", "--format", "json"], 0);
    let done = desk.run(&["weekly", "out/result.json", "--format", "csv"]).code(0);
    let csv = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let told: std::collections::HashMap<(String, String, String), String> = rows
        .records()
        .map(|row| row.expect("a row"))
        .map(|row| ((row[0].to_owned(), row[1].to_owned(), row[2].to_owned()), row[3].to_owned()))
        .collect();
    let of = |part: &str, row: &str, measure: &str| {
        told.get(&(part.to_owned(), row.to_owned(), measure.to_owned())).cloned()
    };
    let name = json["production"].as_str().expect("a name");
    let units = |amount: &serde_json::Value| {
        let minor = amount.as_i64().expect("an amount");
        let (whole, rest) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
        format!("{}{whole}.{rest:02}", if minor < 0 { "-" } else { "" })
    };
    for measure in ["efc", "to_date", "budget", "variance", "margin", "lowest"] {
        assert_eq!(of("show", name, measure), Some(units(&json[measure])), "{measure}");
    }
    for week in json["weeks"].as_array().expect("weeks") {
        let monday = week["week"].as_str().expect("a day");
        assert_eq!(of("week", monday, "paid"), Some(units(&week["paid"])));
        assert_eq!(of("week", monday, "starts"), Some(week["starts"].to_string()));
    }
    for row in json["dates"].as_array().expect("milestones") {
        let name = row["name"].as_str().expect("a name");
        assert_eq!(of("milestone", name, "due").as_deref(), row["due"].as_str());
    }
}
