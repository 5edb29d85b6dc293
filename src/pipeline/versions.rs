//! A budget that was kept, against the one in force and the final cost; and what is left of contingency.

use crate::model::{AccountKind, Cents, Production};
use crate::result::{
    BudgetComparison, ComparisonRow, Contingency, Document, DrawRow, PartRow, VersionRow,
};
use std::collections::BTreeMap;

/// The budgets that were kept.
pub(super) fn versions(production: &Production) -> Vec<VersionRow> {
    let row = |row: &crate::model::VersionLine| VersionRow {
        version: row.version.clone(),
        account: production.accounts[row.account].code.clone(),
        description: production.accounts[row.account].name.clone(),
        amount: row.amount.0,
    };
    production.versions.iter().map(row).collect()
}

/// What is set aside and what is left; none without such a budget and any draw-down.
pub(super) fn contingency(production: &Production) -> Option<Contingency> {
    let mut draws: Vec<_> = production.draws.iter().collect();
    draws.sort_by_key(|row| row.date);
    let drawn_on = |account| {
        let is_set_aside = production.accounts[account].kind == AccountKind::Contingency;
        is_set_aside || production.draws.iter().any(|row| row.from == account)
    };
    let lines: Vec<_> = production.budget.iter().filter(|line| drawn_on(line.account)).collect();
    if lines.is_empty() && draws.is_empty() {
        return None;
    }
    let set_aside: Cents = lines.iter().map(|line| line.original + line.approved_changes).sum();
    let (mut left, mut drawn) = (set_aside, Cents::ZERO);
    let code = |account| production.accounts[account].code.clone();
    let mut rows = Vec::new();
    for row in draws {
        left -= row.amount;
        if row.date <= production.settings.as_of {
            drawn += row.amount;
        }
        rows.push(DrawRow {
            date: row.date,
            from: code(row.from),
            account: code(row.account),
            amount: row.amount.0,
            reason: row.reason.clone(),
            left: left.0,
        });
    }
    let drawn_on = production.accounts.enumerate().filter(|(id, _)| drawn_on(*id));
    Some(Contingency {
        set_aside: set_aside.0,
        drawn: drawn.0,
        left: (set_aside - drawn).0,
        draws: rows,
        accounts: drawn_on.map(|(_, row)| row.code.clone()).collect(),
        need: None,
    })
}

/// The budget `version` of a result against the budget in force.
///
/// # Errors
/// In words, when there is no such version, or the result was saved without the line producer's part.
pub fn against(document: &Document, version: &str) -> Result<BudgetComparison, String> {
    let Some(desk) = &document.desk else {
        return Err("the result was saved by an older program: plan the show again".to_owned());
    };
    let mut known: Vec<&str> = desk.versions.iter().map(|row| row.version.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    if !known.contains(&version) {
        let has = match known.as_slice() {
            [] => "it keeps none: lines of budget.csv with another `version` than working are kept"
                .to_owned(),
            known => format!("it keeps {}", known.join(", ")),
        };
        return Err(format!("no budget `{version}`; {has}"));
    }
    let mut rows: BTreeMap<&str, ComparisonRow> = BTreeMap::new();
    for line in desk.versions.iter().filter(|row| row.version == version) {
        let row = rows.entry(&line.account).or_default();
        row.description.clone_from(&line.description);
        row.version_budget = row.version_budget.saturating_add(line.amount);
    }
    let report: Vec<PartRow> = document.cost.report.iter().map(PartRow::from).collect();
    for line in &report {
        let row = rows.entry(&line.id).or_default();
        row.description.clone_from(&line.description);
        row.current_budget = line.current_budget.unwrap_or_default();
        row.efc = line.efc;
    }
    let mut total = ComparisonRow {
        account: "total".to_owned(),
        description: document.cost.total.description.clone(),
        ..ComparisonRow::default()
    };
    let mut all = Vec::with_capacity(rows.len());
    for (account, mut row) in rows {
        row.account = account.to_owned();
        if !desk.revenue_accounts.contains(&row.account) {
            total.version_budget = total.version_budget.saturating_add(row.version_budget);
            total.current_budget = total.current_budget.saturating_add(row.current_budget);
            total.efc = total.efc.saturating_add(row.efc);
        }
        all.push(settled(row));
    }
    let info = &document.production;
    Ok(BudgetComparison {
        production: info.name.clone(),
        as_of: info.as_of,
        currency: info.currency.clone(),
        currency_decimals: info.currency_decimals,
        version: version.to_owned(),
        rows: all,
        total: settled(total),
    })
}

fn settled(row: ComparisonRow) -> ComparisonRow {
    ComparisonRow {
        change: row.current_budget.saturating_sub(row.version_budget),
        version_variance: row.version_budget.saturating_sub(row.efc),
        variance: row.current_budget.saturating_sub(row.efc),
        ..row
    }
}
