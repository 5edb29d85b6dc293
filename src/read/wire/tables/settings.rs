//! How to plan.

use crate::read::wire::{About, Column, Row, Text, table};

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
    /// What the hours of a week are worth as work: up to so many hours, so much, with `;` between; hours beyond the last are worth nothing. It decides where somebody may work more than 48 hours. Default: 48h 100%; 55h 60%; 60h 25%.
    long_hours: "48h 100%; 55h 60%; 60h 25%" ["productivity curve", "hours curve"],
    /// What a heavy week is and how many in a row are borne: a week of more than so many hours, the number of weeks, and what the week after these is worth, and the later ones. The planner never asks for more in a row. Default: 50h; 3; 95%; 92%.
    heavy_weeks: "50h; 3; 95%; 92%" ["fatigue"],
    /// What to favour: `balanced`, `deliver`, `cheapest`, `no-overtime` or `keep-plan`. Default: balanced.
    mode: "balanced",
    /// What components of the objective count besides, 0 to 20 times, with `;` between: `milestone_lateness`, `shot_lateness`, `unscheduled`, `labour`, `overtime_aversion`, `continuity`, `switches`, `fit`, `earliness`, `stability`, `technology`, and, which count only where they are given, `balance` (how evenly a department's people are used) and `leads` (hero shots without a lead). Work without a place counts as many times more as what has the highest weight. Default: each once.
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
    /// Time to settle in when somebody's work before was of another sequence, in departments that say none; a bare number is days. Default: none.
    setup_sequence: "0" ["sequence setup"],
    /// The same for another show. Default: none.
    setup_show: "0" ["show setup"],
    /// Working days of review after a task that names none. Default: 0.5d.
    review: "0.5d",
    /// Smallest part of a task that names none. Default: 0.5d.
    min_chunk: "0.5d",
}
