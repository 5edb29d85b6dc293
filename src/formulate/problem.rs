//! The scheduling problem, compiled: flat arrays and numbers, no names, nothing to look up twice.
//!
//! One compiled problem does not change while it is solved, so that many workers share it.

use super::{CountingCalendar, OvertimeBook, Pools, WorkingTime};
use crate::model::*;
use std::collections::{BTreeMap, HashMap};

/// "None" for small index fields.
pub const NONE: u32 = u32::MAX;

/// What has to happen for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Nothing: it is done, or cut.
    Done,
    /// Stopped: it stays unplaced.
    Hold,
    /// No work left, but not approved yet.
    Instant,
    /// A vendor takes so many working slots of the show's calendar.
    Vendor(VendorId, u32),
    /// People work on it.
    People,
}

/// One task as the engine sees it. Times are slot boundaries.
#[derive(Clone, Debug)]
pub struct Job {
    /// What has to happen.
    pub kind: JobKind,
    /// Work left, in minutes at the bid standard.
    pub work: u64,
    /// Most parts it may be cut into (parts are never below its smallest chunk).
    pub parts: u32,
    /// Whether leave may interrupt it.
    pub splittable: bool,
    /// Index of its candidates in [`Problem::crews`].
    pub crew: u32,
    /// No start before.
    pub earliest: u32,
    /// No end before (finish no earlier than, must finish on).
    pub end_from: u32,
    /// Date rules ask for a start before this boundary; `u32::MAX` = none.
    pub start_by: u32,
    /// Date rules ask for an end at or before this boundary; `u32::MAX` = none.
    pub end_by: u32,
    /// As late as possible is wished.
    pub late_wish: bool,
    /// Department.
    pub department: u32,
    /// (Sequence, department) group; [`NONE`] without a sequence.
    pub group: u32,
    /// Sequence; [`NONE`] without.
    pub sequence: u32,
    /// Counting calendar of its show.
    pub calendar: u32,
    /// What it is part of, as an index into [`Problem::entities`].
    pub entity: u32,
    /// A class A shot, on which senior artists cost extra.
    pub simple: bool,
    /// Work has begun: giving it to somebody new is a handover.
    pub begun: bool,
    /// People on it now: range in [`Problem::assigned`].
    pub assigned: (u32, u32),
    /// Its place in an earlier plan, as an index into [`Problem::earlier`]; [`NONE`] without.
    pub earlier: u32,
}

/// Where a task was in an earlier plan.
#[derive(Clone, Copy, Debug)]
pub struct Earlier {
    /// Its first day.
    pub day: u32,
    /// What changes count, in millionths of their price.
    pub weight: i64,
    /// Its people: range in [`Problem::assigned`].
    pub people: (u32, u32),
}

/// One candidate for a task.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The lane.
    pub lane: u32,
    /// Minutes of a full day × level × productive share: what a basis-point slot is worth.
    pub rate: u64,
    /// Level in thousandths.
    pub level: u32,
}

/// One lane of a person.
#[derive(Clone, Debug)]
pub struct LaneSpec {
    /// The person.
    pub person: PersonId,
    /// Index of its working time in [`Problem::times`].
    pub time: u32,
    /// The time line of busy intervals it shares: its own, or the person's when the person may have
    /// one task open only.
    pub desk: u32,
    /// Site.
    pub site: u32,
    /// Cost of a full day that could be avoided, by day; empty when none can.
    pub avoidable: Vec<i64>,
    /// The most overtime that any plan may ask of the person.
    pub overtime: OvertimeRoom,
    /// By day: whether the person works on another lane as well; empty when never.
    pub shared_days: Vec<bool>,
    /// The lane itself, or the one that it is with days off.
    pub own: u32,
    /// The same lane with days off worked, as an index behind all others; [`NONE`] where none may be.
    pub with_days_off: u32,
    /// Index of its working time with all days off that may be worked, each at its longest, for bounds.
    pub widest: u32,
}

impl LaneSpec {
    /// Whether the person works on no other lane on a day.
    #[inline]
    pub fn is_alone(&self, day: u32) -> bool {
        !self.shared_days.get(day as usize).copied().unwrap_or(false)
    }
}

/// The most overtime that the rules leave a person, in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OvertimeRoom {
    /// Minutes of work in a day, overtime and all; 0 = no overtime.
    pub day: i64,
    /// Minutes of work in a week, overtime and all.
    pub week: i64,
    /// Length of a working day.
    pub full_day: i64,
}

/// How a task waits for an earlier one.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    /// The earlier task.
    pub from: u32,
    /// The later task.
    pub to: u32,
    /// What of it waits for what.
    pub kind: WaitKind,
    /// Working slots of lag (and review, where it counts).
    pub lag: i32,
    /// Counting calendar.
    pub calendar: u32,
}

/// What waits for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitKind {
    /// Start after the end.
    StartAfterEnd,
    /// Start after the start.
    StartAfterStart,
    /// End after the end.
    EndAfterEnd,
    /// End after the start.
    EndAfterStart,
    /// Start after so much of the share slots (basis points) is done.
    StartAfterPublish(u32),
}

/// A day that something is measured against, which may lie before the timeline.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    /// The day; [`NONE`] when it lies before the timeline.
    pub day: u32,
    /// Working days between it and the timeline, when it lies before.
    pub before: u32,
}

impl Deadline {
    /// Working days after it, up to and including `day`.
    #[inline]
    pub fn days_late(&self, calendar: &CountingCalendar, day: u32) -> u32 {
        self.before + calendar.days_after(self.day, day)
    }

    fn new(timeline: &Timeline, calendar: &Calendar, date: jiff::civil::Date) -> Deadline {
        if date >= timeline.first() {
            return Deadline { day: timeline.day(date).0, before: 0 };
        }
        let between = date.series(jiff::Span::new().days(1)).skip(1);
        let before = between
            .take_while(|&day| day < timeline.first())
            .filter(|&day| calendar.is_worked(day))
            .count();
        Deadline { day: NONE, before: before as u32 }
    }
}

/// A thing with a due date of its own: costs for each working day late.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// The entity, or [`NONE`] when it is a single task.
    pub entity: u32,
    /// The task, or [`NONE`].
    pub task: u32,
    /// When it is due.
    pub due: Deadline,
    /// Priority factor.
    pub factor: i64,
    /// Counting calendar.
    pub calendar: u32,
}

/// A milestone.
#[derive(Clone, Debug)]
pub struct Target {
    /// When it is due.
    pub due: Deadline,
    /// Counting calendar.
    pub calendar: u32,
    /// Whether missing it breaks a rule.
    pub hard: bool,
    /// Penalty per day.
    pub penalty: i64,
    /// Rate per day in basis points of the value.
    pub rate: i64,
    /// Entities whose lateness is charged here, with their value.
    pub items: Vec<(u32, i64)>,
    /// All entities with open tasks in it.
    pub entities: Vec<u32>,
}

/// A date rule that may break at a price.
#[derive(Clone, Copy, Debug)]
pub struct RuleDate {
    /// The task.
    pub task: u32,
    /// The rule.
    pub rule: DateRule,
    /// Its day.
    pub date: Deadline,
}

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
                JobKind::Vendor(vendor, vendor_days[id].saturating_mul(per_day))
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
            lanes,
            times,
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
            people: production.people.len() as u32,
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

    /// Basis-point slots that `work` minutes need at `rate`.
    #[inline]
    pub fn need(&self, work: u64, rate: u64) -> u64 {
        (work * 10_000_000_000 * u64::from(self.slots_per_day)).div_ceil(rate.max(1))
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

impl Job {
    /// Takes a date rule into the job's window; gives its date if it may break at a price.
    fn take_rule(&mut self, rule: DateRule, timeline: &Timeline) -> Option<jiff::civil::Date> {
        match rule {
            DateRule::AsSoonAsPossible
            | DateRule::AsLateAsPossible
            | DateRule::StartNoEarlierThan(_) => None,
            DateRule::MustStartOn(date) | DateRule::StartNoLaterThan(date) => {
                self.start_by = self.start_by.min(timeline.end_of(date).0);
                Some(date)
            }
            DateRule::MustFinishOn(date) => {
                self.end_by = self.end_by.min(timeline.end_of(date).0);
                self.end_from = self.end_from.max(timeline.start_of(date).0 + 1);
                Some(date)
            }
            DateRule::FinishNoEarlierThan(date) => {
                self.end_from = self.end_from.max(timeline.start_of(date).0 + 1);
                Some(date)
            }
            DateRule::FinishNoLaterThan(date) => {
                self.end_by = self.end_by.min(timeline.end_of(date).0);
                Some(date)
            }
        }
    }
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
struct Entities {
    list: Vec<Entity>,
    index: HashMap<Entity, u32>,
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
        let list = lanes
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
        self.lists.push(list);
        self.index.insert(key, next);
        next
    }
}

fn lanes(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    mode: Mode,
) -> (Vec<LaneSpec>, Vec<WorkingTime>, u32) {
    let days = timeline.days();
    let site_works: Vec<Vec<bool>> = production
        .sites
        .iter()
        .map(|site| {
            (0..days)
                .map(|day| {
                    let date = timeline.date(Day(day));
                    production.calendars[site.calendar].is_worked(date)
                        && site.holidays.binary_search(&date).is_err()
                })
                .collect()
        })
        .collect();
    let mut lanes_of_person = vec![0_u32; production.people.len()];
    for lane in lanes {
        lanes_of_person[lane.person.index()] += 1;
    }
    let mut known: BTreeMap<(usize, &[u16]), u32> = BTreeMap::new();
    let mut times = Vec::new();
    let mut desks = 0;
    let mut shared_desk: HashMap<PersonId, u32> = HashMap::new();
    let specs = lanes
        .iter()
        .map(|lane| {
            let person = &production.people[lane.person];
            let site = person.site.index();
            let time = *known.entry((site, &lane.share)).or_insert_with(|| {
                times.push(WorkingTime::new(
                    &lane.share,
                    &site_works[site],
                    timeline.slots_per_day(),
                ));
                times.len() as u32 - 1
            });
            let mut new_desk = || {
                desks += 1;
                desks - 1
            };
            let desk = if lanes_of_person[lane.person.index()] > person.max_concurrent.max(1) {
                *shared_desk.entry(lane.person).or_insert_with(new_desk)
            } else {
                new_desk()
            };
            LaneSpec {
                person: lane.person,
                time,
                desk,
                site: site as u32,
                avoidable: avoidable(production, timeline, lane),
                overtime: overtime_room(production, lane.person, mode),
                own: 0,
                with_days_off: NONE,
                widest: time,
                shared_days: match lanes_of_person[lane.person.index()] {
                    1 => Vec::new(),
                    _ => shared_days(lanes, lane),
                },
            }
        })
        .collect();
    let mut specs: Vec<LaneSpec> = specs;
    specs.iter_mut().enumerate().for_each(|(place, lane)| lane.own = place as u32);
    (specs, times, desks)
}

/// Days off of a lane as its working time is made from them: day, share, minutes.
type DaysOff = Vec<(u32, u16, u16)>;

/// Adds the lanes with days off worked: as many minutes on each as the week leaves; for bounds as many as
/// that day may have.
fn add_lanes_with_days_off(
    production: &Production,
    timeline: &Timeline,
    model_lanes: &[Lane],
    overtime: &OvertimeBook,
    lanes: &mut Vec<LaneSpec>,
    times: &mut Vec<WorkingTime>,
) {
    let mut known: BTreeMap<(SiteId, &[u16], DaysOff), u32> = BTreeMap::new();
    for (place, lane) in model_lanes.iter().enumerate() {
        let person = lane.person.index() as u32;
        if lane.days_off.is_empty() || !overtime.may(person) {
            continue;
        }
        let site = production.people[lane.person].site;
        let works = |day: u32| {
            let (site, date) = (&production.sites[site], timeline.date(Day(day)));
            site.day_off(&production.calendars[site.calendar], date).is_none()
        };
        let mut time_with = |minutes: &dyn Fn(&DayOffTime) -> u16| {
            let days: DaysOff = lane
                .days_off
                .iter()
                .map(|off| (off.day, minutes(off)))
                .filter(|&(_, minutes)| minutes > 0)
                .map(|(day, minutes)| (day, overtime.share(person, minutes.into()) as u16, minutes))
                .filter(|&(_, share, _)| share > 0)
                .collect();
            let is_any = !days.is_empty();
            let time =
                *known.entry((site, &lane.share, days)).or_insert_with_key(|(_, _, days)| {
                    let open: Vec<bool> = (0..timeline.days()).map(works).collect();
                    let per_day = timeline.slots_per_day();
                    times.push(WorkingTime::with_days_off(&lane.share, days, &open, per_day));
                    times.len() as u32 - 1
                });
            is_any.then_some(time)
        };
        if let Some(widest) = time_with(&|off| off.minutes) {
            lanes[place].widest = widest;
        }
        if let Some(time) = time_with(&|off| overtime.minutes_off(person, off.day)) {
            lanes[place].with_days_off = lanes.len() as u32;
            lanes.push(LaneSpec { time, with_days_off: NONE, ..lanes[place].clone() });
        }
    }
}

/// The days on which the person of a lane works on another one as well.
fn shared_days(lanes: &[Lane], lane: &Lane) -> Vec<bool> {
    // Lanes are sorted by person.
    let first = lanes.partition_point(|other| other.person < lane.person);
    let others = lanes[first..].iter().take_while(|other| other.person == lane.person);
    let others: Vec<&Lane> = others.filter(|other| other.show != lane.show).collect();
    (0..lane.share.len()).map(|day| others.iter().any(|other| other.share[day] > 0)).collect()
}

/// The most overtime any of a person's contracts, or the site, allows; never more than 48 hours of
/// work a week.
fn overtime_room(production: &Production, person: PersonId, mode: Mode) -> OvertimeRoom {
    let row = &production.people[person];
    let site = &production.sites[row.site];
    let mut room = OvertimeRoom { day: 0, week: 0, full_day: site.day_minutes };
    if mode == Mode::NoOvertime || !production.may_work_overtime(person) {
        return room;
    }
    let contracts = row.contracts.iter().filter_map(|contract| contract.overtime.as_ref());
    for policy in contracts.chain([&site.overtime]) {
        room.day = room.day.max(policy.cap_day_minutes);
        room.week = room.week.max(policy.cap_week_minutes.min(2_880));
    }
    for window in &row.overtime_windows {
        room.day = room.day.max(window.cap_day_minutes.unwrap_or(0));
        room.week = room.week.max(window.cap_week_minutes.unwrap_or(0).min(2_880));
    }
    room
}

/// Full day cost on the days of a lane whose pay could be avoided: freelance days beyond those that
/// are already committed.
fn avoidable(production: &Production, timeline: &Timeline, lane: &Lane) -> Vec<i64> {
    let person = &production.people[lane.person];
    if !person.contracts.iter().any(|c| c.kind == ContractKind::Freelance) {
        return Vec::new();
    }
    let mut cost = vec![0; timeline.days() as usize];
    for contract in person.contracts.iter().filter(|c| c.kind == ContractKind::Freelance) {
        let from = production.first_avoidable_day(lane.person, contract);
        for (day, cost) in cost.iter_mut().enumerate() {
            let date = timeline.date(Day(day as u32));
            if lane.share[day] > 0 && date >= from && contract.covers(date) {
                *cost = production.day_cost(lane.person, date).0;
            }
        }
    }
    cost
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

fn dues(
    production: &Production,
    timeline: &Timeline,
    jobs: &[Job],
    entities: &mut Entities,
) -> Vec<Due> {
    let mut dues = Vec::new();
    let mut open = vec![false; entities.list.len()];
    for job in jobs.iter().filter(|job| job.kind != JobKind::Done) {
        open[job.entity as usize] = true;
    }
    for (index, &entity) in entities.list.iter().enumerate() {
        let due = own_due(production, entity);
        let factor = match entity {
            Entity::Shot(shot) => production.shots[shot].priority.factor(),
            Entity::Asset(asset) => production.assets[asset].priority.factor(),
            Entity::Sequence(_) | Entity::Show(_) => 1,
        };
        if let Some(date) = due.filter(|_| open[index]) {
            dues.push(Due {
                entity: index as u32,
                task: NONE,
                due: deadline(production, timeline, entity, date),
                factor,
                calendar: production.show_of(entity).index() as u32,
            });
        }
    }
    for (id, task) in production.tasks.enumerate() {
        let job = &jobs[id.index()];
        if let Some(date) = task.due
            && job.kind != JobKind::Done
            && own_due(production, task.entity).is_none()
        {
            dues.push(Due {
                entity: NONE,
                task: id.index() as u32,
                due: deadline(production, timeline, task.entity, date),
                factor: production.priority_of(id).factor(),
                calendar: job.calendar,
            });
        }
    }
    dues
}

/// The date as a deadline in the calendar of the show of `entity`.
fn deadline(
    production: &Production,
    timeline: &Timeline,
    entity: Entity,
    date: jiff::civil::Date,
) -> Deadline {
    let calendar = &production.calendars[production.shows[production.show_of(entity)].calendar];
    Deadline::new(timeline, calendar, date)
}

fn own_due(production: &Production, entity: Entity) -> Option<jiff::civil::Date> {
    match entity {
        Entity::Shot(shot) => production.shots[shot].due,
        Entity::Asset(asset) => production.assets[asset].due,
        Entity::Sequence(_) | Entity::Show(_) => None,
    }
}

fn targets(production: &Production, problem: &Problem, entities: &Entities) -> Vec<Target> {
    let mut bids = vec![0_i64; entities.list.len()];
    let mut open = vec![false; entities.list.len()];
    for (task, job) in production.tasks.iter().zip(&problem.jobs) {
        if task.status != Status::Omit && !production.is_omitted(task.entity) {
            bids[job.entity as usize] += task.bid;
        }
        open[job.entity as usize] |= job.kind != JobKind::Done;
    }
    production
        .milestones
        .iter()
        .map(|milestone| {
            let mut inside: Vec<u32> = Vec::new();
            for &content in &milestone.contents {
                match content {
                    Entity::Shot(_) | Entity::Asset(_) => {
                        inside.extend(entities.index.get(&content));
                    }
                    Entity::Sequence(_) | Entity::Show(_) => inside.extend(
                        (0..entities.list.len() as u32)
                            .filter(|&e| production.contains(content, entities.list[e as usize])),
                    ),
                }
            }
            inside.sort_unstable();
            inside.dedup();
            inside.retain(|&entity| open[entity as usize]);
            let items = inside
                .iter()
                .filter_map(|&index| {
                    let entity = entities.list[index as usize];
                    let award = match entity {
                        Entity::Shot(shot) => production.shots[shot].award,
                        Entity::Asset(_) | Entity::Sequence(_) | Entity::Show(_) => None,
                    };
                    let by_milestone =
                        own_due(production, entity).is_none_or(|due| due > milestone.date);
                    by_milestone.then(|| {
                        let value = award.map_or_else(
                            || {
                                let bid = i128::from(bids[index as usize]);
                                round_half_even(
                                    bid * i128::from(problem.artist_day),
                                    i128::from(problem.bid_day.max(1)),
                                )
                            },
                            |award| award.0,
                        );
                        (index, value)
                    })
                })
                .collect();
            Target {
                due: deadline(
                    production,
                    &problem.timeline,
                    Entity::Show(milestone.show),
                    milestone.date,
                ),
                calendar: milestone.show.index() as u32,
                hard: milestone.hard,
                penalty: milestone.penalty_per_day.map_or(0, |penalty| penalty.0),
                rate: milestone.kind.lateness_rate(),
                items,
                entities: inside,
            }
        })
        .collect()
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
