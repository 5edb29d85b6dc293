//! CSV tables: which delimiter, which column means what, and one row after the other.

use super::intake::{At, Intake};
use super::nearest;
use super::wire::{About, plain};
use crate::model::*;
use std::collections::BTreeMap;

/// A table whose header has been understood.
#[derive(Debug)]
pub struct Header {
    /// The delimiter.
    pub delimiter: u8,
    /// For each column of the file the column of the table that it means.
    pub columns: Vec<Option<usize>>,
    /// The names in the file.
    pub names: Vec<String>,
}

/// The delimiter of a table: the candidate that stands most often in its first line, outside quotes.
pub fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut best = (0, b',');
    for candidate in [b',', b';', b'\t', b'|'] {
        let mut quoted = false;
        let mut count = 0;
        for byte in line.bytes() {
            match byte {
                b'"' => quoted = !quoted,
                byte if byte == candidate && !quoted => count += 1,
                _ => {}
            }
        }
        if count > best.0 {
            best = (count, candidate);
        }
    }
    best.1
}

/// A reader of the rows of a table, the header being the first of them.
pub fn rows(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(text.as_bytes())
}

/// The line on which a row begins, counted from 1. The reader stands behind the row before, where the
/// rest of a line end of two signs and empty lines may still lie ahead.
pub fn line(text: &str, record: &csv::StringRecord) -> u32 {
    let Some(place) = record.position() else { return 0 };
    let ahead = text.as_bytes().get(place.byte() as usize..).unwrap_or_default();
    let ends = ahead.iter().take_while(|&&byte| byte == b'\r' || byte == b'\n');
    (place.line() + ends.filter(|&&byte| byte == b'\n').count() as u64) as u32
}

/// Understands the header of a table; `None` if nothing can be read from it.
pub fn header(
    intake: &mut Intake<'_>,
    file: FileId,
    text: &str,
    about: &About,
    mapping: &BTreeMap<String, String>,
) -> Option<Header> {
    let delimiter = delimiter(text);
    let mut reader = rows(text, delimiter);
    let mut record = csv::StringRecord::new();
    let read = reader.read_record(&mut record).unwrap_or(false);
    let line = line(text, &record).max(1);
    let at = At {
        source: Source { file: Some(file), line },
        offset: 0,
        kind: "table",
        code: Some(about.name),
    };
    if !read || record.iter().all(|name| name.trim().is_empty()) {
        let issue = Issue::error("R02", at.object(), "the file is empty: it has no header")
            .help(format!("write a header such as `{}`", first_columns(about)));
        intake.raise("R02", &at, issue);
        return None;
    }
    if record.iter().any(|name| name.contains('\0')) || record.iter().any(|n| n.len() > 10_000) {
        let issue = Issue::error("R03", at.object(), "the file is not a table of text")
            .help("save it as CSV, with a header in the first line");
        intake.raise("R03", &at, issue);
        return None;
    }
    let names: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
    let mut columns: Vec<Option<usize>> = Vec::with_capacity(names.len());
    let mut issues = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let mapped = mapping.iter().find(|(from, _)| plain(from) == plain(name)).map(|(_, to)| to);
        let meant = mapped.map_or(name.as_str(), String::as_str);
        if meant == "-" || name.is_empty() {
            columns.push(None);
            continue;
        }
        let column = about.column(meant);
        let place = |issue: Issue| Issue { column: Some(index as u32 + 1), ..issue };
        match column {
            None => {
                let known = || about.columns.iter().map(|column| column.name);
                let all: Vec<&str> = known().collect();
                let near = nearest(meant, known().chain(aliases(about)));
                let near = near.and_then(|near| about.column(near)).map(|c| about.columns[c].name);
                let perhaps = near.map_or(String::new(), |near| format!("perhaps `{near}`; "));
                issues.push((
                    "R05",
                    place(
                        Issue::error(
                            "R05",
                            at.object(),
                            format!("the column `{name}` is not known"),
                        )
                        .value(name.clone())
                        .help(format!(
                            "{perhaps}rename it, or say what it means in show.toml: \
                             [columns.{}] \"{name}\" = \"…\" (\"-\" leaves it out); columns: {}",
                            about.name,
                            all.join(", ")
                        )),
                    ),
                ));
                columns.push(None);
            }
            Some(column) if columns.contains(&Some(column)) => {
                let known = about.columns[column].name;
                issues.push((
                    "R14",
                    place(
                        Issue::error(
                            "R14",
                            at.object(),
                            format!(
                                "two columns mean `{known}`; the second, `{name}`, is not used"
                            ),
                        )
                        .value(name.clone())
                        .help(format!(
                            "take one of them out, or map it: [columns.{}] \"{name}\" = \"-\"",
                            about.name
                        )),
                    ),
                ));
                columns.push(None);
            }
            found => columns.push(found),
        }
    }
    let file_columns = &mut intake.files[file].columns;
    for (index, column) in columns.iter().enumerate() {
        if let Some(column) = column {
            file_columns.push((about.columns[*column].name.to_owned(), index as u32 + 1));
        }
    }
    for (code, issue) in issues {
        intake.raise(code, &at, issue);
    }
    if columns.iter().all(Option::is_none) {
        let issue = Issue::error("R03", at.object(), "no column of the first line is known")
            .help(format!("the first line has to be a header such as `{}`", first_columns(about)));
        intake.raise("R03", &at, issue);
        return None;
    }
    let mut sound = true;
    for group in about.required {
        let there =
            |name: &str| columns.iter().flatten().any(|&column| about.columns[column].name == name);
        if !group.iter().any(|name| there(name)) {
            sound = false;
            let issue = Issue::error(
                "R06",
                at.object(),
                format!("the column `{}` is missing", group.join("` or `")),
            )
            .help(format!(
                "add it, or say which column it is: [columns.{}] \"your name\" = \"{}\"",
                about.name, group[0]
            ));
            intake.raise("R06", &at, Issue { column: Some(1), ..issue });
        }
    }
    sound.then_some(Header { delimiter, columns, names })
}

fn aliases(about: &About) -> impl Iterator<Item = &'static str> {
    about.columns.iter().flat_map(|column| column.aliases.iter().copied())
}

fn first_columns(about: &About) -> String {
    about.columns.iter().take(4).map(|column| column.name).collect::<Vec<_>>().join(",")
}
