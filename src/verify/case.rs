//! The plan laid out for judging: what stands where, by task and by person.

use super::calendars::{Clock, WorkedDays};
use super::shares::{self, LaneTime, PersonTime};
use super::verdict::{Rule, Violation};
use crate::model::{
    DateRule, Dependency, Id, Interval, Keyed, OvertimePolicy, PersonId, Plan, Production, ShowId,
    SiteId, TaskId, Unplaced, Worker,
};
use std::borrow::Cow;
use std::ops::Range;

/// One assignment of a task that exists to a worker who exists.
pub(super) struct Part<'a> {
    pub task: TaskId,
    pub number: u32,
    pub worker: Worker,
    pub segments: &'a [Interval],
    /// Whether the segments make sense and the task is open: only then is it judged further.
    pub sound: bool,
    /// The person's lane that serves the task's show.
    pub lane: Option<usize>,
}

impl Part<'_> {
    /// First slot; for sound parts.
    pub fn start(&self) -> u32 {
        self.segments.first().map_or(0, |segment| segment.start.0)
    }
    /// Boundary after the last slot; for sound parts.
    pub fn end(&self) -> u32 {
        self.segments.last().map_or(0, |segment| segment.end.0)
    }
    pub fn person(&self) -> Option<PersonId> {
        match self.worker {
            Worker::Person(person) => Some(person),
            Worker::Vendor(_) => None,
        }
    }
}

/// Where a task stands in the plan.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Done: nothing is planned.
    Done,
    /// Open, but nowhere in the plan, or only in a way that cannot be understood.
    Absent,
    /// Without a place.
    Unplaced,
    /// Worked by its sound parts.
    Worked { start: u32, end: u32 },
    /// Needs nobody.
    Instant(u32),
}

/// The overtime of a person in a week, Monday to Sunday.
pub(super) struct OvertimeWeek {
    pub person: PersonId,
    pub week: u32,
    /// Days and minutes, by day.
    pub days: Vec<(u32, i64)>,
    /// Minutes of work that they do in all.
    pub worth: i64,
}

/// A production and a plan with all that more than one rule needs to know.
pub(super) struct Case<'a> {
    pub production: &'a Production,
    pub plan: &'a Plan,
    pub clock: Clock,
    /// By calendar.
    pub calendars: Vec<WorkedDays>,
    /// Days on which each site works.
    pub sites: Vec<Vec<bool>>,
    pub people: Vec<PersonTime>,
    /// Date rules of each task, inherited ones included.
    pub date_rules: Keyed<TaskId, Vec<DateRule>>,
    /// All parts that belong to a task and a worker, by task, then part.
    pub parts: Vec<Part<'a>>,
    /// Rows of `parts` of each task.
    of_task: Vec<Range<usize>>,
    pub places: Keyed<TaskId, Place>,
    /// Causes of the unplaced tasks by task; the first, if there are several.
    pub causes: Keyed<TaskId, Option<Unplaced>>,
    /// Dependencies that bind, by the task that waits.
    binding: Vec<&'a Dependency>,
    waits: Vec<Range<usize>>,
    pub overtime: Vec<OvertimeWeek>,
}

impl<'a> Case<'a> {
    pub fn new(production: &'a Production, plan: &'a Plan) -> Case<'a> {
        let clock = Clock::new(production);
        let calendars: Vec<WorkedDays> =
            production.calendars.iter().map(|row| WorkedDays::new(row, &clock)).collect();
        let sites = shares::site_days(production, &calendars, &clock);
        let people = shares::people(production, plan, &sites, &clock);
        let parts = parts(production, plan, &people, &clock);
        let of_task = ranges(production.tasks.len(), parts.iter().map(|part| part.task.index()));
        let mut binding: Vec<&Dependency> =
            production.dependencies.iter().filter(|edge| binds(production, edge)).collect();
        binding.sort_by_key(|edge| edge.to);
        let waits = ranges(production.tasks.len(), binding.iter().map(|edge| edge.to.index()));
        let (places, causes) = places(production, plan, &parts, &clock);
        Case {
            date_rules: production.date_rules(),
            overtime: overtime_weeks(production, plan, &clock),
            production,
            plan,
            clock,
            calendars,
            sites,
            people,
            parts,
            of_task,
            places,
            causes,
            binding,
            waits,
        }
    }

    /// All parts of a task, also those that make no sense.
    pub fn parts_of(&self, task: TaskId) -> &[Part<'a>] {
        &self.parts[self.of_task[task.index()].clone()]
    }
    /// Sound parts that people work, with their person.
    pub fn worked_parts(&self) -> impl Iterator<Item = (&Part<'a>, PersonId)> {
        self.parts.iter().filter(|part| part.sound).filter_map(|p| Some((p, p.person()?)))
    }
    /// Dependencies that bind and that a task waits for.
    pub fn waits_for(&self, task: TaskId) -> &[&'a Dependency] {
        &self.binding[self.waits[task.index()].clone()]
    }
    /// All dependencies that bind.
    pub fn dependencies(&self) -> &[&'a Dependency] {
        &self.binding
    }
    pub fn show_of(&self, task: TaskId) -> ShowId {
        self.production.show_of(self.production.tasks[task].entity)
    }
    pub fn show_days(&self, show: ShowId) -> &WorkedDays {
        &self.calendars[self.production.shows[show].calendar.index()]
    }
    pub fn lane(&self, part: &Part<'_>) -> Option<&LaneTime> {
        let person = part.person()?;
        self.people[person.index()].lanes.get(part.lane?)
    }
    pub fn site(&self, part: &Part<'_>) -> Option<SiteId> {
        part.person().map(|person| self.production.people[person].site)
    }
    /// First slot in which a task may begin.
    pub fn earliest(&self, task: TaskId) -> u32 {
        let date = self.production.earliest_start(task, &self.date_rules[task]);
        self.clock.start_of(date)
    }
    /// Work of each part of a task that is shared by `parts` people.
    pub fn part_work(&self, task: TaskId, parts: usize) -> i64 {
        let (work, parts) = (self.production.work_left(task), parts.max(1) as i64);
        work / parts + i64::from(work % parts > 0)
    }
    /// Overtime rules of a person on `day`; those of the first day of overtime are the week's. Where none may
    /// be asked that day, which is a violation of its own, those of the contract, else of the site.
    pub fn policy(&self, person: PersonId, day: u32) -> Cow<'_, OvertimePolicy> {
        let date = self.clock.date(day);
        self.production.overtime_on(person, date).unwrap_or_else(|| {
            let contract = self.production.contract_on(person, date);
            let own = contract.and_then(|contract| contract.overtime.as_ref());
            let site = self.production.people[person].site;
            Cow::Borrowed(own.unwrap_or(&self.production.sites[site].overtime))
        })
    }

    pub fn on_task(
        &self,
        rule: Rule,
        task: TaskId,
        person: Option<PersonId>,
        message: String,
    ) -> Violation {
        let object = format!("task {}", self.task(task));
        Violation { rule, task: Some(task), person, object, message }
    }
    pub fn on_person(&self, rule: Rule, person: PersonId, message: String) -> Violation {
        let object = format!("person {}", self.person(person));
        Violation { rule, task: None, person: Some(person), object, message }
    }
    pub fn task(&self, task: TaskId) -> &str {
        &self.production.tasks[task].code
    }
    pub fn person(&self, person: PersonId) -> &str {
        &self.production.people[person].code
    }
}

/// Calls `visit` with each day that the segments touch, in order, and how many of its slots.
pub(super) fn each_day(segments: &[Interval], per_day: u32, mut visit: impl FnMut(u32, u32)) {
    let mut open: Option<(u32, u32)> = None;
    for segment in segments {
        let mut at = segment.start.0;
        while at < segment.end.0 {
            let day = at / per_day;
            let stop = segment.end.0.min((day + 1).saturating_mul(per_day));
            open = match open {
                Some((same, slots)) if same == day => Some((day, slots + (stop - at))),
                other => {
                    if let Some((before, slots)) = other {
                        visit(before, slots);
                    }
                    Some((day, stop - at))
                }
            };
            at = stop;
        }
    }
    if let Some((day, slots)) = open {
        visit(day, slots);
    }
}

/// Whether the segments are there, not empty, in order, not touching, and in the timeline.
pub(super) fn is_sound(segments: &[Interval], clock: &Clock) -> bool {
    !segments.is_empty()
        && segments.iter().all(|s| s.start < s.end && s.end.0 <= clock.slots)
        && segments.windows(2).all(|pair| pair[0].end < pair[1].start)
}

fn binds(production: &Production, edge: &Dependency) -> bool {
    let exists = |task| production.tasks.get(task).is_some();
    edge.from != edge.to
        && exists(edge.from)
        && exists(edge.to)
        && production.is_open(edge.from)
        && production.is_open(edge.to)
}

fn parts<'a>(
    production: &Production,
    plan: &'a Plan,
    people: &[PersonTime],
    clock: &Clock,
) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::with_capacity(plan.assignments.len());
    for row in &plan.assignments {
        let known = match row.worker {
            Worker::Person(person) => production.people.get(person).is_some(),
            Worker::Vendor(vendor) => production.vendors.get(vendor).is_some(),
        };
        let (true, Some(task)) = (known, production.tasks.get(row.task)) else { continue };
        let lane = match row.worker {
            Worker::Person(person) => {
                people[person.index()].lane_for(production.show_of(task.entity))
            }
            Worker::Vendor(_) => None,
        };
        parts.push(Part {
            task: row.task,
            number: row.part,
            worker: row.worker,
            segments: &row.segments,
            sound: is_sound(&row.segments, clock) && production.is_open(row.task),
            lane,
        });
    }
    parts.sort_by_key(|part| (part.task, part.number));
    parts
}

/// Where the rows of each of `count` owners stand in a table that is sorted by owner.
fn ranges(count: usize, owners: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut ranges = vec![0..0; count];
    for (row, owner) in owners.enumerate() {
        let range: &mut Range<usize> = &mut ranges[owner];
        if range.start == range.end {
            range.start = row;
        }
        range.end = row + 1;
    }
    ranges
}

fn places(
    production: &Production,
    plan: &Plan,
    parts: &[Part<'_>],
    clock: &Clock,
) -> (Keyed<TaskId, Place>, Keyed<TaskId, Option<Unplaced>>) {
    let mut causes = Keyed::filled(None, production.tasks.len());
    let mut places: Keyed<TaskId, Place> = production
        .tasks
        .ids()
        .map(|task| if production.is_open(task) { Place::Absent } else { Place::Done })
        .collect();
    for part in parts.iter().filter(|part| part.sound) {
        let (start, end) = (part.start(), part.end());
        places[part.task] = match places[part.task] {
            Place::Worked { start: first, end: last } => {
                Place::Worked { start: first.min(start), end: last.max(end) }
            }
            _ => Place::Worked { start, end },
        };
    }
    for &(task, slot) in &plan.instants {
        if production.tasks.get(task).is_some()
            && places[task] == Place::Absent
            && slot.0 <= clock.slots
        {
            places[task] = Place::Instant(slot.0);
        }
    }
    for &(task, cause) in &plan.unplaced {
        if production.tasks.get(task).is_none() {
            continue;
        }
        causes[task] = causes[task].or(Some(cause));
        if places[task] == Place::Absent {
            places[task] = Place::Unplaced;
        }
    }
    (places, causes)
}

fn overtime_weeks(production: &Production, plan: &Plan, clock: &Clock) -> Vec<OvertimeWeek> {
    let mut days: Vec<(PersonId, u32, i64, i64)> = plan
        .overtime
        .iter()
        .filter(|row| production.people.get(row.person).is_some() && row.day.0 < clock.days())
        .map(|row| (row.person, row.day.0, i64::from(row.minutes), i64::from(row.worth)))
        .collect();
    days.sort_unstable();
    let mut weeks: Vec<OvertimeWeek> = Vec::new();
    for (person, day, minutes, worth) in days {
        let week = clock.week(day);
        match weeks.last_mut() {
            Some(last) if last.person == person && last.week == week => {
                last.worth += worth;
                match last.days.last_mut() {
                    Some((same, sum)) if *same == day => *sum += minutes,
                    _ => last.days.push((day, minutes)),
                }
            }
            _ => weeks.push(OvertimeWeek { person, week, days: vec![(day, minutes)], worth }),
        }
    }
    weeks
}
