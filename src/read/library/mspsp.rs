//! Multi-skill projects as MiniZinc data: `dur`, `sreq[task, skill]` people needed, `mastery[person,
//! skill]`, and `pred`/`succ` pairs, from 1. What the file derives from these is not read.

use super::text::Error;
use crate::model::project::Person;
use crate::model::project::{Link, Need, Project};

/// The text after `name =` up to its semicolon, and the line it begins on.
fn item<'a>(text: &'a str, name: &str) -> Result<(usize, &'a str), Error> {
    let mut line = 1;
    for statement in text.split_inclusive(';') {
        let own = statement.trim_start();
        let begins = line + statement[..statement.len() - own.len()].matches('\n').count();
        if let Some((left, right)) = own.split_once('=')
            && left.trim() == name
        {
            return Ok((begins, right.trim_end_matches(';')));
        }
        line += statement.matches('\n').count();
    }
    Err(Error::whole(&format!("`{name} = …;`"), "none"))
}

/// The values of an item, without brackets, bars and commas.
fn values<T>(
    text: &str,
    name: &str,
    count: Option<usize>,
    value: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Error> {
    let (line, body) = item(text, name)?;
    let mut found = Vec::new();
    for (below, row) in body.split('\n').enumerate() {
        let words = row.split(|c: char| c.is_whitespace() || "[]|,".contains(c));
        for word in words.filter(|word| !word.is_empty()) {
            let read = value(word).ok_or_else(|| Error {
                line: line + below,
                expected: format!("a value of `{name}`"),
                found: format!("`{}`", word.chars().take(40).collect::<String>()),
            })?;
            found.push(read);
        }
    }
    match count {
        Some(count) if count != found.len() => Err(Error {
            line,
            expected: format!("{count} values of `{name}`"),
            found: found.len().to_string(),
        }),
        _ => Ok(found),
    }
}

/// Reads an instance.
pub fn read(text: &str) -> Result<Project, Error> {
    // Comments go, line breaks stay.
    let plain: Vec<&str> =
        text.lines().map(|line| line.split('%').next().unwrap_or_default()).collect();
    let text = &plain.join("\n");
    let whole = |word: &str| word.parse::<u32>().ok();
    let one = |name: &str| -> Result<usize, Error> {
        Ok(values(text, name, Some(1), |word| word.parse().ok())?[0])
    };
    let (tasks, skills, people) = (one("nActs")?, one("nSkills")?, one("nResources")?);
    let table = |rows: usize, columns: usize, name: &str| {
        let cells = rows.checked_mul(columns);
        cells.ok_or_else(|| Error::whole(&format!("fewer values of `{name}`"), "more"))
    };
    let duration = values(text, "dur", Some(tasks), whole)?;
    let needs = values(text, "sreq", Some(table(tasks, skills, "sreq")?), whole)?;
    let able =
        values(text, "mastery", Some(table(people, skills, "mastery")?), |word| match word {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        })?;
    let index = |word: &str| {
        let number: usize = word.parse().ok()?;
        (number > 0 && number <= tasks).then(|| (number - 1) as u32)
    };
    let before = values(text, "pred", None, index)?;
    let after = values(text, "succ", Some(before.len()), index)?;

    let mut project = Project::new(0, 0);
    for duration in duration {
        project.add_task(&[(duration, &[], &[])]);
    }
    project.skills = skills as u32;
    let row = |needs: &[u32]| -> Vec<Need> {
        let asked = needs.iter().enumerate().filter(|(_, count)| **count > 0);
        asked.map(|(skill, &count)| Need { skill: skill as u32, level: 1, count }).collect()
    };
    project.needs = match skills {
        0 => vec![Vec::new(); tasks],
        _ => needs.chunks(skills).map(row).collect(),
    };
    for person in 0..people {
        let own = &able[person * skills..(person + 1) * skills];
        let level = own.iter().map(|&able| able.then_some(1)).collect();
        project.people.push(Person { level, salary: 0 });
    }
    project.links = before
        .into_iter()
        .zip(after)
        .map(|(before, after)| Link::after_end(before, after))
        .collect();
    Ok(project)
}
