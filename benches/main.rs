//! All benches: each module says why it exists and asserts the answer it times.
//!
//! `cargo bench` times them; `cargo bench -- --test` runs each once, on the smallest show of its list.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use criterion::Criterion;

mod check;
mod engine;
mod forecast;
mod generate;
mod graph;
mod levers;
mod linear;
mod read;
mod risk;
mod scenarios;
mod staffing;
mod verify;

/// Whether benches only have to work: nothing is timed, so that large shows would show nothing more.
pub fn is_test() -> bool {
    std::env::args().any(|word| word == "--test")
}

/// What is timed of a list that begins with the smallest.
pub fn timed<T>(sizes: &[T]) -> &[T] {
    if is_test() { &sizes[..1] } else { sizes }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    read::define(&mut criterion);
    check::define(&mut criterion);
    graph::define(&mut criterion);
    engine::define(&mut criterion);
    staffing::define(&mut criterion);
    levers::define(&mut criterion);
    linear::define(&mut criterion);
    verify::define(&mut criterion);
    forecast::define(&mut criterion);
    risk::define(&mut criterion);
    scenarios::define(&mut criterion);
    generate::define(&mut criterion);
    criterion.final_summary();
}
