//! The least that people can be paid: every place goes to the cheapest who can fill it.

use crate::formulate::Project;

/// No timetable costs less, in hundredths. Places of one need go to different people.
///
/// ```
/// use shotplan::model::project::Person;
/// use shotplan::formulate::{Need, Project};
/// let mut project = Project::new(0, 0);
/// project.add_task(&[(3, &[], &[])]);
/// project.skills = 1;
/// project.people = [500, 200, 900]
///     .map(|salary| Person { level: vec![Some(1)], salary })
///     .to_vec();
/// project.needs = vec![vec![Need { skill: 0, level: 1, count: 2 }]];
/// assert_eq!(shotplan::solve::project::bounds::pay::bound(&project), 3 * (200 + 500));
/// ```
pub fn bound(project: &Project) -> u64 {
    let mut sum = 0u64;
    for (task, needs) in project.needs.iter().enumerate() {
        let shortest = project.modes(task).map(|mode| project.duration[mode]).min().unwrap_or(0);
        for need in needs {
            let able = (0..project.people.len()).filter(|&person| project.is_able(person, need));
            let mut pays: Vec<u64> =
                able.map(|person| project.people[person].salary.max(0).unsigned_abs()).collect();
            pays.sort_unstable();
            let pay = pays.iter().take(need.count as usize).fold(0u64, |a, &b| a.saturating_add(b));
            sum = sum.saturating_add(pay.saturating_mul(u64::from(shortest)));
        }
    }
    sum
}
