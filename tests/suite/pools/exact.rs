//! Tiny shows with pools, solved by trying everything: bound ≤ exact ≤ engine, and almost always equal.

use super::pool;
use crate::support::permutations;
use crate::support::planning::{Show, planned};
use rand::{Rng, RngExt, SeedableRng};
use shotplan::model::*;
use shotplan::verify;

fn tiny(random: &mut impl Rng, most_tasks: usize) -> Show {
    let mut show = Show::new(&["FX"]);
    show.production.settings.horizon_end = jiff::civil::date(2027, 2, 26);
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        show.production.people[person].overtime_allowed = false;
    }
    for number in 0..random.random_range(2..=most_tasks) {
        let shot = show.shot(&format!("s{number}"), random.random_range(4..=7));
        let task = show.task(shot, 0, random.random_range(1..=7));
        if number > 0 && random.random_range(0..4) == 0 {
            show.after(TaskId::new(number - 1), task);
        }
    }
    let kind = [PoolKind::Licence, PoolKind::Licence, PoolKind::Farm][random.random_range(0..3)];
    let mut row = match kind {
        PoolKind::Farm => pool("farm", kind, random.random_range(60..=160)),
        _ => pool("houdini", kind, random.random_range(1..=2)),
    };
    if random.random_range(0..3) == 0 {
        let wednesday = jiff::civil::date(2027, 1, 6);
        row.capacity
            .push((wednesday, row.capacity[0].1 + kind.unit() * random.random_range(0..=40)));
    }
    show.production.pools.push(row);
    for task in show.production.tasks.iter_mut() {
        let most = if kind == PoolKind::Farm { 120 } else { 2 };
        let units = random.random_range(0..=most) * kind.unit();
        task.pools = vec![(PoolId::new(0), units)];
    }
    show
}

/// Units that a task uses at each slot (of a farm: on each day) when it runs in `slots`.
fn uses(production: &Production, task: TaskId, slots: &[u32]) -> Vec<(u32, i64)> {
    let units = production.tasks[task].pools[0].1;
    let all = slots.len() as i64;
    match production.pools[PoolId::new(0)].kind {
        PoolKind::Farm => slots
            .iter()
            .enumerate()
            .map(|(at, slot)| {
                let at = at as i64;
                (slot / 4, units * (at + 1) / all - units * at / all)
            })
            .collect(),
        _ => slots.iter().map(|slot| (*slot, units)).collect(),
    }
}

fn worked(slot: u32) -> bool {
    slot / 4 % 7 < 5
}

/// The working slots of a task that begins at `start`.
fn run(production: &Production, task: TaskId, start: u32) -> Vec<u32> {
    let length = (production.tasks[task].bid / 102) as usize;
    (start..).filter(|&slot| worked(slot)).take(length).collect()
}

#[derive(Clone, Default)]
struct Load(std::collections::BTreeMap<u32, i64>);

impl Load {
    fn with(&self, uses: &[(u32, i64)]) -> Load {
        let mut load = self.clone();
        uses.iter().for_each(|&(at, units)| *load.0.entry(at).or_default() += units);
        load
    }
    fn fits(&self, production: &Production) -> bool {
        let pool = &production.pools[PoolId::new(0)];
        let parts = if pool.kind == PoolKind::Farm { 1 } else { 4 };
        let monday = production.settings.as_of;
        self.0.iter().all(|(at, units)| {
            let days = jiff::Span::new().days(i64::from(at / parts));
            *units <= pool.capacity_on(monday.saturating_add(days))
        })
    }
}

fn assigned(task: TaskId, artist: usize, slots: &[u32]) -> Assignment {
    Assignment {
        task,
        part: 0,
        worker: Worker::Person(PersonId::new(artist)),
        segments: vec![Interval { start: Slot(slots[0]), end: Slot(slots[slots.len() - 1] + 1) }],
    }
}

/// The least objective over all orders and artists, each task at the first slot where its artist and
/// the hard pool have room; tasks that find none stay out, with all that waits for them.
fn best_in_any_order(production: &Production) -> Cents {
    let tasks = production.tasks.len();
    let last = production.timeline().slots();
    let mut best = Cents(i64::MAX);
    let mut order: Vec<usize> = (0..tasks).collect();
    permutations(&mut order, 0, &mut |order| {
        'choices: for choice in 0..1_usize << tasks {
            let mut plan = Plan::default();
            let mut end: Vec<Option<u32>> = vec![None; tasks];
            let mut seen = vec![false; tasks];
            let mut busy: [Vec<u32>; 2] = Default::default();
            let mut load = Load::default();
            for &task in order {
                let id = TaskId::new(task);
                let mut start = 0;
                let mut missing = None;
                for edge in production.dependencies.iter().filter(|edge| edge.to == id) {
                    if !seen[edge.from.index()] {
                        continue 'choices;
                    }
                    match end[edge.from.index()] {
                        Some(end) => start = start.max(end),
                        None => missing = Some(edge.from),
                    }
                }
                seen[task] = true;
                if let Some(from) = missing {
                    plan.unplaced.push((id, Unplaced::WaitsFor(from)));
                    continue;
                }
                let artist = choice >> task & 1;
                let place = (start..last).filter(|&slot| worked(slot)).find_map(|start| {
                    let slots = run(production, id, start);
                    let free = !slots.iter().any(|slot| busy[artist].contains(slot));
                    let after = load.with(&uses(production, id, &slots));
                    let inside = slots[slots.len() - 1] < last;
                    (free && inside && after.fits(production)).then_some((slots, after))
                });
                let Some((slots, after)) = place else {
                    plan.unplaced.push((id, Unplaced::NoTimeLeft));
                    continue;
                };
                load = after;
                end[task] = Some(slots[slots.len() - 1] + 1);
                busy[artist].extend(&slots);
                plan.assignments.push(assigned(id, artist, &slots));
            }
            plan.assignments.sort_by_key(|row| row.task);
            plan.unplaced.sort();
            best = best.min(judged(production, &plan));
        }
    });
    best
}

fn judged(production: &Production, plan: &Plan) -> Cents {
    let verdict = verify::plan(production, plan);
    assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
    verdict.objective.total(&Weights::default().multipliers(Mode::Balanced))
}

/// The least objective over all starts in the first `window` slots and all artists.
fn best_at_any_time(production: &Production, window: u32) -> Cents {
    let mut best = Cents(i64::MAX);
    let mut plan = Plan::default();
    fn choose(production: &Production, window: u32, plan: &mut Plan, best: &mut Cents) {
        let task = plan.assignments.len();
        if task == production.tasks.len() {
            *best = (*best).min(judged(production, plan));
            return;
        }
        let id = TaskId::new(task);
        let mut earliest = 0;
        for edge in production.dependencies.iter().filter(|edge| edge.to == id) {
            earliest = earliest.max(plan.assignments[edge.from.index()].end().0);
        }
        for artist in 0..2 {
            for start in (earliest..window).filter(|&slot| worked(slot)) {
                let new = assigned(id, artist, &run(production, id, start));
                let meets = |row: &Assignment| {
                    row.worker == new.worker && row.start() < new.end() && new.start() < row.end()
                };
                if !plan.assignments.iter().any(meets) {
                    plan.assignments.push(new);
                    choose(production, window, plan, best);
                    plan.assignments.pop();
                }
            }
        }
    }
    choose(production, window, &mut plan, &mut best);
    best
}

#[test]
fn hard_pools_agree_with_trying_every_order() {
    let (mut hit, mut shows) = (0, 0);
    for seed in 0..200 {
        let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed);
        let show = tiny(&mut random, if seed % 10 == 0 { 4 } else { 3 });
        let exact = best_in_any_order(&show.production);
        let solved = planned(&show.production, 200);
        let value = solved.objective.total(&Weights::default().multipliers(Mode::Balanced));
        assert!(solved.lower_bound <= exact, "seed {seed}: bound above the optimum");
        hit += u32::from(value <= exact);
        shows += 1;
    }
    assert!(hit * 100 >= shows * 97, "the engine found the optimum of only {hit} of {shows}");
}

#[test]
fn soft_pools_agree_with_trying_every_time() {
    let (mut hit, mut shows, mut rented) = (0, 0, 0);
    for seed in 0..100 {
        let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed);
        let mut show = tiny(&mut random, 2);
        let row = &mut show.production.pools[PoolId::new(0)];
        row.hard = false;
        // From nothing to more than an artist-day for what the tasks use.
        let dear = if row.kind == PoolKind::Farm { 1_000_000 } else { 20_000_000 };
        row.overflow_price = Some(FinePrice(random.random_range(0..=dear)));
        let exact = best_at_any_time(&show.production, 22);
        let solved = planned(&show.production, 300);
        let value = solved.objective.total(&Weights::default().multipliers(Mode::Balanced));
        assert!(solved.lower_bound <= exact, "seed {seed}: bound above the optimum");
        hit += u32::from(value <= exact);
        rented += u32::from(solved.objective.technology > Cents::ZERO);
        shows += 1;
    }
    assert!(rented > 5, "only {rented} shows rent anything");
    assert!(hit * 100 >= shows * 97, "the engine found the optimum of only {hit} of {shows}");
}
