//! The staffing program: who works on what in which period, without names.
//!
//! Takes a production with the time its people have, gives a [`Program`] and the way back from its
//! answer to departments, weeks and tasks. Solves nothing.
//!
//! Two versions of one program. [`Kind::Bound`] is a *relaxation*: every valid plan is a solution of
//! it at no more than the plan's objective, so that its optimum is a bound no plan can beat; each kind
//! of row says why. [`Kind::Estimate`] adds the order of groups, so that crews that work one after
//! the other are worth what they are; its answer values time and proves nothing. Work
//! and lateness of a show that may not happen count there with its chance, and so does the time that is booked for
//! it: the rest is free for other shows.
//!
//! The unit is a *group*: the tasks of one department in a unit of a few shots or assets. How many are
//! in a unit and how long a period is depends on the size of the production, so that small ones are
//! told apart task by task and day by day and large ones still solve in seconds.
//!
//! The room that a group has is that of the people who can do it: of its department and, where that makes a
//! difference, for its show, of its speciality, at the only site they are at ([`Call`]).

mod build;
mod crews;
mod grid;
mod image;
mod late;
mod lateness;
mod order;
mod outline;
mod overtime;
mod pools;
mod work;

pub use grid::{Grid, Period, periods};
pub use late::open_days;
pub use outline::{Outline, most_columns};

use super::calls::Call;
use super::program::{Column, ColumnKind, Names, Program, Row, RowKind};
use crate::model::{
    Cents, DepartmentId, Entity, Keyed, Lane, Mode, Multipliers, PoolId, Production, Slot, TaskId,
    Timeline,
};
use crews::Pool;
use image::CrewColumns;
use pools::PoolRow;
use work::{Group, Unit};

/// Which version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A relaxation: its value is a lower bound on the objective of every plan.
    Bound,
    /// With the order of groups: nearer to a plan, but no bound.
    Estimate,
}

/// Work and room of people in a period, in bid days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrewWeek {
    /// Whose: of a department, and of which of its people.
    pub call: Call,
    /// The period.
    pub period: Period,
    /// Work done on its tasks by people.
    pub used: f64,
    /// Work it could do at most in time that is paid anyway, without people who could also work
    /// elsewhere.
    pub room: f64,
    /// What one more bid day of room would save, in minor units.
    pub price: f64,
}

/// The staffing program of a production, with the way back.
#[derive(Clone, Debug)]
pub struct Staffing {
    /// The program; money in minor units, work in bid days.
    pub program: Program,
    /// Which version.
    pub kind: Kind,
    /// Its periods.
    pub periods: Vec<Period>,
    /// How fine they are.
    pub grid: Grid,
    /// Most shots or assets in a unit.
    pub batch: usize,
    multipliers: Multipliers,
    units: Vec<Unit>,
    groups: Vec<Group>,
    pools: Vec<Pool>,
    tags: Vec<String>,
    done: Vec<Vec<Column>>,
    unplaced: Vec<Column>,
    crew_columns: Vec<Vec<CrewColumns>>,
    crew_rows: Vec<(Row, usize, usize)>,
    pool_rows: Vec<PoolRow>,
    crew_of_lane: Vec<Option<(usize, f64)>>,
    /// The hubs that each crew gives time to, and that of each pool.
    hubs_of_crew: Vec<Vec<usize>>,
    hub_of_pool: Vec<Option<usize>>,
    /// Time that a hub gives on, by pool and period.
    free: Vec<Vec<Column>>,
    /// The first pool of each crew.
    pool_of_crew: Vec<usize>,
}

/// What is known of each task before anything is decided. Missing entries count as 0.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// No plan starts the task before.
    pub heads: Keyed<TaskId, Slot>,
    /// No plan ends it before.
    pub ends: Keyed<TaskId, Slot>,
    /// At least so many slots of [open days](open_days) lie between its end and the finish of the
    /// shot or asset it is part of.
    pub tails: Keyed<TaskId, u32>,
}

/// Builds the staffing program. `lanes` are those of
/// [`availability::lanes`](crate::model::availability::lanes).
///
/// ```
/// use shotplan::formulate::staffing::{Kind, Known, staffing};
/// use shotplan::model::*;
/// use shotplan::solve::linear::{Settings, solve};
/// use jiff::civil::date;
/// // One artist, 17 days of comp on two shots, both due after two weeks of ten working days at
/// // 85 % and no overtime: 8.5 days get done by then.
/// let mut show = Production::new("two shots", date(2027, 1, 4), date(2027, 2, 26));
/// let comp = show.add_department("CMP");
/// show.people.push(Person::new("ada", SiteId::new(0), comp));
/// let film = show.shows.push(Show::new("film", CalendarId::new(0)));
/// let sequence = show.sequences.push(Sequence::new("010", film));
/// for code in ["010_0010", "010_0020"] {
///     let mut shot = Shot::new(code, sequence);
///     shot.due = Some(date(2027, 1, 15));
///     let shot = Entity::Shot(show.shots.push(shot));
///     show.tasks.push(Task::new(code, shot, comp, 8 * 480 + 240)); // 8.5 days each
/// }
/// let timeline = show.timeline();
/// let lanes = availability::lanes(&show, &timeline);
/// let known = Known::default();
/// let program = staffing(&show, &timeline, &lanes, &known, Mode::NoOvertime, Kind::Bound);
/// let answer = solve(&program.program, &Settings::default());
/// // The best plan finishes one on 15 January and the other on 29 January: ten days late at half
/// // an artist-day (340.00) each, 1,700.00.
/// let bound = program.bound(answer.safe_bound());
/// assert!(bound > Cents(70_000) && bound <= Cents(170_000), "{bound:?}");
/// ```
pub fn staffing(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    known: &Known,
    mode: Mode,
    kind: Kind,
) -> Staffing {
    staffing_within(production, timeline, lanes, known, (mode, kind), most_columns(kind))
}

/// The same with about as many columns of work as are said: the more, the finer shots and weeks are told apart,
/// and the longer it takes.
pub fn staffing_within(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    known: &Known,
    mode: (Mode, Kind),
    most_columns: usize,
) -> Staffing {
    Outline::within(production, timeline, lanes, known, mode, most_columns).staffing()
}

impl Staffing {
    /// The certified lower bound on the objective of every plan, from a value that the program cannot go below
    /// (`safe_bound` of its answer); 0 for an estimate, and where nothing better is known.
    ///
    /// A billionth is taken off for the rounding of the numbers in the program itself, and half a unit
    /// for each component that the mode multiplies by a fraction and rounds once more.
    pub fn bound(&self, safe: f64) -> Cents {
        if self.kind != Kind::Bound || !safe.is_finite() {
            return Cents::ZERO;
        }
        // Those of which the program has prices.
        let priced = self.multipliers[..5].iter().chain(&self.multipliers[11..]);
        let fractions = priced.filter(|points| **points % 10_000 != 0).count();
        let bound = safe - safe.abs() * 1e-9 - 0.5 * fractions as f64;
        Cents((bound - 1e-6).floor().max(0.0) as i64)
    }

    fn pool_of_group(&self, group: usize) -> usize {
        self.pools.binary_search(&self.groups[group].pool).unwrap_or(0)
    }

    /// Shots and assets that are seen together.
    pub fn units(&self) -> impl Iterator<Item = &[Entity]> {
        self.units.iter().map(|unit| &unit.entities[..])
    }

    /// Specialities that are told apart.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// The rows that say work fits its people, with who is called for and the period.
    pub fn crew_rows(&self) -> impl Iterator<Item = (Row, Call, Period)> + '_ {
        self.crew_rows.iter().map(|&(row, pool, at)| (row, self.pools[pool], self.periods[at]))
    }

    /// The rows that say that what is held of a pool is there, with pool and period.
    pub fn pool_rows(&self) -> impl Iterator<Item = (Row, PoolId, Period)> + '_ {
        self.pool_rows.iter().map(|held| (held.row, held.pool, self.periods[held.at]))
    }

    /// The columns of overtime, with the first department that the crew can work for and the period.
    pub fn overtime_columns(&self) -> impl Iterator<Item = (Column, DepartmentId, Period)> + '_ {
        self.crew_columns.iter().zip(&self.pool_of_crew).flat_map(move |(columns, &pool)| {
            let of_period = columns.iter().zip(&self.periods);
            of_period.filter_map(move |(columns, &period)| {
                Some((columns.overtime?, self.pools.get(pool)?.department, period))
            })
        })
    }

    /// Work, room and price of all who are called for in each period, in order of departments, then time: from
    /// values of the columns and prices of the rows.
    pub fn crew_weeks(&self, columns: &[f64], prices: &[f64]) -> Vec<CrewWeek> {
        let value = |column: Column| columns.get(column.index()).copied().unwrap_or(0.0);
        let mut used = vec![vec![0.0; self.periods.len()]; self.pools.len()];
        for (index, _) in self.groups.iter().enumerate().filter(|(_, group)| !group.vendor) {
            let mut before = 0.0;
            for (used, column) in used[self.pool_of_group(index)].iter_mut().zip(&self.done[index])
            {
                *used += value(*column) - before;
                before = value(*column);
            }
        }
        let mut rows = self.crew_rows.clone();
        rows.sort_unstable_by_key(|&(_, pool, at)| (pool, at));
        let week = |&(row, pool, at): &(Row, usize, usize)| CrewWeek {
            call: self.pools[pool],
            period: self.periods[at],
            used: used[pool][at],
            room: self.program.side(row).1,
            price: -prices.get(row.index()).copied().unwrap_or(0.0),
        };
        rows.iter().map(week).collect()
    }

    /// Names of rows and columns in the user's words.
    pub fn names<'a>(&'a self, production: &'a Production) -> impl Names + 'a {
        Words { staffing: self, production }
    }
}

struct Words<'a> {
    staffing: &'a Staffing,
    production: &'a Production,
}

impl Words<'_> {
    fn unit(&self, unit: usize) -> String {
        let entities = self.staffing.units.get(unit).map_or(&[][..], |unit| &unit.entities);
        match entities {
            [] => format!("unit {unit}"),
            [only] => self.production.code_of(*only).to_owned(),
            [first, .., last] => {
                format!("{} to {}", self.production.code_of(*first), self.production.code_of(*last))
            }
        }
    }
    fn pool(&self, pool: PoolId) -> &str {
        self.production.pools.get(pool).map_or("?", |row| row.code.as_str())
    }
    fn group(&self, group: u32) -> String {
        match self.staffing.groups.get(group as usize) {
            Some(row) => format!("{} {}", self.call(row.pool), self.unit(row.unit)),
            None => format!("group {group}"),
        }
    }
    fn department(&self, department: DepartmentId) -> &str {
        self.production.departments.get(department).map_or("?", |row| row.code.as_str())
    }
    fn call(&self, call: Call) -> String {
        let show = call.show.and_then(|id| self.production.shows.get(id));
        let site = call.site.and_then(|id| self.production.sites.get(id));
        let tag = call.tag.and_then(|tag| self.staffing.tags.get(tag as usize));
        let words = [
            Some(self.department(call.department)),
            show.map(|row| row.code.as_str()),
            tag.map(String::as_str),
            site.map(|row| row.code.as_str()),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
    /// Units are followed by groups, for tasks with a due date of their own.
    fn late(&self, unit: u32) -> String {
        let count = self.staffing.units.len();
        match (unit as usize).checked_sub(count) {
            None => self.unit(unit as usize),
            Some(group) => self.group(group as u32),
        }
    }
}

impl Names for Words<'_> {
    fn row(&self, kind: RowKind) -> String {
        match kind {
            RowKind::Plain => "row".to_owned(),
            RowKind::CrewFits { department, week } => {
                format!("crew fits {} week {week}", self.department(department))
            }
            RowKind::CallFits { call, week } => {
                format!("crew fits {} week {week}", self.call(call))
            }
            RowKind::FreeFits { department, week } => {
                format!("time of all fits {} week {week}", self.department(department))
            }
            RowKind::CrewCap { department, week } => {
                format!("crew cap {} week {week}", self.department(department))
            }
            RowKind::PoolFits { pool, week } => format!("{} fits week {week}", self.pool(pool)),
            RowKind::TimeFits { crew, week } => format!("time fits crew {crew} week {week}"),
            RowKind::OvertimeFits { crew, week } => {
                format!("overtime fits crew {crew} week {week}")
            }
            RowKind::WorkDone { group } => format!("work done {}", self.group(group)),
            RowKind::Forward { group, week } => {
                format!("forward {} week {week}", self.group(group))
            }
            RowKind::Follows { group, after, week } => {
                format!("{} follows {} week {week}", self.group(group), self.group(after))
            }
            RowKind::Late { unit, week } => format!("late {} week {week}", self.late(unit)),
            RowKind::MilestoneLate { milestone, week } => {
                let code = self.production.milestones.get(milestone).map_or("?", |row| &row.code);
                format!("milestone late {code} week {week}")
            }
            RowKind::Lever(rule) => format!("{rule:?}"),
        }
    }

    fn column(&self, kind: ColumnKind) -> String {
        match kind {
            ColumnKind::Plain => "column".to_owned(),
            ColumnKind::Done { group, week } => format!("done {} week {week}", self.group(group)),
            ColumnKind::Unplaced { group } => format!("unplaced {}", self.group(group)),
            ColumnKind::FreelanceTime { crew, week } => {
                format!("freelance crew {crew} week {week}")
            }
            ColumnKind::Overtime { crew, week } => format!("overtime crew {crew} week {week}"),
            ColumnKind::Overflow { pool, week } => {
                format!("beyond {} week {week}", self.pool(pool))
            }
            ColumnKind::TimeOn { crew, department, week } => {
                format!("time on {} crew {crew} week {week}", self.department(department))
            }
            ColumnKind::FreeFor { call, week } => {
                format!("time of all on {} week {week}", self.call(call))
            }
            ColumnKind::TimeFor { crew, call, week } => {
                format!("time on {} crew {crew} week {week}", self.call(call))
            }
            ColumnKind::Late { unit, week } => format!("late {} week {week}", self.late(unit)),
            ColumnKind::MilestoneLate { milestone, week } => {
                let code = self.production.milestones.get(milestone).map_or("?", |row| &row.code);
                format!("milestone late {code} week {week}")
            }
            ColumnKind::Lever(lever) => format!("{lever:?}"),
        }
    }
}
