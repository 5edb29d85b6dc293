//! What more of something is worth, for a terminal.

use super::summary::{STYLE, paragraph, printable};
use super::words::{count, day, money_in};
use crate::result::{MilestonePrice, PoolPrice, PriceList, PriceRow, UnitPrice};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// Sentences above the table.
const SENTENCES: usize = 3;

/// What an answer without a price for artists says, and what it cannot say.
pub(super) fn no_price(list: &PriceList) -> String {
    if list.priced > 0 {
        let more = if list.is_cut { "a higher limit" } else { "--most N" };
        return format!(
            "One more artist may be worth something: nothing was solved again for up to {} ({more} solves more).",
            count(list.priced, "price")
        );
    }
    let coarse = match list.together {
        0 | 1 => {
            "It sees departments and weeks, not single tasks, and counts on overtime.".to_owned()
        }
        many => format!(
            "It sees departments and weeks, the work of up to {many} shots or assets together, and counts \
             on overtime."
        ),
    };
    format!(
        "In the weekly plan nobody is missing: one more artist saves nothing in any department and week. \
         {coarse} Where the plan task by task asks for more people than there are, `crew` says; what some \
         more bring, `date-for --crew` does."
    )
}

/// The prices in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn prices(list: &PriceList, width: usize) -> String {
    let width = width.max(60);
    let money = |amount: i64| money_in(amount, &list.currency, list.currency_decimals);
    let mut out = String::new();
    let title = format!(
        "{} · what one more artist is worth, as of {} · {}",
        printable(&list.production),
        day(list.as_of),
        printable(&list.mode)
    );
    paragraph(&mut out, "", &title, width);
    out.push('\n');
    let others = !list.vendor_days.is_empty()
        || !list.overtime_hours.is_empty()
        || !list.milestone_days.is_empty()
        || !list.pools.is_empty();
    if list.prices.is_empty() {
        paragraph(&mut out, "", &no_price(list), width);
    } else {
        artists(&mut out, list, &money, width);
    }
    units(&mut out, "A day more of a vendor", &list.vendor_days, &money, width);
    units(
        &mut out,
        "An hour of overtime above the cap, beyond its pay",
        &list.overtime_hours,
        &money,
        width,
    );
    pools(&mut out, &list.pools, &money, width);
    milestones(&mut out, &list.milestone_days, &money, width);
    if list.is_cut {
        out.push('\n');
        let text = format!(
            "Stopped at the limit after {} programs: there may be more prices, and dearer ones of the later kinds.",
            list.steps
        );
        paragraph(&mut out, "", &text, width);
    }
    if others || !list.prices.is_empty() {
        out.push('\n');
        let text = "Amounts for artists are for one week. Each price was found by solving the weekly \
                    plan again with one more and one less: where both are the same it holds between \
                    them, else it is a range. It counts lateness at its price and pay that is saved. \
                    The weekly plan sees departments and due dates, not single tasks: it is an \
                    estimate.";
        paragraph(&mut out, "", text, width);
    }
    out
}

type Money<'a> = &'a dyn Fn(i64) -> String;

fn artists(out: &mut String, list: &PriceList, money: Money, width: usize) {
    for row in list.prices.iter().take(SENTENCES) {
        paragraph(out, "", &sentence(row, money), width);
    }
    let mut table = table(
        width,
        &["Department", "From", "To", "One more saves", "One less costs", "An artist costs"],
    );
    for row in &list.prices {
        table.add_row([
            Cell::new(format!("{}{}", printable(&row.department), of_whom(row))),
            Cell::new(day(row.from)),
            Cell::new(day(row.to)),
            right(money(row.one_more)),
            right(row.one_less.map_or_else(|| "–".to_owned(), money)),
            right(money(row.artist_week)),
        ]);
    }
    print(out, &table);
    let more = list.priced.saturating_sub(list.prices.len() as u64);
    if more > 0 {
        let text = format!("and up to {} that were not solved again (--most N solves more)", more);
        paragraph(out, "", &text, width);
    }
}

fn units(out: &mut String, title: &str, rows: &[UnitPrice], money: Money, width: usize) {
    if rows.is_empty() {
        return;
    }
    out.push('\n');
    paragraph(out, "", &format!("{title}:"), width);
    let costs = rows.iter().any(|row| row.unit_cost.is_some());
    let mut titles = vec!["Department", "From", "To", "One more saves", "One less costs"];
    if costs {
        titles.push("It costs");
    }
    let mut table = table(width, &titles);
    for row in rows {
        let mut cells = vec![
            Cell::new(printable(&row.department)),
            Cell::new(day(row.from)),
            Cell::new(day(row.to)),
            right(money(row.one_more)),
            right(row.one_less.map_or_else(|| "–".to_owned(), money)),
        ];
        if costs {
            let vendor = row.vendor.as_ref().map_or_else(String::new, |name| printable(name));
            let cost = row.unit_cost.map_or_else(|| "–".to_owned(), money);
            cells.push(right(format!("{cost} {vendor}")));
        }
        table.add_row(cells);
    }
    print(out, &table);
}

fn pools(out: &mut String, rows: &[PoolPrice], money: Money, width: usize) {
    if rows.is_empty() {
        return;
    }
    out.push('\n');
    let text = "One more of a pool, for a week (a core of a farm renders all hours of the day):";
    paragraph(out, "", text, width);
    let titles = ["Pool", "From", "To", "One more saves", "One less costs", "A week of one more"];
    let mut table = table(width, &titles);
    for row in rows {
        table.add_row([
            Cell::new(format!("{}, a {}", printable(&row.name), row.unit)),
            Cell::new(day(row.from)),
            Cell::new(day(row.to)),
            right(money(row.one_more)),
            right(row.one_less.map_or_else(|| "–".to_owned(), money)),
            right(row.rent.map_or_else(|| "–".to_owned(), money)),
        ]);
    }
    print(out, &table);
}

fn milestones(out: &mut String, rows: &[MilestonePrice], money: Money, width: usize) {
    if rows.is_empty() {
        return;
    }
    out.push('\n');
    paragraph(out, "", "A working day on a milestone:", width);
    let mut table = table(width, &["Milestone", "Due", "A day later saves", "A day earlier costs"]);
    for row in rows {
        table.add_row([
            Cell::new(printable(&row.name)),
            Cell::new(day(row.due)),
            right(money(row.later)),
            right(money(row.earlier)),
        ]);
    }
    print(out, &table);
}

fn table(width: usize, titles: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(titles.iter());
    table
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn print(out: &mut String, table: &Table) {
    out.push('\n');
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// Which of the department's people, in words that follow it: " for north at london"; nothing where all will do.
pub(super) fn of_whom(row: &PriceRow) -> String {
    let word = |word: &str, name: &Option<String>| {
        name.as_ref().map(|name| format!(" {word} {}", printable(name))).unwrap_or_default()
    };
    word("for", &row.show) + &word("with", &row.speciality) + &word("at", &row.site)
}

fn sentence(row: &PriceRow, money: Money) -> String {
    let worth = match row.one_less {
        Some(loss) if !row.holds && money(loss) != money(row.one_more) => {
            format!("between {} and {}", money(row.one_more), money(loss))
        }
        _ => money(row.one_more),
    };
    let advice = if row.one_more >= row.artist_week {
        "hire"
    } else if row.dual > row.artist_week {
        "part of the time is worth it"
    } else {
        "not worth it"
    };
    format!(
        "One more {} artist{} from {} to {} is worth {worth} a week; one costs {}: {advice}.",
        printable(&row.department),
        of_whom(row),
        day(row.from),
        day(row.to),
        money(row.artist_week)
    )
}
