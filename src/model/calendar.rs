//! Sites and the days on which they work.

use super::{CalendarId, Currency, Source};
use jiff::civil::{Date, Weekday};

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
}

fn weekday(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
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

/// Rules for paid overtime.
///
/// Hours of a day beyond a daily tier, or of a week beyond the weekly threshold, are paid at a
/// multiple; an hour that both rules reach is paid once, at the higher multiple.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OvertimePolicy {
    /// Daily tiers, ascending: beyond so many minutes of a day, multiply by so many basis points.
    pub daily: Vec<(i64, i64)>,
    /// Beyond so many minutes of a week, multiply by so many basis points.
    pub weekly: Option<(i64, i64)>,
    /// Most minutes of work in a day.
    pub cap_day_minutes: i64,
    /// Most minutes of work in a week.
    pub cap_week_minutes: i64,
    /// Overtime is worked but not paid (an exempt contract).
    pub exempt: bool,
}

impl Default for OvertimePolicy {
    fn default() -> Self {
        OvertimePolicy {
            daily: vec![(480, 15_000), (720, 20_000)],
            weekly: Some((2_400, 15_000)),
            cap_day_minutes: 720,
            cap_week_minutes: 3_600,
            exempt: false,
        }
    }
}
