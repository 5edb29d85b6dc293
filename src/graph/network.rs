//! The dependencies that bind, laid out so that a pass reads them in a row.

use super::CalendarRank;
use crate::model::{CalendarId, Id, Keyed, Link, Production, TaskId, Timeline};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One dependency between two open tasks, seen from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The task at the other end.
    pub task: TaskId,
    /// What waits for what.
    pub link: Link,
    /// Lag in working slots of `calendar`; may be negative.
    pub lag: i32,
    /// Review of the earlier task, in working slots of `calendar`.
    pub review: i32,
    /// Share of the earlier task, in basis points, that may still be ahead (finish to start only).
    pub overlap: i64,
    /// The calendar of the earlier task's show, in which lag and review are counted.
    pub calendar: CalendarId,
    /// The row in [`Production::dependencies`].
    pub row: u32,
}

impl Edge {
    /// Lag and review together, for the links that wait for a reviewed finish.
    pub fn lag_and_review(&self) -> i32 {
        self.lag.saturating_add(self.review)
    }
    /// Whether the later task may start on an early publish of the earlier one.
    pub fn has_overlap(&self) -> bool {
        self.link == Link::FinishToStart && self.overlap > 0
    }
}

/// The open tasks of a production and the dependencies between them.
///
/// Dependencies with a done task, or of a task with itself, do not bind and are left out.
#[derive(Clone, Debug)]
pub struct Network {
    open: Keyed<TaskId, bool>,
    calendar: Keyed<TaskId, CalendarId>,
    ranks: Keyed<CalendarId, CalendarRank>,
    /// Where the edges of each task begin; one more entry than tasks.
    predecessors_from: Vec<u32>,
    predecessors: Vec<Edge>,
    successors_from: Vec<u32>,
    successors: Vec<Edge>,
    order: Vec<TaskId>,
    open_tasks: usize,
    timeline: Timeline,
}

impl Network {
    /// Reads the dependencies of `production`.
    pub fn new(production: &Production) -> Network {
        Network::over(production, production.timeline())
    }

    /// The same over a timeline of the caller's choice.
    pub fn over(production: &Production, timeline: Timeline) -> Network {
        let tasks = production.tasks.len();
        let open: Keyed<TaskId, bool> =
            production.tasks.ids().map(|task| production.is_open(task)).collect();
        let calendar: Keyed<TaskId, CalendarId> = production
            .tasks
            .iter()
            .map(|task| production.shows[production.show_of(task.entity)].calendar)
            .collect();
        let ranks = production.calendars.iter().map(|c| CalendarRank::new(c, &timeline)).collect();
        let binding = || {
            production
                .dependencies
                .iter()
                .enumerate()
                .filter(|(_, row)| row.from != row.to && open[row.from] && open[row.to])
        };
        let (mut into, mut out_of) = (vec![0_u32; tasks + 1], vec![0_u32; tasks + 1]);
        for (_, row) in binding() {
            into[row.to.index() + 1] += 1;
            out_of[row.from.index() + 1] += 1;
        }
        for task in 0..tasks {
            into[task + 1] += into[task];
            out_of[task + 1] += out_of[task];
        }
        let count = into[tasks] as usize;
        let blank = Edge {
            task: TaskId::new(0),
            link: Link::FinishToStart,
            lag: 0,
            review: 0,
            overlap: 0,
            calendar: CalendarId::new(0),
            row: 0,
        };
        let (mut predecessors, mut successors) = (vec![blank; count], vec![blank; count]);
        let (mut next_in, mut next_out) = (into.clone(), out_of.clone());
        for (index, row) in binding() {
            let edge = |task| Edge {
                task,
                link: row.link,
                lag: row.lag,
                review: i32::try_from(production.tasks[row.from].review).unwrap_or(i32::MAX),
                overlap: row.overlap.clamp(0, 10_000),
                calendar: calendar[row.from],
                row: index as u32,
            };
            let place = &mut next_in[row.to.index()];
            predecessors[*place as usize] = edge(row.from);
            *place += 1;
            let place = &mut next_out[row.from.index()];
            successors[*place as usize] = edge(row.to);
            *place += 1;
        }
        let open_tasks = open.iter().filter(|open| **open).count();
        let mut network = Network {
            open,
            calendar,
            ranks,
            predecessors_from: into,
            predecessors,
            successors_from: out_of,
            successors,
            order: Vec::new(),
            open_tasks,
            timeline,
        };
        network.order = network.topological();
        network
    }

    /// Whether the task still has to happen.
    pub fn is_open(&self, task: TaskId) -> bool {
        self.open[task]
    }
    /// Number of tasks, open or not.
    pub fn tasks(&self) -> usize {
        self.open.len()
    }
    /// What `task` waits for, in the order of the production's rows.
    pub fn predecessors(&self, task: TaskId) -> &[Edge] {
        let from = &self.predecessors_from[task.index()..];
        &self.predecessors[from[0] as usize..from[1] as usize]
    }
    /// What waits for `task`, in the order of the production's rows.
    pub fn successors(&self, task: TaskId) -> &[Edge] {
        let from = &self.successors_from[task.index()..];
        &self.successors[from[0] as usize..from[1] as usize]
    }
    /// Number of dependencies that bind.
    pub fn edges(&self) -> usize {
        self.predecessors.len()
    }
    /// The calendar of a task's show.
    pub fn calendar_of(&self, task: TaskId) -> &CalendarRank {
        &self.ranks[self.calendar[task]]
    }
    /// A calendar of the production over the timeline.
    pub fn calendar(&self, calendar: CalendarId) -> &CalendarRank {
        &self.ranks[calendar]
    }
    /// The timeline that boundaries are counted on.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }
    /// The open tasks so that each comes after all it waits for, the lowest id first where there is
    /// a choice; `None` when some wait in a loop ([`cycles`](super::cycles) names them).
    pub fn order(&self) -> Option<&[TaskId]> {
        (self.order.len() == self.open_tasks).then_some(&*self.order)
    }
    /// As [`order`](Self::order), but without the tasks in a loop and those behind one.
    pub fn order_before_loops(&self) -> &[TaskId] {
        &self.order
    }

    fn topological(&self) -> Vec<TaskId> {
        let mut waits: Vec<u32> =
            self.predecessors_from.windows(2).map(|from| from[1] - from[0]).collect();
        let mut ready: BinaryHeap<Reverse<TaskId>> = self
            .open
            .enumerate()
            .filter(|(task, open)| **open && waits[task.index()] == 0)
            .map(|(task, _)| Reverse(task))
            .collect();
        let mut order = Vec::with_capacity(self.open_tasks);
        while let Some(Reverse(task)) = ready.pop() {
            order.push(task);
            for edge in self.successors(task) {
                let left = &mut waits[edge.task.index()];
                *left -= 1;
                if *left == 0 {
                    ready.push(Reverse(edge.task));
                }
            }
        }
        order
    }
}
