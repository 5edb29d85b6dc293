//! What a script relies on, for every command: input from a pipe, JSON on stdout, a quiet stderr or one
//! of JSON only, and a limit on memory.

use crate::command_line::shotplan;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Output;

/// A show in one JSON file.
const SHOW: &str = r#"{
  "settings": {"name": "small", "as_of": "2027-01-04"},
  "people": [
    {"name": "Ann", "department": "ANI"},
    {"name": "Cai", "department": "CMP"}
  ],
  "tasks": [
    {"id": "a", "shot": "s1", "department": "ANI", "days": 2},
    {"id": "b", "shot": "s1", "department": "CMP", "days": 3, "after": "a"},
    {"id": "c", "shot": "s2", "department": "CMP", "days": 1}
  ]
}"#;

/// A published instance in the smallest of the formats.
const INSTANCE: &str = "3 1\n2\n0 0 1 2\n4 1 1 3\n0 0 0\n";

/// What goes through the pipe.
#[derive(Clone, Copy)]
enum Piped {
    Show,
    Result,
    Shots,
    Bookings,
    Instance,
    Nothing,
}

/// A command as a script calls it; `SHOW`, `RESULT`, `OUT` and `NEW` stand for files and folders.
struct Call {
    words: &'static str,
    piped: Piped,
    /// Prints one JSON document.
    is_json: bool,
    /// Solves something, and so has a limit and progress.
    solves: bool,
}

const fn call(words: &'static str, piped: Piped, is_json: bool, solves: bool) -> Call {
    Call { words, piped, is_json, solves }
}

const CALLS: [Call; 37] = [
    call("plan - -o OUT --steps 0 --format json", Piped::Show, true, true),
    call("check - --format json", Piped::Show, true, false),
    call("verify - RESULT --format json", Piped::Show, true, false),
    call("verify SHOW - --format json", Piped::Result, true, false),
    call("crew - --steps 0 --format json", Piped::Show, true, true),
    call("conflicts - --steps 0 --format json", Piped::Show, true, true),
    call("prices - --format json", Piped::Show, true, false),
    call("cost-report - --steps 0 --format json", Piped::Show, true, true),
    call("cash - --steps 0 --format json", Piped::Show, true, true),
    call("cash - --format json", Piped::Result, true, false),
    call("vendors - --steps 0 --format json", Piped::Show, true, true),
    call("margin - --steps 0 --format json", Piped::Show, true, true),
    call("earned-value - --format json", Piped::Result, true, false),
    call("bids - --steps 0 --format json", Piped::Show, true, true),
    call("weekly - --steps 0 --format json", Piped::Show, true, true),
    call("crew-for - --by 2027-02-26 --steps 0 --format json", Piped::Show, true, true),
    call("date-for - --crew CMP+1 --steps 0 --format json", Piped::Show, true, true),
    call("crunch - --steps 0 --format json", Piped::Show, true, true),
    call("outsource - --scope CMP --steps 0 --format json", Piped::Show, true, true),
    call("budget - --cap total=100000 --steps 0 --format json", Piped::Show, true, true),
    call("tradeoff - --plans 2 --steps 0 --format json", Piped::Show, true, true),
    call("close - -o NEW --steps 0 --format json", Piped::Show, true, true),
    call("import-actuals FOLDER - --dry-run --format json", Piped::Bookings, true, false),
    call("bid SHOW - --steps 0 --format json", Piped::Shots, true, true),
    call("report - -o OUT --format json", Piped::Result, true, false),
    call("solve - --steps 10", Piped::Instance, true, false),
    call("generate --archetype commercial -o NEW --format json", Piped::Nothing, true, false),
    call("schema show", Piped::Nothing, true, false),
    call("batch SHOW -o OUT --steps 0 --format json", Piped::Nothing, true, true),
    call("plan-shards SHOW --shards 1 -o OUT --format json", Piped::Nothing, true, false),
    call("run RUN --format json", Piped::Nothing, true, false),
    call("merge RUN --format json", Piped::Nothing, true, false),
    call("submit RUN --engine local --format json", Piped::Nothing, true, false),
    call("risk - --draws 20 --steps 0 --format json", Piped::Show, true, true),
    call("compare - SCENARIOS -o OUT --steps 0 --format json", Piped::Show, true, true),
    call("sweep - --set add_artists:CMP:0..1 --steps 0 --format json", Piped::Show, true, true),
    call("man", Piped::Nothing, false, false),
];

/// Commands that the table has no call of: they have no show to read, or another test of this kind.
const ELSEWHERE: [&str; 4] = ["demo", "completions", "help", "learn"];

/// Files that calls need.
struct Place {
    folder: tempfile::TempDir,
    show: PathBuf,
    result: PathBuf,
    tables: PathBuf,
    run: PathBuf,
    scenarios: PathBuf,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        let (show, tables, out) = (at("small.json"), at("tables"), at("planned"));
        std::fs::write(&show, SHOW).expect("a show");
        std::fs::create_dir(&tables).expect("a folder");
        let people = "name,department\nAnn,ANI\nCai,CMP\n";
        std::fs::write(tables.join("people.csv"), people).expect("a table");
        let tasks = "shot,department,days\ns1,ANI,2\ns1,CMP,3\n";
        std::fs::write(tables.join("tasks.csv"), tasks).expect("a table");
        let mut plan = shotplan();
        plan.arg("plan").arg(&show).arg("-o").arg(&out).args(["--steps", "0"]).assert().success();
        let result = out.join("result.json");
        let run = folder.path().join("run");
        let mut plan = shotplan();
        plan.arg("plan-shards").arg(&show).arg("-o").arg(&run);
        plan.args(["--shards", "1", "--steps", "0"]).assert().success();
        shotplan().arg("run").arg(&run).assert().success();
        let scenarios = folder.path().join("what-if.toml");
        let edit = "[[scenario.edit]]\nop = \"bid_overrun\"\npercent = \"50%\"\n";
        std::fs::write(&scenarios, format!("[[scenario]]\nname = \"long\"\n{edit}"))
            .expect("scenarios");
        Place { folder, show, result, tables, run, scenarios }
    }

    fn piped(&self, piped: Piped) -> Vec<u8> {
        match piped {
            Piped::Show => SHOW.as_bytes().to_vec(),
            Piped::Result => std::fs::read(&self.result).expect("a result"),
            Piped::Shots => b"shot,class,CMP\nnew,A,2\n".to_vec(),
            Piped::Bookings => b"date,account,amount\n2027-01-04,20-10,10\n".to_vec(),
            Piped::Instance => INSTANCE.as_bytes().to_vec(),
            Piped::Nothing => Vec::new(),
        }
    }

    fn call(&self, call: &Call, number: &str, more: &[&str]) -> Output {
        let fresh = |name: &str| self.folder.path().join(format!("{name}{number}"));
        let mut command = shotplan();
        for word in call.words.split(' ') {
            // A word with blanks in it is written with colons.
            let spaced = word.replace(':', " ");
            match word {
                "SHOW" => command.arg(&self.show),
                "RESULT" => command.arg(&self.result),
                "FOLDER" => command.arg(&self.tables),
                "RUN" => command.arg(&self.run),
                "SCENARIOS" => command.arg(&self.scenarios),
                "OUT" => command.arg(fresh("out")),
                "NEW" => command.arg(fresh("new")),
                _ => command.arg(&spaced),
            };
        }
        command.args(more).write_stdin(self.piped(call.piped));
        command.output().expect("it runs")
    }
}

fn commands() -> BTreeSet<String> {
    let help = shotplan().arg("--help").output().expect("help");
    let help = String::from_utf8(help.stdout).expect("text");
    let commands = help.split("Commands:").nth(1).and_then(|rest| rest.split("\nOptions").next());
    let lines = commands.expect("a list of commands").lines();
    let name = |line: &str| {
        let name = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?;
        name.split_whitespace().next().map(str::to_owned)
    };
    lines.filter_map(name).collect()
}

#[test]
fn every_command_has_a_call_here() {
    let called: BTreeSet<&str> =
        CALLS.iter().filter_map(|call| call.words.split(' ').next()).chain(ELSEWHERE).collect();
    let commands = commands();
    assert!(commands.len() > 20, "{commands:?}");
    let missing: Vec<&String> =
        commands.iter().filter(|name| !called.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "add a row to CALLS for {missing:?}");
}

#[test]
fn every_command_is_quiet_or_tells_json_and_keeps_to_a_limit_of_memory() {
    let place = Place::new();
    for (number, call) in CALLS.iter().enumerate() {
        let quiet = place.call(call, &format!("{number}a"), &["--quiet", "--memory-limit", "4G"]);
        let said = String::from_utf8_lossy(&quiet.stderr);
        let code = quiet.status.code();
        assert_eq!((code, &*said), (Some(0), ""), "{}", call.words);
        if call.is_json {
            let told: Result<serde_json::Value, _> = serde_json::from_slice(&quiet.stdout);
            assert!(told.is_ok(), "{}: {:?}", call.words, String::from_utf8_lossy(&quiet.stdout));
        }

        let told = place.call(call, &format!("{number}b"), &["--progress", "json"]);
        assert_eq!(told.status.code(), code, "{}", call.words);
        let lines = String::from_utf8(told.stderr).expect("text");
        let mut stages = BTreeSet::new();
        for line in lines.lines() {
            let line: serde_json::Value = serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{}: {error}: {line}", call.words));
            let Some(stage) = line["stage"].as_str() else { continue };
            stages.insert(stage.to_owned());
            for (field, most) in [("share", 1.0), ("seconds", 1e6)] {
                let value = line[field].as_f64().expect(field);
                assert!((0.0..=most).contains(&value), "{}: {line}", call.words);
            }
            for field in ["objective", "bound"] {
                assert!(line[field].is_null() || line[field].is_i64(), "{}: {line}", call.words);
            }
        }
        if call.solves {
            assert!(stages.contains("done"), "{}", call.words);
            assert!(stages.len() > 1, "{}: {stages:?}", call.words);
        }

        let none = place.call(call, &format!("{number}c"), &["--progress", "none"]);
        assert_eq!(none.status.code(), code, "{}", call.words);
        if !call.words.contains("NEW") && !call.words.contains("OUT") {
            assert_eq!(none.stdout, quiet.stdout, "{}", call.words);
        }
    }
}

#[test]
fn what_is_solved_has_a_limit_in_steps_and_in_time() {
    for call in CALLS.iter().filter(|call| call.solves) {
        let command = call.words.split(' ').next().expect("a command");
        let help = shotplan().args([command, "--help"]).output().expect("help");
        let help = String::from_utf8(help.stdout).expect("text");
        for flag in ["--steps", "--time-limit"] {
            assert!(help.contains(flag), "{command} has no {flag}");
        }
    }
}

#[test]
fn a_show_from_a_pipe_is_planned_like_the_same_file() {
    let place = Place::new();
    let out = place.folder.path().join("piped");
    let mut plan = shotplan();
    plan.args(["plan", "-", "-o"]).arg(&out).args(["--steps", "0"]).write_stdin(SHOW);
    plan.assert().success();
    assert_eq!(
        std::fs::read(out.join("plan.csv")).expect("a plan"),
        std::fs::read(place.result.with_file_name("plan.csv")).expect("a plan"),
    );
    // A flaw is told with the line it stands in.
    let flawed = SHOW.replace("\"days\": 1", "\"days\": -1");
    let told = shotplan().args(["check", "-"]).write_stdin(flawed).assert().code(1);
    let told = String::from_utf8(told.get_output().stdout.clone()).expect("text");
    assert!(told.contains("stdin.json:10"), "{told}");
    assert!(told.contains("\"days\": -1"), "{told}");
    for wrong in ["", "no json", "{\"tasks\": ["] {
        let told = shotplan().args(["plan", "-", "-o", "x"]).write_stdin(wrong).assert().code(1);
        told.stderr(predicates::str::contains("stdin.json"));
    }
    let two = shotplan().args(["verify", "-", "-"]).write_stdin(SHOW).assert().code(2);
    two.stderr(predicates::str::contains("once only"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_of_memory_ends_a_run_with_words() {
    let show = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/productions/episodic");
    let out = tempfile::tempdir().expect("a temporary folder");
    let out = out.path().join("out");
    let limited = |limit: &str| {
        let mut plan = shotplan();
        plan.arg("plan").arg(&show).arg("-o").arg(&out).args(["--steps", "0", "--memory-limit"]);
        plan.arg(limit).timeout(std::time::Duration::from_secs(120));
        plan.output().expect("it runs")
    };
    // Enough to begin and to read, not to plan at leisure.
    let told = limited("40M");
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(said.contains("memory limit"), "{said}");
    match told.status.code() {
        Some(4) => assert!(!out.exists(), "nothing is half-written"),
        Some(130) => assert!(out.join("result.json").is_file(), "the best plan is kept"),
        code => panic!("{code:?}: {said}"),
    }
    shotplan().args(["check", "x", "--memory-limit", "12"]).assert().code(2);
}
