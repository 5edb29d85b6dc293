//! Overtime arithmetic: what long days are paid, and what long weeks are worth.
//!
//! Takes minutes and a policy, gives minutes. Knows no people and no plan; the postings are made
//! in `overtime_pay`.

use crate::model::{Cents, OvertimePolicy, round_half_even};

/// Ten-thousandths of a minute in a minute: base minutes are shares of a day, held exactly.
pub(super) const FINE: i128 = 10_000;
/// Premiums multiply fine minutes by basis points.
const FINEST: i128 = FINE * 10_000;

/// Minutes paid for a week of days with these minutes of work, rounded half to even once.
///
/// Each daily tier adds its premium to the minutes beyond it, the weekly threshold adds its own,
/// and of the two sums the higher is paid: an hour that both rules reach is paid once.
///
/// ```
/// use shotplan::forecast::overtime::paid_minutes;
/// use shotplan::model::OvertimePolicy;
/// let policy = OvertimePolicy::default(); // beyond 8 h 1.5, beyond 12 h 2, beyond 40 h a week 1.5
/// assert_eq!(paid_minutes(&policy, &[690]), 795); // 11.5 h are paid as 13.25 h
/// assert_eq!(paid_minutes(&policy, &[780]), 960); // 13 h as 16 h
/// assert_eq!(paid_minutes(&policy, &[540; 5]), 2_850); // five days of 9 h: 47.5 h, not 50
/// assert_eq!(paid_minutes(&policy, &[480; 6]), 3_120); // a sixth day: the week's rule alone
/// ```
pub fn paid_minutes(policy: &OvertimePolicy, days: &[i64]) -> i64 {
    let fine: Vec<i128> = days.iter().map(|&minutes| i128::from(minutes) * FINE).collect();
    let worked: i128 = fine.iter().sum();
    if policy.exempt {
        return round_half_even(worked, FINE);
    }
    let paid = worked.saturating_mul(10_000).saturating_add(premium(policy, &fine, &[]));
    round_half_even(paid, FINEST)
}

/// Overtime pay of a person and week: `(overtime minutes + premium) × day cost ÷ day minutes`,
/// rounded half to even once; nothing under an exempt contract.
///
/// `base` are the ten-thousandths of minutes of each day by contract hours, `extra` the minutes of
/// overtime on the same days. The premium is that of the whole week less that of the base alone,
/// so a site with ten-hour days pays its tiers for overtime only. `least` are the multiples (basis
/// points) that each day is paid at least, from its first minute on: that of a day off, 10,000 on a
/// working day and where it is shorter than the week.
///
/// ```
/// use shotplan::forecast::overtime::week_pay;
/// use shotplan::model::{Cents, OvertimePolicy};
/// let base = [480 * 10_000; 5]; // five days of 8 h
/// let extra = [60, 60, 60, 60, 60]; // an hour more each day
/// // 5 h and half of it again = 7.5 h of a day of 8 h that costs 400.00.
/// let law = OvertimePolicy::default();
/// assert_eq!(week_pay(&law, &base, &extra, &[], Cents(40_000), 480), Cents(37_500));
/// // A Sunday of 4 h as the seventh day: paid 8 h, more than the week's rule would give (6 h).
/// let (base, extra) = ([4_800_000, 4_800_000, 4_800_000, 4_800_000, 4_800_000, 0, 0], [0, 0, 0, 0, 0, 0, 240]);
/// let least = [10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 20_000];
/// assert_eq!(week_pay(&law, &base, &extra, &least, Cents(40_000), 480), Cents(40_000));
/// ```
pub fn week_pay(
    policy: &OvertimePolicy,
    base: &[i64],
    extra: &[i64],
    least: &[i64],
    day_cost: Cents,
    day_minutes: i64,
) -> Cents {
    if policy.exempt {
        return Cents::ZERO;
    }
    let alone: Vec<i128> = base.iter().map(|&fine| i128::from(fine)).collect();
    let whole: Vec<i128> =
        alone.iter().zip(extra).map(|(&fine, &more)| fine + i128::from(more) * FINE).collect();
    let overtime: i128 = extra.iter().map(|&more| i128::from(more)).sum();
    let premium = (premium(policy, &whole, least) - premium(policy, &alone, least)).max(0);
    let paid = overtime.saturating_mul(FINEST).saturating_add(premium);
    let amount = paid.saturating_mul(i128::from(day_cost.0));
    Cents(round_half_even(amount, FINEST * i128::from(day_minutes.max(1))))
}

/// Premium of a week in `FINEST` parts of a minute: the higher of all daily tiers and the weekly rule.
fn premium(policy: &OvertimePolicy, days: &[i128], least: &[i64]) -> i128 {
    let least = least.iter().copied().chain(std::iter::repeat(10_000));
    let daily = days
        .iter()
        .zip(least)
        .fold(0_i128, |sum, (&fine, least)| sum.saturating_add(day_premium(policy, fine, least)));
    let weekly = policy.weekly.map_or(0, |(from, multiplier)| {
        let beyond = (days.iter().sum::<i128>() - i128::from(from) * FINE).max(0);
        beyond.saturating_mul(i128::from(multiplier) - 10_000)
    });
    daily.max(weekly)
}

fn day_premium(policy: &OvertimePolicy, fine: i128, least: i64) -> i128 {
    let more = i128::from(least.max(10_000)) - 10_000;
    let before = policy.daily.first().map_or(fine, |(from, _)| fine.min(i128::from(*from) * FINE));
    let mut premium = before.max(0).saturating_mul(more);
    for (tier, &(from, multiplier)) in policy.daily.iter().enumerate() {
        let from = i128::from(from) * FINE;
        let next = policy.daily.get(tier + 1).map(|(next, _)| i128::from(*next) * FINE);
        let upper = next.map_or(fine, |next| fine.min(next));
        let inside = (upper - from).max(0);
        let of_tier = i128::from(multiplier) - 10_000;
        let times = if more > 0 { of_tier.max(more) } else { of_tier };
        premium = premium.saturating_add(inside.saturating_mul(times));
    }
    premium
}

/// How much work long weeks are worth, as a rule of thumb with default numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductivityCurve {
    /// Up to so many minutes of a week, a minute is worth so many basis points; ascending. Minutes
    /// beyond the last step are worth nothing.
    pub steps: Vec<(i64, i64)>,
    /// A week with more minutes than this is heavy.
    pub heavy: i64,
    /// Heavy weeks in a row without loss.
    pub patience: usize,
    /// What the heavy weeks after those are worth, in basis points; the last value stays.
    pub fatigue: Vec<i64>,
}

impl Default for ProductivityCurve {
    /// 1.0 to 48 h, 0.6 to 55 h, 0.25 to 60 h, nothing beyond; after three weeks over 50 h in a row
    /// the fourth is worth 0.95 of that, the fifth and later 0.92.
    fn default() -> Self {
        ProductivityCurve {
            steps: vec![(48 * 60, 10_000), (55 * 60, 6_000), (60 * 60, 2_500)],
            heavy: 50 * 60,
            patience: 3,
            fatigue: vec![9_500, 9_200],
        }
    }
}

impl ProductivityCurve {
    /// Minutes of work that weeks in a row are worth, each rounded half to even once.
    ///
    /// ```
    /// use shotplan::forecast::overtime::ProductivityCurve;
    /// let curve = ProductivityCurve::default();
    /// assert_eq!(curve.effective(&[50 * 60]), [2_952]); // 49.2 h
    /// assert_eq!(curve.effective(&[55 * 60]), [3_132]); // 52.2 h
    /// assert_eq!(curve.effective(&[60 * 60, 70 * 60]), [3_207, 3_207]); // 53.45 h, however long
    /// // Three heavy weeks are borne, the fourth gives 0.95, the fifth 0.92; a short one is a rest.
    /// let weeks = curve.effective(&[3_300, 3_300, 3_300, 3_300, 3_300, 2_400, 3_300]);
    /// assert_eq!(weeks, [3_132, 3_132, 3_132, 2_975, 2_881, 2_400, 3_132]);
    /// ```
    pub fn effective(&self, weeks: &[i64]) -> Vec<i64> {
        let mut heavy_in_a_row = 0_usize;
        weeks
            .iter()
            .map(|&minutes| {
                heavy_in_a_row = if minutes > self.heavy { heavy_in_a_row + 1 } else { 0 };
                let tired = heavy_in_a_row.checked_sub(self.patience + 1);
                let factor = tired.and_then(|more| self.fatigue.get(more).or(self.fatigue.last()));
                let worth =
                    self.worth(minutes).saturating_mul(i128::from(*factor.unwrap_or(&10_000)));
                round_half_even(worth, 10_000 * 10_000)
            })
            .collect()
    }

    /// Worth of one week in ten-thousandths of a minute, without fatigue.
    fn worth(&self, minutes: i64) -> i128 {
        let mut from = 0;
        let mut worth = 0_i128;
        for &(to, points) in &self.steps {
            let inside = (minutes.min(to) - from).max(0);
            worth += i128::from(inside) * i128::from(points);
            from = from.max(to);
        }
        worth
    }
}
