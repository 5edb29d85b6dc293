//! What two scenarios have differently: tasks, people, amounts, and the edits behind it.

use super::measures::{Place, places};
use crate::compare::Tried;
use crate::model::*;
use crate::result::{
    AccountDifference, MilestoneDifference, ScenarioDiff, ScenarioRow, TaskDifference,
};
use std::collections::BTreeMap;

/// One side of it.
pub struct Side<'a> {
    /// Its row.
    pub row: &'a ScenarioRow,
    /// Its plan.
    pub tried: &'a Tried,
}

/// What `b` has otherwise than `a`.
pub fn diff(a: &Side<'_>, b: &Side<'_>) -> ScenarioDiff {
    let tasks = tasks(a.tried, b.tried);
    let texts = |side: &Side<'_>| -> Vec<String> {
        side.row.edits.iter().map(|edit| edit.text.clone()).collect()
    };
    let (of_a, of_b) = (texts(a), texts(b));
    let without = |these: &[String], others: &[String]| -> Vec<String> {
        these.iter().filter(|text| !others.contains(text)).cloned().collect()
    };
    let (one, two) = (a.row.measures.as_ref(), b.row.measures.as_ref());
    let mut dates = BTreeMap::new();
    let mut accounts: BTreeMap<String, AccountDifference> = BTreeMap::new();
    for (measures, is_a) in [(one, true), (two, false)] {
        let Some(measures) = measures else { continue };
        for row in &measures.milestones {
            let both: &mut (Option<_>, Option<_>) =
                dates.entry((row.show.clone(), row.id.clone())).or_default();
            if is_a { both.0 = row.planned } else { both.1 = row.planned }
        }
        for row in &measures.accounts {
            let both = accounts.entry(row.account.clone()).or_insert_with(|| AccountDifference {
                account: row.account.clone(),
                description: row.description.clone(),
                a: 0,
                b: 0,
            });
            if is_a { both.a = row.efc } else { both.b = row.efc }
        }
    }
    let days = |row: &&TaskDifference| (row.start_a, row.end_a) != (row.start_b, row.end_b);
    ScenarioDiff {
        a: a.row.name.clone(),
        b: b.row.name.clone(),
        only_a: without(&of_a, &of_b),
        only_b: without(&of_b, &of_a),
        milestones: dates
            .into_iter()
            .filter(|(_, (a, b))| a != b)
            .map(|((_, id), (a, b))| MilestoneDifference { id, a, b })
            .collect(),
        accounts: accounts.into_values().filter(|row| row.a != row.b).collect(),
        final_cost: two.map_or(0, |row| row.final_cost) - one.map_or(0, |row| row.final_cost),
        moved: tasks.iter().filter(days).count() as u32,
        people_changed: tasks.iter().filter(|row| row.who_a != row.who_b).count() as u32,
        tasks,
    }
}

/// Tasks that begin or end on another day, or are worked by others; by show and id.
fn tasks(a: &Tried, b: &Tried) -> Vec<TaskDifference> {
    type Placed<'p> = BTreeMap<(&'p str, &'p str), Place>;
    fn placed(tried: &Tried) -> Placed<'_> {
        let production = &tried.production;
        let all = places(production, &tried.solved.plan);
        let mut rows = Placed::new();
        for (id, place) in all.enumerate() {
            let (task, Some(place)) = (&production.tasks[id], place) else { continue };
            let show = &production.shows[production.show_of(task.entity)].code;
            rows.insert((show, &task.code), place.clone());
        }
        rows
    }
    let (one, two) = (placed(a), placed(b));
    let day = |tried: &Tried, place: Option<&Place>| {
        let timeline = tried.production.timeline();
        place.map_or((None, None), |place| {
            (Some(timeline.start_date(place.start)), Some(timeline.finish_date(place.end)))
        })
    };
    let who = |tried: &Tried, place: Option<&Place>| -> Vec<String> {
        let production = &tried.production;
        let name = |worker: &Worker| match *worker {
            Worker::Person(id) => production.people[id].code.clone(),
            Worker::Vendor(id) => production.vendors[id].code.clone(),
        };
        let mut names: Vec<String> =
            place.into_iter().flat_map(|place| place.workers.iter().map(name)).collect();
        names.sort_unstable();
        names
    };
    let mut codes: Vec<(&str, &str)> = one.keys().chain(two.keys()).copied().collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .filter_map(|key| {
            let (was, is) = (one.get(&key), two.get(&key));
            let ((start_a, end_a), (start_b, end_b)) = (day(a, was), day(b, is));
            let row = TaskDifference {
                task: key.1.to_owned(),
                start_a,
                end_a,
                who_a: who(a, was),
                start_b,
                end_b,
                who_b: who(b, is),
            };
            let same = (row.start_a, row.end_a, &row.who_a) == (row.start_b, row.end_b, &row.who_b);
            (!same).then_some(row)
        })
        .collect()
}
