//! Keeping hard dates by looking through all ways: the work with hard dates of those who could do a task that breaks
//! one, and what that work waits for, is given to everybody who can do it in turn, each time in the earliest gap.
//!
//! Ann has to begin a task on Wednesday and is busy until Thursday noon with another one that has to begin on Tuesday. It
//! could begin in the morning instead of at noon, if what it waits for were done before something else on Monday: no
//! task alone can move, four together can. Steps that draw what they move find three such tasks together, and hardly
//! ever six.

use super::board::{Board, Wish};
use super::place::Taste;
use super::schedule::{Part, Schedule, Window};
use super::standing::{Setting, Standing};
use super::trouble::Trouble;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::{Cents, Id};

/// Most tasks with dates, and what they wait for, in one look: few first, as the rest may stay as it is.
const MOST_TASKS: [usize; 3] = [6, 12, 24];
/// Most tasks that make room.
const MOST_ROOM: usize = 400;
/// Most places that are tried in one look, and after each choice for its first task.
const MOST_PLACES: u32 = 4_000;
const MOST_AFTER_FIRST: u32 = 400;
/// Most ways to keep all dates whose worth is looked at after each choice for the first task.
const MOST_ANSWERS: u32 = 2;
/// Most broken dates that are looked at.
const MOST_LOOKS: usize = 12;
/// Days before a date in which its work may have to be.
const DAYS_BEFORE: u32 = 3;
/// Tasks that may come next at each place of a search.
const NEXT: usize = 3;
/// Minutes of overtime a day that may be asked for, where there is no time without.
const OVERTIME: u32 = 120;

/// Puts broken dates right where that can be done and makes the schedule worth more.
///
/// Nothing else is looked at: who does the work, and what comes later for it, is left to steps.
pub fn keep_dates(setting: Setting<'_>, standing: &mut Standing, stop: &mut dyn FnMut() -> bool) {
    let mut trouble = Trouble::default();
    trouble.refresh(setting, standing);
    let problem = setting.problem;
    // Vendors and instants have nobody whose time could be found.
    let is_work = |task: &u32| problem.jobs[*task as usize].kind == JobKind::People;
    let tasks = trouble.rules.iter().map(|&rule| problem.rules[rule as usize].task);
    let mut broken: Vec<u32> = tasks.filter(is_work).collect();
    broken.dedup();
    for &task in broken.iter().take(MOST_LOOKS) {
        for most in MOST_TASKS {
            if stop() {
                return;
            }
            if keep_date(setting, standing, task, most, &broken) {
                break;
            }
        }
    }
}

/// Whether the date of a task could be kept by moving at most so many tasks with dates.
fn keep_date(
    setting: Setting<'_>,
    standing: &mut Standing,
    task: u32,
    most: usize,
    broken: &[u32],
) -> bool {
    let problem = setting.problem;
    let mut group = Group { setting, most, broken, tasks: vec![task], room: Vec::new() };
    group.gather(&standing.board);
    let Group { tasks, room, .. } = group;
    let before = standing.board.clone();
    let mut board = before.clone();
    tasks.iter().chain(&room).for_each(|&other| board.take_off(problem, other));
    let mut search = Search {
        setting,
        before: &before,
        board,
        tasks: &tasks,
        places: 0,
        most: 0,
        given: Vec::new(),
        answers: 0,
    };
    search.run(&mut |board, given| {
        take_over(setting, standing, &before.schedule, board, &room, given)
    })
}

/// Puts work where a search has found places for it, and what is in its way elsewhere; whether that makes the schedule
/// worth more. If not, everything is as before.
fn take_over(
    setting: Setting<'_>,
    standing: &mut Standing,
    before: &Schedule,
    board: &mut Board,
    room: &[u32],
    given: &[(u32, Part)],
) -> bool {
    let problem = setting.problem;
    let stays = |&(task, part): &(u32, Part)| before.parts_of(task) == [part];
    let mut moved: Vec<u32> = given.iter().filter(|row| !stays(row)).map(|row| row.0).collect();
    // What still has room stays where it is.
    let mut back = Vec::new();
    for &other in room {
        let parts = before.parts_of(other);
        if parts.iter().all(|part| board.has_room(problem, other, part)) {
            let (start, end) = (before.start[other as usize], before.end[other as usize]);
            board.put(problem, other, start, end, parts);
            back.push(other);
        } else {
            moved.push(other);
        }
    }
    back.iter().for_each(|&other| board.take_off(problem, other));
    let place_of = |task: u32| given.iter().position(|row| row.0 == task);
    let last = i64::from(u32::MAX);
    let mut key = |task: u32, old: u32| match place_of(task) {
        Some(place) => place as i64 - 2 * last,
        None if problem.jobs[task as usize].has_hard_date() => {
            i64::from(setting.latest_start[task as usize]) - last
        }
        None => i64::from(if old == NONE { setting.latest_start[task as usize] } else { old }),
    };
    let most = 8 * moved.len() + 200;
    let change = standing.rebuild_around(setting, &moved, given, &mut key, Taste::BALANCED, most);
    let Some(change) = change else { return false };
    if change.guided(0) >= Cents::ZERO {
        standing.undo(setting);
        return false;
    }
    standing.keep(problem);
    true
}

/// What is looked at together.
struct Group<'a> {
    setting: Setting<'a>,
    most: usize,
    /// Tasks whose dates are broken anyway.
    broken: &'a [u32],
    /// Tasks with dates, and what they wait for.
    tasks: Vec<u32>,
    /// What makes room for them.
    room: Vec<u32>,
}

impl Group<'_> {
    fn gather(&mut self, board: &Board) {
        let problem = self.setting.problem;
        let mut next = 0;
        while next < self.tasks.len() {
            let task = self.tasks[next];
            next += 1;
            for wait in problem.waits_for(task) {
                // What is done long before is not in the way.
                let earliest = problem.jobs[task as usize].earliest;
                let end = board.schedule.end[wait.from as usize];
                let is_near = end == NONE
                    || end + 5 * problem.slots_per_day
                        > board.schedule.start[task as usize].max(earliest);
                if is_near {
                    self.add(wait.from);
                }
            }
            for wait in problem.followers(task) {
                if problem.jobs[wait.to as usize].has_hard_date() {
                    self.add(wait.to);
                }
            }
            self.each_rival(board, task, |group, other| {
                if problem.jobs[other as usize].has_hard_date() {
                    group.add(other);
                }
            });
        }
        // Whatever has a date, or what has one waits for, only makes room if it is looked at itself.
        let is_bound = |group: &Group<'_>, other: u32| {
            let is_dated = |task: u32| problem.jobs[task as usize].has_hard_date();
            is_dated(other)
                || problem
                    .followers(other)
                    .any(|wait| is_dated(wait.to) || group.tasks.contains(&wait.to))
        };
        for place in 0..self.tasks.len() {
            self.each_rival(board, self.tasks[place], |group, other| {
                let is_known = group.tasks.contains(&other) || group.room.contains(&other);
                if !is_known && group.room.len() < MOST_ROOM && !is_bound(group, other) {
                    group.room.push(other);
                }
            });
        }
    }

    fn add(&mut self, task: u32) {
        let is_people = self.setting.problem.jobs[task as usize].kind == JobKind::People;
        if is_people
            && self.tasks.len() < self.most
            && !self.tasks.contains(&task)
            && !self.broken.contains(&task)
        {
            self.tasks.push(task);
        }
    }

    /// What those who could do a task work on in the days in which it has to find its time.
    fn each_rival(&mut self, board: &Board, task: u32, mut hear: impl FnMut(&mut Self, u32)) {
        let problem = self.setting.problem;
        let job = &problem.jobs[task as usize];
        let latest = self.setting.latest_start[task as usize];
        let day = problem.slots_per_day;
        let from = latest.saturating_sub(DAYS_BEFORE * day).max(job.earliest);
        let end = board.schedule.end[task as usize];
        let to = if end == NONE { latest.saturating_add(day) } else { end };
        let to = to.max(latest.saturating_add(1)).min(from.saturating_add(10 * day));
        for candidate in &problem.crews[job.crew as usize] {
            let busy = &board.busy[problem.lanes[candidate.lane as usize].desk as usize];
            let first = busy.partition_point(|run| run.end <= from);
            for run in busy[first..].iter().take_while(|run| run.start < to) {
                hear(self, run.task);
            }
        }
    }
}

/// A depth-first search for places that keep all dates.
struct Search<'a> {
    setting: Setting<'a>,
    /// Where everything was.
    before: &'a Board,
    /// All but what is looked at, as far as it has no place yet, and what makes room.
    board: Board,
    /// The first one is the task whose date is broken.
    tasks: &'a [u32],
    /// Places tried, and how many may be.
    places: u32,
    most: u32,
    /// What has a place, in the order in which it got it.
    given: Vec<(u32, Part)>,
    /// How often all had a place since the first one got its own.
    answers: u32,
}

/// Hears of places that keep all dates; whether they are taken.
type Take<'t> = &'t mut dyn FnMut(&mut Board, &[(u32, Part)]) -> bool;

impl Search<'_> {
    fn run(&mut self, take: Take<'_>) -> bool {
        if self.given.len() == self.tasks.len() {
            self.answers += 1;
            return take(&mut self.board, &self.given);
        }
        let problem = self.setting.problem;
        let mut next: Vec<(usize, u32, Vec<Part>)> = Vec::new();
        for &task in self.tasks {
            let schedule = &self.board.schedule;
            if schedule.is_placed(task) || schedule.blocked_by(problem, task).is_some() {
                continue;
            }
            let offers = self.offers(task);
            if offers.is_empty() {
                // Whatever else gets a place leaves it no more time.
                return false;
            }
            next.push((offers.len(), task, offers));
        }
        // The task in question comes first, then who has least choice, then who has least time.
        let rank = |count: usize, task: u32| {
            (task != self.tasks[0], count, self.setting.latest_start[task as usize], task)
        };
        next.sort_by_key(|&(count, task, _)| rank(count, task));
        let is_first = self.given.is_empty();
        for (_, task, offers) in next.into_iter().take(NEXT) {
            for part in offers {
                if is_first {
                    self.most = MOST_PLACES.min(self.places + MOST_AFTER_FIRST);
                    self.answers = 0;
                }
                if self.places >= self.most || self.answers >= MOST_ANSWERS {
                    return false;
                }
                self.places += 1;
                self.board.put(problem, task, part.start, part.end, &[part]);
                self.given.push((task, part));
                if self.run(take) {
                    return true;
                }
                self.given.pop();
                self.board.take_off(problem, task);
            }
        }
        false
    }

    /// The places that keep the dates of a task: where it was, then where least is in the way,
    /// then the earliest ends.
    fn offers(&self, task: u32) -> Vec<Part> {
        let problem: &Problem = self.setting.problem;
        let job = &problem.jobs[task as usize];
        let keeps = |part: &Part| part.start < job.start_by && part.end <= job.end_by;
        let mut offers = Vec::new();
        for candidate in &problem.crews[job.crew as usize] {
            let lane = &problem.lanes[candidate.lane as usize];
            let window = Window::of(problem, &self.board.schedule, task, lane.site);
            let need = problem.need(job.work, candidate.rate);
            let wish = Wish { give_up: job.end_by, ..Wish::of(need) };
            let fit = |minutes: u32| {
                let wish = Wish { minutes, ..wish };
                self.board.fit(problem, task, candidate.lane, window, wish).filter(keeps)
            };
            let may = problem.overtime.may(lane.person.index() as u32);
            let part = fit(0).or_else(|| if may { fit(OVERTIME) } else { None });
            offers.extend(part.map(|part| Part { level: candidate.level, ..part }));
        }
        let was = self.before.schedule.parts_of(task);
        if let [was] = was
            && keeps(was)
            && was.parts == 1
            && self.is_free(task, was)
            && !offers.contains(was)
        {
            offers.push(*was);
        }
        offers.sort_by_key(|part| (was != [*part], self.in_the_way(part), part.end, part.lane));
        offers
    }

    /// How many other tasks have to go for it.
    fn in_the_way(&self, part: &Part) -> usize {
        let lane = &self.setting.problem.lanes[part.lane as usize];
        let busy = &self.before.busy[lane.desk as usize];
        let first = busy.partition_point(|run| run.end <= part.start);
        let runs = busy[first..].iter().take_while(|run| run.start < part.end);
        runs.filter(|run| !self.tasks.contains(&run.task)).count()
    }

    fn is_free(&self, task: u32, part: &Part) -> bool {
        let problem = self.setting.problem;
        let site = problem.lanes[part.lane as usize].site;
        let window = Window::of(problem, &self.board.schedule, task, site);
        part.start >= window.start
            && part.end >= window.end
            && self.board.has_room(problem, task, part)
    }
}
