//! List scheduling: an order of tasks becomes a schedule with named artists.
//!
//! Tasks are taken by their keys, but never before those they wait for (serial schedule
//! generation). Nothing is allocated while a schedule is made.
//!
//! Kolisch, R., and Hartmann, S. (1999), "Heuristic algorithms for solving the resource-constrained
//! project scheduling problem".

use super::board::Board;
use super::place::{Placer, Taste, Urgency};
use crate::formulate::Problem;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Tasks placed between two looks at whether to stop.
const BETWEEN_LOOKS: u32 = 256;

/// The buffers in which schedules are made.
#[derive(Clone, Debug)]
pub struct Decoder {
    /// The board with the schedule made last.
    pub board: Board,
    placer: Placer,
    missing: Vec<u32>,
    ready: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Decoder {
    /// Buffers for a problem.
    pub fn new(problem: &Problem) -> Decoder {
        let tasks = problem.jobs.len();
        Decoder {
            board: Board::new(problem),
            placer: Placer::default(),
            missing: vec![0; tasks],
            ready: BinaryHeap::with_capacity(tasks),
        }
    }

    /// Makes the schedule in which tasks are taken by ascending `keys`; `false` if it was stopped
    /// half-way.
    pub fn decode(
        &mut self,
        problem: &Problem,
        keys: &[i64],
        urgency: &Urgency,
        taste: Taste,
        stop: &dyn Fn() -> bool,
    ) -> bool {
        self.board.clear();
        self.placer.seed(1);
        self.ready.clear();
        for (task, missing) in self.missing.iter_mut().enumerate() {
            *missing = problem.waits_of[task + 1] - problem.waits_of[task];
            if *missing == 0 {
                self.ready.push(Reverse((keys[task], task as u32)));
            }
        }
        let mut to_look = 0;
        while let Some(Reverse((_, task))) = self.ready.pop() {
            if to_look == 0 {
                if stop() {
                    return false;
                }
                to_look = BETWEEN_LOOKS;
            }
            to_look -= 1;
            self.placer.place(problem, &mut self.board, task, urgency, taste);
            for wait in problem.followers(task) {
                let missing = &mut self.missing[wait.to as usize];
                *missing -= 1;
                if *missing == 0 {
                    self.ready.push(Reverse((keys[wait.to as usize], wait.to)));
                }
            }
        }
        self.board.schedule.list_unplaced(problem);
        true
    }
}
