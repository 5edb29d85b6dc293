//! The week of the show producer, and the crew by department and week.

use super::sheet::{FIRST, Sheet};
use crate::result::{Document, WeeklyReport};
use crate::write::weekly::{Value, figures};
use rust_xlsxwriter::XlsxError;

impl Sheet<'_> {
    /// One list of figures; the variance is a formula of two of them.
    pub(super) fn weekly(&mut self, report: &WeeklyReport) -> Result<(), XlsxError> {
        self.headings(&["Part", "Row", "Measure", "Value"])?;
        let all = figures(report);
        let line_of = |measure: &str| {
            let at = all.iter().position(|row| row.part == "show" && row.measure == measure);
            at.map(|at| at as u32 + FIRST + 1)
        };
        for (at, figure) in (FIRST..).zip(&all) {
            self.text(at, 0, figure.part)?;
            self.text(at, 1, &figure.row)?;
            self.text(at, 2, &figure.measure.replace('_', " "))?;
            match &figure.value {
                Value::Money(Some(amount)) => {
                    let parts = line_of("budget").zip(line_of("efc"));
                    let is_sum = (figure.part, figure.measure) == ("show", "variance");
                    match parts.filter(|_| is_sum) {
                        Some((budget, efc)) => {
                            self.formula(at, 3, &format!("=D{budget}-D{efc}"), *amount, false)?;
                        }
                        None => self.money(at, 3, *amount)?,
                    }
                }
                Value::Number(Some(number)) => {
                    self.sheet.write_number(at, 3, *number)?;
                }
                Value::Day(Some(day)) => self.date(at, 3, *day)?,
                Value::Text(text) => self.text(at, 3, text)?,
                Value::Money(None) | Value::Number(None) | Value::Day(None) => {}
            }
        }
        Ok(())
    }

    /// Artist-days that each department is asked for, has and uses by week.
    pub(super) fn crew(&mut self, document: &Document) -> Result<(), XlsxError> {
        self.headings(&["Department", "Week", "Asked for", "There", "Booked", "Missing"])?;
        let day = document.production.day_minutes.max(1) as f64;
        let mut at = FIRST;
        for row in &document.crew.departments {
            for (week, monday) in document.crew.weeks.iter().enumerate() {
                let line = at + 1;
                let days = [&row.demand, &row.capacity, &row.booked]
                    .map(|list| list.get(week).copied().unwrap_or_default() as f64 / day);
                self.text(at, 0, &row.department)?;
                self.date(at, 1, *monday)?;
                for (column, days) in (2..).zip(days) {
                    self.days(at, column, days)?;
                }
                let missing = (days[0] - days[1]).max(0.0);
                self.days_of(at, 5, &format!("=MAX(0,C{line}-D{line})"), missing)?;
                at += 1;
            }
        }
        Ok(())
    }
}
