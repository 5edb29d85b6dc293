//! Linear programs that are asked again and again with other bounds.
//!
//! Least sum of costs, none negative, under rows `factors · x + spare = side` with bounds for every
//! column and `spare ≥ 0` (or 0). The dual simplex method starts from any basis whose reduced costs have
//! the right signs, and other bounds leave them right: after a choice of the search only a few pivots are
//! needed. Rows join the dictionary when they are broken for the first time, and leave it when they are
//! far from that; what there is then is small and dense.
//!
//! Nobody has to believe the numbers: what is taken from here are weights of the rows, and whoever adds
//! the rows up with these weights gets something true, whatever they are.
//!
//! Tiny case: least z with z − x ≥ 1 and x ≥ 2, as −z + x ≤ −1. With x at its bound of 2 the row is broken
//! by 3 with z at 0; z enters, and the row has weight 1: z ≥ 1 + x.
//!
//! Sources: Lemke (1954), "The dual method of solving the linear programming problem"; Chvátal (1983),
//! *Linear Programming*, for dictionaries.

/// Below, a number is noise.
const NOISE: f64 = 1e-9;
/// Farther than this from its bound, a value breaks it.
const BROKEN: f64 = 1e-7;
/// Pivots after which the dictionary is built anew, since errors add up.
const FRESH: u64 = 3_000;
/// Rows that join at a time.
const JOINING: usize = 30;
/// Not among the basic columns.
const NOWHERE: u32 = u32::MAX;

/// A row as it is given: columns with their factors, the side, whether it is met exactly.
pub type Entries = (Vec<(u32, i64)>, i64, bool);

/// A row of the program, scaled so that its largest factor is 1.
#[derive(Debug)]
struct Row {
    entries: Vec<(u32, f64)>,
    side: f64,
    is_equal: bool,
    scale: f64,
    is_active: bool,
}

#[derive(Debug)]
pub struct Simplex {
    columns: usize,
    rows: Vec<Row>,
    costs: Vec<f64>,
    /// Least and largest value of every column, then of every spare.
    pub low: Vec<f64>,
    pub high: Vec<f64>,
    /// The dictionary: `basic = side − Σ cell · other`, with reduced costs.
    cells: Vec<f64>,
    side: Vec<f64>,
    reduced: Vec<f64>,
    basic: Vec<u32>,
    others: Vec<u32>,
    /// Whether each column that is not basic stands at its largest value.
    is_high: Vec<bool>,
    /// Values of the basic columns, and of all.
    values: Vec<f64>,
    all: Vec<f64>,
    line: Vec<f64>,
    pivots: u64,
    /// Weights of the rows, after a look.
    pub weights: Vec<f64>,
    /// Cells changed.
    pub work: u64,
}

impl Simplex {
    /// A program of rows `(entries, side, is_equal)`, at most the side if not equal to it. Bounds of the
    /// columns are set by the caller.
    pub fn new(columns: usize, costs: Vec<f64>, rows: &[Entries]) -> Self {
        let (mut low, mut high) = (vec![0.0; columns], vec![0.0; columns]);
        let mut scaled = Vec::with_capacity(rows.len());
        for (entries, side, is_equal) in rows {
            let largest = entries.iter().map(|entry| entry.1.abs()).max().unwrap_or(1).max(1);
            let scale = 1.0 / largest as f64;
            scaled.push(Row {
                entries: entries.iter().map(|&(at, factor)| (at, factor as f64 * scale)).collect(),
                side: *side as f64 * scale,
                is_equal: *is_equal,
                scale,
                is_active: false,
            });
            low.push(0.0);
            high.push(if *is_equal { 0.0 } else { f64::INFINITY });
        }
        let mut simplex = Self {
            columns,
            weights: vec![0.0; scaled.len()],
            rows: scaled,
            costs,
            all: vec![0.0; low.len()],
            low,
            high,
            cells: Vec::new(),
            side: Vec::new(),
            reduced: Vec::new(),
            basic: Vec::new(),
            others: Vec::new(),
            is_high: Vec::new(),
            values: Vec::new(),
            line: Vec::new(),
            pivots: 0,
            work: 0,
        };
        simplex.begin();
        simplex
    }

    /// A further row; one that is not met exactly, as those have to be there from the first.
    pub fn add(&mut self, (entries, side, _): &Entries) {
        let largest = entries.iter().map(|entry| entry.1.abs()).max().unwrap_or(1).max(1);
        let scale = 1.0 / largest as f64;
        self.rows.push(Row {
            entries: entries.iter().map(|&(at, factor)| (at, factor as f64 * scale)).collect(),
            side: *side as f64 * scale,
            is_equal: false,
            scale,
            is_active: false,
        });
        self.low.push(0.0);
        self.high.push(f64::INFINITY);
        self.weights.push(0.0);
        self.all.push(0.0);
    }

    /// The value of a column after a look.
    pub fn value(&self, column: usize) -> f64 {
        self.all[column]
    }

    /// Begins with the rows that are to be met exactly; the reduced costs are right, as no cost is negative.
    fn begin(&mut self) {
        self.cells.clear();
        self.side.clear();
        self.basic.clear();
        self.values.clear();
        self.reduced.clone_from(&self.costs);
        self.others = (0..self.columns as u32).collect();
        self.is_high = vec![false; self.columns];
        self.pivots = 0;
        for row in 0..self.rows.len() {
            self.rows[row].is_active = false;
            if self.rows[row].is_equal {
                self.join(row, &vec![NOWHERE; self.columns]);
            }
        }
    }

    /// A row joins the dictionary, its spare as a basic column. `place` says where a column is basic.
    fn join(&mut self, row: usize, place: &[u32]) {
        let columns = self.columns;
        self.line.clear();
        self.line.resize(columns, 0.0);
        let own = &mut self.rows[row];
        own.is_active = true;
        let mut side = own.side;
        let mut direct = vec![0.0; columns];
        for &(column, factor) in &own.entries {
            let Some(at) = Some(place[column as usize]).filter(|&at| at != NOWHERE) else {
                direct[column as usize] += factor;
                continue;
            };
            let at = at as usize;
            side -= factor * self.side[at];
            let cells = &self.cells[at * columns..][..columns];
            for (line, cell) in self.line.iter_mut().zip(cells) {
                *line -= factor * cell;
            }
            self.work += columns as u64;
        }
        for (line, column) in self.line.iter_mut().zip(&self.others) {
            *line += direct.get(*column as usize).unwrap_or(&0.0);
        }
        self.cells.extend_from_slice(&self.line);
        self.side.push(side);
        self.basic.push((columns + row) as u32);
        self.values.push(0.0);
    }

    /// The value of a column that is not basic.
    fn at_bound(&self, at: usize) -> f64 {
        let column = self.others[at] as usize;
        if self.is_high[at] { self.high[column] } else { self.low[column] }
    }

    /// Values of the basic columns from `from` on.
    fn measure(&mut self, from: usize) {
        let columns = self.columns;
        let at: Vec<f64> = (0..columns).map(|at| self.at_bound(at)).collect();
        for row in from..self.basic.len() {
            let cells = &self.cells[row * columns..][..columns];
            let moved: f64 = cells.iter().zip(&at).map(|(cell, at)| cell * at).sum();
            self.values[row] = self.side[row] - moved;
            self.work += columns as u64;
        }
    }

    /// Finds weights of the rows in so many pivots at most: of the optimum, or of a sum of rows that cannot be
    /// met.
    pub fn look(&mut self, most: u64) {
        if self.pivots > FRESH {
            self.begin();
        }
        self.leave();
        // Each at the bound that is better for the sum of costs.
        for (is_high, &cost) in self.is_high.iter_mut().zip(&self.reduced) {
            *is_high = cost < -NOISE;
        }
        self.measure(0);
        let end = self.pivots + most;
        while self.pivots < end {
            let Some((row, sign)) = self.most_broken() else {
                match self.join_broken() {
                    true => continue,
                    false => break,
                }
            };
            let Some(at) = self.entering(row, sign) else {
                self.blame(row, sign);
                return;
            };
            self.pivot(row, at, sign);
        }
        self.weights.fill(0.0);
        for (at, &column) in self.others.iter().enumerate() {
            if let Some(row) = (column as usize).checked_sub(self.columns) {
                self.weights[row] = self.reduced[at] * self.rows[row].scale;
            }
        }
    }

    /// The basic column that is farthest beyond a bound; 1 = below the least, −1 = above the largest.
    fn most_broken(&self) -> Option<(usize, f64)> {
        let mut worst: Option<(f64, usize, f64)> = None;
        for (row, (&column, &value)) in self.basic.iter().zip(&self.values).enumerate() {
            let column = column as usize;
            let (below, above) = (self.low[column] - value, value - self.high[column]);
            let (broken, sign) = if below > above { (below, 1.0) } else { (above, -1.0) };
            if broken > worst.map_or(BROKEN, |worst| worst.0) {
                worst = Some((broken, row, sign));
            }
        }
        worst.map(|(_, row, sign)| (row, sign))
    }

    /// The column that mends a row at the least rise of the costs.
    fn entering(&self, row: usize, sign: f64) -> Option<usize> {
        let cells = &self.cells[row * self.columns..][..self.columns];
        let mut best: Option<(f64, f64, usize)> = None;
        for (at, &cell) in cells.iter().enumerate() {
            let column = self.others[at] as usize;
            let cell = cell * sign;
            let can_help = if self.is_high[at] { cell > NOISE } else { cell < -NOISE };
            if !can_help || self.low[column] >= self.high[column] {
                continue;
            }
            let (ratio, size) = (self.reduced[at].abs() / cell.abs(), cell.abs());
            let is_better = |(least, largest, _): (f64, f64, usize)| {
                ratio < least - NOISE || (ratio < least + NOISE && size > largest)
            };
            if best.is_none_or(is_better) {
                best = Some((ratio, size, at));
            }
        }
        best.map(|(_, _, at)| at)
    }

    /// The rows outside that are broken most join; whether there are any.
    fn join_broken(&mut self) -> bool {
        for (&column, &value) in self.basic.iter().zip(&self.values) {
            self.all[column as usize] = value;
        }
        for at in 0..self.columns {
            self.all[self.others[at] as usize] = self.at_bound(at);
        }
        let mut broken: Vec<(f64, usize)> = Vec::new();
        for (number, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.is_active) {
            let sum: f64 = row
                .entries
                .iter()
                .map(|&(column, factor)| factor * self.all[column as usize])
                .sum();
            self.work += row.entries.len() as u64;
            if sum - row.side > BROKEN {
                broken.push((row.side - sum, number));
            }
        }
        broken.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        broken.truncate(JOINING);
        let mut place = vec![NOWHERE; self.columns];
        for (at, &column) in self.basic.iter().enumerate() {
            if let Some(place) = place.get_mut(column as usize) {
                *place = at as u32;
            }
        }
        let from = self.basic.len();
        broken.iter().for_each(|&(_, row)| self.join(row, &place));
        self.measure(from);
        !broken.is_empty()
    }

    /// When there are many, rows whose spare is basic leave: they take no part.
    fn leave(&mut self) {
        let columns = self.columns;
        let is_idle = |row: usize, simplex: &Self| {
            let spare = (simplex.basic[row] as usize).checked_sub(columns);
            spare.is_some_and(|spare| !simplex.rows[spare].is_equal)
        };
        let idle = (0..self.basic.len()).filter(|&row| is_idle(row, self)).count();
        if idle < 2 * JOINING {
            return;
        }
        let mut kept = 0;
        for row in 0..self.basic.len() {
            if is_idle(row, self) {
                self.rows[self.basic[row] as usize - columns].is_active = false;
                continue;
            }
            self.cells.copy_within(row * columns..(row + 1) * columns, kept * columns);
            self.side[kept] = self.side[row];
            self.basic[kept] = self.basic[row];
            kept += 1;
        }
        self.cells.truncate(kept * columns);
        self.side.truncate(kept);
        self.basic.truncate(kept);
        self.values.truncate(kept);
    }

    /// Weights that add the rows up to one that cannot be met.
    fn blame(&mut self, row: usize, sign: f64) {
        self.weights.fill(0.0);
        if let Some(spare) = (self.basic[row] as usize).checked_sub(self.columns) {
            self.weights[spare] = sign * self.rows[spare].scale;
        }
        for (at, &column) in self.others.iter().enumerate() {
            if let Some(spare) = (column as usize).checked_sub(self.columns) {
                let cell = self.cells[row * self.columns + at];
                self.weights[spare] = sign * cell * self.rows[spare].scale;
            }
        }
    }

    /// The basic column of a row leaves for its broken bound, another one takes its place.
    fn pivot(&mut self, row: usize, at: usize, sign: f64) {
        let columns = self.columns;
        let leaving = self.basic[row] as usize;
        let bound = if sign > 0.0 { self.low[leaving] } else { self.high[leaving] };
        let pivot = self.cells[row * columns + at];
        let was = self.at_bound(at);
        // How far the entering column moves.
        let step = (self.values[row] - bound) / pivot;
        let inverse = 1.0 / pivot;
        let mut own = std::mem::take(&mut self.line);
        own.clear();
        own.extend(self.cells[row * columns..][..columns].iter().map(|cell| cell * inverse));
        own[at] = inverse;
        let side = self.side[row] * inverse;
        for other in 0..self.basic.len() {
            let line = &mut self.cells[other * columns..][..columns];
            let factor = line[at];
            if other == row || factor == 0.0 {
                continue;
            }
            self.work += columns as u64;
            self.values[other] -= factor * step;
            self.side[other] -= factor * side;
            for (cell, own) in line.iter_mut().zip(&own) {
                *cell -= factor * own;
            }
            line[at] = -factor * inverse;
        }
        let factor = self.reduced[at];
        for (cost, own) in self.reduced.iter_mut().zip(&own) {
            *cost -= factor * own;
        }
        self.reduced[at] = -factor * inverse;
        self.is_high[at] = sign < 0.0;
        self.cells[row * columns..][..columns].copy_from_slice(&own);
        self.line = own;
        self.side[row] = side;
        self.values[row] = was + step;
        self.basic[row] = self.others[at];
        self.others[at] = leaving as u32;
        self.pivots += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64Mcg;

    /// Whatever the weights are, they prove a bound; at the optimum it is the value of the columns.
    #[test]
    fn weights_prove_what_the_columns_reach() {
        let (mut reached, mut refuted) = (0, 0);
        for seed in 0..3_000 {
            let mut random = Pcg64Mcg::seed_from_u64(seed);
            let columns = random.random_range(1..=5_usize);
            let mut rows = Vec::new();
            for _ in 0..random.random_range(1..=5) {
                let mut entries: Vec<(u32, i64)> = Vec::new();
                for column in 0..columns as u32 {
                    match random.random_range(-6..=6) {
                        -6..0 => {}
                        factor => entries.push((column, 2 * factor - 6)),
                    }
                }
                rows.push((entries, random.random_range(-9..=9), random.random_range(0..4) == 0));
            }
            let costs: Vec<f64> =
                (0..columns).map(|_| f64::from(random.random_range(0..=3))).collect();
            let mut simplex = Simplex::new(columns, costs.clone(), &rows);
            // The same program with several boxes, each from where the last one ended.
            for _ in 0..4 {
                for column in 0..columns {
                    simplex.low[column] = f64::from(random.random_range(-3..=1));
                    simplex.high[column] =
                        simplex.low[column] + f64::from(random.random_range(0..=5));
                }
                simplex.look(1_000);
                // Σ weight · (row − side) is never above 0 where all rows are met.
                let sum = |column: usize| -> f64 {
                    let own = rows.iter().zip(&simplex.weights);
                    let factor = |(row, weight): (&Entries, &f64)| -> f64 {
                        let entries = row.0.iter().filter(|entry| entry.0 == column as u32);
                        entries.map(|entry| entry.1 as f64 * weight).sum()
                    };
                    own.map(factor).sum()
                };
                let sides: f64 = rows
                    .iter()
                    .zip(&simplex.weights)
                    .map(|(row, weight)| row.1 as f64 * weight)
                    .sum();
                for (row, &weight) in rows.iter().zip(&simplex.weights) {
                    assert!(row.2 || weight > -1e-7, "seed {seed}: a weight of the wrong sign");
                }
                let least = |with_costs: bool| -> f64 {
                    let value = |column: usize| {
                        let cost = if with_costs { costs[column] } else { 0.0 };
                        let factor = cost + sum(column);
                        (factor * simplex.low[column]).min(factor * simplex.high[column])
                    };
                    (0..columns).map(value).sum::<f64>() - sides
                };
                if least(false) > 1e-6 {
                    refuted += 1;
                    continue;
                }
                let x = &simplex.all[..columns];
                let value: f64 = x.iter().zip(&costs).map(|(x, cost)| x * cost).sum();
                assert!((least(true) - value).abs() < 1e-5, "seed {seed}: {value}");
                for (entries, side, is_equal) in &rows {
                    let sum: f64 =
                        entries.iter().map(|&(at, factor)| factor as f64 * x[at as usize]).sum();
                    let over = sum - *side as f64;
                    assert!(over < 1e-5 && (!is_equal || over > -1e-5), "seed {seed}: {over}");
                }
                reached += 1;
            }
        }
        assert!(reached > 1_000 && refuted > 1_000, "{reached} reached, {refuted} refuted");
    }
}
