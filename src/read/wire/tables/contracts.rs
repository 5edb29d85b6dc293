//! On which terms people are paid.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// When people are employed and for how much. A person without contracts is always employed, at the default rate.
    Contract = "contracts", "contract", required &[&["person"]];
    /// Person.
    person: "ann" ["artist", "name", "person id"],
    /// `staff`, `fixed` or `freelance`. Default: staff.
    kind: "freelance" ["type", "contract type"],
    /// First day. Default: 2000-01-01.
    start: "2027-01-04" ["from", "start date"],
    /// Last day. Default: open end.
    end: "2027-06-30" ["to", "end date", "until"],
    /// Last day that must be paid whatever happens. Default: none.
    min_end: "2027-02-26" ["minimum end", "guaranteed until"],
    /// Working days of notice. Default: staff 20, fixed 20, freelance 5.
    notice: "5" ["notice days", "notice wd"],
    /// Pay without employer's cost: `320`, `GBP 320`, or from dates on: `320; 2027-04-01 340`. Default: that of rates.csv with its basis, burden and currency, else the default day rate of the seniority, for the basis.
    rate: "320" ["pay", "salary", "day rate"],
    /// What the rate is paid for: `hour`, `day`, `week`, `month`, `year`. Default: day.
    basis: "day" ["per", "rate basis", "rate type"],
    /// Employer's cost on top of pay. Default: staff and fixed 22 %, freelance 0.
    burden: "22%" ["fringe", "fringes", "on cost"],
    /// Currency of the rate. Default: the site's.
    currency: "GBP",
    /// Overtime: daily tiers, as for sites. Default: the site's rules.
    overtime_daily: "",
    /// Overtime: weekly threshold, as for sites.
    overtime_weekly: "",
    /// Overtime: weeks over which the weekly threshold is averaged, as for sites.
    overtime_average_weeks: "" ["averaging weeks", "reference period weeks"],
    /// Overtime: most work in a day, as for sites.
    overtime_cap_day: "",
    /// Overtime: most work in a week, as for sites.
    overtime_cap_week: "",
    /// Overtime: most work in a week of who opted out of an average of 48 hours, as for sites.
    overtime_cap_opted_out: "" ["opted out week"],
    /// Whether overtime is worked unpaid, as for sites.
    overtime_exempt: "" ["exempt"],
    /// Overtime: which days off may be worked, as for sites.
    overtime_days_off: "",
    /// Overtime: most work on a day off, as for sites.
    overtime_cap_day_off: "",
    /// Overtime: most days of work in a week with a day off worked, as for sites.
    overtime_days_a_week: "",
    /// Overtime: a weekend day that is the sixth day of its week, as for sites.
    overtime_sixth_day: "",
    /// Overtime: a weekend day that is the seventh, as for sites.
    overtime_seventh_day: "",
    /// Overtime: a holiday, as for sites.
    overtime_holiday: "",
    /// Least time paid for a day on which anything is paid: a bare number is hours; `0.5d` is half a day. Default: what is worked or booked.
    guaranteed_day: "" ["minimum call", "minimum day", "guaranteed hours a day"],
    /// Least time paid for a whole week under contract: a bare number is hours. Default: none.
    guaranteed_week: "" ["guaranteed hours", "guaranteed hours a week", "minimum week"],
    /// Minimum booking: so many working days from the first one on are paid in full: a bare number is days. Default: none.
    minimum_booking: "" ["minimum days", "least booking"],
    /// What is owed for a confirmed day that is called off, with `;` between: a share, and shares within so many hours before the day: `50%; 24h 100%`. Default: nothing.
    cancellation: "" ["cancellation terms", "cancel fee"],
    /// Option to let the contract go on after its end: weeks. Default: none.
    option_weeks: "" ["option", "extension option", "extension weeks"],
    /// Last day to take the option. Default: the notice before the end.
    option_by: "" ["option decide by", "decide by"],
}

table! {
    /// The rate card: what is usually paid, for contracts, placeholders and people without a rate. The row that says most of somebody counts: the department before the position, the seniority and the site.
    CardRate = "rates", "card rate", required &[&["rate"]];
    /// Department. Default: all.
    department: "CMP" ["dept", "discipline"],
    /// Position, as for people. Default: all.
    position: "artist" ["role", "job title"],
    /// `junior`, `mid`, `senior` or `lead`. Default: all.
    seniority: "senior" ["experience", "level"],
    /// Site. Default: all.
    site: "london" ["location", "studio", "office"],
    /// Pay, as for contracts, also from dates on.
    rate: "470; 2027-04-01 485" ["pay", "day rate", "amount"],
    /// What the rate is paid for, as for contracts. Default: day.
    basis: "day" ["per", "rate basis", "rate type"],
    /// Employer's cost on top of pay. Default: as for contracts.
    burden: "22%" ["fringe", "fringes", "on cost"],
    /// Currency of the rate. Default: the site's, or that of the first site.
    currency: "GBP",
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}
