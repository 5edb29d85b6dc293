//! Work in house against each vendor, for a terminal.

use super::levers::{after_incentives, table, title};
use super::summary::{paragraph, printable};
use super::words::{all_done, count, day_or_dash};
use crate::result::{EffectRow, OutsourceAnswer, VendorRow};

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn outsource(answer: &OutsourceAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    let scope = printable(&answer.scope);
    title(&mut out, heading, &format!("{scope}: in house or out"), width);
    let text = format!(
        "{} with {} bid days. In house they cost {} of labour, of which {} is saved if nobody here does \
         them.",
        count(answer.tasks.into(), "task"),
        answer.days,
        heading.money(answer.labour),
        heading.money(answer.avoidable)
    );
    paragraph(&mut out, "", &text, width);
    if answer.vendors.is_empty() {
        paragraph(&mut out, "", no_vendor(answer), width);
        return out;
    }
    out.push('\n');
    let cells = answer.vendors.iter().map(|row| {
        vec![
            printable(&row.vendor),
            format!("{} of {}", row.tasks, row.tasks + row.stay),
            row.days_freed.to_string(),
            heading.money(row.price),
            heading.money(row.supervision + row.top_up),
            lead(row),
            day_or_dash(row.cleared_from),
            day_or_dash(row.order_by),
        ]
    });
    let names = ["Vendor", "Tasks", "Days freed", "Price", "On top", "Lead", "Cleared", "Order by"];
    table(&mut out, &names, &[2, 3, 4], cells, width);
    out.push('\n');
    let effects: Vec<(String, &EffectRow)> =
        std::iter::once(("in house".to_owned(), &answer.in_house))
            .chain(answer.vendors.iter().map(|row| (printable(&row.vendor), &row.effect)))
            .collect();
    let cells = effects.iter().map(|(who, row)| {
        vec![
            who.clone(),
            day_or_dash(row.finish),
            all_done(row),
            row.unplaced.to_string(),
            row.milestones_late.to_string(),
            row.days_late.to_string(),
            heading.money(row.efc),
            heading.more(row.efc - answer.in_house.efc),
        ]
    });
    let names = [
        "Done by",
        "It is done",
        "All is done",
        "Left out",
        "Late milestones",
        "Days late",
        "Final cost",
        "More",
    ];
    table(&mut out, &names, &[3, 4, 5, 6, 7], cells, width);
    out.push('\n');
    after_incentives(&mut out, heading, &effects, width);
    let text = "Each line is a plan of its own, made task by task and checked. On top: supervision, and \
                what is missing to the smallest order; both are in the final cost. Order by: the last day \
                for all of it without anything being later than it is now. No vendor does more in a week than its \
                capacity. The first vendor is the best by final cost after incentives and lateness at its prices.";
    paragraph(&mut out, "", text, width);
    out
}

fn lead(row: &VendorRow) -> String {
    match row.weeks {
        Some(weeks) => {
            format!(
                "{}, {} of capacity",
                count(row.lead_days.into(), "day"),
                count(weeks.into(), "week")
            )
        }
        None => count(row.lead_days.into(), "day"),
    }
}

/// Why no vendor is told.
pub(super) fn no_vendor(answer: &OutsourceAnswer) -> &'static str {
    match answer.heading.cut_short {
        true => "No vendor was tried until then.",
        false => {
            "No vendor can take any of it: none works for these departments, or the work may not go out, has begun, \
             or would come back too late."
        }
    }
}
