//! `crew`: how many artists each department needs, by week.

use super::answer::{asked, tell_table, tell_why};
use super::arguments::CrewCall;
use super::plan::request;
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::{pipeline, write};

/// Plans the show and prints its crew.
///
/// # Errors
/// When files cannot be read.
pub fn crew(call: &CrewCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    let ask = |line: &Line| pipeline::crew(&call.show, &search, line);
    match asked(ask, call.telling.format.into(), terminal)? {
        Ok(plan) => match &call.opening.why {
            Some(asked) => tell_why(&plan.opened, asked, call.telling.format, Exit::Done, terminal),
            None => {
                let opened = || Some(plan.opened.clone());
                tell_table(&plan, write::crew, &opened, &call.telling, Exit::Done, terminal)
            }
        },
        Err(exit) => Ok(exit),
    }
}
