//! Many draws side by side: what of each is kept, and what is only added up.

use super::chances::{Chances, Drawn};
use super::course::Course;
use super::replay::{Policy, Replay};
use super::stream::Stream;
use crate::forecast::{Sheet, Tally};
use crate::formulate::{JobKind, NONE};
use crate::model::{Entity, Id, Production, TaskId};
use rayon::prelude::*;

/// Draws that one worker makes in a row.
const RUN: u32 = 8;

/// What stays the same over all draws.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The production.
    pub production: &'a Production,
    /// The plan.
    pub course: &'a Course,
    /// Its money.
    pub tally: &'a Tally,
    /// Who does the work when dates move.
    pub policy: Policy,
    /// Index of the milestone whose chain is followed.
    pub target: usize,
    /// Weeks of the fan of finals.
    pub weeks: usize,
}

/// Draws, in order. A few numbers of each are kept; what concerns single tasks is summed.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    /// Number of draws.
    pub draws: usize,
    /// By draw and milestone: the boundary at which it is done; `u32::MAX` when some of it has no place.
    pub ends: Vec<u32>,
    /// By draw: final cost.
    pub cost: Vec<i64>,
    /// By draw: lowest cash.
    pub lowest: Vec<i64>,
    /// By draw and week: shots finished by its end.
    pub finals: Vec<u16>,
    /// By draw and cause.
    pub causes: Vec<f32>,
    /// Draws in which some work found no time at all.
    pub beyond: usize,
    /// By task.
    pub tasks: Vec<TaskSums>,
    /// By department: work on the chain that decides the target.
    pub chain_work: Vec<u64>,
}

/// What is added up for a task.
#[derive(Clone, Copy, Debug, Default)]
pub struct TaskSums {
    /// Draws in which it is on the chain that decides the target.
    pub critical: u32,
    /// Sum of its work in minutes, of its squares, and of its products with the end of the target.
    pub work: i128,
    /// See `work`.
    pub squares: i128,
    /// See `work`.
    pub products: i128,
}

/// One worker's buffers and what it has found.
struct Worker {
    replay: Replay,
    drawn: Drawn,
    sheet: Sheet,
    entity_ends: Vec<u32>,
    found: Found,
}

#[derive(Default)]
struct Found {
    /// Number of each draw, in the order in which they were made.
    order: Vec<u32>,
    samples: Samples,
}

/// Tasks of each milestone, and which entities are open shots: looked up once.
struct Index {
    milestone_entities: Vec<Vec<u32>>,
    is_shot: Vec<bool>,
    placed: Vec<bool>,
}

impl Samples {
    /// Makes draws `from..to`, on the threads of the pool it is called in.
    pub fn make(
        setting: Setting,
        chances: &Chances,
        stream: Stream,
        from: u32,
        to: u32,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Samples {
        let index = Index::new(setting.course);
        let numbers: Vec<u32> = (from..to).step_by(RUN as usize).collect();
        let worker = || Worker::new(setting, chances, stream);
        let found = numbers
            .par_iter()
            .fold(worker, |mut worker, &first| {
                for draw in first..(first + RUN).min(to) {
                    if stop() {
                        break;
                    }
                    worker.make(setting, chances, &index, draw);
                }
                worker
            })
            .map(|worker| worker.found)
            .reduce(Found::default, Found::join);
        found.in_order(setting, chances)
    }

    /// The plan itself as the only draw.
    pub fn of_plan(setting: Setting, chances: &Chances, stream: Stream) -> Samples {
        let index = Index::new(setting.course);
        let mut worker = Worker::new(setting, chances, stream);
        worker.run(setting, chances, &index, 0);
        worker.found.samples
    }

    /// Adds draws that come after these.
    pub fn append(&mut self, mut others: Samples) {
        if self.draws == 0 {
            *self = others;
            return;
        }
        self.draws += others.draws;
        self.ends.append(&mut others.ends);
        self.cost.append(&mut others.cost);
        self.lowest.append(&mut others.lowest);
        self.finals.append(&mut others.finals);
        self.causes.append(&mut others.causes);
        self.add_sums(&others);
    }

    fn add_sums(&mut self, others: &Samples) {
        self.beyond += others.beyond;
        for (mine, theirs) in self.tasks.iter_mut().zip(&others.tasks) {
            mine.critical += theirs.critical;
            mine.work += theirs.work;
            mine.squares += theirs.squares;
            mine.products += theirs.products;
        }
        for (mine, theirs) in self.chain_work.iter_mut().zip(&others.chain_work) {
            *mine += theirs;
        }
    }

    /// The end of a milestone in each draw.
    pub fn ends_of(&self, milestone: usize) -> impl Iterator<Item = u32> + '_ {
        let count = self.ends.len().checked_div(self.draws).unwrap_or(0).max(1);
        self.ends.iter().skip(milestone).step_by(count).copied()
    }

    /// A cause in each draw.
    pub fn cause(&self, cause: usize) -> Vec<f64> {
        let count = self.causes.len().checked_div(self.draws).unwrap_or(0).max(1);
        self.causes.iter().skip(cause).step_by(count).map(|&value| f64::from(value)).collect()
    }
}

impl Index {
    fn new(course: &Course) -> Index {
        let problem = &course.problem;
        let mut is_shot: Vec<bool> =
            problem.entities.iter().map(|entity| matches!(entity, Entity::Shot(_))).collect();
        let mut open = vec![false; problem.entities.len()];
        for job in problem.jobs.iter().filter(|job| job.kind != JobKind::Done) {
            open[job.entity as usize] = true;
        }
        for (shot, open) in is_shot.iter_mut().zip(&open) {
            *shot &= open;
        }
        Index {
            milestone_entities: problem.targets.iter().map(|row| row.entities.clone()).collect(),
            is_shot,
            placed: (0..problem.jobs.len() as u32).map(|task| course.is_placed(task)).collect(),
        }
    }
}

impl Worker {
    fn new(setting: Setting, chances: &Chances, stream: Stream) -> Worker {
        let problem = &setting.course.problem;
        let samples = Samples {
            tasks: vec![TaskSums::default(); problem.jobs.len()],
            chain_work: vec![0; problem.caps.len()],
            ..Samples::default()
        };
        Worker {
            replay: Replay::new(setting.course),
            drawn: chances.none(setting.course, stream),
            sheet: setting.tally.sheet(),
            entity_ends: vec![0; problem.entities.len()],
            found: Found { order: Vec::new(), samples },
        }
    }

    fn make(&mut self, setting: Setting, chances: &Chances, index: &Index, draw: u32) {
        chances.draw(setting.course, draw, &mut self.drawn);
        self.run(setting, chances, index, draw);
    }

    fn run(&mut self, setting: Setting, chances: &Chances, index: &Index, draw: u32) {
        let course = setting.course;
        self.replay.run(course, chances, &mut self.drawn, setting.policy);
        setting.tally.begin(&mut self.sheet);
        for &(lane, start, end) in &self.replay.runs {
            setting.tally.work(&mut self.sheet, lane, start, end);
        }
        let paid = &self.drawn.paid;
        let money = setting.tally.finish(
            setting.production,
            &course.problem.timeline,
            &mut self.sheet,
            &self.replay.schedule.end,
            |task: TaskId| paid[task.index()] as i64,
        );
        let samples = &mut self.found.samples;
        self.found.order.push(draw);
        samples.draws += 1;
        samples.beyond += usize::from(self.replay.beyond > 0);
        samples.cost.push(money.cost.saturating_add(self.drawn.money));
        // An event is paid when it strikes; without a better date, before the lowest week.
        samples.lowest.push(money.lowest.saturating_sub(self.drawn.money));
        samples.causes.extend(self.drawn.causes.iter().map(|&value| value as f32));
        self.entity_ends.fill(0);
        let schedule = &self.replay.schedule;
        for (task, job) in course.problem.jobs.iter().enumerate() {
            if job.kind == JobKind::Done {
                continue;
            }
            let end = &mut self.entity_ends[job.entity as usize];
            *end = (*end).max(if index.placed[task] { schedule.end[task] } else { NONE });
        }
        for entities in &index.milestone_entities {
            let ends = entities.iter().map(|&entity| self.entity_ends[entity as usize]);
            samples.ends.push(ends.max().unwrap_or(0));
        }
        let from = samples.finals.len();
        samples.finals.resize(from + setting.weeks, 0);
        let finals = &mut samples.finals[from..];
        let timeline = &course.problem.timeline;
        for (entity, &end) in self.entity_ends.iter().enumerate() {
            if index.is_shot[entity] && end != NONE {
                let week = timeline.week(timeline.day_of_end(crate::model::Slot(end))) as usize;
                if let Some(count) = finals.get_mut(week) {
                    *count = count.saturating_add(1);
                }
            }
        }
        for week in 1..finals.len() {
            finals[week] = finals[week].saturating_add(finals[week - 1]);
        }
        self.follow(setting, index);
    }

    /// Follows the chain that decides the end of the target, and adds up what tasks and it have to do with
    /// each other.
    fn follow(&mut self, setting: Setting, index: &Index) {
        let course = setting.course;
        let Some(entities) = index.milestone_entities.get(setting.target) else { return };
        let (ends, samples) = (&self.replay.schedule.end, &mut self.found.samples);
        let wanted = entities.iter().max_by_key(|&&entity| self.entity_ends[entity as usize]);
        let Some(&last_entity) = wanted else { return };
        let finish = self.entity_ends[last_entity as usize];
        let last = (0..ends.len())
            .filter(|&task| index.placed[task] && course.problem.jobs[task].entity == last_entity);
        let mut next = last.max_by_key(|&task| ends[task]).map_or(NONE, |task| task as u32);
        let finish = i128::from(if finish == NONE { course.problem.slots } else { finish });
        for &task in &course.order {
            let work = i128::from(self.drawn.work[task as usize]);
            let sums = &mut samples.tasks[task as usize];
            sums.work += work;
            sums.squares += work * work;
            sums.products += work * finish;
        }
        for _ in 0..ends.len() {
            if next == NONE {
                break;
            }
            samples.tasks[next as usize].critical += 1;
            let department = course.problem.jobs[next as usize].department as usize;
            samples.chain_work[department] += self.drawn.work[next as usize];
            next = self.replay.decided_by[next as usize];
        }
    }
}

impl Found {
    fn join(mut self, mut other: Found) -> Found {
        if self.order.is_empty() {
            return other;
        }
        self.order.append(&mut other.order);
        self.samples.append(other.samples);
        self
    }

    /// The draws by their numbers, whoever made them.
    fn in_order(self, setting: Setting, chances: &Chances) -> Samples {
        let mut places: Vec<usize> = (0..self.order.len()).collect();
        places.sort_by_key(|&place| self.order[place]);
        let milestones = setting.course.problem.targets.len();
        let causes = chances.causes.len();
        let mut sorted = Samples { draws: self.samples.draws, ..Samples::default() };
        fn row<T: Copy>(values: &[T], width: usize, place: usize) -> &[T] {
            values.get(place * width..(place + 1) * width).unwrap_or(&[])
        }
        for place in places {
            sorted.ends.extend_from_slice(row(&self.samples.ends, milestones, place));
            sorted.cost.push(self.samples.cost[place]);
            sorted.lowest.push(self.samples.lowest[place]);
            sorted.finals.extend_from_slice(row(&self.samples.finals, setting.weeks, place));
            sorted.causes.extend_from_slice(row(&self.samples.causes, causes, place));
        }
        sorted.tasks = self.samples.tasks;
        sorted.chain_work = self.samples.chain_work;
        sorted.beyond = self.samples.beyond;
        sorted
    }
}
