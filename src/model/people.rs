//! Departments, people, and the paper that says when and for how much they work.

use super::{
    AccountId, Cents, Currency, DepartmentId, PersonId, SequenceId, ShowId, SiteId, Source,
    VendorId,
};
use jiff::civil::Date;

/// What a department's work goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepartmentKind {
    /// Models, rigs, textures …
    Asset,
    /// Shot work: layout, animation, comp …
    Shot,
    /// Ingest, quality control, editorial …
    Support,
}

/// A department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Short name it is referred to by ("CMP").
    pub code: String,
    /// Full name ("compositing").
    pub name: String,
    /// What its work goes into.
    pub kind: DepartmentKind,
    /// Place in the pipeline, ascending.
    pub order: u32,
    /// Account of its labour.
    pub account: AccountId,
    /// Most people at work at once, whatever the head count.
    pub curve: CrewCurve,
    /// Minutes to settle in when somebody's work before was of another sequence.
    pub setup_sequence: i64,
    /// Minutes to settle in when somebody's work before was of another show; then the longer of the two.
    pub setup_show: i64,
    /// Where it was read.
    pub source: Source,
}

/// How a department's crew is allowed to grow and shrink.
///
/// The cap on artists at work on a day is `ramp_from` heads at `ramp_in_start`, grows evenly to
/// `cap` at `peak_start`, stays until `peak_end`, and falls evenly to `ramp_from` at `ramp_out_end`.
/// Dates that are missing leave that side flat. `floor` asks for at least so many heads booked in
/// the peak window; it is reported, never forced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrewCurve {
    /// Most artists at work on one day.
    pub cap: Option<u32>,
    /// Heads the department should not fall below in its peak window.
    pub floor: Option<u32>,
    /// Heads at the two ends of the ramp.
    pub ramp_from: u32,
    /// First day of the ramp in.
    pub ramp_in_start: Option<Date>,
    /// First day of the full crew.
    pub peak_start: Option<Date>,
    /// Last day of the full crew.
    pub peak_end: Option<Date>,
    /// Last day of the ramp out.
    pub ramp_out_end: Option<Date>,
}

impl CrewCurve {
    /// Most artists of the department at work on `date`; `None` = no limit.
    ///
    /// ```
    /// use shotplan::model::CrewCurve;
    /// use jiff::civil::date;
    /// let curve = CrewCurve {
    ///     cap: Some(10), ramp_from: 2,
    ///     ramp_in_start: Some(date(2027, 1, 4)), peak_start: Some(date(2027, 1, 12)),
    ///     ..CrewCurve::default()
    /// };
    /// assert_eq!(curve.cap_on(date(2027, 1, 1)), Some(2));
    /// assert_eq!(curve.cap_on(date(2027, 1, 8)), Some(6)); // half-way up
    /// assert_eq!(curve.cap_on(date(2027, 2, 1)), Some(10));
    /// ```
    pub fn cap_on(&self, date: Date) -> Option<u32> {
        let cap = self.cap?;
        let low = self.ramp_from.min(cap);
        let along = |from: Date, to: Date, at: Date| -> u32 {
            let whole = super::days_between(from, to).max(1);
            let part = super::days_between(from, at).clamp(0, whole);
            low + (i64::from(cap - low) * part / whole) as u32
        };
        if let Some(peak) = self.peak_start
            && date < peak
        {
            return Some(self.ramp_in_start.map_or(cap, |start| along(start, peak, date)));
        }
        if let Some(peak) = self.peak_end
            && date > peak
        {
            return Some(self.ramp_out_end.map_or(cap, |end| along(end, peak, date.min(end))));
        }
        Some(cap)
    }
}

/// Complexity class of a shot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Simple 2D.
    A,
    /// Medium.
    B,
    /// Complex.
    C,
    /// Hero.
    D,
}

/// What a person can do in one department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// The department.
    pub department: DepartmentId,
    /// A speciality ("hair", "water"); `None` covers the general work of the department only.
    pub tag: Option<String>,
    /// Speed in thousandths of the bid standard (1,000 = as bid).
    pub level: i64,
    /// The hardest class of shot the person may take.
    pub max_class: Class,
}

/// Experience, which decides default rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seniority {
    /// Junior.
    Junior,
    /// Mid-level.
    Mid,
    /// Senior.
    Senior,
    /// Lead.
    Lead,
}

/// Work that somebody would rather do than other work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preference {
    /// That of a department.
    Department(DepartmentId),
    /// That of a show.
    Show(ShowId),
    /// That of a sequence.
    Sequence(SequenceId),
    /// That of shots and assets of a class.
    Class(Class),
}

/// A time in which overtime may be asked of a person, with caps of its own where they are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OvertimeWindow {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Most minutes of work in a day.
    pub cap_day_minutes: Option<i64>,
    /// Most minutes of work in a week.
    pub cap_week_minutes: Option<i64>,
    /// Which days off may be worked.
    pub days_off: Option<super::DaysOff>,
    /// Most minutes of work on a day off.
    pub cap_day_off_minutes: Option<i64>,
}

/// A named artist, or one head of a planned hire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id people are referred to by.
    pub code: String,
    /// Display name.
    pub name: String,
    /// Skills, the main one first. The first skill's department is the person's own.
    pub skills: Vec<Skill>,
    /// Experience.
    pub seniority: Seniority,
    /// What they are employed as ("artist", "supervisor"): decides rates of the card.
    pub position: Option<String>,
    /// Where they work.
    pub site: SiteId,
    /// Share of full time, in basis points (6,000 = 60 %).
    pub capacity: i64,
    /// Share of their time that leading a team takes, in basis points.
    pub lead_share: i64,
    /// Most tasks they may have open (begun and not ended) at once.
    pub max_concurrent: u32,
    /// Whether overtime may be asked of them.
    pub overtime_allowed: bool,
    /// Times in which overtime may be asked of them besides, or up to other caps.
    pub overtime_windows: Vec<OvertimeWindow>,
    /// Whether they opted out of the weekly average limit.
    pub opted_out: bool,
    /// Shows they may work on; empty = all.
    pub shows: Vec<ShowId>,
    /// Work that they would rather do; empty = any.
    pub prefers: Vec<Preference>,
    /// A planned hire without a name yet.
    pub placeholder: bool,
    /// When they are employed, sorted by start; empty = always, at the default rate.
    pub contracts: Vec<Contract>,
    /// When they are away.
    pub leave: Vec<Leave>,
    /// Which shows they are booked on; empty = free for all shows, paid only for days worked.
    pub bookings: Vec<Booking>,
    /// Where they were read.
    pub source: Source,
}

/// Kind of employment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractKind {
    /// Permanent.
    Staff,
    /// Fixed term.
    Fixed,
    /// By the week or day: pay that can be avoided.
    Freelance,
}

/// What a rate is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateBasis {
    /// An hour.
    Hour,
    /// A working day.
    Day,
    /// A week of five days.
    Week,
    /// A month of twenty days.
    Month,
    /// A year of 260 days.
    Year,
}

/// One contract of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Kind of employment.
    pub kind: ContractKind,
    /// First day.
    pub start: Date,
    /// Last day; `None` = open end.
    pub end: Option<Date>,
    /// Last day that must be paid whatever happens.
    pub min_end: Option<Date>,
    /// Working days of notice.
    pub notice_days: u32,
    /// Pay without burden, in minor units of `currency`, from a date on; sorted, never empty.
    pub rates: Vec<(Date, Cents)>,
    /// What the rate is paid for.
    pub basis: RateBasis,
    /// Employer's cost on top of pay, in basis points.
    pub burden: i64,
    /// Currency of the rate.
    pub currency: Currency,
    /// Overtime rules, where they differ from the site's.
    pub overtime: Option<super::OvertimePolicy>,
    /// What is paid whether there is work or not.
    pub guarantee: super::Guarantee,
    /// What confirmed days cost that are called off.
    pub cancellation: super::Cancellation,
    /// The right to let it go on after its end.
    pub option: Option<super::ExtensionOption>,
    /// Whether the rate was assumed (it stands in no file).
    pub rate_assumed: bool,
    /// Where it was read.
    pub source: Source,
}

impl Contract {
    /// Whether `date` is inside the contract, both ends in.
    pub fn covers(&self, date: Date) -> bool {
        self.start <= date && self.end.is_none_or(|end| date <= end)
    }
    /// The rate in force on `date` (the first one before its start).
    pub fn rate_on(&self, date: Date) -> Cents {
        let next = self.rates.partition_point(|(from, _)| *from <= date);
        self.rates.get(next.saturating_sub(1)).map_or(Cents::ZERO, |(_, rate)| *rate)
    }
    /// What a full working day of `day_minutes` costs on `date` with burden, in the contract's
    /// currency: rounded half to even once.
    pub fn day_cost(&self, date: Date, day_minutes: i64) -> Cents {
        let rate = i128::from(self.rate_on(date).0);
        let (numerator, denominator) = match self.basis {
            RateBasis::Hour => (i128::from(day_minutes), 60),
            RateBasis::Day => (1, 1),
            RateBasis::Week => (1, 5),
            RateBasis::Month => (1, 20),
            RateBasis::Year => (1, 260),
        };
        let loaded = (rate * numerator).saturating_mul(10_000 + i128::from(self.burden));
        Cents(super::round_half_even(loaded, denominator * 10_000))
    }
}

/// On which terms a department finds people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HireTerms {
    /// The id they are referred to by.
    pub code: String,
    /// The department.
    pub department: DepartmentId,
    /// Where they work.
    pub site: SiteId,
    /// How experienced they are.
    pub seniority: Seniority,
    /// Speed in thousandths of the bid standard.
    pub level: i64,
    /// Kind, pay and notice of their contracts; the days are those of each hire.
    pub contract: Contract,
    /// Working days from the decision to the first day.
    pub lead_days: u32,
    /// First day on which anybody can begin; `None` = any.
    pub earliest: Option<Date>,
    /// Least weeks of a stay.
    pub min_weeks: u32,
    /// Share of their time that they give in the first weeks, in basis points.
    pub ramp: Vec<i64>,
    /// Most people hired at once.
    pub most: u32,
    /// Cost of each start, in the production's currency: search, machine, and what others lose with them.
    pub onboarding: Cents,
    /// Where it was read; nowhere when assumed.
    pub source: Source,
}

/// Days away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Share of each day, in basis points (10,000 = whole days).
    pub share: i64,
    /// Approved leave is away; requested leave is only reported.
    pub approved: bool,
    /// Where it was read.
    pub source: Source,
}

/// How sure a booking is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingState {
    /// Second hold.
    Hold2,
    /// First hold.
    Hold1,
    /// Tentative.
    Tentative,
    /// Confirmed.
    Confirmed,
    /// Called off after it had been confirmed.
    Cancelled,
}

/// A share of a person's time promised to a show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// The show.
    pub show: ShowId,
    /// The department they are booked for, if said.
    pub department: Option<DepartmentId>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Share of their working time, in basis points.
    pub share: i64,
    /// How sure it is. Holds do not count as time to plan with.
    pub state: BookingState,
    /// How likely it becomes firm, in basis points: reported, never planned with.
    pub probability: i64,
    /// Day on which it was called off.
    pub cancelled: Option<Date>,
    /// Where it was read.
    pub source: Source,
}

impl BookingState {
    /// How likely such a booking becomes firm where nothing is said: all of a confirmed one, half of a
    /// tentative one, a quarter of a first hold, a tenth of a second one, in basis points.
    pub fn usual_probability(self) -> i64 {
        match self {
            BookingState::Hold2 => 1_000,
            BookingState::Hold1 => 2_500,
            BookingState::Tentative => 5_000,
            BookingState::Confirmed => 10_000,
            BookingState::Cancelled => 0,
        }
    }
}

impl Person {
    /// Whether the shows named for them let them work on a show: without any, all do.
    pub fn is_for(&self, show: ShowId) -> bool {
        self.shows.is_empty() || self.shows.contains(&show)
    }

    /// Whether their bookings and the shows named for them let them work on a show.
    pub fn may_work_on(&self, show: ShowId) -> bool {
        let mut booked = self.bookings.iter().filter(|row| row.is_usable());
        self.is_for(show) && (self.bookings.is_empty() || booked.any(|row| row.show == show))
    }

    /// The only show that they may work on, if it is one.
    pub fn only_show(&self) -> Option<ShowId> {
        let booked = self.bookings.iter().filter(|row| row.is_usable()).map(|row| row.show);
        let mut shows: Vec<ShowId> = match self.bookings.is_empty() {
            true => self.shows.clone(),
            false => booked.collect(),
        };
        shows.sort_unstable();
        shows.dedup();
        let only = shows.first().copied()?;
        (shows.len() == 1).then_some(only)
    }
}

impl Booking {
    /// Whether the planner may use the time.
    pub fn is_usable(&self) -> bool {
        matches!(self.state, BookingState::Tentative | BookingState::Confirmed)
    }

    /// Whether the time is paid without a task: only what is confirmed is.
    pub fn is_payable(&self) -> bool {
        self.state == BookingState::Confirmed
    }
}

/// A company that work can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// The id it is referred to by.
    pub code: String,
    /// Name.
    pub name: String,
    /// Place of work.
    pub place: String,
    /// Departments it takes work of.
    pub departments: Vec<DepartmentId>,
    /// Whether it takes all its work of a sequence (or asset) or none, instead of single tasks.
    pub whole_sequences: bool,
    /// First day on which the client lets it work.
    pub cleared_from: Option<Date>,
    /// Bid days a week it can deliver, for all shows together; `None` = any.
    pub capacity_days_per_week: Option<i64>,
    /// Working days from order to delivery, by class A to D.
    pub lead_days: [u32; 4],
    /// Price of one bid day.
    pub day_price: Cents,
    /// Smallest order.
    pub minimum_order: Cents,
    /// Supervision, in basis points of the price.
    pub supervision: i64,
    /// Chance of a late delivery, in basis points.
    pub late_probability: i64,
    /// Payment steps: share in basis points and what it is tied to.
    pub payments: Vec<(i64, String)>,
    /// Days until its invoices are paid; `None` = the setting of the production.
    pub terms_days: Option<u32>,
    /// Currency of its prices.
    pub currency: Currency,
    /// Where it was read.
    pub source: Source,
}

impl Vendor {
    /// Most work of a week, in minutes at a bid day of so many; `None` = any.
    pub fn week_minutes(&self, bid_day: i64) -> Option<i64> {
        let days = self.capacity_days_per_week?;
        Some(days.max(0).saturating_mul(bid_day.max(1)))
    }

    /// Fewest working days in which it can do work of so many minutes without more than its capacity in any
    /// week, where a week has at most so many working days; at least 1. The work is the same on all days.
    ///
    /// ```
    /// use shotplan::model::{DepartmentId, Id, Vendor};
    /// let mut vendor = Vendor::new("kite", DepartmentId::new(0));
    /// assert_eq!(vendor.fewest_days(12 * 480, 480, 5), 1);
    /// vendor.capacity_days_per_week = Some(5);
    /// assert_eq!(vendor.fewest_days(12 * 480, 480, 5), 12);
    /// assert_eq!(vendor.fewest_days(12 * 480, 480, 6), 15); // five sixths a day, so that Saturdays fit as well
    /// ```
    pub fn fewest_days(&self, work: i64, bid_day: i64, days_in_week: u32) -> u32 {
        let Some(most) = self.week_minutes(bid_day) else { return 1 };
        let all = work.max(0).unsigned_abs();
        let days = (u128::from(all) * u128::from(days_in_week)).div_ceil(most.max(1) as u128);
        days.clamp(1, u128::from(LONGEST_DAYS)) as u32
    }
}

/// More working days than any plan has.
const LONGEST_DAYS: u32 = 100_000;

/// Who does a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Worker {
    /// An artist of ours.
    Person(PersonId),
    /// A vendor, who is given whole tasks.
    Vendor(VendorId),
}
