//! The cost report by account or another part, and the contingency.

use super::sheet::{FIRST, Sheet, letter};
use crate::result::{Contingency, Document, PartRow};
use rust_xlsxwriter::XlsxError;

impl Sheet<'_> {
    pub(super) fn report(
        &mut self,
        heading: &str,
        rows: &[&PartRow],
        apart: &[&PartRow],
        total: &PartRow,
    ) -> Result<(), XlsxError> {
        let before = [
            heading,
            "Description",
            "Original budget",
            "Approved changes",
            "Current budget",
            "Actual to date",
        ];
        let states: &[&str] = match self.accruals_in_commitments {
            true => &["Committed (accruals included)"],
            false => &["Accrued", "Committed"],
        };
        let after = [
            "Estimate to complete",
            "Estimated final cost",
            "Variance",
            "EFC last period",
            "Movement",
        ];
        self.headings(&[&before[..], states, &after[..]].concat())?;
        let mut at = FIRST;
        for row in rows {
            self.report_row(at, row)?;
            at += 1;
        }
        let last = at.saturating_sub(1);
        self.total_name(at, "Total")?;
        // Parts without budgets have no total of them either.
        let budgeted = rows.iter().any(|row| row.current_budget.is_some());
        let line = at + 1;
        if let (true, Some(original), Some(changes)) =
            (budgeted, total.original_budget, total.approved_changes)
        {
            self.sum(at, 2, last, original)?;
            self.sum(at, 3, last, changes)?;
        }
        if let Some(amount) = total.current_budget.filter(|_| budgeted) {
            self.formula(at, 4, &format!("=C{line}+D{line}"), amount, true)?;
        }
        let costs = self.costs(total);
        for (column, amount) in (5..).zip(costs.iter().copied()) {
            self.sum(at, column, last, amount)?;
        }
        let [efc, variance, period, movement] = columns_after(5 + costs.len() as u16);
        let final_cost = letter(efc);
        let text = format!("=SUM(F{line}:{}{line})", letter(efc - 1));
        self.formula(at, efc, &text, total.efc, true)?;
        if let Some(amount) = total.variance.filter(|_| budgeted) {
            self.formula(at, variance, &format!("=E{line}-{final_cost}{line}"), amount, true)?;
        }
        let every =
            rows.iter().all(|row| row.efc_last_period.is_some() || row.current_budget.is_none());
        if let (true, true, Some(known)) = (budgeted, every, total.efc_last_period) {
            self.sum(at, period, last, known)?;
            let text = format!("={final_cost}{line}-{}{line}", letter(period));
            self.formula(at, movement, &text, total.efc - known, true)?;
        }
        if !apart.is_empty() {
            at += 2;
            self.total_name(at, "Revenue (no part of the total)")?;
            for row in apart {
                at += 1;
                self.report_row(at, row)?;
            }
        }
        Ok(())
    }

    /// The columns that add to the final cost, the first of which is F.
    pub(super) fn costs(&self, row: &PartRow) -> Vec<i64> {
        match self.accruals_in_commitments {
            true => vec![row.actual, row.committed.saturating_add(row.accrued), row.etc],
            false => vec![row.actual, row.accrued, row.committed, row.etc],
        }
    }

    pub(super) fn report_row(&mut self, at: u32, row: &PartRow) -> Result<(), XlsxError> {
        let line = at + 1;
        self.text(at, 0, &row.id)?;
        self.text(at, 1, &row.description)?;
        self.known(at, 2, row.original_budget)?;
        self.known(at, 3, row.approved_changes)?;
        if let Some(amount) = row.current_budget {
            self.formula(at, 4, &format!("=C{line}+D{line}"), amount, false)?;
        }
        let costs = self.costs(row);
        for (column, amount) in (5..).zip(costs.iter().copied()) {
            self.money(at, column, amount)?;
        }
        let [efc, variance, period, movement] = columns_after(5 + costs.len() as u16);
        let final_cost = letter(efc);
        let text = format!("=SUM(F{line}:{}{line})", letter(efc - 1));
        self.formula(at, efc, &text, row.efc, false)?;
        if let Some(amount) = row.variance {
            self.formula(at, variance, &format!("=E{line}-{final_cost}{line}"), amount, false)?;
        }
        self.known(at, period, row.efc_last_period)?;
        if let Some(amount) = row.movement {
            let text = format!("={final_cost}{line}-{}{line}", letter(period));
            self.formula(at, movement, &text, amount, false)?;
        }
        Ok(())
    }

    /// What is set aside, each draw-down, what is left, and what the odds say it takes.
    pub(super) fn contingency(
        &mut self,
        known: &Contingency,
        document: &Document,
    ) -> Result<(), XlsxError> {
        self.headings(&["Date", "What for", "From", "To", "Drawn", "Still to come", "Left"])?;
        self.text(FIRST, 1, "Set aside")?;
        self.money(FIRST, 6, known.set_aside)?;
        let mut at = FIRST;
        let mut sums = [0_i64; 2];
        for row in &known.draws {
            at += 1;
            let line = at + 1;
            self.date(at, 0, row.date)?;
            self.text(at, 1, &row.reason)?;
            self.text(at, 2, &row.from)?;
            self.text(at, 3, &row.account)?;
            let place = usize::from(row.date > document.production.as_of);
            self.money(at, 4 + place as u16, row.amount)?;
            sums[place] = sums[place].saturating_add(row.amount);
            self.formula(at, 6, &format!("=G{at}-E{line}-F{line}"), row.left, false)?;
        }
        let (last, line) = (at, at + 2);
        at += 1;
        self.total_name(at, "Total")?;
        self.sum(at, 4, last, sums[0])?;
        self.sum(at, 5, last, sums[1])?;
        let total = document.cost.total.efc;
        at += 2;
        self.total_name(at, "Left on the day of the plan")?;
        self.formula(at, 6, &format!("=G{}-E{line}", FIRST + 1), known.left, true)?;
        let Some(need) = &known.need else {
            self.text(at + 1, 0, "What it takes by the odds: cost-report --risk")?;
            return Ok(());
        };
        let left = at + 1;
        let sure = (need.confidence * 100.0).round();
        self.text(at + 1, 0, &format!("Final cost that is enough in {sure} % of the draws"))?;
        self.money(at + 1, 6, need.final_cost)?;
        self.text(at + 2, 0, "Estimated final cost")?;
        self.money(at + 2, 6, total)?;
        self.text(at + 3, 0, "Contingency that it takes")?;
        let text = format!("=MAX(0,G{}-G{})", left + 1, left + 2);
        self.formula(at + 3, 6, &text, need.need, false)?;
        self.total_name(at + 4, "To spare; negative = missing")?;
        self.formula(at + 4, 6, &format!("=G{left}-G{}", left + 3), need.spare, true)
    }
}

/// Final cost, variance, last period and movement, the first of which is `first`.
fn columns_after(first: u16) -> [u16; 4] {
    [first, first + 1, first + 2, first + 3]
}
