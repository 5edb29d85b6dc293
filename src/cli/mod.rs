//! The command line: words in, words and an exit code out.
//!
//! Takes arguments, calls [`pipeline`](crate::pipeline), prints. Every way out of the program is an
//! [`Exit`]. Knows nothing of the trade.

mod about;
mod answer;
mod arguments;
mod batch;
mod bid;
mod budget;
mod cash;
mod check;
mod close;
mod compare;
mod conflicts;
mod cost_report;
mod crew;
mod crew_for;
mod crunch;
mod date_for;
mod desk;
mod exit;
mod generate;
mod import;
mod interrupt;
mod issues;
mod memory;
mod outsource;
mod plan;
mod prices;
mod progress;
mod report;
mod risk;
mod runs;
mod shards;
mod solve;
mod source_lines;
mod submit;
mod terminal;
mod tradeoff;
mod verify;
mod weekly;

pub use exit::{Exit, Failure};

use arguments::{Arguments, Command, Every};
use clap::Parser;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => {
            // Help and version are asked for and go to stdout with code 0, wrong calls have code 2.
            let _ = message.print();
            return ExitCode::from(message.exit_code().clamp(0, 255) as u8);
        }
    };
    let Arguments { every, command } = arguments;
    progress::speak(every.progress, every.quiet);
    let mut terminal = Terminal::of_the_process();
    let exit =
        within(every, command, &mut terminal).unwrap_or_else(|failure| terminal.report(&failure));
    ExitCode::from(exit.code())
}

/// Runs a command as the flags of every command say.
fn within(every: Every, command: Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let piped = std::env::args_os().skip(1).filter(|argument| argument == "-").count();
    if piped > 1 {
        let why = "`-` stands for what is piped in, and can be named once only";
        return Err(Failure::Call(why.to_owned()));
    }
    if let Some(limit) = every.memory_limit {
        memory::keep_to(limit)?;
    }
    run(command, terminal)
}

fn run(command: Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Plan(call) => plan::plan(&call, terminal),
        Command::Demo(call) => plan::demo(&call, terminal),
        Command::Check(call) => check::check(&call, terminal),
        Command::Verify(call) => verify::verify(&call, terminal),
        Command::Conflicts(call) => conflicts::conflicts(&call, terminal),
        Command::Crew(call) => crew::crew(&call, terminal),
        Command::Prices(call) => prices::prices(&call, terminal),
        Command::CostReport(call) => cost_report::cost_report(&call, terminal),
        Command::Cash(call) => cash::cash(&call, terminal),
        Command::Vendors(call) => cash::vendors(&call, terminal),
        Command::Margin(call) => cash::margin(&call, terminal),
        Command::EarnedValue(call) => cash::earned_value(&call, terminal),
        Command::Bids(call) => cash::bids(&call, terminal),
        Command::Weekly(call) => weekly::weekly(&call, terminal),
        Command::CrewFor(call) => crew_for::crew_for(&call, terminal),
        Command::DateFor(call) => date_for::date_for(&call, terminal),
        Command::Crunch(call) => crunch::crunch(&call, terminal),
        Command::Outsource(call) => outsource::outsource(&call, terminal),
        Command::Budget(call) => budget::budget(&call, terminal),
        Command::Tradeoff(call) => tradeoff::tradeoff(&call, terminal),
        Command::Compare(call) => compare::compare(&call, terminal),
        Command::Sweep(call) => compare::sweep(&call, terminal),
        Command::Risk(call) => risk::risk(&call, terminal),
        Command::Learn(call) => risk::learn(&call, terminal),
        Command::Close(call) => close::close(&call, terminal),
        Command::ImportActuals(call) => import::import_actuals(&call, terminal),
        Command::Bid(call) => bid::bid(&call, terminal),
        Command::Batch(call) => batch::batch(&call, terminal),
        Command::PlanShards(call) => shards::plan_shards(&call, terminal),
        Command::Run(call) => shards::run(&call, terminal),
        Command::Merge(call) => shards::merge(&call, terminal),
        Command::Submit(call) => submit::submit(&call, terminal),
        Command::Report(call) => report::report(&call, terminal),
        Command::Solve(call) => solve::solve(&call, terminal),
        Command::Generate(call) => generate::generate(&call, terminal),
        Command::Schema(call) => about::schema(&call, terminal),
        Command::Completions(call) => about::completions(&call, terminal),
        Command::Man(call) => about::man(&call, terminal),
    }
}
