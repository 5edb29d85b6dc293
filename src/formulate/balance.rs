//! How evenly the time of teams is used: what is there of it, by person, team and period.

use super::{LaneSpec, NONE, WorkingTime};
use crate::model::*;

/// Weeks in which the time of a team is to be used evenly.
pub const WEEKS_TOGETHER: u32 = 4;

/// The time of people and their teams by period of four weeks from the first Monday on, in basis-point
/// slots; nothing where evenness has no weight.
///
/// With `w` of their time `a` used, the deviation of all from the mean `Σw ÷ Σa` of their team is
/// `Σ a × (w ÷ a − mean)² = Σ w² ÷ a − (Σw)² ÷ Σa`, so that each change costs one person and one team.
#[derive(Clone, Debug, Default)]
pub struct Teams {
    /// Team of each person: their home department; [`NONE`] without one.
    pub team_of: Vec<u32>,
    /// Number of periods.
    pub periods: u32,
    /// Days in a period.
    pub period_days: u32,
    /// Number of teams.
    pub teams: u32,
    /// By person and period.
    pub time: Vec<i64>,
    /// By team and period.
    pub team_time: Vec<i64>,
    /// `R`.
    price: i64,
    /// What the sum of squares is divided by: 20 times the basis-point slots of a day.
    divisor: i64,
}

impl Teams {
    /// The teams of a production.
    pub(super) fn new(
        production: &Production,
        timeline: &Timeline,
        lanes: &[LaneSpec],
        times: &[WorkingTime],
    ) -> Teams {
        if production.settings.weights.points()[BALANCE] == 0 {
            return Teams::default();
        }
        let period_days = WEEKS_TOGETHER * 7;
        let periods = timeline.days().div_ceil(period_days);
        let teams = production.departments.len() as u32;
        let home = |id| production.home_department(id).map_or(NONE, |home| home.index() as u32);
        let team_of: Vec<u32> = production.people.ids().map(home).collect();
        let mut time = vec![0; team_of.len() * periods as usize];
        let mut team_time = vec![0; (teams * periods) as usize];
        let plain = lanes.iter().enumerate().filter(|(place, lane)| lane.own == *place as u32);
        for (_, lane) in plain {
            let person = lane.person.index() as u32;
            let worked = &times[lane.time as usize];
            for day in 0..timeline.days() {
                let share = i64::from(worked.share_on(day) * timeline.slots_per_day());
                let period = day / period_days;
                time[(person * periods + period) as usize] += share;
                if let Some(team) = Some(team_of[person as usize]).filter(|&team| team != NONE) {
                    team_time[(team * periods + period) as usize] += share;
                }
            }
        }
        Teams {
            team_of,
            periods,
            period_days,
            teams,
            time,
            team_time,
            price: production.mean_day_cost().0,
            divisor: 20 * 10_000 * i64::from(timeline.slots_per_day()),
        }
    }

    /// A twentieth of the price `R` a day, for the square of what is used of the time: one term of the
    /// deviation. `divisor` is 20 times the basis-point slots of a day.
    ///
    /// ```
    /// use shotplan::formulate::Teams;
    /// // R = 340.00; ten days, all of them used: 17.00 a day; half of them: a quarter of that.
    /// assert_eq!(Teams::priced(34_000, 800_000, 400_000, 400_000), 17_000);
    /// assert_eq!(Teams::priced(34_000, 800_000, 200_000, 400_000), 4_250);
    /// assert_eq!(Teams::priced(34_000, 800_000, 0, 0), 0);
    /// ```
    #[inline]
    pub fn priced(price: i64, divisor: i64, used: i64, time: i64) -> i64 {
        if time <= 0 || used == 0 {
            return 0;
        }
        let used = i128::from(used);
        round_half_even(i128::from(price) * used * used, i128::from(time) * i128::from(divisor))
    }

    /// The term of a person or a team.
    #[inline]
    pub fn term(&self, used: i64, time: i64) -> i64 {
        Teams::priced(self.price, self.divisor, used, time)
    }
}
