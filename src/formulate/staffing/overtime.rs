//! Overtime of people: the most of it, and the least that it is paid.

use super::crews::{after_rounding, share};
use crate::model::{
    Day, DayOff, DaysOff, Lane, Mode, OvertimePolicy, PersonId, Production, Timeline,
};
use jiff::civil::Date;
use std::borrow::Cow;

/// One person's day on one lane: share of a working day, and minutes of overtime on top.
pub(super) struct Worked<'a> {
    pub lane: &'a Lane,
    pub overtime: Vec<f64>,
    pub overtime_week: Vec<f64>,
    /// Least price of a working day's length of overtime, by day.
    pub price: Vec<f64>,
}

/// Overtime of a lane, in working days: as much as rule 15 allows on each day and in each week, with
/// the most generous policy where a week sees several.
pub(super) fn overtime<'a>(
    production: &Production,
    timeline: &Timeline,
    lane: &'a Lane,
    of_person: &[Lane],
    mode: Mode,
) -> Worked<'a> {
    let days = timeline.days() as usize;
    let weeks = timeline.weeks() as usize;
    let person = &production.people[lane.person];
    let length = production.sites[person.site].day_minutes.max(1) as f64;
    let mut worked = Worked {
        lane,
        overtime: vec![0.0; days],
        overtime_week: vec![0.0; weeks],
        price: vec![0.0; days],
    };
    if mode == Mode::NoOvertime || !production.may_work_overtime(lane.person) {
        return worked;
    }
    let base = |day: usize| {
        let shares: f64 = of_person.iter().map(|lane| f64::from(share(lane, day))).sum();
        shares / 1e4 * length
    };
    let week_of = |day: usize| timeline.week(Day(day as u32)) as usize;
    let mut day = 0;
    while day < days {
        let week = week_of(day);
        let end = (day..days).find(|&other| week_of(other) != week).unwrap_or(days);
        let span = day..end;
        day = end;
        let total: f64 = span.clone().map(base).sum();
        if total == 0.0 {
            continue;
        }
        let mut policies: Vec<Cow<'_, OvertimePolicy>> = Vec::new();
        let mut may = [false; 7];
        let off = |day: usize| of_person.iter().map(|lane| lane.minutes_off(day as u32)).max();
        let off = |day: usize| off(day).unwrap_or(0);
        let is_asked = |day: usize| base(day) > 0.0 || off(day) > 0;
        for (at, day) in span.clone().enumerate().filter(|&(_, day)| is_asked(day)) {
            let date = timeline.date(Day(day as u32));
            let Some(policy) = production.overtime_on(lane.person, date) else { continue };
            may[at % 7] = base(day) > 0.0;
            // Which days off may be worked is a matter of each day, not of pay.
            let policy = match policy.days_off {
                DaysOff::None => policy,
                DaysOff::Weekends | DaysOff::All => {
                    Cow::Owned(OvertimePolicy { days_off: DaysOff::None, ..policy.into_owned() })
                }
            };
            if !policies.contains(&policy) {
                policies.push(policy);
            }
        }
        if policies.is_empty() {
            continue;
        }
        let policies: Vec<&OvertimePolicy> = policies.iter().map(|policy| &**policy).collect();
        let most = |cap: fn(&OvertimePolicy) -> i64| {
            policies.iter().map(|policy| cap(policy)).max().unwrap_or(0) as f64
        };
        let cap_day = most(|policy| policy.cap_day_minutes);
        let cap_week = policies.iter().map(|policy| production.most_in_week(lane.person, policy));
        let cap_week = cap_week.max().unwrap_or(0) as f64;
        let left = ((cap_week - total) / length).max(0.0);
        // The hours of a long week do less than they take.
        let worth = |minutes: f64| {
            production.settings.productivity.worth((minutes * 1e4).round() as i128) as f64 / 1e8
        };
        worked.overtime_week[week] =
            match cap_week > production.settings.productivity.plain() as f64 {
                true => left.min((worth(cap_week) - worth(total)).max(0.0) / length),
                false => left,
            };
        let cost = span
            .clone()
            .filter(|&day| is_asked(day))
            .map(|day| production.day_cost(lane.person, timeline.date(Day(day as u32))).0)
            .min();
        let cost = cost.unwrap_or(0).max(0) as f64;
        let bases: Vec<f64> = span.clone().map(base).collect();
        for (at, day) in span.clone().enumerate() {
            let lanes = of_person.iter().filter(|other| share(other, day) > 0).count();
            if may[at % 7] && lanes == 1 && share(lane, day) > 0 {
                worked.overtime[day] = ((cap_day - base(day)) / length).max(0.0).min(left);
                worked.price[day] = after_rounding(cost, cost / length)
                    * least_multiple(&policies, &bases, base(day));
            }
            let minutes = f64::from(lane.minutes_off(day as u32));
            if minutes > 0.0 {
                worked.overtime[day] = (minutes / length).min(left);
                let date = timeline.date(Day(day as u32));
                worked.price[day] = after_rounding(cost, cost / length)
                    * least_off(production, lane.person, date, &policies, &bases);
            }
        }
    }
    worked
}

/// What a minute of overtime on a day with `own` minutes of base is paid at least, as a multiple.
///
/// Its time is always paid once unless the policy is exempt. The premium of the day's first tier
/// comes on top when the base alone reaches that tier and earns no premium anywhere in the week:
/// then every minute of overtime on such a day adds it to the daily sum, which is one of the two
/// sums whose larger one is paid.
fn least_multiple(policies: &[&OvertimePolicy], bases: &[f64], own: f64) -> f64 {
    let [policy] = policies else {
        return if policies.iter().any(|policy| policy.exempt) { 0.0 } else { 1.0 };
    };
    if policy.exempt {
        return 0.0;
    }
    if policy.average_weeks > 1 {
        // Its premium is shared with the overtime of other weeks, which may have none.
        return 1.0;
    }
    let Some(&(from, points)) = policy.daily.first() else { return 1.0 };
    let week: f64 = bases.iter().sum();
    let plain = bases.iter().all(|&base| base <= from as f64)
        && policy.weekly.is_none_or(|(from, _)| week <= from as f64);
    // A later tier that pays less than the first would take premium back.
    let rising = policy.daily.iter().all(|&(_, later)| later >= points);
    if plain && rising && own >= from as f64 { (points as f64 / 1e4).max(1.0) } else { 1.0 }
}

/// What a minute of work on a day off is paid at least, as a multiple: that of the day where nothing of
/// the base earns a premium and no tier takes premium back, so that the days add up; else once its time.
fn least_off(
    production: &Production,
    person: PersonId,
    date: Date,
    policies: &[&OvertimePolicy],
    bases: &[f64],
) -> f64 {
    let [policy] = policies else {
        return if policies.iter().any(|policy| policy.exempt) { 0.0 } else { 1.0 };
    };
    if policy.exempt {
        return 0.0;
    }
    if policy.average_weeks > 1 {
        // Its premium is shared with the overtime of other weeks, which may have none.
        return 1.0;
    }
    let week: f64 = bases.iter().sum();
    let first = policy.daily.first().map_or(f64::INFINITY, |&(from, _)| from as f64);
    let plain = bases.iter().all(|&base| base <= first)
        && policy.weekly.is_none_or(|(from, _)| week <= from as f64)
        && policy.daily.iter().all(|&(_, points)| points >= 10_000);
    let site = &production.sites[production.people[person].site];
    let calendar = &production.calendars[site.calendar];
    let multiple = match site.day_off(calendar, date) {
        Some(DayOff::Holiday) => policy.holiday,
        Some(DayOff::Weekend) => {
            let first = policy.weekend_multiple(calendar.days_in_week(date) + 1);
            first.min(policy.seventh_day)
        }
        None => 10_000,
    };
    if plain { (multiple as f64 / 1e4).max(1.0) } else { 1.0 }
}
