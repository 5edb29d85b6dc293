//! `outsource`: from files to work in house against each vendor.

use super::levers::{
    Asked, QuestionError, ask, department, entity, heading_until_stopped, no_department, no_plan,
    perhaps, places, some_of,
};
use super::{Answered, Request};
use crate::compare::{self, AtVendor, Effect};
use crate::model::*;
use crate::result::{EffectRow, OutsourceAnswer, VendorRow};
use crate::solve::Watch;
use std::path::Path;

/// Plans that share the time: one in house, and usually so many vendors.
const PLANS: u32 = 3;

/// Reads and checks a show, and compares the work of a scope in house with each vendor who could take
/// any of it: departments, sequences, shots, assets or tasks; "030:ROTO" is a department's work in it.
///
/// # Errors
/// When the files cannot be read, or the scope means nothing here.
pub fn outsource(
    show: &Path,
    scope: &str,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<OutsourceAnswer>, QuestionError> {
    let Asked { production, options } = match ask(show, request, PLANS)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let tasks = tasks(&production, scope)?;
    let (in_house, vendors) = match compare::outsource(&production, &tasks, &options, watch) {
        Ok(found) => found,
        Err(trouble) => return Ok(no_plan(trouble)),
    };
    let days = |minutes: i64| {
        let days = minutes as f64 / production.bid_day_minutes().max(1) as f64;
        (days * 100.0).round() / 100.0
    };
    let vendor = |row: &AtVendor| VendorRow {
        vendor: production.vendors[row.vendor].code.clone(),
        tasks: row.tasks.len() as u32,
        stay: row.left as u32,
        days_freed: days(row.minutes),
        price: row.price.0,
        top_up: row.top_up.0,
        supervision: row.supervision.0,
        lead_days: row.lead_days,
        weeks: row.weeks,
        cleared_from: row.cleared_from,
        order_by: row.order_by,
        effect: effect(&row.effect),
        task_ids: row.tasks.iter().map(|task| production.tasks[*task].code.clone()).collect(),
    };
    Ok(Answered::Answer(OutsourceAnswer {
        heading: heading_until_stopped(&production, options.mode, watch),
        scope: scope.to_owned(),
        tasks: in_house.tasks.len() as u32,
        days: days(in_house.minutes),
        labour: in_house.labour.0,
        avoidable: in_house.avoidable.0,
        in_house: effect(&in_house.effect),
        vendors: vendors.iter().map(vendor).collect(),
    }))
}

pub(super) fn effect(effect: &Effect) -> EffectRow {
    EffectRow {
        finish: effect.finish,
        all_done: effect.all_done,
        unplaced: effect.unplaced,
        milestones_late: effect.milestones_late,
        days_late: effect.days_late,
        efc: effect.efc.0,
        incentives: effect.incentives.0,
        penalties: effect.penalties.0,
    }
}

/// Tasks in house with work left that the scope names.
fn tasks(production: &Production, scope: &str) -> Result<Vec<TaskId>, QuestionError> {
    let mut inside = Keyed::filled(false, production.tasks.len());
    for part in scope.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let (place, only) = match part.split_once(':') {
            Some((place, code)) => match department(production, code.trim()) {
                Some(id) => (place.trim(), Some(id)),
                None => return Err(no_department(production, code.trim())),
            },
            None => (part, None),
        };
        if let (Some(id), None) = (department(production, place), only) {
            for (task, row) in production.tasks.enumerate() {
                inside[task] |= row.department == id;
            }
        } else if let Some(entity) = entity(production, place) {
            for (task, row) in production.tasks.enumerate() {
                inside[task] |= production.contains(entity, row.entity)
                    && only.is_none_or(|only| only == row.department);
            }
        } else {
            let mut known = production.tasks.enumerate();
            let Some((task, _)) = known.find(|(_, row)| row.code == place) else {
                return Err(unknown(production, place));
            };
            inside[task] = true;
        }
    }
    let is_work = |task: &TaskId| {
        production.work_left(*task) > 0
            && production.tasks[*task].vendor.is_none()
            && production.tasks[*task].status != Status::Hold
    };
    let list: Vec<TaskId> = inside
        .enumerate()
        .filter(|(_, inside)| **inside)
        .map(|(task, _)| task)
        .filter(is_work)
        .collect();
    let empty = |why: String| Err(QuestionError::Call(why));
    match list.is_empty() {
        true if scope.trim().is_empty() => {
            empty("the scope is empty: write \"ROTO,PREP\", \"030\" or \"030:ROTO\"".to_owned())
        }
        true => empty(format!("`{scope}` has no work left that is done in house")),
        false => Ok(list),
    }
}

fn unknown(production: &Production, code: &str) -> QuestionError {
    let departments = || production.departments.iter().map(|row| row.code.as_str());
    let sequences = production.sequences.iter().map(|row| row.code.as_str());
    let tasks = production.tasks.iter().map(|row| row.code.as_str());
    let all = departments().chain(places(production)).chain(tasks);
    let meant = perhaps(code, all, || {
        let departments = some_of("departments", departments());
        format!("{departments}, {}", some_of("sequences", sequences))
    });
    QuestionError::Call(format!(
        "`{code}` is no department, sequence, shot, asset, show or task of the show; {meant}"
    ))
}
