//! V11: hard dates that nobody can keep, with the chain of tasks that says so.

use super::facts::{Facts, Time};
use super::words::{self, count, days_of_slots};
use crate::graph::{ChainLink, binding_chain};
use crate::model::{
    AssetId, DateRule, Entity, Issue, Keyed, Link, Milestone, Production, SequenceId, ShotId,
    ShowId, Slot, Source, TaskId,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A date that work misses even with unlimited crew.
struct Missed<'a> {
    task: TaskId,
    date: Date,
    earliest: Date,
    boundary: Slot,
    kind: Kind<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind<'a> {
    Milestone(&'a str),
    FinishRule,
    StartRule,
    LockedStart,
    LockedEnd,
}

/// V11: hard milestones, hard date rules and locked dates before the earliest possible time.
///
/// Each shot, asset or other whole speaks once for each date that it misses, by its latest task.
pub(super) fn hard_dates(facts: &Facts, issues: &mut Vec<Issue>) {
    let (p, Some(time)) = (facts.production, &facts.time) else { return };
    let mut worst: BTreeMap<(Entity, Kind, Date), Missed> = BTreeMap::new();
    let milestones = hard_milestones(p);
    for (id, row) in p.tasks.enumerate() {
        let Some(span) = time.times.span(id) else { continue };
        let start = time.timeline.start_date(span.start);
        let end = time.timeline.finish_date(span.end);
        let mut check = |kind, date: Date| {
            let starts = matches!(kind, Kind::StartRule | Kind::LockedStart);
            let (earliest, boundary) = if starts { (start, span.start) } else { (end, span.end) };
            if earliest <= date {
                return;
            }
            let missed = Missed { task: id, date, earliest, boundary, kind };
            keep(&mut worst, row.entity, missed);
        };
        for rule in &time.rules[id] {
            match *rule {
                DateRule::MustFinishOn(date) | DateRule::FinishNoLaterThan(date) => {
                    check(Kind::FinishRule, date);
                }
                // Work that has begun has started on some day before this one.
                DateRule::MustStartOn(date) | DateRule::StartNoLaterThan(date)
                    if !row.status.is_open() =>
                {
                    check(Kind::StartRule, date);
                }
                _ => {}
            }
        }
        if row.lock.holds_dates() {
            if let Some(date) = row.start.filter(|_| !row.status.is_open()) {
                check(Kind::LockedStart, date);
            }
            if let Some(date) = row.end {
                check(Kind::LockedEnd, date);
            }
        }
        if let Some(milestone) = milestones.of(p, row.entity) {
            check(Kind::Milestone(&milestone.code), milestone.date);
        }
    }
    for missed in worst.into_values() {
        issues.push(issue(facts, time, &missed));
    }
}

fn keep<'a>(
    worst: &mut BTreeMap<(Entity, Kind<'a>, Date), Missed<'a>>,
    entity: Entity,
    missed: Missed<'a>,
) {
    let key = (entity, missed.kind, missed.date);
    match worst.get(&key) {
        Some(known) if known.boundary >= missed.boundary => {}
        _ => {
            worst.insert(key, missed);
        }
    }
}

fn issue(facts: &Facts, time: &Time, missed: &Missed) -> Issue {
    let p = facts.production;
    let row = &p.tasks[missed.task];
    let chain = binding_chain(time.network, time.times, missed.task);
    let (date, earliest) = (missed.date, missed.earliest);
    let links = count(chain.len(), "task");
    let (promise, verb, field) = match missed.kind {
        Kind::Milestone(code) => (format!("due {date} for milestone {code}"), "ends", "due"),
        Kind::FinishRule => (format!("must be finished by {date}"), "ends", "rule"),
        Kind::StartRule => (format!("must start by {date}"), "starts", "rule"),
        Kind::LockedStart => (format!("locked to start {date}"), "starts", "start"),
        Kind::LockedEnd => (format!("locked to end {date}"), "ends", "end"),
    };
    let what = if chain.len() > 1 { format!("its chain of {links}") } else { "it".to_owned() };
    let message = format!(
        "{promise}, but {what} {verb} {earliest} at the earliest, even with unlimited crew: {}; \
         earliest {earliest}",
        chain_in_words(p, time, &chain)
    );
    let longest = chain.iter().max_by_key(|link| (length(time, link), link.task));
    let help = match longest.filter(|link| length(time, link) > 0) {
        Some(link) => {
            let task = &p.tasks[link.task];
            let artists = count(task.max_parallel as usize, "artist");
            let long = days_of_slots(length(time, link), time.timeline.slots_per_day());
            format!("split {} ({long}, {artists}), or move the date to {earliest}", task.code)
        }
        None => format!("move the date to {earliest}"),
    };
    // A milestone and an inherited rule speak about the whole, a lock and an own rule about the task.
    let own_rule = !row.rules.is_empty();
    let (object, source) = match missed.kind {
        Kind::Milestone(_) => (words::entity(p, row.entity), source_of(p, row.entity)),
        Kind::FinishRule | Kind::StartRule if !own_rule => {
            (words::entity(p, row.entity), source_of(p, row.entity))
        }
        _ => (words::task(p, missed.task), row.source),
    };
    let issue = Issue::warning("V11", object, message).field(field).value(date.to_string());
    facts.at(issue.help(help), source)
}

/// "RIG 18 d -> ANI 9 d -> CMP 8 d + 1.5 d reviews": the working days each link takes.
fn chain_in_words(p: &Production, time: &Time, chain: &[ChainLink]) -> String {
    const SHOWN: usize = 8;
    let slots_per_day = time.timeline.slots_per_day();
    let mut names: Vec<String> = chain
        .iter()
        .map(|link| {
            let department = &p.departments[p.tasks[link.task].department];
            format!("{} {}", department.code, days_of_slots(length(time, link), slots_per_day))
        })
        .collect();
    if names.len() > SHOWN {
        let hidden = names.len() - (SHOWN - 1);
        names.splice(3..3 + hidden, [format!("({hidden} more)")]);
    }
    let mut words = names.join(" -> ");
    let waits = || chain.iter().filter_map(|link| Some((link.wait?, link.holds_end)));
    let reviews: i64 = waits()
        .filter(|(edge, at_end)| match edge.link {
            Link::FinishToStart => *at_end || !edge.has_overlap(),
            Link::FinishToFinish => true,
            Link::StartToStart | Link::StartToFinish => false,
        })
        .map(|(edge, _)| i64::from(edge.review))
        .sum();
    let lags: i64 = waits()
        .filter(|(edge, at_end)| !(edge.has_overlap() && *at_end))
        .map(|(edge, _)| i64::from(edge.lag))
        .sum();
    if reviews != 0 {
        words += &format!(" + {} reviews", days_of_slots(reviews, slots_per_day));
    }
    if lags != 0 {
        words += &format!(" + {} lags", days_of_slots(lags, slots_per_day));
    }
    words
}

/// Working slots of the show's calendar from start to end.
fn length(time: &Time, link: &ChainLink) -> i64 {
    i64::from(time.network.calendar_of(link.task).between(link.span.start, link.span.end))
}

fn source_of(p: &Production, entity: Entity) -> Source {
    match entity {
        Entity::Shot(id) => p.shots[id].source,
        Entity::Asset(id) => p.assets[id].source,
        Entity::Sequence(id) => p.sequences[id].source,
        Entity::Show(id) => p.shows[id].source,
    }
}

/// The first hard milestone of every whole.
struct HardMilestones<'a> {
    shows: Keyed<ShowId, Option<&'a Milestone>>,
    sequences: Keyed<SequenceId, Option<&'a Milestone>>,
    shots: Keyed<ShotId, Option<&'a Milestone>>,
    assets: Keyed<AssetId, Option<&'a Milestone>>,
}

fn hard_milestones(p: &Production) -> HardMilestones<'_> {
    let mut first = HardMilestones {
        shows: Keyed::filled(None, p.shows.len()),
        sequences: Keyed::filled(None, p.sequences.len()),
        shots: Keyed::filled(None, p.shots.len()),
        assets: Keyed::filled(None, p.assets.len()),
    };
    for milestone in p.milestones.iter().filter(|milestone| milestone.hard) {
        for entity in &milestone.contents {
            let known = match *entity {
                Entity::Shot(id) => &mut first.shots[id],
                Entity::Asset(id) => &mut first.assets[id],
                Entity::Sequence(id) => &mut first.sequences[id],
                Entity::Show(id) => &mut first.shows[id],
            };
            if known.is_none_or(|known| milestone.date < known.date) {
                *known = Some(milestone);
            }
        }
    }
    first
}

impl<'a> HardMilestones<'a> {
    fn of(&self, p: &Production, entity: Entity) -> Option<&'a Milestone> {
        let own = match entity {
            Entity::Shot(id) => self.shots[id],
            Entity::Asset(id) => self.assets[id],
            Entity::Sequence(_) | Entity::Show(_) => None,
        };
        let sequence = p.sequence_of(entity).and_then(|id| self.sequences[id]);
        let show = self.shows[p.show_of(entity)];
        [own, sequence, show].into_iter().flatten().min_by_key(|milestone| milestone.date)
    }
}
