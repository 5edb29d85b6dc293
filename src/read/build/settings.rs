//! Settings of a production.

use super::{At, Builder, DocumentFile};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values::{self, Unit};
use crate::read::wire;
use crate::read::words;

impl Builder<'_> {
    /// Settings: those of the top folder count; what it does not say may stand in a show's folder.
    pub(super) fn settings(&mut self, documents: &[DocumentFile]) {
        let mut said: Vec<(&'static str, String)> = Vec::new();
        let mut sorted: Vec<&DocumentFile> = documents.iter().collect();
        sorted.sort_by_key(|document| (document.scope, document.file));
        for document in sorted {
            let settings = &document.placed.document.settings;
            let offset = document.placed.rows.get("settings").and_then(|rows| rows.first());
            let offset = offset.copied().unwrap_or(0);
            let text = self.intake.texts[document.file.index()].1;
            let (line, _) = crate::read::intake::line_and_column(text, offset);
            let source = Source { file: Some(document.file), line };
            let at = At { source, offset, kind: "settings", code: None };
            self.unknown_fields(&at, &settings.unknown, &<wire::Settings<'_> as wire::Row>::ABOUT);
            self.some_settings(&at, settings, &mut said, document.scope);
        }
        for (field, name) in [
            ("currency", "settings.currency"),
            ("as_of", "settings.as_of"),
            ("horizon_end", "settings.horizon_end"),
            ("productive", "settings.productive"),
            ("default_day_rate", "settings.default_day_rate"),
        ] {
            let given = field == "as_of" && self.as_of_given.is_some();
            if !given && !said.iter().any(|(said, _)| *said == field) {
                self.intake.assume(name);
            }
        }
    }

    fn some_settings(
        &mut self,
        at: &At<'_>,
        row: &wire::Settings<'_>,
        said: &mut Vec<(&'static str, String)>,
        scope: usize,
    ) {
        // Whether this is the first file to say it; a later one has to say the same.
        let mut first = |builder: &mut Self, cell: Cell<'_>| {
            let Some(text) = cell.1 else { return false };
            if let Some((_, before)) = said.iter().find(|(field, _)| *field == cell.0) {
                if before != text && cell.0 == "currency" {
                    builder.intake.wrong(
                        "R16",
                        at,
                        cell,
                        format!("the currency was {before} in an earlier file"),
                        "shows that are planned together share one currency".to_owned(),
                    );
                }
                return false;
            }
            said.push((cell.0, text.to_owned()));
            true
        };
        if (scope == 0 || self.scopes.len() == 1) && first(self, cell!(row.name)) {
            self.production.settings.name = row.name.as_deref().unwrap_or_default().to_owned();
        }
        if first(self, cell!(row.currency))
            && let Some(currency) = self.intake.currency(at, cell!(row.currency))
        {
            self.production.settings.currency = currency;
        }
        if first(self, cell!(row.as_of))
            && let Some(date) = self.intake.day(at, cell!(row.as_of))
            && self.as_of_given.is_none()
        {
            self.as_of_given = Some(date);
            self.as_of_at = Some((at.source, at.offset));
        }
        if first(self, cell!(row.horizon_end))
            && let Some(date) = self.intake.day(at, cell!(row.horizon_end))
        {
            self.horizon_given = Some((date, at.source, at.offset));
        }
        if first(self, cell!(row.slots_per_day))
            && let Some(slots) = self.intake.whole(at, cell!(row.slots_per_day), (1, 48))
        {
            self.production.settings.slots_per_day = slots as u32;
        }
        if first(self, cell!(row.productive))
            && let Some(share) = self.intake.share(at, cell!(row.productive), 20_000)
        {
            if share < 10 {
                let help = "write a share such as `85%`".to_owned();
                let message = "work would never end at this share".to_owned();
                self.intake.wrong("V04", at, cell!(row.productive), message, help);
            } else {
                self.production.settings.productive = share / 10;
            }
        }
        if first(self, cell!(row.long_hours)) {
            self.long_hours(at, cell!(row.long_hours));
        }
        if first(self, cell!(row.heavy_weeks)) {
            self.heavy_weeks(at, cell!(row.heavy_weeks));
        }
        if first(self, cell!(row.mode))
            && let Some(mode) = self.intake.word(at, cell!(row.mode), words::MODES)
        {
            self.production.settings.mode = mode;
        }
        if first(self, cell!(row.weights))
            && let Some(weights) = self.intake.weights(at, cell!(row.weights))
        {
            self.production.settings.weights = weights;
        }
        if first(self, cell!(row.charge_basis))
            && let Some(basis) = self.intake.word(at, cell!(row.charge_basis), words::CHARGE_BASES)
        {
            self.production.settings.charge_basis = basis;
        }
        if first(self, cell!(row.accruals))
            && let Some(merged) = self.intake.word(at, cell!(row.accruals), words::ACCRUALS)
        {
            self.production.settings.accruals_in_commitments = merged;
        }
        if first(self, cell!(row.idle_to))
            && let Some(to) = self.intake.word(at, cell!(row.idle_to), words::IDLE_TO)
        {
            self.production.settings.idle_to = to;
        }
        if first(self, cell!(row.seed))
            && let Some(seed) = self.intake.whole(at, cell!(row.seed), (0, 999_999_999_999_999))
        {
            self.production.settings.seed = seed as u64;
        }
        if first(self, cell!(row.default_day_rate)) {
            self.default_rates(at, cell!(row.default_day_rate));
        }
        if first(self, cell!(row.pay_cycle))
            && let Some(cycle) = self.intake.word(at, cell!(row.pay_cycle), words::PAY_CYCLES)
        {
            self.production.settings.cash.pay_cycle = cycle;
        }
        for (cell, field) in
            [(cell!(row.pay_lag), 0), (cell!(row.fringe_lag), 1), (cell!(row.vendor_terms), 2)]
        {
            if first(self, cell)
                && let Some(days) = self.intake.whole(at, cell, (0, 3_650))
            {
                let cash = &mut self.production.settings.cash;
                let place = match field {
                    0 => &mut cash.pay_lag_days,
                    1 => &mut cash.fringe_lag_days,
                    _ => &mut cash.vendor_terms_days,
                };
                *place = days as u32;
            }
        }
        if first(self, cell!(row.opening_cash)) {
            let home = self.production.settings.currency;
            if let Some(cash) = self.intake.home_money(at, cell!(row.opening_cash), home, true) {
                self.production.settings.cash.opening = cash;
            }
        }
        let slots = self.production.settings.slots_per_day;
        self.default_review = slots.div_ceil(2);
        if first(self, cell!(row.review))
            && let Some(review) = self.intake.slots(at, cell!(row.review), 480, slots, false)
        {
            self.default_review = review.unsigned_abs();
        }
        if first(self, cell!(row.min_chunk))
            && let Some(chunk) = self.intake.minutes(at, cell!(row.min_chunk), 480, Unit::Days)
        {
            self.default_min_chunk = chunk.max(1);
        }
        for (cell, kind) in [(cell!(row.setup_sequence), 0), (cell!(row.setup_show), 1)] {
            if first(self, cell)
                && let Some(minutes) = self.intake.minutes(at, cell, 480, Unit::Days)
            {
                self.default_setup[kind] = minutes;
            }
        }
    }

    fn default_rates(&mut self, at: &At<'_>, cell: Cell<'_>) {
        let home = self.production.settings.currency;
        let items: Vec<&str> = values::items(cell.1.unwrap_or_default()).collect();
        let mut rates = Vec::new();
        for item in &items {
            match self.intake.home_money(at, (cell.0, Some(item)), home, false) {
                Some(rate) => rates.push(rate),
                None => return,
            }
        }
        match rates.as_slice() {
            [one] => self.production.settings.default_day_rate = [*one; 4],
            &[junior, mid, senior, lead] => {
                self.production.settings.default_day_rate = [junior, mid, senior, lead];
            }
            _ => self.intake.wrong(
                "R09",
                at,
                cell,
                format!("one rate, or four (junior; mid; senior; lead), not {}", items.len()),
                "write `240; 340; 470; 560`".to_owned(),
            ),
        }
    }
}
