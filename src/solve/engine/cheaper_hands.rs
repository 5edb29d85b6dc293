//! Cheaper hands: work is given to somebody who costs less where nothing is later for it.
//!
//! Plans are made task by task, each by who can end it soonest. Once the plan is whole, who that was may be dear: a
//! freelancer, or somebody in overtime, while a colleague has time in the same week; one more artist on a sequence; one
//! more change between two of them. When the passes of [`unhurried`](super::unhurried) come to a task it has most room: on
//! the way to the right all that waits for it has moved as far as it can, on the way back all that it waits for. Everybody
//! who can do it is asked for the earliest gap in that room.
//!
//! Savelsbergh, M. (1992), "The vehicle routing problem with time windows: minimizing route duration", for moves of one
//! customer to another vehicle within the time that all others leave.
//!
//! *Kim, a freelancer at 400 a day, tracks a shot for two days from Monday; Ann, on the payroll, is free from Tuesday
//! evening, and nobody goes on before Friday. Ann does it on Wednesday and Thursday, and 800 are saved.*

use super::board::{Board, Wish};
use super::charges::{Team, pay_and_fit, pay_of_overtime, personal};
use super::evaluate::extra_artists;
use super::lenient::Leniency;
use super::place::{Taste, offer};
use super::schedule::{Part, Schedule, followers_allow};
use super::setup::Spot;
use super::unhurried::movable;
use crate::formulate::{Candidate, NONE, Problem};
use crate::model::Id;

/// Who is asked what, and what counts.
#[derive(Debug)]
pub(super) struct Hands {
    taste: Taste,
    /// Price of one more artist on a sequence.
    company: i64,
    /// Placed work of each (sequence, department) group.
    group_work: Vec<i64>,
    team: Team,
    leniency: Leniency,
}

impl Hands {
    /// For the work that has a place in a schedule.
    pub fn new(problem: &Problem, schedule: &Schedule, leniency: Leniency) -> Hands {
        let mut group_work = vec![0; problem.groups as usize];
        for (task, job) in problem.jobs.iter().enumerate() {
            if job.group != NONE && schedule.is_placed(task as u32) {
                group_work[job.group as usize] += job.work as i64;
            }
        }
        let [_, _, _, _, labour, _, continuity, switches, ..] = problem.multipliers;
        Hands {
            taste: Taste {
                thrift: labour / 100,
                company: 0,
                change: switches / 1_000,
                ..Taste::BALANCED
            },
            company: problem.artist_day / 4 * continuity / 10_000,
            group_work,
            team: Team::default(),
            leniency,
        }
    }

    /// What the next change may cost.
    pub fn allowance(&mut self) -> i64 {
        self.leniency.draw()
    }

    /// Whether to ask an artist, where one of so many is enough.
    pub fn asks(&mut self, one_of: u32) -> bool {
        self.leniency.asks(one_of)
    }

    /// Gives a task to whoever does it at the least cost between what it waits for and `limit`, all that waits for it
    /// staying where it is; whether that is somebody else or another time.
    pub fn hand_over(
        &mut self,
        problem: &Problem,
        board: &mut Board,
        task: u32,
        limit: u32,
    ) -> bool {
        let job = &problem.jobs[task as usize];
        let Some(old) = movable(problem, &board.schedule, task) else { return false };
        if is_kept(problem, task) {
            return false;
        }
        board.take_off(problem, task);
        self.team.look_at(problem, board, job.group);
        let mut least = self.cost(problem, board, task, old) + self.allowance();
        // Nobody does it for less than nothing.
        let crew = if least > 0 { problem.crews[job.crew as usize].as_slice() } else { &[] };
        let mut found = None;
        let last_start = job.start_by.saturating_sub(1).max(old.start);
        let mut windows = [None; 8];
        // Where it may cost more, it is to be somebody else.
        let own = if self.leniency.is_none() { NONE } else { old.lane };
        for candidate in crew.iter().filter(|candidate| candidate.lane != own) {
            if self.certain(problem, board, task, candidate.lane) >= least {
                continue;
            }
            let wish = wish(problem, task, candidate, limit);
            let Some(part) = offer(problem, board, task, wish, candidate, None, &mut windows)
            else {
                continue;
            };
            let cost = self.cost(problem, board, task, part);
            if cost < least
                && part.start <= last_start
                && followers_allow(problem, &mut board.schedule, task, part)
            {
                (least, found) = (cost, Some(part));
            }
        }
        let part = found.unwrap_or(old);
        board.put(problem, task, part.start, part.end, &[part]);
        let is_short = || Spot::of(&old, task).wrong(problem, board, false).is_some();
        if found.is_some() && problem.setup.any && is_short() {
            board.take_off(problem, task);
            board.put(problem, task, old.start, old.end, &[old]);
            return false;
        }
        found.is_some()
    }

    /// What it costs that the artist of a lane does a task that is off the board, whenever.
    fn certain(&self, problem: &Problem, board: &Board, task: u32, lane: u32) -> i64 {
        let mut cost = personal(problem, &self.team, task, lane, self.taste);
        let person = problem.lanes[lane as usize].person.index() as u32;
        let group = problem.jobs[task as usize].group;
        if self.team.is_new(person) {
            let artists = board.group_people[group as usize].len() as i64 + 1;
            let is_extra = extra_artists(problem, artists, self.group_work[group as usize]) > 0;
            cost += if is_extra { self.company } else { 0 };
        }
        cost
    }

    /// What it costs at least that the artist of a lane does a task that is off the board.
    pub fn least_of(&mut self, problem: &Problem, board: &Board, task: u32, lane: u32) -> i64 {
        self.team.look_at(problem, board, problem.jobs[task as usize].group);
        self.certain(problem, board, task, lane)
    }

    /// What a task that is off the board costs at a place.
    pub fn cost_of(&mut self, problem: &Problem, board: &Board, task: u32, part: Part) -> i64 {
        self.team.look_at(problem, board, problem.jobs[task as usize].group);
        self.cost(problem, board, task, part)
    }

    fn cost(&self, problem: &Problem, board: &Board, task: u32, part: Part) -> i64 {
        self.certain(problem, board, task, part.lane)
            + pay_and_fit(problem, board, task, part, self.taste)
            + pay_of_overtime(problem, board, &part) * self.taste.thrift / 100
    }
}

/// Whether who did a task in an earlier plan is to go on with it.
pub(super) fn is_kept(problem: &Problem, task: u32) -> bool {
    problem.earlier.get(problem.jobs[task as usize].earlier as usize).is_some()
}

/// A task as a whole without overtime, before a limit.
pub(super) fn wish(problem: &Problem, task: u32, candidate: &Candidate, limit: u32) -> Wish {
    let need = problem.need(problem.jobs[task as usize].work, candidate.rate);
    Wish { give_up: limit, ..Wish::of(need) }
}
