//! The file as it stands: TOML or JSON into [`File`], or the one place where that fails.

use super::Judge;
use super::wire::File;
use crate::model::Issue;
use crate::read::intake::line_and_column;
use crate::read::nearest;

impl Judge<'_> {
    pub(super) fn parse(&mut self) -> Option<File> {
        let (message, path, offset) = if self.is_json {
            let mut from = serde_json::Deserializer::from_str(self.text);
            let read = serde_path_to_error::deserialize::<_, File>(&mut from);
            let at = |error: &serde_json::Error| {
                let lines = self.text.split_inclusive('\n').take(error.line().saturating_sub(1));
                lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1)
            };
            match read {
                Ok(file) => match from.end() {
                    Ok(()) => return Some(file),
                    Err(error) => (error.to_string(), String::new(), Some(at(&error))),
                },
                Err(error) => {
                    let path = error.path().to_string();
                    (error.inner().to_string(), path, Some(at(error.inner())))
                }
            }
        } else {
            let parsed = toml::de::DeTable::parse(self.text).map_err(|error| {
                (error.message().to_owned(), String::new(), error.span().map(|span| span.start))
            });
            let read = parsed.and_then(|tree| {
                serde_path_to_error::deserialize(toml::Deserializer::from(tree)).map_err(|error| {
                    let path = error.path().to_string();
                    let mut inner: toml::de::Error = error.into_inner();
                    inner.set_input(Some(self.text));
                    (inner.message().to_owned(), path, inner.span().map(|span| span.start))
                })
            });
            match read {
                Ok(file) => return Some(file),
                Err(flaw) => flaw,
            }
        };
        let message = message.split(" at line ").next().unwrap_or_default();
        let unknown =
            message.split("unknown field `").nth(1).and_then(|rest| rest.split('`').next());
        let mut issue = match unknown {
            Some(unknown) => {
                let known: Vec<&str> =
                    message.split('`').skip(3).step_by(2).filter(|word| !word.is_empty()).collect();
                let perhaps = nearest(unknown, known.iter().copied())
                    .map_or(String::new(), |near| format!("perhaps `{near}`; "));
                Issue::error("R05", "uncertainty", format!("there is no field `{unknown}` here"))
                    .value(unknown)
                    .help(format!("{perhaps}fields: {}", known.join(", ")))
            }
            None => {
                let lines: Vec<&str> = message.lines().collect();
                Issue::error(
                    "R13",
                    "uncertainty",
                    format!("it cannot be read: {}", lines.join(", ")),
                )
                .help("mend the file at this place; `shotplan schema uncertainty` lists all fields")
            }
        };
        let path = path.trim_end_matches(['.', '?']);
        issue.field = (!path.is_empty()).then(|| path.to_owned());
        issue.file = Some(self.name.to_owned());
        let (line, column) = line_and_column(self.text, offset.unwrap_or(0));
        (issue.line, issue.column) = (Some(line), Some(column));
        self.issues.push(issue);
        None
    }
}
