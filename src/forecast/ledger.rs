//! The ledger: every amount of the forecast, once, with all that it can be sorted by.

use super::pay::PayTable;
use crate::model::{
    Account, AccountId, AccountKind, Cents, Day, Department, DepartmentId, Entity, Id, Interval,
    Lane, PersonId, Plan, Production, ShowId, TaskId, Timeline, VendorId, Worker, availability,
    round_half_even,
};
use jiff::civil::Date;

/// What an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostingKind {
    /// Planned work of a person on a task.
    Labour,
    /// Pay for planned overtime.
    Overtime,
    /// Booked time of a person that no task uses.
    Idle,
    /// Time of a lead for the team.
    Team,
    /// What is missing to the time that a contract guarantees.
    Guaranteed,
    /// What is owed for booked days that were called off.
    CalledOff,
    /// The open rest of a purchase order.
    Commitment,
    /// Planned work of a vendor that no purchase order covers.
    Vendor,
    /// Cost to date.
    Actual,
    /// What there is of a pool: render farm, licences, desks.
    Pool,
    /// What is used beyond a pool: cloud, rental.
    Overflow,
}

impl PostingKind {
    /// All of them.
    pub const ALL: [PostingKind; 11] = [
        PostingKind::Labour,
        PostingKind::Overtime,
        PostingKind::Idle,
        PostingKind::Team,
        PostingKind::Guaranteed,
        PostingKind::CalledOff,
        PostingKind::Commitment,
        PostingKind::Vendor,
        PostingKind::Actual,
        PostingKind::Pool,
        PostingKind::Overflow,
    ];

    /// Whether it pays the time of a person, and not extra hours.
    pub fn is_time(self) -> bool {
        self == PostingKind::Labour || self.is_beside_tasks()
    }

    /// Whether it pays time of a person beside tasks: booked, for a team, guaranteed or called off.
    pub fn is_beside_tasks(self) -> bool {
        matches!(
            self,
            PostingKind::Idle
                | PostingKind::Team
                | PostingKind::Guaranteed
                | PostingKind::CalledOff
        )
    }
}

/// How sure an amount is: the four columns of the cost report that add to the final cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostState {
    /// Posted to date.
    Actual,
    /// Incurred, not posted.
    Accrued,
    /// Owed whatever happens, not incurred.
    Committed,
    /// Planned, still avoidable: the estimate to complete.
    Etc,
}

/// One amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Day of the cost.
    pub date: Date,
    /// Monday of its week.
    pub week: Date,
    /// Account.
    pub account: AccountId,
    /// Department whose work it is.
    pub department: Option<DepartmentId>,
    /// Shot, asset, sequence or show it is for.
    pub entity: Option<Entity>,
    /// Show that bears it.
    pub show: Option<ShowId>,
    /// Show that the time of a person is booked for, where it pays time beside tasks: who is on the bench
    /// is booked for a show that does not bear it.
    pub booked: Option<ShowId>,
    /// Person paid.
    pub person: Option<PersonId>,
    /// Vendor paid.
    pub vendor: Option<VendorId>,
    /// Task it is for.
    pub task: Option<TaskId>,
    /// Which assignment of the plan causes it.
    pub assignment: Option<u32>,
    /// Which row of the production's actuals (cost to date) or commitments (open orders) it is.
    pub row: Option<u32>,
    /// What it is for.
    pub kind: PostingKind,
    /// How sure it is.
    pub state: CostState,
    /// Minutes of a person, rounded half to even: time on the task without overtime for labour,
    /// overtime for overtime, else 0.
    pub minutes: i64,
    /// Amount in the production's currency.
    pub amount: Cents,
}

impl Posting {
    /// An amount for nothing and nobody in particular.
    pub fn new(date: Date, account: AccountId, kind: PostingKind, state: CostState) -> Self {
        Posting {
            date,
            week: monday(date),
            account,
            department: None,
            entity: None,
            show: None,
            booked: None,
            person: None,
            vendor: None,
            task: None,
            assignment: None,
            row: None,
            kind,
            state,
            minutes: 0,
            amount: Cents::ZERO,
        }
    }
}

/// The Monday on or before `date`.
pub(super) fn monday(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(jiff::Span::new().days(back))
}

/// What all posters need to know of a production; looked up once.
pub(super) struct Desk<'a> {
    pub production: &'a Production,
    pub plan: &'a Plan,
    pub timeline: Timeline,
    pub pay: PayTable,
    pub lanes: Vec<Lane>,
    /// Date and Monday of each day of the timeline.
    dates: Vec<(Date, Date)>,
    /// Where the lanes of each person begin; one more entry than people.
    lane_offsets: Vec<usize>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(production: &'a Production, plan: &'a Plan) -> Desk<'a> {
        Desk::with_timeline(production, plan, production.timeline())
    }

    /// The same on a timeline that goes on beyond the production's own.
    pub(super) fn with_timeline(
        production: &'a Production,
        plan: &'a Plan,
        timeline: Timeline,
    ) -> Desk<'a> {
        let lanes = availability::lanes(production, &timeline);
        let lane_offsets = (0..=production.people.len())
            .map(|person| lanes.partition_point(|lane| lane.person.index() < person))
            .collect();
        let dates = (0..timeline.days())
            .map(|day| (timeline.date(Day(day)), timeline.monday(timeline.week(Day(day)))))
            .collect();
        let pay = PayTable::new(production, &timeline);
        Desk { production, plan, timeline, pay, lanes, dates, lane_offsets }
    }

    /// The lanes of a person.
    pub(super) fn lanes_of(&self, person: PersonId) -> &[Lane] {
        let own = self.lane_offsets.get(person.index()..person.index() + 2);
        own.and_then(|own| self.lanes.get(own[0]..own[1])).unwrap_or(&[])
    }

    /// Minutes of a full working day of a person.
    pub(super) fn day_minutes(&self, person: PersonId) -> i64 {
        self.production.sites[self.production.people[person].site].day_minutes
    }

    /// An amount on a day of the timeline for the time of a person: committed where the contract of
    /// the day cannot be ended before, else still to be decided.
    pub(super) fn posting(
        &self,
        day: Day,
        account: AccountId,
        kind: PostingKind,
        person: PersonId,
    ) -> Posting {
        let committed = self.pay.is_committed(person, day);
        let (date, week) = self.dates[(day.0 as usize).min(self.dates.len() - 1)];
        Posting {
            date,
            week,
            account,
            department: None,
            entity: None,
            show: None,
            booked: None,
            person: Some(person),
            vendor: None,
            task: None,
            assignment: None,
            row: None,
            kind,
            state: if committed { CostState::Committed } else { CostState::Etc },
            minutes: 0,
            amount: Cents::ZERO,
        }
    }

    /// Pay of a share of a day, in basis points, rounded half to even.
    pub(super) fn pay_of(&self, person: PersonId, day: Day, share: i64) -> Cents {
        let pay = i128::from(self.pay.day_cost(person, day).0) * i128::from(share);
        Cents(round_half_even(pay, 10_000))
    }

    /// Posts the time of a person. What would be owed if the day were called off now is committed, and
    /// only the rest can still be saved: then it is two postings, with the time shared likewise.
    pub(super) fn push_time(&self, ledger: &mut Vec<Posting>, posting: Posting) {
        let production = self.production;
        let open = posting.state == CostState::Etc;
        let terms = posting.person.zip(posting.booked.or(posting.show)).filter(|_| open);
        let decided = production.settings.as_of;
        let owed = terms.map_or(0, |(person, show)| {
            production.called_off_share(person, show, posting.date, decided)
        });
        if owed <= 0 {
            ledger.push(posting);
            return;
        }
        let part = |of: i64| round_half_even(i128::from(of) * i128::from(owed), 10_000);
        let committed = Posting {
            state: CostState::Committed,
            amount: Cents(part(posting.amount.0)),
            minutes: part(posting.minutes),
            ..posting
        };
        let rest = Posting {
            amount: posting.amount - committed.amount,
            minutes: posting.minutes - committed.minutes,
            ..posting
        };
        ledger.push(committed);
        if rest.amount != Cents::ZERO || rest.minutes != 0 {
            ledger.push(rest);
        }
    }

    /// The lane in which a person works for a show.
    pub(super) fn lane_of(&self, person: PersonId, show: ShowId) -> Option<usize> {
        let first = *self.lane_offsets.get(person.index())?;
        let mut lanes = self.lanes_of(person).iter();
        lanes.position(|lane| lane.show.is_none_or(|own| own == show)).map(|at| first + at)
    }

    /// The first account of a kind; without one, the labour account of the department.
    pub(super) fn account(&self, kind: AccountKind, department: Option<DepartmentId>) -> AccountId {
        let of_kind = self.first_account(|account| account.kind == kind);
        of_kind.unwrap_or_else(|| self.labour_account(None, department))
    }

    /// The account of the task if it names one, else the department's. A slip of the chart cannot turn
    /// labour into revenue: then it is the first labour account, or the first that is cost at all.
    pub(super) fn labour_account(
        &self,
        task: Option<AccountId>,
        department: Option<DepartmentId>,
    ) -> AccountId {
        let accounts = &self.production.accounts;
        let is_cost = |id: &AccountId| {
            accounts.get(*id).is_some_and(|account| account.kind != AccountKind::Revenue)
        };
        task.filter(is_cost)
            .or_else(|| {
                department.map(|id| self.production.departments[id].account).filter(is_cost)
            })
            .or_else(|| self.first_account(|account| account.kind == AccountKind::Labour))
            .or_else(|| self.first_account(|account| account.kind != AccountKind::Revenue))
            .unwrap_or(AccountId::new(0))
    }

    pub(super) fn first_account(&self, fits: impl Fn(&Account) -> bool) -> Option<AccountId> {
        let mut accounts = self.production.accounts.enumerate();
        accounts.find(|(_, account)| fits(account)).map(|(id, _)| id)
    }

    /// The department whose labour account this is, if it is that of one department only.
    pub(super) fn department_of(&self, account: AccountId) -> Option<DepartmentId> {
        let mut owners = self
            .production
            .departments
            .enumerate()
            .filter(|(_, row): &(_, &Department)| row.account == account);
        let owner = owners.next()?.0;
        owners.next().is_none().then_some(owner)
    }
}

/// Posts the labour of every assignment of a person, day by day, in the order of the plan.
pub(super) fn post_labour(desk: &Desk, ledger: &mut Vec<Posting>) {
    let production = desk.production;
    for (index, assignment) in desk.plan.assignments.iter().enumerate() {
        let Worker::Person(person) = assignment.worker else { continue };
        let task = &production.tasks[assignment.task];
        let show = production.show_of(task.entity);
        let Some(lane) = desk.lane_of(person, show).map(|lane| &desk.lanes[lane]) else { continue };
        let account = desk.labour_account(task.account, Some(task.department));
        let day_minutes = desk.day_minutes(person);
        let whole_day = 10_000 * i128::from(desk.timeline.slots_per_day());
        each_day(&assignment.segments, desk.timeline.slots_per_day(), |day, slots| {
            let share = lane.share.get(day.0 as usize).copied().unwrap_or(0);
            if share == 0 {
                return;
            }
            let worked = i128::from(share) * i128::from(slots);
            let day_cost = i128::from(desk.pay.day_cost(person, day).0);
            let posting = Posting {
                department: Some(task.department),
                entity: Some(task.entity),
                show: Some(show),
                task: Some(assignment.task),
                assignment: Some(index as u32),
                minutes: round_half_even(worked * i128::from(day_minutes), whole_day),
                amount: Cents(round_half_even(day_cost * worked, whole_day)),
                ..desk.posting(day, account, PostingKind::Labour, person)
            };
            desk.push_time(ledger, posting);
        });
    }
}

/// Calls `work` once for each day that the segments touch, with their slots on that day.
///
/// Two segments may share a day; it is one day's work and rounded once.
pub(super) fn each_day(segments: &[Interval], slots_per_day: u32, mut work: impl FnMut(Day, u32)) {
    let mut open: Option<(u32, u32)> = None;
    for segment in segments {
        let mut slot = segment.start.0;
        while slot < segment.end.0 {
            let day = slot / slots_per_day;
            let stop = day.saturating_add(1).saturating_mul(slots_per_day).min(segment.end.0);
            match &mut open {
                Some((same, slots)) if *same == day => *slots += stop - slot,
                _ => {
                    if let Some((day, slots)) = open.replace((day, stop - slot)) {
                        work(Day(day), slots);
                    }
                }
            }
            slot = stop;
        }
    }
    if let Some((day, slots)) = open {
        work(Day(day), slots);
    }
}

/// Where the labour postings of each person stand in the ledger.
pub(super) struct LabourOf {
    rows: Vec<u32>,
    offsets: Vec<usize>,
}

impl LabourOf {
    /// Sorts the postings of `ledger`, all labour, by person; counting, so in linear time.
    pub(super) fn new(ledger: &[Posting], people: usize) -> LabourOf {
        let mut offsets = vec![0_usize; people + 1];
        let who = |posting: &Posting| posting.person.map(Id::index).filter(|&row| row < people);
        for person in ledger.iter().filter_map(who) {
            offsets[person + 1] += 1;
        }
        for person in 0..people {
            offsets[person + 1] += offsets[person];
        }
        let mut next = offsets.clone();
        let mut rows = vec![0_u32; offsets[people]];
        for (row, posting) in ledger.iter().enumerate() {
            if let Some(person) = who(posting) {
                rows[next[person]] = row as u32;
                next[person] += 1;
            }
        }
        LabourOf { rows, offsets }
    }

    /// The ledger rows of a person, in the order of the plan.
    pub(super) fn of(&self, person: PersonId) -> &[u32] {
        let own = self.offsets.get(person.index()..person.index() + 2);
        own.and_then(|own| self.rows.get(own[0]..own[1])).unwrap_or(&[])
    }
}
