//! What the cost report is made of: assignments, orders, bookings, lines of the budget.

use super::postings::{About, Line, Lines, Names, is_planned, is_sum_of_people};
use super::{Maker, keeps_lines, less};
use crate::pipeline::cost_report::{By, cost_report as report};
use crate::pipeline::pay::{PayGroup, pay_groups};
use crate::result::{
    BudgetRow, Contingency, CostReport, Desk, Document, DrawRow, Opened, PartRow, PostingRow, Unit,
    WhyRow,
};
use jiff::civil::Date;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The columns that postings add to.
const STATES: [&str; 4] = ["actual", "accrued", "committed", "etc"];

/// The figures of a cost report; none where the result was saved without what they are made of.
pub fn cost_report(document: &Document, by: By) -> Option<Opened> {
    let report = report(document, by)?;
    of_report(document, by, &report, &Spent::of(document))
}

/// Postings of a document as lines, each with what it is about: those of many weeks that no report tells apart
/// are one, so that the ways of sorting share that work.
pub(super) struct Spent<'d> {
    names: Names<'d>,
    lines: Vec<(Line<'d>, About<'d>)>,
}

impl<'d> Spent<'d> {
    pub(super) fn of(document: &'d Document) -> Spent<'d> {
        let names = Names::of(document);
        let mut lines: Vec<(Line, About)> = Vec::new();
        let mut places: HashMap<_, usize> = HashMap::new();
        for posting in document.desk.iter().flat_map(|desk| &desk.postings) {
            let about = names.about(posting);
            let mut line = names.line(posting, &about);
            if is_sum_of_people(document, posting) {
                line.what = "people together".into();
            }
            if !is_planned(posting) {
                lines.push((line, about));
                continue;
            }
            // What a report sorts by, without the task, by which none does.
            let sorted_by =
                (about.entity, about.department, about.show, about.person, about.vendor);
            let key = (line.key(), sorted_by);
            match places.entry(key) {
                Entry::Occupied(place) => lines[*place.get()].0.add(&line),
                Entry::Vacant(place) => {
                    place.insert(lines.len());
                    lines.push((line, about));
                }
            }
        }
        Spent { names, lines }
    }
}

/// The figures of a report that was made of the document.
pub(super) fn of_report(
    document: &Document,
    by: By,
    report: &CostReport,
    spent: &Spent,
) -> Option<Opened> {
    let desk = keeps_lines(document)?;
    let mut lines: Vec<[Lines; 4]> = report.rows.iter().map(|_| Default::default()).collect();
    share_out(document, desk, by, &report.rows, spent, &mut lines);
    let mut maker = Maker::new(&format!("cost-report by {}", by.word()), document);
    for ((row, asked), lines) in report.rows.iter().zip(PartRow::asked(&report.rows)).zip(lines) {
        maker.row(&asked, if row.id.is_empty() { &report.by } else { &row.description });
        let figures = [row.actual, row.accrued, row.committed, row.etc];
        let mut spent = Vec::new();
        for ((column, figure), lines) in STATES.iter().zip(figures).zip(lines) {
            spent.push(maker.cell(column, figure, lines.done()));
        }
        let promised = row.committed.saturating_add(row.accrued);
        maker.sum("committed_and_accrued", Unit::Money, promised, vec![spent[1], spent[2]]);
        let to_date = row.actual.saturating_add(row.accrued);
        maker.sum("to_date", Unit::Money, to_date, vec![spent[0], spent[1]]);
        maker.sum("efc", Unit::Money, row.efc, spent.clone());
        maker.first("efc");
        budget(&mut maker, desk, by, row);
        if let (Some(movement), Some(before)) = (row.movement, maker.parts("efc_last_period")) {
            let parts = spent.iter().copied().chain(before.into_iter().map(less)).collect();
            maker.sum("movement", Unit::Money, movement, parts);
        }
        if let (Some(variance), true) = (row.variance, has_budget(by)) {
            let Some(budget) = maker.parts("current_budget") else { continue };
            let parts: Vec<_> = budget.into_iter().chain(spent.into_iter().map(less)).collect();
            let turned = parts.iter().copied().map(less).collect();
            maker.sum("variance", Unit::Money, variance, parts);
            maker.sum("over", Unit::Money, variance.saturating_neg(), turned);
        }
    }
    total(&mut maker, &report.rows, &report.total, by, document);
    if let Some(known) = desk.contingency.as_ref().filter(|known| !known.accounts.is_empty()) {
        contingency(&mut maker, desk, known, document.production.as_of);
    }
    Some(maker.done())
}

/// What is set aside on the accounts that are drawn on, and what was drawn until the day of the plan.
fn contingency(maker: &mut Maker, desk: &Desk, known: &Contingency, as_of: Date) {
    let is_drawn = |row: &&DrawRow| row.date <= as_of;
    // Each draw-down stands behind the lines of the budget twice: where it goes, and where it comes from.
    let lines = desk.budget.len().saturating_sub(2 * known.draws.iter().filter(is_drawn).count());
    let budget = desk.budget.iter().take(lines);
    let budget = budget.filter(|row| known.accounts.contains(&row.account));
    let lines = budget.flat_map(|row| {
        [("original", row.original), ("approved change", row.approved_changes)].map(
            |(what, amount)| WhyRow {
                account: row.account.clone(),
                what: what.to_owned(),
                who: row.department.clone().or_else(|| row.show.clone()).unwrap_or_default(),
                source: row.source.clone(),
                ..WhyRow::new("budget", None, amount)
            },
        )
    });
    let draws = known.draws.iter().filter(is_drawn).map(|row| WhyRow {
        account: row.from.clone(),
        what: format!("drawn for {}: {}", row.account, row.reason),
        ..WhyRow::new("budget", row.date, row.amount)
    });
    maker.row("contingency", "contingency");
    let set_aside = maker.cell("set_aside", known.set_aside, lines.collect());
    let drawn = maker.cell("drawn", known.drawn, draws.collect());
    maker.sum("left", Unit::Money, known.left, vec![set_aside, less(drawn)]);
    maker.first("left");
}

/// Puts each line with the row and column that it is part of.
fn share_out<'d>(
    document: &'d Document,
    desk: &'d Desk,
    by: By,
    rows: &[PartRow],
    Spent { names, lines: spent }: &Spent<'d>,
    lines: &mut [[Lines<'d>; 4]],
) {
    let groups = if document.with_rates { Vec::new() } else { pay_groups(document) };
    let is_banded = by == By::Person && rows.iter().any(|row| row.kind == "band");
    let places: HashMap<(&str, &str), usize> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| ((if by == By::Shot { &*row.kind } else { "" }, &*row.id), at))
        .collect();
    let group_of = group_of(&groups);
    for (line, about) in spent {
        let posting = line.posting;
        let Some(state) = STATES.iter().position(|state| *state == posting.state) else { continue };
        // Money in is no part of any report but that by account.
        if by != By::Account && names.is_revenue(&posting.account) {
            continue;
        }
        let together = is_sum_of_people(document, posting);
        let (kind, id) = match by {
            By::Account => ("", &*posting.account),
            By::Department => ("", department_of(desk, posting, about.department)),
            By::Sequence => ("", about.sequence),
            By::Shot => about.entity.map_or(("shot", ""), |[kind, code]| (kind, code)),
            By::Vendor => ("", about.vendor),
            // Sums by shot say nothing about bands: the row itself is the sum of its people.
            By::Person if together => continue,
            By::Person if is_banded => {
                ("", group_of.get(about.person).copied().unwrap_or(about.person))
            }
            By::Person => ("", about.person),
            By::Show => ("", about.show),
        };
        let Some(&at) = places.get(&(kind, id)) else { continue };
        match posting.assignment {
            // One line of the kind, state and account already.
            Some(_) => lines[at][state].put(line.clone()),
            None => lines[at][state].add(line.clone()),
        }
    }
}

/// The department that a posting stands with: what departments share stands with none.
fn department_of<'d>(desk: &Desk, posting: &PostingRow, own: &'d str) -> &'d str {
    let is_apart =
        |[account, department]: &[String; 2]| *account == posting.account && department == own;
    let shared = desk.shared_accounts.contains(&posting.account)
        && !desk.budgeted_apart.iter().any(is_apart);
    if shared { "" } else { own }
}

/// The name of the band of each person.
fn group_of(groups: &[PayGroup]) -> HashMap<&str, &str> {
    groups
        .iter()
        .flat_map(|group| group.people.iter().map(|person| (person.as_str(), group.name.as_str())))
        .collect()
}

/// Whether the budget of a row can be told from the lines of the budget.
fn has_budget(by: By) -> bool {
    matches!(by, By::Account | By::Department | By::Show)
}

/// The budget of a row: lines of the budget and what was drawn from contingency.
fn budget(maker: &mut Maker, desk: &Desk, by: By, row: &PartRow) {
    if !has_budget(by) {
        return;
    }
    let (Some(original), Some(changes), Some(current)) =
        (row.original_budget, row.approved_changes, row.current_budget)
    else {
        return;
    };
    let is_of = |line: &&BudgetRow| match by {
        By::Account => line.account == row.id,
        _ => {
            let of = if by == By::Show { &line.show } else { &line.department };
            of.as_deref().unwrap_or_default() == row.id
                && !desk.revenue_accounts.contains(&line.account)
        }
    };
    let lines = |value: fn(&BudgetRow) -> i64, what: &str| -> Vec<WhyRow> {
        let lines = desk.budget.iter().filter(is_of).filter(|line| value(line) != 0);
        let told = lines.map(|line| WhyRow {
            account: line.account.clone(),
            what: what.to_owned(),
            who: line.department.clone().or_else(|| line.show.clone()).unwrap_or_default(),
            source: line.source.clone(),
            ..WhyRow::new("budget", None, value(line))
        });
        told.collect()
    };
    let first = maker.cell("original_budget", original, lines(|line| line.original, "original"));
    let more = lines(|line| line.approved_changes, "approved change");
    let second = maker.cell("approved_changes", changes, more);
    maker.sum("current_budget", Unit::Money, current, vec![first, second]);
    if let Some(before) = row.efc_last_period {
        let before_lines = lines(|line| line.last_period.unwrap_or_default(), "last period");
        maker.cell("efc_last_period", before, before_lines);
    }
}

/// The total: a line each row. Where rows have no budget of their own, that of all of them is told by account.
fn total(maker: &mut Maker, rows: &[PartRow], total: &PartRow, by: By, document: &Document) {
    maker.row("total", "all cost");
    let accounts: Vec<PartRow> = document.cost.report.iter().map(PartRow::from).collect();
    let revenue = document.desk.as_ref().map_or(&[][..], |desk| &desk.revenue_accounts);
    let is_cost = |row: &&PartRow, by: By| !(by == By::Account && revenue.contains(&row.id));
    type Value = fn(&PartRow) -> Option<i64>;
    let columns: [(&str, Value); 14] = [
        ("efc", |row| Some(row.efc)),
        ("actual", |row| Some(row.actual)),
        ("accrued", |row| Some(row.accrued)),
        ("committed", |row| Some(row.committed)),
        ("committed_and_accrued", |row| Some(row.committed.saturating_add(row.accrued))),
        ("to_date", |row| Some(row.actual.saturating_add(row.accrued))),
        ("over", |row| row.variance.map(i64::saturating_neg)),
        ("etc", |row| Some(row.etc)),
        ("original_budget", |row| row.original_budget),
        ("approved_changes", |row| row.approved_changes),
        ("current_budget", |row| row.current_budget),
        ("variance", |row| row.variance),
        ("efc_last_period", |row| row.efc_last_period),
        // An account without a budget cost nothing in the last period.
        ("movement", |row| row.movement.or(Some(row.efc))),
    ];
    for (column, value) in columns {
        let figure = if column == "movement" { total.movement } else { value(total) };
        let Some(figure) = figure else { continue };
        let sum = rows.iter().filter(|row| is_cost(row, by)).filter_map(value);
        let (rows, by) = match sum.fold(0, i64::saturating_add) == figure {
            true => (rows, by),
            false => (&accounts[..], By::Account),
        };
        let line = |row: &PartRow| {
            let amount = value(row).filter(|amount| *amount != 0)?;
            let mut line = WhyRow::new(&row.kind, None, amount);
            let id = if row.id.is_empty() { "none" } else { &row.id };
            match by {
                By::Account => line.account = row.id.clone(),
                _ => line.who = id.to_owned(),
            }
            line.what = row.description.clone();
            Some(line)
        };
        let rows = rows.iter().filter(|row| is_cost(row, by));
        maker.cell(column, figure, rows.filter_map(line).collect());
    }
}
