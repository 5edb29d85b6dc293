//! Every table and column of a show, with what it means, its unit and its default.
//!
//! The README of the templates is made from these lines.

use super::{About, Column, Row, Text, table};
use std::collections::BTreeMap;

/// A show (or several) in one document: the content of `show.toml`, of `studio.toml`, and of the
/// one-file JSON form. Each list may also be a CSV file of the same name.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    /// How to plan.
    pub settings: Settings<'static>,
    /// What the headers of your own CSV files mean, by table: `"Pipeline Step" = "department"`;
    /// `"-"` = leave the column out.
    pub columns: BTreeMap<String, BTreeMap<String, String>>,
    /// Working weeks.
    pub calendars: Vec<Calendar<'static>>,
    /// Places of work.
    pub sites: Vec<Site<'static>>,
    /// Public holidays.
    pub holidays: Vec<Holiday<'static>>,
    /// Exchange rates.
    pub fx: Vec<Fx<'static>>,
    /// Chart of accounts.
    pub accounts: Vec<Account<'static>>,
    /// Departments.
    pub departments: Vec<Department<'static>>,
    /// Vendors.
    pub vendors: Vec<Vendor<'static>>,
    /// Render farm, licences, desks.
    pub pools: Vec<Pool<'static>>,
    /// Shows.
    pub shows: Vec<Show<'static>>,
    /// Sequences.
    pub sequences: Vec<Sequence<'static>>,
    /// Shots.
    pub shots: Vec<Shot<'static>>,
    /// Assets.
    pub assets: Vec<Asset<'static>>,
    /// People.
    pub people: Vec<Person<'static>>,
    /// Planned hires.
    pub placeholders: Vec<Placeholder<'static>>,
    /// Terms of hire.
    pub hiring: Vec<Hiring<'static>>,
    /// Terms of moves.
    pub moves: Vec<Move<'static>>,
    /// The rate card.
    pub rates: Vec<CardRate<'static>>,
    /// Skills.
    pub skills: Vec<Skill<'static>>,
    /// Contracts.
    pub contracts: Vec<Contract<'static>>,
    /// Days away.
    pub leave: Vec<Leave<'static>>,
    /// Bookings.
    pub bookings: Vec<Booking<'static>>,
    /// Tasks.
    pub tasks: Vec<Task<'static>>,
    /// What waits for what.
    pub dependencies: Vec<Dependency<'static>>,
    /// Promised dates.
    pub milestones: Vec<Milestone<'static>>,
    /// Budget.
    pub budget: Vec<Budget<'static>>,
    /// Contingency given to accounts.
    pub contingency: Vec<Draw<'static>>,
    /// The baseline.
    pub baseline: Vec<Baseline<'static>>,
    /// Closed periods.
    pub closed: Vec<Closed<'static>>,
    /// Cost to date.
    pub actuals: Vec<Actual<'static>>,
    /// Purchase orders.
    pub commitments: Vec<Commitment<'static>>,
    /// Changes of scope.
    pub change_orders: Vec<ChangeOrder<'static>>,
    /// Client payments.
    pub payments: Vec<Payment<'static>>,
    /// Tax incentives.
    pub incentives: Vec<Incentive<'static>>,
    /// Logged time.
    pub time_logs: Vec<TimeLog<'static>>,
}

/// All tables, in the order in which they are described.
pub const TABLES: &[About] = &[
    Settings::ABOUT,
    Task::ABOUT,
    Dependency::ABOUT,
    Person::ABOUT,
    Skill::ABOUT,
    Contract::ABOUT,
    Leave::ABOUT,
    Booking::ABOUT,
    Placeholder::ABOUT,
    Hiring::ABOUT,
    Move::ABOUT,
    CardRate::ABOUT,
    Show::ABOUT,
    Sequence::ABOUT,
    Shot::ABOUT,
    Asset::ABOUT,
    Milestone::ABOUT,
    Department::ABOUT,
    Site::ABOUT,
    Calendar::ABOUT,
    Holiday::ABOUT,
    Vendor::ABOUT,
    Pool::ABOUT,
    Account::ABOUT,
    Budget::ABOUT,
    Draw::ABOUT,
    Closed::ABOUT,
    Baseline::ABOUT,
    Actual::ABOUT,
    Commitment::ABOUT,
    ChangeOrder::ABOUT,
    Payment::ABOUT,
    Incentive::ABOUT,
    Fx::ABOUT,
    TimeLog::ABOUT,
];

table! {
    /// How to plan. One table `[settings]` in `show.toml`; not a list, no CSV form.
    Settings = "settings", "settings", required &[];
    /// Name of the production. Default: the name of the folder.
    name: "Handmade" ["title"],
    /// The day of the plan; nothing is planned before it. Default: the last day on which a time log, an update of a task or an actual was recorded; else the earliest date of the work (show starts, turnovers, starts, dues, milestones, bookings); else 2027-01-04.
    as_of: "2027-01-04" ["today", "status date"],
    /// Last day that can be planned. Default: the latest date of the work, at least `as_of`, plus 26 weeks, plus one and a half times the weeks that the busiest department needs for the work left; at most 10 years after `as_of`.
    horizon_end: "2027-12-31" ["horizon"],
    /// Currency of the plan and of all amounts that name no other (ISO 4217). Default: USD.
    currency: "GBP",
    /// Equal parts of a working day in which is planned, 1 to 48. Default: 4.
    slots_per_day: "4",
    /// Share of a working day that becomes work. Default: 85 %.
    productive: "85%" ["productivity"],
    /// What to favour: `balanced`, `deliver`, `cheapest`, `no-overtime` or `keep-plan`. Default: balanced.
    mode: "balanced",
    /// What components of the objective count besides, 0 to 20 times, with `;` between: `milestone_lateness`, `shot_lateness`, `unscheduled`, `labour`, `overtime_aversion`, `continuity`, `switches`, `fit`, `earliness`, `stability`, `technology`. Work without a place counts as many times more as what has the highest weight. Default: each once.
    weights: "continuity 2; earliness 0.5" ["weight"],
    /// Which paid time is charged: `booked` or `worked`. Default: booked.
    charge_basis: "booked",
    /// Where reports for people show accruals: `apart`, or inside what is `committed`. CSV and JSON have them apart. Default: apart.
    accruals: "apart",
    /// Who bears paid time that no task uses: `show` or `bench`. Default: show.
    idle_to: "show" ["idle", "bench"],
    /// Seed of all random choices. Default: 1.
    seed: "1",
    /// Price of an artist-day without a known rate: junior; mid; senior; lead. Default: 240; 340; 470; 560.
    default_day_rate: "240; 340; 470; 560" ["day rates"],
    /// How often people are paid: `weekly`, `fortnightly` or `monthly`. Default: monthly.
    pay_cycle: "monthly",
    /// Days from the end of a pay period to the pay. Default: 0.
    pay_lag: "0",
    /// Days from the pay to the employer's cost on top of it (tax, pension). Default: 21.
    fringe_lag: "21",
    /// Days until a vendor's invoice is paid, where the vendor has no terms. Default: 30.
    vendor_terms: "30",
    /// Cash at hand before the first movement. Default: 0.
    opening_cash: "0",
    /// Working days of review after a task that names none. Default: 0.5d.
    review: "0.5d",
    /// Smallest part of a task that names none. Default: 0.5d.
    min_chunk: "0.5d",
}

table! {
    /// The work: one row for each task. The only table that must be there.
    Task = "tasks", "task", required &[&["department"]];
    /// Id, unique in the show. Default: the shot or asset, `_`, and the name, or the department in small letters.
    id: "010_0010_cmp" ["task id", "code"],
    /// Name of the task ("comp main"). Only used to make an id.
    name: "comp" ["task name", "task"],
    /// Shot it is part of. Without a table of shots, shots are made from this column; their sequence is the column `sequence`, else what stands before the last `_` or `-`, else `all`.
    shot: "010_0010" ["shot code", "shot name", "shot id"],
    /// Asset it is part of. Without a table of assets, assets are made from this column.
    asset: "" ["asset code", "asset name", "asset id"],
    /// Shot, asset, sequence or show it is part of, whichever has this id.
    entity: "" ["link", "entity name", "linked entity"],
    /// Sequence it is part of, when neither shot nor asset is named.
    sequence: "" ["seq", "sequence name", "parent", "episode"],
    /// Show. Default: the show of the folder.
    show: "" ["project", "project name", "production"],
    /// Department that does it: id, full name, or a usual name of the trade. Without a list of departments, they are made from this column and from the people.
    department: "CMP" ["dept", "step", "pipeline step", "task type", "discipline"],
    /// A speciality it needs ("hair", "water"). Default: none.
    tag: "" ["speciality", "skill tag"],
    /// Bid: a bare number is days. `2.5`, `2.5d`, `20h`, `90m`, `1w`; a `?` behind it marks a guess. Default: the usual bid of the department for the class of the shot.
    bid: "4d" ["days", "bid days", "bid (d)", "effort", "work", "duration days"],
    /// Bid, where a bare number is hours.
    bid_hours: "" ["bid (h)", "bid h", "hours", "bid (hours)", "bid (hrs)", "bid hrs"],
    /// Present estimate: a bare number is days. Default: the bid.
    estimate: "" ["estimation", "estimated days", "eac days"],
    /// Present estimate, where a bare number is hours.
    estimate_hours: "" ["estimate (h)", "estimate h", "estimation (h)"],
    /// Time logged so far: a bare number is days. Default: the sum of its time logs, else 0.
    logged: "1.5d" ["time spent", "logged days", "actual days"],
    /// Time logged so far, where a bare number is hours.
    logged_hours: "" ["time logs", "logged (h)", "logged h", "time logged", "actual hours"],
    /// Work left, where somebody said so: a bare number is days. Default: estimate less logged.
    remaining: "" ["left", "remaining days", "etc days"],
    /// Work left, where a bare number is hours.
    remaining_hours: "" ["remaining (h)", "remaining h"],
    /// `omit`, `hold`, `not_ready`, `ready`, `wip`, `internal_review`, `retake`, `client_review`, `cbb`, `final`, `delivered`, or a usual short form (wtg, rdy, ip, rev, apr, fin, omt, hld, todo, wfa, done). Default: ready.
    status: "wip" ["task status", "state"],
    /// `normal`, `high`, `very_high`, `emergency`, or 1 to 4. Default: normal.
    priority: "normal",
    /// Earliest start. Default: none.
    earliest: "" ["earliest start", "not before", "start no earlier than"],
    /// Due at the end of this day. Default: none.
    due: "2027-03-05" ["due date", "deadline"],
    /// Date rules, with `;` between: `SNET 2027-01-05` (start no earlier than), SNLT, FNET, FNLT, MSO (must start on), MFO (must finish on), ASAP, ALAP, or the long words.
    rule: "FNLT 2027-03-05" ["rules", "constraint", "date rule", "date rules"],
    /// People on it now, the main one first, with `;` between (`,` also works). Ids or names.
    assigned: "ann" ["assigned to", "assignee", "assignees", "assignations", "artist", "artists", "person", "people"],
    /// Vendor it is given to. Default: none.
    vendor: "" ["supplier"],
    /// What planning may not change: `none`, `person`, `dates`, `both`. Default: none.
    locked: "none" ["lock"],
    /// First day in the tracker, or of the locked dates.
    start: "" ["start date", "planned start"],
    /// Last day in the tracker, or of the locked dates.
    end: "" ["end date", "planned end", "finish", "finish date"],
    /// Most artists on it at once. Default: 1.
    max_parallel: "1" ["max artists", "parallel"],
    /// Smallest part: a bare number is days. Default: the setting.
    min_chunk: "" ["smallest part"],
    /// Whether leave or other work may interrupt it: yes or no. Default: yes.
    splittable: "yes" ["split", "may split"],
    /// Lowest level that may do it (1 = as bid). Default: 0.
    min_level: "" ["level", "minimum level"],
    /// Working days of review after its end. Default: the setting.
    review: "0.5d" ["review days", "review lag"],
    /// Whether it may go to a vendor: yes or no. Default: yes.
    vendor_allowed: "yes" ["outsource", "may outsource"],
    /// What it needs of pools where it is not as usual in its department, with `;` between: licences or desks for each artist on it, core-hours for all of the task; `houdini:0` = none. Default: as the pools say for the department.
    pools: "houdini:1" ["licences", "licenses", "needs", "resources"],
    /// Account of its labour. Default: the department's.
    account: "" ["account code"],
    /// Last day on which the tracker saw a change.
    updated: "" ["last update", "date updated", "updated at", "modified"],
    /// What it waits for, with `;` between: departments of the same shot or asset, or ids of tasks; each may be followed by a kind and lag: `ROTO; 010_0020_ani SS+1d; MM FS~60%`.
    after: "ANI; LGT FS~60%" ["depends on", "dependencies", "predecessors", "upstream", "upstream tasks", "waits for"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// What waits for what, one row for each pair; the column `after` of the tasks does the same.
    Dependency = "dependencies", "dependency", required &[&["from"], &["to"]];
    /// The earlier task.
    from: "010_0010_ani" ["predecessor", "before", "upstream", "from task"],
    /// The task that waits.
    to: "010_0010_cmp" ["successor", "after", "task", "downstream", "to task"],
    /// `FS` finish to start, `SS` start to start, `FF` finish to finish, `SF` start to finish. Default: FS.
    link: "FS" ["type", "kind", "dependency type"],
    /// Lag in working days, may be negative: a bare number is days. Default: 0.
    lag: "0d" ["lag days", "offset"],
    /// Share of the earlier task that may still be ahead when the later one starts; with FS only. Default: 0.
    overlap: "0%" ["overlap pct"],
}

table! {
    /// People, and planned hires without a name.
    Person = "people", "person", required &[&["id", "name"]];
    /// Id. Default: the name.
    id: "ann" ["person id", "login", "user", "code"],
    /// Display name. Default: the id.
    name: "Ann Lee" ["person", "full name", "artist", "person name"],
    /// Own department; its level is 1 unless `skills` says otherwise.
    department: "CMP" ["dept", "departments", "discipline", "team", "group"],
    /// Skills, main one first: `CMP:1.1; ROTO:0.8`, with a speciality `CFX/hair:1.2` and the hardest class of shot `CMP:0.7@B`. The table of skills does the same. Default: the department at level 1, all classes.
    skills: "CMP:1.1; ROTO:0.8",
    /// `junior`, `mid`, `senior` or `lead`. Default: that of the position where it is one of these words, else mid.
    seniority: "senior" ["experience"],
    /// What they are employed as (`artist`, `supervisor` …): decides the rate in rates.csv. Default: none said.
    position: "artist" ["role", "job title"],
    /// Site. Default: the first one.
    site: "london" ["location", "studio", "office"],
    /// Share of full time. Default: 100 %.
    capacity: "100%" ["capacity pct", "fte", "part time"],
    /// Share of the time that leading a team takes. Default: 0.
    lead: "0%" ["lead share", "lead pct", "supervision"],
    /// Most tasks begun and not ended at once. Default: 2.
    max_concurrent: "2" ["max tasks"],
    /// Whether overtime may be asked for: yes or no. Default: yes.
    overtime: "yes" ["overtime allowed", "ot allowed"],
    /// Whether they opted out of the weekly average limit: yes or no. Default: no.
    opted_out: "no" ["opt out"],
    /// Shows they may work on, with `;` between. Default: all.
    shows: "" ["show restrictions", "projects"],
    /// Whether this is a planned hire without a name: yes or no. Default: no.
    placeholder: "no",
    /// For people; not used.
    notes: "" ["note", "email", "phone"],
}

table! {
    /// Skills, one row each; the first of a person is the main one, after the person's own department.
    Skill = "skills", "skill", required &[&["person"], &["department"]];
    /// Person.
    person: "ann" ["artist", "name", "person id"],
    /// Department.
    department: "ROTO" ["dept", "skill"],
    /// Speciality. Default: none, the general work of the department.
    tag: "" ["speciality"],
    /// Speed: 1 = as bid, 1.25 = a quarter faster. Default: 1.
    level: "0.8" ["speed"],
    /// Hardest class of shot, A to D. Default: D.
    max_class: "D" ["class", "hardest class"],
}

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
    /// Days away.
    Leave = "leave", "leave", required &[&["person"], &["from", "to"]];
    /// Person.
    person: "ann" ["artist", "name", "person id"],
    /// First day. Default: the last day.
    from: "2027-02-15" ["start", "start date", "date"],
    /// Last day. Default: the first day.
    to: "2027-02-19" ["end", "end date", "until"],
    /// Share of each day. Default: 100 %.
    share: "100%" ["fraction", "part"],
    /// `approved` or `requested`. Default: approved.
    status: "approved" ["state"],
    /// For people; not used.
    notes: "" ["note", "reason", "type"],
}

table! {
    /// Shares of people's time promised to shows. A person with bookings works only when booked.
    Booking = "bookings", "booking", required &[&["person"], &["from"], &["to"]];
    /// Person.
    person: "ann" ["artist", "name", "person id"],
    /// Show. Default: the show of the folder.
    show: "handmade" ["project"],
    /// Department they are booked for. Default: none said.
    department: "" ["dept"],
    /// First day.
    from: "2027-01-04" ["start", "start date"],
    /// Last day.
    to: "2027-06-30" ["end", "end date", "until"],
    /// Share of the working time. Default: 100 %.
    share: "100%" ["allocation", "alloc", "alloc pct", "percent"],
    /// `hold2`, `hold1`, `tentative`, `confirmed` or `cancelled`; with how likely it becomes firm `tentative(60%)`. Tentative and confirmed time is planned with; only confirmed time is paid without a task. Default: confirmed.
    state: "confirmed" ["status"],
    /// How likely it becomes firm. Default: hold2 10 %, hold1 25 %, tentative 50 %, confirmed 100 %.
    probability: "" ["chance", "likelihood"],
    /// Day on which a confirmed booking was called off; what its contract says of that is owed. Default: not called off.
    cancelled: "" ["cancelled on", "canceled", "called off"],
}

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

table! {
    /// Shows. Default: one show with the id and name of the folder.
    Show = "shows", "show", required &[&["id"]];
    /// Id.
    id: "handmade" ["code", "show", "project"],
    /// Title. Default: the id.
    name: "Handmade" ["title"],
    /// `commercial`, `episodic`, `feature` or `animation`. Default: episodic.
    kind: "episodic" ["type"],
    /// Chance that it happens. Default: 100 %.
    probability: "100%" ["chance"],
    /// First day of work. Default: none.
    start: "2027-01-04" ["start date"],
    /// Last day of work. Default: none.
    end: "2027-06-30" ["end date"],
    /// Calendar in which lags and lateness are counted. Default: the first one.
    calendar: "standard",
    /// 1 (normal) to 5. Default: 1.
    priority: "1",
    /// What the client pays for it, in the production's currency. Default: unknown.
    award: "250000" ["award amount", "price"],
    /// Which paid time is charged to it: `booked` or `worked`. Default: the setting.
    charge_basis: "",
    /// Date rules for all its tasks, as for tasks.
    rule: "" ["rules", "constraint", "date rule", "date rules"],
}

table! {
    /// Sequences. Default: made from the shots.
    Sequence = "sequences", "sequence", required &[&["id"]];
    /// Id.
    id: "010" ["code", "sequence", "sequence code", "sequence name", "name"],
    /// Show. Default: the show of the folder.
    show: "handmade" ["project"],
    /// First day on which work may start (the cut is turned over). Default: none.
    turnover: "2027-01-11" ["turnover date"],
    /// Date rules for all its tasks, as for tasks.
    rule: "" ["rules", "constraint", "date rule", "date rules"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Shots. Default: made from the tasks.
    Shot = "shots", "shot", required &[&["id"]];
    /// Id.
    id: "010_0010" ["code", "shot", "shot code", "shot name", "name"],
    /// Sequence. Default: what stands before the last `_` or `-` of the id, else `all`.
    sequence: "010" ["seq", "sequence name", "parent"],
    /// Show, where no table of sequences says it. Default: the show of the folder.
    show: "" ["project"],
    /// Length in frames. Default: unknown.
    frames: "96" ["nb frames", "cut duration", "length"],
    /// Complexity class A (simple) to D (hero). Default: unknown; counts as B.
    class: "B" ["complexity", "difficulty"],
    /// As for tasks. Default: normal.
    priority: "normal",
    /// Earliest start of its work. Default: the sequence's.
    turnover: "" ["turnover date"],
    /// Due at the end of this day. Default: none.
    due: "2027-03-12" ["due date", "delivery", "delivery date", "deadline"],
    /// What the client pays for it. Default: unknown.
    award: "4200" ["award amount", "price"],
    /// Status, as for tasks. Default: none.
    status: "" ["shot status"],
    /// Date rules for all its tasks, as for tasks.
    rule: "" ["rules", "constraint", "date rule", "date rules"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Assets. Default: made from the tasks.
    Asset = "assets", "asset", required &[&["id"]];
    /// Id.
    id: "robot" ["code", "asset", "asset code", "asset name", "name"],
    /// Show. Default: the show of the folder.
    show: "" ["project"],
    /// Character, prop, environment … Default: empty.
    kind: "character" ["type", "asset type"],
    /// Complexity class A to D. Default: unknown; counts as B.
    class: "C" ["complexity"],
    /// As for tasks. Default: normal.
    priority: "normal",
    /// Shots that need it, with `;` between; a sequence stands for all its shots.
    used_by: "010_0010; 020" ["shots", "used in"],
    /// Due at the end of this day. Default: none.
    due: "2027-02-12" ["due date", "deadline"],
    /// Status, as for tasks. Default: none.
    status: "" ["asset status"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Promised dates.
    Milestone = "milestones", "milestone", required &[&["date"]];
    /// Id. Default: the name, else `milestone-` and its number.
    id: "final" ["code", "milestone"],
    /// Display name. Default: the id.
    name: "Final delivery" ["title"],
    /// Show. Default: the show of the folder.
    show: "" ["project"],
    /// `final`, `batch`, `temp` or `internal`. Default: batch.
    kind: "final" ["type"],
    /// Due at the end of this day.
    date: "2027-04-30" ["due", "due date"],
    /// Whether missing it breaks a contract: yes or no. Default: no.
    hard: "no",
    /// Contract penalty for each working day late. Default: none.
    penalty_per_day: "1500" ["penalty"],
    /// What must be finished, with `;` between: shots, assets, sequences or shows (`sequence:010` where an id is used twice); `-` = nothing yet. Default: the whole show.
    contents: "010; 020" ["content", "items", "shots", "entities"],
}

table! {
    /// Departments, in pipeline order. Default: made from the tasks and people, in the usual order of the trade.
    Department = "departments", "department", required &[&["id"]];
    /// Short name.
    id: "CMP" ["code", "department", "short name"],
    /// Full name. Default: that of the trade, else the id.
    name: "compositing" ["title"],
    /// What its work goes into: `asset`, `shot` or `support`. Default: that of the trade, else shot.
    kind: "shot" ["type"],
    /// Place in the pipeline. Default: the order of the list.
    order: "17",
    /// Account of its labour. Default: `20-nn` of its trade, else `20-70`.
    account: "20-18",
    /// Most artists at work on one day. Default: no limit.
    cap: "6" ["max crew", "crew cap"],
    /// Heads it should not fall below in its peak window. Default: none.
    floor: "" ["min crew"],
    /// Heads at the two ends of the ramp. Default: 0.
    ramp_from: "2",
    /// First day of the ramp in. Default: none.
    ramp_in_start: "2027-02-01" ["earliest start"],
    /// First day of the full crew. Default: none.
    peak_start: "2027-03-01",
    /// Last day of the full crew. Default: none.
    peak_end: "2027-04-16" ["peak finish"],
    /// Last day of the ramp out. Default: none.
    ramp_out_end: "2027-04-30",
}

table! {
    /// Places of work. Default: one site `main`, UTC, 8 hours a day, Monday to Friday. The first site's day is the length of a bid day.
    Site = "sites", "site", required &[&["id"]];
    /// Id.
    id: "london" ["code", "site", "name"],
    /// Time zone, as in the IANA database. Default: UTC.
    time_zone: "Europe/London" ["tz", "timezone"],
    /// Minutes east of UTC. Default: from the time zone, on the day of the plan.
    utc_offset: "" ["utc offset minutes"],
    /// Length of a working day: a bare number is hours. Default: 8.
    hours_per_day: "8" ["day hours", "hours"],
    /// Working week. Default: the first calendar.
    calendar: "standard",
    /// Public holidays known by name, with `;` between: `UK`, `US`, `BC`, `QC`, `KA` (see data/holidays). Default: none.
    public_holidays: "UK",
    /// More days without work, with `;` between. The table of holidays does the same.
    holidays: "2027-12-24",
    /// Currency of rates that do not name one. Default: the production's.
    currency: "GBP",
    /// Overtime: beyond so long in a day, pay so many times: `8h 1.5; 12h 2`. Default: that.
    overtime_daily: "8h 1.5; 12h 2",
    /// Overtime: beyond so long in a week, pay so many times; `none` = no weekly rule. Default: 40h 1.5.
    overtime_weekly: "40h 1.5",
    /// Overtime: weeks over which that threshold is averaged, 1 to 52: of so many weeks together, what is beyond so many times the threshold is overtime. They are counted from the week in which the contract begins; daily tiers stay, if there are any. Default: 1, each week by itself.
    overtime_average_weeks: "1" ["averaging weeks", "reference period weeks"],
    /// Most work in a day: a bare number is hours. Default: 12.
    overtime_cap_day: "12",
    /// Most work in a week: a bare number is hours. Default: 60.
    overtime_cap_week: "60",
    /// Whether overtime is worked unpaid: yes or no. Default: no.
    overtime_exempt: "no",
    /// Days off that may be worked as overtime: `none`, `weekends` or `all` (holidays too). Default: none.
    overtime_days_off: "none" ["weekend overtime", "overtime weekends"],
    /// Most work on a day off: a bare number is hours. Default: 8.
    overtime_cap_day_off: "8",
    /// Most days of work in a week with a day off worked, 6 or 7; 7 leaves no day of rest. Default: 6.
    overtime_days_a_week: "6",
    /// Pay for a weekend day that is the sixth day of its week, as a multiple from the first minute on. Default: 1.5.
    overtime_sixth_day: "1.5",
    /// Pay for a weekend day that is the seventh. Default: 2.
    overtime_seventh_day: "2",
    /// Pay for a holiday. Default: 2.
    overtime_holiday: "2",
}

table! {
    /// Working weeks. Default: `standard`, Monday to Friday.
    Calendar = "calendars", "calendar", required &[&["id"]];
    /// Id.
    id: "standard" ["code", "calendar", "name"],
    /// Days of the week that are worked, with `;` between, or a range. Default: Mon-Fri.
    workdays: "Mon-Fri" ["days", "week"],
    /// Days off that are not public holidays, with `;` between; a range is `2027-12-27..2027-12-31`.
    off: "2027-12-27..2027-12-31" ["closed"],
    /// Days worked although the week says no, with `;` between.
    worked: "2027-03-06" ["open"],
}

table! {
    /// Public holidays by site.
    Holiday = "holidays", "holiday", required &[&["date"]];
    /// Site. Default: all sites.
    site: "london",
    /// Day.
    date: "2027-12-27" ["day"],
    /// Name; not used.
    name: "Christmas Day (substitute)" ["holiday", "notes"],
}

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
    /// Bid days a week it can deliver. Default: no limit.
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
    /// Payment steps: share and what it is tied to. Default: 25% order; 50% delivery; 25% acceptance.
    payments: "25% order; 50% delivery; 25% acceptance" ["payment", "terms"],
    /// Days until its invoices are paid. Default: the setting `vendor_terms`.
    terms_days: "30" ["net", "payment terms"],
    /// Currency of its prices. Default: the production's.
    currency: "GBP",
}

table! {
    /// What work needs besides people and is counted: the render farm, floating licences, desks. A licence or desk is held by each artist while they work; rendering is spread evenly over the working time of its task.
    Pool = "pools", "pool", required &[&["id"], &["capacity"]];
    /// Id.
    id: "houdini" ["code", "pool", "resource"],
    /// Name. Default: the id.
    name: "Houdini FX" ["title"],
    /// `farm` (core-hours a day), `licence` (in use at once) or `desk` (people at work at once). Default: licence.
    kind: "licence" ["type"],
    /// Only work of people at this site uses it. Default: all work.
    site: "" ["location", "studio"],
    /// Show that pays for it. Default: the only show there is, else the production as a whole.
    show: "" ["project"],
    /// How much there is, and how much from dates on: `4; 2027-03-01 6`. Core-hours a day, licences, desks.
    capacity: "4; 2027-03-01 6" ["count", "amount", "seats", "licences"],
    /// `hard`: no plan uses more. `soft`: what is beyond the capacity is had at the overflow price. Default: soft where there is an overflow price.
    limit: "soft" ["enforced"],
    /// What one unit (core-hour, licence, desk) costs on each working day, used or not, in the production's currency. Default: 0.
    unit_cost: "18" ["cost", "day cost"],
    /// What one unit beyond the capacity costs on a day: cloud, rental. Of a hard pool: what one more could be had for. Default: none is to be had.
    overflow_price: "30" ["rental", "cloud price", "burst price", "overflow"],
    /// Account of its cost. Default: farm 40-01, licence 40-03, desk 40-05.
    account: "40-03" ["account code"],
    /// Account of what is beyond the capacity. Default: farm 40-02, else the account of its cost.
    overflow_account: "40-03" ["cloud account", "rental account"],
    /// What every task of a department needs, with `;` between: licences or desks for each artist (`FX:1`, or just `FX`), core-hours for each bid day (`LGT:150`). Default: none; of desks, one for everybody.
    departments: "FX; CFX" ["department", "dept", "used by"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

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
    /// Periods whose books are closed, as `shotplan close --books` writes them: what was posted by account and day, and whether rates changed since.
    Closed = "closed", "closed period", required &[&["period"], &["to"], &["account", "person"]];
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
    /// Sum over the rates of the person that begin until then; no rate can be told from it.
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

table! {
    /// Time that people logged on tasks.
    TimeLog = "time_logs", "time log", required &[&["task"], &["person"], &["date"]];
    /// Task.
    task: "010_0010_cmp" ["task id", "entity"],
    /// Person.
    person: "ann" ["artist", "user", "name"],
    /// Day.
    date: "2026-12-17" ["day"],
    /// How long: a bare number is days.
    time: "0.5d" ["duration", "days", "logged"],
    /// How long, where a bare number is hours.
    hours: "" ["time (h)", "duration (h)"],
}

table! {
    /// A plan: who works on what, from when to when. Not part of a show; `shotplan verify` reads it.
    PlanRow = "plan", "plan row", required &[&["task"], &["artist", "vendor"], &["start", "start_slot"]];
    /// Task; empty for a row of overtime.
    task: "010_0010_cmp" ["task id", "id"],
    /// Person.
    artist: "ann" ["person", "assigned", "assigned to", "assignee"],
    /// Vendor, when no person does it.
    vendor: "" ["supplier"],
    /// First day.
    start: "2027-02-01" ["start date", "date", "from"],
    /// Last day.
    end: "2027-02-05" ["end date", "finish", "to"],
    /// Time the artist spends; not used.
    effort: "4.75d" ["effort days", "days", "effort minutes"],
    /// What it costs; not used.
    cost: "",
    /// Which part of the task, from 0. Default: one part for each artist, in order.
    part: "0",
    /// Exact first slot, counted from the first day of the timeline. Default: from the dates.
    start_slot: "",
    /// Exact boundary after the last slot. Default: from the dates.
    end_slot: "",
    /// Overtime on the day `start`: a bare number is hours. The task is empty then.
    overtime: "" ["overtime hours"],
    /// For people. In a row without artist, vendor and dates it may say why the task has no place:
    /// `nobody_can`, `no_time_left`, `on_hold`, or `waits_for_unplaced` and the other task.
    notes: "" ["note", "department", "shot", "name", "reason"],
}
