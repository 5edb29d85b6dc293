//! Changes of sequence that no plan avoids: few people have to work on many sequences.
//!
//! Take some departments. Each (sequence, department) with work needs somebody, and departments of a
//! sequence that share nobody need different people, so that a sequence has at least as many pairs of
//! person and sequence as the largest such set of its departments. Somebody who works on `k`
//! sequences changes between them at least `k − 1` times; a task without a sequence in between hides
//! at most one change. So there are at least
//!
//! `pairs − people − parts of tasks without a sequence that these people can do`
//!
//! changes, for any choice of departments. A department may also be left out of a sequence, by
//! leaving all its work there without a place: then that costs something instead.
//!
//! Tiny case: one artist, three sequences: two changes. With two artists one change is certain.

use super::Heads;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::{Cents, Id};

/// What the changes of sequence cost at least in the mode of the problem, together with
/// `unscheduled` basis points of what work without a place costs.
///
/// Those who add another bound that charges work without a place give it the rest of that price.
pub fn changes(problem: &Problem, heads: &Heads, unscheduled: i64) -> Cents {
    let desks = Desks::new(problem, heads);
    let mut by_itself: Vec<(i64, usize)> = (0..desks.people.len())
        .map(|department| (desks.certain(&[department]).0, department))
        .filter(|row| row.0 > 0)
        .collect();
    by_itself.sort_unstable_by_key(|&(certain, department)| (-certain, department));
    let mut chosen = Vec::new();
    let (mut certain, mut groups) = (0, Vec::new());
    for (_, department) in by_itself {
        chosen.push(department);
        let (more, with) = desks.certain(&chosen);
        if more > certain {
            (certain, groups) = (more, with);
        } else {
            chosen.pop();
        }
    }
    // Leaving a group out saves one change at most, at the price of its work.
    let points = problem.multipliers;
    let (of_unscheduled, of_switches) = (points[3] * unscheduled / 10_000, points[7]);
    let change = i128::from(problem.artist_day) * i128::from(of_switches);
    let mut left_out: Vec<i128> = groups
        .iter()
        .map(|&(work, tasks)| {
            let price = 5 * i128::from(problem.artist_day) * i128::from(work)
                / i128::from(problem.bid_day.max(1));
            // Each task is rounded by itself.
            (price - i128::from(tasks)).max(0) * i128::from(of_unscheduled) * 10
        })
        .collect();
    left_out.sort_unstable();
    let saved: i128 =
        left_out.iter().take(certain as usize).map(|price| (change - price).max(0)).sum();
    let least = (change * i128::from(certain) - saved) / (10 * 10_000);
    // Sums are rounded once for each component.
    Cents((least - 2).max(0) as i64)
}

/// Who can do what, by department.
struct Desks {
    /// People who can do something of each department, as bits.
    people: Vec<Vec<u64>>,
    /// By sequence: department, work and number of the tasks that can find a place.
    groups: Vec<Vec<(usize, u64, u32)>>,
    /// Crews of tasks without a sequence, and how many parts of them there are.
    loose: Vec<(Vec<u64>, i64)>,
}

impl Desks {
    fn new(problem: &Problem, heads: &Heads) -> Desks {
        let words = (problem.people as usize).div_ceil(64);
        let mut people = vec![vec![0_u64; words]; problem.caps.len()];
        let sequences = problem.jobs.iter().map(|job| job.sequence).filter(|&s| s != NONE).max();
        let mut groups = vec![Vec::new(); sequences.map_or(0, |last| last as usize + 1)];
        let mut of_crew: Vec<Option<Vec<u64>>> = vec![None; problem.crews.len()];
        let mut loose_parts = vec![0_i64; problem.crews.len()];
        for (task, job) in problem.jobs.iter().enumerate() {
            let is_never = heads.never.binary_search_by_key(&(task as u32), |row| row.0).is_ok();
            if job.kind != JobKind::People || is_never {
                continue;
            }
            let crew = of_crew[job.crew as usize].get_or_insert_with(|| {
                let mut bits = vec![0; words];
                for candidate in &problem.crews[job.crew as usize] {
                    let person = problem.lanes[candidate.lane as usize].person.index();
                    bits[person / 64] |= 1 << (person % 64);
                }
                bits
            });
            let department = job.department as usize;
            if job.sequence == NONE {
                loose_parts[job.crew as usize] += i64::from(job.parts);
                continue;
            }
            people[department].iter_mut().zip(crew.iter()).for_each(|(all, own)| *all |= own);
            let rows: &mut Vec<(usize, u64, u32)> = &mut groups[job.sequence as usize];
            match rows.iter_mut().find(|row| row.0 == department) {
                Some(row) => (row.1, row.2) = (row.1 + job.work, row.2 + 1),
                None => rows.push((department, job.work, 1)),
            }
        }
        let loose = of_crew.into_iter().zip(loose_parts);
        let loose = loose.filter_map(|(crew, parts)| Some((crew?, parts)).filter(|_| parts > 0));
        Desks { people, groups, loose: loose.collect() }
    }

    /// Changes that are certain when only these departments are looked at, and the (work, tasks) of
    /// the groups that make them certain.
    fn certain(&self, departments: &[usize]) -> (i64, Vec<(u64, u32)>) {
        let mut groups = Vec::new();
        let mut apart: Vec<usize> = Vec::new();
        for rows in &self.groups {
            apart.clear();
            for department in departments {
                let Some(row) = rows.iter().find(|row| row.0 == *department) else { continue };
                let people = &self.people[*department];
                if apart.iter().all(|other| !meet(people, &self.people[*other])) {
                    apart.push(*department);
                    groups.push((row.1, row.2));
                }
            }
        }
        let mut all = vec![0_u64; self.people.first().map_or(0, Vec::len)];
        for department in departments {
            all.iter_mut().zip(&self.people[*department]).for_each(|(all, own)| *all |= own);
        }
        let people: i64 = all.iter().map(|word| i64::from(word.count_ones())).sum();
        let loose = self.loose.iter().filter(|(crew, _)| meet(crew, &all));
        let hidden: i64 = loose.map(|(_, parts)| parts).sum();
        (groups.len() as i64 - people - hidden, groups)
    }
}

fn meet(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}
