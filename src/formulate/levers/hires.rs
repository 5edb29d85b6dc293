//! Hires: heads by department and week, from a start on for a least number of weeks.

use super::crews::output;
use super::seats::Comes;
use super::shows::only;
use super::{Builder, Desks, Lever, Opening, Question, Spend};
use crate::formulate::program::{LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{Day, DepartmentId, HireTerms, Lane, Person, Production, Timeline};
use jiff::civil::Date;

/// Whom each of the departments can hire, on each of its terms.
pub fn openings(
    production: &Production,
    timeline: &Timeline,
    weeks: u32,
    departments: &[DepartmentId],
) -> Vec<Opening> {
    let mut openings = Vec::new();
    for &department in departments {
        for (number, terms) in production.hire_terms(department).iter().enumerate() {
            openings.extend(opening(production, timeline, weeks, terms, number as u32));
        }
    }
    openings.retain(|row| row.earliest < weeks && row.most > 0);
    openings
}

fn opening(
    production: &Production,
    timeline: &Timeline,
    weeks: u32,
    terms: &HireTerms,
    number: u32,
) -> Option<Opening> {
    let site = production.sites.get(terms.site)?;
    let calendar = &production.calendars[site.calendar];
    let worked: Vec<Date> = (0..timeline.days())
        .map(|day| timeline.date(Day(day)))
        .filter(|date| *date >= production.settings.as_of && calendar.is_worked(*date))
        .filter(|date| site.holidays.binary_search(date).is_err())
        .collect();
    let person = Person::new("", terms.site, terms.department);
    let rate = output(production, &person, terms.level);
    let mut first = *worked.get(terms.lead_days as usize)?;
    if let Some(earliest) = terms.earliest.filter(|day| *day > first) {
        first = *worked.get(worked.partition_point(|day| *day < earliest))?;
    }
    // They begin on a Monday.
    let mut earliest = timeline.week(timeline.day(first));
    if timeline.monday(earliest) < first {
        earliest += 1;
    }
    let mut days = vec![0_u32; weeks as usize];
    let mut pay = vec![0.0; weeks as usize];
    for date in &worked {
        let week = timeline.week(timeline.day(*date)) as usize;
        if let (Some(days), Some(pay)) = (days.get_mut(week), pay.get_mut(week)) {
            *days += 1;
            *pay += production.hire_day_cost(terms, *date).0 as f64;
        }
    }
    // After the last day that can be planned a week has five days: a stay may reach there.
    for week in timeline.weeks()..weeks {
        days[week as usize] = 5;
        pay[week as usize] = 5.0 * production.hire_day_cost(terms, timeline.last()).0 as f64;
    }
    let lost = terms.ramp.iter().map(|share| (10_000 - share).clamp(0, 10_000) as f64 / 1e4);
    Some(Opening {
        department: terms.department,
        terms: number,
        earliest,
        output: days.iter().map(|&days| f64::from(days) * rate).collect(),
        pay,
        ramp: lost.collect(),
        onboarding: terms.onboarding.0 as f64,
        least_weeks: terms.min_weeks.max(1),
        most: terms.most,
    })
}

/// What the crew curves leave of each department for people who are hired.
pub fn desks(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    weeks: u32,
    departments: &[DepartmentId],
) -> Vec<Desks> {
    let of_department = |&department: &DepartmentId| {
        let curve = &production.departments[department].curve;
        curve.cap?;
        let there = heads(production, timeline, lanes, weeks, department);
        let free = |(week, there): (u32, u32)| {
            let cap = curve.cap_on(timeline.monday(week)).unwrap_or(u32::MAX);
            cap.saturating_sub(there)
        };
        Some(Desks { department, free: (0..weeks).zip(there).map(free).collect() })
    };
    departments.iter().filter_map(of_department).collect()
}

/// Most people of a department at work on a day of each week.
fn heads(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    weeks: u32,
    department: DepartmentId,
) -> Vec<u32> {
    let mut heads = vec![0; weeks as usize];
    for of_person in lanes.chunk_by(|a, b| a.person == b.person) {
        let is_home = of_person
            .first()
            .is_some_and(|lane| production.home_department(lane.person) == Some(department));
        if !is_home {
            continue;
        }
        for week in 0..weeks {
            // The timeline begins on a Monday.
            let works =
                |day: u32| of_person.iter().any(|lane| lane.share.get(day as usize) > Some(&0));
            if (week * 7..(week * 7 + 7).min(timeline.days())).any(works) {
                heads[week as usize] += 1;
            }
        }
    }
    heads
}

impl Builder<'_> {
    /// Heads on the payroll, or moved, come from starts; who starts stays for the least number of weeks, costs the
    /// start, and gives less in the first weeks.
    pub(super) fn hires(&mut self) {
        let question: &Question = self.question;
        for (number, row) in question.stays().enumerate() {
            let lever = if number < question.openings.len() { Lever::Hire } else { Lever::Move };
            let opening = number as u32;
            let weeks = row.earliest..question.weeks();
            let department = Some(row.department);
            let show = only(question.shows_of_stay(number));
            let (mut starts, mut heads) = (Vec::new(), Vec::new());
            for week in weeks.clone() {
                let at = week as usize;
                let most = f64::from(row.most.min(question.free(row.department, week)));
                let pay = row.pay.get(at).copied().unwrap_or(0.0);
                let kind = LeverColumn::Start { opening, week };
                // Who cannot stay for long enough is not hired.
                let fits = week + row.least_weeks <= weeks.end.max(week + 1);
                let start = self.column(kind, if fits { most } else { 0.0 }, row.onboarding);
                let head = self.column(LeverColumn::Heads { opening, week }, most, pay);
                for (column, unit) in [(start, row.onboarding), (head, pay)] {
                    self.built.program.make_integer(column);
                    let week = Some(week);
                    self.spend(Spend { column, unit, lever, department, show, week });
                }
                starts.push(start);
                heads.push(head);
            }
            let mut time = Vec::new();
            for (at, week) in weeks.enumerate() {
                let mut entries = vec![(heads[at], 1.0), (starts[at], -1.0)];
                if at > 0 {
                    entries.push((heads[at - 1], -1.0));
                }
                let kind = RowKind::Lever(LeverRow::OnPayroll { opening, week });
                self.built.program.row_of(kind, Sense::AtMost, 0.0, entries);
                let since = (at + 1).saturating_sub(row.least_weeks as usize);
                let mut entries = vec![(heads[at], 1.0)];
                entries.extend(starts[since..=at].iter().map(|start| (*start, -1.0)));
                let kind = RowKind::Lever(LeverRow::LeastStay { opening, week });
                self.built.program.row_of(kind, Sense::AtLeast, 0.0, entries);
                let output = row.output.get(week as usize).copied().unwrap_or(0.0);
                let bucket = question.bucket(week);
                time.push((bucket, heads[at], output));
                for (ago, lost) in row.ramp.iter().enumerate() {
                    if let Some(begun) = at.checked_sub(ago) {
                        time.push((bucket, starts[begun], -lost * output));
                    }
                }
            }
            self.give(Comes::Stay(number), row.department, time);
            self.built.starts.push(starts);
            self.built.heads.push(heads);
        }
    }

    /// Where a department hires on several terms, all of them together have no more desks than there are.
    pub(super) fn desks(&mut self) {
        let question: &Question = self.question;
        for row in &question.desks {
            let all: Vec<&Opening> = question.stays().collect();
            let of_department: Vec<usize> =
                (0..all.len()).filter(|&at| all[at].department == row.department).collect();
            if of_department.len() < 2 {
                continue;
            }
            for week in 0..question.weeks() {
                let head = |&at: &usize| {
                    let after = week.checked_sub(all[at].earliest)?;
                    Some((*self.built.heads[at].get(after as usize)?, 1.0))
                };
                let entries: Vec<_> = of_department.iter().filter_map(head).collect();
                let most = question.free(row.department, week);
                let sum: u32 = of_department
                    .iter()
                    .fold(0, |sum, &at| sum.saturating_add(all[at].most.min(most)));
                if entries.len() > 1 && sum > most {
                    let department = row.department;
                    let kind = RowKind::Lever(LeverRow::Desks { department, week });
                    self.built.program.row_of(kind, Sense::AtMost, f64::from(most), entries);
                }
            }
        }
    }
}
