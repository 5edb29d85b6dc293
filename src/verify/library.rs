//! Judges a timetable of a project in the words of the published problems. Shares nothing with
//! whoever made it.

use crate::model::project::{Project, Timetable};

/// Everything that is wrong with a timetable, in words; empty when it keeps all rules.
///
/// ```
/// use shotplan::formulate::{Link, Project, Timetable};
/// let mut project = Project::new(1, 0);
/// project.capacity = vec![1];
/// project.add_task(&[(3, &[1], &[])]);
/// project.add_task(&[(2, &[1], &[])]);
/// let side_by_side = Timetable { start: vec![0, 2], mode: vec![0, 1], team: vec![] };
/// let found = shotplan::verify::library::faults(&project, &side_by_side);
/// assert_eq!(found, ["resource 1 has 1 and is asked for 2 at 2"]);
/// ```
pub fn faults(project: &Project, timetable: &Timetable) -> Vec<String> {
    let mut found = Vec::new();
    let tasks = project.tasks();
    if timetable.start.len() != tasks || timetable.mode.len() != tasks {
        found.push(format!("{tasks} tasks need a start and a mode each"));
        return found;
    }
    let is_own = |task: usize| project.modes(task).contains(&(timetable.mode[task] as usize));
    if let Some(task) = (0..tasks).find(|&task| !is_own(task)) {
        found.push(format!("task {}: the mode is not one of its own", task + 1));
        return found;
    }
    let case = Case { project, timetable };
    case.links(&mut found);
    case.resources(&mut found);
    case.budgets(&mut found);
    case.reservoirs(&mut found);
    case.people(&mut found);
    found
}

struct Case<'a> {
    project: &'a Project,
    timetable: &'a Timetable,
}

impl Case<'_> {
    fn start(&self, task: usize) -> i64 {
        i64::from(self.timetable.start[task])
    }

    fn end(&self, task: usize) -> i64 {
        self.start(task) + i64::from(self.project.duration[self.timetable.mode[task] as usize])
    }

    /// Every task not before its release, every link kept.
    fn links(&self, found: &mut Vec<String>) {
        for (task, release) in self.project.release.iter().enumerate() {
            if self.start(task) < i64::from(*release) {
                found.push(format!("task {} starts before its release {release}", task + 1));
            }
        }
        for link in &self.project.links {
            let (before, after) = (link.before as usize, link.after as usize);
            let from = if link.from_end { self.end(before) } else { self.start(before) };
            if self.start(after) < from + i64::from(link.lag) {
                found.push(format!(
                    "task {} starts at {}, but task {} asks for {}",
                    after + 1,
                    self.start(after),
                    before + 1,
                    from + i64::from(link.lag)
                ));
            }
        }
    }

    /// No renewable resource is asked for more than it has.
    fn resources(&self, found: &mut Vec<String>) {
        for (resource, capacity) in self.project.capacity.iter().enumerate() {
            let mut changes = Vec::new();
            for task in 0..self.project.tasks() {
                let mode = self.timetable.mode[task] as usize;
                let amount = i64::from(self.project.uses_of(mode)[resource]);
                if amount > 0 && self.end(task) > self.start(task) {
                    changes.push((self.start(task), amount));
                    changes.push((self.end(task), -amount));
                }
            }
            // What ends at an instant makes room for what starts then: negative amounts sort first.
            changes.sort_unstable();
            let mut level = 0;
            for (at, amount) in changes {
                level += amount;
                if level > i64::from(*capacity) {
                    found.push(format!(
                        "resource {} has {capacity} and is asked for {level} at {at}",
                        resource + 1
                    ));
                    break;
                }
            }
        }
    }

    /// No budget is overspent.
    fn budgets(&self, found: &mut Vec<String>) {
        for (budget, limit) in self.project.budget.iter().enumerate() {
            let modes = self.timetable.mode.iter();
            let spent: u64 =
                modes.map(|&mode| u64::from(self.project.spends_of(mode as usize)[budget])).sum();
            if spent > *limit {
                found.push(format!("budget {} has {limit}, {spent} are spent", budget + 1));
            }
        }
    }

    /// No reservoir falls below zero.
    fn reservoirs(&self, found: &mut Vec<String>) {
        for (number, reservoir) in self.project.reservoirs.iter().enumerate() {
            let mut changes = Vec::new();
            for task in 0..self.project.tasks() {
                // At one instant gives come before takes.
                changes.push((self.end(task), 0, i64::from(reservoir.give[task])));
                changes.push((self.start(task), 1, -i64::from(reservoir.take[task])));
            }
            changes.sort_unstable();
            let mut level = i64::try_from(reservoir.initial).unwrap_or(i64::MAX / 2);
            for (at, _, amount) in changes {
                level += amount;
                if level < 0 {
                    found.push(format!("reservoir {} is below zero at {at}", number + 1));
                    break;
                }
            }
        }
    }

    /// Every task has the people it needs, and nobody does two things at once.
    fn people(&self, found: &mut Vec<String>) {
        if self.project.people.is_empty() && self.project.needs.iter().all(Vec::is_empty) {
            return;
        }
        if self.timetable.team.len() != self.project.tasks() {
            found.push("each task needs a list of people".to_owned());
            return;
        }
        let mut busy: Vec<Vec<(i64, i64, usize)>> = vec![Vec::new(); self.project.people.len()];
        for (task, team) in self.timetable.team.iter().enumerate() {
            let mut members = Vec::new();
            for &(person, skill) in team {
                let Some(own) = busy.get_mut(person as usize) else {
                    found.push(format!("task {}: there is no person {}", task + 1, person + 1));
                    continue;
                };
                if own.last().is_some_and(|last| last.2 == task) {
                    found.push(format!("task {}: person {} twice", task + 1, person + 1));
                }
                own.push((self.start(task), self.end(task), task));
                if self.fits(task, person, skill).next().is_none() {
                    found.push(format!(
                        "task {}: person {} cannot give skill {}",
                        task + 1,
                        person + 1,
                        skill + 1
                    ));
                }
                members.push((person, skill));
            }
            if !self.is_filled(task, &members) {
                found.push(format!("task {} lacks people", task + 1));
            }
        }
        for (person, mut own) in busy.into_iter().enumerate() {
            own.retain(|(start, end, _)| end > start);
            own.sort_unstable();
            if let Some(pair) = own.windows(2).find(|pair| pair[0].1 > pair[1].0) {
                found.push(format!(
                    "person {} does tasks {} and {} at once",
                    person + 1,
                    pair[0].2 + 1,
                    pair[1].2 + 1
                ));
            }
        }
    }

    /// Needs of a task that a person can count for with a skill.
    fn fits(&self, task: usize, person: u32, skill: u32) -> impl Iterator<Item = usize> + '_ {
        let needs = self.project.needs[task].iter().enumerate();
        needs
            .filter(move |(_, need)| {
                need.skill == skill && self.project.is_able(person as usize, need)
            })
            .map(|(number, _)| number)
    }

    /// Whether the members of a team can be counted for the needs of a task, each for one, so that none is
    /// left open: one skill may be asked for at several levels.
    fn is_filled(&self, task: usize, members: &[(u32, u32)]) -> bool {
        let mut counts_for: Vec<Option<usize>> = vec![None; members.len()];
        for (number, need) in self.project.needs[task].iter().enumerate() {
            for _ in 0..need.count {
                let mut seen = vec![false; members.len()];
                if !self.count(task, members, number, &mut counts_for, &mut seen) {
                    return false;
                }
            }
        }
        true
    }

    /// Counts one more member for a need, if need be by counting others for other needs.
    fn count(
        &self,
        task: usize,
        members: &[(u32, u32)],
        need: usize,
        counts_for: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for (at, &(person, skill)) in members.iter().enumerate() {
            if seen[at] || !self.fits(task, person, skill).any(|fit| fit == need) {
                continue;
            }
            seen[at] = true;
            let is_free = match counts_for[at] {
                None => true,
                Some(other) => self.count(task, members, other, counts_for, seen),
            };
            if is_free {
                counts_for[at] = Some(need);
                return true;
            }
        }
        false
    }
}
