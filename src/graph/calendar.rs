//! Counting working slots of a show's calendar, both ways, without walking.

use crate::model::{Calendar, Day, Slot, Timeline};

/// A calendar over a timeline: how many working slots lie before a boundary (rank), and where the
/// `n`-th of them ends (select). Every question is answered without a loop.
///
/// A day is worked or not as a whole, so days are kept and slots are worked out from them: with four
/// slots a day, the 6th working slot is the 2nd slot of the 2nd working day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarRank {
    slots_per_day: u32,
    /// Number of worked days before each day; one more entry than days.
    worked_before: Vec<u32>,
    /// The days that are worked.
    worked_days: Vec<u32>,
}

impl CalendarRank {
    /// The calendar over the days of `timeline`.
    pub fn new(calendar: &Calendar, timeline: &Timeline) -> CalendarRank {
        let mut worked_before = Vec::with_capacity(timeline.days() as usize + 1);
        let mut worked_days = Vec::with_capacity(timeline.days() as usize);
        for day in 0..timeline.days() {
            worked_before.push(worked_days.len() as u32);
            if calendar.is_worked(timeline.date(Day(day))) {
                worked_days.push(day);
            }
        }
        worked_before.push(worked_days.len() as u32);
        CalendarRank { slots_per_day: timeline.slots_per_day(), worked_before, worked_days }
    }

    /// Number of slots, which is also the last boundary.
    pub fn slots(&self) -> u32 {
        (self.worked_before.len() as u32 - 1) * self.slots_per_day
    }

    /// Working slots in `[0, t)`.
    pub fn rank(&self, t: Slot) -> u32 {
        let t = t.0.min(self.slots());
        let (day, part) = ((t / self.slots_per_day) as usize, t % self.slots_per_day);
        let before = self.worked_before[day];
        // Past the last day `part` is 0, so the day after it is only looked at when it exists.
        let today = if part > 0 { self.worked_before[day + 1] - before } else { 0 };
        before * self.slots_per_day + today * part
    }

    /// Working slots from `from` to `to`; 0 when `to` is not later.
    pub fn between(&self, from: Slot, to: Slot) -> u32 {
        self.rank(to).saturating_sub(self.rank(from))
    }

    /// The smallest boundary with at least `count` working slots before it; `None` when there are
    /// not so many.
    pub fn select(&self, count: u32) -> Option<Slot> {
        let Some(last) = count.checked_sub(1) else { return Some(Slot(0)) };
        let day = self.worked_days.get((last / self.slots_per_day) as usize)?;
        Some(Slot(day * self.slots_per_day + last % self.slots_per_day + 1))
    }

    /// `t` moved by `n` working slots: `t` itself if `n` is 0, else the smallest boundary that has at
    /// least `n` more working slots before it than `t` has, held in the timeline. Negative `n` moves
    /// back.
    ///
    /// ```
    /// use shotplan::graph::CalendarRank;
    /// use shotplan::model::{Calendar, Slot, Timeline};
    /// use jiff::civil::date;
    /// let week = Timeline::new(date(2027, 1, 4), date(2027, 1, 17), 4); // two weeks from a Monday
    /// let rank = CalendarRank::new(&Calendar::monday_to_friday("standard"), &week);
    /// let friday_night = Slot(20);
    /// assert_eq!(rank.after(friday_night, 0), Slot(20));
    /// assert_eq!(rank.after(friday_night, 1), Slot(29)); // the first slot of Monday is over
    /// assert_eq!(rank.after(Slot(28), 2), Slot(30)); // Monday morning, half a day of review
    /// assert_eq!(rank.after(Slot(30), -2), Slot(20)); // half a day back: Friday night, not Monday
    /// assert_eq!(rank.after(Slot(30), 1_000), Slot(56)); // held in the timeline
    /// ```
    pub fn after(&self, t: Slot, n: i32) -> Slot {
        if n == 0 {
            return t;
        }
        let count = (i64::from(self.rank(t)) + i64::from(n)).max(0);
        u32::try_from(count).ok().and_then(|count| self.select(count)).unwrap_or(Slot(self.slots()))
    }

    /// The latest boundary `t` with `after(t, n) ≤ u`; `None` when even the first one is too late.
    ///
    /// The backward pass uses it. `after` holds results in the timeline, so at its very end every
    /// boundary would do; the answer is then still the honest one, as if time went on.
    pub fn before(&self, u: Slot, n: i32) -> Option<Slot> {
        if n == 0 {
            return Some(u);
        }
        let count = u32::try_from(i64::from(self.rank(u)) - i64::from(n)).ok()?;
        // The last boundary with at most `count` working slots before it is where the next begins.
        Some(
            self.select(count.saturating_add(1))
                .map_or(Slot(self.slots()), |next| Slot(next.0 - 1)),
        )
    }

    /// The first boundary not before `t` at which a working slot begins; `None` when none is left.
    pub fn next_start(&self, t: Slot) -> Option<Slot> {
        self.select(self.rank(t) + 1).map(|end| Slot(end.0 - 1))
    }
}
