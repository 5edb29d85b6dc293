//! Scenarios side by side as CSV, as a workbook and as JSON.

use super::tables::Table;
use super::{File, money};
use crate::report::Answer;
use crate::result::{CompareAnswer, Measures, ScenarioRow, ScenarioState, SweepAnswer};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Names of the files of a comparison.
pub const COMPARISON_NAMES: [&str; 4] =
    ["compare.csv", "compare.json", "compare.xlsx", "index.html"];

/// All files of a comparison, in the order of their names.
///
/// # Errors
/// When a table is larger than a sheet can hold.
pub fn comparison(answer: &CompareAnswer) -> Result<Vec<File>, String> {
    let bytes = [
        scenarios_csv(answer),
        super::json(answer),
        workbook(answer).map_err(|error| error.to_string())?,
        answer.page().html().into_bytes(),
    ];
    Ok(COMPARISON_NAMES.into_iter().zip(bytes).map(|(name, bytes)| File { name, bytes }).collect())
}

/// What a column of the table holds.
enum Cell {
    Text(String),
    Day(Option<jiff::civil::Date>),
    Money(Option<i64>),
    Number(Option<f64>),
}

/// Headings and cells of the table, a row a scenario.
fn table(base: &ScenarioRow, scenarios: &[ScenarioRow]) -> (Vec<String>, Vec<Vec<Cell>>) {
    // The production as it is, then the scenarios.
    let rows = || std::iter::once(base).chain(scenarios);
    let mut params: Vec<&str> = Vec::new();
    let mut milestones: Vec<(&str, &str)> = Vec::new();
    let mut accounts: BTreeSet<&str> = BTreeSet::new();
    for row in rows() {
        for point in &row.point {
            if !params.contains(&point.param.as_str()) {
                params.push(&point.param);
            }
        }
        let Some(measures) = &row.measures else { continue };
        for milestone in &measures.milestones {
            let key = (milestone.show.as_str(), milestone.id.as_str());
            if !milestones.contains(&key) {
                milestones.push(key);
            }
        }
        accounts.extend(measures.accounts.iter().map(|account| account.account.as_str()));
    }
    let shows: BTreeSet<&str> = milestones.iter().map(|key| key.0).collect();
    let fixed = [
        "finish",
        "milestones_late",
        "milestone_days_late",
        "items_late",
        "item_days_late",
        "unplaced",
        "broken_rules",
        "final_cost",
        "more",
        "unused_pay",
        "starts",
        "vendor_extras",
        "revenue",
        "cash_low",
        "cash_low_week",
        "peak_crew",
        "overtime_hours",
        "tasks_moved",
        "people_changed",
        "tasks_added",
        "tasks_gone",
        "objective",
        "lower_bound",
        "gap",
        "dominated_by",
        "rank",
    ];
    let mut headings = vec!["scenario".to_owned(), "state".to_owned(), "edits".to_owned()];
    headings.extend(params.iter().map(|param| (*param).to_owned()));
    headings.extend(fixed.iter().map(|name| (*name).to_owned()));
    headings.extend(milestones.iter().map(|(show, id)| match shows.len() {
        0 | 1 => format!("done:{id}"),
        _ => format!("done:{show}:{id}"),
    }));
    headings.extend(accounts.iter().map(|account| format!("efc:{account}")));
    let state = |row: &ScenarioRow| match row.state {
        ScenarioState::Planned => "planned",
        ScenarioState::Failed => "failed",
        ScenarioState::Stopped => "stopped",
    };
    let cells = rows().map(|row| {
        let edits: Vec<&str> = row.edits.iter().map(|edit| edit.text.as_str()).collect();
        let mut cells = vec![
            Cell::Text(row.name.clone()),
            Cell::Text(state(row).to_owned()),
            Cell::Text(edits.join("; ")),
        ];
        for param in &params {
            let point = row.point.iter().find(|point| point.param == *param);
            cells.push(Cell::Text(point.map_or(String::new(), |point| point.value.clone())));
        }
        let of = row.measures.as_ref();
        let number = |value: fn(&Measures) -> f64| Cell::Number(of.map(value));
        let amount = |value: fn(&Measures) -> i64| Cell::Money(of.map(value));
        cells.extend([
            Cell::Day(of.and_then(|of| of.finish)),
            number(|of| of.milestones_late.into()),
            number(|of| of.milestone_days_late as f64),
            number(|of| of.items_late.into()),
            number(|of| of.item_days_late as f64),
            number(|of| of.unplaced.into()),
            number(|of| of.broken_rules.len() as f64),
            amount(|of| of.final_cost),
            amount(|of| of.cost.total),
            amount(|of| of.cost.unused),
            amount(|of| of.cost.starts),
            amount(|of| of.cost.vendors),
            amount(|of| of.revenue),
            Cell::Money(of.and_then(|of| of.cash_low.as_ref()).map(|low| low.balance)),
            Cell::Day(of.and_then(|of| of.cash_low.as_ref()).map(|low| low.week)),
            number(|of| of.peak_crew.artists.into()),
            number(|of| of.overtime_minutes as f64 / 60.0),
            number(|of| of.churn.moved.into()),
            number(|of| of.churn.people_changed.into()),
            number(|of| of.churn.added.into()),
            number(|of| of.churn.gone.into()),
            amount(|of| of.objective),
            amount(|of| of.lower_bound),
            number(|of| of.gap as f64 / 10_000.0),
            Cell::Text(row.dominated_by.clone().unwrap_or_default()),
            Cell::Number(row.rank.map(f64::from)),
        ]);
        for key in &milestones {
            let milestone = of.and_then(|of| {
                of.milestones.iter().find(|row| (row.show.as_str(), row.id.as_str()) == *key)
            });
            cells.push(Cell::Day(milestone.and_then(|row| row.planned)));
        }
        for account in &accounts {
            let found = of.and_then(|of| of.accounts.iter().find(|row| row.account == *account));
            cells.push(Cell::Money(found.map(|row| row.efc)));
        }
        cells
    });
    (headings, cells.collect())
}

/// The table as CSV: amounts in whole units, shares as fractions.
pub fn scenarios_csv(answer: &CompareAnswer) -> Vec<u8> {
    csv(&answer.base, &answer.scenarios, answer.heading.currency_decimals)
}

/// The same for the values of a sweep.
pub fn sweep_csv(answer: &SweepAnswer) -> Vec<u8> {
    csv(&answer.base, &answer.rows, answer.heading.currency_decimals)
}

fn csv(base: &ScenarioRow, scenarios: &[ScenarioRow], decimals: u32) -> Vec<u8> {
    let (headings, rows) = table(base, scenarios);
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut csv = Table::new(&headings);
    for row in rows {
        let texts: Vec<String> = row
            .into_iter()
            .map(|cell| match cell {
                Cell::Text(text) => text,
                Cell::Day(date) => date.map_or(String::new(), |date| date.to_string()),
                Cell::Money(amount) => {
                    amount.map_or(String::new(), |amount| money(amount, decimals))
                }
                Cell::Number(number) => number.map_or(String::new(), |number| {
                    let text = format!("{number:.4}");
                    text.trim_end_matches('0').trim_end_matches('.').to_owned()
                }),
            })
            .collect();
        let cells: Vec<&str> = texts.iter().map(String::as_str).collect();
        csv.row(&cells);
    }
    csv.bytes()
}

/// A workbook with the table, and what each scenario changes.
fn workbook(answer: &CompareAnswer) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let as_of = answer.heading.as_of;
    let year = u16::try_from(as_of.year()).unwrap_or(1900).max(1900);
    let created = ExcelDateTime::from_ymd(year, as_of.month() as u8, as_of.day() as u8)?;
    let title = format!("{} · scenarios", answer.heading.production);
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let heading = Format::new().set_bold().set_text_wrap();
    let places = match answer.heading.currency_decimals {
        0 => String::new(),
        decimals => format!(".{}", "0".repeat(decimals as usize)),
    };
    let amounts = Format::new().set_num_format(format!("#,##0{places};[Red]-#,##0{places}"));
    let days = Format::new().set_num_format("yyyy-mm-dd");
    let unit = 10_f64.powi(answer.heading.currency_decimals as i32);
    let (headings, rows) = table(&answer.base, &answer.scenarios);
    let sheet = book.add_worksheet();
    sheet.set_name("Scenarios")?;
    head(sheet, &headings, &heading)?;
    for (at, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Text(text) => {
                    sheet.write_string(at, column, clipped(&text))?;
                }
                Cell::Day(Some(date)) if date.year() >= 1900 => {
                    let date = ExcelDateTime::from_ymd(
                        date.year() as u16,
                        date.month() as u8,
                        date.day() as u8,
                    )?;
                    sheet.write_datetime_with_format(at, column, &date, &days)?;
                }
                Cell::Money(Some(amount)) => {
                    sheet.write_number_with_format(at, column, amount as f64 / unit, &amounts)?;
                }
                Cell::Number(Some(number)) => {
                    sheet.write_number(at, column, number)?;
                }
                _ => {}
            }
        }
    }
    let sheet = book.add_worksheet();
    sheet.set_name("Edits")?;
    let names = ["scenario", "edit", "values", "example", "field", "before", "after"];
    head(sheet, &names.map(str::to_owned), &heading)?;
    let mut at = 1;
    for row in &answer.scenarios {
        for edit in &row.edits {
            for (number, value) in edit.examples.iter().enumerate() {
                if number == 0 {
                    sheet.write_string(at, 0, clipped(&row.name))?;
                    sheet.write_string(at, 1, clipped(&edit.text))?;
                    sheet.write_number(at, 2, f64::from(edit.values))?;
                }
                sheet.write_string(at, 3, clipped(&value.object))?;
                sheet.write_string(at, 4, clipped(&value.field))?;
                sheet.write_string(at, 5, clipped(value.before.as_deref().unwrap_or_default()))?;
                sheet.write_string(at, 6, clipped(value.after.as_deref().unwrap_or_default()))?;
                at += 1;
            }
        }
    }
    book.save_to_buffer()
}

fn head(sheet: &mut Worksheet, names: &[String], format: &Format) -> Result<(), XlsxError> {
    for (column, name) in (0_u16..).zip(names) {
        sheet.write_string_with_format(0, column, clipped(name), format)?;
        sheet.set_column_width(column, if column == 0 { 34.0 } else { 14.0 })?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// A cell holds at most 32,767 signs.
fn clipped(text: &str) -> &str {
    match text.char_indices().nth(32_000) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
