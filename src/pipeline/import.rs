//! Cost to date from somebody else's table into a show: all of it or nothing.

use super::has_errors;
use crate::check;
use crate::model::{Actual, Issue, Production};
use crate::read::{self, wire};
use crate::write;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What an import would do.
#[derive(Debug)]
pub struct Import {
    /// Everything that is wrong with the table, errors first.
    pub issues: Vec<Issue>,
    /// Errors of the show itself, which have to be mended first.
    pub show_errors: usize,
    /// Bookings to add.
    pub rows: usize,
    /// Where they go.
    pub file: PathBuf,
    /// The whole new content of that file; none with errors.
    pub bytes: Option<Vec<u8>>,
}

/// Why there is nothing to import.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The show cannot be read.
    #[error(transparent)]
    Read(#[from] read::Error),
    /// The table cannot be read, in words.
    #[error("`{}` cannot be imported: {why}", path.display())]
    Table {
        /// The table.
        path: PathBuf,
        /// Why not.
        why: String,
    },
}

/// Reads bookings from `file` (CSV, or a sheet of an `.xlsx`) and says what adding them to the folder `show`
/// would give. Rows that the books have already are errors unless `again`.
///
/// # Errors
/// When show or table cannot be read at all.
pub fn import_actuals(
    show: &Path,
    file: &Path,
    sheet: Option<&str>,
    again: bool,
) -> Result<Import, ImportError> {
    let failed = |why: String| ImportError::Table { path: file.to_owned(), why };
    if !show.is_dir() {
        return Err(failed(format!("`{}` is no folder of a show", show.display())));
    }
    let bytes = read::piped::bytes(file).map_err(|error| failed(error.to_string()))?;
    let name =
        file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let is_workbook = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let is_chosen = sheet.is_some();
    let sheet = match is_workbook {
        true => Some(read::sheet(&bytes, sheet).map_err(failed)?),
        false => None,
    };
    let label = match &sheet {
        Some(sheet) => format!("{name} [{}]", sheet.name),
        None => read::piped::shown(file, &bytes),
    };
    let text = sheet.as_ref().map_or(bytes.as_ref(), |sheet| sheet.text.as_bytes());
    let before = read::load(show)?;
    let show_errors =
        before.issues.iter().filter(|issue| has_errors(std::slice::from_ref(issue))).count();
    let reading = read::with_table(show, "actuals", &label, text)?;
    let mut issues = reading.issues;
    let (mut added, mut lines) = (Vec::new(), Vec::new());
    if let Some(production) = &reading.production {
        // What is closed is told row by row.
        let found = check::production(production);
        issues.extend(found.into_iter().filter(|issue| issue.code != "V33"));
        let mine: Vec<&Actual> =
            production.actuals.iter().filter(|row| is_of(production, row, &label)).collect();
        let known = before.production.as_ref().map_or(&[][..], |show| &show.actuals[..]);
        issues.extend(into_closed(production, &mine));
        if !again {
            issues.extend(repeated(production, &mine, known));
        }
        lines = mine.iter().map(|row| row.source.line).collect();
        added = mine.into_iter().cloned().collect();
    }
    issues.retain(|issue| issue.file.as_deref() == Some(label.as_str()));
    if let Some(sheet) = &sheet {
        issues.extend(merged(sheet, &label));
        issues.extend(other_sheets(sheet, &label).filter(|_| !is_chosen));
        name_cells(&mut issues, sheet);
    }
    if added.is_empty() && !has_errors(&issues) {
        let mut issue = Issue::error("R02", "table actuals", "there is no booking in it")
            .help("fill in a row for each, under the header");
        issue.file = Some(label.clone());
        issues.push(issue);
    }
    issues.sort_by_key(|issue| (issue.severity, issue.line, issue.column));
    issues.dedup();
    let target = books(show);
    let old = std::fs::read(&target).ok();
    let mut bytes = None;
    if let (0, false, Some(production)) = (show_errors, has_errors(&issues), &reading.production) {
        let notes: Vec<String> = lines.iter().map(|line| format!("{name} row {line}")).collect();
        let whole =
            write::with_actuals(old.as_deref(), production, &added, &notes).map_err(failed)?;
        // Read again: what does not come out as it should is not written.
        let check = read::with_table(show, "actuals", "actuals.csv", &whole)?;
        let known = before.production.as_ref().map_or(0, |show| show.actuals.len());
        let found = check.production.as_ref().map_or(0, |show| show.actuals.len());
        if check.has_errors() || found != known + added.len() {
            return Err(failed(format!(
                "its rows do not fit into `{}` under the headers there; name them date, account, amount, \
                 currency, state, person, vendor, task",
                target.display()
            )));
        }
        bytes = Some(whole);
    }
    Ok(Import { issues, show_errors, rows: added.len(), file: target, bytes })
}

fn is_of(production: &Production, row: &Actual, label: &str) -> bool {
    let file = row.source.file.and_then(|file| production.files.get(file));
    file.is_some_and(|file| file.name == label)
}

/// The file of the books, whatever its case.
fn books(show: &Path) -> PathBuf {
    let entries = std::fs::read_dir(show).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.path());
    let mut same = names.filter(|path| {
        path.file_name().is_some_and(|name| name.eq_ignore_ascii_case("actuals.csv"))
    });
    same.next().unwrap_or_else(|| show.join("actuals.csv"))
}

/// Rows dated in a closed period.
fn into_closed(production: &Production, rows: &[&Actual]) -> Vec<Issue> {
    let Some(last) = production.closed.iter().max_by_key(|row| row.to) else { return Vec::new() };
    let inside = rows.iter().filter(|row| row.date <= last.to);
    let issue = |row: &&Actual| {
        let message = format!("the period {} is closed up to {}", last.period, last.to);
        let issue = Issue::error("V33", format!("booking of {}", row.date), message)
            .field("date")
            .help(format!("date it after {}", last.to));
        issue.at(&production.files, row.source)
    };
    inside.map(issue).collect()
}

/// Rows that the books have already. As many equal rows as there are in the books are repeated.
fn repeated(production: &Production, rows: &[&Actual], known: &[Actual]) -> Vec<Issue> {
    let key = |row: &Actual| {
        (
            row.date,
            row.account,
            row.show,
            row.amount,
            row.currency,
            row.person,
            row.vendor,
            row.task,
        )
    };
    let mut left: HashMap<_, u32> = HashMap::with_capacity(known.len());
    for row in known {
        *left.entry(key(row)).or_default() += 1;
    }
    let mut issues = Vec::new();
    for row in rows {
        let Some(left) = left.get_mut(&key(row)).filter(|left| **left > 0) else { continue };
        *left -= 1;
        let object = format!("booking of {}", row.date);
        let issue = Issue::error("V03", object, "the books have this booking already")
            .help("leave it out, or import it all the same with --again");
        issues.push(issue.at(&production.files, row.source));
    }
    issues
}

/// Merged cells hold a value in their first cell only: which rows it is meant for cannot be told.
fn merged(sheet: &read::Sheet, label: &str) -> Vec<Issue> {
    let issue = |cells: &String| {
        let first: String = cells
            .chars()
            .skip_while(|c| c.is_alphabetic())
            .take_while(char::is_ascii_digit)
            .collect();
        let mut issue = Issue::error("R03", format!("cells {cells}"), "the cells are merged")
            .help("split them and fill in each row");
        issue.file = Some(label.to_owned());
        issue.line = first.parse().ok();
        issue
    };
    sheet.merged.iter().map(issue).collect()
}

/// A workbook may have postings on more than one sheet, and one is read.
fn other_sheets(sheet: &read::Sheet, label: &str) -> Option<Issue> {
    let message = format!("its other sheets are not imported: {}", sheet.others.join(", "));
    let mut issue = Issue::warning("R15", format!("sheet {}", sheet.name), message)
        .help("import each of them by its name, with --sheet, if it has bookings");
    issue.file = Some(label.to_owned());
    (!sheet.others.is_empty()).then_some(issue)
}

/// In a workbook a place is a cell, not a sign of a line.
fn name_cells(issues: &mut [Issue], sheet: &read::Sheet) {
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(sheet.text.as_bytes());
    let mut header = csv::StringRecord::new();
    let _ = rows.read_record(&mut header);
    let about = <wire::Actual<'_> as wire::Row>::ABOUT;
    for issue in issues {
        let place = issue.field.as_deref().and_then(|field| {
            header.iter().position(|name| {
                about.column(name.trim()).is_some_and(|column| about.columns[column].name == field)
            })
        });
        if let (Some(column), Some(line)) = (place, issue.line) {
            let cell = read::cell_name((line.saturating_sub(1), column as u32));
            issue.object = format!("cell {cell}, {}", issue.object);
            issue.column = Some(column as u32 + 1);
        }
    }
}
