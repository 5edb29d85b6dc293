//! Seating: finds people for the places of a timetable by moving others out of the way.
//!
//! A place without anybody takes the person whose other places at that time are missed least; these wait to
//! be filled again. A place counts for more each time nobody could be found for it, so that what is hard to fill is
//! filled at the cost of what is easy. It finds people fast where there are enough; it never says that there
//! are not.
//!
//! Tiny case: Ann can do a and b, Bo only a, both at once. Ann sits in a; b takes her, and a takes Bo.
//!
//! Source: Nagata, Bräysy (2009), "A powerful route minimization heuristic for the vehicle routing problem with
//! time windows" (guided ejection).

/// Moves before it gives up, for each place.
const MOVES: u64 = 60;
const NOBODY: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Seating {
    /// Tasks that overlap each task, itself among them: 64 in a word.
    overlaps: Vec<u64>,
    /// Tasks each person is in.
    tasks_of: Vec<u64>,
    /// The person in each place.
    pub person_in: Vec<u32>,
    /// How often nobody could be found for each place.
    penalty: Vec<u32>,
    waiting: Vec<u32>,
    /// Places and people looked at.
    pub work: u64,
}

/// Places of tasks and who can fill them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'a> {
    /// Where the places of each task begin, and the number of places.
    pub first: &'a [u32],
    /// Who can fill each place, 64 people in a number.
    pub able: &'a [u64],
    /// The task of each place.
    pub task: &'a [u32],
    /// In how many places each person could be.
    pub wanted: &'a [u32],
}

impl Seating {
    /// Tries to fill the places of some tasks, given when these start and how long they last; `true` if all are.
    pub fn fill(
        &mut self,
        places: Places<'_>,
        tasks: &[u32],
        starts: &[i32],
        durations: &[i32],
    ) -> bool {
        let people = places.wanted.len();
        let words = durations.len().div_ceil(64);
        self.overlaps.clear();
        self.overlaps.resize(words * durations.len(), 0);
        let lasts = |task: u32| durations[task as usize];
        let end = |task: u32| starts[task as usize] + lasts(task);
        for (at, &a) in tasks.iter().enumerate() {
            self.overlaps[a as usize * words + a as usize / 64] |= 1 << (a % 64);
            for &b in &tasks[at + 1..] {
                let (x, y) = (starts[a as usize], starts[b as usize]);
                if lasts(a) > 0 && lasts(b) > 0 && x < end(b) && y < end(a) {
                    self.overlaps[a as usize * words + b as usize / 64] |= 1 << (b % 64);
                    self.overlaps[b as usize * words + a as usize / 64] |= 1 << (a % 64);
                }
            }
        }
        self.tasks_of.clear();
        self.tasks_of.resize(words * people, 0);
        self.person_in.clear();
        self.person_in.resize(places.task.len(), NOBODY);
        self.penalty.clear();
        self.penalty.resize(places.task.len(), 1);
        self.waiting.clear();
        let own = |task: u32| places.first[task as usize]..places.first[task as usize + 1];
        self.waiting.extend(tasks.iter().rev().flat_map(|&task| own(task)));
        let mut left = MOVES * self.waiting.len() as u64;
        let mut draw = 0x9E37_79B9_7F4A_7C15_u64;
        while let Some(place) = self.waiting.pop() {
            let Some(moves) = left.checked_sub(1) else {
                self.waiting.push(place);
                return false;
            };
            left = moves;
            let Some(person) = self.cheapest(places, place, words, &mut draw) else {
                self.waiting.push(place);
                return false;
            };
            self.seat(places, place, person, words);
        }
        true
    }

    /// How hard some places were to fill.
    pub fn trouble(&self, places: std::ops::Range<usize>) -> u32 {
        self.penalty[places].iter().sum()
    }

    /// The person able for a place whose places at that time are missed least.
    fn cheapest(
        &mut self,
        places: Places<'_>,
        place: u32,
        words: usize,
        draw: &mut u64,
    ) -> Option<u32> {
        let people = places.wanted.len();
        let row = people.div_ceil(64);
        let task = places.task[place as usize] as usize;
        let mut best: Option<(u64, u32)> = None;
        for word in 0..row {
            let mut able = places.able[place as usize * row + word];
            while able != 0 {
                let person = 64 * word as u32 + able.trailing_zeros();
                able &= able - 1;
                self.work += 1;
                // Some scattering, so that the same moves do not come back for ever.
                *draw ^= *draw << 13;
                *draw ^= *draw >> 7;
                *draw ^= *draw << 17;
                let mut cost = u64::from(places.wanted[person as usize]) * (48 + (*draw >> 59));
                for other in self.in_the_way(person, task, words) {
                    let own = places.first[other]..places.first[other + 1];
                    for own in own.filter(|&own| self.person_in[own as usize] == person) {
                        cost += u64::from(self.penalty[own as usize]) << 24;
                    }
                }
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, person));
                }
            }
        }
        let (cost, person) = best?;
        if cost >> 24 > 0 {
            self.penalty[place as usize] += 1;
        }
        Some(person)
    }

    /// Tasks that a person is in and that overlap a task.
    fn in_the_way(&self, person: u32, task: usize, words: usize) -> impl Iterator<Item = usize> {
        let mine = &self.tasks_of[person as usize * words..][..words];
        let row = &self.overlaps[task * words..][..words];
        let both = mine.iter().zip(row).enumerate();
        both.flat_map(|(word, (a, b))| {
            let mut set = a & b;
            std::iter::from_fn(move || {
                let at = (set != 0).then(|| 64 * word + set.trailing_zeros() as usize);
                set &= set.wrapping_sub(1);
                at
            })
        })
    }

    /// Seats a person, and lets wait what they leave.
    fn seat(&mut self, places: Places<'_>, place: u32, person: u32, words: usize) {
        let task = places.task[place as usize] as usize;
        let others: Vec<usize> = self.in_the_way(person, task, words).collect();
        for other in others {
            self.tasks_of[person as usize * words + other / 64] &= !(1 << (other % 64));
            for own in places.first[other]..places.first[other + 1] {
                if self.person_in[own as usize] == person {
                    self.person_in[own as usize] = NOBODY;
                    self.waiting.push(own);
                }
            }
        }
        self.person_in[place as usize] = person;
        self.tasks_of[person as usize * words + task / 64] |= 1 << (task % 64);
    }
}
