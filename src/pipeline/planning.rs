//! Where the planner plugs in: options, plan, and what it says about its plan.

use super::Request;
use super::dates::Earliest;
use crate::model::{Keyed, Plan, Production, TaskId, Unplaced};
use crate::result::{Conflict, LinearProgramInfo, Reason};
use crate::solve::{self, Options, Solved, Watch};
use crate::verify::Verdict;
use std::collections::BTreeMap;

/// The options of a request; what the show leaves open is written into its settings, so that the
/// planner and the independent check judge by the same mode.
pub fn options(production: &mut Production, request: &Request) -> Options {
    let settings = &mut production.settings;
    settings.mode = request.mode.unwrap_or(settings.mode);
    settings.seed = request.seed.unwrap_or(settings.seed);
    Options {
        mode: settings.mode,
        seed: settings.seed,
        threads: request.threads,
        limit: request.limit,
    }
}

/// The best plan in the limit.
pub fn solve(production: &Production, options: &Options, watch: &dyn Watch) -> Solved {
    solve::plan(production, options, watch)
}

/// Why nothing is planned, if there is open work and none of it found a place.
pub fn nothing_placed(production: &Production, plan: &Plan) -> Option<Vec<String>> {
    let wanted = plan.unplaced.iter().filter(|(_, why)| *why != Unplaced::OnHold);
    if !plan.assignments.is_empty() || !plan.instants.is_empty() || wanted.clone().count() == 0 {
        return None;
    }
    let mut causes = BTreeMap::<&str, (u32, &str)>::new();
    for (task, why) in wanted {
        let cause = match why {
            Unplaced::NobodyCan => "nobody has the skill they need",
            Unplaced::NoTimeLeft => {
                "those who could do them have no working time before the last day"
            }
            Unplaced::WaitsFor(_) => "they wait for work without a place",
            Unplaced::OnHold => continue,
        };
        causes.entry(cause).or_insert((0, &production.tasks[*task].code)).0 += 1;
    }
    let sentence = |(cause, (count, first)): (&str, (u32, &str))| {
        format!("{count} tasks (the first is {first}): {cause}")
    };
    Some(causes.into_iter().map(sentence).collect())
}

/// What the planner knows about its plan, in words and dates.
#[derive(Debug, Default)]
pub struct Explained {
    /// Why each open task sits where it sits.
    pub reasons: Keyed<TaskId, Option<Reason>>,
    /// Hard rules that could not hold.
    pub conflicts: Vec<Conflict>,
    /// Dates that no plan can beat.
    pub earliest: Earliest,
    /// The task that each task waits for in the plan.
    pub waits_for: Vec<Option<TaskId>>,
    /// The linear program behind the plan.
    pub linear_program: Option<LinearProgramInfo>,
}

impl Explained {
    /// The tasks that decide when `last` ends, first to last.
    pub fn chain(&self, last: TaskId) -> Vec<TaskId> {
        let next =
            |id: &TaskId| self.waits_for.get(crate::model::Id::index(*id)).copied().flatten();
        // A chain never visits a task twice; the limit holds it if an explanation is wrong.
        let mut chain: Vec<TaskId> =
            std::iter::successors(Some(last), next).take(self.waits_for.len().max(1)).collect();
        chain.reverse();
        chain
    }
}

/// Reasons, conflicts and earliest dates.
pub fn explain(production: &Production, solved: &Solved, verdict: &Verdict) -> Explained {
    let timeline = production.timeline();
    let mut reasons = Keyed::filled(None, production.tasks.len());
    for &(task, why) in &solved.plan.unplaced {
        reasons[task] = Some(unplaced(production, why));
    }
    let date = |slot: crate::model::Slot| timeline.finish_date(slot);
    let mut earliest = Earliest::default();
    for (id, slot) in production.milestones.ids().zip(&solved.earliest.milestones) {
        earliest.milestones.extend(slot.map(|slot| (id, date(slot))));
    }
    for ((id, task), slot) in production.tasks.enumerate().zip(&solved.earliest.tasks) {
        let (Some(slot), true) = (slot, production.is_open(id)) else { continue };
        let date = date(*slot);
        earliest.tasks.insert(id, date);
        earliest
            .entities
            .entry(task.entity)
            .and_modify(|known| *known = date.max(*known))
            .or_insert(date);
    }
    let conflicts = verdict
        .broken
        .iter()
        .map(|broken| {
            let (object, earliest) = match (broken.task, broken.milestone) {
                (Some(task), _) => (
                    format!("task {}", production.tasks[task].code),
                    earliest.tasks.get(&task).copied(),
                ),
                (None, Some(id)) => (
                    format!("milestone {}", production.milestones[id].name),
                    earliest.milestones.get(&id).copied(),
                ),
                (None, None) => (String::new(), None),
            };
            Conflict {
                text: format!(
                    "{object}: {} cannot hold; {} working days off",
                    broken.rule, broken.days
                ),
                object,
                rule: broken.rule.clone(),
                proven: false,
                chain: Vec::new(),
                earliest_possible: earliest,
                ways_out: Vec::new(),
            }
        })
        .collect();
    Explained { reasons, conflicts, earliest, waits_for: Vec::new(), linear_program: None }
}

fn unplaced(production: &Production, why: Unplaced) -> Reason {
    let (code, text, task) = match why {
        Unplaced::NobodyCan => ("nobody_can", "nobody has the skill it needs".to_owned(), None),
        Unplaced::NoTimeLeft => (
            "no_time_left",
            "those who can do it have no working time left before the last day".to_owned(),
            None,
        ),
        Unplaced::WaitsFor(other) => {
            let other = production.tasks[other].code.clone();
            ("waits_for_unplaced", format!("it waits for {other}, which has no place"), Some(other))
        }
        Unplaced::OnHold => ("on_hold", "it is on hold".to_owned(), None),
    };
    Reason { code: code.to_owned(), text, task }
}
