//! What a change did: the rows as they were, so that it can be undone, and values before and after, so
//! that it can be read.

use crate::model::*;
use std::fmt::Debug;

/// One value before and after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What it is a value of, in the user's words ("task 010_0010_cmp").
    pub object: String,
    /// Which value ("estimate").
    pub field: &'static str,
    /// Before; `None` = it was not there.
    pub before: Option<String>,
    /// After; `None` = it is not there any more.
    pub after: Option<String>,
}

/// A table of the production, by number of row.
trait Rows<T> {
    fn rows(&self) -> &[T];
    fn put(&mut self, row: usize, value: T);
    fn cut(&mut self, len: usize);
}

impl<T> Rows<T> for Vec<T> {
    fn rows(&self) -> &[T] {
        self
    }
    fn put(&mut self, row: usize, value: T) {
        self[row] = value;
    }
    fn cut(&mut self, len: usize) {
        self.truncate(len);
    }
}

impl<I: Id, T> Rows<T> for Keyed<I, T> {
    fn rows(&self) -> &[T] {
        self.as_slice()
    }
    fn put(&mut self, row: usize, value: T) {
        self[I::new(row)] = value;
    }
    fn cut(&mut self, len: usize) {
        self.truncate(len);
    }
}

/// Rows of a table as they were before, and how many there were. Changes never take rows away.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Was<T> {
    len: usize,
    rows: Vec<(usize, T)>,
}

impl<T: Clone + PartialEq> Was<T> {
    fn of(before: &[T], after: &[T]) -> Was<T> {
        let pairs = before.iter().zip(after).enumerate();
        let rows = pairs.filter(|(_, (old, new))| old != new);
        Was { len: before.len(), rows: rows.map(|(row, (old, _))| (row, old.clone())).collect() }
    }

    fn is_empty(&self, after: &[T]) -> bool {
        self.rows.is_empty() && self.len == after.len()
    }

    fn restore(self, table: &mut impl Rows<T>) {
        table.cut(self.len);
        for (row, value) in self.rows {
            table.put(row, value);
        }
    }
}

/// All tables of a production that changes touch.
macro_rules! tables {
    ($($table:ident: $row:ty,)*) => {
        /// What a change did to a production.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Delta {
            settings: Settings,
            $($table: Was<$row>,)*
        }

        impl Delta {
            /// From one production to another that was made of it.
            pub fn between(before: &Production, after: &Production) -> Delta {
                Delta {
                    settings: before.settings.clone(),
                    $($table: Was::of(before.$table.rows(), after.$table.rows()),)*
                }
            }

            /// Whether nothing is different. `after` is the production after the change.
            pub fn is_empty(&self, after: &Production) -> bool {
                self.settings == after.settings $(&& self.$table.is_empty(after.$table.rows()))*
            }

            /// Makes `after`, the production after the change, what it was before.
            pub fn undo(self, after: &mut Production) {
                after.settings = self.settings;
                $(self.$table.restore(&mut after.$table);)*
            }

            /// Every value that is different, table by table. `after` is the production after the
            /// change.
            pub fn differences(&self, after: &Production) -> Vec<Difference> {
                let mut found = Vec::new();
                let old = settings(&self.settings);
                compare(&mut found, "the plan", &old, &settings(&after.settings));
                caps(&mut found, &self.settings, &after.settings);
                $(
                    for (row, old) in &self.$table.rows {
                        let new = &after.$table.rows()[*row];
                        let (object, new) = Told::told(new, after);
                        let (_, old) = Told::told(old, after);
                        compare(&mut found, &object, &old, &new);
                    }
                    for new in after.$table.rows().iter().skip(self.$table.len) {
                        let (object, new) = Told::told(new, after);
                        compare(&mut found, &object, &Vec::new(), &new);
                    }
                )*
                found
            }
        }
    };
}

tables! {
    departments: Department,
    people: Person,
    vendors: Vendor,
    pools: Pool,
    shows: Show,
    sequences: Sequence,
    shots: Shot,
    assets: Asset,
    tasks: Task,
    dependencies: Dependency,
    milestones: Milestone,
    budget: BudgetLine,
    commitments: Commitment,
    change_orders: ChangeOrder,
    payments: PaymentStep,
    incentives: IncentiveRule,
    fx: FxRate,
}

type Fields = Vec<(&'static str, String)>;

fn settings(settings: &Settings) -> Fields {
    vec![
        ("mode", settings.mode.word().to_owned()),
        ("weights", settings.weights.to_string()),
        ("horizon_end", settings.horizon_end.to_string()),
        ("accepted risks", settings.accepted_risks.join(", ")),
    ]
}

/// Each cap is a thing of its own: several in one scenario do not contradict each other.
fn caps(found: &mut Vec<Difference>, old: &Settings, new: &Settings) {
    let fields = |cap: &BudgetCap| vec![("amount", amount(cap.amount, new.currency))];
    for cap in &new.hard_budgets {
        let before = old.hard_budgets.iter().find(|before| before.on == cap.on);
        let before = before.map_or_else(Vec::new, fields);
        compare(found, &format!("cap on {}", cap.name), &before, &fields(cap));
    }
}

fn compare(found: &mut Vec<Difference>, object: &str, old: &Fields, new: &Fields) {
    for (field, after) in new {
        let before = old.iter().find(|(name, _)| name == field).map(|(_, value)| value);
        if before != Some(after) && !(before.is_none() && after.is_empty()) {
            let said = |value: &String| (!value.is_empty()).then(|| value.clone());
            found.push(Difference {
                object: object.to_owned(),
                field,
                before: before.and_then(said),
                after: said(after),
            });
        }
    }
}

/// A row in the user's words, with the values that changes touch.
trait Told {
    fn told(&self, production: &Production) -> (String, Fields);
}

fn said<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn word(value: impl Debug) -> String {
    format!("{value:?}").to_lowercase()
}

fn share(points: i64) -> String {
    let (whole, part) = (points / 100, (points % 100).abs());
    match part {
        0 => format!("{whole} %"),
        part => format!("{whole}.{part:02} %"),
    }
}

fn thousandths(value: i64) -> String {
    let text = format!("{}.{:03}", value / 1_000, (value % 1_000).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn amount(value: Cents, currency: Currency) -> String {
    let unit = currency.minor_units();
    let (whole, part) = (value.0 / unit, (value.0 % unit).abs());
    let sign = if value.0 < 0 && whole == 0 { "-" } else { "" };
    match currency.decimals() {
        0 => format!("{currency} {sign}{whole}"),
        decimals => format!("{currency} {sign}{whole}.{part:0width$}", width = decimals as usize),
    }
}

/// Minutes in days of the show's bids.
fn days(minutes: i64, production: &Production) -> String {
    let day = production.bid_day_minutes().max(1);
    let hundredths = round_half_even(i128::from(minutes) * 1_000, i128::from(day));
    format!("{} d", thousandths(hundredths))
}

impl Told for Department {
    fn told(&self, _: &Production) -> (String, Fields) {
        (
            format!("department {}", self.code),
            vec![
                ("cap", said(self.curve.cap)),
                ("setup on a sequence", format!("{} min", self.setup_sequence)),
                ("setup on a show", format!("{} min", self.setup_show)),
            ],
        )
    }
}

impl Told for Person {
    fn told(&self, production: &Production) -> (String, Fields) {
        let span = |from: String, to: String| format!("{from}..{to}");
        let contracts = self.contracts.iter().map(|row| span(row.start.to_string(), said(row.end)));
        let pay = self.contracts.iter().flat_map(|row| {
            row.rates.iter().map(|(from, rate)| {
                format!("{} a {} from {from}", amount(*rate, row.currency), word(row.basis))
            })
        });
        let caps = self.contracts.iter().filter_map(|row| row.overtime.as_ref()).map(|row| {
            format!("{} h a day, {} h a week", row.cap_day_minutes / 60, row.cap_week_minutes / 60)
        });
        let windows = self.overtime_windows.iter().map(|row| {
            let cap = |minutes: Option<i64>, of: &str| {
                minutes.map_or_else(String::new, |minutes| format!(", {} h a {of}", minutes / 60))
            };
            let (day, week) = (cap(row.cap_day_minutes, "day"), cap(row.cap_week_minutes, "week"));
            let off = cap(row.cap_day_off_minutes, "day off");
            let off = match row.days_off {
                Some(DaysOff::Weekends) => format!(", weekends{off}"),
                Some(DaysOff::All) => format!(", weekends and holidays{off}"),
                Some(DaysOff::None) => ", no days off".to_owned(),
                None => off,
            };
            format!("{}{day}{week}{off}", span(row.from.to_string(), row.to.to_string()))
        });
        let skills = self.skills.iter().map(|row| {
            format!("{} {}", production.departments[row.department].code, thousandths(row.level))
        });
        let leave = self.leave.iter().map(|row| {
            format!("{} {}", span(row.from.to_string(), row.to.to_string()), share(row.share))
        });
        let bookings = self.bookings.iter().map(|row| {
            let show = &production.shows[row.show].code;
            let called_off =
                row.cancelled.map_or(String::new(), |day| format!(", called off {day}"));
            format!("{show} {}{called_off}", span(row.from.to_string(), row.to.to_string()))
        });
        let overtime = if self.overtime_allowed { "allowed" } else { "no" };
        let fields = vec![
            ("skills", listed(skills)),
            ("contracts", listed(contracts)),
            ("pay", listed(pay)),
            ("leave", listed(leave)),
            ("bookings", listed(bookings)),
            ("overtime", overtime.to_owned()),
            ("overtime caps", listed(caps)),
            ("overtime windows", listed(windows)),
        ];
        (format!("person {}", self.code), fields)
    }
}

impl Told for Commitment {
    fn told(&self, production: &Production) -> (String, Fields) {
        let fields = vec![
            ("account", production.accounts[self.account].code.clone()),
            ("amount", amount(self.amount, self.currency)),
            ("expected", said(self.expected)),
        ];
        (format!("order {}", self.code), fields)
    }
}

impl Told for Vendor {
    fn told(&self, _: &Production) -> (String, Fields) {
        let fields = vec![
            ("day_price", amount(self.day_price, self.currency)),
            ("capacity_days_per_week", said(self.capacity_days_per_week)),
        ];
        (format!("vendor {}", self.code), fields)
    }
}

impl Told for Pool {
    fn told(&self, _: &Production) -> (String, Fields) {
        let unit = self.kind.unit();
        let rows = self.capacity.iter();
        let rows =
            rows.map(|(from, units)| format!("{} from {from}", thousandths(units * 1_000 / unit)));
        (format!("pool {}", self.code), vec![("capacity", listed(rows))])
    }
}

impl Told for Show {
    fn told(&self, production: &Production) -> (String, Fields) {
        let award = self.award.map(|award| amount(award, production.settings.currency));
        let fields = vec![
            ("start", said(self.start)),
            ("end", said(self.end)),
            ("award", said(award)),
            ("probability", share(self.probability)),
        ];
        (format!("show {}", self.code), fields)
    }
}

impl Told for Sequence {
    fn told(&self, _: &Production) -> (String, Fields) {
        (format!("sequence {}", self.code), vec![("turnover", said(self.turnover))])
    }
}

impl Told for Shot {
    fn told(&self, _: &Production) -> (String, Fields) {
        let fields = vec![
            ("class", said(self.class.map(|class| format!("{class:?}")))),
            ("due", said(self.due)),
            ("turnover", said(self.turnover)),
            ("priority", word(self.priority)),
            ("status", said(self.status.map(Status::word))),
        ];
        (format!("shot {}", self.code), fields)
    }
}

impl Told for Asset {
    fn told(&self, _: &Production) -> (String, Fields) {
        let fields = vec![
            ("due", said(self.due)),
            ("priority", word(self.priority)),
            ("status", said(self.status.map(Status::word))),
        ];
        (format!("asset {}", self.code), fields)
    }
}

impl Told for Task {
    fn told(&self, production: &Production) -> (String, Fields) {
        let person = |id: &PersonId| production.people[*id].code.clone();
        let vendor = self.vendor.map(|id| production.vendors[id].code.clone());
        let slots = production.settings.slots_per_day.max(1);
        let review = i64::from(self.review) * 1_000 / i64::from(slots);
        let fields = vec![
            ("bid", days(self.bid, production)),
            ("estimate", days(self.estimate, production)),
            ("remaining", said(self.remaining.map(|left| days(left, production)))),
            ("status", self.status.word().to_owned()),
            ("priority", word(self.priority)),
            ("assigned", listed(self.assigned.iter().map(person))),
            ("vendor", said(vendor)),
            ("locked", word(self.lock)),
            ("start", said(self.start)),
            ("end", said(self.end)),
            ("max_parallel", self.max_parallel.to_string()),
            ("review", format!("{} d", thousandths(review))),
        ];
        (format!("task {}", self.code), fields)
    }
}

impl Told for Dependency {
    fn told(&self, production: &Production) -> (String, Fields) {
        let code = |task: TaskId| &production.tasks[task].code;
        (
            format!("dependency {} → {}", code(self.from), code(self.to)),
            vec![("link", word(self.link)), ("overlap", share(self.overlap))],
        )
    }
}

impl Told for Milestone {
    fn told(&self, production: &Production) -> (String, Fields) {
        let hard = if self.hard { "yes" } else { "no" };
        let contents = self.contents.iter().map(|&entity| production.code_of(entity).to_owned());
        let fields = vec![
            ("date", self.date.to_string()),
            ("hard", hard.to_owned()),
            ("contents", listed(contents)),
        ];
        (format!("milestone {}", self.code), fields)
    }
}

impl Told for BudgetLine {
    fn told(&self, production: &Production) -> (String, Fields) {
        let currency = production.settings.currency;
        let fields = vec![
            ("original", amount(self.original, currency)),
            ("approved_changes", amount(self.approved_changes, currency)),
        ];
        (format!("budget of {}", production.accounts[self.account].code), fields)
    }
}

impl Told for ChangeOrder {
    fn told(&self, production: &Production) -> (String, Fields) {
        let fields = vec![
            ("state", word(self.state)),
            ("amount", amount(self.amount, production.settings.currency)),
        ];
        (format!("change order {}", self.code), fields)
    }
}

impl Told for PaymentStep {
    fn told(&self, production: &Production) -> (String, Fields) {
        let show = &production.shows[self.show].code;
        let fields = vec![("share", share(self.share)), ("date", said(self.date))];
        (format!("payment {} of {show}", self.tied_to), fields)
    }
}

impl Told for IncentiveRule {
    fn told(&self, _: &Production) -> (String, Fields) {
        let tiers = self.tiers.iter().map(|(_, rate)| share(*rate));
        let fields = vec![
            ("rate", share(self.rate)),
            ("tiers", listed(tiers)),
            ("studio_share", share(self.studio_share)),
        ];
        (format!("incentive {}", self.code), fields)
    }
}

impl Told for FxRate {
    fn told(&self, _: &Production) -> (String, Fields) {
        let from = self.from.map_or_else(String::new, |from| format!(" from {from}"));
        let rate = format!("{}.{:06}", self.millionths / 1_000_000, self.millionths % 1_000_000);
        let rate = rate.trim_end_matches('0').trim_end_matches('.').to_owned();
        (format!("exchange rate {}{from}", self.currency), vec![("rate", rate)])
    }
}
