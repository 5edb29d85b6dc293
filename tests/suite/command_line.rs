//! The program as it is called: every command, every way out.

use crate::support;
use assert_cmd::Command;
use predicates::prelude::*;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The program.
pub fn shotplan() -> Command {
    Command::new(env!("CARGO_BIN_EXE_shotplan"))
}

/// A generated show in a folder that lives as long as the first value.
pub fn made(archetype: &str) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let show = place.path().join("show");
    shotplan()
        .args(["generate", "--archetype", archetype, "--seed", "1", "-o"])
        .arg(&show)
        .assert()
        .success();
    (place, show)
}

/// The results of a show, planned in twenty steps.
pub fn planned(show: &Path, place: &TempDir) -> PathBuf {
    let out = place.path().join("out");
    plan(show, &out).assert().success();
    out
}

fn plan(show: &Path, out: &Path) -> Command {
    let mut command = shotplan();
    command.arg("plan").arg(show).arg("-o").arg(out).args(["--steps", "20"]);
    command
}

/// A show from text, in a folder.
fn written(text: &str) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let show = place.path().join("show");
    std::fs::create_dir(&show).expect("a folder");
    for (name, content) in support::files(text) {
        std::fs::write(show.join(name), content).expect("a file");
    }
    (place, show)
}

const SMALL: &str = "--- people.csv\nname,department\nAnn,ANI\nCai,CMP\n\
    --- tasks.csv\nid,shot,department,days,after,rule\n\
    a,s1,ANI,2,,\nb,s1,CMP,3,a,\nc,s2,CMP,1,,\n";

const FILES: [&str; 5] = ["cost_report.csv", "crew.csv", "index.html", "plan.csv", "result.json"];

fn bytes(folder: &Path) -> Vec<Vec<u8>> {
    FILES.map(|name| std::fs::read(folder.join(name)).expect(name)).into()
}

#[test]
fn a_plan_is_judged_valid_by_its_table_and_by_its_result() {
    for (place, show) in [written(SMALL), made("commercial")] {
        let out = planned(&show, &place);
        assert!(bytes(&out).iter().all(|file| !file.is_empty()));
        for file in ["plan.csv", "result.json"] {
            let mut verify = shotplan();
            verify.arg("verify").arg(&show).arg(out.join(file)).assert().success();
            let mut verify = shotplan();
            let told = verify.arg("verify").arg(&show).arg(out.join(file));
            let told = told.args(["--format", "json"]).assert().success();
            let told: serde_json::Value =
                serde_json::from_slice(&told.get_output().stdout).expect("JSON");
            assert_eq!(told["valid"], true);
            assert_eq!(told["violations"], serde_json::json!([]));
        }
    }
}

#[test]
fn a_broken_plan_is_refused_with_the_rule() {
    let (place, show) = written(SMALL);
    let by_hand = place.path().join("plan.csv");
    // Compositing begins with the animation it waits for.
    let rows = "task,artist,start,end\na,Ann,2027-01-04,2027-01-05\n\
        b,Cai,2027-01-04,2027-01-06\nc,Cai,2027-01-07,2027-01-07\n";
    std::fs::write(&by_hand, rows).expect("a plan");
    let mut verify = shotplan();
    verify
        .arg("verify")
        .arg(&show)
        .arg(&by_hand)
        .assert()
        .code(1)
        .stdout(predicate::str::contains("violation of rule 11 (order): task b"));
}

#[test]
fn a_report_made_again_has_the_same_bytes() {
    let (place, show) = made("commercial");
    let out = planned(&show, &place);
    let again = place.path().join("again");
    let mut report = shotplan();
    report.arg("report").arg(out.join("result.json")).arg("-o").arg(&again).assert().success();
    assert!(bytes(&again) == bytes(&out));
}

#[test]
fn a_flawed_show_is_told_and_leaves_old_results_alone() {
    let (place, show) = written(SMALL);
    let out = planned(&show, &place);
    let before = bytes(&out);
    let tasks = "shot,department,days,assigned\ns1,ANI,2,Nobody\n";
    std::fs::write(show.join("tasks.csv"), tasks).expect("a table");
    plan(&show, &out).assert().code(1).stderr(predicate::str::contains("Nothing was written"));
    assert!(bytes(&out) == before);
    shotplan().arg("check").arg(&show).assert().code(1).stdout(predicate::str::contains("V02"));
    let told = shotplan().arg("check").arg(&show).args(["--format", "json"]).assert().code(1);
    let told: serde_json::Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
    assert_eq!(told["errors"], 1);
    assert_eq!(told["issues"][0]["value"], "Nobody");
    let mut verify = shotplan();
    verify.arg("verify").arg(&show).arg(out.join("plan.csv")).assert().code(1);
}

#[test]
fn a_sound_show_passes_the_check() {
    let (_place, show) = written(SMALL);
    shotplan().arg("check").arg(&show).assert().success();
}

#[test]
fn wrong_calls_end_with_two() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let nowhere = place.path().join("nowhere");
    shotplan().args(["plan", "--wrong"]).assert().code(2);
    plan(&nowhere, &place.path().join("out")).assert().code(2);
    shotplan().arg("check").arg(&nowhere).assert().code(2);
    shotplan().arg("report").arg(nowhere.join("result.json")).assert().code(2);
    let (_kept, show) = written(SMALL);
    shotplan().arg("verify").arg(&show).arg(nowhere.join("plan.csv")).assert().code(2);
    // A show is never mixed into a folder that has files.
    let mut generate = shotplan();
    generate.args(["generate", "--archetype", "commercial", "-o"]).arg(&show).assert().code(2);
}

#[test]
fn a_hard_date_that_cannot_hold_ends_with_three_and_a_plan() {
    let text = SMALL.replace("b,s1,CMP,3,a,", "b,s1,CMP,3,a,FNLT 2027-01-05");
    let (place, show) = written(&text);
    let out = place.path().join("out");
    plan(&show, &out).assert().code(3);
    assert!(bytes(&out).iter().all(|file| !file.is_empty()));
    shotplan().arg("verify").arg(&show).arg(out.join("plan.csv")).assert().code(3);
}

#[test]
fn a_show_without_anybody_ends_with_four_and_nothing() {
    let text = "--- show.toml\n[settings]\nas_of = \"2027-01-04\"\n\
        --- people.csv\nname,department\nAnn,ANI\n\
        --- contracts.csv\nperson,start,end\nAnn,2026-01-05,2026-01-09\n\
        --- tasks.csv\nid,shot,department,days\na,s1,ANI,2\n";
    let (place, show) = written(text);
    let out = place.path().join("out");
    plan(&show, &out).assert().code(4).stderr(predicate::str::contains("nothing could be planned"));
    assert!(!out.exists());
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_the_best_plan() {
    let (place, show) = made("episodic");
    let out = place.path().join("out");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_shotplan"))
        .arg("plan")
        .arg(&show)
        .arg("-o")
        .arg(&out)
        .args(["--time-limit", "60s"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(std::time::Duration::from_secs(5));
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill");
    assert!(sent.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert!(bytes(&out).iter().all(|file| !file.is_empty()));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let (place, show) = written(SMALL);
    let program = env!("CARGO_BIN_EXE_shotplan");
    let (show, out) = (show.display(), place.path().join("out"));
    let line =
        format!("'{program}' plan '{show}' -o '{}' --steps 20 | head -1 >/dev/null", out.display());
    Command::new("sh")
        .args(["-c", &line])
        .assert()
        .success()
        .stderr(predicate::str::contains("error").or(predicate::str::contains("panicked")).not());
    assert!(bytes(&out).iter().all(|file| !file.is_empty()));
    // More than a pipe holds: the program is still writing when nobody reads any more.
    let line = format!("('{program}' schema show; echo \"ended with $?\" >&2) | head -1");
    let told = Command::new("sh").args(["-c", &line]).assert().success();
    told.stdout("{\n").stderr("ended with 0\n");
}

#[test]
fn the_program_describes_itself() {
    for of in ["result", "show"] {
        let told = shotplan().args(["schema", of]).assert().success();
        let schema: serde_json::Value =
            serde_json::from_slice(&told.get_output().stdout).expect("JSON");
        assert!(schema["properties"].is_object(), "{of}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let told = shotplan().args(["completions", shell]).assert().success();
        told.stdout(predicate::str::contains("shotplan"));
    }
    shotplan().arg("man").assert().success().stdout(predicate::str::contains(".TH"));
    let place = tempfile::tempdir().expect("a temporary folder");
    let pages = place.path().join("man");
    shotplan().arg("man").arg("-o").arg(&pages).assert().success();
    assert!(pages.join("shotplan-plan.1").is_file());
}

#[test]
fn the_demonstration_plans_the_show_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("data/productions/episodic").is_dir() {
        println!("command_line::demonstration: skipped: data/productions/episodic is not there");
        return;
    }
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let told = shotplan().args(["demo", "--steps", "20", "-o"]).arg(&out).assert();
    // The plan may miss hard dates of that show; it is there all the same.
    assert!(matches!(told.get_output().status.code(), Some(0 | 3)));
    assert!(bytes(&out).iter().all(|file| !file.is_empty()));
}
