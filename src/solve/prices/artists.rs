//! What one more artist is worth, and a day of a vendor, by department and period.

use super::{Again, first_found};
use crate::formulate::calls::Call;
use crate::formulate::program::Row;
use crate::formulate::staffing::Period;
use crate::model::*;
use std::collections::HashMap;

/// What one artist in one department and period is worth to the weekly plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// Of which department, and of which of its people.
    pub call: Call,
    /// When.
    pub period: Period,
    /// Weeks of five working days in the period.
    pub weeks: f64,
    /// The dual, in minor units for an artist-week.
    pub dual: f64,
    /// What one artist more saves, in minor units a week.
    pub one_more: f64,
    /// What one artist less costs, in minor units a week; `None` where there is less than one who can do nothing else.
    pub one_less: Option<f64>,
}

/// What a bid day done by a vendor in one department and period is worth to the weekly plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VendorPrice {
    /// The department.
    pub department: DepartmentId,
    /// When the work would be done.
    pub period: Period,
    /// The cheapest vendor that takes work of the department.
    pub vendor: VendorId,
    /// The dual, in minor units.
    pub dual: f64,
    /// What a day more saves, in minor units.
    pub one_more: f64,
    /// What a day less costs, in minor units; `None` where there is less than one.
    pub one_less: Option<f64>,
}

struct Asked {
    row: Row,
    call: Call,
    period: Period,
    worked: f64,
    /// Minor units for a bid day.
    dual: f64,
}

/// The dearest artist-weeks, and how many there are with a dual.
pub(super) fn of_artists(again: &Again, most: usize) -> (Vec<Price>, usize) {
    let week = again.artist_days(5.0);
    let asked = asked(again, |asked| asked.dual * week > again.least);
    let (found, empty) = first_found(again, &asked, most, |asked| {
        let artist = again.artist_days(asked.worked);
        let weeks = asked.worked / 5.0;
        let saved = |days: f64| again.saved(|program| program.add_room(asked.row, days));
        let has_one = again.weekly.program.side(asked.row).1 >= artist * (1.0 - 1e-9);
        let price = Price {
            call: asked.call,
            period: asked.period,
            weeks,
            dual: asked.dual * week,
            one_more: (saved(artist)? / weeks).max(0.0),
            one_less: match has_one {
                true => Some((-saved(-artist)? / weeks).max(0.0)),
                false => None,
            },
        };
        is_price(price.one_more, price.one_less, again.least).then_some(price)
    });
    (found, asked.len() - empty)
}

/// The dearest vendor days of departments that a vendor takes work of.
pub(super) fn of_vendors(again: &Again, most: usize) -> Vec<VendorPrice> {
    let production = again.production;
    let cheapest = |department: DepartmentId| {
        let takes = |row: &Vendor| {
            row.departments.contains(&department) && row.capacity_days_per_week != Some(0)
        };
        let vendors = production.vendors.enumerate().filter(|(_, row)| takes(row));
        let price =
            |(id, row): &(VendorId, &Vendor)| (production.price_of_vendor(*id, row.day_price), *id);
        vendors.min_by_key(price).map(|(id, _)| id)
    };
    let mut asked = asked(again, |asked| {
        asked.dual > again.least / 5.0 && cheapest(asked.call.department).is_some()
    });
    asked.sort_by(|a, b| b.dual.total_cmp(&a.dual).then(place(a).cmp(&place(b))));
    let (found, _) = first_found(again, &asked, most, |asked| {
        let saved = |days: f64| again.saved(|program| program.add_room(asked.row, days));
        let price = VendorPrice {
            department: asked.call.department,
            period: asked.period,
            vendor: cheapest(asked.call.department)?,
            dual: asked.dual,
            one_more: saved(1.0)?.max(0.0),
            one_less: match again.weekly.program.side(asked.row).1 >= 1.0 {
                true => Some((-saved(-1.0)?).max(0.0)),
                false => None,
            },
        };
        is_price(price.one_more, price.one_less, again.least / 5.0).then_some(price)
    });
    found
}

/// Whether solving again bears a dual out.
pub(super) fn is_price(one_more: f64, one_less: Option<f64>, least: f64) -> bool {
    one_more.max(one_less.unwrap_or(0.0)) > least
}

fn place(asked: &Asked) -> (Call, u32) {
    (asked.call, asked.period.first)
}

/// Rows in which time is short, the dearest first; not those whose work cannot change.
fn asked(again: &Again, wanted: impl Fn(&Asked) -> bool) -> Vec<Asked> {
    let program = &again.weekly.program;
    let mut asked: Vec<Asked> = again
        .weekly
        .crew_rows()
        .filter(|&(row, ..)| {
            // What could be worked at most. With nobody there is nothing that time could be used for.
            let done = program.row_entries(row).iter().filter(|(_, factor)| *factor == 1.0);
            let most: f64 = done.map(|(column, _)| program.bounds(*column).1).sum();
            most > 1e-9 && most > program.side(row).1
        })
        .map(|(row, call, period)| Asked {
            row,
            call,
            period,
            worked: f64::from(again.worked_days(period)),
            dual: -again.answer.duals[row.index()],
        })
        .filter(|asked| asked.worked > 0.0 && wanted(asked))
        .collect();
    let worth = |asked: &Asked| asked.dual * asked.worked;
    asked.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(place(a).cmp(&place(b))));
    once(asked)
}

/// Where people of a department may work on several shows, their time has one price on all of them: it is asked
/// for once, on the first.
fn once(asked: Vec<Asked>) -> Vec<Asked> {
    let mut kept: Vec<Asked> = Vec::with_capacity(asked.len());
    let mut last: HashMap<(DepartmentId, u32), f64> = HashMap::new();
    for row in asked {
        let dual = last.entry((row.call.department, row.period.first)).or_insert(f64::INFINITY);
        if row.dual < *dual * (1.0 - 1e-3) {
            *dual = row.dual;
            kept.push(row);
        }
    }
    kept
}
