//! Patterson's format: `n K`, the capacities, then for each task its duration, its uses, the number
//! of successors and these, from 1. Line breaks mean nothing.
//!
//! With reservoirs: `n K q`, the capacities and the first levels, and between a task's uses and its
//! successors one pair a reservoir: what it takes at its start, what it gives at its end. What the
//! first and the last task (dummies) take and give does not count.

use super::bounded;
use super::text::{Error, Tokens};
use crate::model::project::{Link, Project, Reservoir};

/// Reads an instance, with or without reservoirs.
pub fn read(text: &str, with_reservoirs: bool) -> Result<Project, Error> {
    let mut tokens = Tokens::of(text);
    let tasks: usize = tokens.whole(|| "the number of tasks".into())?;
    let resources: usize = tokens.whole(|| "the number of resources".into())?;
    let stocks: usize = match with_reservoirs {
        true => tokens.whole(|| "the number of reservoirs".into())?,
        false => 0,
    };
    bounded(
        &tokens,
        "tasks and resources",
        &[tasks, resources.saturating_add(2 * stocks.min(1 << 40))],
    )?;
    let mut project = Project::new(resources, 0);
    for at in 0..resources {
        project.capacity[at] = tokens.whole(|| format!("the capacity of resource {}", at + 1))?;
    }
    for at in 0..stocks {
        let initial = tokens.whole(|| format!("the first level of reservoir {}", at + 1))?;
        let none = vec![0; tasks];
        project.reservoirs.push(Reservoir { initial, take: none.clone(), give: none });
    }
    let mut uses = vec![0u32; resources];
    for task in 0..tasks {
        let name = task + 1;
        let duration = tokens.whole(|| format!("the duration of task {name}"))?;
        for (at, amount) in uses.iter_mut().enumerate() {
            *amount = tokens.whole(|| format!("what task {name} uses of resource {}", at + 1))?;
        }
        project.add_task(&[(duration, &uses, &[])]);
        for at in 0..stocks {
            let take =
                tokens.whole(|| format!("what task {name} takes of reservoir {}", at + 1))?;
            let give =
                tokens.whole(|| format!("what task {name} gives to reservoir {}", at + 1))?;
            if task != 0 && task + 1 != tasks {
                project.reservoirs[at].take[task] = take;
                project.reservoirs[at].give[task] = give;
            }
        }
        let successors: usize =
            tokens.whole(|| format!("the number of successors of task {name}"))?;
        for _ in 0..successors {
            let after = tokens.index(tasks, || format!("a successor of task {name}"))?;
            project.links.push(Link::after_end(task as u32, after));
        }
    }
    tokens.end()?;
    Ok(project)
}
