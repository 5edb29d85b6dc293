//! The shape of an uncertainty file. Shares and probabilities are numbers from 0 to 1, money is in whole
//! units of the show's currency, days are working days.

use crate::read::wire::Text;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};
use std::fmt;

/// What is not certain about a show. A part that is left out is taken as usual in the trade, and the answer
/// says so; an empty list or a 0 says that there is nothing of it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What work takes as a multiple of its bid.
    pub durations: Option<Vec<Duration>>,
    /// What tasks have in common.
    pub correlation: Option<Shared>,
    /// Work that comes back.
    pub retakes: Option<Vec<Retakes>>,
    /// Rounds of client notes beyond those in the bid.
    pub reviews: Option<Vec<Reviews>>,
    /// Turnovers that slip, sequence by sequence.
    pub turnover: Option<Late>,
    /// Vendors that are late, task by task.
    pub vendors: Option<Late>,
    /// Shots that grow, shots that are cut.
    pub scope: Option<Scope>,
    /// Share of their days on which people are sick.
    pub sick: Option<f64>,
    /// People who leave.
    pub attrition: Option<Attrition>,
    /// Named risks.
    #[serde(default)]
    pub events: Vec<Event>,
    /// What can be done about risks.
    #[serde(default)]
    pub mitigations: Vec<Mitigation>,
}

/// What work takes as a multiple of its bid, for the tasks that it fits.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duration {
    /// Only work of this department.
    pub department: Option<Text<'static>>,
    /// Only work on shots and assets of this class, A to D.
    pub class: Option<Text<'static>>,
    /// Only work of artists of this level: junior, mid, senior, lead.
    pub level: Option<Text<'static>>,
    /// Actual ÷ bid.
    pub factor: Spread,
}

/// A number, or how one is spread.
#[derive(Clone, Debug)]
pub enum Spread {
    /// Always the same.
    Number(f64),
    /// Spread.
    Shape(Shape),
}

/// How a number is spread. Without a `shape`: lognormal by `median` and `sigma`, gamma by `mean` and `sd`,
/// PERT by `least`, `likely` and `most`, empirical by `values`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// lognormal, gamma, normal, triangular, pert, empirical or fixed.
    pub shape: Option<Text<'static>>,
    /// Of a lognormal: half of all values lie below.
    pub median: Option<f64>,
    /// Of a lognormal: standard deviation of the logarithm.
    pub sigma: Option<f64>,
    /// Of a gamma or normal.
    pub mean: Option<f64>,
    /// Of a gamma or normal: standard deviation.
    pub sd: Option<f64>,
    /// Of a triangular or PERT.
    pub least: Option<f64>,
    /// Of a triangular or PERT.
    pub likely: Option<f64>,
    /// Of a triangular or PERT.
    pub most: Option<f64>,
    /// Of an empirical: equally likely values.
    pub values: Option<Vec<f64>>,
    /// Of a fixed one.
    pub value: Option<f64>,
}

/// Shares of variance that tasks have in common.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// All tasks of a show.
    pub show: Option<f64>,
    /// All tasks of a sequence.
    pub sequence: Option<f64>,
    /// All tasks of a department.
    pub department: Option<f64>,
}

/// Work that comes back.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retakes {
    /// Only tasks of this department.
    pub department: Option<Text<'static>>,
    /// Only tasks of this class.
    pub class: Option<Text<'static>>,
    /// That a round is followed by one more.
    pub probability: f64,
    /// Work of a round as a share of the bid.
    pub share: f64,
    /// Rounds at most [default: 20].
    pub most: Option<u32>,
}

/// Rounds of client notes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reviews {
    /// Only shots and assets of this class.
    pub class: Option<Text<'static>>,
    /// Rounds on average.
    pub rounds: f64,
    /// Working days until a round is back.
    pub days: f64,
    /// Work of a round as a share of the bid [default: 0].
    pub share: Option<f64>,
}

/// Something that comes late.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// That it is late at all.
    pub probability: f64,
    /// By how many working days then.
    pub days: Spread,
}

/// Growth and cuts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Share of the open shots that grow.
    pub growth: Option<f64>,
    /// By so much of their work [default: 1].
    pub size: Option<f64>,
    /// Share of the shots not begun that are cut.
    pub omits: Option<f64>,
}

/// People who leave.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attrition {
    /// Probability in a month.
    pub monthly: f64,
    /// Paid working days until somebody else is as fast.
    pub days: u32,
}

/// A named risk.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its name.
    pub name: Text<'static>,
    /// That it happens.
    pub probability: f64,
    /// Working days for which the work that it touches stands still.
    pub days: Option<Spread>,
    /// More work on what it touches, as a share.
    pub work: Option<f64>,
    /// What it costs by itself.
    pub money: Option<Spread>,
    /// First day on which it may begin [default: the day of the plan].
    pub from: Option<Text<'static>>,
    /// Last day on which it may begin [default: the last day of the plan's work].
    pub to: Option<Text<'static>>,
    /// Departments that it touches [default: all].
    #[serde(default)]
    pub departments: Vec<Text<'static>>,
    /// Shows, sequences, shots and assets that it touches [default: all].
    #[serde(default)]
    pub scope: Vec<Text<'static>>,
}

/// What can be done about a risk: either about a named one, or about how work is spread.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mitigation {
    /// Its name.
    pub name: Text<'static>,
    /// Its price.
    pub cost: Option<f64>,
    /// The named risk that it changes.
    pub event: Option<Text<'static>>,
    /// Its new probability.
    pub probability: Option<f64>,
    /// Its new length.
    pub days: Option<Spread>,
    /// Its new share of more work.
    pub work: Option<f64>,
    /// Its new cost.
    pub money: Option<Spread>,
    /// Departments whose work it changes [default: all].
    #[serde(default)]
    pub departments: Vec<Text<'static>>,
    /// Multiplies what their work takes.
    pub median: Option<f64>,
    /// Multiplies the spread of it about the median.
    pub spread: Option<f64>,
}

impl<'de> Deserialize<'de> for Spread {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SpreadVisitor)
    }
}

struct SpreadVisitor;

impl<'de> Visitor<'de> for SpreadVisitor {
    type Value = Spread;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a spread such as { median = 1.05, sigma = 0.4 }")
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Spread, E> {
        Ok(Spread::Number(value))
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Spread, E> {
        Ok(Spread::Number(value as f64))
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Spread, E> {
        Ok(Spread::Number(value as f64))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Spread, A::Error> {
        Shape::deserialize(MapAccessDeserializer::new(map)).map(Spread::Shape)
    }
}

impl JsonSchema for Spread {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Spread".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let shape = generator.subschema_for::<Shape>();
        schemars::json_schema!({
            "description": "A number, or how it is spread.",
            "anyOf": [{ "type": "number" }, shape]
        })
    }
}
