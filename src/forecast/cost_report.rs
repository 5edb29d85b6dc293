//! The cost report: one row an account, budget against final cost.

use super::ledger::{CostState, Posting};
use crate::model::{AccountId, AccountKind, BudgetLine, Cents, Id, Production};

/// A row of the cost report. What follows from other columns is a method, so that the identities
/// of the report hold by construction.
///
/// ```
/// use shotplan::forecast::ReportRow;
/// use shotplan::model::Cents;
/// let row = ReportRow {
///     original_budget: Cents(100_000), approved_changes: Cents(8_000),
///     actual: Cents(42_000), accrued: Cents(3_000), committed: Cents(18_000), etc: Cents(49_500),
///     ..ReportRow::default()
/// };
/// assert_eq!(row.current_budget(), Cents(108_000));
/// assert_eq!(row.efc(), Cents(112_500));
/// assert_eq!(row.variance(), Cents(-4_500)); // over
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportRow {
    /// The account; `None` in the total.
    pub account: Option<AccountId>,
    /// Whether it collects money in; such rows are no part of the total.
    pub revenue: bool,
    /// Original budget.
    pub original_budget: Cents,
    /// Approved changes to it.
    pub approved_changes: Cents,
    /// Whether the account has a budget at all.
    pub budgeted: bool,
    /// Posted to date.
    pub actual: Cents,
    /// Incurred, not posted.
    pub accrued: Cents,
    /// Owed whatever happens, not incurred.
    pub committed: Cents,
    /// Planned, not committed: the estimate to complete.
    pub etc: Cents,
    /// Estimated final cost of the last period, where known.
    pub efc_last_period: Option<Cents>,
}

impl ReportRow {
    /// Original budget plus approved changes.
    pub fn current_budget(&self) -> Cents {
        self.original_budget + self.approved_changes
    }
    /// Posted and accrued.
    pub fn to_date(&self) -> Cents {
        self.actual + self.accrued
    }
    /// Estimated final cost: to date, committed and still to come.
    pub fn efc(&self) -> Cents {
        self.actual + self.accrued + self.committed + self.etc
    }
    /// Current budget less estimated final cost; negative = over.
    pub fn variance(&self) -> Cents {
        self.current_budget() - self.efc()
    }
    /// Estimated final cost now less that of the last period; positive = it grew.
    pub fn movement(&self) -> Option<Cents> {
        self.efc_last_period.map(|last| self.efc() - last)
    }
    /// Whether no money was ever planned, spent or promised on the account.
    pub fn is_empty(&self) -> bool {
        let amounts = [
            self.original_budget,
            self.approved_changes,
            self.actual,
            self.accrued,
            self.committed,
            self.etc,
            self.efc_last_period.unwrap_or_default(),
        ];
        amounts.iter().all(|amount| *amount == Cents::ZERO)
    }

    pub(super) fn add(&mut self, state: CostState, amount: Cents) {
        let column = match state {
            CostState::Actual => &mut self.actual,
            CostState::Accrued => &mut self.accrued,
            CostState::Committed => &mut self.committed,
            CostState::Etc => &mut self.etc,
        };
        *column += amount;
    }

    pub(super) fn budget(&mut self, line: &BudgetLine) {
        self.original_budget += line.original;
        self.approved_changes += line.approved_changes;
        // One line without a last period makes that of the row unknown, which is not 0.
        self.efc_last_period = match (self.budgeted, self.efc_last_period) {
            (false, _) => line.last_period,
            (true, known) => known.zip(line.last_period).map(|(known, more)| known + more),
        };
        self.budgeted = true;
    }
}

/// The budget as it stands: its lines, and what was drawn from contingency until now moved between them.
pub(super) fn budget_in_force(production: &Production) -> std::borrow::Cow<'_, [BudgetLine]> {
    let as_of = production.settings.as_of;
    let drawn: Vec<_> = production.draws.iter().filter(|row| row.date <= as_of).collect();
    if drawn.is_empty() {
        return (&production.budget[..]).into();
    }
    let mut lines = production.budget.clone();
    for row in drawn {
        let moves =
            [(row.account, row.department, row.amount), (row.from, None, Cents::ZERO - row.amount)];
        for (account, department, amount) in moves {
            let is_of =
                |line: &BudgetLine| (line.account, line.department) == (account, department);
            let known = lines
                .iter()
                .position(|line| is_of(line) && line.show == row.show)
                .or_else(|| lines.iter().position(is_of));
            match known {
                Some(at) => lines[at].approved_changes += amount,
                None => lines.push(BudgetLine {
                    account,
                    show: row.show,
                    department,
                    original: Cents::ZERO,
                    approved_changes: amount,
                    last_period: None,
                    source: row.source,
                }),
            }
        }
    }
    lines.into()
}

/// All rows in order of account code, and the total of those that are not revenue.
///
/// The last period of the total is known where that of every cost account with a budget is; an account
/// without a budget counts as nothing in the last period.
pub(super) fn rows(production: &Production, ledger: &[Posting]) -> (Vec<ReportRow>, ReportRow) {
    let mut rows: Vec<ReportRow> = production
        .accounts
        .enumerate()
        .map(|(id, account)| ReportRow {
            account: Some(id),
            revenue: account.kind == AccountKind::Revenue,
            ..ReportRow::default()
        })
        .collect();
    // A chart without any account still gets a row, so that no cost disappears.
    if rows.is_empty() && !ledger.is_empty() {
        rows.push(ReportRow { account: Some(AccountId::new(0)), ..ReportRow::default() });
    }
    for line in budget_in_force(production).iter() {
        if let Some(row) = rows.get_mut(line.account.index()) {
            row.budget(line);
        }
    }
    for posting in ledger {
        if let Some(row) = rows.get_mut(posting.account.index()) {
            row.add(posting.state, posting.amount);
        }
    }
    let total = sum(rows.iter().filter(|row| !row.revenue));
    let code = |row: &ReportRow| {
        row.account.and_then(|id| production.accounts.get(id)).map(|account| &account.code)
    };
    rows.sort_by(|a, b| code(a).cmp(&code(b)).then(a.account.cmp(&b.account)));
    (rows, total)
}

/// Column by column.
fn sum<'r>(rows: impl Iterator<Item = &'r ReportRow>) -> ReportRow {
    let mut total = ReportRow { efc_last_period: Some(Cents::ZERO), ..ReportRow::default() };
    for row in rows {
        total.original_budget += row.original_budget;
        total.approved_changes += row.approved_changes;
        total.actual += row.actual;
        total.accrued += row.accrued;
        total.committed += row.committed;
        total.etc += row.etc;
        if row.budgeted {
            total.budgeted = true;
            let known = total.efc_last_period.zip(row.efc_last_period);
            total.efc_last_period = known.map(|(known, more)| known + more);
        }
    }
    if !total.budgeted {
        total.efc_last_period = None;
    }
    total
}
