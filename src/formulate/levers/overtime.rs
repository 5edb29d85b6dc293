//! Overtime: how much a week has room for, and what each further minute of it costs.

use crate::model::{OvertimePolicy, ProductivityCurve};

/// A tenth-thousandth of a minute.
const FINE: i64 = 10_000;

/// Minutes of overtime in a week and what they are paid in basis points of plain time, the cheapest
/// first.
///
/// `base` is the time of each day in ten-thousandths of a minute, `may` says on which days overtime may
/// be asked; `off` are days off that may be worked, with their minutes and what they are paid at least,
/// in basis points. The premium of a week is the higher of the daily tiers' and the week's; the least of both
/// for so many minutes is a convex function of the minutes, so its slopes are tiers. `most` = minutes of the
/// longest week.
///
/// ```
/// use shotplan::formulate::levers::overtime::tiers;
/// use shotplan::model::OvertimePolicy;
/// let tiers = |policy: &_, base: &_, may: &_, off: &_| tiers(policy, 48 * 60, base, may, off);
/// // A part-time artist, four days of eight hours: 32 of 40. Overtime may be asked on these days.
/// let policy = OvertimePolicy { daily: vec![], ..OvertimePolicy::default() };
/// let base = [4_800_000, 4_800_000, 4_800_000, 4_800_000, 0, 0, 0];
/// let may = [true, true, true, true, false, false, false];
/// // Up to the 40th hour time is paid plainly, from there on at one and a half, to 48 hours.
/// assert_eq!(tiers(&policy, &base, &may, &[]), vec![(480.0, 10_000), (480.0, 15_000)]);
/// // With daily tiers every minute beyond eight hours of a day is paid at one and a half.
/// let tiered = OvertimePolicy::default();
/// assert_eq!(tiers(&tiered, &base, &may, &[]), vec![(960.0, 15_000)]);
/// // Where no day may be longer, a Sunday of four hours that is paid twice.
/// assert_eq!(tiers(&tiered, &base, &[false; 7], &[(240, 20_000)]), vec![(240.0, 20_000)]);
/// ```
pub fn tiers(
    policy: &OvertimePolicy,
    most: i64,
    base: &[i64; 7],
    may: &[bool; 7],
    off: &[(i64, i64)],
) -> Vec<(f64, i64)> {
    let total: i64 = base.iter().sum();
    let in_week = (most * FINE - total).max(0);
    let days: Vec<i64> = (0..7)
        .filter(|&day| may[day])
        .map(|day| (policy.cap_day_minutes * FINE - base[day]).max(0))
        .chain(off.iter().map(|&(minutes, _)| minutes * FINE))
        .collect();
    let most = in_week.min(days.iter().sum());
    if most <= 0 || total == 0 {
        return Vec::new();
    }
    if policy.exempt {
        // It takes the artist's time but no money.
        return vec![(most as f64 / FINE as f64, 0)];
    }
    if policy.average_weeks > 1 {
        // What is paid more than once depends on other weeks.
        return vec![(most as f64 / FINE as f64, 10_000)];
    }
    // Points of premium at each length, lowest first, with the time that has them.
    let mut daily: Vec<(i64, i64)> = Vec::new();
    for day in (0..7).filter(|&day| may[day]) {
        let end = policy.cap_day_minutes * FINE;
        let mut from = base[day];
        let starts = policy.daily.iter().map(|&(at, points)| (at * FINE, points));
        let mut points = starts
            .clone()
            .take_while(|&(at, _)| at <= from)
            .last()
            .map_or(10_000, |(_, points)| points);
        for (at, next) in starts.filter(|&(at, _)| at > base[day]) {
            if from < at.min(end) {
                daily.push((points - 10_000, at.min(end) - from));
                from = at.min(end);
            }
            points = next;
        }
        if from < end {
            daily.push((points - 10_000, end - from));
        }
    }
    for &(minutes, least) in off {
        let (mut from, mut points) = (0, least.max(10_000));
        for &(at, next) in policy.daily.iter().filter(|tier| tier.0 < minutes) {
            daily.push((points - 10_000, (at - from) * FINE));
            (from, points) = (at, next.max(least));
        }
        daily.push((points - 10_000, (minutes - from) * FINE));
    }
    daily.sort_unstable();
    // The premium of the base itself is not counted: what matters is which of the two sums leads.
    let base_daily: i128 = base.iter().map(|&time| premium_of_day(policy, time)).sum();
    let base_weekly = policy.weekly.map_or(0, |(from, points)| {
        i128::from((total - from * FINE).max(0)) * i128::from(points - 10_000)
    });
    let before = base_daily.max(base_weekly);
    let premium = |minutes: i64| {
        let (mut left, mut sum) = (minutes, base_daily);
        for &(points, time) in &daily {
            let now = time.min(left);
            sum += i128::from(now) * i128::from(points);
            left -= now;
        }
        let weekly = policy.weekly.map_or(0, |(from, points)| {
            i128::from((total + minutes - from * FINE).max(0)) * i128::from(points - 10_000)
        });
        (sum.max(weekly) - before).max(0)
    };
    // Slopes change where a tier ends, where the week's threshold lies, or where the sums cross.
    let mut at = vec![0, most];
    let mut sum = 0;
    for &(_, time) in &daily {
        sum += time;
        at.push(sum.min(most));
    }
    if let Some((from, _)) = policy.weekly {
        at.push((from * FINE - total).clamp(0, most));
    }
    at.sort_unstable();
    at.dedup();
    let mut cuts = at.clone();
    for pair in at.windows(2) {
        cuts.extend(crossing(pair[0], pair[1], &premium));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut tiers: Vec<(f64, i64)> = Vec::new();
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let points = 10_000 + ((premium(to) - premium(from)) / i128::from(to - from)) as i64;
        let minutes = (to - from) as f64 / FINE as f64;
        match tiers.last_mut() {
            Some((sum, last)) if *last == points => *sum += minutes,
            _ => tiers.push((minutes, points)),
        }
    }
    tiers
}

/// Overtime of a week with what it does and what it is paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorthTier {
    /// Minutes that it takes.
    pub minutes: f64,
    /// Minutes of work that it does.
    pub worth: f64,
    /// What a minute of it is paid, in basis points of plain time.
    pub points: i64,
}

/// [`tiers`] with what their hours do on top of `base` (in ten-thousandths of a minute) in a long week. Each tier costs more
/// for a minute of work than the one before; hours that do nothing are left out.
///
/// ```
/// use shotplan::formulate::levers::overtime::{WorthTier, with_worth};
/// use shotplan::model::ProductivityCurve;
/// // Forty hours and fifteen more at one and a half: eight do what they take, seven of them 0.6 of it.
/// let tiers = with_worth(&ProductivityCurve::default(), 40 * 60 * 10_000, vec![(900.0, 15_000)]);
/// let worth = |minutes, worth| WorthTier { minutes, worth, points: 15_000 };
/// assert_eq!(tiers, [worth(480.0, 480.0), worth(420.0, 252.0)]);
/// ```
pub fn with_worth(curve: &ProductivityCurve, base: i64, tiers: Vec<(f64, i64)>) -> Vec<WorthTier> {
    let mut at = base as f64 / FINE as f64;
    let mut list = Vec::with_capacity(tiers.len());
    for (minutes, points) in tiers {
        let (mut from, to) = (at, at + minutes);
        if to <= curve.plain() as f64 {
            list.push(WorthTier { minutes, worth: minutes, points });
            at = to;
            continue;
        }
        for &(step, share) in &curve.steps {
            let minutes = to.min(step as f64) - from;
            if minutes <= 0.0 {
                continue;
            }
            if share > 0 {
                let worth = minutes * share as f64 / 1e4;
                list.push(WorthTier { minutes, worth, points });
            }
            from += minutes;
        }
        at = to;
    }
    list
}

/// Where a convex function of two straight pieces bends between two points, if it does.
fn crossing(from: i64, to: i64, value: &dyn Fn(i64) -> i128) -> Option<i64> {
    let slope = |a: i64, b: i64| (value(b) - value(a)) / i128::from((b - a).max(1));
    let (mut low, mut high) = (from, to);
    if high - low < 2 || slope(low, low + 1) == slope(high - 1, high) {
        return None;
    }
    let first = slope(from, from + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if slope(middle, (middle + 1).min(to)) == first && middle < to {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

fn premium_of_day(policy: &OvertimePolicy, time: i64) -> i128 {
    let mut sum = 0;
    for (tier, &(from, points)) in policy.daily.iter().enumerate() {
        let upto = policy.daily.get(tier + 1).map_or(time, |&(next, _)| time.min(next * FINE));
        sum += i128::from((upto - from * FINE).max(0)) * i128::from(points - 10_000);
    }
    sum
}
