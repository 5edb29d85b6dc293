//! Exchanges: two artists give each other work where that costs less and nothing is later for it.
//!
//! Where [cheaper hands](super::cheaper_hands) are busy, what they are busy with may as well be done by who does the task
//! now. In the passes of [`unhurried`](super::unhurried) each task is tried in the place of each other task that is
//! done at the same time by somebody who could do both, and that one in its place, in the room that both have then. If
//! that saves nothing, the run of work on one sequence that begins with the task is tried in the place of all that
//! somebody does at its time, who is on that sequence before or after: a change saved is often one that no task alone
//! can save.
//!
//! Nine of ten exchanges have no room, and half of the rest cannot pay: both are told by sums, before anything is moved.
//!
//! Taillard, É., Badeau, P., Gendreau, M., Guertin, F., and Potvin, J.-Y. (1997), "A tabu search heuristic for the vehicle
//! routing problem with soft time windows", for exchanges of stretches of two routes within time windows.
//!
//! *Ann lights a shot of 010, then one of 020 and again one of 010; Bo at the same times one of 020, one of 010 and again
//! one of 020. They exchange the second ones, and four changes of sequence are saved.*

use super::board::{Board, Busy};
use super::cheaper_hands::{Hands, is_kept, wish};
use super::place::offer;
use super::schedule::{Part, Window, followers_allow};
use super::setup::Spot;
use super::unhurried::movable;
use crate::formulate::{Candidate, NONE, Problem, WaitKind};
use crate::model::Id;

/// Most tasks of a run, and of an exchange.
const MOST_RUN: usize = 4;
const MOST_SIDES: usize = 8;

/// Lenient passes, which come by again and again, ask one of so many artists for a task in exchange, and for all that they do
/// in place of a run.
const ONE_OF: u32 = 2;
const ONE_OF_FOR_RUNS: u32 = 12;

/// A task, where it is, and who may do it instead.
#[derive(Clone, Copy, Debug)]
struct Side {
    task: u32,
    old: Part,
    to: Candidate,
}

/// Looks for exchanges in which all tasks stay before their limits.
pub(super) struct Exchanges<'a> {
    problem: &'a Problem,
    /// Boundary by which each task has to end.
    limits: &'a [u32],
    run: Vec<u32>,
    sides: Vec<Side>,
}

impl<'a> Exchanges<'a> {
    /// For the limits of a pass.
    pub fn new(problem: &'a Problem, limits: &'a [u32]) -> Exchanges<'a> {
        Exchanges { problem, limits, run: Vec::new(), sides: Vec::new() }
    }

    /// The first exchange of a task, or of the run that it begins, that saves anything is made; whether there was one.
    pub fn exchange(&mut self, hands: &mut Hands, board: &mut Board, task: u32) -> bool {
        let problem = self.problem;
        let Some(old) = movable(problem, &board.schedule, task) else { return false };
        if is_kept(problem, task) {
            return false;
        }
        board.take_off(problem, task);
        let cost = hands.cost_of(problem, board, task, old);
        board.put(problem, task, old.start, old.end, &[old]);
        cost > 0 && self.one_for_one(hands, board, task, old)
            || self.run_for_all(hands, board, task, old)
    }

    /// A task for each of those that somebody else does at its time.
    fn one_for_one(&mut self, hands: &mut Hands, board: &mut Board, task: u32, old: Part) -> bool {
        let Exchanges { problem, limits, .. } = *self;
        let own = &problem.lanes[problem.lanes[old.lane as usize].own as usize];
        let own_gap = gap_between(&board.busy[own.desk as usize], (old.start, old.end));
        for &to in problem.crews[problem.jobs[task as usize].crew as usize].iter() {
            let desk = problem.lanes[to.lane as usize].desk;
            if desk == own.desk || !hands.asks(ONE_OF) {
                continue;
            }
            let side = Side { task, old, to };
            let mut at = board.busy[desk as usize].partition_point(|run| run.end <= old.start);
            while let Some(&run) = board.busy[desk as usize].get(at)
                && run.start < old.end
            {
                at += 1;
                let gap = gap_between(&board.busy[desk as usize], (run.start, run.end));
                if side.has_room(problem, board, gap, limits)
                    && let Some(back) = Side::of(problem, board, run.task, own.own)
                    && back.has_room(problem, board, own_gap, limits)
                    && try_exchange(hands, problem, board, &[side, back], limits)
                {
                    return true;
                }
            }
        }
        false
    }

    /// The run that a task begins for all that somebody else does at its time, who is on its sequence before or after.
    fn run_for_all(&mut self, hands: &mut Hands, board: &mut Board, task: u32, old: Part) -> bool {
        let Exchanges { problem, limits, .. } = *self;
        let job = &problem.jobs[task as usize];
        let own = &problem.lanes[problem.lanes[old.lane as usize].own as usize];
        self.find_run(board, old);
        let Some(&last) = self.run.last() else { return false };
        let time = (old.start, board.schedule.end[last as usize]);
        let own_gap = gap_between(&board.busy[own.desk as usize], time);
        for &to in problem.crews[job.crew as usize].iter() {
            let lane = &problem.lanes[to.lane as usize];
            if lane.desk == own.desk || !hands.asks(ONE_OF_FOR_RUNS) {
                continue;
            }
            let busy = board.busy[lane.desk as usize].as_slice();
            let first = busy.partition_point(|run| run.end <= time.0);
            let count = busy[first..].iter().take_while(|run| run.start < time.1).count();
            let size = self.run.len() + count;
            // One for one is tried for itself.
            if size > MOST_SIDES || self.run.len() == 1 && count <= 1 {
                continue;
            }
            let is_same = |run: &Busy| problem.jobs[run.task as usize].sequence == job.sequence;
            let before = first.checked_sub(1).and_then(|before| busy.get(before));
            let person = lane.person.index() as u32;
            let people = || board.group_people.get(job.group as usize).into_iter().flatten();
            let is_on_it = before.is_some_and(is_same)
                || busy.get(first + count).is_some_and(is_same)
                || people().any(|row| row.0 == person);
            if !is_on_it {
                continue;
            }
            let its = &busy[first..first + count];
            let its_time = match (its.first(), its.last()) {
                (Some(one), Some(other)) => (one.start, other.end),
                _ => time,
            };
            let gap = gap_between(busy, its_time);
            self.sides.clear();
            let ours = self.run.iter().map(|&task| (task, to.lane));
            let theirs = its.iter().map(|run| (run.task, own.own));
            let side = |(task, lane)| Side::of(problem, board, task, lane);
            self.sides.extend(ours.chain(theirs).map_while(side));
            if self.sides.len() < size {
                continue;
            }
            let (ours, theirs) = self.sides.split_at(self.run.len());
            if have_room(problem, ours, gap)
                && have_room(problem, theirs, own_gap)
                && try_exchange(hands, problem, board, &self.sides, limits)
            {
                return true;
            }
        }
        false
    }

    /// The run that begins with a part: what its artist does on the same sequence from then on.
    fn find_run(&mut self, board: &Board, part: Part) {
        let problem = self.problem;
        let busy = &board.busy[problem.lanes[part.lane as usize].desk as usize];
        let sequence = |run: &Busy| problem.jobs[run.task as usize].sequence;
        let first = busy.partition_point(|run| run.start < part.start);
        let own = busy.get(first).map_or(NONE, sequence);
        let goes_on = |run: &&Busy| own != NONE && sequence(run) == own;
        let tasks = busy[first..].iter().take_while(goes_on).map(|run| run.task);
        self.run.clear();
        self.run.extend(tasks.take(MOST_RUN));
    }
}

impl Side {
    /// A task as one that goes to a lane, if it may and its artist is able.
    fn of(problem: &Problem, board: &Board, task: u32, lane: u32) -> Option<Side> {
        let crew = problem.crews[problem.jobs[task as usize].crew as usize].as_slice();
        // Crews are in order of lanes.
        let at = crew.binary_search_by_key(&lane, |candidate| candidate.lane).ok()?;
        let old = movable(problem, &board.schedule, task).filter(|_| !is_kept(problem, task))?;
        Some(Side { task, old, to: crew[at] })
    }

    /// Basis-point slots of work with its new artist.
    fn need(&self, problem: &Problem) -> u64 {
        problem.need(problem.jobs[self.task as usize].work, self.to.rate)
    }

    /// Whether a gap of its new artist has time enough for it, after what it waits for and before what waits for it.
    fn has_room(
        &self,
        problem: &Problem,
        board: &Board,
        (from, to): (u32, u32),
        limits: &[u32],
    ) -> bool {
        let need = self.need(problem);
        let room = |from, to| working_time(problem, self.to.lane, from, to) >= need;
        let site = problem.lanes[self.to.lane as usize].site;
        let seen = || Window::of(problem, &board.schedule, self.task, site).start;
        room(from, to.min(limits[self.task as usize]))
            && room(from.max(seen()), to.min(latest_end(problem, board, self.task, limits)))
    }
}

/// Whether a gap of an artist has time enough for all of some work.
fn have_room(problem: &Problem, sides: &[Side], (from, to): (u32, u32)) -> bool {
    let need: u64 = sides.iter().map(|side| side.need(problem)).sum();
    sides.first().is_none_or(|side| working_time(problem, side.to.lane, from, to) >= need)
}

/// The gap of a desk that there is without its work in some time: its begin and end.
fn gap_between(busy: &[Busy], (start, end): (u32, u32)) -> (u32, u32) {
    let first = busy.partition_point(|run| run.end <= start);
    let next = busy.partition_point(|run| run.start < end);
    let before = first.checked_sub(1).map_or(0, |before| busy[before].end);
    (before, busy.get(next).map_or(NONE, |run| run.start))
}

/// Basis-point slots of working time of a lane between two boundaries.
fn working_time(problem: &Problem, lane: u32, from: u32, to: u32) -> u64 {
    let time = &problem.times[problem.lanes[lane as usize].time as usize];
    let done = |boundary: u32| time.done_before(time.index_at(boundary.min(problem.slots)));
    if from < to { done(to) - done(from) } else { 0 }
}

/// A boundary after which a task cannot end before its limit and the work that waits for it.
fn latest_end(problem: &Problem, board: &Board, task: u32, limits: &[u32]) -> u32 {
    let schedule = &board.schedule;
    let followers =
        problem.followers(task).filter(|wait| wait.lag >= 0 && schedule.is_placed(wait.to));
    let latest = followers.map(|wait| match wait.kind {
        WaitKind::StartAfterEnd => schedule.start[wait.to as usize],
        WaitKind::EndAfterEnd => schedule.end[wait.to as usize],
        _ => NONE,
    });
    latest.fold(limits[task as usize], u32::min)
}

/// Makes an exchange if it costs less; whether it did. All its tasks are on the board before and after.
fn try_exchange(
    hands: &mut Hands,
    problem: &Problem,
    board: &mut Board,
    sides: &[Side],
    limits: &[u32],
) -> bool {
    let mut before = 0;
    for side in sides.iter().rev() {
        board.take_off(problem, side.task);
        before += hands.cost_of(problem, board, side.task, side.old);
    }
    // What is the same for all work of an artist counts once.
    let mut least = 0;
    let mut known = NONE;
    for side in sides {
        if side.to.lane != known {
            least += hands.least_of(problem, board, side.task, side.to.lane);
            known = side.to.lane;
        }
    }
    let put_back = |board: &mut Board| {
        for side in sides {
            board.put(problem, side.task, side.old.start, side.old.end, &[side.old]);
        }
    };
    let take_off = |board: &mut Board, sides: &[Side]| {
        sides.iter().for_each(|side| board.take_off(problem, side.task));
    };
    before += hands.allowance();
    let (mut after, mut placed) = (0, 0);
    if least < before {
        for side in sides {
            let Some(new) = place_of(problem, board, *side, limits) else { break };
            after += hands.cost_of(problem, board, side.task, new);
            board.put(problem, side.task, new.start, new.end, &[new]);
            placed += 1;
        }
    }
    if placed < sides.len() || after >= before {
        take_off(board, &sides[..placed]);
        put_back(board);
        return false;
    }
    let is_short =
        |side: &Side| Spot::of(&side.old, side.task).wrong(problem, board, false).is_some();
    if problem.setup.any && sides.iter().any(is_short) {
        take_off(board, sides);
        put_back(board);
        return false;
    }
    true
}

/// The earliest place of a task with the artist it is to go to, all that waits for it staying where it is.
fn place_of(problem: &Problem, board: &mut Board, side: Side, limits: &[u32]) -> Option<Part> {
    let Side { task, old, to } = side;
    if board.schedule.blocked_by(problem, task).is_some() {
        return None;
    }
    let wish = wish(problem, task, &to, limits[task as usize]);
    let part = offer(problem, board, task, wish, &to, None, &mut [None; 8])?;
    let last_start = problem.jobs[task as usize].start_by.saturating_sub(1).max(old.start);
    let fits =
        part.start <= last_start && followers_allow(problem, &mut board.schedule, task, part);
    fits.then_some(part)
}
