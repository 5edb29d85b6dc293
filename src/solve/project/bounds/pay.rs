//! The least that people can be paid.
//!
//! Without a deadline every place goes to the cheapest who can fill it. With one, nobody has more time than
//! there is between what comes before and after all they could do, and the time of the places is dealt out
//! among the people able, cheapest in all: a transportation problem (Hitchcock, 1941), solved by cheapest ways to
//! deal out more (Busacker and Gowen, 1960). What is used of its answer are prices for the time of each
//! person alone: whatever they are, time at pay and price, less the price of all the time there is, is a bound.
//!
//! Tiny case: three tasks of 2 for Ann at 1 or Bo at 5, all by 4. Ann has time for two of them:
//! 2 · 2 · 1 + 2 · 5 = 14. At a price of 4 for her time: 3 · 2 · 5 − 4 · 4 = 14.

use super::Windows;
use crate::formulate::Project;

/// Steps after which the prices that there are have to do.
const MOST_WORK: u64 = 200_000_000;
/// Largest pay, and longest time of all, for which prices are looked for; and groups times people.
const MOST_PAY: u64 = 1 << 40;
const MOST_TIME: u64 = 1 << 40;
const MOST_GIVEN: usize = 1 << 22;

/// What time costs with and without a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    /// No timetable costs less, in hundredths.
    pub bound: u64,
    /// What a unit of each person's time is worth beside the pay, in hundredths.
    pub price: Vec<u64>,
}

/// Places that the same people can fill, one of them costing what the others do.
struct Group {
    able: Vec<u32>,
    time: u64,
}

/// The bound without a deadline. Places of one need go to different people.
///
/// ```
/// use shotplan::model::project::Person;
/// use shotplan::formulate::{Need, Project};
/// let mut project = Project::new(0, 0);
/// project.add_task(&[(3, &[], &[])]);
/// project.skills = 1;
/// project.people = [500, 200, 900]
///     .map(|salary| Person { level: vec![Some(1)], salary })
///     .to_vec();
/// project.needs = vec![vec![Need { skill: 0, level: 1, count: 2 }]];
/// assert_eq!(shotplan::solve::project::bounds::pay::bound(&project), 3 * (200 + 500));
/// ```
pub fn bound(project: &Project) -> u64 {
    let mut sum = 0u64;
    for (task, needs) in project.needs.iter().enumerate() {
        let shortest = project.modes(task).map(|mode| project.duration[mode]).min().unwrap_or(0);
        for need in needs {
            let able = (0..project.people.len()).filter(|&person| project.is_able(person, need));
            let mut pays: Vec<u64> = able.map(|person| salary(project, person)).collect();
            pays.sort_unstable();
            let pay = pays.iter().take(need.count as usize).fold(0u64, |a, &b| a.saturating_add(b));
            sum = sum.saturating_add(pay.saturating_mul(u64::from(shortest)));
        }
    }
    sum
}

/// The bound where all ends by a deadline, with prices; `None` if there is not enough time of people.
///
/// ```
/// use shotplan::model::project::Person;
/// use shotplan::formulate::{Need, Project};
/// use shotplan::solve::project::bounds::{Windows, pay};
/// let mut project = Project::new(0, 0);
/// (0..3).for_each(|_| drop(project.add_task(&[(2, &[], &[])])));
/// project.skills = 1;
/// project.people = [1, 5].map(|salary| Person { level: vec![Some(1)], salary }).to_vec();
/// project.needs = vec![vec![Need { skill: 0, level: 1, count: 1 }]; 3];
/// let windows = Windows::of(&project).unwrap();
/// let pay = |deadline| pay::within(&project, &windows, deadline).map(|pay| pay.bound);
/// assert_eq!((pay(2), pay(3), pay(4), pay(6)), (None, Some(18), Some(14), Some(6)));
/// ```
pub fn within(project: &Project, windows: &Windows, deadline: u32) -> Option<Pay> {
    let people = project.people.len();
    let pay: Vec<u64> = (0..people).map(|person| salary(project, person)).collect();
    let mut groups: Vec<Group> = Vec::new();
    // Before and after all that each could do.
    let mut least = vec![(u64::MAX, u64::MAX); people];
    for (task, needs) in project.needs.iter().enumerate() {
        let time = windows.shortest[task];
        for need in needs.iter().filter(|need| need.count > 0 && time > 0) {
            let able = (0..people).filter(|&person| project.is_able(person, need));
            let able: Vec<u32> = able.map(|person| person as u32).collect();
            for &person in &able {
                let own = &mut least[person as usize];
                *own = (own.0.min(windows.head[task]), own.1.min(windows.tail[task]));
            }
            let time = time.saturating_mul(u64::from(need.count));
            match groups.iter_mut().find(|group| group.able == able) {
                Some(group) => group.time = group.time.saturating_add(time),
                None => groups.push(Group { able, time }),
            }
        }
    }
    let room: Vec<u64> = least
        .iter()
        .map(|&(head, tail)| u64::from(deadline).saturating_sub(head.saturating_add(tail)))
        .collect();
    let time = groups.iter().fold(0u64, |sum, group| sum.saturating_add(group.time));
    let is_small = time <= MOST_TIME
        && pay.iter().all(|&pay| pay <= MOST_PAY)
        && groups.len() * people <= MOST_GIVEN;
    if !is_small {
        return Some(Pay { bound: bound(project), price: vec![0; people] });
    }
    let price = prices(&groups, &pay, &room)?;
    let bound = bound(project).max(worth(&groups, &pay, &room, &price));
    Some(Pay { bound, price })
}

/// The most that all tasks can cost, each place being paid as the dearest of all people.
pub fn most(project: &Project) -> u64 {
    let dearest =
        (0..project.people.len()).map(|person| salary(project, person)).max().unwrap_or(0);
    let mut sum = 0u64;
    for (task, needs) in project.needs.iter().enumerate() {
        let longest = project.modes(task).map(|mode| project.duration[mode]).max().unwrap_or(0);
        let places: u64 = needs.iter().map(|need| u64::from(need.count)).sum();
        sum = sum.saturating_add(dearest.saturating_mul(places).saturating_mul(longest.into()));
    }
    sum
}

fn salary(project: &Project, person: usize) -> u64 {
    project.people[person].salary.max(0).unsigned_abs()
}

/// The bound that prices stand for.
fn worth(groups: &[Group], pay: &[u64], room: &[u64], price: &[u64]) -> u64 {
    let mut sum = 0i128;
    for group in groups {
        let unit =
            |&person: &u32| i128::from(pay[person as usize]) + i128::from(price[person as usize]);
        sum += i128::from(group.time) * group.able.iter().map(unit).min().unwrap_or(0);
    }
    for (room, price) in room.iter().zip(price) {
        sum -= i128::from(*room) * i128::from(*price);
    }
    u64::try_from(sum.max(0)).unwrap_or(u64::MAX)
}

/// Prices under which the time that is dealt out is at its cheapest; `None` if there is not enough.
///
/// Group after group deals out its time on cheapest ways: to somebody with time left, or to somebody whose
/// time another group gives up for somebody else. A price grows by what such ways cost more than before.
fn prices(groups: &[Group], pay: &[u64], room: &[u64]) -> Option<Vec<u64>> {
    let people = pay.len();
    let mut left = room.to_vec();
    // How much each group has of each person.
    let mut given = vec![0u64; groups.len() * people];
    // What a unit of time costs each group now.
    let mut price = vec![0u64; people];
    let mut work = 0;
    for (number, group) in groups.iter().enumerate() {
        let mut open = group.time;
        while open > 0 {
            // Cheapest ways from the group to people, by pay and price: Dijkstra over people. A way goes on from
            // a person through a group that has time of them to others whom that group could ask.
            let unit = |person: u32| pay[person as usize] + price[person as usize];
            let start = group.able.iter().map(|&person| unit(person)).min()?;
            let mut length = vec![u64::MAX; people];
            let mut before: Vec<(u32, u32)> = vec![(u32::MAX, u32::MAX); people];
            let mut done = vec![false; people];
            for &person in &group.able {
                length[person as usize] = unit(person) - start;
                before[person as usize] = (number as u32, u32::MAX);
            }
            let mut seen = vec![false; groups.len()];
            let last = loop {
                let next = (0..people)
                    .filter(|&person| !done[person] && length[person] < u64::MAX)
                    .min_by_key(|&person| (length[person], person));
                // Nobody left to ask: there is not enough time.
                let person = next?;
                done[person] = true;
                if left[person] > 0 {
                    break person;
                }
                work += people as u64;
                for other in 0..=number {
                    if given[other * people + person] == 0
                        || std::mem::replace(&mut seen[other], true)
                    {
                        continue;
                    }
                    work += groups[other].able.len() as u64;
                    let here = unit(person as u32);
                    for &to in &groups[other].able {
                        // What the group has is at its cheapest: others cost no less.
                        let further = length[person] + unit(to).saturating_sub(here);
                        if further < length[to as usize] {
                            length[to as usize] = further;
                            before[to as usize] = (other as u32, person as u32);
                        }
                    }
                }
            };
            // Those nearer than the last have become dearer by the difference.
            for person in (0..people).filter(|&person| done[person]) {
                price[person] += length[last] - length[person];
            }
            // As much as all steps of the way allow.
            let (mut amount, mut at) = (open.min(left[last]), last);
            while before[at].1 != u32::MAX {
                let (other, from) = (before[at].0 as usize, before[at].1 as usize);
                amount = amount.min(given[other * people + from]);
                at = from;
            }
            left[last] -= amount;
            at = last;
            while before[at].1 != u32::MAX {
                let (other, from) = (before[at].0 as usize, before[at].1 as usize);
                given[other * people + at] += amount;
                given[other * people + from] -= amount;
                at = from;
            }
            given[number * people + at] += amount;
            open -= amount;
            if work > MOST_WORK {
                return Some(price);
            }
        }
    }
    Some(price)
}
