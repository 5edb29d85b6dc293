//! Headcount by department and week, for a terminal.

use super::summary::{STYLE, paragraph, printable};
use super::words::{count, day, day_or_dash, per_cent};
use crate::result::{Chance, CrewDepartment, CrewPlan, Held, MoveOption, OptionRow, PoolLoad};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use std::ops::Range;

/// Rows of a list; JSON has them all.
const MOST_ROWS: usize = 12;
/// Characters that a week takes in the table, and a department.
const WEEK: usize = 10;
const DEPARTMENT: usize = 14;

/// The crew in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn crew(plan: &CrewPlan, width: usize) -> String {
    let width = width.max(60);
    let mut out = String::new();
    let title = format!("{} · crew by week as of {}", printable(&plan.production), day(plan.as_of));
    paragraph(&mut out, "", &title, width);
    out.push('\n');
    let text = "Artists missing (+) or to spare (−) in each week: what the work asks for less what \
                the department's own people can give without overtime.";
    paragraph(&mut out, "", text, width);
    gaps(&mut out, plan, &|row, week| row.gap.get(week).copied().unwrap_or(0.0), width);
    if !plan.prospects.is_empty() {
        out.push('\n');
        let show = |row: &Chance| format!("{} {}", printable(&row.show), per_cent(row.probability));
        let shows: Vec<String> = plan.prospects.iter().map(show).collect();
        let text = format!(
            "All that counts shows as certain that may not happen ({}). With each at its chance:",
            shows.join(", ")
        );
        paragraph(&mut out, "", &text, width);
        let gap = |list: &[f64], row: &CrewDepartment, week: usize| {
            let (demand, capacity) = (list.get(week), row.capacity.get(week));
            let gap = demand.copied().unwrap_or(0.0) - capacity.copied().unwrap_or(0.0);
            (gap * 10.0).round() / 10.0
        };
        gaps(&mut out, plan, &|row, week| gap(&row.weighed, row, week), width);
        paragraph(&mut out, "", "Without any of them:", width);
        gaps(&mut out, plan, &|row, week| gap(&row.firm, row, week), width);
    }
    out.push('\n');
    let hires = plan.hires.iter().map(|row| {
        format!(
            "{} from {} to {}",
            count(row.artists.into(), &format!("{} artist", printable(&row.department))),
            day(row.from),
            day(row.to)
        )
    });
    list(&mut out, "Hire      ", "nobody is missing for long enough", hires, width);
    if !plan.moves.is_empty() {
        list(&mut out, "Move      ", "", plan.moves.iter().map(moved), width);
    }
    let extensions = plan.extensions.iter().map(|row| {
        format!(
            "{} ({}), whose contract ends on {}: {:.1} artists short after that",
            printable(&row.person),
            printable(&row.department),
            day(row.contract_end),
            row.short
        )
    });
    list(&mut out, "Prolong   ", "no contract ends while people are missing", extensions, width);
    if !plan.options.is_empty() {
        let options = plan.options.iter().map(option);
        list(&mut out, "Options   ", "", options, width);
    }
    let releases = plan.releases.iter().map(|row| {
        format!(
            "{} ({}): last work {}, contract to {}; notice by {} frees {} from {}",
            printable(&row.person),
            row.department.as_deref().map_or_else(|| "–".to_owned(), printable),
            day_or_dash(row.last_work),
            day(row.contract_end),
            day(row.notice_by),
            count(row.days.into(), "working day"),
            day(row.free_from)
        )
    });
    list(&mut out, "Release   ", "no contract outlasts its work by a week", releases, width);
    if plan.bookings.iter().any(|row| row.state != "confirmed") {
        out.push('\n');
        list(&mut out, "Bookings  ", "", plan.bookings.iter().map(held), width);
    }
    if !plan.pools.is_empty() {
        out.push('\n');
        list(&mut out, "Pools     ", "", plan.pools.iter().map(|row| pool(plan, row)), width);
    }
    out
}

/// Who could come instead of a hire.
fn moved(row: &MoveOption) -> String {
    format!(
        "{} ({}) to {} from {} to {}: {} without work then; decide by {}",
        printable(&row.person),
        row.department.as_deref().map_or_else(|| "–".to_owned(), printable),
        printable(&row.place),
        day(row.from),
        day(row.to),
        count(row.free_days.into(), "working day"),
        day(row.decide_by)
    )
}

/// An option, and whether it is wanted.
fn option(row: &OptionRow) -> String {
    let wanted = match row.short {
        short if short > 0.0 => format!("{short:.1} artists short after the contract"),
        _ => "nobody is short after the contract".to_owned(),
    };
    format!(
        "{} ({}): contract to {}, may go on to {}; decide by {}; {wanted}",
        printable(&row.person),
        row.department.as_deref().map_or_else(|| "–".to_owned(), printable),
        day(row.contract_end),
        day(row.until),
        day(row.decide_by)
    )
}

/// How much is booked, and how much of it is likely.
fn held(row: &Held) -> String {
    let likely = match row.state.as_str() {
        "confirmed" | "cancelled" => String::new(),
        _ => format!(", {:.1} to be expected", row.expected_days),
    };
    let state = match row.state.as_str() {
        "hold1" => "first hold",
        "hold2" => "second hold",
        "cancelled" => "called off",
        other => other,
    };
    format!(
        "{} {state}: {}, {:.1} days{likely}",
        printable(&row.department),
        if row.people == 1 { "1 person".to_owned() } else { format!("{} people", row.people) },
        row.days
    )
}

/// The week in which a pool is fullest, and what is beyond it in all.
fn pool(plan: &CrewPlan, row: &PoolLoad) -> String {
    let weeks = plan.weeks.iter().zip(&row.most).zip(&row.there).zip(&row.load);
    let fullest = weeks.max_by(|a, b| a.1.total_cmp(b.1));
    let Some((((week, most), there), load)) = fullest else { return printable(&row.name) };
    let unit = if row.kind == "farm" { " core-hours a day" } else { " at once" };
    let beyond: f64 = row.beyond.iter().sum();
    let beyond = match row.kind.as_str() {
        _ if beyond <= 0.0 => String::new(),
        "farm" => format!("; {beyond:.0} core-hours beyond it in all"),
        _ => format!("; {beyond:.0} days of one more in all"),
    };
    format!(
        "{}: fullest in the week of {}, {load:.0} %, at most {most:.0}{unit} of {there:.0}{beyond}",
        printable(&row.name),
        day(*week)
    )
}

/// The weeks from that of the plan to the last with work.
pub(super) fn weeks_with_work(plan: &CrewPlan) -> Range<usize> {
    let as_of = plan.as_of;
    let first = plan.weeks.iter().rposition(|monday| *monday <= as_of).unwrap_or(0);
    let is_used = |row: &CrewDepartment, week: usize| {
        [&row.demand, &row.booked].iter().any(|list| list.get(week).is_some_and(|at| *at > 0.0))
    };
    let last = (first..plan.weeks.len())
        .rev()
        .find(|&week| plan.departments.iter().any(|row| is_used(row, week)))
        .unwrap_or(first);
    first..(last + 1).min(plan.weeks.len())
}

fn gaps(
    out: &mut String,
    plan: &CrewPlan,
    of: &dyn Fn(&CrewDepartment, usize) -> f64,
    width: usize,
) {
    let Range { start: first, end } = weeks_with_work(plan);
    let shown = (width.saturating_sub(DEPARTMENT) / WEEK).max(1);
    let weeks = first..end.min(first + shown);
    let mut table = Table::new();
    let header = weeks.clone().map(|week| plan.weeks[week].strftime("%-d %b").to_string());
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(std::iter::once("Department".to_owned()).chain(header));
    for row in &plan.departments {
        let cells = weeks.clone().map(|week| {
            let text = match of(row, week) {
                gap if gap > 0.0 => format!("+{gap:.1}"),
                gap if gap < 0.0 => format!("−{:.1}", -gap),
                _ => "0".to_owned(),
            };
            Cell::new(text).set_alignment(CellAlignment::Right)
        });
        table.add_row(std::iter::once(Cell::new(printable(&row.id))).chain(cells));
    }
    out.push('\n');
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let more = end.saturating_sub(weeks.end);
    if more > 0 {
        let text = format!("and {} more (--format json has all)", count(more as u64, "week"));
        paragraph(out, " ", &text, width);
    }
}

fn list(
    out: &mut String,
    heading: &str,
    none: &str,
    rows: impl ExactSizeIterator<Item = String>,
    width: usize,
) {
    let all = rows.len();
    if all == 0 {
        paragraph(out, heading, none, width);
    }
    for (at, row) in rows.take(MOST_ROWS).enumerate() {
        paragraph(out, if at == 0 { heading } else { "          " }, &row, width);
    }
    if all > MOST_ROWS {
        let text = format!("and {} more (--format json has all)", all - MOST_ROWS);
        paragraph(out, "          ", &text, width);
    }
}
