//! The line producer's part of a result, and the reports that are read off it.

use super::{Answered, Request, make, put_together};
use crate::forecast::{CostState, Forecast, Posting, PostingKind, ReportRow, ViewRow};
use crate::model::{Id, Production, Source};
use crate::read;
use crate::result::{
    AssignmentRow, CostReport, Desk, Document, PartRow, PostingRow, Views, Why, WhyRow,
};
use crate::solve::Watch;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;

/// What a cost report is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Accounts.
    Account,
    /// Departments.
    Department,
    /// Sequences.
    Sequence,
    /// Shots, assets, and what else tasks are part of.
    Shot,
    /// Vendors.
    Vendor,
    /// People.
    Person,
    /// Shows.
    Show,
}

impl By {
    /// The word used on the command line and in results.
    pub fn word(self) -> &'static str {
        match self {
            By::Account => "account",
            By::Department => "department",
            By::Sequence => "sequence",
            By::Shot => "shot",
            By::Vendor => "vendor",
            By::Person => "person",
            By::Show => "show",
        }
    }
}

/// Plans a show for the sake of its money: the result as `plan` would save it.
///
/// # Errors
/// When the files cannot be read at all.
pub fn planned(
    show: &Path,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<Document>, read::Error> {
    Ok(match make(show, request, watch)? {
        Ok(made) => Answered::Answer(put_together(&made)),
        Err(outcome) => Answered::NoPlan(outcome),
    })
}

/// The cost report of a result; none where the result was saved without its postings.
pub fn cost_report(document: &Document, by: By) -> Option<CostReport> {
    let desk = document.desk.as_ref()?;
    let rows = match by {
        By::Account => document.cost.report.iter().map(PartRow::from).collect(),
        By::Department => desk.views.department.clone(),
        By::Sequence => desk.views.sequence.clone(),
        By::Shot => desk.views.shot.clone(),
        By::Vendor => desk.views.vendor.clone(),
        By::Person => desk.views.person.clone(),
        By::Show => desk.views.show.clone(),
    };
    let info = &document.production;
    Some(CostReport {
        production: info.name.clone(),
        as_of: info.as_of,
        currency: info.currency.clone(),
        currency_decimals: info.currency_decimals,
        by: by.word().to_owned(),
        rows,
        total: PartRow::from(&document.cost.total),
    })
}

/// What the row `id` of a cost report is made of; none where there is no such row.
///
/// Work of one assignment is one line, whatever number of weeks it takes; so is idle time of a person.
pub fn why(document: &Document, by: By, id: &str) -> Option<Why> {
    let report = cost_report(document, by)?;
    let desk = document.desk.as_ref()?;
    let row = report.rows.iter().find(|row| row.id == id)?.clone();
    let names = Names::of(document);
    let mut lines: Vec<WhyRow> = Vec::new();
    let mut places: HashMap<(String, String, String, String, Option<u32>), usize> = HashMap::new();
    for posting in desk.postings.iter() {
        let about = names.about(document, posting);
        let belongs = match by {
            By::Account => posting.account == id,
            By::Department => about.department == id,
            By::Sequence => about.sequence == id,
            By::Shot => match about.entity {
                Some([kind, code]) => kind == row.kind && code == id,
                None => id.is_empty(),
            },
            By::Vendor => about.vendor == id,
            By::Person => about.person == id,
            By::Show => about.show == id,
        };
        // Money in is no part of any report but that by account.
        if !belongs || (by != By::Account && names.is_revenue(&posting.account)) {
            continue;
        }
        let line = WhyRow {
            kind: posting.kind.clone(),
            state: posting.state.clone(),
            account: posting.account.clone(),
            task: about.task.to_owned(),
            who: if about.person.is_empty() { about.vendor } else { about.person }.to_owned(),
            order: posting.order.clone(),
            source: posting.source.clone(),
            from: posting.date.unwrap_or(posting.week),
            to: posting.date.unwrap_or(posting.week),
            minutes: posting.minutes,
            amount: posting.amount,
        };
        let is_planned = posting.assignment.is_some() || posting.kind == "idle";
        if !is_planned {
            lines.push(line);
            continue;
        }
        let key = (
            line.kind.clone(),
            line.state.clone(),
            line.account.clone(),
            line.who.clone(),
            posting.assignment,
        );
        match places.get(&key) {
            Some(&place) => {
                let known = &mut lines[place];
                known.from = known.from.min(line.from);
                known.to = known.to.max(line.to);
                known.minutes += line.minutes;
                known.amount = known.amount.saturating_add(line.amount);
            }
            None => {
                places.insert(key, lines.len());
                lines.push(line);
            }
        }
    }
    // The largest first; what is equal stays in the order of the ledger.
    lines.sort_by_key(|line| std::cmp::Reverse(line.amount.unsigned_abs()));
    Some(Why {
        production: report.production,
        currency: report.currency,
        currency_decimals: report.currency_decimals,
        by: report.by,
        row,
        lines,
    })
}

/// What the postings of a document refer to.
struct Names<'d> {
    entity_of_task: HashMap<&'d str, (&'d str, &'d str, &'d str)>,
    entities: HashMap<(&'d str, &'d str), (Option<&'d str>, &'d str)>,
    revenue: Vec<&'d str>,
}

/// What one posting is about; empty = nothing.
#[derive(Default)]
struct About<'d> {
    task: &'d str,
    entity: Option<[&'d str; 2]>,
    department: &'d str,
    sequence: &'d str,
    show: &'d str,
    person: &'d str,
    vendor: &'d str,
}

impl<'d> Names<'d> {
    fn of(document: &'d Document) -> Names<'d> {
        let task = |row: &'d crate::result::TaskRow| {
            (row.id.as_str(), (row.entity_kind.as_str(), row.entity.as_str(), &*row.department))
        };
        let entity = |row: &'d crate::result::EntityInfo| {
            ((row.kind.as_str(), row.id.as_str()), (row.sequence.as_deref(), row.show.as_str()))
        };
        let revenue = document.desk.iter().flat_map(|desk| &desk.revenue_accounts);
        Names {
            entity_of_task: document.tasks.iter().map(task).collect(),
            entities: document.production.entities.iter().map(entity).collect(),
            revenue: revenue.map(String::as_str).collect(),
        }
    }

    fn is_revenue(&self, account: &str) -> bool {
        self.revenue.contains(&account)
    }

    fn about(&self, document: &'d Document, posting: &'d PostingRow) -> About<'d> {
        let text = |value: &'d Option<String>| value.as_deref().unwrap_or_default();
        let assignment: Option<&AssignmentRow> =
            posting.assignment.and_then(|row| document.assignments.get(row as usize));
        let mut about = About {
            task: text(&posting.task),
            entity: posting.entity.as_ref().map(|[kind, code]| [kind.as_str(), code.as_str()]),
            department: text(&posting.department),
            show: text(&posting.show),
            person: text(&posting.person),
            vendor: text(&posting.vendor),
            sequence: "",
        };
        if let Some(row) = assignment {
            about.task = &row.task;
            about.person = text(&row.artist);
            about.vendor = text(&row.vendor);
            if let Some(&(kind, code, department)) = self.entity_of_task.get(row.task.as_str()) {
                about.entity = Some([kind, code]);
                about.department = department;
            }
        }
        if let Some([kind, code]) = about.entity {
            about.sequence = if kind == "sequence" { code } else { "" };
            if let Some((sequence, show)) = self.entities.get(&(kind, code)) {
                about.sequence = sequence.unwrap_or(about.sequence);
                about.show = if about.show.is_empty() { show } else { about.show };
            }
        }
        about
    }
}

/// The desk of a forecast.
pub fn desk(production: &Production, forecast: &Forecast) -> Desk {
    let revenue = production
        .accounts
        .iter()
        .filter(|account| account.kind == crate::model::AccountKind::Revenue)
        .map(|account| account.code.clone());
    Desk {
        revenue_accounts: revenue.collect(),
        views: views(production, forecast),
        postings: postings(production, &forecast.ledger),
    }
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
        PostingKind::Commitment => "commitment",
        PostingKind::Vendor => "vendor",
        PostingKind::Actual => "actual",
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

/// The ledger by week: postings that differ by their day only are one row. Books stay as they are.
fn postings(production: &Production, ledger: &[Posting]) -> Vec<PostingRow> {
    type Key =
        (PostingKind, Date, Option<u32>, Option<u32>, Option<u32>, Option<u32>, u32, CostState);
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut rows: Vec<PostingRow> = Vec::new();
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
                row.amount = row.amount.saturating_add(posting.amount.0);
                row.minutes += posting.minutes;
                continue;
            }
            places.insert(key, rows.len());
        }
        rows.push(posting_row(production, posting));
    }
    rows
}

fn posting_row(production: &Production, posting: &Posting) -> PostingRow {
    let account = production.accounts.get(posting.account);
    let mut row = PostingRow {
        week: posting.week,
        kind: kind_word(posting.kind).to_owned(),
        state: state_word(posting.state).to_owned(),
        account: account.map_or_else(String::new, |account| account.code.clone()),
        amount: posting.amount.0,
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
    let place = |source: Source| {
        let file = production.files.get(source.file?)?;
        let name = Path::new(&file.name).file_name()?.to_str()?;
        Some(format!("{name}:{}", source.line))
    };
    match posting.kind {
        PostingKind::Actual => {
            let actual = production.actuals.get(book as usize);
            row.source = actual.and_then(|actual| place(actual.source));
        }
        _ => {
            let order = production.commitments.get(book as usize);
            row.order = order.map(|order| order.code.clone());
            row.source = order.and_then(|order| place(order.source));
        }
    }
    row
}
