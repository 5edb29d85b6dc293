//! The line producer's part of a result: the forecast in the rows of the document.

mod bids;
mod cash;
mod earned_value;
mod incentives;
mod ladder;
mod margin;
mod vendors;

pub(super) use ladder::{ladder, ladder_lines};

use super::versions::{contingency, versions};
use crate::forecast::{self, CostState, Forecast, Posting, PostingKind, ReportRow, ViewRow};
use crate::model::{Cents, DepartmentId, Id, Production, ShowId, Source};
use crate::result::{
    BudgetRow, Desk, MoneyRow, PartRow, PostingRow, ProspectShow, Prospects, Views,
};
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;

/// The desk of a forecast.
pub fn desk(production: &Production, forecast: &Forecast) -> Desk {
    let (postings, rows) = postings(production, &forecast.ledger);
    let revenue = production
        .accounts
        .iter()
        .filter(|account| account.kind == crate::model::AccountKind::Revenue)
        .map(|account| account.code.clone());
    Desk {
        revenue_accounts: revenue.collect(),
        shared_accounts: forecast
            .views
            .shared
            .accounts
            .iter()
            .map(|id| production.accounts[*id].code.clone())
            .collect(),
        budgeted_apart: forecast
            .views
            .shared
            .apart
            .iter()
            .map(|(account, department)| {
                let account = production.accounts[*account].code.clone();
                [account, production.departments[*department].code.clone()]
            })
            .collect(),
        accruals_in_commitments: production.settings.accruals_in_commitments,
        versions: versions(production),
        contingency: contingency(production),
        views: views(production, forecast),
        cash: cash::cash(production, forecast, &rows),
        postings,
        ladder: ladder(forecast),
        ladder_lines: ladder_lines(production, forecast),
        orders: vendors::orders(production),
        budget: budget(production),
        vendors: vendors::vendors(production, forecast),
        changes: margin::changes(production, forecast),
        earned: earned_value::earned(production, forecast),
        margin: margin::margin(production, forecast),
        prospects: prospects(production, forecast),
        incentives: incentives::incentives(production, forecast, &rows),
        bids: bids::bids(production, forecast),
    }
}

/// Shows that may not happen, and the money with and without them.
fn prospects(production: &Production, forecast: &Forecast) -> Option<Prospects> {
    let known = &forecast.prospects;
    if known.shows.is_empty() {
        return None;
    }
    let money = |(revenue, cost): (Cents, Cents)| MoneyRow {
        revenue: revenue.0,
        cost: cost.0,
        margin: (revenue - cost).0,
    };
    let show = |row: &forecast::Prospect| ProspectShow {
        show: production.shows[row.show].code.clone(),
        probability: row.probability,
        money: money((row.revenue, row.cost)),
    };
    let all = known
        .shows
        .iter()
        .fold(known.firm, |(revenue, cost), row| (revenue + row.revenue, cost + row.cost));
    Some(Prospects {
        shows: known.shows.iter().map(show).collect(),
        firm: money(known.firm),
        weighed: money(known.weighed()),
        all: money(all),
    })
}

fn views(production: &Production, forecast: &Forecast) -> Views {
    let views = &forecast.views;
    Views {
        department: parts(&views.department, "department", |id| {
            let row = &production.departments[id];
            (row.code.clone(), row.name.clone())
        }),
        sequence: parts(&views.sequence, "sequence", |id| {
            (production.sequences[id].code.clone(), String::new())
        }),
        shot: views
            .entity
            .iter()
            .map(|row| {
                let Some(entity) = row.key else {
                    return part("shot", (String::new(), "no shot".to_owned()), &row.row);
                };
                let kind = entity.kind();
                let name = if kind == "shot" { String::new() } else { kind.to_owned() };
                part(kind, (production.code_of(entity).to_owned(), name), &row.row)
            })
            .collect(),
        vendor: parts(&views.vendor, "vendor", |id| {
            let row = &production.vendors[id];
            (row.code.clone(), row.name.clone())
        }),
        person: parts(&views.person, "person", |id| {
            let row = &production.people[id];
            (row.code.clone(), row.name.clone())
        }),
        show: parts(&views.show, "show", |id| {
            let row = &production.shows[id];
            (row.code.clone(), row.name.clone())
        }),
    }
}

fn parts<K: Id>(
    rows: &[ViewRow<K>],
    kind: &str,
    name: impl Fn(K) -> (String, String),
) -> Vec<PartRow> {
    let of = |row: &ViewRow<K>| {
        let name = row.key.map_or_else(|| (String::new(), format!("no {kind}")), &name);
        part(kind, name, &row.row)
    };
    rows.iter().filter(|row| !row.row.is_empty()).map(of).collect()
}

fn part(kind: &str, (id, description): (String, String), row: &ReportRow) -> PartRow {
    let budget = |amount: crate::model::Cents| row.budgeted.then_some(amount.0);
    PartRow {
        id,
        kind: kind.to_owned(),
        description,
        original_budget: budget(row.original_budget),
        approved_changes: budget(row.approved_changes),
        current_budget: budget(row.current_budget()),
        actual: row.actual.0,
        accrued: row.accrued.0,
        committed: row.committed.0,
        etc: row.etc.0,
        efc: row.efc().0,
        variance: budget(row.variance()),
        efc_last_period: row.efc_last_period.map(|amount| amount.0),
        movement: row.movement().map(|amount| amount.0),
    }
}

fn kind_word(kind: PostingKind) -> &'static str {
    match kind {
        PostingKind::Labour => "labour",
        PostingKind::Overtime => "overtime",
        PostingKind::Idle => "idle",
        PostingKind::Team => "team",
        PostingKind::Guaranteed => "guaranteed",
        PostingKind::CalledOff => "called off",
        PostingKind::Commitment => "commitment",
        PostingKind::Vendor => "vendor",
        PostingKind::Actual => "actual",
        PostingKind::Pool => "pool",
        PostingKind::Overflow => "overflow",
    }
}

fn state_word(state: CostState) -> &'static str {
    match state {
        CostState::Actual => "actual",
        CostState::Accrued => "accrued",
        CostState::Committed => "committed",
        CostState::Etc => "etc",
    }
}

/// The budget, line by line: what was drawn from contingency until the day of the plan is a change of both accounts.
fn budget(production: &Production) -> Vec<BudgetRow> {
    let account = |id| production.accounts.get(id).map_or_else(String::new, |row| row.code.clone());
    let show = |id: Option<ShowId>| id.map(|id| production.shows[id].code.clone());
    let department = |account, own: Option<DepartmentId>| {
        let mut owners = production.departments.iter().filter(|row| row.account == account);
        let owner = owners.next().filter(|_| owners.next().is_none());
        own.map(|id| &production.departments[id]).or(owner).map(|row| row.code.clone())
    };
    let lines = production.budget.iter().map(|row| BudgetRow {
        account: account(row.account),
        show: show(row.show),
        department: department(row.account, row.department),
        original: row.original.0,
        approved_changes: row.approved_changes.0,
        last_period: row.last_period.map(|amount| amount.0),
        source: place(production, row.source),
    });
    let drawn = production.draws.iter().filter(|row| row.date <= production.settings.as_of);
    let drawn = drawn.flat_map(|row| {
        let line = |of, department_of, amount: Cents| BudgetRow {
            account: account(of),
            show: show(row.show),
            department: department(of, department_of),
            original: 0,
            approved_changes: amount.0,
            last_period: None,
            source: place(production, row.source),
        };
        [
            line(row.account, row.department, row.amount),
            line(row.from, None, Cents::ZERO - row.amount),
        ]
    });
    lines.chain(drawn).collect()
}

/// Name and line of the file that something was read from.
pub(super) fn place(production: &Production, source: Source) -> Option<String> {
    let file = production.files.get(source.file?)?;
    let name = Path::new(&file.name).file_name()?.to_str()?;
    Some(format!("{name}:{}", source.line))
}

/// The ledger by week: postings that differ by their day only are one row. Books stay as they are. With the row
/// of each posting.
fn postings(production: &Production, ledger: &[Posting]) -> (Vec<PostingRow>, Vec<u32>) {
    type Key =
        (PostingKind, Date, Option<u32>, Option<u32>, Option<u32>, Option<u32>, u32, CostState);
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut rows: Vec<PostingRow> = Vec::new();
    let mut of_ledger: Vec<u32> = Vec::with_capacity(ledger.len());
    let index = |id: usize| u32::try_from(id).unwrap_or(u32::MAX);
    for posting in ledger {
        if posting.row.is_none() {
            let key = (
                posting.kind,
                posting.week,
                posting.assignment,
                posting.person.map(|id| index(id.index())),
                posting.show.map(|id| index(id.index())),
                posting.department.map(|id| index(id.index())),
                index(posting.account.index()),
                posting.state,
            );
            if let Some(&place) = places.get(&key) {
                let row = &mut rows[place];
                row.amount = row.amount.map(|sum| sum.saturating_add(posting.amount.0));
                row.minutes += posting.minutes;
                of_ledger.push(index(place));
                continue;
            }
            places.insert(key, rows.len());
        }
        of_ledger.push(index(rows.len()));
        rows.push(posting_row(production, posting));
    }
    (rows, of_ledger)
}

pub(super) fn posting_row(production: &Production, posting: &Posting) -> PostingRow {
    let account = production.accounts.get(posting.account);
    let mut row = PostingRow {
        week: posting.week,
        kind: kind_word(posting.kind).to_owned(),
        state: state_word(posting.state).to_owned(),
        account: account.map_or_else(String::new, |account| account.code.clone()),
        amount: Some(posting.amount.0),
        minutes: posting.minutes,
        assignment: posting.assignment,
        department: None,
        show: None,
        person: None,
        vendor: None,
        task: None,
        entity: None,
        order: None,
        date: None,
        source: None,
    };
    if posting.assignment.is_some() {
        return row;
    }
    row.department = posting.department.map(|id| production.departments[id].code.clone());
    row.show = posting.show.map(|id| production.shows[id].code.clone());
    row.person = posting.person.map(|id| production.people[id].code.clone());
    row.vendor = posting.vendor.map(|id| production.vendors[id].code.clone());
    row.task = posting.task.map(|id| production.tasks[id].code.clone());
    row.entity = posting
        .entity
        .map(|entity| [entity.kind().to_owned(), production.code_of(entity).to_owned()]);
    let Some(book) = posting.row else { return row };
    row.date = Some(posting.date);
    match posting.kind {
        PostingKind::Actual => {
            let actual = production.actuals.get(book as usize);
            row.source = actual.and_then(|actual| place(production, actual.source));
        }
        _ => {
            let order = production.commitments.get(book as usize);
            row.order = order.map(|order| order.code.clone());
            row.source = order.and_then(|order| place(production, order.source));
        }
    }
    row
}
