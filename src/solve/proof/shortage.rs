//! Shortage: prices of people's time that show that tasks have not enough of them.
//!
//! People who can do the same are a kind. With a price on an hour of each kind at each time, places cost at
//! least what the cheapest kinds able for them ask for as long as their task runs. If all places together cost
//! more than all the time there is, somebody is missing. The prices come from a linear program of how many of
//! each kind do what, rounded to whole numbers; the sums are then made exactly, so that they prove what
//! they say whatever the prices are.
//!
//! Tiny case: Ann can do a and b, Bo can do b and c; b runs from 0 to 4, a from 0 to 2, c from 2 to 4. Ann costs 1
//! at 0, Bo 1 at 2, else nothing. a costs 1, c costs 1, b costs 1: 3 for what is worth 2.

use super::seating::Places;
use super::simplex::{Entries, Simplex};

/// Pivots of one linear program.
const PIVOTS: u64 = 1_500;
/// Largest program tried: columns times rows.
const CELLS: usize = 1 << 20;
/// What the highest price is rounded to.
const WHOLE: f64 = 840.0;

#[derive(Debug, Default)]
pub(super) struct Shortage {
    /// The kind of each person, and how many each kind has.
    kind: Vec<u32>,
    size: Vec<i64>,
    /// Somebody of each kind.
    one_of: Vec<u32>,
    /// Numbers changed.
    pub work: u64,
}

/// Places of one task that the same people can fill: the task, how many, kinds.
#[derive(Debug)]
struct Group {
    task: usize,
    count: i64,
    kinds: Vec<u32>,
}

impl Shortage {
    /// `alike` is the first person who can do just what each person can.
    pub fn new(alike: &[u32]) -> Self {
        let mut shortage = Self { kind: vec![0; alike.len()], ..Self::default() };
        for (person, &first) in alike.iter().enumerate() {
            if first as usize == person {
                shortage.kind[person] = shortage.size.len() as u32;
                shortage.size.push(1);
                shortage.one_of.push(first);
            } else {
                let kind = shortage.kind[first as usize];
                shortage.kind[person] = kind;
                shortage.size[kind as usize] += 1;
            }
        }
        shortage
    }

    /// A few of the tasks that have not enough people, if prices show it.
    pub fn of(
        &mut self,
        places: Places<'_>,
        tasks: &[u32],
        starts: &[i32],
        durations: &[i32],
    ) -> Option<Vec<u32>> {
        let mut core = self.priced(places, tasks, starts, durations)?;
        let mut at = 0;
        while at < core.len() {
            let mut less = core.clone();
            less.remove(at);
            match self.priced(places, &less, starts, durations) {
                Some(fewer) => core = fewer,
                None => at += 1,
            }
        }
        Some(core)
    }

    /// Those of the tasks whose places cost something, if together they cost more than there is.
    fn priced(
        &mut self,
        places: Places<'_>,
        tasks: &[u32],
        starts: &[i32],
        durations: &[i32],
    ) -> Option<Vec<u32>> {
        let row = self.kind.len().div_ceil(64);
        let kinds = self.size.len();
        let mut groups: Vec<Group> = Vec::new();
        for (at, &task) in tasks.iter().enumerate() {
            let own =
                places.first[task as usize] as usize..places.first[task as usize + 1] as usize;
            let able = |place: usize| &places.able[place * row..][..row];
            for place in own.clone() {
                if place > own.start && able(place) == able(place - 1) {
                    groups.last_mut()?.count += 1;
                    continue;
                }
                let can = |kind: &u32| {
                    let person = self.one_of[*kind as usize] as usize;
                    able(place)[person / 64] >> (person % 64) & 1 == 1
                };
                let kinds: Vec<u32> = (0..kinds as u32).filter(can).collect();
                groups.push(Group { task: at, count: 1, kinds });
            }
        }
        // Who runs at each start; what another start has too says no more.
        let runs = |task: u32, at: u32| {
            let (start, time) = (starts[task as usize], starts[at as usize]);
            task == at
                || durations[at as usize] > 0
                    && start <= time
                    && time < start + durations[task as usize]
        };
        let mut times: Vec<Vec<bool>> = Vec::new();
        for &at in tasks {
            let now: Vec<bool> = tasks.iter().map(|&task| runs(task, at)).collect();
            let has = |a: &[bool], b: &[bool]| a.iter().zip(b).all(|(a, b)| *a || !*b);
            if !times.iter().any(|other| has(other, &now)) {
                times.retain(|other| !has(&now, other));
                times.push(now);
            }
        }
        let columns: usize = groups.iter().map(|group| group.kinds.len()).sum();
        let mut rows: Vec<Entries> = Vec::with_capacity(groups.len() + times.len() * kinds);
        if columns * (groups.len() + times.len() * kinds) > CELLS {
            return None;
        }
        let mut at_time: Vec<Entries> =
            (0..times.len() * kinds).map(|at| (Vec::new(), self.size[at % kinds], false)).collect();
        let mut most = Vec::with_capacity(columns);
        for group in &groups {
            let first = most.len() as u32;
            for (at, &kind) in group.kinds.iter().enumerate() {
                let column = first + at as u32;
                most.push(group.count.min(self.size[kind as usize]) as f64);
                for (number, _) in times.iter().enumerate().filter(|(_, now)| now[group.task]) {
                    at_time[number * kinds + kind as usize].0.push((column, 1));
                }
            }
            let own = first..most.len() as u32;
            rows.push((own.map(|column| (column, -1)).collect(), -group.count, false));
        }
        rows.extend(at_time);
        // Any costs will do; all different, they lead to the end without going round in circles.
        let cost = |column: usize| 1.0 + (column * 37 % 101) as f64 / 101.0;
        let mut program = Simplex::new(columns, (0..columns).map(cost).collect(), &rows);
        program.high[..columns].copy_from_slice(&most);
        program.look(PIVOTS);
        self.work += program.work / 8;
        let weights = &program.weights[groups.len()..];
        let highest = weights.iter().copied().fold(0.0, f64::max);
        if highest <= 0.0 {
            return None;
        }
        let price = |weight: &f64| (weight / highest * WHOLE).round().max(0.0) as i64;
        let prices: Vec<i64> = weights.iter().map(price).collect();
        let mut left = 0;
        for (at, &price) in prices.iter().enumerate() {
            left += price * self.size[at % kinds];
        }
        let mut core = Vec::new();
        for group in &groups {
            let cost = |kind: u32| -> i64 {
                let now = (0..times.len()).filter(|&time| times[time][group.task]);
                now.map(|time| prices[time * kinds + kind as usize]).sum()
            };
            let mut all: Vec<(i64, i64)> =
                group.kinds.iter().map(|&kind| (cost(kind), self.size[kind as usize])).collect();
            all.sort_unstable();
            let (mut count, mut least) = (group.count, 0);
            for (cost, size) in all {
                least += cost * count.min(size);
                count -= count.min(size);
            }
            // Too few whatever their time costs.
            if count > 0 {
                return Some(vec![tasks[group.task]]);
            }
            if least > 0 {
                left -= least;
                core.push(tasks[group.task]);
            }
        }
        core.dedup();
        (left < 0).then_some(core)
    }
}
