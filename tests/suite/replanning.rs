//! Planning again: an earlier plan is kept to where nothing speaks against it, and what changes is told.

use crate::support::desk::Desk;
use serde_json::Value;
use shotplan::result::Document;
use shotplan::write;

/// A made-up commercial with a plan in `before`.
fn desk() -> Desk {
    let desk = Desk::empty();
    let make =
        ["generate", "--archetype", "commercial", "--seed", "4", "--as-of", "40%", "-o", "s"];
    desk.run(&make).code(0);
    desk.run(&["plan", "s", "-o", "before", "--steps", "400"]);
    desk
}

/// Hard dates may be missed (3), but no rule is broken and the certificate is true (1).
fn is_valid(desk: &Desk, file: &str) {
    let run = desk.run(&["verify", "s", file]);
    let code = run.get_output().status.code();
    assert!([Some(0), Some(3)].contains(&code), "{code:?}");
}

fn result(desk: &Desk, folder: &str) -> Document {
    write::read_result(&desk.bytes(&format!("{folder}/result.json"))).expect("our own result")
}

/// The artist who has most to do from the day of the plan on, and whom no task is locked to.
fn busiest(desk: &Desk, plan: &Document) -> String {
    let tasks = desk.read("s/tasks.csv");
    let mut found: Option<(usize, &str)> = None;
    for person in &plan.production.people {
        let rows = plan.assignments.iter().filter(|row| row.artist.as_ref() == Some(&person.id));
        let count = rows.count();
        let is_locked =
            tasks.lines().any(|line| line.contains(&person.id) && line.contains("both"));
        let others = plan
            .production
            .people
            .iter()
            .filter(|other| other.department == person.department && other.id != person.id);
        if !is_locked && others.count() > 0 && found.is_none_or(|(most, _)| count > most) {
            found = Some((count, &person.id));
        }
    }
    found.expect("somebody works").1.to_owned()
}

#[test]
fn what_has_not_changed_stays_as_it_is() {
    let desk = desk();
    desk.run(&["plan", "s", "-o", "after", "--steps", "0", "--keep", "before/result.json"]);
    let (before, after) = (result(&desk, "before"), result(&desk, "after"));
    let since = after.since.as_ref().expect("it was kept to");
    assert_eq!((since.moved, since.people_changed, since.added, since.gone), (0, 0, 0, 0));
    assert!(since.tasks.is_empty() && since.milestones.is_empty());
    assert_eq!(before.assignments, after.assignments);
    assert_eq!(after.certificate.components["stability"], 0);
    assert_eq!(before.certificate.objective, after.certificate.objective);
    assert_eq!(desk.read("after/changes.csv").lines().count(), 1);
    // A plan that keeps to none leaves no list of changes there; somebody's own file of that name stays.
    desk.run(&["plan", "s", "-o", "after", "--steps", "0"]);
    assert!(!desk.files("after").contains(&"changes.csv".to_owned()));
    desk.write("mine/changes.csv", "mine");
    desk.run(&["plan", "s", "-o", "mine", "--steps", "0"]);
    assert_eq!(desk.read("mine/changes.csv"), "mine");
}

#[test]
fn somebody_leaves_and_little_else_moves() {
    let desk = desk();
    let before = result(&desk, "before");
    let gone = busiest(&desk, &before);
    let leave = desk.read("s/leave.csv");
    let header = leave.lines().next().expect("a header").to_owned();
    let as_of = before.production.as_of;
    let last = before.production.last_day;
    let row: Vec<String> = header
        .split(',')
        .map(|column| match column {
            "person" => gone.clone(),
            "from" => as_of.to_string(),
            "to" => last.to_string(),
            "status" => "approved".to_owned(),
            _ => String::new(),
        })
        .collect();
    desk.write("s/leave.csv", &format!("{leave}{}\n", row.join(",")));
    desk.run(&["plan", "s", "-o", "fresh", "--steps", "400"]);
    let keep = ["--keep", "before/result.json", "--mode", "keep-plan", "--steps", "400"];
    desk.run(&[&["plan", "s", "-o", "kept"], &keep[..]].concat());
    let (kept, fresh) = (result(&desk, "kept"), result(&desk, "fresh"));
    let since = kept.since.as_ref().expect("it was kept to");
    let start_and_artist = |document: &Document| -> Vec<_> {
        let rows = document.assignments.iter();
        rows.map(|row| (row.task.clone(), row.part, row.artist.clone(), row.start)).collect()
    };
    let old = start_and_artist(&before);
    let differ = |document: &Document| {
        start_and_artist(document).iter().filter(|row| !old.contains(row)).count()
    };
    assert!(differ(&kept) < differ(&fresh), "{} and {}", differ(&kept), differ(&fresh));
    assert!(since.people_changed > 0);
    assert!(kept.assignments.iter().all(|row| row.artist.as_deref() != Some(&gone)));
    // The judge works out the price of the changes by itself, and believes no other.
    is_valid(&desk, "kept/result.json");
    let mut forged: Value = serde_json::from_slice(&desk.bytes("kept/result.json")).expect("JSON");
    forged["since"]["freeze_days"] = 0.into();
    desk.write("forged.json", &forged.to_string());
    desk.run(&["verify", "s", "forged.json"]).code(1);
}

#[test]
fn a_result_that_is_none_is_told_before_anything_is_planned() {
    let desk = desk();
    for file in ["s/tasks.csv", "nowhere.json"] {
        let run = desk.run(&["plan", "s", "-o", "after", "--keep", file]).code(2);
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains("--keep") && told.contains(file), "{told}");
    }
    desk.run(&["plan", "s", "-o", "after", "--freeze", "3"]).code(2);
    assert!(!desk.path().join("after").exists());
}

#[test]
fn a_week_later_the_rest_of_the_plan_stands() {
    let desk = desk();
    let before = result(&desk, "before");
    let old = before.production.as_of;
    let new = old.saturating_add(jiff::Span::new().days(7));
    let show =
        desk.read("s/show.toml").replace(&format!("as_of = {old}"), &format!("as_of = {new}"));
    desk.write("s/show.toml", &show);
    desk.run(&["plan", "s", "-o", "after", "--keep", "before/result.json", "--steps", "0"]);
    let after = result(&desk, "after");
    let since = after.since.as_ref().expect("it was kept to");
    assert_eq!(since.as_of, old);
    assert!(after.assignments.iter().all(|row| row.start >= new));
    // What was to begin later than this week still does, but for what had to make room.
    let later = |document: &Document| -> Vec<_> {
        let far = new.saturating_add(jiff::Span::new().days(14));
        let rows = document.assignments.iter().filter(|row| row.start >= far);
        rows.map(|row| (row.task.clone(), row.artist.clone())).collect()
    };
    let stays = later(&before).iter().filter(|row| later(&after).contains(row)).count();
    assert!(2 * stays > later(&before).len(), "{stays} of {}", later(&before).len());
    is_valid(&desk, "after/result.json");
}
