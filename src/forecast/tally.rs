//! The money of a plan that is run again and again with other lengths of work: what of the forecast
//! changes with the dates, in flat tables, and nothing else.
//!
//! Labour, overtime, team, idle and guaranteed time and vendors' work are posted by the same rules as in the ledger; all
//! else (days called off, books, orders, incentives) stays what the forecast of the plan says. Client payments and vendors'
//! invoices that wait for the plan move with the approvals and deliveries they wait for.

use super::Forecast;
use super::cash::{after, period_end};
use super::guaranteed::Guaranteed;
use super::ledger::{Desk, monday};
use super::overtime::LongWeek;
use super::overtime_pay::{Averaged, WeekPay, split};
use crate::model::{
    Cents, Currency, Day, Id, Lane, Plan, Production, Timeline, Worker, days_between,
};
use std::ops::Range;

mod run;
mod tables;
mod waiting;

pub use run::{Sheet, Tallied};
use tables::burden_of;
use waiting::Waiting;

/// No index.
const NONE: u32 = u32::MAX;
/// Weeks of cash that are kept apart; beyond, all is one week.
const MOST_WEEKS: usize = 2_000;

/// Tables that do not change from run to run.
#[derive(Clone, Debug)]
pub struct Tally {
    days: usize,
    slots_per_day: u32,
    whole_day: i64,
    /// By lane and day: cost of a full day.
    day_cost: Vec<i64>,
    /// By lane and day: employer's cost on top of pay, in basis points.
    burden: Vec<i32>,
    /// By lane and day: share of the day without overtime.
    share: Vec<u16>,
    /// By lane and day: share of the day that leading takes along with work; empty where nobody leads so.
    team: Vec<u16>,
    /// By lane and day: pay of booked time; empty where nobody has any.
    booked: Vec<i64>,
    /// By lane and day: entry of the plan's overtime; empty without any.
    overtime: Vec<u32>,
    /// By entry of the plan's overtime: its week below, and its place in it.
    entries: Vec<(u32, u8)>,
    overtime_weeks: Vec<OvertimeWeek>,
    /// Weeks of them that are paid together, and as they are without overtime.
    averaged: Vec<(Range<u32>, Averaged)>,
    /// People whose contracts guarantee anything, each with the employer's cost of each day.
    guaranteed: Vec<(Guaranteed, Vec<i32>)>,
    /// By lane: its person among them; empty without any.
    guaranteed_of: Vec<u32>,
    /// By these people and day: pay that stays as it is, and what of booked time is paid where nothing is worked.
    guaranteed_pay: Vec<Cents>,
    /// By day: week of the pay of that day, and of the employer's cost on top.
    pay_week: Vec<u16>,
    fringe_week: Vec<u16>,
    /// Vendors' planned tasks, in the order of the plan.
    vendors: Vec<VendorTask>,
    /// By open order: what is left of it.
    orders: Vec<i64>,
    /// Payments that wait for a date of the plan.
    waiting: Vec<Waiting>,
    /// Tasks that payments wait for; ranges of it stand in `waiting`.
    wanted: Vec<u32>,
    /// By task: working days of review after its end, and calendar.
    reviews: Vec<(u32, u8)>,
    /// By calendar and day: working days up to and including it, and the days of them.
    ranks: Vec<(Vec<u32>, Vec<u32>)>,
    /// The day of the plan.
    as_of: usize,
    /// First week of cash that counts for the lowest balance.
    now: usize,
    opening: i64,
    /// By week: cash that stays as it is.
    fixed_cash: Vec<i64>,
    /// Cost that stays as it is.
    fixed_cost: i64,
    /// All lanes' booked time, were nothing worked.
    idle_cost: i64,
    idle_cash: Vec<i64>,
}

#[derive(Clone, Debug)]
struct OvertimeWeek {
    /// Lane of its entries and their days.
    lane: u32,
    days: Vec<u32>,
    /// Pay of each entry, for each set of entries that are worked; nothing where it depends on other weeks.
    pay: Vec<EntryPay>,
    /// The day on which the premium of averaged weeks is posted.
    last: u32,
    /// Where it does: minutes of each entry, and the week with each set of entries.
    minutes: Vec<i64>,
    with: Vec<LongWeek>,
}

impl OvertimeWeek {
    /// The pay of a week on those of its entries that are worked.
    fn split(&self, set: usize, pay: WeekPay) -> EntryPay {
        let worked = |place: usize| set >> place & 1 == 1;
        let places: Vec<usize> = (0..self.minutes.len()).filter(|&place| worked(place)).collect();
        let minutes: Vec<i64> = places.iter().map(|&place| self.minutes[place]).collect();
        let mut parts = EntryPay { on_the_day: [0; 7], later: pay.later.0 };
        for (place, amount) in places.into_iter().zip(split(pay.on_the_day.0, &minutes)) {
            parts.on_the_day[place] = amount;
        }
        parts
    }
}

/// Overtime pay of a week by its entries.
#[derive(Clone, Copy, Debug)]
struct EntryPay {
    on_the_day: [i64; 7],
    /// What is known when averaged weeks are over.
    later: i64,
}

#[derive(Clone, Debug)]
struct VendorTask {
    task: u32,
    day_price: i64,
    bid_day: i64,
    currency: Currency,
    work: i64,
    /// The open orders that pay for it, in the order in which they do.
    orders: Vec<u32>,
}

impl Tally {
    /// Tables for runs of a plan with its forecast: `lanes` with their working time on `timeline`, which
    /// begins with the production's own and goes on as long as work may; overtime is not in their shares.
    pub fn new(
        production: &Production,
        plan: &Plan,
        forecast: &Forecast,
        timeline: &Timeline,
        lanes: &[Lane],
    ) -> Tally {
        let desk = Desk::new(production, plan);
        let far = Desk::with_timeline(production, plan, timeline.clone());
        let days = timeline.days() as usize;
        let first_week = forecast.cash.weeks.first().map_or(timeline.first(), |row| row.week);
        let week = |date: jiff::civil::Date| -> usize {
            let weeks = days_between(first_week, monday(date)) / 7;
            weeks.clamp(0, MOST_WEEKS as i64 - 1) as usize
        };
        let terms = &production.settings.cash;
        let pay_day = |day: u32| {
            after(
                period_end(terms.pay_cycle, timeline.date(Day(day))),
                i64::from(terms.pay_lag_days),
            )
        };
        let pay_week = (0..days as u32).map(|day| week(pay_day(day)) as u16).collect();
        let fringe = |day: u32| week(after(pay_day(day), i64::from(terms.fringe_lag_days))) as u16;
        let fringe_week = (0..days as u32).map(fringe).collect();
        let size = lanes.len() * days;
        let mut tally = Tally {
            days,
            slots_per_day: timeline.slots_per_day(),
            whole_day: 10_000 * i64::from(timeline.slots_per_day()),
            day_cost: Vec::with_capacity(size),
            burden: Vec::with_capacity(size),
            share: Vec::with_capacity(size),
            team: Vec::new(),
            booked: Vec::new(),
            overtime: Vec::new(),
            entries: vec![(NONE, 0); plan.overtime.len()],
            overtime_weeks: Vec::new(),
            averaged: Vec::new(),
            guaranteed: Vec::new(),
            guaranteed_of: Vec::new(),
            guaranteed_pay: Vec::new(),
            as_of: days_between(timeline.first(), production.settings.as_of).max(0) as usize,
            pay_week,
            fringe_week,
            vendors: Vec::new(),
            orders: Vec::new(),
            waiting: Vec::new(),
            wanted: Vec::new(),
            reviews: Vec::with_capacity(production.tasks.len()),
            ranks: Vec::new(),
            now: week(production.settings.as_of),
            opening: forecast.cash.opening.0,
            fixed_cash: vec![0; MOST_WEEKS],
            fixed_cost: forecast.total.efc().0,
            idle_cost: 0,
            idle_cash: vec![0; MOST_WEEKS],
        };
        for lane in lanes {
            for day in 0..days {
                tally.day_cost.push(far.pay.day_cost(lane.person, Day(day as u32)).0);
                tally.share.push(lane.share.get(day).copied().unwrap_or(0));
            }
            let burden = burden_of(&production.people[lane.person], timeline);
            tally.burden.extend(burden);
        }
        tally.take_team(&far, lanes);
        tally.take_idle(&desk, lanes);
        tally.take_overtime(&desk, lanes);
        tally.take_guaranteed(&desk, &far, lanes);
        tally.take_vendors(production, plan, forecast);
        tally.take_calendars(production, timeline);
        for row in &forecast.cash.weeks {
            tally.fixed_cash[week(row.week)] += row.net().0;
        }
        tally.take_waiting(production, plan, forecast, timeline);
        tally.settle(production, plan, timeline, lanes);
        tally
    }

    /// Takes out of what stays all that a run of the plan itself posts.
    fn settle(
        &mut self,
        production: &Production,
        plan: &Plan,
        timeline: &Timeline,
        lanes: &[Lane],
    ) {
        let mut ends = vec![NONE; production.tasks.len()];
        for row in &plan.assignments {
            let end = &mut ends[row.task.index()];
            *end = if *end == NONE { row.end().0 } else { (*end).max(row.end().0) };
        }
        for &(task, slot) in &plan.instants {
            ends[task.index()] = slot.0;
        }
        let mut sheet = self.sheet();
        for at in 0..self.waiting.len() {
            let base = self.day_of(&self.waiting[at].clone(), &ends, &mut sheet.approvals);
            self.waiting[at].base = base;
        }
        self.begin(&mut sheet);
        let mut runs: Vec<(u32, u32, u32)> = Vec::with_capacity(plan.assignments.len());
        for row in &plan.assignments {
            let Worker::Person(person) = row.worker else { continue };
            let show = production.show_of(production.tasks[row.task].entity);
            let lane = lanes
                .iter()
                .position(|lane| lane.person == person && lane.show.is_none_or(|own| own == show));
            let Some(lane) = lane else { continue };
            let segments = row.segments.iter();
            runs.extend(segments.map(|run| (lane as u32, run.start.0, run.end.0)));
        }
        runs.sort_unstable();
        for (lane, start, end) in runs {
            self.work(&mut sheet, lane, start, end);
        }
        let work: Vec<i64> = self.vendors.iter().map(|vendor| vendor.work).collect();
        let mut vendor = work.iter();
        let base = self.finish(production, timeline, &mut sheet, &ends, |_| {
            vendor.next().copied().unwrap_or(0)
        });
        self.fixed_cost -= base.cost - self.fixed_cost;
        for (fixed, moved) in self.fixed_cash.iter_mut().zip(&sheet.cash) {
            *fixed -= moved;
        }
        debug_assert_eq!(sheet.cash.len(), MOST_WEEKS);
    }
}
