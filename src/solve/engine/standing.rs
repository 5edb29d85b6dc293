//! A standing schedule that is improved in place: some tasks are taken out and put back, and what
//! that changes is known and can be undone at the cost of what was touched.

use super::board::Board;
use super::ledger::{Ledger, Links};
use super::place::{Placer, Taste, Urgency};
use super::schedule::{Part, Schedule, Window, holds};
use super::setup::{self, Spot};
use super::trial::Incumbent;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::Cents;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What does not change while a show is improved.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// What hangs on each task.
    pub links: &'a Links,
    /// Prices of lateness.
    pub urgency: &'a Urgency,
    /// Latest start of each task by which nothing that waits for it is late.
    pub latest_start: &'a [u32],
}

/// Where a task was or is: its number, start, end, and parts in the journal's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    task: u32,
    start: u32,
    end: u32,
    first: u32,
    count: u32,
}

/// Places of some tasks.
#[derive(Clone, Debug, Default)]
pub struct Places {
    entries: Vec<Entry>,
    parts: Vec<Part>,
}

impl Places {
    /// The places of `tasks` in a schedule.
    pub fn note(&mut self, schedule: &Schedule, task: u32) {
        let parts = schedule.parts_of(task);
        self.entries.push(Entry {
            task,
            start: schedule.start[task as usize],
            end: schedule.end[task as usize],
            first: self.parts.len() as u32,
            count: parts.len() as u32,
        });
        self.parts.extend_from_slice(parts);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.parts.clear();
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The tasks.
    pub fn tasks(&self) -> impl Iterator<Item = u32> + '_ {
        self.entries.iter().map(|entry| entry.task)
    }

    fn parts_of(&self, entry: &Entry) -> &[Part] {
        &self.parts[entry.first as usize..(entry.first + entry.count) as usize]
    }
}

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// To the value of the schedule.
    pub value: Cents,
    /// To the guide of the search.
    pub guide: Cents,
}

impl Change {
    /// The change of the value with so many thousandths of the guide.
    pub fn guided(self, weight: i64) -> Cents {
        guided(self.value, self.guide.0, weight)
    }
}

/// A value with so many thousandths of a guide.
pub fn guided(value: Cents, guide: i64, weight: i64) -> Cents {
    Cents(value.0.saturating_add((guide / 1_000).saturating_mul(weight)))
}

/// A schedule with its objective.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The board.
    pub board: Board,
    /// Its objective.
    pub ledger: Ledger,
    placer: Placer,
    /// Where the tasks of the change under way were before.
    old: Places,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
    /// Tasks that another schedule has elsewhere.
    elsewhere: Vec<u32>,
    /// Where the change under way took work off, and where it put some: what comes there may have to settle
    /// in longer, or need less time for it.
    taken: Vec<Spot>,
    put: Vec<Spot>,
    /// Per task: [`IDLE`], or the number of tasks it waits for that are still to be put back.
    missing: Vec<u32>,
    value: Cents,
    guide: i64,
    /// Tasks put back since the beginning: the work done.
    pub placements: u64,
}

/// A task that is not waiting to be put back.
const IDLE: u32 = u32::MAX;

impl Standing {
    /// A standing schedule.
    pub fn new(problem: &Problem, links: &Links, board: Board) -> Standing {
        let ledger = Ledger::new(problem, links, &board);
        Standing {
            value: ledger.value(problem),
            guide: ledger.guide(),
            board,
            ledger,
            placer: Placer::default(),
            old: Places::default(),
            queue: BinaryHeap::new(),
            elsewhere: Vec::new(),
            taken: Vec::new(),
            put: Vec::new(),
            missing: vec![IDLE; problem.jobs.len()],
            placements: 0,
        }
    }

    /// What it is worth with so many thousandths of the guide of the search.
    pub fn guided(&self, weight: i64) -> Cents {
        guided(self.value, self.guide, weight)
    }

    /// The schedule and what it is worth.
    pub fn incumbent(&self, problem: &Problem) -> Incumbent {
        let mut schedule = self.board.schedule.clone();
        schedule.list_unplaced(problem);
        Incumbent { schedule, objective: self.ledger.objective(), value: self.value }
    }

    /// What it is worth.
    pub fn value(&self) -> Cents {
        self.value
    }

    /// Takes `tasks` out and puts them back in the order of `key`, each where it is best; tasks that
    /// no longer may stay where they are are taken along. Gives the change of value, or `None` (and
    /// everything is as before) if that would touch more than `most` tasks.
    ///
    /// The change has to be [kept](Self::keep) or [undone](Self::undo).
    pub fn rebuild(
        &mut self,
        setting: Setting<'_>,
        tasks: &[u32],
        key: &mut dyn FnMut(u32, u32) -> i64,
        taste: Taste,
        luck: u64,
        most: usize,
    ) -> Option<Change> {
        self.placer.seed(luck);
        self.rebuild_with(setting, tasks, &[], key, taste, most)
    }

    /// The same with the places of some of the tasks given, as far as they are free when their turn comes.
    pub fn rebuild_around(
        &mut self,
        setting: Setting<'_>,
        tasks: &[u32],
        given: &[(u32, Part)],
        key: &mut dyn FnMut(u32, u32) -> i64,
        taste: Taste,
        most: usize,
    ) -> Option<Change> {
        self.placer.seed(1);
        self.rebuild_with(setting, tasks, given, key, taste, most)
    }

    fn rebuild_with(
        &mut self,
        setting: Setting<'_>,
        tasks: &[u32],
        given: &[(u32, Part)],
        key: &mut dyn FnMut(u32, u32) -> i64,
        taste: Taste,
        most: usize,
    ) -> Option<Change> {
        let Setting { problem, links, urgency, .. } = setting;
        self.ledger.begin();
        self.old.clear();
        self.queue.clear();
        self.taken.clear();
        self.put.clear();
        self.placer.forget_freed();
        for &task in tasks {
            self.take_out(setting, task, key);
        }
        let mut put_back = 0;
        loop {
            let Some(Reverse((_, task))) = self.queue.pop() else {
                let Some(task) = self.unsettled(problem) else { break };
                self.take_out(setting, task, key);
                continue;
            };
            if self.missing[task as usize] != 0 {
                // It was placed already, or waits again for something taken out since.
                continue;
            }
            self.missing[task as usize] = IDLE;
            self.placements += 1;
            match given.iter().find(|row| row.0 == task) {
                Some((_, part)) if self.is_free(problem, task, part) => {
                    self.board.put(problem, task, part.start, part.end, &[*part]);
                }
                _ => {
                    self.placer.place(problem, &mut self.board, task, urgency, taste);
                }
            }
            self.ledger.link(problem, &self.board, task);
            if problem.setup.any {
                let parts = self.board.schedule.parts_of(task).iter();
                let parts = parts.filter(|part| part.lane != NONE);
                self.put.extend(parts.map(|part| Spot::of(part, task)));
            }
            let is_placed = self.board.schedule.is_placed(task);
            // First those that wait for it, then those that may have to move: a task that moves does
            // not wait for this one any more.
            for wait in problem.followers(task) {
                let later = wait.to as usize;
                if self.missing[later] != IDLE {
                    self.missing[later] -= 1;
                    if self.missing[later] == 0 {
                        let start = self.old_start(wait.to);
                        self.queue.push(Reverse((key(wait.to, start), wait.to)));
                    }
                }
            }
            for wait in problem.followers(task) {
                let later = wait.to as usize;
                if self.missing[later] != IDLE {
                    continue;
                }
                let stays = match problem.jobs[later].kind {
                    JobKind::Done | JobKind::Hold => true,
                    // It may have become possible to place it.
                    _ if !self.board.schedule.is_placed(wait.to) => !is_placed,
                    // It happens as soon as it can, never later.
                    JobKind::Instant => false,
                    _ => is_placed && holds(problem, &self.board.schedule, wait),
                };
                if !stays {
                    self.take_out(setting, wait.to, key);
                }
            }
            put_back += 1;
            if self.old.entries.len() > most || put_back > 4 * most {
                self.put_all_back(problem);
                self.ledger.undo(problem, links);
                return None;
            }
        }
        self.ledger.settle(problem, links, &self.board);
        Some(self.change(problem))
    }

    /// Whether a task may begin and has room at a place that was found for it.
    fn is_free(&self, problem: &Problem, task: u32, part: &Part) -> bool {
        let site = problem.lanes[part.lane as usize].site;
        let schedule = &self.board.schedule;
        let window = Window::of(problem, schedule, task, site);
        schedule.blocked_by(problem, task).is_none()
            && (window.start..=part.end).contains(&part.start)
            && window.end <= part.end
            && self.board.has_room(problem, task, part)
    }

    /// A task that has too little time to settle in since something before it was taken off; else one that the
    /// change has left alone so far and that has more than it needs, since something was put before it.
    fn unsettled(&mut self, problem: &Problem) -> Option<u32> {
        while let Some(spot) = self.taken.last() {
            let wrong = spot.wrong(problem, &self.board, false);
            if wrong.is_some() {
                return wrong;
            }
            self.taken.pop();
        }
        while let Some(spot) = self.put.pop() {
            let wrong = spot.wrong(problem, &self.board, true);
            if let Some(task) = wrong.filter(|&task| self.ledger.is_new(task)) {
                return Some(task);
            }
        }
        None
    }

    /// Start of a task before the change.
    fn old_start(&self, task: u32) -> u32 {
        let known = self.old.entries.iter().find(|entry| entry.task == task);
        known.map_or(NONE, |entry| entry.start)
    }

    fn take_out(&mut self, setting: Setting<'_>, task: u32, key: &mut dyn FnMut(u32, u32) -> i64) {
        let Setting { problem, links, .. } = setting;
        let kind = problem.jobs[task as usize].kind;
        if self.missing[task as usize] != IDLE || matches!(kind, JobKind::Done | JobKind::Hold) {
            return;
        }
        let start = self.board.schedule.start[task as usize];
        for part in self.board.schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            self.placer.note_freed(problem.lanes[part.lane as usize].own);
        }
        self.note_and_free(problem, links, task);
        let mut missing = 0;
        for wait in problem.waits_for(task) {
            missing += u32::from(self.missing[wait.from as usize] != IDLE);
        }
        self.missing[task as usize] = missing;
        for wait in problem.followers(task) {
            let later = &mut self.missing[wait.to as usize];
            *later += u32::from(*later != IDLE);
        }
        if missing == 0 {
            self.queue.push(Reverse((key(task, start), task)));
        }
    }

    /// Takes a task off the board, its old place noted once.
    fn note_and_free(&mut self, problem: &Problem, links: &Links, task: u32) {
        if self.ledger.is_new(task) {
            self.old.note(&self.board.schedule, task);
        }
        self.ledger.touch(problem, links, &self.board, task);
        self.ledger.unlink(problem, &self.board, task);
        if problem.setup.any {
            let parts = self.board.schedule.parts_of(task).iter();
            let parts = parts.filter(|part| part.lane != NONE);
            self.taken.extend(parts.map(|part| Spot::of(part, task)));
        }
        self.board.take_off(problem, task);
    }

    /// Accepts the change.
    pub fn keep(&mut self, problem: &Problem) {
        self.ledger.keep();
        self.value = self.ledger.value(problem);
        self.guide = self.ledger.guide();
    }

    fn change(&self, problem: &Problem) -> Change {
        let value = self.ledger.value(problem) - self.value;
        Change { value, guide: Cents(self.ledger.guide().saturating_sub(self.guide)) }
    }

    /// Takes the change back.
    pub fn undo(&mut self, setting: Setting<'_>) {
        self.put_all_back(setting.problem);
        self.ledger.undo(setting.problem, setting.links);
    }

    /// The tasks that the change under way put elsewhere.
    pub fn moved(&self) -> impl Iterator<Item = u32> + '_ {
        let schedule = &self.board.schedule;
        let elsewhere = |entry: &&Entry| {
            entry.start != schedule.start[entry.task as usize]
                || self.old.parts_of(entry) != schedule.parts_of(entry.task)
        };
        self.old.entries.iter().filter(elsewhere).map(|entry| entry.task)
    }

    fn put_all_back(&mut self, problem: &Problem) {
        for index in 0..self.old.entries.len() {
            let task = self.old.entries[index].task;
            self.missing[task as usize] = IDLE;
            self.ledger.unlink(problem, &self.board, task);
            self.board.take_off(problem, task);
        }
        for index in 0..self.old.entries.len() {
            let entry = self.old.entries[index];
            if entry.end != NONE {
                let parts = self.old.parts_of(&entry);
                self.board.put(problem, entry.task, entry.start, entry.end, parts);
                self.ledger.link(problem, &self.board, entry.task);
            }
        }
    }

    /// Moves tasks to places that were found on another copy of the schedule. Gives the change of
    /// value, to be kept or undone; `None` (and everything is as before) if they are not free here.
    pub fn repeat(&mut self, setting: Setting<'_>, places: &Places) -> Option<Change> {
        let Setting { problem, links, .. } = setting;
        self.ledger.begin();
        self.old.clear();
        self.taken.clear();
        for task in places.tasks() {
            self.note_and_free(problem, links, task);
        }
        let mut fits = true;
        for entry in &places.entries {
            if entry.end == NONE {
                continue;
            }
            let parts = places.parts_of(entry);
            fits &= parts.iter().all(|part| self.board.has_room(problem, entry.task, part));
            fits = fits
                && (parts.len() < 2 || self.board.room_together(problem, entry.task, parts.iter()));
            if !fits {
                break;
            }
            self.board.put(problem, entry.task, entry.start, entry.end, parts);
            self.ledger.link(problem, &self.board, entry.task);
        }
        if problem.setup.any {
            let is_short = |spot: &Spot| spot.wrong(problem, &self.board, false).is_some();
            fits = fits
                && !self.taken.iter().any(is_short)
                && places.tasks().all(|task| setup::is_enough(problem, &self.board, task));
        }
        if !fits || !places.tasks().all(|task| is_sound(problem, &self.board.schedule, task)) {
            self.undo(setting);
            return None;
        }
        self.ledger.settle(problem, links, &self.board);
        Some(self.change(problem))
    }

    /// Gives `tasks` the places they have in another schedule, in which they fit among the others as
    /// they are here. What has its place already costs nothing.
    pub fn copy_from(&mut self, setting: Setting<'_>, tasks: &[u32], schedule: &Schedule) {
        let Setting { problem, links, .. } = setting;
        self.ledger.begin();
        let mut elsewhere = std::mem::take(&mut self.elsewhere);
        elsewhere.clear();
        let own = &self.board.schedule;
        elsewhere.extend(tasks.iter().copied().filter(|&task| {
            own.start[task as usize] != schedule.start[task as usize]
                || own.parts_of(task) != schedule.parts_of(task)
        }));
        for &task in &elsewhere {
            self.ledger.touch(problem, links, &self.board, task);
            self.ledger.unlink(problem, &self.board, task);
            self.board.take_off(problem, task);
        }
        for &task in &elsewhere {
            if schedule.is_placed(task) {
                let (start, end) = (schedule.start[task as usize], schedule.end[task as usize]);
                self.board.put(problem, task, start, end, schedule.parts_of(task));
                self.ledger.link(problem, &self.board, task);
            }
        }
        self.elsewhere = elsewhere;
        self.ledger.settle(problem, links, &self.board);
        self.keep(problem);
    }
}

/// Whether everything that a task waits for and that waits for it holds.
fn is_sound(problem: &Problem, schedule: &Schedule, task: u32) -> bool {
    let kind = problem.jobs[task as usize].kind;
    if !schedule.is_placed(task) {
        // Nothing that waits for it may have a place.
        return problem.followers(task).all(|wait| !schedule.is_placed(wait.to));
    }
    if schedule.blocked_by(problem, task).is_some() {
        return false;
    }
    let on_time = |instant: u32| {
        let window = Window::of(problem, schedule, instant, NONE);
        schedule.start[instant as usize] == window.start.max(window.end)
    };
    if kind == JobKind::Instant && !on_time(task) {
        return false;
    }
    problem
        .waits_for(task)
        .iter()
        .all(|wait| !schedule.is_placed(wait.from) || holds(problem, schedule, wait))
        && problem.followers(task).all(|wait| {
            let is_instant = problem.jobs[wait.to as usize].kind == JobKind::Instant;
            if !schedule.is_placed(wait.to) {
                // An instant has a place as soon as nothing keeps it from one.
                return !is_instant || schedule.blocked_by(problem, wait.to).is_some();
            }
            holds(problem, schedule, wait) && (!is_instant || on_time(wait.to))
        })
}
