//! An uncertainty compiled for a plan: how each task is uncertain, in flat tables.

mod causes;
mod draw;

pub use causes::Cause;
pub(super) use causes::words;
pub use draw::Drawn;

use super::course::{Course, has_begun, seniority_of};
use super::shape::Shape;
use crate::formulate::{JobKind, NONE};
use crate::model::{Class, Entity, Id, Production, Seniority, Status, Task, Uncertainty};

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

    /// The events that touch a task.
    #[inline]
    pub fn events_of(&self, task: u32) -> &[u32] {
        let (from, to) = (self.first_event[task as usize], self.first_event[task as usize + 1]);
        &self.event_list[from as usize..to as usize]
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
