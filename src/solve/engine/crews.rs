//! Crews: how many artists of a department are at work on each day, where a crew curve says how many there may be.

use super::schedule::Part;
use crate::formulate::{LaneSpec, Problem};
use crate::model::Id;

/// Artists at work by department and day, for departments with a crew curve.
#[derive(Clone, Debug, Default)]
pub(super) struct Crews {
    /// People at work.
    count: Vec<Vec<u16>>,
    /// Parts that a person works on, by person and day.
    parts: Vec<Vec<u8>>,
    days: usize,
}

impl Crews {
    /// Nobody at work.
    pub fn new(problem: &Problem) -> Crews {
        let days = problem.timeline.days() as usize;
        let of = |cap: &Vec<u16>, size: usize| if cap.is_empty() { 0 } else { size };
        let people = days * problem.people as usize;
        Crews {
            count: problem.caps.iter().map(|cap| vec![0; of(cap, days)]).collect(),
            parts: problem.caps.iter().map(|cap| vec![0; of(cap, people)]).collect(),
            days,
        }
    }

    /// Takes everybody off.
    pub fn clear(&mut self) {
        self.count.iter_mut().for_each(|count| count.fill(0));
        self.parts.iter_mut().for_each(|parts| parts.fill(0));
    }

    /// Puts the artist of a part to work in a department.
    pub fn take(&mut self, problem: &Problem, department: u32, part: &Part) {
        self.on_each_day(problem, department, part, |parts, people| {
            *parts += 1;
            *people += u16::from(*parts == 1);
        });
    }

    /// Takes the artist of a part off again.
    pub fn give_back(&mut self, problem: &Problem, department: u32, part: &Part) {
        self.on_each_day(problem, department, part, |parts, people| {
            *parts -= 1;
            *people -= u16::from(*parts == 0);
        });
    }

    /// Changes the parts of the artist and the people at work on each day of a part.
    #[inline]
    fn on_each_day(
        &mut self,
        problem: &Problem,
        department: u32,
        part: &Part,
        change: impl Fn(&mut u8, &mut u16),
    ) {
        let department = department as usize;
        if problem.caps[department].is_empty() {
            return;
        }
        let lane = &problem.lanes[part.lane as usize];
        let first = lane.person.index() * self.days;
        let (parts, people) = (&mut self.parts[department], &mut self.count[department]);
        for (day, _) in problem.times[lane.time as usize].days_of(part.from, part.to) {
            change(&mut parts[first + day as usize], &mut people[day as usize]);
        }
    }

    /// The last day of a run on which a department has no room for one more artist.
    pub fn full_day(
        &self,
        problem: &Problem,
        department: u32,
        lane: &LaneSpec,
        (from, to): (u32, u32),
    ) -> Option<u32> {
        let cap = &problem.caps[department as usize];
        if cap.is_empty() {
            return None;
        }
        let person = lane.person.index();
        let time = &problem.times[lane.time as usize];
        let count = &self.count[department as usize];
        let parts = &self.parts[department as usize];
        time.days_of(from, to)
            .map(|(day, _)| day)
            .filter(|&day| {
                let is_counted = parts[person * self.days + day as usize] > 0;
                cap[day as usize] == 0 || (!is_counted && count[day as usize] >= cap[day as usize])
            })
            .last()
    }

    /// Whether a department has room for several parts of a task side by side; each alone fits.
    pub fn room_together<'a>(
        &mut self,
        problem: &Problem,
        department: u32,
        parts: impl Iterator<Item = &'a Part> + Clone,
    ) -> bool {
        let cap = &problem.caps[department as usize];
        if cap.is_empty() {
            return true;
        }
        let at_work = &self.parts[department as usize];
        let count = &mut self.count[department as usize];
        let mut has_room = true;
        for step in [1_i32, -1] {
            for part in parts.clone() {
                let lane = &problem.lanes[part.lane as usize];
                let person = lane.person.index();
                for (day, _) in problem.times[lane.time as usize].days_of(part.from, part.to) {
                    if at_work[person * self.days + day as usize] == 0 {
                        let heads = &mut count[day as usize];
                        *heads = (i32::from(*heads) + step) as u16;
                        has_room &= step < 0 || *heads <= cap[day as usize];
                    }
                }
            }
        }
        has_room
    }
}
