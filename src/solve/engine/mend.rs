//! Mending: steps that aim at nothing but broken dates and work without a place.
//!
//! An order of work may be good as a whole and break a hard date by a day. That is mostly put right by moving a few
//! tasks, which costs far less than an order in which nothing breaks.

use super::annealing::Heat;
use super::board::Board;
use super::improve::{Worker, stream};
use super::kept_dates::keep_dates;
use super::neighbourhoods::{ALL, BROKEN_DATE, Crowd, WITHOUT_A_PLACE};
use super::schedule::Schedule;
use super::standing::{Setting, Standing};
use super::trial::Incumbent;
use super::trouble::Trouble;

/// Steps between two lists of what is wrong.
const STEPS_APART: u64 = 8;
/// The random stream of the steps.
const SEED: u64 = 1;

/// A schedule after at most so many steps on what is wrong with it; none of them makes it worth less.
pub fn mend(
    setting: Setting<'_>,
    schedule: &Schedule,
    most: u64,
    stop: &dyn Fn() -> bool,
) -> Incumbent {
    let Setting { problem, links, .. } = setting;
    let crowd = Crowd::new(problem);
    let board = Board::of(problem, schedule);
    let mut standing = Standing::new(problem, links, board);
    keep_dates(setting, &mut standing, &mut || stop());
    let mut worker = Worker::new(standing);
    let mut trouble = Trouble::default();
    let kind = |name| ALL.iter().position(|kind| kind.name == name);
    let kinds = [kind(BROKEN_DATE), kind(WITHOUT_A_PLACE)];
    for step in 0..most {
        if step % STEPS_APART == 0 {
            trouble.refresh(setting, &worker.standing);
        }
        let is_wrong = [!trouble.rules.is_empty(), !trouble.missing.is_empty()];
        let first = (step % 2) as usize;
        let turn = [first, 1 - first].into_iter().find(|&place| is_wrong[place]);
        let Some(kind) = turn.and_then(|place| kinds[place]).filter(|_| !stop()) else { break };
        worker.step(setting, &crowd, &trouble, Heat::COLD, kind, &mut stream(SEED, step));
        worker.forget_moves();
    }
    worker.standing.incumbent(problem)
}
