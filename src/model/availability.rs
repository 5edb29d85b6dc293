//! When people can work: the working time of each person, day by day, for each show.

use super::{
    Day, DaysOff, DepartmentId, Entity, OvertimePolicy, PersonId, Production, ShowId, TaskId,
    Timeline, days_between,
};
use jiff::civil::Date;
use std::borrow::Cow;

/// The time of one person that goes to one show, or to any show if the person has no bookings.
///
/// Two lanes of a person run side by side (half a day on each of two shows); inside a lane one
/// task is worked at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The person.
    pub person: PersonId,
    /// The show it is booked for; `None` = any show the person may work on.
    pub show: Option<ShowId>,
    /// Share of a full working day that goes to tasks, in basis points, for each day of the
    /// timeline; 0 on days off and before `as_of`.
    pub share: Vec<u16>,
    /// Days off on which work may be asked for, as overtime; in order.
    pub days_off: Vec<DayOffTime>,
}

/// A day off on which somebody may be asked to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayOffTime {
    /// The day of the timeline.
    pub day: u32,
    /// The most minutes of work on it.
    pub minutes: u16,
}

impl Lane {
    /// The most minutes that may be worked on a day off; 0 where none may.
    pub fn minutes_off(&self, day: u32) -> u16 {
        let place = self.days_off.binary_search_by_key(&day, |off| off.day);
        place.map_or(0, |place| self.days_off[place].minutes)
    }
}

/// All lanes of a production, sorted by person, then show.
pub fn lanes(production: &Production, timeline: &Timeline) -> Vec<Lane> {
    let mut lanes = Vec::with_capacity(production.people.len());
    let site_days: Vec<Vec<bool>> = production
        .sites
        .iter()
        .map(|site| {
            let calendar = &production.calendars[site.calendar];
            (0..timeline.days())
                .map(|day| {
                    let date = timeline.date(Day(day));
                    date >= production.settings.as_of
                        && calendar.is_worked(date)
                        && site.holidays.binary_search(&date).is_err()
                })
                .collect()
        })
        .collect();
    for (id, person) in production.people.enumerate() {
        let worked = &site_days[super::Id::index(person.site)];
        let own = present_share(production, id, timeline, worked);
        if person.bookings.is_empty() {
            let share = own.iter().map(|&share| (share / 100_000_000) as u16).collect();
            lanes.push(Lane { person: id, show: None, share, days_off: Vec::new() });
            add_days_off(production, timeline, &mut lanes, id);
            continue;
        }
        let mut shows: Vec<ShowId> =
            person.bookings.iter().filter(|b| b.is_usable()).map(|b| b.show).collect();
        shows.sort_unstable();
        shows.dedup();
        for show in shows {
            let mut booked = vec![0_i64; timeline.days() as usize];
            for booking in person.bookings.iter().filter(|b| b.is_usable() && b.show == show) {
                for day in days(timeline, booking.from, Some(booking.to)) {
                    booked[day] = (booked[day] + booking.share).min(10_000);
                }
            }
            let share = own
                .iter()
                .zip(&booked)
                .map(|(&own, &booked)| (own * booked / 1_000_000_000_000) as u16)
                .collect();
            lanes.push(Lane { person: id, show: Some(show), share, days_off: Vec::new() });
        }
        add_days_off(production, timeline, &mut lanes, id);
    }
    lanes
}

/// Gives the last lanes, those of one person, the days off that may be worked: where the policy of the
/// day allows it, the person is employed and not on leave, works at least one day of that week, and one
/// lane alone would have the day if the site worked.
fn add_days_off(production: &Production, timeline: &Timeline, lanes: &mut [Lane], id: PersonId) {
    let person = &production.people[id];
    if !production.may_work_days_off(id) || person.capacity * (10_000 - person.lead_share) <= 0 {
        return;
    }
    let first = lanes.partition_point(|lane| lane.person < id);
    let lanes = &mut lanes[first..];
    let site = &production.sites[person.site];
    let calendar = &production.calendars[site.calendar];
    for day in 0..timeline.days() {
        let date = timeline.date(Day(day));
        let Some(kind) = site.day_off(calendar, date) else { continue };
        if date < production.settings.as_of || site.day_minutes <= 0 {
            continue;
        }
        let Some(policy) = production.overtime_on(id, date) else { continue };
        let minutes = policy.most_on_day_off();
        let is_employed =
            person.contracts.is_empty() || person.contracts.iter().any(|row| row.covers(date));
        let is_away = person
            .leave
            .iter()
            .any(|row| row.approved && row.share > 0 && row.from <= date && date <= row.to);
        if !policy.days_off.may(kind) || minutes == 0 || !is_employed || is_away {
            continue;
        }
        let week = (day - day % 7) as usize;
        let days = week..(week + 7).min(timeline.days() as usize);
        if !lanes.iter().any(|lane| lane.share[days.clone()].iter().any(|&share| share > 0)) {
            continue;
        }
        let has_day = |lane: &Lane| {
            lane.show.is_none_or(|show| {
                let of_show = person.bookings.iter().filter(|row| row.is_usable());
                let of_show = of_show.filter(|row| row.show == show && row.share > 0);
                of_show.clone().any(|row| row.from <= date && date <= row.to)
            })
        };
        let mut having = lanes.iter_mut().filter(|lane| has_day(lane));
        if let (Some(lane), None) = (having.next(), having.next()) {
            lane.days_off.push(DayOffTime { day, minutes: minutes as u16 });
        }
    }
}

/// Share of each day that a person is there and not leading, × 10^12 (capacity × rest of lead ×
/// rest of leave, each in basis points).
fn present_share(
    production: &Production,
    id: PersonId,
    timeline: &Timeline,
    worked: &[bool],
) -> Vec<i64> {
    let person = &production.people[id];
    let mut employed = vec![person.contracts.is_empty(); worked.len()];
    for contract in &person.contracts {
        for day in days(timeline, contract.start, contract.end) {
            employed[day] = true;
        }
    }
    let mut away = vec![0_i64; worked.len()];
    for leave in person.leave.iter().filter(|leave| leave.approved) {
        for day in days(timeline, leave.from, Some(leave.to)) {
            away[day] = (away[day] + leave.share).min(10_000);
        }
    }
    let on_tasks = person.capacity * (10_000 - person.lead_share);
    (0..worked.len())
        .map(|day| if worked[day] && employed[day] { on_tasks * (10_000 - away[day]) } else { 0 })
        .collect()
}

/// Days of the timeline from `from` to `to`, both in; an open end reaches the last day.
fn days(timeline: &Timeline, from: Date, to: Option<Date>) -> std::ops::Range<usize> {
    let count = i64::from(timeline.days());
    let start = super::days_between(timeline.first(), from).clamp(0, count);
    let end = to.map_or(count, |to| super::days_between(timeline.first(), to) + 1);
    start as usize..end.clamp(start, count) as usize
}

impl Production {
    /// The level, in thousandths, at which a person can do a task; `None` when they cannot: no
    /// skill in the department (or its speciality), level too low, class too hard, or a show they
    /// may not work on. With several fitting skills the fastest counts.
    pub fn level_for(&self, person: PersonId, task: TaskId) -> Option<i64> {
        let (row, person) = (&self.tasks[task], &self.people[person]);
        if !person.is_for(self.show_of(row.entity)) {
            return None;
        }
        let class = self.class_of(row.entity);
        person
            .skills
            .iter()
            .filter(|skill| skill.department == row.department)
            .filter(|skill| row.tag.is_none() || skill.tag == row.tag)
            .filter(|skill| skill.level >= row.min_level)
            .filter(|skill| class.is_none_or(|class| class <= skill.max_class))
            .map(|skill| skill.level)
            .max()
    }

    /// The overtime rules of a person on a day, with the caps of that day; `None` when no overtime may be
    /// asked of them then. Of several windows the last one counts.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::*;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let comp = show.add_department("CMP");
    /// let mut ann = Person::new("ann", SiteId::new(0), comp);
    /// ann.overtime_allowed = false;
    /// ann.overtime_windows.push(OvertimeWindow {
    ///     from: date(2027, 2, 1),
    ///     to: date(2027, 2, 12),
    ///     cap_day_minutes: Some(600),
    ///     cap_week_minutes: None,
    ///     days_off: None,
    ///     cap_day_off_minutes: None,
    /// });
    /// let ann = show.people.push(ann);
    /// assert_eq!(show.overtime_on(ann, date(2027, 1, 29)), None);
    /// let inside = show.overtime_on(ann, date(2027, 2, 1)).unwrap();
    /// assert_eq!((inside.cap_day_minutes, inside.cap_week_minutes), (600, 3_600));
    /// ```
    pub fn overtime_on(&self, person: PersonId, date: Date) -> Option<Cow<'_, OvertimePolicy>> {
        let row = &self.people[person];
        let mut windows = row.overtime_windows.iter().rev();
        let window = windows.find(|window| window.from <= date && date <= window.to);
        if !row.overtime_allowed && window.is_none() {
            return None;
        }
        let own = self.contract_on(person, date).and_then(|contract| contract.overtime.as_ref());
        let usual = own.unwrap_or(&self.sites[row.site].overtime);
        let Some(window) = window else { return Some(Cow::Borrowed(usual)) };
        let mut policy = usual.clone();
        policy.cap_day_minutes = window.cap_day_minutes.unwrap_or(policy.cap_day_minutes);
        policy.cap_to(window.cap_week_minutes);
        policy.days_off = window.days_off.unwrap_or(policy.days_off);
        policy.cap_day_off_minutes =
            window.cap_day_off_minutes.unwrap_or(policy.cap_day_off_minutes);
        Some(Cow::Owned(policy))
    }

    /// The weeks over which the overtime of the week of `date` is paid: the first Monday, and how many.
    ///
    /// Where the policy of that day averages over several weeks, they are counted from the Monday of the week
    /// in which the contract begins (without one from 3 January 2000). Only weeks that the contract and the
    /// plan have from Monday to Sunday are averaged: any other is paid by itself.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::*;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let comp = show.add_department("CMP");
    /// let ann = show.people.push(Person::new("ann", SiteId::new(0), comp));
    /// assert_eq!(show.paid_together(ann, date(2027, 1, 20)), (date(2027, 1, 18), 1));
    /// show.sites[SiteId::new(0)].overtime.average_weeks = 4;
    /// // From Wednesday 30 December on: weeks of 28 December to 18 January, then of 25 January on.
    /// let pounds = show.settings.currency;
    /// let contract = Contract::paid_by_day(date(2026, 12, 30), Cents(50_000), pounds);
    /// show.people[ann].contracts.push(contract);
    /// // That of 28 December is not in the plan.
    /// assert_eq!(show.paid_together(ann, date(2027, 1, 20)), (date(2027, 1, 4), 3));
    /// // The plan ends on a Friday, 26 February: its last week is paid by itself.
    /// assert_eq!(show.paid_together(ann, date(2027, 2, 16)), (date(2027, 1, 25), 4));
    /// assert_eq!(show.paid_together(ann, date(2027, 2, 24)), (date(2027, 2, 22), 1));
    /// ```
    pub fn paid_together(&self, person: PersonId, date: Date) -> (Date, i64) {
        let monday = monday_of(date);
        let contract = self.contract_on(person, date);
        let own = contract.and_then(|contract| contract.overtime.as_ref());
        let policy = own.unwrap_or(&self.sites[self.people[person].site].overtime);
        let most = policy.average_weeks;
        let days = |monday: Date, days: i64| monday.saturating_add(jiff::Span::new().days(days));
        let last = self.settings.horizon_end.max(self.settings.as_of);
        let is_whole = |monday: Date| {
            let sunday = days(monday, 6);
            monday >= self.settings.as_of
                && sunday <= last
                && contract.is_none_or(|row| row.covers(monday) && row.covers(sunday))
        };
        let is_between = contract.is_none() && !self.people[person].contracts.is_empty();
        if most <= 1 || is_between || !is_whole(monday) {
            return (monday, 1);
        }
        let start = monday_of(contract.map_or(jiff::civil::date(2000, 1, 3), |row| row.start));
        let back = (days_between(start, monday) / 7).rem_euclid(most);
        let block = (0..most).map(|week| days(monday, 7 * (week - back)));
        let mut whole = block.filter(|&monday| is_whole(monday));
        whole.next().map_or((monday, 1), |first| (first, 1 + whole.count() as i64))
    }

    /// Whether overtime may be asked of a person on any day.
    pub fn may_work_overtime(&self, person: PersonId) -> bool {
        let row = &self.people[person];
        row.overtime_allowed || !row.overtime_windows.is_empty()
    }

    /// Whether a person may be asked to work on a day off, on any day.
    pub fn may_work_days_off(&self, person: PersonId) -> bool {
        let row = &self.people[person];
        let own = row.contracts.iter().filter_map(|contract| contract.overtime.as_ref());
        let usual = own.chain([&self.sites[row.site].overtime]);
        let is_usual =
            row.overtime_allowed || row.overtime_windows.iter().any(|w| w.days_off.is_none());
        let mut windows = row.overtime_windows.iter().filter_map(|window| window.days_off);
        windows.any(|days| days != DaysOff::None)
            || (is_usual && usual.map(|policy| policy.days_off).any(|days| days != DaysOff::None))
    }

    /// The person's own department: that of the first skill.
    pub fn home_department(&self, person: PersonId) -> Option<DepartmentId> {
        self.people[person].skills.first().map(|skill| skill.department)
    }

    /// Tasks of each entity that is a shot or an asset, and all others by sequence or show.
    pub fn tasks_of(&self, entity: Entity) -> impl Iterator<Item = TaskId> + '_ {
        self.tasks
            .enumerate()
            .filter(move |(_, task)| self.contains(entity, task.entity))
            .map(|(id, _)| id)
    }
}

/// The Monday of a day's week.
fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_add(jiff::Span::new().days(-back))
}
