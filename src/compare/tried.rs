//! One plan that was made, checked and costed; and what is waited for.

use crate::forecast::{self, Forecast};
use crate::model::*;
use crate::scenario::working_days_later;
use crate::solve::{self, Before, Solved, Watch};
use crate::verify::{self, Refused, Verdict};
use jiff::civil::Date;

/// How each plan is made.
pub type Options = solve::Options;

/// What a question is about: a milestone and the open tasks in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The milestone.
    pub milestone: MilestoneId,
    /// Whether each task is one of its contents, and open.
    pub wanted: Keyed<TaskId, bool>,
}

impl Goal {
    /// The open work of a milestone. What is on hold is not waited for.
    pub fn of(production: &Production, milestone: MilestoneId) -> Goal {
        let contents = &production.milestones[milestone].contents;
        let wanted = production.tasks.enumerate().map(|(id, task)| {
            production.is_open(id)
                && task.status != Status::Hold
                && contents.iter().any(|&entity| production.contains(entity, task.entity))
        });
        Goal { milestone, wanted: wanted.collect() }
    }

    /// Whether anything is left to do.
    pub fn is_open(&self) -> bool {
        self.wanted.iter().any(|wanted| *wanted)
    }

    /// `date` so many working days of the milestone's show later, earlier if below 0.
    pub fn shifted(&self, production: &Production, date: Date, days: i64) -> Date {
        let show = production.milestones[self.milestone].show;
        working_days_later(production, show, date, days)
    }

    /// Working days of the milestone's show after `from`, up to and including `to`; below 0 when `to`
    /// is earlier.
    pub fn days_between(&self, production: &Production, from: Date, to: Date) -> i64 {
        let show = production.milestones[self.milestone].show;
        let calendar = &production.calendars[production.shows[show].calendar];
        let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let days = days_between(first, last).min(20_000);
        let dates = (1..=days).map(|day| first.saturating_add(jiff::Span::new().days(day)));
        sign * dates.filter(|date| calendar.is_worked(*date)).count() as i64
    }
}

/// Why there is no plan.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// The independent check refused it.
    Refused(Refused),
    /// Plan and money do not say the same.
    Unreconciled(Vec<String>),
    /// Somebody stopped it.
    Stopped,
}

/// What was made; `None` when somebody stopped it, so that what was found before is kept.
pub(super) fn unless_stopped<T>(made: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
    match made {
        Ok(made) => Ok(Some(made)),
        Err(Trouble::Stopped) => Ok(None),
        Err(why) => Err(why),
    }
}

/// A plan with its cost.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What was planned.
    pub production: Production,
    /// The plan.
    pub solved: Solved,
    /// Its cost.
    pub forecast: Forecast,
    /// What the independent check says of it.
    pub verdict: Verdict,
}

impl Tried {
    /// Plans a production, has the plan judged, and works out its cost.
    ///
    /// # Errors
    /// When the plan does not pass, or was stopped before there was one.
    pub fn new(
        production: Production,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Tried, Trouble> {
        Tried::judged(production, options, watch, |production| {
            solve::plan(production, options, watch)
        })
    }

    /// The same plan without the bound of the weekly program: where only its dates and cost are asked.
    ///
    /// # Errors
    /// As [`Tried::new`].
    pub fn unproven(
        production: Production,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Tried, Trouble> {
        Tried::judged(production, options, watch, |production| {
            solve::plan_unproven(production, options, watch)
        })
    }

    /// The same from a plan of a similar production on; see [`solve::plan_from`].
    ///
    /// # Errors
    /// As [`Tried::new`].
    pub fn again(
        production: Production,
        before: Before<'_>,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Tried, Trouble> {
        Tried::judged(production, options, watch, |production| {
            solve::plan_from(production, before, options, watch)
        })
    }

    /// The same from the plan of a production with less freedom on, without the bound of the weekly program.
    ///
    /// # Errors
    /// As [`Tried::new`].
    pub fn going_on(
        production: Production,
        tighter: &Tried,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Tried, Trouble> {
        let (plan, value) = (&tighter.solved.plan, tighter.worth(&tighter.production));
        let before = Before { plan, value, anew: options.limit, staffing: None };
        Tried::judged(production, options, watch, |production| {
            solve::plan_from_unproven(production, before, options, watch)
        })
    }

    /// The same from a plan of the same production with less freedom on, where that plan is better than this one:
    /// who may do more is not to do worse.
    ///
    /// # Errors
    /// As [`Tried::new`].
    pub fn no_worse_than(
        self,
        tighter: &Tried,
        options: &Options,
        watch: &dyn Watch,
    ) -> Result<Tried, Trouble> {
        if self.worth(&self.production) <= tighter.worth(&self.production) {
            return Ok(self);
        }
        let again = Tried::going_on(self.production.clone(), tighter, options, watch)?;
        let is_better = again.worth(&self.production) < self.worth(&self.production);
        Ok(if is_better { again } else { self })
    }

    /// What the plan is worth by what a production favours.
    fn worth(&self, production: &Production) -> Cents {
        self.solved.objective.total(&production.settings.multipliers())
    }

    fn judged(
        mut production: Production,
        options: &Options,
        watch: &dyn Watch,
        plan: impl FnOnce(&Production) -> Solved,
    ) -> Result<Tried, Trouble> {
        // Its bounds alone take a second of a studio, and the plan would be empty.
        if watch.stop() {
            return Err(Trouble::Stopped);
        }
        production.settings.mode = options.mode;
        let solved = plan(&production);
        let is_empty = solved.plan.assignments.is_empty() && solved.plan.instants.is_empty();
        if solved.interrupted && is_empty {
            return Err(Trouble::Stopped);
        }
        let verdict = verify::plan(&production, &solved.plan);
        let verdict = verdict.or_refuse().map_err(Trouble::Refused)?;
        let forecast = forecast::of(&production, &solved.plan);
        forecast::reconcile(&forecast, &production, &solved.plan).map_err(Trouble::Unreconciled)?;
        Ok(Tried { production, solved, forecast, verdict })
    }

    /// The last day of the work that is waited for; `None` when some of it has no place, or there is
    /// none.
    pub fn finish(&self, goal: &Goal) -> Option<Date> {
        let plan = &self.solved.plan;
        if plan.unplaced.iter().any(|(task, _)| goal.wanted[*task]) {
            return None;
        }
        let parts = plan.assignments.iter().map(|part| (part.task, part.end()));
        let all = parts.chain(plan.instants.iter().copied());
        let last = all.filter(|(task, _)| goal.wanted[*task]).map(|(_, end)| end).max()?;
        Some(self.production.timeline().finish_date(last))
    }

    /// The date of the milestone that no plan of this production can beat.
    pub fn earliest(&self, goal: &Goal) -> Option<Date> {
        let earliest = self.solved.earliest.milestones.get(goal.milestone.index())?;
        earliest.map(|slot| self.production.timeline().finish_date(slot))
    }

    /// What incentives give the studio, as far as it is certain.
    pub fn given(&self) -> Cents {
        self.forecast.margin.incentives
    }

    /// Estimated final cost.
    pub fn efc(&self) -> Cents {
        self.forecast.total.efc()
    }
}
