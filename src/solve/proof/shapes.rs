//! Shapes: how long a task runs and what it takes meanwhile, as far as that is decided.
//!
//! A task with one mode has one shape. A task with several begins with what they have in common, the
//! shortest duration and the least of each resource, and takes the shape of a mode once that is picked.
//! Two kinds of variables decide: a level that counts its modes from the shortest to the longest, so
//! that "not the two shortest" is one literal, and a pick for each mode, so that "not this one" is too.
//! Clauses tie them: a mode is picked if and only if the level is at it.
//!
//! Tiny case: modes of 2 and of 5; nothing decided, it runs for 2 at least; level 1, it runs for 5.

use super::domains::{Domains, Lit, NONE};

#[derive(Debug, Default)]
pub(super) struct Shapes {
    tasks: usize,
    resources: usize,
    /// Duration of each shape: one a task, then one a mode of the tasks that have several.
    pub durations: Vec<i32>,
    /// What each shape takes: shape by shape.
    pub uses: Vec<i32>,
    /// Where the modes of each task begin among the shapes; empty for tasks with one mode.
    first: Vec<u32>,
    /// Level of each task, `NONE` = it has one mode.
    level: Vec<u32>,
    /// Pick of each shape, `NONE` = it is not a mode's.
    pick: Vec<u32>,
    /// The first of these variables, and the task and shape of each (`NONE` = a level).
    first_var: u32,
    meant: Vec<(u32, u32)>,
}

impl Shapes {
    /// Gives levels and picks to the tasks that have several modes, which must be in ascending order
    /// of duration.
    pub fn new(
        domains: &mut Domains,
        first_mode: &[u32],
        durations: &[i32],
        uses: &[i32],
        resources: usize,
    ) -> Self {
        let tasks = first_mode.len() - 1;
        let modes = |task: usize| first_mode[task] as usize..first_mode[task + 1] as usize;
        let takes = |mode: usize| -> Vec<i32> {
            // What takes no time takes nothing, whatever it asks for.
            let own = &uses[mode * resources..(mode + 1) * resources];
            own.iter().map(|&uses| if durations[mode] == 0 { 0 } else { uses }).collect()
        };
        let mut shapes =
            Self { tasks, resources, first_var: domains.bound.len() as u32 / 2, ..Self::default() };
        for task in 0..tasks {
            shapes.durations.push(modes(task).map(|mode| durations[mode]).min().unwrap_or(0));
            let all: Vec<Vec<i32>> = modes(task).map(takes).collect();
            let least = |r: usize| all.iter().map(|uses| uses[r]).min().unwrap_or(0);
            shapes.uses.extend((0..resources).map(least));
            shapes.pick.push(NONE);
        }
        for task in 0..tasks {
            shapes.first.push(shapes.durations.len() as u32);
            if modes(task).len() < 2 {
                shapes.level.push(NONE);
                continue;
            }
            shapes.level.push(domains.add(0, modes(task).len() as i32 - 1));
            shapes.meant.push((task as u32, NONE));
            for mode in modes(task) {
                let shape = shapes.durations.len() as u32;
                shapes.durations.push(durations[mode]);
                shapes.uses.extend(takes(mode));
                shapes.pick.push(domains.add(0, 1));
                shapes.meant.push((task as u32, shape));
            }
        }
        shapes.first.push(shapes.durations.len() as u32);
        shapes
    }

    /// What ties levels to picks.
    pub fn clauses(&self) -> Vec<Vec<Lit>> {
        let mut clauses = Vec::new();
        for task in 0..self.tasks as u32 {
            let level = self.level[task as usize];
            let last = self.modes(task).len() as i32 - 1;
            for (at, shape) in self.modes(task).enumerate() {
                let (at, pick) = (at as i32, self.pick[shape]);
                let mut reached = vec![Lit::at_least(pick, 1)];
                if at > 0 {
                    clauses.push(vec![Lit::at_most(pick, 0), Lit::at_least(level, at)]);
                    reached.push(Lit::at_most(level, at - 1));
                }
                if at < last {
                    clauses.push(vec![Lit::at_most(pick, 0), Lit::at_most(level, at)]);
                    reached.push(Lit::at_least(level, at + 1));
                }
                clauses.push(reached);
            }
        }
        clauses
    }

    /// The shapes of a task's modes; none where it has one mode.
    #[inline]
    pub fn modes(&self, task: u32) -> std::ops::Range<usize> {
        self.first[task as usize] as usize..self.first[task as usize + 1] as usize
    }

    /// Modes of all tasks that have several: what it takes to look at each once.
    pub fn all_modes(&self) -> u64 {
        (self.durations.len() - self.tasks) as u64
    }

    /// Duration of the least shape of each task.
    pub fn least_durations(&self) -> &[i32] {
        &self.durations[..self.tasks]
    }

    /// What the least shape of each task takes, task by task.
    pub fn least_uses(&self) -> &[i32] {
        &self.uses[..self.tasks * self.resources]
    }

    /// The literal that a shape is picked.
    #[inline]
    pub fn picked(&self, shape: usize) -> Option<Lit> {
        let pick = self.pick[shape];
        (pick != NONE).then(|| Lit::at_least(pick, 1))
    }

    /// The task and the shape that a literal about a pick is about.
    pub fn meant(&self, lit: Lit) -> Option<(u32, usize)> {
        let at = (lit.half / 2).checked_sub(self.first_var)?;
        let &(task, shape) = self.meant.get(at as usize)?;
        (shape != NONE).then_some((task, shape as usize))
    }

    /// The shape of a task as it was before entry `before` of the trail.
    #[inline]
    pub fn shape_at(&self, domains: &Domains, task: u32, before: usize) -> usize {
        let is_picked = |shape: &usize| domains.bound_at(2 * self.pick[*shape], before) >= 1;
        self.modes(task).find(is_picked).unwrap_or(task as usize)
    }

    /// The level of a task that has several modes.
    pub fn level(&self, task: u32) -> Option<u32> {
        let level = self.level[task as usize];
        (level != NONE).then_some(level)
    }

    /// The mode of each task, counted from its shortest; all must be decided.
    pub fn chosen(&self, domains: &Domains) -> Vec<u32> {
        let level = |task: u32| self.level(task).map_or(0, |level| domains.low(level) as u32);
        (0..self.tasks as u32).map(level).collect()
    }

    /// Writes a choice of modes, counted from the shortest, into the values of all variables.
    pub fn guide(&self, modes: &[u32], guide: &mut Vec<i32>) {
        guide.resize(self.first_var as usize, 0);
        for &(task, shape) in &self.meant {
            let mode = modes.get(task as usize).copied().unwrap_or(0);
            guide.push(match shape {
                NONE => mode as i32,
                shape => i32::from(shape == self.first[task as usize] + mode),
            });
        }
    }
}
