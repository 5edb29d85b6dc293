//! Where a run stands, on stderr: a moving line on a terminal, else a plain line now and then.

use super::interrupt;
use crate::solve::{Phase, Progress, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Watches a run, says where it stands, and stops it on Ctrl-C.
pub struct Line {
    bar: Option<ProgressBar>,
    said: Mutex<Said>,
    told_stop: AtomicBool,
}

struct Said {
    at: Instant,
    phase: Option<Phase>,
}

/// Between two plain lines.
const QUIET: Duration = Duration::from_secs(10);
/// Between two changes of the moving line: more cannot be read.
const MOVING: Duration = Duration::from_millis(100);

impl Line {
    /// A line for this process.
    pub fn start() -> Line {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:24} {msg}");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        let said = Mutex::new(Said { at: Instant::now(), phase: None });
        Line { bar, said, told_stop: AtomicBool::new(false) }
    }

    /// Says what is being done outside the search.
    pub fn stage(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(text.to_owned());
            bar.tick();
        }
    }

    /// Takes the moving line away.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Line {
    fn progress(&self, progress: Progress) {
        // Another thread is speaking: it says the same.
        let Ok(mut said) = self.said.try_lock() else { return };
        let wait = if self.bar.is_some() { MOVING } else { QUIET };
        let is_new = said.phase != Some(progress.phase);
        if !(is_new && self.bar.is_some()) && said.at.elapsed() < wait {
            return;
        }
        said.phase = Some(progress.phase);
        said.at = Instant::now();
        let text = sentence(&progress);
        match &self.bar {
            Some(bar) => {
                bar.set_position((progress.used * 1000.0) as u64);
                bar.set_message(text);
            }
            None => {
                let _ = writeln!(std::io::stderr().lock(), "{text}");
            }
        }
    }

    fn stop(&self) -> bool {
        let is_wanted = interrupt::is_wanted();
        if is_wanted && !self.told_stop.swap(true, Ordering::Relaxed) {
            let text = "stopping, with the best plan so far (Ctrl-C again to stop at once)";
            match &self.bar {
                Some(bar) => bar.println(text),
                None => {
                    let _ = writeln!(std::io::stderr().lock(), "{text}");
                }
            }
        }
        is_wanted
    }
}

fn sentence(progress: &Progress) -> String {
    let doing = match (progress.phase, progress.best) {
        (Phase::Bounds, _) => return "looking for what no plan can beat".to_owned(),
        (Phase::FirstPlans, None) => return "making the first plans".to_owned(),
        (Phase::FirstPlans, Some(_)) => "first plans".to_owned(),
        (Phase::Staffing, _) => "crew by week".to_owned(),
        (Phase::Improve, _) => format!("improving, {} steps", progress.steps),
    };
    match (progress.best, progress.bound) {
        // A bound under half of the plan's value says little: then no number is better than a large one.
        (Some(best), Some(bound)) if best > bound && best <= bound.by(2) => {
            let above = (best - bound).times(100, bound.0).0;
            format!("{doing}: at most {above} % above the best possible")
        }
        (Some(best), Some(bound)) if best <= bound => format!("{doing}: the best possible"),
        _ => doing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cents;

    #[test]
    fn a_line_says_how_far_the_plan_may_be_from_the_best() {
        let at = |best, bound| {
            let (best, bound) = (Some(Cents(best)), Some(Cents(bound)));
            sentence(&Progress { phase: Phase::Improve, steps: 7, used: 0.5, best, bound })
        };
        assert_eq!(at(150, 100), "improving, 7 steps: at most 50 % above the best possible");
        assert_eq!(at(100, 100), "improving, 7 steps: the best possible");
        assert_eq!(at(201, 100), "improving, 7 steps");
        assert_eq!(at(150, 0), "improving, 7 steps");
    }
}
