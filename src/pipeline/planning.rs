//! Where the planner plugs in: options, plan, and what it says about its plan.

use super::dates::Earliest;
use super::{Request, words};
use crate::explain::{self, Effort, Reason};
use crate::model::{Keyed, Plan, Production, TaskId, Unplaced};
use crate::result::{self, Conflict, LinearProgramInfo};
use crate::solve::{self, Options, Solved, Watch};
use std::collections::BTreeMap;

/// Conflicts that are looked into with every plan: ten, and fewer in large shows, where each way out
/// that is tried is a long plan of its own. `conflicts` looks into all of them.
pub fn most_conflicts(production: &Production) -> usize {
    (40_000 / production.tasks.len().max(1)).clamp(1, 10)
}

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
    pub reasons: Keyed<TaskId, Option<result::Reason>>,
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
pub fn explain(production: &Production, solved: &Solved, effort: Effort<'_>) -> Explained {
    let timeline = production.timeline();
    let why = explain::reasons(production, solved);
    let reasons = why
        .enumerate()
        .map(|(id, &why)| production.is_open(id).then(|| words::reason(production, &timeline, why)))
        .collect();
    let waits_for = why
        .iter()
        .map(|&why| match why {
            Reason::WaitsForTask(other) | Reason::WaitsForArtist(other) => Some(other),
            _ => None,
        })
        .collect();
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
    let conflicts =
        super::conflicts::in_words(production, &explain::conflicts(production, solved, effort));
    Explained { reasons, conflicts, earliest, waits_for, linear_program: linear_program(solved) }
}

/// What the staffing program was and how well it was solved.
fn linear_program(solved: &Solved) -> Option<LinearProgramInfo> {
    let staffed = solved.staffing.as_ref()?;
    Some(LinearProgramInfo {
        backend: staffed.backend?.to_string(),
        columns: staffed.columns as u32,
        rows: staffed.rows as u32,
        value: staffed.value.round() as i64,
        primal_residual: staffed.primal_residual,
        duality_gap: staffed.duality_gap,
    })
}
