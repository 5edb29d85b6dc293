//! What answers about buying time have in common on a terminal.

use super::summary::{STYLE, paragraph, printable};
use super::words::{band_of, count, day, day_or_dash, money_in};
use crate::result::{BillRow, EffectRow, Heading, PurchaseRow};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// Rows of purchases; JSON has them all.
const MOST_ROWS: usize = 20;

/// What whoever stopped a question has to know.
pub(super) const STOPPED: &str = "Stopped on the way: this is what was found until then.";

impl Heading {
    /// An amount in words.
    pub(super) fn money(&self, amount: i64) -> String {
        money_in(amount, &self.currency, self.currency_decimals)
    }

    /// An amount with its sign: what is saved has a minus.
    pub(super) fn more(&self, amount: i64) -> String {
        if amount > 0 { format!("+{}", self.money(amount)) } else { self.money(amount) }
    }
}

/// The first line.
pub(super) fn title(out: &mut String, heading: &Heading, what: &str, width: usize) {
    let title = format!(
        "{} · {what}, as of {} · {}",
        printable(&heading.production),
        day(heading.as_of),
        printable(&heading.mode)
    );
    paragraph(out, "", &title, width);
    if heading.cut_short {
        paragraph(out, "", STOPPED, width);
    }
    out.push('\n');
}

/// A table with a heading and rows; the cells of `right` columns stand to the right.
pub(super) fn table(
    out: &mut String,
    heading: &[&str],
    right: &[usize],
    rows: impl Iterator<Item = Vec<String>>,
    width: usize,
) {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(heading.iter().copied());
    for row in rows {
        table.add_row(row.into_iter().enumerate().map(|(at, text)| {
            let cell = Cell::new(text);
            if right.contains(&at) { cell.set_alignment(CellAlignment::Right) } else { cell }
        }));
    }
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// "hire 2 CMP artists".
pub(super) fn what(row: &PurchaseRow) -> String {
    let department = printable(&row.department);
    let who = row.who.as_deref().map(printable).unwrap_or_default();
    match row.kind.as_str() {
        "hire" => {
            let on = if who.is_empty() { String::new() } else { format!(" on {who}") };
            format!("hire {}{on}", count(row.count.into(), &format!("{department} artist")))
        }
        "move" => {
            let place = row.place.as_deref().map(printable).unwrap_or_default();
            format!("move {who} ({department}) to {place}")
        }
        "extend" => format!("prolong {who} ({department})"),
        "outsource" => format!("send {} of {department} to {who}", count(row.count.into(), "task")),
        "split" => format!(
            "share {} of {department}, two artists on each",
            count(row.count.into(), "task")
        ),
        "rent" => format!("rent {who}, up to {} beyond what there is", row.count),
        _ => format!("{department} overtime"),
    }
}

/// What is bought.
pub(super) fn purchases(out: &mut String, heading: &Heading, rows: &[PurchaseRow], width: usize) {
    if rows.is_empty() {
        paragraph(out, "", "Nothing has to be bought.", width);
        return;
    }
    let cells = rows.iter().take(MOST_ROWS).map(|row| {
        vec![
            what(row),
            day_or_dash(row.from),
            day_or_dash(row.to),
            day_or_dash(row.decide_by),
            price(heading, row),
        ]
    });
    table(out, &["Buy", "From", "To", "Decide by", "Costs"], &[4], cells, width);
    if rows.len() > MOST_ROWS {
        let more = rows.len() - MOST_ROWS;
        paragraph(out, "", &format!("and {more} more (--format json has all)"), width);
    }
}

/// Of a person's contract the band of a day, where pay is not told.
fn price(heading: &Heading, row: &PurchaseRow) -> String {
    match (row.cost, row.day_band) {
        (Some(cost), _) => heading.money(cost),
        (None, Some(band)) => format!("({} a day)", band_of(band, heading.currency_decimals)),
        (None, None) => "–".to_owned(),
    }
}

/// "After incentives: in house £90,000, house £80,000"; nothing where there are none.
pub(super) fn after_incentives(
    out: &mut String,
    heading: &Heading,
    rows: &[(String, &EffectRow)],
    width: usize,
) {
    if rows.iter().all(|(_, row)| row.incentives == 0) {
        return;
    }
    let net = |(who, row): &(String, &EffectRow)| {
        format!("{who} {}", heading.money(row.efc.saturating_sub(row.incentives)))
    };
    let list: Vec<String> = rows.iter().map(net).collect();
    paragraph(out, "", &format!("Final cost after incentives: {}.", list.join(", ")), width);
}

/// "+£12,000: final cost +£10,000, pay without work £1,500 …".
pub(super) fn bill(heading: &Heading, bill: &BillRow) -> String {
    let mut parts = vec![format!("final cost {}", heading.more(bill.efc))];
    for (amount, text) in [
        (bill.unused, "pay that no task uses"),
        (bill.starts, "starts of new people"),
        (bill.vendors, "supervision and smallest orders"),
    ] {
        if amount != 0 {
            parts.push(format!("{text} {}", heading.money(amount)));
        }
    }
    if bill.incentives != 0 {
        parts.push(format!("incentives {}", heading.more(-bill.incentives)));
    }
    format!("{} ({})", heading.more(bill.total), parts.join(", "))
}
