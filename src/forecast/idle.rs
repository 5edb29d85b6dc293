//! Idle pay: booked time that is paid and that no task uses.

use super::ledger::{Desk, LabourOf, Posting, PostingKind};
use crate::model::{
    AccountKind, Cents, ChargeBasis, Day, Id, PersonId, ShowId, days_between, round_half_even,
};
use jiff::civil::Date;

/// Posts, for each person, show and day booked, the pay of the booked share less the labour posted
/// for that show on that day, where something is left.
///
/// Only with charge basis `booked`; `docs/rules.md`, "Cost", says which days and shares count.
pub(super) fn post_idle(desk: &Desk, labour: &LabourOf, ledger: &mut Vec<Posting>) {
    if desk.production.settings.charge_basis != ChargeBasis::Booked {
        return;
    }
    let days = desk.timeline.days() as usize;
    let worked: Vec<Vec<bool>> = working_days(desk);
    let mut used = vec![Cents::ZERO; days];
    let mut booked = vec![0_i64; days];
    for (id, person) in desk.production.people.enumerate() {
        if person.bookings.is_empty() {
            continue;
        }
        let present = present_share(desk, id, &worked[person.site.index()]);
        for lane in desk.lanes_of(id) {
            let Some(show) = lane.show else { continue };
            used.fill(Cents::ZERO);
            for &row in labour.of(id) {
                let posting = &ledger[row as usize];
                if posting.show == Some(show) {
                    used[desk.timeline.day(posting.date).0 as usize] += posting.amount;
                }
            }
            booked.fill(0);
            for booking in person.bookings.iter().filter(|b| b.is_usable() && b.show == show) {
                for day in span(desk, booking.from, Some(booking.to)) {
                    booked[day] = (booked[day] + booking.share).min(10_000);
                }
            }
            for day in 0..days {
                // Whole basis points, as in the shares of the plan: a day that tasks use fully
                // leaves nothing behind.
                let share = present[day] * booked[day] / 100_000_000;
                if share <= 0 {
                    continue;
                }
                let day = Day(day as u32);
                let pay = i128::from(desk.pay.day_cost(id, day).0) * i128::from(share);
                let idle = Cents(round_half_even(pay, 10_000)) - used[day.0 as usize];
                if idle > Cents::ZERO {
                    ledger.push(idle_posting(desk, id, show, day, idle));
                }
            }
        }
    }
}

fn idle_posting(desk: &Desk, id: PersonId, show: ShowId, day: Day, amount: Cents) -> Posting {
    let date = desk.timeline.date(day);
    let home = desk.production.home_department(id);
    let bookings = desk.production.people[id].bookings.iter();
    let department = bookings
        .filter(|booking| booking.is_usable() && booking.show == show)
        .find(|booking| booking.from <= date && date <= booking.to)
        .and_then(|booking| booking.department)
        .or(home);
    let account = desk.account(AccountKind::Idle, department);
    Posting {
        department,
        show: Some(show),
        amount,
        ..desk.posting(day, account, PostingKind::Idle, id)
    }
}

/// Days from `as_of` on that each site works.
fn working_days(desk: &Desk) -> Vec<Vec<bool>> {
    let production = desk.production;
    let worked = |site: &crate::model::Site| {
        let calendar = &production.calendars[site.calendar];
        (0..desk.timeline.days())
            .map(|day| desk.timeline.date(Day(day)))
            .map(|date| {
                date >= production.settings.as_of
                    && calendar.is_worked(date)
                    && site.holidays.binary_search(&date).is_err()
            })
            .collect()
    };
    production.sites.iter().map(worked).collect()
}

/// Paid share of each day, × 10^8: capacity × rest of approved leave, on working days of the site
/// under contract. Time spent leading is paid like any other.
fn present_share(desk: &Desk, id: PersonId, worked: &[bool]) -> Vec<i64> {
    let person = &desk.production.people[id];
    let mut employed = vec![person.contracts.is_empty(); worked.len()];
    for contract in &person.contracts {
        employed[span(desk, contract.start, contract.end)].fill(true);
    }
    let mut away = vec![0_i64; worked.len()];
    for leave in person.leave.iter().filter(|leave| leave.approved) {
        for day in span(desk, leave.from, Some(leave.to)) {
            away[day] = (away[day] + leave.share).min(10_000);
        }
    }
    (0..worked.len())
        .map(
            |day| {
                if worked[day] && employed[day] {
                    person.capacity * (10_000 - away[day])
                } else {
                    0
                }
            },
        )
        .collect()
}

/// Days of the timeline from `from` to `to`, both in; an open end reaches the last day.
fn span(desk: &Desk, from: Date, to: Option<Date>) -> std::ops::Range<usize> {
    let first = desk.timeline.first();
    let count = i64::from(desk.timeline.days());
    let start = days_between(first, from).clamp(0, count);
    let end = to.map_or(count, |to| days_between(first, to).saturating_add(1));
    start as usize..end.clamp(start, count) as usize
}
