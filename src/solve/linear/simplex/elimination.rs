//! Choosing pivots and taking their rows and columns away.
//!
//! A pivot with few other entries in its row and column fills in little (Markowitz 1957), one that is not small in its
//! row keeps the multipliers small. Rows and columns stand in buckets by their number of entries, so that the few
//! that are looked at are at hand.

use super::form::Form;
use super::lists::{Buckets, Lists, Segments};

const NONE: u32 = u32::MAX;
/// A pivot is at least this part of the largest entry of its row.
const THRESHOLD: f64 = 0.1;
/// Below, an entry is noise.
const NOISE: f64 = 1e-14;
/// Below, an entry is no pivot.
const LEAST_PIVOT: f64 = 1e-9;
/// Rows and columns that are looked at for a pivot with little fill.
const LOOKED_AT: u32 = 4;

/// What is not eliminated yet: rows with values, columns with the rows they are in; and rows and columns by
/// number of entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Active {
    row: Segments,
    row_value: Vec<f64>,
    column: Segments,
    rows_by_count: Buckets,
    columns_by_count: Buckets,
    /// By column: the value in the pivot's row.
    pivot_row: Vec<f64>,
    touched: Vec<u32>,
    /// By column: the last subtraction that met it.
    mark: Vec<u64>,
    stamp: u64,
    /// Rows whose turn came before anything was eliminated, with their entries.
    fixed: Segments,
    fixed_value: Vec<f64>,
}

impl Active {
    /// All but slacks, in rows that have no pivot yet; entries in rows that have one are kept apart.
    pub(super) fn fill(&mut self, form: &Form, columns: &[u32], turn: &[u32]) {
        let rows = form.rows;
        self.row.clear(rows);
        self.column.clear(columns.len());
        self.fixed.clear(rows);
        for (at, &column) in columns.iter().enumerate() {
            if column as usize >= form.columns {
                continue;
            }
            for &row in form.column(column as usize).0 {
                if turn[row as usize] == NONE {
                    self.row.room[row as usize] += 1;
                    self.column.room[at] += 1;
                } else {
                    self.fixed.room[row as usize] += 1;
                }
            }
        }
        self.row.place();
        self.column.place();
        self.fixed.place();
        self.row_value.clear();
        self.row_value.resize(self.row.index.len(), 0.0);
        self.fixed_value.clear();
        self.fixed_value.resize(self.fixed.index.len(), 0.0);
        for (at, &column) in columns.iter().enumerate() {
            if column as usize >= form.columns {
                continue;
            }
            let (list, factors) = form.column(column as usize);
            for (&row, &factor) in list.iter().zip(factors) {
                let row = row as usize;
                if turn[row] == NONE {
                    let place = self.row.end(row);
                    self.row.index[place] = at as u32;
                    self.row_value[place] = factor;
                    self.row.count[row] += 1;
                    let place = self.column.end(at);
                    self.column.index[place] = row as u32;
                    self.column.count[at] += 1;
                } else {
                    let place = self.fixed.end(row);
                    self.fixed.index[place] = at as u32;
                    self.fixed_value[place] = factor;
                    self.fixed.count[row] += 1;
                }
            }
        }
        self.rows_by_count.clear(rows, columns.len().max(rows) + 1);
        self.columns_by_count.clear(columns.len(), columns.len().max(rows) + 1);
        for row in 0..rows {
            self.rows_by_count.put(row as u32, self.row.count[row]);
        }
        for at in 0..columns.len() {
            self.columns_by_count.put(at as u32, self.column.count[at]);
        }
        self.pivot_row.clear();
        self.pivot_row.resize(columns.len(), 0.0);
        self.mark.clear();
        self.mark.resize(columns.len(), 0);
        self.stamp = 0;
    }

    pub(super) fn drain_fixed(&mut self, row: usize, upper: &mut Lists) {
        let range = self.fixed.range(row);
        for at in range {
            upper.push(self.fixed.index[at], self.fixed_value[at]);
        }
        upper.close();
    }

    /// The next pivot. What has no entry that is large enough is taken off the lists.
    pub(super) fn choose(&mut self) -> Option<(u32, u32)> {
        loop {
            let column = self.columns_by_count.first(1);
            if column == NONE {
                break;
            }
            let row = self.column.index[self.column.start[column as usize] as usize];
            if self.value(row, column).abs() >= LEAST_PIVOT {
                return Some((row, column));
            }
            self.columns_by_count.take(column);
        }
        loop {
            let row = self.rows_by_count.first(1);
            if row == NONE {
                break;
            }
            let place = self.row.start[row as usize] as usize;
            if self.row_value[place].abs() >= LEAST_PIVOT {
                let column = self.row.index[place];
                // Taken off before, as its entries were too small: the row stays without it.
                if self.columns_by_count.has(column) {
                    return Some((row, column));
                }
            }
            self.rows_by_count.take(row);
        }
        self.choose_in_nucleus()
    }

    fn choose_in_nucleus(&mut self) -> Option<(u32, u32)> {
        let mut best: Option<(u32, u32)> = None;
        let (mut least, mut size) = (u64::MAX, 0.0);
        let mut looked = 0;
        let most = self.rows_by_count.most().max(self.columns_by_count.most());
        for count in 2..=most {
            let own = u64::from(count - 1);
            if best.is_some() && least <= own * own {
                break;
            }
            let mut column = self.columns_by_count.first(count);
            while column != NONE {
                let next = self.columns_by_count.next(column);
                let mut found = false;
                for place in self.column.range(column as usize) {
                    let row = self.column.index[place];
                    let others = u64::from(self.row.count[row as usize] - 1) * own;
                    if others > least || !self.rows_by_count.has(row) {
                        continue;
                    }
                    let (value, largest) = self.value_and_largest(row, column);
                    let is_fit = value >= LEAST_PIVOT && value >= THRESHOLD * largest;
                    if is_fit {
                        found = true;
                        if others < least || value > size {
                            (best, least, size) = (Some((row, column)), others, value);
                        }
                    }
                }
                looked += u32::from(found);
                if looked >= LOOKED_AT {
                    return best;
                }
                column = next;
            }
            let mut row = self.rows_by_count.first(count);
            while row != NONE {
                let next = self.rows_by_count.next(row);
                let range = self.row.range(row as usize);
                let values = &self.row_value[range.clone()];
                let largest = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
                if largest < LEAST_PIVOT {
                    self.rows_by_count.take(row);
                    row = next;
                    continue;
                }
                let mut found = false;
                for place in range {
                    let column = self.row.index[place];
                    let value = self.row_value[place].abs();
                    let others = u64::from(self.column.count[column as usize] - 1) * own;
                    let is_fit = value >= LEAST_PIVOT
                        && value >= THRESHOLD * largest
                        && self.columns_by_count.has(column);
                    if is_fit {
                        found = true;
                        if others < least || others == least && value > size {
                            (best, least, size) = (Some((row, column)), others, value);
                        }
                    }
                }
                looked += u32::from(found);
                if looked >= LOOKED_AT {
                    return best;
                }
                row = next;
            }
        }
        best
    }

    fn value(&self, row: u32, column: u32) -> f64 {
        let range = self.row.range(row as usize);
        let place = range.clone().find(|&at| self.row.index[at] == column);
        place.map_or(0.0, |at| self.row_value[at])
    }

    fn value_and_largest(&self, row: u32, column: u32) -> (f64, f64) {
        let (mut own, mut largest) = (0.0, 0.0_f64);
        for at in self.row.range(row as usize) {
            let size = self.row_value[at].abs();
            largest = largest.max(size);
            if self.row.index[at] == column {
                own = size;
            }
        }
        (own, largest)
    }

    /// Eliminates a column with a row; gives the pivot.
    pub(super) fn eliminate(
        &mut self,
        row: u32,
        column: u32,
        lower: &mut Lists,
        upper: &mut Lists,
    ) -> f64 {
        self.rows_by_count.take(row);
        self.columns_by_count.take(column);
        let pivot = self.value(row, column);
        self.touched.clear();
        for at in self.row.range(row as usize) {
            let other = self.row.index[at];
            self.column.remove(other as usize, row);
            if other != column {
                let value = self.row_value[at];
                upper.push(other, value);
                self.pivot_row[other as usize] = value;
                self.touched.push(other);
            }
        }
        upper.close();
        self.row.count[row as usize] = 0;
        for at in self.column.range(column as usize) {
            let other = self.column.index[at];
            let factor = self.remove_from_row(other, column) / pivot;
            if factor != 0.0 {
                lower.push(other, factor);
                self.subtract(other, factor);
            }
            self.rows_by_count.put(other, self.row.count[other as usize]);
        }
        lower.close();
        self.column.count[column as usize] = 0;
        for at in 0..self.touched.len() {
            let other = self.touched[at];
            self.pivot_row[other as usize] = 0.0;
            self.columns_by_count.put(other, self.column.count[other as usize]);
        }
        pivot
    }

    /// Takes a column out of a row; gives its value.
    fn remove_from_row(&mut self, row: u32, column: u32) -> f64 {
        let range = self.row.range(row as usize);
        let Some(at) = range.clone().find(|&at| self.row.index[at] == column) else { return 0.0 };
        let last = range.end - 1;
        let value = self.row_value[at];
        self.row.index[at] = self.row.index[last];
        self.row_value[at] = self.row_value[last];
        self.row.count[row as usize] -= 1;
        value
    }

    /// `row −= factor × pivot row`.
    fn subtract(&mut self, row: u32, factor: f64) {
        self.stamp += 1;
        let mut at = self.row.start[row as usize] as usize;
        while at < self.row.end(row as usize) {
            let column = self.row.index[at];
            let other = self.pivot_row[column as usize];
            if other != 0.0 {
                self.mark[column as usize] = self.stamp;
                self.row_value[at] -= factor * other;
                if self.row_value[at].abs() < NOISE {
                    self.column.remove(column as usize, row);
                    self.remove_from_row(row, column);
                    continue;
                }
            }
            at += 1;
        }
        for at in 0..self.touched.len() {
            let column = self.touched[at] as usize;
            let value = -factor * self.pivot_row[column];
            if self.mark[column] != self.stamp && value.abs() >= NOISE {
                self.fill_in(row as usize, column, value);
            }
        }
    }

    fn fill_in(&mut self, row: usize, column: usize, value: f64) {
        if let Some(from) = self.row.make_room(row) {
            let to = self.row_value.len();
            self.row_value.resize(self.row.index.len(), 0.0);
            self.row_value.copy_within(from..from + self.row.count[row] as usize, to);
        }
        let place = self.row.end(row);
        self.row.index[place] = column as u32;
        self.row_value[place] = value;
        self.row.count[row] += 1;
        self.column.make_room(column);
        let place = self.column.end(column);
        self.column.index[place] = row as u32;
        self.column.count[column] += 1;
    }
}
