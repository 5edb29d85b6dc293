//! `budget`: a plan under caps.

use super::answer::{asked, tell_table, tell_why};
use super::arguments::BudgetCall;
use super::desk::unwritten;
use super::plan::request;
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::{pipeline, write};

/// Plans under budget caps and prints what becomes of them. A cap that is broken, or kept by leaving out
/// work, ends with code 3.
///
/// # Errors
/// When files cannot be read, or a cap means nothing.
pub fn budget(call: &BudgetCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    let ask = |line: &Line| pipeline::budget(&call.show, &call.caps, &search, line);
    let answer = match asked(ask, call.telling.format.into(), terminal)? {
        Ok(answer) => answer,
        Err(exit) => return Ok(exit),
    };
    let exit = if answer.holds { Exit::Done } else { Exit::Clash };
    if let Some(file) = &call.xlsx {
        let bytes = write::budget_workbook(&answer).map_err(|why| unwritten(file, &why))?;
        write::single(file, &bytes)?;
    }
    let opened = || Some(answer.opened.clone());
    match &call.opening.why {
        Some(asked) => tell_why(&answer.opened, asked, call.telling.format, exit, terminal),
        None => tell_table(&answer, write::budget, &opened, &call.telling, exit, terminal),
    }
}
