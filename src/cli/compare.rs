//! `compare` and `sweep`: many scenarios of a show side by side.

use super::answer::tell_table;
use super::arguments::{CompareCall, Format, SweepCall};
use super::issues::{self, Detail};
use super::plan::{flawed, refused, request, undecided};
use super::runs::Runs;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::model::Issue;
use crate::pipeline::{self, Answered, Compared};
use crate::report::Answer;
use crate::write;

/// Plans all scenarios of a file and writes them side by side.
///
/// # Errors
/// When files cannot be read or written, or the aim means nothing for the show.
pub fn compare(call: &CompareCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    // Better told now than after the work.
    write::may_hold(&call.output, write::COMPARISON_NAMES)?;
    interrupt::listen();
    let runs = Runs::start(call.search.threads);
    let asked = pipeline::Comparison {
        aim: call.aim.as_deref(),
        draws: call.draws,
        uncertainty: call.uncertainty.as_deref(),
        diff: call.diff.as_ref().and_then(|names| Some((&**names.first()?, &**names.get(1)?))),
    };
    let compared =
        pipeline::compare(&call.show, &call.scenarios, &asked, &request(&call.search), &runs);
    runs.end();
    let (answer, warnings) = match told(compared?, call.format, terminal)? {
        Ok(answer) => answer,
        Err(exit) => return Ok(exit),
    };
    let files = write::comparison(&answer).map_err(Failure::Call)?;
    write::folder(&call.output, &files)?;
    warn(&warnings, terminal);
    let exit = if answer.stopped > 0 { Exit::Interrupted } else { Exit::Done };
    let said = match call.format {
        Format::Text => {
            let text = answer.text(terminal.width);
            terminal.say(format!("{}\n\nWritten to {}", text.trim_end(), call.output.display()))
        }
        Format::Json => terminal.json(&answer),
    };
    terminal.unless_closed(said, exit)
}

/// Plans a show for every value in a range, and says where it breaks.
///
/// # Errors
/// When files cannot be read or written, or the question means nothing for the show.
pub fn sweep(call: &SweepCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let runs = Runs::start(call.search.threads);
    let swept =
        pipeline::sweep(&call.show, &call.set, call.cap.as_deref(), &request(&call.search), &runs);
    runs.end();
    let (answer, warnings) = match told(swept?, call.telling.format.into(), terminal)? {
        Ok(answer) => answer,
        Err(exit) => return Ok(exit),
    };
    warn(&warnings, terminal);
    let exit = if answer.stopped > 0 { Exit::Interrupted } else { Exit::Done };
    tell_table(&answer, write::sweep_csv, &|| None, &call.telling, exit, terminal)
}

/// The answer with what is to be warned of; or it is told why there is none.
fn told<T>(
    compared: Compared<T>,
    format: Format,
    terminal: &mut Terminal,
) -> Result<Result<(T, Vec<Issue>), Exit>, Failure> {
    let exit = match compared {
        Compared::Answer(answer, warnings) => return Ok(Ok((answer, warnings))),
        Compared::Show(Answered::Flawed(checked)) => flawed(&checked, format, terminal)?,
        Compared::Show(Answered::NoPlan(outcome)) => refused(outcome, format, terminal)?,
        Compared::Show(Answered::Undecided(why)) => undecided(&why, terminal),
        Compared::Show(Answered::Answer(never)) => match never {},
        Compared::Scenarios(found) => {
            let said = match format {
                Format::Text => {
                    let look = terminal.look_of_notes();
                    terminal.note(issues::text(&found, Detail::All, look).trim_end());
                    terminal.note(format!("nothing was planned: {}", issues::tally(&found)));
                    Ok(())
                }
                Format::Json => terminal.json(&issues::rows(&found)),
            };
            terminal.unless_closed(said, Exit::Found)?
        }
    };
    Ok(Err(exit))
}

fn warn(warnings: &[Issue], terminal: &Terminal) {
    if !warnings.is_empty() {
        let text = issues::text(warnings, Detail::Errors, terminal.look_of_notes());
        terminal.aside(text.trim_end());
    }
}
