//! The documented defaults: what stands for a value that no file gives.

use super::*;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A department of the trade: what it is called, where it stands in the pipeline, and the bids that
/// are usual for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// Short name.
    pub code: &'static str,
    /// Full name.
    pub name: &'static str,
    /// What its work goes into.
    pub kind: DepartmentKind,
    /// Share of shots of class A to D that need it, in hundredths; 0 where it works on assets.
    pub needed: [u32; 4],
    /// Median bid in hundredths of a day by class A to D; for assets the same for all.
    pub median_days: [u32; 4],
}

const fn shot(code: &'static str, name: &'static str, needed: [u32; 4], days: [u32; 4]) -> Trade {
    Trade { code, name, kind: DepartmentKind::Shot, needed, median_days: days }
}
const fn asset(code: &'static str, name: &'static str, days: u32) -> Trade {
    Trade { code, name, kind: DepartmentKind::Asset, needed: [0; 4], median_days: [days; 4] }
}

/// The departments of a visual-effects facility, in pipeline order.
///
/// Account `20-nn` of the default chart belongs to the `nn`-th of them.
pub const TRADES: [Trade; 19] = [
    Trade {
        code: "ING",
        name: "ingest",
        kind: DepartmentKind::Support,
        needed: [100; 4],
        median_days: [25; 4],
    },
    asset("CON", "concept", 500),
    asset("MOD", "modelling", 1000),
    asset("TEX", "texturing", 700),
    asset("RIG", "rigging", 800),
    asset("GRM", "grooming", 600),
    asset("LDV", "look development", 500),
    shot("MM", "matchmove", [55, 85, 95, 80], [50, 75, 125, 200]),
    shot("ROTO", "rotoscoping", [55, 60, 55, 40], [75, 125, 200, 250]),
    shot("PREP", "paint and cleanup", [45, 50, 55, 40], [75, 100, 200, 250]),
    shot("LAY", "layout", [5, 35, 85, 100], [50, 50, 100, 200]),
    shot("ANI", "animation", [0, 15, 75, 95], [200, 200, 500, 1100]),
    shot("CFX", "character effects", [0, 3, 40, 75], [150, 150, 250, 500]),
    shot("FX", "effects", [0, 15, 60, 90], [250, 250, 500, 1200]),
    shot("ENV", "environments and matte painting", [5, 25, 35, 45], [100, 200, 300, 500]),
    shot("CRD", "crowds", [0, 2, 12, 25], [150, 150, 300, 500]),
    shot("LGT", "lighting", [3, 45, 95, 100], [150, 200, 350, 700]),
    shot("CMP", "compositing", [100, 100, 100, 100], [150, 300, 600, 1200]),
    Trade {
        code: "QC",
        name: "quality control",
        kind: DepartmentKind::Support,
        needed: [100; 4],
        median_days: [25; 4],
    },
];

/// The trade with the short name `code`, in any case.
pub fn trade(code: &str) -> Option<&'static Trade> {
    TRADES.iter().find(|trade| trade.code.eq_ignore_ascii_case(code))
}

/// Usual bid in minutes of a department on a shot of a class, for a day of `day_minutes`: the median
/// of the trade, one day where the department is not known, class B where the class is not.
pub fn usual_bid(code: &str, class: Option<Class>, day_minutes: i64) -> i64 {
    let days = trade(code).map_or(100, |t| t.median_days[class.unwrap_or(Class::B) as usize]);
    i64::from(days) * day_minutes / 100
}

/// The default chart of accounts: revenue, labour of each trade, and the rest.
pub fn default_accounts() -> Keyed<AccountId, Account> {
    let account = |code: &str, name: &str, kind| Account {
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        source: Source::default(),
    };
    let mut chart = vec![
        account("10-01", "award", AccountKind::Revenue),
        account("10-02", "change orders", AccountKind::Revenue),
        account("10-03", "credits given", AccountKind::Revenue),
    ];
    for (index, trade) in TRADES.iter().enumerate() {
        chart.push(account(&format!("20-{:02}", index + 1), trade.name, AccountKind::Labour));
    }
    for (code, name, kind) in [
        ("20-70", "other labour", AccountKind::Labour),
        ("20-80", "overtime", AccountKind::Overtime),
        ("20-95", "booked, not on tasks", AccountKind::Idle),
        ("20-97", "bench", AccountKind::Bench),
        ("25-00", "supervision", AccountKind::Team),
        ("26-00", "production staff", AccountKind::Other),
        ("30-01", "vendors: roto and prep", AccountKind::Vendor),
        ("30-02", "vendors: matchmove", AccountKind::Vendor),
        ("30-03", "vendors: assets", AccountKind::Vendor),
        ("30-04", "vendors: shots", AccountKind::Vendor),
        ("40-01", "render farm", AccountKind::Other),
        ("40-02", "cloud", AccountKind::Other),
        ("40-03", "licences", AccountKind::Other),
        ("40-04", "storage", AccountKind::Other),
        ("40-05", "workstations", AccountKind::Other),
        ("50-00", "show expenses", AccountKind::Other),
        ("60-00", "overhead", AccountKind::Other),
        ("70-00", "contingency", AccountKind::Contingency),
        ("80-00", "finance and exchange", AccountKind::Exchange),
        ("90-00", "incentives", AccountKind::Other),
    ] {
        chart.push(account(code, name, kind));
    }
    chart.into_iter().collect()
}

/// Code of the default labour account of a department: that of its trade, else "20-70".
pub fn default_labour_account(department: &str) -> String {
    match TRADES.iter().position(|trade| trade.code.eq_ignore_ascii_case(department)) {
        Some(index) => format!("20-{:02}", index + 1),
        None => "20-70".to_owned(),
    }
}

impl Production {
    /// A production with the default settings, chart of accounts, one site ("main", UTC, 8 hours,
    /// Monday to Friday), and nothing else.
    pub fn new(name: &str, as_of: Date, horizon_end: Date) -> Production {
        let currency = Currency::USD;
        let mut calendars = Keyed::new();
        let calendar = calendars.push(Calendar::monday_to_friday("standard"));
        let mut sites = Keyed::new();
        sites.push(Site {
            code: "main".to_owned(),
            time_zone: "UTC".to_owned(),
            utc_offset_minutes: 0,
            day_minutes: 480,
            calendar,
            holidays: Vec::new(),
            currency,
            overtime: OvertimePolicy::default(),
            source: Source::default(),
        });
        Production {
            settings: Settings {
                name: name.to_owned(),
                as_of,
                horizon_end,
                currency,
                slots_per_day: 4,
                productive: 850,
                productivity: ProductivityCurve::default(),
                mode: Mode::Balanced,
                weights: Weights::default(),
                charge_basis: ChargeBasis::Booked,
                accruals_in_commitments: false,
                idle_to: IdleTo::Show,
                seed: 1,
                default_day_rate: [Cents(24_000), Cents(34_000), Cents(47_000), Cents(56_000)],
                cash: CashTerms::default(),
                hard_budgets: Vec::new(),
                accepted_risks: Vec::new(),
            },
            calendars,
            sites,
            departments: Keyed::new(),
            accounts: default_accounts(),
            people: Keyed::new(),
            hiring: Vec::new(),
            moves: Vec::new(),
            rate_card: Vec::new(),
            vendors: Keyed::new(),
            pools: Keyed::new(),
            shows: Keyed::new(),
            sequences: Keyed::new(),
            shots: Keyed::new(),
            assets: Keyed::new(),
            tasks: Keyed::new(),
            dependencies: Vec::new(),
            milestones: Keyed::new(),
            budget: Vec::new(),
            versions: Vec::new(),
            draws: Vec::new(),
            baseline: BTreeMap::new(),
            closed: Vec::new(),
            budget_rates: Vec::new(),
            actuals: Vec::new(),
            commitments: Vec::new(),
            change_orders: Vec::new(),
            payments: Vec::new(),
            incentives: Vec::new(),
            fx: Vec::new(),
            time_logs: Vec::new(),
            earlier: None,
            files: Keyed::new(),
            assumed: BTreeMap::new(),
        }
    }

    /// Adds a department with the defaults of its trade, after those that are there.
    pub fn add_department(&mut self, code: &str) -> DepartmentId {
        let trade = trade(code);
        let account = default_labour_account(code);
        let account = self
            .accounts
            .enumerate()
            .find(|(_, row)| row.code == account || row.code == "20-70")
            .map_or(AccountId::new(0), |(id, _)| id);
        self.departments.push(Department {
            code: code.to_owned(),
            name: trade.map_or(code, |t| t.name).to_owned(),
            kind: trade.map_or(DepartmentKind::Shot, |t| t.kind),
            order: self.departments.len() as u32,
            account,
            curve: CrewCurve::default(),
            setup_sequence: 0,
            setup_show: 0,
            source: Source::default(),
        })
    }
}

impl Show {
    /// An active show without dates.
    pub fn new(code: &str, calendar: CalendarId) -> Show {
        Show {
            code: code.to_owned(),
            name: code.to_owned(),
            kind: ShowKind::Episodic,
            probability: 10_000,
            start: None,
            end: None,
            calendar,
            priority: 1,
            award: None,
            charge_basis: None,
            rules: Vec::new(),
            source: Source::default(),
        }
    }
}

impl Sequence {
    /// A sequence without dates.
    pub fn new(code: &str, show: ShowId) -> Sequence {
        Sequence {
            code: code.to_owned(),
            show,
            turnover: None,
            rules: Vec::new(),
            source: Source::default(),
        }
    }
}

impl Shot {
    /// A shot of normal priority without dates.
    pub fn new(code: &str, sequence: SequenceId) -> Shot {
        Shot {
            code: code.to_owned(),
            sequence,
            frames: None,
            class: None,
            priority: Priority::Normal,
            turnover: None,
            due: None,
            award: None,
            status: None,
            rules: Vec::new(),
            source: Source::default(),
        }
    }
}

impl Task {
    /// A task of `bid` minutes that is ready, may be split, is worked by one artist, and is reviewed
    /// for half a day of four slots.
    pub fn new(code: &str, entity: Entity, department: DepartmentId, bid: i64) -> Task {
        Task {
            code: code.to_owned(),
            entity,
            department,
            tag: None,
            bid,
            estimate: bid,
            logged: 0,
            remaining: None,
            status: Status::Ready,
            priority: Priority::Normal,
            earliest: None,
            due: None,
            rules: Vec::new(),
            assigned: Vec::new(),
            vendor: None,
            lock: Lock::None,
            start: None,
            end: None,
            max_parallel: 1,
            min_chunk: 240,
            splittable: true,
            min_level: 0,
            review: 2,
            vendor_allowed: true,
            pools: Vec::new(),
            account: None,
            updated: None,
            bid_assumed: false,
            source: Source::default(),
        }
    }
}

impl Person {
    /// A full-time artist at a site, always employed at the default rate, who can do the work of
    /// `department` as bid.
    pub fn new(code: &str, site: SiteId, department: DepartmentId) -> Person {
        Person {
            code: code.to_owned(),
            name: code.to_owned(),
            skills: vec![Skill { department, tag: None, level: 1_000, max_class: Class::D }],
            seniority: Seniority::Mid,
            position: None,
            site,
            capacity: 10_000,
            lead_share: 0,
            max_concurrent: 2,
            overtime_allowed: true,
            overtime_windows: Vec::new(),
            opted_out: false,
            shows: Vec::new(),
            prefers: Vec::new(),
            placeholder: false,
            contracts: Vec::new(),
            leave: Vec::new(),
            bookings: Vec::new(),
            source: Source::default(),
        }
    }
}

/// Id of the terms of hire of a department where none is given.
pub fn usual_hire_code(department: &str) -> String {
    format!("{}-hire", department.to_lowercase())
}

impl Contract {
    /// A fixed contract without end, notice or employer's cost, at a rate by the day.
    pub fn paid_by_day(start: Date, rate: Cents, currency: Currency) -> Contract {
        Contract {
            kind: ContractKind::Fixed,
            start,
            end: None,
            min_end: None,
            notice_days: 0,
            rates: vec![(start, rate)],
            basis: RateBasis::Day,
            burden: 0,
            currency,
            overtime: None,
            guarantee: Guarantee::default(),
            cancellation: Cancellation::default(),
            option: None,
            rate_assumed: false,
            source: Source::default(),
        }
    }
}

impl Vendor {
    /// A vendor for one department on usual terms: 3, 5, 10 and 15 days by class, 25 % with the order, 50 %
    /// on delivery, 25 % on acceptance, without a price.
    pub fn new(code: &str, department: DepartmentId) -> Vendor {
        let steps = [(2_500, "order"), (5_000, "delivery"), (2_500, "acceptance")];
        Vendor {
            code: code.to_owned(),
            name: code.to_owned(),
            place: String::new(),
            departments: vec![department],
            whole_sequences: false,
            cleared_from: None,
            capacity_days_per_week: None,
            lead_days: [3, 5, 10, 15],
            day_price: Cents::ZERO,
            minimum_order: Cents::ZERO,
            supervision: 1_000,
            late_probability: 1_000,
            payments: steps.map(|(share, word)| (share, word.to_owned())).to_vec(),
            terms_days: None,
            currency: Currency::USD,
            source: Source::default(),
        }
    }
}

impl ChangeOrder {
    /// A draft for the client, without a price.
    pub fn new(code: &str, show: ShowId) -> ChangeOrder {
        ChangeOrder {
            code: code.to_owned(),
            show,
            state: ChangeState::Draft,
            amount: Cents::ZERO,
            order: None,
            days: 0,
            tasks: Vec::new(),
            date: None,
            source: Source::default(),
        }
    }
}

impl HireTerms {
    /// An artist hired on these terms from `from` to `to`.
    ///
    /// In the first weeks they give only a part of their time: the rest goes into settling in.
    pub fn artist(&self, code: &str, from: Date, to: Option<Date>) -> Person {
        let mut person = Person::new(code, self.site, self.department);
        person.skills[0].level = self.level;
        person.seniority = self.seniority;
        person.placeholder = true;
        person.contracts.push(Contract { start: from, end: to, ..self.contract.clone() });
        let after = |days: i64| from.saturating_add(jiff::Span::new().days(days));
        for (week, share) in (0_i64..).zip(&self.ramp) {
            person.leave.push(Leave {
                from: after(7 * week),
                to: after(7 * week + 6),
                share: (10_000 - share).clamp(0, 10_000),
                approved: true,
                source: Source::default(),
            });
        }
        person.leave.retain(|leave| leave.share > 0);
        person
    }
}

impl Dependency {
    /// Finish to start without lag.
    pub fn new(from: TaskId, to: TaskId) -> Dependency {
        Dependency {
            from,
            to,
            link: Link::FinishToStart,
            lag: 0,
            overlap: 0,
            source: Source::default(),
        }
    }
}
