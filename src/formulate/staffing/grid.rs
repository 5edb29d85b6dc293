//! Periods: how the days of the timeline are put together.

use crate::model::{Day, Timeline};

/// A run of days that the program does not tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: u32,
    /// Day after the last one.
    pub end: u32,
    /// Week of the timeline in which it begins.
    pub week: u32,
}

/// How fine the periods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// Every day by itself.
    Days,
    /// Weeks.
    Weeks,
    /// Twelve weeks, six fortnights, then four weeks at a time: what is far away needs less detail.
    Telescoping,
}

/// The periods of a grid: each day in one, in order.
///
/// ```
/// use shotplan::formulate::staffing::{Grid, periods};
/// use shotplan::model::Timeline;
/// use jiff::civil::date;
/// let timeline = Timeline::new(date(2027, 1, 4), date(2027, 12, 31), 4); // 52 weeks
/// assert_eq!(periods(&timeline, Grid::Weeks).len(), 52);
/// assert_eq!(periods(&timeline, Grid::Telescoping).len(), 12 + 6 + 7);
/// ```
pub fn periods(timeline: &Timeline, grid: Grid) -> Vec<Period> {
    let block = |day: u32, week: u32| match grid {
        Grid::Days => day,
        Grid::Weeks => week,
        Grid::Telescoping if week < 12 => week,
        Grid::Telescoping if week < 24 => 12 + (week - 12) / 2,
        Grid::Telescoping => 18 + (week - 24) / 4,
    };
    let mut periods: Vec<Period> = Vec::new();
    let mut last = None;
    for day in 0..timeline.days() {
        let week = timeline.week(Day(day));
        let now = block(day, week);
        match periods.last_mut() {
            Some(period) if last == Some(now) => period.end = day + 1,
            _ => periods.push(Period { first: day, end: day + 1, week }),
        }
        last = Some(now);
    }
    periods
}
