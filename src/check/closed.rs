//! V33: books and rates of a period that is closed.

use super::facts::Facts;
use super::words::{count, money};
use crate::model::{
    AccountId, Actual, ActualState, Cents, Currency, Issue, Kept, Source, exchange_until,
    rates_until,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Postings that are compared: of an account, in one currency, of a day or all until a day.
type Key = (AccountId, Option<Date>, Currency);

/// V33: what was posted, or paid, in a closed period is not what it was when it was closed.
pub(super) fn changed(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let Some(last) = p.closed.iter().max_by_key(|row| row.to) else { return };
    rates(facts, &last.period, last.to, issues);
    // Up to the last close that kept no days, sums are compared; later ones kept each day of theirs.
    let sums = p.closed.iter().filter(|row| matches!(row.kept, Kept::Posted(_, None, ..)));
    let whole = sums.map(|row| row.to).max();
    let mut kept: BTreeMap<Key, (Cents, Source)> = BTreeMap::new();
    for row in &p.closed {
        let Kept::Posted(account, day, currency, amount) = row.kept else { continue };
        let counts = match day {
            None => Some(row.to) == whole,
            Some(day) => whole.is_none_or(|whole| day > whole),
        };
        if counts {
            let sum = kept.entry((account, day, currency)).or_insert((Cents::ZERO, row.source));
            sum.0 += amount;
        }
    }
    let mut posted: BTreeMap<Key, Vec<&Actual>> = BTreeMap::new();
    let is_closed = |row: &&Actual| row.date <= last.to && row.state == ActualState::Posted;
    for row in p.actuals.iter().filter(is_closed) {
        let day = Some(row.date).filter(|day| whole.is_none_or(|whole| *day > whole));
        posted.entry((row.account, day, row.currency)).or_default().push(row);
    }
    let mut keys: Vec<Key> = posted.keys().chain(kept.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let rows = posted.get(&key).map_or(&[][..], Vec::as_slice);
        let now: Cents = rows.iter().map(|row| row.amount).sum();
        let (then, source) = kept.get(&key).copied().unwrap_or((Cents::ZERO, last.source));
        if now == then {
            continue;
        }
        let (account, day, currency) = key;
        let closed = p.closed.iter().filter(|row| day.or(whole).is_some_and(|day| day <= row.to));
        let closed = closed.min_by_key(|row| row.to).unwrap_or(last);
        let when = match day {
            Some(day) => format!("of {day}"),
            None => format!("up to {}", closed.to),
        };
        let (found, beside) = culprits(rows, now - then);
        let beside = match beside {
            0 => String::new(),
            more => format!(": this row and {} after it", count(more, "row")),
        };
        let message = format!(
            "bookings {when} add to {}, and added to {} when {} was closed{beside}",
            money(now, currency),
            money(then, currency),
            closed.period
        );
        let issue = Issue::error("V33", format!("account {}", p.accounts[account].code), message)
            .field("date")
            .value(day.unwrap_or(closed.to).to_string())
            .help(format!("date what is new after {}; what was closed stays as it was", last.to));
        issues.push(facts.at(issue, found.unwrap_or(source)));
    }
}

/// The first of the rows that make the difference, and how many more there are: the fewest at the end of the
/// books that add to it, since new rows come last; else one of that amount; else the last.
fn culprits(rows: &[&Actual], difference: Cents) -> (Option<Source>, usize) {
    let mut sum = Cents::ZERO;
    for (more, row) in rows.iter().rev().enumerate() {
        sum += row.amount;
        if sum == difference {
            return (Some(row.source), more);
        }
    }
    let same = rows.iter().rev().find(|row| row.amount == difference);
    (same.or(rows.last()).map(|row| row.source), 0)
}

fn rates(facts: &Facts, period: &str, to: Date, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for row in p.closed.iter().filter(|row| row.to == to) {
        if let Kept::Exchange(currency, sum) = row.kept
            && exchange_until(p, currency, to) != sum
        {
            let message = format!(
                "a rate of {currency} that holds in the closed period {period} (up to {to}) was changed, added \
                 or taken out: what is booked there would be worth another amount"
            );
            let issue = Issue::error("V33", format!("exchange rate {currency}"), message)
                .field("rates")
                .help(format!("put it back, and let the new rate begin after {to}"));
            issues.push(facts.at(issue, row.source));
        }
        let Kept::Rates(person, sum) = row.kept else { continue };
        let row = &p.people[person];
        if rates_until(&row.contracts, to) == sum {
            continue;
        }
        let message = format!(
            "a rate that begins in the closed period {period} (up to {to}) was changed, added or taken out"
        );
        let source = row.contracts.last().map_or(row.source, |row| row.source);
        let issue = Issue::error("V33", format!("person {}", row.code), message)
            .field("rate")
            .help(format!("let the new rate begin after {to}"));
        issues.push(facts.at(issue, source));
    }
}
