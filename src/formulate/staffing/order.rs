//! What the estimate adds: the order of groups.

use super::build::Builder;
use crate::formulate::program::{Column, RowKind};
use crate::model::{Link, TaskId};
use std::collections::{BTreeMap, HashSet};

/// A row of at most so much.
pub(super) struct OrderRow {
    pub kind: RowKind,
    pub most: f64,
    pub entries: Vec<(Column, f64)>,
}

impl Builder<'_> {
    /// A group is never ahead of the one most of it waits for: its share done by the end of a period is
    /// at most what the other had done a typical task's length earlier, plus the share that does not
    /// wait. Groups are no tasks: a plan may do without, which makes it no bound.
    pub(super) fn order(&self) -> Vec<OrderRow> {
        let mut rows = Vec::new();
        let of_task = self.group_of_task;
        let mut waits: BTreeMap<(usize, usize), (HashSet<TaskId>, HashSet<TaskId>)> =
            BTreeMap::new();
        for edge in &self.production.dependencies {
            if edge.link != Link::FinishToStart || edge.overlap > 0 {
                continue;
            }
            if let (Some(from), Some(to)) = (of_task[edge.from], of_task[edge.to])
                && from != to
            {
                let (before, after) = waits.entry((from, to)).or_default();
                before.insert(edge.from);
                after.insert(edge.to);
            }
        }
        let slots = self.timeline.slots_per_day();
        for ((from, to), (before, after)) in waits {
            let work = |tasks: &HashSet<TaskId>| -> f64 {
                let mut tasks: Vec<_> = tasks.iter().copied().collect();
                tasks.sort_unstable(); // sums in one order give one result
                tasks.iter().map(|task| self.facts.work[*task]).sum()
            };
            let (of_from, of_to) = (self.groups[from].work, self.groups[to].work);
            let (waiting, awaited) = (work(&after) / of_to, work(&before) / of_from);
            if waiting < 0.5 || awaited < 0.5 {
                continue;
            }
            let length: u32 = after
                .iter()
                .map(|&task| self.facts.end[task].saturating_sub(self.facts.head[task]))
                .sum();
            let lag = length / after.len() as u32 / slots;
            for (at, period) in self.periods.iter().enumerate() {
                let done = self.begun.done[to][at];
                let mut entries = vec![(done, 1.0 / of_to)];
                if let Some(by) = period.end.checked_sub(1 + lag) {
                    // The end of that day's period: inside one nothing is said about the order.
                    let earlier = self.period_of_day[by as usize] as usize;
                    entries.push((self.begun.done[from][earlier], -1.0 / of_from));
                }
                let kind =
                    RowKind::Follows { group: to as u32, after: from as u32, week: period.week };
                rows.push(OrderRow { kind, most: (1.0 - waiting).max(0.0), entries });
            }
        }
        rows
    }
}
