//! Pay by pay period, with the employer's cost on top split off.

use super::super::ledger::{Posting, monday};
use super::{CashKind, CashLine, after};
use crate::model::{
    Cents, Contract, PayCycle, PersonId, Production, days_between, round_half_even,
};
use jiff::civil::Date;

/// Pay by pay period, with the employer's cost on top split off.
pub(super) struct Paydays<'a> {
    production: &'a Production,
    /// The contract that the last posting fell under: postings of a person come in runs.
    last: Option<(PersonId, &'a Contract)>,
}

impl<'a> Paydays<'a> {
    pub(super) fn new(production: &'a Production) -> Paydays<'a> {
        Paydays { production, last: None }
    }

    pub(super) fn pay(
        &mut self,
        person: PersonId,
        posting: &Posting,
        row: u32,
        lines: &mut Vec<CashLine>,
    ) {
        let contract = match self.last {
            Some((same, contract)) if same == person && contract.covers(posting.date) => {
                Some(contract)
            }
            _ => self.production.contract_on(person, posting.date),
        };
        self.last = contract.map(|contract| (person, contract));
        let burden = contract.map_or(0, |contract| contract.burden.max(0));
        let whole = 10_000 + i128::from(burden);
        let pay = Cents(round_half_even(i128::from(posting.amount.0) * 10_000, whole));
        let terms = &self.production.settings.cash;
        let date = after(period_end(terms.pay_cycle, posting.date), i64::from(terms.pay_lag_days));
        lines.push(CashLine { date, kind: CashKind::Payroll, amount: pay, posting: row });
        if posting.amount != pay {
            lines.push(CashLine {
                date: after(date, i64::from(terms.fringe_lag_days)),
                kind: CashKind::Fringe,
                amount: posting.amount - pay,
                posting: row,
            });
        }
    }
}

/// Last day of the pay period that `date` is in.
///
/// ```
/// use shotplan::forecast::period_end;
/// use shotplan::model::PayCycle;
/// use jiff::civil::date;
/// let wednesday = date(2027, 2, 3);
/// assert_eq!(period_end(PayCycle::Weekly, wednesday), date(2027, 2, 7));
/// assert_eq!(period_end(PayCycle::Monthly, wednesday), date(2027, 2, 28));
/// assert_eq!(period_end(PayCycle::Monthly, date(2028, 2, 1)), date(2028, 2, 29));
/// ```
pub fn period_end(cycle: PayCycle, date: Date) -> Date {
    let sunday = after(monday(date), 6);
    match cycle {
        PayCycle::Weekly => sunday,
        // Pairs of weeks are counted from Monday 5 January 1970.
        PayCycle::Fortnightly => {
            let weeks = days_between(jiff::civil::date(1970, 1, 5), monday(date)).div_euclid(7);
            after(sunday, 7 * (1 - weeks.rem_euclid(2)))
        }
        PayCycle::Monthly => date.last_of_month(),
    }
}
