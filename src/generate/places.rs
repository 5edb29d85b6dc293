//! Sites, their public holidays and their time zones, from small rules of our own.
//!
//! The holidays are those most offices close on; they give a generated show a real calendar and are
//! no reference for anything else.

use super::days::DAY_MINUTES;
use crate::model::{CalendarId, Currency, OvertimePolicy, Site, Source};
use jiff::civil::{Date, Weekday, date};

/// A place to work.
pub(super) struct Place {
    pub code: &'static str,
    pub time_zone: &'static str,
    pub currency: Currency,
    /// Millionths of the production's currency for one unit.
    pub rate: i64,
    /// Factor on the cost of a day.
    pub cost: f64,
    /// Minutes east of UTC in winter.
    offset: i32,
    summer: Summer,
    holidays: fn(i16) -> Vec<Date>,
}

enum Summer {
    Europe,
    NorthAmerica,
    Never,
}

/// The currency that generated shows count in.
pub(super) const HOME: Currency = Currency::new("GBP").unwrap();
const CAD: Currency = Currency::new("CAD").unwrap();
const INR: Currency = Currency::new("INR").unwrap();

/// The places, in the order in which archetypes use them.
pub(super) const PLACES: [Place; 4] = [
    Place {
        code: "london",
        time_zone: "Europe/London",
        currency: HOME,
        rate: 1_000_000,
        cost: 1.0,
        offset: 0,
        summer: Summer::Europe,
        holidays: britain,
    },
    Place {
        code: "montreal",
        time_zone: "America/Toronto",
        currency: CAD,
        rate: 550_000,
        cost: 0.95,
        offset: -300,
        summer: Summer::NorthAmerica,
        holidays: quebec,
    },
    Place {
        code: "los_angeles",
        time_zone: "America/Los_Angeles",
        currency: Currency::USD,
        rate: 760_000,
        cost: 1.1,
        offset: -480,
        summer: Summer::NorthAmerica,
        holidays: california,
    },
    Place {
        code: "mumbai",
        time_zone: "Asia/Kolkata",
        currency: INR,
        rate: 8_800,
        cost: 0.4,
        offset: 330,
        summer: Summer::Never,
        holidays: maharashtra,
    },
];

impl Place {
    /// The site of this place, on the day of the plan, with the holidays of a few years.
    pub(super) fn site(&self, calendar: CalendarId, as_of: Date) -> Site {
        let mut holidays: Vec<Date> = (2027..=2029).flat_map(self.holidays).collect();
        holidays.sort_unstable();
        Site {
            code: self.code.to_owned(),
            time_zone: self.time_zone.to_owned(),
            utc_offset_minutes: self.offset_on(as_of),
            day_minutes: DAY_MINUTES,
            calendar,
            holidays,
            currency: self.currency,
            overtime: OvertimePolicy::default(),
            source: Source::default(),
        }
    }

    fn offset_on(&self, day: Date) -> i32 {
        let year = day.year();
        let (from, to) = match self.summer {
            Summer::Europe => (last(year, 3, Weekday::Sunday), last(year, 10, Weekday::Sunday)),
            Summer::NorthAmerica => {
                (nth(year, 3, Weekday::Sunday, 2), nth(year, 11, Weekday::Sunday, 1))
            }
            Summer::Never => return self.offset,
        };
        self.offset + if (from..to).contains(&day) { 60 } else { 0 }
    }
}

fn nth(year: i16, month: i8, weekday: Weekday, n: i8) -> Date {
    let first = date(year, month, 1);
    first.nth_weekday_of_month(n, weekday).unwrap_or(first)
}

fn last(year: i16, month: i8, weekday: Weekday) -> Date {
    nth(year, month, weekday, -1)
}

fn on(year: i16, month: i8, day: i8) -> Date {
    date(year, month, day)
}

fn shifted(day: Date, by: i64) -> Date {
    super::days::plus(day, by)
}

/// A holiday on a Saturday or Sunday is taken on the Monday (the second of two on the Tuesday).
fn in_lieu(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => shifted(day, 2),
        Weekday::Sunday => shifted(day, 1),
        _ => day,
    }
}

/// Easter Sunday by the anonymous Gregorian computation.
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let sum = moon + weekday - 7 * late + 114;
    date(year as i16, (sum / 31) as i8, (sum % 31 + 1) as i8)
}

fn britain(year: i16) -> Vec<Date> {
    let christmas = in_lieu(on(year, 12, 25));
    let mut boxing = in_lieu(on(year, 12, 26));
    if boxing <= christmas {
        boxing = shifted(christmas, 1);
    }
    vec![
        in_lieu(on(year, 1, 1)),
        shifted(easter(year), -2),
        shifted(easter(year), 1),
        nth(year, 5, Weekday::Monday, 1),
        last(year, 5, Weekday::Monday),
        last(year, 8, Weekday::Monday),
        christmas,
        boxing,
    ]
}

fn quebec(year: i16) -> Vec<Date> {
    let mut victoria = on(year, 5, 24);
    while victoria.weekday() != Weekday::Monday {
        victoria = shifted(victoria, -1);
    }
    vec![
        in_lieu(on(year, 1, 1)),
        shifted(easter(year), -2),
        victoria,
        in_lieu(on(year, 6, 24)),
        in_lieu(on(year, 7, 1)),
        nth(year, 9, Weekday::Monday, 1),
        nth(year, 10, Weekday::Monday, 2),
        in_lieu(on(year, 12, 25)),
    ]
}

fn california(year: i16) -> Vec<Date> {
    let thanksgiving = nth(year, 11, Weekday::Thursday, 4);
    vec![
        in_lieu(on(year, 1, 1)),
        nth(year, 2, Weekday::Monday, 3),
        last(year, 5, Weekday::Monday),
        in_lieu(on(year, 7, 4)),
        nth(year, 9, Weekday::Monday, 1),
        thanksgiving,
        shifted(thanksgiving, 1),
        in_lieu(on(year, 12, 25)),
    ]
}

fn maharashtra(year: i16) -> Vec<Date> {
    let diwali = match year {
        2027 => on(2027, 10, 29),
        2028 => on(2028, 10, 17),
        _ => on(year, 11, 5),
    };
    let fixed = [on(year, 1, 26), on(year, 5, 1), on(year, 8, 15), on(year, 10, 2), diwali];
    let weekend = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    fixed.into_iter().filter(|day| !weekend(day)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_fall_where_the_calendar_says() {
        assert_eq!(easter(2027), date(2027, 3, 28));
        assert_eq!(easter(2028), date(2028, 4, 16));
        // Christmas 2027 is a Saturday: Monday and Tuesday are taken instead.
        assert!(britain(2027).ends_with(&[date(2027, 12, 27), date(2027, 12, 28)]));
        assert_eq!(nth(2027, 11, Weekday::Thursday, 4), date(2027, 11, 25));
    }

    #[test]
    fn summer_time_moves_london_and_not_mumbai() {
        assert_eq!(PLACES[0].offset_on(date(2027, 1, 4)), 0);
        assert_eq!(PLACES[0].offset_on(date(2027, 7, 1)), 60);
        assert_eq!(PLACES[3].offset_on(date(2027, 7, 1)), 330);
    }
}
