//! Terms of contracts beside the rate, and the rate card.

use super::contracts::LONG_AGO;
use super::{At, Builder, wire};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values::{self, Unit};
use crate::read::words;
use jiff::civil::Date;

/// Whose rate is looked up in the card.
pub(super) struct Who {
    pub department: Option<DepartmentId>,
    pub position: Option<String>,
    pub seniority: Seniority,
    pub site: SiteId,
}

impl Builder<'_> {
    /// A row of the rate card.
    pub(super) fn card_rate(&mut self, at: At<'_>, row: &wire::CardRate<'_>) {
        if self.intake.needed(&at, cell!(row.rate)).is_none() {
            return;
        }
        let department = self.named_department(&at, cell!(row.department));
        let seniority = self.intake.word(&at, cell!(row.seniority), words::SENIORITIES);
        let site = self.find_site(&at, cell!(row.site));
        // A row whose condition is wrong must not become the rate of everybody.
        if (row.department.is_some() && department.is_none())
            || (row.seniority.is_some() && seniority.is_none())
            || (row.site.is_some() && site.is_none())
        {
            return;
        }
        let position = row.position.as_deref().map(|text| text.trim().to_owned());
        let first_site = self.first_site();
        let home = self.intake.currency(&at, cell!(row.currency));
        let home = home.unwrap_or(self.production.sites[site.unwrap_or(first_site)].currency);
        let basis = self.intake.word(&at, cell!(row.basis), words::BASES);
        let burden = self.intake.share(&at, cell!(row.burden), 100_000);
        let (rates, written) = self.dated_rates(&at, cell!(row.rate), home, LONG_AGO);
        if rates.is_empty() {
            return; // said already
        }
        let mut pay = Contract::paid_by_day(LONG_AGO, Cents::ZERO, written.unwrap_or(home));
        pay.kind = ContractKind::Staff;
        pay.rates = rates;
        pay.basis = basis.unwrap_or(RateBasis::Day);
        pay.burden = burden.unwrap_or(super::contracts::burden_of(pay.kind));
        pay.source = at.source;
        let card = CardRate {
            department,
            position,
            seniority,
            site,
            pay,
            burden_given: burden.is_some(),
            source: at.source,
        };
        let is_same = |known: &&CardRate| {
            (known.department, known.seniority, known.site) == (department, seniority, site)
                && known.position.as_deref().map(str::to_lowercase)
                    == card.position.as_deref().map(str::to_lowercase)
        };
        if let Some(first) = self.production.rate_card.iter().find(is_same) {
            let again = CardRate { source: first.source, ..card.clone() };
            let mut again = again;
            again.pay.source = first.pay.source;
            if self.scopes.len() == 1 || again != *first {
                let first = first.source.line;
                let message = format!("there is a rate for the same people in line {first}");
                let help = "take one of the rows out, or tell apart whom they are for".to_owned();
                self.intake.wrong("V03", &at, cell!(row.rate), message, help);
            }
            return;
        }
        self.production.rate_card.push(card);
    }

    /// The pay that the card has for somebody, from a day on.
    pub(super) fn pay_by_card(
        &self,
        who: &Who,
        start: Date,
    ) -> Option<(&CardRate, Vec<(Date, Cents)>)> {
        let role = Role {
            department: who.department,
            position: who.position.as_deref(),
            seniority: who.seniority,
            site: who.site,
        };
        let card = card_rate(&self.production.rate_card, &role)?;
        let later = card.pay.rates.iter().copied().filter(|(from, _)| *from > start);
        let rates = std::iter::once((start, card.pay.rate_on(start))).chain(later).collect();
        Some((card, rates))
    }

    /// What a contract guarantees.
    pub(super) fn guarantee(
        &mut self,
        at: &At<'_>,
        day_minutes: i64,
        [day, week, days]: [Cell<'_>; 3],
    ) -> Guarantee {
        let mut least = |cell: Cell<'_>, most: i64, what: &str| {
            let minutes = self.intake.minutes(at, cell, day_minutes, Unit::Hours)?;
            if minutes > most {
                let message = format!("more hours are guaranteed than {what} has");
                let help = "write hours such as `8h`".to_owned();
                self.intake.wrong("V04", at, cell, message, help);
                return None;
            }
            Some(minutes)
        };
        let day_least = least(day, 1_440, "a day");
        let week_least = least(week, 10_080, "a week");
        let booked = self.intake.minutes(at, days, day_minutes, Unit::Days);
        Guarantee {
            day_minutes: day_least.unwrap_or(0),
            week_minutes: week_least.unwrap_or(0),
            days: booked.map_or(0, |minutes| {
                let days = minutes.saturating_add(day_minutes - 1) / day_minutes.max(1);
                u32::try_from(days).unwrap_or(u32::MAX).min(1_000)
            }),
        }
    }

    /// `50%; 24h 100%`: half, and all of it within 24 hours.
    pub(super) fn cancellation(&mut self, at: &At<'_>, cell: Cell<'_>) -> Cancellation {
        let mut steps: Vec<(Option<u32>, i64)> = Vec::new();
        let text = cell.1.unwrap_or_default();
        for item in values::items(text).filter(|item| !item.eq_ignore_ascii_case("none")) {
            let (within, share) = match item.trim().rsplit_once([' ', ':']) {
                Some((time, share)) => (Some(time.trim()), share.trim()),
                None => (None, item.trim()),
            };
            // A day of notice is a day of the calendar, not of work.
            let hours = match within {
                None => Some(None),
                Some(time) => self
                    .intake
                    .minutes(at, (cell.0, Some(time)), 1_440, Unit::Hours)
                    .map(|minutes| Some(u32::try_from(minutes / 60).unwrap_or(u32::MAX))),
            };
            let share = self.intake.share(at, (cell.0, Some(share)), 10_000);
            let (Some(hours), Some(share)) = (hours, share) else { continue };
            if steps.iter().any(|(known, _)| *known == hours) {
                let message = "two shares for the same time".to_owned();
                let help = "write each time once, such as `50%; 24h 100%`".to_owned();
                self.intake.wrong("V04", at, cell, message, help);
                continue;
            }
            steps.push((hours, share));
        }
        steps.sort_by_key(|row| std::cmp::Reverse(row.0.map_or(u64::MAX, u64::from)));
        if steps.windows(2).any(|pair| pair[0].1 > pair[1].1) {
            let message = "calling off late costs less than calling off early".to_owned();
            let help = "the shorter the time, the larger the share: `50%; 24h 100%`".to_owned();
            self.intake.wrong("V04", at, cell, message, help);
            return Cancellation::default();
        }
        Cancellation(steps)
    }

    /// An option to go on, which needs an end to go on from.
    pub(super) fn extension_option(
        &mut self,
        at: &At<'_>,
        end: Option<Date>,
        [weeks, by]: [Cell<'_>; 2],
    ) -> Option<ExtensionOption> {
        let count = self.intake.whole(at, weeks, (1, 520));
        let decide_by = self.intake.day(at, by);
        if weeks.1.is_none() && by.1.is_some() {
            let message = "a day to decide, but no option to decide on".to_owned();
            let help = "write in `option_weeks` how long the contract may go on".to_owned();
            self.intake.wrong("R07", at, by, message, help);
        }
        let weeks_there = count?;
        let Some(end) = end else {
            let message = "an option to go on, but the contract has no end".to_owned();
            let help = "write the end of the contract, or take the option out".to_owned();
            self.intake.wrong("V05", at, weeks, message, help);
            return None;
        };
        if let Some(day) = decide_by.filter(|day| *day > end) {
            let message = format!("it is decided on {day}, after the contract's end on {end}");
            let help = "write a day up to the end".to_owned();
            self.intake.wrong("V05", at, by, message, help);
            return None;
        }
        Some(ExtensionOption { weeks: weeks_there as u32, decide_by })
    }

    /// `tentative`, or with its likelihood `tentative(60%)`.
    pub(super) fn booking_state(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
    ) -> (Option<BookingState>, Option<i64>) {
        let Some((word, share)) = cell.1.and_then(|text| text.trim().split_once('(')) else {
            return (self.intake.word(at, cell, words::BOOKINGS), None);
        };
        let state = self.intake.word(at, (cell.0, Some(word.trim())), words::BOOKINGS);
        let share = share.trim().trim_end_matches(')').trim();
        (state, self.intake.share(at, (cell.0, Some(share)), 10_000))
    }
}
