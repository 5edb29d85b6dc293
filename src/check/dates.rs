//! V05, V12, V24 and V25: dates against dates.

use super::facts::{Facts, LONGEST_HORIZON};
use super::words::{self, count};
use crate::model::{AccountKind, Actual, Issue, Source, days_between};
use jiff::civil::Date;

/// V05: what ends before it starts.
pub(super) fn start_after_end(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut check = |object: &dyn Fn() -> String,
                     source: Source,
                     (first, start): (&str, Option<Date>),
                     (field, end): (&str, Option<Date>)| {
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            let message = format!("its {field} {end} is before its {first} {start}");
            let issue = Issue::error("V05", object(), message)
                .field(field)
                .value(end.to_string())
                .help(format!("swap the two dates, or correct the {field}"));
            issues.push(facts.at(issue, source));
        }
    };
    for row in &p.shows {
        let object = || format!("show {}", row.code);
        check(&object, row.source, ("start", row.start), ("end", row.end));
    }
    for row in &p.tasks {
        let object = || format!("task {}", row.code);
        check(&object, row.source, ("start", row.start), ("end", row.end));
    }
    for row in &p.departments {
        let object = || format!("department {}", row.code);
        let curve = &row.curve;
        let dates = [
            ("ramp_in_start", curve.ramp_in_start),
            ("peak_start", curve.peak_start),
            ("peak_end", curve.peak_end),
            ("ramp_out_end", curve.ramp_out_end),
        ];
        for pair in dates.windows(2) {
            check(&object, row.source, pair[0], pair[1]);
        }
    }
    for row in &p.people {
        let object = || format!("person {}", row.code);
        for contract in &row.contracts {
            let start = ("start", Some(contract.start));
            check(&object, contract.source, start, ("end", contract.end));
            check(&object, contract.source, start, ("min_end", contract.min_end));
            let least = ("min_end", contract.min_end);
            check(&object, contract.source, least, ("end", contract.end));
        }
        for leave in &row.leave {
            check(&object, leave.source, ("from", Some(leave.from)), ("to", Some(leave.to)));
        }
        for booking in &row.bookings {
            check(&object, booking.source, ("from", Some(booking.from)), ("to", Some(booking.to)));
        }
    }
    for row in &p.incentives {
        let object = || format!("incentive {}", row.code);
        check(&object, row.source, ("valid_from", row.valid_from), ("valid_to", row.valid_to));
    }
}

/// V12: the day of the plan or a date outside the data.
pub(super) fn outside(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let (as_of, end) = (p.settings.as_of, p.settings.horizon_end);
    let nowhere = Source::default();
    if end < as_of {
        let message = format!("the horizon ends {end}, before the day of the plan {as_of}");
        let issue = Issue::error("V12", "settings", message).field("horizon_end");
        issues.push(issue.value(end.to_string()).help("set horizon_end after as_of"));
    } else if days_between(as_of, end) > LONGEST_HORIZON {
        let message = format!("the horizon ends {end}, more than ten years after {as_of}");
        let issue = Issue::error("V12", "settings", message).field("horizon_end");
        issues
            .push(issue.value(end.to_string()).help("set horizon_end to the end of the last show"));
    }
    let ends = p.shows.iter().map(|show| show.end).collect::<Option<Vec<Date>>>();
    if let Some(last) = ends.and_then(|ends| ends.into_iter().max())
        && last < as_of
    {
        let message = format!("as_of {as_of} is after the end of all shows, {last}");
        let issue =
            Issue::error("V12", "settings", message).field("as_of").value(as_of.to_string());
        issues
            .push(issue.help("set as_of to the day of the plan, or correct the end of the shows"));
    }
    let mut late = |object: String, field: &str, date: Date, source: Source| {
        if date > end {
            let message = format!("its {field} {date} is after the horizon, which ends {end}");
            let issue = Issue::warning("V12", object, message).field(field).value(date.to_string());
            let help = format!("set horizon_end to {date} or later, or correct the {field}");
            issues.push(facts.at(issue.help(help), source));
        }
    };
    for row in &p.milestones {
        late(format!("milestone {}", row.code), "date", row.date, row.source);
    }
    for row in p.shots.iter().filter(|shot| shot.due.is_some_and(|due| due > end)) {
        late(format!("shot {}", row.code), "due", row.due.unwrap_or(end), row.source);
    }
    for row in p.assets.iter().filter(|asset| asset.due.is_some_and(|due| due > end)) {
        late(format!("asset {}", row.code), "due", row.due.unwrap_or(end), row.source);
    }
    for row in p.tasks.iter().filter(|task| task.due.is_some_and(|due| due > end)) {
        late(format!("task {}", row.code), "due", row.due.unwrap_or(end), row.source);
    }
    for row in p.shows.iter().filter(|show| show.start.is_some_and(|start| start > end)) {
        late(format!("show {}", row.code), "start", row.start.unwrap_or(end), row.source);
    }
    // Labour of people is V26: the plan has it too.
    let is_labour =
        |row: &&Actual| row.person.is_some() && p.accounts[row.account].kind == AccountKind::Labour;
    let ahead = p.actuals.iter().filter(|row| row.date > as_of && !is_labour(row));
    if let Some(last) = ahead.clone().max_by_key(|row| (row.date, row.source)) {
        let bookings = count(ahead.count(), "booking");
        let message = format!(
            "{bookings} after as_of {as_of} count as cost to date, the last on {}",
            last.date
        );
        let object = format!("account {}", p.accounts[last.account].code);
        let issue = Issue::warning("V12", object, message).field("date");
        let help = "set as_of after the last booking, correct the dates, or make it an order";
        issues.push(facts.at(issue.value(last.date.to_string()).help(help), last.source));
    }
    let ahead = p.time_logs.iter().filter(|log| log.date > as_of);
    if let Some(last) = ahead.clone().max_by_key(|log| (log.date, log.source)) {
        let logs = count(ahead.count(), "time log");
        let message = format!("{logs} after as_of {as_of}, the last on {}", last.date);
        let issue = Issue::warning("V12", "settings", message).field("as_of");
        let help = format!("set as_of to {} or later, or correct the dates", last.date);
        let place = if last.source == nowhere { nowhere } else { last.source };
        issues.push(facts.at(issue.value(as_of.to_string()).help(help), place));
    }
}

/// V24: due before the work may start.
pub(super) fn due_before_turnover(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut check =
        |object: String, source: Source, due: Option<Date>, from: Option<Date>, what: &str| {
            if let (Some(due), Some(from)) = (due, from)
                && due < from
            {
                let message = format!("due {due}, before {what} {from}");
                let issue = Issue::warning("V24", object, message).field("due");
                let help = "move the due date, or ask for an earlier turnover";
                issues.push(facts.at(issue.value(due.to_string()).help(help), source));
            }
        };
    for shot in p.shots.iter().filter(|shot| shot.due.is_some()) {
        let sequence = &p.sequences[shot.sequence];
        let from = [
            (shot.turnover, "its turnover"),
            (sequence.turnover, "the turnover of its sequence"),
            (p.shows[sequence.show].start, "the start of its show"),
        ];
        if let Some((from, what)) = from.into_iter().max_by_key(|(from, _)| *from) {
            check(format!("shot {}", shot.code), shot.source, shot.due, from, what);
        }
    }
    for asset in p.assets.iter().filter(|asset| asset.due.is_some()) {
        let start = p.shows[asset.show].start;
        let object = format!("asset {}", asset.code);
        check(object, asset.source, asset.due, start, "the start of its show");
    }
    for task in p.tasks.iter().filter(|task| task.due.is_some()) {
        let sequence = p.sequence_of(task.entity).and_then(|id| p.sequences[id].turnover);
        let from =
            [(task.earliest, "its earliest start"), (sequence, "the turnover of its sequence")];
        if let Some((from, what)) = from.into_iter().max_by_key(|(from, _)| *from) {
            check(format!("task {}", task.code), task.source, task.due, from, what);
        }
    }
}

/// V25: a shot due before an asset it needs.
pub(super) fn asset_after_shot(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    for (id, asset) in p.assets.enumerate() {
        let entity = crate::model::Entity::Asset(id);
        let Some(ready) = asset.due.filter(|_| !p.is_omitted(entity)) else { continue };
        for &shot_id in &asset.used_by {
            let shot = &p.shots[shot_id];
            let Some(due) = shot.due.filter(|due| *due < ready) else { continue };
            if shot.status.is_some_and(|status| status.is_done()) {
                continue;
            }
            let needed = words::entity(p, entity);
            let message = format!("due {due}, before {needed} that it needs, due {ready}");
            let issue = Issue::warning("V25", format!("shot {}", shot.code), message)
                .field("due")
                .value(due.to_string())
                .help(format!("ask for {needed} by an earlier date, or move the shot"));
            issues.push(facts.at(issue, shot.source));
        }
    }
}
