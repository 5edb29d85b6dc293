//! Cost against date.

use super::{day_cell, number, page as empty, purchases};
use crate::report::answer_page::*;
use crate::report::words::{count, day, per_cent, whole_mix};
use crate::result::TradeoffAnswer;

/// The curve, its points, and what each buys.
pub fn page(answer: &TradeoffAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, &format!("{}: cost against delivery date", answer.milestone));
    let points = &answer.points;
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        page.lead.push("No plan finishes it.".to_owned());
        return page;
    };
    page.tile(
        "Earliest",
        day(first.date),
        Tone::Plain,
        vec![format!("for {} beyond the plan as it is", heading.more(first.cost.total))],
    );
    page.tile(
        "Cheapest",
        day(last.date),
        Tone::Plain,
        vec![format!("for {} beyond the plan as it is", heading.more(last.cost.total))],
    );
    if let Some(earliest) = answer.earliest_possible {
        let lines = vec!["whoever is hired: its longest chain of work takes until then".to_owned()];
        page.tile("Never before", day(earliest), Tone::Plain, lines);
    }
    let left_out = match answer.dominated {
        0 => String::new(),
        1 => "; one is not shown, since another is no later and no dearer".to_owned(),
        number => format!("; {number} are not shown, since another is no later and no dearer"),
    };
    page.lead.push(format!(
        "{} made, each task by task and checked{left_out}. Costs are beyond the plan as it is, with pay that \
         no task uses.",
        count(answer.tries.into(), "plan")
    ));
    page.lead.extend(points.iter().filter_map(|point| point.gap).max().map(whole_mix));
    let chart = Chart {
        title: "Cost beyond the plan as it is, by the day it is done".to_owned(),
        x: Column::new("Done", Kind::Day),
        y: Column::new("Cost", Kind::More),
        at: points.iter().map(|point| day_at(point.date)).collect(),
        series: vec![Series {
            name: "Plans".to_owned(),
            shape: Shape::Dots,
            values: points.iter().map(|point| Some(point.cost.total as f64)).collect(),
            to: Vec::new(),
        }],
        marks: Vec::new(),
    };
    let mut table = Table::new(&[
        ("Done", Kind::Day),
        ("Costs", Kind::More),
        ("Each day gained", Kind::Money),
        ("What changes from the next line", Kind::Text),
    ]);
    for point in points {
        let changes = match point.asked {
            None => "the plan as it is".into(),
            Some(_) if point.changes.is_empty() => "the same purchases".into(),
            Some(_) => point.changes.clone().into(),
        };
        table.row(vec![
            day_cell(point.date),
            point.cost.total.into(),
            number(point.day_costs),
            changes,
        ]);
    }
    if let Some(confidence) = answer.confidence {
        let sure = per_cent(confidence);
        let by = format!("{sure} sure by");
        let cost = format!("{sure} sure final cost");
        let mut table =
            Table::new(&[("Planned", Kind::Day), (&by, Kind::Day), (&cost, Kind::Money)]);
        for point in points {
            table.row(vec![
                day_cell(point.date),
                day_cell(point.sure_date),
                number(point.sure_cost),
            ]);
        }
        let lead = "Each plan drawn many times with what is not certain.";
        page.section("How sure that is", lead, vec![Block::Table(table)]);
    }
    let lead = "To make a plan again, ask crew-for for its date.";
    page.section("Plans", lead, vec![Block::Chart(chart), Block::Table(table)]);
    let bought = points.iter().filter(|point| !point.purchases.is_empty());
    let blocks = bought.map(|point| {
        let title = format!("Done by {}: {}", day(point.date), heading.more(point.cost.total));
        Block::Table(purchases(&point.purchases).titled(title))
    });
    page.section("What each plan buys", "", blocks.collect());
    page
}
