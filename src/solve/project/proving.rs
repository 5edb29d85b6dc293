//! Proofs beside the search: hands a project to `proof` and takes back what is certain.
//!
//! For projects of tasks with modes, resources, budgets and links, or with stocks or people and one mode
//! each. Works in rounds of a counted
//! amount, so that a run in steps finds the same on any number of threads.

use super::bounds::{Windows, pools, together};
use super::modes::Modes;
use super::names::Kinds;
use crate::formulate::{Project, Timetable};
use crate::solve::proof::{Finding, Prover, Question, Schedule};

/// Projects of more tasks are left to the search: a proof would only take its time.
pub(super) const TASKS: usize = 400;

/// Pools of people that a proof watches at all times: the others count when people are named.
const POOLS: usize = 24;

/// Weights of tasks that count as resources of a proof.
const WEIGHTS: usize = 4;

/// Most uses of resources by modes where these stand for people.
const MOST_USES: usize = 4 << 20;

/// Kind of the modes of a task that needs nobody.
const NOBODY: u32 = u32::MAX;

/// What a proof makes small.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// The end of the last task.
    End,
    /// What people are paid, in steps.
    Cost {
        /// No timetable costs less.
        base: u64,
        /// So much is a step from there, at least 1.
        unit: u64,
        /// Any cost is a multiple of this, at least 1.
        grain: u64,
        /// No timetable that costs more is of interest.
        most: u64,
        /// All ends by then.
        deadline: u32,
    },
}

impl Aim {
    /// Most steps from the least to the most that a cost may be.
    const STEPS: u64 = 4_096;

    /// Cost between a bound and the most that is of interest.
    pub fn cost(project: &Project, bound: u64, most: u64, deadline: u32) -> Aim {
        let gcd = |mut a: u64, mut b: u64| {
            while b > 0 {
                (a, b) = (b, a % b);
            }
            a
        };
        let pays = project.people.iter().map(|person| person.salary.max(0).unsigned_abs());
        let grain = pays.fold(0, gcd).max(1);
        let base = bound.next_multiple_of(grain);
        let unit = (most.saturating_sub(base) / Aim::STEPS + 1).next_multiple_of(grain);
        Aim::Cost { base, unit, grain, most, deadline }
    }

    /// The goal that a value stands for.
    fn goal_of(self, value: u64) -> u64 {
        match self {
            Aim::End => value,
            Aim::Cost { base, unit, .. } => value.saturating_sub(base).div_ceil(unit),
        }
    }

    /// The least value of a schedule that reaches a goal but not the one before.
    fn least_value(self, goal: u64) -> u64 {
        match self {
            Aim::End => goal,
            Aim::Cost { base, .. } if goal == 0 => base,
            Aim::Cost { base, unit, grain, .. } => {
                (base + (goal - 1) * unit + 1).next_multiple_of(grain)
            }
        }
    }
}

/// A proof under way and what it has found.
#[derive(Debug)]
pub struct Proving {
    prover: Prover,
    aim: Aim,
    /// Where the modes of each task begin, and the project's number of each, as the proof has them.
    first_mode: Vec<u32>,
    modes: Vec<u32>,
    crews: Crews,
    /// The best timetable found by the proof itself.
    pub found: Option<Timetable>,
    /// No schedule ends before.
    pub bound: u64,
    /// Nothing is better than the best schedule told or found; if there is none, none exists.
    pub is_closed: bool,
}

impl Proving {
    /// A proof about schedules that end by `until`; `None` if the project is not of a kind or a size
    /// that it is tried for.
    ///
    /// ```
    /// use shotplan::formulate::Project;
    /// use shotplan::solve::project::bounds::Windows;
    /// use shotplan::solve::project::modes::Modes;
    /// use shotplan::solve::project::proving::{Aim, Proving};
    /// // Three tasks of 3 that take 2 of 4: two run at once, the third waits.
    /// let mut project = Project::new(1, 0);
    /// project.capacity = vec![4];
    /// (0..3).for_each(|_| drop(project.add_task(&[(3, &[2], &[])])));
    /// let windows = Windows::of(&project).unwrap();
    /// let modes = Modes::of(&project);
    /// let mut proving = Proving::of(&project, &windows, &modes, 9, Aim::End).unwrap();
    /// proving.round(100_000, None, 0, &|| false);
    /// assert!(proving.is_closed);
    /// assert_eq!(proving.bound, 6);
    /// ```
    pub fn of(
        project: &Project,
        windows: &Windows,
        modes: &Modes,
        until: u64,
        aim: Aim,
    ) -> Option<Proving> {
        let tasks = project.tasks();
        let is_cost = matches!(aim, Aim::Cost { .. });
        let until = match aim {
            Aim::End => until,
            Aim::Cost { deadline, .. } => deadline.into(),
        };
        let last_goal = match aim {
            Aim::End => until,
            Aim::Cost { most, .. } => aim.goal_of(most),
        };
        let is_ours = tasks <= TASKS
            && (project.people.is_empty() && project.reservoirs.is_empty()
                || project.single_modes().is_some());
        if !is_ours {
            return None;
        }
        let whole = |number: u64| i32::try_from(number).ok();
        let goal = tasks as u32;
        let mut flat = Flat { first_mode: vec![0], ..Flat::default() };
        let pools = match project.people.len() {
            0 => Vec::new(),
            _ => pools::strongest(project, windows, POOLS),
        };
        let kinds = Kinds::of(project, is_cost)
            .filter(|kinds| kinds.modes() * (pools.len() + kinds.people.len()) <= MOST_USES);
        let kinds_in_all = kinds.as_ref().map_or(0, |kinds| kinds.people.len());
        if kinds.is_none() && is_cost {
            return None;
        }
        let weights = match project.people.is_empty() || kinds.is_some() {
            true => Vec::new(),
            false => together::weights(project, windows, WEIGHTS),
        };
        if kinds.is_none() {
            flat.seat(project);
        }
        for task in 0..tasks {
            // The shortest first, as proofs want them.
            let mut own = modes.list(task).to_vec();
            own.sort_by_key(|&mode| project.duration[mode as usize]);
            for &mode in &own {
                let mode = mode as usize;
                let able = kinds.as_ref().map_or(&[][..], |kinds| &kinds.of_task[task][..]);
                for &kind in if able.is_empty() { &[NOBODY][..] } else { able } {
                    flat.kind.push(kind);
                    flat.modes.push(mode as u32);
                    flat.durations.push(whole(project.duration[mode].into())?);
                    for &uses in project.uses_of(mode) {
                        flat.uses.push(whole(uses.into())?);
                    }
                    for pool in &pools {
                        flat.uses.push(whole(pool.places[task])?);
                    }
                    for weights in &weights {
                        flat.uses.push(whole(weights.of_task[task])?);
                    }
                    flat.uses
                        .extend((0..kinds_in_all).map(|other| i32::from(other as u32 == kind)));
                    flat.spends
                        .extend(project.spends_of(mode).iter().map(|&spends| i64::from(spends)));
                    if let (true, Some(kinds)) = (is_cost, &kinds) {
                        let pay = kinds
                            .people
                            .get(kind as usize)
                            .map_or(0, |people| project.people[people[0] as usize].salary.max(0));
                        flat.spends.push(pay.checked_mul(project.duration[mode].into())?);
                    }
                }
            }
            flat.first_mode.push(flat.durations.len() as u32);
        }
        for link in &project.links {
            let row = (link.before, link.after, link.lag);
            if link.from_end { flat.waits.push(row) } else { flat.lags.push(row) }
        }
        // What has a tail is followed by something that ends later.
        let last = (0..tasks).filter(|&task| windows.tail[task] == 0);
        if !is_cost {
            flat.waits.extend(last.map(|task| (task as u32, goal, 0)));
        }
        let mut earliest: Vec<i32> =
            windows.head.iter().map(|&head| whole(head)).collect::<Option<_>>()?;
        let after = |task: usize| windows.tail[task] + windows.shortest[task];
        let mut latest: Vec<i32> = (0..tasks)
            .map(|task| whole(until)?.checked_sub(whole(after(task))?))
            .collect::<Option<_>>()?;
        flat.durations.push(0);
        flat.first_mode.push(flat.durations.len() as u32);
        flat.uses.resize(
            flat.uses.len() + project.capacity.len() + pools.len() + weights.len() + kinds_in_all,
            0,
        );
        flat.spends.extend(project.budget.iter().map(|_| 0).chain(is_cost.then_some(0)));
        earliest.push(0);
        latest.push(whole(last_goal)?);
        let members =
            kinds.iter().flat_map(|kinds| &kinds.people).map(|people| people.len() as u64);
        let sizes = pools.iter().map(|pool| pool.size);
        let sizes = sizes.chain(weights.iter().map(|weights| weights.most)).chain(members);
        let capacities: Vec<i32> = project
            .capacity
            .iter()
            .map(|&all| all.into())
            .chain(sizes)
            .map(whole)
            .collect::<Option<_>>()?;
        // More than everything is as good as everything.
        let most: i64 = flat.spends.iter().sum();
        let mut budgets: Vec<i64> = project
            .budget
            .iter()
            .map(|&budget| i64::try_from(budget).unwrap_or(most).min(most))
            .collect();
        let mut rates = Vec::new();
        if let Aim::Cost { base, unit, .. } = aim {
            rates = vec![0; budgets.len()];
            rates.push(i64::try_from(unit).ok()?);
            budgets.push(i64::try_from(base).ok()?);
        }
        for task in 0..=tasks {
            let of = |list: &[u32]| list.get(task).map_or(0, |&amount| i64::from(amount));
            flat.takes.extend(project.reservoirs.iter().map(|stock| of(&stock.take)));
            flat.gives.extend(project.reservoirs.iter().map(|stock| of(&stock.give)));
        }
        let given: i64 = flat.gives.iter().sum::<i64>() + flat.takes.iter().sum::<i64>();
        let initial: Vec<i64> = project
            .reservoirs
            .iter()
            .map(|stock| i64::try_from(stock.initial).unwrap_or(given).min(given))
            .collect();
        let mut prover = Prover::new(&Question {
            first_mode: &flat.first_mode,
            durations: &flat.durations,
            uses: &flat.uses,
            capacities: &capacities,
            spends: &flat.spends,
            budgets: &budgets,
            rates: &rates,
            initial: &initial,
            takes: &flat.takes,
            gives: &flat.gives,
            people: if kinds.is_some() { 0 } else { project.people.len() },
            first_place: &flat.first_place,
            able: &flat.able,
            lags: &flat.lags,
            waits: &flat.waits,
            earliest: &earliest,
            latest: &latest,
            goal,
        })?;
        if let (false, Some(best)) = (is_cost, weights.first()) {
            prover.tell_bound(whole(best.bound(windows))?);
        }
        flat.first_mode.truncate(tasks + 1);
        let Flat { first_mode, modes, kind, first_place, skills, .. } = flat;
        let crews = match kinds {
            Some(kinds) => {
                Crews::Kinds { kinds, of_mode: kind, duration: project.duration.clone() }
            }
            None => Crews::Places { first: first_place, skills },
        };
        Some(Proving {
            prover,
            aim,
            first_mode,
            modes,
            crews,
            found: None,
            bound: 0,
            is_closed: false,
        })
    }

    /// Works for a round, knowing the best schedule and bound so far.
    pub fn round(
        &mut self,
        work: u64,
        best: Option<(&Timetable, u64)>,
        bound: u64,
        stop: &dyn Fn() -> bool,
    ) {
        let number = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
        if let Some((timetable, value)) = best {
            let mut starts: Vec<i32> =
                timetable.start.iter().map(|&start| number(u64::from(start))).collect();
            starts.push(number(self.aim.goal_of(value)));
            let place = |(task, &mode): (usize, &u32)| {
                let kind = self.crews.kind_of(timetable, task)?;
                let is_it = |at: usize| self.modes[at] == mode && self.crews.is_of(at, kind);
                self.own(task).position(is_it).map(|at| at as u32)
            };
            // A timetable may use a mode that is no better than another in anything.
            let modes = timetable.mode.iter().enumerate().map(place).chain([Some(0)]);
            if let Some(modes) = modes.collect() {
                self.prover.tell(&Schedule { starts, modes, crew: Vec::new() });
            }
        }
        // A bound above the best schedule's end would be a mistake elsewhere; it is not taken over.
        if bound <= best.map_or(u64::MAX, |best| best.1) {
            self.prover.tell_bound(number(self.aim.goal_of(bound)));
        }
        let until = self.prover.work().saturating_add(work);
        while !self.is_closed {
            let left = until.saturating_sub(self.prover.work());
            match self.prover.run(left, &mut || stop()) {
                Finding::Better(schedule) => {
                    let tasks = 0..self.first_mode.len() - 1;
                    let start = |task: usize| schedule.starts[task].max(0).unsigned_abs();
                    let at = |task: usize| self.own(task).start + schedule.modes[task] as usize;
                    let start: Vec<u32> = tasks.clone().map(start).collect();
                    let at: Vec<usize> = tasks.map(at).collect();
                    let mode: Vec<u32> = at.iter().map(|&at| self.modes[at]).collect();
                    let team = self.crews.team(&schedule.crew, &start, &mode, &at);
                    self.found = Some(Timetable { start, mode, team });
                }
                Finding::Raised(_) => {}
                Finding::Closed => self.is_closed = true,
                Finding::Paused => break,
            }
        }
        let goal = u64::from(self.prover.lower_bound().max(0).unsigned_abs());
        self.bound = self.aim.least_value(goal);
    }

    /// Where the modes of a task stand in the list.
    fn own(&self, task: usize) -> std::ops::Range<usize> {
        self.first_mode[task] as usize..self.first_mode[task + 1] as usize
    }
}

/// How what a proof says of people is read.
#[derive(Debug)]
enum Crews {
    /// Somebody is found for each place: where the places of each task begin (empty without people), and
    /// the skill asked for in each.
    Places { first: Vec<u32>, skills: Vec<u32> },
    /// Modes stand for kinds of people: that of each mode of the proof. And durations of the project's
    /// modes.
    Kinds { kinds: Kinds, of_mode: Vec<u32>, duration: Vec<u32> },
}

impl Crews {
    /// The kind of whoever does a task; `None` if they are of no kind.
    fn kind_of(&self, timetable: &Timetable, task: usize) -> Option<u32> {
        match (self, timetable.team.get(task).and_then(|team| team.first())) {
            (Crews::Kinds { kinds, .. }, Some(&(person, _))) => kinds.of_person(person),
            _ => Some(NOBODY),
        }
    }

    /// Whether a mode of the proof stands for a kind.
    fn is_of(&self, mode: usize, kind: u32) -> bool {
        match self {
            Crews::Places { .. } => true,
            Crews::Kinds { of_mode, .. } => of_mode[mode] == kind,
        }
    }

    /// Who does each task, with the skill they give. `crew` is the person in each place, `modes` the mode of
    /// each task in the project, `at` in the proof.
    fn team(
        &self,
        crew: &[u32],
        starts: &[u32],
        modes: &[u32],
        at: &[usize],
    ) -> Vec<Vec<(u32, u32)>> {
        match self {
            Crews::Places { first, skills } => {
                let seats = |pair: &[u32]| {
                    let places = pair[0] as usize..pair[1] as usize;
                    places.map(|place| (crew[place], skills[place])).collect()
                };
                first.windows(2).take(first.len().saturating_sub(2)).map(seats).collect()
            }
            Crews::Kinds { kinds, of_mode, duration } => {
                let lasts: Vec<u32> = modes.iter().map(|&mode| duration[mode as usize]).collect();
                let kind: Vec<u32> = at.iter().map(|&at| of_mode[at]).collect();
                kinds.name(starts, &lasts, &kind)
            }
        }
    }
}

/// A project as flat numbers.
#[derive(Debug, Default)]
struct Flat {
    first_mode: Vec<u32>,
    modes: Vec<u32>,
    kind: Vec<u32>,
    durations: Vec<i32>,
    uses: Vec<i32>,
    spends: Vec<i64>,
    takes: Vec<i64>,
    gives: Vec<i64>,
    lags: Vec<(u32, u32, i32)>,
    waits: Vec<(u32, u32, i32)>,
    first_place: Vec<u32>,
    able: Vec<u64>,
    skills: Vec<u32>,
}

impl Flat {
    /// The places of all tasks, the goal's among them.
    fn seat(&mut self, project: &Project) {
        if project.people.is_empty() {
            return;
        }
        self.first_place.push(0);
        for task in 0..=project.tasks() {
            for need in project.needs.get(task).into_iter().flatten() {
                let able = pools::able(project, need);
                // More places than people: one too many is enough to never fit.
                for _ in 0..need.count.min(project.people.len() as u32 + 1) {
                    self.able.extend(&able);
                    self.skills.push(need.skill);
                }
            }
            self.first_place.push(self.skills.len() as u32);
        }
    }
}
