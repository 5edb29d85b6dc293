//! TOML and JSON as one tree, in which every key and value knows its byte.

use super::super::wire::Text;
use std::borrow::Cow;

/// A value with the byte at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub at: usize,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Numbers, dates, yes and no are their text.
    Text(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub key: String,
    pub at: usize,
    pub node: Node,
}

impl Node {
    /// A value as the cells of tables have it: items of lists with `; ` between. `None` for a table.
    pub(super) fn text(&self) -> Option<Text<'static>> {
        let text = match &self.value {
            Value::Text(text) => text.clone(),
            Value::List(items) => {
                let items: Option<Vec<Text<'static>>> = items.iter().map(Node::text).collect();
                let items: Vec<String> = items?.iter().map(|item| item.to_string()).collect();
                items.join("; ")
            }
            Value::Table(_) => return None,
        };
        Some(Text(Cow::Owned(text)))
    }

    /// The entries of a table; none for anything else.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; a value that is not a list is the only item of one.
    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }
}

/// Why a file has no tree: what is wrong, and where.
#[derive(Debug)]
pub(super) struct Flaw {
    pub message: String,
    pub at: usize,
}

/// The tree of a file, by what it looks like: JSON begins with a brace.
pub(super) fn tree(text: &str) -> Result<Node, Flaw> {
    if text.trim_start().starts_with('{') { json(text) } else { toml(text) }
}

fn toml(text: &str) -> Result<Node, Flaw> {
    use ::toml::Spanned;
    use ::toml::de::{DeTable, DeValue};
    fn node(value: &Spanned<DeValue<'_>>) -> Node {
        let text = |text: String| Value::Text(text);
        let inner = match value.get_ref() {
            DeValue::String(value) => text(value.to_string()),
            DeValue::Integer(value) => {
                let whole = i64::from_str_radix(value.as_str(), value.radix());
                text(whole.map_or_else(|_| value.to_string(), |whole| whole.to_string()))
            }
            DeValue::Float(value) => text(value.as_str().to_owned()),
            DeValue::Boolean(value) => text(if *value { "yes" } else { "no" }.to_owned()),
            DeValue::Datetime(value) => text(value.to_string()),
            DeValue::Array(items) => Value::List(items.iter().map(node).collect()),
            DeValue::Table(table) => Value::Table(entries(table)),
        };
        Node { at: value.span().start, value: inner }
    }
    fn entries(table: &DeTable<'_>) -> Vec<Entry> {
        let entry = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| Entry {
            key: key.get_ref().to_string(),
            at: key.span().start,
            node: node(value),
        };
        let mut all: Vec<Entry> = table.iter().map(entry).collect();
        all.sort_by_key(|entry| entry.at);
        all
    }
    let table = DeTable::parse(text).map_err(|error| Flaw {
        message: error.message().lines().collect::<Vec<_>>().join(", "),
        at: error.span().map_or(0, |span| span.start),
    })?;
    Ok(Node { at: 0, value: Value::Table(entries(table.get_ref())) })
}

fn json(text: &str) -> Result<Node, Flaw> {
    // The usual reader says what is wrong; ours only has to find its way in what is sound.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
        let at = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        return Err(Flaw { message, at });
    }
    let mut reader = Reader { text, at: 0, depth: 0 };
    reader.value().ok_or(Flaw { message: "it is nested too deeply".to_owned(), at: 0 })
}

/// Walks through text that is known to be sound JSON.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

impl Reader<'_> {
    /// The next sign that is no space, not taken.
    fn sign(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Takes a sign if it is the next one.
    fn take(&mut self, wanted: u8) -> bool {
        let is_next = self.sign() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn value(&mut self) -> Option<Node> {
        let sign = self.sign()?;
        let at = self.at;
        let value = match sign {
            b'{' => {
                let mut entries = Vec::new();
                self.open()?;
                while self.sign()? != b'}' {
                    self.take(b',');
                    self.sign();
                    let (at, key) = (self.at, self.string()?);
                    self.take(b':');
                    let node = self.value()?;
                    // "Not said" is the same as not there.
                    if node.value != Value::Text("null".to_owned())
                        || self.text.as_bytes().get(node.at) == Some(&b'"')
                    {
                        entries.push(Entry { key, at, node });
                    }
                }
                self.close();
                Value::Table(entries)
            }
            b'[' => {
                let mut items = Vec::new();
                self.open()?;
                while self.sign()? != b']' {
                    self.take(b',');
                    items.push(self.value()?);
                }
                self.close();
                Value::List(items)
            }
            b'"' => Value::Text(self.string()?),
            _ => {
                let rest = self.text.get(at..)?;
                let ends = |c: char| matches!(c, ',' | '}' | ']') || c.is_whitespace();
                let word = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
                self.at += word.len();
                Value::Text(match word {
                    "true" => "yes".to_owned(),
                    "false" => "no".to_owned(),
                    word => word.to_owned(),
                })
            }
        };
        Some(Node { at, value })
    }

    fn open(&mut self) -> Option<()> {
        (self.at, self.depth) = (self.at + 1, self.depth + 1);
        (self.depth < 100).then_some(())
    }

    fn close(&mut self) {
        (self.at, self.depth) = (self.at + 1, self.depth - 1);
    }

    /// A text in quotes, its escapes read by the usual reader.
    fn string(&mut self) -> Option<String> {
        let (start, bytes) = (self.at, self.text.as_bytes());
        self.at += 1;
        while *bytes.get(self.at)? != b'"' {
            self.at += if bytes[self.at] == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_in_both_forms() {
        let toml = "[[scenario]]\nname = \"a\"\nextends = [\"b\", \"c\"]\n[[scenario.edit]]\nop = 'x'\ndays = -2.5\nhard = true\nby = 2027-05-14\n";
        let json = r#"{"scenario": [{"name": "a", "extends": ["b","c"], "nothing": null,
            "edit": [{"op": "x", "days": -2.5, "hard": true, "by": "2027-05-14"}]}]}"#;
        fn bare(node: &Node) -> String {
            match &node.value {
                Value::Text(text) => text.clone(),
                Value::List(items) => format!("{:?}", items.iter().map(bare).collect::<Vec<_>>()),
                Value::Table(entries) => {
                    let entry = |entry: &Entry| format!("{}={}", entry.key, bare(&entry.node));
                    format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
                }
            }
        }
        let (one, two) = (tree(toml).unwrap(), tree(json).unwrap());
        assert_eq!(bare(&one), bare(&two));
        let place = json.find("\"days\"").unwrap();
        let edit = &two.entries()[0].node.items()[0].entries()[2].node.items()[0];
        assert_eq!(edit.entries()[1].at, place);
    }

    #[test]
    fn broken_files_say_where() {
        assert_eq!(tree("{\n \"a\": }").unwrap_err().at, 8);
        assert!(tree("a = = 1").unwrap_err().at > 0);
        assert!(tree(&format!("{{\"a\": {}{}}}", "[".repeat(120), "]".repeat(120))).is_err());
    }
}
