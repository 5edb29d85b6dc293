//! Which hard rules clash and what would help: from files to answers, in the user's words.

use super::words::{chain_words, rule_words, spoken};
use super::{Answered, Request};
use crate::explain::{self, Broken, Change, Conflict, Effort, HandOver, Proof, Rule};
use crate::model::*;
use crate::read;
use crate::result::{self, ConflictList, ConflictRule, WayOut};
use crate::solve::Watch;
use std::path::Path;

/// Names of a group that are said.
const NAMED: usize = 3;

/// Plans a show and looks into every conflict of the plan.
///
/// # Errors
/// When the files cannot be read at all.
pub fn conflicts(
    show: &Path,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<ConflictList>, read::Error> {
    let made = match super::make(show, request, watch)? {
        Ok(made) => made,
        Err(outcome) => return Ok(Answered::NoPlan(outcome)),
    };
    let production = &made.production;
    let is_over = || watch.stop();
    let effort = Effort { most: usize::MAX, threads: request.threads, is_over: &is_over };
    let found = explain::conflicts(production, &made.solved, effort);
    Ok(Answered::Answer(ConflictList {
        production: production.settings.name.clone(),
        as_of: production.settings.as_of,
        currency: production.settings.currency.code().to_owned(),
        currency_decimals: production.settings.currency.decimals(),
        conflicts: in_words(production, &found),
    }))
}

/// Conflicts in the user's words.
pub fn in_words(production: &Production, found: &[Conflict]) -> Vec<result::Conflict> {
    let words = Words { production, timeline: production.timeline() };
    found.iter().map(|conflict| words.conflict(conflict)).collect()
}

struct Words<'a> {
    production: &'a Production,
    timeline: Timeline,
}

impl Words<'_> {
    fn date(&self, day: Day) -> String {
        spoken(self.timeline.date(day))
    }

    fn code(&self, task: TaskId) -> &str {
        &self.production.tasks[task].code
    }

    fn department(&self, id: DepartmentId) -> &str {
        &self.production.departments[id].code
    }

    /// What breaks, and the rule it breaks.
    fn broken(&self, broken: Broken) -> (String, String) {
        match broken {
            Broken::Milestone(id) => {
                let row = &self.production.milestones[id];
                (format!("milestone {}", row.name), format!("must be met on {}", spoken(row.date)))
            }
            Broken::Rule(task, rule) => (format!("task {}", self.code(task)), rule_words(rule)),
            Broken::LockedDates(task) => {
                (format!("task {}", self.code(task)), self.locked_dates(task))
            }
            Broken::NobodyCan(task) | Broken::NoTimeLeft(task) => {
                let object = format!("task {}", self.code(task));
                (object, "needs somebody who can do it".to_owned())
            }
        }
    }

    fn locked_dates(&self, task: TaskId) -> String {
        let row = &self.production.tasks[task];
        match (row.start, row.end) {
            (Some(start), Some(end)) if start == end => format!("is locked to {}", spoken(start)),
            (Some(start), Some(end)) => {
                format!("is locked to {} to {}", spoken(start), spoken(end))
            }
            (Some(start), None) => format!("is locked to start on {}", spoken(start)),
            (None, Some(end)) => format!("is locked to end by {}", spoken(end)),
            (None, None) => "has locked dates".to_owned(),
        }
    }

    fn conflict(&self, conflict: &Conflict) -> result::Conflict {
        let (object, rule) = self.broken(conflict.broken);
        let also: Vec<String> = conflict
            .also
            .iter()
            .map(|&broken| {
                let (object, rule) = self.broken(broken);
                format!("{object} {rule}")
            })
            .collect();
        result::Conflict {
            text: self.text(conflict, &object, &rule),
            object,
            rule,
            proven: conflict.proof != Proof::NotProven,
            proof: match conflict.proof {
                Proof::Chain => "chain",
                Proof::Load => "load",
                Proof::NotProven => "none",
            }
            .to_owned(),
            rules: {
                let handed = &conflict.hand_overs;
                conflict.rules.iter().map(|rules| self.member(rules, handed)).collect()
            },
            irreducible: conflict.irreducible,
            also,
            chain: conflict.chain.iter().map(|&task| self.code(task).to_owned()).collect(),
            earliest_possible: conflict.earliest.map(|day| self.timeline.date(day)),
            tried: conflict.tried,
            ways_out: conflict.ways_out.iter().map(|way| self.way_out(way)).collect(),
        }
    }

    fn text(&self, conflict: &Conflict, object: &str, rule: &str) -> String {
        let days = match conflict.days {
            1 => "1 working day".to_owned(),
            days => format!("{days} working days"),
        };
        let earliest = conflict.earliest.map_or_else(String::new, |day| {
            format!("; no plan with these people can be earlier than {}", self.date(day))
        });
        let is_found = conflict.ways_out.iter().any(|way| way.change == Change::SearchLonger);
        let of_pool = conflict.rules.iter().flatten().any(|rule| matches!(rule, Rule::Pool(_)));
        let full = conflict.rules.iter().flatten().find_map(|rule| match rule {
            Rule::Capacity(id) => Some(&self.production.vendors[*id].name),
            _ => None,
        });
        match (conflict.broken, conflict.proof) {
            (Broken::NobodyCan(_) | Broken::NoTimeLeft(_), _) if of_pool => format!(
                "{object} has no place: there is too little of a pool for it beside the other rules named here"
            ),
            (Broken::NoTimeLeft(_), _) if let Some(vendor) = full => format!(
                "{object} has no place: {vendor} cannot do the work until the last day of the plan"
            ),
            (Broken::NobodyCan(task), _) => {
                let department = self.department(self.production.tasks[task].department);
                format!(
                    "{object} has no place: nobody in the show has the {department} skill, level and class it needs, or may work on this show"
                )
            }
            (Broken::NoTimeLeft(_), _) => {
                let since = conflict.waits_for.map_or_else(String::new, |(task, day)| {
                    let row = &self.production.tasks[task];
                    let at = row.vendor.map_or_else(String::new, |vendor| {
                        format!(" at {}", self.production.vendors[vendor].name)
                    });
                    format!(" what it waits for ends on {} ({}{at});", self.date(day), row.code)
                });
                format!(
                    "{object} has no place:{since} those who can do it are busy, away or out of contract until the last day of the plan"
                )
            }
            (_, Proof::Chain) => format!(
                "{object} {rule}: cannot hold even with unlimited crew. Chain: {}{earliest}. The plan is {days} off",
                chain_words(self.production, &conflict.chain)
            ),
            (_, Proof::Load) if of_pool => format!(
                "{object} {rule}: cannot hold beside the other rules named here: there is too little of a pool for the work{earliest}. The plan is {days} off"
            ),
            (_, Proof::Load) if let Some(vendor) = full => format!(
                "{object} {rule}: cannot hold beside the other rules named here: {vendor} can do too little a week for the work{earliest}. The plan is {days} off"
            ),
            (Broken::Milestone(_), Proof::Load) => format!(
                "{object} {rule}: cannot hold with this crew: the work in it needs more time than its people have{earliest}. The plan is {days} late"
            ),
            (_, Proof::Load) => format!(
                "{object} {rule}: cannot hold beside the other rules named here: the people who can do the work have not enough time. The plan is {days} off"
            ),
            (_, Proof::NotProven) if is_found => format!(
                "{object} {rule}: the plan is {days} off; a longer search finds one that keeps it"
            ),
            // What no plan can beat lies before the rule's own date here: it would only puzzle.
            (Broken::Milestone(_), Proof::NotProven) => format!(
                "{object} {rule}: the best plan found is {days} off. Whether a better one exists is not proven{earliest}"
            ),
            (_, Proof::NotProven) => format!(
                "{object} {rule}: the best plan found is {days} off. Whether a better one exists is not proven"
            ),
        }
    }

    /// A rule, or a group of like rules, with its place in the files.
    fn member(&self, rules: &[Rule], handed: &[HandOver]) -> ConflictRule {
        match rules {
            [only] => self.rule(*only, handed),
            _ => self.group(rules),
        }
    }

    fn rule(&self, rule: Rule, handed: &[HandOver]) -> ConflictRule {
        let production = self.production;
        let of_task = |task: TaskId| format!("task {}", self.code(task));
        let (object, rule, source) = match rule {
            Rule::Milestone(id) => {
                let (object, rule) = self.broken(Broken::Milestone(id));
                (object, rule, production.milestones[id].source)
            }
            Rule::Date(task, date) => {
                let (from, source) = self.set_on(task, date);
                (of_task(task), rule_words(date) + &from, source)
            }
            Rule::LockedDates(task) => {
                (of_task(task), self.locked_dates(task), production.tasks[task].source)
            }
            Rule::LockedPeople(task) => {
                let row = &production.tasks[task];
                let names: Vec<&str> =
                    row.assigned.iter().map(|id| production.people[*id].name.as_str()).collect();
                (of_task(task), format!("is locked to {}", names.join(", ")), row.source)
            }
            Rule::Release(task) => {
                let (date, source) = self.release(task);
                (of_task(task), format!("may not start before {date}"), source)
            }
            Rule::Work(task) => {
                let row = &production.tasks[task];
                let work = match row.status {
                    Status::Hold => "is on hold".to_owned(),
                    _ => format!(
                        "has {} of {} work",
                        self.days(&[task]),
                        self.department(row.department)
                    ),
                };
                (of_task(task), work, row.source)
            }
            Rule::Wait(index) => {
                let edge = &production.dependencies[index];
                let from = self.code(edge.from);
                let words = match edge.link {
                    Link::FinishToStart if edge.overlap > 0 => {
                        format!("starts when {from} is far enough, and ends after it")
                    }
                    Link::FinishToStart => format!("starts after {from} is finished"),
                    Link::StartToStart => format!("starts after {from} has started"),
                    Link::FinishToFinish => format!("ends after {from} is finished"),
                    Link::StartToFinish => format!("ends after {from} has started"),
                };
                let lag = f64::from(edge.lag) / f64::from(production.settings.slots_per_day.max(1));
                let lag =
                    if edge.lag == 0 { String::new() } else { format!(", with {lag} d of lag") };
                let over = handed.iter().find(|over| over.wait == index);
                let over = over.map_or_else(String::new, |over| self.hand_over(*over));
                (of_task(edge.to), words + &lag + &over, edge.source)
            }
            Rule::Pool(id) => {
                let row = &production.pools[id];
                let most = row.capacity.iter().map(|(_, units)| *units).max().unwrap_or(0);
                let rule = match row.kind {
                    PoolKind::Farm => {
                        format!("renders at most {} core-hours a day", most / row.kind.unit())
                    }
                    PoolKind::Licence => format!("has at most {most} licences"),
                    PoolKind::Desk => format!("has at most {most} desks"),
                };
                (format!("pool {}", row.code), rule, row.source)
            }
            Rule::Capacity(id) => {
                let row = &production.vendors[id];
                let days = row.capacity_days_per_week.unwrap_or(0);
                let rule = format!("can do {days} bid days a week");
                (format!("vendor {}", row.code), rule, row.source)
            }
            Rule::CrewCap(id) => {
                let row = &production.departments[id];
                let cap = row.curve.cap.unwrap_or(0);
                let rule = format!("has at most {cap} artists at work on a day");
                (format!("department {}", row.code), rule, row.source)
            }
        };
        let place = self.place(source);
        ConflictRule { object, rule, file: place.0, line: place.1 }
    }

    /// Where work goes, and what the clock says there.
    fn hand_over(&self, over: HandOver) -> String {
        let (from, to) = (&self.production.sites[over.from], &self.production.sites[over.to]);
        let minutes = to.utc_offset_minutes - from.utc_offset_minutes;
        let clock = match minutes {
            0 => "whose day is shorter".to_owned(),
            _ => {
                let side = if minutes > 0 { "ahead" } else { "behind" };
                format!("whose clock is {} h {side}", f64::from(minutes.abs()) / 60.0)
            }
        };
        format!(", and goes from {} to {}, {clock}", from.code, to.code)
    }

    fn place(&self, source: Source) -> (Option<String>, Option<u32>) {
        let file = source.file.and_then(|id| self.production.files.get(id));
        let name = file.map(|file| {
            let path = Path::new(&file.name);
            path.file_name().map_or_else(|| file.name.clone(), |name| name.to_string_lossy().into())
        });
        let line = name.as_ref().and((source.line > 0).then_some(source.line));
        (name, line)
    }

    /// Where a date rule of a task comes from, if it is not its own.
    fn set_on(&self, task: TaskId, rule: DateRule) -> (String, Source) {
        let production = self.production;
        let row = &production.tasks[task];
        // A rule of a whole sequence reaches its inner tasks in a weaker form of the same date.
        let is_from = |rules: &[DateRule]| rules.iter().any(|own| own.date() == rule.date());
        if row.rules.contains(&rule) {
            return (String::new(), row.source);
        }
        if let Entity::Shot(id) = row.entity
            && is_from(&production.shots[id].rules)
        {
            let shot = &production.shots[id];
            return (format!(" (set on shot {})", shot.code), shot.source);
        }
        if let Some(id) = production.sequence_of(row.entity)
            && is_from(&production.sequences[id].rules)
        {
            let sequence = &production.sequences[id];
            return (format!(" (set on sequence {})", sequence.code), sequence.source);
        }
        let show = &production.shows[production.show_of(row.entity)];
        (format!(" (set on show {})", show.code), show.source)
    }

    /// The date before which a task may not start, and where it stands.
    fn release(&self, task: TaskId) -> (String, Source) {
        let production = self.production;
        let row = &production.tasks[task];
        let show = &production.shows[production.show_of(row.entity)];
        let mut days = vec![(row.earliest, row.source), (show.start, show.source)];
        if let Entity::Shot(id) = row.entity {
            days.push((production.shots[id].turnover, production.shots[id].source));
        }
        if let Some(id) = production.sequence_of(row.entity) {
            days.push((production.sequences[id].turnover, production.sequences[id].source));
        }
        let latest = days.into_iter().filter_map(|(day, source)| Some((day?, source)));
        latest.max_by_key(|(day, _)| *day).map_or_else(
            || (spoken(production.settings.as_of), Source::default()),
            |(day, source)| (spoken(day), source),
        )
    }

    /// "4.5 d", of bid days.
    fn days(&self, tasks: &[TaskId]) -> String {
        let minutes: i64 = tasks.iter().map(|&task| self.production.work_left(task)).sum();
        let days = minutes as f64 / self.production.bid_day_minutes().max(1) as f64;
        format!("{} d", (days * 4.0).round() / 4.0)
    }

    fn group(&self, rules: &[Rule]) -> ConflictRule {
        let tasks: Vec<TaskId> = rules
            .iter()
            .filter_map(|rule| match rule {
                Rule::Work(task) => Some(*task),
                _ => None,
            })
            .collect();
        let count = rules.len();
        let (object, rule) = match rules.first() {
            Some(Rule::Work(_)) => {
                let mut departments: Vec<&str> = tasks
                    .iter()
                    .map(|task| self.department(self.production.tasks[*task].department))
                    .collect();
                departments.sort_unstable();
                departments.dedup();
                let names: Vec<&str> =
                    tasks.iter().take(NAMED).map(|task| self.code(*task)).collect();
                let more = count.saturating_sub(NAMED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let object = format!("{count} tasks of {}", departments.join(", "));
                (object, format!("have {} of work ({}{more})", self.days(&tasks), names.join(", ")))
            }
            Some(Rule::Wait(_)) => {
                (format!("{count} dependencies"), "between these tasks hold".to_owned())
            }
            _ => (format!("{count} tasks"), "may not start before their earliest dates".to_owned()),
        };
        ConflictRule { object, rule, file: None, line: None }
    }

    fn way_out(&self, way: &explain::WayOut) -> WayOut {
        let production = self.production;
        let hired = format!("{} days of work", (way.artist_days * 4.0).round() / 4.0);
        let text = match way.change {
            Change::SearchLonger => {
                "search longer: nothing need change, a plan that keeps it was found".to_owned()
            }
            Change::AgreeOn(Broken::Milestone(_), day) => {
                format!("agree on {} with the client", self.date(day))
            }
            Change::AgreeOn(_, day) => format!("move the date to {}", self.date(day)),
            Change::Split(task) => {
                format!("put one more artist on {} at the same time", self.code(task))
            }
            Change::Overlap(index) => {
                let edge = &production.dependencies[index];
                format!(
                    "start {} when {} is half done (early publish)",
                    self.code(edge.to),
                    self.code(edge.from)
                )
            }
            Change::ReleaseEarlier(task) => match way.from {
                Some(day) => format!(
                    "let {} start earlier than its turnover, on {}",
                    self.code(task),
                    self.date(day)
                ),
                None => format!("let {} start earlier than its turnover", self.code(task)),
            },
            Change::SplitWithHire(task) => {
                let department = self.department(production.tasks[task].department);
                format!(
                    "one more {department} artist, for {hired}, on {} at the same time",
                    self.code(task)
                )
            }
            Change::Hire(id, 1) => format!("one more {} artist, for {hired}", self.department(id)),
            Change::Hire(id, count) => {
                format!("{count} more {} artists, for {hired} in all", self.department(id))
            }
            Change::Move(person, at) => {
                let place = production.moves.get(at as usize);
                let from =
                    way.from.map_or(String::new(), |day| format!(" from {} on", self.date(day)));
                format!(
                    "move {} to {}{from}, for {hired}",
                    production.people[person].name,
                    place.map_or(String::new(), |terms| production.move_words(terms))
                )
            }
            Change::AddToPool(id, units) => {
                let row = &production.pools[id];
                match row.kind {
                    PoolKind::Farm => {
                        let hours = units / row.kind.unit();
                        format!("{hours} more core-hours a day on {}", row.name)
                    }
                    PoolKind::Licence => format!("{units} more of {}", row.name),
                    PoolKind::Desk => format!("{units} more desks ({})", row.name),
                }
            }
            Change::AddToVendor(id, days) => {
                let row = &production.vendors[id];
                let there = row.capacity_days_per_week.unwrap_or(0);
                format!(
                    "{} bid days a week at {} instead of {there}",
                    there.saturating_add(days),
                    row.name
                )
            }
            Change::UnlockPeople(task) => {
                format!(
                    "let somebody else work on {}, which is locked to its people",
                    self.code(task)
                )
            }
            Change::UnlockDates(task) => format!("unlock the dates of {}", self.code(task)),
            Change::Outsource(task, vendor) => {
                format!("give {} to {}", self.code(task), production.vendors[vendor].name)
            }
            Change::Drop(task) => {
                format!("leave out {} ({} of work)", self.code(task), self.days(&[task]))
            }
        };
        WayOut { text, days: way.days, cost: way.cost.0 }
    }
}
