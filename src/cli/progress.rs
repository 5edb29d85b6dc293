//! Where a run stands, on stderr: a moving line on a terminal, else a plain line now and then.

use super::interrupt;
use crate::model::{Cents, Currency};
use crate::solve::{Phase, Progress, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Watches a run, says where it stands, and stops it on Ctrl-C.
pub struct Line {
    bar: Option<ProgressBar>,
    said: Mutex<Said>,
}

struct Said {
    at: Instant,
    phase: Option<Phase>,
    currency: Option<Currency>,
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
        Line {
            bar,
            said: Mutex::new(Said { at: Instant::now(), phase: None, currency: None }),
        }
    }

    /// Says what is being done outside the search.
    pub fn stage(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(text.to_owned());
            bar.tick();
        }
    }

    /// The currency of the amounts to come.
    pub fn currency(&self, currency: Currency) {
        self.said.lock().unwrap_or_else(|error| error.into_inner()).currency = Some(currency);
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
        let text = sentence(&progress, said.currency);
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
        interrupt::is_wanted()
    }
}

fn sentence(progress: &Progress, currency: Option<Currency>) -> String {
    let amount = |value: Cents| {
        let units = currency.map_or(100, |c| c.minor_units());
        let code = currency.map_or(String::new(), |c| format!(" {c}"));
        format!("{}{code}", value.0 / units)
    };
    match (progress.phase, progress.best) {
        (Phase::Bounds, _) => "looking for what no plan can beat".to_owned(),
        (Phase::FirstPlans, None) => "making the first plans".to_owned(),
        (_, None) => "improving".to_owned(),
        (phase, Some(best)) => {
            let doing = if phase == Phase::FirstPlans { "first plans" } else { "improving" };
            let bound = progress.bound.map_or(String::new(), |b| format!(", bound {}", amount(b)));
            format!("{doing}: {} steps, best {}{bound}", progress.steps, amount(best))
        }
    }
}
