//! Tasks of a compiled problem: what has to happen, who can do it, what it waits for, its date rules.

use super::Deadline;
use crate::model::*;

/// "None" for small index fields.
pub const NONE: u32 = u32::MAX;

/// What has to happen for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Nothing: it is done, or cut.
    Done,
    /// Stopped: it stays unplaced.
    Hold,
    /// No work left, but not approved yet.
    Instant,
    /// A vendor takes so many working slots of the show's calendar.
    Vendor(VendorId, u32),
    /// People work on it.
    People,
}

/// One task as the engine sees it. Times are slot boundaries.
#[derive(Clone, Debug)]
pub struct Job {
    /// What has to happen.
    pub kind: JobKind,
    /// Work left, in minutes at the bid standard.
    pub work: u64,
    /// Most parts it may be cut into (parts are never below its smallest chunk).
    pub parts: u32,
    /// Whether leave may interrupt it.
    pub splittable: bool,
    /// Index of its candidates in [`Problem::crews`](super::Problem::crews).
    pub crew: u32,
    /// No start before.
    pub earliest: u32,
    /// No end before (finish no earlier than, must finish on).
    pub end_from: u32,
    /// Date rules ask for a start before this boundary; `u32::MAX` = none.
    pub start_by: u32,
    /// Date rules ask for an end at or before this boundary; `u32::MAX` = none.
    pub end_by: u32,
    /// As late as possible is wished.
    pub late_wish: bool,
    /// Department.
    pub department: u32,
    /// (Sequence, department) group; [`NONE`] without a sequence.
    pub group: u32,
    /// Sequence; [`NONE`] without.
    pub sequence: u32,
    /// Counting calendar of its show.
    pub calendar: u32,
    /// What it is part of, as an index into [`Problem::entities`](super::Problem::entities).
    pub entity: u32,
    /// Class of its shot or asset.
    pub class: Option<Class>,
    /// A class A shot, on which senior artists cost extra.
    pub simple: bool,
    /// A class D shot, on which it costs extra that nobody who leads works on it, though somebody could.
    pub hero: bool,
    /// Work has begun: giving it to somebody new is a handover.
    pub begun: bool,
    /// People on it now: range in [`Problem::assigned`](super::Problem::assigned).
    pub assigned: (u32, u32),
    /// Its place in an earlier plan, as an index into [`Problem::earlier`](super::Problem::earlier); [`NONE`] without.
    pub earlier: u32,
}

/// Where a task was in an earlier plan.
#[derive(Clone, Copy, Debug)]
pub struct Earlier {
    /// Its first day.
    pub day: u32,
    /// What changes count, in millionths of their price.
    pub weight: i64,
    /// Its people: range in [`Problem::assigned`](super::Problem::assigned).
    pub people: (u32, u32),
}

/// One candidate for a task.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The lane.
    pub lane: u32,
    /// Minutes of a full day × level × productive share: what a basis-point slot is worth.
    pub rate: u64,
    /// Level in thousandths.
    pub level: u32,
}

/// How a task waits for an earlier one.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    /// The earlier task.
    pub from: u32,
    /// The later task.
    pub to: u32,
    /// What of it waits for what.
    pub kind: WaitKind,
    /// Working slots of lag (and review, where it counts).
    pub lag: i32,
    /// Counting calendar.
    pub calendar: u32,
}

/// What waits for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitKind {
    /// Start after the end.
    StartAfterEnd,
    /// Start after the start.
    StartAfterStart,
    /// End after the end.
    EndAfterEnd,
    /// End after the start.
    EndAfterStart,
    /// Start after so much of the share slots (basis points) is done.
    StartAfterPublish(u32),
}

/// A date rule that may break at a price.
#[derive(Clone, Copy, Debug)]
pub struct RuleDate {
    /// The task.
    pub task: u32,
    /// The rule.
    pub rule: DateRule,
    /// Its day.
    pub date: Deadline,
}

impl Job {
    /// Whether date rules or locks say when it has to begin or end.
    pub fn has_hard_date(&self) -> bool {
        self.start_by != u32::MAX || self.end_by != u32::MAX
    }

    /// Takes a date rule into the job's window; gives its date if it may break at a price.
    pub(super) fn take_rule(
        &mut self,
        rule: DateRule,
        timeline: &Timeline,
    ) -> Option<jiff::civil::Date> {
        match rule {
            DateRule::AsSoonAsPossible
            | DateRule::AsLateAsPossible
            | DateRule::StartNoEarlierThan(_) => None,
            DateRule::MustStartOn(date) | DateRule::StartNoLaterThan(date) => {
                self.start_by = self.start_by.min(timeline.end_of(date).0);
                Some(date)
            }
            DateRule::MustFinishOn(date) => {
                self.end_by = self.end_by.min(timeline.end_of(date).0);
                self.end_from = self.end_from.max(timeline.start_of(date).0 + 1);
                Some(date)
            }
            DateRule::FinishNoEarlierThan(date) => {
                self.end_from = self.end_from.max(timeline.start_of(date).0 + 1);
                Some(date)
            }
            DateRule::FinishNoLaterThan(date) => {
                self.end_by = self.end_by.min(timeline.end_of(date).0);
                Some(date)
            }
        }
    }
}
