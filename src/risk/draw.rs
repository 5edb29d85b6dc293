//! What one draw makes of the uncertainty: work, delays and losses of every task, from the stream alone.

use super::course::{Course, has_begun, seniority_of};
use super::shape::Shape;
use super::stream::Stream;
use crate::formulate::{JobKind, NONE};
use crate::model::{Class, Entity, Id, Production, Seniority, Status, Task, Uncertainty};

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

/// How one task is uncertain.
#[derive(Clone, Debug)]
struct Row {
    /// Work in the plan, in minutes.
    work: f64,
    /// Its bid, in minutes: what rounds are a share of.
    bid: f64,
    /// Index of its shape; [`NONE`] when work is what it is.
    shape: u32,
    /// Multiplies the factor, and the power its spread is raised to.
    tuned: (f64, f64),
    show: u32,
    sequence: u32,
    department: u32,
    /// Index among the shots; [`NONE`] otherwise.
    shot: u32,
    /// Whether its shot may still be cut.
    can_be_cut: bool,
    /// Probability of a retake, share of the bid, rounds at most.
    retakes: (f64, f64, u32),
    /// Rounds of notes, working days each, share of the bid.
    notes: (f64, f64, f64),
    /// First boundary without turnovers, and that of the turnover; [`NONE`] when it has been.
    earliest: u32,
    turnover: u32,
    /// Sequence whose turnover it waits for.
    turnover_of: u32,
    /// Probability that a vendor is late with it.
    late: f64,
}

/// A named risk, ready to be drawn.
#[derive(Clone, Debug)]
struct Event {
    probability: f64,
    days: Shape,
    work: f64,
    money: Shape,
    /// Days of the timeline on which it may begin.
    from: u32,
    to: u32,
}

/// What causes spread: one number a draw for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What all tasks of a show have in common.
    Show(u32),
    /// What all tasks of a sequence have in common.
    Sequence(u32),
    /// What the work of a department takes, together and task by task.
    Department(u32),
    /// Retakes.
    Retakes,
    /// Rounds of client notes.
    Notes,
    /// Turnovers.
    Turnovers,
    /// Shots that grow.
    Growth,
    /// Shots that are cut.
    Omits,
    /// Vendors.
    Vendors,
    /// Sick days.
    Sick,
    /// People who leave.
    Attrition,
    /// A named risk.
    Event(u32),
    /// Whether a show happens.
    Prospect(u32),
}

/// An uncertainty compiled for a plan.
#[derive(Clone, Debug)]
pub struct Chances {
    rows: Vec<Row>,
    shapes: Vec<Shape>,
    slopes: Vec<f64>,
    /// Roots of the shares of variance: show, sequence, department, the task's own.
    roots: [f64; 4],
    slip: (f64, Shape),
    vendor_days: Shape,
    growth: (f64, f64),
    omits: f64,
    sick: f64,
    /// Probability to leave on a day, and paid days lost.
    leaving: (f64, u32),
    events: Vec<Event>,
    /// Shows that may not happen, and the chance that they do.
    prospects: Vec<(u32, f64)>,
    /// Events of each task: `event_list[first_event[task]..first_event[task + 1]]`.
    first_event: Vec<u32>,
    event_list: Vec<u32>,
    /// What is counted as a cause of spread, in the order of [`Drawn::causes`].
    pub causes: Vec<Cause>,
    places: Places,
    sequences: Vec<u32>,
    shows: Vec<u32>,
    departments: Vec<u32>,
    shots: u32,
    people: u32,
}

/// Where each lump of causes stands.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    departments: usize,
    sequences: usize,
    lumps: usize,
    events: usize,
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
    /// Compiles an uncertainty for a plan. Mitigations that change work are applied by
    /// [`mitigated`](super::mitigated) before.
    pub fn new(
        production: &Production,
        course: &Course,
        uncertainty: &Uncertainty,
        tuned: &[(Option<u32>, f64, f64)],
    ) -> Chances {
        let problem = &course.problem;
        let shapes: Vec<Shape> =
            uncertainty.spreads.iter().map(|row| Shape::new(&row.factor)).collect();
        let slopes = shapes.iter().map(Shape::slope).collect();
        let correlation = uncertainty.correlation;
        let shared = [correlation.show, correlation.sequence, correlation.department];
        let own = (1.0 - shared.iter().sum::<f64>()).max(0.0);
        let timeline = &problem.timeline;
        let as_of = production.settings.as_of;
        let mut bare = production.clone();
        bare.sequences.iter_mut().for_each(|row| row.turnover = None);
        bare.shots.iter_mut().for_each(|row| row.turnover = None);
        let rules = production.date_rules();
        let begun = shots_begun(production);
        let last_of = last_tasks(production);
        let mut rows = Vec::with_capacity(production.tasks.len());
        for (id, task) in production.tasks.enumerate() {
            let job = &problem.jobs[id.index()];
            let class = production.class_of(task.entity);
            let seniority = seniority_of(production, course, id);
            let is_people = job.kind == JobKind::People;
            let shape = nearest(uncertainty, task, class, seniority).filter(|_| is_people);
            let retakes = uncertainty
                .retakes
                .iter()
                .filter(|row| row.department.is_none_or(|own| own == task.department))
                .filter(|row| row.class.is_none_or(|own| Some(own) == class))
                .max_by_key(|row| (row.department.is_some(), row.class.is_some()));
            let notes = uncertainty
                .reviews
                .iter()
                .filter(|_| last_of[id.index()])
                .filter(|row| row.class.is_none_or(|own| Some(own) == class))
                .max_by_key(|row| row.class.is_some());
            let mut earliest = bare.earliest_start(id, &rules[id]);
            let (mut late, sequence) = (0.0, production.sequence_of(task.entity));
            if let JobKind::Vendor(vendor, _) = job.kind {
                let row = &production.vendors[vendor];
                earliest = earliest.max(row.cleared_from.unwrap_or(earliest));
                late = match row.late_probability {
                    0 => uncertainty.vendors.probability,
                    own => own as f64 / 10_000.0,
                };
                if uncertainty.vendors.probability == 0.0 {
                    late = 0.0;
                }
            }
            let shot = match task.entity {
                Entity::Shot(shot) => Some(shot),
                _ => None,
            };
            let turnover = [
                sequence.and_then(|id| production.sequences[id].turnover),
                shot.and_then(|id| production.shots[id].turnover),
            ];
            let turnover = turnover.into_iter().flatten().max().filter(|date| *date > as_of);
            let mut scale = (1.0, 1.0);
            for &(department, times, power) in tuned {
                if department.is_none_or(|own| own == job.department) {
                    scale = (scale.0 * times, scale.1 * power);
                }
            }
            rows.push(Row {
                work: job.work as f64,
                bid: task.bid.max(0) as f64,
                shape: shape.map_or(NONE, |shape| shape as u32),
                tuned: scale,
                show: production.show_of(task.entity).index() as u32,
                sequence: sequence.map_or(NONE, |id| id.index() as u32),
                department: job.department,
                shot: shot.map_or(NONE, |id| id.index() as u32),
                can_be_cut: shot.is_some_and(|id| !begun[id.index()]),
                retakes: retakes
                    .map_or((0.0, 0.0, 0), |row| (row.probability, row.share, row.most)),
                notes: notes.map_or((0.0, 0.0, 0.0), |row| (row.rounds, row.days, row.share)),
                earliest: timeline.start_of(earliest).0,
                turnover: turnover.map_or(NONE, |date| timeline.start_of(date).0),
                turnover_of: sequence.map_or(0, |id| id.index() as u32),
                late,
            });
        }
        let mut chances = Chances {
            rows,
            shapes,
            slopes,
            roots: [shared[0], shared[1], shared[2], own].map(|share| share.max(0.0).sqrt()),
            slip: (uncertainty.turnover.probability, Shape::new(&uncertainty.turnover.days)),
            vendor_days: Shape::new(&uncertainty.vendors.days),
            growth: (uncertainty.scope.growth, uncertainty.scope.size),
            omits: uncertainty.scope.omits,
            sick: uncertainty.sick,
            leaving: (
                1.0 - (1.0 - uncertainty.attrition.monthly.clamp(0.0, 1.0)).powf(12.0 / 365.0),
                uncertainty.attrition.days,
            ),
            events: Vec::new(),
            prospects: prospects(production),
            first_event: Vec::new(),
            event_list: Vec::new(),
            causes: Vec::new(),
            places: Places::default(),
            sequences: Vec::new(),
            shows: Vec::new(),
            departments: Vec::new(),
            shots: production.shots.len() as u32,
            people: production.people.len() as u32,
        };
        chances.take_events(production, course, uncertainty);
        chances.name_causes(course);
        chances
    }

    fn take_events(&mut self, production: &Production, course: &Course, from: &Uncertainty) {
        let timeline = &course.problem.timeline;
        let as_of = production.settings.as_of;
        let last = timeline.day_of_end(crate::model::Slot(course.last));
        for row in &from.events {
            let first = timeline.day(row.from.unwrap_or(as_of).max(as_of)).0;
            let to = row.to.map_or(last, |date| timeline.day(date));
            self.events.push(Event {
                probability: row.probability,
                days: Shape::new(&row.days),
                work: row.work,
                money: Shape::new(&row.money),
                from: first,
                to: to.0.max(first),
            });
        }
        for task in &production.tasks {
            self.first_event.push(self.event_list.len() as u32);
            for (place, row) in from.events.iter().enumerate() {
                let in_department =
                    row.departments.is_empty() || row.departments.contains(&task.department);
                let inside = row.entities.is_empty()
                    || row.entities.iter().any(|outer| production.contains(*outer, task.entity));
                if in_department && inside {
                    self.event_list.push(place as u32);
                }
            }
        }
        self.first_event.push(self.event_list.len() as u32);
    }

    /// What is uncertain at all, in groups that are independent of each other.
    fn name_causes(&mut self, course: &Course) {
        let open = |row: &&Row| row.shape != NONE;
        let sorted = |mut list: Vec<u32>| {
            list.sort_unstable();
            list.dedup();
            list
        };
        let placed = |task: usize| course.is_placed(task as u32);
        let rows = || {
            let rows = self.rows.iter().enumerate().filter(|(task, _)| placed(*task));
            rows.map(|(_, row)| row).filter(open)
        };
        let shows = sorted(rows().map(|row| row.show).collect());
        let departments = sorted(rows().map(|row| row.department).collect());
        let with = rows().map(|row| row.sequence).filter(|&sequence| sequence != NONE);
        let sequences = sorted(with.collect());
        (self.shows, self.departments, self.sequences) = (shows, departments, sequences);
        let mut causes = Vec::new();
        if self.roots[0] > 0.0 {
            causes.extend(self.shows.iter().map(|&show| Cause::Show(show)));
        } else {
            self.shows.clear();
        }
        self.places.departments = causes.len();
        causes.extend(self.departments.iter().map(|&department| Cause::Department(department)));
        self.places.sequences = causes.len();
        if self.roots[1] > 0.0 {
            causes.extend(self.sequences.iter().map(|&sequence| Cause::Sequence(sequence)));
        } else {
            self.sequences.clear();
        }
        self.places.lumps = causes.len();
        causes.extend([
            Cause::Retakes,
            Cause::Notes,
            Cause::Turnovers,
            Cause::Growth,
            Cause::Omits,
            Cause::Vendors,
            Cause::Sick,
            Cause::Attrition,
        ]);
        self.places.events = causes.len();
        causes.extend((0..self.events.len() as u32).map(Cause::Event));
        causes.extend(self.prospects.iter().map(|&(show, _)| Cause::Prospect(show)));
        self.causes = causes;
    }

    /// Where the cause "sick" stands.
    pub fn sick_place(&self) -> Option<usize> {
        (self.sick > 0.0).then_some(self.places.lumps + 6)
    }

    /// The events that touch a task.
    #[inline]
    pub fn events_of(&self, task: u32) -> &[u32] {
        let (from, to) = (self.first_event[task as usize], self.first_event[task as usize + 1]);
        &self.event_list[from as usize..to as usize]
    }

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

/// The spread of a task: the one that names its department, else its class, else its artist's level.
fn nearest(
    uncertainty: &Uncertainty,
    task: &Task,
    class: Option<Class>,
    seniority: Option<Seniority>,
) -> Option<usize> {
    uncertainty
        .spreads
        .iter()
        .enumerate()
        .filter(|(_, row)| row.department.is_none_or(|own| own == task.department))
        .filter(|(_, row)| row.class.is_none_or(|own| Some(own) == class))
        .filter(|(_, row)| row.seniority.is_none_or(|own| Some(own) == seniority))
        .max_by_key(|(at, row)| {
            let named = [row.department.is_some(), row.class.is_some(), row.seniority.is_some()];
            (named, std::cmp::Reverse(*at))
        })
        .map(|(at, _)| at)
}

fn prospects(production: &Production) -> Vec<(u32, f64)> {
    let shows = production.shows.enumerate();
    let open = shows.filter(|(_, row)| row.probability < 10_000);
    open.map(|(id, row)| (id.index() as u32, row.probability as f64 / 10_000.0)).collect()
}

/// Shots on which any work has begun or is done.
fn shots_begun(production: &Production) -> Vec<bool> {
    let mut begun = vec![false; production.shots.len()];
    for task in &production.tasks {
        if let Entity::Shot(shot) = task.entity {
            let is_done = task.status.is_done() && task.status != Status::Omit;
            begun[shot.index()] |= is_done || has_begun(task);
        }
    }
    begun
}

/// Tasks of shots and assets that nothing open of the same shot or asset waits for.
fn last_tasks(production: &Production) -> Vec<bool> {
    let mut last: Vec<bool> = production
        .tasks
        .enumerate()
        .map(|(id, task)| {
            production.is_open(id) && matches!(task.entity, Entity::Shot(_) | Entity::Asset(_))
        })
        .collect();
    for edge in &production.dependencies {
        let (from, to) = (&production.tasks[edge.from], &production.tasks[edge.to]);
        if edge.from != edge.to && from.entity == to.entity && production.is_open(edge.to) {
            last[edge.from.index()] = false;
        }
    }
    last
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

/// What a production's departments, sequences and so on are called for a cause.
pub(super) fn words(production: &Production, uncertainty: &Uncertainty, cause: &Cause) -> String {
    let at = |index: u32| index as usize;
    match *cause {
        Cause::Show(show) => {
            let row = production.shows.as_slice().get(at(show));
            format!("{} as a whole", row.map_or("the show", |row| row.code.as_str()))
        }
        Cause::Sequence(sequence) => {
            let row = production.sequences.as_slice().get(at(sequence));
            format!("sequence {}", row.map_or("", |row| row.code.as_str()))
        }
        Cause::Department(department) => {
            let row = production.departments.as_slice().get(at(department));
            row.map_or(String::new(), |row| format!("{} work", row.code))
        }
        Cause::Retakes => "retakes".to_owned(),
        Cause::Notes => "client notes".to_owned(),
        Cause::Turnovers => "turnovers".to_owned(),
        Cause::Growth => "shots that grow".to_owned(),
        Cause::Omits => "shots that are cut".to_owned(),
        Cause::Vendors => "late vendors".to_owned(),
        Cause::Sick => "sick days".to_owned(),
        Cause::Attrition => "people who leave".to_owned(),
        Cause::Event(event) => {
            uncertainty.events.get(at(event)).map_or(String::new(), |row| row.name.clone())
        }
        Cause::Prospect(show) => {
            let row = production.shows.as_slice().get(at(show));
            format!("whether {} happens", row.map_or("the show", |row| row.code.as_str()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_distributions() {
        assert_eq!([0.3, 0.6, 0.8, 0.9].map(|share| geometric(share, 0.5)), [0, 1, 2, 3]);
        // exp(-1) = 0.368 have none, as many one.
        assert_eq!([0.3, 0.5, 0.8, 0.95].map(|share| poisson(share, 1.0)), [0, 1, 2, 3]);
        assert_eq!(super::super::stream::normal(0.5), 0.0);
    }
}
