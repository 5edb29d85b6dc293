//! The tables of a result as CSV: one header line, points as decimal signs, ISO dates.

use super::amounts::{minutes, money};
use crate::result::{
    BudgetComparison, CostReport, Document, Movement, PartRow, ProductionInfo, Since, Snapshot, Why,
};
use jiff::civil::Date;

/// `plan.csv`: who does what, when; enough to restore the plan exactly.
///
/// Four kinds of rows: work (an artist or a vendor; one row for each uninterrupted run of it), tasks
/// that need nobody any more (neither, with a time), tasks without a place (neither, without a time;
/// `note` says why), and overtime of an artist on a day (no task). Time and cost of a part stand in
/// the row of its first run, so each column can be added up.
pub fn plan(document: &Document) -> Vec<u8> {
    let info = &document.production;
    let amount = |value: i64| money(value, info.currency_decimals);
    let mut columns = vec![
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
        "note",
    ];
    // Only where hours of long weeks do less than they take.
    if document.overtime.iter().any(|row| row.work_minutes.is_some()) {
        columns.push("overtime_work");
    }
    let width = columns.len();
    let mut table = Table::new(&columns);
    let mut rows = document.assignments.iter().peekable();
    for task in &document.tasks {
        let mut placed = false;
        while let Some(row) = rows.next_if(|row| row.task == task.id) {
            placed = true;
            for (run, &[start, end]) in row.segments.iter().enumerate() {
                let is_first = run == 0;
                let effort = if is_first { row.effort_minutes } else { 0 };
                let cells: [&str; 13] = [
                    &row.task,
                    &row.part.to_string(),
                    row.artist.as_deref().unwrap_or_default(),
                    row.vendor.as_deref().unwrap_or_default(),
                    &date_of_slot(info, start).to_string(),
                    &date_of_slot(info, end.saturating_sub(1)).to_string(),
                    &minutes(effort, info.day_minutes),
                    "",
                    &row.cost
                        .map_or_else(String::new, |cost| amount(if is_first { cost } else { 0 })),
                    &start.to_string(),
                    &end.to_string(),
                    "",
                    "",
                ];
                table.row(&cells[..width]);
            }
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
        let cells: [&str; 13] =
            [&task.id, "", "", "", &start, &end, "0", "", "", &slot, &slot, &note, ""];
        table.row(&cells[..width]);
    }
    for row in &document.overtime {
        let date = row.date.to_string();
        let hours = minutes(i64::from(row.minutes), 60);
        let cost = row.cost.map(amount).unwrap_or_default();
        let note = if row.day_off { "day off" } else { "" };
        let work = minutes(i64::from(row.work_minutes.unwrap_or(row.minutes)), 60);
        let cells: [&str; 13] =
            ["", "", &row.artist, "", &date, &date, "", &hours, &cost, "", "", note, &work];
        table.row(&cells[..width]);
    }
    table.bytes()
}

/// `changes.csv`: tasks that a plan has otherwise than the earlier one that it keeps to.
pub fn changes(since: &Since) -> Vec<u8> {
    let mut table = Table::new(&[
        "task",
        "start_before",
        "end_before",
        "artists_before",
        "start",
        "end",
        "artists",
        "days_later",
    ]);
    for row in &since.tasks {
        let later =
            row.start_a.zip(row.start_b).map(|(was, is)| crate::model::days_between(was, is));
        table.row(&[
            &row.task,
            &day(row.start_a),
            &day(row.end_a),
            &row.who_a.join("; "),
            &day(row.start_b),
            &day(row.end_b),
            &row.who_b.join("; "),
            &later.map(|days| days.to_string()).unwrap_or_default(),
        ]);
    }
    table.bytes()
}

/// The day of a slot.
fn date_of_slot(info: &ProductionInfo, slot: u32) -> Date {
    let days = i64::from(slot / info.slots_per_day.max(1));
    info.first_day.saturating_add(jiff::Span::new().days(days))
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
    let rows = document.cost.report.iter().map(PartRow::from);
    let total = PartRow::from(&document.cost.total);
    parts("account", rows, total, document.production.currency_decimals)
}

/// A cost report as CSV, whatever it is sorted by. Cells without a budget are empty.
pub fn cost_report_by(report: &CostReport) -> Vec<u8> {
    let rows = report.rows.iter().cloned();
    parts(&report.by, rows, report.total.clone(), report.currency_decimals)
}

/// The cost report of a closed period.
pub fn snapshot(closed: &Snapshot) -> Vec<u8> {
    let rows = closed.rows.iter().cloned();
    parts("account", rows, closed.total.clone(), closed.currency_decimals)
}

/// Why the final cost moved: an account a row, with the drivers that add to its movement.
pub fn movement(movement: &Movement) -> Vec<u8> {
    let mut table = Table::new(&[
        "account",
        "before",
        "after",
        "movement",
        "booked",
        "time",
        "rates",
        "overtime",
        "beside_tasks",
        "orders",
        "vendors",
        "technology",
    ]);
    for row in movement.rows.iter().chain([&movement.total]) {
        let mut cells = vec![row.account.clone()];
        let amounts = [
            row.before,
            row.after,
            row.movement,
            row.booked,
            row.time,
            row.rates,
            row.overtime,
            row.idle,
            row.orders,
            row.vendors,
            row.technology,
        ];
        cells.extend(amounts.map(|amount| money(amount, movement.currency_decimals)));
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

fn parts(by: &str, rows: impl Iterator<Item = PartRow>, total: PartRow, decimals: u32) -> Vec<u8> {
    let mut table = Table::new(&[
        by,
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
    let mut row = |row: PartRow| {
        let known = |value: Option<i64>| value.map(|v| money(v, decimals)).unwrap_or_default();
        table.row(&[
            &row.id,
            &row.description,
            &known(row.original_budget),
            &known(row.approved_changes),
            &known(row.current_budget),
            &money(row.actual, decimals),
            &money(row.accrued, decimals),
            &money(row.committed, decimals),
            &money(row.etc, decimals),
            &money(row.efc, decimals),
            &known(row.variance),
            &known(row.efc_last_period),
            &known(row.movement),
        ]);
    };
    rows.for_each(&mut row);
    row(PartRow { id: "total".to_owned(), ..total });
    table.bytes()
}

/// A budget that was kept against the one in force, as CSV.
pub fn against(told: &BudgetComparison) -> Vec<u8> {
    let mut table = Table::new(&[
        "account",
        "description",
        "version_budget",
        "current_budget",
        "change",
        "efc",
        "version_variance",
        "variance",
    ]);
    for row in told.rows.iter().chain([&told.total]) {
        let amounts = [
            row.version_budget,
            row.current_budget,
            row.change,
            row.efc,
            row.version_variance,
            row.variance,
        ];
        let mut cells = vec![row.account.clone(), row.description.clone()];
        cells.extend(amounts.map(|amount| money(amount, told.currency_decimals)));
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

/// What a figure is made of, as CSV.
pub fn why(why: &Why) -> Vec<u8> {
    let mut table = Table::new(&[
        "kind",
        "state",
        "account",
        "task",
        "what",
        "who",
        "order",
        "source",
        "from",
        "to",
        "hours",
        "amount",
        "day_from",
        "day_below",
    ]);
    let amount = |value: i64| money(value, why.currency_decimals);
    for line in &why.lines {
        table.row(&[
            &line.kind,
            &line.state,
            &line.account,
            &line.task,
            &line.what,
            &line.who,
            line.order.as_deref().unwrap_or_default(),
            line.source.as_deref().unwrap_or_default(),
            &line.from.map(|day| day.to_string()).unwrap_or_default(),
            &line.to.map(|day| day.to_string()).unwrap_or_default(),
            &minutes(line.minutes, 60),
            &line.amount.map(amount).unwrap_or_default(),
            &line.band.map(|band| amount(band[0])).unwrap_or_default(),
            &line.band.map(|band| amount(band[1])).unwrap_or_default(),
        ]);
    }
    table.bytes()
}

/// A CSV table in memory.
pub(super) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    pub(super) fn new(header: &[&str]) -> Table {
        let mut table = Table(csv::Writer::from_writer(Vec::new()));
        table.row(header);
        table
    }
    #[expect(clippy::expect_used, reason = "a row of another length is a fault of ours")]
    pub(super) fn row(&mut self, cells: &[&str]) {
        self.0.write_record(cells).expect("invariant: rows are as long as the header");
    }
    #[expect(clippy::expect_used, reason = "memory does not fail")]
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("invariant: memory can always be flushed")
    }
}
