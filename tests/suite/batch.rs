//! Batches: many shows in one call, in shards, stopped and begun again; always the same bytes.

use crate::command_line::shotplan;
use predicates::prelude::*;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with shows in it.
struct Studio {
    place: TempDir,
}

impl Studio {
    fn new(shows: &[(&str, u32)]) -> Studio {
        let studio = Studio { place: tempfile::tempdir().expect("a temporary folder") };
        for (name, shots) in shows {
            studio.show(name, *shots);
        }
        studio
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// A show of so many shots.
    fn show(&self, name: &str, shots: u32) -> PathBuf {
        let folder = self.at("shows").join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let people = "name,department\nAnn,ANI\nBea,ANI\nCai,CMP\nDee,CMP\n";
        std::fs::write(folder.join("people.csv"), people).expect("a table");
        let mut tasks = "shot,department,days,after\n".to_owned();
        for shot in 0..shots {
            let days = 1 + shot % 4;
            tasks.push_str(&format!("s{shot},ANI,{days},\ns{shot},CMP,2,ANI\n"));
        }
        std::fs::write(folder.join("tasks.csv"), tasks).expect("a table");
        // Dates that not all shots can make, so that there is something to search for.
        let due = (0..shots).map(|shot| format!("s{shot},2027-01-0{}\n", 5 + shot % 4));
        let shots = format!("shot,due\n{}", due.collect::<String>());
        std::fs::write(folder.join("shots.csv"), shots).expect("a table");
        folder
    }

    /// A call in this folder.
    fn call(&self, words: &str) -> assert_cmd::Command {
        let mut command = shotplan();
        command.current_dir(self.place.path()).args(words.split(' ')).arg("--quiet");
        command
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.at(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn rows(&self, name: &str) -> Vec<Value> {
        let text = String::from_utf8(self.bytes(name)).expect("text");
        text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
    }
}

/// All files below a folder, with their bytes.
fn all_files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_owned();
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

fn word(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_else(|| panic!("{field} of {row}")).to_owned()
}

#[test]
fn one_bad_item_never_stops_the_others() {
    let studio = Studio::new(&[("alpha", 3), ("beta", 5), ("gamma", 2)]);
    let tasks = studio.at("shows/beta/tasks.csv");
    std::fs::write(&tasks, "shot,department,days\ns1,ANI,-2\n").expect("a table");
    studio.call("batch shows/* nowhere -o out --steps 5").assert().code(2);
    let rows = studio.rows("out/results.ndjson");
    let told: Vec<_> = rows.iter().map(|row| (word(row, "name"), word(row, "status"))).collect();
    let pair = |name: &str, status: &str| (name.to_owned(), status.to_owned());
    assert_eq!(
        told,
        [
            pair("alpha", "planned"),
            pair("beta", "flawed"),
            pair("gamma", "planned"),
            pair("nowhere", "unreadable"),
        ]
    );
    assert_eq!(word(&rows[1]["issues"][0], "code"), "V04");
    assert_eq!(word(&rows[1]["issues"][0], "file"), "shows/beta/tasks.csv");
    // The folder of an item is what `plan` writes.
    studio.call("plan shows/gamma -o single --steps 5").assert().success();
    for file in ["plan.csv", "crew.csv", "cost_report.csv", "index.html"] {
        assert_eq!(
            studio.bytes(&format!("single/{file}")),
            studio.bytes(&format!("out/items/gamma/{file}")),
            "{file}"
        );
    }
    let table = String::from_utf8(studio.bytes("out/results.csv")).expect("text");
    assert_eq!(table.lines().count(), 5);
    // Without the missing one the worst is the flawed one.
    studio.call("batch shows/* -o out --steps 5").assert().code(1);
}

#[test]
fn what_is_done_is_not_done_again_and_what_changes_is() {
    let studio = Studio::new(&[("alpha", 3), ("beta", 5), ("gamma", 2)]);
    let batch = |more: &str| {
        let call = format!("batch shows/* -o out --rows-only {more}");
        let told = studio.call(call.trim_end()).assert().success();
        String::from_utf8(told.get_output().stdout.clone()).expect("text")
    };
    assert!(!batch("--steps 5").contains("done before"));
    let first = all_files(&studio.at("out"));
    assert!(batch("--steps 5").contains("3 done before"));
    assert!(all_files(&studio.at("out")) == first, "the same bytes");
    studio.show("beta", 6);
    assert!(batch("--steps 5").contains("2 done before"));
    let second = all_files(&studio.at("out"));
    let changed: Vec<String> = first
        .iter()
        .filter(|(name, bytes)| second.get(*name) != Some(bytes))
        .map(|(name, _)| name.display().to_string())
        .filter(|name| name != "results.parquet")
        .collect();
    assert_eq!(changed, ["items/beta/row.json", "results.csv", "results.ndjson"]);
    // Other options are other plans.
    assert!(!batch("--steps 6").contains("done before"));
    // Rows are not enough where pages are wanted.
    let told = studio.call("batch shows/* -o out --steps 6").assert().success();
    told.stdout(predicate::str::contains("done before").not());
    assert!(studio.at("out/items/alpha/index.html").is_file());
    // A row that was cut off is no row.
    std::fs::write(studio.at("out/items/alpha/row.json"), "{\"name\":").expect("a file");
    let told = studio.call("batch shows/* -o out --steps 6").assert().success();
    told.stdout(predicate::str::contains("2 done before"));
}

#[test]
fn threads_and_the_way_to_write_a_list_change_nothing() {
    let shows = [("alpha", 4), ("beta", 2), ("gamma", 7), ("delta", 1)];
    let studio = Studio::new(&shows);
    let list = "# all of them\nshows/alpha\nshows/b*\n\nshows/delta\nshows/gamma\n";
    std::fs::write(studio.at("list.txt"), list).expect("a list");
    let line = |name: &str| format!("{{\"show\": \"shows/{name}\"}}\n");
    let lines = ["alpha", "beta", "delta", "gamma"].map(line).concat();
    std::fs::write(studio.at("list.ndjson"), &lines).expect("a list");
    let table = |name: &str| format!("[[item]]\nshow = \"shows/{name}\"\n");
    let tables = ["alpha", "beta", "delta", "gamma"].map(table).concat();
    std::fs::write(studio.at("list.toml"), tables).expect("a list");
    let mut results = Vec::new();
    for (number, source) in
        ["shows/*", "list.txt", "list.ndjson", "list.toml", "-"].into_iter().enumerate()
    {
        let threads = 1 + number % 3;
        let call = format!(
            "batch {source} -o out{number} --rows-only --steps 20 --threads {threads} --format json"
        );
        let told = studio.call(&call).write_stdin(lines.clone()).assert().success();
        let rows = studio.bytes(&format!("out{number}/results.ndjson"));
        assert!(told.get_output().stdout == rows, "{source}: rows in their order on stdout");
        results.push(rows);
    }
    assert!(results.iter().all(|rows| *rows == results[0]));
    assert_eq!(studio.rows("out0/results.ndjson").len(), 4);
}

#[test]
fn items_have_their_own_options_and_seeds() {
    let studio = Studio::new(&[("alpha", 4)]);
    let list = "{\"show\": \"shows/alpha\"}\n\
        {\"show\": \"shows/alpha\", \"seed\": 3}\n\
        {\"show\": \"shows/alpha\", \"name\": \"dear\", \"mode\": \"deliver\", \"steps\": 2}\n";
    std::fs::write(studio.at("list.ndjson"), list).expect("a list");
    studio.call("batch list.ndjson -o out --rows-only --steps 4 --run-seed 9").assert().success();
    let rows = studio.rows("out/results.ndjson");
    let names: Vec<String> = rows.iter().map(|row| word(row, "name")).collect();
    assert_eq!(names, ["alpha", "alpha-2", "dear"]);
    assert_eq!(rows[0]["seed"], shotplan::batch::own_seed(9, "alpha"));
    assert_eq!(rows[1]["seed"], 3);
    assert_eq!(word(&rows[2], "mode"), "deliver");
    assert_eq!((&rows[1]["steps"], &rows[2]["steps"]), (&4.into(), &2.into()));
}

#[test]
fn everything_wrong_with_a_list_is_told_before_anything_is_planned() {
    let studio = Studio::new(&[("alpha", 1)]);
    let list = "{\"show\": \"shows/alpha\", \"sed\": 1}\n\
        not json\n\
        {\"show\": \"shows/alpha\", \"mode\": \"fast\"}\n\
        {\"show\": \"shows/alpha\", \"time_limit\": \"soon\"}\n\
        {\"show\": \"shows/alpha\", \"steps\": 1, \"time_limit\": 3}\n\
        {\"show\": \"shows/alpha\", \"name\": \"x\"}\n\
        {\"show\": \"shows/alpha\", \"name\": \"X\"}\n";
    std::fs::write(studio.at("list.ndjson"), list).expect("a list");
    let told = studio.call("batch list.ndjson none/* -o out --format json").assert().code(1);
    let told: Vec<Value> =
        serde_json::from_slice(&told.get_output().stdout).expect("a list of issues");
    let lines: Vec<Option<u64>> = told.iter().map(|issue| issue["line"].as_u64()).collect();
    assert_eq!(lines, [Some(1), Some(2), Some(3), Some(4), Some(5), Some(7), None]);
    assert!(!studio.at("out").exists());
    std::fs::write(studio.at("list.toml"), "[[item]]\nname = \"a\"\n").expect("a list");
    let told = studio.call("batch list.toml -o out").assert().code(1);
    told.stderr(predicate::str::contains("list.toml:1").and(predicate::str::contains("show")));
    for wrong in ["[[item]\n", "", "\u{0}"] {
        std::fs::write(studio.at("list.toml"), wrong).expect("a list");
        studio.call("batch list.toml -o out").assert().code(1);
    }
    std::fs::write(studio.at("list.txt"), [0xff, 0xfe, 0x41]).expect("a list");
    studio.call("batch list.txt -o out").assert().code(1);
}

/// Waits until so many items are done, at most a minute.
#[cfg(unix)]
fn wait_for(out: &Path, items: usize) {
    for _ in 0..6_000 {
        let done = std::fs::read_dir(out.join("items")).into_iter().flatten().flatten();
        if done.filter(|entry| entry.path().join("row.json").is_file()).count() >= items {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("no item was done in a minute");
}

#[cfg(unix)]
#[test]
fn a_batch_that_is_stopped_or_killed_goes_on_to_the_same_bytes() {
    let shows: Vec<(String, u32)> = (0..6).map(|show| (format!("show{show}"), 30)).collect();
    let shows: Vec<(&str, u32)> = shows.iter().map(|(name, shots)| (&**name, *shots)).collect();
    let studio = Studio::new(&shows);
    let words = "--steps 600 --threads 1";
    studio.call(&format!("batch shows/* -o whole {words}")).assert().success();
    let whole = all_files(&studio.at("whole"));
    for (out, signal) in [("stopped", "INT"), ("killed", "KILL")] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_shotplan"))
            .current_dir(studio.place.path())
            .args(format!("batch shows/* -o {out} {words} --quiet").split(' '))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it runs");
        wait_for(&studio.at(out), 2);
        let mut kill = std::process::Command::new("kill");
        kill.args(["-s", signal, &child.id().to_string()]).status().expect("kill");
        let status = child.wait().expect("it ends");
        let done = all_files(&studio.at(out));
        for (name, bytes) in &done {
            let is_row = name.ends_with("row.json");
            assert!(!is_row || bytes.ends_with(b"}\n"), "{} is half-written", name.display());
        }
        if signal == "INT" {
            assert_eq!(status.code(), Some(130));
            let rows = studio.rows(&format!("{out}/results.ndjson")).len();
            assert!((2..6).contains(&rows), "the results have what is done: {rows}");
        } else {
            assert!(status.code().is_none(), "it was killed");
            assert!(!studio.at(&format!("{out}/results.ndjson")).exists());
        }
        studio.call(&format!("batch shows/* -o {out} {words}")).assert().success();
        let mut again = all_files(&studio.at(out));
        again.retain(|name, _| !name.to_string_lossy().contains(".shotplan-"));
        assert!(again == whole, "{signal}");
    }
}

/// Shards of a run in the order given, and what merging makes of them.
fn sharded(studio: &Studio, items: &str, run: &str, shards: usize, order: &[usize]) {
    let plan = format!("plan-shards {items} --shards {shards} -o {run} --steps 3 --rows-only");
    studio.call(&plan).assert().success();
    for shard in order {
        studio.call(&format!("run {run} --shard {shard}/{shards}")).assert().success();
    }
    studio.call(&format!("merge {run}")).assert().success();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn shards_merge_into_the_bytes_of_one_batch(
        sizes in prop::collection::vec(0_u32..5, 1..7),
        shards in 1_usize..9,
        turn in 0_usize..8,
        copy in any::<bool>(),
    ) {
        let names: Vec<String> = (0..sizes.len()).map(|show| format!("show{show}")).collect();
        let shows: Vec<(&str, u32)> =
            names.iter().zip(&sizes).map(|(name, &size)| (&**name, size)).collect();
        // A show without shots is flawed, and one is not there at all.
        let studio = Studio::new(&shows);
        let items = "shows/* missing";
        let batch = format!("batch {items} -o whole --steps 3 --rows-only");
        studio.call(&batch).assert().code(2);
        let items = if copy { format!("{items} --copy") } else { items.to_owned() };
        let mut order: Vec<usize> = (0..shards).collect();
        order.rotate_left(turn % shards);
        sharded(&studio, &items, "run", shards, &order);
        for file in ["results.ndjson", "results.csv"] {
            prop_assert!(
                studio.bytes(&format!("whole/{file}")) == studio.bytes(&format!("run/{file}")),
                "{} in {} shards", file, shards
            );
        }
        let before = all_files(&studio.at("run"));
        sharded(&studio, &items, "run", shards, &order);
        prop_assert!(all_files(&studio.at("run")) == before, "once more changes nothing");
    }
}

#[test]
fn missing_and_broken_shards_are_named_and_run_again() {
    let studio = Studio::new(&[("alpha", 2), ("beta", 3), ("gamma", 2), ("delta", 4)]);
    studio.call("batch shows/* -o whole --steps 3 --rows-only").assert().success();
    studio.call("plan-shards shows/* --shards 4 -o run --steps 3 --rows-only").assert().success();
    let shard = |number: usize| format!("run/shards/{number:05}.ndjson");
    for number in [0, 1, 3] {
        studio.call(&format!("run run --shard {number}")).assert().success();
    }
    let cut = studio.bytes(&shard(1));
    std::fs::write(studio.at(&shard(1)), &cut[..cut.len() - 5]).expect("a shard");
    let other = String::from_utf8(studio.bytes(&shard(3))).expect("text");
    let mut changed = other.replace("\"unplaced\":0", "\"unplaced\":1");
    assert_ne!(changed, other);
    std::fs::write(studio.at(&shard(3)), &changed).expect("a shard");
    let told = studio.call("merge run --format json").assert().code(1);
    let told: Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
    let numbers: Vec<u64> = told["missing"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|missing| missing["shard"].as_u64())
        .collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert!(!studio.at("run/results.ndjson").exists(), "nothing was written");
    studio.call("merge run --partial -o some").assert().success();
    assert_eq!(studio.rows("some/results.ndjson").len(), 1);
    // The same calls mend what is broken, and leave alone what is whole.
    for number in 0..4 {
        studio.call(&format!("run run --shard {number}/4")).assert().success();
    }
    studio.call("merge run").assert().success();
    assert!(studio.bytes("run/results.ndjson") == studio.bytes("whole/results.ndjson"));
    // A shard of another run is none of this one.
    changed = other.replacen("\"run\":\"", "\"run\":\"0", 1);
    std::fs::write(studio.at(&shard(3)), &changed).expect("a shard");
    studio.call("merge run").assert().code(1).stderr(predicate::str::contains("another run"));
}

#[test]
fn a_shard_is_that_of_the_scheduler() {
    let studio = Studio::new(&[("alpha", 2), ("beta", 3)]);
    studio.call("plan-shards shows/* --shards 2 -o run --steps 3 --rows-only").assert().success();
    let ran = |name: &str, value: &str| {
        let told = studio.call("run run --format json").env(name, value).assert().success();
        let told: Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
        (told["shards"][0]["shard"].clone(), word(&told["shards"][0], "state"))
    };
    assert_eq!(ran("SLURM_ARRAY_TASK_ID", "1"), (1.into(), "done".to_owned()));
    assert_eq!(ran("JOB_COMPLETION_INDEX", "1"), (1.into(), "done before".to_owned()));
    assert_eq!(ran("SGE_TASK_ID", "1"), (0.into(), "done".to_owned()));
    for (name, value) in [("SLURM_ARRAY_TASK_ID", "2"), ("SGE_TASK_ID", "0")] {
        studio.call("run run").env(name, value).assert().code(2);
    }
    for wrong in ["2/2", "0/3", "x", "1/0", "-1"] {
        studio.call(&format!("run run --shard {wrong}")).assert().code(2);
    }
    // Without a shard all of them are run.
    studio.call("run run").assert().success();
    studio.call("merge run").assert().success();
}

#[test]
fn a_run_whose_shows_or_manifest_changed_is_refused() {
    let studio = Studio::new(&[("alpha", 2), ("beta", 3)]);
    studio.call("plan-shards shows/* --shards 2 -o run --steps 3 --rows-only").assert().success();
    studio.call("run run --shard 0").assert().success();
    studio.show("beta", 4);
    let told = studio.call("run run --shard 1").assert().code(2);
    told.stderr(predicate::str::contains("changed since the shards were planned: beta"));
    studio.call("merge run").assert().code(1);
    // Planned again the folder holds another run's shards.
    let plan = "plan-shards shows/* --shards 2 -o run --steps 3 --rows-only";
    studio.call(plan).assert().code(2).stderr(predicate::str::contains("another run"));
    let manifest = String::from_utf8(studio.bytes("run/manifest.json")).expect("text");
    for (from, to) in [
        ("\"steps\": 3", "\"steps\": 4"),
        ("\"name\": \"alpha\"", "\"name\": \"../../alpha\""),
        ("\"version\": 1", "\"version\": 2"),
        ("{", "["),
    ] {
        let changed = manifest.replacen(from, to, 1);
        assert_ne!(changed, manifest, "{from}");
        std::fs::write(studio.at("run/manifest.json"), changed).expect("a manifest");
        studio.call("run run --shard 0").assert().code(2);
        studio.call("merge run").assert().code(2);
    }
}

#[test]
fn scenarios_are_items_with_the_measures_of_a_comparison() {
    use shotplan::compare::Beginning;
    use shotplan::pipeline::{Request, ready, scenario_row};
    use shotplan::solve::Limit;

    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let (show, file) = (data.join("productions/handmade"), data.join("scenarios/handmade.toml"));
    let studio = Studio::new(&[]);
    let words = format!("{} --scenarios {} --steps 8", show.display(), file.display());
    studio.call(&format!("batch {words} -o whole --threads 2")).assert().success();
    let rows = studio.rows("whole/results.ndjson");

    let request = Request { mode: None, seed: None, threads: 1, limit: Limit::Steps(8) };
    let ready = ready(&show, &file, None, &request).expect("files").expect("a sound show");
    let beginning = Beginning::new(&ready.production, &ready.options, &()).expect("a plan");
    assert_eq!(rows.len(), ready.scenarios.len());
    for (row, scenario) in rows.iter().zip(&ready.scenarios) {
        assert_eq!(word(row, "scenario"), scenario.name);
        let found = scenario_row(&beginning, scenario, &ready.options, &());
        let measures = serde_json::to_value(found.measures.expect("measures")).expect("JSON");
        assert_eq!(row["measures"], measures, "{}", scenario.name);
        assert_eq!(row["efc"], measures["final_cost"]);
    }

    // In shards, each with its own beginning, and nothing of the studio's disk but the run.
    studio.call(&format!("plan-shards {words} --shards 3 --copy -o run")).assert().success();
    studio.call("run run").assert().success();
    studio.call("merge run").assert().success();
    assert!(studio.bytes("run/results.ndjson") == studio.bytes("whole/results.ndjson"));
    studio.call(&format!("batch {words} -o whole")).assert().success();
    assert!(studio.bytes("run/results.ndjson") == studio.bytes("whole/results.ndjson"));

    // A scenario that is not there is the row's fault, a flawed file of scenarios that of the list.
    let item = |scenario: &str, file: &Path| {
        serde_json::json!({ "show": show, "scenarios": file, "scenario": scenario }).to_string()
    };
    let list = [item("no flight", &file), item("no such", &file)].join("\n");
    std::fs::write(studio.at("list.ndjson"), list).expect("a list");
    studio.call("batch list.ndjson -o out --steps 8").assert().code(1);
    let some = studio.rows("out/results.ndjson");
    assert_eq!((word(&some[0], "status"), word(&some[1], "status")), {
        (word(&rows[5], "status"), "flawed".to_owned())
    });
    assert_eq!(some[0]["measures"], rows[5]["measures"]);
    let flawed = "[[scenario]]\nname = \"a\"\n[[scenario.edit]]\nop = \"omit\"\nshots = \"nix\"\n";
    std::fs::write(studio.at("flawed.toml"), flawed).expect("a file");
    let call = format!("batch {} --scenarios flawed.toml -o out --steps 8", show.display());
    let told = studio.call(&call).assert().code(1);
    told.stderr(predicate::str::contains("flawed.toml:5"));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_has_what_the_rows_have() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let studio = Studio::new(&[("alpha", 4), ("beta", 2)]);
    let tasks = studio.at("shows/beta/tasks.csv");
    std::fs::write(&tasks, "shot,department,days\ns1,ANI,-2\n").expect("a table");
    studio.call("batch shows/* missing -o out --steps 5 --rows-only").assert().code(2);
    let rows = studio.rows("out/results.ndjson");
    let file = std::fs::File::open(studio.at("out/results.parquet")).expect("a file");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let mut read = 0;
    for (row, written) in rows.iter().zip(reader.get_row_iter(None).expect("rows")) {
        let written = written.expect("a row");
        let mut seen = 0;
        for (name, field) in written.get_column_iter() {
            let wanted = &row[name.as_str()];
            seen += usize::from(!wanted.is_null());
            let told = match field {
                Field::Null => Value::Null,
                Field::Bool(flag) => (*flag).into(),
                Field::Int(number) => (*number).into(),
                Field::Long(number) => (*number).into(),
                Field::Double(number) => (*number).into(),
                Field::Str(text) if name == "issues" => serde_json::from_str(text).expect("JSON"),
                Field::Str(text) => text.clone().into(),
                Field::Date(days) => {
                    let epoch = jiff::civil::date(1970, 1, 1);
                    epoch
                        .saturating_add(jiff::Span::new().days(i64::from(*days)))
                        .to_string()
                        .into()
                }
                other => panic!("{name}: {other:?}"),
            };
            assert_eq!(&told, wanted, "{name}");
        }
        assert!(seen > 6, "{row}");
        read += 1;
    }
    assert_eq!((read, rows.len()), (3, 3));
}
