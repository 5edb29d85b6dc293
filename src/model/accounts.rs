//! The money side: accounts, budget, what is spent and what is promised.

use super::{AccountId, Cents, Currency, PersonId, ShowId, Source, TaskId, VendorId};
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
    /// Vendors.
    Vendor,
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
    /// Original budget, in the production's currency.
    pub original: Cents,
    /// Approved changes to it.
    pub approved_changes: Cents,
    /// Estimated final cost in the last period, where known.
    pub last_period: Option<Cents>,
    /// Where it was read.
    pub source: Source,
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
    /// Full value, in minor units of `currency`.
    pub amount: Cents,
    /// Already invoiced or accrued of it.
    pub drawn: Cents,
    /// Currency.
    pub currency: Currency,
    /// When the rest is expected.
    pub expected: Option<Date>,
    /// First day on which it can be cancelled; `None` = never.
    pub cancellable_from: Option<Date>,
    /// Where it was read.
    pub source: Source,
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
    /// Done at the studio's own cost.
    Absorbed,
}

/// A change of scope with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeOrder {
    /// Number.
    pub code: String,
    /// The show.
    pub show: ShowId,
    /// Where it stands.
    pub state: ChangeState,
    /// Price, in the production's currency.
    pub amount: Cents,
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

/// A tax incentive, as data. The shipped examples are illustrations, never advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncentiveRule {
    /// Name.
    pub code: String,
    /// Place.
    pub place: String,
    /// Share of the eligible cost, in basis points.
    pub rate: i64,
    /// First day of validity.
    pub valid_from: Option<Date>,
    /// Last day of validity.
    pub valid_to: Option<Date>,
    /// Where it was read.
    pub source: Source,
}
