//! Work in house against each vendor: what it costs, when it comes back, and what becomes of the rest.

use super::beside::share;
use super::bill::{price, supervision, top_up};
use super::futures::side_by_side;
use super::tried::unless_stopped;
use super::{Options, Tried, Trouble};
use crate::forecast::{CostState, PostingKind};
use crate::formulate::levers::parts;
use crate::model::*;
use crate::scenario::{Change, apply};
use crate::solve::Watch;
use crate::solve::levers::Asking;
use jiff::civil::Date;
use std::collections::HashMap;

/// What becomes of the production.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Last day of the work in question; `None` when some of it has no place.
    pub finish: Option<Date>,
    /// Last day of all work that is not on hold; `None` when some of it has no place.
    pub all_done: Option<Date>,
    /// Tasks that have no place, without those on hold.
    pub unplaced: u32,
    /// Milestones that are late.
    pub milestones_late: u32,
    /// Working days late over all shots, assets and tasks with a date.
    pub days_late: u64,
    /// Estimated final cost, with supervision and what is missing to the smallest order.
    pub efc: Cents,
    /// What incentives give the studio of it, as far as it is certain.
    pub incentives: Cents,
    /// What the plan pays at the prices of its objective for all that is no money: lateness above all.
    pub penalties: Cents,
}

impl Effect {
    /// Final cost less what incentives give.
    pub fn net(&self) -> Cents {
        self.efc - self.incentives
    }

    /// The same with lateness and the rest at their prices: the less, the better.
    pub fn worth(&self) -> Cents {
        self.net() + self.penalties
    }
}

/// The work in house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InHouse {
    /// The tasks.
    pub tasks: Vec<TaskId>,
    /// Work, in minutes at the bid standard.
    pub minutes: i64,
    /// Labour and overtime of it.
    pub labour: Cents,
    /// What of that is not committed yet.
    pub avoidable: Cents,
    /// What becomes of the production.
    pub effect: Effect,
}

/// The work at one vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtVendor {
    /// The vendor.
    pub vendor: VendorId,
    /// Tasks it could take, in time.
    pub tasks: Vec<TaskId>,
    /// Tasks of the scope that stay in house.
    pub left: usize,
    /// Time freed in house, in minutes at the bid standard.
    pub minutes: i64,
    /// Price of the work.
    pub price: Cents,
    /// What is missing to the smallest order.
    pub top_up: Cents,
    /// Supervision.
    pub supervision: Cents,
    /// Longest time of a task there, in working days: its lead time, or what the vendor's capacity asks for.
    pub lead_days: u32,
    /// Weeks that it takes at the vendor's capacity, rounded up; `None` when that is not known.
    pub weeks: Option<u32>,
    /// First day on which the client lets it work.
    pub cleared_from: Option<Date>,
    /// Last day to order all of it, so that nothing that waits for it gets late.
    pub order_by: Option<Date>,
    /// What becomes of the production.
    pub effect: Effect,
}

/// Compares the work of some tasks in house with each vendor who could take any of it, the best by
/// [`Effect::worth`] first.
///
/// # Errors
/// When a plan does not pass the independent check, or the search was stopped before the first. Stopped later, it gives
/// what was found until then.
pub fn outsource(
    production: &Production,
    scope: &[TaskId],
    options: &Options,
    watch: &dyn Watch,
) -> Result<(InHouse, Vec<AtVendor>), Trouble> {
    let base = Tried::unproven(production.clone(), options, watch)?;
    let asking = Asking::new(production, options.mode, &base.solved.plan);
    let none = Keyed::filled(false, production.tasks.len());
    let windows = asking.windows(&none, production.settings.horizon_end, 0.0);
    let minutes = |tasks: &[TaskId]| tasks.iter().map(|task| production.work_left(*task)).sum();
    let is_labour = |kind| matches!(kind, PostingKind::Labour | PostingKind::Overtime);
    let mut of_scope = Keyed::filled(false, production.tasks.len());
    scope.iter().for_each(|task| of_scope[*task] = true);
    let inside = |task: Option<TaskId>| task.is_some_and(|task| of_scope[task]);
    let labour = || {
        let ledger = base.forecast.ledger.iter();
        ledger.filter(|row| is_labour(row.kind) && inside(row.task))
    };
    let in_house = InHouse {
        tasks: scope.to_vec(),
        minutes: minutes(scope),
        labour: labour().map(|row| row.amount).sum(),
        avoidable: labour()
            .filter(|row| {
                row.kind == PostingKind::Overtime
                    || row.state == CostState::Etc && is_saved(production, row.person, row.date)
            })
            .map(|row| row.amount)
            .sum(),
        effect: effect(&base, scope, Cents::ZERO),
    };
    let offers = production.vendors.ids().filter_map(|vendor| {
        let all = scope.iter().copied();
        let parts = parts(production, asking.timeline(), vendor, all, |task| windows[task]);
        (!parts.is_empty()).then_some((vendor, parts))
    });
    let offers: Vec<_> = offers.collect();
    let beside = share(options, offers.len());
    let row = |number: usize, _: usize| -> Result<AtVendor, Trouble> {
        let (vendor, parts) = &offers[number];
        let (vendor, of_vendor) = (*vendor, &production.vendors[*vendor]);
        let tasks: Vec<TaskId> = parts.iter().map(|part| part.task).collect();
        let change = Change::Outsource { vendor, tasks: tasks.clone() };
        let tried = Tried::unproven(apply(production, &[change]), &beside, watch)?;
        let price = price(production, vendor, &tasks);
        let (top_up, supervision) =
            (top_up(production, vendor, price), supervision(production, vendor, price));
        let takes = tried.production.vendor_days();
        let freed: i64 = minutes(&tasks);
        let days = freed.max(0) / production.bid_day_minutes().max(1);
        let weeks = of_vendor.capacity_days_per_week.filter(|capacity| *capacity > 0);
        Ok(AtVendor {
            vendor,
            left: scope.len() - tasks.len(),
            minutes: freed,
            price,
            top_up,
            supervision,
            lead_days: tasks.iter().map(|task| takes[*task]).max().unwrap_or(0),
            weeks: weeks.map(|capacity| (days + capacity - 1).div_euclid(capacity) as u32),
            cleared_from: of_vendor.cleared_from,
            order_by: parts.iter().map(|part| part.order_by).min(),
            effect: effect(&tried, scope, top_up + supervision),
            tasks,
        })
    };
    let made = side_by_side(offers.len(), options.threads, &|| watch.stop(), &row);
    let mut rows = Vec::new();
    for made in made.into_iter().flatten() {
        rows.extend(unless_stopped(made)?);
    }
    rows.sort_by_key(|row| (row.effect.worth(), row.vendor));
    Ok((in_house, rows))
}

/// Whether the pay of a day is saved when it is not worked: that of freelance artists.
fn is_saved(production: &Production, person: Option<PersonId>, date: Date) -> bool {
    let Some(person) = person else { return false };
    production
        .contract_on(person, date)
        .is_some_and(|contract| contract.kind == ContractKind::Freelance)
}

/// Milestones with open work that is not done by their date: as [`Goal`](super::Goal) and [`Tried::finish`] have it, in one
/// pass over the tasks.
fn milestones_late(tried: &Tried) -> u32 {
    let Tried { production, solved, .. } = tried;
    let plan = &solved.plan;
    let mut parts_of: HashMap<Entity, Vec<MilestoneId>> = HashMap::new();
    for (id, row) in production.milestones.enumerate() {
        row.contents.iter().for_each(|&entity| parts_of.entry(entity).or_default().push(id));
    }
    let mut end_of: Keyed<TaskId, Option<Slot>> = Keyed::filled(None, production.tasks.len());
    let parts = plan.assignments.iter().map(|part| (part.task, part.end()));
    for (task, end) in parts.chain(plan.instants.iter().copied()) {
        end_of[task] = end_of[task].max(Some(end));
    }
    let mut has_place = Keyed::filled(true, production.tasks.len());
    plan.unplaced.iter().for_each(|(task, _)| has_place[*task] = false);
    // Of each milestone: whether anything is open, whether all of that has a place, and the last end.
    let mut found = Keyed::filled((false, true, None), production.milestones.len());
    for (id, task) in production.tasks.enumerate() {
        if !production.is_open(id) || task.status == Status::Hold {
            continue;
        }
        let sequence = production.sequence_of(task.entity).map(Entity::Sequence);
        let show = Entity::Show(production.show_of(task.entity));
        let is_part = matches!(task.entity, Entity::Shot(_) | Entity::Asset(_));
        let own = is_part.then_some(task.entity);
        for entity in own.into_iter().chain(sequence).chain([show]) {
            for &milestone in parts_of.get(&entity).into_iter().flatten() {
                let (is_open, is_whole, last) = &mut found[milestone];
                *is_open = true;
                *is_whole &= has_place[id];
                *last = (*last).max(end_of[id]);
            }
        }
    }
    let timeline = production.timeline();
    let is_late = |(id, row): &(MilestoneId, &Milestone)| {
        let (is_open, is_whole, last) = found[*id];
        let finish = last.filter(|_| is_whole).map(|last| timeline.finish_date(last));
        is_open && finish.is_none_or(|finish| finish > row.date)
    };
    production.milestones.enumerate().filter(is_late).count() as u32
}

pub(super) fn effect(tried: &Tried, scope: &[TaskId], extra: Cents) -> Effect {
    let production = &tried.production;
    let plan = &tried.solved.plan;
    let timeline = production.timeline();
    let ends = || {
        let parts = plan.assignments.iter().map(|part| (part.task, part.end()));
        parts.chain(plan.instants.iter().copied())
    };
    let date = |end: Option<Slot>| end.map(|end| timeline.finish_date(end));
    let mut inside = Keyed::filled(false, production.tasks.len());
    scope.iter().for_each(|task| inside[*task] = true);
    let is_placed = !plan.left_out().any(|task| inside[task]);
    let last = ends().filter(|(task, _)| inside[*task]).map(|(_, end)| end).max();
    let problem = &tried.solved.problem;
    let mut last_of = vec![0; problem.entities.len()];
    for (job, end) in problem.jobs.iter().zip(&tried.solved.schedule.end) {
        if let Some(known) = last_of.get_mut(job.entity as usize)
            && *end != crate::formulate::NONE
        {
            *known = (*end).max(*known);
        }
    }
    let day = |end: u32| timeline.day_of_end(Slot(end)).0;
    let late = problem.dues.iter().map(|due| {
        let end = match last_of.get(due.entity as usize) {
            Some(end) => *end,
            None => tried.solved.schedule.end.get(due.task as usize).copied().unwrap_or(0),
        };
        let is_open = end > 0 && end != crate::formulate::NONE;
        let calendar = &problem.calendars[due.calendar as usize];
        if is_open { u64::from(due.due.days_late(calendar, day(end))) } else { 0 }
    });
    let left_out = plan.left_out().count() as u32;
    Effect {
        finish: date(last.filter(|_| is_placed)),
        all_done: date(ends().map(|(_, end)| end).max().filter(|_| left_out == 0)),
        unplaced: left_out,
        milestones_late: milestones_late(tried),
        days_late: late.sum(),
        efc: tried.efc() + extra,
        incentives: tried.given(),
        penalties: penalties(tried),
    }
}

/// The value of a plan without pay and rent, which its final cost has.
fn penalties(tried: &Tried) -> Cents {
    let objective = tried.solved.objective;
    let (labour, technology) = (objective.labour, objective.technology);
    let money = Objective { labour, technology, ..Objective::default() };
    let multipliers = tried.production.settings.multipliers();
    objective.total(&multipliers) - money.total(&multipliers)
}
