//! Exchange rates, accounts, vendors, budget, draws, payments, incentives.

use super::{At, Builder};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values;
use crate::read::wire;
use crate::read::words;

impl Builder<'_> {
    pub(super) fn fx(&mut self, at: At<'_>, row: &wire::Fx<'_>) {
        let currency = self.intake.needed(&at, cell!(row.currency)).is_some();
        let rate = self.intake.needed(&at, cell!(row.rate)).is_some();
        if !currency || !rate {
            return;
        }
        let currency = self.intake.currency(&at, cell!(row.currency));
        let from = self.intake.day(&at, cell!(row.from));
        // Six decimals are kept: a rate is a money amount of a currency with six.
        let text = row.rate.as_deref().unwrap_or_default();
        let rate = match values::decimal(text, true) {
            Ok(rate) if rate.in_units(1_000_000) > 0 && !rate.is_above(1_000_000_000) => {
                Some(rate.in_units(1_000_000))
            }
            Ok(_) => {
                let message = format!("`{text}` is no rate: it has to be above 0");
                let help = "write what one unit is worth, such as `0.58`".to_owned();
                self.intake.wrong("V04", &at, cell!(row.rate), message, help);
                None
            }
            Err(trouble) => {
                let code =
                    if matches!(trouble, values::Trouble::Absurd(_)) { "V04" } else { "R09" };
                let message = format!("`{}` is not a rate", crate::read::intake::clipped(text));
                self.intake.wrong(code, &at, cell!(row.rate), message, "write `0.58`".to_owned());
                None
            }
        };
        if let (Some(currency), Some(millionths)) = (currency, rate) {
            let kind = self.intake.word(&at, cell!(row.kind), words::RATES).unwrap_or(false);
            let known = self.production.budget_rates.iter().any(|rate| rate.currency == currency);
            let same = |rate: &FxRate| rate.currency == currency && rate.from == from;
            match kind {
                false if self.production.fx.iter().any(same) => {
                    let message = match from {
                        Some(from) => format!("{currency} has a rate from {from} already"),
                        None => format!("{currency} has a rate from the beginning already"),
                    };
                    let help = "take one out, or say from when each holds".to_owned();
                    self.intake.wrong("V03", &at, cell!(row.rate), message, help);
                }
                true if known => {
                    let message = format!("the budget has a rate for {currency} already");
                    let help = "a budget has one rate for a currency: take one out".to_owned();
                    self.intake.wrong("V03", &at, cell!(row.kind), message, help);
                }
                true => self.production.budget_rates.push(FxRate { currency, millionths, from }),
                false => self.production.fx.push(FxRate { currency, millionths, from }),
            }
        }
    }

    pub(super) fn account(&mut self, at: At<'_>, row: &wire::Account<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.accounts.get(code) {
            self.repeated(&at, code, self.production.accounts[first].source);
            return;
        }
        let kind = self.intake.word(&at, cell!(row.kind), words::ACCOUNTS);
        let id = self.production.accounts.push(Account {
            code: code.to_owned(),
            name: row.name.as_deref().unwrap_or(code).to_owned(),
            kind: kind.unwrap_or(AccountKind::Other),
            source: at.source,
        });
        self.accounts.insert(code.to_owned(), id);
    }

    pub(super) fn find_account(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<AccountId> {
        let text = cell.1?.trim();
        let found = self.accounts.get(text).copied();
        let known = self.production.accounts.iter().map(|account| account.code.as_str());
        self.intake.refer(at, (cell.0, text), "account", found, known)
    }

    pub(super) fn vendor(&mut self, at: At<'_>, row: &wire::Vendor<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.vendors.get(code) {
            self.repeated(&at, code, self.production.vendors[first].source);
            return;
        }
        let mut departments = Vec::new();
        for item in values::items(row.departments.as_deref().unwrap_or_default()) {
            departments.extend(self.named_department(&at, ("departments", Some(item))));
        }
        let whole = self.intake.word(&at, cell!(row.takes), words::PACKAGES);
        let cleared_from = self.intake.day(&at, cell!(row.cleared_from));
        let capacity = self.intake.whole(&at, cell!(row.capacity_days_per_week), (0, 1_000_000));
        let lead_days = self.lead_days(&at, cell!(row.lead_days));
        let said = self.intake.currency(&at, cell!(row.currency));
        let home = said.unwrap_or(self.production.settings.currency);
        let price = self.intake.money(&at, cell!(row.day_price), home, false);
        let minimum = self.intake.money(&at, cell!(row.minimum_order), home, false);
        let supervision = self.intake.share(&at, cell!(row.supervision), 100_000);
        let late = self.intake.share(&at, cell!(row.late_probability), 10_000);
        let payments = self.payment_steps(&at, cell!(row.payments));
        let terms = self.intake.whole(&at, cell!(row.terms_days), (0, 3_650));
        let terms_days = terms.map(|days| days as u32);
        if price.is_none() {
            self.intake.assume("vendor.day_price");
        }
        let (day_price, currency) = match price {
            Some((price, written)) => (price, written.unwrap_or(home)),
            None => (
                self.production.settings.default_day_rate[Seniority::Mid as usize],
                self.production.settings.currency,
            ),
        };
        let id = self.production.vendors.push(Vendor {
            code: code.to_owned(),
            name: row.name.as_deref().unwrap_or(code).to_owned(),
            place: row.place.as_deref().unwrap_or_default().to_owned(),
            departments,
            whole_sequences: whole.unwrap_or(false),
            cleared_from,
            capacity_days_per_week: capacity,
            lead_days,
            day_price,
            minimum_order: minimum.map_or(Cents::ZERO, |(amount, _)| amount),
            supervision: supervision.unwrap_or(1_000),
            late_probability: late.unwrap_or(1_000),
            payments,
            terms_days,
            currency,
            source: at.source,
        });
        self.vendors.insert(code.to_owned(), id);
    }

    fn lead_days(&mut self, at: &At<'_>, cell: Cell<'_>) -> [u32; 4] {
        const USUAL: [u32; 4] = [3, 5, 10, 15];
        let Some(text) = cell.1 else { return USUAL };
        let mut days = Vec::new();
        for item in values::items(text) {
            match self.intake.whole(at, (cell.0, Some(item)), (0, 2_000)) {
                Some(number) => days.push(number as u32),
                None => return USUAL,
            }
        }
        match days.as_slice() {
            [all] => [*all; 4],
            &[a, b, c, d] => [a, b, c, d],
            _ => {
                let message =
                    format!("one number of days, or four (A; B; C; D), not {}", days.len());
                self.intake.wrong("R09", at, cell, message, "write `3; 5; 10; 15`".to_owned());
                USUAL
            }
        }
    }

    /// `25% order; 50% delivery; 25% acceptance`.
    fn payment_steps(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<(i64, String)> {
        let Some(text) = cell.1 else {
            return [(2_500, "order"), (5_000, "delivery"), (2_500, "acceptance")]
                .map(|(share, what)| (share, what.to_owned()))
                .to_vec();
        };
        let mut steps = Vec::new();
        for item in values::items(text).filter(|item| !item.eq_ignore_ascii_case("none")) {
            let (share, what) = item.split_once(' ').unwrap_or((item, ""));
            if step_lag(what).is_none() {
                let message = format!("`{}` waits for no time that is known", what.trim());
                let help = "write `5% retention +60d`".to_owned();
                self.intake.wrong("R09", at, cell, message, help);
            }
            if let Some(share) = self.intake.share(at, (cell.0, Some(share)), 10_000) {
                steps.push((share, what.trim().to_owned()));
            }
        }
        steps
    }

    pub(super) fn find_vendor(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<VendorId> {
        let text = cell.1?.trim();
        let found = self.vendors.get(text).copied().or_else(|| {
            let mut vendors = self.production.vendors.enumerate();
            vendors.find(|(_, vendor)| vendor.name == text).map(|(id, _)| id)
        });
        let known = self.vendors.keys().map(String::as_str);
        self.intake.refer(at, (cell.0, text), "vendor", found, known)
    }

    pub(super) fn budget(&mut self, at: At<'_>, row: &wire::Budget<'_>) {
        if self.intake.needed(&at, cell!(row.account)).is_none()
            || self.intake.needed(&at, cell!(row.original)).is_none()
        {
            return;
        }
        let at = At { code: row.account.as_deref(), ..at };
        let account = self.find_account(&at, cell!(row.account));
        let show = self.find_show(&at, cell!(row.show));
        let department = self.named_department(&at, cell!(row.department));
        let home = self.production.settings.currency;
        let original = self.intake.home_money(&at, cell!(row.original), home, true);
        let changes = self.intake.home_money(&at, cell!(row.approved_changes), home, true);
        let last_period = self.intake.home_money(&at, cell!(row.last_period), home, true);
        let (Some(account), Some(original)) = (account, original) else { return };
        let version = row.version.as_deref().unwrap_or_default().trim();
        if !version.is_empty() && !version.eq_ignore_ascii_case("working") {
            self.production.versions.push(VersionLine {
                version: version.to_owned(),
                account,
                show,
                department,
                amount: original + changes.unwrap_or(Cents::ZERO),
                source: at.source,
            });
            return;
        }
        self.production.budget.push(BudgetLine {
            account,
            show,
            department,
            original,
            approved_changes: changes.unwrap_or(Cents::ZERO),
            last_period,
            source: at.source,
        });
    }

    pub(super) fn draw(&mut self, at: At<'_>, row: &wire::Draw<'_>) {
        let mut there = true;
        for cell in [cell!(row.date), cell!(row.account), cell!(row.amount), cell!(row.reason)] {
            there &= self.intake.needed(&at, cell).is_some();
        }
        if !there {
            return;
        }
        let at = At { code: row.account.as_deref(), ..at };
        let date = self.intake.day(&at, cell!(row.date));
        let account = self.find_account(&at, cell!(row.account));
        let home = self.production.settings.currency;
        let amount = self.intake.home_money(&at, cell!(row.amount), home, true);
        let show = self.find_show(&at, cell!(row.show));
        let department = self.named_department(&at, cell!(row.department));
        let from = match row.from {
            Some(_) => self.find_account(&at, cell!(row.from)),
            None => {
                let mut accounts = self.production.accounts.enumerate();
                let first = accounts.find(|(_, row)| row.kind == AccountKind::Contingency);
                if first.is_none() {
                    let message = "there is no account of the kind `contingency`".to_owned();
                    let help = "name the account it is taken from".to_owned();
                    self.intake.wrong("R07", &at, cell!(row.from), message, help);
                }
                first.map(|(id, _)| id)
            }
        };
        let (Some(date), Some(account), Some(amount), Some(from)) = (date, account, amount, from)
        else {
            return;
        };
        let reason = row.reason.as_deref().unwrap_or_default().to_owned();
        let source = at.source;
        let to = Draw { date, from, account, show, department, amount, reason, source };
        self.production.draws.push(to);
    }

    pub(super) fn baseline(&mut self, at: At<'_>, row: &wire::Baseline<'_>) {
        // A plan has rows of overtime without a task, and of tasks without a place.
        let (Some(_), Some(_), Some(_)) = (&row.task, &row.start, &row.end) else { return };
        let at = At { code: row.task.as_deref(), ..at };
        let task = self.find_task(&at, cell!(row.task));
        let start = self.intake.day(&at, cell!(row.start));
        let end = self.intake.day(&at, cell!(row.end));
        let (Some(task), Some(start), Some(end)) = (task, start, end) else { return };
        if end < start {
            let message = format!("it ends on {end}, before it starts on {start}");
            let help = "swap the two, or put in the dates of the plan".to_owned();
            self.intake.wrong("V05", &at, cell!(row.end), message, help);
            return;
        }
        let known = self.production.baseline.entry(task).or_insert((start, end));
        *known = (known.0.min(start), known.1.max(end));
    }

    pub(super) fn payment(&mut self, at: At<'_>, row: &wire::Payment<'_>) {
        if self.intake.needed(&at, cell!(row.share)).is_none() {
            return;
        }
        let show = self.show_or_own(&at, cell!(row.show));
        let share = self.intake.share(&at, cell!(row.share), 10_000);
        let date = self.intake.day(&at, cell!(row.date));
        let terms = self.intake.whole(&at, cell!(row.terms_days), (0, 3_650));
        let (Some(show), Some(share)) = (show, share) else { return };
        self.production.payments.push(PaymentStep {
            show,
            share,
            tied_to: row.tied_to.as_deref().unwrap_or_default().to_owned(),
            date,
            terms_days: terms.unwrap_or(30) as u32,
            source: at.source,
        });
    }

    pub(super) fn incentive(&mut self, at: At<'_>, row: &wire::Incentive<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        let rate = self.intake.share(&at, cell!(row.rate), 10_000);
        let valid_from = self.intake.day(&at, cell!(row.valid_from));
        let valid_to = self.intake.day(&at, cell!(row.valid_to));
        self.intake.in_order(&at, ("valid_from", valid_from), ("valid_to", valid_to));
        let home = self.production.settings.currency;
        let kind = self.intake.word(&at, cell!(row.kind), words::INCENTIVE_KINDS);
        let tiers = self.incentive_tiers(&at, cell!(row.tiers));
        let mut share =
            |cell: Cell<'_>, default: i64| self.intake.share(&at, cell, 10_000).unwrap_or(default);
        let eligible = share(cell!(row.eligible), 10_000);
        let cap_share = share(cell!(row.cap_share), 10_000);
        let tax = share(cell!(row.tax), 0);
        let studio_share = share(cell!(row.studio_share), 10_000);
        let certainty = share(cell!(row.certainty), 10_000);
        let cap = self.intake.home_money(&at, cell!(row.cap), home, false);
        let minimum = self.intake.home_money(&at, cell!(row.minimum), home, false);
        let lag = self.intake.whole(&at, cell!(row.lag_months), (0, 120));
        let net_of = values::items(row.net_of.as_deref().unwrap_or_default());
        let net_of: Vec<String> = net_of.map(str::to_owned).collect();
        for other in &net_of {
            // Only rules above it: so no rule can come before itself.
            let known = self.production.incentives.iter().map(|rule| rule.code.as_str());
            let found = known.clone().position(|code| code == other);
            self.intake.refer(&at, ("net_of", other), "incentive above it", found, known);
        }
        self.production.incentives.push(IncentiveRule {
            kind: kind.unwrap_or_default(),
            tiers,
            eligible,
            cap_share,
            cap,
            minimum: minimum.unwrap_or(Cents::ZERO),
            net_of,
            tax,
            studio_share,
            lag_months: lag.unwrap_or(12) as u32,
            certainty,
            valid_from,
            valid_to,
            source: at.source,
            ..IncentiveRule::new(code, row.place.as_deref().unwrap_or_default(), rate.unwrap_or(0))
        });
    }

    /// `2000000 40%; 5000000 45%`.
    fn incentive_tiers(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<(Cents, i64)> {
        let home = self.production.settings.currency;
        let mut tiers = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            let Some((from, rate)) = item.rsplit_once(' ') else {
                let message = format!("`{item}` is no amount and rate");
                self.intake.wrong("R09", at, cell, message, "write `2000000 40%`".to_owned());
                continue;
            };
            let from = self.intake.home_money(at, (cell.0, Some(from.trim())), home, false);
            let rate = self.intake.share(at, (cell.0, Some(rate)), 10_000);
            tiers.extend(from.zip(rate));
        }
        tiers.sort_unstable();
        tiers
    }
}
