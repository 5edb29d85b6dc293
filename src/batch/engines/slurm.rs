//! Slurm: an array of shards, and a job for the merging that waits for all of it.

use super::{Job, Run, command, quoted};

pub(super) fn job(run: &Run<'_>) -> Job {
    let house = &run.house.slurm;
    let at_once = house.at_once.map_or_else(String::new, |at_once| format!("%{at_once}"));
    let mut options = Vec::new();
    let named = [
        ("partition", &house.partition),
        ("account", &house.account),
        ("qos", &house.qos),
        ("time", &house.time),
        ("mem", &house.memory),
    ];
    for (name, value) in named {
        options.extend(value.as_ref().map(|value| format!("--{name}={value}")));
    }
    options.extend(house.options.iter().cloned());
    let script = |what: &str, own: &[String], call: String| {
        let own = own.iter().chain(&options);
        let options: String = own.map(|option| format!("#SBATCH {option}\n")).collect();
        format!("#!/bin/sh\n# {what}\n#SBATCH --job-name={}\n{options}exec {call}\n", run.name)
    };
    // The log of a shard that was queued again goes on where the first one ended.
    let log = |pattern: &str| format!("--output=\"{}/{pattern}.log\"", run.jobs);
    let shards = script(
        "A shard: it knows its number from SLURM_ARRAY_TASK_ID.",
        &[
            format!("--array=0-{}{at_once}", run.shards - 1),
            "--cpus-per-task=1".to_owned(),
            "--requeue".to_owned(),
            "--open-mode=append".to_owned(),
            log("shard-%A_%a"),
        ],
        command(&run.call(&["run", "--quiet"])),
    );
    let merge = script(
        "The results of all shards.",
        &["--cpus-per-task=1".to_owned(), log("merge-%j")],
        command(&run.call(&["merge", "--quiet"])),
    );
    let submit = format!(
        "#!/bin/sh\n\
         # Queues the shards, and the merging after them.\n\
         set -eu\n\
         shards=$(sbatch --parsable {shards})\n\
         shards=${{shards%%;*}}\n\
         merge=$(sbatch --parsable --dependency=afterok:\"$shards\" {merge})\n\
         echo \"queued: shards $shards, merge ${{merge%%;*}}\"\n",
        shards = quoted(&format!("{}/shards.sh", run.jobs)),
        merge = quoted(&format!("{}/merge.sh", run.jobs)),
    );
    Job {
        folder: "".into(),
        files: vec![("submit.sh", submit), ("shards.sh", shards), ("merge.sh", merge)],
        probe: vec!["sbatch", "--version"],
        needs: "sbatch",
    }
}
