//! A plan under budget caps, for a terminal.

use super::ladder::ladder;
use super::levers::{after_incentives, table, title};
use super::summary::{paragraph, printable};
use super::words::{all_done, count, day};
use crate::result::BudgetAnswer;

/// Rows of a list; JSON has them all.
const MOST_ROWS: usize = 12;

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn budget(answer: &BudgetAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    title(&mut out, heading, "budget caps", width);
    let left_out = answer.with.unplaced.saturating_sub(answer.without.unplaced);
    let text = match (answer.holds, answer.tries) {
        (false, _) if answer.caps.iter().all(|row| row.after <= row.amount) => {
            let cost = answer.caps.iter().map(|row| {
                format!("{} costs {}", printable(&row.cap), heading.money(row.with_all_work))
            });
            format!(
                "The caps can be kept only with work left out: {} found no place. With all work done {} at \
                 the least that was found.",
                count(left_out.into(), "task"),
                cost.collect::<Vec<_>>().join(", ")
            )
        }
        (true, 1) => "The plan as it is keeps all caps.".to_owned(),
        (true, _) => "All caps can be kept, with what stands below.".to_owned(),
        (false, _) => {
            let broken =
                answer.caps.iter().filter(|row| !row.holds).map(|row| {
                    format!("{} by {}", printable(&row.cap), heading.money(row.missing))
                });
            let broken: Vec<String> = broken.collect();
            let left_out = match left_out {
                0 => String::new(),
                tasks => format!(
                    " The plan below breaks them less, and leaves {} out.",
                    count(tasks.into(), "task")
                ),
            };
            format!(
                "Not all caps can be kept: with all work done, the least that was found breaks {}. So much \
                 more is needed, or less work.{left_out}",
                broken.join(", ")
            )
        }
    };
    paragraph(&mut out, "", &text, width);
    out.push('\n');
    let cells = answer.caps.iter().map(|row| {
        let worth = match (row.days_for_a_week_more, row.days_for_a_week_less) {
            (Some(more), Some(less)) if more != less => format!("{more} to {less} days"),
            (Some(more), _) => format!("{more} days"),
            (None, _) => "–".to_owned(),
        };
        vec![
            printable(&row.cap),
            heading.money(row.amount),
            heading.money(row.planned),
            heading.money(row.avoidable),
            heading.money(row.after),
            heading.money(row.with_all_work),
            match (row.holds, row.after <= row.amount) {
                (true, _) => "kept".to_owned(),
                (false, true) => "work left out".to_owned(),
                (false, false) => format!("over by {}", heading.money(row.missing)),
            },
            worth,
        ]
    });
    let names = [
        "Cap",
        "Amount",
        "Planned",
        "Could be saved",
        "With caps",
        "With all work",
        "",
        "A week's pay brings",
    ];
    table(&mut out, &names, &[1, 2, 3, 4, 5, 7], cells, width);
    out.push('\n');
    let effects = [("without caps", &answer.without), ("with caps", &answer.with)];
    let cells = effects.iter().map(|(what, row)| {
        vec![
            (*what).to_owned(),
            all_done(row),
            row.unplaced.to_string(),
            row.milestones_late.to_string(),
            row.days_late.to_string(),
            heading.money(row.efc),
        ]
    });
    let names = ["Plan", "All is done", "Left out", "Late milestones", "Days late", "Final cost"];
    table(&mut out, &names, &[2, 3, 4, 5], cells, width);
    let effects = effects.map(|(what, row)| (what.to_owned(), row));
    after_incentives(&mut out, heading, &effects, width);
    if !answer.releases.is_empty() {
        out.push('\n');
        paragraph(&mut out, "", "Contracts that end earlier:", width);
        for row in answer.releases.iter().take(MOST_ROWS) {
            let home = row.department.as_deref().map_or_else(String::new, printable);
            let text =
                format!("{} ({home}), last day {}", printable(&row.person), day(row.last_day));
            paragraph(&mut out, "  ", &text, width);
        }
        if answer.releases.len() > MOST_ROWS {
            let more = answer.releases.len() - MOST_ROWS;
            paragraph(&mut out, "  ", &format!("and {more} more (--format json has all)"), width);
        }
    }
    if answer.called_off != 0 {
        let text = format!(
            "{} of the final cost with caps is owed for their confirmed days that are called off.",
            heading.money(answer.called_off)
        );
        paragraph(&mut out, "", &text, width);
    }
    if !answer.no_overtime.is_empty() {
        let text = format!("No overtime in {}.", printable(&answer.no_overtime.join(", ")));
        paragraph(&mut out, "", &text, width);
    }
    ladder(&mut out, heading, &answer.ladder, width);
    out.push('\n');
    let text = format!(
        "{} made, each task by task and checked. Saved are freelance days and overtime; staff are paid in \
         any case. A week's pay brings: bid days in time that the pay of an artist for a week, more or \
         less, is worth under the cap, found by solving the weekly program again.",
        count(answer.tries.into(), "plan")
    );
    paragraph(&mut out, "", &text, width);
    out
}
