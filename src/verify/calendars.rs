//! Slots, dates and working days, counted by this room itself.

use crate::model::{Calendar, Production, days_between};
use jiff::civil::Date;

/// The days of the plan and how each is cut into slots.
pub(super) struct Clock {
    /// Date of each day.
    pub dates: Vec<Date>,
    /// Slots in a day.
    pub per_day: u32,
    /// Number of slots: the last boundary.
    pub slots: u32,
}

impl Clock {
    pub fn new(production: &Production) -> Clock {
        let timeline = production.timeline();
        let per_day = timeline.slots_per_day();
        // A boundary has to fit its type, whatever the settings say.
        let days = timeline.days().min(u32::MAX / per_day).max(1);
        let dates = timeline
            .first()
            .series(jiff::Span::new().days(1))
            .take(days as usize)
            .collect::<Vec<Date>>();
        let slots = dates.len() as u32 * per_day;
        Clock { dates, per_day, slots }
    }
    pub fn days(&self) -> u32 {
        self.dates.len() as u32
    }
    pub fn date(&self, day: u32) -> Date {
        self.dates[(day as usize).min(self.dates.len() - 1)]
    }
    pub fn last(&self) -> Date {
        self.dates[self.dates.len() - 1]
    }
    /// Days from the first day of the timeline to `date`, negative before it.
    pub fn offset(&self, date: Date) -> i64 {
        days_between(self.dates[0], date)
    }
    /// The boundary at the start of `date`, held in the timeline.
    pub fn start_of(&self, date: Date) -> u32 {
        self.offset(date).clamp(0, i64::from(self.days())) as u32 * self.per_day
    }
    /// Date of the first slot after the boundary `start`.
    pub fn start_date(&self, start: u32) -> Date {
        self.date(start / self.per_day)
    }
    /// Date of the last slot before the boundary `end`.
    pub fn finish_date(&self, end: u32) -> Date {
        self.date(end.saturating_sub(1) / self.per_day)
    }
    /// Monday-to-Sunday week of a day; the timeline begins on a Monday.
    pub fn week(&self, day: u32) -> u32 {
        day / 7
    }
    /// A boundary in words, as a time at which something may begin.
    pub fn begin_words(&self, slot: u32) -> String {
        match slot % self.per_day {
            _ if slot >= self.slots => "after the end of the timeline".to_owned(),
            0 => self.start_date(slot).to_string(),
            part => format!("{} after {part}/{} of the day", self.start_date(slot), self.per_day),
        }
    }
    /// A boundary in words, as a time at which something ends.
    pub fn end_words(&self, slot: u32) -> String {
        match slot % self.per_day {
            _ if slot == 0 => format!("the start of {}", self.dates[0]),
            0 => format!("the end of {}", self.finish_date(slot)),
            part => format!("{} after {part}/{} of the day", self.finish_date(slot), self.per_day),
        }
    }
    /// An amount of share slots as working days: 202,500 at 4 slots a day is "5.06".
    pub fn days_words(&self, share_slots: u128) -> String {
        let hundredths = share_slots / (100 * u128::from(self.per_day));
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// Which days a calendar works: those of the timeline one by one, all others by counting weeks.
pub(super) struct WorkedDays {
    /// Whether each day of the timeline is worked.
    pub worked: Vec<bool>,
    /// Worked days before each day of the timeline, and in all.
    before: Vec<u32>,
    /// The worked days of the timeline.
    days: Vec<u32>,
    /// Worked days of the first `n` days of a week, n from 0 to 7.
    week: [i64; 8],
    /// Days (from the first of the timeline) that differ from the week, and what they and those
    /// before them add to the count.
    exceptions: Vec<(i64, i64)>,
}

impl WorkedDays {
    pub fn new(calendar: &Calendar, clock: &Clock) -> WorkedDays {
        let mut week = [0_i64; 8];
        for day in 0..7 {
            week[day + 1] = week[day] + i64::from(calendar.workdays[day]);
        }
        let by_week = |offset: i64| calendar.workdays[offset.rem_euclid(7) as usize];
        // The last entry for a date counts: sorted stably, the last of each run is kept.
        let mut listed: Vec<(i64, bool)> =
            calendar.exceptions.iter().map(|&(date, works)| (clock.offset(date), works)).collect();
        listed.sort_by_key(|&(offset, _)| offset);
        let mut exceptions: Vec<(i64, i64)> = Vec::with_capacity(listed.len());
        let mut worked: Vec<bool> = (0..i64::from(clock.days())).map(by_week).collect();
        let mut sum = 0;
        for (index, &(offset, works)) in listed.iter().enumerate() {
            if listed.get(index + 1).is_some_and(|&(next, _)| next == offset) {
                continue;
            }
            sum += i64::from(works) - i64::from(by_week(offset));
            exceptions.push((offset, sum));
            if let Some(day) = usize::try_from(offset).ok().and_then(|day| worked.get_mut(day)) {
                *day = works;
            }
        }
        let mut before = Vec::with_capacity(worked.len() + 1);
        let mut days = Vec::with_capacity(worked.len());
        for (day, &works) in worked.iter().enumerate() {
            before.push(days.len() as u32);
            if works {
                days.push(day as u32);
            }
        }
        before.push(days.len() as u32);
        WorkedDays { worked, before, days, week, exceptions }
    }

    /// Working slots before the boundary `slot`.
    pub fn slots_before(&self, slot: u32, per_day: u32) -> i64 {
        let day = (slot / per_day) as usize;
        let whole = self.before.get(day).or(self.before.last()).copied().unwrap_or(0);
        let rest = if self.worked.get(day) == Some(&true) { slot % per_day } else { 0 };
        i64::from(whole) * i64::from(per_day) + i64::from(rest)
    }

    /// `after(t, n)`: the boundary `n` working slots after `slot`, held in the timeline.
    pub fn after(&self, slot: u32, wait: i64, clock: &Clock) -> u32 {
        if wait == 0 {
            return slot.min(clock.slots);
        }
        let wanted = self.slots_before(slot, clock.per_day) + wait;
        if wanted <= 0 {
            return 0;
        }
        let (last, per_day) = (wanted - 1, i64::from(clock.per_day));
        match self.days.get((last / per_day) as usize) {
            Some(day) => day * clock.per_day + (last % per_day) as u32 + 1,
            None => clock.slots,
        }
    }

    /// Worked days after the day `after` up to and including `upto`, both counted from the first
    /// day of the timeline and possibly outside it; 0 if `upto` is not later.
    pub fn between(&self, after: i64, upto: i64) -> i64 {
        if upto <= after { 0 } else { self.count_to(upto) - self.count_to(after) }
    }

    /// Worked days from far back to and including `offset`, up to a constant.
    fn count_to(&self, offset: i64) -> i64 {
        let days = offset + 1;
        let weeks = days.div_euclid(7) * self.week[7] + self.week[days.rem_euclid(7) as usize];
        let seen = self.exceptions.partition_point(|&(day, _)| day <= offset);
        weeks + if seen == 0 { 0 } else { self.exceptions[seen - 1].1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Counting by weeks agrees with counting day by day, inside the timeline and outside it.
    #[test]
    fn working_days_by_weeks_and_one_by_one() {
        let production = Production::new("x", date(2027, 1, 6), date(2027, 2, 28));
        let clock = Clock::new(&production);
        let mut calendar = Calendar::monday_to_friday("x");
        calendar.exceptions = vec![
            (date(2026, 12, 25), false),
            (date(2027, 1, 9), true),
            (date(2027, 1, 13), false),
            (date(2027, 1, 13), true),
            (date(2027, 4, 5), false),
        ];
        let days = WorkedDays::new(&calendar, &clock);
        let from = clock.offset(date(2026, 12, 1));
        let to = clock.offset(date(2027, 5, 1));
        for after in from..to {
            let mut count = 0;
            let mut day = clock.dates[0].saturating_add(jiff::Span::new().days(after));
            for upto in after + 1..to {
                day = day.saturating_add(jiff::Span::new().days(1));
                count += i64::from(calendar.is_worked(day));
                assert_eq!(days.between(after, upto), count, "{after} {upto}");
            }
        }
    }

    /// Friday noon plus half a day is Friday's end; one slot more is Monday's first.
    #[test]
    fn waiting_skips_the_weekend() {
        let production = Production::new("x", date(2027, 1, 4), date(2027, 1, 31));
        let clock = Clock::new(&production);
        let days = WorkedDays::new(&Calendar::monday_to_friday("x"), &clock);
        assert_eq!(days.after(18, 2, &clock), 20);
        assert_eq!(days.after(18, 3, &clock), 29);
        assert_eq!(days.after(24, 1, &clock), 29); // from a Sunday
        assert_eq!(days.after(30, -3, &clock), 19);
        assert_eq!(days.after(30, -300, &clock), 0);
        assert_eq!(days.after(30, 3000, &clock), clock.slots);
        assert_eq!(days.after(26, 0, &clock), 26);
    }
}
