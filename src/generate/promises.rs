//! Promises: milestones, locked tasks, fixed people and hard dates, all of which one schedule from
//! the day of the plan on can keep. Single tasks are promised for the time that comes soon only.

use super::archetype::ShowParameters;
use super::days::{SLOTS, date_of, day_of, finish_date, friday, start_date};
use super::draft::Draft;
use super::draws::{Draws, Topic};
use super::network::{NEVER, Network};
use super::reference::{self, Beginning, Bench, Schedule};
use super::state;
use crate::model::*;
use std::collections::BTreeMap;

/// Adds them; returns the share of open shots that are late from the day of the plan on.
pub(super) fn add(draft: &mut Draft, network: &Network, bench: &Bench) -> f64 {
    let done: Vec<bool> =
        draft.production.tasks.ids().map(|task| !draft.production.is_open(task)).collect();
    let future = from_now_on(draft, network, bench, &done);
    for (id, show) in draft.shows() {
        milestones(draft, id, &show, &future);
    }
    lock(draft, network, bench, &future);
    reference::late_share(&draft.production, network, &future, &done)
}

/// How the reference scheduler goes on with what is left.
fn from_now_on(draft: &Draft, network: &Network, bench: &Bench, done: &[bool]) -> Schedule {
    let production = &draft.production;
    let now = state::now(draft);
    let work: Vec<i64> = production.tasks.ids().map(|task| production.work_left(task)).collect();
    // Work in progress stays with its artist, on the lane of its show.
    let mut lanes: Vec<Vec<u32>> = vec![Vec::new(); production.people.len()];
    for (index, worker) in bench.workers.iter().enumerate() {
        lanes[worker.person.index()].push(index as u32);
    }
    let mut held = Vec::new();
    for (id, task) in production.tasks.enumerate() {
        if let (Status::Wip, Some(person)) = (task.status, task.assigned.first()) {
            let show = network.show[id.index()];
            let mut own = lanes[person.index()].iter();
            if let Some(&worker) = own.find(|&&worker| bench.workers[worker as usize].serves(show))
            {
                held.push((id.index() as u32, worker));
            }
        }
    }
    let latest = network.latest(draft.horizon_slots());
    let beginning = Beginning { now, done, held: &held };
    reference::run(network, bench, &work, &latest, &beginning)
}

fn milestones(draft: &mut Draft, show: ShowId, of: &ShowParameters, future: &Schedule) {
    let production = &draft.production;
    let (start, end) = draft.span[show.index()];
    let prefix = if of.code.is_empty() { String::new() } else { format!("{}_", of.code) };
    let mut batches: BTreeMap<jiff::civil::Date, Vec<Entity>> = BTreeMap::new();
    for (id, row) in production.shots.enumerate() {
        let entity = Entity::Shot(id);
        if production.show_of(entity) == show && !production.is_omitted(entity) {
            batches.entry(row.due.unwrap_or(date_of(end - 1))).or_default().push(entity);
        }
    }
    let milestone = |code: String, name: String, kind, date, contents| Milestone {
        code: format!("{prefix}{code}"),
        name,
        show,
        kind,
        date,
        hard: false,
        penalty_per_day: None,
        contents,
        source: Source::default(),
    };
    let mut made = Vec::new();
    // Assets are approved kind by kind, some time before the first shot that waits for them is due.
    let mut kinds: BTreeMap<&str, (jiff::civil::Date, Vec<Entity>)> = BTreeMap::new();
    for (id, row) in production.assets.enumerate().filter(|(_, row)| row.show == show) {
        let last = row.used_by.iter().filter_map(|&shot| production.shots[shot].due).min();
        let approval = last.map_or(end - 1, |due| day_of(due).saturating_sub((end - start) / 10));
        let approval = date_of(friday(approval).min(end - 1));
        let entry = kinds.entry(row.kind.as_str()).or_insert((approval, Vec::new()));
        entry.0 = entry.0.max(approval);
        entry.1.push(Entity::Asset(id));
    }
    for (kind, (date, assets)) in kinds {
        let code = format!("approve_{}", kind.to_ascii_lowercase().replace(' ', "_"));
        made.push(milestone(
            code,
            format!("{kind}s approved"),
            MilestoneKind::Internal,
            date,
            assets,
        ));
    }
    // A temp shows what is due by then of half of the sequences.
    for number in 1..=of.screenings {
        let date = date_of(friday(start + (end - start) * (35 + 20 * number) / 100));
        let contents: Vec<Entity> = batches
            .range(..=date)
            .flat_map(|(_, shots)| shots.iter().copied())
            .filter(|&shot| {
                let sequence = production.sequence_of(shot).map_or(0, Id::index) as u64;
                let counter = (u64::from(number) << 32) | sequence;
                Draws::new(draft.recipe.seed, Topic::Promises, counter).chance(0.5)
            })
            .collect();
        let name = format!("temp screening {number}");
        made.push(milestone(format!("temp_{number}"), name, MilestoneKind::Temp, date, contents));
    }
    for (number, (&date, shots)) in batches.iter().enumerate() {
        let code = format!("batch_{:02}", number + 1);
        let name = format!("delivery batch {}", number + 1);
        made.push(milestone(code, name, MilestoneKind::Batch, date, shots.clone()));
    }
    let date = date_of(end - 1);
    let contents = vec![Entity::Show(show)];
    let mut last = milestone(
        "final".to_owned(),
        "final delivery".to_owned(),
        MilestoneKind::Final,
        date,
        contents,
    );
    last.penalty_per_day = production.shows[show].award.map(|award| award.basis_points(10));
    // The last delivery is a hard one where the reference scheduler shows that it can be met.
    last.hard = production.tasks.enumerate().all(|(id, task)| {
        let is_in_time = future.end[id.index()] <= end * SLOTS;
        !production.is_open(id) || production.show_of(task.entity) != show || is_in_time
    });
    made.push(last);
    made.retain(|milestone| !milestone.contents.is_empty());
    made.into_iter().for_each(|milestone| {
        draft.production.milestones.push(milestone);
    });
}

/// Share of the tasks that wait with locked dates, fixed people, and hard dates.
const LOCKED: f64 = 0.05;
const FIXED_PERSON: f64 = 0.08;
const HARD_DATES: f64 = 0.03;
/// Only what comes soon is promised task by task: so many hundredths of the production's time ahead.
const SOON: u32 = 30;
/// Where little of the work is soon, not more than so many times the share of it.
const DENSEST: f64 = 2.0;
/// Working days by which a person must stay longer than their fixed work is thought to take.
const GRACE: u32 = 30;

fn lock(draft: &mut Draft, network: &Network, bench: &Bench, future: &Schedule) {
    let soon = state::now(draft) + draft.parameters.weeks() * 5 * SLOTS * SOON / 100;
    let waits = |task: &Task| matches!(task.status, Status::Ready | Status::NotReady);
    let is_planned = |index: usize| {
        let has_place = future.worker[index] != NEVER && future.end[index] != NEVER;
        has_place && network.lead[index] == 0 && future.start[index] < soon
    };
    let waiting = draft.production.tasks.iter().filter(|task| waits(task)).count();
    let near = |(index, task): (usize, &Task)| waits(task) && is_planned(index);
    let near = draft.production.tasks.iter().enumerate().filter(|&row| near(row)).count();
    let density = (waiting as f64 / near.max(1) as f64).min(DENSEST);
    let [locked, fixed, hard] = [LOCKED, FIXED_PERSON, HARD_DATES].map(|share| share * density);
    for index in 0..draft.production.tasks.len() {
        let id = TaskId::new(index);
        let mut draws = Draws::new(draft.recipe.seed, Topic::Promises, (1 << 48) | index as u64);
        let (draw, kind, give) = (draws.unit(), draws.unit(), draws.whole(2, 8) as u32);
        let task = &mut draft.production.tasks[id];
        if !waits(task) || !is_planned(index) {
            continue;
        }
        let (start, end) = (future.start[index], future.end[index]);
        let worker = &bench.workers[future.worker[index] as usize];
        if draw < locked {
            // A day of give: hand-overs between time zones can cost one.
            let last = finish_day(end) + 1;
            // Nobody is held to dates on which the contract is over.
            let stays = worker.stays_until(last + GRACE);
            task.lock = if kind < 0.4 && stays { Lock::Both } else { Lock::Dates };
            task.start = Some(start_date(start));
            task.end = Some(date_of(last));
            if task.lock.holds_person() {
                task.assigned = vec![worker.person];
            }
        } else if draw < locked + fixed {
            // If it comes later than thought, they must still be there.
            if worker.stays_until(finish_day(end) + GRACE) {
                task.lock = Lock::Person;
                task.assigned = vec![worker.person];
            }
        } else if draw < locked + fixed + hard {
            let (first, last) = (start / SLOTS, finish_day(end));
            let rule = match kind {
                kind if kind < 0.45 => DateRule::FinishNoLaterThan(date_of(last + give)),
                kind if kind < 0.65 => DateRule::StartNoLaterThan(date_of(first + give)),
                kind if kind < 0.80 => DateRule::StartNoEarlierThan(start_date(start)),
                kind if kind < 0.88 => DateRule::FinishNoEarlierThan(finish_date(end)),
                kind if kind < 0.94 => DateRule::MustStartOn(start_date(start)),
                _ => DateRule::MustFinishOn(finish_date(end)),
            };
            task.rules.push(rule);
        }
    }
}

fn finish_day(end: u32) -> u32 {
    end.saturating_sub(1) / SLOTS
}
