//! The workbook: read again with another library, and calculated again by LibreOffice where it is.

use crate::support::desk::Desk;
use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use shotplan::result::Document;
use shotplan::write;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

/// A made-up commercial in the middle of its work, its result and its workbook.
fn made() -> (Desk, Document) {
    let desk = Desk::empty();
    let make =
        ["generate", "--archetype", "commercial", "--seed", "4", "--as-of", "40%", "-o", "s"];
    desk.run(&make).code(0);
    desk.run(&["plan", "s", "-o", "out", "--steps", "0", "--xlsx", "money.xlsx"]);
    let document = write::read_result(&desk.bytes("out/result.json")).expect("our own result");
    (desk, document)
}

type Book = Xlsx<Cursor<Vec<u8>>>;

pub fn open(bytes: Vec<u8>) -> Book {
    open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook")
}

/// Cells by their place on the sheet, whatever row the used range begins in.
fn cell(range: &Range<Data>, row: u32, column: u32) -> Data {
    range.get_value((row, column)).cloned().unwrap_or(Data::Empty)
}

fn number(data: &Data) -> Option<f64> {
    match data {
        Data::Float(value) => Some(*value),
        Data::Int(value) => Some(*value as f64),
        _ => None,
    }
}

/// Minor units of an amount.
fn minor(data: &Data) -> i64 {
    (number(data).expect("an amount") * 100.0).round() as i64
}

#[test]
fn the_workbook_says_what_the_result_says() {
    let (desk, document) = made();
    let mut book = open(desk.bytes("money.xlsx"));
    let expected = [
        "Week",
        "Cost report",
        "Departments",
        "Sequences",
        "Shots",
        "Cost by vendor",
        "Shows",
        "Contingency",
        "Cash",
        "Commitments",
        "Vendors",
        "Change orders",
        "Earned value",
        "Margin",
        "Bids",
        "Crew",
    ];
    assert_eq!(book.sheet_names(), expected);
    let report = book.worksheet_range("Cost report").expect("a sheet");
    let rows = &document.cost.report;
    for (at, row) in (3..).zip(rows) {
        assert_eq!(cell(&report, at, 0), Data::String(row.account.clone()));
        let columns = [
            row.original_budget,
            row.approved_changes,
            row.current_budget,
            row.actual,
            row.accrued,
            row.committed,
            row.etc,
            row.efc,
            row.variance,
        ];
        for (column, amount) in (2..).zip(columns) {
            assert_eq!(minor(&cell(&report, at, column)), amount, "{} {column}", row.account);
        }
    }
    let total = 3 + rows.len() as u32;
    assert_eq!(cell(&report, total, 0), Data::String("Total".to_owned()));
    assert_eq!(minor(&cell(&report, total, 9)), document.cost.total.efc);
    assert_eq!(minor(&cell(&report, total, 10)), document.cost.total.variance);

    let desk = document.desk.as_ref().expect("a desk");
    let cash = book.worksheet_range("Cash").expect("a sheet");
    for (at, week) in (3..).zip(&desk.cash.weeks) {
        assert_eq!(minor(&cell(&cash, at, 9)), week.balance, "{}", week.week);
    }
    let margin = book.worksheet_range("Margin").expect("a sheet");
    assert_eq!(minor(&cell(&margin, 14, 1)), desk.margin.margin);
    assert_eq!(minor(&cell(&margin, 15, 1)), desk.margin.with_pending);

    // Totals, variances and balances are formulas, in every row.
    let formulas = book.worksheet_formula("Cost report").expect("formulas");
    let formula =
        |row: u32, column: u32| formulas.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(formula(3, 9), "SUM(F4:I4)");
    assert_eq!(formula(3, 10), "E4-J4");
    assert_eq!(formula(total, 5), format!("SUM(F4:F{total})"));
}

#[test]
fn the_same_result_gives_the_same_workbook() {
    let (desk, document) = made();
    let again = write::workbook(&document, &shotplan::pipeline::weekly(&document))
        .expect("a desk")
        .expect("a workbook");
    assert!(again == desk.bytes("money.xlsx"), "the bytes differ");
    desk.run(&["cost-report", "out/result.json", "--xlsx", "again.xlsx"]).code(0);
    assert!(again == desk.bytes("again.xlsx"), "the bytes differ");
}

/// A profile of its own that calculates every file anew: by default LibreOffice believes what it reads.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Calculated again by LibreOffice; none where it is not installed.
pub fn recalculated(desk: &Desk, file: &str) -> Option<Vec<u8>> {
    let path = desk.path();
    let profile = path.join("profile");
    desk.write("profile/user/registrymodifications.xcu", ALWAYS);
    let installed = |program: &&&str| Command::new(program).arg("--version").output().is_ok();
    let program = ["soffice", "libreoffice"].iter().find(installed)?;
    let done = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(path.join("calculated"))
        .arg(path.join(file))
        .output()
        .expect("LibreOffice runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(desk.bytes(&format!("calculated/{}", Path::new(file).display())))
}

#[test]
fn libreoffice_calculates_the_same_values() {
    let (desk, _) = made();
    let Some(compared) = calculates_the_same(&desk, "money.xlsx") else {
        println!("workbook::libreoffice_calculates_the_same_values: skipped: no LibreOffice here");
        return;
    };
    assert!(compared > 200, "only {compared} formulas");
}

/// A bid and a plan under caps have workbooks of their own: what they say is what the answer says, and LibreOffice
/// calculates it too.
#[test]
fn bids_and_caps_have_workbooks() {
    let (desk, _) = made();
    desk.write("shots.csv", "shot,class\nnew1,B\nnew2,C\n");
    let call =
        ["bid", "s", "shots.csv", "--overhead", "12.5%", "--steps", "0", "--xlsx", "bid.xlsx"];
    let told = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let mut book = open(desk.bytes("bid.xlsx"));
    assert_eq!(book.sheet_names(), ["Bid", "Work", "Milestones"]);
    let sheet = book.worksheet_range("Bid").expect("a sheet");
    let shots = told["shots"].as_array().expect("shots");
    for (at, shot) in (3..).zip(shots) {
        assert_eq!(cell(&sheet, at, 0), Data::String(shot["id"].as_str().expect("an id").into()));
        for (column, name) in [(3, "cost"), (5, "floor"), (7, "price")] {
            assert_eq!(Some(minor(&cell(&sheet, at, column))), shot[name].as_i64(), "{name}");
        }
    }
    let total = 3 + shots.len() as u32;
    assert_eq!(Some(minor(&cell(&sheet, total, 5))), told["floor"].as_i64());
    assert_eq!(Some(minor(&cell(&sheet, total, 7))), told["price"].as_i64());
    let call = ["budget", "s", "--cap", "total=200000;CMP=20000", "--steps", "0"];
    let told = desk.json(&[&call[..], &["--xlsx", "caps.xlsx", "--format", "json"]].concat(), 3);
    let mut book = open(desk.bytes("caps.xlsx"));
    let names = ["Caps", "What the caps do", "Shorter contracts", "Commitments"];
    assert_eq!(book.sheet_names(), names);
    let sheet = book.worksheet_range("Caps").expect("a sheet");
    for (at, row) in (3..).zip(told["caps"].as_array().expect("caps")) {
        for (column, name) in
            [(1, "amount"), (2, "planned"), (3, "avoidable"), (4, "after"), (5, "missing")]
        {
            assert_eq!(Some(minor(&cell(&sheet, at, column))), row[name].as_i64(), "{name}");
        }
    }
    let sheet = book.worksheet_range("What the caps do").expect("a sheet");
    let efc = |plan: &str| told[plan]["efc"].as_i64().expect("an amount");
    assert_eq!(minor(&cell(&sheet, 5, 4)), efc("with") - efc("without"));
    for file in ["bid.xlsx", "caps.xlsx"] {
        match calculates_the_same(&desk, file) {
            Some(compared) => assert!(compared > 10, "{file}: only {compared} formulas"),
            None => println!("workbook::bids_and_caps_have_workbooks: no LibreOffice here"),
        }
    }
}

/// Compares the formulas of a workbook with what LibreOffice makes of them; gives how many there are, none where it is
/// not installed.
fn calculates_the_same(desk: &Desk, file: &str) -> Option<usize> {
    let bytes = recalculated(desk, file)?;
    let (mut ours, mut theirs) = (open(desk.bytes(file)), open(bytes));
    let mut compared = 0;
    for name in ours.sheet_names() {
        let formulas = ours.worksheet_formula(&name).expect("formulas");
        let (mine, other) = (
            ours.worksheet_range(&name).expect("a sheet"),
            theirs.worksheet_range(&name).expect("a sheet"),
        );
        let from = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            if formula.is_empty() {
                continue;
            }
            let (row, column) = (from.0 + row as u32, from.1 + column as u32);
            let (mine, other) = (cell(&mine, row, column), cell(&other, row, column));
            match (number(&mine), number(&other)) {
                // What is told is rounded to the cent, or to a millionth where it is an index.
                (Some(a), Some(b)) => {
                    assert!(
                        (a - b).abs() < 0.005_1,
                        "{name} {row} {column} {formula}: {a} is not {b}"
                    );
                    compared += 1;
                }
                (None, None) => {}
                _ => panic!("{name} {row} {column} {formula}: {mine:?} is not {other:?}"),
            }
        }
    }
    Some(compared)
}

/// A value that was changed behind a formula's back is found: LibreOffice does calculate.
#[test]
fn libreoffice_does_not_believe_what_it_reads() {
    let desk = Desk::empty();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_number(0, 0, 2.0).expect("a number");
    let formula = rust_xlsxwriter::Formula::new("=A1+40").set_result("7");
    sheet.write_formula(0, 1, formula).expect("a formula");
    book.save(desk.path().join("wrong.xlsx")).expect("a workbook");
    let Some(bytes) = recalculated(&desk, "wrong.xlsx") else {
        println!(
            "workbook::libreoffice_does_not_believe_what_it_reads: skipped: no LibreOffice here"
        );
        return;
    };
    let range = open(bytes).worksheet_range("Sheet1").expect("a sheet");
    assert_eq!(number(&cell(&range, 0, 1)), Some(42.0));
}
