//! Moves: people who are there work elsewhere for some weeks. What one does there is gained, what they did
//! before is missing there.
//!
//! People of a crew are alike, so that a move takes an average share of its time: time that is paid anyway,
//! and freelance days at their price. Who is away does no overtime before, and none is counted on where
//! they go.

use super::crews::output;
use super::{Builder, Crew, Incentives, Opening, Question};
use crate::formulate::program::{Column, LeverRow, RowKind, Sense};
use crate::model::{Day, DepartmentId, Id, Lane, Person, PersonId, Production, SiteId, Timeline};
use std::collections::BTreeMap;

/// People who can work elsewhere on the same terms, all alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// What one does there, and what that costs beyond what they cost before; the terms are those of the
    /// production's moves.
    pub to: Opening,
    /// The crew that they leave; `None` where nobody waits for them.
    pub crew: Option<u32>,
    /// How many people that crew has.
    pub of: u32,
    /// Who may.
    pub people: Vec<PersonId>,
    /// Time of the crew that goes with one of them in each week.
    pub time: Vec<f64>,
}

/// Crews as they are put together: where they work, their time, who they are.
pub(crate) type CrewList = [(Option<SiteId>, Crew, Vec<PersonId>)];

/// Who can be moved into one of the departments, on each of the terms there are. People whose tasks are
/// locked to them stay.
pub fn moves(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    weeks: u32,
    departments: &[DepartmentId],
    crews: &CrewList,
    incentives: &Incentives,
) -> Vec<Move> {
    let mut found = Vec::new();
    if production.moves.is_empty() {
        return found;
    }
    let mut crew_of: BTreeMap<PersonId, u32> = BTreeMap::new();
    for (number, (_, _, people)) in crews.iter().enumerate() {
        crew_of.extend(people.iter().map(|&person| (person, number as u32)));
    }
    let mut is_held = vec![false; production.people.len()];
    for (id, task) in production.tasks.enumerate() {
        if task.lock.holds_person() && production.work_left(id) > 0 {
            task.assigned.iter().for_each(|person| is_held[person.index()] = true);
        }
    }
    for (number, terms) in production.moves.iter().enumerate() {
        if terms.to.is_none() && terms.site.is_none() {
            continue; // departments and weeks are told apart here, shows are not
        }
        let mut groups: BTreeMap<(DepartmentId, Option<u32>), Vec<PersonId>> = BTreeMap::new();
        for person in production.people.ids() {
            let target = terms.to.or_else(|| production.home_department(person));
            let Some(target) = target.filter(|id| departments.contains(id)) else { continue };
            if production.may_move(person, terms) && !is_held[person.index()] {
                let crew = crew_of.get(&person).copied();
                groups.entry((target, crew)).or_default().push(person);
            }
        }
        for ((target, crew), people) in groups {
            let of = crew.map_or(people.len(), |crew| crews[crew as usize].2.len());
            let away = Away { production, timeline, lanes, weeks, number, target, crew };
            let first = crew.and_then(|crew| crews[crew as usize].1.serves.first());
            let rows =
                people.iter().map(|&id| away.weeks_of(id, first.map(|row| row.0), incentives));
            let rows: Vec<_> = rows.collect();
            let mean = |of_row: &dyn Fn(&WeeksAway) -> &Vec<f64>| -> Vec<f64> {
                let sum = |week: usize| rows.iter().map(|row| of_row(row)[week]).sum::<f64>();
                (0..weeks as usize).map(|week| sum(week) / rows.len() as f64).collect()
            };
            let output = mean(&|row| &row.output);
            let Some(earliest) = away.earliest() else { continue };
            if output.iter().skip(earliest as usize).all(|days| *days <= 0.0) {
                continue;
            }
            let most = if terms.most == 0 { u32::MAX } else { terms.most };
            let lost =
                terms.ramp.iter().map(|share| (10_000 - share).clamp(0, 10_000) as f64 / 1e4);
            found.push(Move {
                to: Opening {
                    department: target,
                    terms: number as u32,
                    earliest,
                    output,
                    pay: mean(&|row| &row.pay),
                    ramp: lost.collect(),
                    onboarding: terms.cost.0.max(0) as f64,
                    least_weeks: terms.min_weeks.max(1),
                    most: most.min(people.len() as u32),
                },
                crew,
                of: of as u32,
                time: mean(&|row| &row.time),
                people,
            });
        }
    }
    found.retain(|row| row.to.earliest < weeks && row.to.most > 0);
    found
}

/// One way to move, for whoever moves.
struct Away<'a> {
    production: &'a Production,
    timeline: &'a Timeline,
    lanes: &'a [Lane],
    weeks: u32,
    number: usize,
    target: DepartmentId,
    crew: Option<u32>,
}

/// A person's weeks: bid days there, pay beyond what they cost before, time of their crew.
struct WeeksAway {
    output: Vec<f64>,
    pay: Vec<f64>,
    time: Vec<f64>,
}

impl Away<'_> {
    /// The first week in which anybody can begin: they begin on a Monday.
    fn earliest(&self) -> Option<u32> {
        let terms = &self.production.moves[self.number];
        let site = terms.site.unwrap_or(SiteId::new(0));
        let site = self.production.sites.get(site)?;
        let calendar = &self.production.calendars[site.calendar];
        let first = (0..self.timeline.days())
            .map(|day| self.timeline.date(Day(day)))
            .filter(|date| *date >= self.production.settings.as_of && calendar.is_worked(*date))
            .filter(|date| site.holidays.binary_search(date).is_err())
            .nth(terms.lead_days as usize)?;
        let week = self.timeline.week(self.timeline.day(first));
        Some(if self.timeline.monday(week) < first { week + 1 } else { week })
    }

    fn weeks_of(
        &self,
        id: PersonId,
        counted_in: Option<DepartmentId>,
        incentives: &Incentives,
    ) -> WeeksAway {
        let (production, timeline) = (self.production, self.timeline);
        let (terms, person) = (&production.moves[self.number], &production.people[id]);
        let best = |skills: &[crate::model::Skill], department| {
            let own = skills.iter().filter(|skill| skill.department == department);
            own.map(|skill| skill.level).max().unwrap_or(0)
        };
        let there = terms.site.unwrap_or(person.site);
        let level = best(&production.skills_after(id, terms), self.target);
        let rate = output(production, &Person::new("", there, self.target), level);
        let before = counted_in
            .map_or(0.0, |department| output(production, person, best(&person.skills, department)));
        let place = |site: SiteId| production.sites[site].code.as_str();
        let empty = vec![0.0; self.weeks as usize];
        let mut weeks = WeeksAway { output: empty.clone(), pay: empty.clone(), time: empty };
        let first = self.lanes.partition_point(|lane| lane.person < id);
        let lanes = self.lanes[first..].iter().take_while(|lane| lane.person == id);
        let lanes: Vec<&Lane> = lanes.collect();
        for day in 0..timeline.days() {
            let week = timeline.week(Day(day));
            if week >= self.weeks {
                break;
            }
            let share: i64 = lanes.iter().map(|lane| i64::from(lane.share[day as usize])).sum();
            if share <= 0 {
                continue;
            }
            let (at, share) = (week as usize, share as f64 / 1e4);
            let date = timeline.date(Day(day));
            let cost = production.day_cost(id, date).0.max(0) as f64 * share;
            let paid = terms.pay as f64 / 1e4;
            // Nobody counts the days of who is in no crew: those that could be saved cost what they cost.
            let is_saved = self.crew.is_none() && super::crews::is_avoidable(production, id, date);
            weeks.output[at] += share * rate;
            weeks.time[at] += share * before;
            weeks.pay[at] += cost * if is_saved { paid } else { paid - 1.0 };
            if terms.site.is_some_and(|site| site != person.site) {
                let given = incentives.of_pay(place(there), week, true) * paid;
                let lost = incentives.of_pay(place(person.site), week, false);
                weeks.pay[at] -= cost * (given - lost);
            }
        }
        weeks
    }
}

impl Question {
    /// All who can come to a department for some weeks: first those who are hired, then those who move.
    pub fn stays(&self) -> impl Iterator<Item = &Opening> {
        self.openings.iter().chain(self.moves.iter().map(|row| &row.to))
    }

    /// One of [`stays`](Self::stays).
    pub fn stay(&self, at: usize) -> Option<&Opening> {
        let moved = || self.moves.get(at - self.openings.len()).map(|row| &row.to);
        self.openings.get(at).or_else(moved)
    }
}

impl Builder<'_> {
    /// People who are away of a crew in a bucket: the columns of their heads, with the number of the move
    /// and the week.
    pub(super) fn away(&self, crew: usize, bucket: usize) -> Vec<(Column, usize, u32)> {
        let question: &Question = self.question;
        let hired = question.openings.len();
        let Some(run) = question.buckets.get(bucket) else { return Vec::new() };
        let of_crew =
            question.moves.iter().enumerate().filter(|(_, row)| row.crew == Some(crew as u32));
        let columns = of_crew.flat_map(|(at, row)| {
            let heads = &self.built.heads[hired + at];
            run.clone().filter_map(move |week| {
                let after = week.checked_sub(row.to.earliest)?;
                Some((*heads.get(after as usize)?, at, week))
            })
        });
        columns.collect()
    }

    /// Nobody is moved to two places at once.
    pub(super) fn movers(&mut self) {
        let question: &Question = self.question;
        let hired = question.openings.len();
        let mut crews: Vec<Option<u32>> = question.moves.iter().map(|row| row.crew).collect();
        crews.sort_unstable();
        crews.dedup();
        for crew in crews {
            let of_crew: Vec<usize> =
                (0..question.moves.len()).filter(|&at| question.moves[at].crew == crew).collect();
            let mut people: Vec<PersonId> =
                of_crew.iter().flat_map(|&at| question.moves[at].people.iter().copied()).collect();
            people.sort_unstable();
            people.dedup();
            let all: u32 = of_crew.iter().map(|&at| question.moves[at].to.most).sum();
            if of_crew.len() < 2 || all <= people.len() as u32 {
                continue;
            }
            for week in 0..question.weeks() {
                let head = |&at: &usize| {
                    let after = week.checked_sub(question.moves[at].to.earliest)?;
                    Some((*self.built.heads[hired + at].get(after as usize)?, 1.0))
                };
                let entries: Vec<_> = of_crew.iter().filter_map(head).collect();
                if entries.len() > 1 {
                    let kind = RowKind::Lever(LeverRow::Movers { crew, week });
                    let most = people.len() as f64;
                    self.built.program.row_of(kind, Sense::AtMost, most, entries);
                }
            }
        }
    }
}
