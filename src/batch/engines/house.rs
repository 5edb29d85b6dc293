//! What differs between houses: queues, accounts, images, sizes.

use crate::batch::Error;
use serde::Deserialize;
use std::path::Path;

/// A house file (TOML): what is not in it has a default. `data/farm/house.toml` shows all of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct House {
    /// How the machines call the program; else as it was called here.
    pub program: Option<String>,
    /// Where the machines see the folder that the folder of the run lies in; else as here.
    pub runs: Option<String>,
    /// Processes of this machine.
    pub local: LocalHouse,
    /// Slurm.
    pub slurm: SlurmHouse,
    /// Open Job Description.
    pub openjd: OpenJdHouse,
    /// OpenCue.
    pub opencue: OpenCueHouse,
    /// Kubernetes.
    pub kubernetes: KubernetesHouse,
}

/// Processes of this machine.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LocalHouse {
    /// Shards at a time; else as many as there are cores.
    pub at_once: Option<u32>,
}

/// Slurm.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlurmHouse {
    /// Partition.
    pub partition: Option<String>,
    /// Account.
    pub account: Option<String>,
    /// Quality of service.
    pub qos: Option<String>,
    /// Longest time of a shard ("02:00:00").
    pub time: Option<String>,
    /// Memory of a shard ("4G").
    pub memory: Option<String>,
    /// Shards at a time.
    pub at_once: Option<u32>,
    /// Further options of sbatch, as they are ("--constraint=avx2").
    pub options: Vec<String>,
}

/// Open Job Description.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpenJdHouse {
    /// Cores that a worker must have.
    pub cores: Option<u32>,
    /// Memory that a worker must have, in MiB.
    pub memory: Option<u32>,
}

/// OpenCue.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpenCueHouse {
    /// Show that the farm counts the work for.
    pub show: Option<String>,
    /// Shot that the job is filed under.
    pub shot: Option<String>,
    /// Facility.
    pub facility: Option<String>,
    /// User; else who calls.
    pub user: Option<String>,
    /// Service of the layers.
    pub service: Option<String>,
    /// Memory of a shard ("4g").
    pub memory: Option<String>,
    /// Tags of the machines.
    pub tags: Option<String>,
}

/// Kubernetes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KubernetesHouse {
    /// Image with the program in it; there is no default.
    pub image: Option<String>,
    /// Claim of the volume that the folder of the run lies on; there is no default.
    pub claim: Option<String>,
    /// Namespace.
    pub namespace: Option<String>,
    /// Cores of a shard ("1").
    pub cpu: Option<String>,
    /// Memory of a shard ("4Gi").
    pub memory: Option<String>,
    /// Shards at a time; else all.
    pub at_once: Option<u32>,
    /// Times that a shard is tried again.
    pub retries: Option<u32>,
}

impl House {
    /// Reads a house file.
    ///
    /// # Errors
    /// When it cannot be read, or says something that no house has; with its line.
    pub fn read(path: &Path) -> Result<House, Error> {
        let wrong = |why: String| Error::File { path: path.to_owned(), why };
        let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        toml::from_str(&text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.get(..at).unwrap_or(&text).matches('\n').count() + 1;
            wrong(format!("line {line}: {}", error.message().replace('\n', ", ")))
        })
    }
}
