//! People who are there: time that is paid anyway, freelance days, overtime.

use super::moves::Away;
use super::overtime::{tiers, with_worth};
use super::shows::only;
use super::{Builder, Crew, Kind, Lever, Question, Shows, Spend, Told};
use crate::formulate::program::{Column, ColumnKind, LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{
    Calendar, ContractKind, Day, DayOff, DepartmentId, Id, Lane, Mode, OvertimePolicy, Person,
    PersonId, Production, Site, SiteId, Timeline,
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// Departments and levels there: in tenths of the bid standard in an estimate, in thousandths in a bound.
type Skills = Vec<(DepartmentId, i64)>;
/// Time, money and the least price of overtime, by what a minute is paid in basis points of plain time.
type Tiers = BTreeMap<i64, (f64, f64, f64)>;
/// Who is alike. Pay is told apart in a bound only.
type Like = (Skills, Option<SiteId>, i64, Shows);

/// Bid days that a person of a level (in thousandths) does in a working day.
pub(super) fn output(production: &Production, person: &Person, level: i64) -> f64 {
    let day = production.sites[person.site].day_minutes.max(0) as f64;
    let productive = production.settings.productive.max(0) as f64;
    day * level.max(0) as f64 * productive / 1e6 / production.bid_day_minutes().max(1) as f64
}

/// Best level by department, in tenths of the bid standard, so that like people come together, or exactly; the
/// home department first.
fn skills(person: &Person, kind: Kind) -> Skills {
    let mut best: BTreeMap<DepartmentId, i64> = BTreeMap::new();
    for skill in &person.skills {
        let level = best.entry(skill.department).or_insert(0);
        *level = skill.level.max(*level);
    }
    let home = person.skills.first().map(|skill| skill.department);
    let mut list: Vec<(DepartmentId, i64)> = best
        .into_iter()
        .map(|(department, level)| match kind {
            Kind::Estimate => (department, (level + 50) / 100),
            Kind::Bound => (department, level),
        })
        .filter(|&(_, level)| level > 0)
        .collect();
    list.sort_by_key(|&(department, _)| (Some(department) != home, department));
    list
}

/// The people of a production by what they can do and on which shows, with their time in each bucket; `by_site` also
/// by where they work, which is then told. Who is booked on two shows is in two crews, with the time of each. Told too: who they are. People without work in `wanted` departments are left out.
///
/// An estimate takes like people together, at levels to a tenth and at their mean pay. That is more than the
/// cheapest of them cost, so a bound tells apart what they can do to a thousandth and what they are paid, and
/// counts the least price where pay changes inside a bucket. In a bound, who may be moved to another department
/// works there from the first day for no more than before: moves are part of it, and cost nothing.
#[expect(clippy::too_many_arguments, reason = "one caller, and each is another thing")]
pub fn crews(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    buckets: &[Range<u32>],
    (wanted, told): (&[DepartmentId], &Told),
    mode: Mode,
    by_site: bool,
    kind: Kind,
) -> Vec<(Option<SiteId>, Crew, Vec<PersonId>)> {
    let mut crews: BTreeMap<Like, Crew> = BTreeMap::new();
    let mut tiers_of: BTreeMap<Like, Vec<Tiers>> = BTreeMap::new();
    let mut people_of: BTreeMap<Like, Vec<PersonId>> = BTreeMap::new();
    // An amount is rounded for each part of a slot that is posted.
    let rounded = |cost: f64| match kind {
        Kind::Estimate => cost,
        Kind::Bound => (cost - 0.5 * f64::from(timeline.slots_per_day())).max(0.0),
    };
    for of_person in lanes.chunk_by(|a, b| a.person == b.person) {
        let Some(first) = of_person.first() else { continue };
        let person = &production.people[first.person];
        let mut key = skills(person, kind);
        let mut cheaper = 1.0;
        if kind == Kind::Bound {
            cheaper = with_moves(production, first.person, &mut key);
        }
        key.retain(|(department, _)| wanted.contains(department));
        let Some(&(main, best)) = key.first() else { continue };
        let level = person.skills.iter().filter(|skill| skill.department == main);
        let level = level.map(|skill| skill.level).max();
        let rate = match kind {
            Kind::Estimate => output(production, person, level.unwrap_or(0)),
            Kind::Bound => output(production, person, best),
        };
        if rate <= 0.0 {
            continue;
        }
        let serves = || {
            let tenths = key[0].1 as f64;
            key.iter().map(|&(department, level)| (department, level as f64 / tenths)).collect()
        };
        let empty = buckets.len();
        // Told apart by pay, as a move leaves it at least.
        let pay = match kind {
            Kind::Estimate => 0,
            Kind::Bound => {
                let cost = production.day_cost(first.person, production.settings.as_of).0 as f64;
                (cost * cheaper).round() as i64
            }
        };
        let serving: Vec<DepartmentId> = key.iter().map(|row| row.0).collect();
        let avoidable = Avoidable::of(production, first.person);
        let site = &production.sites[person.site];
        let calendar = &production.calendars[site.calendar];
        let length = site.day_minutes.max(1);
        for (shows, lanes) in by_shows(production, of_person, told, &serving) {
            let like = (key.clone(), by_site.then_some(person.site), pay, shows);
            people_of.entry(like.clone()).or_default().push(first.person);
            let crew = crews.entry(like.clone()).or_insert_with(|| Crew {
                serves: serves(),
                shows: like.3.clone(),
                own: vec![0.0; empty],
                freelance: vec![(0.0, 0.0); empty],
                overtime: Vec::new(),
            });
            let overtime = tiers_of.entry(like).or_insert_with(|| vec![BTreeMap::new(); empty]);
            let mut week = Week::default();
            for day in 0..timeline.days() {
                let at = buckets.partition_point(|run| run.end <= timeline.week(Day(day)));
                if at >= buckets.len() {
                    break;
                }
                let date = timeline.date(Day(day));
                let share: i64 = lanes.iter().map(|lane| i64::from(share(lane, day))).sum();
                let at_work = of_person.iter().filter(|lane| share_is_some(lane, day)).count();
                if share > 0 {
                    let time = share as f64 / 1e4;
                    if avoidable.is(date) {
                        let cost = production.day_cost(first.person, date).0.max(0) as f64;
                        let cost = rounded(cost * cheaper);
                        let (sum, money) = &mut crew.freelance[at];
                        *money = match kind {
                            Kind::Estimate => *money + time * cost,
                            Kind::Bound if *sum > 0.0 => money.min(cost / rate),
                            Kind::Bound => cost / rate,
                        };
                        *sum += time * rate;
                    } else {
                        crew.own[at] += time * rate;
                    }
                    let may = at_work == 1 && production.overtime_on(first.person, date).is_some();
                    week.add(day, timeline, share * length, may, date);
                }
                if let Some(minutes) = lanes.iter().map(|lane| lane.minutes_off(day)).max()
                    && minutes > 0
                {
                    week.off.push((date, minutes.into()));
                }
                let ends = day + 1 == timeline.days()
                    || timeline.week(Day(day + 1)) != timeline.week(Day(day));
                if !ends {
                    continue;
                }
                let of_week = std::mem::take(&mut week);
                let off = of_week.off.first().map(|&(date, _)| date);
                let (Some(date), true) = (of_week.first.or(off), mode != Mode::NoOvertime) else {
                    continue;
                };
                let Some(policy) = production.overtime_on(first.person, date) else { continue };
                let cost = match kind {
                    Kind::Estimate => production.day_cost(first.person, date).0.max(0) as f64,
                    Kind::Bound => of_week.least_cost(production, first.person, date),
                };
                let cost = rounded(cost * cheaper) / length as f64;
                let off = of_week.paid_off(site, calendar, &policy);
                let most = production.most_in_week(first.person, &policy);
                let base: i64 = of_week.base.iter().sum();
                let tiers = tiers(&policy, most, &of_week.base, &of_week.may, &off);
                for tier in with_worth(&production.settings.productivity, base, tiers) {
                    // By what a minute of work costs.
                    let points = (tier.points as f64 * tier.minutes / tier.worth).round() as i64;
                    let (sum, money, least) =
                        overtime[at].entry(points).or_insert((0.0, 0.0, f64::INFINITY));
                    let paid = tier.minutes * cost * tier.points as f64 / 1e4;
                    let days = tier.worth / length as f64 * rate;
                    *sum += days;
                    *money += paid;
                    *least = least.min(paid / days);
                }
            }
        }
    }
    for (key, crew) in &mut crews {
        for (time, price) in &mut crew.freelance {
            *price = match kind {
                Kind::Estimate if *time > 0.0 => *price / *time,
                Kind::Estimate => 0.0,
                Kind::Bound => *price,
            };
        }
        let tiers = tiers_of.remove(key).unwrap_or_default();
        crew.overtime = tiers.into_iter().map(|tiers| by_price(tiers, kind)).collect();
    }
    let crews = crews.into_iter().zip(people_of.into_values());
    crews.map(|(((_, site, ..), crew), people)| (site, crew, people)).collect()
}

/// A person's lanes by the shows that their time can go to, without those for which there is no work.
pub(super) fn by_shows<'l>(
    production: &Production,
    of_person: &'l [Lane],
    told: &Told,
    departments: &[DepartmentId],
) -> BTreeMap<Shows, Vec<&'l Lane>> {
    let mut found: BTreeMap<Shows, Vec<&Lane>> = BTreeMap::new();
    for lane in of_person {
        let shows = told.of_lane(production, lane, departments);
        if !told.is_idle(&shows, departments) {
            found.entry(shows).or_default().push(lane);
        }
    }
    found
}

/// Adds what somebody can do after a move to what they can do, and gives the least share of their pay that a
/// move leaves.
fn with_moves(production: &Production, id: PersonId, skills: &mut Skills) -> f64 {
    let mut share = 10_000;
    for terms in production.moves.iter().filter(|terms| production.may_move(id, terms)) {
        share = share.min(terms.pay);
        for skill in production.skills_after(id, terms) {
            match skills.iter_mut().find(|row| row.0 == skill.department) {
                Some(row) => row.1 = row.1.max(skill.level),
                None if skill.level > 0 => skills.push((skill.department, skill.level)),
                None => {}
            }
        }
    }
    share.max(0) as f64 / 1e4
}

/// Amounts and prices of tiers, the cheapest first.
fn by_price(tiers: Tiers, kind: Kind) -> Vec<(f64, f64)> {
    let mut tiers: Vec<(f64, f64)> = tiers
        .into_values()
        .filter(|(time, ..)| *time > 1e-9)
        .map(|(time, money, least)| match kind {
            Kind::Estimate => (time, money / time),
            Kind::Bound => (time, least),
        })
        .collect();
    tiers.sort_by(|a, b| a.1.total_cmp(&b.1));
    tiers
}

fn share(lane: &Lane, day: u32) -> u16 {
    lane.share.get(day as usize).copied().unwrap_or(0)
}

fn share_is_some(lane: &Lane, day: u32) -> bool {
    share(lane, day) > 0
}

/// One week of a person, for overtime.
#[derive(Default)]
struct Week {
    /// Base time of each day, in ten-thousandths of a minute.
    base: [i64; 7],
    /// Days on which overtime may be asked.
    may: [bool; 7],
    first: Option<Date>,
    /// Days off that may be worked, and their minutes.
    off: Vec<(Date, i64)>,
}

impl Week {
    /// The days off that the week has room for, the cheapest first, and what they are paid at least.
    fn paid_off(
        &self,
        site: &Site,
        calendar: &Calendar,
        policy: &OvertimePolicy,
    ) -> Vec<(i64, i64)> {
        let worked = self.base.iter().filter(|base| **base > 0).count() as i64;
        let mut number = 0;
        let paid = |&(date, minutes): &(Date, i64)| {
            let multiple = match site.day_off(calendar, date) {
                Some(DayOff::Holiday) => policy.holiday,
                _ => {
                    number += 1;
                    policy.weekend_multiple(calendar.days_in_week(date) + number)
                }
            };
            (multiple, minutes)
        };
        let mut days: Vec<(i64, i64)> = self.off.iter().map(paid).collect();
        days.sort_unstable();
        days.truncate((policy.days_a_week - worked).max(0) as usize);
        days.into_iter().map(|(multiple, minutes)| (minutes, multiple)).collect()
    }

    /// The least that the person costs a day on the days of the week from its first one on.
    fn least_cost(&self, production: &Production, person: PersonId, first: Date) -> f64 {
        let days = (-6..7).map(|day| first.saturating_add(jiff::Span::new().days(day)));
        let paid = days.map(|date| production.day_cost(person, date).0).filter(|cost| *cost > 0);
        paid.min().unwrap_or(0) as f64
    }

    fn add(&mut self, day: u32, timeline: &Timeline, base: i64, may: bool, date: Date) {
        let monday = timeline.first().weekday().to_monday_zero_offset() as u32;
        let at = ((day + monday) % 7) as usize;
        self.base[at] = base;
        self.may[at] = may;
        self.first = self.first.or(may.then_some(date));
    }
}

/// Whether the pay of a day can still be saved.
pub(super) fn is_avoidable(production: &Production, person: PersonId, date: Date) -> bool {
    Avoidable::of(production, person).is(date)
}

/// Days whose pay can still be saved.
struct Avoidable(Vec<(Date, Date)>);

impl Avoidable {
    fn of(production: &Production, id: crate::model::PersonId) -> Avoidable {
        let contracts = production.people[id].contracts.iter();
        let freelance = contracts.filter(|contract| contract.kind == ContractKind::Freelance);
        let span = |contract: &crate::model::Contract| {
            let from = production.first_avoidable_day(id, contract);
            (from.max(contract.start), contract.end.unwrap_or(Date::MAX))
        };
        Avoidable(freelance.map(span).collect())
    }
    fn is(&self, date: Date) -> bool {
        self.0.iter().any(|&(from, to)| from <= date && date <= to)
    }
}

impl<'a> Builder<'a> {
    /// The work of a department in a bucket fits its people: those who are there, with overtime, and
    /// those who were bought. Who can work for several departments gives each hour once.
    pub(super) fn crews(&mut self) {
        let question: &'a Question = self.question;
        for (at, bucket) in question.buckets.iter().enumerate() {
            let week = bucket.start;
            for (number, crew) in question.crews.iter().enumerate() {
                let away = self.away(number, at);
                let paid = self.paid_time(number as u32, crew, at, &away);
                let gone: Vec<(Column, f64)> =
                    away.iter().map(|row| (row.head, row.time)).collect();
                let shows = crew.shows.as_deref();
                let time = crew.own.get(at).copied().unwrap_or(0.0);
                if !gone.is_empty() {
                    // Who goes is paid as before: their time is not made up by those who are hired.
                    let mut entries = gone.clone();
                    let by_day = crew.freelance.get(at).is_some_and(|(days, _)| *days > 0.0);
                    let by_day = paid.iter().take(usize::from(by_day));
                    entries.extend(by_day.map(|&(column, _)| (column, -1.0)));
                    let kind = RowKind::Lever(LeverRow::Leave { crew: number as u32, week });
                    self.built.program.row_of(kind, Sense::AtMost, time, entries);
                }
                let is_seated = question.holds_seats(number);
                if let ([(department, rate)], false) = (&crew.serves[..], is_seated) {
                    let (department, rate) = (*department, *rate);
                    let room = self.room[department.index()][at].entry(shows).or_default();
                    room.0 += time * rate;
                    room.1.extend(paid.iter().map(|&(column, _)| (column, rate)));
                    room.1.extend(gone.iter().map(|&(column, time)| (column, -time * rate)));
                    continue;
                }
                let all = time + paid.iter().map(|(_, most)| most).sum::<f64>();
                if all <= 0.0 && gone.is_empty() {
                    continue;
                }
                let mut entries: Vec<_> = paid.iter().map(|&(column, _)| (column, -1.0)).collect();
                entries.extend(gone);
                for &(department, rate) in &crew.serves {
                    let kind = ColumnKind::TimeOn { crew: number as u32, department, week };
                    let column = self.built.program.column_of(kind, 0.0, all, 0.0);
                    entries.push((column, 1.0));
                    self.time_on.push((number as u32, department, at, column, all));
                    let room = self.room[department.index()][at].entry(shows).or_default();
                    room.1.push((column, rate));
                }
                let kind = RowKind::TimeFits { crew: number as u32, week };
                self.built.program.row_of(kind, Sense::AtMost, time, entries);
            }
            for department in 0..self.room.len() {
                let time = std::mem::take(&mut self.room[department][at]);
                self.work_fits(DepartmentId::new(department), at, time);
            }
        }
    }

    /// Columns of freelance days and overtime of a crew in a bucket, with the most of each.
    fn paid_time(
        &mut self,
        number: u32,
        crew: &Crew,
        at: usize,
        away: &[Away],
    ) -> Vec<(Column, f64)> {
        let question: &Question = self.question;
        let Some(run) = question.buckets.get(at) else { return Vec::new() };
        let week = run.start;
        let department = crew.serves.first().map(|serves| serves.0);
        let show = only(crew.shows.as_deref());
        let mut columns = Vec::new();
        let (time, price) = crew.freelance.get(at).copied().unwrap_or((0.0, 0.0));
        if time > 0.0 {
            let kind = ColumnKind::FreelanceTime { crew: number, week };
            let column = self.built.program.column_of(kind, 0.0, time, price);
            let lever = Lever::Freelance;
            self.spend(Spend { column, unit: price, lever, department, show, week: Some(week) });
            columns.push((column, time));
        }
        for (tier, &(time, price)) in crew.overtime.get(at).into_iter().flatten().enumerate() {
            let kind = LeverColumn::Overtime { crew: number, week, tier: tier as u32 };
            let column = self.column(kind, time, price);
            let lever = Lever::Overtime;
            self.spend(Spend { column, unit: price, lever, department, show, week: Some(week) });
            if !away.is_empty() {
                let weeks = f64::from((run.end - run.start).max(1));
                let share = |row: &Away| (row.head, time / f64::from(row.of.max(1)) / weeks);
                let mut entries = vec![(column, 1.0)];
                entries.extend(away.iter().map(share));
                let tier = tier as u32;
                let kind = RowKind::Lever(LeverRow::OvertimeOfOthers { crew: number, week, tier });
                self.built.program.row_of(kind, Sense::AtMost, time, entries);
            }
            self.overtime.push((number, at, column));
            columns.push((column, time));
        }
        columns
    }
}
