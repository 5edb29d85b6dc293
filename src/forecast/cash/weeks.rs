//! Movements of cash added up by week, and the lowest balance.

use super::super::ledger::monday;
use super::{CashEvent, CashKind, CashLine, CashWeek, after};
use crate::model::{Cents, days_between};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Weeks shown without a gap; beyond, only weeks in which money moves.
const MOST_WEEKS: i64 = 1_000;

/// Lines by day and kind: there are few days on which anybody is paid.
pub(super) fn by_day(lines: &[CashLine]) -> BTreeMap<(Date, CashKind), Cents> {
    let mut sums = BTreeMap::new();
    for line in lines {
        *sums.entry((line.date, line.kind)).or_default() += line.amount;
    }
    sums
}

pub(super) fn weeks<'e>(
    opening: Cents,
    as_of: Date,
    lines: &BTreeMap<(Date, CashKind), Cents>,
    events: impl Iterator<Item = (Date, &'e CashEvent)>,
) -> Vec<CashWeek> {
    let mut sums = BTreeMap::<Date, CashWeek>::new();
    let empty = |week: Date| CashWeek {
        week,
        payroll: Cents::ZERO,
        fringe: Cents::ZERO,
        vendors: Cents::ZERO,
        other: Cents::ZERO,
        receipts: Cents::ZERO,
        incentives: Cents::ZERO,
        balance: Cents::ZERO,
    };
    sums.insert(monday(as_of), empty(monday(as_of)));
    let mut add = |date: Date, kind: CashKind, amount: Cents| {
        let week = monday(date);
        let row = sums.entry(week).or_insert_with(|| empty(week));
        let place = match kind {
            CashKind::Payroll => &mut row.payroll,
            CashKind::Fringe => &mut row.fringe,
            CashKind::Vendor => &mut row.vendors,
            CashKind::Other => &mut row.other,
            CashKind::Receipt => &mut row.receipts,
            CashKind::Incentive => &mut row.incentives,
        };
        *place += amount;
    };
    lines.iter().for_each(|(&(date, kind), &amount)| add(date, kind, amount));
    events.for_each(|(date, row)| add(date, row.kind, row.amount));
    let ends = sums.keys().next().copied().zip(sums.keys().next_back().copied());
    if let Some((first, last)) = ends
        && days_between(first, last) / 7 < MOST_WEEKS
    {
        for week in 0..=days_between(first, last) / 7 {
            let week = after(first, week * 7);
            sums.entry(week).or_insert_with(|| empty(week));
        }
    }
    let mut balance = opening;
    sums.into_values()
        .map(|mut row| {
            balance += row.net();
            row.balance = balance;
            row
        })
        .collect()
}

/// The first of the weeks with the lowest balance, from the week of the plan on.
pub(super) fn lowest(weeks: &[CashWeek], as_of: Date) -> Option<usize> {
    let now = monday(as_of);
    let coming = weeks.iter().enumerate().filter(|(_, row)| row.week >= now);
    coming.min_by_key(|(_, row)| row.balance).map(|(row, _)| row)
}
