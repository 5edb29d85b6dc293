//! Cash by week, and what could still be saved by the day of the decision.

use super::sheet::{FIRST, Sheet};
use crate::result::{CashWeek, Desk, Rung};
use rust_xlsxwriter::XlsxError;

impl Sheet<'_> {
    pub(super) fn cash(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        self.headings(&[
            "Week",
            "Payroll",
            "Fringe",
            "Vendors",
            "Other",
            "Paid",
            "Client payments",
            "Incentives",
            "Net",
            "Balance",
        ])?;
        self.sheet.write_string_with_format(1, 8, "Opening", &self.looks.total_text)?;
        self.money(1, 9, desk.cash.opening)?;
        let mut at = FIRST;
        for row in &desk.cash.weeks {
            let line = at + 1;
            // The first balance stands on what was there; between them are the headings.
            let before = if at == FIRST { 2 } else { at };
            self.date(at, 0, row.week)?;
            for (column, amount) in (1..).zip([row.payroll, row.fringe, row.vendors, row.other]) {
                self.money(at, column, amount)?;
            }
            self.formula(at, 5, &format!("=SUM(B{line}:E{line})"), row.paid, false)?;
            self.money(at, 6, row.receipts)?;
            self.money(at, 7, row.incentives)?;
            self.formula(at, 8, &format!("=G{line}+H{line}-F{line}"), row.net, false)?;
            self.formula(at, 9, &format!("=J{before}+I{line}"), row.balance, false)?;
            at += 1;
        }
        let last = at.saturating_sub(1);
        self.total_name(at, "Total")?;
        let columns: [fn(&CashWeek) -> i64; 8] = [
            |week| week.payroll,
            |week| week.fringe,
            |week| week.vendors,
            |week| week.other,
            |week| week.paid,
            |week| week.receipts,
            |week| week.incentives,
            |week| week.net,
        ];
        for (column, value) in (1..).zip(columns) {
            let sum =
                desk.cash.weeks.iter().fold(0_i64, |sum, week| sum.saturating_add(value(week)));
            self.sum(at, column, last, sum)?;
        }
        at += 2;
        let left = desk.cash.to_come.saturating_sub(desk.cash.to_pay);
        for (name, amount) in [
            ("To come from the day of the plan on", desk.cash.to_come),
            ("To pay", desk.cash.to_pay),
        ] {
            self.text(at, 0, name)?;
            self.money(at, 9, amount)?;
            at += 1;
        }
        self.total_name(at, "Over; negative = short")?;
        self.formula(at, 9, &format!("=J{}-J{at}", at - 1), left, true)?;
        Ok(())
    }

    pub(super) fn ladder(&mut self, rungs: &[Rung]) -> Result<(), XlsxError> {
        self.headings(&[
            "Decided on",
            "Spent by then",
            "Owed",
            "People saved",
            "Vendors saved",
            "Saved",
            "Cost to go",
        ])?;
        for (at, rung) in (FIRST..).zip(rungs) {
            let line = at + 1;
            self.date(at, 0, rung.decided)?;
            for (column, amount) in (1..).zip([rung.spent, rung.owed, rung.people, rung.vendors]) {
                self.money(at, column, amount)?;
            }
            self.formula(at, 5, &format!("=D{line}+E{line}"), rung.avoidable, false)?;
            let to_go = rung.spent.saturating_add(rung.owed).saturating_add(rung.avoidable);
            self.formula(at, 6, &format!("=SUM(B{line}:E{line})"), to_go, false)?;
        }
        Ok(())
    }
}
