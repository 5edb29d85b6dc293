//! The words of the files for each kind of choice, the usual one first.

use crate::model::*;

/// A word and what it means. Several words may mean the same; the first one is written.
pub type Words<T> = &'static [(&'static str, T)];

/// The word to write for a value.
pub fn word_of<T: PartialEq + Copy>(words: Words<T>, value: T) -> &'static str {
    words.iter().find(|(_, meaning)| *meaning == value).map_or("", |(word, _)| word)
}

/// Yes or no.
pub const YES_NO: Words<bool> = &[
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("y", true),
    ("n", false),
    ("1", true),
    ("0", false),
    ("x", true),
];
/// Modes of planning.
pub const MODES: Words<Mode> = &[
    ("balanced", Mode::Balanced),
    ("deliver", Mode::Deliver),
    ("cheapest", Mode::Cheapest),
    ("no-overtime", Mode::NoOvertime),
    ("keep-plan", Mode::KeepPlan),
];
/// Days off that may be worked.
pub const DAYS_OFF: Words<DaysOff> = &[
    ("none", DaysOff::None),
    ("weekends", DaysOff::Weekends),
    ("all", DaysOff::All),
    ("no", DaysOff::None),
    ("yes", DaysOff::Weekends),
    ("true", DaysOff::Weekends),
    ("false", DaysOff::None),
];
/// Where reports show accruals: whether inside commitments.
pub const ACCRUALS: Words<bool> = &[("apart", false), ("committed", true)];
/// What is charged.
pub const CHARGE_BASES: Words<ChargeBasis> =
    &[("booked", ChargeBasis::Booked), ("worked", ChargeBasis::Worked)];
/// Who bears idle time.
pub const IDLE_TO: Words<IdleTo> = &[("show", IdleTo::Show), ("bench", IdleTo::Bench)];
/// How often people are paid.
pub const PAY_CYCLES: Words<PayCycle> = &[
    ("weekly", PayCycle::Weekly),
    ("fortnightly", PayCycle::Fortnightly),
    ("biweekly", PayCycle::Fortnightly),
    ("monthly", PayCycle::Monthly),
];
/// What a pool counts.
pub const POOLS: Words<PoolKind> = &[
    ("farm", PoolKind::Farm),
    ("licence", PoolKind::Licence),
    ("desk", PoolKind::Desk),
    ("license", PoolKind::Licence),
    ("licences", PoolKind::Licence),
    ("licenses", PoolKind::Licence),
    ("render", PoolKind::Farm),
    ("render farm", PoolKind::Farm),
    ("desks", PoolKind::Desk),
    ("seats", PoolKind::Desk),
];
/// Whether a pool is hard.
pub const POOL_LIMITS: Words<bool> = &[("hard", true), ("soft", false)];
/// Whether a vendor takes whole sequences.
pub const PACKAGES: Words<bool> =
    &[("task", false), ("tasks", false), ("sequence", true), ("sequences", true)];
/// What an incentive is a share of.
pub const INCENTIVE_KINDS: Words<IncentiveKind> = &[
    ("spend", IncentiveKind::Spend),
    ("labour", IncentiveKind::Labour),
    ("labor", IncentiveKind::Labour),
    ("vendors", IncentiveKind::Vendors),
];
/// Statuses, with the short forms of usual trackers.
pub const STATUSES: Words<Status> = &[
    ("omit", Status::Omit),
    ("hold", Status::Hold),
    ("not_ready", Status::NotReady),
    ("ready", Status::Ready),
    ("wip", Status::Wip),
    ("internal_review", Status::InternalReview),
    ("retake", Status::Retake),
    ("client_review", Status::ClientReview),
    ("cbb", Status::Cbb),
    ("final", Status::Final),
    ("delivered", Status::Delivered),
    ("omt", Status::Omit),
    ("omitted", Status::Omit),
    ("na", Status::Omit),
    ("hld", Status::Hold),
    ("on hold", Status::Hold),
    ("wtg", Status::NotReady),
    ("waiting to start", Status::NotReady),
    ("waiting", Status::NotReady),
    ("rdy", Status::Ready),
    ("ready to start", Status::Ready),
    ("todo", Status::Ready),
    ("ip", Status::Wip),
    ("in progress", Status::Wip),
    ("work in progress", Status::Wip),
    ("rev", Status::InternalReview),
    ("pending review", Status::InternalReview),
    ("review", Status::InternalReview),
    ("wfa", Status::InternalReview),
    ("waiting for approval", Status::InternalReview),
    ("retakes", Status::Retake),
    ("notes", Status::Retake),
    ("client", Status::ClientReview),
    ("could be better", Status::Cbb),
    ("fin", Status::Final),
    ("apr", Status::Final),
    ("approved", Status::Final),
    ("done", Status::Final),
    ("cmpt", Status::Final),
    ("complete", Status::Final),
    ("dlvr", Status::Delivered),
];
/// Importance.
pub const PRIORITIES: Words<Priority> = &[
    ("normal", Priority::Normal),
    ("high", Priority::High),
    ("very_high", Priority::VeryHigh),
    ("emergency", Priority::Emergency),
    ("1", Priority::Normal),
    ("2", Priority::High),
    ("3", Priority::VeryHigh),
    ("4", Priority::Emergency),
];
/// What may not change.
pub const LOCKS: Words<Lock> = &[
    ("none", Lock::None),
    ("person", Lock::Person),
    ("dates", Lock::Dates),
    ("both", Lock::Both),
    ("no", Lock::None),
];
/// Kinds of dependency.
pub const LINKS: Words<Link> = &[
    ("FS", Link::FinishToStart),
    ("SS", Link::StartToStart),
    ("FF", Link::FinishToFinish),
    ("SF", Link::StartToFinish),
    ("finish to start", Link::FinishToStart),
    ("finish to start next day", Link::FinishToStart),
    ("start to start", Link::StartToStart),
    ("finish to finish", Link::FinishToFinish),
    ("start to finish", Link::StartToFinish),
    ("start to finish next day", Link::StartToFinish),
];
/// Experience.
pub const SENIORITIES: Words<Seniority> = &[
    ("junior", Seniority::Junior),
    ("mid", Seniority::Mid),
    ("senior", Seniority::Senior),
    ("lead", Seniority::Lead),
    ("artist", Seniority::Mid),
    ("supervisor", Seniority::Lead),
];
/// Complexity classes.
pub const CLASSES: Words<Class> =
    &[("A", Class::A), ("B", Class::B), ("C", Class::C), ("D", Class::D)];
/// Kinds of contract.
pub const CONTRACTS: Words<ContractKind> = &[
    ("staff", ContractKind::Staff),
    ("fixed", ContractKind::Fixed),
    ("freelance", ContractKind::Freelance),
    ("permanent", ContractKind::Staff),
    ("freelancer", ContractKind::Freelance),
];
/// What a rate is paid for.
pub const BASES: Words<RateBasis> = &[
    ("day", RateBasis::Day),
    ("hour", RateBasis::Hour),
    ("week", RateBasis::Week),
    ("month", RateBasis::Month),
    ("year", RateBasis::Year),
    ("daily", RateBasis::Day),
    ("hourly", RateBasis::Hour),
    ("weekly", RateBasis::Week),
    ("monthly", RateBasis::Month),
    ("yearly", RateBasis::Year),
    ("salary", RateBasis::Year),
];
/// Whether leave is granted.
pub const LEAVE: Words<bool> = &[("approved", true), ("requested", false)];
/// How sure a booking is.
pub const BOOKINGS: Words<BookingState> = &[
    ("hold2", BookingState::Hold2),
    ("hold1", BookingState::Hold1),
    ("tentative", BookingState::Tentative),
    ("confirmed", BookingState::Confirmed),
    ("cancelled", BookingState::Cancelled),
    ("canceled", BookingState::Cancelled),
];
/// Kinds of show.
pub const SHOWS: Words<ShowKind> = &[
    ("commercial", ShowKind::Commercial),
    ("episodic", ShowKind::Episodic),
    ("feature", ShowKind::Feature),
    ("animation", ShowKind::Animation),
];
/// Kinds of milestone.
pub const MILESTONES: Words<MilestoneKind> = &[
    ("final", MilestoneKind::Final),
    ("batch", MilestoneKind::Batch),
    ("temp", MilestoneKind::Temp),
    ("internal", MilestoneKind::Internal),
    ("final delivery", MilestoneKind::Final),
    ("delivery", MilestoneKind::Batch),
];
/// Kinds of department.
pub const DEPARTMENTS: Words<DepartmentKind> = &[
    ("asset", DepartmentKind::Asset),
    ("shot", DepartmentKind::Shot),
    ("support", DepartmentKind::Support),
];
/// Kinds of account.
pub const ACCOUNTS: Words<AccountKind> = &[
    ("revenue", AccountKind::Revenue),
    ("labour", AccountKind::Labour),
    ("overtime", AccountKind::Overtime),
    ("idle", AccountKind::Idle),
    ("team", AccountKind::Team),
    ("bench", AccountKind::Bench),
    ("supervision", AccountKind::Team),
    ("vendor", AccountKind::Vendor),
    ("contingency", AccountKind::Contingency),
    ("exchange", AccountKind::Exchange),
    ("other", AccountKind::Other),
    ("labor", AccountKind::Labour),
];
/// Whether an exchange rate is that of the budget.
pub const RATES: Words<bool> = &[("spot", false), ("budget", true)];
/// Posted or accrued.
pub const ACTUALS: Words<ActualState> =
    &[("posted", ActualState::Posted), ("accrued", ActualState::Accrued)];
/// Where a change order stands.
pub const CHANGES: Words<ChangeState> = &[
    ("draft", ChangeState::Draft),
    ("priced", ChangeState::Priced),
    ("sent", ChangeState::Sent),
    ("approved", ChangeState::Approved),
    ("rejected", ChangeState::Rejected),
    ("absorbed", ChangeState::Absorbed),
];

/// The trade that a department's name means: its short or full name, or a usual other one.
pub fn trade_of(name: &str) -> Option<&'static Trade> {
    let plain = super::wire::plain(name);
    let code = match plain.as_str() {
        "comp" | "compositing" | "composite" => "CMP",
        "light" | "lighting" | "lgt" | "lighter" => "LGT",
        "anim" | "animation" => "ANI",
        "fx" | "effects" | "vfx" | "sim" => "FX",
        "layout" | "lay" | "previs" => "LAY",
        "matchmove" | "tracking" | "camera" | "matchmoving" | "bodytrack" => "MM",
        "roto" | "rotoscoping" | "rotoscope" => "ROTO",
        "paint" | "prep" | "cleanup" | "paintprep" | "rotopaint" => "PREP",
        "model" | "modelling" | "modeling" => "MOD",
        "texture" | "texturing" | "surfacing" => "TEX",
        "rig" | "rigging" => "RIG",
        "groom" | "grooming" => "GRM",
        "lookdev" | "lookdevelopment" | "shading" => "LDV",
        "concept" | "art" => "CON",
        "cfx" | "charfx" | "creaturefx" | "cloth" => "CFX",
        "env" | "dmp" | "environment" | "environments" | "mattepainting" => "ENV",
        "crowd" | "crowds" => "CRD",
        "ingest" => "ING",
        "qc" | "qualitycontrol" => "QC",
        _ => {
            return TRADES.iter().find(|t| {
                super::wire::plain(t.name) == plain || super::wire::plain(t.code) == plain
            });
        }
    };
    trade(code)
}
