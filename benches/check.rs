//! How long it takes to judge the data of a studio: coordinators do it all day, so it must answer
//! within a second.

use crate::graph::studio;
use criterion::Criterion;
use shotplan::check;
use std::hint::black_box;

pub fn define(c: &mut Criterion) {
    let studio = studio();
    let issues = check::production(&studio);
    // Every deadline can be kept and nothing is loose: the studio is made to be sound.
    assert!(issues.is_empty(), "{} issues, the first {:?}", issues.len(), issues[0]);
    assert_eq!(check::score(&studio, &issues), 100);

    let mut group = c.benchmark_group("check");
    group.sample_size(10);
    group.bench_function("studio of 60,000 tasks", |b| {
        b.iter(|| check::production(black_box(&studio)));
    });
    group.finish();
}
