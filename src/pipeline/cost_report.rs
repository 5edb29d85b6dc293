//! The cost report of a result, sorted by anything.

use super::{Answered, Request, make, put_together};
use crate::read;
use crate::result::{CostReport, Document, PartRow};
use crate::solve::Watch;
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
        Ok(made) => Answered::Answer(put_together(&made, watch)),
        Err(outcome) => Answered::NoPlan(outcome),
    })
}

/// The cost report of a result; none where the result was saved without its postings.
pub fn cost_report(document: &Document, by: By) -> Option<CostReport> {
    document.desk.as_ref()?;
    sorted(document, by)
}

/// The same for a page, which tells the accounts of any result.
pub(super) fn sorted(document: &Document, by: By) -> Option<CostReport> {
    let desk = document.desk.as_ref();
    let rows = match by {
        By::Account => document.cost.report.iter().map(PartRow::from).collect(),
        By::Department => desk?.views.department.clone(),
        By::Sequence => desk?.views.sequence.clone(),
        By::Shot => desk?.views.shot.clone(),
        By::Vendor => desk?.views.vendor.clone(),
        By::Person => desk?.views.person.clone(),
        By::Show => desk?.views.show.clone(),
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
        contingency: desk.and_then(|desk| desk.contingency.clone()),
        prospects: desk.and_then(|desk| desk.prospects.clone()),
        accruals_in_commitments: desk.is_some_and(|desk| desk.accruals_in_commitments),
    })
}
