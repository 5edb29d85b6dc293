//! Guaranteed time: what contracts pay at least, less what is paid anyway.

use super::idle::{department_of, present_share, span, working_days};
use super::ledger::{Desk, Posting, PostingKind};
use crate::model::{
    AccountKind, Booking, Cents, Contract, Day, Id, IdleTo, PersonId, ShowId, Worker, days_between,
    round_half_even,
};
use jiff::civil::Date;

/// Posts what is missing to the time that contracts guarantee: a day on which anything is paid, the days of a
/// minimum booking, a week under contract.
///
/// `ledger` has all other pay of people. What is missing is posted on the day, and for a week on its last
/// working day, to the show that pays most of it; `docs/rules.md`, "Cost", says the rest.
pub(super) fn post_guaranteed(desk: &Desk, ledger: &mut Vec<Posting>) {
    let production = desk.production;
    let has_any = |row: &Contract| !row.guarantee.is_none();
    let people: Vec<PersonId> = production
        .people
        .enumerate()
        .filter(|(_, row)| row.contracts.iter().any(has_any))
        .map(|(id, _)| id)
        .collect();
    if people.is_empty() {
        return;
    }
    let worked = working_days(desk);
    let last_work = last_work(desk);
    let mut paid = Paid::of(desk, &people, ledger);
    for (row, &id) in people.iter().enumerate() {
        let person = &production.people[id];
        let present = present_share(desk, id, &worked[person.site.index()]);
        // Nobody signed for a planned hire whom the plan does without.
        if person.placeholder && paid.is_nothing(row) {
            continue;
        }
        for contract in person.contracts.iter().filter(|row| has_any(row)) {
            // A contract that can be ended after the work is over is.
            let avoidable = production.first_avoidable_day(id, contract);
            let until = avoidable.yesterday().unwrap_or(avoidable).max(last_work);
            let days =
                span(desk, contract.start, Some(contract.end.unwrap_or(Date::MAX).min(until)));
            let case = Case { desk, id, row, contract, present: &present };
            case.days(days.clone(), &mut paid, ledger);
            case.weeks(days, &mut paid, ledger);
        }
    }
}

/// The last day on which anything of the plan is worked; the day of the plan without any.
fn last_work(desk: &Desk) -> Date {
    let people = desk.plan.assignments.iter().filter(|row| matches!(row.worker, Worker::Person(_)));
    let last = people.map(|row| desk.timeline.finish_date(row.end())).max();
    last.unwrap_or(desk.production.settings.as_of)
}

/// Pay by person and day.
struct Paid {
    days: usize,
    amounts: Vec<Cents>,
    /// Person, day, show that it is booked for, and how much.
    by_show: Vec<(usize, usize, ShowId, Cents)>,
}

impl Paid {
    fn of(desk: &Desk, people: &[PersonId], ledger: &[Posting]) -> Paid {
        let days = desk.timeline.days() as usize;
        let mut paid =
            Paid { days, amounts: vec![Cents::ZERO; people.len() * days], by_show: Vec::new() };
        for posting in ledger {
            let Some(row) = posting.person.and_then(|id| people.binary_search(&id).ok()) else {
                continue;
            };
            let day = desk.timeline.day(posting.date);
            let amount = match posting.kind {
                PostingKind::Labour
                | PostingKind::Team
                | PostingKind::Idle
                | PostingKind::CalledOff => posting.amount,
                // Hours of overtime are hours; what is paid on top of them is not.
                PostingKind::Overtime => {
                    let day_minutes = desk.day_minutes(people[row]).max(1);
                    let pay = i128::from(desk.pay.day_cost(people[row], day).0);
                    let pay = pay.saturating_mul(i128::from(posting.minutes));
                    Cents(round_half_even(pay, i128::from(day_minutes))).min(posting.amount)
                }
                _ => continue,
            };
            paid.amounts[row * days + day.0 as usize] += amount;
            if let Some(show) = posting.booked.or(posting.show) {
                paid.by_show.push((row, day.0 as usize, show, amount));
            }
        }
        paid.by_show.sort_unstable_by_key(|&(row, day, show, _)| (row, day, show));
        paid
    }

    fn is_nothing(&self, row: usize) -> bool {
        self.amounts[row * self.days..][..self.days].iter().all(|amount| *amount == Cents::ZERO)
    }

    /// The show that pays most of some days, the first of equals.
    fn most_by(&self, row: usize, days: std::ops::Range<usize>) -> Option<ShowId> {
        let from = self.by_show.partition_point(|entry| (entry.0, entry.1) < (row, days.start));
        let to = self.by_show.partition_point(|entry| (entry.0, entry.1) < (row, days.end));
        let mut sums: Vec<(ShowId, Cents)> = Vec::new();
        for &(_, _, show, amount) in &self.by_show[from..to] {
            match sums.iter_mut().find(|(known, _)| *known == show) {
                Some((_, sum)) => *sum += amount,
                None => sums.push((show, amount)),
            }
        }
        let most = sums.into_iter().max_by_key(|&(show, sum)| (sum, std::cmp::Reverse(show)));
        most.map(|(show, _)| show)
    }
}

/// One contract with guarantees.
struct Case<'a> {
    desk: &'a Desk<'a>,
    id: PersonId,
    /// The person's row in the pay.
    row: usize,
    contract: &'a Contract,
    /// Paid share of each day, × 10^8.
    present: &'a [i64],
}

impl Case<'_> {
    /// Days with anything paid, and the days of a minimum booking.
    fn days(&self, days: std::ops::Range<usize>, paid: &mut Paid, ledger: &mut Vec<Posting>) {
        let guarantee = self.contract.guarantee;
        let site = self.desk.production.people[self.id].site;
        let booked_until =
            self.desk.production.minimum_booking_end(site, self.contract.start, guarantee.days);
        for day in days {
            let place = self.row * paid.days + day;
            let (mut due, have) = (Cents::ZERO, paid.amounts[place]);
            let at = Day(day as u32);
            if guarantee.day_minutes > 0 && have > Cents::ZERO {
                due = self.pay(at, i128::from(guarantee.day_minutes), 1);
            }
            let inside = booked_until.is_some_and(|end| self.desk.timeline.date(at) <= end);
            if inside && self.present[day] > 0 {
                due = due.max(self.desk.pay_of(self.id, at, self.present[day] / 10_000));
            }
            if due > have {
                let show = paid.most_by(self.row, day..day + 1);
                paid.amounts[place] = due;
                self.post(show, at, due - have, ledger);
            }
        }
    }

    /// Weeks: of one that is not all under contract, or with leave, the part that is.
    fn weeks(&self, days: std::ops::Range<usize>, paid: &mut Paid, ledger: &mut Vec<Posting>) {
        let least = self.contract.guarantee.week_minutes;
        let (desk, production) = (self.desk, self.desk.production);
        let person = &production.people[self.id];
        if least <= 0 || person.capacity <= 0 {
            return;
        }
        let site = &production.sites[person.site];
        let calendar = &production.calendars[site.calendar];
        let usual = calendar.workdays.iter().filter(|worked| **worked).count() as i128;
        let mut from = days.start;
        while from < days.end {
            let week = desk.timeline.week(Day(from as u32));
            let monday = desk.timeline.monday(week);
            let next = days_between(desk.timeline.first(), monday) + 7;
            let to = (next.max(0) as usize).clamp(from + 1, days.end);
            let dates = (0..7).map(|day| monday.saturating_add(jiff::Span::new().days(day)));
            let in_week = dates.filter(|date| calendar.is_worked(*date)).count() as i128;
            let full = usual.max(in_week).max(1);
            // Day cost × share of the day that is not leave, × 10^4.
            let (mut sum, mut last, mut have) = (0_i128, None, Cents::ZERO);
            for day in from..to {
                have += paid.amounts[self.row * paid.days + day];
                if self.present[day] > 0 {
                    let cost = i128::from(desk.pay.day_cost(self.id, Day(day as u32)).0);
                    sum += cost * i128::from(self.present[day] / person.capacity);
                    last = Some(day);
                }
            }
            let minutes = i128::from(site.day_minutes.max(1));
            let due = round_half_even(sum * i128::from(least), 10_000 * full * minutes);
            if let Some(last) = last.filter(|_| Cents(due) > have) {
                let show = paid.most_by(self.row, from..to);
                self.post(show, Day(last as u32), Cents(due) - have, ledger);
            }
            from = to;
        }
    }

    /// Pay of some minutes of a day, divided.
    fn pay(&self, day: Day, minutes: i128, by: i128) -> Cents {
        let whole = i128::from(self.desk.day_minutes(self.id).max(1)) * by;
        let cost = i128::from(self.desk.pay.day_cost(self.id, day).0);
        Cents(round_half_even(cost.saturating_mul(minutes), whole))
    }

    fn post(&self, show: Option<ShowId>, day: Day, amount: Cents, ledger: &mut Vec<Posting>) {
        let (desk, production) = (self.desk, self.desk.production);
        let date = desk.timeline.date(day);
        let covers = |row: &&Booking| row.is_usable() && row.from <= date && date <= row.to;
        let booked = || production.people[self.id].bookings.iter().find(covers).map(|row| row.show);
        let only = || production.shows.ids().next().filter(|_| production.shows.len() == 1);
        let show = show.or_else(booked).or_else(only);
        let department = match show {
            Some(show) => department_of(desk, self.id, show, day),
            None => production.home_department(self.id),
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
            ..desk.posting(day, account, PostingKind::Guaranteed, self.id)
        };
        desk.push_time(ledger, posting);
    }
}
