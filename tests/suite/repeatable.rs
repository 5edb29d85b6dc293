//! The same input gives the same bytes: on every run, on any number of threads.

use crate::command_line::{made, shotplan};
use crate::support::{planning::planned, show};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use std::path::Path;

/// The saved result of a show, planned in forty steps.
fn result(show: &Path, threads: &str) -> Vec<u8> {
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    shotplan()
        .arg("plan")
        .arg(show)
        .arg("-o")
        .arg(&out)
        .args(["--steps", "40", "--threads", threads])
        .assert()
        .success();
    std::fs::read(out.join("result.json")).expect("a result")
}

#[test]
fn as_many_steps_are_done_as_asked_for() {
    let tightness = Tightness::Tight;
    let archetype = Archetype::Commercial;
    let recipe = Recipe { archetype, seed: 2, tightness, as_of_percent: 0, dirt: false };
    let production = production(&recipe);
    for steps in [0, 1, 5, 63, 64, 65, 200] {
        assert_eq!(planned(&production, steps).steps, steps);
    }
}

#[test]
fn threads_and_runs_change_no_byte() {
    let (_place, show) = made("commercial");
    let first = result(&show, "1");
    for threads in ["1", "2", "4"] {
        assert!(result(&show, threads) == first, "another result with {threads} threads");
    }
}

#[test]
fn the_order_of_rows_changes_no_value() {
    let people = "--- people.csv\nname,department\n";
    let tasks = "--- tasks.csv\nid,shot,department,days,after\n";
    let rows = ["a,s1,ANI,2,", "b,s1,CMP,3,a", "c,s2,ANI,2,", "d,s2,CMP,1,c"];
    let turned: Vec<&str> = rows.into_iter().rev().collect();
    let one = show(&format!("{people}Ann,ANI\nCai,CMP\n{tasks}{}\n", rows.join("\n")));
    let two = show(&format!("{people}Cai,CMP\nAnn,ANI\n{tasks}{}\n", turned.join("\n")));
    // Both have passed the independent check.
    let (one, two) = (planned(&one, 40), planned(&two, 40));
    assert_eq!(one.objective, two.objective);
    assert_eq!(one.plan.assignments.len(), 4);
    assert_eq!(two.plan.assignments.len(), 4);
}
