//! `budget`: from files to a plan under caps.

use super::desk::{ladder, ladder_lines};
use super::levers::{Asked, QuestionError, ask, department, heading_until_stopped, no_plan};
use super::outsource::effect;
use super::pay::without_pay_of_contracts;
use super::tables::pay_bands;
use super::until::Until;
use super::{Answered, Request, opened};
use crate::compare::{self, Capped};
use crate::model::*;
use crate::result::{BudgetAnswer, CapRow, Opened, ShorterRow};
use crate::solve::Watch;
use jiff::civil::Date;
use std::path::Path;

/// Plans that share the time.
const PLANS: u32 = 4;

/// Reads and checks a show, and plans it under caps ("total=1200000", "ARC=300000", "CMP=50000", "20-16=40000",
/// "2027-03=90000"); without any, under the show's own budget. See [`compare::budget`].
///
/// # Errors
/// When the files cannot be read, or a cap means nothing here.
pub fn budget(
    show: &Path,
    caps: &[String],
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<BudgetAnswer>, QuestionError> {
    let watch = &Until::new(request, watch);
    let Asked { production, options } = match ask(show, request, PLANS)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let caps = read_caps(&production, caps)?;
    let (base, found) = match compare::budget(&production, &caps, &options, watch) {
        Ok(found) => found,
        Err(trouble) => return Ok(no_plan(trouble)),
    };
    let week = 5.0 * production.mean_day_cost().0.max(0) as f64;
    let days = |worth: f64| (worth * week * 100.0).round() / 100.0;
    let row = |row: &Capped| CapRow {
        cap: row.cap.name.clone(),
        amount: row.cap.amount.0,
        planned: row.planned.0,
        avoidable: row.avoidable.0,
        after: row.after.0,
        with_all_work: row.with_all_work.0,
        holds: row.holds(),
        missing: row.missing().0,
        days_for_a_week: row.worth.map(|worth| days(worth.dual)),
        days_for_a_week_more: row.worth.map(|worth| days(worth.more)),
        days_for_a_week_less: row.worth.and_then(|worth| worth.less).map(days),
    };
    let shorter = |&(person, last_day): &(PersonId, Date)| ShorterRow {
        person: production.people[person].code.clone(),
        department: production
            .home_department(person)
            .map(|department| production.departments[department].code.clone()),
        last_day,
    };
    let mut answer = BudgetAnswer {
        heading: heading_until_stopped(&production, options.mode, watch),
        holds: found.caps.iter().all(Capped::holds) && found.left_out() == 0,
        caps: found.caps.iter().map(row).collect(),
        without: effect(&found.base),
        with: effect(&found.after),
        releases: found.plan.releases.iter().map(shorter).collect(),
        no_overtime: found
            .plan
            .no_overtime
            .iter()
            .map(|department| production.departments[*department].code.clone())
            .collect(),
        called_off: found.called_off.0,
        ladder: ladder(&found.plan.tried.forecast),
        opened: Opened::default(),
        tries: found.tries as u32,
    };
    let mut lines = ladder_lines(&production, &found.plan.tried.forecast);
    without_pay_of_contracts(&mut lines);
    answer.opened = opened::caps(&answer, &base, &found, &lines, &pay_bands(&production));
    Ok(Answered::Answer(answer))
}

/// The caps as they are written; the budget of all accounts that cost when none is.
fn read_caps(production: &Production, caps: &[String]) -> Result<Vec<BudgetCap>, QuestionError> {
    let texts = caps.iter().flat_map(|text| text.split([',', ';']));
    let texts = texts.map(str::trim).filter(|text| !text.is_empty());
    let caps: Vec<BudgetCap> =
        texts.map(|text| read_cap(production, text)).collect::<Result<_, _>>()?;
    if !caps.is_empty() {
        return Ok(caps);
    }
    let amount = CapOn::Total.budget(production).ok_or_else(|| {
        let message = "the show has no budget: name a cap, like --cap total=1200000";
        QuestionError::Call(message.to_owned())
    })?;
    Ok(vec![BudgetCap { name: "budget".to_owned(), on: CapOn::Total, amount }])
}

fn read_cap(production: &Production, text: &str) -> Result<BudgetCap, QuestionError> {
    let wrong = |why: &str| {
        let help = "write \"total=1200000\", \"ARC=300000\" (a show), \"CMP=50000\", \"20-16=40000\" or \"2027-03=90000\"";
        QuestionError::Call(format!("the cap `{text}` {why}: {help}"))
    };
    let (what, amount) = text.split_once('=').ok_or_else(|| wrong("has no ="))?;
    let (what, amount) = (what.trim(), amount.trim().replace(['_', ' '], ""));
    let units: f64 = amount.parse().map_err(|_| wrong("has no amount"))?;
    let minor = (units * production.settings.currency.minor_units() as f64).round();
    if !(0.0..=9e15).contains(&minor) {
        return Err(wrong("has an amount that makes no sense"));
    }
    let account = || production.accounts.enumerate().find(|(_, row)| row.code == what);
    let show = || {
        let mut shows = production.shows.enumerate();
        shows.find(|(_, row)| row.code.eq_ignore_ascii_case(what)).map(|row| row.0)
    };
    let on = if what.eq_ignore_ascii_case("total") {
        CapOn::Total
    } else if let Some(id) = department(production, what) {
        CapOn::Department(id)
    } else if let Some((id, _)) = account() {
        CapOn::Account(id)
    } else if let Some(month) = CapOn::of_month(what) {
        month
    } else if let Some(id) = show() {
        CapOn::Show(id)
    } else {
        return Err(wrong("is on no show, department, account or month of the production"));
    };
    Ok(BudgetCap { name: what.to_owned(), on, amount: Cents(minor as i64) })
}
