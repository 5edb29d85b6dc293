//! Component 0: hard dates that did not hold, at a price above all others.

use super::finish::AllFinishes;
use crate::model::{Cents, DateRule, Status, TaskId};
use crate::verify::case::{Case, Place};
use crate::verify::verdict::BrokenRule;
use jiff::civil::Date;

/// Artist-days that one day beyond a hard date costs.
const PRICE_DAYS: i64 = 1_000;

/// Every hard date that the plan does not keep: tasks in order, then milestones.
pub(in crate::verify) fn broken(case: &Case<'_>, finish: &AllFinishes) -> Vec<BrokenRule> {
    let price = case.production.mean_day_cost().by(PRICE_DAYS);
    let mut broken = Vec::new();
    for task in case.production.tasks.ids() {
        of_task(case, task, price, &mut broken);
    }
    for (id, milestone) in case.production.milestones.enumerate().filter(|(_, row)| row.hard) {
        let days = case.days_late(milestone.show, finish.milestones[id], milestone.date);
        if days > 0 {
            let rule = format!("due on {}", milestone.date);
            let (task, milestone) = (None, Some(id));
            broken.push(BrokenRule { task, milestone, rule, days, price: price.by(days) });
        }
    }
    broken
}

fn of_task(case: &Case<'_>, task: TaskId, price: Cents, broken: &mut Vec<BrokenRule>) {
    let (start, end) = match case.places[task] {
        Place::Worked { start, end } => (start, end),
        Place::Instant(slot) => (slot, slot),
        // Work that is left out is as late as can be: leaving it out must never be the way round a
        // hard date. Nobody expects work on hold.
        Place::Unplaced if case.production.tasks[task].status != Status::Hold => {
            let last = case.production.timeline().slots();
            (last, last)
        }
        Place::Done | Place::Absent | Place::Unplaced => return,
    };
    let row = &case.production.tasks[task];
    // Work that began before the day of the plan cannot start on its date any more; it did.
    let started = |on: Date| row.status.is_open() && on < case.production.settings.as_of;
    let (start, finish) = (case.clock.start_date(start), case.clock.finish_date(end));
    let days = case.show_days(case.show_of(task));
    let mut expect = |words: &str, on: Date, at: Date| {
        if at > on {
            let (first, last) = (case.clock.offset(on), case.clock.offset(at));
            let days = days.between(first, last).max(1);
            let rule = format!("{words} {on}");
            let (task, milestone) = (Some(task), None);
            broken.push(BrokenRule { task, milestone, rule, days, price: price.by(days) });
        }
    };
    for rule in &case.date_rules[task] {
        match *rule {
            DateRule::MustStartOn(on) | DateRule::StartNoLaterThan(on) if started(on) => {}
            DateRule::MustStartOn(on) => expect("must start on", on, start),
            DateRule::MustFinishOn(on) => expect("must finish on", on, finish),
            DateRule::StartNoLaterThan(on) => expect("start no later than", on, start),
            DateRule::FinishNoLaterThan(on) => expect("finish no later than", on, finish),
            // What is too early breaks rule 10; the two wishes are no rules.
            DateRule::StartNoEarlierThan(_)
            | DateRule::FinishNoEarlierThan(_)
            | DateRule::AsSoonAsPossible
            | DateRule::AsLateAsPossible => {}
        }
    }
    if row.lock.holds_dates() {
        if let Some(on) = row.start.filter(|on| !started(*on)) {
            expect("locked to start on", on, start);
        }
        if let Some(on) = row.end {
            expect("locked to finish by", on, finish);
        }
    }
}
