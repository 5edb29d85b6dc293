//! The summary on the terminal: one screen, the same answers as the page's headline.

use super::conflicts::of_way;
use super::words::{count, day, day_or_dash, money, per_cent, thousands};
use crate::result::{Document, MilestoneRow, Since};
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use jiff::civil::Date;
use std::fmt::Write as _;

/// A line under the headings and nothing else: one screen has no room for more.
pub(super) const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Narrower than this, the table leaves out how early each milestone could be and what is late.
const WIDE: usize = 92;

/// Milestones, conflicts and ways out that are shown; the page has them all.
const MOST_MILESTONES: usize = 12;
const MOST_CONFLICTS: usize = 3;

/// A gap above this (basis points) says more about the bound than about the plan.
const WEAK_GAP: i64 = 3_000;

/// The summary of a result in plain text, for a terminal `width` columns wide (at least 60).
///
/// Says whether we deliver, what it costs against the budget, how good the plan is, which rules
/// clash, and which file to open. Ends with a line end.
pub fn summary(document: &Document, width: usize) -> String {
    let width = width.max(60);
    let mut out = String::new();
    let production = &document.production;
    let mut title = format!(
        "{} · plan as of {} · {}",
        printable(&production.name),
        day(production.as_of),
        printable(&production.mode)
    );
    if document.certificate.interrupted {
        title.push_str(" · interrupted, best plan until then");
    }
    paragraph(&mut out, "", &title, width);
    out.push('\n');
    paragraph(&mut out, "Delivery  ", &delivery(document), width);
    paragraph(&mut out, "Cost      ", &cost(document), width);
    paragraph(&mut out, "Quality   ", &quality(document), width);
    paragraph(&mut out, "Data      ", &data(document), width);
    if let Some(since) = &document.since {
        paragraph(&mut out, "Changes   ", &changes(document, since), width);
    }
    conflicts(&mut out, document, width);
    milestones(&mut out, document, width);
    out.push('\n');
    paragraph(
        &mut out,
        "Open      ",
        "index.html in a browser; cost_report.csv, plan.csv and crew.csv hold the figures.",
        width,
    );
    out
}

/// What is otherwise than in the earlier plan.
fn changes(document: &Document, since: &Since) -> String {
    let mut text = format!(
        "since the plan as of {}: {} later or earlier, {} with other artists",
        day(since.as_of),
        count(since.moved.into(), "task"),
        thousands(since.people_changed.into()),
    );
    if since.freeze_days > 0 {
        text.push_str(&format!(
            ", {} of them within the frozen {}",
            thousands(since.frozen_changed.into()),
            count(since.freeze_days.into(), "working day"),
        ));
    }
    if since.added + since.gone > 0 {
        text.push_str(&format!(", {} new, {} gone or done", since.added, since.gone));
    }
    if !since.people_gone.is_empty() {
        text.push_str(&format!("; not there any more: {}", since.people_gone.join(", ")));
    }
    for row in since.milestones.iter().take(3) {
        text.push_str(&format!("; {} {} → {}", row.id, day_or_dash(row.a), day_or_dash(row.b)));
    }
    if let Some(before) = since.final_cost_before {
        let change = since.final_cost - before;
        let sign = if change < 0 { "−" } else { "+" };
        let amount = money(change.abs(), &document.production);
        text.push_str(&format!("; final cost {sign}{amount}"));
    }
    text.push_str(". All of them are in changes.csv");
    text
}

fn delivery(document: &Document) -> String {
    let head = &document.headline;
    let finish = match head.finish {
        Some(finish) => format!("Last day of work: {}.", day(finish)),
        None => "No work is planned.".to_owned(),
    };
    if head.delivers {
        let but = match document.conflicts.len() {
            0 => String::new(),
            rules => format!(" But {} could not be kept.", count(rules as u64, "hard rule")),
        };
        return format!("Yes: every milestone and every due date is met.{but} {finish}");
    }
    let mut late = Vec::new();
    if head.milestones_late > 0 {
        late.push(format!(
            "{} of {} late",
            head.milestones_late,
            count(head.milestones.into(), "milestone")
        ));
    }
    if head.deliverables_late > 0 {
        late.push(format!(
            "{} of {} missed",
            thousands(head.deliverables_late.into()),
            count(head.deliverables.into(), "due date")
        ));
    }
    if head.unplaced > 0 {
        late.push(format!("{} without a place", count(head.unplaced.into(), "task")));
    }
    if late.is_empty() {
        return format!("Dates are met, but a rule could not be kept. {finish}");
    }
    let answer = match (head.milestones_late, head.unplaced) {
        (0, 0) if head.milestones > 0 => "Milestones yes, not every due date",
        (0, 0) => "Not every due date",
        (0, _) => "Not all of it",
        _ => "No, not on time",
    };
    let worst = match head.worst_late_days {
        0 => String::new(),
        days => format!(" The worst by {}.", count(days.into(), "working day")),
    };
    format!("{answer}: {}.{worst} {finish}", late.join(", "))
}

fn cost(document: &Document) -> String {
    let head = &document.headline;
    let production = &document.production;
    let efc = money(head.efc, production);
    let (Some(budget), Some(variance)) = (head.budget, head.variance) else {
        return format!("Estimated final cost {efc}; there is no budget to compare it with.");
    };
    let against = match variance {
        0 => "exactly on it".to_owned(),
        _ => {
            let size = i64::try_from(variance.unsigned_abs()).unwrap_or(i64::MAX);
            let share = if budget > 0 {
                let points = i128::from(size) * 10_000 / i128::from(budget);
                format!(" ({})", per_cent(i64::try_from(points).unwrap_or(i64::MAX)))
            } else {
                String::new()
            };
            let side = if variance > 0 { "under" } else { "over" };
            format!("{}{share} {side}", money(size, production))
        }
    };
    format!(
        "Estimated final cost {efc} against a budget of {}: {against}.",
        money(budget, production)
    )
}

fn quality(document: &Document) -> String {
    let proof = &document.certificate;
    let mut says = Vec::new();
    match proof.gap {
        _ if proof.status == "optimal" => says.push("Proven best.".to_owned()),
        Some(0) => says.push("Proven best.".to_owned()),
        Some(gap) if gap <= WEAK_GAP => {
            says.push(format!("No plan can be more than {} better.", per_cent(gap)));
        }
        _ => says.push("Best found; no strong limit is proven.".to_owned()),
    }
    says.extend(final_delivery(document).map(bounded));
    let first = proof.improvement.first().map(|point| point[1]);
    let last = proof.improvement.last().map(|point| point[1]);
    if let (Some(first), Some(last)) = (first, last)
        && first > 0
        && last < first
    {
        let points = (i128::from(first) - i128::from(last)) * 10_000 / i128::from(first);
        let share = per_cent(i64::try_from(points).unwrap_or(i64::MAX));
        says.extend((points > 0).then(|| match proof.steps {
            0 => format!("The best of the first plans tried, {share} better than the first."),
            steps => format!("Improved by {share} in {}.", count(steps, "step")),
        }));
    }
    says.push(match proof.violations {
        0 => "Checked independently: no rule broken.".to_owned(),
        broken => format!("{} found by the check.", count(broken.into(), "broken rule")),
    });
    says.join(" ")
}

/// The last open delivery with a proven earliest date; final deliveries first.
fn final_delivery(document: &Document) -> Option<(&MilestoneRow, Date, Option<Date>)> {
    let open = document.milestones.iter().filter(|row| !row.done);
    open.filter_map(|row| Some((row, row.earliest_possible?, row.planned)))
        .max_by_key(|(row, ..)| (row.kind == "final", row.due))
}

fn bounded((row, earliest, planned): (&MilestoneRow, Date, Option<Date>)) -> String {
    let name = printable(if row.name.is_empty() { &row.id } else { &row.name });
    let Some(planned) = planned else {
        return format!(
            "No plan can finish {name} before {}; in this plan some of its work has no place.",
            day(earliest)
        );
    };
    if planned <= earliest {
        format!("{name} is planned for {}, and no plan can finish it earlier.", day(planned))
    } else {
        format!(
            "No plan can finish {name} before {}; this plan does on {}.",
            day(earliest),
            day(planned)
        )
    }
}

fn data(document: &Document) -> String {
    let assumed = document.assumed.values().map(|times| u64::from(*times)).sum();
    format!(
        "{}, {}, {} planned with {}.",
        count(document.warnings.len() as u64, "warning"),
        count(assumed, "assumed value"),
        count(document.tasks.len() as u64, "task"),
        count(document.production.people.len() as u64, "artist")
    )
}

fn conflicts(out: &mut String, document: &Document, width: usize) {
    if document.conflicts.is_empty() {
        return;
    }
    out.push_str("\nThese rules cannot all hold:\n");
    for conflict in document.conflicts.iter().take(MOST_CONFLICTS) {
        // Where the sentence begins with what breaks, it need not stand above it too.
        let rule = format!("{} {}", printable(&conflict.object), printable(&conflict.rule));
        let text = printable(&conflict.text);
        if text.starts_with(&rule) {
            paragraph(out, "  ! ", &text, width);
        } else {
            paragraph(out, "  ! ", &rule, width);
            paragraph(out, "    ", &text, width);
        }
        if let Some(way) = conflict.ways_out.first() {
            let money = |amount: i64| money(amount, &document.production);
            paragraph(out, "    Way out: ", &of_way(way, &money), width);
        }
    }
    let more = document.conflicts.len().saturating_sub(MOST_CONFLICTS);
    if more > 0 {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "    and {more} more on the page");
    }
}

fn milestones(out: &mut String, document: &Document, width: usize) {
    if document.milestones.is_empty() {
        return;
    }
    let mut rows: Vec<&MilestoneRow> = document.milestones.iter().filter(|row| !row.done).collect();
    rows.sort_by_key(|row| row.due);
    if rows.len() > MOST_MILESTONES {
        // What is late or last matters most; the order stays that of the dates.
        let last = rows.len() - 1;
        let mut rank: Vec<usize> = (0..rows.len()).collect();
        rank.sort_by_key(|&at| (at != last, rows[at].slack_days.unwrap_or(i64::MIN), at));
        rank.truncate(MOST_MILESTONES);
        rank.sort_unstable();
        rows = rank.into_iter().map(|at| rows[at]).collect();
    }
    let columns = if width >= WIDE { 6 } else { 4 };
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(
            ["Milestone", "Due", "Planned", "Slack", "Earliest possible", "Late"][..columns].iter(),
        );
    for row in &rows {
        let planned = match row.unplaced {
            0 => day_or_dash(row.planned),
            tasks => format!("{} without a place", count(tasks.into(), "task")),
        };
        let slack = match row.slack_days {
            None => "–".to_owned(),
            Some(0) => "none".to_owned(),
            Some(days) if days < 0 => format!("{} late", count(days.unsigned_abs(), "day")),
            Some(days) => count(days.unsigned_abs(), "day"),
        };
        let late = match row.late_items.len() {
            0 => "–".to_owned(),
            items => count(items as u64, "item"),
        };
        let cells = [
            Cell::new(printable(if row.name.is_empty() { &row.id } else { &row.name })),
            Cell::new(day(row.due)),
            Cell::new(planned),
            Cell::new(slack).set_alignment(CellAlignment::Right),
            Cell::new(day_or_dash(row.earliest_possible)),
            Cell::new(late).set_alignment(CellAlignment::Right),
        ];
        table.add_row(cells.into_iter().take(columns));
    }
    out.push('\n');
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let hidden = document.milestones.len() - rows.len();
    if hidden > 0 {
        let _ = writeln!(out, " and {} done or with more slack", count(hidden as u64, "milestone"));
    }
}

/// A name from a file as a terminal may show it: control characters could move the cursor.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Text under a heading, wrapped at words, further lines set in under the first.
pub(super) fn paragraph(out: &mut String, heading: &str, text: &str, width: usize) {
    let indent = heading.chars().count();
    let mut column = indent;
    out.push_str(heading);
    for (at, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if at > 0 && column + 1 + length > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else if at > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
}
