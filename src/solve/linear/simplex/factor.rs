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

use super::form::Form;

const NONE: u32 = u32::MAX;
/// A pivot is at least this part of the largest entry of its row.
const THRESHOLD: f64 = 0.1;
/// Below, an entry is noise.
const NOISE: f64 = 1e-14;
/// Below, an entry is no pivot.
const LEAST_PIVOT: f64 = 1e-9;
/// Rows and columns that are looked at for a pivot with little fill.
const LOOKED_AT: u32 = 4;

/// Lists of entries one after the other.
#[derive(Clone, Debug, Default)]
struct Lists {
    start: Vec<u32>,
    index: Vec<u32>,
    value: Vec<f64>,
}

impl Lists {
    fn clear(&mut self) {
        self.start.clear();
        self.start.push(0);
        self.index.clear();
        self.value.clear();
    }

    fn push(&mut self, index: u32, value: f64) {
        self.index.push(index);
        self.value.push(value);
    }

    fn close(&mut self) {
        self.start.push(self.index.len() as u32);
    }

    fn list(&self, at: usize) -> (&[u32], &[f64]) {
        let range = self.start[at] as usize..self.start[at + 1] as usize;
        (&self.index[range.clone()], &self.value[range])
    }

    fn is_empty(&self, at: usize) -> bool {
        self.start[at] == self.start[at + 1]
    }

    /// For each index of `from` below `count`, where it stands and with which value.
    fn transpose(&mut self, from: &Lists, count: usize, next: &mut Vec<u32>) {
        self.start.clear();
        self.start.resize(count + 1, 0);
        for &index in &from.index {
            self.start[index as usize + 1] += 1;
        }
        for at in 0..count {
            self.start[at + 1] += self.start[at];
        }
        next.clear();
        next.extend_from_slice(&self.start);
        self.index.clear();
        self.index.resize(from.index.len(), 0);
        self.value.clear();
        self.value.resize(from.index.len(), 0.0);
        for at in 0..from.start.len() - 1 {
            let (indices, values) = from.list(at);
            for (&index, &value) in indices.iter().zip(values) {
                let place = &mut next[index as usize];
                self.index[*place as usize] = at as u32;
                self.value[*place as usize] = value;
                *place += 1;
            }
        }
    }
}

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

/// What is not eliminated yet: rows with values, columns with the rows they are in; and rows and columns by
/// number of entries.
#[derive(Clone, Debug, Default)]
struct Active {
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
    fn fill(&mut self, form: &Form, columns: &[u32], turn: &[u32]) {
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

    fn drain_fixed(&mut self, row: usize, upper: &mut Lists) {
        let range = self.fixed.range(row);
        for at in range {
            upper.push(self.fixed.index[at], self.fixed_value[at]);
        }
        upper.close();
    }

    /// The next pivot. What has no entry that is large enough is taken off the lists.
    fn choose(&mut self) -> Option<(u32, u32)> {
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
    fn eliminate(&mut self, row: u32, column: u32, lower: &mut Lists, upper: &mut Lists) -> f64 {
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

/// Lists of indices with room to grow.
#[derive(Clone, Debug, Default)]
struct Segments {
    start: Vec<u32>,
    count: Vec<u32>,
    room: Vec<u32>,
    index: Vec<u32>,
}

impl Segments {
    fn clear(&mut self, lists: usize) {
        for list in [&mut self.start, &mut self.count, &mut self.room] {
            list.clear();
            list.resize(lists, 0);
        }
    }

    /// Puts the lists one after the other, each with its room.
    fn place(&mut self) {
        let mut end = 0;
        for (start, room) in self.start.iter_mut().zip(&self.room) {
            *start = end;
            end += room;
        }
        self.index.clear();
        self.index.resize(end as usize, 0);
    }

    fn end(&self, list: usize) -> usize {
        (self.start[list] + self.count[list]) as usize
    }

    fn range(&self, list: usize) -> std::ops::Range<usize> {
        self.start[list] as usize..self.end(list)
    }

    fn remove(&mut self, list: usize, index: u32) {
        let range = self.range(list);
        if let Some(at) = range.clone().find(|&at| self.index[at] == index) {
            self.index[at] = self.index[range.end - 1];
            self.count[list] -= 1;
        }
    }

    /// Room for one more; says where the list was before if it had to move to the end.
    fn make_room(&mut self, list: usize) -> Option<usize> {
        let (count, room) = (self.count[list], self.room[list]);
        if count < room {
            return None;
        }
        let (from, to) = (self.start[list] as usize, self.index.len());
        let room = 2 * room.max(2);
        self.index.resize(to + room as usize, 0);
        self.index.copy_within(from..from + count as usize, to);
        (self.start[list], self.room[list]) = (to as u32, room);
        Some(from)
    }
}

/// Members by a count that each has.
#[derive(Clone, Debug, Default)]
struct Buckets {
    first: Vec<u32>,
    next: Vec<u32>,
    before: Vec<u32>,
    count: Vec<u32>,
    most: u32,
}

impl Buckets {
    fn clear(&mut self, members: usize, counts: usize) {
        self.first.clear();
        self.first.resize(counts, NONE);
        for list in [&mut self.next, &mut self.before, &mut self.count] {
            list.clear();
            list.resize(members, NONE);
        }
        self.most = 0;
    }

    fn has(&self, member: u32) -> bool {
        self.count[member as usize] != NONE
    }

    fn put(&mut self, member: u32, count: u32) {
        if self.count[member as usize] == count {
            return;
        }
        self.take(member);
        let first = std::mem::replace(&mut self.first[count as usize], member);
        if first != NONE {
            self.before[first as usize] = member;
        }
        self.next[member as usize] = first;
        self.before[member as usize] = NONE;
        self.count[member as usize] = count;
        self.most = self.most.max(count);
    }

    fn take(&mut self, member: u32) {
        let count = self.count[member as usize];
        if count == NONE {
            return;
        }
        let (before, next) = (self.before[member as usize], self.next[member as usize]);
        if before == NONE {
            self.first[count as usize] = next;
        } else {
            self.next[before as usize] = next;
        }
        if next != NONE {
            self.before[next as usize] = before;
        }
        self.count[member as usize] = NONE;
    }

    fn first(&self, count: u32) -> u32 {
        self.first.get(count as usize).copied().unwrap_or(NONE)
    }

    fn next(&self, member: u32) -> u32 {
        self.next[member as usize]
    }

    /// No member has more.
    fn most(&self) -> u32 {
        self.most
    }
}
