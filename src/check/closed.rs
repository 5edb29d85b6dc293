//! V33: books and rates of a period that is closed.

use super::facts::Facts;
use super::words::money;
use crate::model::{AccountId, ActualState, Cents, Currency, Issue, Kept, Source, rates_until};
use std::collections::BTreeMap;

/// V33: what was posted, or paid, in a closed period is not what it was when it was closed.
pub(super) fn changed(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    // A later close holds all that an earlier one does.
    let Some(last) = p.closed.iter().max_by_key(|row| row.to) else { return };
    let (period, to) = (&last.period, last.to);
    let mut posted: BTreeMap<(AccountId, Currency), (Cents, Source)> = BTreeMap::new();
    for row in p.actuals.iter().filter(|row| row.date <= to && row.state == ActualState::Posted) {
        let sum = posted.entry((row.account, row.currency)).or_insert((Cents::ZERO, row.source));
        *sum = (sum.0 + row.amount, row.source);
    }
    let mut kept: BTreeMap<(AccountId, Currency), (Cents, Source)> = BTreeMap::new();
    for row in p.closed.iter().filter(|row| row.to == to) {
        match row.kept {
            Kept::Posted(account, currency, amount) => {
                kept.insert((account, currency), (amount, row.source));
            }
            Kept::Rates(person, sum) => {
                let row = &p.people[person];
                if rates_until(&row.contracts, to) == sum {
                    continue;
                }
                let message = format!(
                    "a rate that begins in the closed period {period} (up to {to}) was changed, added or \
                     taken out"
                );
                let source = row.contracts.last().map_or(row.source, |row| row.source);
                let issue = Issue::error("V33", format!("person {}", row.code), message)
                    .field("rate")
                    .help(format!("let the new rate begin after {to}"));
                issues.push(facts.at(issue, source));
            }
        }
    }
    let mut keys: Vec<_> = posted.keys().chain(kept.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let (now, source) = posted.get(&key).copied().unwrap_or((Cents::ZERO, last.source));
        let then = kept.get(&key).map_or(Cents::ZERO, |(amount, _)| *amount);
        if now == then {
            continue;
        }
        let (account, currency) = key;
        let message = format!(
            "bookings up to {to} add to {}, and added to {} when {period} was closed",
            money(now, currency),
            money(then, currency)
        );
        let issue = Issue::error("V33", format!("account {}", p.accounts[account].code), message)
            .field("date")
            .value(to.to_string())
            .help(format!("date what is new after {to}; what was closed stays as it was"));
        issues.push(facts.at(issue, source));
    }
}
