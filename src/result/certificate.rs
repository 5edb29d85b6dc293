//! How good a plan is, and how to get it again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How good the plan is and how to get it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// "optimal" (objective equals the bound), "feasible".
    pub status: String,
    /// The value that was minimised, in minor units.
    pub objective: i64,
    /// Its components before the mode's multipliers.
    pub components: BTreeMap<String, i64>,
    /// What each component counts in this mode, in basis points.
    pub multipliers: BTreeMap<String, i64>,
    /// No plan can have a lower objective than this.
    pub lower_bound: i64,
    /// Where the bound comes from ("critical path", "load", "linear program").
    pub bound_from: String,
    /// `(objective − lower_bound) ÷ objective`, in basis points; 0 = proven optimal. `null` when the
    /// objective is 0 or less than the bound is worth saying.
    pub gap: Option<i64>,
    /// Bounds tried, by name.
    pub bounds: BTreeMap<String, i64>,
    /// Best objective found after so many steps, from the first plan on.
    pub improvement: Vec<[i64; 2]>,
    /// Seed.
    pub seed: u64,
    /// Steps of improvement.
    pub steps: u64,
    /// Seconds of planning; `null` when steps were counted instead.
    pub seconds: Option<f64>,
    /// Hash of the input.
    pub input_hash: String,
    /// Version of the program.
    pub program: String,
    /// Which back end answered the linear program, and how.
    pub linear_program: Option<LinearProgramInfo>,
    /// Violations found by the independent check: always 0 in a plan that was given out.
    pub violations: u32,
    /// The search was interrupted and the best plan so far kept.
    pub interrupted: bool,
}

/// The linear program behind the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinearProgramInfo {
    /// Back end that answered ("simplex", "clarabel", "highs", "microlp").
    pub backend: String,
    /// Columns.
    pub columns: u32,
    /// Rows.
    pub rows: u32,
    /// Its optimal value, in minor units.
    pub value: i64,
    /// Largest violation of a row, relative.
    pub primal_residual: f64,
    /// Relative distance of primal and dual value.
    pub duality_gap: f64,
}
