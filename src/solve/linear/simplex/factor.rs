//! A basis as a product of triangles.
//!
//! Rows and columns are eliminated where little is filled in (Markowitz 1957: the fewest other entries in row and
//! column, among pivots that are not small in their row). What is left without a pivot, as columns depend on
//! each other or are too few, is filled up with slacks; columns without a pivot are told.
//!
//! Tiny case: columns (2, 1) and (0, 1) give the pivots 2 and 1 with one multiplier, 1/2; to express
//! (4, 3), 3 − 4/2 = 1 is left for the second column and 4/2 = 2 for the first.
//!
//! Sources: Suhl and Suhl (1990), *Computing sparse LU factorizations for large-scale linear programming bases*;
//! Maros (2003), *Computational Techniques of the Simplex Method*.

use super::elimination::Active;
use super::form::Form;
use super::lists::Lists;

const NONE: u32 = u32::MAX;

/// The triangles. Basic columns are told by the row of their pivot.
#[derive(Clone, Debug, Default)]
pub(super) struct Factor {
    rows: usize,
    /// Rows of the pivots, in order.
    order: Vec<u32>,
    /// When each row had its pivot.
    turn: Vec<u32>,
    /// By row: its pivot.
    pivot: Vec<f64>,
    /// Multipliers by turn, as rows; and by row, as turns.
    lower: Lists,
    lower_by_row: Lists,
    /// By turn: the other entries of the pivot's row, as rows of those columns' pivots; by row: as turns.
    upper: Lists,
    upper_by_column: Lists,
    /// Turns in which something is to do, when solving forward through each.
    lower_turns: Vec<u32>,
    lower_row_turns: Vec<u32>,
    upper_turns: Vec<u32>,
    upper_column_turns: Vec<u32>,
    active: Active,
    next: Vec<u32>,
}

impl Factor {
    /// Factors `columns` of a program; says for each in `row_of` the row of its pivot, or `u32::MAX` if it has
    /// none. Rows that no column takes have their slack as basic.
    pub fn factor(&mut self, form: &Form, columns: &[u32], row_of: &mut Vec<u32>) {
        let rows = form.rows;
        self.rows = rows;
        self.order.clear();
        self.turn.clear();
        self.turn.resize(rows, NONE);
        self.pivot.clear();
        self.pivot.resize(rows, 1.0);
        self.lower.clear();
        self.upper.clear();
        row_of.clear();
        row_of.resize(columns.len(), NONE);
        // Slacks have one entry: they come first.
        for (at, &column) in columns.iter().enumerate() {
            if column as usize >= form.columns {
                let row = column - form.columns as u32;
                if self.turn[row as usize] == NONE {
                    row_of[at] = row;
                    self.turn[row as usize] = self.order.len() as u32;
                    self.order.push(row);
                }
            }
        }
        let mut active = std::mem::take(&mut self.active);
        // A slack's row goes with all its entries; none is eliminated for it.
        active.fill(form, columns, &self.turn);
        for _ in 0..self.order.len() {
            self.lower.close();
        }
        for turn in 0..self.order.len() {
            let row = self.order[turn] as usize;
            active.drain_fixed(row, &mut self.upper);
        }
        while let Some((row, column)) = active.choose() {
            self.turn[row as usize] = self.order.len() as u32;
            self.order.push(row);
            row_of[column as usize] = row;
            let pivot = active.eliminate(row, column, &mut self.lower, &mut self.upper);
            self.pivot[row as usize] = pivot;
        }
        self.active = active;
        for row in 0..rows as u32 {
            if self.turn[row as usize] == NONE {
                self.turn[row as usize] = self.order.len() as u32;
                self.order.push(row);
                self.lower.close();
                self.upper.close();
            }
        }
        self.name_columns(row_of);
        self.lower_by_row.transpose(&self.lower, rows, &mut self.next);
        self.upper_by_column.transpose(&self.upper, rows, &mut self.next);
        self.list_turns();
    }

    /// Tells the columns of the upper triangle by the rows of their pivots; those without one are left out.
    fn name_columns(&mut self, row_of: &[u32]) {
        let (mut kept, mut start) = (0, 0);
        for turn in 0..self.order.len() {
            let end = self.upper.start[turn + 1] as usize;
            for at in start..end {
                let row = row_of[self.upper.index[at] as usize];
                if row != NONE {
                    self.upper.index[kept] = row;
                    self.upper.value[kept] = self.upper.value[at];
                    kept += 1;
                }
            }
            self.upper.start[turn + 1] = kept as u32;
            start = end;
        }
        self.upper.index.truncate(kept);
        self.upper.value.truncate(kept);
    }

    fn list_turns(&mut self) {
        self.lower_turns.clear();
        self.lower_row_turns.clear();
        self.upper_turns.clear();
        self.upper_column_turns.clear();
        for (turn, &row) in self.order.iter().enumerate() {
            let (turn, row) = (turn as u32, row as usize);
            if !self.lower.is_empty(turn as usize) {
                self.lower_turns.push(turn);
            }
            if !self.lower_by_row.is_empty(row) {
                self.lower_row_turns.push(turn);
            }
            if self.pivot[row] != 1.0 || !self.upper.is_empty(turn as usize) {
                self.upper_turns.push(turn);
            }
            if self.pivot[row] != 1.0 || !self.upper_by_column.is_empty(row) {
                self.upper_column_turns.push(turn);
            }
        }
    }

    /// Solves `B x = b` in place.
    pub fn solve(&self, x: &mut [f64]) {
        for &turn in &self.lower_turns {
            let value = x[self.order[turn as usize] as usize];
            if value != 0.0 {
                let (rows, factors) = self.lower.list(turn as usize);
                for (&row, &factor) in rows.iter().zip(factors) {
                    x[row as usize] -= factor * value;
                }
            }
        }
        for &turn in self.upper_column_turns.iter().rev() {
            let row = self.order[turn as usize] as usize;
            if x[row] != 0.0 {
                let value = x[row] / self.pivot[row];
                x[row] = value;
                let (turns, factors) = self.upper_by_column.list(row);
                for (&turn, &factor) in turns.iter().zip(factors) {
                    x[self.order[turn as usize] as usize] -= factor * value;
                }
            }
        }
    }

    /// Solves `Bᵀ y = c` in place.
    pub fn solve_transposed(&self, y: &mut [f64]) {
        for &turn in &self.upper_turns {
            let row = self.order[turn as usize] as usize;
            if y[row] != 0.0 {
                let value = y[row] / self.pivot[row];
                y[row] = value;
                let (rows, factors) = self.upper.list(turn as usize);
                for (&row, &factor) in rows.iter().zip(factors) {
                    y[row as usize] -= factor * value;
                }
            }
        }
        for &turn in self.lower_row_turns.iter().rev() {
            let row = self.order[turn as usize] as usize;
            let value = y[row];
            if value != 0.0 {
                let (turns, factors) = self.lower_by_row.list(row);
                for (&turn, &factor) in turns.iter().zip(factors) {
                    y[self.order[turn as usize] as usize] -= factor * value;
                }
            }
        }
    }
}
