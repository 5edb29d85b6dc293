//! Tax incentives as rules. The shipped examples are illustrations, never advice.

use super::ledger::{Posting, PostingKind};
use crate::model::{AccountKind, Cents, IncentiveKind, IncentiveRule, Production};
use jiff::Span;
use jiff::civil::Date;

/// What one rule gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incentive {
    /// Cost of its kind in its place, inside its validity.
    pub eligible: Cents,
    /// Cost of its kind anywhere.
    pub everywhere: Cents,
    /// What other incentives on the same cost gave.
    pub assistance: Cents,
    /// What of it counts: its share, less what other incentives gave, under the caps.
    pub base: Cents,
    /// The rate that holds, in basis points.
    pub rate: i64,
    /// Base × rate.
    pub credit: Cents,
    /// Credit after tax.
    pub after_tax: Cents,
    /// The studio's share of it.
    pub studio: Cents,
    /// The studio's share × certainty: what lowers the cost and counts as cash.
    pub expected: Cents,
    /// Last day of eligible cost.
    pub last_cost: Option<Date>,
    /// Day of the money.
    pub received: Date,
}

/// One rule on an amount: `eligible` is the cost of its kind in its place, `everywhere` that of the same
/// kind anywhere, `assistance` what other incentives on the same cost gave already. Each step is rounded
/// half to even.
///
/// ```
/// use shotplan::forecast::credit;
/// use shotplan::model::{Cents, IncentiveRule};
/// // 34 % of at most 80 % of the cost, taxed at 25 %: 100,000 gives 20,400.
/// let rule = IncentiveRule {
///     cap_share: 8_000, tax: 2_500, ..IncentiveRule::new("example", "UK", 3_400)
/// };
/// let given = credit(&rule, Cents(10_000_000), Cents(10_000_000), Cents::ZERO);
/// assert_eq!(given.studio, Cents(2_040_000));
/// ```
pub fn credit(
    rule: &IncentiveRule,
    eligible: Cents,
    everywhere: Cents,
    assistance: Cents,
) -> Incentive {
    let zero = Cents::ZERO;
    let enough = eligible >= rule.minimum && eligible > zero;
    let counted = (eligible.basis_points(rule.eligible) - assistance).max(zero);
    let capped = counted.min(everywhere.basis_points(rule.cap_share));
    let capped = rule.cap.map_or(capped, |cap| capped.min(cap));
    let base = if enough { capped.max(zero) } else { zero };
    // A step: the rate of the highest amount that is reached holds for all of it.
    let reached = rule.tiers.iter().rev().find(|(from, _)| *from <= eligible);
    let rate = reached.map_or(rule.rate, |(_, rate)| *rate);
    let credit = base.basis_points(rate);
    let after_tax = credit - credit.basis_points(rule.tax);
    let studio = after_tax.basis_points(rule.studio_share);
    Incentive {
        eligible,
        everywhere,
        assistance,
        base,
        rate,
        credit,
        after_tax,
        studio,
        expected: studio.basis_points(rule.certainty),
        last_cost: None,
        received: Date::MIN,
    }
}

/// Whether a rule counts an amount: as cost of its kind, and as cost of its kind in its place while it is valid.
pub fn counted(production: &Production, rule: &IncentiveRule, posting: &Posting) -> (bool, bool) {
    let is_cost = production
        .accounts
        .get(posting.account)
        .is_some_and(|account| account.kind != AccountKind::Revenue);
    let is_of_kind = is_cost && is_of_kind(production, rule.kind, posting);
    let is_valid = rule.valid_from.is_none_or(|from| from <= posting.date)
        && rule.valid_to.is_none_or(|to| posting.date <= to);
    (is_of_kind, is_of_kind && is_valid && is_in_place(production, rule, posting))
}

/// What each rule of the production gives on a ledger, in the order of the rules.
pub fn incentives(production: &Production, ledger: &[Posting]) -> Vec<Incentive> {
    if production.incentives.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<Incentive> = Vec::with_capacity(production.incentives.len());
    for rule in &production.incentives {
        let (mut eligible, mut everywhere, mut last) = (Cents::ZERO, Cents::ZERO, None);
        for posting in ledger {
            let (is_of_kind, is_eligible) = counted(production, rule, posting);
            if is_of_kind {
                everywhere += posting.amount;
            }
            if is_eligible {
                eligible += posting.amount;
                last = last.max(Some(posting.date));
            }
        }
        let assistance: Cents = production.incentives[..rows.len()]
            .iter()
            .zip(&rows)
            .filter(|(other, _)| rule.net_of.contains(&other.code))
            .map(|(_, given)| given.credit)
            .sum();
        let given = credit(rule, eligible, everywhere, assistance);
        let from = last.unwrap_or(production.settings.as_of);
        let received = from.saturating_add(Span::new().months(i64::from(rule.lag_months)));
        rows.push(Incentive {
            last_cost: last,
            received: received.max(production.settings.as_of),
            ..given
        });
    }
    rows
}

fn is_of_kind(production: &Production, kind: IncentiveKind, posting: &Posting) -> bool {
    let account = production.accounts.get(posting.account).map(|account| account.kind);
    let is_vendor = posting.vendor.is_some() || account == Some(AccountKind::Vendor);
    let is_labour = !is_vendor
        && (posting.person.is_some()
            || matches!(
                account,
                Some(
                    AccountKind::Labour
                        | AccountKind::Overtime
                        | AccountKind::Idle
                        | AccountKind::Team
                        | AccountKind::Bench
                )
            ));
    match kind {
        IncentiveKind::Labour => is_labour,
        IncentiveKind::Vendors => is_vendor,
        IncentiveKind::Spend => is_labour || is_vendor,
    }
}

/// A vendor works at its place, a person at their site; labour without a name at the first site.
fn is_in_place(production: &Production, rule: &IncentiveRule, posting: &Posting) -> bool {
    if rule.place.is_empty() {
        return true;
    }
    let place = match (posting.vendor, posting.person) {
        (Some(vendor), _) => production.vendors[vendor].place.as_str(),
        (None, Some(person)) => &production.sites[production.people[person].site].code,
        (None, None) if posting.kind == PostingKind::Commitment => "",
        (None, None) => production.sites.iter().next().map_or("", |site| &site.code),
    };
    place.eq_ignore_ascii_case(&rule.place)
}
