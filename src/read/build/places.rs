//! Calendars, sites and holidays.

use super::overtime::overtime_cells;
use super::{At, Builder};
use crate::model::*;
use crate::read::holidays;
use crate::read::intake::{Cell, cell};
use crate::read::values::{self, Unit};
use crate::read::wire;
use jiff::civil::Date;

impl Builder<'_> {
    /// The default calendar and site go when files bring their own.
    pub(super) fn start_places(&mut self) {
        let home = self.production.settings.currency;
        if self.is_given("calendars") {
            self.production.calendars = Keyed::new();
        }
        for (id, calendar) in self.production.calendars.enumerate() {
            self.calendars.insert(calendar.code.clone(), id);
        }
        if self.is_given("sites") {
            self.production.sites = Keyed::new();
        } else {
            for site in self.production.sites.iter_mut() {
                site.currency = home;
            }
        }
        for (id, site) in self.production.sites.enumerate() {
            self.sites.insert(site.code.clone(), id);
        }
        if self.is_given("accounts") {
            self.production.accounts = Keyed::new();
        }
        for (id, account) in self.production.accounts.enumerate() {
            self.accounts.insert(account.code.clone(), id);
        }
    }

    /// Whether a table is given in any folder.
    pub(super) fn is_given(&self, table: &str) -> bool {
        self.scopes.iter().any(|scope| scope.given.contains(&table))
    }

    /// The first calendar; there is always one.
    pub(super) fn first_calendar(&mut self) -> CalendarId {
        if self.production.calendars.is_empty() {
            let id = self.production.calendars.push(Calendar::monday_to_friday("standard"));
            self.calendars.insert("standard".to_owned(), id);
        }
        CalendarId::new(0)
    }

    pub(super) fn find_calendar(&mut self, at: &At<'_>, cell: Cell<'_>) -> CalendarId {
        let default = self.first_calendar();
        let Some(text) = cell.1 else { return default };
        let found = self.calendars.get(text).copied();
        let known = self.calendars.keys().map(String::as_str);
        self.intake.refer(at, (cell.0, text), "calendar", found, known).unwrap_or(default)
    }

    pub(super) fn calendar(&mut self, at: At<'_>, row: &wire::Calendar<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.calendars.get(code) {
            self.repeated(&at, code, self.production.calendars[first].source);
            return;
        }
        let mut calendar = Calendar { source: at.source, ..Calendar::monday_to_friday(code) };
        if let Some(text) = row.workdays.as_deref() {
            match workdays(text) {
                Some(days) if days.contains(&true) => calendar.workdays = days,
                _ => self.intake.wrong(
                    "R10",
                    &at,
                    cell!(row.workdays),
                    "the days of the week were not understood".to_owned(),
                    "write `Mon-Fri`, or `Mon; Tue; Thu`".to_owned(),
                ),
            }
        }
        for (cell, is_worked) in [(cell!(row.off), false), (cell!(row.worked), true)] {
            for date in self.dates(&at, cell) {
                calendar.exceptions.push((date, is_worked));
            }
        }
        let id = self.production.calendars.push(calendar);
        self.calendars.insert(code.to_owned(), id);
    }

    /// Days and ranges of days (`2027-12-27..2027-12-31`).
    fn dates(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<Date> {
        let mut dates = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            let (from, to) = item.split_once("..").unwrap_or((item, item));
            let from = self.intake.day(at, (cell.0, Some(from)));
            let to = self.intake.day(at, (cell.0, Some(to)));
            let (Some(from), Some(to)) = (from, to) else { continue };
            if !self.intake.in_order(at, (cell.0, Some(from)), (cell.0, Some(to))) {
                continue;
            }
            dates.extend(from.series(jiff::Span::new().days(1)).take_while(|d| *d <= to).take(800));
        }
        dates
    }

    pub(super) fn site(&mut self, at: At<'_>, row: &wire::Site<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.sites.get(code) {
            self.repeated(&at, code, self.production.sites[first].source);
            return;
        }
        let time_zone = row.time_zone.as_deref().unwrap_or("UTC").to_owned();
        if jiff::tz::TimeZone::get(&time_zone).is_err() {
            let help = "write a name of the IANA database such as `Europe/London`".to_owned();
            let message = format!("the time zone `{time_zone}` is not known");
            self.intake.wrong("R10", &at, cell!(row.time_zone), message, help);
        }
        let offset = self.intake.whole(&at, cell!(row.utc_offset), (-960, 960));
        let hours = self.intake.minutes(&at, cell!(row.hours_per_day), 480, Unit::Hours);
        let mut day_minutes = hours.unwrap_or(480);
        if !(60..=1_440).contains(&day_minutes) {
            let help = "write the hours of a working day, from 1 to 24".to_owned();
            let message = "no working day is that long or that short".to_owned();
            self.intake.wrong("V04", &at, cell!(row.hours_per_day), message, help);
            day_minutes = 480;
        }
        let calendar = self.find_calendar(&at, cell!(row.calendar));
        let mut holidays = self.dates(&at, cell!(row.holidays));
        for name in values::items(row.public_holidays.as_deref().unwrap_or_default()) {
            match holidays::named(name) {
                Some(list) => holidays.extend(list),
                None => {
                    let known = holidays::NAMES.map(|(name, _)| name).join(", ");
                    let message = format!("the public holidays `{name}` are not known");
                    let help = format!("known: {known}; or list the days in holidays.csv");
                    self.intake.wrong("R10", &at, cell!(row.public_holidays), message, help);
                }
            }
        }
        holidays.sort_unstable();
        holidays.dedup();
        let currency = self.intake.currency(&at, cell!(row.currency));
        let overtime = self
            .overtime(&at, &OvertimePolicy::default(), overtime_cells!(row))
            .unwrap_or_default();
        let id = self.production.sites.push(Site {
            code: code.to_owned(),
            time_zone,
            utc_offset_minutes: offset.unwrap_or(0) as i32,
            day_minutes,
            calendar,
            holidays,
            currency: currency.unwrap_or(self.production.settings.currency),
            overtime,
            source: at.source,
        });
        if offset.is_some() {
            self.offsets_given.push(id);
        }
        self.sites.insert(code.to_owned(), id);
    }

    pub(super) fn holiday(&mut self, at: At<'_>, row: &wire::Holiday<'_>) {
        if self.intake.needed(&at, cell!(row.date)).is_none() {
            return;
        }
        let Some(date) = self.intake.day(&at, cell!(row.date)) else { return };
        self.first_site();
        let site = match row.site.as_deref() {
            None => None,
            Some(_) => match self.find_site(&at, cell!(row.site)) {
                Some(site) => Some(site),
                None => return,
            },
        };
        for id in self.production.sites.ids() {
            if site.is_none_or(|site| site == id) {
                let holidays = &mut self.production.sites[id].holidays;
                if let Err(place) = holidays.binary_search(&date) {
                    holidays.insert(place, date);
                }
            }
        }
    }

    /// The first site; there is always one.
    pub(super) fn first_site(&mut self) -> SiteId {
        if self.production.sites.is_empty() {
            let calendar = self.first_calendar();
            let default = Production::new("", super::finish::NO_DATE, super::finish::NO_DATE);
            for site in &default.sites {
                let currency = self.production.settings.currency;
                let id = self.production.sites.push(Site { calendar, currency, ..site.clone() });
                self.sites.insert(site.code.clone(), id);
            }
        }
        SiteId::new(0)
    }

    pub(super) fn find_site(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<SiteId> {
        let text = cell.1?;
        let found = self.sites.get(text).copied().or_else(|| {
            let mut sites = self.production.sites.enumerate();
            sites.find(|(_, site)| site.code.eq_ignore_ascii_case(text)).map(|(id, _)| id)
        });
        let known = self.sites.keys().map(String::as_str);
        self.intake.refer(at, (cell.0, text), "site", found, known)
    }

    /// V03, unless another folder of the studio says the same thing again.
    pub(super) fn repeated(&mut self, at: &At<'_>, code: &str, first: Source) {
        let folder = |source: Source| {
            let name = source.file.and_then(|id| self.intake.files.get(id)).map(|file| &file.name);
            name.map(|name| name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned())
        };
        if self.scopes.len() > 1 && folder(at.source) != folder(first) {
            return;
        }
        self.intake.duplicate(at, "id", code, first);
    }
}

/// `Mon-Fri`, `Sun-Thu`, or a list of days.
fn workdays(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for item in values::items(text) {
        let (from, to) = item.split_once(['-', '–']).unwrap_or((item, item));
        let (mut day, to) = (values::weekday(from.trim())?, values::weekday(to.trim())?);
        days[day] = true;
        while day != to {
            day = (day + 1) % 7;
            days[day] = true;
        }
    }
    Some(days)
}
