//! Lateness in the program: of units, of tasks with dates of their own, and of milestones, by the cuts of
//! [`late`](super::late).

use super::build::Builder;
use super::late::{Item, certain, cuts, day_prices, price_of, together};
use super::work::{Deliverable, Deliverables};
use crate::formulate::program::{ColumnKind, RowKind, Sense};
use crate::model::{Id, TaskId};
use std::collections::{BTreeMap, HashMap};

impl Builder<'_> {
    /// Lateness of shots and assets, unit by unit: in each period at least what any one department's
    /// unfinished work makes late. One column for all departments: nothing is charged twice.
    pub(super) fn lateness_of_units(&mut self, deliverables: &Deliverables) {
        let mut of_unit: Vec<Vec<usize>> = vec![Vec::new(); self.units.len()];
        for (group, row) in self.groups.iter().enumerate() {
            of_unit[row.unit].push(group);
        }
        // Also those whose every task is without work or hopeless: they belong to no unit.
        for row in deliverables.of_entities.values() {
            let (cost, _) = certain(row, self.days, self.timeline);
            self.begun.program.add_offset(cost);
        }
        for (number, unit) in self.units.iter().enumerate() {
            let rows: Vec<(&Deliverable, u32, Vec<f64>)> = unit
                .entities
                .iter()
                .filter_map(|entity| {
                    let row = deliverables.of_entities.get(entity)?;
                    let prices = day_prices(row, self.days, self.timeline);
                    Some((row, certain(row, self.days, self.timeline).1, prices))
                })
                .collect();
            let mut by_group: Vec<(usize, Vec<Item>)> = Vec::new();
            for &group in &of_unit[number] {
                let row = &self.groups[group];
                let items = rows.iter().filter_map(|(deliverable, from, prices)| {
                    let tasks = deliverable.tasks.iter().copied().filter(|(id, _)| {
                        let task = &self.production.tasks[*id];
                        self.calls.of_task[*id] == row.pool && task.vendor.is_some() == row.vendor
                    });
                    let (work, tail) =
                        together(tasks, &self.facts.work, self.timeline.slots_per_day())?;
                    Some(Item { prices, from: *from, work, tail })
                });
                by_group.push((group, items.collect()));
            }
            let whole = rows.iter().map(|(_, from, prices)| Item {
                prices,
                from: *from,
                work: 0.0,
                tail: 0,
            });
            let all: Vec<Item> = whole.collect();
            self.late_rows(number as u32, &all, &by_group);
        }
    }

    /// Lateness of tasks with a due date of their own, group by group.
    pub(super) fn lateness_of_tasks(&mut self, deliverables: &Deliverables) {
        let mut of_task: HashMap<TaskId, &Deliverable> = HashMap::new();
        for row in &deliverables.of_tasks {
            let (cost, _) = certain(row, self.days, self.timeline);
            self.begun.program.add_offset(cost);
            for (task, _) in &row.tasks {
                of_task.insert(*task, row);
            }
        }
        if of_task.is_empty() {
            return;
        }
        for group in 0..self.groups.len() {
            let rows = self.groups[group].tasks.iter().filter_map(|task| {
                let row = *of_task.get(task)?;
                Some((*task, row, day_prices(row, self.days, self.timeline)))
            });
            let rows: Vec<(TaskId, &Deliverable, Vec<f64>)> = rows.collect();
            let items: Vec<Item> = rows
                .iter()
                .map(|(task, row, prices)| {
                    let from = certain(row, self.days, self.timeline).1;
                    Item { prices, from, work: self.facts.work[*task], tail: 0 }
                })
                .collect();
            if !items.is_empty() {
                let number = (self.units.len() + group) as u32;
                self.late_rows(number, &items.clone(), &[(group, items)]);
            }
        }
    }

    /// For each period a column for the share of the possible lateness, and the tangents below it.
    fn late_rows(&mut self, unit: u32, all: &[Item], by_group: &[(usize, Vec<Item>)]) {
        for span in self.periods {
            let most: f64 = all.iter().map(|item| price_of(item, span)).sum();
            if most <= 0.0 {
                continue;
            }
            let week = span.week;
            let mut column = None;
            for (group, items) in by_group {
                let done = &self.begun.done[*group];
                let period_of_day = self.period_of_day;
                let cuts =
                    cuts(items, self.days, span, period_of_day, |at| done[at], self.tangents);
                for cut in cuts {
                    let share = *column.get_or_insert_with(|| {
                        let kind = ColumnKind::Late { unit, week };
                        self.begun.program.column_of(kind, 0.0, 1.0, most)
                    });
                    let mut entries = vec![(share, 1.0)];
                    entries.extend(cut.slopes.iter().map(|(done, slope)| (*done, slope / most)));
                    let kind = RowKind::Late { unit, week };
                    // A hair less than the sum says, which is rounded.
                    let constant = cut.constant / most * (1.0 - 1e-12);
                    self.begun.program.row_of(kind, Sense::AtLeast, constant, entries);
                }
            }
        }
    }

    /// Penalties of milestones as a whole: late unless all contents are done. The share of a department's
    /// contents that is done is at most the work done on the groups they are in, over their work.
    pub(super) fn milestones(&mut self, deliverables: &Deliverables) {
        let of_task = self.group_of_task;
        for promise in &deliverables.promises {
            let row = &promise.deliverable;
            let (cost, from) = certain(row, self.days, self.timeline);
            self.begun.program.add_offset(cost);
            // Groups, work and least tail by department and by vendors or people.
            #[expect(clippy::type_complexity, reason = "used here only")]
            let mut pools: BTreeMap<(usize, bool), (Vec<usize>, Vec<(TaskId, u32)>)> =
                BTreeMap::new();
            for &(task, tail) in &row.tasks {
                let Some(group) = of_task[task] else { continue };
                let of_group = &self.groups[group];
                let (groups, tasks) =
                    pools.entry((of_group.pool.department.index(), of_group.vendor)).or_default();
                groups.push(group);
                tasks.push((task, tail));
            }
            for (groups, _) in pools.values_mut() {
                groups.sort_unstable();
                groups.dedup();
            }
            let prices = &day_prices(row, self.days, self.timeline);
            for span in self.periods {
                let whole = Item { prices, from, work: 0.0, tail: 0 };
                let most = price_of(&whole, span);
                if most <= 0.0 {
                    continue;
                }
                let (milestone, week) = (promise.milestone, span.week);
                let kind = ColumnKind::MilestoneLate { milestone, week };
                let share = self.begun.program.column_of(kind, 0.0, 1.0, most);
                for (groups, tasks) in pools.values() {
                    let together = together(
                        tasks.iter().copied(),
                        &self.facts.work,
                        self.timeline.slots_per_day(),
                    );
                    let Some((work, tail)) = together else { continue };
                    let item = Item { prices, from, work, tail };
                    let Some(&first) = groups.first() else { continue };
                    let column = self.begun.done[first].clone();
                    let cuts =
                        cuts(&[item], self.days, span, self.period_of_day, |at| column[at], 1);
                    for cut in cuts {
                        let mut entries = vec![(share, 1.0)];
                        for (of_first, slope) in &cut.slopes {
                            let Some(at) = column.iter().position(|done| done == of_first) else {
                                continue;
                            };
                            let all = groups.iter().map(|group| self.begun.done[*group][at]);
                            entries.extend(all.map(|done| (done, slope / most)));
                        }
                        let constant = cut.constant / most * (1.0 - 1e-12);
                        let kind = RowKind::MilestoneLate { milestone, week };
                        self.begun.program.row_of(kind, Sense::AtLeast, constant, entries);
                    }
                }
            }
        }
    }
}
