//! Squeezed windows: a stretch of a timetable is planned anew so that all that comes after it moves to the left.
//!
//! A project may be too large for a proof of the whole; a part of it, of some dozen or hundred tasks, is not. Those that
//! start in a window are free, what began before it stays, and what comes after it is one block that is asked to start a slot
//! earlier. Is that refuted, the next window is asked; is it found, the whole project ends a slot earlier. Nine of ten small
//! windows are refuted at once, large ones are mostly given up: what there is to gain lies between.
//!
//! Palpant, M., Artigues, C., and Michelon, P. (2004), "LSSPER: solving the resource-constrained project scheduling problem
//! with large neighbourhood search", for parts of a schedule that are solved exactly while the rest stays.

use super::draws::Draws;
use crate::formulate::Project;
use crate::solve::proof::{Finding, Prover, Question, Schedule};

/// Fewest and most tasks of a window.
const FEWEST: usize = 20;
const MOST: usize = 600;

/// Work on a window for each of its tasks, before it is given up.
const EFFORT: u64 = 3_000;

/// Work that it takes to prepare a window, for each task of the project.
const PREPARED: u64 = 4;

/// What is left of the share of the work with each stretch of it that gains nothing, and the least share.
const COOLING: f64 = 0.98;
const LEAST_SHARE: f64 = 0.125;

/// Windows of timetables, one after the other. Works in rounds of a counted amount, so that a run in steps finds the same on
/// any number of threads.
///
/// ```
/// use shotplan::formulate::{Link, Project};
/// use shotplan::solve::project::squeeze::Squeeze;
/// // Tasks of 1 and of 3 use a resource of 2 by 1 each, then one of 2 needs all of it. One after the other they end
/// // at 6; side by side the first two make it 5.
/// let mut project = Project::new(1, 0);
/// project.capacity = vec![2];
/// let row = [(1, 1), (3, 1), (2, 2)];
/// row.map(|(length, uses)| project.add_task(&[(length, &[uses], &[])]));
/// project.links.extend([Link::after_end(0, 2), Link::after_end(1, 2)]);
/// let mut squeeze = Squeeze::of(&project, 1).unwrap();
/// squeeze.round(10_000, &[vec![0, 1, 4]], true, &|| false);
/// assert_eq!(squeeze.found.unwrap(), [0, 0, 3]);
/// ```
#[derive(Debug)]
pub struct Squeeze<'a> {
    project: &'a Project,
    /// Length of each task.
    length: Vec<u32>,
    /// Links of each task to those after it, and to those before it: (other task, least distance of starts).
    after: Vec<Vec<(u32, i64)>>,
    before: Vec<Vec<(u32, i64)>>,
    seed: u64,
    /// Windows drawn so far.
    drawn: u64,
    /// The window that is being looked into.
    asked: Option<Window>,
    /// The part of the work that it gets where much is left to gain: less and less while nothing is gained.
    share: f64,
    /// Starts of the best timetable found since it was last taken.
    pub found: Option<Vec<u32>>,
}

/// A window under way.
#[derive(Debug)]
struct Window {
    prover: Prover,
    /// Work after which it is given up.
    until: u64,
    /// Starts of the timetable that it is part of.
    start: Vec<u32>,
    /// Its tasks, and those that come after it.
    free: Vec<u32>,
    later: Vec<u32>,
    /// When it begins.
    begin: i64,
}

/// Where a task stands, other than by its number in the window.
const EARLIER: u32 = u32::MAX;
const LATER: u32 = u32::MAX - 1;

impl<'a> Squeeze<'a> {
    /// `None` for projects with more than tasks of one mode, resources and distances.
    pub fn of(project: &'a Project, seed: u64) -> Option<Squeeze<'a>> {
        let modes = project.single_modes()?;
        if !project.people.is_empty() || !project.reservoirs.is_empty() || project.tasks() == 0 {
            return None;
        }
        let mut after = vec![Vec::new(); project.tasks()];
        let mut before = vec![Vec::new(); project.tasks()];
        for link in &project.links {
            let lag = project.lag(link, modes[link.before as usize] as usize);
            after[link.before as usize].push((link.after, lag));
            before[link.after as usize].push((link.before, lag));
        }
        let length = modes.iter().map(|&mode| project.duration[mode as usize]).collect();
        let (drawn, asked, share, found) = (0, None, 1.0, None);
        Some(Squeeze { project, length, after, before, seed, drawn, asked, share, found })
    }

    /// Looks into windows of some timetables (starts of all tasks) for so much work; for a share of it while nothing comes of
    /// it, unless they are near the bound, where nothing else finds more. What is found is looked into further.
    pub fn round(
        &mut self,
        work: u64,
        timetables: &[Vec<u32>],
        is_near: bool,
        stop: &dyn Fn() -> bool,
    ) {
        let mut left = if is_near { work } else { (work as f64 * self.share) as u64 };
        while left > 0 && !stop() {
            let Some(mut window) = self.asked.take() else {
                left = left.saturating_sub(PREPARED * self.project.tasks() as u64);
                self.drawn += 1;
                let mut draws = Draws::of(self.seed, u64::MAX, self.drawn);
                let known = timetables.get(draws.below(timetables.len()));
                let Some(start) = self.found.as_ref().or(known) else { return };
                self.asked = self.window(start, &mut draws);
                continue;
            };
            let before = window.prover.work();
            let finding = window.prover.run(left.min(window.until - before), &mut || stop());
            let done = window.prover.work();
            left = left.saturating_sub(done - before);
            self.share = (self.share * COOLING).max(LEAST_SHARE);
            match finding {
                Finding::Better(schedule) => {
                    self.found = Some(window.with(&schedule));
                    self.share = 1.0;
                }
                Finding::Closed => {}
                Finding::Raised(_) | Finding::Paused if done >= window.until => {}
                Finding::Raised(_) | Finding::Paused => self.asked = Some(window),
            }
        }
    }

    /// A window of a timetable, drawn; `None` if what stays leaves no hope.
    fn window(&self, start: &[u32], draws: &mut Draws) -> Option<Window> {
        let Squeeze { project, length, .. } = self;
        let tasks = project.tasks();
        let starts = |task: u32| i64::from(start[task as usize]);
        let ends = |task: u32| starts(task) + i64::from(length[task as usize]);
        let release = |task: u32| i64::from(project.release[task as usize]);
        let mut order: Vec<u32> = (0..tasks as u32).collect();
        order.sort_unstable_by_key(|&task| (starts(task), task));
        let most = (tasks * 3 / 4).clamp(FEWEST, MOST);
        let size = (FEWEST + draws.below(most - FEWEST + 1)).min(tasks);
        // The first and the last tasks are in as many windows as the others.
        let first = draws.below(tasks + size).saturating_sub(size / 2).min(tasks - 1);
        let (earlier, rest) = order.split_at(first);
        let (free, later) = rest.split_at(size.min(rest.len()));
        // The first ones may begin before any of them does.
        let begin = if earlier.is_empty() { 0 } else { starts(*free.first()?) };
        let makespan = order.iter().map(|&task| ends(task)).max()?;
        let crossing: Vec<u32> =
            earlier.iter().copied().filter(|&task| ends(task) > begin).collect();
        let until = free.iter().chain(&crossing).map(|&task| ends(task)).max()?;
        // Those of the block that run beside the window, as the whole block does that comes a slot earlier.
        let beside: Vec<u32> =
            later.iter().copied().take_while(|&task| starts(task) <= until).collect();
        let mut place = vec![EARLIER; tasks];
        free.iter().zip(0..).for_each(|(&task, at)| place[task as usize] = at);
        later.iter().for_each(|&task| place[task as usize] = LATER);
        let stands = |task: u32| place[task as usize];
        let is_held = |&task: &u32| {
            let mut before = self.before[task as usize].iter();
            release(task) >= starts(task)
                || before
                    .any(|row| stands(row.0) == EARLIER && starts(row.0) + row.1 >= starts(task))
        };
        if earlier.iter().any(|&task| ends(task) >= makespan) || later.iter().any(is_held) {
            return None;
        }
        let goal = (free.len() + crossing.len() + beside.len()) as u32;
        let slot = |time: i64| i32::try_from(time - begin).ok();
        let whole = |number: i64| i32::try_from(number).ok();
        let (mut earliest, mut latest, mut lags) = (Vec::new(), Vec::new(), Vec::new());
        for (&task, at) in free.iter().zip(0..) {
            let own = i64::from(length[task as usize]);
            let (mut from, mut to) = (release(task).max(begin), until - own);
            // By the end of the project, which moves with the block.
            lags.push((at, goal, whole(begin + own - makespan)?));
            for &(other, lag) in &self.before[task as usize] {
                match stands(other) {
                    EARLIER => from = from.max(starts(other) + lag),
                    LATER => lags.push((goal, at, slot(starts(other) + lag)?)),
                    _ => {}
                }
            }
            for &(other, lag) in &self.after[task as usize] {
                match stands(other) {
                    EARLIER => to = to.min(starts(other) - lag),
                    LATER => lags.push((at, goal, whole(begin + lag - starts(other))?)),
                    other => lags.push((at, other, whole(lag)?)),
                }
            }
            earliest.push(slot(from)?);
            latest.push(slot(to)?);
        }
        for &task in &crossing {
            earliest.push(slot(starts(task))?);
            latest.push(slot(starts(task))?);
        }
        for (&task, at) in beside.iter().zip(goal - beside.len() as u32..) {
            let own = slot(starts(task))?;
            earliest.push(own - 1);
            latest.push(own);
            lags.extend([(goal, at, own), (at, goal, -own)]);
        }
        earliest.push(-1);
        latest.push(0);
        let all = || free.iter().chain(&crossing).chain(&beside).copied();
        let lengths = all().map(|task| whole(length[task as usize].into())).chain([Some(0)]);
        let mode = |task: u32| project.first_mode[task as usize] as usize;
        let uses = all().flat_map(|task| project.uses_of(mode(task)));
        let uses = uses.map(|&uses| whole(uses.into()));
        let uses = uses.chain(project.capacity.iter().map(|_| Some(0)));
        let mut prover = Prover::new(&Question {
            first_mode: &(0..=goal + 1).collect::<Vec<u32>>(),
            durations: &lengths.collect::<Option<Vec<i32>>>()?,
            uses: &uses.collect::<Option<Vec<i32>>>()?,
            capacities: &project
                .capacity
                .iter()
                .map(|&all| whole(all.into()))
                .collect::<Option<Vec<i32>>>()?,
            spends: &[],
            budgets: &[],
            rates: &[],
            initial: &[],
            takes: &[],
            gives: &[],
            people: 0,
            first_place: &[],
            able: &[],
            lags: &lags,
            waits: &[],
            earliest: &earliest,
            latest: &latest,
            goal,
        })?;
        let as_it_is = all().map(|task| slot(starts(task))).chain([Some(0)]);
        let as_it_is = Schedule {
            starts: as_it_is.collect::<Option<Vec<i32>>>()?,
            modes: vec![0; goal as usize + 1],
            crew: Vec::new(),
        };
        prover.tell(&as_it_is);
        let until = EFFORT * free.len() as u64;
        let (free, later, start) = (free.to_vec(), later.to_vec(), start.to_vec());
        Some(Window { prover, until, start, free, later, begin })
    }
}

impl Window {
    /// Starts of the whole timetable with a schedule of this window, a slot shorter.
    fn with(&self, schedule: &Schedule) -> Vec<u32> {
        let mut start = self.start.clone();
        self.later.iter().for_each(|&task| start[task as usize] -= 1);
        for (&task, &at) in self.free.iter().zip(&schedule.starts) {
            start[task as usize] = u32::try_from(self.begin + i64::from(at)).unwrap_or(0);
        }
        start
    }
}
