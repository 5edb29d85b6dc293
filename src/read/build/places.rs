//! Settings, calendars, sites and holidays.

use super::{At, Builder, DocumentFile};
use crate::model::*;
use crate::read::holidays;
use crate::read::intake::{Cell, cell};
use crate::read::values::{self, Unit};
use crate::read::wire;
use crate::read::words;
use jiff::civil::Date;

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

    /// The default calendar and site go when files bring their own.
    pub(super) fn start_places(&mut self) {
        let home = self.production.settings.currency;
        if self.is_given("calendars") {
            self.production.calendars = Keyed::new();
        }
        for (id, calendar) in self.production.calendars.enumerate() {
            self.calendars.insert(calendar.code.clone(), id);
        }
        if self.is_given("sites") {
            self.production.sites = Keyed::new();
        } else {
            for site in self.production.sites.iter_mut() {
                site.currency = home;
            }
        }
        for (id, site) in self.production.sites.enumerate() {
            self.sites.insert(site.code.clone(), id);
        }
        if self.is_given("accounts") {
            self.production.accounts = Keyed::new();
        }
        for (id, account) in self.production.accounts.enumerate() {
            self.accounts.insert(account.code.clone(), id);
        }
    }

    /// Whether a table is given in any folder.
    pub(super) fn is_given(&self, table: &str) -> bool {
        self.scopes.iter().any(|scope| scope.given.contains(&table))
    }

    /// The first calendar; there is always one.
    pub(super) fn first_calendar(&mut self) -> CalendarId {
        if self.production.calendars.is_empty() {
            let id = self.production.calendars.push(Calendar::monday_to_friday("standard"));
            self.calendars.insert("standard".to_owned(), id);
        }
        CalendarId::new(0)
    }

    pub(super) fn find_calendar(&mut self, at: &At<'_>, cell: Cell<'_>) -> CalendarId {
        let default = self.first_calendar();
        let Some(text) = cell.1 else { return default };
        let found = self.calendars.get(text).copied();
        let known = self.calendars.keys().map(String::as_str);
        self.intake.refer(at, (cell.0, text), "calendar", found, known).unwrap_or(default)
    }

    pub(super) fn calendar(&mut self, at: At<'_>, row: &wire::Calendar<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.calendars.get(code) {
            self.repeated(&at, code, self.production.calendars[first].source);
            return;
        }
        let mut calendar = Calendar { source: at.source, ..Calendar::monday_to_friday(code) };
        if let Some(text) = row.workdays.as_deref() {
            match workdays(text) {
                Some(days) if days.contains(&true) => calendar.workdays = days,
                _ => self.intake.wrong(
                    "R10",
                    &at,
                    cell!(row.workdays),
                    "the days of the week were not understood".to_owned(),
                    "write `Mon-Fri`, or `Mon; Tue; Thu`".to_owned(),
                ),
            }
        }
        for (cell, is_worked) in [(cell!(row.off), false), (cell!(row.worked), true)] {
            for date in self.dates(&at, cell) {
                calendar.exceptions.push((date, is_worked));
            }
        }
        let id = self.production.calendars.push(calendar);
        self.calendars.insert(code.to_owned(), id);
    }

    /// Days and ranges of days (`2027-12-27..2027-12-31`).
    fn dates(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<Date> {
        let mut dates = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            let (from, to) = item.split_once("..").unwrap_or((item, item));
            let from = self.intake.day(at, (cell.0, Some(from)));
            let to = self.intake.day(at, (cell.0, Some(to)));
            let (Some(from), Some(to)) = (from, to) else { continue };
            if !self.intake.in_order(at, (cell.0, Some(from)), (cell.0, Some(to))) {
                continue;
            }
            dates.extend(from.series(jiff::Span::new().days(1)).take_while(|d| *d <= to).take(800));
        }
        dates
    }

    pub(super) fn site(&mut self, at: At<'_>, row: &wire::Site<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.sites.get(code) {
            self.repeated(&at, code, self.production.sites[first].source);
            return;
        }
        let time_zone = row.time_zone.as_deref().unwrap_or("UTC").to_owned();
        if jiff::tz::TimeZone::get(&time_zone).is_err() {
            let help = "write a name of the IANA database such as `Europe/London`".to_owned();
            let message = format!("the time zone `{time_zone}` is not known");
            self.intake.wrong("R10", &at, cell!(row.time_zone), message, help);
        }
        let offset = self.intake.whole(&at, cell!(row.utc_offset), (-960, 960));
        let hours = self.intake.minutes(&at, cell!(row.hours_per_day), 480, Unit::Hours);
        let mut day_minutes = hours.unwrap_or(480);
        if !(60..=1_440).contains(&day_minutes) {
            let help = "write the hours of a working day, from 1 to 24".to_owned();
            let message = "no working day is that long or that short".to_owned();
            self.intake.wrong("V04", &at, cell!(row.hours_per_day), message, help);
            day_minutes = 480;
        }
        let calendar = self.find_calendar(&at, cell!(row.calendar));
        let mut holidays = self.dates(&at, cell!(row.holidays));
        for name in values::items(row.public_holidays.as_deref().unwrap_or_default()) {
            match holidays::named(name) {
                Some(list) => holidays.extend(list),
                None => {
                    let known = holidays::NAMES.map(|(name, _)| name).join(", ");
                    let message = format!("the public holidays `{name}` are not known");
                    let help = format!("known: {known}; or list the days in holidays.csv");
                    self.intake.wrong("R10", &at, cell!(row.public_holidays), message, help);
                }
            }
        }
        holidays.sort_unstable();
        holidays.dedup();
        let currency = self.intake.currency(&at, cell!(row.currency));
        let overtime = self
            .overtime(
                &at,
                &OvertimePolicy::default(),
                [
                    cell!(row.overtime_daily),
                    cell!(row.overtime_weekly),
                    cell!(row.overtime_average_weeks),
                    cell!(row.overtime_cap_day),
                    cell!(row.overtime_cap_week),
                    cell!(row.overtime_cap_opted_out),
                    cell!(row.overtime_exempt),
                    cell!(row.overtime_days_off),
                    cell!(row.overtime_cap_day_off),
                    cell!(row.overtime_days_a_week),
                    cell!(row.overtime_sixth_day),
                    cell!(row.overtime_seventh_day),
                    cell!(row.overtime_holiday),
                ],
            )
            .unwrap_or_default();
        let id = self.production.sites.push(Site {
            code: code.to_owned(),
            time_zone,
            utc_offset_minutes: offset.unwrap_or(0) as i32,
            day_minutes,
            calendar,
            holidays,
            currency: currency.unwrap_or(self.production.settings.currency),
            overtime,
            source: at.source,
        });
        if offset.is_some() {
            self.offsets_given.push(id);
        }
        self.sites.insert(code.to_owned(), id);
    }

    /// An overtime policy that differs from `base` where cells are filled; `None` if none is.
    pub(super) fn overtime(
        &mut self,
        at: &At<'_>,
        base: &OvertimePolicy,
        cells: [Cell<'_>; 13],
    ) -> Option<OvertimePolicy> {
        if cells.iter().all(|cell| cell.1.is_none()) {
            return None;
        }
        let [
            daily,
            weekly,
            average,
            cap_day,
            cap_week,
            cap_opted_out,
            exempt,
            days_off,
            cap_day_off,
            days,
            rest @ ..,
        ] = cells;
        let mut policy = base.clone();
        if let Some(text) = daily.1 {
            policy.daily = values::items(text)
                .filter(|item| !item.eq_ignore_ascii_case("none"))
                .filter_map(|item| self.tier(at, (daily.0, Some(item))))
                .collect();
            policy.daily.sort_unstable();
        }
        if let Some(text) = weekly.1 {
            policy.weekly = if text.eq_ignore_ascii_case("none") {
                None
            } else {
                self.tier(at, weekly).or(policy.weekly)
            };
        }
        policy.average_weeks =
            self.intake.whole(at, average, (1, 52)).unwrap_or(policy.average_weeks);
        if let Some(minutes) = self.intake.minutes(at, cap_day, 480, Unit::Hours) {
            policy.cap_day_minutes = minutes.min(1_440);
        }
        if let Some(minutes) = self.intake.minutes(at, cap_week, 480, Unit::Hours) {
            policy.cap_week_minutes = minutes.min(10_080);
        }
        if let Some(minutes) = self.intake.minutes(at, cap_opted_out, 480, Unit::Hours) {
            policy.cap_opted_out_minutes = minutes.min(10_080);
        }
        policy.exempt = self.intake.word(at, exempt, words::YES_NO).unwrap_or(policy.exempt);
        policy.days_off =
            self.intake.word(at, days_off, words::DAYS_OFF).unwrap_or(policy.days_off);
        if let Some(minutes) = self.intake.minutes(at, cap_day_off, 480, Unit::Hours) {
            policy.cap_day_off_minutes = minutes.min(1_440);
        }
        policy.days_a_week = self.intake.whole(at, days, (1, 7)).unwrap_or(policy.days_a_week);
        let [sixth, seventh, holiday] = rest;
        for (cell, multiple) in [
            (sixth, &mut policy.sixth_day),
            (seventh, &mut policy.seventh_day),
            (holiday, &mut policy.holiday),
        ] {
            *multiple = self.intake.level(at, cell, 1_000).map_or(*multiple, |to| to * 10);
        }
        Some(policy)
    }

    /// `48h 100%; 55h 60%`: what the hours of a week are worth.
    fn long_hours(&mut self, at: &At<'_>, cell: Cell<'_>) {
        let mut steps: Vec<(i64, i64)> = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            let Some((to, worth)) = item.trim().rsplit_once([' ', ':']) else {
                let message = format!("`{item}` is not a number of hours and a share");
                self.intake.wrong("R09", at, cell, message, "write `48h 100%; 55h 60%`".to_owned());
                return;
            };
            let to = self.intake.minutes(at, (cell.0, Some(to)), 480, Unit::Hours);
            let worth = self.intake.share(at, (cell.0, Some(worth)), 10_000);
            let (Some(to), Some(worth)) = (to, worth) else { return };
            if steps.last().is_some_and(|last| last.0 >= to || last.1 < worth) || to > 10_080 {
                let message =
                    format!("`{item}` is not after the hours before it, or is worth more");
                let help = "write longer weeks later, each hour worth no more than those before it";
                self.intake.wrong("V04", at, cell, message, help.to_owned());
                return;
            }
            steps.push((to, worth));
        }
        if !steps.is_empty() {
            self.production.settings.productivity.steps = steps;
        }
    }

    /// `50h; 3; 95%; 92%`: from when on a week is heavy, how many in a row are borne, and what later ones are
    /// worth.
    fn heavy_weeks(&mut self, at: &At<'_>, cell: Cell<'_>) {
        let mut items = values::items(cell.1.unwrap_or_default());
        let Some(hours) = items.next() else { return };
        let heavy = self.intake.minutes(at, (cell.0, Some(hours)), 480, Unit::Hours);
        let weeks = self.intake.whole(at, (cell.0, items.next()), (0, 1_000));
        let worth: Option<Vec<i64>> =
            items.map(|item| self.intake.share(at, (cell.0, Some(item)), 10_000)).collect();
        let (Some(heavy), Some(worth)) = (heavy, worth) else { return };
        let curve = &mut self.production.settings.productivity;
        curve.heavy = heavy.min(10_080);
        curve.patience = weeks.map_or(curve.patience, |weeks| weeks as usize);
        curve.fatigue = worth;
    }

    /// `8h 1.5`: beyond eight hours, pay one and a half times.
    fn tier(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<(i64, i64)> {
        let text = cell.1.unwrap_or_default().trim();
        let Some((beyond, times)) = text.rsplit_once([' ', ':']) else {
            let message = format!("`{text}` is not a length of time and a multiple");
            self.intake.wrong("R09", at, cell, message, "write `8h 1.5`".to_owned());
            return None;
        };
        let minutes = self.intake.minutes(at, (cell.0, Some(beyond)), 480, Unit::Hours)?;
        let times = self.intake.level(at, (cell.0, Some(times)), 0)?;
        Some((minutes, times * 10))
    }

    pub(super) fn holiday(&mut self, at: At<'_>, row: &wire::Holiday<'_>) {
        if self.intake.needed(&at, cell!(row.date)).is_none() {
            return;
        }
        let Some(date) = self.intake.day(&at, cell!(row.date)) else { return };
        self.first_site();
        let site = match row.site.as_deref() {
            None => None,
            Some(_) => match self.find_site(&at, cell!(row.site)) {
                Some(site) => Some(site),
                None => return,
            },
        };
        for id in self.production.sites.ids() {
            if site.is_none_or(|site| site == id) {
                let holidays = &mut self.production.sites[id].holidays;
                if let Err(place) = holidays.binary_search(&date) {
                    holidays.insert(place, date);
                }
            }
        }
    }

    /// The first site; there is always one.
    pub(super) fn first_site(&mut self) -> SiteId {
        if self.production.sites.is_empty() {
            let calendar = self.first_calendar();
            let default = Production::new("", super::finish::NO_DATE, super::finish::NO_DATE);
            for site in &default.sites {
                let currency = self.production.settings.currency;
                let id = self.production.sites.push(Site { calendar, currency, ..site.clone() });
                self.sites.insert(site.code.clone(), id);
            }
        }
        SiteId::new(0)
    }

    pub(super) fn find_site(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<SiteId> {
        let text = cell.1?;
        let found = self.sites.get(text).copied().or_else(|| {
            let mut sites = self.production.sites.enumerate();
            sites.find(|(_, site)| site.code.eq_ignore_ascii_case(text)).map(|(id, _)| id)
        });
        let known = self.sites.keys().map(String::as_str);
        self.intake.refer(at, (cell.0, text), "site", found, known)
    }

    /// V03, unless another folder of the studio says the same thing again.
    pub(super) fn repeated(&mut self, at: &At<'_>, code: &str, first: Source) {
        let folder = |source: Source| {
            let name = source.file.and_then(|id| self.intake.files.get(id)).map(|file| &file.name);
            name.map(|name| name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned())
        };
        if self.scopes.len() > 1 && folder(at.source) != folder(first) {
            return;
        }
        self.intake.duplicate(at, "id", code, first);
    }
}

/// `Mon-Fri`, `Sun-Thu`, or a list of days.
fn workdays(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for item in values::items(text) {
        let (from, to) = item.split_once(['-', '–']).unwrap_or((item, item));
        let (mut day, to) = (values::weekday(from.trim())?, values::weekday(to.trim())?);
        days[day] = true;
        while day != to {
            day = (day + 1) % 7;
            days[day] = true;
        }
    }
    Some(days)
}
