//! Edits of one scenario that cannot both be meant.

use super::Raw;
use super::cells::Report;
use crate::model::{Issue, PersonId, TaskId};
use crate::scenario::{Applied, Change, Edit};
use std::collections::{BTreeSet, HashMap};

/// Operations of which one takes back what the other does.
const OPPOSITES: &[(&str, &str)] =
    &[("allow_overtime", "forbid_overtime"), ("lock", "unlock"), ("outsource", "insource")];

/// Whether an edit sets things to values, so that another one cannot set them to others. What moves
/// things by an amount goes with anything.
fn sets(edit: &Edit) -> bool {
    let by = ["days ", "percent ", "factor "];
    let moves = matches!(edit.op, "move_date" | "slip_turnover" | "change_rate" | "client_lag");
    let is_moved = moves
        && edit
            .text
            .split([',', ':'])
            .any(|part| by.iter().any(|word| part.trim_start().starts_with(word)));
    let adds = matches!(
        edit.op,
        "add_artists"
            | "lose_artists"
            | "hire_freelance"
            | "leave"
            | "bid_overrun"
            | "budget_cut"
            | "add_sequence"
            | "add_shots"
            | "add_show"
            | "drop_show"
            | "freeze"
            | "client_lag"
    );
    let rebid = edit.changes.iter().any(|change| matches!(change, Change::RebidBy { .. }));
    !(is_moved || adds || rebid)
}

/// Finds them among the `edits` of `own`; the first of them is the edit with the number `first` of those
/// applied.
pub(super) fn find(
    own: &Raw,
    edits: &[Edit],
    applied: &Applied,
    first: usize,
    report: &mut Report<'_>,
) {
    let place = |number: usize| own.edits.get(number).map_or(own.at, |node| node.at);
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut contradict = |one: usize, two: usize, what: String| {
        if told.insert((one, two)) {
            let object = format!("scenario {}, edit {}", own.name, two + 1);
            let message = format!("it contradicts edit {} ({}): {what}", one + 1, edits[one].op);
            let help =
                "leave one of them out; one scenario that `extends` another may say it otherwise";
            report.raise(place(two), Issue::error("S07", object, message).help(help));
        }
    };
    for (two, edit) in edits.iter().enumerate() {
        for (one, before) in edits[..two].iter().enumerate() {
            let opposite = OPPOSITES
                .iter()
                .any(|&(a, b)| (before.op, edit.op) == (a, b) || (before.op, edit.op) == (b, a));
            if opposite && targets(before).intersection(&targets(edit)).next().is_some() {
                contradict(one, two, "one takes back what the other does".to_owned());
            }
        }
    }
    if edits.iter().filter(|edit| sets(edit)).count() < 2 {
        return;
    }
    let mut known: HashMap<(String, &'static str), usize> = HashMap::new();
    let told = applied.differences().into_iter().skip(first);
    for ((two, edit), rows) in edits.iter().enumerate().zip(told) {
        for row in rows.into_iter().filter(|_| sets(edit)) {
            let key = (row.object, row.field);
            match known.get(&key) {
                Some(&one) => contradict(one, two, format!("both set {} of {}", key.1, key.0)),
                None => {
                    known.insert(key, two);
                }
            }
        }
    }
}

/// Tasks and people that an edit is about.
fn targets(edit: &Edit) -> BTreeSet<(bool, usize)> {
    use crate::model::Id;
    let of_tasks = |tasks: &[TaskId]| tasks.iter().map(|id| (true, id.index())).collect::<Vec<_>>();
    let of_people =
        |people: &[PersonId]| people.iter().map(|id| (false, id.index())).collect::<Vec<_>>();
    edit.changes
        .iter()
        .flat_map(|change| match change {
            Change::AllowOvertime { people, .. } | Change::ForbidOvertime { people } => {
                of_people(people)
            }
            Change::Outsource { tasks, .. }
            | Change::Insource { tasks }
            | Change::Hold { tasks, .. }
            | Change::Unlock { tasks } => of_tasks(tasks),
            _ => Vec::new(),
        })
        .collect()
}
