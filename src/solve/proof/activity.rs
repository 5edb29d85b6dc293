//! Activity: which bounds the recent conflicts were about.
//!
//! A cut is a variable and a value: the question whether x >= value. A cut gains activity
//! whenever it is met in a conflict, and all lose a twentieth with each conflict. The search asks the
//! most active open cut first.
//!
//! Source: Moskewicz et al. (2001), "Chaff: engineering an efficient SAT solver".

use super::domains::{Domains, Lit};

const OUTSIDE: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Activity {
    /// First cut and first value of each variable.
    first: Vec<(u32, i32)>,
    score: Vec<f64>,
    /// Variable of each cut.
    var: Vec<u32>,
    heap: Vec<u32>,
    place: Vec<u32>,
    step: f64,
    /// Cuts taken off the heap, by the level at which that was.
    taken: Vec<(u32, u32)>,
}

impl Activity {
    pub fn new(domains: &Domains) -> Self {
        let mut activity = Self { step: 1.0, ..Self::default() };
        for var in 0..domains.bound.len() as u32 / 2 {
            activity.first.push((activity.var.len() as u32, domains.low(var) + 1));
            let cuts = (domains.high(var) - domains.low(var)).max(0);
            activity.var.extend((0..cuts).map(|_| var));
        }
        activity.score = vec![0.0; activity.var.len()];
        activity.place = vec![OUTSIDE; activity.var.len()];
        activity
    }

    /// The cut that a literal is about.
    fn cut(&self, lit: Lit) -> u32 {
        let (first, value) = self.first[lit.half as usize / 2];
        let mine = if lit.half.is_multiple_of(2) { lit.value } else { 1 - lit.value };
        first + (mine - value) as u32
    }

    pub fn bump(&mut self, lit: Lit) {
        let cut = self.cut(lit);
        self.score[cut as usize] += self.step;
        if self.score[cut as usize] > 1e100 {
            self.score.iter_mut().for_each(|score| *score *= 1e-100);
            self.step *= 1e-100;
        }
        self.insert(cut);
        self.up(self.place[cut as usize] as usize);
    }

    pub fn decay(&mut self) {
        self.step /= 0.95;
    }

    /// The most active cut still open, as the literal that its variable has reached it.
    pub fn next(&mut self, domains: &Domains) -> Option<Lit> {
        while let Some(&cut) = self.heap.first() {
            let var = self.var[cut as usize];
            let (first, value) = self.first[var as usize];
            let lit = Lit::at_least(var, value + (cut - first) as i32);
            self.remove_first();
            self.taken.push((domains.level(), cut));
            if !domains.is_true(lit) && !domains.is_false(lit) {
                return Some(lit);
            }
        }
        None
    }

    /// Gives back the cuts taken above a level.
    pub fn back_to(&mut self, level: u32) {
        while let Some(&(at, cut)) = self.taken.last() {
            if at < level {
                break;
            }
            self.taken.pop();
            self.insert(cut);
        }
    }

    fn insert(&mut self, cut: u32) {
        if self.place[cut as usize] == OUTSIDE {
            self.place[cut as usize] = self.heap.len() as u32;
            self.heap.push(cut);
            self.up(self.heap.len() - 1);
        }
    }

    fn before(&self, a: u32, b: u32) -> bool {
        let (x, y) = (self.score[a as usize], self.score[b as usize]);
        x > y || (x == y && a < b)
    }

    fn up(&mut self, mut at: usize) {
        let cut = self.heap[at];
        while at > 0 {
            let parent = (at - 1) / 2;
            if !self.before(cut, self.heap[parent]) {
                break;
            }
            self.heap[at] = self.heap[parent];
            self.place[self.heap[at] as usize] = at as u32;
            at = parent;
        }
        self.heap[at] = cut;
        self.place[cut as usize] = at as u32;
    }

    fn remove_first(&mut self) {
        let Some(last) = self.heap.pop() else { return };
        let first = self.heap.first().copied().unwrap_or(last);
        self.place[first as usize] = OUTSIDE;
        if self.heap.is_empty() {
            return;
        }
        let mut at = 0;
        loop {
            let mut child = 2 * at + 1;
            if child >= self.heap.len() {
                break;
            }
            if child + 1 < self.heap.len() && self.before(self.heap[child + 1], self.heap[child]) {
                child += 1;
            }
            if !self.before(self.heap[child], last) {
                break;
            }
            self.heap[at] = self.heap[child];
            self.place[self.heap[at] as usize] = at as u32;
            at = child;
        }
        self.heap[at] = last;
        self.place[last as usize] = at as u32;
    }
}
