//! Work that goes to vendors and comes back, and what a day of it costs.

use super::RateChange;
use crate::model::*;

/// Tasks go to a vendor.
pub(super) fn outsource(changed: &mut Production, vendor: VendorId, tasks: &[TaskId]) {
    for task in tasks {
        changed.tasks[*task].vendor = Some(vendor);
        changed.tasks[*task].assigned.clear();
    }
}

/// Tasks come back.
pub(super) fn insource(changed: &mut Production, tasks: &[TaskId]) {
    tasks.iter().for_each(|task| changed.tasks[*task].vendor = None);
}

/// A bid day costs more or less.
pub(super) fn price(changed: &mut Production, vendor: VendorId, change: RateChange) {
    let price = &mut changed.vendors[vendor].day_price;
    *price = match change {
        RateChange::By(points) => *price + price.basis_points(points),
        RateChange::To(amount) => amount,
    };
}
