//! V09, V10, V26, V27, V28 and V35: rates, shares, orders, and cost that is counted where it should not be.

use super::facts::Facts;
use super::words::{count, days, money, percent, some_of};
use crate::model::{
    AccountId, AccountKind, ActualState, Cents, ChangeState, Currency, Issue, PersonId, ShowId,
    Source, Status, days_between,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// V09: a currency without an exchange rate. One issue for each currency, at its first use.
pub(super) fn missing_rate(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let home = p.settings.currency;
    let mut missing: BTreeMap<Currency, (String, Source, usize)> = BTreeMap::new();
    let mut uses = |currency: Currency, object: &dyn Fn() -> String, source: Source| {
        if currency != home && !p.fx.iter().any(|rate| rate.currency == currency) {
            missing.entry(currency).or_insert_with(|| (object(), source, 0)).2 += 1;
        }
    };
    for person in &p.people {
        for contract in &person.contracts {
            uses(contract.currency, &|| format!("person {}", person.code), contract.source);
        }
    }
    for terms in &p.hiring {
        uses(terms.contract.currency, &|| format!("terms of hire {}", terms.code), terms.source);
    }
    for vendor in &p.vendors {
        uses(vendor.currency, &|| format!("vendor {}", vendor.code), vendor.source);
    }
    for row in &p.commitments {
        uses(row.currency, &|| format!("commitment {}", row.code), row.source);
    }
    for row in &p.actuals {
        let object = || format!("account {}", p.accounts[row.account].code);
        uses(row.currency, &object, row.source);
    }
    before_any_rate(facts, issues);
    for (currency, (object, source, times)) in missing {
        let amounts = count(times, "amount");
        let message = format!("{amounts} in {currency}, which has no exchange rate to {home}");
        let issue = Issue::error("V09", object, message)
            .field("currency")
            .value(currency.to_string())
            .help(format!("add a rate for {currency} to the exchange rates (fx)"));
        issues.push(facts.at(issue, source));
    }
}

/// The lesser case of V09: what is booked or expected before the first day of any rate stands at that rate.
fn before_any_rate(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut firsts: BTreeMap<Currency, Option<Date>> = BTreeMap::new();
    for rate in &p.fx {
        let first = firsts.entry(rate.currency).or_insert(rate.from);
        *first = (*first).min(rate.from);
    }
    let as_of = p.settings.as_of;
    let booked = p.actuals.iter().map(|row| (row.currency, row.date, row.account, row.source));
    let ordered = p.commitments.iter().map(|row| {
        let date = row.expected.unwrap_or(as_of).max(as_of);
        (row.currency, date, row.account, row.source)
    });
    let mut early: BTreeMap<Currency, (Date, AccountId, Source, usize)> = BTreeMap::new();
    for (currency, date, account, source) in booked.chain(ordered) {
        let Some(Some(first)) = firsts.get(&currency) else { continue };
        if date < *first {
            early.entry(currency).or_insert((*first, account, source, 0)).3 += 1;
        }
    }
    for (currency, (first, account, source, times)) in early {
        let amounts = count(times, "amount");
        let message = format!(
            "{amounts} in {currency} before {first}, the first day with an exchange rate: the rate of that \
             day is taken"
        );
        let object = format!("account {}", p.accounts[account].code);
        let issue = Issue::warning("V09", object, message)
            .field("currency")
            .value(currency.to_string())
            .help("add the rate of the days before to the exchange rates (fx)");
        issues.push(facts.at(issue, source));
    }
}

/// V35: orders of which more is drawn than they are worth, that cost more to cancel than to keep, or that stand where
/// money comes in.
pub(super) fn odd_orders(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for (row, value) in p.commitments.iter().zip(p.order_values()) {
        let object = || format!("commitment {}", row.code);
        let in_all = |amount| money(amount, row.currency);
        let used = row.drawn + row.accrued;
        let account = &p.accounts[row.account];
        if account.kind == AccountKind::Revenue {
            let message = format!(
                "it stands on {}, which collects what comes in: no cost counts it",
                account.code
            );
            let issue = Issue::error("V35", object(), message)
                .field("account")
                .value(account.code.clone())
                .help(
                    "put it on the account of its cost; what the client orders is in change_orders",
                );
            issues.push(facts.at(issue, row.source));
        }
        if used > value {
            let message = format!(
                "{} is drawn and accrued of it, {} more than the {} that it is worth with approved changes",
                in_all(used),
                in_all(used - value),
                in_all(value)
            );
            let issue = Issue::warning("V35", object(), message)
                .field("drawn")
                .value(in_all(used))
                .help("raise the order by a change order, or correct what is drawn");
            issues.push(facts.at(issue, row.source));
        }
        let open = (value - used).max(Cents::ZERO);
        if row.cancellable_from.is_some() && open > Cents::ZERO && row.cancel_cost > open {
            let message = format!(
                "cancelling it costs {}, more than the {} that is open",
                in_all(row.cancel_cost),
                in_all(open)
            );
            let issue = Issue::warning("V35", object(), message).field("cancel_cost").help(
                "leave `cancellable_from` empty if it cannot be cancelled, or correct the cost",
            );
            issues.push(facts.at(issue, row.source));
        }
    }
}

/// V10: payment steps that are not the whole.
pub(super) fn payment_shares(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut check = |object: String, field: &str, steps: usize, sum: i64, source: Source| {
        if steps > 0 && sum != 10_000 {
            let off = percent(sum.saturating_sub(10_000).saturating_abs());
            let side = if sum < 10_000 { "too little" } else { "too much" };
            let steps = count(steps, "payment step");
            let message = format!("its {steps} add up to {}, {off} {side}", percent(sum));
            let issue = Issue::error("V10", object, message).field(field).value(percent(sum));
            issues.push(facts.at(issue.help("make the shares add up to 100 %"), source));
        }
    };
    for (id, show) in p.shows.enumerate() {
        let steps = || p.payments.iter().filter(|step| step.show == id);
        let sum = steps().map(|step| step.share).fold(0, i64::saturating_add);
        let source = steps().next_back().map_or(show.source, |step| step.source);
        check(format!("show {}", show.code), "share", steps().count(), sum, source);
    }
    for vendor in &p.vendors {
        let sum = vendor.payments.iter().map(|(share, _)| *share).fold(0, i64::saturating_add);
        let object = format!("vendor {}", vendor.code);
        check(object, "payments", vendor.payments.len(), sum, vendor.source);
    }
}

/// V26: the same days in two columns of the cost report.
pub(super) fn counted_twice(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for (row, value) in p.commitments.iter().zip(p.order_values()) {
        let account = &p.accounts[row.account];
        let open = value - row.drawn - row.accrued;
        if account.kind == AccountKind::Labour && row.vendor.is_none() && open.0 > 0 {
            let open = money(open, row.currency);
            let message = format!(
                "{open} still open on labour account {}: contracts already commit this labour and \
                 the plan estimates the rest",
                account.code
            );
            let issue = Issue::warning("V26", format!("commitment {}", row.code), message)
                .field("account")
                .value(account.code.clone())
                .help("close the order, or move it to an account that the plan does not cost");
            issues.push(facts.at(issue, row.source));
        }
    }
    for row in p.commitments.iter().filter(|row| row.accrued.0 > 0) {
        let known = p.actuals.iter().find(|known| {
            let same = match row.vendor {
                Some(_) => known.vendor == row.vendor,
                None => known.vendor.is_none() && known.person.is_none(),
            };
            known.state == ActualState::Accrued && known.account == row.account && same
        });
        if let Some(known) = known {
            let (own, booked) =
                (money(row.accrued, row.currency), money(known.amount, known.currency));
            let message = format!(
                "{own} is accrued of it, and the books have {booked} accrued on {} too, from {}: cost that \
                 stands in both is counted twice",
                p.accounts[row.account].code, known.date
            );
            let issue = Issue::warning("V26", format!("commitment {}", row.code), message)
                .field("accrued")
                .help("accrue it in one place: what the books have belongs to `drawn`");
            issues.push(facts.at(issue, row.source));
        }
    }
    for person in &p.people {
        for pair in person.contracts.windows(2) {
            let Some(end) = pair[0].end.or(pair[1].end) else { continue };
            if pair[0].end.is_none_or(|first| pair[1].start <= first) {
                let message = format!(
                    "two contracts commit the same days from {}: one from {}, one from {}",
                    pair[1].start, pair[0].start, pair[1].start
                );
                let issue = Issue::warning("V26", format!("person {}", person.code), message)
                    .field("start")
                    .value(pair[1].start.to_string())
                    .help(format!("end the first contract before the second begins (now {end})"));
                issues.push(facts.at(issue, pair[1].source));
            }
        }
    }
    let mut ahead: BTreeMap<PersonId, (usize, Source)> = BTreeMap::new();
    for row in p.actuals.iter().filter(|row| row.date > p.settings.as_of) {
        let labour = p.accounts[row.account].kind == AccountKind::Labour;
        if let Some(person) = row.person.filter(|_| labour) {
            ahead.entry(person).or_insert((0, row.source)).0 += 1;
        }
    }
    for (person, (postings, source)) in ahead {
        let postings = count(postings, "labour posting");
        let message =
            format!("{postings} after as_of {}: the plan costs these days too", p.settings.as_of);
        let issue = Issue::warning("V26", format!("person {}", p.people[person].code), message)
            .field("date")
            .help("set as_of after the last posting, or correct the dates");
        issues.push(facts.at(issue, source));
    }
}

/// V27: work on a change order that nobody has approved.
pub(super) fn unapproved_work(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for order in &p.change_orders {
        let of = order.order.and_then(|row| p.commitments.get(row));
        let state = match order.state {
            ChangeState::Draft => "a draft",
            ChangeState::Priced => "priced",
            ChangeState::Sent => "sent",
            ChangeState::Rejected => "rejected",
            ChangeState::Approved | ChangeState::Absorbed => continue,
        };
        let has_begun = |task: &&crate::model::Task| {
            task.status != Status::Omit
                && (task.logged > 0 || task.status.is_open() || task.status.is_done())
        };
        let tasks: Vec<_> = order.tasks.iter().map(|id| &p.tasks[*id]).filter(has_begun).collect();
        if tasks.is_empty() {
            continue;
        }
        let logged = tasks.iter().map(|task| task.logged).fold(0, i64::saturating_add);
        let names = some_of(tasks.iter().map(|task| task.code.as_str()));
        let work = days(logged, p.bid_day_minutes());
        let begun = tasks.len();
        let (message, help) = match of {
            None => (
                format!(
                    "it is {state}, but {begun} of its tasks began, with {work} logged: {names}"
                ),
                "get it approved before more work is done, or mark it absorbed",
            ),
            Some(of) => {
                let vendor = of.vendor.map_or("the vendor", |id| &*p.vendors[id].code);
                let price = money(order.amount, of.currency);
                (
                    format!(
                        "it is {state}, but {vendor} began {begun} of its tasks: {names}; {price} may be \
                         invoiced for it"
                    ),
                    "approve it, or have the vendor stop or do it at its own cost (absorbed)",
                )
            }
        };
        let issue = Issue::warning("V27", format!("change order {}", order.code), message)
            .field("state")
            .help(help);
        issues.push(facts.at(issue, order.source));
    }
}

/// V28: an incentive that does not hold in the time of the work, or in a place where nobody works.
pub(super) fn incentive_outside(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let show_ends: Option<Vec<_>> = p.shows.ids().map(|id: ShowId| p.shows[id].end).collect();
    let last = show_ends.and_then(|ends| ends.into_iter().max()).unwrap_or(p.settings.horizon_end);
    for rule in &p.incentives {
        let is_here = |place: &str| place.eq_ignore_ascii_case(&rule.place);
        let is_anywhere = rule.place.is_empty()
            || p.sites.iter().any(|site| is_here(&site.code))
            || p.vendors.iter().any(|vendor| is_here(&vendor.place));
        if !is_anywhere {
            let message = format!("no site and no vendor is in `{}`", rule.place);
            let issue = Issue::warning("V28", format!("incentive {}", rule.code), message)
                .field("place")
                .value(rule.place.clone())
                .help("write it as the site or as the `place` of the vendor does; else it gives nothing");
            issues.push(facts.at(issue, rule.source));
        }
        let as_of = p.settings.as_of;
        let (field, date, message) = match (rule.valid_from, rule.valid_to) {
            (_, Some(to)) if to < as_of => {
                let ago = days_between(to, as_of);
                ("valid_to", to, format!("valid to {to}, {ago} days before as_of {as_of}"))
            }
            (Some(from), _) if from > last => {
                ("valid_from", from, format!("valid from {from}, after the last work on {last}"))
            }
            _ => continue,
        };
        let issue = Issue::warning("V28", format!("incentive {}", rule.code), message)
            .field(field)
            .value(date.to_string())
            .help("take it out of the forecast, or put in the rule that is in force");
        issues.push(facts.at(issue, rule.source));
    }
}
