//! Vendors, and change orders of clients and vendors.

use super::sheet::{FIRST, Sheet};
use crate::result::Desk;
use rust_xlsxwriter::XlsxError;

impl Sheet<'_> {
    pub(super) fn vendors(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        self.headings(&[
            "Vendor",
            "Name",
            "Show",
            "Orders",
            "Approved changes",
            "Contracted",
            "To date",
            "Open orders",
            "To be awarded",
            "Pending changes",
            "Exposure",
            "EFC",
            "At risk",
            "Begun, not agreed",
        ])?;
        let mut at = FIRST;
        let mut sums = [0_i64; 11];
        for row in &desk.vendors {
            let line = at + 1;
            self.text(at, 0, &row.vendor)?;
            self.text(at, 1, &row.name)?;
            self.text(at, 2, row.show.as_deref().unwrap_or_default())?;
            let amounts = [
                row.contracted.saturating_sub(row.changes),
                row.changes,
                row.contracted,
                row.to_date,
                row.open,
                row.projected,
                row.pending,
                row.exposure,
                row.efc,
                row.at_risk,
                row.unapproved,
            ];
            for (column, amount) in (3..).zip(amounts) {
                match column {
                    5 => self.formula(at, 5, &format!("=D{line}+E{line}"), amount, false)?,
                    10 => self.formula(at, 10, &format!("=SUM(H{line}:J{line})"), amount, false)?,
                    11 => {
                        let text = format!("=G{line}+H{line}+I{line}");
                        self.formula(at, 11, &text, amount, false)?;
                    }
                    _ => self.money(at, column, amount)?,
                }
            }
            for (sum, amount) in sums.iter_mut().zip(amounts) {
                *sum = sum.saturating_add(amount);
            }
            at += 1;
        }
        self.total_name(at, "Total")?;
        for (column, sum) in (3..).zip(sums) {
            self.sum(at, column, at.saturating_sub(1), sum)?;
        }
        Ok(())
    }

    /// Change orders: the client's first, then those of vendors' orders.
    pub(super) fn changes(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        self.headings(&[
            "Number",
            "With",
            "Order",
            "Show",
            "State",
            "Since",
            "Days ago",
            "Price",
            "Days later",
            "Tasks",
            "Begun",
            "Spent",
            "To go",
            "Adds to EFC",
        ])?;
        let of_clients = desk.changes.iter().filter(|row| row.order.is_none());
        let of_vendors = desk.changes.iter().filter(|row| row.order.is_some());
        for (at, row) in (FIRST..).zip(of_clients.chain(of_vendors)) {
            let with = if row.order.is_none() { "client" } else { "–" };
            self.text(at, 0, &row.id)?;
            self.text(at, 1, row.vendor.as_deref().unwrap_or(with))?;
            self.text(at, 2, row.order.as_deref().unwrap_or_default())?;
            self.text(at, 3, &row.show)?;
            self.text(at, 4, &row.state)?;
            if let Some(date) = row.date {
                self.date(at, 5, date)?;
            }
            if let Some(age) = row.age {
                self.sheet.write_number(at, 6, age as f64)?;
            }
            self.money(at, 7, row.amount)?;
            for (column, number) in
                [(8, row.days), (9, i64::from(row.tasks)), (10, i64::from(row.begun))]
            {
                self.sheet.write_number(at, column, number as f64)?;
            }
            for (column, amount) in (11..).zip([row.spent, row.to_go, row.adds]) {
                self.money(at, column, amount)?;
            }
        }
        Ok(())
    }
}
