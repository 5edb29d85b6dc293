//! What people cost, those who are there and those who could be hired, and when that can be saved; what foreign
//! money is worth.

use super::*;
use jiff::civil::Date;

impl Production {
    /// `amount` in the production's currency at the rate in force on `date`.
    ///
    /// The rate is the last one that began by then, or the first one there is. `None` when the
    /// currency has no rate at all.
    pub fn convert(&self, amount: Cents, currency: Currency, date: Date) -> Option<Cents> {
        let home = self.settings.currency;
        if currency == home {
            return Some(amount);
        }
        let of_currency = || self.fx.iter().filter(|rate| rate.currency == currency);
        let rate = of_currency()
            .filter(|rate| rate.from.is_none_or(|from| from <= date))
            .max_by_key(|rate| rate.from)
            .or_else(|| of_currency().min_by_key(|rate| rate.from))?;
        Some(self.at_rate(amount, rate))
    }

    /// `amount` in the production's currency at the rate of the budget; `None` where the budget has no
    /// rate for the currency.
    ///
    /// ```
    /// use shotplan::model::*;
    /// use jiff::civil::date;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let cad = Currency::new("CAD").unwrap();
    /// show.budget_rates.push(FxRate { currency: cad, millionths: 580_000, from: None });
    /// assert_eq!(show.convert_at_budget(Cents(10_000), cad), Some(Cents(5_800)));
    /// ```
    pub fn convert_at_budget(&self, amount: Cents, currency: Currency) -> Option<Cents> {
        let rate = self.budget_rates.iter().find(|rate| rate.currency == currency)?;
        Some(self.at_rate(amount, rate))
    }

    fn at_rate(&self, amount: Cents, rate: &FxRate) -> Cents {
        let numerator = (i128::from(amount.0) * i128::from(rate.millionths))
            .saturating_mul(i128::from(self.settings.currency.minor_units()));
        let denominator = 1_000_000 * i128::from(rate.currency.minor_units());
        Cents(round_half_even(numerator, denominator))
    }

    /// An amount of a vendor's price list in the production's currency, at the rate of the day of the plan; as it stands
    /// where there is no rate.
    ///
    /// ```
    /// use shotplan::model::*;
    /// use jiff::civil::date;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let mut vendor = Vendor::new("kite", DepartmentId::new(0));
    /// vendor.currency = Currency::new("SEK").unwrap();
    /// show.fx.push(FxRate { currency: vendor.currency, millionths: 800_000, from: None });
    /// let kite = show.vendors.push(vendor);
    /// assert_eq!(show.price_of_vendor(kite, Cents(10_000)), Cents(8_000));
    /// ```
    pub fn price_of_vendor(&self, vendor: VendorId, amount: Cents) -> Cents {
        let currency = self.vendors[vendor].currency;
        self.convert(amount, currency, self.settings.as_of).unwrap_or(amount)
    }

    /// The contract that covers `date`.
    pub fn contract_on(&self, person: PersonId, date: Date) -> Option<&Contract> {
        self.people[person].contracts.iter().find(|contract| contract.covers(date))
    }

    /// What a full working day of a person costs on `date` with burden, in the production's
    /// currency. Without a contract on that day it is the last one's or the next one's rate;
    /// without any, that of the rate card, else the default rate of their seniority.
    pub fn day_cost(&self, person: PersonId, date: Date) -> Cents {
        let row = &self.people[person];
        let contract = self.contract_on(person, date).or_else(|| {
            let next = row.contracts.iter().find(|contract| contract.start > date);
            row.contracts.iter().rev().find(|contract| contract.start <= date).or(next)
        });
        match contract {
            Some(contract) => {
                let day = contract.day_cost(date, self.sites[row.site].day_minutes);
                self.convert(day, contract.currency, date).unwrap_or(day)
            }
            None => self.usual_day_cost(person, date),
        }
    }

    /// `R`: the mean cost of an artist-day, over all people, on the day of the plan.
    pub fn mean_day_cost(&self) -> Cents {
        let as_of = self.settings.as_of;
        let sum: i128 =
            self.people.ids().map(|person| i128::from(self.day_cost(person, as_of).0)).sum();
        match self.people.len() as i128 {
            0 => self.settings.default_day_rate[Seniority::Mid as usize],
            people => Cents(round_half_even(sum, people)),
        }
    }

    /// On which terms a department can hire: those it names, else usual ones.
    ///
    /// Usual are ten working days until somebody is there, four weeks at least, 60 and 80 % of their time
    /// in the first two weeks, as many people as the department has now and at least two, as fast as
    /// bid, at the first site, at the mean cost of the department's freelance artists (of all its
    /// artists where it has none, of any where it is empty), and one and a half artist-days of the show
    /// for each start.
    pub fn hire_terms(&self, department: DepartmentId) -> Vec<HireTerms> {
        let named: Vec<HireTerms> =
            self.hiring.iter().filter(|terms| terms.department == department).cloned().collect();
        if named.is_empty() { vec![self.usual_terms(department)] } else { named }
    }

    /// The terms that stand for those of a department that names none.
    pub fn usual_terms(&self, department: DepartmentId) -> HireTerms {
        let as_of = self.settings.as_of;
        let (mut freelance, mut all, mut heads) = ((0_i128, 0_i128), (0_i128, 0_i128), 0);
        for (id, person) in self.people.enumerate() {
            if self.home_department(id) != Some(department) {
                continue;
            }
            let cost = i128::from(self.day_cost(id, as_of).0);
            all = (all.0 + cost, all.1 + 1);
            heads += 1;
            let is_freelance = |row: &Contract| {
                row.kind == ContractKind::Freelance && row.end.is_none_or(|end| end >= as_of)
            };
            if person.contracts.iter().any(is_freelance) {
                freelance = (freelance.0 + cost, freelance.1 + 1);
            }
        }
        let mean =
            |(sum, count): (i128, i128)| (count > 0).then(|| Cents(round_half_even(sum, count)));
        let rate = mean(freelance).or(mean(all)).unwrap_or_else(|| self.mean_day_cost());
        HireTerms {
            code: usual_hire_code(&self.departments[department].code),
            department,
            site: SiteId::new(0),
            seniority: Seniority::Mid,
            level: 1_000,
            contract: Contract::paid_by_day(as_of, rate, self.settings.currency),
            lead_days: 10,
            earliest: None,
            min_weeks: 4,
            ramp: vec![6_000, 8_000],
            most: heads.max(2),
            onboarding: self.usual_onboarding(),
            source: Source::default(),
        }
    }

    /// Cost of the start of a hire where none is said: one and a half artist-days of the show.
    pub fn usual_onboarding(&self) -> Cents {
        self.mean_day_cost().times(3, 2)
    }

    /// What a full working day of somebody hired on these terms costs on `date` with burden, in the
    /// production's currency.
    pub fn hire_day_cost(&self, terms: &HireTerms, date: Date) -> Cents {
        let contract = &terms.contract;
        let minutes = self.sites.get(terms.site).map_or(480, |site| site.day_minutes);
        let day = contract.day_cost(date, minutes);
        self.convert(day, contract.currency, date).unwrap_or(day)
    }

    /// First day on which the pay of a contract could be saved if notice were given today: the day
    /// after the later of its minimum end and `as_of` plus notice, inside the contract. Days before
    /// it are committed. Notice runs from the day it is given, also where the contract begins later; nobody signed for a
    /// planned hire, who is owed none before the first day.
    pub fn first_avoidable_day(&self, person: PersonId, contract: &Contract) -> Date {
        self.first_avoidable_day_if(person, contract, self.settings.as_of)
    }

    /// The same, if notice were given on `decided`.
    pub fn first_avoidable_day_if(
        &self,
        person: PersonId,
        contract: &Contract,
        decided: Date,
    ) -> Date {
        let calendar = &self.calendars[self.sites[self.people[person].site].calendar];
        let one = jiff::Span::new().days(1);
        let mut day = decided;
        let mut left = contract.notice_days;
        // A notice of years would end with the calendar; the contract's end bounds it anyway.
        for _ in 0..3_660 {
            if left == 0 {
                break;
            }
            if calendar.is_worked(day) {
                left -= 1;
            }
            day = day.saturating_add(one);
        }
        if self.people[person].placeholder && contract.start > decided {
            day = contract.start;
        }
        let after_minimum = contract.min_end.map_or(day, |end| end.saturating_add(one));
        let after_end = contract.end.map_or(Date::MAX, |end| end.saturating_add(one));
        day.max(contract.start).max(after_minimum).min(after_end)
    }
}
