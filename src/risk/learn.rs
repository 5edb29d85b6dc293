//! How far finished work was from its bids: a spread for each department, class and level, thin data drawn
//! towards what is known of more.

use super::stream::normal;
use crate::model::{Class, Id, Production, Seniority, Status};
use std::collections::BTreeMap;

/// A finished task.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Code of its department.
    pub department: String,
    /// Class of its shot or asset.
    pub class: Option<Class>,
    /// Seniority of the artist who did most of it.
    pub seniority: Option<Seniority>,
    /// Bid, in any unit.
    pub bid: f64,
    /// What it took, in the same unit.
    pub actual: f64,
}

/// The spread of a group of tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedRow {
    /// Code of the department; `None` = all.
    pub department: Option<String>,
    /// Class; `None` = all.
    pub class: Option<Class>,
    /// Seniority; `None` = all.
    pub seniority: Option<Seniority>,
    /// Tasks in the group.
    pub tasks: usize,
    /// Median of actual ÷ bid, as they were, and drawn towards the larger group.
    pub raw_median: f64,
    /// See `raw_median`.
    pub median: f64,
    /// Standard deviation of the logarithm, as it was (none with one task), and drawn towards the larger
    /// group, with what so few tasks leave open about the median.
    pub raw_sigma: Option<f64>,
    /// See `raw_sigma`.
    pub sigma: f64,
}

/// How well spreads foretell tasks they were not learned from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Tasks held out, each once.
    pub tasks: usize,
    /// Share of them inside the middle 80 % of what was foretold.
    pub inside_80: f64,
    /// Share of them inside the middle 50 %.
    pub inside_50: f64,
    /// Share of them no larger than the P80.
    pub below_p80: f64,
}

/// What was learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The group of all tasks, then those of departments, classes and levels.
    pub rows: Vec<LearnedRow>,
    /// On tasks held out, a fifth at a time.
    pub coverage: Coverage,
}

/// Tasks that a group needs to be told by itself, below the department.
const LEAST_TASKS: usize = 5;
/// Parts into which tasks are cut to be held out.
const FOLDS: usize = 5;

/// Finished tasks of a production that have a bid and logged time.
pub fn finished_of(production: &Production) -> Vec<Finished> {
    let mut most: Vec<Option<(i64, usize)>> = vec![None; production.tasks.len()];
    let mut logged: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for log in &production.time_logs {
        *logged.entry((log.task.index(), log.person.index())).or_default() += log.minutes;
    }
    for ((task, person), minutes) in logged {
        let best = &mut most[task];
        if best.is_none_or(|(known, _)| minutes > known) {
            *best = Some((minutes, person));
        }
    }
    let finished = production.tasks.enumerate().filter(|(_, task)| {
        task.status.is_done() && task.status != Status::Omit && !task.bid_assumed
    });
    finished
        .filter(|(_, task)| task.bid > 0 && task.logged > 0)
        .map(|(id, task)| {
            let logs = most[id.index()].map(|(_, person)| person);
            let person = logs.or_else(|| task.assigned.first().map(|person| person.index()));
            Finished {
                department: production.departments[task.department].code.clone(),
                class: production.class_of(task.entity),
                seniority: person.map(|at| production.people.as_slice()[at].seniority),
                bid: task.bid as f64,
                actual: task.logged as f64,
            }
        })
        .collect()
}

/// Fits the logarithm of actual ÷ bid as normal, group by group.
///
/// The mean of a group lies between its own and that of the larger group it is part of, and its variance
/// likewise, both by empirical Bayes: groups differ from each other by some variance `t`, which is what
/// their means vary by beyond chance, and a group of `n` tasks with variance `s` counts `n t ÷ (n t + s)` by
/// itself (James and Stein, 1961). Variances count by their degrees of freedom against those at which the
/// logarithms of all variances vary as they do (Smyth, 2004).
///
/// ```
/// use shotplan::risk::{Finished, learn};
/// let task = |actual| Finished {
///     department: "CMP".into(), class: None, seniority: None, bid: 1.0, actual,
/// };
/// // Half and double: the median is 1, and a logarithm varies by ln 2 = 0.69.
/// let tasks: Vec<Finished> = [0.5, 2.0].iter().cycle().take(100).map(|&a| task(a)).collect();
/// let learned = learn(&tasks);
/// assert!((learned.rows[1].median - 1.0).abs() < 1e-9);
/// assert!((learned.rows[1].sigma - 0.70).abs() < 0.01);
/// ```
pub fn learn(tasks: &[Finished]) -> Learned {
    let usable: Vec<&Finished> = tasks.iter().filter(|task| is_usable(task)).collect();
    let rows = fit(&usable);
    let mut coverage = Coverage::default();
    let (mut inside_80, mut inside_50, mut below) = (0, 0, 0);
    if usable.len() >= 2 * FOLDS {
        for fold in 0..FOLDS {
            let part = |held: bool| {
                let of =
                    usable.iter().enumerate().filter(move |(at, _)| (at % FOLDS == fold) == held);
                of.map(|(_, task)| *task)
            };
            let others: Vec<&Finished> = part(false).collect();
            let known = fit(&others);
            for task in part(true) {
                let Some(row) = nearest(&known, task) else { continue };
                let z = ((task.actual / task.bid).ln() - row.median.ln()) / row.sigma.max(1e-9);
                coverage.tasks += 1;
                inside_80 += usize::from(z.abs() <= normal(0.9));
                inside_50 += usize::from(z.abs() <= normal(0.75));
                below += usize::from(z <= normal(0.8));
            }
        }
        let of = |count: usize| count as f64 / coverage.tasks.max(1) as f64;
        coverage.inside_80 = of(inside_80);
        coverage.inside_50 = of(inside_50);
        coverage.below_p80 = of(below);
    }
    Learned { rows, coverage }
}

fn is_usable(task: &Finished) -> bool {
    let sound = |value: f64| value.is_finite() && value > 0.0;
    sound(task.bid) && sound(task.actual)
}

/// The row that fits a task and names the most of it.
fn nearest<'a>(rows: &'a [LearnedRow], task: &Finished) -> Option<&'a LearnedRow> {
    rows.iter()
        .filter(|row| row.department.as_ref().is_none_or(|own| *own == task.department))
        .filter(|row| row.class.is_none_or(|own| Some(own) == task.class))
        .filter(|row| row.seniority.is_none_or(|own| Some(own) == task.seniority))
        .max_by_key(|row| (row.department.is_some(), row.class.is_some(), row.seniority.is_some()))
}

type Key = (Option<String>, Option<Class>, Option<usize>);

/// Count, mean and sum of squares about it.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let away = value - self.mean;
        self.mean += away / self.count;
        self.squares += away * (value - self.mean);
    }
    fn variance(&self) -> Option<f64> {
        (self.count > 1.0).then(|| self.squares / (self.count - 1.0))
    }
}

const SENIORITIES: [Seniority; 4] =
    [Seniority::Junior, Seniority::Mid, Seniority::Senior, Seniority::Lead];

fn fit(tasks: &[&Finished]) -> Vec<LearnedRow> {
    let mut levels: [BTreeMap<Key, Sums>; 4] = Default::default();
    for task in tasks {
        let ratio = (task.actual / task.bid).ln();
        let department = Some(task.department.clone());
        let level = task.seniority.map(|own| own as usize);
        levels[0].entry((None, None, None)).or_default().add(ratio);
        levels[1].entry((department.clone(), None, None)).or_default().add(ratio);
        if task.class.is_some() {
            levels[2].entry((department.clone(), task.class, None)).or_default().add(ratio);
        }
        if task.class.is_some() && level.is_some() {
            levels[3].entry((department, task.class, level)).or_default().add(ratio);
        }
    }
    let mut known: BTreeMap<Key, (f64, f64)> = BTreeMap::new();
    let mut rows = Vec::new();
    for (depth, groups) in levels.iter().enumerate() {
        let parent = |key: &Key| -> Key {
            match depth {
                0 | 1 => (None, None, None),
                2 => (key.0.clone(), None, None),
                _ => (key.0.clone(), key.1, None),
            }
        };
        let told = |sums: &Sums| depth < 2 || sums.count as usize >= LEAST_TASKS;
        let (between, freedom) = differences(groups.values().filter(|sums| told(sums)).copied());
        let mut found = Vec::new();
        for (key, sums) in groups.iter().filter(|(_, sums)| told(sums)) {
            let whole = sums.variance().unwrap_or(0.0);
            let (mean, variance) = match known.get(&parent(key)) {
                None => (sums.mean, whole),
                Some(&(above, above_variance)) => {
                    let own = sums.variance().unwrap_or(above_variance);
                    let variance = (freedom * above_variance + (sums.count - 1.0) * own)
                        / (freedom + sums.count - 1.0).max(1e-9);
                    let weight =
                        sums.count * between / (sums.count * between + variance).max(1e-12);
                    (above + weight * (sums.mean - above), variance)
                }
            };
            found.push((key.clone(), (mean, variance)));
            rows.push(LearnedRow {
                department: key.0.clone(),
                class: key.1,
                seniority: key.2.map(|at| SENIORITIES[at]),
                tasks: sums.count as usize,
                raw_median: sums.mean.exp(),
                median: mean.exp(),
                raw_sigma: sums.variance().map(f64::sqrt),
                sigma: (variance * (1.0 + 1.0 / sums.count)).sqrt(),
            });
        }
        known.extend(found);
    }
    rows
}

/// By how much the means of groups differ beyond chance (a variance), and how many degrees of freedom what
/// they have in common is worth when variances are drawn together.
fn differences(groups: impl Iterator<Item = Sums>) -> (f64, f64) {
    let rows: Vec<Sums> = groups.filter(|sums| sums.count > 1.0).collect();
    let count = rows.len() as f64;
    if count < 2.0 {
        // Nothing to compare with: a group is what it is.
        return (1e6, 0.0);
    }
    let all: f64 = rows.iter().map(|row| row.count).sum();
    let mean = rows.iter().map(|row| row.count * row.mean).sum::<f64>() / all;
    let within = rows.iter().map(|row| row.squares).sum::<f64>() / (all - count).max(1.0);
    let spread: f64 = rows.iter().map(|row| row.count * (row.mean - mean).powi(2)).sum();
    let scale = all - rows.iter().map(|row| row.count * row.count).sum::<f64>() / all;
    let between = ((spread - (count - 1.0) * within) / scale.max(1e-9)).max(0.0);
    // The logarithm of a variance of d degrees of freedom varies by about 2 ÷ (d − 1).
    let logs: Vec<(f64, f64)> = rows
        .iter()
        .filter(|row| row.count > 3.0 && row.squares > 0.0)
        .map(|row| ((row.squares / (row.count - 1.0)).ln(), 2.0 / (row.count - 2.0)))
        .collect();
    if logs.len() < 2 {
        return (between, 10.0);
    }
    let own = logs.len() as f64;
    let centre = logs.iter().map(|log| log.0).sum::<f64>() / own;
    let seen = logs.iter().map(|log| (log.0 - centre).powi(2)).sum::<f64>() / (own - 1.0);
    let chance = logs.iter().map(|log| log.1).sum::<f64>() / own;
    let beyond = seen - chance;
    (between, if beyond > 0.0 { (1.0 + 2.0 / beyond).clamp(1.0, 200.0) } else { 200.0 })
}
