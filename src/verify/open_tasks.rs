//! Rule 5: nobody has more tasks begun and not ended than they may.

use super::case::Case;
use super::verdict::{Rule, Violation};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    let mut runs: Vec<_> = case
        .worked_parts()
        .map(|(part, person)| (person, part.start(), part.end(), part.task))
        .collect();
    runs.sort_unstable();
    let mut open: BinaryHeap<Reverse<u32>> = BinaryHeap::new();
    let mut whose = None;
    for (person, start, end, task) in runs {
        if whose != Some(person) {
            open.clear();
            whose = Some(person);
        }
        while open.peek().is_some_and(|ends| ends.0 <= start) {
            open.pop();
        }
        open.push(Reverse(end));
        let most = case.production.people[person].max_concurrent;
        if open.len() as u64 > u64::from(most) {
            let (name, date) = (case.person(person), case.clock.start_date(start));
            let count = open.len();
            let message = format!("{name} has {count} tasks open on {date}; at most {most} may be");
            found.push(case.on_task(Rule::OpenTasks, task, Some(person), message));
        }
    }
}
