//! Random tiny projects of every kind against all their timetables.

use super::solved::steps;
use crate::support::cases;
use shotplan::formulate::{Link, Need, Project, Reservoir, Timetable};
use shotplan::model::project::Person;
use shotplan::solve::project::{Objective, Options, Status, solve};
use shotplan::verify::library::faults;

pub struct Draw(pub u64);

impl Draw {
    fn below(&mut self, count: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(count)) as u32
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Modes,
    Reservoirs,
    People,
    /// One person a task.
    Alone,
    /// Least and largest distances between starts, and between an end and a start.
    Lags,
}

/// Three tasks or four, with what the kind asks for.
pub fn project(kind: Kind, draw: &mut Draw) -> Project {
    let budgets = usize::from(kind == Kind::Modes);
    let has_people = matches!(kind, Kind::People | Kind::Alone);
    let renewables = if has_people { 0 } else { 1 + draw.below(2) as usize };
    let mut project = Project::new(renewables, budgets);
    project.capacity = (0..renewables).map(|_| 2 + draw.below(2)).collect();
    project.budget = vec![u64::from(3 + draw.below(4)); budgets];
    let tasks = 3 + draw.below(2);
    for _ in 0..tasks {
        let modes = if kind == Kind::Modes { 1 + draw.below(2) } else { 1 };
        let rows: Vec<(u32, Vec<u32>, Vec<u32>)> = (0..modes)
            .map(|_| {
                let uses = (0..renewables).map(|_| draw.below(3)).collect();
                // Stocks move between instants: tasks without duration could only happen together.
                let least = u32::from(kind == Kind::Reservoirs);
                (least + draw.below(4 - least), uses, (0..budgets).map(|_| draw.below(4)).collect())
            })
            .collect();
        let rows: Vec<_> =
            rows.iter().map(|(d, uses, spends)| (*d, &uses[..], &spends[..])).collect();
        project.add_task(&rows);
    }
    for before in 0..tasks {
        for after in before + 1..tasks {
            if draw.below(3) == 0 {
                let lag = draw.below(2) as i32;
                project.links.push(Link { lag, ..Link::after_end(before, after) });
            }
        }
    }
    if kind == Kind::Lags {
        for link in &mut project.links {
            link.from_end = draw.below(2) == 0;
            link.lag = draw.below(5) as i32 - 1;
        }
        // So much later at the most, read backwards.
        for at in 0..project.links.len() {
            let Link { before, after, .. } = project.links[at];
            if draw.below(2) == 0 {
                let most = 1 + draw.below(6) as i32;
                project.links.push(Link::start_to_start(after, before, -most));
            }
        }
    }
    project.release = (0..tasks).map(|_| draw.below(5).saturating_sub(2)).collect();
    if kind == Kind::Reservoirs {
        let mut amounts = || (0..tasks).map(|_| draw.below(3)).collect();
        let (take, give) = (amounts(), amounts());
        let initial = u64::from(draw.below(3));
        project.reservoirs.push(Reservoir { initial, take, give });
    }
    if has_people {
        project.skills = 2;
        for _ in 0..2 + draw.below(2) {
            let level = (0..2).map(|_| (draw.below(3) > 0).then(|| draw.below(3))).collect();
            project.people.push(Person { level, salary: i64::from(draw.below(4)) * 150 });
        }
        for _ in 0..tasks {
            let need = |skill, draw: &mut Draw| {
                let (level, count) = (draw.below(2), 1 + draw.below(2) / (1 + skill));
                Need { skill, level, count }
            };
            let first = need(0, draw);
            if kind == Kind::Alone {
                let is_somebody = draw.below(6) > 0;
                let own = Need { skill: draw.below(2), count: 1, ..first };
                project.needs.push(if is_somebody { vec![own] } else { Vec::new() });
                continue;
            }
            let both = draw.below(3) == 0;
            let second = both.then(|| need(1, draw));
            project.needs.push(std::iter::once(first).chain(second).collect());
        }
    }
    project
}

/// All teams for a task.
fn teams(project: &Project, task: usize) -> Vec<Vec<(u32, u32)>> {
    let mut found = vec![Vec::new()];
    let Some(needs) = project.needs.get(task) else { return found };
    for need in needs {
        for _ in 0..need.count {
            let mut next = Vec::new();
            for team in &found {
                for person in 0..project.people.len() {
                    let is_new = team.iter().all(|&(other, _)| other != person as u32);
                    if is_new && project.is_able(person, need) {
                        let mut team: Vec<(u32, u32)> = team.clone();
                        team.push((person as u32, need.skill));
                        next.push(team);
                    }
                }
            }
            found = next;
        }
    }
    found
}

/// The least makespan or cost with all done by `most`, by trying everything, task by task.
pub fn least(project: &Project, objective: Objective, most: u32) -> Option<i64> {
    fn go(
        project: &Project,
        teams: &[Vec<Vec<(u32, u32)>>],
        (objective, most): (Objective, u32),
        timetable: &mut Timetable,
        best: &mut Option<i64>,
    ) {
        let task = timetable.start.len();
        if task == project.tasks() {
            let value = match objective {
                Objective::Makespan => i64::from(timetable.makespan(project)),
                Objective::Cost => timetable.cost(project),
            };
            if best.is_none_or(|best| value < best) && faults(project, timetable).is_empty() {
                *best = Some(value);
            }
            return;
        }
        for mode in project.modes(task) {
            for start in project.release[task]..=most.saturating_sub(project.duration[mode]) {
                let end = i64::from(start + project.duration[mode]);
                if i64::from(most) < end
                    || objective == Objective::Makespan && best.is_some_and(|best| end >= best)
                {
                    break;
                }
                for team in &teams[task] {
                    timetable.start.push(start);
                    timetable.mode.push(mode as u32);
                    timetable.team.push(team.clone());
                    go(project, teams, (objective, most), timetable, best);
                    timetable.start.pop();
                    timetable.mode.pop();
                    timetable.team.pop();
                }
            }
        }
    }
    let teams: Vec<_> = (0..project.tasks()).map(|task| teams(project, task)).collect();
    let mut best = None;
    go(project, &teams, (objective, most), &mut Timetable::default(), &mut best);
    best
}

fn agrees(kind: Kind, cases: u64) {
    let (mut solved, mut refuted) = (0, 0);
    for seed in 0..cases {
        let project = project(kind, &mut Draw(seed * 7919 + 13));
        let horizon = u32::try_from(project.horizon()).expect("tiny");
        let best = least(&project, Objective::Makespan, horizon);
        let answer = solve(&project, &steps(300), &|| false);
        let found = answer.best.as_ref().map(|best| i64::from(best.makespan(&project)));
        if let Some(timetable) = &answer.best {
            assert_eq!(faults(&project, timetable), Vec::<String>::new(), "{project:#?}");
        }
        assert_eq!(found, best, "case {seed} {project:#?}");
        match best {
            Some(best) => {
                solved += 1;
                let bound = answer.lower_bound.expect("a bound");
                assert!(bound <= best, "case {seed}: bound {bound}, best {best}");
                assert!(answer.status != Status::Optimal || bound == best);
            }
            None => {
                refuted += 1;
                assert_ne!(answer.status, Status::Feasible);
            }
        }
    }
    assert!(solved > cases / 4, "{solved} solved, {refuted} refuted");
}

#[test]
fn plain_projects() {
    agrees(Kind::Plain, cases(60));
}

#[test]
fn projects_with_modes_and_budgets() {
    agrees(Kind::Modes, cases(60));
}

#[test]
fn projects_with_reservoirs() {
    agrees(Kind::Reservoirs, cases(60));
}

#[test]
fn projects_with_lags_of_all_kinds() {
    agrees(Kind::Lags, cases(100));
}

#[test]
fn projects_with_people() {
    agrees(Kind::People, cases(40));
}

#[test]
fn projects_of_single_people() {
    agrees(Kind::Alone, cases(100));
}

/// The least cost by the earliest end of all, and by a little later.
#[test]
fn cost_by_a_deadline() {
    let mut proven = 0;
    for seed in 0..cases(60) {
        let project = project(Kind::Alone, &mut Draw(seed * 6151 + 7));
        let horizon = u32::try_from(project.horizon()).expect("tiny");
        let Some(end) = least(&project, Objective::Makespan, horizon) else { continue };
        for spare in 0..3 {
            let deadline = u32::try_from(end).expect("tiny") + spare;
            let best = least(&project, Objective::Cost, deadline).expect("one by the earliest end");
            let options = |threads| Options {
                objective: Objective::Cost,
                deadline: Some(deadline),
                threads,
                ..steps(300)
            };
            let answer = solve(&project, &options(1), &|| false);
            let timetable = answer.best.as_ref().expect("a timetable");
            assert_eq!(faults(&project, timetable), Vec::<String>::new(), "{project:#?}");
            assert!(timetable.makespan(&project) <= deadline);
            assert_eq!(timetable.cost(&project), best, "case {seed} by {deadline} {project:#?}");
            let bound = answer.lower_bound.expect("a bound");
            assert!(bound <= best, "case {seed} by {deadline}: bound {bound}, best {best}");
            proven += u64::from(answer.status == Status::Optimal);
            let again = solve(&project, &options(2), &|| false);
            assert_eq!((&again.best, again.lower_bound), (&answer.best, answer.lower_bound));
        }
        if end > 0 {
            let before = u32::try_from(end).expect("tiny") - 1;
            let late = Options { objective: Objective::Cost, deadline: Some(before), ..steps(300) };
            assert_eq!(solve(&project, &late, &|| false).status, Status::Infeasible, "case {seed}");
        }
    }
    assert!(proven > cases(60), "{proven} proven");
}
