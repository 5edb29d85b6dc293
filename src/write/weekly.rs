//! The week of a show producer as one list of figures, for CSV and for a sheet of the workbook.

use super::amounts::money;
use super::tables::Table;
use crate::result::WeeklyReport;
use jiff::civil::Date;

/// A figure: the part of the report, the row in it, the measure and its value.
pub(super) struct Figure {
    pub part: &'static str,
    pub row: String,
    pub measure: &'static str,
    pub value: Value,
}

/// A value by its kind; what is not known is empty.
pub(super) enum Value {
    Money(Option<i64>),
    Number(Option<f64>),
    Day(Option<Date>),
    Text(String),
}

/// The week as CSV.
pub fn weekly(report: &WeeklyReport) -> Vec<u8> {
    let mut table = Table::new(&["part", "row", "measure", "value"]);
    for figure in figures(report) {
        let value = match figure.value {
            Value::Money(amount) => {
                amount.map(|amount| money(amount, report.heading.currency_decimals))
            }
            Value::Number(number) => number.map(|number| number.to_string()),
            Value::Day(day) => day.map(|day| day.to_string()),
            Value::Text(text) => Some(text),
        };
        table.row(&[figure.part, &figure.row, figure.measure, &value.unwrap_or_default()]);
    }
    table.bytes()
}

/// All figures, in the order of the report.
pub(super) fn figures(report: &WeeklyReport) -> Vec<Figure> {
    use Value::{Day, Money, Number, Text};
    let mut all = Vec::new();
    let mut add = |part: &'static str, row: String, figures: Vec<(&'static str, Value)>| {
        all.extend(figures.into_iter().map(|(measure, value)| Figure {
            part,
            row: row.clone(),
            measure,
            value,
        }));
    };
    let number = |value: u32| Number(Some(value.into()));
    let reserve = report.contingency.as_ref();
    add(
        "show",
        report.heading.production.clone(),
        vec![
            ("delivers", Text(if report.delivers { "yes" } else { "no" }.to_owned())),
            ("finish", Day(report.finish)),
            ("milestones", number(report.milestones)),
            ("milestones_late", number(report.milestones_late)),
            ("budget", Money(report.budget)),
            ("to_date", Money(Some(report.to_date))),
            ("efc", Money(Some(report.efc))),
            ("variance", Money(report.variance)),
            ("movement", Money(report.movement)),
            ("contingency_left", Money(reserve.map(|known| known.left))),
            ("unapproved_spent", Money(Some(report.unapproved_spent))),
            ("vendors_unapproved", Money(Some(report.vendors_unapproved))),
            ("cost_index", Number(report.cost_index)),
            ("time_index", Number(report.time_index)),
            ("margin", Money(report.margin)),
            ("lowest_week", Day(report.lowest_week)),
            ("lowest", Money(report.lowest)),
        ],
    );
    for row in &report.dates {
        let figures = vec![
            ("due", Day(Some(row.due))),
            ("planned", Day(row.planned)),
            ("slack_days", Number(row.slack_days.map(|days| days as f64))),
            ("open_items", number(row.open_items)),
        ];
        add("milestone", row.name.clone(), figures);
    }
    for row in &report.weeks {
        let figures = vec![
            ("starts", number(row.starts)),
            ("ends", number(row.ends)),
            ("finals", number(row.finals)),
            ("due", number(row.due)),
            ("artists", number(row.artists)),
            ("overtime_hours", Number(Some(row.overtime_hours))),
            ("day_off_hours", Number(Some(row.day_off_hours))),
            ("paid", Money(Some(row.paid))),
            ("received", Money(Some(row.received))),
        ];
        add("week", row.week.to_string(), figures);
    }
    for row in &report.departments {
        let share = |basis_points: i64| Number(Some(basis_points as f64 / 100.0));
        let figures =
            vec![("booked_percent", share(row.booked)), ("asked_percent", share(row.asked))];
        add("department", row.department.clone(), figures);
    }
    for row in &report.over {
        let figures = vec![("efc", Money(Some(row.efc))), ("variance", Money(Some(row.variance)))];
        add("account", row.account.clone(), figures);
    }
    for row in &report.conflicts {
        let figures = vec![
            ("way_out", Text(row.way_out.clone().unwrap_or_default())),
            ("days_later", Number(row.days.map(|days| days as f64))),
            ("costs", Money(row.cost)),
        ];
        add("clash", row.text.clone(), figures);
    }
    all
}
