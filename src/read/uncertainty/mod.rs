//! What is not certain about a show: a TOML or JSON file, everything wrong with it at once.

mod parse;
mod place;
mod spread;
mod wire;

use super::intake::{clipped, line_and_column};
use super::{encoding, nearest, values, words};
use crate::model::*;
use place::Step;
use wire::{File, Spread as Written};

/// The JSON schema of an uncertainty file.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

/// Reads the uncertainty of a show. What the file leaves out is usual in the trade, and listed as assumed.
/// `None` with at least one error.
///
/// ```
/// use shotplan::model::*;
/// use shotplan::read::uncertainty;
/// let production = Production::new("spot", jiff::civil::date(2027, 1, 4), jiff::civil::date(2027, 2, 26));
/// let (found, issues) = uncertainty("risk.toml", b"sick = 2.5", &production);
/// assert!(found.is_none());
/// assert_eq!((issues[0].line, issues[0].code.as_str()), (Some(1), "U01"));
/// let (found, _) = uncertainty("risk.toml", b"sick = 0.05", &production);
/// assert_eq!(found.unwrap().sick, 0.05);
/// ```
pub fn uncertainty(
    name: &str,
    bytes: &[u8],
    production: &Production,
) -> (Option<Uncertainty>, Vec<Issue>) {
    let (text, encoding) = encoding::text(bytes);
    let is_json = name.to_lowercase().ends_with(".json") || text.trim_start().starts_with('{');
    let mut judge = Judge { name, text: &text, is_json, production, issues: Vec::new() };
    if matches!(encoding, encoding::Encoding::Broken) {
        judge.wrong(
            "R04",
            &[],
            "the file is not text, or its encoding is broken",
            "save it as UTF-8",
        );
        return (None, judge.issues);
    }
    let Some(file) = judge.parse() else { return (None, judge.issues) };
    let found = judge.meaning(&file);
    let sound = !judge.issues.iter().any(|issue| issue.severity == Severity::Error);
    (sound.then_some(found), judge.issues)
}

/// Reads a file and gathers what is wrong with it.
struct Judge<'a> {
    name: &'a str,
    text: &'a str,
    is_json: bool,
    production: &'a Production,
    issues: Vec<Issue>,
}

const MOST_ISSUES: usize = 200;

impl<'a> Judge<'a> {
    fn wrong(
        &mut self,
        code: &str,
        path: &[Step],
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.issues.len() >= MOST_ISSUES {
            return;
        }
        let offset = place::offset(self.text, self.is_json, path).unwrap_or(0);
        let (line, column) = line_and_column(self.text, offset);
        let mut field = String::new();
        for step in path {
            match step {
                Step::Name(name) if field.is_empty() => field.push_str(name),
                Step::Name(name) => field.push_str(&format!(".{name}")),
                Step::Item(item) => field.push_str(&format!("[{item}]")),
            }
        }
        let mut issue = Issue::error(code, "uncertainty", message).help(help);
        issue.field = (!field.is_empty()).then_some(field);
        issue.file = Some(self.name.to_owned());
        (issue.line, issue.column) = (Some(line), Some(column));
        self.issues.push(issue);
    }

    /// A number between two ends, both in.
    fn within(&mut self, value: f64, (low, high): (f64, f64), path: &[Step]) -> f64 {
        if !value.is_finite() || value < low || value > high {
            let help = if (low, high) == (0.0, 1.0) {
                "write a share from 0 to 1: 25 % is 0.25".to_owned()
            } else {
                format!("write a number from {low} to {high}")
            };
            self.wrong("U01", path, format!("{value} is out of range"), help);
            return low;
        }
        value
    }

    fn share(&mut self, value: f64, path: &[Step]) -> f64 {
        self.within(value, (0.0, 1.0), path)
    }

    fn department(&mut self, code: &str, path: &[Step]) -> Option<DepartmentId> {
        let code = code.trim();
        let same = |row: &Department| {
            row.code.eq_ignore_ascii_case(code) || row.name.eq_ignore_ascii_case(code)
        };
        let found = self.production.departments.enumerate().find(|(_, row)| same(row));
        if found.is_none() {
            let known: Vec<&str> =
                self.production.departments.iter().map(|row| row.code.as_str()).collect();
            let perhaps = nearest(code, known.iter().copied())
                .map_or(String::new(), |near| format!("perhaps `{near}`; "));
            self.wrong(
                "V02",
                path,
                format!("the show has no department `{}`", clipped(code)),
                format!("{perhaps}departments: {}", known.join(", ")),
            );
        }
        found.map(|(id, _)| id)
    }

    fn entity(&mut self, code: &str, path: &[Step]) -> Option<Entity> {
        let show = self.production;
        let found = show
            .sequences
            .enumerate()
            .map(|(id, row)| (Entity::Sequence(id), row.code.as_str()))
            .chain(show.shots.enumerate().map(|(id, row)| (Entity::Shot(id), row.code.as_str())))
            .chain(show.assets.enumerate().map(|(id, row)| (Entity::Asset(id), row.code.as_str())))
            .chain(show.shows.enumerate().map(|(id, row)| (Entity::Show(id), row.code.as_str())))
            .find(|(_, own)| *own == code.trim());
        if found.is_none() {
            let message = format!("there is no show, sequence, shot or asset `{}`", clipped(code));
            self.wrong("V02", path, message, "write an id of the show's own tables");
        }
        found.map(|(entity, _)| entity)
    }

    fn word<T: Copy>(&mut self, text: &str, known: words::Words<T>, path: &[Step]) -> Option<T> {
        let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
        if found.is_none() {
            let known: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            let message = format!("`{}` is not known here", clipped(text));
            self.wrong("R09", path, message, format!("write one of {}", known.join(", ")));
        }
        found.map(|(_, value)| *value)
    }

    fn day(&mut self, text: &str, path: &[Step]) -> Option<jiff::civil::Date> {
        let found = values::day(text).ok();
        if found.is_none() {
            self.wrong("R09", path, format!("`{}` is no day", clipped(text)), "write 2027-05-14");
        }
        found
    }

    fn meaning(&mut self, file: &File) -> Uncertainty {
        let mut found = Uncertainty::usual(self.production);
        let mut said: Vec<&str> = Vec::new();
        if let Some(rows) = &file.durations {
            said.push("durations");
            found.spreads = self.durations(rows);
        }
        if let Some(row) = &file.correlation {
            said.push("correlation");
            let name = Step::Name("correlation");
            let mut part = |value: Option<f64>, field: &'static str| {
                self.share(value.unwrap_or(0.0), &[name, Step::Name(field)])
            };
            found.correlation = Correlation {
                show: part(row.show, "show"),
                sequence: part(row.sequence, "sequence"),
                department: part(row.department, "department"),
            };
            let shared = found.correlation;
            if shared.show + shared.sequence + shared.department > 1.0 + 1e-9 {
                self.wrong(
                    "U03",
                    &[name],
                    "shares of one variance add to more than 1",
                    "what tasks have in common and what is their own are 1 together",
                );
            }
        }
        if let Some(rows) = &file.retakes {
            said.push("retakes");
            found.retakes = self.retakes(rows);
        }
        if let Some(rows) = &file.reviews {
            said.push("reviews");
            found.reviews = self.reviews(rows);
        }
        for (part, late) in [("turnover", &file.turnover), ("vendors", &file.vendors)] {
            let Some(row) = late else { continue };
            said.push(part);
            let delay = Delay {
                probability: self
                    .share(row.probability, &[Step::Name(part), Step::Name("probability")]),
                days: self.spread(&row.days, 0.0, 1.0, &[Step::Name(part), Step::Name("days")]),
            };
            *(if part == "turnover" { &mut found.turnover } else { &mut found.vendors }) = delay;
        }
        if let Some(row) = &file.scope {
            said.push("scope");
            let at = |field: &'static str| [Step::Name("scope"), Step::Name(field)];
            found.scope = Scope {
                growth: self.share(row.growth.unwrap_or(0.0), &at("growth")),
                size: self.within(row.size.unwrap_or(1.0), (0.0, 100.0), &at("size")),
                omits: self.share(row.omits.unwrap_or(0.0), &at("omits")),
            };
        }
        if let Some(sick) = file.sick {
            said.push("sick");
            found.sick = self.within(sick, (0.0, 0.9), &[Step::Name("sick")]);
        }
        if let Some(row) = &file.attrition {
            said.push("attrition");
            let at = |field: &'static str| [Step::Name("attrition"), Step::Name(field)];
            found.attrition = Attrition {
                monthly: self.within(row.monthly, (0.0, 0.99), &at("monthly")),
                days: self.within(f64::from(row.days), (0.0, 1_000.0), &at("days")) as u32,
            };
        }
        found.events = self.events(&file.events);
        found.mitigations = self.mitigations(&file.mitigations, &found.events);
        let assumed = PARTS.iter().filter(|part| !said.contains(part));
        found.assumed = assumed.map(|part| found.words_of(part)).collect();
        found
    }

    fn durations(&mut self, rows: &[wire::Duration]) -> Vec<Spread> {
        let mut found: Vec<Spread> = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let at = |field: &'static str| {
                [Step::Name("durations"), Step::Item(place), Step::Name(field)]
            };
            let department =
                row.department.as_ref().map(|code| self.department(code, &at("department")));
            let class =
                row.class.as_ref().map(|word| self.word(word, words::CLASSES, &at("class")));
            let level =
                row.level.as_ref().map(|word| self.word(word, words::SENIORITIES, &at("level")));
            let factor = self.spread(&row.factor, 0.01, 1.0, &at("factor"));
            let (Some(department), Some(class), Some(seniority)) =
                (given(department), given(class), given(level))
            else {
                continue;
            };
            let same = |own: &Spread| {
                (own.department, own.class, own.seniority) == (department, class, seniority)
            };
            if found.iter().any(same) {
                self.wrong(
                    "U04",
                    &at("factor")[..2],
                    "an earlier entry is for the same department, class and level",
                    "take one of them out",
                );
                continue;
            }
            found.push(Spread { department, class, seniority, factor });
        }
        found
    }

    fn retakes(&mut self, rows: &[wire::Retakes]) -> Vec<Retakes> {
        let mut found = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let at =
                |field: &'static str| [Step::Name("retakes"), Step::Item(place), Step::Name(field)];
            let department =
                row.department.as_ref().map(|code| self.department(code, &at("department")));
            let class =
                row.class.as_ref().map(|word| self.word(word, words::CLASSES, &at("class")));
            let probability = self.within(row.probability, (0.0, 0.99), &at("probability"));
            let share = self.within(row.share, (0.0, 10.0), &at("share"));
            let most = self.within(f64::from(row.most.unwrap_or(20)), (0.0, 1_000.0), &at("most"));
            if let (Some(department), Some(class)) = (given(department), given(class)) {
                found.push(Retakes { department, class, probability, share, most: most as u32 });
            }
        }
        found
    }

    fn reviews(&mut self, rows: &[wire::Reviews]) -> Vec<Reviews> {
        let mut found = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let at =
                |field: &'static str| [Step::Name("reviews"), Step::Item(place), Step::Name(field)];
            let class =
                row.class.as_ref().map(|word| self.word(word, words::CLASSES, &at("class")));
            let rounds = self.within(row.rounds, (0.0, 50.0), &at("rounds"));
            let days = self.within(row.days, (0.0, 500.0), &at("days"));
            let share = self.within(row.share.unwrap_or(0.0), (0.0, 10.0), &at("share"));
            if let Some(class) = given(class) {
                found.push(Reviews { class, rounds, days, share });
            }
        }
        found
    }

    fn events(&mut self, rows: &[wire::Event]) -> Vec<RiskEvent> {
        let unit = self.production.settings.currency.minor_units() as f64;
        let mut found: Vec<RiskEvent> = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let here = [Step::Name("events"), Step::Item(place)];
            let at = |field: &'static str| [here[0], here[1], Step::Name(field)];
            let name = row.name.trim().to_owned();
            if name.is_empty() || found.iter().any(|other| other.name == name) {
                let message = "a risk needs a name of its own";
                self.wrong("U04", &at("name"), message, "say what may happen in a few words");
            }
            let nothing = Written::Number(0.0);
            let days = row.days.as_ref().unwrap_or(&nothing);
            let days = self.spread(days, 0.0, 1.0, &at("days"));
            let money = row.money.as_ref().unwrap_or(&nothing);
            let money = self.spread(money, -1e12, unit, &at("money"));
            let from = row.from.as_ref().and_then(|text| self.day(text, &at("from")));
            let to = row.to.as_ref().and_then(|text| self.day(text, &at("to")));
            if let (Some(from), Some(to)) = (from, to)
                && to < from
            {
                self.wrong("V05", &at("to"), format!("{to} is before {from}"), "swap the two");
            }
            let mut departments = Vec::new();
            for (item, code) in row.departments.iter().enumerate() {
                let at = [here[0], here[1], Step::Name("departments"), Step::Item(item)];
                departments.extend(self.department(code, &at));
            }
            let mut entities = Vec::new();
            for (item, code) in row.scope.iter().enumerate() {
                let at = [here[0], here[1], Step::Name("scope"), Step::Item(item)];
                entities.extend(self.entity(code, &at));
            }
            found.push(RiskEvent {
                name,
                probability: self.share(row.probability, &at("probability")),
                days,
                work: self.within(row.work.unwrap_or(0.0), (0.0, 100.0), &at("work")),
                money,
                from,
                to,
                departments,
                entities,
            });
        }
        found
    }

    fn mitigations(&mut self, rows: &[wire::Mitigation], events: &[RiskEvent]) -> Vec<Mitigation> {
        let unit = self.production.settings.currency.minor_units() as f64;
        let mut found = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let here = [Step::Name("mitigations"), Step::Item(place)];
            let at = |field: &'static str| [here[0], here[1], Step::Name(field)];
            let cost = self.within(row.cost.unwrap_or(0.0), (-1e12, 1e12), &at("cost"));
            let of_event = row.probability.is_some()
                || row.days.is_some()
                || row.work.is_some()
                || row.money.is_some();
            let of_work =
                row.median.is_some() || row.spread.is_some() || !row.departments.is_empty();
            if row.event.is_some() == of_work || (row.event.is_none() && of_event) {
                self.wrong(
                    "U05",
                    &here,
                    "it is either about a named risk or about how work is spread",
                    "give `event` with what becomes of it (probability, days, work, money), or `median` and \
                     `spread` with `departments`",
                );
                continue;
            }
            let change = if let Some(name) = &row.event {
                let event = events.iter().position(|event| event.name == name.trim());
                let Some(event) = event else {
                    let known: Vec<&str> = events.iter().map(|row| row.name.as_str()).collect();
                    let perhaps = nearest(name, known.iter().copied())
                        .map_or(String::new(), |near| format!("perhaps `{near}`; "));
                    self.wrong(
                        "V02",
                        &at("event"),
                        format!("there is no risk `{}`", clipped(name)),
                        format!("{perhaps}risks: {}", known.join(", ")),
                    );
                    continue;
                };
                Change::Event {
                    event,
                    probability: row.probability.map(|own| self.share(own, &at("probability"))),
                    days: row.days.as_ref().map(|own| self.spread(own, 0.0, 1.0, &at("days"))),
                    work: row.work.map(|own| self.within(own, (0.0, 100.0), &at("work"))),
                    money: row
                        .money
                        .as_ref()
                        .map(|own| self.spread(own, -1e12, unit, &at("money"))),
                }
            } else {
                let mut departments = Vec::new();
                for (item, code) in row.departments.iter().enumerate() {
                    let at = [here[0], here[1], Step::Name("departments"), Step::Item(item)];
                    departments.extend(self.department(code, &at));
                }
                Change::Work {
                    departments,
                    median: self.within(row.median.unwrap_or(1.0), (0.01, 100.0), &at("median")),
                    spread: self.within(row.spread.unwrap_or(1.0), (0.0, 100.0), &at("spread")),
                }
            };
            found.push(Mitigation {
                name: row.name.trim().to_owned(),
                cost: Cents((cost * unit).round() as i64),
                change,
            });
        }
        found
    }
}

/// What was asked for and not found is no answer; what was not asked for is "all".
fn given<T>(found: Option<Option<T>>) -> Option<Option<T>> {
    match found {
        None => Some(None),
        Some(None) => None,
        Some(found) => Some(found),
    }
}
