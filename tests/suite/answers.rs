//! Answers to questions, in the two forms that others read: JSON by its schema, and the page.

use crate::command_line::{made, shotplan};
use crate::pages::{chromium, opened, said};
use serde_json::Value;

const STEPS: [&str; 2] = ["--steps", "100"];

/// Each question about a commercial with a call that has an answer; the milestone and the scope are
/// those that its files name.
const CALLS: [(&str, &[&str]); 18] = [
    ("crew", &STEPS),
    ("prices", &[]),
    ("weekly", &STEPS),
    ("cost-report", &STEPS),
    ("cash", &STEPS),
    ("vendors", &STEPS),
    ("margin", &STEPS),
    ("earned-value", &STEPS),
    ("bids", &STEPS),
    ("conflicts", &STEPS),
    ("budget", &["--cap", "total=1", "--steps", "100"]),
    ("tradeoff", &["--plans", "4", "--steps", "100", "--confidence", "80", "--draws", "32"]),
    ("crew-for", &["--by", "2027-06-01", "--steps", "100"]),
    ("date-for", &["--crew", "CMP+1", "--steps", "100"]),
    ("crunch", &STEPS),
    ("outsource", &["--scope", "ROTO", "--steps", "100"]),
    ("risk", &["--draws", "64", "--steps", "100"]),
    ("sweep", &["--set", "add_artists CMP 0..2", "--steps", "40"]),
];

/// The JSON inside a page.
pub fn shown(page: &str) -> Value {
    let start = page.find("id=\"result\">").expect("a result") + "id=\"result\">".len();
    let end = start + page[start..].find("</script>").expect("its end");
    serde_json::from_str(&page[start..end]).expect("JSON")
}

/// What stands in a page; each row of its tables has a cell for each column.
pub fn sound(page: &str, name: &str) -> Value {
    let told = shown(page);
    let sections = told["sections"].as_array().expect("sections");
    let blocks = sections.iter().flat_map(|section| section["blocks"].as_array().unwrap());
    for table in blocks.filter(|block| block["block"] == "table") {
        let columns = table["columns"].as_array().map_or(0, Vec::len);
        for row in table["rows"].as_array().expect("rows") {
            assert_eq!(row["cells"].as_array().map(Vec::len), Some(columns), "{name}: {row}");
        }
    }
    told
}

#[test]
fn answers_are_what_their_schemas_say_and_stand_on_a_page() {
    let (place, show) = made("commercial");
    let chromium = chromium("answers::answers_are_what_their_schemas_say_and_stand_on_a_page");
    for (name, call) in CALLS {
        let file = place.path().join(format!("{name}.html"));
        let output = shotplan()
            .arg(name)
            .arg(&show)
            .args(call)
            .args(["--format", "json", "--page"])
            .arg(&file)
            .output()
            .expect("it runs");
        let code = output.status.code();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(code, Some(0 | 3)), "{name} ends with {code:?}: {errors}");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let schema = shotplan().args(["schema", name]).output().expect("it runs").stdout;
        let schema: Value = serde_json::from_slice(&schema).expect("a schema");
        let validator = jsonschema::validator_for(&schema).expect("the schema is sound");
        let wrong: Vec<String> =
            validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        assert!(!validator.is_valid(&Value::Object(Default::default())), "{name} takes anything");

        let page = std::fs::read_to_string(&file).expect("a page");
        let told = sound(&page, name);
        assert_eq!(told["production"], answer["production"], "{name}");
        let sections = told["sections"].as_array().expect("sections");
        if let Some(chromium) = &chromium {
            let dom = opened(chromium, &page);
            assert_eq!(
                said(&dom, "errors").as_deref(),
                Some("0"),
                "{name}: {:?}",
                said(&dom, "error")
            );
            let blocks: usize =
                sections.iter().map(|section| section["blocks"].as_array().unwrap().len()).sum();
            assert_eq!(said(&dom, "blocks"), Some(blocks.to_string()), "{name}");
        }
    }
}

#[test]
fn a_page_is_not_written_over_a_folder() {
    let (place, show) = made("commercial");
    let output = shotplan()
        .arg("prices")
        .arg(&show)
        .arg("--page")
        .arg(place.path())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("in the way"));
}
