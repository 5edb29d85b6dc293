//! Edits of the work itself: how much, by whom, what is cut, what comes.

use super::super::values;
use super::super::words;
use super::cells::Cells;
use super::scope::{departments, scope, sequences, shows, tasks, vendors};
use crate::model::*;
use crate::scenario::{Change, RateChange};
use std::collections::BTreeMap;

/// More shots than this are a slip of the pen.
const MOST_SHOTS: i64 = 5_000;

/// Tasks with something left to do.
fn open(production: &Production, tasks: &[TaskId]) -> Vec<TaskId> {
    tasks.iter().copied().filter(|task| production.is_open(*task)).collect()
}

fn has_begun(task: &Task) -> bool {
    task.status.is_done() || task.status.is_open() || task.logged > 0
}

fn nothing_left(cells: &mut Cells<'_, '_>, tasks: &[TaskId], what: &str) {
    if tasks.is_empty() && !cells.failed {
        let message = format!("no task of the scope {what}");
        cells.fail("S12", "", message, "name other work, or leave the edit out");
    }
}

pub(super) fn bid_overrun(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let thousandths = match cells.one_of(&["percent", "factor"]) {
        Some("percent") => cells.percent("percent", -9_900, 1_000_000).map(|by| 1_000 + by / 10),
        Some(_) => cells.times("factor"),
        None => None,
    };
    let scope = scope(cells, false)?;
    let tasks = open(cells.production, &scope.tasks);
    nothing_left(cells, &tasks, "is open");
    Some(vec![Change::Estimate { tasks, thousandths: thousandths? }])
}

pub(super) fn re_bid(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let which = cells.one_of(&["days", "percent"]);
    let minutes = cells.minutes("days");
    let percent = cells.percent("percent", -9_900, 1_000_000);
    let amount = cells.money("amount");
    let state = cells.word("state", words::CHANGES).unwrap_or(ChangeState::Approved);
    let scope = scope(cells, true)?;
    let tasks = open(production, &scope.tasks);
    nothing_left(cells, &tasks, "is open");
    let change = match which? {
        "days" => Change::Rebid { tasks: tasks.clone(), minutes: minutes? },
        _ => Change::RebidBy { tasks: tasks.clone(), thousandths: 1_000 + percent? / 10 },
    };
    let mut changes = vec![change];
    match (cells.text("order").map(str::to_owned), amount) {
        (None, Some(_)) => {
            let message = "an amount needs the number of its change order".to_owned();
            cells.fail("S03", "order", message, "fill in `order`");
        }
        (Some(code), amount) => {
            if production.change_orders.iter().any(|row| row.code == code) {
                let message = format!("there is a change order {code} already");
                cells.fail("S09", "order", message, "give it another number");
            }
            let show = tasks.first().map(|task| production.show_of(production.tasks[*task].entity));
            changes.push(Change::ChangeOrder(Box::new(ChangeOrder {
                code,
                show: show.unwrap_or(ShowId::new(0)),
                state,
                amount: amount.unwrap_or(Cents::ZERO),
                order: None,
                days: 0,
                tasks,
                date: Some(production.settings.as_of),
                source: Source::default(),
            })));
        }
        (None, None) => {}
    }
    Some(changes)
}

pub(super) fn outsource(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let price = cells.money("price");
    let wanted = cells.text("vendor").unwrap_or("any").to_owned();
    let vendor = match wanted.eq_ignore_ascii_case("any") {
        true => None,
        false => Some(cells.refer("vendor", "vendor", &vendors(production))?),
    };
    if production.vendors.is_empty() {
        let message = "this show has no vendors".to_owned();
        cells.fail("S12", "", message, "add vendors.csv to the show");
        return None;
    }
    if price.is_some() && vendor.is_none() {
        let message = "a price needs a vendor".to_owned();
        cells.fail("S03", "vendor", message, "name the vendor");
    }
    let scope = scope(cells, true)?;
    let cost = |id: &VendorId| {
        let row = &production.vendors[*id];
        let as_of = production.settings.as_of;
        production.convert(row.day_price, row.currency, as_of).unwrap_or(row.day_price)
    };
    let takes = |department: DepartmentId| {
        let can = |id: &VendorId| {
            let row = &production.vendors[*id];
            row.departments.is_empty() || row.departments.contains(&department)
        };
        match vendor {
            Some(vendor) => Some(vendor).filter(can),
            None => production.vendors.ids().filter(can).min_by_key(|id| (cost(id), *id)),
        }
    };
    let mut by_vendor: BTreeMap<VendorId, Vec<TaskId>> = BTreeMap::new();
    for task in open(production, &scope.tasks) {
        let row = &production.tasks[task];
        let stays = has_begun(row) || !row.vendor_allowed || row.lock != Lock::None;
        if let (false, None, Some(vendor)) = (stays, row.vendor, takes(row.department)) {
            by_vendor.entry(vendor).or_default().push(task);
        }
    }
    if by_vendor.is_empty() {
        nothing_left(cells, &[], "may go to a vendor that takes it and has not begun");
    }
    let mut changes: Vec<Change> =
        by_vendor.into_iter().map(|(vendor, tasks)| Change::Outsource { vendor, tasks }).collect();
    if let (Some(vendor), Some(price)) = (vendor, price) {
        changes.push(Change::VendorPrice { vendor, change: RateChange::To(price) });
    }
    Some(changes)
}

pub(super) fn insource(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let vendor = match cells.has("vendor") {
        true => Some(cells.refer("vendor", "vendor", &vendors(production))?),
        false => None,
    };
    let scope = scope(cells, false)?;
    let is_out = |task: &TaskId| {
        let row = &production.tasks[*task];
        row.vendor.is_some_and(|own| vendor.is_none_or(|vendor| own == vendor)) && !has_begun(row)
    };
    let tasks: Vec<TaskId> = scope.tasks.iter().copied().filter(is_out).collect();
    nothing_left(cells, &tasks, "is at a vendor and has not begun");
    Some(vec![Change::Insource { tasks }])
}

pub(super) fn add_shots(cells: &mut Cells<'_, '_>, is_new: bool) -> Option<Vec<Change>> {
    let production = cells.production;
    let code = cells.needed("sequence");
    let show = match cells.has("show") {
        true => cells.refer("show", "show", &shows(production))?,
        false => production.shows.ids().next()?,
    };
    let of_show: Vec<_> = sequences(production)
        .into_iter()
        .filter(|(id, ..)| production.sequences[*id].show == show)
        .collect();
    let like = match is_new {
        true => cells.refer("like", "sequence", &of_show),
        false => cells.refer("sequence", "sequence", &of_show),
    };
    let code = code?;
    if is_new && of_show.iter().any(|row| row.1 == code) {
        let message = format!("there is a sequence {code} already");
        cells.fail("S09", "sequence", message, "give it another id, or use op = \"add_shots\"");
    }
    let pattern: Vec<Class> = production
        .shots
        .iter()
        .filter(|row| Some(row.sequence) == like && row.status != Some(Status::Omit))
        .filter_map(|row| row.class)
        .collect();
    let mut classes: Vec<Class> = Vec::new();
    if let Some(text) = cells.text("classes").map(str::to_owned) {
        for item in values::items(&text) {
            match words::CLASSES.iter().find(|(word, _)| word.eq_ignore_ascii_case(item)) {
                Some((_, class)) => classes.push(*class),
                None => {
                    let message = format!("`{item}` is no class");
                    cells.fail("S04", "classes", message, "write A, B, C or D, such as B; B; C");
                }
            }
        }
    } else {
        classes.clone_from(&pattern);
    }
    if classes.is_empty() {
        classes.push(Class::B);
    }
    let count = match cells.has("count") {
        true => cells.whole("count", 0, MOST_SHOTS),
        false if is_new && !pattern.is_empty() => Some(pattern.len() as i64),
        false => {
            cells.needed("count");
            None
        }
    };
    let (turnover, due) = (cells.date("turnover"), cells.date("due"));
    if let (Some(turnover), Some(due)) = (turnover, due)
        && due < turnover
    {
        let message = format!("they are due on {due}, before work may begin on {turnover}");
        cells.fail("S06", "due", message, "write a later due date");
    }
    let milestones: Vec<(MilestoneId, &str, &str)> = production
        .milestones
        .enumerate()
        .filter(|(_, row)| row.show == show)
        .map(|(id, row)| (id, &*row.code, &*row.name))
        .collect();
    let milestone = cells.refer("milestone", "milestone", &milestones);
    let award = cells.money("award");
    let taken = |name: &str| production.shots.iter().any(|row| row.code == name);
    let names = (1..).map(|number| format!("{code}_{:04}", number * 10));
    let names = names.filter(|name| !taken(name)).take(count? as usize);
    let requests: Vec<ShotRequest> = names
        .enumerate()
        .map(|(number, name)| ShotRequest {
            code: name,
            show,
            sequence: code.clone(),
            class: classes[number % classes.len()],
            due,
            turnover,
            work: Vec::new(),
        })
        .collect();
    let mut changes = vec![Change::AddShots { requests, milestone }];
    if let Some(amount) = award {
        let numbers = (1..).map(|number| format!("{code} new {number}"));
        let is_free = |name: &String| !production.change_orders.iter().any(|row| row.code == *name);
        changes.push(Change::ChangeOrder(Box::new(ChangeOrder {
            code: numbers.into_iter().find(is_free).unwrap_or_default(),
            show,
            state: ChangeState::Approved,
            amount,
            order: None,
            days: 0,
            tasks: Vec::new(),
            date: Some(production.settings.as_of),
            source: Source::default(),
        })));
    }
    Some(changes)
}

pub(super) fn omit(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let from = cells.date("from");
    let scope = scope(cells, true)?;
    let tasks = open(production, &scope.tasks);
    let entities = if scope.by_task { Vec::new() } else { scope.entities };
    let is_cut = entities.iter().all(|&entity| production.is_omitted(entity));
    if is_cut {
        nothing_left(cells, &tasks, "is open");
    }
    Some(vec![match from {
        Some(from) => Change::OmitFrom { entities, tasks, from },
        None => Change::Omit { entities, tasks },
    }])
}

pub(super) fn upgrade_class(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    cells.needed("class");
    let class = cells.word("class", words::CLASSES);
    let scope = scope(cells, true)?;
    let shots = scope.shots();
    if shots.is_empty() {
        nothing_left(cells, &[], "is of a shot");
    }
    Some(vec![Change::Upgrade { shots, class: class? }])
}

pub(super) fn lock(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let lock = cells.word("what", words::LOCKS).unwrap_or(Lock::Both);
    let until = cells.date("until");
    let scope = scope(cells, true)?;
    let tasks = open(cells.production, &scope.tasks);
    nothing_left(cells, &tasks, "is open");
    Some(vec![Change::Hold { tasks, lock, until }])
}

pub(super) fn unlock(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let scope = scope(cells, false)?;
    let is_locked = |task: &TaskId| production.tasks[*task].lock != Lock::None;
    let tasks: Vec<TaskId> = scope.tasks.iter().copied().filter(is_locked).collect();
    nothing_left(cells, &tasks, "is locked");
    Some(vec![Change::Unlock { tasks }])
}

pub(super) fn priority(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    cells.needed("level");
    let priority = cells.word("level", words::PRIORITIES);
    let scope = scope(cells, true)?;
    let (entities, tasks) = match scope.by_task {
        true => (Vec::new(), scope.tasks),
        false => (scope.entities, Vec::new()),
    };
    Some(vec![Change::SetPriority { entities, tasks, priority: priority? }])
}

pub(super) fn split_task(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    cells.needed("parts");
    let parts = cells.whole("parts", 1, 16);
    let scope = scope(cells, true)?;
    let tasks = open(cells.production, &scope.tasks);
    nothing_left(cells, &tasks, "is open");
    Some(vec![Change::Split { tasks, parts: parts? as u32 }])
}

pub(super) fn relax_dependency(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.needed("overlap");
    let overlap = cells.percent("overlap", 0, 10_000);
    let (from, to) = (cells.needed("from"), cells.needed("to"));
    let scope = scope(cells, false)?;
    // Departments by their code, else tasks.
    let mut end = |field: &'static str, name: &str| -> Option<Vec<TaskId>> {
        let known = departments(production);
        let same = |row: &&(DepartmentId, &str, &str)| row.1.eq_ignore_ascii_case(name);
        match known.iter().find(same) {
            Some(&(id, ..)) => Some(
                production
                    .tasks
                    .enumerate()
                    .filter(|row| row.1.department == id)
                    .map(|row| row.0)
                    .collect(),
            ),
            None => cells.refer_all(field, "department or task", &tasks(production)),
        }
    };
    let (from, to) = (end("from", &from?)?, end("to", &to?)?);
    let is_in = |task: TaskId| scope.tasks.binary_search(&task).is_ok();
    let fits = |row: &Dependency| {
        from.binary_search(&row.from).is_ok()
            && to.binary_search(&row.to).is_ok()
            && (is_in(row.from) || is_in(row.to))
    };
    let rows: Vec<usize> = (0..production.dependencies.len())
        .filter(|&at| fits(&production.dependencies[at]))
        .collect();
    if rows.is_empty() {
        let message = "nothing there waits for it".to_owned();
        cells.fail(
            "S05",
            "to",
            message,
            "name a task and one that waits for it, or their departments",
        );
        return None;
    }
    let after_the_end = |row: &&usize| production.dependencies[**row].link == Link::FinishToStart;
    let dependencies: Vec<usize> = rows.iter().filter(after_the_end).copied().collect();
    if dependencies.is_empty() {
        let message = "none of these waits for the finish of the other".to_owned();
        cells.fail("S12", "overlap", message, "only finish-to-start can overlap");
    }
    Some(vec![Change::Overlap { dependencies, overlap: overlap? }])
}

pub(super) fn add_show(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.all_needed(&["like", "start"]);
    let code = cells.needed("show");
    let like = cells.refer("like", "show", &shows(production));
    let start = cells.date("start");
    let award = cells.money("award");
    let code = code?;
    if production.shows.iter().any(|row| row.code == code) {
        let message = format!("there is a show {code} already");
        cells.fail("S09", "show", message, "give it another id");
    }
    Some(vec![Change::AddShow { code, like: like?, start: start?, award }])
}

pub(super) fn set_probability(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    cells.all_needed(&["show", "probability"]);
    let show = cells.refer("show", "show", &shows(cells.production));
    let probability = cells.percent("probability", 0, 10_000);
    let (show, probability) = (show?, probability?);
    if probability == 0 {
        let message = "a show without a chance is no show to plan".to_owned();
        cells.fail(
            "S04",
            "probability",
            message,
            "use op = \"drop_show\", or write a share above 0 %",
        );
    }
    Some(vec![Change::SetProbability { show, probability }])
}

pub(super) fn drop_show(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    cells.needed("show");
    let show = cells.refer("show", "show", &shows(cells.production))?;
    Some(vec![Change::DropShow { show }])
}
