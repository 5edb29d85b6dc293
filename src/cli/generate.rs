//! `generate`: a made-up show in a new folder.

use super::arguments::{ArchetypeWord, Format, GenerateCall, TightnessWord};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::generate::{self, Archetype, Recipe, Tightness};
use crate::write;

/// Makes up a show and writes it, whole or not at all.
///
/// # Errors
/// When the folder is not new, or cannot be written.
pub fn generate(call: &GenerateCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let recipe = Recipe {
        archetype: archetype(call.archetype),
        seed: call.seed,
        tightness: tightness(call.tightness),
        as_of_percent: call.as_of.unwrap_or(0),
        dirt: call.dirt,
    };
    // Making up a large show takes a while: say at once that it could not be written.
    write::must_be_new(&call.output)?;
    let (mut production, made) = generate::production_with_report(&recipe);
    if call.pools {
        generate::add_pools(&mut production);
    }
    write::new_folder(&call.output, |folder| write::show_folder::write(&production, folder))?;
    let place = call.output.display();
    let told = match call.format {
        Format::Text => terminal.say(format!(
            "{place}: {} shots, {} tasks, {} dependencies, {} people, {} bid days\n\
             Check it with: shotplan check {place}\n\
             Plan it with:  shotplan plan {place} -o out",
            made.shots, made.tasks, made.dependencies, made.people, made.bid_days,
        )),
        Format::Json => terminal.json(&serde_json::json!({
            "output": call.output,
            "shots": made.shots,
            "tasks": made.tasks,
            "dependencies": made.dependencies,
            "people": made.people,
            "bid_days": made.bid_days,
        })),
    };
    terminal.unless_closed(told, Exit::Done)
}

fn archetype(word: ArchetypeWord) -> Archetype {
    match word {
        ArchetypeWord::Commercial => Archetype::Commercial,
        ArchetypeWord::Episodic => Archetype::Episodic,
        ArchetypeWord::Feature => Archetype::Feature,
        ArchetypeWord::Studio => Archetype::Studio,
    }
}

fn tightness(word: TightnessWord) -> Tightness {
    match word {
        TightnessWord::Relaxed => Tightness::Relaxed,
        TightnessWord::Tight => Tightness::Tight,
        TightnessWord::Overloaded => Tightness::Overloaded,
    }
}
