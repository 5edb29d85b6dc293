//! Plans that have passed the independent check: no test can forget it.

use shotplan::model::*;
use shotplan::solve::{self, Limit, Options, Solved};
use shotplan::verify;

/// Plans with so many steps of improvement, one thread, seed 1; fails if `verify` finds anything, if
/// it sees another objective than the engine, or if the bound is above the plan.
pub fn planned(production: &Production, steps: u64) -> Solved {
    planned_in(production, production.settings.mode, steps)
}

/// The same in another mode.
pub fn planned_in(production: &Production, mode: Mode, steps: u64) -> Solved {
    let mut judged = production.clone();
    judged.settings.mode = mode;
    let options = Options { mode, seed: 1, threads: 1, limit: Limit::Steps(steps) };
    let solved = solve::plan(&judged, &options, &());
    let verdict = verify::plan(&judged, &solved.plan);
    assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
    assert_eq!(verdict.objective, solved.objective, "verify sees another objective");
    let value = verdict.objective.total(&judged.settings.multipliers());
    for task in 0..solved.problem.jobs.len() {
        let (start, end) = (solved.schedule.start[task], solved.schedule.end[task]);
        if end == u32::MAX {
            continue;
        }
        let (first_start, first_end) = (solved.heads.start[task], solved.heads.end[task]);
        assert!(first_start <= start, "task {task} starts at {start}, not before {first_start}");
        assert!(first_end <= end, "task {task} ends at {end}, not before {first_end}");
    }
    assert!(
        solved.lower_bound <= value,
        "bound {:?} {:?} above plan {value:?} {:?}",
        solved.bounds,
        solve::bounds::at_the_earliest(&solved.problem, &solved.heads),
        solved.objective
    );
    for (milestone, earliest) in solved.earliest.milestones.iter().enumerate() {
        let Some(earliest) = earliest else { continue };
        let target = &solved.problem.targets[milestone];
        let finish = (0..solved.problem.jobs.len())
            .filter(|&task| target.entities.contains(&solved.problem.jobs[task].entity))
            .map(|task| solved.schedule.end[task])
            .filter(|&end| end != u32::MAX)
            .max();
        let placed = solved.plan.unplaced.is_empty();
        assert!(!placed || finish.is_none_or(|finish| earliest.0 <= finish));
    }
    solved
}

/// A production of one show with one sequence on Monday 4 January 2027, horizon one year.
pub struct Show {
    /// The production so far.
    pub production: Production,
    /// Its only show.
    pub show: ShowId,
    /// Its only sequence.
    pub sequence: SequenceId,
}

impl Show {
    /// An empty show with these departments, without reviews between tasks.
    pub fn new(departments: &[&str]) -> Show {
        let monday = jiff::civil::date(2027, 1, 4);
        let mut production = Production::new("test", monday, jiff::civil::date(2027, 12, 31));
        for code in departments {
            production.add_department(code);
        }
        let show = production.shows.push(shotplan::model::Show::new("show", CalendarId::new(0)));
        let sequence = production.sequences.push(Sequence::new("sq", show));
        Show { production, show, sequence }
    }
    /// Adds an artist of the `department`-th department.
    pub fn artist(&mut self, code: &str, department: usize) -> PersonId {
        let person = Person::new(code, SiteId::new(0), DepartmentId::new(department));
        self.production.people.push(person)
    }
    /// Adds a shot that is due on a day of January 2027 or later (1 = 1 January).
    pub fn shot(&mut self, code: &str, due_day: i64) -> ShotId {
        let mut shot = Shot::new(code, self.sequence);
        let january = jiff::civil::date(2027, 1, 1);
        shot.due = Some(january.saturating_add(jiff::Span::new().days(due_day - 1)));
        self.production.shots.push(shot)
    }
    /// Adds a task of so many working slots (quarters of a day) for an artist of level 1.
    pub fn task(&mut self, shot: ShotId, department: usize, slots: i64) -> TaskId {
        let code = format!("t{}", self.production.tasks.len());
        let mut task =
            Task::new(&code, Entity::Shot(shot), DepartmentId::new(department), slots * 102);
        task.review = 0;
        self.production.tasks.push(task)
    }
    /// The second task waits for the first.
    pub fn after(&mut self, from: TaskId, to: TaskId) {
        self.production.dependencies.push(Dependency::new(from, to));
    }
}
