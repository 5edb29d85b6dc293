//! Cost against date, for a terminal.

use super::levers::{table, title};
use super::summary::{paragraph, printable};
use super::words::{count, day, day_or_dash, per_cent, whole_mix};
use crate::result::TradeoffAnswer;

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn tradeoff(answer: &TradeoffAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    let name = printable(&answer.milestone);
    title(&mut out, heading, &format!("{name}: cost against date"), width);
    if answer.points.is_empty() {
        paragraph(&mut out, "", "No plan finishes it.", width);
        return out;
    }
    let cells = answer.points.iter().map(|point| {
        vec![
            day(point.date),
            heading.more(point.cost.total),
            point.day_costs.map_or_else(|| "–".to_owned(), |cost| heading.money(cost)),
            match point.asked {
                None => "the plan as it is".to_owned(),
                Some(_) => printable(&point.changes.join(", ")),
            },
        ]
    });
    let names = ["Done", "Costs", "Each day", "What changes from the next line"];
    table(&mut out, &names, &[1, 2], cells, width);
    if let Some(confidence) = answer.confidence {
        out.push('\n');
        let sure = per_cent(confidence);
        let cells = answer.points.iter().map(|point| {
            vec![
                day(point.date),
                day_or_dash(point.sure_date),
                point.sure_cost.map_or_else(|| "–".to_owned(), |cost| heading.money(cost)),
            ]
        });
        let (by, cost) = (format!("{sure} sure by"), format!("{sure} sure cost"));
        table(&mut out, &["Planned", &by, &cost], &[2], cells, width);
    }
    out.push('\n');
    let left_out = match answer.dominated {
        0 => String::new(),
        1 => "; one was left out, since another is no later and no dearer".to_owned(),
        number => format!("; {number} were left out, since another is no later and no dearer"),
    };
    let text = format!(
        "{} made{left_out}. Each was planned task by task and checked; costs are beyond the plan as it is, \
         with pay that no task uses. `crew-for --by` finds more about a date.",
        count(answer.tries.into(), "plan")
    );
    paragraph(&mut out, "", &text, width);
    if let Some(widest) = answer.points.iter().filter_map(|point| point.gap).max() {
        paragraph(&mut out, "", &whole_mix(widest), width);
    }
    if let Some(earliest) = answer.earliest_possible {
        let text = format!("Whoever is hired, nothing is done before {}.", day(earliest));
        paragraph(&mut out, "", &text, width);
    }
    out
}
