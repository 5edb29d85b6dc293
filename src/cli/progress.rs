//! Where a run stands, on stderr: a moving line on a terminal, else a plain line now and then.

use super::arguments::ProgressWord;
use super::{interrupt, memory};
use crate::solve::{Phase, Progress, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// How this process speaks on stderr: the word of the flag, and whether it is quiet.
static VOICE: OnceLock<(ProgressWord, bool)> = OnceLock::new();

/// From now on stderr is spoken to like this.
pub fn speak(progress: ProgressWord, quiet: bool) {
    // Said once, before anything else is.
    let _ = VOICE.set((progress, quiet));
}

/// Whether all that is said on stderr is JSON.
pub fn is_json() -> bool {
    VOICE.get().is_some_and(|(progress, _)| *progress == ProgressWord::Json)
}

/// Whether only failures are told.
pub fn is_quiet() -> bool {
    VOICE.get().is_some_and(|(_, quiet)| *quiet)
}

/// Watches a run, says where it stands, and stops it on Ctrl-C or when memory gets short.
pub struct Line {
    voice: Voice,
    began: Instant,
    said: Mutex<Said>,
    told_stop: AtomicBool,
}

/// In what form a run is told.
enum Voice {
    Bar(ProgressBar),
    Plain,
    Json,
    Silent,
}

struct Said {
    at: Instant,
    phase: Option<Phase>,
}

/// Where a run stands, for programs.
#[derive(Default, Serialize)]
struct Standing<'a> {
    stage: &'a str,
    /// Share of the limit of this search, 0 to 1.
    share: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<u64>,
    objective: Option<i64>,
    bound: Option<i64>,
    seconds: f64,
}

/// Between two plain lines.
const QUIET: Duration = Duration::from_secs(10);
/// Between two changes of the moving line, and two lines of JSON: more cannot be read.
const MOVING: Duration = Duration::from_millis(100);

impl Line {
    /// A line for this process.
    pub fn start() -> Line {
        let voice = match VOICE.get() {
            Some((_, true) | (ProgressWord::None, _)) => Voice::Silent,
            Some((ProgressWord::Json, _)) => Voice::Json,
            _ if std::io::stderr().is_terminal() => {
                let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr());
                let style = ProgressStyle::with_template("{bar:24} {msg}");
                Voice::Bar(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
            }
            _ => Voice::Plain,
        };
        let began = Instant::now();
        let said = Mutex::new(Said { at: began, phase: None });
        Line { voice, began, said, told_stop: AtomicBool::new(false) }
    }

    /// Says what is being done outside the search.
    pub fn stage(&self, text: &str) {
        match &self.voice {
            Voice::Bar(bar) => {
                bar.set_message(text.to_owned());
                bar.tick();
            }
            Voice::Json => self.tell(Standing { stage: text, ..Standing::default() }),
            Voice::Plain | Voice::Silent => {}
        }
    }

    /// Says how many of many runs are over.
    pub fn count(&self, stage: &str, done: usize, all: usize) {
        let share = if all == 0 { 1.0 } else { done as f64 / all as f64 };
        let Ok(mut said) = self.said.lock() else { return };
        let wait = if matches!(self.voice, Voice::Plain) { QUIET } else { MOVING };
        if done < all && done > 0 && said.at.elapsed() < wait {
            return;
        }
        said.at = Instant::now();
        match &self.voice {
            Voice::Bar(bar) => {
                bar.set_position((share * 1000.0) as u64);
                bar.set_message(format!("{stage}: {done} of {all}"));
            }
            Voice::Json => self.tell(Standing { stage, share, ..Standing::default() }),
            Voice::Plain => self.plain(&format!("{stage}: {done} of {all}")),
            Voice::Silent => {}
        }
    }

    /// Whether it moves, on a terminal.
    pub fn is_moving(&self) -> bool {
        matches!(self.voice, Voice::Bar(_))
    }

    /// Says how much of many things is done: in plain words now and then, and at the end.
    pub fn counted(&self, text: &str, share: f64) {
        match &self.voice {
            Voice::Json => self.tell(Standing { stage: text, share, ..Standing::default() }),
            Voice::Plain => {
                let Ok(mut said) = self.said.try_lock() else { return };
                if said.at.elapsed() >= QUIET || share >= 1.0 {
                    said.at = Instant::now();
                    self.plain(text);
                }
            }
            Voice::Bar(_) | Voice::Silent => {}
        }
    }

    /// Takes the moving line away.
    pub fn end(&self) {
        match &self.voice {
            Voice::Bar(bar) => bar.finish_and_clear(),
            Voice::Json => {
                self.tell(Standing { stage: "done", share: 1.0, ..Standing::default() });
            }
            Voice::Plain | Voice::Silent => {}
        }
    }

    fn tell(&self, standing: Standing<'_>) {
        let seconds = (self.began.elapsed().as_secs_f64() * 1e3).round() / 1e3;
        let standing = Standing { seconds, ..standing };
        if let Ok(line) = serde_json::to_string(&standing) {
            self.plain(&line);
        }
    }

    fn plain(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

impl Watch for Line {
    fn progress(&self, progress: Progress) {
        // Another thread is speaking: it says the same.
        let Ok(mut said) = self.said.try_lock() else { return };
        let wait = if matches!(self.voice, Voice::Plain) { QUIET } else { MOVING };
        let is_new = said.phase != Some(progress.phase);
        let is_plain = matches!(self.voice, Voice::Plain);
        if (!is_new || is_plain) && said.at.elapsed() < wait {
            return;
        }
        said.phase = Some(progress.phase);
        said.at = Instant::now();
        match &self.voice {
            Voice::Bar(bar) => {
                bar.set_position((progress.used * 1000.0) as u64);
                bar.set_message(sentence(&progress));
            }
            Voice::Plain => self.plain(&sentence(&progress)),
            Voice::Json => self.tell(Standing {
                stage: word(progress.phase),
                share: (progress.used * 1e4).round() / 1e4,
                steps: Some(progress.steps),
                objective: progress.best.map(|best| best.0),
                bound: progress.bound.map(|bound| bound.0),
                seconds: 0.0,
            }),
            Voice::Silent => {}
        }
    }

    fn stop(&self) -> bool {
        let is_wanted = interrupt::is_wanted();
        let is_over = is_wanted || memory::is_short();
        if is_over && !self.told_stop.swap(true, Ordering::Relaxed) {
            let text = match is_wanted {
                true => "stopping, with the best plan so far (Ctrl-C again to stop at once)",
                false => "stopping near the memory limit, with the best plan so far",
            };
            match &self.voice {
                Voice::Bar(bar) => bar.println(text),
                Voice::Plain => self.plain(text),
                Voice::Json => self.tell(Standing { stage: "stopping", ..Standing::default() }),
                Voice::Silent => {}
            }
        }
        is_over
    }
}

/// What is being done, in the words of `--progress json`.
fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Bounds => "bounds",
        Phase::FirstPlans => "first plans",
        Phase::Staffing => "staffing",
        Phase::Improve => "improve",
        Phase::Draws => "draws",
        Phase::Prices => "prices",
    }
}

fn sentence(progress: &Progress) -> String {
    let doing = match (progress.phase, progress.best) {
        (Phase::Bounds, _) => return "looking for what no plan can beat".to_owned(),
        (Phase::FirstPlans, None) => return "making the first plans".to_owned(),
        (Phase::FirstPlans, Some(_)) => "first plans".to_owned(),
        (Phase::Staffing, _) => "crew by week".to_owned(),
        (Phase::Draws, _) => return format!("{} draws", progress.steps),
        (Phase::Prices, _) => return format!("{} programs solved again", progress.steps),
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
