//! The whole production as one sound value, and the facts that follow from it alone.

use super::*;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Time somebody logged on a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLog {
    /// The task.
    pub task: TaskId,
    /// Who.
    pub person: PersonId,
    /// Day.
    pub date: Date,
    /// How long.
    pub minutes: i64,
    /// Where it was read.
    pub source: Source,
}

/// Everything known about one or more shows that share people.
///
/// All references between tables are ids that exist: whatever could not be resolved was reported
/// by the reader and left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Production {
    /// How to plan.
    pub settings: Settings,
    /// Working weeks.
    pub calendars: Keyed<CalendarId, Calendar>,
    /// Places.
    pub sites: Keyed<SiteId, Site>,
    /// Departments.
    pub departments: Keyed<DepartmentId, Department>,
    /// Chart of accounts.
    pub accounts: Keyed<AccountId, Account>,
    /// People and placeholders.
    pub people: Keyed<PersonId, Person>,
    /// Terms of hire; see [`Production::hire_terms`] for departments without.
    pub hiring: Vec<HireTerms>,
    /// Terms on which people can work elsewhere.
    pub moves: Vec<MoveTerms>,
    /// Usual rates by department, position, seniority and site.
    pub rate_card: Vec<CardRate>,
    /// Vendors.
    pub vendors: Keyed<VendorId, Vendor>,
    /// Render farm, licences, desks.
    pub pools: Keyed<PoolId, Pool>,
    /// Shows.
    pub shows: Keyed<ShowId, Show>,
    /// Sequences.
    pub sequences: Keyed<SequenceId, Sequence>,
    /// Shots.
    pub shots: Keyed<ShotId, Shot>,
    /// Assets.
    pub assets: Keyed<AssetId, Asset>,
    /// Tasks.
    pub tasks: Keyed<TaskId, Task>,
    /// What waits for what.
    pub dependencies: Vec<Dependency>,
    /// Promised dates.
    pub milestones: Keyed<MilestoneId, Milestone>,
    /// Budget.
    pub budget: Vec<BudgetLine>,
    /// Other versions of it, kept for comparison.
    pub versions: Vec<VersionLine>,
    /// Contingency given to accounts.
    pub draws: Vec<Draw>,
    /// When tasks were planned in the baseline, first and last day; empty without one.
    pub baseline: BTreeMap<TaskId, (Date, Date)>,
    /// Periods whose books are closed.
    pub closed: Vec<Closed>,
    /// Exchange rates of the budget, where they were agreed.
    pub budget_rates: Vec<FxRate>,
    /// Cost to date.
    pub actuals: Vec<Actual>,
    /// Purchase orders.
    pub commitments: Vec<Commitment>,
    /// Changes of scope.
    pub change_orders: Vec<ChangeOrder>,
    /// Client payments.
    pub payments: Vec<PaymentStep>,
    /// Tax incentives.
    pub incentives: Vec<IncentiveRule>,
    /// Exchange rates.
    pub fx: Vec<FxRate>,
    /// Logged time.
    pub time_logs: Vec<TimeLog>,
    /// An earlier plan to keep to; changes of it have a price.
    pub earlier: Option<EarlierPlan>,
    /// Files it was read from.
    pub files: Keyed<FileId, InputFile>,
    /// Defaults that stand for missing values: field ("task.bid") and how often.
    pub assumed: BTreeMap<String, u32>,
}

impl Production {
    /// The days and slots of the plan: from the Monday of `as_of` to the horizon.
    pub fn timeline(&self) -> Timeline {
        let as_of = self.settings.as_of;
        let back = i64::from(as_of.weekday().to_monday_zero_offset());
        let monday = as_of.saturating_add(jiff::Span::new().days(-back));
        Timeline::new(monday, self.settings.horizon_end.max(as_of), self.settings.slots_per_day)
    }

    /// The show of an entity.
    pub fn show_of(&self, entity: Entity) -> ShowId {
        match entity {
            Entity::Shot(shot) => self.sequences[self.shots[shot].sequence].show,
            Entity::Asset(asset) => self.assets[asset].show,
            Entity::Sequence(sequence) => self.sequences[sequence].show,
            Entity::Show(show) => show,
        }
    }

    /// The sequence of an entity, if it has one.
    pub fn sequence_of(&self, entity: Entity) -> Option<SequenceId> {
        match entity {
            Entity::Shot(shot) => Some(self.shots[shot].sequence),
            Entity::Sequence(sequence) => Some(sequence),
            Entity::Asset(_) | Entity::Show(_) => None,
        }
    }

    /// The id of an entity in the user's words.
    pub fn code_of(&self, entity: Entity) -> &str {
        match entity {
            Entity::Shot(shot) => &self.shots[shot].code,
            Entity::Asset(asset) => &self.assets[asset].code,
            Entity::Sequence(sequence) => &self.sequences[sequence].code,
            Entity::Show(show) => &self.shows[show].code,
        }
    }

    /// Complexity class of the shot or asset a task is part of.
    pub fn class_of(&self, entity: Entity) -> Option<Class> {
        match entity {
            Entity::Shot(shot) => self.shots[shot].class,
            Entity::Asset(asset) => self.assets[asset].class,
            Entity::Sequence(_) | Entity::Show(_) => None,
        }
    }

    /// Due date of its own of a shot or asset.
    pub fn due_of(&self, entity: Entity) -> Option<Date> {
        match entity {
            Entity::Shot(shot) => self.shots[shot].due,
            Entity::Asset(asset) => self.assets[asset].due,
            Entity::Sequence(_) | Entity::Show(_) => None,
        }
    }

    /// Importance of a task: the higher of its own and its shot's or asset's.
    pub fn priority_of(&self, task: TaskId) -> Priority {
        let task = &self.tasks[task];
        let inherited = match task.entity {
            Entity::Shot(shot) => self.shots[shot].priority,
            Entity::Asset(asset) => self.assets[asset].priority,
            Entity::Sequence(_) | Entity::Show(_) => Priority::Normal,
        };
        task.priority.max(inherited)
    }

    /// Minutes in a working day of a show (its bids are in days of this length): the day of the
    /// first site.
    pub fn bid_day_minutes(&self) -> i64 {
        self.sites.iter().next().map_or(480, |site| site.day_minutes)
    }

    /// Whether the entity itself is cut from the show.
    pub fn is_omitted(&self, entity: Entity) -> bool {
        let status = match entity {
            Entity::Shot(shot) => self.shots[shot].status,
            Entity::Asset(asset) => self.assets[asset].status,
            Entity::Sequence(_) | Entity::Show(_) => None,
        };
        status == Some(Status::Omit)
    }

    /// Whether a task still has to happen: not done, and its shot or asset not omitted.
    ///
    /// A task that waits for approval with no work left is open, with nothing to work.
    pub fn is_open(&self, task: TaskId) -> bool {
        let row = &self.tasks[task];
        !row.status.is_done() && !self.is_omitted(row.entity)
    }

    /// Work left on a task, in minutes at the bid standard; 0 when it is not open.
    pub fn work_left(&self, task: TaskId) -> i64 {
        if self.is_open(task) { self.tasks[task].work_left() } else { 0 }
    }

    /// Whether work on `inner` counts towards `outer`: the same thing, or a shot of a sequence, or
    /// anything of a show.
    pub fn contains(&self, outer: Entity, inner: Entity) -> bool {
        match outer {
            Entity::Show(show) => self.show_of(inner) == show,
            Entity::Sequence(sequence) => self.sequence_of(inner) == Some(sequence),
            Entity::Shot(_) | Entity::Asset(_) => outer == inner,
        }
    }

    /// Whether a task is in the package of an order: work of its show, and of its contents if it names any.
    pub fn is_ordered_by(&self, task: TaskId, order: &Commitment) -> bool {
        let entity = self.tasks[task].entity;
        let is_content = |outer: &Entity| self.contains(*outer, entity);
        order.show.is_none_or(|show| show == self.show_of(entity))
            && (order.contents.is_empty() || order.contents.iter().any(is_content))
    }

    /// First day on which a task may start, from turnovers, its own earliest date and its date
    /// rules; never before `as_of`.
    pub fn earliest_start(&self, task: TaskId, rules: &[DateRule]) -> Date {
        let row = &self.tasks[task];
        let mut earliest = self.settings.as_of;
        let mut later = |date: Option<Date>| earliest = earliest.max(date.unwrap_or(earliest));
        later(self.shows[self.show_of(row.entity)].start);
        later(self.sequence_of(row.entity).and_then(|id| self.sequences[id].turnover));
        if let Entity::Shot(shot) = row.entity {
            later(self.shots[shot].turnover);
        }
        later(row.earliest);
        if row.lock.holds_dates() {
            later(row.start);
        }
        for rule in rules {
            if let DateRule::StartNoEarlierThan(date) | DateRule::MustStartOn(date) = rule {
                later(Some(*date));
            }
        }
        earliest
    }

    /// The date rules of every task, its own and those inherited from shot, sequence and show.
    ///
    /// A rule nearer to the task replaces the same kind of rule from further up. On a shot,
    /// sequence or show, rules about the start are for its first tasks (those that wait for none
    /// of the others) and rules about the finish for its last ones; "no earlier" for the start and
    /// "no later" for the finish hold for all of them, and so do the early and the late wish.
    pub fn date_rules(&self) -> Keyed<TaskId, Vec<DateRule>> {
        let mut rules: Keyed<TaskId, Vec<DateRule>> =
            self.tasks.iter().map(|task| task.rules.clone()).collect();
        let has_any = self.shows.iter().any(|s| !s.rules.is_empty())
            || self.sequences.iter().any(|s| !s.rules.is_empty())
            || self.shots.iter().any(|s| !s.rules.is_empty());
        if !has_any {
            return rules;
        }
        for level in 0..3 {
            let container = |entity: Entity| match (level, entity) {
                (0, Entity::Shot(_)) => Some(entity),
                (1, _) => self.sequence_of(entity).map(Entity::Sequence),
                (2, _) => Some(Entity::Show(self.show_of(entity))),
                _ => None,
            };
            let mut first = Keyed::<TaskId, bool>::filled(true, self.tasks.len());
            let mut last = Keyed::<TaskId, bool>::filled(true, self.tasks.len());
            for edge in &self.dependencies {
                let (from, to) = (self.tasks[edge.from].entity, self.tasks[edge.to].entity);
                if container(from).is_some() && container(from) == container(to) {
                    first[edge.to] = false;
                    last[edge.from] = false;
                }
            }
            for (id, task) in self.tasks.enumerate() {
                let inherited = match container(task.entity) {
                    Some(Entity::Shot(shot)) => &self.shots[shot].rules,
                    Some(Entity::Sequence(sequence)) => &self.sequences[sequence].rules,
                    Some(Entity::Show(show)) => &self.shows[show].rules,
                    _ => continue,
                };
                for &rule in inherited {
                    let (at_start, at_end) = (first[id], last[id]);
                    let mut inherit = |rule: DateRule| {
                        let kind = std::mem::discriminant(&rule);
                        let mine = &mut rules[id];
                        if !mine.iter().any(|own| std::mem::discriminant(own) == kind) {
                            mine.push(rule);
                        }
                    };
                    match rule {
                        DateRule::MustStartOn(date) if !at_start => {
                            inherit(DateRule::StartNoEarlierThan(date));
                        }
                        DateRule::MustFinishOn(date) if !at_end => {
                            inherit(DateRule::FinishNoLaterThan(date));
                        }
                        DateRule::StartNoLaterThan(_) if !at_start => {}
                        DateRule::FinishNoEarlierThan(_) if !at_end => {}
                        other => inherit(other),
                    }
                }
            }
        }
        rules
    }

    /// Working days from order to delivery of each task that a vendor does, at least 1: the vendor's lead
    /// time, and what agreed change orders of its purchase orders add to it, or as many as its capacity asks
    /// for, where these are more. 0 for all other tasks.
    ///
    /// ```
    /// use shotplan::model::*;
    /// use jiff::civil::date;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let roto = show.add_department("ROTO");
    /// let spot = show.shows.push(Show::new("SPOT", CalendarId::new(0)));
    /// let vendor = show.vendors.push(Vendor::new("kite", roto)); // 3, 5, 10, 15 days by class
    /// let mut task = Task::new("roto", Entity::Show(spot), roto, 480);
    /// task.vendor = Some(vendor); // no class: as a B
    /// let task = show.tasks.push(task);
    /// assert_eq!(show.vendor_days()[task], 5);
    /// show.change_orders.push(ChangeOrder {
    ///     state: ChangeState::Approved, order: Some(0), days: 2, tasks: vec![task],
    ///     ..ChangeOrder::new("VCO-1", spot)
    /// });
    /// assert_eq!(show.vendor_days()[task], 7);
    /// show.tasks[task].estimate = 8 * 480;
    /// show.vendors[vendor].capacity_days_per_week = Some(4);
    /// assert_eq!(show.vendor_days()[task], 10); // two weeks
    /// ```
    pub fn vendor_days(&self) -> Keyed<TaskId, u32> {
        let lead = |task: &Task| {
            let vendor = self.vendors.get(task.vendor?)?;
            let class = self.class_of(task.entity).unwrap_or(Class::B);
            Some(vendor.lead_days[class as usize].max(1))
        };
        let mut days: Keyed<TaskId, u32> =
            self.tasks.iter().map(|task| lead(task).unwrap_or(0)).collect();
        let mut added: BTreeMap<TaskId, i64> = BTreeMap::new();
        for change in self.change_orders.iter().filter(|row| row.order.is_some()) {
            for &task in change.tasks.iter().filter(|_| change.state.is_agreed()) {
                let sum = added.entry(task).or_default();
                *sum = sum.saturating_add(change.days);
            }
        }
        for (task, more) in added {
            // A task of nobody, or of people, takes no vendor's days.
            if days.get(task).is_some_and(|days| *days > 0) {
                let sum = i64::from(days[task]).saturating_add(more);
                days[task] = u32::try_from(sum.max(1)).unwrap_or(u32::MAX);
            }
        }
        if self.vendors.iter().any(|vendor| vendor.capacity_days_per_week.is_some()) {
            let in_week = self.most_days_in_week();
            for (task, row) in self.tasks.enumerate().filter(|(_, row)| row.vendor.is_some()) {
                if let Some(vendor) = row.vendor.and_then(|id| self.vendors.get(id)) {
                    let (work, most) = (self.work_left(task), in_week[self.show_of(row.entity)]);
                    let fewest = vendor.fewest_days(work, self.bid_day_minutes(), most);
                    days[task] = days[task].max(fewest);
                }
            }
        }
        days
    }

    /// The most working days in any week of each show's calendar.
    pub fn most_days_in_week(&self) -> Keyed<ShowId, u32> {
        let of = |show: &Show| self.calendars[show.calendar].most_days_in_week();
        self.shows.iter().map(of).collect()
    }

    /// The value of each purchase order with its approved changes, in the currency of the order.
    pub fn order_values(&self) -> Vec<Cents> {
        let mut values: Vec<Cents> = self.commitments.iter().map(|row| row.amount).collect();
        for change in self.change_orders.iter().filter(|row| row.state == ChangeState::Approved) {
            if let Some(value) = change.order.and_then(|row| values.get_mut(row)) {
                *value += change.amount;
            }
        }
        values
    }
}
