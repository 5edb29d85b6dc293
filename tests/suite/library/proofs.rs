//! Proofs on published instances with known optima, in the folder that `SHOTPLAN_BENCHMARKS` names:
//! what is closed is closed at the optimum, and no bound is above it.

use shotplan::read::library::instance;
use shotplan::solve::project::bounds::Windows;
use shotplan::solve::project::modes::Modes;
use shotplan::solve::project::proving::{Aim, Proving};
use shotplan::verify::library::faults;
use std::path::Path;

/// What a proof from nothing came to within so much work.
enum Verdict {
    Closed,
    Open,
}

fn prove(path: &Path, lower: Option<u64>, upper: Option<u64>, work: u64) -> Verdict {
    let name = path.display();
    let bytes = std::fs::read(path).expect("an instance");
    let project = instance(&String::from_utf8_lossy(&bytes)).expect("an instance").project;
    let Ok(windows) = Windows::of(&project) else {
        assert_eq!(upper, None, "{name}: ruled out by its links");
        return Verdict::Closed;
    };
    let modes = Modes::of(&project);
    let mut proving = Proving::of(&project, &windows, &modes, project.horizon(), Aim::End)
        .expect("resources, budgets and links only");
    proving.round(work, None, 0, &|| false);
    let found = proving.found.take();
    let makespan = found.as_ref().map(|found| u64::from(found.makespan(&project)));
    if let Some(found) = &found {
        assert_eq!(faults(&project, found), Vec::<String>::new(), "{name}");
        assert!(lower.is_some(), "{name}: a timetable where none exists");
    }
    assert!(makespan >= lower || makespan.is_none(), "{name}: {makespan:?} beats {lower:?}");
    match (upper, makespan) {
        (Some(upper), _) => assert!(proving.bound <= upper, "{name}: bound {}", proving.bound),
        (None, Some(makespan)) => assert!(proving.bound <= makespan, "{name}"),
        (None, None) => {}
    }
    if !proving.is_closed {
        return Verdict::Open;
    }
    assert_eq!(upper.is_some(), makespan.is_some(), "{name}: closed, but {upper:?} is known");
    assert!(makespan <= upper, "{name}: closed at {makespan:?}, but {upper:?} is known");
    Verdict::Closed
}

#[test]
fn proofs_agree_with_known_optima() {
    let Some(folder) = std::env::var_os("SHOTPLAN_BENCHMARKS") else {
        println!("skipped: SHOTPLAN_BENCHMARKS is not set");
        return;
    };
    let is_slow = std::env::var("SHOTPLAN_SLOW").is_ok_and(|value| value == "1");
    let families = [
        ("rcpsp-j30", 90),
        ("rcpsp-j60", 70),
        ("rcpsp-max", 70),
        ("mrcpsp-j10", 90),
        ("mrcpsp-j20", 50),
    ];
    for (family, least) in families {
        let family = Path::new(&folder).join(family);
        let Ok(bounds) = std::fs::read_to_string(family.join("bounds.csv")) else { continue };
        let rows: Vec<&str> = bounds.lines().skip(1).collect();
        let stride = if is_slow { 1 } else { rows.len().div_ceil(12).max(1) };
        let (mut tried, mut closed) = (0, 0);
        for row in rows.iter().step_by(stride) {
            let cells: Vec<&str> = row.split(',').collect();
            let path = family.join(cells[0]);
            let verdict = prove(&path, cells[1].parse().ok(), cells[2].parse().ok(), 3_000_000);
            tried += 1;
            closed += usize::from(matches!(verdict, Verdict::Closed));
        }
        println!("{}: {closed} of {tried} closed", family.display());
        assert!(closed * 100 >= tried * least, "{}: {closed} of {tried}", family.display());
    }
}
