//! Sites and the days on which they work.

use super::{CalendarId, Currency, Source, days_between};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// A working week with exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The name it is referred to by.
    pub code: String,
    /// Which days of the week are worked, Monday first.
    pub workdays: [bool; 7],
    /// Days that differ from the week: `true` = worked, `false` = not.
    pub exceptions: Vec<(Date, bool)>,
    /// Where it was read.
    pub source: Source,
}

impl Calendar {
    /// Monday to Friday, no exceptions.
    pub fn monday_to_friday(code: &str) -> Calendar {
        Calendar {
            code: code.to_owned(),
            workdays: [true, true, true, true, true, false, false],
            exceptions: Vec::new(),
            source: Source::default(),
        }
    }
    /// Whether `date` is worked by this calendar alone (public holidays belong to sites).
    pub fn is_worked(&self, date: Date) -> bool {
        match self.exceptions.iter().rev().find(|(day, _)| *day == date) {
            Some((_, worked)) => *worked,
            None => self.workdays[weekday(date.weekday())],
        }
    }
    /// How many days the week of `date` has by this calendar, those counted on which it is closed.
    pub fn days_in_week(&self, date: Date) -> u32 {
        let back = i64::from(date.weekday().to_monday_zero_offset());
        let monday = date.saturating_sub(jiff::Span::new().days(back));
        let days = (0..7).map(|day| monday.saturating_add(jiff::Span::new().days(day)));
        let is_of_week = |day: &Date| self.workdays[weekday(day.weekday())] || self.is_worked(*day);
        days.filter(is_of_week).count() as u32
    }

    /// The most days that any week is worked by this calendar, Monday to Sunday: those of the usual week,
    /// or more where exceptions add some.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let mut calendar = shotplan::model::Calendar::monday_to_friday("studio");
    /// assert_eq!(calendar.most_days_in_week(), 5);
    /// calendar.exceptions.push((date(2027, 1, 9), true)); // a Saturday
    /// assert_eq!(calendar.most_days_in_week(), 6);
    /// calendar.exceptions.push((date(2027, 1, 6), false)); // but not the Wednesday before it
    /// assert_eq!(calendar.most_days_in_week(), 5);
    /// ```
    pub fn most_days_in_week(&self) -> u32 {
        let count = |week: &[bool; 7]| week.iter().filter(|worked| **worked).count() as u32;
        let mut weeks: BTreeMap<i64, [bool; 7]> = BTreeMap::new();
        for &(date, worked) in &self.exceptions {
            let days = days_between(Date::ZERO, date);
            let day = weekday(date.weekday());
            weeks.entry(days - day as i64).or_insert(self.workdays)[day] = worked;
        }
        weeks.values().map(count).fold(count(&self.workdays), u32::max)
    }
}

fn weekday(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

/// A day on which a site does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// A day that is no working day of the week: usually Saturday and Sunday.
    Weekend,
    /// A public holiday, or a working day of the week on which the calendar is closed.
    Holiday,
}

/// On which days off work may be asked for, as overtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DaysOff {
    /// On none.
    #[default]
    None,
    /// On days that are no working days of the week.
    Weekends,
    /// On these and on holidays.
    All,
}

impl DaysOff {
    /// Whether work may be asked for on such a day.
    pub fn may(self, day: DayOff) -> bool {
        match day {
            DayOff::Weekend => self >= DaysOff::Weekends,
            DayOff::Holiday => self == DaysOff::All,
        }
    }
}

/// A place of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The name it is referred to by.
    pub code: String,
    /// Time zone name as in the IANA database ("Europe/London").
    pub time_zone: String,
    /// Minutes east of UTC on the day of the plan.
    pub utc_offset_minutes: i32,
    /// Length of a working day, in minutes (480 = 8 hours).
    pub day_minutes: i64,
    /// The working week.
    pub calendar: CalendarId,
    /// Public holidays, sorted.
    pub holidays: Vec<Date>,
    /// Currency of rates that do not name one.
    pub currency: Currency,
    /// Rules for overtime of people at this site.
    pub overtime: OvertimePolicy,
    /// Where it was read.
    pub source: Source,
}

impl Site {
    /// Which day off `date` is here; `None` on a working day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::*;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let site = SiteId::new(0);
    /// show.sites[site].holidays.push(date(2027, 1, 6));
    /// let kind = |day| show.sites[site].day_off(&show.calendars[show.sites[site].calendar], day);
    /// assert_eq!(kind(date(2027, 1, 5)), None);
    /// assert_eq!(kind(date(2027, 1, 6)), Some(DayOff::Holiday));
    /// assert_eq!(kind(date(2027, 1, 9)), Some(DayOff::Weekend)); // a Saturday
    /// ```
    pub fn day_off(&self, calendar: &Calendar, date: Date) -> Option<DayOff> {
        if self.holidays.binary_search(&date).is_ok() {
            return Some(DayOff::Holiday);
        }
        match (calendar.is_worked(date), calendar.workdays[weekday(date.weekday())]) {
            (true, _) => None,
            (false, true) => Some(DayOff::Holiday),
            (false, false) => Some(DayOff::Weekend),
        }
    }
}

/// Rules for paid overtime.
///
/// Hours of a day beyond a daily tier, or of a week beyond the weekly threshold, are paid at a
/// multiple; an hour that both rules reach is paid once, at the higher multiple. The same holds for
/// hours on a day off, which have a multiple of their own from the first minute on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OvertimePolicy {
    /// Daily tiers, ascending: beyond so many minutes of a day, multiply by so many basis points.
    pub daily: Vec<(i64, i64)>,
    /// Beyond so many minutes of a week, multiply by so many basis points.
    pub weekly: Option<(i64, i64)>,
    /// Weeks whose hours are added up before any is beyond the weekly threshold, which then counts so
    /// many times; 1 = each week by itself. See [`Production::paid_together`](super::Production::paid_together).
    pub average_weeks: i64,
    /// Most minutes of work in a day.
    pub cap_day_minutes: i64,
    /// Most minutes of work in a week.
    pub cap_week_minutes: i64,
    /// Most minutes of work in a week of those who opted out of an average of 48 hours; see
    /// [`Production::most_in_week`](super::Production::most_in_week).
    pub cap_opted_out_minutes: i64,
    /// Overtime is worked but not paid (an exempt contract).
    pub exempt: bool,
    /// Which days off may be worked.
    pub days_off: DaysOff,
    /// Most minutes of work on a day off.
    pub cap_day_off_minutes: i64,
    /// Most days with work in a week in which a day off is worked; 7 leaves no day of rest in it.
    pub days_a_week: i64,
    /// A weekend day that is the sixth day of its week, in basis points of the usual pay.
    pub sixth_day: i64,
    /// A weekend day that is the seventh.
    pub seventh_day: i64,
    /// A holiday.
    pub holiday: i64,
}

impl OvertimePolicy {
    /// What a weekend day is paid that is the `number`-th day of its week, in basis points.
    pub fn weekend_multiple(&self, number: u32) -> i64 {
        match number {
            0..=5 => 10_000,
            6 => self.sixth_day,
            _ => self.seventh_day,
        }
    }

    /// Sets the most minutes of a week, where any are given: for those who opted out also beyond 48 hours.
    pub fn cap_to(&mut self, week: Option<i64>) {
        if let Some(week) = week {
            self.cap_week_minutes = week;
            self.cap_opted_out_minutes = self.cap_opted_out_minutes.max(week);
        }
    }

    /// Most minutes that a day off may have; never more than 13 hours, which leave 11 hours of rest.
    pub fn most_on_day_off(&self) -> i64 {
        self.cap_day_off_minutes.min(self.cap_day_minutes).clamp(0, 780)
    }
}

impl Default for OvertimePolicy {
    fn default() -> Self {
        OvertimePolicy {
            daily: vec![(480, 15_000), (720, 20_000)],
            weekly: Some((2_400, 15_000)),
            average_weeks: 1,
            cap_day_minutes: 720,
            cap_week_minutes: 3_600,
            cap_opted_out_minutes: super::WEEK_ON_AVERAGE,
            exempt: false,
            days_off: DaysOff::None,
            cap_day_off_minutes: 480,
            days_a_week: 6,
            sixth_day: 15_000,
            seventh_day: 20_000,
            holiday: 20_000,
        }
    }
}
