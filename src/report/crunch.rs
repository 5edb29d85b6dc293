//! How long people's weeks are, for a terminal.

use super::levers::{after_incentives, table, title};
use super::summary::{paragraph, printable};
use super::words::{all_done, count, day};
use crate::result::{CalmerRow, CrunchAnswer, EffectRow};

/// People and weeks that are shown on a terminal.
const SHOWN: usize = 12;

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn crunch(answer: &CrunchAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    title(&mut out, heading, "how long the weeks are", width);
    paragraph(&mut out, "", &verdict(answer), width);
    if answer.people.is_empty() {
        return out;
    }
    paragraph(&mut out, "", &rest(answer), width);
    out.push('\n');
    let cells = answer.beyond.iter().map(|row| {
        vec![format!("more than {} h", row.hours), row.people.to_string(), row.weeks.to_string()]
    });
    table(&mut out, &["Weeks of", "People", "Weeks"], &[1, 2], cells, width);
    out.push('\n');
    let cells = answer.people.iter().take(SHOWN).map(|row| {
        vec![
            printable(&row.person),
            printable(row.department.as_deref().unwrap_or("–")),
            row.weeks.to_string(),
            row.over_48.to_string(),
            row.in_a_row.to_string(),
            format!("{:.1}", row.longest_hours),
            format!("{:.1}", row.overtime_hours),
        ]
    });
    let names = ["Artist", "Dept", "Weeks", "Over 48 h", "Heavy in a row", "Longest", "Overtime h"];
    table(&mut out, &names, &[2, 3, 4, 5, 6], cells, width);
    if answer.people.len() > SHOWN {
        let more = count((answer.people.len() - SHOWN) as u64, "more artist");
        paragraph(&mut out, "", &format!("{more} with overtime."), width);
    }
    out.push('\n');
    let cells = answer.weeks.iter().filter(|row| row.over_48 > 0).take(SHOWN).map(|row| {
        vec![
            day(row.week),
            row.people.to_string(),
            row.over_48.to_string(),
            row.heavy.to_string(),
            format!("{:.1}", row.overtime_hours),
            format!("{:.1}", row.longest_hours),
        ]
    });
    let names = ["Week of", "With overtime", "Over 48 h", "Heavy", "Overtime h", "Longest"];
    if answer.weeks.iter().any(|row| row.over_48 > 0) {
        table(&mut out, &names, &[1, 2, 3, 4, 5], cells, width);
        out.push('\n');
    }
    let ways = ways(answer);
    let cells = ways.iter().map(|(way, effect)| {
        vec![
            (*way).to_owned(),
            all_done(effect),
            effect.unplaced.to_string(),
            effect.milestones_late.to_string(),
            effect.days_late.to_string(),
            heading.money(effect.efc),
            heading.more(effect.efc - answer.plan.efc),
        ]
    });
    let names =
        ["", "All is done", "Left out", "Late milestones", "Days late", "Final cost", "More"];
    table(&mut out, &names, &[2, 3, 4, 5, 6], cells, width);
    out.push('\n');
    let named: Vec<(String, &EffectRow)> =
        ways.iter().map(|&(way, effect)| (way.to_owned(), effect)).collect();
    after_incentives(&mut out, heading, &named, width);
    paragraph(&mut out, "", HOW, width);
    out
}

/// How to read it.
pub(super) const HOW: &str = "Each line is a plan of its own, made task by task and checked. `crew-for` says what hires, moves \
                              and vendors would make a date instead.";

/// The plan as it is and with shorter weeks.
pub(super) fn ways(answer: &CrunchAnswer) -> Vec<(&'static str, &EffectRow)> {
    let as_is = std::iter::once(("as planned", &answer.plan));
    as_is.chain(answer.calmer.iter().map(|row| (way(row), &row.effect))).collect()
}

fn way(row: &CalmerRow) -> &'static str {
    match row.way.as_str() {
        "no_overtime" => "no overtime",
        _ => "no week above 48 h",
    }
}

/// Whether it is crunch.
pub(super) fn verdict(answer: &CrunchAnswer) -> String {
    let over_48 = answer.beyond.iter().find(|row| row.hours == 48);
    match over_48 {
        _ if answer.people.is_empty() => "No: nobody works overtime in this plan.".to_owned(),
        Some(row) if row.weeks > 0 => format!(
            "{} {} more than 48 hours, {} in all; at most {} in a row {} more than {} hours.",
            count(row.people.into(), "artist"),
            if row.people == 1 { "works weeks of" } else { "work weeks of" },
            count(row.weeks.into(), "week"),
            count(answer.most_in_a_row.into(), "week"),
            if answer.most_in_a_row == 1 { "has" } else { "have" },
            answer.heavy_hours
        ),
        _ => format!(
            "No week is longer than 48 hours; {} overtime.",
            match answer.people.len() {
                1 => "1 artist works".to_owned(),
                many => format!("{many} artists work"),
            }
        ),
    }
}

/// Rest, and what overtime costs and loses.
pub(super) fn rest(answer: &CrunchAnswer) -> String {
    let rest = match (answer.short_nights, answer.no_rest) {
        (0, 0) => {
            "Everybody has eleven hours of rest a night and a day of rest in each of these weeks."
                .to_owned()
        }
        (nights, weeks) => format!(
            "{} with less than eleven hours of rest after it, {} without a day of rest.",
            count(nights.into(), "day"),
            count(weeks.into(), "week")
        ),
    };
    let lost = match answer.lost_hours > 0.0 {
        true => {
            format!(", and {} hours of it do no work because the weeks are long", answer.lost_hours)
        }
        false => String::new(),
    };
    format!("{rest} Overtime costs {}{lost}.", answer.heading.money(answer.overtime_cost))
}
