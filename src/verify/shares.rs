//! How much of each day a person gives to the tasks of a show, from contracts, leave, bookings,
//! calendars and public holidays.

use super::calendars::{Clock, WorkedDays};
use super::days_off;
use crate::model::{Id, Person, Plan, Production, ShowId};
use jiff::civil::Date;

/// Shares of days in basis points, with their sums, so that any run of slots is added up at once.
#[derive(Clone)]
pub(super) struct Shares {
    /// Share of each day.
    pub share: Vec<u32>,
    /// Sum of the shares of all days before each day.
    before: Vec<u64>,
}

impl Shares {
    fn new(share: Vec<u32>) -> Shares {
        let mut sum = 0;
        let before = share
            .iter()
            .map(|&share| {
                let before = sum;
                sum += u64::from(share);
                before
            })
            .collect();
        Shares { share, before }
    }
    /// Share of the day of `slot`; 0 after the last day.
    pub fn at(&self, slot: u32, per_day: u32) -> u32 {
        self.share.get((slot / per_day) as usize).copied().unwrap_or(0)
    }
    /// Share slots before the boundary `slot`.
    fn up_to(&self, slot: u32, per_day: u32) -> u64 {
        let day = (slot / per_day) as usize;
        match (self.before.get(day), self.share.get(day)) {
            (Some(before), Some(&share)) => {
                before * u64::from(per_day) + u64::from(share) * u64::from(slot % per_day)
            }
            _ => {
                let all = self.before.last().copied().unwrap_or(0)
                    + u64::from(self.share.last().copied().unwrap_or(0));
                all * u64::from(per_day)
            }
        }
    }
    /// Share slots in `[start, end)`.
    pub fn sum(&self, start: u32, end: u32, per_day: u32) -> u64 {
        self.up_to(end, per_day).saturating_sub(self.up_to(start, per_day))
    }
}

/// The time of a person for one show, or for all shows.
pub(super) struct LaneTime {
    /// The show; `None` = any.
    pub show: Option<ShowId>,
    /// Without overtime.
    pub base: Shares,
    /// With overtime, where there is any.
    overtime: Option<Shares>,
}

impl LaneTime {
    /// Shares with overtime.
    pub fn full(&self) -> &Shares {
        self.overtime.as_ref().unwrap_or(&self.base)
    }
}

/// The time of a person.
pub(super) struct PersonTime {
    /// By show, sorted; one for all shows if the person has no bookings.
    pub lanes: Vec<LaneTime>,
    /// Length of a working day in minutes, at least 1.
    pub day_minutes: i64,
}

impl PersonTime {
    /// The lane that works for `show`.
    pub fn lane_for(&self, show: ShowId) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.show.is_none_or(|own| own == show))
    }
    /// Working time of a day without overtime, in ten-thousandths of a minute.
    pub fn base_time(&self, day: u32) -> i128 {
        let share: i128 = self
            .lanes
            .iter()
            .filter_map(|lane| lane.base.share.get(day as usize))
            .map(|&share| i128::from(share))
            .sum();
        share * i128::from(self.day_minutes)
    }
    /// The only lane with a share on `day`; `None` if there is none or more than one.
    pub fn only_lane(&self, day: u32) -> Option<usize> {
        let has_share = |lane: &LaneTime| lane.base.share.get(day as usize).is_some_and(|&s| s > 0);
        let mut with_share =
            self.lanes.iter().enumerate().filter(|(_, lane)| has_share(lane)).map(|(id, _)| id);
        let only = with_share.next()?;
        with_share.next().is_none().then_some(only)
    }
}

/// Which days each site works: its calendar without public holidays.
pub(super) fn site_days(
    production: &Production,
    calendars: &[WorkedDays],
    clock: &Clock,
) -> Vec<Vec<bool>> {
    let mut sites = Vec::with_capacity(production.sites.len());
    for site in &production.sites {
        let mut open = calendars[site.calendar.index()].worked.clone();
        for &holiday in &site.holidays {
            let offset = usize::try_from(clock.offset(holiday)).ok();
            if let Some(day) = offset.and_then(|day| open.get_mut(day)) {
                *day = false;
            }
        }
        sites.push(open);
    }
    sites
}

/// The time of every person, with the overtime of `plan`.
pub(super) fn people(
    production: &Production,
    plan: &Plan,
    sites: &[Vec<bool>],
    clock: &Clock,
) -> Vec<PersonTime> {
    let mut people: Vec<PersonTime> = production
        .people
        .iter()
        .map(|person| PersonTime {
            lanes: lanes(production, person, &sites[person.site.index()], clock),
            day_minutes: production.sites[person.site].day_minutes.max(1),
        })
        .collect();
    for entry in &plan.overtime {
        let Some(time) = people.get_mut(entry.person.index()) else { continue };
        let person = &production.people[entry.person];
        let on_day_off = || days_off::lane(person, &time.lanes, clock.date(entry.day.0));
        let is_off = sites[person.site.index()].get(entry.day.0 as usize) == Some(&false);
        let lane = if is_off { on_day_off() } else { time.only_lane(entry.day.0) };
        let Some(lane) = lane else { continue };
        let more = u64::from(entry.worth) * 10_000 / time.day_minutes as u64;
        let lane = &mut time.lanes[lane];
        let with = lane.overtime.get_or_insert_with(|| lane.base.clone());
        let Some(share) = with.share.get_mut(entry.day.0 as usize) else { continue };
        *share = share.saturating_add(more.min(u64::from(u32::MAX)) as u32);
    }
    for lane in people.iter_mut().flat_map(|time| &mut time.lanes) {
        if let Some(with) = lane.overtime.take() {
            lane.overtime = Some(Shares::new(with.share));
        }
    }
    people
}

fn lanes(production: &Production, person: &Person, open: &[bool], clock: &Clock) -> Vec<LaneTime> {
    let present = present(production, person, open, clock);
    if person.bookings.is_empty() {
        let share = present.iter().map(|&there| basis_points(there, 100_000_000)).collect();
        return vec![LaneTime { show: None, base: Shares::new(share), overtime: None }];
    }
    let usable = || person.bookings.iter().filter(|booking| booking.is_usable());
    let mut shows: Vec<ShowId> = usable().map(|booking| booking.show).collect();
    shows.sort_unstable();
    shows.dedup();
    shows
        .into_iter()
        .map(|show| {
            let of_show = usable().filter(|booking| booking.show == show);
            let booked = by_day(of_show.map(|b| (b.from, Some(b.to), b.share)), clock);
            let share = present
                .iter()
                .zip(booked)
                .map(|(&there, booked)| {
                    basis_points(there * i128::from(booked.min(10_000)), 1_000_000_000_000)
                })
                .collect();
            LaneTime { show: Some(show), base: Shares::new(share), overtime: None }
        })
        .collect()
}

/// Share of each day that a person is there and not leading, × 10¹²: three factors in basis points.
fn present(production: &Production, person: &Person, open: &[bool], clock: &Clock) -> Vec<i128> {
    let contracts = person.contracts.iter().map(|contract| (contract.start, contract.end, 1));
    let employed = by_day(contracts, clock);
    let leave = person.leave.iter().filter(|leave| leave.approved);
    let away = by_day(leave.map(|leave| (leave.from, Some(leave.to), leave.share)), clock);
    let from = clock.start_of(production.settings.as_of) / clock.per_day;
    let on_tasks = i128::from(person.capacity) * i128::from(10_000 - person.lead_share);
    (0..clock.days() as usize)
        .map(|day| {
            let hired = person.contracts.is_empty() || employed[day] > 0;
            if day < from as usize || !open[day] || !hired {
                return 0;
            }
            on_tasks * i128::from(10_000 - away[day].min(10_000))
        })
        .collect()
}

/// `product ÷ scale`, rounded down to whole basis points, never below 0.
fn basis_points(product: i128, scale: i128) -> u32 {
    (product / scale).clamp(0, i128::from(u16::MAX)) as u32
}

/// Sum of the values in force on each day of the timeline; both ends of a span are in, an open end
/// reaches the last day. Each span is noted where it begins and where it has ended, then added up.
fn by_day(spans: impl Iterator<Item = (Date, Option<Date>, i64)>, clock: &Clock) -> Vec<i64> {
    let days = i64::from(clock.days());
    let mut changes = vec![0_i64; days as usize + 1];
    for (from, to, value) in spans {
        let start = clock.offset(from).clamp(0, days);
        let end = to.map_or(days, |to| clock.offset(to).saturating_add(1).clamp(0, days));
        if start < end {
            changes[start as usize] += value;
            changes[end as usize] -= value;
        }
    }
    let mut sum = 0;
    changes.pop();
    for change in &mut changes {
        sum += *change;
        *change = sum;
    }
    changes
}
