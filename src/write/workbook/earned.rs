//! Earned value, and finished work against its bids.

use super::sheet::{FIRST, Sheet};
use crate::result::{Desk, Earned};
use rust_xlsxwriter::{Formula, XlsxError};

impl Sheet<'_> {
    pub(super) fn earned(&mut self, earned: &Earned) -> Result<(), XlsxError> {
        self.headings(&["Measure", "Value"])?;
        self.sheet.set_column_width(0, 44)?;
        let names = [
            ("Budget at completion", earned.budget),
            ("Planned value", earned.planned),
            ("Earned value", earned.earned),
            ("Spent", earned.spent),
        ];
        for (at, (name, amount)) in (FIRST..).zip(names) {
            self.text(at, 0, name)?;
            self.money(at, 1, amount)?;
        }
        // The four stand in rows 4 to 7 as a spreadsheet counts.
        let at = FIRST + 4;
        self.text(at, 0, "Cost variance (earned − spent)")?;
        self.formula(at, 1, "=B6-B7", earned.cost_variance, false)?;
        self.text(at + 1, 0, "Schedule variance (earned − planned)")?;
        self.formula(at + 1, 1, "=B6-B5", earned.schedule_variance, false)?;
        self.text(at + 2, 0, "Cost performance index")?;
        self.index(at + 2, "=IF(B7=0,\"\",B6/B7)", earned.cost_index)?;
        self.text(at + 3, 0, "Schedule performance index")?;
        self.index(at + 3, "=IF(B5=0,\"\",B6/B5)", earned.schedule_index)?;
        self.text(at + 4, 0, "To-complete performance index")?;
        self.index(at + 4, "=IF(B4=B7,\"\",(B4-B6)/(B4-B7))", earned.to_complete_index)?;
        self.text(at + 5, 0, "Earned schedule, weeks")?;
        let weeks = [(at + 5, earned.earned_schedule), (at + 6, earned.actual_time)];
        for (row, value) in weeks {
            self.sheet.write_number_with_format(row, 1, value, &self.looks.index)?;
        }
        self.text(at + 6, 0, "Weeks gone")?;
        self.text(at + 7, 0, "Schedule index over time")?;
        self.index(at + 7, "=IF(OR(B5=0,B14=0),\"\",B13/B14)", earned.time_index)?;
        let estimate = |name: &str| earned.estimates.get(name).copied().flatten();
        let estimates = [
            ("Estimate if the rest goes as so far", "=IF(B6=0,\"\",B4*B7/B6)", "as_so_far"),
            ("Estimate if the rest goes as budgeted", "=B7+B4-B6", "as_budgeted"),
            (
                "Estimate if cost and delay both go on",
                "=IF(B6*B6=0,\"\",B7+(B4-B6)*B7*B5/(B6*B6))",
                "as_so_far_in_cost_and_time",
            ),
        ];
        let mut at = at + 8;
        for (name, text, key) in estimates {
            self.text(at, 0, name)?;
            match estimate(key) {
                Some(amount) => self.formula(at, 1, text, amount, false)?,
                None => self.index(at, text, None)?,
            }
            at += 1;
        }
        self.text(at, 0, "Estimate by the plan")?;
        self.known(at, 1, estimate("by_the_plan"))?;
        self.text(at + 1, 0, "Spread of the estimates")?;
        let text = format!("=MAX(B{0}:B{1})-MIN(B{0}:B{1})", at - 2, at + 1);
        self.formula(at + 1, 1, &text, earned.spread, true)?;
        at += 3;
        self.total_name(at, "Week")?;
        self.sheet.write_string_with_format(
            at,
            1,
            "Planned value by its end",
            &self.looks.total_text,
        )?;
        for (at, (week, value)) in (at + 1..).zip(&earned.weeks) {
            self.date(at, 0, *week)?;
            self.money(at, 1, *value)?;
        }
        Ok(())
    }

    /// Finished work against its bids, in days.
    pub(super) fn bids(&mut self, desk: &Desk, day_minutes: i64) -> Result<(), XlsxError> {
        self.headings(&[
            "Department",
            "Class",
            "Level",
            "Tasks",
            "Bid days",
            "Actual days",
            "Actual ÷ bid",
            "Best quarter",
            "Middle",
            "Worst quarter",
        ])?;
        let day = day_minutes.max(1) as f64;
        for (at, row) in (FIRST..).zip(&desk.bids) {
            let line = at + 1;
            self.text(at, 0, &row.department)?;
            self.text(at, 1, row.class.as_deref().unwrap_or_default())?;
            self.text(at, 2, row.level.as_deref().unwrap_or_default())?;
            self.sheet.write_number(at, 3, f64::from(row.tasks))?;
            let [bid, logged] = [row.bid_minutes, row.logged_minutes].map(|time| time as f64 / day);
            for (column, value) in (4..).zip([bid, logged]) {
                self.sheet.write_number_with_format(at, column, value, &self.looks.index)?;
            }
            let ratio =
                if row.bid_minutes > 0 { (logged / bid).to_string() } else { String::new() };
            let text = format!("=IF(E{line}=0,\"\",F{line}/E{line})");
            let formula = Formula::new(text).set_result(ratio);
            self.sheet.write_formula_with_format(at, 6, formula, &self.looks.index)?;
            for (column, value) in (7..).zip(row.quartiles) {
                self.sheet.write_number_with_format(at, column, value, &self.looks.index)?;
            }
        }
        Ok(())
    }
}
