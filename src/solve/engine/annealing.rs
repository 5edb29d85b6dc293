//! Annealing: how much worse a change of a step may make a plan, from much at first to next to nothing at last.
//!
//! Kirkpatrick, S., Gelatt, C., and Vecchi, M. (1983), "Optimization by simulated annealing".

use super::standing::guided;
use crate::formulate::Problem;
use crate::model::Cents;
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// Artist-days that a change may be worse at first, give or take, and the steps a task from which on it may be so
/// much.
const HOTTEST: f64 = 30.0;
const ENOUGH_STEPS_A_TASK: f64 = 200.0;

/// How much worse a change may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heat {
    temperature: f64,
    /// Thousandths of the guide that count: all at first, none at last.
    pub guide: i64,
}

impl Heat {
    /// Nothing may become worse.
    pub const COLD: Heat = Heat { temperature: 0.0, guide: 0 };

    /// From thirty artist-days at first to a three hundredth of that at last. Where there are few steps for each
    /// task, less from the beginning on: there is no time to make good what was made worse.
    pub fn after(problem: &Problem, used: f64, steps_a_task: f64) -> Heat {
        let day = problem.artist_day.max(1) as f64;
        let used = used.clamp(0.0, 1.0);
        let share = (steps_a_task / ENOUGH_STEPS_A_TASK).clamp(0.0, 1.0);
        let first = HOTTEST * share * share.sqrt();
        Heat {
            temperature: first * day * 0.003_f64.powf(used),
            guide: (1_000.0 * (1.0 - used)) as i64,
        }
    }

    /// Whether a search that stands at `present` has strayed by more than a fiftieth from the best,
    /// with the guide counted in both.
    pub fn is_far(self, best: Cents, present: Cents, guide_of_best: i64) -> bool {
        let best = guided(best, guide_of_best, self.guide).0;
        present.0 > best.saturating_add(best / 50)
    }

    pub fn allows(self, change: Cents, random: &mut Pcg64Mcg) -> bool {
        change <= Cents::ZERO
            || random.random::<f64>() < (-(change.0 as f64) / self.temperature.max(1.0)).exp()
    }
}
