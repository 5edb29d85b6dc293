//! What earned value is made of: the tasks behind what is budgeted, planned and earned, the bookings behind what is
//! spent.

use super::cash::monday;
use super::postings::{Lines, Names, is_sum_of_people};
use super::{Maker, keeps_lines, less};
use crate::forecast::planned_value;
use crate::model::Cents;
use crate::result::{Document, Earned, EarnedTask, Opened, OpenedPart, Unit, WhyRow};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;

/// Estimates at completion, each what is spent and so much for the rest.
const ESTIMATES: [(&str, &str); 4] = [
    ("as_so_far", "the rest of the budget at what work cost so far: × spent ÷ earned"),
    ("as_budgeted", "the rest of the budget: budget − earned"),
    ("as_so_far_in_cost_and_time", "the rest of the budget × spent ÷ earned × planned ÷ earned"),
    ("by_the_plan", "what the plan still adds on the accounts of tasks"),
];

/// The figures of `earned-value` by department and week; none where the result was saved without what they are made
/// of.
pub fn earned_value(document: &Document) -> Option<Opened> {
    let desk = keeps_lines(document)?;
    let mut maker = Maker::new("earned-value", document);
    let Some(earned) = &desk.earned else { return Some(maker.done()) };
    let as_of = document.production.as_of;
    let mut spent = spent(document, earned);
    let mut all: [Vec<_>; 4] = Default::default();
    for row in &earned.departments {
        maker.row(&row.department, "department");
        let spent = spent.remove(&*row.department).unwrap_or_default().done();
        for (at, (column, figure, lines)) in [
            ("earned", row.earned, tasks(&row.tasks, |task| task.earned)),
            ("planned", row.planned, tasks(&row.tasks, |task| planned(task, as_of))),
            ("budget", row.budget, tasks(&row.tasks, |task| task.budget)),
            ("spent", row.spent, spent),
        ]
        .into_iter()
        .enumerate()
        {
            all[at].push(maker.cell(column, figure, lines));
        }
        let last = |list: &[OpenedPart]| list.last().copied();
        let [earned, planned, _, spent] = all.each_ref().map(|list| last(list));
        for (column, figure, off) in [
            ("cost_variance", row.earned.saturating_sub(row.spent), spent),
            ("schedule_variance", row.earned.saturating_sub(row.planned), planned),
        ] {
            let parts = earned.into_iter().chain(off.map(less)).collect();
            maker.sum(column, Unit::Money, figure, parts);
        }
    }
    maker.row("total", "all departments");
    let figures = [
        ("earned", earned.earned),
        ("planned", earned.planned),
        ("budget", earned.budget),
        ("spent", earned.spent),
    ];
    for ((column, figure), parts) in figures.into_iter().zip(all) {
        maker.sum(column, Unit::Money, figure, parts);
    }
    let of = |column: &str| maker.parts(column).unwrap_or_default();
    let off = |column: &str| of(column).into_iter().map(less).collect::<Vec<_>>();
    let cost = [of("earned"), off("spent")].concat();
    let schedule = [of("earned"), off("planned")].concat();
    let spent = of("spent");
    maker.sum("cost_variance", Unit::Money, earned.cost_variance, cost);
    maker.sum("schedule_variance", Unit::Money, earned.schedule_variance, schedule);
    for (column, what) in ESTIMATES {
        let Some(figure) = earned.estimates.get(column).copied().flatten() else { continue };
        let rest = figure.saturating_sub(earned.spent);
        let line = WhyRow { what: what.to_owned(), ..WhyRow::new("share", as_of, rest) };
        let rest = maker.run(vec![line], Unit::Money, rest);
        maker.sum(column, Unit::Money, figure, [&spent[..], &[rest]].concat());
    }
    for &(week, figure) in &earned.weeks {
        maker.row(
            &monday(week).to_string(),
            &week.strftime("by the end of the week of %-d %b %Y").to_string(),
        );
        let until = week.saturating_add(6.days());
        let lines = earned
            .departments
            .iter()
            .flat_map(|row| tasks(&row.tasks, |task| planned(task, until)))
            .collect();
        maker.cell("planned", figure, lines);
    }
    Some(maker.done())
}

/// The value of a task that should be done by the end of a day.
fn planned(task: &EarnedTask, until: Date) -> i64 {
    planned_value(Cents(task.budget), (task.start, task.end), until).0
}

/// Tasks with a value, as lines over the days of their planned value.
fn tasks(tasks: &[EarnedTask], value: impl Fn(&EarnedTask) -> i64) -> Vec<WhyRow> {
    let line = |task: &EarnedTask| {
        let amount = value(task);
        (amount != 0).then(|| WhyRow {
            task: task.task.clone(),
            to: Some(task.end),
            ..WhyRow::new("task", task.start, amount)
        })
    };
    tasks.iter().filter_map(line).collect()
}

/// Cost to date on the accounts that tasks are budgeted on, by department.
fn spent<'d>(document: &'d Document, earned: &Earned) -> HashMap<&'d str, Lines<'d>> {
    let names = Names::of(document);
    let mut spent: HashMap<&str, Lines> = HashMap::new();
    let Some(desk) = &document.desk else { return spent };
    for posting in &desk.postings {
        let is_to_date = ["actual", "accrued"].contains(&&*posting.state);
        if !is_to_date || !earned.accounts.contains(&posting.account) {
            continue;
        }
        let about = names.about(posting);
        let mut line = names.line(posting, &about);
        if is_sum_of_people(document, posting) {
            line.what = "people together".into();
        }
        spent.entry(about.department).or_default().add(line);
    }
    spent
}
