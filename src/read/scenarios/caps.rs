//! Caps on final cost: of a show, a department, accounts, a month, or all of it.

use super::super::intake::clipped;
use super::super::values::Trouble;
use super::cells::Cells;
use super::scope::{cost_accounts, departments, shows};
use crate::model::*;
use crate::scenario::Change;

/// What a cap may be on; all cost where none of them is said.
const ON: [&str; 4] = ["show", "department", "account", "month"];

pub(super) fn cap_cost(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    // Each field is read, so that all that is wrong is told at once.
    let said = ON.iter().filter(|field| cells.has(field)).count();
    let is_one = said < 2 || cells.one_of(&ON).is_some();
    let amount = cells.money("amount");
    let show = cells.refer("show", "show", &shows(production)).map(CapOn::Show);
    let department = cells.refer("department", "department", &departments(production));
    let accounts = cells.refer_all("account", "account", &cost_accounts(production));
    let month = month(cells);
    let department = department.map(CapOn::Department);
    let on = show.or(department).or(accounts.map(CapOn::of_accounts)).or(month);
    if cells.failed || !is_one {
        return None;
    }
    let on = on.unwrap_or(CapOn::Total);
    let amount = match cells.has("amount") {
        true => amount?,
        false => match on.budget(production) {
            Some(budget) => budget,
            None => {
                let message = format!(
                    "`amount` is missing, and no budget is told for {}",
                    on.words(production)
                );
                cells.fail("S03", "amount", message, "write the most it may cost");
                return None;
            }
        },
    };
    Some(vec![Change::CapCost(BudgetCap::new(production, on, amount))])
}

/// All cost of a month that is not over on the day of the plan.
fn month(cells: &mut Cells<'_, '_>) -> Option<CapOn> {
    let not_one = || Trouble::NotOne("a month such as `2027-03`".to_owned());
    let on = cells.value("month", |text| CapOn::of_month(text).ok_or_else(not_one))?;
    let CapOn::Month(first) = on else { return None };
    let settings = &cells.production.settings;
    let (as_of, horizon) = (settings.as_of, settings.horizon_end);
    let text = clipped(cells.text("month").unwrap_or_default());
    if first < as_of.first_of_month() {
        let message = format!("{text} is over on the day of the plan, {as_of}");
        cells.fail("S06", "month", message, "what was spent stays spent: write a later month");
        return None;
    }
    if first > horizon {
        let message = format!("{text} is after the last day that can be planned, {horizon}");
        let help = "write an earlier month, or set horizon_end later in show.toml";
        cells.fail("S06", "month", message, help);
        return None;
    }
    Some(on)
}
