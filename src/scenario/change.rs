//! One change, with everything it refers to by id.

use super::{crew, dates, holding, money, moving, new_shots, shows, vendors, work};
use crate::model::*;
use jiff::civil::Date;

/// A date that moves: by working days, or to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// So many working days later; below 0 = earlier.
    By(i64),
    /// To this day.
    To(Date),
}

/// How pay or a price changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateChange {
    /// By a share, in basis points (500 = 5 % more).
    By(i64),
    /// To an amount, in what the rate is paid for.
    To(Cents),
}

/// A limit that a department, a vendor or a pool has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// Most artists of a department at work at once.
    Desks(DepartmentId, u32),
    /// Bid days a week that a vendor delivers.
    Vendor(VendorId, i64),
    /// What there is of a pool (of a farm core-minutes a day) from a day to a day, both in; no last
    /// day = for good.
    Pool(PoolId, i64, Date, Option<Date>),
}

/// How far overtime may go, where it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OvertimeLimits {
    /// Most minutes of a day.
    pub day: Option<i64>,
    /// Most minutes of a week.
    pub week: Option<i64>,
    /// Which days off may be worked.
    pub days_off: Option<DaysOff>,
    /// Most minutes of a day off.
    pub day_off: Option<i64>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// People more in a department, on the first of its terms of hire.
    Hire {
        /// The department.
        department: DepartmentId,
        /// How many.
        heads: u32,
        /// First day.
        from: Date,
        /// Last day; `None` = to the end.
        to: Option<Date>,
    },
    /// People more on terms of hire of their own.
    HireOn {
        /// The terms.
        terms: Box<HireTerms>,
        /// How many.
        heads: u32,
        /// First day.
        from: Date,
        /// Last day; `None` = to the end.
        to: Option<Date>,
    },
    /// People on call: they are paid for the days that a plan uses, and for no others.
    HireOnCall {
        /// The terms.
        terms: Box<HireTerms>,
        /// How many, at most.
        heads: u32,
        /// First day.
        from: Date,
    },
    /// People less in a department: the last ones of the list leave.
    Release {
        /// The department.
        department: DepartmentId,
        /// How many.
        heads: u32,
        /// First day without them.
        from: Date,
    },
    /// A contract ends later.
    Extend {
        /// The person.
        person: PersonId,
        /// New last day.
        to: Date,
    },
    /// A contract ends earlier.
    Shorten {
        /// The person.
        person: PersonId,
        /// New last day.
        to: Date,
    },
    /// People are away.
    Leave {
        /// The people.
        people: Vec<PersonId>,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
        /// Share of each day, in basis points.
        share: i64,
    },
    /// Somebody works elsewhere for a time: in another department, at another site, on another show.
    Move {
        /// Who.
        person: PersonId,
        /// Where, and on which terms.
        terms: Box<MoveTerms>,
        /// First day.
        from: Date,
        /// Last day; `None` = to the end.
        to: Option<Date>,
    },
    /// The people of one site do no work of a department any more: others have to.
    MoveWork {
        /// The department.
        department: DepartmentId,
        /// The site.
        from: SiteId,
    },
    /// Overtime may be asked of people, to these limits where they are given.
    AllowOvertime {
        /// The people.
        people: Vec<PersonId>,
        /// To which limits.
        limits: OvertimeLimits,
        /// Only from a day to a day.
        within: Option<(Date, Date)>,
    },
    /// People work no overtime.
    ForbidOvertime {
        /// The people.
        people: Vec<PersonId>,
    },
    /// A department works no overtime.
    NoOvertime {
        /// The department.
        department: DepartmentId,
    },
    /// A limit changes.
    SetCap(Cap),
    /// Tasks go to a vendor.
    Outsource {
        /// The vendor.
        vendor: VendorId,
        /// The tasks.
        tasks: Vec<TaskId>,
    },
    /// Tasks come back from vendors.
    Insource {
        /// The tasks.
        tasks: Vec<TaskId>,
    },
    /// A vendor's price of a bid day changes.
    VendorPrice {
        /// The vendor.
        vendor: VendorId,
        /// How.
        change: RateChange,
    },
    /// A milestone has another date.
    MoveDate {
        /// The milestone.
        milestone: MilestoneId,
        /// The date.
        date: Date,
        /// Whether it must hold.
        hard: bool,
    },
    /// Shots and assets are due at another time.
    MoveDue {
        /// Shots and assets.
        entities: Vec<Entity>,
        /// How.
        shift: Shift,
    },
    /// Work of sequences and shots may begin later; what has been turned over by the day of the plan
    /// stays.
    SlipTurnover {
        /// Sequences.
        sequences: Vec<SequenceId>,
        /// Shots.
        shots: Vec<ShotId>,
        /// How.
        shift: Shift,
    },
    /// Reviews take longer, in working days; below 0 = shorter.
    Review {
        /// The tasks.
        tasks: Vec<TaskId>,
        /// Slots more.
        slots: i64,
    },
    /// Work takes so many thousandths of what it is estimated at.
    Estimate {
        /// The tasks.
        tasks: Vec<TaskId>,
        /// Thousandths of the estimate.
        thousandths: i64,
    },
    /// Tasks are bid anew, at so many thousandths of their bid.
    RebidBy {
        /// The tasks.
        tasks: Vec<TaskId>,
        /// Thousandths of the bid.
        thousandths: i64,
    },
    /// Tasks are bid anew.
    Rebid {
        /// The tasks.
        tasks: Vec<TaskId>,
        /// New bid of each, in minutes.
        minutes: i64,
    },
    /// A change order more.
    ChangeOrder(Box<ChangeOrder>),
    /// More shots, after the pattern of the show's own.
    AddShots {
        /// The shots.
        requests: Vec<ShotRequest>,
        /// A milestone that they belong to.
        milestone: Option<MilestoneId>,
    },
    /// Shots and assets are cut, and tasks: what is left of them is not done, what was spent stays.
    Omit {
        /// Shots and assets.
        entities: Vec<Entity>,
        /// Tasks.
        tasks: Vec<TaskId>,
    },
    /// Shots, assets and tasks are cut from a day on: what the plan has of them before it is done as planned,
    /// the rest is not.
    OmitFrom {
        /// Shots and assets.
        entities: Vec<Entity>,
        /// Tasks, those of the shots and assets among them.
        tasks: Vec<TaskId>,
        /// First day without work on them.
        from: Date,
    },
    /// Shots are of another class: what is left to begin is bid after the pattern of that class.
    Upgrade {
        /// The shots.
        shots: Vec<ShotId>,
        /// The class.
        class: Class,
    },
    /// Shots, assets and tasks are more or less important.
    SetPriority {
        /// Shots and assets.
        entities: Vec<Entity>,
        /// Tasks.
        tasks: Vec<TaskId>,
        /// How important.
        priority: Priority,
    },
    /// So many artists may work on a task side by side.
    Split {
        /// The tasks.
        tasks: Vec<TaskId>,
        /// How many.
        parts: u32,
    },
    /// Work may begin before what it waits for is finished.
    Overlap {
        /// Rows of [`Production::dependencies`].
        dependencies: Vec<usize>,
        /// Share of the earlier task that may still be ahead, in basis points.
        overlap: i64,
    },
    /// People are paid otherwise.
    Pay {
        /// The people.
        people: Vec<PersonId>,
        /// How.
        change: RateChange,
        /// From this day on.
        from: Date,
    },
    /// An exchange rate.
    SetFx(FxRate),
    /// Budget of some accounts: to an amount or by a share, spread over their lines as they are.
    SetBudget {
        /// The accounts.
        accounts: Vec<AccountId>,
        /// How.
        change: RateChange,
        /// Whether no plan may go over it.
        hard: bool,
    },
    /// No plan may go over it.
    CapCost(BudgetCap),
    /// An incentive is at another rate, off (0), or shared otherwise.
    SetIncentive {
        /// Row of [`Production::incentives`].
        incentive: usize,
        /// Rate in basis points.
        rate: Option<i64>,
        /// Share that comes to the studio, in basis points.
        studio_share: Option<i64>,
    },
    /// Tasks keep people, dates or both: those of the plan where there is one, else those of the files.
    Hold {
        /// The tasks.
        tasks: Vec<TaskId>,
        /// What stays.
        lock: Lock,
        /// Only of tasks that begin by this day.
        until: Option<Date>,
    },
    /// Tasks keep nothing.
    Unlock {
        /// The tasks.
        tasks: Vec<TaskId>,
    },
    /// What the plan begins within so many working days stays as it is there.
    Freeze {
        /// Working days.
        days: u32,
    },
    /// Another show, made after one there is.
    AddShow {
        /// Its id.
        code: String,
        /// The show it is like.
        like: ShowId,
        /// First day.
        start: Date,
        /// What the client pays for it; `None` = as for the other.
        award: Option<Cents>,
    },
    /// A show does not happen.
    DropShow {
        /// The show.
        show: ShowId,
    },
    /// The chance that a show happens.
    SetProbability {
        /// The show.
        show: ShowId,
        /// The chance, in basis points.
        probability: i64,
    },
    /// Something else is favoured.
    SetMode(Mode),
    /// Components of the objective count otherwise.
    SetWeights(Weights),
    /// A named risk is taken: odds do not count it any more.
    AcceptRisk(String),
}

/// The production with all changes made, in order.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::model::*;
/// use shotplan::scenario::{Change, apply};
/// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
/// let comp = show.add_department("CMP");
/// let hire = Change::Hire { department: comp, heads: 2, from: date(2027, 1, 18), to: None };
/// let changed = apply(&show, &[hire]);
/// assert_eq!((show.people.len(), changed.people.len()), (0, 2));
/// assert_eq!(changed.people[PersonId::new(0)].contracts[0].start, date(2027, 1, 18));
/// ```
pub fn apply(production: &Production, changes: &[Change]) -> Production {
    apply_to_plan(production, None, changes)
}

/// The same for changes that hold on to a plan ([`Change::Hold`], [`Change::Freeze`]). `plan` is one of
/// `production`.
pub fn apply_to_plan(
    production: &Production,
    plan: Option<&Plan>,
    changes: &[Change],
) -> Production {
    let mut changed = production.clone();
    for change in changes {
        change.make(production, plan, &mut changed);
    }
    changed
}

impl Change {
    /// Makes the change. `before` is the production without any change of the scenario: what hires and
    /// new shots are modelled on.
    pub(super) fn make(&self, before: &Production, plan: Option<&Plan>, changed: &mut Production) {
        match self {
            Change::Hire { department, heads, from, to } => {
                // Terms as they were: hires do not change the mean of the next ones.
                if let Some(terms) = before.hire_terms(*department).first() {
                    crew::hire(changed, terms, *heads, (*from, *to));
                }
            }
            Change::HireOn { terms, heads, from, to } => {
                crew::hire(changed, terms, *heads, (*from, *to));
            }
            Change::HireOnCall { terms, heads, from } => {
                crew::hire(changed, terms, *heads, (*from, None));
            }
            Change::Release { department, heads, from } => {
                crew::release(before, changed, *department, *heads, *from);
            }
            Change::Extend { person, to } => crew::extend(changed, *person, *to),
            Change::Shorten { person, to } => crew::shorten(before, changed, *person, *to),
            Change::Leave { people, from, to, share } => {
                crew::leave(changed, people, *from, *to, *share);
            }
            Change::Move { person, terms, from, to } => {
                moving::move_artist(before, changed, *person, terms, (*from, *to));
            }
            Change::MoveWork { department, from } => crew::move_work(changed, *department, *from),
            Change::AllowOvertime { people, limits, within } => {
                crew::allow_overtime(changed, people, *limits, *within);
            }
            Change::ForbidOvertime { people } => crew::forbid_overtime(changed, people),
            Change::NoOvertime { department } => {
                let own = |id: &PersonId| before.home_department(*id) == Some(*department);
                let people: Vec<PersonId> = before.people.ids().filter(own).collect();
                crew::forbid_overtime(changed, &people);
            }
            Change::SetCap(Cap::Desks(department, most)) => {
                crew::desks(changed, *department, *most)
            }
            Change::SetCap(Cap::Pool(pool, units, from, to)) => {
                changed.pools[*pool].set_capacity(*from, *to, *units);
            }
            Change::SetCap(Cap::Vendor(vendor, days)) => {
                changed.vendors[*vendor].capacity_days_per_week = Some(*days);
            }
            Change::Outsource { vendor, tasks } => vendors::outsource(changed, *vendor, tasks),
            Change::Insource { tasks } => vendors::insource(changed, tasks),
            Change::VendorPrice { vendor, change } => vendors::price(changed, *vendor, *change),
            Change::MoveDate { milestone, date, hard } => {
                let row = &mut changed.milestones[*milestone];
                (row.date, row.hard) = (*date, *hard);
            }
            Change::MoveDue { entities, shift } => dates::move_due(changed, entities, *shift),
            Change::SlipTurnover { sequences, shots, shift } => {
                dates::slip_turnover(changed, sequences, shots, *shift);
            }
            Change::Review { tasks, slots } => dates::review(changed, tasks, *slots),
            Change::Estimate { tasks, thousandths } => work::estimate(changed, tasks, *thousandths),
            Change::RebidBy { tasks, thousandths } => work::rebid_by(changed, tasks, *thousandths),
            Change::Rebid { tasks, minutes } => work::rebid(changed, tasks, *minutes),
            Change::ChangeOrder(row) => changed.change_orders.push((**row).clone()),
            Change::AddShots { requests, milestone } => {
                new_shots::add(before, changed, requests, *milestone);
            }
            Change::Omit { entities, tasks } => work::omit(changed, entities, tasks),
            Change::OmitFrom { entities, tasks, from } => {
                work::omit_from(changed, plan, (entities, tasks), *from);
            }
            Change::Upgrade { shots, class } => work::upgrade(before, changed, shots, *class),
            Change::SetPriority { entities, tasks, priority } => {
                work::prioritise(changed, entities, tasks, *priority);
            }
            Change::Split { tasks, parts } => {
                tasks.iter().for_each(|task| changed.tasks[*task].max_parallel = *parts);
            }
            Change::Overlap { dependencies, overlap } => {
                dependencies.iter().for_each(|&row| changed.dependencies[row].overlap = *overlap);
            }
            Change::Pay { people, change, from } => money::pay(changed, people, *change, *from),
            Change::SetFx(rate) => money::fx(changed, rate.clone()),
            Change::SetBudget { accounts, change, hard } => {
                money::budget(changed, accounts, *change);
                if *hard {
                    money::hard(changed, accounts);
                }
            }
            Change::CapCost(cap) => money::cap(changed, cap.clone()),
            Change::SetIncentive { incentive, rate, studio_share } => {
                money::incentive(changed, *incentive, *rate, *studio_share);
            }
            Change::Hold { tasks, lock, until } => {
                holding::hold(changed, plan, tasks, *lock, *until);
            }
            Change::Unlock { tasks } => holding::unlock(changed, tasks),
            Change::Freeze { days } => holding::freeze(changed, plan, *days),
            Change::AddShow { code, like, start, award } => {
                shows::add(before, changed, code, *like, *start, *award);
            }
            Change::DropShow { show } => shows::drop(changed, *show),
            Change::SetProbability { show, probability } => {
                changed.shows[*show].probability = *probability;
            }
            Change::SetMode(mode) => changed.settings.mode = *mode,
            Change::SetWeights(weights) => changed.settings.weights = *weights,
            Change::AcceptRisk(name) => {
                let accepted = &mut changed.settings.accepted_risks;
                if !accepted.contains(name) {
                    accepted.push(name.clone());
                }
            }
        }
    }
}
