//! PSPLIB: sections under headings, single-mode (`.sm`) and multi-mode (`.mm`), and MMLIB's layout of
//! the same. Tasks count from 1; a task's first mode stands on its own line, the others below it.

use super::text::{Error, Tokens};
use super::{bounded, contains};
use crate::model::project::{Link, Project};

/// The words of a section and of the line under its heading that tells the columns.
fn section<'a>(text: &'a str, heading: &str, columns: bool) -> Result<Tokens<'a>, Error> {
    let at = text.lines().position(|line| contains(line, heading));
    let at = at.ok_or_else(|| Error::whole(&format!("a section {heading}"), "none"))?;
    let first = at + 2 + usize::from(columns);
    Ok(Tokens::between(text, first, |line| line.trim_start().starts_with('*')))
}

/// The number after the colon of the first line that starts with (or lists) a name.
fn after_colon(text: &str, name: &str) -> Result<Option<usize>, Error> {
    let is_it = |line: &&str| {
        let line = line.trim_start().trim_start_matches('-').trim_start();
        line.to_ascii_lowercase().starts_with(name)
    };
    let Some((number, line)) = text.lines().enumerate().find(|(_, line)| is_it(line)) else {
        return Ok(None);
    };
    let value = line.split_once(':').map_or("", |(_, value)| value);
    let word = value.split_whitespace().next().unwrap_or("");
    match word.parse() {
        Ok(count) => Ok(Some(count)),
        Err(_) => Err(Error {
            line: number + 1,
            expected: format!("a number after `{name}`"),
            found: format!("`{word}`"),
        }),
    }
}

/// Reads an instance.
pub fn read(text: &str) -> Result<Project, Error> {
    let count = |name: &str| after_colon(text, name);
    let Some(tasks) = count("jobs")? else {
        return Err(Error::whole("a line `jobs (incl. supersource/sink ): n`", "none"));
    };
    let renewables = count("renewable")?.unwrap_or(0);
    let budgets = count("nonrenewable")?.unwrap_or(0);
    if count("doubly")?.unwrap_or(0) > 0 {
        return Err(Error::whole("0 doubly constrained resources", "some"));
    }
    let mut links = section(text, "PRECEDENCE RELATIONS", true)?;
    bounded(&links, "tasks and resources", &[tasks, renewables.saturating_add(budgets)])?;
    let mut project = Project::new(renewables, budgets);
    let mut modes = vec![0usize; tasks];
    for (task, modes) in modes.iter_mut().enumerate() {
        let name = task + 1;
        links.exactly(name, || format!("task {name}"))?;
        *modes = links.whole(|| format!("the number of modes of task {name}"))?;
        if *modes == 0 {
            return Err(links.error(&format!("at least one mode of task {name}")));
        }
        let successors: usize =
            links.whole(|| format!("the number of successors of task {name}"))?;
        for _ in 0..successors {
            let after = links.index(tasks, || format!("a successor of task {name}"))?;
            project.links.push(Link::after_end(task as u32, after));
        }
    }
    links.end()?;

    let heading = text.lines().position(|line| contains(line, "REQUESTS/DURATIONS"));
    let heading = heading.ok_or_else(|| Error::whole("a section REQUESTS/DURATIONS", "none"))?;
    let is_row = |line: &str| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let first = text.lines().skip(heading).position(is_row).unwrap_or(1) + heading + 1;
    let mut rows = Tokens::between(text, first, |line| line.trim_start().starts_with('*'));
    let width = renewables + budgets;
    for (task, &modes) in modes.iter().enumerate() {
        let name = task + 1;
        rows.exactly(name, || format!("task {name}"))?;
        bounded(&rows, "modes", &[modes.saturating_add(project.duration.len()), width])?;
        let mut numbers: Vec<u32> = Vec::with_capacity(modes * (width + 1));
        for mode in 1..=modes {
            rows.exactly(mode, || format!("mode {mode} of task {name}"))?;
            for at in 0..=width {
                numbers.push(rows.whole(|| match at {
                    0 => format!("the duration of mode {mode} of task {name}"),
                    _ => format!("what mode {mode} of task {name} uses of resource {at}"),
                })?);
            }
        }
        let cut = |row: &'_ [u32]| -> (u32, Vec<u32>, Vec<u32>) {
            (row[0], row[1..=renewables].to_vec(), row[1 + renewables..].to_vec())
        };
        let cut: Vec<_> = numbers.chunks(width + 1).map(cut).collect();
        let list: Vec<_> =
            cut.iter().map(|(d, uses, spends)| (*d, &uses[..], &spends[..])).collect();
        project.add_task(&list);
    }
    rows.end()?;

    let mut limits = section(text, "RESOURCE AVAILABILITIES", true)
        .or_else(|_| section(text, "RESOURCEAVAILABILITIES", true))?;
    for at in 0..renewables {
        project.capacity[at] = limits.whole(|| format!("the capacity of resource {}", at + 1))?;
    }
    for at in 0..budgets {
        project.budget[at] = limits.whole(|| format!("how much there is of budget {}", at + 1))?;
    }
    limits.end()?;
    Ok(project)
}
