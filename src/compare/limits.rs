//! Limits on hiring that keep a date from being made, and what raising them would give.

use crate::formulate::levers::Question;
use crate::model::*;
use crate::solve::levers::Mix;

/// A limit that the weekly program runs into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HiringLimit {
    /// The department.
    pub department: DepartmentId,
    /// Most people who could be hired at once.
    pub heads: u32,
    /// The crew curve says so (else the terms of hire), with the most at work that it allows.
    pub crew_cap: Option<u32>,
    /// So many more were allowed for the try without it.
    pub raised_by: u32,
}

/// Departments that hire as many as they may in a week in which they do, with room for a half more.
pub(super) fn reached(production: &Production, question: &Question, mix: &Mix) -> Vec<HiringLimit> {
    let mut limits: Vec<HiringLimit> = Vec::new();
    let mut departments: Vec<DepartmentId> =
        question.openings.iter().map(|row| row.department).collect();
    departments.dedup();
    for department in departments {
        let openings = || {
            let all = question.openings.iter().zip(&mix.heads);
            all.filter(move |(row, _)| row.department == department)
        };
        let most: u32 = openings().fold(0, |sum, (row, _)| sum.saturating_add(row.most));
        let hired = |week: u32| -> u32 {
            let of_week = openings().filter_map(|(row, path)| {
                path.get(week.checked_sub(row.earliest)? as usize).copied()
            });
            of_week.sum()
        };
        let weeks = 0..question.weeks();
        let full = weeks
            .filter(|&week| hired(week) > 0)
            .find(|&week| hired(week) >= most.min(question.free(department, week)));
        let Some(week) = full else { continue };
        let heads = hired(week);
        let curve = &production.departments[department].curve;
        let by_curve = question.free(department, week) < most;
        let monday = production.timeline().monday(week);
        limits.push(HiringLimit {
            department,
            heads,
            crew_cap: curve.cap_on(monday).filter(|_| by_curve),
            raised_by: heads.div_ceil(2).max(2),
        });
    }
    limits
}

/// Lets departments hire more.
pub(super) fn raise(question: &mut Question, limits: &[HiringLimit]) {
    for limit in limits {
        let own = question.openings.iter_mut().filter(|row| row.department == limit.department);
        own.for_each(|row| row.most = row.most.saturating_add(limit.raised_by));
        let own = question.desks.iter_mut().filter(|row| row.department == limit.department);
        for row in own {
            row.free.iter_mut().for_each(|free| *free = free.saturating_add(limit.raised_by));
        }
    }
}

/// The production with crew curves that leave room for as many more.
pub(super) fn raised(production: &Production, limits: &[HiringLimit]) -> Production {
    let mut raised = production.clone();
    for limit in limits {
        let curve = &mut raised.departments[limit.department].curve;
        curve.cap = curve.cap.map(|cap| cap.saturating_add(limit.raised_by));
        curve.ramp_from = curve.ramp_from.saturating_add(limit.raised_by);
    }
    raised
}
