//! The money side: accounts, budget, what is spent and what is promised.

use super::{AccountId, Cents, Currency, DepartmentId, PersonId, ShowId, Source, TaskId, VendorId};
use jiff::civil::Date;

/// What an account collects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// Money in.
    Revenue,
    /// Artist labour of a department.
    Labour,
    /// Overtime premium.
    Overtime,
    /// Booked time without a task.
    Idle,
    /// Time of leads for their teams.
    Team,
    /// Paid time that no show bears.
    Bench,
    /// Vendors.
    Vendor,
    /// Set aside for what is not known yet: drawn on for other accounts.
    Contingency,
    /// What exchange rates other than those of the budget cost.
    Exchange,
    /// Anything else.
    Other,
}

/// A line of the chart of accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Code ("20-16").
    pub code: String,
    /// Description ("compositing").
    pub name: String,
    /// What it collects.
    pub kind: AccountKind,
    /// Where it was read.
    pub source: Source,
}

/// A budgeted amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetLine {
    /// The account.
    pub account: AccountId,
    /// The show; `None` = the production.
    pub show: Option<ShowId>,
    /// The department whose part of the account it is; `None` = whose account it is, or all together.
    pub department: Option<DepartmentId>,
    /// Original budget, in the production's currency.
    pub original: Cents,
    /// Approved changes to it.
    pub approved_changes: Cents,
    /// Estimated final cost in the last period, where known.
    pub last_period: Option<Cents>,
    /// Where it was read.
    pub source: Source,
}

/// A line of a budget that was kept for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// Name of the version ("locked").
    pub version: String,
    /// The account.
    pub account: AccountId,
    /// The show; `None` = the production.
    pub show: Option<ShowId>,
    /// The department whose part of the account it is.
    pub department: Option<DepartmentId>,
    /// Budget with its approved changes, in the production's currency.
    pub amount: Cents,
    /// Where it was read.
    pub source: Source,
}

/// Contingency given to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Day from which it counts.
    pub date: Date,
    /// The account drawn on.
    pub from: AccountId,
    /// The account it is given to.
    pub account: AccountId,
    /// The show; `None` = the production.
    pub show: Option<ShowId>,
    /// The department whose part of the account gets it; `None` as in the budget.
    pub department: Option<DepartmentId>,
    /// How much, in the production's currency; negative = given back.
    pub amount: Cents,
    /// What for.
    pub reason: String,
    /// Where it was read.
    pub source: Source,
}

/// What one account or person looked like when a period was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Name of the period.
    pub period: String,
    /// Last day of it.
    pub to: Date,
    /// What is kept of it.
    pub kept: Kept,
    /// Where it was read.
    pub source: Source,
}

/// What is kept of a closed period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All that was posted on an account in one currency: on a day of it, or until its end.
    Posted(AccountId, Option<Date>, Currency, Cents),
    /// A sum over the rates of a person that begin until its end; says whether they are still the same.
    Rates(PersonId, u64),
    /// The same for what a foreign currency was worth.
    Exchange(Currency, u64),
}

/// A sum over numbers that says whether they are still the same (FNV-1a over their bytes).
struct Sum(u64);

impl Sum {
    const NOTHING: Sum = Sum(0xcbf2_9ce4_8422_2325);

    fn add(&mut self, value: i64) {
        for byte in value.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn add_day(&mut self, day: Date) {
        self.add(
            i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day()),
        );
    }
}

/// A sum over the rates of contracts that begin by `to`: another rate, day, basis or currency gives another sum.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(shotplan::model::rates_until(&[], date(2027, 1, 31)), 0xcbf2_9ce4_8422_2325);
/// ```
pub fn rates_until(contracts: &[super::Contract], to: Date) -> u64 {
    let mut sum = Sum::NOTHING;
    for contract in contracts {
        for (from, rate) in contract.rates.iter().filter(|(from, _)| *from <= to) {
            sum.add_day(*from);
            [rate.0, contract.basis as i64, contract.burden]
                .into_iter()
                .for_each(|part| sum.add(part));
            contract.currency.to_string().bytes().for_each(|byte| sum.add(i64::from(byte)));
        }
    }
    sum.0
}

/// The same over the exchange rates of a currency that hold on any day until `to`, and that of the budget.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::model::*;
/// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 6, 25));
/// let cad = Currency::new("CAD").unwrap();
/// show.fx.push(FxRate { currency: cad, millionths: 580_000, from: None });
/// let closed = exchange_until(&show, cad, date(2027, 1, 31));
/// show.fx.push(FxRate { currency: cad, millionths: 600_000, from: Some(date(2027, 2, 1)) });
/// assert_eq!(exchange_until(&show, cad, date(2027, 1, 31)), closed);
/// show.fx[0].millionths = 590_000;
/// assert_ne!(exchange_until(&show, cad, date(2027, 1, 31)), closed);
/// ```
pub fn exchange_until(production: &super::Production, currency: Currency, to: Date) -> u64 {
    let is_of = |rate: &&super::FxRate| rate.currency == currency;
    let spot = production.fx.iter().filter(is_of);
    let mut rates: Vec<(Date, i64)> = spot
        .map(|rate| (rate.from.unwrap_or(Date::MIN), rate.millionths))
        .filter(|(from, _)| *from <= to)
        .collect();
    rates.sort_unstable();
    let mut sum = Sum::NOTHING;
    for (from, millionths) in rates {
        sum.add_day(from);
        sum.add(millionths);
    }
    let budget = production.budget_rates.iter().filter(is_of);
    budget.for_each(|rate| sum.add(rate.millionths));
    sum.0
}

/// Whether a cost is posted or only known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActualState {
    /// Posted.
    Posted,
    /// Incurred, not posted yet.
    Accrued,
}

/// Cost to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actual {
    /// Day of the cost.
    pub date: Date,
    /// The account.
    pub account: AccountId,
    /// The show.
    pub show: Option<ShowId>,
    /// Amount in minor units of `currency`.
    pub amount: Cents,
    /// Currency.
    pub currency: Currency,
    /// Posted or accrued.
    pub state: ActualState,
    /// Person paid.
    pub person: Option<PersonId>,
    /// Vendor paid.
    pub vendor: Option<VendorId>,
    /// Task it was for.
    pub task: Option<TaskId>,
    /// Where it was read.
    pub source: Source,
}

/// A purchase order or other promise to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// Purchase order number.
    pub code: String,
    /// The account.
    pub account: AccountId,
    /// The show.
    pub show: Option<ShowId>,
    /// Vendor it was given to.
    pub vendor: Option<VendorId>,
    /// Its package: the shots, assets, sequences or shows whose work it buys; empty = all that the vendor does for
    /// the show. See `Production::is_ordered_by`.
    pub contents: Vec<super::Entity>,
    /// Full value, in minor units of `currency`.
    pub amount: Cents,
    /// In the books of it already: invoiced, or accrued as cost to date.
    pub drawn: Cents,
    /// Incurred of it and in no books yet: accrued by the order itself.
    pub accrued: Cents,
    /// Currency.
    pub currency: Currency,
    /// When the rest is expected.
    pub expected: Option<Date>,
    /// First day on which it can be cancelled; `None` = never.
    pub cancellable_from: Option<Date>,
    /// What cancelling it costs, in minor units of `currency`.
    pub cancel_cost: Cents,
    /// Where it was read.
    pub source: Source,
}

/// Calendar days after what a vendor's payment step is tied to, such as a retention that is kept for two months; 0
/// where none are written, `None` where what follows the `+` is no time.
///
/// ```
/// use shotplan::model::step_lag;
/// assert_eq!(step_lag("retention +60d"), Some(60));
/// assert_eq!(step_lag("acceptance + 8 weeks"), Some(56));
/// assert_eq!(step_lag("delivery"), Some(0));
/// assert_eq!(step_lag("retention +x"), None);
/// ```
pub fn step_lag(tied_to: &str) -> Option<i64> {
    let Some((_, lag)) = tied_to.split_once('+') else { return Some(0) };
    let lag = lag.trim();
    let (number, unit) = lag.split_at(lag.find(|c: char| !c.is_ascii_digit()).unwrap_or(lag.len()));
    let days = match unit.trim().to_lowercase().as_str() {
        "" | "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return None,
    };
    number.parse::<i64>().ok().map(|number| number.saturating_mul(days)).filter(|lag| *lag <= 3_650)
}

/// Where a change order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeState {
    /// Being written.
    Draft,
    /// Priced.
    Priced,
    /// With the client.
    Sent,
    /// Signed.
    Approved,
    /// Refused.
    Rejected,
    /// Done at the cost of whoever does the work.
    Absorbed,
}

impl ChangeState {
    /// Whether it is still to be decided, with a price or without.
    pub fn is_open(self) -> bool {
        matches!(self, ChangeState::Draft | ChangeState::Priced | ChangeState::Sent)
    }

    /// Whether its work is agreed to be done, whoever pays for it.
    pub fn is_agreed(self) -> bool {
        matches!(self, ChangeState::Approved | ChangeState::Absorbed)
    }
}

/// A change of scope with its price: the client's, who pays more for it, or a vendor's, who is paid more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeOrder {
    /// Number.
    pub code: String,
    /// The show.
    pub show: ShowId,
    /// Where it stands. `Absorbed` is at the cost of whoever does the work: the studio's for a client, the
    /// vendor's for an order.
    pub state: ChangeState,
    /// Price: in the production's currency for a client, in that of the order for a vendor.
    pub amount: Cents,
    /// The vendor's purchase order that it changes, a row of `Production::commitments`; `None` = it is with
    /// the client.
    pub order: Option<usize>,
    /// Working days that it adds to the vendor's time for its tasks; negative = sooner.
    pub days: i64,
    /// Tasks it pays for.
    pub tasks: Vec<TaskId>,
    /// Day of its last state.
    pub date: Option<Date>,
    /// Where it was read.
    pub source: Source,
}

/// A payment step with the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentStep {
    /// The show.
    pub show: ShowId,
    /// Share of the award, in basis points.
    pub share: i64,
    /// What it is tied to ("award", "25% final", "final delivery" …).
    pub tied_to: String,
    /// Expected day, where known.
    pub date: Option<Date>,
    /// Days until the invoice is paid.
    pub terms_days: u32,
    /// Where it was read.
    pub source: Source,
}

/// What an incentive is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IncentiveKind {
    /// People's and vendors' cost.
    #[default]
    Spend,
    /// People's cost.
    Labour,
    /// Vendors' cost.
    Vendors,
}

/// A tax incentive, as data. The shipped examples are illustrations, never advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncentiveRule {
    /// Name.
    pub code: String,
    /// Place: the site of people, the place of vendors; empty = everywhere.
    pub place: String,
    /// What it is a share of.
    pub kind: IncentiveKind,
    /// Share of the eligible cost, in basis points.
    pub rate: i64,
    /// Higher rates, in basis points, on all of the base from an amount on; ascending.
    pub tiers: Vec<(Cents, i64)>,
    /// Share of the eligible cost that counts, in basis points.
    pub eligible: i64,
    /// Most of it that counts, in basis points of the same kind of cost everywhere.
    pub cap_share: i64,
    /// Most of it that counts.
    pub cap: Option<Cents>,
    /// Least eligible cost; below it there is nothing.
    pub minimum: Cents,
    /// Names of incentives that are taken off its base first.
    pub net_of: Vec<String>,
    /// Tax on it, in basis points.
    pub tax: i64,
    /// Share of it that comes to the studio, in basis points.
    pub studio_share: i64,
    /// Months from the last cost to the money.
    pub lag_months: u32,
    /// How sure it is, in basis points.
    pub certainty: i64,
    /// First day of validity.
    pub valid_from: Option<Date>,
    /// Last day of validity.
    pub valid_to: Option<Date>,
    /// Where it was read.
    pub source: Source,
}

impl IncentiveRule {
    /// `rate` of all that is spent in `place`, paid out whole a year after the last cost.
    pub fn new(code: &str, place: &str, rate: i64) -> IncentiveRule {
        IncentiveRule {
            code: code.to_owned(),
            place: place.to_owned(),
            kind: IncentiveKind::Spend,
            rate,
            tiers: Vec::new(),
            eligible: 10_000,
            cap_share: 10_000,
            cap: None,
            minimum: Cents::ZERO,
            net_of: Vec::new(),
            tax: 0,
            studio_share: 10_000,
            lag_months: 12,
            certainty: 10_000,
            valid_from: None,
            valid_to: None,
            source: Source::default(),
        }
    }
}
