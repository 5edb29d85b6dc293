//! Buying time: from files to what makes a date, and what that costs.

use super::pay::pay_band;
use super::{Answered, Outcome, Request, check, planning};
use crate::compare::{Bill, Goal, Options, Trouble};
use crate::model::*;
use crate::read;
use crate::result::{BillRow, Heading, PurchaseRow};
use crate::solve::levers::Bought;
use crate::solve::{Limit, Watch};
use jiff::civil::Date;
use std::path::Path;

/// Names that a message lists.
const MOST_NAMED: usize = 20;

/// A question that makes no sense for the show.
#[derive(Debug, thiserror::Error)]
pub enum QuestionError {
    /// The show cannot be read.
    #[error(transparent)]
    Read(#[from] read::Error),
    /// A name or value of the call means nothing here.
    #[error("{0}")]
    Call(String),
}

/// A show that was read and checked, and how to plan it.
pub(super) struct Asked {
    pub production: Production,
    pub options: Options,
}

/// Reads and checks a show. `plans` is how many plans the answer takes, about: they share the time.
pub(super) fn ask<T>(
    show: &Path,
    request: &Request,
    plans: u32,
) -> Result<Result<Asked, Answered<T>>, read::Error> {
    let mut checked = check(show)?;
    let mut production = match checked.production.take() {
        Some(production) if !super::has_errors(&checked.issues) => production,
        _ => return Ok(Err(Answered::Flawed(checked))),
    };
    let limit = match request.limit {
        Limit::Time(time) => Limit::Time(time / plans.max(1)),
        steps => steps,
    };
    let options = planning::options(&mut production, &Request { limit, ..*request });
    Ok(Ok(Asked { production, options }))
}

/// No plan: how planning ended instead.
pub(super) fn no_plan<T>(trouble: Trouble) -> Answered<T> {
    Answered::NoPlan(match trouble {
        Trouble::Refused(refused) => Outcome::Refused(refused),
        Trouble::Unreconciled(faults) => Outcome::Unreconciled(faults),
        Trouble::Stopped => Outcome::Stopped,
    })
}

/// The milestone of this id or name; a milestone of its own for a shot, sequence, asset or show; the
/// last final delivery (else the last milestone, else all work) when nothing is named.
pub(super) fn milestone(
    production: &mut Production,
    name: Option<&str>,
) -> Result<MilestoneId, QuestionError> {
    let Some(name) = name else {
        let key = |row: &Milestone| (row.kind == MilestoneKind::Final, row.date);
        let last = production
            .milestones
            .enumerate()
            .filter(|(id, _)| Goal::of(production, *id).is_open())
            .max_by_key(|(_, row)| key(row))
            .map(|(id, _)| id);
        return match last {
            Some(id) => Ok(id),
            None => {
                let contents = production.shows.ids().map(Entity::Show).collect();
                own(production, "all work", contents)
            }
        };
    };
    let of_name = |row: &Milestone| row.code == name || row.name == name;
    if let Some((id, _)) = production.milestones.enumerate().find(|(_, row)| of_name(row)) {
        return Ok(id);
    }
    match entity(production, name) {
        Some(entity) => own(production, name, vec![entity]),
        None => {
            let milestones = production.milestones.iter().map(|row| row.code.as_str());
            let meant = perhaps(name, milestones.clone().chain(places(production)), || {
                some_of("milestones", milestones.clone())
            });
            let text = format!("the show has no milestone, sequence or shot `{name}`; {meant}");
            Err(QuestionError::Call(text))
        }
    }
}

fn own(
    production: &mut Production,
    code: &str,
    contents: Vec<Entity>,
) -> Result<MilestoneId, QuestionError> {
    let Some(&first) = contents.first() else {
        return Err(QuestionError::Call("the production has no show".to_owned()));
    };
    Ok(production.milestones.push(Milestone {
        code: code.to_owned(),
        name: code.to_owned(),
        show: production.show_of(first),
        kind: MilestoneKind::Internal,
        date: production.settings.horizon_end,
        hard: false,
        penalty_per_day: None,
        contents,
        source: Source::default(),
    }))
}

/// The shot, asset, sequence or show of this id.
pub(super) fn entity(production: &Production, code: &str) -> Option<Entity> {
    let shots = production.shots.enumerate().map(|(id, row)| (Entity::Shot(id), &row.code));
    let assets = production.assets.enumerate().map(|(id, row)| (Entity::Asset(id), &row.code));
    let sequences =
        production.sequences.enumerate().map(|(id, row)| (Entity::Sequence(id), &row.code));
    let shows = production.shows.enumerate().map(|(id, row)| (Entity::Show(id), &row.code));
    let mut all = sequences.chain(shots).chain(assets).chain(shows);
    all.find(|(_, known)| *known == code).map(|(entity, _)| entity)
}

/// Ids of all shows, sequences, assets and shots.
pub(super) fn places(production: &Production) -> impl Iterator<Item = &str> {
    let shows = production.shows.iter().map(|row| row.code.as_str());
    let sequences = production.sequences.iter().map(|row| row.code.as_str());
    let assets = production.assets.iter().map(|row| row.code.as_str());
    let shots = production.shots.iter().map(|row| row.code.as_str());
    shows.chain(sequences).chain(assets).chain(shots)
}

/// What an unknown name may have been meant for: the nearest of those that `could` be, else what `there_is`.
pub(super) fn perhaps<'k>(
    name: &str,
    could: impl Iterator<Item = &'k str>,
    there_is: impl FnOnce() -> String,
) -> String {
    match read::nearest(name, could) {
        Some(near) => format!("did you mean `{near}`?"),
        None => there_is(),
    }
}

/// "departments: ANI, CMP"; the first few of many.
pub(super) fn some_of<'k>(what: &str, mut names: impl Iterator<Item = &'k str>) -> String {
    let first: Vec<&str> = names.by_ref().take(MOST_NAMED).collect();
    match (first.is_empty(), names.count()) {
        (true, _) => format!("it has no {what}"),
        (_, 0) => format!("its {what} are {}", first.join(", ")),
        (_, more) => format!("its {what} are {} and {more} more", first.join(", ")),
    }
}

/// The department of this id or name, in any case.
pub(super) fn department(production: &Production, code: &str) -> Option<DepartmentId> {
    let same = |row: &Department| {
        row.code.eq_ignore_ascii_case(code) || row.name.eq_ignore_ascii_case(code)
    };
    production.departments.enumerate().find(|(_, row)| same(row)).map(|(id, _)| id)
}

/// No department has this id or name.
pub(super) fn no_department(production: &Production, code: &str) -> QuestionError {
    let codes = || production.departments.iter().map(|row| row.code.as_str());
    let meant = perhaps(code, codes(), || some_of("departments", codes()));
    QuestionError::Call(format!("there is no department `{code}`; {meant}"))
}

pub(super) fn heading(production: &Production, mode: Mode) -> Heading {
    Heading {
        production: production.settings.name.clone(),
        as_of: production.settings.as_of,
        currency: production.settings.currency.code().to_owned(),
        currency_decimals: production.settings.currency.decimals(),
        mode: mode.word().to_owned(),
        cut_short: false,
    }
}

/// The heading of an answer that whoever watches may have stopped.
pub(super) fn heading_until_stopped(
    production: &Production,
    mode: Mode,
    watch: &dyn Watch,
) -> Heading {
    Heading { cut_short: watch.stop(), ..heading(production, mode) }
}

/// A share in basis points.
pub(super) fn basis_points(share: f64) -> i64 {
    (share * 1e4).round() as i64
}

pub(super) fn bill(bill: &Bill) -> BillRow {
    BillRow {
        efc: bill.efc.0,
        unused: bill.unused.0,
        starts: bill.starts.0,
        vendors: bill.vendors.0,
        incentives: bill.incentives.0,
        total: bill.total().0,
    }
}

/// Days that a site works in a span.
fn worked_days(
    production: &Production,
    site: SiteId,
    (from, to): (Date, Date),
) -> impl Iterator<Item = Date> {
    let site = production.sites.get(site);
    let days = days_between(from, to).clamp(-1, 20_000);
    let dates = (0..=days).map(move |day| from.saturating_add(jiff::Span::new().days(day)));
    dates.filter(move |date| site.is_some_and(|site| is_worked(production, site, *date)))
}

fn is_worked(production: &Production, site: &Site, date: Date) -> bool {
    let calendar = &production.calendars[site.calendar];
    calendar.is_worked(date) && site.holidays.binary_search(&date).is_err()
}

/// The last day to decide on what takes so many working days of a site, so that it can begin on `date`.
pub(super) fn days_before(
    production: &Production,
    site: SiteId,
    lead_days: u32,
    date: Date,
) -> Date {
    let Some(site) = production.sites.get(site) else { return date };
    let (mut at, mut left) = (date, lead_days);
    for _ in 0..20_000 {
        if left == 0 {
            break;
        }
        at = at.saturating_sub(jiff::Span::new().days(1));
        left -= u32::from(is_worked(production, site, at));
    }
    at
}

/// Purchases in rows, each with its own cost at its terms.
pub(super) fn purchases(production: &Production, bought: &Bought) -> Vec<PurchaseRow> {
    let as_of = production.settings.as_of;
    let code = |id: DepartmentId| production.departments[id].code.clone();
    let mut rows = Vec::new();
    for row in &bought.hires {
        let terms = row.terms(production);
        let days = worked_days(production, terms.site, (row.from, row.to));
        let pay: Cents = days.map(|day| production.hire_day_cost(&terms, day)).sum();
        let each = pay + terms.onboarding;
        let named = terms.source != Source::default();
        rows.push(PurchaseRow {
            kind: "hire".to_owned(),
            department: code(row.department),
            count: row.heads,
            place: None,
            who: named.then(|| terms.code.clone()),
            from: Some(row.from),
            to: Some(row.to),
            decide_by: Some(
                days_before(production, terms.site, terms.lead_days, row.from).max(as_of),
            ),
            cost: Some(each.by(row.heads.into()).0),
            day_band: None,
            tasks: Vec::new(),
        });
    }
    for row in &bought.moves {
        let person = &production.people[row.person];
        let Some(terms) = production.moves.get(row.terms as usize) else { continue };
        let site = terms.site.unwrap_or(person.site);
        let home = production.home_department(row.person);
        rows.push(PurchaseRow {
            kind: "move".to_owned(),
            department: home.map_or(String::new(), code),
            count: 1,
            who: Some(person.code.clone()),
            place: Some(production.move_words(terms)),
            from: Some(row.from),
            to: Some(row.to),
            decide_by: Some(days_before(production, site, terms.lead_days, row.from).max(as_of)),
            cost: Some(terms.cost.0),
            day_band: None,
            tasks: Vec::new(),
        });
    }
    for row in &bought.extensions {
        let person = &production.people[row.person];
        let end = person.contracts.iter().filter_map(|contract| contract.end).max();
        let from = end.map(|end| end.saturating_add(jiff::Span::new().days(1)));
        // An option lapses before the contract does.
        let last = person.contracts.iter().max_by_key(|contract| contract.end);
        let lapses = last.and_then(|contract| contract.option?.decide_by);
        let decide_by = lapses.filter(|day| *day >= as_of).or(end);
        let site = person.site;
        let days = from.map_or(0, |from| worked_days(production, site, (from, row.to)).count());
        let days = days as i64;
        let day = production.day_cost(row.person, from.unwrap_or(as_of));
        let home = production.home_department(row.person);
        rows.push(PurchaseRow {
            kind: "extend".to_owned(),
            department: home.map_or(String::new(), code),
            count: 1,
            place: None,
            who: Some(person.code.clone()),
            from,
            to: Some(row.to),
            decide_by,
            cost: Some(day.basis_points(person.capacity).by(days).0),
            day_band: Some(pay_band(day.0)),
            tasks: Vec::new(),
        });
    }
    for row in &bought.orders {
        let vendor = &production.vendors[row.vendor];
        let mut departments: Vec<DepartmentId> =
            row.tasks.iter().map(|task| production.tasks[*task].department).collect();
        departments.sort_unstable();
        departments.dedup();
        let departments: Vec<String> = departments.into_iter().map(code).collect();
        rows.push(PurchaseRow {
            kind: "outsource".to_owned(),
            department: departments.join(", "),
            count: row.tasks.len() as u32,
            place: None,
            who: Some(vendor.code.clone()),
            from: None,
            to: None,
            decide_by: None,
            cost: Some(crate::compare::order(production, row.vendor, &row.tasks).0),
            day_band: None,
            tasks: row.tasks.iter().map(|task| production.tasks[*task].code.clone()).collect(),
        });
    }
    if !bought.splits.is_empty() {
        let mut departments: Vec<DepartmentId> =
            bought.splits.iter().map(|task| production.tasks[*task].department).collect();
        departments.sort_unstable();
        departments.dedup();
        let departments: Vec<String> = departments.into_iter().map(code).collect();
        rows.push(PurchaseRow {
            kind: "split".to_owned(),
            department: departments.join(", "),
            count: bought.splits.len() as u32,
            place: None,
            who: None,
            from: None,
            to: None,
            decide_by: None,
            cost: Some(0),
            day_band: None,
            tasks: bought.splits.iter().map(|task| production.tasks[*task].code.clone()).collect(),
        });
    }
    for row in &bought.rents {
        rows.push(PurchaseRow {
            kind: "rent".to_owned(),
            department: String::new(),
            count: row.most.ceil() as u32,
            place: None,
            who: Some(production.pools[row.pool].code.clone()),
            from: Some(row.from),
            to: Some(row.to),
            decide_by: None,
            cost: Some(row.cost.round() as i64),
            day_band: None,
            tasks: Vec::new(),
        });
    }
    for &(department, cost) in &bought.overtime {
        rows.push(PurchaseRow {
            kind: "overtime".to_owned(),
            department: code(department),
            count: 0,
            place: None,
            who: None,
            from: None,
            to: None,
            decide_by: None,
            cost: Some(cost.round() as i64),
            day_band: None,
            tasks: Vec::new(),
        });
    }
    rows
}
