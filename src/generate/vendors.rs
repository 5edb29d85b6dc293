//! Vendors and the work they are given: roto, paint and matchmove of some sequences.

use super::days::date_of;
use super::draft::{Draft, trade_index};
use super::draws::{Draws, Topic};
use super::money;
use crate::model::*;

struct Company {
    code: &'static str,
    name: &'static str,
    place: &'static str,
    trades: &'static [&'static str],
    /// Price of a bid day in whole units of the production's currency.
    price: i64,
}

const COMPANIES: [Company; 6] = [
    Company {
        code: "kestrel",
        name: "Kestrel Paint & Roto",
        place: "Chennai",
        trades: &["ROTO", "PREP"],
        price: 130,
    },
    Company {
        code: "fieldline",
        name: "Fieldline Tracking",
        place: "Kraków",
        trades: &["MM"],
        price: 190,
    },
    Company {
        code: "bluebottle",
        name: "Bluebottle Roto",
        place: "Manila",
        trades: &["ROTO", "PREP"],
        price: 140,
    },
    Company {
        code: "ostrava",
        name: "Ostrava Pixel Works",
        place: "Ostrava",
        trades: &["PREP", "MM"],
        price: 170,
    },
    Company {
        code: "harbour",
        name: "Harbour Frame Services",
        place: "Cape Town",
        trades: &["ROTO", "PREP", "MM"],
        price: 180,
    },
    Company {
        code: "lumen",
        name: "Lumen Matte Company",
        place: "Lisbon",
        trades: &["ROTO"],
        price: 150,
    },
];

/// Share of sequences of which a fitting vendor gets the work.
const OUTSOURCED: f64 = 0.18;

/// Adds the vendors and gives them work. A vendor's lead is fixed, so this comes before due dates.
pub(super) fn add(draft: &mut Draft) {
    let (low, high) = draft.parameters.vendors;
    let mut draws = Draws::new(draft.recipe.seed, Topic::Vendors, 0);
    let count = draws.whole(low, high) as usize;
    for (number, company) in COMPANIES.iter().enumerate().take(count) {
        let lead = [(1, 3), (3, 7), (7, 14), (14, 21)].map(|(a, b)| draws.whole(a, b) as u32);
        let late = draws.whole(8, 22) * 100;
        let departments: Vec<DepartmentId> =
            company.trades.iter().map(|code| draft.department(trade_index(code))).collect();
        let steps = [(2_500, "order"), (5_000, "delivery"), (2_500, "acceptance")];
        draft.production.vendors.push(Vendor {
            code: company.code.to_owned(),
            name: company.name.to_owned(),
            place: company.place.to_owned(),
            departments,
            // The first is known to the client; the others are cleared in the first weeks.
            whole_sequences: false,
            cleared_from: Some(date_of(number as u32 * 3)),
            capacity_days_per_week: None,
            lead_days: lead,
            day_price: Cents(company.price * 100),
            minimum_order: Cents(company.price * 500),
            supervision: 1_000,
            late_probability: late,
            payments: steps.map(|(share, tied_to)| (share, tied_to.to_owned())).to_vec(),
            terms_days: None,
            currency: draft.production.settings.currency,
            source: Source::default(),
        });
    }
    give_work(draft);
}

fn give_work(draft: &mut Draft) {
    let vendors = draft.production.vendors.len();
    if vendors == 0 {
        return;
    }
    let chosen: Keyed<SequenceId, Option<VendorId>> = (0..draft.production.sequences.len())
        .map(|sequence| {
            let mut draws = Draws::new(draft.recipe.seed, Topic::Vendors, 1 + sequence as u64);
            let vendor = VendorId::new(draws.below(vendors));
            draws.chance(OUTSOURCED).then_some(vendor)
        })
        .collect();
    let hardest = draft.parameters.vendor_class;
    let mut by_week: Vec<Vec<i64>> = vec![vec![0; draft.parameters.weeks() as usize + 1]; vendors];
    let accounts: Keyed<DepartmentId, AccountId> = (draft.production.departments.iter())
        .map(|row| {
            let code = match row.code.as_str() {
                "ROTO" | "PREP" => "30-01",
                "MM" => "30-02",
                _ => "30-04",
            };
            money::account(&draft.production, code)
        })
        .collect();
    let production = &mut draft.production;
    for index in 0..production.tasks.len() {
        let task = TaskId::new(index);
        let Entity::Shot(shot) = production.tasks[task].entity else { continue };
        let row = &production.shots[shot];
        let Some(vendor) = chosen[row.sequence] else { continue };
        let department = production.tasks[task].department;
        let is_easy = row.class.is_some_and(|class| class as usize <= hardest);
        let turnover = row.turnover;
        let is_cleared = turnover >= production.vendors[vendor].cleared_from;
        if is_easy && is_cleared && production.vendors[vendor].departments.contains(&department) {
            production.tasks[task].vendor = Some(vendor);
            production.tasks[task].account = Some(accounts[department]);
            let week = turnover.map_or(0, super::days::day_of) as usize / 5;
            if let Some(load) = by_week[vendor.index()].get_mut(week) {
                *load += production.tasks[task].bid;
            }
        }
    }
    // Enough capacity for the busiest week of orders, so that the leads can be believed.
    for (vendor, weeks) in production.vendors.iter_mut().zip(&by_week) {
        let most = weeks.iter().max().copied().unwrap_or(0);
        vendor.capacity_days_per_week = Some((most / super::days::DAY_MINUTES * 6 / 5).max(20));
    }
}
