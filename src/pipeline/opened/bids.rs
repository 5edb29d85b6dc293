//! What bids against actuals are made of: the finished tasks of a department, class and level.

use super::{Maker, keeps_lines};
use crate::result::{Document, Opened, Unit, WhyRow};

/// The figures of `bids`, in minutes; none where the result was saved without what they are made of.
pub fn bids(document: &Document) -> Option<Opened> {
    let desk = keeps_lines(document)?;
    let mut maker = Maker::new("bids", document);
    for row in &desk.bids {
        maker.row(&row.asked(), &format!("{}, finished tasks", row.asked()));
        let lines = |value: fn(&(String, i64, i64)) -> i64| -> Vec<WhyRow> {
            let line = |task: &(String, i64, i64)| WhyRow {
                task: task.0.clone(),
                what: format!("{} % of its bid", ratio(task)),
                minutes: value(task),
                amount: None,
                ..WhyRow::new("task", None, 0)
            };
            row.of.iter().map(line).collect()
        };
        let logged = maker.run(lines(|task| task.2), Unit::Minutes, row.logged_minutes);
        maker.sum("logged", Unit::Minutes, row.logged_minutes, vec![logged]);
        let bid = maker.run(lines(|task| task.1), Unit::Minutes, row.bid_minutes);
        maker.sum("bid", Unit::Minutes, row.bid_minutes, vec![bid]);
    }
    Some(maker.done())
}

/// Logged in per cent of the bid, rounded.
fn ratio((_, bid, logged): &(String, i64, i64)) -> i64 {
    let whole = i128::from(*bid).max(1);
    crate::model::round_half_even(i128::from(*logged) * 100, whole)
}
