//! What one more artist is worth: prices of the weekly plan, each checked by solving again.
//!
//! The dual of a department's row says what a little more time is worth, on one side only and often
//! one of many. So each price that is reported comes with the plan's value with one artist more and
//! with one less: the price holds between the two.

use super::bounds;
use super::linear::{self, Answer, Settings};
use super::staffing::{accuracy, known};
use crate::formulate::Problem;
use crate::formulate::program::Row;
use crate::formulate::staffing::{Kind, Period, Staffing, staffing};
use crate::model::*;
use rayon::prelude::*;

/// What one artist in one department and period is worth to the weekly plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// The department.
    pub department: DepartmentId,
    /// When.
    pub period: Period,
    /// Weeks of five working days in the period.
    pub weeks: f64,
    /// The dual, in minor units for an artist-week.
    pub dual: f64,
    /// What one artist more saves, in minor units a week.
    pub one_more: f64,
    /// What one artist less costs, in minor units a week; `None` where there is less than one.
    pub one_less: Option<f64>,
}

/// The weekly plan and its prices.
#[derive(Clone, Debug)]
pub struct Prices {
    /// Value of the weekly plan, in minor units.
    pub value: f64,
    /// The dearest first.
    pub rows: Vec<Price>,
    /// Departments and periods with a price, also those that were not solved again.
    pub priced: usize,
    /// The back end that answered.
    pub backend: linear::Backend,
}

/// The `most` dearest prices of the weekly plan.
///
/// An artist-week is five working days of a full-time artist at level 1.0. The program is the
/// estimate, with the order of groups: nearer to a plan than the bound.
///
/// # Errors
/// The answer that no back end could give, with why.
pub fn prices(production: &Production, mode: Mode, most: usize) -> Result<Prices, Answer> {
    let problem = Problem::new(production, mode);
    let heads = bounds::heads(&problem);
    let timeline = production.timeline();
    let lanes = availability::lanes(production, &timeline);
    let known = known(&problem, &heads);
    let weekly = staffing(production, &timeline, &lanes, &known, mode, Kind::Estimate);
    let settings = accuracy(production);
    let answer = linear::solve(&weekly.program, &settings);
    let Some(backend) = answer.backend.filter(|_| answer.is_optimal()) else {
        return Err(answer);
    };
    let week = artist_days(production, 5.0);
    // Below a hundredth of an artist-day a week it is rounding, not a price.
    let least = production.mean_day_cost().0.max(1) as f64 / 100.0;
    let mut asked: Vec<Asked> = weekly
        .crew_rows()
        .filter_map(|(row, department, period)| {
            let dual = -answer.duals[row.index()] * week;
            let worked = f64::from(worked_days(production, &timeline, period));
            (dual > least && worked > 0.0).then_some(Asked {
                row,
                department,
                period,
                worked,
                dual,
            })
        })
        .collect();
    let priced = asked.len();
    asked.sort_by(|a, b| {
        let worth = |asked: &Asked| asked.dual * asked.worked;
        let place = |asked: &Asked| (asked.department, asked.period.first);
        worth(b).total_cmp(&worth(a)).then(place(a).cmp(&place(b)))
    });
    asked.truncate(most);
    let again = |asked: &Asked| {
        let artist = artist_days(production, asked.worked);
        let weeks = asked.worked / 5.0;
        let change =
            |days: f64| Some(resolved(&weekly, asked.row, days, &settings)? - answer.value);
        let has_one = weekly.program.side(asked.row).1 >= artist * (1.0 - 1e-9);
        Some(Price {
            department: asked.department,
            period: asked.period,
            weeks,
            dual: asked.dual,
            one_more: (-change(artist)? / weeks).max(0.0),
            one_less: match has_one {
                true => Some((change(-artist)? / weeks).max(0.0)),
                false => None,
            },
        })
    };
    // Where equal optima have many duals, an interior one may be far from what solving again gives.
    let is_price = |price: &Price| price.one_more.max(price.one_less.unwrap_or(0.0)) > least;
    let tried = asked.len();
    let rows: Vec<Price> = asked.par_iter().filter_map(again).filter(is_price).collect();
    let priced = priced - tried + rows.len();
    Ok(Prices { value: answer.value, rows, priced, backend })
}

struct Asked {
    row: Row,
    department: DepartmentId,
    period: Period,
    worked: f64,
    dual: f64,
}

/// The value of the program with so many bid days more in a row.
fn resolved(weekly: &Staffing, row: Row, days: f64, settings: &Settings) -> Option<f64> {
    let mut changed = weekly.program.clone();
    changed.add_room(row, days);
    let answer = linear::solve(&changed, settings);
    answer.is_optimal().then_some(answer.value)
}

/// Bid days that an artist of level 1.0 does in so many working days.
fn artist_days(production: &Production, days: f64) -> f64 {
    days * production.settings.productive.max(0) as f64 / 1e3
}

/// Days of a period that can still be worked, by the first site's calendar.
fn worked_days(production: &Production, timeline: &Timeline, period: Period) -> u32 {
    let Some(site) = production.sites.iter().next() else { return 0 };
    let calendar = &production.calendars[site.calendar];
    let days = (period.first..period.end).map(|day| timeline.date(Day(day)));
    let is_worked = |date: &jiff::civil::Date| {
        *date >= production.settings.as_of
            && calendar.is_worked(*date)
            && site.holidays.binary_search(date).is_err()
    };
    days.filter(is_worked).count() as u32
}
