//! The money of a plan that is run again and again with other lengths of work: what of the forecast
//! changes with the dates, in flat tables, and nothing else.
//!
//! Labour, overtime, team, idle and guaranteed time and vendors' work are posted by the same rules as in the ledger; all
//! else (days called off, books, orders, incentives) stays what the forecast of the plan says. Client payments and vendors'
//! invoices that wait for the plan move with the approvals and deliveries they wait for.

use super::cash::{CashEvent, CashKind, after, period_end};
use super::guaranteed::{Guaranteed, plain_overtime};
use super::ledger::{Desk, LabourOf, PostingKind, monday};
use super::overtime::LongWeek;
use super::overtime_pay::{Averaged, spans, split, weeks_of};
use super::team::TeamShares;
use super::{Forecast, idle};
use crate::model::{
    Cents, Currency, Day, Entity, Id, Lane, Overtime, Person, Plan, Production, TaskId, Timeline,
    VendorId, Worker, days_between, round_half_even,
};
use std::ops::Range;

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
    orders: Vec<OpenOrder>,
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
    pay: Vec<[i64; 7]>,
    /// Where it does: minutes of each entry, and the week with each set of entries.
    minutes: Vec<i64>,
    with: Vec<LongWeek>,
}

impl OvertimeWeek {
    /// The pay of a week on those of its entries that are worked.
    fn split(&self, set: usize, pay: i64) -> [i64; 7] {
        let worked = |place: usize| set >> place & 1 == 1;
        let places: Vec<usize> = (0..self.minutes.len()).filter(|&place| worked(place)).collect();
        let minutes: Vec<i64> = places.iter().map(|&place| self.minutes[place]).collect();
        let mut parts = [0; 7];
        for (place, amount) in places.into_iter().zip(split(pay, &minutes)) {
            parts[place] = amount;
        }
        parts
    }
}

#[derive(Clone, Debug)]
struct VendorTask {
    task: u32,
    vendor: VendorId,
    show: u32,
    day_price: i64,
    bid_day: i64,
    currency: Currency,
    work: i64,
}

#[derive(Clone, Debug)]
struct OpenOrder {
    vendor: VendorId,
    show: u32,
    left: i64,
}

#[derive(Clone, Debug)]
struct Waiting {
    amount: i64,
    /// Calendar day of the money in the plan, and of what it waits for.
    paid: i64,
    base: i64,
    /// Tasks in `wanted`.
    tasks: Range<u32>,
    kind: Wanted,
}

/// What a payment waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// The last approval.
    Approval,
    /// The last end of work.
    End,
    /// The approval of the so-many-th shot; runs of `wanted` begin with the number of their tasks.
    Shots(u32),
}

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
    cost: i64,
    cash: Vec<i64>,
    /// By lane: the day that is open, and what has been posted on it.
    open: Vec<(u32, i64)>,
    worked: Vec<u8>,
    /// By person whose contracts guarantee anything and day: pay.
    paid: Vec<Cents>,
    /// The last day on which anything is worked.
    last_work: usize,
    left: Vec<i64>,
    approvals: Vec<u32>,
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

    /// What leading takes along with work.
    fn take_team(&mut self, far: &Desk, lanes: &[Lane]) {
        let shares = TeamShares::new(far);
        if shares.is_empty() {
            return;
        }
        self.team = Vec::with_capacity(lanes.len() * self.days);
        for lane in lanes {
            let own =
                far.lanes.iter().position(|row| (row.person, row.show) == (lane.person, lane.show));
            let share = |day| own.map_or(0, |own| shares.share(own, day));
            self.team.extend((0..self.days).map(share));
        }
    }

    /// Booked time as the ledger posts it where nothing is worked.
    fn take_idle(&mut self, desk: &Desk, lanes: &[Lane]) {
        let mut ledger = Vec::new();
        let nobody = LabourOf::new(&[], desk.production.people.len());
        idle::post_booked(desk, &nobody, &mut ledger);
        // What leading takes of it is paid whatever is worked.
        ledger.retain(|row| row.kind == PostingKind::Idle);
        if ledger.is_empty() {
            return;
        }
        self.booked = vec![0; lanes.len() * self.days];
        for posting in &ledger {
            let own = lanes.iter().position(|lane| {
                Some(lane.person) == posting.person && lane.show == posting.booked
            });
            let day = days_between(desk.timeline.first(), posting.date);
            let Some(lane) = own.filter(|_| (0..self.days as i64).contains(&day)) else { continue };
            let at = lane * self.days + day as usize;
            self.booked[at] = self.booked[at].saturating_add(posting.amount.0);
            self.idle_cost = self.idle_cost.saturating_add(posting.amount.0);
            let mut cash = std::mem::take(&mut self.idle_cash);
            self.pay(&mut cash, at, posting.amount.0, 1);
            self.idle_cash = cash;
        }
    }

    /// What contracts guarantee, and what is paid of it whatever is worked.
    fn take_guaranteed(&mut self, desk: &Desk, far: &Desk, lanes: &[Lane]) {
        let all = Guaranteed::all(far);
        if all.is_empty() {
            return;
        }
        let place = |person| all.binary_search_by_key(&person, |own: &Guaranteed| own.person).ok();
        let of = |lane: &Lane| place(lane.person).map_or(NONE, |row| row as u32);
        self.guaranteed_of = lanes.iter().map(of).collect();
        let mut ledger = Vec::new();
        let nobody = LabourOf::new(&[], desk.production.people.len());
        idle::post_booked(desk, &nobody, &mut ledger);
        idle::post_called_off(desk, &mut ledger);
        self.guaranteed_pay = vec![Cents::ZERO; all.len() * self.days];
        for posting in ledger {
            let Some(row) = posting.person.and_then(place) else { continue };
            let day = days_between(desk.timeline.first(), posting.date);
            if (0..self.days as i64).contains(&day) {
                self.guaranteed_pay[row * self.days + day as usize] += posting.amount;
            }
        }
        let people = &desk.production.people;
        let with_burden = |own: Guaranteed| {
            let burden = burden_of(&people[own.person], &far.timeline);
            (own, burden)
        };
        self.guaranteed = all.into_iter().map(with_burden).collect();
    }

    fn take_overtime(&mut self, desk: &Desk, lanes: &[Lane]) {
        let entries = &desk.plan.overtime;
        if entries.is_empty() {
            return;
        }
        self.overtime = vec![NONE; lanes.len() * self.days];
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|&entry| (entries[entry].person, entries[entry].day));
        for span in spans(desk, &order) {
            let averaged = Averaged::new(desk, entries[span[0]]);
            let from = self.overtime_weeks.len() as u32;
            for week in weeks_of(desk, span) {
                let week = self.take_overtime_week(desk, lanes, week, &averaged);
                self.overtime_weeks.push(week);
            }
            let weeks = from..self.overtime_weeks.len() as u32;
            if weeks.len() > 1 {
                for week in &mut self.overtime_weeks[from as usize..] {
                    week.pay.clear();
                }
                self.averaged.push((weeks, averaged));
            }
        }
    }

    fn take_overtime_week(
        &mut self,
        desk: &Desk,
        lanes: &[Lane],
        week: &[usize],
        averaged: &Averaged,
    ) -> OvertimeWeek {
        let entries = &desk.plan.overtime;
        let week = &week[..week.len().min(7)];
        let mut own = OvertimeWeek {
            lane: NONE,
            days: Vec::new(),
            pay: Vec::new(),
            minutes: week.iter().map(|&entry| entries[entry].minutes.into()).collect(),
            with: Vec::new(),
        };
        for (place, &entry) in week.iter().enumerate() {
            let Overtime { person, day, .. } = entries[entry];
            let at = day.0 as usize;
            let lane = lanes.iter().position(|lane| {
                lane.person == person
                    && (lane.share.get(at).is_some_and(|&share| share > 0)
                        || lane.minutes_off(day.0) > 0)
            });
            own.days.push(day.0);
            let Some(lane) = lane else { continue };
            own.lane = lane as u32;
            self.overtime[lane * self.days + at] = entry as u32;
            self.entries[entry] = (self.overtime_weeks.len() as u32, place as u8);
        }
        for set in 0..1_usize << week.len() {
            let worked = week.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
            let long = averaged.week(desk, worked.map(|(_, &entry)| entries[entry]));
            let pay = averaged.of(&[long]).next().map_or(0, |pay| pay.0);
            own.pay.push(own.split(set, pay));
            own.with.push(long);
        }
        own
    }

    fn take_vendors(&mut self, production: &Production, plan: &Plan, forecast: &Forecast) {
        for assignment in &plan.assignments {
            let Worker::Vendor(vendor) = assignment.worker else { continue };
            let task = &production.tasks[assignment.task];
            self.vendors.push(VendorTask {
                task: assignment.task.index() as u32,
                vendor,
                show: production.show_of(task.entity).index() as u32,
                day_price: production.vendors[vendor].day_price.0,
                bid_day: production.bid_day_minutes().max(1),
                currency: production.vendors[vendor].currency,
                work: production.work_left(assignment.task),
            });
        }
        // As the ledger sorts them: orders for a show first, those for any after.
        let open = forecast.ledger.iter().filter(|row| {
            (row.kind, row.state) == (super::PostingKind::Commitment, super::CostState::Committed)
        });
        let mut last = None;
        for row in open {
            // What the exchange rate makes of an order follows it.
            if let (true, Some(order)) = (last.is_some() && last == row.row, self.orders.last_mut())
            {
                order.left = order.left.saturating_add(row.amount.0);
                continue;
            }
            last = None;
            let Some(vendor) = row.vendor else { continue };
            last = row.row;
            let show = row.show.map_or(NONE, |show| show.index() as u32);
            self.orders.push(OpenOrder { vendor, show, left: row.amount.0 });
        }
        self.orders.sort_by_key(|order| order.show == NONE);
    }

    fn take_calendars(&mut self, production: &Production, timeline: &Timeline) {
        for calendar in &production.calendars {
            let (mut rank, mut days, mut count) = (Vec::new(), Vec::new(), 0);
            for day in 0..timeline.days() {
                if calendar.is_worked(timeline.date(Day(day))) {
                    count += 1;
                    days.push(day);
                }
                rank.push(count);
            }
            self.ranks.push((rank, days));
        }
        for task in &production.tasks {
            let calendar = production.shows[production.show_of(task.entity)].calendar;
            let review = task.review.div_ceil(timeline.slots_per_day());
            self.reviews.push((review, calendar.index().min(255) as u8));
        }
    }

    /// Client payments and vendors' invoices that the plan decides.
    fn take_waiting(
        &mut self,
        production: &Production,
        plan: &Plan,
        forecast: &Forecast,
        timeline: &Timeline,
    ) {
        let planned = forecast.cash.events.iter().filter(|event| event.planned);
        for event in planned {
            let from = self.wanted.len() as u32;
            let Some(kind) = self.wanted_by(production, plan, event) else { continue };
            let tasks = from..self.wanted.len() as u32;
            if tasks.is_empty() {
                continue;
            }
            let sign = if event.kind == CashKind::Receipt { 1 } else { -1 };
            self.waiting.push(Waiting {
                amount: sign * event.amount.0,
                paid: days_between(timeline.first(), event.date),
                base: 0,
                tasks,
                kind,
            });
        }
    }

    fn wanted_by(
        &mut self,
        production: &Production,
        plan: &Plan,
        event: &CashEvent,
    ) -> Option<Wanted> {
        let word = event.tied_to.trim().to_lowercase();
        if event.kind == CashKind::Vendor {
            let mine = plan.assignments.iter().filter(|row| {
                let show = production.show_of(production.tasks[row.task].entity);
                Some(row.worker) == event.vendor.map(Worker::Vendor)
                    && event.show.is_none_or(|own| own == show)
            });
            self.wanted.extend(mine.map(|row| row.task.index() as u32));
            let accepted = ["accept", "approv", "retention"].iter().any(|key| word.contains(key));
            return Some(if accepted { Wanted::Approval } else { Wanted::End });
        }
        let show = event.show.filter(|_| event.kind == CashKind::Receipt)?;
        let milestone = production.milestones.iter().find(|row| {
            row.show == show && (row.code.to_lowercase() == word || row.name.to_lowercase() == word)
        });
        let whole_show = [Entity::Show(show)];
        let share = word.split_once('%').filter(|(_, rest)| rest.contains("final"));
        let share = share.and_then(|(share, _)| share.trim().parse::<u32>().ok());
        if let (None, Some(share)) = (milestone, share) {
            return self.shots_wanted(production, show, share.min(100));
        }
        let contents = milestone.map_or(&whole_show[..], |row| &row.contents);
        for (id, task) in production.tasks.enumerate() {
            let inside = contents.iter().any(|outer| production.contains(*outer, task.entity));
            if inside && production.is_open(id) {
                self.wanted.push(id.index() as u32);
            }
        }
        Some(Wanted::Approval)
    }

    /// The open tasks of each shot of a show, each run after their number.
    fn shots_wanted(
        &mut self,
        production: &Production,
        show: crate::model::ShowId,
        share: u32,
    ) -> Option<Wanted> {
        let mut shots: Vec<Option<Vec<u32>>> = vec![None; production.shots.len()];
        for (id, task) in production.tasks.enumerate() {
            let Entity::Shot(shot) = task.entity else { continue };
            if production.is_omitted(task.entity) || production.show_of(task.entity) != show {
                continue;
            }
            let own = shots[shot.index()].get_or_insert_with(Vec::new);
            if production.is_open(id) {
                own.push(id.index() as u32);
            }
        }
        let known: Vec<Vec<u32>> = shots.into_iter().flatten().collect();
        let needed = (known.len() as u32 * share).div_ceil(100);
        for shot in known {
            self.wanted.push(shot.len() as u32);
            self.wanted.extend(shot);
        }
        (needed > 0).then_some(Wanted::Shots(needed))
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
        for (left, order) in sheet.left.iter_mut().zip(&self.orders) {
            *left = order.left;
        }
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
    fn used(
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
    fn pay(&self, cash: &mut [i64], at: usize, amount: i64, sign: i64) {
        self.pay_on(cash, at % self.days, self.burden[at], amount, sign);
    }

    fn pay_on(&self, cash: &mut [i64], day: usize, burden: i32, amount: i64, sign: i64) {
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
            for (left, order) in sheet.left.iter_mut().zip(&self.orders) {
                let fits = order.show == NONE || order.show == row.show;
                if order.vendor == row.vendor && fits {
                    let covered = (*left).min(due).max(0);
                    *left -= covered;
                    due -= covered;
                }
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

    fn pay_overtime(&self, sheet: &mut Sheet, week: &OvertimeWeek, pay: &[i64; 7]) {
        for ((&day, &amount), &minutes) in week.days.iter().zip(pay).zip(&week.minutes) {
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
    fn note_paid(&self, paid: &mut [Cents], at: usize, amount: i64) {
        if let Some(&row) = self.guaranteed_of.get(at / self.days).filter(|&&row| row != NONE) {
            paid[row as usize * self.days + at % self.days] += Cents(amount);
        }
    }

    /// What is missing to what contracts guarantee.
    fn pay_guaranteed(&self, sheet: &mut Sheet) {
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
    fn pay_averaged(&self, sheet: &mut Sheet) {
        for (weeks, averaged) in &self.averaged {
            let weeks = weeks.start as usize..weeks.end as usize;
            let worked = &sheet.worked[weeks.clone()];
            let rows = &self.overtime_weeks[weeks];
            let set = |(row, &worked): (&OvertimeWeek, &u8)| row.with[usize::from(worked)];
            let long: Vec<LongWeek> = rows.iter().zip(worked).map(set).collect();
            let sets: Vec<usize> = worked.iter().map(|&worked| worked.into()).collect();
            for ((row, set), pay) in rows.iter().zip(sets).zip(averaged.of(&long)) {
                if row.lane != NONE {
                    self.pay_overtime(sheet, row, &row.split(set, pay.0));
                }
            }
        }
    }

    fn week_of(&self, timeline: &Timeline, day: i64) -> usize {
        // The week of the plan's day is known; others are counted from it.
        let back = i64::from(timeline.first().weekday().to_monday_zero_offset());
        let weeks = (day + back).div_euclid(7) + self.now as i64;
        weeks.clamp(0, MOST_WEEKS as i64 - 1) as usize
    }

    /// The day on which what a payment waits for is there.
    fn day_of(&self, row: &Waiting, ends: &[u32], scratch: &mut Vec<u32>) -> i64 {
        let wanted = &self.wanted[row.tasks.start as usize..row.tasks.end as usize];
        let day = match row.kind {
            Wanted::End => {
                let last = |end: u32| self.last_day(end);
                wanted.iter().map(|&task| last(ends[task as usize])).max().unwrap_or(0)
            }
            Wanted::Approval => {
                wanted.iter().map(|&task| self.approved(task, ends)).max().unwrap_or(0)
            }
            Wanted::Shots(needed) => {
                scratch.clear();
                let mut rest = wanted;
                while let Some((&count, after)) = rest.split_first() {
                    let (own, next) = after.split_at((count as usize).min(after.len()));
                    scratch
                        .push(own.iter().map(|&task| self.approved(task, ends)).max().unwrap_or(0));
                    rest = next;
                }
                let place = (needed as usize - 1).min(scratch.len().saturating_sub(1));
                match scratch.is_empty() {
                    true => 0,
                    false => *scratch.select_nth_unstable(place).1,
                }
            }
        };
        i64::from(day)
    }

    fn last_day(&self, end: u32) -> u32 {
        let last = self.days as u32 - 1;
        if end == NONE { last } else { (end.saturating_sub(1) / self.slots_per_day).min(last) }
    }

    /// The day on which a task is approved: its last day and its review in working days.
    fn approved(&self, task: u32, ends: &[u32]) -> u32 {
        let day = self.last_day(ends[task as usize]);
        let (review, calendar) = self.reviews[task as usize];
        if review == 0 {
            return day;
        }
        let Some((rank, days)) = self.ranks.get(usize::from(calendar)) else { return day };
        let place = rank[day as usize] as usize + review as usize - 1;
        days.get(place).copied().unwrap_or(self.days as u32 - 1)
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

/// Employer's cost on each day, in basis points: the first contract that covers a day counts; days without one
/// have none.
fn burden_of(person: &Person, timeline: &Timeline) -> Vec<i32> {
    let days = i64::from(timeline.days());
    let mut burdens = vec![0; days as usize];
    for contract in person.contracts.iter().rev() {
        let first = days_between(timeline.first(), contract.start).clamp(0, days);
        let last = contract
            .end
            .map_or(days, |end| days_between(timeline.first(), end).saturating_add(1))
            .clamp(first, days);
        let burden = contract.burden.clamp(0, 1_000_000) as i32;
        burdens[first as usize..last as usize].fill(burden);
    }
    burdens
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
