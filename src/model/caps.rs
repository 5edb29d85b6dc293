//! Caps: amounts that final cost may not go over.

use super::{AccountId, AccountKind, BudgetLine, Cents, DepartmentId, Production, ShowId};
use jiff::civil::Date;

/// What a cap is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CapOn {
    /// All cost.
    Total,
    /// The cost that a show bears.
    Show(ShowId),
    /// The cost of a department's work.
    Department(DepartmentId),
    /// An account.
    Account(AccountId),
    /// Some accounts together, sorted.
    Accounts(Vec<AccountId>),
    /// All cost of a month, of which this is the first day.
    Month(Date),
}

impl CapOn {
    /// On one account, or on some together.
    pub fn of_accounts(mut accounts: Vec<AccountId>) -> CapOn {
        accounts.sort_unstable();
        match accounts[..] {
            [account] => CapOn::Account(account),
            _ => CapOn::Accounts(accounts),
        }
    }

    /// The accounts it is on; none where it is on something else.
    pub fn accounts(&self) -> &[AccountId] {
        match self {
            CapOn::Account(account) => std::slice::from_ref(account),
            CapOn::Accounts(accounts) => accounts,
            _ => &[],
        }
    }

    /// On all cost of a month such as "2027-03".
    pub fn of_month(text: &str) -> Option<CapOn> {
        let first = format!("{text}-01").parse().ok().filter(|_| text.len() == 7);
        first.map(CapOn::Month)
    }

    /// What the budget lines that name it sum up to; `None` where none does. A line without a show is of the only
    /// show there is.
    pub fn budget(&self, production: &Production) -> Option<Cents> {
        let is_only = production.shows.len() == 1;
        let is_cost =
            |row: &BudgetLine| production.accounts[row.account].kind != AccountKind::Revenue;
        let is_of = |row: &&BudgetLine| match self {
            CapOn::Total => is_cost(row),
            CapOn::Show(show) => {
                is_cost(row) && (row.show == Some(*show) || row.show.is_none() && is_only)
            }
            CapOn::Department(department) => row.department == Some(*department),
            CapOn::Account(_) | CapOn::Accounts(_) => self.accounts().contains(&row.account),
            CapOn::Month(_) => false,
        };
        let lines = || production.budget.iter().filter(is_of);
        let sum = lines().map(|row| row.original + row.approved_changes).sum();
        lines().next().map(|_| sum)
    }

    /// It in words: "show ARC", "2027-03".
    pub fn words(&self, production: &Production) -> String {
        match self {
            CapOn::Total => "total".to_owned(),
            CapOn::Show(show) => format!("show {}", production.shows[*show].code),
            CapOn::Department(department) => {
                format!("department {}", production.departments[*department].code)
            }
            CapOn::Account(_) | CapOn::Accounts(_) => {
                let ids = self.accounts().iter();
                let codes: Vec<&str> = ids.map(|id| &*production.accounts[*id].code).collect();
                codes.join(", ")
            }
            CapOn::Month(first) => first.strftime("%Y-%m").to_string(),
        }
    }
}

/// A cap on final cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetCap {
    /// In the user's words.
    pub name: String,
    /// What it is on.
    pub on: CapOn,
    /// How much.
    pub amount: Cents,
}

impl BudgetCap {
    /// With the words of what it is on.
    pub fn new(production: &Production, on: CapOn, amount: Cents) -> BudgetCap {
        BudgetCap { name: on.words(production), on, amount }
    }

    /// Codes of the accounts it is on; none where it is on something else.
    pub fn accounts(&self, production: &Production) -> Vec<String> {
        self.on.accounts().iter().map(|id| production.accounts[*id].code.clone()).collect()
    }
}
