//! `crunch`: from files to how long people's weeks are, and what shorter ones cost.

use super::levers::{Asked, QuestionError, ask, heading_until_stopped, no_plan};
use super::outsource::effect;
use super::{Answered, Request};
use crate::compare;
use crate::forecast::hours::LongWeek;
use crate::model::*;
use crate::result::{BeyondRow, CalmerRow, CrunchAnswer, CrunchPerson, CrunchWeek};
use crate::solve::Watch;
use std::collections::BTreeMap;
use std::path::Path;

/// Plans that share the time: one as it is, and up to two with shorter weeks.
const PLANS: u32 = 3;
/// Lengths of a week that are told apart, in hours.
const LENGTHS: [u32; 5] = [45, 48, 50, 55, 60];

/// Reads, checks and plans a show, and says how long the weeks are.
///
/// # Errors
/// When the files cannot be read.
pub fn crunch(
    show: &Path,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<CrunchAnswer>, QuestionError> {
    let Asked { production, options } = match ask(show, request, PLANS)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let found = match compare::crunch(&production, &options, watch) {
        Ok(found) => found,
        Err(trouble) => return Ok(no_plan(trouble)),
    };
    let weeks = &found.weeks;
    let curve = &production.settings.productivity;
    let calmer = found.calmer.iter().map(|row| CalmerRow {
        way: match row.without_overtime {
            true => "no_overtime".to_owned(),
            false => "no_week_beyond_48_hours".to_owned(),
        },
        overtime_hours: hours(row.minutes),
        overtime_cost: row.overtime.0,
        effect: effect(&row.effect),
    });
    Ok(Answered::Answer(CrunchAnswer {
        heading: heading_until_stopped(&production, options.mode, watch),
        beyond: LENGTHS.iter().map(|&length| beyond(weeks, length)).collect(),
        most_in_a_row: weeks.iter().map(|week| week.in_a_row).max().unwrap_or(0),
        heavy_hours: hours(curve.heavy),
        patience: curve.patience as u32,
        short_nights: weeks.iter().map(|week| week.short_nights).sum(),
        no_rest: weeks.iter().filter(|week| week.days >= 7).count() as u32,
        overtime_cost: found.overtime.0,
        lost_hours: hours(weeks.iter().map(|week| week.overtime - week.worth).sum()),
        weeks: by_week(weeks),
        people: by_person(&production, weeks),
        plan: effect(&found.effect),
        calmer: calmer.collect(),
    }))
}

fn hours(minutes: i64) -> f64 {
    (minutes as f64 / 6.0).round() / 10.0
}

fn is_over_48(week: &&LongWeek) -> bool {
    week.minutes > WEEK_ON_AVERAGE
}

fn beyond(weeks: &[LongWeek], length: u32) -> BeyondRow {
    let long = || weeks.iter().filter(|week| week.minutes > i64::from(length) * 60);
    let mut people: Vec<PersonId> = long().map(|week| week.person).collect();
    people.dedup();
    BeyondRow { hours: length, people: people.len() as u32, weeks: long().count() as u32 }
}

fn by_week(weeks: &[LongWeek]) -> Vec<CrunchWeek> {
    let mut by_week: BTreeMap<_, Vec<&LongWeek>> = BTreeMap::new();
    for week in weeks {
        by_week.entry(week.monday).or_default().push(week);
    }
    let row = |(week, of_week): (_, Vec<&LongWeek>)| CrunchWeek {
        week,
        people: of_week.len() as u32,
        over_48: of_week.iter().copied().filter(is_over_48).count() as u32,
        heavy: of_week.iter().filter(|week| week.in_a_row > 0).count() as u32,
        overtime_hours: hours(of_week.iter().map(|week| week.overtime).sum()),
        longest_hours: hours(of_week.iter().map(|week| week.minutes).max().unwrap_or(0)),
    };
    by_week.into_iter().map(row).collect()
}

fn by_person(production: &Production, weeks: &[LongWeek]) -> Vec<CrunchPerson> {
    let longest = |own: &[LongWeek]| own.iter().map(|week| week.minutes).max().unwrap_or(0);
    let mut people: Vec<&[LongWeek]> = weeks.chunk_by(|a, b| a.person == b.person).collect();
    people.sort_by_key(|own| (std::cmp::Reverse(longest(own)), own[0].person));
    let row = |own: &[LongWeek]| {
        let person = &production.people[own[0].person];
        let home = production.home_department(own[0].person);
        CrunchPerson {
            person: person.code.clone(),
            department: home.map(|own| production.departments[own].code.clone()),
            opted_out: person.opted_out,
            weeks: own.len() as u32,
            over_48: own.iter().filter(is_over_48).count() as u32,
            heavy: own.iter().filter(|week| week.in_a_row > 0).count() as u32,
            in_a_row: own.iter().map(|week| week.in_a_row).max().unwrap_or(0),
            longest_hours: hours(longest(own)),
            overtime_hours: hours(own.iter().map(|week| week.overtime).sum()),
        }
    };
    people.into_iter().map(row).collect()
}
