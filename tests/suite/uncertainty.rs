//! Uncertainty files: what each mistake is called and where it stands, that the page about odds has a sound
//! example, and what is learned from finished work.

use crate::command_line::made;
use crate::support::desk::Desk;
use shotplan::model::*;
use shotplan::read;
use shotplan::risk::{Finished, Stream, finished_of, learn};

fn show() -> Production {
    let mut production =
        Production::new("spot", jiff::civil::date(2027, 1, 4), jiff::civil::date(2027, 6, 30));
    for code in ["ANI", "FX", "LGT", "CMP"] {
        production.add_department(code);
    }
    let show = production.shows.push(Show::new("spot", CalendarId::new(0)));
    production.sequences.push(Sequence::new("010", show));
    production
}

/// Codes with line and column of all that is wrong.
fn wrong(name: &str, text: &str) -> Vec<(String, u32, u32)> {
    let (found, issues) = read::uncertainty(name, text.as_bytes(), &show());
    assert_eq!(found.is_none(), !issues.is_empty(), "{text}");
    for issue in &issues {
        assert!(!issue.help.is_empty() && !issue.message.is_empty(), "{issue:?}");
        assert_eq!(issue.file.as_deref(), Some(name));
    }
    let place =
        |issue: Issue| (issue.code, issue.line.expect("a line"), issue.column.expect("a column"));
    issues.into_iter().map(place).collect()
}

#[test]
fn every_mistake_has_its_place() {
    let mut other = String::new();
    for (text, expected) in [
        ("sick = 2.5", vec![("U01", 1, 1)]),
        ("sick = nan", vec![("U01", 1, 1)]),
        ("sick = \"often\"", vec![("R13", 1, 8)]),
        ("sik = 0.1", vec![("R05", 1, 1)]),
        ("sick = [", vec![("R13", 1, 9)]),
        ("[[durations]]\ndepartment = \"CMPP\"\nfactor = 1", vec![("V02", 2, 1)]),
        ("[[durations]]\nclass = \"E\"\nfactor = 1", vec![("R09", 2, 1)]),
        ("[[durations]]\nlevel = \"old\"\nfactor = 1", vec![("R09", 2, 1)]),
        ("[[durations]]\nfactor = 0", vec![("U01", 2, 1)]),
        ("[[durations]]\nfactor = { median = 1 }", vec![("U02", 2, 1)]),
        ("[[durations]]\nfactor = { median = 1, sigma = 1, sd = 2 }", vec![("U02", 2, 35)]),
        ("[[durations]]\nfactor = { shape = \"round\" }", vec![("R09", 2, 12)]),
        ("[[durations]]\nfactor = { least = 3, likely = 2, most = 4 }", vec![("U02", 2, 1)]),
        ("[[durations]]\nfactor = { values = [] }", vec![("U02", 2, 12)]),
        ("[[durations]]\nfactor = { values = [1, -2] }", vec![("U01", 2, 25)]),
        ("[[durations]]\nfactor = 1\n[[durations]]\nfactor = 2", vec![("U04", 3, 1)]),
        ("[correlation]\nshow = 0.6\nsequence = 0.6", vec![("U03", 1, 2)]),
        ("[[retakes]]\nprobability = 1\nshare = 0.1", vec![("U01", 2, 1)]),
        ("[turnover]\nprobability = 30\ndays = 3", vec![("U01", 2, 1)]),
        ("[attrition]\nmonthly = 0.1", vec![("R13", 1, 1)]),
        ("[[events]]\nname = \"\"\nprobability = 0.1", vec![("U04", 2, 1)]),
        ("[[events]]\nname = \"a\"\nprobability = 1.1", vec![("U01", 3, 1)]),
        (
            "[[events]]\nname = \"a\"\nprobability = 0.1\nscope = [\"010\", \"020\"]",
            vec![("V02", 4, 17)],
        ),
        (
            "[[events]]\nname = \"a\"\nprobability = 0.1\nfrom = 2027-03-01\nto = 2027-02-01",
            vec![("V05", 5, 1)],
        ),
        ("[[mitigations]]\nname = \"m\"\nevent = \"b\"", vec![("V02", 3, 1)]),
        ("[[mitigations]]\nname = \"m\"", vec![("U05", 1, 1)]),
        ("[[mitigations]]\nname = \"m\"\nprobability = 0.1", vec![("U05", 1, 1)]),
        // Everything at once.
        (
            "sick = 2\n[scope]\ngrowth = 3\nomits = -1",
            vec![("U01", 3, 1), ("U01", 4, 1), ("U01", 1, 1)],
        ),
    ] {
        let expected: Vec<(String, u32, u32)> =
            expected.into_iter().map(|(code, line, at)| (code.to_owned(), line, at)).collect();
        let found = wrong("risk.toml", text);
        if found != expected {
            other += &format!("{text}\n  {found:?}\n  instead of {expected:?}\n");
        }
    }
    assert!(other.is_empty(), "{other}");
    let json = "{\n  \"events\": [\n    {\"name\": \"a\", \"probability\": 7}\n  ]\n}";
    assert_eq!(wrong("risk.json", json), [("U01".to_owned(), 3, 19)]);
    assert_eq!(wrong("risk.json", "{\"sick\": }"), [("R13".to_owned(), 1, 10)]);
    assert_eq!(wrong("risk.toml", "sick = \u{1}"), [("R13".to_owned(), 1, 8)]);
}

/// The file that the page about odds shows.
fn example() -> &'static str {
    let page = include_str!("../../src/docs/risk.md");
    let (_, rest) = page.split_once("```toml\n").expect("an example");
    rest.split_once("```").expect("its end").0
}

#[test]
fn the_example_of_the_page_is_sound_and_takes_the_place_of_what_is_usual() {
    let text = example();
    let (found, issues) = read::uncertainty("page.toml", text.as_bytes(), &show());
    assert!(issues.is_empty(), "{issues:#?}");
    let found = found.expect("an uncertainty");
    assert_eq!(found.sick, 0.03);
    assert_eq!(found.spreads.len(), 2);
    assert_eq!(found.events[0].money, Distribution::Fixed(1_500_000.0));
    assert_eq!(found.events[0].from, Some(jiff::civil::date(2027, 3, 1)));
    assert_eq!(found.mitigations[0].cost, Cents(600_000));
    // Vendors, scope and attrition stand in no line of it.
    assert_eq!(found.assumed.len(), 3, "{:?}", found.assumed);
}

#[test]
fn no_text_makes_the_reader_fail() {
    let text = example();
    let production = show();
    let stream = Stream::new(4, 1);
    for number in 0..2_000 {
        // A byte changed, or a piece cut out.
        let mut bytes = text.as_bytes().to_vec();
        let at = stream.bits(0, number * 3) as usize % bytes.len();
        match number % 3 {
            0 => bytes[at] = stream.bits(0, number * 3 + 1) as u8,
            1 => bytes.truncate(at),
            _ => drop(bytes.drain(at..(at + number as usize % 40).min(bytes.len()))),
        }
        let (found, issues) = read::uncertainty("any.toml", &bytes, &production);
        assert!(found.is_some() || !issues.is_empty());
    }
}

fn task(department: &str, class: Class, actual: f64) -> Finished {
    Finished {
        department: department.to_owned(),
        class: Some(class),
        seniority: Some(Seniority::Mid),
        bid: 4.0,
        actual,
    }
}

/// Tasks of a known spread: each takes median × exp(sigma z) of its bid.
fn drawn(
    department: &str,
    class: Class,
    median: f64,
    sigma: f64,
    count: u32,
    seed: u64,
) -> Vec<Finished> {
    let stream = Stream::plain(seed, count);
    (0..count)
        .map(|draw| task(department, class, 4.0 * median * (sigma * stream.normal(draw, 1)).exp()))
        .collect()
}

#[test]
fn what_was_put_in_is_learned_and_foretells_what_was_held_out() {
    let mut tasks = Vec::new();
    tasks.extend(drawn("CMP", Class::B, 1.05, 0.45, 400, 1));
    tasks.extend(drawn("CMP", Class::D, 1.30, 0.45, 400, 2));
    tasks.extend(drawn("ROTO", Class::A, 0.95, 0.25, 400, 3));
    let learned = learn(&tasks);
    let row = |department: &str, class: Option<Class>| {
        let rows = learned.rows.iter().filter(|row| row.seniority.is_none());
        let mut rows = rows.filter(|row| row.department.as_deref() == Some(department));
        rows.find(|row| row.class == class).expect("a row").clone()
    };
    let near = |found: f64, expected: f64| {
        assert!((found - expected).abs() < 0.05, "{found} for {expected}")
    };
    near(row("CMP", Some(Class::B)).median, 1.05);
    near(row("CMP", Some(Class::D)).median, 1.30);
    near(row("ROTO", None).median, 0.95);
    near(row("CMP", Some(Class::B)).sigma, 0.45);
    near(row("ROTO", None).sigma, 0.25);
    let coverage = learned.coverage;
    assert_eq!(coverage.tasks, 1_200);
    near(coverage.inside_80, 0.80);
    near(coverage.inside_50, 0.50);
    near(coverage.below_p80, 0.80);
}

#[test]
fn thin_groups_are_drawn_towards_what_is_known_of_more() {
    let mut tasks = Vec::new();
    for (number, department) in ["A", "B", "C", "D", "E"].iter().enumerate() {
        let median = 1.0 + 0.02 * number as f64;
        tasks.extend(drawn(department, Class::B, median, 0.4, 100, number as u64));
    }
    tasks.push(task("FX", Class::B, 16.0));
    tasks.push(task("FX", Class::B, 12.0));
    let learned = learn(&tasks);
    let thin = learned.rows.iter().find(|row| row.department.as_deref() == Some("FX")).expect("FX");
    assert!((thin.raw_median - 12.0_f64.sqrt()).abs() < 0.01, "{thin:?}");
    assert!(thin.median > 1.0 && thin.median < 2.0, "{thin:?}");
    // Fifty times as much of the same is believed.
    for _ in 0..49 {
        tasks.push(task("FX", Class::B, 16.0));
        tasks.push(task("FX", Class::B, 12.0));
    }
    let learned = learn(&tasks);
    let row = learned.rows.iter().find(|row| row.department.as_deref() == Some("FX")).expect("FX");
    assert!((row.median - 12.0_f64.sqrt()).abs() < 0.1, "{row:?}");
}

#[test]
fn a_show_that_was_made_up_teaches_what_it_was_made_with() {
    let recipe = shotplan::generate::Recipe {
        archetype: shotplan::generate::Archetype::Episodic,
        seed: 4,
        tightness: shotplan::generate::Tightness::Tight,
        as_of_percent: 70,
        dirt: false,
    };
    let tasks = finished_of(&shotplan::generate::production(&recipe));
    assert!(tasks.len() > 300, "{}", tasks.len());
    let learned = learn(&tasks);
    // Generated work takes 1.05 of its bid in the middle, with a spread of 0.3 to 0.6 by department.
    let all = &learned.rows[0];
    assert!((0.85..1.35).contains(&all.median), "{all:?}");
    assert!((0.25..0.70).contains(&all.sigma), "{all:?}");
    let inside = learned.coverage.inside_80;
    assert!((0.72..0.88).contains(&inside), "{:?}", learned.coverage);
}

#[test]
fn from_a_history_to_the_odds_on_the_command_line() {
    let (place, show) = made("commercial");
    let desk = Desk::empty();
    let mut table = String::from("department,class,level,bid,actual\n");
    for number in 0..60 {
        let actual = 2.0 + f64::from(number % 7) * 0.3;
        table.push_str(&format!("{},B,mid,2.5,{actual}\n", ["CMP", "ANI"][number as usize % 2]));
    }
    desk.write("history.csv", &table);
    let learned = desk.json(&["learn", "history.csv", "-o", "learned.toml", "--format", "json"], 0);
    assert_eq!(learned["tasks"], 60);
    let text = desk.read("learned.toml");
    assert!(text.contains("department = \"CMP\"") && text.contains("sigma"), "{text}");
    let show = show.display().to_string();
    let call = ["risk", &show, "--uncertainty", "learned.toml", "--draws", "50", "--steps", "20"];
    let told = |more: &[&str]| {
        let call = [&call[..], more].concat();
        desk.run(&call).code(0).get_output().stdout.clone()
    };
    let json: serde_json::Value =
        serde_json::from_slice(&told(&["--format", "json"])).expect("JSON");
    assert_eq!(json["draws"], 50);
    let assumed = json["assumed"].as_array().expect("a list");
    assert!(assumed.iter().all(|text| !text.as_str().unwrap_or("").contains("1.05 times its bid")));
    let text = String::from_utf8(told(&[])).expect("text");
    assert!(text.contains("80 % chance of") && text.contains("Lowest cash"), "{text}");
    let csv = String::from_utf8(told(&["--format", "csv"])).expect("text");
    assert!(csv.starts_with("figure,of,level,value,error\n") && csv.contains("\nfinal_cost,,0.8,"));
    // The same odds from the saved plan of as many steps.
    let out = place.path().join("out").display().to_string();
    let planned = desk.run(&["plan", &show, "-o", &out, "--steps", "20"]);
    assert!(matches!(planned.get_output().status.code(), Some(0 | 3)));
    let result = format!("{out}/result.json");
    let saved: serde_json::Value =
        serde_json::from_slice(&told(&["--format", "json", "--plan", &result])).expect("JSON");
    assert_eq!(saved, json);
    // A wrong file is told before anything is planned.
    desk.write("wrong.toml", "sick = 7\n");
    let call = ["risk", &show, "--uncertainty", "wrong.toml", "--format", "json"];
    let issues = desk.json(&call, 1);
    assert_eq!(issues[0]["code"], "U01");
    desk.write("wrong.csv", "bid,actual\n2,x\n");
    assert_eq!(desk.json(&["learn", "wrong.csv", "--format", "json"], 1)[0]["line"], 2);
    desk.run(&["risk", &show, "--draws", "0"]).code(2);
}
