//! Time: the one conversion between dates and slots.
//!
//! A slot is an equal part of a working day (a quarter by default). Every calendar day, working or
//! not, has the same number of slots, so slot `day × slots_per_day + k` is the `k`-th part of that
//! day. Intervals are half-open: a task that fills a Friday ends at the boundary where Saturday
//! begins, and its *finish date* is the date of its last slot, the Friday.

use jiff::civil::Date;

/// A boundary between slots, counted from the start of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u32);

/// A day, counted from the start of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

/// The days that a plan can use and how each is cut into slots.
///
/// ```
/// use shotplan::model::{Slot, Timeline};
/// let monday = jiff::civil::date(2027, 1, 4);
/// let timeline = Timeline::new(monday, jiff::civil::date(2027, 3, 1), 4);
/// let tuesday = timeline.start_of(monday.tomorrow().unwrap());
/// assert_eq!(tuesday, Slot(4));
/// assert_eq!(timeline.finish_date(tuesday), monday); // half-open: ends on Monday
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    first: Date,
    days: u32,
    slots_per_day: u32,
}

impl Timeline {
    /// Days from `first` to `last`, both in, each of `slots_per_day` slots (at least one).
    pub fn new(first: Date, last: Date, slots_per_day: u32) -> Timeline {
        let days = days_between(first, last).max(0) as u32 + 1;
        Timeline { first, days, slots_per_day: slots_per_day.max(1) }
    }
    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }
    /// The last day.
    pub fn last(&self) -> Date {
        self.date(Day(self.days - 1))
    }
    /// Number of days.
    pub fn days(&self) -> u32 {
        self.days
    }
    /// Slots in a day.
    pub fn slots_per_day(&self) -> u32 {
        self.slots_per_day
    }
    /// Number of slots; also the last boundary.
    pub fn slots(&self) -> u32 {
        self.days * self.slots_per_day
    }
    /// The date of `day`.
    pub fn date(&self, day: Day) -> Date {
        self.first.saturating_add(jiff::Span::new().days(i64::from(day.0)))
    }
    /// The day of `date`, held inside the timeline.
    pub fn day(&self, date: Date) -> Day {
        Day(days_between(self.first, date).clamp(0, i64::from(self.days) - 1) as u32)
    }
    /// Whether `date` is one of the days.
    pub fn contains(&self, date: Date) -> bool {
        (0..i64::from(self.days)).contains(&days_between(self.first, date))
    }
    /// The boundary at the start of `date`, held inside the timeline.
    pub fn start_of(&self, date: Date) -> Slot {
        let days = days_between(self.first, date).clamp(0, i64::from(self.days));
        Slot(days as u32 * self.slots_per_day)
    }
    /// The boundary at the end of `date`, held inside the timeline.
    pub fn end_of(&self, date: Date) -> Slot {
        let days = (days_between(self.first, date) + 1).clamp(0, i64::from(self.days));
        Slot(days as u32 * self.slots_per_day)
    }
    /// The day in which work that starts at `start` begins.
    pub fn day_of_start(&self, start: Slot) -> Day {
        Day((start.0 / self.slots_per_day).min(self.days - 1))
    }
    /// The day of the last slot before the boundary `end`.
    pub fn day_of_end(&self, end: Slot) -> Day {
        Day((end.0.saturating_sub(1) / self.slots_per_day).min(self.days - 1))
    }
    /// The date in which work that starts at `start` begins.
    pub fn start_date(&self, start: Slot) -> Date {
        self.date(self.day_of_start(start))
    }
    /// The date in which work that ends at the boundary `end` is finished.
    pub fn finish_date(&self, end: Slot) -> Date {
        self.date(self.day_of_end(end))
    }
    /// The first slot of `day`.
    pub fn first_slot(&self, day: Day) -> Slot {
        Slot(day.0 * self.slots_per_day)
    }
    /// Weeks (Monday to Sunday) that the timeline touches.
    pub fn weeks(&self) -> u32 {
        self.week(Day(self.days - 1)) + 1
    }
    /// The week of `day`: 0 is the ISO week of the first day.
    pub fn week(&self, day: Day) -> u32 {
        (day.0 + self.first.weekday().to_monday_zero_offset() as u32) / 7
    }
    /// The Monday of week `week`.
    pub fn monday(&self, week: u32) -> Date {
        let back = i64::from(self.first.weekday().to_monday_zero_offset());
        self.first.saturating_add(jiff::Span::new().days(i64::from(week) * 7 - back))
    }
}

/// Days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
