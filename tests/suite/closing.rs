//! Closing periods and importing the books.

use crate::support::desk::Desk;
use serde_json::Value;

/// Ann, five days at 400; then three of them done for 1,300, two more days planned, and a rise.
const BEFORE: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-31
    currency = \"GBP\"
    productive = \"100%\"
    charge_basis = \"worked\"
    --- tasks.csv
    id,shot,department,days
    a,010,CMP,5
    b,020,CMP,5
    --- dependencies.csv
    from,to
    a,b
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,freelance,2027-01-04,2027-12-31,400,day,0%
    --- fx.csv
    currency,rate
    CAD,0.5
";

/// A week later: `a` is done for 2,100 instead of 2,000; `b` takes six days, at 420.
fn after() -> String {
    BEFORE
        .replace("as_of = 2027-01-04", "as_of = 2027-01-11")
        .replace("id,shot,department,days\n", "id,shot,department,days,status\n")
        .replace("a,010,CMP,5", "a,010,CMP,5,final")
        .replace("b,020,CMP,5", "b,020,CMP,6,ready")
        .replace("400,day", "420,day")
        + "--- actuals.csv\ndate,account,amount\n2027-01-08,20-18,2100\n"
}

#[test]
fn drivers_add_to_the_movement() {
    let desk = Desk::with("before", BEFORE);
    for (file, text) in crate::support::files(&after()) {
        desk.write(&format!("after/{file}"), &text);
    }
    desk.run(&["close", "before", "-o", "w1.json", "--period", "W1", "--steps", "0"]).code(0);
    let told = desk.json(
        &[
            "close", "after", "-o", "w2.json", "--since", "w1.json", "--steps", "0", "--format",
            "json",
        ],
        0,
    );
    let movement = &told["movement"];
    let total = |name: &str| movement["total"][name].as_i64().expect("an amount");
    assert_eq!([total("before"), total("after")], [400_000, 462_000]);
    assert_eq!(total("booked"), 10_000); // 2,100 for a week planned at 2,000
    assert_eq!(total("time"), 40_000); // a day more at 400
    assert_eq!(total("rates"), 12_000); // six days at 20 more
    let drivers =
        ["booked", "time", "rates", "overtime", "idle", "orders", "vendors", "technology"];
    for row in movement["rows"].as_array().expect("rows").iter().chain([&movement["total"]]) {
        let sum: i64 = drivers.iter().map(|name| row[*name].as_i64().expect("an amount")).sum();
        assert_eq!(row["movement"].as_i64(), Some(sum), "{row}");
    }
    // What is closed stays closed, and time runs forward.
    let again = desk.run(&["close", "after", "-o", "w1.json", "--steps", "0"]).code(2);
    again.stderr(predicates::str::contains("closed once"));
    let back = ["close", "before", "-o", "w3.json", "--since", "w2.json", "--steps", "0"];
    desk.run(&back).code(2).stderr(predicates::str::contains("later than"));
    assert!(!desk.path().join("w3.json").exists());
    let text = [
        "close", "after", "-o", "w4.json", "--since", "w1.json", "--steps", "0", "--page",
        "w4.html",
    ];
    desk.run(&text).code(0).stdout(predicates::str::contains("£620 more"));
    // The page has both: why it moved, its columns adding to the movement, and the report as it stood.
    let page = crate::answers::sound(&desk.read("w4.html"), "close");
    let why = page["sections"][0]["blocks"][0]["rows"].as_array().expect("rows");
    let total = why.last().expect("a total")["cells"].as_array().expect("cells");
    let amounts: Vec<i64> = total[1..].iter().map(|cell| cell.as_i64().expect("money")).collect();
    assert_eq!(amounts[..3], [400_000, 462_000, 62_000]);
    assert_eq!(amounts[3..].iter().sum::<i64>(), 62_000);
    assert_eq!(page["sections"][1]["title"], "Cost");
    let csv = [
        "close", "after", "-o", "w5.json", "--since", "w1.json", "--steps", "0", "--format", "csv",
    ];
    let told = desk.run(&csv).code(0);
    let told = String::from_utf8_lossy(&told.get_output().stdout).into_owned();
    assert!(told.starts_with("account,before,after,movement,booked,time,rates"), "{told}");
    let last = told.lines().last().expect("a total");
    assert!(last.starts_with("total,4000.00,4620.00,620.00,100.00,400.00,120.00,"), "{last}");
    assert!(!page["figures"].as_array().expect("figures that open").is_empty());
}

/// Sums of a made-up show in the middle of its work, between two days of it.
#[test]
fn drivers_of_a_made_up_show_add_up_too() {
    let desk = Desk::empty();
    for (name, day) in [("one", "30%"), ("two", "45%")] {
        let make = ["generate", "--archetype", "commercial", "--seed", "2", "--pools"];
        desk.run(&[&make[..], &["--as-of", day, "-o", name]].concat()).code(0);
    }
    desk.run(&["close", "one", "-o", "one.json", "--steps", "0"]).code(0);
    let call = ["close", "two", "-o", "two.json", "--since", "one.json", "--steps", "0"];
    let told = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let drivers =
        ["booked", "time", "rates", "overtime", "idle", "orders", "vendors", "technology"];
    let movement = &told["movement"];
    let rows: Vec<&Value> = movement["rows"].as_array().expect("rows").iter().collect();
    assert!(rows.len() > 5);
    let mut all = 0;
    for row in rows {
        let sum: i64 = drivers.iter().map(|name| row[*name].as_i64().expect("an amount")).sum();
        assert_eq!(row["movement"].as_i64(), Some(sum), "{row}");
        all += sum;
    }
    assert_eq!(movement["total"]["movement"].as_i64(), Some(all));
    assert_ne!(movement["total"]["technology"], 0, "the farm is there for fewer days");
}

#[test]
fn books_are_imported_whole_or_not_at_all() {
    let desk = Desk::with("show", &after());
    let old = desk.read("show/actuals.csv");
    desk.write(
        "ledger.csv",
        "Date,Account Code,Amount,Currency,Artist\n2027-01-06,20-18,100,CAD,Ann\n\
         2027-01-07,99-99,50,,\nsoon,20-18,50,,\n,,150,,\n",
    );
    let refused = desk.json(&["import-actuals", "show", "ledger.csv", "--format", "json"], 1);
    assert_eq!(refused["written"], false);
    let places: Vec<(u64, String)> = refused["issues"]
        .as_array()
        .expect("issues")
        .iter()
        .filter(|issue| issue["severity"] == "error")
        .map(|issue| (issue["line"].as_u64().unwrap_or(0), issue["code"].to_string()))
        .collect();
    // The unknown account, the day that is none, and the stray total without day and account.
    assert_eq!(places.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 5], "{refused}");
    assert_eq!(desk.read("show/actuals.csv"), old, "half of it was imported");

    desk.write(
        "ledger.csv",
        "Date,Account Code,Amount,Currency,Artist\n2027-01-06,20-18,100,CAD,Ann\n",
    );
    let dry = desk.run(&["import-actuals", "show", "ledger.csv", "--dry-run"]).code(0);
    dry.stdout(predicates::str::contains("1 booking would be added"));
    assert_eq!(desk.read("show/actuals.csv"), old);
    desk.run(&["import-actuals", "show", "ledger.csv"]).code(0);
    let new = desk.read("show/actuals.csv");
    assert!(new.contains("2027-01-06,20-18,100.00,show,CAD"), "{new}");
    assert!(new.contains("ledger.csv row 2"), "{new}");
    assert_eq!(new.lines().count(), 3, "{new}");
    // Once more: the books have it.
    let twice = desk.run(&["import-actuals", "show", "ledger.csv"]).code(1);
    twice.stdout(predicates::str::contains("the books have this booking already"));
    let report = [
        "cost-report",
        "show",
        "--why",
        "20-18",
        "--steps",
        "0",
        "--format",
        "csv",
        "--with-rates",
    ];
    let told = desk.run(&report).code(0);
    told.stdout(predicates::str::contains("2027-01-06,2027-01-06,0,50.00")); // CAD 100 at 0.5
}

#[test]
fn a_sheet_is_imported_and_its_faults_are_named_by_cell() {
    let desk = Desk::with("show", &after());
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Postings").expect("a name");
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for (column, name) in (0_u16..).zip(["date", "account", "amount", "vendor"]) {
        sheet.write_string(1, column, name).expect("a heading");
    }
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2027, 1, 6).expect("a day");
    sheet.write_datetime_with_format(2, 0, &date, &day).expect("a day");
    sheet.write_string(2, 1, "20-18").expect("an account");
    sheet.write_number(2, 2, 12.5).expect("an amount");
    book.save(desk.path().join("good.xlsx")).expect("a workbook");
    desk.run(&["import-actuals", "show", "good.xlsx", "--sheet", "Postings"]).code(0);
    assert!(desk.read("show/actuals.csv").contains("2027-01-06,20-18,12.50"));
    let none = desk.run(&["import-actuals", "show", "good.xlsx", "--sheet", "Other"]).code(2);
    none.stderr(predicates::str::contains("it has Postings"));

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0_u16..).zip(["date", "account", "amount"]) {
        sheet.write_string(0, column, name).expect("a heading");
    }
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(1, 1, 2, 1, "20-18", &plain).expect("merged");
    for row in 1..3 {
        sheet.write_datetime_with_format(row, 0, &date, &day).expect("a day");
        sheet.write_string(row, 2, "much").expect("a word");
    }
    book.save(desk.path().join("bad.xlsx")).expect("a workbook");
    let before = desk.read("show/actuals.csv");
    let told = desk.run(&["import-actuals", "show", "bad.xlsx", "--format", "json"]).code(1);
    let text = String::from_utf8(told.get_output().stdout.clone()).expect("text");
    for word in ["B2:B3", "merged", "cell C2", "cell B3", "bad.xlsx [Sheet1]"] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    assert_eq!(desk.read("show/actuals.csv"), before);
}

/// Whatever is called a workbook: it is read or refused, never a crash.
#[test]
fn files_that_are_no_workbooks_are_refused_in_words() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "date").expect("a heading");
    let whole = book.save_to_buffer().expect("a workbook");
    for (at, length) in (0..whole.len()).step_by(37).zip((1..).step_by(5)) {
        let mut broken = whole.clone();
        for byte in broken.iter_mut().skip(at).take(length % 19) {
            *byte ^= 0x5a;
        }
        if let Err(why) = shotplan::read::sheet(&broken, None) {
            assert!(!why.is_empty());
        }
        let _ = shotplan::read::sheet(&whole[..at], None);
    }
    assert!(shotplan::read::sheet(b"", None).is_err());
    let desk = Desk::with("show", &after());
    desk.write("fake.xlsx", "date,account,amount\n");
    let told = desk.run(&["import-actuals", "show", "fake.xlsx"]).code(2);
    told.stderr(predicates::str::contains("it is no workbook"));
}

/// One artist whose pay rises in January, and two bookings of December.
const BOOKS: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-31
    currency = \"GBP\"
    --- tasks.csv
    shot,department,days
    010_0010,CMP,2
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,fixed,2026-10-01,2027-06-30,400,day,0%
    --- actuals.csv
    date,account,amount,currency,state
    2026-12-10,20-18,400,,posted
    2026-12-11,20-18,200,,posted
    2026-12-30,30-01,70,,accrued
";

#[test]
fn a_closed_period_takes_no_bookings_and_no_rates() {
    let desk = Desk::with("show", BOOKS);
    let close =
        ["close", "show", "-o", "dec.json", "--period", "2026-12", "--books", "--steps", "0"];
    desk.run(&close).code(0);
    let closed = desk.read("show/closed.csv");
    // The bookings of each day until that before the plan's; of rates only a sum that tells none.
    assert!(closed.contains("2026-12,2027-01-03,20-18,400.00,GBP,,,2026-12-10"), "{closed}");
    assert!(closed.contains("2026-12,2027-01-03,20-18,200.00,GBP,,,2026-12-11"), "{closed}");
    assert!(closed.contains("2026-12,2027-01-03,,,,Ann,") && !closed.contains("40000"), "{closed}");
    let errors = || -> Vec<(String, String, u64)> {
        let told = desk.run(&["check", "show", "--format", "json"]);
        let told: Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
        let issues = told["issues"].as_array().expect("issues").iter();
        let of = |issue: &Value| {
            let text = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
            (text("code"), text("object"), issue["line"].as_u64().unwrap_or_default())
        };
        issues.filter(|issue| issue["severity"] == "error").map(of).collect()
    };
    assert_eq!(errors(), []);
    // After the period, and what was only accrued: both are fine.
    let books = desk.read("show/actuals.csv");
    desk.write(
        "show/actuals.csv",
        &(books.replace("accrued", "accrued\n2027-01-04,20-18,10,,posted")),
    );
    assert_eq!(errors(), []);
    // A booking into it is not, wherever it comes from.
    desk.write("show/actuals.csv", &format!("{books}2026-12-12,20-18,50,,posted\n"));
    let booked_at = |line: u64| [("V33".to_owned(), "account 20-18".to_owned(), line)];
    assert_eq!(errors(), booked_at(5));
    // The row is named, whatever stands after it: one that was put in, and one that was changed.
    let more = books.replace(
        "2026-12-11,20-18,200,,posted\n",
        "2026-12-11,20-18,30,,posted\n2026-12-11,20-18,200,,posted\n",
    );
    desk.write("show/actuals.csv", &more);
    assert_eq!(errors(), booked_at(3));
    desk.write("show/actuals.csv", &books.replace("2026-12-10,20-18,400", "2026-12-10,20-18,410"));
    assert_eq!(errors(), booked_at(2));
    // One that was taken out is missed in the table of what was closed.
    desk.write("show/actuals.csv", &books.replace("2026-12-10,20-18,400,,posted\n", ""));
    let [(code, object, line)] = &errors()[..] else { panic!("one is missing") };
    assert_eq!((code.as_str(), object.as_str()), ("V33", "account 20-18"));
    assert!(closed.lines().nth(*line as usize - 1).is_some_and(|row| row.ends_with("2026-12-10")));
    // A table that kept sums only still says that something was booked.
    let sums = closed
        .replace("20-18,400.00,GBP,,,2026-12-10", "20-18,600.00,GBP,,,")
        .replace("2026-12,2027-01-03,20-18,200.00,GBP,,,2026-12-11\n", "");
    desk.write("show/closed.csv", &sums);
    assert_eq!(errors().len(), 1);
    desk.write("show/actuals.csv", &books);
    assert_eq!(errors(), []);
    desk.write("show/closed.csv", &closed);
    desk.write("late.csv", "date,account,amount\n2027-01-05,20-18,5\n2026-12-12,20-18,50\n");
    let told = desk.json(&["import-actuals", "show", "late.csv", "--format", "json"], 1);
    let issue = &told["issues"][0];
    assert_eq!((&issue["code"], &issue["line"]), (&"V33".into(), &3.into()));
    assert_eq!(desk.read("show/actuals.csv"), books);
    // A rate that begins in it; one that begins after it is fine.
    let contracts = desk.read("show/contracts.csv");
    desk.write("show/contracts.csv", &contracts.replace("400,day", "410,day"));
    assert_eq!(errors(), [("V33".to_owned(), "person Ann".to_owned(), 2)]);
    let after = contracts.replace(
        "2027-06-30,400,day,0%",
        "2027-01-31,400,day,0%\nAnn,fixed,2027-02-01,2027-06-30,410,day,0%",
    );
    desk.write("show/contracts.csv", &after);
    assert_eq!(errors(), []);
    // Closed is closed; and the next period goes on from there.
    desk.run(&[
        "close",
        "show",
        "-o",
        "x.json",
        "--period",
        "2027-01",
        "--books",
        "--to",
        "2027-01-03",
        "--steps",
        "0",
    ])
    .code(2)
    .stderr(predicates::str::contains("closed up to 2027-01-03 already"));
    assert!(!desk.path().join("x.json").exists());
    let next = [
        "close",
        "show",
        "-o",
        "jan.json",
        "--period",
        "2027-01",
        "--books",
        "--to",
        "2027-01-31",
        "--steps",
        "0",
    ];
    desk.run(&next).code(0);
    assert!(desk.read("show/closed.csv").starts_with(&closed));
    assert_eq!(errors(), []);
}

/// What was booked in dollars is worth what the rates of that time say: they are closed too.
#[test]
fn exchange_rates_of_a_closed_period_stay() {
    let show = BOOKS.replace("20-18,200,,posted", "20-18,200,CAD,posted");
    let desk =
        Desk::with("show", &format!("{show}\n--- fx.csv\ncurrency,rate\nCAD,0.58\nUSD,0.8\n"));
    desk.run(&["close", "show", "-o", "d.json", "--period", "2026-12", "--books", "--steps", "0"])
        .code(0);
    let closed = desk.read("show/closed.csv");
    assert!(closed.contains("2026-12,2027-01-03,,,CAD,,"), "{closed}");
    assert!(!closed.contains("USD"), "nothing was booked in it: {closed}");
    let errors = |rates: &str, code: i32| -> usize {
        desk.write("show/fx.csv", rates);
        let told = desk.json(&["check", "show", "--format", "json"], code);
        let issues = told["issues"].as_array().expect("issues").iter();
        let found: Vec<&Value> = issues.filter(|issue| issue["severity"] == "error").collect();
        for issue in &found {
            assert_eq!(
                (&issue["code"], &issue["object"]),
                (&"V33".into(), &"exchange rate CAD".into())
            );
        }
        found.len()
    };
    assert_eq!(errors("currency,rate,from\nCAD,0.58,\nCAD,0.6,2027-01-04\nUSD,0.7,\n", 0), 0);
    assert_eq!(errors("currency,rate,from\nCAD,0.6,\nUSD,0.8,\n", 1), 1);
    assert_eq!(errors("currency,rate,from\nCAD,0.58,\nCAD,0.6,2026-12-20\n", 1), 1);
    assert_eq!(errors("currency,rate,kind\nCAD,0.58,\nCAD,0.5,budget\n", 1), 1);
}

/// Numbers of workbooks as they are calculated, days of those that count from 1904, and sheets that nobody named.
#[test]
fn workbooks_are_read_as_spreadsheets_show_them() {
    let desk = Desk::with("show", BOOKS);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0_u16..).zip(["date", "account", "amount"]) {
        sheet.write_string(0, column, name).expect("a heading");
    }
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2027, 1, 3).expect("a day");
    for (row, amount) in (1_u32..).zip([4.35 * 100.0, 0.1 * 3.0, -(12_345.67 + 0.1 - 0.1)]) {
        sheet.write_datetime_with_format(row, 0, &date, &day).expect("a day");
        sheet.write_string(row, 1, "20-18").expect("an account");
        sheet.write_number(row, 2, amount).expect("an amount");
    }
    book.add_worksheet().set_name("Other").expect("a name");
    book.save(desk.path().join("ledger.xlsx")).expect("a workbook");
    let told = desk.run(&["import-actuals", "show", "ledger.xlsx"]).code(0);
    told.stdout(predicates::str::contains("its other sheets are not imported: Other"));
    let books = desk.read("show/actuals.csv");
    for row in ["2027-01-03,20-18,435.00", "2027-01-03,20-18,0.30", "2027-01-03,20-18,-12345.67"] {
        assert!(books.contains(row), "{row} is not in {books}");
    }

    let counted_from_1904 = include_bytes!("../worked/days_from_1904.xlsx");
    let sheet = shotplan::read::sheet(counted_from_1904, None).expect("a sheet");
    assert_eq!(sheet.text, "date,account,amount\n2027-01-03,20-18,10\n2028-02-29,20-18,20\n");
}

/// Credits as books write them, and dollars of no country.
#[test]
fn amounts_are_read_as_books_write_them() {
    let desk = Desk::with("show", BOOKS);
    desk.write(
        "ledger.csv",
        "date,account,amount,currency\n2027-01-03,20-18,(100.00),\n2027-01-03,20-18,\"1,250.50-\",\n\
         2027-01-03,20-18,£(20),\n",
    );
    desk.run(&["import-actuals", "show", "ledger.csv"]).code(0);
    let books = desk.read("show/actuals.csv");
    for amount in ["20-18,-100.00", "20-18,-1250.50", "20-18,-20.00"] {
        assert!(books.contains(amount), "{amount} is not in {books}");
    }
    desk.write(
        "ledger.csv",
        "date,account,amount,currency\n2027-01-03,20-18,$5,\n2027-01-03,20-18,--5,\n\
         2027-01-03,20-18,-(5),\n2027-01-03,20-18,(5,\n",
    );
    let told = desk.json(&["import-actuals", "show", "ledger.csv", "--format", "json"], 1);
    let issues = told["issues"].as_array().expect("issues");
    let lines: Vec<&Value> = issues.iter().map(|issue| &issue["line"]).collect();
    assert_eq!(lines, [2, 3, 4, 5], "{issues:?}");
    assert!(issues[0]["message"].as_str().is_some_and(|text| text.contains("USD 300")));
    assert_eq!(desk.read("show/actuals.csv"), books);
    // A header and nothing under it.
    desk.write("ledger.csv", "date,account,amount\n\n");
    let told = desk.json(&["import-actuals", "show", "ledger.csv", "--format", "json"], 1);
    assert_eq!(told["issues"][0]["code"], "R02");
}

/// Everything that can be wrong with a workbook of bookings, in one report; and the show stays as it was.
#[test]
fn a_workbook_with_every_fault_gives_one_report() {
    let desk = Desk::with("show", BOOKS);
    desk.run(&[
        "close", "show", "-o", "dec.json", "--period", "2026-12", "--books", "--steps", "0",
    ])
    .code(0);
    let before = desk.read("show/actuals.csv");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("January").expect("a name");
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 4, "Ledger of January", &plain).expect("merged");
    for (column, name) in (0_u16..).zip(["date", "account", "amount", "currency", "person"]) {
        sheet.write_string(1, column, name).expect("a heading");
    }
    let rows = [
        ["2027-01-05", "20-18", "100", "", "Ann"], // 3: sound
        ["2027-01-05", "77-77", "100", "", ""],    // 4: no such account
        ["2027-01-05", "20-18", "100", "CHF", ""], // 5: no rate
        ["2027-01-06", "20-18", "100", "", "Zoe"], // 6: nobody
        ["2026-12-12", "20-18", "50", "", ""],     // 7: into the closed period
        ["soon", "20-18", "much", "", ""],         // 8: no day, no amount
        ["", "", "450", "", ""],                   // 9: a stray total
    ];
    for (row, cells) in (2_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    book.save(desk.path().join("ledger.xlsx")).expect("a workbook");
    let told = desk.json(&["import-actuals", "show", "ledger.xlsx", "--format", "json"], 1);
    assert_eq!(told["written"], false);
    let issues = told["issues"].as_array().expect("issues");
    let errors = issues.iter().filter(|issue| issue["severity"] == "error");
    let mut found: Vec<(u64, &str)> = errors
        .map(|issue| {
            let file = issue["file"].as_str().expect("a file");
            assert!(file.contains("ledger.xlsx [January]"), "{issue}");
            (issue["line"].as_u64().expect("a row"), issue["code"].as_str().expect("a code"))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    let rows: Vec<u64> = found.iter().map(|(row, _)| *row).collect();
    for row in 4..=9 {
        assert!(rows.contains(&row), "row {row} is not told: {found:?}");
    }
    assert!(!rows.contains(&3), "row 3 is sound: {found:?}");
    assert_eq!(desk.read("show/actuals.csv"), before);
}
