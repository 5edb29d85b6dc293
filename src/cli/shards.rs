//! `plan-shards`, `run`, `merge`: a batch in parts, for any scheduler.

use super::arguments::{Format, MergeCall, PlanShardsCall, RunCall};
use super::batch::{Told, items, keep};
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::batch::shards::{self, Manifest, Merged, Missing, ShardRan};
use crate::{batch, report, write};
use serde_json::json;

/// Cuts a list into shards.
///
/// # Errors
/// When the list is wrong, or the run cannot be written.
pub fn plan_shards(call: &PlanShardsCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let items = match items(&call.list, call.format, terminal)? {
        Ok(items) => items,
        Err(exit) => return Ok(exit),
    };
    write::may_hold(&call.output, [shards::MANIFEST])?;
    let manifest = shards::plan(&items, call.shards, &call.output, keep(&call.list), call.copy)?;
    let place = call.output.display();
    let told = match call.format {
        Format::Json => terminal.json(&json!({
            "run": call.output,
            "items": manifest.items.len(),
            "shards": manifest.shards.len(),
            "hash": manifest.hash,
        })),
        Format::Text => terminal.say(format!(
            "{place}: {} items in {} shards\n\
             Run a shard with:  shotplan run {place} --shard 0/{}\n\
             Merge them with:   shotplan merge {place}",
            manifest.items.len(),
            manifest.shards.len(),
            manifest.shards.len(),
        )),
    };
    terminal.unless_closed(told, Exit::Done)
}

/// Runs a shard, the one that the scheduler says, or all.
///
/// # Errors
/// When the run cannot be read, shows have changed, or results cannot be written.
pub fn run(call: &RunCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let manifest = shards::load(&call.run)?;
    let home = shards::home(&call.run);
    let wanted = match call.shard {
        Some((shard, of)) => Some(one_of(&manifest, shard, of)?),
        None => of_the_scheduler(|name| std::env::var(name).ok())
            .map_err(Failure::Call)?
            .map(|shard| one_of(&manifest, shard, None))
            .transpose()?,
    };
    interrupt::listen();
    let all = wanted.map_or(0..manifest.shards.len(), |shard| shard..shard + 1);
    let mut rows = Vec::new();
    let mut exit = Exit::Done;
    for shard in all {
        let told = Told::new("planning", Format::Text);
        let ran = shards::run_shard(&manifest, home, shard, call.threads, &told);
        told.line.end();
        let (word, skipped) = match ran? {
            ShardRan::Before => ("done before", manifest.range(shard).len()),
            ShardRan::Now { skipped } => ("done", skipped),
            ShardRan::Stopped => ("stopped", 0),
        };
        rows.push((shard, word, manifest.range(shard).len(), skipped));
        if word == "stopped" {
            terminal.note("stopped: the same call goes on with what is not done");
            exit = Exit::Interrupted;
            break;
        }
    }
    let told = match call.format {
        Format::Json => {
            let row = |&(shard, state, items, skipped): &(usize, &str, usize, usize)| json!({ "shard": shard, "state": state, "items": items, "skipped": skipped });
            let rows: Vec<_> = rows.iter().map(row).collect();
            terminal.json(&json!({ "run": home, "shards": rows }))
        }
        Format::Text => {
            let line = |&(shard, state, items, _): &(usize, &str, usize, usize)| {
                format!("shard {shard} of {}: {items} items, {state}", manifest.shards.len())
            };
            terminal.say(rows.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
    };
    terminal.unless_closed(told, exit)
}

/// A shard of a run, if it has it.
fn one_of(manifest: &Manifest, shard: usize, of: Option<usize>) -> Result<usize, Failure> {
    let all = manifest.shards.len();
    if of.is_some_and(|of| of != all) || shard >= all {
        let of = of.map_or_else(String::new, |of| format!("/{of}"));
        return Err(Failure::Call(format!(
            "the run has {all} shards, from 0/{all} to {}/{all}; there is no {shard}{of}",
            all - 1
        )));
    }
    Ok(shard)
}

/// The shard that a scheduler's variable says. Grid Engine counts from 1, and says "undefined" outside of
/// an array.
///
/// # Errors
/// In words, when a variable makes no sense.
fn of_the_scheduler(variable: impl Fn(&str) -> Option<String>) -> Result<Option<usize>, String> {
    for (name, first) in
        [("SLURM_ARRAY_TASK_ID", 0), ("JOB_COMPLETION_INDEX", 0), ("SGE_TASK_ID", 1)]
    {
        let Some(text) = variable(name).filter(|text| text != "undefined" && !text.is_empty())
        else {
            continue;
        };
        let number: Option<usize> = text.parse().ok();
        return match number.and_then(|number| number.checked_sub(first)) {
            Some(shard) => Ok(Some(shard)),
            None => Err(format!("{name} is `{text}`, which is no shard; name one with --shard")),
        };
    }
    Ok(None)
}

/// Merges the shards of a run.
///
/// # Errors
/// When the run cannot be read, or results cannot be written.
pub fn merge(call: &MergeCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let manifest = shards::load(&call.run)?;
    let home = shards::home(&call.run);
    let output = call.output.as_deref().unwrap_or(home);
    write::may_hold(output, [batch::RESULTS, batch::TABLE])?;
    let merged = shards::merge(&manifest, home, output, call.partial)?;
    let (summary, missing) = match &merged {
        Merged::Whole { summary, missing } => (Some(summary), missing),
        Merged::Missing(missing) => (None, missing),
    };
    if !missing.is_empty() {
        terminal.note(words(missing, manifest.shards.len(), home));
    }
    let exit = if summary.is_some() { Exit::Done } else { Exit::Found };
    let told = match (call.format, summary) {
        (Format::Json, summary) => terminal.json(&json!({
            "output": summary.map(|_| output),
            "items": manifest.items.len(),
            "merged": summary.map_or(0, |summary| summary.done),
            "by_status": summary.map(|summary| &summary.by_status),
            "missing": missing,
        })),
        (Format::Text, Some(summary)) => {
            let text = report::batch(summary, terminal.width);
            terminal.say(format!("{}\nWritten to {}", text.trim_end(), output.display()))
        }
        (Format::Text, None) => Ok(()),
    };
    terminal.unless_closed(told, exit)
}

/// Which shards are missing, and what to do about it.
fn words(missing: &[Missing], all: usize, home: &std::path::Path) -> String {
    const SHOWN: usize = 20;
    let mut text = format!("{} of {all} shards cannot be merged:", missing.len());
    for Missing { shard, why } in missing.iter().take(SHOWN) {
        text.push_str(&format!("\n  shard {shard}: {why}"));
    }
    if missing.len() > SHOWN {
        text.push_str(&format!("\n  and {} more", missing.len() - SHOWN));
    }
    let first = missing.first().map_or(0, |missing| missing.shard);
    text.push_str(&format!(
        "\nRun them again (shotplan run {} --shard {first}/{all}), or merge with --partial",
        home.display()
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedulers_say_their_shard() {
        let says = |name: &'static str, value: &'static str| {
            of_the_scheduler(move |wanted| (wanted == name).then(|| value.to_owned()))
        };
        assert_eq!(says("SLURM_ARRAY_TASK_ID", "0"), Ok(Some(0)));
        assert_eq!(says("JOB_COMPLETION_INDEX", "7"), Ok(Some(7)));
        assert_eq!(says("SGE_TASK_ID", "1"), Ok(Some(0)));
        assert_eq!(says("SGE_TASK_ID", "undefined"), Ok(None));
        assert!(says("SGE_TASK_ID", "0").is_err());
        assert!(says("SLURM_ARRAY_TASK_ID", "x").is_err());
        assert_eq!(says("OTHER", "3"), Ok(None));
    }
}
