//! A linear program of our own: columns, rows and entries, free of any solver's types.
//!
//! A program always minimises. Columns and rows carry a *kind* instead of a name, so that prices can
//! be asked by kind and nobody pays for a hundred thousand strings; names are formatted when a file
//! is written.

mod kinds;
mod lp_file;

pub use kinds::{ColumnKind, LeverColumn, LeverRow, RowKind};
pub use lp_file::{Names, Numbers};

/// A column of a [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(u32);

/// A row of a [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(u32);

impl Column {
    /// Its place among the columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Row {
    /// Its place among the rows.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which side of its right-hand side a row keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// `row ≤ rhs`; its price is never positive: more room never costs.
    AtMost,
    /// `row ≥ rhs`; its price is never negative.
    AtLeast,
    /// `row = rhs`; its price may have either sign.
    Equal,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct ColumnData {
    lower: f64,
    upper: f64,
    cost: f64,
    integer: bool,
    kind: ColumnKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RowData {
    sense: Sense,
    rhs: f64,
    kind: RowKind,
}

/// A linear program: minimise `offset + cost · x` within column bounds and rows.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// // Two days of comp and one of paint, at least three days in all, comp costs more.
/// let mut program = Program::new();
/// let comp = program.column(0.0, 2.0, 500.0);
/// let paint = program.column(0.0, 1.0, 300.0);
/// program.row(Sense::AtLeast, 3.0, [(comp, 1.0), (paint, 1.0)]);
/// assert_eq!(program.value(&[2.0, 1.0]), 1_300.0);
/// assert_eq!((program.columns(), program.rows(), program.entries()), (2, 1, 2));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    offset: f64,
    columns: Vec<ColumnData>,
    rows: Vec<RowData>,
    /// Where the entries of each row end.
    ends: Vec<u32>,
    entries: Vec<(Column, f64)>,
}

impl Program {
    /// No columns, no rows.
    pub fn new() -> Program {
        Program::default()
    }

    /// Adds a continuous column with bounds (infinite ones allowed) and a cost per unit.
    pub fn column(&mut self, lower: f64, upper: f64, cost: f64) -> Column {
        self.column_of(ColumnKind::Plain, lower, upper, cost)
    }

    /// Adds a continuous column that decides `kind`.
    pub fn column_of(&mut self, kind: ColumnKind, lower: f64, upper: f64, cost: f64) -> Column {
        self.columns.push(ColumnData { lower, upper, cost, integer: false, kind });
        Column(self.columns.len() as u32 - 1)
    }

    /// Makes a column take whole values only.
    pub fn make_integer(&mut self, column: Column) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            data.integer = true;
        }
    }

    /// Gives a column other bounds.
    pub fn set_bounds(&mut self, column: Column, lower: f64, upper: f64) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            (data.lower, data.upper) = (lower, upper);
        }
    }

    /// Gives a column another cost per unit.
    pub fn set_cost(&mut self, column: Column, cost: f64) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            data.cost = cost;
        }
    }

    /// Adds to the right-hand side of a row.
    pub fn add_room(&mut self, row: Row, amount: f64) {
        if let Some(data) = self.rows.get_mut(row.index()) {
            data.rhs += amount;
        }
    }

    /// Adds to the upper bound of a column.
    pub fn add_to_upper(&mut self, column: Column, amount: f64) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            data.upper += amount;
        }
    }

    /// Adds a row. Entries of the same column are added up, zeros are dropped.
    pub fn row(
        &mut self,
        sense: Sense,
        rhs: f64,
        entries: impl IntoIterator<Item = (Column, f64)>,
    ) -> Row {
        self.row_of(RowKind::Plain, sense, rhs, entries)
    }

    /// Adds a row that says `kind`.
    pub fn row_of(
        &mut self,
        kind: RowKind,
        sense: Sense,
        rhs: f64,
        entries: impl IntoIterator<Item = (Column, f64)>,
    ) -> Row {
        let first = self.entries.len();
        self.entries.extend(entries);
        let row = &mut self.entries[first..];
        row.sort_unstable_by_key(|(column, _)| *column);
        // Written in place: rows are many and short, and most have nothing to merge.
        let mut kept = first;
        for at in first..self.entries.len() {
            let (column, factor) = self.entries[at];
            if kept > first && self.entries[kept - 1].0 == column {
                self.entries[kept - 1].1 += factor;
            } else {
                self.entries[kept] = (column, factor);
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        let mut at = first;
        while at < self.entries.len() {
            if self.entries[at].1 == 0.0 {
                self.entries.remove(at);
            } else {
                at += 1;
            }
        }
        self.rows.push(RowData { sense, rhs, kind });
        self.ends.push(self.entries.len() as u32);
        Row(self.rows.len() as u32 - 1)
    }

    /// Adds a constant to the objective.
    pub fn add_offset(&mut self, amount: f64) {
        self.offset += amount;
    }

    /// The constant in the objective.
    pub fn offset(&self) -> f64 {
        self.offset
    }
    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }
    /// Number of entries.
    pub fn entries(&self) -> usize {
        self.entries.len()
    }
    /// All columns in order.
    pub fn column_ids(&self) -> impl ExactSizeIterator<Item = Column> + use<> {
        (0..self.columns.len() as u32).map(Column)
    }
    /// All rows in order.
    pub fn row_ids(&self) -> impl ExactSizeIterator<Item = Row> + use<> {
        (0..self.rows.len() as u32).map(Row)
    }
    /// Lower and upper bound of a column.
    pub fn bounds(&self, column: Column) -> (f64, f64) {
        let data = &self.columns[column.index()];
        (data.lower, data.upper)
    }
    /// Cost of one unit of a column.
    pub fn cost(&self, column: Column) -> f64 {
        self.columns[column.index()].cost
    }
    /// Whether a column takes whole values only.
    pub fn is_integer(&self, column: Column) -> bool {
        self.columns[column.index()].integer
    }
    /// Whether any column takes whole values only.
    pub fn has_integers(&self) -> bool {
        self.columns.iter().any(|column| column.integer)
    }
    /// What a column decides.
    pub fn column_kind(&self, column: Column) -> ColumnKind {
        self.columns[column.index()].kind
    }
    /// What a row says.
    pub fn row_kind(&self, row: Row) -> RowKind {
        self.rows[row.index()].kind
    }
    /// What all rows say, in order.
    pub fn row_kinds(&self) -> impl ExactSizeIterator<Item = RowKind> + '_ {
        self.rows.iter().map(|row| row.kind)
    }
    /// Sense and right-hand side of a row.
    pub fn side(&self, row: Row) -> (Sense, f64) {
        let data = &self.rows[row.index()];
        (data.sense, data.rhs)
    }
    /// The entries of a row, by column.
    pub fn row_entries(&self, row: Row) -> &[(Column, f64)] {
        let start = match row.index() {
            0 => 0,
            index => self.ends[index - 1] as usize,
        };
        &self.entries[start..self.ends[row.index()] as usize]
    }

    /// The objective at `values`, one for each column; missing ones count as 0.
    pub fn value(&self, values: &[f64]) -> f64 {
        let sum: f64 = self.columns.iter().zip(values).map(|(c, value)| c.cost * value).sum();
        self.offset + sum
    }

    /// The left-hand side of a row at `values`.
    pub fn activity(&self, row: Row, values: &[f64]) -> f64 {
        self.row_entries(row)
            .iter()
            .map(|(column, factor)| factor * values.get(column.index()).copied().unwrap_or(0.0))
            .sum()
    }

    /// The same program with all columns continuous.
    pub fn relaxed(&self) -> Program {
        let mut relaxed = self.clone();
        relaxed.columns.iter_mut().for_each(|column| column.integer = false);
        relaxed
    }
}
