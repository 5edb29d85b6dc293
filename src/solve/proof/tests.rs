//! Tiny questions against enumeration: the optimum, feasibility, every bound, every clause learned,
//! every explanation.

use super::domains::Lit;
use super::{Finding, Prover, Question, Schedule};
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A question that owns its numbers.
struct Tiny {
    first_mode: Vec<u32>,
    durations: Vec<i32>,
    uses: Vec<i32>,
    capacities: Vec<i32>,
    spends: Vec<i64>,
    budgets: Vec<i64>,
    rates: Vec<i64>,
    initial: Vec<i64>,
    takes: Vec<i64>,
    gives: Vec<i64>,
    people: usize,
    first_place: Vec<u32>,
    able: Vec<u64>,
    lags: Vec<(u32, u32, i32)>,
    waits: Vec<(u32, u32, i32)>,
    earliest: Vec<i32>,
    latest: Vec<i32>,
}

impl Tiny {
    /// Every other question has tasks with several modes.
    fn draw(seed: u64) -> Self {
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let many = seed % 2 == 1;
        let tasks: usize = if many { 3 } else { random.random_range(3..=4) };
        let resources = random.random_range(1..=2);
        // Now and then a capacity too large for packed profiles.
        let scale = if random.random_range(0..5) == 0 { 20_000 } else { 1 };
        let capacities: Vec<i32> =
            (0..resources).map(|_| random.random_range(1..=4) * scale).collect();
        let mut first_mode = vec![0_u32];
        let (mut durations, mut uses, mut spends) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..tasks {
            let modes = if many { random.random_range(1..=3) } else { 1 };
            let mut own: Vec<i32> = (0..modes).map(|_| random.random_range(0..=4)).collect();
            own.sort_unstable();
            durations.extend(own);
            for _ in 0..modes {
                uses.extend(
                    capacities.iter().map(|all| random.random_range(0..=all / scale) * scale),
                );
                spends.push(random.random_range(0..=4_i64));
            }
            first_mode.push(durations.len() as u32);
        }
        let (mut lags, mut waits) = (Vec::new(), Vec::new());
        for a in 0..tasks as u32 {
            for b in 0..tasks as u32 {
                match random.random_range(0..14) {
                    0 if b > a => waits.push((a, b, 0)),
                    1 if a != b => lags.push((a, b, random.random_range(-4..=2))),
                    2 if a != b && many => waits.push((a, b, random.random_range(-6..=0))),
                    _ => {}
                }
            }
        }
        waits.extend((0..tasks as u32).map(|task| (task, tasks as u32, 0)));
        let origin = random.random_range(-3..=3);
        let last = random.random_range(3..=5);
        let earliest = (0..=tasks).map(|_| origin + random.random_range(0..3) / 2).collect();
        let mut latest: Vec<i32> =
            (0..tasks).map(|_| origin + last - random.random_range(0..3) / 2).collect();
        latest.push(origin + last + 2);
        durations.push(0);
        first_mode.push(durations.len() as u32);
        uses.extend(capacities.iter().map(|_| 0));
        spends.push(0);
        let budgets = vec![random.random_range(3..=9)];
        let budgets = if many { budgets } else { vec![i64::from(u32::MAX)] };
        // Now and then what is spent beyond the budget makes the goal late.
        let rates = if seed % 6 == 1 { vec![random.random_range(1..=2)] } else { Vec::new() };
        let stocks = if many { 0 } else { random.random_range(0..=1) };
        let initial = (0..stocks).map(|_| random.random_range(0..=3)).collect();
        let mut amounts = || -> Vec<i64> {
            let mut own: Vec<i64> =
                (0..tasks * stocks).map(|_| (random.random_range(0..=5) - 2).max(0)).collect();
            own.extend((0..stocks).map(|_| 0));
            own
        };
        let (takes, gives) = (amounts(), amounts());
        // People in half of the questions with one mode a task; any set of them may do a place.
        let people = if many || seed.is_multiple_of(4) { 0 } else { random.random_range(1..=4) };
        let (mut first_place, mut able) = (Vec::new(), Vec::new());
        if people > 0 {
            first_place.push(0);
            for task in 0..=tasks {
                let places = if task < tasks { random.random_range(0..4) / 2 + 1 } else { 0 };
                let fair = random.random_range(1..1_u64 << people);
                able.extend((0..places).map(|_| match random.random_range(0..3) {
                    0 => random.random_range(0..1_u64 << people),
                    _ => fair,
                }));
                first_place.push(able.len() as u32);
            }
        }
        Self {
            people,
            first_place,
            able,
            initial,
            takes,
            gives,
            first_mode,
            durations,
            uses,
            capacities,
            spends,
            budgets,
            rates,
            lags,
            waits,
            earliest,
            latest,
        }
    }

    fn question(&self) -> Question<'_> {
        Question {
            first_mode: &self.first_mode,
            durations: &self.durations,
            uses: &self.uses,
            capacities: &self.capacities,
            spends: &self.spends,
            budgets: &self.budgets,
            rates: &self.rates,
            initial: &self.initial,
            takes: &self.takes,
            gives: &self.gives,
            people: self.people,
            first_place: &self.first_place,
            able: &self.able,
            lags: &self.lags,
            waits: &self.waits,
            earliest: &self.earliest,
            latest: &self.latest,
            goal: self.goal() as u32,
        }
    }

    fn goal(&self) -> usize {
        self.earliest.len() - 1
    }

    fn mode(&self, modes: &[u32], task: usize) -> usize {
        (self.first_mode[task] + modes[task]) as usize
    }

    /// What the goal adds to the budget; at its latest as long as it is not known.
    fn added(&self, starts: &[i32]) -> i64 {
        let goal = starts.get(self.goal()).unwrap_or(&self.latest[self.goal()]);
        self.rates.first().map_or(0, |rate| rate * i64::from(*goal))
    }

    /// Whether the first tasks may start so, in these modes.
    fn holds(&self, starts: &[i32], modes: &[u32]) -> bool {
        let resources = self.capacities.len();
        let known = starts.len();
        let lasts = |task: usize| self.durations[self.mode(modes, task)];
        let late = |from_end: bool| {
            move |&&(a, b, lag): &&(u32, u32, i32)| {
                let (a, b) = (a as usize, b as usize);
                a < known
                    && b < known
                    && starts[b] < starts[a] + lag + if from_end { lasts(a) } else { 0 }
            }
        };
        let spent: i64 = (0..known).map(|task| self.spends[self.mode(modes, task)]).sum();
        if self.lags.iter().find(late(false)).is_some()
            || self.waits.iter().find(late(true)).is_some()
            || spent > self.budgets[0] + self.added(starts)
        {
            return false;
        }
        // A stock is at its lowest when something starts; looked at once all are known.
        let is_all = known == self.earliest.len();
        let is_short = |time: i32| {
            let there = |task: &usize| starts[*task] + lasts(*task) <= time;
            let begun = |task: &usize| starts[*task] <= time;
            let given: i64 = (0..known).filter(there).map(|task| self.gives[task]).sum();
            let taken: i64 = (0..known).filter(begun).map(|task| self.takes[task]).sum();
            self.initial[0] + given < taken
        };
        if is_all && !self.initial.is_empty() && starts.iter().any(|&time| is_short(time)) {
            return false;
        }
        if is_all && self.people > 0 && !self.staffed(starts, &mut Vec::new()) {
            return false;
        }
        // A resource is at its fullest when something starts.
        starts.iter().all(|&time| {
            (0..resources).all(|resource| {
                let runs =
                    |task: &usize| starts[*task] <= time && time < starts[*task] + lasts(*task);
                let taken: i32 = (0..known)
                    .filter(runs)
                    .map(|task| self.uses[self.mode(modes, task) * resources + resource])
                    .sum();
                taken <= self.capacities[resource]
            })
        })
    }

    /// Whether the places from the first open one on can be filled, those before it being filled so.
    fn staffed(&self, starts: &[i32], crew: &mut Vec<u32>) -> bool {
        if crew.len() == self.able.len() {
            return true;
        }
        (0..self.people as u32).any(|person| {
            crew.push(person);
            let ok = self.seated(starts, crew) && self.staffed(starts, crew);
            crew.pop();
            ok
        })
    }

    /// Whether the person in the last filled place may be there beside those in the places before.
    fn seated(&self, starts: &[i32], crew: &[u32]) -> bool {
        let task_of =
            |place: usize| self.first_place.iter().position(|&at| at as usize > place).unwrap() - 1;
        let (last, person) = (crew.len() - 1, crew[crew.len() - 1]);
        let mine = task_of(last);
        let apart = |other: usize| {
            let [a, b] =
                [mine, other].map(|task| (starts[task], starts[task] + self.durations[task]));
            mine != other && (a.1 <= b.0 || b.1 <= a.0 || a.0 == a.1 || b.0 == b.1)
        };
        let free = (0..last).all(|place| crew[place] != person || apart(task_of(place)));
        free && self.able[last] >> person & 1 == 1
    }

    /// All schedules, the goal at every time it may have up to one.
    fn schedules(&self, goal_until: i32) -> Vec<Schedule> {
        let mut all = vec![Schedule::default()];
        for task in 0..=self.goal() {
            let until = if task == self.goal() { goal_until } else { i32::MAX };
            let times = self.earliest[task]..=self.latest[task].min(until);
            let modes = 0..self.first_mode[task + 1] - self.first_mode[task];
            let choices: Vec<(i32, u32)> =
                times.flat_map(|time| modes.clone().map(move |mode| (time, mode))).collect();
            all = all
                .iter()
                .flat_map(|known| {
                    choices.iter().map(|&(time, mode)| Schedule {
                        starts: [&known.starts[..], &[time]].concat(),
                        modes: [&known.modes[..], &[mode]].concat(),
                        crew: Vec::new(),
                    })
                })
                .filter(|schedule| self.holds(&schedule.starts, &schedule.modes))
                .collect();
        }
        all
    }
}

fn holds(lit: Lit, values: &[i32]) -> bool {
    let value = values[lit.half as usize / 2];
    if lit.half.is_multiple_of(2) { value >= lit.value } else { -value >= lit.value }
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
            Finding::Better(Schedule { starts, modes, crew }) => {
                let is_one = tiny.holds(&starts, &modes);
                assert!(is_one, "seed {seed}: not a schedule: {starts:?}, {modes:?}");
                assert_eq!(crew.len(), tiny.able.len());
                for until in 1..=crew.len() {
                    let is_free = tiny.seated(&starts, &crew[..until]);
                    assert!(is_free, "seed {seed}: {crew:?} at {starts:?}");
                }
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
    let all: Vec<Vec<i32>> =
        tiny.schedules(i32::MAX).iter().map(|schedule| prover.values_of(schedule)).collect();
    for (below, clause) in &prover.learned {
        let ones = all.iter().filter(|values| values[tiny.goal()] <= *below);
        for values in ones {
            let kept = clause.iter().any(|&lit| holds(lit, values));
            assert!(kept, "seed {seed}: {clause:?} forbids {values:?}");
        }
    }
    for (below, reason, lit) in &prover.explained {
        let follows = |reason: &[Lit]| {
            let inside = |values: &&Vec<i32>| {
                values[tiny.goal()] <= *below && reason.iter().all(|&lit| holds(lit, values))
            };
            all.iter().filter(inside).all(|values| holds(*lit, values))
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
    for seed in 0..3_000 {
        let deep = seed < 1_000;
        let judged = judge(seed, deep);
        total.explanations += if deep { judged.explanations } else { 0 };
        total.needed += judged.needed;
    }
    // The judge of explanations is no rubber stamp: literals left out are noticed.
    assert!(total.explanations > 150, "{}", total.explanations);
    assert!(total.needed * 4 > total.explanations, "{} of {}", total.needed, total.explanations);
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
            first_mode: &[0, 1, 2, 3],
            durations: &durations,
            uses: &uses,
            capacities: &capacities,
            spends: &[],
            budgets: &[],
            rates: &[],
            initial: &[],
            takes: &[],
            gives: &[],
            people: 0,
            first_place: &[],
            able: &[],
            lags: &lags,
            waits: &lags,
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
