//! Moves: people who are there work elsewhere for some weeks. What one does there is gained, what they did
//! before is missing there.
//!
//! People of a crew are alike, so that a move takes an average share of its time: time that is paid anyway,
//! and freelance days at their price. Who is away does no overtime before, and none is counted on where
//! they go.

use super::crews::output;
use super::{Builder, Crew, Incentives, Opening, Question, Shows, Told};
use crate::formulate::program::{Column, LeverRow, RowKind, Sense};
use crate::model::{Day, DepartmentId, Id, Lane, Person, PersonId, Production, SiteId, Timeline};
use std::collections::BTreeMap;

/// People who can work elsewhere on the same terms, all alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// What one does there, and what that costs beyond what they cost before; the terms are those of the
    /// production's moves.
    pub to: Opening,
    /// Shows that they may work on there; `None` = all.
    pub shows: Shows,
    /// The crews that they leave: one, or one for each show that they are booked on; none where nobody waits for
    /// them.
    pub leaves: Vec<Leave>,
    /// Who may.
    pub people: Vec<PersonId>,
}

/// What somebody who moves leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Leave {
    /// The crew.
    pub crew: u32,
    /// How many people it has.
    pub of: u32,
    /// Its time that goes with one of them in each week.
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
    (crews, told): (&CrewList, &Told),
    incentives: &Incentives,
) -> Vec<Move> {
    let mut found = Vec::new();
    if production.moves.is_empty() {
        return found;
    }
    let mut crews_of: BTreeMap<PersonId, Vec<u32>> = BTreeMap::new();
    for (number, (_, _, people)) in crews.iter().enumerate() {
        for &person in people {
            crews_of.entry(person).or_default().push(number as u32);
        }
    }
    let mut is_held = vec![false; production.people.len()];
    for (id, task) in production.tasks.enumerate() {
        if task.lock.holds_person() && production.work_left(id) > 0 {
            task.assigned.iter().for_each(|person| is_held[person.index()] = true);
        }
    }
    for (number, terms) in production.moves.iter().enumerate() {
        type Like = (DepartmentId, Vec<u32>, Shows);
        let mut groups: BTreeMap<Like, Vec<PersonId>> = BTreeMap::new();
        for person in production.people.ids() {
            let target = terms.to.or_else(|| production.home_department(person));
            let Some(target) = target.filter(|id| departments.contains(id)) else { continue };
            if production.may_move(person, terms) && !is_held[person.index()] {
                let own: Vec<&Lane> = of_person(lanes, person).iter().collect();
                let shows = told.after(production, &own, terms.show, target);
                if told.is_idle(&shows, &[target]) {
                    continue;
                }
                let left = crews_of.get(&person).cloned().unwrap_or_default();
                groups.entry((target, left, shows)).or_default().push(person);
            }
        }
        for ((target, left, shows), people) in groups {
            let away = Going { production, timeline, lanes, weeks, number, target, told };
            let left: Vec<(u32, &Crew, u32)> = left
                .into_iter()
                .map(|at| (at, &crews[at as usize].1, crews[at as usize].2.len() as u32))
                .collect();
            let from: Vec<&Crew> = left.iter().map(|row| row.1).collect();
            let rows = people.iter().map(|&id| away.weeks_of(id, &from, incentives));
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
                shows,
                leaves: (0..)
                    .zip(left)
                    .map(|(place, (crew, _, of)): (usize, _)| Leave {
                        crew,
                        of,
                        time: mean(&|row| &row.time[place]),
                    })
                    .collect(),
                people,
            });
        }
    }
    found.retain(|row| row.to.earliest < weeks && row.to.most > 0);
    found
}

/// One way to move, for whoever moves.
struct Going<'a> {
    production: &'a Production,
    timeline: &'a Timeline,
    lanes: &'a [Lane],
    weeks: u32,
    number: usize,
    target: DepartmentId,
    told: &'a Told,
}

/// A person's weeks: bid days there, pay beyond what they cost before, time of each of their crews.
struct WeeksAway {
    output: Vec<f64>,
    pay: Vec<f64>,
    time: Vec<Vec<f64>>,
}

/// The lanes of a person.
fn of_person(lanes: &[Lane], id: PersonId) -> &[Lane] {
    let first = lanes.partition_point(|lane| lane.person < id);
    let after = lanes.partition_point(|lane| lane.person <= id);
    &lanes[first..after]
}

impl Going<'_> {
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

    fn weeks_of(&self, id: PersonId, left: &[&Crew], incentives: &Incentives) -> WeeksAway {
        let (production, timeline) = (self.production, self.timeline);
        let (terms, person) = (&production.moves[self.number], &production.people[id]);
        let best = |skills: &[crate::model::Skill], department| {
            let own = skills.iter().filter(|skill| skill.department == department);
            own.map(|skill| skill.level).max().unwrap_or(0)
        };
        let there = terms.site.unwrap_or(person.site);
        let level = best(&production.skills_after(id, terms), self.target);
        let rate = output(production, &Person::new("", there, self.target), level);
        // Crews of one person have the same departments.
        let served = left.first().map_or(&[][..], |crew| &crew.serves);
        let before = served
            .first()
            .map_or(0.0, |row| output(production, person, best(&person.skills, row.0)));
        let serving: Vec<DepartmentId> = served.iter().map(|row| row.0).collect();
        let crew_of = |lane: &Lane| {
            let shows = self.told.of_lane(production, lane, &serving);
            left.iter().position(|crew| crew.shows == shows)
        };
        let place = |site: SiteId| production.sites[site].code.as_str();
        let empty = vec![0.0; self.weeks as usize];
        let mut weeks =
            WeeksAway { output: empty.clone(), pay: empty.clone(), time: vec![empty; left.len()] };
        let lanes = of_person(self.lanes, id).iter().map(|lane| (lane, crew_of(lane)));
        let lanes: Vec<(&Lane, Option<usize>)> = lanes.collect();
        for day in 0..timeline.days() {
            let week = timeline.week(Day(day));
            if week >= self.weeks {
                break;
            }
            let share_of = |lane: &Lane| i64::from(lane.share[day as usize]);
            let share: i64 = lanes.iter().map(|(lane, _)| share_of(lane)).sum();
            if share <= 0 {
                continue;
            }
            let (at, share) = (week as usize, share as f64 / 1e4);
            let date = timeline.date(Day(day));
            let day_cost = production.day_cost(id, date).0.max(0) as f64;
            let (cost, paid) = (day_cost * share, terms.pay as f64 / 1e4);
            weeks.output[at] += share * rate;
            for &(lane, crew) in &lanes {
                if let Some(crew) = crew {
                    weeks.time[crew][at] += share_of(lane) as f64 / 1e4 * before;
                }
            }
            // Nobody counts the days of who is in no crew: those that could be saved cost what they cost.
            let counted = lanes.iter().filter(|row| row.1.is_some());
            let counted: i64 = counted.map(|(lane, _)| share_of(lane)).sum();
            let is_avoidable = super::crews::is_avoidable(production, id, date);
            let known = if is_avoidable { day_cost * (counted as f64 / 1e4) } else { cost };
            weeks.pay[at] += cost * paid - known;
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

/// Somebody of a crew who is away for a week: the column of their heads, the time of the crew that goes with one,
/// and how many people it has.
pub(super) struct Away {
    pub head: Column,
    pub time: f64,
    pub of: u32,
}

impl Builder<'_> {
    /// People who are away of a crew in the weeks of a bucket.
    pub(super) fn away(&self, crew: usize, bucket: usize) -> Vec<Away> {
        let question: &Question = self.question;
        let hired = question.openings.len();
        let Some(run) = question.buckets.get(bucket) else { return Vec::new() };
        let of_crew = question.moves.iter().enumerate().flat_map(|(at, row)| {
            let own = row.leaves.iter().filter(|leave| leave.crew as usize == crew);
            own.map(move |leave| (at, row, leave))
        });
        let columns = of_crew.flat_map(|(at, row, leave)| {
            let heads = &self.built.heads[hired + at];
            run.clone().filter_map(move |week| {
                let after = week.checked_sub(row.to.earliest)?;
                let head = *heads.get(after as usize)?;
                let time = leave.time.get(week as usize).copied().unwrap_or(0.0);
                Some(Away { head, time, of: leave.of })
            })
        });
        columns.collect()
    }

    /// Nobody is moved to two places at once.
    pub(super) fn movers(&mut self) {
        let question: &Question = self.question;
        let hired = question.openings.len();
        let left = |row: &Move| -> Vec<u32> { row.leaves.iter().map(|row| row.crew).collect() };
        let mut all_left: Vec<Vec<u32>> = question.moves.iter().map(left).collect();
        all_left.sort_unstable();
        all_left.dedup();
        for crews in all_left {
            let of_crew: Vec<usize> = (0..question.moves.len())
                .filter(|&at| left(&question.moves[at]) == crews)
                .collect();
            let crew = crews.first().copied();
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
