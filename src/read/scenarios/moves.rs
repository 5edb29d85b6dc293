//! Edits that move artists to other work, and work to other sites.

use super::cells::Cells;
use super::crew::department;
use super::scope::{Known, people};
use crate::model::*;
use crate::scenario::{Change, working_days_later};

pub(super) fn work(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.all_needed(&["from", "to"]);
    let department = department(cells);
    let sites: Vec<(SiteId, &str, &str)> =
        production.sites.enumerate().map(|(id, row)| (id, &*row.code, &*row.code)).collect();
    let from = cells.refer("from", "site", &sites);
    let to = cells.refer("to", "site", &sites);
    let (department, from, to) = (department?, from?, to?);
    let can = |site: SiteId| {
        let mut people = production.people.iter().filter(|person| person.site == site);
        people.any(|person| person.skills.iter().any(|skill| skill.department == department))
    };
    let code = &production.departments[department].code;
    for (field, site) in [("from", from), ("to", to)] {
        if !can(site) {
            let message = format!("nobody at {} works in {code}", production.sites[site].code);
            cells.fail(
                "S12",
                field,
                message,
                "name a site of the department, or add artists first",
            );
        }
    }
    if from == to {
        cells.fail("S07", "to", "the work is there already".to_owned(), "name another site");
    }
    Some(vec![Change::MoveWork { department, from }])
}

/// The terms of a move that an edit says: those it names, else the first of the show that lead there and
/// fit the person, else what is usual.
fn move_terms(
    cells: &mut Cells<'_, '_>,
    person: PersonId,
    (to, site, show): (Option<DepartmentId>, Option<SiteId>, Option<ShowId>),
) -> Option<MoveTerms> {
    let production = cells.production;
    if cells.has("terms") {
        let known: Vec<(usize, &str, &str)> = production
            .moves
            .iter()
            .enumerate()
            .map(|(at, row)| (at, &*row.code, &*row.code))
            .collect();
        let at = cells.refer("terms", "terms of a move", &known)?;
        let named = production.moves[at].clone();
        let (to, site, show) = (to.or(named.to), site.or(named.site), show.or(named.show));
        return Some(MoveTerms { to, site, show, ..named });
    }
    if to.is_none() && site.is_none() && show.is_none() {
        cells.one_of(&["department", "site", "show", "terms"])?;
    }
    let leads_there = |row: &&MoveTerms| {
        (row.to, row.site, row.show) == (to, site, show) && production.may_move(person, row)
    };
    if let Some(row) = production.moves.iter().find(leads_there) {
        return Some(row.clone());
    }
    let mut usual = MoveTerms { to, site, show, ..MoveTerms::new("move") }.usual();
    if site.is_some() {
        usual.cost = production.usual_relocation();
    }
    let expenses = production.accounts.enumerate().find(|(_, row)| row.code == "50-00");
    let department = to.or_else(|| production.home_department(person));
    let labour = department.map(|id| production.departments[id].account);
    usual.account = expenses.map(|(id, _)| id).or(labour).unwrap_or(usual.account);
    Some(usual)
}

pub(super) fn artist(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.needed("person");
    let person = cells.refer("person", "person", &people(production));
    let to = if cells.has("department") { Some(department(cells)?) } else { None };
    let sites: Vec<(SiteId, &str, &str)> =
        production.sites.enumerate().map(|(id, row)| (id, &*row.code, &*row.code)).collect();
    let site = if cells.has("site") { Some(cells.refer("site", "site", &sites)?) } else { None };
    let shows: Known<'_, ShowId> =
        production.shows.enumerate().map(|(id, row)| (id, &*row.code, &*row.name)).collect();
    let show = if cells.has("show") { Some(cells.refer("show", "show", &shows)?) } else { None };
    let person = person?;
    let mut terms = move_terms(cells, person, (to, site, show))?;
    terms.level = cells.times("level").unwrap_or(terms.level);
    terms.cost = cells.money("cost").unwrap_or(terms.cost);
    terms.pay = cells.percent("pay", 0, 100_000).unwrap_or(terms.pay);
    if cells.flag("ramp") == Some(false) {
        terms.ramp.clear();
    }
    terms.people.clear();
    terms.from = None;
    let code = &production.people[person].code;
    if !production.may_move(person, &terms) {
        let message = format!("{code} is there already");
        cells.fail("S07", "person", message, "name another department, site or show");
        return None;
    }
    let as_of = production.settings.as_of;
    let soonest = match production.shows.ids().next() {
        Some(show) => working_days_later(production, show, as_of, terms.lead_days.into()),
        None => as_of,
    };
    let from = cells.date("from").unwrap_or(soonest);
    let until = cells.date("to");
    cells.in_order(from, until);
    let row = &production.people[person];
    let last = until.unwrap_or(production.settings.horizon_end);
    let is_employed = row.contracts.is_empty()
        || row
            .contracts
            .iter()
            .any(|row| row.start <= last && row.end.is_none_or(|end| from <= end));
    if !is_employed {
        let message = format!("{code} has no contract from {from} on");
        cells.fail("S14", "from", message, "write other days, or let the contract go on first");
        return None;
    }
    Some(vec![Change::Move { person, terms: Box::new(terms), from, to: until }])
}
