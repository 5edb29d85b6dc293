//! Which room of the program uses which; a new line in this picture is a decision.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Other rooms named in a source text, outside comments and tests.
fn named(text: &str, rooms: &BTreeSet<String>) -> BTreeSet<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut found = BTreeSet::new();
    for part in code.join("\n").split("crate::").skip(1) {
        let names: Vec<&str> = match part.strip_prefix('{') {
            Some(list) => {
                list.split(';').next().unwrap_or_default().split([',', '{', '}']).collect()
            }
            None => vec![part],
        };
        for name in names {
            let name = name.trim_start();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            found.extend(rooms.get(&name[..end]).cloned());
        }
    }
    found
}

fn walk(folder: &Path, see: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, see);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            see(&std::fs::read_to_string(&path).expect("a source"));
        }
    }
}

fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = std::fs::read_to_string(source.join("lib.rs")).expect("the crate's front page");
    let room = |line: &str| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned());
    let rooms: BTreeSet<String> = lib.lines().filter_map(room).collect();
    let mut uses = BTreeMap::new();
    for room in &rooms {
        let mut mine = BTreeSet::new();
        walk(&source.join(room), &mut |text| mine.extend(named(text, &rooms)));
        mine.remove(room);
        uses.insert(room.clone(), mine);
    }
    uses
}

#[test]
fn the_judge_looks_at_what_is_asked_only() {
    let uses = uses();
    assert!(uses["model"].is_empty(), "model uses {:?}", uses["model"]);
    assert_eq!(uses["verify"], BTreeSet::from(["model".to_owned()]));
}

#[test]
fn which_room_uses_which() {
    let line = |(room, others): (String, BTreeSet<String>)| {
        let others: Vec<String> = others.into_iter().collect();
        format!("{room}: {}", if others.is_empty() { "-".to_owned() } else { others.join(", ") })
    };
    let picture: Vec<String> = uses().into_iter().map(line).collect();
    insta::assert_snapshot!("rooms", picture.join("\n"));
}
