//! `risk` and `learn`: odds on dates and money, and the spread of finished work.

use super::answer::tell_table;
use super::arguments::{Format, LearnCall, PolicyWord, RiskCall};
use super::issues::{self, Detail};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::model::Issue;
use crate::pipeline::{self, Answered, LearnEnd, RiskEnd, RiskQuestion};
use crate::report;
use crate::risk::Policy;
use crate::write;

/// Draws a plan of a show and prints the odds.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn risk(call: &RiskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let question = RiskQuestion {
        uncertainty: call.uncertainty.clone(),
        plan: call.plan.clone(),
        milestone: call.milestone.clone(),
        draws: call.draws,
        policy: match call.policy {
            PolicyWord::FixedOrder => Policy::FixedOrder,
            PolicyWord::Replan => Policy::Replan,
        },
        confidence: f64::from(call.confidence) / 100.0,
        precision: call.precision.map(|points| points as f64 / 10_000.0),
    };
    let ended = pipeline::risk(&call.show, &question, &request(&call.search), &line);
    line.end();
    let format = Format::from(call.telling.format);
    let answer = match ended? {
        RiskEnd::Show(Answered::Answer(answer)) => answer,
        RiskEnd::Show(Answered::Flawed(checked)) => return flawed(&checked, format, terminal),
        RiskEnd::Show(Answered::NoPlan(outcome)) => return refused(outcome, format, terminal),
        RiskEnd::Show(Answered::Undecided(why)) => return Ok(undecided(&why, terminal)),
        RiskEnd::File(found) => return listed(&found, format, terminal),
        RiskEnd::BrokenPlan(violations) => {
            for violation in violations.iter().take(20) {
                terminal.note(violation.clone());
            }
            terminal.note(format!(
                "The plan breaks {} rules of the show: there are no odds of it. `shotplan verify` says more.",
                violations.len()
            ));
            return Ok(Exit::Found);
        }
    };
    let exit = if answer.interrupted { Exit::Interrupted } else { Exit::Done };
    tell_table(&answer, write::risk, &|| None, &call.telling, exit, terminal)
}

/// Learns the spread of finished work, writes an uncertainty file, and prints what was learned.
///
/// # Errors
/// When files cannot be read or written.
pub fn learn(call: &LearnCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let answer = match pipeline::learn(&call.history, call.sheet.as_deref())? {
        LearnEnd::Learned(answer) => answer,
        LearnEnd::Flawed(found) => return listed(&found, call.format, terminal),
    };
    if let Some(file) = &call.output {
        write::single(file, write::learned(&answer).as_bytes())?;
    }
    let told = match call.format {
        Format::Text => terminal.say(report::learned(&answer, terminal.width)),
        Format::Json => terminal.json(&*answer),
    };
    terminal.unless_closed(told, Exit::Done)
}

fn listed(found: &[Issue], format: Format, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let told = match format {
        Format::Text => terminal.say(issues::text(found, Detail::All, terminal.look())),
        Format::Json => terminal.json(&issues::rows(found)),
    };
    terminal.unless_closed(told, Exit::Found)
}
