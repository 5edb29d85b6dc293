//! What tests share: shows from text, plans that have been verified.
#![allow(dead_code)] // Each test module uses its own part of it.

pub mod desk;
pub mod planning;

use shotplan::model::Production;
use shotplan::read::{self, Reading};

/// So many random cases, or fifty times as many with `SHOTPLAN_SLOW=1`.
pub fn cases(count: u64) -> u64 {
    let is_slow = std::env::var("SHOTPLAN_SLOW").is_ok_and(|value| value == "1");
    if is_slow { 50 * count } else { count }
}

/// Two sites five hours apart, in a `show.toml`.
pub const LONDON_AND_MONTREAL: &str = "
    [[sites]]
    id = \"london\"
    utc_offset = 0
    hours_per_day = \"480m\"
    [[sites]]
    id = \"montreal\"
    utc_offset = -300
    hours_per_day = \"480m\"
";

/// Reads a show from text: sections that begin with `--- name of the file`.
///
/// ```text
/// --- tasks.csv
/// shot, department, days
/// 010_0010, CMP, 2
/// ```
pub fn read(text: &str) -> Reading {
    let files = files(text);
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    read::from_texts(&files)
}

/// The production of a show from text, which must have no error.
pub fn show(text: &str) -> Production {
    let reading = read(text);
    assert!(!reading.has_errors(), "the show has errors:\n{}", listed(&reading));
    reading.production.expect("a show without errors is a production")
}

/// The issues of a reading, one a line: code, file:line:column, object, message.
pub fn listed(reading: &Reading) -> String {
    let line = |issue: &shotplan::model::Issue| {
        let number = |part: Option<u32>| part.map_or("-".to_owned(), |part| part.to_string());
        format!(
            "{} {}:{}:{} {}: {}\n",
            issue.code,
            issue.file.as_deref().unwrap_or("-"),
            number(issue.line),
            number(issue.column),
            issue.object,
            issue.message
        )
    };
    reading.issues.iter().map(line).collect()
}

/// The files of a text fixture: name and content without the indentation of the test.
pub fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(name) = line.strip_prefix("--- ") {
            files.push((name.trim().to_owned(), String::new()));
        } else if let Some((_, content)) = files.last_mut()
            && !(content.is_empty() && line.is_empty())
        {
            content.push_str(line);
            content.push('\n');
        }
    }
    files
}

/// Calls `each` with every order of what stands from `from` on.
pub fn permutations(order: &mut Vec<usize>, from: usize, each: &mut dyn FnMut(&[usize])) {
    if from == order.len() {
        each(order);
    }
    for at in from..order.len() {
        order.swap(from, at);
        permutations(order, from + 1, each);
        order.swap(from, at);
    }
}
