//! Lanes: the time of each person, for each show that they are booked for, and with days off worked.

use super::{NONE, OvertimeBook, WorkingTime};
use crate::model::*;
use std::collections::{BTreeMap, HashMap};

/// One lane of a person.
#[derive(Clone, Debug)]
pub struct LaneSpec {
    /// The person.
    pub person: PersonId,
    /// Index of its working time in [`Problem::times`](super::Problem::times).
    pub time: u32,
    /// The time line of busy intervals it shares: its own, or the person's when the person may have
    /// one task open only.
    pub desk: u32,
    /// Whether another lane of the person shares the time line.
    pub shares_desk: bool,
    /// Whether the person leads.
    pub leads: bool,
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

/// The lanes of all people in their order, their working times, and how many desks there are.
pub(super) fn lanes(
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
            let shares_desk = lanes_of_person[lane.person.index()] > person.max_concurrent.max(1);
            let desk = if shares_desk {
                *shared_desk.entry(lane.person).or_insert_with(new_desk)
            } else {
                new_desk()
            };
            LaneSpec {
                person: lane.person,
                time,
                desk,
                shares_desk,
                leads: person.seniority == Seniority::Lead,
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
pub(super) fn add_lanes_with_days_off(
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

/// The most overtime any of a person's contracts, or the site, allows; never more hours of work a week than
/// the law. An hour of a long week counts in full here: bounds may not count on less.
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
        room.week = room.week.max(production.most_in_week(person, policy));
    }
    for window in &row.overtime_windows {
        room.day = room.day.max(window.cap_day_minutes.unwrap_or(0));
        let mut policy = OvertimePolicy { cap_week_minutes: 0, ..site.overtime.clone() };
        policy.cap_to(window.cap_week_minutes);
        room.week = room.week.max(production.most_in_week(person, &policy));
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
