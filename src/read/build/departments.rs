//! Departments: those that the show lists, and those that other rows name.

use super::{At, Builder};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values::Unit;
use crate::read::wire;
use crate::read::words;
use std::collections::HashSet;

/// A department that a row names which does not make it one of the show.
pub(super) struct NamedDepartment {
    department: DepartmentId,
    source: Source,
    offset: usize,
    kind: &'static str,
    code: Option<String>,
    field: &'static str,
    text: String,
}

impl Builder<'_> {
    pub(super) fn department(&mut self, at: At<'_>, row: &wire::Department<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.departments.get(code) {
            self.repeated(&at, code, self.production.departments[first].source);
            return;
        }
        let order = self.intake.whole(&at, cell!(row.order), (0, 10_000));
        let kind = self.intake.word(&at, cell!(row.kind), words::DEPARTMENTS);
        let account = self.find_account(&at, cell!(row.account));
        let head = |builder: &mut Self, cell| builder.intake.whole(&at, cell, (0, 100_000));
        let curve = CrewCurve {
            cap: head(self, cell!(row.cap)).map(|heads| heads as u32),
            floor: head(self, cell!(row.floor)).map(|heads| heads as u32),
            ramp_from: head(self, cell!(row.ramp_from)).map_or(0, |heads| heads as u32),
            ramp_in_start: self.intake.day(&at, cell!(row.ramp_in_start)),
            peak_start: self.intake.day(&at, cell!(row.peak_start)),
            peak_end: self.intake.day(&at, cell!(row.peak_end)),
            ramp_out_end: self.intake.day(&at, cell!(row.ramp_out_end)),
        };
        for (start, end) in [
            (("ramp_in_start", curve.ramp_in_start), ("peak_start", curve.peak_start)),
            (("peak_start", curve.peak_start), ("peak_end", curve.peak_end)),
            (("peak_end", curve.peak_end), ("ramp_out_end", curve.ramp_out_end)),
        ] {
            self.intake.in_order(&at, start, end);
        }
        self.first_site();
        let day = self.production.bid_day_minutes();
        let [on_sequence, on_show] = [cell!(row.setup_sequence), cell!(row.setup_show)]
            .map(|cell| self.intake.minutes(&at, cell, day, Unit::Days));
        let id = self.production.add_department(code);
        let department = &mut self.production.departments[id];
        department.setup_sequence = on_sequence.unwrap_or(self.default_setup[0]);
        department.setup_show = on_show.unwrap_or(self.default_setup[1]);
        if let Some(name) = row.name.as_deref() {
            name.clone_into(&mut department.name);
        }
        department.kind = kind.unwrap_or(department.kind);
        department.order = order.map_or(department.order, |order| order as u32);
        department.curve = curve;
        department.source = at.source;
        if let Some(account) = account {
            department.account = account;
        }
        self.departments.insert(code.to_owned(), id);
    }

    /// The department a name means; makes it where no list of departments is given.
    pub(super) fn find_department(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<DepartmentId> {
        let text = cell.1?.trim();
        if let Some(&id) = self.departments.get(text) {
            return Some(id);
        }
        let trade = words::trade_of(text);
        let code = trade.map_or(text, |trade| trade.code);
        let found = self.production.departments.enumerate().find(|(_, row)| {
            row.code.eq_ignore_ascii_case(text) || row.name.eq_ignore_ascii_case(text)
        });
        let found = found.map(|(id, _)| id).or_else(|| self.departments.get(code).copied());
        if let Some(id) = found {
            self.departments.insert(text.to_owned(), id);
            return Some(id);
        }
        if self.departments_given {
            let known = self.production.departments.iter().map(|row| row.code.as_str());
            return self.intake.refer(at, (cell.0, text), "department", None, known);
        }
        self.intake.assume("departments");
        let id = self.production.add_department(code);
        let department = &mut self.production.departments[id];
        [department.setup_sequence, department.setup_show] = self.default_setup;
        self.departments.insert(code.to_owned(), id);
        self.departments.insert(text.to_owned(), id);
        Some(id)
    }

    /// As [`find_department`](Self::find_department), where a row only says what it is about: a name that neither
    /// the trade nor any person, task or hire of the show has is a slip.
    pub(super) fn named_department(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<DepartmentId> {
        let before = self.production.departments.len();
        let department = self.find_department(at, cell)?;
        let text = cell.1?.trim();
        let is_known = self.production.departments.len() == before
            && !self.departments_named.iter().any(|known| known.department == department);
        if !is_known && words::trade_of(text).is_none() {
            self.departments_named.push(NamedDepartment {
                department,
                source: at.source,
                offset: at.offset,
                kind: at.kind,
                code: at.code.map(str::to_owned),
                field: cell.0,
                text: text.to_owned(),
            });
        }
        Some(department)
    }

    /// Tells of departments that rows name and nothing of the show has.
    pub(super) fn departments_of_nothing(&mut self) {
        let named = std::mem::take(&mut self.departments_named);
        if named.is_empty() {
            return;
        }
        let p = &self.production;
        let of_people = p.people.iter().flat_map(|row| &row.skills).map(|skill| skill.department);
        let of_tasks = p.tasks.iter().map(|task| task.department);
        let of_hires = p.hiring.iter().map(|row| row.department);
        let used: HashSet<DepartmentId> = of_people.chain(of_tasks).chain(of_hires).collect();
        let rows = p.departments.enumerate().filter(|(id, _)| used.contains(id));
        let known: Vec<String> = rows.map(|(_, row)| row.code.clone()).collect();
        for row in named.iter().filter(|row| !used.contains(&row.department)) {
            let code = row.code.as_deref();
            let at = At { source: row.source, offset: row.offset, kind: row.kind, code };
            let known = known.iter().map(String::as_str);
            self.intake.refer::<()>(&at, (row.field, &row.text), "department", None, known);
        }
    }
}
