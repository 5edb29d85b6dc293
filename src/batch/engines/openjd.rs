//! Open Job Description 2023-09: a step with a task a shard, and one for the merging that depends on it.
//!
//! The folder is a job bundle: `deadline bundle submit` takes it as it is.

use super::{Job, Run, json_text, quoted};
use crate::batch::Error;
use serde_json::{Value, json};

pub(super) fn job(run: &Run<'_>) -> Result<Job, Error> {
    if run.program.contains("{{") || run.folder.contains("{{") {
        let why = "a path with `{{` in it cannot be written into a job of Open Job Description";
        return Err(Error::Call(why.to_owned()));
    }
    let house = &run.house.openjd;
    let amount = |name: &str, least: Option<u32>| {
        least.map(|least| json!({ "name": format!("amount.worker.{name}"), "min": least }))
    };
    let amounts: Vec<Value> = [amount("vcpu", house.cores), amount("memory", house.memory)]
        .into_iter()
        .flatten()
        .collect();
    let action = |words: &[&str]| {
        let call = run.call(words);
        json!({ "actions": { "onRun": { "command": call[0], "args": call[1..] } } })
    };
    let mut shards = json!({
        "name": "Shards",
        "parameterSpace": { "taskParameterDefinitions": [
            { "name": "Shard", "type": "INT", "range": format!("0-{}", run.shards - 1) },
        ] },
        "script": action(&["run", "--shard", "{{Task.Param.Shard}}", "--quiet"]),
    });
    if !amounts.is_empty() {
        shards["hostRequirements"] = json!({ "amounts": amounts });
    }
    let template = json!({
        "specificationVersion": "jobtemplate-2023-09",
        "name": run.name,
        "steps": [
            shards,
            {
                "name": "Merge",
                "dependencies": [{ "dependsOn": "Shards" }],
                "script": action(&["merge", "--quiet"]),
            },
        ],
    });
    let submit = format!(
        "#!/bin/sh\n\
         # Runs the shards and the merging here, one after the other. For AWS Deadline Cloud instead:\n\
         #   deadline bundle submit {folder}\n\
         exec openjd run {template} --step Merge --run-dependencies\n",
        folder = quoted(&run.jobs),
        template = quoted(&format!("{}/template.json", run.jobs)),
    );
    Ok(Job {
        folder: "".into(),
        files: vec![("submit.sh", submit), ("template.json", json_text(&template))],
        probe: vec!["openjd", "--help"],
        needs: "openjd (pip install openjd-cli)",
    })
}
