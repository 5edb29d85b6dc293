//! The work: who waits until when, and that all of it is done.

use super::{Builder, Question, Told, Work};
use crate::formulate::program::{LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{DepartmentId, Id, Production, ShowId, Slot, TaskId, Timeline};
use std::collections::BTreeMap;
use std::ops::Range;

/// Runs of weeks: twelve single ones, six fortnights, then four weeks at a time.
///
/// ```
/// use shotplan::formulate::levers::buckets;
/// let runs = buckets(30);
/// assert_eq!((runs.len(), runs[11].clone(), runs[12].clone(), runs[18].clone()), (20, 11..12, 12..14, 24..28));
/// assert_eq!(runs.last(), Some(&(28..30)));
/// ```
pub fn buckets(weeks: u32) -> Vec<Range<u32>> {
    let mut buckets: Vec<Range<u32>> = Vec::new();
    let mut from = 0;
    while from < weeks {
        let length = match from {
            0..12 => 1,
            12..24 => 2,
            _ => 4,
        };
        let end = (from + length).min(weeks);
        buckets.push(from..end);
        from = end;
    }
    buckets
}

/// Tasks with their first start and latest end, put together by department and weeks, and by show where that is told.
///
/// `window` gives the two boundaries of a task that has to be done in house or may be sent out; `None`
/// for all others. A task whose latest end comes too soon is due in its first bucket all the same:
/// whether it can be done is for the plan to say.
pub fn works(
    production: &Production,
    timeline: &Timeline,
    buckets: &[Range<u32>],
    told: &Told,
    window: impl Fn(TaskId) -> Option<(Slot, Slot)>,
) -> Vec<Work> {
    let bid_day = production.bid_day_minutes().max(1) as f64;
    let bucket = |week: u32| {
        let after = buckets.partition_point(|run| run.end <= week);
        after.min(buckets.len().saturating_sub(1)) as u32
    };
    let mut works: BTreeMap<(DepartmentId, u32, u32, Option<ShowId>), Work> = BTreeMap::new();
    for (id, task) in production.tasks.enumerate() {
        let left = production.work_left(id);
        let Some((start, end)) = window(id) else { continue };
        if left <= 0 || buckets.is_empty() {
            continue;
        }
        let from = bucket(timeline.week(timeline.day_of_start(start)));
        let to = bucket(timeline.week(timeline.day_of_end(end))).max(from);
        let department = task.department;
        let show = told.show(production, id);
        let row = works.entry((department, from, to, show)).or_insert_with(|| Work {
            department,
            show,
            from,
            to,
            days: 0.0,
            tasks: Vec::new(),
        });
        row.days += left as f64 / bid_day;
        row.tasks.push(id);
    }
    works.into_values().collect()
}

impl Builder<'_> {
    /// All work is done between its first and its last week: in house, by vendors, or it is left over.
    pub(super) fn work(&mut self) {
        let question: &Question = self.question;
        let mut sent = vec![Vec::new(); question.work.len()];
        for (offer, columns) in question.offers.iter().zip(&self.built.sent) {
            for (&(work, _), &column) in offer.takes.iter().zip(columns) {
                if let Some(entries) = sent.get_mut(work as usize) {
                    entries.push((column, 1.0));
                }
            }
        }
        for (number, (row, mut entries)) in question.work.iter().zip(sent).enumerate() {
            let work = number as u32;
            let mut columns = Vec::new();
            for at in row.from..=row.to {
                let week = question.buckets.get(at as usize).map_or(0, |bucket| bucket.start);
                let column = self.column(LeverColumn::WorkIn { work, week }, row.days, 0.0);
                entries.push((column, 1.0));
                columns.push(column);
            }
            let left_over = self.column(LeverColumn::LeftOver { work }, row.days, 0.0);
            entries.push((left_over, 1.0));
            let kind = RowKind::Lever(LeverRow::Done { work });
            self.built.program.row_of(kind, Sense::Equal, row.days, entries);
            self.built.left_over.push(left_over);
            self.work_in.push(columns);
        }
    }

    /// Columns of the work of a department in a bucket, with its show where that is told.
    pub(super) fn work_of(
        &self,
        department: usize,
        bucket: usize,
    ) -> Vec<(Option<ShowId>, super::Column)> {
        let works = self.question.work.iter().zip(&self.work_in);
        works
            .filter(|(row, _)| row.department.index() == department)
            .filter_map(|(row, columns)| {
                let at = bucket.checked_sub(row.from as usize)?;
                Some((row.show, *columns.get(at)?))
            })
            .collect()
    }
}
