//! `plan` and `demo`: the whole way from a show to a folder of results.

use super::arguments::{DemoCall, Format, Pay, PlanCall, Search};
use super::issues::{self, Detail};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt, memory};
use crate::pipeline::{self, Checked, Keep, Outcome, Planned, Request};
use crate::result::{Certificate, Document, Headline};
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
    let keep = call.keep.as_deref().map(kept).transpose()?;
    let ask = Ask {
        search: &call.search,
        format: call.format,
        xlsx: call.xlsx.as_deref(),
        pay: &call.pay,
        keep: keep.as_ref().map(|document| Keep { document, freeze_days: call.freeze }),
    };
    run(&call.show, &call.output, &ask, terminal)
}

/// Plans the show that comes with the program, and says what to look at.
///
/// # Errors
/// When the show is not there, or the results cannot be written.
pub fn demo(call: &DemoCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let show = demo_show()?;
    terminal.aside(format!("planning {} into {}", show.display(), call.output.display()));
    let pay = &Pay { with_rates: false };
    let ask = Ask { search: &call.search, format: call.format, xlsx: None, pay, keep: None };
    let exit = run(&show, &call.output, &ask, terminal)?;
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

/// How to plan and what to give out.
struct Ask<'a> {
    search: &'a Search,
    format: Format,
    xlsx: Option<&'a Path>,
    pay: &'a Pay,
    keep: Option<Keep<'a>>,
}

/// The result to keep to.
fn kept(file: &Path) -> Result<Document, Failure> {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::Call(format!("--keep {}: {error}", file.display())))?;
    write::read_result(&bytes).map_err(|why| {
        Failure::Call(format!(
            "--keep {}: {why}; give the result.json that `plan` wrote",
            file.display()
        ))
    })
}

fn run(
    show: &Path,
    output: &Path,
    ask: &Ask<'_>,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    // Better told now than after the work.
    write::may_hold(output, write::NAMES)?;
    interrupt::listen();
    // What is not the search keeps to the threads asked for too. A second pool of that kind is refused: one is enough.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(ask.search.threads).build_global();
    let line = Line::start();
    line.stage("reading");
    let outcome = pipeline::plan_again(show, ask.keep, &request(ask.search), &line);
    line.end();
    match outcome? {
        Outcome::Planned(mut planned) => {
            super::desk::tell_pay(&mut planned.document, show, ask.pay)?;
            deliver(&planned, show, output, ask, terminal)
        }
        other => {
            let exit = refused(other, ask.format, terminal)?;
            terminal.aside("Nothing was written.");
            Ok(exit)
        }
    }
}

/// Says what is wrong with a show that nothing can be made of.
///
/// # Errors
/// When the output cannot be written.
pub fn flawed(checked: &Checked, format: Format, terminal: &mut Terminal) -> Result<Exit, Failure> {
    if format == Format::Json {
        terminal.json(&issues::report(checked))?;
    } else {
        let look = terminal.look_of_notes();
        let text = issues::text(&checked.issues, Detail::Errors, look);
        terminal.note(text.trim_end_matches('\n').to_owned() + "\n");
    }
    terminal.note(format!("no plan was made: {}", issues::tally(&checked.issues)));
    Ok(Exit::Found)
}

/// Says why there is no plan.
///
/// # Errors
/// When the output cannot be written.
pub fn refused(outcome: Outcome, format: Format, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let (exit, why) = match outcome {
        Outcome::Planned(_) => return Ok(Exit::Done),
        Outcome::Flawed(checked) => return flawed(&checked, format, terminal),
        Outcome::Stopped if memory::is_short() && !interrupt::is_wanted() => {
            (Exit::NoPlan, "no plan within the memory limit".to_owned())
        }
        Outcome::Stopped => (Exit::Interrupted, "stopped before there was a plan".to_owned()),
        Outcome::NoPlan(causes) => {
            let causes = causes.join("\n  ");
            (Exit::NoPlan, format!("nothing could be planned within the limit:\n  {causes}"))
        }
        Outcome::Refused(refused) => {
            let mut text = "the plan was refused by the independent check; this is a fault of \
                            shotplan, please report it with the show:"
                .to_owned();
            for violation in refused.violations.iter().take(issues::SHOWN) {
                text.push_str(&format!("\n  {violation}"));
            }
            (Exit::Found, text)
        }
        Outcome::Unreconciled(faults) => {
            let faults = faults.join("\n  ");
            let text = format!(
                "plan and money do not say the same; this is a fault of shotplan, please report \
                 it with the show:\n  {faults}"
            );
            (Exit::Found, text)
        }
    };
    terminal.note(why);
    Ok(exit)
}

/// Says that no back end solved a linear program.
pub fn undecided(why: &[String], terminal: &Terminal) -> Exit {
    terminal.note(format!("the weekly plan could not be solved:\n  {}", why.join("\n  ")));
    Exit::NoPlan
}

/// What the flags ask for.
pub fn request(search: &Search) -> Request {
    request_within(search, USUAL_LIMIT)
}

/// What the flags ask for, with so much time where they set no limit.
pub fn request_within(search: &Search, usual: Duration) -> Request {
    Request {
        mode: search.mode.map(Into::into),
        seed: search.seed,
        threads: search.threads,
        limit: match (search.steps, search.time_limit) {
            (Some(steps), _) => Limit::Steps(steps),
            (None, time) => Limit::Time(time.unwrap_or(usual)),
        },
    }
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
    show: &Path,
    output: &Path,
    ask: &Ask<'_>,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let reports = pipeline::opened::reports(&planned.document);
    let files = write::files(&planned.document, &reports);
    write::into_folder(output, &files)?;
    // After the folder: that is where it may be wanted.
    if let Some(file) = ask.xlsx {
        super::desk::workbook(&planned.document, show, file)?;
    }
    let exit = match planned {
        Planned { interrupted: true, .. } => Exit::Interrupted,
        Planned { clash: true, .. } => Exit::Clash,
        _ => Exit::Done,
    };
    let told = match ask.format {
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
