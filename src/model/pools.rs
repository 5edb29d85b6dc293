//! What work needs besides people: render farm, licences, desks.

use super::{
    AccountId, Cents, DepartmentId, FinePrice, PoolId, Production, ShowId, SiteId, Source, TaskId,
    round_half_even,
};
use jiff::civil::Date;

/// What a pool counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PoolKind {
    /// Render farm: minutes of a core in a day, nights and weekends included.
    Farm,
    /// Floating licences: so many in use at once.
    Licence,
    /// Desks: so many people at work at once.
    Desk,
}

impl PoolKind {
    /// What of its units is written as one: 60 for core-hours, which are counted in core-minutes.
    pub fn unit(self) -> i64 {
        match self {
            PoolKind::Farm => 60,
            PoolKind::Licence | PoolKind::Desk => 1,
        }
    }
    /// The account of its own cost in the usual chart.
    pub fn usual_account(self) -> &'static str {
        match self {
            PoolKind::Farm => "40-01",
            PoolKind::Licence => "40-03",
            PoolKind::Desk => "40-05",
        }
    }
    /// The account of what is had beyond it in the usual chart.
    pub fn usual_overflow_account(self) -> &'static str {
        match self {
            PoolKind::Farm => "40-02",
            PoolKind::Licence | PoolKind::Desk => self.usual_account(),
        }
    }
}

/// Something that is counted and shared: a render farm, licences of one program, the desks of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The id it is referred to by.
    pub code: String,
    /// Display name.
    pub name: String,
    /// What it counts.
    pub kind: PoolKind,
    /// Only work at this site uses it; `None` = all work.
    pub site: Option<SiteId>,
    /// Show that pays for it; `None` = the only show there is, else the production.
    pub show: Option<ShowId>,
    /// How much there is from a day on, sorted by day: core-minutes a day, licences, desks. Nothing
    /// before the first day.
    pub capacity: Vec<(Date, i64)>,
    /// Whether no plan may use more than there is; else what is beyond it has a price.
    pub hard: bool,
    /// What one unit (core-hour, licence, desk) costs on each working day, used or not.
    pub unit_cost: FinePrice,
    /// What one unit beyond the capacity costs on a day: cloud, rental; `None` = none is to be had.
    pub overflow_price: Option<FinePrice>,
    /// Account of its own cost.
    pub account: AccountId,
    /// Account of what is beyond it.
    pub overflow_account: AccountId,
    /// What every task of a department needs: licences or desks for each artist, or core-minutes for
    /// each bid day of work.
    pub departments: Vec<(DepartmentId, i64)>,
    /// Where it was read.
    pub source: Source,
}

impl Pool {
    /// A hard pool of nothing that costs nothing.
    pub fn new(code: &str, kind: PoolKind) -> Pool {
        Pool {
            code: code.to_owned(),
            name: code.to_owned(),
            kind,
            site: None,
            show: None,
            capacity: Vec::new(),
            hard: true,
            unit_cost: FinePrice(0),
            overflow_price: None,
            account: super::Id::new(0),
            overflow_account: super::Id::new(0),
            departments: Vec::new(),
            source: Source::default(),
        }
    }

    /// How much there is on `date`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::{Pool, PoolKind};
    /// let mut houdini = Pool::new("houdini", PoolKind::Licence);
    /// houdini.capacity = vec![(date(2027, 1, 1), 4), (date(2027, 3, 1), 6)];
    /// assert_eq!(houdini.capacity_on(date(2026, 12, 31)), 0);
    /// assert_eq!(houdini.capacity_on(date(2027, 2, 28)), 4);
    /// assert_eq!(houdini.capacity_on(date(2027, 3, 1)), 6);
    /// ```
    pub fn capacity_on(&self, date: Date) -> i64 {
        let next = self.capacity.partition_point(|(from, _)| *from <= date);
        next.checked_sub(1).map_or(0, |last| self.capacity[last].1)
    }

    /// Adds `amount` (below 0: takes it away, never more than there is) from `from` to `to`, both in.
    pub fn change_capacity(&mut self, from: Date, to: Option<Date>, amount: i64) {
        let after = to.and_then(|to| to.tomorrow().ok());
        self.split_at(from);
        if let Some(after) = after {
            self.split_at(after);
        }
        for (day, units) in &mut self.capacity {
            if *day >= from && after.is_none_or(|after| *day < after) {
                *units = units.saturating_add(amount).max(0);
            }
        }
    }

    /// Makes it `amount` from `from` to `to`, both in.
    pub fn set_capacity(&mut self, from: Date, to: Option<Date>, amount: i64) {
        let after = to.and_then(|to| to.tomorrow().ok());
        self.split_at(from);
        if let Some(after) = after {
            self.split_at(after);
        }
        self.capacity.retain(|(day, _)| *day <= from || after.is_some_and(|after| *day >= after));
        if let Some(row) = self.capacity.iter_mut().find(|(day, _)| *day == from) {
            row.1 = amount.max(0);
        }
    }

    /// Lets a row begin on `date`, with the capacity as it is.
    fn split_at(&mut self, date: Date) {
        if let Err(place) = self.capacity.binary_search_by_key(&date, |row| row.0) {
            let units = place.checked_sub(1).map_or(0, |last| self.capacity[last].1);
            self.capacity.insert(place, (date, units));
        }
    }

    /// What `units` beyond the capacity cost on one day, rounded half to even.
    ///
    /// ```
    /// use shotplan::model::{Cents, FinePrice, Pool, PoolKind};
    /// let price = Some(FinePrice(7_000));
    /// let farm = Pool { overflow_price: price, ..Pool::new("farm", PoolKind::Farm) };
    /// assert_eq!(farm.overflow_cost(90), Cents(10)); // an hour and a half of a core at 7 cents
    /// ```
    pub fn overflow_cost(&self, units: i64) -> Cents {
        self.overflow_price.map_or(Cents::ZERO, |price| price.of(units, self.kind.unit()))
    }
}

impl Production {
    /// What each artist on a task needs of a pool while they work: licences or desks; of a farm the
    /// core-minutes of all the work that is left on the task. What the task itself says comes before
    /// what is said of its department; every task needs a desk where the pool names no department.
    ///
    /// Of a task that is half done, half of its rendering is left.
    pub fn pool_need(&self, task: TaskId, pool: PoolId) -> i64 {
        let (row, pool_row) = (&self.tasks[task], &self.pools[pool]);
        let left = self.work_left(task).max(0);
        if left == 0 || row.vendor.is_some() {
            return 0;
        }
        let is_farm = pool_row.kind == PoolKind::Farm;
        // Nobody sits at two desks.
        let units = |own: i64| if pool_row.kind == PoolKind::Desk { own.min(1) } else { own };
        if let Some((_, own)) = row.pools.iter().find(|(id, _)| *id == pool) {
            if !is_farm {
                return units(*own);
            }
            let whole = row.estimate.max(left);
            return round_half_even(i128::from(*own) * i128::from(left), i128::from(whole));
        }
        let of_department = pool_row.departments.iter().find(|(id, _)| *id == row.department);
        match of_department {
            Some((_, minutes)) if is_farm => {
                let day = i128::from(self.bid_day_minutes().max(1));
                round_half_even(i128::from(*minutes) * i128::from(left), day)
            }
            Some((_, own)) => units(*own),
            None if pool_row.kind == PoolKind::Desk && pool_row.departments.is_empty() => 1,
            None => 0,
        }
    }

    /// The show that pays for a pool.
    pub fn pool_show(&self, pool: PoolId) -> Option<ShowId> {
        let only = (self.shows.len() == 1).then(|| super::Id::new(0));
        self.pools[pool].show.or(only)
    }
}
