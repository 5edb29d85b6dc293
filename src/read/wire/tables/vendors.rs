//! Vendors, what they were promised, and changes of it.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// Companies that work can be sent to.
    Vendor = "vendors", "vendor", required &[&["id"]];
    /// Id.
    id: "rotohouse" ["code", "vendor", "supplier"],
    /// Name. Default: the id.
    name: "Roto House",
    /// Place of work. Default: empty.
    place: "Bangalore" ["location", "site"],
    /// Departments it takes work of, with `;` between.
    departments: "ROTO; PREP" ["department", "dept", "services"],
    /// Smallest thing it takes: `task`, or `sequence` for all its work of a sequence (or asset) or none. Default: task.
    takes: "task" ["package", "unit"],
    /// First day on which the client lets it work. Default: from the start.
    cleared_from: "2027-01-04" ["cleared", "client cleared from"],
    /// Bid days a week it can deliver, for all shows together; no plan has more in a week. Default: no limit.
    capacity_days_per_week: "20" ["capacity", "capacity per week"],
    /// Working days from order to delivery: class A; B; C; D, or one for all. Default: 3; 5; 10; 15.
    lead_days: "3; 5; 10; 15" ["lead", "lead time", "lead wd"],
    /// Price of one bid day. Default: the default day rate of a mid-level artist.
    day_price: "180" ["price", "rate"],
    /// Smallest order. Default: 0.
    minimum_order: "0" ["minimum"],
    /// Supervision, as a share of the price. Default: 10 %.
    supervision: "10%",
    /// Chance of a late delivery. Default: 10 %.
    late_probability: "10%" ["late chance"],
    /// Payment steps: share and what it is tied to: the order, delivery, acceptance; a retention is paid on acceptance, `+60d` or `+8w` so long after (`5% retention +60d`). Default: 25% order; 50% delivery; 25% acceptance.
    payments: "25% order; 50% delivery; 25% acceptance" ["payment", "terms"],
    /// Days until its invoices are paid. Default: the setting `vendor_terms`.
    terms_days: "30" ["net", "payment terms"],
    /// Currency of its prices. Default: the production's.
    currency: "GBP",
}

table! {
    /// Purchase orders and other promises to pay.
    Commitment = "commitments", "commitment", required &[&["account"], &["amount"]];
    /// Purchase order number. Default: `PO-` and its number.
    id: "PO-1001" ["po", "po number", "code", "number"],
    /// Account.
    account: "30-01" ["account code"],
    /// Show; `-` = the production as a whole. Default: the show of the folder.
    show: "" ["project"],
    /// Vendor it was given to. Default: none.
    vendor: "" ["supplier"],
    /// Package: the shots, assets, sequences or shows whose work it buys, with `;` between (`sequence:010` where an id is used twice); its delivery and acceptance are theirs. Default: all that the vendor does for the show.
    contents: "" ["package", "content", "items", "shots"],
    /// Full value.
    amount: "6000" ["value"],
    /// In the books of it already: invoiced, or accrued in `actuals`. Default: 0.
    drawn: "1500" ["invoiced"],
    /// Incurred of it and not in the books: work that was delivered and not invoiced yet. Default: 0.
    accrued: "" ["incurred", "received not invoiced"],
    /// Currency. Default: the one written at the amount, else the production's.
    currency: "",
    /// When the rest is expected. Default: unknown.
    expected: "2027-02-26" ["expected date"],
    /// First day on which it can be cancelled. Default: never.
    cancellable_from: "" ["cancellable"],
    /// What cancelling it costs. Default: 0.
    cancel_cost: "" ["cancellation", "cancellation cost"],
}

table! {
    /// Changes of scope with their price: the client pays more for them, or a vendor is paid more.
    ChangeOrder = "change_orders", "change order", required &[&["id"]];
    /// Number.
    id: "CO-01" ["code", "number", "change order"],
    /// Show. Default: the show of the order or of the folder.
    show: "" ["project"],
    /// `draft`, `priced`, `sent`, `approved`, `rejected` or `absorbed` (done at the cost of whoever does the work). Default: draft.
    state: "approved" ["status"],
    /// Price; negative = a credit. Of a client in the production's currency, of a vendor in that of the order. Default: 0.
    amount: "3800" ["price", "value"],
    /// Tasks it pays for, with `;` between.
    tasks: "010_0010_cmp" ["task"],
    /// Day of its last state. Default: unknown.
    date: "2026-12-11" ["day"],
    /// Vendor whose order it changes. Default: that of the order; without both it is with the client.
    vendor: "" ["supplier"],
    /// Purchase order that it changes. Default: the only one of the vendor for the show.
    order: "" ["po", "purchase order", "commitment"],
    /// Working days that it adds to the vendor's time for its tasks, once it is approved or absorbed; negative = sooner. Default: 0.
    days: "" ["date effect", "delay"],
}
