//! A program in the form that the simplex method works on.
//!
//! Every row gets a column of its own, its *slack*: `a·x + s = 0` with bounds on `s` for the right-hand side.
//! Bounds are then all there is to break, and a row with two sides is one row. Rows, columns and costs are
//! scaled by powers of two, which changes no digit.

use crate::formulate::program::{Program, Sense};

/// Rows and columns of a program, flat, by column and by row; columns are followed by the slacks of the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    pub rows: usize,
    /// Without slacks.
    pub columns: usize,
    column_start: Vec<u32>,
    column_row: Vec<u32>,
    column_factor: Vec<f64>,
    row_start: Vec<u32>,
    row_column: Vec<u32>,
    row_factor: Vec<f64>,
    /// Bounds and costs of columns and slacks.
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    pub cost: Vec<f64>,
    column_scale: Vec<f64>,
    row_scale: Vec<f64>,
    cost_scale: f64,
}

/// Passes over rows and columns that even out the sizes of their entries.
const PASSES: u32 = 4;

impl Form {
    pub fn new(program: &Program) -> Form {
        let (rows, columns) = (program.rows(), program.columns());
        let mut form = Form {
            rows,
            columns,
            column_start: vec![0; columns + 1],
            row_start: Vec::with_capacity(rows + 1),
            row_column: Vec::with_capacity(program.entries()),
            row_factor: Vec::with_capacity(program.entries()),
            ..Form::default()
        };
        form.row_start.push(0);
        for row in program.row_ids() {
            // A row without a limit has no say.
            if program.side(row).1.is_finite() {
                for &(column, factor) in program.row_entries(row) {
                    form.row_column.push(column.index() as u32);
                    form.row_factor.push(factor);
                    form.column_start[column.index() + 1] += 1;
                }
            }
            form.row_start.push(form.row_column.len() as u32);
        }
        form.scale();
        form.transpose();
        form.set(program);
        form
    }

    /// Row and column scales by turns: the geometric mean of the least and the largest entry becomes one.
    fn scale(&mut self) {
        self.row_scale = vec![1.0; self.rows];
        self.column_scale = vec![1.0; self.columns];
        let mut least = vec![f64::INFINITY; self.columns];
        let mut most = vec![0.0_f64; self.columns];
        for _ in 0..PASSES {
            least.fill(f64::INFINITY);
            most.fill(0.0);
            for row in 0..self.rows {
                let range = self.row_start[row] as usize..self.row_start[row + 1] as usize;
                let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
                for at in range.clone() {
                    let column = self.row_column[at] as usize;
                    let size = self.row_factor[at].abs() * self.column_scale[column];
                    (low, high) = (low.min(size), high.max(size));
                }
                self.row_scale[row] = scale_for(low, high);
                for at in range {
                    let column = self.row_column[at] as usize;
                    let size = self.row_factor[at].abs() * self.row_scale[row];
                    least[column] = least[column].min(size);
                    most[column] = most[column].max(size);
                }
            }
            for column in 0..self.columns {
                self.column_scale[column] = scale_for(least[column], most[column]);
            }
        }
        for row in 0..self.rows {
            for at in self.row_start[row] as usize..self.row_start[row + 1] as usize {
                let column = self.row_column[at] as usize;
                self.row_factor[at] *= self.row_scale[row] * self.column_scale[column];
            }
        }
    }

    fn transpose(&mut self) {
        for column in 0..self.columns {
            self.column_start[column + 1] += self.column_start[column];
        }
        let mut next = self.column_start.clone();
        self.column_row = vec![0; self.row_column.len()];
        self.column_factor = vec![0.0; self.row_column.len()];
        for row in 0..self.rows {
            for at in self.row_start[row] as usize..self.row_start[row + 1] as usize {
                let place = &mut next[self.row_column[at] as usize];
                self.column_row[*place as usize] = row as u32;
                self.column_factor[*place as usize] = self.row_factor[at];
                *place += 1;
            }
        }
    }

    /// Takes bounds, right-hand sides and costs.
    fn set(&mut self, program: &Program) {
        let all = self.columns + self.rows;
        let sizes = program.column_ids().zip(&self.column_scale);
        let sizes = sizes.map(|(column, scale)| (program.cost(column) * scale).abs());
        let (mut sum, mut count) = (0.0, 0.0);
        for size in sizes.filter(|size| size.is_normal()) {
            (sum, count) = (sum + size.log2(), count + 1.0);
        }
        self.cost_scale = if count > 0.0 { power_of_two(sum / count) } else { 1.0 };
        self.lower = Vec::with_capacity(all);
        self.upper = Vec::with_capacity(all);
        self.cost = Vec::with_capacity(all);
        for (column, scale) in program.column_ids().zip(&self.column_scale) {
            let (lower, upper) = program.bounds(column);
            self.lower.push(lower / scale);
            self.upper.push(upper / scale);
            self.cost.push(program.cost(column) * scale / self.cost_scale);
        }
        for (row, scale) in program.row_ids().zip(&self.row_scale) {
            let (sense, side) = program.side(row);
            let side = -side * scale;
            let (lower, upper) = match sense {
                _ if side.is_infinite() => (f64::NEG_INFINITY, f64::INFINITY),
                Sense::AtMost => (side, f64::INFINITY),
                Sense::AtLeast => (f64::NEG_INFINITY, side),
                Sense::Equal => (side, side),
            };
            self.lower.push(lower);
            self.upper.push(upper);
            self.cost.push(0.0);
        }
    }

    /// Columns and slacks.
    pub fn all(&self) -> usize {
        self.columns + self.rows
    }

    /// Rows and factors of a column.
    pub fn column(&self, column: usize) -> (&[u32], &[f64]) {
        let range = self.column_start[column] as usize..self.column_start[column + 1] as usize;
        (&self.column_row[range.clone()], &self.column_factor[range])
    }

    /// Columns and factors of a row, without its slack.
    pub fn row(&self, row: usize) -> (&[u32], &[f64]) {
        let range = self.row_start[row] as usize..self.row_start[row + 1] as usize;
        (&self.row_column[range.clone()], &self.row_factor[range])
    }

    /// `sum += factor × column`, where the column may be a slack.
    pub fn add_column(&self, column: usize, factor: f64, sum: &mut [f64]) {
        if column >= self.columns {
            sum[column - self.columns] += factor;
            return;
        }
        let (rows, factors) = self.column(column);
        for (&row, &own) in rows.iter().zip(factors) {
            sum[row as usize] += factor * own;
        }
    }

    /// The product of a column, which may be a slack, and a number for each row.
    pub fn product(&self, column: usize, numbers: &[f64]) -> f64 {
        if column >= self.columns {
            return numbers[column - self.columns];
        }
        let (rows, factors) = self.column(column);
        rows.iter().zip(factors).map(|(&row, &factor)| factor * numbers[row as usize]).sum()
    }

    /// A value of a column in the units of the program.
    pub fn value(&self, column: usize, value: f64) -> f64 {
        value * self.column_scale[column]
    }

    /// A value of the program in the units here.
    pub fn scaled_value(&self, column: usize, value: f64) -> f64 {
        value / self.column_scale[column]
    }

    /// A price of a row in the units of the program.
    pub fn price(&self, row: usize, price: f64) -> f64 {
        price * self.row_scale[row] * self.cost_scale
    }

    /// A price of the program in the units here.
    pub fn scaled_price(&self, row: usize, price: f64) -> f64 {
        price / (self.row_scale[row] * self.cost_scale)
    }

    /// A ray of prices in the units of the program: only its direction counts.
    pub fn ray(&self, row: usize, price: f64) -> f64 {
        price * self.row_scale[row]
    }
}

/// What makes the geometric mean of `low` and `high` about one.
fn scale_for(low: f64, high: f64) -> f64 {
    if low.is_normal() && high.is_normal() {
        power_of_two(-0.5 * (low.log2() + high.log2()))
    } else {
        1.0
    }
}

fn power_of_two(exponent: f64) -> f64 {
    exponent.round().clamp(-200.0, 200.0).exp2()
}
