//! What one more artist is worth, for a terminal.

use super::summary::{STYLE, paragraph, printable};
use super::words::{count, day, money_in};
use crate::result::{PriceList, PriceRow};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// Sentences above the table.
const SENTENCES: usize = 3;

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
    if list.prices.is_empty() && list.priced == 0 {
        let text = "Nobody is missing: in the weekly plan one more artist saves nothing in any \
                    department and week.";
        paragraph(&mut out, "", text, width);
        return out;
    }
    for row in list.prices.iter().take(SENTENCES) {
        paragraph(&mut out, "", &sentence(row, &money), width);
    }
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header([
            "Department",
            "From",
            "To",
            "One more saves",
            "One less costs",
            "An artist costs",
        ]);
    let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    for row in &list.prices {
        table.add_row([
            Cell::new(printable(&row.department)),
            Cell::new(day(row.from)),
            Cell::new(day(row.to)),
            right(money(row.one_more)),
            right(row.one_less.map_or_else(|| "–".to_owned(), money)),
            right(money(row.artist_week)),
        ]);
    }
    out.push('\n');
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let more = list.priced.saturating_sub(list.prices.len() as u64);
    if more > 0 {
        let text = format!(
            "and {} that were not solved again (--most N solves more)",
            count(more, "price")
        );
        paragraph(&mut out, "", &text, width);
    }
    out.push('\n');
    let text = "All amounts are for one week. Each price was found by solving the weekly plan again \
                with one artist more and one less; it counts lateness at its price and pay that is \
                saved. The weekly plan sees departments and due dates, not single tasks: it is an \
                estimate.";
    paragraph(&mut out, "", text, width);
    out
}

fn sentence(row: &PriceRow, money: &dyn Fn(i64) -> String) -> String {
    let worth = match row.one_less {
        Some(loss) if money(loss) != money(row.one_more) => {
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
        "One more {} artist from {} to {} is worth {worth} a week; one costs {}: {advice}.",
        printable(&row.department),
        day(row.from),
        day(row.to),
        money(row.artist_week)
    )
}
