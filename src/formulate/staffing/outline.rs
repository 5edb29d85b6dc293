//! What the program is built from, worked out once: dates of milestones may move without it.

use super::build::{Begun, Builder};
use super::crews::{self, Hubs, Pool, Supply};
use super::grid::{Grid, Period, periods};
use super::late::WorkingDays;
use super::order::OrderRow;
use super::work::{self, Deliverables, Facts, Group, Pace, Unit};
use super::{Kind, Known, Staffing};
use crate::formulate::calls::{Calls, calls};
use crate::formulate::program::Program;
use crate::model::{
    Keyed, Lane, MilestoneId, Mode, Multipliers, Production, ShowId, TaskId, Timeline, days_between,
};
use jiff::civil::Date;

/// A production seen by units and periods: all of its program but the dates of milestones, which may be moved without
/// building the rest anew.
pub struct Outline<'a> {
    production: &'a Production,
    timeline: &'a Timeline,
    kind: Kind,
    multipliers: Multipliers,
    detail: Detail,
    pace: Pace,
    facts: Facts,
    deliverables: Deliverables,
    calls: Calls,
    periods: Vec<Period>,
    period_of_day: Vec<u32>,
    units: Vec<Unit>,
    groups: Vec<Group>,
    group_of_task: Keyed<TaskId, Option<usize>>,
    pools: Vec<Pool>,
    hubs: Hubs,
    supply: Supply,
    days: WorkingDays,
    /// What asks for no date of a milestone.
    begun: Begun,
    /// The order of groups; none in a bound.
    order: Vec<OrderRow>,
}

impl<'a> Outline<'a> {
    /// As finely as [`staffing`](super::staffing) sees it.
    pub fn new(
        production: &'a Production,
        timeline: &'a Timeline,
        lanes: &[Lane],
        known: &Known,
        mode: Mode,
        kind: Kind,
    ) -> Outline<'a> {
        Outline::within(production, timeline, lanes, known, (mode, kind), most_columns(kind))
    }

    pub(super) fn within(
        production: &'a Production,
        timeline: &'a Timeline,
        lanes: &[Lane],
        known: &Known,
        (mode, kind): (Mode, Kind),
        most_columns: usize,
    ) -> Outline<'a> {
        let people = crews::people(production, timeline, lanes, mode);
        let pace = Pace::new(people.fastest.clone(), timeline.slots_per_day());
        let mut facts = work::facts(production, timeline, &pace, known, lanes);
        // A bound holds for plans, which have all shows in them; what time is worth is expected of all futures.
        let chance = |show: ShowId| match kind {
            Kind::Bound => 1.0,
            Kind::Estimate => production.shows[show].probability.clamp(100, 10_000) as f64 / 1e4,
        };
        for (id, task) in production.tasks.enumerate() {
            facts.work[id] *= chance(production.show_of(task.entity));
        }
        let deliverables = work::deliverables(production, timeline, &facts, known, mode, &chance);
        let calls = calls(production, lanes, &facts.work);
        let detail = detail(production, timeline, &facts, &calls, most_columns);
        let periods = periods(timeline, detail.grid);
        let as_due = deliverables.with_dates(&work::due_days(production, timeline));
        let (units, groups) = work::groups(production, &facts, &calls, &as_due, detail.batch);
        let mut pools: Vec<Pool> =
            groups.iter().filter(|group| !group.vendor).map(|group| group.pool).collect();
        pools.sort_unstable();
        pools.dedup();
        let hubs = Hubs::new(&pools);
        let supply = crews::supply(
            production,
            timeline,
            people,
            &periods,
            (&calls, &pools, &hubs),
            mode,
            &chance,
        );
        let days = WorkingDays::new(production, timeline, lanes);
        let period_of_day = periods
            .iter()
            .enumerate()
            .flat_map(|(index, period)| (period.first..period.end).map(move |_| index as u32))
            .collect();
        let mut group_of_task = Keyed::filled(None, production.tasks.len());
        for (index, group) in groups.iter().enumerate() {
            for &task in &group.tasks {
                group_of_task[task] = Some(index);
            }
        }
        let mut outline = Outline {
            production,
            timeline,
            kind,
            multipliers: production.settings.weights.multipliers(mode),
            detail,
            pace,
            facts,
            deliverables,
            calls,
            periods,
            period_of_day,
            units,
            groups,
            group_of_task,
            begun: Begun { free: vec![Vec::new(); pools.len()], ..Begun::default() },
            pools,
            hubs,
            supply,
            days,
            order: Vec::new(),
        };
        let mut builder = outline.builder();
        builder.begin(&outline.supply, kind);
        let order = if kind == Kind::Estimate { builder.order() } else { Vec::new() };
        let begun = builder.begun;
        (outline.begun, outline.order) = (begun, order);
        outline
    }

    /// The program with milestones on other days than theirs, in the same units. It has columns and rows of other
    /// weeks then.
    pub fn program_with_dates(&self, moved: &[(MilestoneId, Date)]) -> Program {
        let mut due = work::due_days(self.production, self.timeline);
        for &(id, date) in moved {
            due[id] = days_between(self.timeline.first(), date);
        }
        self.finished(&due).begun.program
    }

    /// The program with the dates that there are, and the way back from its answer.
    pub fn staffing(&self) -> Staffing {
        let due = work::due_days(self.production, self.timeline);
        let Builder { begun, .. } = self.finished(&due);
        let Begun { program, done, unplaced, crew_columns, crew_rows, free, pool_rows } = begun;
        let (supply, hubs) = (&self.supply, &self.hubs);
        Staffing {
            program,
            kind: self.kind,
            grid: self.detail.grid,
            batch: self.units.iter().map(|unit| unit.entities.len()).max().unwrap_or(0),
            multipliers: self.multipliers,
            units: self.units.clone(),
            groups: self.groups.clone(),
            pools: self.pools.clone(),
            tags: self.calls.tags.clone(),
            done,
            unplaced,
            crew_columns,
            crew_rows,
            pool_rows,
            pool_of_crew: supply
                .crews
                .iter()
                .map(|crew| {
                    let first = crew.pools.first().map_or(0, |(pool, _)| *pool);
                    first.checked_sub(hubs.of_pool.len()).map_or(first, |hub| hubs.first[hub])
                })
                .collect(),
            hubs_of_crew: supply
                .crews
                .iter()
                .map(|crew| {
                    crew.pools.iter().map(|row| row.0).filter(|at| *at >= hubs.of_pool.len())
                })
                .map(Iterator::collect)
                .collect(),
            hub_of_pool: hubs.of_pool.clone(),
            free,
            crew_of_lane: supply.of_lane.clone(),
            periods: self.periods.clone(),
        }
    }

    /// All of it, with milestones due on these days.
    fn finished(&self, due: &Keyed<MilestoneId, i64>) -> Builder<'_> {
        let mut builder = self.builder();
        builder.finish(&self.deliverables.with_dates(due), &self.order);
        builder
    }

    /// As far as no date of a milestone is asked for.
    fn builder(&self) -> Builder<'_> {
        Builder {
            production: self.production,
            timeline: self.timeline,
            multipliers: self.multipliers,
            periods: &self.periods,
            facts: &self.facts,
            pace: &self.pace,
            units: &self.units,
            groups: &self.groups,
            calls: &self.calls,
            pools: &self.pools,
            hubs: &self.hubs,
            days: &self.days,
            period_of_day: &self.period_of_day,
            group_of_task: &self.group_of_task,
            tangents: self.detail.tangents,
            begun: self.begun.clone(),
        }
    }
}

struct Detail {
    grid: Grid,
    batch: usize,
    tangents: usize,
}

/// Columns of work that a program may have, about: they decide how long it takes to solve, so that a
/// large production is seen as coarsely as it has to be and takes no longer than a small one. The
/// rows for the order of groups make each column several times as dear.
pub const fn most_columns(kind: Kind) -> usize {
    match kind {
        Kind::Bound => 2_000,
        Kind::Estimate => 800,
    }
}

/// The finest periods with which each shot and asset still has columns of its own; where none are
/// coarse enough, telescoping ones and units as large as need be.
fn detail(
    production: &Production,
    timeline: &Timeline,
    facts: &Facts,
    calls: &Calls,
    most: usize,
) -> Detail {
    let shots = work::shots_by_crew(production, facts, calls);
    let groups = |batch| shots.iter().map(|shots| shots.div_ceil(batch)).sum::<usize>();
    let columns = |grid, batch| groups(batch) * periods(timeline, grid).len();
    let fine = [Grid::Days, Grid::Weeks].into_iter().find(|grid| columns(*grid, 1) <= most);
    let (grid, mut batch) = (fine.unwrap_or(Grid::Telescoping), 1);
    while columns(grid, batch) > most && batch < production.tasks.len() {
        batch += 1 + batch / 4;
    }
    Detail { grid, batch, tangents: if fine.is_some() { 4 } else { 2 } }
}
