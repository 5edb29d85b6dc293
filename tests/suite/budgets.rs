//! Budget versions, contingency and the exchange account, worked out by hand.

use crate::support::desk::Desk;
use serde_json::Value;

/// Two days of an artist at 400, an invoice and an order in another currency, budgeted at 0.58 and now at 0.60;
/// 150 of the contingency of 500 went to comp, 100 more will in June.
const BY_HAND: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-06-30
    currency = \"GBP\"
    productive = \"100%\"
    --- tasks.csv
    shot,department,days
    010_0010,CMP,2
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,freelance,2027-01-04,2027-01-29,400,day,0%
    --- fx.csv
    currency,rate,kind
    CAD,0.60,
    CAD,0.58,budget
    --- budget.csv
    account,original,approved_changes,version
    20-18,1000,,
    30-01,800,,working
    70-00,500,,
    20-18,850,50,locked
    30-01,800,,locked
    70-00,600,,locked
    --- contingency.csv
    date,account,amount,reason
    2027-01-02,20-18,150,retakes of 010
    2027-06-01,20-18,100,second round
    --- actuals.csv
    date,account,amount,currency
    2026-12-20,30-01,1000,CAD
    --- commitments.csv
    id,account,amount,drawn,currency
    PO-1,30-01,500,100,CAD
";

fn amounts(row: &Value, names: &[&str]) -> Vec<i64> {
    names.iter().map(|name| row[*name].as_i64().expect("an amount")).collect()
}

fn row<'v>(told: &'v Value, key: &str, id: &str) -> &'v Value {
    let rows = told["rows"].as_array().expect("rows");
    rows.iter().find(|row| row[key] == id).unwrap_or_else(|| panic!("no {id} in {told}"))
}

#[test]
fn contingency_moves_budget_and_exchange_has_an_account_of_its_own() {
    let desk = Desk::with("show", BY_HAND);
    let told = desk.json(&["cost-report", "show", "--steps", "0", "--format", "json"], 0);
    let names = ["current_budget", "actual", "committed", "efc", "variance"];
    let of = |id: &str| amounts(row(&told, "id", id), &names);
    let comp = amounts(row(&told, "id", "20-18"), &["original_budget", "approved_changes", "efc"]);
    assert_eq!(comp, [100_000, 15_000, 80_000]);
    assert_eq!(of("70-00"), [35_000, 0, 0, 0, 35_000]);
    // At 0.58 on the account; the 0.02 that spot is more on that for exchange.
    assert_eq!(of("30-01"), [80_000, 58_000, 23_200, 81_200, -1_200]);
    assert_eq!(of("80-00"), [0, 2_000, 800, 2_800, -2_800]);
    let total = amounts(&told["total"], &["current_budget", "efc"]);
    assert_eq!(total, [230_000, 80_000 + 81_200 + 2_800]);
    let known = &told["contingency"];
    assert_eq!(amounts(known, &["set_aside", "drawn", "left"]), [50_000, 15_000, 35_000]);
    let left: Vec<_> = known["draws"].as_array().expect("draws").iter().collect();
    assert_eq!([&left[0]["left"], &left[1]["left"]], [35_000, 25_000]);

    // The same total by department, and every row of it can be opened.
    let by = ["cost-report", "show", "--steps", "0", "--by", "department", "--format", "json"];
    let told = desk.json(&by, 0);
    assert_eq!(amounts(row(&told, "id", "CMP"), &["current_budget", "efc"]), [115_000, 80_000]);
    assert_eq!(amounts(row(&told, "id", ""), &["current_budget", "efc"]), [115_000, 84_000]);

    let cash = desk.json(&["cash", "show", "--steps", "0", "--format", "json"], 0);
    assert_eq!(
        cash["to_pay"].as_i64().or(cash["cash"]["to_pay"].as_i64()),
        Some(104_000),
        "{cash}"
    );
    let text = desk.run(&["cost-report", "show", "--steps", "0"]).code(0);
    text.stdout(predicates::str::contains("£500 set aside, £150 drawn, £350 left"));
}

#[test]
fn the_budget_in_force_is_compared_with_one_that_was_kept() {
    let desk = Desk::with("show", BY_HAND);
    desk.run(&["plan", "show", "-o", "out", "--steps", "0"]).code(0);
    let call = ["cost-report", "out/result.json", "--against", "locked"];
    let told = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let names =
        ["version_budget", "current_budget", "change", "efc", "version_variance", "variance"];
    let comp = [90_000, 115_000, 25_000, 80_000, 10_000, 35_000];
    assert_eq!(amounts(row(&told, "account", "20-18"), &names), comp);
    let all = [230_000, 230_000, 0, 164_000, 66_000, 66_000];
    assert_eq!(amounts(&told["total"], &names), all);
    let csv = desk.run(&[&call[..], &["--format", "csv"]].concat()).code(0);
    csv.stdout(predicates::str::contains("20-18,compositing,900.00,1150.00,250.00,800.00,100.00,"));
    desk.run(&call).code(0).stdout(predicates::str::contains("budget \"locked\""));
    let none = desk.run(&["cost-report", "out/result.json", "--against", "first"]).code(2);
    none.stderr(predicates::str::contains("it keeps locked"));
}

#[test]
fn faults_of_budgets_are_named_by_row() {
    let shows = BY_HAND
        .replace("2027-01-02,20-18,150,retakes of 010", "2027-01-02,99-99,150,")
        .replace("CAD,0.58,budget", "CAD,0.58,budget\n    CAD,0.57,budget");
    let desk = Desk::with("show", &shows);
    let told = desk.json(&["check", "show", "--format", "json"], 1);
    let found: Vec<(&str, u64)> = told["issues"]
        .as_array()
        .expect("issues")
        .iter()
        .filter(|issue| issue["severity"] == "error")
        .map(|issue| {
            let file = issue["file"].as_str().expect("a file");
            (file.rsplit('/').next().expect("a name"), issue["line"].as_u64().expect("a line"))
        })
        .collect();
    assert!(found.contains(&("contingency.csv", 2)), "{found:?}");
    assert!(found.contains(&("fx.csv", 4)), "{found:?}");
}
