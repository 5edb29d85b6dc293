//! `solve`: one published instance, one line of JSON.

use super::arguments::{ObjectiveWord, SolveCall};
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::formulate::{Project, Timetable};
use crate::pipeline::{self, SolvedInstance};
use crate::solve::Limit;
use crate::solve::project::{Objective, Options, Status};
use crate::write;
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// Solves an instance and prints what was found.
///
/// # Errors
/// When the instance cannot be read, or the schedule cannot be written.
pub fn solve(call: &SolveCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let began = Instant::now();
    interrupt::listen();
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let options = Options {
        limit: match (call.steps, call.time_limit) {
            (Some(steps), _) => Limit::Steps(steps),
            (None, time) => Limit::Time(time.unwrap_or(Duration::from_secs(10))),
        },
        threads: if call.threads == 0 { cores() } else { call.threads },
        seed: call.seed,
        objective: match call.objective {
            ObjectiveWord::Makespan => Objective::Makespan,
            ObjectiveWord::Cost => Objective::Cost,
        },
        deadline: call.deadline,
    };
    let solved = pipeline::instance(&call.instance, &options, &interrupt::is_wanted)?;
    if let (Some(file), Some(best)) = (&call.schedule, &solved.answer.best) {
        let text = schedule(&solved.instance.project, best).to_string() + "\n";
        write::single(file, text.as_bytes())?;
    }
    let told = terminal.say(line(call, &solved, began.elapsed()).to_string());
    let exit = match solved.answer.status {
        _ if interrupt::is_wanted() => Exit::Interrupted,
        Status::Optimal | Status::Feasible => Exit::Done,
        Status::Infeasible => Exit::Clash,
        Status::Unknown => Exit::NoPlan,
    };
    terminal.unless_closed(told, exit)
}

/// The answer in one line. A run counted in steps says nothing of time, so that it has the same bytes
/// everywhere.
fn line(call: &SolveCall, solved: &SolvedInstance, took: Duration) -> Value {
    let (project, answer) = (&solved.instance.project, &solved.answer);
    let is_timed = call.steps.is_none();
    let seconds = |time: Duration| is_timed.then(|| (time.as_secs_f64() * 1e3).round() / 1e3);
    let is_cost = call.objective == ObjectiveWord::Cost;
    // Money is exact in hundredths inside; the published files write it as a decimal number.
    let money = |hundredths: i64| hundredths as f64 / 100.0;
    let mut line = Map::new();
    let mut put = |name: &str, value: Value| line.insert(name.to_owned(), value);
    let name = call.instance.file_name().map(|name| name.to_string_lossy().into_owned());
    put("instance", json!(name));
    put("format", json!(solved.instance.format.name()));
    put("makespan", json!(answer.best.as_ref().map(|best| best.makespan(project))));
    put(
        "lower_bound",
        match is_cost {
            true => json!(answer.lower_bound.map(money)),
            false => json!(answer.lower_bound),
        },
    );
    put("bound_from", json!(answer.bound_from));
    put(
        "status",
        json!(match answer.status {
            Status::Optimal => "OPTIMAL",
            Status::Feasible => "FEASIBLE",
            Status::Infeasible => "INFEASIBLE",
            Status::Unknown => "UNKNOWN",
        }),
    );
    put("seconds", json!(seconds(took)));
    put("time_to_best", json!(answer.time_to_best.and_then(seconds)));
    put("steps", json!(answer.steps));
    put("seed", json!(call.seed));
    if project.people.iter().any(|person| person.salary != 0) {
        put("objective", json!(if is_cost { "cost" } else { "makespan" }));
        put("cost", json!(answer.best.as_ref().map(|best| money(best.cost(project)))));
    }
    if call.trace {
        let points = answer.trace.iter().map(|&(time, steps, value)| {
            let value = if is_cost { json!(money(value)) } else { json!(value) };
            json!({ "seconds": seconds(time), "steps": steps, "value": value })
        });
        put("trace", points.collect());
    }
    Value::Object(line)
}

/// Starts, modes and people, counted from 0 in the order of the file.
fn schedule(project: &Project, best: &Timetable) -> Value {
    let first = &project.first_mode;
    let modes: Vec<u32> = best.mode.iter().zip(first).map(|(mode, first)| mode - first).collect();
    let mut schedule = Map::new();
    schedule.insert("start".to_owned(), json!(best.start));
    schedule.insert("mode".to_owned(), json!(modes));
    if !project.people.is_empty() {
        schedule.insert("team".to_owned(), json!(best.team));
    }
    Value::Object(schedule)
}
