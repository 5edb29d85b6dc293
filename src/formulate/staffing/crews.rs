//! Crews: people put together whom the program need not tell apart, and the time they have.
//!
//! The time of a person counts in *bid days of output*: share of the day × day length × level ×
//! productive share ÷ bid day. Rule 3 lets nobody do more with a slot, and putting people together
//! keeps the best of each: the highest level for a department, the lowest price.

use super::grid::Period;
use super::overtime::{Worked, overtime};
use crate::formulate::calls::{Call, Calls};
use crate::model::{
    ContractKind, Day, DepartmentId, Id, Lane, Mode, Person, PersonId, Production, ShowId, Timeline,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Work that people can be put on: that of a department, where it makes a difference for a show, of a speciality
/// or at a site.
pub(super) type Pool = Call;

/// Departments whose work is told apart. Whoever may do all of it gives time to the department, from where it goes
/// on: every crew giving its time to every show made a program of six shows three times as large.
pub(super) struct Hubs {
    /// For each pool its hub, numbered on from the pools; `None` where a department is one pool.
    pub of_pool: Vec<Option<usize>>,
    /// First pool of each hub.
    pub first: Vec<usize>,
}

impl Hubs {
    pub fn new(pools: &[Pool]) -> Hubs {
        let mut hubs = Hubs { of_pool: vec![None; pools.len()], first: Vec::new() };
        let mut at = 0;
        for run in pools.chunk_by(|a, b| a.department == b.department) {
            if run.len() > 1 {
                hubs.of_pool[at..at + run.len()].fill(Some(pools.len() + hubs.first.len()));
                hubs.first.push(at);
            }
            at += run.len();
        }
        hubs
    }

    /// The same reach, with the hub in the place of all pools of a department, where all go at one rate.
    fn gather(&self, reachable: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
        let of = |row: &(usize, f64)| self.of_pool[row.0];
        let runs = reachable.chunk_by(|a, b| of(a).is_some() && of(a) == of(b));
        let gathered = runs.flat_map(|run| {
            let members = |hub: usize| self.of_pool.iter().filter(|of| **of == Some(hub)).count();
            match (of(&run[0]), run[0].1) {
                (Some(hub), rate)
                    if run.len() == members(hub) && run.iter().all(|row| row.1 == rate) =>
                {
                    vec![(hub, rate)]
                }
                _ => run.to_vec(),
            }
        });
        gathered.collect()
    }
}

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

/// What each person can do on each day, before periods are chosen.
pub(super) struct People<'a> {
    worked: Vec<Worked<'a>>,
    /// Most output of one person on each day, by department: no part of a task is done faster.
    pub fastest: Vec<Vec<f64>>,
    /// Output of each person on each day, for departments with a cap only.
    of_people: Vec<Vec<Vec<f64>>>,
}

/// The supply side of a production.
pub(super) struct Supply {
    pub crews: Vec<Crew>,
    /// For each lane its crew, and the output that the crew's times are counted in.
    pub of_lane: Vec<Option<(usize, f64)>>,
    /// Most output a department's crew cap allows in each period; `None` without a cap.
    pub caps: Vec<Option<Vec<f64>>>,
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

/// Reads the lanes, which are sorted by person.
pub(super) fn people<'a>(
    production: &Production,
    timeline: &Timeline,
    lanes: &'a [Lane],
    mode: Mode,
) -> People<'a> {
    let days = timeline.days() as usize;
    let departments = &production.departments;
    let mut people = People {
        worked: Vec::with_capacity(lanes.len()),
        fastest: vec![vec![0.0; days]; departments.len()],
        of_people: departments
            .iter()
            .map(|row| if row.curve.cap.is_some() { vec![Vec::new(); days] } else { Vec::new() })
            .collect(),
    };
    for of_person in lanes.chunk_by(|a, b| a.person == b.person) {
        let Some(first) = of_person.first() else { continue };
        let person = &production.people[first.person];
        let worked: Vec<Worked> = of_person
            .iter()
            .map(|lane| overtime(production, timeline, lane, of_person, mode))
            .collect();
        for (department, level) in levels(person) {
            let output = output(production, person, level);
            let fastest = &mut people.fastest[department.index()];
            let mut of_people = people.of_people[department.index()].iter_mut();
            for (day, fastest) in fastest.iter_mut().enumerate() {
                let mut sum = 0.0;
                for lane in &worked {
                    let time = f64::from(share(lane.lane, day)) / 1e4 + lane.overtime[day];
                    *fastest = fastest.max(time * output);
                    sum += time * output;
                }
                if let Some(of_day) = of_people.next().filter(|_| sum > 0.0) {
                    of_day.push(sum);
                }
            }
        }
        people.worked.extend(worked);
    }
    people
}

/// Puts people together into crews for `pools`, with their time in each period. `chance` is that of a show: time
/// that is booked for a show that does not come is free for others, so that in an estimate that much of it is.
pub(super) fn supply(
    production: &Production,
    timeline: &Timeline,
    people: People,
    periods: &[Period],
    (calls, pools, hubs): (&Calls, &[Pool], &Hubs),
    mode: Mode,
    chance: &dyn Fn(ShowId) -> f64,
) -> Supply {
    let mut crews: BTreeMap<Vec<i64>, Crew> = BTreeMap::new();
    let mut keys = Vec::with_capacity(people.worked.len());
    for lane in &people.worked {
        let person = &production.people[lane.lane.person];
        let reachable = |booked: Option<ShowId>| -> Vec<(usize, f64)> {
            let rate = |call: Call| {
                let level = calls.level(production, (lane.lane.person, booked), call)?;
                Some(output(production, person, level)).filter(|rate| *rate > 0.0)
            };
            let all = pools.iter().enumerate();
            hubs.gather(all.filter_map(|(pool, call)| Some((pool, rate(*call)?))).collect())
        };
        let mut join = |reachable: &[(usize, f64)], part: f64| {
            join(&mut crews, production, timeline, periods, (lane, part), reachable, mode)
        };
        let comes = lane.lane.show.map_or(1.0, chance);
        if comes < 1.0 {
            join(&reachable(None), 1.0 - comes);
        }
        let reachable = reachable(lane.lane.show);
        let key = join(&reachable, comes);
        keys.push(key.zip(reachable.first().map(|(_, main)| *main)));
    }
    let numbers: BTreeMap<&Vec<i64>, usize> = crews.keys().zip(0..).collect();
    let of_lane = keys.iter().map(|row| {
        let (key, main) = row.as_ref()?;
        Some((*numbers.get(key)?, *main))
    });
    let of_lane = of_lane.collect();
    let caps = caps(production, timeline, periods, people.of_people);
    Supply { crews: crews.into_values().collect(), of_lane, caps }
}

/// Bid days that a person at `level` does in a full working day.
pub(super) fn output(production: &Production, person: &Person, level: i64) -> f64 {
    let day = production.sites[person.site].day_minutes.max(0) as f64;
    let productive = production.settings.productive.max(0) as f64;
    let bid_day = production.bid_day_minutes().max(1) as f64;
    day * level.max(0) as f64 * productive / 1e6 / bid_day
}

pub(super) fn share(lane: &Lane, day: usize) -> u16 {
    lane.share.get(day).copied().unwrap_or(0)
}

/// Adds a part of a lane's time to the crew of its like.
fn join(
    crews: &mut BTreeMap<Vec<i64>, Crew>,
    production: &Production,
    timeline: &Timeline,
    periods: &[Period],
    (lane, part_of_lane): (&Worked, f64),
    reachable: &[(usize, f64)],
    mode: Mode,
) -> Option<Vec<i64>> {
    let &(_, main) = reachable.first()?;
    let labour = production.settings.weights.multipliers(mode)[4] as f64 / 1e4;
    let id = lane.lane.person;
    let mut own = vec![0.0; periods.len()];
    let mut freelance = vec![(0.0, f64::INFINITY); periods.len()];
    let mut overtime = vec![(0.0, f64::INFINITY); periods.len()];
    for (period, span) in periods.iter().enumerate() {
        let mut weeks: BTreeMap<u32, f64> = BTreeMap::new();
        for day in span.first as usize..span.end as usize {
            let part = f64::from(share(lane.lane, day)) / 1e4;
            if part == 0.0 && lane.overtime[day] == 0.0 {
                continue;
            }
            let date = timeline.date(Day(day as u32));
            let price = avoidable_price(production, id, date, part);
            if price > 0.0 {
                let (time, cheapest) = &mut freelance[period];
                *time += part * main;
                *cheapest = cheapest.min(price * labour / main);
            } else {
                own[period] += part * main;
            }
            if lane.overtime[day] > 0.0 {
                *weeks.entry(timeline.week(Day(day as u32))).or_default() += lane.overtime[day];
                let price = lane.price[day] * labour / main;
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
    let crew = crews.entry(key.clone()).or_insert_with(|| Crew {
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
        crew.own[period] += part_of_lane * own[period];
        for (sum, new) in [
            (&mut crew.freelance[period], freelance[period]),
            (&mut crew.overtime[period], overtime[period]),
        ] {
            sum.0 += part_of_lane * new.0;
            sum.1 = sum.1.min(new.1);
        }
    }
    for (sum, new) in crew.overtime_week.iter_mut().zip(&lane.overtime_week) {
        *sum += part_of_lane * new * main;
    }
    Some(key)
}

/// Least price of a full day of an artist whose pay the plan decides: freelance, and not before the
/// first day that can still be saved. 0 when the day is paid anyway.
pub(super) fn avoidable_price(
    production: &Production,
    person: PersonId,
    date: Date,
    share: f64,
) -> f64 {
    // The contract that counts for a day is the first that covers it.
    match production.contract_on(person, date) {
        Some(contract)
            if contract.kind == ContractKind::Freelance
                && date >= production.first_avoidable_day(person, contract) =>
        {
            day_price(production, person, date, share)
        }
        _ => 0.0,
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
