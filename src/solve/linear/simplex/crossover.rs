//! From an interior point to a basis.
//!
//! What lies farther from its bounds than its reduced cost from 0 belongs into the basis, as far as the columns do
//! not depend on each other. What is left over is pushed to a bound, one column after the other; one that meets
//! another's bound on its way takes its place in the basis. The vertex that is reached has about the value of the
//! point; a few pivots make it exact.
//!
//! Sources: Bixby and Saltzman (1994); Megiddo (1991), "On finding primal- and dual-optimal bases".

use super::primal::Stop;
use super::{REPLACED, Simplex, Standing};
use crate::formulate::program::Program;

/// Nearer to a bound than this, a value is at it.
const AT_BOUND: f64 = 1e-7;
/// A pivot below is too small to divide by.
const LEAST_PIVOT: f64 = 1e-6;

impl Simplex {
    /// Begins at a vertex near a point with values for the columns and prices for the rows.
    pub fn near(program: &Program, columns: &[f64], prices: &[f64]) -> Simplex {
        let mut simplex = Simplex::new(program);
        if columns.len() == simplex.form.columns && prices.len() == simplex.form.rows {
            simplex.place(columns, prices);
            simplex.push_to_bounds();
        }
        simplex
    }

    /// Distance of a value to its nearer bound.
    fn room(&self, column: usize) -> f64 {
        let x = self.x[column];
        (x - self.form.lower[column]).min(self.form.upper[column] - x)
    }

    fn place(&mut self, columns: &[f64], prices: &[f64]) {
        let (structural, all) = (self.form.columns, self.form.all());
        self.work.prices.clear();
        for (row, &price) in prices.iter().enumerate() {
            self.work.prices.push(self.form.scaled_price(row, price));
        }
        for (column, &value) in columns.iter().enumerate() {
            let value = self.form.scaled_value(column, value);
            self.x[column] = value.clamp(self.form.lower[column], self.form.upper[column]);
        }
        for row in 0..self.form.rows {
            let (list, factors) = self.form.row(row);
            let sum: f64 =
                list.iter().zip(factors).map(|(&at, &factor)| factor * self.x[at as usize]).sum();
            let slack = structural + row;
            self.x[slack] = (-sum).clamp(self.form.lower[slack], self.form.upper[slack]);
        }
        let mut inside: Vec<u32> = Vec::with_capacity(self.form.rows);
        for column in 0..all {
            let reduced = self.form.cost[column] - self.form.product(column, &self.work.prices);
            let room = self.room(column);
            if room > AT_BOUND && room > reduced.abs() {
                self.standing[column] = Standing::Free;
                inside.push(column as u32);
            } else {
                self.rest_nearby(column);
            }
            self.work.by_column[column] = 1.0;
        }
        self.take_basis(&inside);
        self.compute_values();
    }

    fn push_to_bounds(&mut self) {
        let mut left: Vec<(f64, u32)> = (0..self.form.all())
            .filter(|&column| self.standing[column] == Standing::Free)
            .map(|column| (self.room(column), column as u32))
            .collect();
        left.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, column) in left {
            let column = column as usize;
            if self.etas.len() >= REPLACED {
                self.refactor();
                self.compute_values();
            }
            if self.standing[column] == Standing::Free {
                self.push(column);
            }
        }
        self.refactor();
        self.compute_values();
    }

    fn push(&mut self, column: usize) {
        let (lower, upper) = (self.form.lower[column], self.form.upper[column]);
        let x = self.x[column];
        let (up, room) = match (lower.is_finite(), upper.is_finite()) {
            (false, false) => (x < 0.0, x.abs()),
            _ if upper - x < x - lower => (true, upper - x),
            _ => (false, x - lower),
        };
        if room == 0.0 {
            return self.rest_nearby(column);
        }
        self.take_column(column);
        let (stop, step) = self.first_stop(up, room.max(0.0));
        let change = if up { step } else { -step };
        self.steps += 1;
        match stop {
            Stop::Row(row) if self.work.column[row].abs() >= LEAST_PIVOT => {
                let falls = (self.work.column[row] > 0.0) == up;
                let leaving = self.head[row] as usize;
                let to = match falls {
                    true => (Standing::Lower, self.form.lower[leaving]),
                    false => (Standing::Upper, self.form.upper[leaving]),
                };
                self.exchange(row, column, change, to);
            }
            // What is pushed too far by it is put right afterwards.
            _ => {
                let change = if up { room } else { -room };
                for &at in &self.work.entries {
                    let at = at as usize;
                    self.x[self.head[at] as usize] -= change * self.work.column[at];
                }
                self.rest_nearby(column);
                if self.standing[column] != Standing::Free {
                    self.rest(column, up);
                }
            }
        }
    }
}
