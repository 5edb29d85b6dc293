//! Faults of names in the tables of money: an account, vendor, person or the like that no table has is told
//! with its row and column, what is wrong and how to mend it; nothing is made of it.

use crate::support::desk::Desk;
use proptest::prelude::*;
use serde_json::Value;

/// A sound show with each table about money, and each column of it that names something.
const SHOW: &str = "
    --- show.toml
    [settings]
    as_of = 2027-02-03
    horizon_end = 2027-06-30
    currency = \"GBP\"
    [[shows]]
    id = \"SPOT\"
    award = \"90000\"
    --- sequences.csv
    id,show
    s,SPOT
    --- shots.csv
    id,sequence,class
    010,s,B
    --- tasks.csv
    id,shot,department,days,vendor
    a,010,CMP,3,
    b,010,Looks,2,
    e,010,ROTO,7,roto
    --- people.csv
    name,department
    Ann,CMP
    Bo,Looks
    --- vendors.csv
    id,departments,takes,day_price,currency
    roto,ROTO,task,181,GBP
    --- contracts.csv
    person,kind,start,end,rate,basis,currency
    Ann,freelance,2027-01-04,2027-05-28,417.31,day,GBP
    Bo,staff,2027-01-04,,2000,week,GBP
    --- rates.csv
    department,rate,basis,currency
    Looks,300,day,GBP
    --- budget.csv
    account,show,department,original
    20-18,SPOT,CMP,9000
    20-12,SPOT,Looks,500
    70-00,,,2000
    --- contingency.csv
    date,account,show,department,amount,reason,from
    2027-01-25,20-18,SPOT,CMP,150,retakes,70-00
    --- actuals.csv
    date,account,show,amount,currency,person,vendor,task
    2027-01-14,20-18,SPOT,640,GBP,Ann,,a
    2027-01-18,30-01,SPOT,500,GBP,,roto,e
    --- commitments.csv
    id,account,show,vendor,amount,currency
    PO-1,30-01,SPOT,roto,1200,GBP
    --- change_orders.csv
    id,show,state,amount,tasks,vendor,order
    CO-1,SPOT,sent,250,a,,
    V-1,SPOT,sent,90,e,roto,PO-1
    --- payments.csv
    show,share,tied_to
    SPOT,100%,final delivery
    --- incentives.csv
    id,place,kind,rate,net_of
    one,,labour,10%,
    two,,spend,20%,one
    --- time_logs.csv
    date,person,task,hours
    2027-01-14,Ann,a,4
    --- bookings.csv
    person,show,department,from,to
    Ann,SPOT,CMP,2027-02-08,2027-02-19
    --- pools.csv
    id,kind,capacity,departments,account
    nuke,licence,4,CMP,40-03
";

/// Table, its row from 1, the column, and the code of the fault.
const NAMES: &[(&str, usize, &str, &str)] = &[
    ("vendors", 1, "departments", "V02"),
    ("vendors", 1, "currency", "R10"),
    ("contracts", 1, "person", "V02"),
    ("contracts", 1, "currency", "R10"),
    ("rates", 1, "department", "V02"),
    ("rates", 1, "currency", "R10"),
    ("budget", 1, "account", "V02"),
    ("budget", 1, "show", "V02"),
    ("budget", 1, "department", "V02"),
    ("budget", 2, "department", "V02"),
    ("contingency", 1, "account", "V02"),
    ("contingency", 1, "show", "V02"),
    ("contingency", 1, "department", "V02"),
    ("contingency", 1, "from", "V02"),
    ("actuals", 1, "account", "V02"),
    ("actuals", 1, "show", "V02"),
    ("actuals", 1, "currency", "R10"),
    ("actuals", 1, "person", "V02"),
    ("actuals", 2, "vendor", "V02"),
    ("actuals", 2, "task", "V02"),
    ("commitments", 1, "account", "V02"),
    ("commitments", 1, "show", "V02"),
    ("commitments", 1, "vendor", "V02"),
    ("commitments", 1, "currency", "R10"),
    ("change_orders", 1, "show", "V02"),
    ("change_orders", 1, "tasks", "V02"),
    ("change_orders", 2, "vendor", "V02"),
    ("change_orders", 2, "order", "V02"),
    ("payments", 1, "show", "V02"),
    ("incentives", 2, "net_of", "V02"),
    ("incentives", 1, "place", "V28"),
    ("time_logs", 1, "person", "V02"),
    ("time_logs", 1, "task", "V02"),
    ("bookings", 1, "person", "V02"),
    ("bookings", 1, "show", "V02"),
    ("bookings", 1, "department", "V02"),
    ("pools", 1, "departments", "V02"),
    ("pools", 1, "account", "V02"),
];

/// The show with another name in a cell.
fn with(table: &str, row: usize, column: &str, name: &str) -> String {
    let mut text = String::new();
    let (mut inside, mut line, mut at) = (false, 0, 0);
    for own in SHOW.lines() {
        let own = own.trim();
        if let Some(file) = own.strip_prefix("--- ") {
            inside = file == format!("{table}.csv");
            line = 0;
        } else if inside {
            if line == 0 {
                let place = own.split(',').position(|name| name == column);
                at = place.unwrap_or_else(|| panic!("{table} has no column {column}"));
            } else if line == row {
                let mut cells: Vec<&str> = own.split(',').collect();
                cells[at] = name;
                text.push_str(&format!("    {}\n", cells.join(",")));
                line += 1;
                continue;
            }
            line += 1;
        }
        text.push_str(&format!("    {own}\n"));
    }
    text
}

/// Everything that `check` says of the show.
fn said(show: &str) -> Vec<Value> {
    let desk = Desk::with("show", show);
    let checked = desk.run(&["check", "show", "--all", "--format", "json"]);
    let told: Value = serde_json::from_slice(&checked.get_output().stdout).expect("JSON");
    let issues = told["issues"].as_array().unwrap_or_else(|| told.as_array().expect("issues"));
    issues.clone()
}

/// The issue about a cell.
fn about<'a>(
    issues: &'a [Value],
    (table, row, column, code): (&str, usize, &str, &str),
) -> Option<&'a Value> {
    issues.iter().find(|issue| {
        let file = issue["file"].as_str().unwrap_or_default();
        issue["code"] == code
            && file.ends_with(&format!("{table}.csv"))
            && issue["line"] == row + 1
            && issue["field"].as_str().or(issue["path"].as_str()).unwrap_or_default() == column
    })
}

#[test]
fn a_name_that_no_table_has_is_told_with_row_and_column() {
    let sound = said(SHOW);
    assert!(sound.iter().all(|issue| issue["severity"] != "error"), "{sound:#?}");
    for &(table, row, column, code) in NAMES {
        assert!(about(&sound, (table, row, column, code)).is_none(), "{table} {column}");
        let issues = said(&with(table, row, column, "Nobody9"));
        let found = about(&issues, (table, row, column, code));
        let issue = found.unwrap_or_else(|| panic!("{table}.{column}: {issues:#?}"));
        let text = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
        assert!(issue["column"].is_u64(), "{table}.{column}: no column in {issue}");
        assert!(text("message").contains("Nobody9"), "{table}.{column}: {issue}");
        assert!(!text("help").is_empty(), "{table}.{column}: {issue}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever word stands there.
    #[test]
    fn no_word_becomes_something_of_the_show_by_itself(
        place in 0..NAMES.len(),
        word in "[A-Za-z][A-Za-z0-9 _-]{2,11}[A-Za-z0-9]",
    ) {
        let (table, row, column, code) = NAMES[place];
        let is_known = SHOW.to_lowercase().contains(&word.to_lowercase())
            || shotplan::model::Currency::new(&word.to_uppercase()).is_some();
        prop_assume!(!is_known);
        let issues = said(&with(table, row, column, &word));
        let told = issues.iter().any(|issue| {
            issue["line"] == row + 1 && issue["file"].as_str().unwrap_or_default().ends_with(&format!("{table}.csv"))
        });
        prop_assert!(told, "{}.{} = {}: {} {:#?}", table, column, word, code, issues);
    }
}
