//! The work: shows, sequences, shots, assets, tasks and what waits for what.

use super::{
    AccountId, AssetId, CalendarId, Cents, Class, DepartmentId, Id, PersonId, PoolId, SequenceId,
    ShotId, ShowId, Source, TaskId, VendorId,
};
use jiff::civil::Date;

/// Kind of show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShowKind {
    /// Advertising.
    Commercial,
    /// Series.
    Episodic,
    /// Feature film, visual effects.
    Feature,
    /// Feature animation.
    Animation,
}

/// A show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Show {
    /// The id it is referred to by.
    pub code: String,
    /// Title.
    pub name: String,
    /// Kind.
    pub kind: ShowKind,
    /// Chance that it happens, in basis points (awarded and active shows: 10,000).
    pub probability: i64,
    /// First day of work.
    pub start: Option<Date>,
    /// Last day of work.
    pub end: Option<Date>,
    /// Calendar in which lags and lateness are counted.
    pub calendar: CalendarId,
    /// 1 (normal) to 5.
    pub priority: u8,
    /// What the client pays for it.
    pub award: Option<Cents>,
    /// Which paid time is charged to it, where that is not as in the settings.
    pub charge_basis: Option<super::ChargeBasis>,
    /// Date rules for all its tasks.
    pub rules: Vec<DateRule>,
    /// Where it was read.
    pub source: Source,
}

/// A sequence of a show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The id it is referred to by.
    pub code: String,
    /// Its show.
    pub show: ShowId,
    /// First day on which work may start (the cut is turned over).
    pub turnover: Option<Date>,
    /// Date rules for all its tasks.
    pub rules: Vec<DateRule>,
    /// Where it was read.
    pub source: Source,
}

/// Importance of a shot or task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Weight 1.
    #[default]
    Normal,
    /// Weight 2.
    High,
    /// Weight 4.
    VeryHigh,
    /// Weight 8.
    Emergency,
}

impl Priority {
    /// How much a day of lateness counts: 1, 2, 4 or 8.
    pub fn factor(self) -> i64 {
        match self {
            Priority::Normal => 1,
            Priority::High => 2,
            Priority::VeryHigh => 4,
            Priority::Emergency => 8,
        }
    }
}

/// A shot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shot {
    /// The id it is referred to by.
    pub code: String,
    /// Its sequence.
    pub sequence: SequenceId,
    /// Length in frames.
    pub frames: Option<u32>,
    /// Complexity.
    pub class: Option<Class>,
    /// Importance.
    pub priority: Priority,
    /// Earliest start of its work, where later than the sequence's turnover.
    pub turnover: Option<Date>,
    /// Due at the end of this day.
    pub due: Option<Date>,
    /// What the client pays for it.
    pub award: Option<Cents>,
    /// Status, where the tracker keeps one.
    pub status: Option<Status>,
    /// Date rules for all its tasks.
    pub rules: Vec<DateRule>,
    /// Where it was read.
    pub source: Source,
}

/// An asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The id it is referred to by.
    pub code: String,
    /// Its show.
    pub show: ShowId,
    /// Character, prop, environment …
    pub kind: String,
    /// Complexity.
    pub class: Option<Class>,
    /// Importance.
    pub priority: Priority,
    /// Shots that need it.
    pub used_by: Vec<ShotId>,
    /// Due at the end of this day.
    pub due: Option<Date>,
    /// Status, where the tracker keeps one.
    pub status: Option<Status>,
    /// Where it was read.
    pub source: Source,
}

/// Where a task, shot or asset stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Cut from the show.
    Omit,
    /// Stopped until further notice.
    Hold,
    /// Waits for something.
    NotReady,
    /// Can start.
    Ready,
    /// In work.
    Wip,
    /// In internal review.
    InternalReview,
    /// Sent back with notes.
    Retake,
    /// With the client.
    ClientReview,
    /// Could be better: good enough to ship.
    Cbb,
    /// Approved.
    Final,
    /// Sent.
    Delivered,
}

impl Status {
    /// Whether no work is left: omitted, good enough, approved or sent.
    pub fn is_done(self) -> bool {
        matches!(self, Status::Omit | Status::Cbb | Status::Final | Status::Delivered)
    }
    /// Whether work has begun and is not finished.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Wip | Status::Retake | Status::InternalReview | Status::ClientReview)
    }
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Status::Omit => "omit",
            Status::Hold => "hold",
            Status::NotReady => "not_ready",
            Status::Ready => "ready",
            Status::Wip => "wip",
            Status::InternalReview => "internal_review",
            Status::Retake => "retake",
            Status::ClientReview => "client_review",
            Status::Cbb => "cbb",
            Status::Final => "final",
            Status::Delivered => "delivered",
        }
    }
}

/// What a task is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A shot.
    Shot(ShotId),
    /// An asset.
    Asset(AssetId),
    /// A sequence as a whole.
    Sequence(SequenceId),
    /// A show as a whole.
    Show(ShowId),
}

/// A rule about when work happens. The dates are days: "on" is any time of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRule {
    /// The default.
    AsSoonAsPossible,
    /// As late as the due dates and what waits for it allow.
    AsLateAsPossible,
    /// Work starts on this day.
    MustStartOn(Date),
    /// Work is finished on this day.
    MustFinishOn(Date),
    /// Work starts on this day or later.
    StartNoEarlierThan(Date),
    /// Work starts on this day or earlier.
    StartNoLaterThan(Date),
    /// Work is finished on this day or later.
    FinishNoEarlierThan(Date),
    /// Work is finished on this day or earlier.
    FinishNoLaterThan(Date),
}

impl DateRule {
    /// The day in it, if it has one.
    pub fn date(self) -> Option<Date> {
        match self {
            DateRule::AsSoonAsPossible | DateRule::AsLateAsPossible => None,
            DateRule::MustStartOn(date)
            | DateRule::MustFinishOn(date)
            | DateRule::StartNoEarlierThan(date)
            | DateRule::StartNoLaterThan(date)
            | DateRule::FinishNoEarlierThan(date)
            | DateRule::FinishNoLaterThan(date) => Some(date),
        }
    }
}

/// What of a task may not be changed by planning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lock {
    /// Everything may change.
    #[default]
    None,
    /// The assigned people stay.
    Person,
    /// The start and end dates stay.
    Dates,
    /// People and dates stay.
    Both,
}

impl Lock {
    /// Whether the assigned people must stay.
    pub fn holds_person(self) -> bool {
        matches!(self, Lock::Person | Lock::Both)
    }
    /// Whether the dates must stay.
    pub fn holds_dates(self) -> bool {
        matches!(self, Lock::Dates | Lock::Both)
    }
}

/// A task: the work of one department on one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The id it is referred to by.
    pub code: String,
    /// What it is part of.
    pub entity: Entity,
    /// Who does it.
    pub department: DepartmentId,
    /// A speciality it needs.
    pub tag: Option<String>,
    /// Bid, in minutes of work at the bid standard.
    pub bid: i64,
    /// Present estimate, in minutes.
    pub estimate: i64,
    /// Minutes logged so far.
    pub logged: i64,
    /// Minutes still to do, where somebody said so.
    pub remaining: Option<i64>,
    /// Where it stands.
    pub status: Status,
    /// Importance; the higher of the task's own and its shot's or asset's counts.
    pub priority: Priority,
    /// Earliest start.
    pub earliest: Option<Date>,
    /// Due at the end of this day.
    pub due: Option<Date>,
    /// Its own date rules; see [`Production::date_rules`](super::Production::date_rules) for inherited ones.
    pub rules: Vec<DateRule>,
    /// People on it now, the main one first.
    pub assigned: Vec<PersonId>,
    /// Vendor it is given to.
    pub vendor: Option<VendorId>,
    /// What may not change.
    pub lock: Lock,
    /// First day of the dates that are locked or in the tracker.
    pub start: Option<Date>,
    /// Last day of the dates that are locked or in the tracker.
    pub end: Option<Date>,
    /// Most artists on it at once; each takes an equal part.
    pub max_parallel: u32,
    /// Smallest part, in minutes.
    pub min_chunk: i64,
    /// Whether leave or other work may interrupt it. Nights, weekends and holidays always may.
    pub splittable: bool,
    /// Lowest level, in thousandths, that may do it.
    pub min_level: i64,
    /// Working days of review after its end, in slots of the show's calendar.
    pub review: u32,
    /// Whether it may go to a vendor.
    pub vendor_allowed: bool,
    /// What it needs of pools, where it is not as usual in its department: licences or desks for each
    /// artist, core-minutes for all of the task.
    pub pools: Vec<(PoolId, i64)>,
    /// Account of its labour, where it is not the department's.
    pub account: Option<AccountId>,
    /// Last day on which the tracker saw a change.
    pub updated: Option<Date>,
    /// Whether the bid was assumed (it stands in no file).
    pub bid_assumed: bool,
    /// Where it was read.
    pub source: Source,
}

impl Task {
    /// Work left, in minutes at the bid standard: what somebody said is left, else the estimate
    /// less what is logged; at least the smallest part while work is open; nothing when done.
    ///
    /// A task in review with nothing left has nothing left; `wip` and `retake` always have some.
    pub fn work_left(&self) -> i64 {
        if self.status.is_done() {
            return 0;
        }
        let left = self.remaining.unwrap_or_else(|| (self.estimate - self.logged).max(0));
        match self.status {
            Status::Wip | Status::Retake => left.max(self.min_chunk),
            _ => left,
        }
    }
}

/// Kind of dependency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// The later task starts after the earlier one is finished and reviewed.
    #[default]
    FinishToStart,
    /// The later task starts after the earlier one has started.
    StartToStart,
    /// The later task finishes after the earlier one is finished and reviewed.
    FinishToFinish,
    /// The later task finishes after the earlier one has started.
    StartToFinish,
}

/// One task waits for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The earlier task.
    pub from: TaskId,
    /// The task that waits.
    pub to: TaskId,
    /// What waits for what.
    pub link: Link,
    /// Lag in slots of the show's calendar; may be negative.
    pub lag: i32,
    /// Share of the earlier task's working time, in basis points, that may still be ahead when the
    /// later one starts. Only with finish-to-start: the finish of the later task then waits for the
    /// (reviewed) finish of the earlier one.
    pub overlap: i64,
    /// Where it was read.
    pub source: Source,
}

/// What a milestone promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MilestoneKind {
    /// The last delivery.
    Final,
    /// A contractual batch.
    Batch,
    /// A temp screening.
    Temp,
    /// An internal date.
    Internal,
}

impl MilestoneKind {
    /// Price of a day late, in basis points of the awarded value of the late contents.
    ///
    /// Final 1 %, batch 0.5 %, temp 0.3 %, internal 0.05 %.
    pub fn lateness_rate(self) -> i64 {
        match self {
            MilestoneKind::Final => 100,
            MilestoneKind::Batch => 50,
            MilestoneKind::Temp => 30,
            MilestoneKind::Internal => 5,
        }
    }
}

/// A date promised to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The id it is referred to by.
    pub code: String,
    /// Display name.
    pub name: String,
    /// Its show.
    pub show: ShowId,
    /// What it promises.
    pub kind: MilestoneKind,
    /// Due at the end of this day.
    pub date: Date,
    /// Whether missing it breaks a contract.
    pub hard: bool,
    /// Contract penalty per working day late.
    pub penalty_per_day: Option<Cents>,
    /// What must be finished: shots, assets, sequences or whole shows. Never omitted ones.
    pub contents: Vec<Entity>,
    /// Where it was read.
    pub source: Source,
}

impl Entity {
    /// The kind in one word: "shot", "asset", "sequence", "show".
    pub fn kind(self) -> &'static str {
        match self {
            Entity::Shot(_) => "shot",
            Entity::Asset(_) => "asset",
            Entity::Sequence(_) => "sequence",
            Entity::Show(_) => "show",
        }
    }
    /// The row in its table.
    pub fn index(self) -> usize {
        match self {
            Entity::Shot(id) => id.index(),
            Entity::Asset(id) => id.index(),
            Entity::Sequence(id) => id.index(),
            Entity::Show(id) => id.index(),
        }
    }
}

/// A shot that a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShotRequest {
    /// The id it would have.
    pub code: String,
    /// Its show.
    pub show: ShowId,
    /// Its sequence, an old or a new one.
    pub sequence: String,
    /// Complexity class.
    pub class: Class,
    /// Due date.
    pub due: Option<Date>,
    /// First day of work.
    pub turnover: Option<Date>,
    /// Work in minutes by department; empty = after the pattern of its class.
    pub work: Vec<(DepartmentId, i64)>,
}
