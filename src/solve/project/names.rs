//! Who does what as a choice of mode, for projects whose tasks need one person each.
//!
//! People who can fill the same places are of one kind, and a task has a mode for each kind that can do
//! it. A kind is a resource of as many units as it has people: as tasks are single stretches of time, a
//! kind that is never overdrawn can be named from the first start to the last, each task going to
//! somebody of the kind who is free (colouring of intervals).
//!
//! Tiny case: Ann and Cy can do a, b and c, Bo can do b and c only: kinds {Ann, Cy} and {Bo}; a has one
//! mode, b and c have two.

use super::bounds::pools::able;
use crate::formulate::Project;

/// Kinds of people, and which of them can do each task.
#[derive(Clone, Debug)]
pub struct Kinds {
    /// The people of each kind.
    pub people: Vec<Vec<u32>>,
    /// The kinds that can do each task, those missed least elsewhere first; none where nobody is needed.
    pub of_task: Vec<Vec<u32>>,
    /// The skill that each task asks for.
    skill: Vec<u32>,
}

impl Kinds {
    /// The kinds of a project; `None` if there are no people, or a task needs several or one who is not there.
    ///
    /// ```
    /// use shotplan::model::project::{Need, Person, Project};
    /// use shotplan::solve::project::names::Kinds;
    /// // Ann and Cy paint and light, Bo lights only.
    /// let mut project = Project::new(0, 0);
    /// project.skills = 2;
    /// for paints in [Some(1), None, Some(1)] {
    ///     project.people.push(Person { level: vec![paints, Some(1)], salary: 0 });
    /// }
    /// for skill in [0, 1] {
    ///     project.add_task(&[(3, &[], &[])]);
    ///     project.needs.push(vec![Need { skill, level: 1, count: 1 }]);
    /// }
    /// let kinds = Kinds::of(&project, false).unwrap();
    /// assert_eq!(kinds.people, [vec![0, 2], vec![1]]);
    /// // Bo is missed less.
    /// assert_eq!(kinds.of_task, [vec![0], vec![1, 0]]);
    /// let team = kinds.name(&[0, 2], &[3, 3], &[0, 0]);
    /// assert_eq!(team, [vec![(0, 0)], vec![(2, 1)]]);
    /// ```
    pub fn of(project: &Project, by_pay: bool) -> Option<Kinds> {
        let tasks = project.tasks();
        let places = |task: usize| project.needs[task].iter().map(|need| need.count).sum::<u32>();
        let is_about_people = !project.people.is_empty() && project.needs.len() == tasks;
        if !is_about_people || (0..tasks).any(|task| places(task) > 1) {
            return None;
        }
        let need = |task: usize| project.needs[task].iter().find(|need| need.count == 1);
        let sets: Vec<Option<Vec<u64>>> =
            (0..tasks).map(|task| need(task).map(|need| able(project, need))).collect();
        let can = |set: &Option<Vec<u64>>, person: usize| {
            set.as_ref().is_some_and(|set| set[person / 64] >> (person % 64) & 1 == 1)
        };
        let row =
            |person: usize| -> Vec<bool> { sets.iter().map(|set| can(set, person)).collect() };
        let pay = |person: usize| if by_pay { project.people[person].salary } else { 0 };
        let mut kinds: Vec<(Vec<bool>, Vec<u32>)> = Vec::new();
        for person in 0..project.people.len() {
            let own = row(person);
            match kinds
                .iter_mut()
                .find(|kind| kind.0 == own && pay(kind.1[0] as usize) == pay(person))
            {
                Some(kind) => kind.1.push(person as u32),
                None => kinds.push((own, vec![person as u32])),
            }
        }
        kinds.retain(|kind| kind.0.contains(&true));
        // Work that a kind could be asked for, by head: how much it is missed.
        let able_people = |task: usize| -> f64 {
            let own = kinds.iter().filter(|kind| kind.0[task]);
            own.map(|kind| kind.1.len()).sum::<usize>() as f64
        };
        let share: Vec<f64> = (0..tasks)
            .map(|task| {
                let time = project.duration[project.first_mode[task] as usize];
                f64::from(time) / able_people(task).max(1.0)
            })
            .collect();
        let missed: Vec<f64> = kinds
            .iter()
            .map(|kind| kind.0.iter().zip(&share).filter(|pair| *pair.0).map(|pair| pair.1).sum())
            .collect();
        let of_task: Vec<Vec<u32>> = (0..tasks)
            .map(|task| {
                let can = |kind: &u32| kinds[*kind as usize].0[task];
                let mut own: Vec<u32> = (0..kinds.len() as u32).filter(can).collect();
                let pay = |kind: u32| pay(kinds[kind as usize].1[0] as usize);
                own.sort_by(|&a, &b| {
                    let missed = |kind: u32| missed[kind as usize];
                    pay(a).cmp(&pay(b)).then(missed(a).total_cmp(&missed(b)))
                });
                own
            })
            .collect();
        // Where nobody can do what is asked, there is nothing to choose from.
        let is_hopeless = |task: usize| need(task).is_some() && of_task[task].is_empty();
        if (0..tasks).any(is_hopeless) {
            return None;
        }
        let skill = (0..tasks).map(|task| need(task).map_or(0, |need| need.skill)).collect();
        Some(Kinds { people: kinds.into_iter().map(|kind| kind.1).collect(), of_task, skill })
    }

    /// Modes of all tasks that need somebody.
    pub fn modes(&self) -> usize {
        self.of_task.iter().map(Vec::len).sum()
    }

    /// The kind of a person, if they can do anything.
    pub fn of_person(&self, person: u32) -> Option<u32> {
        self.people.iter().position(|kind| kind.contains(&person)).map(|kind| kind as u32)
    }

    /// Names, with the skill they give, for a schedule in which each task goes to somebody of a kind that can
    /// do it (whatever the kind where nobody is needed) and no kind is overdrawn.
    pub fn name(&self, start: &[u32], duration: &[u32], kind: &[u32]) -> Vec<Vec<(u32, u32)>> {
        let mut order: Vec<usize> = (0..start.len()).collect();
        order.sort_by_key(|&task| (start[task], task));
        let mut free_from: Vec<Vec<u32>> =
            self.people.iter().map(|people| vec![0; people.len()]).collect();
        let mut team = vec![Vec::new(); start.len()];
        for task in order.into_iter().filter(|&task| !self.of_task[task].is_empty()) {
            let kind = kind[task] as usize;
            let is_free = |from: &u32| *from <= start[task] || duration[task] == 0;
            let at = free_from[kind].iter().position(is_free).unwrap_or(0);
            // What takes no time keeps nobody.
            if duration[task] > 0 {
                free_from[kind][at] = start[task] + duration[task];
            }
            team[task].push((self.people[kind][at], self.skill[task]));
        }
        team
    }
}
