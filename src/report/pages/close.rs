//! A closed period.

use super::cost_report::field;
use crate::report::answer_page::*;
use crate::report::movement::drivers;
use crate::report::words::{day, money_in};
use crate::result::{Movement, PartRow, Snapshot};

/// The cost report as it was frozen, and why the final cost is another one than in an earlier period.
pub fn page(closed: &Snapshot, movement: Option<&Movement>) -> AnswerPage {
    let title = format!("Period {} is closed", closed.period);
    let mut page =
        AnswerPage::new(&title, &closed.production, &closed.currency, closed.currency_decimals);
    page.over = vec![format!("as of {}", day(closed.as_of))];
    let money = |amount: i64| money_in(amount, &closed.currency, closed.currency_decimals);
    let total = &closed.total;
    let to_date = total.actual.saturating_add(total.accrued);
    let lines = vec![format!("{} to date", money(to_date))];
    page.tile("Estimated final cost", money(total.efc), Tone::Plain, lines);
    page.tile_asked("total:efc");
    if let (Some(budget), Some(variance)) = (total.current_budget, total.variance) {
        let side = if variance < 0 { "Over the budget" } else { "Under the budget" };
        let tone = if variance < 0 { Tone::Bad } else { Tone::Good };
        let lines = vec![format!("of {}", money(budget))];
        page.tile(side, money(variance.saturating_abs()), tone, lines);
        page.tile_asked(if variance < 0 { "total:over" } else { "total:variance" });
    }
    if let Some(movement) = movement {
        moved(&mut page, movement, &money);
    }
    type Column = (&'static str, &'static str, fn(&PartRow) -> Option<i64>);
    let columns: [Column; 7] = [
        ("Budget", "Budget", |row| row.current_budget),
        ("Actual", "Actual", |row| Some(row.actual)),
        ("Accrued", "Accrued", |row| Some(row.accrued)),
        ("Committed", "Committed", |row| Some(row.committed)),
        ("Estimate to complete", "ETC", |row| Some(row.etc)),
        ("Final cost", "EFC", |row| Some(row.efc)),
        ("Variance", "Variance", |row| row.variance),
    ];
    let names = [("Account", Kind::Text), ("", Kind::Text)].into_iter();
    let amounts = columns
        .iter()
        .map(|(name, ..)| (*name, if *name == "Variance" { Kind::More } else { Kind::Money }));
    let mut table = Table::new(&names.chain(amounts).collect::<Vec<_>>());
    table.opens = ["", ""].into_iter().chain(columns.iter().map(|row| field(row.1))).collect();
    table.shown = 60;
    table.sums = 1;
    table.folds_empty = true;
    for row in closed.rows.iter().chain([total]) {
        let is_total = std::ptr::eq(row, total);
        let id = if is_total { "total" } else { &*row.id };
        let mut cells = vec![id.into(), row.description.clone().into()];
        cells.extend(columns.iter().map(|(_, _, value)| super::number(value(row))));
        let is_over = row.variance.is_some_and(|variance| variance < 0);
        table.toned(cells, if is_over { Tone::Bad } else { Tone::Plain });
        table.asked(id);
    }
    let lead = "The cost report as it stood; the snapshot keeps it and will not change any more.";
    page.section("Cost", lead, vec![Block::Table(table)]);
    page
}

/// Why the final cost moved since an earlier period.
fn moved(page: &mut AnswerPage, movement: &Movement, money: &dyn Fn(i64) -> String) {
    let total = &movement.total;
    let (name, tone) = match total.movement {
        0 => ("As in the earlier period", Tone::Plain),
        1.. => ("More than in the earlier period", Tone::Fair),
        _ => ("Less than in the earlier period", Tone::Good),
    };
    let lines =
        vec![format!("{} in {} ({})", money(total.before), movement.from.0, day(movement.from.1))];
    page.tile(name, money(total.movement.saturating_abs()), tone, lines);
    page.tile_asked("moved total");
    let of_rows = drivers(movement);
    let names = [("Account", Kind::Text), ("Before", Kind::Money), ("Now", Kind::Money)];
    let drivers = of_rows.iter().map(|(name, _)| (*name, Kind::More));
    let columns: Vec<_> =
        names.into_iter().chain([("Movement", Kind::More)]).chain(drivers).collect();
    let mut table = Table::new(&columns);
    table.shown = 40;
    table.sums = 1;
    let fields = of_rows.iter().map(|(name, _)| driver(name));
    table.opens = ["", "before", "after", "movement"].into_iter().chain(fields).collect();
    for row in movement.rows.iter().chain([total]) {
        let id = if std::ptr::eq(row, total) { "total" } else { &*row.account };
        let mut cells = vec![id.into(), row.before.into(), row.after.into(), row.movement.into()];
        cells.extend(of_rows.iter().map(|(_, value)| value(row).into()));
        table.row(cells);
        table.asked(format!("moved {id}"));
    }
    let lead = format!(
        "From {} to {}; the columns after the movement add to it. {}",
        movement.from.0,
        movement.to.0,
        crate::report::movement::HOW
    );
    page.section("Why it moved", &lead, vec![Block::Table(table)]);
}

/// How the figures of a driver are asked for.
fn driver(column: &str) -> &'static str {
    match column {
        "Booked" => "booked",
        "Time" => "time",
        "Rates" => "rates",
        "Overtime" => "overtime",
        "Beside tasks" => "beside_tasks",
        "Orders" => "orders",
        "Vendors" => "vendors",
        "Technology" => "technology",
        _ => "",
    }
}
