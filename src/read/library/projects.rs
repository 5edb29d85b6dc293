//! Several projects over shared resources: the number of projects, the number of resources, their
//! capacities; for each project its number of tasks and its release, a flag for each resource, then
//! for each task its duration, uses, number of successors and these as `project:task`, from 1.

use super::bounded;
use super::text::{Error, Tokens};
use crate::model::project::{Link, Project};

/// Reads an instance as one project.
pub fn read(text: &str) -> Result<Project, Error> {
    let mut tokens = Tokens::of(text);
    let projects: usize = tokens.whole(|| "the number of projects".into())?;
    let resources: usize = tokens.whole(|| "the number of resources".into())?;
    bounded(&tokens, "projects and resources", &[projects, resources])?;
    let mut project = Project::new(resources, 0);
    for at in 0..resources {
        project.capacity[at] = tokens.whole(|| format!("the capacity of resource {}", at + 1))?;
    }
    let mut first = Vec::new();
    // A successor may belong to a project that comes later: kept with its line until all are known.
    let mut open: Vec<(u32, usize, usize, Error)> = Vec::new();
    let mut uses = vec![0u32; resources];
    for number in 1..=projects {
        let tasks: usize = tokens.whole(|| format!("the number of tasks of project {number}"))?;
        bounded(&tokens, "tasks", &[tasks.saturating_add(project.tasks()), resources])?;
        let release: u32 = tokens.whole(|| format!("the release of project {number}"))?;
        for at in 0..resources {
            let _: u32 =
                tokens.whole(|| format!("whether project {number} uses resource {}", at + 1))?;
        }
        first.push(project.tasks());
        for name in 1..=tasks {
            let of = || format!("task {number}:{name}");
            let duration = tokens.whole(|| format!("the duration of {}", of()))?;
            for (at, amount) in uses.iter_mut().enumerate() {
                *amount = tokens.whole(|| format!("what {} uses of resource {}", of(), at + 1))?;
            }
            let task = project.add_task(&[(duration, &uses, &[])]);
            project.release[task as usize] = release;
            let successors: usize =
                tokens.whole(|| format!("the number of successors of {}", of()))?;
            for _ in 0..successors {
                let expected = || format!("a successor of {} as project:task", of());
                let wrong = tokens.error(&expected());
                let word = tokens.word(expected)?;
                let (of_project, name) = match word.split_once(':') {
                    Some((of_project, name)) => (of_project.parse().ok(), name.parse().ok()),
                    None => (Some(number), word.parse().ok()),
                };
                match (of_project, name) {
                    (Some(of_project), Some(name)) => open.push((task, of_project, name, wrong)),
                    _ => return Err(wrong),
                }
            }
        }
    }
    tokens.end()?;
    first.push(project.tasks());
    for (task, of_project, name, wrong) in open {
        let range = match of_project {
            1.. if of_project <= projects => first[of_project - 1]..first[of_project],
            _ => return Err(wrong),
        };
        if name == 0 || name > range.len() {
            return Err(wrong);
        }
        project.links.push(Link::after_end(task, (range.start + name - 1) as u32));
    }
    Ok(project)
}
