//! A simplex method that keeps its basis: a program that differs a little from one that was solved takes a few
//! pivots.
//!
//! Takes a program and a basis to begin with (none, that of a program before, or one guessed from the values of
//! an interior point), gives values, prices and the basis it ended with. The dual method goes on where bounds and
//! right-hand sides have changed; the primal one where costs have, and after it costs that were shifted on the
//! way are put back. It counts pivots, never time. Nobody has to believe it: the room judges its answers like any
//! other's.
//!
//! Sources: Koberstein (2005), *The dual simplex method, techniques for a fast and stable implementation*;
//! Maros (2003), *Computational Techniques of the Simplex Method*; Bixby and Saltzman (1994), "Recovering an
//! optimal LP basis from an interior point solution".

mod crossover;
mod dual;
mod elimination;
mod etas;
mod factor;
mod form;
mod lists;
mod primal;
mod ratio;

use super::Stop;
use crate::formulate::program::Program;
use etas::Etas;
use factor::Factor;
use form::Form;

/// Farther than this from a bound, or from the sign of a reduced cost, a number breaks it.
const TOLERANCE: f64 = 1e-9;
/// Columns replaced until the basis is factored anew.
const REPLACED: usize = 64;
/// Pivots between two looks at whether to stop.
const BETWEEN_LOOKS: u64 = 64;
/// Times that primal and dual method may follow each other.
const ROUNDS: u32 = 8;

/// Where a column or slack stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In the basis.
    Basic,
    /// At its lower bound.
    Lower,
    /// At its upper bound.
    Upper,
    /// Out of the basis without a bound to stand at.
    Free,
}

/// Where all columns of a program stand, then the slacks of its rows, and what is known of the lengths of edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// By column, then by row.
    pub standing: Vec<Standing>,
    /// By column, then by row; of those in the basis: squared length of the row of the inverse.
    pub weights: Vec<f64>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Optimal,
    /// A combination of rows shows it.
    Infeasible,
    Unbounded,
    /// So many pivots were not enough.
    Limit,
    /// Numbers are too far apart.
    Stuck,
}

/// A program, its basis, and all numbers that belong to it.
#[derive(Clone, Debug)]
pub(super) struct Simplex {
    form: Form,
    /// By row: the column that is basic there.
    head: Vec<u32>,
    standing: Vec<Standing>,
    /// Values of all columns.
    x: Vec<f64>,
    /// Costs with what was shifted.
    cost: Vec<f64>,
    reduced: Vec<f64>,
    /// By row: squared length of the row of the inverse, about.
    weights: Vec<f64>,
    /// By row: how far the basic column is below (negative) or above its bounds.
    broken: Vec<f64>,
    factor: Factor,
    etas: Etas,
    /// Pivots and moves from bound to bound.
    steps: u64,
    is_shifted: bool,
    /// Whether a broken row was left alone, as its pivots are too small.
    is_set_aside: bool,
    work: Work,
}

/// Space for the numbers of a step.
#[derive(Clone, Debug, Default)]
struct Work {
    /// The column that enters, as it looks in the basis, and where it is not 0.
    column: Vec<f64>,
    entries: Vec<u32>,
    /// A row of the inverse.
    unit: Vec<f64>,
    tau: Vec<f64>,
    flips: Vec<f64>,
    /// A row of all columns, and where it is not 0.
    row: Vec<f64>,
    touched: Vec<u32>,
    /// Prices, while reduced costs are computed.
    prices: Vec<f64>,
    candidates: Vec<ratio::Candidate>,
    groups: Vec<(u32, u32)>,
    row_of: Vec<u32>,
    by_column: Vec<f64>,
    old_head: Vec<u32>,
    /// Reference weights of the primal method, by column.
    reference: Vec<f64>,
}

impl Simplex {
    /// Begins with the slacks as basis.
    pub fn new(program: &Program) -> Simplex {
        let form = Form::new(program);
        let (all, rows) = (form.all(), form.rows);
        let mut simplex = Simplex {
            head: (form.columns as u32..all as u32).collect(),
            standing: vec![Standing::Lower; all],
            x: vec![0.0; all],
            cost: form.cost.clone(),
            reduced: vec![0.0; all],
            weights: vec![1.0; rows],
            broken: vec![0.0; rows],
            factor: Factor::default(),
            etas: Etas::default(),
            steps: 0,
            is_shifted: false,
            is_set_aside: false,
            work: Work {
                column: vec![0.0; rows],
                unit: vec![0.0; rows],
                tau: vec![0.0; rows],
                flips: vec![0.0; rows],
                prices: vec![0.0; rows],
                row: vec![0.0; all],
                by_column: vec![0.0; all],
                ..Work::default()
            },
            form,
        };
        for column in 0..simplex.form.columns {
            let is_dear = simplex.cost[column] < 0.0;
            simplex.rest(column, is_dear);
        }
        for column in simplex.form.columns..all {
            simplex.standing[column] = Standing::Basic;
        }
        simplex
    }

    /// Begins with a basis; where a standing does not fit the bounds, the nearest one that does is taken.
    pub fn with_basis(program: &Program, basis: &Basis) -> Simplex {
        let mut simplex = Simplex::new(program);
        let all = simplex.form.all();
        if basis.standing.len() != all {
            return simplex;
        }
        let mut basic = 0;
        for column in 0..all {
            match basis.standing[column] {
                Standing::Basic => basic += 1,
                Standing::Lower => simplex.rest(column, false),
                Standing::Upper => simplex.rest(column, true),
                Standing::Free => {
                    let is_dear = simplex.cost[column] < 0.0;
                    simplex.rest(column, is_dear);
                }
            }
        }
        let mut columns: Vec<u32> = Vec::with_capacity(basic);
        columns
            .extend((0..all as u32).filter(|&at| basis.standing[at as usize] == Standing::Basic));
        for &column in &columns {
            let weight = basis.weights.get(column as usize).copied().unwrap_or(1.0);
            simplex.work.by_column[column as usize] = weight.max(1e-4);
        }
        simplex.take_basis(&columns);
        simplex
    }

    /// Out of the basis, to the lower or upper bound where it has that one.
    fn rest(&mut self, column: usize, at_upper: bool) {
        let (lower, upper) = (self.form.lower[column], self.form.upper[column]);
        let (standing, value) = match (lower.is_finite(), upper.is_finite()) {
            (true, false) => (Standing::Lower, lower),
            (false, true) => (Standing::Upper, upper),
            (true, true) if at_upper => (Standing::Upper, upper),
            (true, true) => (Standing::Lower, lower),
            (false, false) => (Standing::Free, 0.0),
        };
        self.standing[column] = standing;
        self.x[column] = value;
    }

    /// Out of the basis, to the bound that is nearer to where it is.
    fn rest_nearby(&mut self, column: usize) {
        let (lower, upper) = (self.form.lower[column], self.form.upper[column]);
        self.rest(column, (upper - self.x[column]).abs() < (self.x[column] - lower).abs());
    }

    /// Makes these columns the basis, as far as they can be, and factors it. Weights are in `work.by_column`.
    fn take_basis(&mut self, columns: &[u32]) {
        let mut row_of = std::mem::take(&mut self.work.row_of);
        self.factor.factor(&self.form, columns, &mut row_of);
        self.etas.clear();
        self.head.fill(u32::MAX);
        for (&column, &row) in columns.iter().zip(&row_of) {
            if row == u32::MAX {
                if self.standing[column as usize] == Standing::Basic {
                    self.rest_nearby(column as usize);
                }
            } else {
                self.head[row as usize] = column;
                self.weights[row as usize] = self.work.by_column[column as usize];
            }
        }
        for row in 0..self.form.rows {
            if self.head[row] == u32::MAX {
                self.head[row] = (self.form.columns + row) as u32;
                self.weights[row] = 1.0;
            }
        }
        for &column in &self.head {
            self.standing[column as usize] = Standing::Basic;
        }
        self.work.row_of = row_of;
    }

    /// Factors the basis anew.
    fn refactor(&mut self) {
        let mut columns = std::mem::take(&mut self.work.old_head);
        columns.clear();
        columns.extend_from_slice(&self.head);
        for (row, &column) in columns.iter().enumerate() {
            self.work.by_column[column as usize] = self.weights[row];
        }
        // In order of the columns, whatever rows they had: the same basis gives the same factors.
        columns.sort_unstable();
        self.take_basis(&columns);
        self.work.old_head = columns;
    }

    /// Values of the basic columns from those of the others.
    fn compute_values(&mut self) {
        let sum = &mut self.work.column;
        sum.fill(0.0);
        for column in 0..self.form.all() {
            if self.standing[column] != Standing::Basic && self.x[column] != 0.0 {
                self.form.add_column(column, -self.x[column], sum);
            }
        }
        self.factor.solve(sum);
        self.etas.solve(sum);
        for (&column, &value) in self.head.iter().zip(sum.iter()) {
            self.x[column as usize] = value;
        }
        self.see_all_broken();
    }

    fn see_all_broken(&mut self) {
        for row in 0..self.form.rows {
            self.see_broken(row);
        }
    }

    fn see_broken(&mut self, row: usize) {
        let column = self.head[row] as usize;
        let x = self.x[column];
        let (below, above) = (self.form.lower[column] - x, x - self.form.upper[column]);
        self.broken[row] = if below > TOLERANCE {
            -below
        } else if above > TOLERANCE {
            above
        } else {
            0.0
        };
    }

    /// Prices, and reduced costs of all columns.
    fn compute_reduced(&mut self) {
        let prices = &mut self.work.prices;
        for (price, &column) in prices.iter_mut().zip(&self.head) {
            *price = self.cost[column as usize];
        }
        self.etas.solve_transposed(prices);
        self.factor.solve_transposed(prices);
        for column in 0..self.form.all() {
            self.reduced[column] = if self.standing[column] == Standing::Basic {
                0.0
            } else {
                self.cost[column] - self.form.product(column, prices)
            };
        }
    }

    /// By how much the sign of a reduced cost is wrong.
    fn wrong(&self, column: usize) -> f64 {
        let reduced = self.reduced[column];
        if self.form.lower[column] == self.form.upper[column] {
            return 0.0;
        }
        match self.standing[column] {
            Standing::Basic => 0.0,
            Standing::Lower => -reduced,
            Standing::Upper => reduced,
            Standing::Free => reduced.abs(),
        }
    }

    fn most_wrong(&self) -> f64 {
        (0..self.form.all()).map(|column| self.wrong(column)).fold(0.0, f64::max)
    }

    fn is_any_broken(&self) -> bool {
        self.broken.iter().any(|broken| *broken != 0.0)
    }

    /// Costs as they were given.
    fn put_costs_back(&mut self) {
        if self.is_shifted {
            self.cost.copy_from_slice(&self.form.cost);
            self.is_shifted = false;
        }
    }

    /// Whether it is time to ask, and `stop` says so.
    fn is_stopped(&self, stop: Stop<'_>) -> bool {
        self.steps.is_multiple_of(BETWEEN_LOOKS) && stop()
    }

    /// To the optimum, or to a proof that there is none, in at most so many steps from now on.
    /// `stop` is asked now and then and ends it as the limit does.
    pub fn run(&mut self, limit: u64, stop: Stop<'_>) -> End {
        let limit = self.steps.saturating_add(limit);
        self.refactor();
        for _ in 0..ROUNDS {
            self.put_costs_back();
            self.compute_values();
            self.compute_reduced();
            let (is_broken, is_wrong) = (self.is_any_broken(), self.most_wrong() > TOLERANCE);
            if !is_broken && !is_wrong {
                return End::Optimal;
            }
            let end = if is_broken { self.dual(limit, stop) } else { self.primal(limit, stop) };
            if end != End::Optimal {
                return end;
            }
        }
        End::Stuck
    }

    /// The basis, for a program that is like this one.
    pub fn basis(&self) -> Basis {
        let mut weights = vec![0.0; self.form.all()];
        for (&column, &weight) in self.head.iter().zip(&self.weights) {
            weights[column as usize] = weight;
        }
        Basis { standing: self.standing.clone(), weights }
    }

    /// Values of the columns, in the units of the program.
    pub fn columns(&self) -> Vec<f64> {
        (0..self.form.columns).map(|column| self.form.value(column, self.x[column])).collect()
    }

    /// Prices of the rows, in the units of the program.
    pub fn prices(&self) -> Vec<f64> {
        // The reduced cost of a slack is the price of its row with the other sign; of a basic one 0.
        let own = |row: usize| 0.0 - self.reduced[self.form.columns + row];
        (0..self.form.rows).map(|row| self.form.price(row, own(row))).collect()
    }

    /// After [`End::Infeasible`]: how often to take each row for a sum that nothing fits.
    pub fn ray(&self) -> Vec<f64> {
        let sign = |row: usize| self.form.ray(row, self.work.unit[row]);
        (0..self.form.rows).map(sign).collect()
    }

    pub fn steps(&self) -> u64 {
        self.steps
    }
}
