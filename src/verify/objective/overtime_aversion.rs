//! Component 5: long weeks, and too many of them in a row.

use crate::model::{Cents, Id, round_half_even};
use crate::verify::case::Case;
use crate::verify::long_weeks;
use crate::verify::overtime::{MINUTE, total_time};

/// Beyond so many hours of a week, so many quarters of the hourly cost more.
const STEPS: [(i128, i128); 3] = [(45, 1), (50, 2), (55, 4)];

pub(super) fn cost(case: &Case<'_>) -> Cents {
    let patience = case.production.settings.productivity.patience;
    let too_many = long_weeks::places_in_row(case).into_iter().filter(|&place| place > patience);
    let mut sum = case.production.mean_day_cost().by(too_many.count() as i64);
    for week in &case.overtime {
        let Some(&(first, _)) = week.days.first() else { continue };
        let total = total_time(case, week);
        let quarters: i128 = STEPS
            .iter()
            .map(|&(hours, quarters)| (total - hours * 60 * MINUTE).max(0) * quarters)
            .sum();
        let cost = i128::from(case.production.day_cost(week.person, case.clock.date(first)).0);
        let day = i128::from(case.people[week.person.index()].day_minutes) * MINUTE;
        sum += Cents(round_half_even(cost.saturating_mul(quarters), 4 * day));
    }
    sum
}
