//! The generator's own time: working days counted from the first Monday, four slots each.
//!
//! Every site of a generated production works Monday to Friday, so that days off at the weekend
//! can be left out: day 5 is the second Monday. Public holidays and leave are days without capacity.

use crate::model::days_between;
use jiff::civil::{Date, date};

/// Slots in a working day.
pub(super) const SLOTS: u32 = 4;
/// Minutes in a working day.
pub(super) const DAY_MINUTES: i64 = 480;
/// First day of every generated production, a Monday.
pub(super) const FIRST_DAY: Date = date(2027, 1, 4);

/// The date of working day `day`.
pub(super) fn date_of(day: u32) -> Date {
    let days = i64::from(day / 5) * 7 + i64::from(day % 5);
    FIRST_DAY.saturating_add(jiff::Span::new().days(days))
}

/// The working day of `date`; the next Monday's for a weekend, 0 before the first day.
pub(super) fn day_of(date: Date) -> u32 {
    let days = days_between(FIRST_DAY, date).max(0) as u32;
    days / 7 * 5 + (days % 7).min(5)
}

/// The date in which work that begins at slot `slot` begins.
pub(super) fn start_date(slot: u32) -> Date {
    date_of(slot / SLOTS)
}

/// The date in which work that ends at the boundary `slot` is finished.
pub(super) fn finish_date(slot: u32) -> Date {
    date_of(slot.saturating_sub(1) / SLOTS)
}

/// The Friday on or after working day `day`.
pub(super) fn friday(day: u32) -> u32 {
    day / 5 * 5 + 4
}

/// `date` and `days` more calendar days.
pub(super) fn plus(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_skip_the_weekend() {
        assert_eq!(date_of(4), date(2027, 1, 8));
        assert_eq!(date_of(5), date(2027, 1, 11));
        assert_eq!(day_of(date(2027, 1, 9)), 5);
        assert_eq!((0..400).filter(|&day| day_of(date_of(day)) != day).count(), 0);
        assert_eq!(finish_date(20), date(2027, 1, 8));
        assert_eq!(start_date(20), date(2027, 1, 11));
    }
}
