//! The primal method: bounds are kept while reduced costs get the right signs. It follows the dual one, to put
//! back costs that were shifted, and answers other costs from where the old ones ended.
//!
//! The column that enters is the one with the largest reduced cost in a frame of reference that moves along
//! (Harris 1973, "Pivot selection methods of the Devex LP code").

use super::{End, REPLACED, Simplex, Standing, TOLERANCE};

/// A pivot below is too small to divide by.
const LEAST_PIVOT: f64 = 1e-7;
/// Weights beyond are begun again.
const LARGEST_WEIGHT: f64 = 1e7;

/// What stops a column that moves.
pub(super) enum Stop {
    /// Its own other bound.
    Own,
    /// A basic column.
    Row(usize),
    Nothing,
}

impl Simplex {
    /// Until no reduced cost has the wrong sign. No basic column may be far beyond its bounds.
    pub(super) fn primal(&mut self, limit: u64, told: &dyn Fn() -> bool) -> End {
        self.work.reference.clear();
        self.work.reference.resize(self.form.all(), 1.0);
        loop {
            if self.steps >= limit || self.is_stopped(told) {
                return End::Limit;
            }
            if self.etas.len() >= REPLACED {
                self.renew();
            }
            let Some(entering) = self.most_promising() else {
                if self.etas.len() == 0 {
                    return End::Optimal;
                }
                self.renew();
                continue;
            };
            self.take_column(entering);
            let up = self.reduced[entering] < 0.0;
            let own = self.form.upper[entering] - self.form.lower[entering];
            let (stop, step) = self.first_stop(up, own);
            let change = if up { step } else { -step };
            self.steps += 1;
            match stop {
                Stop::Nothing if self.etas.len() == 0 => return End::Unbounded,
                Stop::Nothing => self.renew(),
                Stop::Own => {
                    for &at in &self.work.entries {
                        let at = at as usize;
                        self.x[self.head[at] as usize] -= change * self.work.column[at];
                    }
                    self.rest(entering, up);
                }
                Stop::Row(row) => {
                    let pivot = self.work.column[row];
                    if pivot.abs() < LEAST_PIVOT && self.etas.len() > 0 {
                        self.renew();
                        continue;
                    }
                    self.take_row(row);
                    let other = self.work.row[entering];
                    let is_doubtful = (pivot - other).abs() > 1e-7 * (1.0 + pivot.abs());
                    if is_doubtful && self.etas.len() > 0 {
                        self.renew();
                        continue;
                    }
                    if pivot.abs() < LEAST_PIVOT {
                        // Nothing better is to be had: the column is out of the question for now.
                        self.reduced[entering] = 0.0;
                        continue;
                    }
                    self.primal_step(row, entering, (up, change));
                }
            }
        }
    }

    fn renew(&mut self) {
        self.refactor();
        self.compute_values();
        self.compute_reduced();
    }

    fn most_promising(&self) -> Option<usize> {
        let (mut best, mut most) = (None, 0.0);
        for column in 0..self.form.all() {
            let wrong = self.wrong(column);
            if wrong > TOLERANCE && wrong * wrong > most * self.work.reference[column] {
                (best, most) = (Some(column), wrong * wrong / self.work.reference[column]);
            }
        }
        best
    }

    /// What stops a column first, and after which length; the largest pivot among about equal ones.
    /// `own` is how far the column itself may go.
    pub(super) fn first_stop(&self, up: bool, own: f64) -> (Stop, f64) {
        let room = |at: u32| -> Option<(f64, f64)> {
            let entry = self.work.column[at as usize];
            let column = self.head[at as usize] as usize;
            let falls = (entry > 0.0) == up;
            let bound = if falls { self.form.lower[column] } else { self.form.upper[column] };
            let is_stop = bound.is_finite() && entry.abs() > TOLERANCE;
            is_stop.then(|| ((self.x[column] - bound).abs(), entry.abs())).map(|(room, speed)| {
                let is_beyond = if falls { self.x[column] < bound } else { self.x[column] > bound };
                (if is_beyond { 0.0 } else { room }, speed)
            })
        };
        let rooms = || self.work.entries.iter().filter_map(|&at| Some((at, room(at)?)));
        let lengths = rooms().map(|(_, (room, speed))| (room + TOLERANCE) / speed);
        let longest = lengths.fold(f64::INFINITY, f64::min);
        let (mut stop, mut length, mut largest) = (Stop::Nothing, f64::INFINITY, 0.0);
        if longest.is_finite() {
            for (at, (room, speed)) in rooms() {
                if room <= longest * speed && speed > largest {
                    (stop, length, largest) = (Stop::Row(at as usize), room / speed, speed);
                }
            }
        }
        if own <= length && own.is_finite() { (Stop::Own, own) } else { (stop, length) }
    }

    fn primal_step(&mut self, row: usize, entering: usize, (up, change): (bool, f64)) {
        let leaving = self.head[row] as usize;
        let pivot = self.work.column[row];
        let length = self.reduced[entering] / pivot;
        let own = self.work.reference[entering];
        let mut largest = 0.0_f64;
        for &column in &self.work.touched {
            let column = column as usize;
            if self.standing[column] != Standing::Basic {
                let entry = self.work.row[column];
                self.reduced[column] -= length * entry;
                let part = entry / pivot;
                let weight = &mut self.work.reference[column];
                *weight = weight.max(part * part * own);
                largest = largest.max(*weight);
            }
        }
        self.reduced[entering] = 0.0;
        self.reduced[leaving] = -length;
        self.work.reference[leaving] = (own / (pivot * pivot)).max(1.0);
        if largest > LARGEST_WEIGHT {
            self.work.reference.fill(1.0);
        }
        let squared: f64 = self.work.unit.iter().map(|value| value * value).sum();
        self.weights[row] = (squared / (pivot * pivot)).max(1e-4);
        let falls = (pivot > 0.0) == up;
        let (lower, upper) = (self.form.lower[leaving], self.form.upper[leaving]);
        let to = if falls { (Standing::Lower, lower) } else { (Standing::Upper, upper) };
        self.exchange(row, entering, change, to);
    }
}
