//! Which tasks an edit is about.

use super::super::words;
use super::cells::Cells;
use crate::model::*;
use std::collections::BTreeSet;

/// What an edit is about.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Tasks, in order.
    pub tasks: Vec<TaskId>,
    /// Shots and assets, in order: those that fit what is said of them, or that such tasks are part of.
    pub entities: Vec<Entity>,
    /// Sequences that are meant as a whole.
    pub sequences: Vec<SequenceId>,
    /// Whether departments, statuses or tasks are said: then single tasks are meant.
    pub by_task: bool,
}

impl Scope {
    /// The shots among the entities.
    pub(super) fn shots(&self) -> Vec<ShotId> {
        let shot = |entity: &Entity| match entity {
            Entity::Shot(shot) => Some(*shot),
            _ => None,
        };
        self.entities.iter().filter_map(shot).collect()
    }
}

/// Ids with code and name, to be referred to.
pub(super) type Known<'p, I> = Vec<(I, &'p str, &'p str)>;

pub(super) fn departments(production: &Production) -> Known<'_, DepartmentId> {
    production.departments.enumerate().map(|(id, row)| (id, &*row.code, &*row.name)).collect()
}

pub(super) fn people(production: &Production) -> Known<'_, PersonId> {
    production.people.enumerate().map(|(id, row)| (id, &*row.code, &*row.name)).collect()
}

pub(super) fn vendors(production: &Production) -> Known<'_, VendorId> {
    production.vendors.enumerate().map(|(id, row)| (id, &*row.code, &*row.name)).collect()
}

pub(super) fn shows(production: &Production) -> Known<'_, ShowId> {
    production.shows.enumerate().map(|(id, row)| (id, &*row.code, &*row.name)).collect()
}

/// All accounts but those of revenue.
pub(super) fn cost_accounts(production: &Production) -> Known<'_, AccountId> {
    let costs = production.accounts.enumerate().filter(|row| row.1.kind != AccountKind::Revenue);
    costs.map(|(id, row)| (id, &*row.code, &*row.name)).collect()
}

pub(super) fn sequences(production: &Production) -> Known<'_, SequenceId> {
    production.sequences.enumerate().map(|(id, row)| (id, &*row.code, &*row.code)).collect()
}

pub(super) fn shots(production: &Production) -> Known<'_, ShotId> {
    production.shots.enumerate().map(|(id, row)| (id, &*row.code, &*row.code)).collect()
}

pub(super) fn assets(production: &Production) -> Known<'_, AssetId> {
    production.assets.enumerate().map(|(id, row)| (id, &*row.code, &*row.code)).collect()
}

pub(super) fn tasks(production: &Production) -> Known<'_, TaskId> {
    production.tasks.enumerate().map(|(id, row)| (id, &*row.code, &*row.code)).collect()
}

/// The fields that choose, and whether one of them must be there.
const FIELDS: [&str; 8] =
    ["department", "sequence", "shots", "assets", "tasks", "status", "of_class", "show"];

/// Reads the fields that choose tasks. With `needed` one of them has to be there; otherwise nothing said
/// means everything. A scope in which nothing is left is reported.
pub(super) fn scope(cells: &mut Cells<'_, '_>, needed: bool) -> Option<Scope> {
    let production = cells.production;
    if needed && !FIELDS.iter().any(|field| cells.has(field)) {
        let message = "it is not said which work is meant".to_owned();
        let help = format!("fill in one of {}", FIELDS.join(", "));
        cells.fail("S03", "", message, &help);
        return None;
    }
    let departments = cells.refer_all("department", "department", &departments(production));
    let sequences = cells.refer_all("sequence", "sequence", &sequences(production));
    let shots = cells.refer_all("shots", "shot", &shots(production));
    let assets = cells.refer_all("assets", "asset", &assets(production));
    let tasks = cells.refer_all("tasks", "task", &tasks(production));
    let shows = cells.refer_all("show", "show", &shows(production));
    let statuses = list(cells, "status", words::STATUSES);
    let classes = list(cells, "of_class", words::CLASSES);
    if cells.failed {
        return None;
    }
    let shots: Option<BTreeSet<ShotId>> = shots.map(|shots| shots.into_iter().collect());
    let assets: Option<BTreeSet<AssetId>> = assets.map(|assets| assets.into_iter().collect());
    let fits = |entity: Entity| {
        let thing = match (entity, &shots, &assets) {
            (_, None, None) => true,
            (Entity::Shot(id), Some(shots), _) => shots.contains(&id),
            (Entity::Asset(id), _, Some(assets)) => assets.contains(&id),
            _ => false,
        };
        let sequence = production.sequence_of(entity);
        thing
            && sequences.as_ref().is_none_or(|all| sequence.is_some_and(|own| all.contains(&own)))
            && shows.as_ref().is_none_or(|all| all.contains(&production.show_of(entity)))
            && classes
                .as_ref()
                .is_none_or(|all| production.class_of(entity).is_some_and(|own| all.contains(&own)))
    };
    let wanted = |(id, row): &(TaskId, &Task)| {
        fits(row.entity)
            && departments.as_ref().is_none_or(|all| all.contains(&row.department))
            && statuses.as_ref().is_none_or(|all| all.contains(&row.status))
            && tasks.as_ref().is_none_or(|all| all.binary_search(id).is_ok())
    };
    let by_task = departments.is_some() || statuses.is_some() || tasks.is_some();
    let tasks: Vec<TaskId> =
        production.tasks.enumerate().filter(wanted).map(|(id, _)| id).collect();
    let things = production.shots.ids().map(Entity::Shot);
    let things = things.chain(production.assets.ids().map(Entity::Asset));
    let entities: Vec<Entity> = match by_task {
        true => {
            let of: BTreeSet<Entity> =
                tasks.iter().map(|task| production.tasks[*task].entity).collect();
            of.into_iter().collect()
        }
        false => things.filter(|&entity| fits(entity)).collect(),
    };
    if tasks.is_empty() && entities.is_empty() {
        let message = "nothing in the show is all that is said here".to_owned();
        let field = FIELDS.iter().find(|field| cells.has(field)).copied().unwrap_or("");
        cells.fail("S05", field, message, "leave one of the conditions out");
        return None;
    }
    let whole = shots.is_none() && assets.is_none() && classes.is_none() && !by_task;
    let sequences = match (whole, sequences) {
        (true, Some(sequences)) => sequences,
        (true, None) => production
            .sequences
            .enumerate()
            .filter(|(_, row)| shows.as_ref().is_none_or(|all| all.contains(&row.show)))
            .map(|(id, _)| id)
            .collect(),
        (false, _) => Vec::new(),
    };
    Some(Scope { tasks, entities, sequences, by_task })
}

fn list<T: Copy>(
    cells: &mut Cells<'_, '_>,
    field: &'static str,
    known: words::Words<T>,
) -> Option<Vec<T>> {
    let text = cells.text(field)?.to_owned();
    let mut all = Vec::new();
    for item in super::super::values::items(&text) {
        let same = |word: &str| super::super::wire::plain(word) == super::super::wire::plain(item);
        match known.iter().find(|(word, _)| same(word)) {
            Some((_, meaning)) => all.push(*meaning),
            None => {
                let names: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
                cells.unknown(field, field, item, names.into_iter());
            }
        }
    }
    Some(all)
}
