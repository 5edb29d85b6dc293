//! Small tables whose columns have several usual names: which column is which, and where something is wrong.

use crate::model::Issue;

/// The titles of a table, and the file it is in.
pub(super) struct Titles<'n> {
    file: &'n str,
    titles: csv::StringRecord,
}

impl Titles<'_> {
    /// Takes the first row.
    pub fn of<'n>(file: &'n str, rows: &mut csv::Reader<&[u8]>) -> Titles<'n> {
        let mut titles = csv::StringRecord::new();
        // An empty table has no titles.
        let _ = rows.read_record(&mut titles);
        Titles { file, titles }
    }

    /// The first column with one of these names, from 0.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let is_one = |own: &str| names.iter().any(|name| own.trim().eq_ignore_ascii_case(name));
        self.titles.iter().position(is_one)
    }

    /// All titles, from the first column on.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.titles.iter()
    }

    /// The issue with its place: a line from 1, a column from 0.
    pub fn at(&self, mut issue: Issue, line: u32, column: Option<usize>) -> Issue {
        issue.file = Some(self.file.to_owned());
        issue.line = Some(line);
        issue.column = column.map(|column| column as u32 + 1);
        issue
    }
}

/// What stands in a column of a row; none when it is empty.
pub(super) fn cell(record: &csv::StringRecord, column: Option<usize>) -> Option<&str> {
    column.and_then(|column| record.get(column)).map(str::trim).filter(|text| !text.is_empty())
}
