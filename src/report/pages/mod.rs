//! Answers as pages: takes an answer, gives what stands on its page. One file an answer; calculates
//! nothing.

mod bid;
mod bids;
mod budget;
mod cash;
mod close;
mod compare;
mod conflicts;
mod cost_report;
mod crew;
mod crew_for;
mod crunch;
mod date_for;
mod earned_value;
mod ladder;
mod margin;
mod outsource;
mod prices;
mod risk;
mod scenario_cells;
mod sweep;
mod tradeoff;
mod vendors;
mod weekly;

use super::answer_page::{AnswerPage, Kind, Table, day_cell};
use super::levers::{STOPPED, what};
use super::words::{all_done, day};
use crate::result::*;
use serde_json::Value;

pub use close::page as closed;

/// An answer that can be read: on a terminal, and as a page.
pub trait Answer {
    /// In plain text, for a terminal `width` columns wide. Ends with a line end.
    fn text(&self, width: usize) -> String;

    /// As a page.
    fn page(&self) -> AnswerPage;
}

macro_rules! answers {
    ($($answer:ty => $room:ident),* $(,)?) => {$(
        impl Answer for $answer {
            fn text(&self, width: usize) -> String {
                super::$room(self, width)
            }

            fn page(&self) -> AnswerPage {
                $room::page(self)
            }
        }
    )*};
}

answers! {
    BidAnswer => bid,
    BidsAnswer => bids,
    BudgetAnswer => budget,
    CashAnswer => cash,
    CostReport => cost_report,
    EarnedAnswer => earned_value,
    MarginAnswer => margin,
    VendorsAnswer => vendors,
    CompareAnswer => compare,
    ConflictList => conflicts,
    CrewPlan => crew,
    CrewForAnswer => crew_for,
    CrunchAnswer => crunch,
    DateForAnswer => date_for,
    OutsourceAnswer => outsource,
    PriceList => prices,
    SweepAnswer => sweep,
    RiskAnswer => risk,
    TradeoffAnswer => tradeoff,
    WeeklyReport => weekly,
}

/// An empty page about a production.
fn page(heading: &Heading, title: &str) -> AnswerPage {
    let mut page =
        AnswerPage::new(title, &heading.production, &heading.currency, heading.currency_decimals);
    page.over = vec![format!("as of {}", day(heading.as_of)), heading.mode.clone()];
    if heading.cut_short {
        page.lead.push(STOPPED.to_owned());
    }
    page
}

/// What is bought.
fn purchases(rows: &[PurchaseRow]) -> Table {
    let mut table = Table::new(&[
        ("Buy", Kind::Text),
        ("From", Kind::Day),
        ("To", Kind::Day),
        ("Decide by", Kind::Day),
        ("Costs", Kind::Money),
    ]);
    for row in rows {
        table.row(vec![
            what(row).into(),
            day_cell(row.from),
            day_cell(row.to),
            day_cell(row.decide_by),
            row.cost.into(),
        ]);
    }
    table
}

/// What a bill is made of.
fn bill(row: &BillRow) -> Table {
    let mut table =
        Table::new(&[("Cost beyond the plan as it is", Kind::Text), ("Amount", Kind::More)]);
    for (name, amount) in [
        ("Estimated final cost", row.efc),
        ("Pay of new people and longer contracts that no task uses", row.unused),
        ("Starts of new people", row.starts),
        ("Supervision of vendors, and what is missing to their smallest orders", row.vendors),
        ("What incentives give of it", row.incentives.saturating_neg()),
        ("Altogether", row.total),
    ] {
        if amount != 0 || !name.starts_with("What incentives") {
            table.row(vec![name.into(), amount.into()]);
        }
    }
    table
}

/// Plans side by side by what becomes of the production, and of the work in question where there is any: `finish` is
/// the title of its last day.
fn effects<'a>(
    first: &str,
    finish: Option<&str>,
    rows: impl IntoIterator<Item = (String, &'a EffectRow)>,
) -> Table {
    let rows: Vec<(String, &EffectRow)> = rows.into_iter().collect();
    let base = rows.first().map_or(0, |(_, row)| row.efc);
    let mut columns = vec![(first, Kind::Text)];
    columns.extend(finish.map(|title| (title, Kind::Day)));
    columns.extend([
        ("All is done", Kind::Text),
        ("Left out", Kind::Number),
        ("Late milestones", Kind::Number),
        ("Days late", Kind::Number),
        ("Final cost", Kind::Money),
        ("More", Kind::More),
    ]);
    let is_given = rows.iter().any(|(_, row)| row.incentives != 0);
    if is_given {
        columns.push(("After incentives", Kind::Money));
    }
    let mut table = Table::new(&columns);
    for (name, row) in rows {
        let mut cells: Vec<Value> = vec![name.into()];
        cells.extend(finish.map(|_| day_cell(row.finish)));
        cells.extend([
            all_done(row).into(),
            row.unplaced.into(),
            row.milestones_late.into(),
            row.days_late.into(),
            row.efc.into(),
            (row.efc - base).into(),
        ]);
        if is_given {
            cells.push((row.efc - row.incentives).into());
        }
        table.row(cells);
    }
    table
}

/// A number, or nothing.
fn number(value: Option<impl Into<Value>>) -> Value {
    value.map_or(Value::Null, Into::into)
}
