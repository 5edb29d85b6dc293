//! Processes of this machine, by xargs.

use super::{Job, Run, command, quoted};

pub(super) fn job(run: &Run<'_>) -> Job {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let at_once = run.house.local.at_once.map_or_else(cores, |at_once| at_once.max(1) as usize);
    let shard = quoted(&format!("{{}}/{}", run.shards));
    let script = format!(
        "#!/bin/sh\n\
         # All shards, {at_once} at a time, then the results.\n\
         set -eu\n\
         seq 0 {last} | xargs -P {at_once} -I'{{}}' {shards} --shard {shard} --quiet\n\
         exec {merge}\n",
        last = run.shards - 1,
        shards = command(&run.call(&["run"])),
        merge = command(&run.call(&["merge"])),
    );
    Job {
        folder: "".into(),
        files: vec![("submit.sh", script)],
        probe: vec!["xargs", "true"],
        needs: "xargs",
    }
}
