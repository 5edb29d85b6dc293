//! Vendors, and what is ordered of them.

use crate::forecast::{self, Forecast};
use crate::model::Production;
use crate::result::{OrderRow, Package, VendorShow};

/// Purchase orders at their value without changes.
pub fn orders(production: &Production) -> Vec<OrderRow> {
    let row = |order: &crate::model::Commitment| {
        let date = order.expected.unwrap_or(production.settings.as_of);
        let value = production.convert(order.amount, order.currency, date);
        OrderRow {
            id: order.code.clone(),
            vendor: order.vendor.map(|id| production.vendors[id].code.clone()),
            show: order.show.map(|id| production.shows[id].code.clone()),
            account: production
                .accounts
                .get(order.account)
                .map_or_else(String::new, |row| row.code.clone()),
            value: value.unwrap_or(order.amount).0,
            expected: order.expected,
            source: super::place(production, order.source),
        }
    };
    production.commitments.iter().map(row).collect()
}

pub fn vendors(production: &Production, forecast: &Forecast) -> Vec<VendorShow> {
    let package = |row: &forecast::Package| Package {
        department: production.departments[row.department].code.clone(),
        sequence: row.sequence.map(|id| production.sequences[id].code.clone()),
        tasks: row.tasks,
        minutes: row.minutes,
        start: row.start,
        delivery: row.delivery,
        acceptance: row.acceptance,
    };
    let vendor = |row: &forecast::VendorShow| VendorShow {
        vendor: production.vendors[row.vendor].code.clone(),
        name: production.vendors[row.vendor].name.clone(),
        show: row.show.map(|id| production.shows[id].code.clone()),
        contracted: row.contracted.0,
        changes: row.changes.0,
        pending: row.pending.0,
        unapproved: row.unapproved.0,
        to_date: row.to_date.0,
        open: row.open.0,
        projected: row.projected.0,
        exposure: row.exposure().0,
        efc: row.final_cost().0,
        at_risk: row.at_risk.0,
        supervision: row.supervision.0,
        shares: [
            production.vendors[row.vendor].late_probability,
            production.vendors[row.vendor].supervision,
        ],
        paid: row.paid.0,
        to_pay: row.to_pay.0,
        packages: row.packages.iter().map(package).collect(),
    };
    forecast.vendors.iter().map(vendor).collect()
}
