//! The price of new shots, for a terminal.

use super::cost_report::{keep_whole, lines, right, table};
use super::levers::title;
use super::summary::{paragraph, printable};
use super::words::{count, day_or_dash, money_in, per_cent};
use crate::result::{BidAnswer, BidShot};
use comfy_table::Cell;

/// Shots that are shown; JSON has them all.
const MOST: usize = 30;

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn bid(answer: &BidAnswer, width: usize) -> String {
    let width = width.max(60);
    let head = &answer.heading;
    let money = |amount: i64| money_in(amount, &head.currency, head.currency_decimals);
    let days = |minutes: i64| format!("{:.1}", minutes as f64 / answer.day_minutes.max(1) as f64);
    let mut out = String::new();
    let what = format!("a bid for {}", count(answer.shots.len() as u64, "shot"));
    title(&mut out, head, &what, width);
    let cost: i64 = answer.shots.iter().map(|shot| shot.cost).sum();
    let text = format!(
        "Floor {} (artists {}, overhead {}); {} at a margin of {}.",
        money(answer.floor),
        money(cost),
        per_cent(answer.overhead),
        money(answer.price),
        per_cent(answer.margin)
    );
    paragraph(&mut out, "Price     ", &text, width);
    let change = answer.efc_after.saturating_sub(answer.efc_before);
    let text = format!(
        "The final cost of the show goes from {} to {} ({}{}): booked time without a task pays for a \
         part of the work, overtime and idle time for what it moves.",
        money(answer.efc_before),
        money(answer.efc_after),
        if change >= 0 { "+" } else { "" },
        money(change)
    );
    paragraph(&mut out, "Plan      ", &text, width);
    let moved: Vec<String> = answer
        .milestones
        .iter()
        .map(|row| {
            format!(
                "{} from {} to {} (due {})",
                printable(&row.id),
                day_or_dash(row.was),
                day_or_dash(row.is),
                row.due
            )
        })
        .collect();
    let text = match moved.is_empty() {
        true => "No milestone moves.".to_owned(),
        false => format!("{}.", moved.join("; ")),
    };
    paragraph(&mut out, "Dates     ", &text, width);
    out.push('\n');
    let mut grid = table(width);
    grid.set_header([
        "Shot", "Class", "Bid days", "Artists", "Floor", "Price", "Due", "Planned", "After",
    ]);
    for shot in answer.shots.iter().take(MOST) {
        grid.add_row([
            Cell::new(printable(&shot.id)),
            Cell::new(&shot.class),
            right(days(shot.minutes)),
            right(money(shot.cost)),
            right(money(shot.floor)),
            right(money(shot.price)),
            Cell::new(shot.due.map_or("–".to_owned(), |date| date.to_string())),
            Cell::new(shot.planned.map_or("no place".to_owned(), |date| date.to_string())),
            Cell::new(pattern(shot)),
        ]);
    }
    keep_whole(&mut grid, 1..8);
    lines(&mut out, &grid);
    if answer.shots.len() > MOST {
        let text = format!("and {} more (--format json has them all)", answer.shots.len() - MOST);
        paragraph(&mut out, "", &text, width);
    }
    out.push('\n');
    let work: Vec<String> = answer
        .departments
        .iter()
        .map(|row| format!("{} {} days {}", printable(&row.id), days(row.minutes), money(row.cost)))
        .collect();
    paragraph(&mut out, "Work      ", &work.join(", "), width);
    out
}

/// What the work of a shot is taken from.
pub(super) fn pattern(shot: &BidShot) -> String {
    match shot.pattern {
        None => "the list".to_owned(),
        Some(0) => "usual bids".to_owned(),
        Some(shots) => count(u64::from(shots), "shot"),
    }
}
