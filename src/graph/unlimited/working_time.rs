//! How much working time a person has between two boundaries, at most.

use super::Candidate;
use crate::model::{Day, Lane, Production, SiteId, Slot, Timeline};
use std::collections::HashMap;

/// The different courses of working time of all lanes. Lanes with the same days share one.
#[derive(Debug)]
pub(super) struct WorkingTime {
    slots_per_day: u32,
    slots: u32,
    /// Boundary at which the week of each day ends.
    week_end: Vec<u32>,
    courses: Vec<Course>,
    /// The course of each lane.
    of_lane: Vec<u32>,
}

#[derive(Debug)]
struct Course {
    /// Basis points of all days before each day.
    base: Vec<u64>,
    extra: Option<Extra>,
}

/// The most overtime can add, in basis points of a day.
#[derive(Debug)]
struct Extra {
    /// What single days allow, summed as in `base`.
    daily: Vec<u64>,
    /// What days and weeks allow when each week spends it as early as it can, summed.
    early: Vec<u64>,
    /// What the week of each day allows.
    week: Vec<u64>,
}

impl WorkingTime {
    pub(super) fn new(
        production: &Production,
        timeline: &Timeline,
        lanes: &[Lane],
        overtime: bool,
    ) -> WorkingTime {
        let slots_per_day = timeline.slots_per_day();
        let week_of: Vec<u32> = (0..timeline.days()).map(|day| timeline.week(Day(day))).collect();
        let mut week_end = vec![timeline.slots(); week_of.len()];
        for day in (0..week_of.len().saturating_sub(1)).rev() {
            week_end[day] = if week_of[day] == week_of[day + 1] {
                week_end[day + 1]
            } else {
                (day as u32 + 1) * slots_per_day
            };
        }
        let mut known: HashMap<(SiteId, &[u16], Vec<Limits>), u32> = HashMap::new();
        let (mut courses, mut of_lane) = (Vec::new(), Vec::with_capacity(lanes.len()));
        for (index, lane) in lanes.iter().enumerate() {
            let person = &production.people[lane.person];
            let alone = (index == 0 || lanes[index - 1].person != lane.person)
                && lanes.get(index + 1).is_none_or(|next| next.person != lane.person);
            let limits = if overtime && alone && production.may_work_overtime(lane.person)
                || overtime && !lane.days_off.is_empty()
            {
                limits(production, timeline, lane)
            } else {
                Vec::new()
            };
            let course = *known.entry((person.site, &lane.share, limits)).or_insert_with_key(
                |(site, share, limits)| {
                    let minutes = production.sites[*site].day_minutes;
                    let extra =
                        (!limits.is_empty()).then(|| extra(share, limits, &week_of, minutes));
                    courses.push(Course { base: sums(share.iter().map(|&s| u64::from(s))), extra });
                    courses.len() as u32 - 1
                },
            );
            of_lane.push(course);
        }
        WorkingTime { slots_per_day, slots: timeline.slots(), week_end, courses, of_lane }
    }

    pub(super) fn slots(&self) -> u32 {
        self.slots
    }
    pub(super) fn slots_per_day(&self) -> u32 {
        self.slots_per_day
    }
    /// The course of the lane at `index`.
    pub(super) fn course(&self, index: usize) -> u32 {
        self.of_lane[index]
    }

    /// The first boundary by which a candidate has done `work` from `start` on, if that is not after
    /// `by`.
    pub(super) fn end_of(
        &self,
        candidate: &Candidate,
        start: Slot,
        work: u128,
        by: u32,
    ) -> Option<u32> {
        let course = &self.courses[candidate.course as usize];
        let done =
            |t: u32| u128::from(self.between(course, start.0, t)) * u128::from(candidate.rate);
        if by < start.0 || done(by) < work {
            return None;
        }
        let (mut low, mut high) = (start.0, by); // the end is in low ..= high
        while low < high {
            let middle = low + (high - low) / 2;
            if done(middle) >= work { high = middle } else { low = middle + 1 }
        }
        Some(high)
    }

    /// Basis-point slots that fit between two boundaries.
    fn between(&self, course: &Course, from: u32, to: u32) -> u64 {
        let base = self.at(&course.base, to) - self.at(&course.base, from);
        let Some(extra) = &course.extra else { return base };
        let Some(&week_end) = self.week_end.get((from / self.slots_per_day) as usize) else {
            return base;
        };
        let week = extra.week[(from / self.slots_per_day) as usize];
        let here = self.at(&extra.daily, to.min(week_end)) - self.at(&extra.daily, from);
        let later = if to > week_end {
            self.at(&extra.early, to) - self.at(&extra.early, week_end)
        } else {
            0
        };
        base + here.min(week * u64::from(self.slots_per_day)) + later
    }

    fn at(&self, sums: &[u64], t: u32) -> u64 {
        let (day, part) = ((t / self.slots_per_day) as usize, t % self.slots_per_day);
        let today = if part > 0 { sums[day + 1] - sums[day] } else { 0 };
        sums[day] * u64::from(self.slots_per_day) + today * u64::from(part)
    }
}

/// Most minutes of work of a day and of its week, and on it where it is a day off.
type Limits = (i64, i64, i64);

fn limits(production: &Production, timeline: &Timeline, lane: &Lane) -> Vec<Limits> {
    (0..timeline.days())
        .map(|day| match production.overtime_on(lane.person, timeline.date(Day(day))) {
            Some(policy) => (
                policy.cap_day_minutes,
                production.most_in_week(lane.person, &policy),
                lane.minutes_off(day).into(),
            ),
            None => (0, 0, 0),
        })
        .collect()
}

fn extra(share: &[u16], limits: &[Limits], week_of: &[u32], day_minutes: i64) -> Extra {
    let points = |minutes: i64| (minutes.max(0) * 10_000 / day_minutes.max(1)) as u64;
    let base = |day: usize| i64::from(share[day]) * day_minutes / 10_000;
    let (mut daily, mut early, mut week) = (Vec::new(), Vec::new(), Vec::new());
    let mut first = 0;
    for days in week_of.chunk_by(|a, b| a == b) {
        let days = {
            let range = first..first + days.len();
            first = range.end;
            range
        };
        let worked: i64 = days.clone().map(base).sum();
        let most = days.clone().map(|day| limits[day].1).max().unwrap_or(0);
        let allowed = points(most - worked);
        let mut left = allowed;
        for day in days {
            let here = match share[day] {
                0 => points(limits[day].2),
                _ => points(limits[day].0 - base(day)),
            };
            daily.push(here);
            early.push(here.min(left));
            left -= here.min(left);
            week.push(allowed);
        }
    }
    Extra { daily: sums(daily.into_iter()), early: sums(early.into_iter()), week }
}

/// Sums before each, and one more entry for all.
fn sums(values: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut sum = 0;
    let mut sums = vec![0];
    sums.extend(values.map(|value| {
        sum += value;
        sum
    }));
    sums
}
