//! V08, V13, V14, V29 and V34: bookings, rates, hours, notice and rest.

use super::facts::Facts;
use super::words::{money, percent};
use crate::model::{Calendar, Cents, DaysOff, Issue, OvertimePolicy, Person, Severity, Source};
use jiff::civil::Date;

/// V08: booked for more than all their time.
pub(super) fn overbooked(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut events: Vec<(Date, i64)> = Vec::new();
    for person in &p.people {
        let usable = || person.bookings.iter().filter(|b| b.is_usable() && b.from <= b.to);
        events.clear();
        for booking in usable() {
            events.push((booking.from, booking.share));
            events.push((booking.to.tomorrow().unwrap_or(Date::MAX), -booking.share));
        }
        events.sort_unstable();
        let (mut booked, mut worst): (i64, Option<(i64, Date)>) = (0, None);
        let mut begin: Option<Date> = None;
        let mut end: Option<Date> = None;
        for (index, (date, change)) in events.iter().enumerate() {
            booked = booked.saturating_add(*change);
            if events.get(index + 1).is_some_and(|(next, _)| next == date) {
                continue; // what ends and what begins on a day count together
            }
            if booked > 10_000 {
                begin = begin.or(Some(*date));
                end = None;
                if worst.is_none_or(|(most, _)| booked > most) {
                    worst = Some((booked, *date));
                }
            } else if begin.is_some() && end.is_none() {
                end = Some(*date);
            }
        }
        let (Some((most, day)), Some(begin)) = (worst, begin) else { continue };
        let end = end.map_or(Date::MAX, |end| end.yesterday().unwrap_or(end));
        let on_day: Vec<_> = usable().filter(|b| b.from <= day && day <= b.to).collect();
        let shows: Vec<String> = on_day
            .iter()
            .map(|b| format!("{} on {}", percent(b.share), p.shows[b.show].code))
            .collect();
        let source = on_day.iter().map(|b| b.source).max().unwrap_or(person.source);
        let message =
            format!("booked {} from {begin} to {end}: {}", percent(most), shows.join(" and "));
        let issue = Issue::error("V08", format!("person {}", person.code), message)
            .field("share")
            .value(percent(most))
            .help("shorten or reduce one of the bookings, or make it a hold until it is settled");
        issues.push(facts.at(issue, source));
    }
}

/// V13: a person who costs money without a rate. Default rates are for productions that give no
/// rates at all; where others have one, a missing one is likely forgotten.
pub(super) fn no_rate(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let known = |person: &Person| {
        person.contracts.iter().any(|c| !c.rate_assumed && c.rates.iter().any(|r| r.1.0 > 0))
    };
    let any_known = p.people.iter().any(known);
    for (id, person) in p.people.enumerate() {
        let object = format!("person {}", person.code);
        let assumed = p.settings.default_day_rate[person.seniority as usize];
        let instead = money(assumed, p.settings.currency);
        let mut say = |severity, message: String, source: Source| {
            let issue = Issue { severity, ..Issue::error("V13", object.clone(), message) };
            let help = "write the rate and its basis in the contract";
            issues.push(facts.at(issue.field("rate").help(help), source));
        };
        for contract in &person.contracts {
            if contract.rates.iter().all(|(_, rate)| *rate == Cents::ZERO) {
                let message = format!("the contract from {} has no rate", contract.start);
                say(Severity::Error, message, contract.source);
            } else if contract.rate_assumed && any_known {
                let start = contract.start;
                let message =
                    format!("the contract from {start} has no rate; {instead} a day is assumed");
                say(Severity::Warning, message, contract.source);
            }
        }
        if person.contracts.is_empty() && any_known && p.card_pay(id).is_none() {
            let message = format!("no contract and so no rate; {instead} a day is assumed");
            say(Severity::Warning, message, person.source);
        }
    }
    for card in &p.rate_card {
        if card.pay.rates.iter().all(|(_, rate)| *rate == Cents::ZERO) {
            let message = "it has no rate: whom it fits would be free";
            let issue = Issue::error("V13", "card rate", message)
                .field("rate")
                .help("write the rate and its basis, or take the row out");
            issues.push(facts.at(issue, card.source));
        }
    }
    for terms in &p.hiring {
        if terms.contract.rates.iter().all(|(_, rate)| *rate == Cents::ZERO) {
            let object = format!("terms of hire {}", terms.code);
            let issue =
                Issue::error("V13", object, "they have no rate: who is hired would be free")
                    .field("rate")
                    .help("write the rate and its basis, or leave it out for the usual one");
            issues.push(facts.at(issue, terms.source));
        }
    }
    for pool in p.pools.iter().filter(|pool| !pool.hard && pool.overflow_price.is_none()) {
        let message = "it is soft without an overflow price: what is beyond it would be free";
        let issue = Issue::error("V13", format!("pool {}", pool.code), message)
            .field("overflow_price")
            .help("write what one unit beyond it costs on a day, or make it hard");
        issues.push(facts.at(issue, pool.source));
    }
}

/// V14: a cap on working time below the hours of the contract, or below those that it guarantees.
pub(super) fn cap_below_hours(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut check = |object: String,
                     source: Source,
                     policy: &OvertimePolicy,
                     (day, week): (i64, i64)| {
        for (field, cap, hours, what) in [
            ("overtime_cap_day", policy.cap_day_minutes, day, "day"),
            ("overtime_cap_week", policy.cap_week_minutes, week, "week"),
        ] {
            if cap < hours {
                let (cap, hours) = (hours_text(cap), hours_text(hours));
                let message =
                    format!("the most work in a {what} is {cap}, but the contract has {hours}");
                let issue = Issue::error("V14", object.clone(), message).field(field).value(cap);
                let help = format!("set {field} to {hours} or more, or shorten the working {what}");
                issues.push(facts.at(issue.help(help), source));
            }
        }
    };
    for site in &p.sites {
        let week = worked_days(&p.calendars[site.calendar]) * site.day_minutes;
        check(format!("site {}", site.code), site.source, &site.overtime, (site.day_minutes, week));
    }
    for person in &p.people {
        let site = &p.sites[person.site];
        let day = site.day_minutes * person.capacity / 10_000;
        let week = worked_days(&p.calendars[site.calendar]) * day;
        for contract in &person.contracts {
            if let Some(policy) = &contract.overtime {
                check(format!("person {}", person.code), contract.source, policy, (day, week));
            }
        }
    }
    guaranteed_in_vain(facts, issues);
}

/// V14: more is guaranteed than may be worked.
fn guaranteed_in_vain(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for person in &p.people {
        for contract in &person.contracts {
            let policy = contract.overtime.as_ref();
            let policy = policy.unwrap_or(&p.sites[person.site].overtime);
            let guarantee = contract.guarantee;
            for (field, least, cap, what) in [
                ("guaranteed_day", guarantee.day_minutes, policy.cap_day_minutes, "day"),
                ("guaranteed_week", guarantee.week_minutes, policy.cap_week_minutes, "week"),
            ] {
                if least <= cap {
                    continue;
                }
                let (least, cap) = (hours_text(least), hours_text(cap));
                let message =
                    format!("{least} of a {what} are guaranteed, but at most {cap} may be worked");
                let help = format!("guarantee {cap} or less, or raise the most work in a {what}");
                let issue = Issue::error("V14", format!("person {}", person.code), message)
                    .field(field)
                    .value(least)
                    .help(help);
                issues.push(facts.at(issue, contract.source));
            }
        }
    }
}

/// Most minutes of a day that leave eleven hours of rest before one like it.
const LONGEST_DAY: i64 = 13 * 60;

/// V34: overtime that leaves less than eleven hours from day to day, or no day off in a week.
pub(super) fn little_rest(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut check = |object: String, source: Source, policy: &OvertimePolicy| {
        let cap = policy.cap_day_minutes;
        if cap > LONGEST_DAY {
            let message = format!(
                "days of {} leave less than 11 h of rest before the next; no plan has them beyond 13 h",
                hours_text(cap)
            );
            let issue = Issue::warning("V34", object.clone(), message).field("overtime_cap_day");
            let help = "set overtime_cap_day to 13 h or less".to_owned();
            issues.push(facts.at(issue.value(hours_text(cap)).help(help), source));
        }
        if policy.days_off != DaysOff::None && policy.days_a_week > 6 {
            let message = "weeks of seven days leave no day of rest";
            let issue = Issue::warning("V34", object, message).field("overtime_days_a_week");
            let help = "set overtime_days_a_week to 6, or give the rest in another week".to_owned();
            issues.push(facts.at(issue.value("7".to_owned()).help(help), source));
        }
    };
    for site in &p.sites {
        check(format!("site {}", site.code), site.source, &site.overtime);
    }
    for person in &p.people {
        for contract in &person.contracts {
            if let Some(policy) = &contract.overtime {
                check(format!("person {}", person.code), contract.source, policy);
            }
        }
    }
}

fn worked_days(calendar: &Calendar) -> i64 {
    calendar.workdays.iter().filter(|worked| **worked).count() as i64
}

fn hours_text(minutes: i64) -> String {
    super::words::days(minutes, 60).replace(" d", " h")
}

/// How near a notice deadline must be to be named, in working days.
const NEAR: u32 = 10;

/// V29: a contract ends soon, its last day for notice or extension is near, and nothing follows it.
pub(super) fn notice_deadline(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let as_of = p.settings.as_of;
    for (id, person) in p.people.enumerate().filter(|(_, person)| !person.placeholder) {
        let calendar = &p.calendars[p.sites[person.site].calendar];
        for contract in &person.contracts {
            let Some(end) =
                contract.end.filter(|end| (as_of..p.settings.horizon_end).contains(end))
            else {
                continue;
            };
            if person.contracts.iter().any(|next| next.end.is_none_or(|later| later > end)) {
                continue; // decided: it goes on
            }
            let option = contract.option;
            let deadline = p.decide_by(id, contract, end);
            if !within(calendar, as_of, deadline, NEAR) {
                continue;
            }
            let passed = if deadline < as_of { "was" } else { "is" };
            let message = match option {
                Some(option) => format!(
                    "the contract ends {end}; the last day to take the option of {} weeks more \
                     {passed} {deadline}",
                    option.weeks
                ),
                None => format!(
                    "the contract ends {end}; with {} working days of notice the last day to extend it \
                     {passed} {deadline}",
                    contract.notice_days
                ),
            };
            let issue = Issue::warning("V29", format!("person {}", person.code), message)
                .field("end")
                .value(end.to_string())
                .help("extend the contract, or tell the person that it ends");
            issues.push(facts.at(issue, contract.source));
        }
    }
}

/// Whether `day` is before or at most `most` working days after `from`.
fn within(calendar: &Calendar, from: Date, day: Date, most: u32) -> bool {
    let (mut at, mut passed) = (from, 0);
    while at < day {
        at = at.tomorrow().unwrap_or(day);
        passed += u32::from(calendar.is_worked(at));
        if passed > most {
            return false;
        }
    }
    true
}
