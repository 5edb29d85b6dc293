//! Shows that come, and shows that do not.

use super::{crew, work};
use crate::model::*;
use jiff::civil::Date;
use std::collections::HashMap;

/// A show like another, from its first day on: the same work, none of it begun, with all dates later by
/// the same number of weeks. Who was booked on the other is booked on this one afterwards, for as long.
pub(super) fn add(
    before: &Production,
    changed: &mut Production,
    code: &str,
    like: ShowId,
    start: Date,
    award: Option<Cents>,
) {
    let old = &before.shows[like];
    let turnovers = before.sequences.iter().filter(|row| row.show == like);
    let began = old.start.or_else(|| turnovers.filter_map(|row| row.turnover).min());
    let days = days_between(began.unwrap_or(before.settings.as_of), start);
    // Whole weeks, so that deliveries stay on their day of the week.
    let later = |date: Date| date.saturating_add(jiff::Span::new().days(days.div_euclid(7) * 7));
    let show = changed.shows.push(Show {
        code: code.to_owned(),
        name: code.to_owned(),
        start: Some(start),
        end: old.end.map(later),
        award: award.or(old.award),
        source: Source::default(),
        ..old.clone()
    });
    let mut copy: HashMap<Entity, Entity> =
        HashMap::from([(Entity::Show(like), Entity::Show(show))]);
    let mut sequences: HashMap<SequenceId, SequenceId> = HashMap::new();
    for (id, row) in before.sequences.enumerate().filter(|(_, row)| row.show == like) {
        let turnover = row.turnover.map(later);
        let made = Sequence { show, turnover, source: Source::default(), ..row.clone() };
        let made = changed.sequences.push(made);
        sequences.insert(id, made);
        copy.insert(Entity::Sequence(id), Entity::Sequence(made));
    }
    let is_cut = |status: Option<Status>| status == Some(Status::Omit);
    for (id, row) in before.shots.enumerate() {
        let Some(&sequence) = sequences.get(&row.sequence) else { continue };
        if is_cut(row.status) {
            continue;
        }
        let made = Shot {
            sequence,
            turnover: row.turnover.map(later),
            due: row.due.map(later),
            status: None,
            source: Source::default(),
            ..row.clone()
        };
        copy.insert(Entity::Shot(id), Entity::Shot(changed.shots.push(made)));
    }
    for (id, row) in before.assets.enumerate() {
        if row.show != like || is_cut(row.status) {
            continue;
        }
        let shot = |shot: &ShotId| match copy.get(&Entity::Shot(*shot)) {
            Some(Entity::Shot(shot)) => Some(*shot),
            _ => None,
        };
        let used_by = row.used_by.iter().filter_map(shot).collect();
        let due = row.due.map(later);
        let made =
            Asset { show, used_by, due, status: None, source: Source::default(), ..row.clone() };
        copy.insert(Entity::Asset(id), Entity::Asset(changed.assets.push(made)));
    }
    let mut tasks: HashMap<TaskId, TaskId> = HashMap::new();
    for (id, row) in before.tasks.enumerate() {
        let Some(&entity) = copy.get(&row.entity) else { continue };
        if row.status == Status::Omit {
            continue;
        }
        let made = Task {
            entity,
            estimate: row.bid,
            logged: 0,
            remaining: None,
            status: Status::Ready,
            earliest: row.earliest.map(later),
            due: row.due.map(later),
            rules: Vec::new(),
            assigned: Vec::new(),
            vendor: None,
            lock: Lock::None,
            start: None,
            end: None,
            updated: None,
            source: Source::default(),
            ..row.clone()
        };
        tasks.insert(id, changed.tasks.push(made));
    }
    for row in &before.dependencies {
        if let (Some(&from), Some(&to)) = (tasks.get(&row.from), tasks.get(&row.to)) {
            let made = Dependency { from, to, source: Source::default(), ..row.clone() };
            changed.dependencies.push(made);
        }
    }
    for row in before.milestones.iter().filter(|row| row.show == like) {
        let contents = row.contents.iter().filter_map(|entity| copy.get(entity).copied()).collect();
        let date = later(row.date);
        let source = Source::default();
        changed.milestones.push(Milestone { show, date, contents, source, ..row.clone() });
    }
    for row in before.payments.iter().filter(|row| row.show == like) {
        let date = row.date.map(later);
        changed.payments.push(PaymentStep { show, date, source: Source::default(), ..row.clone() });
    }
    for person in changed.people.iter_mut() {
        let booked = |row: &&Booking| row.is_usable() && row.show == like;
        let Some(last) = person.bookings.iter().filter(booked).map(|row| row.to).max() else {
            continue;
        };
        let free = last.saturating_add(jiff::Span::new().days(1));
        let again: Vec<Booking> = person
            .bookings
            .iter()
            .filter(booked)
            .map(|row| Booking {
                show,
                from: later(row.from).max(free),
                to: later(row.to),
                source: Source::default(),
                ..row.clone()
            })
            .filter(|row| row.from <= row.to)
            .collect();
        person.bookings.extend(again);
    }
    let last = changed.shows[show].end.or_else(|| {
        changed.milestones.iter().filter(|row| row.show == show).map(|row| row.date).max()
    });
    // Room to plan it in: a month beyond its end.
    let room = last.map(|last| last.saturating_add(jiff::Span::new().days(28)));
    changed.settings.horizon_end = changed.settings.horizon_end.max(room.unwrap_or(start));
}

/// All that is left of a show is cut. Holds and tentative bookings on it lapse and confirmed ones are called off on
/// the day of the plan, at what the contract says; who is not called off is free. Contracts go on, with what they
/// guarantee.
pub(super) fn drop(changed: &mut Production, show: ShowId) {
    let shots = changed.shots.ids().map(Entity::Shot);
    let all = shots.chain(changed.assets.ids().map(Entity::Asset));
    let entities: Vec<Entity> = all.filter(|&entity| changed.show_of(entity) == show).collect();
    let own = |row: &Task| changed.show_of(row.entity) == show;
    let tasks: Vec<TaskId> =
        changed.tasks.enumerate().filter(|(_, row)| own(row)).map(|(id, _)| id).collect();
    work::omit(changed, &entities, &tasks);
    for milestone in changed.milestones.iter_mut().filter(|row| row.show == show) {
        milestone.contents.clear();
    }
    let today = changed.settings.as_of;
    for person in changed.people.iter_mut() {
        let (of_show, mut others): (Vec<Booking>, Vec<Booking>) =
            person.bookings.drain(..).partition(|row| row.show == show);
        for row in of_show {
            let from = row.from.max(today);
            if row.state == BookingState::Cancelled {
                others.push(row);
            } else if row.is_payable() && from <= row.to && crew::costs(person, from, row.to) {
                others.push(crew::called_off(&row, today, from));
            }
        }
        person.bookings = others;
    }
}
