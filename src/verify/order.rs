//! Rules 11 and 12: what waits for something else begins and ends late enough, on the clock of the
//! site where it is worked.

use super::case::{Case, Part, Place};
use super::handing_over::handed;
use super::verdict::{Rule, Violation};
use crate::model::{Dependency, Interval, Link, SiteId};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for edge in case.dependencies() {
        match (case.places[edge.from], case.places[edge.to]) {
            (Place::Unplaced, Place::Worked { .. } | Place::Instant(_)) => {
                let from = case.task(edge.from);
                let message = format!("has a place, but waits for {from}, which has none");
                found.push(case.on_task(Rule::Order, edge.to, None, message));
            }
            // When an instant happens is rule 13's.
            (Place::Worked { .. } | Place::Instant(_), Place::Worked { .. }) => {
                starts(case, edge, found);
                ends(case, edge, found);
            }
            _ => {}
        }
    }
}

/// The earliest start and end that a dependency allows a task worked at site `to`; `shifted` says
/// whether time zones count. `None` where it asks for nothing, or cannot tell.
pub(super) fn bounds(
    case: &Case<'_>,
    edge: &Dependency,
    to: Option<SiteId>,
    shifted: bool,
) -> (Option<u32>, Option<u32>) {
    let days = case.show_days(case.show_of(edge.from));
    let lag = i64::from(edge.lag);
    let review = i64::from(case.production.tasks[edge.from].review);
    let after = |slot: u32, wait: i64| days.after(slot, wait, &case.clock);
    let hand = |slot: u32, from| if shifted { handed(case, slot, from, to) } else { slot };
    let begun = match case.places[edge.from] {
        Place::Worked { start, .. } => start,
        Place::Instant(slot) => slot,
        Place::Done | Place::Absent | Place::Unplaced => return (None, None),
    };
    let ended = || latest(case, edge, |part| hand(part.end(), case.site(part)));
    match edge.link {
        Link::StartToStart => (Some(after(begun, lag)), None),
        Link::StartToFinish => (None, Some(after(begun, lag))),
        Link::FinishToFinish => (None, Some(after(ended(), lag + review))),
        Link::FinishToStart if edge.overlap <= 0 => (Some(after(ended(), lag + review)), None),
        Link::FinishToStart => {
            let published =
                latest(case, edge, |part| hand(publish(case, part, edge.overlap), case.site(part)));
            (Some(after(published, lag)), Some(after(ended(), review)))
        }
    }
}

/// The latest of the parts of the earlier task; an instant is its own time.
fn latest(case: &Case<'_>, edge: &Dependency, time: impl Fn(&Part<'_>) -> u32) -> u32 {
    match case.places[edge.from] {
        Place::Instant(slot) => slot,
        _ => {
            let parts = case.parts_of(edge.from).iter().filter(|part| part.sound);
            parts.map(time).max().unwrap_or(0)
        }
    }
}

/// First boundary of a part at which all but `overlap` basis points of its share slots are done.
fn publish(case: &Case<'_>, part: &Part<'_>, overlap: i64) -> u32 {
    let per_day = case.clock.per_day;
    let show = case.show_days(case.show_of(part.task));
    let lane = case.lane(part);
    let done_in = |start: u32, end: u32| match (part.person(), lane) {
        (Some(_), Some(lane)) => u128::from(lane.full().sum(start, end, per_day)),
        (Some(_), None) => 0,
        (None, _) => {
            (show.slots_before(end, per_day) - show.slots_before(start, per_day)) as u128 * 10_000
        }
    };
    let sum = |run: &Interval| done_in(run.start.0, run.end.0);
    let wanted =
        part.segments.iter().map(sum).sum::<u128>() * (10_000 - overlap.min(10_000)) as u128;
    if wanted == 0 {
        return part.start();
    }
    let mut done = 0;
    for run in part.segments {
        let whole = sum(run);
        if (done + whole) * 10_000 < wanted {
            done += whole;
            continue;
        }
        // The sum grows with each slot: halve the run until the first boundary is found.
        let (mut low, mut high) = (run.start.0, run.end.0);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if (done + done_in(run.start.0, middle)) * 10_000 >= wanted {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
    part.end()
}

fn starts(case: &Case<'_>, edge: &Dependency, found: &mut Vec<Violation>) {
    for part in case.parts_of(edge.to).iter().filter(|part| part.sound) {
        let site = case.site(part);
        let Some(may) = bounds(case, edge, site, true).0 else { continue };
        if part.start() >= may {
            continue;
        }
        let unshifted = bounds(case, edge, site, false).0;
        let rule = blame(unshifted.is_some_and(|unshifted| part.start() >= unshifted));
        let (begins, may) = (case.clock.begin_words(part.start()), case.clock.begin_words(may));
        let message = format!(
            "begins on {begins}, but not before {may}: it waits for {}{}",
            case.task(edge.from),
            how(case, edge)
        );
        found.push(case.on_task(rule, edge.to, part.person(), message));
    }
}

fn ends(case: &Case<'_>, edge: &Dependency, found: &mut Vec<Violation>) {
    let reaches = |shifted: bool| {
        case.parts_of(edge.to).iter().filter(|part| part.sound).any(|part| {
            let may = bounds(case, edge, case.site(part), shifted).1;
            may.is_none_or(|may| part.end() >= may)
        })
    };
    if reaches(true) {
        return;
    }
    let parts = || case.parts_of(edge.to).iter().filter(|part| part.sound);
    let Some(last) = parts().max_by_key(|part| part.end()) else { return };
    let Some(may) = bounds(case, edge, case.site(last), true).1 else { return };
    let (ends, may) = (case.clock.end_words(last.end()), case.clock.end_words(may));
    let message = format!(
        "ends at {ends}, but not before {may}: it waits for {}{}",
        case.task(edge.from),
        how(case, edge)
    );
    found.push(case.on_task(blame(reaches(false)), edge.to, last.person(), message));
}

/// The rule to name: handing over, if only the time zones make it wrong.
fn blame(fits_without_time_zones: bool) -> Rule {
    if fits_without_time_zones { Rule::TimeZones } else { Rule::Order }
}

/// The earlier task's end and what is waited for after it, in words.
fn how(case: &Case<'_>, edge: &Dependency) -> String {
    let slots = case.clock.per_day;
    let review = case.production.tasks[edge.from].review;
    let time = match case.places[edge.from] {
        Place::Worked { start, end } => match edge.link {
            Link::StartToStart | Link::StartToFinish => {
                format!(" (begins on {}", case.clock.begin_words(start))
            }
            Link::FinishToStart | Link::FinishToFinish => {
                format!(" (ends at {}, review {review}/{slots} of a day", case.clock.end_words(end))
            }
        },
        Place::Instant(slot) => format!(" (on {}", case.clock.begin_words(slot)),
        Place::Done | Place::Absent | Place::Unplaced => return String::new(),
    };
    match (edge.lag, edge.overlap) {
        (0, overlap) if overlap <= 0 => format!("{time})"),
        (lag, overlap) if overlap <= 0 => format!("{time}, lag {lag}/{slots} of a day)"),
        (lag, overlap) => {
            format!("{time}, lag {lag}/{slots} of a day, overlap {} %)", overlap / 100)
        }
    }
}
