//! Who is there: hires, ends of contracts, leave, overtime, and how many may work at once.

use super::change::OvertimeLimits;
use crate::model::*;
use jiff::civil::Date;

/// People more on terms of hire.
pub(super) fn hire(
    changed: &mut Production,
    terms: &HireTerms,
    heads: u32,
    (from, to): (Date, Option<Date>),
) {
    if changed.sites.get(terms.site).is_none() {
        return;
    }
    let department = changed.departments[terms.department].code.clone();
    for _ in 0..heads {
        let code = new_code(changed, &department);
        let artist = terms.artist(&code, from, to);
        changed.people.push(artist);
    }
}

/// A name that nobody has.
fn new_code(production: &Production, department: &str) -> String {
    let taken = |code: &str| production.people.iter().any(|person| person.code == code);
    (1..)
        .map(|number| format!("{department} hire {number}"))
        .find(|code| !taken(code))
        .unwrap_or_default()
}

/// The last people of a department's list leave.
pub(super) fn release(
    before: &Production,
    changed: &mut Production,
    department: DepartmentId,
    heads: u32,
    from: Date,
) {
    let last = from.saturating_sub(jiff::Span::new().days(1));
    let home = |id: &PersonId| before.home_department(*id) == Some(department);
    let gone: Vec<PersonId> = before.people.ids().filter(home).rev().take(heads as usize).collect();
    gone.into_iter().for_each(|person| shorten(before, changed, person, last));
}

/// The last contract of a person ends later, and what is booked to its end goes on.
pub(super) fn extend(changed: &mut Production, person: PersonId, to: Date) {
    let contracts = changed.people[person].contracts.iter_mut();
    if let Some(last) = contracts.max_by_key(|row| row.end.unwrap_or(Date::MAX))
        && let Some(end) = last.end.as_mut()
    {
        let before = *end;
        *end = before.max(to);
        let booked = changed.people[person].bookings.iter_mut();
        for booking in booked.filter(|row| row.is_usable() && row.to >= before) {
            booking.to = booking.to.max(to);
        }
    }
}

/// Ends all contracts of a person on a day; without contracts there is one to that day.
pub(super) fn shorten(before: &Production, changed: &mut Production, person: PersonId, last: Date) {
    let row = &mut changed.people[person];
    if row.contracts.is_empty() {
        let start = before.settings.as_of.min(last);
        let rate = before.day_cost(person, start);
        row.contracts.push(Contract {
            kind: ContractKind::Staff,
            end: Some(last),
            rate_assumed: true,
            ..Contract::paid_by_day(start, rate, before.settings.currency)
        });
        return;
    }
    call_off(row, before.settings.as_of, last);
    let owes = |contract: &Contract| {
        let called_off = |booking: &Booking| booking.state == BookingState::Cancelled;
        !contract.cancellation.0.is_empty() && row.bookings.iter().any(called_off)
    };
    // What was promised for booked days is owed although the contract never begins.
    let kept: Vec<bool> = row.contracts.iter().map(|c| c.start <= last || owes(c)).collect();
    let mut kept = kept.into_iter();
    row.contracts.retain(|_| kept.next().unwrap_or(true));
    for contract in &mut row.contracts {
        if contract.start > last {
            contract.end = contract.start.yesterday().ok();
            contract.min_end = None;
            contract.option = None;
            continue;
        }
        contract.end = Some(contract.end.map_or(last, |end| end.min(last)));
        contract.min_end = contract.min_end.map(|end| end.min(last));
    }
    if row.contracts.is_empty() {
        // No contracts would mean that they are always there.
        row.leave.push(Leave {
            from: Date::MIN,
            to: Date::MAX,
            share: 10_000,
            approved: true,
            source: Source::default(),
        });
    }
}

/// Confirmed days after the last one are called off today, where the contract says what that costs.
fn call_off(person: &mut Person, today: Date, last: Date) {
    let Ok(next) = last.tomorrow() else { return };
    let mut gone = Vec::new();
    for booking in person.bookings.iter().filter(|row| row.is_payable() && row.to > last) {
        let from = booking.from.max(next);
        if costs(person, from, booking.to) {
            gone.push(called_off(booking, today, from));
        }
    }
    if gone.is_empty() {
        return;
    }
    for booking in person.bookings.iter_mut().filter(|row| row.is_payable()) {
        booking.to = booking.to.min(last);
    }
    person.bookings.retain(|row| row.from <= row.to);
    person.bookings.extend(gone);
}

/// Whether a contract in the time between two days says what calling off costs.
pub(super) fn costs(person: &Person, from: Date, to: Date) -> bool {
    let inside = |row: &Contract| row.start <= to && row.end.is_none_or(|end| from <= end);
    person.contracts.iter().any(|row| !row.cancellation.0.is_empty() && inside(row))
}

/// What of a booking is called off, from a day on.
pub(super) fn called_off(booking: &Booking, today: Date, from: Date) -> Booking {
    let (state, cancelled) = (BookingState::Cancelled, Some(today));
    Booking { state, cancelled, probability: 0, from, ..booking.clone() }
}

/// People are away.
pub(super) fn leave(
    changed: &mut Production,
    people: &[PersonId],
    from: Date,
    to: Date,
    share: i64,
) {
    for person in people {
        let row = Leave { from, to, share, approved: true, source: Source::default() };
        changed.people[*person].leave.push(row);
    }
}

/// The people of one site lose their skill in a department.
pub(super) fn move_work(changed: &mut Production, department: DepartmentId, from: SiteId) {
    for person in changed.people.iter_mut().filter(|person| person.site == from) {
        person.skills.retain(|skill| skill.department != department);
    }
}

/// Overtime may be asked of people, to these limits of a day and a week where they are given; where it is only
/// for a time, all is as it was before and after it.
pub(super) fn allow_overtime(
    changed: &mut Production,
    people: &[PersonId],
    limits: OvertimeLimits,
    within: Option<(Date, Date)>,
) {
    let OvertimeLimits { day, week, days_off, day_off } = limits;
    let always = (changed.settings.as_of, changed.settings.horizon_end);
    for &id in people {
        let site = &changed.sites[changed.people[id].site];
        let usual = site.overtime.clone();
        let person = &mut changed.people[id];
        // Who has no contract has none to change.
        let has_limits = day.is_some() || week.is_some();
        let within = within.or((person.contracts.is_empty() && has_limits).then_some(always));
        if let Some((from, to)) = within {
            person.overtime_windows.push(OvertimeWindow {
                from,
                to,
                cap_day_minutes: day,
                cap_week_minutes: week,
                days_off,
                cap_day_off_minutes: day_off,
            });
            continue;
        }
        person.overtime_allowed = true;
        if day.is_none() && week.is_none() {
            continue;
        }
        for contract in &mut person.contracts {
            let policy = contract.overtime.get_or_insert_with(|| usual.clone());
            policy.cap_day_minutes = day.unwrap_or(policy.cap_day_minutes);
            policy.cap_to(week);
        }
    }
}

/// People work no overtime.
pub(super) fn forbid_overtime(changed: &mut Production, people: &[PersonId]) {
    for &id in people {
        let person = &mut changed.people[id];
        person.overtime_allowed = false;
        person.overtime_windows.clear();
    }
}

/// Most artists of a department at work at once: a ramp that was there is cut, or raised in its peak.
pub(super) fn desks(changed: &mut Production, department: DepartmentId, most: u32) {
    let curve = &mut changed.departments[department].curve;
    curve.cap = Some(most);
    curve.floor = curve.floor.map(|floor| floor.min(most));
}
