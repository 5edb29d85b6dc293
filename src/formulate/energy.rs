//! The work of tasks that have to fit their windows, against the time of the people who can do it.
//!
//! A relaxation: work is divisible, people change tasks at will, and only windows, skills, speed,
//! working time, overtime, crew curves and the most artists on one task count. If it leaves work
//! undone, no plan keeps all the windows.
//!
//! Baptiste, P., Le Pape, C., and Nuijten, W. (1999), "Satisfiability tests and time-bound adjustments
//! for cumulative scheduling problems" (the fully elastic relaxation), here as a linear program,
//! since people differ in speed and skills.

use super::program::{Column, Program, Sense};
use super::{JobKind, LaneSpec, NONE, Problem};
use std::collections::BTreeMap;

/// Most columns; a larger question is not asked.
const MOST_COLUMNS: usize = 12_000;
/// Most points at which the timeline is cut.
const MOST_CUTS: usize = 40;

/// Tasks that have the same candidates and window.
#[derive(Clone, Debug, Default)]
struct Alike {
    work: f64,
    parts: f64,
}

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
    let mut groups: BTreeMap<(u32, u32, u32, u32), Alike> = BTreeMap::new();
    for (task, job) in problem.jobs.iter().enumerate() {
        if job.kind != JobKind::People || problem.crews[job.crew as usize].is_empty() {
            continue;
        }
        let (from, to) = window(task);
        let group = groups.entry((job.crew, from, to, job.department)).or_default();
        group.work += job.work as f64;
        group.parts += f64::from(job.parts);
    }
    if groups.values().map(|group| group.parts).sum::<f64>() < 2.0 {
        return None;
    }
    let cuts = cuts(groups.keys().flat_map(|&(_, from, to, _)| [from, to]));
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
        return None;
    }
    let mut program = Program::new();
    let mut of_crew: Vec<Vec<Vec<Column>>> = vec![vec![Vec::new(); spans.len()]; crews.len()];
    let mut of_department: BTreeMap<(u32, usize), Vec<Column>> = BTreeMap::new();
    for (&(list, from, to, department), group) in &groups {
        let list = lists.binary_search(&list).unwrap_or(0);
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
                let most = crew.time[at].min(crew.most[at] * group.parts);
                let column = program.column(0.0, most, 0.0);
                done.push((column, crew.rate[list] / group.work.max(1.0)));
                together.push((column, 1.0 / crew.most[at]));
                columns[at].push(column);
                of_department.entry((department, at)).or_default().push(column);
            }
            // One person works on a part: at most the whole interval long.
            program.row(Sense::AtMost, group.parts, together);
        }
        let undone = program.column(0.0, 1.0, 1.0);
        done.push((undone, 1.0));
        program.row(Sense::AtLeast, 1.0, done);
    }
    for (crew, columns) in crews.iter().zip(of_crew) {
        for (at, columns) in columns.into_iter().enumerate().filter(|(_, list)| list.len() > 1) {
            let entries = columns.into_iter().map(|column| (column, 1.0));
            program.row(Sense::AtMost, crew.time[at], entries);
        }
    }
    // The longest day that anybody may work, as a share of a usual one.
    let day = |lane: &LaneSpec| lane.overtime.day * 10_000 / lane.overtime.full_day.max(1);
    let longest = problem.lanes.iter().map(day).max().unwrap_or(0).max(10_000) as f64;
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
