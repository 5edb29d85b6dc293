//! `submit`: the shards of a batch to a scheduler.

use super::arguments::{Format, SubmitCall};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::batch::engines::{self, House, Job};
use crate::batch::shards;
use serde_json::json;
use std::process::{Command, Stdio};

/// Writes the job of a run, and starts it where the scheduler is present.
///
/// # Errors
/// When the run or the house file cannot be read, the scheduler is not here, or it refuses.
pub fn submit(call: &SubmitCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let manifest = shards::load(&call.run)?;
    let home = shards::home(&call.run);
    let house = call.house.as_deref().map(House::read).transpose()?.unwrap_or_default();
    let program = std::env::current_exe()?;
    let job = engines::job(call.engine.into(), &manifest, home, &house, &program)?;
    job.write()?;
    let script = job.script();
    let started = if call.dry_run { None } else { Some(start(&job, call.format)?) };
    let told = match call.format {
        Format::Json => terminal.json(&json!({
            "folder": job.folder,
            "files": job.files.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            "start": ["sh", script],
            "started": started.is_some(),
            "output": started.as_deref().map(str::trim_end),
        })),
        Format::Text if call.dry_run => {
            let files = job.files.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            terminal.say(format!(
                "{}: {files}\nStart it with: sh {}",
                job.folder.display(),
                script.display()
            ))
        }
        Format::Text => Ok(()),
    };
    terminal.unless_closed(told, Exit::Done)
}

/// Starts a job; what its script says goes to the terminal, or is given back for JSON.
fn start(job: &Job, format: Format) -> Result<String, Failure> {
    let probe = Command::new(job.probe[0])
        .args(&job.probe[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let script = job.script();
    if !probe.is_ok_and(|status| status.success()) {
        return Err(Failure::Call(format!(
            "the job is written, but {} is not here: start it where it is with\n  sh {}",
            job.needs,
            script.display()
        )));
    }
    let mut command = Command::new("sh");
    command.arg(&script).stdin(Stdio::null());
    if format == Format::Text {
        command.stdout(Stdio::inherit());
    } else {
        command.stdout(Stdio::piped());
    }
    let done = command.stderr(Stdio::inherit()).spawn()?.wait_with_output()?;
    if !done.status.success() {
        let how = done
            .status
            .code()
            .map_or_else(|| "was killed".to_owned(), |code| format!("ended with code {code}"));
        return Err(Failure::Call(format!("the job was not started: {} {how}", script.display())));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
