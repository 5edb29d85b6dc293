//! What a judgement says: the rules by name, what was found, and when things are finished.

use crate::model::{AssetId, Cents, Keyed, MilestoneId, Objective, PersonId, ShotId, TaskId};
use jiff::civil::Date;
use std::fmt;

/// A rule of validity, numbered as in `docs/rules.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// 1: every open task is in the plan exactly once.
    Complete,
    /// 2: as many parts as allowed, on different people.
    Parts,
    /// 3: each part has the time it needs and no more.
    EnoughWork,
    /// 4: a person does one thing at a time.
    OneAtATime,
    /// 5: nobody has more tasks open than they may.
    OpenTasks,
    /// 6: work is interrupted only where it may be.
    Splits,
    /// 7: people do what they can do.
    Skill,
    /// 8: vendors do their tasks, whole, in their time and within their capacity.
    Vendors,
    /// 9: locked people stay.
    Locks,
    /// 10: nothing begins or ends before it may.
    Earliest,
    /// 11: what waits, waits.
    Order,
    /// 12: work is handed over when the other site is at work.
    TimeZones,
    /// 13: what needs no work happens at once.
    Instants,
    /// 14: departments stay within their crew curve.
    CrewCaps,
    /// 15: overtime is allowed and within its caps.
    Overtime,
    /// 16: the plan can be understood and ends in the timeline.
    Form,
    /// 17: no hard pool is overdrawn.
    Pools,
}

impl Rule {
    /// Every rule, in the order of the page.
    pub const ALL: [Rule; 17] = [
        Rule::Complete,
        Rule::Parts,
        Rule::EnoughWork,
        Rule::OneAtATime,
        Rule::OpenTasks,
        Rule::Splits,
        Rule::Skill,
        Rule::Vendors,
        Rule::Locks,
        Rule::Earliest,
        Rule::Order,
        Rule::TimeZones,
        Rule::Instants,
        Rule::CrewCaps,
        Rule::Overtime,
        Rule::Form,
        Rule::Pools,
    ];
    /// Its number in `docs/rules.md`, 1 to 17.
    pub fn number(self) -> u32 {
        self as u32 + 1
    }
    /// Its name in words.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Complete => "complete",
            Rule::Parts => "parts",
            Rule::EnoughWork => "enough work",
            Rule::OneAtATime => "one thing at a time",
            Rule::OpenTasks => "open tasks",
            Rule::Splits => "splits",
            Rule::Skill => "skill",
            Rule::Vendors => "vendors",
            Rule::Locks => "locks",
            Rule::Earliest => "earliest dates",
            Rule::Order => "order",
            Rule::TimeZones => "handing over between time zones",
            Rule::Instants => "instants",
            Rule::CrewCaps => "crew caps",
            Rule::Overtime => "overtime",
            Rule::Form => "form and horizon",
            Rule::Pools => "pools",
        }
    }
}

/// One way in which a plan is not valid.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// The task, if it is about one that exists.
    pub task: Option<TaskId>,
    /// The person, if it is about one that exists.
    pub person: Option<PersonId>,
    /// The object in the user's words ("task 080_0120_cmp").
    pub object: String,
    /// What is wrong, with codes, dates and numbers.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.object, self.rule.name(), self.message)
    }
}

/// A hard date that the plan does not keep: allowed, at the price of the first component.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenRule {
    /// The task whose date rule or lock broke.
    pub task: Option<TaskId>,
    /// The hard milestone that is missed.
    pub milestone: Option<MilestoneId>,
    /// The rule in words ("must start on 2027-03-01").
    pub rule: String,
    /// Working days between the rule and the plan, at least 1.
    pub days: i64,
    /// What it adds to `broken_rules`.
    pub price: Cents,
}

/// When a thing is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finish {
    /// Nothing of it is open.
    NothingOpen,
    /// The day on which its last work ends.
    On(Date),
    /// Some of it has no place in the plan.
    Unplaced,
}

impl Finish {
    /// The day, if all of its open work has a place.
    pub fn date(self) -> Option<Date> {
        match self {
            Finish::On(date) => Some(date),
            Finish::NothingOpen | Finish::Unplaced => None,
        }
    }
}

/// When the plan's things are finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finishes {
    /// Last day of all placed work; `None` without any.
    pub plan: Option<Date>,
    /// Each task.
    pub tasks: Keyed<TaskId, Finish>,
    /// Each shot.
    pub shots: Keyed<ShotId, Finish>,
    /// Each asset.
    pub assets: Keyed<AssetId, Finish>,
    /// Each milestone: all of its contents.
    pub milestones: Keyed<MilestoneId, Finish>,
}

/// What there is to say about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Why the plan is not valid, sorted by rule, task, person; empty for a valid plan.
    pub violations: Vec<Violation>,
    /// Hard dates that could not hold, milestones after tasks.
    pub broken: Vec<BrokenRule>,
    /// The objective, recomputed.
    pub objective: Objective,
    /// When things are finished.
    pub finish: Finishes,
}

impl Verdict {
    /// Whether no rule is violated.
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty()
    }

    /// The verdict, if the plan is valid.
    ///
    /// # Errors
    /// [`Refused`] with every violation, if there is one.
    pub fn or_refuse(self) -> Result<Verdict, Refused> {
        if self.is_valid() { Ok(self) } else { Err(Refused { violations: self.violations }) }
    }
}

/// The plan is not valid and must not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the plan breaks {} of its rules; the first: {}",
    .violations.len(), .violations.first().map(Violation::to_string).unwrap_or_default())]
pub struct Refused {
    /// Everything that is wrong with it.
    pub violations: Vec<Violation>,
}
