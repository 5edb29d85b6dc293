//! Where a value stands in a TOML or JSON text that is known to be sound.

use toml::de::{DeTable, DeValue};

/// A step on the way to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The value of a name.
    Name(&'a str),
    /// The item of a list.
    Item(usize),
}

/// The byte at which the value of a path begins, or what of the path is there.
pub fn offset(text: &str, is_json: bool, path: &[Step]) -> Option<usize> {
    if is_json { json(text.as_bytes(), path) } else { toml(text, path) }
}

fn toml(text: &str, path: &[Step]) -> Option<usize> {
    let tree = DeTable::parse(text).ok()?;
    let (first, rest) = path.split_first()?;
    let Step::Name(name) = first else { return None };
    let (key, value) = tree.get_ref().get_key_value(*name)?;
    let mut at = key.span().start;
    let mut value = value.get_ref();
    for step in rest {
        match (step, value) {
            (Step::Name(name), DeValue::Table(table)) => {
                let Some((key, next)) = table.get_key_value(*name) else { break };
                at = key.span().start;
                value = next.get_ref();
            }
            (Step::Item(item), DeValue::Array(items)) => {
                let Some(next) = items.get(*item) else { break };
                at = next.span().start;
                value = next.get_ref();
            }
            _ => break,
        }
    }
    Some(at)
}

fn json(text: &[u8], path: &[Step]) -> Option<usize> {
    let mut at = space(text, 0);
    let mut best = at;
    for step in path {
        let open = *text.get(at)?;
        at = space(text, at + 1);
        let mut number = 0;
        loop {
            match text.get(at)? {
                b'}' | b']' => return Some(best),
                b',' => at = space(text, at + 1),
                _ => {}
            }
            let key = at;
            let found = if open == b'{' {
                let end = string(text, at);
                let name = text.get(at + 1..end.saturating_sub(1))?;
                at = space(text, end);
                at = space(text, at + 1);
                matches!(step, Step::Name(wanted) if wanted.as_bytes() == name)
            } else {
                matches!(step, Step::Item(wanted) if *wanted == number)
            };
            if found {
                best = key;
                break;
            }
            number += 1;
            at = space(text, value(text, at));
        }
    }
    Some(best)
}

fn space(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The byte after a string that begins at `at`.
fn string(text: &[u8], mut at: usize) -> usize {
    at += 1;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'"' => break,
            _ => {}
        }
    }
    at
}

/// The byte after a value that begins at `at`.
fn value(text: &[u8], mut at: usize) -> usize {
    let mut depth = 0_u32;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => {
                at = string(text, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_path() {
        let path = [Step::Name("events"), Step::Item(1), Step::Name("days"), Step::Name("most")];
        let text =
            "sick = 0.1\n[[events]]\nname = \"a\"\n[[events]]\ndays = { least = 1, most = 2 }\n";
        assert_eq!(offset(text, false, &path), text.find("most"));
        let text = r#"{"sick": 0.1, "events": [{"name": "a\"{", "days": {"most": 3}}, {"days": {"least": 1, "most": 2}}]}"#;
        assert_eq!(offset(text, true, &path), text.rfind("\"most"));
        assert_eq!(offset(text, true, &path[..2]), text.find("{\"days\": {\"least"));
        assert_eq!(offset("", true, &path), None);
    }
}
