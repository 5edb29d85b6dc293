//! Published instances in the folder that the variable `SHOTPLAN_BENCHMARKS` names: no timetable beats
//! a published lower bound, no bound of ours beats a published timetable. Without it the test says so
//! and passes.

use super::solved::steps;
use shotplan::read::library::instance;
use shotplan::solve::project::{Status, solve};
use shotplan::verify::library::faults;
use std::path::Path;

#[test]
fn nothing_contradicts_a_published_bound() {
    let Some(folder) = std::env::var_os("SHOTPLAN_BENCHMARKS") else {
        println!("skipped: SHOTPLAN_BENCHMARKS is not set");
        return;
    };
    let is_slow = std::env::var("SHOTPLAN_SLOW").is_ok_and(|value| value == "1");
    let mut tried = 0;
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let family = entry.expect("an entry").path();
        if let Ok(bounds) = std::fs::read_to_string(family.join("bounds.csv")) {
            let rows: Vec<&str> = bounds.lines().skip(1).collect();
            let stride = if is_slow { 1 } else { rows.len().div_ceil(3).max(1) };
            for row in rows.into_iter().step_by(stride) {
                judge(&family, row);
                tried += 1;
            }
        }
    }
    assert!(tried > 0, "no instance was found");
}

fn judge(family: &Path, row: &str) {
    let cells: Vec<&str> = row.split(',').collect();
    let (name, lower, upper) =
        (cells[0], cells[1].parse::<i64>().ok(), cells[2].parse::<i64>().ok());
    let bytes = std::fs::read(family.join(name)).expect("an instance");
    let read =
        instance(&String::from_utf8_lossy(&bytes)).unwrap_or_else(|why| panic!("{name}: {why}"));
    let answer = solve(&read.project, &steps(50), &|| false);
    if let Some(best) = &answer.best {
        assert_eq!(faults(&read.project, best), Vec::<String>::new(), "{name}");
        let value = answer.value.expect("a timetable has a value");
        assert!(lower.is_some(), "{name}: {value} found where no timetable exists");
        assert!(lower.is_some_and(|lower| lower <= value), "{name}: {value} beats {lower:?}");
    }
    assert!(
        answer.status != Status::Infeasible || upper.is_none(),
        "{name}: refuted, but {upper:?}"
    );
    if let (Some(upper), Some(bound)) = (upper, answer.lower_bound) {
        let best = answer.value.unwrap_or(upper).min(upper);
        assert!(bound <= best, "{name}: bound {bound} is above a timetable of {best}");
    }
}
