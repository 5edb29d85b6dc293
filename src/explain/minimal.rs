//! The smallest set of rules that cannot all hold: each one left out, and the rest holds.
//!
//! A deletion filter (Chinneck, J. W., and Dravnieks, E. W. (1991), "Locating minimal infeasible
//! constraint sets in linear programs") with exact answers on both sides: that rules clash is proven by
//! a relaxation, that they hold by a plan which the independent check accepts.

use super::rules::{Excerpts, Rule};
use crate::formulate::Problem;
use crate::model::Unplaced;
use crate::solve::bounds::{Clash, Forward, clash_of_chains, clash_of_load};
use crate::solve::plan_shortly;
use crate::verify;

/// Rules in a group larger than this are not looked at one by one.
const MOST_SINGLE: usize = 12;
/// Steps of the search for a plan that keeps some rules.
const STEPS: u64 = 160;
/// Steps where a set is nearly minimal.
const LAST_STEPS: u64 = 1_200;

/// What is known of some rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// They cannot all hold.
    Clash(Clash),
    /// A plan keeps them all.
    Hold,
    /// Neither was shown.
    Open,
}

/// Rules that cannot all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimal {
    /// The members: single rules, and groups of like rules where they are many.
    pub members: Vec<Vec<Rule>>,
    /// What proves it.
    pub proof: Clash,
    /// Whether each member was left out in turn and a plan found that keeps the rest.
    pub irreducible: bool,
}

/// Whether some rules can all hold.
pub fn look(excerpts: &Excerpts, rules: &[Rule], steps: u64) -> Finding {
    let part = excerpts.with(rules);
    let problem = Problem::new(&part, part.settings.mode);
    let forward = Forward::new(&problem);
    if let Some(clash) = clash_of_chains(&problem, &forward) {
        return Finding::Clash(clash);
    }
    let holds = |steps| {
        let tried = plan_shortly(&problem, steps, 1);
        let placed = |why: &Unplaced| !matches!(why, Unplaced::NobodyCan | Unplaced::NoTimeLeft);
        if !tried.plan.unplaced.iter().all(|(_, why)| placed(why)) {
            return false;
        }
        let verdict = verify::plan(&part, &tried.plan);
        verdict.violations.is_empty() && verdict.broken.is_empty()
    };
    // A plan is found faster than a program is solved.
    if holds(0) {
        return Finding::Hold;
    }
    if let Some(clash) = clash_of_load(&problem, &forward) {
        return Finding::Clash(clash);
    }
    if holds(steps) { Finding::Hold } else { Finding::Open }
}

/// Leaves out one member after the other, the first ones first, as long as the rest clashes. `None`
/// if the members are not proven to clash, or if they do without `must`.
///
/// Members with work that has to be done stand first: without the work, the rules about it mean
/// nothing and go with it.
pub fn minimal(excerpts: &Excerpts, members: Vec<Vec<Rule>>, must: Rule) -> Option<Minimal> {
    let Finding::Clash(proof) = look(excerpts, &members.concat(), 0) else { return None };
    let members = members.into_iter().map(|rules| Member { rules, is_needed: false }).collect();
    let mut filter = Filter { excerpts, members, proof };
    filter.run(STEPS);
    filter.split();
    filter.run(STEPS);
    if !filter.is_irreducible() {
        filter.run(LAST_STEPS);
    }
    let irreducible = filter.is_irreducible();
    let members: Vec<Vec<Rule>> = filter.members.into_iter().map(|member| member.rules).collect();
    let is_part = members.iter().any(|rules| rules.contains(&must));
    is_part.then_some(Minimal { members, proof: filter.proof, irreducible })
}

/// A rule, or rules of one kind that go or stay together.
struct Member {
    rules: Vec<Rule>,
    /// Without it a plan keeps the rest. It stays true when others go.
    is_needed: bool,
}

struct Filter<'a> {
    excerpts: &'a Excerpts<'a>,
    members: Vec<Member>,
    proof: Clash,
}

impl Filter<'_> {
    fn is_irreducible(&self) -> bool {
        self.members.iter().all(|member| member.is_needed)
    }

    fn run(&mut self, steps: u64) {
        let mut at = 0;
        while at < self.members.len() {
            if self.members[at].is_needed {
                at += 1;
                continue;
            }
            let rest = self.without(at);
            let rules: Vec<Rule> = rest.iter().flatten().copied().collect();
            match look(self.excerpts, &rules, steps) {
                Finding::Clash(clash) => {
                    self.proof = clash;
                    let before = std::mem::take(&mut self.members);
                    let left = before.into_iter().enumerate().filter(|(place, _)| *place != at);
                    let left =
                        left.zip(rest).map(|((_, member), rules)| Member { rules, ..member });
                    self.members = left.filter(|member| !member.rules.is_empty()).collect();
                }
                Finding::Hold => {
                    self.members[at].is_needed = true;
                    at += 1;
                }
                Finding::Open => at += 1,
            }
        }
    }

    /// Takes small groups apart.
    fn split(&mut self) {
        for member in std::mem::take(&mut self.members) {
            if member.rules.len() == 1 || member.rules.len() > MOST_SINGLE {
                self.members.push(member);
                continue;
            }
            let single = |rule| Member { rules: vec![rule], is_needed: false };
            self.members.extend(member.rules.into_iter().map(single));
        }
    }

    /// The rules of all members but one, without those that mean nothing any more.
    fn without(&self, at: usize) -> Vec<Vec<Rule>> {
        let done = self.members[at].rules.iter().filter_map(|rule| match rule {
            Rule::Work(task) => Some(*task),
            _ => None,
        });
        let done: Vec<_> = done.collect();
        let is_void = |rule: &Rule| done.iter().any(|task| self.excerpts.is_about(*rule, *task));
        let others = self.members.iter().enumerate().filter(|(place, _)| *place != at);
        let kept = |rules: &[Rule]| rules.iter().copied().filter(|rule| !is_void(rule)).collect();
        others.map(|(_, member)| kept(&member.rules)).collect()
    }
}
