//! Earned value of a production: each task's share of the labour budget, earned by its status, planned by
//! the latest dates that meet every due date.

use super::cash::{after, split};
use super::cost_report::ReportRow;
use super::earned_value::{EarnedValue, credit, earned_schedule};
use super::ledger::{CostState, Posting, monday};
use crate::model::{
    AccountId, AccountKind, Cents, DepartmentId, Entity, Id, Production, Status, Task, TaskId,
    days_between, round_half_even,
};
use jiff::civil::Date;

/// Earned value, with everything that follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Budget, planned, earned and spent on the accounts that tasks are budgeted on.
    pub value: EarnedValue,
    /// Their final cost by the plan.
    pub bottom_up: Cents,
    /// Mondays from the first planned work on, and the value that should be done by the end of each week.
    pub weeks: Vec<(Date, Cents)>,
    /// When the value earned now should have been earned, in weeks from the first.
    pub earned_schedule: f64,
    /// Weeks gone by.
    pub actual_time: f64,
    /// Whether the budget is that of the file; else the bid at the mean day rate.
    pub budgeted: bool,
    /// The tasks with a budget; budget, planned and earned value are sums over them.
    pub tasks: Vec<EarnedTask>,
    /// The accounts that tasks are budgeted on; what is spent is the cost to date on them.
    pub accounts: Vec<AccountId>,
    /// The same figures by department, in pipeline order; what is of none comes last.
    pub departments: Vec<(Option<DepartmentId>, EarnedValue)>,
}

/// A task's part of the budget, and what of it is earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarnedTask {
    /// The task.
    pub task: TaskId,
    /// Its share of the budget of its account.
    pub budget: Cents,
    /// What of it is earned by its status.
    pub earned: Cents,
    /// First and last day of its planned value.
    pub span: (Date, Date),
}

impl EarnedTask {
    /// The value that should be done by the end of a day. See [`planned_value`].
    pub fn planned_by(&self, date: Date) -> Cents {
        planned_value(self.budget, self.span, date)
    }
}

/// The part of a budget that should be done by the end of `date`: it grows evenly from the first to the last
/// day of `span`, both counted.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::forecast::planned_value;
/// use shotplan::model::Cents;
/// let span = (date(2027, 1, 4), date(2027, 1, 7));
/// assert_eq!(planned_value(Cents(1_000), span, date(2027, 1, 3)), Cents(0));
/// assert_eq!(planned_value(Cents(1_000), span, date(2027, 1, 4)), Cents(250));
/// assert_eq!(planned_value(Cents(1_000), span, date(2027, 2, 1)), Cents(1_000));
/// ```
pub fn planned_value(budget: Cents, (start, end): (Date, Date), date: Date) -> Cents {
    let whole = days_between(start, end) + 1;
    let gone = (days_between(start, date) + 1).clamp(0, whole.max(0));
    budget.times(gone, whole.max(1))
}

impl Progress {
    /// Schedule index over time: earned schedule ÷ time gone; none before anything was planned, when nothing done is
    /// as much as was expected for weeks to come.
    pub fn time_index(&self) -> Option<f64> {
        let is_under_way = self.actual_time > 0.0 && self.value.planned > Cents::ZERO;
        is_under_way.then(|| self.earned_schedule / self.actual_time)
    }

    /// All estimates at completion, by name: if the rest goes as so far, as budgeted, as so far in
    /// cost and time, and by the plan.
    pub fn estimates(&self) -> [(&'static str, Option<Cents>); 4] {
        [
            ("as_so_far", self.value.estimate_typical()),
            ("as_budgeted", Some(self.value.estimate_atypical())),
            ("as_so_far_in_cost_and_time", self.value.estimate_both()),
            ("by_the_plan", Some(self.bottom_up)),
        ]
    }

    /// The largest estimate less the smallest: a wide spread is a warning by itself.
    pub fn spread(&self) -> Cents {
        let known = || self.estimates().into_iter().filter_map(|(_, estimate)| estimate);
        known().max().unwrap_or_default() - known().min().unwrap_or_default()
    }
}

/// Weeks of planned value at most.
const MOST_WEEKS: i64 = 600;

/// Earned value on the day of the plan; none without any bid work.
///
/// The budget of an account is shared out to the tasks that are posted on it by their bids; omitted tasks
/// get none. Without any budget line for such an account, a task's budget is its bid at the mean day
/// rate. Planned value of a task grows evenly over
/// its days in the baseline; without one, over its bid before the latest day on which it may end.
pub(super) fn progress(
    production: &Production,
    report: &[ReportRow],
    ledger: &[Posting],
) -> Option<Progress> {
    let account = |id: TaskId| {
        let task = &production.tasks[id];
        task.account.unwrap_or(production.departments[task.department].account)
    };
    let counts = |id: TaskId| {
        let task = &production.tasks[id];
        task.status != Status::Omit && !production.is_omitted(task.entity) && task.bid > 0
    };
    let mut by_account: Vec<Vec<TaskId>> = vec![Vec::new(); production.accounts.len()];
    for id in production.tasks.ids().filter(|&id| counts(id)) {
        let row = production.accounts.get(account(id));
        if row.is_some_and(|row| row.kind != AccountKind::Revenue) {
            by_account[account(id).index()].push(id);
        }
    }
    let row_of = |account: usize| {
        report.iter().find(|row| row.account.is_some_and(|id| id.index() == account))
    };
    let used = || (0..by_account.len()).filter(|&account| !by_account[account].is_empty());
    let budgeted = used().any(|account| row_of(account).is_some_and(|row| row.budgeted));
    let mut budget = vec![Cents::ZERO; production.tasks.len()];
    let (mut spent, mut bottom_up) = (Cents::ZERO, Cents::ZERO);
    let day = i128::from(production.bid_day_minutes().max(1));
    let mean = i128::from(production.mean_day_cost().0);
    for account in used() {
        let tasks = &by_account[account];
        let bids: Vec<i64> = tasks.iter().map(|&id| production.tasks[id].bid).collect();
        let row = row_of(account);
        let shares = match row.filter(|_| budgeted) {
            Some(row) => split(row.current_budget(), &bids),
            None if budgeted => vec![Cents::ZERO; bids.len()],
            None => bids
                .iter()
                .map(|&bid| Cents(round_half_even(i128::from(bid).saturating_mul(mean), day)))
                .collect(),
        };
        for (&task, share) in tasks.iter().zip(shares) {
            budget[task.index()] = share;
        }
        spent += row.map_or(Cents::ZERO, ReportRow::to_date);
        bottom_up += row.map_or(Cents::ZERO, ReportRow::efc);
    }
    let spans = spans(production);
    let of_task = |(id, task): (TaskId, &Task)| {
        let budget = budget[id.index()];
        let earned = budget.basis_points(credit(task));
        let row = EarnedTask { task: id, budget, earned, span: spans[id.index()] };
        (budget != Cents::ZERO).then_some(row)
    };
    let tasks: Vec<EarnedTask> = production.tasks.enumerate().filter_map(of_task).collect();
    let total: Cents = tasks.iter().map(|row| row.budget).sum();
    if total <= Cents::ZERO {
        return None;
    }
    let earned = tasks.iter().map(|row| row.earned).sum();
    let as_of = production.settings.as_of;
    let planned_by = |date: Date| -> Cents { tasks.iter().map(|row| row.planned_by(date)).sum() };
    let used = || tasks.iter().filter(|row| row.budget > Cents::ZERO);
    let first = monday(used().map(|row| row.span.0).min()?.min(as_of));
    let last = used().map(|row| row.span.1).max()?.max(as_of);
    let count = (days_between(first, last) / 7 + 1).min(MOST_WEEKS);
    let weeks: Vec<(Date, Cents)> = (0..count)
        .map(|week| (after(first, week * 7), planned_by(after(first, week * 7 + 6))))
        .collect();
    let accounts: Vec<AccountId> = (0..by_account.len())
        .filter(|&account| !by_account[account].is_empty())
        .map(AccountId::new)
        .collect();
    let curve: Vec<Cents> = weeks.iter().map(|(_, value)| *value).collect();
    Some(Progress {
        value: EarnedValue { budget: total, planned: planned_by(as_of), earned, spent },
        bottom_up,
        earned_schedule: earned_schedule(&curve, earned),
        actual_time: (days_between(first, as_of) + 1) as f64 / 7.0,
        weeks,
        budgeted,
        departments: departments(production, &tasks, &accounts, ledger),
        tasks,
        accounts,
    })
}

/// Budget, planned, earned and spent of each department; cost to date without one comes last.
fn departments(
    production: &Production,
    tasks: &[EarnedTask],
    accounts: &[AccountId],
    ledger: &[Posting],
) -> Vec<(Option<DepartmentId>, EarnedValue)> {
    let none = production.departments.len();
    let mut sums = vec![EarnedValue::default(); none + 1];
    for row in tasks {
        let sum = &mut sums[production.tasks[row.task].department.index()];
        sum.budget += row.budget;
        sum.planned += row.planned_by(production.settings.as_of);
        sum.earned += row.earned;
    }
    let mut counts = vec![false; production.accounts.len()];
    for account in accounts {
        counts[account.index()] = true;
    }
    for row in ledger {
        let is_to_date = matches!(row.state, CostState::Actual | CostState::Accrued);
        if is_to_date && counts.get(row.account.index()).copied().unwrap_or(false) {
            sums[row.department.map_or(none, Id::index)].spent += row.amount;
        }
    }
    let mut rows: Vec<_> = sums
        .into_iter()
        .enumerate()
        .filter(|(_, sum)| *sum != EarnedValue::default())
        .map(|(row, sum)| ((row < none).then(|| DepartmentId::new(row)), sum))
        .collect();
    rows.sort_by_key(|(id, _)| id.map_or(u32::MAX, |id| production.departments[id].order));
    rows
}

/// First and last day of each task in the baseline; where that has none, if it ends as late as its due date, the due dates of what waits for it,
/// and the end of the show allow, and takes as long as bid.
fn spans(production: &Production) -> Vec<(Date, Date)> {
    let day = production.bid_day_minutes().max(1);
    let work_days = |minutes: i64| minutes.max(0).saturating_add(day - 1) / day;
    // Five working days a week.
    let length = |minutes: i64| work_days(minutes).clamp(1, 20_000) * 7 / 5;
    let horizon = production.settings.horizon_end.max(production.settings.as_of);
    let due = |id: TaskId| {
        let task = &production.tasks[id];
        let show = production.show_of(task.entity);
        let own = match task.entity {
            Entity::Shot(shot) => production.shots[shot].due,
            Entity::Asset(asset) => production.assets[asset].due,
            Entity::Sequence(_) | Entity::Show(_) => None,
        };
        task.due.or(own).or(production.shows[show].end).unwrap_or(horizon)
    };
    let mut ends: Vec<Date> = production.tasks.ids().map(due).collect();
    let mut before: Vec<Vec<u32>> = vec![Vec::new(); ends.len()];
    let mut waiting = vec![0_u32; ends.len()];
    for edge in &production.dependencies {
        before[edge.to.index()].push(edge.from.index() as u32);
        waiting[edge.from.index()] += 1;
    }
    let mut ready: Vec<usize> = (0..ends.len()).filter(|&task| waiting[task] == 0).collect();
    while let Some(task) = ready.pop() {
        let latest = after(ends[task], -length(production.tasks[TaskId::new(task)].bid));
        for &earlier in &before[task] {
            let earlier = earlier as usize;
            ends[earlier] = ends[earlier].min(latest);
            waiting[earlier] -= 1;
            if waiting[earlier] == 0 {
                ready.push(earlier);
            }
        }
    }
    let span = |(task, end): (usize, Date)| {
        if let Some(&agreed) = production.baseline.get(&TaskId::new(task)) {
            return agreed;
        }
        (after(end, 1 - length(production.tasks[TaskId::new(task)].bid)), end)
    };
    ends.into_iter().enumerate().map(span).collect()
}
