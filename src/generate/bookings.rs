//! Bookings: half of the people are promised to a show by its weekly demand, the others are free.

use super::crew::{Demand, Seat};
use super::days::{FIRST_DAY, date_of, day_of};
use super::draft::Draft;
use super::draws::{Draws, Topic};
use crate::model::*;

/// Weeks after the end of its show for which somebody stays booked.
const AFTER_THE_END: u32 = 2;

/// Books people. The first of each pool stays free, so that no late task is left without anybody.
pub(super) fn book(draft: &mut Draft, demand: &Demand, seats: &[Seat]) {
    let shows = draft.production.shows.len();
    let weeks = draft.parameters.weeks() as usize + AFTER_THE_END as usize;
    for pool in 0..draft.parameters.pools.len() {
        let mut booked = vec![vec![0.0; weeks]; shows];
        for (index, seat) in seats.iter().enumerate().filter(|(_, seat)| seat.pool == pool) {
            let counter = ((pool as u64) << 32) | seat.number as u64;
            let mut draws = Draws::new(draft.recipe.seed, Topic::Bookings, counter);
            let is_booked = draws.chance(0.5);
            if !is_booked || seat.number == 0 {
                continue;
            }
            let person = &mut draft.production.people[PersonId::new(index)];
            let mut bookings = Vec::new();
            for contract in &person.contracts {
                let from = day_of(contract.start.max(FIRST_DAY)) / 5;
                let to = contract.end.map_or(weeks as u32, |end| day_of(end) / 5 + 1);
                let to = to.min(weeks as u32);
                if shows == 1 {
                    bookings.extend((from < to).then(|| {
                        let last = to.min(draft.span[0].1 / 5 + AFTER_THE_END);
                        booking(ShowId::new(0), from, last, 10_000)
                    }));
                } else {
                    spread(&demand.by_pool[pool], &mut booked, from, to, &mut bookings, &mut draws);
                }
            }
            bookings.retain(|booking: &Booking| booking.from <= booking.to);
            // A hold for the time after: it is no time to plan with.
            if let Some(last) = bookings.last()
                && draws.chance(0.1)
            {
                let next = day_of(last.to) / 5 + 1;
                let state =
                    if draws.chance(0.5) { BookingState::Hold1 } else { BookingState::Hold2 };
                let show = last.show;
                bookings.push(Booking { state, ..booking(show, next, next + 4, 10_000) });
            }
            if bookings.iter().any(Booking::is_usable) {
                person.bookings = bookings;
            }
        }
    }
}

/// Blocks of 6–16 weeks on the show whose demand is covered least; now and then two shows share.
fn spread(
    demand: &[Vec<f64>],
    booked: &mut [Vec<f64>],
    from: u32,
    to: u32,
    bookings: &mut Vec<Booking>,
    draws: &mut Draws,
) {
    let mut week = from;
    while week < to {
        let mut end = (week + draws.whole(6, 16) as u32).min(to);
        // A rest of a few weeks stays with the block before it.
        if to - end < 4 {
            end = to;
        }
        let sum = |weeks: &[f64]| -> f64 { weeks[week as usize..end as usize].iter().sum() };
        let mut order: Vec<(usize, f64)> = (0..demand.len())
            .filter_map(|show| {
                let needed = sum(&demand[show]);
                // A show with work for a fifth of one person is not running yet, or over.
                let is_running = needed >= 0.2 * f64::from(end - week);
                is_running.then(|| (show, sum(&booked[show]) / needed))
            })
            .collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let Some(&(first, _)) = order.first() else {
            // No show has work in these weeks: the person is asked again a little later.
            week += 2;
            continue;
        };
        let shares = match order.get(1).filter(|_| draws.chance(0.08)) {
            Some(&(second, _)) => vec![(first, 5_000), (second, 5_000)],
            None => vec![(first, 10_000)],
        };
        for (show, share) in shares {
            for booked in &mut booked[show][week as usize..end as usize] {
                *booked += share as f64 / 10_000.0;
            }
            bookings.push(booking(ShowId::new(show), week, end, share));
        }
        week = end;
    }
}

fn booking(show: ShowId, from_week: u32, to_week: u32, share: i64) -> Booking {
    Booking {
        show,
        department: None,
        from: date_of(from_week * 5),
        to: date_of((to_week * 5).max(1) - 1),
        share,
        state: BookingState::Confirmed,
        source: Source::default(),
    }
}
