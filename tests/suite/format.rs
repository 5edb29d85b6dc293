//! The formats that others build on: published schemas, and files that survive a round trip.

use crate::command_line::{made, planned};
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::Production;
use shotplan::{pipeline, read, write};
use std::path::Path;

fn current(name: &str, schema: &schemars::Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/docs").join(name);
    let mut text = serde_json::to_string_pretty(schema).expect("a schema is JSON");
    text.push('\n');
    if std::env::var("SHOTPLAN_UPDATE").is_ok_and(|value| value == "1") {
        std::fs::write(&path, &text).expect("the schema is written");
    }
    let published = std::fs::read_to_string(&path).expect("a published schema");
    assert!(published == text, "{name} is out of date: run the tests with SHOTPLAN_UPDATE=1");
}

#[test]
fn the_published_schemas_are_current() {
    current("result.schema.json", &pipeline::result_schema());
    current("show.schema.json", &pipeline::show_schema());
    current("scenarios.schema.json", &pipeline::scenario_schema());
}

#[test]
fn a_result_is_what_its_schema_says_and_survives_reading() {
    let (place, show) = made("commercial");
    let bytes = std::fs::read(planned(&show, &place).join("result.json")).expect("a result");
    let schema = serde_json::to_value(pipeline::result_schema()).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is sound");
    let mut result: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let faults: Vec<String> = validator.iter_errors(&result).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    result["headline"] = serde_json::Value::Null;
    assert!(!validator.is_valid(&result), "the schema lets everything through");

    let document = write::read_result(&bytes).expect("our own result is read");
    let again = write::files(&document, &pipeline::opened::reports(&document))
        .into_iter()
        .find(|file| file.name == "result.json");
    assert!(again.is_some_and(|file| file.bytes == bytes), "written again, the result differs");
}

/// A production as text without where it was read from, table by table.
fn bare(production: &Production) -> Vec<String> {
    let mut production = production.clone();
    production.files = Default::default();
    production.assumed.clear();
    let text = format!("{production:#?}");
    let mut lines = Vec::new();
    let mut rest = text.lines();
    while let Some(line) = rest.next() {
        if line.trim_start().starts_with("source: Source {") {
            let indent = line.len() - line.trim_start().len();
            let end = format!("{}}},", " ".repeat(indent));
            assert!(rest.any(|line| line == end), "a source without an end");
            continue;
        }
        lines.push(line.to_owned());
    }
    lines
}

fn survives(archetype: Archetype) {
    let recipe =
        Recipe { archetype, seed: 3, tightness: Tightness::Tight, as_of_percent: 35, dirt: false };
    let place = tempfile::tempdir().expect("a temporary folder");
    let (one, two) = (place.path().join("one"), place.path().join("two"));
    let read = |folder: &Path| {
        let reading = read::load(folder).expect("the show is read");
        assert!(!reading.has_errors(), "{:#?}", reading.issues);
        reading.production.expect("a production")
    };
    let made = generate::production(&recipe);
    write::show_folder::write(&made, &one).expect("written");
    let first = read(&one);
    assert_eq!(first.tasks.len(), made.tasks.len());
    assert_eq!(first.dependencies.len(), made.dependencies.len());
    write::show_folder::write(&first, &two).expect("written again");
    let (first, second) = (bare(&first), bare(&read(&two)));
    let differs = first.iter().zip(&second).position(|(a, b)| a != b);
    if let Some(at) = differs {
        let from = at.saturating_sub(8);
        panic!("line {at}: {:#?} became {:#?}", &first[from..=at], &second[from..=at]);
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn a_commercial_survives_being_written() {
    survives(Archetype::Commercial);
}

#[test]
fn an_episodic_show_survives_being_written() {
    survives(Archetype::Episodic);
}
