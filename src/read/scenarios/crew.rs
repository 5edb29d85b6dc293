//! Edits of who is there: hires, losses, ends of contracts, leave, overtime, desks.

use super::cells::Cells;
use super::scope::{Known, departments, people, vendors};
use crate::model::*;
use crate::read::words;
use crate::scenario::{Cap, Change, OvertimeLimits, working_days_later};
use jiff::civil::Date;

/// More people than this are a slip of the pen.
const MOST_ARTISTS: i64 = 500;

pub(super) fn department(cells: &mut Cells<'_, '_>) -> Option<DepartmentId> {
    cells.needed("department")?;
    cells.refer("department", "department", &departments(cells.production))
}

fn day_after(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

/// The day on which a department can have somebody new, decided on the day of the plan.
fn soonest(production: &Production, terms: &HireTerms) -> Date {
    let as_of = production.settings.as_of;
    match production.shows.ids().next() {
        Some(show) => working_days_later(production, show, as_of, terms.lead_days.into()),
        None => as_of,
    }
}

fn warn_of_desks(cells: &mut Cells<'_, '_>, department: DepartmentId, heads: i64, on: Date) {
    let production = cells.production;
    let row = &production.departments[department];
    let Some(most) = row.curve.cap.map(i64::from) else { return };
    let there = present(production, department, on).len() as i64 + heads;
    if heads > 0 && there > most {
        let message =
            format!("at most {most} of {} may be at work at once; this makes {there}", row.code);
        let help = format!(
            "if there is room for more, add op = \"set_capacity\", department = \"{}\", amount = {there}",
            row.code
        );
        cells.warn("S15", "artists", message, &help);
    }
}

/// The people of a department who are employed on a day, in the order of the list.
fn present(production: &Production, department: DepartmentId, on: Date) -> Vec<PersonId> {
    let is_there = |id: &PersonId| {
        let contracts = &production.people[*id].contracts;
        production.home_department(*id) == Some(department)
            && (contracts.is_empty() || contracts.iter().any(|row| row.covers(on)))
    };
    production.people.ids().filter(is_there).collect()
}

/// The terms that an edit hires on: those it names, else the first of the department that are of the
/// wanted kind, else its first, with what the edit says of rate and level.
fn terms(
    cells: &mut Cells<'_, '_>,
    department: DepartmentId,
    wanted: impl Fn(ContractKind) -> bool,
) -> Option<HireTerms> {
    let production = cells.production;
    let all = production.hire_terms(department);
    let known: Vec<(usize, &str, &str)> =
        all.iter().enumerate().map(|(at, row)| (at, &*row.code, &*row.code)).collect();
    let named = match cells.has("terms") {
        true => cells.refer("terms", "terms of hire", &known)?,
        false => all.iter().position(|row| wanted(row.contract.kind)).unwrap_or(0),
    };
    let mut terms = all.get(named)?.clone();
    if let Some(rate) = cells.money("rate") {
        let (start, currency) = (production.settings.as_of, production.settings.currency);
        let kind = terms.contract.kind;
        terms.contract = Contract { kind, ..Contract::paid_by_day(start, rate, currency) };
    }
    terms.level = cells.times("level").unwrap_or(terms.level);
    Some(terms)
}

/// The first day of hires: what is said, else the soonest; not before the terms let anybody begin.
fn first_day(cells: &mut Cells<'_, '_>, terms: &HireTerms) -> Date {
    let said = cells.date("from");
    if let (Some(from), Some(earliest)) = (said, terms.earliest)
        && from < earliest
    {
        let message = format!("on terms {} nobody can begin before {earliest}", terms.code);
        cells.fail("S14", "from", message, "write a later day, or name other terms");
    }
    let soonest = soonest(cells.production, terms);
    said.unwrap_or_else(|| terms.earliest.map_or(soonest, |earliest| earliest.max(soonest)))
}

pub(super) fn add(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let department = department(cells)?;
    cells.needed("artists");
    let heads = cells.whole("artists", 0, MOST_ARTISTS);
    let mut terms = terms(cells, department, |kind| kind != ContractKind::Freelance)?;
    if cells.flag("ramp") == Some(false) {
        terms.ramp.clear();
    }
    let from = first_day(cells, &terms);
    let to = cells.date("to");
    cells.in_order(from, to);
    warn_of_desks(cells, department, heads?, from);
    let heads = heads? as u32;
    Some(vec![Change::HireOn { terms: Box::new(terms), heads, from, to }])
}

pub(super) fn freelance(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let department = department(cells)?;
    cells.needed("artists");
    let heads = cells.whole("artists", 0, MOST_ARTISTS);
    let mut terms = terms(cells, department, |kind| kind == ContractKind::Freelance)?;
    terms.contract.kind = ContractKind::Freelance;
    let weeks = cells.whole("weeks", 1, 200);
    let is_optional = cells.flag("optional").unwrap_or(false);
    if is_optional && weeks.is_some() {
        let message = "who is paid by the day has no shortest stay".to_owned();
        cells.fail("S07", "weeks", message, "leave `weeks` out, or write optional = no");
    }
    let from = first_day(cells, &terms);
    warn_of_desks(cells, department, heads?, from);
    let (terms, heads) = (Box::new(terms), heads? as u32);
    if is_optional {
        return Some(vec![Change::HireOnCall { terms, heads, from }]);
    }
    let weeks = weeks.unwrap_or_else(|| terms.min_weeks.max(1).into());
    let to = Some(day_after(from, weeks * 7 - 1));
    Some(vec![Change::HireOn { terms, heads, from, to }])
}

pub(super) fn set(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let department = department(cells)?;
    cells.needed("artists");
    let wanted = cells.whole("artists", 0, 10_000)?;
    let production = cells.production;
    let terms = terms(cells, department, |kind| kind != ContractKind::Freelance)?;
    let from = first_day(cells, &terms);
    let there = present(production, department, from);
    let more = wanted - there.len() as i64;
    if more > MOST_ARTISTS {
        let message = format!("that is {more} more than there are");
        cells.fail("S04", "artists", message, "write a number that can be meant");
        return None;
    }
    warn_of_desks(cells, department, more, from);
    if more >= 0 {
        let (terms, heads) = (Box::new(terms), more as u32);
        return Some(vec![Change::HireOn { terms, heads, from, to: None }]);
    }
    let to = day_after(from, -1);
    let gone = there.into_iter().rev().take(more.unsigned_abs() as usize);
    Some(gone.map(|person| Change::Shorten { person, to }).collect())
}

pub(super) fn lose(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let (from, to) = (cells.date("from"), cells.date("to"));
    let from = from.unwrap_or(production.settings.as_of);
    cells.in_order(from, to);
    let keeps_notice = cells.flag("notice").unwrap_or(false);
    if keeps_notice && to.is_some() {
        let message = "who comes back is given no notice".to_owned();
        cells.fail("S07", "notice", message, "leave `to` or `notice` out");
    }
    let who: Vec<PersonId> = match cells.one_of(&["department", "people"])? {
        "people" => {
            if cells.has("artists") {
                let message = "`people` and `artists` cannot be said together".to_owned();
                cells.fail("S07", "artists", message, "leave one of them out");
            }
            cells.refer_all("people", "person", &people(production))?
        }
        _ => {
            let department = department(cells)?;
            cells.needed("artists");
            let heads = cells.whole("artists", 0, 10_000)?;
            let there = present(production, department, from);
            if heads > there.len() as i64 {
                let code = &production.departments[department].code;
                let message = format!("{code} has {} artists on {from}, not {heads}", there.len());
                cells.fail("S04", "artists", message, "write a number up to that");
                return None;
            }
            there.into_iter().rev().take(heads as usize).collect()
        }
    };
    if let Some(to) = to {
        return Some(vec![Change::Leave { people: who, from, to, share: 10_000 }]);
    }
    let last = |person: PersonId| {
        let running = production.people[person].contracts.iter().filter(|row| row.covers(from));
        let free = running.map(|row| production.first_avoidable_day_if(person, row, from)).max();
        match free {
            Some(free) if keeps_notice => day_after(free, -1),
            _ => day_after(from, -1),
        }
    };
    Some(who.into_iter().map(|person| Change::Shorten { person, to: last(person) }).collect())
}

pub(super) fn extend(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.all_needed(&["person", "to"]);
    let person = cells.refer("person", "person", &people(production));
    let to = cells.date("to");
    let (person, to) = (person?, to?);
    let row = &production.people[person];
    let last = row.contracts.iter().map(|row| row.end.unwrap_or(Date::MAX)).max();
    match last {
        Some(end) if end < to => Some(vec![Change::Extend { person, to }]),
        Some(end) if end < Date::MAX => {
            let message = format!("the contract of {} ends on {end} already", row.code);
            cells.fail("S14", "to", message, "write a later day, or use op = \"release\"");
            None
        }
        _ => {
            let message = format!("the contract of {} has no end", row.code);
            cells.fail("S14", "person", message, "leave the edit out");
            None
        }
    }
}

pub(super) fn release(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.all_needed(&["person", "to"]);
    let person = cells.refer("person", "person", &people(production));
    let to = cells.date("to");
    let (person, to) = (person?, to?);
    let row = &production.people[person];
    let next = day_after(to, 1);
    if let Some(contract) = row.contracts.iter().find(|contract| contract.covers(next)) {
        let free = production.first_avoidable_day(person, contract);
        if free > next {
            let message = format!(
                "with notice and minimum the contract of {} runs to {}",
                row.code,
                day_after(free, -1)
            );
            let help = "write that day or a later one; op = \"lose_artists\" is for who goes without notice";
            cells.fail("S14", "to", message, help);
            return None;
        }
    } else if !row.contracts.is_empty() && !row.contracts.iter().any(|row| row.start > to) {
        let message = format!("the contract of {} has ended by then", row.code);
        cells.fail("S14", "to", message, "write an earlier day, or leave the edit out");
        return None;
    }
    Some(vec![Change::Shorten { person, to }])
}

/// The people of departments, people by name, or everybody.
pub(super) fn who(cells: &mut Cells<'_, '_>) -> Option<Vec<PersonId>> {
    let production = cells.production;
    if cells.has("department") && cells.has("people") {
        cells.one_of(&["department", "people"])?;
    }
    if cells.has("people") {
        return cells.refer_all("people", "person", &people(production));
    }
    if !cells.has("department") {
        return Some(production.people.ids().collect());
    }
    let all = cells.refer_all("department", "department", &departments(production))?;
    let own = |id: &PersonId| production.home_department(*id).is_some_and(|own| all.contains(&own));
    Some(production.people.ids().filter(own).collect())
}

pub(super) fn allow_overtime(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let people = who(cells)?;
    let limits = OvertimeLimits {
        day: cells.hours("hours_day", 24),
        week: cells.hours("hours_week", 168),
        days_off: cells.word("weekends", words::DAYS_OFF),
        day_off: cells.hours("hours_day_off", 24),
    };
    if let Some(week) = limits.week {
        held_back(cells, &people, week);
    }
    let (from, to) = (cells.date("from"), cells.date("to"));
    let settings = &cells.production.settings;
    let first = from.unwrap_or(settings.as_of);
    // Days off are a matter of dates: without any, of all that are left.
    let is_within =
        ["from", "to", "weekends", "hours_day_off"].iter().any(|field| cells.has(field));
    let within = is_within.then(|| (first, to.unwrap_or(settings.horizon_end)));
    cells.in_order(first, to);
    Some(vec![Change::AllowOvertime { people, limits, within }])
}

/// Says for whom a week may not be as long as it is to be.
fn held_back(cells: &mut Cells<'_, '_>, people: &[PersonId], week: i64) {
    let asked = OvertimePolicy {
        cap_week_minutes: week,
        cap_opted_out_minutes: week,
        ..OvertimePolicy::default()
    };
    let production = cells.production;
    let most = |id: &PersonId| production.most_in_week(*id, &asked);
    let held: Vec<&PersonId> = people.iter().filter(|id| most(id) < week).collect();
    let Some(least) = held.iter().map(|id| most(id)).min() else { return };
    const NAMED: usize = 5;
    let mut names: Vec<&str> =
        held.iter().take(NAMED).map(|id| production.people[**id].code.as_str()).collect();
    let more = format!("and {} more", held.len().saturating_sub(NAMED));
    if held.len() > NAMED {
        names.push(&more);
    }
    let message = format!(
        "it stays at {} hours a week for {} of {} people: {}",
        least / 60,
        held.len(),
        people.len(),
        names.join(", ")
    );
    let help = "only those who opted out work more than 48 hours a week (opted_out in people.csv), and nobody more than 60";
    cells.warn("S16", "hours_week", message, help);
}

pub(super) fn forbid_overtime(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    Some(vec![Change::ForbidOvertime { people: who(cells)? }])
}

pub(super) fn leave(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.all_needed(&["people", "from", "to"]);
    let people = cells.refer_all("people", "person", &people(production));
    let (from, to) = (cells.date("from"), cells.date("to"));
    let share = cells.percent("share", 1, 10_000);
    let (people, from, to) = (people?, from?, to?);
    cells.in_order(from, Some(to));
    Some(vec![Change::Leave { people, from, to, share: share.unwrap_or(10_000) }])
}

pub(super) fn capacity(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let which = cells.one_of(&["department", "vendor", "pool"])?;
    if which == "pool" {
        return pool_capacity(cells);
    }
    for field in ["from", "to"] {
        if cells.has(field) {
            let message = format!("`{field}` goes with a pool; this limit holds for good");
            cells.fail("S07", field, message, "take it out");
        }
    }
    cells.needed("amount");
    let amount = cells.whole("amount", 0, 100_000);
    if which == "vendor" {
        let vendor = cells.refer("vendor", "vendor", &vendors(production))?;
        return Some(vec![Change::SetCap(Cap::Vendor(vendor, amount?))]);
    }
    let department = department(cells)?;
    Some(vec![Change::SetCap(Cap::Desks(department, amount? as u32))])
}

fn pool_capacity(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    if production.pools.is_empty() {
        let message = "this show counts no farm, licences or other pools".to_owned();
        let help = "add a table `pools`; desks of a department and the days a week of a vendor can be set without";
        cells.fail("S12", "pool", message, help);
        return None;
    }
    let pools: Known<'_, PoolId> =
        production.pools.enumerate().map(|(id, row)| (id, &*row.code, &*row.name)).collect();
    let pool = cells.refer("pool", "pool", &pools);
    cells.needed("amount");
    let amount = cells.whole("amount", 0, 1_000_000_000);
    let (from, to) = (cells.date("from"), cells.date("to"));
    if cells.has("from") && from.is_none() || cells.has("to") && to.is_none() {
        return None;
    }
    let from = from.unwrap_or(production.settings.as_of);
    cells.in_order(from, to);
    let (pool, amount) = (pool?, amount?);
    let units = amount * production.pools[pool].kind.unit();
    Some(vec![Change::SetCap(Cap::Pool(pool, units, from, to))])
}
