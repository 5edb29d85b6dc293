//! The working time of one lane as arithmetic: nights, weekends and leave vanish.
//!
//! The working slots of a lane are numbered 0, 1, 2 … in order of time. Work is then a run of these
//! numbers, and a boundary on the calendar is found from a number by one table look-up.

/// Working slots of a lane, and how much of each goes to tasks.
///
/// ```
/// use shotplan::formulate::WorkingTime;
/// // Four days of four slots: a full day, a day off, a half day, a full day.
/// let time = WorkingTime::new(&[10_000, 0, 5_000, 10_000], &[true; 4], 4);
/// // 30,000 basis-point slots from the third slot of day 0: two slots there give 20,000, two of the
/// // half day the rest.
/// let from = time.index_at(2);
/// let end = time.finish(from, 30_000).unwrap();
/// assert_eq!(time.boundary_before(end), 10); // day 2, after its second slot
/// ```
#[derive(Clone, Debug)]
pub struct WorkingTime {
    slots_per_day: u32,
    /// Working days in order.
    days: Vec<u16>,
    /// Number of working days before each day.
    rank: Vec<u16>,
    /// Share of each working day, in basis points.
    share: Vec<u16>,
    /// Sum of the shares of the working days before each.
    sum: Vec<u32>,
    /// The share of all days, if it is the same; else 0.
    uniform: u32,
    /// Number of days before each on which others at the site work and this lane does not.
    gaps: Vec<u16>,
    /// Minutes of overtime on each working day that is a day off; empty where there is none.
    off: Vec<u16>,
}

impl WorkingTime {
    /// From the share of each day and the days on which anybody at the site works.
    pub fn new(share_by_day: &[u16], site_works: &[bool], slots_per_day: u32) -> WorkingTime {
        let mut time = WorkingTime {
            slots_per_day,
            days: Vec::new(),
            rank: Vec::with_capacity(share_by_day.len() + 1),
            share: Vec::new(),
            sum: vec![0],
            uniform: 0,
            gaps: Vec::with_capacity(share_by_day.len() + 1),
            off: Vec::new(),
        };
        let (mut total, mut gaps) = (0_u32, 0_u16);
        for (day, &share) in share_by_day.iter().enumerate() {
            time.rank.push(time.days.len() as u16);
            time.gaps.push(gaps);
            if share > 0 {
                time.days.push(day as u16);
                time.share.push(share);
                total += u32::from(share);
                time.sum.push(total);
            } else if site_works.get(day).copied().unwrap_or(false) {
                gaps += 1;
            }
        }
        time.rank.push(time.days.len() as u16);
        time.gaps.push(gaps);
        time.uniform = match time.share.first() {
            Some(&first) if time.share.iter().all(|&s| s == first) => u32::from(first),
            _ => 0,
        };
        time
    }

    /// The same with days off that are worked as overtime: their share and their minutes.
    ///
    /// ```
    /// use shotplan::formulate::WorkingTime;
    /// // A Friday, a Saturday of four hours, a Monday; half of what a slot has on the others.
    /// let site = [true, false, false, true];
    /// let time = WorkingTime::with_days_off(&[10_000, 0, 0, 10_000], &[(1, 5_000, 240)], &site, 4);
    /// let end = time.finish(0, 60_000).unwrap();
    /// assert_eq!(time.boundary_before(end), 8); // Friday, and all of Saturday
    /// assert_eq!(time.days_off_in(0, end).collect::<Vec<_>>(), [(1, 240)]);
    /// ```
    pub fn with_days_off(
        share_by_day: &[u16],
        days_off: &[(u32, u16, u16)],
        site_works: &[bool],
        slots_per_day: u32,
    ) -> WorkingTime {
        let mut share = share_by_day.to_vec();
        for &(day, of_day, _) in days_off {
            share[day as usize] = of_day;
        }
        let mut time = WorkingTime::new(&share, site_works, slots_per_day);
        let minutes = |day: &u16| {
            let place = days_off.binary_search_by_key(&u32::from(*day), |row| row.0);
            place.map_or(0, |place| days_off[place].2)
        };
        time.off = time.days.iter().map(minutes).collect();
        time
    }

    /// Whether days off are worked in it.
    #[inline]
    pub fn has_days_off(&self) -> bool {
        !self.off.is_empty()
    }

    /// Minutes of overtime on a calendar day that is a day off; 0 on any other.
    #[inline]
    pub fn minutes_off(&self, day: u32) -> u16 {
        if self.off.is_empty() || self.share_on(day) == 0 {
            return 0;
        }
        self.off[usize::from(self.rank[day as usize])]
    }

    /// The days off in a run of working slots, and the minutes of overtime on them.
    pub fn days_off_in(&self, from: u32, end: u32) -> impl Iterator<Item = (u32, u16)> + '_ {
        let first = (from / self.slots_per_day) as usize;
        let last = if end > from { ((end - 1) / self.slots_per_day) as usize + 1 } else { first };
        let range = if self.off.is_empty() { 0..0 } else { first..last };
        let days = range.clone();
        let off = self.off[range].iter().zip(days);
        off.filter(|(minutes, _)| **minutes > 0)
            .map(|(&minutes, day)| (u32::from(self.days[day]), minutes))
    }

    /// Basis-point slots of the days off in a run of working slots.
    pub fn done_on_days_off(&self, from: u32, end: u32) -> u64 {
        let per_day = self.slots_per_day;
        let slots_of = |day: u32| {
            let place = u32::from(self.rank[day as usize]) * per_day;
            end.min(place + per_day) - from.max(place)
        };
        self.days_off_in(from, end)
            .map(|(day, _)| u64::from(slots_of(day) * self.share_on(day)))
            .sum()
    }

    /// Number of working slots.
    #[inline]
    pub fn total(&self) -> u32 {
        self.days.len() as u32 * self.slots_per_day
    }

    /// The first working slot at or after the boundary `slot`, by its number.
    #[inline]
    pub fn index_at(&self, slot: u32) -> u32 {
        let day = (slot / self.slots_per_day) as usize;
        if day + 1 >= self.rank.len() {
            return self.total();
        }
        let rank = self.rank[day];
        let inside = if self.rank[day + 1] > rank { slot % self.slots_per_day } else { 0 };
        u32::from(rank) * self.slots_per_day + inside
    }

    /// The calendar slot of the working slot `index` (which is below [`total`](Self::total)).
    #[inline]
    pub fn slot_of(&self, index: u32) -> u32 {
        let day = self.days[(index / self.slots_per_day) as usize];
        u32::from(day) * self.slots_per_day + index % self.slots_per_day
    }

    /// The calendar boundary right after the working slot before `end`; `end` is above 0.
    #[inline]
    pub fn boundary_before(&self, end: u32) -> u32 {
        self.slot_of(end - 1) + 1
    }

    /// Basis-point slots in the first `index` working slots.
    #[inline]
    pub fn done_before(&self, index: u32) -> u64 {
        let (day, part) = ((index / self.slots_per_day) as usize, index % self.slots_per_day);
        let whole = u64::from(self.sum[day]) * u64::from(self.slots_per_day);
        if part == 0 { whole } else { whole + u64::from(part) * u64::from(self.share[day]) }
    }

    /// The first number `end` with at least `need` basis-point slots in `[from, end)`; `None` when
    /// there is not so much time left.
    #[inline]
    pub fn finish(&self, from: u32, need: u64) -> Option<u32> {
        if self.uniform > 0 {
            let slots = need.div_ceil(u64::from(self.uniform));
            let end = u64::from(from) + slots;
            return (end <= u64::from(self.total())).then_some(end as u32);
        }
        if from >= self.total() {
            return None;
        }
        let per_day = u64::from(self.slots_per_day);
        let target = self.done_before(from) + need;
        let day = self.sum.partition_point(|&sum| u64::from(sum) * per_day < target);
        if day >= self.sum.len() {
            return None;
        }
        if day == 0 {
            return Some(from);
        }
        let rest = target - u64::from(self.sum[day - 1]) * per_day;
        let part = rest.div_ceil(u64::from(self.share[day - 1]));
        Some((day as u32 - 1) * self.slots_per_day + part as u32)
    }

    /// Slots per day.
    #[inline]
    pub fn slots_per_day(&self) -> u32 {
        self.slots_per_day
    }

    /// The working day, counted from 0, of a working slot.
    #[inline]
    pub fn day_of_index(&self, index: u32) -> u32 {
        index / self.slots_per_day
    }

    /// The working day, counted from 0, of a calendar day that is worked.
    #[inline]
    pub fn working_day(&self, day: u32) -> u32 {
        u32::from(self.rank[day as usize])
    }

    /// The calendar day of a working day.
    #[inline]
    pub fn calendar_day(&self, working_day: u32) -> u32 {
        u32::from(self.days[working_day as usize])
    }

    /// [`finish`](Self::finish) when the working days of `long_days` (bit `n` = `n` working days
    /// after that of `from`) have `extra(n)` basis points more in each slot.
    ///
    /// ```
    /// use shotplan::formulate::WorkingTime;
    /// let time = WorkingTime::new(&[10_000; 3], &[true; 3], 4);
    /// // Six slots of work; on day 0 each slot is worth a quarter more, so that five are left of it.
    /// assert_eq!(time.finish_on_long_days(0, 60_000, |_| 2_500, 0b1), Some(5));
    /// ```
    pub fn finish_on_long_days(
        &self,
        from: u32,
        need: u64,
        extra: impl Fn(u32) -> u32,
        long_days: u64,
    ) -> Option<u32> {
        let first = from / self.slots_per_day;
        let mut index = from;
        let mut left = need;
        while index < self.total() {
            let day = index / self.slots_per_day;
            let is_long = day - first < 64 && long_days >> (day - first) & 1 == 1;
            let extra = if is_long { extra(day - first) } else { 0 };
            let share = u64::from(self.share[day as usize]) + u64::from(extra);
            let next = (day + 1) * self.slots_per_day;
            let whole = share * u64::from(next - index);
            if left <= whole {
                return Some(index + left.div_ceil(share) as u32);
            }
            left -= whole;
            index = next;
        }
        None
    }

    /// The end of a run from `from` that does `need` with overtime on whole days, and those days as
    /// bits from the day of `from` on. `minutes` says how many basis points more each slot of a
    /// calendar day may have, 0 for none. Only days that the run fills from their first slot to
    /// their last are made longer, so that no other work is touched.
    pub fn finish_with_overtime(
        &self,
        from: u32,
        need: u64,
        mut extra_on: impl FnMut(u32) -> u32,
    ) -> Option<(u32, u64)> {
        let per_day = self.slots_per_day;
        let first = from / per_day;
        let (mut index, mut left, mut long_days) = (from, need, 0_u64);
        while index < self.total() {
            let day = index / per_day;
            let share = u64::from(self.share[day as usize]);
            let next = (day + 1) * per_day;
            let plain = share * u64::from(next - index);
            if left <= plain {
                return Some((index + left.div_ceil(share) as u32, long_days));
            }
            left -= plain;
            if index == day * per_day && day - first < 64 {
                let extra = u64::from(extra_on(u32::from(self.days[day as usize])));
                let more = extra * u64::from(per_day);
                // With overtime the day must still be needed to its last slot.
                if extra > 0 && left > more {
                    left -= more;
                    long_days |= 1 << (day - first);
                } else if extra > 0 && left + plain > (share + extra) * u64::from(per_day - 1) {
                    return Some((next, long_days | 1 << (day - first)));
                }
            }
            index = next;
        }
        None
    }

    /// The smallest number from which `need` is finished at or after the boundary `end_from`, not
    /// below `from`.
    pub fn start_to_end_at(&self, from: u32, need: u64, end_from: u32) -> Option<u32> {
        let (mut low, mut high) = (from, self.index_at(end_from).min(self.total()));
        while low < high {
            let middle = low + (high - low) / 2;
            match self.finish(middle, need) {
                Some(end) if end > 0 && self.boundary_before(end) < end_from => low = middle + 1,
                _ => high = middle,
            }
        }
        self.finish(low, need).map(|_| low)
    }

    /// The first day after `start_day`, up to `end_day`, on which others at the site work and this
    /// lane does not.
    pub fn first_gap(&self, start_day: u32, end_day: u32) -> Option<u32> {
        let (start, end) = (start_day as usize, (end_day as usize).min(self.gaps.len() - 1));
        if self.gaps[end] == self.gaps[start] {
            return None;
        }
        let before = self.gaps[start];
        Some(self.gaps.partition_point(|&gaps| gaps <= before) as u32 - 1)
    }

    /// The share on a calendar day, in basis points.
    #[inline]
    pub fn share_on(&self, day: u32) -> u32 {
        let day = day as usize;
        match self.rank.get(day..day + 2) {
            Some([rank, next]) if next > rank => u32::from(self.share[*rank as usize]),
            _ => 0,
        }
    }

    /// Working days as numbers from 0, for a run of working slots `[from, end)`: calendar day and
    /// how many of its slots.
    pub fn days_of(&self, from: u32, end: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let per_day = self.slots_per_day;
        let first = from / per_day;
        let last = if end > from { (end - 1) / per_day + 1 } else { first };
        (first..last).map(move |day| {
            let start = from.max(day * per_day);
            let stop = end.min((day + 1) * per_day);
            (u32::from(self.days[day as usize]), stop - start)
        })
    }
}

/// Working slots of a show's calendar, for lags, reviews and days late.
///
/// ```
/// use shotplan::formulate::CountingCalendar;
/// // Friday, Saturday, Sunday, Monday, Tuesday; two slots a day.
/// let calendar = CountingCalendar::new(&[true, false, false, true, true], 2);
/// assert_eq!(calendar.after(1, 2), 7); // half of Friday, then one slot on Monday
/// assert_eq!(calendar.after(6, 0), 6);
/// assert_eq!(calendar.after(7, -1), 2); // back to the end of Friday
/// assert_eq!(calendar.days_after(0, 3), 1); // finished on Monday, due on Friday: one day late
/// ```
#[derive(Clone, Debug)]
pub struct CountingCalendar {
    /// Working slots before each boundary.
    rank: Vec<u32>,
    /// Calendar slot of each working slot.
    select: Vec<u32>,
    /// Working days up to and including each day.
    days: Vec<u32>,
}

impl CountingCalendar {
    /// From the days that are worked.
    pub fn new(worked: &[bool], slots_per_day: u32) -> CountingCalendar {
        let mut calendar = CountingCalendar {
            rank: Vec::with_capacity(worked.len() * slots_per_day as usize + 1),
            select: Vec::new(),
            days: Vec::with_capacity(worked.len()),
        };
        let mut days = 0;
        for (day, &is_worked) in worked.iter().enumerate() {
            days += u32::from(is_worked);
            calendar.days.push(days);
            for part in 0..slots_per_day {
                calendar.rank.push(calendar.select.len() as u32);
                if is_worked {
                    calendar.select.push(day as u32 * slots_per_day + part);
                }
            }
        }
        calendar.rank.push(calendar.select.len() as u32);
        calendar
    }

    /// `slot` when `lag` is 0, else the first boundary with `lag` more working slots before it than
    /// `slot` has; held in the timeline.
    #[inline]
    pub fn after(&self, slot: u32, lag: i32) -> u32 {
        if lag == 0 {
            return slot;
        }
        let last = self.rank.len() as u32 - 1;
        let target = i64::from(self.rank[slot.min(last) as usize]) + i64::from(lag);
        if target <= 0 {
            return 0;
        }
        self.select.get(target as usize - 1).map_or(last, |slot| slot + 1)
    }

    /// The first working slot at or after `slot`, and the boundary after `length` working slots from
    /// there; `None` beyond the timeline.
    pub fn run(&self, slot: u32, length: u32) -> Option<(u32, u32)> {
        let first = *self.rank.get(slot as usize)?;
        let start = *self.select.get(first as usize)?;
        let last = *self.select.get((first + length.max(1) - 1) as usize)?;
        Some((start, last + 1))
    }

    /// Working slots in `[from, to)`.
    pub fn slots_between(&self, from: u32, to: u32) -> u32 {
        let last = self.rank.len() - 1;
        let rank = |slot: u32| self.rank[(slot as usize).min(last)];
        rank(to).saturating_sub(rank(from))
    }

    /// Working days after day `from`, up to and including day `to`; 0 when `to` is not later. All
    /// days up to `to` when `from` is `u32::MAX`: a day before the timeline.
    #[inline]
    pub fn days_after(&self, from: u32, to: u32) -> u32 {
        let last = self.days.len() - 1;
        let count = |day: u32| self.days[(day as usize).min(last)];
        count(to).saturating_sub(if from == u32::MAX { 0 } else { count(from) })
    }
}
