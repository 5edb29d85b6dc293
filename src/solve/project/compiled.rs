//! A project made ready for schedule generation: network, durations and packed uses.

use super::network::Network;
use super::profile::Lanes;
use crate::formulate::Project;

/// A project without loops, with uses packed in `W` words.
#[derive(Clone, Debug)]
pub struct Compiled<const W: usize> {
    /// Number of tasks.
    pub tasks: usize,
    /// Links.
    pub network: Network,
    /// First mode of each task, and the number of modes.
    pub first_mode: Vec<u32>,
    /// Duration of each mode.
    pub duration: Vec<u32>,
    /// Packed uses of each mode; of modes without duration, nothing.
    pub uses: Vec<[u64; W]>,
    /// No start before.
    pub release: Vec<u32>,
    /// How resources are packed.
    pub lanes: Lanes,
    /// Capacities of the resources that can be short.
    pub capacity: Vec<u32>,
    /// Whether every task has one mode.
    pub is_single: bool,
}

/// The resources that can be short: those that all tasks together could ask for too much of.
pub fn scarce(project: &Project) -> Vec<usize> {
    let most = |task: usize, resource: usize| {
        let modes = project.modes(task).filter(|&mode| project.duration[mode] > 0);
        modes.map(|mode| u64::from(project.uses_of(mode)[resource])).max().unwrap_or(0)
    };
    let is_scarce = |resource: &usize| {
        let asked: u64 = (0..project.tasks()).map(|task| most(task, *resource)).sum();
        asked > u64::from(project.capacity[*resource])
    };
    (0..project.renewables()).filter(is_scarce).collect()
}

/// Words that the scarce resources of a project need.
pub fn words(project: &Project) -> usize {
    let capacity: Vec<u32> =
        scarce(project).into_iter().map(|resource| project.capacity[resource]).collect();
    Lanes::for_capacities(&capacity).words(capacity.len())
}

impl<const W: usize> Compiled<W> {
    /// Compiles a project whose modes all fit into the capacities.
    pub fn of(project: &Project, network: Network) -> Compiled<W> {
        let scarce = scarce(project);
        let capacity: Vec<u32> =
            scarce.iter().map(|&resource| project.capacity[resource]).collect();
        let lanes = Lanes::for_capacities(&capacity);
        let packed = |mode: usize| {
            let amount = |&resource: &usize| match project.duration[mode] {
                0 => 0,
                _ => project.uses_of(mode)[resource],
            };
            lanes.pack(&scarce.iter().map(amount).collect::<Vec<u32>>())
        };
        Compiled {
            tasks: project.tasks(),
            network,
            first_mode: project.first_mode.clone(),
            duration: project.duration.clone(),
            uses: (0..project.duration.len()).map(packed).collect(),
            release: project.release.clone(),
            lanes,
            capacity,
            is_single: project.single_modes().is_some(),
        }
    }
}
