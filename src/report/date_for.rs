//! The earliest date for a crew, for a terminal.

use super::levers::{bill, title};
use super::summary::{paragraph, printable};
use super::words::{day, day_or_dash};
use crate::result::DateForAnswer;

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn date_for(answer: &DateForAnswer, width: usize) -> String {
    let width = width.max(60);
    let mut out = String::new();
    let name = printable(&answer.milestone);
    let what = format!("{name} with {}", printable(&answer.crew.join(", ")));
    title(&mut out, &answer.heading, &what, width);
    let text = match answer.date {
        Some(date) => format!("The crew finishes {name} on {}.", day(date)),
        None => format!("The crew does not finish {name}: some work has no place."),
    };
    paragraph(&mut out, "", &text, width);
    let rows = [
        ("Planned now    ", day_or_dash(answer.planned)),
        ("People as now  ", format!("{}, this date before all else", day_or_dash(answer.as_it_is))),
        ("This crew      ", format!("{}, this date before all else", day_or_dash(answer.date))),
        ("No plan before ", day_or_dash(answer.earliest_possible)),
        ("Cost           ", bill(&answer.heading, &answer.cost)),
    ];
    out.push('\n');
    for (heading, text) in rows {
        paragraph(&mut out, heading, &text, width);
    }
    out
}
