//! Who waits for whom, in both directions of time, as arcs into each task.

use crate::formulate::Project;

/// `start >= time[from] + lag`, where `time` holds start and end of each task side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Twice the number of the other task, plus 1 when its end is meant.
    pub from: u32,
    /// Least distance.
    pub lag: i32,
}

impl Arc {
    /// The other task.
    pub fn task(self) -> usize {
        (self.from / 2) as usize
    }
}

/// The arcs into each task, in one direction of time.
#[derive(Clone, Debug, Default)]
pub struct Side {
    first: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Side {
    fn of(tasks: usize, mut arcs: Vec<(u32, Arc)>) -> Side {
        // Of several arcs between the same two times only the longest counts.
        arcs.sort_unstable_by_key(|(into, arc)| (*into, arc.from, std::cmp::Reverse(arc.lag)));
        arcs.dedup_by_key(|(into, arc)| (*into, arc.from));
        let mut first = vec![0u32; tasks + 1];
        for (into, _) in &arcs {
            first[*into as usize + 1] += 1;
        }
        for task in 0..tasks {
            first[task + 1] += first[task];
        }
        Side { first, arcs: arcs.into_iter().map(|(_, arc)| arc).collect() }
    }

    /// The arcs into a task.
    #[inline]
    pub fn arcs_into(&self, task: usize) -> &[Arc] {
        &self.arcs[self.first[task] as usize..self.first[task + 1] as usize]
    }
}

/// Buffers to put tasks in order.
#[derive(Clone, Debug, Default)]
pub struct Ordering {
    seen: Vec<bool>,
    open: Vec<(u32, u32)>,
}

impl Ordering {
    /// Puts the tasks of `wanted` into `list` in their order, but each after those it waits for in a direction of time.
    ///
    /// ```
    /// use shotplan::formulate::{Link, Project};
    /// use shotplan::solve::project::network::{Network, Ordering};
    /// let mut project = Project::new(0, 0);
    /// (0..3).for_each(|_| drop(project.add_task(&[(1, &[], &[])])));
    /// project.links.push(Link::after_end(2, 0));
    /// let network = Network::of(&project).unwrap();
    /// let mut list = Vec::new();
    /// Ordering::default().put(&network.forward, &[1, 0, 2], &mut list);
    /// assert_eq!(list, [1, 2, 0]);
    /// ```
    pub fn put(&mut self, side: &Side, wanted: &[u32], list: &mut Vec<u32>) {
        let Ordering { seen, open } = self;
        seen.clear();
        seen.resize(wanted.len(), false);
        list.clear();
        for &task in wanted {
            if std::mem::replace(&mut seen[task as usize], true) {
                continue;
            }
            open.push((task, 0));
            while let Some((task, at)) = open.pop() {
                match side.arcs_into(task as usize).get(at as usize) {
                    None => list.push(task),
                    Some(arc) => {
                        open.push((task, at + 1));
                        if !std::mem::replace(&mut seen[arc.task()], true) {
                            open.push((arc.task() as u32, 0));
                        }
                    }
                }
            }
        }
    }
}

/// The links of a project without loops.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// All tasks, each after those it waits for.
    pub order: Vec<u32>,
    /// Arcs from what comes before.
    pub forward: Side,
    /// Arcs from what comes after, with time running backwards: start and end change places.
    pub backward: Side,
    /// Whether nothing can start, or end, before what it waits for: an order of times is one of links.
    pub keeps_order: bool,
}

impl Network {
    /// The network of a project; `None` when its links form a loop (as largest distances do).
    pub fn of(project: &Project) -> Option<Network> {
        let tasks = project.tasks();
        let single = project.single_modes();
        let mut forward = Vec::with_capacity(project.links.len());
        let mut backward = Vec::with_capacity(project.links.len());
        for link in &project.links {
            let (before, after) = (link.before, link.after);
            match (&single, link.from_end) {
                (Some(modes), from_end) => {
                    // All distances as counted from the end.
                    let own = project.duration[modes[before as usize] as usize] as i32;
                    let lag = if from_end { link.lag } else { link.lag - own };
                    forward.push((after, Arc { from: 2 * before + 1, lag }));
                    backward.push((before, Arc { from: 2 * after + 1, lag }));
                }
                (None, true) => {
                    forward.push((after, Arc { from: 2 * before + 1, lag: link.lag }));
                    backward.push((before, Arc { from: 2 * after + 1, lag: link.lag }));
                }
                (None, false) => {
                    forward.push((after, Arc { from: 2 * before, lag: link.lag }));
                    // Backwards only a weaker arc is the same for all modes: the longest mode of
                    // `before` keeps it true, and `generation` does not justify such projects.
                    backward.push((before, Arc { from: 2 * after + 1, lag: i32::MIN / 4 }));
                }
            }
        }
        let keeps_order = forward.iter().all(|(_, arc)| arc.lag >= 0);
        let forward = Side::of(tasks, forward);
        let backward = Side::of(tasks, backward);
        let order = in_order(tasks, |task| backward.arcs_into(task).iter().map(|arc| arc.task()))?;
        let order = order.into_iter().map(|task| task as u32).collect();
        Some(Network { order, forward, backward, keeps_order })
    }
}

/// Every task after those it waits for, smallest number first; `None` when there is a loop. `after` names those
/// that wait for a task.
///
/// ```
/// use shotplan::solve::project::network::in_order;
/// // Task 0 waits for 2.
/// let after = [vec![], vec![], vec![0]];
/// assert_eq!(in_order(3, |task| after[task].iter().copied()), Some(vec![1, 2, 0]));
/// assert_eq!(in_order(1, |_| [0].into_iter()), None);
/// ```
pub fn in_order<I: Iterator<Item = usize>>(
    tasks: usize,
    after: impl Fn(usize) -> I,
) -> Option<Vec<usize>> {
    let mut open = vec![0_usize; tasks];
    (0..tasks).flat_map(&after).for_each(|next| open[next] += 1);
    let mut order: Vec<usize> = (0..tasks).filter(|&task| open[task] == 0).collect();
    let mut at = 0;
    while at < order.len() {
        for next in after(order[at]) {
            open[next] -= 1;
            if open[next] == 0 {
                order.push(next);
            }
        }
        at += 1;
    }
    (order.len() == tasks).then_some(order)
}
