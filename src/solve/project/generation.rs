//! Serial schedule generation: tasks in the order of a list, each as early as links and resources let
//! it (Kelley, *The critical-path method: resources planning and scheduling*, 1963), and its mirror
//! image from the end of the project.

use super::draws::Draws;
use super::modes::Modes;
use super::network::Side;
use super::profile::Profile;
use super::shape::{Packed, Shape};

/// Values from here on are schedules that break a rule, the more the worse.
pub const BROKEN: u64 = 1 << 48;

/// A way to make a schedule out of a list of tasks, each of which stands after those it waits for.
/// One file each: resources here, `reservoirs`, `teams`.
pub trait Scheme: Clone + Send + Sync {
    /// The project.
    fn shape(&self) -> &Shape;

    /// Schedules the tasks of `list` in these modes. Gives the end of the last, or `None` when the
    /// order leads nowhere.
    fn forward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32>;

    /// The same with time running backwards from 0; releases do not count.
    fn backward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32>;

    /// Start and end of each task in the last schedule, side by side.
    fn times(&self) -> &[i32];

    /// As `forward`, but some tasks (so many in 1,000) take the mode in which they end first, as far
    /// as the budgets allow.
    fn choose(
        &mut self,
        modes: &mut [u32],
        list: &[u32],
        _choice: &Modes,
        _per_mille: usize,
        _draws: &mut Draws,
    ) -> Option<u32> {
        self.forward(modes, list)
    }

    /// Draws whatever the scheme decides at random.
    fn vary(&mut self, _draws: &mut Draws) {}

    /// What the last schedule, which ends at `end`, is worth: less is better, [`BROKEN`] and above
    /// breaks a rule.
    fn value(&self, end: u32) -> u64 {
        u64::from(end)
    }

    /// Who does the tasks of the last schedule: (task, person, skill).
    fn team(&self) -> &[(u32, u32, u32)] {
        &[]
    }
}

/// Renewable resources.
#[derive(Clone, Debug)]
pub struct Resources<'a, const W: usize> {
    shape: &'a Shape,
    packed: &'a Packed<W>,
    profile: Profile<W>,
    /// Start and end of each task side by side.
    time: Vec<i32>,
    slack: Vec<i64>,
}

impl<'a, const W: usize> Resources<'a, W> {
    /// Buffers for a project.
    pub fn new(shape: &'a Shape, packed: &'a Packed<W>) -> Resources<'a, W> {
        Resources {
            shape,
            packed,
            profile: Profile::new(packed.lanes, &packed.capacity, 256),
            time: vec![0; 2 * shape.tasks],
            slack: Vec::new(),
        }
    }

    fn run(&mut self, side: &Side, release: Option<&[u32]>, modes: &[u32], list: &[u32]) -> u32 {
        self.profile.clear();
        let mut last = 0;
        for &task in list {
            let task = task as usize;
            let mode = modes[task] as usize;
            let duration = self.shape.duration[mode];
            let mut earliest = release.map_or(0, |release| release[task] as i32);
            for arc in side.arcs_into(task) {
                earliest = earliest.max(self.time[arc.from as usize] + arc.lag);
            }
            let start = match duration {
                0 => earliest as usize,
                _ => {
                    let uses = &self.packed.uses[mode];
                    self.profile.place(earliest as usize, duration as usize, uses)
                }
            };
            let end = start as i32 + duration as i32;
            self.time[2 * task] = start as i32;
            self.time[2 * task + 1] = end;
            last = last.max(end);
        }
        last as u32
    }
}

impl<const W: usize> Scheme for Resources<'_, W> {
    fn shape(&self) -> &Shape {
        self.shape
    }

    fn forward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32> {
        let shape = self.shape;
        Some(self.run(&shape.network.forward, Some(&shape.release), modes, list))
    }

    fn backward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32> {
        let shape = self.shape;
        Some(self.run(&shape.network.backward, None, modes, list))
    }

    fn times(&self) -> &[i32] {
        &self.time
    }

    fn choose(
        &mut self,
        modes: &mut [u32],
        list: &[u32],
        choice: &Modes,
        per_mille: usize,
        draws: &mut Draws,
    ) -> Option<u32> {
        let shape = self.shape;
        let mut slack = std::mem::take(&mut self.slack);
        choice.slack(modes, &mut slack);
        self.profile.clear();
        let mut last = 0;
        for &task in list {
            let task = task as usize;
            // Starts of a task do not depend on its own mode, but on those before it.
            let mut earliest = shape.release[task] as i32;
            for arc in shape.network.forward.arcs_into(task) {
                earliest = earliest.max(self.time[arc.from as usize] + arc.lag);
            }
            let now = modes[task];
            let fit = |profile: &mut Profile<W>, mode: u32| {
                let duration = shape.duration[mode as usize] as usize;
                match duration {
                    0 => earliest as usize,
                    _ => {
                        let uses = &self.packed.uses[mode as usize];
                        profile.first_fit(earliest as usize, duration, uses)
                    }
                }
            };
            let mut start = fit(&mut self.profile, now);
            let mut best = now;
            if draws.chance(per_mille) {
                let mut end = start + shape.duration[now as usize] as usize;
                for &mode in choice.list(task) {
                    let duration = shape.duration[mode as usize] as usize;
                    if mode == now || earliest as usize + duration >= end {
                        continue;
                    }
                    if choice.is_affordable(&slack, now, mode) {
                        let other = fit(&mut self.profile, mode);
                        if other + duration < end {
                            (start, end, best) = (other, other + duration, mode);
                        }
                    }
                }
                if best != now {
                    choice.switch(&mut slack, now, best);
                    modes[task] = best;
                }
            }
            let duration = shape.duration[best as usize];
            if duration > 0 {
                self.profile.take(start, duration as usize, &self.packed.uses[best as usize]);
            }
            let end = start as i32 + duration as i32;
            self.time[2 * task] = start as i32;
            self.time[2 * task + 1] = end;
            last = last.max(end);
        }
        self.slack = slack;
        Some(last as u32)
    }
}
