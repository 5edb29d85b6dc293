//! The objective kept up to date: a change costs what it touches.
//!
//! Before a task changes its place it is *touched*: what it, its shot, its group, its milestones and
//! the overtime of its artists cost is taken off. When all changes are made, everything touched is
//! *settled*: charged again as it is then. The sums are those of `evaluate` to the
//! cent.

use super::board::Board;
use super::evaluate::{self, finish_day};
use super::schedule::Part;
use crate::formulate::{MOST_TOGETHER, NONE, Problem, Target};
use crate::model::{Cents, Id, Objective};

/// Which deliverables, milestones and rules hang on each task and entity.
#[derive(Clone, Debug)]
pub struct Links {
    entity_tasks: Lists<u32>,
    entity_dues: Lists<u32>,
    task_dues: Lists<u32>,
    task_rules: Lists<u32>,
    /// Milestone and value.
    entity_items: Lists<(u32, i64)>,
    entity_targets: Lists<u32>,
    /// Milestones that cost as a whole, and what a day of lateness of the entity alone counts in the
    /// guide.
    entity_guides: Lists<(u32, i64)>,
}

/// What every late deliverable of a late milestone counts in the guide, as a part of what a day costs
/// the milestone as a whole.
const GUIDE: i64 = 8;

/// A list for each index, in one piece of memory.
#[derive(Clone, Debug)]
pub struct Lists<T> {
    first: Vec<u32>,
    rows: Vec<T>,
}

impl<T: Copy> Lists<T> {
    /// From pairs of index and value, in the order given.
    pub fn new(count: usize, mut pairs: Vec<(u32, T)>) -> Lists<T> {
        pairs.sort_by_key(|pair| pair.0);
        let mut first = vec![0; count + 1];
        for pair in &pairs {
            first[pair.0 as usize + 1] += 1;
        }
        for index in 0..count {
            first[index + 1] += first[index];
        }
        Lists { first, rows: pairs.into_iter().map(|pair| pair.1).collect() }
    }

    /// The list of an index.
    #[inline]
    pub fn of(&self, index: u32) -> &[T] {
        &self.rows[self.first[index as usize] as usize..self.first[index as usize + 1] as usize]
    }
}

impl Links {
    /// The links of a problem.
    pub fn new(problem: &Problem) -> Links {
        let (tasks, entities) = (problem.jobs.len(), problem.entities.len());
        let of_task = problem.jobs.iter().enumerate().map(|(task, job)| (job.entity, task as u32));
        let mut entity_dues = Vec::new();
        let mut task_dues = Vec::new();
        for (index, due) in problem.dues.iter().enumerate() {
            if due.entity == NONE {
                task_dues.push((due.task, index as u32));
            } else {
                entity_dues.push((due.entity, index as u32));
            }
        }
        let rules = problem.rules.iter().enumerate();
        let mut items = Vec::new();
        let mut targets = Vec::new();
        for (index, target) in problem.targets.iter().enumerate() {
            let index = index as u32;
            items.extend(target.items.iter().map(|&(entity, value)| (entity, (index, value))));
            targets.extend(target.entities.iter().map(|&entity| (entity, index)));
        }
        let mut guides = Vec::new();
        for (index, target) in problem.targets.iter().enumerate() {
            let price = whole_price(problem, target) / GUIDE;
            if price > 0 {
                let all = target.entities.iter();
                guides.extend(all.map(|&entity| (entity, (index as u32, price))));
            }
        }
        Links {
            entity_guides: Lists::new(entities, guides),
            entity_tasks: Lists::new(entities, of_task.collect()),
            entity_dues: Lists::new(entities, entity_dues),
            task_dues: Lists::new(tasks, task_dues),
            task_rules: Lists::new(tasks, rules.map(|(at, rule)| (rule.task, at as u32)).collect()),
            entity_items: Lists::new(entities, items),
            entity_targets: Lists::new(entities, targets),
        }
    }

    /// Tasks of an entity.
    #[inline]
    pub fn tasks_of(&self, entity: u32) -> &[u32] {
        self.entity_tasks.of(entity)
    }
}

/// What a day of lateness costs a milestone as a whole.
fn whole_price(problem: &Problem, target: &Target) -> i64 {
    target.penalty + if target.hard { 1_000 * problem.artist_day } else { 0 }
}

/// The objective of a board, by component, and what it is made of.
#[derive(Clone, Debug)]
pub struct Ledger {
    objective: Objective,
    /// See [`guide`](Self::guide).
    guide: i64,
    /// Finish of each entity: the boundary of its last end, 0 with no open task.
    entity_end: Vec<u32>,
    /// By milestone and day: entities of it that finish then.
    finishing: Vec<u32>,
    /// By milestone: 1 + the last day on which something of it finishes; 0 = nothing open.
    last_day: Vec<u32>,
    days: u32,
    /// Assignments of each person by start: (start, task, sequence).
    work_of: Vec<Vec<(u32, u32, u32)>>,
    /// Work of the placed tasks of each group.
    group_work: Vec<i64>,
    switches: i64,
    handovers: i64,
    marks: Marks,
    /// What was touched, with what it was before.
    tasks: Vec<u32>,
    entities: Vec<(u32, u32)>,
    groups: Vec<u32>,
    targets: Vec<u32>,
    /// Person and the first of the weeks that are paid together.
    weeks: Vec<(u32, u32)>,
    before: (Objective, i64, i64, i64),
}

/// Stamps that say what was touched since the last settling.
#[derive(Clone, Debug)]
struct Marks {
    now: u32,
    task: Vec<u32>,
    entity: Vec<u32>,
    group: Vec<u32>,
    target: Vec<u32>,
    week: Vec<u32>,
}

fn mark(stamp: &mut u32, now: u32) -> bool {
    let is_new = *stamp != now;
    *stamp = now;
    is_new
}

impl Ledger {
    /// The ledger of a board.
    pub fn new(problem: &Problem, links: &Links, board: &Board) -> Ledger {
        let days = problem.timeline.days() + 1;
        let weeks = (problem.people * problem.overtime.week_count) as usize;
        let mut ledger = Ledger {
            objective: Objective::default(),
            guide: 0,
            entity_end: vec![0; problem.entities.len()],
            finishing: vec![0; problem.targets.len() * days as usize],
            last_day: vec![0; problem.targets.len()],
            days,
            work_of: vec![Vec::new(); problem.people as usize],
            group_work: vec![0; problem.groups as usize],
            switches: 0,
            handovers: 0,
            marks: Marks {
                now: 1,
                task: vec![1; problem.jobs.len()],
                entity: vec![1; problem.entities.len()],
                group: vec![1; problem.groups as usize],
                target: vec![1; problem.targets.len()],
                week: vec![1; weeks],
            },
            tasks: (0..problem.jobs.len() as u32).collect(),
            entities: (0..problem.entities.len() as u32).map(|entity| (entity, 0)).collect(),
            groups: (0..problem.groups).collect(),
            targets: (0..problem.targets.len() as u32).collect(),
            weeks: Vec::new(),
            before: (Objective::default(), 0, 0, 0),
        };
        for task in 0..problem.jobs.len() as u32 {
            for part in board.schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
                let lane = &problem.lanes[part.lane as usize];
                let person = lane.person.index() as u32;
                let row = (part.start, task, problem.jobs[task as usize].sequence);
                ledger.work_of[person as usize].push(row);
                for (day, _) in part.overtime_days(&problem.times[lane.time as usize]) {
                    ledger.weeks.push((person, problem.overtime.together(person, day / 7).0));
                }
            }
            ledger.count_group_work(problem, board, task, 1);
        }
        ledger.weeks.sort_unstable();
        ledger.weeks.dedup();
        for work in &mut ledger.work_of {
            work.sort_unstable();
            let pairs = work.windows(2).filter(|pair| is_switch(pair[0].2, pair[1].2));
            ledger.switches += pairs.count() as i64;
        }
        ledger.settle(problem, links, board);
        ledger.forget();
        ledger
    }

    /// The objective as last settled.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// Its value in the mode of the problem.
    pub fn value(&self, problem: &Problem) -> Cents {
        self.objective.total(&problem.multipliers)
    }

    /// What the search adds to the value: the last deliverable of a milestone decides alone what its
    /// lateness costs, so that without a part of it on each of the others nothing would lead there.
    pub fn guide(&self) -> i64 {
        self.guide
    }

    fn guide_of(&self, problem: &Problem, links: &Links, entity: u32) -> i64 {
        let end = self.entity_end[entity as usize];
        if end == 0 {
            return 0;
        }
        let day = finish_day(problem, end);
        let guides = links.entity_guides.of(entity).iter();
        guides
            .map(|&(target, price)| {
                let target = &problem.targets[target as usize];
                let calendar = &problem.calendars[target.calendar as usize];
                price.saturating_mul(i64::from(target.due.days_late(calendar, day)))
            })
            .fold(0, i64::saturating_add)
    }

    /// What an entity's lateness costs, as last settled.
    pub fn lateness(&self, problem: &Problem, links: &Links, entity: u32) -> i64 {
        let mut objective = Objective::default();
        self.charge_entity(problem, links, entity, 1, &mut objective);
        (objective.milestone_lateness + objective.shot_lateness).0
    }

    /// What the lateness of a milestone as a whole costs, as last settled, and the boundary after
    /// which the last of its contents is finished.
    pub fn target_lateness(&self, problem: &Problem, target: u32) -> (i64, u32) {
        let Some(day) = self.last_day[target as usize].checked_sub(1) else { return (0, 0) };
        let row = &problem.targets[target as usize];
        let calendar = &problem.calendars[row.calendar as usize];
        let late = i64::from(row.due.days_late(calendar, day));
        let hard = if row.hard { 1_000 * problem.artist_day } else { 0 };
        (late.saturating_mul(hard + row.penalty), day * problem.slots_per_day)
    }

    /// Finish of an entity: the boundary of its last end, 0 with no open task.
    pub fn end_of(&self, entity: u32) -> u32 {
        self.entity_end[entity as usize]
    }

    /// Begins a change: nothing is touched yet.
    pub fn begin(&mut self) {
        self.before = (self.objective, self.switches, self.handovers, self.guide);
    }

    /// Whether a task has not been touched since the change began.
    #[inline]
    pub fn is_new(&self, task: u32) -> bool {
        self.marks.task[task as usize] != self.marks.now
    }

    /// Takes off what a task and all that hangs on it cost; to be called before its place changes.
    pub fn touch(&mut self, problem: &Problem, links: &Links, board: &Board, task: u32) {
        let now = self.marks.now;
        let job = &problem.jobs[task as usize];
        if mark(&mut self.marks.task[task as usize], now) {
            self.tasks.push(task);
            self.charge_task(problem, links, board, task, -1);
        }
        if mark(&mut self.marks.entity[job.entity as usize], now) {
            self.entities.push((job.entity, self.entity_end[job.entity as usize]));
            let mut change = self.objective;
            self.charge_entity(problem, links, job.entity, -1, &mut change);
            self.objective = change;
            self.guide -= self.guide_of(problem, links, job.entity);
            for &target in links.entity_targets.of(job.entity) {
                if mark(&mut self.marks.target[target as usize], now) {
                    self.targets.push(target);
                    self.charge_target(problem, target, -1);
                }
            }
        }
        if job.group != NONE && mark(&mut self.marks.group[job.group as usize], now) {
            self.groups.push(job.group);
            self.charge_group(problem, board, job.group, -1);
        }
    }

    /// Notes that a task, touched before, is about to be taken off the board.
    pub fn unlink(&mut self, problem: &Problem, board: &Board, task: u32) {
        let sequence = problem.jobs[task as usize].sequence;
        for part in board.schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            let person = problem.lanes[part.lane as usize].person.index();
            let work = &mut self.work_of[person];
            let position = work.partition_point(|row| *row < (part.start, task, sequence));
            self.switches -= switches_around(work, position);
            work.remove(position);
            self.touch_overtime(problem, board, part, false);
        }
        self.count_group_work(problem, board, task, -1);
    }

    /// Notes that a task, touched before, has just been put on the board.
    pub fn link(&mut self, problem: &Problem, board: &Board, task: u32) {
        let sequence = problem.jobs[task as usize].sequence;
        for part in board.schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            let person = problem.lanes[part.lane as usize].person.index();
            let work = &mut self.work_of[person];
            let key = (part.start, task, sequence);
            let position = work.partition_point(|row| *row < key);
            work.insert(position, key);
            self.switches += switches_around(work, position);
            self.touch_overtime(problem, board, part, true);
        }
        self.count_group_work(problem, board, task, 1);
    }

    /// Takes off what the weeks cost in which a part has overtime, as they are without it where it
    /// has just been put on the board.
    fn touch_overtime(&mut self, problem: &Problem, board: &Board, part: &Part, is_new: bool) {
        let lane = &problem.lanes[part.lane as usize];
        if part.long_days == 0 && lane.own == part.lane {
            return;
        }
        let person = lane.person.index() as u32;
        let time = &problem.times[lane.time as usize];
        for (day, _) in part.overtime_days(time) {
            let (first, now) = board.overtime_together(problem, person, day / 7);
            let index = (person * problem.overtime.week_count + first) as usize;
            if mark(&mut self.marks.week[index], self.marks.now) {
                self.weeks.push((person, first));
                let mut minutes = [[0; 7]; MOST_TOGETHER];
                let minutes = &mut minutes[..now.len()];
                minutes.copy_from_slice(now);
                for (own, _) in part.overtime_days(time).filter(|_| is_new) {
                    // A day off may be worked for something else as well.
                    let week = (own / 7).checked_sub(first).map(|week| week as usize);
                    let week = week.and_then(|week| minutes.get_mut(week));
                    if let Some(week) = week.filter(|_| !board.shares_day_off(problem, person, own))
                    {
                        week[(own % 7) as usize] = 0;
                    }
                }
                self.charge_weeks(problem, person, first, minutes, -1);
            }
        }
    }

    fn count_group_work(&mut self, problem: &Problem, board: &Board, task: u32, sign: i64) {
        let job = &problem.jobs[task as usize];
        let parts = board.schedule.parts_of(task);
        if job.group != NONE && parts.iter().any(|part| part.lane != NONE) {
            self.group_work[job.group as usize] += sign * job.work as i64;
        }
    }

    /// Charges everything touched as it is now.
    pub fn settle(&mut self, problem: &Problem, links: &Links, board: &Board) {
        let tasks = std::mem::take(&mut self.tasks);
        for &task in &tasks {
            self.charge_task(problem, links, board, task, 1);
        }
        self.tasks = tasks;
        for index in 0..self.entities.len() {
            let entity = self.entities[index].0;
            let end = entity_end(problem, links, board, entity);
            self.set_end(problem, links, entity, end);
            let mut change = self.objective;
            self.charge_entity(problem, links, entity, 1, &mut change);
            self.objective = change;
            self.guide += self.guide_of(problem, links, entity);
        }
        for index in 0..self.targets.len() {
            self.charge_target(problem, self.targets[index], 1);
        }
        for index in 0..self.groups.len() {
            self.charge_group(problem, board, self.groups[index], 1);
        }
        for index in 0..self.weeks.len() {
            let (person, week) = self.weeks[index];
            let (first, minutes) = board.overtime_together(problem, person, week);
            self.charge_weeks(problem, person, first, minutes, 1);
        }
        self.objective.switches = Cents(problem.artist_day).by(self.handovers)
            + Cents(problem.artist_day).times(self.switches, 10);
        self.objective.technology = Cents(board.pools.cost());
        self.objective.balance = Cents(board.balance.cost());
    }

    /// Ends a change: what was touched stays as it is.
    pub fn keep(&mut self) {
        self.forget();
    }

    /// Ends a change whose tasks are back where they were (with `link` and `unlink` called for
    /// them): everything else goes back as well.
    pub fn undo(&mut self, problem: &Problem, links: &Links) {
        for index in 0..self.entities.len() {
            let (entity, end) = self.entities[index];
            self.set_end(problem, links, entity, end);
        }
        (self.objective, _, self.handovers, self.guide) = self.before;
        debug_assert_eq!(self.switches, self.before.1);
        self.forget();
    }

    fn forget(&mut self) {
        self.tasks.clear();
        self.entities.clear();
        self.groups.clear();
        self.targets.clear();
        self.weeks.clear();
        self.marks.now = self.marks.now.wrapping_add(1);
    }

    fn charge_task(
        &mut self,
        problem: &Problem,
        links: &Links,
        board: &Board,
        task: u32,
        sign: i64,
    ) {
        let job = &problem.jobs[task as usize];
        let schedule = &board.schedule;
        let mut sum = Objective::default();
        for &rule in links.task_rules.of(task) {
            sum.broken_rules += evaluate::broken(problem, schedule, &problem.rules[rule as usize]);
        }
        for &due in links.task_dues.of(task) {
            let due = &problem.dues[due as usize];
            let end = match schedule.end[task as usize] {
                NONE => problem.slots,
                end => end,
            };
            evaluate::charge_due(problem, due, end, &mut sum);
        }
        if schedule.is_missing(problem, task) {
            sum.unscheduled = evaluate::unscheduled(problem, task);
        }
        let stays = evaluate::charge_parts(problem, job, schedule.parts_of(task), &mut sum);
        self.handovers += sign * i64::from(!stays);
        add(&mut self.objective, &sum, sign);
    }

    fn charge_entity(
        &self,
        problem: &Problem,
        links: &Links,
        entity: u32,
        sign: i64,
        objective: &mut Objective,
    ) {
        let end = self.entity_end[entity as usize];
        if end == 0 {
            return;
        }
        let mut sum = Objective::default();
        for &due in links.entity_dues.of(entity) {
            evaluate::charge_due(problem, &problem.dues[due as usize], end, &mut sum);
        }
        let day = finish_day(problem, end);
        for &(target, value) in links.entity_items.of(entity) {
            let target = &problem.targets[target as usize];
            let calendar = &problem.calendars[target.calendar as usize];
            let late = i64::from(target.due.days_late(calendar, day));
            if late > 0 {
                sum.milestone_lateness += Cents(value).times(target.rate * late, 10_000);
            }
        }
        add(objective, &sum, sign);
    }

    fn charge_target(&mut self, problem: &Problem, index: u32, sign: i64) {
        let Some(day) = self.last_day[index as usize].checked_sub(1) else { return };
        let target = &problem.targets[index as usize];
        let calendar = &problem.calendars[target.calendar as usize];
        let late = i64::from(target.due.days_late(calendar, day));
        if late > 0 {
            let mut sum = Objective::default();
            if target.hard {
                sum.broken_rules = Cents(1_000 * problem.artist_day * late);
            }
            sum.milestone_lateness = Cents(target.penalty).by(late);
            add(&mut self.objective, &sum, sign);
        }
    }

    fn charge_group(&mut self, problem: &Problem, board: &Board, group: u32, sign: i64) {
        let artists = board.group_people[group as usize].len() as i64;
        let extra = evaluate::extra_artists(problem, artists, self.group_work[group as usize]);
        let cost = Cents(problem.artist_day).times(extra, 4);
        self.objective.continuity += cost.by(sign);
    }

    fn charge_weeks(
        &mut self,
        problem: &Problem,
        person: u32,
        first: u32,
        minutes: &[[u16; 7]],
        sign: i64,
    ) {
        let (pay, long) = problem.overtime.cost(person, first, minutes);
        self.objective.labour += pay.by(sign);
        self.objective.overtime_aversion += long.by(sign);
    }

    /// Moves the finish of an entity, in all its milestones.
    fn set_end(&mut self, problem: &Problem, links: &Links, entity: u32, end: u32) {
        let old = std::mem::replace(&mut self.entity_end[entity as usize], end);
        let day = |end: u32| if end == 0 { NONE } else { finish_day(problem, end) };
        let (old, new) = (day(old), day(end));
        if old == new {
            return;
        }
        for &target in links.entity_targets.of(entity) {
            let base = (target * self.days) as usize;
            let last = &mut self.last_day[target as usize];
            if old != NONE {
                self.finishing[base + old as usize] -= 1;
            }
            if new != NONE {
                self.finishing[base + new as usize] += 1;
                *last = (*last).max(new + 1);
            }
            while *last > 0 && self.finishing[base + *last as usize - 1] == 0 {
                *last -= 1;
            }
        }
    }
}

/// Changes of sequence between a row and its neighbours, less the one there would be without it.
fn switches_around(work: &[(u32, u32, u32)], position: usize) -> i64 {
    let sequence = |at: usize| work.get(at).map(|row| row.2);
    let change = |one: Option<u32>, other: Option<u32>| match (one, other) {
        (Some(one), Some(other)) => i64::from(is_switch(one, other)),
        _ => 0,
    };
    let before = position.checked_sub(1).and_then(sequence);
    let (own, after) = (sequence(position), sequence(position + 1));
    change(before, own) + change(own, after) - change(before, after)
}

fn is_switch(one: u32, other: u32) -> bool {
    one != other && one != NONE && other != NONE
}

fn entity_end(problem: &Problem, links: &Links, board: &Board, entity: u32) -> u32 {
    let mut last = 0;
    for &task in links.tasks_of(entity) {
        let end = board.schedule.end[task as usize];
        if end != NONE {
            // An instant at the very first boundary still finishes something.
            last = last.max(end.max(1));
        } else if board.schedule.is_missing(problem, task) {
            return problem.slots;
        }
    }
    last
}

fn add(to: &mut Objective, sum: &Objective, sign: i64) {
    to.broken_rules += sum.broken_rules.by(sign);
    to.milestone_lateness += sum.milestone_lateness.by(sign);
    to.shot_lateness += sum.shot_lateness.by(sign);
    to.unscheduled += sum.unscheduled.by(sign);
    to.labour += sum.labour.by(sign);
    to.fit += sum.fit.by(sign);
    to.earliness += sum.earliness.by(sign);
    to.stability += sum.stability.by(sign);
    to.leads += sum.leads.by(sign);
}
