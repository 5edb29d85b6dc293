//! Where and in which weeks is worked: departments, sites, calendars, holidays.

use crate::read::wire::{About, Column, Row, Text, table};

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
    /// Time to settle in when somebody's work before was of another sequence; a bare number is days. Default: that of the settings.
    setup_sequence: "2h" ["setup", "sequence setup"],
    /// Time to settle in when somebody's work before was of another show; then the longer of the two. Default: that of the settings.
    setup_show: "2d" ["show setup"],
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
    /// Most work in a week of those who opted out of an average of 48 hours, 48 to 60: a bare number is hours; nobody else works more than 48. What hours beyond 48 are worth: `long_hours` in the settings. Default: 48.
    overtime_cap_opted_out: "48" ["opted out week"],
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
