//! Several looks for first plans: each counts something else and presses harder or less hard.
//!
//! Which plan is best after a long search does not show in what it is worth before: passes and steps save more than half
//! of what it pays for freelancers, and a third of its changes of sequence, but hardly a week of its lateness. So looks
//! differ in how much of that counts, and their plans are compared after a pass, with half of it.
//!
//! *One look finds a plan that is 20 late and pays 12, the next one that is 10 late and pays 25: 32 and 35, but
//! 26 and 22.5 where half of the pay counts.*

use super::first_plans::{MOST_PRESSED_TWICE, Stop};
use super::planning::Limit;

/// A way to look for first plans.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Thousandths that count of what passes save later.
    pub counts: i64,
    /// How many times the price of time is paid; also twice that.
    pub times: i64,
}

/// All looks, the first of them the only one where there is no time for more.
pub(super) const LOOKS: [Look; 2] =
    [Look { counts: 1_000, times: 1 }, Look { counts: 400, times: 2 }];

/// Passes after which their plans are compared, and how many thousandths count then of what further ones will save.
pub(super) const PASSES_TO_TELL: usize = 1;
pub(super) const COUNTS_TO_TELL: i64 = 500;

/// Steps a task for each look after the first, and fewest tasks of shows that are worth one: the steps of smaller ones find
/// by themselves what begins late.
const STEPS_A_LOOK: u64 = 12;
const FEWEST_LOOKED_TWICE: usize = 500;

/// How long to look for first plans.
#[derive(Clone, Copy)]
pub(super) struct Patience<'a> {
    /// The first plan is made unless this says so.
    pub stop: Stop<'a>,
    /// So are the others.
    pub enough: Stop<'a>,
    /// What is wrong with them is put right unless this says so.
    pub mended: Stop<'a>,
    /// Whether there is no time for one more look.
    pub looked: Stop<'a>,
    /// Looks at most.
    pub looks: usize,
}

/// Looks that a search for a show of so many tasks is worth; large shows have no time for more than one.
pub(super) fn looks_for(tasks: usize, limit: Limit) -> usize {
    match limit {
        _ if !(FEWEST_LOOKED_TWICE..=MOST_PRESSED_TWICE).contains(&tasks) => 1,
        Limit::Time(_) => LOOKS.len(),
        Limit::Steps(steps) => {
            let more = steps / (tasks as u64 * STEPS_A_LOOK);
            usize::try_from(more).map_or(LOOKS.len(), |more| LOOKS.len().min(more + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_longer_the_search_the_more_looks() {
        let of_steps = [0, 23_999, 24_000, u64::MAX];
        let looks = of_steps.map(|steps| looks_for(2_000, Limit::Steps(steps)));
        assert_eq!(looks, [1, 1, 2, 2]);
        assert_eq!(looks_for(2_000, Limit::Time(Duration::from_secs(1))), 2);
        assert_eq!(looks_for(13_000, Limit::Time(Duration::from_secs(60))), 1);
        assert_eq!(looks_for(150, Limit::Steps(u64::MAX)), 1);
    }
}
