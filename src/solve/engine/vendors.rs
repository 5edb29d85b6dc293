//! What each vendor does in each week, kept up to date task by task.

use crate::formulate::{Problem, each_week};

/// Work of vendors by vendor and week, in minutes; nothing where nobody's capacity counts.
#[derive(Clone, Debug, Default)]
pub struct VendorUse {
    done: Vec<i64>,
}

impl VendorUse {
    /// Nothing to do.
    pub fn new(problem: &Problem) -> VendorUse {
        VendorUse { done: vec![0; problem.vendors.places()] }
    }

    /// Takes all work away.
    pub fn clear(&mut self) {
        self.done.fill(0);
    }

    /// Gives a task to its vendor at a place.
    pub fn take(&mut self, problem: &Problem, task: u32, place: (u32, u32)) {
        self.change(problem, task, place, 1);
    }

    /// Takes a task away from its vendor.
    pub fn give_back(&mut self, problem: &Problem, task: u32, place: (u32, u32)) {
        self.change(problem, task, place, -1);
    }

    fn change(&mut self, problem: &Problem, task: u32, place: (u32, u32), sign: i64) {
        let Some((first, _)) = problem.vendors.of(&problem.jobs[task as usize]) else { return };
        each_week(problem, task, place, |week, minutes| self.done[first + week] += sign * minutes);
    }

    /// Whether the vendor of a task has room for it at a place.
    pub fn has_room(&self, problem: &Problem, task: u32, place: (u32, u32)) -> bool {
        self.full_until(problem, task, place).is_none()
    }

    /// The first place of a vendor's task that begins at `from` or later and ends at `end_from` or later, and
    /// for which all its weeks have room.
    pub fn fit(
        &self,
        problem: &Problem,
        task: u32,
        (from, end_from): (u32, u32),
        length: u32,
    ) -> Option<(u32, u32)> {
        let calendar = &problem.calendars[problem.jobs[task as usize].calendar as usize];
        let mut from = from;
        loop {
            let place = calendar.run(from, length)?;
            if place.1 < end_from {
                from = place.0 + 1;
                continue;
            }
            match self.full_until(problem, task, place) {
                Some(again) => from = again,
                None => return Some(place),
            }
        }
    }

    /// Where a task has no room at a place: the boundary before which it need not be tried again.
    ///
    /// A later start only takes work out of a week once it lies in that week itself, with so few working slots
    /// left of it that the rest fits.
    fn full_until(&self, problem: &Problem, task: u32, place: (u32, u32)) -> Option<u32> {
        let job = &problem.jobs[task as usize];
        let (first, most) = problem.vendors.of(job)?;
        let calendar = &problem.calendars[job.calendar as usize];
        let mut until = None;
        each_week(problem, task, place, |week, minutes| {
            let room = most - self.done[first + week];
            if minutes <= room {
                return;
            }
            let all = i128::from(calendar.slots_between(place.0, place.1));
            let slots = ((i128::from(room.max(0)) + 1) * all - 1) / i128::from(job.work.max(1));
            let week_end = (week as u32 + 1) * 7 * problem.slots_per_day;
            let again = calendar.after(week_end.min(problem.slots), -(slots.min(all) as i32));
            until = until.max(Some(again.max(place.0 + 1)));
        });
        until
    }
}
