//! The crew: how many people each pool needs, who they are and what they can do.

use super::contracts;
use super::days::SLOTS;
use super::draft::Draft;
use super::draws::{Draws, Topic};
use super::network::Network;
use super::{Tightness, leave, names, places};
use crate::model::*;

/// Weekly demand in full-time artists, by pool, then show, then week of the production.
pub(super) struct Demand {
    pub by_pool: Vec<Vec<Vec<f64>>>,
    /// Demand of each department over the whole production, in artist-weeks.
    by_department: Vec<f64>,
}

/// Share of paid working days on which an artist is at work: 22 days of leave, about 8 public
/// holidays and a few part-timers in a year of 260 days.
const PRESENT: f64 = 0.87;
/// Highest share of a pool's time in its busy weeks that its work may take, and where all are to
/// have too much to do.
const FULL_LOAD: f64 = 0.88;
const OVERLOAD: f64 = 1.3;
/// Share of the production's weeks, in hundredths, by which people who are not permanent come
/// before the demand and stay after it. Work begins as soon as it can and ends late: without a
/// margin the crew would have to be a good deal larger to be there when it is wanted.
const MARGIN: usize = 10;

impl Demand {
    /// Spreads each task's work evenly from its earliest start to its latest end.
    pub(super) fn of(draft: &Draft, network: &Network) -> Demand {
        let production = &draft.production;
        let weeks = (draft.parameters.weeks() + 26) as usize;
        let pool_of = draft.pool_of();
        let slots = weeks * 5 * SLOTS as usize;
        let (pools, shows) = (draft.parameters.pools.len(), production.shows.len());
        let earliest = network.earliest();
        let latest = network.latest(draft.parameters.weeks() * 5 * SLOTS);
        let mut change = vec![vec![vec![0.0_f64; slots + 1]; shows]; pools];
        let mut by_department = vec![0.0; production.departments.len()];
        for (id, task) in production.tasks.enumerate() {
            let index = id.index();
            if network.lead[index] > 0 {
                continue;
            }
            let work = f64::from(network.duration[index]);
            let from = earliest[index] as usize;
            let to = (latest[index] as usize).max(from + network.duration[index] as usize);
            let rate = work / (to - from).max(1) as f64;
            let row = &mut change[usize::from(pool_of[task.department])]
                [usize::from(network.show[index])];
            row[from.min(slots)] += rate;
            row[to.min(slots)] -= rate;
            by_department[task.department.index()] += work / f64::from(5 * SLOTS);
        }
        let by_pool = change
            .into_iter()
            .map(|shows| shows.iter().map(|change| weekly(change, weeks)).collect())
            .collect();
        Demand { by_pool, by_department }
    }

    /// Demand of a pool over all shows.
    fn total(&self, pool: usize) -> Vec<f64> {
        let weeks = self.by_pool[pool].first().map_or(0, Vec::len);
        (0..weeks).map(|week| self.by_pool[pool].iter().map(|show| show[week]).sum()).collect()
    }
}

fn weekly(change: &[f64], weeks: usize) -> Vec<f64> {
    let per_week = 5 * SLOTS as usize;
    let mut level = 0.0;
    let mut week = vec![0.0; weeks];
    for (slot, step) in change.iter().enumerate().take(weeks * per_week) {
        level += step;
        week[slot / per_week] += level / per_week as f64;
    }
    week
}

/// One head of a pool and the weeks in which the demand needs so many.
pub(super) struct Seat {
    pub pool: usize,
    /// 0 for the first head of the pool.
    pub number: usize,
    pub kind: ContractKind,
    /// Weeks (first, last) that ask for it; not used for staff.
    pub runs: Vec<(usize, usize)>,
}

/// The seats of a production at `multiplier` times the crew that the 92nd percentile of weekly
/// demand asks for.
pub(super) fn seats(draft: &Draft, demand: &Demand, multiplier: f64) -> Vec<Seat> {
    let weeks = draft.parameters.weeks() as usize;
    let [staff_share, _, freelance_share] = draft.parameters.employment;
    let mut seats = Vec::new();
    for pool in 0..draft.parameters.pools.len() {
        let total = demand.total(pool);
        let mut sorted: Vec<f64> = total.iter().take(weeks).copied().collect();
        sorted.sort_by(f64::total_cmp);
        let place = (weeks as f64 * 0.92).ceil() as usize;
        let high = sorted.get(place.saturating_sub(1)).copied().unwrap_or(0.0);
        let all: f64 = total.iter().sum();
        let busy = total.iter().filter(|&&week| week > 0.02 * high).count().max(1) as f64;
        // No pool may be a hidden bottleneck: its load stays under this at any multiplier.
        let load = match draft.recipe.tightness {
            Tightness::Overloaded => OVERLOAD,
            Tightness::Relaxed | Tightness::Tight => FULL_LOAD,
        };
        let least = (all / (busy * load * PRESENT)).ceil();
        let heads = (multiplier * high / PRESENT).round().max(least).max(1.0) as usize;
        let staff = ((heads as f64 * staff_share).round() as usize).clamp(1, heads);
        let freelance = ((heads as f64 * freelance_share).round() as usize).min(heads - staff);
        let wide = widened(&total, weeks);
        // Per head: how much of the (capped) demand the seats up to it cover.
        let scale = heads as f64 / high.max(1e-9);
        for number in 0..heads {
            let kind = match number {
                _ if number < staff => ContractKind::Staff,
                _ if number < heads - freelance => ContractKind::Fixed,
                _ => ContractKind::Freelance,
            };
            let level = number as f64 + 0.5;
            let mut runs: Vec<(usize, usize)> = Vec::new();
            for (week, &demand) in wide.iter().enumerate() {
                if demand * scale >= level {
                    match runs.last_mut() {
                        // A gap of a month is not worth another contract.
                        Some((_, last)) if week - *last <= 4 => *last = week,
                        _ => runs.push((week, week)),
                    }
                }
            }
            seats.push(Seat { pool, number, kind, runs });
        }
    }
    seats
}

/// The highest demand within the margin of each week.
fn widened(total: &[f64], weeks: usize) -> Vec<f64> {
    let margin = (weeks * MARGIN / 100).max(2);
    (0..weeks + margin)
        .map(|week| {
            let from = week.saturating_sub(margin);
            let to = (week + margin + 1).min(total.len());
            total.get(from..to).unwrap_or(&[]).iter().copied().fold(0.0, f64::max)
        })
        .collect()
}

/// Makes the people for the seats, with skills, contracts and leave; bookings come later.
pub(super) fn hire(draft: &mut Draft, demand: &Demand, seats: &[Seat]) {
    let mut people = Keyed::new();
    let name_offset = Draws::new(draft.recipe.seed, Topic::Artists, u64::MAX).below(2_000);
    let mut main = MainDepartments::default();
    let mut heads = vec![0; draft.parameters.pools.len()];
    seats.iter().for_each(|seat| heads[seat.pool] += 1);
    for seat in seats {
        let (code, name) = names::name(name_offset + people.len());
        let person = artist(draft, demand, seat, heads[seat.pool], &mut main, code, name);
        people.push(person);
    }
    draft.production.people = people;
}

#[derive(Default)]
struct MainDepartments {
    pool: usize,
    /// People of the pool by main department and by any skill, in the pool's order.
    main: Vec<f64>,
    covered: Vec<f64>,
}

fn artist(
    draft: &Draft,
    demand: &Demand,
    seat: &Seat,
    heads: usize,
    main: &mut MainDepartments,
    code: String,
    name: String,
) -> Person {
    let counter = ((seat.pool as u64) << 32) | seat.number as u64;
    let mut draws = Draws::new(draft.recipe.seed, Topic::Artists, counter);
    let is_first = seat.number == 0;
    let mut seniority = match draws.weighted(&[0.30, 0.45, 0.20, 0.05]) {
        0 => Seniority::Junior,
        1 => Seniority::Mid,
        2 => Seniority::Senior,
        _ => Seniority::Lead,
    };
    // The first of a pool must be able to take any task of it; a pool of few has no leads.
    if is_first && seniority == Seniority::Junior {
        seniority = Seniority::Mid;
    }
    if (is_first || heads < 6) && seniority == Seniority::Lead {
        seniority = Seniority::Senior;
    }
    // Levels are N(1, 0.18) over all people, and higher with experience.
    let shift = [-0.8, 0.0, 0.9, 0.8][seniority as usize];
    let mut level = (1.0 + 0.18 * (shift + 0.78 * draws.normal())).clamp(0.6, 1.5);
    if is_first {
        level = level.max(0.9);
    }
    let part_time = draws.chance(0.06);
    let capacity = if part_time && !is_first { draws.whole(6, 8) * 1_000 } else { 10_000 };
    let site = match draft.parameters.sites {
        _ if is_first => 0,
        1 => 0,
        2 => draws.weighted(&[0.70, 0.30]),
        3 => draws.weighted(&[0.50, 0.30, 0.20]),
        _ => draws.weighted(&[0.40, 0.20, 0.15, 0.25]),
    };
    let max_class = if seniority == Seniority::Junior { Class::C } else { Class::D };
    let skills = skills(draft, demand, seat, main, level, max_class, &mut draws);
    let home = draft.trade_of(skills.first().map_or(DepartmentId::new(0), |s| s.department));
    let mut person = Person {
        code,
        name,
        skills,
        seniority,
        capacity,
        lead_share: if seniority == Seniority::Lead { 4_000 } else { 0 },
        overtime_allowed: draws.chance(0.9),
        opted_out: draws.chance(0.6),
        ..Person::new("", SiteId::new(site), DepartmentId::new(0))
    };
    let weeks = draft.parameters.weeks();
    let cost =
        contracts::day_cost(seniority, TRADES[home].code, places::PLACES[site].cost, &mut draws);
    let mut draws = Draws::new(draft.recipe.seed, Topic::Contracts, counter);
    person.contracts = contracts::contracts(seat, site, cost, weeks, &mut draws);
    let mut draws = Draws::new(draft.recipe.seed, Topic::Leave, counter);
    person.leave = leave::leave(&person.contracts, weeks, &mut draws);
    person
}

/// The person's own department by the pool's need, further ones of the pool, and now and then one
/// of another pool.
fn skills(
    draft: &Draft,
    demand: &Demand,
    seat: &Seat,
    main: &mut MainDepartments,
    level: f64,
    max_class: Class,
    draws: &mut Draws,
) -> Vec<Skill> {
    let pool = draft.parameters.pools[seat.pool];
    let departments: Vec<DepartmentId> =
        pool.iter().map(|code| draft.department(super::draft::trade_index(code))).collect();
    if seat.number == 0 {
        *main = MainDepartments {
            pool: seat.pool,
            main: vec![0.0; pool.len()],
            covered: vec![0.0; pool.len()],
        };
    }
    debug_assert_eq!(main.pool, seat.pool, "seats are made pool by pool");
    let needs: Vec<f64> = departments.iter().map(|id| demand.by_department[id.index()]).collect();
    let sum: f64 = needs.iter().sum::<f64>().max(1e-9);
    let heads = (seat.number + 1) as f64;
    let deficit = |have: &[f64], index: usize| needs[index] / sum * heads - have[index];
    let order = |have: &[f64]| {
        let mut order: Vec<usize> = (0..pool.len()).collect();
        order.sort_by(|&a, &b| deficit(have, b).total_cmp(&deficit(have, a)));
        order
    };
    let own = order(&main.main).first().copied().unwrap_or(0);
    main.main[own] += 1.0;
    main.covered[own] += 1.0;
    let wanted = if seat.number == 0 {
        pool.len()
    } else {
        // 2.2 on average with the first ones, who know everything in their pool.
        let further = draft.parameters.skills - 1.0;
        1 + (further + draws.between(-0.5, 0.3)).round().max(0.0) as usize
    };
    let thousandths = |level: f64| ((level.clamp(0.3, 1.5) * 100.0).round() as i64) * 10;
    let skill = |department, level| Skill { department, tag: None, level, max_class };
    let mut skills = vec![skill(departments[own], thousandths(level))];
    for index in order(&main.covered) {
        if index != own && skills.len() < wanted {
            main.covered[index] += 1.0;
            let factor = draws.between(0.88, 1.0);
            skills.push(skill(departments[index], thousandths(level * factor)));
        }
    }
    if draws.chance(0.06) {
        let other = draws.below(draft.parameters.pools.len());
        if other != seat.pool {
            let codes = draft.parameters.pools[other];
            let trade = super::draft::trade_index(codes[0]);
            let across = draws.between(0.60, 0.85);
            skills.push(skill(draft.department(trade), thousandths(level * across)));
        }
    }
    skills
}

/// Crew curves that say what the crew is: desks for its people and a third more, a floor of the permanent
/// staff, and the peak window in which demand is above seven tenths of its highest.
pub(super) fn curves(draft: &mut Draft, demand: &Demand) {
    let pool_of = draft.pool_of();
    let totals: Vec<Vec<f64>> =
        (0..draft.parameters.pools.len()).map(|pool| demand.total(pool)).collect();
    let production = &mut draft.production;
    for id in production.departments.ids() {
        let has_skill = |person: &&Person| person.skills.iter().any(|s| s.department == id);
        let people = production.people.iter().filter(has_skill).count() as u32;
        let desks = people + super::hiring::headroom(people);
        let is_staff = |person: &&Person| {
            let is_own = person.skills.first().is_some_and(|skill| skill.department == id);
            is_own && person.contracts.iter().any(|c| c.kind == ContractKind::Staff)
        };
        let floor = production.people.iter().filter(is_staff).count() as u32;
        let total = &totals[usize::from(pool_of[id])];
        let most = total.iter().copied().fold(0.0, f64::max);
        let is_high = |&week: &f64| most > 0.0 && week >= 0.7 * most;
        let (first, last) = (total.iter().position(is_high), total.iter().rposition(is_high));
        production.departments[id].curve = CrewCurve {
            cap: Some(desks),
            floor: Some(floor),
            ramp_from: desks,
            ramp_in_start: None,
            peak_start: first.map(|week| super::days::date_of(week as u32 * 5)),
            peak_end: last.map(|week| super::days::date_of(week as u32 * 5 + 4)),
            ramp_out_end: None,
        };
    }
}
