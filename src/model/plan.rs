//! A plan: who does what, when.

use super::{Cents, Day, PersonId, Slot, TaskId, Worker};

/// A half-open run of slots `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First slot.
    pub start: Slot,
    /// Boundary after the last slot.
    pub end: Slot,
}

/// One artist's part of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The task.
    pub task: TaskId,
    /// Which part of it, from 0; a task worked by one artist has part 0 only.
    pub part: u32,
    /// Who works.
    pub worker: Worker,
    /// When, in order, never touching. An interval stretches over nights, weekends, holidays and
    /// (if the task may be split) leave of its artist; the time worked in it is the artist's
    /// working time between its ends. A new interval begins where other work comes between.
    pub segments: Vec<Interval>,
}

impl Assignment {
    /// Where it begins.
    pub fn start(&self) -> Slot {
        self.segments.first().map_or(Slot(0), |s| s.start)
    }
    /// Where it ends.
    pub fn end(&self) -> Slot {
        self.segments.last().map_or(Slot(0), |s| s.end)
    }
}

/// Minutes that a person works on a day beyond their working day.
///
/// What they are worth makes each slot of that day longer by the same share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Overtime {
    /// Who.
    pub person: PersonId,
    /// When.
    pub day: Day,
    /// How long.
    pub minutes: u32,
    /// Minutes of work that they do; fewer where the week is long (see
    /// [`ProductivityCurve`](super::ProductivityCurve)).
    pub worth: u32,
}

/// Why a task has no place in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unplaced {
    /// Nobody has the skill, level, class and show it needs.
    NobodyCan,
    /// Those who could do it have no working time left before the horizon or their contracts end.
    NoTimeLeft,
    /// It waits for a task without a place.
    WaitsFor(TaskId),
    /// Its status is "hold".
    OnHold,
}

/// Who does what, when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Sorted by task, then part. A task with no work left has none.
    pub assignments: Vec<Assignment>,
    /// Time of tasks that need nobody (no work left, but not yet approved): they happen at once
    /// when what they wait for is done. Sorted by task.
    pub instants: Vec<(TaskId, Slot)>,
    /// Overtime, sorted by person and day.
    pub overtime: Vec<Overtime>,
    /// Tasks without a place and why, sorted by task.
    pub unplaced: Vec<(TaskId, Unplaced)>,
}

impl Plan {
    /// Tasks that have no place though nobody holds them back.
    pub fn left_out(&self) -> impl Iterator<Item = TaskId> {
        let held = |row: &&(TaskId, Unplaced)| row.1 != Unplaced::OnHold;
        self.unplaced.iter().filter(held).map(|row| row.0)
    }
}

/// How many components the objective has.
pub const COMPONENTS: usize = 14;

/// The objective of a plan, by component, in minor units of the production's currency.
///
/// `docs/rules.md` gives each definition; the values are before the mode's multipliers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Objective {
    /// Hard rules that could not hold (date rules, locks, hard milestones), at a dominating price.
    pub broken_rules: Cents,
    /// Milestones missed.
    pub milestone_lateness: Cents,
    /// Shots, assets and tasks later than their own due dates.
    pub shot_lateness: Cents,
    /// Work without a place.
    pub unscheduled: Cents,
    /// Pay that this plan causes and another could avoid: freelance days and overtime.
    pub labour: Cents,
    /// Long weeks.
    pub overtime_aversion: Cents,
    /// More artists on a sequence than its work needs.
    pub continuity: Cents,
    /// Work taken over half-way, and artists changing sequence.
    pub switches: Cents,
    /// Senior artists on simple shots.
    pub fit: Cents,
    /// Work finished much earlier than needed.
    pub earliness: Cents,
    /// Artists and starts that an earlier plan had otherwise.
    pub stability: Cents,
    /// What is beyond the pools: cloud, rented licences and desks.
    pub technology: Cents,
    /// Teams whose time is used unevenly.
    pub balance: Cents,
    /// Hero shots without a lead.
    pub leads: Cents,
}

impl Objective {
    /// Names and values, in the order of the fields.
    pub fn components(&self) -> [(&'static str, Cents); COMPONENTS] {
        [
            ("broken_rules", self.broken_rules),
            ("milestone_lateness", self.milestone_lateness),
            ("shot_lateness", self.shot_lateness),
            ("unscheduled", self.unscheduled),
            ("labour", self.labour),
            ("overtime_aversion", self.overtime_aversion),
            ("continuity", self.continuity),
            ("switches", self.switches),
            ("fit", self.fit),
            ("earliness", self.earliness),
            ("stability", self.stability),
            ("technology", self.technology),
            ("balance", self.balance),
            ("leads", self.leads),
        ]
    }

    /// The value to minimise: each component at its multiplier, rounded once.
    ///
    /// ```
    /// use shotplan::model::{Cents, Mode, Objective, Weights};
    /// let objective = Objective { labour: Cents(1_000), fit: Cents(10), ..Objective::default() };
    /// assert_eq!(objective.total(&Weights::default().multipliers(Mode::Balanced)), Cents(1_010));
    /// assert_eq!(objective.total(&Weights::default().multipliers(Mode::Cheapest)), Cents(2_003));
    /// ```
    pub fn total(&self, multipliers: &Multipliers) -> Cents {
        self.components()
            .iter()
            .zip(multipliers)
            .map(|((_, amount), points)| amount.basis_points(*points))
            .sum()
    }
}

/// What each component of the objective counts, in basis points, in the order of
/// [`Objective::components`].
pub type Multipliers = [i64; COMPONENTS];

/// Place of work without a place among the components.
const UNSCHEDULED: usize = 3;

/// What each component counts besides the mode where a house says nothing: once; evenness and leads not at
/// all (`docs/design.md` says why).
const USUAL: Multipliers = {
    let mut points = [10_000; COMPONENTS];
    points[BALANCE] = 0;
    points[LEADS] = 0;
    points
};

/// Place of evenness among the components.
pub const BALANCE: usize = 12;

/// Place of leads on hero shots among the components.
pub const LEADS: usize = 13;

/// What a house counts each component of the objective, in basis points of what the mode counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weights(Multipliers);

impl Default for Weights {
    fn default() -> Weights {
        Weights(USUAL)
    }
}

impl Weights {
    /// Most that a component may count, as a multiple.
    pub const MOST: i64 = 20;

    /// The components that may have a weight, with the place of each. Broken rules may not: their price
    /// is to be above all others.
    pub fn names() -> impl Iterator<Item = (usize, &'static str)> {
        let all = Objective::default().components();
        all.into_iter().map(|(name, _)| name).enumerate().skip(1)
    }

    /// Gives the component at a place a weight in basis points, from 0 to [`MOST`](Self::MOST) times.
    pub fn set(&mut self, component: usize, points: i64) {
        self.0[component] = points.clamp(0, Weights::MOST * 10_000);
    }

    /// What each component counts, in basis points of what the mode counts it.
    pub fn points(&self) -> &Multipliers {
        &self.0
    }

    /// The components that count otherwise than usual: name and basis points.
    pub fn unusual(&self) -> impl Iterator<Item = (&'static str, i64)> {
        let names = Weights::names().filter(|&(at, _)| self.0[at] != USUAL[at]);
        names.map(|(at, name)| (name, self.0[at]))
    }

    /// What each component counts with these weights in `mode`. Work without a place counts as many times
    /// more as what has the highest weight: no weight makes it better to leave work out.
    pub fn multipliers(&self, mode: super::Mode) -> Multipliers {
        let mut own = self.0;
        own[UNSCHEDULED] = own.into_iter().max().unwrap_or(10_000);
        let mut points = of_mode(mode);
        points.iter_mut().zip(own).for_each(|(points, own)| *points = *points * own / 10_000);
        points
    }
}

/// As it is written in files: `continuity 2; earliness 0.5`.
impl std::fmt::Display for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, (name, points)) in self.unusual().enumerate() {
            let between = if place == 0 { "" } else { "; " };
            write!(f, "{between}{name} {}", points as f64 / 1e4)?;
        }
        Ok(())
    }
}

fn of_mode(mode: super::Mode) -> Multipliers {
    match mode {
        super::Mode::Balanced | super::Mode::NoOvertime => [10_000; COMPONENTS],
        super::Mode::KeepPlan => {
            let mut points = [10_000; COMPONENTS];
            points[10] = 100_000;
            points
        }
        super::Mode::Deliver => [
            10_000, 50_000, 50_000, 50_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000,
            10_000, 10_000, 10_000,
        ],
        super::Mode::Cheapest => [
            10_000, 10_000, 10_000, 10_000, 20_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000,
            20_000, 3_000, 3_000,
        ],
    }
}
