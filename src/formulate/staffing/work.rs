//! What there is to do: facts of tasks, what lateness costs, and groups of tasks.

use super::Known;
use super::crews::{Pool, after_rounding};
use crate::formulate::calls::Calls;
use crate::model::{
    CalendarId, DepartmentId, Entity, Id, Keyed, Lane, MilestoneId, Mode, Production, ShowId,
    Status, TaskId, Timeline, days_between, round_half_even,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A price for each working day after a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charge {
    /// The due day, counted from the first day of the timeline; may lie before it.
    pub due: i64,
    /// Minor units a working day, multiplier included.
    pub price: f64,
    /// Calendar whose working days count.
    pub calendar: CalendarId,
    /// The milestone that the date is of.
    pub milestone: Option<MilestoneId>,
}

/// Something whose lateness costs: a shot, an asset, or a task with a due date of its own.
#[derive(Clone, Debug)]
pub(super) struct Deliverable {
    /// By due day.
    pub charges: Vec<Charge>,
    /// Its own due day. A milestone that is no earlier charges nothing for it.
    own: Option<i64>,
    /// Open tasks and how many open slots at least lie between the end of each and its finish.
    pub tasks: Vec<(TaskId, u32)>,
    /// No plan finishes it before this boundary.
    pub finish: u32,
}

/// What is known of each task.
pub(super) struct Facts {
    /// Work in bid days; 0 for tasks that are not open or surely without a place.
    pub work: Keyed<TaskId, f64>,
    /// Open, but no plan can place it: on hold, nobody can do it, or it waits for such a task.
    pub hopeless: Keyed<TaskId, bool>,
    /// No plan ends it before this boundary; beyond the timeline when it does not fit.
    pub end: Keyed<TaskId, u32>,
    /// No plan starts it before this boundary.
    pub head: Keyed<TaskId, u32>,
    /// Most parts it can be cut into.
    pub parts: Keyed<TaskId, f64>,
}

/// Output of the fastest person by department, summed over the days before each day.
pub(super) struct Pace {
    slots_per_day: u32,
    sums: Vec<Vec<f64>>,
    daily: Vec<Vec<f64>>,
}

impl Pace {
    pub fn new(daily: Vec<Vec<f64>>, slots_per_day: u32) -> Pace {
        let sums = daily
            .iter()
            .map(|daily| {
                let mut sum = 0.0;
                let before = daily.iter().map(|output| {
                    sum += output;
                    sum
                });
                std::iter::once(0.0).chain(before).collect()
            })
            .collect();
        Pace { slots_per_day, sums, daily }
    }

    /// Most that one person can do in slots before `slot`.
    pub fn before(&self, department: DepartmentId, slot: u32) -> f64 {
        let (sums, daily) = (&self.sums[department.index()], &self.daily[department.index()]);
        let day = (slot / self.slots_per_day) as usize;
        if day >= daily.len() {
            return sums.last().copied().unwrap_or(0.0);
        }
        let part = f64::from(slot % self.slots_per_day) / f64::from(self.slots_per_day);
        sums[day] + part * daily[day]
    }

    /// Most that one person can do on any of the days `first..end`.
    pub fn most_daily(&self, department: DepartmentId, first: u32, end: u32) -> f64 {
        let daily = &self.daily[department.index()];
        let (first, end) = (first as usize, (end as usize).min(daily.len()));
        daily.get(first..end).unwrap_or(&[]).iter().copied().fold(0.0, f64::max)
    }

    /// First boundary by which `work` can be done from `head` on; `None` if never.
    fn done_by(&self, department: DepartmentId, head: u32, work: f64, slots: u32) -> Option<u32> {
        // A hair less work, so that rounding never makes a task longer than it is.
        let target = self.before(department, head) + work * (1.0 - 1e-9) - 1e-12;
        if self.before(department, slots) < target {
            return None;
        }
        let (mut low, mut high) = (head, slots);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.before(department, middle) >= target {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(low)
    }
}

pub(super) fn facts(
    production: &Production,
    timeline: &Timeline,
    pace: &Pace,
    known: &Known,
    lanes: &[Lane],
) -> Facts {
    let tasks = production.tasks.len();
    let bid_day = production.bid_day_minutes().max(1) as f64;
    let hopeless = hopeless(production, lanes);
    let vendor_days = production.vendor_days();
    let mut facts = Facts {
        work: Keyed::filled(0.0, tasks),
        end: Keyed::filled(0, tasks),
        head: Keyed::filled(0, tasks),
        parts: Keyed::filled(1.0, tasks),
        hopeless,
    };
    for (id, task) in production.tasks.enumerate() {
        if !production.is_open(id) || facts.hopeless[id] {
            continue;
        }
        let left = task.work_left().max(0);
        let head = known.heads.get(id).map_or(0, |slot| slot.0).min(timeline.slots());
        // k parts of at least `min_chunk` each: ceil(w ÷ k) ≥ m, so k ≤ (w − 1) ÷ (m − 1).
        let mut parts = i64::from(task.max_parallel.max(1));
        if task.min_chunk > 1 && left > 0 {
            parts = parts.min(((left - 1) / (task.min_chunk - 1)).max(1));
        }
        let work = left as f64 / bid_day;
        facts.work[id] = work;
        facts.head[id] = head;
        facts.parts[id] = parts as f64;
        facts.end[id] = match task.vendor {
            // Without work left it happens at once, whoever was to do it.
            _ if left == 0 => head,
            Some(_) => {
                head.saturating_add(vendor_days[id].saturating_mul(timeline.slots_per_day()))
            }
            None => pace
                .done_by(task.department, head, work / parts as f64, timeline.slots())
                .unwrap_or(timeline.slots() + 1),
        };
        let end = known.ends.get(id).map_or(0, |slot| slot.0).min(timeline.slots());
        facts.end[id] = facts.end[id].max(end);
    }
    facts
}

/// Open tasks that no plan can place.
fn hopeless(production: &Production, lanes: &[Lane]) -> Keyed<TaskId, bool> {
    let mut hopeless = Keyed::filled(false, production.tasks.len());
    let mut known: HashMap<_, bool> = HashMap::new();
    let mut waiting: Vec<TaskId> = Vec::new();
    for (id, task) in production.tasks.enumerate() {
        if !production.is_open(id) {
            continue;
        }
        let nobody = task.vendor.is_none() && task.work_left() > 0 && {
            let class = production.class_of(task.entity);
            let show = production.show_of(task.entity);
            let only = if task.lock.holds_person() { &task.assigned[..] } else { &[] };
            let need = (task.department, task.tag.as_deref(), task.min_level, class, show, only);
            !*known.entry(need).or_insert_with(|| {
                lanes.iter().any(|lane| {
                    (only.is_empty() || only.contains(&lane.person))
                        && lane.show.is_none_or(|booked| booked == show)
                        && production.level_for(lane.person, id).is_some()
                })
            })
        };
        if task.status == Status::Hold || nobody {
            hopeless[id] = true;
            waiting.push(id);
        }
    }
    let mut after: Keyed<TaskId, Vec<TaskId>> = Keyed::filled(Vec::new(), production.tasks.len());
    for edge in production.dependencies.iter().filter(|edge| edge.from != edge.to) {
        after[edge.from].push(edge.to);
    }
    while let Some(task) = waiting.pop() {
        for &next in &after[task] {
            if production.is_open(next) && !hopeless[next] {
                hopeless[next] = true;
                waiting.push(next);
            }
        }
    }
    hopeless
}

/// What is promised for the contents of a milestone as a whole.
#[derive(Clone)]
pub(super) struct Promise {
    pub milestone: MilestoneId,
    pub deliverable: Deliverable,
}

#[derive(Clone)]
pub(super) struct Deliverables {
    pub of_entities: BTreeMap<Entity, Deliverable>,
    pub of_tasks: Vec<Deliverable>,
    pub promises: Vec<Promise>,
}

impl Deliverables {
    /// As they are with milestones due on other days, of those made by [`deliverables`].
    pub fn with_dates(&self, due: &Keyed<MilestoneId, i64>) -> Deliverables {
        let mut moved = self.clone();
        let promised = moved.promises.iter_mut().map(|promise| &mut promise.deliverable);
        for row in moved.of_entities.values_mut().chain(promised) {
            for charge in &mut row.charges {
                charge.due = charge.milestone.map_or(charge.due, |id| due[id]);
            }
            let own = row.own.unwrap_or(i64::MAX);
            row.charges.retain(|charge| charge.milestone.is_none() || charge.due < own);
            row.charges.sort_unstable_by_key(|charge| charge.due);
        }
        moved.of_entities.retain(|_, row| !row.charges.is_empty());
        moved
    }
}

/// Everything whose lateness costs, with prices in `mode`: with the charges of all milestones, of which
/// [`Deliverables::with_dates`] leaves those that count.
///
/// A price per day is taken a little lower so that rounding each item once, to at least one day's
/// price, cannot push the true cost below it.
pub(super) fn deliverables(
    production: &Production,
    timeline: &Timeline,
    facts: &Facts,
    known: &Known,
    mode: Mode,
    chance: &dyn Fn(ShowId) -> f64,
) -> Deliverables {
    let day_of = |date: Date| days_between(timeline.first(), date);
    let multipliers = production.settings.weights.multipliers(mode);
    let share = |component: usize| multipliers[component] as f64 / 1e4;
    let rate = production.mean_day_cost().0.max(0);
    let late_price = |factor: i64| {
        let price = rate as f64 * factor as f64 / 2.0;
        after_rounding(price, price) * share(2)
    };
    let charge = |entity: Entity, due: Date, price: f64| {
        let show = production.show_of(entity);
        let calendar = production.shows[show].calendar;
        Charge { due: day_of(due), price: price * chance(show), calendar, milestone: None }
    };
    let mut of_entities: BTreeMap<Entity, Deliverable> = BTreeMap::new();
    let mut of_tasks = Vec::new();
    let mut bids: HashMap<Entity, i64> = HashMap::new();
    for (id, task) in production.tasks.enumerate() {
        if task.status != Status::Omit {
            *bids.entry(task.entity).or_default() += task.bid;
        }
        if !production.is_open(id) {
            continue;
        }
        let own_due = production.due_of(task.entity);
        let tail = known.tails.get(id).copied().unwrap_or(0);
        if matches!(task.entity, Entity::Shot(_) | Entity::Asset(_)) {
            let row = of_entities.entry(task.entity).or_insert_with(|| Deliverable {
                charges: Vec::new(),
                own: own_due.map(day_of),
                tasks: Vec::new(),
                finish: 0,
            });
            row.tasks.push((id, tail));
        }
        if let (Some(due), None) = (task.due, own_due) {
            let price = late_price(production.priority_of(id).factor());
            of_tasks.push(Deliverable {
                charges: vec![charge(task.entity, due, price)],
                own: Some(day_of(due)),
                tasks: vec![(id, 0)],
                finish: 0,
            });
        }
    }
    for (&entity, row) in &mut of_entities {
        let factor = match entity {
            Entity::Shot(shot) => production.shots[shot].priority.factor(),
            Entity::Asset(asset) => production.assets[asset].priority.factor(),
            Entity::Sequence(_) | Entity::Show(_) => 0,
        };
        if let Some(due) = production.due_of(entity) {
            row.charges.push(charge(entity, due, late_price(factor)));
        }
    }
    let mut promises = Vec::new();
    for (id, milestone) in production.milestones.enumerate() {
        let contents: HashSet<Entity> = milestone.contents.iter().copied().collect();
        let inside = |entity: Entity| {
            contents.contains(&entity)
                || production
                    .sequence_of(entity)
                    .is_some_and(|sequence| contents.contains(&Entity::Sequence(sequence)))
                || contents.contains(&Entity::Show(production.show_of(entity)))
        };
        // The milestone's show counts the days, also for contents of other shows.
        let late = |price| Charge {
            milestone: Some(id),
            ..charge(Entity::Show(milestone.show), milestone.date, price)
        };
        for (&entity, row) in of_entities.iter_mut().filter(|(entity, _)| inside(**entity)) {
            let award = match entity {
                Entity::Shot(shot) => production.shots[shot].award,
                _ => None,
            };
            let bid = bids.get(&entity).copied().unwrap_or(0);
            let value = award.map_or_else(
                || {
                    let product = i128::from(bid) * i128::from(rate);
                    round_half_even(product, i128::from(production.bid_day_minutes().max(1)))
                },
                |award| award.0,
            );
            let price = value.max(0) as f64 * milestone.kind.lateness_rate() as f64 / 1e4;
            row.charges.push(late(after_rounding(price, price) * share(1)));
        }
        let mut price = milestone.penalty_per_day.map_or(0, |p| p.0.max(0)) as f64 * share(1);
        if milestone.hard {
            price += 1_000.0 * rate as f64 * share(0);
        }
        if price > 0.0 {
            let tasks = production
                .tasks
                .enumerate()
                .filter(|(id, task)| inside(task.entity) && production.is_open(*id))
                .map(|(id, task)| {
                    let whole = matches!(task.entity, Entity::Shot(_) | Entity::Asset(_));
                    (id, if whole { known.tails.get(id).copied().unwrap_or(0) } else { 0 })
                })
                .collect();
            let charges = vec![late(price)];
            let deliverable = Deliverable { charges, own: None, tasks, finish: 0 };
            promises.push(Promise { milestone: id, deliverable });
        }
    }
    let never = timeline.slots() + 1;
    let all = of_entities.values_mut().chain(&mut of_tasks);
    for row in all.chain(promises.iter_mut().map(|promise| &mut promise.deliverable)) {
        row.charges.retain(|charge| charge.price > 0.0);
        let finish = row.tasks.iter().map(|&(task, _)| match facts.hopeless[task] {
            true => never,
            false => facts.end[task],
        });
        row.finish = finish.max().unwrap_or(0).min(never);
    }
    promises.retain(|promise| !promise.deliverable.tasks.is_empty());
    Deliverables { of_entities, of_tasks, promises }
}

/// The days on which milestones are due, counted from the first day of the timeline.
pub(super) fn due_days(production: &Production, timeline: &Timeline) -> Keyed<MilestoneId, i64> {
    let dates = production.milestones.iter().map(|milestone| milestone.date);
    dates.map(|date| days_between(timeline.first(), date)).collect()
}

/// Things that are planned together.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub entities: Vec<Entity>,
}

/// The work on one unit that the same people can do.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub unit: usize,
    pub pool: Pool,
    /// Done by vendors: no crew of ours is needed.
    pub vendor: bool,
    pub tasks: Vec<TaskId>,
    /// Bid days in all.
    pub work: f64,
}

/// Puts shots and assets together, at most `batch` in a unit, neighbours in due date inside their
/// show; and their tasks by department and who can do them.
///
/// By due date and not by sequence: what is due together competes for the same weeks, and a unit whose
/// members are late by the same days loses nothing by being planned as one.
pub(super) fn groups(
    production: &Production,
    facts: &Facts,
    calls: &Calls,
    deliverables: &Deliverables,
    batch: usize,
) -> (Vec<Unit>, Vec<Group>) {
    let due = |entity: Entity| {
        deliverables
            .of_entities
            .get(&entity)
            .and_then(|row| row.charges.first())
            .map_or(i64::MAX, |charge| charge.due)
    };
    let mut entities: Vec<Entity> = production
        .tasks
        .enumerate()
        .filter(|(id, _)| facts.work[*id] > 0.0)
        .map(|(_, task)| task.entity)
        .collect();
    entities.sort_unstable();
    entities.dedup();
    let show = |entity| production.show_of(entity);
    entities.sort_by_cached_key(|&entity| (show(entity), due(entity), entity));
    let mut units: Vec<Unit> = Vec::new();
    let mut of_entity: HashMap<Entity, usize> = HashMap::new();
    for inside in entities.chunk_by(|a, b| show(*a) == show(*b)) {
        // Evenly filled, so that no unit is left with a single straggler.
        let count = inside.len().div_ceil(batch.max(1));
        for chunk in inside.chunks(inside.len().div_ceil(count.max(1)).max(1)) {
            of_entity.extend(chunk.iter().map(|entity| (*entity, units.len())));
            units.push(Unit { entities: chunk.to_vec() });
        }
    }
    let mut groups: BTreeMap<(usize, Pool, bool), Group> = BTreeMap::new();
    for (id, task) in production.tasks.enumerate() {
        if facts.work[id] <= 0.0 {
            continue;
        }
        let Some(&unit) = of_entity.get(&task.entity) else { continue };
        let vendor = task.vendor.is_some();
        let pool = calls.of_task[id];
        let group = groups.entry((unit, pool, vendor)).or_insert_with(|| Group {
            unit,
            pool,
            vendor,
            tasks: Vec::new(),
            work: 0.0,
        });
        group.tasks.push(id);
        group.work += facts.work[id];
    }
    (units, groups.into_values().collect())
}

/// Shots and assets with work that the same people can do, show by show: with `batch` of them in a unit, each such
/// number makes about so many groups as it has batches.
pub(super) fn shots_by_crew(production: &Production, facts: &Facts, calls: &Calls) -> Vec<usize> {
    let mut inside: HashMap<_, HashSet<Entity>> = HashMap::new();
    for (id, task) in production.tasks.enumerate().filter(|(id, _)| facts.work[*id] > 0.0) {
        let vendor = production.tasks[id].vendor.is_some();
        let key = (production.show_of(task.entity), calls.of_task[id], vendor);
        inside.entry(key).or_default().insert(task.entity);
    }
    inside.values().map(HashSet::len).collect()
}
