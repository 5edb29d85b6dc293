//! What was booked, and the rates of exchange of it.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// Cost to date.
    Actual = "actuals", "actual", required &[&["date"], &["account"], &["amount"]];
    /// Day of the cost.
    date: "2026-12-18" ["day", "posted"],
    /// Account.
    account: "20-18" ["code", "account code"],
    /// Show; `-` = the production as a whole. Default: the show of the folder.
    show: "" ["project"],
    /// Amount.
    amount: "1,234.50" ["cost", "value"],
    /// Currency. Default: the one written at the amount, else the production's.
    currency: "",
    /// `posted` or `accrued`. Default: posted.
    state: "posted" ["status"],
    /// Person paid. Default: none.
    person: "" ["artist"],
    /// Vendor paid. Default: none.
    vendor: "" ["supplier"],
    /// Task it was for. Default: none.
    task: "" ["task id"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Exchange rates.
    Fx = "fx", "exchange rate", required &[&["currency"], &["rate"]];
    /// The foreign currency.
    currency: "CAD" ["from currency", "code"],
    /// What one unit of it is worth in the production's currency, to six decimals.
    rate: "0.58" ["value"],
    /// First day on which it holds. Default: always.
    from: "2027-01-01" ["date", "valid from"],
    /// `spot`, or `budget` for the rate that the budget was made with: bookings and orders stand at that on their account, and what spot is more or less on the account of the kind `exchange`. Default: spot.
    kind: "" ["use", "type"],
}
