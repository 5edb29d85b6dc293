//! Who does a task, and when: the best place on the board for one task.
//!
//! Each candidate offers the earliest gap in their time that holds the task; the offers are judged by
//! the price of lateness, pay that could be avoided, continuity, handover and fit. Where a task may
//! be cut into parts, more artists are tried; where it would be late, overtime is.

use super::board::{Board, Wish};
use super::charges::{Team, pay_and_fit, pay_of_days_off, personal};
use super::onward::{Onward, PARTS, Seen};
use super::schedule::{MOST_PARTS, NO_PART, Part, Window, site_of};
use crate::formulate::{Candidate, JobKind, NONE, Problem};
use crate::model::{Id, Weights};
use std::sync::Arc;

/// What decides the choice of artist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taste {
    /// Slots before its latest end from which a task counts as late.
    pub margin: i32,
    /// Price of lateness, in per cent of the deliverable's own.
    pub urgency: i64,
    /// Price of a slot of time in any case, in hundred-thousandths of an artist-day.
    pub haste: i64,
    /// Weight of avoidable pay, in per cent.
    pub thrift: i64,
    /// Price of one more artist on a sequence, in per cent of an artist-day.
    pub company: i64,
    /// Price of one more change of sequence of an artist, in per cent of an artist-day.
    pub change: i64,
    /// Minutes of overtime a day that late work may ask for; 0 = none.
    pub overtime: u32,
    /// Offers that are passed over at random, in thousandths.
    pub blinks: u32,
    /// About how many artists are asked besides those whose time has just become free; 0 = all.
    pub asked: u32,
    /// How often work that is in time takes days off all the same, so that what comes after it on the same
    /// artist is earlier, in thousandths.
    pub eager: u32,
    /// Whether ends are judged as those see them who go on at other sites.
    pub onward: bool,
}

impl Taste {
    /// Lateness at its price, other things at theirs.
    pub const BALANCED: Taste = Taste {
        margin: 8,
        urgency: 100,
        haste: 500,
        thrift: 100,
        company: 20,
        change: 0,
        overtime: 0,
        blinks: 0,
        asked: 0,
        eager: 0,
        onward: false,
    };
    /// Rather late than dear.
    pub const SAVING: Taste =
        Taste { margin: 24, urgency: 40, haste: 100, thrift: 150, ..Taste::BALANCED };

    /// The same where a house counts components otherwise.
    fn weighed(self, weights: &Weights) -> Taste {
        let [_, milestones, shots, _, labour, _, continuity, switches, ..] = *weights.points();
        Taste {
            urgency: self.urgency * milestones.max(shots) / 10_000,
            thrift: self.thrift * labour / 10_000,
            company: self.company * continuity / 10_000,
            change: self.change * switches / 10_000,
            ..self
        }
    }
}

/// Guides of the choice that stay the same over a search.
#[derive(Clone, Debug, Default)]
pub struct Urgency {
    /// Boundary by which each task should end so that nothing that waits for it is late.
    pub latest_end: Vec<u32>,
    /// Price of a slot of lateness beyond it, in minor units.
    pub price: Vec<i64>,
    /// How much later an end is seen by those who go on at other sites.
    pub onward: Arc<Onward>,
}

/// Offers looked at again with overtime.
const OFFERS_WITH_OVERTIME: usize = 4;

/// Places tasks on a board.
#[derive(Clone, Debug, Default)]
pub struct Placer {
    offers: Vec<(i64, u32, Part)>,
    /// State of the random stream that decides which offers are passed over.
    luck: u64,
    /// Lanes whose time has become free, in order.
    freed: Vec<u32>,
    /// Candidates to be asked for a task.
    asked: Vec<Candidate>,
    team: Team,
}

impl Placer {
    /// Forgets whose time has become free.
    pub fn forget_freed(&mut self) {
        self.freed.clear();
    }

    /// Notes that time of a lane has become free: its artist is always asked.
    pub fn note_freed(&mut self, lane: u32) {
        if let Err(position) = self.freed.binary_search(&lane) {
            self.freed.insert(position, lane);
        }
    }

    /// Starts the random stream of the offers that are passed over.
    pub fn seed(&mut self, seed: u64) {
        self.luck = seed | 1;
    }

    /// Places a task; `false` when it has to stay without a place.
    pub fn place(
        &mut self,
        problem: &Problem,
        board: &mut Board,
        task: u32,
        urgency: &Urgency,
        taste: Taste,
    ) -> bool {
        let job = &problem.jobs[task as usize];
        if board.schedule.blocked_by(problem, task).is_some() {
            return false;
        }
        let taste = taste.weighed(&problem.weights);
        match job.kind {
            JobKind::Done | JobKind::Hold => false,
            JobKind::Instant => {
                let window = Window::of(problem, &board.schedule, task, NONE);
                let time = window.start.max(window.end);
                if time <= problem.slots {
                    board.put(problem, task, time, time, &[]);
                }
                time <= problem.slots
            }
            JobKind::Vendor(_, length) => {
                let window = Window::of(problem, &board.schedule, task, NONE);
                let window = (window.start, window.end);
                let Some((start, end)) = board.vendors.fit(problem, task, window, length) else {
                    return false;
                };
                let part = Part { from: start, to: end, start, end, ..NO_PART };
                board.put(problem, task, start, end, &[part]);
                true
            }
            JobKind::People => self.place_people(problem, board, task, urgency, taste),
        }
    }

    /// Finds the best artists for a task and places it; false when none has the time.
    fn place_people(
        &mut self,
        problem: &Problem,
        board: &mut Board,
        task: u32,
        urgency: &Urgency,
        taste: Taste,
    ) -> bool {
        let job = &problem.jobs[task as usize];
        let shared_window =
            problem.one_clock.then(|| Window::of(problem, &board.schedule, task, NONE));
        self.ask(problem, task, taste);
        let mut chosen: Option<(i64, u32)> = None;
        let mut best = [NO_PART; MOST_PARTS as usize];
        for parts in 1..=job.parts.min(MOST_PARTS) {
            self.gather(problem, board, task, parts, shared_window, urgency, taste);
            let offers = &mut self.offers;
            if offers.len() < parts as usize {
                break;
            }
            if parts == 1 {
                let Some(&offer) = offers.iter().min_by_key(|offer| (offer.0, offer.1)) else {
                    break;
                };
                (chosen, best[0]) = (Some((offer.0, 1)), offer.2);
                let prices = TimePrices::new(problem, task, urgency, taste);
                let is_late = prices.is_late(offer.2.end, site_of(problem, &offer.2));
                if taste.overtime > 0
                    && is_late
                    && let Some(long) = longer_days(
                        problem,
                        board,
                        task,
                        offers,
                        (shared_window, offer),
                        (&self.team, urgency, taste),
                    )
                {
                    (chosen, best[0]) = (Some((long.0, 1)), long.1);
                } else if taste.eager > 0
                    && let Some(part) = on_days_off(problem, board, task, shared_window, &offer.2)
                    && self.blink(taste.eager)
                {
                    best[0] = part;
                }
                continue;
            }
            offers.sort_unstable_by_key(|offer| (offer.0, offer.1));
            // The last part decides when the task ends; the rest cost what they cost.
            let score = offers[parts as usize - 1].0 + i64::from(parts) * problem.artist_day / 50;
            let team = offers[..parts as usize].iter().map(|offer| &offer.2);
            if chosen.is_none_or(|(known, _)| score < known)
                && board.room_together(problem, task, team.clone())
            {
                chosen = Some((score, parts));
                for (slot, part) in best.iter_mut().zip(team) {
                    *slot = *part;
                }
            }
        }
        let Some((_, parts)) = chosen else { return false };
        let parts = &best[..parts as usize];
        let start = parts.iter().map(|part| part.start).min().unwrap_or(0);
        let end = parts.iter().map(|part| part.end).max().unwrap_or(0);
        board.put(problem, task, start, end, parts);
        true
    }

    /// Chooses the candidates that are asked: those with time just become free, then others spread
    /// evenly over the crew.
    fn ask(&mut self, problem: &Problem, task: u32, taste: Taste) {
        let job = &problem.jobs[task as usize];
        let crew = problem.crews[job.crew as usize].as_slice();
        self.asked.clear();
        let wanted = taste.asked.max(job.parts * 4) as usize;
        if taste.asked == 0 || crew.len() <= wanted + self.freed.len() {
            self.asked.extend_from_slice(crew);
            return;
        }
        for &lane in &self.freed {
            // Crews are in order of lanes.
            if let Ok(position) = crew.binary_search_by_key(&lane, |candidate| candidate.lane) {
                self.asked.push(crew[position]);
            }
        }
        self.luck = scrambled(self.luck);
        let first = self.luck as usize % crew.len();
        for number in 0..wanted {
            let candidate = &crew[(first + number * crew.len() / wanted) % crew.len()];
            if self.freed.binary_search(&candidate.lane).is_err() {
                self.asked.push(*candidate);
            }
        }
    }

    /// The offer of each candidate.
    #[expect(clippy::too_many_arguments, reason = "one inner loop, split for reading")]
    fn gather(
        &mut self,
        problem: &Problem,
        board: &Board,
        task: u32,
        parts: u32,
        shared_window: Option<Window>,
        urgency: &Urgency,
        taste: Taste,
    ) {
        let job = &problem.jobs[task as usize];
        let work = job.work.div_ceil(u64::from(parts));
        self.offers.clear();
        self.team.look_at(problem, board, job.group);
        let mut windows = [None; 8];
        let mut passed_over = None;
        // Parts need as many offers as there are parts, longer days the best few.
        let wanted = if taste.overtime > 0 { OFFERS_WITH_OVERTIME } else { 1 };
        let is_open = job.parts == 1;
        let prices = TimePrices::new(problem, task, urgency, taste);
        let mut best = [i64::MAX; OFFERS_WITH_OVERTIME];
        for place in 0..self.asked.len() {
            let candidate = &self.asked[place].clone();
            if taste.blinks > 0 && self.blink(taste.blinks) {
                passed_over = Some(*candidate);
                continue;
            }
            let to_beat = best[wanted - 1];
            let personal = personal(problem, &self.team, task, candidate.lane, taste);
            let give_up = match is_open && to_beat != i64::MAX {
                true => prices.latest(to_beat - personal),
                false => NONE,
            };
            let need = problem.need(work, candidate.rate);
            let wish = Wish { parts, give_up, ..Wish::of(need) };
            let offer = offer(problem, board, task, wish, candidate, shared_window, &mut windows);
            if let Some(mut part) = offer {
                let certain = prices.of(part.end, site_of(problem, &part)) + personal;
                if is_open && certain > to_beat {
                    continue;
                }
                let mut score = certain + pay_and_fit(problem, board, task, part, taste);
                if problem.pools.any_soft && board.pools.cost_of(problem, task, &part) > 0 {
                    // Or later, when nothing has to be rented.
                    let wish = Wish { within_pools: true, ..wish };
                    let later = self::offer(
                        problem,
                        board,
                        task,
                        wish,
                        candidate,
                        shared_window,
                        &mut windows,
                    );
                    if let Some(later) = later {
                        let rest = pay_and_fit(problem, board, task, later, taste);
                        let its = prices.of(later.end, site_of(problem, &later)) + personal + rest;
                        if its < score {
                            (part, score) = (later, its);
                        }
                    }
                }
                self.offers.push((score, candidate.lane, part));
                if score < to_beat {
                    best[wanted - 1] = score;
                    best[..wanted].sort_unstable();
                }
            }
        }
        if let (true, Some(candidate)) = (self.offers.is_empty(), passed_over) {
            let need = problem.need(work, candidate.rate);
            let wish = Wish { parts, ..Wish::of(need) };
            let offer = offer(problem, board, task, wish, &candidate, shared_window, &mut windows);
            self.offers.extend(offer.map(|part| (0, candidate.lane, part)));
        }
    }

    fn blink(&mut self, thousandths: u32) -> bool {
        self.luck = scrambled(self.luck);
        self.luck % 1_000 < u64::from(thousandths)
    }
}

/// Marsaglia's xorshift.
fn scrambled(mut state: u64) -> u64 {
    state ^= state << 13;
    state ^= state >> 7;
    state ^ state << 17
}

/// The earliest gap of a candidate for what is wished.
pub(super) fn offer(
    problem: &Problem,
    board: &Board,
    task: u32,
    wish: Wish,
    candidate: &Candidate,
    shared_window: Option<Window>,
    windows: &mut [Option<Window>; 8],
) -> Option<Part> {
    let site = problem.lanes[candidate.lane as usize].site;
    let seen = || Window::of(problem, &board.schedule, task, site);
    let window = match (shared_window, windows.get_mut(site as usize)) {
        (Some(window), _) => window,
        (None, Some(known)) => *known.get_or_insert_with(seen),
        (None, None) => seen(),
    };
    let mut part = board.fit(problem, task, candidate.lane, window, wish)?;
    part.level = candidate.level;
    Some(part)
}

/// The best of the best offers with overtime, if it is better than the best without.
fn longer_days(
    problem: &Problem,
    board: &Board,
    task: u32,
    offers: &mut [(i64, u32, Part)],
    (shared_window, plain): (Option<Window>, (i64, u32, Part)),
    (team, urgency, taste): (&Team, &Urgency, Taste),
) -> Option<(i64, Part)> {
    let prices = TimePrices::new(problem, task, urgency, taste);
    let mut best: Option<(i64, Part)> = None;
    offers.sort_unstable_by_key(|offer| (offer.0, offer.1));
    let able = |lane: u32| problem.overtime.may(problem.lanes[lane as usize].person.index() as u32);
    let able = offers.iter().filter(|offer| able(offer.1)).take(OFFERS_WITH_OVERTIME);
    for &(_, lane, offer) in able {
        let site = problem.lanes[lane as usize].site;
        let window =
            shared_window.unwrap_or_else(|| Window::of(problem, &board.schedule, task, site));
        let need = offer.need - u64::from(offer.setup);
        let wish = Wish { minutes: taste.overtime, ..Wish::of(need) };
        if let Some(part) = on_days_off(problem, board, task, shared_window, &offer) {
            let score = prices.of(part.end, site)
                + personal(problem, team, task, lane, taste)
                + pay_and_fit(problem, board, task, part, taste)
                + pay_of_days_off(problem, board, &part) * taste.thrift / 100;
            if score < best.map_or(plain.0, |known| known.0) {
                best = Some((score, part));
            }
        }
        let Some(mut part) = board.fit(problem, task, lane, window, wish) else { continue };
        part.level = offer.level;
        // Overtime is paid half more than its share of a day, and long weeks have a price.
        let minutes = i64::from(part.long_days.count_ones() * part.minutes);
        let pay = minutes * problem.artist_day * 16 / (10 * problem.bid_day.max(1));
        let score = prices.of(part.end, site)
            + personal(problem, team, task, lane, taste)
            + pay_and_fit(problem, board, task, part, taste)
            + pay * taste.thrift / 100;
        if part.long_days != 0 && score < best.map_or(plain.0, |known| known.0) {
            best = Some((score, part));
        }
    }
    best
}

/// The same work of the same artist with days off worked, where it ends earlier.
fn on_days_off(
    problem: &Problem,
    board: &Board,
    task: u32,
    shared_window: Option<Window>,
    plain: &Part,
) -> Option<Part> {
    let lane = &problem.lanes[plain.lane as usize];
    if lane.with_days_off == NONE {
        return None;
    }
    let window =
        shared_window.unwrap_or_else(|| Window::of(problem, &board.schedule, task, lane.site));
    let need = plain.need - u64::from(plain.setup);
    let wish = Wish { give_up: plain.end, ..Wish::of(need) };
    let part = board.fit(problem, task, lane.with_days_off, window, wish)?;
    (part.end < plain.end).then_some(Part { level: plain.level, ..part })
}

/// What time costs a task, whoever works on it.
struct TimePrices<'a> {
    /// Who goes on, and how much later they see an end.
    seen: Seen<'a>,
    /// Boundary from which an end is late.
    target: i64,
    /// Price of a slot of lateness.
    late: i64,
    /// Price of a slot in any case.
    haste: i64,
}

impl<'a> TimePrices<'a> {
    fn new(problem: &Problem, task: u32, urgency: &'a Urgency, taste: Taste) -> TimePrices<'a> {
        let index = task as usize;
        TimePrices {
            seen: if taste.onward { urgency.onward.of(task) } else { Seen::default() },
            target: i64::from(urgency.latest_end[index]) - i64::from(taste.margin),
            late: urgency.price[index] * taste.urgency / 100,
            haste: problem.artist_day * taste.haste / 100_000,
        }
    }

    fn of(&self, end: u32, site: u32) -> i64 {
        let later = self.seen.later(end, site);
        let late = ((i64::from(end) - self.target) * PARTS + later).max(0);
        // Whole slots and parts apart: a price may be high.
        late / PARTS * self.late
            + late % PARTS * self.late / PARTS
            + i64::from(end) * self.haste
            + later * self.haste / PARTS
    }

    /// Whether an end is late for those who go on.
    fn is_late(&self, end: u32, site: u32) -> bool {
        (i64::from(end) - self.target) * PARTS + self.seen.later(end, site) > 0
    }

    /// The boundary after which time alone costs more than `most`.
    fn latest(&self, most: i64) -> u32 {
        let target = self.target.max(0);
        let at_target = target * self.haste + (target - self.target) * self.late;
        let end = if most < at_target || self.late + self.haste == 0 {
            if self.haste == 0 { i64::from(NONE) } else { most / self.haste }
        } else {
            target + (most - at_target) / (self.late + self.haste)
        };
        (end + i64::from(self.seen.gain())).clamp(0, i64::from(NONE)) as u32
    }
}
