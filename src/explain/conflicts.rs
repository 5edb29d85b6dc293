//! Which rules cannot hold together, whether that is proven, and what would help.

use super::causes::{Causes, chain};
use super::hand_overs::{HandOver, hand_over};
use super::minimal::Minimal;
use super::rules::Rule;
use super::ways_out::{Change, Trials, WayOut, price};
use crate::formulate::{JobKind, NONE, Problem, RuleDate};
use crate::model::*;
use crate::solve::bounds::Clash;
use crate::solve::engine::schedule::Schedule;
use crate::solve::{Solved, engine::evaluate};
use rayon::prelude::*;

/// What breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A hard milestone.
    Milestone(MilestoneId),
    /// A date rule of a task.
    Rule(TaskId, DateRule),
    /// The locked dates of a task.
    LockedDates(TaskId),
    /// A task that nobody can do.
    NobodyCan(TaskId),
    /// A task for which no time is left.
    NoTimeLeft(TaskId),
}

impl Broken {
    /// The task it is about.
    pub fn task(self) -> Option<TaskId> {
        match self {
            Broken::Milestone(_) => None,
            Broken::Rule(task, _)
            | Broken::LockedDates(task)
            | Broken::NobodyCan(task)
            | Broken::NoTimeLeft(task) => Some(task),
        }
    }

    fn rule(self) -> Rule {
        match self {
            Broken::Milestone(id) => Rule::Milestone(id),
            Broken::Rule(task, rule) => Rule::Date(task, rule),
            Broken::LockedDates(task) => Rule::LockedDates(task),
            Broken::NobodyCan(task) | Broken::NoTimeLeft(task) => Rule::Work(task),
        }
    }
}

/// How sure it is that the rule cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Even with unlimited crew: the chain alone takes too long.
    Chain,
    /// Some people have not enough time for the work in it, or there is not enough of a pool, whatever the order.
    Load,
    /// No better plan was found; none is proven impossible.
    NotProven,
}

/// Rules that do not hold in the plan, for one cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What breaks.
    pub broken: Broken,
    /// Working days by which it does (0 where days say nothing).
    pub days: i64,
    /// How sure it is.
    pub proof: Proof,
    /// The rules that cannot all hold, where that is proven: single ones, and groups of like rules
    /// where they are many.
    pub rules: Vec<Vec<Rule>>,
    /// Whether the rest was shown to hold without any one of them, each in turn.
    pub irreducible: bool,
    /// Waits among the rules whose work passes from one site to another with other clocks.
    pub hand_overs: Vec<HandOver>,
    /// What else breaks for the same cause.
    pub also: Vec<Broken>,
    /// The tasks that cannot fit, first to last.
    pub chain: Vec<TaskId>,
    /// The earliest day that no plan can beat.
    pub earliest: Option<Day>,
    /// For a task without a place: what it waits for that ends last in the plan, and its last day.
    pub waits_for: Option<(TaskId, Day)>,
    /// Ways out that were tried and work, the cheapest first.
    pub ways_out: Vec<WayOut>,
    /// Whether ways out were looked for, to the end if none was found.
    pub tried: bool,
}

/// How much is spent on conflicts.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Conflicts whose smallest set of rules and ways out are looked for.
    pub most: usize,
    /// Threads; 0 = all cores.
    pub threads: usize,
    /// Nothing more is looked into once this says so, and what is being tried ends.
    pub is_over: &'a (dyn Fn() -> bool + Sync),
}

/// The conflicts of a solved plan, hard milestones first, then those that break most.
///
/// Unless it is over before its end, nothing depends on the clock or the number of threads.
pub fn conflicts(production: &Production, solved: &Solved, effort: Effort<'_>) -> Vec<Conflict> {
    let broken = breaks(production, solved);
    if broken.is_empty() {
        return Vec::new();
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(effort.threads).build();
    let run = || put_together(production, solved, broken, effort);
    match &pool {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    }
}

fn put_together(
    production: &Production,
    solved: &Solved,
    broken: Vec<Break>,
    effort: Effort<'_>,
) -> Vec<Conflict> {
    let causes = Causes::new(production, solved);
    let mut found: Vec<Conflict> = Vec::new();
    for row in broken {
        let same = found.iter().position(|card| is_same_cause(production, solved, card, &row));
        if let Some(card) = same {
            found[card].also.push(row.what);
            continue;
        }
        let is_asked = found.len() < effort.most && !(effort.is_over)();
        let minimal = if is_asked { row.minimal(&causes) } else { None };
        let card = row.card(production, solved, minimal);
        // The rules found may be those of a conflict that is known.
        let known = found.iter_mut().find(|other| {
            !card.rules.is_empty()
                && other.rules.iter().any(|rules| rules.contains(&card.broken.rule()))
        });
        match known {
            Some(other) => other.also.push(card.broken),
            None => found.push(card),
        }
    }
    let tried = effort.most.min(found.len());
    if tried > 0 && !(effort.is_over)() {
        let trials = Trials::new(production, solved, effort.is_over);
        let planned: Vec<Option<Day>> =
            found.iter().map(|card| planned_day(solved, card.broken)).collect();
        found[..tried].par_iter_mut().zip(planned).for_each(|(card, planned)| {
            let rules: Vec<Rule> = card.rules.concat();
            // What it waits for in the plan need not be what decides how early it can be.
            let before = card.waits_for.map(|(task, _)| task);
            let tasks: Vec<TaskId> = before.into_iter().chain(card.chain.iter().copied()).collect();
            let changes =
                trials.changes(card.broken, planned, &tasks, &rules, card.proof == Proof::Chain);
            let (broken, days) = (card.broken, card.days);
            card.tried = !(effort.is_over)();
            if !card.tried {
                return;
            }
            if card.proof == Proof::NotProven
                && let Some(way) = trials.search_longer(broken)
            {
                card.ways_out = vec![way];
                return;
            }
            let attempt = |&change: &Change| match (effort.is_over)() {
                true => None,
                false => trials.attempt(change, broken, days),
            };
            card.ways_out = changes.par_iter().filter_map(attempt).collect();
            tidy(&mut card.ways_out);
            // Leaving work out is for those who find nothing else.
            let is_last = |way: &WayOut| matches!(way.change, Change::Drop(_));
            card.ways_out.sort_by_key(|way| (is_last(way), price(&solved.problem, way)));
            // None was found, but not all were tried.
            card.tried = !card.ways_out.is_empty() || !(effort.is_over)();
        });
    }
    found
}

/// Leaves out more artists, or more of a pool, where fewer do, and an artist to split a task with where splitting does.
fn tidy(ways: &mut Vec<WayOut>) {
    let all: Vec<Change> = ways.iter().map(|way| way.change).collect();
    ways.retain(|way| {
        match way.change {
        Change::Hire(department, count) => !all.iter().any(|other| {
            matches!(other, Change::Hire(same, fewer) if *same == department && *fewer < count)
        }),
        Change::AddToPool(pool, units) => !all.iter().any(|other| {
            matches!(other, Change::AddToPool(same, fewer) if *same == pool && *fewer < units)
        }),
        Change::AddToVendor(vendor, days) => !all.iter().any(|other| {
            matches!(other, Change::AddToVendor(same, fewer) if *same == vendor && *fewer < days)
        }),
        Change::SplitWithHire(task) => !all.contains(&Change::Split(task)),
        _ => true,
    }
    });
}

/// Something that breaks in the plan.
struct Break {
    what: Broken,
    days: i64,
    /// Proven by its chain of tasks alone.
    by_chain: bool,
    /// For milestones: proven by the load of a department.
    by_load: bool,
    /// The task whose chain is shown.
    last: u32,
    earliest: Option<Day>,
}

impl Break {
    fn minimal(&self, causes: &Causes) -> Option<Minimal> {
        let rule = self.what.rule();
        match self.what {
            Broken::NobodyCan(task) | Broken::NoTimeLeft(task) => {
                if self.by_chain || causes.needs_a_pool(task) {
                    causes.of_place(task)
                } else {
                    None
                }
            }
            _ if self.by_chain => causes.in_chain(rule, self.last),
            Broken::Milestone(id) if self.by_load => causes.in_load(id),
            Broken::Milestone(id) => causes.in_pools(id).or_else(|| causes.at_vendors(id)),
            Broken::Rule(task, _) | Broken::LockedDates(task) => causes.in_competition(rule, task),
        }
    }

    fn card(self, production: &Production, solved: &Solved, minimal: Option<Minimal>) -> Conflict {
        let proof = match &minimal {
            Some(Minimal { proof: Clash::Chain, .. }) => Proof::Chain,
            Some(Minimal { proof: Clash::Load, .. }) => Proof::Load,
            None if self.by_chain => Proof::Chain,
            None if self.by_load => Proof::Load,
            None => Proof::NotProven,
        };
        let mut chain = chain(&solved.problem, &solved.heads, self.last);
        let (rules, irreducible) =
            minimal.map_or((Vec::new(), false), |found| (found.members, found.irreducible));
        let done: Vec<TaskId> = rules
            .iter()
            .filter(|member| member.len() == 1)
            .filter_map(|member| match member[0] {
                Rule::Work(task) => Some(task),
                _ => None,
            })
            .collect();
        if !done.is_empty() {
            chain = done;
            let at =
                |task: &TaskId| (solved.heads.start[task.index()], solved.heads.end[task.index()]);
            chain.sort_by_key(|task| (at(task), *task));
        }
        Conflict {
            broken: self.what,
            days: self.days,
            proof,
            hand_overs: rules
                .iter()
                .flatten()
                .filter_map(|rule| match *rule {
                    Rule::Wait(wait) => hand_over(&solved.problem, production, wait),
                    _ => None,
                })
                .collect(),
            rules,
            irreducible,
            also: Vec::new(),
            chain,
            // How early one task could be says nothing where people are short.
            earliest: self
                .earliest
                .filter(|_| proof == Proof::Chain || matches!(self.what, Broken::Milestone(_))),
            waits_for: match self.what {
                Broken::NoTimeLeft(task) => last_before(solved, task),
                _ => None,
            },
            ways_out: Vec::new(),
            tried: false,
        }
    }
}

/// What a task waits for that ends last in the plan, and its last day.
fn last_before(solved: &Solved, task: TaskId) -> Option<(TaskId, Day)> {
    let (problem, ends) = (&solved.problem, &solved.schedule.end);
    let from = problem.waits_for(task.index() as u32).iter().map(|wait| wait.from as usize);
    let placed =
        from.filter(|&from| problem.jobs[from].kind != JobKind::Done && ends[from] != NONE);
    let last = placed.max_by_key(|&from| (ends[from], from))?;
    Some((TaskId::new(last), Day(evaluate::finish_day(problem, ends[last]))))
}

/// Whether something breaks because of a conflict that is known: it is one of its rules, or it waits
/// for the same work, or the same rule breaks beside it for want of the same people.
fn is_same_cause(production: &Production, solved: &Solved, card: &Conflict, row: &Break) -> bool {
    if card.rules.iter().any(|rules| rules.contains(&row.what.rule())) {
        return true;
    }
    let Some(task) = row.what.task() else { return false };
    let inside = |id: MilestoneId| {
        let target = &solved.problem.targets[id.index()];
        target.entities.binary_search(&solved.problem.jobs[task.index()].entity).is_ok()
    };
    match (card.broken, row.what) {
        (Broken::NobodyCan(other), Broken::NobodyCan(_))
        | (Broken::NoTimeLeft(other), Broken::NoTimeLeft(_)) => {
            let needs = |id: TaskId| {
                let task = &production.tasks[id];
                (task.department, task.tag.clone(), production.show_of(task.entity))
            };
            needs(other) == needs(task)
        }
        (_, Broken::NobodyCan(_) | Broken::NoTimeLeft(_)) => false,
        _ if row.by_chain && card.proof == Proof::Chain => {
            // The same work makes both late.
            let mine = chain(&solved.problem, &solved.heads, row.last);
            let shared = mine.iter().filter(|task| card.chain.contains(task)).count();
            shared > 0 && 2 * shared >= mine.len().min(card.chain.len())
        }
        (Broken::Milestone(id), _) if !row.by_chain && card.proof != Proof::Chain => inside(id),
        (Broken::Rule(other, one), Broken::Rule(_, two)) => {
            let (a, b) = (&production.tasks[other], &production.tasks[task]);
            card.proof == Proof::NotProven
                && !row.by_chain
                && one == two
                && (a.department == b.department
                    || production.sequence_of(a.entity) == production.sequence_of(b.entity))
        }
        _ => false,
    }
}

/// Everything that breaks, hard milestones first, then by the days.
fn breaks(production: &Production, solved: &Solved) -> Vec<Break> {
    let problem = &solved.problem;
    let at_the_earliest = earliest_schedule(solved);
    let mut found: Vec<Break> = Vec::new();
    for (id, milestone) in production.milestones.enumerate() {
        if milestone.hard {
            found.extend(late_milestone(solved, id));
        }
    }
    let milestones = found.len();
    for rule in &problem.rules {
        let days = broken_days(problem, evaluate::broken(problem, &solved.schedule, rule));
        // Work without a place is told by itself.
        if days == 0 || solved.schedule.end[rule.task as usize] == NONE {
            continue;
        }
        let by_chain = evaluate::broken(problem, &at_the_earliest, rule) > Cents::ZERO;
        let row = broken_rule(production, solved, rule, days, by_chain);
        // A lock has a start and an end, and is one rule.
        match found.iter_mut().find(|other| other.what == row.what) {
            Some(other) => {
                other.days = other.days.max(row.days);
                other.by_chain |= row.by_chain;
            }
            None => found.push(row),
        }
    }
    found[milestones..].sort_by_key(|row| (!row.by_chain, -row.days, row.what.task()));
    for &(task, cause) in &solved.schedule.unplaced {
        let id = TaskId::new(task as usize);
        let what = match cause {
            Unplaced::NobodyCan => Broken::NobodyCan(id),
            Unplaced::NoTimeLeft => Broken::NoTimeLeft(id),
            Unplaced::WaitsFor(_) | Unplaced::OnHold => continue,
        };
        let by_chain = solved.heads.never.binary_search_by_key(&task, |row| row.0).is_ok();
        found.push(Break { what, days: 0, by_chain, by_load: false, last: task, earliest: None });
    }
    found
}

fn broken_days(problem: &Problem, price: Cents) -> i64 {
    price.0 / (1_000 * problem.artist_day).max(1)
}

fn broken_rule(
    production: &Production,
    solved: &Solved,
    rule: &RuleDate,
    days: i64,
    by_chain: bool,
) -> Break {
    let (problem, index) = (&solved.problem, rule.task as usize);
    let task = TaskId::new(index);
    let row = &production.tasks[task];
    let is_lock = row.lock.holds_dates()
        && match rule.rule {
            DateRule::MustStartOn(date) => row.start == Some(date),
            DateRule::FinishNoLaterThan(date) => row.end == Some(date),
            _ => false,
        };
    let what = if is_lock { Broken::LockedDates(task) } else { Broken::Rule(task, rule.rule) };
    // A rule about a start is answered with the earliest start.
    let starts = matches!(rule.rule, DateRule::MustStartOn(_) | DateRule::StartNoLaterThan(_));
    let (start, end) = (solved.heads.start[index], solved.heads.end[index]);
    let earliest = match starts {
        true if start != NONE => start + 1,
        true => NONE,
        false => end,
    };
    let earliest = (earliest != NONE).then(|| Day(evaluate::finish_day(problem, earliest)));
    Break { what, days, by_chain, by_load: false, last: rule.task, earliest }
}

/// The earliest possible times as a schedule, to judge rules with.
fn earliest_schedule(solved: &Solved) -> Schedule {
    Schedule {
        start: solved.heads.start.clone(),
        end: solved.heads.end.clone(),
        ..Default::default()
    }
}

fn late_milestone(solved: &Solved, id: MilestoneId) -> Option<Break> {
    let problem = &solved.problem;
    let target = &problem.targets[id.index()];
    let calendar = &problem.calendars[target.calendar as usize];
    let (last, end) = last_in(problem, &solved.schedule.end, id)?;
    let days = i64::from(target.due.days_late(calendar, evaluate::finish_day(problem, end)));
    if days == 0 {
        return None;
    }
    let (slowest, end) = last_in(problem, &solved.heads.end, id)?;
    let by_chain = evaluate::finish_day(problem, end);
    let by_load =
        solved.earliest.milestones[id.index()].map(|slot| evaluate::finish_day(problem, slot.0));
    let late = |day: u32| target.due.days_late(calendar, day) > 0;
    let (is_chain, is_load) = (late(by_chain), by_load.is_some_and(late));
    Some(Break {
        what: Broken::Milestone(id),
        days,
        by_chain: is_chain,
        by_load: is_load && !is_chain,
        last: if is_chain { slowest } else { last },
        earliest: Some(Day(by_load.unwrap_or(by_chain).max(by_chain))),
    })
}

/// The open task of a milestone that ends last; without a place at the end of the timeline.
fn last_in(problem: &Problem, ends: &[u32], id: MilestoneId) -> Option<(u32, u32)> {
    let target = &problem.targets[id.index()];
    // The entities of a target are sorted.
    let inside = |task: usize| target.entities.binary_search(&problem.jobs[task].entity).is_ok();
    let end = |task: usize| if ends[task] == NONE { problem.slots } else { ends[task] };
    let open = (0..problem.jobs.len())
        .filter(|&task| problem.jobs[task].kind != JobKind::Done && inside(task));
    open.map(|task| (task as u32, end(task))).max_by_key(|&(task, end)| (end, task))
}

/// The day on which the plan has what breaks, to be agreed on instead.
fn planned_day(solved: &Solved, broken: Broken) -> Option<Day> {
    let problem = &solved.problem;
    match broken {
        Broken::Milestone(id) => {
            let (_, end) = last_in(problem, &solved.schedule.end, id)?;
            Some(Day(evaluate::finish_day(problem, end)))
        }
        Broken::Rule(task, rule) => {
            let starts = matches!(rule, DateRule::MustStartOn(_) | DateRule::StartNoLaterThan(_));
            let (start, end) =
                (solved.schedule.start[task.index()], solved.schedule.end[task.index()]);
            let day = match starts {
                true => start / problem.slots_per_day,
                false => evaluate::finish_day(problem, end),
            };
            Some(Day(day))
        }
        Broken::LockedDates(_) | Broken::NobodyCan(_) | Broken::NoTimeLeft(_) => None,
    }
}
