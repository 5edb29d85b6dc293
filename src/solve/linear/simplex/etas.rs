//! What changed since a basis was factored: one column after the other (product form of the inverse).
//!
//! Source: Dantzig and Orchard-Hays (1954), "The product form for the inverse in the simplex method".

/// Replaced columns, each as it looked in the basis of its time.
#[derive(Clone, Debug, Default)]
pub(super) struct Etas {
    row: Vec<u32>,
    pivot: Vec<f64>,
    end: Vec<u32>,
    index: Vec<u32>,
    value: Vec<f64>,
}

/// Below, an entry of a replaced column is noise.
const NOISE: f64 = 1e-14;

impl Etas {
    pub fn clear(&mut self) {
        self.row.clear();
        self.pivot.clear();
        self.end.clear();
        self.index.clear();
        self.value.clear();
    }

    pub fn len(&self) -> usize {
        self.row.len()
    }

    /// The column basic in `row` gives way to one with these entries.
    pub fn push(&mut self, row: usize, column: &[f64], entries: &[u32]) {
        for &at in entries {
            let value = column[at as usize];
            if at as usize != row && value.abs() > NOISE {
                self.index.push(at);
                self.value.push(value);
            }
        }
        self.row.push(row as u32);
        self.pivot.push(column[row]);
        self.end.push(self.index.len() as u32);
    }

    fn range(&self, at: usize) -> std::ops::Range<usize> {
        let start = if at == 0 { 0 } else { self.end[at - 1] };
        start as usize..self.end[at] as usize
    }

    /// Goes on after the factors have solved `B x = b`.
    pub fn solve(&self, x: &mut [f64]) {
        for at in 0..self.row.len() {
            let row = self.row[at] as usize;
            if x[row] != 0.0 {
                let value = x[row] / self.pivot[at];
                x[row] = value;
                let range = self.range(at);
                for (&other, &factor) in self.index[range.clone()].iter().zip(&self.value[range]) {
                    x[other as usize] -= factor * value;
                }
            }
        }
    }

    /// Goes before the factors solve `Bᵀ y = c`.
    pub fn solve_transposed(&self, y: &mut [f64]) {
        for at in (0..self.row.len()).rev() {
            let row = self.row[at] as usize;
            let range = self.range(at);
            let mut sum = y[row];
            for (&other, &factor) in self.index[range.clone()].iter().zip(&self.value[range]) {
                sum -= factor * y[other as usize];
            }
            y[row] = sum / self.pivot[at];
        }
    }
}
