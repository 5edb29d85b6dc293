//! A plan in the columns of the program: the proof, plan by plan, that the program is a relaxation.
//!
//! The work of each part is spread over the days on which it is done, the time it takes over the
//! crew of its artist, and lateness is what the rows ask for, no more. For the relaxation the values
//! fit every row and cost no more than the plan.

use super::crews::{avoidable_price, output};
use super::{Staffing, work::Group};
use crate::formulate::program::{Column, ColumnKind, RowKind};
use crate::model::{Assignment, Day, Lane, Plan, Production, TaskId, Timeline, Worker};
use std::collections::HashMap;

/// The columns of one crew in one period.
#[derive(Clone, Debug, Default)]
pub(super) struct CrewColumns {
    pub freelance: Option<Column>,
    pub overtime: Option<Column>,
    /// For each pool, where there are several.
    pub on: Vec<(usize, Column)>,
}

impl Staffing {
    /// The values that the columns take in a plan of the production the program was built from.
    ///
    /// `lanes` are those the program was built with.
    pub fn image(
        &self,
        production: &Production,
        timeline: &Timeline,
        lanes: &[Lane],
        plan: &Plan,
    ) -> Vec<f64> {
        let mut image = Image {
            staffing: self,
            production,
            timeline,
            values: vec![0.0; self.program.columns()],
            done: self.groups.iter().map(|_| vec![0.0; self.periods.len()]).collect(),
        };
        image.work(lanes, plan);
        image.overflow();
        image.lateness();
        image.values
    }
}

struct Image<'a> {
    staffing: &'a Staffing,
    production: &'a Production,
    timeline: &'a Timeline,
    values: Vec<f64>,
    /// Work done in each period, by group.
    done: Vec<Vec<f64>>,
}

impl Image<'_> {
    fn work(&mut self, lanes: &[Lane], plan: &Plan) {
        let group_of: HashMap<TaskId, usize> = self
            .staffing
            .groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| group.tasks.iter().map(move |task| (*task, index)))
            .collect();
        let mut parts: HashMap<TaskId, f64> = HashMap::new();
        for part in &plan.assignments {
            *parts.entry(part.task).or_default() += 1.0;
        }
        let overtime: HashMap<_, _> =
            plan.overtime.iter().map(|row| ((row.person, row.day), row.worth)).collect();
        for part in &plan.assignments {
            let Some(&group) = group_of.get(&part.task) else { continue };
            let bid_day = self.production.bid_day_minutes().max(1) as f64;
            let work = self.production.work_left(part.task) as f64 / bid_day;
            match part.worker {
                Worker::Vendor(_) => {
                    let end = self.timeline.day_of_end(part.end());
                    let period = self.period_of(end);
                    self.done[group][period] += work;
                }
                Worker::Person(person) => {
                    let show = self.production.show_of(self.production.tasks[part.task].entity);
                    let lane = lanes.iter().position(|lane| {
                        lane.person == person && lane.show.is_none_or(|booked| booked == show)
                    });
                    let Some(lane) = lane else { continue };
                    let extra = |day| overtime.get(&(person, day)).copied().unwrap_or(0);
                    let work = work / parts[&part.task];
                    self.part(part, group, work, (lane, &lanes[lane]), &extra);
                }
            }
        }
        for (index, group) in self.staffing.groups.iter().enumerate() {
            let mut sum = 0.0;
            for (done, column) in self.done[index].iter().zip(&self.staffing.done[index]) {
                sum += done;
                self.values[column.index()] = sum;
            }
            self.values[self.staffing.unplaced[index].index()] = self.left_out(group, plan);
        }
    }

    /// What the rows ask for beyond the pools, no more.
    fn overflow(&mut self) {
        for held in &self.staffing.pool_rows {
            let Some(overflow) = held.overflow else { continue };
            let program = &self.staffing.program;
            let missing = program.activity(held.row, &self.values) - program.side(held.row).1;
            self.values[overflow.index()] = missing.max(0.0);
        }
    }

    fn left_out(&self, group: &Group, plan: &Plan) -> f64 {
        let bid_day = self.production.bid_day_minutes().max(1) as f64;
        let is_unplaced =
            |task: &&TaskId| plan.unplaced.binary_search_by_key(*task, |row| row.0).is_ok();
        let tasks = group.tasks.iter().filter(is_unplaced);
        tasks.map(|task| self.production.work_left(*task) as f64 / bid_day).sum()
    }

    /// Time and work of one artist's part, day by day.
    fn part(
        &mut self,
        part: &Assignment,
        group: usize,
        work: f64,
        (number, lane): (usize, &Lane),
        overtime: &dyn Fn(Day) -> u32,
    ) {
        let person = &self.production.people[lane.person];
        let level = self.production.level_for(lane.person, part.task).unwrap_or(0);
        let rate = output(self.production, person, level);
        let length = self.production.sites[person.site].day_minutes.max(1) as f64;
        let slots = self.timeline.slots_per_day();
        let Some((crew, main)) = self.staffing.crew_of_lane[number] else { return };
        let pool = self.staffing.pool_of_group(group);
        let hub = self.staffing.hub_of_pool[pool];
        let hub = hub.filter(|hub| self.staffing.hubs_of_crew[crew].contains(hub));
        let free = hub.map(|_| &self.staffing.free[pool]);
        let mut left = work;
        for segment in &part.segments {
            let (first, last) = (segment.start.0 / slots, segment.end.0.div_ceil(slots));
            for day in first..last {
                let share = f64::from(lane.share.get(day as usize).copied().unwrap_or(0)) / 1e4;
                let extra = f64::from(overtime(Day(day))) / length;
                if share == 0.0 && lane.minutes_off(day) == 0 {
                    continue;
                }
                let from = segment.start.0.max(day * slots);
                let to = segment.end.0.min((day + 1) * slots);
                let portion = f64::from(to - from) / f64::from(slots);
                let done = (portion * (share + extra) * rate).min(left);
                left -= done;
                let period = self.period_of(Day(day));
                self.done[group][period] += done;
                if let Some(free) = free {
                    self.values[free[period].index()] += done;
                }
                let date = self.timeline.date(Day(day));
                let columns = &self.staffing.crew_columns[crew][period];
                let price = avoidable_price(self.production, lane.person, date, share);
                let mut add = |column: Option<Column>, time: f64| {
                    if let Some(column) = column {
                        self.values[column.index()] += time * main;
                    }
                };
                if price > 0.0 {
                    add(columns.freelance, portion * share);
                }
                add(columns.overtime, portion * extra);
                let on = columns.on.iter().find(|row| row.0 == hub.unwrap_or(pool));
                add(on.map(|(_, column)| *column), portion * (share + extra));
            }
        }
        // What rounding of the last slot leaves: the plan has done all of it.
        let period = self.period_of(self.timeline.day_of_end(part.end()));
        self.done[group][period] += left;
        if let Some(free) = free {
            self.values[free[period].index()] += left;
        }
    }

    fn period_of(&self, day: Day) -> usize {
        let after = self.staffing.periods.partition_point(|period| period.end <= day.0);
        after.min(self.staffing.periods.len().saturating_sub(1))
    }

    /// The least lateness that the rows allow.
    fn lateness(&mut self) {
        let program = &self.staffing.program;
        for row in program.row_ids() {
            if !matches!(
                program.row_kind(row),
                RowKind::Late { .. } | RowKind::MilestoneLate { .. }
            ) {
                continue;
            }
            let entries = program.row_entries(row);
            let share = entries.iter().find(|(column, _)| {
                matches!(
                    program.column_kind(*column),
                    ColumnKind::Late { .. } | ColumnKind::MilestoneLate { .. }
                )
            });
            let Some(&(share, factor)) = share else { continue };
            let now = program.activity(row, &self.values);
            let missing = (program.side(row).1 - now) / factor;
            if missing > 0.0 {
                self.values[share.index()] += missing;
            }
        }
    }
}
