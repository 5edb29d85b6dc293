//! Heads and tails: the least time before each task and after it, by its links alone.

use crate::formulate::Project;

/// Least times around each task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// No schedule starts the task before.
    pub head: Vec<u64>,
    /// No schedule ends less than this after the end of the task.
    pub tail: Vec<u64>,
    /// Shortest duration of each task.
    pub shortest: Vec<u64>,
}

/// Links that ask a task to start after itself: no schedule exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loop;

impl Windows {
    /// Heads and tails of a project, also one with largest distances.
    ///
    /// ```
    /// use shotplan::formulate::{Link, Project};
    /// use shotplan::solve::project::bounds::Windows;
    /// let mut project = Project::new(0, 0);
    /// let first = project.add_task(&[(3, &[], &[])]);
    /// let second = project.add_task(&[(2, &[], &[])]);
    /// project.links.push(Link::after_end(first, second));
    /// let windows = Windows::of(&project).unwrap();
    /// assert_eq!((&windows.head[..], &windows.tail[..]), (&[0, 3][..], &[2, 0][..]));
    /// // The second within 2 units of the first's start: a loop that cannot be kept.
    /// project.links.push(Link::start_to_start(second, first, -2));
    /// assert!(Windows::of(&project).is_err());
    /// ```
    ///
    /// # Errors
    /// When the links alone rule out every schedule.
    pub fn of(project: &Project) -> Result<Windows, Loop> {
        let tasks = project.tasks();
        let shortest: Vec<i64> = (0..tasks)
            .map(|task| project.modes(task).map(|mode| project.duration[mode]).min().unwrap_or(0))
            .map(i64::from)
            .collect();
        // The least distance of a link from start to start, whatever the mode.
        let distance = |link: &crate::formulate::Link| {
            i64::from(link.lag) + if link.from_end { shortest[link.before as usize] } else { 0 }
        };
        let arcs: Vec<(usize, usize, i64)> = project
            .links
            .iter()
            .map(|link| (link.before as usize, link.after as usize, distance(link)))
            .collect();
        let mut head: Vec<i64> =
            project.release.iter().map(|&release| i64::from(release)).collect();
        settle(tasks, &arcs, &mut head)?;
        // From the start of a task to the end of the project.
        let mut left = shortest.clone();
        let back: Vec<_> = arcs.iter().map(|&(before, after, lag)| (after, before, lag)).collect();
        settle(tasks, &back, &mut left)?;
        // After the end of a task; from its start when it may take longer, its longest mode goes off.
        let mut tail = vec![0i64; tasks];
        for link in &project.links {
            let (before, after) = (link.before as usize, link.after as usize);
            let own = match link.from_end {
                true => 0,
                false => {
                    let longest = project.modes(before).map(|mode| project.duration[mode]).max();
                    i64::from(longest.unwrap_or(0))
                }
            };
            tail[before] = tail[before].max(i64::from(link.lag) - own + left[after]);
        }
        let whole = |times: Vec<i64>| -> Vec<u64> {
            times.into_iter().map(|time| time.max(0).unsigned_abs()).collect()
        };
        Ok(Windows { head: whole(head), tail: whole(tail), shortest: whole(shortest) })
    }

    /// The critical path.
    pub fn makespan(&self, project: &Project) -> u64 {
        let paths = (0..project.tasks())
            .map(|task| self.head[task] + self.shortest[task] + self.tail[task]);
        paths.max().unwrap_or(0)
    }
}

/// Longest paths: `time[to] >= time[from] + lag` for all arcs (Bellman and Ford). Tasks whose time
/// changed are looked at again, first come first served.
fn settle(tasks: usize, arcs: &[(usize, usize, i64)], time: &mut [i64]) -> Result<(), Loop> {
    let mut first = vec![0usize; tasks + 1];
    for &(from, _, _) in arcs {
        first[from + 1] += 1;
    }
    for task in 0..tasks {
        first[task + 1] += first[task];
    }
    let mut out = vec![(0usize, 0i64); arcs.len()];
    let mut at = first.clone();
    for &(from, to, lag) in arcs {
        out[at[from]] = (to, lag);
        at[from] += 1;
    }
    // A path without a loop has fewer arcs than there are tasks.
    let mut length = vec![0usize; tasks];
    let mut waits = vec![true; tasks];
    let mut queue: std::collections::VecDeque<usize> = (0..tasks).collect();
    while let Some(from) = queue.pop_front() {
        waits[from] = false;
        for &(to, lag) in &out[first[from]..first[from + 1]] {
            if time[from] + lag > time[to] {
                time[to] = time[from] + lag;
                length[to] = length[from] + 1;
                if length[to] >= tasks.max(1) || to == from {
                    return Err(Loop);
                }
                if !waits[to] {
                    waits[to] = true;
                    queue.push_back(to);
                }
            }
        }
    }
    Ok(())
}
