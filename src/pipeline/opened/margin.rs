//! What the margin is made of: awards, change orders, accounts, incentives, work that nobody has approved.

use super::incentives::incentives;
use super::postings::{Lines, Names};
use super::vendors::{changes, of_change_order};
use super::{Maker, keeps_lines, less};
use crate::result::{ChangeRow, Document, Opened, Unit, WhyRow};
use std::collections::HashSet;

/// The figures of `margin`; none where the result was saved without what they are made of.
pub fn margin(document: &Document) -> Option<Opened> {
    let desk = keeps_lines(document)?;
    let names = Names::of(document);
    let row = &desk.margin;
    let mut maker = Maker::new("margin", document);
    let awards = row
        .awards
        .iter()
        .filter(|(_, amount)| *amount != 0)
        .map(|(show, amount)| WhyRow { who: show.clone(), ..WhyRow::new("award", None, *amount) });
    let of_client = |states: &[&str]| -> Vec<WhyRow> {
        let is_told = |change: &&ChangeRow| {
            change.order.is_none() && change.amount != 0 && states.contains(&&*change.state)
        };
        let rows = desk.changes.iter().filter(is_told);
        rows.map(|change| of_change_order(change, change.amount)).collect()
    };
    let accounts = document
        .cost
        .report
        .iter()
        .filter(|line| line.efc != 0 && !desk.revenue_accounts.contains(&line.account));
    let accounts = accounts.map(|line| WhyRow {
        account: line.account.clone(),
        what: line.description.clone(),
        ..WhyRow::new("account", None, line.efc)
    });
    let given = desk.incentives.iter().filter(|line| line.expected != 0);
    let given = given.map(|line| WhyRow {
        what: line.id.clone(),
        who: line.place.clone(),
        ..WhyRow::new("incentive", line.received, line.expected)
    });
    let adds = desk.changes.iter().filter(|change| change.order.is_some() && change.adds != 0);
    let adds = adds.map(|change| of_change_order(change, change.adds));
    let (award, approved) = (awards.collect(), of_client(&["approved"]));
    let (gross, given) = (accounts.collect(), given.collect());
    let (pending, draft) = (of_client(&["priced", "sent"]), of_client(&["draft"]));
    let [spent, to_go] = unapproved(document, &names);
    let mut line = |id: &str, name: &str, figure: i64, lines: Vec<WhyRow>| {
        maker.row(id, name);
        maker.cell("amount", figure, lines)
    };
    let award = line("award", "awards", row.award, award);
    let approved = line("approved", "changes that the client has signed", row.approved, approved);
    let gross = line("gross", "final cost before incentives", row.gross, gross);
    let given = line("incentives", "incentives to expect", row.incentives, given);
    let pending = line("pending", "changes that are priced or sent", row.pending, pending);
    line("draft", "changes that are drafts", row.draft, draft);
    let vendors = line(
        "vendors_pending",
        "what pending changes of vendors would add",
        row.vendors_pending,
        adds.collect(),
    );
    let begun =
        line("unapproved_spent", "spent on work that nobody approved", row.unapproved_spent, spent);
    let coming =
        line("unapproved_to_go", "to go of work that nobody approved", row.unapproved_to_go, to_go);
    let mut sum = |id: &str, name: &str, figure: i64, parts: Vec<_>| {
        maker.row(id, name);
        maker.sum("amount", Unit::Money, figure, parts);
    };
    sum("revenue", "awards and approved changes", row.revenue, vec![award, approved]);
    let unapproved = row.unapproved_spent.saturating_add(row.unapproved_to_go);
    sum("unapproved", "work that nobody approved", unapproved, vec![begun, coming]);
    sum("net", "final cost after incentives", row.net, vec![gross, less(given)]);
    let margin = vec![award, approved, less(gross), given];
    sum("margin", "revenue less cost after incentives", row.margin, margin.clone());
    let all = margin.into_iter().chain([pending, less(vendors)]).collect();
    sum("with_pending", "the margin with all pending changes", row.with_pending, all);
    changes(&mut maker, desk, &names, |row| row.order.is_none());
    incentives(&mut maker, desk, &names, document.production.currency_decimals);
    Some(maker.done())
}

/// Cost of work on changes that the client has not approved: to date, and to go. What an approved change pays for
/// is approved, whatever else names it.
fn unapproved(document: &Document, names: &Names) -> [Vec<WhyRow>; 2] {
    let Some(desk) = &document.desk else { return Default::default() };
    let of = |is_approved: bool| -> HashSet<&str> {
        let rows = desk.changes.iter().filter(|row| row.order.is_none());
        rows.filter(|row| (row.state == "approved") == is_approved)
            .flat_map(|row| row.of.iter().map(String::as_str))
            .collect()
    };
    let (approved, others) = (of(true), of(false));
    let mut lines: [Lines; 2] = Default::default();
    for posting in desk.postings.iter().filter(|row| !names.is_revenue(&row.account)) {
        let about = names.about(posting);
        if !others.contains(about.task) || approved.contains(about.task) {
            continue;
        }
        let is_spent = ["actual", "accrued"].contains(&&*posting.state);
        lines[usize::from(!is_spent)].add(names.line(posting, &about));
    }
    lines.map(Lines::done)
}
