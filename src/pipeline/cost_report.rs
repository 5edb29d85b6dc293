//! The cost report of a result, sorted by anything, and what each row of it is made of.

use super::pay::{PayGroup, pay_groups};
use super::{Answered, Request, make, put_together};
use crate::read;
use crate::result::{AssignmentRow, CostReport, Document, PartRow, PostingRow, Why, WhyRow};
use crate::solve::Watch;
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
        contingency: desk.contingency.clone(),
        prospects: desk.prospects.clone(),
        accruals_in_commitments: desk.accruals_in_commitments,
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
    let groups = if document.with_rates { Vec::new() } else { pay_groups(document) };
    let bands: HashMap<&str, [i64; 2]> = document
        .production
        .people
        .iter()
        .filter(|_| !document.with_rates)
        .filter_map(|person| Some((person.id.as_str(), person.band?)))
        .collect();
    let group = groups.iter().find(|group| row.kind == "band" && group.name == id);
    let mut lines: Vec<WhyRow> = Vec::new();
    let mut places: HashMap<(String, String, String, String, Option<u32>), usize> = HashMap::new();
    for posting in desk.postings.iter() {
        let about = names.about(document, posting);
        let belongs = match by {
            By::Account => posting.account == id,
            By::Department => {
                let shared = desk.shared_accounts.contains(&posting.account)
                    && !desk.budgeted_apart.iter().any(|[account, department]| {
                        *account == posting.account && department == about.department
                    });
                (if shared { "" } else { about.department }) == id
            }
            By::Sequence => about.sequence == id,
            By::Shot => match about.entity {
                Some([kind, code]) => kind == row.kind && code == id,
                None => id.is_empty(),
            },
            By::Vendor => about.vendor == id,
            By::Person => match group {
                Some(group) => group.people.iter().any(|person| person == about.person),
                None => about.person == id && !is_sum_of_people(posting),
            },
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
            band: match posting.amount {
                Some(_) => None,
                None => bands.get(about.person).copied(),
            },
        };
        let is_planned =
            posting.assignment.is_some() || is_beside_tasks(posting) || is_sum_of_people(posting);
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
                known.amount =
                    known.amount.zip(line.amount).map(|(sum, more)| sum.saturating_add(more));
            }
            None => {
                places.insert(key, lines.len());
                lines.push(line);
            }
        }
    }
    if group.is_some() {
        // Sums by shot say nothing about bands: the row itself is the sum of its people.
        let sums = [
            ("actual", row.actual),
            ("accrued", row.accrued),
            ("committed", row.committed),
            ("etc", row.etc),
        ];
        lines.extend(sums.into_iter().filter(|(_, amount)| *amount != 0).map(|(state, amount)| {
            let of_state = || lines_of(document, &names, group, state);
            WhyRow {
                kind: "people".to_owned(),
                state: state.to_owned(),
                account: String::new(),
                task: String::new(),
                who: String::new(),
                order: None,
                source: None,
                from: of_state().min().unwrap_or(document.production.as_of),
                to: of_state().max().unwrap_or(document.production.as_of),
                minutes: 0,
                amount: Some(amount),
                band: None,
            }
        }));
    }
    for line in lines.iter_mut().filter(|line| line.who.is_empty() && line.amount.is_some()) {
        if !document.with_rates && line.source.is_none() && line.order.is_none() {
            line.who = "people together".to_owned();
        }
    }
    // The largest first; what is equal stays in the order of the ledger.
    lines.sort_by_key(|line| {
        let amount = line.amount.map(i64::unsigned_abs);
        std::cmp::Reverse((amount.is_some(), amount.unwrap_or_default(), line.minutes))
    });
    Some(Why {
        production: report.production,
        currency: report.currency,
        currency_decimals: report.currency_decimals,
        by: report.by,
        row,
        lines,
    })
}

/// The days of the postings of a group's people in a column.
fn lines_of<'d>(
    document: &'d Document,
    names: &'d Names<'d>,
    group: Option<&'d PayGroup>,
    state: &'d str,
) -> impl Iterator<Item = jiff::civil::Date> + 'd {
    let postings = document.desk.iter().flat_map(|desk| &desk.postings);
    postings.filter(move |row| row.state == state).filter_map(move |row| {
        let person = names.about(document, row).person;
        let is_theirs = group?.people.iter().any(|own| own == person);
        is_theirs.then_some(row.date.unwrap_or(row.week))
    })
}

/// Whether it is paid time of a person beside tasks, day by day.
fn is_beside_tasks(posting: &PostingRow) -> bool {
    ["idle", "team", "guaranteed", "called off"].contains(&posting.kind.as_str())
}

/// Whether it is the pay of people together, where pay is not told.
fn is_sum_of_people(posting: &PostingRow) -> bool {
    posting.assignment.is_none() && posting.person.is_none() && posting.date.is_none()
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
