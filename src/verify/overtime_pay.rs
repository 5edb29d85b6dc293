//! What the overtime of a person in a week costs ("Overtime pay" in `docs/rules.md`).

use super::case::{Case, OvertimeWeek};
use super::days_off;
use super::overtime::{MINUTE, days_of, overtime_minutes};
use crate::model::{Cents, Id, OvertimePolicy, round_half_even};

/// Overtime minutes and their premium at the day's cost, rounded once.
///
/// An hour that both the daily and the weekly rule reach is paid once: the larger premium of the
/// week counts. What the base alone would bring is not paid here: it is not overtime.
pub(super) fn overtime_pay(case: &Case<'_>, week: &OvertimeWeek) -> Cents {
    let Some(&(first, _)) = week.days.first() else { return Cents::ZERO };
    let policy = case.policy(week.person, first);
    if policy.exempt {
        return Cents::ZERO;
    }
    let time = &case.people[week.person.index()];
    let base = days_of(case, week).map(|day| time.base_time(day));
    let total = days_of(case, week).map(|day| {
        let extra = week.days.iter().find(|&&(own, _)| own == day).map_or(0, |&(_, more)| more);
        time.base_time(day) + i128::from(extra) * MINUTE
    });
    let least = days_off::multiples(case, week, &policy);
    let premium = (premium(&policy, total, &least) - premium(&policy, base, &least)).max(0);
    let minutes = i128::from(overtime_minutes(week)) * MINUTE * 10_000 + premium;
    let cost = i128::from(case.production.day_cost(week.person, case.clock.date(first)).0);
    let day = i128::from(time.day_minutes) * MINUTE * 10_000;
    Cents(round_half_even(cost.saturating_mul(minutes), day))
}

/// Premium of a week whose days have these totals (in ten-thousandths of a minute), in
/// hundred-millionths of a minute.
fn premium(policy: &OvertimePolicy, days: impl Iterator<Item = i128>, least: &[i64]) -> i128 {
    let (mut daily, mut sum) = (0, 0);
    for (total, &least) in days.zip(least) {
        sum += total;
        if least > 10_000 {
            daily += on_day_off(policy, total, least);
            continue;
        }
        for (index, &(from, multiplier)) in policy.daily.iter().enumerate() {
            let upto = policy
                .daily
                .get(index + 1)
                .map_or(total, |&(next, _)| total.min(i128::from(next) * MINUTE));
            let inside = (upto - i128::from(from) * MINUTE).max(0);
            daily += inside * i128::from(multiplier - 10_000);
        }
    }
    let weekly = policy.weekly.map_or(0, |(from, multiplier)| {
        (sum - i128::from(from) * MINUTE).max(0) * i128::from(multiplier - 10_000)
    });
    daily.max(weekly)
}

/// Premium of a day off that is paid `least` times from its first minute on: from tier to tier the higher
/// of the two.
fn on_day_off(policy: &OvertimePolicy, total: i128, least: i64) -> i128 {
    let mut edges: Vec<(i128, i64)> = vec![(0, 10_000)];
    edges.extend(policy.daily.iter().map(|&(from, times)| (i128::from(from) * MINUTE, times)));
    let ends = edges.iter().skip(1).map(|&(from, _)| from).chain([i128::MAX]);
    edges
        .iter()
        .zip(ends)
        .map(|(&(from, times), end)| {
            (total.min(end) - from).max(0) * i128::from(times.max(least) - 10_000)
        })
        .sum()
}
