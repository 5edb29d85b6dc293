//! Postings of a plan that has no result as lines, without the pay of single people.

use crate::compare::Tried;
use crate::forecast::Posting;
use crate::model::{Id, Worker};
use crate::pipeline::desk::posting_row;
use crate::result::{PostingRow, WhyRow};
use std::collections::{BTreeMap, HashMap};

/// Kind, state, account, who, and the assignment or the row of the books.
type Key = (String, String, usize, String, Option<u32>, Option<u32>);

/// The lines of postings of a plan: work of one assignment is one of them. `bands` says what a day of people
/// costs.
pub(super) fn of_plan<'a>(
    tried: &Tried,
    postings: impl Iterator<Item = &'a Posting>,
    bands: &BTreeMap<String, [i64; 2]>,
) -> Vec<WhyRow> {
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut lines: Vec<WhyRow> = Vec::new();
    for posting in postings {
        let line = line(tried, posting, bands);
        let (kind, state) = (line.kind.clone(), line.state.clone());
        let key = (
            kind,
            state,
            posting.account.index(),
            line.who.clone(),
            posting.assignment,
            posting.row,
        );
        match places.get(&key) {
            Some(&at) => lines[at].add(&line),
            None => {
                places.insert(key, lines.len());
                lines.push(line);
            }
        }
    }
    lines
}

fn line(tried: &Tried, posting: &Posting, bands: &BTreeMap<String, [i64; 2]>) -> WhyRow {
    let production = &tried.production;
    let row: PostingRow = posting_row(production, posting);
    let assignment =
        posting.assignment.and_then(|at| tried.solved.plan.assignments.get(at as usize));
    let worker = assignment.map(|row| row.worker);
    let person = match worker {
        Some(Worker::Person(person)) => Some(person),
        _ => posting.person,
    };
    let vendor = match worker {
        Some(Worker::Vendor(vendor)) => Some(vendor),
        _ => posting.vendor,
    };
    let person = person.map(|id| production.people[id].code.clone());
    let vendor = vendor.map(|id| production.vendors[id].code.clone());
    let task = assignment.map(|row| row.task).or(posting.task);
    let is_pay = person.is_some();
    let band = person.as_ref().and_then(|person| bands.get(person)).copied();
    let day = row.date.unwrap_or(row.week);
    WhyRow {
        state: row.state,
        account: row.account,
        task: task.map_or_else(String::new, |id| production.tasks[id].code.clone()),
        who: person.or(vendor).unwrap_or_default(),
        order: row.order,
        source: row.source,
        minutes: row.minutes,
        amount: row.amount.filter(|_| !is_pay),
        band,
        ..WhyRow::new(&row.kind, day, 0)
    }
}
