//! What one draw makes of the uncertainty: work, delays and losses of every task, from the stream alone.

use super::super::course::Course;
use super::super::stream::Stream;
use super::{Chances, Row};
use crate::formulate::NONE;

/// Kinds of variables, each with a range of numbers of its own in the stream.
#[derive(Clone, Copy)]
enum Kind {
    Show,
    Sequence,
    Department,
    Task,
    Retakes,
    Notes,
    SlipAtAll,
    SlipDays,
    Growth,
    Omit,
    VendorAtAll,
    VendorDays,
    EventAtAll,
    EventDays,
    EventStart,
    EventMoney,
    Leaving,
    Sick,
    Prospect,
}

fn variable(kind: Kind, index: u32) -> u64 {
    (kind as u64) << 40 | u64::from(index)
}

/// What a draw came to.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Work of each task, in minutes at the bid standard.
    pub work: Vec<u64>,
    /// Work of the vendor's tasks that is paid: growth and cuts, without the spread of effort.
    pub paid: Vec<u64>,
    /// Working slots between the last work on a task and its end.
    pub lag: Vec<u32>,
    /// No start before.
    pub earliest: Vec<u32>,
    /// Working slots for which a vendor is late.
    pub late: Vec<u32>,
    /// When work stands still, by event: from a boundary to another; empty when it does not happen.
    pub stops: Vec<(u32, u32)>,
    /// By person: the days lost after leaving, from a day to another.
    pub gone: Vec<(u32, u32)>,
    /// Threshold of a hash below which a person is sick on a day; 0 = nobody ever.
    sick: u64,
    /// Share of the time that is left for work on days when people are not sick: needs are less by it.
    pub present: f64,
    /// Money by itself, in minor units.
    pub money: i64,
    /// Each cause in a number, for [`Chances::causes`].
    pub causes: Vec<f64>,
    z: Common,
    stream: Stream,
    draw: u32,
}

#[derive(Clone, Debug, Default)]
struct Common {
    shows: Vec<f64>,
    sequences: Vec<f64>,
    departments: Vec<f64>,
    slips: Vec<f64>,
    twins: Vec<f64>,
    happened: Vec<bool>,
    /// By show: it does not happen.
    gone: Vec<bool>,
}

impl Drawn {
    /// Whether a person is away on a day of the timeline.
    #[inline]
    pub fn is_away(&self, person: u32, day: u32) -> bool {
        let gone = self.gone[person as usize];
        if gone.0 <= day && day < gone.1 {
            return true;
        }
        self.sick > 0
            && self.stream.bits(self.draw, variable(Kind::Sick, person << 16 | day)) < self.sick
    }

    /// Whether anybody is ever away in this draw.
    #[inline]
    pub fn anybody_away(&self) -> bool {
        self.sick > 0 || self.gone.iter().any(|gone| gone.0 < gone.1)
    }

    /// Makes lost slots a share of all slots.
    pub fn share_lost(&mut self, place: Option<usize>, slots: f64) {
        if let Some(cause) = place.and_then(|place| self.causes.get_mut(place)) {
            *cause /= slots.max(1.0);
        }
    }

    /// Counts slots lost to sick days and the like.
    pub fn count_lost(&mut self, place: Option<usize>, slots: f64) {
        if let Some(cause) = place.and_then(|place| self.causes.get_mut(place)) {
            *cause += slots;
        }
    }
}

impl Chances {
    /// A draw without any spread: the plan's own numbers.
    pub fn none(&self, course: &Course, stream: Stream) -> Drawn {
        let tasks = self.rows.len();
        let highest = |list: &[u32]| list.last().map_or(0, |&last| last as usize + 1);
        Drawn {
            work: course.problem.jobs.iter().map(|job| job.work).collect(),
            paid: course.problem.jobs.iter().map(|job| job.work).collect(),
            lag: vec![0; tasks],
            earliest: course.problem.jobs.iter().map(|job| job.earliest).collect(),
            late: vec![0; tasks],
            stops: vec![(0, 0); self.events.len()],
            gone: vec![(0, 0); self.people as usize],
            sick: 0,
            present: 1.0,
            money: 0,
            causes: vec![0.0; self.causes.len()],
            z: Common {
                shows: vec![0.0; highest(&self.shows)],
                sequences: vec![0.0; highest(&self.sequences)],
                departments: vec![0.0; highest(&self.departments)],
                slips: Vec::new(),
                twins: vec![0.0; self.shots as usize],
                happened: vec![false; self.events.len()],
                gone: vec![
                    false;
                    self.rows.iter().map(|row| row.show as usize + 1).max().unwrap_or(0)
                ],
            },
            stream,
            draw: 0,
        }
    }

    /// Makes draw number `draw`.
    pub fn draw(&self, course: &Course, draw: u32, drawn: &mut Drawn) {
        let stream = drawn.stream;
        drawn.draw = draw;
        drawn.causes.fill(0.0);
        let places = self.places;
        for (place, &show) in self.shows.iter().enumerate() {
            let z = stream.normal(draw, variable(Kind::Show, show));
            drawn.z.shows[show as usize] = z;
            drawn.causes[place] = z;
        }
        for (place, &sequence) in self.sequences.iter().enumerate() {
            let z = stream.normal(draw, variable(Kind::Sequence, sequence));
            drawn.z.sequences[sequence as usize] = z;
            drawn.causes[places.sequences + place] = z;
        }
        for &department in &self.departments {
            drawn.z.departments[department as usize] = match self.roots[2] > 0.0 {
                true => stream.normal(draw, variable(Kind::Department, department)),
                false => 0.0,
            };
        }
        self.draw_shots(draw, drawn);
        self.draw_events(course, draw, drawn);
        self.draw_prospects(draw, drawn);
        self.draw_people(course, draw, drawn);
        let problem = &course.problem;
        let per_day = f64::from(problem.slots_per_day);
        let mut slips = std::mem::take(&mut drawn.z.slips);
        slips.clear();
        for (task, row) in self.rows.iter().enumerate() {
            if !course.is_placed(task as u32) {
                continue;
            }
            let twin = if row.shot == NONE { 1.0 } else { drawn.z.twins[row.shot as usize] };
            let gone = drawn.z.gone[row.show as usize];
            let twin = if twin == 0.0 && !row.can_be_cut { 1.0 } else { twin };
            let twin = if gone { 0.0 } else { twin };
            let mut work = row.work * twin;
            if twin > 1.0 {
                drawn.causes[places.lumps + 3] += work - row.work;
            } else if twin == 0.0 && !gone {
                drawn.causes[places.lumps + 4] += row.work;
            }
            drawn.paid[task] = work.round() as u64;
            if row.shape != NONE && row.work > 0.0 {
                work *= self.factor(task, row, draw, drawn);
            }
            if row.retakes.0 > 0.0 && row.work > 0.0 {
                let share = stream.share(draw, variable(Kind::Retakes, task as u32));
                let rounds = geometric(share, row.retakes.0).min(row.retakes.2);
                let more = f64::from(rounds) * row.retakes.1 * row.bid * twin;
                work += more;
                drawn.causes[places.lumps] += more;
            }
            let mut lag = 0.0;
            if row.notes.0 > 0.0 && twin > 0.0 {
                let share = stream.share(draw, variable(Kind::Notes, task as u32));
                let rounds = f64::from(poisson(share, row.notes.0));
                work += rounds * row.notes.2 * row.bid * twin;
                lag = rounds * row.notes.1 * per_day;
                drawn.causes[places.lumps + 1] += lag + rounds * row.notes.2;
            }
            drawn.lag[task] = lag.round() as u32;
            for &event in self.events_of(task as u32) {
                if drawn.z.happened[event as usize] {
                    work *= 1.0 + self.events[event as usize].work;
                }
            }
            // Nothing that has to be done takes no time at all.
            drawn.work[task] = if work > 0.0 { (work.round() as u64).clamp(1, 1 << 40) } else { 0 };
            let mut earliest = row.earliest;
            if row.turnover != NONE {
                let sequence = row.turnover_of as usize;
                while slips.len() <= sequence {
                    slips.push(f64::NAN);
                }
                if slips[sequence].is_nan() {
                    slips[sequence] = self.slip(draw, stream, sequence as u32);
                    drawn.causes[places.lumps + 2] += slips[sequence];
                }
                let calendar = &problem.calendars[problem.jobs[task].calendar as usize];
                let slots = (slips[sequence] * per_day).round() as i32;
                earliest = earliest.max(calendar.after(row.turnover, slots));
            }
            drawn.earliest[task] = earliest;
            if row.late > 0.0 {
                let share = stream.share(draw, variable(Kind::VendorAtAll, task as u32));
                let days = if share < row.late && !gone {
                    let z = stream.normal(draw, variable(Kind::VendorDays, task as u32));
                    self.vendor_days.at(z).clamp(0.0, 5_000.0)
                } else {
                    0.0
                };
                drawn.late[task] = (days * per_day).round() as u32;
                drawn.causes[places.lumps + 5] += days;
            }
        }
        drawn.z.slips = slips;
    }

    /// What a task takes as a multiple of its bid.
    fn factor(&self, task: usize, row: &Row, draw: u32, drawn: &mut Drawn) -> f64 {
        let shape = &self.shapes[row.shape as usize];
        if shape.is_fixed() {
            return shape.at(0.0) * row.tuned.0;
        }
        let of = |list: &[f64], at: u32| list.get(at as usize).copied().unwrap_or(0.0);
        let own = drawn.stream.normal(draw, variable(Kind::Task, task as u32));
        let mine = self.roots[2] * of(&drawn.z.departments, row.department) + self.roots[3] * own;
        let mut z = mine + self.roots[0] * of(&drawn.z.shows, row.show);
        if row.sequence == NONE {
            // What has no sequence has its share of variance by itself.
            z += self.roots[1]
                * drawn.stream.normal(draw, variable(Kind::Task, task as u32 | 1 << 31));
        } else {
            z += self.roots[1] * of(&drawn.z.sequences, row.sequence);
        }
        if let Ok(place) = self.departments.binary_search(&row.department) {
            drawn.causes[self.places.departments + place] +=
                row.work * self.slopes[row.shape as usize] * mine;
        }
        let factor = shape.at(z);
        let (times, power) = row.tuned;
        let factor = if power == 1.0 {
            factor
        } else {
            let middle = shape.at(0.0).max(1e-6);
            middle * (factor.max(1e-6) / middle).powf(power)
        };
        // A tail that a table or a normal cannot have is cut where work would take next to no time.
        (factor * times).clamp(0.02, 1_000.0)
    }

    fn slip(&self, draw: u32, stream: Stream, sequence: u32) -> f64 {
        let (probability, days) = &self.slip;
        if *probability <= 0.0
            || stream.share(draw, variable(Kind::SlipAtAll, sequence)) >= *probability
        {
            return 0.0;
        }
        let z = stream.normal(draw, variable(Kind::SlipDays, sequence));
        days.at(z).clamp(0.0, 2_000.0)
    }

    fn draw_shots(&self, draw: u32, drawn: &mut Drawn) {
        let stream = drawn.stream;
        if self.growth.0 <= 0.0 && self.omits <= 0.0 {
            drawn.z.twins.fill(1.0);
            return;
        }
        for (shot, twin) in drawn.z.twins.iter_mut().enumerate() {
            let grows = self.growth.0 > 0.0
                && stream.share(draw, variable(Kind::Growth, shot as u32)) < self.growth.0;
            let cut = self.omits > 0.0
                && stream.share(draw, variable(Kind::Omit, shot as u32)) < self.omits;
            *twin = match (cut, grows) {
                (true, _) => 0.0,
                (false, true) => 1.0 + self.growth.1,
                (false, false) => 1.0,
            };
        }
    }

    fn draw_events(&self, course: &Course, draw: u32, drawn: &mut Drawn) {
        let problem = &course.problem;
        let stream = drawn.stream;
        drawn.money = 0;
        for (place, event) in self.events.iter().enumerate() {
            let number = place as u32;
            let share = stream.share(draw, variable(Kind::EventAtAll, number));
            drawn.stops[place] = (0, 0);
            drawn.z.happened[place] = share < event.probability;
            if share >= event.probability {
                continue;
            }
            let days = stream.normal(draw, variable(Kind::EventDays, number));
            let days = event.days.at(days).clamp(0.0, 5_000.0);
            let when = stream.share(draw, variable(Kind::EventStart, number));
            let day = event.from + (when * f64::from(event.to - event.from + 1)) as u32;
            let start = day.min(event.to) * problem.slots_per_day;
            let slots = (days * f64::from(problem.slots_per_day)).round() as i32;
            if let (true, Some(calendar)) = (slots > 0, problem.calendars.first()) {
                // From the first working slot on.
                let first = calendar.after(start, 1).saturating_sub(1).max(start);
                drawn.stops[place] = (start, calendar.after(first, slots));
            }
            let money = stream.normal(draw, variable(Kind::EventMoney, number));
            let money = event.money.at(money).round() as i64;
            drawn.money = drawn.money.saturating_add(money);
            drawn.causes[self.places.events + place] = 1.0 + days;
        }
    }

    /// Shows that may not happen: what is left of one that does not is not worked, as if it were dropped.
    fn draw_prospects(&self, draw: u32, drawn: &mut Drawn) {
        for (place, &(show, chance)) in self.prospects.iter().enumerate() {
            let share = drawn.stream.share(draw, variable(Kind::Prospect, show));
            let happens = share < chance;
            if let Some(gone) = drawn.z.gone.get_mut(show as usize) {
                *gone = !happens;
            }
            let cause = self.places.events + self.events.len() + place;
            drawn.causes[cause] = f64::from(u8::from(happens));
        }
    }

    fn draw_people(&self, course: &Course, draw: u32, drawn: &mut Drawn) {
        let stream = drawn.stream;
        drawn.present = 1.0 - self.sick.clamp(0.0, 0.9);
        drawn.sick = (self.sick.clamp(0.0, 0.9) * u64::MAX as f64) as u64;
        let (hazard, days) = self.leaving;
        if hazard <= 0.0 || days == 0 {
            return;
        }
        let first = course.problem.timeline.day(course.problem.timeline.first()).0;
        let last = course.last / course.problem.slots_per_day;
        for (person, gone) in drawn.gone.iter_mut().enumerate() {
            let share = stream.share(draw, variable(Kind::Leaving, person as u32));
            // The day of an exponential life; working days become calendar days, seven for five.
            let day = f64::from(first) + (share.ln() / (1.0 - hazard).max(1e-9).ln()).floor();
            let day = day.clamp(0.0, 60_000.0) as u32;
            *gone = (day, day + (days * 7).div_ceil(5));
            drawn.causes[self.places.lumps + 7] += f64::from(u8::from(day <= last));
        }
    }
}

/// Rounds when each is followed by one more with probability `p`.
///
/// With p = 0.5, half of all have none, a quarter one: `geometric(0.8, 0.5)` is 0 for shares up to a half,
/// then 1 to three quarters, then 2.
fn geometric(share: f64, p: f64) -> u32 {
    if p >= 1.0 {
        return u32::MAX;
    }
    ((1.0 - share).ln() / p.ln()).floor().clamp(0.0, 1e6) as u32
}

/// The number of events below which a share of all counts lies, for so many on average.
fn poisson(share: f64, mean: f64) -> u32 {
    let (mut count, mut likely) = (0_u32, (-mean).exp());
    let mut sum = likely;
    while sum < share && count < 1_000 {
        count += 1;
        likely *= mean / f64::from(count);
        sum += likely;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_distributions() {
        assert_eq!([0.3, 0.6, 0.8, 0.9].map(|share| geometric(share, 0.5)), [0, 1, 2, 3]);
        // exp(-1) = 0.368 have none, as many one.
        assert_eq!([0.3, 0.5, 0.8, 0.95].map(|share| poisson(share, 1.0)), [0, 1, 2, 3]);
        assert_eq!(crate::risk::stream::normal(0.5), 0.0);
    }
}
