//! Vendors: work that can be sent out, at a price a day, with supervision and a smallest order.

use super::{Builder, Lever, Offer, Package, Question, Spend, Work};
use crate::formulate::program::{LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{
    Cents, Entity, Lock, Production, Slot, Status, TaskId, Timeline, VendorId, days_between,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A task that a vendor could take, and how long before its latest end it has to be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The task.
    pub task: TaskId,
    /// The last day on which the work can begin there.
    pub order_by: Date,
}

/// What a vendor can take of some tasks: those of its departments that may go out, have not begun, are
/// not promised to anybody, and come back in time.
pub fn parts(
    production: &Production,
    timeline: &Timeline,
    vendor: VendorId,
    tasks: impl Iterator<Item = TaskId>,
    window: impl Fn(TaskId) -> Option<(Slot, Slot)>,
) -> Vec<Part> {
    let row = &production.vendors[vendor];
    let in_week = row.capacity_days_per_week.map(|_| production.most_days_in_week());
    let part = |id: TaskId| {
        let task = &production.tasks[id];
        let (start, end) = window(id)?;
        let is_free = task.vendor.is_none()
            && task.vendor_allowed
            && task.lock == Lock::None
            && matches!(task.status, Status::NotReady | Status::Ready)
            && production.work_left(id) > 0;
        if !is_free || !row.departments.contains(&task.department) {
            return None;
        }
        let class = production.class_of(task.entity).map_or(1, |class| class as usize);
        let show = production.show_of(task.entity);
        let fewest = in_week.as_ref().map_or(1, |days| {
            let (work, bid_day) = (production.work_left(id), production.bid_day_minutes());
            row.fewest_days(work, bid_day, days[show])
        });
        let lead = row.lead_days[class].max(fewest);
        let calendar = &production.calendars[production.shows[show].calendar];
        let first = timeline.start_date(start).max(row.cleared_from.unwrap_or(Date::MIN));
        // Back from the last day, so many working days.
        let mut order_by = timeline.finish_date(end);
        let mut left = lead;
        for _ in 0..3_660 {
            left -= u32::from(calendar.is_worked(order_by));
            if left == 0 || order_by < first {
                break;
            }
            order_by = order_by.saturating_sub(jiff::Span::new().days(1));
        }
        (left == 0 && first <= order_by).then_some(Part { task: id, order_by })
    };
    tasks.filter_map(part).collect()
}

/// What the vendors offer for the work, beside what is `there` already: who does it, the week in which it has to
/// be done, and bid days.
pub fn offers(
    production: &Production,
    timeline: &Timeline,
    works: &[Work],
    there: &[(VendorId, u32, f64)],
    window: impl Fn(TaskId) -> Option<(Slot, Slot)>,
) -> Vec<Offer> {
    let bid_day = production.bid_day_minutes().max(1) as f64;
    let mut offers = Vec::new();
    for (id, row) in production.vendors.enumerate() {
        let as_of = production.settings.as_of;
        let rate = |amount: Cents| production.price_of_vendor(id, amount).0.max(0) as f64;
        let mut takes = Vec::new();
        let mut packages: BTreeMap<Entity, Package> = BTreeMap::new();
        for (work, of_work) in works.iter().enumerate() {
            let tasks = of_work.tasks.iter().copied();
            let parts = parts(production, timeline, id, tasks, &window);
            let days: f64 =
                parts.iter().map(|part| production.work_left(part.task) as f64 / bid_day).sum();
            if days <= 0.0 {
                continue;
            }
            let entry = takes.len() as u32;
            takes.push((work as u32, days));
            for part in parts.iter().filter(|_| row.whole_sequences) {
                let entity = production.tasks[part.task].entity;
                let key = production.sequence_of(entity).map_or(entity, Entity::Sequence);
                let days = production.work_left(part.task) as f64 / bid_day;
                let package = packages.entry(key).or_default();
                package.tasks.push(part.task);
                match package.takes.last_mut() {
                    Some((last, sum)) if *last == entry => *sum += days,
                    _ => package.takes.push((entry, days)),
                }
            }
        }
        if takes.is_empty() || row.day_price.0 <= 0 {
            continue; // a vendor without a price was never asked
        }
        let cleared = row.cleared_from.unwrap_or(as_of).max(as_of);
        let cleared = days_between(timeline.first(), cleared).max(0) / 7;
        offers.push(Offer {
            vendor: id,
            price: rate(row.day_price),
            supervision: row.supervision as f64 / 1e4,
            minimum: rate(row.minimum_order),
            capacity: row.capacity_days_per_week.map(|days| days as f64),
            there: there.iter().filter(|own| own.0 == id).map(|own| (own.1, own.2)).collect(),
            cleared: cleared as u32,
            takes,
            packages: packages.into_values().collect(),
        });
    }
    offers
}

impl Builder<'_> {
    /// Work that goes out is paid by the day, at least the smallest order, with supervision on top; a
    /// vendor delivers no more by a week than it can until then, with what it has to deliver by then already.
    pub(super) fn vendors(&mut self) {
        let question: &Question = self.question;
        for (number, row) in question.offers.iter().enumerate() {
            let offer = number as u32;
            let all: f64 = row.takes.iter().map(|(_, days)| days).sum();
            let supervised = row.price * row.supervision;
            let mut columns = Vec::new();
            for &(work, days) in &row.takes {
                let column = self.column(LeverColumn::SentOut { offer, work }, days, supervised);
                let department =
                    question.work.get(work as usize).map(|work: &Work| work.department);
                let lever = Lever::Vendor;
                self.spend(Spend {
                    column,
                    unit: supervised,
                    lever,
                    department,
                    show: None,
                    week: None,
                });
                columns.push(column);
            }
            // Paid days, not money: with the price as a factor the numbers of a row would lie so far apart
            // that an interior point loses the small ones.
            let least = if row.price > 0.0 { row.minimum / row.price } else { 0.0 };
            let order = self.column(LeverColumn::Order { offer }, all.max(least), row.price);
            let (lever, unit) = (Lever::Vendor, row.price);
            self.spend(Spend {
                column: order,
                unit,
                lever,
                department: None,
                show: None,
                week: None,
            });
            let mut entries: Vec<_> = columns.iter().map(|&column| (column, -1.0)).collect();
            entries.push((order, 1.0));
            let kind = RowKind::Lever(LeverRow::VendorPrice { offer });
            self.built.program.row_of(kind, Sense::AtLeast, 0.0, entries);
            let mut ordered = None;
            if least > 0.0 {
                let any = self.column(LeverColumn::Ordered { offer }, 1.0, 0.0);
                self.built.program.make_integer(any);
                let kind = RowKind::Lever(LeverRow::MinimumOrder { offer });
                let entries = [(order, 1.0), (any, -least)];
                self.built.program.row_of(kind, Sense::AtLeast, 0.0, entries);
                let mut entries: Vec<_> = columns.iter().map(|&column| (column, 1.0)).collect();
                entries.push((any, -all));
                let kind = RowKind::Lever(LeverRow::Ordered { offer });
                self.built.program.row_of(kind, Sense::AtMost, 0.0, entries);
                ordered = Some(any);
            }
            let packages = self.packages(offer, row, &columns);
            self.built.packages.push(packages);
            if let Some(capacity) = row.capacity {
                self.capacity(offer, row, capacity, &columns);
            }
            self.built.sent.push(columns);
            self.built.ordered.push(ordered);
        }
    }

    /// Where a vendor takes whole packages only, what goes out is the sum of those that do.
    fn packages(&mut self, offer: u32, row: &Offer, sent: &[super::Column]) -> Vec<super::Column> {
        let mut columns = Vec::new();
        let mut entries: Vec<Vec<_>> = sent.iter().map(|&column| vec![(column, -1.0)]).collect();
        for (number, package) in row.packages.iter().enumerate() {
            let kind = LeverColumn::Package { offer, package: number as u32 };
            let column = self.column(kind, 1.0, 0.0);
            self.built.program.make_integer(column);
            for &(entry, days) in &package.takes {
                if let Some(of_entry) = entries.get_mut(entry as usize) {
                    of_entry.push((column, days));
                }
            }
            columns.push(column);
        }
        if !columns.is_empty() {
            for (entries, &(work, _)) in entries.into_iter().zip(&row.takes) {
                let kind = RowKind::Lever(LeverRow::Whole { offer, work });
                self.built.program.row_of(kind, Sense::Equal, 0.0, entries);
            }
        }
        columns
    }

    fn capacity(&mut self, offer: u32, row: &Offer, capacity: f64, columns: &[super::Column]) {
        let question: &Question = self.question;
        for (at, bucket) in question.buckets.iter().enumerate() {
            let due: Vec<_> = row
                .takes
                .iter()
                .zip(columns)
                .filter(|((work, _), _)| {
                    question.work.get(*work as usize).is_some_and(|row| row.to as usize <= at)
                })
                .map(|(_, &column)| (column, 1.0))
                .collect();
            let weeks = bucket.end.saturating_sub(row.cleared);
            if !due.is_empty() {
                let week = bucket.end - 1;
                let kind = RowKind::Lever(LeverRow::VendorCapacity { offer, week });
                let own = row.there.iter().filter(|(last, _)| *last <= week);
                let own: f64 = own.map(|(_, days)| days).sum();
                let most = (capacity * f64::from(weeks) - own).max(0.0);
                self.built.program.row_of(kind, Sense::AtMost, most, due);
            }
        }
    }
}
