//! Shots that a client asks for: made after the pattern of the show's own.

use crate::model::*;
use std::collections::BTreeMap;

/// Fewer shots of a class than this are no pattern.
const LEAST_SHOTS: usize = 3;
/// Less of a day than this is no task of its own.
const LEAST_EIGHTHS: i64 = 1;

/// What a shot of a class takes in this show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Minutes by department.
    pub work: Vec<(DepartmentId, i64)>,
    /// Shots it was taken from; 0 = the trade's usual bids.
    pub shots: usize,
}

/// The mean work of the show's shots of a class, by department, in eighths of a day; departments that
/// come out below one are left out. With fewer than three such shots, the usual bids of the trade for the
/// show's departments that work on most shots of the class.
pub fn pattern(production: &Production, class: Class) -> Pattern {
    let of_class = |entity: Entity| match entity {
        Entity::Shot(shot) => {
            production.shots[shot].class == Some(class) && !production.is_omitted(entity)
        }
        _ => false,
    };
    let shots = production.shots.ids().filter(|&id| of_class(Entity::Shot(id))).count();
    let day = production.bid_day_minutes().max(1);
    let eighth = (day / 8).max(1);
    let mut sums: BTreeMap<DepartmentId, i64> = BTreeMap::new();
    if shots >= LEAST_SHOTS {
        for task in production.tasks.iter().filter(|task| of_class(task.entity)) {
            if task.status != Status::Omit {
                let sum = sums.entry(task.department).or_default();
                *sum = sum.saturating_add(task.bid.max(0));
            }
        }
        let mean = |sum: i64| round_half_even(i128::from(sum), shots as i128 * i128::from(eighth));
        let rows = sums.into_iter().map(|(department, sum)| (department, mean(sum)));
        let kept = rows.filter(|(_, eighths)| *eighths >= LEAST_EIGHTHS);
        let work = kept.map(|(department, eighths)| (department, eighths * eighth)).collect();
        return Pattern { work, shots };
    }
    let usual = production.departments.enumerate().filter_map(|(id, row)| {
        let known = trade(&row.code).filter(|known| known.needed[class as usize] >= 50)?;
        let bid = usual_bid(known.code, Some(class), day);
        (row.kind != DepartmentKind::Asset && bid > 0).then_some((id, bid))
    });
    Pattern { work: usual.collect(), shots: 0 }
}

/// The production with more shots: tasks by pattern where the request has no days of its own, waiting for
/// each other as in most of the show's shots that have both departments; in the show's last sequence
/// of that name, else a new one.
pub fn add_shots(production: &Production, requests: &[ShotRequest]) -> Production {
    let mut changed = production.clone();
    add(production, &mut changed, requests, None);
    changed
}

/// The same in place, with a milestone that waits for the shots.
pub(super) fn add(
    production: &Production,
    changed: &mut Production,
    requests: &[ShotRequest],
    milestone: Option<MilestoneId>,
) {
    let waits = waits(production);
    for request in requests {
        let same = |row: &Sequence| row.code == request.sequence && row.show == request.show;
        let found = changed.sequences.enumerate().find(|(_, row)| same(row));
        let sequence = match found.map(|(id, _)| id) {
            Some(id) => id,
            None => changed.sequences.push(Sequence {
                turnover: request.turnover,
                ..Sequence::new(&request.sequence, request.show)
            }),
        };
        let shot = changed.shots.push(Shot {
            class: Some(request.class),
            due: request.due,
            turnover: request.turnover,
            ..Shot::new(&request.code, sequence)
        });
        let work = match request.work.is_empty() {
            true => pattern(production, request.class).work,
            false => request.work.clone(),
        };
        let mut made: Vec<(DepartmentId, TaskId)> = Vec::new();
        for (department, minutes) in work {
            let row = &production.departments[department];
            let code = format!("{}_{}", request.code, row.code.to_lowercase());
            let task = Task::new(&code, Entity::Shot(shot), department, minutes);
            made.push((department, changed.tasks.push(task)));
        }
        link(changed, &made, &waits);
        if let Some(milestone) = milestone {
            changed.milestones[milestone].contents.push(Entity::Shot(shot));
        }
    }
}

/// New tasks of one shot wait for each other.
pub(super) fn link(
    changed: &mut Production,
    made: &[(DepartmentId, TaskId)],
    waits: &[(DepartmentId, DepartmentId)],
) {
    for &(first, from) in made {
        for &(second, to) in made {
            if waits.contains(&(first, second)) {
                changed.dependencies.push(Dependency::new(from, to));
            }
        }
    }
}

/// Pairs of departments of which the second waits for the first in most of the shots that have both. In
/// pipeline order only, so that nothing waits for itself.
pub(super) fn waits(production: &Production) -> Vec<(DepartmentId, DepartmentId)> {
    let mut edges: BTreeMap<(DepartmentId, DepartmentId), usize> = BTreeMap::new();
    for edge in &production.dependencies {
        let (from, to) = (&production.tasks[edge.from], &production.tasks[edge.to]);
        if from.entity == to.entity && matches!(from.entity, Entity::Shot(_)) {
            *edges.entry((from.department, to.department)).or_default() += 1;
        }
    }
    let mut has: BTreeMap<Entity, Vec<DepartmentId>> = BTreeMap::new();
    for task in &production.tasks {
        if matches!(task.entity, Entity::Shot(_)) {
            let own = has.entry(task.entity).or_default();
            if !own.contains(&task.department) {
                own.push(task.department);
            }
        }
    }
    let order = |id: DepartmentId| (production.departments[id].order, id);
    edges
        .into_iter()
        .filter(|((first, second), _)| order(*first) < order(*second))
        .filter(|((first, second), count)| {
            let both = has.values().filter(|own| own.contains(first) && own.contains(second));
            count * 2 >= both.count()
        })
        .map(|(pair, _)| pair)
        .collect()
}
