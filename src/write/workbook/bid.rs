//! The price of new shots, their work, and the milestones that they move.

use super::sheet::{FIRST, Sheet, letter};
use crate::result::{BidAnswer, BidShot};
use rust_xlsxwriter::XlsxError;

/// An amount of a shot.
type Value = fn(&BidShot) -> i64;

impl Sheet<'_> {
    /// A shot a row; what is on top of the artists' cost are differences, so that a price can be changed by hand.
    pub(super) fn bid(&mut self, answer: &BidAnswer) -> Result<(), XlsxError> {
        self.headings(&[
            "Shot", "Class", "Bid days", "Artists", "Overhead", "Floor", "Margin", "Price", "Due",
            "Planned",
        ])?;
        let day = answer.day_minutes.max(1) as f64;
        let mut at = FIRST;
        for shot in &answer.shots {
            let line = at + 1;
            self.text(at, 0, &shot.id)?;
            self.text(at, 1, &shot.class)?;
            self.days(at, 2, shot.minutes as f64 / day)?;
            self.money(at, 3, shot.cost)?;
            let overhead = shot.floor.saturating_sub(shot.cost);
            self.formula(at, 4, &format!("=F{line}-D{line}"), overhead, false)?;
            self.money(at, 5, shot.floor)?;
            let margin = shot.price.saturating_sub(shot.floor);
            self.formula(at, 6, &format!("=H{line}-F{line}"), margin, false)?;
            self.money(at, 7, shot.price)?;
            if let Some(due) = shot.due {
                self.date(at, 8, due)?;
            }
            if let Some(planned) = shot.planned {
                self.date(at, 9, planned)?;
            }
            at += 1;
        }
        let last = at.saturating_sub(1);
        self.total_name(at, "Total")?;
        let columns: [(u16, Value); 5] = [
            (3, |shot| shot.cost),
            (4, |shot| shot.floor.saturating_sub(shot.cost)),
            (5, |shot| shot.floor),
            (6, |shot| shot.price.saturating_sub(shot.floor)),
            (7, |shot| shot.price),
        ];
        for (column, value) in columns {
            let sum = answer.shots.iter().fold(0_i64, |sum, shot| sum.saturating_add(value(shot)));
            self.sum(at, column, last, sum)?;
        }
        let total = at + 1;
        at += 2;
        self.text(at, 0, "Final cost of the show without them")?;
        self.money(at, 3, answer.efc_before)?;
        self.text(at + 1, 0, "Final cost of the show with them")?;
        self.money(at + 1, 3, answer.efc_after)?;
        self.total_name(at + 2, "What they add to it")?;
        let added = answer.efc_after.saturating_sub(answer.efc_before);
        let column = letter(3);
        let text = format!("={column}{}-{column}{}", at + 2, at + 1);
        self.formula(at + 2, 3, &text, added, true)?;
        self.total_name(at + 3, "Price less what they add")?;
        let left = answer.price.saturating_sub(added);
        self.formula(at + 3, 3, &format!("=H{total}-D{}", at + 3), left, true)
    }

    /// The work of each department on them.
    pub(super) fn bid_work(&mut self, answer: &BidAnswer) -> Result<(), XlsxError> {
        self.headings(&["Department", "Bid days", "Artists"])?;
        let day = answer.day_minutes.max(1) as f64;
        let mut at = FIRST;
        for row in &answer.departments {
            self.text(at, 0, &row.id)?;
            self.days(at, 1, row.minutes as f64 / day)?;
            self.money(at, 2, row.cost)?;
            at += 1;
        }
        let last = at.saturating_sub(1);
        self.total_name(at, "Total")?;
        let sum = answer.departments.iter().fold(0_i64, |sum, row| sum.saturating_add(row.cost));
        self.sum(at, 2, last, sum)
    }

    /// Milestones that end on another day with them.
    pub(super) fn bid_dates(&mut self, answer: &BidAnswer) -> Result<(), XlsxError> {
        self.headings(&["Milestone", "Due", "Without the shots", "With them"])?;
        for (at, row) in (FIRST..).zip(&answer.milestones) {
            self.text(at, 0, &row.id)?;
            self.date(at, 1, row.due)?;
            for (column, day) in [(2, row.was), (3, row.is)] {
                match day {
                    Some(day) => self.date(at, column, day)?,
                    None => self.text(at, column, "no place in the plan")?,
                }
            }
        }
        Ok(())
    }
}
