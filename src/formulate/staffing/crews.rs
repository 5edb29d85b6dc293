//! Crews: people put together whom the program need not tell apart, and the time they have.
//!
//! The time of a person counts in *bid days of output*: share of the day × day length × level ×
//! productive share ÷ bid day. Rule 3 lets nobody do more with a slot, and putting people together
//! keeps the best of each: the highest level for a department, the lowest price.

use super::grid::Period;
use crate::model::{
    ContractKind, Day, DepartmentId, Id, Lane, Mode, Person, PersonId, Production, ShowId,
    Timeline, multipliers,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Work of one show and department that people can be put on.
pub(super) type Pool = (ShowId, DepartmentId);

/// Like people: the pools they can work for, and their time in each period.
#[derive(Clone, Debug, Default)]
pub(super) struct Crew {
    /// Index of the pool and output there for an output of one in the first pool.
    pub pools: Vec<(usize, f64)>,
    /// Output that costs nothing more: pay is due anyway.
    pub own: Vec<f64>,
    /// Output of freelance days that could still be saved, and the least price of a unit.
    pub freelance: Vec<(f64, f64)>,
    /// Output of overtime and the least price of a unit.
    pub overtime: Vec<(f64, f64)>,
    /// Most output of overtime in each week.
    pub overtime_week: Vec<f64>,
}

/// The supply side of a production.
pub(super) struct Supply {
    pub crews: Vec<Crew>,
    /// Most output of one person on each day, by department: no part of a task is done faster.
    pub fastest: Vec<Vec<f64>>,
    /// Most output a department's crew cap allows in each period; `None` without a cap.
    pub caps: Vec<Option<Vec<f64>>>,
}

/// One person's day on one lane: share of a working day, and minutes of overtime on top.
struct Worked<'a> {
    lane: &'a Lane,
    overtime: Vec<f64>,
    overtime_week: Vec<f64>,
}

/// Best level by department, in thousandths.
fn levels(person: &Person) -> BTreeMap<DepartmentId, i64> {
    let mut levels = BTreeMap::new();
    for skill in &person.skills {
        let best = levels.entry(skill.department).or_insert(0);
        *best = skill.level.max(*best);
    }
    levels
}

pub(super) fn supply(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    periods: &[Period],
    pools: &[Pool],
    mode: Mode,
) -> Supply {
    let days = timeline.days() as usize;
    let departments = production.departments.len();
    let mut fastest = vec![vec![0.0_f64; days]; departments];
    let capped: Vec<bool> =
        production.departments.iter().map(|row| row.curve.cap.is_some()).collect();
    // Output of each person on each day, for departments with a cap only.
    let mut of_people: Vec<Vec<Vec<f64>>> =
        capped.iter().map(|&c| if c { vec![Vec::new(); days] } else { Vec::new() }).collect();
    let mut crews: BTreeMap<Vec<i64>, Crew> = BTreeMap::new();
    for of_person in lanes.chunk_by(|a, b| a.person == b.person) {
        let Some(first) = of_person.first() else { continue };
        let person = &production.people[first.person];
        let levels = levels(person);
        let worked: Vec<Worked> = of_person
            .iter()
            .map(|lane| overtime(production, timeline, lane, of_person, mode))
            .collect();
        for (&department, &level) in &levels {
            let output = output(production, person, level);
            let by_day = &mut fastest[department.index()];
            for day in 0..days {
                let mut sum = 0.0;
                for lane in &worked {
                    let time = f64::from(share(lane.lane, day)) / 1e4 + lane.overtime[day];
                    by_day[day] = by_day[day].max(time * output);
                    sum += time * output;
                }
                if capped[department.index()] && sum > 0.0 {
                    of_people[department.index()][day].push(sum);
                }
            }
        }
        for lane in &worked {
            let reachable: Vec<(usize, f64)> = pools
                .iter()
                .enumerate()
                .filter(|(_, (show, _))| lane.lane.show.is_none_or(|booked| booked == *show))
                .filter(|(_, (show, _))| person.shows.is_empty() || person.shows.contains(show))
                .filter_map(|(pool, (_, department))| {
                    let rate = output(production, person, *levels.get(department)?);
                    (rate > 0.0).then_some((pool, rate))
                })
                .collect();
            join(&mut crews, production, timeline, periods, lane, &reachable, mode);
        }
    }
    let caps = caps(production, timeline, periods, of_people);
    Supply { crews: crews.into_values().collect(), fastest, caps }
}

/// Bid days that a person at `level` does in a full working day.
fn output(production: &Production, person: &Person, level: i64) -> f64 {
    let day = production.sites[person.site].day_minutes.max(0) as f64;
    let productive = production.settings.productive.max(0) as f64;
    let bid_day = production.bid_day_minutes().max(1) as f64;
    day * level.max(0) as f64 * productive / 1e6 / bid_day
}

fn share(lane: &Lane, day: usize) -> u16 {
    lane.share.get(day).copied().unwrap_or(0)
}

/// Overtime of a lane, in working days: as much as rule 15 allows on each day and in each week.
///
/// Somebody who opted out of the weekly average is held to the policy's cap only, which is never
/// less than what the rule allows them.
fn overtime<'a>(
    production: &Production,
    timeline: &Timeline,
    lane: &'a Lane,
    of_person: &[Lane],
    mode: Mode,
) -> Worked<'a> {
    const STATUTORY_WEEK: f64 = 48.0 * 60.0;
    let days = timeline.days() as usize;
    let weeks = timeline.weeks() as usize;
    let person = &production.people[lane.person];
    let site = &production.sites[person.site];
    let length = site.day_minutes.max(1) as f64;
    let mut worked =
        Worked { lane, overtime: vec![0.0; days], overtime_week: vec![0.0; weeks] };
    if mode == Mode::NoOvertime || !person.overtime_allowed {
        return worked;
    }
    let mut base = vec![0.0; weeks];
    let mut cap = vec![0.0_f64; weeks];
    for day in 0..days {
        let week = timeline.week(Day(day as u32)) as usize;
        let own = f64::from(share(lane, day)) / 1e4 * length;
        if own == 0.0 {
            continue;
        }
        base[week] += own;
        let date = timeline.date(Day(day as u32));
        let contract = production.contract_on(lane.person, date);
        let policy = contract.and_then(|c| c.overtime.as_ref()).unwrap_or(&site.overtime);
        cap[week] = cap[week].max(policy.cap_week_minutes as f64);
        let lanes = of_person.iter().filter(|other| share(other, day) > 0).count();
        if lanes == 1 {
            worked.overtime[day] = (policy.cap_day_minutes as f64 - own).max(0.0) / length;
        }
    }
    for week in 0..weeks {
        let most = if person.opted_out { cap[week] } else { cap[week].min(STATUTORY_WEEK) };
        worked.overtime_week[week] = (most - base[week]).max(0.0) / length;
    }
    for day in 0..days {
        let week = timeline.week(Day(day as u32)) as usize;
        worked.overtime[day] = worked.overtime[day].min(worked.overtime_week[week]);
    }
    worked
}

/// Adds a lane to the crew of its like.
fn join(
    crews: &mut BTreeMap<Vec<i64>, Crew>,
    production: &Production,
    timeline: &Timeline,
    periods: &[Period],
    lane: &Worked,
    reachable: &[(usize, f64)],
    mode: Mode,
) {
    let Some(&(_, main)) = reachable.first() else { return };
    let labour = multipliers(mode)[4] as f64 / 1e4;
    let id = lane.lane.person;
    let mut own = vec![0.0; periods.len()];
    let mut freelance = vec![(0.0, f64::INFINITY); periods.len()];
    let mut overtime = vec![(0.0, f64::INFINITY); periods.len()];
    let mut avoidable = vec![false; timeline.days() as usize];
    for contract in &production.people[id].contracts {
        if contract.kind == ContractKind::Freelance {
            let from = production.first_avoidable_day(id, contract);
            for (day, avoidable) in avoidable.iter_mut().enumerate() {
                let date = timeline.date(Day(day as u32));
                // The contract that counts for a day is the first that covers it.
                let counts = production
                    .contract_on(id, date)
                    .is_some_and(|first| std::ptr::eq(first, contract));
                *avoidable |= date >= from && counts;
            }
        }
    }
    for (period, span) in periods.iter().enumerate() {
        let mut weeks: BTreeMap<u32, f64> = BTreeMap::new();
        for day in span.first as usize..span.end as usize {
            let part = f64::from(share(lane.lane, day)) / 1e4;
            if part == 0.0 {
                continue;
            }
            let date = timeline.date(Day(day as u32));
            let price = if avoidable[day] { day_price(production, id, date, part) } else { 0.0 };
            if price > 0.0 {
                let (time, cheapest) = &mut freelance[period];
                *time += part * main;
                *cheapest = cheapest.min(price * labour / main);
            } else {
                own[period] += part * main;
            }
            if lane.overtime[day] > 0.0 {
                *weeks.entry(timeline.week(Day(day as u32))).or_default() += lane.overtime[day];
                let price = overtime_price(production, id, date) * labour / main;
                overtime[period].1 = overtime[period].1.min(price);
            }
        }
        for (week, by_day) in weeks {
            overtime[period].0 += by_day.min(lane.overtime_week[week as usize]) * main;
        }
    }
    // Prices within an eighth, and relative skills within a tenth, are like.
    let band = |price: f64| if price > 0.0 { (price.ln() * 8.0).round() as i64 } else { i64::MIN };
    let first_price = |tiers: &[(f64, f64)]| {
        band(tiers.iter().find(|(time, _)| *time > 0.0).map_or(0.0, |(_, price)| *price))
    };
    let mut key = vec![first_price(&freelance), first_price(&overtime)];
    for (pool, rate) in reachable {
        key.push(*pool as i64);
        key.push((rate / main * 10.0).round() as i64);
    }
    let crew = crews.entry(key).or_insert_with(|| Crew {
        pools: reachable.iter().map(|(pool, _)| (*pool, 0.0)).collect(),
        own: vec![0.0; periods.len()],
        freelance: vec![(0.0, f64::INFINITY); periods.len()],
        overtime: vec![(0.0, f64::INFINITY); periods.len()],
        overtime_week: vec![0.0; timeline.weeks() as usize],
    });
    for ((_, best), (_, rate)) in crew.pools.iter_mut().zip(reachable) {
        *best = best.max(rate / main);
    }
    for period in 0..periods.len() {
        crew.own[period] += own[period];
        for (sum, new) in [
            (&mut crew.freelance[period], freelance[period]),
            (&mut crew.overtime[period], overtime[period]),
        ] {
            sum.0 += new.0;
            sum.1 = sum.1.min(new.1);
        }
    }
    for (sum, new) in crew.overtime_week.iter_mut().zip(&lane.overtime_week) {
        *sum += new * main;
    }
}

/// Least price of a full day of a freelance artist, in minor units, when days are posted rounded.
///
/// A posting is for at least one slot; one of `v` loses at most half a unit, a share `0.5 ÷ v` of it.
fn day_price(production: &Production, person: PersonId, date: Date, share: f64) -> f64 {
    let cost = production.day_cost(person, date).0.max(0) as f64;
    let smallest = cost * share / f64::from(production.settings.slots_per_day.max(1));
    after_rounding(cost, smallest)
}

/// Least price of a working day's length of overtime: what the policy pays at least, without burden,
/// when a single minute is the smallest posting.
///
/// Nothing when the contract is exempt, or when the policy has no tier (nobody says then that
/// overtime is paid at all) or one below the plain rate.
fn overtime_price(production: &Production, person: PersonId, date: Date) -> f64 {
    let row = &production.people[person];
    let site = &production.sites[row.site];
    let contract = production.contract_on(person, date);
    let policy = contract.and_then(|c| c.overtime.as_ref()).unwrap_or(&site.overtime);
    let tiers = policy.daily.iter().chain(&policy.weekly);
    let plain = tiers.map(|(_, points)| *points).min().is_some_and(|least| least >= 10_000);
    if policy.exempt || !plain {
        return 0.0;
    }
    let burden = contract.map_or(0, |contract| contract.burden.max(0)) as f64;
    let cost = production.day_cost(person, date).0.max(0) as f64 / (1.0 + burden / 1e4);
    after_rounding(cost, cost / site.day_minutes.max(1) as f64)
}

/// `price` less the most that rounding postings of at least `smallest` can take from it.
pub(super) fn after_rounding(price: f64, smallest: f64) -> f64 {
    if smallest > 0.5 { price * (1.0 - 0.5 / smallest) } else { 0.0 }
}

/// The most that a department's cap allows: each day the fastest people, as many as it says.
fn caps(
    production: &Production,
    timeline: &Timeline,
    periods: &[Period],
    of_people: Vec<Vec<Vec<f64>>>,
) -> Vec<Option<Vec<f64>>> {
    production
        .departments
        .iter()
        .zip(of_people)
        .map(|(department, mut days)| {
            department.curve.cap?;
            let by_period = |period: &Period| {
                let mut sum = 0.0;
                for day in period.first..period.end {
                    let people = &mut days[day as usize];
                    people.sort_unstable_by(|a, b| b.total_cmp(a));
                    let cap = department.curve.cap_on(timeline.date(Day(day)));
                    let heads = cap.map_or(people.len(), |cap| cap as usize);
                    sum += people.iter().take(heads).sum::<f64>();
                }
                sum
            };
            Some(periods.iter().map(by_period).collect())
        })
        .collect()
}
