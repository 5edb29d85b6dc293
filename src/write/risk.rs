//! Odds as a table, and what was learned as an uncertainty file.

use super::amounts::money;
use super::tables::Table;
use crate::result::{LearnedAnswer, RiskAnswer};
use std::fmt::Write;

/// Every figure of the odds as a row: what, of what, probability, value, error.
pub fn risk(answer: &RiskAnswer) -> Vec<u8> {
    let mut table = Table::new(&["figure", "of", "level", "value", "error"]);
    let decimals = answer.heading.currency_decimals;
    let share = |value: f64| format!("{value}");
    let amount = |value: f64| money(value.round() as i64, decimals);
    for row in &answer.milestones {
        let id = row.id.as_str();
        let on_time = row.on_time;
        table.row(&["on_time", id, "", &share(on_time.value), &share(on_time.error)]);
        for level in &row.levels {
            let (at, error) = (share(level.level), share(level.error));
            table.row(&["date", id, &at, &level.date.to_string(), &error]);
        }
        if !row.levels.is_empty() {
            let at = share(answer.confidence);
            table.row(&["contingency_days", id, &at, &row.contingency_days.to_string(), ""]);
        }
    }
    let all = answer.all_on_time;
    table.row(&["all_on_time", "", "", &share(all.value), &share(all.error)]);
    let all = answer.all_on_time_on_budget;
    table.row(&["all_on_time_on_budget", "", "", &share(all.value), &share(all.error)]);
    if let Some(inside) = answer.cost.on_budget {
        table.row(&["on_budget", "", "", &share(inside.value), &share(inside.error)]);
    }
    for (name, levels) in
        [("final_cost", &answer.cost.levels), ("lowest_cash", &answer.lowest_cash.levels)]
    {
        for level in levels {
            let (at, value) = (share(level.level), money(level.amount, decimals));
            table.row(&[name, "", &at, &value, &amount(level.error)]);
        }
    }
    let at = share(answer.confidence);
    table.row(&["contingency", "", &at, &money(answer.cost.contingency, decimals), ""]);
    for row in &answer.drivers {
        let name = row.name.as_str();
        table.row(&["share_of_days", name, "", &share(row.days_share), &share(row.days_error)]);
        table.row(&["share_of_money", name, "", &share(row.money_share), &share(row.money_error)]);
    }
    for row in &answer.tasks {
        table.row(&["criticality", &row.task, "", &share(row.criticality), ""]);
    }
    table.bytes()
}

/// The uncertainty file of what was learned, with what it was learned from.
pub fn learned(answer: &LearnedAnswer) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# Learned from {} finished tasks: actual ÷ bid is lognormal, thin groups drawn towards larger ones.",
        answer.tasks
    );
    if answer.held_out > 0 {
        let _ = writeln!(
            out,
            "# Of {} tasks held out in turn, {:.0} % lay inside the middle 80 % of what the others foretold.",
            answer.held_out,
            answer.inside_80 * 100.0
        );
    }
    out.push_str(
        "# What is not said here is taken as usual in the trade: add it as you know it.\n",
    );
    for row in &answer.rows {
        let _ = write!(out, "\n[[durations]] # {} tasks\n", row.tasks);
        for (name, value) in
            [("department", &row.department), ("class", &row.class), ("level", &row.level)]
        {
            if let Some(value) = value {
                let _ = writeln!(out, "{name} = {}", toml::Value::String(value.clone()));
            }
        }
        let _ = writeln!(out, "factor = {{ median = {}, sigma = {} }}", row.median, row.sigma);
    }
    out
}
