//! Numbers of tasks change nothing, and a rule less makes nothing worse.

use super::brute_force::{Draw, Kind, project};
use super::solved::steps;
use crate::support::cases;
use shotplan::formulate::{Link, Project};
use shotplan::solve::project::solve;

const KINDS: [Kind; 6] =
    [Kind::Plain, Kind::Modes, Kind::Reservoirs, Kind::People, Kind::Alone, Kind::Lags];

/// The least end found, and what is proven.
fn answer(project: &Project) -> (Option<i64>, Option<i64>) {
    let answer = solve(project, &steps(300), &|| false);
    (answer.best.map(|best| i64::from(best.makespan(project))), answer.lower_bound)
}

/// The project with its tasks numbered from the last to the first.
fn turned(project: &Project) -> Project {
    let tasks = project.tasks();
    let number = |task: u32| tasks as u32 - 1 - task;
    let mut other = Project::new(project.renewables(), project.budget.len());
    (other.capacity, other.budget) = (project.capacity.clone(), project.budget.clone());
    for task in (0..tasks).rev() {
        let modes: Vec<(u32, &[u32], &[u32])> = project
            .modes(task)
            .map(|mode| (project.duration[mode], project.uses_of(mode), project.spends_of(mode)))
            .collect();
        other.add_task(&modes);
    }
    let links = project.links.iter().rev();
    other.links = links
        .map(|link| Link { before: number(link.before), after: number(link.after), ..*link })
        .collect();
    other.release = project.release.iter().rev().copied().collect();
    other.reservoirs = project.reservoirs.clone();
    for stock in &mut other.reservoirs {
        stock.take.reverse();
        stock.give.reverse();
    }
    (other.people, other.skills) = (project.people.clone(), project.skills);
    other.needs = project.needs.iter().rev().cloned().collect();
    other
}

/// The project with more of something, or less that has to wait.
fn looser(project: &Project, what: u64) -> Project {
    let mut other = project.clone();
    match what {
        0 => other.capacity.iter_mut().for_each(|capacity| *capacity += 1),
        1 => drop(other.links.pop()),
        2 => other.release.fill(0),
        3 => other.budget.iter_mut().for_each(|budget| *budget += 1),
        4 => other.reservoirs.iter_mut().for_each(|stock| stock.initial += 1),
        _ => other.people.extend(project.people.first().cloned()),
    }
    other
}

#[test]
fn numbers_of_tasks_change_no_end() {
    for seed in 0..cases(120) {
        let project = project(KINDS[seed as usize % 6], &mut Draw(seed * 4241 + 3));
        assert_eq!(answer(&project).0, answer(&turned(&project)).0, "{project:#?}");
    }
}

#[test]
fn a_rule_less_makes_no_end_later() {
    for seed in 0..cases(180) {
        let project = project(KINDS[seed as usize % 6], &mut Draw(seed * 3571 + 11));
        let other = looser(&project, seed / 6 % 6);
        let (Some(best), _) = answer(&project) else { continue };
        let (less, bound) = answer(&other);
        let less = less.expect("what was a timetable still is one");
        assert!(less <= best, "{best} became {less}: {project:#?}");
        assert!(bound.expect("a bound") <= best, "{project:#?}");
    }
}
