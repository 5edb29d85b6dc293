//! What one figure is made of, for a terminal.

use super::cost_report::{keep_whole, lines, right, table};
use super::summary::{paragraph, printable};
use super::words::{band_of, count, money_in};
use crate::result::{Unit, Why, WhyRow};
use comfy_table::Cell;
use jiff::civil::Date;
use std::collections::HashMap;

/// Lines behind a figure that are shown; CSV and JSON have them all.
const MOST_LINES: usize = 40;

/// What a figure is made of, in plain text. Ends with a line end.
pub fn why(why: &Why, width: usize) -> String {
    let width = width.max(60);
    let money = |amount: i64| money_in(amount, &why.currency, why.currency_decimals);
    let told = |amount: i64| match why.unit {
        Unit::Money => money(amount),
        Unit::Minutes => hours(amount),
    };
    let mut out = String::new();
    let row = if why.row.is_empty() { "none" } else { &why.row };
    let name = if why.name.is_empty() || why.name == why.row {
        String::new()
    } else {
        format!(" ({})", printable(&why.name))
    };
    let title = format!(
        "{} · {} · {}{name} · {} {}",
        printable(&why.production),
        why.answer,
        printable(row),
        why.column.replace('_', " "),
        told(why.figure)
    );
    paragraph(&mut out, "", &title, width);
    out.push('\n');
    if why.lines.is_empty() {
        paragraph(&mut out, "", "Nothing is behind it.", width);
        return out;
    }
    let shown = by_person(&why.lines, MOST_LINES);
    let is_grouped = shown.len() < why.lines.len();
    let columns = columns(why, &shown, width);
    let mut grid = table(width);
    grid.set_header(columns.iter().map(|column| column.name));
    for line in shown.iter().take(MOST_LINES) {
        grid.add_row(columns.iter().map(|column| {
            let text = (column.tell)(line, why);
            if column.is_number { right(text) } else { Cell::new(printable(&text)) }
        }));
    }
    let sum = |lines: &[WhyRow]| {
        lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.adds(why.unit)))
    };
    let of_sums = if why.unit == Unit::Money { "Amount" } else { "Time" };
    let mut sums = |name: &str, amount: i64| {
        grid.add_row(columns.iter().enumerate().map(|(at, column)| match column.name {
            _ if at == 0 => Cell::new(name),
            name if name == of_sums => right(told(amount)),
            _ => Cell::new(""),
        }));
    };
    let more = shown.len().saturating_sub(MOST_LINES);
    if more > 0 {
        sums(&count(more as u64, "more line"), sum(&shown[MOST_LINES..]));
    }
    sums("total", sum(&why.lines));
    for (at, column) in columns.iter().enumerate() {
        if !matches!(column.name, "What" | "Who") {
            keep_whole(&mut grid, at..at + 1);
        }
    }
    lines(&mut out, &grid);
    if why.lines.iter().any(|line| line.band.is_some()) {
        out.push('\n');
        let text = "Of people stands the band of what a day of theirs costs; their pay is in the lines of \
                    people together. --with-rates tells it.";
        paragraph(&mut out, "", text, width);
    }
    if is_grouped || more > 0 {
        out.push('\n');
        let text = match is_grouped {
            true => {
                "Tasks of one person stand together; --format csv and --format json list them one by one."
            }
            false => "--format csv and --format json list them all.",
        };
        paragraph(&mut out, "", text, width);
    }
    out
}

/// A column of the table.
struct Column {
    name: &'static str,
    is_number: bool,
    tell: fn(&WhyRow, &Why) -> String,
}

/// From this width on there is room for accounts beside tasks.
const WIDE: usize = 120;

/// The columns in which there is something to tell.
fn columns(why: &Why, shown: &[WhyRow], width: usize) -> Vec<Column> {
    let text = |name, tell| Column { name, is_number: false, tell };
    let number = |name, tell| Column { name, is_number: true, tell };
    let any = |tell: fn(&WhyRow) -> bool| shown.iter().any(tell);
    let is_about_accounts = any(|line| matches!(&*line.kind, "account" | "budget"));
    let mut columns = vec![text("", |line, _| line.kind.clone())];
    if any(|line| !line.state.is_empty()) {
        columns.push(text("State", |line, _| line.state.clone()));
    }
    if any(|line| !line.account.is_empty()) && (width >= WIDE || is_about_accounts) {
        columns.push(text("Account", |line, _| line.account.clone()));
    }
    columns.push(text("What", |line, _| what(line)));
    if any(|line| !line.who.is_empty()) {
        columns.push(text("Who", |line, _| line.who.clone()));
    }
    if any(|line| line.from.is_some()) {
        columns.push(text("When", |line, _| {
            line.from.zip(line.to).map_or_else(String::new, |(from, to)| days(from, to))
        }));
    }
    if any(|line| line.minutes != 0) {
        columns.push(number("Time", |line, _| match line.minutes {
            0 => String::new(),
            minutes => hours(minutes),
        }));
    }
    if why.unit == Unit::Money {
        columns.push(number("Amount", |line, why| match (line.amount, line.band) {
            (Some(amount), _) => money_in(amount, &why.currency, why.currency_decimals),
            (None, Some(band)) => format!("({} a day)", band_of(band, why.currency_decimals)),
            (None, None) => "–".to_owned(),
        }));
    }
    columns
}

/// "2027-02-01", "2027-02-01 – 02-22".
fn days(from: Date, to: Date) -> String {
    if from == to {
        from.to_string()
    } else if from.year() == to.year() {
        format!("{from} – {}", to.strftime("%m-%d"))
    } else {
        format!("{from} – {to}")
    }
}

/// What a line is about: its order, task, payment step, change order, else where it was read.
pub(super) fn what(line: &WhyRow) -> String {
    let order = line.order.as_ref().map(|order| format!("order {order}"));
    let mut parts: Vec<String> = Vec::new();
    parts.extend(Some(line.task.clone()).filter(|task| !task.is_empty()));
    // Payment steps name their order.
    parts.extend(order.filter(|_| line.kind != "payment" || line.what.is_empty()));
    parts.extend(Some(line.what.clone()).filter(|what| !what.is_empty()));
    if parts.is_empty() {
        parts.extend(line.source.clone());
    }
    parts.join(", ")
}

/// The lines; where there are more than `most`, the tasks of one person are one line. Sums stay.
pub(super) fn by_person(lines: &[WhyRow], most: usize) -> Vec<WhyRow> {
    if lines.len() <= most {
        return lines.to_vec();
    }
    let mut rows: Vec<(WhyRow, usize)> = Vec::new();
    let mut places: HashMap<(&str, &str, &str, &str, &str, bool), usize> = HashMap::new();
    for line in lines {
        let is_work = matches!(&*line.kind, "labour" | "overtime") && !line.task.is_empty();
        if !is_work {
            rows.push((line.clone(), 1));
            continue;
        }
        let key = (
            &*line.who,
            &*line.kind,
            &*line.state,
            &*line.account,
            &*line.what,
            line.amount.is_some(),
        );
        match places.get(&key) {
            Some(&place) => {
                let (known, tasks) = &mut rows[place];
                *tasks += 1;
                known.add(line);
            }
            None => {
                places.insert(key, rows.len());
                rows.push((line.clone(), 1));
            }
        }
    }
    let named = |(mut line, tasks): (WhyRow, usize)| {
        if tasks > 1 {
            line.task = count(tasks as u64, "task");
        }
        line
    };
    let mut rows: Vec<WhyRow> = rows.into_iter().map(named).collect();
    rows.sort_by_key(|line| {
        let amount = line.amount.map(i64::unsigned_abs);
        std::cmp::Reverse((amount.is_some(), amount.unwrap_or_default(), line.minutes))
    });
    rows
}

/// Artist time in hours, which need no length of a day.
fn hours(minutes: i64) -> String {
    format!("{:.1} h", minutes as f64 / 60.0)
}
