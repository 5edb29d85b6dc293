//! In which order tasks are taken: latest times from due dates, and the rules made from them.

use super::evaluate;
use super::onward::Onward;
use super::place::Urgency;
use super::schedule::{Part, Schedule};
use crate::formulate::{Candidate, Job, JobKind, NONE, Problem, Wait, WaitKind};
use crate::model::Unplaced;
use std::sync::Arc;

/// Keys are times in slots, with this many steps to a slot.
pub const STEPS: i64 = 64;

/// Usual length of each task in working slots of the show's calendar: one artist per part at the
/// mean speed of its candidates.
pub fn usual_lengths(problem: &Problem) -> Vec<i32> {
    let mean_rate: Vec<u64> = problem
        .crews
        .iter()
        .map(|crew| {
            let sum: u64 = crew.iter().map(|candidate| candidate.rate).sum();
            sum / crew.len().max(1) as u64
        })
        .collect();
    problem
        .jobs
        .iter()
        .map(|job| match job.kind {
            JobKind::Done | JobKind::Hold | JobKind::Instant => 0,
            JobKind::Vendor(_, length) => length as i32,
            JobKind::People => {
                let rate = mean_rate[job.crew as usize].max(1);
                let need = problem.need(job.work.div_ceil(u64::from(job.parts)), rate);
                need.div_ceil(10_000).min(100_000) as i32
            }
        })
        .collect()
}

/// The latest end of each task by which nothing that waits for it is late, and the price of a slot
/// of lateness: what the dearest of these things costs. Where `crews_go`, work that few can do also has
/// to end before they have gone, with all that it waits for: without a place it is worse than late.
/// Most shows plan better without that, as whoever is booked for long enough is not pressed.
pub fn urgency(problem: &Problem, lengths: &[i32], crews_go: bool) -> Urgency {
    let tasks = problem.jobs.len();
    let per_day = i64::from(problem.slots_per_day);
    let hard = 20 * problem.artist_day / per_day;
    let mut urgency = Urgency {
        latest_end: vec![problem.slots; tasks],
        price: vec![0; tasks],
        ..Urgency::default()
    };
    let mut entity_end = vec![problem.slots; problem.entities.len()];
    let mut entity_price = vec![0_i64; problem.entities.len()];
    let end_of = |day: u32| if day == NONE { 0 } else { (day + 1) * problem.slots_per_day };
    for due in &problem.dues {
        let price = (problem.artist_day * due.factor / 2 / per_day).max(1);
        let end = end_of(due.due.day);
        if due.entity == NONE {
            let task = due.task as usize;
            urgency.latest_end[task] = urgency.latest_end[task].min(end);
            urgency.price[task] = urgency.price[task].max(price);
        } else {
            let entity = due.entity as usize;
            entity_end[entity] = entity_end[entity].min(end);
            entity_price[entity] = entity_price[entity].max(price);
        }
    }
    for target in &problem.targets {
        let end = end_of(target.due.day);
        let whole = target.penalty / per_day + if target.hard { hard } else { 0 };
        for &entity in &target.entities {
            let entity = entity as usize;
            if whole > 0 {
                entity_end[entity] = entity_end[entity].min(end);
                entity_price[entity] = entity_price[entity].max(whole);
            }
        }
        for &(entity, value) in &target.items {
            let entity = entity as usize;
            entity_end[entity] = entity_end[entity].min(end);
            let price =
                (i128::from(value) * i128::from(target.rate) / 10_000 / i128::from(per_day)) as i64;
            entity_price[entity] = entity_price[entity].max(price.max(1));
        }
    }
    for (task, job) in problem.jobs.iter().enumerate() {
        urgency.latest_end[task] = urgency.latest_end[task]
            .min(entity_end[job.entity as usize])
            .min(job.end_by)
            .min(if job.start_by == u32::MAX {
                u32::MAX
            } else {
                job.start_by.saturating_add(lengths[task] as u32)
            });
        urgency.price[task] = urgency.price[task].max(entity_price[job.entity as usize]);
        if job.has_hard_date() {
            urgency.price[task] = urgency.price[task].max(hard);
        }
    }
    let mut own_end = urgency.latest_end.clone();
    let crew_end = if crews_go { crew_ends(problem) } else { Vec::new() };
    for &task in problem.order.iter().rev() {
        let task = task as usize;
        for wait in problem.followers(task as u32) {
            let to = wait.to as usize;
            let end = ends_by(problem, lengths, wait, urgency.latest_end[to]);
            urgency.latest_end[task] = urgency.latest_end[task].min(end);
            urgency.price[task] = urgency.price[task].max(urgency.price[to]);
        }
        let job = &problem.jobs[task];
        if crews_go && has_few(problem, job) {
            for end in [&mut urgency.latest_end[task], &mut own_end[task]] {
                *end = crew_end[job.crew as usize].min(*end);
            }
        }
    }
    let by = |wait: &Wait| ends_by(problem, lengths, wait, urgency.latest_end[wait.to as usize]);
    urgency.onward = Arc::new(Onward::new(problem, &urgency.latest_end, &own_end, &by));
    urgency
}

/// The end of the last slot in which anybody of each crew works.
fn crew_ends(problem: &Problem) -> Vec<u32> {
    let last_slot = |lane: u32| {
        let time = &problem.times[problem.lanes[lane as usize].time as usize];
        time.total().checked_sub(1).map_or(0, |index| time.slot_of(index) + 1)
    };
    let end = |crew: &[Candidate]| crew.iter().map(|one| last_slot(one.lane)).max();
    problem.crews.iter().map(|crew| end(crew).unwrap_or(problem.slots)).collect()
}

/// The latest end of the earlier task of a wait if the later one has to end by `later`.
pub fn ends_by(problem: &Problem, lengths: &[i32], wait: &Wait, later: u32) -> u32 {
    let calendar = &problem.calendars[wait.calendar as usize];
    let starts = calendar.after(later, -lengths[wait.to as usize]);
    let before = |slot: u32| calendar.after(slot, -wait.lag);
    let mine = calendar.after(0, lengths[wait.from as usize]);
    match wait.kind {
        WaitKind::StartAfterEnd => before(starts),
        WaitKind::EndAfterEnd => before(later),
        WaitKind::StartAfterStart => before(starts).saturating_add(mine),
        WaitKind::EndAfterStart => before(later).saturating_add(mine),
        WaitKind::StartAfterPublish(done) => {
            let ahead = (u64::from(mine) * u64::from(10_000 - done) / 10_000) as u32;
            before(starts).saturating_add(ahead)
        }
    }
}

/// Latest start of each task, in keys.
pub fn latest_start(problem: &Problem, lengths: &[i32], urgency: &Urgency) -> Vec<i64> {
    problem
        .jobs
        .iter()
        .zip(lengths)
        .zip(&urgency.latest_end)
        .map(|((job, &length), &end)| {
            let calendar = &problem.calendars[job.calendar as usize];
            i64::from(calendar.after(end, -length)) * STEPS
        })
        .collect()
}

/// Latest start of each task, in slots.
pub fn latest_start_slots(problem: &Problem, lengths: &[i32], urgency: &Urgency) -> Vec<u32> {
    let keys = latest_start(problem, lengths, urgency);
    keys.into_iter().map(|key| (key / STEPS) as u32).collect()
}

/// Order by shot before task: the key of a task is the latest end of its shot or asset (for an asset
/// that of what needs it first), and inside it its own latest start.
pub fn by_shot(problem: &Problem, lengths: &[i32], urgency: &Urgency) -> Vec<i64> {
    let mut entity_key = vec![i64::MAX; problem.entities.len()];
    for (job, &end) in problem.jobs.iter().zip(&urgency.latest_end) {
        let key = &mut entity_key[job.entity as usize];
        *key = (*key).min(i64::from(end) * STEPS);
    }
    let starts = latest_start(problem, lengths, urgency);
    problem
        .jobs
        .iter()
        .zip(starts)
        .map(|(job, start)| entity_key[job.entity as usize] + start / (STEPS * 8))
        .collect()
}

/// Order by the time at which tasks can start at the earliest.
pub fn first_come(problem: &Problem, heads: &[u32], urgency: &Urgency) -> Vec<i64> {
    heads
        .iter()
        .zip(&urgency.latest_end)
        .zip(&problem.jobs)
        .map(|((&head, &end), _)| i64::from(head.min(problem.slots)) * STEPS + i64::from(end) / 16)
        .collect()
}

/// A forward-backward pass in keys: the latest start of each task in a schedule if every due thing
/// may finish when it is due or when it does, whichever is later, and every artist keeps the order
/// of their work. What has room moves back in the order; what decides stays.
pub fn justified(
    problem: &Problem,
    lengths: &[i32],
    urgency: &Urgency,
    schedule: &Schedule,
) -> Vec<i64> {
    let tasks = problem.jobs.len();
    let mut limit: Vec<u32> = (0..tasks)
        .map(|task| match schedule.end[task] {
            NONE => problem.slots,
            end => urgency.latest_end[task].max(end),
        })
        .collect();
    let mut by_start: Vec<u32> =
        (0..tasks as u32).filter(|&t| schedule.end[t as usize] != NONE).collect();
    by_start.sort_by_key(|&task| {
        (std::cmp::Reverse((schedule.start[task as usize], schedule.end[task as usize])), task)
    });
    let mut lane_limit = vec![u32::MAX; problem.lanes.len()];
    let mut keys: Vec<i64> = latest_start(problem, lengths, urgency);
    for &task in &by_start {
        let index = task as usize;
        for wait in problem.followers(task) {
            let to = wait.to as usize;
            if wait.kind == WaitKind::StartAfterEnd && schedule.end[to] != NONE {
                let calendar = &problem.calendars[wait.calendar as usize];
                let starts = (keys[to] / STEPS).max(0) as u32;
                limit[index] = limit[index].min(calendar.after(starts, -wait.lag));
            }
        }
        for part in schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            limit[index] = limit[index].min(lane_limit[own_lane(problem, part)]);
        }
        limit[index] = limit[index].max(schedule.end[index]);
        let span = schedule.end[index] - schedule.start[index];
        let start = limit[index].saturating_sub(span);
        keys[index] = i64::from(start) * STEPS;
        for part in schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            lane_limit[own_lane(problem, part)] = start;
        }
    }
    keys
}

fn own_lane(problem: &Problem, part: &Part) -> usize {
    problem.lanes[part.lane as usize].own as usize
}

/// Days by which work without a place comes earlier.
const EARLIER_WITHOUT_PLACE: i64 = 10;

/// Keys in which tasks that break hard dates in a schedule, and all they wait for, come earlier by
/// `times` as many days as the dates are missed; work without a place that few
/// can do by two weeks.
///
/// Joslin, D., and Clements, D. (1999), "Squeaky wheel optimization".
pub fn hurried(problem: &Problem, schedule: &Schedule, keys: &[i64], times: i64) -> Vec<i64> {
    let mut days = vec![0_i64; problem.jobs.len()];
    let day_price = 1_000 * problem.artist_day.max(1);
    for rule in &problem.rules {
        if schedule.is_placed(rule.task) {
            let missed = evaluate::broken(problem, schedule, rule).0 / day_price;
            let known = &mut days[rule.task as usize];
            *known = missed.max(*known);
        }
    }
    for &(task, why) in &schedule.unplaced {
        // Where many can do it, nobody's time is what is missing.
        if is_missed(problem, task, why) {
            days[task as usize] = EARLIER_WITHOUT_PLACE;
        }
    }
    for &task in problem.order.iter().rev() {
        for wait in problem.waits_for(task) {
            days[wait.from as usize] = days[wait.from as usize].max(days[task as usize]);
        }
    }
    let step = i64::from(problem.slots_per_day) * STEPS * times;
    keys.iter()
        .zip(&days)
        .map(|(key, days)| key.saturating_sub(days.saturating_mul(step)))
        .collect()
}

/// Keys in which a deliverable comes earlier the larger the part of its work is that the busiest crew does, by about
/// `days` for each deviation from the mean, and later the smaller it is. That crew then has work early on, when
/// whoever comes before it has only begun; by the end of the show that no longer matters.
///
/// Johnson, S. (1954), "Optimal two- and three-stage production schedules with setup times included".
///
/// *Two shots wait for a tracker and then for compositing, with 5 and 1 days of tracking and 2 and 6 of compositing.
/// The first shot first: compositing has nothing to do until day 5 and ends on day 13; the second first: 9.*
pub fn feeding_the_busiest(
    problem: &Problem,
    lengths: &[i32],
    keys: &[i64],
    days: i64,
) -> Vec<i64> {
    let lean = leaning(problem, lengths);
    let begin = keys.iter().copied().filter(|&key| key >= 0).min().unwrap_or(0);
    let whole = i64::from(problem.slots.max(1)) * STEPS;
    let day = i64::from(problem.slots_per_day) * STEPS;
    let earlier = |key: i64, job: &Job| {
        // What has to come first has keys below 0.
        let left = if key < 0 { 0 } else { (whole - (key - begin)).clamp(0, whole) };
        let most = i128::from(lean[job.entity as usize]) * i128::from(days * day);
        (most * i128::from(left) / i128::from(whole) / 1_000) as i64
    };
    keys.iter().zip(&problem.jobs).map(|(&key, job)| key - earlier(key, job)).collect()
}

/// By deliverable, in thousandths of the usual deviation: how much more of its work the busiest crew does than of
/// others; 0 where it does none.
fn leaning(problem: &Problem, lengths: &[i32]) -> Vec<i64> {
    let is_work = |job: &Job| job.kind == JobKind::People;
    let work = || problem.jobs.iter().zip(lengths).filter(|(job, _)| is_work(job));
    let mut load = vec![0_i64; problem.crews.len()];
    work().for_each(|(job, &length)| load[job.crew as usize] += i64::from(length));
    let busiest = (0..load.len()).max_by_key(|&crew| (load[crew], std::cmp::Reverse(crew)));
    let Some(busiest) = busiest else { return vec![0; problem.entities.len()] };
    // Most of the people of a crew may also be a crew for other tasks. Crews are in order of lanes.
    let is_in = |one: &&Candidate| {
        problem.crews[busiest].binary_search_by_key(&one.lane, |other| other.lane).is_ok()
    };
    let is_same: Vec<bool> = problem
        .crews
        .iter()
        .map(|crew| 2 * crew.iter().filter(is_in).count() > crew.len())
        .collect();
    let mut sums = vec![(0_i64, 0_i64); problem.entities.len()];
    for (job, &length) in work() {
        let (by_busiest, all) = &mut sums[job.entity as usize];
        *all += i64::from(length);
        *by_busiest += if is_same[job.crew as usize] { i64::from(length) } else { 0 };
    }
    let part = |&(by_busiest, all): &(i64, i64)| by_busiest * 10_000 / all.max(1);
    let known: Vec<i64> = sums.iter().filter(|row| row.0 > 0).map(part).collect();
    let count = known.len().max(1) as i64;
    let mean = known.iter().sum::<i64>() / count;
    let square: i64 = known.iter().map(|part| (part - mean) * (part - mean)).sum::<i64>() / count;
    let deviation = square.isqrt().max(1);
    let lean = |row: &(i64, i64)| match row.0 {
        0 => 0,
        _ => ((part(row) - mean) * 1_000 / deviation).clamp(-2_500, 2_500),
    };
    sums.iter().map(lean).collect()
}

/// Whether work that few can do found no place in a schedule.
pub fn misses_crews(problem: &Problem, schedule: &Schedule) -> bool {
    schedule.unplaced.iter().any(|&(task, why)| is_missed(problem, task, why))
}

fn is_missed(problem: &Problem, task: u32, why: Unplaced) -> bool {
    why == Unplaced::NoTimeLeft && has_few(problem, &problem.jobs[task as usize])
}

/// Crews of so few that their time has to be kept for what nobody else can do.
const FEW: usize = 2;

fn has_few(problem: &Problem, job: &Job) -> bool {
    job.kind == JobKind::People && problem.crews[job.crew as usize].len() <= FEW
}

/// What must not wait comes first, with all that it waits for, by latest start: tasks with hard dates,
/// all of a hard milestone, and work that hardly anybody can do. Before all of that what may not even start later
/// than on a day: other work goes around it, but it cannot go around other work.
pub fn put_fixed_first(problem: &Problem, latest_start: &[i64], keys: &mut [i64]) {
    let mut in_hard_milestone = vec![false; problem.entities.len()];
    for target in problem.targets.iter().filter(|target| target.hard) {
        target.entities.iter().for_each(|&entity| in_hard_milestone[entity as usize] = true);
    }
    let rank = |job: &Job| {
        if job.start_by != u32::MAX {
            return 1;
        }
        let has_few = job.kind == JobKind::People && has_few(problem, job);
        let is_fixed = job.end_by != u32::MAX || has_few || in_hard_milestone[job.entity as usize];
        i64::from(is_fixed)
    };
    let mut ranks: Vec<i64> = problem.jobs.iter().map(rank).collect();
    for &task in problem.order.iter().rev() {
        for wait in problem.waits_for(task) {
            ranks[wait.from as usize] = ranks[wait.from as usize].max(ranks[task as usize]);
        }
    }
    for ((key, &latest), &rank) in keys.iter_mut().zip(latest_start).zip(&ranks) {
        if rank > 0 {
            *key = latest - i64::from(problem.slots) * STEPS * 4 * rank;
        }
    }
}
