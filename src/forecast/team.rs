//! The time of leads for their teams, where no booking pays for it: it goes along with their work.

use super::idle::{booked_share, present_share, team_posting, working_days};
use super::ledger::{Desk, Posting, each_day};
use crate::model::{Booking, Cents, ChargeBasis, Id, Lane, Worker, round_half_even};

/// Share of each day that leading takes in a lane, in basis points of a full day, where it goes along with
/// work: 0 on days on which a confirmed booking pays for it.
pub(super) struct TeamShares {
    /// By lane; empty for people who lead nobody.
    of: Vec<Vec<u16>>,
}

impl TeamShares {
    pub(super) fn new(desk: &Desk) -> TeamShares {
        let production = desk.production;
        let leads = |lane: &Lane| production.people[lane.person].lead_share > 0;
        if !desk.lanes.iter().any(leads) {
            return TeamShares { of: Vec::new() };
        }
        let worked = working_days(desk);
        let of = |lane: &Lane| {
            if !leads(lane) {
                return Vec::new();
            }
            let person = &production.people[lane.person];
            let present = present_share(desk, lane.person, &worked[person.site.index()]);
            let days = present.len();
            let is_of = |row: &Booking| lane.show == Some(row.show);
            let (usable, payable) = match lane.show {
                None => (vec![10_000; days], vec![0; days]),
                Some(show) => {
                    let by_booking = production.charge_basis(show) == ChargeBasis::Booked;
                    let is_payable = |row: &Booking| by_booking && is_of(row) && row.is_payable();
                    (
                        booked_share(desk, lane.person, |row| is_of(row) && row.is_usable()),
                        booked_share(desk, lane.person, is_payable),
                    )
                }
            };
            let share = |day: usize| {
                let whole = present[day] * usable[day] / 100_000_000;
                let on_tasks = lane.share.get(day).copied().unwrap_or(0);
                if payable[day] > 0 { 0 } else { (whole - i64::from(on_tasks)).max(0) as u16 }
            };
            (0..days).map(share).collect()
        };
        TeamShares { of: desk.lanes.iter().map(of).collect() }
    }

    /// Whether nobody leads.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The share of a lane on a day.
    pub(super) fn share(&self, lane: usize, day: usize) -> u16 {
        self.of.get(lane).and_then(|days| days.get(day)).copied().unwrap_or(0)
    }
}

/// Posts the team time of each day that a lead works on a task: as long as the same slots of the day take on
/// the lead's side.
pub(super) fn post_team(desk: &Desk, ledger: &mut Vec<Posting>) {
    let shares = TeamShares::new(desk);
    if shares.is_empty() {
        return;
    }
    let production = desk.production;
    let slots_per_day = desk.timeline.slots_per_day();
    let whole_day = 10_000 * i128::from(slots_per_day);
    for (index, assignment) in desk.plan.assignments.iter().enumerate() {
        let Worker::Person(person) = assignment.worker else { continue };
        if production.people[person].lead_share <= 0 {
            continue;
        }
        let task = &production.tasks[assignment.task];
        let show = production.show_of(task.entity);
        let Some(lane) = desk.lane_of(person, show) else { continue };
        each_day(&assignment.segments, slots_per_day, |day, slots| {
            let share = shares.share(lane, day.0 as usize);
            let worked = i128::from(share) * i128::from(slots);
            let pay = i128::from(desk.pay.day_cost(person, day).0) * worked;
            let amount = Cents(round_half_even(pay, whole_day));
            if amount == Cents::ZERO {
                return;
            }
            let posting = team_posting(desk, person, (show, Some(task.department)), day, amount);
            let posting = Posting {
                entity: Some(task.entity),
                task: Some(assignment.task),
                assignment: Some(index as u32),
                ..posting
            };
            desk.push_time(ledger, posting);
        });
    }
}
