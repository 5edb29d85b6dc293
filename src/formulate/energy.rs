//! The work of tasks that have to fit their windows, against the time of the people who can do it.
//!
//! A relaxation: work is divisible, people change tasks at will, and only windows, skills, speed,
//! working time, overtime, crew curves, hard pools and the most artists on one task count. If it leaves
//! work undone, no plan keeps all the windows.
//!
//! What a vendor does counts in whole weeks.
//!
//! A licence or desk is held in every slot that is worked on a task, so that the time worked, at the longest
//! day there is, is the least of slots in which it is held. What a task renders is rendered inside its window.
//!
//! Baptiste, P., Le Pape, C., and Nuijten, W. (1999), "Satisfiability tests and time-bound adjustments
//! for cumulative scheduling problems" (the fully elastic relaxation), here as a linear program,
//! since people differ in speed and skills.

use super::program::{Column, Program, Sense};
use super::{JobKind, LaneSpec, NONE, Problem};
use crate::model::PoolKind;
use std::collections::BTreeMap;

/// Most columns; a larger question is not asked.
const MOST_COLUMNS: usize = 12_000;
/// Most columns for work at vendors; more of it is left out.
const MOST_AT_VENDORS: usize = 3_000;
/// Most points at which the timeline is cut.
const MOST_CUTS: usize = 40;

/// Tasks that have the same candidates and window.
#[derive(Clone, Debug, Default)]
struct Alike {
    work: f64,
    parts: f64,
    /// What they render on each hard farm, in core-minutes.
    renders: BTreeMap<u32, f64>,
}

/// Licences and desks that a task holds, of hard pools: pool and units.
type Held = Vec<(u32, i64)>;

/// People who are alike for all tasks, with their time in each interval.
#[derive(Clone, Debug)]
struct Crew {
    /// Speed for each candidate list, in minutes of work for a basis-point slot; 0 = cannot.
    rate: Vec<f64>,
    /// Time of all in each interval, in basis-point slots.
    time: Vec<f64>,
    /// The most that one of them has.
    most: Vec<f64>,
}

/// The least share of work that stays undone when every task keeps to `window` (first slot and end),
/// summed over kinds of like tasks; `None` if the question is too large or has nothing to ask.
///
/// Its value is above 0 only if no plan keeps all windows.
pub fn energy(problem: &Problem, window: impl Fn(usize) -> (u32, u32)) -> Option<Program> {
    let mut groups: BTreeMap<(u32, u32, u32, u32, Held), Alike> = BTreeMap::new();
    for (task, job) in problem.jobs.iter().enumerate() {
        if job.kind != JobKind::People || problem.crews[job.crew as usize].is_empty() {
            continue;
        }
        let (from, to) = window(task);
        let (held, renders) = needs(problem, task);
        let group = groups.entry((job.crew, from, to, job.department, held)).or_default();
        group.work += job.work as f64;
        group.parts += f64::from(job.parts);
        for (pool, minutes) in renders {
            *group.renders.entry(pool).or_default() += minutes;
        }
    }
    let has_pools =
        groups.iter().any(|(key, group)| !key.4.is_empty() || !group.renders.is_empty());
    let mut program = Program::new();
    let at_vendors = vendors(problem, &mut program, &window);
    if groups.values().map(|group| group.parts).sum::<f64>() < 2.0 && !has_pools {
        return at_vendors.then_some(program);
    }
    let cuts = cuts(groups.keys().flat_map(|key| [key.1, key.2]));
    let spans: Vec<(u32, u32)> = cuts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut lists: Vec<u32> = groups.keys().map(|key| key.0).collect();
    lists.dedup();
    let crews = crews(problem, &lists, &spans);
    let pairs = |list: usize| crews.iter().filter(|crew| crew.rate[list] > 0.0).count();
    let size: usize = groups
        .keys()
        .map(|key| pairs(lists.binary_search(&key.0).unwrap_or(0)) * spans.len())
        .sum();
    if size > MOST_COLUMNS {
        return at_vendors.then_some(program);
    }
    let mut of_crew: Vec<Vec<Vec<Column>>> = vec![vec![Vec::new(); spans.len()]; crews.len()];
    let mut of_department: BTreeMap<(u32, usize), Vec<Column>> = BTreeMap::new();
    let there = if has_pools { There::of(problem, &spans) } else { There::default() };
    let mut of_pool: BTreeMap<(u32, usize), Vec<(Column, f64)>> = BTreeMap::new();
    // The longest day that anybody may work, as a share of a usual one.
    let day = |lane: &LaneSpec| lane.overtime.day * 10_000 / lane.overtime.full_day.max(1);
    let longest = problem.lanes.iter().map(day).max().unwrap_or(0).max(10_000) as f64;
    for ((list, from, to, department, held), group) in &groups {
        let (from, to, department) = (*from, *to, *department);
        let list = lists.binary_search(list).unwrap_or(0);
        let mut done = Vec::new();
        for (at, span) in spans.iter().enumerate() {
            if span.1 <= from || span.0 >= to {
                continue;
            }
            let mut together = Vec::new();
            for (crew, columns) in crews.iter().zip(&mut of_crew) {
                if crew.rate[list] == 0.0 || crew.time[at] == 0.0 {
                    continue;
                }
                let mut most = crew.time[at].min(crew.most[at] * group.parts);
                if held.iter().any(|&(pool, units)| there.most(pool, at) < units) {
                    most = 0.0;
                }
                let column = program.column(0.0, most, 0.0);
                done.push((column, crew.rate[list] / group.work.max(1.0)));
                together.push((column, 1.0 / crew.most[at]));
                columns[at].push(column);
                of_department.entry((department, at)).or_default().push(column);
                for &(pool, units) in held {
                    let units = units as f64 / longest;
                    of_pool.entry((pool, at)).or_default().push((column, units));
                }
            }
            // One person works on a part: at most the whole interval long.
            program.row(Sense::AtMost, group.parts, together);
        }
        let undone = program.column(0.0, 1.0, 1.0);
        done.push((undone, 1.0));
        program.row(Sense::AtLeast, 1.0, done);
        for (&pool, &minutes) in &group.renders {
            let mut rendered = vec![(undone, 1.0)];
            for (at, _) in spans.iter().enumerate().filter(|(_, span)| span.1 > from && span.0 < to)
            {
                let share = program.column(0.0, 1.0, 0.0);
                rendered.push((share, 1.0));
                of_pool.entry((pool, at)).or_default().push((share, minutes));
            }
            program.row(Sense::AtLeast, 1.0, rendered);
        }
    }
    for (crew, columns) in crews.iter().zip(of_crew) {
        for (at, columns) in columns.into_iter().enumerate().filter(|(_, list)| list.len() > 1) {
            let entries = columns.into_iter().map(|column| (column, 1.0));
            program.row(Sense::AtMost, crew.time[at], entries);
        }
    }
    for ((pool, at), entries) in of_pool {
        let scale = entries.iter().map(|(_, units)| *units).fold(f64::MIN_POSITIVE, f64::max);
        let entries = entries.into_iter().map(|(column, units)| (column, units / scale));
        program.row(Sense::AtMost, there.sum(pool, at) / scale, entries);
    }
    for ((department, at), columns) in of_department {
        let caps = &problem.caps[department as usize];
        if caps.is_empty() {
            continue;
        }
        let (days, slots) = days_of(problem, spans[at]);
        let heads: f64 = days.map(|day| f64::from(caps[day as usize])).sum();
        let most = heads * f64::from(slots) * longest;
        program.row(Sense::AtMost, most, columns.into_iter().map(|column| (column, 1.0)));
    }
    Some(program)
}

/// The work of vendors against what they can do in each week. A task does so much of its work in a week as it has working
/// slots there inside its window, and no vendor more than its capacity. Whether there is anything to ask.
fn vendors(
    problem: &Problem,
    program: &mut Program,
    window: &impl Fn(usize) -> (u32, u32),
) -> bool {
    if problem.vendors.is_empty() {
        return false;
    }
    let per_week = 7 * problem.slots_per_day;
    let mut shares: BTreeMap<usize, Vec<(Column, f64)>> = BTreeMap::new();
    let mut most_of = BTreeMap::new();
    let mut columns = 0;
    for (task, job) in problem.jobs.iter().enumerate() {
        let JobKind::Vendor(_, length) = job.kind else { continue };
        let Some((first, most)) = problem.vendors.of(job) else { continue };
        let (from, to) = window(task);
        let (from, to) = (from.min(problem.slots), to.min(problem.slots));
        let weeks = from / per_week..to.div_ceil(per_week).max(from / per_week);
        columns += weeks.len();
        if columns > MOST_AT_VENDORS {
            break;
        }
        let calendar = &problem.calendars[job.calendar as usize];
        let work = job.work.max(1) as f64;
        let undone = program.column(0.0, 1.0, 1.0);
        let mut done = vec![(undone, 1.0)];
        for week in weeks {
            let (start, end) = (from.max(week * per_week), to.min((week + 1) * per_week));
            // A minute more, as each week is rounded by itself.
            let slots = f64::from(calendar.slots_between(start, end));
            let share = (slots / f64::from(length.max(1)) + 1.0 / work).min(1.0);
            let share = program.column(0.0, share, 0.0);
            done.push((share, 1.0));
            let place = first + week as usize;
            shares.entry(place).or_default().push((share, work));
            most_of.insert(place, most as f64);
        }
        program.row(Sense::AtLeast, 1.0, done);
    }
    for (place, entries) in shares {
        let scale = entries.iter().map(|(_, work)| *work).fold(f64::MIN_POSITIVE, f64::max);
        let most = most_of.get(&place).copied().unwrap_or(0.0) / scale;
        let entries = entries.into_iter().map(|(column, work)| (column, work / scale));
        program.row(Sense::AtMost, most, entries);
    }
    columns > 0
}

/// What a task holds, and renders, of hard pools. Where a pool counts at one site only, all who can do the task have
/// to be there; whoever has several lanes sits at one desk for two tasks, so that desks then count for nobody.
fn needs(problem: &Problem, task: usize) -> (Held, Vec<(u32, f64)>) {
    let pools = &problem.pools;
    let crew = &problem.crews[problem.jobs[task].crew as usize];
    let (mut held, mut renders) = (Vec::new(), Vec::new());
    for need in pools.of(task as u32) {
        let spec = &pools.specs[need.pool as usize];
        let is_here = spec.site == NONE
            || crew.iter().all(|row| problem.lanes[row.lane as usize].site == spec.site);
        let is_counted = spec.kind != PoolKind::Desk || pools.shared_people == 0;
        if !spec.hard || !is_here || !is_counted {
            continue;
        }
        match spec.kind {
            PoolKind::Farm => renders.push((need.pool, need.units as f64)),
            PoolKind::Licence | PoolKind::Desk => held.push((need.pool, need.units)),
        }
    }
    (held, renders)
}

/// What there is of the pools in each span, on the days on which anybody can work.
#[derive(Default)]
struct There {
    /// Units × slots by pool and span, of a farm core-minutes.
    sum: Vec<Vec<f64>>,
    /// The most on a day.
    most: Vec<Vec<i64>>,
}

impl There {
    fn of(problem: &Problem, spans: &[(u32, u32)]) -> There {
        let slots = problem.slots_per_day;
        let works = |day: u32| {
            let lanes = problem.lanes.iter();
            let time = |lane| time_of(problem, lane, (day * slots, (day + 1) * slots));
            lanes.into_iter().any(|lane| time(lane) > 0.0)
        };
        let worked: Vec<bool> = (0..problem.timeline.days()).map(works).collect();
        let mut there = There::default();
        for spec in &problem.pools.specs {
            let on = |day: u32| spec.capacity.get(day as usize).copied().unwrap_or(0);
            let days = |span: (u32, u32)| {
                let days = days_of(problem, span).0;
                days.filter(|day| worked.get(*day as usize).copied().unwrap_or(false))
            };
            let per_day = f64::from(spec.per_day);
            let sum = |span: &(u32, u32)| days(*span).map(|day| on(day) as f64 * per_day).sum();
            let most = |span: &(u32, u32)| days(*span).map(on).max().unwrap_or(0);
            there.sum.push(spans.iter().map(sum).collect());
            there.most.push(spans.iter().map(most).collect());
        }
        there
    }
    fn sum(&self, pool: u32, span: usize) -> f64 {
        self.sum[pool as usize][span]
    }
    fn most(&self, pool: u32, span: usize) -> i64 {
        self.most[pool as usize][span]
    }
}

/// The days that a span touches, and the slots that a day has.
fn days_of(problem: &Problem, span: (u32, u32)) -> (std::ops::Range<u32>, u32) {
    let slots = problem.slots_per_day;
    let last = span.1.div_ceil(slots).min(problem.timeline.days());
    (span.0 / slots..last, slots)
}

/// The points at which windows begin or end; evenly thinned out if there are too many, which only
/// makes windows wider.
fn cuts(points: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut cuts: Vec<u32> = points.collect();
    cuts.sort_unstable();
    cuts.dedup();
    if cuts.len() <= MOST_CUTS {
        return cuts;
    }
    let last = cuts.len() - 1;
    let mut kept: Vec<u32> = (0..MOST_CUTS).map(|at| cuts[at * last / (MOST_CUTS - 1)]).collect();
    kept.dedup();
    kept
}

fn crews(problem: &Problem, lists: &[u32], spans: &[(u32, u32)]) -> Vec<Crew> {
    let mut rates: Vec<Vec<u64>> = vec![Vec::new(); problem.lanes.len()];
    for (at, &list) in lists.iter().enumerate() {
        for candidate in &problem.crews[list as usize] {
            let rates = &mut rates[candidate.lane as usize];
            rates.resize(lists.len(), 0);
            rates[at] = candidate.rate.max(rates[at]);
        }
    }
    let mut crews: BTreeMap<Vec<u64>, Crew> = BTreeMap::new();
    for (lane, rates) in problem.lanes.iter().zip(rates) {
        if rates.is_empty() {
            continue;
        }
        // Minutes that one basis-point slot brings.
        let unit = 1e10 * f64::from(problem.slots_per_day);
        let crew = crews.entry(rates).or_insert_with_key(|rates| Crew {
            rate: rates.iter().map(|&rate| rate as f64 / unit).collect(),
            time: vec![0.0; spans.len()],
            most: vec![0.0; spans.len()],
        });
        for (at, &span) in spans.iter().enumerate() {
            let time = time_of(problem, lane, span);
            crew.time[at] += time;
            crew.most[at] = crew.most[at].max(time);
        }
    }
    crews.into_values().collect()
}

/// Basis-point slots that a lane has in a span, with all the overtime that the rules leave room for.
fn time_of(problem: &Problem, lane: &LaneSpec, span: (u32, u32)) -> f64 {
    let time = &problem.times[lane.time as usize];
    let (from, to) = (time.index_at(span.0), time.index_at(span.1));
    let base = time.done_before(to) - time.done_before(from);
    let room = lane.overtime;
    if room.day == 0 || lane.time == NONE {
        return base as f64;
    }
    let full_day = room.full_day.max(1);
    let (mut extra, mut week, mut left) = (0.0, u32::MAX, 0.0);
    let wide = &problem.times[lane.widest as usize];
    for (day, slots) in wide.days_of(wide.index_at(span.0), wide.index_at(span.1)) {
        if day / 7 != week {
            week = day / 7;
            let minutes: i64 = (week * 7..week * 7 + 7)
                .map(|day| i64::from(time.share_on(day)) * full_day / 10_000)
                .sum();
            let minutes = (room.week - minutes).max(0);
            left = (minutes * 10_000) as f64 / full_day as f64 * f64::from(problem.slots_per_day);
        }
        let off = wide.minutes_off(day);
        if off == 0 && !lane.is_alone(day) {
            continue;
        }
        let minutes = match off {
            0 => (room.day - i64::from(time.share_on(day)) * full_day / 10_000).max(0),
            off => off.into(),
        };
        let most = (minutes * 10_000) as f64 / full_day as f64 * f64::from(slots);
        let taken = most.min(left);
        left -= taken;
        extra += taken;
    }
    base as f64 + extra
}
