//! Leave: 22 days a year, two fifths of it in July, August and December.

use super::days::{FIRST_DAY, date_of, day_of, plus};
use super::draws::Draws;
use crate::model::*;
use jiff::civil::{Date, Weekday, date};

const DAYS_A_YEAR: i64 = 22;

/// The leave of a person, by contract, sorted and never twice in a week. Freelancers have none.
pub(super) fn leave(contracts: &[Contract], weeks: u32, draws: &mut Draws) -> Vec<Leave> {
    let horizon = date_of((weeks + 26) * 5 - 1);
    let mut taken: Vec<Leave> = Vec::new();
    for contract in contracts.iter().filter(|contract| contract.kind != ContractKind::Freelance) {
        for year in FIRST_DAY.year()..=horizon.year() {
            let from = contract.start.max(date(year, 1, 1));
            let to = contract.end.unwrap_or(Date::MAX).min(date(year, 12, 31));
            if from >= to {
                continue;
            }
            let days = days_between(from, to) * DAYS_A_YEAR / 365;
            year_of_leave(from, to, days, &mut taken, draws);
        }
    }
    taken.retain(|leave| leave.to >= FIRST_DAY && leave.from <= horizon);
    taken.sort_by_key(|leave| leave.from);
    taken
}

fn year_of_leave(from: Date, to: Date, mut days: i64, taken: &mut Vec<Leave>, draws: &mut Draws) {
    let year = from.year();
    // Two fifths in the holidays: a week in summer, four days before Christmas.
    let summer = (date(year, 7, 1), date(year, 8, 27), 5);
    let winter = (date(year, 12, 13), date(year, 12, 24), 4);
    let any = (from, to, 5);
    for (first, last, length) in [summer, winter, any, any, any, any, any] {
        let (first, last) = (first.max(from), last.min(to));
        let length: i64 = length.min(days);
        if length <= 0 || first >= last {
            continue;
        }
        for _ in 0..4 {
            let day = plus(first, draws.whole(0, days_between(first, last)));
            let monday = monday_of(day);
            let begin = monday.max(first);
            let end = date_of(day_of(monday.max(FIRST_DAY)) + length as u32 - 1).min(last);
            let is_weekend = matches!(begin.weekday(), Weekday::Saturday | Weekday::Sunday);
            let clash = taken.iter().any(|other| monday_of(other.from) == monday);
            if clash || is_weekend || end < begin || monday < FIRST_DAY {
                continue;
            }
            let half_day = draws.chance(0.08);
            taken.push(Leave {
                from: begin,
                to: if half_day { begin } else { end },
                share: if half_day { 5_000 } else { 10_000 },
                approved: draws.chance(0.93),
                source: Source::default(),
            });
            days -= if half_day { 1 } else { length };
            break;
        }
    }
}

fn monday_of(day: Date) -> Date {
    plus(day, -i64::from(day.weekday().to_monday_zero_offset()))
}
