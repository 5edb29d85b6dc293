//! Questions side by side, each chosen by the answers to those before it.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// What was asked and answered so far.
struct State<Q, A> {
    questions: Vec<Q>,
    /// To the first questions, in their order.
    answers: Vec<A>,
    /// To later ones, by number.
    ahead: BTreeMap<usize, A>,
    is_over: bool,
}

/// Asks one question after the other, two at a time where there are two threads (0 = all cores), and gives the
/// answers. `choose` hears all questions so far and the answers to all but the last, which is being answered
/// meanwhile. Where it gives none it is asked again with the last answer too, and none then is the end. So the same is
/// asked on any number of threads. Nothing is begun any more once `stop` says so.
///
/// *The third question is chosen when the first has been answered, whatever becomes of the second.*
pub(super) fn in_turn<Q: Clone + Send, A: Send>(
    threads: usize,
    stop: &(dyn Fn() -> bool + Sync),
    choose: impl Fn(&[Q], &[A]) -> Option<Q> + Sync,
    answer: impl Fn(&Q) -> A + Sync,
) -> Vec<A> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if threads == 0 { cores() } else { threads };
    let (questions, answers, ahead) = (Vec::new(), Vec::new(), BTreeMap::new());
    let state = Mutex::new(State { questions, answers, ahead, is_over: false });
    let is_answered = Condvar::new();
    let ask = || {
        let mut held = state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let State { questions, answers, is_over, .. } = &mut *held;
            if *is_over || stop() {
                return;
            }
            let all_but_the_last = questions.len().saturating_sub(1);
            let mut next = None;
            if let Some(known) = answers.get(..all_but_the_last) {
                next = choose(questions, known);
                if next.is_none() && answers.len() == questions.len() {
                    next = choose(questions, answers);
                    *is_over = next.is_none();
                }
            }
            let Some(question) = next else {
                if *is_over {
                    is_answered.notify_all();
                    return;
                }
                held = is_answered.wait(held).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let number = questions.len();
            questions.push(question.clone());
            drop(held);
            let guard = WakeOnPanic { state: &state, is_answered: &is_answered };
            let found = answer(&question);
            drop(guard);
            held = state.lock().unwrap_or_else(PoisonError::into_inner);
            let State { answers, ahead, .. } = &mut *held;
            ahead.insert(number, found);
            while let Some(found) = ahead.remove(&answers.len()) {
                answers.push(found);
            }
            is_answered.notify_all();
        }
    };
    std::thread::scope(|scope| {
        if threads > 1 {
            scope.spawn(ask);
        }
        ask();
    });
    let state = state.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Who is stopped may leave a gap, and what is beyond it.
    state.answers.into_iter().chain(state.ahead.into_values()).collect()
}

/// Lets the other thread end where this one does so in the middle of an answer.
struct WakeOnPanic<'a, Q, A> {
    state: &'a Mutex<State<Q, A>>,
    is_answered: &'a Condvar,
}

impl<Q, A> Drop for WakeOnPanic<'_, Q, A> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.state.lock().unwrap_or_else(PoisonError::into_inner).is_over = true;
            self.is_answered.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Numbers until the answers heard of add up to 30; later ones are answered sooner.
    fn asked(threads: usize) -> Vec<(u64, u64)> {
        let choose = |asked: &[u64], known: &[u64]| {
            let sum: u64 = known.iter().sum();
            (sum < 30).then_some(10 * asked.len() as u64 + sum)
        };
        let answer = |&question: &u64| {
            std::thread::sleep(Duration::from_millis(40_u64.saturating_sub(question)));
            (question, question % 7)
        };
        let pairs = |known: &[(u64, u64)]| known.iter().map(|row| row.1).collect::<Vec<_>>();
        in_turn(threads, &|| false, |asked, known| choose(asked, &pairs(known)), answer)
    }

    #[test]
    fn the_same_is_asked_on_any_number_of_threads() {
        let one = asked(1);
        assert!(one.len() > 4 && one.iter().map(|row| row.1).sum::<u64>() >= 30, "{one:?}");
        // The third question heard of the first answer, not of the second.
        assert_eq!(one[2].0, 20 + one[0].1, "{one:?}");
        for threads in [2, 3] {
            assert_eq!(asked(threads), one);
        }
    }

    #[test]
    fn none_is_the_end_only_with_all_answers() {
        // Nothing more is to be asked while the first is being answered; then one more.
        let choose = |asked: &[u8], known: &[u8]| match (asked.len(), known.len()) {
            (0, 0) => Some(1),
            (1, 1) => Some(2),
            _ => None,
        };
        for threads in [1, 2] {
            assert_eq!(in_turn(threads, &|| false, choose, |&question| question), [1, 2]);
        }
    }
}
