//! How to plan: the day of the plan, the currency, what matters how much.

use super::{BudgetCap, Cents, Currency, Multipliers, ProductivityCurve, Weights};
use jiff::civil::Date;

/// What the plan should favour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// All components at their price.
    #[default]
    Balanced,
    /// Dates first: lateness and unplaced work count five times.
    Deliver,
    /// Money first: labour, vendors and technology count double, comfort 0.3 times.
    Cheapest,
    /// Nobody works beyond contract hours.
    NoOvertime,
    /// Changes of an earlier plan count ten times.
    KeepPlan,
}

impl Mode {
    /// All modes.
    pub const ALL: [Mode; 5] =
        [Mode::Balanced, Mode::Deliver, Mode::Cheapest, Mode::NoOvertime, Mode::KeepPlan];

    /// The word used in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Mode::Balanced => "balanced",
            Mode::Deliver => "deliver",
            Mode::Cheapest => "cheapest",
            Mode::NoOvertime => "no-overtime",
            Mode::KeepPlan => "keep-plan",
        }
    }
}

/// Which paid time is charged to a show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChargeBasis {
    /// All booked time, worked or not.
    #[default]
    Booked,
    /// Only time worked on its tasks.
    Worked,
}

/// Who bears paid time that no task uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IdleTo {
    /// The show that it is booked for.
    #[default]
    Show,
    /// Nobody's show: the account of the bench.
    Bench,
}

/// How often people are paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayCycle {
    /// Every Sunday, for the week that ends.
    Weekly,
    /// Every other Sunday, for the two weeks that end.
    Fortnightly,
    /// On the last day of the month.
    #[default]
    Monthly,
}

/// When money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashTerms {
    /// How often people are paid.
    pub pay_cycle: PayCycle,
    /// Days from the end of a pay period to the pay.
    pub pay_lag_days: u32,
    /// Days from the pay to the employer's cost on top of it.
    pub fringe_lag_days: u32,
    /// Days until a vendor's invoice is paid, where the vendor has no terms of its own.
    pub vendor_terms_days: u32,
    /// Cash at hand before the first movement.
    pub opening: Cents,
}

impl Default for CashTerms {
    fn default() -> CashTerms {
        CashTerms {
            pay_cycle: PayCycle::Monthly,
            pay_lag_days: 0,
            fringe_lag_days: 21,
            vendor_terms_days: 30,
            opening: Cents::ZERO,
        }
    }
}

/// Settings of a production.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Name of the production.
    pub name: String,
    /// The day of the plan: nothing is planned before it.
    pub as_of: Date,
    /// Last day that can be planned.
    pub horizon_end: Date,
    /// Currency of the plan and of all reports.
    pub currency: Currency,
    /// Slots in a working day (4: a quarter of a day).
    pub slots_per_day: u32,
    /// Share of a working day that becomes work, in thousandths.
    pub productive: i64,
    /// What the hours of long weeks are worth.
    pub productivity: ProductivityCurve,
    /// What to favour.
    pub mode: Mode,
    /// What each component of the objective counts besides.
    pub weights: Weights,
    /// What is charged to a show.
    pub charge_basis: ChargeBasis,
    /// Whether reports for people show accruals inside commitments, as many houses do, instead of apart.
    pub accruals_in_commitments: bool,
    /// Who bears paid time that no task uses.
    pub idle_to: IdleTo,
    /// Seed of all random choices.
    pub seed: u64,
    /// Price of an artist-day where no rate is known, by seniority junior to lead.
    pub default_day_rate: [Cents; 4],
    /// When money moves.
    pub cash: CashTerms,
    /// Amounts that no plan may go over.
    pub hard_budgets: Vec<BudgetCap>,
    /// Named risks that are taken: odds do not count them.
    pub accepted_risks: Vec<String>,
}

impl Settings {
    /// What each component of the objective counts.
    pub fn multipliers(&self) -> Multipliers {
        self.weights.multipliers(self.mode)
    }
}
