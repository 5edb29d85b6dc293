//! The week of a show producer, for a terminal.

use super::cost_report::contingency;
use super::levers::{table, title};
use super::summary::{paragraph, printable};
use super::words::{count, day, day_or_dash, per_cent};
use crate::result::WeeklyReport;

/// "2 days late", "in time".
pub(super) fn slack(days: Option<i64>) -> String {
    match days {
        None => "no plan".to_owned(),
        Some(days) if days < 0 => format!("{} late", count(days.unsigned_abs(), "day")),
        Some(0) => "on the day".to_owned(),
        Some(days) => format!("{} to spare", count(days.unsigned_abs(), "day")),
    }
}

/// Whether we deliver, in a sentence.
pub(super) fn delivery(report: &WeeklyReport) -> String {
    let finish =
        report.finish.map_or_else(String::new, |day_| format!(" All is done on {}.", day(day_)));
    match (report.delivers, report.milestones_late) {
        (true, _) => format!("Every promise is kept.{finish}"),
        (false, 0) => format!("Milestones are kept, not every due date.{finish}"),
        (false, late) => {
            format!("{late} of {} late.{finish}", count(report.milestones.into(), "milestone"))
        }
    }
}

/// Work that nobody has agreed to pay for; none without any.
pub(super) fn unapproved(report: &WeeklyReport) -> Option<String> {
    let heading = &report.heading;
    let client = (report.unapproved_spent != 0).then(|| {
        let spent = heading.money(report.unapproved_spent);
        format!("{spent} is spent on changes that the client has not approved")
    });
    let vendors = (report.vendors_unapproved != 0).then(|| {
        let price = heading.money(report.vendors_unapproved);
        format!("vendors have begun changes of {price} that are not agreed")
    });
    let parts: Vec<String> = client.into_iter().chain(vendors).collect();
    let mut text = parts.join("; ");
    let first = text.chars().next()?;
    text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    Some(format!("{text}."))
}

/// The week in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn weekly(report: &WeeklyReport, width: usize) -> String {
    let width = width.max(60);
    let heading = &report.heading;
    let mut out = String::new();
    title(&mut out, heading, "the week", width);
    paragraph(&mut out, "Delivery  ", &delivery(report), width);
    let against = match (report.budget, report.variance) {
        (Some(budget), Some(variance)) => format!(
            ", {} of a budget of {}",
            match variance {
                0 => "all".to_owned(),
                under @ 1.. => format!("{} under it", heading.money(under)),
                over => format!("{} over it", heading.money(-over)),
            },
            heading.money(budget)
        ),
        _ => String::new(),
    };
    let moved = report.movement.map_or_else(String::new, |moved| {
        format!("; {} since the last period", heading.more(moved))
    });
    let text = format!(
        "Estimated final cost {}{against}{moved}; {} to date.",
        heading.money(report.efc),
        heading.money(report.to_date)
    );
    paragraph(&mut out, "Cost      ", &text, width);
    if let Some(known) = &report.contingency {
        let text = contingency(known, heading.as_of, &|amount| heading.money(amount));
        let text = text.strip_prefix("Contingency: ").unwrap_or(&text);
        paragraph(&mut out, "Reserve   ", text, width);
    }
    if let Some(text) = unapproved(report) {
        paragraph(&mut out, "Changes   ", &text, width);
    }
    if let (Some(week), Some(lowest)) = (report.lowest_week, report.lowest) {
        let text = format!("Lowest at {} in the week of {}.", heading.money(lowest), day(week));
        paragraph(&mut out, "Cash      ", &text, width);
    }
    if !report.dates.is_empty() {
        out.push('\n');
        let cells = report.dates.iter().map(|row| {
            vec![
                printable(&row.name),
                day(row.due),
                day_or_dash(row.planned),
                slack(row.slack_days),
                row.open_items.to_string(),
            ]
        });
        table(&mut out, &["Late or due soon", "Due", "Planned", "", "Open"], &[4], cells, width);
    }
    out.push('\n');
    let cells = report.weeks.iter().map(|row| {
        vec![
            day(row.week),
            row.starts.to_string(),
            row.ends.to_string(),
            row.finals.to_string(),
            row.due.to_string(),
            row.artists.to_string(),
            match row.day_off_hours {
                0.0 => row.overtime_hours.to_string(),
                off => format!("{} ({off} on days off)", row.overtime_hours),
            },
            heading.money(row.paid),
            heading.money(row.received),
        ]
    });
    let names =
        ["Week of", "Begin", "End", "Done", "Due", "Artists", "Overtime h", "Paid", "Received"];
    table(&mut out, &names, &[1, 2, 3, 4, 5, 6, 7, 8], cells, width);
    if !report.departments.is_empty() {
        out.push('\n');
        let list = report
            .departments
            .iter()
            .map(|row| format!("{} {}", printable(&row.department), per_cent(row.booked)));
        let list: Vec<String> = list.collect();
        paragraph(
            &mut out,
            "Fullest   ",
            &format!("{} of their own people's time in the next four weeks.", list.join(", ")),
            width,
        );
    }
    for row in &report.over {
        let text = format!(
            "{} {}: {} over its budget.",
            printable(&row.account),
            printable(&row.description),
            heading.money(-row.variance)
        );
        paragraph(&mut out, "Over      ", &text, width);
    }
    for row in &report.conflicts {
        let way = match (&row.way_out, row.cost) {
            (Some(way), Some(cost)) => {
                format!(" Cheapest way out: {} ({}).", printable(way), heading.more(cost))
            }
            _ => String::new(),
        };
        paragraph(&mut out, "Clash     ", &format!("{}.{way}", printable(&row.text)), width);
    }
    out
}
