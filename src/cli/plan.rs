//! `plan` and `demo`: the whole way from a show to a folder of results.

use super::arguments::{DemoCall, Format, PlanCall, Search};
use super::issues::{self, Detail};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Outcome, Planned, Request};
use crate::result::{Certificate, Headline};
use crate::solve::Limit;
use crate::{report, write};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Without `--time-limit` and `--steps`.
const USUAL_LIMIT: Duration = Duration::from_secs(10);
/// The show of the demonstration, in the tree of the program.
const DEMO_SHOW: &str = "data/productions/episodic";

/// Plans a show.
///
/// # Errors
/// When files cannot be read or written.
pub fn plan(call: &PlanCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    run(&call.show, &call.output, &call.search, call.format, terminal)
}

/// Plans the show that comes with the program, and says what to look at.
///
/// # Errors
/// When the show is not there, or the results cannot be written.
pub fn demo(call: &DemoCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let show = demo_show()?;
    terminal.note(format!("planning {} into {}", show.display(), call.output.display()));
    let exit = run(&show, &call.output, &call.search, call.format, terminal)?;
    // What the demonstration shows is a plan with its conflicts: it has done what it should.
    let exit = if exit == Exit::Clash { Exit::Done } else { exit };
    if call.format == Format::Text && call.output.join("index.html").is_file() {
        let page = std::path::absolute(call.output.join("index.html"))?;
        terminal.say(format!("Look at it in a browser: {}", page.display()))?;
    }
    Ok(exit)
}

/// Here, or where the program was built.
fn demo_show() -> Result<PathBuf, Failure> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR"));
    [PathBuf::from(DEMO_SHOW), built.join(DEMO_SHOW)]
        .into_iter()
        .find(|path| path.is_dir())
        .ok_or_else(|| {
            Failure::Call(format!(
                "the show of the demonstration is not here: start the program in the folder that \
                 holds {DEMO_SHOW}"
            ))
        })
}

fn run(
    show: &Path,
    output: &Path,
    search: &Search,
    format: Format,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    // Better told now than after the work.
    write::may_hold(output, write::NAMES)?;
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let outcome = pipeline::plan(show, &request(search), &line);
    line.end();
    match outcome? {
        Outcome::Planned(planned) => deliver(&planned, output, format, terminal),
        Outcome::Flawed(checked) => {
            if format == Format::Json {
                terminal.json(&issues::report(&checked))?;
            } else {
                let look = terminal.look_of_notes();
                let text = issues::text(&checked.issues, Detail::Errors, look);
                terminal.note(text.trim_end_matches('\n').to_owned() + "\n");
            }
            let tally = issues::tally(&checked.issues);
            Ok(fail(terminal, Exit::Found, &format!("no plan was made: {tally}")))
        }
        Outcome::Stopped => {
            Ok(fail(terminal, Exit::Interrupted, "stopped before there was a plan"))
        }
        Outcome::NoPlan(causes) => {
            let causes = causes.join("\n  ");
            let text = format!("nothing could be planned within the limit:\n  {causes}");
            Ok(fail(terminal, Exit::NoPlan, &text))
        }
        Outcome::Refused(refused) => {
            let mut text = "the plan was refused by the independent check; this is a fault of \
                            shotplan, please report it with the show:"
                .to_owned();
            for violation in refused.violations.iter().take(issues::SHOWN) {
                text.push_str(&format!("\n  {violation}"));
            }
            Ok(fail(terminal, Exit::Found, &text))
        }
        Outcome::Unreconciled(faults) => {
            let faults = faults.join("\n  ");
            let text = format!(
                "plan and money do not say the same; this is a fault of shotplan, please report \
                 it with the show:\n  {faults}"
            );
            Ok(fail(terminal, Exit::Found, &text))
        }
    }
}

fn request(search: &Search) -> Request {
    Request {
        mode: search.mode.map(Into::into),
        seed: search.seed,
        threads: search.threads,
        limit: match (search.steps, search.time_limit) {
            (Some(steps), _) => Limit::Steps(steps),
            (None, time) => Limit::Time(time.unwrap_or(USUAL_LIMIT)),
        },
    }
}

/// Says why there are no results; what was in the folder before stays.
fn fail(terminal: &Terminal, exit: Exit, why: &str) -> Exit {
    terminal.note(format!("{why}\nNothing was written."));
    exit
}

/// What `plan --format json` prints.
#[derive(Serialize)]
struct Told<'a> {
    output: &'a Path,
    files: Vec<&'static str>,
    headline: &'a Headline,
    certificate: &'a Certificate,
    conflicts: usize,
    warnings: usize,
}

fn deliver(
    planned: &Planned,
    output: &Path,
    format: Format,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let files = write::files(&planned.document);
    write::folder(output, &files)?;
    let exit = match planned {
        Planned { interrupted: true, .. } => Exit::Interrupted,
        Planned { clash: true, .. } => Exit::Clash,
        _ => Exit::Done,
    };
    let told = match format {
        Format::Text => {
            let summary = report::summary(&planned.document, terminal.width);
            terminal.say(format!("{}\nWritten to {}", summary.trim_end(), output.display()))
        }
        Format::Json => terminal.json(&Told {
            output,
            files: files.iter().map(|file| file.name).collect(),
            headline: &planned.document.headline,
            certificate: &planned.document.certificate,
            conflicts: planned.document.conflicts.len(),
            warnings: planned.issues.len(),
        }),
    };
    // The results are written: that nobody reads along changes nothing.
    terminal.unless_closed(told, exit)
}
