//! What incentives give of amounts that are spent, as reports count it; no program.

use crate::model::{Cents, IncentiveKind, IncentiveRule};

/// Incentives, and where the money of a question is spent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incentives {
    /// The incentives; each stands after those that are taken off its base.
    pub grants: Vec<Grant>,
    /// Place of each crew. What has no entry is nowhere; so for the next three.
    pub crews: Vec<String>,
    /// Place of each opening.
    pub openings: Vec<String>,
    /// Place of each ending.
    pub endings: Vec<String>,
    /// Place of each offer.
    pub offers: Vec<String>,
}

/// An incentive, with what counts for it whatever is bought. Money in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// The rule.
    pub rule: IncentiveRule,
    /// Eligible cost that no purchase changes.
    pub certain: f64,
    /// The same of its kind everywhere.
    pub everywhere: f64,
    /// Share of each week in which the rule holds; weeks that are missing count in full.
    pub valid: Vec<f64>,
}

/// A step of an incentive: from so much on, this rate on all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) from: f64,
    pub(super) rate: f64,
}

impl Incentives {
    /// What the studio gets and can count on of amounts that are eligible, and of the same kind everywhere,
    /// by grant.
    ///
    /// ```
    /// use shotplan::formulate::levers::{Grant, Incentives};
    /// use shotplan::model::{Cents, IncentiveRule};
    /// // 30 % from 1,000 on: 999 gives nothing, 1,000 gives 300.
    /// let rule = IncentiveRule { minimum: Cents(1_000), ..IncentiveRule::new("rebate", "here", 3_000) };
    /// let grant = Grant { rule, certain: 0.0, everywhere: 0.0, valid: vec![] };
    /// let incentives = Incentives { grants: vec![grant], ..Incentives::default() };
    /// assert_eq!(incentives.given(&[(999.0, 999.0)]), 0.0);
    /// assert_eq!(incentives.given(&[(1_000.0, 1_000.0)]), 300.0);
    /// ```
    pub fn given(&self, amounts: &[(f64, f64)]) -> f64 {
        let mut credits: Vec<f64> = Vec::with_capacity(self.grants.len());
        let mut sum = 0.0;
        for (grant, &(eligible, everywhere)) in self.grants.iter().zip(amounts) {
            let rule = &grant.rule;
            let step = grant.steps().into_iter().rev().find(|step| step.from <= eligible);
            let rate = step.filter(|_| eligible > 0.0).map_or(0.0, |step| step.rate);
            let off: f64 =
                self.netted(rule).map(|at| credits.get(at).copied().unwrap_or(0.0)).sum();
            let base = (eligible * rule.eligible as f64 / 1e4 - off)
                .min(everywhere * rule.cap_share as f64 / 1e4)
                .min(rule.cap.map_or(f64::INFINITY, |cap| cap.0 as f64))
                .max(0.0);
            credits.push(base * rate);
            sum += base * rate * grant.kept();
        }
        sum
    }

    /// What is given whatever is bought.
    pub fn certain(&self) -> f64 {
        let amounts: Vec<(f64, f64)> =
            self.grants.iter().map(|grant| (grant.certain, grant.everywhere)).collect();
        self.given(&amounts)
    }

    /// Share of pay at a place in a week that incentives give the studio: what is `sure` for any amount more,
    /// else the most that could be.
    ///
    /// ```
    /// use shotplan::formulate::levers::{Grant, Incentives};
    /// use shotplan::model::{Cents, IncentiveRule};
    /// let rule = IncentiveRule { minimum: Cents(1_000), ..IncentiveRule::new("rebate", "here", 3_000) };
    /// let grant = Grant { rule, certain: 0.0, everywhere: 0.0, valid: vec![] };
    /// let mut incentives = Incentives { grants: vec![grant], ..Incentives::default() };
    /// assert_eq!(incentives.of_pay("here", 0, false), 0.3);
    /// assert_eq!(incentives.of_pay("here", 0, true), 0.0); // below its least spend
    /// incentives.grants[0].certain = 2_000.0;
    /// assert_eq!(incentives.of_pay("here", 0, true), 0.3);
    /// assert_eq!(incentives.of_pay("there", 0, false), 0.0);
    /// ```
    pub fn of_pay(&self, place: &str, week: u32, sure: bool) -> f64 {
        let mut share = 0.0;
        for grant in &self.grants {
            let rule = &grant.rule;
            if !grant.is_for(IncentiveKind::Labour, place).1 {
                continue;
            }
            let steps = grant.steps();
            let is_netted = self.grants.iter().any(|other| other.rule.net_of.contains(&rule.code));
            let is_plain = rule.cap.is_none()
                && rule.cap_share >= 10_000
                && rule.net_of.is_empty()
                && !is_netted;
            let reached = steps.iter().rev().find(|step| step.from <= grant.certain);
            let rate = match sure {
                true if is_plain => reached.map_or(0.0, |step| step.rate),
                true => 0.0,
                false => steps.iter().map(|step| step.rate).fold(0.0, f64::max),
            };
            share += rate * grant.kept() * rule.eligible as f64 / 1e4 * grant.holds(week);
        }
        share
    }

    /// Whether people at different sites have to be told apart.
    pub fn has_places(&self) -> bool {
        self.grants.iter().any(|grant| !grant.rule.place.is_empty())
    }

    pub(super) fn netted<'a>(
        &'a self,
        rule: &'a IncentiveRule,
    ) -> impl Iterator<Item = usize> + 'a {
        let all = self.grants.iter().enumerate();
        all.filter(|(_, other)| rule.net_of.contains(&other.rule.code)).map(|(at, _)| at)
    }
}

impl Grant {
    /// Of the credit, what comes to the studio and can be counted on.
    pub(super) fn kept(&self) -> f64 {
        let share = |points: i64| points as f64 / 1e4;
        let rule = &self.rule;
        (1.0 - share(rule.tax)) * share(rule.studio_share) * share(rule.certainty)
    }

    /// Steps, ascending; the highest that is reached counts.
    pub(super) fn steps(&self) -> Vec<Step> {
        let least = self.rule.minimum.0.max(0) as f64;
        let first = Step { from: least, rate: self.rule.rate as f64 / 1e4 };
        let mut steps = vec![first];
        for &(Cents(from), rate) in &self.rule.tiers {
            let step = Step { from: (from as f64).max(least), rate: rate as f64 / 1e4 };
            match steps.last_mut() {
                Some(last) if last.from >= step.from => *last = step,
                _ => steps.push(step),
            }
        }
        steps
    }

    /// Share of a week in which it holds.
    pub(super) fn holds(&self, week: u32) -> f64 {
        self.valid.get(week as usize).copied().unwrap_or(1.0)
    }

    pub(super) fn is_for(&self, kind: IncentiveKind, place: &str) -> (bool, bool) {
        let is_of_kind = self.rule.kind == IncentiveKind::Spend || self.rule.kind == kind;
        let is_here = self.rule.place.is_empty() || self.rule.place.eq_ignore_ascii_case(place);
        (is_of_kind, is_of_kind && is_here)
    }

    /// The steps between what is certain and `most`, and whether the first of them is reached anyway.
    pub(super) fn open_steps(&self, most: f64) -> (Vec<Step>, bool) {
        let mut steps = self.steps();
        let reached = steps.partition_point(|step| step.from <= self.certain);
        steps.drain(..reached.saturating_sub(1));
        steps.retain(|step| step.from <= most.max(self.certain));
        (steps, reached > 0)
    }
}

/// Whether a later one of these steps gives less than the first.
pub(super) fn falls(steps: &[Step]) -> bool {
    steps.split_first().is_some_and(|(first, later)| later.iter().any(|row| row.rate < first.rate))
}
