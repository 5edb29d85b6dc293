//! People, skills, leave, bookings, planned hires.

use super::contracts::{LONG_AGO, notice_of};
use super::terms::Who;
use super::{At, Builder};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::values;
use crate::read::wire;
use crate::read::words;

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
