//! Time as the bound sees it: slots of the days on which anybody works, some of them put together
//! where a show is large, up to a while after the last date.

use super::TimePrice;
use crate::formulate::{Job, NONE, Problem};

/// Numbers that the tables of all tasks together may have.
const MOST_CELLS: usize = 6_000_000;
/// Days after the last date that are told apart; what happens later counts as at their end.
const DAYS_AFTER: u32 = 20;

/// Steps of open time.
pub(super) struct Grid {
    /// Slots in a step.
    pub grain: usize,
    /// Number of steps; the one after the last is "whenever after".
    pub steps: usize,
    /// Open slots before each boundary.
    before: Vec<u32>,
    /// Calendar slot of each open slot.
    slot_of: Vec<u32>,
    per_day: u32,
}

/// The least price of the work of each department for each show in each step, 0 after the last one.
pub(super) struct Prices {
    /// By department and show, see [`place`], and step.
    pub by_step: Vec<Vec<f64>>,
    /// By department and show, and day.
    pub by_day: Vec<Vec<f64>>,
}

/// The place of the prices of a task's work.
pub(super) fn place(problem: &Problem, job: &Job) -> usize {
    job.department as usize * problem.calendars.len() + job.calendar as usize
}

impl Grid {
    pub(super) fn new(problem: &Problem) -> Grid {
        let (per_day, days) = (problem.slots_per_day, problem.timeline.days());
        let mut is_open = vec![false; days as usize];
        for time in &problem.times {
            time.days_of(0, time.total()).for_each(|(day, _)| is_open[day as usize] = true);
        }
        for (day, is_open) in is_open.iter_mut().enumerate() {
            let day = day as u32;
            let before = day.checked_sub(1).unwrap_or(NONE);
            *is_open |= problem.calendars.iter().any(|c| c.days_after(before, day) > 0);
        }
        let (mut slot_of, mut before) = (Vec::new(), Vec::new());
        for slot in 0..problem.slots {
            before.push(slot_of.len() as u32);
            if is_open[(slot / per_day) as usize] {
                slot_of.push(slot);
            }
        }
        before.push(slot_of.len() as u32);
        let dates = problem.dues.iter().map(|due| due.due.day);
        let dates = dates.chain(problem.targets.iter().map(|target| target.due.day));
        let last = dates.filter(|&day| day != NONE).max().unwrap_or(days);
        let until = (last.saturating_add(DAYS_AFTER)).min(days) * per_day;
        let open = before[until as usize] as usize;
        let grain = (open * problem.jobs.len()).div_ceil(MOST_CELLS).max(1);
        Grid { grain, steps: open / grain, before, slot_of, per_day }
    }

    /// Rows in a table of one task.
    pub(super) fn width(&self) -> usize {
        self.steps + 1
    }

    fn open_before(&self, boundary: u32) -> usize {
        self.before[(boundary as usize).min(self.before.len() - 1)] as usize
    }

    /// The step in which something starts that starts at a boundary.
    pub(super) fn starts(&self, boundary: u32) -> usize {
        (self.open_before(boundary) / self.grain).min(self.steps)
    }

    /// The least number of steps by which something is over that ends at a boundary.
    pub(super) fn ends(&self, boundary: u32) -> usize {
        self.open_before(boundary).div_ceil(self.grain).min(self.steps)
    }

    /// The earliest day on which something is finished that is over after so many steps, not before.
    pub(super) fn finish_day(&self, step: usize) -> usize {
        let first = step.saturating_sub(1) * self.grain;
        self.slot_of.get(first).map_or(0, |slot| (slot / self.per_day) as usize)
    }

    /// Whether a day is before the end of the last step.
    pub(super) fn is_told_apart(&self, day: u32) -> bool {
        self.open_before(day * self.per_day) < self.steps * self.grain
    }

    /// The prices, by day and by step.
    pub(super) fn prices(&self, problem: &Problem, prices: &[TimePrice]) -> Prices {
        let days = problem.timeline.days() as usize;
        let shows = problem.calendars.len();
        let mut by_day = vec![vec![0.0_f64; days]; problem.caps.len() * shows];
        for row in prices.iter().filter(|row| row.price > 0.0 && row.price.is_finite()) {
            let of_shows = row.show.map_or(0..shows, |show| show as usize..show as usize + 1);
            let first = row.department as usize * shows;
            let of_shows = first + of_shows.start..first + of_shows.end.min(shows);
            for of_show in by_day.get_mut(of_shows).into_iter().flatten() {
                for day in row.first..row.end.min(days as u32) {
                    // Beyond the last step time has no price, neither for work nor for artists.
                    if self.is_told_apart(day) {
                        of_show[day as usize] = row.price;
                    }
                }
            }
        }
        let least = |of_day: &Vec<f64>, step: usize| {
            let slots = &self.slot_of[step * self.grain..(step + 1) * self.grain];
            let prices = slots.iter().map(|slot| of_day[(slot / self.per_day) as usize]);
            prices.fold(f64::INFINITY, f64::min)
        };
        let by_step = by_day
            .iter()
            .map(|of_day| (0..self.steps).map(|step| least(of_day, step)).chain([0.0]).collect())
            .collect();
        Prices { by_step, by_day }
    }
}
