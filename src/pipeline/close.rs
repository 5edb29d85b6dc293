//! Closing a period: a snapshot of the cost report, and why the next one differs.

use super::{By, cost_report};
use crate::model::{
    AccountId, Actual, ActualState, Cents, Closed, Currency, Kept, Source, exchange_until,
    rates_until,
};
use crate::result::{
    Document, Movement, MovementRow, SNAPSHOT_FORMAT, SNAPSHOT_VERSION, Snapshot, ToGo,
};
use crate::{read, write};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The snapshot of a result; none where it was saved without its postings.
pub fn snapshot(document: &Document, period: &str) -> Option<Snapshot> {
    let desk = document.desk.as_ref()?;
    let report = cost_report(document, By::Account)?;
    let is_cost = |account: &str| !desk.revenue_accounts.iter().any(|own| own == account);
    let mut to_go: BTreeMap<(&str, &str, Date), (i64, i64)> = BTreeMap::new();
    for posting in &desk.postings {
        if ["committed", "etc"].contains(&posting.state.as_str()) && is_cost(&posting.account) {
            let sums = to_go.entry((&posting.account, &posting.kind, posting.week)).or_default();
            sums.0 = sums.0.saturating_add(posting.amount.unwrap_or_default());
            sums.1 += posting.minutes;
        }
    }
    let row = |((account, kind, week), (amount, minutes)): ((&str, &str, Date), (i64, i64))| ToGo {
        account: account.to_owned(),
        kind: kind.to_owned(),
        week,
        amount,
        minutes,
    };
    Some(Snapshot {
        format: SNAPSHOT_FORMAT.to_owned(),
        version: SNAPSHOT_VERSION,
        period: period.to_owned(),
        production: report.production,
        as_of: report.as_of,
        currency: report.currency,
        currency_decimals: report.currency_decimals,
        input_hash: document.certificate.input_hash.clone(),
        rows: report.rows.into_iter().filter(|row| is_cost(&row.id)).collect(),
        total: report.total,
        to_go: to_go.into_iter().map(row).collect(),
    })
}

/// The table of closed periods of a show folder with one more: what is posted until `to`, and the rates.
///
/// # Errors
/// When the show cannot be read at all. In words, when the period, or a later day, is closed already.
pub fn closed_books(
    show: &Path,
    period: &str,
    to: Date,
) -> Result<Result<Vec<u8>, String>, read::Error> {
    let Some(mut production) = read::load(show)?.production else {
        return Ok(Err("the show has errors: see `shotplan check`".to_owned()));
    };
    if let Some(row) = production.closed.iter().find(|row| row.period == period || row.to >= to) {
        return Ok(Err(format!(
            "`{}` is closed up to {} already: a period is closed once, and in the order of time",
            row.period, row.to
        )));
    }
    // What an earlier period holds stays in its rows.
    let after = production.closed.iter().map(|row| row.to).max();
    let mut posted: BTreeMap<(AccountId, Date, Currency), Cents> = BTreeMap::new();
    let is_posted = |row: &&Actual| {
        let is_new = row.date <= to && after.is_none_or(|after| row.date > after);
        is_new && row.state == ActualState::Posted
    };
    for row in production.actuals.iter().filter(is_posted) {
        *posted.entry((row.account, row.date, row.currency)).or_default() += row.amount;
    }
    let sums = posted.into_iter().map(|((account, day, currency), amount)| {
        Kept::Posted(account, Some(day), currency, amount)
    });
    let rates = production
        .people
        .enumerate()
        .map(|(id, person)| Kept::Rates(id, rates_until(&person.contracts, to)));
    // What was booked in another currency is worth what the rates of that time say.
    let home = production.settings.currency;
    let until = production.actuals.iter().filter(|row| row.date <= to && row.currency != home);
    let currencies: BTreeSet<Currency> = until.map(|row| row.currency).collect();
    let exchange = currencies
        .into_iter()
        .map(|currency| Kept::Exchange(currency, exchange_until(&production, currency, to)));
    let kept: Vec<Kept> = sums.chain(rates).chain(exchange).collect();
    let row = |kept| Closed { period: period.to_owned(), to, kept, source: Source::default() };
    production.closed.extend(kept.into_iter().map(row));
    Ok(Ok(write::closed(&production)))
}

/// Why the final cost changed from one snapshot to a later one.
///
/// # Errors
/// In words, when they cannot be compared.
pub fn movement(before: &Snapshot, after: &Snapshot) -> Result<Movement, String> {
    if before.currency != after.currency {
        return Err(format!(
            "`{}` is in {}, `{}` in {}",
            before.period, before.currency, after.period, after.currency
        ));
    }
    if before.as_of > after.as_of {
        return Err(format!(
            "`{}` is of {}, later than `{}` of {}: name the earlier one with --since",
            before.period, before.as_of, after.period, after.as_of
        ));
    }
    let codes = before.rows.iter().chain(&after.rows).map(|row| row.id.as_str());
    let codes: BTreeSet<&str> = codes.collect();
    let all: Vec<MovementRow> = codes.iter().map(|code| row(before, after, code)).collect();
    let mut total = MovementRow { account: "total".to_owned(), ..MovementRow::default() };
    for row in &all {
        for (sum, amount) in total.amounts_mut().into_iter().zip(row.amounts()) {
            *sum = sum.saturating_add(amount);
        }
    }
    let changed = |row: &MovementRow| row.amounts()[2..].iter().any(|amount| *amount != 0);
    Ok(Movement {
        production: after.production.clone(),
        currency: after.currency.clone(),
        currency_decimals: after.currency_decimals,
        from: (before.period.clone(), before.as_of),
        to: (after.period.clone(), after.as_of),
        rows: all.into_iter().filter(changed).collect(),
        total,
    })
}

impl MovementRow {
    fn amounts(&self) -> [i64; 11] {
        [
            self.before,
            self.after,
            self.movement,
            self.booked,
            self.time,
            self.rates,
            self.overtime,
            self.idle,
            self.orders,
            self.vendors,
            self.technology,
        ]
    }

    fn amounts_mut(&mut self) -> [&mut i64; 11] {
        [
            &mut self.before,
            &mut self.after,
            &mut self.movement,
            &mut self.booked,
            &mut self.time,
            &mut self.rates,
            &mut self.overtime,
            &mut self.idle,
            &mut self.orders,
            &mut self.vendors,
            &mut self.technology,
        ]
    }
}

fn row(before: &Snapshot, after: &Snapshot, account: &str) -> MovementRow {
    let of = |snapshot: &Snapshot| {
        let row = snapshot.rows.iter().find(|row| row.id == account);
        row.map_or((0, 0), |row| (row.efc, row.actual.saturating_add(row.accrued)))
    };
    let ((was, spent_before), (is, spent_after)) = (of(before), of(after));
    // Weeks that are over by the later day: what had been planned for them is compared with the books.
    let this_week = {
        let back = i64::from(after.as_of.weekday().to_monday_zero_offset());
        after.as_of.saturating_sub(jiff::Span::new().days(back))
    };
    let to_go = |snapshot: &Snapshot, kind: &str, gone: bool| -> (i64, i64) {
        let rows = snapshot.to_go.iter().filter(|row| row.account == account && row.kind == kind);
        rows.filter(|row| (row.week < this_week) == gone)
            .fold((0, 0), |sum, row| (sum.0 + row.amount, sum.1 + row.minutes))
    };
    const KINDS: [&str; 6] = ["labour", "overtime", "commitment", "vendor", "pool", "overflow"];
    /// Paid time beside tasks.
    const BESIDE_TASKS: [&str; 4] = ["idle", "team", "guaranteed", "called off"];
    let gone: i64 = KINDS.iter().chain(&BESIDE_TASKS).map(|kind| to_go(before, kind, true).0).sum();
    // All that the later snapshot has to go lies ahead, whatever week it stands in.
    let ahead = |kind: &str| {
        let (early, late) = (to_go(after, kind, true), to_go(after, kind, false));
        (early.0 + late.0, early.1 + late.1)
    };
    let change = |kind: &str| ahead(kind).0 - to_go(before, kind, false).0;
    let ((old, old_minutes), (new, new_minutes)) =
        (to_go(before, "labour", false), ahead("labour"));
    let time = match old_minutes {
        0 => new - old,
        minutes => Cents(old).times(new_minutes - minutes, minutes).0,
    };
    MovementRow {
        account: account.to_owned(),
        before: was,
        after: is,
        movement: is.saturating_sub(was),
        booked: spent_after - spent_before - gone,
        time,
        rates: (new - old) - time,
        overtime: change("overtime"),
        idle: BESIDE_TASKS.iter().map(|kind| change(kind)).sum(),
        orders: change("commitment"),
        vendors: change("vendor"),
        technology: change("pool") + change("overflow"),
    }
}
