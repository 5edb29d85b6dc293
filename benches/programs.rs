//! What the linear programs cost and what is lost by seeing a show coarsely, in tables for `src/docs/design.md`.
//!
//! `cargo bench --bench programs`, or `-- aggregation`, `-- sizes`, `-- backends` for one of the tables; `-- --test`
//! makes each for a commercial only. Seconds are those of the processor, of one thread, so that other work on the
//! machine counts little.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use shotplan::compare::{Goal, Options, Tried};
use shotplan::formulate::Problem;
use shotplan::formulate::levers::levers;
use shotplan::formulate::program::Program;
use shotplan::formulate::staffing::{Grid, Kind, Known, Staffing, staffing, staffing_within};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::{Lane, MilestoneKind, Mode, Production, Timeline, availability};
use shotplan::solve::Limit;
use shotplan::solve::bounds::heads;
use shotplan::solve::known;
use shotplan::solve::levers::{Asking, cheapest};
use shotplan::solve::linear::{Backend, Settings, solve};
use std::time::Instant;

/// Seconds of the processor that the process has used; of the clock where the system does not say.
fn seconds(start: Instant) -> f64 {
    let used = || -> Option<f64> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: f64 = fields.get(11)?.parse().ok()?;
        Some(ticks / 100.0)
    };
    used().unwrap_or_else(|| start.elapsed().as_secs_f64())
}

fn timed<T>(what: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let before = seconds(start);
    let made = what();
    (made, seconds(start) - before)
}

struct Case {
    name: &'static str,
    show: Production,
    timeline: Timeline,
    lanes: Vec<Lane>,
    known: Known,
}

const MODE: Mode = Mode::Balanced;

fn case(archetype: Archetype, tightness: Tightness) -> Case {
    let name = match archetype {
        Archetype::Commercial => "commercial",
        Archetype::Episodic => "episodic",
        Archetype::Feature => "feature",
        Archetype::Studio => "studio",
    };
    let recipe = Recipe { archetype, seed: 2, tightness, as_of_percent: 35, dirt: false };
    let show = production(&recipe);
    let problem = Problem::new(&show, MODE);
    let (timeline, known) = (show.timeline(), known(&problem, &heads(&problem)));
    let lanes = availability::lanes(&show, &timeline);
    Case { name, show, timeline, lanes, known }
}

impl Case {
    fn within(&self, kind: Kind, most: usize) -> Staffing {
        let Case { show, timeline, lanes, known, .. } = self;
        staffing_within(show, timeline, lanes, known, (MODE, kind), most)
    }
}

fn grid(grid: Grid) -> &'static str {
    match grid {
        Grid::Days => "days",
        Grid::Weeks => "weeks",
        Grid::Telescoping => "telescoping",
    }
}

/// What a coarse program loses against a fine one.
fn aggregation(archetypes: &[Archetype]) {
    println!(
        "| show | program | columns of work | periods, shots in a unit | columns, rows | value | of the finest | seconds |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for &archetype in archetypes {
        let case = case(archetype, Tightness::Overloaded);
        for kind in [Kind::Bound, Kind::Estimate] {
            let mut rows = Vec::new();
            for most in [400, 800, 2_000, 6_000] {
                let ((built, answer), seconds) = timed(|| {
                    let built = case.within(kind, most);
                    let answer = solve(&built.program, &Settings::default());
                    (built, answer)
                });
                rows.push((most, built, answer, seconds));
            }
            let finest = rows.last().map_or(f64::NAN, |row| row.2.value);
            for (most, built, answer, seconds) in &rows {
                let value = if answer.is_optimal() { answer.value } else { f64::NAN };
                println!(
                    "| {} | {kind:?} | {most} | {}, {} | {}, {} | {:.0} | {:.1} % | {seconds:.2} |",
                    case.name,
                    grid(built.grid),
                    built.batch,
                    built.program.columns(),
                    built.program.rows(),
                    value / 100.0,
                    100.0 * value / finest,
                );
            }
        }
    }
}

/// A week before the last final delivery.
fn goal(show: &Production) -> (Goal, jiff::civil::Date) {
    let finals = show.milestones.enumerate().filter(|(_, row)| row.kind == MilestoneKind::Final);
    let (id, row) = finals.max_by_key(|(_, row)| row.date).expect("a final delivery");
    let goal = Goal::of(show, id);
    let by = goal.shifted(show, row.date, -5);
    (goal, by)
}

fn priced(program: &Program, left_over: &[shotplan::formulate::program::Column]) -> Program {
    let mut program = program.relaxed();
    left_over.iter().for_each(|&column| program.set_cost(column, 1e6));
    program
}

/// What purchases are asked of, with the first plan.
fn asking(show: &Production) -> Asking<'_> {
    let options = Options { mode: MODE, seed: 1, threads: 1, limit: Limit::Steps(0) };
    let base = Tried::unproven(show.clone(), &options, &()).expect("a plan that passes");
    Asking::new(show, MODE, &base.solved.plan)
}

/// Commands that buy take a thousandth of a day's pay for nothing.
fn as_commands(show: &Production) -> Settings {
    Settings { negligible: show.mean_day_cost().0.max(1) as f64 * 1e-3, ..Settings::default() }
}

/// Both programs of each size, building apart from solving.
fn sizes(archetypes: &[Archetype]) {
    println!("| show | program | columns, rows, entries | build | solve | with whole heads |");
    println!("|---|---|---|---|---|---|");
    for &archetype in archetypes {
        let case = case(archetype, Tightness::Tight);
        for kind in [Kind::Bound, Kind::Estimate] {
            let Case { show, timeline, lanes, known, .. } = &case;
            let (built, build) = timed(|| staffing(show, timeline, lanes, known, MODE, kind));
            let (answer, solving) = timed(|| solve(&built.program, &Settings::default()));
            assert!(answer.is_optimal(), "{:?}", answer.tried);
            let program = &built.program;
            let (columns, rows, entries) = (program.columns(), program.rows(), program.entries());
            println!(
                "| {} | staffing, {kind:?} | {columns}, {rows}, {entries} | {build:.2} | {solving:.2} | – |",
                case.name
            );
        }
        let settings = as_commands(&case.show);
        let (goal, by) = goal(&case.show);
        let asking = asking(&case.show);
        let ((question, built), build) = timed(|| {
            let question = asking.question(&goal.wanted, by, 0.5);
            let built = levers(&question);
            (question, built)
        });
        let parts = priced(&built.program, &built.left_over);
        let (answer, solving) = timed(|| solve(&parts, &settings));
        assert!(answer.is_optimal(), "{:?}", answer.tried);
        let (mix, whole) = timed(|| cheapest(&question, &settings));
        let whole = mix.map_or("no answer".to_owned(), |mix| {
            format!("{whole:.2}, {} programs, gap {:.1} %", mix.solves, 100.0 * mix.gap())
        });
        let (columns, rows, entries) = (parts.columns(), parts.rows(), parts.entries());
        println!(
            "| {} | purchases | {columns}, {rows}, {entries} | {build:.2} | {solving:.2} | {whole} |",
            case.name
        );
    }
}

/// The same programs by each back end that was built.
fn backends(archetypes: &[Archetype]) {
    let mut all = vec![Backend::Simplex, Backend::Clarabel];
    if cfg!(feature = "highs") {
        all.push(Backend::Highs);
    }
    println!("| show | program | back end | value | gap | seconds |");
    println!("|---|---|---|---|---|---|");
    for &archetype in archetypes {
        let case = case(archetype, Tightness::Overloaded);
        let Case { show, timeline, lanes, known, .. } = &case;
        for kind in [Kind::Bound, Kind::Estimate] {
            let built = staffing(show, timeline, lanes, known, MODE, kind);
            by_each(case.name, &format!("staffing, {kind:?}"), &built.program, &all);
        }
        let (goal, by) = goal(show);
        let built = levers(&asking(show).question(&goal.wanted, by, 0.5));
        by_each(case.name, "purchases", &priced(&built.program, &built.left_over), &all);
    }
}

fn by_each(show: &str, name: &str, program: &Program, all: &[Backend]) {
    for &backend in all {
        let (answer, seconds) = timed(|| solve(program, &Settings::only(backend)));
        let told = match answer.is_optimal() {
            true => format!("{:.0} | {:.1e}", answer.value / 100.0, answer.duality_gap),
            false => "– | –".to_owned(),
        };
        println!("| {show} | {name} | {backend} | {told} | {seconds:.2} |");
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let is_test = words.iter().any(|word| word == "--test");
    let wanted = |name: &str| {
        words.iter().any(|word| word == name)
            || !words
                .iter()
                .any(|word| ["aggregation", "sizes", "backends"].contains(&word.as_str()))
    };
    let large = [Archetype::Episodic, Archetype::Feature, Archetype::Studio];
    let shows: &[Archetype] = if is_test { &[Archetype::Commercial] } else { &large };
    if wanted("aggregation") {
        aggregation(shows);
    }
    if wanted("sizes") {
        sizes(shows);
    }
    if wanted("backends") {
        backends(shows);
    }
}
