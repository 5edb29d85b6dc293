//! Rows of a batch as Parquet, a group of rows at a time.
//!
//! Amounts stay in minor units, as in NDJSON: `currency_decimals` says how many places they have. Days are
//! dates; the errors of an item and the
//! measures of a scenario are texts of JSON.

use crate::result::ItemRow;
use jiff::civil::Date;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows that are in memory at a time.
const GROUP: usize = 10_000;

/// How a column takes its values out of a row.
enum Column {
    Text(fn(&ItemRow) -> Option<String>),
    Day(fn(&ItemRow) -> Option<Date>),
    Flag(fn(&ItemRow) -> Option<bool>),
    Count(fn(&ItemRow) -> Option<u32>),
    Whole(fn(&ItemRow) -> Option<i64>),
    Real(fn(&ItemRow) -> Option<f64>),
}

use Column::{Count, Day, Flag, Real, Text, Whole};

/// The columns, in their order.
const COLUMNS: [(&str, Column); 34] = [
    ("name", Text(|row| Some(row.name.clone()))),
    ("show", Text(|row| Some(row.show.clone()))),
    ("scenario", Text(|row| row.scenario.clone())),
    ("status", Text(|row| Some(row.status.word().to_owned()))),
    ("message", Text(|row| row.message.clone())),
    ("mode", Text(|row| row.mode.clone())),
    ("seed", Whole(|row| row.seed.and_then(|seed| i64::try_from(seed).ok()))),
    ("as_of", Day(|row| row.as_of)),
    ("delivers", Flag(|row| row.delivers)),
    ("finish", Day(|row| row.finish)),
    ("milestones", Count(|row| row.milestones)),
    ("milestones_late", Count(|row| row.milestones_late)),
    ("deliverables", Count(|row| row.deliverables)),
    ("deliverables_late", Count(|row| row.deliverables_late)),
    ("worst_late_days", Count(|row| row.worst_late_days)),
    ("unplaced", Count(|row| row.unplaced)),
    ("currency", Text(|row| row.currency.clone())),
    ("currency_decimals", Count(|row| row.currency_decimals)),
    ("efc", Whole(|row| row.efc)),
    ("budget", Whole(|row| row.budget)),
    ("variance", Whole(|row| row.variance)),
    ("planned_minutes", Whole(|row| row.planned_minutes)),
    ("objective", Whole(|row| row.objective)),
    ("lower_bound", Whole(|row| row.lower_bound)),
    ("gap", Whole(|row| row.gap)),
    ("steps", Whole(|row| row.steps.and_then(|steps| i64::try_from(steps).ok()))),
    ("seconds", Real(|row| row.seconds)),
    ("conflicts", Count(|row| row.conflicts)),
    ("errors", Count(|row| Some(row.errors))),
    ("warnings", Count(|row| Some(row.warnings))),
    ("issues", Text(|row| serde_json::to_string(&row.issues).ok())),
    ("measures", Text(|row| serde_json::to_string(row.measures.as_ref()?).ok())),
    ("input_hash", Text(|row| Some(row.input_hash.clone()))),
    ("item_hash", Text(|row| Some(row.item_hash.clone()))),
];

/// Writes rows as one Parquet file.
///
/// # Errors
/// When `out` does not take it.
pub fn items(
    out: &mut (dyn Write + Send),
    rows: &mut dyn Iterator<Item = ItemRow>,
) -> io::Result<()> {
    written(out, rows).map_err(io::Error::other)
}

fn written(
    out: &mut (dyn Write + Send),
    rows: &mut dyn Iterator<Item = ItemRow>,
) -> Result<(), ParquetError> {
    let fields: String = COLUMNS.iter().map(|(name, column)| field(name, column)).collect();
    let schema = Arc::new(parse_message_type(&format!("message item {{ {fields} }}"))?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    loop {
        let group: Vec<ItemRow> = rows.take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let mut writer = file.next_row_group()?;
        for (_, column) in &COLUMNS {
            let Some(mut to) = writer.next_column()? else { break };
            put(&mut to, column, &group)?;
            to.close()?;
        }
        writer.close()?;
    }
    file.close()?;
    Ok(())
}

fn field(name: &str, column: &Column) -> String {
    let kind = match column {
        Text(_) => "BYTE_ARRAY",
        Day(_) | Count(_) => "INT32",
        Flag(_) => "BOOLEAN",
        Whole(_) => "INT64",
        Real(_) => "DOUBLE",
    };
    let meaning = match column {
        Text(_) => " (STRING)",
        Day(_) => " (DATE)",
        _ => "",
    };
    format!("OPTIONAL {kind} {name}{meaning};\n")
}

fn put(
    to: &mut SerializedColumnWriter<'_>,
    column: &Column,
    rows: &[ItemRow],
) -> Result<(), ParquetError> {
    /// The values that are there, and for each row whether it has one.
    fn split<T>(values: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
        let mut there = Vec::new();
        let mut levels = Vec::new();
        for value in values {
            levels.push(i16::from(value.is_some()));
            there.extend(value);
        }
        (there, levels)
    }
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = |date: Date| date.since(epoch).map_or(0, |span| span.get_days());
    let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    match column {
        Text(of) => {
            let text = |row| of(row).map(|text| ByteArray::from(text.into_bytes()));
            let (values, levels) = split(rows.iter().map(text));
            to.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        Day(of) => {
            let (values, levels) = split(rows.iter().map(|row| of(row).map(days)));
            to.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
        }
        Count(of) => {
            let (values, levels) = split(rows.iter().map(|row| of(row).map(number)));
            to.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
        }
        Flag(of) => {
            let (values, levels) = split(rows.iter().map(of));
            to.typed::<BoolType>().write_batch(&values, Some(&levels), None)?;
        }
        Whole(of) => {
            let (values, levels) = split(rows.iter().map(of));
            to.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
        }
        Real(of) => {
            let (values, levels) = split(rows.iter().map(of));
            to.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        }
    }
    Ok(())
}
