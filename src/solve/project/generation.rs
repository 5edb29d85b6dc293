//! Serial schedule generation: tasks in the order of a list, each as early as links and resources let
//! it (Kelley, *The critical-path method: resources planning and scheduling*, 1963), and its mirror
//! image from the end of the project.

use super::compiled::Compiled;
use super::network::Side;
use super::profile::Profile;

/// Buffers to make one schedule after the other.
#[derive(Clone, Debug)]
pub struct Generator<const W: usize> {
    profile: Profile<W>,
    /// Start and end of each task side by side.
    time: Vec<i32>,
    count: Vec<u32>,
}

impl<const W: usize> Generator<W> {
    /// Buffers for a project.
    pub fn new(project: &Compiled<W>) -> Generator<W> {
        Generator {
            profile: Profile::new(project.lanes, &project.capacity, 256),
            time: vec![0; 2 * project.tasks],
            count: Vec::new(),
        }
    }

    /// Schedules the tasks of `list`, each after those it waits for, in these modes. Gives the
    /// makespan.
    pub fn forward(&mut self, project: &Compiled<W>, modes: &[u32], list: &[u32]) -> u32 {
        self.run(project, &project.network.forward, modes, list, true)
    }

    fn run(
        &mut self,
        project: &Compiled<W>,
        side: &Side,
        modes: &[u32],
        list: &[u32],
        with_release: bool,
    ) -> u32 {
        self.profile.clear();
        let mut last = 0;
        for &task in list {
            let task = task as usize;
            let mode = modes[task] as usize;
            let duration = project.duration[mode];
            let mut earliest = if with_release { project.release[task] as i32 } else { 0 };
            for arc in side.arcs_into(task) {
                earliest = earliest.max(self.time[arc.from as usize] + arc.lag);
            }
            let start = match duration {
                0 => earliest as usize,
                _ => self.profile.place(earliest as usize, duration as usize, &project.uses[mode]),
            };
            let end = start as i32 + duration as i32;
            self.time[2 * task] = start as i32;
            self.time[2 * task + 1] = end;
            last = last.max(end);
        }
        last as u32
    }

    /// The start of a task in the last schedule.
    pub fn start(&self, task: usize) -> u32 {
        self.time[2 * task] as u32
    }

    /// Start and end of each task in the last schedule, side by side.
    pub fn times(&self) -> &[i32] {
        &self.time
    }

    /// Puts the tasks of the last schedule in the order of their starts.
    pub fn list_by_start(&mut self, project: &Compiled<W>, list: &mut Vec<u32>) {
        sort_by(&mut self.count, project.network.order.iter().copied(), list, |task| {
            self.time[2 * task as usize]
        });
    }

    /// Shifts the schedule as far right and then as far left as it goes (Valls, Ballestín and
    /// Quintanilla, *Justification and RCPSP: a technique that pays*, 2005). Gives the makespan, which
    /// never grows, and leaves the order of the schedule in `list`.
    pub fn justify(
        &mut self,
        project: &Compiled<W>,
        modes: &[u32],
        list: &mut Vec<u32>,
        makespan: u32,
    ) -> u32 {
        let Generator { count, time, .. } = self;
        let reversed = project.network.order.iter().rev().copied();
        let end = makespan as i32;
        sort_by(count, reversed, list, |task| end - time[2 * task as usize + 1]);
        self.run(project, &project.network.backward, modes, list, false);
        // In mirrored time the task that ends last starts first.
        let Generator { count, time, .. } = self;
        let last = list.iter().map(|&task| time[2 * task as usize + 1]).max().unwrap_or(0);
        sort_by(count, project.network.order.iter().copied(), list, |task| {
            last - time[2 * task as usize + 1]
        });
        self.forward(project, modes, list)
    }
}

/// Tasks by a key from 0, those of equal key in the order they come in.
fn sort_by(
    count: &mut Vec<u32>,
    tasks: impl Iterator<Item = u32> + Clone,
    list: &mut Vec<u32>,
    key: impl Fn(u32) -> i32,
) {
    let most = tasks.clone().map(&key).max().unwrap_or(0).max(0) as usize;
    list.clear();
    if most > 64 + 16 * tasks.clone().count() {
        list.extend(tasks);
        list.sort_by_key(|&task| key(task));
        return;
    }
    count.clear();
    count.resize(most + 2, 0);
    for task in tasks.clone() {
        count[key(task) as usize + 1] += 1;
    }
    for at in 0..=most {
        count[at + 1] += count[at];
    }
    list.resize(count[most + 1] as usize, 0);
    for task in tasks {
        let place = &mut count[key(task) as usize];
        list[*place as usize] = task;
        *place += 1;
    }
}
