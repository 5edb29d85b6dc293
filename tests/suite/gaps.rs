//! Gaps in the time of artists are found without a look at each of them.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::formulate::{JobKind, NONE, Problem};
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::solve::engine::board::{Board, Wish};
use shotplan::solve::engine::schedule::{NO_PART, Part, Window, is_whole};

/// The earliest place, one slot after the other.
fn slot_by_slot(
    problem: &Problem,
    board: &Board,
    task: u32,
    lane: u32,
    wish: Wish,
    from: u32,
) -> Option<(u32, u32)> {
    let time = &problem.times[problem.lanes[lane as usize].time as usize];
    let places = (time.index_at(from)..time.total()).map_while(|from| {
        let to = time.finish(from, wish.need)?;
        let (start, end) = (time.slot_of(from), time.boundary_before(to));
        Some(Part { lane, from, to, start, end, need: wish.need, ..NO_PART })
    });
    let is_free =
        |part: &Part| is_whole(problem, time, task, part) && board.has_room(problem, task, part);
    let part = places.into_iter().find(is_free)?;
    (part.end <= wish.give_up).then_some((part.start, part.end))
}

/// Work is put where there is room and taken off again, near the end of what there is and anywhere.
#[test]
fn the_earliest_gap_is_found() {
    let (mut in_gaps, mut given_up) = (0, 0);
    for seed in 1..=4 {
        let recipe = Recipe {
            archetype: Archetype::Commercial,
            seed,
            tightness: Tightness::Tight,
            as_of_percent: 0,
            dirt: false,
        };
        let (show, _) = generate::production_with_report(&recipe);
        let problem = Problem::new(&show, Mode::Balanced);
        assert!(!problem.setup.any);
        let is_work = |task: &u32| problem.jobs[*task as usize].kind == JobKind::People;
        let tasks: Vec<u32> = (0..problem.jobs.len() as u32).filter(is_work).collect();
        let mut board = Board::new(&problem);
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        for _ in 0..3_000 {
            let task = tasks[random.random_range(0..tasks.len())];
            if board.schedule.is_placed(task) {
                board.take_off(&problem, task);
                continue;
            }
            let job = &problem.jobs[task as usize];
            // A few people only, so that their time is full of work.
            let crew = &problem.crews[job.crew as usize];
            let candidate = crew[random.random_range(0..crew.len().min(2))];
            let from = random.random_range(0..problem.slots / 4);
            let give_up = if random.random() { NONE } else { from + random.random_range(0..80) };
            let wish = Wish {
                need: problem.need(job.work, candidate.rate),
                parts: 1,
                minutes: 0,
                within_pools: false,
                give_up,
            };
            let window = Window { start: from, end: 0 };
            let found = board.fit(&problem, task, candidate.lane, window, wish);
            let place = found.map(|part| (part.start, part.end));
            assert_eq!(place, slot_by_slot(&problem, &board, task, candidate.lane, wish, from));
            let desk = problem.lanes[candidate.lane as usize].desk as usize;
            let last = board.busy[desk].last().map_or(0, |run| run.end);
            in_gaps += usize::from(place.is_some_and(|place| place.1 < last));
            given_up += usize::from(place.is_none());
            if let Some(part) = found {
                board.put(&problem, task, part.start, part.end, &[part]);
            }
        }
    }
    assert!(in_gaps > 200 && given_up > 200, "{in_gaps} in gaps, {given_up} given up");
}
