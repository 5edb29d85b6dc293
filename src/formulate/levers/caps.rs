//! Caps on money: no more is spent on what they are for.

use super::{Builder, Cap, Lever, Spend};
use crate::formulate::program::{LeverRow, RowKind, Sense};

impl Cap {
    /// Whether a cap counts what a column spends.
    pub fn counts(&self, spend: &Spend) -> bool {
        let is_of = |of: Option<crate::model::DepartmentId>| {
            self.department.is_none() || of == self.department
        };
        // Rent is not among what budgets of people and vendors can save.
        let is_of_lever = |lever| lever == spend.lever;
        is_of(spend.department)
            && (self.show.is_none() || self.show == spend.show)
            && self.lever.map_or(spend.lever != Lever::Pool, is_of_lever)
            && self
                .weeks
                .as_ref()
                .is_none_or(|weeks| spend.week.is_some_and(|week| weeks.contains(&week)))
    }
}

impl Builder<'_> {
    /// What is spent under a cap is at most its amount.
    pub(super) fn caps(&mut self) {
        for (number, cap) in self.question.caps.iter().enumerate() {
            let counted = self.built.spends.iter().filter(|spend| cap.counts(spend));
            let entries: Vec<_> = counted.map(|spend| (spend.column, spend.unit)).collect();
            let kind = RowKind::Lever(LeverRow::Cap { cap: number as u32 });
            let row = self.built.program.row_of(kind, Sense::AtMost, cap.amount, entries);
            self.built.caps.push(row);
        }
    }
}
