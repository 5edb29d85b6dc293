//! What of the forecast a tally keeps: pay of each day, booked and guaranteed time, overtime, vendors.

use super::super::books::rank;
use super::super::guaranteed::Guaranteed;
use super::super::ledger::{CostState, Desk, LabourOf, PostingKind};
use super::super::overtime_pay::{Averaged, spans, weeks_of};
use super::super::team::TeamShares;
use super::super::{Forecast, idle};
use super::{NONE, OvertimeWeek, Tally, VendorTask};
use crate::model::{
    Cents, Id, Lane, Overtime, Person, Plan, Production, Timeline, Worker, days_between,
};

impl Tally {
    /// What leading takes along with work.
    pub(super) fn take_team(&mut self, far: &Desk, lanes: &[Lane]) {
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
    pub(super) fn take_idle(&mut self, desk: &Desk, lanes: &[Lane]) {
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
    pub(super) fn take_guaranteed(&mut self, desk: &Desk, far: &Desk, lanes: &[Lane]) {
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

    pub(super) fn take_overtime(&mut self, desk: &Desk, lanes: &[Lane]) {
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

    pub(super) fn take_overtime_week(
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
            last: averaged.last.0,
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
            let pay = averaged.of(&[long]).next().unwrap_or_default();
            own.pay.push(own.split(set, pay));
            own.with.push(long);
        }
        own
    }

    pub(super) fn take_vendors(
        &mut self,
        production: &Production,
        plan: &Plan,
        forecast: &Forecast,
    ) {
        let open = forecast
            .ledger
            .iter()
            .filter(|row| (row.kind, row.state) == (PostingKind::Commitment, CostState::Committed));
        // What the exchange rate makes of an order stands on another account.
        let mut left = vec![0_i64; production.commitments.len()];
        for row in open {
            if let Some(left) = row.row.and_then(|row| left.get_mut(row as usize)) {
                *left = left.saturating_add(row.amount.0);
            }
        }
        let mut orders: Vec<usize> = (0..left.len()).collect();
        orders.sort_by_key(|&row| rank(&production.commitments[row]));
        self.orders = orders.iter().map(|&row| left[row]).collect();
        for assignment in &plan.assignments {
            let Worker::Vendor(vendor) = assignment.worker else { continue };
            let pays = |row: usize| {
                let order = &production.commitments[row];
                order.vendor == Some(vendor) && production.is_ordered_by(assignment.task, order)
            };
            let own = (0..).zip(&orders).filter(|(_, row)| pays(**row)).map(|(place, _)| place);
            self.vendors.push(VendorTask {
                task: assignment.task.index() as u32,
                day_price: production.vendors[vendor].day_price.0,
                bid_day: production.bid_day_minutes().max(1),
                currency: production.vendors[vendor].currency,
                work: production.work_left(assignment.task),
                orders: own.collect(),
            });
        }
    }
}

/// Employer's cost on each day, in basis points: the first contract that covers a day counts; days without one
/// have none.
pub(super) fn burden_of(person: &Person, timeline: &Timeline) -> Vec<i32> {
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
