//! People who work elsewhere for a time.
//!
//! For that time they stand in the list a second time, as they are there: what they can do, where they
//! sit, which show has them, what they are paid. The person as before is away, so that nobody is in two
//! places, and the plan, its check and its cost need no rule of their own.

use crate::model::*;
use jiff::civil::Date;

/// A person works on terms of a move from a day to a day, both in; no last day = to the end.
pub(super) fn move_artist(
    before: &Production,
    changed: &mut Production,
    person: PersonId,
    terms: &MoveTerms,
    (from, to): (Date, Option<Date>),
) {
    let from = from.max(before.settings.as_of);
    let last = to.unwrap_or(before.settings.horizon_end);
    let has_site = terms.site.is_none_or(|site| changed.sites.get(site).is_some());
    if last < from || !has_site {
        return;
    }
    let row = &changed.people[person];
    let mover = mover(before, changed, person, terms, (from, last));
    // Without contracts or bookings somebody would be always there, or free for all shows.
    let is_there = row.contracts.is_empty() || !mover.contracts.is_empty();
    let is_booked = row.bookings.is_empty() || !mover.bookings.is_empty();
    if !is_there || !is_booked {
        return;
    }
    let place = changed.move_words(terms).replace(", ", " ");
    if terms.cost > Cents::ZERO {
        let only = (changed.shows.len() == 1).then(|| ShowId::new(0));
        let booked = mover.bookings.first().map(|row| row.show);
        changed.commitments.push(Commitment {
            code: format!("move of {} to {place}", changed.people[person].code),
            account: terms.account,
            show: terms.show.or(booked).or(only),
            vendor: None,
            contents: Vec::new(),
            amount: terms.cost,
            drawn: Cents::ZERO,
            accrued: Cents::ZERO,
            currency: changed.settings.currency,
            expected: Some(from),
            cancellable_from: Some(before.settings.as_of),
            cancel_cost: Cents::ZERO,
            source: Source::default(),
        });
    }
    let row = &mut changed.people[person];
    row.bookings = row.bookings.drain(..).flat_map(|row| outside(row, from, last)).collect();
    row.leave.push(Leave {
        from,
        to: last,
        share: 10_000,
        approved: true,
        source: Source::default(),
    });
    changed.people.push(mover);
}

/// The person as they are there.
fn mover(
    before: &Production,
    changed: &Production,
    id: PersonId,
    terms: &MoveTerms,
    (from, last): (Date, Date),
) -> Person {
    let row = &changed.people[id];
    let place = changed.move_words(terms).replace(", ", " ");
    let taken = |code: &String| changed.people.iter().any(|person| person.code == *code);
    let first = format!("{} in {place}", row.code);
    let others = (2..).map(|number| format!("{first} {number}"));
    let code = std::iter::once(first.clone()).chain(others).find(|code| !taken(code));
    let mut mover = Person {
        code: code.unwrap_or(first),
        name: format!("{} in {place}", row.name),
        skills: changed.skills_after(id, terms),
        site: terms.site.unwrap_or(row.site),
        shows: terms.show.map_or_else(|| row.shows.clone(), |show| vec![show]),
        contracts: contracts(before, changed, id, terms, (from, last)),
        bookings: bookings(changed, id, terms, (from, last)),
        placeholder: false,
        source: Source::default(),
        ..row.clone()
    };
    let after = |days: i64| from.saturating_add(jiff::Span::new().days(days));
    for (week, share) in (0_i64..).zip(&terms.ramp) {
        mover.leave.push(Leave {
            from: after(7 * week),
            to: after(7 * week + 6),
            share: (10_000 - share).clamp(0, 10_000),
            approved: true,
            source: Source::default(),
        });
    }
    mover.leave.retain(|leave| leave.share > 0);
    mover
}

/// What pays them there: their own contracts inside the time, at the pay of the terms.
fn contracts(
    before: &Production,
    changed: &Production,
    id: PersonId,
    terms: &MoveTerms,
    (from, last): (Date, Date),
) -> Vec<Contract> {
    let row = &changed.people[id];
    if row.contracts.is_empty() {
        let rate = before.day_cost(id, from).basis_points(terms.pay);
        return vec![Contract {
            kind: ContractKind::Staff,
            end: Some(last),
            rate_assumed: true,
            ..Contract::paid_by_day(from, rate, before.settings.currency)
        }];
    }
    let inside = |row: &&Contract| row.start <= last && row.end.is_none_or(|end| from <= end);
    let contract = |row: &Contract| {
        // What notice commits stays committed.
        let free = before.first_avoidable_day(id, row).yesterday().ok();
        let bound = row.min_end.max(free.filter(|day| *day >= from));
        let mut rates = row.rates.clone();
        for (_, rate) in &mut rates {
            *rate = rate.basis_points(terms.pay);
        }
        Contract {
            start: row.start.max(from),
            end: Some(row.end.map_or(last, |end| end.min(last))),
            min_end: bound.filter(|day| *day >= from).map(|day| day.min(last)),
            rates,
            guarantee: Guarantee { days: 0, ..row.guarantee },
            option: None,
            ..row.clone()
        }
    };
    row.contracts.iter().filter(inside).map(contract).collect()
}

/// Who was booked in that time is booked there.
fn bookings(
    changed: &Production,
    id: PersonId,
    terms: &MoveTerms,
    (from, last): (Date, Date),
) -> Vec<Booking> {
    let all = changed.people[id].bookings.iter();
    let inside = all.filter(|row| row.is_usable() && row.from <= last && from <= row.to);
    let booking = |row: &Booking| Booking {
        show: terms.show.unwrap_or(row.show),
        department: terms.to.or(row.department),
        from: row.from.max(from),
        to: row.to.min(last),
        ..row.clone()
    };
    let moved: Vec<Booking> = inside.map(booking).collect();
    let is_booked = !changed.people[id].bookings.is_empty();
    match terms.show {
        // Time that nobody booked is booked there.
        Some(show) if is_booked && moved.is_empty() => vec![Booking {
            show,
            department: terms.to,
            from,
            to: last,
            share: 10_000,
            state: BookingState::Confirmed,
            probability: BookingState::Confirmed.usual_probability(),
            cancelled: None,
            source: Source::default(),
        }],
        _ => moved,
    }
}

/// The parts of a booking before and after a time; what nobody plans with stays as it is.
fn outside(row: Booking, from: Date, last: Date) -> Vec<Booking> {
    if !row.is_usable() || row.to < from || last < row.from {
        return vec![row];
    }
    let mut parts = Vec::new();
    if let Ok(day) = from.yesterday()
        && row.from <= day
    {
        parts.push(Booking { to: day, ..row.clone() });
    }
    if let Ok(day) = last.tomorrow()
        && day <= row.to
    {
        parts.push(Booking { from: day, ..row });
    }
    parts
}
