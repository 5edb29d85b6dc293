//! Booked time that is paid: what leading takes of it, and what no task uses.

use super::ledger::{CostState, Desk, LabourOf, Posting, PostingKind};
use crate::model::{
    AccountKind, Booking, Cents, ChargeBasis, Day, DepartmentId, Id, IdleTo, PersonId, ShowId,
    days_between, round_half_even,
};
use jiff::civil::Date;

/// Posts, for each person, show and day with a confirmed booking, the pay of the share that leading takes,
/// and that of the rest less the labour posted for that show on that day, where something is left.
///
/// Only for shows with charge basis `booked`; `docs/rules.md`, "Cost", says which days and shares count.
pub(super) fn post_booked(desk: &Desk, labour: &LabourOf, ledger: &mut Vec<Posting>) {
    let production = desk.production;
    let days = desk.timeline.days() as usize;
    let worked: Vec<Vec<bool>> = working_days(desk);
    let mut used = vec![Cents::ZERO; days];
    for (id, person) in production.people.enumerate() {
        if !person.bookings.iter().any(Booking::is_payable) {
            continue;
        }
        let present = present_share(desk, id, &worked[person.site.index()]);
        for lane in desk.lanes_of(id) {
            let Some(show) = lane.show else { continue };
            if production.charge_basis(show) != ChargeBasis::Booked {
                continue;
            }
            used.fill(Cents::ZERO);
            for &row in labour.of(id) {
                let posting = &ledger[row as usize];
                if posting.show == Some(show) {
                    used[desk.timeline.day(posting.date).0 as usize] += posting.amount;
                }
            }
            let booked = booked_share(desk, id, |row| row.is_payable() && row.show == show);
            for day in 0..days {
                // Whole basis points, as in the shares of the plan: a day that tasks use fully
                // leaves nothing behind.
                let whole = present[day] * booked[day];
                let share = whole / 100_000_000;
                if share <= 0 {
                    continue;
                }
                let on_tasks = whole * (10_000 - person.lead_share) / 1_000_000_000_000;
                let day = Day(day as u32);
                let pay = desk.pay_of(id, day, share);
                let of_tasks = desk.pay_of(id, day, on_tasks);
                let team = pay - of_tasks;
                if person.lead_share > 0 && team > Cents::ZERO {
                    let home = department_of(desk, id, show, day);
                    desk.push_time(ledger, team_posting(desk, id, (show, home), day, team));
                }
                let idle = of_tasks - used[day.0 as usize];
                if idle > Cents::ZERO {
                    let posting = idle_posting(desk, id, show, day, PostingKind::Idle, idle);
                    desk.push_time(ledger, posting);
                }
            }
        }
    }
}

/// Posts what is owed for confirmed bookings that were called off: the share that the contract says of each
/// day still to come, whatever else is done on it.
pub(super) fn post_called_off(desk: &Desk, ledger: &mut Vec<Posting>) {
    let production = desk.production;
    let called_off = |row: &Booking| {
        row.cancelled.filter(|_| row.state == crate::model::BookingState::Cancelled)
    };
    if !production.people.iter().any(|row| row.bookings.iter().any(|row| called_off(row).is_some()))
    {
        return;
    }
    let worked = working_days(desk);
    for (id, person) in production.people.enumerate() {
        if !person.bookings.iter().any(|row| called_off(row).is_some()) {
            continue;
        }
        // The contract may have been ended with the booking: what it says of that still holds.
        let present = present_share_if(desk, id, &worked[person.site.index()], |_| true);
        for booking in &person.bookings {
            let Some(decided) = called_off(booking) else { continue };
            for day in span(desk, booking.from, Some(booking.to)) {
                let share = present[day] * booking.share.clamp(0, 10_000) / 100_000_000;
                let day = Day(day as u32);
                let date = desk.timeline.date(day);
                let contracts = person.contracts.iter().rev();
                let of_day = production.contract_on(id, date);
                let contract = of_day.or_else(|| contracts.clone().find(|row| row.start <= date));
                let hours = 24 * days_between(decided, date).max(0);
                let owed = contract.map_or(0, |row| row.cancellation.share(hours));
                let pay = desk.pay_of(id, day, share);
                let amount = Cents(round_half_even(i128::from(pay.0) * i128::from(owed), 10_000));
                if amount <= Cents::ZERO {
                    continue;
                }
                let kind = PostingKind::CalledOff;
                let posting = idle_posting(desk, id, booking.show, day, kind, amount);
                ledger.push(Posting { state: CostState::Committed, ..posting });
            }
        }
    }
}

fn idle_posting(
    desk: &Desk,
    id: PersonId,
    show: ShowId,
    day: Day,
    kind: PostingKind,
    amount: Cents,
) -> Posting {
    let department = department_of(desk, id, show, day);
    let to_bench = desk.production.settings.idle_to == IdleTo::Bench;
    let account = if to_bench { AccountKind::Bench } else { AccountKind::Idle };
    let account = desk.account(account, department);
    Posting {
        department,
        show: Some(show).filter(|_| !to_bench),
        booked: Some(show),
        amount,
        ..desk.posting(day, account, kind, id)
    }
}

/// The time of a lead for the team, on the account of that or the labour account of the department.
pub(super) fn team_posting(
    desk: &Desk,
    id: PersonId,
    (show, department): (ShowId, Option<DepartmentId>),
    day: Day,
    amount: Cents,
) -> Posting {
    let account = desk.account(AccountKind::Team, department);
    Posting {
        department,
        show: Some(show),
        booked: Some(show),
        amount,
        ..desk.posting(day, account, PostingKind::Team, id)
    }
}

/// The department that somebody is booked for on a day, else their own.
pub(super) fn department_of(
    desk: &Desk,
    id: PersonId,
    show: ShowId,
    day: Day,
) -> Option<DepartmentId> {
    let date = desk.timeline.date(day);
    let bookings = desk.production.people[id].bookings.iter();
    bookings
        .filter(|booking| booking.is_usable() && booking.show == show)
        .find(|booking| booking.from <= date && date <= booking.to)
        .and_then(|booking| booking.department)
        .or(desk.production.home_department(id))
}

/// Days from `as_of` on that each site works.
pub(super) fn working_days(desk: &Desk) -> Vec<Vec<bool>> {
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

/// Booked share of each day of the bookings that count, at most all of it.
pub(super) fn booked_share(
    desk: &Desk,
    id: PersonId,
    counts: impl Fn(&Booking) -> bool,
) -> Vec<i64> {
    let mut booked = vec![0_i64; desk.timeline.days() as usize];
    for booking in desk.production.people[id].bookings.iter().filter(|row| counts(row)) {
        for day in span(desk, booking.from, Some(booking.to)) {
            booked[day] = (booked[day] + booking.share).min(10_000);
        }
    }
    booked
}

/// Paid share of each day, × 10^8: capacity × rest of approved leave, on working days of the site
/// under contract. Time spent leading is paid like any other.
pub(super) fn present_share(desk: &Desk, id: PersonId, worked: &[bool]) -> Vec<i64> {
    let person = &desk.production.people[id];
    let mut employed = vec![person.contracts.is_empty(); worked.len()];
    for contract in &person.contracts {
        employed[span(desk, contract.start, contract.end)].fill(true);
    }
    present_share_if(desk, id, worked, |day| employed[day])
}

fn present_share_if(
    desk: &Desk,
    id: PersonId,
    worked: &[bool],
    employed: impl Fn(usize) -> bool,
) -> Vec<i64> {
    let person = &desk.production.people[id];
    let mut away = vec![0_i64; worked.len()];
    for leave in person.leave.iter().filter(|leave| leave.approved) {
        for day in span(desk, leave.from, Some(leave.to)) {
            away[day] = (away[day] + leave.share).min(10_000);
        }
    }
    let share = |day: usize| match worked[day] && employed(day) {
        true => person.capacity * (10_000 - away[day]),
        false => 0,
    };
    (0..worked.len()).map(share).collect()
}

/// Days of the timeline from `from` to `to`, both in; an open end reaches the last day.
pub(super) fn span(desk: &Desk, from: Date, to: Option<Date>) -> std::ops::Range<usize> {
    let first = desk.timeline.first();
    let count = i64::from(desk.timeline.days());
    let start = days_between(first, from).clamp(0, count);
    let end = to.map_or(count, |to| days_between(first, to).saturating_add(1));
    start as usize..end.clamp(start, count) as usize
}
