//! Shows, sequences, shots, assets and milestones.

use super::{At, Builder};
use crate::model::*;
use crate::read::intake::{Cell, cell};
use crate::read::links;
use crate::read::values;
use crate::read::wire;
use crate::read::words;
use std::collections::HashSet;

impl Builder<'_> {
    pub(super) fn show(&mut self, at: At<'_>, row: &wire::Show<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.shows.get(code) {
            self.repeated(&at, code, self.production.shows[first].source);
            let scope = &mut self.scopes[self.scope];
            if !scope.shows.contains(&first) {
                scope.shows.push(first);
            }
            return;
        }
        let calendar = self.find_calendar(&at, cell!(row.calendar));
        let start = self.intake.day(&at, cell!(row.start));
        let end = self.intake.day(&at, cell!(row.end));
        self.intake.in_order(&at, ("start", start), ("end", end));
        self.seen.work(start);
        self.seen.work(end);
        let kind = self.intake.word(&at, cell!(row.kind), words::SHOWS);
        let probability = self.intake.share(&at, cell!(row.probability), 10_000);
        let priority = self.intake.whole(&at, cell!(row.priority), (1, 5));
        let award = self.home_money(&at, cell!(row.award));
        let charge_basis = self.intake.word(&at, cell!(row.charge_basis), words::CHARGE_BASES);
        let rules = self.date_rules(&at, cell!(row.rule));
        let show = Show {
            name: row.name.as_deref().unwrap_or(code).to_owned(),
            kind: kind.unwrap_or(ShowKind::Episodic),
            probability: probability.unwrap_or(10_000),
            start,
            end,
            priority: priority.unwrap_or(1) as u8,
            award,
            charge_basis,
            rules,
            source: at.source,
            ..Show::new(code, calendar)
        };
        let id = self.production.shows.push(show);
        self.shows.insert(code.to_owned(), id);
        self.scopes[self.scope].shows.push(id);
    }

    pub(super) fn home_money(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<Cents> {
        self.intake.home_money(at, cell, self.production.settings.currency, false)
    }

    pub(super) fn find_show(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<ShowId> {
        let text = cell.1?.trim();
        let found = self.shows.get(text).copied().or_else(|| {
            let mut shows = self.production.shows.enumerate();
            let named = |show: &Show| {
                show.name.eq_ignore_ascii_case(text) || show.code.eq_ignore_ascii_case(text)
            };
            shows.find(|(_, show)| named(show)).map(|(id, _)| id)
        });
        if found.is_none() && !self.is_given("shows") {
            return Some(self.make_show(text));
        }
        let known = self.shows.keys().map(String::as_str);
        self.intake.refer(at, (cell.0, text), "show", found, known)
    }

    fn make_show(&mut self, code: &str) -> ShowId {
        let calendar = self.first_calendar();
        let id = self.production.shows.push(Show::new(code, calendar));
        self.shows.insert(code.to_owned(), id);
        self.scopes[self.scope].shows.push(id);
        id
    }

    /// The show of the cell, else the show of the folder.
    pub(super) fn show_or_own(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<ShowId> {
        if cell.1.is_some() {
            return self.find_show(at, cell);
        }
        let scope = &self.scopes[self.scope];
        if let Some(own) = scope.own_show {
            return Some(own);
        }
        let several =
            if scope.shows.is_empty() { self.production.shows.len() } else { scope.shows.len() };
        let only = match scope.shows.as_slice() {
            [one] => Some(*one),
            [] if several == 1 && scope.name.is_empty() => Some(ShowId::new(0)),
            [] => self.shows.get(&scope.name).copied(),
            _ => None,
        };
        if only.is_none() && several > 1 && (scope.name.is_empty() || scope.shows.len() > 1) {
            let message = "there are several shows and the row does not say which".to_owned();
            self.intake.wrong("R07", at, cell, message, "fill in `show`".to_owned());
            return None;
        }
        let own = match only {
            Some(show) => show,
            None => {
                let scope = &self.scopes[self.scope].name;
                let name = if scope.is_empty() { &self.production.settings.name } else { scope };
                let name = name.clone();
                self.make_show(&name)
            }
        };
        self.scopes[self.scope].own_show = Some(own);
        Some(own)
    }

    pub(super) fn date_rules(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<DateRule> {
        let mut rules = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            match links::date_rule(item) {
                Ok(rule) => {
                    self.seen.work(rule.date());
                    rules.push(rule);
                }
                Err(links::Flaw::Date(date)) => {
                    self.intake.day(at, (cell.0, Some(&date)));
                }
                Err(links::Flaw::Word) => self.intake.wrong(
                    "R10",
                    at,
                    (cell.0, Some(item)),
                    format!("`{}` is not a date rule", crate::read::intake::clipped(item)),
                    "write ASAP, ALAP, or MSO, MFO, SNET, SNLT, FNET, FNLT and a date".to_owned(),
                ),
            }
        }
        rules
    }

    pub(super) fn sequence(&mut self, at: At<'_>, row: &wire::Sequence<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.scopes[self.scope].sequences.get(code) {
            self.intake.duplicate(&at, "id", code, self.production.sequences[first].source);
            return;
        }
        let Some(show) = self.show_or_own(&at, cell!(row.show)) else { return };
        let turnover = self.intake.day(&at, cell!(row.turnover));
        self.seen.work(turnover);
        let rules = self.date_rules(&at, cell!(row.rule));
        self.add_sequence(
            code,
            Sequence { turnover, rules, source: at.source, ..Sequence::new(code, show) },
        );
    }

    fn add_sequence(&mut self, code: &str, mut sequence: Sequence) -> SequenceId {
        sequence.code = apart(&mut self.taken_sequences, code, &self.scopes, self.scope);
        let id = self.production.sequences.push(sequence);
        self.scopes[self.scope].sequences.insert(code.to_owned(), id);
        id
    }

    /// The sequence of this id; made where no list of sequences is given.
    pub(super) fn find_sequence(
        &mut self,
        at: &At<'_>,
        (field, text): (&'static str, &str),
        show: Cell<'_>,
    ) -> Option<SequenceId> {
        if let Some(&id) = self.scopes[self.scope].sequences.get(text) {
            return Some(id);
        }
        if self.scopes[self.scope].given.contains(&"sequences") {
            let known = self.scopes[self.scope].sequences.keys().map(String::as_str);
            return self.intake.refer(at, (field, text), "sequence", None, known);
        }
        let show = self.show_or_own(at, show)?;
        Some(self.add_sequence(text, Sequence::new(text, show)))
    }

    pub(super) fn shot(&mut self, at: At<'_>, row: &wire::Shot<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.scopes[self.scope].shots.get(code) {
            self.intake.duplicate(&at, "id", code, self.production.shots[first].source);
            return;
        }
        let sequence = row.sequence.as_deref().unwrap_or_else(|| sequence_of(code));
        let sequence = self.find_sequence(&at, ("sequence", sequence), cell!(row.show));
        let frames = self.intake.whole(&at, cell!(row.frames), (0, 10_000_000));
        let class = self.intake.word(&at, cell!(row.class), words::CLASSES);
        let priority = self.intake.word(&at, cell!(row.priority), words::PRIORITIES);
        let turnover = self.intake.day(&at, cell!(row.turnover));
        let due = self.intake.day(&at, cell!(row.due));
        self.seen.work(turnover);
        self.seen.work(due);
        let award = self.home_money(&at, cell!(row.award));
        let status = self.intake.word(&at, cell!(row.status), words::STATUSES);
        let rules = self.date_rules(&at, cell!(row.rule));
        let Some(sequence) = sequence else { return };
        if class.is_none() {
            self.intake.assume("shot.class");
        }
        let shot = Shot {
            frames: frames.map(|frames| frames as u32),
            class,
            priority: priority.unwrap_or_default(),
            turnover,
            due,
            award,
            status,
            rules,
            source: at.source,
            ..Shot::new(code, sequence)
        };
        self.add_shot(code, shot);
    }

    fn add_shot(&mut self, code: &str, mut shot: Shot) -> ShotId {
        shot.code = apart(&mut self.taken_shots, code, &self.scopes, self.scope);
        let id = self.production.shots.push(shot);
        self.scopes[self.scope].shots.insert(code.to_owned(), id);
        id
    }

    /// The shot of this id; made where no list of shots is given.
    pub(super) fn find_shot(
        &mut self,
        at: &At<'_>,
        (field, text): (&'static str, &str),
        sequence: Cell<'_>,
        show: Cell<'_>,
    ) -> Option<ShotId> {
        if let Some(&id) = self.scopes[self.scope].shots.get(text) {
            return Some(id);
        }
        if self.scopes[self.scope].given.contains(&"shots") {
            let known = self.scopes[self.scope].shots.keys().map(String::as_str);
            return self.intake.refer(at, (field, text), "shot", None, known);
        }
        let sequence = match sequence.1 {
            Some(written) => self.find_sequence(at, (sequence.0, written), show)?,
            None => self.find_sequence(at, (field, sequence_of(text)), show)?,
        };
        self.intake.assume("shots");
        Some(self.add_shot(text, Shot::new(text, sequence)))
    }

    pub(super) fn asset(&mut self, at: At<'_>, row: &wire::Asset<'_>) {
        let Some(code) = self.intake.needed(&at, cell!(row.id)) else { return };
        let at = at.of(code);
        if let Some(&first) = self.scopes[self.scope].assets.get(code) {
            self.intake.duplicate(&at, "id", code, self.production.assets[first].source);
            return;
        }
        let Some(show) = self.show_or_own(&at, cell!(row.show)) else { return };
        let class = self.intake.word(&at, cell!(row.class), words::CLASSES);
        let priority = self.intake.word(&at, cell!(row.priority), words::PRIORITIES);
        let due = self.intake.day(&at, cell!(row.due));
        self.seen.work(due);
        let status = self.intake.word(&at, cell!(row.status), words::STATUSES);
        let mut used_by = Vec::new();
        for item in values::items(row.used_by.as_deref().unwrap_or_default()) {
            match self.entity(item) {
                Some(Entity::Shot(shot)) => used_by.push(shot),
                Some(Entity::Sequence(sequence)) => used_by.extend(
                    self.production
                        .shots
                        .enumerate()
                        .filter(|(_, s)| s.sequence == sequence)
                        .map(|(id, _)| id),
                ),
                _ => {
                    let known = self.scopes[self.scope].shots.keys().map(String::as_str);
                    self.intake.refer::<()>(&at, ("used_by", item), "shot", None, known);
                }
            }
        }
        let asset = Asset {
            code: String::new(),
            show,
            kind: row.kind.as_deref().unwrap_or_default().to_owned(),
            class,
            priority: priority.unwrap_or_default(),
            used_by,
            due,
            status,
            source: at.source,
        };
        self.add_asset(code, asset);
    }

    fn add_asset(&mut self, code: &str, mut asset: Asset) -> AssetId {
        asset.code = apart(&mut self.taken_assets, code, &self.scopes, self.scope);
        let id = self.production.assets.push(asset);
        self.scopes[self.scope].assets.insert(code.to_owned(), id);
        id
    }

    /// The asset of this id; made where no list of assets is given.
    pub(super) fn find_asset(
        &mut self,
        at: &At<'_>,
        (field, text): (&'static str, &str),
        show: Cell<'_>,
    ) -> Option<AssetId> {
        if let Some(&id) = self.scopes[self.scope].assets.get(text) {
            return Some(id);
        }
        if self.scopes[self.scope].given.contains(&"assets") {
            let known = self.scopes[self.scope].assets.keys().map(String::as_str);
            return self.intake.refer(at, (field, text), "asset", None, known);
        }
        let show = self.show_or_own(at, show)?;
        self.intake.assume("assets");
        let asset = Asset {
            code: String::new(),
            show,
            kind: String::new(),
            class: None,
            priority: Priority::Normal,
            used_by: Vec::new(),
            due: None,
            status: None,
            source: Source::default(),
        };
        Some(self.add_asset(text, asset))
    }

    /// The shot, asset, sequence or show of an id, which may have its kind in front
    /// ("sequence:010"); first in this folder, then as it is called in the whole studio.
    pub(super) fn entity(&self, text: &str) -> Option<Entity> {
        let (kind, code) = match text.split_once(':') {
            Some((kind @ ("shot" | "asset" | "sequence" | "show"), code)) => {
                (Some(kind), code.trim())
            }
            _ => (None, text),
        };
        let is = |name: &str| kind.is_none_or(|kind| kind == name);
        let own = &self.scopes[self.scope];
        let others = self.scopes.iter().filter(|scope| scope.name != own.name);
        for scope in std::iter::once(own).chain(others) {
            let found = own_entity(scope, code, &is);
            if found.is_some() {
                return found;
            }
        }
        let shows = self.shows.get(code).filter(|_| is("show"));
        shows.map(|&show| Entity::Show(show))
    }

    pub(super) fn milestone(&mut self, at: At<'_>, row: &wire::Milestone<'_>) {
        let number = self.production.milestones.len() + 1;
        let default = format!("milestone-{number}");
        let (id, name) = (row.id.as_deref(), row.name.as_deref());
        let code = id.or(name).unwrap_or(&default);
        let at = at.of(code);
        if let Some(&first) = self.scopes[self.scope].milestones.get(code) {
            self.intake.duplicate(&at, "id", code, self.production.milestones[first].source);
            return;
        }
        let show = self.show_or_own(&at, cell!(row.show));
        self.intake.needed(&at, cell!(row.date));
        let date = self.intake.day(&at, cell!(row.date));
        self.seen.work(date);
        let kind = self.intake.word(&at, cell!(row.kind), words::MILESTONES);
        let hard = self.intake.word(&at, cell!(row.hard), words::YES_NO);
        let penalty = self.home_money(&at, cell!(row.penalty_per_day));
        let mut contents = self.contents(&at, cell!(row.contents));
        contents.retain(|&entity| !self.production.is_omitted(entity));
        let (Some(show), Some(date)) = (show, date) else { return };
        if row.contents.is_none() {
            contents.push(Entity::Show(show));
        }
        let unique = apart(&mut self.taken_milestones, code, &self.scopes, self.scope);
        let id = self.production.milestones.push(Milestone {
            name: name.unwrap_or(code).to_owned(),
            code: unique,
            show,
            kind: kind.unwrap_or(MilestoneKind::Batch),
            date,
            hard: hard.unwrap_or(false),
            penalty_per_day: penalty,
            contents,
            source: at.source,
        });
        self.scopes[self.scope].milestones.insert(code.to_owned(), id);
    }
}

impl Builder<'_> {
    /// Shots, assets, sequences or shows, with `;` between; `-` = none.
    pub(super) fn contents(&mut self, at: &At<'_>, cell: Cell<'_>) -> Vec<Entity> {
        let mut contents = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()).filter(|item| *item != "-") {
            if let Some(entity) = self.entity(item) {
                contents.push(entity);
                continue;
            }
            let scope = &self.scopes[self.scope];
            let known = scope.shots.keys().chain(scope.assets.keys()).chain(scope.sequences.keys());
            let known = known.map(String::as_str);
            self.intake.refer::<()>(at, (cell.0, item), "shot", None, known);
        }
        contents
    }
}

fn own_entity(scope: &super::Scope, code: &str, is: &dyn Fn(&str) -> bool) -> Option<Entity> {
    if let Some(&shot) = scope.shots.get(code).filter(|_| is("shot")) {
        return Some(Entity::Shot(shot));
    }
    if let Some(&asset) = scope.assets.get(code).filter(|_| is("asset")) {
        return Some(Entity::Asset(asset));
    }
    let sequence = scope.sequences.get(code).filter(|_| is("sequence"));
    sequence.map(|&sequence| Entity::Sequence(sequence))
}

/// The sequence that a shot's id tells of: what stands before its last `_` or `-`.
fn sequence_of(shot: &str) -> &str {
    match shot.rfind('_').or_else(|| shot.rfind('-')) {
        Some(end) if end > 0 => shot.get(..end).unwrap_or("all"),
        _ => "all",
    }
}

/// An id that is unique in the whole studio: the folder is put in front where another has it too.
/// A single show needs no such list: what is used twice in it was reported.
pub(super) fn apart(
    taken: &mut HashSet<String>,
    code: &str,
    scopes: &[super::Scope],
    scope: usize,
) -> String {
    let mut unique = code.to_owned();
    if scopes.len() == 1 {
        return unique;
    }
    let folder = scopes.get(scope).map_or("", |scope| scope.name.as_str());
    let mut number = 1;
    while taken.contains(&unique) {
        unique = match number {
            1 => format!("{folder}/{code}"),
            _ => format!("{folder}/{code}~{number}"),
        };
        number += 1;
    }
    taken.insert(unique.clone());
    unique
}
