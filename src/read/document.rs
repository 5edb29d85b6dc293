//! `show.toml` and the one-file JSON form: text to a document, and back to the place of a field.

use super::intake::Form;
use super::wire::Document;
use std::collections::HashMap;

/// A document with the first byte of each row of its tables.
#[derive(Debug)]
pub struct Placed {
    /// The content.
    pub document: Document,
    /// First bytes of the rows, by table.
    pub rows: HashMap<String, Vec<usize>>,
}

/// Why a document could not be read.
#[derive(Debug)]
pub struct Flaw {
    /// What is wrong.
    pub message: String,
    /// Path to it ("tasks[3].department"), where known.
    pub path: Option<String>,
    /// Byte at which it was seen, where known.
    pub offset: Option<usize>,
}

/// Reads TOML.
pub fn toml(text: &str) -> Result<Placed, Flaw> {
    let flaw = |error: toml::de::Error, path: Option<String>| Flaw {
        message: error.message().lines().collect::<Vec<_>>().join(", "),
        path,
        offset: error.span().map(|span| span.start),
    };
    let tree = toml::de::DeTable::parse(text).map_err(|error| flaw(error, None))?;
    let mut rows = HashMap::new();
    for (key, value) in tree.get_ref() {
        let places = match value.get_ref() {
            toml::de::DeValue::Array(items) => items.iter().map(|item| item.span().start).collect(),
            _ => vec![value.span().start],
        };
        rows.insert(key.get_ref().to_string(), places);
    }
    let deserializer = toml::Deserializer::from(tree);
    let document = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let mut inner = error.into_inner();
        inner.set_input(Some(text));
        flaw(inner, Some(path))
    })?;
    Ok(Placed { document, rows })
}

/// Reads JSON.
pub fn json(text: &str) -> Result<Placed, Flaw> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = serde_path_to_error::deserialize(&mut deserializer);
    let document = document.map_err(|error| {
        let path = error.path().to_string();
        flaw_of_json(text, error.inner(), Some(path))
    })?;
    deserializer.end().map_err(|error| flaw_of_json(text, &error, None))?;
    Ok(Placed { document, rows: json_rows(text) })
}

fn flaw_of_json(text: &str, error: &serde_json::Error, path: Option<String>) -> Flaw {
    let start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    Flaw { message, path, offset: Some(start + error.column().saturating_sub(1)) }
}

/// First bytes of the rows of each table, in text that is known to be sound JSON.
fn json_rows(text: &str) -> HashMap<String, Vec<usize>> {
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    let mut key = String::new();
    for token in json_tokens(text, 0) {
        match token {
            Token::Key { depth: 1, name, .. } => name.clone_into(&mut key),
            Token::Open { depth: 2 | 3, at } if text.as_bytes().get(at) == Some(&b'{') => {
                rows.entry(key.clone()).or_default().push(at);
            }
            _ => {}
        }
    }
    rows
}

enum Token<'t> {
    /// A bracket opens, and the depth is so much from here on.
    Open { depth: u32, at: usize },
    /// A bracket closes, and the depth was so much up to here.
    Close { depth: u32 },
    /// A name in front of a value.
    Key { depth: u32, name: &'t str, at: usize },
}

/// The brackets and names of sound JSON from a byte on. Escapes in names stay as they are: no
/// name that matters has one.
fn json_tokens(text: &str, from: usize) -> impl Iterator<Item = Token<'_>> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (from, 0_u32);
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let here = at;
            at += 1;
            match byte {
                b'{' | b'[' => {
                    depth += 1;
                    return Some(Token::Open { depth, at: here });
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    return Some(Token::Close { depth: depth + 1 });
                }
                b'"' => {
                    while let Some(&inside) = bytes.get(at) {
                        at += 1;
                        match inside {
                            b'\\' => at += 1,
                            b'"' => break,
                            _ => {}
                        }
                    }
                    let end = at;
                    let rest = bytes.get(end..).unwrap_or_default();
                    if rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':') {
                        let name = text.get(here + 1..end.saturating_sub(1)).unwrap_or_default();
                        return Some(Token::Key { depth, name, at: here });
                    }
                }
                _ => {}
            }
        }
        None
    })
}

/// The byte at which a field of the row that begins at `row` is written.
pub fn locate(form: Form, text: &str, row: usize, field: &str) -> Option<usize> {
    match form {
        Form::Table { .. } => None,
        Form::Json => {
            for token in json_tokens(text, row) {
                match token {
                    Token::Key { depth: 1, name, at } if name == field => return Some(at),
                    Token::Close { depth: 1 } => return None,
                    _ => {}
                }
            }
            None
        }
        Form::Toml => {
            let text = text.get(row..)?;
            let end = text.get(1..)?.find("\n[").map_or(text.len(), |end| end + 1);
            let text = text.get(..end)?;
            let mut from = 0;
            while let Some(found) = text.get(from..)?.find(field) {
                let at = from + found;
                from = at + field.len();
                let before = text.get(..at)?.chars().next_back();
                let after = text.get(from..)?.trim_start_matches(['"', '\'']).trim_start();
                let apart = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-');
                if apart && after.starts_with('=') {
                    return Some(row + at);
                }
            }
            None
        }
    }
}
