//! How late the end of a task is for those who go on with it at other sites.
//!
//! What ends in the evening in Montreal is seen in London on the next day; what ends at noon in London is there when
//! Montreal begins. So two artists who end at the same time are not worth the same to a task that waits for them: its
//! own crew counts, site by site, by how many sit there. Of all that waits, what has to begin soonest decides.
//!
//! *Days of four slots of two hours, Montreal five hours behind London. An end after the second slot in Montreal is seen in
//! London at the beginning of the next day, two slots later; an end after the last slot in London is seen in Montreal
//! two slots earlier. Where three of four who can go on sit in London and one in Montreal, that is one and a half slots later
//! and half a slot earlier on the mean.*

use crate::formulate::{NONE, Problem, Wait, WaitKind};

/// Steps to a slot, so that a part of a crew counts.
pub const PARTS: i64 = 16;

/// Most looks at who sees an end: with hundreds of sites nothing is known of it.
const MOST_LOOKS: u128 = 1 << 24;

/// By how much ends are seen later or earlier, for all tasks.
#[derive(Clone, Debug, Default)]
pub struct Onward {
    /// By crew, site and part of the day: how much later its people see an end there, in parts of a slot. Empty where
    /// all sites share one clock.
    seen: Vec<i32>,
    sites: u32,
    per_day: u32,
    /// The most that an end is seen earlier, in slots.
    gain: u32,
    /// First row of each task.
    first: Vec<u32>,
    /// The crew that goes on ([`NONE`]: at the same site) and how much later it may, in parts of a slot.
    rows: Vec<(u32, i32)>,
}

impl Onward {
    /// What ends are worth where tasks have to end by `latest_end`, by themselves by `own_end`, and for what waits for
    /// them by what `ends_by` says of each wait.
    pub fn new(
        problem: &Problem,
        latest_end: &[u32],
        own_end: &[u32],
        ends_by: &dyn Fn(&Wait) -> u32,
    ) -> Onward {
        let sites = u128::from(problem.sites);
        let looks = problem.crews.len() as u128 * sites * sites * u128::from(problem.slots_per_day);
        if problem.one_clock || looks > MOST_LOOKS {
            return Onward::default();
        }
        let seen = seen_by_crews(problem);
        let least = seen.iter().copied().min().unwrap_or(0).min(0);
        let most = seen.iter().copied().max().unwrap_or(0).max(0);
        let (mut first, mut rows) = (Vec::with_capacity(latest_end.len() + 1), Vec::new());
        for (task, &latest) in latest_end.iter().enumerate() {
            first.push(rows.len() as u32);
            let mut add = |crew: u32, end: u32| {
                let slack = i64::from(end.saturating_sub(latest)) * PARTS;
                // With more time than that it never decides.
                if slack <= i64::from(most - least) {
                    rows.push((crew, slack as i32));
                }
            };
            add(NONE, own_end[task]);
            for wait in problem.followers(task as u32) {
                let crew = problem.jobs[wait.to as usize].crew;
                let is_handed =
                    !matches!(wait.kind, WaitKind::StartAfterStart | WaitKind::EndAfterStart);
                let is_crew = problem.crews.get(crew as usize).is_some_and(|crew| !crew.is_empty());
                add(if is_handed && is_crew { crew } else { NONE }, ends_by(wait));
            }
        }
        first.push(rows.len() as u32);
        let gain = least.unsigned_abs().div_ceil(PARTS as u32);
        Onward { seen, sites: problem.sites, per_day: problem.slots_per_day, gain, first, rows }
    }

    /// What a task is asked for.
    pub fn of(&self, task: u32) -> Seen<'_> {
        let rows = match self.first.get(task as usize..task as usize + 2) {
            Some(&[from, to]) => &self.rows[from as usize..to as usize],
            _ => &[],
        };
        Seen { onward: Some(self), rows }
    }
}

/// The same for one task.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'a> {
    onward: Option<&'a Onward>,
    rows: &'a [(u32, i32)],
}

impl Seen<'_> {
    /// By how much later the end at a site is seen by whom it matters to most, in parts of a slot.
    #[inline]
    pub fn later(&self, end: u32, site: u32) -> i64 {
        let Some(Onward { seen, sites, per_day, .. }) = self.onward else { return 0 };
        let Some(last) = end.checked_sub(1).filter(|_| site < *sites) else { return 0 };
        let of = |crew: u32| match crew {
            NONE => 0,
            crew => seen[((crew * sites + site) * per_day + last % per_day) as usize],
        };
        self.rows.iter().map(|&(crew, slack)| i64::from(of(crew) - slack)).max().unwrap_or(0)
    }

    /// The most slots by which an end may be seen earlier.
    pub fn gain(&self) -> u32 {
        self.onward.map_or(0, |onward| onward.gain)
    }
}

/// By crew, site and part of the day, how much later an end there is seen where the crew sits: the mean of its people.
fn seen_by_crews(problem: &Problem) -> Vec<i32> {
    let (sites, per_day) = (problem.sites, problem.slots_per_day);
    let mut seen = Vec::with_capacity(problem.crews.len() * (sites * per_day) as usize);
    let mut at = vec![0_i64; sites as usize];
    for crew in &problem.crews {
        at.fill(0);
        crew.iter().for_each(|one| at[problem.lanes[one.lane as usize].site as usize] += 1);
        for from in 0..sites {
            for part in 0..per_day {
                // A day in the middle: an end on the first one cannot be seen before it.
                let end = 8 * per_day + part + 1;
                let later = |to: u32| i64::from(problem.handed(end, from, to)) - i64::from(end);
                let sum: i64 = (0..sites).map(|to| at[to as usize] * later(to)).sum();
                seen.push((PARTS * sum).div_euclid(crew.len().max(1) as i64) as i32);
            }
        }
    }
    seen
}
