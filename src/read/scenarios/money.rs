//! Edits of money: pay, prices, exchange rates, budget, incentives.

use super::cells::Cells;
use super::crew::who;
use super::scope::{cost_accounts, departments, vendors};
use crate::model::*;
use crate::scenario::{Change, RateChange};

pub(super) fn change_rate(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let which = cells.one_of(&["percent", "amount"]);
    let percent = cells.percent("percent", -9_000, 100_000);
    let amount = cells.money("amount");
    let from = cells.date("from");
    let change = |which: Option<&str>| match which? {
        "percent" => percent.map(RateChange::By),
        _ => amount.map(RateChange::To),
    };
    if cells.has("vendor") {
        for other in ["department", "people", "from"] {
            if cells.has(other) {
                let message = format!("`vendor` and `{other}` cannot be said together");
                cells.fail("S07", other, message, "leave one of them out");
            }
        }
        let vendor = cells.refer("vendor", "vendor", &vendors(production))?;
        return Some(vec![Change::VendorPrice { vendor, change: change(which)? }]);
    }
    let people = who(cells)?;
    let from = from.unwrap_or(production.settings.as_of);
    Some(vec![Change::Pay { people, change: change(which)?, from }])
}

pub(super) fn set_fx(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let home = production.settings.currency;
    let text = cells.needed("currency");
    cells.needed("rate");
    let rate = cells.rate("rate");
    let from = cells.date("from");
    // "CAD/GBP" is the same as "CAD".
    let text = text?.to_ascii_uppercase();
    let code = text.strip_suffix(&format!("/{home}")).unwrap_or(&text);
    let mut known: Vec<Currency> = Vec::new();
    known.extend(production.fx.iter().map(|row| row.currency));
    known.extend(production.people.iter().flat_map(|row| row.contracts.iter().map(|c| c.currency)));
    known.extend(production.vendors.iter().map(|row| row.currency));
    known.extend(production.actuals.iter().map(|row| row.currency));
    known.extend(production.commitments.iter().map(|row| row.currency));
    known.retain(|currency| *currency != home);
    known.sort_unstable();
    known.dedup();
    match Currency::new(code).filter(|currency| known.contains(currency)) {
        Some(currency) => Some(vec![Change::SetFx(FxRate { currency, millionths: rate?, from })]),
        None => {
            let codes: Vec<String> = known.iter().map(|currency| currency.to_string()).collect();
            cells.unknown("currency", "foreign currency", code, codes.iter().map(String::as_str));
            None
        }
    }
}

fn accounts(cells: &mut Cells<'_, '_>) -> Option<Vec<AccountId>> {
    let production = cells.production;
    if cells.has("account") && cells.has("department") {
        cells.one_of(&["account", "department"])?;
    }
    if cells.has("department") {
        let all = cells.refer_all("department", "department", &departments(production))?;
        let mut accounts: Vec<AccountId> =
            all.into_iter().map(|id| production.departments[id].account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        return Some(accounts);
    }
    let known = cost_accounts(production);
    match cells.has("account") {
        true => cells.refer_all("account", "account", &known),
        false => Some(known.into_iter().map(|row| row.0).collect()),
    }
}

pub(super) fn budget_cut(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let which = cells.one_of(&["percent", "amount"]);
    let percent = cells.percent("percent", 0, 10_000);
    let amount = cells.money("amount");
    let hard = cells.flag("hard").unwrap_or(false);
    let accounts = accounts(cells)?;
    let lines = || production.budget.iter().filter(|row| accounts.contains(&row.account));
    let now: Cents = lines().map(|row| row.original + row.approved_changes).sum();
    if lines().next().is_none() {
        let message = "these accounts have no budget".to_owned();
        cells.fail("S12", "account", message, "use op = \"set_budget\" to give them one");
        return None;
    }
    let change = match which? {
        "percent" => RateChange::By(-percent?),
        _ => {
            let amount = amount?;
            if amount > now {
                let message = "that is more than their budget".to_owned();
                cells.fail("S04", "amount", message, "write a smaller amount");
            }
            RateChange::To(now - amount)
        }
    };
    Some(vec![Change::SetBudget { accounts, change, hard }])
}

pub(super) fn set_budget(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    cells.needed("amount");
    let amount = cells.money("amount");
    let hard = cells.flag("hard").unwrap_or(false);
    let accounts = accounts(cells)?;
    Some(vec![Change::SetBudget { accounts, change: RateChange::To(amount?), hard }])
}

pub(super) fn change_incentive(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.needed("incentive");
    let on = cells.flag("on");
    let rate = cells.percent("rate", 0, 10_000);
    let studio_share = cells.percent("studio_share", 0, 10_000);
    let known: Vec<(usize, &str, &str)> = production
        .incentives
        .iter()
        .enumerate()
        .map(|(at, row)| (at, &*row.code, &*row.code))
        .collect();
    let incentive = cells.refer("incentive", "incentive", &known)?;
    if on == Some(false) && (rate.is_some() || studio_share.is_some()) {
        let message = "an incentive that is off has no rate and no share".to_owned();
        cells.fail("S07", "on", message, "leave one of them out");
    }
    if on.is_none() && rate.is_none() && studio_share.is_none() {
        let message = "it is not said what changes".to_owned();
        cells.fail("S03", "", message, "fill in one of `on`, `rate`, `studio_share`");
    }
    let rate = if on == Some(false) { Some(0) } else { rate };
    Some(vec![Change::SetIncentive { incentive, rate, studio_share }])
}
