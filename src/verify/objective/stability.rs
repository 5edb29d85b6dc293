//! Component 10: artists and starts that an earlier plan had otherwise.

use crate::model::{Cents, PersonId, stability_weight};
use crate::verify::case::{Case, Place};

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    let production = case.production;
    let Some(earlier) = &production.earlier else { return Cents::ZERO };
    let as_of = case.clock.offset(production.settings.as_of);
    let mut cost = Cents::ZERO;
    for task in production.tasks.ids() {
        let (Place::Worked { start, .. }, Some((people, was))) =
            (case.places[task], earlier.place(production, task))
        else {
            continue;
        };
        let was = case.clock.offset(was);
        let days = case.show_days(case.show_of(task));
        let ahead = u32::try_from(days.between(as_of, was)).unwrap_or(0);
        let weight = stability_weight(ahead, earlier.freeze_days);
        let is = i64::from(start / case.clock.per_day);
        let moved = days.between(was.min(is), was.max(is));
        let mut now: Vec<PersonId> =
            case.parts_of(task).iter().filter(|p| p.sound).filter_map(|p| p.person()).collect();
        now.sort_unstable();
        now.dedup();
        let new = now.iter().filter(|person| !people.contains(person)).count() as i64;
        cost += mean.times((10 * new + moved) * weight, 20_000_000);
    }
    cost
}
