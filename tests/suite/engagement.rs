//! Terms on which people are engaged, through the command line, each amount worked out by hand.

use crate::support::desk::Desk;
use serde_json::Value;

/// A Monday; all of a day becomes work, so that a day of work costs a day of pay.
const SETTINGS: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-02-26
    currency = \"GBP\"
    productive = \"100%\"
";

/// One row a posting: kind, state, account, week, show that bears it, amount.
type Row = (String, String, String, String, String, i64);

fn postings(desk: &Desk, show: &str) -> Vec<Row> {
    desk.run(&["plan", show, "-o", "out", "--steps", "0", "--with-rates"]).code(0);
    let result = desk.result("out");
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or("").to_owned();
    let row = |row: &Value| {
        let amount = row["amount"].as_i64().expect("an amount");
        let fields = ["kind", "state", "account", "week", "show"].map(|field| text(row, field));
        let [kind, state, account, week, show] = fields;
        (kind, state, account, week, show, amount)
    };
    let rows = result["desk"]["postings"].as_array().expect("postings");
    let mut rows: Vec<Row> = rows.iter().map(row).collect();
    rows.sort();
    rows
}

/// Sums by kind and state.
fn sums(desk: &Desk) -> Vec<(String, i64)> {
    let mut sums: Vec<(String, i64)> = Vec::new();
    for (kind, state, .., amount) in postings(desk, "show") {
        let name = format!("{kind} {state}");
        match sums.last_mut().filter(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += amount,
            None => sums.push((name, amount)),
        }
    }
    sums
}

fn show(tables: &str) -> Desk {
    Desk::with("show", &format!("{SETTINGS}{tables}"))
}

fn told(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect()
}

/// Every way to sort the report adds to the same final cost.
fn partitions_agree(desk: &Desk, efc: i64) {
    for by in ["account", "department", "sequence", "shot", "vendor", "person", "show"] {
        let call = ["cost-report", "show", "--steps", "0", "--by", by, "--format", "json"];
        let told = desk.json(&call, 0);
        let rows = told["rows"].as_array().expect("rows");
        let sum: i64 = rows.iter().map(|row| row["efc"].as_i64().expect("an amount")).sum();
        assert_eq!((by, sum), (by, efc));
        assert_eq!(told["total"]["efc"], efc);
    }
}

#[test]
fn guaranteed_hours_of_a_week_are_paid_for_the_weeks_that_notice_reaches() {
    // 50 an hour and 10 % on top: 440 a day. Two days are worked; notice of five working days runs to Friday, so
    // 40 hours = 2,200 are owed and 1,320 of them are for no work.
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,2
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden,notice,guaranteed_week
    Ann,freelance,2027-01-04,2027-01-29,50,hour,10%,5,40h
",
    );
    let expected = told(&[("guaranteed committed", 132_000), ("labour committed", 88_000)]);
    assert_eq!(sums(&desk), expected);
    let rows = postings(&desk, "show");
    assert_eq!(rows[0].2, "20-18", "on the account of the department's labour");
    partitions_agree(&desk, 220_000);
    // A day of leave less: a fifth of the 40 hours.
    desk.write("show/leave.csv", "person,from,to\nAnn,2027-01-08,2027-01-08\n");
    let expected = told(&[("guaranteed committed", 88_000), ("labour committed", 88_000)]);
    assert_eq!(sums(&desk), expected);
    // With notice of none, what is guaranteed ends with the work.
    desk.write(
        "show/contracts.csv",
        "person,kind,start,rate,basis,burden,notice,guaranteed_week\nAnn,freelance,2027-01-04,50,hour,10%,0,40h\n",
    );
    assert_eq!(sums(&desk), told(&[("labour etc", 88_000)]));
}

#[test]
fn a_day_called_pays_the_least_of_a_day() {
    // A quarter of a day at 400 is 100; half a day is the least.
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,0.25
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,rate,notice,guaranteed_day
    Ann,freelance,2027-01-04,400,0,0.5d
",
    );
    assert_eq!(sums(&desk), told(&[("guaranteed etc", 10_000), ("labour etc", 10_000)]));
    partitions_agree(&desk, 20_000);
}

#[test]
fn a_minimum_booking_is_paid_in_full_and_committed() {
    // Five days from Monday at 400, of which Wednesday is a holiday: to Monday the 11th. One day is worked.
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1
    --- people.csv
    name,department
    Ann,CMP
    --- holidays.csv
    site,date
    main,2027-01-06
    --- contracts.csv
    person,kind,start,rate,notice,minimum_booking
    Ann,freelance,2027-01-04,400,0,5d
",
    );
    let rows = postings(&desk, "show");
    let week = |monday: &str| -> i64 {
        let of = rows.iter().filter(|row| row.0 == "guaranteed" && row.3 == monday);
        of.map(|row| row.5).sum()
    };
    assert_eq!((week("2027-01-04"), week("2027-01-11")), (120_000, 40_000), "{rows:?}");
    assert_eq!(
        sums(&desk),
        told(&[("guaranteed committed", 160_000), ("labour committed", 40_000)])
    );
    partitions_agree(&desk, 200_000);
}

const HOLDS: &str = "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,rate,notice,cancellation
    Ann,freelance,2027-01-01,400,0,50%; 24h 100%
    --- bookings.csv
    person,from,to,state,cancelled
    Ann,2027-01-04,2027-01-08,confirmed,
    Ann,2027-01-11,2027-01-15,tentative(60%),
    Ann,2027-01-18,2027-01-22,hold1,
    Ann,2027-01-25,2027-01-29,cancelled,2027-01-03
";

#[test]
fn only_confirmed_days_are_paid_and_late_cancelling_costs() {
    // One day worked and four idle ones at 400; the tentative and the held week cost nothing; of the week that
    // was called off three weeks before, half is owed: 1,000. Were the confirmed week called off today, today
    // and tomorrow were owed and half of the rest: 400 + 400 + 3 × 200, of which one day is worked.
    let desk = show(HOLDS);
    assert_eq!(
        sums(&desk),
        told(&[
            ("called off committed", 100_000),
            ("idle committed", 100_000),
            ("idle etc", 60_000),
            ("labour committed", 40_000),
        ])
    );
    partitions_agree(&desk, 300_000);
    // The day of the plan is the day before the week that was called off on Sunday: Monday in full.
    let late = SETTINGS.replace("as_of = 2027-01-04", "as_of = 2027-01-24");
    let late = format!("{late}{}", HOLDS.replace("2027-01-03", "2027-01-24"));
    let late = late.replace("Ann,CMP", "Ann,CMP\n    Bob,CMP");
    let desk = Desk::with("show", &late);
    let rows = postings(&desk, "show");
    let called_off: i64 = rows.iter().filter(|row| row.0 == "called off").map(|row| row.5).sum();
    assert_eq!(called_off, 40_000 + 4 * 20_000);
}

#[test]
fn the_ladder_says_what_calling_off_costs_by_the_day_it_is_decided() {
    let desk = show(
        &HOLDS.replace("2027-01-11,2027-01-15,tentative(60%)", "2027-01-11,2027-01-15,confirmed"),
    );
    desk.run(&["plan", "show", "-o", "out", "--steps", "0"]).code(0);
    let result = desk.result("out");
    let rungs = result["desk"]["ladder"].as_array().expect("rungs");
    let rung = |row: &Value| {
        ["spent", "owed", "people", "vendors"].map(|field| row[field].as_i64().expect("an amount"))
    };
    // Today: the two first days in full, eight by half, and what was called off before.
    assert_eq!(rung(&rungs[0]), [0, 40_000 * 2 + 20_000 * 8 + 100_000, 160_000, 0]);
    // Next Monday a week is over.
    assert_eq!(rung(&rungs[1]), [200_000, 40_000 * 2 + 20_000 * 3 + 100_000, 60_000, 0]);
    assert_eq!(result["cost"]["total"]["committed"], 340_000);
}

const LEAD: &str = "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1.2
    --- people.csv
    name,department,lead
    Lee,CMP,40%
    --- contracts.csv
    person,kind,start,rate,notice
    Lee,freelance,2027-01-04,560,0
";
const BOOKED: &str = "
    --- bookings.csv
    person,from,to
    Lee,2027-01-04,2027-01-08
";

#[test]
fn the_time_of_leads_for_their_teams_stands_on_its_own_account() {
    // 1.2 days at 60 % of a day take two days: 672. Of five booked days at 560, 40 % are for the team: 1,120;
    // three days at 60 % are idle: 1,008. In all 5 × 560.
    let desk = show(&format!("{LEAD}{BOOKED}"));
    let expected = [("idle etc", 100_800), ("labour etc", 67_200), ("team etc", 112_000)];
    assert_eq!(sums(&desk), told(&expected));
    let rows = postings(&desk, "show");
    let accounts: Vec<&str> = rows.iter().map(|row| row.2.as_str()).collect();
    assert_eq!(accounts, ["20-95", "20-18", "25-00"]);
    partitions_agree(&desk, 280_000);
    // Without a booking it goes along with the work: two days.
    let desk = show(LEAD);
    assert_eq!(sums(&desk), told(&[("labour etc", 67_200), ("team etc", 44_800)]));
    partitions_agree(&desk, 112_000);
}

#[test]
fn each_show_is_charged_by_its_own_basis() {
    let shows = "
    --- shows.csv
    id,charge_basis
    show,worked
";
    let desk = show(&format!("{LEAD}{BOOKED}{shows}"));
    assert_eq!(sums(&desk), told(&[("labour etc", 67_200), ("team etc", 44_800)]));
    partitions_agree(&desk, 112_000);
}

#[test]
fn idle_time_may_be_borne_by_the_bench() {
    let desk = show(&format!("{LEAD}{BOOKED}").replace("LEAD", ""));
    let text = SETTINGS.replace("productive", "idle_to = \"bench\"\n    productive");
    let desk_bench = Desk::with("show", &format!("{text}{LEAD}{BOOKED}"));
    let rows = postings(&desk_bench, "show");
    let idle: Vec<_> = rows.iter().filter(|row| row.0 == "idle").collect();
    assert_eq!(idle.len(), 1);
    assert_eq!((idle[0].2.as_str(), idle[0].4.as_str(), idle[0].5), ("20-97", "", 100_800));
    partitions_agree(&desk_bench, 280_000);
    partitions_agree(&desk, 280_000);
    let call = ["cost-report", "show", "--steps", "0", "--by", "show", "--format", "json"];
    let by_show = desk_bench.json(&call, 0);
    let of = |id: &str| {
        let rows = by_show["rows"].as_array().expect("rows");
        rows.iter().find(|row| row["id"] == id).map(|row| row["efc"].as_i64().expect("an amount"))
    };
    assert_eq!((of("show"), of("")), (Some(179_200), Some(100_800)));
}

#[test]
fn the_rate_card_pays_whom_nothing_else_is_said_of() {
    // Ann: mid artist in comp, 340 and from the 6th 350, 22 % on top. Sue: supervisor, by the week 2,500 = 500 a
    // day, no contract and so without anything on top but what the card says (20 %). Roy: roto, the row of all,
    // 200, 10 % on top by his contract. Two hires: juniors in comp, 240 and 22 %, but freelance: nothing on top.
    let desk = show(
        "
    --- tasks.csv
    id,shot,department,days,assigned,locked
    a,010_0010,CMP,4,Ann,person
    s,010_0020,CMP,1,Sue,person
    r,010_0030,ROTO,1,Roy,person
    h,010_0040,CMP,1,hire-cmp-2,person
    --- people.csv
    name,department,position,seniority
    Ann,CMP,artist,mid
    Sue,CMP,Supervisor,senior
    Roy,ROTO,artist,senior
    --- contracts.csv
    person,kind,start,burden
    Ann,staff,2027-01-01,
    Roy,freelance,2027-01-01,10%
    --- placeholders.csv
    department,count,seniority
    CMP,2,junior
    --- rates.csv
    department,position,seniority,rate,basis,burden
    ,,,200,day,
    CMP,,mid,340; 2027-01-06 350,day,
    CMP,,junior,240,day,
    ,supervisor,,2500,week,20%
",
    );
    let rows = postings(&desk, "show");
    let mut amounts: Vec<i64> = rows.iter().map(|row| row.5).collect();
    amounts.sort_unstable();
    let ann = 2 * 41_480 + 2 * 42_700;
    assert_eq!(amounts, [22_000, 24_000, 60_000, ann]);
    desk.run(&["check", "show", "--all"]).code(0);
    let text = desk.run(&["check", "show", "--all"]).get_output().stdout.clone();
    assert!(!String::from_utf8_lossy(&text).contains("V13"), "no rate is missing");
}

#[test]
fn faults_of_terms_are_named_by_row() {
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,guaranteed_day,guaranteed_week,minimum_booking,cancellation,option_weeks,option_by
    Ann,freelance,2027-01-04,,400,25h,,,,,
    Ann,freelance,2027-01-05,,400,,200h,,,,
    Ann,freelance,,,400,,,5d,,,
    Ann,freelance,2027-01-06,,400,,,,100%; 24h 50%,,
    Ann,freelance,2027-01-07,,400,,,,24h 150%,,
    Ann,freelance,2027-01-08,,400,,,,,4,
    Ann,freelance,2027-01-09,2027-01-29,400,,,,,4,2027-02-01
    Ann,freelance,2027-01-10,2027-01-29,400,,,,,,2027-01-20
    --- bookings.csv
    person,from,to,state,cancelled
    Ann,2027-01-04,2027-01-08,confirmed,2027-01-01
    Ann,2027-01-04,2027-01-08,cancelled,
    Ann,2027-01-04,2027-01-08,maybe,
    --- rates.csv
    department,rate
    CMP,300
    CMP,310
    ,-5
",
    );
    let told = desk.json(&["check", "show", "--format", "json"], 1);
    let issues = told["issues"].as_array().expect("issues").iter();
    let place = |issue: &Value| {
        let text = |field: &str| issue[field].as_str().unwrap_or("").to_owned();
        let file = text("file");
        let file = file.rsplit('/').next().unwrap_or("").to_owned();
        (file, issue["line"].as_u64().unwrap_or(0), text("code"), text("message"))
    };
    let mut errors: Vec<_> = issues.filter(|row| row["severity"] == "error").map(place).collect();
    errors.sort();
    let lines: Vec<String> = errors
        .iter()
        .map(|(file, line, code, field)| format!("{file}:{line} {code} {field}"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn wrong_words_and_numbers_of_money_are_all_told_with_row_and_column() {
    let desk = Desk::with(
        "show",
        "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    currency = \"GBP\"
    charge_basis = \"sold\"
    idle_to = \"nobody\"
    accruals = \"outside\"
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1
    --- people.csv
    name,department,lead
    Ann,CMP,140%
    Bob,CMP,x
    --- sites.csv
    id,overtime_average_weeks
    london,0
    leeds,60
    --- contracts.csv
    person,start,end,rate,overtime_average_weeks,guaranteed_week,cancellation,option_weeks
    Ann,2027-01-01,2027-06-30,300,4.5,40,50%,-3
    Bob,2027-01-01,2027-06-30,300,four,forty,soon 50%,two
    --- shows.csv
    id,charge_basis
    main,paid
    --- vendors.csv
    id,departments,day_price
    kite,CMP,100
    --- accounts.csv
    id,name,kind
    20-18,comp,labour
    20-80,overtime,overtme
    30-01,vendors,vendor
    --- commitments.csv
    id,account,vendor,amount,drawn,accrued
    PO-1,30-01,kite,1000,600,abc
    PO-2,30-01,kite,1000,100,-5
    --- change_orders.csv
    id,state,amount,tasks,vendor,order,days
    VC-1,approved,100,010_0010_cmp,kite,PO-9,1
    VC-2,agreed,100,010_0010_cmp,kite,PO-1,1.5
    VC-3,approved,abc,nothing,kote,,9999
    --- contingency.csv
    date,account,amount,reason,from
    2027-01-05,20-18,abc,why,70-00
    --- budget.csv
    account,original
    20-18,lots
",
    );
    let told = desk.json(&["check", "show", "--format", "json"], 1);
    let issues = told["issues"].as_array().expect("issues").iter();
    let place = |issue: &Value| {
        let text = |field: &str| issue[field].as_str().unwrap_or("").to_owned();
        let file = text("file");
        let file = file.rsplit('/').next().unwrap_or("").to_owned();
        let column = issue["column"].as_u64().expect("a column");
        assert!(!text("help").is_empty() && !text("help").ends_with(' '), "{issue}");
        (file, issue["line"].as_u64().unwrap_or(0), column, text("code"), text("message"))
    };
    let mut errors: Vec<_> = issues.filter(|row| row["severity"] == "error").map(place).collect();
    errors.sort();
    let lines: Vec<String> = errors
        .iter()
        .map(|(file, line, column, code, message)| {
            format!("{file}:{line}:{column} {code} {message}")
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    // Nothing is planned with the rest of it.
    desk.run(&["plan", "show", "-o", "out", "--steps", "0"]).code(1);
    assert!(!desk.path().join("out").exists());
}

#[test]
fn options_and_how_firm_bookings_are_stand_in_crew() {
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,4
    --- people.csv
    name,department,capacity
    Ann,CMP,100%
    Bo,CMP,50%
    --- contracts.csv
    person,kind,start,end,rate,notice,option_weeks,option_by
    Ann,fixed,2027-01-01,2027-01-29,400,5,4,2027-01-20
    Bo,fixed,2027-01-01,2027-02-05,400,5,2,
    --- bookings.csv
    person,from,to,share,state
    Ann,2027-01-01,2027-01-08,,confirmed
    Ann,2027-01-11,2027-01-15,80%,tentative(60%)
    Bo,2027-01-04,2027-01-08,,confirmed
    Bo,2027-01-11,2027-02-12,,hold1
",
    );
    let told = desk.json(&["crew", "show", "--steps", "0", "--format", "json"], 0);
    let options = told["options"].as_array().expect("options").iter();
    let option = |row: &Value| {
        ["person", "contract_end", "until", "decide_by"]
            .map(|field| row[field].as_str().expect("words").to_owned())
    };
    let options: Vec<_> = options.map(option).collect();
    // Five working days before the 5th of February is the 29th of January.
    assert_eq!(
        options,
        [
            ["Ann", "2027-01-29", "2027-02-26", "2027-01-20"],
            ["Bo", "2027-02-05", "2027-02-19", "2027-01-29"]
        ]
    );
    let rows = told["bookings"].as_array().expect("bookings").iter();
    let held = |row: &Value| {
        let number = |field: &str| row[field].as_f64().expect("a number");
        let state = row["state"].as_str().expect("a word").to_owned();
        (state, number("people"), number("days"), number("expected_days"))
    };
    let held: Vec<_> = rows.map(held).collect();
    // Five days and five halves; four fifths of five days; four weeks of half days to the contract's end.
    assert_eq!(
        held,
        [
            ("confirmed".to_owned(), 2.0, 7.5, 7.5),
            ("tentative".to_owned(), 1.0, 4.0, 2.4),
            ("hold1".to_owned(), 1.0, 10.0, 2.5)
        ]
    );
    let text = desk.run(&["crew", "show", "--steps", "0"]).code(0);
    let text = String::from_utf8_lossy(&text.get_output().stdout).into_owned();
    assert!(text.contains("decide by"), "{text}");
    assert!(text.contains("CMP tentative: 1 person, 4.0 days, 2.4 to be expected"), "{text}");
}

#[test]
fn who_is_released_is_called_off_and_that_is_owed() {
    // A scenario ends Ann's contract on the 8th: the week after it, confirmed, was called off on Monday.
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,notice,cancellation
    Ann,freelance,2027-01-01,2027-01-15,400,0,50%; 24h 100%
    --- bookings.csv
    person,from,to,state
    Ann,2027-01-04,2027-01-15,confirmed
",
    );
    desk.write(
        "what_if.toml",
        "[[scenario]]\nname = \"released\"\n[[scenario.edit]]\nop = \"release\"\nperson = \"Ann\"\nto = 2027-01-08\n",
    );
    let call = ["compare", "show", "what_if.toml", "--steps", "0", "-o", "out", "--format", "json"];
    let told = desk.json(&call, 0);
    // Ten days at 400; five, and half of the five that are called off.
    let cost = |row: &Value| row["measures"]["final_cost"].as_i64();
    let costs = [cost(&told["base"]), cost(&told["scenarios"][0])];
    assert_eq!(costs, [Some(400_000), Some(300_000)]);
}

#[test]
fn a_show_that_is_dropped_calls_off_what_is_confirmed_and_keeps_what_is_guaranteed() {
    // Ann's ten confirmed days at 400 are called off today: today's and tomorrow's are owed in full, half of the
    // other eight: 2,400. Bob's hold lapses. Cy is guaranteed 40 hours a week at 50 and 10 % on top, and notice of
    // five working days runs to Friday: 2,200. Dan's days were called off before: half of five at 400, 1,000.
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1
    --- people.csv
    name,department
    Ann,CMP
    Bob,CMP
    Cy,CMP
    Dan,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden,notice,guaranteed_week,cancellation
    Ann,freelance,2027-01-01,2027-01-15,400,day,,0,,50%; 24h 100%
    Bob,freelance,2027-01-01,2027-01-15,400,day,,0,,50%; 24h 100%
    Cy,fixed,2027-01-01,2027-03-31,50,hour,10%,5,40,
    Dan,freelance,2027-01-01,2027-01-15,400,day,,0,,50%
    --- bookings.csv
    person,from,to,state,cancelled
    Ann,2027-01-04,2027-01-15,confirmed,
    Bob,2027-01-04,2027-01-15,hold1,
    Dan,2027-01-11,2027-01-15,cancelled,2026-12-28
",
    );
    desk.write(
        "what_if.toml",
        "[[scenario]]\nname = \"dropped\"\n[[scenario.edit]]\nop = \"drop_show\"\nshow = \"show\"\n",
    );
    let call = ["compare", "show", "what_if.toml", "--steps", "0", "-o", "out", "--format", "json"];
    let told = desk.json(&call, 0);
    let cost = told["scenarios"][0]["measures"]["final_cost"].as_i64();
    assert_eq!(cost, Some(240_000 + 220_000 + 100_000), "{told}");
}

#[test]
fn a_budget_that_lets_somebody_go_counts_what_calling_off_costs() {
    // As above, but the contract ends with its notice of none today: ten days at 400 are booked. Today's and
    // tomorrow's are owed in full, half of the other eight: 2,400. 1,600 can be saved.
    let desk = show(
        "
    --- tasks.csv
    shot,department,days
    010_0010,CMP,1
    --- people.csv
    name,department
    Bob,CMP
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,notice,cancellation
    Bob,staff,2027-01-01,,400,20,
    Ann,freelance,2027-01-01,2027-01-15,400,0,50%; 24h 100%
    --- bookings.csv
    person,from,to,state
    Ann,2027-01-04,2027-01-15,confirmed
",
    );
    let call = ["budget", "show", "--cap", "total=3200", "--steps", "0", "--format", "json"];
    let told = desk.json(&call, 0);
    assert_eq!(told["caps"][0]["avoidable"], 160_000, "{told}");
    assert_eq!(told["holds"], true, "{told}");
    assert_eq!(told["releases"][0]["person"], "Ann", "{told}");
    assert_eq!(told["called_off"], 240_000, "{told}");
    let text = desk.run(&call[..6]).code(0);
    text.stdout(predicates::str::contains("£2,400 of the final cost with caps is owed"));
}
