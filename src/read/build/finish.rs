//! What can only be said when all rows are read: the day of the plan, the horizon, the order of
//! departments, and people without work they can do.

use super::{At, Builder};
use crate::model::*;
use jiff::civil::{Date, date};
use jiff::{Span, Timestamp, tz};

/// The day of the plan where no file has any date: a Monday, the same on every machine.
pub const NO_DATE: Date = date(2027, 1, 4);
/// Longest time that can be planned, in days: ten years.
const LONGEST: i64 = 3_653;

impl Builder<'_> {
    pub(super) fn finish(&mut self) {
        self.first_calendar();
        self.first_site();
        self.waits();
        self.as_of();
        self.horizon();
        self.department_accounts();
        self.pool_accounts();
        self.departments_of_nothing();
        if !self.departments_given {
            self.sort_departments();
        }
        self.preferences();
        self.time_zones();
        for person in self.production.people.iter_mut() {
            person.contracts.sort_by_key(|contract| contract.start);
        }
        self.usual_hires();
        self.usual_moves();
        self.people_without_department();
        if self.production.shows.is_empty() {
            let none = At { source: Source::default(), offset: 0, kind: "show", code: None };
            self.show_or_own(&none, ("show", None));
        }
    }

    fn as_of(&mut self) {
        let date = match self.as_of_given {
            Some(date) => date,
            None => self.seen.recorded.or(self.seen.first).unwrap_or(NO_DATE),
        };
        self.production.settings.as_of = date;
        self.seen.work(Some(date));
    }

    fn horizon(&mut self) {
        let as_of = self.production.settings.as_of;
        let limit = as_of.saturating_add(Span::new().days(LONGEST));
        let last = self.seen.last.unwrap_or(as_of).max(as_of);
        let default = last.saturating_add(Span::new().weeks(26 + self.weeks_of_work())).min(limit);
        self.production.settings.horizon_end = match self.horizon_given {
            Some((date, ..)) => date,
            None => default,
        };
        if let Some((end, source, offset)) = self.horizon_given {
            let at = At { source, offset, kind: "settings", code: None };
            if end > limit {
                let message = format!("{end} is more than ten years after {as_of}");
                let issue = Issue::error("V04", "settings", message)
                    .field("horizon_end")
                    .value(end.to_string())
                    .help(format!("write a date before {limit}"));
                self.intake.raise("V04", &at, issue);
                self.production.settings.horizon_end = limit;
            }
            if as_of > end {
                let what = format!("the horizon ends {end}");
                self.as_of_outside(Severity::Error, &what, "move one of them", (source, offset));
                self.production.settings.horizon_end = as_of;
            }
        }
        let shows = self.production.shows.as_slice();
        let ends = shows.iter().map(|show| show.end).max_by_key(|end| end.unwrap_or(Date::MAX));
        let nowhere = (Source::default(), 0);
        if let Some(Some(end)) = ends
            && as_of > end
        {
            let what = format!("all shows end by {end}");
            self.as_of_outside(Severity::Error, &what, "mend the date, or the end", nowhere);
        } else if self.as_of_given.is_some()
            && let (Some(first), Some(last)) = (self.seen.first, self.seen.last)
        {
            // `as_of` itself is among the dates seen: it is outside if it stands alone at an end.
            let far = Span::new().years(2);
            if last == as_of && first < as_of && first.saturating_add(far) < as_of {
                let what = format!("the work began {first}");
                self.as_of_outside(Severity::Warning, &what, "mend the date", nowhere);
            }
        }
    }

    fn as_of_outside(
        &mut self,
        severity: Severity,
        what: &str,
        help: &str,
        else_at: (Source, usize),
    ) {
        let as_of = self.production.settings.as_of;
        let (source, offset) = self.as_of_at.unwrap_or(else_at);
        let message = format!("the day of the plan is {as_of}, but {what}");
        let issue = Issue { severity, ..Issue::error("V12", "settings", message) }
            .field("as_of")
            .value(as_of.to_string())
            .help(help);
        let at = At { source, offset, kind: "settings", code: None };
        self.intake.raise("V12", &at, issue);
    }

    /// One and a half times the weeks that the busiest department needs for the work left.
    fn weeks_of_work(&self) -> i64 {
        let departments = self.production.departments.len();
        let (mut work, mut heads) = (vec![0_i64; departments], vec![0_i64; departments]);
        for (id, task) in self.production.tasks.enumerate() {
            let left = &mut work[task.department.index()];
            *left = left.saturating_add(self.production.work_left(id));
        }
        for person in &self.production.people {
            if let Some(skill) = person.skills.first() {
                heads[skill.department.index()] += 1;
            }
        }
        let week = self.production.bid_day_minutes() * 5;
        let weeks = work.iter().zip(&heads).map(|(work, heads)| {
            let productive = self.production.settings.productive.max(1);
            let minutes = i128::from(*work) * 1_000 * 3 / (i128::from(productive) * 2);
            minutes / i128::from(week * (*heads).max(1))
        });
        weeks.max().unwrap_or(0).min(i128::from(LONGEST / 7)) as i64
    }

    /// A department's default account is that of its trade in the chart that was given.
    fn department_accounts(&mut self) {
        if !self.production.accounts.is_empty() {
            return;
        }
        self.production.accounts = default_accounts();
    }

    /// Departments made on the way, in the order of the trade; unknown ones last, as they came.
    fn sort_departments(&mut self) {
        let place = |row: &Department| {
            TRADES.iter().position(|trade| trade.code == row.code).unwrap_or(TRADES.len())
        };
        let old = std::mem::take(&mut self.production.departments);
        let mut rows: Vec<(DepartmentId, Department)> =
            old.enumerate().map(|(id, row)| (id, row.clone())).collect();
        rows.sort_by_key(|(id, row)| (place(row), *id));
        let mut new_id: Keyed<DepartmentId, DepartmentId> =
            Keyed::filled(DepartmentId::new(0), rows.len());
        for (order, (id, mut row)) in rows.into_iter().enumerate() {
            row.order = order as u32;
            new_id[id] = self.production.departments.push(row);
        }
        for task in self.production.tasks.iter_mut() {
            task.department = new_id[task.department];
        }
        for person in self.production.people.iter_mut() {
            for skill in &mut person.skills {
                skill.department = new_id[skill.department];
            }
            for booking in &mut person.bookings {
                booking.department = booking.department.map(|id| new_id[id]);
            }
        }
        for terms in &mut self.production.hiring {
            terms.department = new_id[terms.department];
        }
        for terms in &mut self.production.moves {
            terms.from = terms.from.map(|id| new_id[id]);
            terms.to = terms.to.map(|id| new_id[id]);
        }
        for row in &mut self.production.rate_card {
            row.department = row.department.map(|id| new_id[id]);
        }
        let budget = self.production.budget.iter_mut().map(|row| &mut row.department);
        let versions = self.production.versions.iter_mut().map(|row| &mut row.department);
        let draws = self.production.draws.iter_mut().map(|row| &mut row.department);
        for department in budget.chain(versions).chain(draws) {
            *department = department.map(|id| new_id[id]);
        }
        for (department, _) in self.production.pools.iter_mut().flat_map(|row| &mut row.departments)
        {
            *department = new_id[*department];
        }
        for vendor in self.production.vendors.iter_mut() {
            for department in &mut vendor.departments {
                *department = new_id[*department];
            }
        }
    }

    /// Minutes east of UTC at noon of the day of the plan.
    fn time_zones(&mut self) {
        let as_of = self.production.settings.as_of;
        for (id, site) in self.production.sites.iter_mut().enumerate() {
            if self.offsets_given.contains(&SiteId::new(id)) {
                continue;
            }
            let Ok(zone) = tz::TimeZone::get(&site.time_zone) else { continue };
            let seconds = days_between(date(1970, 1, 1), as_of) * 86_400 + 43_200;
            let noon = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
            site.utc_offset_minutes = zone.to_offset(noon).seconds() / 60;
        }
    }

    fn people_without_department(&mut self) {
        for id in self.production.people.ids() {
            let person = &self.production.people[id];
            if !person.skills.is_empty() {
                continue;
            }
            let source = person.source;
            let code = person.code.clone();
            let at = At { source, offset: 0, kind: "person", code: Some(&code) };
            let issue = Issue::error("R07", at.object(), "no department and no skill is given")
                .field("department")
                .help("fill in `department` or `skills`, or take the person out of the table");
            self.intake.raise("R07", &at, issue);
        }
    }
}
