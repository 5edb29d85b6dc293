//! Bodies of the fuzz targets: any bytes may come in, nothing may panic, and what is said about them
//! must name a file. The fuzz targets and a test over saved inputs run the same functions.

use super::{Reading, from_texts, plan_from_text};
use crate::model::{Issue, Production};

/// A folder: sections that begin with a line `--- name`; without one, all of it is `tasks.csv`.
pub fn tables(bytes: &[u8]) -> usize {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_prefix(b"--- ") {
            Some(name) => {
                let name = String::from_utf8_lossy(name).trim().to_owned();
                files.push((name, Vec::new()));
            }
            None => match files.last_mut() {
                Some((_, content)) => content.extend_from_slice(line),
                None => files.push(("tasks.csv".to_owned(), line.to_vec())),
            },
        }
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    judged(&from_texts(&files))
}

/// `show.toml` beside a small table of tasks.
pub fn toml(bytes: &[u8]) -> usize {
    let tasks: &[u8] = b"id,shot,department,days\nt1,010_0010,ANI,2\nt2,010_0010,CMP,3\n";
    judged(&from_texts(&[("show.toml", bytes), ("tasks.csv", tasks)]))
}

/// A show in one JSON file.
pub fn json(bytes: &[u8]) -> usize {
    judged(&from_texts(&[("show.json", bytes)]))
}

/// A plan of a small show, as CSV and as a saved result.
pub fn plan(bytes: &[u8]) -> usize {
    let Some(production) = small_show() else { return 0 };
    let (_, of_table) = plan_from_text("plan.csv", bytes, &production);
    let (_, of_result) = plan_from_text("result.json", bytes, &production);
    named(&of_table) + named(&of_result)
}

/// Scenarios of a small show, in TOML or JSON; what could be read is made and undone again.
pub fn scenarios(bytes: &[u8]) -> usize {
    let Some(production) = small_show() else { return 0 };
    let (scenarios, issues) = super::scenarios("what-if.toml", bytes, &production);
    for scenario in scenarios.iter().take(50) {
        let applied = crate::scenario::Applied::new(&production, None, scenario);
        assert!(applied.undone() == production, "{} is not undone", scenario.name);
    }
    named(&issues)
}

/// The uncertainty of a small show, in TOML or JSON: what could be read has no number that is none, and chances
/// from 0 to 1.
pub fn uncertainty(bytes: &[u8]) -> usize {
    let Some(production) = small_show() else { return 0 };
    let (found, issues) = super::uncertainty("uncertainty.toml", bytes, &production);
    if let Some(found) = &found {
        let chances = found.events.iter().map(|event| event.probability);
        let chances = chances.chain([found.turnover.probability, found.vendors.probability]);
        let mut shares = chances.chain([found.sick, found.scope.omits, found.attrition.monthly]);
        assert!(shares.all(|share| (0.0..=1.0).contains(&share)), "{found:?}");
    }
    assert!(found.is_some() || !issues.is_empty(), "nothing is read and nothing is said");
    named(&issues)
}

/// A show of three tasks and two people.
fn small_show() -> Option<Production> {
    let tasks: &[u8] = b"id,shot,department,days,after\n\
        t1,010_0010,ANI,2,\nt2,010_0010,CMP,3,ANI\nt3,010_0020,CMP,1,\n";
    let people: &[u8] = b"name,department\nAnn,CMP\nBen,ANI\n";
    from_texts(&[("people.csv", people), ("tasks.csv", tasks)]).production
}

/// Issues found; the days of the plan have to be few enough to be planned.
fn judged(reading: &Reading) -> usize {
    if let Some(production) = &reading.production {
        assert!(production.timeline().days() < 4_000, "a plan of more than ten years");
        let ids = production.tasks.len();
        assert!(production.dependencies.iter().all(|edge| {
            crate::model::Id::index(edge.from) < ids && crate::model::Id::index(edge.to) < ids
        }));
    }
    named(&reading.issues)
}

fn named(issues: &[Issue]) -> usize {
    for issue in issues {
        assert!(!issue.object.is_empty() && !issue.message.is_empty());
        assert!(issue.line.is_none() || issue.file.is_some(), "a line of no file: {issue:?}");
    }
    issues.len()
}
