//! The cost report sorted another way: by department, sequence, shot, vendor, person and show.

use super::cost_report::{ReportRow, budget_in_force};
use super::ledger::{Desk, Posting};
use super::rollup::{EntityPlaces, costs};
use crate::model::{
    AccountId, AccountKind, BudgetLine, DepartmentId, Entity, Id, PersonId, SequenceId, ShowId,
    VendorId,
};

/// A row of a view; `None` is what belongs to no part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow<K> {
    /// Whose.
    pub key: Option<K>,
    /// The columns of the cost report. Only departments and shows have budgets.
    pub row: ReportRow,
}

/// The same cost, revenue left out, sorted in six ways: each adds to the total of the cost report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// By department: its work, overtime and idle time, with the budget of the accounts and lines that are its
    /// own. Cost and budget that departments share stand in the row of none.
    pub department: Vec<ViewRow<DepartmentId>>,
    /// By sequence: its own work and that of its shots.
    pub sequence: Vec<ViewRow<SequenceId>>,
    /// By shot, asset, sequence or show that tasks are part of.
    pub entity: Vec<ViewRow<Entity>>,
    /// By vendor.
    pub vendor: Vec<ViewRow<VendorId>>,
    /// By person.
    pub person: Vec<ViewRow<PersonId>>,
    /// By show, with the budget lines of each.
    pub show: Vec<ViewRow<ShowId>>,
    /// Accounts with a budget that departments share.
    pub shared: Shared,
}

impl Views {
    pub(super) fn of(desk: &Desk, ledger: &[Posting]) -> Views {
        let production = desk.production;
        let costs: Vec<&Posting> = costs(production, ledger).collect();
        let is_cost = |line: &&BudgetLine| {
            production
                .accounts
                .get(line.account)
                .is_none_or(|account| account.kind != AccountKind::Revenue)
        };
        let lines = budget_in_force(production);
        let budget: Vec<&BudgetLine> = lines.iter().filter(is_cost).collect();
        let shared = Shared::of(desk, &lines);
        let places = EntityPlaces::of(production);
        Views {
            department: by_id(
                sums(&costs, production.departments.len(), |row| {
                    row.department.filter(|own| !shared.holds(row.account, *own)).map(Id::index)
                }),
                &budget,
                |line| line.department.or_else(|| desk.department_of(line.account)).map(Id::index),
            ),
            sequence: by_id(
                sums(&costs, production.sequences.len(), |row| {
                    row.entity.and_then(|entity| production.sequence_of(entity)).map(Id::index)
                }),
                &[],
                |_| None,
            ),
            entity: sums(&costs, places.len(), |row| row.entity.map(|entity| places.place(entity)))
                .into_iter()
                .enumerate()
                .filter_map(|(place, row)| Some(ViewRow { key: places.entity(place), row: row? }))
                .collect(),
            vendor: by_id(
                sums(&costs, production.vendors.len(), |row| row.vendor.map(Id::index)),
                &[],
                |_| None,
            ),
            person: by_id(
                sums(&costs, production.people.len(), |row| row.person.map(Id::index)),
                &[],
                |_| None,
            ),
            shared,
            show: by_id(
                sums(&costs, production.shows.len(), |row| row.show.map(Id::index)),
                &budget,
                |line| line.show.map(Id::index),
            ),
        }
    }
}

/// Accounts with a budget that departments share, overtime for one: there cost stands where its budget
/// does, so that what is over in one row is not under in another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Accounts of no single department that have a budget line without one: the cost of a department without
    /// a line of its own stands with no department.
    pub accounts: Vec<AccountId>,
    /// Departments that have a line of their own on them: there their cost stands with them.
    pub apart: Vec<(AccountId, DepartmentId)>,
}

impl Shared {
    fn of(desk: &Desk, budget: &[BudgetLine]) -> Shared {
        let mut shared = Shared::default();
        for line in budget.iter().filter(|line| desk.department_of(line.account).is_none()) {
            match line.department {
                None => shared.accounts.push(line.account),
                Some(department) => shared.apart.push((line.account, department)),
            }
        }
        shared.accounts.sort_unstable();
        shared.accounts.dedup();
        shared.apart.sort_unstable();
        shared.apart.dedup();
        shared.apart.retain(|(account, _)| shared.accounts.contains(account));
        shared
    }

    /// Whether cost of the department on the account stands with no department.
    fn holds(&self, account: AccountId, department: DepartmentId) -> bool {
        self.accounts.binary_search(&account).is_ok()
            && self.apart.binary_search(&(account, department)).is_err()
    }
}

/// Sums into `parts` places and one more for what belongs to none.
fn sums(
    costs: &[&Posting],
    parts: usize,
    place: impl Fn(&Posting) -> Option<usize>,
) -> Vec<Option<ReportRow>> {
    let mut rows = vec![None; parts + 1];
    for posting in costs {
        let part = place(posting).unwrap_or(parts).min(parts);
        rows[part].get_or_insert_with(ReportRow::default).add(posting.state, posting.amount);
    }
    rows
}

fn by_id<K: Id>(
    mut rows: Vec<Option<ReportRow>>,
    budget: &[&BudgetLine],
    place: impl Fn(&BudgetLine) -> Option<usize>,
) -> Vec<ViewRow<K>> {
    let none = rows.len() - 1;
    for line in budget {
        let part = place(line).unwrap_or(none).min(none);
        rows[part].get_or_insert_with(ReportRow::default).budget(line);
    }
    let row = |(part, row): (usize, Option<ReportRow>)| {
        Some(ViewRow { key: (part < none).then(|| K::new(part)), row: row? })
    };
    rows.into_iter().enumerate().filter_map(row).collect()
}
