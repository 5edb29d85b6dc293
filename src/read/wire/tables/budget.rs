//! What was agreed: accounts, budget, contingency, the baseline, closed periods.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// Chart of accounts. Default: the usual chart (10 revenue, 20 labour by department, 30 vendors …).
    Account = "accounts", "account", required &[&["id"]];
    /// Code.
    id: "20-18" ["code", "account", "account code"],
    /// Description. Default: the code.
    name: "compositing" ["description", "title"],
    /// `revenue`, `labour`, `overtime`, `idle` (booked time without a task), `team` (time of leads for their teams), `bench` (paid time that no show bears), `vendor`, `contingency`, `exchange` or `other`. Default: other.
    kind: "labour" ["type"],
}

table! {
    /// Budget by account, in the production's currency.
    Budget = "budget", "budget line", required &[&["account"], &["original"]];
    /// Account.
    account: "20-18" ["code", "account code"],
    /// Show. Default: the whole production.
    show: "" ["project"],
    /// Original budget.
    original: "42,000.00" ["budget", "original budget", "amount"],
    /// Approved changes. Default: 0.
    approved_changes: "0" ["changes", "approved"],
    /// Estimated final cost in the last period. Default: unknown.
    last_period: "" ["efc last period", "last efc"],
    /// Version: empty or `working` is the budget in force; lines of others, such as `locked`, are kept for comparison (`cost-report --against`). Default: working.
    version: "" ["budget version"],
    /// Department whose part of the account it is, such as its overtime. Default: the one whose account it is, else all together.
    department: "" ["dept"],
}

table! {
    /// Contingency given to accounts: moves budget from the one to the other.
    Draw = "contingency", "draw-down", required &[&["date"], &["account"], &["amount"], &["reason"]];
    /// Day from which it counts.
    date: "2027-01-25" ["day", "approved"],
    /// Account it is given to.
    account: "20-18" ["to", "account code"],
    /// How much, in the production's currency; negative gives back.
    amount: "1,500.00" ["value"],
    /// What for.
    reason: "retakes of 010_0010" ["why", "note", "description"],
    /// Account drawn on. Default: the first account of the kind `contingency`.
    from: "70-00" ["contingency account"],
    /// Show. Default: the whole production.
    show: "" ["project"],
    /// Department whose part of the account gets it. Default: as in the budget.
    department: "" ["dept"],
}

table! {
    /// Periods whose books are closed, as `shotplan close --books` writes them: what was posted by account and day, and whether rates, of people and of foreign currencies, changed since.
    Closed = "closed", "closed period", required &[&["period"], &["to"], &["account", "person", "currency"]];
    /// Name of the period.
    period: "2026-12" ["id", "name"],
    /// Last day of it.
    to: "2026-11-30" ["date", "until"],
    /// Account.
    account: "20-18" ["account code"],
    /// All that was posted on the account, in one currency.
    posted: "0" ["amount"],
    /// Currency. Default: the production's.
    currency: "",
    /// Person, in rows about rates.
    person: "" ["artist"],
    /// Sum over the rates of the person that begin until then, or over the exchange rates of the currency in rows without account and person; no rate can be told from it.
    rates: "" ["sum"],
    /// Day of what was posted. Default: all that was posted until the last day.
    day: "2026-11-12",
}

table! {
    /// When tasks were planned in the plan that was agreed: the planned value of earned value follows it. The `plan.csv` of a result, saved under this name, is one. Default: the latest dates that meet every due date.
    Baseline = "baseline", "baseline row", required &[&["task"], &["start"], &["end"]];
    /// Task; rows without one are passed over.
    task: "010_0010_cmp" ["task id", "id"],
    /// First day; the earliest of several rows counts.
    start: "2027-01-11" ["start date", "from"],
    /// Last day; the latest of several rows counts.
    end: "2027-01-15" ["end date", "finish", "to"],
    /// Not used.
    part: "",
    /// Not used.
    artist: "",
    /// Not used.
    vendor: "",
    /// Not used.
    effort_days: "",
    /// Not used.
    overtime_hours: "",
    /// Not used.
    cost: "",
    /// Not used.
    start_slot: "",
    /// Not used.
    end_slot: "",
    /// Not used.
    note: "" ["notes"],
}
