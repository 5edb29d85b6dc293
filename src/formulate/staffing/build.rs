//! Builds the program. Every row says why no valid plan breaks it.

use super::Kind;
use super::crews::{Crew, Hubs, Pool, Supply, after_rounding};
use super::grid::Period;
use super::image::CrewColumns;
use super::late::{WorkingDays, working_days_beyond};
use super::order::OrderRow;
use super::pools::PoolRow;
use super::work::{Deliverables, Facts, Group, Pace, Unit};
use crate::formulate::calls::{Call, Calls};
use crate::formulate::program::{Column, ColumnKind, Program, Row, RowKind, Sense};
use crate::model::{
    Cents, DateRule, Day, Id, Keyed, Multipliers, Production, Slot, Status, TaskId, Timeline,
    days_between,
};
use std::collections::{BTreeMap, HashMap};

pub(super) struct Builder<'a> {
    pub production: &'a Production,
    pub timeline: &'a Timeline,
    pub multipliers: Multipliers,
    pub periods: &'a [Period],
    pub facts: &'a Facts,
    pub pace: &'a Pace,
    pub units: &'a [Unit],
    pub groups: &'a [Group],
    pub calls: &'a Calls,
    pub pools: &'a [Pool],
    pub hubs: &'a Hubs,
    pub days: &'a WorkingDays,
    pub period_of_day: &'a [u32],
    pub group_of_task: &'a Keyed<TaskId, Option<usize>>,
    pub tangents: usize,
    pub begun: Begun,
}

/// The program as far as it is built, and where its columns and rows are.
#[derive(Clone, Default)]
pub(super) struct Begun {
    pub program: Program,
    /// Work done by the end of each period, by group.
    pub done: Vec<Vec<Column>>,
    pub unplaced: Vec<Column>,
    pub crew_columns: Vec<Vec<CrewColumns>>,
    /// Row, pool and period of what fits a department's people.
    pub crew_rows: Vec<(Row, usize, usize)>,
    /// By pool and period, of pools with a hub: work of those who may do all work of the department.
    pub free: Vec<Vec<Column>>,
    pub pool_rows: Vec<PoolRow>,
}

impl Builder<'_> {
    /// What asks for no date of a milestone.
    pub fn begin(&mut self, supply: &Supply, kind: Kind) {
        self.lost_work();
        self.broken_dates();
        self.work();
        self.crews(supply);
        self.caps(supply);
        self.pools(kind);
    }

    /// The rest of it, on top.
    pub fn finish(&mut self, deliverables: &Deliverables, order: &[OrderRow]) {
        self.lateness_of_units(deliverables);
        self.lateness_of_tasks(deliverables);
        self.milestones(deliverables);
        for row in order {
            let entries = row.entries.iter().copied();
            self.begun.program.row_of(row.kind, Sense::AtMost, row.most, entries);
        }
    }

    pub(super) fn share(&self, component: usize) -> f64 {
        self.multipliers[component] as f64 / 1e4
    }

    fn mean(&self) -> Cents {
        Cents(self.production.mean_day_cost().0.max(0))
    }

    /// Work that no plan can place costs its price in every plan, to the unit.
    fn lost_work(&mut self) {
        let bid_day = self.production.bid_day_minutes().max(1);
        let lost: Cents = self
            .facts
            .hopeless
            .enumerate()
            .filter(|(_, hopeless)| **hopeless)
            .map(|(task, _)| self.production.work_left(task).max(0))
            .map(|left| self.mean().by(5).times(left, bid_day))
            .sum();
        self.begun.program.add_offset(lost.0 as f64 * self.share(3));
    }

    /// Dates that break whatever is planned: the earliest start or end lies beyond them. An unplaced
    /// task counts as starting and finishing on the last day, which is no earlier.
    fn broken_dates(&mut self) {
        let rules = self.production.date_rules();
        let price = 1_000.0 * self.mean().0 as f64 * self.share(0);
        let as_of = self.production.settings.as_of;
        let last = Slot(self.timeline.slots());
        let mut broken = 0_u64;
        for (id, task) in self.production.tasks.enumerate() {
            if !self.production.is_open(id) || task.status == Status::Hold {
                continue;
            }
            let hopeless = self.facts.hopeless[id];
            let start = if hopeless { last } else { Slot(self.facts.head[id]) };
            let end = if hopeless { last } else { Slot(self.facts.end[id]).min(last) };
            let start = self.timeline.day_of_start(start).0;
            let end = self.timeline.day_of_end(end).0;
            let show = self.production.show_of(task.entity);
            let calendar = self.production.shows[show].calendar;
            let mut beyond = |on, day| {
                let due = days_between(self.timeline.first(), on);
                broken += u64::from(working_days_beyond(self.days, calendar, due, day));
            };
            let began = |on| task.status.is_open() && on < as_of;
            for rule in &rules[id] {
                match *rule {
                    DateRule::MustStartOn(on) | DateRule::StartNoLaterThan(on) if !began(on) => {
                        beyond(on, start);
                    }
                    DateRule::MustFinishOn(on) | DateRule::FinishNoLaterThan(on) => {
                        beyond(on, end);
                    }
                    _ => {}
                }
            }
            if task.lock.holds_dates() {
                if let Some(on) = task.start.filter(|on| !began(*on)) {
                    beyond(on, start);
                }
                if let Some(on) = task.end {
                    beyond(on, end);
                }
            }
        }
        self.begun.program.add_offset(broken as f64 * price);
    }

    /// Columns of work done. By the end of a period a group cannot have done more than its tasks allow
    /// each alone: as many parts as they may have, each with the fastest person from the earliest
    /// start on; a vendor's task counts as done when it is delivered. Work done stays done, and what
    /// is not done in the end is without a place.
    fn work(&mut self) {
        let slots = self.timeline.slots_per_day();
        for (index, group) in self.groups.iter().enumerate() {
            let number = index as u32;
            let mut columns = Vec::with_capacity(self.periods.len());
            for period in self.periods {
                let end = period.end * slots;
                let most: f64 = group.tasks.iter().map(|&task| self.most_by(task, end)).sum();
                let kind = ColumnKind::Done { group: number, week: period.week };
                columns.push(self.begun.program.column_of(kind, 0.0, most.min(group.work), 0.0));
            }
            for (pair, period) in columns.windows(2).zip(&self.periods[1..]) {
                let kind = RowKind::Forward { group: number, week: period.week };
                let entries = [(pair[1], 1.0), (pair[0], -1.0)];
                self.begun.program.row_of(kind, Sense::AtLeast, 0.0, entries);
            }
            // Each unplaced task is rounded once: the smallest one loses most by it.
            let price = 5.0 * self.mean().0 as f64;
            let smallest =
                group.tasks.iter().map(|&task| self.facts.work[task]).fold(f64::INFINITY, f64::min);
            let price = after_rounding(price, price * smallest) * self.share(3);
            let kind = ColumnKind::Unplaced { group: number };
            let unplaced = self.begun.program.column_of(kind, 0.0, group.work, price);
            if let Some(&last) = columns.last() {
                let entries = [(last, 1.0), (unplaced, 1.0)];
                let kind = RowKind::WorkDone { group: number };
                self.begun.program.row_of(kind, Sense::Equal, group.work, entries);
            }
            self.begun.done.push(columns);
            self.begun.unplaced.push(unplaced);
        }
    }

    fn most_by(&self, task: TaskId, slot: u32) -> f64 {
        let row = &self.production.tasks[task];
        let work = self.facts.work[task];
        if row.vendor.is_some() {
            return if self.facts.end[task] <= slot { work } else { 0.0 };
        }
        let head = self.facts.head[task];
        if slot <= head {
            return 0.0;
        }
        let pace = |slot| self.pace.before(row.department, slot);
        let most = self.facts.parts[task] * (pace(slot) - pace(head));
        // A hair more, so that rounding never takes room away.
        (most * (1.0 + 1e-9)).min(work)
    }

    /// Entries of the work that groups do in a period.
    pub(super) fn work_in(
        &self,
        period: usize,
        groups: impl Iterator<Item = usize>,
    ) -> Vec<(Column, f64)> {
        let mut entries = Vec::new();
        for group in groups {
            entries.push((self.begun.done[group][period], 1.0));
            if period > 0 {
                entries.push((self.begun.done[group][period - 1], -1.0));
            }
        }
        entries
    }

    /// The work of a department in a period is done by people in their time: nobody gives
    /// more output than their share of the day, with overtime, at their best level for the
    /// department. People who can work for several pools give each unit of their time once.
    fn crews(&mut self, supply: &Supply) {
        let mut of_pool: Vec<Vec<usize>> = vec![Vec::new(); self.pools.len()];
        let index: HashMap<Pool, usize> =
            self.pools.iter().enumerate().map(|(index, pool)| (*pool, index)).collect();
        for (group, row) in self.groups.iter().enumerate().filter(|(_, row)| !row.vendor) {
            if let Some(&pool) = index.get(&row.pool) {
                of_pool[pool].push(group);
            }
        }
        let mut columns =
            vec![vec![CrewColumns::default(); self.periods.len()]; supply.crews.len()];
        for (at, period) in self.periods.iter().enumerate() {
            let places = self.pools.len() + self.hubs.first.len();
            let mut room = vec![0.0; places];
            let mut helpers: Vec<Vec<(Column, f64)>> = vec![Vec::new(); places];
            for (number, crew) in supply.crews.iter().enumerate() {
                columns[number][at] =
                    self.crew(number as u32, crew, at, period, &mut room, &mut helpers);
            }
            self.free_time(period, &of_pool, &room, &mut helpers);
            for (pool, groups) in of_pool.iter().enumerate() {
                let mut entries = self.work_in(at, groups.iter().copied());
                entries.extend(helpers[pool].iter().map(|(column, rate)| (*column, -rate)));
                let (call, week) = (self.pools[pool], period.week);
                let kind = match call.is_plain() {
                    true => RowKind::CrewFits { department: call.department, week },
                    false => RowKind::CallFits { call, week },
                };
                let row = self.begun.program.row_of(kind, Sense::AtMost, room[pool], entries);
                self.begun.crew_rows.push((row, pool, at));
            }
        }
        self.overtime_of_weeks(supply, &columns);
        self.begun.crew_columns = columns;
    }

    /// Time of those who may do all work of a department goes to all of it, once.
    fn free_time(
        &mut self,
        period: &Period,
        of_pool: &[Vec<usize>],
        room: &[f64],
        helpers: &mut [Vec<(Column, f64)>],
    ) {
        let week = period.week;
        for (at, &first) in self.hubs.first.iter().enumerate() {
            let hub = self.pools.len() + at;
            let mut entries: Vec<(Column, f64)> =
                helpers[hub].iter().map(|(column, rate)| (*column, -rate)).collect();
            let members =
                (first..self.pools.len()).take_while(|pool| self.hubs.of_pool[*pool] == Some(hub));
            for pool in members {
                let most = of_pool[pool].iter().map(|&group| self.groups[group].work).sum();
                let kind = ColumnKind::FreeFor { call: self.pools[pool], week };
                let column = self.begun.program.column_of(kind, 0.0, most, 0.0);
                entries.push((column, 1.0));
                helpers[pool].push((column, 1.0));
                self.begun.free[pool].push(column);
            }
            let kind = RowKind::FreeFits { department: self.pools[first].department, week };
            self.begun.program.row_of(kind, Sense::AtMost, room[hub], entries);
        }
    }

    /// Time of one crew in one period: what is paid anyway goes into `room` where only one pool can
    /// use it, the rest becomes columns.
    fn crew(
        &mut self,
        number: u32,
        crew: &Crew,
        at: usize,
        period: &Period,
        room: &mut [f64],
        helpers: &mut [Vec<(Column, f64)>],
    ) -> CrewColumns {
        let week = period.week;
        let mut columns = CrewColumns::default();
        let mut paid = Vec::new();
        let (time, price) = crew.freelance[at];
        if time > 0.0 {
            let kind = ColumnKind::FreelanceTime { crew: number, week };
            let column = self.begun.program.column_of(kind, 0.0, time, price.max(0.0));
            paid.push(column);
            columns.freelance = Some(column);
        }
        let (time, price) = crew.overtime[at];
        if time > 0.0 {
            let price = if price.is_finite() { price.max(0.0) } else { 0.0 };
            let kind = ColumnKind::Overtime { crew: number, week };
            let column = self.begun.program.column_of(kind, 0.0, time, price);
            paid.push(column);
            columns.overtime = Some(column);
        }
        if let [(pool, rate)] = crew.pools[..] {
            room[pool] += crew.own[at] * rate;
            helpers[pool].extend(paid.iter().map(|column| (*column, rate)));
            return columns;
        }
        let all = crew.own[at] + crew.freelance[at].0 + crew.overtime[at].0;
        if all <= 0.0 {
            return columns;
        }
        let mut entries: Vec<(Column, f64)> = paid.iter().map(|column| (*column, -1.0)).collect();
        for &(pool, rate) in &crew.pools {
            let call = match pool.checked_sub(self.pools.len()) {
                Some(hub) => Call::of(self.pools[self.hubs.first[hub]].department),
                None => self.pools[pool],
            };
            let kind = match call.is_plain() {
                true => ColumnKind::TimeOn { crew: number, department: call.department, week },
                false => ColumnKind::TimeFor { crew: number, call, week },
            };
            let column = self.begun.program.column_of(kind, 0.0, all, 0.0);
            entries.push((column, 1.0));
            columns.on.push((pool, column));
            helpers[pool].push((column, rate));
        }
        let kind = RowKind::TimeFits { crew: number, week };
        self.begun.program.row_of(kind, Sense::AtMost, crew.own[at], entries);
        columns
    }

    /// Where periods are shorter than a week, the week's limit on overtime holds over several.
    fn overtime_of_weeks(&mut self, supply: &Supply, columns: &[Vec<CrewColumns>]) {
        for (number, (crew, columns)) in supply.crews.iter().zip(columns).enumerate() {
            let mut weeks: BTreeMap<u32, Vec<Column>> = BTreeMap::new();
            for (period, column) in self.periods.iter().zip(columns) {
                if let Some(column) = column.overtime
                    && self.timeline.week(Day(period.end - 1)) == period.week
                {
                    weeks.entry(period.week).or_default().push(column);
                }
            }
            for (week, columns) in weeks.into_iter().filter(|(_, columns)| columns.len() > 1) {
                let most = crew.overtime_week.get(week as usize).copied().unwrap_or(0.0);
                let kind = RowKind::OvertimeFits { crew: number as u32, week };
                let entries = columns.into_iter().map(|column| (column, 1.0));
                self.begun.program.row_of(kind, Sense::AtMost, most, entries);
            }
        }
    }

    /// With at most so many people of a department at work on a day, they do no more than its fastest
    /// people, as many, would do with all their time.
    fn caps(&mut self, supply: &Supply) {
        for (department, _) in self.production.departments.enumerate() {
            let Some(Some(most)) = supply.caps.get(department.index()) else { continue };
            for (at, period) in self.periods.iter().enumerate() {
                let groups = self.groups.iter().enumerate();
                let groups = groups
                    .filter(|(_, row)| row.pool.department == department && !row.vendor)
                    .map(|(index, _)| index);
                let entries = self.work_in(at, groups);
                if !entries.is_empty() {
                    let kind = RowKind::CrewCap { department, week: period.week };
                    self.begun.program.row_of(kind, Sense::AtMost, most[at], entries);
                }
            }
        }
    }
}
