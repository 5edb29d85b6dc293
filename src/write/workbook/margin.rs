//! Revenue, cost and incentives.

use super::sheet::{FIRST, Sheet};
use crate::result::Desk;
use rust_xlsxwriter::XlsxError;

impl Sheet<'_> {
    pub(super) fn margin(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        let margin = &desk.margin;
        self.headings(&["Measure", "Amount"])?;
        self.sheet.set_column_width(0, 44)?;
        let names = [
            ("Award", margin.award),
            ("Approved changes", margin.approved),
            ("Pending changes (priced or sent)", margin.pending),
            ("Draft changes", margin.draft),
            ("Gross cost (EFC)", margin.gross),
            ("Incentives to expect", margin.incentives),
            ("Pending changes of vendors' orders", margin.vendors_pending),
            ("Unapproved work, spent", margin.unapproved_spent),
            ("Unapproved work, to go", margin.unapproved_to_go),
        ];
        for (at, (name, amount)) in (FIRST..).zip(names) {
            self.text(at, 0, name)?;
            self.money(at, 1, amount)?;
        }
        let formulas = [
            ("Revenue (award + approved)", "=B4+B5", margin.revenue),
            ("Net cost (gross − incentives)", "=B8-B9", margin.net),
            ("Margin", "=B13-B14", margin.margin),
            ("Margin if pending changes are approved", "=B15+B6-B10", margin.with_pending),
        ];
        for (at, (name, text, amount)) in (FIRST + 9..).zip(formulas) {
            self.total_name(at, name)?;
            self.formula(at, 1, text, amount, true)?;
        }
        let mut at = FIRST + 15;
        for (column, name) in (0_u16..).zip([
            "Incentive",
            "Eligible",
            "Counts",
            "Rate",
            "Credit",
            "After tax",
            "Studio's share",
            "Expected",
            "Received",
        ]) {
            self.sheet.write_string_with_format(at, column, name, &self.looks.heading)?;
            // The table above has two columns only.
            if column >= 2 {
                self.sheet.set_column_width(column, 15)?;
            }
        }
        let first = at + 1;
        for row in &desk.incentives {
            at += 1;
            self.text(at, 0, &row.id)?;
            self.money(at, 1, row.eligible)?;
            self.money(at, 2, row.base)?;
            self.sheet.write_number_with_format(
                at,
                3,
                row.rate as f64 / 10_000.0,
                &self.looks.index,
            )?;
            let amounts = [row.credit, row.after_tax, row.studio, row.expected];
            for (column, amount) in (4..).zip(amounts) {
                self.money(at, column, amount)?;
            }
            self.date(at, 8, row.received)?;
        }
        if at >= first {
            let text = format!("=SUM(H{}:H{})", first + 1, at + 1);
            self.total_name(at + 1, "Total")?;
            self.formula(at + 1, 7, &text, margin.incentives, true)?;
        }
        Ok(())
    }
}
