//! Long weeks: what overtime does in them, and how many heavy ones may follow each other.
//!
//! An hour beyond the forty-eighth of a week does less than it takes. What it does is told when it is asked for, on
//! top of all that is asked for already; as later hours never do more than earlier ones, what
//! is left of a week when something is taken off it still does no more than so long a week is worth.

use super::board::Board;
use crate::formulate::{NONE, Problem};

/// What overtime does on the long days of a part where it is less than it takes: up to three different values,
/// and two bits for each day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeavyDays {
    low: u64,
    high: u64,
    worth: [u16; 3],
}

impl HeavyDays {
    /// All overtime does what it takes.
    pub const NONE: HeavyDays = HeavyDays { low: 0, high: 0, worth: [0; 3] };

    /// Whether all overtime does what it takes.
    #[inline]
    pub fn is_none(&self) -> bool {
        (self.low | self.high) == 0
    }

    /// What `minutes` on a day (of the first 64) do.
    #[inline]
    pub fn worth(&self, day: u32, minutes: u16) -> u16 {
        match (self.low >> day & 1, self.high >> day & 1) {
            (0, 0) => minutes,
            (low, high) => self.worth[(low + 2 * high) as usize - 1],
        }
    }

    /// Notes what overtime does on a day; what it is then held to do, which is no more.
    ///
    /// ```
    /// use shotplan::solve::engine::long_weeks::HeavyDays;
    /// let mut days = HeavyDays::default();
    /// assert_eq!([days.note(3, 100), days.note(4, 72), days.note(5, 30)], [100, 72, 30]);
    /// assert_eq!(days.note(8, 80), 72); // three values are kept
    /// assert_eq!([3, 4, 5, 8, 9].map(|day| days.worth(day, 120)), [100, 72, 30, 72, 120]);
    /// assert_eq!(days.only(0b1_0000).worth(3, 120), 120);
    /// ```
    pub fn note(&mut self, day: u32, worth: u16) -> u16 {
        let free = self.worth.iter().position(|&known| known == 0);
        let known = (0..3).filter(|&at| (1..=worth).contains(&self.worth[at]));
        let known = known.max_by_key(|&at| self.worth[at]);
        let exact = known.filter(|&at| self.worth[at] == worth);
        let Some(at) = exact.or(free).or(known).filter(|_| worth > 0) else { return 0 };
        if exact.is_none() && free == Some(at) {
            self.worth[at] = worth;
        }
        let bits = at as u64 + 1;
        self.low |= (bits & 1) << day;
        self.high |= (bits >> 1) << day;
        self.worth[at]
    }

    /// The same for some of the days only.
    pub fn only(self, days: u64) -> HeavyDays {
        let (low, high) = (self.low & days, self.high & days);
        if low | high == 0 { HeavyDays::NONE } else { HeavyDays { low, high, ..self } }
    }
}

/// The overtime of a person as it is asked for day by day, in order, on top of what the board has.
pub struct Asking<'a> {
    problem: &'a Problem,
    board: &'a Board,
    person: u32,
    week: u32,
    asked: [u16; 7],
    /// Heavy weeks in a row before that week, with what has been asked for in them.
    before: usize,
    /// And after it.
    after: usize,
}

impl<'a> Asking<'a> {
    /// Nothing is asked for yet.
    pub fn new(problem: &'a Problem, board: &'a Board, person: u32) -> Asking<'a> {
        Asking { problem, board, person, week: NONE, asked: [0; 7], before: 0, after: 0 }
    }

    fn look_at(&mut self, week: u32) {
        if week == self.week {
            return;
        }
        let book = &self.problem.overtime;
        let last = (self.week, self.before);
        let was_heavy = self.week != NONE && book.is_heavy(self.person, self.week, &self.asked);
        let of_board = |week: u32| self.board.overtime_in_week(self.problem, self.person, week * 7);
        let is_heavy = |week: u32| book.is_heavy(self.person, week, of_board(week));
        self.before = 0;
        for earlier in (0..week).rev() {
            if earlier == last.0 {
                self.before += if was_heavy { last.1 + 1 } else { 0 };
                break;
            }
            if !is_heavy(earlier) {
                break;
            }
            self.before += 1;
        }
        self.after = (week + 1..book.week_count).take_while(|&later| is_heavy(later)).count();
        self.asked = *of_board(week);
        self.week = week;
    }

    /// Minutes of overtime that a day has room for.
    pub fn room(&mut self, day: u32) -> u32 {
        self.look_at(day / 7);
        let book = &self.problem.overtime;
        let room = book.room(self.person, day, &self.asked);
        let before_heavy = book.before_heavy(self.person, self.week, &self.asked);
        let is_heavy = book.is_heavy(self.person, self.week, &self.asked);
        if self.before + 1 + self.after <= book.patience() || is_heavy {
            return room;
        }
        // On a day off that is worked already nothing is added.
        let is_there = self.asked[(day % 7) as usize] > 0;
        if is_there { room } else { room.min(before_heavy.max(0) as u32) }
    }

    /// Minutes of work that `minutes` on a day do.
    pub fn worth(&mut self, day: u32, minutes: u32) -> u32 {
        self.look_at(day / 7);
        self.problem.overtime.worth(self.person, self.week, &self.asked, minutes)
    }

    /// Asks for them.
    pub fn take(&mut self, day: u32, minutes: u16) {
        self.look_at(day / 7);
        self.asked[(day % 7) as usize] = minutes;
    }
}
