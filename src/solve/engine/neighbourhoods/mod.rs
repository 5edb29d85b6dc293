//! Neighbourhoods: which tasks are taken out together, to be put back better.
//!
//! A new one is a file with a `pick` and a line in [`ALL`].

mod broken_date;
pub(super) mod choice;
mod crossed_dates;
mod late_chain;
mod person;
mod sequence;
mod shot;
mod unplaced;
mod window;

use super::evaluate;
use super::standing::{Setting, Standing};
use super::trouble::Trouble;
use crate::formulate::{JobKind, NONE, Problem};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// What a neighbourhood may look at, and where it puts the tasks that it picks.
pub struct Pick<'a> {
    /// What does not change.
    pub setting: Setting<'a>,
    /// Tasks that can be placed.
    pub crowd: &'a Crowd,
    /// The schedule.
    pub standing: &'a Standing,
    /// What was wrong with it a few steps ago.
    pub trouble: &'a Trouble,
    /// The random stream of the step.
    pub random: &'a mut Pcg64Mcg,
    /// About how many tasks are wanted.
    pub size: usize,
    /// The tasks; some may be named twice.
    pub tasks: &'a mut Vec<u32>,
    /// So many of them, from the beginning of the list, are put back before all others.
    pub first: usize,
    /// So many of those, from the beginning of the list, are put back before the others of them.
    pub alone: usize,
    /// Slots by which the order of those may be another one than that of their latest starts.
    pub first_reach: i64,
    /// So many more tasks than usual may be taken along.
    pub besides: usize,
    /// Thousandths of the offers that are overlooked, where it is not left to the step.
    pub blinks: Option<u32>,
}

/// One neighbourhood.
pub struct Neighbourhood {
    /// What it is called.
    pub name: &'static str,
    /// Picks tasks; none if there is nothing of its kind.
    pub pick: fn(&mut Pick<'_>),
}

/// The name of what puts broken dates right.
pub const BROKEN_DATE: &str = "broken date";
/// The name of what finds places.
pub const WITHOUT_A_PLACE: &str = "without a place";

/// All neighbourhoods.
pub const ALL: [Neighbourhood; 7] = [
    Neighbourhood { name: BROKEN_DATE, pick: broken_date::pick },
    Neighbourhood { name: "late chain", pick: late_chain::pick },
    Neighbourhood { name: "department and weeks", pick: window::pick },
    Neighbourhood { name: "person", pick: person::pick },
    Neighbourhood { name: "shot", pick: shot::pick },
    Neighbourhood { name: "sequence and department", pick: sequence::pick },
    Neighbourhood { name: WITHOUT_A_PLACE, pick: unplaced::pick },
];

/// Tasks that people can work on, or vendors who can do only so much in a week, and how they belong together.
#[derive(Clone, Debug)]
pub struct Crowd {
    /// All of them.
    pub open: Vec<u32>,
    /// Those of each (sequence, department) group.
    pub groups: Vec<Vec<u32>>,
    /// Entities with a price on their lateness.
    pub promised: Vec<u32>,
    /// Tasks of each vendor who can do only so much in a week.
    at_vendors: Vec<Vec<u32>>,
}

impl Crowd {
    /// The crowd of a problem.
    pub fn new(problem: &Problem) -> Crowd {
        let mut groups = vec![Vec::new(); problem.groups as usize];
        let mut open = Vec::new();
        let mut is_promised = vec![false; problem.entities.len()];
        let mut is_open = vec![false; problem.entities.len()];
        for due in problem.dues.iter().filter(|due| due.entity != NONE) {
            is_promised[due.entity as usize] = true;
        }
        for target in &problem.targets {
            target.entities.iter().for_each(|&entity| is_promised[entity as usize] = true);
        }
        let mut at_vendors: Vec<Vec<u32>> = Vec::new();
        for (task, job) in problem.jobs.iter().enumerate() {
            let vendor = problem.limited_vendor(task as u32);
            if let Some(vendor) = vendor {
                at_vendors.resize(at_vendors.len().max(vendor + 1), Vec::new());
                at_vendors[vendor].push(task as u32);
            }
            let by_people =
                job.kind == JobKind::People && !problem.crews[job.crew as usize].is_empty();
            if by_people || vendor.is_some() {
                open.push(task as u32);
                is_open[job.entity as usize] = true;
                if job.group != NONE {
                    groups[job.group as usize].push(task as u32);
                }
            }
        }
        groups.retain(|tasks| !tasks.is_empty());
        let entities = 0..problem.entities.len() as u32;
        let promised = entities.filter(|&e| is_promised[e as usize] && is_open[e as usize]);
        Crowd { promised: promised.collect(), open, groups, at_vendors }
    }

    /// The tasks of the vendor of a task, where it can do only so much in a week; else none.
    fn at_vendor_of(&self, problem: &Problem, task: u32) -> &[u32] {
        let vendor = problem.limited_vendor(task);
        vendor.and_then(|vendor| self.at_vendors.get(vendor)).map_or(&[], Vec::as_slice)
    }
}

impl Pick<'_> {
    /// A task at random.
    fn any_task(&mut self) -> u32 {
        self.crowd.open[self.random.random_range(0..self.crowd.open.len())]
    }

    /// An entity that is late: the latest of a few at random, by what it costs.
    fn late_entity(&mut self) -> Option<u32> {
        if self.crowd.promised.is_empty() {
            return None;
        }
        let mut latest = (0, None);
        for _ in 0..12 {
            let at = self.random.random_range(0..self.crowd.promised.len());
            let entity = self.crowd.promised[at];
            let Setting { problem, links, .. } = self.setting;
            let cost = self.standing.ledger.lateness(problem, links, entity);
            if cost > latest.0 {
                latest = (cost, Some(entity));
            }
        }
        latest.1
    }

    /// A task that is late: the last one of a late entity or of a late milestone, or one that breaks a
    /// date rule.
    fn late_task(&mut self) -> Option<u32> {
        let found = match self.random.random_range(0..4) {
            0 => self.broken_rule(),
            1 => self.late_milestone(),
            _ => None,
        };
        found.or_else(|| {
            let entity = self.late_entity()?;
            self.last_task(entity)
        })
    }

    /// A task that breaks a date rule: the worst of a few at random.
    fn broken_rule(&mut self) -> Option<u32> {
        let Setting { problem, .. } = self.setting;
        let schedule = &self.standing.board.schedule;
        let mut worst = (0, None);
        for _ in 0..2 {
            let rule = &problem.rules[self.any_of(&self.trouble.rules)? as usize];
            let price = evaluate::broken(problem, schedule, rule).0;
            if price > worst.0 {
                worst = (price, Some(rule.task));
            }
        }
        worst.1
    }

    /// The last task of a milestone that is late as a whole: of the dearer of two at random.
    fn late_milestone(&mut self) -> Option<u32> {
        let Setting { problem, .. } = self.setting;
        let ledger = &self.standing.ledger;
        let mut latest = (0, None);
        for _ in 0..2 {
            let target = self.any_of(&self.trouble.targets)?;
            let (price, last) = ledger.target_lateness(problem, target);
            if price > latest.0 {
                latest = (price, Some((target, last)));
            }
        }
        let (target, last) = latest.1?;
        let entities = problem.targets[target as usize].entities.iter().copied();
        let mut late = entities.filter(|&entity| ledger.end_of(entity) > last);
        let entity = late.next()?;
        self.last_task(entity)
    }

    /// One of a list at random.
    fn any_of(&mut self, list: &[u32]) -> Option<u32> {
        if list.is_empty() {
            return None;
        }
        Some(list[self.random.random_range(0..list.len())])
    }

    /// The task of an entity that ends last.
    fn last_task(&self, entity: u32) -> Option<u32> {
        let schedule = &self.standing.board.schedule;
        let tasks = self.setting.links.tasks_of(entity).iter().copied();
        let tasks = tasks.filter(|&task| schedule.is_placed(task));
        tasks.max_by_key(|&task| (schedule.end[task as usize], task))
    }

    /// Adds up to `count` tasks that the candidates of `task`, or its vendor, work on between two boundaries.
    fn add_rivals(&mut self, task: u32, from: u32, to: u32, count: usize) {
        let problem = self.setting.problem;
        let job = &problem.jobs[task as usize];
        let at_vendor = self.crowd.at_vendor_of(problem, task);
        if !at_vendor.is_empty() {
            let first = self.random.random_range(0..at_vendor.len());
            let schedule = &self.standing.board.schedule;
            let then = |other: &&u32| {
                let (start, end) =
                    (schedule.start[**other as usize], schedule.end[**other as usize]);
                **other != task && end != NONE && start < to && from < end
            };
            let others = at_vendor.iter().cycle().skip(first).take(at_vendor.len());
            self.tasks.extend(others.filter(then).take(count));
            return;
        }
        if job.kind != JobKind::People {
            return;
        }
        let crew = &problem.crews[job.crew as usize];
        if crew.is_empty() {
            return;
        }
        let first = self.random.random_range(0..crew.len());
        let mut left = count;
        for offset in 0..crew.len() {
            let candidate = &crew[(first + offset) % crew.len()];
            let desk = problem.lanes[candidate.lane as usize].desk;
            let busy = &self.standing.board.busy[desk as usize];
            let start = busy.partition_point(|run| run.end <= from);
            for run in busy[start..].iter().take_while(|run| run.start < to) {
                if left == 0 {
                    return;
                }
                self.tasks.push(run.task);
                left -= 1;
            }
        }
    }

    /// The run of busy time right before a task on the desk where it starts, or at its vendor.
    fn before(&self, task: u32) -> Option<(u32, u32)> {
        let problem = self.setting.problem;
        let board = &self.standing.board;
        let start = board.schedule.start[task as usize];
        let at_vendor = self.crowd.at_vendor_of(problem, task).iter();
        let begun = at_vendor.filter(|other| board.schedule.start[**other as usize] < start);
        if let Some(&other) =
            begun.max_by_key(|other| (board.schedule.start[**other as usize], **other))
        {
            return Some((other, board.schedule.end[other as usize].min(start)));
        }
        let parts = board.schedule.parts_of(task).iter().filter(|part| part.lane != NONE);
        let part = parts.min_by_key(|part| part.start)?;
        let busy = &board.busy[problem.lanes[part.lane as usize].desk as usize];
        let position = busy.partition_point(|run| run.start < part.start);
        position.checked_sub(1).map(|at| (busy[at].task, busy[at].end))
    }
}
