//! Tasks, what they wait for, and the time logged on them.

use super::{At, Builder, work::apart};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::links;
use crate::read::values::{self, Unit};
use crate::read::wire;
use crate::read::words;
use std::collections::HashMap;

/// A column `after` that waits until all tasks are known.
#[derive(Debug)]
pub struct After {
    task: TaskId,
    scope: usize,
    source: Source,
    offset: usize,
    text: String,
}

impl Builder<'_> {
    pub(super) fn task(&mut self, at: At<'_>, row: &wire::Task<'_>) {
        let given = row.id.as_deref();
        let at = At { code: given, ..at };
        if let Some(code) = given
            && let Some(&first) = self.scopes[self.scope].tasks.get(code)
        {
            self.intake.duplicate(&at, "id", code, self.production.tasks[first].source);
            return;
        }
        self.first_site();
        let entity = self.task_entity(&at, row);
        let department = match self.intake.needed(&at, cell!(row.department)) {
            Some(_) => self.find_department(&at, cell!(row.department)),
            None => None,
        };
        let day = self.production.bid_day_minutes();
        let bid_cell = if row.bid.is_some() { cell!(row.bid) } else { cell!(row.bid_hours) };
        // "2.5d?" is a guess.
        let guessed = bid_cell.1.and_then(|text| text.trim().strip_suffix('?'));
        let bid_cell = (bid_cell.0, guessed.or(bid_cell.1));
        let bid = self.minutes(&at, bid_cell, day);
        let estimate = cell!(row.estimate);
        let estimate = if estimate.1.is_some() { estimate } else { cell!(row.estimate_hours) };
        let estimate = self.minutes(&at, estimate, day);
        let logged_cell = cell!(row.logged);
        let logged_cell =
            if logged_cell.1.is_some() { logged_cell } else { cell!(row.logged_hours) };
        let logged = self.minutes(&at, logged_cell, day);
        let remaining = cell!(row.remaining);
        let remaining = if remaining.1.is_some() { remaining } else { cell!(row.remaining_hours) };
        let remaining = self.minutes(&at, remaining, day);
        let status = self.intake.word(&at, cell!(row.status), words::STATUSES);
        let priority = self.intake.word(&at, cell!(row.priority), words::PRIORITIES);
        let earliest = self.intake.day(&at, cell!(row.earliest));
        let due = self.intake.day(&at, cell!(row.due));
        let start = self.intake.day(&at, cell!(row.start));
        let end = self.intake.day(&at, cell!(row.end));
        let updated = self.intake.day(&at, cell!(row.updated));
        self.intake.in_order(&at, ("start", start), ("end", end));
        for date in [earliest, due, start, end] {
            self.seen.work(date);
        }
        self.seen.recorded(updated);
        let rules = self.date_rules(&at, cell!(row.rule));
        let assigned = self.assigned(&at, cell!(row.assigned));
        let vendor = self.find_vendor(&at, cell!(row.vendor));
        let lock = self.intake.word(&at, cell!(row.locked), words::LOCKS);
        let parallel = self.intake.whole(&at, cell!(row.max_parallel), (1, 1_000));
        let chunk = self.intake.minutes(&at, cell!(row.min_chunk), day, Unit::Days);
        let splittable = self.intake.word(&at, cell!(row.splittable), words::YES_NO);
        let min_level = self.intake.level(&at, cell!(row.min_level), 0);
        let slots = self.production.settings.slots_per_day;
        let review = self.intake.slots(&at, cell!(row.review), day, slots, false);
        let vendor_allowed = self.intake.word(&at, cell!(row.vendor_allowed), words::YES_NO);
        let pools = self.task_pools(&at, cell!(row.pools));
        let account = self.find_account(&at, cell!(row.account));
        let (Some(entity), Some(department)) = (entity, department) else { return };

        let bid_assumed = guessed.is_some() || (bid.is_none() && estimate.is_none());
        if bid_assumed {
            self.intake.assume("task.bid");
        }
        let bid = bid.or(estimate).unwrap_or_else(|| {
            let class = self.production.class_of(entity);
            usual_bid(&self.production.departments[department].code, class, day)
        });
        let made;
        let code = match given {
            Some(code) => code,
            None => {
                made = self.made_id(entity, department, row.name.as_deref());
                &made
            }
        };
        let unique = apart(&mut self.taken_tasks, code, &self.scopes, self.scope);
        let task = Task {
            tag: row.tag.as_deref().map(str::to_owned),
            estimate: estimate.unwrap_or(bid),
            logged: logged.unwrap_or(0),
            remaining,
            status: status.unwrap_or(Status::Ready),
            priority: priority.unwrap_or_default(),
            earliest,
            due,
            rules,
            assigned,
            vendor,
            lock: lock.unwrap_or_default(),
            start,
            end,
            max_parallel: parallel.unwrap_or(1) as u32,
            min_chunk: chunk.map_or(self.default_min_chunk, |chunk| chunk.max(1)),
            splittable: splittable.unwrap_or(true),
            min_level: min_level.unwrap_or(0),
            review: review.map_or(self.default_review, i32::unsigned_abs),
            vendor_allowed: vendor_allowed.unwrap_or(true),
            pools,
            account,
            updated,
            bid_assumed,
            source: at.source,
            ..Task::new(&unique, entity, department, bid)
        };
        let id = self.production.tasks.push(task);
        self.logged_given.push(logged_cell.1.is_some());
        self.scopes[self.scope].tasks.insert(code.to_owned(), id);
        if let Some(text) = row.after.as_deref() {
            self.after.push(After {
                task: id,
                scope: self.scope,
                source: at.source,
                offset: at.offset,
                text: text.to_owned(),
            });
        }
    }

    /// Minutes of work; a column whose name ends in `_hours` has bare numbers in hours.
    fn minutes(&mut self, at: &At<'_>, cell: Cell<'_>, day: i64) -> Option<i64> {
        let bare = if cell.0.ends_with("hours") { Unit::Hours } else { Unit::Days };
        self.intake.minutes(at, cell, day, bare)
    }

    fn task_entity(&mut self, at: &At<'_>, row: &wire::Task<'_>) -> Option<Entity> {
        if let Some(text) = row.shot.as_deref() {
            let shot = self.find_shot(at, ("shot", text), cell!(row.sequence), cell!(row.show));
            return shot.map(Entity::Shot);
        }
        if let Some(text) = row.asset.as_deref() {
            return self.find_asset(at, ("asset", text), cell!(row.show)).map(Entity::Asset);
        }
        if let Some(text) = row.entity.as_deref() {
            if let Some(entity) = self.entity(text) {
                return Some(entity);
            }
            let given = &self.scopes[self.scope].given;
            if given.contains(&"shots") || given.contains(&"assets") {
                let scope = &self.scopes[self.scope];
                let known = scope.shots.keys().chain(scope.assets.keys()).map(String::as_str);
                return self.intake.refer(at, ("entity", text), "shot", None, known);
            }
            let shot = self.find_shot(at, ("entity", text), cell!(row.sequence), cell!(row.show));
            return shot.map(Entity::Shot);
        }
        if let Some(text) = row.sequence.as_deref() {
            if let Some(found) = self.entity(&format!("sequence:{text}")) {
                return Some(found);
            }
            let sequence = self.find_sequence(at, ("sequence", text), cell!(row.show));
            return sequence.map(Entity::Sequence);
        }
        self.show_or_own(at, cell!(row.show)).map(Entity::Show)
    }

    fn assigned(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<PersonId> {
        let Some(text) = cell.1 else { return Vec::new() };
        // A name may hold a comma: the whole text first.
        if let Some(&person) = self.people.get(text) {
            return vec![person];
        }
        let mut assigned = Vec::new();
        for item in values::items(text) {
            if let Some(person) = self.find_person(at, (cell.0, Some(item)))
                && !assigned.contains(&person)
            {
                assigned.push(person);
            }
        }
        assigned
    }

    /// `010_0010_cmp`, and with a number if that is taken.
    fn made_id(&mut self, entity: Entity, department: DepartmentId, name: Option<&str>) -> String {
        let department = || self.production.departments[department].code.to_lowercase();
        let name = name.map_or_else(department, |name| name.trim().replace(' ', "_"));
        let start = format!("{}_{name}", self.production.code_of(entity));
        let scope = &mut self.scopes[self.scope];
        let mut code = start.clone();
        while scope.tasks.contains_key(&code) {
            // Counted by name, so that many of one name do not try all numbers again.
            let number = scope.made.entry(start.clone()).or_insert(1);
            *number += 1;
            code = format!("{start}_{number}");
        }
        code
    }

    pub(super) fn find_task(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<TaskId> {
        let text = cell.1?.trim();
        let own = self.scopes[self.scope].tasks.get(text).copied();
        let found = own.or_else(|| {
            let mut scopes = self.scopes.iter();
            scopes.find_map(|scope| scope.tasks.get(text).copied())
        });
        let known = self.production.tasks.iter().map(|task| task.code.as_str());
        self.intake.refer(at, (cell.0, text), "task", found, known)
    }

    pub(super) fn dependency(&mut self, at: At<'_>, row: &wire::Dependency<'_>) {
        let from = self.intake.needed(&at, cell!(row.from));
        let to = self.intake.needed(&at, cell!(row.to));
        let (Some(from_code), Some(to_code)) = (from, to) else { return };
        let name = format!("{from_code} -> {to_code}");
        let at = at.of(&name);
        let from = self.find_task(&at, cell!(row.from));
        let to = self.find_task(&at, cell!(row.to));
        let link = self.intake.word(&at, cell!(row.link), words::LINKS).unwrap_or_default();
        let day = self.production.bid_day_minutes();
        let slots = self.production.settings.slots_per_day;
        let lag = self.intake.slots(&at, cell!(row.lag), day, slots, true).unwrap_or(0);
        let overlap = self.intake.share(&at, cell!(row.overlap), 10_000).unwrap_or(0);
        self.overlap_fits(&at, "overlap", link, overlap);
        let (Some(from), Some(to)) = (from, to) else { return };
        self.production.dependencies.push(Dependency {
            link,
            lag,
            overlap,
            source: at.source,
            ..Dependency::new(from, to)
        });
    }

    fn overlap_fits(&mut self, at: &At<'_>, field: &'static str, link: Link, overlap: i64) {
        if overlap > 0 && link != Link::FinishToStart {
            let text = format!("{}%", overlap / 100);
            self.intake.wrong(
                "R10",
                at,
                (field, Some(&text)),
                "an overlap goes with finish to start only".to_owned(),
                "write `FS`, or take the overlap out".to_owned(),
            );
        }
    }

    /// The columns `after`, once all tasks are known.
    pub(super) fn waits(&mut self) {
        let after = std::mem::take(&mut self.after);
        if after.is_empty() {
            return;
        }
        let mut by_entity: HashMap<(Entity, DepartmentId), Vec<TaskId>> = HashMap::new();
        for (id, task) in self.production.tasks.enumerate() {
            by_entity.entry((task.entity, task.department)).or_default().push(id);
        }
        let day = self.production.bid_day_minutes();
        let slots = self.production.settings.slots_per_day;
        for wait in &after {
            self.scope = wait.scope;
            let code = self.production.tasks[wait.task].code.clone();
            let at =
                At { source: wait.source, offset: wait.offset, kind: "task", code: Some(&code) };
            for item in values::items(&wait.text) {
                self.one_wait(&at, wait.task, item, &by_entity, day, slots);
            }
        }
        self.scope = 0;
    }

    fn one_wait(
        &mut self,
        at: &At<'_>,
        task: TaskId,
        item: &str,
        by_entity: &HashMap<(Entity, DepartmentId), Vec<TaskId>>,
        day: i64,
        slots: u32,
    ) {
        let own_tasks = &self.scopes[self.scope].tasks;
        // An id that looks like a link ("comp FS") is an id first.
        let written = if own_tasks.contains_key(item) {
            links::Wait { whom: item, link: Link::FinishToStart, lag: "", overlap: "" }
        } else {
            links::wait(item)
        };
        let lag = match written.lag {
            "" => 0,
            lag => self.intake.slots(at, ("after", Some(lag)), day, slots, true).unwrap_or(0),
        };
        let overlap = match written.overlap {
            "" => 0,
            overlap => self.intake.share(at, ("after", Some(overlap)), 10_000).unwrap_or(0),
        };
        self.overlap_fits(at, "after", written.link, overlap);
        let push = |builder: &mut Self, from: TaskId| {
            builder.production.dependencies.push(Dependency {
                link: written.link,
                lag,
                overlap,
                source: at.source,
                ..Dependency::new(from, task)
            });
        };
        if let Some(&from) = self.scopes[self.scope].tasks.get(written.whom) {
            push(self, from);
            return;
        }
        let text = written.whom;
        let department = self.departments.get(text).copied().or_else(|| {
            let code = words::trade_of(text).map_or(text, |trade| trade.code);
            let mut rows = self.production.departments.enumerate();
            let named = |row: &Department| {
                row.code.eq_ignore_ascii_case(text)
                    || row.name.eq_ignore_ascii_case(text)
                    || row.code == code
            };
            rows.find(|(_, row)| named(row)).map(|(id, _)| id)
        });
        if let Some(department) = department {
            let entity = self.production.tasks[task].entity;
            let found = by_entity.get(&(entity, department)).map_or(&[][..], Vec::as_slice);
            let mut any = false;
            for &from in found.iter().filter(|&&from| from != task) {
                any = true;
                push(self, from);
            }
            if !any {
                let object = self.production.code_of(entity).to_owned();
                let department = &self.production.departments[department].code;
                let message = format!("{object} has no other task of {department} to wait for");
                let help = "add the task, or take this out of `after`".to_owned();
                self.intake.wrong("V02", at, ("after", Some(item)), message, help);
            }
            return;
        }
        if let Some(from) = self.find_task(at, ("after", Some(text))) {
            push(self, from);
        }
    }

    pub(super) fn time_log(&mut self, at: At<'_>, row: &wire::TimeLog<'_>) {
        let task = self.intake.needed(&at, cell!(row.task)).is_some();
        let person = self.intake.needed(&at, cell!(row.person)).is_some();
        let date = self.intake.needed(&at, cell!(row.date)).is_some();
        let time = if row.time.is_some() { cell!(row.time) } else { cell!(row.hours) };
        if time.1.is_none() {
            self.intake.needed(&at, cell!(row.time));
        }
        if !(task && person && date) {
            return;
        }
        let task = self.find_task(&at, cell!(row.task));
        let person = self.find_person(&at, cell!(row.person));
        let date = self.intake.day(&at, cell!(row.date));
        let day = self.production.bid_day_minutes();
        let minutes = self.minutes(&at, time, day);
        let (Some(task), Some(person)) = (task, person) else { return };
        let (Some(date), Some(minutes)) = (date, minutes) else { return };
        self.seen.recorded(Some(date));
        self.production.time_logs.push(TimeLog { task, person, date, minutes, source: at.source });
        if !self.logged_given.get(task.index()).copied().unwrap_or(true) {
            let logged = &mut self.production.tasks[task].logged;
            *logged = logged.saturating_add(minutes);
        }
    }
}
