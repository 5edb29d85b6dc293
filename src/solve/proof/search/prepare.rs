//! From a question to a proof that can begin: what does not fit together or is too large is refused, what is
//! impossible from the start is closed, and every propagator gets its part.

use super::{Prover, RUN};
use crate::solve::proof::Question;
use crate::solve::proof::activity::Activity;
use crate::solve::proof::analysis::Analysis;
use crate::solve::proof::clauses::Clauses;
use crate::solve::proof::crews::Crews;
use crate::solve::proof::domains::{Domains, Lit};
use crate::solve::proof::energy::Energy;
use crate::solve::proof::lags::Lags;
use crate::solve::proof::orders::Orders;
use crate::solve::proof::relaxation::Relaxation;
use crate::solve::proof::shapes::Shapes;
use crate::solve::proof::stocks::Stocks;
use crate::solve::proof::sums::Sums;
use crate::solve::proof::timetable::Timetable;

/// Clauses kept before some are forgotten.
const CLAUSES: usize = 10_000;
/// Most places of people: looking for them is as deep.
const PLACES: usize = 1_500;
/// Values of all starts together that a proof is tried for, and times in the profile.
const WIDEST: i64 = 1 << 23;
/// Largest time, duration or capacity.
const LARGEST: i64 = 1 << 26;

impl Prover {
    /// Prepares a proof. `None` if the numbers are inconsistent in length, negative where they must
    /// not be, or larger than a proof is tried for.
    pub fn new(question: &Question) -> Option<Self> {
        if !is_sound(question) {
            return None;
        }
        let Question { first_mode, durations, capacities, .. } = *question;
        let tasks = first_mode.len() - 1;
        let resources = capacities.len();
        let modes = |task: usize| first_mode[task] as usize..first_mode[task + 1] as usize;
        let is_overtaxing = |mode: usize| {
            let own = &question.uses[mode * resources..(mode + 1) * resources];
            durations[mode] > 0 && own.iter().zip(capacities).any(|(uses, all)| uses > all)
        };
        let mut possible = true;
        let mut bound = Vec::with_capacity(2 * tasks);
        for task in 0..tasks {
            let (low, high) = (question.earliest[task], question.latest[task]);
            bound.extend([low, -high]);
            possible &= low <= high;
            match (modes(task).len(), modes(task).any(is_overtaxing)) {
                (1, true) => possible = false,
                (_, true) => return None,
                _ => {}
            }
        }
        let shortest = |task: u32| durations[first_mode[task as usize] as usize];
        let mut all_lags = question.lags.to_vec();
        all_lags.extend(question.waits.iter().map(|&(a, b, lag)| (a, b, lag + shortest(a))));
        let itself = |&(a, b, lag): &(u32, u32, i32)| a == b && lag > 0;
        possible &= !all_lags.iter().any(itself);
        // A lag to itself says nothing, or has just been refuted.
        all_lags.retain(|&(a, b, _)| a != b);
        let mut domains = Domains::default();
        let spread = |&(low, high): &(i32, i32)| i64::from(high) - i64::from(low);
        let lags = Lags::new(2 * tasks, &all_lags);
        possible = possible && lags.settle(&mut bound);
        if !possible {
            bound = bound.chunks_exact(2).flat_map(|pair| [pair[0], -pair[0]]).collect();
        }
        let windows: Vec<(i32, i32)> =
            bound.chunks_exact(2).map(|pair| (pair[0], -pair[1])).collect();
        for &(low, high) in &windows {
            domains.add(low, high);
        }
        let longest = |task: usize| durations[modes(task).end - 1];
        let end = (0..tasks).map(|task| windows[task].1 + longest(task)).max()?;
        let begin = windows.iter().map(|window| window.0).min()?;
        let width: i64 = windows.iter().map(spread).sum();
        if width > WIDEST || i64::from(end) - i64::from(begin) > WIDEST {
            return None;
        }
        // What is impossible is not looked into: it need not fit into the profile.
        let nothing = vec![0; question.uses.len()];
        let uses = if possible { question.uses } else { &nothing };
        let shapes = Shapes::new(&mut domains, first_mode, durations, uses, resources);
        let never = Lit::at_least(domains.add(0, 0), 1);
        let mut waits = Vec::new();
        for &(a, b, lag) in question.waits.iter().filter(|(a, b, _)| a != b) {
            let Some(level) = shapes.level(a) else { continue };
            let own = &durations[modes(a as usize)];
            for at in (1..own.len()).filter(|&at| own[at] > own[at - 1]) {
                waits.push((a, b, lag + own[at], Lit::at_least(level, at as i32)));
            }
        }
        let least = (shapes.least_durations(), shapes.least_uses());
        let crews = Crews::new(question.people, question.first_place, question.able);
        let compete = |a: u32, b: u32| crews.compete(a, b);
        let orders = Orders::new(&mut domains, least.0, least.1, capacities, &waits, compete);
        let table = Timetable::new(&domains, &shapes, capacities, never);
        let mut clauses = Clauses::new(&domains, CLAUSES);
        for clause in shapes.clauses() {
            clauses.fix(&clause);
        }
        let sums = Sums::new(
            &shapes,
            first_mode,
            question.spends,
            question.budgets,
            (question.goal, question.rates),
            never,
        );
        let relaxation = match possible {
            true => Relaxation::new(question, &domains, &shapes),
            false => None,
        };
        Some(Self {
            tasks,
            goal: question.goal,
            clauses,
            lags,
            orders,
            energy: Energy::new(&shapes, capacities, never),
            sums,
            relaxation,
            stocks: Stocks::new(
                shapes.least_durations(),
                question.initial,
                question.takes,
                question.gives,
                never,
            ),
            crews,
            doubt: None,
            shapes,
            analysis: Analysis::new(domains.bound.len()),
            activity: Activity::new(&domains),
            seen: 0,
            absorbed: 0,
            guide: Vec::new(),
            closed: !possible || table.overdrawn(),
            below: false,
            restarts: 0,
            run_left: RUN,
            conflicts: 0,
            propagations: 0,
            domains,
            table,
            #[cfg(test)]
            learned: Vec::new(),
            #[cfg(test)]
            explained: Vec::new(),
        })
    }
}

/// Whether the numbers of a question fit each other and are of a size that a proof is tried for.
fn is_sound(question: &Question) -> bool {
    let Some((&modes, first)) = question.first_mode.split_last() else { return false };
    let (tasks, modes) = (first.len(), modes as usize);
    let (resources, budgets) = (question.capacities.len(), question.budgets.len());
    let small = |value: &i32| i64::from(*value).abs() <= LARGEST;
    let is_link = |(a, b, lag): &(u32, u32, i32)| {
        (*a as usize) < tasks && (*b as usize) < tasks && small(lag)
    };
    question.first_mode.first() == Some(&0)
        && question.first_mode.windows(2).all(|pair| pair[0] < pair[1])
        && question.durations.len() == modes
        && question.uses.len() == modes * resources
        && question.spends.len() == modes * budgets
        && question.earliest.len() == tasks
        && question.latest.len() == tasks
        && (question.goal as usize) < tasks
        && question.durations.iter().all(|value| *value >= 0 && small(value))
        && question
            .first_mode
            .windows(2)
            .all(|pair| question.durations[pair[0] as usize..pair[1] as usize].is_sorted())
        && question.uses.iter().all(|value| *value >= 0)
        && question.capacities.iter().all(|value| *value >= 0 && small(value))
        && question.spends.iter().chain(question.budgets).all(|value| (0..=1 << 40).contains(value))
        && (question.rates.is_empty() || question.rates.len() == budgets)
        && question.rates.iter().all(|value| (0..=LARGEST).contains(value))
        && question.earliest.iter().chain(question.latest).all(small)
        && question.lags.iter().chain(question.waits).all(is_link)
        && (question.initial.is_empty() || tasks == modes)
        && question.takes.len() == tasks * question.initial.len()
        && question.gives.len() == tasks * question.initial.len()
        && [question.initial, question.takes, question.gives]
            .into_iter()
            .flatten()
            .all(|value| (0..=1 << 40).contains(value))
        && are_places_sound(question, tasks, modes)
}

/// Whether the places of people fit the tasks and the people.
fn are_places_sound(question: &Question, tasks: usize, modes: usize) -> bool {
    let first = question.first_place;
    let Some(&places) = first.last() else { return question.able.is_empty() };
    let places = places as usize;
    tasks == modes
        && first.len() == tasks + 1
        && first[0] == 0
        && first.is_sorted()
        && places <= PLACES
        && question.people < 1 << 20
        && question.able.len() == places * question.people.div_ceil(64)
}
