//! People who are alike for a task: same reach, same course of working time, same speed.

use super::WorkingTime;
use crate::graph::Network;
use crate::model::{
    Class, DepartmentId, Id, Keyed, Lane, PersonId, Production, ShowId, SiteId, Slot, TaskId,
    Timeline,
};
use std::collections::HashMap;
use std::ops::{Index, Range};

/// People of the same speed and the same working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Day length in minutes × level × productive share, both in thousandths.
    pub rate: u64,
    /// How many they are.
    pub people: u32,
    pub(super) course: u32,
}

/// All who can do a kind of task.
#[derive(Clone, Debug)]
pub struct Group {
    /// Who they are, in order.
    pub people: Vec<PersonId>,
    /// What they are, the fastest first.
    pub candidates: Vec<Candidate>,
    /// Their sites.
    sites: usize,
    /// The first day, from each day on, on which one of them works.
    next_day: Vec<u32>,
    slots_per_day: u32,
}

impl Group {
    /// The first slot from `start` on in which one of them works.
    pub fn first_work(&self, start: Slot) -> Option<Slot> {
        let day = (start.0 / self.slots_per_day) as usize;
        let next = *self.next_day.get(day)?;
        (next != u32::MAX).then(|| Slot((next * self.slots_per_day).max(start.0)))
    }
}

/// What decides who can do a task; for locked people also who they are.
#[derive(Hash, PartialEq, Eq)]
struct Kind<'a> {
    department: DepartmentId,
    tag: Option<&'a str>,
    min_level: i64,
    class: Option<Class>,
    show: ShowId,
    only: Option<&'a [PersonId]>,
}

/// The group of each task.
#[derive(Debug)]
pub(super) struct Groups {
    groups: Vec<Group>,
    of_task: Keyed<TaskId, Option<u32>>,
    site_sets: Vec<Vec<SiteId>>,
}

impl Groups {
    pub(super) fn new(
        production: &Production,
        network: &Network,
        timeline: &Timeline,
        lanes: &[Lane],
        times: &WorkingTime,
    ) -> Groups {
        let mut of_department: Keyed<DepartmentId, Vec<PersonId>> =
            Keyed::filled(Vec::new(), production.departments.len());
        for (id, person) in production.people.enumerate() {
            for skill in &person.skills {
                let people = &mut of_department[skill.department];
                if people.last() != Some(&id) {
                    people.push(id);
                }
            }
        }
        let lanes_of = lanes_by_person(production, lanes);
        let mut known: HashMap<Kind, u32> = HashMap::new();
        let mut built = Groups {
            groups: Vec::new(),
            of_task: Keyed::filled(None, production.tasks.len()),
            site_sets: Vec::new(),
        };
        for (id, task) in production.tasks.enumerate() {
            if !network.is_open(id) || task.vendor.is_some() || production.work_left(id) <= 0 {
                continue;
            }
            let kind = Kind {
                department: task.department,
                tag: task.tag.as_deref(),
                min_level: task.min_level,
                class: production.class_of(task.entity),
                show: production.show_of(task.entity),
                // Locked to nobody in particular holds nobody.
                only: (task.lock.holds_person() && !task.assigned.is_empty())
                    .then_some(&task.assigned),
            };
            let show = kind.show;
            let pool = kind.only.unwrap_or(&of_department[task.department]);
            let group = *known.entry(kind).or_insert_with(|| {
                let able = pool.iter().filter_map(|&person| {
                    let level = production.level_for(person, id)?;
                    let lane = lanes_of[person]
                        .clone()
                        .find(|&at| lanes[at].show.is_none_or(|booked| booked == show))?;
                    Some((person, level, lane))
                });
                built.push(production, timeline, lanes, times, able.collect());
                built.groups.len() as u32 - 1
            });
            built.of_task[id] = Some(group);
        }
        built
    }

    fn push(
        &mut self,
        production: &Production,
        timeline: &Timeline,
        lanes: &[Lane],
        times: &WorkingTime,
        mut able: Vec<(PersonId, i64, usize)>,
    ) {
        able.sort_unstable();
        able.dedup_by_key(|(person, ..)| *person);
        let mut works = vec![false; timeline.days() as usize];
        let mut sites = Vec::new();
        let mut candidates = Vec::with_capacity(able.len());
        let mut people = Vec::with_capacity(able.len());
        for (person, level, lane) in able {
            let site = production.people[person].site;
            let day_minutes = production.sites[site].day_minutes;
            let rate = [day_minutes, level, production.settings.productive]
                .into_iter()
                .try_fold(1_u64, |rate, by| rate.checked_mul(u64::try_from(by).ok()?));
            // Whoever has no speed does no work.
            let Some(rate) = rate.filter(|rate| *rate > 0) else { continue };
            people.push(person);
            sites.push(site);
            candidates.push(Candidate { rate, people: 1, course: times.course(lane) });
            for (works, &share) in works.iter_mut().zip(&lanes[lane].share) {
                *works |= share > 0;
            }
            for off in &lanes[lane].days_off {
                works[off.day as usize] = true;
            }
        }
        candidates.sort_unstable_by_key(|c| (std::cmp::Reverse(c.rate), c.course));
        candidates.dedup_by(|again, first| {
            let same = (again.rate, again.course) == (first.rate, first.course);
            if same {
                first.people += again.people;
            }
            same
        });
        sites.sort_unstable();
        sites.dedup();
        let set = self.site_sets.iter().position(|known| *known == sites).unwrap_or_else(|| {
            self.site_sets.push(sites);
            self.site_sets.len() - 1
        });
        let mut next_day = vec![u32::MAX; works.len()];
        let mut next = u32::MAX;
        for (day, works) in works.iter().enumerate().rev() {
            if *works {
                next = day as u32;
            }
            next_day[day] = next;
        }
        let slots_per_day = timeline.slots_per_day();
        self.groups.push(Group { people, candidates, sites: set, next_day, slots_per_day });
    }

    pub(super) fn index_of(&self, task: TaskId) -> Option<usize> {
        self.of_task[task].map(|group| group as usize)
    }
    pub(super) fn of_task(&self, task: TaskId) -> Option<&Group> {
        self.index_of(task).map(|group| &self.groups[group])
    }
    /// Number of the set of sites of those who can do the task.
    pub(super) fn sites_of(&self, task: TaskId) -> Option<usize> {
        self.of_task(task).map(|group| group.sites)
    }
    pub(super) fn site_set(&self, set: usize) -> &[SiteId] {
        &self.site_sets[set]
    }
}

impl Index<usize> for Groups {
    type Output = Group;
    fn index(&self, group: usize) -> &Group {
        &self.groups[group]
    }
}

/// Where the lanes of each person are.
fn lanes_by_person(production: &Production, lanes: &[Lane]) -> Keyed<PersonId, Range<usize>> {
    let mut at = 0;
    production
        .people
        .ids()
        .map(|person| {
            let start = at;
            while lanes.get(at).is_some_and(|lane| lane.person.index() <= person.index()) {
                at += 1;
            }
            start..at
        })
        .collect()
}
