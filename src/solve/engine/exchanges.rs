//! Exchanges: two artists give each other a task where that costs less and nothing is later for it.
//!
//! Where [cheaper hands](super::cheaper_hands) are busy, what they are busy with may as well be done by who does the task
//! now. In the passes of [`unhurried`](super::unhurried) each task is tried in the place of each other task that is
//! done at the same time by somebody who could do both, and that one in its place, in the room that both have then.
//!
//! Taillard, É., Badeau, P., Gendreau, M., Guertin, F., and Potvin, J.-Y. (1997), "A tabu search heuristic for the vehicle
//! routing problem with soft time windows", for exchanges between two routes within time windows.
//!
//! *Ann lights a shot of 010, then one of 020 and again one of 010; Bo at the same times one of 020, one of 010 and again
//! one of 020. They exchange the second ones, and four changes of sequence are saved.*

use super::board::{Board, Busy};
use super::cheaper_hands::{Hands, is_kept, wish};
use super::place::offer;
use super::schedule::{Part, Window, followers_allow};
use super::setup::Spot;
use super::unhurried::movable;
use crate::formulate::{Candidate, Problem};

/// A task, where it is, and who may do it instead.
#[derive(Clone, Copy)]
struct Side {
    task: u32,
    old: Part,
    to: Candidate,
}

/// The first exchange of a task that saves anything is made; whether there was one. Both tasks stay before their limits.
pub(super) fn exchange(
    hands: &mut Hands,
    problem: &Problem,
    board: &mut Board,
    task: u32,
    limits: &[u32],
) -> bool {
    let job = &problem.jobs[task as usize];
    let Some(old) = movable(problem, &board.schedule, task) else { return false };
    if is_kept(problem, task) {
        return false;
    }
    let own_lane = problem.lanes[old.lane as usize].own;
    let own_desk = problem.lanes[old.lane as usize].desk as usize;
    board.take_off(problem, task);
    if hands.cost_of(problem, board, task, old) > 0 {
        let own_gap = gap_at(&board.busy[own_desk], old.start);
        let mut windows = [None; 8];
        for &to in problem.crews[job.crew as usize].iter() {
            let lane = &problem.lanes[to.lane as usize];
            let desk = lane.desk as usize;
            if desk == own_desk {
                continue;
            }
            let seen = || Window::of(problem, &board.schedule, task, lane.site);
            let window = match windows.get_mut(lane.site as usize) {
                Some(known) => *known.get_or_insert_with(seen),
                None => seen(),
            };
            let room = (window.start, limits[task as usize]);
            let mut at = board.busy[desk].partition_point(|run| run.end <= old.start);
            while let Some(&run) = board.busy[desk].get(at).filter(|run| run.start < old.end) {
                let busy = &board.busy[desk];
                let before = at.checked_sub(1).map_or(0, |before| busy[before].end);
                let after = busy.get(at + 1).map_or(u32::MAX, |run| run.start);
                at += 1;
                let other = run.task;
                if !is_enough(problem, task, to, room, (before, after)) {
                    continue;
                }
                let room = (0, limits[other as usize]);
                let its_crew = &problem.crews[problem.jobs[other as usize].crew as usize];
                let back = its_crew.iter().find(|candidate| candidate.lane == own_lane);
                let Some(&back) = back else { continue };
                if !is_enough(problem, other, back, room, own_gap) || is_kept(problem, other) {
                    continue;
                }
                let Some(its_old) = movable(problem, &board.schedule, other) else { continue };
                let sides = [Side { task, old, to }, Side { task: other, old: its_old, to: back }];
                if try_exchange(hands, problem, board, sides, limits) {
                    return true;
                }
            }
        }
    }
    board.put(problem, task, old.start, old.end, &[old]);
    false
}

/// The gap of a desk around a boundary: its begin and end.
fn gap_at(busy: &[Busy], boundary: u32) -> (u32, u32) {
    let next = busy.partition_point(|run| run.start < boundary);
    let before = next.checked_sub(1).map_or(0, |before| busy[before].end);
    (before, busy.get(next).map_or(u32::MAX, |run| run.start))
}

/// Whether a gap could hold a task of somebody within its room, were all of it working time.
fn is_enough(
    problem: &Problem,
    task: u32,
    candidate: Candidate,
    room: (u32, u32),
    gap: (u32, u32),
) -> bool {
    let need = problem.need(problem.jobs[task as usize].work, candidate.rate);
    let slots = room.1.min(gap.1).saturating_sub(room.0.max(gap.0));
    u64::from(slots) * 10_000 >= need
}

/// The first of two tasks is off the board; both are on it at their new places afterwards if that costs less, else the
/// second is where it was.
fn try_exchange(
    hands: &mut Hands,
    problem: &Problem,
    board: &mut Board,
    [one, other]: [Side; 2],
    limits: &[u32],
) -> bool {
    board.take_off(problem, other.task);
    let mut put = |board: &mut Board, task: u32, part: Part| {
        let cost = hands.cost_of(problem, board, task, part);
        board.put(problem, task, part.start, part.end, &[part]);
        cost
    };
    if let Some(new) = place_of(problem, board, one, limits) {
        let after_one = put(board, one.task, new);
        if let Some(its_new) = place_of(problem, board, other, limits) {
            let after = after_one + put(board, other.task, its_new);
            board.take_off(problem, other.task);
            board.take_off(problem, one.task);
            let before = put(board, other.task, other.old) + put(board, one.task, one.old);
            board.take_off(problem, one.task);
            if after >= before {
                return false;
            }
            board.take_off(problem, other.task);
            board.put(problem, one.task, new.start, new.end, &[new]);
            board.put(problem, other.task, its_new.start, its_new.end, &[its_new]);
            let is_short =
                |side: &Side| Spot::of(&side.old, side.task).wrong(problem, board, false).is_some();
            if !problem.setup.any || ![one, other].iter().any(is_short) {
                return true;
            }
            board.take_off(problem, other.task);
        }
        board.take_off(problem, one.task);
    }
    board.put(problem, other.task, other.old.start, other.old.end, &[other.old]);
    false
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
