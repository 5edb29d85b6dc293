//! Working time at a price: what every plan costs at least when departments sell their time.
//!
//! Let a minute of work of a department cost a price on each day. Each shot then answers for itself:
//! when is it best worked on, chain after chain, with lateness on one side and the price of time on
//! the other (`chains`)? And so does each artist: what is their time worth at these prices, less the
//! pay that could be avoided (`supply`)? What all shots cost together, less what all artists earn, is
//! never above the cost of a plan: in a plan, the work sold is work that somebody had the time for.
//! Any prices will do; good ones are those of the staffing program, which sees what is due
//! together but not that one task waits for another.
//!
//! Tiny case: one artist, two tasks of two days, both due after day 2, a day late costs 10. At a price
//! of 10 a day on days 1 and 2 and 5 on days 3 and 4, each task is cheapest on the first two days, for
//! 20; the artist earns 30 at most: every plan costs at least 10. (The best one costs 20.)
//!
//! Held, Wolfe and Crowder (1974), "Validation of subgradient optimization"; Möhring, Schulz, Stork
//! and Uetz (2003), "Solving project scheduling problems by minimum cut computations".

mod chains;
mod grid;
mod supply;

use super::Heads;
use crate::formulate::Problem;
use crate::formulate::staffing::CrewWeek;
use crate::model::Cents;
use chains::Chains;
use grid::Grid;

/// A price of a department's work on some days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimePrice {
    /// The department.
    pub department: u32,
    /// The show that the work is for; `None` = any.
    pub show: Option<u32>,
    /// First day.
    pub first: u32,
    /// Day after the last one.
    pub end: u32,
    /// Price of a minute of work at the bid standard, in minor units.
    pub price: f64,
}

impl TimePrice {
    /// The price that the staffing program puts on time, with so many minutes in a bid day.
    pub fn of(week: &CrewWeek, bid_day: i64) -> TimePrice {
        TimePrice {
            department: crate::model::Id::index(week.call.department) as u32,
            show: week.call.show.map(|show| crate::model::Id::index(show) as u32),
            first: week.period.first,
            end: week.period.end,
            price: week.price / bid_day.max(1) as f64,
        }
    }
}

/// Rounds in which the price of a late milestone is handed to those that make it late.
const ROUNDS: usize = 6;

/// No plan has a lower value. Of several prices for a day the last counts. Prices that are negative or no numbers count as 0. Ends early, with what
/// it has, when `stop` says so.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::formulate::Problem;
/// use shotplan::model::*;
/// use shotplan::solve::bounds::{self, TimePrice};
/// // One artist and two shots of ten working days, both due after the first ten; a day late costs
/// // 170.00.
/// let mut show = Production::new("two shots", date(2027, 1, 4), date(2027, 2, 26));
/// let comp = show.add_department("CMP");
/// show.people.push(Person::new("ada", SiteId::new(0), comp));
/// let film = show.shows.push(Show::new("film", CalendarId::new(0)));
/// let sequence = show.sequences.push(Sequence::new("010", film));
/// for code in ["010_0010", "010_0020"] {
///     let mut shot = Shot::new(code, sequence);
///     shot.due = Some(date(2027, 1, 15));
///     let shot = Entity::Shot(show.shots.push(shot));
///     show.tasks.push(Task::new(code, shot, comp, 4_080));
/// }
/// let problem = Problem::new(&show, Mode::NoOvertime);
/// let heads = bounds::heads(&problem);
/// // At 170.00 for all of a shot in the first two weeks and nothing later, a shot costs 170.00 early
/// // or a day late; the artist earns 170.00 at most.
/// let price = TimePrice { department: 0, show: None, first: 0, end: 14, price: 17_000.0 / 4_080.0 };
/// let bound = bounds::at_prices(&problem, &heads, &[price], &|| false);
/// assert!((16_900..=17_000).contains(&bound.0), "{bound:?}");
/// ```
pub fn at_prices(
    problem: &Problem,
    heads: &Heads,
    prices: &[TimePrice],
    stop: &dyn Fn() -> bool,
) -> Cents {
    if problem.jobs.is_empty() || problem.slots == 0 {
        return Cents::ZERO;
    }
    let grid = Grid::new(problem);
    let prices = grid.prices(problem, prices);
    let earned = supply::earned(problem, heads, &grid, &prices);
    let mut chains = Chains::new(problem, heads, &grid, &prices);
    let mut best = Cents::ZERO;
    for _ in 0..ROUNDS {
        let Some(cost) = chains.round(stop) else { break };
        // Sums of doubles are right to far more than a billionth; each component is rounded once more.
        let components = problem.multipliers.len() as f64;
        let value = cost - earned - (cost.abs() + earned) * 1e-9 - components;
        if value.is_finite() {
            best = best.max(Cents(value.floor() as i64));
        }
        if !chains.hand_over_milestones() {
            break;
        }
    }
    best
}
