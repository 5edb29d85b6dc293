//! Incentives, and how each gets from what is spent to what is expected.

use crate::forecast::{self, Forecast};
use crate::model::{Cents, IncentiveRule, Production};
use crate::result::{Incentive, IncentiveStep, PayLine};

/// What the rules give, and what each is made of; `rows` as in [`cash`](super::cash::cash).
pub fn incentives(production: &Production, forecast: &Forecast, rows: &[u32]) -> Vec<Incentive> {
    let row = |(rule, given): (&IncentiveRule, &forecast::Incentive)| Incentive {
        id: rule.code.clone(),
        place: rule.place.clone(),
        eligible: given.eligible.0,
        base: given.base.0,
        rate: given.rate,
        credit: given.credit.0,
        after_tax: given.after_tax.0,
        studio: given.studio.0,
        expected: given.expected.0,
        received: given.received,
        steps: steps(rule, given),
        of: Vec::new(),
        of_parts: Vec::new(),
    };
    let with_lines = |(rule, given)| {
        let mut known = row((rule, given));
        (known.of, known.of_parts) = eligible(production, rule, &forecast.ledger, rows);
        known
    };
    production.incentives.iter().zip(&forecast.incentives).map(with_lines).collect()
}

/// How a rule gets from what is eligible to what is expected; steps that change nothing are left out.
fn steps(rule: &IncentiveRule, given: &forecast::Incentive) -> Vec<IncentiveStep> {
    let mut steps = Vec::new();
    let mut step = |name: &str, share: Option<i64>, limit: Option<Cents>, amount: Cents| {
        steps.push(IncentiveStep {
            step: name.to_owned(),
            share,
            limit: limit.map(|limit| limit.0),
            amount: amount.0,
        });
    };
    // Each takes off what is above its limit, and none goes below nothing.
    let mut left = given.eligible;
    let limits = [
        ("share", Some(rule.eligible), None, given.eligible.basis_points(rule.eligible)),
        ("net_of", None, Some(given.assistance), left_after(given, rule)),
        (
            "cap_share",
            Some(rule.cap_share),
            Some(given.everywhere),
            given.everywhere.basis_points(rule.cap_share),
        ),
        ("cap", None, rule.cap, rule.cap.unwrap_or(left)),
        ("minimum", None, Some(rule.minimum), given.base),
    ];
    for (name, share, limit, most) in limits {
        let most = most.max(Cents::ZERO);
        if most < left || (name == "share" && most != left) {
            step(name, share, limit, most - left);
            left = most;
        }
    }
    let tier = rule.tiers.iter().rev().find(|(from, _)| *from <= given.eligible);
    match tier {
        Some((from, rate)) => step("tier", Some(*rate), Some(*from), given.credit),
        None => step("rate", Some(given.rate), None, given.credit),
    }
    if rule.tax != 0 {
        step("tax", Some(rule.tax), None, given.after_tax - given.credit);
    }
    step("studio", Some(rule.studio_share), None, given.studio);
    step("certainty", Some(rule.certainty), None, given.expected);
    steps
}

/// What is left of the share that counts when what others gave is taken off.
fn left_after(given: &forecast::Incentive, rule: &IncentiveRule) -> Cents {
    given.eligible.basis_points(rule.eligible) - given.assistance
}

/// Rows of the postings that a rule counts: those of which all counts as runs, and parts of others.
fn eligible(
    production: &Production,
    rule: &IncentiveRule,
    ledger: &[forecast::Posting],
    rows: &[u32],
) -> (Vec<[u32; 2]>, Vec<PayLine>) {
    let count = rows.iter().max().map_or(0, |row| *row as usize + 1);
    // By row: minutes and amount that count, and whether some of it does not.
    let mut sums: Vec<(i64, i64, bool, bool)> = vec![(0, 0, false, false); count];
    for (posting, &row) in ledger.iter().zip(rows) {
        let known = &mut sums[row as usize];
        if forecast::counted(production, rule, posting).1 {
            known.0 += posting.minutes;
            known.1 = known.1.saturating_add(posting.amount.0);
            known.2 = true;
        } else {
            known.3 = true;
        }
    }
    let (mut whole, mut parts): (Vec<[u32; 2]>, Vec<PayLine>) = Default::default();
    for (row, (minutes, amount, counts, some_not)) in (0_u32..).zip(sums) {
        match (counts, some_not) {
            (true, false) => match whole.last_mut().filter(|run| run[1] == row) {
                Some(run) => run[1] = row + 1,
                None => whole.push([row, row + 1]),
            },
            (true, true) => parts.push((row, minutes, Some(amount))),
            (false, _) => {}
        }
    }
    (whole, parts)
}
