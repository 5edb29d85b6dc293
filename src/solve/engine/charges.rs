//! What it costs to give a task to an artist, beside what time costs: pay, people, changes of sequence, fit.

use super::board::Board;
use super::evaluate::new_face;
use super::place::Taste;
use super::schedule::Part;
use crate::formulate::{LaneSpec, MOST_TOGETHER, NONE, Problem};
use crate::model::{BALANCE, Id, LEADS};

/// What it costs to give a task to the artist of a lane, whenever.
pub(super) fn personal(problem: &Problem, team: &Team, task: u32, lane: u32, taste: Taste) -> i64 {
    let job = &problem.jobs[task as usize];
    let person = problem.lanes[lane as usize].person.index() as u32;
    let mut score = 0;
    if team.is_new(person) {
        score += problem.artist_day * taste.company / 100;
    }
    if job.begun && job.assigned.0 < job.assigned.1 {
        let on_it = &problem.assigned[job.assigned.0 as usize..job.assigned.1 as usize];
        if !on_it.contains(&person) {
            score += problem.artist_day;
        }
    }
    if job.hero && !problem.lanes[lane as usize].leads {
        score += 2 * problem.artist_day * problem.weights.points()[LEADS] / 10_000;
    }
    score + new_face(problem, job, lane)
}

/// What pay, pools, changes of sequence and fit cost at this place, in minor units.
pub(super) fn pay_and_fit(
    problem: &Problem,
    board: &Board,
    task: u32,
    part: Part,
    taste: Taste,
) -> i64 {
    let job = &problem.jobs[task as usize];
    let lane = &problem.lanes[part.lane as usize];
    let mut score = 0;
    if !lane.avoidable.is_empty() {
        let time = &problem.times[lane.time as usize];
        let per_slot = i64::from(problem.slots_per_day) * 10_000;
        let pay: i64 = time
            .days_of(part.from, part.to)
            .map(|(day, slots)| {
                lane.avoidable[day as usize] * i64::from(slots * time.share_on(day)) / per_slot
            })
            .sum();
        score += pay * taste.thrift / 100;
    }
    if problem.pools.any_soft {
        score += board.pools.cost_of(problem, task, &part) * taste.thrift / 100;
    }
    if problem.is_disliked(lane.person.index() as u32, job) {
        score += problem.artist_day * i64::from(part.to - part.from)
            / (50 * i64::from(problem.slots_per_day));
    }
    if taste.change > 0 {
        let changes = board.changes_around(problem, task, &part);
        score += changes * problem.artist_day * taste.change / 100;
    }
    let evenness = problem.weights.points()[BALANCE];
    if evenness > 0 {
        score += board.balance.weight_of(problem, &part) * evenness / 10_000;
    }
    if job.simple && part.level >= 1_250 {
        score += problem.artist_day * i64::from(part.to - part.from)
            / (20 * i64::from(problem.slots_per_day));
    }
    score
}

/// What the days off of a part cost that nothing else is worked on, and the long weeks they make.
pub(super) fn pay_of_days_off(problem: &Problem, board: &Board, part: &Part) -> i64 {
    let lane = &problem.lanes[part.lane as usize];
    let time = &problem.times[lane.time as usize];
    pay_of_days(problem, board, lane, time.days_off_in(part.from, part.to))
}

/// What the overtime of a part costs on a board without it, days off and the long weeks they make among it.
pub(super) fn pay_of_overtime(problem: &Problem, board: &Board, part: &Part) -> i64 {
    let lane = &problem.lanes[part.lane as usize];
    let time = &problem.times[lane.time as usize];
    pay_of_days(problem, board, lane, part.overtime_days(time))
}

fn pay_of_days(
    problem: &Problem,
    board: &Board,
    lane: &LaneSpec,
    days: impl Iterator<Item = (u32, u16)>,
) -> i64 {
    let person = lane.person.index() as u32;
    let cost = |first: u32, minutes: &[[u16; 7]]| {
        let (pay, long) = problem.overtime.cost(person, first, minutes);
        pay.0 + long.0
    };
    let mut days = days.peekable();
    let mut sum = 0;
    while let Some(&(first, _)) = days.peek() {
        let (week, before) = board.overtime_together(problem, person, first / 7);
        let mut after = [[0; 7]; MOST_TOGETHER];
        let after = &mut after[..before.len()];
        after.copy_from_slice(before);
        let last = week + before.len() as u32;
        while let Some((day, minutes)) = days.next_if(|row| row.0 / 7 < last) {
            after[(day / 7 - week) as usize][(day % 7) as usize] = minutes;
        }
        sum += cost(week, after) - cost(week, before);
    }
    sum
}

/// Who works on the group of a task already, so that no list has to be searched for each candidate.
#[derive(Clone, Debug, Default)]
pub(super) struct Team {
    now: u32,
    /// By person: the last look at which they were on it.
    seen: Vec<u32>,
    /// Whether anybody is.
    is_begun: bool,
}

impl Team {
    /// Looks at the group of a task.
    pub(super) fn look_at(&mut self, problem: &Problem, board: &Board, group: u32) {
        self.seen.resize(problem.people as usize, self.now);
        self.now = self.now.wrapping_add(1);
        let people =
            if group == NONE { &[] } else { board.group_people[group as usize].as_slice() };
        self.is_begun = !people.is_empty();
        people.iter().for_each(|row| self.seen[row.0 as usize] = self.now);
    }

    /// Whether somebody would come new to a group that others work on.
    pub(super) fn is_new(&self, person: u32) -> bool {
        self.is_begun && self.seen[person as usize] != self.now
    }
}
