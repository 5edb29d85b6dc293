//! Budget caps: whether the cost stays under them, what it takes, and what they cost in time.
//!
//! What can be saved without stopping work is freelance days and overtime. The weekly program says how
//! much of both each department keeps under the caps with the least work getting later; the detailed plan
//! is then made with shorter contracts and without overtime where none is kept. Where a cap is still
//! broken, the program is asked again with less.

mod measures;

use super::crew_for::settings;
use super::incentives::grants;
use super::outsource::effect;
use super::tried::unless_stopped;
use super::{Effect, Options, Tried, Trouble};
use crate::forecast::{CostState, Posting, PostingKind};
use crate::formulate::levers::{Cap, Lever, Question};
use crate::model::*;
use crate::scenario::apply;
use crate::solve::Watch;
use crate::solve::levers::{Asking, Worth, cheapest_from, worth_of_caps};
use crate::solve::linear::Stop;
use jiff::civil::Date;
use measures::Measures;

/// Plans under caps that are tried until they hold.
const MOST_TRIES: usize = 4;
/// Plans with fewer measures after that.
const MOST_RETURNS: usize = 4;
/// How far the room of each chain of work is shared among its tasks; see [`Asking::windows`]. All of it:
/// what the program thinks it can do without is gone.
const SHARED: f64 = 1.0;

/// What became of a cap.
#[derive(Clone, Debug, PartialEq)]
pub struct Capped {
    /// The cap.
    pub cap: BudgetCap,
    /// Cost under it in the plan as it is.
    pub planned: Cents,
    /// What of that could be saved without stopping work: freelance days and overtime.
    pub avoidable: Cents,
    /// Cost under it in [`Budgeted::plan`].
    pub after: Cents,
    /// Cost under it in [`Budgeted::whole`].
    pub with_all_work: Cents,
    /// What a little more money would bring back in the weekly program.
    pub worth: Option<Worth>,
}

impl Capped {
    /// Whether it is kept with no more work left out than without caps.
    pub fn holds(&self) -> bool {
        self.missing() == Cents::ZERO
    }

    /// What is missing for that.
    pub fn missing(&self) -> Cents {
        (self.with_all_work - self.cap.amount).max(Cents::ZERO)
    }
}

/// A plan under caps.
#[derive(Clone, Debug)]
pub struct Budgeted {
    /// What becomes of the production without caps.
    pub base: Effect,
    /// What becomes of it with them.
    pub after: Effect,
    /// The caps.
    pub caps: Vec<Capped>,
    /// What is owed for the confirmed days that are called off in the plan with the caps.
    pub called_off: Cents,
    /// Plans that were made.
    pub tries: usize,
    /// The plan with the caps: that which breaks them least, also by leaving out work.
    pub plan: Saving,
    /// The plan that breaks them least among those that leave out no more work than the plan without; the plan
    /// itself where it leaves out none.
    pub whole: Saving,
}

/// A plan with what is done to save in it.
#[derive(Clone, Debug)]
pub struct Saving {
    /// The plan.
    pub tried: Tried,
    /// Freelance contracts that end earlier, with their new last day.
    pub releases: Vec<(PersonId, Date)>,
    /// Departments that work no overtime.
    pub no_overtime: Vec<DepartmentId>,
}

impl Saving {
    /// The plan as it is.
    fn nothing(base: &Tried) -> Saving {
        Saving { tried: base.clone(), releases: Vec::new(), no_overtime: Vec::new() }
    }
}

impl Budgeted {
    /// Tasks that have no place for the caps.
    pub fn left_out(&self) -> u32 {
        self.after.unplaced.saturating_sub(self.base.unplaced)
    }
}

/// Plans under budget caps; gives the plan without them too.
///
/// # Errors
/// When a plan does not pass the independent check, or the search was stopped before the first. Stopped later, it gives
/// what was found until then.
pub fn budget(
    production: &Production,
    caps: &[BudgetCap],
    options: &Options,
    watch: &dyn Watch,
) -> Result<(Tried, Budgeted), Trouble> {
    // What is told is dates and money: no plan needs its bound.
    let base = Tried::unproven(production.clone(), options, watch)?;
    let plan = |changed: Production| Tried::unproven(changed, options, watch);
    let found = within(&base, caps, options.mode, &plan, watch)?;
    Ok((base, found))
}

/// What a cap counts in a plan.
pub fn under_cap<'t>(tried: &'t Tried, cap: &'t BudgetCap) -> impl Iterator<Item = &'t Posting> {
    tried.forecast.ledger.iter().filter(|row| cap.on.counts(&tried.production, row))
}

/// The same from a plan without caps on; `plan` makes the plans with them.
///
/// # Errors
/// As [`budget`].
pub(super) fn within(
    base: &Tried,
    caps: &[BudgetCap],
    mode: Mode,
    plan_of: &dyn Fn(Production) -> Result<Tried, Trouble>,
    watch: &dyn Watch,
) -> Result<Budgeted, Trouble> {
    let production = &base.production;
    let all: Vec<TaskId> = production.tasks.ids().collect();
    let planned: Vec<Cents> = caps.iter().map(|cap| cost(base, cap)).collect();
    let avoidable: Vec<Cents> =
        caps.iter().map(|cap| sum(base, cap, |row| is_avoidable(production, row))).collect();
    let as_it_is = effect(base, &all, Cents::ZERO);
    let mut found = Budgeted {
        base: as_it_is.clone(),
        after: as_it_is,
        caps: Vec::new(),
        called_off: Cents::ZERO,
        tries: 1,
        plan: Saving::nothing(base),
        whole: Saving::nothing(base),
    };
    let mut after = planned.clone();
    let leaves_none = |tried: &Tried| {
        let left_out = |tried: &Tried| tried.solved.plan.left_out().count();
        left_out(tried) <= left_out(base)
    };
    let mut worth = vec![None; caps.len()];
    let broken = |after: &[Cents]| -> i64 {
        let over = caps.iter().zip(after).map(|(cap, after)| (*after - cap.amount).0.max(0));
        over.fold(0, i64::saturating_add)
    };
    if broken(&after) > 0 {
        let asking = Asking::new(production, mode, &base.solved.plan).with_incentives(grants(base));
        let none = Keyed::filled(false, production.tasks.len());
        let mut question = asking.question(&none, production.settings.horizon_end, SHARED);
        // Nothing is bought to save money.
        question.openings.clear();
        question.moves.clear();
        question.endings.clear();
        question.offers.clear();
        let mut less = vec![Cents::ZERO; caps.len()];
        // What could be saved elsewhere: no cap on these accounts counts it.
        let total = BudgetCap { name: String::new(), on: CapOn::Total, amount: Cents::ZERO };
        let anywhere = sum(base, &total, |row| is_avoidable(production, row));
        let beside: Vec<Cents> = avoidable.iter().map(|own| anywhere - *own).collect();
        let (settings, stop): (_, Stop<'_>) = (settings(production), &|| watch.stop());
        for round in 0..MOST_TRIES {
            if watch.stop() {
                break;
            }
            let room = |at: usize| caps[at].amount - (planned[at] - avoidable[at]) - less[at];
            question.caps = (0..caps.len())
                .map(|at| weekly(&asking, &question, &caps[at], room(at), beside[at]))
                .collect();
            if round == 0 {
                let step = 5.0 * production.mean_day_cost().0.max(1) as f64;
                worth =
                    worth_of_caps(&question, step, &settings, stop).into_iter().map(Some).collect();
                worth.resize(caps.len(), None);
            }
            // In the last round all that can be saved is.
            let mix = match round + 1 {
                MOST_TRIES => None,
                _ => match cheapest_from(&question, &mut None, &settings, stop) {
                    Ok(mix) => Some(mix),
                    Err(_) => continue,
                },
            };
            let measures = Measures::of(base, &asking, &question, mix.as_ref(), caps);
            let all_of_them = measures.count();
            let plan = |count: usize| -> Result<Saving, Trouble> {
                let made = measures.changes().into_iter().take(count).collect::<Vec<_>>();
                let tried = plan_of(apply(production, &made))?;
                let (releases, no_overtime) = measures.first(count);
                Ok(Saving { tried, releases, no_overtime })
            };
            let costs =
                |tried: &Tried| -> Vec<Cents> { caps.iter().map(|cap| cost(tried, cap)).collect() };
            let Some(made) = unless_stopped(plan(all_of_them))? else { break };
            found.tries += 1;
            let now = costs(&made.tried);
            if leaves_none(&made.tried) && broken(&now) < broken(&costs(&found.whole.tried)) {
                found.whole = made.clone();
            }
            if broken(&now) < broken(&after) {
                after.clone_from(&now);
                found.plan = made;
            }
            if broken(&after) == 0 {
                // Half as many may do, and so on: nobody goes who need not.
                let (mut few, mut enough) = (0, all_of_them);
                for _ in 0..MOST_RETURNS {
                    let middle = few + (enough - few) / 2;
                    if middle == few || watch.stop() {
                        break;
                    }
                    let Some(made) = unless_stopped(plan(middle))? else { break };
                    found.tries += 1;
                    let now = costs(&made.tried);
                    let is_whole = leaves_none(&made.tried);
                    if is_whole && broken(&now) < broken(&costs(&found.whole.tried)) {
                        found.whole = made.clone();
                    }
                    let is_kept =
                        broken(&now) == 0 && (is_whole || !leaves_none(&found.plan.tried));
                    if !is_kept {
                        few = middle;
                        continue;
                    }
                    enough = middle;
                    after = now;
                    found.plan = made;
                }
                break;
            }
            for (at, cap) in caps.iter().enumerate() {
                let over = (now[at] - cap.amount).max(Cents::ZERO);
                // A little more than what is missing, so that the rounds get somewhere.
                less[at] += over + over.basis_points(2_000);
            }
        }
    }
    if leaves_none(&found.plan.tried) {
        found.whole = found.plan.clone();
    }
    found.after = effect(&found.plan.tried, &all, Cents::ZERO);
    let whole: Vec<Cents> = caps.iter().map(|cap| cost(&found.whole.tried, cap)).collect();
    let rows = caps.iter().zip(&planned).zip(&avoidable).zip(&after).zip(&whole).zip(worth);
    found.caps = rows
        .map(|(((((cap, planned), avoidable), after), whole), worth)| Capped {
            cap: cap.clone(),
            planned: *planned,
            avoidable: *avoidable,
            after: *after,
            with_all_work: *whole,
            worth,
        })
        .collect();
    let called_off = |tried: &Tried| tried.forecast.sum_of(PostingKind::CalledOff);
    found.called_off = called_off(&found.plan.tried) - called_off(base);
    Ok(found)
}

impl CapOn {
    fn counts(&self, production: &Production, row: &Posting) -> bool {
        let is_cost = production.accounts[row.account].kind != AccountKind::Revenue;
        is_cost
            && match self {
                CapOn::Total => true,
                CapOn::Show(show) => row.show == Some(*show),
                CapOn::Department(department) => row.department == Some(*department),
                CapOn::Account(account) => row.account == *account,
                CapOn::Accounts(accounts) => accounts.contains(&row.account),
                CapOn::Month(first) => {
                    (row.date.year(), row.date.month()) == (first.year(), first.month())
                }
            }
    }
}

fn cost(tried: &Tried, cap: &BudgetCap) -> Cents {
    sum(tried, cap, |_| true)
}

fn sum(tried: &Tried, cap: &BudgetCap, filter: impl Fn(&Posting) -> bool) -> Cents {
    under_cap(tried, cap).filter(|row| filter(row)).map(|row| row.amount).sum()
}

/// Freelance days that can still be saved, and overtime.
pub fn is_avoidable(production: &Production, row: &Posting) -> bool {
    let is_freelance = || {
        row.person
            .and_then(|person| production.contract_on(person, row.date))
            .is_some_and(|contract| contract.kind == ContractKind::Freelance)
    };
    match row.kind {
        PostingKind::Overtime => true,
        PostingKind::Labour | PostingKind::Idle | PostingKind::Team | PostingKind::Guaranteed => {
            row.state == CostState::Etc && is_freelance()
        }
        PostingKind::CalledOff
        | PostingKind::Commitment
        | PostingKind::Vendor
        | PostingKind::Actual
        | PostingKind::Pool
        | PostingKind::Overflow => false,
    }
}

/// The cap as the weekly program sees it: on what freelance days and overtime may cost. A cap on several accounts
/// is one on all of it there, with room for what `beside` them could be saved; so is one on a show whose people
/// may all work on others too.
fn weekly(
    asking: &Asking,
    question: &Question,
    cap: &BudgetCap,
    room: Cents,
    beside: Cents,
) -> Cap {
    let production = asking.production();
    let mut weekly = Cap {
        name: cap.name.clone(),
        department: None,
        show: None,
        lever: None,
        weeks: None,
        amount: room.0.max(0) as f64,
    };
    match cap.on {
        CapOn::Total => {}
        CapOn::Accounts(_) => weekly.amount += beside.0.max(0) as f64,
        CapOn::Show(show) => {
            match question.crews.iter().any(|crew| crew.shows.as_deref() == Some(&[show])) {
                true => weekly.show = Some(show),
                false => weekly.amount += beside.0.max(0) as f64,
            }
        }
        CapOn::Department(department) => weekly.department = Some(department),
        CapOn::Account(account) => match production.accounts[account].kind {
            AccountKind::Overtime => weekly.lever = Some(Lever::Overtime),
            _ => {
                let mut departments = production.departments.enumerate();
                let of = departments.find(|(_, row)| row.account == account);
                weekly.department = of.map(|(id, _)| id);
                weekly.lever = Some(Lever::Freelance);
            }
        },
        CapOn::Month(first) => {
            let timeline = asking.timeline();
            let last = first.last_of_month();
            let week = |date: Date| timeline.week(timeline.day(date));
            weekly.weeks = Some(week(first)..week(last) + 1);
        }
    }
    weekly
}
