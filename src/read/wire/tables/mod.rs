//! Every table and column of a show, with what it means, its unit and its default.
//!
//! The README of the templates is made from these lines.

mod books;
mod budget;
mod contracts;
mod hiring;
mod people;
mod places;
mod plan;
mod pools;
mod receipts;
mod settings;
mod shows;
mod tasks;
mod vendors;

pub use books::{Actual, Fx};
pub use budget::{Account, Baseline, Budget, Closed, Draw};
pub use contracts::{CardRate, Contract};
pub use hiring::{Hiring, Move, Placeholder};
pub use people::{Booking, Leave, Person, Skill};
pub use places::{Calendar, Department, Holiday, Site};
pub use plan::PlanRow;
pub use pools::Pool;
pub use receipts::{Incentive, Payment};
pub use settings::Settings;
pub use shows::{Asset, Milestone, Sequence, Shot, Show};
pub use tasks::{Dependency, Task, TimeLog};
pub use vendors::{ChangeOrder, Commitment, Vendor};

use super::{About, Row};
use std::collections::BTreeMap;

/// A show (or several) in one document: the content of `show.toml`, of `studio.toml`, and of the
/// one-file JSON form. Each list may also be a CSV file of the same name.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    /// How to plan.
    pub settings: Settings<'static>,
    /// What the headers of your own CSV files mean, by table: `"Pipeline Step" = "department"`;
    /// `"-"` = leave the column out.
    pub columns: BTreeMap<String, BTreeMap<String, String>>,
    /// Working weeks.
    pub calendars: Vec<Calendar<'static>>,
    /// Places of work.
    pub sites: Vec<Site<'static>>,
    /// Public holidays.
    pub holidays: Vec<Holiday<'static>>,
    /// Exchange rates.
    pub fx: Vec<Fx<'static>>,
    /// Chart of accounts.
    pub accounts: Vec<Account<'static>>,
    /// Departments.
    pub departments: Vec<Department<'static>>,
    /// Vendors.
    pub vendors: Vec<Vendor<'static>>,
    /// Render farm, licences, desks.
    pub pools: Vec<Pool<'static>>,
    /// Shows.
    pub shows: Vec<Show<'static>>,
    /// Sequences.
    pub sequences: Vec<Sequence<'static>>,
    /// Shots.
    pub shots: Vec<Shot<'static>>,
    /// Assets.
    pub assets: Vec<Asset<'static>>,
    /// People.
    pub people: Vec<Person<'static>>,
    /// Planned hires.
    pub placeholders: Vec<Placeholder<'static>>,
    /// Terms of hire.
    pub hiring: Vec<Hiring<'static>>,
    /// Terms of moves.
    pub moves: Vec<Move<'static>>,
    /// The rate card.
    pub rates: Vec<CardRate<'static>>,
    /// Skills.
    pub skills: Vec<Skill<'static>>,
    /// Contracts.
    pub contracts: Vec<Contract<'static>>,
    /// Days away.
    pub leave: Vec<Leave<'static>>,
    /// Bookings.
    pub bookings: Vec<Booking<'static>>,
    /// Tasks.
    pub tasks: Vec<Task<'static>>,
    /// What waits for what.
    pub dependencies: Vec<Dependency<'static>>,
    /// Promised dates.
    pub milestones: Vec<Milestone<'static>>,
    /// Budget.
    pub budget: Vec<Budget<'static>>,
    /// Contingency given to accounts.
    pub contingency: Vec<Draw<'static>>,
    /// The baseline.
    pub baseline: Vec<Baseline<'static>>,
    /// Closed periods.
    pub closed: Vec<Closed<'static>>,
    /// Cost to date.
    pub actuals: Vec<Actual<'static>>,
    /// Purchase orders.
    pub commitments: Vec<Commitment<'static>>,
    /// Changes of scope.
    pub change_orders: Vec<ChangeOrder<'static>>,
    /// Client payments.
    pub payments: Vec<Payment<'static>>,
    /// Tax incentives.
    pub incentives: Vec<Incentive<'static>>,
    /// Logged time.
    pub time_logs: Vec<TimeLog<'static>>,
}

/// All tables, in the order in which they are described.
pub const TABLES: &[About] = &[
    Settings::ABOUT,
    Task::ABOUT,
    Dependency::ABOUT,
    Person::ABOUT,
    Skill::ABOUT,
    Contract::ABOUT,
    Leave::ABOUT,
    Booking::ABOUT,
    Placeholder::ABOUT,
    Hiring::ABOUT,
    Move::ABOUT,
    CardRate::ABOUT,
    Show::ABOUT,
    Sequence::ABOUT,
    Shot::ABOUT,
    Asset::ABOUT,
    Milestone::ABOUT,
    Department::ABOUT,
    Site::ABOUT,
    Calendar::ABOUT,
    Holiday::ABOUT,
    Vendor::ABOUT,
    Pool::ABOUT,
    Account::ABOUT,
    Budget::ABOUT,
    Draw::ABOUT,
    Closed::ABOUT,
    Baseline::ABOUT,
    Actual::ABOUT,
    Commitment::ABOUT,
    ChangeOrder::ABOUT,
    Payment::ABOUT,
    Incentive::ABOUT,
    Fx::ABOUT,
    TimeLog::ABOUT,
];
