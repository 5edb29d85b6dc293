//! New shots: their price by hand, the pattern of the show, the list's faults, the knock-on.

use crate::support::desk::Desk;
use serde_json::Value;

/// Two artists of 400 and 440 with a fifth on top; productive 80 %, so a bid day costs 1.25 artist days.
const SHOW: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-12-31
    currency = \"GBP\"
    productive = \"80%\"
    charge_basis = \"worked\"
    [[shows]]
    id = \"SPOT\"
    [[milestones]]
    id = \"final\"
    show = \"SPOT\"
    date = 2027-03-31
    contents = [\"SPOT\"]
    --- sequences.csv
    id,show
    010,SPOT
    --- shots.csv
    id,sequence,class,due
    010_0010,010,B,2027-03-31
    010_0020,010,B,2027-03-31
    010_0030,010,B,2027-03-31
    --- tasks.csv
    id,shot,department,days
    a1,010_0010,ANI,2
    c1,010_0010,CMP,3
    a2,010_0020,ANI,4
    c2,010_0020,CMP,3
    c3,010_0030,CMP,3
    --- dependencies.csv
    from,to
    a1,c1
    a2,c2
    --- people.csv
    name,department
    Ann,ANI
    Cy,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,freelance,2027-01-04,2027-12-31,400,day,20%
    Cy,freelance,2027-01-04,2027-12-31,440,day,20%
";

fn bid(desk: &Desk, more: &[&str], code: i32) -> Value {
    let call = ["bid", "show", "shots.csv", "--steps", "0", "--format", "json"];
    desk.json(&[&call[..], more].concat(), code)
}

#[test]
fn shots_are_priced_by_the_pattern_of_their_class() {
    let desk = Desk::with("show", SHOW);
    desk.write("shots.csv", "shot,class,due,CMP\n020_0010,B,2027-06-30,\n020_0020,A,,2\n");
    let told = bid(&desk, &["--overhead", "10%", "--margin", "20%"], 0);
    let shot = |row: usize, name: &str| told["shots"][row][name].as_i64().expect("an amount");
    // Class B: two days of animation and three of comp on the mean of three shots.
    assert_eq!(shot(0, "minutes"), 5 * 480);
    assert_eq!(told["shots"][0]["pattern"], 3);
    // 2 × 480 × 1.25 + 3 × 528 × 1.25.
    assert_eq!(shot(0, "cost"), 120_000 + 198_000);
    assert_eq!(shot(0, "floor"), 349_800);
    assert_eq!(shot(0, "price"), 437_250);
    // The list's own days.
    assert_eq!((shot(1, "minutes"), shot(1, "cost")), (960, 132_000));
    assert_eq!(told["shots"][1]["pattern"], Value::Null);
    assert_eq!(told["floor"], 349_800 + 145_200);
    // Everybody is paid for days worked only: the show grows by what the artists really take, in
    // whole quarters of a day.
    let change = told["efc_after"].as_i64().expect("") - told["efc_before"].as_i64().expect("");
    assert_eq!(change, 450_000);
    assert!(told["shots"][0]["planned"].is_string());
    let call = ["bid", "show", "shots.csv", "--steps", "0", "--page", "bid.html"];
    let text = desk.run(&call).code(0);
    text.stdout(predicates::str::contains("a bid for 2 shots"));
    // The same on the page.
    let page = crate::answers::sound(&desk.read("bid.html"), "bid");
    assert_eq!(page["title"], "A bid for 2 shots");
    let shots = &page["sections"][0]["blocks"][0]["rows"];
    assert_eq!(
        (&shots[0]["cells"][0], &shots[0]["cells"][3]),
        (&"020_0010".into(), &318_000.into())
    );
}

#[test]
fn milestones_that_move_are_named() {
    let desk = Desk::with("show", SHOW);
    let rows: String = (1..30).map(|shot| format!("010_1{shot:03},B,\n")).collect();
    desk.write("shots.csv", &format!("shot,class,due\n{rows}"));
    let told = bid(&desk, &[], 0);
    let milestone = &told["milestones"][0];
    assert_eq!(milestone["id"], "final");
    assert!(milestone["is"].as_str() > milestone["was"].as_str(), "{milestone}");
}

#[test]
fn everything_wrong_with_a_list_is_told_at_once() {
    let desk = Desk::with("show", SHOW);
    desk.write(
        "shots.csv",
        "shot,class,due,mood\n010_0010,B,,\n020_0010,Z,soon,\n,A,,\n020_0020,A,,\n020_0020,A,,\n",
    );
    let told = bid(&desk, &[], 1);
    let mut found: Vec<(u64, &str)> = told
        .as_array()
        .expect("issues")
        .iter()
        .map(|row| (row["line"].as_u64().expect("a line"), row["code"].as_str().expect("a code")))
        .collect();
    found.sort_unstable();
    let expected = [(1, "R05"), (2, "V03"), (3, "R09"), (3, "R09"), (4, "R07"), (6, "V03")];
    assert_eq!(found, expected);
    // A table that is piped on is a table: faults stand beside it.
    let csv = desk.run(&["bid", "show", "shots.csv", "--steps", "0", "--format", "csv"]).code(1);
    csv.stdout("").stderr(predicates::str::contains("error[V03]"));
    desk.write("shots.csv", "name\nx\n");
    assert_eq!(bid(&desk, &[], 1)[0]["code"], "R06");
    desk.run(&["bid", "show", "none.csv"]).code(2);
}
