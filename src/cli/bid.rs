//! `bid`: the price of new shots.

use super::answer::{tell_table, tell_why};
use super::arguments::{BidCall, TableFormat};
use super::desk::unwritten;
use super::issues::{self, Detail};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered, Bid};
use crate::write;

/// Prices a list of shots and prints the bid.
///
/// # Errors
/// When files cannot be read.
pub fn bid(call: &BidCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let bid = pipeline::bid(
        &call.show,
        &call.shots,
        call.overhead,
        call.margin,
        &request(&call.search),
        &line,
    );
    line.end();
    let answer = match bid? {
        Bid::Show(Answered::Answer(answer)) => answer,
        Bid::Show(Answered::Flawed(checked)) => {
            return flawed(&checked, call.telling.format.into(), terminal);
        }
        Bid::Show(Answered::NoPlan(outcome)) => {
            return refused(outcome, call.telling.format.into(), terminal);
        }
        Bid::Show(Answered::Undecided(why)) => return Ok(undecided(&why, terminal)),
        Bid::List(found) => {
            let told = match call.telling.format {
                TableFormat::Text => {
                    terminal.say(issues::text(&found, Detail::All, terminal.look()))
                }
                TableFormat::Json => terminal.json(&issues::rows(&found)),
                // A table on stdout is shots or nothing.
                TableFormat::Csv => {
                    let text = issues::text(&found, Detail::All, terminal.look_of_notes());
                    terminal.note(text.trim_end_matches('\n').to_owned() + "\n");
                    terminal.note(format!("no shot was priced: {}", issues::tally(&found)));
                    Ok(())
                }
            };
            return terminal.unless_closed(told, Exit::Found);
        }
    };
    if let Some(file) = &call.xlsx {
        let bytes = write::bid_workbook(&answer).map_err(|why| unwritten(file, &why))?;
        write::single(file, &bytes)?;
    }
    match &call.opening.why {
        Some(asked) => tell_why(&answer.opened, asked, call.telling.format, Exit::Done, terminal),
        None => {
            let opened = || Some(answer.opened.clone());
            tell_table(&answer, write::bid, &opened, &call.telling, Exit::Done, terminal)
        }
    }
}
