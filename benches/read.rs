//! Reading is the first thing a producer waits for: at least 200,000 rows a second, from bytes in
//! memory to the model, references resolved.

use criterion::{Criterion, Throughput};
use std::fmt::Write as _;
use std::hint::black_box;

const TASKS: usize = 50_000;

/// Adds the benches of reading.
pub fn define(c: &mut Criterion) {
    let mut tasks = String::from("id,shot,department,bid,status,logged,due,assigned,after\n");
    for number in 0..TASKS {
        let shot = number / 5;
        let department = ["MM", "ANI", "FX", "LGT", "CMP"][number % 5];
        let after = ["", "MM", "ANI", "ANI", "LGT"][number % 5];
        let _ = writeln!(
            tasks,
            "t{number},{:03}_{shot:05},{department},{}.5d,ready,2h,2027-03-{:02},p{},{after}",
            shot / 100,
            number % 7,
            number % 28 + 1,
            number % 300
        );
    }
    let mut people = String::from("id,department\n");
    for number in 0..300 {
        let _ = writeln!(people, "p{number},{}", ["MM", "ANI", "FX", "LGT", "CMP"][number % 5]);
    }
    let files = [("people.csv", people.as_bytes()), ("tasks.csv", tasks.as_bytes())];
    let reading = shotplan::read::from_texts(&files);
    assert_eq!(reading.rows, TASKS + 300);
    assert!(!reading.has_errors());

    let mut group = c.benchmark_group("read");
    group.sample_size(10).throughput(Throughput::Elements(reading.rows as u64));
    group.bench_function("50,000 tasks", |b| {
        b.iter(|| black_box(shotplan::read::from_texts(black_box(&files)).rows));
    });
    group.finish();
}
