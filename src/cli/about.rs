//! What the program says about itself: schemas, completions, manual pages.

use super::arguments::{Arguments, CompletionsCall, ManCall, SchemaCall, SchemaOf};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::{pipeline, result, write};
use clap::CommandFactory;
use schemars::schema_for;

/// Prints the JSON schema of a format.
///
/// # Errors
/// When the output cannot be written.
pub fn schema(call: &SchemaCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let schema = match call.of {
        SchemaOf::Result => pipeline::result_schema(),
        SchemaOf::Show => pipeline::show_schema(),
        SchemaOf::Scenarios => pipeline::scenario_schema(),
        SchemaOf::Compare => schema_for!(result::CompareAnswer),
        SchemaOf::Sweep => schema_for!(result::SweepAnswer),
        SchemaOf::Crew => schema_for!(result::CrewPlan),
        SchemaOf::Prices => schema_for!(result::PriceList),
        SchemaOf::Conflicts => schema_for!(result::ConflictList),
        SchemaOf::CrewFor => schema_for!(result::CrewForAnswer),
        SchemaOf::DateFor => schema_for!(result::DateForAnswer),
        SchemaOf::Tradeoff => schema_for!(result::TradeoffAnswer),
        SchemaOf::Crunch => schema_for!(result::CrunchAnswer),
        SchemaOf::Outsource => schema_for!(result::OutsourceAnswer),
        SchemaOf::Budget => schema_for!(result::BudgetAnswer),
        SchemaOf::CostReport => schema_for!(result::CostReport),
        SchemaOf::Why => schema_for!(result::Why),
        SchemaOf::Cash => schema_for!(result::CashAnswer),
        SchemaOf::Vendors => schema_for!(result::VendorsAnswer),
        SchemaOf::Margin => schema_for!(result::MarginAnswer),
        SchemaOf::EarnedValue => schema_for!(result::EarnedAnswer),
        SchemaOf::Bids => schema_for!(result::BidsAnswer),
        SchemaOf::Bid => schema_for!(result::BidAnswer),
        SchemaOf::Snapshot => schema_for!(result::Snapshot),
        SchemaOf::Weekly => schema_for!(result::WeeklyReport),
        SchemaOf::Risk => schema_for!(result::RiskAnswer),
        SchemaOf::Learn => schema_for!(result::LearnedAnswer),
        SchemaOf::Uncertainty => pipeline::uncertainty_schema(),
    };
    let told = terminal.json(&schema);
    terminal.unless_closed(told, Exit::Done)
}

/// Prints the completions for a shell.
///
/// # Errors
/// When the output cannot be written.
pub fn completions(call: &CompletionsCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(call.shell, &mut Arguments::command(), "shotplan", &mut text);
    let told = terminal.say(String::from_utf8_lossy(&text));
    terminal.unless_closed(told, Exit::Done)
}

/// Prints the manual page, or writes one page a command into a folder.
///
/// # Errors
/// When the output or the folder cannot be written.
pub fn man(call: &ManCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(folder) = &call.output else {
        let mut text = Vec::new();
        clap_mangen::Man::new(Arguments::command()).render(&mut text)?;
        let told = terminal.say(String::from_utf8_lossy(&text));
        return terminal.unless_closed(told, Exit::Done);
    };
    write::new_folder(folder, |fresh| clap_mangen::generate_to(Arguments::command(), fresh))?;
    let told = terminal.say(format!("Manual pages are in {}", folder.display()));
    terminal.unless_closed(told, Exit::Done)
}
