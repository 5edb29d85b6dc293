//! What pools cost, and how much of them is used: render farm, licences, desks.

use super::ledger::{CostState, Desk, Posting, PostingKind};
use crate::model::{
    AccountId, AccountKind, Cents, Day, Id, Pool, PoolId, PoolKind, Production, Worker,
};

/// How much of a pool is used in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolWeek {
    /// The pool.
    pub pool: PoolId,
    /// The week of the timeline.
    pub week: u32,
    /// Units used, added over the days of the week: the most at once on each day, of a farm all of it.
    pub used: i64,
    /// Days on which any are used.
    pub days: u32,
    /// Units there are, added over these days.
    pub there: i64,
    /// The most used on a day of the week.
    pub most: i64,
    /// Units beyond the capacity, added over the days.
    pub beyond: i64,
    /// What is beyond the capacity costs.
    pub overflow: Cents,
}

/// Posts what there is of each pool on each working day until the last day of work, and what is used
/// beyond it. Gives the use of each pool week by week, weeks without use left out.
pub(super) fn post_pools(desk: &Desk, ledger: &mut Vec<Posting>) -> Vec<PoolWeek> {
    let production = desk.production;
    let mut weeks: Vec<PoolWeek> = Vec::new();
    let ends = desk.plan.assignments.iter().map(|row| desk.timeline.day_of_end(row.end()));
    let Some(last) = ends.max() else { return weeks };
    for (id, pool) in production.pools.enumerate() {
        let used = most_in_use(desk, id);
        for day in 0..=last.0 {
            let date = desk.timeline.date(Day(day));
            if date < production.settings.as_of {
                continue;
            }
            let there = pool.capacity_on(date);
            let own = pool.unit_cost.of(there, pool.kind.unit());
            let post = |account: AccountId, kind, state, amount: Cents| {
                let posting = Posting::new(date, cost_account(production, account), kind, state);
                Posting { show: production.pool_show(id), amount, ..posting }
            };
            if own != Cents::ZERO && is_worked(production, pool, date) {
                ledger.push(post(pool.account, PostingKind::Pool, CostState::Committed, own));
            }
            let used = used[day as usize];
            let beyond = (used - there).max(0);
            let overflow = if pool.hard { Cents::ZERO } else { pool.overflow_cost(beyond) };
            if overflow != Cents::ZERO {
                let account = pool.overflow_account;
                ledger.push(post(account, PostingKind::Overflow, CostState::Etc, overflow));
            }
            if used == 0 {
                continue;
            }
            let week = desk.timeline.week(Day(day));
            let none = PoolWeek {
                pool: id,
                week,
                used: 0,
                days: 0,
                there: 0,
                most: 0,
                beyond: 0,
                overflow: Cents::ZERO,
            };
            if weeks.last().is_none_or(|row| (row.pool, row.week) != (id, week)) {
                weeks.push(none);
            }
            let Some(row) = weeks.last_mut() else { continue };
            row.used += used;
            row.days += 1;
            row.there += there;
            row.most = row.most.max(used);
            row.beyond += beyond;
            row.overflow += overflow;
        }
    }
    weeks
}

/// A slip of the chart cannot turn cost into revenue.
fn cost_account(production: &Production, account: AccountId) -> AccountId {
    let accounts = &production.accounts;
    let is_cost =
        |id: &AccountId| accounts.get(*id).is_some_and(|row| row.kind != AccountKind::Revenue);
    let first = || accounts.ids().find(is_cost);
    Some(account).filter(is_cost).or_else(first).unwrap_or(account)
}

/// Whether the pool's site works; a pool for all sites goes by the first.
fn is_worked(production: &Production, pool: &Pool, date: jiff::civil::Date) -> bool {
    let Some(site) = production.sites.get(pool.site.unwrap_or(Id::new(0))) else { return true };
    production.calendars[site.calendar].is_worked(date)
        && site.holidays.binary_search(&date).is_err()
}

/// The most that is in use of a pool at any time of each day: core-minutes in all of the day, licences
/// or desks at once.
fn most_in_use(desk: &Desk, id: PoolId) -> Vec<i64> {
    let (production, plan) = (desk.production, desk.plan);
    let pool = &production.pools[id];
    let per_day = desk.timeline.slots_per_day();
    let places = if pool.kind == PoolKind::Farm { 1 } else { per_day };
    let mut used = vec![0_i64; (desk.timeline.days() * places) as usize];
    let mut seated: Vec<(u32, u32)> = Vec::new();
    for parts in plan.assignments.chunk_by(|one, other| one.task == other.task) {
        let need = production.pool_need(parts[0].task, id);
        let show = production.show_of(production.tasks[parts[0].task].entity);
        for part in parts.iter().filter(|_| need > 0) {
            let Worker::Person(person) = part.worker else { continue };
            if pool.site.is_some_and(|site| site != production.people[person].site) {
                continue;
            }
            let mut lanes = desk.lanes_of(person).iter();
            let lane = lanes.find(|lane| lane.show.is_none_or(|own| own == show));
            let is_asked =
                |day: u32| plan.overtime.iter().any(|row| (row.person, row.day.0) == (person, day));
            let is_worked = |slot: &u32| {
                let day = slot / per_day;
                lane.is_some_and(|lane| match lane.share.get(day as usize) {
                    Some(&share) if share > 0 => true,
                    _ => lane.minutes_off(day) > 0 && is_asked(day),
                })
            };
            let slots = part.segments.iter().flat_map(|run| run.start.0..run.end.0);
            let slots: Vec<u32> = slots.filter(is_worked).collect();
            match pool.kind {
                PoolKind::Farm => {
                    let count = parts.len() as i64;
                    let own = i128::from(need / count + i64::from(need % count > 0));
                    let rendered = |done: usize| (own * done as i128 / slots.len() as i128) as i64;
                    for (done, slot) in slots.iter().enumerate() {
                        used[(slot / per_day) as usize] += rendered(done + 1) - rendered(done);
                    }
                }
                PoolKind::Licence => slots.iter().for_each(|slot| used[*slot as usize] += need),
                PoolKind::Desk => {
                    seated.extend(slots.iter().map(|slot| (*slot, person.index() as u32)));
                }
            }
        }
    }
    seated.sort_unstable();
    seated.dedup();
    seated.iter().for_each(|(slot, _)| used[*slot as usize] += 1);
    let days = used.chunks(places as usize);
    days.map(|day| day.iter().copied().max().unwrap_or(0)).collect()
}
