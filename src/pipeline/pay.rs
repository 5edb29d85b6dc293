//! What is told of pay: bands where nobody asked for rates, and the amounts of no single person.
//!
//! A result without pay details has the same sums as one with them: the amounts of people are put
//! together by week, account, department and shot, and beside them stands who worked how long, without an
//! amount. Whoever knows both how long one artist worked on a shot and what the shot cost can still
//! divide; what is not told is an amount beside a name.

use crate::result::{Cash, Document, Incentive, LadderLine, PartRow, PostingRow, PurchaseRow};
use std::collections::{BTreeMap, HashMap, HashSet};

/// People of neighbouring bands are put together until there are so many.
const FEWEST: usize = 3;

/// The band that a day's cost lies in, in minor units: from, and up to without it. Bands are a fifth to a half
/// wide, so that they say the order of a rate and not the rate.
///
/// ```
/// use shotplan::pipeline::pay_band;
/// assert_eq!(pay_band(34_000), [30_000, 40_000]);
/// assert_eq!(pay_band(40_000), [40_000, 50_000]);
/// assert_eq!(pay_band(7), [0, 10]);
/// ```
pub fn pay_band(day_cost: i64) -> [i64; 2] {
    const EDGES: [i64; 10] = [10, 15, 20, 25, 30, 40, 50, 60, 80, 100];
    let mut scale = 1_i64;
    if day_cost < 10 {
        return [0, 10];
    }
    while day_cost / scale >= 100 {
        scale = scale.saturating_mul(10);
    }
    let at = EDGES.iter().rposition(|edge| edge * scale <= day_cost).unwrap_or(0);
    [EDGES[at] * scale, EDGES[at + 1].saturating_mul(scale)]
}

/// People whose bands lie side by side, at least three where there are as many.
pub(super) struct PayGroup {
    /// The band in whole units ("300–500"), or "people" where none of them has one.
    pub name: String,
    /// Ids of the people.
    pub people: Vec<String>,
}

/// All people in groups, the lowest band first.
pub(super) fn pay_groups(document: &Document) -> Vec<PayGroup> {
    let mut bands: BTreeMap<[i64; 2], Vec<String>> = BTreeMap::new();
    for person in &document.production.people {
        bands.entry(person.band.unwrap_or_default()).or_default().push(person.id.clone());
    }
    let mut groups: Vec<([i64; 2], Vec<String>)> = Vec::new();
    for (band, people) in bands {
        match groups.last_mut().filter(|(_, known)| known.len() < FEWEST) {
            Some((known, together)) => {
                known[1] = band[1];
                together.extend(people);
            }
            None => groups.push((band, people)),
        }
    }
    if groups.len() > 1 && groups.last().is_some_and(|(_, people)| people.len() < FEWEST) {
        let few = groups.pop();
        if let (Some((band, people)), Some((known, together))) = (few, groups.last_mut()) {
            known[1] = band[1];
            together.extend(people);
        }
    }
    let decimals = document.production.currency_decimals;
    let name = |band| if band == [0, 0] { "people".to_owned() } else { band_name(band, decimals) };
    groups.into_iter().map(|(band, people)| PayGroup { name: name(band), people }).collect()
}

/// A band in units of the currency.
pub(super) fn band_name(band: [i64; 2], decimals: u32) -> String {
    let unit = 10_i64.saturating_pow(decimals).max(1);
    format!("{}–{}", band[0] / unit, (band[1] + unit - 1) / unit)
}

/// Takes the amounts of single people out of a result; every sum stays.
pub fn without_pay(document: &mut Document) {
    if !document.with_rates {
        return;
    }
    document.with_rates = false;
    let groups = pay_groups(document);
    for row in document.assignments.iter_mut().filter(|row| row.artist.is_some()) {
        row.cost = None;
    }
    for row in &mut document.overtime {
        row.cost = None;
    }
    let few = worked_by_few(document);
    for slice in &mut document.cost.by_entity {
        if few.contains(&slice.id) {
            slice.minutes = None;
        }
    }
    let places = Places::of(document);
    if let Some(mut desk) = document.desk.take() {
        desk.views.person = by_group(&groups, &desk.views.person);
        let known = desk.postings.len();
        desk.postings = together(document, &places, desk.postings);
        without_pay_of_cash(&mut desk.cash, desk.postings.len() - known);
        without_pay_of_contracts(&mut desk.ladder_lines);
        without_pay_of_incentives(&mut desk.incentives, &desk.postings, known);
        document.desk = Some(desk);
    }
}

/// Takes the amounts of people out of paydays; postings stand `moved` rows further down.
fn without_pay_of_cash(cash: &mut Cash, moved: usize) {
    let moved = u32::try_from(moved).unwrap_or(u32::MAX);
    for line in cash.paydays.iter_mut().flat_map(|day| &mut day.lines) {
        line.0 = line.0.saturating_add(moved);
        line.2 = None;
    }
    let events = cash.events.iter_mut().filter_map(|event| event.posting.as_mut());
    for row in cash.on_the_day.iter_mut().chain(events) {
        *row = row.saturating_add(moved);
    }
}

/// Takes the amounts of people out of what is eligible for incentives, of postings that were `known` before.
fn without_pay_of_incentives(incentives: &mut [Incentive], postings: &[PostingRow], known: usize) {
    let moved = u32::try_from(postings.len() - known).unwrap_or(u32::MAX);
    for row in incentives {
        for end in row.of.iter_mut().flatten() {
            *end = end.saturating_add(moved);
        }
        for part in &mut row.of_parts {
            part.0 = part.0.saturating_add(moved);
            part.2 = part
                .2
                .filter(|_| postings.get(part.0 as usize).is_some_and(|row| row.amount.is_some()));
        }
    }
}

/// Takes the amounts of the contracts of single people out of the commitments ladder.
pub(super) fn without_pay_of_contracts(lines: &mut [LadderLine]) {
    for line in lines.iter_mut().filter(|line| line.kind == "contract") {
        line.rungs.clear();
    }
}

/// Takes the amounts of the contracts of single people out of purchases.
pub fn without_pay_of(purchases: &mut [PurchaseRow]) {
    for row in purchases.iter_mut().filter(|row| row.day_band.is_some()) {
        row.cost = None;
    }
}

/// What tasks are part of and not more than two people work on.
fn worked_by_few(document: &Document) -> HashSet<String> {
    let entity: HashMap<&str, &str> =
        document.tasks.iter().map(|row| (row.id.as_str(), row.entity.as_str())).collect();
    let mut workers: HashMap<&str, HashSet<&str>> = HashMap::new();
    for row in &document.assignments {
        if let (Some(artist), Some(of)) = (&row.artist, entity.get(row.task.as_str())) {
            workers.entry(of).or_default().insert(artist);
        }
    }
    let few = workers.into_iter().filter(|(_, people)| people.len() < FEWEST);
    few.map(|(of, _)| of.to_owned()).collect()
}

/// The rows of people, summed by group; those of nobody stay.
fn by_group(groups: &[PayGroup], rows: &[PartRow]) -> Vec<PartRow> {
    let mut sums: Vec<PartRow> = groups
        .iter()
        .map(|group| PartRow {
            id: group.name.clone(),
            kind: "band".to_owned(),
            description: match group.people.len() {
                1 => "1 person".to_owned(),
                count => format!("{count} people"),
            },
            ..PartRow::default()
        })
        .collect();
    let mut of: HashMap<&str, usize> = HashMap::new();
    for (place, group) in groups.iter().enumerate() {
        of.extend(group.people.iter().map(|person| (person.as_str(), place)));
    }
    let mut rest = Vec::new();
    for row in rows {
        let Some(&place) = of.get(row.id.as_str()) else {
            rest.push(row.clone());
            continue;
        };
        let sum = &mut sums[place];
        sum.actual = sum.actual.saturating_add(row.actual);
        sum.accrued = sum.accrued.saturating_add(row.accrued);
        sum.committed = sum.committed.saturating_add(row.committed);
        sum.etc = sum.etc.saturating_add(row.etc);
        sum.efc = sum.efc.saturating_add(row.efc);
    }
    sums.retain(|row| [row.actual, row.accrued, row.committed, row.etc] != [0; 4]);
    sums.extend(rest);
    sums
}

/// Department, entity and show.
type Place = (Option<String>, Option<[String; 2]>, Option<String>);

/// The place of each assignment, which a sum of several has to carry itself.
struct Places {
    of_assignment: Vec<Place>,
}

impl Places {
    fn of(document: &Document) -> Places {
        let tasks: HashMap<&str, &crate::result::TaskRow> =
            document.tasks.iter().map(|row| (row.id.as_str(), row)).collect();
        let shows: HashMap<(&str, &str), &str> = document
            .production
            .entities
            .iter()
            .map(|row| ((row.kind.as_str(), row.id.as_str()), row.show.as_str()))
            .collect();
        let place = |task: &str| {
            let Some(task) = tasks.get(task) else { return (None, None, None) };
            let key = (task.entity_kind.as_str(), task.entity.as_str());
            let show = shows.get(&key).map(|show| (*show).to_owned());
            let entity = [task.entity_kind.clone(), task.entity.clone()];
            (Some(task.department.clone()), Some(entity), show)
        };
        Places { of_assignment: document.assignments.iter().map(|row| place(&row.task)).collect() }
    }
}

/// The postings with those of people in two: who and how long, and how much by what it is for.
fn together(document: &Document, places: &Places, postings: Vec<PostingRow>) -> Vec<PostingRow> {
    let mut sums: Vec<PostingRow> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    let is_of_people = |row: &PostingRow| {
        let assignment = row.assignment.and_then(|at| document.assignments.get(at as usize));
        row.person.is_some() || assignment.is_some_and(|row| row.artist.is_some())
    };
    // By reference: most postings are added to a sum that is there.
    let of_people: Vec<bool> = postings.iter().map(is_of_people).collect();
    for (row, _) in postings.iter().zip(&of_people).filter(|(_, is_of_people)| **is_of_people) {
        let place = row.assignment.and_then(|at| places.of_assignment.get(at as usize));
        let (department, entity, show) = match place {
            Some((department, entity, show)) => (department, entity, show),
            None => (&row.department, &row.entity, &row.show),
        };
        let key = (row.week, &row.kind, &row.state, &row.account, department, show, entity);
        let at = *known.entry(key).or_insert_with(|| {
            sums.push(PostingRow {
                week: row.week,
                kind: row.kind.clone(),
                state: row.state.clone(),
                account: row.account.clone(),
                amount: Some(0),
                minutes: 0,
                assignment: None,
                department: department.clone(),
                show: show.clone(),
                person: None,
                vendor: None,
                task: None,
                entity: entity.clone(),
                order: None,
                date: None,
                source: None,
            });
            sums.len() - 1
        });
        let sum = &mut sums[at].amount;
        *sum = Some(sum.unwrap_or_default().saturating_add(row.amount.unwrap_or_default()));
    }
    let rows = postings.into_iter().zip(of_people).map(|(row, is_of_people)| match is_of_people {
        true => PostingRow { amount: None, ..row },
        false => row,
    });
    sums.extend(rows);
    sums
}
