//! Rules of the trade, one a case: a small show as text, and the plan a coordinator would expect.
//!
//! Every plan has passed the independent check. The dates are worked out by hand from the rules;
//! each show leaves no other good plan. The day of the plan is Monday 4 January 2027, a bid day is
//! a full working day, and there is neither review nor overtime unless a case says so. `¼`, `½`
//! and `¾` behind a day: work begins, or ends, when that much of the day is over.

mod crew;
mod dates;
mod order;
mod people;
mod progress;

use crate::support::{self, planning::planned};
use shotplan::model::*;

/// What holds in every case that brings no settings of its own.
const SETTINGS: &str = "
--- show.toml
[settings]
as_of = 2027-01-04
horizon_end = 2027-06-30
productive = 1
review = 0
mode = \"no-overtime\"
";

/// The plan of a show: a row for each artist on each task, in the order of the tasks.
fn planned_text(text: &str) -> String {
    let settings = if text.contains("--- show.toml") { "" } else { SETTINGS };
    let show = support::show(&format!("{settings}\n{text}"));
    let plan = planned(&show, 60).plan;
    let name = |task: TaskId| show.tasks[task].code.as_str();
    let mut rows: Vec<(TaskId, String)> = Vec::new();
    for work in &plan.assignments {
        let worker = match work.worker {
            Worker::Person(person) => &show.people[person].code,
            Worker::Vendor(vendor) => &show.vendors[vendor].code,
        };
        let time: Vec<String> = work.segments.iter().map(|part| days(&show, *part)).collect();
        rows.push((work.task, format!("{}: {worker}, {}", name(work.task), time.join(" and "))));
    }
    for &(task, slot) in &plan.instants {
        let day = show.timeline().start_date(slot).strftime("%a %-d %b").to_string();
        rows.push((task, format!("{}: nothing left to do, {day}", name(task))));
    }
    for &(task, why) in &plan.unplaced {
        let why = match why {
            Unplaced::NobodyCan => "nobody can do it".to_owned(),
            Unplaced::NoTimeLeft => "nobody has the time".to_owned(),
            Unplaced::WaitsFor(other) => format!("waits for {}", name(other)),
            Unplaced::OnHold => "on hold".to_owned(),
        };
        rows.push((task, format!("{}: not planned, {why}", name(task))));
    }
    rows.sort();
    rows.into_iter().map(|(_, row)| row + "\n").collect()
}

/// `Mon 4 Jan .. Tue 5 Jan ½`.
fn days(show: &Production, part: Interval) -> String {
    let timeline = show.timeline();
    let slots = timeline.slots_per_day();
    let share = |slot: Slot| match slot.0 % slots * 4 / slots {
        0 => "",
        1 => " ¼",
        2 => " ½",
        _ => " ¾",
    };
    let first = timeline.start_date(part.start).strftime("%a %-d %b");
    let last = timeline.finish_date(part.end).strftime("%a %-d %b");
    format!("{first}{} .. {last}{}", share(part.start), share(part.end))
}
