//! What has a due date of its own: shots and assets, and tasks of things that have none.

use super::finish::AllFinishes;
use crate::model::{Entity, ShowId};
use crate::verify::case::Case;
use crate::verify::verdict::Finish;
use jiff::civil::Date;

/// A thing with its own due date.
pub(super) struct Deliverable {
    pub show: ShowId,
    pub due: Date,
    pub finish: Finish,
    /// 1, 2, 4 or 8 by priority.
    pub factor: i64,
}

/// Own due date of a shot or asset.
pub(super) fn due_of(case: &Case<'_>, thing: Entity) -> Option<Date> {
    match thing {
        Entity::Shot(id) => case.production.shots[id].due,
        Entity::Asset(id) => case.production.assets[id].due,
        Entity::Sequence(_) | Entity::Show(_) => None,
    }
}

/// Calls `visit` with every deliverable: shots, assets, then tasks.
pub(super) fn each(case: &Case<'_>, finish: &AllFinishes, mut visit: impl FnMut(&Deliverable)) {
    let production = case.production;
    let shots = production.shots.enumerate().map(|(id, row)| (Entity::Shot(id), row.priority));
    let assets = production.assets.enumerate().map(|(id, row)| (Entity::Asset(id), row.priority));
    for (thing, priority) in shots.chain(assets) {
        if let Some(due) = due_of(case, thing) {
            let (show, finish) = (production.show_of(thing), *finish.things.of(thing));
            visit(&Deliverable { show, due, finish, factor: priority.factor() });
        }
    }
    for (id, task) in production.tasks.enumerate() {
        if let (Some(due), None) = (task.due, due_of(case, task.entity)) {
            let factor = production.priority_of(id).factor();
            let (show, finish) = (case.show_of(id), finish.tasks[id]);
            visit(&Deliverable { show, due, finish, factor });
        }
    }
}
