//! An earlier plan that a new one should not stray from without need.

use super::{Keyed, PersonId, Plan, Production, TaskId, Worker, round_half_even};
use jiff::civil::Date;

/// Where a task had its place in an earlier plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierPlace {
    /// Who was to work on it, in order of their numbers; empty at a vendor.
    pub people: Vec<PersonId>,
    /// The day on which it was to begin.
    pub start: Date,
}

impl EarlierPlace {
    /// Puts its people in order, each once.
    pub fn sort(&mut self) {
        self.people.sort_unstable();
        self.people.dedup();
    }
}

/// An earlier plan of a production, by its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierPlan {
    /// Working days from the day of the plan on in which nothing should change.
    pub freeze_days: u32,
    /// Where each task was; `None` = it had no place, or was not there.
    pub places: Keyed<TaskId, Option<EarlierPlace>>,
}

impl EarlierPlan {
    /// Working days that are frozen where nobody says how many.
    pub const USUAL_FREEZE: u32 = 5;

    /// The places of `plan`, which is one of `production`.
    pub fn of(production: &Production, plan: &Plan, freeze_days: u32) -> EarlierPlan {
        let timeline = production.timeline();
        let mut places: Keyed<TaskId, Option<EarlierPlace>> =
            Keyed::filled(None, production.tasks.len());
        for part in &plan.assignments {
            let start = timeline.start_date(part.start());
            let place =
                places[part.task].get_or_insert_with(|| EarlierPlace { people: Vec::new(), start });
            place.start = place.start.min(start);
            if let Worker::Person(person) = part.worker {
                place.people.push(person);
            }
        }
        places.iter_mut().flatten().for_each(EarlierPlace::sort);
        EarlierPlan { freeze_days, places }
    }

    /// The place of a task, its start not before the day of the plan and not after the last day that can
    /// be planned.
    pub fn place(&self, production: &Production, task: TaskId) -> Option<(&[PersonId], Date)> {
        let place = self.places.get(task)?.as_ref()?;
        let settings = &production.settings;
        let start = place.start.min(settings.horizon_end).max(settings.as_of);
        Some((&place.people, start))
    }
}

/// What a change of something counts that was to begin on a day so many working days after the day of the
/// plan, in millionths of its price: twenty times in the `freeze` days, then in full, fading by a fifteenth
/// a day.
///
/// ```
/// use shotplan::model::stability_weight;
/// assert_eq!(stability_weight(4, 5), 20_000_000);
/// assert_eq!(stability_weight(5, 5), 1_000_000);
/// assert_eq!(stability_weight(6, 5), 935_507);
/// assert_eq!(stability_weight(15, 0), 367_879); // 1/e, give or take the rounding
/// assert_eq!(stability_weight(1_000, 0), 0);
/// ```
pub fn stability_weight(days: u32, freeze: u32) -> i64 {
    let Some(after) = days.checked_sub(freeze) else { return 20_000_000 };
    // exp(-1/15), and the same integers on every machine.
    let fade = |weight: i64| round_half_even(i128::from(weight) * 935_507, 1_000_000);
    let mut weight = 1_000_000;
    for _ in 0..after {
        let next = fade(weight);
        // Rounding stops the fall of the last few millionths.
        if next == weight {
            return 0;
        }
        weight = next;
    }
    weight
}
