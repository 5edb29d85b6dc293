//! Terms of a contract beside its rate: what it guarantees, what calling a day off costs, how it may
//! go on; and the card of usual rates.

use super::{Cents, ChargeBasis, Contract, DepartmentId, PersonId, Production, Seniority, ShowId};
use super::{SiteId, Source, days_between};
use jiff::civil::Date;

/// What is paid whether there is work or not; 0 = nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guarantee {
    /// Least minutes paid for a day on which anything is paid.
    pub day_minutes: i64,
    /// Least minutes paid for a whole week under contract.
    pub week_minutes: i64,
    /// Minimum booking: so many working days from the first one on are paid in full.
    pub days: u32,
}

impl Guarantee {
    /// Whether nothing is guaranteed.
    pub fn is_none(&self) -> bool {
        *self == Guarantee::default()
    }
}

/// What is owed for a confirmed day that is called off, by how late it is called off.
///
/// ```
/// use shotplan::model::Cancellation;
/// // Half, and all of it within 24 hours.
/// let terms = Cancellation(vec![(None, 5_000), (Some(24), 10_000)]);
/// assert_eq!(terms.share(72), 5_000);
/// assert_eq!(terms.share(24), 10_000); // the day before
/// assert_eq!(Cancellation::default().share(0), 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cancellation(
    /// Called off at most so many hours before the day (`None` = however early): this share of the
    /// day is owed, in basis points.
    pub Vec<(Option<u32>, i64)>,
);

impl Cancellation {
    /// The share owed when called off so many hours before: that of the shortest time that still
    /// covers them.
    pub fn share(&self, hours: i64) -> i64 {
        let inside = |row: &&(Option<u32>, i64)| row.0.is_none_or(|most| hours <= i64::from(most));
        let covering = self.0.iter().filter(inside);
        covering.min_by_key(|row| row.0.unwrap_or(u32::MAX)).map_or(0, |row| row.1)
    }
}

/// The right to let a contract go on after its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtensionOption {
    /// Weeks after the end.
    pub weeks: u32,
    /// Last day to say so; `None` = the notice of the contract before its end.
    pub decide_by: Option<Date>,
}

/// A row of the rate card: what somebody of a kind is usually paid. What is `None` fits everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRate {
    /// Department.
    pub department: Option<DepartmentId>,
    /// Position ("artist", "supervisor"), in any case.
    pub position: Option<String>,
    /// Experience.
    pub seniority: Option<Seniority>,
    /// Place of work.
    pub site: Option<SiteId>,
    /// The pay; its days are not used.
    pub pay: Contract,
    /// Whether the row says the burden; else it is the usual one of the kind of contract.
    pub burden_given: bool,
    /// Where it was read.
    pub source: Source,
}

/// Whose rate is looked up.
#[derive(Clone, Copy, Debug)]
pub struct Role<'a> {
    /// Department.
    pub department: Option<DepartmentId>,
    /// Position.
    pub position: Option<&'a str>,
    /// Experience.
    pub seniority: Seniority,
    /// Place of work.
    pub site: SiteId,
}

impl CardRate {
    /// How well the row fits: none where it says another role, else one point for each thing that it says,
    /// the department counting most, then position, seniority and site.
    fn fit(&self, role: &Role) -> Option<u32> {
        let mut fit = 0;
        let mut says = |said: bool, same: bool, points: u32| {
            fit += if said { points } else { 0 };
            !said || same
        };
        let position = self.position.as_deref();
        let is_position =
            position.zip(role.position).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        let all = says(self.department.is_some(), self.department == role.department, 8)
            && says(position.is_some(), is_position, 4)
            && says(self.seniority.is_some(), self.seniority == Some(role.seniority), 2)
            && says(self.site.is_some(), self.site == Some(role.site), 1);
        all.then_some(fit)
    }
}

/// The row of a rate card that fits a role best; of several the first.
pub fn card_rate<'c>(card: &'c [CardRate], role: &Role) -> Option<&'c CardRate> {
    let fitting = card.iter().enumerate().filter_map(|(at, row)| Some((row.fit(role)?, at)));
    let best = fitting.max_by_key(|&(fit, at)| (fit, std::cmp::Reverse(at)))?;
    card.get(best.1)
}

impl Production {
    /// What is charged to a show: its own basis, else that of the settings.
    pub fn charge_basis(&self, show: ShowId) -> ChargeBasis {
        self.shows[show].charge_basis.unwrap_or(self.settings.charge_basis)
    }

    /// Share of the pay of a person's day, in basis points, that is owed for a show if the day is called off
    /// on `decided`: that of the contract of the day where the booking of the show is confirmed, else none.
    pub fn called_off_share(
        &self,
        person: PersonId,
        show: ShowId,
        date: Date,
        decided: Date,
    ) -> i64 {
        let row = &self.people[person];
        let Some(contract) = self.contract_on(person, date) else { return 0 };
        let confirmed = || {
            row.bookings.iter().any(|row| {
                row.is_payable() && row.show == show && row.from <= date && date <= row.to
            })
        };
        if contract.cancellation.0.is_empty() || !confirmed() {
            return 0;
        }
        contract.cancellation.share(24 * days_between(decided, date).max(0)).clamp(0, 10_000)
    }

    /// The last day of a minimum booking of so many days that the site works, from `start` on; none without
    /// any.
    pub fn minimum_booking_end(&self, site: SiteId, start: Date, days: u32) -> Option<Date> {
        let site = &self.sites[site];
        let calendar = &self.calendars[site.calendar];
        let (mut left, mut date, mut end) = (days, start, None);
        // A calendar without working days has no end to the booking; nor have ten years of it.
        for _ in 0..3_660 {
            if left == 0 {
                break;
            }
            if calendar.is_worked(date) && site.holidays.binary_search(&date).is_err() {
                left -= 1;
                end = Some(date);
            }
            date = date.tomorrow().unwrap_or(date);
        }
        end
    }

    /// The last day to let a contract go on that ends on `end`: that of its option, else its notice before the
    /// end.
    pub fn decide_by(&self, person: PersonId, contract: &Contract, end: Date) -> Date {
        if let Some(day) = contract.option.and_then(|option| option.decide_by) {
            return day;
        }
        let calendar = &self.calendars[self.sites[self.people[person].site].calendar];
        let (mut day, mut left) = (end, contract.notice_days);
        // Ten years of it are as good as any.
        for _ in 0..3_660 {
            let worked = calendar.is_worked(day);
            if left == 0 && worked {
                break;
            }
            left = left.saturating_sub(u32::from(worked));
            day = day.yesterday().unwrap_or(day);
        }
        day
    }

    /// The last day to which a contract that ends on `end` may go on: that of its option, the end itself where the
    /// day to take it has passed. Without an option any day, by agreement: `None`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::*;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 6, 25));
    /// let comp = show.add_department("CMP");
    /// let ann = show.people.push(Person::new("ann", SiteId::new(0), comp));
    /// let end = date(2027, 1, 29); // a Friday
    /// let mut contract = Contract::paid_by_day(date(2027, 1, 4), Cents(50_000), show.settings.currency);
    /// (contract.end, contract.notice_days) = (Some(end), 5);
    /// assert_eq!(show.may_go_on_to(ann, &contract, end), None);
    /// contract.option = Some(ExtensionOption { weeks: 2, decide_by: None });
    /// assert_eq!(show.may_go_on_to(ann, &contract, end), Some(date(2027, 2, 12)));
    /// // To be said by Friday 22 January: on the 25th it is too late.
    /// show.settings.as_of = date(2027, 1, 25);
    /// assert_eq!(show.may_go_on_to(ann, &contract, end), Some(end));
    /// ```
    pub fn may_go_on_to(&self, person: PersonId, contract: &Contract, end: Date) -> Option<Date> {
        let option = contract.option?;
        let is_open = self.decide_by(person, contract, end) >= self.settings.as_of;
        let weeks = if is_open { option.weeks } else { 0 };
        Some(end.saturating_add(jiff::Span::new().weeks(i64::from(weeks))))
    }

    /// The pay of somebody without a contract, by the rate card; `None` where no row of it fits.
    pub fn card_pay(&self, person: PersonId) -> Option<&Contract> {
        if self.rate_card.is_empty() {
            return None;
        }
        let row = &self.people[person];
        let role = Role {
            department: self.home_department(person),
            position: row.position.as_deref(),
            seniority: row.seniority,
            site: row.site,
        };
        card_rate(&self.rate_card, &role).map(|card| &card.pay)
    }

    /// Cost of a full day of somebody without a contract on `date`: by the rate card, else the default rate
    /// of their seniority.
    pub(super) fn usual_day_cost(&self, person: PersonId, date: Date) -> Cents {
        let row = &self.people[person];
        let Some(pay) = self.card_pay(person) else {
            return self.settings.default_day_rate[row.seniority as usize];
        };
        let day = pay.day_cost(date, self.sites[row.site].day_minutes);
        self.convert(day, pay.currency, date).unwrap_or(day)
    }
}
