//! Guaranteed time: what contracts pay at least, less what is paid anyway.

use super::idle::{department_of, present_share, span, working_days};
use super::ledger::{Desk, Posting, PostingKind};
use crate::model::{
    AccountKind, Booking, Cents, Contract, Day, Id, IdleTo, PersonId, ShowId, Worker, days_between,
    round_half_even,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// Posts what is missing to the time that contracts guarantee: a day on which anything is paid, the days of a
/// minimum booking, a week under contract.
///
/// `ledger` has all other pay of people. What is missing is posted on the day, and for a week on its last
/// working day, to the show that pays most of it; `docs/rules.md`, "Cost", says the rest.
pub(super) fn post_guaranteed(desk: &Desk, ledger: &mut Vec<Posting>) {
    let all = Guaranteed::all(desk);
    if all.is_empty() {
        return;
    }
    let last_work = last_work(desk);
    let mut paid = Paid::of(desk, &all, ledger);
    for (row, own) in all.iter().enumerate() {
        let by_show = &paid.by_show;
        let days = &mut paid.amounts[row * paid.days..][..paid.days];
        own.top_up(days, last_work, |days, last, amount| {
            let show = most_by(by_show, row, days);
            post(desk, own.person, show, Day(last as u32), amount, ledger);
        });
    }
}

/// The last day on which anything of the plan is worked; the day of the plan without any.
fn last_work(desk: &Desk) -> usize {
    let people = desk.plan.assignments.iter().filter(|row| matches!(row.worker, Worker::Person(_)));
    let last = people.map(|row| desk.timeline.finish_date(row.end())).max();
    let last = last.unwrap_or(desk.production.settings.as_of);
    days_between(desk.timeline.first(), last).max(0) as usize
}

/// What the contracts of a person guarantee, day by day.
#[derive(Clone, Debug)]
pub(super) struct Guaranteed {
    pub person: PersonId,
    /// Minutes of a full working day.
    pub day_minutes: i64,
    /// Nobody signed for a planned hire whom the plan does without.
    is_planned: bool,
    contracts: Vec<Case>,
}

/// One contract with guarantees, on the days of a timeline.
#[derive(Clone, Debug)]
struct Case {
    first: usize,
    /// Day after the last of it.
    end: usize,
    /// Day after the last that is paid whatever happens.
    kept: usize,
    /// By day from `first` on: what a day is paid at least on which anything is.
    day: Vec<i64>,
    /// What a day of the minimum booking is paid at least.
    booking: Vec<i64>,
    /// Day cost × share of the day that is not leave, × 10^4; nothing where no week is guaranteed.
    weight: Vec<i128>,
    /// Minutes guaranteed in a week.
    week_minutes: i128,
    /// Weeks: their last day but for the contract's end, and 10^4 × working days × minutes of one.
    weeks: Vec<(usize, i128)>,
}

impl Guaranteed {
    /// All people whose contracts guarantee anything, in order.
    pub fn all(desk: &Desk) -> Vec<Guaranteed> {
        let production = desk.production;
        let has_any = |row: &Contract| !row.guarantee.is_none();
        let people = production.people.enumerate();
        let mut people = people
            .filter(|(_, row)| row.contracts.iter().any(has_any))
            .map(|(id, _)| id)
            .peekable();
        if people.peek().is_none() {
            return Vec::new();
        }
        let worked = working_days(desk);
        people
            .map(|person| {
                let row = &production.people[person];
                let present = present_share(desk, person, &worked[row.site.index()]);
                let contracts = row.contracts.iter().filter(|row| has_any(row));
                Guaranteed {
                    person,
                    day_minutes: desk.day_minutes(person).max(1),
                    is_planned: row.placeholder,
                    contracts: contracts
                        .map(|contract| Case::new(desk, person, contract, &present))
                        .collect(),
                }
            })
            .collect()
    }

    /// Adds what is missing to the pay of each day, with `last_work` the last day on which anything is worked:
    /// `post` is told the days that it is missing on together, the one it is paid on, and how much.
    pub fn top_up(
        &self,
        paid: &mut [Cents],
        last_work: usize,
        mut post: impl FnMut(Range<usize>, usize, Cents),
    ) {
        if self.is_planned && paid.iter().all(|amount| *amount == Cents::ZERO) {
            return;
        }
        for contract in &self.contracts {
            // A contract that can be ended after the work is over is.
            let end = contract.end.min(contract.kept.max(last_work + 1)).max(contract.first);
            for (at, have) in paid[contract.first..end].iter_mut().enumerate() {
                let day = contract.first + at;
                let mut due = contract.booking.get(at).copied().unwrap_or(0);
                if *have > Cents::ZERO {
                    due = due.max(contract.day.get(at).copied().unwrap_or(0));
                }
                if Cents(due) > *have {
                    post(day..day + 1, day, Cents(due) - *have);
                    *have = Cents(due);
                }
            }
            contract.weeks(end, paid, &mut post);
        }
    }
}

impl Case {
    fn new(desk: &Desk, person: PersonId, contract: &Contract, present: &[i64]) -> Case {
        let production = desk.production;
        let row = &production.people[person];
        let guarantee = contract.guarantee;
        let site = &production.sites[row.site];
        let minutes = site.day_minutes.max(1);
        let days = span(desk, contract.start, contract.end);
        let avoidable = production.first_avoidable_day(person, contract);
        let kept = days_between(desk.timeline.first(), avoidable).max(0) as usize;
        let booked_until = production.minimum_booking_end(row.site, contract.start, guarantee.days);
        let cost = |day: usize| i128::from(desk.pay.day_cost(person, Day(day as u32)).0);
        let mut case = Case {
            first: days.start,
            end: days.end,
            kept,
            day: Vec::new(),
            booking: Vec::new(),
            weight: Vec::new(),
            week_minutes: i128::from(guarantee.week_minutes.max(0)),
            weeks: Vec::new(),
        };
        if guarantee.day_minutes > 0 {
            let least = i128::from(guarantee.day_minutes);
            let due = |day| round_half_even(cost(day).saturating_mul(least), minutes.into());
            case.day = days.clone().map(due).collect();
        }
        if let Some(last) = booked_until {
            let last = days_between(desk.timeline.first(), last);
            let booked = days.clone().take_while(|&day| day as i64 <= last);
            let due = |day: usize| desk.pay_of(person, Day(day as u32), present[day] / 10_000).0;
            case.booking = booked.map(due).collect();
        }
        if guarantee.week_minutes > 0 && row.capacity > 0 {
            let weight = |day: usize| cost(day) * i128::from(present[day] / row.capacity);
            case.weight = days.clone().map(weight).collect();
            let calendar = &production.calendars[site.calendar];
            let usual = calendar.workdays.iter().filter(|worked| **worked).count() as i128;
            let mut from = days.start;
            while from < days.end {
                let monday = desk.timeline.monday(desk.timeline.week(Day(from as u32)));
                let next = days_between(desk.timeline.first(), monday) + 7;
                let dates = (0..7).map(|day| monday.saturating_add(jiff::Span::new().days(day)));
                let in_week = dates.filter(|date| calendar.is_worked(*date)).count() as i128;
                let full = usual.max(in_week).max(1);
                from = (next.max(0) as usize).clamp(from + 1, days.end);
                case.weeks.push((from, 10_000 * full * i128::from(minutes)));
            }
        }
        case
    }

    /// Weeks: of one that is not all under contract, or with leave, the part that is.
    fn weeks(&self, end: usize, paid: &[Cents], post: &mut impl FnMut(Range<usize>, usize, Cents)) {
        let mut from = self.first;
        for &(to, whole) in &self.weeks {
            let days = from..to.min(end);
            if days.is_empty() {
                break;
            }
            from = to;
            let (mut sum, mut last, mut have) = (0_i128, None, Cents::ZERO);
            for day in days.clone() {
                have += paid[day];
                let weight = self.weight[day - self.first];
                sum += weight;
                if weight > 0 {
                    last = Some(day);
                }
            }
            let due = Cents(round_half_even(sum.saturating_mul(self.week_minutes), whole));
            if let Some(last) = last.filter(|_| due > have) {
                post(days, last, due - have);
            }
        }
    }
}

/// Pay by person and day.
struct Paid {
    days: usize,
    amounts: Vec<Cents>,
    /// Person, day, show that it is booked for, and how much.
    by_show: Vec<(usize, usize, ShowId, Cents)>,
}

impl Paid {
    fn of(desk: &Desk, people: &[Guaranteed], ledger: &[Posting]) -> Paid {
        let days = desk.timeline.days() as usize;
        let mut paid =
            Paid { days, amounts: vec![Cents::ZERO; people.len() * days], by_show: Vec::new() };
        // Overtime of each person and day: minutes and pay.
        let mut longer: BTreeMap<(usize, u32), (i64, Cents)> = BTreeMap::new();
        for posting in ledger {
            let row = posting
                .person
                .and_then(|id| people.binary_search_by_key(&id, |own| own.person).ok());
            let Some(row) = row else { continue };
            let day = desk.timeline.day(posting.date);
            match posting.kind {
                PostingKind::Labour
                | PostingKind::Team
                | PostingKind::Idle
                | PostingKind::CalledOff => {
                    paid.amounts[row * days + day.0 as usize] += posting.amount;
                }
                // What is paid on top of hours when averaged weeks are over is nobody's time.
                PostingKind::Overtime if posting.minutes == 0 => continue,
                PostingKind::Overtime => {
                    let (minutes, amount) = longer.entry((row, day.0)).or_default();
                    *minutes += posting.minutes;
                    *amount += posting.amount;
                }
                _ => continue,
            }
            if let Some(show) = posting.booked.or(posting.show) {
                paid.by_show.push((row, day.0 as usize, show, posting.amount));
            }
        }
        for ((row, day), (minutes, amount)) in longer {
            let own = &people[row];
            let cost = desk.pay.day_cost(own.person, Day(day));
            paid.amounts[row * days + day as usize] +=
                plain_overtime(cost, minutes, own.day_minutes, amount);
        }
        paid.by_show.sort_unstable_by_key(|&(row, day, show, _)| (row, day, show));
        paid
    }
}

/// What of the pay of some overtime counts as time: hours of overtime are hours; what is paid on top of them
/// is not.
pub(super) fn plain_overtime(cost: Cents, minutes: i64, day_minutes: i64, paid: Cents) -> Cents {
    let plain = i128::from(cost.0).saturating_mul(i128::from(minutes));
    Cents(round_half_even(plain, day_minutes.max(1).into())).min(paid)
}

/// The show that pays most of some days, the first of equals.
fn most_by(
    by_show: &[(usize, usize, ShowId, Cents)],
    row: usize,
    days: Range<usize>,
) -> Option<ShowId> {
    let from = by_show.partition_point(|entry| (entry.0, entry.1) < (row, days.start));
    let to = by_show.partition_point(|entry| (entry.0, entry.1) < (row, days.end));
    let mut sums: Vec<(ShowId, Cents)> = Vec::new();
    for &(_, _, show, amount) in &by_show[from..to] {
        match sums.iter_mut().find(|(known, _)| *known == show) {
            Some((_, sum)) => *sum += amount,
            None => sums.push((show, amount)),
        }
    }
    let most = sums.into_iter().max_by_key(|&(show, sum)| (sum, std::cmp::Reverse(show)));
    most.map(|(show, _)| show)
}
fn post(
    desk: &Desk,
    id: PersonId,
    show: Option<ShowId>,
    day: Day,
    amount: Cents,
    ledger: &mut Vec<Posting>,
) {
    let production = desk.production;
    let date = desk.timeline.date(day);
    let covers = |row: &&Booking| row.is_usable() && row.from <= date && date <= row.to;
    let booked = || production.people[id].bookings.iter().find(covers).map(|row| row.show);
    let only = || production.shows.ids().next().filter(|_| production.shows.len() == 1);
    let show = show.or_else(booked).or_else(only);
    let department = match show {
        Some(show) => department_of(desk, id, show, day),
        None => production.home_department(id),
    };
    let to_bench = production.settings.idle_to == IdleTo::Bench;
    let account = match to_bench {
        true => desk.account(AccountKind::Bench, department),
        false => desk.labour_account(None, department),
    };
    let posting = Posting {
        department,
        show: show.filter(|_| !to_bench),
        booked: show,
        amount,
        ..desk.posting(day, account, PostingKind::Guaranteed, id)
    };
    desk.push_time(ledger, posting);
}
