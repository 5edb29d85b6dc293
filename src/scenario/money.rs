//! Pay, exchange rates, budget, incentives.

use super::RateChange;
use crate::model::*;
use jiff::civil::Date;

/// People are paid otherwise from a day on; rises that were agreed for later days change in the same way.
/// People without a contract get one, at the usual rate of their seniority.
pub(super) fn pay(changed: &mut Production, people: &[PersonId], change: RateChange, from: Date) {
    let altered = |rate: Cents| match change {
        RateChange::By(points) => rate + rate.basis_points(points),
        RateChange::To(amount) => amount,
    };
    for &id in people {
        if changed.people[id].contracts.is_empty() {
            let start = changed.settings.as_of.min(from);
            let rate = changed.day_cost(id, start);
            let currency = changed.settings.currency;
            changed.people[id].contracts.push(Contract {
                kind: ContractKind::Staff,
                rate_assumed: true,
                ..Contract::paid_by_day(start, rate, currency)
            });
        }
        for contract in &mut changed.people[id].contracts {
            if contract.end.is_some_and(|end| end < from) {
                continue;
            }
            let now = contract.rate_on(from);
            let first = contract.rates.partition_point(|(day, _)| *day < from);
            for (_, rate) in contract.rates.iter_mut().skip(first) {
                *rate = altered(*rate);
            }
            if contract.rates.get(first).is_some_and(|(day, _)| *day == from) {
                continue;
            }
            // The first rate holds from the start on, whatever its day says.
            if first > 0 {
                contract.rates.insert(first, (from, altered(now)));
            } else if contract.start < from {
                contract.rates.splice(0..0, [(contract.start, now), (from, altered(now))]);
            }
        }
    }
}

/// An exchange rate from a day on; without a day, the only one.
pub(super) fn fx(changed: &mut Production, rate: FxRate) {
    let same = |row: &&mut FxRate| row.currency == rate.currency && row.from == rate.from;
    match rate.from {
        Some(_) => match changed.fx.iter_mut().find(same) {
            Some(row) => row.millionths = rate.millionths,
            None => changed.fx.push(rate),
        },
        None => {
            let own = changed.fx.iter_mut().filter(|row| row.currency == rate.currency);
            let mut any = false;
            for row in own {
                row.millionths = rate.millionths;
                any = true;
            }
            if !any {
                changed.fx.push(rate);
            }
        }
    }
}

/// Budget of some accounts, as approved changes: each line takes its share of the difference, the largest
/// what rounding leaves. Where there is no line, the first account gets one.
pub(super) fn budget(changed: &mut Production, accounts: &[AccountId], change: RateChange) {
    let now = |row: &BudgetLine| row.original + row.approved_changes;
    let lines: Vec<usize> = (0..changed.budget.len())
        .filter(|&row| accounts.contains(&changed.budget[row].account))
        .collect();
    let sum: Cents = lines.iter().map(|&row| now(&changed.budget[row])).sum();
    let more = match change {
        RateChange::By(points) => sum.basis_points(points),
        RateChange::To(amount) => amount - sum,
    };
    let Some(&largest) = lines.iter().max_by_key(|&&row| now(&changed.budget[row])) else {
        let Some(&account) = accounts.first() else { return };
        changed.budget.push(BudgetLine {
            account,
            show: None,
            department: None,
            original: Cents::ZERO,
            approved_changes: more,
            last_period: None,
            source: Source::default(),
        });
        return;
    };
    let mut left = more;
    for &row in &lines {
        let line = now(&changed.budget[row]);
        let share = if sum.0 > 0 { more.times(line.0, sum.0) } else { Cents::ZERO };
        changed.budget[row].approved_changes += share;
        left -= share;
    }
    changed.budget[largest].approved_changes += left;
}

/// No plan may go over what these accounts have together now.
pub(super) fn hard(changed: &mut Production, accounts: &[AccountId]) {
    let on = CapOn::of_accounts(accounts.to_vec());
    let amount = on.budget(changed).unwrap_or_default();
    let new = BudgetCap::new(changed, on, amount);
    cap(changed, new);
}

/// No plan may go over it; another cap on the same is replaced.
pub(super) fn cap(changed: &mut Production, new: BudgetCap) {
    let caps = &mut changed.settings.hard_budgets;
    match caps.iter_mut().find(|cap| cap.on == new.on) {
        Some(cap) => *cap = new,
        None => caps.push(new),
    }
}

/// An incentive at another rate, its tiers gone, or shared otherwise.
pub(super) fn incentive(
    changed: &mut Production,
    row: usize,
    rate: Option<i64>,
    studio_share: Option<i64>,
) {
    let rule = &mut changed.incentives[row];
    if let Some(rate) = rate {
        rule.rate = rate;
        rule.tiers.clear();
    }
    rule.studio_share = studio_share.unwrap_or(rule.studio_share);
}
