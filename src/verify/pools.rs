//! Rule 17: no more is in use of a hard pool than there is. What is in use, counted here from the plan.

use super::case::Case;
use super::verdict::{Rule, Violation};
use crate::model::{Id, Pool, PoolId, PoolKind};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for (id, pool) in case.production.pools.enumerate().filter(|(_, pool)| pool.hard) {
        for (day, used) in most_in_use(case, id) {
            let date = case.clock.date(day);
            let there = pool.capacity_on(date);
            if used > there {
                found.push(Violation {
                    rule: Rule::Pools,
                    task: None,
                    person: None,
                    object: format!("pool {}", pool.code),
                    message: in_words(pool, used, there, &date.to_string()),
                });
            }
        }
    }
}

fn in_words(pool: &Pool, used: i64, there: i64, date: &str) -> String {
    let hours = |minutes: i64| format!("{}.{}", minutes / 60, minutes % 60 / 6);
    match pool.kind {
        PoolKind::Farm => {
            format!("{} core-hours are rendered on {date}; there are {}", hours(used), hours(there))
        }
        PoolKind::Licence => format!("{used} licences are in use on {date}; there are {there}"),
        PoolKind::Desk => format!("{used} desks are taken on {date}; there are {there}"),
    }
}

/// The most that is in use of a pool at any time of each day on which it is used: core-minutes in all
/// of the day, licences or desks at once.
pub(super) fn most_in_use(case: &Case<'_>, id: PoolId) -> Vec<(u32, i64)> {
    let pool = &case.production.pools[id];
    // When, by whom (desks only: a person sits at one), and how much.
    let mut uses: Vec<(u32, u32, i64)> = Vec::new();
    for (part, person) in case.worked_parts() {
        let Some(lane) = case.lane(part) else { continue };
        let at_site = pool.site.is_none_or(|site| case.site(part) == Some(site));
        let need = case.production.pool_need(part.task, id);
        if !at_site || need <= 0 {
            continue;
        }
        let shares = lane.full();
        let slots = part.segments.iter().flat_map(|run| run.start.0..run.end.0);
        let worked = slots.filter(|&slot| shares.at(slot, case.clock.per_day) > 0);
        match pool.kind {
            PoolKind::Farm => {
                let days: Vec<u32> = worked.map(|slot| slot / case.clock.per_day).collect();
                let parts = case.parts_of(part.task).len().max(1) as i64;
                let own = i128::from(need / parts + i64::from(need % parts > 0));
                let all = days.len() as i128;
                for (number, &day) in days.iter().enumerate() {
                    let up_to = |slots: i128| (own * slots / all) as i64;
                    let number = number as i128;
                    uses.push((day, 0, up_to(number + 1) - up_to(number)));
                }
            }
            PoolKind::Licence => uses.extend(worked.map(|slot| (slot, 0, need))),
            PoolKind::Desk => uses.extend(worked.map(|slot| (slot, person.index() as u32, 1))),
        }
    }
    uses.sort_unstable();
    if pool.kind == PoolKind::Desk {
        uses.dedup();
    }
    let per_day = if pool.kind == PoolKind::Farm { 1 } else { case.clock.per_day };
    let mut most: Vec<(u32, i64)> = Vec::new();
    for at_once in uses.chunk_by(|one, other| one.0 == other.0) {
        let (day, sum) = (at_once[0].0 / per_day, at_once.iter().map(|row| row.2).sum::<i64>());
        match most.last_mut() {
            Some((same, known)) if *same == day => *known = (*known).max(sum),
            _ => most.push((day, sum)),
        }
    }
    most
}
