//! The lines of input files that issues point at, each file read once and only as far as needed.

use crate::read::piped;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::Path;

/// Most bytes of a line that are shown.
const SHOWN: usize = 4_000;

/// Lines by file and number counted from 1.
#[derive(Debug, Default)]
pub struct SourceLines {
    lines: BTreeMap<(String, u32), String>,
    separators: BTreeMap<String, char>,
}

impl SourceLines {
    /// Reads the wanted lines. A file that cannot be opened (any more) has none.
    pub fn read<'a>(wanted: impl Iterator<Item = (&'a str, u32)>) -> SourceLines {
        let mut files = BTreeMap::<&str, BTreeSet<u32>>::new();
        for (file, line) in wanted {
            files.entry(file).or_default().insert(line);
        }
        let mut source = SourceLines::default();
        for (file, lines) in files {
            source.read_file(file, &lines);
        }
        source
    }

    fn read_file(&mut self, file: &str, wanted: &BTreeSet<u32>) {
        let mut reader: Box<dyn BufRead> = match File::open(file) {
            Ok(open) => Box::new(BufReader::new(open)),
            Err(_) if piped::is_shown(file) => match piped::bytes(Path::new("-")) {
                Ok(Cow::Borrowed(bytes)) => Box::new(bytes),
                _ => return,
            },
            Err(_) => return,
        };
        let last = wanted.last().copied().unwrap_or(0);
        let mut bytes = Vec::new();
        for number in 1..=last {
            bytes.clear();
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
            if number == 1 && is_table(file) {
                let header = text(&bytes);
                let separator = [',', ';', '\t', '|']
                    .into_iter()
                    .max_by_key(|&mark| (header.matches(mark).count(), mark == ','));
                self.separators.insert(file.to_owned(), separator.unwrap_or(','));
            }
            if wanted.contains(&number) {
                self.lines.insert((file.to_owned(), number), text(&bytes));
            }
        }
    }

    /// A line, and the part of it that `column` and `value` point at (the whole line if it cannot
    /// be told). In a table `column` counts cells, elsewhere characters, both from 1.
    pub fn span(
        &self,
        file: &str,
        line: u32,
        column: Option<u32>,
        value: Option<&str>,
    ) -> Option<(&str, Range<usize>)> {
        let text = self.lines.get(&(file.to_owned(), line))?.as_str();
        let cell = match (self.separators.get(file), column) {
            (Some(&separator), Some(column)) => cell(text, separator, column),
            (None, Some(column)) => word(text, column, value),
            (_, None) => None,
        };
        let found = cell.or_else(|| {
            let value = value.filter(|value| !value.is_empty())?;
            text.find(value).map(|start| start..start + value.len())
        });
        Some((text, found.unwrap_or(0..text.len())))
    }
}

fn is_table(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default();
    ["csv", "tsv", "txt"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The bytes of a line as text without its end, without signs that would move the cursor, and cut
/// where nobody would read on.
fn text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut text = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)]).into_owned();
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    text.chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect()
}

/// The cell with this number; inside quotes separators do not count.
fn cell(text: &str, separator: char, number: u32) -> Option<Range<usize>> {
    let (mut at, mut start, mut quoted) = (1, 0, false);
    for (place, sign) in text.char_indices() {
        if sign == '"' {
            quoted = !quoted;
        } else if sign == separator && !quoted {
            if at == number {
                return Some(start..place);
            }
            at += 1;
            start = place + sign.len_utf8();
        }
    }
    (at == number).then_some(start..text.len())
}

/// The value, or the word, that begins at this character.
fn word(text: &str, column: u32, value: Option<&str>) -> Option<Range<usize>> {
    let start = text.char_indices().nth(column.checked_sub(1)? as usize)?.0;
    let rest = &text[start..];
    let length = match value {
        Some(value) if !value.is_empty() && rest.starts_with(value) => value.len(),
        _ => rest.find([' ', ',', '=', ']', '}']).filter(|&end| end > 0).unwrap_or(rest.len()),
    };
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_between_its_separators() {
        assert_eq!(cell("a,\"b,c\",d", ',', 2), Some(2..7));
        assert_eq!(cell("a;b;", ';', 3), Some(4..4));
        assert_eq!(cell("a,b", ',', 3), None);
    }

    #[test]
    fn a_word_is_found_at_its_character() {
        assert_eq!(word("cap = 12", 7, None), Some(6..8));
        assert_eq!(word("nämä = \"x y\"", 8, Some("\"x y\"")), Some(9..14));
        assert_eq!(word("ab", 9, None), None);
    }

    #[test]
    fn lines_of_a_file_are_read_once_and_cut() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("tasks.csv");
        let long = "x".repeat(1_000_000);
        std::fs::write(&path, format!("\u{feff}task;days\r\ncmp;NaN\r\n{long}\r\n")).unwrap();
        let file = path.to_str().unwrap();
        let lines =
            SourceLines::read([(file, 2), (file, 3), (file, 9), ("gone.csv", 1)].into_iter());
        let (text, span) = lines.span(file, 2, Some(2), None).unwrap();
        assert_eq!(&text[span], "NaN");
        assert_eq!(lines.span(file, 3, None, None).unwrap().0.len(), SHOWN);
        assert!(lines.span(file, 9, None, None).is_none());
        assert!(lines.span("gone.csv", 1, None, None).is_none());
    }
}
