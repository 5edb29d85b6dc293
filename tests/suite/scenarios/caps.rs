//! Caps of scenarios: on each thing that `budget --cap` can name, with the same meaning.

use super::*;
use crate::support::desk::Desk;
use serde_json::Value;

/// A show of two compositors, of whom one is dear and makes the date, beside a small show.
const TWO_SHOWS: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-31
    currency = \"GBP\"
    productive = \"100%\"
    --- shows.csv
    id,name
    ARC,Arc
    DUO,Duo
    --- tasks.csv
    shot,department,days,show
    A_0010,CMP,3,ARC
    A_0020,CMP,4,ARC
    D_0010,ROTO,2,DUO
    --- people.csv
    name,department
    Ann,CMP
    Bo,CMP
    Cy,ROTO
    --- contracts.csv
    person,kind,start,notice,rate,burden
    Ann,freelance,2026-12-01,0,250,0%
    Bo,freelance,2026-12-01,0,400,0%
    Cy,freelance,2026-12-01,0,200,0%
    --- milestones.csv
    id,show,date,penalty_per_day,contents
    final,ARC,2027-01-08,1000,A_0010; A_0020
    --- budget.csv
    account,show,original
    20-03,ARC,1900
    20-03,DUO,700
";

/// What the cap is on: as `budget` takes it, as a field of the edit, and in words.
const KINDS: [(&str, &str, &str); 5] = [
    ("total", "", "total"),
    ("ARC", "show = 'ARC'", "show ARC"),
    ("CMP", "department = 'CMP'", "department CMP"),
    ("20-18", "account = '20-18'", "20-18"),
    ("2027-01", "month = '2027-01'", "2027-01"),
];

fn pounds(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What `compare` says and writes of one scenario with these edits.
fn compared_on(desk: &Desk, edits: &[String]) -> (String, Value) {
    let edits: String = edits.iter().map(|edit| format!("[[scenario.edit]]\n{edit}\n")).collect();
    desk.write("caps.toml", &format!("[[scenario]]\nname = 'capped'\n{edits}"));
    let call = ["compare", "two", "caps.toml", "-o", "out", "--steps", "20"];
    let done = desk.run(&call).code(0);
    let text = String::from_utf8(done.get_output().stdout.clone()).expect("text");
    let told: Value = serde_json::from_str(&desk.read("out/compare.json")).expect("JSON");
    (text.replace('\n', " "), told["scenarios"][0]["measures"].clone())
}

#[test]
fn every_cap_of_a_scenario_says_what_budget_says_of_it() {
    let desk = Desk::with("two", TWO_SHOWS);
    let asked = |cap: &str, code: i32| {
        desk.json(&["budget", "two", "--steps", "20", "--cap", cap, "--format", "json"], code)
    };
    for (cap, field, words) in KINDS {
        let at_nothing = asked(&format!("{cap}=0"), 3)["caps"][0].clone();
        let planned = at_nothing["planned"].as_i64().expect("money");
        // Bo, who takes 100.00 more for each of some days, need not come.
        let least = asked(&format!("{cap}={}", pounds(planned - 30_000)), 0);
        let least = least["caps"][0]["with_all_work"].as_i64().expect("money");
        assert!(least < planned, "{cap}: nothing is saved");
        for (amount, holds) in [(planned, true), (least, true), (least - 100, false)] {
            let of_budget = asked(&format!("{cap}={}", pounds(amount)), if holds { 0 } else { 3 });
            let of_budget = &of_budget["caps"][0];
            let edit = format!("op = 'cap_cost'\n{field}\namount = {}", pounds(amount));
            let (text, measures) = compared_on(&desk, &[edit]);
            let told = &measures["hard_budgets"][0];
            assert_eq!(told["cap"], words);
            assert!(told["holds"] == holds && of_budget["holds"] == holds, "{told} {of_budget}");
            for (field, of) in [
                ("amount", "amount"),
                ("planned", "planned"),
                ("avoidable", "avoidable"),
                ("missing", "missing"),
                ("cost", "with_all_work"),
            ] {
                assert_eq!(told[field], of_budget[of], "{cap} {field}: {told} {of_budget}");
            }
            assert_eq!(measures["unplaced"], 0, "work is not left out to save");
            let said = match holds {
                true => format!("capped: {words} within £"),
                false => format!("{words} cannot be kept within £"),
            };
            assert!(text.contains(&said), "{said}: {text}");
            let page = desk.read("out/index.html");
            assert!(
                page.contains(said.trim_start_matches("capped: ")),
                "{said} is not on the page"
            );
            assert_eq!(page.contains("above its hard budget"), !holds, "{cap} {amount}");
        }
    }
}

#[test]
fn several_caps_stand_in_one_scenario_and_a_budget_is_the_amount_where_none_is_said() {
    let desk = Desk::with("two", TWO_SHOWS);
    let edit = |fields: &str| format!("op = 'cap_cost'\n{fields}");
    let (_, measures) = compared_on(
        &desk,
        &[
            edit("show = 'arc'"),
            edit(""),
            edit("account = '20-*'"),
            edit("month = '2027-01'\namount = 9000"),
        ],
    );
    let rows = measures["hard_budgets"].as_array().expect("caps");
    let amounts: Vec<i64> = rows.iter().filter_map(|row| row["amount"].as_i64()).collect();
    // Of the show its own line, of all and of all accounts both lines.
    assert_eq!(amounts, [190_000, 260_000, 260_000, 900_000], "{measures}");
    assert!(rows.iter().all(|row| row["holds"] == true), "{measures}");
    assert_eq!(measures["saved"][0], "Bo leaves after 2027-01-03", "{measures}");
    // A later scenario may say another amount; two in one scenario contradict each other.
    let two = |more: &str| {
        format!(
            "[[scenario]]\nname = 'a'\n[[scenario.edit]]\n{}\n{more}[[scenario.edit]]\n{}\n",
            edit("amount = 10"),
            edit("amount = 20")
        )
    };
    let later = sound(&two("[[scenario]]\nname = 'b'\nextends = 'a'\n"), handmade()).remove(1);
    let caps = later.applied_to(handmade(), None).settings.hard_budgets;
    assert!(caps.len() == 1 && caps[0].amount == Cents(2_000), "{caps:#?}");
    let (_, issues) = read_with(&two(""), handmade());
    assert_eq!(issues[0].code, "S07", "{issues:#?}");
    assert!(issues[0].message.contains("both set amount of cap on total"), "{issues:#?}");
}

#[test]
fn all_that_is_wrong_with_caps_is_told_at_once() {
    let text = "
        [[scenario]]
        name = 'a'
        [[scenario.edit]]
        op = 'cap_cost'
        show = 'handmad'
        account = '99-*'
        amount = 'much'
        [[scenario.edit]]
        op = 'cap_cost'
        department = 'CMPP'
        [[scenario.edit]]
        op = 'cap_cost'
        month = '2026-12'
        amount = 5
        [[scenario.edit]]
        op = 'cap_cost'
        month = '2031-01'
        amount = 5
        [[scenario.edit]]
        op = 'cap_cost'
        month = 'March'
        amount = 5
        [[scenario.edit]]
        op = 'cap_cost'
        month = '2027-03'
        [[scenario.edit]]
        op = 'cap_cost'
        department = 'CMP'
    ";
    let (scenarios, issues) = read_with(text, handmade());
    assert!(scenarios.is_empty());
    let mut told: Vec<(u32, &str)> =
        issues.iter().map(|row| (row.line.expect("a line"), &*row.code)).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (6, "S05"),
            (7, "S05"),
            (7, "S07"),
            (8, "S04"),
            (11, "S05"),
            (14, "S06"),
            (18, "S06"),
            (22, "S04"),
            (24, "S03"),
            (27, "S03"),
        ],
        "{issues:#?}"
    );
    let has = |message: &str| issues.iter().any(|row| row.message.contains(message));
    assert!(issues.iter().all(|row| !row.help.is_empty()));
    assert!(has("2026-12 is over on the day of the plan, 2027-01-18"), "{issues:#?}");
    assert!(has("no budget is told for department CMP"), "{issues:#?}");
    assert!(has("`show` and `account` cannot be said together"), "{issues:#?}");
}
