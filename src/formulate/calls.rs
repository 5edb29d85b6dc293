//! Which people work calls for: those of a department, and of them those who may work on its show, who have
//! its speciality, who are at the only site where anybody can do it.
//!
//! A plan lets everybody work on every show but those who are booked on others, or named for others only. So
//! departments in which all people may work on all shows with work are not told apart: a production of one show
//! calls for departments alone. Work is tied to a site where its locked people, or all who can do it,
//! are there, while others of the department sit elsewhere.

use crate::model::{
    Class, DepartmentId, Id, Keyed, Lane, PersonId, Production, ShowId, SiteId, TaskId,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What work calls for; `None` where all of the department will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Call {
    /// The department.
    pub department: DepartmentId,
    /// The show they may work on.
    pub show: Option<ShowId>,
    /// The site they are at.
    pub site: Option<SiteId>,
    /// The speciality they have: a place in [`Calls::tags`].
    pub tag: Option<u32>,
}

impl Call {
    /// Anybody of a department.
    pub fn of(department: DepartmentId) -> Call {
        Call { department, show: None, site: None, tag: None }
    }

    /// Whether anybody of the department will do.
    pub fn is_plain(&self) -> bool {
        *self == Call::of(self.department)
    }
}

/// What each task calls for.
#[derive(Clone, Debug)]
pub struct Calls {
    /// By task. Work of vendors calls for nobody in particular.
    pub of_task: Keyed<TaskId, Call>,
    /// Specialities that are told apart.
    pub tags: Vec<String>,
}

/// Work of a department with a speciality or a site is told apart from this share of the department's work on,
/// as a divisor: less of it is hardly ever what people are short for, and each costs rows.
const TOLD_FROM: f64 = 10.0;

/// What tasks call for; `work` of each in any unit, 0 where nothing is left to do.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::formulate::calls::calls;
/// use shotplan::model::*;
/// // Two shows with comp each. Ada may work on the first only, so that comp is told apart by show.
/// let mut studio = Production::new("two shows", date(2027, 1, 4), date(2027, 2, 26));
/// let comp = studio.add_department("CMP");
/// let mut tasks = Keyed::new();
/// for code in ["north", "south"] {
///     let show = studio.shows.push(Show::new(code, CalendarId::new(0)));
///     studio.tasks.push(Task::new(code, Entity::Show(show), comp, 480));
///     tasks.push(1.0);
/// }
/// let ada = studio.people.push(Person::new("ada", SiteId::new(0), comp));
/// let bo = studio.people.push(Person::new("bo", SiteId::new(0), comp));
/// let asked = |studio: &Production| -> Vec<Option<ShowId>> {
///     let lanes = availability::lanes(studio, &studio.timeline());
///     calls(studio, &lanes, &tasks).of_task.iter().map(|call| call.show).collect()
/// };
/// assert_eq!(asked(&studio), [None, None]);
/// studio.people[ada].shows = vec![ShowId::new(0)];
/// assert_eq!(asked(&studio), [Some(ShowId::new(0)), Some(ShowId::new(1))]);
/// ```
pub fn calls(production: &Production, lanes: &[Lane], work: &Keyed<TaskId, f64>) -> Calls {
    let mut finder = Finder::new(production, lanes, work);
    let departments = production.departments.len();
    let mut whole = vec![0.0; departments];
    let mut tied: BTreeMap<(DepartmentId, Option<SiteId>, Option<u32>), f64> = BTreeMap::new();
    let mut of_task: Keyed<TaskId, Call> = Keyed::new();
    for (id, task) in production.tasks.enumerate() {
        let mut call = Call::of(task.department);
        if work[id] > 0.0 && task.vendor.is_none() {
            call = finder.call(id);
            whole[task.department.index()] += work[id];
            for part in [(call.site, None), (None, call.tag)] {
                if part != (None, None) {
                    *tied.entry((task.department, part.0, part.1)).or_default() += work[id];
                }
            }
        }
        of_task.push(call);
    }
    let is_told = |department: DepartmentId, site, tag| {
        let all = whole[department.index()];
        tied.get(&(department, site, tag)).is_some_and(|work| work * TOLD_FROM >= all)
    };
    for call in of_task.iter_mut() {
        let department = call.department;
        call.site = call.site.filter(|&site| is_told(department, Some(site), None));
        call.tag = call.tag.filter(|&tag| is_told(department, None, Some(tag)));
    }
    Calls { of_task, tags: finder.tags }
}

impl Calls {
    /// The best level, in thousandths, at which somebody can do such work in time that is booked for a show, or for
    /// none; `None` where it is not for them.
    pub fn level(
        &self,
        production: &Production,
        (person, booked): (PersonId, Option<ShowId>),
        call: Call,
    ) -> Option<i64> {
        let is_free = |show| may(production, (person, booked), show);
        let person = &production.people[person];
        let is_there =
            call.show.is_none_or(is_free) && call.site.is_none_or(|site| person.site == site);
        let tag = call.tag.and_then(|tag| self.tags.get(tag as usize));
        let skills = person.skills.iter().filter(|skill| skill.department == call.department);
        let skills = skills.filter(|skill| tag.is_none() || skill.tag.as_ref() == tag);
        skills.map(|skill| skill.level).max().filter(|_| is_there)
    }
}

/// Whether somebody's time that is booked for a show, or for none, may go to a show.
pub(super) fn may(
    production: &Production,
    (person, booked): (PersonId, Option<ShowId>),
    show: ShowId,
) -> bool {
    booked.is_none_or(|booked| booked == show) && production.people[person].is_for(show)
}

/// Whose time a lane is, and what it is booked for.
fn of(lane: &Lane) -> (PersonId, Option<ShowId>) {
    (lane.person, lane.show)
}

/// What decides who can do a task.
type Asked<'a> = (DepartmentId, ShowId, Option<&'a str>, i64, Option<Class>, &'a [PersonId]);

struct Finder<'a> {
    production: &'a Production,
    lanes: &'a [Lane],
    /// Lanes of people with a skill of a department, by department.
    of_department: Vec<Vec<usize>>,
    /// Whether some of them may not work on all shows, some sit elsewhere, by department.
    by_show: Vec<bool>,
    by_site: Vec<bool>,
    tags: Vec<String>,
    sites: HashMap<Asked<'a>, Option<SiteId>>,
}

impl<'a> Finder<'a> {
    fn new(production: &'a Production, lanes: &'a [Lane], work: &Keyed<TaskId, f64>) -> Finder<'a> {
        let departments = production.departments.len();
        let mut of_department: Vec<Vec<usize>> = vec![Vec::new(); departments];
        for (at, lane) in lanes.iter().enumerate() {
            let skills = production.people[lane.person].skills.iter();
            let own: BTreeSet<DepartmentId> = skills.map(|skill| skill.department).collect();
            for department in own {
                of_department[department.index()].push(at);
            }
        }
        let mut shows: Vec<BTreeSet<ShowId>> = vec![BTreeSet::new(); departments];
        for (id, task) in production.tasks.enumerate() {
            if work[id] > 0.0 && task.vendor.is_none() {
                let at = task.department.index();
                shows[at].insert(production.show_of(task.entity));
            }
        }
        let by_show = of_department.iter().zip(&shows).map(|(own, shows)| {
            let is_bound =
                |at: &usize| shows.iter().any(|&id| !may(production, of(&lanes[*at]), id));
            own.iter().any(is_bound)
        });
        let by_site = of_department.iter().map(|own| {
            let mut sites = own.iter().map(|&at| production.people[lanes[at].person].site);
            let first = sites.next();
            sites.any(|site| Some(site) != first)
        });
        Finder {
            production,
            lanes,
            by_show: by_show.collect(),
            by_site: by_site.collect(),
            of_department,
            tags: Vec::new(),
            sites: HashMap::new(),
        }
    }

    fn call(&mut self, id: TaskId) -> Call {
        let production = self.production;
        let task = &production.tasks[id];
        let department = task.department.index();
        let show = production.show_of(task.entity);
        let mut call = Call::of(task.department);
        call.show = Some(show).filter(|_| self.by_show[department]);
        call.tag = task.tag.as_ref().and_then(|tag| self.tag(task.department, tag));
        if self.by_site[department] {
            let only: &[PersonId] = match task.lock.holds_person() {
                true => &task.assigned,
                false => &[],
            };
            let class = production.class_of(task.entity);
            let asked = (task.department, show, task.tag.as_deref(), task.min_level, class, only);
            call.site = match self.sites.get(&asked) {
                Some(&site) => site,
                None => {
                    let site = self.only_site(id, show, only);
                    self.sites.insert(asked, site);
                    site
                }
            };
        }
        call
    }

    /// The site where all are who can do a task, if it is one.
    fn only_site(&self, id: TaskId, show: ShowId, only: &[PersonId]) -> Option<SiteId> {
        let production = self.production;
        let own = &self.of_department[production.tasks[id].department.index()];
        let can = own.iter().map(|&at| &self.lanes[at]).filter(|lane| {
            (only.is_empty() || only.contains(&lane.person))
                && may(production, of(lane), show)
                && production.level_for(lane.person, id).is_some()
        });
        let mut sites = can.map(|lane| production.people[lane.person].site);
        let first = sites.next()?;
        sites.all(|site| site == first).then_some(first)
    }

    /// The place of a speciality that somebody of the department lacks.
    fn tag(&mut self, department: DepartmentId, tag: &str) -> Option<u32> {
        let people = &self.production.people;
        let has = |at: &usize| {
            let skills = people[self.lanes[*at].person].skills.iter();
            let mut own = skills.filter(|skill| skill.department == department);
            own.any(|skill| skill.tag.as_deref() == Some(tag))
        };
        if self.of_department[department.index()].iter().all(has) {
            return None;
        }
        let known = self.tags.iter().position(|row| row == tag);
        let place = known.unwrap_or_else(|| {
            self.tags.push(tag.to_owned());
            self.tags.len() - 1
        });
        Some(place as u32)
    }
}
