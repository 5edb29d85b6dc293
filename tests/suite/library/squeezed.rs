//! Windows that are squeezed: nothing breaks, and no slot is left that a window could lose.

use super::brute_force::{Draw, Kind, least, project};
use super::solved::of_tasks;
use shotplan::formulate::{Project, Timetable};
use shotplan::read::library::instance;
use shotplan::solve::project::Objective;
use shotplan::solve::project::squeeze::Squeeze;
use shotplan::verify::library::faults;

/// One task after the other, in an order in which each stands after those it waits for.
fn in_a_row(project: &Project) -> Vec<u32> {
    let mut start = vec![0; project.tasks()];
    let mut free = 0;
    for task in 0..project.tasks() {
        let links = project.links.iter().filter(|link| link.after as usize == task);
        let after = links.map(|link| {
            let before = link.before as usize;
            i64::from(start[before]) + project.lag(link, project.first_mode[before] as usize)
        });
        let waits = after.fold(i64::from(project.release[task]), i64::max);
        start[task] = u32::try_from(waits).unwrap().max(free);
        free = start[task] + project.duration[project.first_mode[task] as usize];
    }
    start
}

/// Squeezes windows as long as that brings anything in a round; the end of each timetable found.
fn squeezed(project: &Project, start: Vec<u32>, work: u64) -> Vec<u32> {
    let whole = |start: Vec<u32>| Timetable {
        start,
        mode: project.first_mode[..project.tasks()].to_vec(),
        team: Vec::new(),
    };
    let mut squeeze = Squeeze::of(project, 7).expect("a plain project");
    let mut best = whole(start);
    let mut ends = Vec::new();
    loop {
        assert_eq!(faults(project, &best), Vec::<String>::new(), "{project:#?}");
        ends.push(best.makespan(project));
        squeeze.round(work, std::slice::from_ref(&best.start), true, &|| false);
        match squeeze.found.take() {
            Some(start) => best = whole(start),
            None => return ends,
        }
    }
}

#[test]
fn tiny_projects_end_as_early_as_any_timetable() {
    let mut gains = 0;
    for seed in 0..300 {
        let project = project(Kind::Plain, &mut Draw(seed * 7919 + 3));
        let horizon = u32::try_from(project.horizon()).expect("tiny");
        let Some(end) = least(&project, Objective::Makespan, horizon) else { continue };
        let ends = squeezed(&project, in_a_row(&project), 5_000);
        assert_eq!(i64::from(*ends.last().unwrap()), end, "case {seed} {project:#?}");
        gains += usize::from(ends.len() > 1);
    }
    assert!(gains > 100, "{gains} of 300 gained anything");
}

#[test]
fn long_projects_lose_slot_after_slot_and_break_nothing() {
    let project = instance(&of_tasks(150)).expect("an instance").project;
    let ends = squeezed(&project, in_a_row(&project), 2_000_000);
    assert!(ends.windows(2).all(|pair| pair[1] < pair[0]), "{ends:?}");
    let (first, last) = (ends[0], ends[ends.len() - 1]);
    assert!(2 * last < first, "from {first} to {last}");
}

#[test]
fn what_needs_people_or_stocks_is_not_squeezed() {
    for kind in [Kind::People, Kind::Reservoirs] {
        assert!(Squeeze::of(&project(kind, &mut Draw(1)), 1).is_none());
    }
}
