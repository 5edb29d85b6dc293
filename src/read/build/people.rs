//! Departments, people, skills, contracts, leave, bookings, planned hires.

use super::terms::Who;
use super::{At, Builder};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values::{self, Unit};
use crate::read::wire;
use crate::read::words;
use jiff::civil::{Date, date};
use std::collections::HashSet;

/// Start of contracts that name none: before every show.
pub(super) const LONG_AGO: Date = date(2000, 1, 1);

/// A department that a row names which does not make it one of the show.
pub(super) struct NamedDepartment {
    department: DepartmentId,
    source: Source,
    offset: usize,
    kind: &'static str,
    code: Option<String>,
    field: &'static str,
    text: String,
}

/// A column `prefers` that waits until all work is known.
#[derive(Debug)]
pub struct Preferred {
    person: PersonId,
    scope: usize,
    source: Source,
    offset: usize,
    text: String,
}

impl Builder<'_> {
    pub(super) fn department(&mut self, at: At<'_>, row: &wire::Department<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.departments.get(code) {
            self.repeated(&at, code, self.production.departments[first].source);
            return;
        }
        let order = self.intake.whole(&at, cell!(row.order), (0, 10_000));
        let kind = self.intake.word(&at, cell!(row.kind), words::DEPARTMENTS);
        let account = self.find_account(&at, cell!(row.account));
        let head = |builder: &mut Self, cell| builder.intake.whole(&at, cell, (0, 100_000));
        let curve = CrewCurve {
            cap: head(self, cell!(row.cap)).map(|heads| heads as u32),
            floor: head(self, cell!(row.floor)).map(|heads| heads as u32),
            ramp_from: head(self, cell!(row.ramp_from)).map_or(0, |heads| heads as u32),
            ramp_in_start: self.intake.day(&at, cell!(row.ramp_in_start)),
            peak_start: self.intake.day(&at, cell!(row.peak_start)),
            peak_end: self.intake.day(&at, cell!(row.peak_end)),
            ramp_out_end: self.intake.day(&at, cell!(row.ramp_out_end)),
        };
        for (start, end) in [
            (("ramp_in_start", curve.ramp_in_start), ("peak_start", curve.peak_start)),
            (("peak_start", curve.peak_start), ("peak_end", curve.peak_end)),
            (("peak_end", curve.peak_end), ("ramp_out_end", curve.ramp_out_end)),
        ] {
            self.intake.in_order(&at, start, end);
        }
        self.first_site();
        let day = self.production.bid_day_minutes();
        let [on_sequence, on_show] = [cell!(row.setup_sequence), cell!(row.setup_show)]
            .map(|cell| self.intake.minutes(&at, cell, day, Unit::Days));
        let id = self.production.add_department(code);
        let department = &mut self.production.departments[id];
        department.setup_sequence = on_sequence.unwrap_or(self.default_setup[0]);
        department.setup_show = on_show.unwrap_or(self.default_setup[1]);
        if let Some(name) = row.name.as_deref() {
            name.clone_into(&mut department.name);
        }
        department.kind = kind.unwrap_or(department.kind);
        department.order = order.map_or(department.order, |order| order as u32);
        department.curve = curve;
        department.source = at.source;
        if let Some(account) = account {
            department.account = account;
        }
        self.departments.insert(code.to_owned(), id);
    }

    /// The department a name means; makes it where no list of departments is given.
    pub(super) fn find_department(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<DepartmentId> {
        let text = cell.1?.trim();
        if let Some(&id) = self.departments.get(text) {
            return Some(id);
        }
        let trade = words::trade_of(text);
        let code = trade.map_or(text, |trade| trade.code);
        let found = self.production.departments.enumerate().find(|(_, row)| {
            row.code.eq_ignore_ascii_case(text) || row.name.eq_ignore_ascii_case(text)
        });
        let found = found.map(|(id, _)| id).or_else(|| self.departments.get(code).copied());
        if let Some(id) = found {
            self.departments.insert(text.to_owned(), id);
            return Some(id);
        }
        if self.departments_given {
            let known = self.production.departments.iter().map(|row| row.code.as_str());
            return self.intake.refer(at, (cell.0, text), "department", None, known);
        }
        self.intake.assume("departments");
        let id = self.production.add_department(code);
        let department = &mut self.production.departments[id];
        [department.setup_sequence, department.setup_show] = self.default_setup;
        self.departments.insert(code.to_owned(), id);
        self.departments.insert(text.to_owned(), id);
        Some(id)
    }

    /// As [`find_department`](Self::find_department), where a row only says what it is about: a name that neither
    /// the trade nor any person, task or hire of the show has is a slip.
    pub(super) fn named_department(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<DepartmentId> {
        let before = self.production.departments.len();
        let department = self.find_department(at, cell)?;
        let text = cell.1?.trim();
        let is_known = self.production.departments.len() == before
            && !self.departments_named.iter().any(|known| known.department == department);
        if !is_known && words::trade_of(text).is_none() {
            self.departments_named.push(NamedDepartment {
                department,
                source: at.source,
                offset: at.offset,
                kind: at.kind,
                code: at.code.map(str::to_owned),
                field: cell.0,
                text: text.to_owned(),
            });
        }
        Some(department)
    }

    /// Tells of departments that rows name and nothing of the show has.
    pub(super) fn departments_of_nothing(&mut self) {
        let named = std::mem::take(&mut self.departments_named);
        if named.is_empty() {
            return;
        }
        let p = &self.production;
        let of_people = p.people.iter().flat_map(|row| &row.skills).map(|skill| skill.department);
        let of_tasks = p.tasks.iter().map(|task| task.department);
        let of_hires = p.hiring.iter().map(|row| row.department);
        let used: HashSet<DepartmentId> = of_people.chain(of_tasks).chain(of_hires).collect();
        let rows = p.departments.enumerate().filter(|(id, _)| used.contains(id));
        let known: Vec<String> = rows.map(|(_, row)| row.code.clone()).collect();
        for row in named.iter().filter(|row| !used.contains(&row.department)) {
            let code = row.code.as_deref();
            let at = At { source: row.source, offset: row.offset, kind: row.kind, code };
            let known = known.iter().map(String::as_str);
            self.intake.refer::<()>(&at, (row.field, &row.text), "department", None, known);
        }
    }

    pub(super) fn person(&mut self, at: At<'_>, row: &wire::Person<'_>) {
        let (id, name) = (row.id.as_deref(), row.name.as_deref());
        let Some(code) = id.or(name) else {
            self.intake.needed(&at, cell!(row.id));
            return;
        };
        let at = at.of(code);
        if let Some(&first) = self.people.get(code) {
            self.repeated(&at, code, self.production.people[first].source);
            return;
        }
        let first_site = self.first_site();
        let site = self.find_site(&at, cell!(row.site)).unwrap_or(first_site);
        let mut skills: Vec<Skill> = Vec::new();
        let mut own = Vec::new();
        for item in values::items(row.department.as_deref().unwrap_or_default()) {
            own.extend(self.find_department(&at, ("department", Some(item))));
        }
        for item in values::items(row.skills.as_deref().unwrap_or_default()) {
            skills.extend(self.written_skill(&at, ("skills", Some(item))));
        }
        for department in own.into_iter().rev() {
            match skills.iter().position(|s| s.department == department && s.tag.is_none()) {
                Some(place) => {
                    let skill = skills.remove(place);
                    skills.insert(0, skill);
                }
                None => skills.insert(0, general(department)),
            }
        }
        let seniority = self.intake.word(&at, cell!(row.seniority), words::SENIORITIES);
        let position = row.position.as_deref().map(|text| text.trim().to_owned());
        // Some trackers say the experience where others say the position.
        let seniority = seniority.or_else(|| {
            let position = position.as_deref().filter(|_| row.seniority.is_none())?;
            let known = words::SENIORITIES.iter();
            known.clone().find(|(word, _)| word.eq_ignore_ascii_case(position)).map(|row| row.1)
        });
        let capacity = self.intake.share(&at, cell!(row.capacity), 10_000);
        let lead_share = self.intake.share(&at, cell!(row.lead), 10_000);
        let open = self.intake.whole(&at, cell!(row.max_concurrent), (1, 1_000));
        let mut shows = Vec::new();
        for item in values::items(row.shows.as_deref().unwrap_or_default()) {
            shows.extend(self.find_show(&at, ("shows", Some(item))));
        }
        shows.sort_unstable();
        shows.dedup();
        let mut word =
            |cell, default| self.intake.word(&at, cell, words::YES_NO).unwrap_or(default);
        let person = Person {
            code: code.to_owned(),
            name: name.unwrap_or(code).to_owned(),
            skills,
            seniority: seniority.unwrap_or(Seniority::Mid),
            position,
            site,
            capacity: capacity.unwrap_or(10_000),
            lead_share: lead_share.unwrap_or(0),
            max_concurrent: open.unwrap_or(2) as u32,
            overtime_allowed: word(cell!(row.overtime), true),
            overtime_windows: Vec::new(),
            opted_out: word(cell!(row.opted_out), false),
            shows,
            prefers: Vec::new(),
            placeholder: word(cell!(row.placeholder), false),
            contracts: Vec::new(),
            leave: Vec::new(),
            bookings: Vec::new(),
            source: at.source,
        };
        if row.seniority.is_none() && seniority.is_none() {
            self.intake.assume("person.seniority");
        }
        let id = self.add_person(person);
        if let Some(text) = row.prefers.as_deref() {
            self.preferred.push(Preferred {
                person: id,
                scope: self.scope,
                source: at.source,
                offset: at.offset,
                text: text.to_owned(),
            });
        }
    }

    /// The columns `prefers`, once all work is known.
    pub(super) fn preferences(&mut self) {
        for row in std::mem::take(&mut self.preferred) {
            self.scope = row.scope;
            let code = self.production.people[row.person].code.clone();
            let at =
                At { source: row.source, offset: row.offset, kind: "person", code: Some(&code) };
            for item in values::items(&row.text) {
                if let Some(preference) = self.preference(&at, item) {
                    self.production.people[row.person].prefers.push(preference);
                }
            }
            let prefers = &mut self.production.people[row.person].prefers;
            prefers.sort_unstable();
            prefers.dedup();
        }
        self.scope = 0;
    }

    /// `FX`, `sequence:010`, `show:alpha`, `class:D`.
    fn preference(&mut self, at: &At<'_>, item: &str) -> Option<Preference> {
        if let Some(("class", class)) = item.split_once(':') {
            let cell = ("prefers", Some(class.trim()));
            return self.intake.word(at, cell, words::CLASSES).map(Preference::Class);
        }
        let (is_department, code) = match item.split_once(':') {
            Some(("department", code)) => (true, code.trim()),
            _ => (false, item),
        };
        let named = |row: &Department| {
            row.code.eq_ignore_ascii_case(code) || row.name.eq_ignore_ascii_case(code)
        };
        let department = self.production.departments.enumerate().find(|(_, row)| named(row));
        let of_work = if is_department { None } else { self.entity(item) };
        match (department, of_work) {
            (Some((department, _)), _) => Some(Preference::Department(department)),
            (None, Some(Entity::Sequence(sequence))) => Some(Preference::Sequence(sequence)),
            (None, Some(Entity::Show(show))) => Some(Preference::Show(show)),
            _ => {
                let known = self.production.departments.iter().map(|row| row.code.as_str());
                let known =
                    known.chain(self.scopes[self.scope].sequences.keys().map(String::as_str));
                self.intake.refer(at, ("prefers", item), "department or sequence", None, known)
            }
        }
    }

    fn add_person(&mut self, person: Person) -> PersonId {
        let (code, name) = (person.code.clone(), person.name.clone());
        let id = self.production.people.push(person);
        // Two people of one name cannot be told apart by it.
        self.people_by_name.entry(name).and_modify(|found| *found = None).or_insert(Some(id));
        self.people.insert(code, id);
        id
    }

    pub(super) fn find_person(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<PersonId> {
        let text = cell.1?.trim();
        let by_name = || self.people_by_name.get(text).copied().flatten();
        let found = self.people.get(text).copied().or_else(by_name);
        let known = self.production.people.iter().map(|person| person.code.as_str());
        self.intake.refer(at, (cell.0, text), "person", found, known)
    }

    /// `CFX/hair:1.2@C`.
    fn written_skill(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<Skill> {
        let text = cell.1?;
        let (text, class) = match text.rsplit_once('@') {
            Some((rest, class)) => {
                (rest, self.intake.word(at, (cell.0, Some(class.trim())), words::CLASSES)?)
            }
            None => (text, Class::D),
        };
        let (text, level) = match text.rsplit_once(':') {
            Some((rest, level)) => (rest, self.intake.level(at, (cell.0, Some(level.trim())), 10)?),
            None => (text, 1_000),
        };
        let (department, tag) = match text.split_once('/') {
            Some((department, tag)) => (department, Some(tag.trim().to_owned())),
            None => (text, None),
        };
        let department = self.find_department(at, (cell.0, Some(department.trim())))?;
        Some(Skill { department, tag, level, max_class: class })
    }

    pub(super) fn skill(&mut self, at: At<'_>, row: &wire::Skill<'_>) {
        if self.intake.needed(&at, cell!(row.person)).is_none()
            || self.intake.needed(&at, cell!(row.department)).is_none()
        {
            return;
        }
        let person = self.find_person(&at, cell!(row.person));
        let department = self.find_department(&at, cell!(row.department));
        let level = self.intake.level(&at, cell!(row.level), 10);
        let class = self.intake.word(&at, cell!(row.max_class), words::CLASSES);
        let (Some(person), Some(department)) = (person, department) else { return };
        let skill = Skill {
            department,
            tag: row.tag.as_deref().map(str::to_owned),
            level: level.unwrap_or(1_000),
            max_class: class.unwrap_or(Class::D),
        };
        let skills = &mut self.production.people[person].skills;
        match skills.iter_mut().find(|s| s.department == department && s.tag == skill.tag) {
            Some(known) => *known = skill,
            None => skills.push(skill),
        }
    }

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
        let overtime = self.overtime(
            &at,
            &base,
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
        );
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

    pub(super) fn placeholder(&mut self, at: At<'_>, row: &wire::Placeholder<'_>) {
        if self.intake.needed(&at, cell!(row.department)).is_none() {
            return;
        }
        let Some(department) = self.find_department(&at, cell!(row.department)) else { return };
        let short = &self.production.departments[department].code;
        let code = match row.id.as_deref() {
            Some(code) => code.to_owned(),
            None => format!("hire-{}", short.to_lowercase()),
        };
        let at = at.of(&code);
        let count = self.intake.whole(&at, cell!(row.count), (0, 10_000)).unwrap_or(1);
        let from = self.intake.day(&at, cell!(row.from));
        let to = self.intake.day(&at, cell!(row.to));
        self.intake.in_order(&at, ("from", from), ("to", to));
        let level = self.intake.level(&at, cell!(row.level), 10).unwrap_or(1_000);
        let seniority = self.intake.word(&at, cell!(row.seniority), words::SENIORITIES);
        let position = row.position.as_deref().map(|text| text.trim().to_owned());
        let first_site = self.first_site();
        let site = self.find_site(&at, cell!(row.site)).unwrap_or(first_site);
        let kind = self.intake.word(&at, cell!(row.kind), words::CONTRACTS);
        let kind = kind.unwrap_or(ContractKind::Freelance);
        let mut pay: Option<Contract> = None;
        for head in 1..=count {
            let head = if count == 1 { code.clone() } else { format!("{code}-{head}") };
            if let Some(&first) = self.people.get(&head) {
                self.repeated(&at, &head, self.production.people[first].source);
                continue;
            }
            let mut person = Person::new(&head, site, department);
            person.skills[0].level = level;
            person.seniority = seniority.unwrap_or(Seniority::Mid);
            person.position = position.clone();
            person.placeholder = true;
            person.source = at.source;
            let id = self.add_person(person);
            let pay = match &pay {
                Some(pay) => pay.clone(),
                None => {
                    let who = Who {
                        department: Some(department),
                        position: position.clone(),
                        seniority: seniority.unwrap_or(Seniority::Mid),
                        site,
                    };
                    let made = self.pay(
                        &at,
                        &who,
                        from.unwrap_or(LONG_AGO),
                        kind,
                        [cell!(row.rate), cell!(row.basis), cell!(row.burden), cell!(row.currency)],
                    );
                    if made.rate_assumed {
                        self.intake.assume("contract.rate");
                    }
                    pay.insert(made).clone()
                }
            };
            let notice_days = notice_of(kind);
            self.production.people[id].contracts.push(Contract { end: to, notice_days, ..pay });
        }
    }

    pub(super) fn leave(&mut self, at: At<'_>, row: &wire::Leave<'_>) {
        if self.intake.needed(&at, cell!(row.person)).is_none() {
            return;
        }
        let Some(person) = self.find_person(&at, cell!(row.person)) else { return };
        let code = self.production.people[person].code.clone();
        let at = At { kind: "leave of", ..at.of(&code) };
        let from = self.intake.day(&at, cell!(row.from));
        let to = self.intake.day(&at, cell!(row.to));
        let share = self.intake.share(&at, cell!(row.share), 10_000).unwrap_or(10_000);
        let approved = self.intake.word(&at, cell!(row.status), words::LEAVE).unwrap_or(true);
        if row.from.is_none() && row.to.is_none() {
            self.intake.needed(&at, cell!(row.from));
        }
        // A date that is there but wrong was reported; half of the row must not become a day off.
        if row.from.is_some() != from.is_some() || row.to.is_some() != to.is_some() {
            return;
        }
        let (Some(from), Some(to)) = (from.or(to), to.or(from)) else { return };
        if !self.intake.in_order(&at, ("from", Some(from)), ("to", Some(to))) {
            return;
        }
        let leave = Leave { from, to, share, approved, source: at.source };
        let known = &mut self.production.people[person].leave;
        let again = |row: &Leave| Leave { source: leave.source, ..row.clone() };
        if self.scopes.len() == 1 || !known.iter().any(|row| again(row) == leave) {
            known.push(leave);
        }
    }

    pub(super) fn booking(&mut self, at: At<'_>, row: &wire::Booking<'_>) {
        if self.intake.needed(&at, cell!(row.person)).is_none() {
            return;
        }
        let Some(person) = self.find_person(&at, cell!(row.person)) else { return };
        let code = self.production.people[person].code.clone();
        let at = At { kind: "booking of", ..at.of(&code) };
        let show = self.show_or_own(&at, cell!(row.show));
        let department = self.named_department(&at, cell!(row.department));
        self.intake.needed(&at, cell!(row.from));
        self.intake.needed(&at, cell!(row.to));
        let from = self.intake.day(&at, cell!(row.from));
        let to = self.intake.day(&at, cell!(row.to));
        let share = self.intake.share(&at, cell!(row.share), 100_000).unwrap_or(10_000);
        let (state, likely) = self.booking_state(&at, cell!(row.state));
        let probability = self.intake.share(&at, cell!(row.probability), 10_000).or(likely);
        let cancelled = self.intake.day(&at, cell!(row.cancelled));
        let (Some(show), Some(from), Some(to)) = (show, from, to) else { return };
        if !self.intake.in_order(&at, ("from", Some(from)), ("to", Some(to))) {
            return;
        }
        self.seen.work(Some(from));
        // A day on which it was called off says that it was.
        let usual = if cancelled.is_some() && row.state.is_none() {
            BookingState::Cancelled
        } else {
            BookingState::Confirmed
        };
        let state = state.unwrap_or(usual);
        if cancelled.is_some() && state != BookingState::Cancelled {
            let message = "it was called off, but its state says otherwise".to_owned();
            let help = "write the state `cancelled`, or take the day out".to_owned();
            self.intake.wrong("R16", &at, cell!(row.cancelled), message, help);
            return;
        }
        if state == BookingState::Cancelled && row.cancelled.is_none() {
            self.intake.needed(&at, cell!(row.cancelled));
            return;
        }
        let booking = Booking {
            show,
            department,
            from,
            to,
            share,
            state,
            probability: probability.unwrap_or(state.usual_probability()),
            cancelled,
            source: at.source,
        };
        let known = &mut self.production.people[person].bookings;
        let again = |row: &Booking| Booking { source: booking.source, ..row.clone() };
        if self.scopes.len() == 1 || !known.iter().any(|row| again(row) == booking) {
            known.push(booking);
        }
    }
}

fn general(department: DepartmentId) -> Skill {
    Skill { department, tag: None, level: 1_000, max_class: Class::D }
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
