//! What may not depend on how a show is written down, and what a rule less may not make worse.

use crate::properties::anything;
use crate::support::cases;
use crate::support::planning::planned;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::model::*;
use shotplan::verify::{self, Rule};

/// The same production with its tasks and dependencies in another order, and the new number of each task.
fn relabelled(production: &Production, random: &mut Pcg64Mcg) -> (Production, Vec<TaskId>) {
    let mut order: Vec<usize> = (0..production.tasks.len()).collect();
    order.shuffle(random);
    let mut number = vec![TaskId::new(0); order.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = TaskId::new(new);
    }
    let mut other = production.clone();
    other.tasks = order.iter().map(|&old| production.tasks[TaskId::new(old)].clone()).collect();
    for edge in &mut other.dependencies {
        (edge.from, edge.to) = (number[edge.from.index()], number[edge.to.index()]);
    }
    other.dependencies.shuffle(random);
    (other, number)
}

/// A plan with the new numbers.
fn with_numbers(plan: &Plan, number: &[TaskId]) -> Plan {
    let of = |task: TaskId| number[task.index()];
    let mut plan = plan.clone();
    plan.assignments.iter_mut().for_each(|row| row.task = of(row.task));
    plan.instants.iter_mut().for_each(|row| row.0 = of(row.0));
    for (task, cause) in &mut plan.unplaced {
        *task = of(*task);
        if let Unplaced::WaitsFor(from) = cause {
            *from = of(*from);
        }
    }
    plan.assignments.sort_by_key(|row| (row.task, row.part));
    plan.instants.sort();
    plan.unplaced.sort();
    plan
}

#[test]
fn numbers_of_tasks_change_neither_what_a_plan_is_worth_nor_what_is_proven() {
    for seed in 0..cases(120) {
        println!("seed {seed}");
        let mut one = anything(seed);
        // Who does two things at a time changes sequence in the order of their numbers.
        for person in one.people.iter_mut() {
            person.max_concurrent = 1;
            person.bookings.clear();
        }
        let (other, number) = relabelled(&one, &mut Pcg64Mcg::seed_from_u64(seed));
        let (solved, again) = (planned(&one, 16), planned(&other, 16));
        let verdict = verify::plan(&other, &with_numbers(&solved.plan, &number));
        assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
        assert_eq!(verdict.objective, solved.objective);
        let chain = |bounds: &[(_, Cents)]| bounds.first().map(|row: &(_, Cents)| row.1);
        assert_eq!(chain(&solved.bounds), chain(&again.bounds));
        assert_eq!(solved.earliest.milestones, again.earliest.milestones);
    }
}

/// The production with a rule less, if the one drawn is there.
fn with_a_rule_less(production: &Production, random: &mut Pcg64Mcg) -> Option<Production> {
    let mut less = production.clone();
    let tasks: Vec<TaskId> = less.tasks.ids().collect();
    let task = *tasks.get(random.random_range(0..tasks.len().max(1)))?;
    match random.random_range(0..5) {
        0 if !less.dependencies.is_empty() => {
            let at = random.random_range(0..less.dependencies.len());
            less.dependencies.remove(at);
        }
        1 => less.tasks.iter_mut().for_each(|task| task.rules.clear()),
        2 => less.milestones.iter_mut().for_each(|milestone| milestone.hard = false),
        3 => less.tasks[task].lock = Lock::None,
        4 => less.departments.iter_mut().for_each(|department| department.curve.cap = None),
        _ => return None,
    }
    (less != *production).then_some(less)
}

/// A plan stays one, costs no more, and so no bound may rise above it.
#[test]
fn a_rule_less_makes_nothing_worse() {
    let mut looked_at = 0;
    for seed in 0..cases(240) {
        println!("seed {seed}");
        let one = anything(seed);
        let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x1e55);
        let Some(less) = with_a_rule_less(&one, &mut random) else { continue };
        let solved = planned(&one, 16);
        let verdict = verify::plan(&less, &solved.plan);
        // Instants happen as soon as they may, and what had no place says why.
        let is_told = |rule: Rule| matches!(rule, Rule::Instants | Rule::Complete);
        if verdict.violations.iter().any(|violation| is_told(violation.rule)) {
            continue;
        }
        assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
        let multipliers = one.settings.multipliers();
        let (before, after) =
            (solved.objective.total(&multipliers), verdict.objective.total(&multipliers));
        assert!(after <= before, "{before:?} became {after:?}");
        let again = planned(&less, 16);
        for (name, bound) in &again.bounds {
            assert!(*bound <= after, "{name} {bound:?} above {after:?} of a plan that is known");
        }
        for (then, now) in solved.earliest.milestones.iter().zip(&again.earliest.milestones) {
            let (Some(then), Some(now)) = (then, now) else { continue };
            assert!(now <= then, "a date that was proven, {then:?}, became {now:?}");
        }
        looked_at += 1;
    }
    assert!(looked_at * 3 >= cases(240), "{looked_at} shows");
}
