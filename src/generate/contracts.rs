//! Contracts: permanent staff, fixed terms from the ramp of their pool, and freelancers by the week.

use super::crew::Seat;
use super::days::{FIRST_DAY, date_of, plus};
use super::draws::Draws;
use super::places::PLACES;
use crate::model::*;
use jiff::civil::{Date, date};

/// Longest fixed term and freelance contract, in weeks, and their shortest.
const FIXED_WEEKS: (usize, usize) = (12, 40);
const FREELANCE_WEEKS: (usize, usize) = (2, 12);

/// What a day of an artist costs with burden, in whole units of the production's currency.
pub(super) fn day_cost(
    seniority: Seniority,
    department: &str,
    place: f64,
    draws: &mut Draws,
) -> i64 {
    let base = [240.0, 340.0, 470.0, 560.0][seniority as usize];
    let trade = match department {
        "FX" | "RIG" => 1.1,
        "ROTO" => 0.7,
        "PREP" => 0.75,
        _ => 1.0,
    };
    (base * trade * place * draws.lognormal(0.1)).round() as i64
}

/// The contracts of one seat over a production of `weeks` weeks, in order, never overlapping.
pub(super) fn contracts(
    seat: &Seat,
    site: usize,
    day_cost: i64,
    weeks: u32,
    draws: &mut Draws,
) -> Vec<Contract> {
    let weeks = weeks as usize;
    if seat.kind == ContractKind::Staff {
        let start = plus(FIRST_DAY, -draws.whole(30, 2_200));
        return vec![contract(seat.kind, site, day_cost, start, None, draws)];
    }
    let limits = if seat.kind == ContractKind::Fixed { FIXED_WEEKS } else { FREELANCE_WEEKS };
    let mut made: Vec<(usize, usize)> = Vec::new();
    for &(first, last) in &seat.runs {
        let mut from = first;
        if seat.kind == ContractKind::Fixed {
            from = (first as i64 + draws.whole(-2, 2)).max(0) as usize;
        }
        let mut from = from.max(made.last().map_or(0, |(_, end)| *end));
        // A longer need is met by one contract after another, of about equal length.
        let need = (last + 1).saturating_sub(from).max(1);
        let count = need.div_ceil(limits.1);
        for number in 0..count {
            let rest = (last + 1).saturating_sub(from).max(1);
            let length = rest.div_ceil(count - number).clamp(limits.0, limits.1);
            made.push((from, from + length));
            from += length;
        }
    }
    if made.is_empty() {
        let from = draws.below(weeks.max(1));
        made.push((from, from + limits.0));
    }
    made.into_iter()
        .map(|(from, to)| {
            let start = date_of(from as u32 * 5);
            let end = date_of(to as u32 * 5 - 1);
            contract(seat.kind, site, day_cost, start, Some(end), draws)
        })
        .collect()
}

fn contract(
    kind: ContractKind,
    site: usize,
    day_cost: i64,
    start: Date,
    end: Option<Date>,
    draws: &mut Draws,
) -> Contract {
    let place = &PLACES[site.min(PLACES.len() - 1)];
    // Basis, days it pays for, steps the pay is rounded to, burden, notice in working days.
    let (basis, days, step, burden, notice) = match kind {
        ContractKind::Staff => (RateBasis::Year, 260, 100, 2_200, 20),
        ContractKind::Fixed => (RateBasis::Week, 5, 5, 1_500, 20),
        ContractKind::Freelance => (RateBasis::Day, 1, 1, 0, 5),
    };
    // loaded = pay × (1 + burden) × exchange rate, solved for the pay, in whole units.
    let loaded = i128::from(day_cost) * i128::from(days) * 10_000 * 1_000_000;
    let per_unit = i128::from(10_000 + burden) * i128::from(place.rate) * i128::from(step);
    let pay = Cents(round_half_even(loaded, per_unit) * step * 100);
    let mut rates = vec![(start, pay)];
    if kind == ContractKind::Staff && draws.chance(0.6) {
        // The yearly rise, in whole steps.
        let raised = round_half_even(i128::from(pay.0) * 103, i128::from(100 * step * 100));
        rates.push((date(2027, 4, 1), Cents(raised * step * 100)));
    }
    let weeks = |count: i64| plus(start, count * 7 - 3);
    Contract {
        kind,
        start,
        end,
        min_end: match kind {
            ContractKind::Staff => None,
            ContractKind::Fixed => Some(weeks(4)),
            ContractKind::Freelance => Some(weeks(1)),
        },
        notice_days: notice,
        rates,
        basis,
        burden,
        currency: place.currency,
        overtime: None,
        guarantee: Guarantee::default(),
        cancellation: Cancellation::default(),
        option: None,
        rate_assumed: false,
        source: Source::default(),
    }
}
