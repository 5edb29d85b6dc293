//! How good answers are, family by family: makespan and bound against the best known ones.
//!
//! Exists because speed says nothing of quality. Reads the folder named by `SHOTPLAN_BENCHMARKS` (a
//! folder a family with `bounds.csv`) and prints a table a family, losses first:
//!
//!     SHOTPLAN_BENCHMARKS=… cargo bench --bench quality
//!
//! `SHOTPLAN_QUALITY_SECONDS` (2), `_SAMPLE` (10 instances a family, spread over its list), `_THREADS`
//! (2), `_FAMILY` (part of a name) and `_SEED` (1) change what is run. With `--test`: one instance a
//! family, in steps, which is also how it runs without being asked for anything.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use shotplan::read::library::instance;
use shotplan::solve::Limit;
use shotplan::solve::project::{Objective, Options, Status, solve};
use shotplan::verify::library::faults;
use std::path::Path;
use std::time::Duration;

struct Row {
    name: String,
    value: Option<i64>,
    bound: Option<i64>,
    status: Status,
    /// Best known lower and upper bound.
    known: (Option<i64>, Option<i64>),
    is_refused: bool,
}

impl Row {
    /// Per cent above the best known value.
    fn gap(&self) -> Option<f64> {
        let (value, best) = (self.value?, self.known.1?);
        Some(100.0 * (value - best) as f64 / best.max(1) as f64)
    }

    /// Per cent below the best known bound.
    fn bound_gap(&self) -> Option<f64> {
        let (bound, best) = (self.bound?, self.known.0?);
        Some(100.0 * (best - bound) as f64 / best.max(1) as f64)
    }
}

fn setting(name: &str, default: f64) -> f64 {
    let text = std::env::var(format!("SHOTPLAN_QUALITY_{name}")).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() {
    let Some(folder) = std::env::var_os("SHOTPLAN_BENCHMARKS") else {
        println!("skipped: SHOTPLAN_BENCHMARKS is not set");
        return;
    };
    let is_test = std::env::args().any(|word| word == "--test");
    let sample = if is_test { 1 } else { setting("SAMPLE", 10.0).max(1.0) as usize };
    let seconds = setting("SECONDS", 2.0).clamp(0.01, 1e6);
    let options = Options {
        limit: match is_test {
            true => Limit::Steps(20),
            false => Limit::Time(Duration::from_secs_f64(seconds)),
        },
        threads: setting("THREADS", 2.0).max(1.0) as usize,
        seed: setting("SEED", 1.0) as u64,
        objective: Objective::Makespan,
        deadline: None,
    };
    let wanted = std::env::var("SHOTPLAN_QUALITY_FAMILY").unwrap_or_default();
    println!(
        "{} {}, {:?}, {} threads, seed {}",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
        options.limit,
        options.threads,
        options.seed
    );
    let mut families: Vec<_> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("bounds.csv").is_file())
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .collect();
    families.sort();
    for family in families {
        let text = std::fs::read_to_string(family.join("bounds.csv")).expect("bounds.csv");
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let stride = lines.len().div_ceil(sample).max(1);
        let rows: Vec<Row> =
            lines.into_iter().step_by(stride).map(|line| row(&family, line, &options)).collect();
        print(&family, rows);
    }
}

fn row(family: &Path, line: &str, options: &Options) -> Row {
    let cells: Vec<&str> = line.split(',').collect();
    let bytes = std::fs::read(family.join(cells[0])).expect("an instance");
    let read = instance(&String::from_utf8_lossy(&bytes)).expect("a readable instance");
    let answer = solve(&read.project, options, &|| false);
    let found = answer.best.as_ref().map(|best| faults(&read.project, best));
    Row {
        name: cells[0].to_owned(),
        value: answer.value,
        bound: answer.lower_bound,
        status: answer.status,
        known: (cells[1].parse().ok(), cells[2].parse().ok()),
        is_refused: found.is_some_and(|found| !found.is_empty()),
    }
}

fn print(family: &Path, mut rows: Vec<Row>) {
    let mean = |values: Vec<f64>| match values.len() {
        0 => "-".to_owned(),
        count => format!("{:.2} %", values.iter().sum::<f64>() / count as f64),
    };
    let count = |test: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| test(row)).count();
    println!(
        "\n{}: {} instances, {} solved, {} proven, gap {}, bound gap {}, {} better than known, \
         {} refused",
        family.file_name().unwrap_or_default().to_string_lossy(),
        rows.len(),
        count(&|row| row.value.is_some()),
        count(&|row| matches!(row.status, Status::Optimal | Status::Infeasible)),
        mean(rows.iter().filter_map(Row::gap).collect()),
        mean(rows.iter().filter_map(Row::bound_gap).collect()),
        count(&|row| row.gap().is_some_and(|gap| gap < 0.0)),
        count(&|row| row.is_refused),
    );
    assert_eq!(count(&|row| row.is_refused), 0, "the check refused a timetable");
    rows.sort_by(|a, b| {
        let gap = |row: &Row| row.gap().unwrap_or(f64::MAX);
        gap(b).total_cmp(&gap(a)).then(a.name.cmp(&b.name))
    });
    for row in rows.iter().filter(|row| row.gap().is_none_or(|gap| gap > 0.0)).take(5) {
        let word = |value: Option<i64>| value.map_or("-".to_owned(), |value| value.to_string());
        println!(
            "  {:<44} {:>8} (known {:>6}) bound {:>8} (known {:>6}) {:?}",
            row.name,
            word(row.value),
            word(row.known.1),
            word(row.bound),
            word(row.known.0),
            row.status
        );
    }
}
