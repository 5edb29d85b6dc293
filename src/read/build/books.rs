//! What is in the books: closed periods, cost to date, orders, changes.

use super::{At, Builder};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values;
use crate::read::wire;
use crate::read::words;

/// The trouble with a row was told.
struct Told;

impl Builder<'_> {
    pub(super) fn closed(&mut self, at: At<'_>, row: &wire::Closed<'_>) {
        let period = self.intake.needed(&at, cell!(row.period));
        let to = self.intake.needed(&at, cell!(row.to)).is_some();
        let (Some(period), true) = (period, to) else { return };
        let at = at.of(period);
        let to = self.intake.day(&at, cell!(row.to));
        let kept = match (row.person.as_deref(), row.account.as_deref(), row.rates.as_deref()) {
            (Some(_), _, sum) => {
                let person = self.find_person(&at, cell!(row.person));
                let sum = self.kept_sum(&at, (cell!(row.rates).0, sum));
                person.zip(sum).map(|(person, sum)| Kept::Rates(person, sum))
            }
            (None, None, sum @ Some(_)) => {
                let currency = self.intake.needed(&at, cell!(row.currency)).is_some();
                let currency = self.intake.currency(&at, cell!(row.currency)).filter(|_| currency);
                let sum = self.kept_sum(&at, (cell!(row.rates).0, sum));
                currency.zip(sum).map(|(currency, sum)| Kept::Exchange(currency, sum))
            }
            _ if self.intake.needed(&at, cell!(row.account)).is_none() => None,
            _ => {
                let account = self.find_account(&at, cell!(row.account));
                let amount = match row.posted {
                    Some(_) => self.amount(&at, cell!(row.posted), cell!(row.currency), true),
                    None => Some((Cents::ZERO, self.production.settings.currency)),
                };
                let day = self.intake.day(&at, cell!(row.day));
                account.zip(amount).map(|(account, (amount, currency))| {
                    Kept::Posted(account, day, currency, amount)
                })
            }
        };
        let (Some(to), Some(kept)) = (to, kept) else { return };
        let (period, source) = (period.to_owned(), at.source);
        self.production.closed.push(Closed { period, to, kept, source });
    }

    /// A sum over rates, as `close` wrote it.
    fn kept_sum(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<u64> {
        let sum = u64::from_str_radix(cell.1.unwrap_or_default().trim(), 16).ok();
        if sum.is_none() {
            let message = "no sum over rates".to_owned();
            let help = "leave the table as `shotplan close --books` wrote it".to_owned();
            self.intake.wrong("R09", at, cell, message, help);
        }
        sum
    }

    /// The currency of an amount: the column's, else the one written at it, else the production's.
    pub(super) fn amount(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        currency: Cell<'_>,
        may_be_negative: bool,
    ) -> Option<(Cents, Currency)> {
        let said = self.intake.currency(at, currency);
        let home = said.unwrap_or(self.production.settings.currency);
        let (amount, written) = self.intake.money(at, cell, home, may_be_negative)?;
        if let (Some(said), Some(written)) = (said, written)
            && said != written
        {
            let message = format!("the amount is in {written}, the column says {said}");
            self.intake.wrong("R09", at, cell, message, "write one currency".to_owned());
            return None;
        }
        Some((amount, written.unwrap_or(home)))
    }

    /// The show of a row about money; no show where there are several and none is named.
    pub(super) fn cost_show(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<ShowId> {
        match cell.1 {
            Some("-") => return None, // the production as a whole
            Some(_) => return self.find_show(at, cell),
            None => {}
        }
        let scope = &self.scopes[self.scope];
        match scope.shows.as_slice() {
            [one] => Some(*one),
            _ => scope.own_show,
        }
    }

    pub(super) fn actual(&mut self, at: At<'_>, row: &wire::Actual<'_>) {
        let mut there = true;
        for cell in [cell!(row.date), cell!(row.account), cell!(row.amount)] {
            there &= self.intake.needed(&at, cell).is_some();
        }
        if !there {
            return;
        }
        let date = self.intake.day(&at, cell!(row.date));
        let account = self.find_account(&at, cell!(row.account));
        let show = self.cost_show(&at, cell!(row.show));
        // Credits and corrections are negative.
        let amount = self.amount(&at, cell!(row.amount), cell!(row.currency), true);
        let state = self.intake.word(&at, cell!(row.state), words::ACTUALS);
        let person = self.find_person(&at, cell!(row.person));
        let vendor = self.find_vendor(&at, cell!(row.vendor));
        let task = self.find_task(&at, cell!(row.task));
        let (Some(date), Some(account), Some((amount, currency))) = (date, account, amount) else {
            return;
        };
        let state = state.unwrap_or(ActualState::Posted);
        if state == ActualState::Posted {
            self.seen.recorded(Some(date));
        }
        self.production.actuals.push(Actual {
            date,
            account,
            show,
            amount,
            currency,
            state,
            person,
            vendor,
            task,
            source: at.source,
        });
    }

    pub(super) fn commitment(&mut self, at: At<'_>, row: &wire::Commitment<'_>) {
        let default = format!("PO-{}", self.production.commitments.len() + 1);
        let code = row.id.as_deref().unwrap_or(&default);
        let at = at.of(code);
        let there = self.intake.needed(&at, cell!(row.account)).is_some();
        if self.intake.needed(&at, cell!(row.amount)).is_none() || !there {
            return;
        }
        let first = self.production.commitments.iter().find(|known| known.code == code);
        if let Some(first) = first.filter(|_| row.id.is_some()).map(|known| known.source) {
            self.intake.duplicate(&at, "id", code, first);
            return;
        }
        let account = self.find_account(&at, cell!(row.account));
        let show = self.cost_show(&at, cell!(row.show));
        let vendor = self.find_vendor(&at, cell!(row.vendor));
        let contents = self.contents(&at, cell!(row.contents));
        let apart =
            |entity: &Entity| show.is_some_and(|show| self.production.show_of(*entity) != show);
        if contents.iter().any(apart) {
            let message = "it is for one show, and its package has work of another".to_owned();
            let help =
                "leave the other work to an order of its own, or write `-` as the show".to_owned();
            self.intake.wrong("R09", &at, cell!(row.contents), message, help);
        }
        let amount = self.amount(&at, cell!(row.amount), cell!(row.currency), false);
        let drawn = match row.drawn.as_deref() {
            Some(_) => self.amount(&at, cell!(row.drawn), cell!(row.currency), false),
            None => None,
        };
        let accrued = match row.accrued.as_deref() {
            Some(_) => self.amount(&at, cell!(row.accrued), cell!(row.currency), false),
            None => None,
        };
        let expected = self.intake.day(&at, cell!(row.expected));
        let cancellable_from = self.intake.day(&at, cell!(row.cancellable_from));
        let cancel_cost = match row.cancel_cost.as_deref() {
            Some(_) => self.amount(&at, cell!(row.cancel_cost), cell!(row.currency), false),
            None => None,
        };
        let (Some(account), Some((amount, currency))) = (account, amount) else { return };
        self.production.commitments.push(Commitment {
            code: code.to_owned(),
            account,
            show,
            vendor,
            contents,
            amount,
            drawn: drawn.map_or(Cents::ZERO, |(drawn, _)| drawn),
            accrued: accrued.map_or(Cents::ZERO, |(accrued, _)| accrued),
            currency,
            expected,
            cancellable_from,
            cancel_cost: cancel_cost.map_or(Cents::ZERO, |(cost, _)| cost),
            source: at.source,
        });
    }

    pub(super) fn change_order(&mut self, at: At<'_>, row: &wire::ChangeOrder<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        let said = self.find_show(&at, cell!(row.show));
        // All that is wrong with the row is told, whatever is wrong with its order.
        let found = self.changed_order(&at, row, said);
        let order = found.as_ref().copied().unwrap_or(None);
        let of_order = order.and_then(|order| self.production.commitments[order].show);
        let show = match row.show {
            Some(_) => said,
            None => of_order.or_else(|| self.show_or_own(&at, cell!(row.show))),
        };
        let first = self
            .production
            .change_orders
            .iter()
            .find(|known| known.code == code && Some(known.show) == show);
        if let Some(first) = first.map(|known| known.source) {
            self.intake.duplicate(&at, "id", code, first);
            return;
        }
        let state = self.intake.word(&at, cell!(row.state), words::CHANGES);
        let home = self.production.settings.currency;
        let currency = order.map_or(home, |order| self.production.commitments[order].currency);
        let amount = self.intake.home_money(&at, cell!(row.amount), currency, true);
        let mut tasks = Vec::new();
        for item in values::items(row.tasks.as_deref().unwrap_or_default()) {
            tasks.extend(self.find_task(&at, ("tasks", Some(item))));
        }
        let date = self.intake.day(&at, cell!(row.date));
        let days = self.intake.whole(&at, cell!(row.days), (-2_000, 2_000)).unwrap_or(0);
        if found.is_ok() && days != 0 && (order.is_none() || tasks.is_empty()) {
            let (message, help) = match order {
                None => (
                    "days are added to a vendor's time, and it is with the client",
                    "name the order, or change the due dates that the client has agreed to",
                ),
                Some(_) => ("no task is named that takes the days", "name the vendor's tasks"),
            };
            self.intake.wrong("R09", &at, cell!(row.days), message.to_owned(), help.to_owned());
        }
        let (Ok(_), Some(show)) = (found, show) else { return };
        self.production.change_orders.push(ChangeOrder {
            state: state.unwrap_or(ChangeState::Draft),
            amount: amount.unwrap_or(Cents::ZERO),
            order,
            days,
            tasks,
            date,
            source: at.source,
            ..ChangeOrder::new(code, show)
        });
    }

    /// The row of the purchase order that a change order is about; none for one with the client.
    fn changed_order(
        &mut self,
        at: &At<'_>,
        row: &wire::ChangeOrder<'_>,
        show: Option<ShowId>,
    ) -> Result<Option<usize>, Told> {
        let vendor = self.find_vendor(at, cell!(row.vendor));
        if row.vendor.is_some() && vendor.is_none() {
            return Err(Told);
        }
        if let Some(code) = row.order.as_deref() {
            let orders = &self.production.commitments;
            let found = orders.iter().position(|order| order.code == code.trim());
            let known = orders.iter().map(|order| order.code.as_str());
            let found = self.intake.refer(at, ("order", code.trim()), "order", found, known);
            let order = found.ok_or(Told)?;
            let of = self.production.commitments[order].vendor;
            if vendor.is_some() && of != vendor {
                let message = match of {
                    Some(of) => format!("it is with {}", self.production.vendors[of].code),
                    None => "it names no vendor".to_owned(),
                };
                let help = "name the vendor of the order, or none".to_owned();
                self.intake.wrong("R09", at, cell!(row.order), message, help);
                return Err(Told);
            }
            return Ok(Some(order));
        }
        let Some(vendor) = vendor else { return Ok(None) };
        let orders = self.production.commitments.iter().enumerate().filter(|(_, order)| {
            order.vendor == Some(vendor) && (show.is_none() || order.show == show)
        });
        let orders: Vec<usize> = orders.map(|(place, _)| place).collect();
        if let [only] = orders[..] {
            return Ok(Some(only));
        }
        let code = &self.production.vendors[vendor].code;
        let message = match orders.len() {
            0 => format!("{code} has no order that it could change"),
            some => format!("{code} has {some} orders"),
        };
        let help = "fill in the order (`id` in commitments) that it changes".to_owned();
        self.intake.wrong("R07", at, cell!(row.order), message, help);
        Err(Told)
    }
}
