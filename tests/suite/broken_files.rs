//! Broken shows, each in a text file that carries its own verdict.
//!
//! `tests/broken/*.txt` hold a small show as `--- name of file` sections. Above them stand
//! `# expect CODE OBJECT line N` (object and line where they matter), `# says TEXT` for words of the
//! issue expected before, and `# also CODE …` for what the same mistake brings along. Nothing else
//! may be found. A new case is only a new file.

use shotplan::model::{Issue, Severity};
use shotplan::{check, read};
use std::collections::BTreeSet;
use std::path::Path;

struct Expected {
    code: String,
    object: Option<String>,
    line: Option<u32>,
    says: Vec<String>,
}

struct Case {
    name: String,
    expected: Vec<Expected>,
    also: BTreeSet<String>,
    files: Vec<(String, String)>,
}

#[test]
fn every_broken_show_is_judged_as_its_file_says() {
    let mut wrong = String::new();
    for case in cases() {
        let issues = judge(&case);
        for expected in &case.expected {
            if !issues.iter().any(|issue| is(issue, expected)) {
                wrong += &format!(
                    "\n{}: {} {} (line {:?}) saying {:?} was not found",
                    case.name,
                    expected.code,
                    expected.object.as_deref().unwrap_or("anything"),
                    expected.line,
                    expected.says
                );
            }
        }
        for issue in &issues {
            let known = case.also.contains(&issue.code)
                || case.expected.iter().any(|expected| is(issue, expected));
            if !known {
                wrong += &format!("\n{}: unexpected {}", case.name, show(issue));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_of_the_catalogue_has_a_broken_show() {
    let mut shown = BTreeSet::new();
    for case in cases() {
        for issue in judge(&case) {
            if case.expected.iter().any(|expected| is(&issue, expected)) {
                shown.insert((issue.code, issue.severity));
            }
        }
    }
    for rule in check::catalogue() {
        let seen = shown.contains(&(rule.code.to_owned(), rule.severity));
        assert!(seen, "no file in tests/broken shows {} as {:?}", rule.code, rule.severity);
    }
}

#[test]
fn every_issue_says_what_to_do() {
    for case in cases() {
        for issue in judge(&case) {
            assert!(!issue.object.is_empty() && !issue.help.is_empty(), "{}", show(&issue));
        }
    }
}

#[test]
fn a_sound_show_has_no_issues_and_full_marks() {
    let reading = read::from_texts(&[
        ("show.toml", b"[settings]\nas_of = \"2027-01-04\"\nhorizon_end = \"2027-06-30\"\n"),
        (
            "tasks.csv",
            b"id,shot,department,days,after\n010_lgt,010,LGT,3,\n010_cmp,010,CMP,4,010_lgt\n",
        ),
        ("people.csv", b"id,department\nlin,LGT\nmia,CMP\n"),
    ]);
    let production = reading.production.expect("tasks and people are a show");
    let issues = check::production(&production);
    assert_eq!(issues, []);
    assert_eq!(check::score(&production, &issues), 100);
}

#[test]
fn each_issue_lowers_the_score() {
    let case = cases().into_iter().find(|case| case.name == "V08_overbooked").expect("is there");
    let production = read_case(&case).production.expect("it can be read");
    let issues = check::production(&production);
    // Two shows, two sequences, two shots, two tasks, two people: ten objects, one error of weight 5.
    assert_eq!(production.sequences.len() + production.shots.len(), 4);
    assert_eq!(check::score(&production, &issues), 50);
}

fn is(issue: &Issue, expected: &Expected) -> bool {
    let words = format!("{}\n{}", issue.message, issue.help);
    issue.code == expected.code
        && expected.object.as_ref().is_none_or(|object| *object == issue.object)
        && expected.line.is_none_or(|line| issue.line == Some(line))
        && expected.says.iter().all(|say| words.contains(say.as_str()))
}

fn show(issue: &Issue) -> String {
    let Issue { severity, code, object, message, help, file, line, .. } = issue;
    let kind = if *severity == Severity::Error { "error" } else { "warning" };
    format!("{kind} {code} {object} ({file:?}:{line:?}): {message} / {help}")
}

fn read_case(case: &Case) -> read::Reading {
    let files: Vec<(&str, &[u8])> =
        case.files.iter().map(|(name, text)| (&**name, text.as_bytes())).collect();
    read::from_texts(&files)
}

fn judge(case: &Case) -> Vec<Issue> {
    let reading = read_case(case);
    let mut issues = reading.issues;
    issues.extend(reading.production.iter().flat_map(check::production));
    issues
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("tests/broken is there")
        .map(|entry| entry.expect("its entries can be read").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| parse(path)).collect()
}

fn parse(path: &Path) -> Case {
    let text = std::fs::read_to_string(path).expect("a case is a text");
    let name = path.file_stem().expect("a case has a name").to_string_lossy().into_owned();
    let mut case = Case { name, expected: Vec::new(), also: BTreeSet::new(), files: Vec::new() };
    for line in text.lines() {
        if let Some(file) = line.strip_prefix("--- ") {
            case.files.push((file.to_owned(), String::new()));
        } else if let Some((_, content)) = case.files.last_mut() {
            *content += line;
            *content += "\n";
        } else if let Some(verdict) = line.strip_prefix("# expect ") {
            let (code, rest) = verdict.split_once(' ').unwrap_or((verdict, ""));
            let (object, line) = match rest.rsplit_once("line ") {
                Some((object, line)) => (object, line.parse().ok()),
                None => (rest, None),
            };
            let object = (!object.trim().is_empty()).then(|| object.trim().to_owned());
            case.expected.push(Expected { code: code.to_owned(), object, line, says: Vec::new() });
        } else if let Some(words) = line.strip_prefix("# says ") {
            case.expected.last_mut().expect("says follows expect").says.push(words.to_owned());
        } else if let Some(codes) = line.strip_prefix("# also ") {
            case.also.extend(codes.split(' ').map(str::to_owned));
        }
    }
    assert!(!case.expected.is_empty(), "{} expects nothing", case.name);
    case
}

#[test]
fn productions_made_by_a_program_are_judged_without_a_panic() {
    use jiff::civil::{Date, date};
    use shotplan::model::*;
    let codes = |production: &Production| -> Vec<String> {
        check::production(production).into_iter().map(|issue| issue.code).collect()
    };
    let day = date(2027, 1, 4);
    assert!(codes(&Production::new("empty", day, day)).is_empty());
    assert_eq!(codes(&Production::new("endless", day, Date::MAX)), ["V12"]);

    let mut show = Production::new("absurd", day, date(2027, 6, 30));
    let entity = Entity::Show(show.shows.push(Show::new("ALPHA", CalendarId::new(0))));
    let comp = show.add_department("CMP");
    show.tasks.push(Task { logged: i64::MIN, ..Task::new("a", entity, comp, i64::MAX) });
    assert_eq!(codes(&show), ["V04", "V04", "V04"]); // bid, estimate and logged
    show.settings.slots_per_day = 0;
    assert_eq!(codes(&show).len(), 4);
    show.dependencies.push(Dependency::new(TaskId::new(0), TaskId::new(7)));
    assert_eq!(codes(&show), ["V02"]);
}
