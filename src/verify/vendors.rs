//! Rule 8: a vendor does the whole task, in the vendor's time; nobody else's task goes to one.

use super::case::Case;
use super::verdict::{Rule, Violation};
use crate::model::{ChangeOrder, ChangeState, Class, TaskId, VendorId, Worker};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for (task, row) in case.production.tasks.enumerate() {
        let parts = case.parts_of(task);
        if parts.is_empty() {
            continue;
        }
        let message = match row.vendor {
            Some(vendor) => of_vendor(case, task, vendor),
            None => parts.iter().find_map(|part| match part.worker {
                Worker::Vendor(vendor) => {
                    let vendor = &case.production.vendors[vendor].code;
                    Some(format!("is given to {vendor}, but no vendor was chosen for it"))
                }
                Worker::Person(_) => None,
            }),
        };
        if let Some(message) = message {
            found.push(case.on_task(Rule::Vendors, task, None, message));
        }
    }
}

fn of_vendor(case: &Case<'_>, task: TaskId, vendor: VendorId) -> Option<String> {
    let row = case.production.vendors.get(vendor)?;
    let name = &row.code;
    let [part] = case.parts_of(task) else {
        return Some(format!("is in {} parts; {name} does it whole", case.parts_of(task).len()));
    };
    if part.worker != Worker::Vendor(vendor) {
        return Some(format!("is for {name}, but somebody else does it"));
    }
    if part.number != 0 {
        return Some(format!("has part {} only; {name} does it whole", part.number));
    }
    if !part.sound {
        return None;
    }
    let [run] = part.segments else {
        return Some(format!("is in {} runs; {name} does it in one", part.segments.len()));
    };
    let (start, end, clock) = (run.start.0, run.end.0, &case.clock);
    if let Some(cleared) = row.cleared_from
        && start < clock.start_of(cleared)
    {
        let date = clock.start_date(start);
        return Some(format!("begins on {date}; {name} is cleared from {cleared}"));
    }
    let days = case.show_days(case.show_of(task));
    let is_working = |slot: u32| days.worked.get((slot / clock.per_day) as usize) == Some(&true);
    for (slot, verb) in [(start, "begins"), (end - 1, "ends")] {
        if !is_working(slot) {
            let date = clock.start_date(slot);
            return Some(format!("{verb} on {date}, which is not a working day of the show"));
        }
    }
    let class = case.production.class_of(case.production.tasks[task].entity).unwrap_or(Class::B);
    let agreed = case.production.change_orders.iter().filter(|change| {
        let state = matches!(change.state, ChangeState::Approved | ChangeState::Absorbed);
        state && change.order.is_some()
    });
    let named = |change: &ChangeOrder| change.tasks.iter().filter(|own| **own == task).count();
    let added = agreed.map(|change| i128::from(change.days) * named(change) as i128).sum::<i128>();
    let lead = (i128::from(row.lead_days[class as usize].max(1)) + added).max(1);
    let has = days.slots_before(end, clock.per_day) - days.slots_before(start, clock.per_day);
    if i128::from(has) != lead * i128::from(clock.per_day) {
        let has = clock.days_words(has.max(0) as u128 * 10_000);
        return Some(format!("takes {has} working days; {name} takes {lead}"));
    }
    None
}
