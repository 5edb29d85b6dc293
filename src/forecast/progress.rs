//! Earned value of a production: each task's share of the labour budget, earned by its status, planned by
//! the latest dates that meet every due date.

use super::cash::{after, split};
use super::cost_report::ReportRow;
use super::earned_value::{EarnedValue, credit, earned_schedule};
use super::ledger::monday;
use crate::model::{
    AccountKind, Cents, Entity, Id, Production, Status, TaskId, days_between, round_half_even,
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
}

impl Progress {
    /// Schedule index over time: earned schedule ÷ time gone.
    pub fn time_index(&self) -> Option<f64> {
        (self.actual_time > 0.0).then(|| self.earned_schedule / self.actual_time)
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
pub(super) fn progress(production: &Production, report: &[ReportRow]) -> Option<Progress> {
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
    let total: Cents = budget.iter().copied().sum();
    if total <= Cents::ZERO {
        return None;
    }
    let earned = production
        .tasks
        .enumerate()
        .map(|(id, task)| budget[id.index()].basis_points(credit(task)))
        .sum();
    let spans = spans(production);
    let as_of = production.settings.as_of;
    let planned_by = |date: Date| -> Cents {
        let part = |(task, (start, end)): (usize, &(Date, Date))| {
            let whole = days_between(*start, *end) + 1;
            let gone = (days_between(*start, date) + 1).clamp(0, whole);
            budget[task].times(gone, whole.max(1))
        };
        spans.iter().enumerate().map(part).sum()
    };
    let used = || spans.iter().enumerate().filter(|(task, _)| budget[*task] > Cents::ZERO);
    let first = monday(used().map(|(_, (start, _))| *start).min()?.min(as_of));
    let last = used().map(|(_, (_, end))| *end).max()?.max(as_of);
    let count = (days_between(first, last) / 7 + 1).min(MOST_WEEKS);
    let weeks: Vec<(Date, Cents)> = (0..count)
        .map(|week| (after(first, week * 7), planned_by(after(first, week * 7 + 6))))
        .collect();
    let curve: Vec<Cents> = weeks.iter().map(|(_, value)| *value).collect();
    Some(Progress {
        value: EarnedValue { budget: total, planned: planned_by(as_of), earned, spent },
        bottom_up,
        earned_schedule: earned_schedule(&curve, earned),
        actual_time: (days_between(first, as_of) + 1) as f64 / 7.0,
        weeks,
        budgeted,
    })
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
