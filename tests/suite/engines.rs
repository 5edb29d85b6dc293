//! Jobs for schedulers: what is written, and that this machine's own runs. `tests/cluster/run` starts
//! real ones.

use crate::command_line::shotplan;
use predicates::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const HOUSE: &str = "data/farm/house.toml";

/// A run of three shows in four shards, in a folder with a difficult name.
fn run() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut shows = Vec::new();
    for show in ["alpha", "beta", "gamma"] {
        let folder = place.path().join(show);
        std::fs::create_dir(&folder).expect("a folder");
        let people = "name,department\nAnn,ANI\n";
        std::fs::write(folder.join("people.csv"), people).expect("a table");
        let tasks = "shot,department,days\ns1,ANI,2\ns2,ANI,1\n";
        std::fs::write(folder.join("tasks.csv"), tasks).expect("a table");
        shows.push(folder);
    }
    let run = place.path().join("it's a <run> & $(more)");
    let mut plan = shotplan();
    plan.arg("plan-shards").args(&shows).args(["--shards", "4", "--steps", "2", "--copy", "-o"]);
    plan.arg(&run).assert().success();
    let mut batch = shotplan();
    batch.arg("batch").args(&shows).args(["--steps", "2", "-o"]).arg(place.path().join("whole"));
    batch.assert().success();
    (place, run)
}

/// The files that `submit --dry-run` writes, by name.
fn job(run: &Path, engine: &str, house: bool) -> (PathBuf, Value) {
    let mut submit = shotplan();
    submit.arg("submit").arg(run).args(["--engine", engine, "--dry-run", "--format", "json"]);
    if house {
        submit.arg("--house").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(HOUSE));
    }
    let told = submit.assert().success();
    let told: Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
    assert_eq!(told["started"], false);
    (PathBuf::from(told["folder"].as_str().expect("a folder")), told)
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn scripts_of_all_schedulers_are_sound() {
    let (_place, run) = run();
    for engine in ["local", "slurm", "openjd", "opencue", "kubernetes"] {
        for house in [true, false] {
            if engine == "kubernetes" && !house {
                continue;
            }
            let (folder, told) = job(&run, engine, house);
            for name in told["files"].as_array().expect("files") {
                let name = name.as_str().expect("a name");
                let text = read(&folder, name);
                if name.ends_with(".sh") {
                    let file = folder.join(name);
                    let sound = std::process::Command::new("sh").arg("-n").arg(file).status();
                    assert!(sound.expect("sh").success(), "{engine}/{name}:\n{text}");
                }
                if name.ends_with(".json") {
                    serde_json::from_str::<Value>(&text).expect(name);
                }
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn this_machine_runs_all_shards_and_merges_them() {
    let (place, run) = run();
    let mut submit = shotplan();
    submit.arg("submit").arg(&run).args(["--engine", "local", "--quiet"]);
    let told = submit.assert().success();
    told.stdout(predicate::str::contains("3 of 3 items done"));
    for file in ["results.ndjson", "results.csv"] {
        let whole = std::fs::read(place.path().join("whole").join(file)).expect("results");
        assert!(whole == std::fs::read(run.join(file)).expect("results"), "{file}");
    }
    // A shard that cannot be run is told, and nothing is merged.
    std::fs::write(run.join("shards/00002.ndjson"), "broken").expect("a shard");
    std::fs::remove_file(run.join("results.ndjson")).expect("results");
    for listed in ["alpha", "beta", "gamma"] {
        let tables = run.join("inputs").join(listed).join(listed);
        std::fs::write(tables.join("people.csv"), "name,department\nBo,ANI\n").expect("a table");
    }
    let mut submit = shotplan();
    submit.arg("submit").arg(&run).args(["--engine", "local", "--quiet"]);
    submit.assert().code(2).stderr(predicate::str::contains("the job was not started"));
    assert!(!run.join("results.ndjson").exists());
}

#[test]
fn slurm_gets_an_array_and_a_job_that_waits_for_it() {
    let (_place, run) = run();
    let (folder, _) = job(&run, "slurm", true);
    let shards = read(&folder, "shards.sh");
    for line in ["--array=0-3%64", "--requeue", "--partition=batch", "--mem=4G", "--nice=100"] {
        assert!(shards.contains(&format!("#SBATCH {line}\n")), "{line}:\n{shards}");
    }
    // Options end where the first command stands.
    let last = shards.lines().last().expect("a command");
    assert!(last.starts_with("exec /opt/shotplan/bin/shotplan run '"), "{last}");
    assert!(read(&folder, "submit.sh").contains("--dependency=afterok:\"$shards\""));
    assert!(!read(&job(&run, "slurm", false).0, "shards.sh").contains("--partition"));
}

#[test]
fn open_job_description_has_a_task_for_each_shard() {
    let (_place, run) = run();
    let (folder, _) = job(&run, "openjd", true);
    let template: Value = serde_json::from_str(&read(&folder, "template.json")).expect("JSON");
    assert_eq!(template["specificationVersion"], "jobtemplate-2023-09");
    let [shards, merge] = [&template["steps"][0], &template["steps"][1]];
    let space = &shards["parameterSpace"]["taskParameterDefinitions"][0];
    assert_eq!(space["range"], "0-3");
    let arguments = &shards["script"]["actions"]["onRun"]["args"];
    assert!(
        arguments.as_array().is_some_and(|words| words.contains(&"{{Task.Param.Shard}}".into()))
    );
    assert_eq!(shards["hostRequirements"]["amounts"][1]["min"], 4096);
    assert_eq!(merge["dependencies"][0]["dependsOn"], "Shards");
}

#[test]
fn opencue_gets_its_parts_in_their_order() {
    let (_place, run) = run();
    for house in [true, false] {
        let (folder, _) = job(&run, "opencue", house);
        let spec = read(&folder, "job.xml");
        let parts = |text: &str| -> Vec<String> {
            let opened = text.split('<').skip(1).filter(|part| !part.starts_with(['/', '?', '!']));
            opened
                .map(|part| part.split(['>', ' ']).next().unwrap_or_default().to_owned())
                .collect()
        };
        let layer: Vec<&str> = match house {
            true => vec![
                "layer",
                "cmd",
                "range",
                "chunk",
                "cores",
                "threadable",
                "memory",
                "tags",
                "services",
                "service",
            ],
            false => {
                vec!["layer", "cmd", "range", "chunk", "cores", "threadable", "services", "service"]
            }
        };
        let mut wanted = vec![
            "spec",
            "facility",
            "show",
            "shot",
            "user",
            "job",
            "paused",
            "maxretries",
            "autoeat",
            "layers",
        ];
        wanted.extend(&layer);
        wanted.extend(&layer);
        wanted.extend(["depends", "depend", "depjob", "deplayer", "onjob", "onlayer"]);
        assert_eq!(parts(&spec), wanted);
        assert!(spec.contains("&lt;run&gt; &amp; $(more)"), "{spec}");
        assert!(spec.contains("<range>0-3</range>") && spec.contains("#IFRAME#"));
    }
}

#[test]
fn kubernetes_gets_an_indexed_job_of_the_copied_run() {
    let (place, run) = run();
    let (folder, _) = job(&run, "kubernetes", true);
    let shards: Value = serde_json::from_str(&read(&folder, "shards.json")).expect("JSON");
    let spec = &shards["spec"];
    assert_eq!((&shards["apiVersion"], &shards["kind"]), (&"batch/v1".into(), &"Job".into()));
    assert_eq!((&spec["completionMode"], &spec["completions"]), (&"Indexed".into(), &4.into()));
    let container = &spec["template"]["spec"]["containers"][0];
    assert_eq!(container["command"][2], "/runs/it's a <run> & $(more)");
    // A house file without an image, and shows that pods do not see, are told.
    let mut submit = shotplan();
    submit.arg("submit").arg(&run).args(["--engine", "kubernetes", "--dry-run"]);
    submit.assert().code(2).stderr(predicate::str::contains("image"));
    let far = place.path().join("far");
    let mut plan = shotplan();
    plan.arg("plan-shards").arg(place.path().join("alpha")).args(["--shards", "1", "-o"]);
    plan.arg(&far).assert().success();
    let mut submit = shotplan();
    submit.arg("submit").arg(&far).args(["--engine", "kubernetes", "--dry-run", "--house"]);
    submit.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(HOUSE));
    submit.assert().code(2).stderr(predicate::str::contains("--copy"));
}

#[test]
fn a_wrong_house_file_and_an_absent_scheduler_are_told() {
    let (place, run) = run();
    let house = place.path().join("house.toml");
    std::fs::write(&house, "[slurm]\npartition = \"a\"\nqeue = \"b\"\n").expect("a file");
    let mut submit = shotplan();
    submit.arg("submit").arg(&run).args(["--engine", "slurm", "--dry-run", "--house"]).arg(&house);
    submit
        .assert()
        .code(2)
        .stderr(predicate::str::contains("line 3").and(predicate::str::contains("qeue")));
    let mut submit = shotplan();
    submit.arg("submit").arg(&run).args(["--engine", "slurm"]).env("PATH", place.path());
    submit.assert().code(2).stderr(predicate::str::contains("the job is written, but sbatch"));
    assert!(run.join("jobs/slurm/submit.sh").is_file());
}
