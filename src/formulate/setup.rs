//! Time to settle in on another sequence or show, compiled.

use super::NONE;
use crate::model::*;

/// What people need to settle in, and what they were on before the plan.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// Whether any department asks for it.
    pub any: bool,
    /// Basis-point slots on another sequence and on another show, by department and site.
    times: Vec<(u32, u32)>,
    sites: u32,
    /// Sequence and show on which each person has last logged time; [`NONE`] where nothing is logged.
    pub before: Vec<(u32, u32)>,
}

impl Setup {
    pub(super) fn new(production: &Production) -> Setup {
        let asks = |row: &Department| row.setup_sequence > 0 || row.setup_show > 0;
        if !production.departments.iter().any(asks) {
            return Setup::default();
        }
        let per_day = i128::from(production.settings.slots_per_day);
        let mut times = Vec::new();
        for department in &production.departments {
            for site in &production.sites {
                let slots = |minutes: i64| {
                    let day = i128::from(site.day_minutes.max(1));
                    let sum = i128::from(minutes.max(0)) * 10_000 * per_day;
                    ((sum + day - 1) / day).min(i128::from(u32::MAX)) as u32
                };
                times.push((slots(department.setup_sequence), slots(department.setup_show)));
            }
        }
        let mut last: Vec<Option<&TimeLog>> = vec![None; production.people.len()];
        for log in &production.time_logs {
            let known = &mut last[log.person.index()];
            if known.is_none_or(|known| known.date <= log.date) {
                *known = Some(log);
            }
        }
        let on = |log: &TimeLog| {
            let entity = production.tasks[log.task].entity;
            let sequence = production.sequence_of(entity).map_or(NONE, |id| id.index() as u32);
            (sequence, production.show_of(entity).index() as u32)
        };
        let before = last.into_iter().map(|log| log.map_or((NONE, NONE), on)).collect();
        Setup { any: true, times, sites: production.sites.len() as u32, before }
    }

    /// Basis-point slots on another sequence and on another show, for somebody of a site.
    #[inline]
    pub fn time(&self, department: u32, site: u32) -> (u32, u32) {
        if self.any { self.times[(department * self.sites + site) as usize] } else { (0, 0) }
    }
}
