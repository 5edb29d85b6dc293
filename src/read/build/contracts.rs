//! Contracts and what they pay.

use super::overtime::overtime_cells;
use super::terms::Who;
use super::{At, Builder};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values;
use crate::read::wire;
use crate::read::words;
use jiff::civil::{Date, date};

/// Start of contracts that name none: before every show.
pub(super) const LONG_AGO: Date = date(2000, 1, 1);

impl Builder<'_> {
    pub(super) fn contract(&mut self, at: At<'_>, row: &wire::Contract<'_>) {
        if self.intake.needed(&at, cell!(row.person)).is_none() {
            return;
        }
        let Some(person) = self.find_person(&at, cell!(row.person)) else { return };
        let code = self.production.people[person].code.clone();
        let at = At { kind: "contract of", ..at.of(&code) };
        let kind = self.intake.word(&at, cell!(row.kind), words::CONTRACTS);
        let kind = kind.unwrap_or(ContractKind::Staff);
        let start = self.intake.day(&at, cell!(row.start));
        let end = self.intake.day(&at, cell!(row.end));
        let min_end = self.intake.day(&at, cell!(row.min_end));
        if start.is_none() {
            self.intake.assume("contract.start");
        }
        self.intake.in_order(&at, ("start", start), ("end", end));
        self.intake.in_order(&at, ("start", start), ("min_end", min_end));
        let notice = self.intake.whole(&at, cell!(row.notice), (0, 1_000));
        let site = self.production.people[person].site;
        let base = self.production.sites[site].overtime.clone();
        let overtime = self.overtime(&at, &base, overtime_cells!(row));
        let day_minutes = self.production.sites[site].day_minutes;
        let guarantee = self.guarantee(
            &at,
            day_minutes,
            [cell!(row.guaranteed_day), cell!(row.guaranteed_week), cell!(row.minimum_booking)],
        );
        let booked = start
            .and_then(|start| self.production.minimum_booking_end(site, start, guarantee.days));
        if start.is_none() && guarantee.days > 0 {
            let message = "a minimum booking needs the first day of the contract".to_owned();
            let help = "write the start of the contract".to_owned();
            self.intake.wrong("R07", &at, cell!(row.minimum_booking), message, help);
        }
        let min_end = min_end.max(booked.map(|day| end.map_or(day, |end| day.min(end))));
        let cancellation = self.cancellation(&at, cell!(row.cancellation));
        let option =
            self.extension_option(&at, end, [cell!(row.option_weeks), cell!(row.option_by)]);
        let who = Who {
            department: self.production.home_department(person),
            position: self.production.people[person].position.clone(),
            seniority: self.production.people[person].seniority,
            site,
        };
        let pay = self.pay(
            &at,
            &who,
            start.unwrap_or(LONG_AGO),
            kind,
            [cell!(row.rate), cell!(row.basis), cell!(row.burden), cell!(row.currency)],
        );
        if pay.rate_assumed {
            self.intake.assume("contract.rate");
        }
        let contract = Contract {
            kind,
            start: start.unwrap_or(LONG_AGO),
            end,
            min_end,
            notice_days: notice.map_or(notice_of(kind), |days| days as u32),
            overtime,
            guarantee,
            cancellation,
            option,
            source: at.source,
            ..pay
        };
        let contracts = &mut self.production.people[person].contracts;
        let again = |known: &Contract| Contract { source: contract.source, ..known.clone() };
        if self.scopes.len() > 1 && contracts.iter().any(|known| again(known) == contract) {
            return;
        }
        contracts.push(contract);
    }

    /// A contract with its pay filled in, the rest to be filled by the caller.
    pub(super) fn pay(
        &mut self,
        at: &At<'_>,
        who: &Who,
        start: Date,
        kind: ContractKind,
        [rate, basis, burden, currency]: [Cell<'_>; 4],
    ) -> Contract {
        let day_minutes = self.production.sites[who.site].day_minutes;
        let said = self.intake.currency(at, currency);
        let home = said.unwrap_or(self.production.sites[who.site].currency);
        let mut basis = self.intake.word(at, basis, words::BASES).unwrap_or(RateBasis::Day);
        let said_burden = self.intake.share(at, burden, 100_000);
        let mut burden = said_burden.unwrap_or(burden_of(kind));
        let (mut rates, written) = self.dated_rates(at, rate, home, start);
        let card = if rate.1.is_none() { self.pay_by_card(who, start) } else { None };
        let card = card.map(|(card, rates)| (card.pay.clone(), card.burden_given, rates));
        let rate_assumed = rates.is_empty() && card.is_none();
        let currency = if let Some((pay, burden_given, by_card)) = card {
            rates = by_card;
            basis = pay.basis;
            if burden_given && said_burden.is_none() {
                burden = pay.burden;
            }
            pay.currency
        } else if rate_assumed {
            let day = self.production.settings.default_day_rate[who.seniority as usize];
            let amount = match basis {
                RateBasis::Hour => day.times(60, day_minutes),
                RateBasis::Day => day,
                RateBasis::Week => day.by(5),
                RateBasis::Month => day.by(20),
                RateBasis::Year => day.by(260),
            };
            rates.push((start, amount));
            self.production.settings.currency
        } else {
            written.unwrap_or(home)
        };
        Contract {
            kind,
            start,
            end: None,
            min_end: None,
            notice_days: 0,
            rates,
            basis,
            burden,
            currency,
            overtime: None,
            guarantee: Guarantee::default(),
            cancellation: Cancellation::default(),
            option: None,
            rate_assumed,
            source: at.source,
        }
    }

    /// `320`, or `320; 2027-04-01 340`.
    pub(super) fn dated_rates(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        home: Currency,
        start: Date,
    ) -> (Vec<(Date, Cents)>, Option<Currency>) {
        let mut rates = Vec::new();
        let mut currency: Option<Currency> = None;
        let text = cell.1.unwrap_or_default();
        for item in text.split([';', '|']).map(str::trim).filter(|item| !item.is_empty()) {
            let dated = item.split_once(' ').filter(|(date, _)| values::day(date).is_ok());
            let (from, amount) = match dated {
                Some((date, amount)) => (values::day(date).unwrap_or(start), amount),
                None => (start, item),
            };
            let amount = self.intake.money(at, (cell.0, Some(amount)), home, false);
            let Some((amount, written)) = amount else { continue };
            if written.is_some() && currency.is_some() && written != currency {
                let help = "write one contract for each currency".to_owned();
                self.intake.wrong("R09", at, cell, "two currencies in one rate".to_owned(), help);
            }
            currency = currency.or(written);
            rates.push((from, amount));
        }
        rates.sort_by_key(|(from, _)| *from);
        (rates, currency)
    }
}

/// Usual employer's cost on top of pay, in basis points.
pub(super) fn burden_of(kind: ContractKind) -> i64 {
    match kind {
        ContractKind::Staff | ContractKind::Fixed => 2_200,
        ContractKind::Freelance => 0,
    }
}

/// Usual notice in working days.
pub(super) fn notice_of(kind: ContractKind) -> u32 {
    match kind {
        ContractKind::Staff | ContractKind::Fixed => 20,
        ContractKind::Freelance => 5,
    }
}
