//! Who may work on which shows: work of a department is told apart by show where somebody may not work on all of
//! it, as the staffing program tells it apart (see [`calls`](crate::formulate::calls)).
//!
//! Bookings and named shows bind people; so does a move to a show. Whoever may work on several shows gives each
//! its part of the time. A department whose people may all work on all shows with work has one row a bucket, as in
//! a production of one show.

use super::{Builder, Question};
use crate::formulate::calls::may;
use crate::formulate::program::{Column, LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{DepartmentId, Id, Keyed, Lane, PersonId, Production, ShowId, TaskId};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The shows that time can go to, in order; `None` = all.
pub type Shows = Option<Vec<ShowId>>;

/// Shows with work, by department; none where they are not told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Told(Keyed<DepartmentId, Vec<ShowId>>);

impl Told {
    /// No show told from another.
    pub fn none(production: &Production) -> Told {
        Told(Keyed::filled(Vec::new(), production.departments.len()))
    }

    /// Departments in which somebody who is there, or who can be moved there, may not work on all shows with
    /// work.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::formulate::levers::Told;
    /// use shotplan::model::*;
    /// // Two shows with comp each. Ada may work on the first only.
    /// let mut studio = Production::new("two shows", date(2027, 1, 4), date(2027, 2, 26));
    /// let comp = studio.add_department("CMP");
    /// let mut tasks = Vec::new();
    /// for code in ["north", "south"] {
    ///     let show = studio.shows.push(Show::new(code, CalendarId::new(0)));
    ///     tasks.push(studio.tasks.push(Task::new(code, Entity::Show(show), comp, 480)));
    /// }
    /// let ada = studio.people.push(Person::new("ada", SiteId::new(0), comp));
    /// studio.people.push(Person::new("bo", SiteId::new(0), comp));
    /// let told = |studio: &Production| {
    ///     let lanes = availability::lanes(studio, &studio.timeline());
    ///     Told::of(studio, &lanes, |_| true).show(studio, tasks[1])
    /// };
    /// assert_eq!(told(&studio), None);
    /// studio.people[ada].shows = vec![ShowId::new(0)];
    /// assert_eq!(told(&studio), Some(ShowId::new(1)));
    /// ```
    pub fn of(production: &Production, lanes: &[Lane], is_work: impl Fn(TaskId) -> bool) -> Told {
        let mut told = Told::none(production);
        for (id, task) in production.tasks.enumerate() {
            if production.work_left(id) > 0 && is_work(id) {
                told.0[task.department].push(production.show_of(task.entity));
            }
        }
        for shows in told.0.iter_mut() {
            shows.sort_unstable();
            shows.dedup();
        }
        let mut is_bound = Keyed::filled(false, production.departments.len());
        for lane in lanes {
            for skill in &production.people[lane.person].skills {
                let department = skill.department;
                is_bound[department] |= told.of_lane(production, lane, &[department]).is_some();
            }
            for terms in &production.moves {
                let to = terms.to.or_else(|| production.home_department(lane.person));
                let Some(to) = to.filter(|_| production.may_move(lane.person, terms)) else {
                    continue;
                };
                let there = told.after(production, &[lane], terms.show, to);
                is_bound[to] |= there.is_some();
            }
        }
        for (department, _) in is_bound.enumerate().filter(|(_, is_bound)| !**is_bound) {
            told.0[department].clear();
        }
        told
    }

    /// The show of a task, where it is told.
    pub fn show(&self, production: &Production, task: TaskId) -> Option<ShowId> {
        let row = &production.tasks[task];
        (!self.0[row.department].is_empty()).then(|| production.show_of(row.entity))
    }

    /// The shows of some departments that time can go to.
    fn shows(&self, departments: &[DepartmentId], may: impl Fn(ShowId) -> bool) -> Shows {
        let all = departments.iter().flat_map(|&department| self.0[department].iter().copied());
        let mut all: Vec<ShowId> = all.collect();
        all.sort_unstable();
        all.dedup();
        let own: Vec<ShowId> = all.iter().copied().filter(|&show| may(show)).collect();
        (own != all).then_some(own)
    }

    /// What somebody's time can go to in some departments.
    pub(super) fn of_lane(
        &self,
        production: &Production,
        lane: &Lane,
        departments: &[DepartmentId],
    ) -> Shows {
        self.shows(departments, |show| may(production, (lane.person, lane.show), show))
    }

    /// Whether time can go to work of none of some departments.
    pub(super) fn is_idle(&self, shows: &Shows, departments: &[DepartmentId]) -> bool {
        let is_told = |department: &DepartmentId| !self.0[*department].is_empty();
        shows.as_ref().is_some_and(Vec::is_empty) && departments.iter().all(is_told)
    }

    /// What somebody's time can go to after a move: to the show it leads to, else where it could before.
    pub(super) fn after(
        &self,
        production: &Production,
        lanes: &[&Lane],
        show: Option<ShowId>,
        to: DepartmentId,
    ) -> Shows {
        self.shows(&[to], |id| match show {
            Some(show) => show == id,
            None => lanes.iter().any(|lane| may(production, (lane.person, lane.show), id)),
        })
    }

    /// What the time of a contract that goes on can go to: bookings that reach its end go on with it.
    pub(super) fn after_end(
        &self,
        production: &Production,
        (id, department): (PersonId, DepartmentId),
        end: Date,
    ) -> Shows {
        let bookings = &production.people[id].bookings;
        let reaches = |show| {
            let mut own = bookings.iter().filter(|row| row.is_usable() && row.to >= end);
            bookings.is_empty() || own.any(|row| row.show == show)
        };
        self.shows(&[department], |show| reaches(show) && may(production, (id, None), show))
    }
}

impl Question {
    /// The shows that one of [`stays`](Self::stays) can work on.
    pub(crate) fn shows_of_stay(&self, at: usize) -> Option<&[ShowId]> {
        let moved = self.moves.get(at.checked_sub(self.openings.len())?)?;
        moved.shows.as_deref()
    }
}

/// The only show that time can go to, if it is one.
pub(super) fn only(shows: Option<&[ShowId]>) -> Option<ShowId> {
    match shows {
        Some(&[show]) => Some(show),
        _ => None,
    }
}

/// Time of a department in a bucket that is for the same shows: what is there anyway, and columns with bid days for
/// one unit.
pub(super) type Time = (f64, Vec<(Column, f64)>);
/// The same by the shows that it can go to.
pub(super) type ByShows<'a> = BTreeMap<Option<&'a [ShowId]>, Time>;

impl Builder<'_> {
    /// The work of a department in a bucket fits the time of those who may do it.
    ///
    /// With everybody on all shows that is one row. Else it is a flow: each show's work fits the time of those who
    /// work on it only, and what those give it who work on several; all they give is no more than they have. That
    /// is exact with any number of shows, where a row for each set of shows would take as many as there are sets.
    pub(super) fn work_fits(&mut self, department: DepartmentId, at: usize, time: ByShows) {
        let work = self.work_of(department.index(), at);
        let mut shows: Vec<Option<ShowId>> = work.iter().map(|row| row.0).collect();
        shows.sort_unstable();
        shows.dedup();
        let Some(week) = self.question.buckets.get(at).map(|run| run.start) else { return };
        if work.is_empty() {
            return;
        }
        // By the shows with work in the bucket, as places in the list of them.
        let mut together: BTreeMap<Vec<usize>, Time> = BTreeMap::new();
        for (own, (days, columns)) in time {
            let may = |show: Option<ShowId>| {
                show.is_none_or(|show| own.is_none_or(|own| own.contains(&show)))
            };
            let places: Vec<usize> = (0..shows.len()).filter(|&place| may(shows[place])).collect();
            if !places.is_empty() {
                let known = together.entry(places).or_default();
                known.0 += days;
                known.1.extend(columns);
            }
        }
        let less = |columns: Vec<(Column, f64)>| columns.into_iter().map(|(at, days)| (at, -days));
        if together.keys().all(|places| places.len() == shows.len()) {
            let (own, columns) = together.into_values().next().unwrap_or_default();
            let mut entries: Vec<_> = work.into_iter().map(|(_, column)| (column, 1.0)).collect();
            entries.extend(less(columns));
            let kind = RowKind::CrewFits { department, week };
            self.built.program.row_of(kind, Sense::AtMost, own, entries);
            return;
        }
        let of_show = |show: &Option<ShowId>| -> Vec<(Column, f64)> {
            let own = work.iter().filter(|row| row.0 == *show);
            own.map(|&(_, column)| (column, 1.0)).collect()
        };
        let mut rows: Vec<Time> = shows.iter().map(|show| (0.0, of_show(show))).collect();
        for (number, (places, (own, columns))) in (0..).zip(together) {
            if let [place] = places[..] {
                rows[place].0 += own;
                rows[place].1.extend(less(columns));
                continue;
            }
            let mut entries: Vec<_> = less(columns).collect();
            for place in places {
                let show = shows[place];
                let kind = LeverColumn::TimeOnShow { department, show, number, week };
                let column = self.column(kind, f64::INFINITY, 0.0);
                entries.push((column, 1.0));
                rows[place].1.push((column, -1.0));
            }
            let kind = RowKind::Lever(LeverRow::TimeOfShows { department, number, week });
            self.built.program.row_of(kind, Sense::AtMost, own, entries);
        }
        for (show, (own, entries)) in shows.into_iter().zip(rows) {
            let kind = RowKind::Lever(LeverRow::ShowFits { department, show, week });
            self.built.program.row_of(kind, Sense::AtMost, own, entries);
        }
    }
}
