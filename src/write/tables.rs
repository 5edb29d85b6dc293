//! The tables of a result as CSV: one header line, points as decimal signs, ISO dates.

use super::amounts::{minutes, money};
use crate::result::{AssignmentRow, CostRow, Document};
use jiff::civil::Date;

/// `plan.csv`: who does what, when; enough to restore the plan exactly.
///
/// Four kinds of rows: work (an artist or a vendor), tasks that need nobody any more (neither, with
/// a time), tasks without a place (neither, without a time; `note` says why), and overtime of an
/// artist on a day (no task). Money and days stand once, so each column can be added up.
pub fn plan(document: &Document) -> Vec<u8> {
    let info = &document.production;
    let amount = |value: i64| money(value, info.currency_decimals);
    let mut table = Table::new(&[
        "task",
        "part",
        "artist",
        "vendor",
        "start",
        "end",
        "effort_days",
        "overtime_hours",
        "cost",
        "start_slot",
        "end_slot",
        "segments",
        "note",
    ]);
    let mut rows = document.assignments.iter().peekable();
    for task in &document.tasks {
        let mut placed = false;
        while let Some(row) = rows.next_if(|row| row.task == task.id) {
            placed = true;
            table.row(&[
                &row.task,
                &row.part.to_string(),
                row.artist.as_deref().unwrap_or_default(),
                row.vendor.as_deref().unwrap_or_default(),
                &row.start.to_string(),
                &row.end.to_string(),
                &minutes(row.effort_minutes, info.day_minutes),
                "",
                &amount(row.cost),
                &row.segments.first().map_or(String::new(), |run| run[0].to_string()),
                &row.segments.last().map_or(String::new(), |run| run[1].to_string()),
                &runs(row),
                "",
            ]);
        }
        if placed {
            continue;
        }
        let slot = task.instant_slot.map(|slot| slot.to_string()).unwrap_or_default();
        let note = match (&task.instant_slot, &task.reason.task) {
            (Some(_), _) => String::new(),
            (None, Some(other)) => format!("{} {other}", task.reason.code),
            (None, None) => task.reason.code.clone(),
        };
        let (start, end) = (day(task.start), day(task.end));
        table.row(&[&task.id, "", "", "", &start, &end, "0", "", "", &slot, &slot, "", &note]);
    }
    for row in &document.overtime {
        let date = row.date.to_string();
        let hours = minutes(i64::from(row.minutes), 60);
        let cost = amount(row.cost);
        table.row(&["", "", &row.artist, "", &date, &date, "", &hours, &cost, "", "", "", ""]);
    }
    table.bytes()
}

/// The runs of slots of work with breaks, as "12-20 24-30"; nothing for work in one piece.
fn runs(row: &AssignmentRow) -> String {
    if row.segments.len() < 2 {
        return String::new();
    }
    let runs: Vec<String> =
        row.segments.iter().map(|run| format!("{}-{}", run[0], run[1])).collect();
    runs.join(" ")
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// `crew.csv`: for each department and week, artist-days asked for, there, and booked.
pub fn crew(document: &Document) -> Vec<u8> {
    let days = |value: Option<&i64>| {
        minutes(value.copied().unwrap_or_default(), document.production.day_minutes)
    };
    let mut table =
        Table::new(&["department", "week", "demand_days", "capacity_days", "booked_days"]);
    for row in &document.crew.departments {
        for (week, monday) in document.crew.weeks.iter().enumerate() {
            table.row(&[
                &row.department,
                &monday.to_string(),
                &days(row.demand.get(week)),
                &days(row.capacity.get(week)),
                &days(row.booked.get(week)),
            ]);
        }
    }
    table.bytes()
}

/// `cost_report.csv`: one row for each account, and the row `total` (all but revenue) at the end.
pub fn cost_report(document: &Document) -> Vec<u8> {
    let decimals = document.production.currency_decimals;
    let mut table = Table::new(&[
        "account",
        "description",
        "original_budget",
        "approved_changes",
        "current_budget",
        "actual",
        "accrued",
        "committed",
        "etc",
        "efc",
        "variance",
        "efc_last_period",
        "movement",
    ]);
    let mut row = |account: &str, row: &CostRow| {
        let known = |value: Option<i64>| value.map(|v| money(v, decimals)).unwrap_or_default();
        let amounts = [
            row.original_budget,
            row.approved_changes,
            row.current_budget,
            row.actual,
            row.accrued,
            row.committed,
            row.etc,
            row.efc,
            row.variance,
        ];
        let mut cells = vec![account.to_owned(), row.description.clone()];
        cells.extend(amounts.map(|amount| money(amount, decimals)));
        cells.push(known(row.efc_last_period));
        cells.push(known(row.movement));
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    };
    for line in &document.cost.report {
        row(&line.account, line);
    }
    row("total", &document.cost.total);
    table.bytes()
}

/// A CSV table in memory.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new(header: &[&str]) -> Table {
        let mut table = Table(csv::Writer::from_writer(Vec::new()));
        table.row(header);
        table
    }
    fn row(&mut self, cells: &[&str]) {
        self.0.write_record(cells).expect("memory takes every row, and all have the same length");
    }
    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory can always be flushed")
    }
}
