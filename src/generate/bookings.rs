//! Bookings: about half of the people are promised to a show, the others are free.

use super::crew::{Demand, Seat};
use super::days::{FIRST_DAY, SLOTS, date_of, day_of};
use super::draft::Draft;
use super::draws::{Draws, Topic};
use super::reference::{Bench, Schedule};
use crate::model::*;

/// Weeks after the end of its show for which somebody stays booked.
const AFTER_THE_END: u32 = 2;
/// Share of the people who are booked where they can be.
const BOOKED: f64 = 0.6;
/// Least share of a booking that the plan must fill; nobody books people to wait.
const FILLED: f64 = 0.75;

/// Books people on the only show by how the reference scheduler would work without bookings: each for
/// the longest run of weeks that is well filled, and a week more.
pub(super) fn book_by_plan(draft: &mut Draft, seats: &[Seat], bench: &Bench, plan: &Schedule) {
    let weeks = (draft.parameters.weeks() + AFTER_THE_END) as usize;
    let per_week = 5 * SLOTS;
    let mut used = vec![vec![0_i64; weeks]; draft.production.people.len()];
    for task in 0..draft.production.tasks.len() {
        let Some(worker) = bench.workers.get(plan.worker[task] as usize) else { continue };
        for (day, done) in bench.days_of(plan, task, weeks as u32 * per_week) {
            used[worker.person.index()][day as usize / 5] += done;
        }
    }
    for worker in &bench.workers {
        let seat = &seats[worker.person.index()];
        let mut draws = draws_of(draft, seat);
        if !draws.chance(BOOKED) || seat.number == 0 {
            continue;
        }
        let there: Vec<i64> = (0..weeks as u32)
            .map(|week| (week * 5..week * 5 + 5).map(|day| i64::from(worker.share(day))).sum())
            .map(|share: i64| share * i64::from(SLOTS))
            .collect();
        let Some((first, last)) = filled(&used[worker.person.index()], &there) else { continue };
        let person = &mut draft.production.people[worker.person];
        let within = |contract: &Contract| {
            let from = (day_of(contract.start.max(FIRST_DAY)) / 5).max(first as u32);
            let to = contract.end.map_or(weeks as u32, |end| day_of(end) / 5 + 1);
            let to = to.min(last as u32 + 2).min(weeks as u32);
            (from < to).then(|| booking(ShowId::new(0), from, to, 10_000))
        };
        let bookings = person.contracts.iter().filter_map(within).collect();
        person.bookings = with_hold(bookings, &mut draws);
    }
}

/// The longest run of weeks, two at least, of which the used time fills enough.
fn filled(used: &[i64], there: &[i64]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for first in 0..used.len() {
        let (mut worked, mut time) = (0, 0);
        for last in first..used.len() {
            worked += used[last];
            time += there[last];
            let is_filled =
                used[first] > 0 && used[last] > 0 && worked as f64 >= FILLED * time as f64;
            if is_filled && last > first && best.is_none_or(|(a, b)| last - first > b - a) {
                best = Some((first, last));
            }
        }
    }
    best
}

fn draws_of(draft: &Draft, seat: &Seat) -> Draws {
    let counter = ((seat.pool as u64) << 32) | seat.number as u64;
    Draws::new(draft.recipe.seed, Topic::Bookings, counter)
}

/// Books people among several shows by their weekly demand. The first of each pool stays free, so that
/// no late task is left without anybody.
pub(super) fn book_by_demand(draft: &mut Draft, demand: &Demand, seats: &[Seat]) {
    let shows = draft.production.shows.len();
    let weeks = draft.parameters.weeks() as usize + AFTER_THE_END as usize;
    for pool in 0..draft.parameters.pools.len() {
        let mut booked = vec![vec![0.0; weeks]; shows];
        for (index, seat) in seats.iter().enumerate().filter(|(_, seat)| seat.pool == pool) {
            let mut draws = draws_of(draft, seat);
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
                spread(&demand.by_pool[pool], &mut booked, from, to, &mut bookings, &mut draws);
            }
            bookings.retain(|booking: &Booking| booking.from <= booking.to);
            person.bookings = with_hold(bookings, &mut draws);
        }
    }
}

/// Now and then with a hold for the time after: it is no time to plan with.
fn with_hold(mut bookings: Vec<Booking>, draws: &mut Draws) -> Vec<Booking> {
    if let Some(last) = bookings.last()
        && draws.chance(0.1)
    {
        let next = day_of(last.to) / 5 + 1;
        let state = if draws.chance(0.5) { BookingState::Hold1 } else { BookingState::Hold2 };
        let show = last.show;
        let probability = state.usual_probability();
        bookings.push(Booking { state, probability, ..booking(show, next, next + 4, 10_000) });
    }
    bookings
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
        probability: BookingState::Confirmed.usual_probability(),
        cancelled: None,
        source: Source::default(),
    }
}
