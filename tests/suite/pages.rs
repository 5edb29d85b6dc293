//! The page and the summary, made from results and read the way a producer reads them: the page in
//! a real Chromium where one is installed, the summary as text.

#[path = "../pages/sample.rs"]
mod sample;

use jiff::civil::date;
use shotplan::result::Document;
use shotplan::{pipeline, report};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small production with names that try to break out of the page.
fn small() -> Document {
    sample::document(&sample::Size { name: "Tide", shots: 6, people: 9, turnover_days: 8 })
}

fn page(document: &Document) -> String {
    report::page(document, &pipeline::opened::reports(document))
}

/// Chromium, from the environment or the usual places; `None` is said by name.
pub fn chromium(test: &str) -> Option<PathBuf> {
    let found = std::env::var_os("SHOTPLAN_CHROMIUM").map(PathBuf::from).or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .flat_map(|folder| ["chromium", "google-chrome"].map(|name| folder.join(name)))
            .find(|program| program.is_file())
    });
    if found.is_none() {
        println!("{test}: skipped: Chromium is not installed");
    }
    found
}

/// A page as Chromium has it after its scripts ran.
pub fn opened(chromium: &Path, page: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("index.html");
    std::fs::write(&file, page).expect("the page is written");
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .args(["--window-size=1600,900", "--virtual-time-budget=8000", "--dump-dom"])
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("Chromium starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What the page says about itself on its root element.
pub fn said(dom: &str, name: &str) -> Option<String> {
    let root = &dom[dom.find("<html")?..];
    let root = &root[..root.find('>')?];
    let value = root.split_once(&format!("data-{name}=\""))?.1;
    Some(value[..value.find('"')?].to_owned())
}

#[test]
fn a_browser_shows_the_whole_plan() {
    let Some(chromium) = chromium("pages::a_browser_shows_the_whole_plan") else { return };
    let document = sample::episodic();
    assert!(document.tasks.len() > 1_900, "{} tasks", document.tasks.len());
    let dom = opened(&chromium, &page(&document));

    assert_eq!(said(&dom, "errors").as_deref(), Some("0"), "{:?}", said(&dom, "error"));
    assert_eq!(said(&dom, "ready").as_deref(), Some("true"));
    assert_eq!(said(&dom, "milestones"), Some(document.milestones.len().to_string()));
    assert_eq!(said(&dom, "bars"), Some(document.assignments.len().to_string()));
    let painted: usize = said(&dom, "painted").and_then(|text| text.parse().ok()).unwrap_or(0);
    assert!(painted > 40, "only {painted} bars were painted");

    assert!(dom.contains("Will we deliver?"));
    assert!(dom.contains("Harbour Lights, season 2"));
    assert!(dom.contains("Plan as of Wed 7 Apr 2027"));
    for row in &document.milestones {
        assert!(dom.contains(&row.name), "milestone {} is missing", row.name);
    }
    let table = &dom[dom.find("id=\"milestone-table\"").expect("a table of milestones")..];
    let table = &table[..table.find("</table>").expect("its end")];
    let rows = table.matches("<tr").count() - 1;
    assert_eq!(rows, document.milestones.len());
    let person = &document.production.people[3];
    assert!(dom.contains(&person.name), "{} is not in the two-week list", person.name);
    assert!(dom.contains("Compositing labour"));
    assert!(dom.contains("1 decision for you to take"));
}

#[test]
fn a_feature_opens_too() {
    let Some(chromium) = chromium("pages::a_feature_opens_too") else { return };
    let document = sample::feature();
    assert!(document.assignments.len() > 12_000, "{} assignments", document.assignments.len());
    let dom = opened(&chromium, &page(&document));
    assert_eq!(said(&dom, "errors").as_deref(), Some("0"), "{:?}", said(&dom, "error"));
    assert_eq!(said(&dom, "ready").as_deref(), Some("true"));
    assert_eq!(said(&dom, "bars"), Some(document.assignments.len().to_string()));
}

#[test]
fn an_empty_production_has_a_page() {
    let Some(chromium) = chromium("pages::an_empty_production_has_a_page") else { return };
    let dom = opened(&chromium, &page(&empty()));
    assert_eq!(said(&dom, "errors").as_deref(), Some("0"), "{:?}", said(&dom, "error"));
    assert_eq!(said(&dom, "ready").as_deref(), Some("true"));
    assert_eq!(said(&dom, "bars").as_deref(), Some("0"));
    assert!(dom.contains("No milestones are set"));
}

fn empty() -> Document {
    let mut document = small();
    document.production.people.clear();
    document.production.entities.clear();
    document.production.departments.clear();
    document.headline.budget = None;
    document.headline.variance = None;
    document.headline.finish = None;
    document.milestones.clear();
    document.late.clear();
    document.tasks.clear();
    document.assignments.clear();
    document.crew.weeks.clear();
    document.crew.departments.clear();
    document.cost.report.clear();
    document.cost.weeks.clear();
    document.cost.by_department.clear();
    document.conflicts.clear();
    document.warnings.clear();
    document.assumed.clear();
    document.certificate.improvement.clear();
    document.certificate.linear_program = None;
    document
}

const HOSTILE: &str = "</script><script>document.title='broken'</script> \"'&amp;<!-- <b>";

fn hostile() -> Document {
    let mut document = small();
    document.production.name = HOSTILE.into();
    document.production.people[0].name = HOSTILE.into();
    document.milestones[0].name = HOSTILE.into();
    document.tasks[0].reason.text = HOSTILE.into();
    document
}

#[test]
fn a_name_cannot_break_out_of_the_page() {
    let plain = page(&small());
    let page = page(&hostile());
    for piece in ["</script", "<script", "<!--"] {
        let count = |page: &str| page.matches(piece).count();
        assert_eq!(count(&page), count(&plain), "{piece} came in with a name");
    }
    assert!(page.contains("<title>&lt;/script&gt;&lt;script&gt;"));

    let data = page.split_once("id=\"result\">").expect("the result stands in the page").1;
    let data = data.split_once("</script>").expect("and ends").0;
    let mut read: serde_json::Value = serde_json::from_str(data).expect("as JSON");
    let reports = read["reports"].take();
    assert!(!reports["cost"].as_array().expect("reports").is_empty());
    read.as_object_mut().expect("a result").remove("reports");
    let read: Document = serde_json::from_value(read).expect("a result");
    assert_eq!(read, hostile());
}

#[test]
fn a_browser_shows_hostile_names_as_text() {
    let Some(chromium) = chromium("pages::a_browser_shows_hostile_names_as_text") else { return };
    let dom = opened(&chromium, &page(&hostile()));
    assert_eq!(said(&dom, "errors").as_deref(), Some("0"), "{:?}", said(&dom, "error"));
    assert_eq!(said(&dom, "ready").as_deref(), Some("true"));
    assert!(!dom.contains("<title>broken</title>"), "a name was run as a script");
    assert!(dom.contains("&lt;/script&gt;&lt;script&gt;document.title='broken'"));
}

#[test]
fn the_page_loads_nothing() {
    let page = page(&small());
    assert!(page.contains(
        "content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\""
    ));
    for way_out in [
        "src=\"",
        "href=\"http",
        "href=\"//",
        "@import",
        "url(http",
        "url(//",
        "import(",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "EventSource",
    ] {
        assert!(!page.contains(way_out), "the page holds {way_out}");
    }
    assert!(!page.contains("<!--TITLE-->") && !page.contains("<!--SCRIPT-->"));
}

#[test]
fn the_summary_fits_one_screen() {
    let mut document = small();
    document.production.as_of = date(2027, 4, 7);
    insta::assert_snapshot!("summary", report::summary(&document, 100));
    for width in [60, 80, 100, 200] {
        let text = report::summary(&sample::feature(), width);
        assert!(text.lines().count() <= 45, "{} lines at {width}", text.lines().count());
        for line in text.lines() {
            assert!(line.chars().count() <= width, "wider than {width}: {line}");
        }
    }
}

#[test]
fn the_summary_of_nothing_is_still_a_summary() {
    insta::assert_snapshot!("summary_empty", report::summary(&empty(), 80));
}

#[test]
fn a_terminal_is_safe_from_names() {
    let mut document = small();
    document.production.name = "Tide\u{1b}[2J\nsecond line".into();
    let text = report::summary(&document, 80);
    assert!(!text.contains('\u{1b}'));
    assert!(text.starts_with("Tide [2J second line · plan as of"));
}

/// Leaves pages in the test folder of cargo's target, to look at by hand.
#[test]
fn pages_to_look_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, document) in [("episodic", sample::episodic()), ("feature", sample::feature())] {
        let json = serde_json::to_string(&document).expect("a result as JSON");
        std::fs::write(folder.join(format!("{name}.json")), json).expect("written");
        let page = page(&document);
        assert!(page.len() < 12_000_000, "{name}: {} bytes", page.len());
        std::fs::write(folder.join(format!("{name}.html")), page).expect("written");
    }
}
