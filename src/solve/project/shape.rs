//! A project made ready for schedule generation: network, durations and packed uses.

use super::network::Network;
use super::profile::Lanes;
use crate::formulate::Project;

/// What every schedule generation scheme needs to know of a project without loops.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Number of tasks.
    pub tasks: usize,
    /// Links.
    pub network: Network,
    /// Duration of each mode.
    pub duration: Vec<u32>,
    /// No start before.
    pub release: Vec<u32>,
    /// Share of the resources that each mode holds while it works, summed over resources.
    pub weight: Vec<f32>,
    /// Whether schedules may be shifted right and left: not when a distance from a start depends on
    /// the mode.
    pub is_symmetric: bool,
}

impl Shape {
    /// The shape of a project; `weight` is what each mode asks of the resources (or people).
    pub fn of(project: &Project, network: Network, weight: Vec<f32>) -> Shape {
        let from_end = project.links.iter().all(|link| link.from_end);
        Shape {
            tasks: project.tasks(),
            network,
            duration: project.duration.clone(),
            release: project.release.clone(),
            weight,
            is_symmetric: from_end || project.single_modes().is_some(),
        }
    }
}

/// Uses of the renewable resources, packed in `W` words.
#[derive(Clone, Debug)]
pub struct Packed<const W: usize> {
    /// Uses of each mode; of modes without duration, nothing.
    pub uses: Vec<[u64; W]>,
    /// How resources are packed.
    pub lanes: Lanes,
    /// Capacities of the resources that can be short.
    pub capacity: Vec<u32>,
}

/// Whether a mode fits into the capacities by itself.
pub fn fits(project: &Project, mode: usize) -> bool {
    let mut pairs = project.uses_of(mode).iter().zip(&project.capacity);
    project.duration[mode] == 0 || pairs.all(|(uses, capacity)| uses <= capacity)
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

/// What each mode asks of the scarce resources, as shares of their capacities.
pub fn weights(project: &Project) -> Vec<f32> {
    let scarce = scarce(project);
    let share = |mode: usize| {
        let of = |&resource: &usize| {
            project.uses_of(mode)[resource] as f32 / project.capacity[resource].max(1) as f32
        };
        scarce.iter().map(of).sum()
    };
    (0..project.duration.len()).map(share).collect()
}

impl<const W: usize> Packed<W> {
    /// Packs the uses of a project. A mode that does not fit by itself is packed as nothing: no
    /// search may choose it.
    pub fn of(project: &Project) -> Packed<W> {
        let scarce = scarce(project);
        let capacity: Vec<u32> =
            scarce.iter().map(|&resource| project.capacity[resource]).collect();
        let lanes = Lanes::for_capacities(&capacity);
        let packed = |mode: usize| match project.duration[mode] > 0 && fits(project, mode) {
            false => [0; W],
            true => {
                let amount = |&resource: &usize| project.uses_of(mode)[resource];
                lanes.pack(&scarce.iter().map(amount).collect::<Vec<u32>>())
            }
        };
        Packed { uses: (0..project.duration.len()).map(packed).collect(), lanes, capacity }
    }
}
