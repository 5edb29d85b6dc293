//! Pools as the engine counts them: how much there is on each day, and what each task needs.

use super::{Job, JobKind, NONE, WorkingTime};
use crate::model::{Day, FinePrice, Id, Lane, PoolKind, Production, TaskId, Timeline};

/// A render farm, the licences of one program, or desks.
#[derive(Clone, Debug)]
pub struct PoolSpec {
    /// What it counts.
    pub kind: PoolKind,
    /// Only work at this site uses it; [`NONE`] = all work.
    pub site: u32,
    /// Whether no plan uses more than there is.
    pub hard: bool,
    /// Units on each day.
    pub capacity: Vec<i64>,
    /// Price of one unit beyond the capacity, on a day.
    pub price: FinePrice,
    /// Counted places in a day: each slot, of a farm the day as a whole.
    pub per_day: u32,
}

impl PoolSpec {
    /// What so many units beyond the capacity cost on a day.
    #[inline]
    pub fn overflow_cost(&self, units: i64) -> i64 {
        if units <= 0 { 0 } else { self.price.of(units, self.kind.unit()).0 }
    }
}

/// What a task needs of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolNeed {
    /// The pool.
    pub pool: u32,
    /// Licences or desks for each artist; of a farm the core-minutes of all that is left.
    pub units: i64,
}

/// All pools and needs of a problem.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    /// Pools by [`PoolId`](crate::model::PoolId); none if no open work needs any.
    pub specs: Vec<PoolSpec>,
    needs: Vec<PoolNeed>,
    needs_of: Vec<u32>,
    /// Per person: a number for those with several lanes, who may work on two things at the same
    /// time; else [`NONE`].
    shared: Vec<u32>,
    /// How many have such a number.
    pub shared_people: u32,
    /// Whether some pool that is needed has a price beyond its capacity.
    pub any_soft: bool,
}

impl Pools {
    /// The pools of a production.
    pub fn new(
        production: &Production,
        timeline: &Timeline,
        lanes: &[Lane],
        jobs: &[Job],
    ) -> Pools {
        let mut pools = Pools::default();
        if production.pools.is_empty() {
            return pools;
        }
        pools.needs_of.push(0);
        for (task, job) in jobs.iter().enumerate() {
            if job.kind == JobKind::People {
                let task = TaskId::new(task);
                let needs = production.pools.ids().map(|pool| PoolNeed {
                    pool: pool.index() as u32,
                    units: production.pool_need(task, pool),
                });
                pools.needs.extend(needs.filter(|need| need.units > 0));
            }
            pools.needs_of.push(pools.needs.len() as u32);
        }
        if pools.needs.is_empty() {
            return Pools::default();
        }
        pools.shared = vec![NONE; production.people.len()];
        for pair in lanes.windows(2).filter(|pair| pair[0].person == pair[1].person) {
            let number = &mut pools.shared[pair[0].person.index()];
            if *number == NONE {
                *number = pools.shared_people;
                pools.shared_people += 1;
            }
        }
        for row in &production.pools {
            pools.specs.push(PoolSpec {
                kind: row.kind,
                site: row.site.map_or(NONE, |site| site.index() as u32),
                hard: row.hard,
                capacity: (0..timeline.days())
                    .map(|day| row.capacity_on(timeline.date(Day(day))))
                    .collect(),
                price: row.overflow_price.unwrap_or_default(),
                per_day: match row.kind {
                    PoolKind::Farm => 1,
                    PoolKind::Licence | PoolKind::Desk => timeline.slots_per_day(),
                },
            });
        }
        let mut needs = pools.needs.iter();
        pools.any_soft = needs.any(|need| !pools.specs[need.pool as usize].hard);
        pools
    }

    /// Whether no open work needs any.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.needs.is_empty()
    }

    /// What a task needs.
    #[inline]
    pub fn of(&self, task: u32) -> &[PoolNeed] {
        if self.needs.is_empty() {
            return &[];
        }
        let (first, last) = (self.needs_of[task as usize], self.needs_of[task as usize + 1]);
        &self.needs[first as usize..last as usize]
    }

    /// What a task needs when it is worked at a site.
    #[inline]
    pub fn at(&self, task: u32, site: u32) -> impl Iterator<Item = (&PoolSpec, PoolNeed)> + '_ {
        let needs = self.of(task).iter().map(|&need| (&self.specs[need.pool as usize], need));
        needs.filter(move |(spec, _)| spec.site == NONE || spec.site == site)
    }

    /// The number of a person who may work on two things at the same time.
    #[inline]
    pub fn shared(&self, person: u32) -> Option<u32> {
        Some(self.shared[person as usize]).filter(|&number| number != NONE)
    }
}

/// Calls `visit` with each calendar day of a run of working slots `[from, to)`, the first of its slots
/// in the day, and how many there are.
pub fn days_of_run(time: &WorkingTime, from: u32, to: u32, mut visit: impl FnMut(u32, u32, u32)) {
    let per_day = time.slots_per_day();
    let mut first = from % per_day;
    for (day, slots) in time.days_of(from, to) {
        visit(day, first, slots);
        first = 0;
    }
}

/// Core-minutes that the first `done` of `all` working slots of a part render, of `units` in all.
#[inline]
pub fn rendered(units: i64, done: u32, all: u32) -> i64 {
    (i128::from(units) * i128::from(done) / i128::from(all.max(1))) as i64
}

/// Core-minutes of one of `parts` parts, each the same, rounded up.
#[inline]
pub fn part_of(units: i64, parts: u32) -> i64 {
    let parts = i64::from(parts.max(1));
    units / parts + i64::from(units % parts > 0)
}
