//! One run: work is posted, then all that depends on all of it is paid.

use super::super::guaranteed::plain_overtime;
use super::super::overtime::LongWeek;
use super::{EntryPay, MOST_WEEKS, NONE, OvertimeWeek, Tally};
use crate::model::{Cents, Day, Id, Production, TaskId, Timeline, round_half_even};

/// What a run costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// Estimated final cost.
    pub cost: i64,
    /// The lowest balance from the week of the plan on.
    pub lowest: i64,
}

/// What changes from run to run.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub(super) cost: i64,
    pub(super) cash: Vec<i64>,
    /// By lane: the day that is open, and what has been posted on it.
    pub(super) open: Vec<(u32, i64)>,
    pub(super) worked: Vec<u8>,
    /// By person whose contracts guarantee anything and day: pay.
    pub(super) paid: Vec<Cents>,
    /// The last day on which anything is worked.
    pub(super) last_work: usize,
    pub(super) left: Vec<i64>,
    pub(super) approvals: Vec<u32>,
}

impl Tally {
    /// An empty sheet.
    pub fn sheet(&self) -> Sheet {
        let most = self.waiting.iter().map(|row| row.tasks.len()).max().unwrap_or(0);
        Sheet {
            cost: 0,
            cash: vec![0; MOST_WEEKS],
            open: vec![(NONE, 0); self.day_cost.len().checked_div(self.days).unwrap_or(0)],
            worked: vec![0; self.overtime_weeks.len()],
            paid: self.guaranteed_pay.clone(),
            last_work: self.as_of,
            left: vec![0; self.orders.len()],
            approvals: Vec::with_capacity(most),
        }
    }

    /// Begins a run.
    pub fn begin(&self, sheet: &mut Sheet) {
        sheet.cost = self.idle_cost;
        sheet.cash.copy_from_slice(&self.idle_cash);
        sheet.open.fill((NONE, 0));
        sheet.worked.fill(0);
        sheet.paid.copy_from_slice(&self.guaranteed_pay);
        sheet.last_work = self.as_of;
        sheet.left.copy_from_slice(&self.orders);
    }

    /// Posts work on a lane from a boundary of the timeline to another. The work of a lane comes in order
    /// of time.
    pub fn work(&self, sheet: &mut Sheet, lane: u32, start: u32, end: u32) {
        let per_day = self.slots_per_day;
        let row = lane as usize * self.days;
        let (mut slot, mut cost) = (start, 0_i64);
        if end > start {
            sheet.last_work = sheet.last_work.max(((end - 1) / per_day) as usize);
        }
        while slot < end {
            let day = slot / per_day;
            let stop = ((day + 1) * per_day).min(end);
            let at = row + (day as usize).min(self.days - 1);
            let worked = i64::from(self.share[at]) * i64::from(stop - slot);
            let from = std::mem::replace(&mut slot, stop);
            if let Some(&entry) = self.overtime.get(at).filter(|&&entry| entry != NONE) {
                let (week, place) = self.entries[entry as usize];
                sheet.worked[week as usize] |= 1 << place;
            }
            if worked == 0 {
                continue;
            }
            let amount = half_even(self.day_cost[at], worked, self.whole_day);
            cost = cost.saturating_add(amount);
            self.pay(&mut sheet.cash, at, amount, 1);
            self.note_paid(&mut sheet.paid, at, amount);
            if let Some(&team) = self.team.get(at).filter(|&&team| team > 0) {
                let led = i64::from(team) * i64::from(stop - from);
                let led = half_even(self.day_cost[at], led, self.whole_day);
                cost = cost.saturating_add(led);
                self.pay(&mut sheet.cash, at, led, 1);
                self.note_paid(&mut sheet.paid, at, led);
            }
            if !self.booked.is_empty() {
                let open = &mut sheet.open[lane as usize];
                if open.0 == day {
                    open.1 = open.1.saturating_add(amount);
                } else {
                    let before = std::mem::replace(open, (day, amount));
                    cost = cost.saturating_add(self.used(
                        &mut sheet.cash,
                        &mut sheet.paid,
                        row,
                        before,
                    ));
                }
            }
        }
        sheet.cost = sheet.cost.saturating_add(cost);
    }

    /// What work on a day takes off its idle time.
    pub(super) fn used(
        &self,
        cash: &mut [i64],
        paid: &mut [Cents],
        row: usize,
        (day, used): (u32, i64),
    ) -> i64 {
        if day == NONE {
            return 0;
        }
        let at = row + (day as usize).min(self.days - 1);
        let booked = self.booked[at];
        if booked == 0 {
            return 0;
        }
        let idle = (booked - used).max(0);
        self.pay(cash, at, booked, -1);
        self.pay(cash, at, idle, 1);
        self.note_paid(paid, at, idle - booked);
        idle - booked
    }

    /// Pays an amount of a lane and day on its pay day; `sign` −1 takes it back.
    pub(super) fn pay(&self, cash: &mut [i64], at: usize, amount: i64, sign: i64) {
        self.pay_on(cash, at % self.days, self.burden[at], amount, sign);
    }

    pub(super) fn pay_on(&self, cash: &mut [i64], day: usize, burden: i32, amount: i64, sign: i64) {
        let pay = half_even(amount, 10_000, 10_000 + i64::from(burden));
        let row = &mut cash[usize::from(self.pay_week[day])];
        *row = row.saturating_sub(sign * pay);
        let row = &mut cash[usize::from(self.fringe_week[day])];
        *row = row.saturating_sub(sign * (amount - pay));
    }

    /// Ends a run: where each task ended (`u32::MAX` = nowhere), and the work of each vendor's task.
    pub fn finish(
        &self,
        production: &Production,
        timeline: &Timeline,
        sheet: &mut Sheet,
        ends: &[u32],
        mut work: impl FnMut(TaskId) -> i64,
    ) -> Tallied {
        if !self.booked.is_empty() {
            for lane in 0..sheet.open.len() {
                let open = std::mem::replace(&mut sheet.open[lane], (NONE, 0));
                let less = self.used(&mut sheet.cash, &mut sheet.paid, lane * self.days, open);
                sheet.cost = sheet.cost.saturating_add(less);
            }
        }
        for (at, row) in self.overtime_weeks.iter().enumerate() {
            let worked = sheet.worked[at];
            if row.lane == NONE || worked == 0 {
                continue;
            }
            let Some(pay) = row.pay.get(usize::from(worked)) else { continue };
            self.pay_overtime(sheet, row, pay);
        }
        self.pay_averaged(sheet);
        self.pay_guaranteed(sheet);
        for row in &self.vendors {
            let id = TaskId::new(row.task as usize);
            let price = i128::from(row.day_price).saturating_mul(i128::from(work(id)));
            let price = Cents(round_half_even(price, i128::from(row.bid_day)));
            let day = ends[row.task as usize].saturating_sub(1) / self.slots_per_day;
            let date = timeline.date(Day(day.min(self.days as u32 - 1)));
            let mut due = production.convert(price, row.currency, date).unwrap_or(price).0;
            for &order in &row.orders {
                let left = &mut sheet.left[order as usize];
                let covered = (*left).min(due).max(0);
                *left -= covered;
                due -= covered;
            }
            sheet.cost = sheet.cost.saturating_add(due.max(0));
        }
        for row in &self.waiting {
            let moved = self.day_of(row, ends, &mut sheet.approvals) - row.base;
            let day = row.paid + moved;
            let week = self.week_of(timeline, day);
            sheet.cash[week] = sheet.cash[week].saturating_add(row.amount);
        }
        let (mut balance, mut lowest) = (self.opening, i64::MAX);
        for (week, (fixed, moved)) in self.fixed_cash.iter().zip(&sheet.cash).enumerate() {
            balance = balance.saturating_add(*fixed).saturating_add(*moved);
            if week >= self.now {
                lowest = lowest.min(balance);
            }
        }
        Tallied { cost: self.fixed_cost.saturating_add(sheet.cost), lowest }
    }

    pub(super) fn pay_overtime(&self, sheet: &mut Sheet, week: &OvertimeWeek, pay: &EntryPay) {
        if pay.later != 0 {
            let at = week.lane as usize * self.days + week.last as usize;
            sheet.cost = sheet.cost.saturating_add(pay.later);
            self.pay(&mut sheet.cash, at, pay.later, 1);
        }
        for ((&day, &amount), &minutes) in week.days.iter().zip(&pay.on_the_day).zip(&week.minutes)
        {
            let at = week.lane as usize * self.days + day as usize;
            sheet.cost = sheet.cost.saturating_add(amount);
            self.pay(&mut sheet.cash, at, amount, 1);
            if let Some(&row) =
                self.guaranteed_of.get(week.lane as usize).filter(|row| **row != NONE)
            {
                let day_minutes = self.guaranteed[row as usize].0.day_minutes;
                let cost = Cents(self.day_cost[at]);
                let plain = plain_overtime(cost, minutes, day_minutes, Cents(amount));
                self.note_paid(&mut sheet.paid, at, plain.0);
            }
        }
    }

    /// Notes pay of a lane and day where the contracts of its person guarantee anything.
    pub(super) fn note_paid(&self, paid: &mut [Cents], at: usize, amount: i64) {
        if let Some(&row) = self.guaranteed_of.get(at / self.days).filter(|&&row| row != NONE) {
            paid[row as usize * self.days + at % self.days] += Cents(amount);
        }
    }

    /// What is missing to what contracts guarantee.
    pub(super) fn pay_guaranteed(&self, sheet: &mut Sheet) {
        let (cost, cash) = (&mut sheet.cost, &mut sheet.cash);
        for (row, (own, burden)) in self.guaranteed.iter().enumerate() {
            let paid = &mut sheet.paid[row * self.days..][..self.days];
            own.top_up(paid, sheet.last_work, |_, day, amount| {
                *cost = cost.saturating_add(amount.0);
                self.pay_on(cash, day, burden[day], amount.0, 1);
            });
        }
    }

    /// Overtime of weeks whose hours are added up.
    pub(super) fn pay_averaged(&self, sheet: &mut Sheet) {
        for (weeks, averaged) in &self.averaged {
            let weeks = weeks.start as usize..weeks.end as usize;
            let worked = &sheet.worked[weeks.clone()];
            let rows = &self.overtime_weeks[weeks];
            let set = |(row, &worked): (&OvertimeWeek, &u8)| row.with[usize::from(worked)];
            let long: Vec<LongWeek> = rows.iter().zip(worked).map(set).collect();
            let sets: Vec<usize> = worked.iter().map(|&worked| worked.into()).collect();
            for ((row, set), pay) in rows.iter().zip(sets).zip(averaged.of(&long)) {
                if row.lane != NONE {
                    self.pay_overtime(sheet, row, &row.split(set, pay));
                }
            }
        }
    }

    pub(super) fn week_of(&self, timeline: &Timeline, day: i64) -> usize {
        // The week of the plan's day is known; others are counted from it.
        let back = i64::from(timeline.first().weekday().to_monday_zero_offset());
        let weeks = (day + back).div_euclid(7) + self.now as i64;
        weeks.clamp(0, MOST_WEEKS as i64 - 1) as usize
    }
}

/// `amount × part ÷ whole`, rounded half to even; the way of small numbers where they are small.
#[inline]
fn half_even(amount: i64, part: i64, whole: i64) -> i64 {
    let Some(product) = amount.checked_mul(part) else {
        return round_half_even(i128::from(amount) * i128::from(part), i128::from(whole));
    };
    let (floor, rest) = (product.div_euclid(whole), product.rem_euclid(whole));
    let twice = rest * 2;
    floor + i64::from(twice > whole || (twice == whole && floor % 2 != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_rounded_as_large_ones() {
        for amount in [-34_003, -5, 0, 1, 7, 33_333, 34_001, i64::MAX / 3] {
            for (part, whole) in [(1, 2), (3_750, 10_000), (40_000, 40_000), (2_500, 40_000)] {
                let exact =
                    round_half_even(i128::from(amount) * i128::from(part), i128::from(whole));
                assert_eq!(half_even(amount, part, whole), exact, "{amount} × {part} ÷ {whole}");
            }
        }
    }
}
