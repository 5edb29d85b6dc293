//! Judges a plan: takes a `Production` and a `Plan`, gives a `Verdict` with every violation of the
//! rules in `docs/rules.md`, the hard date rules that broke, and the objective, recomputed.
//!
//! Reads the model's data and nothing else: working time, time zones, money and lateness are worked
//! out here once more, so that a mistake of the solver cannot hide in a shared function. Mends
//! nothing and searches for nothing. One rule of the page is one file of this room.
//!
//! Any plan may be judged, also one made by hand or by an enemy: whatever cannot be understood
//! (unknown ids, segments that run backwards, times after the horizon) becomes a violation, and the
//! rest is judged without it.

mod calendars;
mod case;
pub mod library;
mod objective;
mod shares;
mod verdict;

mod complete;
mod crew_caps;
mod days_off;
mod earliest;
mod enough_work;
mod form;
mod handing_over;
mod instants;
mod locks;
mod long_weeks;
mod one_at_a_time;
mod open_tasks;
mod order;
mod overtime;
mod overtime_pay;
mod parts;
mod pools;
mod setup;
mod skill;
mod splits;
mod vendors;

pub use verdict::{BrokenRule, Finish, Finishes, Refused, Rule, Verdict, Violation};

use crate::model::{Plan, Production};
use case::Case;

/// One rule of the page: looks at the case and adds what it finds.
type Judge = fn(&Case<'_>, &mut Vec<Violation>);

/// All rules of validity. Order and handing over between time zones are judged together.
const RULES: [Judge; 16] = [
    complete::judge,
    parts::judge,
    enough_work::judge,
    one_at_a_time::judge,
    open_tasks::judge,
    splits::judge,
    skill::judge,
    vendors::judge,
    locks::judge,
    earliest::judge,
    order::judge,
    instants::judge,
    crew_caps::judge,
    overtime::judge,
    form::judge,
    pools::judge,
];

/// Judges `plan` by every rule and recomputes its objective.
///
/// The objective of a plan with violations is that of the part which can be understood; a task of
/// which nothing can be understood counts as unplaced.
///
/// ```
/// use shotplan::model::*;
/// use shotplan::verify;
/// let monday = jiff::civil::date(2027, 1, 4);
/// let mut show = Production::new("tiny", monday, jiff::civil::date(2027, 1, 31));
/// let main = show.shows.push(Show::new("tiny", CalendarId::new(0)));
/// let comp = show.add_department("CMP");
/// show.people.push(Person::new("ada", SiteId::new(0), comp));
/// // 408 minutes at 85 % productive time are one working day of 480.
/// let task = show.tasks.push(Task::new("010_cmp", Entity::Show(main), comp, 408));
/// let day = Interval { start: Slot(0), end: Slot(4) };
/// let worker = Worker::Person(PersonId::new(0));
/// let plan = Plan {
///     assignments: vec![Assignment { task, part: 0, worker, segments: vec![day] }],
///     ..Plan::default()
/// };
/// assert!(verify::plan(&show, &plan).violations.is_empty());
/// let nothing = verify::plan(&show, &Plan::default());
/// assert_eq!(nothing.violations[0].rule, verify::Rule::Complete);
/// ```
pub fn plan(production: &Production, plan: &Plan) -> Verdict {
    let case = Case::new(production, plan);
    let mut violations = Vec::new();
    for rule in RULES {
        rule(&case, &mut violations);
    }
    violations.sort_unstable();
    let finish = objective::finishes(&case);
    let broken = objective::broken(&case, &finish);
    let objective = objective::objective(&case, &finish, &broken);
    Verdict { violations, broken, objective, finish: finish.told(&case) }
}
