//! The pay for a plan's overtime: once for each person and the weeks paid together, then on weeks, days and tasks.

use super::ledger::{CostState, Desk, LabourOf, Posting, PostingKind, each_day, monday};
use super::overtime::{Hours, LongWeek, pay_together};
use crate::model::{
    AccountKind, Cents, Day, DayOff, Overtime, OvertimePolicy, PersonId, Production, Worker,
    days_between, round_half_even,
};
use jiff::civil::Date;

/// Posts the overtime pay of the plan and gives what each entry of `plan.overtime` costs.
///
/// `labour` are the labour postings in `ledger`. The pay of a person-week (of weeks that are averaged, its part) is split over its days
/// by their overtime minutes, and that of a day over the tasks worked on it by their time; what
/// rounding leaves goes to the largest part. A day without a task is posted without one. What averaged weeks pay on
/// top of the hours is known, and posted, on the last day of them.
pub(super) fn post_overtime(
    desk: &Desk,
    labour: &LabourOf,
    ledger: &mut Vec<Posting>,
) -> Vec<Cents> {
    let entries = &desk.plan.overtime;
    let mut costs = vec![Cents::ZERO; entries.len()];
    let days_off = DaysOffWork::new(desk);
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&entry| (entries[entry].person, entries[entry].day));
    for span in spans(desk, &order) {
        let weeks: Vec<&[usize]> = weeks_of(desk, span).collect();
        let averaged = Averaged::new(desk, entries[span[0]]);
        let long: Vec<LongWeek> = weeks
            .iter()
            .map(|week| averaged.week(desk, week.iter().map(|&entry| entries[entry])))
            .collect();
        for (week, pay) in weeks.into_iter().zip(averaged.of(&long)) {
            let minutes: Vec<i64> =
                week.iter().map(|&entry| entries[entry].minutes.into()).collect();
            let parts =
                split(pay.on_the_day.0, &minutes).into_iter().zip(split(pay.later.0, &minutes));
            for (&entry, (amount, later)) in week.iter().zip(parts) {
                costs[entry] = Cents(amount) + Cents(later);
                let own = entries[entry];
                let part = (own.day, i64::from(own.minutes), Cents(amount));
                post_day(desk, labour, &days_off, ledger, own, part);
                if later != 0 {
                    let part = (averaged.last, 0, Cents(later));
                    post_day(desk, labour, &days_off, ledger, own, part);
                }
            }
        }
    }
    costs
}

/// Runs of entries of overtime, sorted by person and day, whose weeks are paid together.
pub(super) fn spans<'a>(desk: &Desk, order: &'a [usize]) -> impl Iterator<Item = &'a [usize]> {
    let entries = &desk.plan.overtime;
    let mut rest = order;
    std::iter::from_fn(move || {
        let first = entries[*rest.first()?];
        let (monday, weeks) =
            desk.production.paid_together(first.person, desk.timeline.date(first.day));
        let last = monday.saturating_add(jiff::Span::new().days(7 * weeks - 1));
        let length = rest.partition_point(|&entry| {
            let row = entries[entry];
            row.person == first.person && desk.timeline.date(row.day) <= last
        });
        let (own, others) = rest.split_at(length.max(1));
        rest = others;
        Some(own)
    })
}

/// Entries of a run by week.
pub(super) fn weeks_of<'a>(
    desk: &Desk,
    span: &'a [usize],
) -> impl Iterator<Item = &'a [usize]> + use<'a> {
    let weeks: Vec<u32> =
        span.iter().map(|&entry| desk.timeline.week(desk.plan.overtime[entry].day)).collect();
    let mut from = 0;
    std::iter::from_fn(move || {
        let week = *weeks.get(from)?;
        let length = weeks[from..].iter().take_while(|&&other| other == week).count();
        from += length;
        Some(&span[from - length..from])
    })
}

/// The weeks whose overtime is paid together, as they are without it.
#[derive(Clone, Debug)]
pub(super) struct Averaged {
    policy: OvertimePolicy,
    hours: Hours,
    day_minutes: i64,
    /// Whether they are several.
    is_averaged: bool,
    /// The last day of the last of them.
    pub last: Day,
}

/// Overtime pay of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WeekPay {
    /// What is posted on the days of the overtime.
    pub on_the_day: Cents,
    /// What is known when the last of the averaged weeks is over: the premium.
    pub later: Cents,
}

impl Averaged {
    /// Those of the week of an entry, under the policy of its day.
    pub fn new(desk: &Desk, first: Overtime) -> Averaged {
        let date = desk.timeline.date(first.day);
        let policy = policy_on(desk.production, first.person, date).clone();
        let (monday, weeks) = desk.production.paid_together(first.person, date);
        let mut hours = Hours::default();
        for week in 0..weeks {
            let monday = monday.saturating_add(jiff::Span::new().days(7 * week));
            hours.add_week(&policy, &base_of(desk, first.person, monday));
        }
        let last = monday.saturating_add(jiff::Span::new().days(7 * weeks - 1));
        Averaged {
            policy,
            hours,
            day_minutes: desk.day_minutes(first.person),
            is_averaged: weeks > 1,
            last: desk.timeline.day(last),
        }
    }

    /// A week of them with entries of overtime, in order.
    pub fn week(&self, desk: &Desk, entries: impl Iterator<Item = Overtime> + Clone) -> LongWeek {
        let mut extra = [0_i64; 7];
        let Some(first) = entries.clone().next() else {
            return LongWeek::new(&self.policy, &[], &[], &[], Cents::ZERO);
        };
        for entry in entries {
            let weekday = desk.timeline.date(entry.day).weekday().to_monday_zero_offset();
            extra[weekday as usize] += i64::from(entry.minutes);
        }
        let date = desk.timeline.date(first.day);
        let base = base_of(desk, first.person, monday(date));
        let least = multiples(desk.production, &self.policy, first.person, date, &extra);
        let day_cost = desk.pay.day_cost(first.person, first.day);
        LongWeek::new(&self.policy, &base, &extra, &least, day_cost)
    }

    /// Their pay.
    pub fn of<'a>(&self, weeks: &'a [LongWeek]) -> impl Iterator<Item = WeekPay> + use<'a> {
        let pay = pay_together(&self.policy, &self.hours, weeks, self.day_minutes);
        let (is_averaged, day_minutes) = (self.is_averaged, self.day_minutes);
        pay.zip(weeks).map(move |(pay, week)| {
            let on_the_day = if is_averaged { week.plain(day_minutes).min(pay) } else { pay };
            WeekPay { on_the_day, later: pay - on_the_day }
        })
    }
}

/// Ten-thousandths of a minute that a person has by contract on each day of a week.
fn base_of(desk: &Desk, person: PersonId, monday: Date) -> [i64; 7] {
    let day_minutes = desk.day_minutes(person);
    let first = days_between(desk.timeline.first(), monday);
    let mut base = [0_i64; 7];
    for (day, base) in (first..).zip(&mut base) {
        let share = |lane: &crate::model::Lane| {
            let day = usize::try_from(day).ok()?;
            lane.share.get(day).map(|&share| i64::from(share))
        };
        *base = desk.lanes_of(person).iter().filter_map(share).sum::<i64>() * day_minutes;
    }
    base
}

/// What the days of the week of `date` are paid at least, in basis points, with overtime on the days
/// of `extra`: weekend days by their number in the week, after its working days; holidays by theirs.
fn multiples(
    production: &Production,
    policy: &OvertimePolicy,
    person: PersonId,
    date: Date,
    extra: &[i64; 7],
) -> [i64; 7] {
    let site = &production.sites[production.people[person].site];
    let calendar = &production.calendars[site.calendar];
    let mut number = calendar.days_in_week(date);
    let mut least = [10_000; 7];
    for (day, least) in least.iter_mut().enumerate().filter(|(day, _)| extra[*day] > 0) {
        let day = monday(date).saturating_add(jiff::Span::new().days(day as i64));
        match site.day_off(calendar, day) {
            None => {}
            Some(DayOff::Holiday) => *least = policy.holiday,
            Some(DayOff::Weekend) => {
                number += 1;
                *least = policy.weekend_multiple(number);
            }
        }
    }
    least
}

/// The overtime rules of a person: those of the contract of the day where it has any, else the
/// site's.
pub(super) fn policy_on(production: &Production, person: PersonId, date: Date) -> &OvertimePolicy {
    let contract = production.contract_on(person, date);
    contract
        .and_then(|contract| contract.overtime.as_ref())
        .unwrap_or(&production.sites[production.people[person].site].overtime)
}

/// Posts an amount of overtime on a day, to the tasks that the overtime was worked on.
fn post_day(
    desk: &Desk,
    labour: &LabourOf,
    days_off: &DaysOffWork,
    ledger: &mut Vec<Posting>,
    entry: Overtime,
    (on, minutes, amount): (Day, i64, Cents),
) {
    let home = desk.production.home_department(entry.person);
    let account = desk.account(AccountKind::Overtime, home);
    // Overtime can always be left out again, so none of it is committed.
    let whole = Posting {
        department: home,
        state: CostState::Etc,
        minutes,
        amount,
        ..desk.posting(on, account, PostingKind::Overtime, entry.person)
    };
    let on_day_off = days_off.of(entry);
    if !on_day_off.is_empty() {
        let weights: Vec<i64> = on_day_off.iter().map(|row| i64::from(row.slots)).collect();
        let amounts = split(whole.amount.0, &weights);
        let minutes = split(whole.minutes, &weights);
        for (part, row) in on_day_off.iter().enumerate() {
            let task = &desk.production.tasks[desk.plan.assignments[row.assignment].task];
            ledger.push(Posting {
                department: Some(task.department),
                entity: Some(task.entity),
                show: Some(desk.production.show_of(task.entity)),
                task: Some(desk.plan.assignments[row.assignment].task),
                assignment: Some(row.assignment as u32),
                minutes: minutes[part],
                amount: Cents(amounts[part]),
                ..whole.clone()
            });
        }
        return;
    }
    let rows = labour.of(entry.person).iter().map(|&row| row as usize);
    let worked = desk.timeline.date(entry.day);
    let rows: Vec<usize> = rows.filter(|&row| ledger[row].date == worked).collect();
    if rows.is_empty() {
        ledger.push(whole);
        return;
    }
    let weights: Vec<i64> = rows.iter().map(|&row| ledger[row].minutes).collect();
    let amounts = split(whole.amount.0, &weights);
    let minutes = split(whole.minutes, &weights);
    for (part, row) in rows.into_iter().enumerate() {
        let worked = &ledger[row];
        let posting = Posting {
            department: worked.department,
            entity: worked.entity,
            show: worked.show,
            task: worked.task,
            assignment: worked.assignment,
            minutes: minutes[part],
            amount: Cents(amounts[part]),
            ..whole.clone()
        };
        ledger.push(posting);
    }
}

/// What is worked on days off, where there is no labour to be found: only overtime is paid on them.
struct DaysOffWork(Vec<DayOffWork>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct DayOffWork {
    person: PersonId,
    day: Day,
    assignment: usize,
    slots: u32,
}

impl DaysOffWork {
    fn new(desk: &Desk) -> DaysOffWork {
        let is_off = |entry: &&Overtime| {
            desk.lanes_of(entry.person).iter().any(|lane| lane.minutes_off(entry.day.0) > 0)
        };
        let mut days: Vec<(PersonId, Day)> =
            desk.plan.overtime.iter().filter(is_off).map(|row| (row.person, row.day)).collect();
        let mut work = Vec::new();
        if days.is_empty() {
            return DaysOffWork(work);
        }
        days.sort_unstable();
        for (assignment, row) in desk.plan.assignments.iter().enumerate() {
            let Worker::Person(person) = row.worker else { continue };
            let first = days.partition_point(|day| day.0 < person);
            if days.get(first).is_none_or(|day| day.0 != person) {
                continue;
            }
            let show = desk.production.show_of(desk.production.tasks[row.task].entity);
            let mut lanes = desk.lanes_of(person).iter();
            let lane = lanes.find(|lane| lane.show.is_none_or(|own| own == show));
            each_day(&row.segments, desk.timeline.slots_per_day(), |day, slots| {
                let is_worked = days.binary_search(&(person, day)).is_ok()
                    && lane.is_some_and(|lane| lane.minutes_off(day.0) > 0);
                if is_worked {
                    work.push(DayOffWork { person, day, assignment, slots });
                }
            });
        }
        work.sort_unstable();
        DaysOffWork(work)
    }

    fn of(&self, entry: Overtime) -> &[DayOffWork] {
        let key = (entry.person, entry.day);
        let first = self.0.partition_point(|row| (row.person, row.day) < key);
        let last = self.0.partition_point(|row| (row.person, row.day) <= key);
        &self.0[first..last]
    }
}

/// Splits `total` by `weights`: each part rounded half to even, the rest on the (first) largest.
/// All on the first where no weight is above 0.
pub(super) fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight.max(0))).sum();
    let mut parts: Vec<i64> = weights
        .iter()
        .map(|&weight| match sum {
            0 => 0,
            _ => round_half_even(i128::from(total) * i128::from(weight.max(0)), sum),
        })
        .collect();
    let largest = (0..weights.len()).rev().max_by_key(|&part| weights[part]);
    if let Some(part) = largest {
        let given = parts.iter().fold(0_i64, |sum, &part| sum.saturating_add(part));
        parts[part] = parts[part].saturating_add(total.saturating_sub(given));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_split_adds_up_and_the_largest_part_takes_the_rest() {
        assert_eq!(split(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split(100, &[1, 2, 1]), [25, 50, 25]);
        assert_eq!(split(5, &[1, 1]), [3, 2]); // 2.5 and 2.5 → 2 and 2, the rest on the first
        assert_eq!(split(-100, &[1, 1, 1]), [-34, -33, -33]);
        assert_eq!(split(7, &[0, 0]), [7, 0]);
        assert_eq!(split(7, &[]), [] as [i64; 0]);
    }
}
