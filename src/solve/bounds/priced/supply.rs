//! What artists earn at most when departments pay a price for each minute of work.

use super::grid::{Grid, Prices, place};
use crate::formulate::{JobKind, Problem};
use crate::model::Id;
use crate::solve::bounds::Heads;

/// The sum over all artists of what their time is worth at best, less the pay that could be avoided and
/// the pay of overtime.
pub(super) fn earned(problem: &Problem, heads: &Heads, grid: &Grid, prices: &Prices) -> f64 {
    let labour = problem.multipliers[4] as f64 / 1e4;
    let per_day = f64::from(problem.slots_per_day);
    let rates = rates(problem, heads);
    let mut earned = 0.0;
    let mut week: Vec<(f64, f64)> = Vec::new();
    for (lane, rates) in problem.lanes.iter().zip(&rates).filter(|(_, rates)| !rates.is_empty()) {
        let time = &problem.times[lane.widest as usize];
        let (room, full_day) = (lane.overtime, lane.overtime.full_day.max(1) as f64);
        let person = lane.person.index() as u32;
        let mut days = time.days_of(0, time.total()).peekable();
        while let Some(&(first, _)) = days.peek() {
            let number = first / 7;
            week.clear();
            let mut base = 0.0;
            while let Some((day, slots)) = days.next_if(|row| row.0 / 7 == number) {
                // What a basis-point slot of this day is worth to the department that pays most.
                let worth = rates.iter().map(|&(of, rate)| rate * prices.by_day[of][day as usize]);
                let worth = worth.fold(0.0, f64::max);
                let off = time.minutes_off(day);
                let share = if off == 0 { f64::from(time.share_on(day)) } else { 0.0 };
                base += share * full_day / 1e4;
                if worth <= 0.0 || !grid.is_told_apart(day) {
                    continue;
                }
                let pay = lane.avoidable.get(day as usize).copied().unwrap_or(0) as f64;
                // A posting is for a slot at least and loses half a unit to rounding at most.
                let of_slot = (pay * share / (1e4 * per_day) - 0.5).max(0.0) * labour;
                earned += f64::from(slots) * (share * worth - of_slot).max(0.0);
                let minutes = match off {
                    0 => room.day as f64 - share * full_day / 1e4,
                    off => f64::from(off),
                };
                if room.day > 0 && minutes > 0.0 {
                    let price = problem.overtime.least_price(person, number) * labour;
                    let of_minute = worth * 1e4 * per_day / full_day - price;
                    if of_minute > 0.0 {
                        week.push((of_minute, minutes));
                    }
                }
            }
            // The best minutes of the week first.
            week.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            let mut left = (room.week as f64 - base).max(0.0);
            for &(of_minute, minutes) in &week {
                earned += of_minute * minutes.min(left);
                left -= minutes.min(left);
            }
        }
    }
    earned
}

/// For each lane, minutes of work in a basis-point slot for each department and show at best.
fn rates(problem: &Problem, heads: &Heads) -> Vec<Vec<(usize, f64)>> {
    let unit = 1e10 * f64::from(problem.slots_per_day);
    let mut asked: Vec<(usize, u32)> = problem
        .jobs
        .iter()
        .enumerate()
        .filter(|(task, job)| {
            let is_never = heads.never.binary_search_by_key(&(*task as u32), |row| row.0).is_ok();
            job.kind == JobKind::People && !is_never
        })
        .map(|(_, job)| (place(problem, job), job.crew))
        .collect();
    asked.sort_unstable();
    asked.dedup();
    let mut best: Vec<Vec<(usize, f64)>> = vec![Vec::new(); problem.lanes.len()];
    for (place, crew) in asked {
        for candidate in &problem.crews[crew as usize] {
            let rate = candidate.rate as f64 / unit;
            let of_lane = &mut best[candidate.lane as usize];
            match of_lane.last_mut().filter(|last| last.0 == place) {
                Some(last) => last.1 = last.1.max(rate),
                None => of_lane.push((place, rate)),
            }
        }
    }
    best
}
