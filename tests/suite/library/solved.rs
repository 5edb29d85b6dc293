//! Tiny instances with an optimum that is seen at once.

use super::texts;
use shotplan::read::library::{Format, instance};
use shotplan::solve::Limit;
use shotplan::solve::project::{Answer, Objective, Options, Status, solve};
use shotplan::verify::library::faults;

/// Solves a text and judges the answer.
pub fn solved(text: &str, options: &Options) -> Answer {
    let project = instance(text).expect("an instance").project;
    let answer = solve(&project, options, &|| false);
    if let Some(best) = &answer.best {
        assert_eq!(faults(&project, best), Vec::<String>::new());
    }
    answer
}

/// So many steps on one thread.
pub fn steps(steps: u64) -> Options {
    Options {
        limit: Limit::Steps(steps),
        threads: 1,
        seed: 1,
        objective: Objective::Makespan,
        deadline: None,
    }
}

#[test]
fn every_format_is_known_by_what_it_says() {
    let known = texts::ALL.map(|(name, text)| (name, instance(text).expect(name).format));
    assert_eq!(
        known,
        [
            ("PSPLIB", Format::Psplib),
            ("multi-mode", Format::Psplib),
            ("Patterson", Format::Patterson),
            ("reservoirs", Format::Reservoirs),
            ("ProGen/max", Format::ProgenMax),
            ("projects", Format::Projects),
            ("MSPSP", Format::Mspsp),
            ("iMOPSE", Format::Imopse),
        ]
    );
}

#[test]
fn psplib_and_patterson_say_the_same() {
    assert_eq!(
        instance(texts::PSPLIB).unwrap().project,
        instance(texts::PATTERSON).unwrap().project
    );
}

#[test]
fn single_mode_projects_are_solved_to_the_proof() {
    for (text, best) in [(texts::PSPLIB, 5), (texts::PATTERSON, 5), (texts::PROJECTS, 5)] {
        let answer = solved(text, &steps(100));
        assert_eq!((answer.value, answer.lower_bound), (Some(best), Some(best)));
        assert_eq!(answer.status, Status::Optimal);
    }
}

#[test]
fn modes_reservoirs_and_people_are_scheduled() {
    let value = |text: &str, options: &Options| solved(text, options).value;
    // One fast and one slow task on one machine: 4 + 3.
    assert_eq!(value(texts::MULTI_MODE, &steps(500)), Some(7));
    // The second task waits for the store to be filled at 4.
    assert_eq!(value(texts::RESERVOIRS, &steps(500)), Some(6));
    // Both tasks need the person who draws.
    assert_eq!(value(texts::MSPSP, &steps(500)), Some(5));
    assert_eq!(value(texts::IMOPSE, &steps(500)), Some(3));
}

#[test]
fn a_deadline_has_its_price() {
    let cost = |deadline: Option<u32>| {
        let options = Options { objective: Objective::Cost, deadline, ..steps(500) };
        let answer = solved(texts::IMOPSE, &options);
        (answer.status, answer.value)
    };
    // One after the other by the cheaper person, or side by side.
    assert_eq!(cost(None), (Status::Optimal, Some(5 * 1050)));
    assert_eq!(cost(Some(5)), (Status::Optimal, Some(5 * 1050)));
    assert_eq!(cost(Some(3)), (Status::Optimal, Some(3 * 1050 + 2 * 2000)));
    assert_eq!(cost(Some(2)), (Status::Infeasible, None));
}

#[test]
fn budgets_that_allow_no_choice_are_refuted() {
    let text = texts::MULTI_MODE.replace("\t1\t6\n", "\t1\t1\n");
    assert_eq!(solved(&text, &steps(100)).status, Status::Infeasible);
}

#[test]
fn what_no_timetable_can_do_is_refuted() {
    // A task that asks for 3 of 2; tasks that wait for each other.
    let asks_too_much = "3 1\n2\n0 0 1 2\n3 3 1 3\n0 0 0\n";
    let in_a_loop = "4 1\n2\n0 0 1 2\n3 1 1 3\n3 1 1 2\n0 0 0\n";
    for text in [asks_too_much, in_a_loop] {
        let answer = solved(text, &steps(100));
        assert_eq!((answer.status, answer.lower_bound), (Status::Infeasible, None));
    }
}

#[test]
fn the_same_answer_on_any_number_of_threads() {
    // With a proof, and with windows that are squeezed.
    for (text, limit) in [(hard(), 2_000), (of_tasks(450), 600)] {
        let on = |threads: usize| {
            let answer = solved(&text, &Options { threads, ..steps(limit) });
            (answer.best, answer.steps, answer.trace.len())
        };
        let one = on(1);
        assert_eq!(one, on(2));
        assert_eq!(one, on(4));
    }
}

/// Forty tasks on two resources, in Patterson's numbers.
pub fn hard() -> String {
    of_tasks(40)
}

/// So many tasks on two resources, each with two that wait for it.
pub fn of_tasks(tasks: u64) -> String {
    let last = tasks + 2;
    let mut text = format!("{last} 2\n7 6\n0 0 0 4 2 3 4 5\n");
    for task in 2..last {
        let mix = (task * 2_654_435_761) >> 7;
        let (duration, a, b) = (1 + mix % 9, 1 + mix / 9 % 5, mix / 45 % 5);
        let after = [task + 3 + mix / 225 % 3, task + 6 + mix / 675 % 5];
        let after: Vec<u64> = after.into_iter().map(|after| after.min(last)).collect();
        text += &format!("{duration} {a} {b} {} ", after.len());
        text += &format!("{} {}\n", after[0], after[1]);
    }
    text + "0 0 0 0\n"
}
