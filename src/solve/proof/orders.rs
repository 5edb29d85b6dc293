//! Orders of pairs: of two tasks that cannot run together, one comes first. And lags that hold only
//! under a literal, as those after a task whose mode is open.
//!
//! Where two tasks together take more of a resource than there is, a variable of their own says
//! which one comes first. Its value is a lag; a lag that cannot hold any more decides it. Clauses
//! about orders say more than clauses about times: "a before b" stays true when dates shift.
//!
//! Tiny case: a takes 3 and b takes 2, both within 0 to 6, b ends by 4 at the latest: a first would let b
//! start at 3 and end at 5, so b comes first and a starts at 2 or later.
//!
//! Source: Carlier, Pinson (1989), "An algorithm for solving the job-shop problem" (the disjunctive
//! graph); Schutt, Feydy, Stuckey, Wallace (2011) for its use beside the time-table.

use super::domains::{Clash, Domains, Lit, Reason};

/// A lag from half to half that holds if `when` does.
#[derive(Clone, Copy, Debug)]
struct Arc {
    from: u32,
    to: u32,
    lag: i32,
    when: Lit,
}

/// At most this many pairs; the shortest windows in common come first.
const PAIRS: usize = 6_000;

#[derive(Debug, Default)]
pub(super) struct Orders {
    arcs: Vec<Arc>,
    /// Where the arcs from each half begin.
    first: Vec<u32>,
    /// Where the arcs that each half switches on begin, and these arcs.
    first_switched: Vec<u32>,
    switched: Vec<u32>,
    /// The first half of an order.
    base: u32,
    pairs: Vec<(u32, u32)>,
    /// Pairs that may run together and share people: first a before b, then b before a.
    loose: Vec<(u32, u32)>,
    /// The variable of each order of these, by its tasks.
    loose_vars: Vec<(u32, u32, u32)>,
    durations: Vec<i32>,
    /// Arcs looked at.
    pub work: u64,
}

impl Orders {
    /// Finds the pairs that exclude each other and gives each a variable. `waits` are lags from task to
    /// task that hold only under a literal. Pairs that `compete` may run together, but clauses will speak
    /// of whether they do.
    pub fn new(
        domains: &mut Domains,
        durations: &[i32],
        uses: &[i32],
        capacities: &[i32],
        waits: &[(u32, u32, i32, Lit)],
        compete: impl Fn(u32, u32) -> bool,
    ) -> Self {
        let resources = capacities.len();
        let tasks = durations.len() as u32;
        let base = domains.bound.len() as u32;
        let of = |task: u32| &uses[task as usize * resources..(task as usize + 1) * resources];
        // Whether a may come before b at all.
        let may = |domains: &Domains, a: u32, b: u32| {
            domains.low(a) + durations[a as usize] <= domains.high(b)
        };
        let (mut pairs, mut loose) = (Vec::new(), Vec::new());
        for a in (0..tasks).filter(|&a| durations[a as usize] > 0) {
            for b in (a + 1..tasks).filter(|&b| durations[b as usize] > 0) {
                let clash =
                    of(a).iter().zip(of(b)).zip(capacities).any(|((&x, &y), &all)| x > all - y);
                let common =
                    domains.high(a).min(domains.high(b)) - domains.low(a).max(domains.low(b));
                let orders = [may(domains, a, b), may(domains, b, a)];
                if clash && orders == [true; 2] {
                    pairs.push((common, a, b));
                } else if !clash && orders != [false; 2] && compete(a, b) {
                    loose.push((common, a, b));
                }
            }
        }
        if pairs.len() > PAIRS {
            pairs.sort_unstable();
            pairs.truncate(PAIRS);
        }
        if loose.len() > PAIRS {
            loose.sort_unstable();
            loose.truncate(PAIRS);
        }
        let mut orders = Self { base, durations: durations.to_vec(), ..Self::default() };
        for &(a, b, lag, when) in waits {
            orders.arcs.push(Arc { from: 2 * a, to: 2 * b, lag, when });
            orders.arcs.push(Arc { from: 2 * b + 1, to: 2 * a + 1, lag, when });
        }
        for &(_, a, b) in &pairs {
            let var = domains.add(0, 1);
            orders.pairs.push((a, b));
            for (a, b, when) in [(b, a, Lit::at_most(var, 0)), (a, b, Lit::at_least(var, 1))] {
                let lag = durations[a as usize];
                orders.arcs.push(Arc { from: 2 * a, to: 2 * b, lag, when });
                orders.arcs.push(Arc { from: 2 * b + 1, to: 2 * a + 1, lag, when });
            }
        }
        for &(_, a, b) in &loose {
            orders.loose.push((a, b));
            for (a, b) in [(a, b), (b, a)] {
                let var = domains.add(0, i32::from(may(domains, a, b)));
                orders.loose_vars.push((a, b, var));
                let (lag, when) = (durations[a as usize], Lit::at_least(var, 1));
                orders.arcs.push(Arc { from: 2 * a, to: 2 * b, lag, when });
                orders.arcs.push(Arc { from: 2 * b + 1, to: 2 * a + 1, lag, when });
            }
        }
        orders.loose_vars.sort_unstable();
        orders.arcs.sort_by_key(|arc| arc.from);
        orders.first = vec![0; 2 * tasks as usize + 1];
        for arc in &orders.arcs {
            orders.first[arc.from as usize + 1] += 1;
        }
        for half in 0..2 * tasks as usize {
            orders.first[half + 1] += orders.first[half];
        }
        let halves = domains.bound.len();
        orders.first_switched = vec![0; halves + 1];
        for arc in &orders.arcs {
            orders.first_switched[arc.when.half as usize + 1] += 1;
        }
        for half in 0..halves {
            orders.first_switched[half + 1] += orders.first_switched[half];
        }
        orders.switched = (0..orders.arcs.len() as u32).collect();
        orders.switched.sort_by_key(|&number| orders.arcs[number as usize].when.half);
        orders
    }

    /// The orders of a schedule.
    pub fn guide(&self, guide: &mut Vec<i32>) {
        guide.resize(self.base as usize / 2, 0);
        for &(a, b) in &self.pairs {
            guide.push(i32::from(guide[a as usize] < guide[b as usize]));
        }
        for &(a, b) in &self.loose {
            let is_before = |a: u32, b: u32| {
                guide[a as usize] + self.durations[a as usize] <= guide[b as usize]
            };
            let (first, second) = (is_before(a, b), is_before(b, a));
            guide.extend([i32::from(first), i32::from(second)]);
        }
    }

    /// The literal that a ends before b starts, of two tasks that may run together.
    pub fn order_of(&self, a: u32, b: u32) -> Option<Lit> {
        let at = self.loose_vars.binary_search_by_key(&(a, b), |row| (row.0, row.1)).ok()?;
        Some(Lit::at_least(self.loose_vars[at].2, 1))
    }

    pub fn propagate(&mut self, domains: &mut Domains, half: u32, new: i32) -> Result<(), Clash> {
        let ends = |list: &[u32]| list[half as usize] as usize..list[half as usize + 1] as usize;
        for &number in &self.switched[ends(&self.first_switched)] {
            let arc = self.arcs[number as usize];
            if domains.is_true(arc.when) {
                let value = domains.bound[arc.from as usize] + arc.lag;
                domains.set(Lit { half: arc.to, value }, Reason::Order(number))?;
            }
        }
        let Some(&end) = self.first.get(half as usize + 1) else { return Ok(()) };
        let from = self.first[half as usize];
        self.work += u64::from(end - from);
        for number in from..end {
            let arc = self.arcs[number as usize];
            let then = Lit { half: arc.to, value: new + arc.lag };
            if domains.is_true(then) {
                continue;
            }
            if domains.is_true(arc.when) {
                domains.set(then, Reason::Order(number))?;
            } else if domains.is_false(then) && !domains.is_false(arc.when) {
                domains.set(arc.when.negated(), Reason::Barred(number))?;
            }
        }
        Ok(())
    }

    /// Why a lag in force moved a start.
    pub fn explain_order(&self, number: u32, lit: Lit, out: &mut Vec<Lit>) {
        let arc = self.arcs[number as usize];
        out.extend([arc.when, Lit { half: arc.from, value: lit.value - arc.lag }]);
    }

    /// Why a lag cannot hold, by bounds before entry `before`.
    pub fn explain_barred(
        &self,
        domains: &Domains,
        number: u32,
        before: usize,
        out: &mut Vec<Lit>,
    ) {
        let arc = self.arcs[number as usize];
        let strongest = domains.bound_at(arc.from, before);
        let weakest = 1 - arc.lag - domains.bound_at(arc.to ^ 1, before);
        debug_assert!(weakest <= strongest, "an order that is not barred");
        let pair = |value: i32| {
            [Lit { half: arc.from, value }, Lit { half: arc.to ^ 1, value: 1 - value - arc.lag }]
        };
        // Any value between will do: ask the least of the bound that moved last.
        let place = |lit: Lit| domains.entry_of(lit, before);
        let (a, b) = (pair(strongest), pair(weakest));
        let newest = |pair: [Lit; 2]| pair.map(place).into_iter().max();
        out.extend(if newest(a) <= newest(b) { a } else { b });
    }
}
