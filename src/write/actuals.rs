//! Bookings added to a table of cost to date, which keeps its own columns, rows and signs.

use super::amounts::money;
use super::show_folder;
use crate::model::{Actual, Production};
use crate::read::wire::{Actual as Wire, Row};

/// The bytes of the table `old` (UTF-8) with `added` behind its rows. `notes` says where each comes from.
///
/// # Errors
/// In words, when the old table cannot be understood.
pub fn with_actuals(
    old: Option<&[u8]>,
    production: &Production,
    added: &[Actual],
    notes: &[String],
) -> Result<Vec<u8>, String> {
    let old = std::str::from_utf8(old.unwrap_or_default())
        .map_err(|_| "the actuals.csv of the show is not UTF-8: save it so first".to_owned())?;
    let old = old.trim_start_matches('\u{feff}');
    let first = old.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter = *[b',', b';', b'\t']
        .iter()
        .max_by_key(|sign| (count(char::from(**sign)), **sign == b','))
        .unwrap_or(&b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(old.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("the actuals.csv of the show: {error}"))?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    let mut header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    let about = Wire::ABOUT;
    let field = |name: &str| about.column(name.trim()).map(|column| about.columns[column].name);
    let records: Vec<Vec<(&str, String)>> = added
        .iter()
        .zip(notes)
        .map(|(row, note)| {
            let mut amount = money(row.amount.0, row.currency.decimals());
            if delimiter != b',' {
                // Such tables are read with a decimal comma.
                amount = amount.replace('.', ",");
            }
            let [date, account, show, _, currency, state, person, vendor, task] =
                show_folder::actual(production, row);
            vec![
                ("date", date),
                ("account", account),
                ("show", show),
                ("amount", amount),
                ("currency", currency),
                ("state", state),
                ("person", person),
                ("vendor", vendor),
                ("task", task),
                ("notes", note.clone()),
            ]
        })
        .collect();
    for (name, _) in records.first().into_iter().flatten() {
        let is_there = header.iter().any(|own| field(own) == Some(*name));
        let is_used =
            records.iter().flatten().any(|(other, value)| other == name && !value.is_empty());
        if !is_there && is_used {
            header.push((*name).to_owned());
        }
    }
    let width = header.len();
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let mut put = |mut row: Vec<String>| {
        row.resize(width.max(row.len()), String::new());
        writer.write_record(row.iter().take(width.max(1))).map_err(|error| error.to_string())
    };
    put(header.clone())?;
    for row in rows {
        put(row)?;
    }
    for record in records {
        let cell = |own: &String| {
            let name = field(own)?;
            record.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone())
        };
        put(header.iter().map(|own| cell(own).unwrap_or_default()).collect())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
