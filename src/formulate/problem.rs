//! The scheduling problem, compiled: flat arrays and numbers, no names, nothing to look up twice.
//!
//! One compiled problem does not change while it is solved, so that many workers share it.

use super::dues::{deadline, dues, targets};
use super::lanes::{add_lanes_with_days_off, lanes};
use super::{
    Candidate, CountingCalendar, Due, Earlier, Job, JobKind, LaneSpec, NONE, OvertimeBook, Pools,
    RuleDate, Setup, Target, Teams, Vendors, Wait, WaitKind, WorkingTime,
};
use crate::model::*;
use std::collections::HashMap;

/// The compiled problem.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Dates and slots.
    pub timeline: Timeline,
    /// Slots per day.
    pub slots_per_day: u32,
    /// Last boundary.
    pub slots: u32,
    /// Price of an artist-day, `R`.
    pub artist_day: i64,
    /// Minutes in a bid day.
    pub bid_day: i64,
    /// What to favour.
    pub mode: Mode,
    /// What each component of the objective counts.
    pub multipliers: Multipliers,
    /// What it counts besides the mode.
    pub weights: Weights,
    /// Tasks, by [`TaskId`].
    pub jobs: Vec<Job>,
    /// Waits sorted by later task; `waits_of[task]..waits_of[task + 1]` are those of a task.
    pub waits: Vec<Wait>,
    /// See `waits`.
    pub waits_of: Vec<u32>,
    /// Indices into `waits` sorted by earlier task.
    pub followers: Vec<u32>,
    /// See `followers`.
    pub followers_of: Vec<u32>,
    /// Candidate lists: several tasks share one.
    pub crews: Vec<Vec<Candidate>>,
    /// By list of candidates: whether nobody has the skill. A list may be empty all the same: those who have it are
    /// booked on other shows.
    pub unskilled: Vec<bool>,
    /// Lanes; behind them those of the same people with days off worked, who are no candidates of their
    /// own.
    pub lanes: Vec<LaneSpec>,
    /// Working times, shared by lanes that are alike.
    pub times: Vec<WorkingTime>,
    /// Number of busy lines.
    pub desks: u32,
    /// Counting calendars of the shows.
    pub calendars: Vec<CountingCalendar>,
    /// Hand-over between sites: for the last slot's part of the day, days and parts to the boundary:
    /// `[from × sites + to] × slots_per_day + part` → offset from the start of that day, in slots.
    pub hand: Vec<i32>,
    /// Number of sites.
    pub sites: u32,
    /// Whether all sites hand over without a shift.
    pub one_clock: bool,
    /// Entities with tasks.
    pub entities: Vec<Entity>,
    /// Things with a due date of their own.
    pub dues: Vec<Due>,
    /// Milestones, by [`MilestoneId`].
    pub targets: Vec<Target>,
    /// Date rules that may break.
    pub rules: Vec<RuleDate>,
    /// People on tasks now, and in an earlier plan.
    pub assigned: Vec<u32>,
    /// Places of an earlier plan.
    pub earlier: Vec<Earlier>,
    /// Number of (sequence, department) groups.
    pub groups: u32,
    /// Most artists of a department on each day; empty without a curve.
    pub caps: Vec<Vec<u16>>,
    /// Render farm, licences, desks.
    pub pools: Pools,
    /// What vendors can do in a week.
    pub vendors: Vendors,
    /// Time to settle in on other sequences and shows.
    pub setup: Setup,
    /// What each person would rather do, none = any; empty where nobody says.
    pub prefers: Vec<Vec<Preference>>,
    /// The time of people and their teams.
    pub teams: Teams,
    /// Number of people.
    pub people: u32,
    /// What each person may work beyond their days.
    pub overtime: OvertimeBook,
    /// Tasks in an order in which nobody waits for a later one; tasks in loops are left out.
    pub order: Vec<u32>,
}

impl Problem {
    /// Whether anybody may be asked to work on a day off.
    #[inline]
    pub fn has_days_off(&self) -> bool {
        self.lanes.last().is_some_and(|lane| lane.own as usize + 1 != self.lanes.len())
    }

    /// Compiles a production for planning in `mode`.
    pub fn new(production: &Production, mode: Mode) -> Problem {
        let timeline = production.timeline();
        let per_day = timeline.slots_per_day();
        let model_lanes = availability::lanes(production, &timeline);
        let (mut lanes, mut times, desks) = lanes(production, &timeline, &model_lanes, mode);
        let overtime = OvertimeBook::new(production, &timeline, &model_lanes, mode);
        add_lanes_with_days_off(
            production,
            &timeline,
            &model_lanes,
            &overtime,
            &mut lanes,
            &mut times,
        );
        let rules = production.date_rules();
        let mut entities = Entities::default();
        let mut groups: HashMap<(SequenceId, DepartmentId), u32> = HashMap::new();
        let mut crews = Crews::default();
        let mut assigned = Vec::new();
        let mut rule_dates = Vec::new();
        let mut earlier = Vec::new();
        let calendars = calendars(production, &timeline);
        let mut jobs = Vec::with_capacity(production.tasks.len());
        let vendor_days = production.vendor_days();
        for (id, task) in production.tasks.enumerate() {
            let show = production.show_of(task.entity);
            let sequence = production.sequence_of(task.entity);
            let first = assigned.len() as u32;
            assigned.extend(task.assigned.iter().map(|p| p.index() as u32));
            let work = production.work_left(id).max(0) as u64;
            let kind = if !production.is_open(id) {
                JobKind::Done
            } else if task.status == Status::Hold {
                JobKind::Hold
            } else if work == 0 {
                JobKind::Instant
            } else if let Some(vendor) = task.vendor {
                let length = vendor_days[id].saturating_mul(per_day);
                JobKind::Vendor(vendor, length.min(timeline.slots() + 1))
            } else {
                JobKind::People
            };
            let crew = match kind {
                JobKind::People => crews.of(production, &model_lanes, id),
                _ => NONE,
            };
            let mut earliest = production.earliest_start(id, &rules[id]);
            if let JobKind::Vendor(vendor, _) = kind {
                let cleared = production.vendors[vendor].cleared_from;
                earliest = earliest.max(cleared.unwrap_or(earliest));
            }
            let earliest = timeline.start_of(earliest).0;
            let mut job = Job {
                kind,
                work,
                parts: task
                    .max_parallel
                    .max(1)
                    .min((work / task.min_chunk.max(1) as u64).clamp(1, 64) as u32),
                splittable: task.splittable,
                crew,
                earliest,
                end_from: 0,
                start_by: u32::MAX,
                end_by: u32::MAX,
                late_wish: rules[id].contains(&DateRule::AsLateAsPossible),
                department: task.department.index() as u32,
                group: sequence.map_or(NONE, |sequence| {
                    let next = groups.len() as u32;
                    *groups.entry((sequence, task.department)).or_insert(next)
                }),
                sequence: sequence.map_or(NONE, |s| s.index() as u32),
                calendar: show.index() as u32,
                entity: entities.of(task.entity),
                class: production.class_of(task.entity),
                hero: kind == JobKind::People && is_hero(production, id),
                simple: production.class_of(task.entity) == Some(Class::A)
                    && matches!(task.entity, Entity::Shot(_)),
                begun: task.status.is_open(),
                assigned: (first, assigned.len() as u32),
                earlier: NONE,
            };
            let is_worked = matches!(kind, JobKind::People | JobKind::Vendor(..));
            if let (true, Some(plan)) = (is_worked, &production.earlier)
                && let Some((people, start)) = plan.place(production, id)
            {
                let first = assigned.len() as u32;
                assigned.extend(people.iter().map(|person| person.index() as u32));
                let day = timeline.day(start).0;
                let today = timeline.day(production.settings.as_of).0;
                let ahead = calendars[show.index()].days_after(today, day);
                job.earlier = earlier.len() as u32;
                earlier.push(Earlier {
                    day,
                    weight: stability_weight(ahead, plan.freeze_days),
                    people: (first, assigned.len() as u32),
                });
            }
            if kind != JobKind::Done && kind != JobKind::Hold {
                let locked = task.lock.holds_dates();
                let locked_rules = [
                    task.start.filter(|_| locked).map(DateRule::MustStartOn),
                    task.end.filter(|_| locked).map(DateRule::FinishNoLaterThan),
                ];
                let as_of = production.settings.as_of;
                for rule in rules[id].iter().copied().chain(locked_rules.into_iter().flatten()) {
                    // Work that has begun cannot start on a date gone by; it did.
                    if let DateRule::MustStartOn(date) | DateRule::StartNoLaterThan(date) = rule
                        && job.begun
                        && date < as_of
                    {
                        continue;
                    }
                    if let Some(date) = job.take_rule(rule, &timeline) {
                        let date = deadline(production, &timeline, task.entity, date);
                        rule_dates.push(RuleDate { task: id.index() as u32, rule, date });
                    }
                }
            }
            if kind == JobKind::Instant {
                // It happens as soon as it can; no rule asks an instant to wait.
                job.end_from = 0;
            }
            jobs.push(job);
        }
        let mut problem = Problem {
            slots_per_day: per_day,
            slots: timeline.slots(),
            artist_day: production.mean_day_cost().0,
            bid_day: production.bid_day_minutes(),
            mode,
            multipliers: production.settings.weights.multipliers(mode),
            weights: production.settings.weights,
            waits: Vec::new(),
            waits_of: Vec::new(),
            followers: Vec::new(),
            followers_of: Vec::new(),
            crews: crews.lists,
            unskilled: crews.unskilled,
            desks,
            calendars,
            hand: hand_over(production, per_day),
            sites: production.sites.len() as u32,
            one_clock: production.sites.iter().all(|site| {
                let first = production.sites.iter().next();
                first.is_none_or(|first| {
                    (first.utc_offset_minutes, first.day_minutes)
                        == (site.utc_offset_minutes, site.day_minutes)
                })
            }),
            dues: dues(production, &timeline, &jobs, &mut entities),
            targets: Vec::new(),
            rules: rule_dates,
            assigned,
            earlier,
            groups: groups.len() as u32,
            caps: caps(production, &timeline),
            pools: Pools::new(production, &timeline, &model_lanes, &jobs),
            vendors: Vendors::new(production, &timeline, &jobs),
            setup: Setup::new(production),
            prefers: preferences(production),
            teams: Teams::new(production, &timeline, &lanes, &times),
            people: production.people.len() as u32,
            lanes,
            times,
            overtime,
            order: Vec::new(),
            jobs,
            entities: Vec::new(),
            timeline,
        };
        problem.targets = targets(production, &problem, &entities);
        problem.entities = entities.list;
        problem.link(production);
        problem
    }

    /// Waits of a task: what it waits for.
    #[inline]
    pub fn waits_for(&self, task: u32) -> &[Wait] {
        &self.waits
            [self.waits_of[task as usize] as usize..self.waits_of[task as usize + 1] as usize]
    }

    /// Waits in which a task is the earlier one.
    #[inline]
    pub fn followers(&self, task: u32) -> impl Iterator<Item = &Wait> + '_ {
        let range = self.followers_of[task as usize] as usize
            ..self.followers_of[task as usize + 1] as usize;
        self.followers[range].iter().map(|&wait| &self.waits[wait as usize])
    }

    /// The index of the vendor of a task, where it can do only so much in a week.
    #[inline]
    pub fn limited_vendor(&self, task: u32) -> Option<usize> {
        match self.jobs[task as usize].kind {
            JobKind::Vendor(vendor, _) => {
                self.vendors.of(&self.jobs[task as usize]).map(|_| vendor.index())
            }
            _ => None,
        }
    }

    /// Basis-point slots that `work` minutes need at `rate`.
    #[inline]
    pub fn need(&self, work: u64, rate: u64) -> u64 {
        (work * 10_000_000_000 * u64::from(self.slots_per_day)).div_ceil(rate.max(1))
    }

    /// Whether somebody would rather do other work than a task.
    #[inline]
    pub fn is_disliked(&self, person: u32, job: &Job) -> bool {
        let Some(prefers) = self.prefers.get(person as usize) else { return false };
        !prefers.is_empty()
            && !prefers.iter().any(|preference| match *preference {
                Preference::Department(id) => id.index() as u32 == job.department,
                Preference::Show(id) => id.index() as u32 == job.calendar,
                Preference::Sequence(id) => id.index() as u32 == job.sequence,
                Preference::Class(class) => job.class == Some(class),
            })
    }

    /// The boundary `end` at one site as seen from another; see rule 12.
    #[inline]
    pub fn handed(&self, end: u32, from_site: u32, to_site: u32) -> u32 {
        if self.one_clock || from_site == NONE || end == 0 {
            return end;
        }
        let part = (end - 1) % self.slots_per_day;
        let table = (from_site * self.sites + to_site) * self.slots_per_day + part;
        let day_start = i64::from(end - 1 - part);
        (day_start + i64::from(self.hand[table as usize])).clamp(0, i64::from(self.slots)) as u32
    }

    /// The earliest that the boundary `end` can be seen from any site, from any site.
    pub fn handed_at_best(&self, end: u32) -> u32 {
        if self.one_clock {
            return end;
        }
        let sites = 0..self.sites;
        sites
            .clone()
            .flat_map(|from| sites.clone().map(move |to| (from, to)))
            .map(|(from, to)| self.handed(end, from, to))
            .min()
            .unwrap_or(end)
            .min(end)
    }

    fn link(&mut self, production: &Production) {
        let open = |task: TaskId| !matches!(self.jobs[task.index()].kind, JobKind::Done);
        for edge in &production.dependencies {
            if edge.from == edge.to || !open(edge.from) || !open(edge.to) {
                continue;
            }
            let review = production.tasks[edge.from].review.min(100_000) as i32;
            let calendar = self.jobs[edge.from.index()].calendar;
            let (from, to) = (edge.from.index() as u32, edge.to.index() as u32);
            let mut wait = |kind, lag| self.waits.push(Wait { from, to, kind, lag, calendar });
            match edge.link {
                Link::FinishToStart if edge.overlap > 0 => {
                    let done = (10_000 - edge.overlap).clamp(0, 10_000) as u32;
                    wait(WaitKind::StartAfterPublish(done), edge.lag);
                    wait(WaitKind::EndAfterEnd, review);
                }
                Link::FinishToStart => wait(WaitKind::StartAfterEnd, edge.lag + review),
                Link::StartToStart => wait(WaitKind::StartAfterStart, edge.lag),
                Link::FinishToFinish => wait(WaitKind::EndAfterEnd, edge.lag + review),
                Link::StartToFinish => wait(WaitKind::EndAfterStart, edge.lag),
            }
        }
        self.waits.sort_by_key(|wait| (wait.to, wait.from));
        let tasks = self.jobs.len();
        self.waits_of = offsets(tasks, self.waits.iter().map(|wait| wait.to));
        let mut by_from: Vec<u32> = (0..self.waits.len() as u32).collect();
        by_from.sort_by_key(|&wait| self.waits[wait as usize].from);
        self.followers_of = offsets(tasks, by_from.iter().map(|&w| self.waits[w as usize].from));
        self.followers = by_from;

        let mut missing: Vec<u32> =
            (0..tasks).map(|t| self.waits_of[t + 1] - self.waits_of[t]).collect();
        let mut ready: Vec<u32> =
            (0..tasks as u32).rev().filter(|&t| missing[t as usize] == 0).collect();
        while let Some(task) = ready.pop() {
            self.order.push(task);
            for position in self.followers_of[task as usize]..self.followers_of[task as usize + 1] {
                let to = self.waits[self.followers[position as usize] as usize].to;
                missing[to as usize] -= 1;
                if missing[to as usize] == 0 {
                    ready.push(to);
                }
            }
        }
    }
}

/// What each person would rather do; nothing where nobody says.
fn preferences(production: &Production) -> Vec<Vec<Preference>> {
    if production.people.iter().all(|person| person.prefers.is_empty()) {
        return Vec::new();
    }
    production.people.iter().map(|person| person.prefers.clone()).collect()
}

/// Whether a lead should be on a task: a class D shot, with a lead who could.
fn is_hero(production: &Production, id: TaskId) -> bool {
    let entity = production.tasks[id].entity;
    production.settings.weights.points()[LEADS] > 0
        && matches!(entity, Entity::Shot(_))
        && production.class_of(entity) == Some(Class::D)
        && production.people.enumerate().any(|(person, row)| {
            row.seniority == Seniority::Lead && production.level_for(person, id).is_some()
        })
}

/// Start of each run in a list that is sorted by `keys`, with the end of the last one.
fn offsets(count: usize, keys: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; count + 1];
    for key in keys {
        starts[key as usize + 1] += 1;
    }
    for index in 0..count {
        starts[index + 1] += starts[index];
    }
    starts
}

#[derive(Default)]
pub(super) struct Entities {
    pub list: Vec<Entity>,
    pub index: HashMap<Entity, u32>,
}

impl Entities {
    fn of(&mut self, entity: Entity) -> u32 {
        let next = self.list.len() as u32;
        *self.index.entry(entity).or_insert_with(|| {
            self.list.push(entity);
            next
        })
    }
}

/// What two tasks must share to have the same candidates.
type Requirement = (DepartmentId, Option<String>, i64, Option<Class>, ShowId, Vec<PersonId>);

#[derive(Default)]
struct Crews {
    lists: Vec<Vec<Candidate>>,
    unskilled: Vec<bool>,
    index: HashMap<Requirement, u32>,
}

impl Crews {
    fn of(&mut self, production: &Production, lanes: &[Lane], id: TaskId) -> u32 {
        let task = &production.tasks[id];
        let show = production.show_of(task.entity);
        let only = if task.lock.holds_person() { task.assigned.clone() } else { Vec::new() };
        let class = production.class_of(task.entity);
        let key = (task.department, task.tag.clone(), task.min_level, class, show, only);
        if let Some(&known) = self.index.get(&key) {
            return known;
        }
        let may = |person: PersonId| key.5.is_empty() || key.5.contains(&person);
        let list: Vec<Candidate> = lanes
            .iter()
            .enumerate()
            .filter(|(_, lane)| lane.show.is_none_or(|booked| booked == show) && may(lane.person))
            .filter_map(|(index, lane)| {
                let level = production.level_for(lane.person, id)?;
                let day = production.sites[production.people[lane.person].site].day_minutes;
                let rate = day.max(0) as u64
                    * level.max(0) as u64
                    * production.settings.productive.max(0) as u64;
                (rate > 0).then_some(Candidate { lane: index as u32, rate, level: level as u32 })
            })
            .collect();
        let next = self.lists.len() as u32;
        let can = |person: PersonId| may(person) && production.level_for(person, id).is_some();
        self.unskilled.push(list.is_empty() && !production.people.ids().any(can));
        self.lists.push(list);
        self.index.insert(key, next);
        next
    }
}

fn calendars(production: &Production, timeline: &Timeline) -> Vec<CountingCalendar> {
    production
        .shows
        .iter()
        .map(|show| {
            let calendar = &production.calendars[show.calendar];
            let worked: Vec<bool> = (0..timeline.days())
                .map(|day| calendar.is_worked(timeline.date(Day(day))))
                .collect();
            CountingCalendar::new(&worked, timeline.slots_per_day())
        })
        .collect()
}

fn hand_over(production: &Production, per_day: u32) -> Vec<i32> {
    let mut table = Vec::new();
    for from in &production.sites {
        for to in &production.sites {
            for part in 0..i64::from(per_day) {
                let shift = i64::from(to.utc_offset_minutes) - i64::from(from.utc_offset_minutes);
                // Everything × slots per day, so that parts of odd days stay exact.
                let opening = (part + 1) * from.day_minutes + shift * i64::from(per_day);
                let calendar_day = 1_440 * i64::from(per_day);
                let (days, rest) =
                    (opening.div_euclid(calendar_day), opening.rem_euclid(calendar_day));
                let slot = (rest + to.day_minutes - 1).div_euclid(to.day_minutes.max(1));
                let boundary = if slot < i64::from(per_day) {
                    days * i64::from(per_day) + slot
                } else {
                    (days + 1) * i64::from(per_day)
                };
                table.push(boundary as i32);
            }
        }
    }
    table
}

fn caps(production: &Production, timeline: &Timeline) -> Vec<Vec<u16>> {
    production
        .departments
        .iter()
        .map(|department| {
            if department.curve.cap.is_none() {
                return Vec::new();
            }
            (0..timeline.days())
                .map(|day| {
                    let cap = department.curve.cap_on(timeline.date(Day(day)));
                    cap.unwrap_or(u32::MAX).min(u32::from(u16::MAX)) as u16
                })
                .collect()
        })
        .collect()
}
