//! People of a crew who work elsewhere: "Ira>CMP", "ROTO>CMP+2@2027-03-01".

use super::{MOST_HEADS, read_time};
use crate::model::*;
use crate::pipeline::QuestionError;
use crate::pipeline::levers::department;
use crate::scenario::{Change, working_days_later};

/// One entry: somebody, or so many of a department, the cheapest first; where to is a department, site or show,
/// or the id of a row of the show's moves. `before` are the entries before it: who is moved there stays there.
pub(super) fn read(
    production: &Production,
    entry: &str,
    (who, rest): (&str, &str),
    before: &[Change],
) -> Result<Vec<Change>, QuestionError> {
    let wrong = |why: &str| {
        let help = "write \"Ira>CMP\", \"ROTO>CMP+2\" or \"Ira>CMP@2027-03-01..2027-05-28\"";
        QuestionError::Call(format!("`{entry}` {why}: {help}"))
    };
    let (place, when) = match rest.split_once('@') {
        Some((place, when)) => (place.trim(), Some(when.trim())),
        None => (rest.trim(), None),
    };
    let (place, heads) = match place.rsplit_once('+') {
        Some((place, number)) => {
            let heads = number.trim().parse().ok().filter(|heads| (1..=MOST_HEADS).contains(heads));
            (place.trim(), heads.ok_or_else(|| wrong("has no number of people"))?)
        }
        None => (place, 1),
    };
    let (from, to) = read_time(when).map_err(wrong)?;
    let who = who.trim();
    let is_moved = |id: PersonId| {
        before.iter().any(|change| matches!(change, Change::Move { person, .. } if *person == id))
    };
    let same =
        |row: &Person| row.code.eq_ignore_ascii_case(who) || row.name.eq_ignore_ascii_case(who);
    let person = production.people.enumerate().find(|(_, row)| same(row)).map(|(id, _)| id);
    let mut people: Vec<PersonId> = match (person, department(production, who)) {
        (Some(person), _) => vec![person],
        (None, Some(of)) => production
            .people
            .ids()
            .filter(|id| production.home_department(*id) == Some(of))
            .collect(),
        (None, None) => {
            return Err(wrong(&format!("names no person or department `{who}` of the show")));
        }
    };
    let day = from.unwrap_or(production.settings.as_of);
    people.retain(|&id| !is_moved(id));
    people.sort_by_key(|&id| (production.day_cost(id, day), id));
    let leads = |terms: &MoveTerms| {
        let is = |code: &str| code.eq_ignore_ascii_case(place);
        is(&terms.code)
            || terms.to.is_some_and(|to| is(&production.departments[to].code))
            || terms.site.is_some_and(|site| is(&production.sites[site].code))
            || terms.show.is_some_and(|show| is(&production.shows[show].code))
    };
    let terms_of = |id: PersonId| {
        let mut rows = production.moves.iter();
        rows.find(|terms| leads(terms) && production.may_move(id, terms)).map(|terms| (id, terms))
    };
    let may: Vec<(PersonId, &MoveTerms)> = people.into_iter().filter_map(terms_of).collect();
    if may.is_empty() {
        return Err(wrong(&format!("has no row of `moves` that leads {who} to `{place}`")));
    }
    if may.len() < heads as usize {
        return Err(wrong(&format!("asks for {heads} where {} of {who} may go", may.len())));
    }
    let mut changes = Vec::new();
    for (person, terms) in may.into_iter().take(heads as usize) {
        let as_of = production.settings.as_of;
        let soonest = production.shows.ids().next().map_or(as_of, |show| {
            working_days_later(production, show, as_of, terms.lead_days.into())
        });
        let first = from.unwrap_or(soonest);
        if first < soonest {
            let code = &production.people[person].code;
            return Err(wrong(&format!("begins before {soonest}, when {code} can be there")));
        }
        if to.is_some_and(|to| to < first) {
            return Err(wrong("ends before it begins"));
        }
        changes.push(Change::Move { person, terms: Box::new(terms.clone()), from: first, to });
    }
    Ok(changes)
}
