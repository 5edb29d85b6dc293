//! ProGen/max: `n K 0 0`; for the tasks 0 to n+1 a line `id modes count successors [lag]…`, where
//! start(successor) ≥ start(id) + lag; then a line `id mode duration uses…` each; then the
//! capacities. A negative lag is a largest distance read backwards.

use super::bounded;
use super::text::{Error, Tokens};
use crate::model::project::{Link, Project};

/// Reads an instance.
pub fn read(text: &str) -> Result<Project, Error> {
    let mut tokens = Tokens::of(text);
    let inner: usize = tokens.whole(|| "the number of tasks".into())?;
    let resources: usize = tokens.whole(|| "the number of resources".into())?;
    let tasks = inner.saturating_add(2);
    bounded(&tokens, "tasks and resources", &[tasks, resources])?;
    for what in ["nonrenewable", "doubly constrained"] {
        let wrong = tokens.error(&format!("0 {what} resources"));
        if tokens.whole::<u32>(|| format!("the number of {what} resources"))? != 0 {
            return Err(wrong);
        }
    }
    let mut project = Project::new(resources, 0);
    let mut after = Vec::new();
    for task in 0..tasks {
        tokens.exactly(task, || format!("task {task}"))?;
        tokens.exactly(1, || format!("1 mode of task {task}"))?;
        let count: usize = tokens.whole(|| format!("the number of successors of task {task}"))?;
        after.clear();
        for _ in 0..count {
            let wrong = tokens.error(&format!("a successor of task {task}"));
            let number: usize = tokens.whole(|| format!("a successor of task {task}"))?;
            if number >= tasks {
                return Err(wrong);
            }
            after.push(number as u32);
        }
        for &after in &after {
            let lag = tokens.whole(|| format!("the lag from task {task} to {after}"))?;
            project.links.push(Link::start_to_start(task as u32, after, lag));
        }
    }
    let mut uses = vec![0u32; resources];
    for task in 0..tasks {
        tokens.exactly(task, || format!("task {task}"))?;
        tokens.exactly(1, || format!("mode 1 of task {task}"))?;
        let duration = tokens.whole(|| format!("the duration of task {task}"))?;
        for (at, amount) in uses.iter_mut().enumerate() {
            *amount = tokens.whole(|| format!("what task {task} uses of resource {}", at + 1))?;
        }
        project.add_task(&[(duration, &uses, &[])]);
    }
    for at in 0..resources {
        project.capacity[at] = tokens.whole(|| format!("the capacity of resource {}", at + 1))?;
    }
    tokens.end()?;
    Ok(project)
}
