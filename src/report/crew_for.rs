//! What makes a date, for a terminal.

use super::levers::{bill, purchases, table, title};
use super::summary::{paragraph, printable};
use super::words::{count, day, day_or_dash, whole_mix};
use crate::result::{
    CrewForAnswer, FullPoolRow, Heading, LimitRow, PaceRow, RaisedRow, ShortRow, TryRow,
};

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn crew_for(answer: &CrewForAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    let name = printable(&answer.milestone);
    title(&mut out, heading, &format!("{name} by {}", day(answer.by)), width);
    let planned = match answer.planned {
        Some(date) => format!("The plan as it is finishes {name} on {}.", day(date)),
        None => format!("The plan as it is does not finish {name}: some work has no place."),
    };
    paragraph(&mut out, "", &planned, width);
    let none = no_way(answer);
    let text = match (answer.makes_it, answer.date) {
        (true, Some(date)) if answer.purchases.is_empty() && answer.tries.is_empty() => {
            format!("That is in time: nothing has to be bought for {}.", day(date))
        }
        (true, Some(date)) if answer.purchases.is_empty() => format!(
            "With the date before all else the people there are finish it on {}. It costs {}.",
            day(date),
            bill(heading, &answer.cost)
        ),
        (true, Some(date)) => format!(
            "With these purchases it is finished on {}. They cost {}.",
            day(date),
            bill(heading, &answer.cost)
        ),
        (_, Some(_)) if answer.date == answer.planned => {
            format!("{none} to make it, nor to finish any earlier than the plan as it is.")
        }
        (_, Some(date)) if answer.purchases.is_empty() => format!(
            "{none} to make it. With the date before all else the people there are finish it on {}, for {}.",
            day(date),
            bill(heading, &answer.cost)
        ),
        (_, Some(date)) => format!(
            "{none} to make it. The earliest found is {}, with what stands below, for {}.",
            day(date),
            bill(heading, &answer.cost)
        ),
        (_, None) => format!("{none} to finish it at all."),
    };
    paragraph(&mut out, "", &text, width);
    if let Some(earliest) = answer.earliest_possible
        && !answer.makes_it
    {
        let text = format!(
            "Whoever is hired, it cannot be done before {} unless more tasks are shared: its longest chain of work \
             takes until then.",
            day(earliest)
        );
        paragraph(&mut out, "", &text, width);
    }
    if !answer.short.is_empty() {
        let words = |row: &ShortRow| {
            let cap =
                row.crew_cap.map_or(String::new(), |cap| format!(", its crew capped at {cap}"));
            format!("{} {:.1} bid days{cap}", printable(&row.department), row.days)
        };
        let list: Vec<String> = answer.short.iter().map(words).collect();
        let text = format!(
            "With all that can be bought the weekly program still has no time for {}.",
            list.join("; ")
        );
        paragraph(&mut out, "", &text, width);
    }
    if !answer.full.is_empty() {
        paragraph(&mut out, "", &all_used(&answer.full), width);
    }
    if let Some(raised) = &answer.raised {
        paragraph(&mut out, "", &beyond(heading, raised), width);
    }
    if !answer.purchases.is_empty() {
        out.push('\n');
        purchases(&mut out, heading, &answer.purchases, width);
        if let Some(words) = mix(answer) {
            out.push('\n');
            paragraph(&mut out, "", &words, width);
        }
    }
    if !answer.tries.is_empty() {
        out.push('\n');
        paragraph(&mut out, "", "What was tried on the detailed plan:", width);
        let cells = answer.tries.iter().map(|row| {
            vec![
                day(row.asked),
                counting_on(row),
                bought(row),
                day_or_dash(row.planned),
                row.late.map_or_else(|| "–".to_owned(), late),
                heading.more(row.cost),
            ]
        });
        let names =
            ["Weekly plan for", "Counting on", "Buys", "Detailed plan ends", "Late", "Costs"];
        table(&mut out, &names, &[4, 5], cells, width);
        out.push('\n');
        let text = "The weekly program decides what to buy; each try was then planned task by task and \
                    checked. Costs are beyond the plan as it is.";
        paragraph(&mut out, "", text, width);
    }
    out
}

/// Pools of which there is no more: people who come would have no place there.
pub(super) fn all_used(rows: &[FullPoolRow]) -> String {
    let words = |row: &FullPoolRow| {
        format!("{} ({} to {})", printable(&row.pool), day(row.from), day(row.to))
    };
    let list: Vec<String> = rows.iter().map(words).collect();
    format!(
        "All there is is used of {}: more people would find no place there, so more of it is what helps.",
        list.join(", ")
    )
}

/// How far what is bought in whole numbers is known to be from the best mix; nothing where only work is shared.
pub(super) fn mix(answer: &CrewForAnswer) -> Option<String> {
    let is_whole = |kind: &str| matches!(kind, "hire" | "extend" | "move" | "outsource");
    answer.purchases.iter().any(|row| is_whole(&row.kind)).then(|| whole_mix(answer.gap))
}

/// Where hiring stops, and what would come of more.
pub(super) fn beyond(heading: &Heading, row: &RaisedRow) -> String {
    let limit = |row: &LimitRow| {
        let why = match row.crew_cap {
            Some(cap) => format!("its crew curve has room for {cap} at work"),
            None => "its terms of hire".to_owned(),
        };
        format!("{} at {} hired ({why})", printable(&row.department), row.heads)
    };
    let more = |row: &LimitRow| format!("{} {}", row.raised_by, printable(&row.department));
    let list = |of: &dyn Fn(&LimitRow) -> String| -> String {
        row.limits.iter().map(of).collect::<Vec<_>>().join(", ")
    };
    let planned = match (row.date, row.late) {
        (Some(date), Some(days)) if days > 0 => {
            format!("the plan ends on {}, {} late", day(date), late(days))
        }
        (Some(date), _) => format!("the plan ends on {}, in time", day(date)),
        _ => "some work still has no place in the plan".to_owned(),
    };
    format!(
        "Hiring stops at a limit: {}. With room for {} more, {:.1} bid days instead of {:.1} have no time in \
         the weekly program, and {planned}, for {}.",
        list(&limit),
        list(&more),
        row.short_without,
        row.short,
        heading.more(row.cost)
    )
}

fn late(days: i64) -> String {
    if days > 0 { count(days.unsigned_abs(), "day") } else { "in time".to_owned() }
}

/// Departments that a line names; how many more there are is said.
const NAMED: usize = 3;

/// Departments whose people have less time for their tasks than their calendars say, the worst first.
fn counting_on(row: &TryRow) -> String {
    if row.paced.is_empty() {
        return "all time".to_owned();
    }
    let mut worst: Vec<&PaceRow> = row.paced.iter().collect();
    worst.sort_by_key(|row| row.share);
    let words =
        |row: &&PaceRow| format!("{} {} %", printable(&row.department), (row.share + 50) / 100);
    let mut list: Vec<String> = worst.iter().take(NAMED).map(words).collect();
    if let Some(more @ 1..) = worst.len().checked_sub(NAMED) {
        list.push(format!("{more} more"));
    }
    list.join(", ")
}

fn bought(row: &TryRow) -> String {
    let parts = [
        (row.hires, "hire"),
        (row.moves, "move"),
        (row.extensions, "longer contract"),
        (row.sent_out, "task sent out"),
        (row.split, "task shared"),
    ];
    let mut words: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, one)| match *one {
            "task sent out" if *number > 1 => format!("{number} tasks sent out"),
            "task shared" if *number > 1 => format!("{number} tasks shared"),
            one => count(u64::from(*number), one),
        })
        .collect();
    if words.is_empty() {
        words.push("nothing".to_owned());
    }
    if row.trimmed {
        words.push("an earlier mix with one thing changed".to_owned());
    }
    words.join(", ")
}

/// What is said where no way makes the date; a search that was stopped may have missed one.
pub(super) fn no_way(answer: &CrewForAnswer) -> &'static str {
    match answer.heading.cut_short {
        true => "No way was found in the time there was",
        false => "No way was found",
    }
}
