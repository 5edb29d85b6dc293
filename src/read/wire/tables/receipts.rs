//! What comes in: payments of the client and tax incentives.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// Payment steps with the client; the shares of a show add up to 100 %.
    Payment = "payments", "payment", required &[&["share"]];
    /// Show. Default: the show of the folder.
    show: "" ["project"],
    /// Share of the award.
    share: "20%" ["percent", "part"],
    /// What it is tied to. Default: empty.
    tied_to: "award" ["milestone", "event", "name"],
    /// Expected day. Default: unknown.
    date: "2027-01-04" ["expected", "due"],
    /// Days until the invoice is paid. Default: 30.
    terms_days: "30" ["terms", "net"],
}

table! {
    /// Tax incentives, as data: illustrations to be checked with an adviser, never advice.
    Incentive = "incentives", "incentive", required &[&["id"]];
    /// Name.
    id: "UK example" ["code", "name", "incentive"],
    /// Place: the site of people, the place of vendors. Default: everywhere.
    place: "london" ["country", "location", "site"],
    /// What it is a share of: `labour` (people there), `vendors` (there) or `spend` (both). Default: spend.
    kind: "spend" ["base"],
    /// Share of the eligible cost. Default: 0.
    rate: "29.25%" ["percent"],
    /// Higher rates on all of the base from an amount on, with `;` between: `2000000 40%`. Default: none.
    tiers: "" ["steps"],
    /// Share of the eligible cost that counts. Default: 100 %.
    eligible: "100%" ["eligible share", "counts"],
    /// Most of it that counts, as a share of the same kind of cost everywhere. Default: 100 %.
    cap_share: "",
    /// Most of it that counts. Default: no limit.
    cap: "" ["cap amount"],
    /// Least eligible cost; below it there is nothing. Default: 0.
    minimum: "" ["min spend", "threshold"],
    /// Incentives that are taken off its base first, with `;` between. Default: none.
    net_of: "" ["after"],
    /// Tax on it. Default: 0.
    tax: "" ["tax rate"],
    /// Share of it that comes to the studio; the rest is the client's. Default: 100 %.
    studio_share: "100%" ["beneficiary share", "share"],
    /// Months from the last cost to the money. Default: 12.
    lag_months: "12" ["lag"],
    /// How sure it is. Default: 100 %.
    certainty: "100%" ["probability"],
    /// First day of validity. Default: always.
    valid_from: "2025-01-01" ["from"],
    /// Last day of validity. Default: always.
    valid_to: "" ["to", "until"],
}
