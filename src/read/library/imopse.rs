//! Multi-skill projects with salaries: a table of people (`salary`, then `Qs: level` for each skill),
//! a table of tasks (duration, the one skill needed as `Qs: level`, predecessors). A person can do a
//! task with the skill at that level or above.

use super::text::Error;
use crate::model::project::{Link, Need, Person, Project};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    None,
    People,
    Tasks,
}

/// One line, word by word; `:` counts as a space.
struct Row<'a> {
    line: usize,
    words: std::iter::Peekable<std::vec::IntoIter<&'a str>>,
}

impl<'a> Row<'a> {
    fn of(line: usize, text: &'a str) -> Row<'a> {
        let words = text.split(|c: char| c.is_whitespace() || c == ':');
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        Row { line, words: words.into_iter().peekable() }
    }

    fn error(&mut self, expected: &str) -> Error {
        let found = match self.words.peek() {
            Some(word) => format!("`{}`", word.chars().take(40).collect::<String>()),
            None => "the end of the line".to_owned(),
        };
        Error { line: self.line, expected: expected.to_owned(), found }
    }

    fn take<T>(&mut self, expected: &str, value: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
        match self.words.peek().and_then(|word| value(word)) {
            Some(value) => {
                self.words.next();
                Ok(value)
            }
            None => Err(self.error(expected)),
        }
    }

    fn whole(&mut self, expected: &str) -> Result<u32, Error> {
        self.take(expected, |word| word.parse().ok())
    }

    /// `Qs: level`.
    fn skill(&mut self) -> Result<(u32, u32), Error> {
        let name = |word: &str| {
            word.strip_prefix('Q')?.parse().ok().filter(|&skill: &u32| skill < 100_000)
        };
        Ok((self.take("a skill like `Q1`", name)?, self.whole("a level")?))
    }

    fn is_empty(&mut self) -> bool {
        self.words.peek().is_none()
    }
}

/// Money like `29.2` in hundredths.
fn hundredths(word: &str) -> Option<i64> {
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let part: String = format!("{part}00").chars().take(2).collect();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(&part) || whole.len() > 9 {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?)
}

/// Reads an instance.
pub fn read(text: &str) -> Result<Project, Error> {
    let mut project = Project::new(0, 0);
    let mut people: Vec<(i64, Vec<(u32, u32)>)> = Vec::new();
    let mut before: Vec<(u32, usize, Error)> = Vec::new();
    let mut table = Table::None;
    for (number, text) in text.lines().enumerate() {
        let mut row = Row::of(number + 1, text);
        match row.words.peek().copied() {
            None => continue,
            Some(word) if word.starts_with('=') => table = Table::None,
            Some("ResourceID") => table = Table::People,
            Some("TaskID") => table = Table::Tasks,
            Some(_) if table == Table::People => {
                let name = row.whole("the number of a person")?;
                if name as usize != people.len() + 1 {
                    return Err(
                        Row::of(number + 1, text).error(&format!("person {}", people.len() + 1))
                    );
                }
                let salary = row.take("a salary", hundredths)?;
                let mut own = Vec::new();
                while !row.is_empty() {
                    own.push(row.skill()?);
                }
                people.push((salary, own));
            }
            Some(_) if table == Table::Tasks => {
                let name = row.whole("the number of a task")?;
                if name as usize != project.tasks() + 1 {
                    return Err(
                        Row::of(number + 1, text).error(&format!("task {}", project.tasks() + 1))
                    );
                }
                let duration = row.whole("a duration")?;
                let task = project.add_task(&[(duration, &[], &[])]);
                let (skill, level) = row.skill()?;
                project.needs.push(vec![Need { skill, level, count: 1 }]);
                while !row.is_empty() {
                    let wrong = row.error("a predecessor");
                    before.push((task, row.whole("a predecessor")? as usize, wrong));
                }
            }
            Some(_) => continue,
        }
    }
    for (after, name, wrong) in before {
        if name == 0 || name > project.tasks() {
            return Err(wrong);
        }
        project.links.push(Link::after_end((name - 1) as u32, after));
    }
    let needed = project.needs.iter().flatten().map(|need| need.skill);
    let held = people.iter().flat_map(|(_, own)| own.iter().map(|skill| skill.0));
    project.skills = needed.chain(held).max().map_or(0, |most| most + 1);
    for (salary, own) in people {
        let mut level = vec![None; project.skills as usize];
        for (skill, at) in own {
            level[skill as usize] = Some(at);
        }
        project.people.push(Person { level, salary });
    }
    Ok(project)
}
