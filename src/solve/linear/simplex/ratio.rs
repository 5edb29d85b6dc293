//! How far a row of the dual may go, and which column stops it.
//!
//! A column with two bounds need not stop: it moves to its other bound, as long as the row that is broken stays
//! broken. Among those that come into question at about the same length the one with the largest entry is
//! taken.
//!
//! Sources: Maros (2003), "A generalized dual phase-2 simplex algorithm" (moving to the other bound); Harris
//! (1973), "Pivot selection methods of the Devex LP code" (tolerance).

use super::{Simplex, Standing, TOLERANCE};

/// Below, an entry of a row is noise.
const NOISE: f64 = 1e-9;

/// A column whose reduced cost would get the wrong sign at some length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub column: u32,
    /// Reduced cost in its good direction.
    distance: f64,
    /// What a unit of length takes off it.
    speed: f64,
}

impl Simplex {
    /// The column that enters for a row which is broken by `broken`; those that move to their other bound before
    /// it are the first of `work.candidates`, and so many.
    pub(super) fn entering(&mut self, broken: f64) -> Option<(usize, usize)> {
        self.find_candidates(broken);
        let mut all = std::mem::take(&mut self.work.candidates);
        self.narrow(&mut all, broken.abs());
        self.work.groups.clear();
        let mut slope = broken.abs();
        let mut from = 0;
        let mut largest = 0.0_f64;
        while from < all.len() {
            let lengths = all[from..].iter().map(|row| (row.distance + TOLERANCE) / row.speed);
            let length = lengths.fold(f64::INFINITY, f64::min);
            let mut to = from;
            for at in from..all.len() {
                if all[at].distance <= length * all[at].speed {
                    let row = all[at];
                    let column = row.column as usize;
                    slope -= row.speed * (self.form.upper[column] - self.form.lower[column]);
                    largest = largest.max(row.speed);
                    all.swap(to, at);
                    to += 1;
                }
            }
            if to == from {
                break; // only numbers that are none
            }
            self.work.groups.push((from as u32, to as u32));
            from = to;
            if is_whole(slope) {
                break;
            }
        }
        let best_of = |&(from, to): &(u32, u32)| {
            let rows = &all[from as usize..to as usize];
            let best = rows
                .iter()
                .max_by(|a, b| a.speed.total_cmp(&b.speed).then(b.column.cmp(&a.column)));
            best.map(|row| (row.column as usize, from as usize, row.speed))
        };
        let enough = (0.1 * largest).min(1.0);
        let groups = self.work.groups.iter().rev().filter_map(best_of);
        let found = groups.clone().find(|row| row.2 >= enough);
        let found = found.map(|(column, before, _)| (column, before));
        self.work.candidates = all;
        found
    }

    fn find_candidates(&mut self, broken: f64) {
        self.work.candidates.clear();
        for &column in &self.work.touched {
            let at = column as usize;
            if self.form.lower[at] == self.form.upper[at] {
                continue;
            }
            let entry = if broken < 0.0 { -self.work.row[at] } else { self.work.row[at] };
            let (distance, speed) = match self.standing[at] {
                Standing::Basic => continue,
                Standing::Lower => (self.reduced[at], entry),
                Standing::Upper => (-self.reduced[at], -entry),
                Standing::Free => (0.0, entry.abs()),
            };
            if speed > NOISE {
                self.work.candidates.push(Candidate { column, distance: distance.max(0.0), speed });
            }
        }
    }

    /// Leaves only those that can come before the row is whole again: most are far from it.
    fn narrow(&self, all: &mut Vec<Candidate>, broken: f64) {
        let lengths = all.iter().map(|row| (row.distance + TOLERANCE) / row.speed);
        let mut length = lengths.fold(f64::INFINITY, f64::min) * 4.0;
        while length.is_finite() {
            let mut slope = broken;
            let mut kept = 0;
            for at in 0..all.len() {
                let row = all[at];
                if row.distance <= length * row.speed {
                    let column = row.column as usize;
                    slope -= row.speed * (self.form.upper[column] - self.form.lower[column]);
                    all.swap(kept, at);
                    kept += 1;
                }
            }
            if is_whole(slope) || kept == all.len() {
                all.truncate(kept);
                return;
            }
            length *= 8.0;
        }
    }
}

/// Whether a row would not be broken any more; so it is too where the numbers say nothing.
fn is_whole(slope: f64) -> bool {
    slope < 0.0 || slope.is_nan()
}
