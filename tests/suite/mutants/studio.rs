//! A tiny studio whose numbers are easy: all time is productive, so that a day of work at the bid
//! standard is four slots of one day; everybody costs 340.00 a day.
//!
//! Slots: Monday 4 January 2027 is 0 to 4, Tuesday 4 to 8, Wednesday 8 to 12, Thursday 12 to 16,
//! Friday 16 to 20, the weekend 20 to 28, the next Monday 28 to 32.

use jiff::civil::{Date, date};
use shotplan::model::*;
use shotplan::verify::{self, Rule, Verdict};

/// Minutes of a working day.
pub const DAY: i64 = 480;
/// What everybody costs a day, and so the mean.
pub const R: i64 = 34_000;

pub const ADA: usize = 0;
pub const BOB: usize = 1;
pub const CLEO: usize = 2;

pub fn january(day: i8) -> Date {
    date(2027, 1, day)
}

pub struct Studio {
    pub show: Production,
    pub plan: Plan,
    pub animation: DepartmentId,
    pub comp: DepartmentId,
    /// Two shots in two sequences.
    pub shots: [ShotId; 2],
}

impl Studio {
    /// Ada animates, Bob and Cleo comp; two sequences with a shot each; nothing to do.
    pub fn new() -> Studio {
        let mut show = Production::new("alpha", january(4), date(2027, 3, 28));
        show.settings.productive = 1_000;
        let animation = show.add_department("ANI");
        let comp = show.add_department("CMP");
        let site = SiteId::new(0);
        show.people.push(Person::new("ada", site, animation));
        show.people.push(Person::new("bob", site, comp));
        show.people.push(Person::new("cleo", site, comp));
        let alpha = show.shows.push(Show::new("alpha", CalendarId::new(0)));
        let shots = ["010", "020"].map(|code| {
            let sequence = show.sequences.push(Sequence::new(code, alpha));
            show.shots.push(Shot::new(&format!("{code}_0010"), sequence))
        });
        Studio { show, plan: Plan::default(), animation, comp, shots }
    }

    /// Two days of animation on Monday and Tuesday, half a day of review, a day of comp from
    /// Wednesday noon to Thursday noon.
    pub fn with_a_shot() -> (Studio, TaskId, TaskId) {
        let mut studio = Studio::new();
        let anim = studio.anim("anim", 2 * DAY);
        let comp = studio.comp("comp", DAY);
        studio.show.dependencies.push(Dependency::new(anim, comp));
        studio.work(anim, ADA, &[(0, 8)]);
        studio.work(comp, BOB, &[(10, 14)]);
        studio.assert_valid();
        (studio, anim, comp)
    }

    /// Adds a task on the first shot.
    pub fn anim(&mut self, code: &str, minutes: i64) -> TaskId {
        let shot = Entity::Shot(self.shots[0]);
        self.show.tasks.push(Task::new(code, shot, self.animation, minutes))
    }
    pub fn comp(&mut self, code: &str, minutes: i64) -> TaskId {
        let shot = Entity::Shot(self.shots[0]);
        self.show.tasks.push(Task::new(code, shot, self.comp, minutes))
    }
    pub fn comp_on(&mut self, shot: usize, code: &str, minutes: i64) -> TaskId {
        let task = self.comp(code, minutes);
        self.show.tasks[task].entity = Entity::Shot(self.shots[shot]);
        task
    }

    /// Plans the next part of a task.
    pub fn work(&mut self, task: TaskId, person: usize, runs: &[(u32, u32)]) {
        let part = self.plan.assignments.iter().filter(|row| row.task == task).count() as u32;
        let worker = Worker::Person(PersonId::new(person));
        self.plan.assignments.push(Assignment { task, part, worker, segments: segments(runs) });
    }
    /// Replaces the time of the only part of a task.
    pub fn replan(&mut self, task: TaskId, person: usize, runs: &[(u32, u32)]) {
        self.plan.assignments.retain(|row| row.task != task);
        self.work(task, person, runs);
    }
    pub fn overtime(&mut self, person: usize, day: u32, minutes: u32) {
        let person = PersonId::new(person);
        self.plan.overtime.push(Overtime { person, day: Day(day), minutes, worth: minutes });
    }
    pub fn person(&mut self, person: usize) -> &mut Person {
        &mut self.show.people[PersonId::new(person)]
    }
    pub fn task(&mut self, task: TaskId) -> &mut Task {
        &mut self.show.tasks[task]
    }
    pub fn shot(&mut self, shot: usize) -> &mut Shot {
        let shot = self.shots[shot];
        &mut self.show.shots[shot]
    }

    pub fn verdict(&self) -> Verdict {
        verify::plan(&self.show, &self.plan)
    }
    /// The rules that are broken, each once.
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self.verdict().violations.iter().map(|v| v.rule).collect();
        rules.dedup();
        rules
    }
    #[track_caller]
    pub fn assert_valid(&self) {
        let violations = self.verdict().violations;
        assert!(violations.is_empty(), "{violations:#?}");
    }
    /// The plan breaks `rule` and no other; gives the first message.
    #[track_caller]
    pub fn breaks(&self, rule: Rule) -> String {
        let violations = self.verdict().violations;
        assert!(violations.iter().any(|v| v.rule == rule), "nothing about {rule:?}");
        assert!(violations.iter().all(|v| v.rule == rule), "{violations:#?}");
        violations[0].to_string()
    }
    pub fn objective(&self) -> Objective {
        self.assert_valid();
        self.verdict().objective
    }
}

pub fn segments(runs: &[(u32, u32)]) -> Vec<Interval> {
    runs.iter().map(|&(start, end)| Interval { start: Slot(start), end: Slot(end) }).collect()
}

/// A contract from 1 January 2027 at 340.00 a day.
pub fn contract(kind: ContractKind) -> Contract {
    Contract {
        kind,
        start: january(1),
        end: None,
        min_end: None,
        notice_days: 0,
        rates: vec![(january(1), Cents(R))],
        basis: RateBasis::Day,
        burden: 0,
        currency: Currency::new("USD").expect("three capital letters"),
        overtime: None,
        guarantee: Guarantee::default(),
        cancellation: Cancellation::default(),
        option: None,
        rate_assumed: false,
        source: Source::default(),
    }
}

pub fn leave(from: i8, to: i8, share: i64) -> Leave {
    let source = Source::default();
    Leave { from: january(from), to: january(to), share, approved: true, source }
}

pub fn booking(show: ShowId, from: i8, to: i8, share: i64) -> Booking {
    Booking {
        show,
        department: None,
        from: january(from),
        to: january(to),
        share,
        state: BookingState::Confirmed,
        probability: 10_000,
        cancelled: None,
        source: Source::default(),
    }
}

pub fn vendor(code: &str, lead_days: [u32; 4]) -> Vendor {
    Vendor {
        code: code.to_owned(),
        name: code.to_owned(),
        place: String::new(),
        departments: Vec::new(),
        whole_sequences: false,
        cleared_from: None,
        capacity_days_per_week: None,
        lead_days,
        day_price: Cents(20_000),
        minimum_order: Cents::ZERO,
        supervision: 0,
        late_probability: 0,
        payments: Vec::new(),
        terms_days: None,
        currency: Currency::new("USD").expect("three capital letters"),
        source: Source::default(),
    }
}

pub fn milestone(show: ShowId, kind: MilestoneKind, day: i8, contents: Vec<Entity>) -> Milestone {
    Milestone {
        code: "delivery".to_owned(),
        name: "delivery".to_owned(),
        show,
        kind,
        date: january(day),
        hard: false,
        penalty_per_day: None,
        contents,
        source: Source::default(),
    }
}
