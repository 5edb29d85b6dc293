//! A task that breaks a hard date, with the other hard dates that stand in its way: of work that the same people
//! could do in the same days, of what that waits for, and so on. They all choose first, by about the latest that each
//! can begin, and now and then somebody else than the best for them; work without a hard date makes room.
//!
//! Ann has to begin a task on Wednesday and is busy until Thursday noon with another one that has to begin on Tuesday. It
//! could begin in the morning instead of at noon, if what it waits for were done before something else on Monday: no
//! task alone can move, four together can.

use super::Pick;
use crate::formulate::{JobKind, NONE, Wait};
use rand::RngExt;

/// Most tasks that choose first.
const MOST_FIRST: usize = 14;
/// Most tasks that make room for each of them.
const MOST_ROOM: usize = 8;
/// Days before a date that are looked at.
const DAYS_BEFORE: u32 = 3;

/// Picks around `task`.
pub(super) fn pick(pick: &mut Pick<'_>, task: u32) {
    let problem = pick.setting.problem;
    pick.tasks.push(task);
    let mut next = 0;
    while next < pick.tasks.len() && pick.tasks.len() < MOST_FIRST {
        let task = pick.tasks[next];
        next += 1;
        for wait in problem.waits_for(task) {
            let is_people = problem.jobs[wait.from as usize].kind == JobKind::People;
            if is_people && pick.random.random_bool(0.5) {
                add(pick, wait.from);
            }
        }
        let (from, to) = days_of(pick, task);
        let job = &problem.jobs[task as usize];
        if job.kind != JobKind::People {
            continue;
        }
        for candidate in &problem.crews[job.crew as usize] {
            let desk = problem.lanes[candidate.lane as usize].desk;
            let standing = pick.standing;
            let busy = &standing.board.busy[desk as usize];
            let start = busy.partition_point(|run| run.end <= from);
            for run in busy[start..].iter().take_while(|run| run.start < to) {
                if problem.jobs[run.task as usize].has_hard_date() {
                    add(pick, run.task);
                }
            }
        }
    }
    pick.first = pick.tasks.len();
    let has_no_choice = |task: u32| {
        let job = &problem.jobs[task as usize];
        job.kind == JobKind::People && problem.crews[job.crew as usize].len() == 1
    };
    // Who has no choice does not wait for those who have; nor does what they wait for.
    let mut alone = 0;
    for place in 0..pick.first {
        let task = pick.tasks[place];
        let later = |wait: &Wait| has_no_choice(wait.to) && pick.tasks.contains(&wait.to);
        if has_no_choice(task) || problem.followers(task).any(later) {
            pick.tasks.swap(place, alone);
            alone += 1;
        }
    }
    pick.alone = alone;
    for place in 0..pick.first {
        let task = pick.tasks[place];
        let (from, to) = days_of(pick, task);
        pick.add_rivals(task, from, to, MOST_ROOM);
    }
    pick.first_reach =
        [0, 0, 1, 4][pick.random.random_range(0..4)] * i64::from(problem.slots_per_day) / 2;
    pick.blinks = Some([0, 0, 200, 400][pick.random.random_range(0..4)]);
}

fn add(pick: &mut Pick<'_>, task: u32) {
    if pick.tasks.len() < MOST_FIRST && !pick.tasks.contains(&task) {
        pick.tasks.push(task);
    }
}

/// The days in which a task has to find its time.
fn days_of(pick: &Pick<'_>, task: u32) -> (u32, u32) {
    let problem = pick.setting.problem;
    let job = &problem.jobs[task as usize];
    let latest = pick.setting.latest_start[task as usize];
    let schedule = &pick.standing.board.schedule;
    let day = problem.slots_per_day;
    let to = match schedule.end[task as usize] {
        NONE => latest.saturating_add(day),
        end => end,
    };
    let from = latest.saturating_sub(DAYS_BEFORE * day).max(job.earliest);
    (from.min(to), to.max(latest.saturating_add(1)))
}
