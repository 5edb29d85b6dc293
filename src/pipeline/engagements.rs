//! Options to prolong that are open, and how firm the bookings still to come are.

use crate::model::{Booking, BookingState, PersonId, Production, round_half_even};
use crate::read::words::{self, word_of};
use crate::result::{CrewDepartment, Held, OptionRow};
use jiff::civil::Date;

/// Open options: the contract ends inside the plan and the day to decide has not passed. `short` says how many
/// artists the department is short of after a day.
pub(super) fn options(
    production: &Production,
    departments: &[CrewDepartment],
    short: impl Fn(&CrewDepartment, Date) -> f64,
) -> Vec<OptionRow> {
    let as_of = production.settings.as_of;
    let mut rows = Vec::new();
    for (id, person) in production.people.enumerate() {
        let home = production.home_department(id).map(|home| &production.departments[home].code);
        for contract in &person.contracts {
            let Some((option, end)) = contract.option.zip(contract.end) else { continue };
            // What goes on anyway needs no option.
            let goes_on = |end: Date| {
                person.contracts.iter().any(|next| next.end.is_none_or(|later| later > end))
            };
            let decide_by = production.decide_by(id, contract, end);
            if decide_by < as_of || end < as_of || goes_on(end) {
                continue;
            }
            let department = departments.iter().find(|row| Some(&row.id) == home);
            rows.push(OptionRow {
                person: person.code.clone(),
                department: home.cloned(),
                contract_end: end,
                until: end.saturating_add(jiff::Span::new().weeks(i64::from(option.weeks))),
                decide_by,
                short: department.map_or(0.0, |row| short(row, end)),
            });
        }
    }
    rows.sort_by_key(|row| (row.decide_by, row.person.clone()));
    rows
}

/// Artist-days booked from the day of the plan on, by department and state, in the order of how firm they are.
pub(super) fn held(production: &Production) -> Vec<Held> {
    let states = [
        BookingState::Confirmed,
        BookingState::Tentative,
        BookingState::Hold1,
        BookingState::Hold2,
        BookingState::Cancelled,
    ];
    let mut order: Vec<_> = production.departments.enumerate().collect();
    order.sort_by_key(|(id, row)| (row.order, *id));
    let mut rows = Vec::new();
    for state in states {
        for (department, code) in order.iter().map(|(id, row)| (*id, &row.code)) {
            // Basis points of a day, and those × how likely.
            let (mut people, mut days, mut likely) = (0_u32, 0_i128, 0_i128);
            for (id, person) in production.people.enumerate() {
                let home = production.home_department(id);
                let of_row = |row: &&Booking| {
                    row.state == state && row.department.or(home) == Some(department)
                };
                let mut own = 0_i128;
                for booking in person.bookings.iter().filter(of_row) {
                    let points = i128::from(booked_points(production, id, booking));
                    own += points;
                    likely += points * i128::from(booking.probability);
                }
                people += u32::from(own > 0);
                days += own;
            }
            if days > 0 {
                // Hundredths of a day.
                let hundredths = round_half_even(days, 100);
                let expected = round_half_even(likely, 1_000_000);
                rows.push(Held {
                    state: word_of(words::BOOKINGS, state).to_owned(),
                    department: code.clone(),
                    people,
                    days: hundredths as f64 / 100.0,
                    expected_days: expected as f64 / 100.0,
                });
            }
        }
    }
    rows
}

/// Basis points of days of a booking from the day of the plan on: working days of the site under contract.
fn booked_points(production: &Production, id: PersonId, booking: &Booking) -> i64 {
    let person = &production.people[id];
    let site = &production.sites[person.site];
    let calendar = &production.calendars[site.calendar];
    let from = booking.from.max(production.settings.as_of);
    let to = booking.to.min(production.settings.horizon_end);
    let mut points = 0_i64;
    let mut date = from;
    while date <= to {
        let employed = person.contracts.is_empty()
            || booking.state == BookingState::Cancelled
            || production.contract_on(id, date).is_some();
        if employed && calendar.is_worked(date) && site.holidays.binary_search(&date).is_err() {
            points = points.saturating_add(booking.share.clamp(0, 10_000));
        }
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => break,
        }
    }
    round_half_even(i128::from(points) * i128::from(person.capacity), 10_000)
}
