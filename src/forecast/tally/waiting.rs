//! Payments that wait for the plan: client payments for approvals, invoices of vendors for deliveries.

use super::super::Forecast;
use super::super::cash::{CashEvent, CashKind};
use super::super::ledger::PostingKind;
use super::{NONE, Tally};
use crate::model::{Day, Entity, Id, Plan, Production, ShowId, Timeline, Worker, days_between};
use std::ops::Range;

#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub amount: i64,
    /// Calendar day of the money in the plan, and of what it waits for.
    pub paid: i64,
    pub base: i64,
    /// Tasks in `wanted`.
    pub tasks: Range<u32>,
    pub kind: Wanted,
}

/// What a payment waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The last approval.
    Approval,
    /// The last end of work.
    End,
    /// The approval of the so-many-th shot; runs of `wanted` begin with the number of their tasks.
    Shots(u32),
}

impl Tally {
    pub(super) fn take_calendars(&mut self, production: &Production, timeline: &Timeline) {
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
    pub(super) fn take_waiting(
        &mut self,
        production: &Production,
        plan: &Plan,
        forecast: &Forecast,
        timeline: &Timeline,
    ) {
        let planned = forecast.cash.events.iter().filter(|event| event.planned);
        for event in planned {
            let from = self.wanted.len() as u32;
            let Some(kind) = self.wanted_by(production, plan, forecast, event) else { continue };
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

    pub(super) fn wanted_by(
        &mut self,
        production: &Production,
        plan: &Plan,
        forecast: &Forecast,
        event: &CashEvent,
    ) -> Option<Wanted> {
        let word = event.tied_to.trim().to_lowercase();
        if event.kind == CashKind::Vendor {
            let posting = forecast.ledger.get(event.posting? as usize)?;
            let is_order = posting.kind == PostingKind::Commitment;
            let order = posting.row.filter(|_| is_order);
            let order = order.and_then(|row| production.commitments.get(row as usize));
            // An order waits for its package, work that is still to be ordered for itself.
            let mine = plan.assignments.iter().filter(|row| match order {
                Some(order) => {
                    Some(row.worker) == event.vendor.map(Worker::Vendor)
                        && production.is_ordered_by(row.task, order)
                }
                None => Some(row.task) == posting.task,
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
    pub(super) fn shots_wanted(
        &mut self,
        production: &Production,
        show: ShowId,
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

    /// The day on which what a payment waits for is there.
    pub(super) fn day_of(&self, row: &Waiting, ends: &[u32], scratch: &mut Vec<u32>) -> i64 {
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

    pub(super) fn last_day(&self, end: u32) -> u32 {
        let last = self.days as u32 - 1;
        if end == NONE { last } else { (end.saturating_sub(1) / self.slots_per_day).min(last) }
    }

    /// The day on which a task is approved: its last day and its review in working days.
    pub(super) fn approved(&self, task: u32, ends: &[u32]) -> u32 {
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
