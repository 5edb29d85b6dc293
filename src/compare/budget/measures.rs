//! What is done to stay under caps: contracts that end earlier, and departments without overtime.

use crate::compare::Tried;
use crate::forecast::{Posting, PostingKind};
use crate::formulate::levers::{Lever, Question};
use crate::model::*;
use crate::scenario::Change;
use crate::solve::levers::{Asking, Mix};
use jiff::civil::Date;

/// What is done to save.
#[derive(Default)]
pub(super) struct Measures {
    pub(super) releases: Vec<(PersonId, Date)>,
    pub(super) no_overtime: Vec<DepartmentId>,
}

impl Measures {
    /// What the weekly program does without; without a program, all that the caps count.
    pub(super) fn of(
        base: &Tried,
        asking: &Asking,
        question: &Question,
        mix: Option<&Mix>,
        caps: &[BudgetCap],
    ) -> Measures {
        let production = &base.production;
        let mut measures = Measures::default();
        // Of a cap on a show: who may work on it, and the overtime that it bears in the plan without caps.
        let shows = caps.iter().filter_map(|cap| match cap.on {
            CapOn::Show(show) => Some(show),
            _ => None,
        });
        let shows: Vec<ShowId> = shows.collect();
        let ledger = base.forecast.ledger.iter();
        let overtime = ledger.filter(|row| {
            let is_of_show = row.show.is_some_and(|show| shows.contains(&show));
            is_of_show && row.kind == PostingKind::Overtime
        });
        let overtime: Vec<&Posting> = overtime.collect();
        let timeline = asking.timeline();
        for (department, row) in production.departments.enumerate() {
            let is_of = |account: &AccountId| {
                *account == row.account
                    || production.accounts[*account].kind == AccountKind::Overtime
            };
            let counts = caps.iter().any(|cap| match &cap.on {
                CapOn::Total | CapOn::Month(_) => true,
                CapOn::Show(_) => false,
                CapOn::Department(of) => *of == department,
                CapOn::Account(account) => is_of(account),
                CapOn::Accounts(accounts) => accounts.iter().any(is_of),
            });
            let has_overtime = || overtime.iter().any(|row| row.department == Some(department));
            let is_told = question
                .work
                .iter()
                .any(|work| work.department == department && work.show.is_some());
            type Of = Option<Option<ShowId>>;
            let spent = |lever: Lever, week: Option<u32>, of: Of| -> f64 {
                let Some(mix) = mix else { return 0.0 };
                let rows = mix.spent.iter().filter(|(spend, _)| {
                    spend.lever == lever
                        && spend.department == Some(department)
                        && of.is_none_or(|show| spend.show == show)
                        && (week.is_none() || spend.week == week)
                });
                rows.map(|(_, money)| money).sum()
            };
            if (counts || has_overtime()) && spent(Lever::Overtime, None, None) < 1.0 {
                measures.no_overtime.push(department);
            }
            let is_counted = |id: &PersonId| {
                counts || shows.iter().any(|show| production.people[*id].may_work_on(*show))
            };
            let mut people: Vec<(Option<ShowId>, Cents, PersonId, Date)> = production
                .people
                .ids()
                .filter(|id| production.home_department(*id) == Some(department))
                .filter(is_counted)
                .filter_map(|id| {
                    let contracts = production.people[id].contracts.iter();
                    let last = contracts.max_by_key(|row| row.end.unwrap_or(Date::MAX))?;
                    let from = production.first_avoidable_day(id, last);
                    let is_open = last.end.is_none_or(|end| end >= from);
                    (last.kind == ContractKind::Freelance && is_open).then(|| {
                        let show = production.people[id].only_show().filter(|_| is_told);
                        (show, production.day_cost(id, from), id, from)
                    })
                })
                .collect();
            // The cheapest stay longest, of those who may work on the same show.
            people.sort();
            let (mut before, mut of) = (0.0, None);
            for (show, cost, person, from) in people {
                if of != Some(show) {
                    (before, of) = (0.0, Some(show));
                }
                let day = cost.0.max(1) as f64;
                // The last weeks in which so many of the cheaper ones are not enough.
                let last = question.buckets.iter().rev().find(|bucket| {
                    let weeks = f64::from(bucket.end - bucket.start);
                    let money = spent(Lever::Freelance, Some(bucket.start), of);
                    money > before * 5.0 * weeks + 0.5 * day
                });
                before += day;
                let end = last.map(|bucket| {
                    timeline.monday(bucket.end).saturating_sub(jiff::Span::new().days(1))
                });
                let yesterday = from.saturating_sub(jiff::Span::new().days(1));
                let end = end.map_or(yesterday, |end| end.max(yesterday));
                let contracts = production.people[person].contracts.iter();
                let now = contracts.map(|row| row.end.unwrap_or(Date::MAX)).max();
                if now.is_some_and(|now| end < now.min(timeline.last())) {
                    measures.releases.push((person, end));
                }
            }
        }
        // The dearest go first.
        let as_of = production.settings.as_of;
        measures.releases.sort_by_key(|&(person, end)| {
            (Cents::ZERO - production.day_cost(person, as_of), end, person)
        });
        measures
    }

    pub(super) fn count(&self) -> usize {
        self.releases.len() + self.no_overtime.len()
    }

    /// The first so many: releases, then departments without overtime.
    pub(super) fn first(&self, count: usize) -> (Vec<(PersonId, Date)>, Vec<DepartmentId>) {
        let releases = self.releases.iter().copied().take(count).collect();
        let rest = count.saturating_sub(self.releases.len());
        (releases, self.no_overtime.iter().copied().take(rest).collect())
    }

    pub(super) fn changes(&self) -> Vec<Change> {
        let releases = self.releases.iter().map(|&(person, to)| Change::Shorten { person, to });
        let overtime = self.no_overtime.iter().map(|&department| Change::NoOvertime { department });
        releases.chain(overtime).collect()
    }
}
