//! The dual method: reduced costs keep their signs while broken bounds are put right.
//!
//! The row that leaves is the one farthest from its bound, measured along its edge (Forrest and Goldfarb 1992,
//! "Steepest-edge simplex algorithms for linear programming").

use super::{End, REPLACED, Simplex, Standing, Stop, TOLERANCE};

/// A pivot below is too small to divide by.
const LEAST_PIVOT: f64 = 1e-7;
/// Steps that bring nothing until costs are shifted.
const IDLE: u32 = 30;
/// A reduced cost that is wrong by less was let go there by the tolerance of the ratio test.
const NEARLY_RIGHT: f64 = 1e-6;
/// No edge is shorter.
const LEAST_WEIGHT: f64 = 1e-4;

impl Simplex {
    /// Until no bound is broken. Costs that have the wrong sign to begin with are shifted.
    pub(super) fn dual(&mut self, limit: u64, stop: Stop<'_>) -> End {
        let mut idle = 0;
        let mut is_perturbed = false;
        self.get_signs_right();
        loop {
            if self.steps >= limit || self.is_stopped(stop) {
                return End::Limit;
            }
            if self.etas.len() >= REPLACED {
                self.refresh();
            }
            let Some(row) = self.most_broken() else {
                if self.etas.len() == 0 {
                    return if self.is_set_aside { End::Stuck } else { End::Optimal };
                }
                self.refresh();
                continue;
            };
            if idle > IDLE && !is_perturbed {
                is_perturbed = true;
                self.perturb();
            }
            self.take_row(row);
            let length: f64 = self.work.unit.iter().map(|value| value * value).sum();
            self.weights[row] = length.max(LEAST_WEIGHT);
            let Some((entering, flipped)) = self.entering(self.broken[row]) else {
                if self.etas.len() == 0 {
                    if self.broken[row] < 0.0 {
                        self.work.unit.iter_mut().for_each(|value| *value = -*value);
                    }
                    return End::Infeasible;
                }
                self.refresh();
                continue;
            };
            self.take_column(entering);
            let (pivot, other) = (self.work.column[row], self.work.row[entering]);
            let is_doubtful = (pivot - other).abs() > 1e-7 * (1.0 + pivot.abs());
            if is_doubtful && self.etas.len() > 0 {
                self.refresh();
                continue;
            }
            if pivot.abs() < LEAST_PIVOT || pivot * other <= 0.0 {
                if self.etas.len() > 0 {
                    self.refresh();
                } else {
                    self.broken[row] = 0.0; // left alone until the next step
                    self.is_set_aside = true;
                }
                continue;
            }
            let is_below = self.broken[row] < 0.0;
            self.flip(flipped);
            let gained = self.dual_step(row, entering, is_below);
            idle = if gained { 0 } else { idle + 1 };
            self.steps += 1;
        }
    }

    /// New factors, values and reduced costs.
    fn refresh(&mut self) {
        self.refactor();
        self.compute_reduced();
        self.get_signs_right();
    }

    /// Columns with the wrong sign of the reduced cost go to their other bound, or their cost is shifted: where they
    /// have no other bound, and where the sign is nearly right. To move those would undo a part of what was gained,
    /// and where costs are nothing but what ties were broken by, the same steps would follow for ever.
    fn get_signs_right(&mut self) {
        for column in 0..self.form.all() {
            if self.wrong(column) <= TOLERANCE {
                continue;
            }
            let is_boxed =
                self.form.lower[column].is_finite() && self.form.upper[column].is_finite();
            if is_boxed && self.wrong(column) > NEARLY_RIGHT {
                self.rest(column, self.standing[column] == Standing::Lower);
            } else {
                self.cost[column] -= self.reduced[column];
                self.reduced[column] = 0.0;
                self.is_shifted = true;
            }
        }
        self.compute_values();
        self.is_set_aside = false;
    }

    /// The same shift for the same column, whoever asks: costs that tie no longer do.
    fn perturb(&mut self) {
        self.is_shifted = true;
        for column in 0..self.form.all() {
            let (lower, upper) = (self.form.lower[column], self.form.upper[column]);
            let away = match self.standing[column] {
                Standing::Lower if lower < upper => 1.0,
                Standing::Upper if lower < upper => -1.0,
                _ => continue,
            };
            let mixed = (column as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let part = ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as f64;
            let size = 1.0 + part / (1_u64 << 24) as f64;
            let shift = away * size * 5e-7 * (1.0 + self.cost[column].abs());
            self.cost[column] += shift;
            self.reduced[column] += shift;
        }
    }

    fn most_broken(&self) -> Option<usize> {
        let (mut best, mut most) = (None, 0.0);
        for (row, (&broken, &weight)) in self.broken.iter().zip(&self.weights).enumerate() {
            if broken != 0.0 && broken * broken > most * weight {
                (best, most) = (Some(row), broken * broken / weight);
            }
        }
        best
    }

    /// The row of the inverse, and of all columns.
    pub(super) fn take_row(&mut self, row: usize) {
        let work = &mut self.work;
        work.unit.fill(0.0);
        work.unit[row] = 1.0;
        self.etas.solve_transposed(&mut work.unit);
        self.factor.solve_transposed(&mut work.unit);
        for &column in &work.touched {
            work.row[column as usize] = 0.0;
        }
        work.touched.clear();
        for row in 0..self.form.rows {
            let factor = work.unit[row];
            if factor.abs() <= 1e-14 {
                work.unit[row] = 0.0;
                continue;
            }
            let slack = self.form.columns + row;
            work.row[slack] = factor;
            work.touched.push(slack as u32);
            let (columns, factors) = self.form.row(row);
            for (&column, &own) in columns.iter().zip(factors) {
                let entry = &mut work.row[column as usize];
                if *entry == 0.0 {
                    work.touched.push(column);
                    // Stays touched where a sum happens to be 0.
                    *entry = f64::MIN_POSITIVE;
                }
                *entry += factor * own;
            }
        }
    }

    /// A column as it looks in the basis.
    pub(super) fn take_column(&mut self, column: usize) {
        let work = &mut self.work;
        work.column.fill(0.0);
        self.form.add_column(column, 1.0, &mut work.column);
        self.factor.solve(&mut work.column);
        self.etas.solve(&mut work.column);
        work.entries.clear();
        for (row, value) in work.column.iter_mut().enumerate() {
            if value.abs() > 1e-14 {
                work.entries.push(row as u32);
            } else {
                *value = 0.0;
            }
        }
    }

    /// The first so many candidates move to their other bounds.
    fn flip(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        self.work.flips.fill(0.0);
        for at in 0..count {
            let column = self.work.candidates[at].column as usize;
            let before = self.x[column];
            self.rest(column, self.standing[column] == Standing::Lower);
            self.form.add_column(column, self.x[column] - before, &mut self.work.flips);
        }
        self.factor.solve(&mut self.work.flips);
        self.etas.solve(&mut self.work.flips);
        for row in 0..self.form.rows {
            let change = self.work.flips[row];
            if change != 0.0 {
                self.x[self.head[row] as usize] -= change;
                self.see_broken(row);
            }
        }
    }

    /// Changes reduced costs, values, weights and the basis. Says whether the objective grew.
    fn dual_step(&mut self, row: usize, entering: usize, is_below: bool) -> bool {
        let leaving = self.head[row] as usize;
        let pivot = self.work.column[row];
        if self.wrong(entering) > 0.0 {
            self.cost[entering] -= self.reduced[entering];
            self.reduced[entering] = 0.0;
            self.is_shifted = true;
        }
        let length = self.reduced[entering] / pivot;
        if length != 0.0 {
            for &column in &self.work.touched {
                let column = column as usize;
                if self.standing[column] != Standing::Basic {
                    self.reduced[column] -= length * self.work.row[column];
                }
            }
        }
        self.reduced[entering] = 0.0;
        self.reduced[leaving] = -length;

        let (lower, upper) = (self.form.lower[leaving], self.form.upper[leaving]);
        let bound = if is_below { lower } else { upper };
        let change = (self.x[leaving] - bound) / pivot;
        self.update_weights(row);
        let leaves_at = if is_below { Standing::Lower } else { Standing::Upper };
        self.exchange(row, entering, change, (leaves_at, bound));
        length.abs() > 1e-12
    }

    /// A column enters and moves by so much, another one leaves to a bound.
    pub(super) fn exchange(
        &mut self,
        row: usize,
        entering: usize,
        change: f64,
        (standing, bound): (Standing, f64),
    ) {
        let leaving = self.head[row] as usize;
        for &at in &self.work.entries {
            let at = at as usize;
            self.x[self.head[at] as usize] -= change * self.work.column[at];
        }
        self.x[entering] += change;
        self.x[leaving] = bound;
        self.standing[leaving] = standing;
        self.standing[entering] = Standing::Basic;
        self.head[row] = entering as u32;
        for at in 0..self.work.entries.len() {
            self.see_broken(self.work.entries[at] as usize);
        }
        self.etas.push(row, &self.work.column, &self.work.entries);
    }

    fn update_weights(&mut self, row: usize) {
        let work = &mut self.work;
        work.tau.copy_from_slice(&work.unit);
        self.factor.solve(&mut work.tau);
        self.etas.solve(&mut work.tau);
        let (pivot, own) = (work.column[row], self.weights[row]);
        for &at in &work.entries {
            let at = at as usize;
            if at == row {
                continue;
            }
            let part = work.column[at] / pivot;
            let weight = self.weights[at] + part * (part * own - 2.0 * work.tau[at]);
            self.weights[at] = weight.max(LEAST_WEIGHT);
        }
        self.weights[row] = (own / (pivot * pivot)).max(LEAST_WEIGHT);
    }
}
