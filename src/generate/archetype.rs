//! The four archetypes: how large the shows are, what they are made of, and who works on them.

use super::Archetype;
use crate::model::ShowKind;

/// What one show is drawn from.
#[derive(Clone, Debug)]
pub(super) struct ShowParameters {
    /// Prefix of its codes; empty where there is one show only.
    pub code: &'static str,
    pub name: &'static str,
    pub kind: ShowKind,
    /// Week of the production in which it starts.
    pub start_week: u32,
    pub weeks: u32,
    pub shots: u32,
    /// Shots in a sequence, drawn evenly, both ends in.
    pub sequence_length: (i64, i64),
    /// Share of classes A to D.
    pub class_mix: [f64; 4],
    /// Factor on the share of shots that need a department.
    pub inclusion: f64,
    /// Factor on the median bids.
    pub intensity: f64,
    /// Share of the show over which turnovers are spread.
    pub turnover_span: f64,
    /// Hero creatures, characters, vehicles, props, environments, FX setups.
    pub assets: [u32; 6],
    /// Whether each shot has an ingest and a quality-control task.
    pub support: bool,
    /// Temp screenings.
    pub screenings: u32,
}

/// What one production is drawn from.
#[derive(Clone, Debug)]
pub(super) struct Parameters {
    pub shows: Vec<ShowParameters>,
    /// Departments that share people, by code.
    pub pools: &'static [&'static [&'static str]],
    /// Skills a person has in a pool; more than the pool has departments = all of them.
    pub skills: f64,
    pub sites: usize,
    pub vendors: (i64, i64),
    /// Share of staff, fixed-term and freelance artists.
    pub employment: [f64; 3],
    /// Hardest class that may be given to a vendor, as an index from A.
    pub vendor_class: usize,
}

impl Parameters {
    /// Weeks from the first show's start to the last show's end.
    pub(super) fn weeks(&self) -> u32 {
        self.shows.iter().map(|show| show.start_week + show.weeks).max().unwrap_or(1)
    }
}

const COMMERCIAL_POOLS: [&[&str]; 5] = [
    &["MOD", "CON", "TEX", "LDV", "GRM", "ENV", "LGT"],
    &["ANI", "RIG", "LAY", "MM", "CRD"],
    &["FX", "CFX"],
    &["ROTO", "PREP"],
    &["CMP"],
];
const EPISODIC_POOLS: [&[&str]; 11] = [
    &["MOD", "CON"],
    &["TEX", "LDV", "GRM"],
    &["RIG", "CFX"],
    &["MM", "LAY"],
    &["ROTO", "PREP"],
    &["ANI"],
    &["FX"],
    &["ENV"],
    &["LGT", "CRD"],
    &["CMP"],
    &["QC", "ING"],
];
const FEATURE_POOLS: [&[&str]; 13] = [
    &["CON"],
    &["MOD"],
    &["TEX", "LDV", "GRM"],
    &["RIG"],
    &["CFX"],
    &["MM", "LAY"],
    &["ROTO", "PREP"],
    &["ANI", "CRD"],
    &["FX"],
    &["ENV"],
    &["LGT"],
    &["CMP"],
    &["QC", "ING"],
];

/// The parameters of an archetype.
pub(super) fn parameters(archetype: Archetype) -> Parameters {
    match archetype {
        Archetype::Commercial => Parameters {
            shows: vec![commercial()],
            pools: &COMMERCIAL_POOLS,
            skills: 2.2,
            sites: 1,
            vendors: (0, 1),
            employment: [0.40, 0.20, 0.40],
            vendor_class: 1,
        },
        Archetype::Episodic => Parameters {
            shows: vec![episodic("", "The Lantern Coast", 0, 1.0)],
            pools: &EPISODIC_POOLS,
            skills: 9.0,
            sites: 2,
            vendors: (2, 2),
            employment: [0.50, 0.35, 0.15],
            vendor_class: 2,
        },
        Archetype::Feature => Parameters {
            shows: vec![feature("", "Meridian", 0, 1.0)],
            pools: &FEATURE_POOLS,
            skills: 9.0,
            sites: 3,
            vendors: (4, 4),
            employment: [0.55, 0.35, 0.10],
            vendor_class: 2,
        },
        Archetype::Studio => Parameters {
            shows: vec![
                feature("mer", "Meridian", 0, 1.35),
                episodic("lan", "The Lantern Coast", 4, 2.2),
                feature("sal", "Salt and Iron", 8, 1.35),
                episodic("hol", "Hollow Hill", 14, 2.2),
                feature("qui", "The Quiet Fleet", 20, 0.9),
                episodic("orb", "Low Orbit", 26, 1.6),
            ],
            pools: &FEATURE_POOLS,
            skills: 9.0,
            sites: 4,
            vendors: (6, 6),
            employment: [0.60, 0.32, 0.08],
            vendor_class: 2,
        },
    }
}

fn commercial() -> ShowParameters {
    ShowParameters {
        code: "",
        name: "Northwind Kettles",
        kind: ShowKind::Commercial,
        start_week: 0,
        weeks: 10,
        shots: 30,
        sequence_length: (4, 8),
        class_mix: [0.34, 0.42, 0.18, 0.06],
        inclusion: 0.80,
        // Chains that would not fit in ten weeks are made smaller; this much more keeps the whole in size.
        intensity: 0.80,
        turnover_span: 0.35,
        assets: [0, 1, 0, 2, 1, 1],
        support: false,
        screenings: 0,
    }
}

fn episodic(code: &'static str, name: &'static str, start_week: u32, scale: f64) -> ShowParameters {
    ShowParameters {
        code,
        name,
        kind: ShowKind::Episodic,
        start_week,
        weeks: 26,
        shots: (285.0 * scale).round() as u32,
        sequence_length: (8, 20),
        class_mix: [0.40, 0.38, 0.17, 0.05],
        inclusion: 1.0,
        intensity: 1.25,
        turnover_span: 0.55,
        assets: [1, 4, 4, 8, 6, 3].map(|count| scaled(count, scale)),
        support: true,
        screenings: 0,
    }
}

fn feature(code: &'static str, name: &'static str, start_week: u32, scale: f64) -> ShowParameters {
    ShowParameters {
        code,
        name,
        kind: ShowKind::Feature,
        start_week,
        weeks: 54,
        shots: (1500.0 * scale).round() as u32,
        sequence_length: (20, 70),
        class_mix: [0.25, 0.38, 0.27, 0.10],
        inclusion: 1.0,
        intensity: 1.75,
        turnover_span: 0.60,
        assets: [6, 18, 14, 60, 22, 18].map(|count| scaled(count, scale)),
        support: true,
        screenings: 3,
    }
}

fn scaled(count: u32, scale: f64) -> u32 {
    (f64::from(count) * scale).round() as u32
}
