//! The board: a standing schedule with everybody's busy time, so that work can be taken off and put
//! back at the cost of what is touched.

use super::balance::Balance;
use super::crews::Crews;
use super::gaps::{Gaps, first_after};
use super::long_weeks::{Asking, HeavyDays};
use super::pools::PoolUse;
use super::schedule::{Part, Schedule, Window};
use super::setup;
use super::vendors::VendorUse;
use crate::formulate::{LaneSpec, NONE, Problem};
use crate::model::Id;

/// A run of busy time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    /// Its start on the calendar.
    pub start: u32,
    /// Its end.
    pub end: u32,
    /// The task.
    pub task: u32,
    /// Basis-point slots of it to settle in.
    pub setup: u32,
}

/// A schedule and all that follows from it for who is free.
#[derive(Clone, Debug)]
pub struct Board {
    /// When each task runs, and who works on it.
    pub schedule: Schedule,
    /// Busy time of each desk, in order.
    pub busy: Vec<Vec<Busy>>,
    /// Where gaps in it may be.
    gaps: Vec<Gaps>,
    /// People of each (sequence, department) group, and on how many parts of it they work.
    pub group_people: Vec<Vec<(u32, u32)>>,
    /// Minutes of overtime by person, week and day of the week.
    overtime: Vec<[u16; 7]>,
    /// Parts that are worked on each day off, alike; empty where none may be worked.
    parts_off: Vec<[u8; 7]>,
    crews: Crews,
    /// What is in use of the pools.
    pub pools: PoolUse,
    /// What vendors do in each week.
    pub vendors: VendorUse,
    /// How evenly the time of teams is used.
    pub balance: Balance,
}

/// What is looked for in the time of a lane.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Basis-point slots of work.
    pub need: u64,
    /// Parts of the task, each the same.
    pub parts: u32,
    /// Minutes of overtime on each whole day; 0 = none.
    pub minutes: u32,
    /// Whether soft pools must not be overdrawn either.
    pub within_pools: bool,
    /// Boundary after which an end is of no use.
    pub give_up: u32,
}

impl Wish {
    /// So many basis-point slots of work in one part, whenever, without overtime.
    pub fn of(need: u64) -> Wish {
        Wish { need, parts: 1, minutes: 0, within_pools: false, give_up: NONE }
    }
}

impl Board {
    /// An empty board.
    pub fn new(problem: &Problem) -> Board {
        let weeks = (problem.people * problem.overtime.week_count) as usize;
        Board {
            schedule: Schedule::new(problem),
            busy: vec![Vec::new(); problem.desks as usize],
            gaps: vec![Gaps::default(); problem.desks as usize],
            group_people: vec![Vec::new(); problem.groups as usize],
            overtime: vec![[0; 7]; weeks],
            parts_off: vec![[0; 7]; if problem.has_days_off() { weeks } else { 0 }],
            crews: Crews::new(problem),
            pools: PoolUse::new(problem),
            vendors: VendorUse::new(problem),
            balance: Balance::new(problem),
        }
    }

    /// A board with the places of a schedule.
    pub fn of(problem: &Problem, schedule: &Schedule) -> Board {
        let mut board = Board::new(problem);
        for task in (0..problem.jobs.len() as u32).filter(|&task| schedule.is_placed(task)) {
            let (start, end) = (schedule.start[task as usize], schedule.end[task as usize]);
            board.put(problem, task, start, end, schedule.parts_of(task));
        }
        board
    }

    /// Takes everything off.
    pub fn clear(&mut self) {
        self.schedule.clear();
        self.busy.iter_mut().for_each(Vec::clear);
        self.gaps.fill(Gaps::default());
        self.group_people.iter_mut().for_each(Vec::clear);
        self.overtime.fill([0; 7]);
        self.parts_off.fill([0; 7]);
        self.crews.clear();
        self.pools.clear();
        self.vendors.clear();
        self.balance.clear();
    }

    /// Puts a task where it is said to be.
    pub fn put(&mut self, problem: &Problem, task: u32, start: u32, end: u32, parts: &[Part]) {
        self.schedule.set(task, start, end, parts);
        for part in parts {
            match part.lane {
                NONE => self.vendors.take(problem, task, (part.start, part.end)),
                _ => self.book(problem, task, part),
            }
        }
    }

    /// Takes a task off the board.
    pub fn take_off(&mut self, problem: &Problem, task: u32) {
        let first = self.schedule.first_part[task as usize] as usize;
        for index in first..first + self.schedule.part_count[task as usize] as usize {
            let part = self.schedule.parts[index];
            match part.lane {
                NONE => self.vendors.give_back(problem, task, (part.start, part.end)),
                _ => self.free(problem, task, &part),
            }
        }
        self.schedule.unset(task);
    }

    fn book(&mut self, problem: &Problem, task: u32, part: &Part) {
        let job = &problem.jobs[task as usize];
        let lane = &problem.lanes[part.lane as usize];
        let person = lane.person.index() as u32;
        let busy = &mut self.busy[lane.desk as usize];
        let position = busy.partition_point(|run| run.start < part.start);
        busy.insert(position, Busy { start: part.start, end: part.end, task, setup: part.setup });
        let time = &problem.times[lane.time as usize];
        if position + 1 == busy.len() {
            let gaps = &mut self.gaps[lane.desk as usize];
            let free_from = std::mem::replace(&mut gaps.free_from, part.end);
            // How much of it is working time depends on the lane, where several share a desk.
            let length = match lane.own == part.lane && !lane.shares_desk {
                true => part.from.saturating_sub(time.index_at(free_from)),
                false => part.start.saturating_sub(free_from),
            };
            gaps.note(part.start, length);
        }
        self.crews.take(problem, job.department, part);
        if job.group != NONE {
            let people = &mut self.group_people[job.group as usize];
            match people.iter_mut().find(|row| row.0 == person) {
                Some(row) => row.1 += 1,
                None => people.push((person, 1)),
            }
        }
        for (day, minutes) in part.overtime_days(time) {
            let week = week_of(problem, person, day);
            self.overtime[week][(day % 7) as usize] = minutes;
            if let Some(parts) = self.parts_off.get_mut(week).filter(|_| lane.own != part.lane) {
                parts[(day % 7) as usize] += 1;
            }
        }
        self.pools.take(problem, task, part);
        self.balance.take(problem, part);
    }

    fn free(&mut self, problem: &Problem, task: u32, part: &Part) {
        let job = &problem.jobs[task as usize];
        let lane = &problem.lanes[part.lane as usize];
        let person = lane.person.index() as u32;
        let busy = &mut self.busy[lane.desk as usize];
        let position = busy.partition_point(|run| run.start < part.start);
        debug_assert_eq!(busy[position].task, task);
        busy.remove(position);
        let before = position.checked_sub(1).map_or(0, |before| busy[before].end);
        let gaps = &mut self.gaps[lane.desk as usize];
        match busy.get(position) {
            // No more of it is working time than it is long.
            Some(next) => gaps.note(next.start, next.start.saturating_sub(before)),
            None => gaps.free_from = before,
        }
        let time = &problem.times[lane.time as usize];
        self.crews.give_back(problem, job.department, part);
        if job.group != NONE {
            let people = &mut self.group_people[job.group as usize];
            if let Some(position) = people.iter().position(|row| row.0 == person) {
                people[position].1 -= 1;
                if people[position].1 == 0 {
                    people.swap_remove(position);
                }
            }
        }
        for (day, _) in part.overtime_days(time) {
            let week = week_of(problem, person, day);
            if let Some(parts) = self.parts_off.get_mut(week).filter(|_| lane.own != part.lane) {
                let parts = &mut parts[(day % 7) as usize];
                *parts -= 1;
                if *parts > 0 {
                    continue;
                }
            }
            self.overtime[week][(day % 7) as usize] = 0;
        }
        self.pools.give_back(problem, task, part);
        self.balance.give_back(problem, part);
    }

    /// Minutes of overtime of a person on the days of the week of `day`.
    #[inline]
    pub fn overtime_in_week(&self, problem: &Problem, person: u32, day: u32) -> &[u16; 7] {
        &self.overtime[week_of(problem, person, day)]
    }

    /// Minutes of overtime of a person in the weeks that are paid together with a week, and the first of
    /// them.
    #[inline]
    pub fn overtime_together(
        &self,
        problem: &Problem,
        person: u32,
        week: u32,
    ) -> (u32, &[[u16; 7]]) {
        let (first, weeks) = problem.overtime.together(person, week);
        let from = week_of(problem, person, first * 7);
        (first, &self.overtime[from..from + weeks as usize])
    }

    /// Whether several parts are worked on a day off of a person.
    pub fn shares_day_off(&self, problem: &Problem, person: u32, day: u32) -> bool {
        let parts = self.parts_off.get(week_of(problem, person, day));
        parts.is_some_and(|parts| parts[(day % 7) as usize] > 1)
    }

    /// Whether a part that was made for another board has its place free on this one.
    pub fn has_room(&self, problem: &Problem, task: u32, part: &Part) -> bool {
        if part.lane == NONE {
            return self.vendors.has_room(problem, task, (part.start, part.end));
        }
        let lane = &problem.lanes[part.lane as usize];
        let busy = &self.busy[lane.desk as usize];
        let next = busy.partition_point(|run| run.end <= part.start);
        if busy.get(next).is_some_and(|run| run.start < part.end) {
            return false;
        }
        let department = problem.jobs[task as usize].department;
        if self.crews.full_day(problem, department, lane, (part.from, part.to)).is_some() {
            return false;
        }
        if self.pools.full_until(problem, task, part, false).is_some() {
            return false;
        }
        let person = lane.person.index() as u32;
        if problem.overtime.may_be_long(person) {
            let mut asking = Asking::new(problem, self, person);
            let mut days = part.overtime_work(&problem.times[lane.time as usize]);
            return days.all(|(day, minutes, worth)| {
                let fits = asking.room(day) >= u32::from(minutes)
                    && (self.is_worked(problem, person, day)
                        || asking.worth(day, minutes.into()) >= u32::from(worth));
                asking.take(day, minutes);
                fits
            });
        }
        let mut asked = (NONE, [0_u16; 7]);
        part.overtime_days(&problem.times[lane.time as usize]).all(|(day, minutes)| {
            if asked.0 != day / 7 {
                asked = (day / 7, *self.overtime_in_week(problem, person, day));
            }
            let fits = problem.overtime.room(person, day, &asked.1) >= u32::from(minutes);
            asked.1[(day % 7) as usize] = minutes;
            fits
        })
    }

    /// Whether a person has overtime on a day.
    fn is_worked(&self, problem: &Problem, person: u32, day: u32) -> bool {
        self.overtime_in_week(problem, person, day)[(day % 7) as usize] > 0
    }

    /// How many more changes of sequence there are on a desk with a part in a gap of it.
    #[inline]
    pub fn changes_around(&self, problem: &Problem, task: u32, part: &Part) -> i64 {
        let desk = problem.lanes[part.lane as usize].desk as usize;
        let busy = self.busy[desk].as_slice();
        let own = problem.jobs[task as usize].sequence;
        if own == NONE || busy.is_empty() {
            return 0;
        }
        let next = first_after(busy, self.gaps[desk].free_from, part.start);
        let sequence = |run: &Busy| problem.jobs[run.task as usize].sequence;
        let before = next.checked_sub(1).map_or(NONE, |before| sequence(&busy[before]));
        let after = busy.get(next).map_or(NONE, sequence);
        let differ = |one: u32, other: u32| i64::from(one != NONE && other != NONE && one != other);
        differ(before, own) + differ(own, after) - differ(before, after)
    }

    /// The earliest gap of a lane that holds what is wished of a task.
    pub fn fit(
        &self,
        problem: &Problem,
        task: u32,
        lane_index: u32,
        window: Window,
        wish: Wish,
    ) -> Option<Part> {
        let Wish { need, parts, minutes, within_pools, give_up } = wish;
        let job = &problem.jobs[task as usize];
        let lane = &problem.lanes[lane_index as usize];
        let time = &problem.times[lane.time as usize];
        let busy = self.busy[lane.desk as usize].as_slice();
        let per_day = problem.slots_per_day;
        // No gap shorter than this on the calendar can hold it.
        let extra = match minutes {
            0 => 0,
            _ => problem.overtime.share(lane.person.index() as u32, minutes),
        };
        let shortest = need.div_ceil(u64::from(10_000 + extra)).min(u64::from(NONE)) as u32;
        let latest = give_up.checked_sub(shortest)?;
        let mut cursor = window.start;
        if cursor > latest {
            return None;
        }
        let gaps = &self.gaps[lane.desk as usize];
        let mut next = busy.len();
        if gaps.may_hold(shortest, cursor) || lane.own != lane_index {
            next = first_after(busy, gaps.free_from, cursor);
        } else {
            cursor = cursor.max(gaps.free_from);
        }
        loop {
            while let Some(run) = busy.get(next)
                && u64::from(run.start) < u64::from(cursor) + u64::from(shortest)
            {
                cursor = cursor.max(run.end);
                next += 1;
                if cursor > latest {
                    return None;
                }
            }
            if cursor > latest {
                return None;
            }
            let mut setup = 0;
            if problem.setup.any {
                if let Some(run) = busy.get(next)
                    && !setup::leaves_enough(problem, lane, busy, next, task)
                {
                    cursor = run.end;
                    next += 1;
                    continue;
                }
                let before = setup::before(problem, lane, busy, next, task);
                setup = setup::needed(problem, lane, before, task);
            }
            let need = need + u64::from(setup);
            let mut from = time.index_at(cursor);
            if from >= time.total() {
                return None;
            }
            let room = busy.get(next).map_or(NONE, |run| run.start);
            let (mut to, long_days, heavy) = if minutes == 0 {
                (time.finish(from, need)?, 0, HeavyDays::NONE)
            } else {
                self.finish_with_overtime(problem, lane, from, need, minutes)?
            };
            let mut end = time.boundary_before(to);
            if end < window.end {
                if long_days != 0 {
                    // Nobody works long days to wait for the end.
                    return None;
                }
                from = time.start_to_end_at(from, need, window.end)?;
                to = time.finish(from, need)?;
                end = time.boundary_before(to);
            }
            // Whoever begins later does not end earlier.
            if end > give_up {
                return None;
            }
            let start = time.slot_of(from);
            if end > room {
                // Busy before it would be done: after that, at the earliest.
                cursor = busy.get(next).map_or(room, |run| run.end);
                next += 1;
                continue;
            }
            if !job.splittable
                && let Some(gap) = time.first_gap(start / per_day, (end - 1) / per_day)
            {
                cursor = (gap + 1) * per_day;
                continue;
            }
            if let Some(full) = self.crews.full_day(problem, job.department, lane, (from, to)) {
                cursor = (full + 1) * per_day;
                continue;
            }
            let part = Part {
                lane: lane_index,
                level: 0,
                from,
                to,
                start,
                end,
                need,
                setup,
                parts,
                long_days,
                minutes: if long_days == 0 { 0 } else { minutes },
                heavy,
            };
            if let Some(again) = self.pools.full_until(problem, task, &part, within_pools) {
                cursor = again;
                continue;
            }
            if lane.own != lane_index
                && let Some(full) = self.full_day_off(problem, &part)
            {
                cursor = (full + 1) * per_day;
                continue;
            }
            return Some(part);
        }
    }

    fn finish_with_overtime(
        &self,
        problem: &Problem,
        lane: &LaneSpec,
        from: u32,
        need: u64,
        minutes: u32,
    ) -> Option<(u32, u64, HeavyDays)> {
        let person = lane.person.index() as u32;
        let time = &problem.times[lane.time as usize];
        if problem.overtime.may_be_long(person) {
            return self.finish_in_long_weeks(problem, lane, from, need, minutes);
        }
        let extra = problem.overtime.share(person, minutes);
        let mut asked = (NONE, [0_u16; 7]);
        let (to, long_days) = time.finish_with_overtime(from, need, |day| {
            if !lane.is_alone(day) {
                return 0;
            }
            if asked.0 != day / 7 {
                asked = (day / 7, *self.overtime_in_week(problem, person, day));
            }
            if problem.overtime.room(person, day, &asked.1) < minutes {
                return 0;
            }
            asked.1[(day % 7) as usize] = minutes as u16;
            extra
        })?;
        Some((to, long_days, HeavyDays::NONE))
    }

    fn finish_in_long_weeks(
        &self,
        problem: &Problem,
        lane: &LaneSpec,
        from: u32,
        need: u64,
        minutes: u32,
    ) -> Option<(u32, u64, HeavyDays)> {
        let person = lane.person.index() as u32;
        let time = &problem.times[lane.time as usize];
        let first = time.day_of_index(from);
        let mut asking = Asking::new(problem, self, person);
        let mut heavy = HeavyDays::NONE;
        let (to, long_days) = time.finish_with_overtime(from, need, |day| {
            if !lane.is_alone(day) || asking.room(day) < minutes {
                return 0;
            }
            let worth = asking.worth(day, minutes);
            let done = match worth < minutes {
                true => u32::from(heavy.note(time.working_day(day) - first, worth as u16)),
                false => worth,
            };
            if done > 0 {
                asking.take(day, minutes as u16);
            }
            problem.overtime.share(person, done)
        })?;
        Some((to, long_days, heavy.only(long_days)))
    }

    /// The last day off of a part that its artist's week has no room for any more.
    fn full_day_off(&self, problem: &Problem, part: &Part) -> Option<u32> {
        let lane = &problem.lanes[part.lane as usize];
        let person = lane.person.index() as u32;
        let mut full = None;
        if problem.overtime.may_be_long(person) {
            let mut asking = Asking::new(problem, self, person);
            let time = &problem.times[lane.time as usize];
            for (day, minutes) in time.days_off_in(part.from, part.to) {
                if asking.room(day) < u32::from(minutes) {
                    full = Some(day);
                }
                asking.take(day, minutes);
            }
            return full;
        }
        let mut asked = (NONE, [0_u16; 7]);
        for (day, minutes) in problem.times[lane.time as usize].days_off_in(part.from, part.to) {
            if asked.0 != day / 7 {
                asked = (day / 7, *self.overtime_in_week(problem, person, day));
            }
            if problem.overtime.room(person, day, &asked.1) < u32::from(minutes) {
                full = Some(day);
            }
            asked.1[(day % 7) as usize] = minutes;
        }
        full
    }

    /// Whether the department's crew curve and the pools have room for several parts of a task side by
    /// side; each alone fits.
    pub fn room_together<'a>(
        &mut self,
        problem: &Problem,
        task: u32,
        parts: impl Iterator<Item = &'a Part> + Clone,
    ) -> bool {
        if !self.pools.room_together(problem, task, parts.clone()) {
            return false;
        }
        let department = problem.jobs[task as usize].department;
        self.crews.room_together(problem, department, parts)
    }
}

#[inline]
fn week_of(problem: &Problem, person: u32, day: u32) -> usize {
    (person * problem.overtime.week_count + day / 7) as usize
}
