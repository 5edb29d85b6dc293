//! Sheets of workbooks as the text of a table, row for row and cell for cell.

use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

/// A sheet as CSV text: line `n` is row `n` of the sheet, so that messages name the right row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Merged cells, as they are named ("B3:B5").
    pub merged: Vec<String>,
    /// The other sheets of the workbook.
    pub others: Vec<String>,
}

/// The sheet `name` of an `.xlsx` file, or its first one.
///
/// # Errors
/// In words, when the bytes are no workbook, or it has no such sheet.
pub fn sheet(bytes: &[u8], name: Option<&str>) -> Result<Sheet, String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|error| format!("it is no workbook: {error}"))?;
    let names = book.sheet_names();
    let name = match name {
        Some(name) => names.iter().find(|known| *known == name).cloned(),
        None => names.first().cloned(),
    };
    let Some(name) = name else {
        return Err(format!("there is no such sheet; it has {}", names.join(", ")));
    };
    let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
    let cells = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let merged =
        cells.iter().map(|cells| format!("{}:{}", place(cells.start), place(cells.end))).collect();
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut text = String::new();
    if let (Some(from), Some(to)) = (range.start(), range.end()) {
        // Titles stand above the headings of most sheets, one cell in a row: an empty line for each, and for rows
        // that are empty.
        let is_title = |row: &u32| {
            let cells = (0..=to.1).map(|column| cell(range.get_value((*row, column))));
            cells.filter(|text| !text.trim().is_empty()).count() < 2
        };
        let first = (from.0..=to.0).find(|row| !is_title(row)).unwrap_or(from.0);
        text.push_str(&"\n".repeat(first as usize));
        for row in first..=to.0 {
            let cells = (0..=to.1).map(|column| cell(range.get_value((row, column))));
            writer.write_record(cells).map_err(|error| error.to_string())?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    text.push_str(&String::from_utf8_lossy(&bytes));
    let others = names.into_iter().filter(|other| *other != name).collect();
    Ok(Sheet { name, text, merged, others })
}

fn cell(data: Option<&Data>) -> String {
    match data {
        None | Some(Data::Empty) => String::new(),
        Some(Data::DateTime(day)) if day.is_datetime() => {
            // Some workbooks count days from 1904.
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Some(Data::Float(number)) => shown(*number),
        // A cell with several lines stays one line of the table.
        Some(Data::String(text)) => text.replace(['\n', '\r'], " "),
        Some(other) => other.to_string(),
    }
}

/// A number as spreadsheets show it, to 15 digits: what is beyond comes from calculating in halves, quarters and so
/// on, where 4.35 × 100 is 434.99999999999994.
fn shown(number: f64) -> String {
    format!("{number:.14e}").parse().unwrap_or(number).to_string()
}

/// A cell as spreadsheets name it: row 2, column 1, counted from 0, is "B3".
///
/// ```
/// assert_eq!(shotplan::read::cell_name((2, 1)), "B3");
/// assert_eq!(shotplan::read::cell_name((0, 27)), "AB1");
/// ```
pub fn place((row, column): (u32, u32)) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        letters.insert(0, char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
