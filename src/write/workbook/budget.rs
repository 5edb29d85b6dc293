//! A plan under caps: whether they hold, what they do, which contracts end earlier.

use super::sheet::{FIRST, Sheet};
use crate::result::{BudgetAnswer, EffectRow};
use rust_xlsxwriter::XlsxError;

/// An amount of a plan.
type Value = fn(&EffectRow) -> i64;

impl Sheet<'_> {
    /// A cap a row, with what is missing and what the caps take off.
    pub(super) fn caps(&mut self, answer: &BudgetAnswer) -> Result<(), XlsxError> {
        self.headings(&[
            "Cap",
            "Amount",
            "Without caps",
            "Could be saved",
            "With caps",
            "Missing",
            "Taken off",
        ])?;
        for (at, row) in (FIRST..).zip(&answer.caps) {
            let line = at + 1;
            self.text(at, 0, &row.cap)?;
            for (column, amount) in (1..).zip([row.amount, row.planned, row.avoidable, row.after]) {
                self.money(at, column, amount)?;
            }
            self.formula(at, 5, &format!("=MAX(0,E{line}-B{line})"), row.missing, false)?;
            let off = row.planned.saturating_sub(row.after);
            self.formula(at, 6, &format!("=C{line}-E{line}"), off, false)?;
        }
        Ok(())
    }

    /// The plan without the caps and with them.
    pub(super) fn effects(&mut self, answer: &BudgetAnswer) -> Result<(), XlsxError> {
        self.headings(&[
            "Plan",
            "All is done",
            "Late milestones",
            "Days late",
            "Final cost",
            "Incentives",
            "After incentives",
        ])?;
        let rows = [("without caps", &answer.without), ("with caps", &answer.with)];
        for (at, (name, row)) in (FIRST..).zip(rows) {
            let line = at + 1;
            self.text(at, 0, name)?;
            if let Some(day) = row.all_done {
                self.date(at, 1, day)?;
            }
            self.sheet.write_number(at, 2, f64::from(row.milestones_late))?;
            self.sheet.write_number(at, 3, row.days_late as f64)?;
            self.money(at, 4, row.efc)?;
            self.money(at, 5, row.incentives)?;
            self.formula(at, 6, &format!("=E{line}-F{line}"), net(row), false)?;
        }
        let at = FIRST + 2;
        self.total_name(at, "More with caps")?;
        let more = |value: Value| value(&answer.with).saturating_sub(value(&answer.without));
        let columns: [(u16, char, Value); 3] =
            [(4, 'E', |row| row.efc), (5, 'F', |row| row.incentives), (6, 'G', net)];
        for (column, letter, value) in columns {
            let text = format!("={letter}{at}-{letter}{}", at - 1);
            self.formula(at, column, &text, more(value), true)?;
        }
        Ok(())
    }

    /// Contracts that end earlier, and departments without overtime.
    pub(super) fn shorter(&mut self, answer: &BudgetAnswer) -> Result<(), XlsxError> {
        self.headings(&["Person", "Department", "Last day"])?;
        let mut at = FIRST;
        for row in &answer.releases {
            self.text(at, 0, &row.person)?;
            self.text(at, 1, row.department.as_deref().unwrap_or_default())?;
            self.date(at, 2, row.last_day)?;
            at += 1;
        }
        for department in &answer.no_overtime {
            self.text(at, 0, "no overtime")?;
            self.text(at, 1, department)?;
            at += 1;
        }
        self.total_name(at, "Owed for days that are called off")?;
        self.sheet.write_string_with_format(at, 1, "", &self.looks.total_text)?;
        let value = self.units(answer.called_off);
        self.sheet.write_number_with_format(at, 2, value, &self.looks.total)?;
        Ok(())
    }
}

fn net(row: &EffectRow) -> i64 {
    row.efc.saturating_sub(row.incentives)
}
