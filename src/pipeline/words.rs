//! What the planner knows, in the words of a production.

use crate::explain::{Broken, Conflict, Proof, Reason, WayOut};
use crate::model::{DateRule, Day, Production, TaskId, Timeline, Unplaced};
use crate::result;
use jiff::civil::Date;

/// "14 May 2027".
fn spoken(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// A reason as a short sentence that goes on from the task ("it waits for …").
pub fn reason(production: &Production, timeline: &Timeline, reason: Reason) -> result::Reason {
    let code_of = |task: TaskId| production.tasks[task].code.clone();
    let (code, text, task) = match reason {
        Reason::DayOfThePlan => ("as_of", "it starts as soon as planning begins".to_owned(), None),
        Reason::Release(day) => {
            ("release", format!("it may not start before {}", spoken(timeline.date(day))), None)
        }
        Reason::WaitsForTask(other) => {
            ("waits_for_task", format!("it waits for {}", code_of(other)), Some(code_of(other)))
        }
        Reason::WaitsForArtist(other) => (
            "waits_for_artist",
            format!("its artist works on {} until then", code_of(other)),
            Some(code_of(other)),
        ),
        Reason::WaitsForWorkingTime => {
            ("release", "its artist is away or not there yet".to_owned(), None)
        }
        Reason::FinishHeldBack => {
            ("waits_for_task", "its finish may not come earlier".to_owned(), None)
        }
        Reason::Locked => ("locked", "its dates are locked".to_owned(), None),
        Reason::LateWish => ("late_wish", "it is as late as it may be, as asked".to_owned(), None),
        Reason::CrewCurve => {
            ("crew_cap", "its department's crew curve has no room before".to_owned(), None)
        }
        Reason::Choice => (
            "choice",
            "it could start earlier; the whole plan is better with it here".to_owned(),
            None,
        ),
        Reason::Unplaced(why) => return unplaced(production, why),
        Reason::Done => ("choice", "it is done".to_owned(), None),
    };
    result::Reason { code: code.to_owned(), text, task }
}

/// Why a task has no place.
pub fn unplaced(production: &Production, why: Unplaced) -> result::Reason {
    let (code, text, task) = match why {
        Unplaced::NobodyCan => ("nobody_can", "nobody has the skill it needs".to_owned(), None),
        Unplaced::NoTimeLeft => (
            "no_time_left",
            "those who can do it have no working time left before the last day".to_owned(),
            None,
        ),
        Unplaced::WaitsFor(other) => {
            let other = production.tasks[other].code.clone();
            ("waits_for_unplaced", format!("it waits for {other}, which has no place"), Some(other))
        }
        Unplaced::OnHold => ("on_hold", "it is on hold".to_owned(), None),
    };
    result::Reason { code: code.to_owned(), text, task }
}

/// A date rule in words ("finish by 14 May 2027").
fn rule_words(rule: DateRule) -> String {
    match rule {
        DateRule::AsSoonAsPossible => "as soon as possible".to_owned(),
        DateRule::AsLateAsPossible => "as late as possible".to_owned(),
        DateRule::MustStartOn(date) => format!("must start on {}", spoken(date)),
        DateRule::MustFinishOn(date) => format!("must finish on {}", spoken(date)),
        DateRule::StartNoEarlierThan(date) => format!("start no earlier than {}", spoken(date)),
        DateRule::StartNoLaterThan(date) => format!("start no later than {}", spoken(date)),
        DateRule::FinishNoEarlierThan(date) => format!("finish no earlier than {}", spoken(date)),
        DateRule::FinishNoLaterThan(date) => format!("finish no later than {}", spoken(date)),
    }
}

/// "rig 18 d → ani 9 d → cmp 8 d", with the days of review and lag between them left to the reader of
/// the plan; long chains are cut in the middle.
fn chain_words(production: &Production, chain: &[TaskId]) -> String {
    let day = production.bid_day_minutes().max(1) as f64;
    let link = |&task: &TaskId| {
        let days = production.work_left(task) as f64 / day;
        format!("{} {} d", production.tasks[task].code, (days * 4.0).round() / 4.0)
    };
    match chain {
        [first, second, .., before, last] if chain.len() > 7 => format!(
            "{} → {} → … {} more … → {} → {}",
            link(first),
            link(second),
            chain.len() - 4,
            link(before),
            link(last)
        ),
        _ => chain.iter().map(link).collect::<Vec<_>>().join(" → "),
    }
}

/// A conflict with its chain, its proof and its ways out.
pub fn conflict(
    production: &Production,
    timeline: &Timeline,
    conflict: &Conflict,
) -> result::Conflict {
    let date = |day: Day| spoken(timeline.date(day));
    let code_of = |task: TaskId| production.tasks[task].code.as_str();
    let (object, rule) = match conflict.broken {
        Broken::Milestone(id) => {
            let row = &production.milestones[id];
            (format!("milestone {}", row.name), format!("must be met on {}", spoken(row.date)))
        }
        Broken::Rule(task, rule) => {
            let locked = production.tasks[task].lock.holds_dates();
            let lock = if locked { " (dates locked)" } else { "" };
            (format!("task {}", code_of(task)), format!("{}{lock}", rule_words(rule)))
        }
        Broken::NobodyCan(task) | Broken::NoTimeLeft(task) => {
            (format!("task {}", code_of(task)), "needs somebody who can do it".to_owned())
        }
    };
    let days = match conflict.days {
        1 => "1 working day".to_owned(),
        days => format!("{days} working days"),
    };
    let earliest = conflict.earliest.map_or_else(String::new, |day| {
        format!("; no plan with these people can be earlier than {}", date(day))
    });
    let text = match (conflict.broken, conflict.proof) {
        (Broken::NobodyCan(task), _) => {
            let row = &production.tasks[task];
            let department = &production.departments[row.department].code;
            format!(
                "{object} has no place: nobody in the show has the {department} skill, level and class it needs, or may work on this show"
            )
        }
        (Broken::NoTimeLeft(_), _) => format!(
            "{object} has no place: those who can do it are busy, away or out of contract until the last day of the plan"
        ),
        (_, Proof::Chain) => format!(
            "{object} {rule}: cannot hold even with unlimited crew. Chain: {}{earliest}. The plan is {days} off",
            chain_words(production, &conflict.chain)
        ),
        (_, Proof::Load) => format!(
            "{object} {rule}: cannot hold with this crew: the work in it needs more time than its people have{earliest}. The plan is {days} late"
        ),
        // What no plan can beat lies before the rule's own date here: it would only puzzle.
        (Broken::Rule(..), Proof::NotProven) => format!(
            "{object} {rule}: the best plan found is {days} off. Whether a better one exists is not proven"
        ),
        (_, Proof::NotProven) => format!(
            "{object} {rule}: the best plan found is {days} off. Whether a better one exists is not proven{earliest}"
        ),
    };
    let ways_out = conflict
        .ways_out
        .iter()
        .map(|way| match *way {
            WayOut::AgreeOn(day) => {
                format!("agree on {} with the client: nothing else changes", date(day))
            }
            WayOut::Split(task, day) => format!(
                "give {} to one more artist at the same time: possible from {}",
                code_of(task),
                date(day)
            ),
            WayOut::Overlap(later, earlier, day) => format!(
                "start {} when {} is half done (early publish): possible from {}",
                code_of(later),
                code_of(earlier),
                date(day)
            ),
            WayOut::ReleaseEarlier(task, day) => {
                format!("let {} start before {} (earlier turnover)", code_of(task), date(day))
            }
            WayOut::Hire(department) => format!(
                "hire, book or extend somebody for {}",
                production.departments[department].code
            ),
            WayOut::Outsource(task) => format!("give {} to a vendor", code_of(task)),
        })
        .collect();
    result::Conflict {
        object,
        rule,
        text,
        proven: conflict.proof != Proof::NotProven,
        chain: conflict.chain.iter().map(|&task| code_of(task).to_owned()).collect(),
        earliest_possible: conflict.earliest.map(|day| timeline.date(day)),
        ways_out,
    }
}
