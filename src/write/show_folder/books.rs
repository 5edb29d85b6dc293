//! What has happened: time logs, bookings, closed periods, orders and their changes, the baseline.

use super::{Table, date, entity, list, minutes, money, word};
use crate::model::*;
use crate::read::words;

/// The tables.
pub(super) fn tables(production: &Production) -> Vec<Table> {
    vec![
        closed(production),
        baseline(production),
        actuals(production),
        commitments(production),
        change_orders(production),
        time_logs(production),
    ]
}

fn closed(production: &Production) -> Table {
    let closed = production.closed.iter().map(|row| closed_row(production, row));
    Table { name: "closed", columns: &CLOSED, rows: closed.collect() }
}

/// The columns of closed periods.
pub const CLOSED: [&str; 8] =
    ["period", "to", "account", "posted", "currency", "person", "rates", "day"];

/// The cells of a closed period.
pub fn closed_row(production: &Production, row: &Closed) -> Vec<String> {
    let none = String::new;
    let (period, to) = (row.period.clone(), row.to.to_string());
    match row.kept {
        Kept::Posted(account, day, currency, amount) => {
            let code = production.accounts.get(account).map_or(none(), |row| row.code.clone());
            let posted = money(amount, currency);
            let day = day.map_or(none(), |day| day.to_string());
            vec![period, to, code, posted, currency.to_string(), none(), none(), day]
        }
        Kept::Rates(person, sum) => {
            let person = production.people[person].code.clone();
            vec![period, to, none(), none(), none(), person, format!("{sum:016x}"), none()]
        }
        Kept::Exchange(currency, sum) => {
            let (currency, sum) = (currency.to_string(), format!("{sum:016x}"));
            vec![period, to, none(), none(), currency, none(), sum, none()]
        }
    }
}

/// The cells of a booking: date, account, show, amount, currency, state, person, vendor, task.
pub fn actual(production: &Production, row: &Actual) -> [String; 9] {
    let account = production.accounts.get(row.account);
    // Without its own, a show of several would take the show of the folder.
    let show = row.show.map_or("-".to_owned(), |id| production.shows[id].code.clone());
    [
        row.date.to_string(),
        account.map_or(String::new(), |account| account.code.clone()),
        show,
        money(row.amount, row.currency),
        row.currency.to_string(),
        word(words::ACTUALS, row.state),
        row.person.map_or(String::new(), |id| production.people[id].code.clone()),
        row.vendor.map_or(String::new(), |id| production.vendors[id].code.clone()),
        row.task.map_or(String::new(), |id| production.tasks[id].code.clone()),
    ]
}

fn baseline(production: &Production) -> Table {
    let baseline = production.baseline.iter().map(|(&task, (start, end))| {
        vec![production.tasks[task].code.clone(), start.to_string(), end.to_string()]
    });
    Table { name: "baseline", columns: &["task", "start", "end"], rows: baseline.collect() }
}

fn actuals(production: &Production) -> Table {
    let actuals = production.actuals.iter().map(|row| actual(production, row).to_vec());
    Table {
        name: "actuals",
        columns: &[
            "date", "account", "show", "amount", "currency", "state", "person", "vendor", "task",
        ],
        rows: actuals.collect(),
    }
}

fn commitments(production: &Production) -> Table {
    let account = |id: AccountId| production.accounts[id].code.clone();
    let show =
        |id: Option<ShowId>| id.map_or("-".to_owned(), |id| production.shows[id].code.clone());
    let vendor =
        |id: Option<VendorId>| id.map_or(String::new(), |id| production.vendors[id].code.clone());
    let commitments = production.commitments.iter().map(|row| {
        vec![
            row.code.clone(),
            account(row.account),
            show(row.show),
            vendor(row.vendor),
            list(row.contents.iter().map(|&content| entity(production, content))),
            money(row.amount, row.currency),
            money(row.drawn, row.currency),
            if row.accrued == Cents::ZERO {
                String::new()
            } else {
                money(row.accrued, row.currency)
            },
            row.currency.to_string(),
            date(row.expected),
            date(row.cancellable_from),
            if row.cancel_cost == Cents::ZERO {
                String::new()
            } else {
                money(row.cancel_cost, row.currency)
            },
        ]
    });
    Table {
        name: "commitments",
        columns: &[
            "id",
            "account",
            "show",
            "vendor",
            "contents",
            "amount",
            "drawn",
            "accrued",
            "currency",
            "expected",
            "cancellable_from",
            "cancel_cost",
        ],
        rows: commitments.collect(),
    }
}

fn change_orders(production: &Production) -> Table {
    let home = production.settings.currency;
    let show =
        |id: Option<ShowId>| id.map_or("-".to_owned(), |id| production.shows[id].code.clone());
    let changes = production.change_orders.iter().map(|row| {
        let order = row.order.and_then(|order| production.commitments.get(order));
        vec![
            row.code.clone(),
            show(Some(row.show)),
            word(words::CHANGES, row.state),
            money(row.amount, order.map_or(home, |order| order.currency)),
            list(row.tasks.iter().map(|&id| production.tasks[id].code.clone())),
            date(row.date),
            order.map_or(String::new(), |order| order.code.clone()),
            if row.days == 0 { String::new() } else { row.days.to_string() },
        ]
    });
    Table {
        name: "change_orders",
        columns: &["id", "show", "state", "amount", "tasks", "date", "order", "days"],
        rows: changes.collect(),
    }
}

fn time_logs(production: &Production) -> Table {
    let time_logs = production.time_logs.iter().map(|row| {
        vec![
            production.tasks[row.task].code.clone(),
            production.people[row.person].code.clone(),
            row.date.to_string(),
            minutes(row.minutes),
        ]
    });
    Table {
        name: "time_logs",
        columns: &["task", "person", "date", "time"],
        rows: time_logs.collect(),
    }
}
