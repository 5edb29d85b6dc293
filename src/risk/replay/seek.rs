//! What a place is sought for: a part of a task, and what drawn absences and events do to its time.

use crate::formulate::WorkingTime;
use crate::risk::chances::{Chances, Drawn};
use crate::risk::course::{Course, PlannedPart};

/// What a place is sought for.
pub(super) struct Seek<'a> {
    pub course: &'a Course,
    pub chances: &'a Chances,
    pub drawn: &'a Drawn,
    pub task: u32,
    pub anybody_away: bool,
    pub hold: u32,
    /// Basis-point slots to settle in.
    pub setup: u64,
    pub squeezed: bool,
    /// Ends that it need not wait for.
    pub excused: &'a [u32],
}

impl<'a> Seek<'a> {
    pub fn of(
        part: &PlannedPart,
        course: &'a Course,
        chances: &'a Chances,
        drawn: &'a Drawn,
        task: u32,
    ) -> Seek<'a> {
        Seek {
            course,
            chances,
            drawn,
            task,
            anybody_away: false,
            hold: part.hold,
            setup: part.setup,
            squeezed: part.squeezed,
            excused: course.excused(part),
        }
    }

    /// The first boundary from `cursor` on at which no event lets the work stand still.
    pub fn past_stops(&self, cursor: u32) -> u32 {
        let events = self.chances.events_of(self.task);
        let mut at = cursor;
        // Leaving one stop may run into another; each is left once at most.
        for _ in 0..events.len() {
            let stop = events.iter().map(|&event| self.drawn.stops[event as usize]);
            match stop.into_iter().find(|stop| stop.0 <= at && at < stop.1) {
                Some(stop) => at = stop.1,
                None => break,
            }
        }
        at
    }

    /// The end of a run, longer by the time its artist is away or its work stands still; and the slots lost.
    pub fn with_losses(
        &self,
        time: &WorkingTime,
        person: u32,
        (from, first_to): (u32, u32),
        need: u64,
    ) -> Option<(u32, u32)> {
        let per_day = time.slots_per_day();
        let (mut to, mut away) = (first_to, 0);
        loop {
            let (mut lost, mut slots_lost) = (0_u64, 0);
            if self.anybody_away {
                let first_day = time.day_of_index(from);
                for (number, (day, slots)) in time.days_of(from, to).enumerate() {
                    if self.drawn.is_away(person, day) {
                        let begin = from.max((first_day + number as u32) * per_day);
                        lost += time.done_before(begin + slots) - time.done_before(begin);
                        slots_lost += slots;
                    }
                }
            }
            for &event in self.chances.events_of(self.task) {
                let (stop, go) = self.drawn.stops[event as usize];
                let (a, b) = (time.index_at(stop).max(from), time.index_at(go).min(to));
                if stop < go && a < b {
                    lost += time.done_before(b) - time.done_before(a);
                }
            }
            let next = time.finish(from, need + lost)?;
            if next <= to {
                return Some((to, away.max(slots_lost)));
            }
            (to, away) = (next, slots_lost);
        }
    }
}
