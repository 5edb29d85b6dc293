//! A project as operations research writes it: tasks by number, modes, resources, lags, people.
//!
//! Flat arrays and no names. One project does not change while it is solved, so that many workers
//! share it. Times are whole numbers of the instance's own unit, from 0; a task of duration `d` that
//! starts at `s` works in the half-open interval `[s, s + d)`.

/// A project to schedule.
///
/// ```
/// use shotplan::formulate::{Link, Project};
/// // Two tasks of 3 and 2 units, one after the other, on one resource with capacity 1.
/// let mut project = Project::new(1, 0);
/// project.capacity = vec![1];
/// let first = project.add_task(&[(3, &[1], &[])]);
/// let second = project.add_task(&[(2, &[1], &[])]);
/// project.links.push(Link::after_end(first, second));
/// assert_eq!(project.tasks(), 2);
/// assert_eq!(project.single_modes().unwrap(), [0, 1]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// First mode of each task, and the number of modes at the end: `tasks + 1` numbers.
    pub first_mode: Vec<u32>,
    /// Duration of each mode.
    pub duration: Vec<u32>,
    /// What each mode holds of each renewable resource while it works: `modes × renewables`.
    pub uses: Vec<u32>,
    /// What each mode spends of each budget, once: `modes × budgets`.
    pub spends: Vec<u32>,
    /// How much there is of each renewable resource at any time.
    pub capacity: Vec<u32>,
    /// How much there is of each budget (nonrenewable resource) for the whole project.
    pub budget: Vec<u64>,
    /// Stocks that tasks take from at their start and give to at their end.
    pub reservoirs: Vec<Reservoir>,
    /// Least distances between tasks.
    pub links: Vec<Link>,
    /// No start before, one for each task.
    pub release: Vec<u32>,
    /// People who do tasks; empty when tasks need only resources.
    pub people: Vec<Person>,
    /// Number of skills.
    pub skills: u32,
    /// People each task needs, all for its whole duration, each giving one skill: one list a task.
    pub needs: Vec<Vec<Need>>,
}

/// A stock with a first level and no upper limit; it must never fall below zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservoir {
    /// Level at the beginning.
    pub initial: u64,
    /// What each task takes when it starts.
    pub take: Vec<u32>,
    /// What each task gives when it ends; what is given at an instant is there to be taken then.
    pub give: Vec<u32>,
}

/// `start(after) >= start(before) + lag`, plus the duration of `before` where `from_end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Counted from this task.
    pub before: u32,
    /// The task that has to wait.
    pub after: u32,
    /// Least distance; a negative one read backwards is a largest distance.
    pub lag: i32,
    /// Whether the distance counts from the end of `before`, whatever its mode.
    pub from_end: bool,
}

impl Link {
    /// `after` waits for the end of `before`.
    pub fn after_end(before: u32, after: u32) -> Link {
        Link { before, after, lag: 0, from_end: true }
    }

    /// `after` starts at least `lag` after the start of `before`.
    pub fn start_to_start(before: u32, after: u32, lag: i32) -> Link {
        Link { before, after, lag, from_end: false }
    }
}

/// Somebody who does one task at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Level in each skill; `None` without the skill.
    pub level: Vec<Option<u32>>,
    /// Pay for one unit of time, in hundredths.
    pub salary: i64,
}

/// So many people with a skill at a level or above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// The skill.
    pub skill: u32,
    /// The least level.
    pub level: u32,
    /// How many people.
    pub count: u32,
}

/// A mode as `add_task` takes it: duration, renewable uses, budget spends.
pub type ModeRow<'a> = (u32, &'a [u32], &'a [u32]);

impl Project {
    /// A project without tasks, with so many renewable resources and budgets (of nothing).
    pub fn new(renewables: usize, budgets: usize) -> Project {
        Project {
            first_mode: vec![0],
            capacity: vec![0; renewables],
            budget: vec![0; budgets],
            ..Project::default()
        }
    }

    /// Adds a task with one or more modes and gives its number. Missing uses and spends are 0.
    pub fn add_task(&mut self, modes: &[ModeRow<'_>]) -> u32 {
        for (duration, uses, spends) in modes {
            self.duration.push(*duration);
            let fill = |row: &[u32], at: usize| row.get(at).copied().unwrap_or(0);
            self.uses.extend((0..self.capacity.len()).map(|at| fill(uses, at)));
            self.spends.extend((0..self.budget.len()).map(|at| fill(spends, at)));
        }
        self.first_mode.push(self.duration.len() as u32);
        self.release.push(0);
        (self.release.len() - 1) as u32
    }

    /// Number of tasks.
    pub fn tasks(&self) -> usize {
        self.first_mode.len().saturating_sub(1)
    }

    /// Number of renewable resources.
    pub fn renewables(&self) -> usize {
        self.capacity.len()
    }

    /// The modes of a task, as numbers over all tasks.
    pub fn modes(&self, task: usize) -> std::ops::Range<usize> {
        self.first_mode[task] as usize..self.first_mode[task + 1] as usize
    }

    /// Uses of a mode, one number a renewable resource.
    pub fn uses_of(&self, mode: usize) -> &[u32] {
        let width = self.capacity.len();
        &self.uses[mode * width..(mode + 1) * width]
    }

    /// Spends of a mode, one number a budget.
    pub fn spends_of(&self, mode: usize) -> &[u32] {
        let width = self.budget.len();
        &self.spends[mode * width..(mode + 1) * width]
    }

    /// The only mode of each task, if each task has just one.
    pub fn single_modes(&self) -> Option<Vec<u32>> {
        let one = (0..self.tasks()).all(|task| self.modes(task).len() == 1);
        one.then(|| self.first_mode[..self.tasks()].to_vec())
    }

    /// Whether a person may fill a place of a need.
    pub fn is_able(&self, person: usize, need: &Need) -> bool {
        let levels = &self.people[person].level;
        levels.get(need.skill as usize).copied().flatten().is_some_and(|level| level >= need.level)
    }

    /// Distance of a link when `before` is done in this mode.
    pub fn lag(&self, link: &Link, mode_of_before: usize) -> i64 {
        let own = if link.from_end { i64::from(self.duration[mode_of_before]) } else { 0 };
        own + i64::from(link.lag)
    }

    /// A time by which every task can have ended if a schedule exists at all: the longest mode of each
    /// task, all positive lags and the latest release, one after the other.
    pub fn horizon(&self) -> u64 {
        let longest = |task| self.modes(task).map(|mode| u64::from(self.duration[mode])).max();
        let work: u64 = (0..self.tasks()).filter_map(longest).sum();
        let waits: u64 =
            self.links.iter().map(|link| u64::from(link.lag.max(0).unsigned_abs())).sum();
        work + waits + u64::from(self.release.iter().copied().max().unwrap_or(0))
    }
}

/// When each task starts, how and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// Start of each task.
    pub start: Vec<u32>,
    /// Mode of each task, as a number over all tasks.
    pub mode: Vec<u32>,
    /// Who does each task, and the skill that each gives; one list a task.
    pub team: Vec<Vec<(u32, u32)>>,
}

impl Timetable {
    /// End of the last task.
    pub fn makespan(&self, project: &Project) -> u32 {
        let ends = self.start.iter().zip(&self.mode);
        let end = |(start, mode): (&u32, &u32)| {
            start.saturating_add(project.duration.get(*mode as usize).copied().unwrap_or(0))
        };
        ends.map(end).max().unwrap_or(0)
    }

    /// Pay of everybody for the tasks they do, in hundredths.
    pub fn cost(&self, project: &Project) -> i64 {
        let mut cost = 0i64;
        for (mode, team) in self.mode.iter().zip(&self.team) {
            for (person, _) in team {
                let pay = project.people.get(*person as usize).map_or(0, |person| person.salary);
                let time = project.duration.get(*mode as usize).copied().unwrap_or(0);
                cost = cost.saturating_add(pay.saturating_mul(i64::from(time)));
            }
        }
        cost
    }
}
