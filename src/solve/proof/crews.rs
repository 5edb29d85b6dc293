//! Crews: who does what, asked once all starts are decided.
//!
//! What a pool of people can bear at a time is a resource like any other; so the search goes on
//! without naming anybody. Only a complete schedule is asked for names: from the first start to the
//! last, each place goes to somebody able who is free, as long as those left over are enough for the
//! starts to come; people alike in all they can do count once, and what has failed once is not tried
//! again. If nobody can be found, as few tasks as possible are singled out that cannot all overlap as
//! they do, and that is a new clause: two of them have to follow one another.
//!
//! Tiny case: Ann can do a and b, Bo can do b and c; all three run at once: one of two people is
//! missing. With b from 0 to 4, a from 0 to 2, c from 2 to 4, at any time two people are enough, but
//! whoever does b is missed by a or by c.
//!
//! Source: Hooker (2007), "Planning and scheduling by logic-based Benders decomposition".

use super::seating::{Places, Seating};
use super::shortage::Shortage;
use std::collections::HashSet;

/// What there is to say about a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Staffing {
    /// The person in each place.
    Filled(Vec<u32>),
    /// These tasks, which overlap, have not enough people.
    Short(Vec<u32>),
    /// It would take too long to say; it was these tasks that gave most trouble.
    Unknown(Vec<u32>),
}

/// Orders in which people are asked before a question stays open, and places looked at with each.
const ORDERS: u32 = 4;
const TRIES: u64 = 30_000;
/// Places looked at to see whether a task can be left out of a contradiction.
const FEW_TRIES: u64 = 10_000;
/// Places looked at where a proof depends on the answer.
const MANY_TRIES: u64 = 600_000;
/// Tasks that were hardest to seat among which somebody may be missing.
const BLAMED: [usize; 6] = [4, 6, 9, 13, 18, 25];
/// Tasks before the one that gave most trouble among which somebody may be missing.
const STRETCHES: [usize; 4] = [6, 12, 24, 48];
const NOBODY: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Crews {
    people: usize,
    words: usize,
    /// Where the places of each task begin.
    first: Vec<u32>,
    /// Who can fill each place: place by place.
    able: Vec<u64>,
    /// Who can fill some place of each task: task by task.
    able_any: Vec<u64>,
    /// The first person who can do just what each person can.
    alike: Vec<u32>,
    /// In how many places each person could be.
    wanted: Vec<u32>,
    /// People in the order in which they are asked.
    order: Vec<u32>,
    /// While people are looked for: until when each is busy, and the person in each place.
    busy_until: Vec<i64>,
    person_in: Vec<u32>,
    /// While it is asked whether people are enough: the place of each; who is free, placed, looked at.
    place_of: Vec<u32>,
    free: Vec<u64>,
    placed: Vec<u64>,
    seen: Vec<u64>,
    /// For each place that is being filled, those of whom somebody alike was asked.
    stood_for: Vec<u64>,
    failed: HashSet<(u32, Vec<(u32, i64)>)>,
    tries_left: u64,
    deepest: usize,
    seating: Seating,
    shortage: Shortage,
    task_of: Vec<u32>,
    /// Places looked at.
    pub work: u64,
}

impl Crews {
    /// `first_place` has a number more than there are tasks, or is empty where nobody is needed.
    pub fn new(people: usize, first_place: &[u32], able: &[u64]) -> Self {
        let words = people.div_ceil(64);
        let places = first_place.last().map_or(0, |&places| places as usize);
        let can = |place: usize, person: usize| {
            able[place * words + person / 64] >> (person % 64) & 1 == 1
        };
        let skills =
            |person: usize| -> Vec<bool> { (0..places).map(|place| can(place, person)).collect() };
        let all: Vec<Vec<bool>> = (0..people).map(skills).collect();
        let alike = |person: usize| {
            all.iter().position(|other| *other == all[person]).unwrap_or(person) as u32
        };
        let wanted: Vec<u32> =
            all.iter().map(|own| own.iter().filter(|&&can| can).count() as u32).collect();
        let alike: Vec<u32> = (0..people).map(alike).collect();
        let mut able_any = Vec::new();
        for pair in first_place.windows(2) {
            let own = &able[pair[0] as usize * words..pair[1] as usize * words];
            let any = |word: usize| own.iter().skip(word).step_by(words).fold(0, |all, w| all | w);
            able_any.extend((0..words).map(any));
        }
        let of_place = |(task, pair): (usize, &[u32])| {
            std::iter::repeat_n(task as u32, (pair[1] - pair[0]) as usize)
        };
        Self {
            people,
            words,
            task_of: first_place.windows(2).enumerate().flat_map(of_place).collect(),
            first: first_place.to_vec(),
            able: able.to_vec(),
            able_any,
            shortage: Shortage::new(&alike),
            alike,
            wanted,
            order: (0..people as u32).collect(),
            busy_until: vec![i64::MIN; people],
            person_in: vec![NOBODY; places],
            place_of: vec![NOBODY; people],
            free: vec![0; words],
            placed: vec![0; words],
            seen: vec![0; words],
            stood_for: vec![0; words * places],
            ..Self::default()
        }
    }

    /// Whether nobody is needed at all.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    fn places(&self, task: u32) -> std::ops::Range<usize> {
        self.first[task as usize] as usize..self.first[task as usize + 1] as usize
    }

    fn can(&self, place: usize, person: u32) -> bool {
        let person = person as usize;
        self.able[place * self.words + person / 64] >> (person % 64) & 1 == 1
    }

    /// Whether somebody could be asked for by both tasks.
    pub fn compete(&self, a: u32, b: u32) -> bool {
        let of = |task: u32| self.able_any.iter().skip(task as usize * self.words).take(self.words);
        of(a).zip(of(b)).any(|(a, b)| a & b != 0)
    }

    /// Looks for people for tasks that start and last so; longer where the answer is worth it.
    /// Once `stop` says so, asked now and then, the answer is that it would take too long.
    pub fn staff(
        &mut self,
        starts: &[i32],
        durations: &[i32],
        is_patient: bool,
        stop: &mut dyn FnMut() -> bool,
    ) -> Staffing {
        let mut tasks: Vec<u32> =
            (0..durations.len() as u32).filter(|&task| !self.places(task).is_empty()).collect();
        tasks.sort_by_key(|&task| (starts[task as usize], task));
        let end = |task: u32| starts[task as usize] + durations[task as usize];
        self.person_in.fill(NOBODY);
        // What takes no time keeps nobody from anything: first, and each by itself.
        let lasts = |task: &u32| durations[*task as usize] > 0;
        tasks.sort_by_key(|task| lasts(task));
        let mut from = 0;
        while from < tasks.len() && !lasts(&tasks[from]) {
            match self.ask(&tasks[from..=from], starts, durations, is_patient, stop) {
                Staffing::Filled(_) => from += 1,
                other => return other,
            }
        }
        // What has ended before the next begins has nothing to do with it.
        while from < tasks.len() {
            let mut until = from + 1;
            let mut last = end(tasks[from]);
            while until < tasks.len() && starts[tasks[until] as usize] < last {
                last = last.max(end(tasks[until]));
                until += 1;
            }
            match self.ask(&tasks[from..until], starts, durations, is_patient, stop) {
                Staffing::Filled(_) => from = until,
                other => return other,
            }
        }
        Staffing::Filled(self.person_in.clone())
    }

    /// Looks for people for tasks in the order of their starts; those found are in `person_in`.
    fn ask(
        &mut self,
        tasks: &[u32],
        starts: &[i32],
        durations: &[i32],
        is_patient: bool,
        stop: &mut dyn FnMut() -> bool,
    ) -> Staffing {
        if self.seat_all(tasks, starts, durations) {
            for &task in tasks {
                for place in self.places(task) {
                    self.person_in[place] = self.seating.person_in[place];
                }
            }
            return Staffing::Filled(Vec::new());
        }
        // Who cannot be seated stands in the way of each other: few tasks tell why.
        let mut blamed = tasks.to_vec();
        blamed.sort_by_key(|&task| {
            (
                std::cmp::Reverse(self.seating.trouble(self.places(task))),
                starts[task as usize],
                task,
            )
        });
        for most in BLAMED.into_iter().filter(|&most| most < blamed.len()) {
            let mut few = blamed[..most].to_vec();
            few.sort_by_key(|&task| (starts[task as usize], task));
            if self.seat_all(&few, starts, durations) {
                continue;
            }
            if let Some(core) = self.short_of(&few, starts, durations) {
                return Staffing::Short(core);
            }
        }
        if let Some(core) = self.short_of(tasks, starts, durations) {
            return Staffing::Short(core);
        }
        for number in 0..ORDERS {
            self.shuffle(number);
            match self.fill(tasks, starts, durations, TRIES, stop) {
                Some(true) => return Staffing::Filled(Vec::new()),
                Some(false) => {
                    let core = self.core(&tasks[..=self.deepest], starts, durations, stop);
                    return Staffing::Short(core);
                }
                None => {}
            }
        }
        // To go back over all that came before hides a contradiction close by.
        let until = self.deepest + 1;
        let stretch = |tasks_in: usize| &tasks[until - tasks_in.min(until)..until];
        for length in STRETCHES {
            if self.fill(stretch(length), starts, durations, TRIES, stop) == Some(false) {
                let core = self.core(&stretch(length)[..=self.deepest], starts, durations, stop);
                return Staffing::Short(core);
            }
        }
        if is_patient {
            self.shuffle(0);
            match self.fill(tasks, starts, durations, MANY_TRIES, stop) {
                Some(true) => return Staffing::Filled(Vec::new()),
                Some(false) => {
                    let core = self.core(&tasks[..=self.deepest], starts, durations, stop);
                    return Staffing::Short(core);
                }
                None => {}
            }
        }
        Staffing::Unknown(stretch(STRETCHES[1]).to_vec())
    }

    /// Tasks of which prices show that they have not enough people.
    fn short_of(&mut self, tasks: &[u32], starts: &[i32], durations: &[i32]) -> Option<Vec<u32>> {
        let places = Places {
            first: &self.first,
            able: &self.able,
            task: &self.task_of,
            wanted: &self.wanted,
        };
        let before = self.shortage.work;
        let core = self.shortage.of(places, tasks, starts, durations);
        self.work += self.shortage.work - before;
        core
    }

    /// Whether people are found by moves.
    fn seat_all(&mut self, tasks: &[u32], starts: &[i32], durations: &[i32]) -> bool {
        let places = Places {
            first: &self.first,
            able: &self.able,
            task: &self.task_of,
            wanted: &self.wanted,
        };
        let before = self.seating.work;
        let is_filled = self.seating.fill(places, tasks, starts, durations);
        self.work += self.seating.work - before;
        is_filled
    }

    /// The order in which people are asked: who could be in few places first, from the second time on
    /// with some chance.
    fn shuffle(&mut self, number: u32) {
        let key = |person: u32| {
            let chance = match number {
                0 => 50,
                // Any scattering will do, as long as it is always the same.
                _ => 30 + (person + 1).wrapping_mul(0x9E37_79B9).wrapping_mul(number) / 7 % 41,
            };
            u64::from(self.wanted[person as usize]) * u64::from(chance)
        };
        self.order.sort_by_key(|&person| (key(person), person));
    }

    /// As few of the tasks as can be found among which somebody is missing.
    fn core(
        &mut self,
        tasks: &[u32],
        starts: &[i32],
        durations: &[i32],
        stop: &mut dyn FnMut() -> bool,
    ) -> Vec<u32> {
        let mut core = tasks.to_vec();
        let mut at = 0;
        while at < core.len() {
            let task = core.remove(at);
            if self.seat_all(&core, starts, durations) {
                core.insert(at, task);
                at += 1;
                continue;
            }
            match self.fill(&core, starts, durations, FEW_TRIES, stop) {
                // What comes after the first who finds nobody does not matter.
                Some(false) => core.truncate(self.deepest + 1),
                _ => {
                    core.insert(at, task);
                    at += 1;
                }
            }
        }
        core
    }

    /// Whether people can be found for these tasks, which are in the order of their starts; `None` if
    /// that takes too long. If not, `deepest` is the first of them that never got its people.
    fn fill(
        &mut self,
        tasks: &[u32],
        starts: &[i32],
        durations: &[i32],
        tries: u64,
        stop: &mut dyn FnMut() -> bool,
    ) -> Option<bool> {
        self.busy_until.fill(i64::MIN);
        self.failed.clear();
        self.tries_left = tries;
        self.deepest = 0;
        self.fill_from(tasks, 0, starts, durations, stop)
    }

    fn fill_from(
        &mut self,
        tasks: &[u32],
        at: usize,
        starts: &[i32],
        durations: &[i32],
        stop: &mut dyn FnMut() -> bool,
    ) -> Option<bool> {
        let Some(&task) = tasks.get(at) else { return Some(true) };
        self.deepest = self.deepest.max(at);
        // Who is busy until when is all that matters to the rest.
        let now = i64::from(starts[task as usize]);
        let busy = (0..self.people).filter(|&person| self.busy_until[person] > now);
        let mut state: Vec<(u32, i64)> =
            busy.map(|person| (self.alike[person], self.busy_until[person])).collect();
        state.sort_unstable();
        let key = (at as u32, state);
        if self.failed.contains(&key) {
            return Some(false);
        }
        let place = self.places(task).start;
        let found = self.is_enough_ahead(tasks, at, starts, durations, stop)?
            && self.seat(tasks, at, place, starts, durations, stop)?;
        if !found {
            self.failed.insert(key);
        }
        Some(found)
    }

    /// Whether, at each start to come while somebody now busy still is, those who are free then could fill
    /// the places of all tasks from `at` on that run then. If not, `deepest` is not before the last of
    /// these.
    fn is_enough_ahead(
        &mut self,
        tasks: &[u32],
        at: usize,
        starts: &[i32],
        durations: &[i32],
        stop: &mut dyn FnMut() -> bool,
    ) -> Option<bool> {
        let last = self.busy_until.iter().copied().max().unwrap_or(i64::MIN);
        for (number, &task) in tasks.iter().enumerate().skip(at) {
            let time = i64::from(starts[task as usize]);
            if time >= last {
                break;
            }
            self.placed.fill(0);
            self.free.fill(0);
            for person in (0..self.people).filter(|&person| self.busy_until[person] <= time) {
                self.free[person / 64] |= 1 << (person % 64);
            }
            self.work += self.people as u64 / 8;
            for &other in &tasks[at..=number] {
                let end = i64::from(starts[other as usize]) + i64::from(durations[other as usize]);
                if other != task && end <= time {
                    continue;
                }
                for place in self.places(other) {
                    self.seen.fill(0);
                    self.look(stop)?;
                    if !self.match_in(place) {
                        self.deepest = self.deepest.max(number);
                        return Some(false);
                    }
                }
            }
        }
        Some(true)
    }

    /// Counts a place looked at; `None` if it was one too many, or the caller wishes to stop.
    fn look(&mut self, stop: &mut dyn FnMut() -> bool) -> Option<()> {
        self.work += 1;
        if self.tries_left.is_multiple_of(256) && stop() {
            self.tries_left = 0;
        }
        self.tries_left = self.tries_left.checked_sub(1)?;
        Some(())
    }

    /// Finds somebody free for a place, by moving others to other places (augmenting paths).
    fn match_in(&mut self, place: usize) -> bool {
        self.work += 1;
        let able = place * self.words;
        for word in 0..self.words {
            let open = self.able[able + word] & self.free[word] & !self.placed[word];
            if open != 0 {
                let person = 64 * word + open.trailing_zeros() as usize;
                self.placed[word] |= 1 << (person % 64);
                self.place_of[person] = place as u32;
                return true;
            }
        }
        for word in 0..self.words {
            loop {
                let open = self.able[able + word] & self.free[word] & !self.seen[word];
                if open == 0 {
                    break;
                }
                let person = 64 * word + open.trailing_zeros() as usize;
                self.seen[word] |= 1 << (person % 64);
                if self.match_in(self.place_of[person] as usize) {
                    self.place_of[person] = place as u32;
                    return true;
                }
            }
        }
        false
    }

    /// Fills the places of a task from `place` on, then the tasks after it.
    fn seat(
        &mut self,
        tasks: &[u32],
        at: usize,
        place: usize,
        starts: &[i32],
        durations: &[i32],
        stop: &mut dyn FnMut() -> bool,
    ) -> Option<bool> {
        let task = tasks[at];
        let places = self.places(task);
        if place == places.end {
            return self.fill_from(tasks, at + 1, starts, durations, stop);
        }
        let now = i64::from(starts[task as usize]);
        let end = now + i64::from(durations[task as usize]);
        let row = |place: usize| &self.able[place * self.words..(place + 1) * self.words];
        let is_like_last = place > places.start && row(place) == row(place - 1);
        let mut asked = 0;
        self.stood_for[place * self.words..(place + 1) * self.words].fill(0);
        self.work += self.people as u64 / 8;
        for at_order in 0..self.order.len() {
            let person = self.order[at_order];
            // Places that are alike are filled in the order of asking.
            if is_like_last && asked == 0 && at_order == 0 {
                let last = self.person_in[place - 1];
                asked = self.order.iter().position(|&other| other == last).map_or(0, |at| at + 1);
            }
            let is_here = (places.start..place).any(|place| self.person_in[place] == person);
            if at_order < asked
                || is_here
                || self.busy_until[person as usize] > now
                || !self.can(place, person)
            {
                continue;
            }
            // Of people alike who are free, the first stands for all.
            let alike = self.alike[person as usize] as usize;
            let stood_for = &mut self.stood_for[place * self.words + alike / 64];
            if *stood_for >> (alike % 64) & 1 == 1 {
                continue;
            }
            *stood_for |= 1 << (alike % 64);
            self.look(stop)?;
            let before = std::mem::replace(&mut self.busy_until[person as usize], end);
            self.person_in[place] = person;
            let found = self.seat(tasks, at, place + 1, starts, durations, stop);
            if found == Some(true) {
                return found;
            }
            self.busy_until[person as usize] = before;
            self.person_in[place] = NOBODY;
            found?;
        }
        Some(false)
    }
}
