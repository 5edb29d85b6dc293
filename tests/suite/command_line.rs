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
fn crew_and_prices_are_told_in_words_and_in_json() {
    let show = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/productions/commercial");
    let json = |command: &str, more: &[&str]| -> serde_json::Value {
        let told = shotplan().arg(command).arg(&show).args(more).args(["--format", "json"]).ok();
        let told = told.unwrap_or_else(|error| panic!("{command}: {error}"));
        serde_json::from_slice(&told.stdout).expect("JSON")
    };
    let crew = json("crew", &["--steps", "0"]);
    let weeks = crew["weeks"].as_array().expect("weeks").len();
    for row in crew["departments"].as_array().expect("departments") {
        assert_eq!(row["gap"].as_array().map(Vec::len), Some(weeks));
    }
    let prices = json("prices", &["--most", "2"]);
    assert!(prices["prices"].as_array().is_some_and(|rows| rows.len() <= 2));

    let told = shotplan().arg("crew").arg(&show).args(["--steps", "0"]).assert().success();
    told.stdout(predicate::str::contains("Hire").and(predicate::str::contains("Release")));
    let told = shotplan().arg("prices").arg(&show).assert().success();
    told.stdout(predicate::str::contains("one more artist"));
    shotplan().args(["prices", "no_such_show"]).assert().code(2);
    let (_place, flawed) = written(
        "--- people.csv\nname,department\nAnn,ANI\n--- tasks.csv\nid,shot,department,days\na,s1,ANI,-2\n",
    );
    for command in ["prices", "crew"] {
        shotplan().arg(command).arg(&flawed).assert().code(1);
    }
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

/// Two hundred tasks without a bid, and one whose artist does not exist.
const WARNINGS: usize = 200;

fn many_warnings() -> (TempDir, PathBuf) {
    let mut text = "--- people.csv\nname,department\nAnn,CMP\n\
        --- tasks.csv\nid,shot,department,days,assigned\n"
        .to_owned();
    for task in 0..WARNINGS {
        text.push_str(&format!("t{task},s{task},CMP,,\n"));
    }
    text.push_str("last,s1,CMP,1,Nobody\n");
    written(&text)
}

#[test]
fn one_error_among_many_warnings_is_the_last_thing_said() {
    let (place, show) = many_warnings();
    let flawed = plan(&show, &place.path().join("out")).assert().code(1);
    let said = String::from_utf8(flawed.get_output().stderr.clone()).expect("text");
    let checked = shotplan().arg("check").arg(&show).assert().code(1);
    let listed = String::from_utf8(checked.get_output().stdout.clone()).expect("text");
    for text in [said, listed] {
        let error = text.find("error[V02]").expect("the error");
        assert!(text.rfind("warning[").expect("warnings") < error, "{text}");
        assert!(text.contains("199 more of this kind"), "{text}");
        assert!(text.lines().count() < 30, "{text}");
    }
    let all = shotplan().arg("check").arg(&show).arg("--all").assert().code(1);
    let all = String::from_utf8(all.get_output().stdout.clone()).expect("text");
    assert_eq!(all.matches("warning[V16]").count(), WARNINGS);
}

#[test]
fn a_cell_that_cannot_be_read_is_told_once() {
    for (cell, code) in [("-3", "V04"), ("NaN", "V04"), ("1e400", "V04"), ("3 apples", "R09")] {
        let (_place, show) = written(&SMALL.replace("ANI,2,", &format!("ANI,{cell},")));
        let told = shotplan().arg("check").arg(&show).args(["--format", "json"]).assert().code(1);
        let told: serde_json::Value =
            serde_json::from_slice(&told.get_output().stdout).expect("JSON");
        let issues = told["issues"].as_array().expect("a list");
        let codes: Vec<&str> = issues.iter().filter_map(|issue| issue["code"].as_str()).collect();
        assert_eq!(codes, [code], "{cell}");
        assert_eq!((&issues[0]["line"], &issues[0]["column"]), (&2.into(), &4.into()), "{cell}");
    }
}

#[test]
fn what_stands_in_the_way_of_results_is_told_before_the_work() {
    let (place, show) = written(SMALL);
    let file = place.path().join("file");
    std::fs::write(&file, "mine").expect("a file");
    let taken = place.path().join("taken");
    std::fs::create_dir_all(taken.join("plan.csv")).expect("a folder");
    for out in [file.clone(), file.join("below"), taken] {
        let mut call = shotplan();
        call.arg("plan").arg(&show).arg("-o").arg(&out).args(["--time-limit", "1h"]);
        call.timeout(std::time::Duration::from_secs(60));
        call.assert().code(2).stderr(predicate::str::contains("is in the way"));
    }
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "mine");
}

#[test]
fn absurd_limits_are_refused_with_the_way_to_write_them() {
    let (place, show) = written(SMALL);
    let out = place.path().join("out");
    for (flag, value, way) in [
        ("--steps", "-1", "write a number of steps"),
        ("--steps", "many", "write a number of steps"),
        ("--steps", "99999999999999999999", "write a number of steps"),
        ("--time-limit", "0", "the time must be above 0"),
        ("--time-limit", "0s", "the time must be above 0"),
        ("--time-limit", "-3s", "the time must be above 0"),
        ("--threads", "-1", "write a number of threads"),
        ("--threads", "100000", "write a number of threads"),
    ] {
        let mut call = shotplan();
        call.arg("plan").arg(&show).arg("-o").arg(&out).args([flag, value]);
        call.assert().code(2).stderr(predicate::str::contains(way));
    }
    assert!(!out.exists());
}

#[test]
fn numbers_that_make_no_sense_are_refused_with_the_way_to_write_them() {
    let (_place, show) = written(SMALL);
    let show = show.to_str().expect("a name");
    let count = "write a whole number above 0";
    let number = "write a whole number that is not negative";
    for (call, way) in [
        (&["tradeoff", show, "--plans", "-3"][..], count),
        (&["tradeoff", show, "--plans", "0"], count),
        (&["tradeoff", show, "--confidence", "-5"], "-5 is not in 1..=99"),
        (&["tradeoff", show, "--draws", "-5"], "write a number of draws"),
        (&["prices", show, "--most", "0"], count),
        (&["prices", show, "--most", "-1"], count),
        (&["conflicts", show, "--seed", "-1"], number),
        (&["conflicts", show, "--seed", "soon"], number),
        (&["outsource", show, "--scope", ""], "the scope is empty"),
        (&["bid", show, "shots.csv", "--margin", "-5%"], "write a share from 0% to 95%"),
        (&["plan", show, "-o", "out", "--keep", "old.json", "--freeze", "-2"], number),
        (&["solve", "j301_1.sm", "--deadline", "-1"], number),
        (&["solve", "j301_1.sm", "--time-limit", "-1"], "the time must be above 0"),
        (
            &["generate", "--archetype", "commercial", "-o", "new", "--as-of", "-1"],
            "from 0% to 95%",
        ),
    ] {
        shotplan().args(call).assert().code(2).stderr(predicate::str::contains(way));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_output_is_told() {
    let (_place, show) = written(SMALL);
    for call in [&["schema"][..], &["check", show.to_str().expect("a name")]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_shotplan"))
            .args(call)
            .stdout(full)
            .output()
            .expect("it runs");
        assert_eq!(done.status.code(), Some(2));
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(said.contains("the output cannot be written"), "{said}");
    }
}

/// The columns of a plan that somebody keeps in a spreadsheet, in their order.
type Columns = [&'static str; 5];

#[test]
fn plans_from_spreadsheets_are_read_as_they_come() {
    let (place, show) = written(SMALL);
    // a: Ann, 4 to 6 January; b: Cai, 7 to 12; c: Cai, 13 to 14 (85 % of a day is productive).
    let rows = [("a", "Ann", 4, 6), ("b", "Cai", 7, 12), ("c", "Cai", 13, 14)];
    let iso = |day: i64| format!("2027-01-{day:02}");
    let german = |day: i64| format!("{day:02}.01.2027");
    let short = |day: i64| format!("{day}-Jan-27");
    let serial = |day: i64| format!("{}", 46_387 + day);
    type Writing<'w> = (&'w str, &'w dyn Fn(i64) -> String, &'w str, &'w str, Columns);
    let usual: Columns = ["Task", "Artist", "Start", "End", "Remark"];
    let turned: Columns = ["Remark", "End", "Artist", "Task", "Start"];
    let ways: [Writing<'_>; 4] = [
        (",", &iso, "\n", "", usual),
        (";", &german, "\r\n", "\u{feff}", turned),
        ("\t", &short, "\r\n", "", turned),
        (",", &serial, "\r\n", "\u{feff}", usual),
    ];
    let file = place.path().join("by hand.csv");
    let mut verdicts = Vec::new();
    for (mark, date, end, bom, columns) in ways {
        let mut text = format!("{bom}{}{end}", columns.join(mark));
        for (task, artist, from, to) in rows {
            let cell = |column: &str| match column {
                "Task" => task.to_owned(),
                "Artist" => artist.to_owned(),
                "Start" => date(from),
                "End" => date(to),
                _ => "call Ann first".to_owned(),
            };
            text.push_str(&columns.map(cell).join(mark));
            text.push_str(end);
        }
        std::fs::write(&file, &text).expect("a plan");
        let told = shotplan().arg("verify").arg(&show).arg(&file).args(["--format", "json"]).ok();
        let told = told.unwrap_or_else(|error| panic!("{text}{error}"));
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
        assert_eq!(told["valid"], true, "{text}{told}");
        verdicts.push(told["objective"].clone());
    }
    assert!(verdicts.iter().all(|value| *value == verdicts[0]), "{verdicts:?}");
    // A wrong cell is named with its line, whatever ends the lines.
    let text =
        "task,artist,start,end\r\n\r\na,Ann,2027-01-04,2027-01-06\r\nb,Cai,soon,2027-01-12\r\n";
    std::fs::write(&file, text).expect("a plan");
    let told = shotplan().arg("verify").arg(&show).arg(&file).assert().code(1);
    told.stdout(predicate::str::contains("by hand.csv:4:7"));
}

#[test]
fn a_result_that_cannot_be_judged_is_told_as_such() {
    let (place, show) = written(SMALL);
    let out = planned(&show, &place);
    let result = std::fs::read_to_string(out.join("result.json")).expect("a result");
    let (other, elsewhere) = written(
        "--- show.toml\n[settings]\nas_of = 2027-03-01\n--- people.csv\nname,department\nZoe,FX\n\
         --- tasks.csv\nshot,department,days\nz1,FX,2\n",
    );
    let version = format!("\"version\":{}", shotplan::result::VERSION);
    let newer = result.replacen(&version, "\"version\":99", 1);
    for (text, show, word) in [
        (&result[..result.len() / 2], &show, "not a saved result"),
        (newer.as_str(), &show, "newer program"),
        (result.as_str(), &elsewhere, "the show it was made for"),
        ("[1, 2]", &show, "not a saved result"),
        ("", &show, "not a saved result"),
    ] {
        let file = other.path().join("result.json");
        std::fs::write(&file, text).expect("a file");
        let told = shotplan().arg("verify").arg(show).arg(&file).assert().code(1);
        told.stdout(predicate::str::contains(word));
    }
    let table = shotplan().arg("verify").arg(&elsewhere).arg(out.join("plan.csv")).assert().code(1);
    table.stdout(predicate::str::contains("the task `a` is not defined"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_the_best_plan() {
    let (place, show) = made("episodic");
    // Ctrl-C, and the end of a job that runs on when its terminal is closed.
    let starts = [("-INT", ""), ("-TERM", "trap '' HUP; ")];
    let mut running = Vec::new();
    for (signal, before) in starts {
        let out = place.path().join(format!("out{signal}"));
        let line = format!(
            "{before}exec '{}' plan '{}' -o '{}' --time-limit 60s",
            env!("CARGO_BIN_EXE_shotplan"),
            show.display(),
            out.display()
        );
        let child = std::process::Command::new("sh")
            .args(["-c", &line])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts");
        running.push((signal, out, child));
    }
    std::thread::sleep(std::time::Duration::from_secs(6));
    for (signal, out, child) in running {
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill").args([signal, &id]).status().expect("kill");
        assert!(sent.success());
        let ended = child.wait_with_output().expect("it ends");
        assert_eq!(ended.status.code(), Some(130), "{signal}");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(told.matches("with the best plan so far").count(), 1, "{signal}: {told}");
        assert!(bytes(&out).iter().all(|file| !file.is_empty()));
    }
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

/// The indented block after the first line of the README that is exactly `line`.
fn block_after(readme: &str, line: &str) -> String {
    let (_, rest) = readme.split_once(&format!("\n{line}\n")).expect(line);
    let block = rest.lines().skip_while(|line| line.is_empty());
    let block = block.take_while(|line| line.is_empty() || line.starts_with("    "));
    block.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_show_in_the_readme_can_be_planned_as_it_stands_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    let place = tempfile::tempdir().expect("a temporary folder");
    let show = place.path().join("my_show");
    std::fs::create_dir(&show).expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(show.join(name), text).expect("a file");
    write("tasks.csv", &block_after(&readme, "`tasks.csv`"));
    write("people.csv", &block_after(&readme, "`people.csv`"));
    let call = |words: &[&str]| shotplan().current_dir(place.path()).args(words).assert();
    call(&["check", "my_show"]).success().stdout(predicate::str::contains("0 errors, 0 warnings"));
    call(&["plan", "my_show", "-o", "out", "--steps", "20"]).success();
    assert!(bytes(&place.path().join("out")).iter().all(|file| !file.is_empty()));

    write("show.toml", &block_after(&readme, "belongs to the whole show:"));
    write("shots.csv", "shot,due\n010_0010,2027-02-20\n");
    write("contracts.csv", "person,rate,basis\nAda,300,day\n");
    write("leave.csv", "person,from,to\nBo,2027-02-03,2027-02-04\n");
    call(&["check", "my_show"]).success();
    let told = call(&["plan", "my_show", "-o", "out", "--steps", "20"]).success();
    told.stdout(predicate::str::contains("My show · plan as of Mon 1 Feb 2027"));
    call(&["verify", "my_show", "out/plan.csv"]).success();

    // Every command and flag that the README names is one.
    for line in readme.lines().filter(|line| line.starts_with("| `")) {
        let cell = line.split("` |").next().expect("a cell").trim_start_matches("| `");
        let command = cell.split(' ').next().expect("a command");
        let help = shotplan().args([command, "--help"]).ok();
        let Ok(help) = help else { continue };
        let help = String::from_utf8(help.stdout).expect("text");
        let flags = line.split('`').flat_map(|part| part.split([' ', '·']));
        for flag in flags.filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag), "{command} has no {flag}");
        }
    }
}

#[test]
fn results_that_cannot_all_be_written_leave_the_old_ones_as_they_were() {
    let (place, show) = written(SMALL);
    let out = planned(&show, &place);
    std::fs::write(out.join("notes.txt"), "mine").expect("a file");
    // One of the files is a folder now: nothing may change, for `plan` and for `report`.
    std::fs::remove_file(out.join("crew.csv")).expect("there");
    std::fs::create_dir(out.join("crew.csv")).expect("a folder");
    let others = ["cost_report.csv", "index.html", "plan.csv", "result.json", "notes.txt"];
    let read = || others.map(|name| std::fs::read(out.join(name)).expect(name));
    let before = read();
    let changed = SMALL.replace("b,s1,CMP,3,a,", "b,s1,CMP,5,a,");
    for (name, content) in support::files(&changed) {
        std::fs::write(show.join(name), content).expect("a file");
    }
    plan(&show, &out).assert().code(2).stderr(predicate::str::contains("crew.csv"));
    shotplan().arg("report").arg(out.join("result.json")).assert().code(2);
    assert!(read() == before);
    let names = std::fs::read_dir(&out).expect("a folder").count();
    assert_eq!(names, 6, "something was left behind");
    // With the way free again, half of the old results are replaced whole.
    std::fs::remove_dir(out.join("crew.csv")).expect("there");
    plan(&show, &out).assert().success();
    assert!(bytes(&out).iter().all(|file| !file.is_empty()));
    assert!(read()[3] != before[3]);
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
    told.success().stdout(predicate::str::contains("Look at it in a browser"));
    assert!(bytes(&out).iter().all(|file| !file.is_empty()));
}
