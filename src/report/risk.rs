//! Odds on dates and money, for a terminal.

use super::levers::{table, title};
use super::summary::{paragraph, printable};
use super::words::{count, day, day_or_dash};
use crate::result::{DateLevel, LearnedAnswer, MoneyLevel, Probability, RiskAnswer, RiskMilestone};

/// Rows of drivers, tasks and milestones; JSON has them all.
const MOST_ROWS: usize = 12;

/// A share from 0 to 1 in whole per cent; what is not nothing and not all is not told as such.
pub(super) fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        rounded if rounded <= 0.0 && share > 0.0 => "under 1 %".to_owned(),
        rounded if rounded >= 100.0 && share < 1.0 => "over 99 %".to_owned(),
        rounded => format!("{rounded} %"),
    }
}

/// "62 % ±3".
pub(super) fn odds(probability: Probability) -> String {
    format!("{} ±{}", percent(probability.value), (probability.error * 100.0).ceil())
}

/// "14 May 2027": tables of many dates have no room for weekdays.
fn short(date: Option<jiff::civil::Date>) -> String {
    date.map_or_else(|| "–".to_owned(), |date| date.strftime("%-d %b %Y").to_string())
}

/// The date at a level.
pub(super) fn date_at(levels: &[DateLevel], level: f64) -> Option<jiff::civil::Date> {
    levels.iter().find(|row| (row.level - level).abs() < 1e-9).map(|row| row.date)
}

/// The amount at a level.
pub(super) fn amount_at(levels: &[MoneyLevel], level: f64) -> i64 {
    levels.iter().find(|row| (row.level - level).abs() < 1e-9).map_or(0, |row| row.amount)
}

/// The answer in sentences, the most important first.
pub(super) fn sentences(answer: &RiskAnswer) -> Vec<String> {
    let heading = &answer.heading;
    let sure = percent(answer.confidence);
    let mut out = Vec::new();
    let target = answer.milestones.iter().find(|row| row.id == answer.target);
    if let Some(row) = target.or(answer.milestones.first()) {
        out.push(promise(row, answer.confidence));
    }
    let safe = amount_at(&answer.cost.levels, answer.confidence);
    out.push(format!(
        "With {sure} the show costs no more than {}: {} beyond the plan.",
        heading.money(safe),
        heading.more(answer.cost.contingency)
    ));
    if let (Some(budget), Some(inside), Some(beyond)) =
        (answer.cost.budget, answer.cost.on_budget, answer.cost.beyond_budget)
    {
        let rest = if beyond > 0 {
            format!("to be {sure} sure it takes {} more", heading.money(beyond))
        } else {
            format!("{} of it could be let go with {sure} certainty", heading.money(-beyond))
        };
        out.push(format!(
            "It stays inside the budget of {} with {}; {rest}.",
            heading.money(budget),
            odds(inside)
        ));
    }
    if answer.milestones.len() > 1 {
        out.push(format!(
            "All {} are on time together with {}.",
            count(answer.milestones.len() as u64, "milestone"),
            odds(answer.all_on_time)
        ));
    }
    out
}

/// "There is an 80 % chance of delivering by 14 May. The promise, 7 May, holds with 34 %: to be 80 % sure of it
/// takes 5 working days."
fn promise(row: &RiskMilestone, confidence: f64) -> String {
    let name = printable(&row.name);
    let Some(date) = date_at(&row.levels, confidence) else {
        return format!("Some of {name} has no place in the plan: it is never done.");
    };
    let sure = percent(confidence);
    let days = count(row.contingency_days.unsigned_abs(), "working day");
    let rest = match row.contingency_days {
        ..0 => format!("{days} more than it takes to be {sure} sure"),
        0 => format!("just enough to be {sure} sure"),
        _ => format!("to be {sure} sure of it takes {days} more than there are"),
    };
    format!(
        "{sure} chance of {name} by {}. The promise, {}, holds with {}: {rest}.",
        day(date),
        day(row.due),
        odds(row.on_time)
    )
}

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn risk(answer: &RiskAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    title(&mut out, heading, "odds on dates and money", width);
    for sentence in sentences(answer) {
        paragraph(&mut out, "", &sentence, width);
    }
    out.push('\n');
    let sure = format!("P{}", (answer.confidence * 100.0).round());
    let late_first = |row: &&RiskMilestone| (row.on_time.value * 1e6) as i64;
    let mut rows: Vec<&RiskMilestone> = answer.milestones.iter().collect();
    if rows.len() > MOST_ROWS {
        rows.sort_by_key(late_first);
        rows.truncate(MOST_ROWS);
    }
    let cells = rows.iter().map(|row| {
        vec![
            printable(&row.name),
            short(Some(row.due)),
            short(row.planned),
            short(date_at(&row.levels, 0.5)),
            short(date_at(&row.levels, answer.confidence)),
            odds(row.on_time),
            if row.levels.is_empty() { "–".to_owned() } else { row.contingency_days.to_string() },
        ]
    });
    let names = ["Milestone", "Promised", "Plan", "P50", &sure, "On time", "Missing"];
    table(&mut out, &names, &[5, 6], cells, width);
    if answer.milestones.len() > rows.len() {
        let more = answer.milestones.len() - rows.len();
        let text = format!("and {more} that are likelier to be on time (--format json has all)");
        paragraph(&mut out, "", &text, width);
    }
    out.push('\n');
    let level = |levels: &[MoneyLevel], level: f64| heading.money(amount_at(levels, level));
    let money = [
        ("Final cost", answer.cost.planned, &answer.cost.levels),
        ("Lowest cash", answer.lowest_cash.planned, &answer.lowest_cash.levels),
    ];
    let cells = money.iter().map(|(name, planned, levels)| {
        let mut cells = vec![(*name).to_owned(), heading.money(*planned)];
        cells.extend([0.1, 0.5, 0.8, 0.9].map(|at| level(levels, at)));
        cells
    });
    let names = ["Money", "Plan", "P10", "P50", "P80", "P90"];
    table(&mut out, &names, &[1, 2, 3, 4, 5], cells, width);
    out.push('\n');
    if !answer.drivers.is_empty() {
        let cells = answer.drivers.iter().take(MOST_ROWS).map(|row| {
            vec![
                printable(&row.name),
                percent(row.days_share),
                format!("{:+.1}", row.days_swing),
                percent(row.money_share),
                heading.more(row.money_swing as i64),
            ]
        });
        let names = ["What spreads it", "of days", "P10 to P90", "of money", "P10 to P90"];
        table(&mut out, &names, &[1, 2, 3, 4], cells, width);
        out.push('\n');
    }
    if !answer.departments.is_empty() {
        let words = answer
            .departments
            .iter()
            .take(6)
            .map(|row| format!("{} {}", printable(&row.department), percent(row.criticality)));
        let text = words.collect::<Vec<_>>().join(", ");
        let text = format!("Work that decides when {} is done: {text}.", printable(&answer.target));
        paragraph(&mut out, "", &text, width);
    }
    mitigations(&mut out, answer, width);
    notes(&mut out, answer, width);
    out
}

fn mitigations(out: &mut String, answer: &RiskAnswer, width: usize) {
    if answer.mitigations.is_empty() {
        return;
    }
    let heading = &answer.heading;
    let sure = format!("P{} date", (answer.confidence * 100.0).round());
    out.push('\n');
    let cells = answer.mitigations.iter().map(|row| {
        let change = row.mean_cost_after - row.mean_cost_before;
        vec![
            printable(&row.name),
            heading.money(row.price),
            format!("{} → {}", percent(row.on_time_before.value), percent(row.on_time_after.value)),
            format!("{} → {}", day_or_dash(row.date_before), day_or_dash(row.date_after)),
            format!("{:.1}", row.days),
            heading.more(change as i64),
        ]
    });
    let names = ["If you do", "Price", "On time", &sure, "Days won", "Mean cost, price with it"];
    table(out, &names, &[1, 4, 5], cells, width);
}

fn notes(out: &mut String, answer: &RiskAnswer, width: usize) {
    out.push('\n');
    let policy = match answer.policy.as_str() {
        "replan" => {
            "Whoever is able takes over where a task would miss its planned end; nothing is planned anew."
        }
        _ => {
            "Each draw keeps the people and the order of the plan and shifts its dates; it is not planned anew."
        }
    };
    let text =
        format!("{} with seed {}. {policy}", count(answer.draws.into(), "draw"), answer.seed);
    paragraph(out, "", &text, width);
    if !answer.assumed.is_empty() {
        let text = format!(
            "Assumed, since no uncertainty file says otherwise: {}. `shotplan learn` finds the spread of your \
             own work.",
            answer.assumed.join("; ")
        );
        paragraph(out, "", &text, width);
    }
    if answer.draws_beyond > 0 {
        let text = format!(
            "In {} some work found no time any more; it counts as done on the last day looked at.",
            count(answer.draws_beyond.into(), "draw")
        );
        paragraph(out, "", &text, width);
    }
    if !answer.moved.is_empty() {
        let text = format!(
            "{} of the plan cannot be followed slot by slot (worked in several stretches, for one); without \
             any spread they end on another day than planned.",
            count(answer.moved.len() as u64, "task")
        );
        paragraph(out, "", &text, width);
    }
    if answer.interrupted {
        let text = format!("Stopped before all {} draws were made.", answer.draws_asked);
        paragraph(out, "", &text, width);
    }
}

/// What was learned, in plain text for a terminal `width` columns wide. Ends with a line end.
pub fn learned(answer: &LearnedAnswer, width: usize) -> String {
    let width = width.max(60);
    let mut out = String::new();
    let text = format!("{} against their bids", count(answer.tasks.into(), "finished task"));
    paragraph(&mut out, "", &text, width);
    out.push('\n');
    let cells = answer.rows.iter().map(|row| {
        let word = |text: &Option<String>| printable(text.as_deref().unwrap_or("all"));
        vec![
            word(&row.department),
            word(&row.class),
            word(&row.level),
            row.tasks.to_string(),
            format!("{:.2}", row.raw_median),
            format!("{:.2}", row.median),
            row.raw_sigma.map_or_else(|| "–".to_owned(), |own| format!("{own:.2}")),
            format!("{:.2}", row.sigma),
        ]
    });
    let names = [
        "Department",
        "Class",
        "Level",
        "Tasks",
        "Median was",
        "is taken",
        "Sigma was",
        "is taken",
    ];
    table(&mut out, &names, &[3, 4, 5, 6, 7], cells, width);
    out.push('\n');
    let text = if answer.held_out > 0 {
        format!(
            "Of {} held out in turn, {} lay inside the middle 80 % of what the others foretold, {} inside the \
             middle 50 %, and {} below its P80.",
            count(answer.held_out.into(), "task"),
            percent(answer.inside_80),
            percent(answer.inside_50),
            percent(answer.below_p80)
        )
    } else {
        "There are too few tasks to hold some out and see how well the rest foretells them."
            .to_owned()
    };
    paragraph(&mut out, "", &text, width);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_happen_is_not_told_as_certain() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.001), "under 1 %");
        assert_eq!(percent(0.624), "62 %");
        assert_eq!(percent(0.999), "over 99 %");
        assert_eq!(percent(1.0), "100 %");
    }
}
