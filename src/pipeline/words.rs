//! What the planner knows, in the words of a production.

use crate::explain::Reason;
use crate::model::{DateRule, PoolKind, Production, TaskId, Timeline, Unplaced};
use crate::result;
use jiff::civil::Date;

/// "14 May 2027".
pub fn spoken(date: Date) -> String {
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
        Reason::WaitsForPool(pool) => {
            let pool = &production.pools[pool];
            let what = match pool.kind {
                PoolKind::Farm => format!("the farm {} renders other work before", pool.name),
                PoolKind::Licence => format!("no licence of {} is free before", pool.name),
                PoolKind::Desk => format!("no desk of {} is free before", pool.name),
            };
            ("waits_for_pool", what, None)
        }
        Reason::WaitsForVendor(vendor) => {
            let vendor = &production.vendors[vendor].name;
            ("waits_for_vendor", format!("{vendor} has no room for it in the weeks before"), None)
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
pub fn rule_words(rule: DateRule) -> String {
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
pub fn chain_words(production: &Production, chain: &[TaskId]) -> String {
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
