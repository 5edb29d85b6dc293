//! Proofs beside the search: hands a project to `proof` and takes back what is certain.
//!
//! For projects of tasks with one mode each, resources and links. Works in rounds of a counted
//! amount, so that a run in steps finds the same on any number of threads.

use super::bounds::Windows;
use crate::formulate::{Project, Timetable};
use crate::solve::proof::{Finding, Prover, Question};

/// Projects of more tasks are left to the search: a proof would only take its time.
const TASKS: usize = 400;

/// A proof under way and what it has found.
#[derive(Debug)]
pub struct Proving {
    prover: Prover,
    tasks: usize,
    /// The best schedule found by the proof itself: the start of each task.
    pub found: Option<Vec<u32>>,
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
    /// use shotplan::solve::project::proving::Proving;
    /// // Three tasks of 3 that take 2 of 4: two run at once, the third waits.
    /// let mut project = Project::new(1, 0);
    /// project.capacity = vec![4];
    /// (0..3).for_each(|_| drop(project.add_task(&[(3, &[2], &[])])));
    /// let windows = Windows::of(&project).unwrap();
    /// let mut proving = Proving::of(&project, &windows, 9).unwrap();
    /// proving.round(100_000, None, 0, &|| false);
    /// assert!(proving.is_closed);
    /// assert_eq!(proving.bound, 6);
    /// ```
    pub fn of(project: &Project, windows: &Windows, until: u64) -> Option<Proving> {
        let tasks = project.tasks();
        let spent = |budget: usize| -> u64 {
            (0..tasks).map(|task| u64::from(project.spends_of(task)[budget])).sum()
        };
        let is_ours = tasks <= TASKS
            && project.people.is_empty()
            && project.reservoirs.is_empty()
            && project.single_modes().is_some()
            && (0..project.budget.len()).all(|budget| spent(budget) <= project.budget[budget]);
        if !is_ours {
            return None;
        }
        let whole = |number: u64| i32::try_from(number).ok();
        let each = |numbers: &[u32]| -> Option<Vec<i32>> {
            numbers.iter().map(|&number| i32::try_from(number).ok()).collect()
        };
        let goal = tasks as u32;
        let mut durations = each(&project.duration)?;
        let mut lags = Vec::with_capacity(project.links.len() + tasks);
        for link in &project.links {
            let lag = i32::try_from(project.lag(link, link.before as usize)).ok()?;
            lags.push((link.before, link.after, lag));
        }
        // What has a tail is followed by something that ends later.
        let last = (0..tasks).filter(|&task| windows.tail[task] == 0);
        lags.extend(last.map(|task| (task as u32, goal, durations[task])));
        let mut earliest: Vec<i32> =
            windows.head.iter().map(|&head| whole(head)).collect::<Option<_>>()?;
        let after = |task: usize| windows.tail[task] + windows.shortest[task];
        let mut latest: Vec<i32> = (0..tasks)
            .map(|task| whole(until)?.checked_sub(whole(after(task))?))
            .collect::<Option<_>>()?;
        let mut uses = each(&project.uses)?;
        durations.push(0);
        earliest.push(0);
        latest.push(whole(until)?);
        uses.extend(project.capacity.iter().map(|_| 0));
        let prover = Prover::new(&Question {
            durations: &durations,
            uses: &uses,
            capacities: &each(&project.capacity)?,
            lags: &lags,
            earliest: &earliest,
            latest: &latest,
            goal,
        })?;
        Some(Proving { prover, tasks, found: None, bound: 0, is_closed: false })
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
        if let Some((timetable, makespan)) = best {
            let mut starts: Vec<i32> =
                timetable.start.iter().map(|&start| number(u64::from(start))).collect();
            starts.push(number(makespan));
            self.prover.tell(&starts);
        }
        // A bound above the best schedule's end would be a mistake elsewhere; it is not taken over.
        if bound <= best.map_or(u64::MAX, |best| best.1) {
            self.prover.tell_bound(number(bound));
        }
        let until = self.prover.work().saturating_add(work);
        while !self.is_closed {
            let left = until.saturating_sub(self.prover.work());
            match self.prover.run(left, &mut || stop()) {
                Finding::Better(starts) => {
                    let own = starts[..self.tasks].iter();
                    self.found = Some(own.map(|&start| start.max(0).unsigned_abs()).collect());
                }
                Finding::Raised(_) => {}
                Finding::Closed => self.is_closed = true,
                Finding::Paused => break,
            }
        }
        self.bound = u64::from(self.prover.lower_bound().max(0).unsigned_abs());
    }
}
