//! What more of something is worth.

use super::{day_cell, number};
use crate::report::answer_page::*;
use crate::report::prices::{no_price, of_whom};
use crate::report::words::{day, money_in};
use crate::result::{PriceList, UnitPrice};

const RULE: &str = "Each price was found by solving the weekly plan again with one more and one less: where both \
                    agree it holds between them, else it is a range. It counts lateness at its price and pay \
                    that is saved. The weekly plan sees departments and due dates, not single tasks: it is an \
                    estimate.";

/// Prices of artists, vendor days, overtime and milestone days.
pub fn page(list: &PriceList) -> AnswerPage {
    let title = "What one more artist is worth";
    let mut page = AnswerPage::new(title, &list.production, &list.currency, list.currency_decimals);
    page.over = vec![format!("as of {}", day(list.as_of)), list.mode.clone()];
    let money = |amount| money_in(amount, &list.currency, list.currency_decimals);
    if list.is_cut {
        page.lead.push(format!(
            "Stopped at the limit after {} programs: there may be more prices, and dearer ones of the later kinds.",
            list.steps
        ));
    }
    match list.prices.first() {
        None => page.lead.push(no_price(list)),
        Some(row) => {
            let pays = row.one_more >= row.artist_week;
            let lines = vec![
                format!("a week, from {} to {}", day(row.from), day(row.to)),
                format!(
                    "one costs {} a week: {}",
                    money(row.artist_week),
                    if pays { "hire" } else { "not worth it for all of that time" }
                ),
            ];
            let name = format!("One more {} artist{} saves", row.department, of_whom(row));
            let tone = if pays { Tone::Fair } else { Tone::Plain };
            page.tile(&name, money(row.one_more), tone, lines);
        }
    }
    let mut artists = Table::new(&[
        ("Department", Kind::Text),
        ("From", Kind::Day),
        ("To", Kind::Day),
        ("One more saves", Kind::Money),
        ("One less costs", Kind::Money),
        ("An artist costs", Kind::Money),
        ("", Kind::Text),
    ]);
    for row in &list.prices {
        let (text, tone) = match row.one_more >= row.artist_week {
            true => ("hire", Tone::Good),
            false if row.dual > row.artist_week => ("part of the time is worth it", Tone::Plain),
            false => ("not worth it", Tone::Plain),
        };
        let cells = vec![
            format!("{}{}", row.department, of_whom(row)).into(),
            day_cell(row.from),
            day_cell(row.to),
            row.one_more.into(),
            number(row.one_less),
            row.artist_week.into(),
            text.into(),
        ];
        artists.toned(cells, tone);
    }
    let mut blocks = vec![Block::Table(artists)];
    if let Some(more @ 1..) = list.priced.checked_sub(list.prices.len() as u64) {
        let text = format!("Up to {more} more were not solved again (--most N solves more).");
        blocks.push(Block::text(text));
    }
    page.section("An artist for a week", RULE, blocks);
    let lead = "Beyond what it costs where that is known.";
    page.section("A day more of a vendor", lead, vec![units(&list.vendor_days)]);
    page.section(
        "An hour of overtime above the cap",
        "Beyond its pay.",
        vec![units(&list.overtime_hours)],
    );
    if !list.pools.is_empty() {
        let mut pools = Table::new(&[
            ("Pool", Kind::Text),
            ("From", Kind::Day),
            ("To", Kind::Day),
            ("One more saves", Kind::Money),
            ("One less costs", Kind::Money),
            ("A week of one more", Kind::Money),
        ]);
        for row in &list.pools {
            let cells = vec![
                format!("{}, a {}", row.name, row.unit).into(),
                day_cell(row.from),
                day_cell(row.to),
                row.one_more.into(),
                number(row.one_less),
                number(row.rent),
            ];
            let pays = row.rent.is_some_and(|rent| row.one_more >= rent);
            pools.toned(cells, if pays { Tone::Good } else { Tone::Plain });
        }
        let lead = "Licences, desks, and cores of a farm for all hours of the day. What one more costs where it can be had beyond the pool.";
        page.section("One more of a pool for a week", lead, vec![Block::Table(pools)]);
    }
    let mut milestones = Table::new(&[
        ("Milestone", Kind::Text),
        ("Due", Kind::Day),
        ("A day later saves", Kind::Money),
        ("A day earlier costs", Kind::Money),
    ]);
    for row in &list.milestone_days {
        milestones.row(vec![
            row.name.clone().into(),
            day_cell(row.due),
            row.later.into(),
            row.earlier.into(),
        ]);
    }
    page.section("A working day on a milestone", "", vec![Block::Table(milestones)]);
    page
}

fn units(rows: &[UnitPrice]) -> Block {
    let mut table = Table::new(&[
        ("Department", Kind::Text),
        ("From", Kind::Day),
        ("To", Kind::Day),
        ("One more saves", Kind::Money),
        ("One less costs", Kind::Money),
        ("It costs", Kind::Money),
        ("Bought from", Kind::Text),
    ]);
    for row in rows {
        table.row(vec![
            row.department.clone().into(),
            day_cell(row.from),
            day_cell(row.to),
            row.one_more.into(),
            number(row.one_less),
            number(row.unit_cost),
            number(row.vendor.clone()),
        ]);
    }
    Block::Table(table)
}
