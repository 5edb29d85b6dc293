//! Tiny questions against enumeration: the optimum, feasibility, every bound, every clause learned,
//! every explanation.

use super::domains::Lit;
use super::{Finding, Prover, Question};
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A question that owns its numbers.
struct Tiny {
    durations: Vec<i32>,
    uses: Vec<i32>,
    capacities: Vec<i32>,
    lags: Vec<(u32, u32, i32)>,
    earliest: Vec<i32>,
    latest: Vec<i32>,
}

impl Tiny {
    fn draw(seed: u64) -> Self {
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let tasks: usize = random.random_range(3..=4);
        let resources = random.random_range(1..=2);
        // Now and then a capacity too large for packed profiles.
        let scale = if random.random_range(0..5) == 0 { 20_000 } else { 1 };
        let capacities: Vec<i32> =
            (0..resources).map(|_| random.random_range(1..=4) * scale).collect();
        let mut durations: Vec<i32> = (0..tasks).map(|_| random.random_range(0..=4)).collect();
        let mut uses: Vec<i32> = (0..tasks)
            .flat_map(|_| capacities.clone())
            .map(|all| random.random_range(0..=all / scale) * scale)
            .collect();
        let mut lags: Vec<(u32, u32, i32)> = Vec::new();
        for (a, &duration) in durations.iter().enumerate() {
            for b in 0..tasks {
                match random.random_range(0..14) {
                    0 if b > a => lags.push((a as u32, b as u32, duration)),
                    1 if a != b => lags.push((a as u32, b as u32, random.random_range(-4..=2))),
                    _ => {}
                }
            }
        }
        lags.extend((0..tasks).map(|task| (task as u32, tasks as u32, durations[task])));
        let origin = random.random_range(-3..=3);
        let last = random.random_range(3..=5);
        let earliest = (0..=tasks).map(|_| origin + random.random_range(0..3) / 2).collect();
        let mut latest: Vec<i32> =
            (0..tasks).map(|_| origin + last - random.random_range(0..3) / 2).collect();
        latest.push(origin + last + 2);
        durations.push(0);
        uses.extend(capacities.iter().map(|_| 0));
        Self { durations, uses, capacities, lags, earliest, latest }
    }

    fn question(&self) -> Question<'_> {
        Question {
            durations: &self.durations,
            uses: &self.uses,
            capacities: &self.capacities,
            lags: &self.lags,
            earliest: &self.earliest,
            latest: &self.latest,
            goal: self.goal() as u32,
        }
    }

    fn goal(&self) -> usize {
        self.durations.len() - 1
    }

    /// Whether the first tasks may start so.
    fn holds(&self, starts: &[i32]) -> bool {
        let resources = self.capacities.len();
        let known = starts.len();
        let late = |&&(a, b, lag): &&(u32, u32, i32)| {
            let (a, b) = (a as usize, b as usize);
            a < known && b < known && starts[b] < starts[a] + lag
        };
        if self.lags.iter().find(late).is_some() {
            return false;
        }
        // A resource is at its fullest when something starts.
        starts.iter().all(|&time| {
            (0..resources).all(|resource| {
                let runs = |task: &usize| {
                    starts[*task] <= time && time < starts[*task] + self.durations[*task]
                };
                let taken: i32 = (0..known)
                    .filter(runs)
                    .map(|task| self.uses[task * resources + resource])
                    .sum();
                taken <= self.capacities[resource]
            })
        })
    }

    /// All schedules, the goal at every time it may have up to one.
    fn schedules(&self, goal_until: i32) -> Vec<Vec<i32>> {
        let mut all = vec![Vec::new()];
        for task in 0..self.durations.len() {
            let until = if task == self.goal() { goal_until } else { i32::MAX };
            let times = self.earliest[task]..=self.latest[task].min(until);
            all = all
                .iter()
                .flat_map(|starts| times.clone().map(|time| [&starts[..], &[time]].concat()))
                .filter(|starts| self.holds(starts))
                .collect();
        }
        all
    }
}

fn holds(lit: Lit, starts: &[i32]) -> bool {
    let start = starts[lit.half as usize / 2];
    if lit.half.is_multiple_of(2) { start >= lit.value } else { -start >= lit.value }
}

/// Explanations in all, and how many of them would be wrong with a literal less.
struct Judged {
    explanations: usize,
    needed: usize,
}

fn judge(seed: u64, deep: bool) -> Judged {
    let tiny = Tiny::draw(seed);
    let reached = |until: &i32| !tiny.schedules(*until).is_empty();
    let best = (tiny.earliest[tiny.goal()]..=tiny.latest[tiny.goal()]).find(reached);
    let mut prover = Prover::new(&tiny.question()).expect("a tiny question");
    let mut found = None;
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    loop {
        let small = random.random_range(1..200);
        match prover.run(small, &mut || false) {
            Finding::Better(starts) => {
                assert!(tiny.holds(&starts), "seed {seed}: not a schedule: {starts:?}");
                let reached = starts[tiny.goal()];
                assert!(found.is_none_or(|known| reached < known), "seed {seed}: no better");
                found = Some(reached);
            }
            Finding::Raised(bound) => {
                assert!(best.is_none_or(|best| bound <= best), "seed {seed}: bound {bound}");
            }
            Finding::Closed => break,
            Finding::Paused => {}
        }
    }
    assert_eq!(found, best, "seed {seed}");
    if let Some(best) = best {
        assert_eq!(prover.lower_bound(), best, "seed {seed}");
    }
    let mut judged = Judged { explanations: prover.explained.len(), needed: 0 };
    if !deep {
        return judged;
    }
    let mut all = tiny.schedules(i32::MAX);
    all.iter_mut().for_each(|starts| prover.guide_of(starts));
    for (below, clause) in &prover.learned {
        let ones = all.iter().filter(|starts| starts[tiny.goal()] <= *below);
        for starts in ones {
            let kept = clause.iter().any(|&lit| holds(lit, starts));
            assert!(kept, "seed {seed}: {clause:?} forbids {starts:?}");
        }
    }
    for (below, reason, lit) in &prover.explained {
        let follows = |reason: &[Lit]| {
            let inside = |starts: &&Vec<i32>| {
                starts[tiny.goal()] <= *below && reason.iter().all(|&lit| holds(lit, starts))
            };
            all.iter().filter(inside).all(|starts| holds(*lit, starts))
        };
        assert!(follows(reason), "seed {seed}: {lit:?} does not follow from {reason:?}");
        let needed = |at: usize| !follows(&[&reason[..at], &reason[at + 1..]].concat());
        judged.needed += usize::from((0..reason.len()).any(needed));
    }
    judged
}

#[test]
fn enumeration_agrees() {
    let mut total = Judged { explanations: 0, needed: 0 };
    for seed in 0..2_000 {
        let deep = seed < 600;
        let judged = judge(seed, deep);
        total.explanations += if deep { judged.explanations } else { 0 };
        total.needed += judged.needed;
    }
    // The judge of explanations is no rubber stamp: literals left out are noticed.
    assert!(total.explanations > 150, "{}", total.explanations);
    assert!(total.needed * 3 > total.explanations, "{} of {}", total.needed, total.explanations);
}

#[test]
fn senseless_numbers_are_refused_or_refuted() {
    let mut random = Pcg64Mcg::seed_from_u64(7);
    let mut draw = |count: usize| -> Vec<i32> {
        (0..count)
            .map(|_| match random.next_u32() % 6 {
                0 => i32::MAX,
                1 => i32::MIN,
                2 => -1,
                3 => 1 << 26,
                other => other as i32,
            })
            .collect()
    };
    for _ in 0..2_000 {
        let (durations, uses, capacities) = (draw(3), draw(3), draw(1));
        let (earliest, latest, lag) = (draw(3), draw(3), draw(2));
        let lags = [(0, 1, lag[0]), (1, 2, lag[1])];
        let question = Question {
            durations: &durations,
            uses: &uses,
            capacities: &capacities,
            lags: &lags,
            earliest: &earliest,
            latest: &latest,
            goal: 2,
        };
        if let Some(mut prover) = Prover::new(&question) {
            prover.run(10_000, &mut || false);
        }
    }
}

#[test]
fn work_counts_the_same_everywhere() {
    let tiny = Tiny::draw(11);
    let trace = || {
        let mut prover = Prover::new(&tiny.question()).expect("a tiny question");
        let findings: Vec<Finding> = (0..6).map(|_| prover.run(40, &mut || false)).collect();
        (findings, prover.work(), prover.conflicts())
    };
    assert_eq!(trace(), trace());
}
