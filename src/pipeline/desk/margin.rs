//! What the client pays: change orders and the margin.

use crate::forecast::{self, Forecast};
use crate::model::{ChangeOrder, Production, days_between};
use crate::read::words::{self, word_of};
use crate::result::{ChangeRow, Margin};

pub fn changes(production: &Production, forecast: &Forecast) -> Vec<ChangeRow> {
    let row = |(change, about): (&ChangeOrder, &forecast::Change)| {
        let order = change.order.and_then(|row| production.commitments.get(row));
        let vendor = order.and_then(|order| order.vendor);
        ChangeRow {
            id: change.code.clone(),
            show: production.shows[change.show].code.clone(),
            vendor: vendor.map(|id| production.vendors[id].code.clone()),
            order: order.map(|order| order.code.clone()),
            state: word_of(words::CHANGES, change.state).to_owned(),
            date: change.date,
            age: change.date.map(|date| days_between(date, production.settings.as_of)),
            amount: about.amount.0,
            days: change.days,
            tasks: u32::try_from(change.tasks.len()).unwrap_or(u32::MAX),
            begun: about.begun,
            spent: about.spent.0,
            to_go: about.to_go.0,
            adds: about.adds.0,
            of: change.tasks.iter().map(|task| production.tasks[*task].code.clone()).collect(),
        }
    };
    production.change_orders.iter().zip(&forecast.changes).map(row).collect()
}

pub fn margin(production: &Production, forecast: &Forecast) -> Margin {
    let row = &forecast.margin;
    Margin {
        award: row.award.0,
        approved: row.approved.0,
        pending: row.pending.0,
        draft: row.draft.0,
        revenue: row.revenue().0,
        gross: row.gross.0,
        incentives: row.incentives.0,
        net: row.net_cost().0,
        margin: row.margin().0,
        vendors_pending: row.vendors_pending.0,
        with_pending: row.with_pending().0,
        unapproved_spent: row.unapproved_spent.0,
        unapproved_to_go: row.unapproved_to_go.0,
        awards: production
            .shows
            .iter()
            .filter_map(|show| Some((show.code.clone(), show.award?.0)))
            .collect(),
    }
}
