//! Where many runs side by side stand, on stderr: a bar for all of them and one for each that is under
//! way; without a terminal how many are done.

use super::progress::Line;
use crate::pipeline;
use crate::solve::{Progress, Watch};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Watches the runs of scenarios.
pub struct Runs {
    line: Line,
    bars: Option<Bars>,
}

struct Bars {
    all: MultiProgress,
    total: ProgressBar,
    each: Vec<ProgressBar>,
}

impl Runs {
    /// For so many threads; 0 = all cores.
    pub fn start(threads: usize) -> Runs {
        let line = Line::start();
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if threads == 0 { cores() } else { threads };
        let bars = line.is_moving().then(|| {
            let all = MultiProgress::new();
            let bar = |length: u64| {
                let style = ProgressStyle::with_template("{bar:24} {msg}");
                let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
                all.add(ProgressBar::new(length).with_style(style))
            };
            let total = bar(1);
            let each = (0..threads).map(|_| bar(1_000)).collect();
            Bars { total, each, all: all.clone() }
        });
        line.stage("reading");
        Runs { line, bars }
    }

    /// Takes the bars away.
    pub fn end(&self) {
        if let Some(bars) = &self.bars {
            let _ = bars.all.clear();
        }
        self.line.end();
    }
}

impl pipeline::Runs for Runs {
    fn watch<'a>(&'a self, thread: usize, name: &'a str) -> Box<dyn Watch + 'a> {
        let bar = self.bars.as_ref().and_then(|bars| bars.each.get(thread));
        Box::new(One { line: &self.line, bar, name })
    }

    fn done(&self, done: usize, all: usize) {
        let text = format!("{done} of {all} scenarios");
        match &self.bars {
            Some(bars) => {
                bars.total.set_length(all.max(1) as u64);
                bars.total.set_position(done as u64);
                bars.total.set_message(text);
            }
            None => self.line.counted(&text, done as f64 / all.max(1) as f64),
        }
    }

    fn stop(&self) -> bool {
        self.line.stop()
    }
}

/// Watches one run.
struct One<'a> {
    line: &'a Line,
    bar: Option<&'a ProgressBar>,
    name: &'a str,
}

impl Watch for One<'_> {
    fn progress(&self, progress: Progress) {
        if let Some(bar) = self.bar {
            bar.set_position((progress.used * 1_000.0) as u64);
            // Control signs in a name would move the cursor.
            bar.set_message(self.name.replace(char::is_control, " "));
        }
    }

    fn stop(&self) -> bool {
        self.line.stop()
    }
}
