//! Earned value: is the work that is done worth what was spent on it?
//!
//! Takes four amounts (and the plan's value by period), gives variances and indices. Amounts are exact
//! and rounded half to even once; only indices, which are read and not added, are floating point.
//! An index whose divisor is 0 is `None`.

use crate::model::{Cents, Status, Task, round_half_even};

/// The four amounts that everything else follows from.
///
/// ```
/// use shotplan::forecast::earned_value::EarnedValue;
/// use shotplan::model::Cents;
/// let show = EarnedValue {
///     budget: Cents(10_000_000), planned: Cents(5_000_000),
///     earned: Cents(4_400_000), spent: Cents(4_500_000),
/// };
/// assert_eq!(show.cost_variance(), Cents(-100_000));
/// assert_eq!(show.estimate_typical(), Some(Cents(10_227_273))); // 102,272.73
/// assert_eq!(show.estimate_atypical(), Cents(10_100_000));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EarnedValue {
    /// Budget at completion.
    pub budget: Cents,
    /// Value that should be done by now.
    pub planned: Cents,
    /// Value that is done.
    pub earned: Cents,
    /// Cost to date, posted and accrued.
    pub spent: Cents,
}

impl EarnedValue {
    /// Earned less spent; negative = over cost.
    pub fn cost_variance(&self) -> Cents {
        self.earned - self.spent
    }
    /// Earned less planned; negative = behind.
    pub fn schedule_variance(&self) -> Cents {
        self.earned - self.planned
    }
    /// Cost performance index: earned ÷ spent.
    pub fn cost_index(&self) -> Option<f64> {
        index(self.earned, self.spent)
    }
    /// Schedule performance index: earned ÷ planned. It tends to 1 on late shows; see
    /// [`earned_schedule`].
    pub fn schedule_index(&self) -> Option<f64> {
        index(self.earned, self.planned)
    }
    /// Estimate at completion if the rest goes as the work so far: budget ÷ cost index.
    pub fn estimate_typical(&self) -> Option<Cents> {
        scaled(self.budget, &[(self.spent, self.earned)])
    }
    /// Estimate at completion if the rest goes as budgeted: spent + (budget − earned).
    pub fn estimate_atypical(&self) -> Cents {
        self.spent + (self.budget - self.earned)
    }
    /// Estimate at completion if cost and delay both go on:
    /// spent + (budget − earned) ÷ (cost index × schedule index).
    pub fn estimate_both(&self) -> Option<Cents> {
        let rest = self.budget - self.earned;
        let ratios = [(self.spent, self.earned), (self.planned, self.earned)];
        Some(self.spent + scaled(rest, &ratios)?)
    }
    /// How well the rest must go to end on budget: (budget − earned) ÷ (budget − spent).
    pub fn to_complete_index(&self) -> Option<f64> {
        index(self.budget - self.earned, self.budget - self.spent)
    }
}

fn index(numerator: Cents, denominator: Cents) -> Option<f64> {
    (denominator != Cents::ZERO).then(|| numerator.0 as f64 / denominator.0 as f64)
}

/// `amount` times each ratio, rounded once; ratio by ratio where the exact product is too large to
/// hold. `None` when a divisor is 0.
fn scaled(amount: Cents, ratios: &[(Cents, Cents)]) -> Option<Cents> {
    let mut exact = Some((i128::from(amount.0), 1_i128));
    let mut step_by_step = amount;
    for &(numerator, denominator) in ratios {
        let sign = i128::from(denominator.0.signum());
        if sign == 0 {
            return None;
        }
        let numerator = i128::from(numerator.0) * sign;
        let denominator = i128::from(denominator.0).abs();
        exact = exact.and_then(|(top, bottom)| {
            Some((top.checked_mul(numerator)?, bottom.checked_mul(denominator)?))
        });
        let product = i128::from(step_by_step.0).saturating_mul(numerator);
        step_by_step = Cents(round_half_even(product, denominator));
    }
    match exact {
        // Rounding doubles a remainder, so the divisor needs a bit of room.
        Some((top, bottom)) if bottom < i128::MAX / 2 => Some(Cents(round_half_even(top, bottom))),
        _ => Some(step_by_step),
    }
}

/// Share of a task's budget that its status has earned, in basis points: by state of approval, not
/// by time spent.
///
/// Nothing until work starts; in work half of logged ÷ estimate, at most a half; on hold the same;
/// internal review 0.6, retake 0.55, client review 0.8, good enough 0.95, approved or sent all of it.
/// Omitted work earns nothing, and its budget is no part of the whole.
pub fn credit(task: &Task) -> i64 {
    match task.status {
        Status::Omit | Status::NotReady | Status::Ready => 0,
        Status::Wip | Status::Hold => {
            let (logged, estimate) = (task.logged.max(0), task.estimate.max(1));
            round_half_even(i128::from(logged) * 5_000, i128::from(estimate)).min(5_000)
        }
        Status::Retake => 5_500,
        Status::InternalReview => 6_000,
        Status::ClientReview => 8_000,
        Status::Cbb => 9_500,
        Status::Final | Status::Delivered => 10_000,
    }
}

/// Earned schedule: the time, in periods, at which the plan expected the value earned now.
///
/// `planned` is the cumulative planned value at the end of each period; it never falls. Beyond the
/// last period it is the number of periods.
///
/// ```
/// use shotplan::forecast::earned_value::earned_schedule;
/// use shotplan::model::Cents;
/// let weeks = [Cents(10), Cents(22), Cents(36), Cents(50)];
/// let earned = earned_schedule(&weeks, Cents(44)); // 3 weeks and 8 of the next 14
/// assert_eq!(format!("{earned:.4}"), "3.5714");
/// assert_eq!(format!("{:.4}", earned / 4.0), "0.8929"); // after four weeks: SPI(t)
/// ```
pub fn earned_schedule(planned: &[Cents], earned: Cents) -> f64 {
    let whole = planned.iter().take_while(|value| **value <= earned).count();
    let before = whole.checked_sub(1).map_or(Cents::ZERO, |last| planned[last]);
    let part = planned.get(whole).and_then(|next| index(earned - before, *next - before));
    whole as f64 + part.unwrap_or(0.0).max(0.0)
}
