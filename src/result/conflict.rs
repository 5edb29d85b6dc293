//! Rules that cannot all hold, and ways out.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rules that cannot all hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// What breaks ("milestone final delivery", "task 080_0120_cmp").
    pub object: String,
    /// The rule in the user's words ("must finish by 2027-05-14").
    pub rule: String,
    /// What happens instead, in a sentence or two, with the chain and the earliest date.
    pub text: String,
    /// That the rules cannot all hold is proven: no plan keeps them.
    pub proven: bool,
    /// What proves it: `chain` (of tasks, even with unlimited crew), `load` (the people have not enough
    /// time), `none`.
    pub proof: String,
    /// The rules that cannot all hold, where that is proven.
    pub rules: Vec<ConflictRule>,
    /// The smallest set of rules: without any one of them a plan that keeps the others was found.
    pub irreducible: bool,
    /// What else breaks for the same cause.
    pub also: Vec<String>,
    /// Tasks of the chain that cannot fit, first to last.
    pub chain: Vec<String>,
    /// The earliest date that no plan with these people can beat.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
    /// Whether ways out were looked for.
    pub tried: bool,
    /// Ways out, each shown to work by planning again, cheapest first.
    pub ways_out: Vec<WayOut>,
}

/// A rule that cannot hold together with others, or several like ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConflictRule {
    /// Whose rule it is ("task 080_0120_cmp").
    pub object: String,
    /// The rule in the user's words ("waits for 080_0120_lgt").
    pub rule: String,
    /// The file it stands in, where known.
    pub file: Option<String>,
    /// The line of that file.
    pub line: Option<u32>,
}

/// A way out of a conflict that was tried and works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WayOut {
    /// What to do.
    pub text: String,
    /// Working days by which the promised date moves.
    pub days: i64,
    /// What it costs more, in minor units: pay that could be avoided, overtime, vendors, penalties.
    pub cost: i64,
}
