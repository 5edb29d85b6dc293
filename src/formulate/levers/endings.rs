//! Contracts that could go on after their end.

use super::crews::output;
use super::seats::Comes;
use super::shows::only;
use super::{Builder, Ending, Kind, Lever, Question, Shows, Spend, Told};
use crate::formulate::program::{LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{ContractKind, DepartmentId, PersonId, Production, SiteId, Timeline};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// People of the departments whose last contract ends inside the weeks, by department and week; `by_site`
/// also by where they work, which is then told. A bound has each of them alone, since the cheapest cost less than
/// the mean.
pub fn endings(
    production: &Production,
    timeline: &Timeline,
    weeks: u32,
    departments: &[DepartmentId],
    told: &Told,
    by_site: bool,
    kind: Kind,
) -> Vec<(Option<SiteId>, Ending)> {
    let as_of = production.settings.as_of;
    type Like = (DepartmentId, u32, usize, Option<SiteId>, Option<PersonId>, Shows);
    let mut together: BTreeMap<Like, Vec<One>> = BTreeMap::new();
    for (id, person) in production.people.enumerate() {
        let Some(skill) = person.skills.first() else { continue };
        if !departments.contains(&skill.department) {
            continue;
        }
        let last = person.contracts.iter().max_by_key(|row| row.end.unwrap_or(Date::MAX));
        let Some((contract, end)) = last.and_then(|row| Some((row, row.end?))) else { continue };
        let after = end.saturating_add(jiff::Span::new().days(1));
        if contract.kind == ContractKind::Staff || end < as_of || !timeline.contains(after) {
            continue;
        }
        // Not beyond what was agreed: until then the artist has promised to stay, and is promised the work.
        let limit = production.may_go_on_to(id, contract, end);
        let mut one = One { id, output: vec![0.0; weeks as usize], pay: vec![0.0; weeks as usize] };
        let (site, rate) =
            (&production.sites[person.site], output(production, person, skill.level));
        let calendar = &production.calendars[site.calendar];
        let share = person.capacity as f64 / 1e4;
        let to_tasks = 1.0 - person.lead_share as f64 / 1e4;
        let cost = production.day_cost(id, after).0.max(0) as f64;
        let mut date = after;
        while timeline.contains(date) && date <= limit.unwrap_or(Date::MAX) && date < Date::MAX {
            let week = timeline.week(timeline.day(date)) as usize;
            if week >= one.output.len() {
                break;
            }
            let away: i64 = person
                .leave
                .iter()
                .filter(|leave| leave.approved && leave.from <= date && date <= leave.to)
                .map(|leave| leave.share)
                .sum();
            if calendar.is_worked(date) && site.holidays.binary_search(&date).is_err() {
                let there = share * (1.0 - away.min(10_000) as f64 / 1e4);
                one.output[week] += there * to_tasks * rate;
                one.pay[week] += there * cost;
            }
            date = date.saturating_add(jiff::Span::new().days(1));
        }
        // A contract that ends on a Friday goes on in the next week.
        let worked = one.output.iter().position(|days| *days > 0.0);
        if let Some(from) = worked.map(|week| week as u32) {
            if limit.is_some() {
                let last = one.output.iter().rposition(|days| *days > 0.0).unwrap_or(0);
                one.output.truncate(last + 1);
                one.pay.truncate(last + 1);
            }
            let (site, until) = (by_site.then_some(person.site), one.output.len());
            let alone = (kind == Kind::Bound).then_some(id);
            let shows = told.after_end(production, (id, skill.department), end);
            let like = (skill.department, from, until, site, alone, shows);
            together.entry(like).or_default().push(one);
        }
    }
    together
        .into_iter()
        .map(|((department, from, until, site, _, shows), mut people)| {
            people.sort_by(|a, b| a.price().total_cmp(&b.price()).then(a.id.cmp(&b.id)));
            let count = people.len() as f64;
            let mean = |of: fn(&One) -> &Vec<f64>, week: usize| {
                people.iter().map(|one| of(one)[week]).sum::<f64>() / count
            };
            let list = |of: fn(&One) -> &Vec<f64>| (0..until).map(|week| mean(of, week)).collect();
            let ending = Ending {
                department,
                shows,
                from,
                output: list(|one| &one.output),
                pay: list(|one| &one.pay),
                people: people.iter().map(|one| one.id).collect(),
            };
            (site, ending)
        })
        .collect()
}

struct One {
    id: PersonId,
    output: Vec<f64>,
    pay: Vec<f64>,
}

impl One {
    fn price(&self) -> f64 {
        let output: f64 = self.output.iter().sum();
        self.pay.iter().sum::<f64>() / output.max(1e-9)
    }
}

impl Builder<'_> {
    /// Who goes on in a week went on in the week before.
    pub(super) fn endings(&mut self) {
        let question: &Question = self.question;
        for (number, row) in question.endings.iter().enumerate() {
            let ending = number as u32;
            let mut columns: Vec<super::Column> = Vec::new();
            let mut time = Vec::new();
            for week in row.from..question.weeks().min(row.output.len() as u32) {
                let at = week as usize;
                let pay = row.pay.get(at).copied().unwrap_or(0.0);
                let kind = LeverColumn::Prolonged { ending, week };
                let column = self.column(kind, row.people.len() as f64, pay);
                self.built.program.make_integer(column);
                self.spend(Spend {
                    column,
                    unit: pay,
                    lever: Lever::Extension,
                    department: Some(row.department),
                    show: only(row.shows.as_deref()),
                    week: Some(week),
                });
                if let Some(&before) = columns.last() {
                    let kind = RowKind::Lever(LeverRow::Prolonged { ending, week });
                    let entries = [(column, 1.0), (before, -1.0)];
                    self.built.program.row_of(kind, Sense::AtMost, 0.0, entries);
                }
                let output = row.output.get(at).copied().unwrap_or(0.0);
                let bucket = question.bucket(week);
                time.push((bucket, column, output));
                columns.push(column);
            }
            self.give(Comes::Ending(number), row.department, time);
            self.built.prolonged.push(columns);
        }
    }
}
