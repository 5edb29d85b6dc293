//! How long people's weeks are in a plan, and what shorter ones would cost.

use super::levers::{EffectRow, Heading};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// Whether the crew is heading into crunch.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrunchAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Weeks of more than so many hours, and people who have any.
    pub beyond: Vec<BeyondRow>,
    /// Longest run of weeks in a row of more than `heavy_hours`, of one person.
    pub most_in_a_row: u32,
    /// Hours beyond which a week counts as heavy.
    pub heavy_hours: f64,
    /// Heavy weeks in a row that are borne without loss.
    pub patience: u32,
    /// Days that leave less than eleven hours of rest.
    pub short_nights: u32,
    /// Weeks without a day of rest.
    pub no_rest: u32,
    /// Pay of all overtime.
    pub overtime_cost: i64,
    /// Hours of overtime that do no work because the week is long.
    pub lost_hours: f64,
    /// Weeks, in order of time.
    pub weeks: Vec<CrunchWeek>,
    /// People with overtime, those with the longest weeks first.
    pub people: Vec<CrunchPerson>,
    /// What becomes of the production.
    pub plan: EffectRow,
    /// The same production with shorter weeks; none where nobody works overtime.
    pub calmer: Vec<CalmerRow>,
}

/// Weeks beyond a length.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BeyondRow {
    /// More than so many hours.
    pub hours: u32,
    /// People who work any such week.
    pub people: u32,
    /// Weeks of all of them.
    pub weeks: u32,
}

/// A week of everybody.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrunchWeek {
    /// Its Monday.
    #[schemars(with = "String")]
    pub week: Date,
    /// People with overtime.
    pub people: u32,
    /// People who work more than 48 hours.
    pub over_48: u32,
    /// People whose week is heavy.
    pub heavy: u32,
    /// Hours of overtime.
    pub overtime_hours: f64,
    /// Longest week of one person, in hours.
    pub longest_hours: f64,
}

/// A person with overtime.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrunchPerson {
    /// Who.
    pub person: String,
    /// Code of their department.
    pub department: Option<String>,
    /// Whether they opted out of an average of 48 hours.
    pub opted_out: bool,
    /// Weeks with overtime.
    pub weeks: u32,
    /// Weeks of more than 48 hours.
    pub over_48: u32,
    /// Heavy weeks.
    pub heavy: u32,
    /// Longest run of them in a row.
    pub in_a_row: u32,
    /// Longest week, in hours.
    pub longest_hours: f64,
    /// Overtime in all, in hours.
    pub overtime_hours: f64,
}

/// The production with shorter weeks.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CalmerRow {
    /// "no_overtime", or "no_week_beyond_48_hours".
    pub way: String,
    /// Hours of overtime that are left.
    pub overtime_hours: f64,
    /// Pay of them.
    pub overtime_cost: i64,
    /// What becomes of the production.
    pub effect: EffectRow,
}
