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
    let mut hours = Hours::default();
    hours.add_week(policy, base);
    let week = LongWeek::new(policy, base, extra, least, day_cost);
    pay_together(policy, &hours, &[week], day_minutes).next().unwrap_or(Cents::ZERO)
}

/// What the weeks that are paid together have without overtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// How many weeks.
    weeks: i64,
    /// Premium by daily tiers, in `FINEST` parts of a minute.
    daily: i128,
    /// Time, in ten-thousandths of a minute.
    time: i128,
}

impl Hours {
    /// Adds a week of which each day has so many ten-thousandths of a minute.
    pub fn add_week(&mut self, policy: &OvertimePolicy, base: &[i64]) {
        let days = base.iter().map(|&fine| i128::from(fine));
        self.weeks += 1;
        self.daily = self.daily.saturating_add(by_day(policy, days.clone(), &[]));
        self.time = self.time.saturating_add(days.sum());
    }
}

/// A week of them with overtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongWeek {
    /// Minutes of overtime.
    minutes: i64,
    /// What it adds to the premium by daily tiers.
    daily: i128,
    /// What a day of that week costs.
    day_cost: Cents,
}

impl LongWeek {
    /// A week, as for [`week_pay`].
    pub fn new(
        policy: &OvertimePolicy,
        base: &[i64],
        extra: &[i64],
        least: &[i64],
        day_cost: Cents,
    ) -> LongWeek {
        let alone = base.iter().map(|&fine| i128::from(fine));
        let whole = alone.clone().zip(extra).map(|(fine, &more)| fine + i128::from(more) * FINE);
        LongWeek {
            minutes: extra.iter().sum(),
            daily: by_day(policy, whole, least) - by_day(policy, alone, least),
            day_cost,
        }
    }

    /// What its hours of overtime cost without any premium.
    pub(super) fn plain(&self, day_minutes: i64) -> Cents {
        let price = i128::from(self.day_cost.0).saturating_mul(i128::from(self.minutes));
        Cents(round_half_even(price, day_minutes.max(1).into()))
    }
}

/// Overtime pay of the long ones of weeks whose hours are added up, in their order.
///
/// Where a policy averages over several weeks, only what all of them have beyond so many times the
/// weekly threshold is paid at its multiple. Each hour of overtime in them bears the same part of the premium,
/// at the cost of a day of its own week; each week is rounded half to even by itself.
///
/// ```
/// use shotplan::forecast::overtime::{Hours, LongWeek, pay_together};
/// use shotplan::model::{Cents, OvertimePolicy};
/// // Beyond 40 h a week on the average of two, one and a half times; no daily tiers.
/// let policy = OvertimePolicy { daily: vec![], average_weeks: 2, ..OvertimePolicy::default() };
/// let (full, short) = ([480 * 10_000; 5], [480 * 10_000, 480 * 10_000, 480 * 10_000, 0, 0]);
/// let mut hours = Hours::default();
/// hours.add_week(&policy, &full); // 40 h,
/// hours.add_week(&policy, &short); // and 24 h in a week with two public holidays
/// let long = LongWeek::new(&policy, &full, &[96; 5], &[], Cents(40_000)); // 8 h of overtime
/// // 72 h of 80: all 8 h are paid plainly, 400.00.
/// assert_eq!(pay_together(&policy, &hours, &[long], 480).collect::<Vec<_>>(), [Cents(40_000)]);
/// // And 16 h in the second week too: 88 of 80, so 8 of all 24 h are paid half again: 8 and 16 h at 7/6.
/// let more = LongWeek::new(&policy, &short, &[320, 320, 320, 0, 0], &[], Cents(40_000));
/// let pay: Vec<Cents> = pay_together(&policy, &hours, &[long, more], 480).collect();
/// assert_eq!(pay, [Cents(46_667), Cents(93_333)]);
/// ```
pub fn pay_together<'a>(
    policy: &OvertimePolicy,
    hours: &Hours,
    weeks: &'a [LongWeek],
    day_minutes: i64,
) -> impl Iterator<Item = Cents> + use<'a> {
    let overtime: i128 = weeks.iter().map(|week| i128::from(week.minutes)).sum();
    let daily = weeks.iter().map(|week| week.daily).fold(hours.daily, i128::saturating_add);
    let premium = daily.max(by_week(policy, hours.time + overtime * FINE, hours.weeks))
        - hours.daily.max(by_week(policy, hours.time, hours.weeks));
    let multiple = overtime.saturating_mul(FINEST).saturating_add(premium.max(0));
    let whole = overtime.max(1) * FINEST * i128::from(day_minutes.max(1));
    let is_paid = !policy.exempt;
    weeks.iter().map(move |week| {
        let price = i128::from(week.day_cost.0).saturating_mul(i128::from(week.minutes));
        let pay = round_half_even(multiple.saturating_mul(price), whole);
        Cents(if is_paid { pay } else { 0 })
    })
}

/// Premium of a week in `FINEST` parts of a minute: the higher of all daily tiers and the weekly rule.
fn premium(policy: &OvertimePolicy, days: &[i128], least: &[i64]) -> i128 {
    let daily = by_day(policy, days.iter().copied(), least);
    daily.max(by_week(policy, days.iter().sum(), 1))
}

/// Premium of days by daily tiers and what they are paid at least.
fn by_day(policy: &OvertimePolicy, days: impl Iterator<Item = i128>, least: &[i64]) -> i128 {
    let least = least.iter().copied().chain(std::iter::repeat(10_000));
    days.zip(least)
        .fold(0_i128, |sum, (fine, least)| sum.saturating_add(day_premium(policy, fine, least)))
}

/// Premium of so many weeks together by the weekly threshold.
fn by_week(policy: &OvertimePolicy, time: i128, weeks: i64) -> i128 {
    policy.weekly.map_or(0, |(from, multiplier)| {
        let beyond = (time - i128::from(from) * i128::from(weeks) * FINE).max(0);
        beyond.saturating_mul(i128::from(multiplier) - 10_000)
    })
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
