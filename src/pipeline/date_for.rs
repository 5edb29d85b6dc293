//! `date-for`: from files to the earliest date of a crew.

mod moving;

use super::levers::{
    Asked, QuestionError, ask, bill, department, heading_until_stopped, milestone, no_department,
    no_plan,
};
use super::{Answered, Request};
use crate::compare;
use crate::model::*;
use crate::result::DateForAnswer;
use crate::scenario::Change;
use crate::solve::Watch;
use jiff::civil::Date;
use std::path::Path;

/// Plans that share the time.
const PLANS: u32 = 4;
/// Most people in one entry.
const MOST_HEADS: u32 = 1_000;

/// Reads and checks a show, and finds the earliest end of the milestone `name` with a changed crew:
/// `crew` is a list of "CMP+2", "FX-1@2027-03-01..2027-05-28" or "Ira>CMP" (somebody, or so many of a
/// department, on terms of the show's moves), or a file with one of them on each line; see
/// [`compare::date_for`].
///
/// # Errors
/// When the files cannot be read, or milestone or crew mean nothing here.
pub fn date_for(
    show: &Path,
    name: Option<&str>,
    crew: &str,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<DateForAnswer>, QuestionError> {
    let Asked { mut production, options } = match ask(show, request, PLANS)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let id = milestone(&mut production, name)?;
    let text = text_of(crew)?;
    let changes = read_crew(&production, &text)?;
    let found = match compare::date_for(&production, id, &changes, &options, watch) {
        Ok(found) => found,
        Err(trouble) => return Ok(no_plan(trouble)),
    };
    Ok(Answered::Answer(DateForAnswer {
        heading: heading_until_stopped(&production, options.mode, watch),
        milestone: production.milestones[id].code.clone(),
        crew: changes.iter().map(|change| words(&production, change)).collect(),
        planned: found.base,
        as_it_is: found.as_it_is,
        date: found.finish,
        earliest_possible: found.bound,
        efc: found.base_efc.0,
        cost: bill(&found.bill),
    }))
}

/// The text itself, or that of the file it names.
fn text_of(crew: &str) -> Result<String, QuestionError> {
    let path = Path::new(crew.trim());
    if !path.is_file() {
        return Ok(crew.to_owned());
    }
    std::fs::read_to_string(path).map_err(|error| {
        QuestionError::Call(format!("`{}` cannot be read: {error}", path.display()))
    })
}

fn read_crew(production: &Production, text: &str) -> Result<Vec<Change>, QuestionError> {
    let entries = text.split([',', ';', '\n']).map(str::trim);
    let entries = entries.filter(|entry| !entry.is_empty() && !entry.starts_with('#'));
    let mut changes: Vec<Change> = Vec::new();
    for entry in entries {
        match entry.split_once('>') {
            Some((who, place)) => {
                let moves = moving::read(production, entry, (who, place), &changes)?;
                changes.extend(moves);
            }
            None => changes.push(read_entry(production, entry)?),
        }
    }
    if changes.is_empty() {
        return Err(QuestionError::Call(
            "the crew is empty: write \"CMP+2\", \"CMP+2, FX+1@2027-03-01\" or \"Ira>CMP\""
                .to_owned(),
        ));
    }
    Ok(changes)
}

fn read_entry(production: &Production, entry: &str) -> Result<Change, QuestionError> {
    let wrong = |why: &str| {
        let help = "write \"CMP+2\", \"FX+1@2027-03-01\" or \"LGT-1@2027-04-05..2027-05-28\"";
        QuestionError::Call(format!("`{entry}` {why}: {help}"))
    };
    let (what, when) = match entry.split_once('@') {
        Some((what, when)) => (what.trim(), Some(when.trim())),
        None => (entry, None),
    };
    // The last sign: departments may have a dash in their names.
    let sign = what.rfind(['+', '-', '−']).ok_or_else(|| wrong("has no + or -"))?;
    let (code, number) = what.split_at(sign);
    let is_more = number.starts_with('+');
    let number = number.trim_start_matches(['+', '-', '−']).trim();
    let heads: u32 = number.parse().map_err(|_| wrong("has no number of people"))?;
    if heads == 0 || heads > MOST_HEADS {
        return Err(wrong("has a number of people that makes no sense"));
    }
    let code = code.trim();
    let department = department(production, code).ok_or_else(|| no_department(production, code))?;
    let (from, to) = read_time(when).map_err(wrong)?;
    let from = from.unwrap_or(production.settings.as_of);
    if to.is_some_and(|to| to < from) {
        return Err(wrong("ends before it begins"));
    }
    Ok(match is_more {
        true => Change::Hire { department, heads, from, to },
        false => Change::Release { department, heads, from },
    })
}

/// "2027-03-01", "2027-03-01..2027-05-28".
fn read_time(when: Option<&str>) -> Result<(Option<Date>, Option<Date>), &'static str> {
    let date = |text: &str| text.trim().parse().map_err(|_| "has a date that is none");
    let Some(when) = when else { return Ok((None, None)) };
    match when.split_once("..") {
        Some((from, to)) => Ok((Some(date(from)?), Some(date(to)?))),
        None => Ok((Some(date(when)?), None)),
    }
}

fn words(production: &Production, change: &Change) -> String {
    let code = |id: DepartmentId| &production.departments[id].code;
    match change {
        Change::Hire { department, heads, from, to } => {
            let to = to.map_or(String::new(), |to| format!(" to {to}"));
            format!("{heads} more in {} from {from}{to}", code(*department))
        }
        Change::Release { department, heads, from } => {
            format!("{heads} less in {} from {from}", code(*department))
        }
        Change::Move { person, terms, from, to } => {
            let to = to.map_or(String::new(), |to| format!(" to {to}"));
            let person = &production.people[*person].code;
            format!("{person} moved to {} from {from}{to}", production.move_words(terms))
        }
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_crew_is_read_entry_by_entry() {
        let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 6, 30));
        let (comp, second) = (show.add_department("CMP"), show.add_department("FX-2"));
        let read = |text: &str| read_crew(&show, text);
        let to = Some(date(2027, 5, 28));
        assert_eq!(
            read("cmp+2, FX-2+1@2027-03-01..2027-05-28\nCMP-1@2027-02-01").expect("sound"),
            [
                Change::Hire { department: comp, heads: 2, from: date(2027, 1, 4), to: None },
                Change::Hire { department: second, heads: 1, from: date(2027, 3, 1), to },
                Change::Release { department: comp, heads: 1, from: date(2027, 2, 1) },
            ]
        );
        for wrong in
            ["", "CMP", "CMP+", "CMP+0", "CMP+1@soon", "ROTO+1", "CMP+1@2027-03-01..2027-02-01"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn people_of_a_crew_are_moved_on_terms_of_the_show() {
        let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 6, 30));
        show.shows.push(Show::new("spot", CalendarId::new(0)));
        let (comp, roto) = (show.add_department("CMP"), show.add_department("ROTO"));
        show.people.push(Person::new("Ann", SiteId::new(0), comp));
        let ira = show.people.push(Person::new("Ira", SiteId::new(0), roto));
        let jo = show.people.push(Person::new("Jo", SiteId::new(0), roto));
        let help = MoveTerms { from: Some(roto), to: Some(comp), ..MoveTerms::new("help") };
        show.moves.push(help.usual());
        let moved = |person, from, to| Change::Move {
            person,
            terms: Box::new(show.moves[0].clone()),
            from,
            to,
        };
        // Five working days from the decision on; or when the entry says so.
        let first = date(2027, 1, 11);
        assert_eq!(read_crew(&show, "Ira>CMP").expect("sound"), [moved(ira, first, None)]);
        let (from, to) = (date(2027, 2, 1), Some(date(2027, 2, 26)));
        let later = read_crew(&show, "ira > help@2027-02-01..2027-02-26, CMP+1");
        assert_eq!(later.expect("sound")[0], moved(ira, from, to));
        let both = [moved(ira, first, None), moved(jo, first, None)];
        assert_eq!(read_crew(&show, "ROTO>CMP+2").expect("sound"), both);
        // Who is moved already is not moved once more.
        assert_eq!(read_crew(&show, "Ira>CMP, ROTO>CMP+1").expect("sound"), both);
        for (wrong, words) in [
            ("Ira>LGT", "no row of `moves`"),
            ("Ann>CMP", "no row of `moves`"),
            ("Bo>CMP", "no person or department `Bo`"),
            ("ROTO>CMP+3", "2 of ROTO"),
            ("ROTO>CMP+0", "number of people"),
            ("Ira>CMP@soon", "a date that is none"),
            ("Ira>CMP@2027-01-05", "2027-01-11"),
            ("Ira>CMP@2027-02-01..2027-01-20", "ends before it begins"),
            (">CMP", "no person or department"),
        ] {
            let error = read_crew(&show, wrong).expect_err(wrong).to_string();
            assert!(error.contains(words), "{wrong}: {error}");
        }
    }
}
