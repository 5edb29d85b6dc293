//! Render farm, licences and desks, and what tasks need of them.

use super::contracts::LONG_AGO;
use super::{At, Builder, wire};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::{values, words};
use jiff::civil::Date;

/// Accounts that a row leaves to the usual chart.
#[derive(Debug, Default)]
pub(super) struct Without {
    account: bool,
    overflow_account: bool,
}

impl Builder<'_> {
    pub(super) fn pool(&mut self, at: At<'_>, row: &wire::Pool<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.pools.get(code) {
            self.repeated(&at, code, self.production.pools[first].source);
            return;
        }
        let kind = self.intake.word(&at, cell!(row.kind), words::POOLS);
        let kind = kind.unwrap_or(PoolKind::Licence);
        let site = self.find_site(&at, cell!(row.site));
        let show = row.show.as_ref().and_then(|_| self.find_show(&at, cell!(row.show)));
        let capacity = match self.intake.needed(&at, cell!(row.capacity)) {
            Some(_) => self.dated_units(&at, cell!(row.capacity), kind),
            None => Vec::new(),
        };
        let home = self.production.settings.currency;
        let unit_cost = self.intake.fine_price(&at, cell!(row.unit_cost), home);
        let overflow_price = self.intake.fine_price(&at, cell!(row.overflow_price), home);
        let hard = self.intake.word(&at, cell!(row.limit), words::POOL_LIMITS);
        let account = self.find_account(&at, cell!(row.account));
        let overflow_account = self.find_account(&at, cell!(row.overflow_account));
        let departments = self.needs_of_departments(&at, cell!(row.departments), kind);
        self.pools_without.push(Without {
            account: account.is_none(),
            overflow_account: overflow_account.is_none(),
        });
        let id = self.production.pools.push(Pool {
            name: row.name.as_deref().unwrap_or(code).to_owned(),
            site,
            show,
            capacity,
            hard: hard.unwrap_or(row.overflow_price.is_none()),
            unit_cost: unit_cost.unwrap_or_default(),
            overflow_price,
            account: account.unwrap_or(Id::new(0)),
            overflow_account: overflow_account.unwrap_or(Id::new(0)),
            departments,
            source: at.source,
            ..Pool::new(code, kind)
        });
        self.pools.insert(code.to_owned(), id);
    }

    /// `4`, or `4; 2027-03-01 6`.
    fn dated_units(&mut self, at: &At<'_>, cell: Cell<'_>, kind: PoolKind) -> Vec<(Date, i64)> {
        let mut rows = Vec::new();
        let text = cell.1.unwrap_or_default();
        for item in text.split([';', '|']).map(str::trim).filter(|item| !item.is_empty()) {
            let dated = item.split_once(' ').filter(|(date, _)| values::day(date).is_ok());
            let (from, units) = match dated {
                Some((date, units)) => (values::day(date).unwrap_or(LONG_AGO), units),
                None => (LONG_AGO, item),
            };
            if let Some(units) = self.intake.units(at, (cell.0, Some(units)), kind) {
                rows.push((from, units));
            }
        }
        rows.sort_by_key(|(from, _)| *from);
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let when = if pair[0].0 == LONG_AGO {
                "the start".to_owned()
            } else {
                format!("{}", pair[0].0)
            };
            let message = format!("two capacities from {when}");
            let help = "write one amount for each date, such as `4; 2027-03-01 6`".to_owned();
            self.intake.wrong("R09", at, cell, message, help);
        }
        rows.dedup_by_key(|(from, _)| *from);
        rows
    }

    /// `FX:1; CFX`, for a farm `LGT:150`.
    fn needs_of_departments(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        kind: PoolKind,
    ) -> Vec<(DepartmentId, i64)> {
        let mut needs: Vec<(DepartmentId, i64)> = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            let (name, units) = match item.rsplit_once(':') {
                Some((name, units)) => {
                    (name.trim(), self.intake.units(at, (cell.0, Some(units.trim())), kind))
                }
                None if kind == PoolKind::Farm => {
                    let message = format!("`{item}` does not say how much it renders");
                    let help = format!("write core-hours for each bid day, such as `{item}:100`");
                    self.intake.wrong("R09", at, (cell.0, Some(item)), message, help);
                    continue;
                }
                None => (item, Some(1)),
            };
            let department = self.named_department(at, (cell.0, Some(name)));
            let (Some(department), Some(units)) = (department, units) else { continue };
            match needs.iter_mut().find(|(known, _)| *known == department) {
                Some(_) => {
                    let message = format!("`{name}` stands twice");
                    let help = "write each department once".to_owned();
                    self.intake.wrong("R09", at, (cell.0, Some(item)), message, help);
                }
                None => needs.push((department, units)),
            }
        }
        needs
    }

    /// `houdini:1; farm:1200` of a task.
    pub(super) fn task_pools(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<(PoolId, i64)> {
        let mut needs: Vec<(PoolId, i64)> = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            let (name, units) = item.rsplit_once(':').unwrap_or((item, ""));
            let (name, units) = (name.trim(), units.trim());
            let found = self.pools.get(name).copied();
            let known = self.production.pools.iter().map(|row| row.code.as_str());
            let Some(pool) = self.intake.refer(at, (cell.0, name), "pool", found, known) else {
                continue;
            };
            let kind = self.production.pools[pool].kind;
            if units.is_empty() && kind == PoolKind::Farm {
                let message = format!("`{item}` does not say how many core-hours");
                let help = format!("write core-hours for the task, such as `{name}:1200`");
                self.intake.wrong("R09", at, (cell.0, Some(item)), message, help);
                continue;
            }
            let units = match units {
                "" => Some(1),
                units => self.intake.units(at, (cell.0, Some(units)), kind),
            };
            if needs.iter().any(|(known, _)| *known == pool) {
                let message = format!("`{name}` stands twice");
                let help = "write each pool once".to_owned();
                self.intake.wrong("R09", at, (cell.0, Some(item)), message, help);
            } else if let Some(units) = units {
                needs.push((pool, units));
            }
        }
        needs.sort_unstable();
        needs
    }

    /// Accounts that no row names, from the chart as it is in the end.
    pub(super) fn pool_accounts(&mut self) {
        let accounts = &self.production.accounts;
        let is = |kind: AccountKind| move |row: &Account| row.kind == kind;
        let first = |fits: &dyn Fn(&Account) -> bool| {
            accounts.enumerate().find(|(_, row)| fits(row)).map(|(id, _)| id)
        };
        let usual = |code: &str| {
            first(&|row| row.code == code)
                .or_else(|| first(&is(AccountKind::Other)))
                .or_else(|| first(&|row| row.kind != AccountKind::Revenue))
                .unwrap_or(Id::new(0))
        };
        for (row, without) in self.production.pools.iter_mut().zip(&self.pools_without) {
            if without.account {
                row.account = usual(row.kind.usual_account());
            }
            if without.overflow_account {
                row.overflow_account = match row.kind {
                    PoolKind::Farm => usual(row.kind.usual_overflow_account()),
                    PoolKind::Licence | PoolKind::Desk => row.account,
                };
            }
        }
    }
}
