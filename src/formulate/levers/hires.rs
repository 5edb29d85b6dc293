//! Hires: heads by department and week, from a start on for a least number of weeks.

use super::crews::output;
use super::{Builder, Lever, Opening, Question, Spend};
use crate::formulate::program::{LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{Day, DepartmentId, HireTerms, Id, Lane, Person, Production, SiteId, Timeline};
use jiff::civil::Date;

/// Whom each of the departments can hire, on its terms.
pub fn openings(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    weeks: u32,
    departments: &[DepartmentId],
) -> Vec<Opening> {
    let Some(site) = production.sites.iter().next() else { return Vec::new() };
    let calendar = &production.calendars[site.calendar];
    let worked: Vec<Date> = (0..timeline.days())
        .map(|day| timeline.date(Day(day)))
        .filter(|date| *date >= production.settings.as_of && calendar.is_worked(*date))
        .filter(|date| site.holidays.binary_search(date).is_err())
        .collect();
    let mut openings = Vec::new();
    for &department in departments {
        let HireTerms { day_rate, level, lead_days, min_weeks, most, onboarding, .. } =
            production.hire_terms(department);
        let person = Person::new("", SiteId::new(0), department);
        let rate = output(production, &person, level);
        let Some(&first) = worked.get(lead_days as usize) else { continue };
        // They begin on a Monday.
        let mut earliest = timeline.week(timeline.day(first));
        if timeline.monday(earliest) < first {
            earliest += 1;
        }
        // After the last day that can be planned a week has five days: a stay may reach there.
        let last = timeline.weeks();
        let mut days: Vec<u32> = (0..weeks).map(|week| if week < last { 0 } else { 5 }).collect();
        for date in &worked {
            if let Some(of_week) = days.get_mut(timeline.week(timeline.day(*date)) as usize) {
                *of_week += 1;
            }
        }
        let there = heads(production, timeline, lanes, weeks, department);
        let room = |week: u32| {
            let curve = &production.departments[department].curve;
            let cap = curve.cap_on(timeline.monday(week)).unwrap_or(u32::MAX);
            most.min(cap.saturating_sub(there[week as usize]))
        };
        openings.push(Opening {
            department,
            earliest,
            output: days.iter().map(|&days| f64::from(days) * rate).collect(),
            pay: days.iter().map(|&days| f64::from(days) * day_rate.0 as f64).collect(),
            ramp: [0.4, 0.2],
            onboarding: onboarding.0 as f64,
            least_weeks: min_weeks.max(1),
            most: (0..weeks).map(room).collect(),
        });
    }
    openings.retain(|row| row.earliest < weeks && row.most.iter().any(|&most| most > 0));
    openings
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
    if production.departments[department].curve.cap.is_none() {
        return heads;
    }
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
    /// Heads on the payroll come from starts; who starts stays for the least number of weeks, costs the
    /// start, and gives less in the first weeks.
    pub(super) fn hires(&mut self) {
        let question: &Question = self.question;
        for (number, row) in question.openings.iter().enumerate() {
            let opening = number as u32;
            let weeks = row.earliest..question.weeks();
            let department = Some(row.department);
            let (mut starts, mut heads) = (Vec::new(), Vec::new());
            for week in weeks.clone() {
                let at = week as usize;
                let most = f64::from(row.most.get(at).copied().unwrap_or(0));
                let pay = row.pay.get(at).copied().unwrap_or(0.0);
                let kind = LeverColumn::Start { opening, week };
                // Who cannot stay for long enough is not hired.
                let fits = week + row.least_weeks <= weeks.end.max(week + 1);
                let start = self.column(kind, if fits { most } else { 0.0 }, row.onboarding);
                let head = self.column(LeverColumn::Heads { opening, week }, most, pay);
                for (column, unit) in [(start, row.onboarding), (head, pay)] {
                    self.built.program.make_integer(column);
                    let week = Some(week);
                    self.spend(Spend { column, unit, lever: Lever::Hire, department, week });
                }
                starts.push(start);
                heads.push(head);
            }
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
                let room = &mut self.room[row.department.index()][bucket];
                room.push((heads[at], output));
                for (ago, lost) in row.ramp.iter().enumerate() {
                    if let Some(begun) = at.checked_sub(ago) {
                        room.push((starts[begun], -lost * output));
                    }
                }
            }
            self.built.starts.push(starts);
            self.built.heads.push(heads);
        }
    }
}
