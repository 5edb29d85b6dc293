//! What costs most in a schedule: broken date rules, work without a place, late milestones. Listed
//! now and then, so that steps can aim at it without looking through the whole show.

use super::evaluate;
use super::standing::{Setting, Standing};
use crate::formulate::JobKind;

/// What was wrong when the lists were made; it may have been put right since.
#[derive(Clone, Debug, Default)]
pub struct Trouble {
    /// Broken date rules, by their index in the problem.
    pub rules: Vec<u32>,
    /// Tasks that have no place though all they wait for have one.
    pub missing: Vec<u32>,
    /// How many tasks have no place because others have none.
    pub waiting: usize,
    /// Milestones that are late as a whole, at a price.
    pub targets: Vec<u32>,
}

impl Trouble {
    /// Makes the lists anew.
    pub fn refresh(&mut self, setting: Setting<'_>, standing: &Standing) {
        let problem = setting.problem;
        let schedule = &standing.board.schedule;
        let breaks =
            |rule: &u32| evaluate::broken(problem, schedule, &problem.rules[*rule as usize]).0 > 0;
        self.rules.clear();
        self.rules.extend((0..problem.rules.len() as u32).filter(breaks));
        self.missing.clear();
        self.waiting = 0;
        for (task, job) in problem.jobs.iter().enumerate() {
            let task = task as u32;
            if !schedule.is_missing(problem, task) || job.kind == JobKind::Hold {
                continue;
            }
            if schedule.blocked_by(problem, task).is_some() {
                self.waiting += 1;
            } else if job.kind == JobKind::People && !problem.crews[job.crew as usize].is_empty() {
                self.missing.push(task);
            }
        }
        self.targets.clear();
        self.targets.extend(
            (0..problem.targets.len() as u32)
                .filter(|&target| standing.ledger.target_lateness(problem, target).0 > 0),
        );
    }
}
