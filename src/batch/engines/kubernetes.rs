//! Kubernetes: an indexed job with a pod a shard, and a job for the merging once it is complete.

use super::{Job, Run, json_text, quoted};
use crate::batch::Error;
use serde_json::{Map, Value, json};

/// Where pods see the volume, unless the house says so.
const MOUNT: &str = "/runs";

pub(super) fn job(run: &Run<'_>) -> Result<Job, Error> {
    let house = &run.house.kubernetes;
    let (Some(image), Some(claim)) = (&house.image, &house.claim) else {
        return Err(Error::Call(
            "Kubernetes needs an image with the program in it and the claim of the volume that the \
             run lies on: write them into a house file, [kubernetes] image = … claim = …, and name \
             it with --house"
                .to_owned(),
        ));
    };
    let mount = run.house.runs.as_deref().unwrap_or(MOUNT).trim_end_matches('/');
    let base = run.folder.rsplit('/').next().unwrap_or_default();
    let folder = format!("{mount}/{base}");
    let program = run.house.program.as_deref().unwrap_or("shotplan");
    let mut limits = Map::new();
    for (name, value) in [("cpu", &house.cpu), ("memory", &house.memory)] {
        limits.extend(value.as_ref().map(|value| (name.to_owned(), json!(value))));
    }
    let pod = |words: &[&str]| {
        let first = [program, words[0], &folder];
        let call: Vec<&str> = first.into_iter().chain(words[1..].iter().copied()).collect();
        json!({
            "restartPolicy": "Never",
            "containers": [{
                "name": "shotplan",
                "image": image,
                "command": call,
                "resources": { "requests": limits, "limits": limits },
                "volumeMounts": [{ "name": "runs", "mountPath": mount }],
            }],
            "volumes": [{ "name": "runs", "persistentVolumeClaim": { "claimName": claim } }],
        })
    };
    let about = |name: &str| {
        let mut about = json!({ "name": name, "labels": { "app.kubernetes.io/name": "shotplan" } });
        if let Some(namespace) = &house.namespace {
            about["namespace"] = json!(namespace);
        }
        about
    };
    let document = |name: &str, spec: Value| json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": about(name), "spec": spec });
    let retries = house.retries.unwrap_or(3);
    let at_once = house.at_once.map_or(run.shards, |at_once| at_once.max(1) as usize);
    let shards = document(
        &run.name,
        json!({
            "completionMode": "Indexed",
            "completions": run.shards,
            "parallelism": at_once.min(run.shards),
            "backoffLimitPerIndex": retries,
            // A wrong call or a changed show stays so however often it is tried.
            "podFailurePolicy": { "rules": [{
                "action": "FailIndex",
                "onExitCodes": { "containerName": "shotplan", "operator": "In", "values": [1, 2] },
            }] },
            "template": { "spec": pod(&["run", "--quiet"]) },
        }),
    );
    let merge_name = format!("{}-merge", run.name);
    let merge = document(
        &merge_name,
        json!({ "backoffLimit": retries, "template": { "spec": pod(&["merge", "--quiet"]) } }),
    );
    let namespace = house
        .namespace
        .as_ref()
        .map_or_else(String::new, |namespace| format!(" --namespace {}", quoted(namespace)));
    let submit = format!(
        "#!/bin/sh\n\
         # Starts the shards, waits for all of them, then starts the merging. Run it where the folder\n\
         # of the run is; pods see it as {folder}.\n\
         set -eu\n\
         cd \"$(dirname \"$0\")\"\n\
         kubectl apply -f shards.json\n\
         kubectl wait{namespace} --for=condition=complete --timeout=-1s job/{name}\n\
         kubectl apply -f merge.json\n",
        name = run.name,
    );
    Ok(Job {
        folder: "".into(),
        files: vec![
            ("submit.sh", submit),
            ("shards.json", json_text(&shards)),
            ("merge.json", json_text(&merge)),
        ],
        probe: vec!["kubectl", "version", "--client"],
        needs: "kubectl",
    })
}
