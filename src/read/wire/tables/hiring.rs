//! Who could come: planned hires, terms of hire, moves between departments and sites.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// Planned hires: `count` heads without a name.
    Placeholder = "placeholders", "placeholder", required &[&["department"]];
    /// Id; the heads are called `id-1`, `id-2` … Default: `hire-` and the department in small letters.
    id: "hire-cmp" ["role", "name", "code"],
    /// Department.
    department: "CMP" ["dept"],
    /// How many heads. Default: 1.
    count: "2" ["heads", "number"],
    /// First day. Default: as for contracts.
    from: "2027-03-01" ["start", "start date"],
    /// Last day. Default: open end.
    to: "2027-05-28" ["end", "end date", "until"],
    /// Level. Default: 1.
    level: "1",
    /// `junior`, `mid`, `senior` or `lead`. Default: mid.
    seniority: "mid",
    /// Position, as for people. Default: none said.
    position: "",
    /// Site. Default: the first one.
    site: "london" ["location"],
    /// `staff`, `fixed` or `freelance`. Default: freelance.
    kind: "freelance" ["type"],
    /// Pay, as for contracts. Default: that of rates.csv, else the default day rate.
    rate: "340" ["pay", "day rate"],
    /// What the rate is paid for, as for contracts. Default: day.
    basis: "day" ["per"],
    /// Employer's cost on top of pay, as for contracts.
    burden: "",
    /// Currency of the rate. Default: the site's.
    currency: "",
}

table! {
    /// On which terms departments can hire, one row for each position or site. Without a row a department can hire, after ten working days and for four weeks at least, as many artists as it has (at least two), at the mean cost of its freelance artists.
    Hiring = "hiring", "terms of hire", required &[&["department"]];
    /// Id. Default: the department in small letters and `-hire`; for further rows of a department with its number.
    id: "cmp-london" ["code", "terms", "position id", "name"],
    /// Department.
    department: "CMP" ["dept"],
    /// Site. Default: the first one.
    site: "london" ["location", "studio", "place"],
    /// `junior`, `mid`, `senior` or `lead`. Default: mid.
    seniority: "senior" ["experience", "position"],
    /// Level. Default: 1.
    level: "1.1" ["speed"],
    /// `staff`, `fixed` or `freelance`. Default: fixed.
    kind: "fixed" ["type", "contract type"],
    /// Pay, as for contracts. Default: the mean cost of a day of the department's freelance artists, else of all its artists.
    rate: "380" ["pay", "salary", "day rate"],
    /// What the rate is paid for, as for contracts. Default: day.
    basis: "day" ["per", "rate basis", "rate type"],
    /// Employer's cost on top of pay, as for contracts.
    burden: "22%" ["fringe", "fringes", "on cost"],
    /// Currency of the rate. Default: the site's.
    currency: "GBP",
    /// Working days of notice. Default: as for contracts.
    notice: "5" ["notice days", "notice wd"],
    /// Least weeks of a stay. Default: 4.
    min_weeks: "4" ["minimum weeks", "least weeks"],
    /// Working days from the decision to the first day. Default: 10.
    lead_days: "10" ["lead", "lead time"],
    /// First day on which anybody can begin. Default: none.
    earliest: "2027-02-01" ["from", "available from", "earliest start"],
    /// Share of their time that they give in the first weeks, week by week; `none` = all from the first day. Default: 60%; 80%.
    ramp: "60%; 80%" ["ramp up", "productivity"],
    /// Most people hired at once. Default: as many as the department has, at least 2.
    max_heads: "3" ["heads", "most", "count", "max"],
    /// Cost of each start, in the production's currency: search, machine, what others lose with them. Default: one and a half artist-days of the show.
    onboarding: "600" ["onboarding cost", "cost of start"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Who can work elsewhere for a time, and on which terms: in another department, at another site, on another show. Each row names at least one of the three. Without a row nobody is moved.
    Move = "moves", "terms of a move", required &[&["to", "site", "show"]];
    /// Id. Default: the departments, site and show in small letters.
    id: "roto-to-cmp" ["code", "terms", "name"],
    /// Who may, with `;` between. Default: everybody of the department they come from.
    people: "ira; jay" ["person", "who"],
    /// Department they come from. Default: any.
    from: "ROTO" ["from department", "from dept"],
    /// Department they work in. Default: their own.
    to: "CMP" ["to department", "to dept", "department"],
    /// Site they go to. Default: they stay where they are.
    site: "london" ["location", "studio", "place", "to site"],
    /// Show they work on. Default: those they are booked on.
    show: "main" ["project", "to show"],
    /// Speed there as a share of their own; of who can do that work already, their own. Default: 70 % in another department, else 100 %.
    level: "70%" ["speed"],
    /// Working days from the decision to the first day. Default: 5; to another site 20.
    lead_days: "5" ["lead", "lead time"],
    /// Share of their time that they give in the first weeks, week by week; `none` = all from the first day. Default: 80 % in another department; 60 % on another show; nothing in the week of a move to another site.
    ramp: "80%" ["ramp up", "productivity"],
    /// Least weeks that they stay. Default: 1; at another site 12.
    min_weeks: "1" ["minimum weeks", "least weeks"],
    /// Most people moved at once. Default: all who may.
    max_heads: "2" ["heads", "most", "count", "max"],
    /// What each move costs once, in the production's currency: travel, a place to live. Default: nothing; to another site ten artist-days of the show.
    cost: "1,500" ["relocation", "relocation cost"],
    /// What they are paid there as a share of their own pay. Default: 100 %.
    pay: "100%" ["pay share", "rate"],
    /// Account of the cost. Default: 50-00 (show expenses).
    account: "50-00" [],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}
