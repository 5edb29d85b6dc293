//! The earliest finish of every task if each could have the best people it is ever allowed, as if
//! nobody else wanted them.
//!
//! No valid plan is earlier, so a date before it cannot be met: that is a proof, not an estimate.
//! What `docs/rules.md` demands and this ignores, always to the early side: one thing at a time,
//! crew caps, open tasks, smallest segments, tasks that may not be split; and hand-overs between
//! sites take the most favourable pair of sites that could do the two tasks.

mod group;
mod handover;
mod working_time;

pub use group::{Candidate, Group};

use super::{Network, Pace, Span, Times};
use crate::model::{Keyed, Lane, PersonId, Production, Slot, Status, TaskId, Timeline, Unplaced};
use group::Groups;
use handover::Handover;
use working_time::WorkingTime;

/// Up to how many parts of a task are tried one by one; for more the bound is a little weaker.
const PARTS_TRIED: usize = 16;

/// Earliest times of all tasks with unlimited crew: the start, the end, and what decides each.
///
/// A task that nobody can do is [`Reach::Never`](super::Reach) with its cause, and so is all that
/// waits for it. With `overtime`, every day is as long as rule 15 allows for its person.
///
/// ```
/// # use shotplan::graph::{Network, unlimited};
/// # use shotplan::model::{availability::lanes, *};
/// # use jiff::civil::date;
/// let mut show = Production::new("one", date(2027, 1, 4), date(2027, 3, 1)); // from a Monday
/// let entity = Entity::Show(show.shows.push(Show::new("ALPHA", CalendarId::new(0))));
/// let comp = show.add_department("CMP");
/// let task = show.tasks.push(Task::new("comp", entity, comp, 4 * 480)); // four days as bid
/// show.people.push(Person::new("mia", SiteId::new(0), comp)); // of whose day 85 % is work
/// let (network, timeline) = (Network::new(&show), show.timeline());
/// let times = unlimited::earliest(&show, &network, &timeline, &lanes(&show, &timeline), false);
/// // 4 ÷ 0.85 = 4.71 days: 19 quarters, the last of them on Friday.
/// assert_eq!(times.finish(task), Some(Slot(19)));
/// ```
pub fn earliest(
    production: &Production,
    network: &Network,
    timeline: &Timeline,
    lanes: &[Lane],
    overtime: bool,
) -> Times {
    super::earliest(network, &mut Crew::new(production, network, timeline, lanes, overtime))
}

/// Everybody who could do each task, and how fast: the [`Pace`] of unlimited crew.
#[derive(Debug)]
pub struct Crew<'a> {
    production: &'a Production,
    network: &'a Network,
    release: Keyed<TaskId, Slot>,
    vendor_days: Keyed<TaskId, u32>,
    times: WorkingTime,
    groups: Groups,
    handover: Handover,
    /// Earliest finishes of the task at hand, kept to spare the memory of the last one.
    finishes: Vec<u32>,
}

impl<'a> Crew<'a> {
    /// Sorts people into groups that are alike for the tasks at hand.
    pub fn new(
        production: &'a Production,
        network: &'a Network,
        timeline: &Timeline,
        lanes: &[Lane],
        overtime: bool,
    ) -> Crew<'a> {
        let rules = production.date_rules();
        let release = production
            .tasks
            .ids()
            .map(|task| timeline.start_of(production.earliest_start(task, &rules[task])))
            .collect();
        let times = WorkingTime::new(production, timeline, lanes, overtime);
        let groups = Groups::new(production, network, timeline, lanes, &times);
        let handover = Handover::new(production, timeline.slots_per_day());
        Crew {
            production,
            network,
            release,
            vendor_days: production.vendor_days(),
            times,
            groups,
            handover,
            finishes: Vec::new(),
        }
    }

    /// Those who can do the task; `None` for tasks that are done, with a vendor, or with no work left.
    pub fn group(&self, task: TaskId) -> Option<&Group> {
        self.groups.of_task(task)
    }

    /// Who can do the task, in order.
    pub fn people(&self, task: TaskId) -> &[PersonId] {
        self.group(task).map_or(&[], |group| &group.people)
    }

    /// First boundary by which `parts` different people have each done `work` (as from
    /// [`demand`]), beginning no earlier than `start`.
    fn finish_of(&mut self, group: usize, start: Slot, work: u128, parts: usize) -> Option<Slot> {
        let last = self.times.slots();
        self.finishes.clear();
        for candidate in &self.groups[group].candidates {
            let by = if self.finishes.len() == parts {
                self.finishes[parts - 1].saturating_sub(1)
            } else {
                last
            };
            let Some(end) = self.times.end_of(candidate, start, work, by) else { continue };
            let at = self.finishes.partition_point(|&other| other <= end);
            let copies = (candidate.people as usize).min(parts);
            self.finishes.splice(at..at, std::iter::repeat_n(end, copies));
            self.finishes.truncate(parts);
        }
        self.finishes.get(parts - 1).map(|end| Slot(*end))
    }

    /// First boundary by which `points` basis points of a task can be done, in the best number of
    /// parts.
    fn best_finish(
        &mut self,
        task: TaskId,
        group: usize,
        start: Slot,
        points: i64,
    ) -> Option<Slot> {
        let row = &self.production.tasks[task];
        let work = self.production.work_left(task);
        let slots_per_day = self.times.slots_per_day();
        let people = self.groups[group].people.len();
        let most = (row.max_parallel.max(1) as usize).min(people.max(1));
        let mut best = self.finish_of(group, start, demand(work, slots_per_day, points), 1);
        let mut parts = 2;
        while parts <= most {
            let part = part_of(work, parts);
            if part < row.min_chunk.max(1) {
                break;
            }
            let (count, size) = if parts <= PARTS_TRIED {
                (parts, part)
            } else {
                // All numbers of parts from here on at once: the work of the smallest parts by the
                // time of the fewest people, which none of them can beat.
                let smallest = (parts..=most)
                    .map(|parts| part_of(work, parts))
                    .take_while(|part| *part >= row.min_chunk.max(1))
                    .last();
                (parts, smallest.unwrap_or(part))
            };
            let end = self.finish_of(group, start, demand(size, slots_per_day, points), count);
            best = match (best, end) {
                (Some(best), Some(end)) => Some(best.min(end)),
                (best, end) => best.or(end),
            };
            if parts > PARTS_TRIED {
                break;
            }
            parts += 1;
        }
        best
    }

    /// Working slots of a vendor's lead time for the task.
    fn lead_slots(&self, task: TaskId) -> Option<i32> {
        let days = Some(self.vendor_days[task]).filter(|days| *days > 0)?;
        Some(i32::try_from(days.saturating_mul(self.times.slots_per_day())).unwrap_or(i32::MAX))
    }
}

fn part_of(work: i64, parts: usize) -> i64 {
    (work + parts as i64 - 1) / parts as i64
}

/// What `points` basis points of `minutes` of work ask for: compared with working time × day length ×
/// level × productive share, so that nothing is rounded on the way.
fn demand(minutes: i64, slots_per_day: u32, points: i64) -> u128 {
    let whole = minutes.max(0) as u128 * 10_000_000_000 * u128::from(slots_per_day);
    (whole * points.max(0) as u128).div_ceil(10_000)
}

impl Pace for Crew<'_> {
    fn release(&mut self, task: TaskId) -> Slot {
        self.release[task]
    }

    fn hopeless(&mut self, task: TaskId) -> Option<Unplaced> {
        if self.production.tasks[task].status == Status::Hold {
            return Some(Unplaced::OnHold);
        }
        self.group(task).filter(|group| group.people.is_empty()).map(|_| Unplaced::NobodyCan)
    }

    fn run(&mut self, task: TaskId, start: Slot) -> Result<Span, Unplaced> {
        let Some(group) = self.groups.index_of(task) else {
            // No work left, or a vendor's.
            let lead = match self.production.work_left(task) {
                ..=0 => None,
                _ => self.lead_slots(task),
            };
            let Some(lead) = lead else { return Ok(Span { start, end: start }) };
            let rank = self.network.calendar_of(task);
            let start = rank.next_start(start).ok_or(Unplaced::NoTimeLeft)?;
            let end = u32::try_from(lead).ok().and_then(|lead| rank.rank(start).checked_add(lead));
            let end = end.and_then(|count| rank.select(count)).ok_or(Unplaced::NoTimeLeft)?;
            return Ok(Span { start, end: end.max(start) });
        };
        let start = self.groups[group].first_work(start).ok_or(Unplaced::NoTimeLeft)?;
        let end = self.best_finish(task, group, start, 10_000).ok_or(Unplaced::NoTimeLeft)?;
        Ok(Span { start, end })
    }

    fn publish(&mut self, task: TaskId, span: Span, overlap: i64) -> Slot {
        let points = 10_000 - overlap.clamp(0, 10_000);
        if points == 0 {
            return span.start;
        }
        match self.groups.index_of(task) {
            Some(group) => self.best_finish(task, group, span.start, points).unwrap_or(span.end),
            None => {
                let lead = i64::from(self.lead_slots(task).unwrap_or(0));
                let done = i32::try_from((lead * points + 9_999) / 10_000).unwrap_or(i32::MAX);
                self.network.calendar_of(task).after(span.start, done).min(span.end)
            }
        }
    }

    fn handed(&mut self, from: TaskId, to: TaskId, t: Slot) -> Slot {
        if self.handover.is_plain() {
            return t;
        }
        match (self.groups.sites_of(from), self.groups.sites_of(to)) {
            (Some(from), Some(to)) => {
                let moved = self.handover.earliest(from, to, t, &self.groups);
                Slot(moved.0.min(self.times.slots()))
            }
            _ => t,
        }
    }
}
