//! Rule 2: as many parts as allowed, numbered from 0, on different people, none too small.

use super::case::Case;
use super::verdict::{Rule, Violation};
use crate::model::Worker;

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    let mut workers: Vec<Worker> = Vec::new();
    for (task, row) in case.production.tasks.enumerate() {
        let parts = case.parts_of(task);
        if parts.is_empty() || row.vendor.is_some() || case.production.work_left(task) <= 0 {
            continue;
        }
        let mut say = |message: String| found.push(case.on_task(Rule::Parts, task, None, message));
        let (count, most) = (parts.len(), row.max_parallel.max(1));
        if count as u64 > u64::from(most) {
            say(format!("is in {count} parts, but {most} may work on it at once"));
        }
        if parts.iter().enumerate().any(|(number, part)| part.number as usize != number) {
            let numbers: Vec<String> =
                parts.iter().take(12).map(|part| part.number.to_string()).collect();
            let numbers = numbers.join(", ");
            say(format!("has parts numbered {numbers}; they count from 0 without gaps"));
        }
        workers.clear();
        workers.extend(parts.iter().map(|part| part.worker));
        workers.sort_unstable();
        if let Some(pair) = workers.windows(2).find(|pair| pair[0] == pair[1])
            && let Worker::Person(person) = pair[0]
        {
            say(format!("has two parts on {}", case.person(person)));
        }
        let work = case.part_work(task, count);
        if count > 1 && work < row.min_chunk {
            let smallest = row.min_chunk;
            say(format!("is in parts of {work} minutes; the smallest allowed is {smallest}"));
        }
    }
}
