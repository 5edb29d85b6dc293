//! Terms of hire.

use super::contracts::notice_of;
use super::{At, Builder, wire};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::{values, words};

/// What a row leaves to the usual terms of its department, which are known when everybody was read.
#[derive(Debug, Default)]
pub(super) struct Without {
    rate: bool,
    most: bool,
    onboarding: bool,
}

impl Builder<'_> {
    pub(super) fn hiring(&mut self, at: At<'_>, row: &wire::Hiring<'_>) {
        if self.intake.needed(&at, cell!(row.department)).is_none() {
            return;
        }
        let Some(department) = self.find_department(&at, cell!(row.department)) else { return };
        let code = match row.id.as_deref() {
            Some(code) => code.to_owned(),
            None => self.usual_code(department),
        };
        let at = at.of(&code);
        if let Some(&first) = self.taken_hiring.get(&code) {
            self.repeated(&at, &code, first);
            return;
        }
        let first_site = self.first_site();
        let site = self.find_site(&at, cell!(row.site)).unwrap_or(first_site);
        let seniority = self.intake.word(&at, cell!(row.seniority), words::SENIORITIES);
        let seniority = seniority.unwrap_or(Seniority::Mid);
        let level = self.intake.level(&at, cell!(row.level), 10).unwrap_or(1_000);
        let kind = self.intake.word(&at, cell!(row.kind), words::CONTRACTS);
        let kind = kind.unwrap_or(ContractKind::Fixed);
        let notice = self.intake.whole(&at, cell!(row.notice), (0, 3_650));
        let min_weeks = self.intake.whole(&at, cell!(row.min_weeks), (1, 520));
        let lead_days = self.intake.whole(&at, cell!(row.lead_days), (0, 2_000));
        let earliest = self.intake.day(&at, cell!(row.earliest));
        let ramp = self.ramp(&at, cell!(row.ramp));
        let most = self.intake.whole(&at, cell!(row.max_heads), (0, 10_000));
        let home = self.production.settings.currency;
        let onboarding = self.intake.home_money(&at, cell!(row.onboarding), home, false);
        let who =
            super::terms::Who { department: Some(department), position: None, seniority, site };
        let pay = self.pay(
            &at,
            &who,
            super::contracts::LONG_AGO,
            kind,
            [cell!(row.rate), cell!(row.basis), cell!(row.burden), cell!(row.currency)],
        );
        let without = Without {
            rate: pay.rate_assumed,
            most: most.is_none(),
            onboarding: onboarding.is_none(),
        };
        if without.rate {
            self.intake.assume("hiring.rate");
        }
        let notice_days = notice.map_or(notice_of(kind), |days| days as u32);
        self.taken_hiring.insert(code.clone(), at.source);
        self.hires_without.push(without);
        self.production.hiring.push(HireTerms {
            code: code.clone(),
            department,
            site,
            seniority,
            level,
            contract: Contract { notice_days, ..pay },
            lead_days: lead_days.map_or(10, |days| days as u32),
            earliest,
            min_weeks: min_weeks.map_or(4, |weeks| weeks as u32),
            ramp,
            most: most.map_or(0, |heads| heads as u32),
            onboarding: onboarding.unwrap_or(Cents::ZERO),
            source: at.source,
        });
    }

    /// `cmp-hire`, `cmp-hire-2` …
    fn usual_code(&self, department: DepartmentId) -> String {
        let first = usual_hire_code(&self.production.departments[department].code);
        let others = (2..).map(|number| format!("{first}-{number}"));
        let mut all = std::iter::once(first.clone()).chain(others);
        all.find(|code| !self.taken_hiring.contains_key(code)).unwrap_or(first)
    }

    /// `60%; 80%`, the first week first.
    fn ramp(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<i64> {
        let Some(text) = cell.1 else { return vec![6_000, 8_000] };
        self.weeks_of_ramp(at, (cell.0, Some(text)))
    }

    /// The same where nothing is said: nothing.
    pub(super) fn weeks_of_ramp(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<i64> {
        let Some(text) = cell.1 else { return Vec::new() };
        let weeks = values::items(text).filter(|item| !item.eq_ignore_ascii_case("none"));
        weeks.filter_map(|item| self.intake.share(at, (cell.0, Some(item)), 10_000)).collect()
    }

    /// What no row says, from the people who were read by now.
    pub(super) fn usual_hires(&mut self) {
        for (at, without) in std::mem::take(&mut self.hires_without).into_iter().enumerate() {
            let usual = self.production.usual_terms(self.production.hiring[at].department);
            let terms = &mut self.production.hiring[at];
            if without.rate {
                let Contract { rates, basis, burden, currency, .. } = usual.contract;
                let pay = &mut terms.contract;
                let rate = rates.first().map_or(Cents::ZERO, |(_, rate)| *rate);
                pay.rates = vec![(pay.start, rate)];
                (pay.basis, pay.burden, pay.currency) = (basis, burden, currency);
            }
            if without.most {
                terms.most = usual.most;
            }
            if without.onboarding {
                terms.onboarding = usual.onboarding;
            }
        }
    }
}
