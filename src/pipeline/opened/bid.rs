//! What the price of new shots is made of: the work of each department, overhead, margin; and what the shots do to
//! the final cost, account by account.

use super::Maker;
use crate::model::{Cents, DepartmentId, Production};
use crate::result::{BidAnswer, Opened, OpenedPart, Unit, WhyRow};

/// Work of a department on a shot, by the row of the shot: minutes at the bid standard, and cost.
pub struct BidWork {
    /// Row of the shot.
    pub shot: usize,
    /// Department.
    pub department: DepartmentId,
    /// Minutes at the bid standard.
    pub minutes: i64,
    /// Cost of its artists.
    pub cost: Cents,
}

/// The figures of `bid`; `accounts` are codes, descriptions and the final cost without and with the shots.
pub fn bid(
    answer: &BidAnswer,
    production: &Production,
    work: &[BidWork],
    accounts: &[(String, String, [i64; 2])],
) -> Opened {
    let mut maker = Maker::of("bid", &answer.heading);
    let line = |row: &BidWork, what: &str| WhyRow {
        what: what.to_owned(),
        who: production.departments[row.department].code.clone(),
        minutes: row.minutes,
        ..WhyRow::new("task", None, row.cost.0)
    };
    let more =
        |kind: &str, what: String, amount: i64| WhyRow { what, ..WhyRow::new(kind, None, amount) };
    let share = |basis_points: i64| format!("{}.{:02} %", basis_points / 100, basis_points % 100);
    let overhead = format!("overhead, {} of the artists' cost", share(answer.overhead));
    let margin = format!("margin, {} of the price", share(answer.margin));
    let (mut floors, mut prices): (Vec<OpenedPart>, Vec<OpenedPart>) = Default::default();
    for (at, shot) in answer.shots.iter().enumerate() {
        maker.row(&shot.id, "new shot");
        let own = work.iter().filter(|row| row.shot == at).map(|row| line(row, &shot.id)).collect();
        let cost = maker.run(own, Unit::Money, shot.cost);
        let over = shot.floor.saturating_sub(shot.cost);
        let over = maker.run(vec![more("share", overhead.clone(), over)], Unit::Money, over);
        let above = shot.price.saturating_sub(shot.floor);
        let above = maker.run(vec![more("share", margin.clone(), above)], Unit::Money, above);
        maker.sum("price", Unit::Money, shot.price, vec![cost, over, above]);
        maker.sum("floor", Unit::Money, shot.floor, vec![cost, over]);
        maker.sum("cost", Unit::Money, shot.cost, vec![cost]);
        maker.sum("work", Unit::Minutes, shot.minutes, vec![cost]);
        floors.extend([cost, over]);
        prices.extend([cost, over, above]);
    }
    for row in &answer.departments {
        maker.row(&row.id, "work of the department on the new shots");
        let is_own = |own: &&BidWork| production.departments[own.department].code == row.id;
        let name = |own: &BidWork| answer.shots.get(own.shot).map_or("", |shot| &*shot.id);
        let own = work.iter().filter(is_own).map(|own| line(own, name(own))).collect();
        let cost = maker.cell("cost", row.cost, own);
        maker.sum("work", Unit::Minutes, row.minutes, vec![cost]);
    }
    maker.row("total", "all shots");
    maker.sum("price", Unit::Money, answer.price, prices);
    maker.sum("floor", Unit::Money, answer.floor, floors);
    maker.row("final cost", "final cost of the show");
    let account = |(code, name, [before, after]): &(String, String, [i64; 2])| WhyRow {
        account: code.clone(),
        what: name.clone(),
        ..WhyRow::new("account", None, after.saturating_sub(*before))
    };
    let change = answer.efc_after.saturating_sub(answer.efc_before);
    maker.cell("change", change, accounts.iter().map(account).collect());
    for (column, figure, at) in [("before", answer.efc_before, 0), ("after", answer.efc_after, 1)] {
        let line = |(code, name, sums): &(String, String, [i64; 2])| WhyRow {
            account: code.clone(),
            what: name.clone(),
            ..WhyRow::new("account", None, sums[at])
        };
        maker.cell(column, figure, accounts.iter().map(line).collect());
    }
    maker.done()
}
