//! Rules that clash and ways out, for a terminal.

use super::summary::{paragraph, printable};
use super::words::{count, day, money_in};
use crate::result::{Conflict, ConflictList, ConflictRule, WayOut};

/// Things that break for the same cause that are named.
const NAMED: usize = 5;

/// The conflicts in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn conflicts(list: &ConflictList, width: usize) -> String {
    let width = width.max(60);
    let money = |amount: i64| money_in(amount, &list.currency, list.currency_decimals);
    let mut out = String::new();
    let title =
        format!("{} · rules that clash, as of {}", printable(&list.production), day(list.as_of));
    paragraph(&mut out, "", &title, width);
    if list.conflicts.is_empty() {
        paragraph(&mut out, "", "None: a plan keeps every hard rule.", width);
    }
    for (number, conflict) in list.conflicts.iter().enumerate() {
        out.push('\n');
        one(&mut out, number + 1, conflict, &money, width);
    }
    out
}

fn one(
    out: &mut String,
    number: usize,
    conflict: &Conflict,
    money: &dyn Fn(i64) -> String,
    width: usize,
) {
    paragraph(out, &format!("{number}. "), &printable(&conflict.text), width);
    if !conflict.rules.is_empty() {
        let title = match (conflict.irreducible, conflict.rules.len()) {
            (_, 1) => "This cannot hold by itself:",
            (true, _) => "These cannot all hold; without any one of them the others can:",
            (false, _) => "These cannot all hold (some may not be needed for it):",
        };
        paragraph(out, "   ", title, width);
        for rule in &conflict.rules {
            paragraph(out, "   - ", &of_rule(rule), width);
        }
    }
    let also = &conflict.also;
    if !also.is_empty() {
        let named = also.iter().take(NAMED).map(|text| printable(text)).collect::<Vec<_>>();
        let more = also.len().saturating_sub(NAMED);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        let text = format!("Broken for the same cause: {}{more}", named.join("; "));
        paragraph(out, "   ", &text, width);
    }
    if conflict.ways_out.is_empty() && conflict.tried {
        let text = "No single way out that was tried works: later date, more people at the same \
                    time, overlap, one more artist, unlocking, leaving out.";
        paragraph(out, "   ", text, width);
    }
    if !conflict.ways_out.is_empty() {
        paragraph(out, "   ", "Ways out, each tried by planning again:", width);
        for way in &conflict.ways_out {
            paragraph(out, "   > ", &of_way(way, money), width);
        }
    }
}

/// "task 010_cmp starts after 010_lgt is finished (dependencies.csv, line 12)".
pub(super) fn of_rule(rule: &ConflictRule) -> String {
    let place = match (&rule.file, rule.line) {
        (Some(file), Some(line)) => format!(" ({}, line {line})", printable(file)),
        (Some(file), None) => format!(" ({})", printable(file)),
        _ => String::new(),
    };
    format!("{} {}{place}", printable(&rule.object), printable(&rule.rule))
}

/// A way out with its price: "unlock the dates of a: no days, £1,200 more".
pub(super) fn of_way(way: &WayOut, money: &dyn Fn(i64) -> String) -> String {
    let days = match way.days {
        0 => String::new(),
        days => format!("{} later, ", count(days.unsigned_abs(), "working day")),
    };
    let cost = match way.cost {
        0 => "no extra cost".to_owned(),
        cost if cost > 0 => format!("{} more", money(cost)),
        cost => format!("{} less", money(-cost)),
    };
    format!("{}: {days}{cost}", printable(&way.text))
}
