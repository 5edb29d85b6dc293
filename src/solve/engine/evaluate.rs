//! What a schedule is worth: every component of the objective, exactly as `docs/rules.md` says.

use super::balance::Balance;
use super::pools::PoolUse;
use super::schedule::{Part, Schedule};
use crate::formulate::{Due, Job, JobKind, MOST_TOGETHER, NONE, Problem, RuleDate};
use crate::model::{Cents, DateRule, Id, Objective, round_half_even};

/// Buffers for the evaluation of schedules.
#[derive(Clone, Debug, Default)]
pub struct Evaluator {
    /// Finish of each entity: the boundary of its last end, 0 with no open task.
    pub entity_end: Vec<u32>,
    by_person: Vec<(u32, u32, u32, u32)>,
    by_group: Vec<(u32, u32, u32)>,
    overtime: Vec<(u32, u32, u32)>,
    pools: Option<PoolUse>,
    balance: Option<Balance>,
}

impl Evaluator {
    /// The objective of `schedule`.
    pub fn evaluate(&mut self, problem: &Problem, schedule: &Schedule) -> Objective {
        self.finish_entities(problem, schedule);
        let mut objective = Objective::default();
        let artist_day = problem.artist_day;
        for rule in &problem.rules {
            objective.broken_rules += broken(problem, schedule, rule);
        }
        for target in &problem.targets {
            let calendar = &problem.calendars[target.calendar as usize];
            let mut whole = 0;
            for &entity in &target.entities {
                whole = whole.max(self.entity_end[entity as usize]);
            }
            let days_late = |end: u32| {
                if end == 0 {
                    0
                } else {
                    i64::from(target.due.days_late(calendar, finish_day(problem, end)))
                }
            };
            let late = days_late(whole);
            if late == 0 {
                continue;
            }
            if target.hard {
                objective.broken_rules += Cents(1_000 * artist_day * late);
            }
            objective.milestone_lateness += Cents(target.penalty).by(late);
            for &(entity, value) in &target.items {
                let late = days_late(self.entity_end[entity as usize]);
                objective.milestone_lateness += Cents(value).times(target.rate * late, 10_000);
            }
        }
        for due in &problem.dues {
            let end = if due.entity == NONE {
                match schedule.end[due.task as usize] {
                    NONE => problem.slots,
                    end => end,
                }
            } else {
                self.entity_end[due.entity as usize]
            };
            charge_due(problem, due, end, &mut objective);
        }
        for &(task, _) in &schedule.unplaced {
            objective.unscheduled += unscheduled(problem, task);
        }
        self.people(problem, schedule, &mut objective);
        objective.technology = self.technology(problem, schedule);
        objective.balance = self.balance(problem, schedule);
        objective
    }

    fn technology(&mut self, problem: &Problem, schedule: &Schedule) -> Cents {
        if !problem.pools.any_soft {
            return Cents::ZERO;
        }
        let pools = self.pools.get_or_insert_with(|| PoolUse::new(problem));
        pools.clear();
        for task in 0..problem.jobs.len() as u32 {
            for part in schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
                pools.take(problem, task, part);
            }
        }
        Cents(pools.cost())
    }

    fn balance(&mut self, problem: &Problem, schedule: &Schedule) -> Cents {
        if problem.teams.periods == 0 {
            return Cents::ZERO;
        }
        let balance = self.balance.get_or_insert_with(|| Balance::new(problem));
        balance.clear();
        for task in 0..problem.jobs.len() as u32 {
            for part in schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
                balance.take(problem, part);
            }
        }
        Cents(balance.cost())
    }

    fn finish_entities(&mut self, problem: &Problem, schedule: &Schedule) {
        self.entity_end.clear();
        self.entity_end.resize(problem.entities.len(), 0);
        for (job, &end) in problem.jobs.iter().zip(&schedule.end) {
            if end != NONE {
                let known = &mut self.entity_end[job.entity as usize];
                // An instant at the very first boundary still finishes something.
                *known = (*known).max(end.max(1));
            }
        }
        for &(task, _) in &schedule.unplaced {
            self.entity_end[problem.jobs[task as usize].entity as usize] = problem.slots;
        }
    }

    fn people(&mut self, problem: &Problem, schedule: &Schedule, objective: &mut Objective) {
        self.by_person.clear();
        self.by_group.clear();
        self.overtime.clear();
        let mut handovers = 0;
        for (task, job) in problem.jobs.iter().enumerate() {
            let parts = schedule.parts_of(task as u32);
            handovers += i64::from(!charge_parts(problem, job, parts, objective));
            for part in parts.iter().filter(|part| part.lane != NONE) {
                let lane = &problem.lanes[part.lane as usize];
                let person = lane.person.index() as u32;
                self.by_person.push((person, part.start, task as u32, job.sequence));
                if job.group != NONE {
                    self.by_group.push((job.group, person, task as u32));
                }
                let time = &problem.times[lane.time as usize];
                let long_days = part.overtime_days(time);
                self.overtime.extend(long_days.map(|(day, extra)| (person, day, u32::from(extra))));
            }
        }
        self.charge_overtime(problem, objective);
        self.by_person.sort_unstable();
        let switches = self
            .by_person
            .windows(2)
            .filter(|pair| {
                let (before, after) = (pair[0].3, pair[1].3);
                pair[0].0 == pair[1].0 && before != after && before != NONE && after != NONE
            })
            .count() as i64;
        objective.switches =
            Cents(problem.artist_day).by(handovers) + Cents(problem.artist_day).times(switches, 10);
        objective.continuity = self.continuity(problem);
    }

    fn charge_overtime(&mut self, problem: &Problem, objective: &mut Objective) {
        self.overtime.sort_unstable();
        let together = |row: &(u32, u32, u32)| problem.overtime.together(row.0, row.1 / 7);
        for rows in self.overtime.chunk_by(|a, b| (a.0, together(a)) == (b.0, together(b))) {
            let (first, weeks) = together(&rows[0]);
            let mut minutes = [[0; 7]; MOST_TOGETHER];
            for &(_, day, extra) in rows {
                minutes[(day / 7 - first) as usize][(day % 7) as usize] = extra as u16;
            }
            let minutes = &minutes[..weeks as usize];
            let (pay, long) = problem.overtime.cost(rows[0].0, first, minutes);
            objective.labour += pay;
            objective.overtime_aversion += long;
        }
    }

    fn continuity(&mut self, problem: &Problem) -> Cents {
        self.by_group.sort_unstable();
        let mut sum = Cents::ZERO;
        let mut rows = self.by_group.as_slice();
        while let Some(&(group, ..)) = rows.first() {
            let length = rows.partition_point(|row| row.0 == group);
            let (mine, rest) = rows.split_at(length);
            rows = rest;
            let (mut artists, mut last_person) = (0_i64, NONE);
            for &(_, person, _) in mine {
                artists += i64::from(person != last_person);
                last_person = person;
            }
            // Tasks in parts stand once for each part: count the work of each task once.
            let mut work = 0;
            for (position, &(_, _, task)) in mine.iter().enumerate() {
                let job = &problem.jobs[task as usize];
                let again = job.parts > 1 && mine[..position].iter().any(|row| row.2 == task);
                work += if again { 0 } else { job.work as i64 };
            }
            let extra = extra_artists(problem, artists, work);
            sum += Cents(problem.artist_day).times(extra, 4);
        }
        sum
    }
}

/// Charges the lateness or earliness of a thing with a due date that finishes at the boundary `end`.
pub fn charge_due(problem: &Problem, due: &Due, end: u32, objective: &mut Objective) {
    let calendar = &problem.calendars[due.calendar as usize];
    let day = finish_day(problem, end);
    let late = i64::from(due.due.days_late(calendar, day));
    if late > 0 {
        objective.shot_lateness += Cents(problem.artist_day).times(due.factor * late, 2);
    } else if due.due.day != NONE {
        let early = i64::from(calendar.days_after(day, due.due.day)) - 10;
        objective.earliness += Cents(problem.artist_day).times(early.max(0), 100);
    }
}

/// What a task without a place costs as such.
pub fn unscheduled(problem: &Problem, task: u32) -> Cents {
    let work = problem.jobs[task as usize].work as i64;
    Cents(problem.artist_day).times(5 * work, problem.bid_day.max(1))
}

/// Charges avoidable pay and fit of the parts of a task; `false` if somebody new takes it over.
pub fn charge_parts(
    problem: &Problem,
    job: &Job,
    parts: &[Part],
    objective: &mut Objective,
) -> bool {
    let per_day = i64::from(problem.slots_per_day);
    let assigned = &problem.assigned[job.assigned.0 as usize..job.assigned.1 as usize];
    let mut leads = !job.hero || parts.is_empty();
    let mut stays = !job.begun || assigned.is_empty() || parts.is_empty();
    for part in parts {
        if part.lane == NONE {
            stays = true;
            continue;
        }
        let lane = &problem.lanes[part.lane as usize];
        let time = &problem.times[lane.time as usize];
        stays |= assigned.contains(&(lane.person.index() as u32));
        if !lane.avoidable.is_empty() {
            for (day, slots) in time.days_of(part.from, part.to) {
                let share = i64::from(slots * time.share_on(day));
                let day_cost = Cents(lane.avoidable[day as usize]);
                objective.labour += day_cost.times(share, 10_000 * per_day);
            }
        }
        leads |= lane.leads;
        let is_wasted = job.simple && part.level >= 1_250;
        let is_disliked = problem.is_disliked(lane.person.index() as u32, job);
        if is_wasted || is_disliked {
            let off = time.done_on_days_off(part.from, part.to);
            let share = (time.done_before(part.to) - time.done_before(part.from) - off) as i64;
            if is_wasted {
                objective.fit += Cents(problem.artist_day).times(share, 20 * 10_000 * per_day);
            }
            if is_disliked {
                objective.fit += Cents(problem.artist_day).times(share, 50 * 10_000 * per_day);
            }
        }
    }
    if !leads {
        objective.leads += Cents(problem.artist_day).by(2);
    }
    if let Some(start) = parts.iter().map(|part| part.start).min() {
        objective.stability += stability(problem, job, start, parts);
    }
    stays
}

/// What it costs that a task has another place than in an earlier plan.
fn stability(problem: &Problem, job: &Job, start: u32, parts: &[Part]) -> Cents {
    let Some(earlier) = problem.earlier.get(job.earlier as usize) else { return Cents::ZERO };
    let is_new = |part: &&Part| part.lane != NONE && is_new(problem, job, part.lane);
    let new = parts.iter().filter(is_new).count() as i64;
    let day = start / problem.slots_per_day;
    let calendar = &problem.calendars[job.calendar as usize];
    let moved = i64::from(calendar.days_after(day.min(earlier.day), day.max(earlier.day)));
    Cents(problem.artist_day).times((10 * new + moved) * earlier.weight, 20_000_000)
}

/// Whether the artist of a lane was not on a task in an earlier plan.
fn is_new(problem: &Problem, job: &Job, lane: u32) -> bool {
    let Some(earlier) = problem.earlier.get(job.earlier as usize) else { return false };
    let people = &problem.assigned[earlier.people.0 as usize..earlier.people.1 as usize];
    !people.contains(&(problem.lanes[lane as usize].person.index() as u32))
}

/// What it costs that a lane's artist is new on a task, whenever.
pub fn new_face(problem: &Problem, job: &Job, lane: u32) -> i64 {
    match problem.earlier.get(job.earlier as usize) {
        Some(earlier) if is_new(problem, job, lane) => {
            // Half an artist-day times millionths, in whole minor units.
            problem.artist_day * earlier.weight / 2_000_000
        }
        _ => 0,
    }
}

/// Artists on a group beyond what its work needs.
pub fn extra_artists(problem: &Problem, artists: i64, work: i64) -> i64 {
    let each = 20 * problem.bid_day.max(1);
    (artists - work.div_euclid(each) - i64::from(work.rem_euclid(each) > 0)).max(0)
}

/// The day in which a boundary `end` is finished.
#[inline]
pub fn finish_day(problem: &Problem, end: u32) -> u32 {
    end.saturating_sub(1) / problem.slots_per_day
}

/// Price of a date rule that a schedule breaks by being late; nothing has a place before it may begin or end.
pub fn broken(problem: &Problem, schedule: &Schedule, rule: &RuleDate) -> Cents {
    let (mut start, mut end) =
        (schedule.start[rule.task as usize], schedule.end[rule.task as usize]);
    let job = &problem.jobs[rule.task as usize];
    let calendar = &problem.calendars[job.calendar as usize];
    if end == NONE {
        if job.kind == JobKind::Hold {
            return Cents::ZERO;
        }
        // Work without a place is as late as can be.
        (start, end) = (problem.slots, problem.slots);
    }
    let last_day = problem.timeline.days() - 1;
    let start_day = (start / problem.slots_per_day).min(last_day);
    let end_day = finish_day(problem, end);
    let after = |day: u32| {
        let is_after = rule.date.day == NONE || day > rule.date.day;
        if is_after { i64::from(rule.date.days_late(calendar, day)).max(1) } else { 0 }
    };
    let days = match rule.rule {
        DateRule::MustStartOn(_) | DateRule::StartNoLaterThan(_) => after(start_day),
        DateRule::MustFinishOn(_) | DateRule::FinishNoLaterThan(_) => after(end_day),
        DateRule::AsSoonAsPossible
        | DateRule::AsLateAsPossible
        | DateRule::StartNoEarlierThan(_)
        | DateRule::FinishNoEarlierThan(_) => 0,
    };
    Cents(round_half_even(i128::from(1_000 * problem.artist_day) * i128::from(days), 1))
}
