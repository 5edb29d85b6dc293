//! Jobs for the schedulers that studios have: takes a run, gives the files of a job and the call that
//! starts it. One file a scheduler; what differs between houses is in a [`House`] file.
//!
//! Each job has the same two parts: the shards, which know their number from the scheduler, and after
//! all of them the merging. Distributing, repeating and queueing are the scheduler's.

mod house;
mod kubernetes;
mod local;
mod opencue;
mod openjd;
mod slurm;

pub use house::House;

use super::shards::Manifest;
use super::{Error, write};
use std::path::{Path, PathBuf};

/// A scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Processes of this machine.
    Local,
    /// Slurm's job arrays.
    Slurm,
    /// Open Job Description, run here or by AWS Deadline Cloud.
    OpenJd,
    /// OpenCue.
    OpenCue,
    /// Indexed jobs of Kubernetes.
    Kubernetes,
}

/// The files of a job, and how it is started.
#[derive(Clone, Debug)]
pub struct Job {
    /// Folder of the files.
    pub folder: PathBuf,
    /// The files; the first is the script that starts the job.
    pub files: Vec<(&'static str, String)>,
    /// Succeeds where the scheduler is present.
    pub probe: Vec<&'static str>,
    /// What is missing where the probe fails.
    pub needs: &'static str,
}

impl Job {
    /// The script that starts the job.
    pub fn script(&self) -> PathBuf {
        self.folder.join(self.files.first().map_or("submit.sh", |(name, _)| name))
    }

    /// Writes the files.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self) -> Result<(), Error> {
        let disk = |source| write::Error::Disk { path: self.folder.clone(), source };
        std::fs::create_dir_all(&self.folder).map_err(disk)?;
        for (name, text) in &self.files {
            write::single(&self.folder.join(name), text.as_bytes())?;
        }
        Ok(())
    }
}

/// What a job is made of, for every scheduler.
struct Run<'r> {
    /// Name of the job: letters, digits and `-` only, begins with a letter, at most 50 of them.
    name: String,
    /// How the machines call the program.
    program: String,
    /// The folder of the run as the machines see it.
    folder: String,
    /// Folder of the job's files as the machines see it.
    jobs: String,
    shards: usize,
    house: &'r House,
}

/// The job of a run for a scheduler; `program` is how it is called where the house says nothing.
///
/// # Errors
/// When the house file lacks what the scheduler needs, or its machines would not see the shows.
pub fn job(
    engine: Engine,
    manifest: &Manifest,
    home: &Path,
    house: &House,
    program: &Path,
) -> Result<Job, Error> {
    let home = home
        .canonicalize()
        .map_err(|source| write::Error::Disk { path: home.to_owned(), source })?;
    let base = home.file_name().map_or_else(|| "run".into(), |name| name.to_string_lossy());
    let folder = match &house.runs {
        Some(runs) => format!("{}/{base}", runs.trim_end_matches('/')),
        None => home.display().to_string(),
    };
    let is_elsewhere = |path: &Path| path.is_absolute();
    let is_moved = house.runs.is_some() || engine == Engine::Kubernetes;
    if is_moved && manifest.items.iter().any(|listed| is_elsewhere(&listed.item.path)) {
        return Err(Error::Call(
            "the machines see the folder of the run only, and its shows are elsewhere: plan the \
             shards with --copy"
                .to_owned(),
        ));
    }
    let kind = match engine {
        Engine::Local => "local",
        Engine::Slurm => "slurm",
        Engine::OpenJd => "openjd",
        Engine::OpenCue => "opencue",
        Engine::Kubernetes => "kubernetes",
    };
    let run = Run {
        name: job_name(&base, &manifest.hash),
        program: house.program.clone().unwrap_or_else(|| program.display().to_string()),
        jobs: format!("{folder}/jobs/{kind}"),
        folder,
        shards: manifest.shards.len(),
        house,
    };
    let mut job = match engine {
        Engine::Local => local::job(&run),
        Engine::Slurm => slurm::job(&run),
        Engine::OpenJd => openjd::job(&run)?,
        Engine::OpenCue => opencue::job(&run),
        Engine::Kubernetes => kubernetes::job(&run)?,
    };
    job.folder = home.join("jobs").join(kind);
    Ok(job)
}

impl Run<'_> {
    /// The call of a part of the job, word by word.
    fn call(&self, words: &[&str]) -> Vec<String> {
        let first = [self.program.as_str(), words[0], self.folder.as_str()];
        first.iter().chain(&words[1..]).map(|word| (*word).to_owned()).collect()
    }
}

/// A name for the job that every scheduler takes, another one for another run.
fn job_name(base: &str, hash: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let base: String = base.chars().map(keep).take(30).collect();
    let hash: String = hash.chars().take(6).collect();
    let middle = base.trim_matches('-');
    let middle = if middle.is_empty() { String::new() } else { format!("{middle}-") };
    format!("shotplan-{middle}{hash}")
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@%".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// A call as a shell reads it.
fn command(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// JSON as it is written into job files.
fn json_text(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_in_a_shell() {
        assert_eq!(quoted("/opt/a-b_1"), "/opt/a-b_1");
        assert_eq!(quoted("it's here"), "'it'\\''s here'");
        assert_eq!(quoted("$(rm)"), "'$(rm)'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn names_suit_every_scheduler() {
        assert_eq!(job_name("Run 7", "abcdef0123"), "shotplan-run-7-abcdef");
        assert_eq!(job_name("...", "abcdef0123"), "shotplan-abcdef");
        assert!(job_name(&"x".repeat(200), "abcdef0123").len() <= 50);
    }
}
