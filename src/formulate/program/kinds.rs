//! What rows say and columns decide, in the terms of those who build programs.

use crate::formulate::calls::Call;
use crate::model::{DepartmentId, MilestoneId, PoolId, ShowId};

/// What a row says, so that its price can be found again.
///
/// Weeks are those of the timeline; a row for a longer period carries its first week. Groups, units
/// and crews are numbered by whoever built the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A row without a meaning of its own.
    #[default]
    Plain,
    /// The work of a department fits the people who can do it.
    CrewFits {
        /// The department.
        department: DepartmentId,
        /// First week of the period.
        week: u32,
    },
    /// The work of a department for a show, of a speciality or at a site fits the people who can do it.
    CallFits {
        /// Who is called for.
        call: Call,
        /// First week of the period.
        week: u32,
    },
    /// What people do who may do all work of a department fits their time.
    FreeFits {
        /// The department.
        department: DepartmentId,
        /// First week of the period.
        week: u32,
    },
    /// No more people of a department at work than its curve allows.
    CrewCap {
        /// The department.
        department: DepartmentId,
        /// First week of the period.
        week: u32,
    },
    /// People with several skills are used once.
    TimeFits {
        /// The crew of like people.
        crew: u32,
        /// First week of the period.
        week: u32,
    },
    /// Overtime of a week.
    OvertimeFits {
        /// The crew of like people.
        crew: u32,
        /// The week.
        week: u32,
    },
    /// All work of a group is done, or counted as without a place.
    WorkDone {
        /// The group.
        group: u32,
    },
    /// Work that is done stays done.
    Forward {
        /// The group.
        group: u32,
        /// First week of the period.
        week: u32,
    },
    /// A group cannot be ahead of the group it waits for.
    Follows {
        /// The group that waits.
        group: u32,
        /// The group it waits for.
        after: u32,
        /// First week of the period.
        week: u32,
    },
    /// Deliverables whose work is not done are late.
    Late {
        /// The deliverables.
        unit: u32,
        /// First week of the period.
        week: u32,
    },
    /// A milestone whose work is not done is late.
    MilestoneLate {
        /// The milestone.
        milestone: MilestoneId,
        /// First week of the period.
        week: u32,
    },
    /// What is held of a pool in a period is there.
    PoolFits {
        /// The pool.
        pool: PoolId,
        /// First week of the period.
        week: u32,
    },
    /// A rule about time that is bought.
    Lever(LeverRow),
}

/// What a row about bought time says. Works, crews, openings, endings, offers and caps are numbered as
/// in the question that the program was built from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverRow {
    /// Work is done by somebody between its first and its last week.
    Done {
        /// The work.
        work: u32,
    },
    /// Nobody is on the payroll who was not hired.
    OnPayroll {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Nobody is moved to two places at once.
    Movers {
        /// The crew that they leave.
        crew: Option<u32>,
        /// The week.
        week: u32,
    },
    /// Who moves was there: their time is paid as before.
    Leave {
        /// The crew.
        crew: u32,
        /// First week.
        week: u32,
    },
    /// Who is away does no overtime.
    OvertimeOfOthers {
        /// The crew.
        crew: u32,
        /// First week.
        week: u32,
        /// Which price, the lowest first.
        tier: u32,
    },
    /// Time for a show is that of those who may work on it.
    ShowFits {
        /// The department.
        department: DepartmentId,
        /// The show; `None` = work for anybody.
        show: Option<ShowId>,
        /// First week.
        week: u32,
    },
    /// Who may work on several shows gives each hour once.
    TimeOfShows {
        /// The department.
        department: DepartmentId,
        /// Which shows, by their order.
        number: u32,
        /// First week.
        week: u32,
    },
    /// No more time is used of people who come than they have.
    Used {
        /// Which of them.
        number: u32,
        /// First week.
        week: u32,
    },
    /// A department has room for those who are hired.
    Desks {
        /// The department.
        department: DepartmentId,
        /// The week.
        week: u32,
    },
    /// Who is hired stays for the least number of weeks.
    LeastStay {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Who was let go does not come back.
    Prolonged {
        /// The contracts that end together.
        ending: u32,
        /// The week.
        week: u32,
    },
    /// A vendor delivers no more than it can.
    VendorCapacity {
        /// The offer.
        offer: u32,
        /// The week until which is counted.
        week: u32,
    },
    /// What a vendor is paid is at least its price for the work.
    VendorPrice {
        /// The offer.
        offer: u32,
    },
    /// What goes out is whole packages.
    Whole {
        /// The offer.
        offer: u32,
        /// The work.
        work: u32,
    },
    /// An order is no smaller than the vendor's smallest.
    MinimumOrder {
        /// The offer.
        offer: u32,
    },
    /// No work without an order.
    Ordered {
        /// The offer.
        offer: u32,
    },
    /// A budget cap holds.
    Cap {
        /// The cap.
        cap: u32,
    },
    /// What is used of a pool is there or rented.
    PoolFits {
        /// The pool, as in the question.
        pool: u32,
        /// First week.
        week: u32,
    },
    /// No more work is left over than has to be.
    LeftOver,
    /// The base of an incentive is what counts of the money that is spent.
    Base {
        /// The incentive.
        incentive: u32,
    },
    /// It is no more than its share of such money everywhere.
    BaseCap {
        /// The incentive.
        incentive: u32,
    },
    /// Where others take off more than there is, no base is left.
    BaseLeft {
        /// The incentive.
        incentive: u32,
    },
    /// All of an incentive is claimed that others are lowered by.
    BaseClaimed {
        /// The incentive.
        incentive: u32,
    },
    /// A step of an incentive has a base only if it is reached.
    BaseOfStep {
        /// The incentive.
        incentive: u32,
        /// The step.
        step: u32,
    },
    /// Less is spent than the next step asks for.
    BelowStep {
        /// The incentive.
        incentive: u32,
        /// Which of such rows.
        step: u32,
    },
    /// A step is reached with enough money only.
    Enough {
        /// The incentive.
        incentive: u32,
    },
    /// One step of an incentive counts.
    OneStep {
        /// The incentive.
        incentive: u32,
    },
}

/// What a column decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnKind {
    /// A column without a meaning of its own.
    #[default]
    Plain,
    /// Work of a group done by the end of a period.
    Done {
        /// The group.
        group: u32,
        /// First week of the period.
        week: u32,
    },
    /// Work of a group without a place.
    Unplaced {
        /// The group.
        group: u32,
    },
    /// What is had beyond a pool.
    Overflow {
        /// The pool.
        pool: PoolId,
        /// First week of the period.
        week: u32,
    },
    /// Time of a crew that is paid by the day.
    FreelanceTime {
        /// The crew of like people.
        crew: u32,
        /// First week of the period.
        week: u32,
    },
    /// Overtime of a crew.
    Overtime {
        /// The crew of like people.
        crew: u32,
        /// First week of the period.
        week: u32,
    },
    /// Time of a crew with several skills that goes to one department.
    TimeOn {
        /// The crew of like people.
        crew: u32,
        /// The department.
        department: DepartmentId,
        /// First week of the period.
        week: u32,
    },
    /// Time of a crew that goes to the work of a department for a show, of a speciality or at a site.
    TimeFor {
        /// The crew of like people.
        crew: u32,
        /// Who is called for.
        call: Call,
        /// First week of the period.
        week: u32,
    },
    /// Work for a show, of a speciality or at a site, of people who may do all work of its department.
    FreeFor {
        /// Who is called for.
        call: Call,
        /// First week of the period.
        week: u32,
    },
    /// Share of the possible lateness of some deliverables.
    Late {
        /// The deliverables.
        unit: u32,
        /// First week of the period.
        week: u32,
    },
    /// Share of a period that a milestone is late.
    MilestoneLate {
        /// The milestone.
        milestone: MilestoneId,
        /// First week of the period.
        week: u32,
    },
    /// Time that is bought, and the work it goes into.
    Lever(LeverColumn),
}

/// What a column about bought time decides; numbers as in [`LeverRow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverColumn {
    /// Work done in house in a run of weeks.
    WorkIn {
        /// The work.
        work: u32,
        /// First week.
        week: u32,
    },
    /// Work that nobody can do in time.
    LeftOver {
        /// The work.
        work: u32,
    },
    /// Overtime at one price.
    Overtime {
        /// The crew.
        crew: u32,
        /// First week.
        week: u32,
        /// Which price, the lowest first.
        tier: u32,
    },
    /// Artists who begin in a week.
    Start {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Hired artists in a week.
    Heads {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Artists whose contract goes on in a week.
    Prolonged {
        /// The contracts that end together.
        ending: u32,
        /// The week.
        week: u32,
    },
    /// Work given to a vendor.
    SentOut {
        /// The offer.
        offer: u32,
        /// The work.
        work: u32,
    },
    /// Whether a package goes to a vendor.
    Package {
        /// The offer.
        offer: u32,
        /// The package.
        package: u32,
    },
    /// Bid days that a vendor is paid for.
    Order {
        /// The offer.
        offer: u32,
    },
    /// Whether a vendor gets an order.
    Ordered {
        /// The offer.
        offer: u32,
    },
    /// Time for a show of those who may work on several.
    TimeOnShow {
        /// The department.
        department: DepartmentId,
        /// The show; `None` = work for anybody.
        show: Option<ShowId>,
        /// Which shows they may work on, by their order.
        number: u32,
        /// First week.
        week: u32,
    },
    /// Time that is used of people who come to a site.
    Used {
        /// Which of them.
        number: u32,
        /// First week.
        week: u32,
    },
    /// What is used of a pool beyond what there is.
    Rented {
        /// The pool, as in the question.
        pool: u32,
        /// First week.
        week: u32,
    },
    /// Money that counts for a step of an incentive; after the last step, what others take off too much.
    Base {
        /// The incentive.
        incentive: u32,
        /// The step.
        step: u32,
    },
    /// What else money that is spent decides about an incentive.
    OfIncentive {
        /// The incentive.
        incentive: u32,
        /// Which of these.
        number: u32,
    },
    /// Whether a step of an incentive is reached.
    Reached {
        /// The incentive.
        incentive: u32,
        /// The step.
        step: u32,
    },
}
